#include "importers/formats/bibtex_entry.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/format.h"

enum { FIRST_FIELDS = 32, LOST_SHOWN = 40 };

struct parser {
    const char *at;
    const char *end;
    const json_t *macros;
    struct arena *arena;
    struct buffer value;
};

/* ---- text ---- */

static void skip(struct parser *parser, const char *bytes)
{
    while (parser->at < parser->end && *parser->at != '\0' && strchr(bytes, *parser->at) != NULL)
        parser->at++;
}

static const char blanks[] = " \t\n\f\v";
static const char blanks_and_commas[] = " \t\n\f\v,";

static const char *lowered(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_strndup(arena, text, length);
    for (char *at = copy; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    return copy;
}

static bool is_byte(const struct parser *parser, char c)
{
    return parser->at < parser->end && *parser->at == c;
}

/* Past what `open` began, braces matched and escapes respected; its inside goes into the value. */
static void take_delimited(struct parser *parser, char close)
{
    int depth = 0;
    const char *start = ++parser->at;
    for (; parser->at < parser->end; parser->at++) {
        char c = *parser->at;
        if (c == close && depth == 0)
            break;
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (c == '\\' && parser->at + 1 < parser->end && strchr("{}\\", parser->at[1]) != NULL)
            parser->at++;
    }
    const char *end = parser->at < parser->end ? parser->at : parser->end;
    buffer_append(&parser->value, start, (size_t)(end - start));
    parser->at = end + (end < parser->end);
}

/* A number, or the name of a macro; one that nobody defined stands for itself, as the months do. */
static void take_word(struct parser *parser)
{
    const char *start = parser->at;
    while (parser->at < parser->end && strchr(" \t\n\f\v,#{}\"", *parser->at) == NULL)
        parser->at++;
    size_t length = (size_t)(parser->at - start);
    const json_t *value = json_object_get(parser->macros, lowered(parser->arena, start, length));
    if (value == NULL)
        buffer_append(&parser->value, start, length);
    else
        buffer_append(&parser->value, json_string_value(value), json_string_length(value));
}

/* ---- fields ---- */

/* Parts joined with '#'. */
static bool take_value(struct parser *parser, struct bibtex_field *field, struct error *err)
{
    buffer_clear(&parser->value);
    do {
        skip(parser, blanks);
        if (is_byte(parser, '{'))
            take_delimited(parser, '}');
        else if (is_byte(parser, '"'))
            take_delimited(parser, '"');
        else
            take_word(parser);
        if (parser->value.length > FORMAT_FIELD_MOST)
            return error_set(err, ERROR_LIMIT, "its field %.40s has more than %d bytes",
                             field->name, (int)FORMAT_FIELD_MOST);
        skip(parser, blanks);
    } while (is_byte(parser, '#') && parser->at++ < parser->end);
    field->value =
        arena_strndup(parser->arena, buffer_string(&parser->value), parser->value.length);
    field->length = parser->value.length;
    return true;
}

static struct bibtex_field *add_field(struct bibtex_entry *entry, size_t *capacity,
                                      struct arena *arena)
{
    if (entry->count == *capacity) {
        *capacity = *capacity == 0 ? FIRST_FIELDS : *capacity * 2;
        struct bibtex_field *fields = arena_array(arena, *capacity, sizeof *fields);
        if (entry->count > 0)
            memcpy(fields, entry->fields, entry->count * sizeof *fields);
        entry->fields = fields;
    }
    return &entry->fields[entry->count++];
}

/* Reads up to the '=' behind a field's name. False, with what stands there, if there is none before
 * the next comma. */
static bool take_name(struct parser *parser, const char **name, const char **lost)
{
    const char *start = parser->at;
    while (parser->at < parser->end && strchr("=,{}\"", *parser->at) == NULL)
        parser->at++;
    const char *end = parser->at;
    while (end > start && strchr(blanks, end[-1]) != NULL)
        end--;
    if (is_byte(parser, '=') && end > start) {
        parser->at++;
        *name = lowered(parser->arena, start, (size_t)(end - start));
        return true;
    }
    size_t shown = (size_t)(end - start);
    if (*lost == NULL)
        *lost = arena_strndup(parser->arena, start, shown < LOST_SHOWN ? shown : LOST_SHOWN);
    if (is_byte(parser, '{'))
        take_delimited(parser, '}');
    else if (parser->at < parser->end)
        parser->at++;
    return false;
}

static bool take_fields(struct parser *parser, struct bibtex_entry *out, const char **lost,
                        struct error *err)
{
    size_t capacity = 0;
    *lost = NULL;
    for (skip(parser, blanks_and_commas); parser->at < parser->end;
         skip(parser, blanks_and_commas)) {
        const char *name;
        if (!take_name(parser, &name, lost))
            continue;
        if (out->count == FORMAT_LIST_MOST)
            return error_set(err, ERROR_LIMIT, "it has more than %d fields", (int)FORMAT_LIST_MOST);
        struct bibtex_field *field = add_field(out, &capacity, parser->arena);
        field->name = name;
        if (!take_value(parser, field, err))
            return false;
        out->bytes += field->length;
        if (out->bytes > FORMAT_RECORD_MOST)
            return error_set(err, ERROR_LIMIT, "its fields have more than %d bytes",
                             (int)FORMAT_RECORD_MOST);
    }
    return true;
}

/* The key ends with a comma; an entry without one begins with its first field. */
static const char *take_key(struct parser *parser)
{
    skip(parser, blanks);
    const char *start = parser->at;
    const char *end = start;
    while (end < parser->end && strchr(" \t\n\f\v,={}\"", *end) == NULL)
        end++;
    const char *key = arena_strndup(parser->arena, start, (size_t)(end - start));
    parser->at = end;
    skip(parser, blanks);
    if (is_byte(parser, ',') || parser->at == parser->end)
        return key;
    parser->at = start;
    return "";
}

bool bibtex_entry_read(const char *type, const char *body, size_t length,
                       const struct bibtex_macros *macros, struct arena *arena,
                       struct bibtex_entry *out, const char **lost, struct error *err)
{
    struct parser parser = {
        .at = body, .end = body + length, .macros = macros->values, .arena = arena};
    *out = (struct bibtex_entry){.type = arena_strdup(arena, type)};
    out->key = take_key(&parser);
    bool ok = take_fields(&parser, out, lost, err);
    buffer_release(&parser.value);
    return ok;
}

const struct bibtex_field *bibtex_entry_field(const struct bibtex_entry *entry, const char *name)
{
    for (size_t i = 0; i < entry->count; i++)
        if (strcmp(entry->fields[i].name, name) == 0)
            return &entry->fields[i];
    return NULL;
}

/* ---- macros ---- */

bool bibtex_macros_read(struct bibtex_macros *macros, const char *body, size_t length,
                        struct error *err)
{
    struct arena *arena = arena_new();
    struct parser parser = {
        .at = body, .end = body + length, .macros = macros->values, .arena = arena};
    struct bibtex_entry read = {0};
    const char *lost;
    bool ok = take_fields(&parser, &read, &lost, err);
    for (size_t i = 0; ok && i < read.count; i++) {
        const struct bibtex_field *field = &read.fields[i];
        macros->bytes += strlen(field->name) + field->length;
        json_object_set_new(macros->values, field->name, json_stringn(field->value, field->length));
    }
    buffer_release(&parser.value);
    arena_free(arena);
    if (ok && macros->bytes > BIBTEX_MACRO_BYTES_MOST)
        return error_set(err, ERROR_LIMIT, "the file's macros have more than %d bytes",
                         (int)BIBTEX_MACRO_BYTES_MOST);
    return ok;
}

void bibtex_macros_init(struct bibtex_macros *macros)
{
    *macros = (struct bibtex_macros){.values = json_object()};
}

void bibtex_macros_release(struct bibtex_macros *macros)
{
    json_decref(macros->values);
}
