/* N: how far the trials differ. */
#include "evidence/rating/judging.h"

#include <math.h>

#include "evidence/rating/synthesis.h"

/* -1, 0, 1: an important harm, too little to matter, an important benefit. */
static int zone_of(double benefit, double mid)
{
    return size_reaches(benefit, mid) ? 1 : size_reaches(-benefit, mid) ? -1 : 0;
}

/* The threshold in play: zero for a benefit or harm (and where nobody says what size matters), the
 * MID on either side for "no important difference" and for what is undecided. */
static bool on_other_side(const struct rating *rating, double benefit)
{
    const struct weighed *pool = &rating->effect.weighed;
    switch (rating->class) {
    case CLASS_BENEFIT:
    case CLASS_SMALL:
        return benefit <= 0;
    case CLASS_HARM:
        return benefit >= 0;
    case CLASS_NO_DIFFERENCE:
    case CLASS_UNDECIDED:
        return zone_of(benefit, pool->mid) != zone_of(pool->benefit, pool->mid);
    case CLASS_NONE:
        break;
    }
    return benefit * pool->benefit <= 0;
}

/* The share of the weight that lies there. */
static double share_on_other_side(const struct rating *rating)
{
    double beyond = 0;
    for (size_t i = 0; i < rating->body.count; i++) {
        const struct rated_study *entry = &rating->body.studies[i];
        if (!entry->used || isnan(entry->effect.yi))
            continue;
        double one = weigh_one(&rating->synthesis, entry->effect.yi);
        beyond += on_other_side(rating, one) ? entry->weight / 100 : 0;
    }
    return beyond;
}

void judge_inconsistency(struct judging *at)
{
    const struct ruleset *ruleset = at->context->ruleset;
    const struct synthesis *synthesis = &at->rating->synthesis;
    bool adopted = synthesis->basis == BASIS_ADOPTED;
    double beyond = adopted ? (double)NAN : share_on_other_side(at->rating);
    at->seen =
        NUMBERS({"i2", synthesis->i2}, {"q_p", synthesis->pooled.qp}, {"other_side", beyond});
    /* A published I2 comes without its test more often than not: it is believed as it stands. */
    bool differs = synthesis->i2 >= ruleset->i2 && (adopted || synthesis->pooled.qp < ruleset->q_p);
    if (adopted && isnan(synthesis->i2)) {
        judge(at, DOMAIN_INCONSISTENCY, 0, "S1", "whether its trials agree is not told");
    } else if (!differs) {
        judge(at, DOMAIN_INCONSISTENCY, 0, "N",
              synthesis->k == 1 ? "one trial cannot disagree with itself"
                                : "the trials do not differ beyond chance by much");
    } else if (synthesis->i2 >= ruleset->i2_severe) {
        judge(at, DOMAIN_INCONSISTENCY, -2, "N2", "the trials differ far beyond chance");
    } else if (beyond >= ruleset->other_side) {
        judge(
            at, DOMAIN_INCONSISTENCY, -2, "N2",
            "the trials differ beyond chance, and a quarter of the weight or more says otherwise");
    } else {
        judge(at, DOMAIN_INCONSISTENCY, -1, "N1", "the trials differ beyond chance");
    }
    if (synthesis->outlier != NULL)
        judge(at, DOMAIN_INCONSISTENCY, at->out.domains[DOMAIN_INCONSISTENCY].change - 1, "P4",
              arena_printf(at->rating->trace.arena, "a newer trial (%s) does not fit the review",
                           synthesis->outlier->label));
    if (at->out.domains[DOMAIN_INCONSISTENCY].change < -2)
        at->out.domains[DOMAIN_INCONSISTENCY].change = -2;
    at->seen = NULL;
}
