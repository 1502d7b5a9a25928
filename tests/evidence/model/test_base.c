/* What no file can tell alone: names without an entry, one identifier twice, rings in the tree. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/model/base.h"

static const char *const none[] = {NULL};

/* A base of one of each, which every test bends. */
struct sample {
    struct problems problems;
    struct intervention interventions[1];
    struct condition conditions[3];
    struct outcome outcomes[2];
    struct result result;
    struct harm harm;
    struct study studies[2];
    struct base base;
};

static const char *const pain_only[] = {"pain", NULL};

static struct study a_study(const char *id)
{
    return (struct study){.id = id,
                          .aliases = none,
                          .registrations = none,
                          .pooled_in = none,
                          .title = "t",
                          .condition = "neck"};
}

static void sample_init(struct sample *sample)
{
    static const struct mid no_mid = {.value = NAN, .scale_low = NAN, .scale_high = NAN};
    *sample = (struct sample){
        .problems = {.arena = arena_new()},
        .interventions = {{.id = "massage"}},
        .conditions = {{.id = "neck", .parents = none, .primary_outcomes = pain_only},
                       {.id = "knots", .parents = none, .primary_outcomes = pain_only},
                       {.id = "back", .parents = none, .primary_outcomes = pain_only}},
        .outcomes = {{.id = "pain", .mid = no_mid}, {.id = "rom", .mid = no_mid}},
        .result = {.intervention = "massage",
                   .comparator = "sham",
                   .condition = "neck",
                   .outcome = "pain"},
        .harm = {.intervention = "massage", .event = "e"},
        .studies = {a_study("doi:10.1/a"), a_study("ts:b")},
    };
    sample->studies[0].doi = "10.1/a";
    sample->studies[0].results = &sample->result;
    sample->studies[0].result_count = 1;
    sample->studies[0].harms = &sample->harm;
    sample->studies[0].harm_count = 1;
    sample->base = (struct base){.interventions = sample->interventions,
                                 .intervention_count = 1,
                                 .conditions = sample->conditions,
                                 .condition_count = 3,
                                 .outcomes = sample->outcomes,
                                 .outcome_count = 2,
                                 .studies = sample->studies,
                                 .study_count = 2};
}

/* Checks the base, wants this one problem, and frees. */
static void refused(struct sample *sample, const char *file, const char *pointer, const char *says)
{
    bool found = false;
    base_check(&sample->base, "data", &sample->problems);
    for (size_t i = 0; i < sample->problems.kept; i++) {
        const struct problem *problem = sample->problems.items[i];
        found =
            found || (strcmp(problem->file, file) == 0 && strcmp(problem->pointer, pointer) == 0 &&
                      strstr(problem->detail, says) != NULL);
    }
    if (!found)
        fail_msg("no problem %s %s %s; %zu others", file, pointer, says, sample->problems.count);
    arena_free(sample->problems.arena);
}

static void a_sound_base_has_no_problem(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample);
    base_check(&sample.base, "data", &sample.problems);
    assert_int_equal(sample.problems.count, 0);
    arena_free(sample.problems.arena);
}

static void names_without_an_entry_are_refused(void **state)
{
    (void)state;
    const char *file = "data/studies/doi-10.1-a.json";
    struct sample sample;
    sample_init(&sample);
    sample.result.intervention = "sauna";
    refused(&sample, file, "/results/0/intervention", "\"sauna\"");
    sample_init(&sample);
    sample.result.comparator = "active:sauna";
    refused(&sample, file, "/results/0/comparator", "active:other");
    sample_init(&sample);
    sample.result.condition = "toe";
    refused(&sample, file, "/results/0/condition", "\"toe\"");
    sample_init(&sample);
    sample.result.outcome = "joy";
    refused(&sample, file, "/results/0/outcome", "\"joy\"");
    sample_init(&sample);
    sample.harm.intervention = "sauna";
    refused(&sample, file, "/harms/0/intervention", "\"sauna\"");
    sample_init(&sample);
    sample.studies[1].condition = "toe";
    refused(&sample, "data/studies/ts-b.json", "/condition", "\"toe\"");
}

static void one_identifier_in_two_studies_is_refused(void **state)
{
    (void)state;
    static const char *const alias[] = {"doi:10.1/a", NULL};
    struct sample sample;
    sample_init(&sample);
    sample.studies[1].aliases = alias;
    base_check(&sample.base, "data", &sample.problems);
    assert_int_equal(sample.problems.count, 1);
    arena_free(sample.problems.arena);
    sample_init(&sample);
    sample.studies[1].doi = "10.1/a";
    base_check(&sample.base, "data", &sample.problems);
    assert_int_equal(sample.problems.count, 1);
    arena_free(sample.problems.arena);
    sample_init(&sample);
    sample.studies[0].pmcid = sample.studies[1].pmcid = "PMC1";
    base_check(&sample.base, "data", &sample.problems);
    assert_int_equal(sample.problems.count, 1);
    arena_free(sample.problems.arena);
}

/* What a curator saves is checked against all others, whichever of its names is taken. */
static void a_study_that_goes_by_anothers_name_is_refused(void **state)
{
    (void)state;
    static const char *const alias[] = {"ref:old", NULL};
    const struct {
        struct study study;
        const char *name;
    } cases[] = {
        {{.id = "ts:new", .aliases = alias}, "ref:old"},
        {{.id = "ts:new", .aliases = none, .doi = "10.2/b"}, "doi:10.2/b"},
        {{.id = "ts:new", .aliases = none, .pmcid = "PMC7"}, "pmcid:PMC7"},
        {{.id = "ref:old", .aliases = none}, "ref:old"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample sample;
        sample_init(&sample);
        sample.studies[1].aliases = alias;
        sample.studies[1].doi = "10.2/b";
        sample.studies[1].pmcid = "PMC7";
        struct study study = cases[i].study;
        study.condition = sample.studies[1].condition;
        base_check_study(&sample.base, &study, "study", &sample.problems);
        assert_int_equal(sample.problems.count, 1);
        assert_string_equal(sample.problems.items[0]->detail,
                            arena_printf(sample.problems.arena,
                                         "%s is already ts:b; merge the two instead",
                                         cases[i].name));
        study = sample.studies[1]; /* itself is no other */
        sample.problems.count = 0;
        base_check_study(&sample.base, &study, "study", &sample.problems);
        assert_int_equal(sample.problems.count, 0);
        arena_free(sample.problems.arena);
    }
}

static void rings_and_orphans_in_the_tree_are_refused(void **state)
{
    (void)state;
    static const char *const neck[] = {"neck", NULL};
    static const char *const knots[] = {"knots", NULL};
    static const char *const both[] = {"knots", "back", NULL};
    static const char *const nobody[] = {"toe", NULL};
    struct sample sample;
    sample_init(&sample);
    sample.conditions[0].parents = knots;
    sample.conditions[1].parents = neck;
    sample.conditions[2].parents = both; /* leads into the ring, and to itself */
    refused(&sample, "data/conditions.json", "/conditions/2", "its own ancestor");
    sample_init(&sample);
    sample.conditions[1].parents = nobody;
    refused(&sample, "data/conditions.json", "/conditions/1/parents", "\"toe\"");
    sample_init(&sample);
    sample.conditions[1].primary_outcomes = nobody;
    refused(&sample, "data/conditions.json", "/conditions/1/primary_outcomes", "\"toe\"");
}

static void entries_that_stand_twice_are_refused(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample);
    sample.conditions[1].id = "neck";
    refused(&sample, "data/conditions.json", "/conditions/1", "twice");
    sample_init(&sample);
    sample.outcomes[1].id = "pain";
    refused(&sample, "data/outcomes.json", "/outcomes/1", "twice");
}

static void an_outcome_stands_in_for_one_that_is_there_on_a_scale_that_can_be(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample);
    sample.outcomes[1].stand_in_for = "joy";
    refused(&sample, "data/outcomes.json", "/outcomes/1/stand_in_for", "\"joy\"");
    sample_init(&sample);
    sample.outcomes[1].mid = (struct mid){.value = 1, .scale_low = 10, .scale_high = 0};
    refused(&sample, "data/outcomes.json", "/outcomes/1/mid/scale", "both ends");
}

static void a_study_is_found_by_every_name_it_has(void **state)
{
    (void)state;
    static const char *const alias[] = {"ref:old", NULL};
    struct sample sample;
    sample_init(&sample);
    sample.studies[1].aliases = alias;
    sample.studies[1].doi = "10.2/b";
    sample.studies[1].pmcid = "PMC7";
    static const char *const names[] = {"ts:b", "ref:old", "doi:10.2/b", "pmcid:PMC7"};
    for (size_t i = 0; i < 4; i++)
        assert_ptr_equal(base_study(&sample.base, names[i]), &sample.studies[1]);
    assert_null(base_study(&sample.base, "pmid:1"));
    arena_free(sample.problems.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_base_has_no_problem),
        cmocka_unit_test(names_without_an_entry_are_refused),
        cmocka_unit_test(one_identifier_in_two_studies_is_refused),
        cmocka_unit_test(a_study_that_goes_by_anothers_name_is_refused),
        cmocka_unit_test(rings_and_orphans_in_the_tree_are_refused),
        cmocka_unit_test(entries_that_stand_twice_are_refused),
        cmocka_unit_test(an_outcome_stands_in_for_one_that_is_there_on_a_scale_that_can_be),
        cmocka_unit_test(a_study_is_found_by_every_name_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
