/* Publications that importers brought in and nobody has curated yet, in the shape of a study. */
#ifndef TOUCHSTONE_SERVICE_API_PUBLICATION_SHAPE_H
#define TOUCHSTONE_SERVICE_API_PUBLICATION_SHAPE_H

#include "evidence/base/json_writer.h"
#include "evidence/store/intake.h"

/* All that is known of one; strings and lists live in an arena of the caller's. */
struct publication_view {
    struct publication publication;
    const struct kept_record *records;
    size_t record_count;
    const struct record_notice *notices;
    size_t notice_count;
    const char *const *linked;   /* reports and the entry of a trial */
    const char *const *possible; /* that may be the same */
};

/* ERROR_NOT_FOUND if there is none of that id. */
MUST_USE bool publication_view_load(struct store *store, const char *id, struct arena *arena,
                                    struct publication_view *out, struct error *err);

/* The fields of a study in a list; what a machine read is marked as such. */
void shape_publication_short(struct json_writer *json, const struct publication *publication,
                             struct arena *arena);

/* The fields of a study, further "machine_read", "proposed_results" (of registers and review files,
 * counted nowhere), "origins" (which source each field was taken from), "linked" and
 * "possible_duplicates". */
void shape_publication(struct json_writer *json, const struct publication_view *view,
                       struct arena *arena);

#endif
