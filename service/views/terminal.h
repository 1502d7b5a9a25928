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

/* Colour on a terminal only, and not under NO_COLOR or TERM=dumb; the width is that of COLUMNS,
 * else the terminal's, else 80, within 40 and 100. */
struct terminal terminal_of(FILE *out);

/* Text between the codes of an ink. Control characters come out as spaces, here and below: what
 * others wrote must not steer a terminal. */
void terminal_put(const struct terminal *terminal, enum ink ink, const char *text);

/* Columns that a text takes: its code points, as no name here has wider or combining ones. */
int terminal_columns(const char *text);

/* Text padded with spaces to `columns`; a longer one stays whole. */
void terminal_cell(const struct terminal *terminal, enum ink ink, const char *text, int columns);

/* A title in bold, broken at spaces like a paragraph. */
void terminal_title(const struct terminal *terminal, const char *text);

/* An empty line, then a heading on a line of its own. */
void terminal_heading(const struct terminal *terminal, const char *text);

void terminal_spaces(const struct terminal *terminal, int count);

/* Text that goes on at `column` of a line, broken at spaces, further lines indented. Ends with a
 * line break. */
void terminal_wrap(const struct terminal *terminal, int column, int indent, const char *text);

/* A paragraph broken at spaces, every line indented; the first one starts with `label`, padded to
 * the indent (NULL: nothing). Ends with a line break. */
void terminal_paragraph(const struct terminal *terminal, const char *label, int indent,
                        const char *text);

#endif
