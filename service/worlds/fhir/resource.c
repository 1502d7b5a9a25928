/* A whole resource: what it says, under its id and version. */
#include "service/http/etag.h"
#include "service/worlds/fhir/fhir.h"

static const char *finish(struct buffer *out, size_t *length, struct arena *arena)
{
    const char *text = arena_strndup(arena, out->bytes, out->length);
    *length = out->length;
    buffer_release(out);
    return text;
}

static void write_members(struct fhir_writing *to, enum fhir_type type,
                          const struct fhir_entry *entry)
{
    switch (type) {
    case FHIR_ARTIFACT_ASSESSMENT:
        fhir_write_assessment(to, entry);
        break;
    case FHIR_CITATION:
        fhir_write_citation(to, entry);
        break;
    case FHIR_EVIDENCE:
        fhir_write_evidence(to, entry);
        break;
    case FHIR_EVIDENCE_VARIABLE:
        fhir_write_variable(to, entry);
        break;
    case FHIR_TYPE_COUNT:
        break;
    }
}

/* {"resourceType", "id", "meta", …}: the version is of what follows, so it is written last. */
static void put_front(struct buffer *out, enum fhir_type type, const struct fhir_entry *entry,
                      const char *version, const char *updated)
{
    buffer_printf(out,
                  "{\"resourceType\":\"%s\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%s\","
                  "\"lastUpdated\":\"%s\"},",
                  fhir_type_names[type], entry->id.text, version, updated);
}

struct fhir_resource fhir_resource_write(const struct catalog *catalog, const char *origin,
                                         enum fhir_type type, const struct fhir_entry *entry,
                                         struct arena *arena)
{
    struct buffer members = {0};
    struct buffer out = {0};
    struct fhir_resource resource;
    struct fhir_writing to = {.catalog = catalog, .origin = origin, .arena = arena};
    json_writer_init(&to.json, &members, 0);
    json_begin_object(&to.json);
    write_members(&to, type, entry);
    json_end_object(&to.json);
    resource.version = etag_of(members.bytes, members.length, arena);
    put_front(&out, type, entry, resource.version,
              fhir_instant(catalog_stamp(catalog)->changed, arena));
    buffer_append(&out, members.bytes + 1, members.length - 1);
    buffer_release(&members);
    resource.json = finish(&out, &resource.length, arena);
    return resource;
}
