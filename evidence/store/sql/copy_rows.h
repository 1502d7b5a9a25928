/* The rows of one store put into another. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_COPY_ROWS_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_COPY_ROWS_H

#include "evidence/store/sql/engine.h"

/*
 * Puts all rows of `from`, or those that everyone may have, into `to`, which holds nothing
 * (ERROR_INVALID otherwise), and makes its indexes of words. One moment of the one, one transaction
 * of the other.
 */
MUST_USE bool copy_rows(struct store *from, struct store *to, bool public_only, size_t *rows,
                        struct error *err);

#endif
