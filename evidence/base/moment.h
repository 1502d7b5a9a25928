/* Days and times as people and programs write them (ISO 8601, RFC 3339). */
#ifndef TOUCHSTONE_EVIDENCE_BASE_MOMENT_H
#define TOUCHSTONE_EVIDENCE_BASE_MOMENT_H

#include <stdbool.h>
#include <time.h>

/* A stretch of time: [from, to). */
struct moment {
    time_t from;
    time_t to;
};

/*
 * Reads "2026-11-22", a whole day in UTC, or an instant as RFC 3339 has it,
 * "2026-11-22T10:00:00Z", "2026-11-22T11:00:00.5+01:00", a second. False for anything else and for
 * what is in no calendar.
 */
bool moment_read(const char *text, struct moment *out);

/* Writes "2026-11-22T10:00:00Z". */
enum { MOMENT_SIZE = 32 };
void moment_write(time_t at, char out[MOMENT_SIZE]);

#endif
