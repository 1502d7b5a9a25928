#include "importers/sources/remote.h"

#include <string.h>

#include "importers/sources/all.h"

const struct remote *const remotes[] = {
    &remote_pubmed, &remote_europepmc, &remote_crossref, &remote_openalex, &remote_ctgov, NULL,
};

const struct remote *remote_named(const char *name)
{
    for (const struct remote *const *remote = remotes; *remote != NULL; remote++)
        if (strcmp((*remote)->name, name) == 0)
            return *remote;
    return NULL;
}
