#include "importers/sources/query.h"

#include <stdio.h>
#include <string.h>

#include "importers/sources/day.h"

void query_escape(struct buffer *url, const char *text, const char *kept)
{
    static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                     "0123456789-._~";
    for (; *text != '\0'; text++) {
        if (strchr(unreserved, *text) != NULL || strchr(kept, *text) != NULL)
            buffer_byte(url, *text);
        else
            buffer_printf(url, "%%%02X", (unsigned)(unsigned char)*text);
    }
}

void query_put(struct buffer *url, const char *name, const char *value)
{
    if (value == NULL)
        return;
    buffer_byte(url, strchr(buffer_string(url), '?') == NULL ? '?' : '&');
    buffer_text(url, name);
    buffer_byte(url, '=');
    query_escape(url, value, "");
}

void query_put_count(struct buffer *url, const char *name, size_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", value);
    query_put(url, name, text);
}

/* ---- what was asked ---- */

bool query_check(const struct remote_query *query, struct error *err)
{
    if (query->text == NULL || query->text[strspn(query->text, " \t\r\n")] == '\0')
        return error_set(err, ERROR_INVALID, "nothing to search for; give a query");
    if (query->since != NULL && !day_is_whole(query->since))
        return error_set(err, ERROR_INVALID, "since \"%.40s\" is no day; write it as 2026-01-31",
                         query->since);
    return true;
}

bool query_fits(const struct buffer *url, struct error *err)
{
    if (url->length <= QUERY_URL_MOST)
        return true;
    return error_set(err, ERROR_INVALID,
                     "the query is too long for an address (%zu bytes, at most %d); shorten it or "
                     "ask in parts",
                     url->length, (int)QUERY_URL_MOST);
}

const char *query_base(const struct remote_options *options, const struct remote *remote)
{
    return options->base_url == NULL ? remote->base_url : options->base_url;
}

size_t query_page_size(const struct remote_query *query, const struct remote_options *options,
                       size_t usual, size_t most)
{
    size_t size = options->page_size == 0 ? usual : options->page_size;
    if (size > most)
        size = most;
    return query->limit > 0 && query->limit < size ? query->limit : size;
}

/* ---- a service's own language ---- */

/* The name of `known` that stands at `text` with a '=' behind it. */
static const char *name_at(const char *text, const char *const *known)
{
    for (; *known != NULL; known++) {
        size_t length = strlen(*known);
        if (strncmp(text, *known, length) == 0 && text[length] == '=')
            return *known;
    }
    return NULL;
}

/* The '&' before the next known name, or the end. */
static const char *value_end(const char *value, const char *const *known)
{
    const char *at = strchr(value, '&');
    while (at != NULL && name_at(at + 1, known) == NULL)
        at = strchr(at + 1, '&');
    return at == NULL ? value + strlen(value) : at;
}

size_t query_parameters(const char *text, const char *const *known, struct arena *arena,
                        struct query_parameter **out)
{
    enum { MOST = 32 };
    struct query_parameter *parameters = arena_array(arena, MOST, sizeof *parameters);
    size_t count = 0;
    const char *name;
    while (count < MOST && (name = name_at(text, known)) != NULL) {
        const char *value = text + strlen(name) + 1;
        const char *end = value_end(value, known);
        parameters[count++] = (struct query_parameter){
            .name = name, .value = arena_strndup(arena, value, (size_t)(end - value))};
        if (*end == '\0') {
            *out = parameters;
            return count;
        }
        text = end + 1;
    }
    return 0;
}

const char *query_put_own(struct buffer *url, const struct query_parameter *own, size_t count,
                          const char *held)
{
    const char *value = NULL;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(own[i].name, held) == 0)
            value = own[i].value;
        else
            query_put(url, own[i].name, own[i].value);
    }
    return value;
}

static bool is_known(const char *name, size_t length, const char *const *known)
{
    for (; *known != NULL; known++)
        if (strlen(*known) == length && strncmp(*known, name, length) == 0)
            return true;
    return false;
}

bool query_is_filter(const char *text, const char *const *known)
{
    if (*text == '\0')
        return false;
    while (*text != '\0') {
        size_t name = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-.");
        size_t root = strcspn(text, ".");
        const char *value = text + name + 1;
        if (text[name] != ':' || *value == '\0' || *value == ' ' || *value == ',' ||
            !is_known(text, root < name ? root : name, known))
            return false;
        value += strcspn(value, ",");
        text = *value == ',' ? value + 1 : value;
        if (*value == ',' && *text == '\0')
            return false;
    }
    return true;
}

const char *query_identifier(const char *text,
                             const char *(*read_one)(const char *text, struct arena *arena),
                             struct arena *arena)
{
    text += strspn(text, " \t\r\n");
    size_t length = strcspn(text, " \t\r\n");
    if (text[length + strspn(text + length, " \t\r\n")] != '\0')
        return NULL;
    return read_one(arena_strndup(arena, text, length), arena);
}
