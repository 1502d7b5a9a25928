#include "service/http/credential.h"

#include <string.h>
#include <strings.h>

#include "evidence/base/buffer.h"
#include "service/http/query.h"

/* ---- headers ---- */

size_t request_authorizations(const struct request *request)
{
    size_t count = 0;
    for (size_t i = 0; i < request->header_count; i++)
        count += strcasecmp(request->headers[i].name, "Authorization") == 0;
    return count;
}

/* Cuts the next "name=value" from the list at `*at`; false at its end. What has no '=' comes as a
 * name of nothing. */
static bool next_cookie(const char **at, struct field *out, size_t *name_length,
                        size_t *value_length)
{
    const char *start = *at + strspn(*at, " \t;");
    size_t length = strcspn(start, ";");
    if (length == 0)
        return false;
    *at = start + length;
    while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '\t'))
        length--;
    const char *equals = memchr(start, '=', length);
    *name_length = equals == NULL ? 0 : (size_t)(equals - start);
    *value_length = equals == NULL ? 0 : length - *name_length - 1;
    *out = (struct field){start, equals == NULL ? start + length : equals + 1};
    return true;
}

const char *request_cookie(const struct request *request, const char *name)
{
    const char *found = NULL;
    size_t wanted = strlen(name);
    size_t count = 0;
    for (size_t i = 0; i < request->header_count; i++) {
        struct field cookie;
        size_t name_length;
        size_t value_length;
        if (strcasecmp(request->headers[i].name, "Cookie") != 0)
            continue;
        for (const char *at = request->headers[i].value;
             next_cookie(&at, &cookie, &name_length, &value_length);)
            if (name_length == wanted && memcmp(cookie.name, name, wanted) == 0 && count++ == 0)
                found = arena_strndup(request->arena, cookie.value, value_length);
    }
    return count == 1 ? found : NULL;
}

/* ---- from where ---- */

/* The part of an origin after its scheme; NULL for "null" and what is no origin. */
static const char *authority(const char *origin)
{
    const char *slashes = strstr(origin, "://");
    return slashes == NULL || slashes[3] == '\0' ? NULL : slashes + 3;
}

/* Where TLS ends in front of us, the page's scheme is https and ours is http: the host decides. */
static bool is_our_origin(const struct request *request, const char *origin)
{
    const char *theirs = authority(origin);
    const char *host = request_header(request, "Host");
    const char *ours = request->origin == NULL ? NULL : authority(request->origin);
    if (theirs == NULL)
        return false;
    return (host != NULL && strcasecmp(theirs, host) == 0) ||
           (ours != NULL && strncasecmp(theirs, ours, strcspn(ours, "/")) == 0 &&
            theirs[strcspn(ours, "/")] == '\0');
}

bool request_is_foreign(const struct request *request)
{
    const char *site = request_header(request, "Sec-Fetch-Site");
    const char *origin = request_header(request, "Origin");
    if (site != NULL) /* "none": the person, by typing an address */
        return strcasecmp(site, "same-origin") != 0 && strcasecmp(site, "none") != 0;
    return origin != NULL && !is_our_origin(request, origin);
}

static const char *form_csrf(const struct request *request)
{
    static const char field[] = CSRF_FIELD "=";
    const char *at = request->body;
    if (at == NULL || !request_is_type(request, "application/x-www-form-urlencoded"))
        return NULL;
    while (*at != '\0') {
        size_t length = strcspn(at, "&");
        if (strncmp(at, field, sizeof field - 1) == 0)
            return arena_strndup(request->arena, at + sizeof field - 1, length - sizeof field + 1);
        at += length + (at[length] == '&');
    }
    return NULL;
}

const char *request_csrf(const struct request *request)
{
    const char *header = request_header(request, CSRF_HEADER);
    return header != NULL ? header : form_csrf(request);
}

/* ---- where tokens must not stand ---- */

static const char prefix[] = "ts_";
enum {
    PREFIX_LENGTH = sizeof prefix - 1,
    ID_LENGTH = 12
}; /* TOKEN_ID_SIZE of evidence/store/credentials.h, without its NUL */

/* How long the token at the start of the text is, or what begins like one; 0: it is none. */
static size_t token_length(const char *text)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    const char *id = text + PREFIX_LENGTH;
    if (strncmp(text, prefix, PREFIX_LENGTH) != 0 || strspn(id, "0123456789abcdef") != ID_LENGTH ||
        id[ID_LENGTH] != '_')
        return 0;
    return PREFIX_LENGTH + ID_LENGTH + strspn(id + ID_LENGTH, letters);
}

static bool has_token(const char *text)
{
    for (const char *at = strstr(text, prefix); at != NULL; at = strstr(at + 1, prefix))
        if (token_length(at) > 0)
            return true;
    return false;
}

/* A piece of the query as it is meant, or as it stands where it does not decode. */
static const char *decoded(const char *text, size_t length, struct arena *arena)
{
    const char *value = percent_decode(text, length, true, arena, NULL);
    return value == NULL ? arena_strndup(arena, text, length) : value;
}

bool query_holds_token(const char *raw_query, struct arena *arena)
{
    for (const char *at = raw_query; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, "&");
        size_t name_length = strcspn(at, "=&");
        const char *name = decoded(at, name_length, arena);
        if (strcasecmp(name, "token") == 0 || strcasecmp(name, "access_token") == 0 ||
            has_token(decoded(at, length, arena)))
            return true;
        at += length + (at[length] == '&');
    }
    return false;
}

bool may_hold_token(const char *text)
{
    return strstr(text, prefix) != NULL;
}

char *blot_tokens(const char *text)
{
    struct buffer out = {0};
    for (const char *at = text; *at != '\0';) {
        size_t length = token_length(at);
        if (length > 0)
            buffer_text(&out, "ts_…");
        else
            buffer_byte(&out, *at);
        at += length > 0 ? length : 1;
    }
    char *blotted = memory_alloc(out.length + 1);
    memcpy(blotted, buffer_string(&out), out.length + 1);
    buffer_release(&out);
    return blotted;
}
