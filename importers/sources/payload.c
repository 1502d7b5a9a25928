#include "importers/sources/payload.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/buffer.h"
#include "evidence/base/text.h"
#include "importers/formats/markup.h"

enum { WORDS_MOST = 300, LOOKED_AT_MOST = 65536 };

/* ---- what is no Unicode ---- */

/* The value of "\uXXXX" at `at`; -1 if there is none. */
static int escaped_unit(const char *at, const char *end)
{
    char digits[5] = {0};
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return -1;
    memcpy(digits, at + 2, 4);
    if (strspn(digits, "0123456789abcdefABCDEF") != 4)
        return -1;
    return (int)strtol(digits, NULL, 16);
}

static bool is_high(int unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(int unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* An escape at `at` that is whole, or what stands for it. Returns the bytes it takes up. */
static size_t mend_escape(const char *at, const char *end, struct buffer *out)
{
    int unit = escaped_unit(at, end);
    if (is_high(unit) && is_low(escaped_unit(at + 6, end))) {
        buffer_append(out, at, 12);
        return 12;
    }
    if (is_high(unit) || is_low(unit) || unit == 0) {
        buffer_text(out, unit == 0 ? " " : "\\uFFFD");
        return 6;
    }
    size_t size = end - at >= 2 ? 2 : 1;
    buffer_append(out, at, size);
    return size;
}

static size_t mend_byte(const char *at, const char *end, struct buffer *out)
{
    uint32_t code = 0;
    size_t used = text_decode(at, (size_t)(end - at), &code);
    if (code == TEXT_NO_CHARACTER && used == 1)
        buffer_text(out, "\xEF\xBF\xBD");
    else
        buffer_append(out, at, used);
    return used;
}

static void mend(const char *at, const char *end, struct buffer *out)
{
    while (at < end)
        at += *at == '\\' ? mend_escape(at, end, out) : mend_byte(at, end, out);
}

/* ---- JSON ---- */

/* A NUL in a text is a text still; a number too large for an integer is a number still. */
static json_t *parse(const char *bytes, size_t length, json_error_t *fault)
{
    return json_loadb(bytes, length, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, fault);
}

static json_t *parse_mended(const char *bytes, size_t length, json_error_t *fault)
{
    json_t *value = parse(bytes, length, fault);
    if (value != NULL || json_error_code(fault) == json_error_premature_end_of_input)
        return value;
    struct buffer mended = {0};
    json_error_t again;
    mend(bytes, bytes + length, &mended);
    value = parse(buffer_string(&mended), mended.length, &again);
    buffer_release(&mended);
    return value;
}

static void skip_start(const char **bytes, size_t *length)
{
    if (*length >= 3 && memcmp(*bytes, "\xEF\xBB\xBF", 3) == 0) {
        *bytes += 3;
        *length -= 3;
    }
    while (*length > 0 && strchr(" \t\r\n", **bytes) != NULL && **bytes != '\0') {
        ++*bytes;
        --*length;
    }
}

static json_t *refuse_page(const struct remote_answer *answer, const char *title, struct error *err)
{
    struct arena *arena = arena_new();
    const char *words = payload_words(answer, arena);
    error_set(err, ERROR_NETWORK, "%s answered with a page and not with JSON%s%s; try again later",
              title, words == NULL ? "" : ": ", words == NULL ? "" : words);
    arena_free(arena);
    return NULL;
}

json_t *payload_json(const struct remote_answer *answer, const char *title, struct error *err)
{
    const char *bytes = answer->bytes;
    size_t length = answer->length;
    json_error_t fault;
    skip_start(&bytes, &length);
    if (length == 0) {
        error_set(err, ERROR_NETWORK, "%s answered with nothing; try again later", title);
        return NULL;
    }
    if (*bytes == '<')
        return refuse_page(answer, title, err);
    json_t *value = parse_mended(bytes, length, &fault);
    if (value != NULL)
        return value;
    if (json_error_code(&fault) == json_error_premature_end_of_input)
        error_set(err, ERROR_NETWORK, "the answer of %s was cut short after %zu bytes", title,
                  answer->length);
    else
        error_set(err, ERROR_NETWORK, "the answer of %s is not JSON at line %d, column %d: %s",
                  title, fault.line, fault.column, fault.text);
    return NULL;
}

json_t *payload_of_refusal(const struct remote_answer *answer)
{
    const char *bytes = answer->bytes;
    size_t length = answer->length;
    json_error_t fault;
    skip_start(&bytes, &length);
    return length == 0 ? NULL : parse_mended(bytes, length, &fault);
}

bool payload_unexpected(const char *title, const char *said, struct error *err)
{
    if (said != NULL)
        return error_set(err, ERROR_NETWORK, "%s answered with an error: %s", title, said);
    return error_set(err, ERROR_NETWORK,
                     "the answer of %s has another shape than expected; it may have changed",
                     title);
}

/* ---- words ---- */

const char *payload_brief(const char *words, struct arena *arena)
{
    if (words == NULL)
        return NULL;
    size_t length = strlen(words);
    size_t kept = text_bytes_of(words, length, WORDS_MOST);
    if (kept == length)
        return words;
    while (kept > 0 && words[kept] != ' ')
        kept--;
    if (kept == 0)
        kept = text_bytes_of(words, length, WORDS_MOST);
    return arena_printf(arena, "%.*s …", (int)kept, words);
}

/* Between "<title>" and "</title>"; NULL if the page has none. */
static const char *page_title(const char *bytes, size_t length, struct arena *arena)
{
    char *page = arena_strndup(arena, bytes, length);
    char *start = strcasestr(page, "<title");
    char *open = start == NULL ? NULL : strchr(start, '>');
    char *end = open == NULL ? NULL : strcasestr(open, "</title");
    return end == NULL ? NULL : markup_line(open + 1, (size_t)(end - open - 1), arena);
}

const char *payload_words(const struct remote_answer *answer, struct arena *arena)
{
    const char *bytes = answer->bytes;
    size_t length = answer->length < LOOKED_AT_MOST ? answer->length : LOOKED_AT_MOST;
    skip_start(&bytes, &length);
    if (length == 0)
        return NULL;
    if (*bytes != '<')
        return payload_brief(plain_line(bytes, length, arena), arena);
    const char *title = page_title(bytes, length, arena);
    if (title == NULL)
        title = markup_line(bytes, length, arena);
    return payload_brief(title, arena);
}
