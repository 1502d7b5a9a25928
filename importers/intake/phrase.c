#include "importers/intake/phrase.h"

#include <ctype.h>
#include <string.h>

struct phrase_text phrase_cut(const char *text, size_t most, struct arena *arena)
{
    if (text == NULL)
        return (struct phrase_text){.text = ""};
    size_t length = strnlen(text, most);
    while (length == most && length > 0 && text[length - 1] != ' ' && text[length - 1] != '\n')
        length--;
    return (struct phrase_text){.text = text, .words = text_cut(text, length, arena)};
}

/* One of the alternatives in "a|b*". */
static bool is_alternative(const struct text_word *word, const char *wanted, size_t length)
{
    bool beginning = length > 0 && wanted[length - 1] == '*';
    length -= beginning;
    if (beginning ? word->folded_length < length : word->folded_length != length)
        return false;
    return memcmp(word->folded, wanted, length) == 0;
}

static bool is_any(const struct text_word *word, const char *wanted, size_t length)
{
    const char *end = wanted + length;
    while (wanted < end) {
        const char *bar = wanted;
        while (bar < end && *bar != '|')
            bar++;
        if (*wanted == *word->folded && is_alternative(word, wanted, (size_t)(bar - wanted)))
            return true;
        wanted = bar + 1;
    }
    return false;
}

bool phrase_is(const struct phrase_text *text, size_t word, const char *wanted)
{
    return word < text->words.count && is_any(&text->words.items[word], wanted, strlen(wanted));
}

/* Between digits a full stop or colon is part of a number or a ratio. */
static bool is_break(const char *at, const char *end)
{
    bool digits = isdigit((unsigned char)at[-1]) && at + 1 == end && isdigit((unsigned char)*end);
    return *at == '\n' || (strchr(".:;?!", *at) != NULL && !digits);
}

bool phrase_breaks_before(const struct phrase_text *text, size_t word)
{
    if (word == 0)
        return true;
    const char *end = text->text + text->words.items[word].start;
    for (const char *at = text->text + text->words.items[word - 1].end; at < end; at++)
        if (is_break(at, end))
            return true;
    return false;
}

static size_t match_from(const struct phrase_text *text, size_t word, const char *pattern,
                         bool first);

/* "~3 rest": the rest, behind up to three words. */
static size_t match_gap(const struct phrase_text *text, size_t word, const char *pattern,
                        size_t length)
{
    size_t most = (size_t)(pattern[1] - '0');
    for (size_t skipped = 0; skipped <= most && word + skipped < text->words.count; skipped++) {
        if (phrase_breaks_before(text, word + skipped))
            return 0;
        size_t end = match_from(text, word + skipped, pattern + length, false);
        if (end > 0)
            return end;
    }
    return 0;
}

static size_t match_from(const struct phrase_text *text, size_t word, const char *pattern,
                         bool first)
{
    pattern += strspn(pattern, " ");
    if (*pattern == '\0')
        return word;
    size_t length = strcspn(pattern, " ");
    if (*pattern == '$')
        return word == text->words.count || phrase_breaks_before(text, word) ? word : 0;
    if (*pattern == '~')
        return match_gap(text, word, pattern, length);
    bool optional = pattern[length - 1] == '?';
    bool there = word < text->words.count && (first || !phrase_breaks_before(text, word)) &&
                 is_any(&text->words.items[word], pattern, length - optional);
    size_t end = there ? match_from(text, word + 1, pattern + length, false) : 0;
    return end == 0 && optional ? match_from(text, word, pattern + length, first) : end;
}

size_t phrase_match(const struct phrase_text *text, size_t word, const char *pattern)
{
    if (*pattern == '^')
        return word == 0 ? match_from(text, word, pattern + 1, true) : 0;
    return match_from(text, word, pattern, true);
}

size_t phrase_find(const struct phrase_text *text, const char *pattern, size_t *first)
{
    for (*first = 0; *first < text->words.count; ++*first) {
        size_t end = phrase_match(text, *first, pattern);
        if (end > 0)
            return end;
    }
    return 0;
}

const char *phrase_gap(const struct phrase_text *text, size_t word, size_t *length)
{
    const struct text_word *items = text->words.items;
    const char *start = text->text + items[word].end;
    *length =
        word + 1 < text->words.count ? items[word + 1].start - items[word].end : strlen(start);
    return start;
}

bool phrase_gap_has(const struct phrase_text *text, size_t word, char sign)
{
    size_t length;
    const char *gap = phrase_gap(text, word, &length);
    return memchr(gap, sign, length) != NULL;
}

const char *phrase_words(const struct phrase_text *text, size_t first, size_t end, size_t most,
                         struct arena *arena)
{
    const char *start = text->text + text->words.items[first].start;
    size_t length = (size_t)(text->text + text->words.items[end - 1].end - start);
    if (length > most)
        length = most - 3;
    while (length > 0 && ((unsigned char)start[length] & 0xC0) == 0x80)
        length--; /* not within a character */
    char *copy = arena_strndup(arena, start, length);
    for (char *at = copy; (at = strpbrk(at, "\n\r\t")) != NULL;)
        *at = ' ';
    return copy;
}
