/* The store's door for reading the audit log: who changed what, when and why. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_AUDIT_H
#define TOUCHSTONE_EVIDENCE_STORE_AUDIT_H

#include <stdint.h>

#include "evidence/base/hash.h"
#include "evidence/store/store.h"

/* A row of the log. */
struct audit_row {
    int64_t id; /* 1, 2, 3 … */
    time_t at;
    const char *actor;
    const char *action; /* add, change, remove, reorder, undo, screen, merge, split, retract */
    const char *kind;   /* study, intervention, condition, outcome, document: of the base; import,
                           publication, changes: beside it */
    const char *record; /* its id or name; "" where it is about a list */
    const char *before_hash; /* of its content; NULL: it was not there, or has none */
    const char *after_hash;  /* NULL: it is gone, or has none */
    const char *reason;      /* NULL: none was given */
    const char *source;      /* page, api, import, command; NULL: not told */
    int64_t undoes;          /* the row that it takes back; 0: none */
    int64_t undone_by;       /* the row that takes it back; 0: none */
    const char *detail;      /* all that is told besides, as JSON; NULL: nothing */
    const char *hash;        /* that seals it */
};

/* Which rows: NULL and 0 stand for all. */
struct audit_query {
    const char *kind;
    const char *record;
    const char *actor;
    int64_t beyond; /* rows after this id, or before it where the newest come first */
    bool newest_first;
    size_t limit;
};

/* The rows that the query asks for, in `arena`. */
MUST_USE bool store_audit(struct store *store, const struct audit_query *query, struct arena *arena,
                          struct audit_row **out, size_t *count, struct error *err);

/* One row. ERROR_NOT_FOUND if there is none of that id. */
MUST_USE bool store_audit_row(struct store *store, int64_t id, struct arena *arena,
                              struct audit_row *out, struct error *err);

/* The end of the log: what to write down elsewhere, so that nobody can cut the log or write it anew
 * unnoticed. `id` 0: the log is empty. */
struct audit_head {
    int64_t id;
    char hash[HASH_SIZE];
};
MUST_USE bool store_audit_head(struct store *store, struct audit_head *out, struct error *err);

/* Whether a head that was written down is still a row of the log: ERROR_STORE if it is not. The
 * chain itself is store_verify's. */
MUST_USE bool store_check_head(struct store *store, const struct audit_head *head,
                               struct error *err);

#endif
