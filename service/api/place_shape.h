/* The places of the body as JSON. Like shapes.h, nothing here knows a request. */
#ifndef TOUCHSTONE_SERVICE_API_PLACE_SHAPE_H
#define TOUCHSTONE_SERVICE_API_PLACE_SHAPE_H

#include "evidence/base/json_writer.h"
#include "evidence/judgement/place/place_answer.h"

/* One of a list: {"id", "name", "plain", "also", "everywhere", "shapes"}. */
void shape_place_short(struct json_writer *json, const struct places *places,
                       const struct place *place);

/* The same with its dangers, complaints and muscles. */
void shape_place(struct json_writer *json, const struct catalog *catalog,
                 const struct place_answer *answer);

#endif
