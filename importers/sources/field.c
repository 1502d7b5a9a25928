#include "importers/sources/field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/json_reader.h"
#include "importers/formats/format.h"
#include "importers/formats/markup.h"

/* Twins are looked for among the first of a list only: real lists are short. */
enum { FIRST_CAPACITY = 8, NUMBER_LONGEST = 64, TWINS_MOST = 500 };

const json_t *field_at(const json_t *at, const char *path)
{
    while (at != NULL && *path != '\0') {
        size_t length = strcspn(path, ".");
        at = json_object_getn(at, path, length);
        path += length + (path[length] == '.');
    }
    return json_is_null(at) ? NULL : at;
}

const char *field_line(const json_t *at, const char *path, struct arena *arena)
{
    const json_t *value = field_at(at, path);
    return plain_line(json_string_value(value), json_string_length(value), arena);
}

const char *field_markup(const json_t *at, const char *path, struct arena *arena)
{
    const json_t *value = field_at(at, path);
    return markup_line(json_string_value(value), json_string_length(value), arena);
}

const char *field_paragraphs(const json_t *at, const char *path, struct arena *arena)
{
    const json_t *value = field_at(at, path);
    return markup_paragraphs(json_string_value(value), json_string_length(value), arena);
}

const char *field_bytes(const json_t *at, const char *path)
{
    const char *text = json_string_value(field_at(at, path));
    return text == NULL || *text == '\0' ? NULL : text;
}

bool field_is(const json_t *at, const char *path, const char *word)
{
    const char *text = field_bytes(at, path);
    return text != NULL && strcasecmp(text, word) == 0;
}

static double number_in(const char *text, size_t length)
{
    if (length == 0 || length > NUMBER_LONGEST || strspn(text, "+-.0123456789eE") != length)
        return NAN;
    char *after;
    double value = strtod(text, &after);
    return after == text + length && isfinite(value) ? value : NAN;
}

double field_number_in(const char *text)
{
    return number_in(text, strlen(text));
}

double field_number(const json_t *at, const char *path)
{
    const json_t *value = field_at(at, path);
    if (json_is_string(value))
        return number_in(json_string_value(value), json_string_length(value));
    return json_is_number(value) ? json_number_value(value) : NAN;
}

int field_count(const json_t *at, const char *path, int least, int most)
{
    double value = field_number(at, path);
    bool counts = value >= least && value <= most && value == floor(value);
    return counts ? (int)value : COUNT_UNKNOWN;
}

const char *field_issn(const json_t *at, const char *path, struct arena *arena)
{
    static const char digits[] = "0123456789";
    const char *text = field_bytes(at, path);
    if (text == NULL || strspn(text, digits) != 4 || text[4] != '-')
        return NULL;
    size_t behind = strspn(text + 5, digits);
    bool lettered = behind == 3 && (text[8] == 'x' || text[8] == 'X');
    if (behind != 4 && !lettered)
        return NULL;
    char *issn = arena_strndup(arena, text, 9);
    if (lettered)
        issn[8] = 'X';
    return issn;
}

bool field_true(const json_t *at, const char *path)
{
    return json_is_true(field_at(at, path));
}

size_t field_length(const json_t *at, const char *path)
{
    size_t length = json_array_size(field_at(at, path));
    return length < FORMAT_LIST_MOST ? length : FORMAT_LIST_MOST;
}

/* ---- lists ---- */

static void make_room(struct lines *lines, struct arena *arena)
{
    if (lines->count < lines->capacity)
        return;
    lines->capacity = lines->capacity == 0 ? FIRST_CAPACITY : lines->capacity * 2;
    const char **items = arena_array(arena, lines->capacity, sizeof *items);
    if (lines->count > 0)
        memcpy(items, lines->items, lines->count * sizeof *items);
    lines->items = items;
}

static bool holds(const struct lines *lines, const char *text)
{
    for (size_t i = 0; i < lines->count && i < TWINS_MOST; i++)
        if (strcmp(lines->items[i], text) == 0)
            return true;
    return false;
}

void lines_add(struct lines *lines, const char *text, struct arena *arena)
{
    if (text == NULL || lines->count >= FORMAT_LIST_MOST || holds(lines, text))
        return;
    make_room(lines, arena);
    lines->items[lines->count++] = text;
}

const char *const *lines_list(const struct lines *lines, struct arena *arena)
{
    const char **list = arena_array(arena, lines->count + 1, sizeof *list);
    if (lines->count > 0)
        memcpy(list, lines->items, lines->count * sizeof *list);
    return list;
}

void lines_add_all(struct lines *lines, const json_t *at, const char *path, const char *key,
                   struct arena *arena)
{
    const json_t *list = field_at(at, path);
    size_t count = field_length(list, "");
    for (size_t i = 0; i < count; i++)
        lines_add(lines, field_markup(json_array_get(list, i), key, arena), arena);
}
