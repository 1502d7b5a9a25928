/* What NCBI complains of in the body of an answer, whatever its status: it answers 200 to searches
 * that failed, and 400 to some that would succeed a moment later. */
#ifndef TOUCHSTONE_IMPORTERS_SOURCES_PUBMED_FAULT_H
#define TOUCHSTONE_IMPORTERS_SOURCES_PUBMED_FAULT_H

#include "evidence/base/arena.h"
#include "importers/sources/remote.h"

/* The answer without control characters, in the arena: NCBI puts raw line breaks into its JSON. */
struct remote_answer pubmed_fault_clean(const struct remote_answer *answer, struct arena *arena);

/* The complaint in words, on one line and short; NULL where the body holds none. */
const char *pubmed_fault(const struct remote_answer *answer, struct arena *arena);

/* The search that was to be read from is not there any more: PubMed keeps one for some hours. */
bool pubmed_fault_is_forgotten(const char *fault);

/* It was too slow inside, and may not be the next time. */
bool pubmed_fault_may_pass(const char *fault);

#endif
