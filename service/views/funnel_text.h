/* The funnel plot in a terminal: UTF-8, as wide as it. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_FUNNEL_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_FUNNEL_TEXT_H

#include "evidence/base/buffer.h"
#include "service/views/funnel.h"

enum { FUNNEL_LEAST_WIDTH = 30, FUNNEL_LEAST_TRIALS = 3 };

/*
 * A row a band of standard errors, the most precise on top: a dot for a trial (a number where
 * several meet), the line of the pool, no effect, and the regions in which chance alone would give
 * as much, shaded. No line is wider than `width`, at least FUNNEL_LEAST_WIDTH, the indent included.
 * A funnel with nothing to draw gives its reason alone.
 */
void funnel_text(const struct funnel *funnel, int width, int indent, struct arena *arena,
                 struct buffer *out);

#endif
