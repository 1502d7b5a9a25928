/*
 * The store's door for what readers say is wrong: each report is a task for a person to look at. It
 * holds what was said of what and when, and nothing of who said it.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_REPORTS_H
#define TOUCHSTONE_EVIDENCE_STORE_REPORTS_H

#include <stdint.h>

#include "evidence/store/curation.h"

enum report_kind {
    REPORT_OF_READER,   /* a person says that a figure is wrong */
    REPORT_CDS_FEEDBACK /* what became of a card in somebody's EHR */
};
extern const char *const report_kind_names[]; /* report, cds-feedback */

enum report_status { REPORT_OPEN, REPORT_CLOSED };
extern const char *const report_status_names[]; /* open, closed */

struct report_task {
    int64_t id;
    time_t at;
    enum report_kind kind;
    const char *about; /* the address of a page, or the id of what a card was about */
    const char *text;
    enum report_status status;
    const char *outcome; /* what came of it; NULL while it is open */
};

/* So many of a kind may wait to be looked at: what strangers send must not fill the disk. */
enum { REPORTS_OPEN_MOST = 10000 };

/*
 * Adds an open report of this kind, about, text and time, and sets its id; on the disk when it says
 * true. ERROR_LIMIT where REPORTS_OPEN_MOST of the kind wait already.
 */
MUST_USE bool store_add_report(struct store *store, struct report_task *report, struct error *err);

/* Reports of that status with an id above `after` (0: from the first), the oldest first, at most
 * `limit`; strings live in `arena`. */
MUST_USE bool store_reports(struct store *store, enum report_status status, int64_t after,
                            size_t limit, struct arena *arena, struct report_task **out,
                            size_t *count, struct error *err);

/* One report; strings live in `arena`. ERROR_NOT_FOUND if there is none of that id. */
MUST_USE bool store_report(struct store *store, int64_t id, struct arena *arena,
                           struct report_task *out, struct error *err);

/* Says what came of an open report, with a row in the audit log (kind report), in the caller's
 * transaction or one of its own. ERROR_NOT_FOUND if there is no such open one. */
MUST_USE bool store_close_report(struct store *store, int64_t id, const char *outcome,
                                 const struct curation_stamp *stamp, struct error *err);

#endif
