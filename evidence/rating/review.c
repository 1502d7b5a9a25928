#include "evidence/rating/review.h"

#include <string.h>

#include "evidence/model/appraisal.h"

static bool is_name_of(const struct study *review, const char *id)
{
    if (strcmp(id, review->id) == 0 ||
        (review->doi != NULL && strncmp(id, "doi:", 4) == 0 && strcmp(id + 4, review->doi) == 0))
        return true;
    for (const char *const *alias = review->aliases; *alias != NULL; alias++)
        if (strcmp(id, *alias) == 0)
            return true;
    return false;
}

bool review_pooled(const struct study *review, const struct study *trial)
{
    for (const char *const *id = trial->pooled_in; *id != NULL; id++)
        if (is_name_of(review, *id))
            return true;
    for (size_t i = 0; i < trial->result_count; i++)
        if (trial->results[i].source_review != NULL &&
            is_name_of(review, trial->results[i].source_review))
            return true;
    return false;
}

/* True if an appraisal of the review itself by this instrument comes to `word`; NULL: to any. */
static bool comes_to(const struct study *review, enum instrument instrument, const char *word)
{
    for (size_t i = 0; i < review->appraisal_count; i++) {
        const struct appraisal *appraisal = &review->appraisals[i];
        if (appraisal->instrument != instrument || appraisal->scope != SCOPE_STUDY)
            continue;
        const char *overall = appraisal_overall(appraisal);
        if (overall != NULL && (word == NULL || strcmp(overall, word) == 0))
            return true;
    }
    return false;
}

bool review_is_rated(const struct study *review)
{
    return comes_to(review, INSTRUMENT_AMSTAR2, NULL) || comes_to(review, INSTRUMENT_ROBIS, NULL);
}

bool review_is_critically_low(const struct study *review)
{
    return comes_to(review, INSTRUMENT_AMSTAR2, "critically-low");
}

bool review_is_distrusted(const struct study *review)
{
    return review_is_critically_low(review) || comes_to(review, INSTRUMENT_ROBIS, "high");
}
