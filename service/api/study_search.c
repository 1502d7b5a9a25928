#include "service/api/study_search.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "service/api/application.h"

const struct study_filter study_filter_none = {
    .text = "", .design = -1, .retracted = -1, .year = COUNT_UNKNOWN};

bool study_filter_is_by_words(const struct study_filter *filter)
{
    return filter->intervention == NULL && filter->condition == NULL && filter->design < 0 &&
           filter->retracted < 0 && filter->year == COUNT_UNKNOWN;
}

static bool is_of(const struct study *study, const struct intervention *intervention)
{
    for (size_t i = 0; i < study->result_count; i++)
        if (strcmp(study->results[i].intervention, intervention->id) == 0)
            return true;
    for (size_t i = 0; i < study->harm_count; i++)
        if (strcmp(study->harms[i].intervention, intervention->id) == 0)
            return true;
    return false;
}

static bool is_about(const struct base *base, const struct study *study,
                     const struct condition *condition)
{
    if (base_condition_descends(base, study->condition, condition->id))
        return true;
    for (size_t i = 0; i < study->result_count; i++)
        if (base_condition_descends(base, study->results[i].condition, condition->id))
            return true;
    return false;
}

bool study_filter_takes(const struct study_filter *filter, const struct base *base,
                        const struct study *study)
{
    return (filter->design < 0 || (int)study->design == filter->design) &&
           (filter->retracted < 0 || study->retracted == (filter->retracted == 1)) &&
           (filter->year == COUNT_UNKNOWN || study->year == filter->year) &&
           (filter->intervention == NULL || is_of(study, filter->intervention)) &&
           (filter->condition == NULL || is_about(base, study, filter->condition));
}

/* ---- by words ---- */

static bool search_words(const struct request *request, const char *text, size_t *out,
                         size_t *count, struct error *err)
{
    const struct base *base = catalog_base(request->catalog);
    struct lent_store lent;
    const char **ids;
    size_t found;
    if (!application_borrow_for(request, &lent, err))
        return false;
    bool good = store_find_studies(lent.store, text, request->arena, &ids, &found, err);
    application_return_store(request->context, &lent);
    for (size_t i = 0; good && i < found && *count < base->study_count; i++) {
        size_t place = base_study_place(base, ids[i]);
        if (place < base->study_count) /* else stored a moment ago, not yet in this catalog */
            out[(*count)++] = place;
    }
    return good;
}

bool study_search(const struct request *request, const char *text, size_t **out, size_t *count,
                  struct error *err)
{
    const struct base *base = catalog_base(request->catalog);
    *out = arena_array(request->arena, base->study_count + 1, sizeof **out);
    *count = 0;
    if (text[0] != '\0')
        return search_words(request, text, *out, count, err);
    for (size_t i = 0; i < base->study_count; i++)
        (*out)[(*count)++] = i;
    return true;
}

/* ---- by id ---- */

static void lower(char *text, size_t length)
{
    for (size_t i = 0; i < length && text[i] != '\0'; i++)
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] - 'A' + 'a');
}

/* DOIs and the prefixes of ids are the same in any case; ours are in lower case. */
const struct study *study_find(const struct request *request, const char *id)
{
    const struct base *base = catalog_base(request->catalog);
    const struct study *study = base_study(base, id);
    if (study != NULL)
        return study;
    char *spelt = arena_strdup(request->arena, id);
    lower(spelt, strcspn(spelt, ":"));
    bool any_case = strncmp(spelt, "doi:", 4) == 0 || strncmp(spelt, "nct:", 4) == 0;
    lower(spelt, any_case ? SIZE_MAX : 0);
    return base_study(base, spelt);
}

bool study_find_publication(const struct request *request, const char *id,
                            struct publication_view *out, struct error *err)
{
    struct lent_store lent;
    char *spelt = arena_strdup(request->arena, id);
    bool any_case = strncasecmp(spelt, "doi:", 4) == 0 || strncasecmp(spelt, "nct:", 4) == 0;
    lower(spelt, any_case ? SIZE_MAX : strcspn(spelt, ":"));
    if (!application_borrow_for(request, &lent, err))
        return false;
    bool found = publication_view_load(lent.store, spelt, request->arena, out, err);
    application_return_store(request->context, &lent);
    return found;
}
