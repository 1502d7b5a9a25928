#include "service/views/plot_words.h"

#include <math.h>

#include "evidence/rating/verdict.h"

const char *plot_kept(struct buffer *text, struct arena *arena)
{
    const char *copy = arena_strdup(arena, buffer_string(text));
    buffer_release(text);
    return copy;
}

const char *plot_title(const struct rating *rating, struct arena *arena)
{
    const struct question *question = &rating->question;
    struct buffer text = {0};
    buffer_printf(&text, "%s for %s: %s, against ", question->intervention->name,
                  question->condition->plain, question->outcome->plain);
    sentence_put_comparator(rating, &text);
    buffer_printf(&text, ", %s", window_words(question->window));
    return plot_kept(&text, arena);
}

static const char *better_without(const struct rating *rating, struct arena *arena)
{
    const char *detail = rating->comparator_detail;
    switch (rating->question.comparator_class) {
    case COMPARATOR_SHAM:
        return arena_printf(arena, "better with %s", sentence_sham(rating->question.intervention));
    case COMPARATOR_NOTHING:
        return "better without it";
    case COMPARATOR_ACTIVE:
        return arena_printf(arena, "better with %s",
                            detail == NULL ? "the other treatment" : detail);
    case COMPARATOR_MIXED:
        break;
    }
    return "better with what it was compared with";
}

void plot_sides(const struct rating *rating, const char **low, const char **high,
                struct arena *arena)
{
    const char *with = arena_printf(arena, "better with %s", rating->question.intervention->plain);
    const char *without = better_without(rating, arena);
    bool lower = rating->synthesis.better == BETTER_LOWER;
    *low = lower ? with : without;
    *high = lower ? without : with;
}

/* The log of the ratio that takes the control risk to `treated`; infinite where none does. */
static double log_ratio_to(enum measure measure, double control, double treated)
{
    if (treated <= 0)
        return -INFINITY;
    if (treated >= 1)
        return INFINITY;
    double ratio = treated / control;
    return log(measure == MEASURE_OR ? ratio * (1 - control) / (1 - treated) : ratio);
}

struct axis plot_too_small(const struct rating *rating)
{
    double mid = rating->effect.weighed.mid;
    double control = rating->synthesis.control_risk;
    enum measure measure = rating->synthesis.measure;
    /* No side effect is told to be too small to notice: harm outcomes get no verdict. */
    bool judged = rating->question.outcome->kind == OUTCOME_BENEFIT;
    if (!rating_has_figure(rating) || !judged || !(mid > 0))
        return (struct axis){NAN, NAN};
    if (rating->synthesis.scale != BODY_RATIO)
        return (struct axis){-mid, mid};
    return (struct axis){log_ratio_to(measure, control, control - mid / 100),
                         log_ratio_to(measure, control, control + mid / 100)};
}

const char *plot_people(int trials, const char *one, const char *many, int people,
                        struct arena *arena)
{
    const char *who = people == COUNT_UNKNOWN ? "an unknown number of people"
                      : people == 1           ? "1 person"
                                              : arena_printf(arena, "%d people", people);
    if (trials == COUNT_UNKNOWN)
        return arena_printf(arena, "an unknown number of %s, %s", many, who);
    return arena_printf(arena, "%d %s, %s", trials, trials == 1 ? one : many, who);
}

const struct rated_study **plot_counted(const struct rating *rating, size_t *count,
                                        struct arena *arena)
{
    const struct body *body = &rating->body;
    const struct rated_study **counted = arena_array(arena, body->count, sizeof *counted);
    *count = 0;
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used && effect_usable(body->studies[i].effect))
            counted[(*count)++] = &body->studies[i];
    return counted;
}

const char *plot_needs_trials(const struct rating *rating)
{
    switch (rating->synthesis.basis) {
    case BASIS_TRIALS:
        return NULL;
    case BASIS_ADOPTED:
        return "A published review answers this question, and not its single trials: there is no "
               "row of trials to draw.";
    case BASIS_DIRECTION:
        return "No study here gives a figure that can be drawn: only what each found is known.";
    case BASIS_NONE:
        break;
    }
    return "No study stands behind this question, so there is nothing to draw.";
}
