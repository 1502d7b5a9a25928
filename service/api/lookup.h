/* The entries that a path names; NULL after refusing with 404 and the nearest names. */
#ifndef TOUCHSTONE_SERVICE_API_LOOKUP_H
#define TOUCHSTONE_SERVICE_API_LOOKUP_H

#include "evidence/rating/catalog.h"
#include "service/http/answer.h"

/* Of {intervention} and {condition} in the path. */
const struct intervention *require_intervention(const struct request *request,
                                                struct answer *answer);
const struct condition *require_condition(const struct request *request, struct answer *answer);

#endif
