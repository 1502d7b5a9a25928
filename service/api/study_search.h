/* Which studies are asked for, by words and by what they are about, for the API and the pages. */
#ifndef TOUCHSTONE_SERVICE_API_STUDY_SEARCH_H
#define TOUCHSTONE_SERVICE_API_STUDY_SEARCH_H

#include "evidence/rating/catalog.h"
#include "service/api/publication_shape.h"
#include "service/http/request.h"

/* Unset members (NULL, -1, COUNT_UNKNOWN) ask for nothing. */
struct study_filter {
    const char *text; /* words; "" for none */
    const struct intervention *intervention;
    const struct condition *condition;
    int design;    /* enum design */
    int retracted; /* 0 or 1 */
    int year;
};

/* Nothing asked for. */
extern const struct study_filter study_filter_none;

/* True if only words, or nothing, is asked for. */
bool study_filter_is_by_words(const struct study_filter *filter);

/* True if the study is as the filter says, its words aside: a result or a harm is of the
 * intervention; its condition, or that of a result, is the one named or a child of it. */
bool study_filter_takes(const struct study_filter *filter, const struct base *base,
                        const struct study *study);

/* The places of all curated studies that have the words, best match first (without words all, in
 * the order of the base); what else the filter asks is left to study_filter_takes. A list in the
 * request's arena. False with ERROR_STORE. */
MUST_USE bool study_search(const struct request *request, const char *text, size_t **out,
                           size_t *count, struct error *err);

/* By any of its ids, raw, in any case where the kind of id has none; NULL if there is none. */
const struct study *study_find(const struct request *request, const char *id);

/* The same of what importers brought in: ERROR_NOT_FOUND if there is none. */
MUST_USE bool study_find_publication(const struct request *request, const char *id,
                                     struct publication_view *out, struct error *err);

#endif
