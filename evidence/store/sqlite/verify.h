/* The parts of store_verify. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQLITE_VERIFY_H
#define TOUCHSTONE_EVIDENCE_STORE_SQLITE_VERIFY_H

#include "evidence/store/sqlite/statement.h"

/* That every record of a source is as it was stored, belongs to a publication and is found by what
 * stands in it; that every publication has records and, where it should be, words. */
MUST_USE bool verify_intake(struct store *store, struct error *err);

#endif
