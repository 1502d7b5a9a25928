/*
 * A forest plot before it is drawn: who stands in it, where, and what is said of each. The picture,
 * the terminal and the API's figures come from the same rating, so they cannot differ.
 */
#ifndef TOUCHSTONE_SERVICE_VIEWS_FOREST_H
#define TOUCHSTONE_SERVICE_VIEWS_FOREST_H

#include "evidence/rating/catalog.h"
#include "service/views/axis.h"
#include "service/views/plot_words.h"
#include "service/views/study_figure.h"

enum forest_part {
    FOREST_COUNTED,  /* in the pool */
    FOREST_ASIDE,    /* a trial with a figure that an adopted review stands for */
    FOREST_LEFT_OUT, /* listed with the reason, without a mark */
    FOREST_POOL      /* the pool, or the adopted review: a diamond */
};

/* What a row is: a study, or all studies up to a year. */
enum forest_kind { FOREST_STUDIES, FOREST_YEARS };

struct forest_row {
    enum forest_part part;
    const char *label;    /* anybody's text */
    double at, low, high; /* on the axis; `at` NAN: nothing to draw */
    const char *numbers;  /* the same as told: "−1.2 (−2.1 to −0.3)" */
    double weight;        /* percent of the pool; NAN */
    /* What a pool of anybody's figures does not have. */
    const struct rated_study *entry; /* NULL for a pool of trials */
    struct study_figure told;
    int people;
    const char *sentence; /* the whole row in words */
    const char *why_not;
    int year,
        trials; /* of a row of years; 0 elsewhere, COUNT_UNKNOWN for a year that is not told */
};

struct forest {
    enum forest_kind kind;
    enum measure measure; /* how the axis is told */
    const char *unit;     /* "points on a scale from 0 to 10"; NULL */
    struct axis axis;
    const char *tone; /* of the verdict's sign */
    double mid;       /* as told: points, standard deviations, people of 100; NAN */
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

/*
 * The pool as it stood after each year: a row a year in which a trial came, with all trials up to
 * it pooled as the rating pools them (P1). The last row is the rating's own pool.
 */
struct forest forest_by_year(const struct rating *rating, const struct ruleset *ruleset,
                             struct arena *arena);

#endif
