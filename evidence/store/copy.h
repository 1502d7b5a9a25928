/* One store into another, whatever keeps either of them. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_COPY_H
#define TOUCHSTONE_EVIDENCE_STORE_COPY_H

#include "evidence/store/store.h"

/* What was copied, and how it is known to be the same. */
struct store_copied {
    size_t rows;
    size_t editions;
    char base_hash[65]; /* "" for a store that nothing was saved in */
    int64_t audit_rows;
    char audit_head[65]; /* the hash of the last row of the audit log; "" where there is none */
};

/*
 * Copies all that the store `from` holds, one moment of it, into the store `to`, which is made if
 * it is not there and must hold nothing yet: ERROR_INVALID otherwise. Written in one transaction.
 * Then the copy is verified as store_verify does, and its base, audit log and editions are compared
 * with those that were read: ERROR_STORE where they are not the same. Where that fails after the
 * transaction, the copy stays and must not be used; a file that was made here is taken away again.
 *
 * Texts that are no UTF-8 become so where `to` takes nothing else; their hashes say that they are
 * the same, see json_writer.h.
 */
MUST_USE bool store_copy(const char *from, const char *to, struct store_copied *out,
                         struct error *err);

#endif
