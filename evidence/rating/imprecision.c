/* M: whether the interval and the people suffice. */
#include "evidence/rating/judging.h"

#include <math.h>

#include "evidence/rating/synthesis.h"

static double number(int count)
{
    return count == COUNT_UNKNOWN ? (double)NAN : (double)count;
}

static int interval_levels(const struct rating *rating, const char **reason)
{
    const struct weighed *weighed = &rating->effect.weighed;
    bool within = size_is_within(weighed, weighed->mid);
    switch (rating->class) {
    case CLASS_BENEFIT:
    case CLASS_SMALL:
    case CLASS_HARM:
        return 0;
    case CLASS_NO_DIFFERENCE:
        if (!within)
            *reason = "the interval also allows for a difference that matters";
        return within ? 0 : 1;
    case CLASS_NONE:
        if (rating->effect.favours == FAVOURS_NEITHER)
            *reason = "the interval holds both more and less";
        return *reason == NULL ? 0 : 1;
    case CLASS_UNDECIDED:
        break;
    }
    if (classify(weighed) != CLASS_UNDECIDED)
        return 0; /* undecided because of improbable figures (P6), not because of its interval */
    if (weighed->mid > 0 && size_reaches(weighed->high, weighed->mid) &&
        size_reaches(-weighed->low, weighed->mid)) {
        *reason = "it could be an important benefit or an important harm";
        return 2;
    }
    *reason = "the interval cannot decide between a difference that matters and one that does not";
    return 1;
}

static int known_people(const struct body *body)
{
    int people = 0;
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used && body->studies[i].n != COUNT_UNKNOWN)
            people += body->studies[i].n;
    return people;
}

/* The people of the whole review are told, but not as those of the figure. */
static const char *untold_people(const struct rating *rating)
{
    const struct study *review = rating->synthesis.adopted;
    if (rating->synthesis.k == 1)
        return "one trial of unknown size";
    if (review == NULL || review->participants == COUNT_UNKNOWN)
        return "how many people are behind this figure is not told";
    return arena_printf(rating->trace.arena,
                        "how many people are behind this figure is not told; the whole review has "
                        "%d",
                        review->participants);
}

static int people_levels(const struct judging *at, const char **reason)
{
    const struct ruleset *ruleset = at->context->ruleset;
    const struct rating *rating = at->rating;
    bool counted = rating->synthesis.scale == BODY_RATIO && rating->body.events != COUNT_UNKNOWN &&
                   rating->synthesis.basis == BASIS_TRIALS;
    int size = counted ? rating->body.events : rating->synthesis.n;
    double few = counted ? ruleset->events_few : ruleset->people_few;
    bool one = rating->synthesis.k == 1;
    if (size == COUNT_UNKNOWN && !counted && rating->synthesis.basis == BASIS_TRIALS &&
        known_people(&rating->body) >= few)
        return 0; /* those that are known are enough */
    if (size == COUNT_UNKNOWN) {
        *reason = untold_people(rating);
        return one ? 2 : 1;
    }
    if (rating->synthesis.n != COUNT_UNKNOWN && rating->synthesis.n < ruleset->people_very_few) {
        *reason = "fewer than 100 people";
        return 2;
    }
    if (size < few) {
        *reason = counted ? "fewer than 300 events" : "fewer than 400 people";
        return 1;
    }
    return 0;
}

void judge_imprecision(struct judging *at)
{
    const char *interval = NULL;
    const char *people = NULL;
    int levels = interval_levels(at->rating, &interval) + people_levels(at, &people);
    const struct rating *rating = at->rating;
    at->seen = NUMBERS({"low", rating->effect.weighed.low}, {"high", rating->effect.weighed.high},
                       {"mid", rating->effect.weighed.mid}, {"people", number(rating->synthesis.n)},
                       {"events", number(rating->body.events)});
    const char *reason = levels == 0 ? "enough people, and an interval that decides"
                         : interval != NULL && people != NULL
                             ? arena_printf(at->rating->trace.arena, "%s; %s", interval, people)
                         : interval != NULL ? interval
                                            : people;
    judge(at, DOMAIN_IMPRECISION, levels > 2 ? -2 : -levels,
          levels == 0   ? "M"
          : levels == 1 ? "M1"
                        : "M2",
          reason);
    at->seen = NULL;
}
