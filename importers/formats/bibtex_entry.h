/* One entry of a BibTeX file taken apart: its key and its fields, macros put in. */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_BIBTEX_ENTRY_H
#define TOUCHSTONE_IMPORTERS_FORMATS_BIBTEX_ENTRY_H

#include <jansson.h>

#include "evidence/base/arena.h"
#include "evidence/base/buffer.h"

/* Macros of one file may hold this much together. */
enum { BIBTEX_MACRO_BYTES_MOST = 4 << 20 };

struct bibtex_field {
    const char *name;  /* lower case */
    const char *value; /* LaTeX, without the braces or quotes around the whole */
    size_t length;
};

struct bibtex_entry {
    const char *type; /* lower case */
    const char *key;  /* "" if it has none */
    struct bibtex_field *fields;
    size_t count;
    size_t bytes; /* of all values */
};

/* What @string defined: an object of strings by name in lower case. */
struct bibtex_macros {
    json_t *values;
    size_t bytes;
};

void bibtex_macros_init(struct bibtex_macros *macros);
void bibtex_macros_release(struct bibtex_macros *macros);

/*
 * Takes the body of an entry apart. Text that is no field is passed over, and `*lost` then says
 * what it begins with (else NULL). Everything lives in the arena.
 *
 * ERROR_LIMIT for more than FORMAT_FIELD_MOST bytes in a field, FORMAT_RECORD_MOST in all of them
 * or FORMAT_LIST_MOST fields.
 */
MUST_USE bool bibtex_entry_read(const char *type, const char *body, size_t length,
                                const struct bibtex_macros *macros, struct arena *arena,
                                struct bibtex_entry *out, const char **lost, struct error *err);

/* Remembers the macros of a @string. ERROR_LIMIT as above, and for more than
 * BIBTEX_MACRO_BYTES_MOST in all macros. */
MUST_USE bool bibtex_macros_read(struct bibtex_macros *macros, const char *body, size_t length,
                                 struct error *err);

/* The value of a field by its name, NULL if the entry does not have it. */
const struct bibtex_field *bibtex_entry_field(const struct bibtex_entry *entry, const char *name);

#endif
