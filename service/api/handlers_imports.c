/* /v1/imports: begun, listed, looked at, followed, by who has the scope import. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/import_shape.h"
#include "service/api/page.h"
#include "service/http/query.h"

enum { LARGEST_ID = 2000000000, LARGEST_LIMIT = 10000000, QUERY_MOST = 4000 };

/* ---- POST ---- */

static bool is_day(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof form; i++)
        if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
            return false;
    return true;
}

static void read_source(const struct json_reader *at, struct run_plan *out)
{
    const char *source = json_get_text(at, "source", REQUIRED);
    out->remote = source == NULL ? NULL : remote_named(source);
    if (source != NULL && out->remote == NULL)
        json_problem(at, "source",
                     "no source \"%s\"; there are pubmed, europepmc, crossref, openalex and ctgov",
                     source);
}

static void read_plan(const struct json_reader *at, struct run_plan *out)
{
    if (!json_fields(at, (const char *const[]){"source", "query", "since", "limit", NULL}))
        return;
    read_source(at, out);
    out->query = json_get_text(at, "query", REQUIRED);
    out->since = json_get_text(at, "since", OPTIONAL);
    int limit = json_get_count(at, "limit", OPTIONAL, 1, LARGEST_LIMIT);
    out->limit = limit == COUNT_UNKNOWN ? 0 : (size_t)limit;
    if (out->since != NULL && !is_day(out->since))
        json_problem(at, "since", "must be a day, such as 2024-01-31");
    if (out->query != NULL && strlen(out->query) > QUERY_MOST)
        json_problem(at, "query", "must not be longer than %d bytes", QUERY_MOST);
}

bool post_imports(const struct request *request, struct answer *answer, struct error *err)
{
    struct run_plan plan = {0};
    struct import_run run;
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    if (application_importer(request->context) == NULL)
        return answer_refuse(request, answer, REFUSAL_UNAVAILABLE, "no imports are run here");
    if (!request_is_type(request, "application/json"))
        return answer_refuse(request, answer, REFUSAL_MEDIA_TYPE,
                             "send what to import as application/json: {\"source\": \"pubmed\", "
                             "\"query\": \"…\"}");
    json_t *body = json_parse(request->body, request->body_length, NULL, request->problems);
    struct json_reader at = json_root(body, NULL, request->problems);
    if (body != NULL)
        read_plan(&at, &plan);
    json_decref(body);
    if (!problems_none(request->problems, err) ||
        !importer_submit(application_importer(request->context), &plan, request->arena, &run, err))
        return false;
    answer->status = 202;
    answer_json(answer, &json);
    answer_header(answer, "Location",
                  arena_printf(request->arena, "/v1/imports/%lld", (long long)run.key));
    shape_import(&json, &run);
    return true;
}

/* ---- GET ---- */

static void write_runs(const struct request *request, struct answer *answer,
                       const struct import_run *runs, size_t count, size_t limit)
{
    struct json_writer json;
    bool more = count > limit;
    const char *next =
        more ? arena_printf(request->arena, "%lld", (long long)runs[limit - 1].key) : NULL;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_array(&json, "items");
    for (size_t i = 0; i < count && i < limit; i++)
        shape_import(&json, &runs[i]);
    json_end_array(&json);
    json_field_text(&json, "next", next);
    json_end_object(&json);
    if (more)
        page_link_next(request, answer, next);
}

bool get_imports(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"limit", "cursor", NULL};
    struct import_run *runs = NULL;
    size_t count = 0;
    int limit;
    int before;
    struct lent_store lent;
    if (!query_only(request, known, err) || !query_limit(request, &limit, err) ||
        !query_count(request, "cursor", 1, LARGEST_ID, 0, &before, err) ||
        !application_borrow_for(request, &lent, err))
        return false;
    bool good = store_runs(lent.store, before, false, (size_t)limit + 1, request->arena, &runs,
                           &count, err);
    application_return_store(request->context, &lent);
    if (good)
        write_runs(request, answer, runs, count, (size_t)limit);
    return good;
}

/* The run of {id} in the path; false after refusing. */
static bool find_run(const struct request *request, struct answer *answer, struct import_run *out,
                     const char *const **warnings, struct error *err)
{
    const char *id = request_part(request, "id");
    struct lent_store lent;
    struct error missing = {0};
    bool number = strlen(id) < 10 && strspn(id, "0123456789") == strlen(id);
    if (!number)
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND, "there is no import \"%s\"", id);
    if (!application_borrow_for(request, &lent, err))
        return false;
    bool good = store_run(lent.store, atol(id), request->arena, out, &missing) &&
                store_warnings(lent.store, out->key, request->arena, warnings, &missing);
    application_return_store(request->context, &lent);
    if (good)
        return true;
    if (missing.kind == ERROR_NOT_FOUND)
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND, "there is no import \"%s\"", id);
    return error_set(err, missing.kind, "%s", missing.message);
}

bool get_import(const struct request *request, struct answer *answer, struct error *err)
{
    struct import_run run;
    const char *const *warnings = NULL;
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err) ||
        !find_run(request, answer, &run, &warnings, err))
        return false;
    answer_json(answer, &json);
    json_begin_object(&json);
    shape_import_fields(&json, &run);
    json_field_array(&json, "messages");
    for (; *warnings != NULL; warnings++)
        json_put_text(&json, *warnings);
    json_end_array(&json);
    json_end_object(&json);
    return true;
}

/* ---- events ---- */

/* A client that follows a run: what it was told last. */
struct following {
    struct application *application;
    int64_t run;
    int64_t told; /* position, -1: nothing yet */
    enum run_status status;
    unsigned quiet; /* steps without news */
};

/* Proxies end what is silent for too long. */
enum { QUIET_STEPS = 15000 / STREAM_POLL_MS };

static bool read_run(struct following *following, struct arena *arena, struct import_run *out)
{
    struct lent_store lent;
    struct error err = {0};
    if (!application_borrow_store(following->application, &lent, &err))
        return false;
    bool good = store_run(lent.store, following->run, arena, out, &err);
    application_return_store(following->application, &lent);
    return good;
}

static void put_event(struct buffer *out, const char *name, const struct import_run *run)
{
    struct json_writer json;
    buffer_printf(out, "event: %s\nid: %lld\ndata: ", name, (long long)run->position);
    json_writer_init(&json, out, 0);
    shape_import(&json, run);
    buffer_text(out, "\n\n");
}

/* Running, and neither here nor touched for long: its process has died, and nothing will follow. */
static bool is_orphan(const struct following *following, const struct import_run *run)
{
    struct importer *importer = application_importer(following->application);
    return run->status == RUN_RUNNING && importer != NULL && !importer_has(importer, run->key) &&
           time(NULL) - run->touched > 600;
}

static enum stream_step tell_run(struct following *following, const struct import_run *run,
                                 struct buffer *out)
{
    if (run->status != RUN_RUNNING || is_orphan(following, run)) {
        put_event(out, "done", run);
        return STREAM_END;
    }
    if (run->position != following->told) {
        following->told = run->position;
        following->quiet = 0;
        put_event(out, "progress", run);
        return STREAM_MORE;
    }
    if (++following->quiet < QUIET_STEPS)
        return STREAM_WAIT;
    following->quiet = 0;
    buffer_text(out, ": still here\n\n");
    return STREAM_MORE;
}

static enum stream_step next_event(void *state, struct buffer *out)
{
    struct following *following = state;
    struct arena *arena = arena_new();
    struct import_run run;
    enum stream_step step = STREAM_END;
    if (read_run(following, arena, &run))
        step = tell_run(following, &run, out);
    arena_free(arena);
    return step;
}

bool get_import_events(const struct request *request, struct answer *answer, struct error *err)
{
    struct import_run run;
    const char *const *warnings = NULL;
    if (!query_only(request, (const char *const[]){NULL}, err) ||
        !find_run(request, answer, &run, &warnings, err))
        return false;
    struct following *following = arena_alloc(request->arena, sizeof *following);
    *following = (struct following){
        .application = request->context, .run = run.key, .told = -1, .status = run.status};
    answer->content_type = "text/event-stream";
    answer->cache_control = "no-store";
    answer->stream = (struct stream){.next = next_event, .state = following, .waits = true};
    return true;
}
