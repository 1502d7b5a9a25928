/* Studies folded onto a shelf come back as they were, and are found there. Run from the project's
 * root. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <float.h>
#include <pthread.h>

#include "tests/evidence/random_base.h"

static const char *const none[] = {NULL};

static const char *written(const struct study *study, struct arena *arena)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, 0);
    study_write(study, &writer);
    const char *text = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return text;
}

static struct shelf *shelved(const struct base *base, struct arena *arena)
{
    struct shelf *shelf = shelf_new(arena);
    for (size_t i = base->study_count; i-- > 0;) /* in an order that is not that of ids */
        shelf_put(shelf, &base->studies[i]);
    shelf_close(shelf);
    return shelf;
}

/* As the base has them, by a look and for good. */
static void same_studies(const struct shelf *shelf, const struct base *base)
{
    struct arena *arena = arena_new();
    assert_int_equal(shelf_count(shelf), base->study_count);
    for (size_t i = 0; i < base->study_count; i++) {
        const char *was = written(&base->studies[i], arena);
        size_t place = shelf_find(shelf, base->studies[i].id);
        assert_string_equal(shelf_id(shelf, place), base->studies[i].id);
        assert_string_equal(written(shelf_read(shelf, place, arena), arena), was);
        assert_string_equal(written(shelf_study(shelf, place), arena), was);
        assert_ptr_equal(shelf_read(shelf, place, arena), shelf_study(shelf, place));
        arena_clear(arena);
    }
    arena_free(arena);
}

static void studies_of_any_content_come_back_as_they_were(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct arena *arena = arena_new();
        struct base base = random_base(seed, 12, arena);
        same_studies(shelved(&base, arena), &base);
        arena_free(arena);
    }
}

static void every_curated_study_comes_back_as_it_was(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct base base;
    base_read_folder("evidence/data", &base, &problems);
    assert_int_equal(problems.count, 0);
    assert_true(base.study_count > 100);
    struct shelf *shelf = shelved(&base, arena);
    same_studies(shelf, &base);
    for (size_t i = 1; i < base.study_count; i++)
        assert_true(strcmp(shelf_id(shelf, i - 1), shelf_id(shelf, i)) < 0);
    arena_free(arena);
}

/* A study whose only result has this estimate. */
static struct study with_estimate(struct result *result, double estimate)
{
    *result = (struct result){.intervention = "massage", .estimate = estimate};
    return (struct study){.id = "ts:one",
                          .aliases = none,
                          .registrations = none,
                          .pooled_in = none,
                          .results = result,
                          .result_count = 1};
}

static void numbers_come_back_bit_for_bit(void **state)
{
    (void)state;
    const double numbers[] = {0,
                              -0.0,
                              0.1,
                              -0.1,
                              1.005,
                              0.00005,
                              123456.7891,
                              1e15,
                              -1e15,
                              1e15 + 1,
                              1.0 / 3,
                              2.0 / 3e5,
                              DBL_MAX,
                              DBL_MIN,
                              5e-324,
                              INFINITY,
                              -INFINITY,
                              99999999999.9999,
                              9007199254740993.0,
                              0.3 - 0.1,
                              -1e-5,
                              4.35,
                              1e-300};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct arena *arena = arena_new();
        struct result result;
        struct study study = with_estimate(&result, numbers[i]);
        struct base base = {.studies = &study, .study_count = 1};
        double back = shelf_study(shelved(&base, arena), 0)->results[0].estimate;
        if (memcmp(&back, &numbers[i], sizeof back) != 0)
            fail_msg("%.17g came back as %.17g", numbers[i], back);
        arena_free(arena);
    }
    for (int hundredths = -100000; hundredths <= 100000; hundredths += 7) {
        struct arena *arena = arena_new();
        struct result result;
        struct study study = with_estimate(&result, hundredths / 100.0);
        struct base base = {.studies = &study, .study_count = 1};
        double back = shelf_study(shelved(&base, arena), 0)->results[0].estimate;
        assert_memory_equal(&back, &result.estimate, sizeof back);
        arena_free(arena);
    }
}

static void what_is_not_known_stays_unknown(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct result result;
    struct study study = with_estimate(&result, NAN);
    study.year = study.participants = study.trials = COUNT_UNKNOWN;
    struct base base = {.studies = &study, .study_count = 1};
    const struct study *back = shelf_study(shelved(&base, arena), 0);
    assert_true(isnan(back->results[0].estimate));
    assert_int_equal(back->year, COUNT_UNKNOWN);
    assert_null(back->title);
    assert_null(back->aliases[0]);
    assert_null(back->pooled_in[0]);
    assert_int_equal(back->author_count, 0);
    assert_int_equal(back->results[0].arm_count, 0);
    arena_free(arena);
}

/* Three studies with other ids. */
static struct base three(struct arena *arena)
{
    static const char *const also[] = {"ref:old", "pmid:9", NULL};
    struct study *studies = arena_array(arena, 3, sizeof *studies);
    for (int i = 0; i < 3; i++)
        studies[i] = (struct study){.id = arena_printf(arena, "ts:%c", 'b' + i),
                                    .title = "t",
                                    .aliases = none,
                                    .registrations = none,
                                    .pooled_in = none};
    studies[1].aliases = also;
    studies[1].doi = "10.1/x";
    studies[2].pmcid = "PMC7";
    return (struct base){.studies = studies, .study_count = 3};
}

static void finds(const struct shelf *shelf, const char *id, const char *found)
{
    size_t place = shelf_find(shelf, id);
    if (found == NULL)
        assert_int_equal(place, shelf_count(shelf));
    else
        assert_string_equal(shelf_id(shelf, place), found);
}

static void a_study_is_found_by_any_of_its_ids(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct base base = three(arena);
    struct shelf *shelf = shelved(&base, arena);
    const struct {
        const char *id;
        const char *found;
    } cases[] = {
        {"ts:b", "ts:b"},       {"ref:old", "ts:c"}, {"pmid:9", "ts:c"}, {"doi:10.1/x", "ts:c"},
        {"pmcid:PMC7", "ts:d"}, {"10.1/x", NULL},    {"ts:e", NULL},     {"", NULL},
        {"doi:", NULL},         {"ts:a", NULL}};
    struct base on_shelf = {.shelf = shelf, .study_count = 3};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        finds(shelf, cases[i].id, cases[i].found);
        const struct study *one = base_study(&base, cases[i].id);
        const struct study *other = base_study(&on_shelf, cases[i].id);
        assert_int_equal(one == NULL, other == NULL); /* as where they stand unfolded */
        assert_true(one == NULL || strcmp(one->id, other->id) == 0);
    }
    arena_free(arena);
}

static void one_more_or_another_form_leaves_the_rest_as_they_are(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct base base = three(arena);
    struct shelf *kinds[] = {shelved(&base, arena), shelf_of(base.studies, 3, arena)};
    for (size_t i = 0; i < 2; i++) {
        struct study added = base.studies[0];
        added.id = "ts:a";
        added.doi = "10.1/new";
        struct shelf *more = shelf_with(kinds[i], &added, arena);
        assert_int_equal(shelf_count(more), 4);
        assert_ptr_equal(shelf_study(more, 0), &added);
        for (size_t j = 0; j < 3; j++)
            assert_ptr_equal(shelf_study(more, j + 1), shelf_study(kinds[i], j));
        finds(more, "doi:10.1/new", "ts:a");
        finds(more, "ref:old", "ts:c");
        finds(more, "pmcid:PMC7", "ts:d");

        struct study other = base.studies[1];
        other.aliases = none;
        other.doi = "10.1/other";
        struct shelf *changed = shelf_with(more, &other, arena);
        assert_int_equal(shelf_count(changed), 4);
        assert_ptr_equal(shelf_study(changed, 2), &other);
        assert_ptr_equal(shelf_study(changed, 3), shelf_study(kinds[i], 2));
        finds(changed, "doi:10.1/other", "ts:c");
        finds(changed, "ref:old", NULL);
        finds(changed, "doi:10.1/x", NULL);
        finds(more, "ref:old", "ts:c"); /* what was there is as it was */
    }
    arena_free(arena);
}

static void an_empty_shelf_and_one_never_closed_are_freed_with_their_arena(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct base base = three(arena);
    struct base nothing = {0};
    struct shelf *empty = shelved(&nothing, arena);
    assert_int_equal(shelf_count(empty), 0);
    finds(empty, "ts:b", NULL);
    assert_int_equal(shelf_count(shelf_with(empty, &base.studies[0], arena)), 1);
    struct shelf *open = shelf_new(arena);
    shelf_put(open, &base.studies[1]);
    shelf_new(arena);
    arena_free(arena); /* what the sanitizers see */
}

/* ---- by several at once ---- */

enum { READERS = 4 };

struct reader {
    pthread_t thread;
    const struct shelf *shelf;
    const struct study *seen[200];
};

static void *read_all(void *context)
{
    struct reader *reader = context;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < shelf_count(reader->shelf); i++) {
        shelf_read(reader->shelf, i, arena);
        reader->seen[i] = shelf_study(reader->shelf, i);
    }
    arena_free(arena);
    return NULL;
}

static void all_who_ask_at_once_have_the_same_study(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct base base = random_base(7, 200, arena);
    struct shelf *shelf = shelved(&base, arena);
    struct reader readers[READERS];
    for (int i = 0; i < READERS; i++) {
        readers[i].shelf = shelf;
        assert_int_equal(pthread_create(&readers[i].thread, NULL, read_all, &readers[i]), 0);
    }
    for (int i = 0; i < READERS; i++)
        pthread_join(readers[i].thread, NULL);
    for (int i = 1; i < READERS; i++)
        for (size_t j = 0; j < base.study_count; j++)
            assert_ptr_equal(readers[i].seen[j], readers[0].seen[j]);
    same_studies(shelf, &base);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(studies_of_any_content_come_back_as_they_were),
        cmocka_unit_test(every_curated_study_comes_back_as_it_was),
        cmocka_unit_test(numbers_come_back_bit_for_bit),
        cmocka_unit_test(what_is_not_known_stays_unknown),
        cmocka_unit_test(a_study_is_found_by_any_of_its_ids),
        cmocka_unit_test(one_more_or_another_form_leaves_the_rest_as_they_are),
        cmocka_unit_test(an_empty_shelf_and_one_never_closed_are_freed_with_their_arena),
        cmocka_unit_test(all_who_ask_at_once_have_the_same_study),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
