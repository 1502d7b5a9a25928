/* Claims of benefit: C1, C2, C3, C11, C13. */
#include "evidence/judgement/claim/claim_judge_parts.h"

#include <string.h>

static const char *joined(const struct judging *judging, const char *lead, const char *evidence)
{
    return *evidence == '\0' ? lead : arena_join(judging->vetting->arena, lead, " ", evidence);
}

/* ---- words for a verdict ---- */

static const char *lead_of(const struct judging *judging, enum claim_verdict verdict,
                           enum standing_kind kind)
{
    bool denied = judging->put == PUT_DENIED;
    switch (verdict) {
    case CLAIM_SUPPORTED:
        return denied && kind == STANDING_NULL
                   ? "The text denies it, and most of the studies here found no benefit."
               : denied ? "The text denies it, and what is known agrees."
                        : "What is known bears this out as it is put.";
    case CLAIM_PARTLY_SUPPORTED:
        if (kind == STANDING_NOT_SHAM)
            return "Better than doing without, but not shown to be more than a pretend treatment.";
        return denied ? "The evidence is too weak for a flat denial."
                      : "The evidence leans this way, but is weaker than these words.";
    case CLAIM_OVERSTATED:
        return "There is a true core, but these words go beyond it.";
    case CLAIM_CONTRADICTED:
        return denied ? "The text denies it, but what is known points to a benefit."
               : kind == STANDING_NULL ? "What studies there are mostly found no benefit."
                                       : "What is known says otherwise.";
    case CLAIM_UNSUPPORTED:
        return kind == STANDING_UNTESTED ? "No study here tests this."
                                         : "The studies here do not show this.";
    case CLAIM_MISLEADING:
    case CLAIM_NOT_CHECKABLE:
    case CLAIM_NONE:
        break;
    }
    return "";
}

static void say_with_evidence(struct judging *judging, enum claim_verdict verdict,
                              const struct standing *standing)
{
    judging_say(judging, verdict,
                joined(judging, lead_of(judging, verdict, standing->kind),
                       judging_evidence(judging, standing)));
}

/* ---- efficacy ---- */

/* Words that promise all of it. */
static bool promises_all(const struct finding *finding)
{
    return finding->sense == SENSE_ENDS || finding->sense == SENSE_WHOLLY;
}

static bool is_large(const struct standing *standing)
{
    for (size_t i = 0; i < standing->rating_count; i++) {
        const char *magnitude = standing->ratings[i]->effect.magnitude;
        if (magnitude != NULL && strcmp(magnitude, "large") == 0)
            return true;
    }
    return false;
}

/* More promised than any treatment here gives. */
static enum claim_verdict verdict_of_all(const struct judging *judging, enum standing_kind kind,
                                         bool varies)
{
    if (judging->put == PUT_DENIED)
        return CLAIM_SUPPORTED;
    if (kind == STANDING_NOT_SHAM)
        return CLAIM_CONTRADICTED;
    /* What a few studies of another complaint lean to is no core of truth. */
    if (kind == STANDING_LEANS && judging->target.condition_count == 0)
        return CLAIM_UNSUPPORTED;
    if (standing_is_hopeful(kind) || (varies && judging->finding->wide))
        return judging->put == PUT_HEDGED ? CLAIM_PARTLY_SUPPORTED : CLAIM_OVERSTATED;
    return judging_table(kind, judging->put);
}

static bool is_stand_in(const struct judging *judging)
{
    const struct target *target = &judging->target;
    for (size_t i = 0; i < target->outcome_count; i++)
        if (target->outcomes[i]->stand_in_for == NULL)
            return false;
    return target->outcome_count > 0;
}

/* Prevention is another thing than relief, but for soreness that a session is known to bring. */
static bool is_prevention(const struct judging *judging)
{
    const struct language *language = lexicon_language(judging->vetting->wording->lexicon);
    if (judging->finding->sense != SENSE_PREVENTS)
        return false;
    bool soreness = (judging->target.complaints >> COMPLAINT_RECOVERY & 1u) != 0;
    for (size_t i = 0; i < judging->target.condition_count; i++)
        soreness = soreness || judging->target.conditions[i] == language->exercise_condition;
    return !soreness;
}

/* Trials of prevention have no question of their own: what they found stands in the entry. True if
 * that is the verdict. */
static bool knows_of_prevention(struct judging *judging)
{
    const struct wording_entry *entry = judging->finding->entry;
    const struct entry_exception *exception =
        judging_exception(judging, entry->exceptions, entry->exception_count);
    if (exception == NULL)
        return false;
    judging_rule(judging, "C1");
    return judging_say_fixed(judging, exception->verdict, exception->known);
}

static enum claim_verdict verdict_of_effect(struct judging *judging,
                                            const struct standing *standing, bool differ)
{
    const struct finding *finding = judging->finding;
    enum standing_kind kind = standing->kind;
    judging_rule(judging, "C1");
    if (promises_all(finding) || (finding->strong && !is_large(standing))) {
        judging_rule(judging, "C4");
        return verdict_of_all(judging, kind, standing->varies);
    }
    bool wide = finding->wide && (standing_is_hopeful(kind) || standing->varies);
    /* Of no complaint in particular, and borne out for some: narrower than the words. */
    bool some = (judging->target.complaints >> COMPLAINT_RECOVERY & 1u) == 0 &&
                standing->home == NULL && standing->firm && standing->varies;
    if (judging->put != PUT_DENIED && (differ || wide || some)) {
        judging_rule(judging, "C2");
        return judging->put == PUT_HEDGED ? CLAIM_PARTLY_SUPPORTED : CLAIM_OVERSTATED;
    }
    if (finding->wide && judging->put == PUT_DENIED)
        return CLAIM_SUPPORTED;
    if (is_stand_in(judging) && (kind == STANDING_LEANS || kind == STANDING_MAY)) {
        judging_rule(judging, "C3");
        return judging->put == PUT_DENIED ? judging_table(kind, PUT_DENIED) : CLAIM_SUPPORTED;
    }
    /* Asked of all that it was studied for, a benefit for one complaint is no benefit for all. */
    if (standing->home == NULL && kind == STANDING_WORKS && judging->put == PUT_PLAIN)
        return CLAIM_PARTLY_SUPPORTED;
    /* A weak benefit in another complaint does not refute a denial of this one. */
    if (standing->home == NULL && kind == STANDING_MAY && judging->put == PUT_DENIED)
        return CLAIM_UNSUPPORTED;
    return judging_table(kind, judging->put);
}

/* "It is not known whether it helps": a denial of knowledge, right where nothing is known. */
static bool denies_knowledge(const struct judging *judging)
{
    const struct passage *passage = &judging->vetting->passage;
    size_t first, end;
    claim_chain(judging->vetting, judging->finding->first, &first, &end);
    return judging->put == PUT_DENIED &&
           (judging->finding->rejected || passage_find(passage, first, end, WORDS_UNKNOWN) != NULL);
}

/* Its weightiest rating is one of harm, and not of low certainty. */
static bool is_sure_harm(const struct standing *standing)
{
    return standing->kind == STANDING_HARM && standing->rating_count > 0 &&
           standing->ratings[0]->class == CLASS_HARM &&
           standing->ratings[0]->certainty.level >= CERTAINTY_MODERATE;
}

/* "The evidence is thin": right unless a verdict here is firm. */
static enum claim_verdict verdict_of_doubt(const struct judging *judging,
                                           const struct standing *standing)
{
    enum standing_kind kind = standing->kind;
    bool firm = kind == STANDING_WORKS || kind == STANDING_FIRMLY_NULL || is_sure_harm(standing);
    if (judging->put == PUT_DENIED)
        return firm ? CLAIM_SUPPORTED : CLAIM_CONTRADICTED;
    if (firm)
        return CLAIM_CONTRADICTED;
    return kind == STANDING_MAY ? CLAIM_PARTLY_SUPPORTED : CLAIM_SUPPORTED;
}

static unsigned windows_of(const struct judging *judging)
{
    const struct passage *passage = &judging->vetting->passage;
    size_t first, end;
    claim_clause(judging->vetting, judging->finding->first, &first, &end);
    if (passage_find(passage, first, end, WORDS_AT_ONCE) != NULL)
        return 1u << WINDOW_IMMEDIATE;
    return STANDING_ANY;
}

/* "Ends arthritis, migraine and whatever else hurts": none of what is named was studied, and some
 * of the rest was, with a benefit. */
static bool is_wider_than_known(const struct judging *judging, const struct standing *standing)
{
    if (!judging->finding->wide || judging->put != PUT_PLAIN || judging->subject == NULL ||
        standing->kind > STANDING_UNKNOWN)
        return false;
    const struct standing_question anything = {.intervention = judging->subject};
    const struct standing *all = standing_of(judging->vetting->standings, &anything);
    return standing_is_hopeful(all->kind) || all->varies;
}

/* "The plan which eased neck pain in a trial": what a trial saw is held against whatever the trials
 * were held against, a sham or not, at any time. NULL where the words tell of no trial, or where no
 * answer bears it out. */
static const struct standing *standing_of_report(struct judging *judging)
{
    const struct passage *passage = &judging->vetting->passage;
    bool differ;
    size_t first, end;
    claim_chain(judging->vetting, judging->finding->first, &first, &end);
    if (judging->put != PUT_HEDGED || passage_find(passage, first, end, WORDS_TRIAL) == NULL ||
        passage_find(passage, first, end, WORDS_SHAM) != NULL)
        return NULL;
    const struct standing *standing = judging_standing_against(
        judging, 1u << COMPARATOR_NOTHING | 1u << COMPARATOR_MIXED, &differ);
    return standing_is_hopeful(standing->kind) || standing->varies ? standing : NULL;
}

/* "In two of the trials", "a trial found", "most studies": of some of them, and not of all. */
static bool tells_of_some_trials(const struct judging *judging)
{
    enum { REACH = 3 };
    const struct passage *passage = &judging->vetting->passage;
    size_t first, end;
    claim_chain(judging->vetting, judging->finding->first, &first, &end);
    for (size_t at = first + 1; at < end; at++) {
        if (passage_tag(passage, at, WORDS_TRIAL) == NULL)
            continue;
        size_t from = at - first > REACH ? at - REACH : first;
        if (strcmp(passage->tokens[at - 1].word->folded, "a") == 0 ||
            passage_find(passage, from, at, WORDS_NUMBER) != NULL ||
            passage_find(passage, from, at, WORDS_IN_PART) != NULL)
            return true;
    }
    return false;
}

/* What is told of some trials is so where there are such: that one found nothing, of a treatment
 * that others lean to; that most found a benefit, of one that may have it. */
static bool is_so_of_some_trials(const struct judging *judging, const struct standing *standing)
{
    enum standing_kind kind = standing->kind;
    bool open = kind == STANDING_NOT_SHAM || kind == STANDING_LEANS || kind == STANDING_MIXED;
    bool so = judging->put == PUT_DENIED ? open && standing->neither + standing->worse > 0
                                         : kind == STANDING_MAY || kind == STANDING_LEANS;
    return so && judging->put != PUT_HEDGED && !promises_all(judging->finding) &&
           !judging->finding->strong && !judging->finding->wide && tells_of_some_trials(judging);
}

/* Of what people manage in a day, where nobody measured the complaint itself; what stood before
 * where that was not measured either. */
static const struct standing *standing_of_doing(struct judging *judging,
                                                const struct standing *before)
{
    bool differ;
    const struct target kept = judging->target;
    if (kept.outcome_count > 0 || before->kind > STANDING_UNKNOWN)
        return before;
    judging->target.outcomes[judging->target.outcome_count++] =
        base_outcome(judging->vetting->base, "disability");
    const struct standing *standing =
        judging_standing_against(judging, 1u << COMPARATOR_SHAM, &differ);
    judging->target = kept;
    return standing->kind > STANDING_UNKNOWN ? standing : before;
}

/* "Adds nothing to exercise": trials of what is added give both groups the other treatment, and the
 * dummy to one, so that their answer is the one over a sham. A benefit there was not always seen on
 * top of anything. */
static void judge_adds_nothing(struct judging *judging)
{
    bool differ;
    const struct standing *standing =
        judging_standing_against(judging, 1u << COMPARATOR_SHAM, &differ);
    if (standing->kind <= STANDING_UNKNOWN)
        standing = judging_standing(judging, STANDING_ANY, &differ);
    standing = standing_of_doing(judging, standing);
    enum standing_kind kind = standing->kind;
    judging_rule(judging, "C1");
    if (kind == STANDING_NULL || kind == STANDING_FIRMLY_NULL || kind == STANDING_HARM)
        say_with_evidence(judging, judging_table(kind, judging->put), standing);
    else
        judging_say(judging, CLAIM_UNSUPPORTED,
                    "What it adds to another treatment has no question of its own here.");
}

void judge_efficacy(struct judging *judging)
{
    bool differ;
    enum claim_verdict found_against = judging_actions(judging);
    if (judging->finding->sense == SENSE_ADDS_NOTHING) {
        judge_adds_nothing(judging);
        return;
    }
    if (judging->finding->sense == SENSE_STAND_IN) {
        judging_rule(judging, "C3");
        judging_say(judging, judging->put == PUT_DENIED ? CLAIM_SUPPORTED : CLAIM_MISLEADING,
                    judging->finding->entry->known);
        return;
    }
    const struct standing *standing = judging_standing(judging, windows_of(judging), &differ);
    if (standing->kind <= STANDING_UNKNOWN)
        standing = judging_standing(judging, STANDING_ANY, &differ);
    if (is_prevention(judging) && knows_of_prevention(judging))
        return;
    const struct standing *reported =
        standing_is_hopeful(standing->kind) ? NULL : standing_of_report(judging);
    if (reported != NULL) {
        judging_rule(judging, "C1");
        say_with_evidence(judging, CLAIM_SUPPORTED, reported);
        return;
    }
    if (is_prevention(judging) && standing->kind != STANDING_UNTESTED) {
        judging_rule(judging, "C1");
        judging_say(judging, judging->put == PUT_DENIED ? CLAIM_SUPPORTED : CLAIM_UNSUPPORTED,
                    "The studies here are of people who have the complaint; none shows that it is "
                    "kept away.");
        return;
    }
    enum claim_verdict verdict = verdict_of_effect(judging, standing, differ);
    if (is_wider_than_known(judging, standing)) {
        judging_rule(judging, "C2");
        verdict = CLAIM_OVERSTATED;
    }
    bool some_trials = !differ && is_so_of_some_trials(judging, standing);
    if (some_trials)
        verdict = CLAIM_SUPPORTED;
    if (judging->finding->sense == SENSE_UNCLEAR)
        verdict = verdict_of_doubt(judging, standing);
    bool nothing_known = standing->kind == STANDING_UNTESTED || standing->kind == STANDING_UNKNOWN;
    if (denies_knowledge(judging) && !standing_is_hopeful(standing->kind))
        verdict = CLAIM_SUPPORTED;
    say_with_evidence(judging, verdict, standing);
    if (some_trials && judging->put == PUT_DENIED && verdict == CLAIM_SUPPORTED)
        judging_say(judging, verdict,
                    joined(judging,
                           "Trials that found no difference stand here, and what some trials found "
                           "is less than what all of them show. Together:",
                           judging_evidence(judging, standing)));
    if (nothing_known && found_against != CLAIM_NONE && judging->put != PUT_DENIED) {
        judging_rule(judging, "C13");
        judging_say(judging, found_against,
                    arena_printf(judging->vetting->arena, "No study here tests this. %s: %s",
                                 judging->actions[0]->body, judging->actions[0]->what));
    }
}

/* ---- comparison ---- */

static enum standing_kind turned(enum standing_kind kind)
{
    switch (kind) {
    case STANDING_WORKS:
    case STANDING_MAY:
    case STANDING_LEANS:
        return STANDING_HARM;
    case STANDING_HARM:
        return STANDING_LEANS;
    case STANDING_UNTESTED:
    case STANDING_UNKNOWN:
    case STANDING_NOT_SHAM:
    case STANDING_MIXED:
    case STANDING_NULL:
    case STANDING_FIRMLY_NULL:
        break;
    }
    return kind;
}

/* As the other of the two sees it: found worse by a verdict, the other is better as surely. */
static enum standing_kind turned_standing(const struct standing *standing)
{
    if (standing->kind != STANDING_HARM || !standing->firm)
        return turned(standing->kind);
    return is_sure_harm(standing) ? STANDING_WORKS : STANDING_MAY;
}

/* What trials lean to that are filed under either of the two. */
static enum standing_kind both_ways(const struct standing *forth, const struct standing *back)
{
    int better = forth->better + back->worse;
    int neither = forth->neither + back->neither;
    int worse = forth->worse + back->better;
    if (better + neither + worse == 0)
        return STANDING_UNTESTED;
    if (neither >= better + worse)
        return STANDING_NULL;
    return better > worse + neither   ? STANDING_LEANS
           : worse > better + neither ? STANDING_HARM
                                      : STANDING_MIXED;
}

/* "In a trial on an overworked back heat did better than cold" */
static bool tells_of_trial(const struct judging *judging)
{
    size_t first, end;
    claim_chain(judging->vetting, judging->finding->first, &first, &end);
    return passage_find(&judging->vetting->passage, first, end, WORDS_TRIAL) != NULL;
}

/* Head to head, whichever of the two the trials are filed under. */
static enum standing_kind head_to_head(struct judging *judging, const struct intervention *subject,
                                       const struct intervention *other,
                                       const struct standing **out)
{
    const struct target *target = &judging->target;
    struct standing_question question = {.intervention = subject, .against = other};
    if (target->outcome_count > 0)
        question.outcome = target->outcomes[0];
    if (target->condition_count > 0 && !target->carried)
        question.condition = target->conditions[0];
    else if (is_stand_in(judging))
        question.condition = base_condition(judging->vetting->base, "healthy-adults");
    for (int round = 0; round < 2; round++) {
        const struct standing *forth = standing_of(judging->vetting->standings, &question);
        struct standing_question back = question;
        back.intervention = other;
        back.against = subject;
        const struct standing *backward = standing_of(judging->vetting->standings, &back);
        if (!forth->firm && !backward->firm) {
            enum standing_kind both = both_ways(forth, backward);
            *out = forth->rating_count > 0 ? forth : backward;
            if (both != STANDING_UNTESTED)
                return both;
        }
        bool either = forth->kind > STANDING_UNKNOWN || backward->kind > STANDING_UNKNOWN;
        bool forward = backward->kind <= STANDING_UNKNOWN ||
                       (forth->kind > STANDING_UNKNOWN && forth->firm >= backward->firm);
        *out = forward ? forth : backward;
        if (either)
            return forward ? forth->kind : turned_standing(backward);
        if (target->condition_count > 0 && !target->carried && !tells_of_trial(judging))
            break;
        /* Of no complaint in particular, or told of a trial: whatever they were tried for. */
        question.condition = NULL;
    }
    return STANDING_UNTESTED;
}

static enum claim_verdict verdict_of_comparison(const struct judging *judging, enum sense sense,
                                                enum standing_kind kind)
{
    bool alike = kind == STANDING_NULL || kind == STANDING_FIRMLY_NULL;
    bool open = kind == STANDING_UNTESTED || kind == STANDING_UNKNOWN || kind == STANDING_MIXED;
    if (open && judging->put == PUT_DENIED && denies_knowledge(judging))
        return CLAIM_SUPPORTED;
    if (kind == STANDING_UNTESTED && judging->put == PUT_DENIED)
        return CLAIM_UNSUPPORTED;
    switch (sense) {
    case SENSE_EQUAL:
        if (judging->put == PUT_DENIED)
            return alike ? CLAIM_CONTRADICTED : judging_table(turned(kind), PUT_PLAIN);
        if (alike)
            return CLAIM_SUPPORTED;
        return kind == STANDING_HARM ? CLAIM_CONTRADICTED : judging_table(kind, judging->put);
    case SENSE_WORSE:
    case SENSE_ADDED:
        return judging_table(turned(kind), judging->put);
    default:
        break;
    }
    if (judging->put == PUT_DENIED && kind == STANDING_MIXED)
        return CLAIM_SUPPORTED;
    if (is_stand_in(judging) && standing_is_hopeful(kind) && judging->put != PUT_DENIED)
        return CLAIM_SUPPORTED;
    return judging_table(kind, judging->put);
}

/* "better than any other treatment": held against whatever it was tried against. */
static const struct standing *against_all(struct judging *judging, enum standing_kind *kind)
{
    struct standing_question question = {.intervention = judging->subject,
                                         .comparators = 1u << COMPARATOR_ACTIVE};
    size_t first, end;
    claim_clause(judging->vetting, judging->finding->first, &first, &end);
    if (passage_find(&judging->vetting->passage, first, end, WORDS_ALL) == NULL)
        return NULL;
    if (judging->target.condition_count > 0)
        question.condition = judging->target.conditions[0];
    const struct standing *standing = standing_of(judging->vetting->standings, &question);
    judging_ratings(judging, standing);
    /* One treatment that does as well is enough against "any other". */
    *kind = standing->varies ? STANDING_FIRMLY_NULL
            : standing_is_hopeful(standing->kind) && standing->neither + standing->worse > 0
                ? STANDING_MIXED
                : standing->kind;
    return standing;
}

/* "Adding cortisone makes it last": where nobody set the two against each other, what the added one
 * does by itself for the complaint. True if that is the verdict. */
static bool judge_added(struct judging *judging, const struct intervention *added)
{
    bool differ;
    const struct intervention *subject = judging->subject;
    judging->subject = added;
    const struct standing *standing = judging_standing(judging, STANDING_ANY, &differ);
    judging->subject = subject;
    if (standing->kind <= STANDING_UNKNOWN)
        return false;
    say_with_evidence(judging, judging_table(standing->kind, judging->put), standing);
    return true;
}

static void no_rival(struct judging *judging)
{
    judging_say(judging, CLAIM_UNSUPPORTED, "No study here sets the two against each other.");
}

void judge_comparison(struct judging *judging)
{
    enum { RIVALS = 4 };
    const struct intervention *rivals[RIVALS];
    const struct intervention *subject = judging->subject;
    size_t count = claim_compared(judging->vetting, judging->finding, rivals, RIVALS);
    enum claim_verdict found_against = judging_actions(judging);
    judging_rule(judging, "C11");
    if (count == 0 && subject != judging->vetting->about && judging->vetting->about != NULL)
        rivals[count++] = judging->vetting->about;
    if (count == 0)
        count = claim_named_before(judging->vetting, judging->finding, subject, rivals, RIVALS);
    const struct standing *told = NULL;
    enum standing_kind worst = STANDING_UNTESTED;
    for (size_t i = 0; i < count; i++) {
        const struct standing *standing;
        enum standing_kind kind = head_to_head(judging, subject, rivals[i], &standing);
        judging_ratings(judging, standing);
        if (told == NULL || kind > worst) {
            worst = kind;
            told = standing;
        }
    }
    if (count == 0)
        told = against_all(judging, &worst);
    if (worst == STANDING_UNTESTED && judging->finding->sense == SENSE_ADDED && count > 0 &&
        judge_added(judging, rivals[0]))
        return;
    if (told == NULL || (worst == STANDING_UNTESTED && judging->put != PUT_DENIED)) {
        no_rival(judging);
        if (found_against != CLAIM_NONE) {
            judging_rule(judging, "C13");
            judging->verdict = found_against;
        }
        return;
    }
    enum claim_verdict verdict = verdict_of_comparison(judging, judging->finding->sense, worst);
    judging_say(judging, verdict,
                joined(judging,
                       worst == STANDING_UNTESTED ? "No study here sets the two against each other."
                       : verdict == CLAIM_SUPPORTED ? "What is known of the two bears this out."
                       : verdict == CLAIM_CONTRADICTED
                           ? "Set against each other, the studies say otherwise."
                           : "What is known of the two is weaker than these words.",
                       judging_evidence(judging, told)));
}
