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
                         const struct headline *headline, struct arena *arena);

/* How safe it is, with every harm that is recorded. */
void print_safety(const struct terminal *terminal, const struct catalog *catalog,
                  const struct intervention *intervention, struct arena *arena);

/* The questions of a pair, those at [from, from + count), a line each. */
void print_questions(const struct terminal *terminal, const struct catalog *catalog, size_t from,
                     size_t count, struct arena *arena);

/* One question with its whole trace. */
void print_rating(const struct terminal *terminal, const struct catalog *catalog,
                  const struct rating *rating, struct arena *arena);

#endif
