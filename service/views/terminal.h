/* Text for people at a terminal: colour where it is one, lines no wider than it. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_TERMINAL_H
#define TOUCHSTONE_SERVICE_VIEWS_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

struct terminal {
    FILE *out; /* borrowed */
    bool colour;
    int width; /* columns */
};

enum ink { INK_PLAIN, INK_BOLD, INK_FAINT, INK_GOOD, INK_BAD, INK_UNSURE };

/* Colour on a terminal only and not under NO_COLOR; the width is the terminal's, or COLUMNS, or 80.
 */
struct terminal terminal_of(FILE *out);

/* Text between the codes of an ink. */
void terminal_put(const struct terminal *terminal, enum ink ink, const char *text);

/* Columns that a text takes: its code points, combining ones left out of account. */
int terminal_columns(const char *text);

/* A paragraph broken at spaces, every line indented; the first one starts with `label`, padded to
 * the indent (NULL: nothing). Ends with a line break. */
void terminal_paragraph(const struct terminal *terminal, const char *label, int indent,
                        const char *text);

#endif
