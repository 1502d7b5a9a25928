/*
 * One JSON line a request. Never the body, and never the query unless asked for: what people type
 * here is about their health. Addresses lose their last part (IPv4 /24, IPv6 /48).
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_ACCESS_LOG_H
#define TOUCHSTONE_SERVICE_HTTP_ACCESS_LOG_H

#include <stdint.h>
#include <time.h>

#include "evidence/base/buffer.h"
#include "service/http/date.h"

struct access_log;

/*
 * Opens a log: a file that is appended to, or standard error for NULL or "-". ERROR_IO if it cannot
 * be. `with_query` logs queries, too.
 */
MUST_USE struct access_log *access_log_open(const char *path, bool with_query, struct error *err);
void access_log_close(struct access_log *log);

struct access_entry {
    time_t now;
    const char *method; /* NULL: the request was not understood */
    const char *path;   /* raw; NULL likewise */
    const char *query;  /* NULL if there was none */
    int status;
    uint64_t body_bytes;  /* sent */
    int64_t microseconds; /* from the request's last byte to the reply handed over */
    const char *remote;   /* an address; NULL if unknown */
    const char *agent;    /* NULL if not told */
    const char *error;    /* for operators; NULL if there is none */
};

enum { ACCESS_ADDRESS_SIZE = 64 };

/* How the last line was begun and whom it told of: the next one is often of the same second, and
 * from there, too. */
struct access_said {
    time_t now;
    char begin[sizeof "{\"time\":\"\"" + TIMESTAMP_SIZE]; /* "": nothing was said yet */
    size_t begin_length;
    char remote[ACCESS_ADDRESS_SIZE];
    char shown[ACCESS_ADDRESS_SIZE]; /* `remote` as it is logged */
};

/* Lines of one thread that are still to be written. Zero-initialise; release when written. */
struct access_lines {
    struct buffer text;
    size_t count;
    uint64_t told; /* lines dropped before, which these tell */
    struct access_said said;
};

/*
 * Adds an entry as a line. Lines are written together, as what a thread answers in one turn makes
 * one write(): those before this one at once where all are more than a pipe takes whole (4096
 * bytes), the rest by access_log_write. NULL log: nothing.
 */
void access_log_add(struct access_log *log, struct access_lines *lines,
                    const struct access_entry *entry);

/*
 * Writes what was added with one write(), from any thread. It never waits: where the reader of a
 * pipe does not keep up the lines are dropped, and a later one tells how many were.
 */
void access_log_write(struct access_log *log, struct access_lines *lines);

/* Frees them, written or not. */
void access_lines_release(struct access_lines *lines);

/* One line without its writing; it ends with "\n" and is at most 4096 bytes long. */
void access_log_format(const struct access_entry *entry, bool with_query, uint64_t dropped,
                       struct buffer *out);

/* An address as it is logged, "203.0.113.0" or "2001:db8:1::"; "" for what is no address. */
void access_log_truncate(const char *address, char *out, size_t size);

#endif
