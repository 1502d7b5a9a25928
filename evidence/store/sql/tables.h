/*
 * The tables of the schema, as far as a copy takes them from one store into another: all of them,
 * but for the indexes of words, which each engine makes for itself. A row's table is there before
 * the row that names it.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_TABLES_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_TABLES_H

#include <stdbool.h>

struct table {
    const char *name;
    bool is_public; /* part of the copy that everyone may have */
    /* Each column's type (integer, real, text, exact text, bytes by their first letter) and, after
     * a colon, its name. */
    const char *columns;
};

/* Ended by one without a name. */
extern const struct table store_tables[];

#endif
