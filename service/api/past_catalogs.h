/* The base as it stood before, rated, for answers "as of": the last few that were asked for are
 * kept. */
#ifndef TOUCHSTONE_SERVICE_API_PAST_CATALOGS_H
#define TOUCHSTONE_SERVICE_API_PAST_CATALOGS_H

#include "evidence/rating/catalog.h"
#include "evidence/store/store.h"

struct past_catalogs;

/* Never NULL; the caller frees it. */
struct past_catalogs *past_catalogs_new(void);
void past_catalogs_free(struct past_catalogs *past); /* NULL is allowed */

/* Forgets all: the store may be another one. */
void past_catalogs_forget(struct past_catalogs *past);

/*
 * The base of the edition that `as_of` means (store_find_edition tells which words it takes and
 * what is refused), read from `store` where it is not at hand: that takes as long as a start. The
 * caller has one reference. NULL on failure. From any thread; each waits for the one before.
 */
MUST_USE struct catalog *past_catalog(struct past_catalogs *past, struct store *store,
                                      const char *as_of, struct error *err);

#endif
