/* Taking what readers say is wrong, for all who take it: the API, the page, CDS Hooks. */
#ifndef TOUCHSTONE_SERVICE_API_REPORTING_H
#define TOUCHSTONE_SERVICE_API_REPORTING_H

#include "evidence/store/reports.h"
#include "service/http/answer.h"

/* Code points of what it is about, and of what is said. */
enum { REPORT_ABOUT_MOST = 500, REPORT_TEXT_MOST = 4000 };

/*
 * Stores `count` reports of one kind as open tasks, all or none, and sets their ids; `at` is set
 * here. Nothing of the sender is kept. What is acknowledged is on the disk. False after refusing:
 * 429 with Retry-After for who sends too many, 503 where they cannot be stored now.
 *
 * For routes that are answered apart (ROUTE_APART): it waits for the disk, and up to a second for
 * who else writes. The connection is opened for this write alone, by name, so that a report goes
 * into the store that is there now and not into one that was exchanged since.
 */
MUST_USE bool reporting_add(const struct request *request, struct answer *answer,
                            struct report_task *reports, size_t count);

/* What is wrong with the text of a field, as a sentence's end ("is needed"); NULL: nothing. */
const char *reporting_fault(const char *text, size_t most, struct arena *arena);

#endif
