#include "evidence/judgement/question/question_parts.h"

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
    const struct token *token = &question->sentence.tokens[at];
    if (question->elsewhere[at])
        return true;
    return !question->understood[at] && !roles_are_silent(token->roles) &&
           !token_has(token, WORD_NEUTRAL);
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
    size_t before = 0;
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
    size_t before = 0;
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

/* "sciatica", "my legs", where nothing else tells what it is for. */
static void find_unknown_complaint(struct question *question)
{
    struct understood *out = question->out;
    if (out->condition_count > 0 || out->choices != NULL)
        return;
    for (size_t i = 0; i < question->sentence.token_count; i++) {
        if (!is_left(question, i) || i == question->unknown_at)
            continue;
        size_t end = run_end(question, i, false);
        if (is_only_about_the_body(question, i, end)) {
            struct span span = span_of(question, i, end);
            out->unknown_complaint =
                arena_strndup(question->arena, question->query + span.start, span.end - span.start);
            return;
        }
        i = end - 1;
    }
}

void find_what_is_left(struct question *question)
{
    find_names_without_entry(question);
    find_unknown_treatment(question);
    find_unknown_complaint(question);
    list_not_understood(question);
}
