#include "service/worlds/mcp/browser.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

/* "https://host:port" in its parts. */
struct place {
    const char *scheme;
    const char *host; /* an IPv6 address without brackets */
    const char *port; /* "443" for https where none is written */
    bool in_brackets;
};

static bool is_port(const char *text)
{
    return text[strspn(text, "0123456789")] == '\0';
}

/* Reads a scheme and an authority; `rest` tells whether a path may follow. */
static bool place_read(const char *url, bool rest, struct arena *arena, struct place *out)
{
    const char *colon = strstr(url, "://");
    if (colon == NULL)
        return false;
    out->scheme = arena_strndup(arena, url, (size_t)(colon - url));
    const char *at = colon + 3;
    size_t length = strcspn(at, "/?#");
    if (!rest && at[length] != '\0')
        return false;
    char *authority = arena_strndup(arena, at, length);
    char *end = authority[0] == '[' ? strchr(authority, ']') : strchr(authority, ':');
    out->in_brackets = authority[0] == '[';
    if (out->in_brackets && end == NULL)
        return false;
    out->host = authority + out->in_brackets;
    const char *port = end == NULL ? NULL : out->in_brackets ? end + 1 : end;
    out->port = strcasecmp(out->scheme, "https") == 0 ? "443" : "80";
    if (port != NULL && port[0] != '\0') {
        if (port[0] != ':' || !is_port(port + 1))
            return false;
        out->port = port[1] == '\0' ? out->port : arena_strdup(arena, port + 1);
    }
    if (end != NULL)
        *end = '\0';
    return out->host[0] != '\0';
}

static bool is_same(const struct place *one, const struct place *other)
{
    return strcasecmp(one->scheme, other->scheme) == 0 && strcasecmp(one->host, other->host) == 0 &&
           strcmp(one->port, other->port) == 0;
}

static bool is_number(const struct place *place)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    return inet_pton(place->in_brackets ? AF_INET6 : AF_INET, place->host, bytes) == 1;
}

static bool is_this_machine(const struct place *place)
{
    struct in_addr address;
    if (place->in_brackets)
        return strcmp(place->host, "::1") == 0;
    if (strcasecmp(place->host, "localhost") == 0)
        return true;
    return inet_pton(AF_INET, place->host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

bool browser_may_ask(const struct request *request)
{
    struct place asking;
    struct place own;
    const char *origin = request_header_list(request, "Origin");
    if (origin == NULL)
        return true;
    if (!place_read(origin, false, request->arena, &asking) ||
        (strcasecmp(asking.scheme, "http") != 0 && strcasecmp(asking.scheme, "https") != 0))
        return false;
    if (is_this_machine(&asking))
        return true;
    return request->origin != NULL && place_read(request->origin, true, request->arena, &own) &&
           is_same(&asking, &own) && (request->origin_is_told || is_number(&own));
}
