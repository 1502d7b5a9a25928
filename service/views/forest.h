/*
 * A forest plot before it is drawn: who stands in it, where, and what is said of each. The picture,
 * the terminal and the API's figures come from the same rating, so they cannot differ.
 */
#ifndef TOUCHSTONE_SERVICE_VIEWS_FOREST_H
#define TOUCHSTONE_SERVICE_VIEWS_FOREST_H

#include "evidence/rating/catalog.h"
#include "service/views/axis.h"
#include "service/views/study_figure.h"

enum forest_part {
    FOREST_COUNTED,  /* in the pool */
    FOREST_ASIDE,    /* a trial with a figure that an adopted review stands for */
    FOREST_LEFT_OUT, /* listed with the reason, without a mark */
    FOREST_POOL      /* the pool, or the adopted review: a diamond */
};

struct forest_row {
    enum forest_part part;
    const char *label;    /* anybody's text */
    double at, low, high; /* on the axis; `at` NAN: nothing to draw */
    const char *numbers;  /* the same as told: "−1.2 (−2.1 to −0.3)" */
    double weight;        /* percent of the pool; NAN */
    /* What a pool of anybody's figures does not have; `entry` is then NULL. */
    const struct rated_study *entry;
    struct study_figure told;
    int people;
    const char *sentence; /* the whole row in words */
    const char *why_not;
};

struct forest {
    enum measure measure; /* how the axis is told */
    const char *unit;     /* "points on a scale from 0 to 10"; NULL */
    struct axis axis;
    double too_small_low, too_small_high; /* on the axis; NAN where nobody says what matters */
    double predicted_low, predicted_high; /* where a new study would lie; NAN */
    const char *predicted;                /* the same as told; NULL */
    int decimals;                         /* of the axis, 0 to 6 */
    const struct forest_row *rows;        /* counted, then aside, then left out; each by year */
    size_t count;
    size_t counted, aside, left_out;
    const struct forest_row *pool; /* NULL: no figure */
    const char *favours_low;       /* "better with exercise": at the low end of the axis */
    const char *favours_high;      /* "better without it" */
    const char *title;
    const char *desc;
    const char *nothing; /* why there is nothing to draw; NULL where there is */
};

/* Of a rating; strings live in `arena`, or as long as the catalog. */
struct forest forest_of(const struct rating *rating, struct arena *arena);

/* ---- what other plots of a rating share ---- */

/* "Exercise for knee osteoarthritis: pain, against doing without it, in the first 12 weeks". */
const char *plot_title(const struct rating *rating, struct arena *arena);

/* "better with exercise" and "better without it", the low end of the axis first. */
void plot_sides(const struct rating *rating, const char **low, const char **high,
                struct arena *arena);

/* The band within which a difference is too small to matter, on the rating's analysis scale; an end
 * that no ratio reaches is infinite, and without a MID both are NAN. */
struct axis plot_too_small(const struct rating *rating);

/* "103 trials, 8625 people". */
const char *plot_people(int trials, const char *one, const char *many, int people,
                        struct arena *arena);

/* The studies that count, in the body's order (by year, then id), in `arena`. */
const struct rated_study **plot_counted(const struct rating *rating, size_t *count,
                                        struct arena *arena);

#endif
