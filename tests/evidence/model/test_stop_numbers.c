/* The numbers that decide when to stop, as they stand in evidence/data: those of the rules against
 * METHOD section 7, those of questionnaires against each other and against what was gathered. Run
 * from the project's root. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "evidence/model/rulebooks.h"

struct books {
    struct arena *arena;
    struct base base;
    const struct rulebooks *books;
};

static int read_books(void **state)
{
    static struct books books;
    books.arena = arena_new();
    struct problems problems = {.arena = books.arena};
    base_read_folder("evidence/data", &books.base, &problems);
    if (problems.count > 0)
        return -1;
    books.books = base_rulebooks(&books.base);
    *state = &books;
    return 0;
}

static int free_books(void **state)
{
    arena_free(((struct books *)*state)->arena);
    return 0;
}

static void is(double got, double want)
{
    if (fabs(got - want) > 1e-12)
        fail_msg("%g instead of %g", got, want);
}

/* METHOD section 7: T5, T4, T2; the goal; "else 4 sessions and 6 weeks (muscle soreness 3 days)".
 */
static void the_rules_decide_at_the_numbers_of_the_method(void **state)
{
    const struct stop_model *model = &((struct books *)*state)->books->stop_model;
    is(model->decision.stop_below, 0.10);
    is(model->decision.stop_early_below, 0.02);
    is(model->decision.worse_above, 0.9);
    is(model->goal.share, 0.3);
    is(model->goal.least_share_of_scale, 0.1); /* a point of ten */
    const struct stop_trial *usual = stop_model_trial(model, "pain-intensity");
    is(usual->days, 42);
    is(usual->least_sessions, 4);
    is(stop_model_trial(model, "muscle-soreness")->days, 3);
}

/* What is told once a month is judged from two such tellings on, in a trial of three. */
static void a_monthly_count_has_time_for_three(void **state)
{
    const struct stop_trial *monthly =
        stop_model_trial(&((struct books *)*state)->books->stop_model, "headache-frequency");
    is(monthly->days, 3 * monthly->least_days);
    is(monthly->least_days, 28);
    is(monthly->least_sessions, 4);
}

/* The error of a score is that of the row it names: 1.02 of 10 (pubmed 15928561). */
static void the_error_of_a_score_is_that_of_its_source(void **state)
{
    const struct rulebooks *books = ((struct books *)*state)->books;
    const struct stop_error *error = stop_model_error(&books->stop_model, "pain-intensity");
    const struct threshold *row = NULL;
    for (size_t i = 0; i < books->thresholds.count; i++)
        if (strcmp(books->thresholds.items[i].id, error->threshold) == 0)
            row = &books->thresholds.items[i];
    assert_non_null(row);
    is(error->share_of_scale, row->absolute / (row->scale.high - row->scale.low));
}

static const struct stop_instrument *instrument_called(const struct stop_model *model,
                                                       const char *name)
{
    for (size_t i = 0; i < model->instrument_count; i++)
        for (const char *const *one = model->instruments[i].names; *one != NULL; one++)
            if (strcasecmp(*one, name) == 0)
                return &model->instruments[i];
    fail_msg("no questionnaire %s", name);
    return NULL;
}

/* A share of a scale is only right where both books mean the same ends. */
static void a_questionnaire_has_the_same_ends_in_both_books(void **state)
{
    const struct rulebooks *books = ((struct books *)*state)->books;
    int compared = 0;
    for (size_t i = 0; i < books->thresholds.count; i++) {
        const struct threshold *row = &books->thresholds.items[i];
        if (row->instrument == NULL || isnan(row->scale.low))
            continue;
        const struct stop_instrument *one = instrument_called(&books->stop_model, row->instrument);
        is(row->scale.low, one->low);
        is(row->scale.high, one->high);
        compared++;
    }
    assert_true(compared > 10);
}

/* Scores run so by the questionnaires' own manuals, best to worst or worst to best. */
static void questionnaires_run_as_their_manuals_say(void **state)
{
    static const struct {
        const char *name;
        double low, high;
        bool higher_is_better;
    } manuals[] = {
        {"NRS", 0, 10, false},
        {"ODI", 0, 100, false},
        {"RMDQ", 0, 24, false},
        {"Quebec", 0, 100, false},
        {"DASH", 0, 100, false},
        {"QuickDASH", 0, 100, false},
        {"SPADI", 0, 100, false},
        {"HIT 6", 36, 78, false},
        {"PSFS", 0, 10, true},
        {"KOOS", 0, 100, true},
        {"FIQ", 0, 100, false},
        {"SF 12", 0, 100, true},
        {"days per week", 0, 7, false},
        {"days per 4 weeks", 0, 28, false},
        {"days per month", 0, 31, false},
    };
    const struct stop_model *model = &((struct books *)*state)->books->stop_model;
    for (size_t i = 0; i < sizeof manuals / sizeof *manuals; i++) {
        const struct stop_instrument *one = instrument_called(model, manuals[i].name);
        is(one->low, manuals[i].low);
        is(one->high, manuals[i].high);
        assert_true(one->higher_is_better == manuals[i].higher_is_better);
    }
}

/* A bare number is taken for one of 0 to 10, and days with a headache for those of a month. */
static void a_bare_number_is_of_ten_and_a_count_of_a_month(void **state)
{
    const struct stop_model *model = &((struct books *)*state)->books->stop_model;
    for (size_t i = 0; i < model->outcome_count; i++) {
        const struct stop_outcome *one = &model->outcomes[i];
        if (isnan(one->low))
            continue;
        is(one->low, 0);
        is(one->high, one->unit != NULL ? 31 : 10);
        if (!isnan(one->high_else))
            is(one->high_else, 100);
    }
}

/* Worse words never mean less. */
static void words_for_pain_rise_from_none_to_the_worst(void **state)
{
    static const char *const rising[] = {"none",   "barely there", "mild", "moderate",
                                         "severe", "very severe",  "worst"};
    const struct stop_model *model = &((struct books *)*state)->books->stop_model;
    double before = -1;
    for (size_t i = 0; i < sizeof rising / sizeof *rising; i++) {
        double share = NAN;
        for (size_t j = 0; j < model->word_count; j++)
            if (strcmp(model->words[j].word, rising[i]) == 0)
                share = model->words[j].share;
        assert_true(share > before);
        before = share;
    }
    is(before, 1);
}

/* ---- against what was gathered ---- */

static double number_of(const json_t *one, const char *key)
{
    const json_t *value = json_object_get(one, key);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static void same_number(double ours, double theirs, const char *id, const char *what)
{
    if (ours != theirs && !(isnan(ours) && isnan(theirs)))
        fail_msg("%s: %s is %g, gathered as %g", id, what, ours, theirs);
}

static bool is_of(const struct threshold *row, const json_t *one)
{
    const char *population = json_string_value(json_object_get(one, "population"));
    const char *scale = json_string_value(json_object_get(one, "scale"));
    const char *kind = json_string_value(json_object_get(one, "kind"));
    return population != NULL && strcmp(population, row->population) == 0 && scale != NULL &&
           row->scale.name != NULL && strcmp(scale, row->scale.name) == 0 && kind != NULL &&
           strcasecmp(kind, threshold_kind_names[row->kind]) == 0;
}

static void thresholds_are_those_that_were_gathered(void **state)
{
    const struct books *at = *state;
    struct error err = {0};
    struct problems problems = {.arena = at->arena};
    size_t length;
    const char *text =
        file_read("../shared/facts/thresholds.json", 1 << 20, at->arena, &length, &err);
    if (text == NULL) {
        print_message("skipped: %s\n", err.message);
        skip();
    }
    json_t *gathered = json_parse(text, length, "thresholds", &problems);
    const struct thresholds *book = &at->books->thresholds;
    int compared = 0;
    for (size_t i = 0; i < book->count; i++) {
        const struct threshold *row = &book->items[i];
        size_t j;
        json_t *one;
        json_array_foreach(json_object_get(gathered, "thresholds"), j, one)
        {
            if (!is_of(row, one))
                continue;
            same_number(row->absolute, number_of(one, "absolute"), row->id, "the change");
            same_number(row->percent, number_of(one, "percent"), row->id, "percent");
            same_number(row->n == COUNT_UNKNOWN ? (double)NAN : row->n, number_of(one, "n"),
                        row->id, "n");
            compared++;
            break;
        }
    }
    json_decref(gathered);
    assert_true(compared > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rules_decide_at_the_numbers_of_the_method),
        cmocka_unit_test(a_monthly_count_has_time_for_three),
        cmocka_unit_test(the_error_of_a_score_is_that_of_its_source),
        cmocka_unit_test(a_questionnaire_has_the_same_ends_in_both_books),
        cmocka_unit_test(questionnaires_run_as_their_manuals_say),
        cmocka_unit_test(a_bare_number_is_of_ten_and_a_count_of_a_month),
        cmocka_unit_test(words_for_pain_rise_from_none_to_the_worst),
        cmocka_unit_test(thresholds_are_those_that_were_gathered),
    };
    return cmocka_run_group_tests(tests, read_books, free_books);
}
