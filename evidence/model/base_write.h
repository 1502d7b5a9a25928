/* The base back into files: what base_read_folder reads, byte for byte the way it stands there. */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_BASE_WRITE_H
#define TOUCHSTONE_EVIDENCE_MODEL_BASE_WRITE_H

#include "evidence/model/base.h"

struct base_written {
    size_t files;
    /* .json files in the folders written to that are not of this base: nothing was done to them,
     * but base_read_folder would read them. Ended by NULL, sorted, in the arena. */
    const char *const *strangers;
};

/*
 * Writes interventions/ID.json, studies/NAME.json, conditions.json, outcomes.json and every
 * document as NAME.json (its name may have folders in it) into `directory`, which is made where it
 * is not there. Files are replaced one by one, each whole; the same base gives the same bytes.
 *
 * force   false: a folder with anything in it is refused
 *
 * Fails with ERROR_INVALID, before anything is written, where the folder is refused or an id gives
 * no file name of its own; with ERROR_IO, naming the file, where writing fails: the files before it
 * are written then.
 */
MUST_USE bool base_write_folder(const struct base *base, const char *directory, bool force,
                                struct arena *arena, struct base_written *out, struct error *err);

#endif
