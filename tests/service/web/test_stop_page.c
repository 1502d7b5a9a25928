/* The diary page, over the curated base: its form, what is made of it, and its answer. */
#include "tests/service/api/real_service.h"

#include "evidence/model/rulebooks.h"
#include "service/web/stop_form.h"

static const char form_type[] = "application/x-www-form-urlencoded";
static const char whole[] = "intervention=TENS&condition=long-lasting+low+back+pain&"
                            "started=2025-11-24&before=7&now=7&today=2025-12-31&"
                            "day=2025-12-08&score=7&day=&score=&day=2025-12-15&score=6";

static struct small_answer post(struct small_service *small, const char *body)
{
    small->type = form_type;
    struct small_answer answer = small_send(small, METHOD_POST, "/stop", body);
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

/* The JSON of a form, which the caller decrefs. */
static json_t *json_of(struct small_service *small, const char *body)
{
    const struct field headers[] = {{"Content-Type", form_type}};
    const struct request request = {.headers = headers,
                                    .header_count = 1,
                                    .body = body,
                                    .body_length = strlen(body),
                                    .arena = small->arena};
    struct answer answer = {0};
    struct error err = {0};
    struct form form;
    assert_true(form_read(&request, &answer, &form, &err));
    return stop_form_json(&form, small->catalog, "2026-01-01");
}

static void a_form_becomes_what_the_api_takes(void **state)
{
    json_t *got = json_of(
        *state, "intervention=TENS&condition=neck+pain&started=2025-12-01&before=7&now=4.5&today=&"
                "day=2025-11-30&score=8&day=&score=&session=2025-12-01&session=&"
                "medicines=ibuprofen%0D%0Aaspirin&symptoms=+&adverse_events=rash");
    json_t *want = json_loads(
        "{\"intervention\":\"TENS\",\"condition\":\"neck pain\",\"started\":\"2025-12-01\","
        "\"scale\":\"0-10\",\"diary\":[{\"day\":\"2025-12-01\",\"score\":7.0},"
        "{\"day\":\"2026-01-01\",\"score\":4.5},{\"day\":\"2025-11-30\",\"score\":8.0}],"
        "\"sessions\":[\"2025-12-01\"],\"medicines\":[\"ibuprofen\\naspirin\"],"
        "\"adverse_events\":[\"rash\"]}",
        0, NULL);
    assert_non_null(want);
    assert_true(json_equal(got, want));
    json_decref(got);
    json_decref(want);
}

/* Whatever is ticked is told in words that raise a danger at least as urgent as its own. */
static void every_sign_that_can_be_ticked_raises_a_warning(void **state)
{
    struct small_service *small = *state;
    const struct red_flags *flags = &base_rulebooks(catalog_base(small->catalog))->red_flags;
    size_t asked = 0;
    struct small_answer start = small_get(small, "/stop");
    for (size_t i = 0; i < flags->count; i++) {
        const char *box =
            arena_printf(small->arena, "name=\"sign\" value=\"%s\"", flags->items[i].id);
        if (strstr(start.text, box) == NULL) {
            assert_int_equal(flags->items[i].urgency, URGENCY_SOON);
            continue;
        }
        asked++;
        json_t *diary = json_of(small, arena_printf(small->arena, "sign=%s", flags->items[i].id));
        const char *told = stop_form_symptoms(diary, small->arena);
        struct raised_flags raised;
        red_flags_in(small->catalog, told, strlen(told), small->arena, &raised);
        if (raised.count == 0 || raised.items[0].urgency > flags->items[i].urgency)
            fail_msg("%s: \"%s\" raises too little", flags->items[i].id, told);
        json_decref(diary);
        struct small_answer page =
            post(small, arena_printf(small->arena, "sign=%s", flags->items[i].id));
        assert_int_equal(page.status, 200);
        says(&page, "class=\"alarm\"");
        small_done(&page);
    }
    assert_true(asked > 6);
    small_done(&start);
}

static void the_page_decides_as_the_api_does(void **state)
{
    struct small_service *small = *state;
    struct small_answer page = post(small, whole);
    json_t *diary = json_of(small, whole);
    char *body = json_dumps(diary, JSON_COMPACT);
    struct small_answer data = small_send(small, METHOD_POST, "/v1/stop", body);
    free(body);
    assert_int_equal(page.status, 200);
    assert_int_equal(data.status, 200);
    says(&page, json_string_value(small_at(&data, "sentence")));
    says(&page, "src=\"data:image/svg+xml,%3Csvg");
    says(&page, "<meta name=\"robots\" content=\"noindex\">");
    says(&page, "<h2>Without it</h2>");
    says_not(&page, " style=");
    assert_null(page.modified);
    json_decref(diary);
    small_done(&page);
    small_done(&data);
}

static void an_alarm_stands_alone(void **state)
{
    struct small_answer page = post(*state, arena_printf(((struct small_service *)*state)->arena,
                                                         "%s&symptoms=crushing+chest+pain", whole));
    assert_int_equal(page.status, 200);
    assert_true(strstr(page.text, "class=\"alarm\"") < strstr(page.text, "<h1"));
    says_not(&page, "class=\"chart\"");
    small_done(&page);
}

static void what_is_missing_is_told_and_what_was_filled_in_stays(void **state)
{
    static const struct {
        const char *body, *told;
    } cases[] = {
        {"", "The treatment: please fill this in"},
        {"intervention=TENS&now=4", "What it is for: please fill this in"},
        {"intervention=TENS&condition=neck+pain&before=7&now=4", "How bad, on which day: "},
        {"intervention=TENS&condition=neck+pain&day=2025-12-01&score=", "How bad, on which day: "},
        {"intervention=moon+crystals&condition=neck+pain&now=4", "moon crystals"},
        {"intervention=%3Cb%3Ex&condition=neck+pain&now=4", "value=\"&lt;b&gt;x\""},
        {"intervention=TENS&condition=neck+pain&now=400", "How bad, on which day: "},
        {"intervention=TENS&condition=neck+pain&started=tomorrow&before=1", "The day you began: "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small_answer page = post(*state, cases[i].body);
        assert_int_equal(page.status, 422);
        says(&page, cases[i].told);
        says(&page, "class=\"told diary\"");
        small_done(&page);
    }
}

static void before_the_base_is_loaded_the_page_says_so(void **state)
{
    struct small_service empty = *(struct small_service *)*state;
    empty.catalog = NULL;
    struct small_answer asked = small_get(&empty, "/stop");
    struct small_answer sent = post(&empty, whole);
    assert_int_equal(asked.status, 503);
    assert_int_equal(sent.status, 503);
    small_done(&asked);
    small_done(&sent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_becomes_what_the_api_takes),
        cmocka_unit_test(every_sign_that_can_be_ticked_raises_a_warning),
        cmocka_unit_test(the_page_decides_as_the_api_does),
        cmocka_unit_test(an_alarm_stands_alone),
        cmocka_unit_test(what_is_missing_is_told_and_what_was_filled_in_stays),
        cmocka_unit_test(before_the_base_is_loaded_the_page_says_so),
    };
    return cmocka_run_group_tests(tests, real_start, real_stop);
}
