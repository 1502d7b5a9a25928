/* What-if as JSON: the changes of a request, the rating before and after, and what an answer hangs
 * on. */
#ifndef TOUCHSTONE_SERVICE_API_WHAT_IF_H
#define TOUCHSTONE_SERVICE_API_WHAT_IF_H

#include "evidence/rating/what_if.h"
#include "service/api/shapes.h"

struct stability;

/* {"leave_out": [ids], "risk_of_bias": [{"study", "risk"}], "add": [{"n", "estimate", "ci",
 * "risk"?, "label"?}]}; what is wrong goes into the reader's problems. */
void what_if_read(const struct json_reader *at, struct what_if *out);

/* {"before", "after", "certainty", "moved", "trace"}. */
void shape_what_if(struct json_writer *json, const struct catalog *catalog,
                   const struct rating *before, const struct rating *after, struct arena *arena);

/* {"hangs_on", "null_trials_that_turn_it", "people_needed", "since", …}. */
void shape_stability(struct json_writer *json, const struct stability *stability);

#endif
