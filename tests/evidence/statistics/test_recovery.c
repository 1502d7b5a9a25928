#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "evidence/statistics/recovery.h"

enum { SCORES_MOST = 12, ROUNDS = 60 };

struct person {
    struct recovery_prior prior;
    struct recovery_scores scores;
    double days[SCORES_MOST];
    double values[SCORES_MOST];
};

static void near(double value, double expected, double within)
{
    if (!(fabs(value - expected) <= within))
        fail_msg("%.12g is not %.12g", value, expected);
}

/* xorshift64 */
static double uniform(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (double)(*state >> 11) / 9007199254740992.0;
}

static void make_person(struct person *person, uint64_t *state)
{
    *person = (struct person){
        .prior = {.start = 4 + 3 * uniform(state),
                  .start_sd = uniform(state) < 0.3 ? INFINITY : 0.5 + 2 * uniform(state),
                  .fall = 1 + 3 * uniform(state),
                  .fall_sd = 0.5 + 2 * uniform(state),
                  .fall_day = 42,
                  .error_sd = 0.5 + uniform(state),
                  .taus = {7, 14, 28, 56},
                  .weights = {0.1, 0.2, 0.3, 0.4},
                  .pace_count = 4},
        .scores = {.start = 3 + 6 * uniform(state),
                   .start_count = 1 + (size_t)(3 * uniform(state)),
                   .count = (size_t)(uniform(state) * SCORES_MOST)},
    };
    person->scores.days = person->days;
    person->scores.values = person->values;
    for (size_t i = 0; i < person->scores.count; i++) {
        person->days[i] = 0.5 + 41 * uniform(state);
        person->values[i] = 10 * uniform(state);
    }
}

static double density(double x, double mean, double sd)
{
    double z = (x - mean) / sd;
    return exp(-z * z / 2) / (sd * sqrt(2 * M_PI));
}

/* P(b - A x <= line) for one tau by the sum over a grid of b and A of prior times likelihood, with
 * nothing of the closed form in it. */
static double by_grid(const struct person *person, size_t pace, double day, double line)
{
    const struct recovery_prior *prior = &person->prior;
    const struct recovery_scores *scores = &person->scores;
    enum { STEPS = 4000, STEPS_B = 120 };
    double tau = prior->taus[pace];
    double scale = 1 - exp(-prior->fall_day / tau);
    double start_sd = prior->error_sd / sqrt((double)scores->start_count);
    double fall_sd = prior->fall_sd / scale;
    double middle = prior->fall / scale;
    double total = 0;
    double below = 0;
    for (int i = 0; i < STEPS_B; i++) {
        double b = scores->start + start_sd * 14.0 * ((i + 0.5) / (STEPS_B)-0.5);
        double weight_b = density(b, scores->start, start_sd);
        if (isfinite(prior->start_sd))
            weight_b *= density(b, prior->start, prior->start_sd);
        double mass = 0;
        double mass_below = 0;
        for (int j = 0; j < STEPS; j++) {
            double a = middle + fall_sd * 18 * ((j + 0.5) / STEPS - 0.5);
            double weight = density(a, middle, fall_sd);
            for (size_t k = 0; k < scores->count; k++)
                weight *= density(scores->values[k], b - a * (1 - exp(-scores->days[k] / tau)),
                                  prior->error_sd);
            mass += weight;
            /* the cell that the line cuts counts in part */
            double cut = (b - line) / (1 - exp(-day / tau));
            double cell = fall_sd * 18 / STEPS;
            double share = fmin(1, fmax(0, (a + cell / 2 - cut) / cell));
            mass_below += weight * share;
        }
        total += weight_b;
        below += weight_b * mass_below / mass;
    }
    return below / total;
}

static void the_closed_form_agrees_with_summing_over_a_grid(void **state)
{
    (void)state;
    uint64_t seed = 4711;
    for (int round = 0; round < 12; round++) {
        struct person person;
        struct recovery recovery;
        make_person(&person, &seed);
        if (person.scores.count > 5)
            person.scores.count = 5;
        assert_true(recovery_fit(&person.prior, &person.scores, &recovery));
        double line = person.scores.start - 3 * uniform(&seed);
        double expected = 0;
        for (size_t i = 0; i < person.prior.pace_count; i++)
            expected += person.prior.weights[i] * by_grid(&person, i, 42, line);
        double difference = fabs(recovery_reaches(&recovery, 42, line) - expected);
        if (difference > 1e-6)
            fail_msg("round %d differs by %g", round, difference);
    }
}

static void a_higher_score_never_makes_the_goal_likelier(void **state)
{
    (void)state;
    uint64_t seed = 99;
    for (int round = 0; round < ROUNDS * 50; round++) {
        struct person person;
        struct recovery before;
        struct recovery after;
        make_person(&person, &seed);
        if (person.scores.count == 0)
            continue;
        double line = 0.7 * person.scores.start;
        assert_true(recovery_fit(&person.prior, &person.scores, &before));
        person.values[(size_t)(uniform(&seed) * (double)person.scores.count)] += 2 * uniform(&seed);
        assert_true(recovery_fit(&person.prior, &person.scores, &after));
        assert_true(recovery_reaches(&after, 42, line) <= recovery_reaches(&before, 42, line));
        assert_true(recovery_worse(&after, 20, 1) >= recovery_worse(&before, 20, 1));
    }
}

static void without_scores_the_prior_stands(void **state)
{
    (void)state;
    const struct recovery_prior prior = {.start_sd = INFINITY,
                                         .fall = 2,
                                         .fall_sd = 1,
                                         .fall_day = 42,
                                         .error_sd = 1e-6,
                                         .taus = {14},
                                         .weights = {1},
                                         .pace_count = 1};
    struct recovery_scores scores = {.start = 6, .start_count = 1};
    struct recovery recovery;
    assert_true(recovery_fit(&prior, &scores, &recovery));
    near(recovery_mean(&recovery, 42), 4, 1e-9);
    /* one SD above the mean fall: P(Z <= -1) and P(Z <= 1), tables of the normal */
    near(recovery_reaches(&recovery, 42, 3), 0.158655254, 1e-8);
    near(recovery_reaches(&recovery, 42, 5), 0.841344746, 1e-8);
    near(recovery_worse(&recovery, 42, 0), 0.022750132, 1e-8);
}

/* One score of 8 with an error of 1 where others begin at 5, give or take 2: precisions 1 and 1/4,
 * mean (8 + 5/4) / (5/4) = 7.4, by hand; three such scores: (24 + 5/4) / (13/4) = 7.7692. */
static void a_high_start_is_drawn_towards_that_of_others(void **state)
{
    (void)state;
    struct recovery_prior prior = {.start = 5,
                                   .start_sd = 2,
                                   .fall = 0,
                                   .fall_sd = 1,
                                   .fall_day = 42,
                                   .error_sd = 1,
                                   .taus = {14},
                                   .weights = {1},
                                   .pace_count = 1};
    struct recovery_scores scores = {.start = 8, .start_count = 1};
    struct recovery recovery;
    assert_true(recovery_fit(&prior, &scores, &recovery));
    near(recovery_mean(&recovery, 0), 7.4, 1e-12);
    near(recovery_level_before(&prior, 8, 1), 7.4, 1e-12);
    near(recovery_level_before(&prior, 8, 3), 25.25 / 3.25, 1e-12);
    /* by day 0 nothing has fallen: b alone, with variance 1 / (5/4) */
    near(recovery_reaches(&recovery, 1e-12, 7.4 + sqrt(0.8)), 0.841344746, 1e-8);
    prior.start_sd = INFINITY;
    prior.start = NAN; /* of no account then */
    assert_true(recovery_fit(&prior, &scores, &recovery));
    near(recovery_mean(&recovery, 0), 8, 1e-12);
    prior.start_sd = 2;
    assert_false(recovery_fit(&prior, &scores, &recovery));
}

static void many_scores_outweigh_the_prior(void **state)
{
    (void)state;
    struct recovery_prior prior = {.start_sd = INFINITY,
                                   .fall = 0,
                                   .fall_sd = 2,
                                   .fall_day = 42,
                                   .error_sd = 1,
                                   .taus = {10},
                                   .weights = {1},
                                   .pace_count = 1};
    double days[400];
    double values[400];
    for (int i = 0; i < 400; i++) {
        days[i] = 1 + i % 40;
        values[i] = 7 - 4 * (1 - exp(-days[i] / 10));
    }
    struct recovery_scores scores = {
        .start = 7, .start_count = 400, .days = days, .values = values, .count = 400};
    struct recovery recovery;
    assert_true(recovery_fit(&prior, &scores, &recovery));
    near(recovery_mean(&recovery, 42), 7 - 4 * (1 - exp(-4.2)), 0.02);
}

static void a_quantile_is_the_level_with_that_probability(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int round = 0; round < ROUNDS; round++) {
        struct person person;
        struct recovery recovery;
        make_person(&person, &seed);
        assert_true(recovery_fit(&person.prior, &person.scores, &recovery));
        double p = 0.001 + 0.998 * uniform(&seed);
        double day = 60 * uniform(&seed);
        struct recovery_band band = recovery_band(p, 1 - p);
        struct recovery_range range = recovery_range_on(&recovery, day, &band);
        near(recovery_reaches(&recovery, day, range.low), p, 1e-8);
        near(recovery_reaches(&recovery, day, range.high), 1 - p, 1e-8);
        near(range.mean, recovery_mean(&recovery, day), 1e-12);
    }
    struct person person;
    struct recovery recovery;
    make_person(&person, &seed);
    assert_true(recovery_fit(&person.prior, &person.scores, &recovery));
    struct recovery_band all = recovery_band(0, 1);
    assert_true(isnan(recovery_range_on(&recovery, 30, &all).low));
    assert_true(isnan(recovery_range_on(&recovery, 30, &all).high));
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    uint64_t seed = 17;
    struct person person;
    struct recovery recovery;
    do
        make_person(&person, &seed);
    while (person.scores.count < 2);
    struct person bad = person;
    bad.prior.fall_sd = 0;
    assert_false(recovery_fit(&bad.prior, &person.scores, &recovery));
    bad = person;
    bad.prior.start_sd = 0;
    assert_false(recovery_fit(&bad.prior, &person.scores, &recovery));
    bad = person;
    bad.prior.pace_count = RECOVERY_PACES_MOST + 1;
    assert_false(recovery_fit(&bad.prior, &person.scores, &recovery));
    person.scores.start_count = 0;
    assert_false(recovery_fit(&person.prior, &person.scores, &recovery));
    person.scores.start_count = 1;
    person.days[0] = 0;
    assert_false(recovery_fit(&person.prior, &person.scores, &recovery));
    person.days[0] = 3;
    person.values[1] = NAN;
    assert_false(recovery_fit(&person.prior, &person.scores, &recovery));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_closed_form_agrees_with_summing_over_a_grid),
        cmocka_unit_test(a_higher_score_never_makes_the_goal_likelier),
        cmocka_unit_test(without_scores_the_prior_stands),
        cmocka_unit_test(a_high_start_is_drawn_towards_that_of_others),
        cmocka_unit_test(many_scores_outweigh_the_prior),
        cmocka_unit_test(a_quantile_is_the_level_with_that_probability),
        cmocka_unit_test(what_makes_no_sense_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
