/* A catalog that takes over what did not change is the catalog rated anew. On the curated base; run
 * from the project's root. */
#include "tests/evidence/rating/small_base.h"

enum { EVERY = 29 }; /* a study in so many is tried */

static void read_base(struct arena *arena, struct base *out)
{
    struct problems problems = {.arena = arena};
    base_read_folder("evidence/data", out, &problems);
    assert_int_equal(problems.count, 0);
}

static struct catalog *rated(struct arena *arena, const struct base *base)
{
    struct catalog_stamp stamp = {.hash = "0"};
    struct error err = {0};
    struct catalog *catalog = catalog_new(arena, base, &stamp, &err);
    assert_non_null(catalog);
    return catalog;
}

/* The base with the study at `at` in another form (NULL: left out). */
static void base_with(const struct base *base, size_t at, const struct study *form,
                      struct arena *arena, struct base *out)
{
    struct study *studies = arena_array(arena, base->study_count, sizeof *studies);
    size_t count = 0;
    for (size_t i = 0; i < base->study_count; i++)
        if (i != at || form != NULL)
            studies[count++] = i == at ? *form : base->studies[i];
    *out = *base;
    out->studies = studies;
    out->study_count = count;
}

/* The same base with its studies folded, as a store gives it. */
static void fold(struct base *base, struct arena *arena)
{
    struct shelf *shelf = shelf_new(arena);
    for (size_t i = 0; i < base->study_count; i++)
        shelf_put(shelf, &base->studies[i]);
    shelf_close(shelf);
    base->shelf = shelf;
    base->studies = NULL;
}

static void same_trace(const struct trace *one, const struct trace *other)
{
    assert_true(one->count > 0);
    assert_int_equal(one->count, other->count);
    for (size_t i = 0; i < one->count; i++) {
        const struct trace_step *a = &one->steps[i];
        const struct trace_step *b = &other->steps[i];
        assert_string_equal(a->text, b->text);
        assert_string_equal(a->rule, b->rule);
        assert_memory_equal(&a->numbers[0].value, &b->numbers[0].value, sizeof(double));
    }
}

static void same_ratings(const struct catalog *one, const struct catalog *other)
{
    struct arena *arena = arena_new();
    assert_int_equal(catalog_rating_count(one), catalog_rating_count(other));
    for (size_t i = 0; i < catalog_rating_count(one); i++) {
        const struct rating *a = catalog_rating(one, i);
        const struct rating *b = catalog_rating(other, i);
        assert_string_equal(a->question.id, b->question.id);
        assert_string_equal(a->sentence, b->sentence);
        assert_string_equal(a->rule, b->rule);
        assert_int_equal(a->certainty.level, b->certainty.level);
        assert_memory_equal(&a->responders.with, &b->responders.with, sizeof(double));
        assert_memory_equal(&a->effect.points, &b->effect.points, sizeof(double));
        assert_memory_equal(&a->synthesis.pooled.b, &b->synthesis.pooled.b, sizeof(double));
        same_trace(catalog_trace(one, a, arena), catalog_trace(other, b, arena));
        arena_clear(arena);
    }
    arena_free(arena);
}

/* From the base with the study as `was` to the base with it as `is`, by the change and anew. */
static void same_either_way(const struct base *base, size_t at, const struct study *was,
                            const struct study *is, bool folded)
{
    struct arena *before_arena = arena_new();
    struct arena *anew_arena = arena_new();
    struct catalog_stamp stamp = {.hash = "0"};
    struct base before;
    struct base anew;
    base_with(base, at, was, before_arena, &before);
    base_with(base, at, is, anew_arena, &anew);
    if (folded)
        fold(&before, before_arena);
    struct catalog *first = rated(before_arena, &before);
    struct catalog *expected = rated(anew_arena, &anew);
    struct catalog *changed = catalog_with_study(first, is, &stamp, arena_new());
    catalog_release(first); /* the changed one holds it */
    same_ratings(changed, expected);
    catalog_release(changed);
    catalog_release(expected);
}

static void a_study_added_gives_the_catalog_rated_anew(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct base base;
    read_base(arena, &base);
    for (size_t i = 3; i < base.study_count; i += EVERY)
        same_either_way(&base, i, NULL, &base.studies[i], i % 2 == 0);
    arena_free(arena);
}

static void a_study_withdrawn_gives_the_catalog_rated_anew(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct base base;
    read_base(arena, &base);
    for (size_t i = 11; i < base.study_count; i += EVERY) {
        struct study retracted = base.studies[i];
        retracted.retracted = true;
        same_either_way(&base, i, &base.studies[i], &retracted, i % 2 == 0);
    }
    arena_free(arena);
}

static void studies_on_a_shelf_are_rated_as_those_that_stand_unfolded(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct arena *folded_arena = arena_new();
    struct base base;
    struct base folded;
    read_base(arena, &base);
    read_base(folded_arena, &folded);
    fold(&folded, folded_arena);
    struct catalog *one = rated(arena, &base);
    struct catalog *other = rated(folded_arena, &folded);
    same_ratings(one, other);
    assert_int_equal(catalog_retracted_count(one), catalog_retracted_count(other));
    catalog_release(one);
    catalog_release(other);
}

/* A study that did not change is the same one for readers of either catalog. */
static void heirs_go_on_using_the_studies(void **state)
{
    (void)state;
    struct catalog_stamp stamp = {.hash = "0"};
    for (int folded = 0; folded < 2; folded++) {
        struct arena *arena = arena_new();
        struct base base;
        read_base(arena, &base);
        struct study changed = base.studies[5];
        changed.retracted = !changed.retracted;
        if (folded)
            fold(&base, arena);
        struct catalog *first = rated(arena, &base);
        struct catalog *second = catalog_with_study(first, &changed, &stamp, arena_new());
        const struct base *before = catalog_base(first);
        const struct base *after = catalog_base(second);
        for (size_t i = 0; i < before->study_count; i++)
            assert_int_equal(base_study_at(before, i) == base_study_at(after, i), i != 5);
        catalog_release(first);
        catalog_release(second);
    }
}

static void note_freed(void *freed)
{
    *(bool *)freed = true;
}

/* Something made for readers, which tells when it goes. */
static void *make_telling(const struct catalog *catalog, struct arena *arena)
{
    bool *freed = memory_alloc(sizeof *freed);
    (void)catalog;
    *freed = false;
    arena_on_free(arena, note_freed, freed);
    return freed;
}

static void what_was_made_for_readers_goes_with_them_and_not_with_the_heirs(void **state)
{
    (void)state;
    struct catalog_stamp stamp = {.hash = "0"};
    struct arena *arena = arena_new();
    struct base base;
    read_base(arena, &base);
    struct catalog *first = rated(arena, &base);
    struct catalog *second = catalog_with_study(first, &base.studies[0], &stamp, arena_new());
    struct catalog *third = catalog_with_study(second, &base.studies[1], &stamp, arena_new());
    bool *of_first = catalog_keep(first, KEPT_SIGNS, make_telling);
    bool *of_second = catalog_keep(second, KEPT_SIGNS, make_telling);
    catalog_release(catalog_retain(first));
    assert_false(*of_first);
    catalog_release(first);
    assert_true(*of_first);
    assert_false(*of_second);
    catalog_release(second);
    assert_true(*of_second);
    same_ratings(third, third); /* its ratings are theirs, and readable */
    catalog_release(third);
    free(of_first);
    free(of_second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(studies_on_a_shelf_are_rated_as_those_that_stand_unfolded),
        cmocka_unit_test(heirs_go_on_using_the_studies),
        cmocka_unit_test(a_study_added_gives_the_catalog_rated_anew),
        cmocka_unit_test(a_study_withdrawn_gives_the_catalog_rated_anew),
        cmocka_unit_test(what_was_made_for_readers_goes_with_them_and_not_with_the_heirs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
