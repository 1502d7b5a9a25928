/*
 * Studies kept small: each folded into bytes, and unfolded as it was when somebody asks for it. As
 * C holds them, most of a study's room is for what its source does not say; folded, that takes a
 * bit a field, and a name that many studies have stands once for all of them.
 */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_SHELF_H
#define TOUCHSTONE_EVIDENCE_MODEL_SHELF_H

#include "evidence/model/study.h"

struct shelf;

/* An empty one in `arena`, which owns it and all that is unfolded from it. */
struct shelf *shelf_new(struct arena *arena);

/* Puts a copy on it; nothing of `study` is needed after. Their ids differ. */
void shelf_put(struct shelf *shelf, const struct study *study);

/* Sorts them by id: from here on it is read, by as many threads as like to, and not put on. */
void shelf_close(struct shelf *shelf);

size_t shelf_count(const struct shelf *shelf);

/* The id of the study at a place, for as long as the shelf lives. */
const char *shelf_id(const struct shelf *shelf, size_t place);

/* The study itself, unfolded once and kept: the same for all who ask, as long as the shelf lives.
 */
const struct study *shelf_study(const struct shelf *shelf, size_t place);

/* For a look: the one that is kept, else unfolded in `arena`, and not kept. */
const struct study *shelf_read(const struct shelf *shelf, size_t place, struct arena *arena);

/* The place of the study with that id, or that one of its other ids (study_is_also) names; the
 * number of studies if there is none. */
size_t shelf_find(const struct shelf *shelf, const char *id);

/* A closed shelf of `count` studies, sorted by id, that stand unfolded elsewhere and stay there. */
struct shelf *shelf_of(const struct study *studies, size_t count, struct arena *arena);

/* A closed shelf in `arena` with the same studies and one more, which stays where it is, or which
 * takes the place of the one with its id; `before` outlives it. What both hold is one study. */
struct shelf *shelf_with(const struct shelf *before, const struct study *study,
                         struct arena *arena);

#endif
