/* CapabilityStatement: what can be asked for. */
#include "evidence/base/version.h"
#include "service/worlds/fhir/search.h"

static void put_parameter(struct json_writer *json, const struct fhir_parameter *parameter)
{
    json_begin_object(json);
    json_field_text(json, "name", parameter->name);
    json_field_text(json, "type", fhir_parameter_kinds[parameter->kind]);
    json_field_text(json, "documentation", parameter->meaning);
    json_end_object(json);
}

static void put_interaction(struct json_writer *json, const char *code)
{
    json_begin_object(json);
    json_field_text(json, "code", code);
    json_end_object(json);
}

static void put_resource(struct json_writer *json, enum fhir_type type, struct arena *arena)
{
    const char *name = fhir_type_names[type];
    json_begin_object(json);
    json_field_text(json, "type", name);
    json_field_text(json, "profile",
                    arena_printf(arena, "http://hl7.org/fhir/StructureDefinition/%s", name));
    json_field_array(json, "interaction");
    put_interaction(json, "read");
    put_interaction(json, "search-type");
    json_end_array(json);
    json_field_text(json, "versioning", "versioned");
    json_field_truth(json, "readHistory", false);
    json_field_text(json, "conditionalRead", "full-support");
    json_field_array(json, "searchParam");
    for (size_t i = 0; i < FHIR_PARAMETERS; i++)
        if (fhir_parameter_is_of(&fhir_parameters[i], type))
            put_parameter(json, &fhir_parameters[i]);
    json_end_array(json);
    json_end_object(json);
}

static void put_rest(struct json_writer *json, struct arena *arena)
{
    json_field_array(json, "rest");
    json_begin_object(json);
    json_field_text(json, "mode", "server");
    json_field_text(
        json, "documentation",
        "For reading. Searches by GET, or by POST to _search; pages by _count and the "
        "next link; unknown parameters are passed over unless Prefer: handling=strict.");
    json_field_object(json, "security");
    json_field_truth(json, "cors", true);
    json_end_object(json);
    json_field_array(json, "resource");
    for (int type = 0; type < FHIR_TYPE_COUNT; type++)
        put_resource(json, (enum fhir_type)type, arena);
    json_end_array(json);
    json_end_object(json);
    json_end_array(json);
}

static void put_software(struct json_writer *json, const char *origin, struct arena *arena)
{
    json_field_object(json, "software");
    json_field_text(json, "name", "Touchstone");
    json_field_text(json, "version", TOUCHSTONE_VERSION);
    json_end_object(json);
    json_field_object(json, "implementation");
    json_field_text(json, "description", "Touchstone: ratings of treatments for painful muscles");
    json_field_text(json, "url", arena_printf(arena, "%s/fhir", origin));
    json_end_object(json);
}

void fhir_write_capability(struct json_writer *json, const struct catalog *catalog,
                           const char *origin, struct arena *arena)
{
    json_begin_object(json);
    json_field_text(json, "resourceType", "CapabilityStatement");
    json_field_text(json, "url", arena_printf(arena, "%s/fhir/metadata", origin));
    json_field_text(json, "title", "Touchstone");
    json_field_text(json, "status", "active");
    json_field_truth(json, "experimental", false);
    json_field_text(json, "date", fhir_instant(catalog_stamp(catalog)->changed, arena));
    json_field_text(json, "publisher", "Touchstone");
    json_field_text(json, "kind", "instance");
    put_software(json, origin, arena);
    json_field_text(json, "fhirVersion", "5.0.0");
    json_field_array(json, "format");
    json_put_text(json, "application/fhir+json");
    json_put_text(json, "json");
    json_end_array(json);
    put_rest(json, arena);
    json_end_object(json);
}
