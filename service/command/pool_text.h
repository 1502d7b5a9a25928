/*
 * A pooled analysis for people: a table with a forest plot, in UTF-8, as wide as the terminal.
 */
#ifndef TOUCHSTONE_SERVICE_COMMAND_POOL_TEXT_H
#define TOUCHSTONE_SERVICE_COMMAND_POOL_TEXT_H

#include "evidence/base/buffer.h"
#include "service/command/pool_answer.h"

struct pool_terminal {
    int width; /* columns, at least POOL_LEAST_WIDTH */
    bool colour;
};

enum { POOL_LEAST_WIDTH = 30 };

/* Standard output's width, by COLUMNS, else by the terminal, else 80; colour on a terminal, unless
 * NO_COLOR is set to anything. */
struct pool_terminal pool_terminal_of_stdout(void);

/* The whole answer. Ratios are told as ratios, on a logarithmic axis. */
void pool_text(const struct pool_answer *answer, struct arena *arena,
               const struct pool_terminal *terminal, struct buffer *out);

/* For many analyses: a line each, under a head. */
void pool_text_head(const struct pool_terminal *terminal, struct buffer *out);
void pool_text_row(const struct pool_answer *answer, size_t position,
                   const struct pool_terminal *terminal, struct buffer *out);

/* An id and why it has no result. */
void pool_text_bad_row(const char *id, size_t position, const char *why,
                       const struct pool_terminal *terminal, struct buffer *out);

#endif
