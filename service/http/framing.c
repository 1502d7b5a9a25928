#include "service/http/framing.h"

#include <string.h>
#include <strings.h>

enum { MAX_LENGTH_DIGITS = 18 }; /* of a Content-Length: always within 64 bits */

/* What the headers say of the body, and of the host. */
struct seen {
    const char *length; /* NULL: no Content-Length */
    bool chunked;
    const char *host; /* NULL: no Host */
    bool close;
    bool keep_alive;
};

static struct framing refused(enum refusal refusal, const char *detail)
{
    return (struct framing){.refusal = refusal, .detail = detail, .close = true};
}

static bool only(const char *text, const char *extra)
{
    for (; *text != '\0'; text++) {
        bool plain = (*text >= '0' && *text <= '9') || (*text >= 'a' && *text <= 'z') ||
                     (*text >= 'A' && *text <= 'Z');
        if (!plain && strchr(extra, *text) == NULL)
            return false;
    }
    return true;
}

static bool is_token(const char *text)
{
    return *text != '\0' && only(text, "!#$%&'*+-.^_`|~");
}

static bool has_control(const char *text, const char *allowed)
{
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if ((byte < 0x20 || byte == 0x7F) && strchr(allowed, byte) == NULL)
            return true;
    }
    return false;
}

static bool is_host(const char *text)
{
    return *text != '\0' && only(text, "-._~%!$&'()*+,;=:[]");
}

static bool is_length(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits <= MAX_LENGTH_DIGITS && text[digits] == '\0';
}

static const char *look_at_length(const char *value, struct seen *seen)
{
    if (!is_length(value))
        return "Content-Length is not a plain number";
    if (seen->length != NULL)
        return "Content-Length is given twice";
    seen->length = value;
    return NULL;
}

static const char *look_at_host(const char *value, struct seen *seen)
{
    if (seen->host != NULL)
        return "Host is given twice";
    seen->host = value;
    return is_host(value) ? NULL : "Host is not a host name";
}

/* Notes one header; the complaint, or NULL. */
static const char *look_at(const struct field *header, struct seen *seen)
{
    if (!is_token(header->name))
        return "a header's name has a character that names cannot have";
    if (has_control(header->value, "\t"))
        return "a header's value has a control character";
    if (is_header(header->name, "Content-Length"))
        return look_at_length(header->value, seen);
    if (is_header(header->name, "Host"))
        return look_at_host(header->value, seen);
    if (is_header(header->name, "Connection")) {
        seen->close = seen->close || header_has_token(header->value, "close");
        seen->keep_alive = seen->keep_alive || header_has_token(header->value, "keep-alive");
    }
    if (is_header(header->name, "Transfer-Encoding")) {
        if (seen->chunked || strcasecmp(header->value, "chunked") != 0)
            return "the only Transfer-Encoding taken is chunked, once";
        seen->chunked = true;
    }
    return NULL;
}

static const char *look_at_whole(enum method method, int minor, const struct seen *seen)
{
    if (seen->chunked && seen->length != NULL)
        return "both Content-Length and Transfer-Encoding are given";
    if (seen->chunked && minor == 0)
        return "HTTP/1.0 knows no Transfer-Encoding";
    if (method == METHOD_HEAD &&
        (seen->chunked ||
         (seen->length != NULL && strspn(seen->length, "0") != strlen(seen->length))))
        return "a HEAD request has no body";
    if (minor >= 1 && seen->host == NULL)
        return "Host is missing";
    return NULL;
}

/* Where "http://host" ends and the path begins; NULL if the target does not begin like that. */
static const char *after_host(const char *target, const char **host)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t length = strlen(schemes[i]);
        if (strncasecmp(target, schemes[i], length) != 0)
            continue;
        *host = target + length;
        return *host + strcspn(*host, "/?#");
    }
    return NULL;
}

static const char *look_at_target(enum method method, const char *target, const struct seen *seen)
{
    const char *host = NULL;
    const char *path = after_host(target, &host);
    if (strchr(target, '#') != NULL)
        return "the address has a fragment, which stays with who asks";
    if (strcmp(target, "*") == 0 && method != METHOD_OPTIONS)
        return "the address * is for OPTIONS alone";
    if (path == NULL || seen->host == NULL)
        return NULL;
    size_t length = (size_t)(path - host);
    return length == strlen(seen->host) && strncasecmp(host, seen->host, length) == 0
               ? NULL
               : "the address names another host than Host";
}

struct framing framing_check(enum method method, int minor, const char *target,
                             const struct field *headers, size_t count)
{
    struct seen seen = {0};
    const char *complaint = NULL;
    if (strlen(target) > MAX_TARGET_BYTES)
        return refused(REFUSAL_TARGET_TOO_LONG,
                       "the address is longer than 8192 bytes; send what is long in a body");
    if (has_control(target, "") || strchr(target, ' ') != NULL)
        return refused(REFUSAL_INVALID, "the address has a space or a control character");
    if (count > MAX_HEADERS)
        return refused(REFUSAL_HEAD_TOO_LARGE, "more than 100 header lines");
    for (size_t i = 0; i < count && complaint == NULL; i++)
        complaint = look_at(&headers[i], &seen);
    if (complaint == NULL)
        complaint = look_at_whole(method, minor, &seen);
    if (complaint == NULL)
        complaint = look_at_target(method, target, &seen);
    if (complaint != NULL)
        return refused(REFUSAL_INVALID, complaint);
    return (struct framing){
        .close = seen.close || seen.chunked || (minor == 0 && !seen.keep_alive),
    };
}

bool framing_split(const char *target, struct arena *arena, const char **path, const char **query)
{
    *query = NULL;
    *path = target;
    if (strcmp(target, "*") == 0)
        return true;
    const char *host = NULL;
    const char *after = after_host(target, &host);
    if (after != NULL)
        target = after;
    else if (target[0] != '/')
        return false;
    size_t path_length = strcspn(target, "?#");
    const char *mark = target + path_length;
    *path = path_length == 0 ? "/" : arena_strndup(arena, target, path_length);
    if (*mark == '?')
        *query = arena_strndup(arena, mark + 1, strcspn(mark + 1, "#"));
    return true;
}
