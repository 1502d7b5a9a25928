#include "service/web/claim_view.h"

#include <string.h>

#include "service/api/curated_claim_shape.h"
#include "service/views/claim_sign.h"
#include "service/views/html.h"
#include "service/web/lists_view.h"
#include "service/web/safety_view.h"
#include "service/web/signs.h"

/* Pairs of treatment and complaint shown behind one part; the data has them all. */
enum { PAIRS_SHOWN = 4 };

const char *claim_address(const struct curated_claim *claim, struct arena *arena)
{
    return arena_printf(arena, "/claim/%s", claim->id);
}

/* ---- the claim itself ---- */

static void put_marked(struct buffer *out, const struct curated_claim *claim, size_t index)
{
    const struct curated_part *part = &claim->parts[index];
    html_put(out, "<a class=\"part %s\" href=\"#part-%zu\">", claim_sign(part->verdict).tone,
             index + 1);
    html_text_length(out, claim->text + part->start_byte, part->end_byte - part->start_byte);
    html_put(out,
             "<sup><span class=\"unseen\"> (part </span>%zu<span class=\"unseen\">: %s)</span>"
             "</sup></a>",
             index + 1, claim_badge(part->verdict));
}

/* The text as it stands. Where two parts overlap, the first is marked; all are listed below. */
static void put_text(struct buffer *out, const struct curated_claim *claim)
{
    size_t at = 0;
    buffer_text(out, "<blockquote class=\"said\"><p>“");
    for (size_t i = 0; i < claim->part_count; i++) {
        const struct curated_part *part = &claim->parts[i];
        if (part->start_byte < at)
            continue;
        html_text_length(out, claim->text + at, part->start_byte - at);
        put_marked(out, claim, i);
        at = part->end_byte;
    }
    html_put(out, "%s”</p></blockquote>\n", claim->text + at);
}

static void put_first_screen(const struct page *page, const struct curated_claim *claim)
{
    struct buffer *out = page->out;
    html_put(out,
             "<h1><span class=\"crumb\">%s <span aria-hidden=\"true\">›</span> what is said of it"
             "</span>\n",
             claim->intervention->name);
    sign_put_claim(out, claim->verdict);
    buffer_text(out, "</h1>\n");
    put_text(out, claim);
    html_put(out, "<p class=\"lead\">%s</p>\n", claim->summary);
}

/* ---- its parts ---- */

static bool is_first_of_pair(const struct claim_atom *atom, size_t index)
{
    const struct question *question = &atom->ratings[index]->question;
    for (size_t i = 0; i < index; i++)
        if (atom->ratings[i]->question.condition == question->condition &&
            atom->ratings[i]->question.intervention == question->intervention)
            return false;
    return true;
}

static void put_ratings(const struct page *page, const struct claim_atom *atom)
{
    size_t shown = 0;
    for (size_t i = 0; i < atom->rating_count && shown < PAIRS_SHOWN; i++) {
        const struct question *question = &atom->ratings[i]->question;
        if (!is_first_of_pair(atom, i))
            continue;
        buffer_text(page->out, shown++ == 0 ? "<p class=\"behind\">Rated: " : ", ");
        put_question_link(page, question->intervention, question->condition,
                          arena_printf(page->arena, "%s for %s", question->intervention->plain,
                                       question->condition->plain));
    }
    if (shown > 0)
        buffer_text(page->out, "</p>\n");
}

/* "FTC, 2003", as a link where the source has an address of its own. */
static void put_who_acted(struct buffer *out, const struct regulatory_action *action)
{
    const struct citation *source = &action->backing.citations[0];
    if (source->url != NULL)
        html_put(out, "<a href=\"%s\">", source->url);
    html_put(out, "%s", action->body);
    if (action->year > 0)
        html_put(out, ", %d", action->year);
    if (source->url != NULL)
        buffer_text(out, "</a>");
    else if (source->read_at != NULL)
        html_put(out, " (read at %s)", source->read_at);
}

/* Regulators' actions; the reason may have told what one did already. */
static void put_actions(const struct page *page, const struct claim_atom *atom)
{
    for (const struct regulatory_action *const *at = atom->actions; *at != NULL; at++) {
        const struct regulatory_action *action = *at;
        bool told = strstr(atom->reason, action->what) != NULL;
        buffer_text(page->out, "<p class=\"behind\">");
        put_who_acted(page->out, action);
        html_put(page->out, "%s%s", told ? "" : ": ", told ? "" : action->what);
        if (action->backing.doubtful != NULL)
            html_put(page->out, " <small>%s</small>", action->backing.doubtful);
        buffer_text(page->out, "</p>\n");
    }
}

static void put_part(const struct page *page, const struct curated_claim *claim,
                     const struct claim *vetted, size_t index)
{
    struct buffer *out = page->out;
    const struct claim_atom *atom = &vetted->atoms[index];
    html_put(out, "<li id=\"part-%zu\"><p class=\"judged\"><q>", index + 1);
    html_text_length(out, claim->text + atom->start_byte, atom->end_byte - atom->start_byte);
    buffer_text(out, "</q> ");
    sign_put_claim(out, atom->verdict);
    html_put(out, "</p>\n<p>%s</p>\n", atom->reason);
    put_ratings(page, atom);
    put_actions(page, atom);
    buffer_text(out, "</li>\n");
}

static void put_parts(const struct page *page, const struct curated_claim *claim,
                      const struct claim *vetted)
{
    if (vetted->atom_count == 0)
        return;
    html_put(page->out, "<section class=\"row\"><h2>%s</h2><div>\n<ol class=\"parts\">\n",
             vetted->atom_count == 1 ? "Why" : "Part by part");
    for (size_t i = 0; i < vetted->atom_count; i++)
        put_part(page, claim, vetted, i);
    buffer_text(page->out, "</ol></div></section>\n");
}

/* ---- what could be said, and what could not be checked ---- */

static void put_supported_wording(const struct page *page, const struct claim *vetted)
{
    if (vetted->supported_wording == NULL)
        return;
    html_put(page->out,
             "<section class=\"row\"><h2>What could honestly be said</h2><div>\n"
             "<blockquote class=\"could\"><p>%s</p></blockquote></div></section>\n",
             vetted->supported_wording);
}

static void put_not_checked(const struct page *page, const struct claim *vetted)
{
    if (vetted->not_checked[0] == NULL)
        return;
    buffer_text(page->out, "<section class=\"row\"><h2>Not checked</h2><div>\n<p>This part is "
                           "outside what is rated here:</p>\n<ul>\n");
    for (const char *const *one = vetted->not_checked; *one != NULL; one++)
        html_put(page->out, "<li><q>%s</q></li>\n", *one);
    buffer_text(page->out, "</ul></div></section>\n");
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
    put_first_screen(page, claim);
    put_parts(page, claim, vetted);
    put_supported_wording(page, vetted);
    put_not_checked(page, vetted);
    safety_put(page, claim->intervention, vetted->condition);
    put_citation(page, claim, site);
    claims_put_about(page, claim->intervention, claim);
    put_further(page, claim->intervention);
    put_claim_review(page, claim, site);
    buffer_text(page->out, "</article>\n");
}
