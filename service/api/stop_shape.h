/* Decisions to stop and raised red flags as JSON. Like shapes.h, nothing here knows a request. */
#ifndef TOUCHSTONE_SERVICE_API_STOP_SHAPE_H
#define TOUCHSTONE_SERVICE_API_STOP_SHAPE_H

#include "evidence/base/json_writer.h"
#include "evidence/judgement/stop/stop.h"

/* The shape that the contract calls "Stop, out". */
void shape_stop(struct json_writer *json, const struct catalog *catalog, const struct diary *diary,
                const struct stop_signs *signs, const struct stopping *stopping,
                struct arena *arena);

/* The raised flags as a list; offsets count code points of `text`. */
void shape_raised_list(struct json_writer *json, const struct raised_flags *flags,
                       const char *text);

/* The shape that the contract calls "Red flags". */
void shape_red_flags_raised(struct json_writer *json, const struct raised_flags *flags,
                            const char *text);

#endif
