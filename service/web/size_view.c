#include "service/web/size_view.h"

#include <math.h>

#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/views/study_figure.h"
#include "service/web/of_100_view.h"

/* ---- the picture: strips on one scale, in smallest differences that matter ---- */

enum { STRIP_WIDTH = 600, STRIP_HEIGHT = 28 };

/* How far a strip reaches on both sides of no difference, so that all fit. */
static double reach_of(const struct rating *const *ratings, size_t count)
{
    double reach = 1.4;
    for (size_t i = 0; i < count; i++) {
        const struct weighed *weighed = &ratings[i]->effect.weighed;
        if (weighed->mid > 0)
            reach = fmax(reach, fmax(fabs(weighed->low), fabs(weighed->high)) / weighed->mid);
    }
    return 1.15 * reach;
}

/* Where a number of smallest differences lies. */
static double across(double mids, double reach)
{
    return STRIP_WIDTH / 2.0 * (1 + mids / reach);
}

static bool has_strip(const struct rating *rating)
{
    const struct weighed *weighed = &rating->effect.weighed;
    return weighed->mid > 0 && isfinite(weighed->low) && isfinite(weighed->high);
}

/* The words beside it say all that it shows. */
static void put_strip(struct buffer *out, const struct rating *rating, double reach)
{
    const struct weighed *weighed = &rating->effect.weighed;
    double low = across(weighed->low / weighed->mid, reach);
    double high = across(weighed->high / weighed->mid, reach);
    buffer_printf(out,
                  "<svg class=\"strip\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">"
                  "<rect class=\"small\" x=\"%.1f\" width=\"%.1f\" height=\"%d\"/>"
                  "<path class=\"none\" d=\"M%d 0v%d\"/>"
                  "<path class=\"range\" d=\"M%.1f 14H%.1fM%.1f 7v14M%.1f 7v14\"/>"
                  "<circle class=\"point\" cx=\"%.1f\" cy=\"14\" r=\"8\"/></svg>\n",
                  STRIP_WIDTH, STRIP_HEIGHT, across(-1, reach),
                  across(1, reach) - across(-1, reach), STRIP_HEIGHT, STRIP_WIDTH / 2, STRIP_HEIGHT,
                  low, high, low, high, across(weighed->benefit / weighed->mid, reach));
}

static void put_strip_legend(struct buffer *out)
{
    buffer_text(out,
                "<p class=\"sides\" aria-hidden=\"true\"><span>← worse with it</span> "
                "<span>striped: too small to matter</span> <span>better with it →</span></p>\n");
}

/* ---- what size matters ---- */

static void put_mid(struct buffer *out, const struct rating *rating)
{
    const struct mid *mid = &rating->question.outcome->mid;
    double weighed = rating->effect.weighed.mid;
    bool in_points = isfinite(rating->effect.points) || rating->synthesis.scale == BODY_POINTS;
    if (isnan(weighed))
        return;
    buffer_text(out, "<p class=\"note\">");
    if (in_points && isfinite(mid->value)) {
        buffer_printf(out, "%g point%s from %g to %g", mid->value,
                      mid->value > 1 ? "s on the scale" : " on the scale", mid->scale_low,
                      mid->scale_high);
        buffer_text(out, " is the smallest difference that counts here as one that matters");
        if (mid->source_url != NULL)
            html_put(out, " (<a href=\"%s\">where that comes from</a>)", mid->source_url);
    } else if (rating->synthesis.scale == BODY_RATIO) {
        buffer_printf(out,
                      "%g of 100 people is the smallest difference that counts here as one that "
                      "matters (a rule of ours)",
                      weighed);
    } else {
        buffer_printf(out,
                      "%.2g %s is the smallest difference that counts here as one that matters",
                      weighed, study_figure_unit(rating->synthesis.scale));
    }
    buffer_text(out, ".</p>\n");
}

/* ---- both comparisons ---- */

static void put_against(struct buffer *out, const struct rating *rating, double reach)
{
    struct buffer text = {0};
    sentence_put_comparator(rating, &text);
    html_put(out, "<p><strong>Against %s:</strong> ", buffer_string(&text));
    buffer_clear(&text);
    sentence_put_size(rating, &text);
    html_put(out, "%s, %s, %s.</p>\n", rating->question.outcome->plain, buffer_string(&text),
             window_words(rating->question.window));
    buffer_release(&text);
    if (has_strip(rating))
        put_strip(out, rating, reach);
}

static void put_no_figure(struct buffer *out, const struct rating *rating, const char *other)
{
    if (rating == NULL || !rating_has_figure(rating))
        html_put(out, "<p><strong>Against %s:</strong> no study here gives a figure.</p>\n", other);
}

size_t size_ratings(const struct headline *headline, const struct rating *out[SIZE_RATINGS])
{
    const struct rating *const all[] = {headline->sham, headline->nothing, headline->rating};
    size_t count = 0;
    for (size_t i = 0; i < SIZE_RATINGS; i++) {
        bool again = i == 2 && (all[i] == all[0] || all[i] == all[1]);
        if (all[i] != NULL && !again)
            out[count++] = all[i];
    }
    return count;
}

void size_put(const struct page *page, const struct headline *headline)
{
    const struct rating *rating = headline->rating;
    const struct rating *shown[SIZE_RATINGS];
    if (rating == NULL || !rating_has_figure(rating))
        return;
    struct buffer *out = page->out;
    size_t count = size_ratings(headline, shown);
    double reach = reach_of(shown, count);
    buffer_text(out, "<section class=\"row\" id=\"size\"><h2>How big</h2><div>\n");
    put_no_figure(out, headline->sham, sentence_sham(rating->question.intervention));
    for (size_t i = 0; i < count; i++)
        if (rating_has_figure(shown[i]))
            put_against(out, shown[i], reach);
    if (has_strip(rating))
        put_strip_legend(out);
    put_no_figure(out, headline->nothing, "doing without it");
    put_mid(out, rating);
    of_100_put(page, rating, headline->certainty);
    buffer_text(out, "</div></section>\n");
}
