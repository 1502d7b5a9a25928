/* The studies of a rating at a terminal: what each found, or why it does not count. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_STUDIES_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_STUDIES_TEXT_H

#include "evidence/rating/rating.h"
#include "service/views/terminal.h"

/* Used ones first, then the others with the reason; then those whose figures were not confirmed. */
void print_studies(const struct terminal *terminal, const struct rating *rating,
                   struct arena *arena);

#endif
