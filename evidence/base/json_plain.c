#include "evidence/base/json_plain.h"

#include <stdbool.h>
#include <string.h>

enum {
    MAX_DEPTH = 64,
    MAX_DIGITS = 15,  /* any number of so many digits is whole in a double */
    MAX_DECIMALS = 15 /* … and so is ten to that power: their quotient is the nearest double */
};

struct reader {
    const char *at;
    const char *end;
    int depth;
};

static json_t *read_value(struct reader *reader);

static void skip_space(struct reader *reader)
{
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\n' ||
                                        *reader->at == '\t' || *reader->at == '\r'))
        reader->at++;
}

/* Takes the byte if it comes next, and what space stands before it. */
static bool take(struct reader *reader, char byte)
{
    skip_space(reader);
    if (reader->at == reader->end || *reader->at != byte)
        return false;
    reader->at++;
    return true;
}

static bool take_word(struct reader *reader, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

/* The bytes between two quotation marks, the first of which has been taken; NULL where there is an
 * escape or a control byte among them. */
static const char *read_quoted(struct reader *reader, size_t *length)
{
    const char *from = reader->at;
    const char *at = from;
    while (at < reader->end && *at != '"' && *at != '\\' && (unsigned char)*at >= ' ')
        at++;
    if (at == reader->end || *at != '"')
        return NULL;
    *length = (size_t)(at - from);
    reader->at = at + 1;
    return from;
}

/* Bytes that are no UTF-8 give NULL. */
static json_t *read_string(struct reader *reader)
{
    size_t length;
    const char *text = read_quoted(reader, &length);
    return text == NULL ? NULL : json_stringn(text, length);
}

/* ---- numbers ---- */

/* Adds the digits that follow to the number, which has `count`, until it has too many; gives how
 * many it has then. */
static int read_digits(struct reader *reader, long long *number, int count)
{
    for (; reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9' &&
           count <= MAX_DIGITS;
         count++)
        *number = 10 * *number + (*reader->at++ - '0');
    return count;
}

static json_t *real_of(long long digits, int decimals)
{
    double power = 1;
    for (int i = 0; i < decimals; i++)
        power *= 10;
    return json_real((double)digits / power);
}

static json_t *read_number(struct reader *reader)
{
    bool negative = *reader->at == '-';
    reader->at += negative;
    long long digits = 0;
    int decimals = 0;
    bool zero = reader->at < reader->end && *reader->at == '0';
    int count = read_digits(reader, &digits, 0);
    if (count == 0 || (zero && count > 1))
        return NULL;
    bool real = reader->at < reader->end && *reader->at == '.';
    if (real) {
        reader->at++;
        decimals = read_digits(reader, &digits, count) - count;
    }
    bool power = reader->at < reader->end && (*reader->at == 'e' || *reader->at == 'E');
    bool minus_zero = negative && digits == 0;
    if (power || minus_zero || count + decimals > MAX_DIGITS || (real && decimals == 0))
        return NULL;
    digits = negative ? -digits : digits;
    return real ? real_of(digits, decimals) : json_integer(digits);
}

/* ---- objects and arrays ---- */

static bool read_member(struct reader *reader, json_t *object)
{
    size_t length;
    if (!take(reader, '"'))
        return false;
    const char *key = read_quoted(reader, &length);
    if (key == NULL || !take(reader, ':'))
        return false;
    json_t *value = read_value(reader);
    size_t members = json_object_size(object);
    /* A name that stands there already takes the other's place. */
    return value != NULL && json_object_setn_new(object, key, length, value) == 0 &&
           json_object_size(object) > members;
}

static bool read_item(struct reader *reader, json_t *array)
{
    json_t *value = read_value(reader);
    return value != NULL && json_array_append_new(array, value) == 0;
}

/* What stands up to the closing bracket, in `whole`, which is given, or let go with NULL. */
static json_t *read_all(struct reader *reader, json_t *whole, char closing,
                        bool (*read_one)(struct reader *reader, json_t *whole))
{
    bool good = whole != NULL && ++reader->depth <= MAX_DEPTH;
    if (good && !take(reader, closing)) {
        while ((good = read_one(reader, whole)) && take(reader, ','))
            ;
        good = good && take(reader, closing);
    }
    reader->depth--;
    if (good)
        return whole;
    json_decref(whole);
    return NULL;
}

static json_t *read_value(struct reader *reader)
{
    skip_space(reader);
    if (reader->at == reader->end)
        return NULL;
    switch (*reader->at) {
    case '{':
        reader->at++;
        return read_all(reader, json_object(), '}', read_member);
    case '[':
        reader->at++;
        return read_all(reader, json_array(), ']', read_item);
    case '"':
        reader->at++;
        return read_string(reader);
    case 't':
        return take_word(reader, "true") ? json_true() : NULL;
    case 'f':
        return take_word(reader, "false") ? json_false() : NULL;
    case 'n':
        return take_word(reader, "null") ? json_null() : NULL;
    default:
        return *reader->at == '-' || (*reader->at >= '0' && *reader->at <= '9')
                   ? read_number(reader)
                   : NULL;
    }
}

json_t *json_plain_parse(const char *text, size_t length)
{
    struct reader reader = {.at = text, .end = text + length};
    skip_space(&reader);
    if (reader.at == reader.end || (*reader.at != '{' && *reader.at != '['))
        return NULL;
    json_t *value = read_value(&reader);
    skip_space(&reader);
    if (value != NULL && reader.at != reader.end) {
        json_decref(value);
        return NULL;
    }
    return value;
}
