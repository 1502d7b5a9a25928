#include "evidence/judgement/question.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/sentence.h"

enum {
    COMPLAINT_REACH = 8, /* words between a body part and what is wrong with it */
    AFTER_REACH = 4,     /* words between "after" and what was done */
    DEPTH_OF_TREE = 8    /* conditions above a condition */
};

/* A question being understood. Each list has room for one entry a piece. */
struct question {
    struct sentence sentence;
    const struct language *language;
    const struct base *base;
    struct arena *arena;
    const char *query;
    bool *understood; /* one a token */
    bool *elsewhere;  /* one a token: part of a name that has no entry */
    struct understood_intervention *interventions;
    struct understood_condition *conditions;
    struct understood_outcome *outcomes;
    const struct piece *exercise; /* what someone is sore from */
    size_t unknown_at;            /* first token of the unknown treatment, past the end if none */
    bool failed_body_part;        /* a complaint about a part that has no condition */
    struct understood *out;
};

/* ---- places ---- */

static struct span span_of(const struct question *question, size_t first, size_t end)
{
    const struct token *tokens = question->sentence.tokens;
    return (struct span){tokens[first].text->start, tokens[end - 1].text->end};
}

static struct span piece_span(const struct question *question, const struct piece *piece)
{
    return span_of(question, piece->first, piece->end);
}

static void mark(struct question *question, const struct piece *piece)
{
    for (size_t i = piece->first; i < piece->end; i++)
        question->understood[i] = true;
}

static bool is_marked(const struct question *question, const struct piece *piece)
{
    return question->understood[piece->first];
}

static enum surety surety_of(const struct piece *piece)
{
    return piece->forgiven > 0 ? SURETY_SPELLING : SURETY_EXACT;
}

static bool passes_over(const struct token *token)
{
    return token_has(token, WORD_SKIPPED) || token_has(token, WORD_SUBJECT);
}

/* The token before `at` that says something; false at the start or behind a comma. */
static bool token_before(const struct question *question, size_t at, size_t *before)
{
    const struct token *tokens = question->sentence.tokens;
    while (at > 0 && !tokens[at].text->apart) {
        at--;
        if (!passes_over(&tokens[at])) {
            *before = at;
            return true;
        }
    }
    return false;
}

/* ---- interventions ---- */

static const struct piece *piece_ending_at(const struct question *question, size_t end)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++)
        if (question->sentence.pieces[i].end == end)
            return &question->sentence.pieces[i];
    return NULL;
}

static const struct piece *piece_starting_at(const struct question *question, size_t first)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++)
        if (question->sentence.pieces[i].first == first)
            return &question->sentence.pieces[i];
    return NULL;
}

static bool is_ordinary(const struct piece *piece)
{
    const struct phrase *phrase = piece_meaning(piece, MEANING_INTERVENTION);
    return phrase != NULL && phrase->ordinary != NULL && !phrase->ordinary->sure;
}

static bool names_a_treatment(const struct piece *piece)
{
    return piece != NULL && piece_meaning(piece, MEANING_INTERVENTION) != NULL;
}

/* "heat or massage", "massage, heat": beside another one in a list or a comparison. */
static bool is_compared(const struct question *question, const struct piece *piece)
{
    const struct token *tokens = question->sentence.tokens;
    size_t count = question->sentence.token_count;
    size_t before;
    if (token_before(question, piece->first, &before) &&
        (token_has(&tokens[before], WORD_COMPARES) || token_has(&tokens[before], WORD_DEMOTES)))
        return true;
    if (piece->first > 0 && tokens[piece->first].text->apart &&
        names_a_treatment(piece_ending_at(question, piece->first)))
        return true;
    if (piece->end < count && token_has(&tokens[piece->end], WORD_COMPARES))
        return true;
    return piece->end < count && tokens[piece->end].text->apart &&
           names_a_treatment(piece_starting_at(question, piece->end));
}

static bool names_any_for_sure(const struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        if (names_a_treatment(piece) && !is_ordinary(piece))
            return true;
    }
    return false;
}

static void add_intervention(struct question *question, const struct piece *piece)
{
    const struct intervention *entry = piece_meaning(piece, MEANING_INTERVENTION)->of.intervention;
    mark(question, piece);
    for (size_t i = 0; i < question->out->intervention_count; i++)
        if (question->interventions[i].entry == entry)
            return;
    question->interventions[question->out->intervention_count++] = (struct understood_intervention){
        .entry = entry, .span = piece_span(question, piece), .surety = surety_of(piece)};
}

/* "instead of massage": named, but not what is asked about. */
static bool is_demoted(const struct question *question, const struct piece *piece)
{
    size_t before;
    return token_before(question, piece->first, &before) &&
           token_has(&question->sentence.tokens[before], WORD_DEMOTES);
}

/*
 * A name that is an everyday word too counts where nothing surer is named, or beside another one;
 * right before another name it belongs to it ("heat massage chair").
 */
static bool treats(struct question *question, const struct piece *piece, bool surer)
{
    if (!names_a_treatment(piece))
        return false;
    if (!surer || !is_ordinary(piece) || is_compared(question, piece))
        return true;
    const struct piece *next = piece_starting_at(question, piece->end);
    if (names_a_treatment(next) && !question->sentence.tokens[piece->end].text->apart)
        mark(question, piece);
    return false;
}

/* One of the entry's names has the word in it. */
static bool belongs_to(const struct question *question, const struct text_word *word,
                       const struct intervention *entry)
{
    enum { TELLING_LETTERS = 5 };
    size_t count;
    const struct phrase *phrases = lexicon_phrases(question->sentence.lexicon, &count);
    if (word->stem_length < TELLING_LETTERS)
        return false;
    for (size_t i = 0; i < count; i++)
        if (phrases[i].meaning == MEANING_INTERVENTION && phrases[i].of.intervention == entry &&
            strstr(phrases[i].key, word->stem) != NULL)
            return true;
    return false;
}

/* "Shiatsu neck massager": a word right before a name that other names of the entry have. */
static void take_in_words_before(struct question *question)
{
    const struct token *tokens = question->sentence.tokens;
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        size_t first = piece->first;
        if (!names_a_treatment(piece) || !is_marked(question, piece) || first == 0 ||
            tokens[first].text->apart || question->understood[first - 1] ||
            piece_ending_at(question, first) != NULL)
            continue;
        const struct phrase *phrase = piece_meaning(piece, MEANING_INTERVENTION);
        if (belongs_to(question, tokens[first - 1].text, phrase->of.intervention))
            question->understood[first - 1] = true;
    }
}

static void find_interventions(struct question *question)
{
    bool surer = names_any_for_sure(question);
    for (int demoted = 0; demoted < 2; demoted++)
        for (size_t i = 0; i < question->sentence.piece_count; i++) {
            const struct piece *piece = &question->sentence.pieces[i];
            if (is_demoted(question, piece) == (demoted == 1) && treats(question, piece, surer))
                add_intervention(question, piece);
        }
    take_in_words_before(question);
}

/* ---- conditions ---- */

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
        if (!passes_over(&question->sentence.tokens[i]) &&
            !token_has(&question->sentence.tokens[i], WORD_FILLER))
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
    enum complaint complaint;
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

/* A piece of one or two words within another piece that has one meaning. */
static bool find_within(const struct question *question, const struct piece *outer,
                        enum meaning meaning, struct piece *out)
{
    const struct sentence *sentence = &question->sentence;
    for (size_t first = outer->first; first < outer->end; first++) {
        struct lexicon_range range = lexicon_all(sentence->lexicon);
        for (size_t end = first + 1; end <= outer->end && end <= first + 2; end++) {
            const struct text_word *word = sentence->tokens[end - 1].text;
            if (!lexicon_narrow(sentence->lexicon, &range, word->stem, word->stem_length))
                break;
            *out = (struct piece){.first = first, .end = end, .usable = ~0u};
            out->phrases = lexicon_complete(sentence->lexicon, &range, &out->phrase_count);
            if (piece_meaning(out, meaning) != NULL)
                return true;
        }
    }
    return false;
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
        enum complaint complaint;
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

/* ---- words that leave the condition open ---- */

static void find_choices(struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        const struct phrase *phrase = piece_meaning(piece, MEANING_CHOICE);
        if (phrase == NULL || is_marked(question, piece))
            continue;
        mark(question, piece);
        if (question->out->condition_count > 0 || question->out->choices != NULL)
            continue;
        question->out->choices = phrase->of.choice->conditions;
        question->out->choices_span = piece_span(question, piece);
    }
}

/* ---- outcomes ---- */

static void find_outcomes(struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        const struct phrase *phrase = piece_meaning(piece, MEANING_OUTCOME);
        if (phrase == NULL || is_marked(question, piece) || question->failed_body_part)
            continue;
        mark(question, piece);
        bool known = false;
        for (size_t j = 0; j < question->out->outcome_count && !known; j++)
            known = question->outcomes[j].entry == phrase->of.outcome;
        if (!known)
            question->outcomes[question->out->outcome_count++] =
                (struct understood_outcome){.entry = phrase->of.outcome,
                                            .span = piece_span(question, piece),
                                            .surety = surety_of(piece)};
    }
}

/* ---- acute or chronic ---- */

static void set_duration(struct question *question, enum duration duration, size_t first,
                         size_t end)
{
    for (size_t i = first; i < end; i++)
        question->understood[i] = true;
    if (question->out->duration != DURATION_NOT_SAID)
        return;
    question->out->duration = duration;
    question->out->duration_span = span_of(question, first, end);
}

static const struct amount *amount_of(const struct amount *amounts, size_t count,
                                      const struct text_word *word)
{
    for (size_t i = 0; i < count; i++)
        if (lexicon_lists(amounts[i].words, word))
            return &amounts[i];
    return NULL;
}

/* How many: in digits or a number word; `*at` moves before it. "For months" is some of them. */
static double number_before(const struct question *question, size_t *at)
{
    const double some = 3;
    if (*at == 0)
        return some;
    const struct text_word *word = question->sentence.tokens[*at - 1].text;
    const struct amount *number =
        amount_of(question->language->numbers, question->language->number_count, word);
    if (number == NULL && !isdigit((unsigned char)word->folded[0]))
        return some;
    (*at)--;
    return number != NULL ? number->value : strtod(word->folded, NULL);
}

/* "for about the last": moves `*first` to the word that says that a length of time follows. */
static bool led_by_duration_word(const struct question *question, size_t *first)
{
    const struct token *tokens = question->sentence.tokens;
    for (size_t at = *first; at > 0; at--) {
        if (lexicon_lists(question->language->duration_before, tokens[at - 1].text)) {
            *first = at - 1;
            return true;
        }
        if (!token_has(&tokens[at - 1], WORD_SKIPPED) && !token_has(&tokens[at - 1], WORD_FILLER))
            return false;
    }
    return false;
}

/* "for three weeks", "over the past 2 years", "six months ago". */
static void find_length_of_time(struct question *question, size_t unit_at)
{
    const struct language *language = question->language;
    const struct token *tokens = question->sentence.tokens;
    const struct amount *unit =
        amount_of(language->units, language->unit_count, tokens[unit_at].text);
    if (unit == NULL)
        return;
    size_t first = unit_at;
    double days = unit->value * number_before(question, &first);
    size_t end = unit_at + 1;
    bool before = led_by_duration_word(question, &first);
    bool after = end < question->sentence.token_count &&
                 lexicon_lists(language->duration_after, tokens[end].text);
    if (before || after)
        set_duration(question,
                     days >= language->chronic_from_days ? DURATION_CHRONIC : DURATION_ACUTE, first,
                     after ? end + 1 : end);
}

static void find_duration(struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        struct piece within;
        if (find_within(question, piece, MEANING_ACUTE, &within))
            set_duration(question, DURATION_ACUTE, within.first, within.end);
        else if (find_within(question, piece, MEANING_CHRONIC, &within))
            set_duration(question, DURATION_CHRONIC, within.first, within.end);
        else if (piece_meaning(piece, MEANING_ACUTE) != NULL)
            set_duration(question, DURATION_ACUTE, piece->first, piece->end);
        else if (piece_meaning(piece, MEANING_CHRONIC) != NULL)
            set_duration(question, DURATION_CHRONIC, piece->first, piece->end);
    }
    for (size_t i = 0; i < question->sentence.token_count; i++)
        find_length_of_time(question, i);
}

static void split_conditions(struct question *question)
{
    if (question->out->duration == DURATION_NOT_SAID)
        return;
    for (size_t i = 0; i < question->out->condition_count; i++)
        for (size_t j = 0; j < question->language->split_count; j++) {
            const struct split_by_duration *split = &question->language->splits[j];
            if (question->conditions[i].entry == split->condition)
                question->conditions[i].entry =
                    question->out->duration == DURATION_ACUTE ? split->acute : split->chronic;
        }
}

/* ---- what is left ---- */

static bool names_what_has_no_entry(const struct piece *piece)
{
    return piece_meaning(piece, MEANING_OTHER_TREATMENT) != NULL ||
           piece_meaning(piece, MEANING_OTHER_CONDITION) != NULL;
}

/* Every word of a name without an entry counts, "it" and "band" of "IT band" too. */
static void find_names_without_entry(struct question *question)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        for (size_t j = piece->first; names_what_has_no_entry(piece) && j < piece->end; j++)
            question->elsewhere[j] = !question->understood[j];
    }
}

static bool is_left(const struct question *question, size_t at)
{
    const unsigned silent = 1u << WORD_SKIPPED | 1u << WORD_SUBJECT | 1u << WORD_FILLER |
                            1u << WORD_NEUTRAL | 1u << WORD_ASKS | 1u << WORD_TRIES |
                            1u << WORD_HELPS | 1u << WORD_COMPARES | 1u << WORD_DEMOTES;
    if (question->elsewhere[at])
        return true;
    return !question->understood[at] && (question->sentence.tokens[at].roles & silent) == 0;
}

/*
 * The end of the run of left-over words from `at` on: over articles, not over commas, and over
 * neutral words ("therapy") where `neutral` says so. A run ends with a word that counts.
 */
static size_t run_end(const struct question *question, size_t at, bool neutral)
{
    const struct token *tokens = question->sentence.tokens;
    size_t end = at + 1;
    for (size_t i = end; i < question->sentence.token_count && !tokens[i].text->apart; i++) {
        bool counts = is_left(question, i) ||
                      (neutral && token_has(&tokens[i], WORD_NEUTRAL) && !question->understood[i]);
        if (counts)
            end = i + 1;
        else if (!token_has(&tokens[i], WORD_SKIPPED))
            break;
    }
    return end;
}

static void list_not_understood(struct question *question)
{
    size_t count = question->sentence.token_count;
    struct span *spans = arena_array(question->arena, count, sizeof *spans);
    for (size_t i = 0; i < count; i++) {
        if (!is_left(question, i))
            continue;
        size_t end = run_end(question, i, i == question->unknown_at);
        spans[question->out->not_understood_count++] = span_of(question, i, end);
        i = end - 1;
    }
    question->out->not_understood = spans;
}

/* ---- an unknown treatment ---- */

/* Words of the body and its complaints are no treatment, nor is what is known to be a condition. */
static bool is_only_about_the_body(const struct question *question, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (!is_left(question, i))
            continue;
        bool body = false;
        for (size_t j = 0; j < question->sentence.piece_count && !body; j++) {
            const struct piece *piece = &question->sentence.pieces[j];
            body = i >= piece->first && i < piece->end &&
                   (piece_meaning(piece, MEANING_BODY_PART) != NULL ||
                    piece_meaning(piece, MEANING_COMPLAINT) != NULL ||
                    piece_meaning(piece, MEANING_EXERCISE) != NULL ||
                    piece_meaning(piece, MEANING_OUTCOME) != NULL ||
                    piece_meaning(piece, MEANING_OTHER_CONDITION) != NULL);
        }
        if (!body)
            return false;
    }
    return true;
}

static bool holds_other_treatment(const struct question *question, size_t first, size_t end)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++) {
        const struct piece *piece = &question->sentence.pieces[i];
        if (piece->first >= first && piece->end <= end &&
            piece_meaning(piece, MEANING_OTHER_TREATMENT) != NULL)
            return true;
    }
    return false;
}

/* The word after a run, over adverbs, that says something was done or asked of it. */
static bool is_asked_to_help(const struct question *question, size_t end)
{
    const struct token *tokens = question->sentence.tokens;
    size_t i = end;
    while (i < question->sentence.token_count && !tokens[i].text->apart &&
           !token_has(&tokens[i], WORD_HELPS) &&
           (token_has(&tokens[i], WORD_FILLER) || passes_over(&tokens[i])))
        i++;
    return i < question->sentence.token_count && token_has(&tokens[i], WORD_HELPS);
}

static bool is_compared_with_known(const struct question *question, size_t first, size_t end)
{
    const struct token *tokens = question->sentence.tokens;
    size_t before;
    if (token_before(question, first, &before) && token_has(&tokens[before], WORD_COMPARES) &&
        names_a_treatment(piece_ending_at(question, before)))
        return true;
    if (end + 1 >= question->sentence.token_count || !token_has(&tokens[end], WORD_COMPARES))
        return false;
    size_t next = end + 1;
    while (next + 1 < question->sentence.token_count && passes_over(&tokens[next]))
        next++;
    return names_a_treatment(piece_starting_at(question, next));
}

static bool stands_for_a_treatment(const struct question *question, size_t first, size_t end)
{
    if (holds_other_treatment(question, first, end))
        return true;
    if (is_only_about_the_body(question, first, end))
        return false;
    if (is_compared_with_known(question, first, end))
        return true;
    if (question->out->intervention_count > 0)
        return false;
    size_t before;
    bool starts = !token_before(question, first, &before);
    const struct token *token = starts ? NULL : &question->sentence.tokens[before];
    if (token != NULL && token_has(token, WORD_TRIES))
        return true;
    return (starts || token_has(token, WORD_ASKS)) && is_asked_to_help(question, end);
}

static void find_unknown_treatment(struct question *question)
{
    struct unknown_treatment *unknown = &question->out->unknown;
    question->unknown_at = question->sentence.token_count;
    for (size_t i = 0; i < question->sentence.token_count; i++) {
        if (!is_left(question, i))
            continue;
        size_t end = run_end(question, i, true);
        if (stands_for_a_treatment(question, i, end)) {
            question->unknown_at = i;
            unknown->span = span_of(question, i, end);
            unknown->phrase = arena_strndup(question->arena, question->query + unknown->span.start,
                                            unknown->span.end - unknown->span.start);
            unknown->nearest =
                names_nearest(question->sentence.lexicon, MEANING_INTERVENTION, unknown->phrase,
                              unknown->span.end - unknown->span.start, NEAREST_TREATMENTS,
                              question->arena, &unknown->nearest_count);
            return;
        }
        i = end - 1;
    }
}

/* ---- the whole ---- */

static void make_room(struct question *question)
{
    size_t pieces = question->sentence.piece_count + 1;
    question->understood = arena_array(question->arena, question->sentence.token_count + 1,
                                       sizeof *question->understood);
    question->interventions = arena_array(question->arena, pieces, sizeof *question->interventions);
    question->conditions = arena_array(question->arena, pieces, sizeof *question->conditions);
    question->outcomes = arena_array(question->arena, pieces, sizeof *question->outcomes);
    question->elsewhere = arena_array(question->arena, question->sentence.token_count + 1,
                                      sizeof *question->elsewhere);
    question->out->interventions = question->interventions;
    question->out->conditions = question->conditions;
    question->out->outcomes = question->outcomes;
}

static void find_conditions(struct question *question)
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
    order_conditions(question);
}

void question_understand(const struct lexicon *lexicon, const char *query, size_t length,
                         struct arena *arena, struct understood *out)
{
    *out = (struct understood){.looked_at = text_bytes_of(query, length, QUESTION_CHARACTERS)};
    struct question question = {.language = lexicon_language(lexicon),
                                .base = lexicon_base(lexicon),
                                .arena = arena,
                                .query = query,
                                .out = out};
    sentence_read(lexicon, query, out->looked_at, arena, &question.sentence);
    make_room(&question);
    find_interventions(&question);
    find_conditions(&question);
    find_choices(&question);
    find_outcomes(&question);
    find_duration(&question);
    split_conditions(&question);
    find_names_without_entry(&question);
    find_unknown_treatment(&question);
    list_not_understood(&question);
}
