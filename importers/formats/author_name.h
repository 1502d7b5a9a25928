/*
 * Names of authors as reference managers, databases and people write them, taken apart. What cannot
 * be told apart stays whole in the family name; a name that is a group's is a group's.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_AUTHOR_NAME_H
#define TOUCHSTONE_IMPORTERS_FORMATS_AUTHOR_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "evidence/base/arena.h"
#include "evidence/model/study.h"

/* How a name without a comma is written. With a comma it is always "family, given". */
enum name_order {
    NAME_FAMILY_FIRST, /* "Adler D.G.", "de la Cruz J"; "Ann Smith", since no initials follow */
    NAME_GIVEN_FIRST,  /* "Lu Chen", "Ludwig van Beethoven" */
};

/* One name. False for nothing, and for what is no name ("et al.", "others", "[No authors
 * listed]"). */
bool author_name_read(const char *text, enum name_order order, struct arena *arena,
                      struct author *out);

/* True for the words that say that the list goes on. */
bool author_name_is_rest(const char *text);

/*
 * A field with several names, one after the other: "A, B; C, D", "A, B and C, D", "Chen L, Yu L.",
 * "Li, W., Dou, Z.", "Ann Smith, Bo Li". `take` gets each as it stands in the field.
 */
void author_names_split(const char *text, void (*take)(void *context, const char *name),
                        void *context, struct arena *arena);

#endif
