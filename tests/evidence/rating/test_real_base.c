/* The base as it stands in evidence/data: it reads, and what it says can be traced. Run from the
 * project's root. */
#include <jansson.h>

#include "evidence/rating/rules.h"
#include "tests/evidence/rating/small_base.h"

struct real {
    struct arena *arena;
    struct base base;
    struct catalog *catalog;
};

static int open_real(void **state)
{
    static struct real real;
    real.arena = arena_new();
    struct problems problems = {.arena = real.arena};
    struct error err = {0};
    struct catalog_stamp stamp = {.hash = "0"};
    base_read_folder("evidence/data", &real.base, &problems);
    for (size_t i = 0; i < problems.kept; i++)
        print_error("%s %s: %s\n", problems.items[i]->file, problems.items[i]->pointer,
                    problems.items[i]->detail);
    if (problems.count > 0)
        return -1;
    real.catalog = catalog_new(real.arena, &real.base, &stamp, &err);
    *state = &real;
    return real.catalog == NULL ? -1 : 0;
}

static int close_real(void **state)
{
    struct real *real = *state;
    catalog_release(real->catalog);
    return 0;
}

static bool rule_stands(const json_t *rules, const char *id)
{
    size_t i;
    json_t *rule;
    json_array_foreach((json_t *)rules, i, rule)
    {
        if (strcmp(json_string_value(json_object_get(rule, "id")), id) == 0)
            return true;
    }
    return false;
}

static void must_stand(const json_t *rules, const struct rating *rating, const char *rule)
{
    if (rule != NULL && !rule_stands(rules, rule))
        fail_msg("%s: rule %s stands not in rules.json", rating->question.id, rule);
}

static void every_rule_that_fires_stands_in_the_rules(void **state)
{
    struct real *real = *state;
    const struct document *document = base_document(&real->base, "rules");
    json_t *root = json_loadb(document->text, document->length, 0, NULL);
    const json_t *rules = json_object_get(root, "rules");
    struct arena *arena = arena_new();
    for (size_t i = 0; i < catalog_rating_count(real->catalog); i++) {
        const struct rating *rating = catalog_rating(real->catalog, i);
        must_stand(rules, rating, rating->rule);
        for (size_t j = 0; j < DOMAIN_COUNT; j++)
            must_stand(rules, rating, rating->certainty.domains[j].rule);
        const struct trace *trace = catalog_trace(real->catalog, rating, arena);
        for (size_t j = 0; j < trace->count; j++)
            must_stand(rules, rating, trace->steps[j].rule);
        arena_clear(arena);
    }
    arena_free(arena);
    assert_true(rule_stands(rules, "Q4") && rule_stands(rules, "V1"));
    json_decref(root);
}

static void every_verdict_is_one_of_the_list(void **state)
{
    struct real *real = *state;
    for (size_t i = 0; i < catalog_rating_count(real->catalog); i++) {
        const struct rating *rating = catalog_rating(real->catalog, i);
        size_t at = 0;
        while (rating->verdict != NULL && verdict_names[at] != NULL &&
               strcmp(verdict_names[at], rating->verdict) != 0)
            at++;
        if (rating->verdict != NULL && verdict_names[at] == NULL)
            fail_msg("%s: %s", rating->question.id, rating->verdict);
    }
}

static void every_used_study_has_sources_a_figure_and_its_number_in_the_trace(void **state)
{
    struct real *real = *state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < catalog_rating_count(real->catalog); i++) {
        const struct rating *rating = catalog_rating(real->catalog, i);
        const struct trace *trace = catalog_trace(real->catalog, rating, arena);
        for (size_t j = 0; j < rating->body.count; j++) {
            const struct rated_study *entry = &rating->body.studies[j];
            bool told = false;
            if (!entry->used) {
                assert_non_null(entry->why_not);
                continue;
            }
            assert_true(entry->study->source_count > 0);
            assert_true(rating->synthesis.basis >= BASIS_TRIALS);
            for (size_t k = 0; k < trace->count; k++)
                told = told || (trace->steps[k].subject != NULL &&
                                strcmp(trace->steps[k].subject, entry->study->id) == 0);
            if (!told)
                fail_msg("%s: nothing traced of %s", rating->question.id, entry->study->id);
        }
        arena_clear(arena);
    }
    arena_free(arena);
}

/* A study, a threshold of the ruleset, or a paper; the table of rules has the last for all. */
static void every_step_of_every_trace_says_where_it_comes_from(void **state)
{
    struct real *real = *state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < catalog_rating_count(real->catalog); i++) {
        const struct trace *trace =
            catalog_trace(real->catalog, catalog_rating(real->catalog, i), arena);
        assert_true(trace->count > 0);
        for (size_t j = 0; j < trace->count; j++) {
            const struct trace_step *step = &trace->steps[j];
            if (trace_source_of(trace, step) == NULL)
                fail_msg("%s: a step by %s has no source",
                         catalog_rating(real->catalog, i)->question.id, step->rule);
            if (step->subject != NULL && base_study(&real->base, step->subject) == NULL)
                fail_msg("%s: no study %s", step->rule, step->subject);
            assert_true(strlen(step->text) > 0);
            assert_true(step->inputs <= TRACE_NUMBERS);
        }
        arena_clear(arena);
    }
    arena_free(arena);
}

static void every_threshold_of_a_rule_is_one_of_the_rulesets(void **state)
{
    struct real *real = *state;
    const struct rules *rules = catalog_rules(real->catalog);
    const struct document *document = base_document(&real->base, "rulesets/default");
    json_t *root = json_loadb(document->text, document->length, 0, NULL);
    size_t seen = 0;
    for (size_t i = 0; i < rules->count; i++) {
        struct ruleset_threshold thresholds[RULESET_THRESHOLDS];
        size_t count =
            ruleset_thresholds(catalog_ruleset(real->catalog), rules->items[i].id, thresholds);
        for (size_t j = 0; j < count; j++, seen++) {
            char group[64];
            const char *dot = strchr(thresholds[j].key, '.');
            snprintf(
                group, sizeof group, "%.*s",
                (int)(dot == NULL ? strlen(thresholds[j].key) : (size_t)(dot - thresholds[j].key)),
                thresholds[j].key);
            const json_t *value = json_object_get(root, group);
            if (dot != NULL)
                value = json_object_get(value, dot + 1);
            if (!json_is_number(value) || json_number_value(value) != thresholds[j].value)
                fail_msg("%s: %s", rules->items[i].id, thresholds[j].key);
        }
    }
    assert_true(seen > 20);
    json_decref(root);
}

static bool has_study(const struct base *base, const char *intervention, const char *condition)
{
    for (size_t i = 0; i < base->study_count; i++) {
        const struct study *study = &base->studies[i];
        for (size_t j = 0; !study->retracted && j < study->result_count; j++)
            if (strcmp(study->results[j].intervention, intervention) == 0 &&
                strcmp(study->results[j].condition, condition) == 0)
                return true;
    }
    return false;
}

static void no_headline_of_what_has_studies_says_untested(void **state)
{
    struct real *real = *state;
    for (size_t i = 0; i < real->base.intervention_count; i++)
        for (size_t j = 0; j < real->base.condition_count; j++) {
            const struct intervention *what = &real->base.interventions[i];
            const struct condition *whom = &real->base.conditions[j];
            const struct headline *headline =
                catalog_headline(real->catalog, what, whom, NULL, real->arena);
            bool untested = strcmp(headline->verdict, "untested") == 0;
            if (untested && has_study(&real->base, what->id, whom->id))
                fail_msg("%s for %s: %s", what->id, whom->id, headline->sentence);
            if (untested)
                assert_int_equal(headline->studies, 0);
        }
}

/* Things that would read badly in any sentence, whatever the data. */
static void check_words(const char *id, const char *sentence)
{
    static const char *const never[] = {
        "  ",     " ,",        "..",       " .", " nan",     "(nan",     "(null)",
        "inf ",   "-0.0",      "((",       "))", "0.0 more", "0.0 less", "people with people",
        "All 2 ", " 1 trials", " 1 people"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(sentence, never[i]) != NULL)
            fail_msg("%s: \"%s\" in: %s", id, never[i], sentence);
    int depth = 0;
    for (const char *at = sentence; *at != '\0'; at++) {
        depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
        if (depth < 0 || depth > 1)
            fail_msg("%s: brackets in: %s", id, sentence);
    }
    assert_true(sentence[strlen(sentence) - 1] == '.');
}

static void sentences_read_as_sentences(void **state)
{
    struct real *real = *state;
    for (size_t i = 0; i < catalog_rating_count(real->catalog); i++) {
        const struct rating *rating = catalog_rating(real->catalog, i);
        check_words(rating->question.id, rating->sentence);
    }
    for (size_t i = 0; i < real->base.intervention_count; i++)
        for (size_t j = 0; j < real->base.condition_count; j++)
            check_words(real->base.interventions[i].id,
                        catalog_headline(real->catalog, &real->base.interventions[i],
                                         &real->base.conditions[j], NULL, real->arena)
                            ->sentence);
}

/* The older way of rating: the null as only threshold, DerSimonian-Laird with z. */
static void the_classic_ruleset_knows_no_size_that_matters(void **state)
{
    const struct real *real = *state;
    const struct catalog *classic = catalog_under(real->catalog, "classic");
    size_t others = 0;
    assert_non_null(classic);
    assert_ptr_equal(classic, catalog_under(real->catalog, "classic"));
    assert_ptr_equal(real->catalog, catalog_under(real->catalog, "default"));
    assert_null(catalog_under(real->catalog, "nonsense"));
    assert_int_equal(catalog_rating_count(classic), catalog_rating_count(real->catalog));
    for (size_t i = 0; i < catalog_rating_count(classic); i++) {
        const struct rating *rating = catalog_rating(classic, i);
        assert_true(rating->class != CLASS_SMALL && rating->class != CLASS_NO_DIFFERENCE);
        others += rating->class != catalog_rating(real->catalog, i)->class;
    }
    assert_true(others > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_that_fires_stands_in_the_rules),
        cmocka_unit_test(every_step_of_every_trace_says_where_it_comes_from),
        cmocka_unit_test(every_threshold_of_a_rule_is_one_of_the_rulesets),
        cmocka_unit_test(every_verdict_is_one_of_the_list),
        cmocka_unit_test(every_used_study_has_sources_a_figure_and_its_number_in_the_trace),
        cmocka_unit_test(no_headline_of_what_has_studies_says_untested),
        cmocka_unit_test(sentences_read_as_sentences),
        cmocka_unit_test(the_classic_ruleset_knows_no_size_that_matters),
    };
    return cmocka_run_group_tests_name("the real base", tests, open_real, close_real);
}
