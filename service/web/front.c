/* GET /: the question form, and the answer. */
#include "service/web/front.h"

#include <string.h>

#include "evidence/base/text.h"
#include "evidence/rating/verdict.h"
#include "service/api/api.h"
#include "service/api/kept_answer.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/web/address.h"
#include "service/web/answer_view.h"
#include "service/web/curate_view.h"
#include "service/web/history_view.h"
#include "service/web/linked_data.h"
#include "service/web/lists_view.h"
#include "service/web/map_view.h"
#include "service/web/signs.h"

static const char about[] =
    "Ask whether a treatment for painful muscles works: a verdict in plain words, how sure it is, "
    "how big, how safe, and the studies behind it.";

/* Search engines show about this many characters of a description. */
enum { DESCRIPTION_CHARACTERS = 300 };

static struct page page_of(const struct request *request, struct answer *answer)
{
    return (struct page){
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
}

/* ---- without a question ---- */

static void put_legend(struct buffer *out)
{
    static const char *const verdicts[] = {"works",   "small-benefit", "does-not-work",
                                           "harmful", "unproven",      "untested"};
    buffer_text(out, "<section><h2>How to read an answer</h2>\n<ul class=\"legend\">\n");
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        buffer_text(out, "<li>");
        sign_put_verdict(out, verdicts[i]);
        buffer_text(out, "</li>\n");
    }
    buffer_text(out, "</ul>\n<p>“Probably” and “may” go with how sure it is, and so do the circles "
                     "with a plus: four is sure, one is hardly more than a guess. “We don't know "
                     "yet” is not “it doesn't work”.</p></section>\n");
}

/* What of the map is shown. A name that is none shows all: an address that was typed wrong still
 * leads to the map. */
static struct map_filter filter_of(const struct request *request)
{
    struct map_filter filter = {.kind = -1};
    const char *kind = query_filled(request, "kind");
    const char *condition = query_filled(request, "condition");
    const char *verdict = query_filled(request, "verdict");
    for (int i = 0; kind != NULL && kind_names[i] != NULL; i++)
        if (strcmp(kind, kind_names[i]) == 0)
            filter.kind = i;
    if (condition != NULL)
        filter.condition = base_condition(catalog_base(request->catalog), condition);
    for (size_t i = 0; verdict != NULL && verdict_names[i] != NULL; i++)
        if (strcmp(verdict, verdict_names[i]) == 0)
            filter.verdict = verdict_names[i];
    return filter;
}

static void put_home(const struct page *page, const struct map_filter *filter)
{
    const struct base *base = catalog_base(page->catalog);
    html_put(page->out,
             "<article class=\"home\">\n<h1>Does it work?</h1>\n"
             "<p class=\"lead\">Ask in your own words. You get one verdict, how sure it is, how "
             "big, how safe, and every study it rests on: %zu studies of %zu treatments.</p>\n",
             base->study_count, base->intervention_count);
    buffer_text(page->out, "<p>No name for it? <a href=\"/where\">Show where it hurts</a>.</p>\n");
    lists_put_examples(page);
    map_put(page, filter);
    lists_put_conditions(page);
    put_legend(page->out);
    buffer_text(page->out, "</article>\n");
}

static bool answer_home(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    const struct page page = page_of(request, answer);
    const struct map_filter filter = filter_of(request);
    const struct page_head head = {.title = "Touchstone: does it work for painful muscles?",
                                   .description = about,
                                   .canonical = "/",
                                   .question = "",
                                   .module = "map.js",
                                   .sheet = "map.css"};
    layout_headers(answer, false);
    layout_open(&page, &head);
    put_home(&page, &filter);
    layout_close(&page, &head);
    return true;
}

/* ---- with one ---- */

/* The first sentences of an answer, cut at a word. */
static const char *description_of(const char *sentence, struct arena *arena)
{
    size_t length = strlen(sentence);
    size_t most = text_bytes_of(sentence, length, DESCRIPTION_CHARACTERS);
    if (most == length)
        return sentence;
    while (most > 0 && sentence[most] != ' ')
        most--;
    return arena_printf(arena, "%.*s …", (int)most, sentence);
}

static void put_answer(const struct request *request, const struct checked *checked,
                       const struct page_head *head, struct answer *answer)
{
    const struct page page = page_of(request, answer);
    const struct beside beside = {
        .address = head->canonical == NULL
                       ? NULL
                       : arena_printf(request->arena, "%s%s", request->origin, head->canonical),
        .supposed = supposed_of(request, checked->answer),
        .changes = history_of(request, checked->answer),
        .narrowed = narrowed_of(request),
    };
    layout_open(&page, head);
    answer_put(&page, checked, &beside);
    if (head->canonical != NULL)
        linked_data_put(&page, checked, head->canonical, request->origin);
    layout_close(&page, head);
}

static struct page_head head_of(const struct checked *checked, const struct request *request)
{
    struct arena *arena = request->arena;
    const char *address = address_of_answer(checked, arena);
    bool card = checked->intervention != NULL && checked->outcome == NULL && address != NULL;
    return (struct page_head){
        .title = arena_printf(arena, "%s – Touchstone", answer_title(checked, arena)),
        .description = description_of(checked->sentence, arena),
        .canonical = address,
        .embed = card ? layout_oembed(request, address) : NULL,
        .json = arena_printf(arena, "/v1/check?q=%s", percent_encode(checked->query, arena)),
        .question = checked->query,
        .module = "topic.js",
        .sheet = "topic.css",
    };
}

static void answer_question(const struct request *request, const char *question,
                            struct answer *answer)
{
    struct checked checked;
    check_question(request->catalog, question, strlen(question), request->arena, &checked);
    const struct page_head head = head_of(&checked, request);
    layout_headers(answer, true);
    put_answer(request, &checked, &head, answer);
}

void front_topic(const struct request *request, const struct intervention *intervention,
                 const struct condition *condition, struct answer *answer)
{
    struct arena *arena = request->arena;
    struct checked checked;
    check_about(request->catalog, intervention, condition, arena, &checked);
    struct page_head head = head_of(&checked, request);
    if (intervention != NULL && condition != NULL)
        head.json = arena_printf(arena, "/v1/ratings/%s/%s", intervention->id, condition->id);
    layout_headers(answer, false);
    put_answer(request, &checked, &head, answer);
}

/* ---- before the base is there, and refusals ---- */

static void put_message(const struct page *page, const char *title, const char *text,
                        const char *question)
{
    const struct page_head head = {.title = arena_printf(page->arena, "%s – Touchstone", title),
                                   .description = text,
                                   .question = question};
    layout_open(page, &head);
    html_put(page->out,
             "<article class=\"answer\"><h1>%s</h1>\n<p class=\"lead\">%s</p></article>\n", title,
             text);
    if (page->catalog != NULL)
        lists_put_examples(page);
    layout_close(page, &head);
}

/* Where to go on after signing in. What was sent by POST is not sent again. */
static const char *address_again(const struct request *request)
{
    if (request->method != METHOD_GET)
        return "/curate";
    return request->raw_query == NULL
               ? request->path
               : arena_printf(request->arena, "%s?%s", request->path, request->raw_query);
}

bool front_refusal(const struct request *request, const struct route *route,
                   const struct refused *refused, struct answer *answer)
{
    if (!request_prefers_page(request, route))
        return false;
    const struct page page = page_of(request, answer);
    if (refused->status == 401) {
        curate_headers(answer);
        curate_put_sign_in(&page, address_again(request), NULL);
        return true;
    }
    layout_headers(answer, true);
    put_message(&page, refused->title, refused->detail == NULL ? "" : refused->detail, "");
    return true;
}

void front_not_loaded(const struct request *request, struct answer *answer, const char *question)
{
    const struct page page = page_of(request, answer);
    layout_headers(answer, true);
    answer->status = 503;
    answer->cache_control = "no-store";
    answer_header(answer, "Retry-After", "5");
    put_message(&page, "Not ready yet",
                "The studies are still being loaded, so nothing can be answered. Try again in a "
                "moment.",
                question);
}

static void put_ways(const struct page *page, const struct way *ways)
{
    if (ways[0].address == NULL)
        return;
    buffer_text(page->out, "<section class=\"back\"><h2>Did you mean one of these?</h2>\n"
                           "<ul class=\"choices\">\n");
    for (; ways->address != NULL; ways++)
        html_put(page->out, "<li><a href=\"%s\">%s</a></li>\n", ways->address, ways->words);
    buffer_text(page->out, "</ul></section>\n");
}

void front_not_found(const struct request *request, struct answer *answer, const char *title,
                     const struct way *ways)
{
    const struct page page = page_of(request, answer);
    const struct page_head head = {.title = arena_printf(request->arena, "%s – Touchstone", title),
                                   .description = title,
                                   .question = ""};
    layout_headers(answer, true);
    answer->status = 404;
    layout_open(&page, &head);
    html_put(page.out, "<article class=\"answer\"><h1>%s</h1>\n", title);
    put_ways(&page, ways);
    buffer_text(page.out, "</article>\n");
    lists_put_examples(&page);
    layout_close(&page, &head);
}

bool get_front_page(const struct request *request, struct answer *answer, struct error *err)
{
    const char *question = query_filled(request, "q");
    if (request->catalog == NULL)
        front_not_loaded(request, answer, question == NULL ? "" : question);
    else if (question == NULL)
        return kept_answer(request, answer, err, ANSWER_FRONT, answer_home);
    else
        answer_question(request, question, answer);
    return true;
}
