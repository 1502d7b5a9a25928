#include "importers/sources/ctgov_text.h"

#include <ctype.h>
#include <string.h>

#include "importers/formats/markup.h"
#include "importers/sources/field.h"

/* CommonMark 2.4: a backslash before ASCII punctuation is none. */
static char *unescaped(const json_t *value, struct arena *arena, size_t *length)
{
    const char *text = json_string_value(value);
    size_t size = json_string_length(value), kept = 0;
    char *out = arena_strndup(arena, text, size);
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\\' && i + 1 < size && ispunct((unsigned char)text[i + 1]))
            i++;
        out[kept++] = text[i];
    }
    *length = kept;
    return out;
}

const char *ctgov_line(const json_t *at, const char *path, struct arena *arena)
{
    const json_t *value = field_at(at, path);
    size_t length = 0;
    if (!json_is_string(value))
        return NULL;
    const char *text = unescaped(value, arena, &length);
    return plain_line(text, length, arena);
}

const char *ctgov_paragraphs(const json_t *at, const char *path, struct arena *arena)
{
    const json_t *value = field_at(at, path);
    size_t length = 0;
    if (!json_is_string(value))
        return NULL;
    const char *text = unescaped(value, arena, &length);
    return plain_paragraphs(text, length, arena);
}

const char *ctgov_words(const char *constant, struct arena *arena)
{
    char *words = arena_strdup(arena, constant);
    for (char *at = words; at != NULL && *at != '\0'; at++)
        *at = *at == '_' ? ' ' : (char)tolower((unsigned char)*at);
    return words;
}

static const char *next_letter(const char *at, const char *end)
{
    while (at < end && !isalnum((unsigned char)*at) && (unsigned char)*at < 0x80)
        at++;
    return at;
}

bool ctgov_same_title(const char *one, size_t length, const char *other)
{
    const char *end = one + length, *other_end = other + strlen(other);
    for (;;) {
        one = next_letter(one, end);
        other = next_letter(other, other_end);
        if (one == end || other == other_end)
            return one == end && other == other_end;
        if (tolower((unsigned char)*one++) != tolower((unsigned char)*other++))
            return false;
    }
}
