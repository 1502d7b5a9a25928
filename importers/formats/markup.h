/*
 * Text with markup made plain: what publishers put into titles and abstracts (HTML, JATS, MathML,
 * entities, some of it escaped once too often) becomes UTF-8 that a person can read. No text is
 * lost, and no figure changes: "10<sup>-3</sup>" is 10^-3 and never 10-3, a fraction keeps its
 * stroke, and "p <0.001 and n> 20" is no tag.
 *
 * The results live in the arena: without control characters and marks of direction, white space
 * folded to single blanks. NULL where nothing is left (or for NULL). Bytes that are no UTF-8 become
 * U+FFFD.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_MARKUP_H
#define TOUCHSTONE_IMPORTERS_FORMATS_MARKUP_H

#include <stddef.h>

#include "evidence/base/arena.h"

/* On one line: titles, names of journals. */
const char *markup_line(const char *text, size_t length, struct arena *arena);

/*
 * In paragraphs, with '\n' between them: abstracts. A heading stands before its paragraph as
 * "Methods: "; the heading "Abstract" goes.
 */
const char *markup_paragraphs(const char *text, size_t length, struct arena *arena);

/* The same of text that holds no markup: '<' and '&' are themselves. In paragraphs every line break
 * is kept. */
const char *plain_line(const char *text, size_t length, struct arena *arena);
const char *plain_paragraphs(const char *text, size_t length, struct arena *arena);

#endif
