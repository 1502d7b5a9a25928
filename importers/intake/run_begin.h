/* How a run begins: which one is gone on with, and from when on a search is asked again. For run.c
 * and run_file.c. */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_RUN_BEGIN_H
#define TOUCHSTONE_IMPORTERS_INTAKE_RUN_BEGIN_H

#include "importers/intake/run.h"

/* The run of a search: the unfinished one, else a new one. Strings live in `arena`. */
MUST_USE bool run_begin_search(struct store *store, const struct run_plan *plan,
                               struct arena *arena, struct import_run *out, struct error *err);

/* The run of a file; `content_hash` NULL for what cannot be read twice. */
MUST_USE bool run_begin_file(struct store *store, const char *path, const char *content_hash,
                             size_t limit, struct arena *arena, struct import_run *out,
                             struct error *err);

/* Takes over a run that is not finished; its host lives in `arena`. ERROR_INVALID where it is, or
 * another process has it. */
MUST_USE bool run_begin_again(struct store *store, struct import_run *run, struct arena *arena,
                              struct error *err);

#endif
