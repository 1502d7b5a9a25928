/* What `touchstone build --report` tells of a base: what it covers, lacks, and what looks odd. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_REPORT_H
#define TOUCHSTONE_SERVICE_VIEWS_REPORT_H

#include "evidence/base/json_writer.h"
#include "evidence/model/lookalikes.h"
#include "evidence/model/missing_review.h"
#include "evidence/rating/coverage.h"
#include "evidence/rating/oddities.h"

/* Everything found, borrowed from the catalog and from the arena it was gathered in. */
struct report {
    const struct catalog *catalog;
    struct coverage_report coverage;
    const struct oddity *oddities;
    size_t oddity_count;
    const struct lookalike *lookalikes;
    size_t lookalike_count;
    const struct missing_review *missing_reviews;
    size_t missing_review_count;
};

struct report report_of(const struct catalog *catalog, struct arena *arena);

/* {"totals", "interventions", "conditions", "pairs", "missing", "odd"}, every id in full. */
void report_write(struct json_writer *json, const struct report *report);

#endif
