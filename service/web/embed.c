/*
 * GET /embed/…: an answer as a small card for an iframe in somebody else's page: the verdict, the
 * sentence, how sure, as of when, and the way to the studies. No script, no image, nothing sent
 * anywhere; any page may frame it.
 */
#include "service/api/api.h"
#include "service/api/curated_claim_shape.h"
#include "service/views/html.h"
#include "service/web/address.h"
#include "service/web/answer_view.h"
#include "service/web/assets.h"
#include "service/web/claim_view.h"
#include "service/web/signs.h"

/* Complaints shown for a treatment alone; the page has them all. */
enum { COMPLAINTS_SHOWN = 4 };

static const char content_security[] = "default-src 'none'; style-src 'self'; base-uri 'none'; "
                                       "form-action 'none'; frame-ancestors *";

/* ---- what all cards have ---- */

static void open_card(const struct page *page, const char *title)
{
    html_put(page->out,
             "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n"
             "<meta name=\"robots\" content=\"noindex\">\n<title>%s – Touchstone</title>\n"
             "<link rel=\"stylesheet\" href=\"%s\">\n</head>\n<body class=\"card\">\n",
             title, asset_address("style.css", page->arena));
    sign_put_symbols(page->out);
    buffer_text(page->out, "<main>\n");
}

/* The way to the whole, in a window of its own: the frame is somebody else's. */
static void close_card(const struct page *page, const char *origin, const char *address,
                       const char *words)
{
    html_put(page->out,
             "</main>\n<footer><p>As of %s · <a href=\"%s%s\" target=\"_blank\" "
             "rel=\"noopener\">%s</a></p></footer>\n</body>\n</html>\n",
             date_in_words(catalog_dataset(page->catalog)->collected, page->arena), origin, address,
             words);
}

static void card_headers(const struct request *request, struct answer *answer)
{
    answer->content_type = "text/html; charset=utf-8";
    answer->cache_control = "public, max-age=3600";
    answer->last_modified = catalog_stamp(request->catalog)->changed;
    answer_header(answer, "Content-Security-Policy", content_security);
}

/* ---- a treatment ---- */

static void put_pair(const struct page *page, const struct checked *checked)
{
    const struct headline *headline = checked->answer;
    html_put(page->out, "<p class=\"crumb\">%s</p>\n<h1>",
             question_about(checked->intervention, checked->condition, page->arena));
    sign_put_verdict(page->out, headline->verdict);
    buffer_text(page->out, "</h1>\n");
    if (headline->studies > 0 || headline->rating != NULL) {
        buffer_text(page->out, "<p class=\"sure\">");
        sign_put_certainty(page->out, headline->certainty);
        buffer_text(page->out, "</p>\n");
    }
    html_put(page->out, "<p>%s</p>\n", answer_lead(checked, page->arena));
}

static void put_treatment(const struct page *page, const struct checked *checked)
{
    html_put(page->out, "<h1>%s</h1>\n", checked->intervention->name);
    if (checked->ranked_count == 0)
        html_put(page->out, "<p>%s</p>\n", checked->sentence);
    buffer_text(page->out, "<ul class=\"rated\">\n");
    for (size_t i = 0; i < checked->ranked_count && i < COMPLAINTS_SHOWN; i++) {
        const struct headline *headline = checked->ranked[i];
        html_put(page->out, "<li>%s ", headline->condition->plain);
        sign_put_verdict(page->out, headline->verdict);
        sign_put_certainty(page->out, headline->certainty);
        buffer_text(page->out, "</li>\n");
    }
    buffer_text(page->out, "</ul>\n");
    if (checked->ranked_count > COMPLAINTS_SHOWN)
        html_put(page->out, "<p>Studied for %zu more.</p>\n",
                 checked->ranked_count - COMPLAINTS_SHOWN);
}

static void put_topic(const struct request *request, const struct page *page,
                      const struct intervention *intervention, const struct condition *condition)
{
    struct checked checked;
    check_about(page->catalog, intervention, condition, page->arena, &checked);
    open_card(page, condition == NULL ? intervention->name : answer_title(&checked, page->arena));
    if (condition == NULL)
        put_treatment(page, &checked);
    else
        put_pair(page, &checked);
    close_card(page, request->origin, address_of_topic(intervention, condition, page->arena),
               "Touchstone: the whole answer");
}

/* ---- a claim ---- */

static void put_claim(const struct request *request, const struct page *page,
                      const struct curated_claim *claim)
{
    const char *statement = curated_claim_statement(claim, page->arena);
    open_card(page, statement);
    html_put(page->out, "<p class=\"crumb\">“%s”</p>\n<h1>", statement);
    sign_put_claim(page->out, claim->verdict);
    html_put(page->out, "</h1>\n<p>%s</p>\n", claim->summary);
    close_card(page, request->origin, claim_address(claim, page->arena),
               "Touchstone: why, part by part");
}

/* ---- the request ---- */

static bool put_asked(const struct request *request, const struct page *page)
{
    const struct base *base = catalog_base(request->catalog);
    const char *claim_id = request_part(request, "claim");
    const char *condition_id = request_part(request, "condition");
    if (claim_id != NULL) {
        const struct curated_claim *claim = curated_claim_find(request->catalog, claim_id);
        if (claim != NULL)
            put_claim(request, page, claim);
        return claim != NULL;
    }
    const struct intervention *intervention =
        base_intervention(base, request_part(request, "intervention"));
    const struct condition *condition =
        condition_id == NULL ? NULL : base_condition(base, condition_id);
    if (intervention == NULL || (condition_id != NULL && condition == NULL))
        return false;
    put_topic(request, page, intervention, condition);
    return true;
}

/* A frame in another page shows this too, so it is a card as well. */
static void put_missing(const struct request *request, const struct page *page,
                        struct answer *answer)
{
    answer->status = 404;
    open_card(page, "Not here");
    buffer_text(page->out, "<h1>Not here</h1>\n<p>What this card was to show is not in the base "
                           "(any more).</p>\n");
    close_card(page, request->origin, "/", "Touchstone");
}

bool get_embed_card(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    if (request->catalog == NULL)
        return answer_refuse(request, answer, REFUSAL_UNAVAILABLE,
                             "the studies are still being loaded, try again in a moment");
    const struct page page = {
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
    card_headers(request, answer);
    if (!put_asked(request, &page))
        put_missing(request, &page, answer);
    return true;
}
