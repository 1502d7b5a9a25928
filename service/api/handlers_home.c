/* GET /v1, /healthz, /readyz. */
#include "service/api/api.h"
#include "service/api/kept_answer.h"
#include "service/api/reading.h"
#include "service/api/shapes.h"
#include "service/http/query.h"

static void put_links(struct json_writer *json)
{
    static const struct {
        const char *name;
        const char *href;
    } links[] = {
        {"check", "/v1/check?q="},
        {"suggest", "/v1/suggest?q="},
        {"ratings", "/v1/ratings"},
        {"headline", "/v1/ratings/{intervention}/{condition}"},
        {"interventions", "/v1/interventions"},
        {"conditions", "/v1/conditions"},
        {"outcomes", "/v1/outcomes"},
        {"compare", "/v1/compare?condition="},
        {"map", "/v1/map"},
        {"studies", "/v1/studies?q="},
        {"changes", "/v1/changes?since="},
        {"export", "/v1/export/ratings.ndjson"},
        {"claims", "/v1/claims"},
        {"rules", "/v1/rules"},
        {"places", "/v1/places"},
        {"stop_rules", "/v1/stop-rules"},
        {"red_flags", "/v1/red-flags"},
        {"drug_links", "/v1/drug-links"},
        {"regulatory_actions", "/v1/regulatory-actions"},
    };
    json_field_object(json, "links");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        json_field_text(json, links[i].name, links[i].href);
    json_end_object(json);
}

static bool tell_home(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    const struct base *base = catalog_base(request->catalog);
    answer_link(request, answer, "/openapi.json", "service-desc");
    reading_json(request, answer, &json);
    json_begin_object(&json);
    json_field_text(&json, "name", "Touchstone");
    json_field_text(
        &json, "about",
        "Rates the evidence for treatments of painful muscles. It does not diagnose, and "
        "is no advice for one person.");
    json_field_object(&json, "counts");
    json_field_count(&json, "interventions", (long long)base->intervention_count);
    json_field_count(&json, "conditions", (long long)base->condition_count);
    json_field_count(&json, "outcomes", (long long)base->outcome_count);
    json_field_count(&json, "studies", (long long)base->study_count);
    json_field_count(&json, "ratings", (long long)catalog_rating_count(request->catalog));
    json_end_object(&json);
    json_put_key(&json, "as_of");
    shape_as_of(&json, request->catalog);
    json_field_text(&json, "note", catalog_dataset(request->catalog)->note);
    put_links(&json);
    json_end_object(&json);
    return true;
}

static void put_status(struct answer *answer, const char *status)
{
    struct json_writer json;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_text(&json, "status", status);
    json_end_object(&json);
    answer->cache_control = "no-store";
}

bool get_health(const struct request *request, struct answer *answer, struct error *err)
{
    (void)request;
    (void)err;
    put_status(answer, "ok");
    return true;
}

bool get_ready(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    if (request->catalog == NULL)
        return answer_refuse(request, answer, REFUSAL_UNAVAILABLE, "no base is loaded yet");
    put_status(answer, "ready");
    return true;
}

/* ---- kept with the catalog ---- */

bool get_home(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_HOME, tell_home);
}
