#include "evidence/judgement/question/question_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    COMPLAINT_REACH = 8, /* words between a body part and what is wrong with it */
    AFTER_REACH = 4,     /* words between "after" and what was done */
    DEPTH_OF_TREE = 8    /* conditions above a condition */
};

/* ---- by name ---- */

static const struct general_condition *general_of(const struct question *question,
                                                  const struct condition *condition)
{
    for (size_t i = 0; i < question->language->general_condition_count; i++)
        if (question->language->general_conditions[i].condition == condition)
            return &question->language->general_conditions[i];
    return NULL;
}

static bool descends(const struct question *question, const struct condition *condition,
                     const struct condition *ancestor, int depth)
{
    for (const char *const *id = condition->parents; depth > 0 && *id != NULL; id++) {
        if (strcmp(*id, ancestor->id) == 0)
            return true;
        const struct condition *parent = base_condition(question->base, *id);
        if (parent != NULL && descends(question, parent, ancestor, depth - 1))
            return true;
    }
    return false;
}

/* The condition itself or something narrower is understood already. */
static bool is_covered(const struct question *question, const struct condition *condition)
{
    for (size_t i = 0; i < question->out->condition_count; i++) {
        const struct condition *entry = question->conditions[i].entry;
        if (entry == condition || descends(question, entry, condition, DEPTH_OF_TREE))
            return true;
    }
    return false;
}

static void add_condition(struct question *question, const struct condition *condition,
                          struct span span, enum surety surety)
{
    if (is_covered(question, condition))
        return;
    question->conditions[question->out->condition_count++] =
        (struct understood_condition){.entry = condition, .span = span, .surety = surety};
}

/* Conditions by their own names, but for those that a body part may make narrower. */
static void find_named_conditions(struct question *question, bool general)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        const struct phrase *phrase = piece_meaning(piece, MEANING_CONDITION);
        if (phrase == NULL || is_marked(question, piece) ||
            (general_of(question, phrase->of.condition) != NULL) != general)
            continue;
        /* "soreness after DOMS": a second one that is an outcome too is left to the outcomes. */
        if (question->out->condition_count > 0 && piece_meaning(piece, MEANING_OUTCOME) != NULL)
            continue;
        mark(question, piece);
        add_condition(question, phrase->of.condition, piece_span(question, piece),
                      surety_of(piece));
    }
}

/* What complaint a piece makes; COMPLAINT_NONE for none. */
static enum complaint complaint_of(const struct question *question, const struct piece *piece)
{
    const struct phrase *condition = piece_meaning(piece, MEANING_CONDITION);
    if (condition != NULL && general_of(question, condition->of.condition) != NULL)
        return general_of(question, condition->of.condition)->as;
    const struct phrase *complaint = piece_meaning(piece, MEANING_COMPLAINT);
    return complaint == NULL ? COMPLAINT_NONE : complaint->of.complaint;
}

static size_t words_between(const struct piece *a, const struct piece *b)
{
    return a->first < b->first ? b->first - a->end : a->first - b->end;
}

/* The complaint about a body part: the nearest, but a telling one (knots) before mere pain. */
static const struct piece *complaint_about(const struct question *question,
                                           const struct piece *body, enum complaint *complaint)
{
    const struct piece *best = NULL;
    *complaint = COMPLAINT_NONE;
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        enum complaint what = complaint_of(question, piece);
        if (what == COMPLAINT_NONE || piece == body || words_between(piece, body) > COMPLAINT_REACH)
            continue;
        bool telling = what != COMPLAINT_PAIN && *complaint == COMPLAINT_PAIN;
        bool mere = what == COMPLAINT_PAIN && *complaint != COMPLAINT_PAIN;
        if (best == NULL || telling ||
            (!mere && words_between(piece, body) < words_between(best, body))) {
            best = piece;
            *complaint = what;
        }
    }
    return best;
}

static const struct condition *condition_of_part(const struct question *question,
                                                 const struct body_part *part,
                                                 enum complaint complaint)
{
    bool sore_from_exercise = question->exercise != NULL && complaint == COMPLAINT_PAIN;
    if (sore_from_exercise && part->conditions[COMPLAINT_RECOVERY] != NULL)
        return part->conditions[COMPLAINT_RECOVERY];
    if (complaint == COMPLAINT_RECOVERY && part->conditions[complaint] == NULL)
        return part->conditions[COMPLAINT_PAIN];
    return part->conditions[complaint];
}

/* "massage gun for back": a part that is an ordinary word too needs one of its words before it. */
static bool may_stand_alone(const struct question *question, const struct piece *body,
                            const struct body_part *part)
{
    return part->alone_after[0] == NULL ||
           (body->first > 0 &&
            lexicon_lists(part->alone_after, question->sentence.tokens[body->first - 1].text));
}

static bool goes_with_what_is_named(const struct question *question, const struct body_part *part)
{
    for (const char *const *id = part->goes_with; *id != NULL; id++)
        if (is_covered(question, base_condition(question->base, *id)))
            return true;
    return false;
}

/* From the first of two pieces to the end of the other, where nothing of meaning lies between. */
static struct span joint_span(const struct question *question, const struct piece *a,
                              const struct piece *b)
{
    const struct piece *left = a->first < b->first ? a : b;
    const struct piece *right = left == a ? b : a;
    for (size_t i = left->end; i < right->first; i++)
        if (!roles_are_silent(question->sentence.tokens[i].roles))
            return piece_span(question, a);
    return span_of(question, left->first, right->end);
}

static void understand_part_alone(struct question *question, const struct piece *body,
                                  const struct body_part *part)
{
    const struct condition *condition = part->conditions[COMPLAINT_NONE];
    if (goes_with_what_is_named(question, part)) {
        mark(question, body);
    } else if (condition != NULL && may_stand_alone(question, body, part)) {
        mark(question, body);
        add_condition(question, condition, piece_span(question, body), surety_of(body));
    }
}

static void understand_part(struct question *question, const struct piece *body)
{
    const struct body_part *part = piece_meaning(body, MEANING_BODY_PART)->of.body_part;
    enum complaint complaint = COMPLAINT_NONE;
    const struct piece *about = complaint_about(question, body, &complaint);
    if (about == NULL) {
        understand_part_alone(question, body, part);
        return;
    }
    const struct condition *condition = condition_of_part(question, part, complaint);
    if (condition == NULL) {
        if (goes_with_what_is_named(question, part))
            mark(question, body);
        question->failed_body_part = !is_marked(question, body);
        return;
    }
    enum surety surety = about->forgiven > 0 || body->forgiven > 0 ? SURETY_SPELLING : SURETY_EXACT;
    mark(question, body);
    add_condition(question, condition, joint_span(question, body, about), surety);
}

static bool is_body(const struct question *question, const struct piece *piece)
{
    return piece_meaning(piece, MEANING_BODY_PART) != NULL && !is_marked(question, piece);
}

/* Complaints are used up only after all body parts have had them: "neck and shoulder ache". */
static void use_up_complaints(struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        if (complaint_of(question, piece) != COMPLAINT_NONE)
            mark(question, piece);
    }
}

static void find_conditions_by_body_part(struct question *question)
{
    size_t before = question->out->condition_count;
    for (size_t i = 0; i < question->sentence.piece_count; i++)
        if (is_body(question, &question->sentence.pieces[i]))
            understand_part(question, &question->sentence.pieces[i]);
    if (question->out->condition_count > before)
        use_up_complaints(question);
}

/* "a neck massager for pain", "pressing on the knot in my neck": the treatment's own name holds
 * the part or the knots. */
static void find_condition_within_treatments(struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *treatment = &question->sentence.pieces[i];
        struct piece part;
        if (!names_a_treatment(treatment) || !is_marked(question, treatment) ||
            !find_within(question, treatment, MEANING_BODY_PART, &part))
            continue;
        enum complaint complaint = COMPLAINT_NONE;
        const struct piece *about = complaint_about(question, &part, &complaint);
        const struct phrase *phrase = piece_meaning(&part, MEANING_BODY_PART);
        const struct condition *condition =
            about == NULL ? NULL : condition_of_part(question, phrase->of.body_part, complaint);
        if (condition == NULL || about == treatment)
            continue;
        add_condition(question, condition, joint_span(question, &part, about),
                      surety_of(treatment));
        use_up_complaints(question);
        return;
    }
}

/* "Fewer migraines" is an outcome that names the condition too. */
static void find_condition_within_outcomes(struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *outcome = &question->sentence.pieces[i];
        struct piece part;
        if (piece_meaning(outcome, MEANING_OUTCOME) == NULL)
            continue;
        if (find_within(question, outcome, MEANING_CONDITION, &part))
            add_condition(question, piece_meaning(&part, MEANING_CONDITION)->of.condition,
                          piece_span(question, &part), surety_of(outcome));
    }
}

/* "trigger point injections for the neck": the complaint stands in the treatment's name. */
static void narrow_by_knots_within_treatments(struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *body = &question->sentence.pieces[i];
        const struct phrase *phrase = piece_meaning(body, MEANING_BODY_PART);
        if (phrase == NULL || phrase->of.body_part->conditions[COMPLAINT_KNOTS] == NULL ||
            question->out->condition_count != 1 ||
            question->conditions[0].entry != phrase->of.body_part->conditions[COMPLAINT_NONE])
            continue;
        for (size_t j = 0; j < question->sentence.piece_count; j++) {
            const struct piece *treatment = &question->sentence.pieces[j];
            struct piece knots;
            if (names_a_treatment(treatment) && is_marked(question, treatment) &&
                find_within(question, treatment, MEANING_COMPLAINT, &knots) &&
                piece_meaning(&knots, MEANING_COMPLAINT)->of.complaint == COMPLAINT_KNOTS)
                question->conditions[0].entry = phrase->of.body_part->conditions[COMPLAINT_KNOTS];
        }
    }
}

/* ---- after exercise ---- */

static void find_exercise(struct question *question)
{
    const struct token *tokens = question->sentence.tokens;
    for (size_t i = 0; i < question->sentence.piece_count && question->exercise == NULL; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        if (piece_meaning(piece, MEANING_EXERCISE) == NULL)
            continue;
        for (size_t at = piece->first, reach = 0;
             at > 0 && !tokens[at].text->apart && reach < AFTER_REACH; at--, reach++)
            if (lexicon_lists(question->language->exercise_after, tokens[at - 1].text))
                question->exercise = piece;
    }
}

static const struct piece *first_complaint(const struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        enum complaint what = complaint_of(question, piece);
        bool recovering = what == COMPLAINT_RECOVERY && question->out->intervention_count > 0;
        if (!is_marked(question, piece) &&
            (recovering || (question->exercise != NULL && what != COMPLAINT_NONE)))
            return piece;
    }
    return NULL;
}

static bool names_any_treatment(const struct question *question)
{
    bool other = false;
    for (size_t i = 0; i < question->sentence.piece_count && !other; i++)
        other = piece_meaning(&question->sentence.pieces[i], MEANING_OTHER_TREATMENT) != NULL;
    return other || question->out->intervention_count > 0;
}

static void find_soreness_after_exercise(struct question *question)
{
    const struct condition *condition = question->language->exercise_condition;
    if (question->failed_body_part || question->out->condition_count > 0)
        return;
    const struct piece *complaint = first_complaint(question);
    const struct piece *exercise = question->exercise;
    if (complaint == NULL && (exercise == NULL || !names_any_treatment(question)))
        return;
    const struct piece *piece = complaint != NULL ? complaint : exercise;
    struct span span = complaint != NULL && exercise != NULL
                           ? joint_span(question, complaint, exercise)
                           : piece_span(question, piece);
    mark(question, piece);
    add_condition(question, condition, span, surety_of(piece));
}

static void use_up_exercise(struct question *question)
{
    for (size_t i = 0; question->exercise != NULL && i < question->out->condition_count; i++)
        if (question->conditions[i].entry == question->language->exercise_condition)
            mark(question, question->exercise);
}

/* ---- what comes first ---- */

static int by_place(const void *left, const void *right)
{
    const struct understood_condition *a = left;
    const struct understood_condition *b = right;
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    return strcmp(a->entry->id, b->entry->id);
}

static void move_to_front(struct understood_condition *conditions, size_t at)
{
    struct understood_condition moved = conditions[at];
    memmove(conditions + 1, conditions, at * sizeof *conditions);
    conditions[0] = moved;
}

/* In the order of the words; but what is narrower or less general comes first. */
static void order_conditions(struct question *question)
{
    struct understood_condition *conditions = question->conditions;
    size_t count = question->out->condition_count;
    if (count < 2)
        return;
    qsort(conditions, count, sizeof *conditions, by_place);
    for (size_t i = 1; i < count; i++)
        if (descends(question, conditions[i].entry, conditions[0].entry, DEPTH_OF_TREE) ||
            (general_of(question, conditions[0].entry) != NULL &&
             general_of(question, conditions[i].entry) == NULL))
            move_to_front(conditions, i);
}

/* "Calves after a run": the part only places what is understood by now. */
static void use_up_parts(struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        const struct phrase *phrase = piece_meaning(piece, MEANING_BODY_PART);
        if (phrase != NULL && goes_with_what_is_named(question, phrase->of.body_part))
            mark(question, piece);
    }
}

void find_conditions(struct question *question)
{
    find_exercise(question);
    find_named_conditions(question, false);
    find_conditions_by_body_part(question);
    find_named_conditions(question, true);
    if (question->out->condition_count == 0)
        find_condition_within_treatments(question);
    if (question->out->condition_count == 0)
        find_condition_within_outcomes(question);
    narrow_by_knots_within_treatments(question);
    find_soreness_after_exercise(question);
    use_up_exercise(question);
    use_up_parts(question);
    order_conditions(question);
}
