#include "evidence/judgement/signs/sign_text.h"

#include <stdlib.h>
#include <string.h>

enum {
    FILLERS_WITHIN = 3, /* small words between two of a phrase */
    GUESSES_MOST = 50   /* misspelt words looked up in one text */
};

/* ---- reading ---- */

static enum sign_stop stop_between(const char *text, size_t from, size_t to)
{
    enum sign_stop stop = SIGN_STOP_NONE;
    for (size_t i = from; i < to; i++) {
        if (strchr(".!?;\n", text[i]) != NULL && text[i] != '\0')
            return SIGN_STOP_SENTENCE;
        if (text[i] == ',' || text[i] == ':' || text[i] == '(' || text[i] == ')')
            stop = SIGN_STOP_COMMA;
    }
    return stop;
}

/* "39.5" and "1,000" are one number. */
static bool is_inside_number(const char *text, const struct text_word *left,
                             const struct text_word *right)
{
    char before = left->folded[left->folded_length - 1];
    return right->start == left->end + 1 && before >= '0' && before <= '9' &&
           right->folded[0] >= '0' && right->folded[0] <= '9' &&
           (text[left->end] == '.' || text[left->end] == ',');
}

/* Most words are one spot. */
static void make_room(struct sign_text *text, struct arena *arena)
{
    if (text->count + SIGN_TOKENS_OF_ONE_MOST <= text->room)
        return;
    struct sign_spot *old = text->items;
    text->room *= 2;
    text->items = arena_array(arena, text->room, sizeof *text->items);
    memcpy(text->items, old, text->count * sizeof *old);
}

static struct sign_text text_of(size_t words, struct arena *arena)
{
    struct sign_text text = {.room = words + words / 4 + 2 * SIGN_TOKENS_OF_ONE_MOST};
    text.items = arena_array(arena, text.room, sizeof *text.items);
    return text;
}

static void add_spots(struct sign_text *out, const struct sign_token *tokens, size_t count,
                      const struct text_word *word, enum sign_stop before, struct arena *arena)
{
    make_room(out, arena);
    for (size_t i = 0; i < count; i++)
        out->items[out->count++] = (struct sign_spot){.token = tokens[i],
                                                      .start = word->start,
                                                      .end = word->end,
                                                      .before = i == 0 ? before : SIGN_STOP_NONE};
}

static enum sign_stop stop_before(const char *text, const struct text_words *words, size_t i)
{
    if (i == 0)
        return SIGN_STOP_SENTENCE;
    if (is_inside_number(text, &words->items[i - 1], &words->items[i]))
        return SIGN_STOP_NONE;
    return stop_between(text, words->items[i - 1].end, words->items[i].start);
}

struct sign_text sign_text_read(const struct sign_vocabulary *vocabulary, const char *text,
                                size_t length, struct arena *arena)
{
    struct text_words words = text_cut(text, length, arena);
    struct sign_text out = text_of(words.count, arena);
    size_t guesses = 0;
    for (size_t i = 0; i < words.count; i++) {
        struct sign_token tokens[SIGN_TOKENS_OF_ONE_MOST];
        bool guessed;
        size_t count = sign_vocabulary_read(vocabulary, &words.items[i], guesses < GUESSES_MOST,
                                            &guessed, tokens);
        guesses += guessed;
        add_spots(&out, tokens, count, &words.items[i], stop_before(text, &words, i), arena);
    }
    return out;
}

/* ---- learning ---- */

static bool is_number(const struct text_word *word)
{
    return strspn(word->folded, "0123456789") == word->folded_length;
}

/* "38..43": two numbers with two stops between. */
static bool is_range(const char *text, const struct text_words *words, size_t at)
{
    return at + 1 < words->count && is_number(&words->items[at]) &&
           is_number(&words->items[at + 1]) &&
           words->items[at + 1].start == words->items[at].end + 2 &&
           strncmp(text + words->items[at].end, "..", 2) == 0;
}

static enum sign_stop line_before(const char *text, const struct text_words *words, size_t i)
{
    if (i == 0)
        return SIGN_STOP_SENTENCE;
    size_t from = words->items[i - 1].end;
    bool ends = memchr(text + from, '\n', words->items[i].start - from) != NULL;
    return ends ? SIGN_STOP_SENTENCE : SIGN_STOP_NONE;
}

struct sign_text sign_text_learn(struct sign_vocabulary *vocabulary, const char *text,
                                 size_t length, struct arena *arena)
{
    struct text_words words = text_cut(text, length, arena);
    struct sign_text out = text_of(words.count, arena);
    for (size_t i = 0; i < words.count; i++) {
        struct sign_token tokens[SIGN_TOKENS_OF_ONE_MOST] = {{.number = SIGN_NO_NUMBER}};
        const struct text_word *word = &words.items[i];
        enum sign_stop before = line_before(text, &words, i);
        size_t count = 1;
        if (is_range(text, &words, i))
            tokens[0].word = sign_vocabulary_learn_range(vocabulary, atoi(word->folded),
                                                         atoi(words.items[++i].folded));
        else
            count = sign_vocabulary_learn(vocabulary, word, tokens);
        add_spots(&out, tokens, count, word, before, arena);
    }
    return out;
}

/* ---- phrases ---- */

struct search {
    const struct sign_vocabulary *vocabulary;
    const struct phrase_tree *tree;
    const struct sign_text *text;
    size_t at;
    sign_phrase_found *found;
    void *context;
};

static void tell_values(const struct search *search, uint32_t node, size_t spots)
{
    for (struct phrase_value value = phrase_tree_first(search->tree, node);
         value.value != PHRASE_NONE; value = phrase_tree_more(search->tree, value))
        search->found(search->context, value.value, spots);
}

/* On from a node, with the spot `at`. No deeper than the longest phrase and its small words. */
static void search_on(const struct search *search, uint32_t node, size_t at, size_t fillers)
{
    if (at == search->text->count)
        return;
    const struct sign_spot *spot = &search->text->items[at];
    if (at > search->at && spot->before == SIGN_STOP_SENTENCE)
        return;
    uint32_t next[SIGN_NEXT_MOST];
    size_t count = sign_token_next(search->vocabulary, spot->token, node, next);
    for (size_t i = 0; i < count; i++) {
        tell_values(search, next[i], at + 1 - search->at);
        search_on(search, next[i], at + 1, 0);
    }
    if (at > search->at && fillers < FILLERS_WITHIN &&
        sign_token_has(search->vocabulary, spot->token, SIGN_FILLS))
        search_on(search, node, at + 1, fillers + 1);
}

void sign_text_phrases(const struct sign_vocabulary *vocabulary, const struct phrase_tree *tree,
                       const struct sign_text *text, size_t at, sign_phrase_found *found,
                       void *context)
{
    const struct search search = {vocabulary, tree, text, at, found, context};
    search_on(&search, phrase_tree_start(), at, 0);
}
