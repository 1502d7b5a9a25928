#include "evidence/judgement/signs/sign_vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/language/word_root.h"

enum {
    FIRST_ROOM = 64,
    SWAPPED_AT = 4,   /* letters of a word of which two may have changed places */
    GUESSED_FROM = 5, /* letters of a word that may be misspelt */
    TWO_WRONG_FROM = 7,
    NUMBER_DIGITS_MOST = 4,
    LONG_FORM_MOST = SIGN_TOKENS_OF_ONE_MOST - 1, /* a number may stand before it */
    OTHER_LETTER = 26
};

/* A word as it is written, for misspellings. */
struct spelling {
    const char *folded;
    size_t length;
    uint32_t letters; /* bit i: the letter a + i stands in it; bit 26: anything else does */
    uint32_t word;
    uint32_t next; /* place of another one of the same word, 0: none */
};

/* What most spellings can be told apart by, close together. */
struct brief {
    uint32_t letters;
    uint32_t place;
};

struct known_word {
    unsigned roles;
    uint32_t spelling; /* place of the first one, 0: none */
};

/* A word that stands for others. */
struct long_form {
    const char *folded;
    struct sign_token tokens[LONG_FORM_MOST];
    size_t count;
};

struct number_range {
    int least;
    int most;
    uint32_t word;
};

struct sign_vocabulary {
    const struct lexicon *lexicon;
    struct phrase_tree *tree;
    struct arena *arena;
    struct known_word *known; /* by number */
    size_t known_room;
    struct spelling *spellings; /* from place 1 on */
    size_t spelling_count;
    size_t spelling_room;
    struct brief *by_length;                /* shorter ones first, once settled */
    size_t first_of[TEXT_LONGEST_WORD + 2]; /* where those of a length begin in it */
    struct long_form *longs;                /* sorted by `folded` */
    size_t long_count;
    struct number_range *ranges;
    size_t range_count;
    size_t range_room;
};

static void *with_room(struct arena *arena, void *items, size_t needed, size_t *room, size_t size)
{
    if (needed < *room)
        return items;
    size_t had = *room;
    while (*room <= needed)
        *room *= 2;
    void *larger = arena_array(arena, *room, size);
    memcpy(larger, items, had * size);
    return larger;
}

/* ---- words ---- */

static unsigned roles_of(const struct sign_vocabulary *vocabulary, uint32_t word)
{
    return word == PHRASE_NONE ? 0 : vocabulary->known[word].roles;
}

/* What all forms of a word share. Those that have something to do stand for themselves ("noted" is
 * no "not"), and a last e is part of its word ("spine" is no "spin"). */
static size_t key_of(const struct sign_vocabulary *vocabulary, const struct text_word *word,
                     char key[TEXT_LONGEST_WORD])
{
    size_t length = word_root(word, key);
    uint32_t stem = phrase_tree_word(vocabulary->tree, word->stem, word->stem_length);
    uint32_t root = phrase_tree_word(vocabulary->tree, key, length);
    bool only_e = length + 1 == word->stem_length && word->stem[length] == 'e';
    if (!only_e && roles_of(vocabulary, stem) == 0 && roles_of(vocabulary, root) == 0)
        return length;
    memcpy(key, word->stem, word->stem_length);
    return word->stem_length;
}

static uint32_t letters_of(const char *word, size_t length)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < length; i++)
        letters |= 1U << (word[i] >= 'a' && word[i] <= 'z' ? word[i] - 'a' : OTHER_LETTER);
    return letters;
}

static void learn_spelling(struct sign_vocabulary *vocabulary, const struct text_word *written,
                           uint32_t word)
{
    struct known_word *known = &vocabulary->known[word];
    for (uint32_t at = known->spelling; at != 0; at = vocabulary->spellings[at].next)
        if (strcmp(vocabulary->spellings[at].folded, written->folded) == 0)
            return;
    size_t place = ++vocabulary->spelling_count;
    vocabulary->spellings = with_room(vocabulary->arena, vocabulary->spellings, place,
                                      &vocabulary->spelling_room, sizeof *vocabulary->spellings);
    vocabulary->spellings[place] = (struct spelling){
        .folded = arena_strndup(vocabulary->arena, written->folded, written->folded_length),
        .length = written->folded_length,
        .letters = letters_of(written->folded, written->folded_length),
        .word = word,
        .next = known->spelling,
    };
    known->spelling = (uint32_t)place;
}

static uint32_t learn_key(struct sign_vocabulary *vocabulary, const char *key, size_t length)
{
    uint32_t word = phrase_tree_learn(vocabulary->tree, key, length);
    vocabulary->known = with_room(vocabulary->arena, vocabulary->known, word,
                                  &vocabulary->known_room, sizeof *vocabulary->known);
    return word;
}

/* ---- numbers ---- */

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

/* How many digits a word begins with. */
static size_t digits_of(const struct text_word *word)
{
    size_t count = 0;
    while (count < word->folded_length && is_digit(word->folded[count]))
        count++;
    return count;
}

static int number_of(const struct text_word *word, size_t digits)
{
    if (digits == 0 || digits > NUMBER_DIGITS_MOST)
        return SIGN_NO_NUMBER;
    return (int)strtol(word->folded, NULL, 10); /* stops at the first letter */
}

uint32_t sign_vocabulary_learn_range(struct sign_vocabulary *vocabulary, int least, int most)
{
    for (size_t i = 0; i < vocabulary->range_count; i++)
        if (vocabulary->ranges[i].least == least && vocabulary->ranges[i].most == most)
            return vocabulary->ranges[i].word;
    const char *name = arena_printf(vocabulary->arena, "%d..%d", least, most);
    size_t at = vocabulary->range_count++;
    vocabulary->ranges = with_room(vocabulary->arena, vocabulary->ranges, at,
                                   &vocabulary->range_room, sizeof *vocabulary->ranges);
    vocabulary->ranges[at] =
        (struct number_range){least, most, learn_key(vocabulary, name, strlen(name))};
    return vocabulary->ranges[at].word;
}

/* ---- words that stand for others ---- */

/* The place of a short word, or the one where it belongs. */
static size_t place_of_short(const struct sign_vocabulary *vocabulary, const char *folded)
{
    size_t low = 0;
    size_t high = vocabulary->long_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(vocabulary->longs[middle].folded, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct long_form *long_form_of(const struct sign_vocabulary *vocabulary,
                                            const char *folded)
{
    size_t at = place_of_short(vocabulary, folded);
    bool found = at < vocabulary->long_count && strcmp(vocabulary->longs[at].folded, folded) == 0;
    return found ? &vocabulary->longs[at] : NULL;
}

static size_t copy_tokens(const struct long_form *form, struct sign_token *tokens)
{
    memcpy(tokens, form->tokens, form->count * sizeof *tokens);
    return form->count;
}

/* What it means is learnt with the short words before it: "hes" is "he is" is "i is". */
static void learn_short(struct sign_vocabulary *vocabulary, const struct sign_short *row,
                        struct arena *scratch)
{
    struct text_words word = text_cut(row->word, strlen(row->word), scratch);
    struct text_words means = text_cut(row->means, strlen(row->means), scratch);
    if (word.count != 1 || long_form_of(vocabulary, word.items[0].folded) != NULL)
        return;
    struct long_form form = {.folded = arena_strdup(vocabulary->arena, word.items[0].folded)};
    for (size_t i = 0; i < means.count; i++) {
        struct sign_token tokens[SIGN_TOKENS_OF_ONE_MOST];
        size_t count = sign_vocabulary_learn(vocabulary, &means.items[i], tokens);
        for (size_t j = 0; j < count && form.count < LONG_FORM_MOST; j++)
            form.tokens[form.count++] = tokens[j];
    }
    size_t at = place_of_short(vocabulary, form.folded);
    memmove(&vocabulary->longs[at + 1], &vocabulary->longs[at],
            (vocabulary->long_count - at) * sizeof *vocabulary->longs);
    vocabulary->longs[at] = form;
    vocabulary->long_count++;
}

/* ---- learning ---- */

/* A role is that of a single word; several words are a phrase. */
static void learn_role(struct sign_vocabulary *vocabulary, const char *const *texts,
                       enum sign_role role, struct arena *scratch)
{
    for (; *texts != NULL; texts++) {
        struct text_words words = text_cut(*texts, strlen(*texts), scratch);
        if (words.count != 1)
            continue;
        uint32_t word = learn_key(vocabulary, words.items[0].stem, words.items[0].stem_length);
        vocabulary->known[word].roles |= (unsigned)role;
    }
}

struct sign_vocabulary *sign_vocabulary_new(const struct sign_negation *negation,
                                            const struct lexicon *lexicon, struct phrase_tree *tree,
                                            struct arena *arena)
{
    struct sign_vocabulary *vocabulary = arena_alloc(arena, sizeof *vocabulary);
    *vocabulary = (struct sign_vocabulary){
        .lexicon = lexicon,
        .tree = tree,
        .arena = arena,
        .known = arena_array(arena, FIRST_ROOM, sizeof *vocabulary->known),
        .known_room = FIRST_ROOM,
        .spellings = arena_array(arena, FIRST_ROOM, sizeof *vocabulary->spellings),
        .spelling_room = FIRST_ROOM,
        .longs = arena_array(arena, negation->short_count + 1, sizeof *vocabulary->longs),
        .ranges = arena_array(arena, FIRST_ROOM, sizeof *vocabulary->ranges),
        .range_room = FIRST_ROOM,
    };
    struct arena *scratch = arena_new();
    learn_role(vocabulary, negation->negators, SIGN_DENIES, scratch);
    learn_role(vocabulary, negation->breaks, SIGN_BREAKS, scratch);
    learn_role(vocabulary, negation->joins, SIGN_JOINS, scratch);
    learn_role(vocabulary, negation->fillers, SIGN_FILLS, scratch);
    learn_role(vocabulary, negation->whole, SIGN_IS_WHOLE, scratch);
    for (size_t i = 0; i < negation->short_count; i++)
        learn_short(vocabulary, &negation->shorts[i], scratch);
    arena_free(scratch);
    return vocabulary;
}

size_t sign_vocabulary_learn(struct sign_vocabulary *vocabulary, const struct text_word *word,
                             struct sign_token tokens[SIGN_TOKENS_OF_ONE_MOST])
{
    const struct long_form *form = long_form_of(vocabulary, word->folded);
    if (form != NULL)
        return copy_tokens(form, tokens);
    char key[TEXT_LONGEST_WORD];
    size_t length = key_of(vocabulary, word, key);
    tokens[0].word = learn_key(vocabulary, key, length);
    size_t digits = digits_of(word);
    tokens[0].number = digits == word->folded_length ? number_of(word, digits) : SIGN_NO_NUMBER;
    if (digits == 0)
        learn_spelling(vocabulary, word, tokens[0].word);
    return 1;
}

/* Words with something to do are never what a misspelt one was meant to be. */
static bool may_be_meant(const struct sign_vocabulary *vocabulary, const struct spelling *spelling)
{
    return (roles_of(vocabulary, spelling->word) & ~(unsigned)SIGN_IS_WHOLE) == 0;
}

void sign_vocabulary_settle(struct sign_vocabulary *vocabulary)
{
    size_t *first_of = vocabulary->first_of;
    size_t next[TEXT_LONGEST_WORD + 1];
    vocabulary->by_length =
        arena_array(vocabulary->arena, vocabulary->spelling_count, sizeof *vocabulary->by_length);
    for (size_t i = 1; i <= vocabulary->spelling_count; i++)
        first_of[vocabulary->spellings[i].length + 1] +=
            may_be_meant(vocabulary, &vocabulary->spellings[i]);
    for (size_t length = 0; length <= TEXT_LONGEST_WORD; length++)
        first_of[length + 1] += next[length] = first_of[length];
    for (size_t i = 1; i <= vocabulary->spelling_count; i++)
        if (may_be_meant(vocabulary, &vocabulary->spellings[i]))
            vocabulary->by_length[next[vocabulary->spellings[i].length]++] =
                (struct brief){vocabulary->spellings[i].letters, (uint32_t)i};
}

/* ---- misspellings ---- */

static size_t letters_wrong(size_t length)
{
    return length >= TWO_WRONG_FROM ? 2 : 1;
}

/* True if no more than `most` letters stand in one of two words alone. */
static bool share_letters(uint32_t a, uint32_t b, size_t most)
{
    uint32_t differing = a ^ b;
    for (size_t i = 0; i < most; i++)
        differing &= differing - 1; /* without its lowest bit; 0 stays 0 */
    return differing == 0;
}

struct nearest {
    uint32_t word;
    size_t badness; /* four times the distance, two for another start, one for another end */
};

static void compare_spelling(const struct spelling *spelling, const struct text_word *written,
                             const struct text_pattern *pattern, size_t most,
                             struct nearest *nearest)
{
    size_t distance = text_distance(pattern, spelling->folded, spelling->length, most);
    bool other_end =
        spelling->folded[spelling->length - 1] != written->folded[written->folded_length - 1];
    bool other_start = spelling->folded[0] != written->folded[0];
    size_t badness = 4 * distance + 2 * other_start + other_end;
    bool too_far = distance > most || (distance > 1 && other_start);
    if (!too_far && badness < nearest->badness)
        *nearest = (struct nearest){spelling->word, badness};
}

/* The word that a misspelt one is nearest to; of those as near, one that begins, or ends, alike. A
 * short one may only have two letters swapped. */
static uint32_t guess(const struct sign_vocabulary *vocabulary, const struct text_word *word)
{
    size_t length = word->folded_length;
    bool is_short = length < GUESSED_FROM;
    size_t most = letters_wrong(length);
    size_t longest = length + most < TEXT_LONGEST_WORD ? length + most : TEXT_LONGEST_WORD;
    size_t from = vocabulary->first_of[is_short ? length : length - most];
    size_t to = vocabulary->first_of[(is_short ? length : longest) + 1];
    uint32_t letters = letters_of(word->folded, length);
    struct nearest nearest = {PHRASE_NONE, 4 * (most + 1)};
    struct text_pattern pattern;
    text_pattern_init(&pattern, word->folded, length);
    for (size_t i = from; i < to; i++)
        if (share_letters(vocabulary->by_length[i].letters, letters, is_short ? 0 : 2 * most))
            compare_spelling(&vocabulary->spellings[vocabulary->by_length[i].place], word, &pattern,
                             most, &nearest);
    return nearest.word;
}

static bool may_be_misspelt(const struct sign_vocabulary *vocabulary, const struct text_word *word)
{
    return word->folded_length >= SWAPPED_AT && !is_digit(word->folded[0]) &&
           (vocabulary->lexicon == NULL ||
            lexicon_word(vocabulary->lexicon, word->stem, word->stem_length) == NULL);
}

/* ---- reading ---- */

static uint32_t word_of(const struct sign_vocabulary *vocabulary, const struct text_word *word)
{
    char key[TEXT_LONGEST_WORD];
    size_t length = key_of(vocabulary, word, key);
    return phrase_tree_word(vocabulary->tree, key, length);
}

/* "72yo" is 72 and "yo", "38c" is 38 and "c". */
static size_t part_number(const struct sign_vocabulary *vocabulary, const struct text_word *word,
                          size_t digits, struct sign_token tokens[SIGN_TOKENS_OF_ONE_MOST])
{
    const char *unit = word->folded + digits;
    const struct long_form *form = long_form_of(vocabulary, unit);
    tokens[0] = (struct sign_token){PHRASE_NONE, number_of(word, digits)};
    tokens[1] =
        (struct sign_token){phrase_tree_word(vocabulary->tree, unit, strlen(unit)), SIGN_NO_NUMBER};
    return form == NULL ? 2 : 1 + copy_tokens(form, tokens + 1);
}

size_t sign_vocabulary_read(const struct sign_vocabulary *vocabulary, const struct text_word *word,
                            bool may_guess, bool *guessed,
                            struct sign_token tokens[SIGN_TOKENS_OF_ONE_MOST])
{
    *guessed = false;
    const struct long_form *form = long_form_of(vocabulary, word->folded);
    if (form != NULL)
        return copy_tokens(form, tokens);
    size_t digits = digits_of(word);
    bool parted = digits > 0 && digits < word->folded_length;
    tokens[0] = (struct sign_token){word_of(vocabulary, word),
                                    parted ? SIGN_NO_NUMBER : number_of(word, digits)};
    if (tokens[0].word == PHRASE_NONE && parted)
        return part_number(vocabulary, word, digits, tokens);
    if (tokens[0].word == PHRASE_NONE && may_guess && may_be_misspelt(vocabulary, word)) {
        *guessed = true;
        tokens[0].word = guess(vocabulary, word);
    }
    return 1;
}

bool sign_token_has(const struct sign_vocabulary *vocabulary, struct sign_token token,
                    enum sign_role role)
{
    return (roles_of(vocabulary, token.word) & (unsigned)role) != 0;
}

size_t sign_token_next(const struct sign_vocabulary *vocabulary, struct sign_token token,
                       uint32_t node, uint32_t next[SIGN_NEXT_MOST])
{
    size_t count = 0;
    next[count] = phrase_tree_next(vocabulary->tree, node, token.word);
    count += next[count] != PHRASE_NONE;
    for (size_t i = 0; token.number >= 0 && i < vocabulary->range_count; i++) {
        const struct number_range *range = &vocabulary->ranges[i];
        if (token.number < range->least || token.number > range->most || count == SIGN_NEXT_MOST)
            continue;
        next[count] = phrase_tree_next(vocabulary->tree, node, range->word);
        count += next[count] != PHRASE_NONE;
    }
    return count;
}
