/* The pages as handlers give them, over the curated base. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/judgement/knowledge.h"
#include "evidence/judgement/question/check.h"
#include "evidence/rating/verdict.h"
#include "service/api/api.h"
#include "service/web/assets.h"
#include "service/web/front.h"
#include "service/web/lists_view.h"
#include "service/web/map_view.h"
#include "service/web/signs.h"

static struct catalog *load(void)
{
    static const struct catalog_stamp stamp = {.hash = "0", .changed = 1};
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct base base;
    struct error err = {0};
    base_read_folder("evidence/data", &base, &problems);
    struct catalog *catalog =
        problems_none(&problems, &err) ? knowledge_of(arena, &base, &stamp, &err) : NULL;
    if (catalog == NULL) {
        print_error("evidence/data cannot be read (run the tests from the root): %s\n",
                    err.message);
        arena_free(arena);
    }
    return catalog;
}

static int set_up(void **state)
{
    *state = load();
    return *state == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    catalog_release(*state);
    return 0;
}

/* A page asked for; `html` is what it says. */
struct asked {
    struct arena *arena;
    struct problems problems;
    struct answer answer;
    struct error err;
    const char *html;
    bool good;
};

static void ask(struct asked *asked, struct catalog *catalog, handler *handle, const char *name,
                const char *value)
{
    *asked = (struct asked){.arena = arena_new()};
    asked->problems.arena = asked->arena;
    const struct field field = {name, value};
    const struct request request = {
        .method = METHOD_GET,
        .path = "/",
        .query = &field,
        .query_count = value == NULL ? 0 : 1,
        .body = "",
        .origin = "http://localhost",
        .arena = asked->arena,
        .problems = &asked->problems,
        .catalog = catalog,
    };
    asked->good = handle(&request, &asked->answer, &asked->err);
    asked->html =
        asked->answer.borrowed == NULL
            ? buffer_string(&asked->answer.body)
            : arena_strndup(asked->arena, asked->answer.borrowed, asked->answer.borrowed_length);
}

static void ask_page(struct asked *asked, void **state, const char *question)
{
    ask(asked, *state, get_front_page, "q", question);
    assert_true(asked->good);
}

static void done(struct asked *asked)
{
    answer_release(&asked->answer);
    arena_free(asked->arena);
}

static bool says(const struct asked *asked, const char *text)
{
    return strstr(asked->html, text) != NULL;
}

static void assert_says(const struct asked *asked, const char *text)
{
    if (!says(asked, text))
        print_error("the page does not say: %s\n", text);
    assert_true(says(asked, text));
}

static const char *header_of(const struct asked *asked, const char *name)
{
    for (size_t i = 0; i < asked->answer.header_count; i++)
        if (strcmp(asked->answer.headers[i].name, name) == 0)
            return asked->answer.headers[i].value;
    return "";
}

static size_t count_of(const char *html, const char *piece)
{
    size_t count = 0;
    for (const char *at = html; (at = strstr(at, piece)) != NULL; at++)
        count++;
    return count;
}

static void without_a_question_the_page_explains_and_gives_examples(void **state)
{
    struct asked asked;
    ask_page(&asked, state, NULL);
    assert_says(&asked, "<html lang=\"en\">");
    assert_says(&asked, "<link rel=\"canonical\" href=\"/\">");
    assert_says(&asked, "<form class=\"ask\" action=\"/\" method=\"get\"");
    assert_says(&asked, "<h2>Questions to try</h2>");
    assert_says(&asked, "This is not a diagnosis.");
    done(&asked);
    ask_page(&asked, state, "   ");
    assert_says(&asked, "<h2>Questions to try</h2>");
    done(&asked);
}

static size_t whole_map(struct catalog *catalog)
{
    struct arena *arena = arena_new();
    struct evidence_map map = evidence_map_of(catalog, &(struct map_filter){.kind = -1}, arena);
    size_t cells = 0;
    for (size_t i = 0; i < map.intervention_count * map.condition_count; i++)
        cells += map.cells[i] != NULL;
    arena_free(arena);
    return cells;
}

static void the_front_page_has_a_sign_for_every_pair_that_was_studied(void **state)
{
    struct asked asked;
    ask_page(&asked, state, NULL);
    assert_int_equal(count_of(asked.html, "<td><a href=\"/t/"), whole_map(*state));
    assert_false(says(&asked, " style="));
    done(&asked);
}

static void a_filter_shows_a_part_and_one_that_is_none_shows_all(void **state)
{
    static const char *const none[] = {"kind", "condition", "verdict", "colour"};
    struct asked asked;
    ask(&asked, *state, get_front_page, "kind", "device");
    size_t part = count_of(asked.html, "<td><a href=\"/t/");
    assert_true(part > 0 && part < whole_map(*state));
    assert_says(&asked, "<a href=\"/?kind=device&amp;verdict=works#map\">");
    done(&asked);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        ask(&asked, *state, get_front_page, none[i], "\"><script>magic");
        assert_int_equal(count_of(asked.html, "<td><a href=\"/t/"), whole_map(*state));
        assert_false(says(&asked, "magic"));
        done(&asked);
    }
}

static void an_answer_shows_verdict_certainty_rows_and_studies(void **state)
{
    struct asked asked;
    struct checked checked;
    static const char question[] = "acupuncture for long-lasting low back pain";
    ask_page(&asked, state, question);
    check_question(*state, question, strlen(question), asked.arena, &checked);
    assert_non_null(checked.answer);
    assert_non_null(checked.answer->rating);
    assert_says(&asked, verdict_badge(checked.answer->verdict));
    assert_says(&asked, certainty_meaning(checked.answer->certainty));
    assert_says(&asked, sign_certainty_words(checked.answer->certainty));
    assert_says(&asked, "<h2>How big</h2>");
    assert_says(&asked, "<strong>Against a pretend needle");
    assert_says(&asked, "<strong>Against doing without it");
    assert_says(&asked, "<h2>How sure, and why</h2>");
    assert_says(&asked, "<h2>How safe</h2>");
    assert_says(&asked, "<h2>The studies</h2>");
    for (size_t i = 0; i < checked.answer->rating->body.count; i++)
        assert_says(&asked, study_url(checked.answer->rating->body.studies[i].study, asked.arena));
    assert_says(&asked,
                "href=\"/v1/check?q=acupuncture%20for%20long-lasting%20low%20back%20pain\"");
    assert_says(&asked, catalog_dataset(*state)->version);
    done(&asked);
}

/* "We don't know" needs its proof as much as "it works" does. */
static void studies_without_a_figure_are_listed_one_by_one(void **state)
{
    const struct base *base = catalog_base(*state);
    struct arena *arena = arena_new();
    size_t looked_at = 0;
    for (size_t i = 0; i < base->intervention_count; i++) {
        for (size_t j = 0; j < base->condition_count && looked_at < 20; j++) {
            const struct headline *headline = catalog_headline(*state, &base->interventions[i],
                                                               &base->conditions[j], NULL, arena);
            if (headline->rating != NULL || headline->studies == 0)
                continue;
            struct asked asked;
            ask_page(&asked, state,
                     question_about(&base->interventions[i], &base->conditions[j], arena));
            const char *list = strstr(asked.html, "<ul class=\"shelf\">");
            assert_non_null(list);
            /* Retracted ones are shown as well, and not counted by the headline. */
            assert_true(count_of(list, "<li><a href=\"http") >= (size_t)headline->studies);
            looked_at++;
            done(&asked);
        }
    }
    arena_free(arena);
    assert_true(looked_at > 0);
}

static void the_title_carries_the_verdict_in_words(void **state)
{
    struct asked asked;
    ask_page(&asked, state, "massage gun for carpal tunnel");
    assert_says(&asked, "<title>No study found: a massage gun for carpal tunnel syndrome – ");
    assert_says(&asked, "<link rel=\"canonical\" href=\"/t/massage-gun/carpal-tunnel");
    done(&asked);
}

static void a_condition_alone_lists_what_is_rated_for_it(void **state)
{
    struct asked asked;
    ask_page(&asked, state, "what helps tennis elbow?");
    assert_says(&asked, "<h1>What helps tennis elbow</h1>");
    assert_says(&asked, "<ol class=\"rated\">");
    assert_says(&asked, "/lateral-elbow-pain\">");
    done(&asked);
}

static void a_treatment_alone_lists_what_it_was_studied_for(void **state)
{
    struct asked asked;
    ask_page(&asked, state, "kinesio tape");
    assert_says(&asked, "You did not say what for.");
    assert_says(&asked, "What it was studied for, most studied first");
    done(&asked);
}

static void an_unknown_treatment_is_said_to_be_unknown(void **state)
{
    struct asked asked;
    ask_page(&asked, state, "moon crystals for neck pain");
    assert_says(&asked, "<h1>Not in this base</h1>");
    assert_says(&asked, "&quot;moon crystals&quot; is not in this base");
    assert_says(&asked, "All that is rated for neck pain");
    assert_says(&asked, "<meta name=\"robots\" content=\"noindex\">");
    assert_false(says(&asked, "Not understood, and left out"));
    done(&asked);
}

static void a_question_back_has_its_answers_as_links(void **state)
{
    struct asked asked;
    ask_page(&asked, state, "headache");
    assert_says(&asked, "<h1>Which is it: ");
    assert_says(&asked, "<a href=\"/c/migraine\">migraine</a>");
    done(&asked);
}

static void what_is_not_understood_at_all_gets_examples(void **state)
{
    struct asked asked;
    ask_page(&asked, state, "asdf qwer");
    assert_says(&asked, "<h2>Questions to try</h2>");
    assert_says(&asked, "noindex");
    done(&asked);
}

static void hostile_questions_stay_text(void **state)
{
    static const char *const hostile[] = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)' autofocus='",
        "</title><script>alert(1)</script>",
        "<svg/onload=alert(1)> for neck pain",
        "dry needling </textarea><iframe src=//evil.example> neck knots",
        "javascript:alert(1)",
        "\xE2\x80\xAE"
        "gnildeen yrd",
        "%s%n%d dry needling",
        "a\r\nSet-Cookie: x=1",
        "&lt;b&gt; &#x3c;script>",
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct asked asked;
        ask_page(&asked, state, hostile[i]);
        size_t data = count_of(asked.html, "<script type=\"application/ld+json\">");
        assert_in_range(data, 0, 1);
        size_t own = count_of(asked.html, "<script type=\"module\" src=\"/assets/");
        assert_int_equal(count_of(asked.html, "<script"), own + data);
        assert_int_equal(count_of(asked.html, "</script"), own + data);
        size_t plots = count_of(asked.html, "<img loading=\"lazy\" src=\"/v1/ratings/");
        assert_int_equal(count_of(asked.html, "<img"), plots);
        assert_false(says(&asked, "<iframe"));
        assert_false(says(&asked, "<svg/"));
        assert_false(says(&asked, "\" onfocus"));
        assert_false(says(&asked, "' onfocus"));
        assert_false(says(&asked, "href=\"javascript:"));
        assert_int_equal(count_of(asked.html, "</html>"), 1);
        done(&asked);
    }
}

static void long_questions_are_answered(void **state)
{
    enum { LENGTH = 8000 };
    static char question[LENGTH + 1];
    struct asked asked;
    for (size_t i = 0; i < LENGTH; i++)
        question[i] = "neck pain <"[i % 11];
    ask_page(&asked, state, question);
    assert_int_equal(count_of(asked.html, "</html>"), 1);
    done(&asked);
}

static void pages_are_locked_down_and_kept_by_the_reader_alone(void **state)
{
    struct asked asked;
    ask_page(&asked, state, "dry needling");
    assert_string_equal(
        header_of(&asked, "Content-Security-Policy"),
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    assert_string_equal(header_of(&asked, "Referrer-Policy"), "no-referrer");
    assert_string_equal(asked.answer.content_type, "text/html; charset=utf-8");
    assert_string_equal(asked.answer.cache_control, "private, no-cache");
    assert_false(says(&asked, " style="));
    assert_false(says(&asked, "<style"));
    done(&asked);
}

static void before_the_base_is_loaded_the_page_says_so(void **state)
{
    struct asked asked;
    (void)state;
    ask(&asked, NULL, get_front_page, "q", "dry needling");
    assert_true(asked.good);
    assert_int_equal(asked.answer.status, 503);
    assert_string_equal(header_of(&asked, "Retry-After"), "5");
    assert_says(&asked, "still being loaded");
    assert_says(&asked, "value=\"dry needling\"");
    done(&asked);
}

/* The promise behind every link of a list: it asks for what it names. */
static void links_to_a_question_are_understood_as_what_they_name(void **state)
{
    const struct base *base = catalog_base(*state);
    struct arena *arena = arena_new();
    size_t missed = 0;
    for (size_t i = 0; i < base->intervention_count; i++) {
        for (size_t j = 0; j < base->condition_count; j++) {
            struct understood understood;
            const char *question =
                question_about(&base->interventions[i], &base->conditions[j], arena);
            question_understand(catalog_lexicon(*state), question, strlen(question), arena,
                                &understood);
            bool good = understood.intervention_count > 0 && understood.condition_count > 0 &&
                        understood.interventions[0].entry == &base->interventions[i] &&
                        understood.conditions[0].entry == &base->conditions[j];
            if (!good)
                print_message("not understood as what it names: %s\n", question);
            missed += !good;
        }
    }
    arena_free(arena);
    assert_int_equal(missed, 0);
}

static void an_id_never_shows(void **state)
{
    static const char *const questions[] = {"dry needling for knots in the neck",
                                            "foam roller for sore muscles", "low back pain"};
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct asked asked;
        ask_page(&asked, state, questions[i]);
        assert_false(says(&asked, ">pmid:"));
        assert_false(says(&asked, ">doi:"));
        assert_false(says(&asked, ">neck-mtrp"));
        done(&asked);
    }
}

/* ---- assets ---- */

static void ask_asset(struct asked *asked, const char *name, const char *version)
{
    *asked = (struct asked){.arena = arena_new()};
    asked->problems.arena = asked->arena;
    const struct field part = {"name", name};
    const struct field query = {"v", version};
    const struct request request = {.method = METHOD_GET,
                                    .path = "/assets/x",
                                    .parts = &part,
                                    .part_count = 1,
                                    .query = &query,
                                    .query_count = version == NULL ? 0 : 1,
                                    .body = "",
                                    .arena = asked->arena,
                                    .problems = &asked->problems};
    asked->good = get_asset(&request, &asked->answer, &asked->err);
}

static void an_asset_is_kept_for_good_under_its_own_hash_only(void **state)
{
    static const char *const names[] = {"style.css", "front.js", "icon.svg"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct asked asked;
        struct arena *arena = arena_new();
        const char *address = asset_address(names[i], arena);
        ask_asset(&asked, names[i], strchr(address, '=') + 1);
        assert_true(asked.good);
        assert_string_equal(asked.answer.cache_control, "public, max-age=31536000, immutable");
        assert_true(asked.answer.borrowed_length > 0);
        done(&asked);
        ask_asset(&asked, names[i], "0123456789ab");
        assert_true(asked.good);
        assert_null(asked.answer.cache_control);
        done(&asked);
        arena_free(arena);
    }
}

static void an_unknown_asset_is_not_found(void **state)
{
    static const char *const names[] = {"", "signs.svg", "front.c", "../front.c", "style.css/"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct asked asked;
        ask_asset(&asked, names[i], NULL);
        assert_false(asked.good);
        assert_int_equal(asked.answer.refusal, REFUSAL_NOT_FOUND);
        done(&asked);
    }
}

static void a_refusal_is_a_page_with_the_form(void **state)
{
    struct arena *arena = arena_new();
    const struct request request = {.arena = arena, .catalog = *state};
    const struct route page = {.flags = ROUTE_PAGE};
    const struct refused refused = refused_for(REFUSAL_NOT_FOUND, "there is nothing at /<b>");
    struct answer answer = {0};
    assert_true(front_refusal(&request, &page, &refused, &answer));
    assert_non_null(strstr(buffer_string(&answer.body), "there is nothing at /&lt;b&gt;"));
    assert_non_null(strstr(buffer_string(&answer.body), "<form"));
    answer_release(&answer);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_question_the_page_explains_and_gives_examples),
        cmocka_unit_test(the_front_page_has_a_sign_for_every_pair_that_was_studied),
        cmocka_unit_test(a_filter_shows_a_part_and_one_that_is_none_shows_all),
        cmocka_unit_test(an_answer_shows_verdict_certainty_rows_and_studies),
        cmocka_unit_test(studies_without_a_figure_are_listed_one_by_one),
        cmocka_unit_test(the_title_carries_the_verdict_in_words),
        cmocka_unit_test(a_condition_alone_lists_what_is_rated_for_it),
        cmocka_unit_test(a_treatment_alone_lists_what_it_was_studied_for),
        cmocka_unit_test(an_unknown_treatment_is_said_to_be_unknown),
        cmocka_unit_test(a_question_back_has_its_answers_as_links),
        cmocka_unit_test(what_is_not_understood_at_all_gets_examples),
        cmocka_unit_test(hostile_questions_stay_text),
        cmocka_unit_test(long_questions_are_answered),
        cmocka_unit_test(pages_are_locked_down_and_kept_by_the_reader_alone),
        cmocka_unit_test(before_the_base_is_loaded_the_page_says_so),
        cmocka_unit_test(links_to_a_question_are_understood_as_what_they_name),
        cmocka_unit_test(an_id_never_shows),
        cmocka_unit_test(an_asset_is_kept_for_good_under_its_own_hash_only),
        cmocka_unit_test(an_unknown_asset_is_not_found),
        cmocka_unit_test(a_refusal_is_a_page_with_the_form),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
