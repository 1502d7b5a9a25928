#include <string.h>

#include "service/worlds/cds/cds.h"

/* Orders of pictures and tests, which are no treatment: words and SNOMED CT codes of the category
 * of a ServiceRequest. */
static const char *const no_treatment[] = {
    "Imaging",   "Radiology", "Laboratory procedure", "Laboratory", "363679005",
    "108252007", "imaging",   "laboratory",           "radiology",  NULL};

static bool is_type(const char *type, const char *const *types)
{
    for (; type != NULL && *types != NULL; types++)
        if (strcmp(type, *types) == 0)
            return true;
    return false;
}

/* `selections` names resources as "MedicationRequest/103"; some clients send the id alone. */
static bool is_selected(const json_t *selections, const json_t *resource)
{
    const char *type = json_string_value(json_object_get(resource, "resourceType"));
    const char *id = json_string_value(json_object_get(resource, "id"));
    size_t i;
    json_t *one;
    if (type == NULL || id == NULL)
        return false;
    json_array_foreach(selections, i, one)
    {
        const char *selected = json_string_value(one);
        size_t length = strlen(type);
        if (selected == NULL)
            continue;
        if (strcmp(selected, id) == 0 ||
            (strncmp(selected, type, length) == 0 && selected[length] == '/' &&
             strcmp(selected + length + 1, id) == 0))
            return true;
    }
    return false;
}

/* ---- what an order is for ---- */

static const struct condition *reason_in(const struct catalog *catalog, const json_t *list,
                                         struct arena *arena)
{
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        const char *const *words = cds_words(one, arena);
        for (; *words != NULL; words++) {
            const struct condition *found = cds_condition(catalog, *words, arena);
            if (found != NULL)
                return found;
        }
    }
    return NULL;
}

static const struct condition *reason_of(const struct catalog *catalog, const json_t *order,
                                         struct arena *arena)
{
    const struct condition *found = reason_in(catalog, json_object_get(order, "reasonCode"), arena);
    return found != NULL ? found : reason_in(catalog, json_object_get(order, "reason"), arena);
}

static bool has_reason(const json_t *order)
{
    return json_array_size(json_object_get(order, "reasonCode")) > 0 ||
           json_array_size(json_object_get(order, "reason")) > 0 ||
           json_array_size(json_object_get(order, "reasonReference")) > 0;
}

/* ---- what is ordered ---- */

/* The first member of the list that is there. */
static const json_t *first_of(const json_t *object, const char *const *members)
{
    for (; *members != NULL; members++)
        if (json_object_get(object, *members) != NULL)
            return json_object_get(object, *members);
    return NULL;
}

/* The code of a Medication that stands within the order. */
static const json_t *contained_code(const json_t *order)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(order, "contained"), i, one)
    {
        const char *type = json_string_value(json_object_get(one, "resourceType"));
        if (type != NULL && strcmp(type, "Medication") == 0)
            return json_object_get(one, "code");
    }
    return NULL;
}

/* How it is to be given, behind the name: "topical". */
static const char *route_of(const json_t *order, struct arena *arena)
{
    const json_t *dosage = json_array_get(json_object_get(order, "dosageInstruction"), 0);
    const char *const *words = cds_words(json_object_get(dosage, "route"), arena);
    return *words == NULL ? "" : *words;
}

static const struct intervention *medicine_of(const struct catalog *catalog, const json_t *order,
                                              struct arena *arena)
{
    const json_t *concept =
        first_of(order, (const char *const[]){"medicationCodeableConcept", "medication", NULL});
    const char *const *words = cds_words(concept != NULL ? concept : contained_code(order), arena);
    const char *route = route_of(order, arena);
    for (; *words != NULL; words++) {
        const char *told = arena_printf(arena, "%s %s", *words, route);
        const struct intervention *found = cds_medicine(catalog, told, arena);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static const struct intervention *service_of(const struct catalog *catalog, const json_t *order,
                                             struct arena *arena)
{
    const json_t *concept =
        first_of(order, (const char *const[]){"code", "codeCodeableConcept", NULL});
    if (cds_has_code(json_object_get(order, "category"), no_treatment))
        return NULL;
    for (const char *const *words = cds_words(concept, arena); *words != NULL; words++) {
        const struct intervention *found = cds_treatment(catalog, *words, arena);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* R4 and R5, and as the same orders were called before. */
static const struct intervention *treatment_of(const struct catalog *catalog, const json_t *order,
                                               struct arena *arena)
{
    static const char *const medicines[] = {"MedicationRequest", "MedicationOrder", NULL};
    static const char *const services[] = {"ServiceRequest", "DeviceRequest", "ProcedureRequest",
                                           "DeviceUseRequest", NULL};
    const char *type = json_string_value(json_object_get(order, "resourceType"));
    if (is_type(type, medicines))
        return medicine_of(catalog, order, arena);
    return is_type(type, services) ? service_of(catalog, order, arena) : NULL;
}

static bool is_there(const struct cds_order *orders, size_t count, const struct cds_order *one)
{
    for (size_t i = 0; i < count; i++)
        if (orders[i].intervention == one->intervention && orders[i].reason == one->reason)
            return true;
    return false;
}

size_t cds_orders_read(const struct catalog *catalog, const json_t *context, struct arena *arena,
                       struct cds_order out[CDS_TREATMENTS_MOST])
{
    const json_t *selections = json_object_get(context, "selections");
    const json_t *drafts = json_object_get(context, "draftOrders");
    size_t count = 0;
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(drafts, "entry"), i, entry)
    {
        const json_t *order = json_object_get(entry, "resource");
        if (count == CDS_TREATMENTS_MOST || !is_selected(selections, order) ||
            json_is_true(json_object_get(order, "doNotPerform")))
            continue;
        struct cds_order one = {.intervention = treatment_of(catalog, order, arena),
                                .reason = reason_of(catalog, order, arena),
                                .reason_told = has_reason(order)};
        if (one.intervention != NULL && !is_there(out, count, &one))
            out[count++] = one;
    }
    return count;
}
