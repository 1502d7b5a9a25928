#include "service/views/html.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"
#include "service/http/query.h"

static const char *entity_of(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* C0 and C1 controls and DEL, which HTML has no use for. */
static bool is_control(uint32_t code)
{
    return (code < 0x20 && code != '\t' && code != '\n') || (code >= 0x7F && code < 0xA0);
}

void html_text_length(struct buffer *out, const char *text, size_t length)
{
    size_t used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t code;
        used = text_decode(text + at, length - at, &code);
        const char *entity = entity_of(text[at]);
        if (entity != NULL)
            buffer_text(out, entity);
        else if (is_control(code) || code == TEXT_NO_CHARACTER)
            buffer_text(out, "\xEF\xBF\xBD");
        else
            buffer_append(out, text + at, used);
    }
}

void html_text(struct buffer *out, const char *text)
{
    if (text != NULL)
        html_text_length(out, text, strlen(text));
}

/* Writes what the specifier at `at` (after the percent sign) asks for; gives its length. */
static size_t put_argument(struct buffer *out, const char *at, va_list *arguments)
{
    switch (*at) {
    case 's':
        html_text(out, va_arg(*arguments, const char *));
        return 1;
    case 'd':
        buffer_printf(out, "%d", va_arg(*arguments, int));
        return 1;
    case '%':
        buffer_byte(out, '%');
        return 1;
    case 'z':
        if (at[1] == 'u') {
            buffer_printf(out, "%zu", va_arg(*arguments, size_t));
            return 2;
        }
        abort();
    default:
        abort();
    }
}

void html_put(struct buffer *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    for (const char *at = format; *at != '\0';) {
        size_t plain = strcspn(at, "%");
        buffer_append(out, at, plain);
        at += plain;
        if (*at == '%')
            at += 1 + put_argument(out, at + 1, &arguments);
    }
    va_end(arguments);
}

void html_script_json(struct buffer *out, const char *json, size_t length)
{
    size_t used;
    for (size_t at = 0; at < length; at += used) {
        uint32_t code;
        used = text_decode(json + at, length - at, &code);
        if (code == '<' || code == '>' || code == '&' || code == 0x2028 || code == 0x2029)
            buffer_printf(out, "\\u%04x", (unsigned)code);
        else
            buffer_append(out, json + at, used);
    }
}

const char *html_question_address(const char *question, struct arena *arena)
{
    return arena_printf(arena, "/?q=%s", percent_encode(question, arena));
}
