/* POST /v1/reports: "this figure is wrong", from anybody. */
#include "service/api/api.h"
#include "service/api/reporting.h"
#include "service/http/query.h"

static const char *read_field(const struct json_reader *at, const char *key, size_t most,
                              struct arena *arena)
{
    const char *text = json_get_text(at, key, REQUIRED);
    const char *fault = text == NULL ? NULL : reporting_fault(text, most, arena);
    if (fault != NULL)
        json_problem(at, key, "%s", fault);
    return text;
}

static void read_report(const struct json_reader *at, struct report_task *out, struct arena *arena)
{
    if (!json_fields(at, (const char *const[]){"about", "text", NULL}))
        return;
    out->about = read_field(at, "about", REPORT_ABOUT_MOST, arena);
    out->text = read_field(at, "text", REPORT_TEXT_MOST, arena);
}

bool post_report(const struct request *request, struct answer *answer, struct error *err)
{
    struct report_task report = {.kind = REPORT_OF_READER};
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    if (!request_is_type(request, "application/json"))
        return answer_refuse(request, answer, REFUSAL_MEDIA_TYPE,
                             "send the report as application/json: {\"about\": \"/t/massage\", "
                             "\"text\": \"…\"}");
    json_t *body = json_parse(request->body, request->body_length, NULL, request->problems);
    struct json_reader at = json_root(body, NULL, request->problems);
    if (body != NULL)
        read_report(&at, &report, request->arena);
    json_decref(body);
    if (!problems_none(request->problems, err) || !reporting_add(request, answer, &report, 1))
        return false;
    answer->status = 202;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_count(&json, "id", report.id);
    json_field_text(&json, "status", report_status_names[report.status]);
    json_end_object(&json);
    return true;
}
