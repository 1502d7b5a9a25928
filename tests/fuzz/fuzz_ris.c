/* RIS: tags in any order, records within records, notes of screening tools. `make fuzz` builds and
 * runs it. */
#include "tests/fuzz/fuzz_text_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const pieces[] = {
        "\nTY  - JOUR\n",
        "\nER  - \n",
        "\nTI  - ",
        "\nAU  - ",
        "\nAB  - ",
        "\nKW  - ",
        "\nDO  - 10.1000/",
        "\nUR  - https://doi.org/10.1000/",
        "\nPY  - 2019/03/04/",
        "\nDA  - ",
        "\nN1  - ",
        "RAYYAN-INCLUSION: {\"Ann\"=>\"Included\"} | RAYYAN-EXCLUSION-REASONS: x",
        "ASReview_relevant",
        "\nAN  - ",
        "\nDB  - PubMed\n",
        "\nSN  - 1234-5678",
        "\nSP  - 1",
        "\nEP  - 9",
        "\nM3  - ",
        "Smith, Ann; ",
        " et al.",
        "<i>",
        "</i>",
        "&amp;",
        "METHODS: 62 patients were randomised. ",
        "\r\n",
        "\n\n",
        "\xEF\xBB\xBF",
        "\xE9",
        "NCT01234567 ",
        "A randomised controlled trial",
        NULL};
    fuzz_text_format(&format_ris, pieces, data, size);
    return 0;
}
