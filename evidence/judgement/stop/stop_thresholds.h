/* The numbers that the rules of stopping look at, as ruleset_thresholds tells those of the rating.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_STOP_THRESHOLDS_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_STOP_THRESHOLDS_H

#include "evidence/model/stop_model.h"
#include "evidence/rating/ruleset.h"

/* Those of the rule T1 to T7, by the names of rulebooks/stop-model.json ("decision.stop_below"), in
 * `out`; gives how many. A base without that book has none. */
size_t stop_thresholds(const struct stop_model *model, const char *rule,
                       struct ruleset_threshold out[RULESET_THRESHOLDS]);

#endif
