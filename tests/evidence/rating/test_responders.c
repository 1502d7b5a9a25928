/* Of 100 people: the model, and what it refuses to say. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/rating/responders.h"

static const struct control_course COURSE = {.baseline = 6, .fall = 1.8, .fall_sd = 2, .groups = 5};

static const struct outcome PAIN = {
    .id = "pain-intensity", .kind = OUTCOME_BENEFIT, .mid = {.value = 1, .scale_high = 10}};

static struct rating told_in_points(double benefit, double low, double high)
{
    struct rating rating = {0};
    rating.question.outcome = &PAIN;
    rating.synthesis.basis = BASIS_TRIALS;
    rating.synthesis.scale = BODY_POINTS;
    rating.effect.weighed = (struct weighed){benefit, low, high, 1};
    return rating;
}

/* By hand: 30 % of 6 is 1.8, the controls' fall itself, so half of them reach it: Phi(0) = 0.5.
 * With 2 points more, Phi(2/2) = Phi(1) = 0.8413447. */
static void the_share_follows_the_normal_model(void **state)
{
    (void)state;
    struct rating rating = told_in_points(2, 0, 4);
    struct responders found = responders_of(&rating, &COURSE);
    assert_true(found.known);
    assert_true(fabs(found.without - 50) < 1e-9);
    assert_true(fabs(found.with - 84.13447460685429) < 1e-9);
    assert_true(fabs(found.with_low - 50) < 1e-9);
    assert_true(fabs(found.with_high - 97.72498680518208) < 1e-9);
}

static void standard_deviations_are_told_through_the_reference_sd(void **state)
{
    (void)state;
    struct rating rating = told_in_points(1, 0.5, 1.5);
    rating.synthesis.scale = BODY_SMD;
    rating.synthesis.reference_sd = 2;
    assert_true(fabs(responders_of(&rating, &COURSE).with - 84.13447460685429) < 1e-9);
}

static void nothing_is_modelled_without_a_course_a_scale_or_a_figure(void **state)
{
    (void)state;
    struct control_course unknown = COURSE;
    struct rating rating = told_in_points(1, 0, 2);
    unknown.baseline = NAN;
    assert_false(responders_of(&rating, &unknown).known);
    rating.synthesis.scale = BODY_RATIO;
    assert_false(responders_of(&rating, &COURSE).known);
    rating = told_in_points(1, 0, 2);
    rating.synthesis.basis = BASIS_DIRECTION;
    assert_false(responders_of(&rating, &COURSE).known);
    struct outcome no_scale = PAIN;
    no_scale.mid.scale_low = NAN;
    rating = told_in_points(1, 0, 2);
    rating.question.outcome = &no_scale;
    assert_false(responders_of(&rating, &COURSE).known);
}

/* Two control groups of studies, one of them on 0-100: medians on 0-10. */
static void the_course_is_the_median_over_control_groups_on_one_scale(void **state)
{
    (void)state;
    const struct study_arm first[] = {{.role = ROLE_INTERVENTION, .baseline_mean = 9},
                                      {.role = ROLE_COMPARATOR,
                                       .baseline_mean = 50,
                                       .change_mean = -20,
                                       .change_sd = 18,
                                       .mean = NAN}};
    const struct study_arm second[] = {{.role = ROLE_INTERVENTION, .baseline_mean = 9},
                                       {.role = ROLE_COMPARATOR,
                                        .baseline_mean = 7,
                                        .baseline_sd = 2,
                                        .change_mean = NAN,
                                        .change_sd = NAN,
                                        .mean = 6,
                                        .sd = 2}};
    struct result results[] = {{.outcome = "pain-intensity",
                                .comparator_class = COMPARATOR_SHAM,
                                .window = WINDOW_SHORT,
                                .scale = {.low = 0, .high = 100},
                                .arms = first,
                                .arm_count = 2},
                               {.outcome = "pain-intensity",
                                .comparator_class = COMPARATOR_NOTHING,
                                .window = WINDOW_SHORT,
                                .scale = {.low = 0, .high = 10},
                                .arms = second,
                                .arm_count = 2}};
    struct study studies[] = {{.id = "a", .results = &results[0], .result_count = 1},
                              {.id = "b", .results = &results[1], .result_count = 1}};
    struct base base = {
        .outcomes = &PAIN, .outcome_count = 1, .studies = studies, .study_count = 2};
    struct control_course course = reference_values_of(&base).course;
    assert_int_equal(course.groups, 2);
    assert_true(fabs(course.baseline - 6) < 1e-12);  /* of 5 and 7 */
    assert_true(fabs(course.fall - 1.5) < 1e-12);    /* of 2 and 1 */
    assert_true(fabs(course.fall_sd - 1.9) < 1e-12); /* of 1.8 and sqrt(4 + 4 - 4) = 2 */
    studies[0].retracted = true;
    assert_true(fabs(reference_values_of(&base).course.baseline - 7) < 1e-12);
}

/* A body of `count` trials whose control groups tell their course on 0-10, one more on 0-100. */
static void of_trials(struct rating *rating, struct rated_study *studies, size_t count)
{
    rating->body.studies = studies;
    rating->body.count = rating->body.used = count;
}

static const struct study_arm ARMS[] = {{.role = ROLE_INTERVENTION},
                                        {.role = ROLE_COMPARATOR,
                                         .baseline_mean = 5,
                                         .change_mean = -1,
                                         .change_sd = 1.5,
                                         .mean = NAN}};
static const struct study_arm MM_ARMS[] = {{.role = ROLE_INTERVENTION},
                                           {.role = ROLE_COMPARATOR,
                                            .baseline_mean = 70,
                                            .change_mean = -30,
                                            .change_sd = 25,
                                            .mean = NAN}};
static const struct study_arm SILENT[] = {{.role = ROLE_INTERVENTION},
                                          {.role = ROLE_COMPARATOR,
                                           .baseline_mean = NAN,
                                           .change_mean = NAN,
                                           .change_sd = NAN,
                                           .mean = NAN}};

static struct result result_on(double high, const struct study_arm *arms)
{
    return (struct result){
        .scale = {.low = 0, .high = high}, .better = BETTER_LOWER, .arms = arms, .arm_count = 2};
}

/* By hand: 5 and 7 of 10 give 6, falls of 1 and 3 give 2, spreads of 1.5 and 2.5 give 2. */
static void a_bodys_own_control_groups_come_before_those_of_the_base(void **state)
{
    (void)state;
    struct rating rating = told_in_points(2, 0, 4);
    struct result ten = result_on(10, ARMS);
    struct result hundred = result_on(100, MM_ARMS);
    struct rated_study studies[] = {{.used = true, .result = &ten},
                                    {.used = true, .result = &hundred}};
    of_trials(&rating, studies, 2);
    struct responders found = responders_of(&rating, &COURSE);
    assert_true(found.course.own);
    assert_int_equal(found.course.groups, 2);
    assert_true(fabs(found.course.baseline - 6) < 1e-9);
    assert_true(fabs(found.course.fall - 2) < 1e-9);
    assert_true(fabs(found.course.fall_sd - 2) < 1e-9);
    assert_true(fabs(found.without - 100 * 0.5398278372770290) < 1e-9); /* Phi(0.1), R pnorm */
}

static void fewer_than_half_of_them_do_not_speak_for_the_body(void **state)
{
    (void)state;
    struct rating rating = told_in_points(2, 0, 4);
    struct result told = result_on(10, ARMS);
    struct result silent = result_on(10, SILENT);
    struct rated_study studies[] = {{.used = true, .result = &told},
                                    {.used = true, .result = &silent},
                                    {.used = true, .result = &silent}};
    of_trials(&rating, studies, 2);
    assert_true(responders_of(&rating, &COURSE).course.own);
    of_trials(&rating, studies, 3);
    struct responders found = responders_of(&rating, &COURSE);
    assert_false(found.course.own);
    assert_true(found.course.baseline == COURSE.baseline);
    rating.synthesis.basis = BASIS_ADOPTED;
    of_trials(&rating, studies, 1);
    assert_false(responders_of(&rating, &COURSE).course.own);
}

/* What people with a pretend treatment or none go through says nothing of another treatment. */
static void against_another_treatment_only_its_own_groups_tell_the_course(void **state)
{
    (void)state;
    struct rating rating = told_in_points(2, 0, 4);
    struct result told = result_on(10, ARMS);
    struct rated_study studies[] = {{.used = true, .result = &told}};
    rating.question.comparator_class = COMPARATOR_ACTIVE;
    assert_false(responders_of(&rating, &COURSE).known);
    of_trials(&rating, studies, 1);
    assert_true(responders_of(&rating, &COURSE).known);
}

/* After the first weeks a control group tells another course; one measured at the end alone none.
 */
static void a_control_group_counts_in_the_first_weeks_and_with_a_baseline(void **state)
{
    (void)state;
    const struct study_arm arms[] = {{.role = ROLE_INTERVENTION, .baseline_mean = 9},
                                     {.role = ROLE_COMPARATOR,
                                      .baseline_mean = 7,
                                      .baseline_sd = 2,
                                      .change_mean = NAN,
                                      .change_sd = NAN,
                                      .mean = 6,
                                      .sd = 2}};
    struct study_arm without[2];
    memcpy(without, arms, sizeof without);
    without[1].baseline_mean = NAN;
    struct result result = {.outcome = "pain-intensity",
                            .comparator_class = COMPARATOR_SHAM,
                            .window = WINDOW_SHORT,
                            .scale = {.low = 0, .high = 10},
                            .arms = arms,
                            .arm_count = 2};
    struct study study = {.id = "a", .results = &result, .result_count = 1};
    struct base base = {.outcomes = &PAIN, .outcome_count = 1, .studies = &study, .study_count = 1};
    assert_int_equal(reference_values_of(&base).course.groups, 1);
    result.window = WINDOW_LONG;
    assert_int_equal(reference_values_of(&base).course.groups, 0);
    result.window = WINDOW_SHORT;
    result.arms = without;
    assert_int_equal(reference_values_of(&base).course.groups, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_share_follows_the_normal_model),
        cmocka_unit_test(standard_deviations_are_told_through_the_reference_sd),
        cmocka_unit_test(nothing_is_modelled_without_a_course_a_scale_or_a_figure),
        cmocka_unit_test(the_course_is_the_median_over_control_groups_on_one_scale),
        cmocka_unit_test(a_bodys_own_control_groups_come_before_those_of_the_base),
        cmocka_unit_test(fewer_than_half_of_them_do_not_speak_for_the_body),
        cmocka_unit_test(against_another_treatment_only_its_own_groups_tell_the_course),
        cmocka_unit_test(a_control_group_counts_in_the_first_weeks_and_with_a_baseline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
