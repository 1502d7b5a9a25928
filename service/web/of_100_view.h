/* Of 100 people: how many get there with a treatment and how many without, as a sentence and as 100
 * small figures; what was modelled is told with what it was modelled from. */
#ifndef TOUCHSTONE_SERVICE_WEB_OF_100_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_OF_100_VIEW_H

#include "evidence/rating/rating.h"
#include "service/web/layout.h"

/* People of 100, as /v1 tells them (effect.of_100). */
struct of_100 {
    bool known;
    bool modelled;
    double without;
    double with, low, high;
    const char *what; /* "pain at least 30 % less" */
};
struct of_100 of_100_of(const struct rating *rating);

/* "81 of 100 people with it (somewhere from 72 to 88), and 67 of 100 without it: …": `people` is
 * known. */
void of_100_put_sentence(const struct page *page, const struct rating *rating,
                         const struct of_100 *people);

/* The same in few words, for the first screen, where it is said already against what. */
void of_100_put_short(const struct page *page, const struct rating *rating,
                      const struct of_100 *people);

/* The figure with its sentence, how sure that is (the headline's level) and, if modelled, from
 * what; where nothing is known of 100 people, why not. */
void of_100_put(const struct page *page, const struct rating *rating, enum certainty_level level);

#endif
