/* The verdict of an atom: what all types share, and the table of C1. */
#include "evidence/judgement/claim/claim_judge_parts.h"

#include <string.h>

/* Of the evidence as much is told as fits, but never so little that it says nothing: the first
 * sentence may only say whom the studies were of. */
enum { EVIDENCE_CHARACTERS = 320, EVIDENCE_LEAST = 120 };

void judging_rule(struct judging *judging, const char *rule)
{
    for (size_t i = 0; i < judging->rule_count; i++)
        if (strcmp(judging->rules[i], rule) == 0)
            return;
    if (judging->rule_count < ATOM_RULES)
        judging->rules[judging->rule_count++] = rule;
}

void judging_ratings(struct judging *judging, const struct standing *standing)
{
    for (size_t i = 0; i < standing->rating_count; i++) {
        bool known = false;
        for (size_t j = 0; j < judging->rating_count; j++)
            known = known || judging->ratings[j] == standing->ratings[i];
        if (!known && judging->rating_count < ATOM_RATINGS)
            judging->ratings[judging->rating_count++] = standing->ratings[i];
    }
}

bool judging_say(struct judging *judging, enum claim_verdict verdict, const char *reason)
{
    judging->verdict = verdict;
    judging->reason = reason;
    return true;
}

static bool is_bad(enum claim_verdict verdict)
{
    return verdict == CLAIM_MISLEADING || verdict == CLAIM_CONTRADICTED ||
           verdict == CLAIM_UNSUPPORTED || verdict == CLAIM_OVERSTATED;
}

bool judging_say_fixed(struct judging *judging, enum claim_verdict verdict, const char *known)
{
    if (judging->put == PUT_DENIED && is_bad(verdict))
        return judging_say(judging, CLAIM_SUPPORTED, known);
    if (judging->put == PUT_DENIED && verdict == CLAIM_SUPPORTED)
        return judging_say(judging, CLAIM_CONTRADICTED, known);
    return judging_say(judging, verdict, known);
}

const struct entry_exception *judging_exception(const struct judging *judging,
                                                const struct entry_exception *exceptions,
                                                size_t count)
{
    for (size_t i = 0; judging->subject != NULL && i < count; i++)
        for (const struct intervention *const *one = exceptions[i].interventions; *one != NULL;
             one++)
            if (*one == judging->subject)
                return &exceptions[i];
    return NULL;
}

enum claim_verdict judging_actions(struct judging *judging)
{
    const struct wording *wording = judging->vetting->wording;
    enum claim_verdict worst = CLAIM_NONE;
    for (size_t i = 0; judging->subject != NULL && i < wording->finding_count; i++) {
        const struct finding_against *one = &wording->findings[i];
        if ((one->types >> judging->finding->type & 1u) == 0 ||
            !text_is(one->action->intervention, judging->subject->id))
            continue;
        if (judging->action_count < ATOM_ACTIONS)
            judging->actions[judging->action_count++] = one->action;
        if (one->verdict < worst)
            worst = one->verdict;
    }
    return worst;
}

/* ---- C1 ---- */

enum claim_verdict judging_table(enum standing_kind kind, enum put put)
{
    static const enum claim_verdict table[][3] = {
        [STANDING_UNTESTED] = {CLAIM_UNSUPPORTED, CLAIM_UNSUPPORTED, CLAIM_UNSUPPORTED},
        [STANDING_UNKNOWN] = {CLAIM_UNSUPPORTED, CLAIM_PARTLY_SUPPORTED, CLAIM_UNSUPPORTED},
        [STANDING_WORKS] = {CLAIM_SUPPORTED, CLAIM_SUPPORTED, CLAIM_CONTRADICTED},
        [STANDING_MAY] = {CLAIM_PARTLY_SUPPORTED, CLAIM_SUPPORTED, CLAIM_CONTRADICTED},
        [STANDING_NOT_SHAM] = {CLAIM_PARTLY_SUPPORTED, CLAIM_SUPPORTED, CLAIM_PARTLY_SUPPORTED},
        [STANDING_LEANS] = {CLAIM_PARTLY_SUPPORTED, CLAIM_SUPPORTED, CLAIM_PARTLY_SUPPORTED},
        [STANDING_MIXED] = {CLAIM_UNSUPPORTED, CLAIM_PARTLY_SUPPORTED, CLAIM_UNSUPPORTED},
        [STANDING_NULL] = {CLAIM_CONTRADICTED, CLAIM_UNSUPPORTED, CLAIM_SUPPORTED},
        [STANDING_FIRMLY_NULL] = {CLAIM_CONTRADICTED, CLAIM_UNSUPPORTED, CLAIM_SUPPORTED},
        [STANDING_HARM] = {CLAIM_CONTRADICTED, CLAIM_CONTRADICTED, CLAIM_SUPPORTED},
    };
    return table[kind][put];
}

bool standing_is_hopeful(enum standing_kind kind)
{
    return kind == STANDING_WORKS || kind == STANDING_MAY || kind == STANDING_LEANS ||
           kind == STANDING_NOT_SHAM;
}

/* ---- the standing of all that a claim is for ---- */

/* "Does nothing for it" compares with nobody; "than doing nothing" and "who did nothing" do. */
static bool is_finite_doing(const struct word_token *token)
{
    static const char *const forms[] = {"do", "does", "did"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(token->word->folded, forms[i]) == 0)
            return true;
    return false;
}

static bool names_nothing(const struct passage *passage, size_t first, size_t end)
{
    for (const struct tag *tag; (tag = passage_find(passage, first, end, WORDS_NOTHING)) != NULL;
         first = tag->first + 1)
        if (!is_finite_doing(&passage->tokens[tag->first]))
            return true;
    return false;
}

/* Comparators that the words name: "more than a dummy", "compared with waiting". */
static unsigned comparators_of(const struct judging *judging)
{
    const struct passage *passage = &judging->vetting->passage;
    size_t first, end;
    if (judging->comparators != STANDING_ANY)
        return judging->comparators;
    claim_chain(judging->vetting, judging->finding->first, &first, &end);
    if (passage_find(passage, first, end, WORDS_SHAM) != NULL)
        return 1u << COMPARATOR_SHAM;
    if (names_nothing(passage, first, end))
        return 1u << COMPARATOR_NOTHING | 1u << COMPARATOR_MIXED;
    return STANDING_ANY;
}

/* Pain and soreness are what the headline answers; other outcomes are asked for by name. */
static const struct outcome *asked_outcome(const struct outcome *outcome)
{
    bool primary = outcome == NULL || strcmp(outcome->id, "pain-intensity") == 0 ||
                   strcmp(outcome->id, "muscle-soreness") == 0;
    return primary ? NULL : outcome;
}

static const struct condition *condition_for(const struct judging *judging,
                                             enum complaint complaint)
{
    const struct wording *wording = judging->vetting->wording;
    const struct language *language = lexicon_language(wording->lexicon);
    if (complaint == COMPLAINT_RECOVERY)
        return language->exercise_condition;
    for (size_t i = 0; i < language->general_condition_count; i++)
        if (language->general_conditions[i].as == complaint)
            return language->general_conditions[i].condition;
    return NULL;
}

static const struct standing *ask(const struct judging *judging, struct standing_question question)
{
    return standing_of(judging->vetting->standings, &question);
}

/* "speeds up recovery", where soreness is what is recovered from. */
static bool is_recovery(const struct judging *judging, const struct condition *condition)
{
    enum sense sense = judging->finding->sense;
    return (sense == SENSE_IMPROVES || sense == SENSE_TIMES) && condition != NULL &&
           condition == condition_for(judging, COMPLAINT_RECOVERY);
}

/* Recovery is strength and performance that come back, after exercise or in anybody. */
static const struct standing *of_recovery(const struct judging *judging,
                                          struct standing_question question)
{
    static const char *const outcomes[] = {"performance", "strength"};
    const struct condition *const conditions[] = {question.condition, NULL};
    const struct standing *standing = NULL;
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2; j++) {
            question.condition = conditions[i];
            question.outcome = base_outcome(judging->vetting->base, outcomes[j]);
            standing = ask(judging, question);
            if (standing->kind > STANDING_UNKNOWN)
                return standing;
        }
    return standing;
}

/* What people manage in a day is asked of under two names. */
static const struct standing *ask_of_doing(const struct judging *judging,
                                           struct standing_question question)
{
    const struct standing *standing = ask(judging, question);
    if (standing->kind > STANDING_UNKNOWN || question.outcome == NULL ||
        strcmp(question.outcome->id, "function") != 0)
        return standing;
    question.outcome = base_outcome(judging->vetting->base, "disability");
    return ask(judging, question);
}

/* A movement or a jump is the same whoever makes it, a pain is not: of people without a complaint,
 * and where they were never looked at, of all. */
static const struct standing *of_anybody(const struct judging *judging,
                                         struct standing_question question)
{
    static const char *const healthy = "healthy-adults";
    question.condition = base_condition(judging->vetting->base, healthy);
    const struct standing *standing = ask_of_doing(judging, question);
    if (standing->kind != STANDING_UNTESTED)
        return standing;
    question.condition = NULL;
    return ask_of_doing(judging, question);
}

static bool says_something(const struct standing *standing)
{
    return standing->kind > STANDING_UNKNOWN && standing->kind != STANDING_MIXED;
}

/* What people can do, where the claim names no complaint: of the text's, where that was looked at
 * other than beside another treatment and leaves an answer. */
static const struct standing *of_doing(const struct judging *judging,
                                       struct standing_question question)
{
    struct standing_question own = question;
    if (own.comparators == STANDING_ANY)
        own.comparators = 1u << COMPARATOR_SHAM | 1u << COMPARATOR_NOTHING | 1u << COMPARATOR_MIXED;
    const struct standing *of_text = own.condition == NULL ? NULL : ask_of_doing(judging, own);
    if (of_text != NULL && says_something(of_text))
        return of_text;
    const struct standing *of_any = of_anybody(judging, question);
    return of_text != NULL && !says_something(of_any) ? of_text : of_any;
}

/* The question of one condition; where its times or comparators were never looked at, that is what
 * is answered. */
static const struct standing *of_condition(const struct judging *judging,
                                           const struct condition *condition,
                                           const struct outcome *outcome, unsigned windows)
{
    struct standing_question question = {.intervention = judging->subject,
                                         .condition = condition,
                                         .outcome = asked_outcome(outcome),
                                         .comparators = comparators_of(judging),
                                         .windows = windows};
    if (is_recovery(judging, condition) && question.outcome == NULL) {
        const struct standing *recovered = of_recovery(judging, question);
        if (recovered->kind > STANDING_UNKNOWN)
            return recovered;
    }
    if (question.outcome != NULL && (condition == NULL || judging->target.carried))
        return of_doing(judging, question);
    const struct standing *standing = ask_of_doing(judging, question);
    if (standing->kind != STANDING_UNTESTED || condition == NULL)
        return standing;
    bool general = condition == condition_for(judging, COMPLAINT_PAIN);
    if (!judging->target.carried && !general)
        return standing;
    if (general) { /* muscle pain at large: muscle knots are what was studied of it most */
        question.condition = condition_for(judging, COMPLAINT_KNOTS);
        standing = ask_of_doing(judging, question);
        if (standing->kind != STANDING_UNTESTED)
            return standing;
    }
    /* "Muscle cramps" are no migraine: a complaint that is named is not looked up under all others.
     */
    if (!judging->target.carried && judging->target.condition_count > 0 && windows == STANDING_ANY)
        return standing;
    question.condition = NULL;
    return ask_of_doing(judging, question);
}

/* A complaint without a place: the general condition for it where it has been studied, else all
 * that the treatment was studied for. */
static const struct standing *of_complaint(const struct judging *judging, unsigned windows)
{
    const struct outcome *outcome =
        judging->target.outcome_count == 0 ? NULL : judging->target.outcomes[0];
    for (unsigned i = 0; i < COMPLAINT_NONE; i++) {
        const struct condition *condition = condition_for(judging, (enum complaint)i);
        bool meant = (judging->target.complaints >> i & 1u) != 0 ||
                     (judging->target.complaints == 0 && i == COMPLAINT_PAIN);
        if (!meant || condition == NULL || asked_outcome(outcome) != NULL)
            continue;
        const struct standing *standing = of_condition(judging, condition, outcome, windows);
        if (standing->kind != STANDING_UNTESTED || i == COMPLAINT_KNOTS)
            return standing;
    }
    return of_condition(judging, NULL, outcome, windows);
}

/* Worse of two standings as a claim sees them. */
static const struct standing *worse_of(const struct standing *a, const struct standing *b)
{
    enum claim_verdict one = judging_table(a->kind, PUT_PLAIN);
    enum claim_verdict other = judging_table(b->kind, PUT_PLAIN);
    return one <= other ? a : b;
}

static const struct standing *of_conditions(struct judging *judging, unsigned windows, bool *differ)
{
    const struct target *target = &judging->target;
    const struct standing *worst = NULL;
    const struct standing *best = NULL;
    size_t outcomes = target->outcome_count == 0 ? 1 : target->outcome_count;
    for (size_t i = 0; i < target->condition_count; i++)
        for (size_t j = 0; j < outcomes; j++) {
            const struct outcome *outcome = target->outcome_count == 0 ? NULL : target->outcomes[j];
            const struct standing *one =
                of_condition(judging, target->conditions[i], outcome, windows);
            judging_ratings(judging, one);
            worst = worst == NULL ? one : worse_of(worst, one);
            best = best == NULL || worse_of(best, one) == best ? one : best;
        }
    bool some_hopeful = standing_is_hopeful(best->kind);
    *differ = some_hopeful && (!standing_is_hopeful(worst->kind) || target->unknown);
    return target->any_of ? best : worst;
}

const struct standing *judging_standing(struct judging *judging, unsigned windows, bool *differ)
{
    static const struct standing untested = {.kind = STANDING_UNTESTED};
    *differ = false;
    if (judging->subject == NULL)
        return NULL;
    if (judging->target.condition_count > 0)
        return of_conditions(judging, windows, differ);
    if (judging->target.unknown)
        return &untested;
    const struct standing *standing = of_complaint(judging, windows);
    judging_ratings(judging, standing);
    return standing;
}

const struct standing *judging_standing_against(struct judging *judging, unsigned comparators,
                                                bool *differ)
{
    judging->comparators = comparators;
    const struct standing *standing = judging_standing(judging, STANDING_ANY, differ);
    judging->comparators = STANDING_ANY;
    return standing;
}

/* ---- words ---- */

/* Whole sentences from the start, as many as fit. */
static const char *first_sentences(const char *text, struct arena *arena)
{
    size_t length = strlen(text);
    if (length <= EVIDENCE_CHARACTERS)
        return text;
    size_t cut = 0;
    for (const char *at = text; (at = strstr(at, ". ")) != NULL; at++) {
        size_t end = (size_t)(at - text) + 1;
        if (end > EVIDENCE_CHARACTERS && cut > EVIDENCE_LEAST)
            break;
        cut = end;
    }
    return cut == 0 ? text : arena_strndup(arena, text, cut);
}

/* What the studies of several questions lean to, where one question's sentence cannot tell it. */
static const char *tally_of(const struct standing *standing, struct arena *arena)
{
    if (standing->firm || standing->rating_count < 2 ||
        standing->better + standing->neither + standing->worse == 0)
        return "";
    return arena_printf(arena,
                        "Over all that was asked of it, studies found it better %d time%s and not "
                        "better %d time%s (a review counts twice, a pool three times). ",
                        standing->better, standing->better == 1 ? "" : "s",
                        standing->neither + standing->worse,
                        standing->neither + standing->worse == 1 ? "" : "s");
}

const char *judging_evidence(const struct judging *judging, const struct standing *standing)
{
    struct arena *arena = judging->vetting->arena;
    if (standing->headline != NULL)
        return first_sentences(standing->headline->sentence, arena);
    if (standing->rating_count > 0)
        return arena_printf(arena, "%s%s", tally_of(standing, arena),
                            first_sentences(standing->ratings[0]->sentence, arena));
    return "";
}

/* ---- an atom ---- */

/* "Pain is eased by TENS", "will be soothed": a participle of the passive, told of any time. */
static bool is_passive_of_now(const struct vetting *vetting, size_t at)
{
    enum { REACH = 2 };
    const struct passage *passage = &vetting->passage;
    for (size_t back = 1; back <= REACH && back <= at; back++) {
        const struct word_token *before = &passage->tokens[at - back];
        if (before[1].gap != GAP_SPACE)
            return false;
        if (passage_tag(passage, at - back, WORDS_BE) != NULL)
            return !wording_is_past(vetting->wording, before->word);
    }
    return false;
}

/* "eased neck pain in office workers": what a study saw, told of the past, promises less. */
static bool tells_of_the_past(const struct vetting *vetting, const struct finding *finding)
{
    if (finding->type != ATOM_EFFICACY && finding->type != ATOM_COMPARISON)
        return false;
    for (size_t at = finding->first; at < finding->own_end; at++)
        if (passage_tag(&vetting->passage, at, WORDS_VERB) != NULL)
            return wording_is_past(vetting->wording, vetting->passage.tokens[at].word) &&
                   !is_passive_of_now(vetting, at);
    return false;
}

static enum put put_of(const struct vetting *vetting, const struct finding *finding)
{
    /* "useless", "does nothing for": a denial in itself; denied, it is a plain claim. */
    if (finding->sense == SENSE_FAILS || finding->sense == SENSE_ADDS_NOTHING)
        return finding->stance == STANCE_NEGATED ? PUT_PLAIN : PUT_DENIED;
    if (finding->stance != STANCE_NEGATED && tells_of_the_past(vetting, finding))
        return PUT_HEDGED;
    switch (finding->stance) {
    case STANCE_HEDGED:
        return PUT_HEDGED;
    case STANCE_NEGATED:
        return PUT_DENIED;
    case STANCE_ASKED: /* "does it help a little?" */
        return finding->modest ? PUT_HEDGED : PUT_PLAIN;
    case STANCE_ASSERTED:
    case STANCE_REPORTED:
        break;
    }
    return PUT_PLAIN;
}

/* C12: nothing here can tell whether it is so. True if that is the verdict. */
static bool is_beyond_checking(struct judging *judging)
{
    const struct finding *finding = judging->finding;
    const struct outside *outside = judging->target.outside;
    bool of_effect = finding->type == ATOM_EFFICACY || finding->type == ATOM_SIZE ||
                     finding->type == ATOM_SPEED || finding->type == ATOM_PERMANENCE;
    bool own_harm = finding->sense == SENSE_HARM && finding->story;
    if (own_harm) {
        judging_rule(judging, "C12");
        return judging_say(judging, CLAIM_NOT_CHECKABLE,
                           "What happened to one person cannot be checked here, and is worth "
                           "reporting to whoever made or gave the treatment.");
    }
    /* What regulators found of grave diseases holds for tales of them too. */
    bool grave = outside != NULL && outside->verdict == CLAIM_UNSUPPORTED;
    if (of_effect && finding->story && !grave) {
        judging_rule(judging, "C12");
        return judging_say(judging, CLAIM_NOT_CHECKABLE,
                           "What happened to one person cannot show what a treatment does: pain "
                           "comes and goes by itself, and those who felt no change seldom write.");
    }
    if (of_effect && outside != NULL && judging->target.condition_count == 0) {
        const struct entry_exception *exception =
            judging_exception(judging, outside->exceptions, outside->exception_count);
        judging_rule(judging, exception == NULL ? "C12" : "C1");
        return exception == NULL ? judging_say(judging, outside->verdict, outside->known)
                                 : judging_say_fixed(judging, exception->verdict, exception->known);
    }
    return false;
}

static bool names_another_treatment(const struct judging *judging)
{
    return passage_find(&judging->vetting->passage, 0, judging->vetting->passage.token_count,
                        WORDS_OTHER_TREATMENT) != NULL;
}

/* "Wood-vinegar patches. Stick them on at night. Wake up without joint pain.": relief is promised
 * of a thing that the text describes, and the base does not know it. One sentence alone leaves open
 * what it is about. */
static bool describes_unknown_product(const struct judging *judging)
{
    const struct target *target = &judging->target;
    return judging->finding->type == ATOM_EFFICACY && judging->put != PUT_DENIED &&
           judging->vetting->passage.sentence_count > 1 &&
           (target->condition_count > 0 || target->unknown || target->complaints != 0);
}

/* Without a known treatment there is nothing to look up. True if that is the verdict. */
static bool has_no_subject(struct judging *judging)
{
    if (judging->subject != NULL)
        return false;
    judging_rule(judging, "C12");
    if (names_another_treatment(judging))
        return judging_say(judging, CLAIM_UNSUPPORTED,
                           "The treatment named has no entry in this base: no study of it stands "
                           "here.");
    bool figure = judging->finding->type == ATOM_SIZE || judging->finding->type == ATOM_SPEED ||
                  judging->finding->type == ATOM_PERMANENCE;
    if (figure)
        return judging_say(judging, CLAIM_UNSUPPORTED,
                           "The text does not say which treatment this is about, and no study "
                           "here gives such a figure for any.");
    if (describes_unknown_product(judging))
        return judging_say(judging, CLAIM_UNSUPPORTED,
                           "What the text is about is no treatment that this base knows: no study "
                           "here bears on it.");
    return judging_say(judging, CLAIM_NOT_CHECKABLE,
                       "The text does not say which treatment this is about, so there is nothing "
                       "to check it against.");
}

static void judge_type(struct judging *judging)
{
    static void (*const judges[ATOM_TYPE_COUNT])(struct judging *) = {
        [ATOM_EFFICACY] = judge_efficacy,     [ATOM_SIZE] = judge_size,
        [ATOM_SPEED] = judge_speed,           [ATOM_PERMANENCE] = judge_permanence,
        [ATOM_MECHANISM] = judge_mechanism,   [ATOM_UNIVERSALITY] = judge_universality,
        [ATOM_SAFETY] = judge_safety,         [ATOM_AUTHORITY] = judge_authority,
        [ATOM_COMPARISON] = judge_comparison,
    };
    bool needs_subject =
        judging->finding->type != ATOM_MECHANISM && judging->finding->type != ATOM_AUTHORITY &&
        judging->finding->type != ATOM_UNIVERSALITY && judging->finding->sense != SENSE_STAND_IN;
    if (is_beyond_checking(judging) || (needs_subject && has_no_subject(judging)))
        return;
    judges[judging->finding->type](judging);
}

static void *copied(struct arena *arena, const void *items, size_t count, size_t size)
{
    char *copy = arena_room(arena, count + 1, size);
    memcpy(copy, items, count * size);
    memset(copy + count * size, 0, size);
    return copy;
}

void claim_judge(const struct vetting *vetting, const struct finding *finding,
                 struct claim_atom *out)
{
    struct judging judging = {.vetting = vetting,
                              .finding = finding,
                              .subject = claim_subject(vetting, finding),
                              .put = put_of(vetting, finding),
                              .reason = ""};
    claim_target(vetting, finding, &judging.target);
    judge_type(&judging);
    out->type = finding->type;
    out->stance = finding->stance;
    out->verdict = judging.verdict;
    out->reason = judging.reason;
    out->entry = finding->entry;
    out->intervention = judging.subject;
    out->condition = judging.target.condition_count == 1 ? judging.target.conditions[0] : NULL;
    out->ratings =
        copied(vetting->arena, judging.ratings, judging.rating_count, sizeof *judging.ratings);
    out->rating_count = judging.rating_count;
    out->rules = copied(vetting->arena, judging.rules, judging.rule_count, sizeof *judging.rules);
    out->actions =
        copied(vetting->arena, judging.actions, judging.action_count, sizeof *judging.actions);
    out->sources = finding->entry->sources;
}
