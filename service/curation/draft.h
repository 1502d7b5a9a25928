/*
 * A study while somebody edits it: the document of its file as JSON, changed in place, then read
 * and checked by the very functions that read the curated files. So a curator can enter what a file
 * can hold and nothing else.
 */
#ifndef TOUCHSTONE_SERVICE_CURATION_DRAFT_H
#define TOUCHSTONE_SERVICE_CURATION_DRAFT_H

#include <jansson.h>

#include "evidence/model/base.h"
#include "evidence/store/intake.h"

/* The document of a study, a new reference. Never NULL. */
json_t *draft_of(const struct study *study);

/*
 * The beginning of a study from what sources tell of a publication, a new reference: who it is, and
 * the design where a machine read one. `condition` is what the screening says it is about (NULL:
 * nothing). Figures are never taken over: a person enters them. Notices are laid over it by the
 * store. What is missing is told when the draft is read.
 */
json_t *draft_of_publication(const struct publication *publication, const char *condition,
                             struct arena *arena);

/* Applies a JSON merge patch (RFC 7396): members of `patch` take the place of those of `document`,
 * null takes them out, objects are merged. `document` must be an object. */
void draft_merge(json_t *document, const json_t *patch);

/* Puts `value` at the end of the list `key`, made where there is none; gives its place. `value` is
 * borrowed. */
size_t draft_append(json_t *document, const char *key, json_t *value);

/* The element of a list, borrowed; NULL if there is none. */
json_t *draft_element(const json_t *document, const char *key, size_t index);

/* Exchanges an element for `value` (borrowed), or takes it out (NULL). False if there is none. */
bool draft_replace(json_t *document, const char *key, size_t index, json_t *value);

/*
 * Reads the document and checks it, alone and against the other studies of `base`; the study lives
 * in the arena of `problems`. `part` is the pointer of what the request's body holds ("/results/3",
 * "" for the whole document): problems there are told as the body has them, others under "/study".
 * False with the first problem in `err`, all of them in `problems`.
 */
MUST_USE bool draft_read(const json_t *document, const char *part, const struct base *base,
                         struct problems *problems, struct study *out, struct error *err);

#endif
