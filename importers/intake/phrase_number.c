#include "importers/intake/phrase_number.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/json_reader.h"

enum { MOST = 10000000, FIRST_YEAR = 1950, LAST_YEAR = 2050 };

static const struct {
    const char *word;
    int value;
} number_words[] = {
    {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},     {"six", 6},
    {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},     {"eleven", 11},
    {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16},
    {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},  {"thirty", 30},
    {"forty", 40},     {"fourty", 40},   {"fifty", 50},    {"sixty", 60},   {"seventy", 70},
    {"eighty", 80},    {"ninety", 90},   {"one", 1},
};

static const struct phrase_number no_number = {.value = COUNT_UNKNOWN};

static int small_number(const struct phrase_text *text, size_t word)
{
    const char *folded = word < text->words.count ? text->words.items[word].folded : "";
    for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++)
        if (*folded == *number_words[i].word && strcmp(folded, number_words[i].word) == 0)
            return number_words[i].value;
    return 0;
}

static bool gap_is(const struct phrase_text *text, size_t word, const char *wanted)
{
    size_t length;
    const char *gap = phrase_gap(text, word, &length);
    return length == strlen(wanted) && memcmp(gap, wanted, length) == 0;
}

static bool is_digits(const struct phrase_text *text, size_t word, size_t count)
{
    if (word >= text->words.count)
        return false;
    const struct text_word *item = &text->words.items[word];
    size_t length = item->end - item->start;
    if (count > 0 && length != count)
        return false;
    for (size_t i = item->start; i < item->end; i++)
        if (!isdigit((unsigned char)text->text[i]))
            return false;
    return length > 0 && length <= 8;
}

/* "Forty-five", "one hundred and twenty", "two thousand three hundred". */
static struct phrase_number number_in_words(const struct phrase_text *text, size_t word)
{
    long total = 0, part = 0;
    size_t at = word;
    bool any = false;
    for (; at < text->words.count && !(at > word && phrase_breaks_before(text, at)); at++) {
        int small = small_number(text, at);
        if (at > word && text->words.items[at].apart)
            break;
        if (small > 0 && (part % 100 == 0 || (part % 10 == 0 && part % 100 >= 20 && small < 10)))
            part += small;
        else if (phrase_is(text, at, "hundred") && part > 0 && part < 100)
            part *= 100;
        else if (phrase_is(text, at, "thousand") && part > 0 && total == 0) {
            total = part * 1000;
            part = 0;
        } else if (!(any && phrase_is(text, at, "and") && part % 100 == 0 &&
                     small_number(text, at + 1) > 0))
            break;
        any = true;
    }
    if (!any)
        return no_number;
    return (struct phrase_number){.value = (int)(total + part), .end = at};
}

/* Nothing but a sign stands between a word and the next: "0.05", "18-65", "62-year". */
static bool is_joined(const struct phrase_text *text, size_t word)
{
    size_t length;
    const char *gap = phrase_gap(text, word, &length);
    return word + 1 < text->words.count && length > 0 && memchr(gap, ' ', length) == NULL &&
           memchr(gap, '\n', length) == NULL && memchr(gap, '(', length) == NULL &&
           memchr(gap, ')', length) == NULL;
}

static bool is_part_of_another(const struct phrase_text *text, size_t first, size_t end)
{
    size_t length;
    const char *behind = phrase_gap(text, end - 1, &length);
    if (first > 0 && is_digits(text, first - 1, 0) && is_joined(text, first - 1))
        return true;
    if (length > 0 && (*behind == '%' || strncmp(behind, " %", 2) == 0))
        return true;
    bool sign = length > 0 && strchr(".,:;=", *behind) == NULL;
    return is_joined(text, end - 1) && (is_digits(text, end, 0) || sign);
}

struct phrase_number phrase_number_in_digits(const struct phrase_text *text, size_t word)
{
    if (!is_digits(text, word, 0))
        return no_number;
    long value = atol(text->text + text->words.items[word].start);
    size_t end = word + 1;
    while (value < MOST && is_digits(text, end, 3) && gap_is(text, end - 1, ",")) {
        value = value * 1000 + atol(text->text + text->words.items[end].start);
        end++;
    }
    bool grouped = end > word + 1;
    bool year = !grouped && value >= FIRST_YEAR && value <= LAST_YEAR;
    if (value > MOST || year || is_part_of_another(text, word, end))
        return (struct phrase_number){.value = COUNT_UNKNOWN, .end = end};
    return (struct phrase_number){.value = (int)value, .end = end};
}

struct phrase_number phrase_number_at(const struct phrase_text *text, size_t word)
{
    struct phrase_number number = phrase_number_in_digits(text, word);
    return number.end > 0 ? number : number_in_words(text, word);
}
