/*
 * The root of an English word: what its forms share (melt, melts, melted, melting; permanent,
 * permanently; easy, easily). Coarser than the stems of base/text.h, which must keep cup from
 * cupping: a name may not be mistaken, while the words around it may be told in any form.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_WORD_ROOT_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_LANGUAGE_WORD_ROOT_H

#include <stddef.h>

#include "evidence/base/text.h"

/* Writes the root of a word as text_cut folds it into `out`, without a NUL; gives its length, which
 * is never more than the word's own. Forms without a rule (broke, proven) are the business of a
 * list. */
size_t word_root(const struct text_word *word, char out[TEXT_LONGEST_WORD]);

#endif
