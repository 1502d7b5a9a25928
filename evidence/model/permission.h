/* What somebody may do; outside the program it is called a scope. The words are those of the
 * command line, the store and the API. */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_PERMISSION_H
#define TOUCHSTONE_EVIDENCE_MODEL_PERMISSION_H

#include "evidence/base/arena.h"
#include "evidence/base/error.h"

/* Bits, so that a credential can have several. None includes another. */
enum permission {
    MAY_READ = 1,   /* read, with a limit of its own; what is published needs no token */
    MAY_IMPORT = 2, /* begin and watch imports */
    MAY_CURATE = 4, /* screen, appraise, enter results, override a verdict */
    MAY_AUDIT = 8   /* read who changed what */
};

enum { PERMISSION_COUNT = 4, PERMISSIONS_ALL = (1 << PERMISSION_COUNT) - 1 };

/* By the bit's position: "read", "import", "curate", "audit"; ended by NULL. */
extern const char *const permission_names[];

/* Reads "import,curate", in any order, spaces around the words allowed. ERROR_INVALID names a word
 * that is no scope, with the list of those there are; and so is a list without any. */
MUST_USE bool permissions_read(const char *text, unsigned *out, struct error *err);

/* "import,curate", in the order above; "" for none. In the arena. */
const char *permissions_text(unsigned scopes, struct arena *arena);

#endif
