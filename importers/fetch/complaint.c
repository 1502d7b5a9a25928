#include "importers/fetch/complaint.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/text.h"

static bool is_type(const char *content_type, const char *type)
{
    return content_type != NULL && strncasecmp(content_type, type, strlen(type)) == 0;
}

/* Characters that print, cut where the room or the line ends. */
static void copy_line(const char *bytes, size_t length, char out[COMPLAINT_SIZE])
{
    size_t used = 0;
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t size = text_decode(bytes + at, length - at, &code);
        if (code < 0x20 || code == 0x7f || code == TEXT_NO_CHARACTER ||
            used + size >= COMPLAINT_SIZE)
            break;
        memcpy(out + used, bytes + at, size);
        used += size;
        at += size;
    }
    out[used] = '\0';
}

static const json_t *sentence_in(const json_t *object)
{
    static const char *const names[] = {"message", "error", "detail", "title"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (json_is_string(json_object_get(object, names[i])))
            return json_object_get(object, names[i]);
    return NULL;
}

void complaint_read(const char *content_type, const char *bytes, size_t length,
                    char out[COMPLAINT_SIZE])
{
    out[0] = '\0';
    if (is_type(content_type, "text/plain")) {
        copy_line(bytes, length, out);
        return;
    }
    if (!is_type(content_type, "application/json") &&
        !is_type(content_type, "application/problem+json"))
        return;
    json_t *body = json_loadb(bytes, length, 0, NULL);
    const json_t *sentence = sentence_in(body);
    if (sentence == NULL)
        sentence = sentence_in(json_object_get(body, "error"));
    if (sentence != NULL)
        copy_line(json_string_value(sentence), json_string_length(sentence), out);
    json_decref(body);
}
