/* A rating told in plain words. Hedges follow certainty and nothing else (Santesso 2020). */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "evidence/rating/verdict.h"

static const char *const windows_told[WINDOW_COUNT] = {
    [WINDOW_IMMEDIATE] = "in the first three days",   [WINDOW_SHORT] = "in the first 12 weeks",
    [WINDOW_MEDIUM] = "after three to six months",    [WINDOW_LONG] = "after more than six months",
    [WINDOW_UNSTATED] = "at a time that is not told",
};

const char *window_words(enum window window)
{
    return windows_told[window];
}

const char *certainty_meaning(enum certainty_level level)
{
    switch (level) {
    case CERTAINTY_HIGH:
        return "more studies are very unlikely to change this";
    case CERTAINTY_MODERATE:
        return "the true effect is probably close to this";
    case CERTAINTY_LOW:
        return "the true effect may well be different";
    case CERTAINTY_VERY_LOW:
        return "the true effect is likely to be different";
    case CERTAINTY_UNKNOWN:
        break;
    }
    return "not known";
}

static void put_capitalised(struct buffer *out, const char *text)
{
    buffer_byte(out, (char)toupper((unsigned char)text[0]));
    buffer_text(out, text + 1);
}

/* "a massage gun lowers", "wearing insoles lowers", "magnets lower". */
static bool is_plural(const char *plain)
{
    size_t length = strlen(plain);
    size_t first_word = strcspn(plain, " ");
    bool gerund = first_word > 4 && strncmp(plain + first_word - 3, "ing", 3) == 0;
    if (strncmp(plain, "a ", 2) == 0 || strncmp(plain, "an ", 3) == 0 || gerund || length < 2)
        return false;
    return plain[length - 1] == 's' && plain[length - 2] != 's' && plain[length - 2] != 'i';
}

/* ---- sizes ---- */

/* Figures as people read them: one decimal on short scales, none on long ones. */
static int decimals_of(const struct rating *rating)
{
    const struct scale *points = &rating->synthesis.points;
    if (rating->synthesis.scale == BODY_SMD)
        return isfinite(rating->effect.points) ? 1 : 2;
    return rating->synthesis.scale == BODY_POINTS && points->high - points->low > 30 ? 0 : 1;
}

static void put_number(struct buffer *out, double value, int decimals)
{
    buffer_printf(out, "%.*f", decimals, fabs(value));
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
    else if (rating->synthesis.scale == BODY_POINTS && points->name != NULL)
        buffer_printf(out, " (%s)", points->name);
}

static const char *side_of(double value)
{
    return value < 0 ? "less" : "more";
}

static void put_difference(const struct rating *rating, struct buffer *out)
{
    const struct effect_told *effect = &rating->effect;
    bool told_in_points = isfinite(effect->points);
    double estimate = told_in_points ? effect->points : effect->estimate;
    double low = told_in_points ? effect->points_low : effect->ci_low;
    double high = told_in_points ? effect->points_high : effect->ci_high;
    int decimals = decimals_of(rating);
    bool one_side = low * high > 0;
    if (told_in_points)
        buffer_text(out, "about ");
    put_number(out, estimate, decimals);
    buffer_printf(out, " %s %s", unit_of(rating), side_of(estimate));
    put_points_scale(rating, out);
    buffer_text(out, " (somewhere from ");
    put_number(out, one_side && low < 0 ? high : low, decimals);
    if (!one_side)
        buffer_printf(out, " %s", side_of(low));
    buffer_text(out, " to ");
    put_number(out, one_side && low < 0 ? low : high, decimals);
    if (!one_side)
        buffer_printf(out, " %s", side_of(high));
    buffer_byte(out, ')');
}

static void put_ratio(const struct rating *rating, struct buffer *out)
{
    const struct effect_told *effect = &rating->effect;
    if (isfinite(effect->of_100_control))
        buffer_printf(out,
                      "of 100 people, %.0f with it and %.0f without it (%s %.2f, %.2f to %.2f)",
                      effect->of_100_treated, effect->of_100_control, effect->scale,
                      effect->estimate, effect->ci_low, effect->ci_high);
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

/* ---- against what ---- */

void sentence_put_comparator(const struct rating *rating, struct buffer *out)
{
    const struct question *question = &rating->question;
    const char *detail = rating->comparator_detail;
    switch (question->comparator_class) {
    case COMPARATOR_SHAM:
        buffer_text(out, question->intervention->sham == NULL ? "a pretend treatment"
                                                              : question->intervention->sham);
        break;
    case COMPARATOR_NOTHING:
        buffer_text(out, "doing without it");
        break;
    case COMPARATOR_ACTIVE:
        buffer_text(out, detail == NULL ? "another treatment" : detail);
        return;
    case COMPARATOR_MIXED:
        buffer_text(out, "a mix of pretend treatments, other treatments and none");
        return;
    }
    if (detail != NULL)
        buffer_printf(out, " (%s)", detail);
}

/* ---- how many ---- */

static void put_people(struct buffer *out, int people)
{
    if (people == COUNT_UNKNOWN)
        buffer_text(out, "an unknown number of people");
    else
        buffer_printf(out, "%d people", people);
}

static void put_basis(const struct rating *rating, struct buffer *out)
{
    const struct synthesis *synthesis = &rating->synthesis;
    if (synthesis->basis == BASIS_ADOPTED) {
        buffer_text(out, " Based on a published review");
        if (synthesis->k != COUNT_UNKNOWN)
            buffer_printf(out, " of %d trial%s", synthesis->k, synthesis->k == 1 ? "" : "s");
        if (synthesis->n != COUNT_UNKNOWN)
            buffer_printf(out, ", %d people", synthesis->n);
        buffer_printf(out, " (%s).", study_label(synthesis->adopted, rating->trace.arena));
        return;
    }
    buffer_printf(out, " Based on %d trial%s, ", synthesis->k, synthesis->k == 1 ? "" : "s");
    put_people(out, synthesis->n);
    buffer_byte(out, '.');
}

/* ---- the statement ---- */

static const char *const hedges[] = {
    [CERTAINTY_LOW] = "may ", [CERTAINTY_MODERATE] = "probably ", [CERTAINTY_HIGH] = ""};

/* "lowers" and "improves", or "lower" and "improve" after "may" and plurals. */
static void put_verb(struct buffer *out, const struct rating *rating, const char *stem)
{
    bool bare =
        rating->certainty.level == CERTAINTY_LOW || is_plural(rating->question.intervention->plain);
    buffer_printf(out, "%s%s%s", hedges[rating->certainty.level], stem, bare ? "" : "s");
}

static const char *amount_of(const struct rating *rating)
{
    const char *magnitude = rating->effect.magnitude;
    if (magnitude == NULL || rating->class != CLASS_BENEFIT)
        return rating->class == CLASS_SMALL ? " a little" : "";
    return strcmp(magnitude, "large") == 0 ? " a lot" : "";
}

static void put_claim(const struct rating *rating, struct buffer *out)
{
    bool lower = rating->synthesis.better == BETTER_LOWER;
    const char *outcome = rating->question.outcome->plain;
    put_capitalised(out, rating->question.intervention->plain);
    buffer_byte(out, ' ');
    if (rating->class == CLASS_NO_DIFFERENCE) {
        put_verb(out, rating, "make");
        buffer_printf(out, " little or no difference to %s", outcome);
    } else if (rating->class == CLASS_HARM) {
        put_verb(out, rating, "make");
        buffer_printf(out, " %s worse", outcome);
    } else {
        put_verb(out, rating, lower ? "lower" : "improve");
        buffer_printf(out, " %s%s", outcome, amount_of(rating));
    }
}

static void put_circumstances(const struct rating *rating, struct buffer *out)
{
    buffer_printf(out, " in people with %s, compared with ", rating->question.condition->plain);
    sentence_put_comparator(rating, out);
    buffer_printf(out, ", %s", window_words(rating->question.window));
}

static bool too_small_to_notice(const struct rating *rating)
{
    return rating->class == CLASS_SMALL &&
           rating->effect.weighed.benefit < rating->effect.weighed.mid / 2;
}

static void put_unknown(const struct rating *rating, struct buffer *out)
{
    buffer_printf(out, "We don't know whether %s %s %s", rating->question.intervention->plain,
                  is_plural(rating->question.intervention->plain) ? "help with" : "helps with",
                  rating->question.outcome->plain);
    put_circumstances(rating, out);
    buffer_text(out, rating->class == CLASS_UNDECIDED
                         ? ": the studies allow for a difference that matters and for none, "
                         : ": the studies are too few or too weak to tell. They found ");
    sentence_put_size(rating, out);
}

static void put_no_verdict(const struct rating *rating, struct buffer *out)
{
    put_capitalised(out, rating->question.intervention->plain);
    put_circumstances(rating, out);
    buffer_printf(out, ": %s, ", rating->question.outcome->plain);
    sentence_put_size(rating, out);
    buffer_text(out,
                rating->question.outcome->kind == OUTCOME_HARM
                    ? ". A harm gets no verdict of its own; it is told under safety."
                    : ". How big a difference matters is not known here, so this is no verdict.");
}

void sentence_put_directions(const struct directions *directions, struct buffer *out)
{
    const struct {
        int count;
        const char *found;
    } kinds[] = {{directions->better, "found it better"},
                 {directions->neither, "found no difference"},
                 {directions->worse, "found it worse"},
                 {directions->unclear, "did not tell"}};
    const char *between = "";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].count == 0)
            continue;
        buffer_printf(out, "%s%d %s", between, kinds[i].count, kinds[i].found);
        between = ", ";
    }
}

static void put_directions_only(const struct rating *rating, struct buffer *out)
{
    const struct directions *all = &rating->directions;
    int studies = all->better + all->neither + all->worse + all->unclear;
    buffer_printf(out, "We don't know whether %s %s %s", rating->question.intervention->plain,
                  is_plural(rating->question.intervention->plain) ? "help with" : "helps with",
                  rating->question.outcome->plain);
    put_circumstances(rating, out);
    if (studies == 0) {
        buffer_text(out, ": what stands here gives no figure that can be used.");
        return;
    }
    buffer_printf(out, ": no study here gives a figure that can be used. Of %d trial%s, ", studies,
                  studies == 1 ? "" : "s");
    sentence_put_directions(all, out);
    buffer_text(out, "; a count of trials proves nothing.");
}

/* A sham-controlled result that holds "no difference" is told as such. */
static bool is_null_against_sham(const struct rating *rating)
{
    return rating->question.comparator_class == COMPARATOR_SHAM &&
           rating->effect.weighed.low <= 0 && rating->effect.weighed.high >= 0;
}

static void put_rated(const struct rating *rating, struct buffer *out)
{
    if (strcmp(rating->verdict, "unproven") == 0) {
        put_unknown(rating, out);
    } else {
        put_claim(rating, out);
        put_circumstances(rating, out);
        buffer_text(out, ": ");
        sentence_put_size(rating, out);
    }
    buffer_byte(out, '.');
    if (too_small_to_notice(rating))
        buffer_text(out, " That is too small for most people to notice.");
    if (is_null_against_sham(rating))
        buffer_text(out, " It has not been shown to do more than a pretend treatment.");
    put_basis(rating, out);
}

const char *sentence_of(const struct rating *rating, struct arena *arena)
{
    struct buffer out = {0};
    if (rating->synthesis.basis < BASIS_TRIALS) {
        put_directions_only(rating, &out);
    } else if (rating->verdict == NULL) {
        put_no_verdict(rating, &out);
        put_basis(rating, &out);
    } else {
        put_rated(rating, &out);
    }
    const char *sentence = arena_strndup(arena, buffer_string(&out), out.length);
    buffer_release(&out);
    return sentence;
}
