/* Ratings and headlines for people at a terminal. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_RATING_TEXT_H
#define TOUCHSTONE_SERVICE_VIEWS_RATING_TEXT_H

#include "evidence/rating/catalog.h"
#include "service/views/terminal.h"

/* The headline answer: verdict, how sure, how big, how safe, the studies. */
void print_headline(const struct terminal *terminal, const struct catalog *catalog,
                    const struct headline *headline, struct arena *arena);

/* One line: verdict, certainty, name. */
void print_headline_line(const struct terminal *terminal, const char *name,
                         const struct headline *headline);

/* One question with its whole trace. */
void print_rating(const struct terminal *terminal, const struct catalog *catalog,
                  const struct rating *rating, struct arena *arena);

/* One line a question. */
void print_rating_line(const struct terminal *terminal, const struct rating *rating);

#endif
