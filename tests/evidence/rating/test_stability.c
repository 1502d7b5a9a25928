/* What would change an answer (METHOD V5), and the same asked with a changed base (what-if): both
 * must come to what a base that is really so comes to. */
#include "tests/evidence/rating/small_base.h"

#include "evidence/rating/stability.h"
#include "evidence/rating/stability_kept.h"
#include "evidence/rating/what_if.h"

#define PUBLIC "'funding':'public',"

/* A trial of pain against a sham: `n` in each arm, SD 2, an effect on 0-10, below 0 less pain. */
struct made {
    const char *name;
    int year;
    int n;
    double effect;
    const char *risk;
};

static void add(struct small *small, const struct made *made)
{
    small_trial(
        small, made->name, made->year, "neck-pain",
        arena_printf(small->arena,
                     "'appraisals':[{'instrument':'RoB 2','overall':'%s','rated_by':'x'}]," PUBLIC,
                     made->risk),
        small_pain(small, "sham", small_arms(small, made->n, 5 + made->effect, 2, made->n, 5, 2)));
}

/* A base of all of them but one (`without` beyond the last: of all). */
static struct catalog *of_all_but(const struct made *made, size_t count, size_t without,
                                  struct small **out)
{
    struct small *small = small_new();
    for (size_t i = 0; i < count; i++)
        if (i != without)
            add(small, &made[i]);
    if (out != NULL)
        *out = small;
    return small_rate(small);
}

static struct stability stability(const struct made *made, size_t count)
{
    struct small *small;
    struct catalog *catalog = of_all_but(made, count, count, &small);
    struct stability out =
        catalog_stability(catalog, small_rating(catalog, PAIN_SHAM), small->arena);
    catalog_release(catalog); /* the flips are gone with it */
    out.flips = NULL;
    return out;
}

/* 500 people in four trials that agree: without the large one 120 are left, fewer than the 400 of
 * M1 (METHOD section 4), without a small one enough. */
static void the_answer_hangs_on_the_studies_without_which_it_is_another(void **state)
{
    static const struct made made[] = {{"big", 2010, 190, -2, "low"},
                                       {"small", 2012, 20, -2, "low"},
                                       {"little", 2013, 20, -2, "low"},
                                       {"tiny", 2014, 20, -2, "low"}};
    struct small *small;
    struct catalog *catalog = of_all_but(made, 4, 4, &small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    struct stability found = catalog_stability(catalog, rating, small->arena);
    size_t flips = 0;
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct catalog *rest = of_all_but(made, 4, i, NULL);
        const struct rating *without = small_rating(rest, PAIN_SHAM);
        if (strcmp(without->verdict, rating->verdict) != 0) {
            assert_true(flips < found.flip_count);
            says(found.flips[flips].study->id, made[i].name);
            assert_string_equal(found.flips[flips].verdict, without->verdict);
            assert_int_equal(found.flips[flips].certainty, without->certainty.level);
            flips++;
        }
        catalog_release(rest);
    }
    assert_int_equal(found.flip_count, flips);
    assert_int_equal(flips, 1);
    catalog_release(catalog);
}

/* By hand: v = 4/50 + 4/50 = 0.16, tau2 = 0, half the MID 0.5: 1.96^2 * 0.16 / 0.25 = 2.46, so 3
 * trials of 100. The middle one of unlike sizes is the average one. */
static void people_needed_are_those_of_enough_average_trials(void **state)
{
    static const struct made alike[] = {
        {"a", 2010, 50, -2, "low"}, {"b", 2011, 50, -2, "low"}, {"c", 2012, 50, -2, "low"}};
    static const struct made unlike[] = {
        {"a", 2010, 25, -2, "low"}, {"b", 2011, 50, -2, "low"}, {"c", 2012, 400, -2, "low"}};
    (void)state;
    assert_int_equal(stability(alike, 3).people_needed, 300);
    assert_int_equal(stability(unlike, 3).people_needed, 300);
    assert_false(stability(alike, 3).more_people_will_not);
}

/* By hand, two trials of v = 0.04 at -3 and +1: tau2 = 8 - 0.04 = 7.96, so however large they were
 * the interval's half would be 1.96 * sqrt(7.96 / 2) = 3.9, above 0.5; and for that half
 * 1.96^2 * (0.04 + 7.96) / 0.25 = 122.9 trials of 400. */
static void where_trials_differ_too_much_more_people_will_not_help(void **state)
{
    static const struct made apart[] = {{"a", 2010, 200, -3, "low"}, {"b", 2011, 200, 1, "low"}};
    (void)state;
    struct stability found = stability(apart, 2);
    assert_true(found.more_people_will_not);
    assert_int_equal(found.people_needed, 123 * 400);
}

/* The same number of trials without effect, of the same size and really done, turn the verdict;
 * one fewer does not. */
static void so_many_null_trials_turn_the_verdict_as_would_if_they_were_done(void **state)
{
    static const struct made made[] = {{"a", 2010, 200, -1.5, "low"},
                                       {"b", 2011, 200, -1.5, "low"},
                                       {"c", 2012, 200, -1.5, "low"}};
    struct small *small;
    (void)state;
    struct stability found = stability(made, 3);
    assert_true(found.null_trials > 0);
    assert_false(found.null_trials_do_not);
    struct catalog *now = of_all_but(made, 3, 3, &small);
    const char *verdict = small_rating(now, PAIN_SHAM)->verdict;
    for (int more = found.null_trials - 1; more <= found.null_trials; more++) {
        struct small *with = small_new();
        for (size_t i = 0; i < 3; i++)
            add(with, &made[i]);
        for (int i = 0; i < more; i++)
            add(with, &(struct made){arena_printf(with->arena, "null%d", i), 2013, 200, 0, "low"});
        struct catalog *then = small_rate(with);
        bool same = strcmp(small_rating(then, PAIN_SHAM)->verdict, verdict) == 0;
        assert_true(same == (more < found.null_trials));
        catalog_release(then);
    }
    catalog_release(now);
}

static void what_claims_no_difference_is_not_turned_by_null_trials(void **state)
{
    static const struct made made[] = {{"a", 2010, 200, 0, "low"}, {"b", 2011, 200, 0.05, "low"}};
    (void)state;
    assert_int_equal(stability(made, 2).null_trials, 0);
    assert_false(stability(made, 2).null_trials_do_not);
}

static void it_has_stood_since_the_last_year_in_which_it_was_another(void **state)
{
    static const struct made lately[] = {{"a", 2001, 30, 0.2, "low"},
                                         {"b", 2005, 300, -2.1, "low"},
                                         {"c", 2009, 300, -1.9, "low"},
                                         {"d", 2009, 300, -2, "low"},
                                         {"e", 2014, 300, -2, "low"}};
    static const struct made always[] = {{"a", 2001, 300, -2, "low"}, {"b", 2005, 300, -2, "low"}};
    (void)state;
    int since = stability(lately, 5).since;
    assert_true(since > 2001 && since <= 2014);
    for (int year = 2001; year <= 2014; year++) {
        struct small *small = small_new();
        size_t count = 0;
        for (size_t i = 0; i < 5; i++)
            if (lately[i].year <= year) {
                add(small, &lately[i]);
                count++;
            }
        struct catalog *then = small_rate(small);
        struct catalog *now = of_all_but(lately, 5, 5, NULL);
        bool same = strcmp(small_rating(then, PAIN_SHAM)->verdict,
                           small_rating(now, PAIN_SHAM)->verdict) == 0;
        if (year >= since)
            assert_true(same);
        if (year == since - 1)
            assert_false(same);
        catalog_release(then);
        catalog_release(now);
    }
    assert_int_equal(stability(always, 1).since, 2001);
}

/* ---- what-if ---- */

static const struct made THREE[] = {
    {"a", 2010, 60, -2, "low"}, {"b", 2011, 60, -1.7, "high"}, {"c", 2012, 60, -0.2, "low"}};

/* Worked out once: the second time the same place is given. A rating of another catalog has none.
 */
static void what_is_kept_is_what_would_be_worked_out(void **state)
{
    static const struct made made[] = {{"one", 2010, 60, -2, "low"}, {"two", 2012, 60, -2, "low"}};
    (void)state;
    struct small *small;
    struct catalog *catalog = of_all_but(made, 2, 2, &small);
    struct catalog *other = of_all_but(made, 2, 2, NULL);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    const struct stability *kept = stability_kept(catalog, rating);
    struct stability fresh = catalog_stability(catalog, rating, small->arena);
    assert_ptr_equal(stability_kept(catalog, rating), kept);
    assert_int_equal(kept->flip_count, fresh.flip_count);
    assert_int_equal(kept->null_trials, fresh.null_trials);
    assert_int_equal(kept->people_needed, fresh.people_needed);
    assert_int_equal(kept->since, fresh.since);
    const struct stability *foreign = stability_kept(catalog, small_rating(other, PAIN_SHAM));
    assert_int_equal(foreign->people_needed, COUNT_UNKNOWN);
    assert_int_equal(foreign->flip_count, 0);
    catalog_release(other);
    catalog_release(catalog);
}

static void same_rating(const struct rating *one, const struct rating *other)
{
    assert_string_equal(one->verdict, other->verdict);
    assert_int_equal(one->certainty.level, other->certainty.level);
    near(one->synthesis.pooled.b, other->synthesis.pooled.b, 1e-12);
    near(one->synthesis.pooled.ci_lb, other->synthesis.pooled.ci_lb, 1e-12);
    near(one->synthesis.pooled.tau2, other->synthesis.pooled.tau2, 1e-12);
    for (int domain = 0; domain < DOMAIN_UPGRADE; domain++)
        assert_int_equal(one->certainty.domains[domain].change,
                         other->certainty.domains[domain].change);
}

static void a_study_left_out_is_as_if_it_were_not_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct small *small;
        struct error err = {0};
        struct catalog *catalog = of_all_but(THREE, 3, 3, &small);
        struct catalog *rest = of_all_but(THREE, 3, i, NULL);
        const char *id = arena_printf(small->arena, "ts:%s", THREE[i].name);
        struct what_if changes = {.leave_out = &id, .leave_out_count = 1};
        const struct rating *found = catalog_what_if(catalog, small_rating(catalog, PAIN_SHAM),
                                                     &changes, small->arena, &err);
        assert_non_null(found);
        same_rating(found, small_rating(rest, PAIN_SHAM));
        catalog_release(rest);
        catalog_release(catalog);
    }
}

static void a_risk_judged_otherwise_is_as_if_it_had_been_judged_so(void **state)
{
    static const struct risk_change risks[] = {{"ts:a", RISK_HIGH}, {"ts:c", RISK_SOME_CONCERNS}};
    struct made otherwise[3];
    struct small *small;
    struct error err = {0};
    (void)state;
    memcpy(otherwise, THREE, sizeof otherwise);
    otherwise[0].risk = "high";
    otherwise[2].risk = "some-concerns";
    struct catalog *catalog = of_all_but(THREE, 3, 3, &small);
    struct catalog *really = of_all_but(otherwise, 3, 3, NULL);
    struct what_if changes = {.risks = risks, .risk_count = 2};
    const struct rating *now = small_rating(catalog, PAIN_SHAM);
    const struct rating *found = catalog_what_if(catalog, now, &changes, small->arena, &err);
    assert_non_null(found);
    same_rating(found, small_rating(really, PAIN_SHAM));
    assert_true(found->certainty.domains[DOMAIN_BIAS].change <
                now->certainty.domains[DOMAIN_BIAS].change); /* or nothing was tried */
    catalog_release(really);
    catalog_release(catalog);
}

/* Its interval is that of arms of 200: 1.96 * sqrt(4/200 + 4/200) = 0.392. */
static void a_trial_added_is_as_if_it_had_been_done(void **state)
{
    static const struct hypothetical trial = {.n = 400,
                                              .estimate = 0.5,
                                              .ci_low = 0.5 - 0.39199279690801,
                                              .ci_high = 0.5 + 0.39199279690801,
                                              .risk = RISK_LOW};
    static const struct made done = {"d", 2013, 200, 0.5, "low"};
    struct small *small;
    struct error err = {0};
    (void)state;
    struct catalog *catalog = of_all_but(THREE, 3, 3, &small);
    struct small *with = small_new();
    for (size_t i = 0; i < 3; i++)
        add(with, &THREE[i]);
    add(with, &done);
    struct catalog *really = small_rate(with);
    struct what_if changes = {.add = &trial, .add_count = 1};
    const struct rating *found =
        catalog_what_if(catalog, small_rating(catalog, PAIN_SHAM), &changes, small->arena, &err);
    assert_non_null(found);
    near(found->synthesis.pooled.b, small_rating(really, PAIN_SHAM)->synthesis.pooled.b, 1e-9);
    assert_string_equal(found->verdict, small_rating(really, PAIN_SHAM)->verdict);
    assert_int_equal(found->body.used, 4);
    catalog_release(really);
    catalog_release(catalog);
}

static void refused(const struct what_if *changes, enum error_kind kind, const char *words)
{
    struct small *small;
    struct error err = {0};
    struct catalog *catalog = of_all_but(THREE, 3, 3, &small);
    assert_null(
        catalog_what_if(catalog, small_rating(catalog, PAIN_SHAM), changes, small->arena, &err));
    assert_int_equal(err.kind, kind);
    says(err.message, words);
    catalog_release(catalog);
}

static void a_study_of_another_question_and_a_trial_that_cannot_be_are_refused(void **state)
{
    static const char *const ids[WHAT_IF_MOST + 1] = {"ts:nobody"};
    static const struct risk_change risk = {"ts:nobody", RISK_LOW};
    static const struct {
        struct hypothetical trial;
        const char *words;
    } trials[] = {
        {{.n = 0, .estimate = 0, .ci_low = -1, .ci_high = 1}, "at least one person"},
        {{.n = 9, .estimate = 2, .ci_low = -1, .ci_high = 1}, "hold its estimate"},
        {{.n = 9, .estimate = -2, .ci_low = -1, .ci_high = 1}, "hold its estimate"},
        {{.n = 9, .estimate = 1, .ci_low = 1, .ci_high = 1}, "hold its estimate"},
        {{.n = 9, .estimate = 0, .ci_low = -INFINITY, .ci_high = 1}, "hold its estimate"},
        {{.n = 9, .estimate = 0, .ci_low = -1, .ci_high = INFINITY}, "hold its estimate"},
    };
    (void)state;
    refused(&(struct what_if){.leave_out = ids, .leave_out_count = 1}, ERROR_NOT_FOUND,
            "ts:nobody");
    refused(&(struct what_if){.risks = &risk, .risk_count = 1}, ERROR_NOT_FOUND, "ts:nobody");
    refused(&(struct what_if){.leave_out = ids, .leave_out_count = WHAT_IF_MOST + 1}, ERROR_LIMIT,
            "at most 100");
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++)
        refused(&(struct what_if){.add = &trials[i].trial, .add_count = 1}, ERROR_INVALID,
                trials[i].words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_is_what_would_be_worked_out),
        cmocka_unit_test(the_answer_hangs_on_the_studies_without_which_it_is_another),
        cmocka_unit_test(people_needed_are_those_of_enough_average_trials),
        cmocka_unit_test(where_trials_differ_too_much_more_people_will_not_help),
        cmocka_unit_test(so_many_null_trials_turn_the_verdict_as_would_if_they_were_done),
        cmocka_unit_test(what_claims_no_difference_is_not_turned_by_null_trials),
        cmocka_unit_test(it_has_stood_since_the_last_year_in_which_it_was_another),
        cmocka_unit_test(a_study_left_out_is_as_if_it_were_not_there),
        cmocka_unit_test(a_risk_judged_otherwise_is_as_if_it_had_been_judged_so),
        cmocka_unit_test(a_trial_added_is_as_if_it_had_been_done),
        cmocka_unit_test(a_study_of_another_question_and_a_trial_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
