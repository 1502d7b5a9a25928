#include <stdlib.h>
#include <string.h>

#include "evidence/rating/asking.h"

static bool is_asked_about(const struct asking *ask, const char *condition)
{
    const struct condition *kin = base_condition(catalog_base(ask->catalog), condition);
    return strcmp(condition, ask->condition->id) == 0 || kin_is_parent(kin, ask->condition->id);
}

/* The place of an outcome among the condition's primary ones; the last for all others. */
static int place_of(const struct asking *ask, const char *outcome)
{
    int place = 0;
    while (ask->condition->primary_outcomes[place] != NULL &&
           strcmp(ask->condition->primary_outcomes[place], outcome) != 0)
        place++;
    return place;
}

/* Against a sham before against nothing, and the primary outcome before others: lower is first. */
static int turn_of(const struct asking *ask, const struct result *result)
{
    return 100 * (int)result->comparator_class + place_of(ask, result->outcome);
}

/* Its own words on the question, sham-controlled ones asked for apart. Harm outcomes do not count.
 */
static enum favours direction_of(const struct study *study, const struct asking *ask,
                                 bool sham_only, bool *asked)
{
    const struct base *base = catalog_base(ask->catalog);
    const struct result *first = NULL;
    *asked = false;
    for (size_t i = 0; i < study->result_count; i++) {
        const struct result *result = &study->results[i];
        bool sham = result->comparator_class == COMPARATOR_SHAM;
        bool counts = sham_only ? sham : result->comparator_class != COMPARATOR_ACTIVE;
        if (!counts || strcmp(result->intervention, ask->intervention->id) != 0 ||
            !is_asked_about(ask, result->condition) || result->ignored != NULL ||
            base_outcome(base, result->outcome)->kind == OUTCOME_HARM)
            continue;
        *asked = true;
        if (result->favours != FAVOURS_UNKNOWN &&
            (first == NULL || turn_of(ask, result) < turn_of(ask, first)))
            first = result;
    }
    return first == NULL ? FAVOURS_UNKNOWN : first->favours;
}

static void count_study(const struct study *study, const struct asking *ask, bool sham_only,
                        struct directions *out)
{
    bool asked;
    enum favours favours = direction_of(study, ask, sham_only, &asked);
    if (!asked)
        return;
    int *counts[] = {[FAVOURS_INTERVENTION] = &out->better,
                     [FAVOURS_NEITHER] = &out->neither,
                     [FAVOURS_COMPARATOR] = &out->worse,
                     [FAVOURS_UNKNOWN] = &out->unclear};
    (*counts[favours])++;
    out->people = out->people == COUNT_UNKNOWN || study->participants == COUNT_UNKNOWN
                      ? COUNT_UNKNOWN
                      : out->people + study->participants;
}

static int by_place(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Of all conditions asked about, those that are not retracted; into `list` unless it is NULL. */
static size_t collect_studies(const struct asking *ask, uint32_t *list)
{
    const struct base *base = catalog_base(ask->catalog);
    size_t total = 0;
    for (size_t i = 0; i < base->condition_count; i++) {
        size_t count = 0;
        if (!is_asked_about(ask, base->conditions[i].id))
            continue;
        const struct mention *mentions =
            catalog_mentions(ask->catalog, ask->intervention->id, base->conditions[i].id, &count);
        for (size_t j = 0; j < count; j++) {
            if (mentions[j].retracted)
                continue;
            if (list != NULL)
                list[total] = mentions[j].study;
            total++;
        }
    }
    return total;
}

size_t account_studies(const struct asking *ask, const uint32_t **out)
{
    size_t total = collect_studies(ask, NULL);
    uint32_t *places = arena_array(ask->scratch, total, sizeof *places);
    collect_studies(ask, places);
    qsort(places, total, sizeof *places, by_place);
    size_t kept = 0;
    for (size_t i = 0; i < total; i++)
        if (kept == 0 || places[i] != places[kept - 1])
            places[kept++] = places[i];
    *out = places;
    return kept;
}

bool account_speaks(const struct asking *ask)
{
    const struct base *base = catalog_base(ask->catalog);
    size_t count = 0;
    for (size_t i = 0; count == 0 && i < base->condition_count; i++)
        if (is_asked_about(ask, base->conditions[i].id) ||
            kin_is_parent(ask->condition, base->conditions[i].id))
            catalog_mentions(ask->catalog, ask->intervention->id, base->conditions[i].id, &count);
    return count > 0;
}

void account_trials(const struct asking *ask, bool sham_only, struct directions *out)
{
    const uint32_t *places;
    size_t count = account_studies(ask, &places);
    struct arena *look = arena_new();
    for (size_t i = 0; i < count; i++) {
        arena_clear(look);
        const struct study *study = base_study_read(catalog_base(ask->catalog), places[i], look);
        if (design_is_trial(study->design))
            count_study(study, ask, sham_only, out);
    }
    arena_free(look);
}

int account_total(const struct directions *directions)
{
    return directions->better + directions->neither + directions->worse + directions->unclear;
}
