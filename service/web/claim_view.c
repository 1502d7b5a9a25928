#include "service/web/claim_view.h"

#include <string.h>

#include "service/api/curated_claim_shape.h"
#include "service/views/claim_sign.h"
#include "service/views/html.h"
#include "service/web/parts_view.h"
#include "service/web/safety_view.h"
#include "service/web/signs.h"

const char *claim_address(const struct curated_claim *claim, struct arena *arena)
{
    return arena_printf(arena, "/claim/%s", claim->id);
}

/* ---- the claim itself ---- */

static void put_first_screen(const struct page *page, const struct curated_claim *claim,
                             const struct claim *vetted)
{
    struct buffer *out = page->out;
    html_put(out,
             "<h1><span class=\"crumb\">%s <span aria-hidden=\"true\">›</span> what is said of it"
             "</span>\n",
             claim->intervention->name);
    sign_put_claim(out, claim->verdict);
    buffer_text(out, "</h1>\n");
    buffer_text(out, "<blockquote class=\"said\"><p>“");
    parts_put_text(page, claim->text, strlen(claim->text), vetted);
    buffer_text(out, "”</p></blockquote>\n");
    html_put(out, "<p class=\"lead\">%s</p>\n", claim->summary);
}

/* ---- where to go on ---- */

static bool has_others(const struct curated_claim *claims, size_t count,
                       const struct curated_claim *but)
{
    return count > 0 && claims[0].vetted && (count > 1 || but == NULL);
}

void claims_put_about(const struct page *page, const struct intervention *intervention,
                      const struct curated_claim *but)
{
    size_t count;
    const struct curated_claim *claims = curated_claims_about(page->catalog, intervention, &count);
    if (!has_others(claims, count, but))
        return;
    html_put(page->out, "<section><h2>%s</h2>\n<ul class=\"rated claims\">\n",
             but == NULL ? "What is said of it, judged" : "What else is said of it");
    for (size_t i = 0; i < count; i++) {
        if (&claims[i] == but)
            continue;
        html_put(page->out, "<li><a href=\"%s\">“%s”</a>", claim_address(&claims[i], page->arena),
                 claims[i].text);
        sign_put_claim(page->out, claims[i].verdict);
        buffer_text(page->out, "</li>\n");
    }
    buffer_text(page->out, "</ul></section>\n");
}

static void put_further(const struct page *page, const struct intervention *intervention)
{
    html_put(page->out,
             "<section class=\"further\"><h2>Look further</h2>\n<ul class=\"choices\">\n"
             "<li><a href=\"/t/%s\">What the studies say about %s</a></li>\n</ul></section>\n",
             intervention->id, intervention->plain);
}

static void put_citation(const struct page *page, const struct curated_claim *claim,
                         const char *site)
{
    const char *address = claim_address(claim, page->arena);
    html_put(page->out,
             "<section class=\"row\"><h2>To cite this</h2><div>\n<p>Touchstone. “%s”: %s. "
             "Base %s, rules %s %s. %s%s</p></div></section>\n",
             curated_claim_statement(claim, page->arena), claim_badge(claim->verdict),
             catalog_dataset(page->catalog)->version, catalog_ruleset(page->catalog)->id,
             catalog_ruleset(page->catalog)->version, site, address);
}

/* ---- for programs ---- */

static void put_claim_review(const struct page *page, const struct curated_claim *claim,
                             const char *site)
{
    struct buffer text = {0};
    struct json_writer json;
    json_writer_init(&json, &text, 0);
    shape_claim_review(&json, page->catalog, claim, site, page->arena);
    if (strcmp(buffer_string(&text), "null") != 0) {
        buffer_text(page->out, "<script type=\"application/ld+json\">");
        html_script_json(page->out, buffer_string(&text), text.length);
        buffer_text(page->out, "</script>\n");
    }
    buffer_release(&text);
}

void claim_put(const struct page *page, const struct curated_claim *claim,
               const struct claim *vetted, const char *site)
{
    buffer_text(page->out, "<article class=\"answer\">\n");
    put_first_screen(page, claim, vetted);
    parts_put_list(page, claim->text, vetted);
    parts_put_supported_wording(page, vetted);
    parts_put_not_checked(page, vetted);
    safety_put(page, claim->intervention, vetted->condition);
    put_citation(page, claim, site);
    claims_put_about(page, claim->intervention, claim);
    put_further(page, claim->intervention);
    put_claim_review(page, claim, site);
    buffer_text(page->out, "</article>\n");
}
