/* Answers of the catalog alone: kept, and the same as when they were made. */
#include "tests/service/api/small_service.h"

#include <pthread.h>

#include "service/api/kept_answer.h"

static const char *const kept[] = {
    "/v1",
    "/v1/interventions",
    "/v1/conditions",
    "/v1/outcomes",
    "/v1/places",
    "/v1/map",
    "/v1/map.svg",
    "/v1/stop-rules",
    "/v1/red-flags",
    "/v1/regulatory-actions",
    "/v1/drug-links",
    "/v1/ratings/massage.neck-pain.nothing.pain-intensity.short",
    "/v1/ratings/massage/neck-pain",
    "/v1/ratings/massage-gun/neck-pain",
    "/v1/ratings/massage.neck-pain.nothing.pain-intensity.short/forest.svg",
    "/v1/ratings/massage.neck-pain.nothing.pain-intensity.short/funnel.svg",
    "/v1/ratings/massage.neck-pain.nothing.pain-intensity.short/cumulative.svg",
};

static void the_second_answer_is_the_first(void **state)
{
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        struct small_answer first = small_get(*state, kept[i]);
        struct small_answer second = small_get(*state, kept[i]);
        assert_int_equal(first.status, 200);
        assert_int_equal(second.status, 200);
        assert_true(strlen(first.text) > 0);
        assert_string_equal(first.text, second.text);
        assert_string_equal(first.modified, second.modified);
        small_done(&first);
        small_done(&second);
    }
}

static void a_query_is_answered_for_itself(void **state)
{
    struct small_answer all = small_get(*state, "/v1/interventions");
    struct small_answer one = small_get(*state, "/v1/interventions?limit=1");
    struct small_answer again = small_get(*state, "/v1/interventions");
    assert_int_equal(small_size(&one, "items"), 1);
    assert_true(small_size(&all, "items") > 1);
    assert_int_equal(small_size(&again, "items"), small_size(&all, "items"));
    small_done(&all);
    small_done(&one);
    small_done(&again);
    small_refused(*state, "/v1/interventions?colour=red", 400, "colour");
}

static void two_addresses_of_one_handler_keep_two_answers(void **state)
{
    static const char *const pairs[][2] = {
        {"/v1/ratings/massage/neck-pain", "massage"},
        {"/v1/ratings/massage-gun/neck-pain", "massage-gun"},
        {"/v1/ratings/massage/neck-pain", "massage"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct small_answer answer = small_get(*state, pairs[i][0]);
        assert_int_equal(answer.status, 200);
        small_text(&answer, "intervention.id", pairs[i][1]);
        small_done(&answer);
    }
}

static void a_kept_rating_answers_no_other_edition_and_no_wrong_parameter(void **state)
{
    static const char *const rating = "/v1/ratings/massage.neck-pain.nothing.pain-intensity.short";
    struct small_answer plain = small_get(*state, rating);
    small_refused(
        *state,
        arena_printf(((struct small_service *)*state)->arena, "%s?ruleset=nonesuch", rating), 400,
        "nonesuch");
    small_refused(*state,
                  arena_printf(((struct small_service *)*state)->arena, "%s?colour=red", rating),
                  400, "colour");
    small_done(&plain);
}

static void an_address_that_is_refused_stays_refused(void **state)
{
    for (int i = 0; i < 2; i++) {
        small_refused(*state, "/v1/ratings/no.such.question.at.all", 404, "nearest");
        small_refused(*state, "/v1/ratings/massage/nowhere", 404, "nowhere");
    }
}

/* Another handler that answers addresses, each with one long text of its own letters. */
static bool long_text(const struct request *request, struct answer *answer, struct error *err)
{
    enum { LONG_BYTES = 64 << 10 };
    size_t from = strlen(request->path);
    (void)err;
    answer->content_type = "text/plain";
    for (size_t i = 0; i < LONG_BYTES; i++)
        buffer_byte(&answer->body, request->path[i % from]);
    return true;
}

static bool is_kept_at(const struct small_service *small, const char *path)
{
    struct answer answer = {0};
    struct error err = {0};
    const struct request request = {.path = path, .arena = small->arena, .catalog = small->catalog};
    assert_true(kept_answer_by_address(&request, &answer, &err, long_text));
    bool borrowed = answer.borrowed != NULL;
    const char *bytes = borrowed ? answer.borrowed : buffer_string(&answer.body);
    assert_int_equal(borrowed ? answer.borrowed_length : answer.body.length, 64 << 10);
    assert_memory_equal(bytes, path, strlen(path));
    answer_release(&answer);
    return borrowed;
}

/* Far more than there is room for: what comes too late is answered all the same. */
static void what_is_kept_by_address_has_a_bound(void **state)
{
    struct small_service *small = *state;
    size_t kept_count = 0;
    assert_true(is_kept_at(small, "/first"));
    for (int i = 0; i < 100; i++)
        kept_count += is_kept_at(small, arena_printf(small->arena, "/many/%d", i));
    assert_true(kept_count > 0);
    assert_true(kept_count * (64 << 10) <= MAX_ADDRESSED_BYTES);
    assert_false(is_kept_at(small, "/last"));
    assert_true(is_kept_at(small, "/first"));
}

static bool own_link(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    buffer_text(&answer->body, request->origin);
    return true;
}

/* Otherwise who says that they came by another name would be told of in everybody's links. */
static void an_answer_with_links_is_kept_for_each_origin(void **state)
{
    static const char *const origins[] = {"https://one.example", "https://two.example",
                                          "https://one.example"};
    struct small_service *small = *state;
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        struct answer answer = {0};
        struct error err = {0};
        const struct request request = {.path = "/link",
                                        .origin = origins[i],
                                        .arena = small->arena,
                                        .catalog = small->catalog};
        assert_true(kept_answer_by_link(&request, &answer, &err, own_link));
        assert_non_null(answer.borrowed);
        assert_string_equal(answer.borrowed, origins[i]);
    }
}

struct crowd {
    struct small_service *small;
    const char *want;
};

static void *ask_often(void *context)
{
    const struct crowd *crowd = context;
    struct arena *arena = arena_new();
    bool same = true;
    for (int i = 0; i < 200; i++) {
        struct answer answer = {0};
        struct error err = {0};
        const struct field parts[] = {
            {"question", "massage.neck-pain.nothing.pain-intensity.short"}};
        const struct request request = {
            .path = "/v1/ratings/massage.neck-pain.nothing.pain-intensity.short",
            .parts = parts,
            .part_count = 1,
            .arena = arena,
            .catalog = crowd->small->catalog};
        same = same && get_rating(&request, &answer, &err);
        const char *bytes = answer.borrowed != NULL ? answer.borrowed : buffer_string(&answer.body);
        same = same && strncmp(bytes, crowd->want, strlen(crowd->want)) == 0;
        answer_release(&answer);
    }
    arena_free(arena);
    return same ? context : NULL;
}

static void many_who_ask_at_once_get_the_same(void **state)
{
    enum { THREADS = 4 };
    struct small_answer want =
        small_get(*state, "/v1/ratings/massage.neck-pain.nothing.pain-intensity.short?ruleset=");
    struct crowd crowd = {*state, want.text};
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, &crowd), 0);
    for (int i = 0; i < THREADS; i++) {
        void *same;
        pthread_join(threads[i], &same);
        assert_non_null(same);
    }
    small_done(&want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_who_ask_at_once_get_the_same),
        cmocka_unit_test(the_second_answer_is_the_first),
        cmocka_unit_test(a_query_is_answered_for_itself),
        cmocka_unit_test(two_addresses_of_one_handler_keep_two_answers),
        cmocka_unit_test(a_kept_rating_answers_no_other_edition_and_no_wrong_parameter),
        cmocka_unit_test(an_address_that_is_refused_stays_refused),
        cmocka_unit_test(an_answer_with_links_is_kept_for_each_origin),
        cmocka_unit_test(what_is_kept_by_address_has_a_bound),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
