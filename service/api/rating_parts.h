/*
 * The parts of which a rating's shape is made, for those that tell one: whole, in a list, or as the
 * headline of a pair. Each writes its own key into the object being written.
 */
#ifndef TOUCHSTONE_SERVICE_API_RATING_PARTS_H
#define TOUCHSTONE_SERVICE_API_RATING_PARTS_H

#include "evidence/base/json_writer.h"
#include "evidence/rating/catalog.h"

/* What a rating says, as told by itself or by a headline that stands on it. */
struct telling {
    const char *verdict;
    const char *rule;
    const char *sentence;
    const struct certainty *certainty;
    const struct rating *sham; /* the same against each, NULL */
    const struct rating *nothing;
};

/* All fields of a rating that is told so. */
void shape_told(struct json_writer *json, const struct catalog *catalog,
                const struct rating *rating, const struct telling *telling, struct arena *arena);

/* "intervention": {"id", "name", "kind"}. */
void shape_asked_intervention(struct json_writer *json, const struct intervention *intervention);

/* The certainty with its domains, and where there is no room for them. */
void shape_certainty(struct json_writer *json, const struct certainty *certainty);
void shape_level(struct json_writer *json, enum certainty_level level);

/* The figure, null without one; the pool behind it, and one where there is nothing to pool. */
void shape_effect(struct json_writer *json, const struct rating *rating);
void shape_pool(struct json_writer *json, const struct rating *rating);
void shape_empty_pool(struct json_writer *json, enum basis basis);

/* How many studies found it better, neither, worse by their own account. */
void shape_directions(struct json_writer *json, const struct directions *directions);

/* V4: a curator's word beside the computed verdict; null without one. */
void shape_override(struct json_writer *json, const struct verdict_override *override);

/* Ids of the questions against each; NULL writes null. */
void shape_against(struct json_writer *json, const struct rating *sham,
                   const struct rating *nothing);

/* The same question against another comparator; NULL where nobody asked it. */
const struct rating *rating_sibling(const struct catalog *catalog, const struct rating *rating,
                                    const char *comparator, struct arena *arena);

/* `id` of the question, NULL where none stands behind the answer. */
void shape_pair_links(struct json_writer *json, const char *id,
                      const struct intervention *intervention, const struct condition *condition,
                      struct arena *arena);

#endif
