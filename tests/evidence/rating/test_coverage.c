/* What a base covers and lacks. */
#include "tests/evidence/rating/small_base.h"

#include "evidence/rating/coverage.h"

static const struct coverage *row_of(const struct coverage *rows, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        const char *intervention = rows[i].intervention == NULL ? NULL : rows[i].intervention->id;
        const char *condition = rows[i].condition == NULL ? NULL : rows[i].condition->id;
        if (strcmp(intervention != NULL ? intervention : condition, id) == 0)
            return &rows[i];
    }
    fail_msg("no row %s", id);
    return NULL;
}

static bool has_gap(const struct coverage_report *report, enum gap_kind kind, const char *id)
{
    for (size_t i = 0; i < report->gaps[kind].count; i++)
        if (strcmp(report->gaps[kind].ids[i], id) == 0)
            return true;
    return false;
}

static void trials_people_years_and_figures_are_counted(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 30, -2, "'participants':64,");
    small_simple(small, "b", "sham", 20, -2, "");
    small_trial(small, "c", 2019, "low-back-pain", "",
                small_pain(small, "sham", "'favours':'intervention'"));
    small_add(small, "{'id':'ts:d','title':'t','design':'systematic-review','year':2022,"
                     "'condition':'neck-pain','sources':[{'url':'x'}],'results':[{"
                     "'intervention':'massage','comparator':'sham','outcome':'disability',"
                     "'better':'lower','window':'short'}]}");
    struct catalog *catalog = small_rate(small);
    struct coverage_report report = coverage_of(catalog, small->arena);
    const struct coverage *massage =
        row_of(report.interventions, report.intervention_count, "massage");
    assert_int_equal(massage->trials, 3);
    assert_int_equal(massage->reviews, 1);
    assert_int_equal(massage->people, 64 + 40); /* as told; else both arms of its largest result */
    assert_int_equal(massage->people_unknown, 1);
    assert_int_equal(massage->newest_year, 2022);
    assert_int_equal(massage->questions, 3);
    assert_int_equal(massage->bodies, 1);
    const struct coverage *neck = row_of(report.conditions, report.condition_count, "neck-pain");
    assert_int_equal(neck->trials, 2);
    assert_int_equal(neck->people, 104);
    assert_int_equal(neck->bodies, 1);
    assert_int_equal(neck->certainty, small_rating(catalog, PAIN_SHAM)->certainty.level);
    assert_int_equal(report.pair_count, 2);
    assert_string_equal(report.pairs[0].condition->id, "low-back-pain");
    assert_int_equal(report.pairs[0].certainty, CERTAINTY_UNKNOWN);
    assert_int_equal(report.all.trials, 3);
    catalog_release(catalog);
}

static void a_retracted_study_counts_for_nothing(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 30, -2, "'retracted':true,");
    struct catalog *catalog = small_rate(small);
    struct coverage_report report = coverage_of(catalog, small->arena);
    assert_int_equal(report.all.trials, 0);
    assert_int_equal(report.retracted, 1);
    assert_true(has_gap(&report, GAP_UNTESTED, "massage"));
    catalog_release(catalog);
}

static void what_is_missing_is_named(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", "", small_pain(small, "sham", "'p':0.5"));
    small_trial(small, "b", 2015, "neck-pain",
                "'pmid':'1','funding':'none','checked':{'by':'x','agrees':true}," RATED("low"),
                "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity',"
                "'scale':{'name':'VAS'},'better':'lower','window':'short','measure':'MD',"
                "'estimate':-1,'ci':[-2,0]}");
    struct catalog *catalog = small_rate(small);
    struct coverage_report report = coverage_of(catalog, small->arena);
    static const enum gap_kind of_studies[] = {GAP_UNIDENTIFIED, GAP_UNAPPRAISED, GAP_UNCHECKED,
                                               GAP_FUNDING};
    for (size_t i = 0; i < sizeof of_studies / sizeof *of_studies; i++) {
        assert_true(has_gap(&report, of_studies[i], "ts:a"));
        assert_int_equal(report.gaps[of_studies[i]].count, 1);
        assert_int_equal(report.gaps[of_studies[i]].of, 2);
    }
    assert_true(has_gap(&report, GAP_UNTESTED, "exercise"));
    assert_false(has_gap(&report, GAP_UNTESTED, "massage"));
    assert_true(has_gap(&report, GAP_UNSTUDIED, "low-back-pain"));
    assert_false(has_gap(&report, GAP_UNSTUDIED, "neck-pain"));
    assert_true(has_gap(&report, GAP_WITHOUT_FIGURE, "ts:a/results/0"));
    assert_int_equal(report.gaps[GAP_WITHOUT_FIGURE].count, 1);
    assert_true(has_gap(&report, GAP_WITHOUT_ENDS, "ts:b/results/0"));
    assert_int_equal(report.gaps[GAP_WITHOUT_ENDS].count, 1);
    catalog_release(catalog);
}

static void an_appraisal_of_the_trials_inside_is_none_of_the_review(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_add(small, "{'id':'ts:a','title':'t','design':'systematic-review','condition':'neck-pain'"
                     ",'appraisals':[{'instrument':'RoB 2','scope':'included-trials',"
                     "'rated_by':'x'}],'sources':[{'url':'x'}]}");
    struct catalog *catalog = small_rate(small);
    struct coverage_report report = coverage_of(catalog, small->arena);
    assert_true(has_gap(&report, GAP_UNAPPRAISED, "ts:a"));
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trials_people_years_and_figures_are_counted),
        cmocka_unit_test(a_retracted_study_counts_for_nothing),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(an_appraisal_of_the_trials_inside_is_none_of_the_review),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
