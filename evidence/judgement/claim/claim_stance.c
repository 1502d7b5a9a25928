/* Asserted, hedged, denied, asked or reported: how each finding is put. */
#include <string.h>

#include "evidence/judgement/claim/claim_parts.h"

enum {
    NEGATION_REACH = 9, /* words between "not" and what it denies */
    REJECTION_REACH = 2 /* sentences after a report in which it may be rejected */
};

/* The words that bear on a finding: [first, end) of its statements. */
struct reach {
    size_t first;
    size_t end;
};

static bool has(const struct vetting *vetting, size_t token, unsigned class)
{
    return passage_tag(&vetting->passage, token, class) != NULL;
}

static bool within(const struct vetting *vetting, struct reach scope, unsigned class)
{
    return passage_find(&vetting->passage, scope.first, scope.end, class) != NULL;
}

/* A statement with a subject of its own takes over neither "may" nor "not". */
static bool has_own_subject(const struct vetting *vetting, size_t first, size_t end)
{
    for (size_t at = first; at < end; at++)
        if (has(vetting, at, WORDS_SUBJECT) || has(vetting, at, WORDS_INTERVENTION))
            return true;
    return false;
}

/* From the statement's own start, or from further back where it shares its subject and its "may"
 * with what stands before ("can ease pain and improve sleep"). */
static struct reach scope_of(const struct vetting *vetting, const struct finding *finding)
{
    struct reach scope;
    claim_clause(vetting, finding->first, &scope.first, &scope.end);
    while (scope.first > 0 && vetting->boundaries[scope.first] == BOUNDARY_SOFT &&
           !has_own_subject(vetting, scope.first, finding->first + 1)) {
        size_t first, end;
        claim_clause(vetting, scope.first - 1, &first, &end);
        scope.first = first;
    }
    if (scope.end < finding->end)
        scope.end = finding->end;
    return scope;
}

/* ---- denial ---- */

/* "not only", "no more pain": what looks like a denial and is none covers the word. */
static bool is_no_denial(const struct vetting *vetting, size_t token)
{
    enum { REACH = 3 };
    size_t from = token < REACH ? 0 : token - REACH;
    for (size_t at = from; at <= token; at++) {
        const struct tag *tag = passage_tag(&vetting->passage, at, WORDS_NO_DENIAL);
        if (tag != NULL && tag->end > token)
            return true;
    }
    return false;
}

static bool has_own_denial(const struct finding *finding)
{
    return finding->type == ATOM_SAFETY || finding->sense == SENSE_FADES ||
           finding->sense == SENSE_FAILS || finding->sense == SENSE_ADDS_NOTHING ||
           finding->sense == SENSE_UNCLEAR || finding->sense == SENSE_NOT_EVERYONE ||
           finding->sense == SENSE_ALWAYS || finding->sense == SENSE_FOR_GOOD ||
           finding->sense == SENSE_EQUAL ||
           finding->sense == SENSE_WORSE; /* "no better than", "not as good as" */
}

/* "wake up without any pain", "never hurt your back again": the absence is what is promised. */
static bool promises_absence(const struct finding *finding)
{
    return finding->sense == SENSE_ENDS || finding->sense == SENSE_WHOLLY ||
           finding->sense == SENSE_PREVENTS;
}

/* "does not hurt and eases pain": a denial goes on over "or", not over "and". */
static size_t denial_start(const struct vetting *vetting, const struct finding *finding,
                           size_t first)
{
    for (size_t at = finding->first; at > first; at--)
        if (vetting->boundaries[at] == BOUNDARY_SOFT && !has(vetting, at, WORDS_OR))
            return at;
    return first;
}

/* "no side effects, FDA registered": the "no" is the claim of safety's before it. */
static bool is_of_another(const struct vetting *vetting, const struct finding *finding, size_t at)
{
    enum { REACH = 8 };
    size_t index = (size_t)(finding - vetting->findings);
    for (size_t back = 1; back <= REACH && back <= index; back++) {
        const struct finding *other = finding - back;
        if (has_own_denial(other) && other->first <= at && at < other->own_end &&
            other->own_end <= finding->first)
            return true;
    }
    return false;
}

/* "Nobody it fails to help": two denials within the words of a claim of all people are none. */
static bool denies_twice(const struct vetting *vetting, const struct finding *finding)
{
    size_t denials = 0;
    for (size_t at = finding->first; at < finding->own_end; at++) {
        const struct tag *tag = passage_tag(&vetting->passage, at, WORDS_NEGATE);
        if (tag == NULL || is_no_denial(vetting, at))
            continue;
        denials++;
        at = tag->end - 1;
    }
    return finding->sense == SENSE_EVERYONE && denials == 2;
}

static bool is_denied(const struct vetting *vetting, const struct finding *finding,
                      struct reach scope)
{
    if (finding->sense == SENSE_UNCLEAR || /* "far from clear": denials belong to the doubt */
        denies_twice(vetting, finding))
        return false;
    scope.first = denial_start(vetting, finding, scope.first);
    size_t last = finding->own_end - 1;
    size_t from = finding->first < NEGATION_REACH ? 0 : finding->first - NEGATION_REACH;
    if (from < scope.first)
        from = scope.first;
    for (size_t at = from; at < last; at++) {
        const struct tag *tag = passage_tag(&vetting->passage, at, WORDS_NEGATE);
        /* Words of the finding itself, "no side effects", are its own business. */
        bool own =
            at >= finding->first && (has_own_denial(finding) ||
                                     (promises_absence(finding) &&
                                      (at == finding->first || has(vetting, at, WORDS_WITHOUT))));
        if (tag != NULL && !own && !is_no_denial(vetting, at) &&
            !is_of_another(vetting, finding, at))
            return true;
    }
    return false;
}

/* "Faster or stronger it will not make you": what stands first is denied after its subject. */
static bool is_denied_behind(const struct vetting *vetting, const struct finding *finding)
{
    enum { NEGATE_REACH = 3 };
    const struct passage *passage = &vetting->passage;
    size_t first, end;
    if (finding->end >= passage->token_count ||
        vetting->boundaries[finding->first] == BOUNDARY_NONE)
        return false;
    claim_clause(vetting, finding->end, &first, &end);
    bool fronted = passage->tokens[finding->end].gap == GAP_SPACE &&
                   (has(vetting, finding->end, WORDS_SUBJECT) ||
                    has(vetting, finding->end, WORDS_INTERVENTION));
    for (size_t at = finding->end + 1; fronted && at <= finding->end + NEGATE_REACH && at < end;
         at++)
        if (has(vetting, at, WORDS_NEGATE) && !is_no_denial(vetting, at))
            return true;
    return false;
}

/* "What nobody has shown: that the gain stays": knowledge is denied before the colon of what stands
 * after it. */
static bool is_unknown_ahead(const struct vetting *vetting, const struct finding *finding)
{
    const struct passage *passage = &vetting->passage;
    size_t start = passage->sentences[finding->sentence].first;
    size_t own = finding->first;
    while (own > start && passage->tokens[own].gap < GAP_CLAUSE)
        own--;
    if (own == start || passage_find(passage, start, own, WORDS_UNKNOWN) == NULL ||
        passage_find(passage, start, own, WORDS_SORE) != NULL)
        return false;
    for (size_t at = start; at < own; at++)
        if (has(vetting, at, WORDS_NEGATE) && !is_no_denial(vetting, at))
            return has(vetting, own, WORDS_RELATIVE);
    return false;
}

/* ---- report and rejection ---- */

static bool sentence_has(const struct vetting *vetting, size_t index, unsigned class)
{
    const struct word_sentence *sentence = &vetting->passage.sentences[index];
    return passage_find(&vetting->passage, sentence->first, sentence->end, class) != NULL;
}

/* "Does it … ? No, …": an answer that begins with the denial. */
static bool answers_no(const struct vetting *vetting, size_t index)
{
    const struct passage *passage = &vetting->passage;
    const struct word_sentence *sentence = &passage->sentences[index];
    size_t next = sentence->first + 1;
    return has(vetting, sentence->first, WORDS_NEGATE) &&
           passage->tokens[sentence->first].word->folded_length == 2 && /* no */
           (next == sentence->end || passage->tokens[next].gap >= GAP_COMMA);
}

/* "Myth: …", "Debunked this week: …": what stands before a colon at the head of the sentence is
 * said of all behind it. */
static bool is_headed_by_rejection(const struct vetting *vetting, const struct finding *finding)
{
    enum { HEADING = 5 };
    size_t first = vetting->passage.sentences[finding->sentence].first;
    for (size_t at = first + 1; at <= first + HEADING && at <= finding->first; at++)
        if (vetting->passage.tokens[at].gap == GAP_CLAUSE)
            return within(vetting, (struct reach){first, at}, WORDS_REJECT);
    return false;
}

/* "Sellers say that …; no trial has shown it." */
static bool is_rejected(const struct vetting *vetting, const struct finding *finding)
{
    const struct word_sentence *own = &vetting->passage.sentences[finding->sentence];
    struct reach ahead = {own->first, finding->first + 1};
    struct reach after = {finding->end, own->end};
    /* A semicolon ends what "nobody has shown that" is about. */
    for (size_t at = finding->first; at > own->first; at--)
        if (vetting->passage.tokens[at].gap >= GAP_CLAUSE) {
            ahead.first = at;
            break;
        }
    if (within(vetting, ahead, WORDS_REJECTED_AHEAD) || within(vetting, after, WORDS_REJECT) ||
        is_headed_by_rejection(vetting, finding))
        return true;
    if (!sentence_has(vetting, finding->sentence, WORDS_REPORT) && !own->quoted && !own->asked)
        return false;
    for (size_t i = finding->sentence + 1; i < finding->sentence + REJECTION_REACH; i++)
        if (i < vetting->passage.sentence_count &&
            (sentence_has(vetting, i, WORDS_REJECT) || (own->asked && answers_no(vetting, i))))
            return true;
    return false;
}

static bool is_reported(const struct vetting *vetting, const struct finding *finding)
{
    const struct word_sentence *sentence = &vetting->passage.sentences[finding->sentence];
    struct reach ahead = {sentence->first, finding->end};
    return within(vetting, ahead, WORDS_REPORT) || sentence->quoted;
}

/* ---- the stance ---- */

/* "a little", "for a while"; and "while it is on", which parts statements by its own first word. */
static bool is_modest(const struct vetting *vetting, struct reach scope)
{
    return within(vetting, scope, WORDS_MODEST) ||
           (scope.end < vetting->passage.token_count &&
            vetting->passage.tokens[scope.end].gap < GAP_CLAUSE &&
            has(vetting, scope.end, WORDS_MODEST));
}

/* "can never harm" hedges nothing: the words of a claim of safety are its own. */
static bool is_hedged(const struct vetting *vetting, const struct finding *finding,
                      struct reach scope)
{
    if (finding->sense == SENSE_FAILS ||
        finding->sense ==
            SENSE_ADDS_NOTHING) { /* "makes little difference" is a denial, and no hedge */
        struct reach after = {finding->own_end, scope.end};
        scope.end = finding->first;
        return within(vetting, scope, WORDS_HEDGE) || within(vetting, after, WORDS_HEDGE);
    }
    if (finding->type != ATOM_SAFETY)
        return within(vetting, scope, WORDS_HEDGE) || is_modest(vetting, scope);
    enum { REACH = 3 };
    struct reach ahead = {finding->first, finding->first};
    while (ahead.first > scope.first && finding->first - ahead.first < REACH &&
           vetting->passage.tokens[ahead.first].gap < GAP_COMMA)
        ahead.first--;
    return within(vetting, ahead, WORDS_HEDGE);
}

/* "In placebo-controlled trials fields lowered the pain", "in one study people who lay on it hurt
 * less": what trials saw, told as what trials saw. The frame bears on all up to a colon or the end
 * of the sentence, whatever clauses stand between. */
static bool is_framed_by_trials(const struct vetting *vetting, const struct finding *finding)
{
    enum { FRAME_REACH = 5 };
    size_t start = vetting->passage.sentences[finding->sentence].first;
    size_t first = finding->first;
    while (first > start && vetting->passage.tokens[first].gap < GAP_CLAUSE)
        first--;
    if (finding->type != ATOM_EFFICACY || !has(vetting, first, WORDS_FRAME))
        return false;
    for (size_t at = first + 1; at <= first + FRAME_REACH && at < finding->first; at++)
        if (has(vetting, at, WORDS_TRIAL))
            return true;
    return false;
}

static enum stance stance_of(const struct vetting *vetting, const struct finding *finding,
                             struct reach scope)
{
    if (finding->rejected || is_denied(vetting, finding, scope) ||
        is_denied_behind(vetting, finding) || is_unknown_ahead(vetting, finding))
        return STANCE_NEGATED;
    if (vetting->passage.sentences[finding->sentence].asked)
        return STANCE_ASKED;
    if (is_hedged(vetting, finding, scope) || is_framed_by_trials(vetting, finding))
        return STANCE_HEDGED;
    return is_reported(vetting, finding) ? STANCE_REPORTED : STANCE_ASSERTED;
}

/* "The battery lasts six hours." */
static bool is_of_thing(const struct vetting *vetting, const struct finding *finding)
{
    struct reach clause;
    claim_clause(vetting, finding->first, &clause.first, &clause.end);
    clause.end = finding->first + 1;
    return within(vetting, clause, WORDS_THING);
}

/* "Sessions last forty minutes": how long it is given, where the statement names no effect. */
static bool times_a_session(const struct vetting *vetting, const struct finding *finding)
{
    enum { SHORTEST_EFFECT_SECONDS = 3600 };
    const struct tag *time = finding->amount;
    struct reach clause;
    if (finding->sense != SENSE_FOR_TIME || time == NULL || time->class != WORDS_TIME ||
        time->amount >= SHORTEST_EFFECT_SECONDS)
        return false;
    claim_clause(vetting, finding->first, &clause.first, &clause.end);
    /* "The relief lasts": its own words name the effect, and nothing else comes first. */
    bool of_other = false;
    for (size_t at = clause.first; at < finding->first; at++)
        of_other = of_other || !wording_skips(vetting->wording, vetting->passage.tokens[at].root);
    return of_other && !within(vetting, clause, WORDS_SORE) &&
           !within(vetting, clause, WORDS_GOOD) && !within(vetting, clause, WORDS_SUBJECT);
}

/* "Heel pain that will not settle": what the complaint is like. */
static bool describes_complaint(const struct vetting *vetting, const struct finding *finding)
{
    const struct passage *passage = &vetting->passage;
    const struct tag *sore = passage_tag(passage, finding->first, WORDS_SORE);
    return finding->type == ATOM_EFFICACY && sore != NULL && sore->end < finding->own_end &&
           has(vetting, sore->end, WORDS_RELATIVE) &&
           passage_find(passage, sore->end, finding->own_end, WORDS_NEGATE) != NULL;
}

/* "For everyone who got one for Christmas": not for everyone. */
static bool names_some(const struct vetting *vetting, const struct finding *finding)
{
    return finding->sense == SENSE_SUITS_EVERYONE && finding->end < vetting->passage.token_count &&
           vetting->passage.tokens[finding->end].gap == GAP_SPACE &&
           has(vetting, finding->end, WORDS_RELATIVE);
}

/* "dishwasher safe" */
static bool is_safe_for_thing(const struct vetting *vetting, const struct finding *finding)
{
    return finding->sense == SENSE_HARMLESS && finding->first > 0 &&
           vetting->passage.tokens[finding->first].gap == GAP_SPACE &&
           has(vetting, finding->first - 1, WORDS_THING);
}

/* "A two-year guarantee" is on the thing. */
static bool is_warranty(const struct vetting *vetting, const struct finding *finding)
{
    enum { REACH = 3 };
    if (finding->sense != SENSE_ALWAYS)
        return false;
    for (size_t at = finding->first; at > 0 && finding->first - at < REACH; at--) {
        const struct tag *time = passage_tag(&vetting->passage, at - 1, WORDS_TIME);
        if (time != NULL && time->end == finding->first)
            return true;
    }
    return false;
}

/* "Tired of back pain?", "not intended to treat": words that claim nothing. */
static bool claims_nothing(const struct vetting *vetting, const struct finding *finding,
                           struct reach scope)
{
    bool relief = finding->type == ATOM_EFFICACY || finding->type == ATOM_SIZE ||
                  finding->type == ATOM_SPEED || finding->type == ATOM_PERMANENCE;
    struct reach ahead = {scope.first, finding->first + 1};
    const struct word_sentence *sentence = &vetting->passage.sentences[finding->sentence];
    bool degree = finding->type == ATOM_SIZE || finding->type == ATOM_SPEED ||
                  finding->type == ATOM_PERMANENCE;
    if ((sentence->heading && sentence->asked) || describes_complaint(vetting, finding) ||
        times_a_session(vetting, finding) || names_some(vetting, finding) ||
        is_safe_for_thing(vetting, finding) || is_warranty(vetting, finding))
        return true;
    if (degree && is_of_thing(vetting, finding))
        return true;
    struct reach before = {sentence->first, finding->first};
    struct reach clause;
    claim_clause(vetting, finding->first, &clause.first, &clause.end);
    bool disclaimed =
        within(vetting, before, WORDS_DISCLAIM) || within(vetting, clause, WORDS_DISCLAIM);
    return (relief && within(vetting, ahead, WORDS_SEEK)) ||
           (finding->type != ATOM_AUTHORITY && disclaimed);
}

static bool tells_of_the_past(const struct vetting *vetting, const struct word_sentence *sentence)
{
    for (size_t at = sentence->first; at < sentence->end; at++)
        if (wording_is_past(vetting->wording, vetting->passage.tokens[at].word))
            return true;
    return false;
}

/* Somewhere in the quotation around the sentence someone says "I". */
static bool is_told_by_me(const struct vetting *vetting, size_t index)
{
    enum { REACH = 5 };
    const struct word_sentence *sentences = vetting->passage.sentences;
    size_t from = index < REACH ? 0 : index - REACH;
    for (size_t i = index + 1; i-- > from && sentences[i].quoted;)
        if (sentence_has(vetting, i, WORDS_ME))
            return true;
    for (size_t i = index;
         i < index + REACH && i < vetting->passage.sentence_count && sentences[i].quoted; i++)
        if (sentence_has(vetting, i, WORDS_ME))
            return true;
    return false;
}

/* One person's tale: told by an "I" of what has happened. */
static bool is_story(const struct vetting *vetting, const struct finding *finding)
{
    const struct word_sentence *sentence = &vetting->passage.sentences[finding->sentence];
    if (finding->sense == SENSE_STORY)
        return true;
    /* "Every trial I could find" tells of trials. */
    if (sentence_has(vetting, finding->sentence, WORDS_TRIAL) && !sentence->quoted)
        return false;
    /* "the crick in my neck is history" */
    struct reach own = {finding->first, finding->end};
    if (finding->sense == SENSE_ENDS && has(vetting, finding->first, WORDS_SORE) &&
        within(vetting, own, WORDS_ME) && !sentence->asked)
        return true;
    if (sentence->quoted)
        return is_told_by_me(vetting, finding->sentence);
    struct reach ahead = {sentence->first, finding->first};
    if (within(vetting, ahead, WORDS_USERS_TELL))
        return true;
    return sentence_has(vetting, finding->sentence, WORDS_ME) && !sentence->asked &&
           !within(vetting, ahead, WORDS_REPORT) &&
           (tells_of_the_past(vetting, sentence) ||
            sentence_has(vetting, finding->sentence, WORDS_TALE));
}

/* "any kind of pain", "throughout the body", and "all", "any", "every" right before what is meant.
 */
static bool is_wide(const struct vetting *vetting, struct reach scope)
{
    enum { BEFORE = 2 };
    if (within(vetting, scope, WORDS_WIDE))
        return true;
    for (size_t at = scope.first; at < scope.end; at++) {
        if (!has(vetting, at, WORDS_ALL))
            continue;
        for (size_t next = at + 1; next <= at + BEFORE && next < scope.end; next++)
            if (has(vetting, next, WORDS_SORE))
                return true;
    }
    return false;
}

/* "has not been proven to treat pain": one denial, of the treatment. */
static bool denies_proof(const struct vetting *vetting, size_t index)
{
    const struct finding *finding = &vetting->findings[index];
    if (finding->sense != SENSE_PROVEN || finding->stance != STANCE_NEGATED)
        return false;
    size_t first, end;
    claim_clause(vetting, finding->first, &first, &end);
    return index + 1 < vetting->finding_count && vetting->findings[index + 1].first < end;
}

bool claim_only_tells_how_wide(const struct vetting *vetting, size_t token)
{
    enum { REACH = 5 };
    for (size_t from = token < REACH ? 0 : token - REACH; from <= token; from++) {
        const struct tag *wide = passage_tag(&vetting->passage, from, WORDS_WIDE);
        if (wide != NULL && wide->end > token)
            return true;
    }
    return false;
}

/* Something of the class that is named for itself. */
static bool names(const struct vetting *vetting, const struct finding *finding, unsigned class)
{
    for (size_t at = finding->first; at < finding->end; at++)
        if (has(vetting, at, class) && !claim_only_tells_how_wide(vetting, at))
            return true;
    return false;
}

/* "all pain", "pain anywhere in the body": of no complaint in particular. */
static bool is_of_pain_alone(const struct vetting *vetting, const struct finding *finding)
{
    const struct passage *passage = &vetting->passage;
    return passage_find(passage, finding->first, finding->end, WORDS_CONDITION) == NULL &&
           !names(vetting, finding, WORDS_PART) &&
           passage_find(passage, finding->first, finding->end, WORDS_OTHER_CONDITION) == NULL &&
           !names(vetting, finding, WORDS_GOOD) &&
           passage_find(passage, finding->first, finding->end, WORDS_COMPLAINT) != NULL;
}

static bool is_of_effect(const struct finding *finding)
{
    return finding->type == ATOM_EFFICACY || finding->type == ATOM_SIZE ||
           finding->type == ATOM_SPEED || finding->type == ATOM_PERMANENCE;
}

/* One tale is one claim, whatever it tells of times and sizes. */
static void join_stories(struct vetting *vetting)
{
    struct finding *tale = NULL;
    for (size_t i = 0; i < vetting->finding_count; i++) {
        struct finding *finding = &vetting->findings[i];
        if (finding->replaced || !finding->story || !is_of_effect(finding))
            continue;
        if (tale == NULL || tale->sentence != finding->sentence) {
            tale = finding;
            tale->type = ATOM_EFFICACY;
            continue;
        }
        if (finding->first < tale->first)
            tale->first = finding->first;
        if (finding->end > tale->end)
            tale->end = finding->end;
        finding->replaced = true;
    }
}

/* A heading names what the text under it says: where that is claimed, it is no claim of its own. */
static void drop_headings(struct vetting *vetting)
{
    bool claimed[ATOM_TYPE_COUNT] = {false};
    for (size_t i = vetting->finding_count; i-- > 0;) {
        struct finding *finding = &vetting->findings[i];
        if (finding->replaced)
            continue;
        if (!vetting->passage.sentences[finding->sentence].heading)
            claimed[finding->type] = true;
        else if (claimed[finding->type])
            finding->replaced = true;
    }
}

static bool names_what_for(const struct vetting *vetting, const struct finding *finding)
{
    static const unsigned classes[] = {WORDS_SORE, WORDS_GOOD, WORDS_PART};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (passage_find(&vetting->passage, finding->first, finding->end, classes[i]) != NULL)
            return true;
    return false;
}

/* "Does it help? It lowers the pain of …": the answer is the claim. "Higher jumps? The studies saw
 * none": an answer that names nothing denies what was asked. */
static void settle_questions(struct vetting *vetting)
{
    for (size_t i = 0; i < vetting->finding_count; i++) {
        struct finding *asked = &vetting->findings[i];
        if (asked->replaced || asked->stance != STANCE_ASKED || asked->type != ATOM_EFFICACY)
            continue;
        for (size_t j = i + 1; j < vetting->finding_count; j++) {
            struct finding *answer = &vetting->findings[j];
            if (answer->sentence > asked->sentence + 1)
                break;
            if (answer->replaced || answer->sentence == asked->sentence ||
                answer->type != asked->type || answer->stance == STANCE_ASKED)
                continue;
            bool denies = answer->sense == SENSE_FAILS && !names_what_for(vetting, answer);
            if (denies)
                asked->stance = STANCE_NEGATED;
            asked->replaced = !denies;
            answer->replaced = denies;
            break;
        }
    }
}

void claim_stances(struct vetting *vetting)
{
    for (size_t i = 0; i < vetting->finding_count; i++) {
        struct finding *finding = &vetting->findings[i];
        if (finding->replaced)
            continue;
        struct reach scope = scope_of(vetting, finding);
        if (claims_nothing(vetting, finding, scope)) {
            finding->replaced = true;
            continue;
        }
        finding->rejected = is_rejected(vetting, finding);
        finding->stance = stance_of(vetting, finding, scope);
        if (denies_proof(vetting, i)) {
            finding->replaced = true;
            continue;
        }
        finding->modest = is_modest(vetting, scope);
        finding->strong = within(vetting, scope, WORDS_STRONG);
        finding->wide = is_wide(vetting, scope);
        finding->story = is_story(vetting, finding);
        if (finding->wide && finding->type == ATOM_EFFICACY && is_of_pain_alone(vetting, finding)) {
            finding->type = ATOM_UNIVERSALITY;
            finding->sense = SENSE_EVERYONE;
        }
    }
    settle_questions(vetting);
    join_stories(vetting);
    drop_headings(vetting);
}
