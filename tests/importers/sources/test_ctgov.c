#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "importers/sources/ctgov_analysis.h"
#include "tests/importers/sources/gathered.h"

static const struct remote *const remote = &remote_ctgov;
static const struct remote_options no_options = {0};
static const struct remote_query anything = {.text = "a"};

/* ---- requests ---- */

static const char *url_of(struct arena *arena, const struct remote_query *query, const char *state)
{
    struct remote_request request;
    struct error err = {0};
    if (!remote->request(query, &no_options, state, arena, &request, &err))
        fail_msg("%s", err.message);
    assert_null(request.form);
    assert_true(request.per_second == 1);
    return request.url;
}

static void a_query_is_a_phrase_parameters_or_a_number(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *since;
        const char *expected;
    } rows[] = {
        {"dry needling AND AREA[Phase]PHASE3", NULL,
         "?query.term=dry%20needling%20AND%20AREA%5BPhase%5DPHASE3&pageSize=50&countTotal=true"},
        {"query.cond=neck pain&query.intr=needling", NULL,
         "?query.cond=neck%20pain&query.intr=needling&pageSize=50&countTotal=true"},
        {" nct02552212 ", NULL, "/NCT02552212"},
        {"NCT02552212", "2026-01-31",
         "?filter.ids=NCT02552212&filter.advanced=AREA%5BLastUpdatePostDate%5DRANGE%5B2026-01-31"
         "%2CMAX%5D&pageSize=50&countTotal=true"},
        {"needling", "2026-01-31",
         "?query.term=needling&filter.advanced=AREA%5BLastUpdatePostDate%5DRANGE%5B2026-01-31%2C"
         "MAX%5D&pageSize=50&countTotal=true"},
        {"query.cond=a&filter.advanced=AREA[Phase]PHASE3 OR b", "2026-01-31",
         "?query.cond=a&filter.advanced=%28AREA%5BPhase%5DPHASE3%20OR%20b%29%20AND%20AREA%5BLast"
         "UpdatePostDate%5DRANGE%5B2026-01-31%2CMAX%5D&pageSize=50&countTotal=true"},
        {"ISRCTN75784880", NULL, "?query.term=ISRCTN75784880&pageSize=50&countTotal=true"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct remote_query query = {.text = rows[i].text, .since = rows[i].since};
        assert_string_equal(
            url_of(arena, &query, NULL),
            arena_printf(arena, "https://clinicaltrials.gov/api/v2/studies%s", rows[i].expected));
    }
    assert_string_equal(url_of(arena, &anything, "50 50 0 ZVt0=_-"),
                        "https://clinicaltrials.gov/api/v2/studies?query.term=a&pageSize=50&"
                        "countTotal=true&pageToken=ZVt0%3D_-");
    arena_free(arena);
}

/* ---- the registration; samples made by hand after the shape of the service's answers ---- */

static bool read_text(struct gathered *gathered, const struct remote_query *query,
                      const char *state, const char *text)
{
    return gathered_read(gathered, remote, query, &no_options, state, text, strlen(text));
}

static bool read_any(struct gathered *gathered, const char *text)
{
    return read_text(gathered, &anything, NULL, text);
}

#define IDENTITY "\"identificationModule\": {\"nctId\": \"NCT01234567\", \"briefTitle\": \"T\"}"

static void a_registration_becomes_a_record(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_any(
        g,
        "{\"protocolSection\": {\"identificationModule\": {\"nctId\": \"NCT01234567\","
        "\"nctIdAliases\": [\"NCT00000001\"], \"orgStudyIdInfo\": {\"id\": \"ABC-1\"},"
        "\"secondaryIdInfos\": [{\"id\": \"2015-001894-41\", \"type\": \"EUDRACT_NUMBER\"},"
        " {\"id\": \"R01DC011020\", \"type\": \"NIH\"}, {\"id\": \"ISRCTN75784880\","
        " \"type\": \"OTHER\"}, {\"id\": \"ISRCTN75784880\"}],"
        "\"briefTitle\": \"Needling of Knots\", \"officialTitle\": \"A Trial of \\\\[Dry\\\\] "
        "Needling\", \"acronym\": \"KNOTS\"},"
        "\"statusModule\": {\"studyFirstSubmitDate\": \"2015-09-15\","
        " \"studyFirstPostDateStruct\": {\"date\": \"2015-09-17\"},"
        " \"startDateStruct\": {\"date\": \"2016\"}},"
        "\"descriptionModule\": {\"briefSummary\": \"Knots hurt.\\n\\nOnes \\\\>= 18.\","
        " \"detailedDescription\": \"* one\\n* two\"},"
        "\"conditionsModule\": {\"conditions\": [\"Neck Pain\"], \"keywords\": [\"knots\"]},"
        "\"designModule\": {\"studyType\": \"INTERVENTIONAL\", \"phases\": [\"NA\", \"PHASE2\"],"
        " \"designInfo\": {\"allocation\": \"RANDOMIZED\", \"interventionModel\": \"CROSSOVER\"},"
        " \"enrollmentInfo\": {\"count\": 40, \"type\": \"ACTUAL\"}},"
        "\"armsInterventionsModule\": {\"interventions\": [{\"name\": \"Dry needling\"},"
        " {\"name\": \"Sham\"}]},"
        "\"referencesModule\": {\"references\": [{\"pmid\": \"1\", \"type\": \"BACKGROUND\"},"
        " {\"pmid\": \"2\", \"type\": \"RESULT\"}, {\"pmid\": \"3\", \"type\": \"DERIVED\"},"
        " {\"type\": \"RESULT\"}]}}}"));
    assert_int_equal(gathered_count(g), 1);
    assert_int_equal(g->page.total, 1);
    ASSERT_TEXT(g, "0.source", "ctgov");
    ASSERT_TEXT(g, "0.source_id", "NCT01234567");
    ASSERT_TEXT(g, "0.url", "https://clinicaltrials.gov/study/NCT01234567");
    ASSERT_LENGTH(g, "0.registrations", 4);
    ASSERT_TEXT(g, "0.registrations.0", "NCT01234567");
    ASSERT_TEXT(g, "0.registrations.1", "NCT00000001");
    ASSERT_TEXT(g, "0.registrations.2", "2015-001894-41");
    ASSERT_TEXT(g, "0.registrations.3", "ISRCTN75784880");
    ASSERT_TEXT(g, "0.title", "A Trial of [Dry] Needling");
    ASSERT_TEXT(g, "0.other_titles.0", "Needling of Knots");
    ASSERT_TEXT(g, "0.other_titles.1", "KNOTS");
    ASSERT_TEXT(g, "0.date", "2015-09-17");
    ASSERT_COUNT(g, "0.year", 2015);
    ASSERT_TEXT(g, "0.abstract", "Knots hurt.\nOnes >= 18.\n* one\n* two");
    ASSERT_TEXT(g, "0.conditions.0", "Neck Pain");
    ASSERT_TEXT(g, "0.keywords.0", "knots");
    ASSERT_LENGTH(g, "0.treatments", 2);
    ASSERT_TEXT(g, "0.treatments.0", "Dry needling");
    ASSERT_LENGTH(g, "0.publication_types", 2);
    ASSERT_TEXT(g, "0.publication_types.0", "INTERVENTIONAL");
    ASSERT_TEXT(g, "0.publication_types.1", "PHASE2");
    ASSERT_LENGTH(g, "0.reports", 2);
    ASSERT_TEXT(g, "0.reports.0", "2");
    ASSERT_TEXT(g, "0.reports.1", "3");
    ASSERT_TRUE(g, "0.machine.human");
    ASSERT_COUNT(g, "0.machine.participants", 40);
    ASSERT_TEXT(g, "0.machine.participants_from", "registry: enrollment (actual)");
    ASSERT_TEXT(g, "0.machine.design", "crossover-rct");
    ASSERT_TEXT(g, "0.machine.design_from", "registry: interventional, randomized, crossover");
    ASSERT_NOTHING(g, "0.authors");
    ASSERT_NOTHING(g, "0.results");
    gathered_free(g);
}

static void the_design_is_what_the_fields_say_and_no_more(void **state)
{
    (void)state;
    static const struct {
        const char *module;
        const char *title;
        const char *design;
    } rows[] = {
        {"\"studyType\": \"INTERVENTIONAL\", \"designInfo\": {\"allocation\": \"RANDOMIZED\","
         "\"interventionModel\": \"PARALLEL\"}",
         "T", "rct"},
        {"\"studyType\": \"INTERVENTIONAL\", \"designInfo\": {\"allocation\": \"RANDOMIZED\","
         "\"interventionModel\": \"PARALLEL\"}",
         "A cluster-randomised trial", "cluster-rct"},
        {"\"studyType\": \"INTERVENTIONAL\", \"designInfo\": {\"allocation\": \"RANDOMIZED\","
         "\"interventionModel\": \"PARALLEL\"}",
         "Cluster headache: a randomized trial", "rct"},
        {"\"studyType\": \"INTERVENTIONAL\", \"designInfo\": {\"allocation\": \"NON_RANDOMIZED\","
         "\"interventionModel\": \"PARALLEL\"}",
         "T", "non-randomised"},
        {"\"studyType\": \"INTERVENTIONAL\", \"designInfo\": {\"allocation\": \"NA\","
         "\"interventionModel\": \"SINGLE_GROUP\"}",
         "T", NULL},
        {"\"studyType\": \"INTERVENTIONAL\", \"designInfo\": {\"allocation\": \"RANDOMIZED\","
         "\"interventionModel\": \"SINGLE_GROUP\"}",
         "T", NULL},
        {"\"studyType\": \"OBSERVATIONAL\", \"designInfo\": {\"observationalModel\": \"COHORT\","
         "\"timePerspective\": \"PROSPECTIVE\"}",
         "T", "cohort"},
        {"\"studyType\": \"OBSERVATIONAL\", \"designInfo\": {\"observationalModel\": \"COHORT\","
         "\"timePerspective\": \"CROSS_SECTIONAL\"}",
         "T", NULL},
        {"\"studyType\": \"OBSERVATIONAL\", \"designInfo\": {\"observationalModel\": "
         "\"CASE_CONTROL\", \"timePerspective\": \"RETROSPECTIVE\"}",
         "T", "case-control"},
        {"\"studyType\": \"EXPANDED_ACCESS\"", "T", NULL},
        {"\"phases\": []", "T", NULL},
    };
    struct gathered *g = gathered_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(read_any(
            g, arena_printf(g->arena,
                            "{\"protocolSection\": {\"identificationModule\": {\"nctId\": "
                            "\"NCT01234567\", \"briefTitle\": \"%s\"}, \"designModule\": {%s}}}",
                            rows[i].title, rows[i].module)));
        assert_string_equal(gathered_text(g, arena_printf(g->arena, "%zu.machine.design", i)),
                            rows[i].design == NULL ? "(nothing)" : rows[i].design);
    }
    gathered_free(g);
}

/* ---- results ---- */

/* A study with one outcome: `groups` and the rest of the outcome as JSON. */
static void read_outcome(struct gathered *g, const char *outcome)
{
    assert_true(read_any(
        g, arena_printf(
               g->arena,
               "{\"protocolSection\": {" IDENTITY ", \"armsInterventionsModule\": {\"armGroups\": ["
               "{\"label\": \"Dry Needling\", \"type\": \"EXPERIMENTAL\"},"
               "{\"label\": \"2. Sham needling\", \"type\": \"SHAM_COMPARATOR\"},"
               "{\"label\": \"Waiting\", \"type\": \"NO_INTERVENTION\"},"
               "{\"label\": \"Usual care\", \"type\": \"ACTIVE_COMPARATOR\"},"
               "{\"label\": \"Observed\", \"type\": \"OTHER\"},"
               "{\"label\": \"Twice\", \"type\": \"EXPERIMENTAL\"},"
               "{\"label\": \"Twice\", \"type\": \"PLACEBO_COMPARATOR\"}]}},"
               "\"resultsSection\": {\"outcomeMeasuresModule\": {\"outcomeMeasures\": [{"
               "\"type\": \"PRIMARY\", \"title\": \"Pain\", \"timeFrame\": \"4 weeks\", %s}]}}}",
               outcome)));
}

#define TWO_GROUPS                                                                                 \
    "\"groups\": [{\"id\": \"OG000\", \"title\": \"Dry needling (ITT)\"},"                         \
    "{\"id\": \"OG001\", \"title\": \"2. Sham Needling\"}],"
#define PEOPLE(a, b)                                                                               \
    "\"denoms\": [{\"units\": \"Participants\", \"counts\": [{\"groupId\": \"OG000\","             \
    "\"value\": \"" a "\"}, {\"groupId\": \"OG001\", \"value\": \"" b "\"}]}],"
#define ROW(a, b)                                                                                  \
    "{\"measurements\": [{\"groupId\": \"OG000\", " a "}, {\"groupId\": \"OG001\", " b "}]}"
#define ONE_ROW(a, b) "\"classes\": [{\"categories\": [" ROW(a, b) "]}]"

static void means_have_their_spread_and_their_people(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    read_outcome(
        g, TWO_GROUPS PEOPLE(
               "20", "19") "\"paramType\": \"MEAN\", \"dispersionType\": \"Standard Deviation\","
                           "\"unitOfMeasure\": \"cm\", \"populationDescription\": \"ITT "
                           "\\\\[all\\\\]\"," ONE_ROW("\"value\": \"-3.10\", \"spread\": \"1.2\"",
                                                      "\"value\": \".5\", \"spread\": \"1e1\""));
    ASSERT_LENGTH(g, "0.results", 1);
    ASSERT_TEXT(g, "0.results.0.outcome", "Pain");
    ASSERT_TEXT(g, "0.results.0.time", "4 weeks");
    ASSERT_TEXT(g, "0.results.0.unit", "cm");
    ASSERT_TEXT(g, "0.results.0.parameter", "mean");
    ASSERT_TEXT(g, "0.results.0.spread", "Standard Deviation");
    ASSERT_TEXT(g, "0.results.0.note", "primary outcome; ITT [all]");
    ASSERT_LENGTH(g, "0.results.0.arms", 2);
    ASSERT_TEXT(g, "0.results.0.arms.0.label", "Dry needling (ITT)");
    ASSERT_TEXT(g, "0.results.0.arms.0.role", "intervention");
    ASSERT_COUNT(g, "0.results.0.arms.0.n", 20);
    ASSERT_NUMBER(g, "0.results.0.arms.0.mean", -3.1);
    ASSERT_NUMBER(g, "0.results.0.arms.0.sd", 1.2);
    ASSERT_NOTHING(g, "0.results.0.arms.0.se");
    ASSERT_TEXT(g, "0.results.0.arms.1.role", "comparator");
    ASSERT_NUMBER(g, "0.results.0.arms.1.mean", 0.5);
    ASSERT_NUMBER(g, "0.results.0.arms.1.sd", 10);
    ASSERT_NOTHING(g, "0.results.0.estimate");
    gathered_free(g);
}

/* The kind of spread decides the field; a mix-up would make a study count for far too much. */
static void every_kind_of_spread_has_its_field(void **state)
{
    (void)state;
    static const struct {
        const char *parameter;
        const char *dispersion;
        const char *fields; /* of the first arm, by name */
    } rows[] = {
        {"MEAN", "Standard Error", "label role mean se"},
        {"LEAST_SQUARES_MEAN", "Standard Error", "label role mean se"},
        {"MEAN", "STANDARD_DEVIATION", "label role mean sd"},
        {"MEAN", "95% Confidence Interval", "label role mean low high"},
        {"MEAN", "Full Range", "label role mean low high"},
        {"MEAN", "Inter-Quartile Range", "label role mean q1 q3"},
        {"MEDIAN", "Inter-Quartile Range", "label role median q1 q3"},
        {"MEDIAN", "Full Range", "label role median low high"},
        {"MEDIAN", "90% Confidence Interval", "label role median low high"},
        {"MEAN", "Geometric Coefficient of Variation", "label role mean"},
        {"MEAN", "unheard of", "label role mean"},
        {"GEOMETRIC_MEAN", "Standard Deviation", "label role"},
        {"GEOMETRIC_LEAST_SQUARES_MEAN", "Standard Error", "label role"},
        {"LOG_MEAN", "Standard Deviation", "label role"},
        {"NUMBER", "Standard Deviation", "label role"},
        {"COUNT_OF_UNITS", "Standard Deviation", "label role"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct gathered *g = gathered_new();
        struct buffer fields = {0};
        const char *key;
        json_t *value;
        read_outcome(g, arena_printf(g->arena,
                                     TWO_GROUPS
                                     "\"paramType\": \"%s\", \"dispersionType\": \"%s\","
                                     "\"unitOfMeasure\": \"percentage of participants\"," ONE_ROW(
                                         "\"value\": \"3\", \"spread\": \"1\","
                                         "\"lowerLimit\": \"2\", \"upperLimit\": \"4\"",
                                         "\"value\": \"NA\""),
                                     rows[i].parameter, rows[i].dispersion));
        json_object_foreach((json_t *)gathered_at(g, "0.results.0.arms.0"), key, value)
            buffer_printf(&fields, "%s%s", fields.length == 0 ? "" : " ", key);
        assert_string_equal(buffer_string(&fields), rows[i].fields);
        buffer_release(&fields);
        gathered_free(g);
    }
}

static void what_has_no_field_stands_in_the_note(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    read_outcome(g, TWO_GROUPS "\"paramType\": \"GEOMETRIC_MEAN\", \"dispersionType\": \"95% "
                               "Confidence Interval\"," ONE_ROW(
                                   "\"value\": \"50.5\", \"lowerLimit\": \"48.0\","
                                   "\"upperLimit\": \"53.0\"",
                                   "\"value\": \"NA\", \"comment\": \"below the limit\""));
    ASSERT_TEXT(g, "0.results.0.note",
                "primary outcome; Dry needling (ITT): 50.5 (48.0 to 53.0); 2. Sham Needling: below "
                "the limit");
    ASSERT_TEXT(g, "0.results.0.parameter", "geometric mean");
    gathered_free(g);
}

static void only_whole_numbers_of_people_are_events(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    read_outcome(g, TWO_GROUPS PEOPLE("20", "19") "\"paramType\": \"COUNT_OF_PARTICIPANTS\", "
                                                  "\"unitOfMeasure\": \"Participants\"," ONE_ROW(
                                                      "\"value\": \"0\"", "\"value\": \"20\""));
    ASSERT_COUNT(g, "0.results.0.arms.0.events", 0);
    ASSERT_NOTHING(g, "0.results.0.arms.1.events"); /* more than there were */
    ASSERT_TEXT(g, "0.results.0.note", "primary outcome; 2. Sham Needling: 20");
    read_outcome(g, TWO_GROUPS PEOPLE("20", "19") "\"paramType\": \"NUMBER\", \"unitOfMeasure\": "
                                                  "\"subjects\"," ONE_ROW("\"value\": \"5\"",
                                                                          "\"value\": \"5.5\""));
    ASSERT_COUNT(g, "1.results.0.arms.0.events", 5);
    ASSERT_NOTHING(g, "1.results.0.arms.1.events");
    read_outcome(g, TWO_GROUPS PEOPLE("20", "19") "\"paramType\": \"NUMBER\", \"unitOfMeasure\": "
                                                  "\"percentage of subjects\"," ONE_ROW(
                                                      "\"value\": \"5\"", "\"value\": \"6\""));
    ASSERT_NOTHING(g, "2.results.0.arms.0.events");
    ASSERT_TEXT(g, "2.results.0.note",
                "primary outcome; Dry needling (ITT): 5; 2. Sham Needling: 6");
    gathered_free(g);
}

static void what_is_counted_in_eyes_has_no_number_of_people(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    read_outcome(g, TWO_GROUPS PEOPLE(
                        "20", "19") "\"typeUnitsAnalyzed\": \"Eyes\", \"paramType\": \"MEAN\","
                                    "\"dispersionType\": \"Standard Deviation\"," ONE_ROW(
                                        "\"value\": \"1\", \"spread\": \"2\"", "\"value\": \"1\""));
    ASSERT_NOTHING(g, "0.results.0.arms.0.n");
    ASSERT_NUMBER(g, "0.results.0.arms.0.mean", 1);
    ASSERT_TEXT(g, "0.results.0.note", "primary outcome; units analysed: Eyes");
    gathered_free(g);
}

/* Texts that are no numbers must not become any. */
static void a_value_that_is_no_number_is_none(void **state)
{
    (void)state;
    static const char *const values[] = {"NA",    "",     " ",        "<0.1", "1,234", "1 234",
                                         "5%",    "0x10", "inf",      "nan",  "1e999", "--1",
                                         "1.2.3", "1-2",  "1\\u0000", "−1",   "+",     "."};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct gathered *g = gathered_new();
        read_outcome(g, arena_printf(g->arena,
                                     TWO_GROUPS "\"paramType\": \"MEAN\", \"dispersionType\": "
                                                "\"Standard Deviation\"," ONE_ROW(
                                                    "\"value\": \"%s\", \"spread\": \"%s\"",
                                                    "\"value\": \"1\", \"spread\": \"-1\""),
                                     values[i], values[i]));
        ASSERT_NOTHING(g, "0.results.0.arms.0.mean");
        ASSERT_NOTHING(g, "0.results.0.arms.0.sd");
        ASSERT_NUMBER(g, "0.results.0.arms.1.mean", 1);
        ASSERT_NOTHING(g, "0.results.0.arms.1.sd"); /* less than nothing */
        gathered_free(g);
    }
}

static void a_role_is_guessed_from_the_type_of_the_arm_alone(void **state)
{
    (void)state;
    static const struct {
        const char *title;
        const char *role;
    } rows[] = {
        {"DRY NEEDLING", "intervention"},
        {"Dry-needling", "intervention"},
        {"2 Sham needling (per protocol)", "comparator"},
        {"Waiting", "comparator"},
        {"Usual Care", "comparator"},
        {"Observed", NULL},          /* of type OTHER */
        {"Twice", NULL},             /* two arms of that name disagree */
        {"Placebo injection", NULL}, /* no arm of that name, however it sounds */
        {"Sham", NULL},
        {"(Waiting)", "comparator"},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct gathered *g = gathered_new();
        read_outcome(g, arena_printf(g->arena,
                                     "\"groups\": [{\"id\": \"OG000\", \"title\": \"%s\"}],"
                                     "\"paramType\": \"MEAN\", \"classes\": [{\"categories\": "
                                     "[{\"measurements\": [{\"groupId\": \"OG000\", \"value\": "
                                     "\"1\"}]}]}]",
                                     rows[i].title));
        assert_string_equal(gathered_text(g, "0.results.0.arms.0.role"),
                            rows[i].role == NULL ? "(nothing)" : rows[i].role);
        gathered_free(g);
    }
}

static void every_class_and_category_is_a_row_with_its_own_people(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    read_outcome(
        g, TWO_GROUPS PEOPLE(
               "20", "19") "\"paramType\": \"COUNT_OF_PARTICIPANTS\", \"classes\": ["
                           "{\"title\": \"Week 2\", \"categories\": [{\"title\": \"Clear\", "
                           "\"measurements\":"
                           " [{\"groupId\": \"OG000\", \"value\": \"3\"}]}, {\"title\": \"Mild\","
                           " \"measurements\": [{\"groupId\": \"OG001\", \"value\": \"4\"}]}]},"
                           "{\"title\": \"Week 4\", " PEOPLE("18", "17") "\"categories\": [" ROW(
                               "\"value\": \"5\"",
                               "\"value\": \"6\"") "]},"
                                                   "{\"title\": \"Week 8\", \"categories\": "
                                                   "[{\"measurements\": []}]}]");
    ASSERT_LENGTH(g, "0.results", 3);
    ASSERT_TEXT(g, "0.results.0.outcome", "Pain: Week 2: Clear");
    ASSERT_COUNT(g, "0.results.0.arms.0.events", 3);
    ASSERT_COUNT(g, "0.results.0.arms.0.n", 20);
    ASSERT_NOTHING(g, "0.results.0.arms.1.events");
    ASSERT_TEXT(g, "0.results.1.outcome", "Pain: Week 2: Mild");
    ASSERT_TEXT(g, "0.results.2.outcome", "Pain: Week 4");
    ASSERT_COUNT(g, "0.results.2.arms.0.n", 18);
    ASSERT_COUNT(g, "0.results.2.arms.1.n", 17);
    gathered_free(g);
}

/* ---- analyses ---- */

#define MEANS                                                                                      \
    TWO_GROUPS PEOPLE("20",                                                                        \
                      "19") "\"paramType\": \"MEAN\", \"dispersionType\": \"Standard Deviation\","
#define ANALYSIS                                                                                   \
    "{\"groupIds\": [\"OG000\", \"OG001\"], \"paramType\": \"Mean Difference (Final Values)\","    \
    "\"paramValue\": \"-1.5\", \"ciPctValue\": \"95\", \"ciNumSides\": \"TWO_SIDED\","             \
    "\"ciLowerLimit\": \"-2\", \"ciUpperLimit\": \"-1\", \"dispersionType\": "                     \
    "\"STANDARD_ERROR_OF_MEAN\", \"dispersionValue\": \"0.25\", \"pValue\": \"=0.012\","           \
    "\"statisticalMethod\": \"ANCOVA\", \"groupDescription\": \"adjusted\","                       \
    "\"nonInferiorityType\": \"NON_INFERIORITY\"}"

static void the_one_analysis_of_a_row_stands_with_it(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    read_outcome(g, MEANS "\"analyses\": [" ANALYSIS
                          "]," ONE_ROW("\"value\": \"3\"", "\"value\": \"4\""));
    ASSERT_LENGTH(g, "0.results", 1);
    ASSERT_TEXT(g, "0.results.0.figure", "MD");
    ASSERT_NUMBER(g, "0.results.0.estimate", -1.5);
    ASSERT_NUMBER(g, "0.results.0.ci_low", -2);
    ASSERT_NUMBER(g, "0.results.0.ci_high", -1);
    ASSERT_NUMBER(g, "0.results.0.se", 0.25);
    ASSERT_NUMBER(g, "0.results.0.p", 0.012);
    ASSERT_NOTHING(g, "0.results.0.p_text");
    ASSERT_NUMBER(g, "0.results.0.arms.0.mean", 3);
    ASSERT_TEXT(g, "0.results.0.note",
                "primary outcome; Mean Difference (Final Values); non inferiority; ANCOVA; "
                "adjusted");
    gathered_free(g);
}

static void of_several_rows_or_analyses_each_stands_alone(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    read_outcome(g, MEANS "\"analyses\": [" ANALYSIS ", " ANALYSIS
                          "]," ONE_ROW("\"value\": \"3\"", "\"value\": \"4\""));
    ASSERT_LENGTH(g, "0.results", 3);
    ASSERT_NOTHING(g, "0.results.0.estimate");
    ASSERT_NUMBER(g, "0.results.1.estimate", -1.5);
    ASSERT_LENGTH(g, "0.results.1.arms", 2);
    ASSERT_TEXT(g, "0.results.1.arms.1.role", "comparator");
    ASSERT_NOTHING(g, "0.results.1.arms.0.mean"); /* it stands in its row */
    ASSERT_NOTHING(g, "0.results.1.arms.0.n");
    ASSERT_NOTHING(g, "0.results.1.parameter");
    read_outcome(g, "\"groups\": [{\"id\": \"OG000\", \"title\": \"A\"}, {\"id\": \"OG001\","
                    "\"title\": \"B\"}, {\"id\": \"OG002\", \"title\": \"C\"}],"
                    "\"paramType\": \"MEAN\", \"analyses\": [" ANALYSIS
                    "]," ONE_ROW("\"value\": \"3\"", "\"value\": \"4\""));
    ASSERT_LENGTH(g, "1.results", 2); /* of two groups of three */
    ASSERT_LENGTH(g, "1.results.0.arms", 3);
    ASSERT_LENGTH(g, "1.results.1.arms", 2);
    gathered_free(g);
}

/* Names as the registry offers them and as sponsors write them. */
static void an_estimate_is_a_figure_only_if_its_words_say_so(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        bool of_means;
        enum figure figure;
    } rows[] = {
        {"Odds Ratio (OR)", false, FIGURE_OR},
        {"Odds ratio from logistic regression", false, FIGURE_OR},
        {"Risk Ratio (RR)", false, FIGURE_RR},
        {"Relative Risk", false, FIGURE_RR},
        {"Mean Difference (Final Values)", true, FIGURE_MD},
        {"Mean Difference (Net)", false, FIGURE_MD},
        {"Difference of LS Mean", false, FIGURE_MD},
        {"Difference of Least Squares (LS) Mean", true, FIGURE_MD},
        {"LS Means Difference", true, FIGURE_MD},
        {"Difference", true, FIGURE_MD},
        {"Treatment difference", true, FIGURE_MD},
        {"Standardized Mean Difference", true, FIGURE_SMD},
        {"Cohen's d", true, FIGURE_SMD},
        {"Difference", false, FIGURE_NONE},
        {"Odds Ratio, log", false, FIGURE_NONE},
        {"Log odds ratio", false, FIGURE_NONE},
        {"Hazard Ratio (HR)", false, FIGURE_NONE},
        {"Hazard Ratio, log", true, FIGURE_NONE},
        {"Median Difference (Final Values)", true, FIGURE_NONE},
        {"Hodges-Lehmann difference", true, FIGURE_NONE},
        {"Risk Difference (RD)", false, FIGURE_NONE},
        {"Risk Difference (RD)", true, FIGURE_NONE},
        {"Difference in percentage", true, FIGURE_NONE},
        {"Difference (%)", true, FIGURE_NONE},
        {"Ratio of geometric means", true, FIGURE_NONE},
        {"Geometric mean difference", true, FIGURE_NONE},
        {"Standardised difference", true, FIGURE_NONE},
        {"Slope", true, FIGURE_NONE},
        {"Cox Proportional Hazard", true, FIGURE_NONE},
        {NULL, true, FIGURE_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ctgov_figure(rows[i].words, rows[i].of_means) != rows[i].figure)
            fail_msg("\"%s\"", rows[i].words);
}

static void an_analysis_is_taken_as_far_as_it_is_certain(void **state)
{
    (void)state;
    static const struct {
        const char *analysis;
        const char *expected; /* of the result: the figures, then the note */
    } rows[] = {
        {"\"paramType\": \"Hazard Ratio (HR)\", \"paramValue\": \"0.7\", \"ciPctValue\": \"95\","
         "\"ciLowerLimit\": \"0.5\", \"ciUpperLimit\": \"0.9\", \"pValue\": \"<0.001\"",
         "p_text <0.001 note primary outcome; Hazard Ratio (HR) 0.7; 95 % CI 0.5 to 0.9; "},
        {"\"paramType\": \"Mean Difference\", \"paramValue\": \"1\", \"ciPctValue\": \"90\","
         "\"ciLowerLimit\": \"0.5\", \"ciUpperLimit\": \"1.5\"",
         "note primary outcome; Mean Difference; 90 % CI 0.5 to 1.5; figure MD estimate 1 "},
        {"\"paramType\": \"Mean Difference\", \"paramValue\": \"1\", \"ciPctValue\": \"95\","
         "\"ciNumSides\": \"ONE_SIDED\", \"ciUpperLimit\": \"1.5\"",
         "note primary outcome; Mean Difference; 95 % one-sided CI ? to 1.5; figure MD estimate "
         "1 "},
        {"\"paramType\": \"Mean Difference\", \"paramValue\": \"3\", \"ciPctValue\": \"95\","
         "\"ciLowerLimit\": \"0.5\", \"ciUpperLimit\": \"1.5\"",
         "note primary outcome; Mean Difference; 95 % CI 0.5 to 1.5; figure MD estimate 3 "},
        {"\"paramType\": \"Odds Ratio (OR)\", \"paramValue\": \"-2\"",
         "note primary outcome; Odds Ratio (OR) -2; "},
        {"\"paramType\": \"Odds Ratio (OR)\", \"paramValue\": \"2\", \"dispersionType\": "
         "\"STANDARD_ERROR_OF_MEAN\", \"dispersionValue\": \"0.2\"",
         "note primary outcome; Odds Ratio (OR); figure OR estimate 2 "},
        {"\"paramType\": \"Mean Difference\", \"paramValue\": \"NA\"",
         "note primary outcome; Mean Difference NA; "},
        {"\"pValue\": \"0.000\"", "p_text 0.000 note primary outcome; "},
        {"\"pValue\": \"1.0\"", "note primary outcome; p 1 "},
        {"\"pValue\": \"1.5\"", "p_text 1.5 note primary outcome; "},
        {"\"pValue\": 0.5", "note primary outcome; "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct gathered *g = gathered_new();
        struct buffer read = {0};
        static const char *const texts[] = {"p_text", "note", "figure"};
        static const char *const numbers[] = {"estimate", "ci_low", "ci_high", "se", "p"};
        read_outcome(g, arena_printf(g->arena,
                                     TWO_GROUPS "\"paramType\": \"MEAN\", \"analyses\": [{%s,"
                                                "\"nonInferiorityType\": \"SUPERIORITY\"}]",
                                     rows[i].analysis));
        for (size_t k = 0; k < 3; k++) {
            const char *at = arena_printf(g->arena, "0.results.0.%s", texts[k]);
            if (gathered_at(g, at) != NULL)
                buffer_printf(&read, "%s %s%s", texts[k], gathered_text(g, at),
                              k == 1 ? "; " : " ");
        }
        for (size_t k = 0; k < 5; k++) {
            const char *at = arena_printf(g->arena, "0.results.0.%s", numbers[k]);
            if (gathered_at(g, at) != NULL)
                buffer_printf(&read, "%s %g ", numbers[k], gathered_number(g, at));
        }
        assert_string_equal(buffer_string(&read), rows[i].expected);
        buffer_release(&read);
        gathered_free(g);
    }
}

static void odd_types_count_as_absent(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    read_outcome(g, "\"groups\": [null, 3, {\"id\": 5, \"title\": []}, {\"id\": \"OG000\"}],"
                    "\"denoms\": [null, {\"units\": \"Participants\", \"counts\": [7, {}]}],"
                    "\"paramType\": [], \"classes\": [null, {\"categories\": [5, {\"measurements\":"
                    "[null, {\"groupId\": \"OG000\", \"value\": {}}]}]}],"
                    "\"analyses\": [null, 5, {\"groupIds\": [null, \"OG009\", \"OG000\"],"
                    "\"paramValue\": []}]");
    ASSERT_LENGTH(g, "0.results", 4);
    assert_true(read_any(g, "{\"protocolSection\": {\"identificationModule\": {\"nctId\": "
                            "\"NCT01234567\", \"briefTitle\": \"T\", \"secondaryIdInfos\": 5},"
                            "\"statusModule\": [], \"designModule\": {\"enrollmentInfo\": "
                            "{\"count\": \"x\", \"type\": 5}}, \"conditionsModule\": 7,"
                            "\"armsInterventionsModule\": null}, \"resultsSection\": 5}"));
    ASSERT_NOTHING(g, "1.machine.participants");
    gathered_free(g);
}

static void a_study_without_number_or_title_is_left_out(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_any(
        g, "{\"studies\": [{\"protocolSection\": {}}, {\"protocolSection\": {"
           "\"identificationModule\": {\"nctId\": \"NCT1\", \"briefTitle\": \"T\"}}},"
           "{\"protocolSection\": {\"identificationModule\": {\"nctId\": \"NCT01234567\"}}},"
           "{\"protocolSection\": {" IDENTITY "}}]}"));
    assert_int_equal(gathered_count(g), 1);
    assert_int_equal(g->page.refused, 3);
    assert_non_null(strstr(g->warnings.bytes,
                           "ClinicalTrials.gov: record 3, NCT01234567 has no title; left out"));
    gathered_free(g);
}

/* ---- paging ---- */

#define STUDY "{\"protocolSection\": {" IDENTITY "}}"

static void pages_follow_their_tokens(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_any(g, "{\"totalCount\": 3, \"nextPageToken\": \"B\", \"studies\": [" STUDY
                            "," STUDY "]}"));
    assert_string_equal(g->page.next, "2 2 0 B");
    assert_int_equal(g->page.total, 3);
    assert_true(read_text(g, &anything, g->page.next, "{\"studies\": [" STUDY "]}"));
    assert_null(g->page.next);
    assert_int_equal(g->page.total, -1); /* told on the first page only */
    /* A full last page has a token for an empty one. */
    assert_true(read_text(g, &anything, "2 2 0 B", "{\"nextPageToken\": \"C\", \"studies\": []}"));
    assert_null(g->page.next);
    assert_true(
        read_text(g, &anything, "2 2 0 B", "{\"nextPageToken\": \"B\", \"studies\": [" STUDY "]}"));
    assert_null(g->page.next);
    assert_true(
        read_text(g, &anything, "2 2 0 B", "{\"nextPageToken\": \"\", \"studies\": [" STUDY "]}"));
    assert_null(g->page.next);
    const struct remote_query one = {.text = "a", .limit = 1};
    assert_true(
        read_text(g, &one, NULL, "{\"nextPageToken\": \"B\", \"studies\": [" STUDY "," STUDY "]}"));
    assert_null(g->page.next);
    assert_int_equal(g->page.records, 1);
    gathered_free(g);
}

static void what_the_service_never_promised_is_a_fault_of_the_network(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *words;
    } rows[] = {
        {"{\"FullStudiesResponse\": {}}", "shape of the first version of its API"},
        {"{\"StudyFieldsResponse\": {}}", "shape of the first version of its API"},
        {"{\"Study\": {\"ProtocolSection\": {}}}", "shape of the first version of its API"},
        {"{\"studies\": {}}", "another shape"},
        {"{\"protocolSection\": []}", "another shape"},
        {"{\"error\": \"too much\"}", "answered with an error: too much"},
        {"`query.recrs` is unknown parameter", "is not JSON"},
        {"{\"studies\": [{\"pro", "cut short"},
        {"<html><title>Forbidden</title>", "with JSON: Forbidden"},
    };
    struct gathered *g = gathered_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_false(read_any(g, rows[i].body));
        assert_int_equal(g->err.kind, ERROR_NETWORK);
        if (strstr(g->err.message, rows[i].words) == NULL)
            fail_msg("\"%s\" lacks \"%s\"", g->err.message, rows[i].words);
    }
    const char *body = "`query.recrs` is unknown parameter\n";
    const struct remote_answer answer = {.status = 400, .bytes = body, .length = strlen(body)};
    assert_string_equal(remote->refusal(&answer, g->arena), "`query.recrs` is unknown parameter");
    gathered_free(g);
}

/* ---- real answers; expected values were read in the files by hand ---- */

static struct gathered *fixture(const char *name)
{
    struct gathered *g = gathered_new();
    assert_true(gathered_file(g, remote, &anything, NULL, name));
    return g;
}

/* 31 outcomes, one of them never measured (0 people). */
static void a_trial_with_31_outcomes_is_read(void **state)
{
    (void)state;
    struct gathered *g = fixture("clinicaltrials/NCT02552212.json");
    assert_int_equal(gathered_count(g), 1);
    assert_int_equal(g->warning_count, 0);
    assert_null(g->page.next);
    ASSERT_TEXT(g, "0.source_id", "NCT02552212");
    ASSERT_LENGTH(g, "0.registrations", 2);
    ASSERT_TEXT(g, "0.registrations.1", "2015-001894-41");
    ASSERT_TEXT(g, "0.other_titles.1", "C-AXSPAND");
    ASSERT_TEXT(g, "0.date", "2015-09-17");
    ASSERT_TEXT(g, "0.conditions.0", "Axial Spondyloarthritis");
    ASSERT_TEXT(g, "0.treatments.0", "Certolizumab Pegol");
    ASSERT_COUNT(g, "0.machine.participants", 317);
    ASSERT_TEXT(g, "0.machine.participants_from", "registry: enrollment (actual)");
    ASSERT_TEXT(g, "0.machine.design", "rct");
    ASSERT_LENGTH(g, "0.reports", 4);
    ASSERT_TEXT(g, "0.reports.0", "35296532");
    ASSERT_LENGTH(g, "0.results", 30);
    /* ASDAS-MI at week 52: percentages, and their odds ratio. */
    ASSERT_TEXT(g, "0.results.0.figure", "OR");
    ASSERT_NUMBER(g, "0.results.0.estimate", 15.231);
    ASSERT_NUMBER(g, "0.results.0.ci_low", 7.336);
    ASSERT_NUMBER(g, "0.results.0.ci_high", 31.623);
    ASSERT_TEXT(g, "0.results.0.p_text", "<0.001");
    ASSERT_NOTHING(g, "0.results.0.p");
    ASSERT_COUNT(g, "0.results.0.arms.0.n", 158);
    ASSERT_COUNT(g, "0.results.0.arms.1.n", 159);
    ASSERT_NOTHING(g, "0.results.0.arms.0.events");
    ASSERT_TEXT(g, "0.results.0.arms.0.role", "comparator"); /* "Placebo (FAS)" */
    ASSERT_NOTHING(g, "0.results.0.arms.1.role");            /* "CZP …" is named otherwise */
    assert_non_null(strstr(gathered_text(g, "0.results.0.note"),
                           "Placebo (FAS): 7.0; CZP 200 mg Q2W (FAS): 47.2"));
    assert_non_null(strstr(gathered_text(g, "0.results.0.note"), "Odds ratio: CZP/Placebo"));
    ASSERT_TEXT(g, "0.results.9.parameter", "geometric mean");
    assert_non_null(strstr(gathered_text(g, "0.results.9.note"),
                           "Values were below the level of quantification."));
    /* BASFI at week 12: least squares means with standard errors. */
    ASSERT_TEXT(g, "0.results.11.parameter", "least squares mean");
    ASSERT_NUMBER(g, "0.results.11.arms.0.mean", -0.38);
    ASSERT_NUMBER(g, "0.results.11.arms.0.se", 0.21);
    ASSERT_NOTHING(g, "0.results.11.arms.0.sd");
    ASSERT_NUMBER(g, "0.results.11.arms.1.mean", -2.07);
    ASSERT_TEXT(g, "0.results.11.figure", "MD");
    ASSERT_NUMBER(g, "0.results.11.estimate", -1.696);
    /* Without relevant changes to background medication. */
    ASSERT_COUNT(g, "0.results.16.arms.0.events", 48);
    ASSERT_COUNT(g, "0.results.16.arms.1.events", 115);
    ASSERT_NUMBER(g, "0.results.16.estimate", 6.223);
    /* ASQoL at week 1: means with standard deviations. */
    ASSERT_COUNT(g, "0.results.18.arms.0.n", 150);
    ASSERT_NUMBER(g, "0.results.18.arms.0.mean", -0.03);
    ASSERT_NUMBER(g, "0.results.18.arms.0.sd", 0.14);
    ASSERT_NUMBER(g, "0.results.18.arms.1.sd", 0.21);
    ASSERT_NUMBER(g, "0.results.26.p", 0.247); /* printed "=0.247" */
    ASSERT_LENGTH(g, "0.results.29.arms", 5);
    gathered_free(g);
}

static void visits_have_rows_and_people_of_their_own(void **state)
{
    (void)state;
    struct gathered *g = fixture("clinicaltrials/NCT03064438.json");
    ASSERT_LENGTH(g, "0.results", 67); /* rows and analyses counted by another program */
    ASSERT_TEXT(g, "0.results.0.arms.0.role", "intervention");
    ASSERT_TEXT(g, "0.results.0.arms.1.role", "comparator");
    ASSERT_NUMBER(g, "0.results.0.estimate", 1.8);
    ASSERT_NUMBER(g, "0.results.0.se", 1.95);
    ASSERT_NUMBER(g, "0.results.0.p", 0.366);
    assert_non_null(strstr(gathered_text(g, "0.results.1.outcome"), ": Week 2"));
    ASSERT_COUNT(g, "0.results.4.arms.1.n", 11); /* week 12 */
    ASSERT_NUMBER(g, "0.results.4.arms.0.mean", -31);
    gathered_free(g);
}

static void other_studies_with_results_are_read(void **state)
{
    (void)state;
    struct gathered *g = fixture("clinicaltrials/NCT00763412.json");
    ASSERT_LENGTH(g, "0.results", 15);
    ASSERT_NUMBER(g, "0.results.0.arms.0.mean", 19.63);
    ASSERT_NUMBER(g, "0.results.0.arms.0.low", 15.56);
    ASSERT_NUMBER(g, "0.results.0.arms.0.high", 22.64);
    ASSERT_TEXT(g, "0.results.0.spread", "Full Range");
    ASSERT_TEXT(g, "0.results.0.arms.0.role", "comparator");
    ASSERT_TEXT(g, "0.results.0.arms.1.role", "intervention");
    ASSERT_LENGTH(g, "0.registrations", 1); /* the other number is a grant's */
    assert_true(gathered_file(g, remote, &anything, NULL, "clinicaltrials/NCT05594173.json"));
    ASSERT_LENGTH(g, "1.results", 2);
    ASSERT_LENGTH(g, "1.results.0.arms", 6);
    ASSERT_NUMBER(g, "1.results.0.arms.3.mean", 28);
    ASSERT_NUMBER(g, "1.results.0.arms.3.sd", 13);
    ASSERT_COUNT(g, "1.results.0.arms.3.n", 14);
    ASSERT_NOTHING(g, "1.results.0.arms.3.role");
    ASSERT_TEXT(g, "1.machine.design", "cohort");
    gathered_free(g);
}

static void studies_without_results_are_read(void **state)
{
    (void)state;
    struct gathered *g = fixture("clinicaltrials/NCT03630471.json");
    ASSERT_TEXT(g, "0.machine.design", "rct");
    ASSERT_COUNT(g, "0.machine.participants", 250);
    ASSERT_NOTHING(g, "0.results");
    assert_true(gathered_file(g, remote, &anything, NULL, "clinicaltrials/NCT03475563.json"));
    ASSERT_TEXT(g, "1.machine.participants_from", "registry: enrollment (estimated)");
    ASSERT_TEXT(g, "1.publication_types.0", "OBSERVATIONAL");
    assert_true(gathered_file(g, remote, &anything, NULL, "clinicaltrials/NCT03453554-cut.json"));
    ASSERT_TEXT(g, "2.title", "Evaluating a Digital...");
    ASSERT_NOTHING(g, "2.year");
    ASSERT_NOTHING(g, "2.machine.participants");
    gathered_free(g);
}

static void a_search_of_two_pages_is_read(void **state)
{
    (void)state;
    struct gathered *g = fixture("clinicaltrials/search-page1-token.json");
    assert_int_equal(gathered_count(g), 5);
    assert_int_equal(g->page.total, 21);
    assert_string_equal(g->page.next, "5 5 0 ZVt07cGHkvI2wRk2CJf6_LLq14bEL8swd7KrgP4dnDeTsPkw");
    ASSERT_TEXT(g, "0.source_id", "NCT02710084");
    ASSERT_COUNT(g, "0.machine.participants", 18);
    ASSERT_TEXT(g, "0.machine.participants_from", "registry: enrollment");
    ASSERT_NOTHING(g, "0.machine.design"); /* the fields were not asked for */
    ASSERT_NOTHING(g, "0.year");
    const char *next = g->page.next;
    assert_true(gathered_file(g, remote, &anything, next, "clinicaltrials/search-page2.json"));
    assert_int_equal(gathered_count(g), 10);
    ASSERT_TEXT(g, "5.source_id", "NCT05187377");
    assert_memory_equal(g->page.next, "10 10 0 ZVt07", 13);
    gathered_free(g);
}

static void the_first_version_is_refused_with_words(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_false(gathered_file(g, remote, &anything, NULL, "clinicaltrials/v1-NCT04780763.json"));
    assert_int_equal(g->err.kind, ERROR_NETWORK);
    assert_non_null(strstr(g->err.message, "first version of its API"));
    gathered_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_is_a_phrase_parameters_or_a_number),
        cmocka_unit_test(a_registration_becomes_a_record),
        cmocka_unit_test(the_design_is_what_the_fields_say_and_no_more),
        cmocka_unit_test(means_have_their_spread_and_their_people),
        cmocka_unit_test(every_kind_of_spread_has_its_field),
        cmocka_unit_test(what_has_no_field_stands_in_the_note),
        cmocka_unit_test(only_whole_numbers_of_people_are_events),
        cmocka_unit_test(what_is_counted_in_eyes_has_no_number_of_people),
        cmocka_unit_test(a_value_that_is_no_number_is_none),
        cmocka_unit_test(a_role_is_guessed_from_the_type_of_the_arm_alone),
        cmocka_unit_test(every_class_and_category_is_a_row_with_its_own_people),
        cmocka_unit_test(the_one_analysis_of_a_row_stands_with_it),
        cmocka_unit_test(of_several_rows_or_analyses_each_stands_alone),
        cmocka_unit_test(an_estimate_is_a_figure_only_if_its_words_say_so),
        cmocka_unit_test(an_analysis_is_taken_as_far_as_it_is_certain),
        cmocka_unit_test(odd_types_count_as_absent),
        cmocka_unit_test(a_study_without_number_or_title_is_left_out),
        cmocka_unit_test(pages_follow_their_tokens),
        cmocka_unit_test(what_the_service_never_promised_is_a_fault_of_the_network),
        cmocka_unit_test(a_trial_with_31_outcomes_is_read),
        cmocka_unit_test(visits_have_rows_and_people_of_their_own),
        cmocka_unit_test(other_studies_with_results_are_read),
        cmocka_unit_test(studies_without_results_are_read),
        cmocka_unit_test(a_search_of_two_pages_is_read),
        cmocka_unit_test(the_first_version_is_refused_with_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
