#include "service/http/query.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/eight.h"
#include "service/http/limits.h"

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* Length of the UTF-8 sequence at `at`, 0 if it is none; overlong forms and surrogates are none. */
static size_t utf8_sequence(const unsigned char *at, size_t left)
{
    if (at[0] < 0x80)
        return 1;
    size_t length = at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : at[0] < 0xF5 ? 4 : 0;
    if (length == 0 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    bool wrong = (at[0] == 0xE0 && at[1] < 0xA0) || (at[0] == 0xED && at[1] > 0x9F) ||
                 (at[0] == 0xF0 && at[1] < 0x90) || (at[0] == 0xF4 && at[1] > 0x8F);
    return wrong ? 0 : length;
}

static bool is_utf8(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t i = 0; i < length;) {
        size_t sequence = utf8_sequence(bytes + i, length - i);
        if (sequence == 0)
            return false;
        i += sequence;
    }
    return true;
}

/* How many of eight bytes stand for themselves before one does not. */
static size_t plain_of_eight(const char *bytes, bool plus)
{
    uint64_t word = eight_of(bytes);
    uint64_t is_plus = plus ? eight_is(word, '+') : 0;
    return eight_before(word, eight_is(word, '\0') | eight_is(word, '%') | is_plus);
}

bool percent_is_plain(const char *text, size_t length, bool plus)
{
    size_t at = 0;
    for (; length - at >= 8; at += 8)
        if (plain_of_eight(text + at, plus) < 8)
            return false;
    for (; at < length; at++)
        if (text[at] <= 0 || text[at] == '%' || (plus && text[at] == '+'))
            return false;
    return true;
}

char *percent_decode(const char *text, size_t length, bool plus, struct arena *arena,
                     struct error *err)
{
    if (percent_is_plain(text, length, plus))
        return arena_strndup(arena, text, length);
    char *out = arena_alloc(arena, length + 1);
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '%') {
            out[used++] = text[i] == '+' && plus ? ' ' : text[i];
            continue;
        }
        int high = length - i > 2 ? hex_value(text[i + 1]) : -1;
        int low = length - i > 2 ? hex_value(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            error_set(err, ERROR_INVALID, "\"%.*s\" is no percent-escape; write %% as %%25",
                      (int)(length - i < 3 ? length - i : 3), text + i);
            return NULL;
        }
        out[used++] = (char)(high * 16 + low);
        i += 2;
    }
    if (memchr(out, '\0', used) != NULL || !is_utf8(out, used)) {
        error_set(err, ERROR_INVALID, "the escapes do not make UTF-8 text");
        return NULL;
    }
    return out;
}

char *percent_encode(const char *text, struct arena *arena)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_array(arena, strlen(text) + 1, 3);
    char *at = out;
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (strchr(plain, byte) != NULL) {
            *at++ = *text;
            continue;
        }
        *at++ = '%';
        *at++ = digits[byte >> 4];
        *at++ = digits[byte & 15];
    }
    return out;
}

static bool parse_field(const char *text, size_t length, struct arena *arena, struct field *out,
                        struct error *err)
{
    const char *equals = memchr(text, '=', length);
    size_t name_length = equals == NULL ? length : (size_t)(equals - text);
    if (name_length == 0)
        return error_set(err, ERROR_INVALID, "a query parameter has no name");
    out->name = percent_decode(text, name_length, true, arena, err);
    if (out->name == NULL) {
        error_while(err, "the query");
        return false;
    }
    const char *value = equals == NULL ? "" : equals + 1;
    size_t value_length = equals == NULL ? 0 : length - name_length - 1;
    out->value = percent_decode(value, value_length, true, arena, err);
    if (out->value == NULL)
        error_while(err, "the query parameter \"%s\"", out->name);
    return out->value != NULL;
}

bool query_parse(const char *text, struct arena *arena, const struct field **fields, size_t *count,
                 struct error *err)
{
    *fields = NULL;
    *count = 0;
    if (text == NULL || *text == '\0')
        return true;
    struct field *found = arena_array(arena, MAX_PARAMETERS, sizeof *found);
    size_t used = 0;
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, "&");
        if (length > 0 && used == MAX_PARAMETERS)
            return error_set(err, ERROR_INVALID, "more than %d query parameters", MAX_PARAMETERS);
        if (length > 0 && !parse_field(at, length, arena, &found[used++], err))
            return false;
        at += length;
        if (*at == '\0')
            break;
    }
    *fields = found;
    *count = used;
    return true;
}

bool query_problem(const struct request *request, const char *name, struct error *err,
                   const char *format, ...)
{
    char detail[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    const char *pointer = arena_printf(request->arena, "?%s", name);
    problems_add(request->problems, NULL, pointer, "%s", detail);
    return error_set(err, ERROR_INVALID, "%s: %s", pointer, detail);
}

static const char *join(const char *const *names, struct arena *arena)
{
    const char *list = "";
    for (size_t i = 0; names[i] != NULL; i++)
        list = arena_printf(arena, "%s%s%s", list, i == 0 ? "" : ", ", names[i]);
    return list;
}

static int position(const char *text, const char *const *names)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], text) == 0)
            return i;
    return -1;
}

static bool came_before(const struct request *request, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(request->query[i].name, request->query[index].name) == 0)
            return true;
    return false;
}

bool query_only(const struct request *request, const char *const *known, struct error *err)
{
    bool good = true;
    for (size_t i = 0; i < request->query_count; i++) {
        const char *name = request->query[i].name;
        if (position(name, known) < 0 && known[0] == NULL)
            good = query_problem(request, name, err, "unknown parameter; this address takes none");
        else if (position(name, known) < 0)
            good = query_problem(request, name, err, "unknown parameter; there are: %s",
                                 join(known, request->arena));
        else if (came_before(request, i))
            good = query_problem(request, name, err, "given more than once");
    }
    return good;
}

const char *query_text(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->query_count; i++)
        if (strcmp(request->query[i].name, name) == 0)
            return request->query[i].value;
    return NULL;
}

const char *query_filled(const struct request *request, const char *name)
{
    const char *text = query_text(request, name);
    return text == NULL || text[strspn(text, " \t\r\n")] == '\0' ? NULL : text;
}

bool query_count(const struct request *request, const char *name, int least, int most, int missing,
                 int *out, struct error *err)
{
    const char *text = query_text(request, name);
    *out = missing;
    if (text == NULL)
        return true;
    size_t sign = text[0] == '-';
    size_t digits = strspn(text + sign, "0123456789");
    errno = 0;
    long value = strtol(text, NULL, 10);
    if (digits == 0 || text[sign + digits] != '\0' || errno == ERANGE || value < least ||
        value > most)
        return query_problem(request, name, err, "\"%.40s\" is not a whole number from %d to %d",
                             text, least, most);
    *out = (int)value;
    return true;
}

bool query_limit(const struct request *request, int *out, struct error *err)
{
    return query_count(request, "limit", 1, MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE, out, err);
}

bool query_choice(const struct request *request, const char *name, const char *const *names,
                  int *out, struct error *err)
{
    const char *text = query_text(request, name);
    *out = text == NULL ? -1 : position(text, names);
    if (text == NULL || *out >= 0)
        return true;
    return query_problem(request, name, err, "\"%.60s\" is not one of: %s", text,
                         join(names, request->arena));
}

bool query_truth(const struct request *request, const char *name, bool missing, bool *out,
                 struct error *err)
{
    static const char *const words[] = {"0", "1", "false", "true", "no", "yes", NULL};
    int choice = -1;
    *out = missing;
    if (!query_choice(request, name, words, &choice, err))
        return false;
    if (choice >= 0)
        *out = choice % 2 == 1;
    return true;
}
