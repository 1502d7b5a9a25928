/* Headlines and standings that are kept with the catalog are those that would be worked out. */
#include "tests/evidence/judgement/real_knowledge.h"

#include <string.h>

#include "evidence/judgement/claim/standing.h"
#include "evidence/judgement/kept_headlines.h"

static void assert_same(const struct headline *kept, const struct headline *made)
{
    assert_ptr_equal(kept->intervention, made->intervention);
    assert_ptr_equal(kept->condition, made->condition);
    assert_ptr_equal(kept->home, made->home);
    assert_string_equal(kept->verdict, made->verdict);
    assert_string_equal(kept->rule, made->rule);
    assert_string_equal(kept->sentence, made->sentence);
    assert_int_equal(kept->certainty, made->certainty);
    assert_int_equal(kept->studies, made->studies);
    assert_int_equal(kept->borrowed, made->borrowed);
    assert_memory_equal(&kept->directions, &made->directions, sizeof made->directions);
    if (!made->borrowed)
        assert_ptr_equal(kept->rating, made->rating);
    assert_ptr_equal(kept->sham, made->sham);
    assert_ptr_equal(kept->nothing, made->nothing);
    size_t i = 0;
    for (; made->besides[i] != NULL; i++)
        assert_ptr_equal(kept->besides[i], made->besides[i]);
    assert_null(kept->besides[i]);
}

/* Each asked for twice: worked out, and found. */
static void a_kept_headline_is_the_one_that_would_be_made(void **state)
{
    const struct base *base = catalog_base(*state);
    const struct outcome *pain = base_outcome(base, "pain-intensity");
    struct arena *arena = arena_new();
    for (size_t i = 0; i < base->intervention_count; i += 3)
        for (size_t j = 0; j < base->condition_count; j++) {
            const struct intervention *intervention = &base->interventions[i];
            const struct condition *condition = &base->conditions[j];
            const struct outcome *outcome = (i + j) % 2 == 0 ? NULL : pain;
            const struct headline *made =
                catalog_headline(*state, intervention, condition, outcome, arena);
            for (int round = 0; round < 2; round++)
                assert_same(kept_headline(*state, intervention, condition, outcome, arena), made);
            arena_clear(arena);
        }
    arena_free(arena);
}

static void what_is_kept_outlives_who_asked_first(void **state)
{
    const struct base *base = catalog_base(*state);
    const struct intervention *tens = base_intervention(base, "tens");
    const struct condition *back = base_condition(base, "low-back-pain");
    struct arena *first = arena_new();
    const struct headline *kept = kept_headline(*state, tens, back, NULL, first);
    assert_false(kept->borrowed);
    arena_free(first);
    struct arena *second = arena_new();
    assert_ptr_equal(kept_headline(*state, tens, back, NULL, second), kept);
    assert_ptr_equal(kept->condition, back);
    arena_free(second);
}

/* Of an unproven pair, where the questions are looked at. */
static void a_kept_standing_is_the_one_worked_out_first(void **state)
{
    const struct base *base = catalog_base(*state);
    for (size_t i = 0; i < base->intervention_count; i++) {
        struct standing_question question = {.intervention = &base->interventions[i],
                                             .condition = base_condition(base, "neck-pain"),
                                             .windows = i % 2 == 0 ? STANDING_ANY : 1u};
        struct arena *arenas[] = {arena_new(), arena_new()};
        const struct standing *first = standing_of(standings_new(*state, arenas[0]), &question);
        const struct standing *again = standing_of(standings_new(*state, arenas[1]), &question);
        assert_int_equal(first->kind, again->kind);
        assert_ptr_equal(first->home, again->home);
        assert_int_equal(first->rating_count, again->rating_count);
        for (size_t j = 0; j < first->rating_count && !first->borrowed; j++)
            assert_ptr_equal(first->ratings[j], again->ratings[j]);
        assert_int_equal(first->headline == NULL, again->headline == NULL);
        if (first->headline != NULL)
            assert_string_equal(first->headline->sentence, again->headline->sentence);
        arena_free(arenas[0]);
        arena_free(arenas[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kept_headline_is_the_one_that_would_be_made),
        cmocka_unit_test(what_is_kept_outlives_who_asked_first),
        cmocka_unit_test(a_kept_standing_is_the_one_worked_out_first),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
