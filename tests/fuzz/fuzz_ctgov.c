/* Bytes into the reader of ClinicalTrials.gov; `make fuzz` builds and runs it. */
#include "tests/fuzz/remote_answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sample[] =
    "{\"totalCount\": 9, \"nextPageToken\": \"ZVt0\", \"studies\": [{\"protocolSection\": {"
    "\"identificationModule\": {\"nctId\": \"NCT01234567\", \"briefTitle\": \"T\","
    " \"officialTitle\": \"A cluster random \\\\[T\\\\]\", \"secondaryIdInfos\": "
    "[{\"id\": \"2015-001894-41\", \"type\": \"EUDRACT_NUMBER\"}]},"
    "\"statusModule\": {\"studyFirstPostDateStruct\": {\"date\": \"2015-09-17\"}},"
    "\"descriptionModule\": {\"briefSummary\": \"a\\n\\nb\"},"
    "\"designModule\": {\"studyType\": \"INTERVENTIONAL\", \"phases\": [\"PHASE2\"],"
    " \"designInfo\": {\"allocation\": \"RANDOMIZED\", \"interventionModel\": \"PARALLEL\"},"
    " \"enrollmentInfo\": {\"count\": 40, \"type\": \"ACTUAL\"}},"
    "\"armsInterventionsModule\": {\"armGroups\": [{\"label\": \"A\", \"type\": \"EXPERIMENTAL\"},"
    " {\"label\": \"B\", \"type\": \"SHAM_COMPARATOR\"}]}},"
    "\"resultsSection\": {\"outcomeMeasuresModule\": {\"outcomeMeasures\": ["
    "{\"type\": \"PRIMARY\", \"title\": \"Pain\", \"paramType\": \"MEAN\","
    " \"dispersionType\": \"Standard Deviation\", \"groups\": [{\"id\": \"OG0\", \"title\": \"A\"},"
    " {\"id\": \"OG1\", \"title\": \"B (x)\"}], \"denoms\": [{\"units\": \"Participants\","
    " \"counts\": [{\"groupId\": \"OG0\", \"value\": \"20\"}]}], \"classes\": [{\"categories\": "
    "[{\"measurements\": [{\"groupId\": \"OG0\", \"value\": \"1\", \"spread\": \"2\","
    " \"lowerLimit\": \"0\", \"upperLimit\": \"3\"}, {\"groupId\": \"OG1\", \"value\": "
    "\"NA\"}]}]}],"
    " \"analyses\": [{\"groupIds\": [\"OG0\", \"OG1\"], \"paramType\": \"Mean Difference\","
    " \"paramValue\": \"1\", \"ciPctValue\": \"95\", \"ciLowerLimit\": \"0\","
    " \"ciUpperLimit\": \"2\", \"pValue\": \"<0.05\"}]}]}}}]}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_remote(&remote_ctgov, sample, data, size);
}
