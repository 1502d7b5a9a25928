#include "evidence/model/base.h"

#include <string.h>

static const void *find_sorted(const void *entries, size_t count, size_t size, const char *id)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *const *entry = (const void *)((const char *)entries + middle * size);
        int order = strcmp(*entry, id); /* the id is each entry's first member */
        if (order == 0)
            return entry;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct intervention *base_intervention(const struct base *base, const char *id)
{
    return find_sorted(base->interventions, base->intervention_count, sizeof *base->interventions,
                       id);
}

const struct condition *base_condition(const struct base *base, const char *id)
{
    for (size_t i = 0; i < base->condition_count; i++)
        if (strcmp(base->conditions[i].id, id) == 0)
            return &base->conditions[i];
    return NULL;
}

/* Deeper than any tree of conditions, so that one with a ring in it ends the search too. */
enum { DEEPEST_TREE = 16 };

static bool descends(const struct base *base, const char *id, const char *ancestor, int depth)
{
    const struct condition *condition = base_condition(base, id);
    if (condition == NULL || depth == 0)
        return false;
    if (strcmp(id, ancestor) == 0)
        return true;
    for (const char *const *parent = condition->parents; *parent != NULL; parent++)
        if (descends(base, *parent, ancestor, depth - 1))
            return true;
    return false;
}

bool base_condition_descends(const struct base *base, const char *id, const char *ancestor)
{
    return descends(base, id, ancestor, DEEPEST_TREE);
}

const struct outcome *base_outcome(const struct base *base, const char *id)
{
    for (size_t i = 0; i < base->outcome_count; i++)
        if (strcmp(base->outcomes[i].id, id) == 0)
            return &base->outcomes[i];
    return NULL;
}

const struct document *base_document(const struct base *base, const char *name)
{
    return find_sorted(base->documents, base->document_count, sizeof *base->documents, name);
}

static bool list_holds(const char *const *list, const char *text)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
}

/* True if `id` names the study by another of its identifiers. */
static bool is_also(const struct study *study, const char *id)
{
    if (list_holds(study->aliases, id))
        return true;
    if (study->doi != NULL && strncmp(id, "doi:", 4) == 0 && strcmp(study->doi, id + 4) == 0)
        return true;
    return study->pmcid != NULL && strncmp(id, "pmcid:", 6) == 0 &&
           strcmp(study->pmcid, id + 6) == 0;
}

const struct study *base_study(const struct base *base, const char *id)
{
    const struct study *study =
        find_sorted(base->studies, base->study_count, sizeof *base->studies, id);
    for (size_t i = 0; study == NULL && i < base->study_count; i++)
        if (is_also(&base->studies[i], id))
            study = &base->studies[i];
    return study;
}
