#include <string.h>

#include "service/worlds/cds/cds.h"

static const char *const past[] = {"inactive", "remission", "resolved", NULL};
static const char *const not_so[] = {"refuted", "entered-in-error", NULL};

static bool is_condition(const json_t *resource)
{
    const char *type = json_string_value(json_object_get(resource, "resourceType"));
    return type != NULL && strcmp(type, "Condition") == 0;
}

static bool is_present(const json_t *resource)
{
    return !cds_has_code(json_object_get(resource, "clinicalStatus"), past) &&
           !cds_has_code(json_object_get(resource, "verificationStatus"), not_so);
}

static void add_condition(struct cds_patient *patient, const struct condition *condition)
{
    if (condition == NULL || patient->count == CDS_CONDITIONS_MOST)
        return;
    for (size_t i = 0; i < patient->count; i++)
        if (patient->conditions[i] == condition)
            return;
    patient->conditions[patient->count++] = condition;
}

static void add_problem(const struct catalog *catalog, const json_t *resource,
                        struct cds_patient *patient, struct buffer *problems, struct arena *arena)
{
    if (!is_condition(resource) || !is_present(resource))
        return;
    const char *const *words = cds_words(json_object_get(resource, "code"), arena);
    for (; *words != NULL; words++) {
        add_condition(patient, cds_condition(catalog, *words, arena));
        buffer_printf(problems, "%s.\n", *words);
    }
}

/* A Bundle, or null where a search found nothing. An OperationOutcome says that it failed. */
static bool was_sent(const json_t *conditions)
{
    const char *type = json_string_value(json_object_get(conditions, "resourceType"));
    return json_is_null(conditions) || (type != NULL && strcmp(type, "Bundle") == 0);
}

void cds_patient_read(const struct catalog *catalog, const json_t *prefetch, struct arena *arena,
                      struct cds_patient *out)
{
    const json_t *conditions = json_object_get(prefetch, "conditions");
    struct buffer problems = {0};
    size_t i;
    json_t *entry;
    *out = (struct cds_patient){.known = was_sent(conditions)};
    json_array_foreach(json_object_get(conditions, "entry"), i, entry)
        add_problem(catalog, json_object_get(entry, "resource"), out, &problems, arena);
    out->problems = arena_strndup(arena, buffer_string(&problems), problems.length);
    buffer_release(&problems);
}
