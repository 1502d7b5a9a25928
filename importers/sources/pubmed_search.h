/* What esearch answers (retmode=json, usehistory=y). */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_PUBMED_SEARCH_H
#define TOUCHSTONE_IMPORTERS_SOURCES_PUBMED_SEARCH_H

#include "importers/formats/format.h"
#include "importers/sources/remote.h"

struct pubmed_found {
    long count;
    const char *webenv; /* the search as PubMed keeps it; NULL: it was not asked to */
    long query_key;
    const char *const *pmids; /* the part of the list that was asked for, ended by NULL */
};

/*
 * Strings live in the arena. Words of the query that PubMed did not find, and searched without or
 * took apart, are a warning: it has answered another question than was meant. `warnings` may be
 * NULL.
 *
 * ERROR_NETWORK for an error in place of an answer, with PubMed's words, and for what is no answer.
 */
MUST_USE bool pubmed_search_read(const struct remote_answer *answer,
                                 const struct format_warnings *warnings, struct arena *arena,
                                 struct pubmed_found *out, struct error *err);

#endif
