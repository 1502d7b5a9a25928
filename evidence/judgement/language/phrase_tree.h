/*
 * Many phrases looked for at once: a tree of words in one hash table. A text of n words is searched
 * in the time of n look-ups and of the words that begin phrases, however many phrases there are.
 *
 * Words go in and are looked up as numbers of the tree's own vocabulary; what spelling a word
 * stands for (its stem, its root) is the caller's choice and must be the same both times.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_PHRASE_TREE_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_PHRASE_TREE_H

#include <stdint.h>

#include "evidence/base/arena.h"

/* Not a word of any phrase, no node, no value. */
enum { PHRASE_NONE = 0 };

struct phrase_tree;

/* An empty tree; all of it lives in `arena`. Nothing may be added while it is looked into. */
struct phrase_tree *phrase_tree_new(struct arena *arena);

/* The number of a word, made where it has none yet. */
uint32_t phrase_tree_learn(struct phrase_tree *tree, const char *word, size_t length);

/* The number of a word, PHRASE_NONE if no phrase has it. */
uint32_t phrase_tree_word(const struct phrase_tree *tree, const char *word, size_t length);

/* How many words there are; their numbers run from 1. */
size_t phrase_tree_word_count(const struct phrase_tree *tree);

/* Adds a phrase of `count` > 0 numbers with a value above 0. A phrase may have several values; the
 * same one again changes nothing. */
void phrase_tree_add(struct phrase_tree *tree, const uint32_t *words, size_t count, uint32_t value);

/* Where a search stands: the start, then a node further for every word. PHRASE_NONE: no phrase
 * begins like this. */
uint32_t phrase_tree_start(void);
uint32_t phrase_tree_next(const struct phrase_tree *tree, uint32_t node, uint32_t word);

/* The values of the phrases that end at a node, one after the other: the first, and the one after
 * the place given; PHRASE_NONE after the last. */
struct phrase_value {
    uint32_t value;
    uint32_t next; /* place of the next one in the tree, PHRASE_NONE for none */
};
struct phrase_value phrase_tree_first(const struct phrase_tree *tree, uint32_t node);
struct phrase_value phrase_tree_more(const struct phrase_tree *tree, struct phrase_value last);

#endif
