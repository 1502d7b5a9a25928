/*
 * A list of what is wrong with an input, each with the place where it is wrong: a file and a JSON
 * pointer (RFC 6901). A check goes on after the first problem, so that all of them are told at
 * once.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_PROBLEMS_H
#define TOUCHSTONE_EVIDENCE_BASE_PROBLEMS_H

#include <stdarg.h>
#include <stddef.h>

#include "evidence/base/arena.h"

/* After this many, further ones are only counted. */
enum { PROBLEMS_KEPT = 500 };

struct problem {
    const char *file;    /* NULL where the input is no file */
    const char *pointer; /* "" for the whole document */
    const char *detail;
};

/* Zero-initialise with the arena set; strings live in the arena. */
struct problems {
    struct arena *arena;
    const struct problem **items; /* `kept` of them */
    size_t kept;
    size_t count; /* all, the ones not kept included */
};

/* Adds one. `file` is borrowed for as long as the list lives; `pointer` is copied. */
void problems_add(struct problems *problems, const char *file, const char *pointer,
                  const char *format, ...) PRINTF_LIKE(4, 5);
void problems_add_list(struct problems *problems, const char *file, const char *pointer,
                       const char *format, va_list arguments) PRINTF_LIKE(4, 0);

/* Puts the first problem, and how many more there are, into `err`. False if there is any. */
MUST_USE bool problems_none(const struct problems *problems, struct error *err);

#endif
