#include "evidence/store/sql/engines.h"

#include <string.h>

static const char *const url_beginnings[] = {"postgresql://", "postgres://", NULL};

/* Past the beginning of a URL; NULL: it is none. */
static const char *past_beginning(const char *path)
{
    for (const char *const *known = url_beginnings; *known != NULL; known++)
        if (strncmp(path, *known, strlen(*known)) == 0)
            return path + strlen(*known);
    return NULL;
}

bool store_is_file(const char *path)
{
    return past_beginning(path) == NULL;
}

const char *store_shown(const char *path, struct arena *arena)
{
    const char *hosts = past_beginning(path);
    if (hosts == NULL)
        return arena_strdup(arena, path);
    const char *at = hosts + strcspn(hosts, "@/?");
    if (*at == '@')
        hosts = at + 1;
    return arena_printf(arena, "postgresql://%.*s", (int)strcspn(hosts, "?"), hosts);
}

const struct engine *engine_of(const char *path, struct error *err)
{
    if (store_is_file(path))
        return &sqlite_engine;
#ifdef TOUCHSTONE_WITH_POSTGRES
    (void)err;
    return &postgres_engine;
#else
    error_set(err, ERROR_INVALID,
              "this program was built without PostgreSQL; install libpq (Debian: libpq-dev) and "
              "build it again, or name a file");
    return NULL;
#endif
}
