/* GET /v1/reports and PATCH /v1/reports/{id}: what readers say is wrong, as tasks for curators.
 * GET /v1/reports/{id} tells everybody what came of one. */
#include <stdlib.h>
#include <string.h>

#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/import_shape.h"
#include "service/api/page.h"
#include "service/api/reporting.h"
#include "service/curation/writing.h"
#include "service/http/query.h"

enum { MOST_DIGITS = 18, LARGEST_ID = 2000000000 };

/* ---- shapes ---- */

/* What anybody may read: an address of this service without what was asked of it. Other words are
 * the sender's own and may say more than they would have everybody know. */
static const char *public_about(const struct report_task *report, struct arena *arena)
{
    const char *about = report->about;
    bool address = about[0] == '/' && about[strcspn(about, " \t\r\n")] == '\0';
    if (report->kind != REPORT_OF_READER)
        return about;
    return address ? arena_strndup(arena, about, strcspn(about, "?#")) : NULL;
}

static void put_report(struct json_writer *json, const struct report_task *report,
                       const char *about, bool whole)
{
    json_begin_object(json);
    json_field_count(json, "id", report->id);
    shape_time(json, "at", report->at);
    json_field_text(json, "kind", report_kind_names[report->kind]);
    json_field_text(json, "about", about);
    if (whole)
        json_field_text(json, "text", report->text);
    json_field_text(json, "status", report_status_names[report->status]);
    json_field_text(json, "outcome", report->outcome);
    json_end_object(json);
}

/* ---- reading ---- */

static void write_reports(const struct request *request, struct answer *answer,
                          const struct report_task *reports, size_t count, size_t limit)
{
    struct json_writer json;
    const char *next = count > limit
                           ? arena_printf(request->arena, "%lld", (long long)reports[limit - 1].id)
                           : NULL;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_array(&json, "items");
    for (size_t i = 0; i < count && i < limit; i++)
        put_report(&json, &reports[i], reports[i].about, true);
    json_end_array(&json);
    json_field_text(&json, "next", next);
    json_end_object(&json);
    if (next != NULL)
        page_link_next(request, answer, next);
}

bool get_reports(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"status", "limit", "cursor", NULL};
    struct report_task *reports = NULL;
    size_t count = 0;
    int limit;
    int after;
    int status;
    struct lent_store lent;
    if (!query_only(request, known, err) || !query_limit(request, &limit, err) ||
        !query_choice(request, "status", report_status_names, &status, err) ||
        !query_count(request, "cursor", 0, LARGEST_ID, 0, &after, err) ||
        !application_borrow_for(request, &lent, err))
        return false;
    enum report_status wanted = status < 0 ? REPORT_OPEN : (enum report_status)status;
    bool good = store_reports(lent.store, wanted, after, (size_t)limit + 1, request->arena,
                              &reports, &count, err);
    application_return_store(request->context, &lent);
    if (good)
        write_reports(request, answer, reports, count, (size_t)limit);
    return good;
}

/* 0 for what is no number of a report. */
static int64_t id_of(const char *text)
{
    size_t length = strlen(text);
    bool number = length > 0 && length <= MOST_DIGITS && strspn(text, "0123456789") == length;
    return number ? strtoll(text, NULL, 10) : 0;
}

static bool find(const struct request *request, struct answer *answer, struct store *store,
                 struct report_task *out, struct error *err)
{
    struct error missing = {0};
    const char *id = request_part(request, "id");
    if (store_report(store, id_of(id), request->arena, out, &missing))
        return true;
    if (missing.kind == ERROR_NOT_FOUND)
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND, "there is no report \"%s\"", id);
    return error_set(err, missing.kind, "%s", missing.message);
}

bool get_report(const struct request *request, struct answer *answer, struct error *err)
{
    struct report_task report;
    struct json_writer json;
    struct lent_store lent;
    if (!query_only(request, (const char *const[]){NULL}, err) ||
        !application_borrow_for(request, &lent, err))
        return false;
    bool good = find(request, answer, lent.store, &report, err);
    application_return_store(request->context, &lent);
    if (!good)
        return false;
    answer_json(answer, &json);
    put_report(&json, &report, public_about(&report, request->arena), false);
    return true;
}

/* ---- closing ---- */

static bool read_outcome(const struct writing *writing, const char **out, struct error *err)
{
    const struct request *request = writing->request;
    struct json_reader at = json_root(writing->body, NULL, request->problems);
    json_fields(&at, (const char *const[]){"status", "outcome", NULL});
    int status = json_get_choice(&at, "status", REQUIRED, report_status_names);
    *out = json_get_text(&at, "outcome", REQUIRED);
    const char *fault =
        *out == NULL ? NULL : reporting_fault(*out, REPORT_TEXT_MOST, request->arena);
    if (status == REPORT_OPEN)
        json_problem(&at, "status", "a report can be closed and no more");
    if (fault != NULL)
        json_problem(&at, "outcome", "%s", fault);
    return problems_none(request->problems, err);
}

static bool close_report(struct writing *writing, const char *outcome, struct error *err)
{
    const struct request *request = writing->request;
    struct store *store = writing->edit.store;
    struct report_task report;
    struct json_writer json;
    if (!find(request, writing->answer, store, &report, err))
        return false;
    if (report.status == REPORT_CLOSED)
        return answer_refuse(request, writing->answer, REFUSAL_CONFLICT,
                             "report %lld is closed already: %s", (long long)report.id,
                             report.outcome);
    if (!store_close_report(store, report.id, outcome, &writing->stamp, err))
        return false;
    report.status = REPORT_CLOSED;
    report.outcome = outcome;
    answer_json(writing->answer, &json);
    put_report(&json, &report, report.about, true);
    return true;
}

bool patch_report(const struct request *request, struct answer *answer, struct error *err)
{
    struct writing writing;
    const char *outcome = NULL;
    bool again = false;
    bool good = writing_read(request, answer, &writing, err) &&
                read_outcome(&writing, &outcome, err) && writing_begin(&writing, &again, err);
    if (good && !again)
        good = writing_end(&writing, close_report(&writing, outcome, err), NULL, err);
    writing_release(&writing);
    return good;
}
