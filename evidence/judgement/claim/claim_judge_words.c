/* How it works, how safe it is, and who says so: C7, C9, C10. */
#include "evidence/judgement/claim/claim_judge_parts.h"

#include <string.h>

#include "evidence/model/rulebooks.h"

#include "evidence/rating/safety.h"

/* ---- mechanism ---- */

void judge_mechanism(struct judging *judging)
{
    const struct wording_entry *entry = judging->finding->entry;
    const struct entry_exception *exception =
        judging_exception(judging, entry->exceptions, entry->exception_count);
    enum claim_verdict found_against = judging_actions(judging);
    judging_rule(judging, "C7");
    if (exception != NULL) {
        judging_say_fixed(judging, exception->verdict, exception->known);
        return;
    }
    enum claim_verdict verdict = entry->verdict;
    if (found_against < verdict) {
        judging_rule(judging, "C13");
        judging_say_fixed(judging, found_against,
                          arena_printf(judging->vetting->arena, "%s: %s", judging->actions[0]->body,
                                       judging->actions[0]->what));
        return;
    }
    judging_say_fixed(judging, verdict, entry->known);
}

/* ---- safety ---- */

/* What is on record of harm: the level, and whether anyone is warned off. */
struct record {
    struct safety safety;
    const struct text_words *events; /* of each harm */
    const struct safe_use *use;
    bool contraindicated;
};

static struct record record_of(const struct judging *judging)
{
    const struct rulebooks *books = base_rulebooks(judging->vetting->base);
    const struct known_harms *known = known_harms_of(judging->vetting->catalog, judging->subject);
    struct record record = {.safety = known->safety,
                            .events = known->events,
                            .use = rulebooks_safe_use(books, judging->subject->id)};
    for (size_t i = 0; i < books->stop_rules.count; i++) {
        const struct stop_rule *rule = &books->stop_rules.items[i];
        record.contraindicated =
            record.contraindicated ||
            (rule->interventions[0] != NULL && stop_rule_is_for(rule, judging->subject->id) &&
             (rule->kind == STOP_CONTRAINDICATION || rule->kind == STOP_HARM));
    }
    if (record.use != NULL)
        record.contraindicated = record.contraindicated ||
                                 record.use->advice[ADVICE_NOT_FOR].count > 0 ||
                                 record.use->advice[ADVICE_ASK_FIRST].count > 0;
    return record;
}

static bool is_harm_on_record(const struct record *record)
{
    return record->safety.level >= SAFETY_MINOR;
}

/* True if the text speaks of that harm: they share a word of some length. */
static bool is_told(const struct judging *judging, const struct text_words *words)
{
    enum { SHORTEST_TELLING = 4 };
    const struct passage *passage = &judging->vetting->passage;
    for (size_t at = judging->finding->first; at < judging->finding->end; at++)
        for (size_t i = 0; i < words->count; i++)
            if (words->items[i].stem_length >= SHORTEST_TELLING &&
                words->items[i].stem_length == passage->tokens[at].word->stem_length &&
                strcmp(words->items[i].stem, passage->tokens[at].word->stem) == 0)
                return true;
    return false;
}

/* The harm that the text tells of, else the worst; what was looked for and not found only where
 * there is no other. */
static const struct harm *harm_to_tell(const struct judging *judging, const struct record *record)
{
    const struct harm *worst = NULL;
    for (size_t i = 0; i < record->safety.count; i++) {
        const struct harm *harm = record->safety.harms[i].harm;
        if (safety_is_none_found(harm))
            continue;
        if (is_told(judging, &record->events[i]))
            return harm;
        worst = worst == NULL ? harm : worst;
    }
    return worst == NULL ? record->safety.harms[0].harm : worst;
}

static const char *worst_harm(const struct judging *judging, const struct record *record)
{
    if (is_harm_on_record(record) && record->safety.count > 0) {
        const struct harm *harm = harm_to_tell(judging, record);
        return arena_printf(judging->vetting->arena, "On record: %s (%s).", harm->event,
                            harm->rate == NULL ? "how often is not told" : harm->rate);
    }
    if (record->use != NULL && record->use->advice[ADVICE_NOT_FOR].count > 0)
        return arena_join(judging->vetting->arena, "It is not for everyone: ",
                          record->use->advice[ADVICE_NOT_FOR].items[0].text, "");
    return "There are people who are told not to use it, or to ask first.";
}

/* Against "no side effects". A harm that is not serious may be as common without the treatment, so
 * whom it is not for is told as well. */
static const char *why_not_harmless(const struct judging *judging, const struct record *record)
{
    const char *harm = worst_harm(judging, record);
    if (!is_harm_on_record(record) || record->safety.level == SAFETY_SERIOUS ||
        record->use == NULL || record->use->advice[ADVICE_NOT_FOR].count == 0)
        return harm;
    return arena_join(judging->vetting->arena, harm, " It is not for everyone: ",
                      record->use->advice[ADVICE_NOT_FOR].items[0].text);
}

static void judge_harmless(struct judging *judging, const struct record *record)
{
    bool anything = is_harm_on_record(record) || record->contraindicated;
    if (judging->put == PUT_DENIED) {
        judging_say(judging, anything ? CLAIM_SUPPORTED : CLAIM_NOT_CHECKABLE,
                    anything ? why_not_harmless(judging, record)
                             : "No harm is recorded here; that is not the same as none.");
        return;
    }
    if (anything)
        judging_say(judging, judging->put == PUT_HEDGED ? CLAIM_OVERSTATED : CLAIM_CONTRADICTED,
                    why_not_harmless(judging, record));
    else if (record->safety.level == SAFETY_NONE_FOUND)
        judging_say(judging, CLAIM_OVERSTATED,
                    "Studies looked for harms and found none, which is less than a promise that "
                    "there are none.");
    else
        judging_say(judging, CLAIM_UNSUPPORTED,
                    "No study here looked for harms; that none is recorded does not show that "
                    "there is none.");
}

static void judge_mild(struct judging *judging, const struct record *record)
{
    bool looked = record->safety.level != SAFETY_NOT_RECORDED;
    if (judging->put == PUT_DENIED)
        judging_say(judging, looked ? CLAIM_PARTLY_SUPPORTED : CLAIM_NOT_CHECKABLE,
                    safety_words(record->safety.level));
    else if (!looked)
        judging_say(judging, record->contraindicated ? CLAIM_PARTLY_SUPPORTED : CLAIM_UNSUPPORTED,
                    safety_words(record->safety.level));
    else
        judging_say(judging,
                    record->safety.level == SAFETY_SERIOUS ? CLAIM_PARTLY_SUPPORTED
                                                           : CLAIM_SUPPORTED,
                    safety_words(record->safety.level));
}

/* A harm told: right where one is on record; where none is, nobody is misled by the warning. */
static void judge_harm(struct judging *judging, const struct record *record)
{
    bool known = is_harm_on_record(record) || record->contraindicated || record->use != NULL;
    if (judging->put == PUT_DENIED) {
        judge_harmless(judging, record);
        if (judging->verdict == CLAIM_SUPPORTED)
            judging->verdict = CLAIM_CONTRADICTED;
        return;
    }
    judging_say(judging, known ? CLAIM_SUPPORTED : CLAIM_NOT_CHECKABLE,
                known ? worst_harm(judging, record) : "Nothing of this kind is recorded here.");
}

/* True if the word stands by itself in the class. */
static bool is_of_class(const struct wording *wording, const struct text_word *word, unsigned class)
{
    uint32_t node =
        phrase_tree_next(wording->roots, phrase_tree_start(), wording_root(wording, word));
    for (struct phrase_value one = phrase_tree_first(wording->roots, node);
         node != PHRASE_NONE && one.value != PHRASE_NONE;
         one = phrase_tree_more(wording->roots, one))
        if (one.value == class)
            return true;
    return false;
}

/* The organ that the words say is spared: a class of it and of its harms; WORDS_NONE for another
 * one. */
static unsigned organ_spared(const struct judging *judging)
{
    const struct finding *finding = judging->finding;
    for (unsigned class = WORDS_OF_STOMACH; class <= WORDS_OF_HEART; class ++)
        if (passage_find(&judging->vetting->passage, finding->first, finding->end, class) != NULL)
            return class;
    return WORDS_NONE;
}

static const struct harm *harm_of_organ(const struct judging *judging, const struct record *record,
                                        unsigned organ)
{
    for (size_t i = 0; i < record->safety.count; i++) {
        const struct harm *harm = record->safety.harms[i].harm;
        const struct text_words *words = &record->events[i];
        for (size_t j = 0; j < words->count && !safety_is_none_found(harm); j++)
            if (is_of_class(judging->vetting->wording, &words->items[j], organ))
                return harm;
    }
    return NULL;
}

/* "Kind to your stomach": held against the harms of that organ. */
static void judge_spares(struct judging *judging, const struct record *record)
{
    unsigned organ = organ_spared(judging);
    const struct harm *harm = organ == WORDS_NONE ? NULL : harm_of_organ(judging, record, organ);
    if (harm == NULL && judging->put != PUT_DENIED)
        judging_say(judging, CLAIM_UNSUPPORTED,
                    "No harm of this kind is recorded here; that nothing is recorded does not show "
                    "that nothing happens.");
    else if (harm == NULL)
        judging_say(judging, CLAIM_NOT_CHECKABLE, "Nothing of this kind is recorded here.");
    else
        judging_say(judging, judging->put == PUT_DENIED ? CLAIM_SUPPORTED : CLAIM_CONTRADICTED,
                    arena_printf(judging->vetting->arena, "On record: %s (%s).", harm->event,
                                 harm->rate == NULL ? "how often is not told" : harm->rate));
}

void judge_safety(struct judging *judging)
{
    struct record record = record_of(judging);
    judging_rule(judging, "C9");
    judging_actions(judging);
    switch (judging->finding->sense) {
    case SENSE_SPARES:
        judge_spares(judging, &record);
        break;
    case SENSE_MILD:
        judge_mild(judging, &record);
        break;
    case SENSE_HARM:
    case SENSE_SERIOUS_RARE:
    case SENSE_NOT_FOR:
        judge_harm(judging, &record);
        break;
    default:
        judge_harmless(judging, &record);
        break;
    }
}

/* ---- authority ---- */

/* The claim that "clinically proven" stands beside: of the same sentence, else the next before it,
 * else the next after it. */
static const struct finding *proven_claim(const struct judging *judging)
{
    const struct vetting *vetting = judging->vetting;
    const struct finding *before = NULL;
    const struct finding *after = NULL;
    for (size_t i = 0; i < vetting->finding_count; i++) {
        const struct finding *one = &vetting->findings[i];
        bool claims = !one->replaced && one->type != ATOM_AUTHORITY && one->type != ATOM_SAFETY;
        if (!claims)
            continue;
        if (one->sentence == judging->finding->sentence)
            return one;
        if (one->sentence < judging->finding->sentence)
            before = one;
        else if (after == NULL)
            after = one;
    }
    return before != NULL ? before : after;
}

static enum claim_verdict verdict_of_proof(enum standing_kind kind, bool wider)
{
    switch (kind) {
    case STANDING_WORKS:
        return wider ? CLAIM_OVERSTATED : CLAIM_SUPPORTED;
    case STANDING_MAY:
    case STANDING_NOT_SHAM:
    case STANDING_LEANS:
        return CLAIM_OVERSTATED;
    case STANDING_NULL:
    case STANDING_FIRMLY_NULL:
    case STANDING_HARM:
        return CLAIM_CONTRADICTED;
    case STANDING_UNTESTED:
    case STANDING_UNKNOWN:
    case STANDING_MIXED:
        break;
    }
    return CLAIM_UNSUPPORTED;
}

static const char *words_of_proof(enum claim_verdict verdict)
{
    switch (verdict) {
    case CLAIM_SUPPORTED:
        return "Controlled trials back the claim that these words stand beside.";
    case CLAIM_OVERSTATED:
        return "There are controlled trials, but they back less than this claim, or back it "
               "weakly.";
    case CLAIM_CONTRADICTED:
        return "There are controlled trials, and they went against it.";
    case CLAIM_UNSUPPORTED:
    case CLAIM_MISLEADING:
    case CLAIM_PARTLY_SUPPORTED:
    case CLAIM_NOT_CHECKABLE:
    case CLAIM_NONE:
        break;
    }
    return "Such words ask for controlled trials of the very claim, and none here bears it out.";
}

static void judge_proof(struct judging *judging)
{
    bool differ = false;
    const struct finding *claim = proven_claim(judging);
    bool wider = false;
    enum claim_verdict found_against = judging_actions(judging);
    if (judging->subject == NULL) {
        judging_say(judging, CLAIM_NOT_CHECKABLE, judging->finding->entry->known);
        return;
    }
    if (claim != NULL) {
        claim_target(judging->vetting, claim, &judging->target);
        wider = claim->wide || claim->strong || claim->type != ATOM_EFFICACY ||
                claim->sense == SENSE_ENDS;
    }
    const struct standing *standing = judging_standing(judging, STANDING_ANY, &differ);
    enum claim_verdict verdict = verdict_of_proof(standing->kind, wider || differ);
    /* A way of working that no study shows is not proven by trials of relief. */
    if (claim != NULL && claim->type == ATOM_MECHANISM && verdict == CLAIM_OVERSTATED)
        verdict = CLAIM_UNSUPPORTED;
    /* Trials that there are say more than a regulator who missed them. */
    if (found_against < verdict && verdict == CLAIM_UNSUPPORTED) {
        judging_rule(judging, "C13");
        verdict = found_against;
    }
    judging_say(judging, verdict, words_of_proof(verdict));
}

void judge_authority(struct judging *judging)
{
    const struct wording_entry *entry = judging->finding->entry;
    judging_rule(judging, "C10");
    switch (entry->sense) {
    case SENSE_PROVEN:
        if (judging->put == PUT_DENIED)
            judging_say(judging, CLAIM_SUPPORTED, entry->known);
        else
            judge_proof(judging);
        return;
    case SENSE_APPROVED:
        judging_actions(judging);
        judging_say_fixed(judging,
                          judging->subject != NULL && judging->subject->kind == KIND_DRUG
                              ? CLAIM_NOT_CHECKABLE
                              : CLAIM_MISLEADING,
                          entry->known);
        return;
    default:
        judging_say_fixed(judging, entry->verdict, entry->known);
        return;
    }
}
