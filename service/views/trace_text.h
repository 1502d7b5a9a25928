/* A trace at a terminal: a paragraph a step. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_TRACE_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_TRACE_TEXT_H

#include "evidence/rating/rating.h"
#include "service/views/terminal.h"

/* Rule, study, what was concluded, its numbers; where a rule comes from, at the first of its steps.
 */
void print_trace(const struct terminal *terminal, const struct trace *trace, struct arena *arena);

#endif
