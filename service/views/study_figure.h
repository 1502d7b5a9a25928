/* One study's own result as every view gives it: the API, the plots, the pages, the terminal. */
#ifndef TOUCHSTONE_SERVICE_VIEWS_STUDY_FIGURE_H
#define TOUCHSTONE_SERVICE_VIEWS_STUDY_FIGURE_H

#include "evidence/base/buffer.h"
#include "evidence/rating/rating.h"

/* On the scale of telling: points, standard deviations, or a ratio as a ratio. NAN where the study
 * gives no figure. The interval is the normal one of 95 %; an adopted review's is its own. */
struct study_figure {
    double estimate;
    double low, high;
};
struct study_figure study_figure_of(const struct rating *rating, const struct rated_study *entry);

/* Half the width of that normal interval, on the analysis scale. */
double study_figure_reach(const struct rated_study *entry);

/* True for the review whose figure answers the question. */
bool study_figure_is_adopted(const struct rating *rating, const struct rated_study *entry);

/* With its unit: "1.2 points less (0.4 to 2.0)", or what it found where it printed no figure. An
 * adopted review is told in points where that can be done. */
void study_figure_put_words(struct buffer *out, const struct rating *rating,
                            const struct rated_study *entry);

/* Any figure the same way, on the scale of telling: a pool, a prediction. */
void study_figure_put_size(struct buffer *out, enum body_scale scale, enum measure measure,
                           struct study_figure figure);

/* "−1.2 (−2.1 to −0.3)", with the digits of the scale; "" for NAN. */
void study_figure_put_numbers(struct buffer *out, enum body_scale scale,
                              struct study_figure figure);

/* "−2.1 to 0.3". */
void study_figure_put_range(struct buffer *out, enum body_scale scale, double low, double high);

/* "standard deviations", "points". */
const char *study_figure_unit(enum body_scale scale);

#endif
