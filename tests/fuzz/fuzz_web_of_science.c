/* Web of Science's tagged text. `make fuzz` builds and runs it. */
#include "tests/fuzz/fuzz_text_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const pieces[] = {"FN Clarivate\nVR 1.0\n",
                                         "\nPT J\n",
                                         "\nER\n",
                                         "\nEF\n",
                                         "\nAU Smith, A\n",
                                         "\n   Lee, B\n",
                                         "\nTI ",
                                         "\nAB ",
                                         "\nDE ",
                                         "; ",
                                         "\nPD JUN 8\n",
                                         "\nPY 2004\n",
                                         "\nDI 10.1000/x\n",
                                         "\nUT WOS:1\n",
                                         "\nDT Article; Review\n",
                                         "\nSN 1234-5678\n",
                                         "\nPM 55\n",
                                         "\xE9",
                                         "\r\n",
                                         NULL};
    fuzz_text_format(&format_web_of_science, pieces, data, size);
    return 0;
}
