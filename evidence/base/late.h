/*
 * Libraries that are loaded when they are first needed. What most runs of the program never ask for
 * (fetching from other services, a database on another machine) would be found, mapped and linked
 * at every start otherwise, with the thirty libraries behind it, which takes as long as reading a
 * base.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_LATE_H
#define TOUCHSTONE_EVIDENCE_BASE_LATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "evidence/base/error.h"

/* A library, and whether it was loaded. */
struct late {
    const char *file;         /* as the linker would have named it: libcurl.so.4 */
    const char *const *names; /* of the functions that are wanted, ended by NULL */
    void *table;              /* as many pointers to functions, in that order */
    pthread_mutex_t lock;
    atomic_bool loaded; /* for good: it is never given back */
};

#define LATE(library_file, wanted_names, function_table)                                           \
    {                                                                                              \
        .file = (library_file), .names = (wanted_names), .table = (function_table),                \
        .lock = PTHREAD_MUTEX_INITIALIZER                                                          \
    }

/* Fills the table, once. ERROR_INTERNAL, saying what is missing, where there is no such library or
 * it lacks a function. Safe from any thread. */
MUST_USE bool late_load(struct late *late, struct error *err);

#endif
