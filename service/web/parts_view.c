#include "service/web/parts_view.h"

#include <string.h>

#include "service/views/claim_sign.h"
#include "service/views/html.h"
#include "service/web/lists_view.h"
#include "service/web/rule_view.h"
#include "service/web/signs.h"
#include "service/web/studies_view.h"

/* Pairs of treatment and complaint shown behind one part, and studies; the data has them all. */
enum { PAIRS_SHOWN = 4, STUDIES_SHOWN = 4 };

/* ---- the text ---- */

static void put_marked(struct buffer *out, const char *text, const struct claim_atom *atom,
                       size_t index)
{
    html_put(out, "<a class=\"part %s\" href=\"#part-%zu\">", claim_sign(atom->verdict).tone,
             index + 1);
    html_text_length(out, text + atom->start_byte, atom->end_byte - atom->start_byte);
    html_put(out,
             "<sup><svg class=\"sign\" aria-hidden=\"true\"><use href=\"#sign-%s\"/></svg>"
             "<span class=\"unseen\"> (part </span>%zu<span class=\"unseen\">: %s)</span>"
             "</sup></a>",
             claim_sign(atom->verdict).symbol, index + 1, claim_badge(atom->verdict));
}

void parts_put_text(const struct page *page, const char *text, size_t length,
                    const struct claim *claim)
{
    size_t at = 0;
    for (size_t i = 0; i < claim->atom_count; i++) {
        const struct claim_atom *atom = &claim->atoms[i];
        if (atom->start_byte < at)
            continue;
        html_text_length(page->out, text + at, atom->start_byte - at);
        put_marked(page->out, text, atom, i);
        at = atom->end_byte;
    }
    html_text_length(page->out, text + at, length - at);
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

/* Who found it: the studies of the strongest rating behind the part that gave a figure. */
static void put_studies(const struct page *page, const struct claim_atom *atom)
{
    if (atom->rating_count == 0)
        return;
    const struct body *body = &atom->ratings[0]->body;
    size_t shown = 0;
    for (size_t i = body->count; i > 0 && shown < STUDIES_SHOWN; i--) {
        if (!body->studies[i - 1].used)
            continue;
        buffer_text(page->out, shown++ == 0 ? "<p class=\"behind\">Studies, newest first: " : ", ");
        study_put_link(page, body->studies[i - 1].study);
    }
    if (shown > 0 && shown < body->used)
        html_put(page->out, ", and %zu more", body->used - shown);
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

static void put_rules(const struct page *page, const struct claim_atom *atom)
{
    if (atom->rules[0] == NULL)
        return;
    buffer_text(page->out, "<p class=\"behind\">Judged by rule ");
    for (size_t i = 0; atom->rules[i] != NULL; i++) {
        buffer_text(page->out, i == 0 ? "" : ", ");
        rule_put_link(page, atom->rules[i]);
    }
    buffer_text(page->out, "</p>\n");
}

static void put_part(const struct page *page, const char *text, const struct claim_atom *atom,
                     size_t index)
{
    struct buffer *out = page->out;
    html_put(out, "<li id=\"part-%zu\" value=\"%zu\"><p class=\"judged\"><q dir=\"auto\">",
             index + 1, index + 1);
    html_text_length(out, text + atom->start_byte, atom->end_byte - atom->start_byte);
    buffer_text(out, "</q> ");
    sign_put_claim(out, atom->verdict);
    html_put(out, "</p>\n<p>%s</p>\n", atom->reason);
    put_ratings(page, atom);
    put_studies(page, atom);
    put_actions(page, atom);
    put_rules(page, atom);
    buffer_text(out, "</li>\n");
}

void parts_put_list(const struct page *page, const char *text, const struct claim *claim)
{
    if (claim->atom_count == 0)
        return;
    html_put(page->out, "<section class=\"row\"><h2>%s</h2><div>\n<ol class=\"parts\">\n",
             claim->atom_count == 1 ? "Why" : "Part by part");
    for (int verdict = CLAIM_MISLEADING; verdict <= CLAIM_NONE; verdict++)
        for (size_t i = 0; i < claim->atom_count; i++)
            if ((int)claim->atoms[i].verdict == verdict)
                put_part(page, text, &claim->atoms[i], i);
    buffer_text(page->out, "</ol></div></section>\n");
}

/* ---- what could be said, and what could not be checked ---- */

void parts_put_supported_wording(const struct page *page, const struct claim *claim)
{
    if (claim->supported_wording == NULL)
        return;
    html_put(page->out,
             "<section class=\"row\"><h2>What could honestly be said</h2><div>\n"
             "<blockquote class=\"could\"><p id=\"could\">%s</p></blockquote></div></section>\n",
             claim->supported_wording);
}

void parts_put_not_checked(const struct page *page, const struct claim *claim)
{
    if (claim->not_checked[0] == NULL)
        return;
    buffer_text(page->out, "<section class=\"row\"><h2>Not checked</h2><div>\n<p>This part is "
                           "outside what is rated here:</p>\n<ul>\n");
    for (const char *const *one = claim->not_checked; *one != NULL; one++)
        html_put(page->out, "<li><q>%s</q></li>\n", *one);
    buffer_text(page->out, "</ul></div></section>\n");
}
