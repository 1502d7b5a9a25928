/* What a change of one study does to the ratings: those that it feeds, before and after. */
#ifndef TOUCHSTONE_SERVICE_CURATION_CONSEQUENCE_H
#define TOUCHSTONE_SERVICE_CURATION_CONSEQUENCE_H

#include "evidence/base/json_writer.h"
#include "evidence/rating/catalog.h"

/*
 * Members of the object being written: "ratings": [{"question", "before", "after", "moved"}], short
 * ratings or null where there is none, every question that the study speaks to on either side and
 * every other that moved with it; "oddities": [{"kind", "result", "question", "detail"}], what of
 * the study's figures deserves a second look.
 */
void shape_consequence(struct json_writer *json, const struct catalog *before,
                       const struct catalog *after, const char *study, struct arena *arena);

#endif
