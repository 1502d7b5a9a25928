#include "service/http/origin.h"

#include <string.h>

enum { LONGEST_HOST = 260 }; /* a name of 253 characters, a colon and a port */

#define LETTERS_AND_DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

static bool is_of_authority(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '-' && byte <= ':' && byte != '/') ||
           (byte >= 'A' && byte <= 'Z') || byte == '_' || byte == '[' || byte == ']';
}

static size_t authority_length(const char *text)
{
    size_t length = 0;
    while (is_of_authority(text[length]))
        length++;
    return length <= LONGEST_HOST ? length : 0;
}

static bool is_path(const char *text)
{
    return *text == '\0' ||
           (*text == '/' && text[strspn(text, LETTERS_AND_DIGITS "/.-_~%")] == '\0');
}

bool origin_is_base(const char *url)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncmp(url, schemes[i], strlen(schemes[i])) == 0) {
            const char *host = url + strlen(schemes[i]);
            size_t length = authority_length(host);
            return length > 0 && is_path(host + length);
        }
    return false;
}

const char *origin_of(const char *base_url, const char *scheme, const char *host,
                      struct arena *arena)
{
    size_t length = base_url == NULL ? 0 : strlen(base_url);
    while (length > 0 && base_url[length - 1] == '/')
        length--;
    if (base_url != NULL)
        return arena_strndup(arena, base_url, length);
    length = host == NULL ? 0 : authority_length(host);
    if (length == 0 || host[length] != '\0')
        host = "localhost";
    return arena_join(arena, scheme, "://", host);
}
