#include "evidence/judgement/question/question_parts.h"

#include <ctype.h>
#include <stdlib.h>

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
    bool found = false;
    for (size_t at = *first; at > 0; at--) {
        const struct token *token = &tokens[at - 1];
        bool leads = lexicon_lists(question->language->duration_before, token->text);
        if (!leads &&
            (found || (!token_has(token, WORD_SKIPPED) && !token_has(token, WORD_FILLER))))
            break;
        found |= leads;
        if (leads)
            *first = at - 1;
    }
    return found;
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

void find_duration(struct question *question)
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
    split_conditions(question);
}
