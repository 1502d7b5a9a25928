#include "service/web/where_view.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "service/views/html.h"
#include "service/web/address.h"
#include "service/web/answer_view.h"
#include "service/web/backing_view.h"
#include "service/web/figure_view.h"
#include "service/web/lists_view.h"
#include "service/web/signs.h"

enum { DAYS_A_WEEK = 7 };

/* ---- the choice of a place ---- */

/* The alarm signs of the red-flag rules that leave no time to choose: acute coronary syndrome and
 * pulmonary embolism, stroke. */
static void put_now(struct buffer *out)
{
    buffer_text(out, "<p class=\"now\"><strong>Call an ambulance now</strong> for pain or "
                     "tightness in the chest, sudden breathlessness, a drooping face, a weak arm "
                     "or slurred speech. Do not read on first.</p>\n");
}

void where_put_choice(const struct page *page, const struct places *places)
{
    const struct place *everywhere = places_everywhere(places);
    buffer_text(page->out,
                "<article class=\"home where\">\n<h1>Where does it hurt?</h1>\n"
                "<p class=\"lead\">Choose the place. You see what would be dangerous there, then "
                "what helps and what doesn't. It cannot tell what you have.</p>\n");
    put_now(page->out);
    html_put(page->out,
             "<div class=\"choosing\">\n<section aria-label=\"The body\">\n<p class=\"ways\"><a "
             "href=\"%s\">%s</a> <a href=\"#places\">The places as a list</a></p>\n",
             address_of_place(everywhere, page->arena), everywhere->name);
    figure_put(page, places, NULL);
    buffer_text(page->out, "</section>\n<section aria-labelledby=\"places\">\n"
                           "<h2 id=\"places\" tabindex=\"-1\">All places</h2>\n");
    figure_put_list(page, places, NULL);
    buffer_text(page->out, "</section>\n</div>\n</article>\n");
}

/* ---- dangers ---- */

static const struct {
    const char *heading;
    const char *short_heading;
} urgencies[] = {
    [URGENCY_EMERGENCY] = {"Ambulance or emergency department now", "emergency"},
    [URGENCY_SAME_DAY] = {"A doctor or urgent care today", "a doctor today"},
    [URGENCY_SOON] = {"A doctor within days", "a doctor within days"},
};

static void put_escalations(struct buffer *out, const struct red_flag *flag)
{
    for (size_t i = 0; i < flag->escalation_count; i++)
        html_put(out, "<p><strong>More urgent (%s)</strong> with: %s.</p>\n",
                 urgencies[flag->escalations[i].urgency].short_heading, flag->escalations[i].when);
}

static void put_flag(const struct page *page, const struct red_flag *flag)
{
    html_put(page->out,
             "<li><p class=\"means\">%s</p>\n<p>%s</p>\n<p class=\"do\"><strong>What to do:"
             "</strong> %s</p>\n",
             flag->means, flag->presentation, flag->action);
    put_escalations(page->out, flag);
    backing_put(page, &flag->backing, flag->suspect[0]);
    buffer_text(page->out, "</li>\n");
}

/* Those of one urgency, which stand together. Gives where the next ones begin. */
static size_t put_urgency(const struct page *page, const struct place_flag *const *flags,
                          size_t from, size_t count)
{
    enum urgency urgency = flags[from]->flag->urgency;
    html_put(page->out, "<section class=\"u-%s\"><h3>%s</h3>\n<ul class=\"flags\">\n",
             urgency_names[urgency], urgencies[urgency].heading);
    for (; from < count && flags[from]->flag->urgency == urgency; from++)
        put_flag(page, flags[from]->flag);
    buffer_text(page->out, "</ul></section>\n");
    return from;
}

static void put_flags(const struct page *page, const struct place_flag *const *flags, size_t count)
{
    for (size_t next = 0; next < count;)
        next = put_urgency(page, flags, next, count);
}

static const struct place_flag *const *flags_of(const struct place *place, struct arena *arena)
{
    const struct place_flag **flags = arena_array(arena, place->flag_count, sizeof *flags);
    for (size_t i = 0; i < place->flag_count; i++)
        flags[i] = &place->flags[i];
    return flags;
}

static void put_dangers(const struct page *page, const struct place_answer *answer)
{
    buffer_text(page->out, "<section class=\"dangers\"><h2 class=\"unseen\">Danger signs</h2>\n");
    put_flags(page, flags_of(answer->place, page->arena), answer->place->flag_count);
    if (answer->general_count > 0) {
        html_put(page->out,
                 "<details class=\"general\"><summary>Danger signs wherever it hurts (%zu)"
                 "</summary>\n",
                 answer->general_count);
        put_flags(page, answer->general, answer->general_count);
        buffer_text(page->out, "</details>\n");
    }
    html_put(page->out,
             "<p class=\"note\">Nothing of this fits? That is no all-clear. %s</p></section>\n",
             answer->not_covered);
}

/* ---- what is rated ---- */

static void put_rated(const struct page *page, const struct headline *headline)
{
    struct checked told = {.answer = headline, .answered = headline->sentence};
    buffer_text(page->out, "<li>");
    put_question_link(page, headline->intervention, headline->condition,
                      headline->intervention->name);
    sign_put_verdict(page->out, headline->verdict);
    sign_put_certainty(page->out, headline->certainty);
    html_put(page->out, "<p>%s</p></li>\n", answer_lead(&told, page->arena));
}

static void put_list(const struct page *page, const char *heading, const char *level,
                     const struct headline *const *headlines, size_t count)
{
    if (count == 0)
        return;
    html_put(page->out, "<%s>%s</%s>\n<ul class=\"rated\">\n", level, heading, level);
    for (size_t i = 0; i < count; i++)
        put_rated(page, headlines[i]);
    buffer_text(page->out, "</ul>\n");
}

/* "For 12 treatments we don't know: …" keeps apart what cannot be told from what does not work. */
static void put_counts(const struct page *page, const struct place_rated *rated)
{
    struct buffer *out = page->out;
    size_t all =
        rated->helping_count + rated->unknown_count + rated->failing_count + rated->compared_count;
    buffer_text(out, "<p>");
    if (all == 0)
        html_put(out, "No treatment has been tested for %s in the studies here. ",
                 rated->condition->plain);
    else if (rated->helping_count == 0)
        html_put(out, "Of the treatments tested for %s here, none has been shown to help. ",
                 rated->condition->plain);
    if (rated->unknown_count > 0)
        html_put(out,
                 "For %zu %s <strong>we don't know</strong>: tested, and the studies cannot tell. ",
                 rated->unknown_count, rated->unknown_count == 1 ? "treatment" : "treatments");
    put_question_link(
        page, NULL, rated->condition,
        arena_printf(page->arena, "All that is rated for %s (%zu)", rated->condition->plain, all));
    buffer_text(out, "</p>\n");
}

/* What is rated for one condition, under headings of `level`. */
static void put_condition(const struct page *page, const struct place_rated *rated,
                          const char *level)
{
    put_list(page, "Best rated", level, rated->helping, rated->helping_named);
    put_list(page, "Doesn't seem to work, or does harm", level, rated->failing,
             rated->failing_named);
    put_counts(page, rated);
}

static void put_half(const struct page *page, const char *when, double days,
                     const struct place_rated *rated)
{
    html_put(page->out, "<h4>%s %zu weeks: %s</h4>\n", when, (size_t)lround(days / DAYS_A_WEEK),
             rated->condition->plain);
    put_condition(page, rated, "h5");
}

static const char *capital(const char *text, struct arena *arena)
{
    char *out = arena_strdup(arena, text);
    out[0] = (char)toupper((unsigned char)out[0]);
    return out;
}

/* "Jaw pain", and beside it what doctors call it, where that is something else. */
static void put_name(const struct page *page, const struct condition *condition)
{
    html_put(page->out, "<h3>%s", capital(condition->plain, page->arena));
    if (strcasecmp(condition->name, condition->plain) != 0)
        html_put(page->out, " <small>%s</small>", condition->name);
    buffer_text(page->out, "</h3>\n");
}

static void put_complaint(const struct page *page, const struct place_complaint *complaint,
                          double days)
{
    const struct condition *condition = complaint->rated.condition;
    buffer_text(page->out, "<section class=\"complaint\">");
    put_name(page, condition);
    if (complaint->splits) {
        buffer_text(page->out, "<p>It matters how long it has lasted.</p>\n");
        put_half(page, "Less than", days, &complaint->recent);
        put_half(page, "At least", days, &complaint->lasting);
        buffer_text(page->out, "<p>");
        put_question_link(page, NULL, condition,
                          arena_printf(page->arena, "All %s, however long", condition->plain));
        buffer_text(page->out, "</p>\n");
    } else {
        put_condition(page, &complaint->rated, "h4");
    }
    buffer_text(page->out, "</section>\n");
}

static void put_anywhere(const struct page *page, const struct place_answer *answer)
{
    if (answer->anywhere[0] == NULL)
        return;
    buffer_text(page->out, "<p>Not of one place, and rated too: ");
    for (const struct condition *const *one = answer->anywhere; *one != NULL; one++) {
        buffer_text(page->out, one == answer->anywhere ? "" : ", ");
        put_question_link(page, NULL, *one, (*one)->plain);
    }
    buffer_text(page->out, ".</p>\n");
}

static void put_complaints(const struct page *page, const struct place_answer *answer)
{
    buffer_text(page->out, "<section id=\"helps\" tabindex=\"-1\"><h2>What helps, and what "
                           "doesn't</h2>\n");
    if (answer->place->none != NULL)
        html_put(page->out, "<p>%s</p>\n", answer->place->none);
    for (size_t i = 0; i < answer->complaint_count; i++)
        put_complaint(page, &answer->complaints[i], answer->lasting_from_days);
    put_anywhere(page, answer);
    buffer_text(page->out, "</section>\n");
}

/* ---- muscles ---- */

static void put_joined(struct buffer *out, const char *label, const char *const *texts)
{
    if (texts[0] == NULL)
        return;
    html_put(out, "<dt>%s</dt><dd>", label);
    for (size_t i = 0; texts[i] != NULL; i++)
        html_put(out, "%s%s", i == 0 ? "" : "; ", texts[i]);
    buffer_text(out, "</dd>\n");
}

static bool is_among(const char *const *texts, const char *text)
{
    for (; *texts != NULL; texts++)
        if (*texts == text)
            return true;
    return false;
}

/* Its areas elsewhere. */
static const char *const *areas_elsewhere(const struct place_muscle *felt, struct arena *arena)
{
    const char *const *all = felt->muscle->pain_felt;
    size_t count = 0;
    while (all[count] != NULL)
        count++;
    const char **out = arena_array(arena, count + 1, sizeof *out);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_among(felt->areas, all[i]))
            out[kept++] = all[i];
    return out;
}

static void put_muscle(const struct page *page, const struct place_muscle *felt)
{
    const struct muscle *muscle = felt->muscle;
    html_put(page->out, "<li><h3>%s</h3>\n<dl>\n", capital(muscle->name, page->arena));
    put_joined(page->out, "Felt here", felt->areas);
    put_joined(page->out, "And elsewhere", areas_elsewhere(felt, page->arena));
    put_joined(page->out, "Mixed up with", muscle->may_be_mistaken_for);
    buffer_text(page->out, "</dl>\n");
    if (muscle->note != NULL)
        html_put(page->out, "<p>%s</p>\n", muscle->note);
    backing_put(page, &muscle->backing, muscle->name);
    buffer_text(page->out, "</li>\n");
}

static void put_muscles(const struct page *page, const struct place_answer *answer)
{
    buffer_text(page->out, "<section id=\"muscles\" tabindex=\"-1\"><h2>Muscles said to be felt "
                           "here</h2>\n");
    if (answer->muscle_count == 0) {
        html_put(page->out, "<p>The book of muscles names none for %s.</p></section>\n",
                 answer->place->plain);
        return;
    }
    html_put(page->out,
             "<p class=\"sureness\"><strong>How sure is this? Not very.</strong> %s</p>\n",
             answer->maps);
    buffer_text(page->out, "<ul class=\"muscles\">\n");
    for (size_t i = 0; i < answer->muscle_count; i++)
        put_muscle(page, &answer->muscles[i]);
    buffer_text(page->out, "</ul></section>\n");
}

/* ---- the whole ---- */

void where_put_place(const struct page *page, const struct places *places,
                     const struct place_answer *answer)
{
    html_put(page->out,
             "<article class=\"answer where\">\n<h1><span class=\"crumb\"><a href=\"/where\">Where "
             "it hurts</a></span>\n%s</h1>\n<p>First what would be dangerous, then <a "
             "href=\"#helps\">what helps</a> and <a href=\"#muscles\">the muscles</a>. It cannot "
             "tell what you have.</p>\n",
             answer->place->name);
    put_dangers(page, answer);
    put_complaints(page, answer);
    put_muscles(page, answer);
    buffer_text(page->out, "<section class=\"another\"><h2>Another place</h2>\n"
                           "<div class=\"choosing\">\n");
    figure_put(page, places, answer->place);
    figure_put_list(page, places, answer->place);
    buffer_text(page->out, "</div></section>\n</article>\n");
}
