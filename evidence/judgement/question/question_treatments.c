#include "evidence/judgement/question/question_parts.h"

#include <string.h>

static bool is_ordinary(const struct piece *piece)
{
    const struct phrase *phrase = piece_meaning(piece, MEANING_INTERVENTION);
    return phrase != NULL && phrase->ordinary != NULL && !phrase->ordinary->sure;
}

bool names_a_treatment(const struct piece *piece)
{
    return piece != NULL && piece_meaning(piece, MEANING_INTERVENTION) != NULL;
}

/* "heat or massage", "massage, heat": beside another one in a list or a comparison. */
static bool is_compared(const struct question *question, const struct piece *piece)
{
    const struct token *tokens = question->sentence.tokens;
    size_t count = question->sentence.token_count;
    size_t before = 0;
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
    size_t before = 0;
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
    size_t count = 0;
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

void find_interventions(struct question *question)
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
