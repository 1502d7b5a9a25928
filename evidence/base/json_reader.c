#include "evidence/base/json_reader.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "evidence/base/json_plain.h"
#include "evidence/base/text.h"

enum { DETAIL_SIZE = 600 };

json_t *json_parse(const char *text, size_t length, const char *file, struct problems *problems)
{
    json_error_t fault;
    json_t *value = json_plain_parse(text, length);
    if (value != NULL)
        return value;
    value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &fault);
    if (value == NULL)
        problems_add(problems, file, "", "not JSON at line %d, column %d: %s", fault.line,
                     fault.column, fault.text);
    return value;
}

struct json_reader json_root(const json_t *value, const char *file, struct problems *problems)
{
    return (struct json_reader){.value = value, .file = file, .problems = problems};
}

/* RFC 6901: in a key, ~ is written ~0 and / is written ~1. */
static void append_key(struct buffer *pointer, const char *key)
{
    buffer_byte(pointer, '/');
    for (; *key != '\0'; key++) {
        if (*key == '~')
            buffer_text(pointer, "~0");
        else if (*key == '/')
            buffer_text(pointer, "~1");
        else
            buffer_byte(pointer, *key);
    }
}

static void append_place(struct buffer *pointer, const struct json_reader *at)
{
    if (at->parent == NULL)
        return;
    append_place(pointer, at->parent);
    if (at->key != NULL)
        append_key(pointer, at->key);
    else
        buffer_printf(pointer, "/%zu", at->index);
}

void json_problem(const struct json_reader *at, const char *key, const char *format, ...)
{
    char detail[DETAIL_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);

    struct buffer pointer = {0};
    append_place(&pointer, at);
    if (key != NULL)
        append_key(&pointer, key);
    problems_add(at->problems, at->file, buffer_string(&pointer), "%s", detail);
    buffer_release(&pointer);
}

/* Its place in the list, that of the NULL at the end where it is not there. */
static size_t place_of(const char *key, const char *const *known)
{
    size_t place = 0;
    while (known[place] != NULL && !text_is(key, known[place]))
        place++;
    return place;
}

/* `members` is NULL where nobody asks for them. */
static bool look_through(const struct json_reader *at, const char *const *known,
                         const json_t **members)
{
    if (!json_is_object(at->value)) {
        json_problem(at, NULL, "must be an object");
        return false;
    }
    json_t *object = (json_t *)at->value;
    for (void *one = json_object_iter(object); one != NULL;
         one = json_object_iter_next(object, one)) {
        const char *key = json_object_iter_key(one);
        size_t place = place_of(key, known);
        if (known[place] == NULL)
            json_problem(at, key, "unknown field");
        else if (members != NULL && !json_is_null(json_object_iter_value(one)))
            members[place] = json_object_iter_value(one);
    }
    return true;
}

bool json_fields(const struct json_reader *at, const char *const *known)
{
    return look_through(at, known, NULL);
}

void json_members(const struct json_reader *at, const char *const *known, const json_t **members)
{
    for (size_t i = 0; known[i] != NULL; i++)
        members[i] = NULL;
    look_through(at, known, members);
}

/* The member, or NULL where it is absent or null, which is a problem if it is required. */
static const json_t *member_of(const struct json_reader *at, const char *key, enum need need)
{
    const json_t *member = json_object_get(at->value, key);
    if (member != NULL && !json_is_null(member))
        return member;
    if (need == REQUIRED && json_is_object(at->value))
        json_problem(at, key, "required, but missing");
    return NULL;
}

bool json_has(const struct json_reader *at, const char *key)
{
    return member_of(at, key, OPTIONAL) != NULL;
}

static const char *checked_text(const struct json_reader *at, const char *key, const json_t *member)
{
    if (!json_is_string(member)) {
        json_problem(at, key, "must be a string");
        return NULL;
    }
    const char *text = json_string_value(member);
    size_t length = json_string_length(member);
    if (length == 0 || strlen(text) != length) {
        json_problem(at, key,
                     length == 0 ? "must not be empty; leave the field out"
                                 : "must not hold a NUL character");
        return NULL;
    }
    return arena_strndup(at->problems->arena, text, length);
}

const char *json_get_text(const struct json_reader *at, const char *key, enum need need)
{
    const json_t *member = member_of(at, key, need);
    return member == NULL ? NULL : checked_text(at, key, member);
}

double json_get_number(const struct json_reader *at, const char *key, enum need need)
{
    const json_t *member = member_of(at, key, need);
    if (member == NULL)
        return NAN;
    if (!json_is_number(member)) {
        json_problem(at, key, "must be a number");
        return NAN;
    }
    return json_number_value(member);
}

int json_get_count(const struct json_reader *at, const char *key, enum need need, int least,
                   int most)
{
    const json_t *member = member_of(at, key, need);
    if (member == NULL)
        return COUNT_UNKNOWN;
    json_int_t value = json_integer_value(member);
    if (!json_is_integer(member) || value < least || value > most) {
        json_problem(at, key, "must be a whole number from %d to %d", least, most);
        return COUNT_UNKNOWN;
    }
    return (int)value;
}

bool json_get_truth(const struct json_reader *at, const char *key)
{
    const json_t *member = member_of(at, key, OPTIONAL);
    if (member != NULL && !json_is_boolean(member))
        json_problem(at, key, "must be true or false");
    return json_is_true(member);
}

static void complain_of_choice(const struct json_reader *at, const char *key, const char *text,
                               const char *const *names)
{
    struct buffer list = {0};
    for (size_t i = 0; names[i] != NULL; i++)
        buffer_printf(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    json_problem(at, key, "\"%s\" is not one of: %s", text, buffer_string(&list));
    buffer_release(&list);
}

int json_get_choice(const struct json_reader *at, const char *key, enum need need,
                    const char *const *names)
{
    const char *text = json_get_text(at, key, need);
    if (text == NULL)
        return -1;
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(text, names[i]) == 0)
            return i;
    complain_of_choice(at, key, text, names);
    return -1;
}

struct json_reader json_get_object(const struct json_reader *at, const char *key, enum need need)
{
    const json_t *member = member_of(at, key, need);
    if (member != NULL && !json_is_object(member)) {
        json_problem(at, key, "must be an object");
        member = NULL;
    }
    return (struct json_reader){
        .value = member, .parent = at, .key = key, .file = at->file, .problems = at->problems};
}

size_t json_get_length(const struct json_reader *at, const char *key, enum need need)
{
    const json_t *member = member_of(at, key, need);
    if (member != NULL && !json_is_array(member))
        json_problem(at, key, "must be a list");
    return json_array_size(member);
}

struct json_reader json_get_list(const struct json_reader *at, const char *key)
{
    return (struct json_reader){.value = member_of(at, key, OPTIONAL),
                                .parent = at,
                                .key = key,
                                .file = at->file,
                                .problems = at->problems};
}

struct json_reader json_get_element(const struct json_reader *list, size_t index)
{
    return (struct json_reader){.value = json_array_get(list->value, index),
                                .parent = list,
                                .index = index,
                                .file = list->file,
                                .problems = list->problems};
}

const char *const *json_get_texts(const struct json_reader *at, const char *key)
{
    size_t count = json_get_length(at, key, OPTIONAL);
    struct json_reader list = json_get_list(at, key);
    const char **texts = arena_array(at->problems->arena, count + 1, sizeof *texts);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct json_reader element = json_get_element(&list, i);
        const char *text = checked_text(&element, NULL, element.value);
        if (text != NULL)
            texts[kept++] = text;
    }
    return texts;
}
