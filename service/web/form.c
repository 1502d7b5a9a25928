#include "service/web/form.h"

#include <string.h>

#include "service/http/query.h"

static const char form_type[] = "application/x-www-form-urlencoded";
static const char white[] = " \t\r\n";

/* "\r\n" and lone "\r" become "\n", in place. */
static void settle_lines(char *text)
{
    char *to = text;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\r' && at[1] == '\n')
            continue;
        *to++ = *at;
        if (*at == '\r')
            to[-1] = '\n';
    }
    *to = '\0';
}

static const char *decode(const char *text, size_t length, struct arena *arena, struct error *err)
{
    char *value = percent_decode(text, length, true, arena, NULL);
    if (value == NULL)
        error_set(err, ERROR_INVALID,
                  "the form could not be read: it is not UTF-8 text, percent-encoded");
    else
        settle_lines(value);
    return value;
}

static bool read_field(const char *text, size_t length, struct arena *arena, struct field *out,
                       struct error *err)
{
    const char *equals = memchr(text, '=', length);
    size_t name = equals == NULL ? length : (size_t)(equals - text);
    size_t value = equals == NULL ? length : name + 1;
    out->name = decode(text, name, arena, err);
    if (out->name == NULL)
        return false;
    out->value = decode(text + value, length - value, arena, err);
    return out->value != NULL;
}

static size_t count_fields(const char *text)
{
    size_t count = 1;
    for (; *text != '\0'; text++)
        count += *text == '&';
    return count;
}

bool form_read(const struct request *request, struct answer *answer, struct form *out,
               struct error *err)
{
    *out = (struct form){0};
    if (!request_is_type(request, form_type))
        return answer_refuse(request, answer, REFUSAL_MEDIA_TYPE,
                             "send the form as %s, or use /v1 for JSON", form_type);
    if (strlen(request->body) != request->body_length)
        return error_set(err, ERROR_INVALID, "the form holds a NUL byte; send text");
    size_t most = count_fields(request->body);
    if (most > FORM_FIELDS)
        return error_set(err, ERROR_INVALID, "the form has more than %d fields", FORM_FIELDS);
    struct field *fields = arena_array(request->arena, most, sizeof *fields);
    for (const char *at = request->body;; at++) {
        size_t length = strcspn(at, "&");
        if (length > 0 && !read_field(at, length, request->arena, &fields[out->count++], err))
            return false;
        at += length;
        if (*at == '\0')
            break;
    }
    out->fields = fields;
    return true;
}

const char *form_value(const struct field *field, const char *name)
{
    if (strcmp(field->name, name) != 0)
        return NULL;
    return field->value[strspn(field->value, white)] == '\0' ? NULL : field->value;
}

const char *form_filled(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++) {
        const char *value = form_value(&form->fields[i], name);
        if (value != NULL)
            return value;
    }
    return NULL;
}
