/* What of a study an address names: /v1/studies/{id}, its appraisals, or an element of its lists.
 * An id may hold slashes, so what is known is cut from the right. */
#ifndef TOUCHSTONE_SERVICE_CURATION_TARGET_H
#define TOUCHSTONE_SERVICE_CURATION_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "evidence/base/arena.h"

enum target_kind {
    TARGET_STUDY,     /* {id} */
    TARGET_APPRAISAL, /* {id}/appraisals/{instrument} */
    TARGET_LIST,      /* {id}/results, harms, notices */
    TARGET_ELEMENT    /* {id}/results/3: from 0, in the order of the study */
};

struct target {
    enum target_kind kind;
    const char *study;      /* its id, as it was sent */
    const char *instrument; /* "rob-2" */
    const char *list;       /* "results" */
    size_t index;
};

/* Reads the rest of the path after /v1/studies/; strings live in `arena`. */
struct target target_of(const char *rest, struct arena *arena);

#endif
