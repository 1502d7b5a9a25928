/* A size told in plain words: points, standard deviations, people of 100. */
#include <math.h>
#include <string.h>

#include "evidence/rating/verdict.h"

/* Figures as people read them: one decimal on short scales, none on long ones. */
static int decimals_of(const struct rating *rating)
{
    const struct scale *points = &rating->synthesis.points;
    if (rating->synthesis.scale == BODY_SMD)
        return isfinite(rating->effect.points) ? 1 : 2;
    return rating->synthesis.scale == BODY_POINTS && points->high - points->low > 30 ? 0 : 1;
}

/* True if it is told as 0 with so many decimals. */
static bool rounds_to_nothing(double value, int decimals)
{
    return fabs(value) < 0.5 * pow(10, -decimals);
}

static const char *side_of(double value)
{
    return value < 0 ? "less" : "more";
}

/* One end of an interval, with its side where the two ends have different ones. */
static void put_end(struct buffer *out, double value, int decimals, bool with_side)
{
    if (rounds_to_nothing(value, decimals))
        buffer_text(out, "next to nothing");
    else
        buffer_printf(out, "%.*f%s%s", decimals, fabs(value), with_side ? " " : "",
                      with_side ? side_of(value) : "");
}

static void put_ends(struct buffer *out, double low, double high, int decimals)
{
    bool one_side = low * high > 0;
    bool turned = one_side && low < 0; /* "from 0.2 to 1.9 less" reads from the small end */
    buffer_text(out, "somewhere from ");
    put_end(out, turned ? high : low, decimals, !one_side);
    buffer_text(out, " to ");
    put_end(out, turned ? low : high, decimals, !one_side);
}

static const char *unit_of(const struct rating *rating)
{
    if (rating->synthesis.scale == BODY_SMD && isnan(rating->effect.points))
        return "standard deviations";
    return "points";
}

static void put_points_scale(const struct rating *rating, struct buffer *out)
{
    const struct scale *points = &rating->synthesis.points;
    if (rating->synthesis.scale == BODY_SMD && isfinite(rating->effect.points))
        buffer_printf(out, " on a scale from %g to %g", rating->question.outcome->mid.scale_low,
                      rating->question.outcome->mid.scale_high);
    else if (rating->synthesis.scale == BODY_POINTS && isfinite(points->low))
        buffer_printf(out, " on a scale from %g to %g", points->low, points->high);
}

/* What stands before the interval in its brackets: what a scale without ends is, what so many
 * standard deviations mean. */
static void put_unit_told(const struct rating *rating, struct buffer *out)
{
    const struct synthesis *synthesis = &rating->synthesis;
    const char *magnitude = rating->effect.magnitude;
    if (synthesis->scale == BODY_POINTS && isnan(synthesis->points.low) &&
        synthesis->points.name != NULL)
        buffer_printf(out, "%s; ", synthesis->points.name);
    if (synthesis->scale == BODY_SMD && isnan(rating->effect.points) && magnitude != NULL)
        buffer_printf(out, "a %s difference; ",
                      strcmp(magnitude, "trivial") == 0 ? "very small" : magnitude);
}

/* More relief is less pain: a sentence speaks of the pain, whatever way the scale runs. */
static bool is_pain_told_as_relief(const struct rating *rating)
{
    return rating->synthesis.better == BETTER_HIGHER &&
           isfinite(rating->question.outcome->mid.scale_low);
}

static void put_difference(const struct rating *rating, struct buffer *out)
{
    const struct effect_told *effect = &rating->effect;
    bool told_in_points = isfinite(effect->points);
    double estimate = told_in_points ? effect->points : effect->estimate;
    double low = told_in_points ? effect->points_low : effect->ci_low;
    double high = told_in_points ? effect->points_high : effect->ci_high;
    if (!told_in_points && is_pain_told_as_relief(rating)) {
        double turned = -low;
        estimate = -estimate;
        low = -high;
        high = turned;
    }
    int decimals = decimals_of(rating);
    if (rounds_to_nothing(estimate, decimals)) {
        buffer_text(out, "next to no difference");
    } else {
        buffer_printf(out, "%s%.*f %s %s", told_in_points ? "about " : "", decimals, fabs(estimate),
                      unit_of(rating), side_of(estimate));
    }
    put_points_scale(rating, out);
    buffer_text(out, " (");
    put_unit_told(rating, out);
    put_ends(out, low, high, decimals);
    buffer_byte(out, ')');
}

/* Rare and nearly certain things need a decimal. */
static void put_of_100(struct buffer *out, double people)
{
    buffer_printf(out, "%.*f", people < 10 || (people > 99 && people < 99.95) ? 1 : 0, people);
}

/* "67 of 100 people did well with it (somewhere from 55 to 80) and 49 of 100 without it" */
static void put_people_of_100(const struct rating *rating, struct buffer *out)
{
    const struct effect_told *effect = &rating->effect;
    const char *did = rating->question.outcome->kind == OUTCOME_HARM ? ""
                      : rating->synthesis.better == BETTER_HIGHER    ? " did well"
                                                                     : " did badly";
    put_of_100(out, effect->of_100_treated);
    buffer_printf(out, " of 100 people%s with it (somewhere from ", did);
    put_of_100(out, effect->of_100_low);
    buffer_text(out, " to ");
    put_of_100(out, effect->of_100_high);
    buffer_text(out, ") and ");
    put_of_100(out, effect->of_100_control);
    buffer_printf(out, " of 100 %s",
                  rating->question.comparator_class == COMPARATOR_NOTHING ? "without it"
                                                                          : "in the other group");
}

static void put_ratio(const struct rating *rating, struct buffer *out)
{
    const struct effect_told *effect = &rating->effect;
    if (isfinite(effect->of_100_control))
        put_people_of_100(rating, out);
    else
        buffer_printf(out, "%s %.2f (%.2f to %.2f)", effect->scale, effect->estimate,
                      effect->ci_low, effect->ci_high);
}

void sentence_put_size(const struct rating *rating, struct buffer *out)
{
    if (rating->synthesis.scale == BODY_RATIO)
        put_ratio(rating, out);
    else
        put_difference(rating, out);
}
