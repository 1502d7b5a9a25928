/* One answer for "does this help that?" (METHOD Q4, V0, V1 and the conditions' tree). */
#include "tests/evidence/rating/small_base.h"

static void sure(struct small *small, const char *name, const char *condition,
                 const char *comparator, const char *window, int n, double effect, const char *risk)
{
    small_trial(small, name, 2015, condition, risk,
                arena_printf(small->arena,
                             "{'intervention':'massage','comparator':'%s','outcome':"
                             "'pain-intensity','scale':{'name':'VAS','low':0,'high':10},'better':"
                             "'lower','window':'%s',%s}",
                             comparator, window, small_arms(small, n, 5 + effect, 2, n, 5, 2)));
}

static const struct headline *answer(struct small *small, const char *condition,
                                     struct catalog **catalog)
{
    *catalog = small_rate(small);
    return small_headline(small, *catalog, condition);
}

static void a_sham_body_of_low_certainty_or_better_answers(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "sham", "neck-pain", "sham", "short", 100, -1.5, RATED("low"));
    sure(small, "nothing", "neck-pain", "nothing", "short", 400, -2.5, RATED("low"));
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_string_equal(headline->rating->question.id, PAIN_SHAM);
    assert_string_equal(headline->nothing->question.id, PAIN_NOTHING);
    catalog_release(catalog);
}

static void a_benefit_over_nothing_is_unproven_beside_any_null_against_a_sham(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "sham", "neck-pain", "sham", "short", 20, -0.2, RATED("high"));
    sure(small, "nothing", "neck-pain", "nothing", "short", 400, -2.5, RATED("low"));
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_string_equal(headline->verdict, "unproven");
    assert_string_equal(headline->rule, "V1");
    assert_int_equal(headline->certainty, CERTAINTY_VERY_LOW);
    says(headline->sentence, "We don't know whether massage works better than a pretend massage.");
    says(headline->sentence, "2.5 points less");
    says(headline->sentence, "against that, the studies found 0.2 points less");
    catalog_release(catalog);
}

static void a_sham_body_on_the_side_of_harm_holds_a_benefit_back_too(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "sham", "neck-pain", "sham", "short", 20, 2, RATED("high"));
    sure(small, "nothing", "neck-pain", "nothing", "short", 400, -2.5, RATED("low"));
    assert_string_equal(answer(small, "neck-pain", &catalog)->verdict, "unproven");
    catalog_release(catalog);
}

static void what_does_not_beat_nothing_needs_no_sham_to_say_so(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "sham", "neck-pain", "sham", "short", 20, -0.2, RATED("high"));
    sure(small, "nothing", "neck-pain", "nothing", "short", 400, 0, RATED("low"));
    assert_string_equal(answer(small, "neck-pain", &catalog)->verdict, "probably-does-not-work");
    catalog_release(catalog);
}

static void without_a_sham_body_the_answer_says_so(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "nothing", "neck-pain", "nothing", "short", 400, -2.5, RATED("low"));
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_string_equal(headline->verdict, "probably-works");
    says(headline->sentence, "It has not been shown to beat a pretend massage");
    assert_null(headline->sham);
    catalog_release(catalog);
}

static void a_sham_body_at_another_time_is_told_and_holds_nothing_back(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "sham", "neck-pain", "sham", "immediate", 100, 0, RATED("low"));
    sure(small, "nothing", "neck-pain", "nothing", "short", 400, -2.5, RATED("low"));
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_string_equal(headline->verdict, "probably-works");
    says(headline->sentence, "against that, in the first three days, the studies found next to no");
    catalog_release(catalog);
}

static void the_nearest_window_with_a_body_answers_and_is_named(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "long", "neck-pain", "sham", "long", 400, -2, RATED("low"));
    sure(small, "medium", "neck-pain", "sham", "medium", 400, -1.5, RATED("low"));
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_int_equal(headline->rating->question.window, WINDOW_MEDIUM);
    says(headline->sentence, "after three to six months");
    catalog_release(catalog);
}

static void a_second_primary_outcome_answers_where_the_first_has_no_body(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_trial(small, "a", 2015, "neck-pain", RATED("low"),
                "{'intervention':'massage','comparator':'sham','outcome':'responders-50','better':"
                "'higher','window':'short','arms':[{'role':'intervention','n':400,'events':300},"
                "{'role':'comparator','n':400,'events':150}]}");
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_string_equal(headline->rating->question.outcome->id, "responders-50");
    assert_string_equal(headline->verdict, "probably-works");
    catalog_release(catalog);
}

static void comparisons_with_other_treatments_never_make_a_headline(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "a", "neck-pain", "active:exercise", "short", 400, -2, RATED("low"));
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_string_equal(headline->verdict, "unproven");
    assert_string_equal(headline->rule, "V0");
    says(headline->sentence, "No trial against a pretend massage or doing without it stands");
    catalog_release(catalog);
}

/* 20 people an arm at high risk: a benefit, and very low; 100 more found nothing they could print.
 */
static void a_benefit_over_a_sham_that_is_not_sure_says_why_and_what_the_others_found(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "sham", "neck-pain", "sham", "short", 20, -3, RATED("high"));
    small_trial(small, "other", 2016, "neck-pain", "'participants':100,",
                small_pain(small, "sham", "'favours':'neither'"));
    sure(small, "nothing", "neck-pain", "nothing", "short", 400, -2.5, RATED("low"));
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_string_equal(headline->rating->question.id, PAIN_NOTHING);
    says(headline->sentence, "Compared with a pretend massage, the studies found 3.0 points less");
    says(headline->sentence,
         "That is far from sure: it rests on 1 trial with 40 people. Of 2 trials with one");
    says(headline->sentence, "1 found no difference");
    catalog_release(catalog);
}

/* ---- kin ---- */

static void a_parent_is_answered_by_the_kin_with_most_people(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "own", "neck-pain", "sham", "short", 100, -1.5, RATED("low"));
    sure(small, "knots", "neck-mtrp", "sham", "short", 400, 0, RATED("low"));
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_string_equal(headline->home->id, "neck-mtrp");
    assert_string_equal(headline->verdict, "probably-does-not-work");
    says(headline->sentence, "The largest studies here are about knots in the neck.");
    assert_string_equal(headline->besides[0]->id, "neck-pain");
    assert_null(headline->besides[1]);
    catalog_release(catalog);
}

/* A review that does not tell how many took part may be the largest of all. */
static void the_largest_is_said_only_of_those_that_tell_their_size(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "knots", "neck-mtrp", "sham", "short", 400, 0, RATED("low"));
    small_trial(small, "r", 2016, "neck-pain", "",
                small_pain(small, "sham", small_md(small, -2, -2.5, -1.5)))
        ->design = DESIGN_SYSTEMATIC_REVIEW;
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_string_equal(headline->home->id, "neck-mtrp");
    says(headline->sentence, "Of the studies here that tell how many took part, the largest are "
                             "about knots in the neck.");
    catalog_release(catalog);
}

static void where_acute_and_chronic_differ_the_weaker_heads(void **state)
{
    (void)state;
    for (int differ = 0; differ < 2; differ++) {
        struct small *small = small_new();
        struct catalog *catalog;
        sure(small, "acute", "acute-low-back-pain", "sham", "short", 200, differ ? 0 : -2,
             RATED("low"));
        sure(small, "chronic", "chronic-low-back-pain", "sham", "short", 400, -2, RATED("low"));
        const struct headline *headline = answer(small, "low-back-pain", &catalog);
        assert_string_equal(headline->home->id,
                            differ ? "acute-low-back-pain" : "chronic-low-back-pain");
        if (differ)
            says(headline->sentence, "differ by how long");
        catalog_release(catalog);
    }
}

static void acute_never_borrows_from_chronic(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "chronic", "chronic-low-back-pain", "sham", "short", 400, -2, RATED("low"));
    const struct headline *headline = answer(small, "acute-low-back-pain", &catalog);
    assert_string_equal(headline->verdict, "untested");
    assert_false(headline->borrowed);
    catalog_release(catalog);
}

static void a_condition_without_a_body_borrows_one_level_lower(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "own", "neck-pain", "sham", "short", 400, -2, RATED("low"));
    const struct headline *headline = answer(small, "neck-mtrp", &catalog);
    assert_true(headline->borrowed);
    assert_string_equal(headline->rule, "Q4");
    assert_int_equal(headline->certainty, CERTAINTY_LOW); /* home: moderate */
    assert_string_equal(headline->verdict, "may-work");
    says(headline->sentence, "No study of knots in the neck itself gives a usable figure");
    catalog_release(catalog);
}

/* Whatever held the home down: a cap (B3, low), or the grade of a review (S1, B4). */
static void a_borrowed_answer_is_below_its_home_under_caps_and_grades_too(void **state)
{
    (void)state;
    for (int graded = 0; graded < 2; graded++) {
        struct small *small = small_new();
        struct catalog *catalog;
        if (graded) {
            small_trial(small, "r", 2016, "neck-pain", "",
                        small_pain(small, "sham",
                                   arena_printf(small->arena,
                                                "'k':9,'n':900,'grade':{'level':'low','by':'x'},%s",
                                                small_md(small, -2, -2.5, -1.5))))
                ->design = DESIGN_SYSTEMATIC_REVIEW;
        } else {
            for (int i = 0; i < 5; i++)
                sure(small, arena_printf(small->arena, "t%d", i), "neck-pain", "sham", "short", 400,
                     -2, "");
        }
        const struct headline *borrowed = answer(small, "neck-mtrp", &catalog);
        assert_int_equal(small_headline(small, catalog, "neck-pain")->certainty, CERTAINTY_LOW);
        assert_int_equal(borrowed->certainty, CERTAINTY_VERY_LOW);
        catalog_release(catalog);
    }
}

static void a_parents_sham_body_is_borrowed_before_its_body_against_nothing(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "sham", "neck-pain", "sham", "short", 20, -0.2, RATED("high"));
    sure(small, "nothing", "neck-pain", "nothing", "short", 400, -2.5, RATED("low"));
    const struct headline *headline = answer(small, "neck-mtrp", &catalog);
    assert_true(headline->borrowed);
    assert_string_equal(headline->rating->question.id, PAIN_SHAM);
    assert_string_equal(headline->verdict, "unproven");
    catalog_release(catalog);
}

static void a_parents_sham_body_is_told_beside_an_answer_of_ones_own(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "sham", "neck-pain", "sham", "short", 400, 0, RATED("low"));
    sure(small, "nothing", "neck-mtrp", "nothing", "short", 400, -2.5, RATED("low"));
    const struct headline *headline = answer(small, "neck-mtrp", &catalog);
    assert_false(headline->borrowed);
    assert_string_equal(headline->verdict, "probably-works");
    says(headline->sentence,
         "In people with neck pain, against a pretend massage, the studies found next to no");
    catalog_release(catalog);
}

/* ---- V0 and untested ---- */

static void only_an_empty_shelf_is_untested(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_add(small, "{'id':'ts:case','title':'t','design':'case-report','condition':'neck-pain',"
                     "'sources':[{'url':'u'}],'harms':[{'intervention':'massage','event':'bruise',"
                     "'severity':'minor'}]}");
    assert_string_equal(answer(small, "neck-pain", &catalog)->verdict, "unproven");
    const struct headline *back = small_headline(small, catalog, "low-back-pain");
    assert_string_equal(back->verdict, "untested");
    says(back->sentence, "not the same as \"it does not work\"");
    const struct headline *knots = small_headline(small, catalog, "neck-mtrp");
    assert_string_equal(knots->verdict, "untested");
    says(knots->sentence, "There are studies for neck pain");
    catalog_release(catalog);
}

static void a_study_of_a_child_counts_for_the_parent(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_trial(small, "a", 2015, "neck-mtrp", "",
                small_pain(small, "sham", "'favours':'neither'"));
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_string_equal(headline->verdict, "unproven");
    assert_int_equal(headline->studies, 1);
    catalog_release(catalog);
}

static void a_retracted_study_alone_leaves_the_shelf_empty(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    sure(small, "a", "neck-pain", "sham", "short", 400, -2, "'retracted':true,");
    assert_string_equal(answer(small, "neck-pain", &catalog)->verdict, "untested");
    catalog_release(catalog);
}

static void directions_against_a_sham_come_first_where_all_are_null(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    for (int i = 0; i < 2; i++)
        small_trial(small, i == 0 ? "a" : "b", 2015, "neck-pain", "'participants':30,",
                    small_pain(small, "sham", "'favours':'neither'"));
    small_trial(small, "c", 2015, "neck-pain", "'participants':40,",
                small_pain(small, "nothing", "'favours':'intervention'"));
    assert_string_equal(
        answer(small, "neck-pain", &catalog)->sentence,
        "Both trials with a pretend massage found no difference (60 people). We don't know "
        "whether massage helps people with neck pain: 3 studies here give no figure that can "
        "answer this. Of 3 trials against a pretend massage or doing without it, 1 found it "
        "better and 2 found no difference (100 people). A count of trials proves nothing.");
    catalog_release(catalog);
}

static void the_direction_of_the_primary_outcome_against_a_sham_speaks_for_a_trial(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog;
    small_trial(small, "a", 2015, "neck-pain", "",
                arena_printf(small->arena,
                             "{'intervention':'massage','comparator':'nothing','outcome':"
                             "'disability','better':'lower','window':'short','favours':"
                             "'intervention'},%s",
                             small_pain(small, "sham", "'favours':'neither'")));
    const struct headline *headline = answer(small, "neck-pain", &catalog);
    assert_int_equal(headline->directions.neither, 1);
    assert_int_equal(headline->directions.better, 0);
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sham_body_of_low_certainty_or_better_answers),
        cmocka_unit_test(a_benefit_over_nothing_is_unproven_beside_any_null_against_a_sham),
        cmocka_unit_test(a_sham_body_on_the_side_of_harm_holds_a_benefit_back_too),
        cmocka_unit_test(what_does_not_beat_nothing_needs_no_sham_to_say_so),
        cmocka_unit_test(without_a_sham_body_the_answer_says_so),
        cmocka_unit_test(a_sham_body_at_another_time_is_told_and_holds_nothing_back),
        cmocka_unit_test(the_nearest_window_with_a_body_answers_and_is_named),
        cmocka_unit_test(a_second_primary_outcome_answers_where_the_first_has_no_body),
        cmocka_unit_test(comparisons_with_other_treatments_never_make_a_headline),
        cmocka_unit_test(a_benefit_over_a_sham_that_is_not_sure_says_why_and_what_the_others_found),
        cmocka_unit_test(a_parent_is_answered_by_the_kin_with_most_people),
        cmocka_unit_test(the_largest_is_said_only_of_those_that_tell_their_size),
        cmocka_unit_test(where_acute_and_chronic_differ_the_weaker_heads),
        cmocka_unit_test(acute_never_borrows_from_chronic),
        cmocka_unit_test(a_condition_without_a_body_borrows_one_level_lower),
        cmocka_unit_test(a_borrowed_answer_is_below_its_home_under_caps_and_grades_too),
        cmocka_unit_test(a_parents_sham_body_is_borrowed_before_its_body_against_nothing),
        cmocka_unit_test(a_parents_sham_body_is_told_beside_an_answer_of_ones_own),
        cmocka_unit_test(only_an_empty_shelf_is_untested),
        cmocka_unit_test(a_study_of_a_child_counts_for_the_parent),
        cmocka_unit_test(a_retracted_study_alone_leaves_the_shelf_empty),
        cmocka_unit_test(directions_against_a_sham_come_first_where_all_are_null),
        cmocka_unit_test(the_direction_of_the_primary_outcome_against_a_sham_speaks_for_a_trial),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
