/* Claims of how much, how fast, how long and for whom: C4, C5, C6, C8. */
#include "evidence/judgement/claim/claim_judge_parts.h"

#include <math.h>
#include <string.h>

#include "evidence/model/rulebooks.h"

enum { SECONDS_A_DAY = 86400 };

static const char *told_with(const struct judging *judging, const char *lead,
                             const struct standing *standing)
{
    const char *evidence = standing == NULL ? "" : judging_evidence(judging, standing);
    return *evidence == '\0' ? lead : arena_join(judging->vetting->arena, lead, " ", evidence);
}

static bool is_null(enum standing_kind kind)
{
    return kind == STANDING_NULL || kind == STANDING_FIRMLY_NULL || kind == STANDING_HARM;
}

/* A regulator's finding about this kind of claim decides where no study speaks of it. */
static bool decided_by_regulator(struct judging *judging)
{
    enum claim_verdict verdict = judging_actions(judging);
    if (verdict == CLAIM_NONE || judging->put == PUT_DENIED)
        return false;
    judging_rule(judging, "C13");
    return judging_say(judging, verdict,
                       arena_printf(judging->vetting->arena, "%s: %s", judging->actions[0]->body,
                                    judging->actions[0]->what));
}

/* ---- size ---- */

static void judge_whole(struct judging *judging, const struct standing *standing)
{
    if (judging->put == PUT_DENIED) {
        judging_say(judging, CLAIM_SUPPORTED,
                    "The text does not promise all of it, and no treatment here gives that.");
        return;
    }
    if (standing_is_hopeful(standing->kind) && standing->kind != STANDING_NOT_SHAM) {
        judging_say(judging, CLAIM_OVERSTATED,
                    told_with(judging,
                              "There is a benefit, but no study shows that the complaint is gone "
                              "altogether.",
                              standing));
        return;
    }
    enum claim_verdict verdict = is_null(standing->kind) || standing->kind == STANDING_NOT_SHAM
                                     ? CLAIM_CONTRADICTED
                                     : CLAIM_UNSUPPORTED;
    judging_say(judging, verdict,
                told_with(judging,
                          verdict == CLAIM_CONTRADICTED
                              ? "What is known says otherwise."
                              : "No study here shows a benefit, let alone all of it.",
                          standing));
}

/* "About a point": held against the interval of the figure on the same scale. True if there is one.
 */
static bool judge_points(struct judging *judging, const struct standing *standing, double points)
{
    for (size_t i = 0; i < standing->rating_count; i++) {
        const struct effect_told *effect = &standing->ratings[i]->effect;
        bool in_points = standing->ratings[i]->synthesis.scale == BODY_POINTS;
        double benefit = in_points ? effect->weighed.benefit : fabs(effect->points);
        double low = in_points ? effect->weighed.low
                               : fmin(fabs(effect->points_low), fabs(effect->points_high));
        double high = in_points ? effect->weighed.high
                                : fmax(fabs(effect->points_low), fabs(effect->points_high));
        if (!isfinite(benefit) || standing->ratings[i]->synthesis.basis < BASIS_TRIALS)
            continue;
        enum claim_verdict verdict = points > high  ? CLAIM_OVERSTATED
                                     : points < low ? CLAIM_PARTLY_SUPPORTED
                                                    : CLAIM_SUPPORTED;
        judging_say(judging, judging->put == PUT_DENIED ? CLAIM_PARTLY_SUPPORTED : verdict,
                    told_with(judging,
                              verdict == CLAIM_SUPPORTED ? "The studies found about that much."
                                                         : "The studies found another size.",
                              standing));
        return true;
    }
    return false;
}

void judge_size(struct judging *judging)
{
    bool differ;
    judging_rule(judging, "C4");
    if (decided_by_regulator(judging))
        return;
    const struct standing *standing = judging_standing(judging, STANDING_ANY, &differ);
    const struct tag *amount = judging->finding->amount;
    if (judging->finding->sense == SENSE_POINTS &&
        judge_points(judging, standing, amount == NULL ? 1 : amount->amount))
        return;
    /* 100 % is all of it, 300 % a multiple; 100 % of patients are people. */
    bool all = amount != NULL && amount->class == WORDS_PERCENT && amount->amount == 100 &&
               passage_tag(&judging->vetting->passage, amount->first, WORDS_SHARE) == NULL;
    if (judging->finding->sense == SENSE_WHOLLY || all) {
        judge_whole(judging, standing);
        return;
    }
    if (judging->put == PUT_DENIED)
        judging_say(judging, CLAIM_SUPPORTED, "No study here gives that figure.");
    else if (judging->finding->sense == SENSE_TIMES && is_null(standing->kind))
        judging_say(
            judging, CLAIM_CONTRADICTED,
            told_with(judging, "Where it was measured, no difference was found.", standing));
    else
        judging_say(judging, CLAIM_UNSUPPORTED,
                    told_with(judging, "No study here gives this figure.", standing));
}

/* ---- speed ---- */

/* True if trials looked at the days that the claim names, and found a benefit. */
static const struct standing *seen_by(struct judging *judging, double days)
{
    bool differ;
    unsigned windows = 0;
    for (int window = WINDOW_IMMEDIATE; window <= (int)window_of_day(days); window++)
        windows |= 1u << window;
    return judging_standing(judging, windows, &differ);
}

void judge_speed(struct judging *judging)
{
    bool differ;
    const struct tag *amount = judging->finding->amount;
    judging_rule(judging, "C5");
    if (decided_by_regulator(judging))
        return;
    const struct standing *standing = judging_standing(judging, STANDING_ANY, &differ);
    if (judging->put == PUT_DENIED) {
        judging_say(judging, CLAIM_SUPPORTED, "No study here shows that it works that fast.");
        return;
    }
    bool in_days = amount != NULL && amount->class == WORDS_TIME && amount->amount >= SECONDS_A_DAY;
    if (in_days) {
        const struct standing *seen = seen_by(judging, amount->amount / SECONDS_A_DAY);
        if (standing_is_hopeful(seen->kind)) {
            judging_rule(judging, "C1");
            judging_say(judging, judging_table(seen->kind, judging->put),
                        told_with(judging, "Trials looked at about that time.", seen));
            return;
        }
    }
    judging_say(judging, CLAIM_UNSUPPORTED,
                told_with(judging,
                          judging->finding->sense == SENSE_SESSIONS
                              ? "No study here shows that so few sessions are enough."
                              : "No study here times this.",
                          is_null(standing->kind) ? standing : NULL));
}

/* ---- permanence ---- */

/* What was seen at the time claimed and later. */
static unsigned windows_from(const struct finding *finding)
{
    const struct tag *amount = finding->amount;
    /* "for days": a time, if not a number. */
    if (finding->sense == SENSE_FOR_TIME && amount == NULL)
        return 1u << WINDOW_IMMEDIATE | 1u << WINDOW_SHORT;
    if (amount == NULL || amount->class != WORDS_TIME || finding->sense == SENSE_FOR_GOOD)
        return 1u << WINDOW_LONG;
    unsigned windows = 1u << WINDOW_LONG;
    for (int window = (int)window_of_day(fabs(amount->amount) / SECONDS_A_DAY);
         window < WINDOW_LONG; window++)
        windows |= 1u << window;
    return windows;
}

static bool is_short_time(const struct finding *finding)
{
    const struct tag *amount = finding->amount;
    if (amount == NULL)
        return finding->sense == SENSE_FOR_TIME;
    return amount->class == WORDS_TIME &&
           window_of_day(amount->amount / SECONDS_A_DAY) == WINDOW_IMMEDIATE;
}

/* "It wears off": right where nothing is shown to last. */
static void judge_fading(struct judging *judging, const struct standing *late)
{
    bool lasts = late->kind == STANDING_WORKS;
    judging_say(judging, lasts ? CLAIM_CONTRADICTED : CLAIM_SUPPORTED,
                told_with(judging,
                          lasts ? "Trials saw a benefit later on."
                                : "The text claims no lasting effect, and none is shown here.",
                          lasts ? late : NULL));
}

static void judge_lasting(struct judging *judging, const struct standing *late,
                          const struct standing *any)
{
    bool for_good = judging->finding->sense == SENSE_FOR_GOOD;
    /* A few later trials do not outweigh all of them together. */
    bool nothing_to_last = is_null(any->kind) && !late->firm && !is_null(late->kind);
    if (standing_is_hopeful(late->kind) && !nothing_to_last) {
        enum claim_verdict verdict =
            for_good ? CLAIM_OVERSTATED : judging_table(late->kind, judging->put);
        judging_say(judging, verdict,
                    told_with(judging,
                              for_good ? "Trials saw a benefit for some months; for good is more "
                                         "than anyone has looked at."
                                       : "Trials looked at about that time.",
                              late));
    } else if (is_null(late->kind)) {
        judging_say(judging, CLAIM_CONTRADICTED,
                    told_with(judging, "Trials looked later on and found no difference.", late));
    } else if (nothing_to_last) {
        judging_say(
            judging, CLAIM_CONTRADICTED,
            told_with(judging, "Trials found no difference: there is nothing to last.", any));
    } else if (late->kind == STANDING_MIXED) {
        judging_say(judging, CLAIM_UNSUPPORTED,
                    told_with(judging, "Trials that looked later on differ.", late));
    } else {
        judging_say(judging, CLAIM_UNSUPPORTED, "No study here shows how long an effect lasts.");
    }
}

void judge_permanence(struct judging *judging)
{
    bool differ;
    judging_rule(judging, "C6");
    if (decided_by_regulator(judging))
        return;
    bool fades = judging->finding->sense == SENSE_FADES;
    bool denied = judging->put == PUT_DENIED;
    const struct standing *late =
        judging_standing(judging, windows_from(judging->finding), &differ);
    const struct standing *any = judging_standing(judging, STANDING_ANY, &differ);
    /* Where nobody looked that long, what was seen after some months. */
    if (late->kind <= STANDING_UNKNOWN && windows_from(judging->finding) == 1u << WINDOW_LONG)
        late = judging_standing(judging, 1u << WINDOW_MEDIUM, &differ);
    /* Hours and days are what the first trials of a thing look at. */
    if (is_short_time(judging->finding) && late->kind == STANDING_UNTESTED)
        late = any;
    if (fades != denied)
        judge_fading(judging, late);
    else
        judge_lasting(judging, late, any);
}

/* ---- universality ---- */

static bool has_cautions(const struct judging *judging)
{
    const struct rulebooks *books = base_rulebooks(judging->vetting->base);
    const char *id = judging->subject->id;
    for (size_t i = 0; i < books->stop_rules.count; i++) {
        const struct stop_rule *rule = &books->stop_rules.items[i];
        if (rule->kind == STOP_CONTRAINDICATION && rule->interventions[0] != NULL &&
            stop_rule_is_for(rule, id))
            return true;
    }
    const struct safe_use *use = rulebooks_safe_use(books, id);
    return use != NULL && use->advice[ADVICE_NOT_FOR].count > 0;
}

void judge_universality(struct judging *judging)
{
    bool differ;
    enum sense sense = judging->finding->sense;
    judging_rule(judging, "C8");
    bool denied = (judging->put == PUT_DENIED) != (sense == SENSE_NOT_EVERYONE);
    if (denied) {
        judging_say(judging, CLAIM_SUPPORTED,
                    "No treatment here helps everyone: effects are averages over people.");
        return;
    }
    if (sense == SENSE_SUITS_EVERYONE && judging->subject != NULL && has_cautions(judging)) {
        judging_rule(judging, "C9");
        judging_say(judging, CLAIM_CONTRADICTED,
                    "There are people who should not use it, or should ask first.");
        return;
    }
    const struct standing *standing = judging_standing(judging, STANDING_ANY, &differ);
    bool hopeful = standing != NULL && standing_is_hopeful(standing->kind);
    /* For every pain is more than what was seen; for every person, or for sure, is what nobody can
     * give. */
    if (hopeful && sense == SENSE_EVERYONE && judging->finding->wide)
        judging_say(judging, CLAIM_OVERSTATED,
                    told_with(judging,
                              "There is a benefit on average, which is not the same as one "
                              "for all.",
                              standing));
    else
        judging_say(judging, CLAIM_UNSUPPORTED,
                    "No treatment here helps or suits everyone: effects are averages over people.");
}
