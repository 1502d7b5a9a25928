#include "service/web/answer_view.h"

#include <string.h>

#include "evidence/model/red_flag.h"
#include "evidence/rating/override.h"
#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/web/certainty_view.h"
#include "service/web/cite_view.h"
#include "service/web/claim_view.h"
#include "service/web/ending_view.h"
#include "service/web/glance_view.h"
#include "service/web/history_view.h"
#include "service/web/lists_view.h"
#include "service/web/red_flags_view.h"
#include "service/web/safety_view.h"
#include "service/web/signs.h"
#include "service/web/size_view.h"
#include "service/web/studies_view.h"
#include "service/web/turn_view.h"
#include "service/web/use_view.h"

/* ---- what it is about ---- */

const char *answer_title(const struct checked *checked, struct arena *arena)
{
    if (checked->answer != NULL)
        return arena_printf(arena, "%s: %s for %s", verdict_badge(checked->answer->verdict),
                            checked->intervention->plain, checked->condition->plain);
    if (checked->understood.unknown.phrase != NULL)
        return "Not in this base";
    if (checked->ask != NULL)
        return checked->ask;
    if (checked->intervention != NULL)
        return checked->intervention->name;
    if (checked->condition != NULL)
        return arena_printf(arena, "What helps %s", checked->condition->plain);
    return checked->understood.unknown_complaint != NULL ? "Not in this base" : "Not understood";
}

static void put_crumb(const struct page *page, const struct checked *checked)
{
    struct buffer *out = page->out;
    buffer_text(out, "<span class=\"crumb\">");
    if (checked->intervention != NULL)
        html_put(out, "%s", checked->intervention->name);
    if (checked->intervention != NULL && checked->condition != NULL)
        buffer_text(out, " <span aria-hidden=\"true\">›</span> ");
    if (checked->condition != NULL)
        html_put(out, "%s", checked->condition->plain);
    buffer_text(out, "</span>\n");
}

static void put_heading(const struct page *page, const struct checked *checked)
{
    struct buffer *out = page->out;
    buffer_text(out, "<h1>");
    if (checked->answer != NULL) {
        put_crumb(page, checked);
        sign_put_verdict(out, checked->answer->verdict);
    } else {
        html_put(out, "%s", answer_title(checked, page->arena));
    }
    buffer_text(out, "</h1>\n");
}

/* ---- how the question was read ---- */

static void put_typed(struct buffer *out, const struct checked *checked, struct span span)
{
    buffer_text(out, "“<bdi>");
    html_text_length(out, checked->query + span.start, span.end - span.start);
    buffer_text(out, "</bdi>”");
}

static void put_read_as(const struct page *page, const struct checked *checked, struct span span,
                        enum surety surety, const char *name)
{
    if (surety != SURETY_SPELLING)
        return;
    buffer_text(page->out, "<p class=\"note\">");
    put_typed(page->out, checked, span);
    html_put(page->out, " was read as %s.</p>\n", name);
}

/* The words of an unknown treatment are told in the sentence already. */
static bool is_in_unknown(const struct understood *understood, struct span span)
{
    const struct unknown_treatment *unknown = &understood->unknown;
    return unknown->phrase != NULL && span.start >= unknown->span.start &&
           span.end <= unknown->span.end;
}

static void put_not_understood(const struct page *page, const struct checked *checked)
{
    const struct understood *understood = &checked->understood;
    bool any = false;
    for (size_t i = 0; i < understood->not_understood_count; i++) {
        struct span span = understood->not_understood[i];
        if (is_in_unknown(understood, span))
            continue;
        buffer_text(page->out, any ? ", " : "<p class=\"note\">Not understood, and left out: ");
        any = true;
        put_typed(page->out, checked, span);
    }
    if (any)
        buffer_text(page->out, ".</p>\n");
}

static void put_compared(const struct page *page, const struct checked *checked)
{
    const struct understood *understood = &checked->understood;
    if (understood->intervention_count < 2)
        return;
    buffer_text(page->out, "<p class=\"note\">Each treatment has its own answer. You also named ");
    for (size_t i = 1; i < understood->intervention_count; i++) {
        const struct intervention *other = understood->interventions[i].entry;
        buffer_text(page->out, i == 1 ? "" : ", ");
        put_question_link(page, other, checked->condition, other->name);
    }
    buffer_text(page->out, ".</p>\n");
}

static void put_reading(const struct page *page, const struct checked *checked)
{
    const struct understood *understood = &checked->understood;
    if (understood->intervention_count > 0)
        put_read_as(page, checked, understood->interventions[0].span,
                    understood->interventions[0].surety, checked->intervention->name);
    if (understood->condition_count > 0 && !checked->condition_chosen)
        put_read_as(page, checked, understood->conditions[0].span, understood->conditions[0].surety,
                    checked->condition->name);
    if (checked->condition_chosen)
        html_put(page->out,
                 "<p class=\"note\">You did not say what for. This is the complaint it was studied "
                 "for most%s.</p>\n",
                 checked->ranked_count > 1 ? "; the others are below" : "");
    if (checked->outcome != NULL && checked->answer != NULL && !checked->outcome_answered)
        html_put(page->out, "<p class=\"note\">No study here gives a figure for %s.</p>\n",
                 checked->outcome->plain);
    put_compared(page, checked);
    put_not_understood(page, checked);
}

/* ---- every question behind it ---- */

static void put_question(const struct page *page, const struct rating *rating)
{
    const struct question *question = &rating->question;
    html_put(page->out,
             "<li><strong>%s, %s.</strong> %s <a href=\"/v1/ratings/%s\">Data"
             "<span class=\"unseen\"> on %s, %s</span></a></li>\n",
             question->outcome->name, window_words(question->window), rating->sentence,
             question->id, question->outcome->name, window_words(question->window));
}

/* The `count` ratings from `from` on that are against one class of comparator. */
static void put_questions_against(const struct page *page, size_t from, size_t count,
                                  enum comparator_class class)
{
    static const char *const headings[] = {
        [COMPARATOR_SHAM] = "Against a pretend treatment",
        [COMPARATOR_NOTHING] = "Against doing without it",
        [COMPARATOR_ACTIVE] = "Against another treatment",
        [COMPARATOR_MIXED] = "Against controls of several kinds, or not told",
    };
    bool any = false;
    for (size_t i = from; i < from + count; i++) {
        const struct rating *rating = catalog_rating(page->catalog, i);
        if (rating->question.comparator_class != class)
            continue;
        if (!any)
            html_put(page->out, "<h3>%s</h3>\n<ul>\n", headings[class]);
        any = true;
        put_question(page, rating);
    }
    if (any)
        buffer_text(page->out, "</ul>\n");
}

static void put_questions(const struct page *page, const struct headline *headline)
{
    static const enum comparator_class order[] = {COMPARATOR_SHAM, COMPARATOR_NOTHING,
                                                  COMPARATOR_MIXED, COMPARATOR_ACTIVE};
    size_t from;
    size_t count =
        catalog_ratings_of(page->catalog, headline->intervention->id, headline->home->id, &from);
    if (count == 0)
        return;
    html_put(page->out,
             "<details class=\"questions\"><summary>Everything rated about %s for %s "
             "(%zu)</summary>\n",
             headline->intervention->plain, headline->home->plain, count);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        put_questions_against(page, from, count, order[i]);
    buffer_text(page->out, "</details>\n");
}

static void put_besides(const struct page *page, const struct headline *headline)
{
    if (headline->besides[0] == NULL)
        return;
    buffer_text(page->out, "<p class=\"note\">It is also rated for ");
    for (size_t i = 0; headline->besides[i] != NULL; i++) {
        buffer_text(page->out, i == 0 ? "" : ", ");
        put_question_link(page, headline->intervention, headline->besides[i],
                          headline->besides[i]->plain);
    }
    buffer_text(page->out, ".</p>\n");
}

/* ---- the whole ---- */

/* Where the sentence after `text`'s first one begins; NULL if there is none. */
static const char *next_sentence(const char *text)
{
    const char *stop = strstr(text, ". ");
    return stop == NULL ? NULL : stop + 2;
}

/* The text from `text` to `end`, without the space before it; NULL: all. */
static void put_paragraph(struct buffer *out, const char *class, const char *text, const char *end)
{
    size_t length = end == NULL ? strlen(text) : (size_t)(end - text) - 1;
    html_put(out, "<p class=\"%s\">", class);
    html_text_length(out, text, length);
    buffer_text(out, "</p>\n");
}

/* The sentence that tells the verdict. Whose evidence it is may stand before it; where the headline
 * is weaker than its rating, the sentence just before the rating's own says so. */
static const char *lead_of(const struct checked *checked)
{
    const struct headline *headline = checked->answer;
    const char *lead = checked->answered;
    if (headline == NULL || headline->rating == NULL)
        return lead;
    const struct rating *rating = headline->rating;
    const char *own = strstr(lead, rating->sentence);
    bool weaker = rating->verdict == NULL || strcmp(headline->verdict, rating->verdict) != 0;
    if (own == NULL || !weaker)
        return own == NULL ? lead : own;
    for (const char *next = next_sentence(lead); next != NULL && next < own;
         next = next_sentence(lead))
        lead = next;
    return lead;
}

const char *answer_lead(const struct checked *checked, struct arena *arena)
{
    const char *lead = lead_of(checked);
    const char *rest = next_sentence(lead);
    return rest == NULL ? lead : arena_strndup(arena, lead, (size_t)(rest - lead) - 1);
}

/* The verdict's sentence stands out; after it come basis and doubts, then whose evidence it is. */
static void put_sentence(const struct page *page, const struct checked *checked)
{
    const char *lead = lead_of(checked);
    const char *rest = next_sentence(lead);
    put_paragraph(page->out, "lead", lead, rest);
    if (rest != NULL)
        put_paragraph(page->out, "rest", rest, NULL);
    if (lead != checked->answered)
        put_paragraph(page->out, "rest", checked->answered, lead);
}

/* Danger comes before everything else. */
static void put_warning(const struct page *page, const struct checked *checked)
{
    if (checked->flags.count > 0)
        html_put(page->out,
                 "<p class=\"alarm\" role=\"alert\"><strong>First of all:</strong> %s "
                 "<a href=\"%s\">Who says so</a></p>\n",
                 checked->flags.sentence, checked->flags.items[0].flag->backing.citations[0].url);
    if (checked->caution != NULL)
        html_put(page->out, "<p class=\"alarm\">%s</p>\n", checked->caution);
}

static void put_first_screen(const struct page *page, const struct checked *checked)
{
    const struct headline *headline = checked->answer;
    put_warning(page, checked);
    put_heading(page, checked);
    if (headline != NULL && (headline->studies > 0 || headline->rating != NULL)) {
        buffer_text(page->out, "<p class=\"sure\">");
        sign_put_certainty(page->out, headline->certainty);
        html_put(page->out, " <span>%s</span></p>\n",
                 headline->rating == NULL ? "there is no figure to be sure of"
                                          : certainty_meaning(headline->certainty));
    }
    if (headline != NULL || checked->answered != checked->ask)
        put_sentence(page, checked);
    if (headline != NULL && headline->rating != NULL && headline->rating->override != NULL)
        html_put(page->out, "<p class=\"note\">%s</p>\n",
                 override_sentence(headline->rating->override, page->arena));
    put_reading(page, checked);
    if (headline != NULL)
        put_besides(page, headline);
    lists_put_ask(page, checked);
    lists_put_nearest(page, checked);
}

/* ---- below the first screen ---- */

/* The button is for scripts alone, which show it. */
static void put_acts(struct buffer *out)
{
    buffer_text(out, "<p class=\"acts\"><a href=\"#cite\">Cite</a> <button type=\"button\" "
                     "id=\"share\" hidden>Share</button> <span id=\"shared\" role=\"status\">"
                     "</span></p>\n");
}

/* How sure is said of a figure alone: without one the verdict says it. */
static const char *cited_title(const struct page *page, const struct checked *checked)
{
    const char *title = answer_title(checked, page->arena);
    if (checked->answer->rating == NULL)
        return title;
    return arena_printf(page->arena, "%s (%s certainty)", title,
                        sign_certainty_words(checked->answer->certainty));
}

static void put_citation(const struct page *page, const struct checked *checked,
                         const struct beside *beside)
{
    if (beside->address == NULL || checked->answer == NULL)
        return;
    const struct cited cited = {
        .id = arena_printf(page->arena, "%s-%s", checked->intervention->id, checked->condition->id),
        .title = cited_title(page, checked),
        .address = beside->address};
    cite_put(page, &cited);
}

/* What it does for the reader. */
static void put_practice(const struct page *page, const struct checked *checked)
{
    struct tried tried;
    if (checked->answer != NULL)
        size_put(page, checked->answer);
    if (checked->intervention != NULL)
        safety_put(page, checked->intervention, checked->condition);
    if (glance_tried(page, checked, &tried))
        ending_put(page, &tried);
    if (checked->condition != NULL)
        red_flags_put(page, checked->condition);
    lists_put_alternatives(page, checked);
    if (checked->intervention != NULL)
        claims_put_about(page, checked->intervention, NULL);
}

/* What stands behind it. */
static void put_proof(const struct page *page, const struct checked *checked,
                      const struct beside *beside)
{
    const struct headline *headline = checked->answer;
    if (headline != NULL) {
        studies_put(page, headline, &beside->supposed);
        put_questions(page, headline);
        certainty_put(page, headline);
    }
    if (checked->intervention != NULL)
        use_put(page, checked->intervention);
    if (headline != NULL) {
        turn_put(page, headline);
        history_put(page, headline, &beside->changes);
        put_citation(page, checked, beside);
    }
}

static void put_below_answer(const struct page *page, const struct checked *checked,
                             const struct beside *beside)
{
    layout_open_below(page->out);
    put_practice(page, checked);
    put_proof(page, checked, beside);
    lists_put_ranked(page, checked);
    layout_close_below(page->out);
}

/* A complaint alone is answered by its list. */
static void put_below_complaint(const struct page *page, const struct checked *checked,
                                const struct beside *beside)
{
    ranking_put_best(page, checked, &beside->narrowed);
    layout_open_below(page->out);
    ranking_put_others(page, checked, &beside->narrowed);
    put_practice(page, checked);
    layout_close_below(page->out);
}

/* A treatment alone is answered by what it was studied for. */
static void put_below_treatment(const struct page *page, const struct checked *checked,
                                const struct beside *beside)
{
    lists_put_ranked(page, checked);
    put_practice(page, checked);
    put_proof(page, checked, beside);
}

static void put_shared(const struct page *page, const struct beside *beside)
{
    if (beside->supposed.count > 0)
        buffer_text(page->out,
                    "<p class=\"note\">You followed a link that leaves studies out: <a "
                    "href=\"#supposed\">what it would be without them</a>. This is our own "
                    "answer, with all of them.</p>\n");
}

/* The verdict, what it means for the reader, then the proof, and other ways to go on last. */
void answer_put(const struct page *page, const struct checked *checked, const struct beside *beside)
{
    buffer_text(page->out, "<article class=\"answer\">\n");
    put_first_screen(page, checked);
    if (beside->address != NULL && checked->answer != NULL)
        put_acts(page->out);
    put_shared(page, beside);
    glance_put(page, checked);
    if (checked->answer != NULL)
        put_below_answer(page, checked, beside);
    else if (checked->intervention == NULL && checked->condition != NULL)
        put_below_complaint(page, checked, beside);
    else
        put_below_treatment(page, checked, beside);
    lists_put_further(page, checked);
    buffer_text(page->out, "</article>\n");
    if (checked->intervention == NULL && checked->condition == NULL && checked->ask == NULL)
        lists_put_examples(page);
}
