/* What is told of a place of the body, over the curated base. */
#include <math.h>
#include <string.h>

#include "evidence/judgement/place/place_answer.h"
#include "evidence/rating/verdict.h"
#include "tests/evidence/judgement/real_knowledge.h"

static struct place_answer told(const struct catalog *catalog, const char *id, struct arena *arena)
{
    struct place_answer answer;
    const struct place *place = places_find(&base_rulebooks(catalog_base(catalog))->places, id);
    assert_non_null(place);
    place_answer(catalog, place, arena, &answer);
    return answer;
}

static const struct place *every_place(const struct catalog *catalog, size_t index)
{
    const struct places *places = &base_rulebooks(catalog_base(catalog))->places;
    return index < places->count ? &places->items[index] : NULL;
}

static void a_danger_of_the_place_is_not_told_again_among_the_general_ones(void **state)
{
    struct arena *arena = arena_new();
    size_t general = places_everywhere(&base_rulebooks(catalog_base(*state))->places)->flag_count;
    for (size_t i = 0; every_place(*state, i) != NULL; i++) {
        struct place_answer answer = told(*state, every_place(*state, i)->id, arena);
        size_t own = 0;
        for (size_t j = 0; j < answer.general_count; j++)
            for (size_t k = 0; k < answer.place->flag_count; k++)
                own += answer.general[j]->flag == answer.place->flags[k].flag;
        assert_int_equal(own, 0);
        assert_true(answer.general_count <= general);
        assert_true(answer.general_count + answer.place->flag_count >= general);
    }
    arena_free(arena);
}

/* Above "We don't know yet" a verdict says that it helps, below "No study found" that it doesn't.
 */
static void check_rated(const struct place_rated *rated, const struct catalog *catalog,
                        struct arena *arena)
{
    const struct headline **ranked;
    size_t count = catalog_ranked(catalog, rated->condition, arena, &ranked);
    assert_int_equal(rated->helping_count + rated->unknown_count + rated->failing_count +
                         rated->compared_count,
                     count);
    assert_true(rated->helping_named <= rated->helping_count);
    assert_true(rated->failing_named <= rated->failing_count);
    for (size_t i = 0; i < rated->helping_named; i++) {
        assert_ptr_equal(rated->helping[i], ranked[i]);
        assert_true(verdict_rank(rated->helping[i]->verdict) < verdict_rank("unproven"));
    }
    for (size_t i = 0; i < rated->failing_named; i++) {
        int rank = verdict_rank(rated->failing[i]->verdict);
        assert_true(rank > verdict_rank("untested") && rank <= verdict_rank("harmful"));
        assert_true(i == 0 || rank <= verdict_rank(rated->failing[i - 1]->verdict));
    }
    size_t unknown = 0;
    for (size_t i = 0; i < count; i++)
        unknown += strcmp(ranked[i]->verdict, "unproven") == 0;
    assert_int_equal(rated->unknown_count, unknown);
}

static void what_helps_what_does_not_and_what_is_not_known_are_kept_apart(void **state)
{
    struct arena *arena = arena_new();
    size_t failing = 0;
    for (size_t i = 0; every_place(*state, i) != NULL; i++) {
        struct place_answer answer = told(*state, every_place(*state, i)->id, arena);
        for (size_t j = 0; j < answer.complaint_count; j++) {
            check_rated(&answer.complaints[j].rated, *state, arena);
            failing += answer.complaints[j].rated.failing_named;
        }
    }
    assert_true(failing > 0); /* else nothing above was looked at */
    arena_free(arena);
}

static void low_back_pain_is_told_by_how_long_it_has_lasted(void **state)
{
    struct arena *arena = arena_new();
    struct place_answer answer = told(*state, "low-back", arena);
    assert_int_equal(answer.complaint_count, 1);
    assert_true(answer.complaints[0].splits);
    assert_string_equal(answer.complaints[0].recent.condition->id, "acute-low-back-pain");
    assert_string_equal(answer.complaints[0].lasting.condition->id, "chronic-low-back-pain");
    check_rated(&answer.complaints[0].recent, *state, arena);
    check_rated(&answer.complaints[0].lasting, *state, arena);
    assert_float_equal(answer.lasting_from_days, 84, 0); /* language.json: chronic_from_days */
    assert_true(isnan(told(*state, "knee", arena).lasting_from_days));
    arena_free(arena);
}

static const struct place_muscle *muscle_of(const struct place_answer *answer, const char *id)
{
    for (size_t i = 0; i < answer->muscle_count; i++)
        if (strcmp(answer->muscles[i].muscle->id, id) == 0)
            return &answer->muscles[i];
    return NULL;
}

/* referral.json: infraspinatus is felt at the front of the shoulder, the upper arm and the shoulder
 * blade. */
static void a_muscle_stands_where_it_is_felt_with_its_areas_there(void **state)
{
    struct arena *arena = arena_new();
    struct place_answer shoulder = told(*state, "shoulder", arena);
    struct place_answer arm = told(*state, "upper-arm", arena);
    struct place_answer calf = told(*state, "calf-shin", arena);
    const struct place_muscle *felt = muscle_of(&shoulder, "infraspinatus");
    assert_non_null(felt);
    assert_string_equal(felt->areas[0], "front of the shoulder, deep in the joint");
    assert_null(felt->areas[1]);
    assert_string_equal(muscle_of(&arm, "infraspinatus")->areas[0], "outer front of the upper arm");
    assert_null(muscle_of(&calf, "infraspinatus"));
    assert_non_null(strstr(shoulder.maps, "never rule out"));
    arena_free(arena);
}

static void complaints_of_no_one_place_are_named_beside_those_of_the_place(void **state)
{
    struct arena *arena = arena_new();
    struct place_answer thigh = told(*state, "thigh-front", arena);
    struct place_answer all = told(*state, "whole-body", arena);
    for (const struct condition *const *one = thigh.anywhere; *one != NULL; one++)
        for (size_t i = 0; i < thigh.complaint_count; i++)
            assert_ptr_not_equal(*one, thigh.complaints[i].rated.condition);
    assert_non_null(thigh.anywhere[0]);
    assert_null(all.anywhere[0]);
    assert_int_equal(all.general_count, 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_danger_of_the_place_is_not_told_again_among_the_general_ones),
        cmocka_unit_test(what_helps_what_does_not_and_what_is_not_known_are_kept_apart),
        cmocka_unit_test(low_back_pain_is_told_by_how_long_it_has_lasted),
        cmocka_unit_test(a_muscle_stands_where_it_is_felt_with_its_areas_there),
        cmocka_unit_test(complaints_of_no_one_place_are_named_beside_those_of_the_place),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
