/* The files that pages need besides themselves. They are part of the program, and their addresses
 * change with their content, so that a browser may keep them for good. */
#ifndef TOUCHSTONE_SERVICE_WEB_ASSETS_H
#define TOUCHSTONE_SERVICE_WEB_ASSETS_H

#include "evidence/base/arena.h"

struct asset {
    const char *name; /* "style.css" */
    const char *type;
    const char *bytes;
    size_t length;
};

/* The asset of that name, NULL if there is none. */
const struct asset *asset_find(const char *name);

/* "/assets/style.css?v=1f2e…": where a page finds it, in the arena. `name` is one of ours. */
const char *asset_address(const char *name, struct arena *arena);

#endif
