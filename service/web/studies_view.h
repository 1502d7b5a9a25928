/* The studies behind an answer, as a table: what each found, what it weighs and whether it counts.
 */
#ifndef TOUCHSTONE_SERVICE_WEB_STUDIES_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_STUDIES_VIEW_H

#include "evidence/rating/catalog.h"
#include "service/web/layout.h"

struct supposed; /* what_if_view.h */

/* For each of the comparisons that the headline stands on a picture, year by year too, and a table
 * in which studies can be left out; where no study gives a figure, a list of what each of them
 * found. */
void studies_put(const struct page *page, const struct headline *headline,
                 const struct supposed *supposed);

/* "Navarro-Santana 2020", or the title of a study whose authors are not known: a name for people,
 * never an id. In the arena. */
const char *study_name(const struct study *study, struct arena *arena);

/* What people are told that the treatment of a result was compared with: "doing without it". */
const char *study_against_words(const struct base *base, const struct result *result);

/* The name as a link to where the study can be read. */
void study_put_link(const struct page *page, const struct study *study);

#endif
