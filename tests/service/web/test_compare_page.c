/* Treatments side by side, over the curated base. */
#include "tests/service/api/real_service.h"

static void says(const struct small_answer *page, const char *text)
{
    if (strstr(page->text, text) == NULL)
        fail_msg("the page does not say: %s", text);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        count++;
    return count;
}

static size_t rows_of(const struct small_answer *page)
{
    return count_of(page->text, "<th role=\"rowheader\"");
}

static void without_a_complaint_the_page_asks_for_one(void **state)
{
    struct small_answer page = small_get(*state, "/compare");
    assert_int_equal(page.status, 200);
    says(&page, "<option value=\"\">Choose one</option>");
    assert_int_equal(rows_of(&page), 0);
    small_done(&page);
}

/* As many rows as /v1/compare has items, in the same order. */
static void a_complaint_alone_shows_all_that_is_rated_best_first(void **state)
{
    struct small_answer page = small_get(*state, "/compare?condition=neck-pain");
    struct small_answer data = small_get(*state, "/v1/compare?condition=neck-pain");
    size_t count = small_size(&data, "items");
    const char *at = page.text;
    assert_int_equal(rows_of(&page), count);
    for (size_t i = 0; i < count; i++) {
        const char *path = arena_printf(((struct small_service *)*state)->arena,
                                        "items.%zu.headline.intervention.id", i);
        const json_t *id = small_at(&data, path);
        at = strstr(at, arena_printf(((struct small_service *)*state)->arena,
                                     "scope=\"row\"><a href=\"/t/%s/neck-pain\">",
                                     json_string_value(id)));
        assert_non_null(at);
    }
    small_done(&page);
    small_done(&data);
}

static void treatments_are_picked_by_ticks_or_in_one_list(void **state)
{
    static const char *const targets[] = {
        "/compare?condition=neck-pain&interventions=massage&interventions=acupuncture",
        "/compare?condition=neck-pain&interventions=massage,acupuncture,massage",
        "/compare?condition=neck-pain&interventions=massage,zorbing,acupuncture&other=1"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct small_answer page = small_get(*state, targets[i]);
        assert_int_equal(rows_of(&page), 2);
        says(&page, "<link rel=\"canonical\" href=\"/compare?condition=neck-pain&amp;interventions="
                    "massage,acupuncture\">");
        says(&page, "value=\"massage\" checked");
        small_done(&page);
    }
    struct small_answer page = small_get(*state, targets[2]);
    says(&page, "Nothing here is called “zorbing”");
    small_done(&page);
}

static void more_than_twenty_are_not_taken(void **state)
{
    struct small_service *small = *state;
    const struct base *base = catalog_base(small->catalog);
    const char *target = "/compare?condition=low-back-pain&interventions=";
    for (size_t i = 0; i < 30; i++)
        target = arena_printf(small->arena, "%s%s,", target, base->interventions[i].id);
    struct small_answer page = small_get(small, target);
    assert_int_equal(rows_of(&page), 20);
    small_done(&page);
}

static void one_against_the_other_is_shown_where_it_was_studied(void **state)
{
    struct small_answer data = small_get(
        *state, "/v1/compare?condition=neck-pain&interventions=massage,acupuncture,exercise");
    struct small_answer page = small_get(
        *state, "/compare?condition=neck-pain&interventions=massage,acupuncture,exercise");
    assert_true(small_size(&data, "direct") > 0);
    for (size_t i = 0; i < small_size(&data, "direct"); i++) {
        const char *path =
            arena_printf(((struct small_service *)*state)->arena, "direct.%zu.id", i);
        says(&page, json_string_value(small_at(&data, path)));
    }
    small_done(&page);
    small_done(&data);
}

static void two_ratings_against_a_pretence_are_no_comparison(void **state)
{
    struct small_answer page =
        small_get(*state, "/compare?condition=neck-pain&interventions=static-magnets,tens");
    says(&page, "No study here sets these against each other.");
    says(&page, "is no comparison of the two");
    small_done(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_complaint_the_page_asks_for_one),
        cmocka_unit_test(a_complaint_alone_shows_all_that_is_rated_best_first),
        cmocka_unit_test(treatments_are_picked_by_ticks_or_in_one_list),
        cmocka_unit_test(more_than_twenty_are_not_taken),
        cmocka_unit_test(one_against_the_other_is_shown_where_it_was_studied),
        cmocka_unit_test(two_ratings_against_a_pretence_are_no_comparison),
    };
    return cmocka_run_group_tests(tests, real_start, real_stop);
}
