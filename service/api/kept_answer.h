/* Answers that depend on the catalog alone: written, hashed and compressed when they are first
 * asked for, and kept as long as the catalog. */
#ifndef TOUCHSTONE_SERVICE_API_KEPT_ANSWER_H
#define TOUCHSTONE_SERVICE_API_KEPT_ANSWER_H

#include "service/http/answer.h"

/* One for each handler whose answer is kept. */
enum kept_answer_of {
    ANSWER_CONDITIONS,
    ANSWER_DRUG_LINKS,
    ANSWER_FRONT,
    ANSWER_HOME,
    ANSWER_INTERVENTIONS,
    ANSWER_MAP,
    ANSWER_MAP_PICTURE,
    ANSWER_OPENAPI,
    ANSWER_OUTCOMES,
    ANSWER_PLACES,
    ANSWER_RED_FLAGS,
    ANSWER_REGULATORY_ACTIONS,
    ANSWER_STOP_RULES,
    KEPT_ANSWER_COUNT
};

/* Of the answers that are kept by address, all those of a catalog together: 1 MB is the ratings
 * that are asked for most, and leaves the curated base in the memory it is promised to need. */
enum { MAX_ADDRESSED_BYTES = 1 << 20, MAX_ADDRESSED = 512 };

/*
 * What `handle` answers, from what is kept where the request has no query; a handler's own headers
 * are kept too. `handle` must look at nothing of the request but its catalog, arena, path and
 * query. What it refuses is not kept. Safe from any thread; one that waits waits for the making of
 * an answer.
 */
MUST_USE bool kept_answer(const struct request *request, struct answer *answer, struct error *err,
                          enum kept_answer_of which, handler *handle);

/*
 * The same for handlers that answer many addresses: one answer is kept for each path that was asked
 * for, the first MAX_ADDRESSED of them and no more than MAX_ADDRESSED_BYTES in all. Those that come
 * later are written for each request. Nobody waits for the making of an answer: of two that ask at
 * once for the same one, both make it.
 */
MUST_USE bool kept_answer_by_address(const struct request *request, struct answer *answer,
                                     struct error *err, handler *handle);

/* The same for handlers whose answers hold whole links: one for each path and request->origin. */
MUST_USE bool kept_answer_by_link(const struct request *request, struct answer *answer,
                                  struct error *err, handler *handle);

#endif
