#include "evidence/judgement/language/plain_text.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/text.h"

enum { LONGEST_NAME = 16, LONGEST_ENTITY = 10, UTF8_BYTES = 4 };

struct reading {
    const char *text;
    size_t length;
    size_t at;
    char *out;
    uint32_t *places;
    size_t written;
    bool no_comment_end; /* looked for once and not found: not looked for again */
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void put(struct reading *reading, char byte, size_t place)
{
    reading->out[reading->written] = byte;
    reading->places[reading->written++] = (uint32_t)place;
}

/* ---- tags ---- */

struct tag {
    size_t end; /* first byte after it */
    bool closing;
    char name[LONGEST_NAME]; /* lower case, cut */
};

static size_t read_name(const char *text, size_t length, char name[LONGEST_NAME])
{
    size_t size = 0;
    size_t kept = 0;
    for (; size < length && (is_letter(text[size]) || is_digit(text[size])); size++)
        if (kept + 1 < LONGEST_NAME)
            name[kept++] = (char)(text[size] | 0x20);
    name[kept] = '\0';
    return size;
}

/* The end of an attribute's value in quotation marks that begins at `at`, `at` where it is not
 * closed before another '<'. */
static size_t end_of_value(const struct reading *reading, size_t at)
{
    char quote = reading->text[at];
    bool opens = (quote == '"' || quote == '\'') && reading->text[at - 1] == '=';
    for (size_t end = at + 1; opens && end < reading->length && reading->text[end] != '<'; end++)
        if (reading->text[end] == quote)
            return end;
    return at;
}

/* A name, then anything but another '<' up to '>'. */
static bool read_tag(const struct reading *reading, struct tag *out)
{
    size_t at = reading->at + 1;
    *out = (struct tag){.closing = at < reading->length && reading->text[at] == '/'};
    at += out->closing;
    if (at >= reading->length || (!is_letter(reading->text[at]) && reading->text[at] != '!'))
        return false;
    at += read_name(reading->text + at, reading->length - at, out->name);
    while (at < reading->length && reading->text[at] != '>' && reading->text[at] != '<')
        at = end_of_value(reading, at) + 1;
    if (at >= reading->length || reading->text[at] != '>')
        return false;
    out->end = at + 1;
    return true;
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* Tags that do not part what stands before from what stands after; all others do. */
static bool is_inline(const char *name)
{
    static const char *const names[] = {
        "a",    "abbr", "acronym", "b",    "bdi",   "bdo",  "big",    "cite",   "code",
        "data", "del",  "dfn",     "em",   "font",  "i",    "img",    "ins",    "kbd",
        "mark", "q",    "s",       "samp", "small", "span", "strike", "strong", "sub",
        "sup",  "time", "tt",      "u",    "var",   "wbr",  NULL};
    return is_one_of(name, names);
}

static bool is_heading(const char *name)
{
    return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

/* Elements whose content nobody reads. */
static bool is_hidden(const char *name)
{
    static const char *const names[] = {"head",  "iframe", "noscript", "object", "script",
                                        "style", "svg",    "template", "title",  NULL};
    return is_one_of(name, names);
}

/* The end of a hidden element: after its closing tag; the end of the start tag where it has none.
 */
static size_t end_of_hidden(const struct reading *reading, const struct tag *tag)
{
    size_t name = strlen(tag->name);
    for (size_t at = tag->end; at + name + 2 < reading->length; at++) {
        const char *next = memchr(reading->text + at, '<', reading->length - at);
        if (next == NULL)
            break;
        at = (size_t)(next - reading->text);
        if (at + name + 2 < reading->length && next[1] == '/' &&
            strncasecmp(next + 2, tag->name, name) == 0) {
            const char *end = memchr(next, '>', reading->length - at);
            return end == NULL ? reading->length : (size_t)(end - reading->text) + 1;
        }
    }
    return reading->length;
}

static bool skip_comment(struct reading *reading)
{
    static const char start[] = "<!--";
    size_t left = reading->length - reading->at;
    if (reading->no_comment_end || left < sizeof start - 1 ||
        memcmp(reading->text + reading->at, start, sizeof start - 1) != 0)
        return false;
    const char *end = memmem(reading->text + reading->at, left, "-->", 3);
    reading->no_comment_end = end == NULL;
    if (end == NULL)
        return false;
    reading->at = (size_t)(end - reading->text) + 3;
    return true;
}

static bool skip_tag(struct reading *reading)
{
    struct tag tag;
    if (!read_tag(reading, &tag))
        return false;
    if (!is_inline(tag.name))
        put(reading, '\n', reading->at);
    if (!tag.closing && is_heading(tag.name))
        put(reading, '#', reading->at);
    reading->at = !tag.closing && is_hidden(tag.name) ? end_of_hidden(reading, &tag) : tag.end;
    return true;
}

/* ---- characters by name ---- */

/* The code point of what stands between '&' and ';'; 0 if it has none. */
static uint32_t code_of_name(const char *name)
{
    if (name[0] != '#') {
        const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
        return entity == NULL ? 0 : entity->value;
    }
    bool hex = name[1] == 'x' || name[1] == 'X';
    char *end;
    unsigned long code = strtoul(name + 1 + hex, &end, hex ? 16 : 10);
    bool whole = end != name + 1 + hex && *end == '\0';
    bool allowed = code < 0xD800 || (code > 0xDFFF && code <= 0x10FFFF);
    return whole && allowed ? (uint32_t)code : 0;
}

static size_t encode(uint32_t code, char out[UTF8_BYTES])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1; code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)(0xF00u >> size | code);
    return size;
}

/* "&reg;" in place of what it stands for; false where no name of a character stands here. */
static bool decode_entity(struct reading *reading)
{
    char name[LONGEST_ENTITY + 1] = {0};
    char bytes[UTF8_BYTES];
    size_t start = reading->at + 1;
    size_t length = 0;
    while (start + length < reading->length && length < LONGEST_ENTITY &&
           reading->text[start + length] != ';')
        length++;
    if (length < 2 || length == LONGEST_ENTITY || start + length == reading->length)
        return false;
    memcpy(name, reading->text + start, length);
    uint32_t code = code_of_name(name);
    if (code == 0)
        return false;
    size_t size = encode(code, bytes);
    for (size_t i = 0; i < size; i++)
        put(reading, bytes[i], reading->at);
    reading->at = start + length + 1;
    return true;
}

/* ---- the whole ---- */

static bool has_markup(const char *text, size_t length)
{
    struct reading reading = {.text = text, .length = length};
    for (; reading.at < length; reading.at++) {
        struct tag tag;
        const char *next = memchr(text + reading.at, '<', length - reading.at);
        if (next == NULL)
            return false;
        reading.at = (size_t)(next - text);
        if (read_tag(&reading, &tag))
            return true;
    }
    return false;
}

static void read_all(struct reading *reading, bool markup)
{
    while (reading->at < reading->length) {
        char byte = reading->text[reading->at];
        if (markup && byte == '<' && (skip_comment(reading) || skip_tag(reading)))
            continue;
        if (byte == '&' && decode_entity(reading))
            continue;
        bool break_of_source = markup && (byte == '\n' || byte == '\r');
        put(reading, break_of_source ? ' ' : byte, reading->at++);
    }
    reading->places[reading->written] = (uint32_t)reading->length;
}

struct plain_text plain_text_of(const char *text, size_t length, struct arena *arena)
{
    bool markup = has_markup(text, length);
    if (!markup && (length == 0 || memchr(text, '&', length) == NULL))
        return (struct plain_text){.bytes = text, .length = length};
    struct reading reading = {
        .text = text,
        .length = length,
        .out = arena_alloc(arena, length + 1),
        .places = arena_array(arena, length + 1, sizeof *reading.places),
    };
    read_all(&reading, markup);
    return (struct plain_text){
        .bytes = reading.out, .length = reading.written, .places = reading.places};
}

size_t plain_text_place(const struct plain_text *plain, size_t at)
{
    return plain->places == NULL ? at : plain->places[at];
}
