#include "evidence/base/json_plain.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"

enum { DEEPEST = 64, MOST_DIGITS = 18, LONGEST_NUMBER = 48 };

/* Functions give NULL or false at the first thing that is not plain, and all end there. */
struct plain {
    const char *at;
    const char *end;
    int depth;
    struct buffer unescaped; /* of the string at hand, where it holds escapes */
};

/* A string between its quotes; `bytes` points into the text or at `unescaped`. */
struct span {
    const char *bytes;
    size_t length;
    bool ascii;
};

static json_t *read_value(struct plain *plain);

/* ---- bytes ---- */

static char peek(const struct plain *plain)
{
    return plain->at < plain->end ? *plain->at : '\0';
}

static bool take(struct plain *plain, char byte)
{
    if (peek(plain) != byte)
        return false;
    plain->at++;
    return true;
}

static void skip_space(struct plain *plain)
{
    while (plain->at < plain->end &&
           (*plain->at == ' ' || *plain->at == '\n' || *plain->at == '\t' || *plain->at == '\r'))
        plain->at++;
}

static bool take_word(struct plain *plain, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(plain->end - plain->at) < length || memcmp(plain->at, word, length) != 0)
        return false;
    plain->at += length;
    return true;
}

/* ---- strings ---- */

/* What follows a backslash, but for \u. */
static bool unescape(struct plain *plain)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    char letter = peek(plain);
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);
    if (found == NULL)
        return false;
    plain->at++;
    buffer_byte(&plain->unescaped, meant[found - letters]);
    return true;
}

/* Up to the next quote or backslash, which is not taken; false at a control character. */
static bool run_of_letters(struct plain *plain, bool *ascii)
{
    for (; plain->at < plain->end && *plain->at != '"' && *plain->at != '\\'; plain->at++) {
        if ((unsigned char)*plain->at < 0x20)
            return false;
        if ((unsigned char)*plain->at >= 0x80)
            *ascii = false;
    }
    return plain->at < plain->end;
}

static bool read_span(struct plain *plain, struct span *out)
{
    if (!take(plain, '"'))
        return false;
    const char *start = plain->at;
    *out = (struct span){.bytes = start, .ascii = true};
    if (!run_of_letters(plain, &out->ascii))
        return false;
    out->length = (size_t)(plain->at - start);
    if (take(plain, '"'))
        return true;
    buffer_clear(&plain->unescaped);
    while (true) {
        buffer_append(&plain->unescaped, start, (size_t)(plain->at - start));
        if (take(plain, '"'))
            break;
        plain->at++; /* the backslash */
        if (!unescape(plain))
            return false;
        start = plain->at;
        if (!run_of_letters(plain, &out->ascii))
            return false;
    }
    out->bytes = buffer_string(&plain->unescaped);
    out->length = plain->unescaped.length;
    return true;
}

/* jansson looks whether it is UTF-8, which ASCII is. */
static json_t *read_string(struct plain *plain)
{
    struct span span;
    if (!read_span(plain, &span))
        return NULL;
    return span.ascii ? json_stringn_nocheck(span.bytes, span.length)
                      : json_stringn(span.bytes, span.length);
}

/* ---- numbers ---- */

static size_t take_digits(struct plain *plain)
{
    const char *start = plain->at;
    while (plain->at < plain->end && *plain->at >= '0' && *plain->at <= '9')
        plain->at++;
    return (size_t)(plain->at - start);
}

static json_t *integer_of(const char *start, const char *end)
{
    bool negative = *start == '-';
    json_int_t value = 0;
    for (const char *at = start + negative; at < end; at++)
        value = value * 10 + (*at - '0');
    return json_integer(negative ? -value : value);
}

static json_t *real_of(const char *start, const char *end)
{
    char text[LONGEST_NUMBER + 1] = "";
    if (end - start > LONGEST_NUMBER)
        return NULL;
    memcpy(text, start, (size_t)(end - start));
    double value = strtod(text, NULL);
    return isfinite(value) ? json_real(value) : NULL;
}

static json_t *read_number(struct plain *plain)
{
    const char *start = plain->at;
    take(plain, '-');
    bool zero = peek(plain) == '0';
    size_t digits = take_digits(plain);
    if (digits == 0 || digits > MOST_DIGITS || (zero && digits > 1))
        return NULL;
    bool real = take(plain, '.');
    if (real && take_digits(plain) == 0)
        return NULL;
    if (peek(plain) == 'e' || peek(plain) == 'E') {
        plain->at++;
        real = true;
        if (!take(plain, '+'))
            take(plain, '-');
        if (take_digits(plain) == 0)
            return NULL;
    }
    return real ? real_of(start, plain->at) : integer_of(start, plain->at);
}

/* ---- lists and objects ---- */

static bool read_elements(struct plain *plain, json_t *list)
{
    skip_space(plain);
    if (take(plain, ']'))
        return true;
    do {
        if (json_array_append_new(list, read_value(plain)) != 0) /* which refuses NULL */
            return false;
        skip_space(plain);
    } while (take(plain, ','));
    return take(plain, ']');
}

/* The key in memory of its own: the value that follows may hold escapes as well. */
static bool read_key(struct plain *plain, struct buffer *key, bool *ascii)
{
    struct span span;
    skip_space(plain);
    if (!read_span(plain, &span))
        return false;
    buffer_clear(key);
    buffer_append(key, span.bytes, span.length);
    *ascii = span.ascii;
    skip_space(plain);
    return take(plain, ':');
}

static bool read_member(struct plain *plain, json_t *object, struct buffer *key)
{
    bool ascii;
    if (!read_key(plain, key, &ascii))
        return false;
    size_t before = json_object_size(object);
    json_t *value = read_value(plain);
    int failed = ascii ? json_object_set_new_nocheck(object, buffer_string(key), value)
                       : json_object_set_new(object, buffer_string(key), value);
    return failed == 0 && json_object_size(object) > before; /* else the key stood there before */
}

static bool read_members(struct plain *plain, json_t *object)
{
    struct buffer key = {0};
    bool good = true;
    skip_space(plain);
    if (take(plain, '}'))
        return true;
    do {
        good = read_member(plain, object, &key);
        skip_space(plain);
    } while (good && take(plain, ','));
    buffer_release(&key);
    return good && take(plain, '}');
}

static json_t *read_inside(struct plain *plain, json_t *value,
                           bool (*read)(struct plain *plain, json_t *value))
{
    plain->at++;
    plain->depth++;
    if (plain->depth > DEEPEST || !read(plain, value)) {
        json_decref(value);
        return NULL;
    }
    plain->depth--;
    return value;
}

static json_t *read_value(struct plain *plain)
{
    skip_space(plain);
    switch (peek(plain)) {
    case '"':
        return read_string(plain);
    case '{':
        return read_inside(plain, json_object(), read_members);
    case '[':
        return read_inside(plain, json_array(), read_elements);
    case 't':
        return take_word(plain, "true") ? json_true() : NULL;
    case 'f':
        return take_word(plain, "false") ? json_false() : NULL;
    case 'n':
        return take_word(plain, "null") ? json_null() : NULL;
    default:
        return read_number(plain);
    }
}

json_t *json_plain(const char *text, size_t length)
{
    struct plain plain = {.at = text, .end = text + length};
    json_t *value = read_value(&plain);
    skip_space(&plain);
    bool whole = plain.at == plain.end && (json_is_object(value) || json_is_array(value));
    buffer_release(&plain.unescaped);
    if (whole)
        return value;
    json_decref(value);
    return NULL;
}
