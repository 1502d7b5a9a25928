#include "service/http/origin.h"

#include <string.h>

enum { LONGEST_HOST = 260 }; /* a name of 253 characters, a colon and a port */

static bool is_authority(const char *text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789.-_:[]";
    size_t length = strlen(text);
    return length > 0 && length <= LONGEST_HOST && strspn(text, allowed) == length;
}

bool origin_is_base(const char *url)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncmp(url, schemes[i], strlen(schemes[i])) == 0)
            return is_authority(url + strlen(schemes[i]));
    return false;
}

const char *origin_of(const char *base_url, const char *host, struct arena *arena)
{
    if (base_url != NULL)
        return base_url;
    if (host == NULL || !is_authority(host))
        return "http://localhost";
    return arena_printf(arena, "http://%s", host);
}
