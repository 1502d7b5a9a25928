/* The page that checks an advert, over the curated base: its form and its answer. */
#include "tests/service/api/real_service.h"

static const char form_type[] = "application/x-www-form-urlencoded";

static struct small_answer post(struct small_service *small, const char *type, const char *body)
{
    small->type = type;
    struct small_answer answer = small_send(small, METHOD_POST, "/vet", body);
    small->type = NULL;
    return answer;
}

static void says(const struct small_answer *page, const char *text)
{
    if (strstr(page->text, text) == NULL)
        fail_msg("the page does not say: %s", text);
}

static void says_not(const struct small_answer *page, const char *text)
{
    if (strstr(page->text, text) != NULL)
        fail_msg("the page says: %s", text);
}

static void the_page_asks_for_a_text_and_sends_it_in_the_body(void **state)
{
    struct small_answer page = small_get(*state, "/vet");
    assert_int_equal(page.status, 200);
    says(&page, "<link rel=\"canonical\" href=\"/vet\">");
    says(&page, "action=\"/vet\" method=\"post\"");
    says(&page, "Nothing you type is stored by us.");
    says_not(&page, " style=");
    small_done(&page);
}

static void a_posted_text_is_judged_part_by_part(void **state)
{
    struct small_answer page = post(
        *state, "application/x-www-form-urlencoded; charset=utf-8",
        "text=TENS+is+clinically+proven%2C+cures+back+pain%0D%0Aand+has+no+side+effects%21&other=");
    assert_int_equal(page.status, 200);
    says(&page, "<meta name=\"robots\" content=\"noindex\">");
    says(&page, "clinically proven");
    says(&page, "<use href=\"#sign-");
    says(&page, "<li id=\"part-1\" value=\"1\">");
    says(&page, "<h2>What could honestly be said</h2>");
    says(&page, "back pain</a>");
    /* the text comes back into its box, its line ends as they were typed */
    says(&page, "cures back pain\nand has no side effects!</textarea>");
    assert_null(page.modified);
    small_done(&page);
}

static void markup_in_the_text_is_shown_as_text(void **state)
{
    struct small_answer page = post(
        *state, form_type,
        "text=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E+TENS+%22cures%22+back+pain");
    assert_int_equal(page.status, 200);
    says(&page, "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; TENS &quot;");
    says_not(&page, "<script>");
    small_done(&page);
}

static void danger_told_of_oneself_stands_above_the_verdict(void **state)
{
    struct small_answer page =
        post(*state, form_type, "text=TENS+cures+back+pain.+I+have+crushing+chest+pain+right+now.");
    const char *alarm = strstr(page.text, "class=\"alarm\"");
    const char *verdict = strstr(page.text, "<h1");
    assert_non_null(alarm);
    assert_true(alarm < verdict);
    small_done(&page);
}

static void a_text_without_a_claim_is_answered_too(void **state)
{
    struct small_answer page = post(*state, form_type, "text=%F0%9F%94%A5+hello");
    assert_int_equal(page.status, 200);
    says(&page, "\xF0\x9F\x94\xA5 hello</blockquote>");
    says_not(&page, "class=\"parts\"");
    small_done(&page);
}

static void what_is_no_form_is_refused_without_repeating_it(void **state)
{
    static const struct {
        const char *type, *body;
        int status;
    } cases[] = {
        {form_type, "", 422},
        {form_type, "text=", 422},
        {form_type, "text=+%0D%0A+", 422},
        {form_type, "txet=secret", 422},
        {form_type, "text=secret%ff", 400},
        {form_type, "text=secret%0", 400},
        {form_type, "text=secret%00", 400},
        {"application/json", "{\"text\":\"secret\"}", 415},
        {"multipart/form-data; boundary=x", "secret", 415},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_answer page = post(*state, cases[i].type, cases[i].body);
        assert_int_equal(page.status, cases[i].status);
        says_not(&page, "secret");
        small_done(&page);
    }
}

static void more_fields_than_a_form_has_are_refused(void **state)
{
    struct small_service *small = *state;
    char *body = arena_alloc(small->arena, 3 * 2002);
    for (size_t i = 0; i < 2001; i++)
        memcpy(body + 3 * i, "a=&", 3);
    struct small_answer page = post(small, form_type, body);
    assert_int_equal(page.status, 400);
    says(&page, "more than 2000 fields");
    small_done(&page);
}

static void before_the_base_is_loaded_the_page_says_so(void **state)
{
    struct small_service empty = *(struct small_service *)*state;
    empty.catalog = NULL;
    struct small_answer asked = small_get(&empty, "/vet");
    struct small_answer sent = post(&empty, form_type, "text=secret");
    assert_int_equal(asked.status, 503);
    assert_int_equal(sent.status, 503);
    says_not(&sent, "secret");
    small_done(&asked);
    small_done(&sent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_asks_for_a_text_and_sends_it_in_the_body),
        cmocka_unit_test(a_posted_text_is_judged_part_by_part),
        cmocka_unit_test(markup_in_the_text_is_shown_as_text),
        cmocka_unit_test(danger_told_of_oneself_stands_above_the_verdict),
        cmocka_unit_test(a_text_without_a_claim_is_answered_too),
        cmocka_unit_test(what_is_no_form_is_refused_without_repeating_it),
        cmocka_unit_test(more_fields_than_a_form_has_are_refused),
        cmocka_unit_test(before_the_base_is_loaded_the_page_says_so),
    };
    return cmocka_run_group_tests(tests, real_start, real_stop);
}
