/*
 * What all handlers share that read the catalog: how an answer starts, which edition of the base is
 * asked for, and the refusal of names that are not there.
 */
#ifndef TOUCHSTONE_SERVICE_API_READING_H
#define TOUCHSTONE_SERVICE_API_READING_H

#include "evidence/judgement/language/lexicon.h"
#include "evidence/rating/catalog.h"
#include "service/http/answer.h"

/* Starts an answer in JSON that depends on the catalog: it was last modified when the base was. */
void reading_json(const struct request *request, struct answer *answer, struct json_writer *json);

/* False, filling `err`, unless the query has no other parameters than `ruleset` and `as_of`. */
MUST_USE bool reading_only_edition(const struct request *request, struct error *err);

/*
 * Runs `inner` on the edition that `ruleset` and `as_of` (a day, a time, a hash or a version of the
 * base) ask for: its request carries that catalog, rated by that ruleset. An earlier edition is
 * read from the store, on a thread apart. 404 with the earliest there is for what was before.
 */
MUST_USE bool reading_under_edition(const struct request *request, struct answer *answer,
                                    struct error *err, handler *inner);

/* Refuses with 404 and the ids of the entries of that kind whose names are nearest. Always false.
 */
bool refuse_unknown(const struct request *request, struct answer *answer, enum meaning meaning,
                    const char *what, const char *id);

/* 400 for a parameter whose value names no entry of that kind, with the nearest ones. Always false.
 */
bool unknown_parameter(const struct request *request, const char *name, enum meaning meaning,
                       const char *id, struct error *err);

/* The entries of {intervention} and {condition} in the path; NULL after refusing. */
const struct intervention *require_intervention(const struct request *request,
                                                struct answer *answer);
const struct condition *require_condition(const struct request *request, struct answer *answer);

/* The rating of {question} in the path; NULL after refusing with 404. */
const struct rating *require_rating(const struct request *request, struct answer *answer);

#endif
