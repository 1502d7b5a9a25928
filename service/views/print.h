/*
 * Text for a terminal: cells as wide as they look, numbers, lines that fit.
 *
 * Text is UTF-8 and may be anybody's. Bytes that are none, and characters that would steer the
 * terminal or turn the direction of writing, are printed as '?'.
 */
#ifndef TOUCHSTONE_SERVICE_VIEWS_PRINT_H
#define TOUCHSTONE_SERVICE_VIEWS_PRINT_H

#include "evidence/base/buffer.h"

/* Columns that the text takes. */
int print_width(const char *text);

/* The text in exactly `width` columns: cut with an ellipsis, or filled up. */
void print_cell(struct buffer *out, const char *text, int width);

void print_spaces(struct buffer *out, int count);

/* A newline, with no spaces before it. */
void print_line_end(struct buffer *out);

/* Every line of the text, broken at a space where it is wider than `width`; what follows is
 * indented. `width` is at least 8. */
void print_wrapped(struct buffer *out, const char *text, int width);

/* Fixed decimals, or an exponent where those would run away; a dash for NAN. */
void print_number(char *out, size_t size, double value, int decimals);

/* "p 0.042", "p < 0.001". */
void print_p(char *out, size_t size, double p);

#endif
