/*
 * The curated base as a whole: every entry and study, and the documents (rules, rulesets, language)
 * as text. It is read from evidence/data or from the store, and is the same either way.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_BASE_H
#define TOUCHSTONE_EVIDENCE_MODEL_BASE_H

#include "evidence/model/shelf.h"
#include "evidence/model/study.h"
#include "evidence/model/topics.h"

/* A file that is kept whole: "rules", "language", "rulesets/default", "rulebooks/stop-rules". */
struct document {
    const char *name;
    const char *text;
    size_t length;
};

struct rulebooks;

/* Lists are sorted by id (bytes), so that the order of files changes nothing. */
struct base {
    const struct intervention *interventions;
    size_t intervention_count;
    const struct condition *conditions; /* in the order of the file: the tree reads best that way */
    size_t condition_count;
    const struct outcome *outcomes; /* in the order of the file */
    size_t outcome_count;
    const struct study *studies; /* NULL where they stand on a shelf */
    size_t study_count;
    const struct shelf *shelf;        /* NULL where they stand unfolded in `studies` */
    const struct document *documents; /* sorted by name */
    size_t document_count;
    const struct rulebooks *rulebooks; /* rulebooks.h; NULL: not read yet */
};

/*
 * Reads and checks the folder `directory` (evidence/data). All problems found are in `problems`,
 * whose arena holds the base too; `out` may be used only if there is none.
 */
void base_read_folder(const char *directory, struct base *out, struct problems *problems);

/* What no file can tell alone: slugs without an entry, one identifier in two studies, a tree with a
 * ring in it. `directory` is put before the file names in the problems. */
void base_check(const struct base *base, const char *directory, struct problems *problems);

/* The same of one study, which would join `base` or take the place of the one with its id. */
void base_check_study(const struct base *base, const struct study *study, const char *file,
                      struct problems *problems);

/* Entries by id; NULL if there is none. Studies also by alias, doi or pmcid spelt as an id. */
const struct intervention *base_intervention(const struct base *base, const char *id);
const struct condition *base_condition(const struct base *base, const char *id);
const struct outcome *base_outcome(const struct base *base, const char *id);
const struct study *base_study(const struct base *base, const char *id);
const struct document *base_document(const struct base *base, const char *name);

/* Studies by their place, wherever they stand. What is given lives as long as the base. */
const char *base_study_id(const struct base *base, size_t place);
const struct study *base_study_at(const struct base *base, size_t place);

/* The same for a look, without keeping what must be unfolded for it: that lives in `arena`. */
const struct study *base_study_read(const struct base *base, size_t place, struct arena *arena);

/* The place of the study that base_study finds; the number of studies if there is none. */
size_t base_study_place(const struct base *base, const char *id);

/* One look after the other at all studies, in their order. */
struct study_walk {
    const struct base *base;
    size_t next;         /* the place of the one that comes */
    struct arena *arena; /* holds the one looked at */
};
struct study_walk study_walk_begin(const struct base *base);
/* NULL after the last; the one before is gone. */
const struct study *study_walk_next(struct study_walk *walk);
void study_walk_end(struct study_walk *walk);

/* True if the conditions are one, or the second is among the ancestors of the first. Ids without an
 * entry descend from nothing. */
bool base_condition_descends(const struct base *base, const char *id, const char *ancestor);

#endif
