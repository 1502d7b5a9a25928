/* GET /cds-services, POST /cds-services/{id} and its feedback. */
#include <string.h>

#include "service/api/api.h"
#include "service/api/reading.h"
#include "service/api/reporting.h"
#include "service/worlds/cds/cds.h"
#include "service/worlds/fhir/moment.h"

/* A service: one hook, and how it answers. */
struct service {
    const char *id;
    const char *hook;
    const char *title;
    const char *description;
    void (*answer)(struct cds_writing *to, const json_t *context,
                   const struct cds_patient *patient);
    bool (*needs_patient)(const struct catalog *catalog, const json_t *context,
                          struct arena *arena);
};

static const char conditions_template[] =
    "Condition?patient={{context.patientId}}&clinical-status=active";

/* ---- what the services do ---- */

static void answer_orders(struct cds_writing *to, const json_t *context,
                          const struct cds_patient *patient)
{
    struct cds_order orders[CDS_TREATMENTS_MOST];
    size_t count = cds_orders_read(to->catalog, context, to->arena, orders);
    for (size_t i = 0; i < count; i++)
        cds_put_order_cards(to, &orders[i], patient);
}

static bool orders_need_patient(const struct catalog *catalog, const json_t *context,
                                struct arena *arena)
{
    struct cds_order orders[CDS_TREATMENTS_MOST];
    return cds_orders_read(catalog, context, arena, orders) > 0;
}

static void answer_record(struct cds_writing *to, const json_t *context,
                          const struct cds_patient *patient)
{
    (void)context;
    for (size_t i = 0; i < patient->count; i++)
        cds_put_condition_card(to, patient->conditions[i], patient);
}

static bool record_needs_patient(const struct catalog *catalog, const json_t *context,
                                 struct arena *arena)
{
    (void)catalog, (void)context, (void)arena;
    return true;
}

static const struct service services[] = {
    {"touchstone-order-select", "order-select", "Touchstone: does this order help?",
     "Tells what is known of an ordered treatment for the patient's muscle and joint pain: the "
     "verdict, how sure it is, how safe, when to stop, and what is rated better.",
     answer_orders, orders_need_patient},
    {"touchstone-patient-view", "patient-view", "Touchstone: what helps this complaint?",
     "Tells which treatments are rated to help the patient's active muscle and joint complaints.",
     answer_record, record_needs_patient},
};

enum { SERVICE_COUNT = sizeof services / sizeof *services };

/* ---- discovery ---- */

static void put_service(struct json_writer *json, const struct service *service)
{
    json_begin_object(json);
    json_field_text(json, "hook", service->hook);
    json_field_text(json, "title", service->title);
    json_field_text(json, "description", service->description);
    json_field_text(json, "id", service->id);
    json_field_object(json, "prefetch");
    json_field_text(json, "conditions", conditions_template);
    json_end_object(json);
    json_field_text(json, "usageRequirements",
                    "Needs the prefetch: the service asks no FHIR server itself.");
    json_end_object(json);
}

bool get_cds_services(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    (void)err;
    reading_json(request, answer, &json);
    json_begin_object(&json);
    json_field_array(&json, "services");
    for (size_t i = 0; i < SERVICE_COUNT; i++)
        put_service(&json, &services[i]);
    json_end_array(&json);
    json_end_object(&json);
    return true;
}

/* ---- a call ---- */

static const struct service *find_service(const struct request *request, struct answer *answer)
{
    const char *id = request_part(request, "id");
    for (size_t i = 0; i < SERVICE_COUNT; i++)
        if (strcmp(services[i].id, id) == 0)
            return &services[i];
    answer_refuse(request, answer, REFUSAL_NOT_FOUND,
                  "there is no CDS service with this id; GET /cds-services lists them");
    return NULL;
}

/* What a hook's specification requires in its context. */
static void check_context(const struct service *service, const struct json_reader *context)
{
    json_get_text(context, "userId", REQUIRED);
    json_get_text(context, "patientId", REQUIRED);
    if (strcmp(service->hook, "order-select") != 0)
        return;
    if (!json_is_array(json_object_get(context->value, "selections")))
        json_problem(context, "selections", "must be a list of ids of draft orders");
    struct json_reader drafts = json_get_object(context, "draftOrders", REQUIRED);
    if (drafts.value != NULL)
        json_get_text(&drafts, "resourceType", REQUIRED);
}

static void check_call(const struct service *service, const struct json_reader *call)
{
    const char *hook = json_get_text(call, "hook", REQUIRED);
    if (hook != NULL && strcmp(hook, service->hook) != 0)
        json_problem(call, "hook", "this service is for the hook %s", service->hook);
    json_get_text(call, "hookInstance", REQUIRED);
    struct json_reader context = json_get_object(call, "context", REQUIRED);
    if (context.value != NULL)
        check_context(service, &context);
    if (json_has(call, "prefetch"))
        (void)json_get_object(call, "prefetch", OPTIONAL);
}

static json_t *read_body(const struct request *request, struct answer *answer, struct error *err)
{
    if (!request_is_type(request, "application/json")) {
        answer_refuse(request, answer, REFUSAL_MEDIA_TYPE, "send application/json");
        return NULL;
    }
    json_t *body = json_parse(request->body, request->body_length, NULL, request->problems);
    if (json_is_object(body))
        return body;
    if (problems_none(request->problems, err))
        error_set(err, ERROR_INVALID, "the body must be a JSON object");
    json_decref(body);
    return NULL;
}

/* Advice on a patient is kept by no cache. */
static void write_cards(const struct request *request, struct answer *answer,
                        const struct service *service, const json_t *context,
                        const struct cds_patient *patient)
{
    struct json_writer json;
    struct cds_writing to = {.json = &json,
                             .catalog = request->catalog,
                             .origin = request->origin,
                             .service = service->id,
                             .arena = request->arena};
    answer->cache_control = "no-store";
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_array(&json, "cards");
    service->answer(&to, context, patient);
    json_end_array(&json);
    json_end_object(&json);
}

static bool answer_call(const struct request *request, struct answer *answer,
                        const struct service *service, const json_t *call, struct error *err)
{
    struct json_reader at = json_root(call, NULL, request->problems);
    struct cds_patient patient;
    const json_t *context = json_object_get(call, "context");
    check_call(service, &at);
    if (!problems_none(request->problems, err))
        return false;
    cds_patient_read(request->catalog, json_object_get(call, "prefetch"), request->arena, &patient);
    if (!patient.known && service->needs_patient(request->catalog, context, request->arena))
        return answer_refuse(request, answer, REFUSAL_PRECONDITION,
                             "prefetch.conditions is needed: %s", conditions_template);
    write_cards(request, answer, service, context, &patient);
    return true;
}

bool post_cds_service(const struct request *request, struct answer *answer, struct error *err)
{
    const struct service *service = find_service(request, answer);
    json_t *call = service == NULL ? NULL : read_body(request, answer, err);
    if (call == NULL)
        return false;
    bool good = answer_call(request, answer, service, call, err);
    json_decref(call);
    return good;
}

/* ---- feedback ---- */

static void check_accepted(const struct json_reader *at)
{
    size_t count = json_get_length(at, "acceptedSuggestions", OPTIONAL);
    struct json_reader list = json_get_list(at, "acceptedSuggestions");
    if (count == 0)
        json_problem(at, "acceptedSuggestions", "needed where the outcome is accepted");
    for (size_t i = 0; i < count; i++) {
        struct json_reader one = json_get_element(&list, i);
        json_get_text(&one, "id", REQUIRED);
    }
}

static void check_override(const struct json_reader *at)
{
    if (!json_has(at, "overrideReason"))
        return;
    struct json_reader why = json_get_object(at, "overrideReason", OPTIONAL);
    if (why.value == NULL || !json_has(&why, "reason"))
        return;
    struct json_reader reason = json_get_object(&why, "reason", OPTIONAL);
    if (reason.value != NULL)
        json_get_text(&reason, "code", REQUIRED);
}

static void check_feedback(const struct json_reader *at)
{
    static const char *const outcomes[] = {"accepted", "overridden", NULL};
    struct fhir_moment when;
    json_get_text(at, "card", REQUIRED);
    const char *moment = json_get_text(at, "outcomeTimestamp", REQUIRED);
    if (moment != NULL && (strchr(moment, 'T') == NULL || !fhir_moment_read(moment, &when)))
        json_problem(at, "outcomeTimestamp", "must be a moment such as 2026-11-22T10:00:00Z");
    if (json_get_choice(at, "outcome", REQUIRED, outcomes) == 0)
        check_accepted(at);
    check_override(at);
}

static bool check_all_feedback(const struct request *request, const json_t *body, struct error *err)
{
    struct json_reader at = json_root(body, NULL, request->problems);
    struct json_reader list = json_get_list(&at, "feedback");
    size_t count = json_get_length(&at, "feedback", OPTIONAL);
    if (!json_is_array(json_object_get(body, "feedback")) || count == 0)
        json_problem(&at, "feedback", "a list of what was done with cards is needed");
    if (count > CDS_FEEDBACK_MOST)
        json_problem(&at, "feedback", "must not tell of more than %d cards", CDS_FEEDBACK_MOST);
    for (size_t i = 0; i < count && i < CDS_FEEDBACK_MOST; i++) {
        struct json_reader one = json_get_element(&list, i);
        check_feedback(&one);
    }
    return problems_none(request->problems, err);
}

static bool keep_feedback(const struct request *request, struct answer *answer,
                          const struct service *service, const json_t *list)
{
    const struct cds_writing to = {
        .catalog = request->catalog, .service = service->id, .arena = request->arena};
    size_t count = json_array_size(list);
    struct report_task *reports = arena_array(request->arena, count, sizeof *reports);
    for (size_t i = 0; i < count; i++)
        cds_feedback_read(&to, json_array_get(list, i), &reports[i]);
    return reporting_add(request, answer, reports, count);
}

bool post_cds_feedback(const struct request *request, struct answer *answer, struct error *err)
{
    const struct service *service = find_service(request, answer);
    json_t *body = service == NULL ? NULL : read_body(request, answer, err);
    if (body == NULL)
        return false;
    bool good = check_all_feedback(request, body, err) &&
                keep_feedback(request, answer, service, json_object_get(body, "feedback"));
    json_decref(body);
    answer->cache_control = "no-store";
    return good;
}
