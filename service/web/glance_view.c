#include "service/web/glance_view.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/safety_kept.h"
#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/web/lists_view.h"
#include "service/web/of_100_view.h"
#include "service/web/red_flags_view.h"
#include "service/web/use_view.h"

/* Named on the first screen, without their verdicts: there is one only. */
enum { BETTER_NAMED = 3 };

bool glance_tried(const struct page *page, const struct checked *checked, struct tried *out)
{
    if (checked->intervention == NULL || checked->condition == NULL)
        return false;
    const struct rating *rating = checked->answer == NULL ? NULL : checked->answer->rating;
    const char *primary = checked->condition->primary_outcomes[0];
    *out = (struct tried){.intervention = checked->intervention,
                          .condition = checked->condition,
                          .outcome = rating != NULL
                                         ? rating->question.outcome
                                         : base_outcome(catalog_base(page->catalog), primary)};
    return out->outcome != NULL;
}

/* ---- how big ---- */

/* The smallest difference that matters, in words; NULL where nobody says. */
static const char *least_words(const struct rating *rating, struct arena *arena)
{
    const struct mid *mid = &rating->question.outcome->mid;
    double weighed = rating->effect.weighed.mid;
    bool in_points = isfinite(rating->effect.points) || rating->synthesis.scale == BODY_POINTS;
    if (!(weighed > 0))
        return NULL;
    if (in_points && isfinite(mid->value))
        return arena_printf(arena, "%g point%s on a scale from %g to %g", mid->value,
                            mid->value == 1 ? "" : "s", mid->scale_low, mid->scale_high);
    if (rating->synthesis.scale == BODY_RATIO)
        return arena_printf(arena, "%g of 100 people", weighed);
    if (rating->synthesis.scale == BODY_SMD)
        return arena_printf(arena, "%.2g standard deviations", weighed);
    return NULL;
}

static const char *size_words(const struct rating *rating, const char *least, struct arena *arena)
{
    double times = fabs(rating->effect.weighed.benefit) / rating->effect.weighed.mid;
    switch (rating->class) {
    case CLASS_BENEFIT:
    case CLASS_SMALL:
        return times < 1
                   ? arena_printf(arena, "Less than people notice (%s).", least)
                   : arena_printf(arena, "About %.1f times the least that people notice (%s).",
                                  times, least);
    case CLASS_HARM:
        return arena_printf(arena, "Worse by about %.1f times the least that people notice (%s).",
                            times, least);
    case CLASS_NO_DIFFERENCE:
        return arena_printf(arena, "Too small to notice (less than %s).", least);
    case CLASS_UNDECIDED:
    case CLASS_NONE:
        break;
    }
    return arena_printf(arena, "Not known. The least that people notice is %s.", least);
}

/* True where nobody can say how big: the answer is that it is not known, or is less than what the
 * figure alone would say. */
static bool is_unknown(const struct headline *headline)
{
    const char *own = headline->rating->verdict;
    return strcmp(headline->verdict, "unproven") == 0 ||
           (own != NULL && strcmp(headline->verdict, own) != 0);
}

static void put_figure(const struct page *page, const struct headline *headline)
{
    const struct rating *rating = headline->rating;
    const char *least = least_words(rating, page->arena);
    const struct of_100 people = of_100_of(rating);
    html_put(page->out, "%s ",
             least == NULL ? "Nobody here says what size people notice."
                           : size_words(rating, least, page->arena));
    /* People of 100 that nobody counted say no more than the figure that they are modelled from,
     * and are taken for more: beside a figure that is hardly known they wait for who asks. */
    if (people.known && (!people.modelled || headline->certainty >= CERTAINTY_MODERATE))
        of_100_put_short(page, rating, &people);
}

static void put_size(const struct page *page, const struct headline *headline)
{
    if (headline == NULL || headline->rating == NULL || !rating_has_figure(headline->rating))
        return;
    buffer_text(page->out, "<div><dt>How big</dt><dd>");
    if (is_unknown(headline))
        buffer_text(page->out, "Not known: what was found cannot be counted on.");
    else
        put_figure(page, headline);
    buffer_text(page->out, " <a href=\"#size\">See it</a></dd></div>\n");
}

/* ---- the other lines ---- */

static void put_takes(const struct page *page, const struct intervention *intervention)
{
    const struct safe_use *use = use_of(page, intervention);
    buffer_text(page->out, "<div><dt>What it takes</dt><dd>");
    use_put_takes(page, use);
    if (use != NULL)
        buffer_text(page->out, " <a href=\"#how\">How to do it</a>");
    buffer_text(page->out, "</dd></div>\n");
}

static void put_safety(const struct page *page, const struct intervention *intervention)
{
    struct safety safety = *safety_kept(page->catalog, intervention);
    html_put(page->out, "<div><dt>How safe</dt><dd>%s", safety_sentence(&safety, page->arena));
    if (safety.count > 0)
        buffer_text(page->out, " <a href=\"#safe\">What was seen</a>");
    buffer_text(page->out, "</dd></div>\n");
}

static void put_better(const struct page *page, const struct checked *checked)
{
    if (checked->alternative_count == 0)
        return;
    html_put(page->out, "<div><dt>Better rated for %s</dt><dd>", checked->condition->plain);
    for (size_t i = 0; i < checked->alternative_count && i < BETTER_NAMED; i++) {
        const struct headline *other = checked->alternatives[i];
        buffer_text(page->out, i == 0 ? "" : " · ");
        put_question_link(page, other->intervention, other->condition, other->intervention->name);
    }
    if (checked->alternative_count > BETTER_NAMED)
        buffer_text(page->out, " · <a href=\"#better\">more</a>");
    buffer_text(page->out, "</dd></div>\n");
}

static void put_of_treatment(const struct page *page, const struct checked *checked)
{
    struct tried tried;
    put_size(page, checked->answer);
    put_takes(page, checked->intervention);
    put_safety(page, checked->intervention);
    if (glance_tried(page, checked, &tried))
        ending_put_first(page, &tried);
}

void glance_put(const struct page *page, const struct checked *checked)
{
    bool flags = checked->condition != NULL && red_flags_are_there(page, checked->condition);
    if (checked->intervention == NULL && !flags)
        return;
    buffer_text(page->out, "<dl class=\"glance\">\n");
    if (checked->intervention != NULL)
        put_of_treatment(page, checked);
    if (flags)
        red_flags_put_first(page, checked->condition);
    put_better(page, checked);
    buffer_text(page->out, "</dl>\n");
}
