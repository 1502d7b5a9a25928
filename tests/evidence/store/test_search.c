/* Finding studies by words, as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/evidence/random_base.h"

#include "evidence/store/store.h"

struct shelf {
    struct arena *arena;
    struct store *store;
};

static const char *const no_list[] = {NULL};

static struct study titled(const char *id, const char *title)
{
    return (struct study){.id = id,
                          .title = title,
                          .condition = "neck-pain",
                          .aliases = no_list,
                          .registrations = no_list,
                          .pooled_in = no_list,
                          .year = COUNT_UNKNOWN,
                          .participants = COUNT_UNKNOWN,
                          .trials = COUNT_UNKNOWN};
}

static void save(struct store *store, const struct study *studies, size_t count)
{
    static const char *const outcomes[] = {"pain-intensity", NULL};
    const struct outcome outcome = {.id = "pain-intensity",
                                    .name = "Pain",
                                    .aliases = no_list,
                                    .mid = {.value = NAN, .scale_low = NAN, .scale_high = NAN}};
    const struct condition condition = {.id = "neck-pain",
                                        .name = "Neck pain",
                                        .aliases = no_list,
                                        .parents = no_list,
                                        .primary_outcomes = outcomes};
    const struct base base = {.studies = studies,
                              .study_count = count,
                              .conditions = &condition,
                              .condition_count = 1,
                              .outcomes = &outcome,
                              .outcome_count = 1};
    struct error err = {0};
    struct store_changes changes;
    if (!store_save_base(store, &base, 1, &changes, &err))
        fail_msg("%s", err.message);
}

static int make_shelf(void **state)
{
    static const struct author authors[] = {{.family = "Fern\xC3\xA1ndez-de-las-Pe\xC3\xB1"
                                                       "as",
                                             .given = "C\xC3\xA9sar"},
                                            {.group = "Neck Pain Group"}};
    struct study studies[] = {
        titled("ts:a", "Dry needling of trigger points: a trial"),
        titled("ts:b", "Low-level laser therapy"),
        titled("ts:c", "Stretching after exercise"),
        titled("ts:d", "Needling, needling and needling again"),
        titled("ts:e", "Kinesio taping"),
    };
    studies[1].authors = authors;
    studies[1].author_count = 2;
    studies[2].journal = "Journal of Muscles";
    studies[2].population = "office workers with knots";
    studies[2].conclusion = "Inflammation was no less.";
    struct shelf *shelf = memory_alloc(sizeof *shelf);
    struct error err = {0};
    *shelf =
        (struct shelf){.arena = arena_new(), .store = store_open(":memory:", STORE_WRITE, &err)};
    if (shelf->store == NULL)
        return -1;
    save(shelf->store, studies, sizeof studies / sizeof *studies);
    *state = shelf;
    return 0;
}

static int remove_shelf(void **state)
{
    struct shelf *shelf = *state;
    store_close(shelf->store);
    arena_free(shelf->arena);
    free(shelf);
    return 0;
}

/* The ids found, with a space between. */
static const char *found_page(struct shelf *shelf, const char *query, size_t offset, size_t limit,
                              size_t *total)
{
    struct error err = {0};
    const char **ids = NULL;
    size_t count = 0;
    if (!store_search_studies(shelf->store, query, offset, limit, shelf->arena, &ids, &count, total,
                              &err))
        fail_msg("\"%s\": %s", query, err.message);
    const char *text = "";
    for (size_t i = 0; i < count; i++)
        text = arena_printf(shelf->arena, "%s%s%s", text, i == 0 ? "" : " ", ids[i]);
    return text;
}

static const char *found(struct shelf *shelf, const char *query)
{
    size_t total = 0;
    const char *text = found_page(shelf, query, 0, 50, &total);
    size_t ids = *text == '\0' ? 0 : 1;
    for (const char *at = text; *at != '\0'; at++)
        ids += *at == ' ';
    assert_int_equal(total, ids);
    return text;
}

static void every_field_is_searched(void **state)
{
    assert_string_equal(found(*state, "trigger"), "ts:a");
    assert_string_equal(found(*state, "penas"), "ts:b");
    assert_string_equal(found(*state, "neck group"), "ts:b");
    assert_string_equal(found(*state, "journal"), "ts:c");
    assert_string_equal(found(*state, "office"), "ts:c");
    assert_string_equal(found(*state, "inflammation"), "ts:c");
}

static void every_word_must_occur(void **state)
{
    assert_string_equal(found(*state, "dry needling"), "ts:a");
    assert_string_equal(found(*state, "dry laser"), "");
}

static void the_best_match_comes_first(void **state)
{
    assert_string_equal(found(*state, "needling"), "ts:d ts:a");
}

static void forms_of_a_word_and_accents_do_not_matter(void **state)
{
    assert_string_equal(found(*state, "needles point"), "ts:a");
    assert_string_equal(found(*state, "muscle"), "ts:c");
    assert_string_equal(found(*state, "FERNANDEZ cesar"), "ts:b");
    assert_string_equal(found(*state, "Fern\xC3\xA1ndez de las Pe\xC3\xB1"
                                      "as"),
                        "ts:b");
}

/* "needli", "stretchi" and "inflammati" begin no stem: those are needl, stretch and inflamm. */
static void the_last_word_may_be_a_beginning(void **state)
{
    assert_string_equal(found(*state, "dry needli"), "ts:a");
    assert_string_equal(found(*state, "stretchi"), "ts:c");
    assert_string_equal(found(*state, "exercise inflammati"), "ts:c");
    assert_string_equal(found(*state, "t"), found(*state, "T"));
    assert_string_equal(found(*state, "needli dry"), "");
}

static void no_syntax_is_understood(void **state)
{
    static const char *const queries[] = {"\"",
                                          "\"\"\"",
                                          "needling\"",
                                          "title:needling",
                                          "needling AND",
                                          "AND",
                                          "OR",
                                          "NOT",
                                          "NEAR(a b)",
                                          "needling*",
                                          "*",
                                          "^needling",
                                          "-needling",
                                          "(",
                                          ")",
                                          "()",
                                          "{title}:x",
                                          "a + b",
                                          "'",
                                          "';--",
                                          "%s%n",
                                          "\\",
                                          ",",
                                          "\xFF\xFE",
                                          "needling \xC3",
                                          "\xE2\x80\x93",
                                          "\xF0\x9F\xA6\xB4",
                                          "rank",
                                          "study_search"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        found(*state, queries[i]);
    assert_string_equal(found(*state, "title:needling"), "");
    assert_string_equal(found(*state, "-needling"), "ts:d ts:a");
    assert_string_equal(found(*state, "dry - needling!"), "ts:a");
    assert_string_equal(found(*state, "low-level"), "ts:b");
}

static void signs_alone_match_nothing(void **state)
{
    assert_string_equal(found(*state, "?!"), "");
    assert_string_equal(found(*state, " - "), "");
    assert_string_equal(found(*state, "\xE2\x80\xA6"), "");
}

static void an_empty_query_lists_all_by_id(void **state)
{
    assert_string_equal(found(*state, ""), "ts:a ts:b ts:c ts:d ts:e");
    assert_string_equal(found(*state, " \t\n"), "ts:a ts:b ts:c ts:d ts:e");
}

static void pages_are_cut_and_the_total_stays(void **state)
{
    size_t total = 0;
    assert_string_equal(found_page(*state, "", 1, 2, &total), "ts:b ts:c");
    assert_int_equal(total, 5);
    assert_string_equal(found_page(*state, "needling", 1, 10, &total), "ts:a");
    assert_int_equal(total, 2);
    assert_string_equal(found_page(*state, "needling", SIZE_MAX, 10, &total), "");
    assert_int_equal(total, 2);
    assert_string_equal(found_page(*state, "", 0, 0, &total), "");
    assert_int_equal(total, 5);
    assert_string_equal(found_page(*state, "", 0, SIZE_MAX, &total), "ts:a ts:b ts:c ts:d ts:e");
}

static void a_very_long_query_is_no_error(void **state)
{
    char *query = memory_alloc(200001);
    for (size_t i = 0; i < 200000; i += 2)
        memcpy(query + i, "a ", 2);
    query[200000] = '\0';
    found(*state, query);
    memset(query, 'a', 200000);
    found(*state, query);
    memset(query, '(', 200000);
    found(*state, query);
    free(query);
}

static void the_search_follows_what_is_saved(void **state)
{
    struct shelf *shelf = *state;
    const struct study studies[] = {titled("ts:a", "Heat packs"), titled("ts:f", "Needling")};
    save(shelf->store, studies, 2);
    assert_string_equal(found(shelf, "needling"), "ts:f");
    assert_string_equal(found(shelf, "needli"), "ts:f");
    assert_string_equal(found(shelf, "heat"), "ts:a");
    assert_string_equal(found(shelf, "penas"), "");
    struct error err = {0};
    if (!store_verify(shelf->store, &err))
        fail_msg("%s", err.message);
}

/* Each page is cut from the best of both indexes; what is as good as another has its place, too. */
static void pages_of_what_matches_alike_hold_each_study_once(void **state)
{
    enum { ALIKE = 60, OF_A_PAGE = 7 };
    struct shelf *shelf = *state;
    struct study *studies = arena_array(shelf->arena, ALIKE + 1, sizeof *studies);
    for (size_t i = 0; i < ALIKE; i++)
        studies[i] = titled(arena_printf(shelf->arena, "ts:m%02zu", i), "Massage and rest");
    studies[ALIKE] = titled("ts:z", "Massage massage");
    save(shelf->store, studies, ALIKE + 1);
    size_t total = 0;
    char all[1024] = "";
    for (size_t from = 0; from <= ALIKE; from += OF_A_PAGE) {
        strcat(all, found_page(shelf, "massage", from, OF_A_PAGE, &total));
        strcat(all, " ");
        assert_int_equal(total, ALIKE + 1);
    }
    assert_int_equal(strlen(all), ALIKE * strlen("ts:m00 ") + strlen("ts:z "));
    assert_memory_equal(all, "ts:z ", 5);
    for (size_t i = 0; i < ALIKE; i++)
        assert_non_null(strstr(all, studies[i].id));
}

/* Beyond that number no order of merit helps, and to find one would take as long as there are. */
static void where_too_many_match_those_entered_last_come_first(void **state)
{
    struct shelf *shelf = *state;
    size_t many = STORE_RANK_MOST + 2;
    struct study *studies = arena_array(shelf->arena, many + 1, sizeof *studies);
    for (size_t i = 0; i < many; i++)
        studies[i] = titled(arena_printf(shelf->arena, "ts:m%05zu", i),
                            i == 1 ? "Massage, massage and massage" : "Massage and rest");
    studies[many] = titled("ts:z", "Heat and rest");
    save(shelf->store, studies, many + 1);
    size_t total = 0;
    struct error err = {0};
    const char **ids = NULL;
    size_t count = 0;
    assert_string_equal(found_page(shelf, "massage", 0, 2, &total), "ts:m02001 ts:m02000");
    assert_int_equal(total, STORE_RANK_MOST + 1);
    assert_string_equal(found_page(shelf, "massage", 2, 1, &total), "ts:m01999");
    assert_string_equal(found_page(shelf, "heat rest", 0, 2, &total), "ts:z");
    assert_int_equal(total, 1);
    assert_true(store_find_studies(shelf->store, "massage", shelf->arena, &ids, &count, &err));
    assert_int_equal(count, many);
    assert_true(store_find_studies(shelf->store, "heat", shelf->arena, &ids, &count, &err));
    assert_int_equal(count, 1);
}

int main(void)
{
#define WITH_SHELF(test) cmocka_unit_test_setup_teardown(test, make_shelf, remove_shelf)
    const struct CMUnitTest tests[] = {
        WITH_SHELF(every_field_is_searched),
        WITH_SHELF(every_word_must_occur),
        WITH_SHELF(the_best_match_comes_first),
        WITH_SHELF(forms_of_a_word_and_accents_do_not_matter),
        WITH_SHELF(the_last_word_may_be_a_beginning),
        WITH_SHELF(no_syntax_is_understood),
        WITH_SHELF(signs_alone_match_nothing),
        WITH_SHELF(an_empty_query_lists_all_by_id),
        WITH_SHELF(pages_are_cut_and_the_total_stays),
        WITH_SHELF(a_very_long_query_is_no_error),
        WITH_SHELF(the_search_follows_what_is_saved),
        WITH_SHELF(pages_of_what_matches_alike_hold_each_study_once),
        WITH_SHELF(where_too_many_match_those_entered_last_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
