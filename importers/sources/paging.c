#include "importers/sources/paging.h"

#include <stdlib.h>
#include <string.h>

/* A count of at most nine digits with a blank behind it, which *at moves past. */
static bool read_count(const char **at, size_t *out)
{
    size_t digits = strspn(*at, "0123456789");
    if (digits == 0 || digits > 9 || (*at)[digits] != ' ')
        return false;
    *out = (size_t)atol(*at);
    *at += digits + 1;
    return true;
}

/* "seen handed restarts token", the token to the end. */
bool paging_read(const char *state, struct arena *arena, struct paging *out, struct error *err)
{
    const char *at = state;
    *out = (struct paging){0};
    if (state == NULL)
        return true;
    if (!read_count(&at, &out->seen) || !read_count(&at, &out->handed) ||
        !read_count(&at, &out->restarts) || *at == '\0' || strlen(at) > PAGING_TOKEN_MOST)
        return error_set(err, ERROR_INVALID,
                         "the state \"%.40s\" is of no import of ours; start the import anew",
                         state);
    out->token = arena_strdup(arena, at);
    return true;
}

const char *paging_write(const struct paging *paging, struct arena *arena)
{
    return arena_printf(arena, "%zu %zu %zu %s", paging->seen, paging->handed, paging->restarts,
                        paging->token);
}
