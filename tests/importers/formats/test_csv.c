#include "tests/importers/formats/reading.h"

#include "importers/formats/csv_reader.h"

#include <math.h>

/* ---- rows ---- */

/* The rows of a text as "[a|b]" each. */
static void assert_rows(const char *text, const char *expected)
{
    struct input *input = input_memory(text, strlen(text), "memory", &input_limits_default);
    struct text_stream *stream = text_stream_new(input, NULL);
    struct csv_reader csv;
    struct buffer out = {0};
    struct error err = {0};
    csv_reader_begin(&csv, input, stream);
    while (csv_reader_next(&csv, &err) == CSV_ROW) {
        buffer_byte(&out, '[');
        for (size_t i = 0; i < csv.count; i++)
            buffer_printf(&out, "%s%s", i > 0 ? "|" : "", csv_reader_field(&csv, i));
        buffer_byte(&out, ']');
    }
    assert_int_equal(err.kind, ERROR_NONE);
    assert_string_equal(buffer_string(&out), expected);
    assert_string_equal(csv_reader_field(&csv, 99), "");
    buffer_release(&out);
    csv_reader_release(&csv);
    text_stream_free(stream);
    input_close(input);
}

static void fields_are_parted_by_what_the_first_line_has_most_of(void **state)
{
    (void)state;
    assert_rows("a,b;c,d\n1,2;3,4\n", "[a|b;c|d][1|2;3|4]");
    assert_rows("a;b;\"x,y,z\"\n1;2,5;3\n", "[a|b|x,y,z][1|2,5|3]");
    assert_rows("a\tb\n1, 2\t3\n", "[a|b][1, 2|3]");
    assert_rows("sep=;\na;b,c\n", "[a|b,c]");
    assert_rows("alone\nx\n", "[alone][x]");
}

static void quotes_hold_separators_line_breaks_and_quotes(void **state)
{
    (void)state;
    assert_rows("a,b\n\"x, \"\"y\"\"\",\"line\r\nbreak\"\n", "[a|b][x, \"y\"|line\nbreak]");
    assert_rows("\"\",\"\"\"\"\n", "[|\"]");
    assert_rows("a,b\n  \"x\"  , y \n", "[a|b][x|y]");
}

static void sloppy_quotes_end_nothing_they_should_not(void **state)
{
    (void)state;
    assert_rows("a,b\n5\" pipe,\"He said \"no\", then\"\n", "[a|b][5\" pipe|He said \"no\", then]");
    assert_rows("a,b\n\"5\"x\",\"y\"\n", "[a|b][5\"x|y]");
    assert_rows("a,b\n\"He said \"no\"\",\"y\"\n", "[a|b][He said \"no\"|y]");
}

static void empty_lines_are_no_rows(void **state)
{
    (void)state;
    assert_rows("\n\na,b\n,\n\n1,2", "[a|b][1|2]");
    assert_rows("", "");
}

/* ---- numbers ---- */

static void assert_number(const char *header, const char *written, double expected, bool is_number)
{
    struct csv_reader csv;
    char text[100];
    snprintf(text, sizeof text, "%s%s0\n", written, header);
    assert_true(csv_reader_head(text, strlen(text), &csv));
    csv.separator = *header;
    bool found;
    double value = csv_reader_number(&csv, 0, &found);
    if (found != is_number || (isnan(expected) ? !isnan(value) : value != expected))
        fail_msg("\"%s\" read as %g (%d)", written, value, found);
    csv_reader_release(&csv);
}

static void numbers_are_read_only_when_they_are_certain(void **state)
{
    (void)state;
    assert_number(",", "12", 12, true);
    assert_number(",", "-0.5", -0.5, true);
    assert_number(",",
                  "\xE2\x88\x92"
                  "0.5",
                  -0.5, true);
    assert_number(",", "1.5e-3", 0.0015, true);
    assert_number(",", "\"1,234.5\"", 1234.5, true);
    assert_number(",", "\"1,234,567\"", 1234567, true);
    assert_number(",", "\"0,5\"", 0.5, true);
    assert_number(";", "\"0,5\"", 0.5, true);
    assert_number(";", "\"1,234\"", NAN, false); /* 1.234 or 1234 */
    assert_number(";", "\"1,234,567\"", 1234567, true);
    assert_number(",", "NA", NAN, true);
    assert_number(",", "\"12 (3)\"", NAN, false);
    assert_number(",", "<0.001", NAN, false);
    assert_number(",", "1e999", NAN, false);
    assert_number(",", "0x10", NAN, false);
    assert_number(",", "1-2", NAN, false);
    assert_number(",", "\"1,23,4\"", NAN, false);
}

/* ---- bibliographic columns ---- */

static void columns_are_known_by_their_names_in_any_order(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_csv,
        "Year;DOI;Title;Authors;Abstract;PubMed ID;Author Keywords;Document Type;EID\n"
        "2019;10.1000/A;\"A title; with more\";Smith, A.; Lee, B.;Text.;77;x; y;Article;2-s2.0-1\n"
        "2020;;B;\"Smith A; Lee B\";\"One\nTwo.\nThree\";;\"x; y\";Article;9\n");
    assert_counts(&reading, 1, 1);
    assert_warned(&reading, 0, "line 2: this row was left out: it has 11 fields where the header");
    assert_record(
        &reading, 0,
        "{'source': 'csv', 'source_id': null, 'title': 'B', 'year': 2020,"
        " 'authors': [{'family': 'Smith', 'given': 'A'}, {'family': 'Lee', 'given': 'B'}],"
        " 'abstract': 'One Two.\\nThree', 'keywords': ['x', 'y'],"
        " 'publication_types': ['Article'], 'doi': null}");
    reading_release(&reading);
}

static void screening_decisions_come_along(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_csv, "title,abstract,doi,asreview_label,asreview_user_name\nA,,10."
                                     "1000/a,1,Ann\nB,,10.1000/b,0,\n"
                                     "C,,10.1000/c,,\n");
    assert_counts(&reading, 3, 0);
    assert_record(&reading, 0, "{'labels': [{'who': 'Ann', 'decision': 'included'}]}");
    assert_record(&reading, 1, "{'labels': [{'who': 'ASReview', 'decision': 'excluded'}]}");
    assert_record(&reading, 2, "{'labels': null}");
    reading_release(&reading);
    reading = reading_of_text(&format_csv,
                              "title,abstract,doi,included\nA,,10.1000/a,1\nB,,10.1000/b,-1\n");
    assert_record(&reading, 0, "{'labels': [{'decision': 'included'}]}");
    assert_record(&reading, 1, "{'labels': null}");
    reading_release(&reading);
}

static void words_before_the_header_line_are_passed_over(void **state)
{
    (void)state;
    static const char text[] = "\"About the data: exported on May 1, 2021.\"\n\n"
                               "Rank,Publication ID,DOI,PMID,Title\n1,pub.1,10.1000/a,12,A\n";
    struct reading reading = reading_of_text(&format_csv, text);
    assert_true(format_csv.recognise(text, strlen(text)) > 0);
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0, "{'title': 'A', 'doi': '10.1000/a', 'pmid': '12'}");
    reading_release(&reading);
}

static void a_date_is_put_together_from_its_columns(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_csv, "title,year,month,day,doi\n"
                                     "A,2014,1,15,10.1000/a\nB,2014,Jan,,10.1000/b\n"
                                     "C,2014,13,1,10.1000/c\nD,2014,2,30,10.1000/d\n");
    assert_counts(&reading, 4, 0);
    static const char *const expected[] = {"2014-01-15", "2014-01", "2014", "2014-02"};
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(text_of(&reading, i, "date"), expected[i]);
    reading_release(&reading);
}

static void a_file_that_is_cut_says_where_and_gives_what_was_whole(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_csv, "title,year,doi\nA,2014,10.1000/a\n\"B in quo");
    assert_failed(&reading, ERROR_INVALID, "line 3: the quote that opens here is never closed", 1);
    reading_release(&reading);
    reading = reading_of_text(&format_csv, "title,year,doi\nA,2014,10.1000/a\nB,20");
    assert_failed(&reading, ERROR_INVALID, "line 3: the file ends within the row", 1);
    reading_release(&reading);
    reading = reading_of_text(&format_csv, "title,year,doi\nA,2014\nB,2015,10.1000/b");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 1, "{'doi': '10.1000/b'}");
    reading_release(&reading);
}

static void fields_and_rows_have_their_limits(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, "title,year,doi\nA,2014,10.1000/a\n");
    for (size_t i = 0; i <= FORMAT_FIELD_MOST; i++)
        buffer_byte(&text, 'x');
    struct reading reading = reading_of(&format_csv, text.bytes, text.length);
    assert_failed(&reading, ERROR_LIMIT, "line 3: field 1 of the row that begins here", 1);
    reading_release(&reading);
    buffer_clear(&text);
    buffer_text(&text, "title,year,doi\nA,2014,10.1000/a\n");
    for (size_t i = 0; i <= FORMAT_LIST_MOST; i++)
        buffer_byte(&text, ',');
    reading = reading_of(&format_csv, text.bytes, text.length);
    assert_failed(&reading, ERROR_LIMIT, "line 3: the row that begins here has more than", 1);
    reading_release(&reading);
    buffer_release(&text);
}

/* ---- Retraction Watch ---- */

static const char retraction_header[] =
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,"
    "RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,"
    "OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes\n";

static void what_befell_an_article_is_its_notice(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, retraction_header);
    buffer_text(
        &text,
        "1,Art A,,,J,,,Ann Bo;Cy Dee,,Research Article;,9/27/2023 0:00,10.1000/n,12,"
        "3/4/2019 0:00,10.1000/a,11,Retraction,+Fake Peer Review;+Paper Mill;,No,\n"
        "2,Art B,,,J,,,,,,1/2/2020 0:00,unavailable,0,1/1/2019 0:00,10.1000/b,0,"
        "Expression of concern,+X;,No,\n"
        "3,Art C,,,J,,,,,,1/2/2020 0:00,10.1000/m,0,1/1/2019 0:00,10.1000/c,0,Correction,,No,\n"
        "4,Art D,,,J,,,,,,1/2/2020 0:00,10.1000/k,0,1/1/2019 0:00,10.1000/d,0,Reinstatement,,No,\n"
        "5,Art E,,,J,,,,,,1/2/2020 0:00,10.1000/k,0,1/1/2019 0:00,10.1000/d,0,Unheard of,,No,\n");
    struct reading reading = reading_of(&format_retraction_watch, text.bytes, text.length);
    assert_true(format_retraction_watch.recognise(text.bytes, text.length) > 60);
    assert_counts(&reading, 4, 1);
    assert_record(
        &reading, 0,
        "{'source': 'retraction-watch', 'source_id': '1', 'doi': '10.1000/a', 'pmid': '11',"
        " 'date': '2019-03-04', 'retracted': true, 'authors': [{'family': 'Bo', 'given': 'Ann'},"
        " {'family': 'Dee', 'given': 'Cy'}], 'publication_types': ['Research Article'],"
        " 'notices': [{'type': 'retraction', 'doi': '10.1000/n', 'pmid': '12',"
        " 'date': '2023-09-27', 'source': 'retraction-watch',"
        " 'reason': 'Fake Peer Review; Paper Mill'}]}");
    assert_record(&reading, 1,
                  "{'retracted': null, 'pmid': null, 'notices': [{'type': 'expression-of-concern',"
                  " 'date': '2020-01-02', 'source': 'retraction-watch', 'reason': 'X'}]}");
    assert_record(&reading, 2,
                  "{'retracted': null, 'notices': [{'type': 'correction', 'doi': '10.1000/m',"
                  " 'date': '2020-01-02', 'source': 'retraction-watch'}]}");
    /* A reinstatement is no retraction. */
    assert_record(&reading, 3,
                  "{'retracted': null, 'notices': [{'type': 'reinstatement', 'doi': '10.1000/k',"
                  " 'date': '2020-01-02', 'source': 'retraction-watch'}]}");
    assert_warned(&reading, 0,
                  "line 6: this row was left out: its RetractionNature \"Unheard of\"");
    reading_release(&reading);
    buffer_release(&text);
}

/* ---- effect data ---- */

static void figures_of_two_groups_become_a_proposed_result(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_effects_csv,
        "label,n1,m1,sd1,n2,m2,sd2,outcome,doi\n"
        "Smith 2010,30,4.5,1.2,31,5,1.25,pain,\nLee 2011,20,3,1,20,4,NA,pain,10.1000/l\n");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 0,
                  "{'source': 'effects-csv', 'title': 'Smith 2010 (study in: memory)',"
                  " 'results': [{'study_label': 'Smith 2010', 'outcome': 'pain', 'arms': ["
                  "{'role': 'intervention', 'n': 30, 'mean': 4.5, 'sd': 1.2},"
                  "{'role': 'comparator', 'n': 31, 'mean': 5, 'sd': 1.25}]}]}");
    assert_record(&reading, 1, "{'doi': '10.1000/l'}");
    reading_release(&reading);
    reading = reading_of_text(&format_effects_csv, "study,ai,n1i,ci,n2i\nA,3,30,5,31\n");
    assert_counts(&reading, 1, 0);
    assert_record(
        &reading, 0,
        "{'results': [{'study_label': 'A', 'arms': [{'role': 'intervention', 'n': 30, 'events': 3},"
        " {'role': 'comparator', 'n': 31, 'events': 5}]}]}");
    reading_release(&reading);
    reading = reading_of_text(&format_effects_csv, "study,ai,bi,ci,di\nA,3,27,5,26\n");
    assert_record(
        &reading, 0,
        "{'results': [{'study_label': 'A', 'arms': [{'role': 'intervention', 'n': 30, 'events': 3},"
        " {'role': 'comparator', 'n': 31, 'events': 5}]}]}");
    reading_release(&reading);
}

/* exp(0) = 1 and sqrt(0.25) = 0.5 exactly. */
static void an_effect_is_taken_with_its_measure_alone(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_effects_csv, "label,measure,yi,vi\nA,MD,-1.5,0.25\nB,RR,0,0.25\n"
                                             "C,ROM,0.25,0.25\nD,,0.25,0.25\nE,MD,0,0.25\n");
    assert_counts(&reading, 5, 0);
    assert_record(
        &reading, 0,
        "{'results': [{'study_label': 'A', 'figure': 'MD', 'estimate': -1.5, 'se': 0.5}]}");
    assert_record(&reading, 1,
                  "{'results': [{'study_label': 'B', 'figure': 'RR', 'estimate': 1, 'se': 0.5}]}");
    assert_record(&reading, 2,
                  "{'results': [{'study_label': 'C', 'note': 'ROM 0.25, standard error 0.5'}]}");
    assert_record(&reading, 3,
                  "{'results': [{'study_label': 'D', 'note':"
                  " 'effect of a measure not told 0.25, standard error 0.5'}]}");
    assert_record(&reading, 4,
                  "{'results': [{'study_label': 'E', 'figure': 'MD', 'estimate': 0, 'se': 0.5}]}");
    reading_release(&reading);
}

static void rows_with_figures_that_cannot_be_are_refused(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_effects_csv,
        "label,n1,m1,sd1,n2,m2,sd2,ai,ci\n"
        "A,30,4,-1,30,5,1,,\nB,30.5,4,1,30,5,1,,\nC,0,4,1,30,5,1,,\nD,30,,,30,,,31,1\n"
        "E,30,,,30,,,1.5,1\nF,30,four,1,30,5,1,,\nG,30,,,30,,,,\nH,30,4,1,30,5,1,,\n");
    assert_counts(&reading, 1, 7);
    static const char *const why[] = {"standard deviation",
                                      "group's size",
                                      "group's size",
                                      "more events than people",
                                      "events are no whole number",
                                      "\"four\" in field 3 is no number",
                                      "no figures of two groups"};
    for (size_t i = 0; i < 7; i++)
        assert_warned(&reading, i, why[i]);
    reading_release(&reading);
}

/* ---- RevMan ---- */

static const char revman_header[] =
    "Comparison Number,Outcome Number,Subgroup Number,Name,Data Type,Effect Measure,Events 1,Mean "
    "1,"
    "SD 1,Total 1,Events 2,Mean 2,SD 2,Total 2,Effect Estimate,SE,CI Start,CI End,Group Label 1,"
    "Group Label 2,Year of study\n";

/* ln(0.5) is -0.693147, and 1.959964 standard errors of 0.353553 to either side give 0.25 to 1. */
static void a_study_is_a_record_with_all_its_figures(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, revman_header);
    buffer_text(&text,
                "1,0,0,Needling v sham,,,,,,,,,,,,,,,,,\n"
                "1,1,0,Pain,CON,MD,0,,,50,0,,,50,-1,,-2,0,Needling,Sham,\n"
                "1,1,1,Short term,CON,MD,0,,,30,0,,,30,-1,,-2,0,Needling,Sham,\n"
                "1,1,1,Smith 2010,,,0,4,1,30,0,5,1.5,30,-1,0.329140294,-1.645103,-0.354897,,,2010\n"
                "1,2,0,Dropped out,DIC,RR,9,,,50,18,,,50,0.5,,0.25,1,Needling,Sham,\n"
                "1,2,0,Smith 2010,,,5,0,0,30,10,0,0,30,0.5,0.353553,0.25,1,,,2010\n"
                "1,2,0,Lee 2011,,,0,0,0,0,0,0,0,0,,,,,,,2011\n");
    struct reading reading = reading_of(&format_revman_csv, text.bytes, text.length);
    assert_true(format_revman_csv.recognise(text.bytes, text.length) > 60);
    assert_counts(&reading, 1, 1);
    assert_record(
        &reading, 0,
        "{'source': 'revman-csv', 'title': 'Smith 2010 (study in: Needling v sham)', 'year': 2010,"
        " 'results': [{'outcome': 'Pain', 'comparison': 'Needling v sham', 'subgroup': 'Short "
        "term',"
        " 'study_label': 'Smith 2010', 'figure': 'MD', 'estimate': -1, 'se': 0.329140294,"
        " 'ci_low': -1.645103, 'ci_high': -0.354897, 'arms': ["
        "{'label': 'Needling', 'role': 'intervention', 'n': 30, 'mean': 4, 'sd': 1},"
        "{'label': 'Sham', 'role': 'comparator', 'n': 30, 'mean': 5, 'sd': 1.5}]},"
        "{'outcome': 'Dropped out', 'comparison': 'Needling v sham', 'study_label': 'Smith 2010',"
        " 'figure': 'RR', 'estimate': 0.5, 'se': 0.353553, 'ci_low': 0.25, 'ci_high': 1, 'arms': ["
        "{'label': 'Needling', 'role': 'intervention', 'n': 30, 'events': 5},"
        "{'label': 'Sham', 'role': 'comparator', 'n': 30, 'events': 10}]}]}");
    assert_warned(&reading, 0, "line 8: this row was left out: it has no figures");
    reading_release(&reading);
    buffer_release(&text);
}

static void the_data_rows_of_revman_web_give_groups_and_no_estimate(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_revman_csv,
        "Analysis group,Analysis number,Analysis name,Subgroup,Study,Study year,GIV Mean,GIV SE,"
        "CI start,CI end,Experimental cases,Experimental N,Experimental mean,Experimental SD,"
        "Control cases,Control N,Control mean,Control SD,O-E,Variance,Weight,Footnotes\n"
        "1,1,Pain,All,Smith 2010,2010,,,-1.6,-0.4,,30,4,1,,30,5,1.5,,,10,\n"
        "1,2,Dropped out,,Smith 2010,2010,,,0.25,1,5,30,,,10,30,,,,,10,\n");
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0,
                  "{'title': 'Smith 2010 (study in: Pain)', 'results': ["
                  "{'outcome': 'Pain', 'subgroup': 'All', 'study_label': 'Smith 2010', 'arms': ["
                  "{'role': 'intervention', 'n': 30, 'mean': 4, 'sd': 1},"
                  "{'role': 'comparator', 'n': 30, 'mean': 5, 'sd': 1.5}]},"
                  "{'outcome': 'Dropped out', 'study_label': 'Smith 2010', 'arms': ["
                  "{'role': 'intervention', 'n': 30, 'events': 5},"
                  "{'role': 'comparator', 'n': 30, 'events': 10}]}]}");
    reading_release(&reading);
}

static void what_was_read_of_a_broken_file_is_handed_on(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, revman_header);
    buffer_text(&text,
                "1,0,0,C,,,,,,,,,,,,,,,,,\n1,1,0,Pain,CON,MD,,,,,,,,,,,,,,,\n"
                "1,1,0,Smith 2010,,,0,4,1,30,0,5,1.5,30,-1,0.329140294,-1.645103,-0.354897,,,2010\n"
                "1,1,0,Lee 20");
    struct reading reading = reading_of(&format_revman_csv, text.bytes, text.length);
    assert_failed(&reading, ERROR_INVALID, "line 5: the file ends within the row", 1);
    reading_release(&reading);
    buffer_release(&text);
}

/* ---- real files; what is expected was read in them by eye ---- */

static void retraction_watch_s_file_is_read(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_fixture(&format_retraction_watch, "retractionwatch/RAD.csv");
    assert_counts(&reading, 6, 0);
    assert_record(&reading, 0,
                  "{'source_id': '56626', 'doi': '10.1155/2022/7642511', 'pmid': '36051936',"
                  " 'date': '2022-08-22', 'retracted': true}");
    /* Its PubMed ids are 0. */
    assert_record(&reading, 2,
                  "{'source_id': '52068', 'doi': '10.1155/2022/1008652', 'pmid': null,"
                  " 'notices': [{'type': 'retraction', 'doi': '10.1155/2023/9898737',"
                  " 'date': '2023-12-29', 'source': 'retraction-watch', 'reason':"
                  " 'Fake Peer Review; Investigation by Journal/Publisher; Investigation by"
                  " Third Party; Paper Mill; Unreliable Results and/or Conclusions'}]}");
    reading_release(&reading);
}

static void zotero_s_large_file_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_csv, "zotero/zotero_export.csv");
    assert_counts(&reading, 1233, 0);
    size_t without_doi = 0;
    for (size_t i = 0; i < 1233; i++)
        without_doi += *text_of(&reading, i, "doi") == '\0';
    assert_int_equal(without_doi, 169); /* as the fixtures' README counts them */
    assert_record(&reading, 0,
                  "{'source_id': 'ACSRAG7N', 'doi': '10.1111/jvim.16404', 'pmid': '35319117',"
                  " 'pmcid': 'PMC9151451', 'date': '2022-05', 'issn': '1939-1676',"
                  " 'pages': '1032-1038', 'publication_types': ['journalArticle']}");
    assert_int_equal(length_of(&reading, 0, "keywords"), 12);
    assert_record(&reading, 400, "{'doi': '10.1892/0891-6640(2001)015<0530:bropii>2.3.co;2'}");
    reading_release(&reading);
}

static void files_of_screening_tools_are_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_csv, "screening/rayyan_articles.csv");
    assert_counts(&reading, 114, 0);
    size_t maybe = 0, included = 0;
    for (size_t i = 0; i < 114; i++) {
        const json_t *label =
            json_array_get(json_object_get(json_array_get(reading.records, i), "labels"), 0);
        const char *decision = json_string_value(json_object_get(label, "decision"));
        assert_string_equal(json_string_value(json_object_get(label, "who")), "Nala");
        maybe += strcmp(decision, "maybe") == 0;
        included += strcmp(decision, "included") == 0;
    }
    /* grep -o '=>""Maybe""' and '=>""Included""' | wc -l */
    assert_int_equal(maybe, 13);
    assert_int_equal(included, 101);
    assert_record(&reading, 0, "{'source_id': 'rayyan-902924676', 'pages': 'S384-S388'}");
    reading_release(&reading);

    reading = reading_of_fixture(&format_csv, "screening/embase.csv");
    assert_counts(&reading, 6, 0);
    assert_record(&reading, 1,
                  "{'journal': 'Cancer', 'date': '2004-08-25', 'volume': '102', 'issue': '4',"
                  " 'pages': '253-258', 'doi': '10.1002/cncr.20369'}");
    assert_int_equal(length_of(&reading, 1, "authors"), 7);
    reading_release(&reading);

    reading = reading_of_fixture(&format_csv, "screening/pubmed_csv_export.csv");
    assert_counts(&reading, 13, 0);
    assert_record(&reading, 0,
                  "{'pmid': '36051936', 'pmcid': 'PMC9424036', 'doi': '10.1155/2022/7642511',"
                  " 'year': 2022, 'journal': 'Contrast Media Mol Imaging', 'abstract': null,"
                  " 'source_id': null}");
    reading_release(&reading);
}

static void revman_s_file_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_revman_csv, "revman/Fleiss1993_CR.csv");
    assert_counts(&reading, 12, 0);
    assert_record(&reading, 11,
                  "{'title': 'Wilson (study in: Examples from Fleiss (1993))', 'year': 1977,"
                  " 'results': [{'outcome': 'Mental Health Treatment versus Control',"
                  " 'comparison': 'Examples from Fleiss (1993)', 'study_label': 'Wilson',"
                  " 'figure': 'MD', 'estimate': -0.88, 'se': 0.56631484, 'ci_low': -1.98995669,"
                  " 'ci_high': 0.22995669, 'arms': [{'label': 'Mental Health Treatment',"
                  " 'role': 'intervention', 'n': 8, 'mean': 6.5, 'sd': 0.76}, {'label': 'Control',"
                  " 'role': 'comparator', 'n': 8, 'mean': 7.38, 'sd': 1.41}]}]}");
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_parted_by_what_the_first_line_has_most_of),
        cmocka_unit_test(quotes_hold_separators_line_breaks_and_quotes),
        cmocka_unit_test(sloppy_quotes_end_nothing_they_should_not),
        cmocka_unit_test(empty_lines_are_no_rows),
        cmocka_unit_test(numbers_are_read_only_when_they_are_certain),
        cmocka_unit_test(columns_are_known_by_their_names_in_any_order),
        cmocka_unit_test(screening_decisions_come_along),
        cmocka_unit_test(words_before_the_header_line_are_passed_over),
        cmocka_unit_test(a_date_is_put_together_from_its_columns),
        cmocka_unit_test(a_file_that_is_cut_says_where_and_gives_what_was_whole),
        cmocka_unit_test(fields_and_rows_have_their_limits),
        cmocka_unit_test(what_befell_an_article_is_its_notice),
        cmocka_unit_test(figures_of_two_groups_become_a_proposed_result),
        cmocka_unit_test(an_effect_is_taken_with_its_measure_alone),
        cmocka_unit_test(rows_with_figures_that_cannot_be_are_refused),
        cmocka_unit_test(a_study_is_a_record_with_all_its_figures),
        cmocka_unit_test(the_data_rows_of_revman_web_give_groups_and_no_estimate),
        cmocka_unit_test(what_was_read_of_a_broken_file_is_handed_on),
        cmocka_unit_test(retraction_watch_s_file_is_read),
        cmocka_unit_test(zotero_s_large_file_is_read),
        cmocka_unit_test(files_of_screening_tools_are_read),
        cmocka_unit_test(revman_s_file_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
