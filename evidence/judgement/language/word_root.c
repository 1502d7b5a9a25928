#include "evidence/judgement/language/word_root.h"

#include <string.h>

/* What must stay before an ending that is taken off. */
enum { LEAST_ROOT = 3, LEAST_BEFORE_LY = 5, LEAST_WITH_E = 4 };

static bool is_vowel(char letter)
{
    return strchr("aeiouy", letter) != NULL && letter != '\0';
}

static bool has_vowel(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (is_vowel(word[i]))
            return true;
    return false;
}

static bool ends_with(const char *word, size_t length, const char *ending)
{
    size_t size = strlen(ending);
    return length >= size && memcmp(word + length - size, ending, size) == 0;
}

/* "stopp" of stopping is stop; "press", "roll" and "buzz" are whole. */
static size_t without_double(const char *word, size_t length)
{
    bool doubled = length > LEAST_ROOT && word[length - 1] == word[length - 2];
    return doubled && strchr("bdgmnprt", word[length - 1]) != NULL ? length - 1 : length;
}

/* Most words end otherwise, which their last letter tells. */
static size_t without_ending(const char *word, size_t length, const char *ending, size_t size)
{
    size_t left = length - size;
    if (word[length - 1] != ending[size - 1] || !ends_with(word, length, ending) ||
        left < LEAST_ROOT || !has_vowel(word, left))
        return length;
    return without_double(word, left);
}

/* Whole words of digits keep their letters: 3x, 850nm. */
static bool starts_with_digit(const char *word)
{
    return word[0] >= '0' && word[0] <= '9';
}

size_t word_root(const struct text_word *word, char out[TEXT_LONGEST_WORD])
{
    size_t length = word->stem_length;
    memcpy(out, word->stem, length);
    if (length < LEAST_ROOT || starts_with_digit(out))
        return length;
    if (ends_with(out, length, "ly") && length >= LEAST_BEFORE_LY + 2)
        length -= 2;
    size_t before = length;
    length = without_ending(out, length, "ing", 3);
    if (length == before)
        length = without_ending(out, length, "ed", 2);
    if (out[length - 1] == 'e' && length >= LEAST_WITH_E)
        length--;
    /* The stem of "stopping" is "stopp" already. */
    if (length == word->stem_length && word->folded_length > word->stem_length + 1)
        length = without_double(out, length);
    if (out[length - 1] == 'y' && length > LEAST_ROOT && !is_vowel(out[length - 2]))
        out[length - 1] = 'i';
    return length;
}
