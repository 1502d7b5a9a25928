/* GET /fhir/…: the base for those who speak HL7 FHIR R5. */
#include <string.h>
#include <strings.h>

#include "service/api/api.h"
#include "service/api/reading.h"
#include "service/http/query.h"
#include "service/worlds/fhir/search.h"
#include "service/worlds/operation_outcome.h"

static const char form_type[] = "application/x-www-form-urlencoded";

/* ---- which format ---- */

static bool is_one_of(const char *text, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcasecmp(text, *list) == 0)
            return true;
    return false;
}

/* `_format` as the specification has it: short names, and a '+' that became a space. */
static bool format_is_json(const char *format)
{
    static const char *const json[] = {
        "json", "application/json", "application/fhir+json", "application/fhir json", "text/json",
        NULL};
    size_t length = strcspn(format, ";");
    char name[32] = {0};
    if (length >= sizeof name)
        return false;
    memcpy(name, format, length);
    return is_one_of(name, json);
}

static bool accepts_json(const struct request *request)
{
    static const char *const json[] = {
        "application/fhir+json", "application/json", "text/json", "application/*", "*/*", NULL};
    const char *accept = request_header_list(request, "Accept");
    if (accept == NULL || accept[0] == '\0')
        return true;
    for (const char *const *type = json; *type != NULL; type++)
        if (header_has_token(accept, *type))
            return true;
    return false;
}

/* Another release asked for by name cannot be had ("application/fhir+json; fhirVersion=4.0"). */
static bool accepts_release(const struct request *request)
{
    static const char name[] = "fhirVersion=";
    const char *accept = request_header_list(request, "Accept");
    const char *asked = accept == NULL ? NULL : strcasestr(accept, name);
    if (asked == NULL)
        return true;
    asked += sizeof name - 1;
    asked += *asked == '"';
    return strncmp(asked, "5.0", 3) == 0;
}

static bool negotiate(const struct request *request, struct answer *answer)
{
    const char *format = query_filled(request, "_format");
    bool json = format != NULL ? format_is_json(format) : accepts_json(request);
    if (!json)
        return answer_refuse(request, answer, REFUSAL_NOT_ACCEPTABLE,
                             "there is application/fhir+json here and nothing else");
    if (!accepts_release(request))
        return answer_refuse(request, answer, REFUSAL_NOT_ACCEPTABLE,
                             "there is FHIR 5.0 here and no other release");
    answer->content_type = fhir_json_type;
    answer->etag_weak = true;
    return true;
}

/* ---- which resources ---- */

static bool find_type(const struct request *request, struct answer *answer, enum fhir_type *out)
{
    const char *name = request_part(request, "type");
    for (int i = 0; i < FHIR_TYPE_COUNT; i++)
        if (strcmp(name, fhir_type_names[i]) == 0) {
            *out = (enum fhir_type)i;
            return true;
        }
    return answer_refuse(request, answer, REFUSAL_NOT_FOUND,
                         "there are no resources of type \"%.60s\" here; there are Evidence, "
                         "Citation, EvidenceVariable and ArtifactAssessment",
                         name);
}

bool get_fhir_metadata(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    (void)err;
    if (!negotiate(request, answer))
        return false;
    reading_json(request, answer, &json);
    fhir_write_capability(&json, request->catalog, request->origin, request->arena);
    return true;
}

bool get_fhir_resource(const struct request *request, struct answer *answer, struct error *err)
{
    const char *id = request_part(request, "id");
    enum fhir_type type;
    (void)err;
    if (!find_type(request, answer, &type) || !negotiate(request, answer))
        return false;
    const struct fhir_entry *entry = fhir_find(request->catalog, type, id);
    if (entry == NULL)
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND,
                             "there is no %s with the id \"%.80s\"; search for our own ids with "
                             "?identifier=",
                             fhir_type_names[type], id);
    struct fhir_resource resource =
        fhir_resource_write(request->catalog, request->origin, type, entry, request->arena);
    answer_borrow(answer, fhir_json_type, resource.json, resource.length);
    answer->etag = resource.version;
    answer->last_modified = catalog_stamp(request->catalog)->changed;
    return true;
}

/* RFC 7240: "Prefer: handling=strict". */
static bool is_strict(const struct request *request)
{
    const char *prefer = request_header_list(request, "Prefer");
    return prefer != NULL && strcasestr(prefer, "handling=strict") != NULL;
}

static bool search(const struct request *request, struct answer *answer, struct error *err)
{
    enum fhir_type type;
    struct json_writer json;
    if (!find_type(request, answer, &type) || !negotiate(request, answer))
        return false;
    struct fhir_search *asked = fhir_search_read(type, request->query, request->query_count,
                                                 is_strict(request), request->arena, err);
    if (asked == NULL)
        return false;
    reading_json(request, answer, &json);
    return fhir_search_write(asked, request->catalog, request->origin, request->arena, &json, err);
}

bool get_fhir_search(const struct request *request, struct answer *answer, struct error *err)
{
    return search(request, answer, err);
}

/* The parameters may stand in the address and in the body, and count alike. */
bool post_fhir_search(const struct request *request, struct answer *answer, struct error *err)
{
    struct request whole = *request;
    const struct field *fields;
    size_t count;
    if (!request_is_type(request, form_type))
        return answer_refuse(request, answer, REFUSAL_MEDIA_TYPE, "send the parameters as %s",
                             form_type);
    if (!query_parse(request->body, request->arena, &fields, &count, err))
        return false;
    struct field *all = arena_array(request->arena, request->query_count + count, sizeof *all);
    for (size_t i = 0; i < request->query_count; i++)
        all[i] = request->query[i];
    for (size_t i = 0; i < count; i++)
        all[request->query_count + i] = fields[i];
    whole.query = all;
    whole.query_count += count;
    return search(&whole, answer, err);
}
