/* CSL-JSON: values, items, keys, and what breaks them. `make fuzz` builds and runs it. */
#include "tests/fuzz/fuzz_text_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const pieces[] = {
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"type\":\"article-journal\"",
        "\"title\":\"T\"",
        "\"title\":[\"A\"]",
        "\"DOI\":\"10.1000/x\"",
        "\"author\":[{\"family\":\"A\",\"given\":\"B\"},{\"literal\":\"G\"}]",
        "\"issued\":{\"date-parts\":[[2018,3,1]]}",
        "\"issued\":{\"raw\":\"2018\"}",
        "\"k\":",
        "\"",
        "\\u00e9",
        "\\",
        "null",
        "12",
        "-1e9",
        "true",
        "\"abstract\":\"<jats:p>62 patients</jats:p>\"",
        "\"update-to\":[{\"DOI\":\"10.1000/y\",\"type\":\"retraction\"}]",
        "\"updated-by\":[{\"DOI\":\"10.1000/z\",\"type\":\"correction\"}]",
        "\"note\":\"PMID: 1\"",
        "\n",
        "\xE9",
        NULL};
    fuzz_text_format(&format_csl_json, pieces, data, size);
    return 0;
}
