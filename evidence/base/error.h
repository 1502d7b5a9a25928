/*
 * What went wrong, said once, in one shape.
 *
 * A function that can fail takes `struct error *` last and returns bool (or NULL). The first error
 * stays; callers on the way up add what they were doing. A message says what, where and what to do.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_ERROR_H
#define TOUCHSTONE_EVIDENCE_BASE_ERROR_H

#include <stdbool.h>

#define MUST_USE               __attribute__((warn_unused_result))
#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))

enum error_kind {
    ERROR_NONE,
    ERROR_INVALID,   /* the input is bad */
    ERROR_NOT_FOUND, /* a thing named is not there */
    ERROR_CONFLICT,  /* the thing is not, or no longer, as the caller takes it to be */
    ERROR_LIMIT,     /* the input is larger than we take */
    ERROR_STORE,     /* the database refused or is not ours */
    ERROR_DOUBT,     /* whether a change was stored is not known: the database did not say */
    ERROR_IO,        /* a file or a socket */
    ERROR_NETWORK,   /* a remote service */
    ERROR_INTERNAL,  /* our own fault */
    ERROR_KIND_COUNT
};

enum { ERROR_MESSAGE_SIZE = 1024 };

/* Zero-initialise; {0} means "no error". The message is cut, never overrun. */
struct error {
    enum error_kind kind;
    char message[ERROR_MESSAGE_SIZE];
};

/* Records an error unless one is recorded already. Always returns false, so `return error_set(…)`.
 */
bool error_set(struct error *err, enum error_kind kind, const char *format, ...) PRINTF_LIKE(3, 4);

/* Puts "doing something: " before the recorded message. Does nothing if there is no error. */
void error_while(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
