/* The rows of the rule books as JSON. Like shapes.h, nothing here knows a request. */
#ifndef TOUCHSTONE_SERVICE_API_RULEBOOK_SHAPES_H
#define TOUCHSTONE_SERVICE_API_RULEBOOK_SHAPES_H

#include "evidence/base/json_writer.h"
#include "evidence/model/rulebooks.h"

/* What a row rests on, as members of the object being written: "derived", "doubtful", "checked",
 * "sources". */
void shape_backing(struct json_writer *json, const struct backing *backing);

void shape_red_flag(struct json_writer *json, const struct base *base, const struct red_flag *flag);
void shape_stop_rule(struct json_writer *json, const struct base *base,
                     const struct stop_rule *rule);
void shape_drug_link(struct json_writer *json, const struct base *base,
                     const struct drug_link *link);
void shape_regulatory_action(struct json_writer *json, const struct base *base,
                             const struct regulatory_action *action);

/* {"id", "instrument", "name", …, "items"}: what it asks of a study, and how it judges. */
void shape_instrument(struct json_writer *json, const struct instrument_form *form);

/* {"setting", "dose", "how", …, "sources", "checked", "doubtful"}; null for NULL. Statements point
 * into "sources" by position and name the kinds of source that they rest on. */
void shape_safe_use(struct json_writer *json, const struct safe_use *use);

/* What the books say of one intervention, as members of the object being written: "safe_use",
 * "regulatory_actions", "stop_rules" (its own, then those for whatever is tried). A book that the
 * base does not hold is null. */
void shape_rulebooks_of(struct json_writer *json, const struct base *base,
                        const struct intervention *intervention);

#endif
