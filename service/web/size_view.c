#include "service/web/size_view.h"

#include <math.h>

#include "evidence/rating/verdict.h"
#include "service/web/html.h"

bool size_is_known(const struct rating *rating)
{
    return rating->synthesis.basis >= BASIS_TRIALS;
}

/* ---- one study ---- */

static const char *unit_of(enum body_scale scale)
{
    return scale == BODY_SMD ? "standard deviations" : "points";
}

static const char *side_of(double value)
{
    return value < 0 ? "less" : "more";
}

/* "1.2 points less (0.4 to 2.0)"; an interval over zero names both its sides. */
static void put_difference(struct buffer *out, enum body_scale scale, double estimate, double low,
                           double high)
{
    int digits = scale == BODY_SMD ? 2 : 1;
    buffer_printf(out, "%.*f %s %s ", digits, fabs(estimate), unit_of(scale), side_of(estimate));
    if (low * high > 0)
        buffer_printf(out, "(%.*f to %.*f)", digits, fmin(fabs(low), fabs(high)), digits,
                      fmax(fabs(low), fabs(high)));
    else
        buffer_printf(out, "(%.*f %s to %.*f %s)", digits, fabs(low), side_of(low), digits,
                      fabs(high), side_of(high));
}

static void put_found(struct buffer *out, enum favours favours)
{
    static const char *const found[] = {[FAVOURS_INTERVENTION] = "No figure; it found it better",
                                        [FAVOURS_NEITHER] = "No figure; it found no difference",
                                        [FAVOURS_COMPARATOR] = "No figure; it found it worse",
                                        [FAVOURS_UNKNOWN] = "No figure"};
    buffer_text(out, found[favours]);
}

/* A published pool is told as the answer tells it: in points where that can be done. */
static void put_adopted(struct buffer *out, const struct rating *rating)
{
    const struct effect_told *effect = &rating->effect;
    if (rating->synthesis.scale == BODY_RATIO) {
        buffer_printf(out, "%s %.2f (%.2f to %.2f)", effect->scale, effect->estimate,
                      effect->ci_low, effect->ci_high);
    } else if (isfinite(effect->points)) {
        buffer_text(out, "about ");
        put_difference(out, BODY_POINTS, effect->points, effect->points_low, effect->points_high);
    } else {
        put_difference(out, rating->synthesis.scale, effect->estimate, effect->ci_low,
                       effect->ci_high);
    }
}

void size_put_study(struct buffer *out, const struct rating *rating,
                    const struct rated_study *entry)
{
    double estimate = entry->effect.yi;
    double reach = 1.959963984540054 * sqrt(entry->effect.vi);
    if (rating->synthesis.basis == BASIS_ADOPTED && entry->used)
        put_adopted(out, rating);
    else if (isnan(estimate) || isnan(reach) || rating->body.scale == BODY_NONE)
        put_found(out, entry->favours);
    else if (rating->body.scale == BODY_RATIO)
        buffer_printf(out, "risk ratio %.2f (%.2f to %.2f)", exp(estimate), exp(estimate - reach),
                      exp(estimate + reach));
    else
        put_difference(out, rating->body.scale, estimate, estimate - reach, estimate + reach);
}

/* ---- the picture ---- */

/* Where a benefit lies on a strip of PICTURE_WIDTH units whose middle is no difference. */
enum { PICTURE_WIDTH = 600, PICTURE_HEIGHT = 36 };

static double across(double benefit, double reach)
{
    return PICTURE_WIDTH / 2.0 * (1 + benefit / reach);
}

static void put_strip(struct buffer *out, const struct weighed *weighed, double reach)
{
    double from = across(-weighed->mid, reach);
    double to = across(weighed->mid, reach);
    buffer_printf(out,
                  "<svg class=\"strip\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">"
                  "<rect class=\"small\" x=\"%.1f\" y=\"2\" width=\"%.1f\" height=\"32\"/>"
                  "<path class=\"none\" d=\"M%d 0v%d\"/>"
                  "<path class=\"range\" d=\"M%.1f 18H%.1fM%.1f 11v14M%.1f 11v14\"/>"
                  "<circle class=\"point\" cx=\"%.1f\" cy=\"18\" r=\"8\"/></svg>",
                  PICTURE_WIDTH, PICTURE_HEIGHT, from, to - from, PICTURE_WIDTH / 2, PICTURE_HEIGHT,
                  across(weighed->low, reach), across(weighed->high, reach),
                  across(weighed->low, reach), across(weighed->high, reach),
                  across(weighed->benefit, reach));
}

/* The words beside it say all that it shows. */
static void put_picture(struct buffer *out, const struct weighed *weighed)
{
    double reach = 1.15 * fmax(1.4 * weighed->mid, fmax(fabs(weighed->low), fabs(weighed->high)));
    if (!isfinite(reach) || !(weighed->mid > 0))
        return;
    buffer_text(out, "<figure class=\"picture\">");
    put_strip(out, weighed, reach);
    buffer_text(out, "<figcaption aria-hidden=\"true\"><span>← worse with it</span> <span>striped: "
                     "too small to matter</span> <span>better with it →</span></figcaption>"
                     "</figure>\n");
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
                      weighed, unit_of(rating->synthesis.scale));
    }
    buffer_text(out, ".</p>\n");
}

/* ---- both comparisons ---- */

static void put_against(struct buffer *out, const struct rating *rating)
{
    struct buffer text = {0};
    sentence_put_comparator(rating, &text);
    html_put(out, "<p><strong>Against %s:</strong> ", buffer_string(&text));
    buffer_clear(&text);
    sentence_put_size(rating, &text);
    html_put(out, "%s, %s, %s.</p>\n", rating->question.outcome->plain, buffer_string(&text),
             window_words(rating->question.window));
    buffer_release(&text);
}

static void put_against_or_none(struct buffer *out, const struct rating *rating, const char *other)
{
    if (rating != NULL && size_is_known(rating))
        put_against(out, rating);
    else
        html_put(out, "<p><strong>Against %s:</strong> no study here gives a figure.</p>\n", other);
}

void size_put(const struct page *page, const struct headline *headline)
{
    const struct rating *rating = headline->rating;
    if (rating == NULL || !size_is_known(rating))
        return;
    struct buffer *out = page->out;
    const char *sham = rating->question.intervention->sham;
    buffer_text(out, "<section class=\"row\"><h2>How big</h2><div>\n");
    if (rating != headline->sham && rating != headline->nothing)
        put_against(out, rating);
    put_against_or_none(out, headline->sham, sham == NULL ? "a pretend treatment" : sham);
    put_against_or_none(out, headline->nothing, "doing without it");
    put_picture(out, &rating->effect.weighed);
    put_mid(out, rating);
    buffer_text(out, "</div></section>\n");
}
