#include "service/http/forwarded.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PROXIES_MOST = 32, V4_AT = 12 };

struct proxies {
    struct in6_addr addresses[PROXIES_MOST]; /* IPv4 as IPv4-mapped */
    size_t count;
    bool by_unix;
};

static bool read_address(const char *text, struct in6_addr *out)
{
    struct in_addr v4;
    if (inet_pton(AF_INET6, text, out) == 1)
        return true;
    if (inet_pton(AF_INET, text, &v4) != 1)
        return false;
    memset(out, 0, sizeof *out);
    out->s6_addr[V4_AT - 2] = out->s6_addr[V4_AT - 1] = 0xFF;
    memcpy(out->s6_addr + V4_AT, &v4, sizeof v4);
    return true;
}

static bool add_proxy(struct proxies *proxies, const char *text)
{
    if (strcmp(text, "unix") == 0)
        return proxies->by_unix = true;
    if (proxies->count == PROXIES_MOST || !read_address(text, &proxies->addresses[proxies->count]))
        return false;
    proxies->count++;
    return true;
}

struct proxies *proxies_new(const char *list, struct error *err)
{
    struct proxies *proxies = memory_alloc(sizeof *proxies);
    *proxies = (struct proxies){0};
    for (const char *at = list; at != NULL; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        char one[INET6_ADDRSTRLEN + 1] = "";
        size_t length = strcspn(at, ",");
        memcpy(one, at, length < sizeof one ? length : 0);
        if (add_proxy(proxies, one))
            continue;
        error_set(err, ERROR_INVALID,
                  "\"%.*s\" is no proxy's address; write IP addresses with commas between them, at "
                  "most %d, or unix",
                  (int)length, at, PROXIES_MOST);
        proxies_free(proxies);
        return NULL;
    }
    return proxies;
}

void proxies_free(struct proxies *proxies)
{
    free(proxies);
}

bool proxies_trust(const struct proxies *proxies, const char *remote)
{
    struct in6_addr address;
    if (proxies == NULL)
        return false;
    if (remote == NULL)
        return proxies->by_unix;
    if (!read_address(remote, &address))
        return false;
    for (size_t i = 0; i < proxies->count; i++)
        if (memcmp(&proxies->addresses[i], &address, sizeof address) == 0)
            return true;
    return false;
}

/* -- lists -- */

static char *trimmed(char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        text[--length] = '\0';
    return text;
}

/* Cuts the last element off a comma-separated list; NULL when there is none left. */
static char *take_last(char **list)
{
    if (*list == NULL)
        return NULL;
    char *comma = strrchr(*list, ',');
    char *last = comma == NULL ? *list : comma + 1;
    if (comma != NULL)
        *comma = '\0';
    else
        *list = NULL;
    return trimmed(last);
}

/* "192.0.2.1:80", "[2001:db8::1]:80", with quotes around or not, as an address alone. */
static const char *address_of(char *text)
{
    struct in6_addr address;
    if (text[0] == '[') {
        text++;
        text[strcspn(text, "]")] = '\0';
    } else if (strchr(text, ':') != NULL && strchr(text, ':') == strrchr(text, ':')) {
        *strchr(text, ':') = '\0';
    }
    return read_address(text, &address) ? text : NULL;
}

static const char *scheme_of(const char *text)
{
    if (text == NULL)
        return NULL;
    return strcasecmp(text, "https") == 0 ? "https" : strcasecmp(text, "http") == 0 ? "http" : NULL;
}

/* -- the two kinds -- */

/* Reads one element of Forwarded, which it cuts up: "for=…;proto=https;host=a". */
static struct forwarded read_element(char *element)
{
    struct forwarded found = {0};
    char *rest = NULL;
    for (char *pair = strtok_r(element, ";", &rest); pair != NULL;
         pair = strtok_r(NULL, ";", &rest)) {
        pair = trimmed(pair);
        char *value = strchr(pair, '=');
        if (value == NULL)
            continue;
        *value++ = '\0';
        size_t length = strlen(value);
        if (length >= 2 && value[0] == '"' && value[length - 1] == '"') {
            value[length - 1] = '\0';
            value++;
        }
        if (strcasecmp(pair, "for") == 0)
            found.remote = address_of(value);
        else if (strcasecmp(pair, "proto") == 0)
            found.scheme = scheme_of(value);
        else if (strcasecmp(pair, "host") == 0)
            found.host = value;
    }
    return found;
}

static struct forwarded read_standard(const struct proxies *proxies, char *list,
                                      struct forwarded known)
{
    for (char *element = take_last(&list); element != NULL; element = take_last(&list)) {
        struct forwarded told = read_element(element);
        if (told.remote == NULL)
            return known; /* "unknown", a name of its own, or nonsense: nothing before it helps */
        known = told;
        if (!proxies_trust(proxies, told.remote))
            return known;
    }
    return known;
}

static struct forwarded read_customary(const struct proxies *proxies, const struct request *request,
                                       char *list, struct forwarded known)
{
    char *schemes = arena_strdup(request->arena, request_header_list(request, "X-Forwarded-Proto"));
    char *hosts = arena_strdup(request->arena, request_header_list(request, "X-Forwarded-Host"));
    known.scheme = scheme_of(take_last(&schemes));
    known.host = take_last(&hosts);
    for (char *element = take_last(&list); element != NULL; element = take_last(&list)) {
        const char *told = address_of(element);
        if (told == NULL)
            return known;
        known.remote = told;
        if (!proxies_trust(proxies, told))
            return known;
    }
    return known;
}

struct forwarded forwarded_read(const struct proxies *proxies, const struct request *request,
                                const char *remote)
{
    struct forwarded known = {.remote = remote};
    if (!proxies_trust(proxies, remote))
        return known;
    const char *standard = request_header_list(request, "Forwarded");
    const char *customary = request_header_list(request, "X-Forwarded-For");
    if (standard != NULL)
        return customary != NULL
                   ? known
                   : read_standard(proxies, arena_strdup(request->arena, standard), known);
    return read_customary(proxies, request, arena_strdup(request->arena, customary), known);
}
