/* Bytes into the reader of Europe PMC; `make fuzz` builds and runs it. */
#include "tests/fuzz/remote_answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sample[] =
    "{\"hitCount\": 2, \"nextCursorMark\": \"AoJ2\", \"resultList\": {\"result\": ["
    "{\"id\": \"111\", \"source\": \"MED\", \"pmid\": \"111\", \"pmcid\": \"PMC222\","
    " \"doi\": \"10.1000/ABC\", \"title\": \"Needling of <i>knots</i> &amp;lt; 10<sup>3</sup>.\","
    " \"authorString\": \"Roe J, Doe B.\", \"authorList\": {\"author\": ["
    "  {\"fullName\": \"Roe JA\", \"firstName\": \"Jane A\", \"lastName\": \"Roe\"},"
    "  {\"fullName\": \"de Poe CD\"}, {\"collectiveName\": \"Knot Study Group\"}]},"
    " \"journalInfo\": {\"volume\": \"3\", \"dateOfPublication\": \"2020 Mar 5\","
    "  \"journal\": {\"title\": \"Knots &amp; Care\", \"essn\": \"1234-567x\"}},"
    " \"pubYear\": \"2020\", \"electronicPublicationDate\": \"2020-03-05\","
    " \"abstractText\": \"<h4>Aim</h4>To <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>\","
    " \"pubTypeList\": {\"pubType\": [\"Retracted Publication\"]},"
    " \"meshHeadingList\": {\"meshHeading\": [{\"descriptorName\": \"Humans\"}]},"
    " \"commentCorrectionList\": {\"commentCorrection\": ["
    "  {\"id\": \"6\", \"source\": \"MED\", \"type\": \"Erratum in\","
    "   \"reference\": \"Knots. 2021 Feb 3;4(2):17. doi: 10.1000/Err.1\"},"
    "  {\"id\": \"8\", \"source\": \"MED\", \"type\": \"Retraction of\"}]}},"
    "{\"id\": \"PPR9\", \"source\": \"PPR\", \"title\": \"A preprint\", \"pubType\": \"a; b\","
    "\"authorString\": \"Roe J, Doe B.\"}]},"
    "\"errMsg\": \"wrong\"}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_remote(&remote_europepmc, sample, data, size);
}
