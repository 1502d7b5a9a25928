/* A study as bytes and back: for shelf.c. */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_FOLD_H
#define TOUCHSTONE_EVIDENCE_MODEL_FOLD_H

#include <stdint.h>

#include "evidence/base/buffer.h"
#include "evidence/model/study.h"

/* Names that many studies have, each kept once and known by its number. */
struct fold_names {
    const char **items;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* where a name is found by its hash: its number from 1; 0: none */
    size_t slot_count;
    struct arena *arena; /* holds the names themselves */
};

/* Zero-initialise but for the arena; forgets where names are found, and keeps them. */
void fold_names_close(struct fold_names *names);

/* Adds the bytes of a study to `out`. */
void study_fold(const struct study *study, struct fold_names *names, struct buffer *out);

/* The id of a folded study; it lies in its bytes. */
const char *study_folded_id(const unsigned char *bytes);

/* Reads it back, into `arena`; its texts stay in `bytes` and among the names, which outlive it. */
const struct study *study_unfold(const unsigned char *bytes, const char *const *names,
                                 struct arena *arena);

#endif
