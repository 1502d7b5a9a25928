/* Bytes into the reader of Crossref; `make fuzz` builds and runs it. */
#include "tests/fuzz/remote_answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sample[] =
    "{\"status\": \"ok\", \"message\": {\"total-results\": 9, \"items-per-page\": 2,"
    "\"next-cursor\": \"DnF1\", \"items\": [{\"DOI\": \"10.1000/ABC\","
    "\"type\": \"journal-article\", \"title\": [\"Needling of <i>knots</i>\", \"Nadeln\"],"
    "\"subtitle\": [\"a trial\"], \"author\": [{\"given\": \"Jane\", \"family\": \"Roe\","
    " \"suffix\": \"Jr\"}, {\"name\": \"Knot Study Group\"}],"
    "\"issued\": {\"date-parts\": [[2020, 3, 5]]}, \"container-title\": [\"Knots\"],"
    "\"ISSN\": [\"1234-567x\"], \"abstract\": \"<jats:title>Abstract</jats:title><jats:p>p &lt; "
    "0.05</jats:p>\", \"clinical-trial-number\": [{\"clinical-trial-number\": "
    "\"isrctn75784880\"}], \"update-to\": [{\"DOI\": \"10.1000/old\", \"type\": \"retraction\","
    " \"label\": \"Retraction\", \"source\": \"publisher\","
    " \"updated\": {\"date-parts\": [[2021, 2, 3]]}}],"
    "\"updated-by\": [{\"DOI\": \"10.1000/old\", \"type\": \"withdrawal\"},"
    " {\"DOI\": \"10.1000/abc\", \"type\": \"correction\", \"source\": \"retraction-watch\"}]},"
    "{\"DOI\": \"10.1000/j\", \"type\": \"journal\", \"title\": [\"J\"]}]}}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_remote(&remote_crossref, sample, data, size);
}
