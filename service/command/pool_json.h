/*
 * A pooled analysis as the JSON object of the contract, with the tests and refits that belong to
 * it.
 */
#ifndef TOUCHSTONE_SERVICE_COMMAND_POOL_JSON_H
#define TOUCHSTONE_SERVICE_COMMAND_POOL_JSON_H

#include "evidence/base/json_writer.h"
#include "service/command/pool_answer.h"

/* Leaving each study out in turn, and adding them up, fits the model k times over k studies: with
 * more studies than this it is not done and its lists are null. */
enum { POOL_MAX_REFITTED = 2000 };

/* Writes the object. What the data do not allow (Egger's test of two studies, say) is null;
 * `metareg` and `subgroup`, which are there where they were asked for, then say why not. */
void pool_json(const struct pool_answer *answer, struct arena *arena, struct json_writer *writer);

#endif
