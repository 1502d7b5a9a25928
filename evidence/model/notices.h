/*
 * What befell a publication after it came out: what one record says of it, and what several say
 * together. A notice is about the thing it names and never about itself; only a retraction
 * retracts.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_NOTICES_H
#define TOUCHSTONE_EVIDENCE_MODEL_NOTICES_H

#include "evidence/base/arena.h"
#include "evidence/model/record.h"

/* A notice and the publication it is about: both identifiers NULL for that of the record itself. */
struct told_notice {
    const char *target_pmid;
    const char *target_doi;
    struct record_notice notice; /* its own doi, pmid, date; `source` is never NULL */
};

/*
 * Everything a record says, in `arena`: its own notices first, then those it makes to others.
 *
 * - A record that is flagged as retracted without a notice that says so has one, without a DOI.
 * - A notice's own record is not what it is about: what names one of the publications that the
 *   record updates (a link read from the wrong end) is left out, and so is the flag of a record
 *   that itself retracts others.
 * - An update that names nothing, or the record itself, is left out.
 */
struct told_notice *notices_told_by(const struct record *record, struct arena *arena,
                                    size_t *count);

/* True if two notices may be one, told by different sources: of one type, and no identifier (nor,
 * for corrections, date) that differs. */
bool notices_may_be_one(const struct record_notice *one, const struct record_notice *other);

/* Several sources tell of one notice: those that may be the same become one, the fullest, in the
 * order of date. Returns how many are left at the front of the list. */
size_t notices_join(struct record_notice *notices, size_t count);

/* True if one of them is a retraction that no later reinstatement takes back. A reinstatement or
 * retraction without a date takes nothing back: a person has to look. */
bool notices_retract(const struct record_notice *notices, size_t count);

#endif
