/* Files of Review Manager 5, in a sample of our own and in the files of ../shared. */
#include "importers/formats/revman.h"

#include <math.h>

#include "tests/importers/formats/reading.h"
#include "tests/importers/formats/sample.h"

enum { REVIEW_RECORD, STUDY_A, REPORT_OF_A, STUDY_B, STUDY_C, STUDY_D, STUDY_E, RECORDS };

/* The sample with more in the place of its comment. */
static struct buffer document_with(const char *more)
{
    struct buffer sample = sample_read("sample-revman.rm5");
    struct buffer document = {0};
    const char *here = strstr(sample.bytes, "<!-- here -->");
    buffer_append(&document, sample.bytes, (size_t)(here - sample.bytes));
    buffer_text(&document, more);
    buffer_text(&document, here);
    buffer_release(&sample);
    return document;
}

static struct reading read_with(const char *more)
{
    struct buffer document = document_with(more);
    struct reading reading = reading_of(&format_revman, document.bytes, document.length);
    buffer_release(&document);
    assert_counts(&reading, RECORDS, 0);
    return reading;
}

/* The sample with the outcomes of one comparison. */
static struct reading read_outcomes(const char *outcomes)
{
    struct buffer more = {0};
    buffer_printf(&more,
                  "<ANALYSES_AND_DATA><COMPARISON ID='CMP-001'><NAME>Pressing versus sham</NAME>%s"
                  "</COMPARISON></ANALYSES_AND_DATA>",
                  outcomes);
    struct reading reading = read_with(more.bytes);
    buffer_release(&more);
    return reading;
}

/* ---- the review and its studies ---- */

static void the_review_is_a_record(void **state)
{
    (void)state;
    struct reading reading = read_with("");
    assert_record(
        &reading, REVIEW_RECORD,
        "{'source': 'revman', 'source_id': '99', 'doi': '10.1000/review.1',"
        " 'title': 'Pressing for knots', 'authors': [{'family': 'Arden', 'given': 'Bo C'}],"
        " 'authors_complete': true, 'year': 2011, 'date': '2011', 'keywords': ['Knots'],"
        " 'abstract': 'BACKGROUND: Knots hurt.\\nMAIN RESULTS: One. Two.',"
        " 'publication_types': ['Review'], 'results': null, 'machine': {'design':"
        " 'systematic-review', 'design_from': 'a Review Manager file in the stage of a review'}}");
    reading_release(&reading);
    reading = reading_of_text(&format_revman,
                              "<COCHRANE_REVIEW STAGE='P'><COVER_SHEET><TITLE>To be</TITLE>"
                              "</COVER_SHEET></COCHRANE_REVIEW>");
    assert_counts(&reading, 1, 0);
    assert_record(
        &reading, 0,
        "{'title': 'To be', 'machine': null, 'publication_types': ['Protocol of a review'],"
        " 'year': null}");
    reading_release(&reading);
}

/* The number of 8 digits under MEDLINE may be one of the time before PMIDs, and stays out. */
static void studies_come_with_identifiers_and_decisions(void **state)
{
    (void)state;
    struct reading reading = read_with("");
    assert_record(&reading, STUDY_A,
                  "{'source_id': '99/STD-A', 'title': 'Pressing the trapezius', 'pmid': null,"
                  " 'other_titles': ['Drücken'], 'doi': '10.1000/a', 'registrations':"
                  " ['NCT01234567'], 'authors': [{'family': 'Arden', 'given': 'B'}, {'family':"
                  " 'Dale', 'given': 'E'}], 'authors_complete': true, 'year': 1999, 'volume': '4',"
                  " 'issue': '2', 'pages': '1-9', 'journal': 'J Sore Musc', 'reports': ['111'],"
                  " 'labels': [{'who': 'the review 10.1000/review.1', 'decision': 'included'}]}");
    assert_record(
        &reading, REPORT_OF_A,
        "{'source_id': '99/STD-A/1', 'title': 'An early report', 'pmid': '111',"
        " 'year': 1998, 'authors_complete': null, 'results': null, 'registrations': null}");
    assert_record(&reading, STUDY_B,
                  "{'title': 'Bell 2001 (study in: Pressing for knots)',"
                  " 'year': 2001, 'authors': null}");
    assert_record(&reading, STUDY_C,
                  "{'title': 'Rubbing', 'labels': [{'who': 'the review 10.1000/review.1',"
                  " 'decision': 'excluded', 'reason': 'No control'}]}");
    assert_record(&reading, STUDY_D,
                  "{'labels': [{'who': 'the review 10.1000/review.1',"
                  " 'decision': 'maybe'}]}");
    assert_record(&reading, STUDY_E, "{'labels': null}");
    reading_release(&reading);
}

/* ---- figures ---- */

static void rows_of_events_go_to_their_studies(void **state)
{
    (void)state;
    struct reading reading = read_outcomes(
        "<DICH_OUTCOME CI_START='0.3' CI_END='0.9' EFFECT_SIZE='0.52' CI_STUDY='95' CI_TOTAL='95'"
        " EFFECT_MEASURE='RR' ESTIMABLE='YES' EVENTS_1='15' EVENTS_2='29' P_Z='0.02' SWAP_EVENTS="
        "'NO' TOTALS='YES' TOTAL_1='50' TOTAL_2='49'><NAME>Sore</NAME><GROUP_LABEL_1>Pressing"
        "</GROUP_LABEL_1><GROUP_LABEL_2>Sham</GROUP_LABEL_2><GRAPH_LABEL_1>Favours pressing"
        "</GRAPH_LABEL_1><DICH_SUBGROUP ID='1' EFFECT_SIZE='0.5' CI_START='0.2' CI_END='1.2'"
        " ESTIMABLE='YES' TOTAL_1='20' TOTAL_2='20' EVENTS_1='5' EVENTS_2='10'><NAME>Neck</NAME>"
        "<DICH_DATA CI_START='0.2' CI_END='1.2' EFFECT_SIZE='0.5' ESTIMABLE='YES' EVENTS_1='5'"
        " EVENTS_2='10' SE='0.45' STUDY_ID='STD-A' TOTAL_1='20' TOTAL_2='20'/></DICH_SUBGROUP>"
        "<DICH_SUBGROUP ID='2' ESTIMABLE='NO' EFFECT_SIZE='0.0' CI_START='0.0' CI_END='0.0'"
        " TOTAL_1='0' TOTAL_2='0'><NAME>Jaw</NAME><DICH_DATA CI_START='0.0' CI_END='0.0'"
        " EFFECT_SIZE='0.0' ESTIMABLE='NO' EVENTS_1='0' EVENTS_2='0' SE='0.0' STUDY_ID='STD-B'"
        " TOTAL_1='30' TOTAL_2='29'/><DICH_DATA EFFECT_SIZE='0.0' ESTIMABLE='NO' EVENTS_1='0'"
        " EVENTS_2='0' STUDY_ID='STD-B' TOTAL_1='0' TOTAL_2='0'/></DICH_SUBGROUP></DICH_OUTCOME>");
    assert_record(&reading, STUDY_A,
                  "{'results': [{'outcome': 'Sore', 'comparison': 'Pressing versus sham',"
                  " 'subgroup': 'Neck', 'study_label': 'Arden 1999', 'figure': 'RR', 'estimate':"
                  " 0.5, 'ci_low': 0.2, 'ci_high': 1.2, 'se': 0.45, 'arms': [{'label': 'Pressing',"
                  " 'role': 'intervention', 'n': 20, 'events': 5}, {'label': 'Sham', 'role':"
                  " 'comparator', 'n': 20, 'events': 10}]}]}");
    /* Nothing happened to anyone: people without an estimate, and the empty row is no row. */
    assert_record(&reading, STUDY_B,
                  "{'results': [{'outcome': 'Sore', 'comparison': 'Pressing versus sham',"
                  " 'subgroup': 'Jaw', 'study_label': 'Bell 2001', 'arms': [{'label': 'Pressing',"
                  " 'role': 'intervention', 'n': 30, 'events': 0}, {'label': 'Sham', 'role':"
                  " 'comparator', 'n': 29, 'events': 0}]}]}");
    assert_record(&reading, REVIEW_RECORD,
                  "{'results': [{'outcome': 'Sore', 'comparison': 'Pressing versus sham',"
                  " 'subgroup': 'Neck', 'figure': 'RR', 'estimate': 0.5, 'ci_low': 0.2, 'ci_high':"
                  " 1.2, 'arms': [{'label': 'Pressing', 'role': 'intervention', 'n': 20, 'events':"
                  " 5}, {'label': 'Sham', 'role': 'comparator', 'n': 20, 'events': 10}]},"
                  " {'outcome': 'Sore', 'comparison': 'Pressing versus sham', 'figure': 'RR',"
                  " 'estimate': 0.52, 'ci_low': 0.3, 'ci_high': 0.9, 'p': 0.02, 'arms': [{'label':"
                  " 'Pressing', 'role': 'intervention', 'n': 50, 'events': 15}, {'label': 'Sham',"
                  " 'role': 'comparator', 'n': 49, 'events': 29}]}]}");
    reading_release(&reading);
}

/* The first result of study A from one row of an outcome, without what is the same in all. */
static void assert_result(const char *outcome, const char *kind, const char *row,
                          const char *expected)
{
    struct buffer outcomes = {0};
    struct buffer wanted = {0};
    buffer_printf(
        &outcomes,
        "<%s_OUTCOME %s CI_TOTAL='95'><NAME>O</NAME><GROUP_LABEL_1>Pressing"
        "</GROUP_LABEL_1><GROUP_LABEL_2>Sham</GROUP_LABEL_2><%s_DATA STUDY_ID='STD-A' %s/>"
        "</%s_OUTCOME>",
        kind, outcome, kind, row, kind);
    struct reading reading = read_outcomes(outcomes.bytes);
    json_t *results = json_object_get(json_array_get(reading.records, STUDY_A), "results");
    if (expected == NULL) {
        assert_null(results);
    } else {
        json_t *result = json_array_get(results, 0);
        json_object_del(result, "comparison");
        json_object_del(result, "outcome");
        json_object_del(result, "study_label");
        buffer_printf(&wanted, "{'results': [%s]}", expected);
        assert_record(&reading, STUDY_A, wanted.bytes);
    }
    reading_release(&reading);
    buffer_release(&outcomes);
    buffer_release(&wanted);
}

static void means_keep_their_spread_and_empty_cells_stay_unknown(void **state)
{
    (void)state;
    const char *outcome = "EFFECT_MEASURE='MD' CI_STUDY='95' UNITS='cm'";
    assert_result(
        outcome, "CONT",
        "EFFECT_SIZE='-1.5' CI_START='-2.5' CI_END='-0.5' SE='0.51' MEAN_1='2.5' SD_1="
        "'1.2' TOTAL_1='21' MEAN_2='4.0' SD_2='1.4' TOTAL_2='20'",
        "{'unit': 'cm', 'figure': 'MD', 'estimate': -1.5, 'ci_low': -2.5, 'ci_high': -0.5,"
        " 'se': 0.51, 'arms': [{'label': 'Pressing', 'role': 'intervention', 'n': 21,"
        " 'mean': 2.5, 'sd': 1.2}, {'label': 'Sham', 'role': 'comparator', 'n': 20,"
        " 'mean': 4, 'sd': 1.4}]}");
    assert_result(outcome, "CONT",
                  "ESTIMABLE='NO' EFFECT_SIZE='0.0' CI_START='0.0' CI_END='0.0' SE='0.0' MEAN_1="
                  "'2.5' SD_1='0.0' TOTAL_1='21' MEAN_2='0.0' SD_2='0.0' TOTAL_2='0'",
                  "{'unit': 'cm', 'arms': [{'label': 'Pressing', 'role': 'intervention', 'n': 21,"
                  " 'mean': 2.5}, {'label': 'Sham', 'role': 'comparator'}]}");
    assert_result(outcome, "CONT",
                  "EFFECT_SIZE='' CI_START='nan' CI_END='0x1p3' MEAN_1='1e999' SD_1='x' TOTAL_1='3'"
                  " TOTAL_2='2.5'",
                  "{'unit': 'cm', 'arms': [{'label': 'Pressing', 'role': 'intervention', 'n': 3},"
                  " {'label': 'Sham', 'role': 'comparator'}]}");
    assert_result(outcome, "CONT", "ESTIMABLE='NO' EFFECT_SIZE='0.0' TOTAL_1='0' TOTAL_2='0'",
                  NULL);
}

/* An estimate that says something else than it seems to is worse than none. */
static void an_estimate_that_would_mislead_is_left_out_with_a_note(void **state)
{
    (void)state;
    static const struct {
        const char *outcome;
        const char *effect;
        const char *expected;
    } cases[] = {
        {"EFFECT_MEASURE='RR' CI_STUDY='95' SWAP_EVENTS='YES'", "0.4",
         "'note': 'the review\\u0027s analysis swaps events and non-events; its estimate was left"
         " out'"},
        {"EFFECT_MEASURE='PETO_OR' CI_STUDY='95'", "0.4",
         "'note': 'Peto odds ratio 0.4 (95% CI 0.1 to 1.6)'"},
        {"EFFECT_MEASURE='RR' CI_STUDY='90'", "0.4", "'figure': 'RR', 'estimate': 0.4"},
        {"EFFECT_MEASURE='RR' CI_STUDY='95'", "2.4",
         "'note': 'the review\\u0027s estimate does not agree with its interval and was left out'"},
        {"CI_STUDY='95'", "0.4",
         "'note': 'the review does not say what its estimate 0.4 (95% CI 0.1 to 1.6) measures'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer row = {0};
        struct buffer expected = {0};
        buffer_printf(&row,
                      "EFFECT_SIZE='%s' CI_START='0.1' CI_END='1.6' EVENTS_1='1' TOTAL_1='9'"
                      " EVENTS_2='2' TOTAL_2='8'",
                      cases[i].effect);
        buffer_printf(
            &expected,
            "{%s, 'arms': [{'label': 'Pressing', 'role': 'intervention', 'n': 9,"
            " 'events': 1}, {'label': 'Sham', 'role': 'comparator', 'n': 8, 'events': 2}]}",
            cases[i].expected);
        assert_result(cases[i].outcome, "DICH", row.bytes, expected.bytes);
        buffer_release(&row);
        buffer_release(&expected);
    }
}

/* ln 0.5 = -0.6931, ln 0.25 = -1.3863, ln 1 = 0; (0 + 1.3863) / (2 × 1.96) = 0.35365. */
static void inverse_variance_data_of_ratios_are_taken_for_what_their_interval_shows(void **state)
{
    (void)state;
    const char *ratio = "{'figure': 'OR', 'estimate': 0.5, 'ci_low': 0.25, 'ci_high': 1, 'se':"
                        " 0.35365}";
    assert_result("EFFECT_MEASURE='Odds Ratio' CI_STUDY='95' LOG_DATA='YES'", "IV",
                  "EFFECT_SIZE='0.5' CI_START='0.25' CI_END='1.0' SE='0.35365'", ratio);
    assert_result("EFFECT_MEASURE='Odds Ratio' CI_STUDY='95' LOG_DATA='NO'", "IV",
                  "EFFECT_SIZE='0.5' CI_START='0.25' CI_END='1.0' SE='0.35365'", ratio);
    assert_result("EFFECT_MEASURE='Odds Ratio' CI_STUDY='95' LOG_DATA='YES'", "IV",
                  "EFFECT_SIZE='-0.6931' CI_START='-1.3863' CI_END='0' SE='0.35365'",
                  "{'note': 'the review\\u0027s estimate does not agree with its interval and was"
                  " left out'}");
    /* Near 1 nobody can tell a ratio from its logarithm: exp(1) would be 2.7. */
    assert_result("EFFECT_MEASURE='Odds Ratio' CI_STUDY='95'", "IV",
                  "EFFECT_SIZE='1.0' CI_START='0.9804' CI_END='1.02' SE='0.0101'",
                  "{'note': 'the review\\u0027s estimate does not agree with its interval and was"
                  " left out'}");
    assert_result("EFFECT_MEASURE='Hazard Ratio' CI_STUDY='95' LOG_DATA='YES'", "IV",
                  "EFFECT_SIZE='0.72' CI_START='0.5' CI_END='1.04' SE='0.187'",
                  "{'note': 'Hazard Ratio 0.72 (95% CI 0.5 to 1.04)'}");
    assert_result("EFFECT_MEASURE='Mean Difference' CI_STUDY='95' LOG_DATA='NO'", "IV",
                  "EFFECT_SIZE='-0.7' CI_START='-1.4' CI_END='0' SE='0.357' TOTAL_1='0'",
                  "{'figure': 'MD', 'estimate': -0.7, 'ci_low': -1.4, 'ci_high': 0, 'se': 0.357}");
}

static void logarithms_that_stand_as_such_are_turned_back(void **state)
{
    (void)state;
    struct reading reading = read_outcomes(
        "<IV_OUTCOME CI_STUDY='95' LOG_DATA='NO'><NAME>O</NAME><EFFECT_MEASURE>Odds Ratio"
        "</EFFECT_MEASURE><IV_DATA STUDY_ID='STD-A' EFFECT_SIZE='-0.693147180559945' CI_START="
        "'-1.386294361119891' CI_END='0' SE='0.35365'/></IV_OUTCOME>");
    const json_t *result =
        json_array_get(json_object_get(json_array_get(reading.records, STUDY_A), "results"), 0);
    assert_string_equal(json_string_value(json_object_get(result, "figure")), "OR");
    assert_true(fabs(json_number_value(json_object_get(result, "estimate")) - 0.5) < 1e-12);
    assert_true(fabs(json_number_value(json_object_get(result, "ci_low")) - 0.25) < 1e-12);
    assert_true(fabs(json_number_value(json_object_get(result, "ci_high")) - 1) < 1e-12);
    reading_release(&reading);
}

static void only_totals_that_the_review_shows_are_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *totals;
        size_t results;
    } cases[] = {{"YES", 2}, {"SUB", 1}, {"NO", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer outcomes = {0};
        buffer_printf(&outcomes,
                      "<CONT_OUTCOME EFFECT_MEASURE='MD' CI_TOTAL='95' TOTALS='%s' EFFECT_SIZE='1'"
                      " CI_START='0' CI_END='2'><NAME>O</NAME><CONT_SUBGROUP EFFECT_SIZE='1'"
                      " CI_START='0' CI_END='2'><NAME>S</NAME></CONT_SUBGROUP></CONT_OUTCOME>",
                      cases[i].totals);
        struct reading reading = read_outcomes(outcomes.bytes);
        assert_int_equal(length_of(&reading, REVIEW_RECORD, "results"), cases[i].results);
        reading_release(&reading);
        buffer_release(&outcomes);
    }
}

static void a_row_about_nobody_is_warned_about(void **state)
{
    (void)state;
    struct reading reading = read_outcomes(
        "<DICH_OUTCOME EFFECT_MEASURE='RR'><NAME>O</NAME><DICH_DATA STUDY_ID='STD-X' EVENTS_1='1'"
        " TOTAL_1='2' EVENTS_2='1' TOTAL_2='2'/></DICH_OUTCOME>");
    assert_warned(&reading, 0, "memory: a row about the study STD-X was left out");
    reading_release(&reading);
}

/* ---- risk of bias ---- */

static struct reading read_data(void)
{
    struct buffer sample = sample_read("sample-revman-data.rm5");
    struct reading reading = reading_of(&format_revman, sample.bytes, sample.length);
    buffer_release(&sample);
    assert_counts(&reading, 3, 0);
    return reading;
}

static void judgements_go_to_their_studies(void **state)
{
    (void)state;
    struct reading reading = read_data();
    assert_record(
        &reading, 1,
        "{'judgements': [{'item': 'Random sequence', 'judgement': 'low', 'support': 'Drawn"
        " from a hat'}, {'item': 'Blinding', 'outcomes': 'Pain', 'judgement': 'high'}]}");
    assert_record(&reading, 2,
                  "{'judgements': [{'item': 'Random sequence', 'judgement': 'unclear'}]}");
    assert_record(&reading, 0, "{'judgements': null}");
    reading_release(&reading);
}

/* An answer that RevMan does not know is none, and one about nobody is warned about. */
static void judgements_that_say_nothing_are_left_out(void **state)
{
    (void)state;
    struct reading reading = read_with(
        "<QUALITY_ITEMS><QUALITY_ITEM><NAME>Q</NAME><QUALITY_ITEM_DATA><QUALITY_ITEM_DATA_ENTRY"
        " RESULT='PERHAPS' STUDY_ID='STD-A'/><QUALITY_ITEM_DATA_ENTRY RESULT='YES' "
        "STUDY_ID='STD-X'/>"
        "</QUALITY_ITEM_DATA></QUALITY_ITEM></QUALITY_ITEMS>");
    assert_record(&reading, STUDY_A, "{'judgements': null}");
    assert_warned(&reading, 0, "memory: a judgement of the study STD-X was left out");
    reading_release(&reading);
}

/* Two rows a study: events and a logarithm; means and people without an estimate of ours. */
static void every_kind_of_data_is_read(void **state)
{
    (void)state;
    struct reading reading = read_data();
    assert_int_equal(length_of(&reading, 1, "results"), 2);
    assert_int_equal(length_of(&reading, 2, "results"), 2);
    const json_t *time =
        json_array_get(json_object_get(json_array_get(reading.records, 2), "results"), 1);
    assert_string_equal(json_string_value(json_object_get(time, "note")), "Hazard Ratio 0.7");
    assert_null(json_object_get(time, "estimate"));
    assert_int_equal(json_array_size(json_object_get(time, "arms")), 2);
    reading_release(&reading);
}

/* ---- trouble ---- */

static void a_cut_file_gives_what_was_whole_and_its_error(void **state)
{
    (void)state;
    struct buffer document = document_with(
        "<ANALYSES_AND_DATA><COMPARISON><DICH_OUTCOME EFFECT_MEASURE='RR' CI_STUDY='95'><NAME>O"
        "</NAME><DICH_DATA STUDY_ID='STD-A' EVENTS_1='1' TOTAL_1='9' EVENTS_2='2' TOTAL_2='8'"
        " EFFECT_SIZE='0.4'/></DICH_OUTCOME></COMPARISON></ANALYSES_AND_DATA>");
    size_t results = 0;
    for (size_t length = 0; length < document.length - 2; length++) {
        struct reading reading = reading_of(&format_revman, document.bytes, length);
        assert_false(reading.ok);
        const json_t *row =
            json_array_get(json_object_get(json_array_get(reading.records, STUDY_A), "results"), 0);
        results += row != NULL; /* a row is whole or not there */
        assert_true(row == NULL || json_number_value(json_object_get(row, "estimate")) == 0.4);
        reading_release(&reading);
    }
    assert_true(results > 0);
    size_t third_study = (size_t)(strstr(document.bytes, "<STUDY ID=\"STD-C\"") - document.bytes);
    struct reading reading = reading_of(&format_revman, document.bytes, third_study);
    assert_failed(&reading, ERROR_INVALID, "memory: line 9, column", STUDY_C);
    reading_release(&reading);
    buffer_release(&document);
}

static void other_xml_is_refused(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(&format_revman, "<xml><records/></xml>");
    assert_failed(&reading, ERROR_INVALID, "expected is one of <COCHRANE_REVIEW>", 0);
    reading_release(&reading);
    assert_int_equal(format_revman.recognise("<xml><records>", 14), 0);
    assert_int_equal(format_revman.recognise("<COCHRANE_REVIEW ", 17), 100);
    reading = reading_of_text(&format_revman,
                              "<!DOCTYPE COCHRANE_REVIEW [<!ENTITY a 'b'>]><COCHRANE_REVIEW/>");
    assert_failed(&reading, ERROR_INVALID, "entity of its own", 0);
    reading_release(&reading);
}

static bool refuse(void *context, const struct record *record, struct error *err)
{
    (void)context;
    return strcmp(record->source_id, "99/STD-B") != 0 || error_set(err, ERROR_STORE, "full");
}

static void the_sinks_error_comes_back_unchanged(void **state)
{
    (void)state;
    struct buffer document = document_with("");
    struct input *input = input_memory(document.bytes, document.length, "x", &input_limits_default);
    const struct record_sink sink = {.take = refuse};
    struct format_counts counts = {0};
    struct error err = {0};
    assert_false(format_revman.read(input, &sink, NULL, &counts, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    assert_string_equal(err.message, "full");
    assert_int_equal(counts.records, STUDY_B);
    input_close(input);
    buffer_release(&document);
}

/* ---- files of the program ---- */

static const json_t *result_of(const struct reading *reading, const char *study, size_t at)
{
    for (size_t i = 0; i < reading->counts.records; i++) {
        const json_t *results = json_object_get(json_array_get(reading->records, i), "results");
        const char *label =
            json_string_value(json_object_get(json_array_get(results, 0), "study_label"));
        if (label != NULL && strcmp(label, study) == 0)
            return json_array_get(results, at);
    }
    fail_msg("no figures of %s", study);
    return NULL;
}

static size_t count_rows(const struct reading *reading, const char *key)
{
    size_t count = 0;
    for (size_t i = 1; i < reading->counts.records; i++)
        count += length_of(reading, i, key);
    return count;
}

/* 7 rows of events and 5 of means, as the file has them. */
static void the_trials_of_fleiss_are_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_revman, "revman/Fleiss1993.rm5");
    assert_counts(&reading, 13, 0);
    assert_int_equal(count_rows(&reading, "results"), 12);
    assert_int_equal(count_rows(&reading, "judgements"), 12);
    const json_t *row = result_of(&reading, "MRC-1", 0);
    assert_string_equal(json_string_value(json_object_get(row, "figure")), "OR");
    assert_true(json_number_value(json_object_get(row, "estimate")) == 0.7197141500975687);
    assert_true(json_number_value(json_object_get(row, "se")) == 0.1972198088133556);
    const json_t *aspirin = json_array_get(json_object_get(row, "arms"), 0);
    assert_string_equal(json_string_value(json_object_get(aspirin, "label")), "Aspirin");
    assert_int_equal(json_integer_value(json_object_get(aspirin, "events")), 49);
    assert_int_equal(json_integer_value(json_object_get(aspirin, "n")), 615);
    row = result_of(&reading, "Gruen", 0);
    assert_null(json_object_get(row, "estimate")); /* EFFECT_SIZE="" */
    const json_t *control = json_array_get(json_object_get(row, "arms"), 1);
    assert_true(json_number_value(json_object_get(control, "mean")) == 24.9);
    assert_true(json_number_value(json_object_get(control, "sd")) == 10.65);
    assert_record(&reading, 0, "{'title': 'Examples from Fleiss 1993', 'doi': null}");
    reading_release(&reading);
}

/* 27 included studies with 28 references, 34 excluded ones; 217 rows of events, 162 judgements. */
static void a_cochrane_review_is_read(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_fixture(&format_revman, "revman/antibiotics-sore-throat.rm5");
    assert_counts(&reading, 1 + 28 + 34, 0);
    assert_int_equal(json_array_size(reading.warnings), 0);
    assert_int_equal(count_rows(&reading, "results"), 217);
    assert_int_equal(count_rows(&reading, "judgements"), 162);
    assert_record(
        &reading, 0,
        "{'title': 'Antibiotics for sore throat', 'doi':"
        " '10.1002/14651858.cd000023.pub4', 'year': 2013, 'authors': [{'family': 'Spinks',"
        " 'given': 'Anneliese'}, {'family': 'Glasziou', 'given': 'Paul P'}, {'family':"
        " 'Del Mar', 'given': 'Chris B'}]}");
    assert_record(&reading, 1,
                  "{'title': 'Penicillin therapy in acute tonsillitis, phlegmonous tonsillitis and"
                  " ulcerative tonsillitis', 'journal': 'Acta Medica Scandinavica', 'year': 1951,"
                  " 'volume': '139', 'pages': '253-74', 'authors': [{'family': 'Bennike', 'given':"
                  " 'TBMK'}, {'family': 'Kjaer', 'given': 'E'}, {'family': 'Skadhauge', 'given':"
                  " 'K'}, {'family': 'Trolle', 'given': 'E'}]}");
    size_t estimates = 0;
    for (size_t i = 1; i < reading.counts.records; i++) {
        const json_t *results = json_object_get(json_array_get(reading.records, i), "results");
        for (size_t j = 0; j < json_array_size(results); j++)
            estimates += json_object_get(json_array_get(results, j), "estimate") != NULL;
    }
    assert_int_equal(estimates, 217 - 55); /* ESTIMABLE="NO" in 55 rows */
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_review_is_a_record),
        cmocka_unit_test(studies_come_with_identifiers_and_decisions),
        cmocka_unit_test(rows_of_events_go_to_their_studies),
        cmocka_unit_test(means_keep_their_spread_and_empty_cells_stay_unknown),
        cmocka_unit_test(an_estimate_that_would_mislead_is_left_out_with_a_note),
        cmocka_unit_test(inverse_variance_data_of_ratios_are_taken_for_what_their_interval_shows),
        cmocka_unit_test(logarithms_that_stand_as_such_are_turned_back),
        cmocka_unit_test(only_totals_that_the_review_shows_are_its_own),
        cmocka_unit_test(a_row_about_nobody_is_warned_about),
        cmocka_unit_test(judgements_go_to_their_studies),
        cmocka_unit_test(judgements_that_say_nothing_are_left_out),
        cmocka_unit_test(every_kind_of_data_is_read),
        cmocka_unit_test(a_cut_file_gives_what_was_whole_and_its_error),
        cmocka_unit_test(other_xml_is_refused),
        cmocka_unit_test(the_sinks_error_comes_back_unchanged),
        cmocka_unit_test(the_trials_of_fleiss_are_read),
        cmocka_unit_test(a_cochrane_review_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
