#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "importers/intake/machine_reading.h"
#include "importers/intake/phrase.h"

/* ---- phrases ---- */

static bool found(const char *text, const char *pattern)
{
    struct arena *arena = arena_new();
    struct phrase_text cut = phrase_cut(text, 1000, arena);
    size_t first;
    bool found = phrase_find(&cut, pattern, &first) > 0;
    arena_free(arena);
    return found;
}

static void patterns_match_words_in_order(void **state)
{
    (void)state;
    assert_true(found("A Randomised, controlled trial", "randomi* controlled trial"));
    assert_true(found("a trial", "study|trial"));
    assert_false(found("trials", "study|trial"));
    assert_true(found("randomized double-blind pilot trial", "randomi* ~3 trial"));
    assert_false(found("randomized double-blind pilot cross trial", "randomi* ~3 trial"));
    assert_true(found("guideline for treatment", "guideline for the? treatment"));
    assert_true(found("guideline for the treatment", "guideline for the? treatment"));
    assert_false(found("randomized. Trial", "randomi* trial"));
    assert_false(found("randomized: a trial", "randomi* ~3 trial"));
    assert_true(found("Reply to it", "^reply to"));
    assert_false(found("A reply to it", "^reply to"));
    assert_true(found("Neck pain: a review", "a review $"));
    assert_false(found("Neck pain: a review of it", "a review $"));
    assert_false(found("", "a"));
}

/* ---- design ---- */

struct told {
    const char *types;    /* parted by '|' */
    const char *headings; /* the same */
    const char *title;
    const char *design; /* NULL: unknown */
    const char *from;   /* how design_from begins; NULL: whatever */
};

static const char *const *cut_list(const char *text, struct arena *arena)
{
    const char **list = arena_array(arena, 20, sizeof *list);
    size_t count = 0;
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, "|");
        list[count++] = arena_strndup(arena, text, length);
        text += length + (text[length] != '\0');
    }
    return list;
}

static void assert_design(const struct told *told)
{
    struct arena *arena = arena_new();
    struct record record;
    record_init(&record);
    record.title = told->title;
    record.publication_types = cut_list(told->types, arena);
    record.keywords = cut_list(told->headings, arena);
    machine_read(&record, arena);
    const char *design = record.machine.design_known ? design_names[record.machine.design] : NULL;
    if ((design == NULL) != (told->design == NULL) ||
        (design != NULL && strcmp(design, told->design) != 0))
        fail_msg("%s | %s | %s read as %s (%s)", told->types, told->headings, told->title,
                 design == NULL ? "unknown" : design, record.machine.design_from);
    assert_true((record.machine.design_from == NULL) == (design == NULL));
    if (told->from != NULL &&
        strncmp(record.machine.design_from, told->from, strlen(told->from)) != 0)
        fail_msg("from \"%s\", not \"%s\"", record.machine.design_from, told->from);
    arena_free(arena);
}

static void assert_designs(const struct told *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_design(&rows[i]);
}

#define ASSERT_DESIGNS(rows) assert_designs(rows, sizeof(rows) / sizeof *(rows))

static void a_publication_type_is_a_design(void **state)
{
    (void)state;
    static const struct told rows[] = {
        {"Journal Article|Randomized Controlled Trial", "", "Needling of the neck", "rct",
         "publication type: Randomized Controlled Trial"},
        {"Review|Systematic Review", "", "Needling", "systematic-review",
         "publication type: Systematic Review"},
        {"Meta-Analysis", "", "Needling", "systematic-review", NULL},
        {"Review", "", "Needling", "narrative-review", NULL},
        {"Practice Guideline", "", "Low back pain", "guideline", NULL},
        {"Case Reports", "", "A needle in the lung", "case-report", NULL},
        {"Case Reports|Review", "", "A needle in the lung", "case-report", NULL},
        {"Journal Article|Multicenter Study", "", "Needling", NULL, NULL},
        {"Clinical Trial", "", "Needling", NULL, NULL},
        {"Observational Study", "", "Needling", NULL, NULL},
    };
    ASSERT_DESIGNS(rows);
}

static void a_heading_about_trials_is_no_design(void **state)
{
    (void)state;
    static const struct told rows[] = {
        {"Journal Article", "Randomized Controlled Trials as Topic", "Needling", NULL, NULL},
        {"Journal Article", "Systematic Reviews as Topic", "Needling", NULL, NULL},
        {"Journal Article", "Cohort Studies", "Needling in a cohort", "cohort",
         "heading: Cohort Studies"},
        {"Journal Article", "Cohort Studies", "Needling", NULL, NULL},
        {"Journal Article", "Case-Control Studies|Humans", "Needling: case-control", "case-control",
         NULL},
        {"Journal Article", "Case-Control Studies", "Blood of patients and controls", NULL, NULL},
        {"Randomized Controlled Trial", "Cross-Over Studies", "Needling", "crossover-rct",
         "publication type: Randomized Controlled Trial; heading: Cross-Over Studies"},
        {"Journal Article", "Cross-Over Studies", "Needling", NULL, NULL},
        {"Randomized Controlled Trial", "Cohort Studies", "Needling", NULL, NULL},
        {"Randomized Controlled Trial", "Retrospective Studies", "Needling", NULL, NULL},
        {"Systematic Review", "Cohort Studies|Retrospective Studies", "Needling",
         "systematic-review", NULL},
    };
    ASSERT_DESIGNS(rows);
}

/* An author's keyword may be about trials; Embase's indexers tell what the article is. */
static void emtree_terms_count_in_embase_s_records_alone(void **state)
{
    (void)state;
    static const struct told rows[] = {
        {"Article", "randomized controlled trial|controlled study|human", "Needling", "rct",
         "heading: randomized controlled trial"},
        {"Article", "randomized controlled trial|needling", "Needling", NULL, NULL},
        {"Article", "randomized controlled trial (topic)|controlled study", "Needling", NULL, NULL},
        {"Review", "systematic review|randomized controlled trial|priority journal", "Needling",
         "systematic-review", NULL},
    };
    ASSERT_DESIGNS(rows);
}

static void a_title_tells_the_design_last(void **state)
{
    (void)state;
    static const struct told rows[] = {
        {"", "", "Dry needling for neck pain: a randomised controlled trial", "rct",
         "title: randomised controlled trial"},
        {"", "", "Dry needling for neck pain: a randomized, double-blind, sham-controlled trial",
         "rct", NULL},
        {"", "", "Cupping in fibromyalgia, an RCT", "rct", NULL},
        {"", "", "A randomised crossover trial of heat", "crossover-rct", NULL},
        {"", "", "Randomized cross-over study of heat", "crossover-rct", NULL},
        {"", "", "A cluster-randomised trial of exercise at work", "cluster-rct", NULL},
        {"", "", "Cluster randomised evaluation of exercise", "cluster-rct", NULL},
        {"", "", "Parallel-group randomised trial of heat", "rct", NULL},
        {"", "", "Randomised trial of oxygen in cluster headache", "rct", NULL},
        {"", "", "A non-randomised controlled trial of heat", "non-randomised", NULL},
        {"", "", "Quasi-randomized controlled trial of heat", "non-randomised", NULL},
        {"", "", "Neck pain: a systematic review of randomised controlled trials",
         "systematic-review", NULL},
        {"", "", "Neck pain: systematic literature review and network meta-analysis",
         "systematic-review", NULL},
        {"", "", "Neck pain after whiplash: a prospective cohort study", "cohort", NULL},
        {"", "", "Pneumothorax after needling: a case report", "case-report", NULL},
        {"", "", "Pneumothorax after needling: case report and literature review", "case-report",
         NULL},
        {"", "", "Cupping burns: a case series", "case-series", NULL},
        {"", "", "Cupping burns: report of seventeen cases and literature review", "case-series",
         NULL},
        {"", "", "Neck pain: literature review and retrospective study", NULL, NULL},
        {"", "", "Desk work and neck pain: a case-control study", "case-control", NULL},
        {"", "", "Trigger points: a narrative review", "narrative-review", NULL},
        {"", "", "Clinical practice guidelines for low back pain", "guideline", NULL},
        {"", "", "Trockennadelung: eine randomisierte kontrollierte Studie", "rct", NULL},
        {"", "", "Punci\xC3\xB3n seca: ensayo cl\xC3\xADnico aleatorizado", "rct", NULL},
        {"Review", "", "Needling: a systematic review", "systematic-review", NULL},
        {"Journal Article", "", "Dry needling in neck pain", NULL, NULL},
    };
    ASSERT_DESIGNS(rows);
}

static void what_is_about_a_trial_is_not_the_trial(void **state)
{
    (void)state;
    static const struct told rows[] = {
        {"", "", "Dry needling for neck pain: protocol for a randomised controlled trial", NULL,
         NULL},
        {"", "", "Study protocol of a randomised trial of heat", NULL, NULL},
        {"Clinical Trial Protocol|Randomized Controlled Trial", "", "Heat", NULL, NULL},
        {"", "", "Effect of an exercise protocol: a randomised trial", "rct", NULL},
        {"", "", "Heat for pain: secondary analysis of a randomised controlled trial", NULL, NULL},
        {"Randomized Controlled Trial", "", "Heat for pain: a post hoc analysis", NULL, NULL},
        {"Randomized Controlled Trial", "", "Cost-effectiveness of heat: a randomised trial", NULL,
         NULL},
        {"Comment|Randomized Controlled Trial", "", "Heat", NULL, NULL},
        {"", "", "Commentary: a randomised controlled trial of heat", NULL, NULL},
        {"", "", "Reply to: a randomised controlled trial of heat", NULL, NULL},
        {"", "", "Response to heat: a randomised controlled trial", "rct", NULL},
        {"", "", "Correction: a randomised controlled trial of heat", NULL, NULL},
        {"", "", "Correction of posture: a randomised controlled trial", "rct", NULL},
        {"", "", "Retraction: a randomised controlled trial of heat", NULL, NULL},
        {"", "", "Patients' experiences of a randomised controlled trial", NULL, NULL},
        {"", "", "Rationale and design of a randomised trial of heat", NULL, NULL},
        {"", "", "Heat and pain: a Mendelian randomisation study", NULL, NULL},
        {"", "", "Evidence from randomised controlled trials", NULL, NULL},
        {"", "", "Adherence to clinical practice guidelines for low back pain", NULL, NULL},
        {"", "", "An overview of systematic reviews of heat", NULL, NULL},
        {"", "", "Scoping review of heat", NULL, NULL},
        {"", "", "Predictors of chronic pain: a prospective cohort study", "cohort", NULL},
    };
    ASSERT_DESIGNS(rows);
}

static void designs_that_exclude_each_other_leave_it_unknown(void **state)
{
    (void)state;
    static const struct told rows[] = {
        {"Randomized Controlled Trial", "", "A retrospective study of heat", NULL, NULL},
        {"Randomized Controlled Trial|Systematic Review", "", "Heat", NULL, NULL},
        {"Randomized Controlled Trial|Review", "", "Heat", NULL, NULL},
        {"Randomized Controlled Trial", "", "Heat: a non-randomised trial", NULL, NULL},
        {"", "", "A cluster-randomised crossover trial of heat", NULL, NULL},
        {"", "", "A cohort study and a case-control study of heat", NULL, NULL},
        {"", "", "Randomised trial within a cohort study", NULL, NULL},
        {NULL, NULL, NULL, NULL, NULL},
    };
    ASSERT_DESIGNS(rows);
}

/* ---- people ---- */

struct abstract {
    const char *text;
    int participants; /* -1: unknown */
};

static void assert_people(const struct abstract *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new();
        struct record record;
        record_init(&record);
        record.abstract = rows[i].text;
        machine_read(&record, arena);
        const struct machine_reading *machine = &record.machine;
        if (machine->participants != rows[i].participants)
            fail_msg("\"%s\" read as %d (%s)", rows[i].text, machine->participants,
                     machine->participants_from);
        assert_int_equal(machine->participants_from == NULL,
                         machine->participants == COUNT_UNKNOWN);
        /* The words are the abstract's own. */
        if (machine->participants_from != NULL)
            assert_non_null(strstr(rows[i].text, machine->participants_from));
        arena_free(arena);
    }
}

#define ASSERT_PEOPLE(rows) assert_people(rows, sizeof(rows) / sizeof *(rows))

static void a_plain_total_is_read(void **state)
{
    (void)state;
    static const struct abstract rows[] = {
        {"Sixty-two patients were randomised.", 62},
        {"METHODS: Sixty two patients were randomly assigned to needling or sham.", 62},
        {"62 patients with neck pain were enrolled.", 62},
        {"One hundred and twenty adults were recruited.", 120},
        {"Two thousand three hundred and eleven patients were included.", 2311},
        {"1,024 participants were randomised.", 1024},
        {"A total of 45 patients participated.", 45},
        {"A total of 45 adult female patients with chronic neck pain were randomised.", 45},
        {"In total, 45 patients were allocated to three groups.", 45},
        {"We randomised 120 patients with knee pain.", 120},
        {"We randomly assigned 120 adults to heat or cold.", 120},
        {"We recruited 30 healthy volunteers.", 30},
        {"Participants (N = 120) received heat or cold.", 120},
        {"Adults with neck pain (N=45) took part.", 45},
        {"Patients (n = 45) were treated.", 45},
        {"Twenty-two women were enrolled.", 22},
        {"Forty-five women aged 18 to 65 years were randomised.", 45},
        {"60 patients (mean age 45.3 years; 40 women) were randomly allocated to two groups.", 60},
        {"Sixty patients were randomised to needling (n = 30) or sham (n = 30).", 60},
        {"62 patients who had neck pain for 3 months were randomised.", 62},
        {"62 patients were randomised and 58 completed the trial.", 62},
        {"Twenty-four recreational runners participated in this study.", 24},
        {"Sixty patients were divided into three groups of 20 patients.", 60},
        {"We included 12 trials (1,024 participants).", 1024},
        {"Thirty-six studies with 2340 patients were included.", 2340},
        {"120 patients were enrolled. The 120 patients were randomised to heat or cold.", 120},
        {"Ninety office workers were randomly divided into three groups.", 90},
    };
    ASSERT_PEOPLE(rows);
}

static void who_is_not_in_the_study_is_not_counted(void **state)
{
    (void)state;
    static const struct abstract rows[] = {
        {"200 patients were screened.", -1},
        {"Of 200 patients screened, 120 were randomised.", 120},
        {"A total of 200 patients were assessed for eligibility.", -1},
        {"58 patients completed the trial.", -1},
        {"55 patients were included in the final analysis.", -1},
        {"Four patients were lost.", -1},
        {"A total of 120 patients will be randomised.", -1},
        {"We will recruit 120 patients.", -1},
        {"We plan to enrol 120 patients.", -1},
        {"A sample size of 60 patients was calculated.", -1},
        {"62% of patients were randomised.", -1},
        {"In 2015 patients were randomised.", -1},
        {"20-30 patients were randomised.", -1},
        {"About 60 patients were randomised.", -1},
        {"At least 60 patients were enrolled.", -1},
        {"12 weeks after patients were randomised, pain was less.", -1},
        {"Patients were randomised after 12 sessions.", -1},
        {"A 45-year-old woman was enrolled.", -1},
        {"62 of the patients were randomised.", -1},
        {"62 knees were randomised.", -1},
        {"Pain fell by 23.5 points.", -1},
        {"120 patients, of whom 60 were randomised, took part.", -1},
        {"In a large cluster (N = 56,647 voxels) differences were seen.", -1},
        {"A total of 1,803 females in 1995 and 1,754 females in 1996 were enrolled.", -1},
        {"A total of 14 women and 19 men were included.", -1},
        {"Skulls of 1 juvenile and 17 adult individuals were studied.", -1},
        {"A total of 137 patients and 62 healthy controls were recruited.", -1},
        {"Of 347 studies, nine were included.", -1},
        {"A total of 45 dogs and 40 adults were enrolled.", -1},
        {"Highly expressed in patients tested (n = 4).", -1},
        {"In the needling group 30 patients were included.", -1},
        {"", -1},
        {NULL, -1},
    };
    ASSERT_PEOPLE(rows);
}

static void the_people_of_one_arm_are_no_total(void **state)
{
    (void)state;
    static const struct abstract rows[] = {
        {"Thirty patients were assigned to needling.", -1},
        {"30 patients were assigned to the needling group and 30 patients to the sham group.", -1},
        {"Thirty patients were randomised to needling, and 32 to sham.", -1},
        {"Thirty patients were assigned to needling. Thirty patients were assigned to sham.", -1},
        {"Needling group (n = 30) and sham group (n = 30) were compared.", -1},
        {"Needling (N=30), sham (N=30).", -1},
        {"The intervention group (n=23) improved.", -1},
        {"A total of 30 patients in the sham group improved.", -1},
        {"The intervention group included 30 patients.", -1},
    };
    ASSERT_PEOPLE(rows);
}

static void two_totals_that_differ_leave_it_unknown(void **state)
{
    (void)state;
    static const struct abstract rows[] = {
        {"120 patients were enrolled. 100 patients were randomised.", -1},
        {"Sixty patients were randomised. A total of 62 patients participated.", -1},
        {"Of 200 patients enrolled, 120 were randomised to heat or cold.", -1},
        {"Sixty patients were randomised to needling (n = 31) or sham (n = 30).", -1},
    };
    ASSERT_PEOPLE(rows);
}

static void numbers_of_a_protocol_are_not_read(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct record record;
    record_init(&record);
    record.title = "Heat for pain: study protocol of a randomised trial";
    record.abstract = "Sixty patients were randomised.";
    machine_read(&record, arena);
    assert_int_equal(record.machine.participants, COUNT_UNKNOWN);
    arena_free(arena);
}

/* ---- the rest ---- */

static void people_and_animals_are_told_by_headings(void **state)
{
    (void)state;
    static const struct {
        const char *headings;
        const char *types;
        bool known;
        bool human;
    } rows[] = {
        {"Humans|Female", "", true, true},
        {"Animals|Rats", "", true, false},
        {"Animals|Humans", "", false, false},
        {"Female", "", false, false},
        {"human|controlled study", "", true, true},
        {"nonhuman", "", true, false},
        {"Dogs", "Randomized Controlled Trial, Veterinary", true, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *arena = arena_new();
        struct record record;
        record_init(&record);
        record.keywords = cut_list(rows[i].headings, arena);
        record.publication_types = cut_list(rows[i].types, arena);
        machine_read(&record, arena);
        assert_int_equal(record.machine.human_known, rows[i].known);
        assert_int_equal(record.machine.human, rows[i].human);
        arena_free(arena);
    }
}

static void registration_numbers_are_found_in_title_and_abstract(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct record record;
    record_init(&record);
    record.title = "Heat (NCT01234567)";
    record.abstract = "Registration: ISRCTN17973604, NCT01234567.";
    machine_read(&record, arena);
    assert_string_equal(record.machine.registrations[0], "NCT01234567");
    assert_string_equal(record.machine.registrations[1], "ISRCTN17973604");
    assert_null(record.machine.registrations[2]);
    arena_free(arena);
}

static void what_a_reader_knew_already_stays(void **state)
{
    (void)state;
    static const char *const numbers[] = {"NCT00000001", NULL};
    struct arena *arena = arena_new();
    struct record record;
    record_init(&record);
    record.title = "A randomised trial";
    record.abstract = "Sixty patients were randomised. NCT01234567.";
    record.machine = (struct machine_reading){.design_known = true,
                                              .design = DESIGN_COHORT,
                                              .design_from = "the registry",
                                              .participants = 7,
                                              .participants_from = "enrolment",
                                              .registrations = numbers,
                                              .human_known = true,
                                              .human = false};
    const struct machine_reading before = record.machine;
    machine_read(&record, arena);
    assert_memory_equal(&record.machine, &before, sizeof before);
    arena_free(arena);
}

/* An abstract of a hostile length is read as far as any person writes. */
static void a_long_abstract_ends(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct record record;
    record_init(&record);
    size_t length = 1 << 20;
    char *text = arena_alloc(arena, length + 1);
    for (size_t i = 0; i + 12 <= length; i += 12)
        memcpy(text + i, "62 patients ", 12);
    record.abstract = text;
    record.title = text;
    machine_read(&record, arena);
    assert_int_equal(record.machine.participants, COUNT_UNKNOWN);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_match_words_in_order),
        cmocka_unit_test(a_publication_type_is_a_design),
        cmocka_unit_test(a_heading_about_trials_is_no_design),
        cmocka_unit_test(emtree_terms_count_in_embase_s_records_alone),
        cmocka_unit_test(a_title_tells_the_design_last),
        cmocka_unit_test(what_is_about_a_trial_is_not_the_trial),
        cmocka_unit_test(designs_that_exclude_each_other_leave_it_unknown),
        cmocka_unit_test(a_plain_total_is_read),
        cmocka_unit_test(who_is_not_in_the_study_is_not_counted),
        cmocka_unit_test(the_people_of_one_arm_are_no_total),
        cmocka_unit_test(two_totals_that_differ_leave_it_unknown),
        cmocka_unit_test(numbers_of_a_protocol_are_not_read),
        cmocka_unit_test(people_and_animals_are_told_by_headings),
        cmocka_unit_test(registration_numbers_are_found_in_title_and_abstract),
        cmocka_unit_test(what_a_reader_knew_already_stays),
        cmocka_unit_test(a_long_abstract_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
