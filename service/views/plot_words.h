/* What all plots of a rating have in common: their words, their band, their trials. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_PLOT_WORDS_H
#define TOUCHSTONE_SERVICE_VIEWS_PLOT_WORDS_H

#include "evidence/base/buffer.h"
#include "evidence/rating/rating.h"
#include "service/views/axis.h"

/* A buffer's text copied into the arena; the buffer is released. */
const char *plot_kept(struct buffer *text, struct arena *arena);

/* "Exercise for knee osteoarthritis: pain, against doing without it, in the first 12 weeks". */
const char *plot_title(const struct rating *rating, struct arena *arena);

/* "better with exercise" and "better without it", the low end of the axis first. */
void plot_sides(const struct rating *rating, const char **low, const char **high,
                struct arena *arena);

/* The band within which a difference is too small to matter, on the rating's analysis scale; an end
 * that no ratio reaches is infinite; both are NAN without a MID, and for harm outcomes. */
struct axis plot_too_small(const struct rating *rating);

/* Why a plot of single trials has nothing to show; NULL where trials are pooled. */
const char *plot_needs_trials(const struct rating *rating);

/* "103 trials, 8625 people". */
const char *plot_people(int trials, const char *one, const char *many, int people,
                        struct arena *arena);

/* The studies that count, in the body's order (by year, then id), in `arena`. */
const struct rated_study **plot_counted(const struct rating *rating, size_t *count,
                                        struct arena *arena);

#endif
