#include "evidence/base/late.h"

#include <dlfcn.h>
#include <string.h>

/* POSIX has a pointer to a function fit into one to data (dlsym); ISO C has no cast for it. */
static bool find_all(void *library, const struct late *late, struct error *err)
{
    char *place = late->table;
    for (const char *const *name = late->names; *name != NULL; name++, place += sizeof(void *)) {
        void *function = dlsym(library, *name);
        if (function == NULL)
            return error_set(err, ERROR_INTERNAL,
                             "%s has no function %s: it is not the version that "
                             "this program was built with",
                             late->file, *name);
        memcpy(place, &function, sizeof function);
    }
    return true;
}

static bool load(struct late *late, struct error *err)
{
    void *library = dlopen(late->file, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return error_set(err, ERROR_INTERNAL, "this needs a library that is not there: %s",
                         dlerror());
    if (find_all(library, late, err))
        return true;
    dlclose(library);
    return false;
}

bool late_load(struct late *late, struct error *err)
{
    bool loaded = atomic_load_explicit(&late->loaded, memory_order_acquire);
    if (loaded)
        return true;
    pthread_mutex_lock(&late->lock);
    loaded = atomic_load_explicit(&late->loaded, memory_order_relaxed) || load(late, err);
    atomic_store_explicit(&late->loaded, loaded, memory_order_release);
    pthread_mutex_unlock(&late->lock);
    return loaded;
}
