#include "evidence/rating/asking.h"

static bool has_body(const struct rating *rating)
{
    return rating != NULL && rating_has_figure(rating) && rating->verdict != NULL;
}

static const struct rating *find(const struct asking *ask, const char *comparator,
                                 const char *outcome, enum window window)
{
    const char *id = arena_printf(ask->scratch, "%s.%s.%s.%s.%s", ask->intervention->id,
                                  ask->at->id, comparator, outcome, window_names[window]);
    const struct rating *rating = catalog_find_rating(ask->catalog, id);
    return has_body(rating) ? rating : NULL;
}

static bool is_sure(const struct rating *rating)
{
    return rating != NULL && rating->certainty.level >= CERTAINTY_LOW;
}

bool choice_shows_no_benefit(const struct rating *rating)
{
    return rating->effect.favours != FAVOURS_INTERVENTION;
}

/* The windows in the order in which they are asked. */
static const enum window window_order[WINDOW_COUNT] = {WINDOW_SHORT, WINDOW_IMMEDIATE,
                                                       WINDOW_MEDIUM, WINDOW_LONG, WINDOW_UNSTATED};

const struct rating *choice_sham(const struct asking *ask, const char *outcome)
{
    for (size_t i = 0; i < WINDOW_COUNT; i++) {
        const struct rating *sham = find(ask, "sham", outcome, window_order[i]);
        if (sham != NULL)
            return sham;
    }
    return NULL;
}

bool choice_bears_on(enum window one, enum window other)
{
    return one == other || one == WINDOW_UNSTATED || other == WINDOW_UNSTATED;
}

static bool claims_benefit(const struct rating *rating)
{
    return rating->class == CLASS_BENEFIT || rating->class == CLASS_SMALL;
}

/* V1: sham where its body is low or better; else the first of nothing and mixed that is, else the
 * first there is. A benefit over doing without is held back by a sham body of its time that holds
 * zero; one of another time is told beside it. */
static bool choose_comparator(const struct asking *ask, const char *outcome, enum window window,
                              struct choice *out)
{
    const struct rating *sham = find(ask, "sham", outcome, window);
    const struct rating *nothing = find(ask, "nothing", outcome, window);
    const struct rating *mixed = find(ask, "mixed", outcome, window);
    const struct rating *fallback = is_sure(nothing)  ? nothing
                                    : is_sure(mixed)  ? mixed
                                    : nothing != NULL ? nothing
                                                      : mixed;
    bool sham_first = is_sure(sham) || (sham != NULL && !is_sure(fallback));
    *out =
        (struct choice){.rating = sham_first ? sham : fallback, .sham = sham, .nothing = nothing};
    if (out->rating == NULL)
        return false;
    if (sham == NULL)
        out->sham = choice_sham(ask, outcome);
    out->held_back = !sham_first && out->sham != NULL && choice_shows_no_benefit(out->sham) &&
                     claims_benefit(out->rating) &&
                     choice_bears_on(out->sham->question.window, window);
    return true;
}

/* The primary window first, then the nearest with a body. */
static bool choose_window(const struct asking *ask, const char *outcome, struct choice *out)
{
    if (choose_comparator(ask, outcome, ask->condition->primary_window, out))
        return true;
    for (size_t i = 0; i < WINDOW_COUNT; i++)
        if (choose_comparator(ask, outcome, window_order[i], out))
            return true;
    return false;
}

bool choice_of(const struct asking *ask, struct choice *out)
{
    size_t from;
    if (catalog_ratings_of(ask->catalog, ask->intervention->id, ask->at->id, &from) == 0)
        return false;
    if (ask->outcome != NULL)
        return choose_window(ask, ask->outcome->id, out);
    for (const char *const *outcome = ask->at->primary_outcomes; *outcome != NULL; outcome++)
        if (choose_window(ask, *outcome, out))
            return true;
    return false;
}

const char *choice_verdict(const struct choice *choice)
{
    return choice->held_back ? "unproven" : choice->rating->verdict;
}
