/* How a treatment stands for a claim, from trials made up for it. */
#include "tests/evidence/judgement/claim/claim_base.h"

#include "evidence/judgement/claim/standing.h"

static struct standing_question ask(const struct catalog *catalog, const char *condition)
{
    const struct base *base = catalog_base(catalog);
    return (struct standing_question){
        .intervention = base_intervention(base, BALL),
        .condition = condition == NULL ? NULL : base_condition(base, condition)};
}

static struct standing stands(const struct catalog *catalog, struct standing_question question)
{
    struct arena *arena = arena_new();
    struct standing standing = *standing_of(standings_new(catalog, arena), &question);
    arena_free(arena);
    return standing;
}

static void one_trial_alone_weighs_less_than_a_pool(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    claim_base_trial(made, "sham", 10, 0.1, "high");
    struct catalog *catalog = claim_base_rate(made);
    assert_int_equal(stands(catalog, ask(catalog, "neck-pain")).neither, 1);
    catalog_release(catalog);
    made = claim_base_new(BALL);
    for (int i = 0; i < 3; i++)
        claim_base_trial(made, "sham", 10, 0.1, "high");
    catalog = claim_base_rate(made);
    assert_int_equal(stands(catalog, ask(catalog, "neck-pain")).neither, 3);
    catalog_release(catalog);
}

static void a_window_and_a_comparator_narrow_what_is_looked_at(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    for (int i = 0; i < 4; i++)
        claim_base_trial(made, "nothing", 150, -2, "low");
    struct catalog *catalog = claim_base_rate(made);
    struct standing_question question = ask(catalog, "neck-pain");
    question.comparators = 1u << COMPARATOR_SHAM;
    assert_int_equal(stands(catalog, question).kind, STANDING_UNTESTED);
    question.comparators = 1u << COMPARATOR_NOTHING;
    assert_true(stands(catalog, question).rating_count > 0);
    question.windows = 1u << WINDOW_LONG;
    assert_int_equal(stands(catalog, question).kind, STANDING_UNTESTED);
    catalog_release(catalog);
}

static void a_condition_borrows_from_its_parent_and_says_so(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    for (int i = 0; i < 4; i++)
        claim_base_trial(made, "sham", 150, -2, "low");
    struct catalog *catalog = claim_base_rate(made);
    struct standing standing = stands(catalog, ask(catalog, "neck-mtrp"));
    assert_true(standing.kind != STANDING_UNTESTED);
    assert_true(standing.borrowed);
    assert_string_equal(standing.home->id, "neck-pain");
    assert_int_equal(stands(catalog, ask(catalog, "migraine")).kind, STANDING_UNTESTED);
    assert_true(stands(catalog, ask(catalog, NULL)).kind != STANDING_UNTESTED);
    catalog_release(catalog);
}

static void the_same_question_is_answered_once(void **state)
{
    (void)state;
    struct catalog *catalog = claim_base_rate(claim_base_new(BALL));
    struct arena *arena = arena_new();
    struct standings *standings = standings_new(catalog, arena);
    struct standing_question question = ask(catalog, "neck-pain");
    assert_ptr_equal(standing_of(standings, &question), standing_of(standings, &question));
    arena_free(arena);
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_trial_alone_weighs_less_than_a_pool),
        cmocka_unit_test(a_window_and_a_comparator_narrow_what_is_looked_at),
        cmocka_unit_test(a_condition_borrows_from_its_parent_and_says_so),
        cmocka_unit_test(the_same_question_is_answered_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
