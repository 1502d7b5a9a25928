/*
 * What befell the base's studies since their files were written: notices that importers found, laid
 * over what the files say, so that neither a build forgets them nor a source that changes its mind
 * leaves them behind. What the file itself says is kept beside (noted_study).
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQL_OVERLAY_H
#define TOUCHSTONE_EVIDENCE_STORE_SQL_OVERLAY_H

#include "evidence/store/sql/statement.h"

/* A study with something laid over it, and what its file says. */
struct noted_study {
    const char *id;
    bool own_retracted;
    size_t own_notices;
};

struct overlay {
    struct noted_study *studies;
    size_t count;
};

/* Lays the notices over the studies of `base`, whose list is replaced by a copy in `arena` where
 * one has any. */
MUST_USE bool overlay_notices(struct store *store, struct base *base, struct arena *arena,
                              struct overlay *out, struct error *err);

/*
 * For one study alone, which a person wrote: takes off it what comes back of what was laid over the
 * stored one (`former`, whose key is `key`; NULL: there is none), and lays over it what notices say
 * now. `out->id` is NULL where that is nothing; else it belongs to overlay_note after the study was
 * saved.
 */
MUST_USE bool overlay_renew(struct store *store, const struct study *former, int64_t key,
                            struct study *study, struct arena *arena, struct noted_study *out,
                            struct error *err);
MUST_USE bool overlay_note(struct store *store, const struct noted_study *noted, struct error *err);

/* Writes down what was laid over what; after the studies themselves. */
MUST_USE bool overlay_keep(struct store *store, const struct overlay *overlay, struct error *err);

/* Takes off a base that was read from the store what was laid over it. */
MUST_USE bool overlay_take_off(struct store *store, struct base *base, struct arena *arena,
                               struct error *err);

#endif
