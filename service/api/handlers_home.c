/* GET /v1, /healthz, /readyz. */
#include <string.h>

#include "evidence/base/moment.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/import_shape.h"
#include "service/api/kept_answer.h"
#include "service/api/reading.h"
#include "service/api/shapes.h"
#include "service/curation/editor.h"
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

static void begin_status(struct answer *answer, struct json_writer *json, const char *status)
{
    answer_json(answer, json);
    json_begin_object(json);
    json_field_text(json, "status", status);
    answer->cache_control = "no-store";
}

bool get_health(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    (void)request;
    (void)err;
    begin_status(answer, &json, "ok");
    json_end_object(&json);
    return true;
}

/* Anybody may ask, so where the store lies is not told: a file's path is left out, and what a
 * database says, with its address and users, is for the log alone. In the request's arena, as
 * `message` may be of who asks. */
static const char *without_path(const struct request *request, const char *message)
{
    const char *path = application_store_path(request->context);
    if (!store_is_file(path))
        return "the database did not take the last change; the log says why";
    const char *at = strstr(message, path);
    if (at == NULL)
        return arena_strdup(request->arena, message);
    return arena_printf(request->arena, "%.*sthe store%s", (int)(at - message), message,
                        at + strlen(path));
}

/* Opened anew: a file that was taken away is still there for who had it open. */
static bool can_read_file(const struct request *request, struct error *err)
{
    struct store_stamp stamp;
    struct store *store = store_open(application_store_path(request->context), STORE_READ, err);
    bool good = store != NULL && store_stamp(store, &stamp, err);
    store_close(store);
    return good;
}

static const char *away_words(const struct request *request)
{
    char since[MOMENT_SIZE];
    moment_write(request->stale_since, since);
    return arena_printf(request->arena, "the database has not answered since %s; the log says why",
                        since);
}

/* Why the store cannot be read; NULL where it can. A database is not asked here, since it may take
 * long to say nothing: whoever follows it knows (request->stale_since). */
static const char *store_trouble(const struct request *request)
{
    struct error unread = {0};
    if (store_is_file(application_store_path(request->context)))
        return can_read_file(request, &unread) ? NULL : without_path(request, unread.message);
    return request->stale_since == 0 ? NULL : away_words(request);
}

static void tell_ready(const struct request *request, struct answer *answer, const char *unread)
{
    struct json_writer json;
    const char *unwritten = editor_trouble(application_editor(request->context), request->arena);
    if (unwritten != NULL)
        unwritten = without_path(request, unwritten);
    begin_status(answer, &json, unread == NULL ? "ready" : "stale");
    json_field_text(&json, "trouble", unread == NULL ? unwritten : unread);
    json_put_key(&json, "as_of");
    shape_as_of(&json, request->catalog);
    shape_time(&json, "stale_since", request->stale_since);
    json_end_object(&json);
}

/* A node that can answer is not taken out of service for a store that it needs for little: else all
 * would be at once. Who has others to send people to asks for a fresh one. */
bool get_ready(const struct request *request, struct answer *answer, struct error *err)
{
    bool fresh = false;
    if (request->catalog == NULL)
        return answer_refuse(request, answer, REFUSAL_UNAVAILABLE, "no base is loaded yet");
    if (!query_truth(request, "fresh", false, &fresh, err))
        return false;
    if (store_is_file(application_store_path(request->context)) && answer_apart(request, answer))
        return true;
    const char *unread = store_trouble(request);
    if (unread != NULL && fresh)
        return answer_refuse(request, answer, REFUSAL_UNAVAILABLE, "%s", unread);
    tell_ready(request, answer, unread);
    return true;
}

/* ---- kept with the catalog ---- */

bool get_home(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer(request, answer, err, ANSWER_HOME, tell_home);
}
