/* Where a page stands, from the root: each content has one address. In the arena. */
#ifndef TOUCHSTONE_SERVICE_WEB_ADDRESS_H
#define TOUCHSTONE_SERVICE_WEB_ADDRESS_H

#include "evidence/judgement/question/check.h"

/* "/t/dry-needling/neck-mtrp", "/t/dry-needling", "/c/neck-mtrp"; either may be NULL, not both. */
const char *address_of_topic(const struct intervention *intervention,
                             const struct condition *condition, struct arena *arena);

/* An identifier as part of a path: colons, slashes and brackets stay readable. In the arena. */
const char *address_escape(const char *text, struct arena *arena);

/* "/study/pmid:27582622", "/study/doi:10.1002/14651858.cd008112.pub3": its id, escaped so. */
const char *address_of_study(const char *id, struct arena *arena);

/* The page that tells what this answer tells, whatever words were typed: that of its topic, or the
 * question itself where it asks for one outcome. NULL where it was not understood. */
const char *address_of_answer(const struct checked *checked, struct arena *arena);

#endif
