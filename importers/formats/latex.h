/*
 * LaTeX as it stands in bibliographies, turned into text: accents become letters, symbols their
 * characters, braces and commands of form go. Raised and lowered text becomes <sup> and <sub>, for
 * markup.h to bring to its plain form. What is no LaTeX, since many programs write none, stays as
 * it is: "~50%" and "$5" are not spaces and formulas.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_LATEX_H
#define TOUCHSTONE_IMPORTERS_FORMATS_LATEX_H

#include "evidence/base/buffer.h"

enum latex_kind {
    LATEX_TEXT,
    LATEX_VERBATIM, /* addresses and identifiers: '~', '$', hyphens and quotes are themselves */
};

/* Puts the text of `length` bytes behind what `out` holds. */
void latex_decode(const char *text, size_t length, enum latex_kind kind, struct buffer *out);

#endif
