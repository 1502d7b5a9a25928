/* CSV of all kinds: the first byte picks the kind. `make fuzz` builds and runs it. */
#include "tests/fuzz/fuzz_text_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const bibliographic[] = {
    "Title,Authors,Year,DOI,Abstract,Keywords,Notes,Source,URL\n",
    "key,title,asreview_label,month,day\n",
    "Title;Jahr;DOI\n",
    "sep=;\n",
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "10.1000/x",
    "2019",
    "Smith, A.; Lee, B.",
    "Pain (2014) 3:3 (1-9). Date of Publication: 25 Aug 2004",
    "RAYYAN-INCLUSION: {\"\"Ann\"\"=>\"\"Included\"\"}",
    "PMID: 1  PMCID: PMC2",
    "\xE9",
    NULL};

static const char *const retractions[] = {
    "Record "
    "ID,Title,Author,RetractionDate,RetractionDOI,OriginalPaperDOI,RetractionNature,Reason\n",
    "Retraction",
    "Reinstatement",
    "Correction",
    "+A;+B;",
    "9/27/2023 0:00",
    "10.1000/x",
    "0",
    "unavailable",
    ",",
    "\"",
    "\n",
    NULL};

static const char *const effects[] = {"label,n1,m1,sd1,n2,m2,sd2\n",
                                      "study,ai,n1i,ci,n2i,measure\n",
                                      "label,measure,yi,vi\n",
                                      "ai,bi,ci,di\n",
                                      "30",
                                      "4.5",
                                      "-1",
                                      "1e999",
                                      "NA",
                                      "RR",
                                      "MD",
                                      "\"1,234\"",
                                      "Smith 2010",
                                      ",",
                                      "\n",
                                      "\"",
                                      NULL};

static const char *const reviews[] = {
    "Comparison Number,Outcome Number,Subgroup Number,Name,Data Type,Effect Measure,Events 1,Total "
    "1,"
    "Events 2,Total 2,Effect Estimate,SE,CI Start,CI End,Group Label 1,Group Label 2,Year of "
    "study\n",
    "Analysis group,Analysis number,Analysis name,Study,Study year,Experimental N,Control N\n",
    "1,0,0,C\n",
    "1,1,0,Pain,DIC,OR\n",
    "1,1,1,Sub,CON,MD\n",
    "1,1,0,Smith,,,5,30,10,30,0.5,0.35,0.25,1,,,2010\n",
    "GIV",
    ",",
    "0.5",
    "\n",
    "\"",
    NULL};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        const struct format *format;
        const char *const *pieces;
    } kinds[] = {
        {&format_csv, bibliographic},
        {&format_retraction_watch, retractions},
        {&format_effects_csv, effects},
        {&format_revman_csv, reviews},
    };
    if (size > 1)
        fuzz_text_format(kinds[data[0] % 4].format, kinds[data[0] % 4].pieces, data + 1, size - 1);
    return 0;
}
