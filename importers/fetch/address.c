#include "importers/fetch/address.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "importers/fetch/libcurl.h"

enum { SHOWN_MOST = 200 };

/* How much of an address may stand in a message: a query can hold a key. */
static int shown_length(const char *url)
{
    size_t length = strcspn(url, "?#");
    return (int)(length < SHOWN_MOST ? length : SHOWN_MOST);
}

static bool is_loopback(const char *host)
{
    struct in_addr four;
    if (inet_pton(AF_INET, host, &four) == 1)
        return ntohl(four.s_addr) >> 24 == 127;
    return strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0;
}

/* A part copied into a string of ours; false if there is none or it does not fit. */
static bool take_part(CURLU *parts, CURLUPart what, unsigned flags, char *out, size_t size)
{
    char *part = NULL;
    bool fits = libcurl()->url_get(parts, what, &part, flags) == CURLUE_OK && strlen(part) < size;
    if (fits)
        memcpy(out, part, strlen(part) + 1);
    libcurl()->free(part);
    return fits;
}

static bool take_apart(struct address *address, CURLU *parts, const char *url)
{
    char scheme[8];
    char port[8];
    if (libcurl()->url_set(parts, CURLUPART_URL, url, CURLU_DISALLOW_USER) != CURLUE_OK ||
        libcurl()->url_set(parts, CURLUPART_FRAGMENT, NULL, 0) != CURLUE_OK ||
        !take_part(parts, CURLUPART_SCHEME, 0, scheme, sizeof scheme) ||
        !take_part(parts, CURLUPART_HOST, 0, address->host, sizeof address->host) ||
        !take_part(parts, CURLUPART_PORT, CURLU_DEFAULT_PORT, port, sizeof port))
        return false;
    address->tls = strcmp(scheme, "https") == 0;
    address->port = strtol(port, NULL, 10);
    address->loopback = is_loopback(address->host);
    return (address->tls || strcmp(scheme, "http") == 0) &&
           libcurl()->url_get(parts, CURLUPART_URL, &address->url, 0) == CURLUE_OK;
}

bool address_read(struct address *address, const char *url, bool plain_http, struct error *err)
{
    *address = (struct address){0};
    if (!libcurl_load(err))
        return false;
    CURLU *parts = libcurl()->url();
    bool understood = parts != NULL && take_apart(address, parts, url);
    libcurl()->url_cleanup(parts);
    if (!understood)
        return error_set(err, ERROR_INVALID,
                         "\"%.*s\" is not an address to ask: it takes http:// or https://, a host, "
                         "and no user name",
                         shown_length(url), url);
    if (address->tls || address->loopback || plain_http)
        return true;
    address_release(address);
    return error_set(err, ERROR_INVALID, "\"%.*s\" would be asked without encryption: use https://",
                     shown_length(url), url);
}

void address_release(struct address *address)
{
    if (address->url != NULL)
        libcurl()->free(address->url);
    address->url = NULL;
}

bool address_same_site(const struct address *from, const struct address *to)
{
    if (strcasecmp(from->host, to->host) != 0)
        return false;
    return from->tls == to->tls ? from->port == to->port : to->tls;
}
