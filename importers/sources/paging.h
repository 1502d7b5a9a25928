/*
 * How far a run of pages is, as the text that remote.h calls a state: small, and the same for every
 * service that pages with a token of its own.
 */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_PAGING_H
#define TOUCHSTONE_IMPORTERS_SOURCES_PAGING_H

#include "evidence/base/arena.h"

/* The longest token that is believed. */
enum { PAGING_TOKEN_MOST = 4000 };

struct paging {
    size_t seen;       /* records of the answers so far */
    size_t handed;     /* … of them handed on */
    size_t restarts;   /* how often the service forgot the search */
    const char *token; /* of the page to ask for; NULL: the first */
};

/* NULL is the start. ERROR_INVALID for what paging_write did not write. */
MUST_USE bool paging_read(const char *state, struct arena *arena, struct paging *out,
                          struct error *err);

const char *paging_write(const struct paging *paging, struct arena *arena);

#endif
