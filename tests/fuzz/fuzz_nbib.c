/* MEDLINE's tagged text: fields, lines that carry on, notices. `make fuzz` builds and runs it. */
#include "tests/fuzz/fuzz_text_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const pieces[] = {
        "\nPMID- 12",
        "\nTI  - ",
        "\nAB  - ",
        "\n      ",
        "\nFAU - Smith, Ann",
        "\nAU  - Smith A",
        "\nCN  - A Study Group",
        "\nDP  - 2011 Nov-Dec",
        "\nPT  - Randomized Controlled Trial",
        "\nMH  - *Neck Pain/therapy",
        "\nAID - 10.1000/x [doi]",
        "\nSI  - ClinicalTrials.gov/NCT01234567",
        "\nRIN - Lancet. 2010 Feb 6;375(9713):445. doi: 10.1000/y. PMID: 20137807",
        "\nROF - X. 1998;1:2",
        "\nEIN - ",
        "\nSTAT- MEDLINE",
        "\nSO  - X. 2011;1:2.",
        "\nPG  - 1-9",
        "\nIS  - 1234-5678 (Print)",
        "Sixty-two patients (N = 62) were randomised. ",
        "\n\n",
        "\r\n",
        "\xE9",
        "<i>",
        NULL};
    fuzz_text_format(&format_nbib, pieces, data, size);
    return 0;
}
