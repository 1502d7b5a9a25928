/* An import for people: one line while it goes on, a summary when it has ended. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_IMPORT_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_IMPORT_TEXT_H

#include <stdint.h>

#include "evidence/store/changes.h"
#include "evidence/store/runs.h"
#include "service/views/terminal.h"

/* How an import goes in this session, which may not be its first. */
struct import_pace {
    const struct import_run *run;
    int64_t before; /* records that were there when the session began */
    double seconds; /* since then */
    uint64_t taken; /* bytes of a file, and … */
    uint64_t total; /* … of how many; 0: unknown */
};

/* Records a second; NAN before the first second is over or without any. */
double import_rate(const struct import_pace *pace);

/* Seconds that are left at this pace; NAN where nobody can tell. */
double import_seconds_left(const struct import_pace *pace);

/* "pubmed  1200 of 4310 fetched · 1100 new · 60 merged · 0 failed · 210/s · 15 s left", without a
 * line break. */
void import_progress_line(const struct import_pace *pace, struct buffer *out);

/* What came of it: two or three lines. */
void print_import(const struct terminal *terminal, const struct import_pace *pace);

/* The verdicts that changed, a line each with why; nothing if there are none. */
void print_changes(const struct terminal *terminal, const struct verdict_change *changes,
                   size_t count);

/* Imports as a table, the newest first: what they were asked and how far they are. */
void print_imports(const struct terminal *terminal, const struct import_run *runs, size_t count);

#endif
