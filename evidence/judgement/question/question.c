#include "evidence/judgement/question/question_parts.h"

/* ---- places ---- */

struct span span_of(const struct question *question, size_t first, size_t end)
{
    const struct token *tokens = question->sentence.tokens;
    return (struct span){tokens[first].text->start, tokens[end - 1].text->end};
}

struct span piece_span(const struct question *question, const struct piece *piece)
{
    return span_of(question, piece->first, piece->end);
}

void mark(struct question *question, const struct piece *piece)
{
    for (size_t i = piece->first; i < piece->end; i++)
        question->understood[i] = true;
}

bool is_marked(const struct question *question, const struct piece *piece)
{
    return question->understood[piece->first];
}

enum surety surety_of(const struct piece *piece)
{
    return piece->forgiven > 0 ? SURETY_SPELLING : SURETY_EXACT;
}

bool passes_over(const struct token *token)
{
    return token_has(token, WORD_SKIPPED) || token_has(token, WORD_SUBJECT);
}

bool token_before(const struct question *question, size_t at, size_t *before)
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

const struct piece *piece_ending_at(const struct question *question, size_t end)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++)
        if (question->sentence.pieces[i].end == end)
            return &question->sentence.pieces[i];
    return NULL;
}

const struct piece *piece_starting_at(const struct question *question, size_t first)
{
    for (size_t i = 0; i < question->sentence.piece_count; i++)
        if (question->sentence.pieces[i].first == first)
            return &question->sentence.pieces[i];
    return NULL;
}

bool find_within(const struct question *question, const struct piece *outer, enum meaning meaning,
                 struct piece *out)
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
    find_what_is_left(&question);
}
