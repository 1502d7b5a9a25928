#include "service/http/request.h"

#include <string.h>
#include <strings.h>

static const struct {
    enum method method;
    const char *name;
} methods[METHOD_COUNT] = {
    {METHOD_GET, "GET"},         {METHOD_HEAD, "HEAD"},   {METHOD_POST, "POST"},
    {METHOD_PUT, "PUT"},         {METHOD_PATCH, "PATCH"}, {METHOD_DELETE, "DELETE"},
    {METHOD_OPTIONS, "OPTIONS"},
};

const char *method_name(enum method method)
{
    for (size_t i = 0; i < METHOD_COUNT; i++)
        if (methods[i].method == method)
            return methods[i].name;
    return "?";
}

const char *method_list(unsigned mask, struct arena *arena)
{
    const char *list = "";
    for (size_t i = 0; i < METHOD_COUNT; i++)
        if (mask & (unsigned)methods[i].method)
            list =
                arena_printf(arena, "%s%s%s", list, list[0] == '\0' ? "" : ", ", methods[i].name);
    return list;
}

bool request_wait(const struct request *request)
{
    if (request->apart || request->must_wait == NULL)
        return false;
    *request->must_wait = true;
    return true;
}

const char *request_part(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->part_count; i++)
        if (strcmp(request->parts[i].name, name) == 0)
            return request->parts[i].value;
    return NULL;
}

const char *request_header(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (is_header(request->headers[i].name, name))
            return request->headers[i].value;
    return NULL;
}

const char *request_header_list(const struct request *request, const char *name)
{
    const char *list = NULL;
    for (size_t i = 0; i < request->header_count; i++) {
        if (!is_header(request->headers[i].name, name))
            continue;
        const char *value = request->headers[i].value;
        list = list == NULL ? value : arena_printf(request->arena, "%s, %s", list, value);
    }
    return list;
}

bool header_has_token(const char *list, const char *token)
{
    size_t length = strlen(token);
    for (const char *at = list; at != NULL && *at != '\0';) {
        at += strspn(at, " \t,");
        size_t item = strcspn(at, " \t,;");
        if (item == length && strncasecmp(at, token, length) == 0)
            return true;
        at += strcspn(at, ",");
    }
    return false;
}

const char *request_bearer(const struct request *request)
{
    static const char scheme[] = "Bearer ";
    const char *value = request_header(request, "Authorization");
    if (value == NULL || strncasecmp(value, scheme, sizeof scheme - 1) != 0)
        return NULL;
    value += sizeof scheme - 1;
    value += strspn(value, " ");
    return *value == '\0' ? NULL : value;
}

bool request_is_type(const struct request *request, const char *type)
{
    const char *value = request_header(request, "Content-Type");
    size_t length = strlen(type);
    return value != NULL && strncasecmp(value, type, length) == 0 &&
           strspn(value + length, " \t") == strcspn(value + length, ";");
}

/* The scheme is left out: a proxy may speak another one to us than browsers to it. */
static bool is_same_host(const char *one, const char *other)
{
    const char *host = strstr(one, "://");
    const char *own = strstr(other, "://");
    if (host == NULL || own == NULL)
        return false;
    size_t length = strcspn(host + 3, "/");
    return strcspn(own + 3, "/") == length && strncasecmp(host + 3, own + 3, length) == 0;
}

bool request_is_cross_site(const struct request *request)
{
    const char *site = request_header(request, "Sec-Fetch-Site");
    const char *origin = request_header(request, "Origin");
    if (site != NULL)
        return strcasecmp(site, "same-origin") != 0 && strcasecmp(site, "none") != 0;
    return origin != NULL && strcmp(origin, "null") != 0 && !is_same_host(origin, request->origin);
}
