#include "service/http/answer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void answer_release(struct answer *answer)
{
    buffer_release(&answer->body);
    if (answer->stream.next != NULL && answer->stream.end != NULL)
        answer->stream.end(answer->stream.state);
    *answer = (struct answer){0};
}

void answer_json(struct answer *answer, struct json_writer *writer)
{
    json_writer_init(writer, &answer->body, 0);
}

void answer_borrow(struct answer *answer, const char *content_type, const char *bytes,
                   size_t length)
{
    answer->content_type = content_type;
    answer->borrowed = bytes;
    answer->borrowed_length = length;
}

void answer_header(struct answer *answer, const char *name, const char *value)
{
    /* A line break would let a value write headers, or a body, of its own. */
    if (answer->header_count == MAX_ANSWER_HEADERS || strpbrk(value, "\r\n") != NULL)
        return;
    answer->headers[answer->header_count++] = (struct field){name, value};
}

bool answer_refuse(const struct request *request, struct answer *answer, enum refusal refusal,
                   const char *format, ...)
{
    char detail[ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    answer->refusal = refusal;
    answer->detail = arena_strdup(request->arena, detail);
    return false;
}

void answer_nearest(const struct request *request, struct answer *answer, const char *const *names)
{
    struct buffer text = {0};
    struct json_writer json;
    json_writer_init(&json, &text, 0);
    json_begin_array(&json);
    for (size_t i = 0; names[i] != NULL; i++)
        json_put_text(&json, names[i]);
    json_end_array(&json);
    answer->members = arena_printf(request->arena, "\"nearest\":%s", buffer_string(&text));
    buffer_release(&text);
}

void answer_link(const struct request *request, struct answer *answer, const char *target,
                 const char *rel)
{
    answer_header(answer, "Link", arena_printf(request->arena, "<%s>; rel=\"%s\"", target, rel));
}

bool answer_apart(const struct request *request, struct answer *answer)
{
    answer->apart = !request->apart;
    return answer->apart;
}
