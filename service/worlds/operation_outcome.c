#include "service/worlds/operation_outcome.h"

#include <string.h>

const char fhir_json_type[] = "application/fhir+json; charset=utf-8";

/* The code of hl7.org/fhir/issue-type for a status. */
static const char *issue_code(int status)
{
    static const struct {
        int status;
        const char *code;
    } codes[] = {{400, "invalid"},   {401, "login"},         {403, "forbidden"},
                 {404, "not-found"}, {405, "not-supported"}, {406, "not-supported"},
                 {409, "conflict"},  {410, "deleted"},       {412, "required"},
                 {413, "too-long"},  {414, "too-long"},      {415, "not-supported"},
                 {422, "invalid"},   {429, "throttled"},     {431, "too-long"},
                 {500, "exception"}, {501, "not-supported"}, {503, "transient"}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].status == status)
            return codes[i].code;
    return "processing";
}

static void put_issue(struct json_writer *json, const struct refused *refused,
                      const char *diagnostics)
{
    json_begin_object(json);
    json_field_text(json, "severity", refused->status >= 500 ? "fatal" : "error");
    json_field_text(json, "code", issue_code(refused->status));
    bool told = diagnostics != NULL && diagnostics[0] != '\0';
    json_field_text(json, "diagnostics", told ? diagnostics : refused->title);
    json_end_object(json);
}

void operation_outcome_write(const struct refused *refused, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, 0);
    json_begin_object(&json);
    json_field_text(&json, "resourceType", "OperationOutcome");
    json_field_array(&json, "issue");
    size_t problems = refused->problems == NULL ? 0 : refused->problems->kept;
    for (size_t i = 0; i < problems; i++) {
        struct buffer text = {0};
        const struct problem *problem = refused->problems->items[i];
        buffer_printf(&text, "%s%s%s", problem->pointer, problem->pointer[0] == '\0' ? "" : ": ",
                      problem->detail);
        put_issue(&json, refused, buffer_string(&text));
        buffer_release(&text);
    }
    if (problems == 0)
        put_issue(&json, refused, refused->detail);
    json_end_array(&json);
    json_end_object(&json);
}

/* True if the path is `root` or lies under it. */
static bool lies_under(const char *path, const char *root)
{
    size_t length = strlen(root);
    return strncmp(path, root, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

bool clinical_refusal(const struct request *request, const struct route *route,
                      const struct refused *refused, struct answer *answer)
{
    (void)route;
    if (request->path == NULL ||
        (!lies_under(request->path, "/fhir") && !lies_under(request->path, "/cds-services")))
        return false;
    answer->content_type = fhir_json_type;
    operation_outcome_write(refused, &answer->body);
    return true;
}
