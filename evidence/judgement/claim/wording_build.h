/* Making the wording ready: what its steps share. wording_names.c puts in the names, and
 * wording_patterns.c the entries with their patterns. */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_WORDING_BUILD_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_CLAIM_WORDING_BUILD_H

#include "evidence/judgement/claim/wording_parts.h"

enum { WORDING_PHRASE_WORDS = 12 };

struct pattern_list {
    struct pattern *items;
    size_t count;
    size_t room;
};

struct wording_builder {
    const struct wording_source *source;
    const struct language *language;
    struct wording *wording;
    struct arena *arena;   /* of what is kept */
    struct arena *scratch; /* of the phrase that is read now */
    struct arena *drafts;  /* of lists while they grow */
    struct problems *problems;
    const char **class_names;
    struct phrase_tree *classes_by_name; /* values: classes */
    struct name *names;
    size_t name_room;
    struct pattern_list claims;
    struct pattern_list made;
};

/* The words of a phrase, until the next one is cut. */
struct text_words wording_cut(struct wording_builder *builder, const char *text);

/* `items` with room for one more than `count`, in `arena`. */
void *wording_with_room(struct arena *arena, void *items, size_t count, size_t *room, size_t size);

/* The class of that name, made where it is new; true if there is one. */
unsigned wording_class(struct wording_builder *builder, const char *name);
bool wording_has_class(const struct wording_builder *builder, const char *name);

/* Puts a phrase into a class; skipped words within it are left out. */
void wording_add_phrase(struct wording_builder *builder, const char *text, unsigned class);

/* Every name of the lexicon and of this folder's files. */
void wording_add_names(struct wording_builder *builder);

/* Every entry and every made class with its patterns, put in the order of their first class. */
void wording_add_entries(struct wording_builder *builder);

#endif
