/* What is asked of PubMed next: the request, and how far the query's limit lets it go. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_PUBMED_REQUEST_H
#define TOUCHSTONE_IMPORTERS_SOURCES_PUBMED_REQUEST_H

#include "importers/sources/pubmed_place.h"
#include "importers/sources/remote.h"

/* As `request` of struct remote. */
bool pubmed_request(const struct remote_query *query, const struct remote_options *options,
                    const char *state, struct arena *arena, struct remote_request *out,
                    struct error *err);

/* How many records the next page has. */
long pubmed_request_length(const struct remote_query *query, const struct remote_options *options,
                           const struct pubmed_place *place);

/* How far into this part the query's limit lets us go; as far as PubMed gives at all where the part
 * was not searched yet. */
long pubmed_request_end(const struct remote_query *query, const struct pubmed_place *place);

/* As many are behind us as the query's limit allows. */
bool pubmed_request_is_enough(const struct remote_query *query, const struct pubmed_place *place);

#endif
