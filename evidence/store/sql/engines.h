/* Which engines there are. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_ENGINES_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_ENGINES_H

#include "evidence/store/sql/engine.h"

extern const struct engine sqlite_engine;
extern const struct engine postgres_engine; /* where the program was built with libpq */

/* The engine of a store by its name: PostgreSQL for a URL of it, else SQLite, whose stores are
 * files. NULL with ERROR_INVALID where this program was built without the one that is meant. */
const struct engine *engine_of(const char *path, struct error *err);

#endif
