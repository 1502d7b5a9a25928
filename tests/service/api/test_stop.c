/* /v1/stop, /v1/stop.svg and /v1/red-flags/check, and danger above other answers. On the curated
 * base. */
#include <libxml/parser.h>
#include <math.h>

#include "evidence/judgement/question/check.h"
#include "tests/service/api/small_service.h"

/* The routes over the curated base; no store is opened. */
static int start(void **state)
{
    static struct small_service small;
    struct error err = {0};
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct catalog_stamp stamp = {.hash = "curated", .changed = SMALL_CHANGED};
    struct base base;
    base_read_folder("evidence/data", &base, &problems);
    if (!problems_none(&problems, &err))
        fail_msg("%s", err.message);
    small.arena = arena_new();
    small.catalog = knowledge_of(arena, &base, &stamp, &err);
    small.application = application_new("build/no-store-is-needed.db");
    small.routes = routes_new(service_routes, service_route_count, &err);
    if (small.catalog == NULL || small.routes == NULL)
        fail_msg("%s", err.message);
    *state = &small;
    return 0;
}

/* `body` with ' for ". */
static struct small_answer post(struct small_service *small, const char *target, const char *body)
{
    char *text = arena_strdup(small->arena, body);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    return small_send(small, METHOD_POST, target, text);
}

#define TENS "'intervention':'tens','condition':'chronic-low-back-pain','scale':'0-10',"
#define DIARY                                                                                      \
    "'diary':[{'day':0,'score':7},{'day':6,'score':6},{'day':12,'score':5},{'day':18,'score':5}]"

/* ---- the answer ---- */

static void every_member_of_the_contract_is_there(void **state)
{
    static const char *const members[] = {"decision",
                                          "urgency",
                                          "sentence",
                                          "rule",
                                          "intervention",
                                          "condition",
                                          "outcome",
                                          "probability_of_goal",
                                          "goal",
                                          "next_review_day",
                                          "trial",
                                          "expected_without_treatment",
                                          "effect_expected",
                                          "curve",
                                          "red_flags",
                                          "medicines",
                                          "warnings",
                                          "alternatives",
                                          "sources"};
    static const char *const bodies[] = {
        "{" TENS DIARY "}",
        "{" TENS "'diary':[]}",
        "{" TENS "'symptoms':'crushing chest pain','diary':[]}",
        "{'intervention':'acupuncture','condition':'migraine','scale':'days per month','diary':["
        "{'day':0,'score':15},{'day':28,'score':9}]}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct small_answer answer = post(*state, "/v1/stop", bodies[i]);
        assert_int_equal(answer.status, 200);
        for (size_t j = 0; j < sizeof members / sizeof *members; j++)
            small_at(&answer, members[j]);
        assert_int_equal(json_object_size(answer.json), sizeof members / sizeof *members);
        small_done(&answer);
    }
}

/* 30 % of 7 is 2.1. */
static void a_diary_is_answered_on_its_own_scale(void **state)
{
    struct small_answer ten = post(*state, "/v1/stop", "{" TENS DIARY "}");
    small_text(&ten, "decision", "continue");
    small_text(&ten, "rule", "T7");
    small_text(&ten, "urgency", "none");
    small_number(&ten, "goal.score", 4.9);
    small_text(&ten, "goal.at", "or below");
    small_number(&ten, "goal.start", 7);
    small_number(&ten, "trial.days", 42);
    small_text(&ten, "trial.from", "default");
    small_text(&ten, "trial.counted_from", "first session");
    small_number(&ten, "curve.0.day", 0);
    small_number(&ten, "curve.12.day", 42);
    small_text(&ten, "sources.0.of", "goal");
    struct small_answer function =
        post(*state, "/v1/stop",
             "{'intervention':'exercise','condition':'knee-osteoarthritis',"
             "'scale':'KOOS','diary':[{'day':0,'score':40},"
             "{'day':14,'score':50},{'day':21,'score':52}]}");
    small_text(&function, "outcome.id", "function");
    small_text(&function, "goal.at", "or above");
    small_number(&function, "goal.score", 58); /* of the 60 that it is from the best, 30 % less */
    small_null(&function, "goal.from");
    small_null(&function, "expected_without_treatment");
    small_null(&function, "curve.3.without");
    const json_t *point = small_at(&function, "curve.6");
    assert_true(json_number_value(json_object_get(point, "low")) <=
                json_number_value(json_object_get(point, "high")));
    small_done(&ten);
    small_done(&function);
}

static void dates_come_back_as_dates_and_numbers_as_numbers(void **state)
{
    struct small_answer dates =
        post(*state, "/v1/stop",
             "{" TENS "'diary':[{'day':'2026-02-20','score':7},"
             "{'day':'2026-02-27','score':6},{'day':'2026-03-06','score':5},"
             "{'day':'2026-03-13','score':5}]}");
    small_text(&dates, "trial.begins", "2026-02-20");
    small_text(&dates, "trial.ends", "2026-04-03");
    small_text(&dates, "curve.12.day", "2026-04-03");
    assert_true(json_is_string(small_at(&dates, "next_review_day")));
    struct small_answer numbers =
        post(*state, "/v1/stop",
             "{" TENS "'diary':[{'day':100,'score':7},{'day':107,'score':6},"
             "{'day':114,'score':5},{'day':121,'score':5}]}");
    small_number(&numbers, "trial.begins", 100);
    small_number(&numbers, "trial.ends", 142);
    assert_true(json_is_number(small_at(&numbers, "next_review_day")));
    small_done(&dates);
    small_done(&numbers);
}

static void medicines_come_with_what_they_may_do_and_how_sure_that_is(void **state)
{
    struct small_answer answer =
        post(*state, "/v1/stop", "{" TENS DIARY ",'medicines':['simvistatin','blorbozol']}");
    assert_int_equal(small_size(&answer, "medicines"), 1);
    small_text(&answer, "medicines.0.name", "simvastatin");
    small_text(&answer, "medicines.0.written", "simvistatin");
    assert_true(json_is_true(small_at(&answer, "medicines.0.guessed")));
    assert_true(json_is_false(small_at(&answer, "medicines.0.tried")));
    small_text(&answer, "medicines.0.group.id", "statins");
    small_text(&answer, "medicines.0.may.0.id", "statins");
    small_text(&answer, "medicines.0.may.0.certainty", "rct");
    assert_true(small_size(&answer, "medicines.0.may.0.sources") > 0);
    assert_true(small_size(&answer, "medicines.0.named_by") > 0);
    assert_non_null(strstr(answer.text, "Nothing is known here of \\\"blorbozol\\\""));
    small_done(&answer);
}

static void a_doubtful_link_is_marked(void **state)
{
    struct small_answer answer =
        post(*state, "/v1/stop", "{" TENS DIARY ",'medicines':['Zoloft','Lipitor']}");
    assert_true(json_is_string(small_at(&answer, "medicines.0.may.0.doubtful")));
    small_null(&answer, "medicines.1.may.0.doubtful");
    small_done(&answer);
}

static void a_switch_is_told(void **state)
{
    struct small_answer answer = post(*state, "/v1/stop",
                                      "{" TENS DIARY ",'changes':[{'day':6,'what':'switched from "
                                      "massage to TENS'}]}");
    small_text(&answer, "trial.counted_from", "switch");
    small_number(&answer, "trial.begins", 6);
    assert_non_null(strstr(answer.text, "belong to massage"));
    small_done(&answer);
}

static void a_medicine_to_come_off_slowly_names_its_rule(void **state)
{
    struct small_answer answer =
        post(*state, "/v1/stop",
             "{'intervention':'diazepam','condition':'low-back-pain',"
             "'scale':'0-10','diary':[{'day':0,'score':7},{'day':6,'score':7},"
             "{'day':12,'score':7},{'day':18,'score':7},{'day':24,'score':7}]}");
    small_text(&answer, "decision", "stop-no-benefit");
    small_text(&answer, "sources.0.of", "coming off it slowly");
    small_text(&answer, "sources.0.id", "benzodiazepines-never-suddenly");
    assert_non_null(strstr(answer.text, "must not be stopped from one day to the next"));
    small_done(&answer);
}

/* ---- refusals ---- */

struct wrong_body {
    const char *body;
    const char *pointer; /* of errors.0, or NULL */
    const char *says;
};

static void what_is_wrong_is_told_with_its_place(void **state)
{
    static const struct wrong_body refused[] = {
        {"{" TENS "'diary':[{'day':0,'score':11}]}", "/diary/0/score", "off its scale"},
        {"{" TENS "'diary':[{'day':0,'score':1},{'day':'x','score':1}]}", "/diary/1/day",
         "numbers in another"},
        {"{" TENS "'diary':[],'mood':3}", "/mood", "unknown field"},
        {"{'condition':'neck-pain','diary':[]}", "/intervention", "required"},
        {"{'intervention':'tens','condition':'wobble','diary':[]}", "/condition", "not known"},
        {"{" TENS "'outcome':'dropout','diary':[]}", "/outcome", "nothing that a diary scores"},
        {"[]", "", "object"},
        {"{", "", "line 1"},
        {"", "", ""},
    };
    static const char *const targets[] = {"/v1/stop", "/v1/stop.svg"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        for (size_t j = 0; j < 2; j++) {
            struct small_answer answer = post(*state, targets[j], refused[i].body);
            if (answer.status != 400 || strstr(answer.text, refused[i].says) == NULL)
                fail_msg("%s: %d %s", refused[i].body, answer.status, answer.text);
            small_text(&answer, "type", "/problems/invalid");
            small_number(&answer, "status", 400);
            if (*refused[i].pointer != '\0')
                small_text(&answer, "errors.0.pointer", refused[i].pointer);
            small_done(&answer);
        }
}

static void parameters_and_other_methods_are_refused(void **state)
{
    struct small_answer answer = post(*state, "/v1/stop?x=1", "{" TENS DIARY "}");
    assert_int_equal(answer.status, 400);
    small_done(&answer);
    answer = post(*state, "/v1/stop.svg?width=5", "{" TENS DIARY "}");
    assert_int_equal(answer.status, 400);
    small_done(&answer);
    answer = small_get(*state, "/v1/stop");
    assert_int_equal(answer.status, 405);
    small_done(&answer);
    answer = small_get(*state, "/v1/red-flags/check");
    assert_int_equal(answer.status, 405);
    small_done(&answer);
}

/* ---- nothing is kept ---- */

static void check_not_kept(struct small_service *small, const char *target, const char *body)
{
    static const struct field type = {"Content-Type", "application/json"};
    struct problems problems = {.arena = small->arena};
    struct responder responder = {.routes = small->routes};
    struct reply reply = {0};
    struct request request = {.method = METHOD_POST,
                              .path = target,
                              .headers = &type,
                              .header_count = 1,
                              .body = body,
                              .body_length = strlen(body),
                              .arena = small->arena,
                              .problems = &problems,
                              .catalog = small->catalog,
                              .context = small->application};
    respond(&responder, &request, &reply);
    if (strcmp(reply_find(&reply, "Cache-Control"), "no-store") != 0)
        fail_msg("%s: %s", target, reply_find(&reply, "Cache-Control"));
    assert_null(reply_find(&reply, "ETag"));
    assert_null(reply_find(&reply, "Last-Modified"));
    reply_release(&reply);
}

static void no_answer_is_to_be_kept_by_anyone(void **state)
{
    const char *diary = "{\"intervention\":\"tens\",\"condition\":\"neck-pain\",\"diary\":[]}";
    check_not_kept(*state, "/v1/stop", diary);
    check_not_kept(*state, "/v1/stop.svg", diary);
    check_not_kept(*state, "/v1/red-flags/check", "{\"text\":\"chest pain\"}");
    check_not_kept(*state, "/v1/stop", "{\"mood\":1}");
    check_not_kept(*state, "/v1/red-flags/check", "{");
    check_not_kept(*state, "/v1/check", "{\"q\":\"chest pain\"}");
}

/* ---- the picture ---- */

static void check_picture(struct small_service *small, const char *target, const char *body)
{
    struct small_answer answer = post(small, target, body);
    assert_int_equal(answer.status, 200);
    xmlDoc *doc = xmlReadMemory(answer.text, (int)strlen(answer.text), NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (doc == NULL)
        fail_msg("no XML: %s", answer.text);
    assert_string_equal((const char *)xmlDocGetRootElement(doc)->name, "svg");
    xmlFreeDoc(doc);
    assert_non_null(strstr(answer.text, "<title"));
    assert_non_null(strstr(answer.text, "<desc"));
    assert_null(strstr(answer.text, "nan"));
    assert_null(strstr(answer.text, "inf\""));
    small_done(&answer);
}

static void a_picture_is_sound_whatever_the_diary(void **state)
{
    check_picture(*state, "/v1/stop.svg", "{" TENS DIARY "}");
    check_picture(*state, "/v1/stop.svg?width=360", "{" TENS DIARY "}");
    check_picture(*state, "/v1/stop.svg", "{" TENS "'diary':[]}");
    check_picture(*state, "/v1/stop.svg", "{" TENS "'diary':[{'day':0,'score':7}]}");
    check_picture(*state, "/v1/stop.svg",
                  "{" TENS "'symptoms':'crushing chest pain <b>&',"
                  "'diary':[{'day':0,'score':7}]}");
    check_picture(*state, "/v1/stop.svg",
                  "{'intervention':'acupuncture','condition':'migraine','scale':'days per month',"
                  "'diary':[{'day':'2026-01-01','score':15},{'day':'2026-02-01','score':12},"
                  "{'day':'2026-03-01','score':12}]}");
    check_picture(*state, "/v1/stop.svg",
                  "{'intervention':'exercise','condition':'knee-osteoarthritis','scale':'KOOS',"
                  "'diary':[{'day':0,'score':40},{'day':14,'score':50},{'day':90,'score':52}]}");
}

/* ---- red flags in words ---- */

static void offsets_count_code_points(void **state)
{
    struct small_answer plain = post(*state, "/v1/red-flags/check", "{'text':'chest pain'}");
    struct small_answer other =
        post(*state, "/v1/red-flags/check", "{'text':'Ärgerlich – 🦴 naïve: chest pain'}");
    small_text(&plain, "red_flags.0.id", "acute-coronary-syndrome");
    small_number(&plain, "red_flags.0.start", 0);
    small_number(&plain, "red_flags.0.end", 10);
    small_number(&other, "red_flags.0.start", 21); /* 9 + 1 + 1 + 1 + 1 + 1 + 5 + 1 + 1 */
    small_number(&other, "red_flags.0.end", 31);
    small_text(&other, "urgency", "emergency");
    assert_true(small_size(&other, "red_flags.0.sources") > 0);
    small_done(&plain);
    small_done(&other);
}

static void nothing_found_is_no_all_clear(void **state)
{
    struct small_answer answer =
        post(*state, "/v1/red-flags/check", "{'text':'no chest pain, just stiff'}");
    small_text(&answer, "urgency", "none");
    assert_int_equal(small_size(&answer, "red_flags"), 0);
    assert_non_null(strstr(answer.text, "no all-clear"));
    small_done(&answer);
}

static void a_text_that_is_none_is_refused(void **state)
{
    static const struct wrong_body refused[] = {{"{}", "/text", "required"},
                                                {"{'text':7}", "/text", "string"},
                                                {"{'text':'a','q':'b'}", "/q", "unknown field"}};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct small_answer answer = post(*state, "/v1/red-flags/check", refused[i].body);
        assert_int_equal(answer.status, 400);
        small_text(&answer, "errors.0.pointer", refused[i].pointer);
        assert_non_null(strstr(answer.text, refused[i].says));
        small_done(&answer);
    }
}

/* ---- above every other answer ---- */

static void a_question_that_tells_of_danger_is_answered_by_it_first(void **state)
{
    struct small_answer answer =
        post(*state, "/v1/check", "{'q':'does massage help crushing chest pain down my left arm'}");
    assert_int_equal(answer.status, 200);
    small_text(&answer, "red_flags.0.urgency", "emergency");
    small_done(&answer);
    answer = post(*state, "/v1/check", "{'q':'does massage help neck pain'}");
    assert_int_equal(small_size(&answer, "red_flags"), 0);
    small_done(&answer);
}

/* The warning on the front page holds words of the book and none of the visitor's as markup. */
static void the_front_page_warns_above_its_answer(void **state)
{
    struct small_answer page = small_get(
        *state, "/?q=crushing+chest+pain+%3Cscript%3Ealert(1)%3C%2Fscript%3E+does+massage+help");
    assert_int_equal(page.status, 200);
    const char *answer = strstr(page.text, "<article");
    assert_non_null(answer);
    const char *alarm = strstr(answer, "<p class=\"alarm\" role=\"alert\">");
    assert_non_null(alarm);
    assert_non_null(strstr(alarm, "ambulance"));
    assert_true(alarm < strstr(answer, "<h2"));
    assert_null(strstr(page.text, "<script>alert"));
    small_done(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_of_the_contract_is_there),
        cmocka_unit_test(a_diary_is_answered_on_its_own_scale),
        cmocka_unit_test(dates_come_back_as_dates_and_numbers_as_numbers),
        cmocka_unit_test(medicines_come_with_what_they_may_do_and_how_sure_that_is),
        cmocka_unit_test(a_doubtful_link_is_marked),
        cmocka_unit_test(a_switch_is_told),
        cmocka_unit_test(a_medicine_to_come_off_slowly_names_its_rule),
        cmocka_unit_test(what_is_wrong_is_told_with_its_place),
        cmocka_unit_test(parameters_and_other_methods_are_refused),
        cmocka_unit_test(no_answer_is_to_be_kept_by_anyone),
        cmocka_unit_test(a_picture_is_sound_whatever_the_diary),
        cmocka_unit_test(offsets_count_code_points),
        cmocka_unit_test(nothing_found_is_no_all_clear),
        cmocka_unit_test(a_text_that_is_none_is_refused),
        cmocka_unit_test(a_question_that_tells_of_danger_is_answered_by_it_first),
        cmocka_unit_test(the_front_page_warns_above_its_answer),
    };
    return cmocka_run_group_tests(tests, start, small_stop);
}
