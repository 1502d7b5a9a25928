/* A plain question and its answer as JSON. */
#ifndef TOUCHSTONE_SERVICE_API_CHECK_SHAPE_H
#define TOUCHSTONE_SERVICE_API_CHECK_SHAPE_H

#include "evidence/base/json_writer.h"
#include "evidence/judgement/question/check.h"

/* The shape that the contract calls Check. */
void shape_check(struct json_writer *json, const struct catalog *catalog,
                 const struct checked *checked, struct arena *arena);

#endif
