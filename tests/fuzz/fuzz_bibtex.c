/* BibTeX: braces, quotes, macros, cross references, LaTeX. `make fuzz` builds and runs it. */
#include "tests/fuzz/fuzz_text_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const pieces[] = {
        "\n@article{key,",
        "\n@string{m = \"Pain\"}\n",
        "\n@inproceedings(p, crossref = {whole},",
        "\n@proceedings{whole, title = {W}, year = 1999}\n",
        "\n@comment{",
        "}",
        "{",
        "\"",
        ",",
        " # ",
        " = ",
        "title = {",
        "author = {Smith, Ann and Ludwig van Beethoven and {A Group} and others},",
        "year = 2019,",
        "month = aug,",
        "pages = {1--2},",
        "doi = {10.1000/x},",
        "note = {",
        "m",
        "RAYYAN-INCLUSION: {\"Ann\"=>\"Included\"}",
        "\\\"u",
        "\\\x27{\\i}",
        "{\\ss}",
        "\\textless{}",
        "$^{2}$",
        "\\&",
        "\\",
        "--",
        "~",
        "abstract = {",
        "keywords = {a; b},",
        "\n",
        "\xE9",
        NULL};
    fuzz_text_format(&format_bibtex, pieces, data, size);
    return 0;
}
