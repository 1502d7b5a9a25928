#include "evidence/judgement/language/lexicon_parts.h"

#include <string.h>

const struct language *lexicon_language(const struct lexicon *lexicon)
{
    return &lexicon->language;
}

void lexicon_belongs_to(struct lexicon *lexicon, const struct base *base)
{
    lexicon->base = base;
}

const struct base *lexicon_base(const struct lexicon *lexicon)
{
    return lexicon->base;
}

/* ---- phrases ---- */

struct lexicon_range lexicon_all(const struct lexicon *lexicon)
{
    return (struct lexicon_range){.end = lexicon->phrase_count};
}

const struct phrase *lexicon_phrases(const struct lexicon *lexicon, size_t *count)
{
    *count = lexicon->phrase_count;
    return lexicon->phrases;
}

/* The first phrase of the range whose byte at its depth is not below `byte`; keys end with NUL. */
static size_t lower_bound(const struct lexicon *lexicon, const struct lexicon_range *range,
                          unsigned byte)
{
    size_t low = range->first;
    size_t high = range->end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((unsigned char)lexicon->phrases[middle].key[range->depth] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool lexicon_narrow(const struct lexicon *lexicon, struct lexicon_range *range, const char *bytes,
                    size_t length)
{
    for (size_t i = 0; i < length && range->first < range->end; i++) {
        unsigned byte = (unsigned char)bytes[i];
        size_t first = lower_bound(lexicon, range, byte);
        range->end = lower_bound(lexicon, range, byte + 1);
        range->first = first;
        range->depth++;
    }
    return range->first < range->end;
}

const struct phrase *lexicon_complete(const struct lexicon *lexicon,
                                      const struct lexicon_range *range, size_t *count)
{
    size_t end = range->first;
    while (end < range->end && lexicon->phrases[end].key_length == range->depth)
        end++;
    *count = end - range->first;
    return lexicon->phrases + range->first;
}

/* ---- words ---- */

const struct lexicon_word *lexicon_word(const struct lexicon *lexicon, const char *stem,
                                        size_t length)
{
    size_t low = 0;
    size_t high = lexicon->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct lexicon_word *word = &lexicon->words[middle];
        size_t shared = word->length < length ? word->length : length;
        int order = memcmp(word->stem, stem, shared);
        if (order == 0 && word->length == length)
            return word;
        if (order < 0 || (order == 0 && word->length < length))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool lexicon_lists(const char *const *list, const struct text_word *word)
{
    for (; *list != NULL; list++)
        if (text_is(*list, word->stem))
            return true;
    return false;
}

/* ---- misspellings ---- */

uint32_t letters_of(const char *word, size_t length)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < length; i++) {
        bool letter = word[i] >= 'a' && word[i] <= 'z';
        letters |= 1u << (letter ? word[i] - 'a' : OTHER_LETTER_BIT);
    }
    return letters;
}

enum { SHORTEST_FORGIVEN = 3, TWO_EDITS_FROM = 8 };

struct guessing {
    struct text_pattern pattern;
    const struct text_word *typed;
    uint32_t letters;
    size_t most; /* edits */
    struct lexicon_guess *guesses;
    size_t count;
};

static unsigned bits_of(uint32_t value)
{
    unsigned count = 0;
    for (; value != 0; value &= value - 1)
        count++;
    return count;
}

/* "nek", "kne": a letter left out inside, both ends right. */
static bool lost_an_inner_letter(const struct text_word *typed, const struct lexicon_word *word)
{
    return word->length == typed->stem_length + 1 && word->stem[0] == typed->stem[0] &&
           word->stem[word->length - 1] == typed->stem[typed->stem_length - 1];
}

static bool better_guess(const struct guessing *guessing, const struct lexicon_guess *a,
                         const struct lexicon_guess *b)
{
    char first = guessing->typed->stem[0];
    if (a->distance != b->distance)
        return a->distance < b->distance;
    if ((a->word->stem[0] == first) != (b->word->stem[0] == first))
        return a->word->stem[0] == first;
    return strcmp(a->word->stem, b->word->stem) < 0;
}

static void keep_guess(struct guessing *guessing, struct lexicon_guess guess)
{
    size_t at = guessing->count;
    while (at > 0 && better_guess(guessing, &guess, &guessing->guesses[at - 1]))
        at--;
    if (at == LEXICON_GUESSES)
        return;
    if (guessing->count < LEXICON_GUESSES)
        guessing->count++;
    for (size_t i = guessing->count - 1; i > at; i--)
        guessing->guesses[i] = guessing->guesses[i - 1];
    guessing->guesses[at] = guess;
}

static void try_word(struct guessing *guessing, const struct lexicon_word *word)
{
    /* Every edit changes at most two letters of the set. */
    if (bits_of(word->letters ^ guessing->letters) > 2 * guessing->most)
        return;
    if (word->length < SHORTEST_FORGIVEN)
        return;
    size_t distance = text_distance(&guessing->pattern, word->stem, word->length, guessing->most);
    if (distance > guessing->most)
        return;
    bool two_are_too_many =
        word->length < TWO_EDITS_FROM || !word->named || word->stem[0] != guessing->typed->stem[0];
    if (distance == 2 && two_are_too_many)
        return;
    bool weak = guessing->typed->folded_length == SHORTEST_FORGIVEN &&
                !lost_an_inner_letter(guessing->typed, word);
    keep_guess(guessing, (struct lexicon_guess){.word = word, .distance = distance, .weak = weak});
}

/* Only letters of the alphabet: a misspelt number is another number. */
static bool can_be_misspelt(const struct text_word *word)
{
    return word->folded_length >= SHORTEST_FORGIVEN && word->stem_length >= SHORTEST_FORGIVEN &&
           (letters_of(word->folded, word->folded_length) & 1u << OTHER_LETTER_BIT) == 0;
}

size_t lexicon_guess(const struct lexicon *lexicon, const struct text_word *word,
                     struct lexicon_guess guesses[LEXICON_GUESSES])
{
    if (!can_be_misspelt(word))
        return 0;
    struct guessing guessing = {.typed = word,
                                .letters = letters_of(word->stem, word->stem_length),
                                .most = word->folded_length >= TWO_EDITS_FROM ? 2 : 1,
                                .guesses = guesses};
    text_pattern_init(&guessing.pattern, word->stem, word->stem_length);
    size_t shortest = word->stem_length - guessing.most;
    size_t longest = word->stem_length + guessing.most;
    if (longest > TEXT_LONGEST_WORD)
        longest = TEXT_LONGEST_WORD;
    size_t end = lexicon->length_starts[longest + 1];
    for (size_t i = lexicon->length_starts[shortest]; i < end; i++)
        try_word(&guessing, lexicon->by_length[i]);
    while (guessing.count > 0 && guesses[guessing.count - 1].distance > guesses[0].distance)
        guessing.count--;
    return guessing.count;
}
