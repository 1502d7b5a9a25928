/* The front page beyond its handler: what other pages say as it does. */
#ifndef TOUCHSTONE_SERVICE_WEB_FRONT_H
#define TOUCHSTONE_SERVICE_WEB_FRONT_H

#include "evidence/rating/catalog.h"
#include "service/http/respond.h"

/* A refusal of what people ask for, as a page with the form and where to go on. */
refusal_form front_refusal;

/* The answer about a treatment, a complaint or both (either may be NULL, not both), as the front
 * page gives it, under an address that stays. The catalog must be there. */
void front_topic(const struct request *request, const struct intervention *intervention,
                 const struct condition *condition, struct answer *answer);

/* 503 before the base is there. `question` is what stands in the form, "" for nothing. */
void front_not_loaded(const struct request *request, struct answer *answer, const char *question);

/* Where somebody may have meant to go. */
struct way {
    const char *address; /* NULL ends a list */
    const char *words;
};

/* 404 with the nearest there is; `title` says what is not there. */
void front_not_found(const struct request *request, struct answer *answer, const char *title,
                     const struct way *ways);

#endif
