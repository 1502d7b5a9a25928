/*
 * A funnel plot before it is drawn: which trials, on which axis, over which regions, and what is
 * said of it. The picture and the terminal come from the same.
 *
 * Source of the regions: Peters 2008, doi:10.1016/j.jclinepi.2007.11.010.
 */
#ifndef TOUCHSTONE_SERVICE_VIEWS_FUNNEL_H
#define TOUCHSTONE_SERVICE_VIEWS_FUNNEL_H

#include "service/views/plot_words.h"

struct funnel {
    const struct rating *rating;
    const struct rated_study **trials; /* in the body's order */
    size_t count;
    struct axis axis;
    double widest;          /* standard error at the bottom, a little beyond the largest */
    const char *low, *high; /* "better with exercise": the sides of no effect */
    const char *nothing;    /* why there is nothing to draw; NULL where there is */
};

/* Strings live in `arena`. */
struct funnel funnel_of(const struct rating *rating, struct arena *arena);

/* How often chance alone gives so much: the regions from the middle outwards. */
enum funnel_region {
    FUNNEL_P10, /* p above .10: the inner cone */
    FUNNEL_P05, /* .05 to .10 */
    FUNNEL_P01, /* .01 to .05 */
    FUNNEL_RARE /* below .01 */
};

/* The region of an effect with this standard error, on the analysis scale. */
enum funnel_region funnel_region_of(double effect, double se);

enum { FUNNEL_ADVICE = 3 };

/* What to look for, and how it was judged: sentences, `count` of them. */
size_t funnel_advice(const struct funnel *funnel, struct arena *arena,
                     const char *out[FUNNEL_ADVICE]);

#endif
