/* GET /v1/audit: who changed what, when and why. POST /v1/audit/{id}/undo: one change taken back.
 */
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/knowledge.h"
#include "evidence/store/audit.h"
#include "importers/intake/curated_change.h"
#include "importers/intake/intake.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/import_shape.h"
#include "service/api/page.h"
#include "service/curation/writing.h"
#include "service/http/query.h"

enum { LARGEST_ROW = 2000000000, MOST_DIGITS = 18 };

/* ---- reading ---- */

static void put_reference(struct json_writer *json, const char *key, int64_t row)
{
    json_field_count(json, key, row == 0 ? -1 : row);
}

static void put_row(struct json_writer *json, const struct audit_row *row)
{
    json_begin_object(json);
    json_field_count(json, "id", row->id);
    shape_time(json, "at", row->at);
    json_field_text(json, "actor", row->actor);
    json_field_text(json, "action", row->action);
    json_field_text(json, "kind", row->kind);
    json_field_text(json, "record", row->record);
    json_field_text(json, "before", row->before_hash);
    json_field_text(json, "after", row->after_hash);
    json_field_text(json, "reason", row->reason);
    json_field_text(json, "source", row->source);
    put_reference(json, "undoes", row->undoes);
    put_reference(json, "undone_by", row->undone_by);
    json_field_text(json, "hash", row->hash);
    json_end_object(json);
}

static void write_rows(const struct request *request, struct answer *answer,
                       const struct audit_row *rows, size_t count, size_t limit)
{
    struct json_writer json;
    const char *next =
        count > limit ? arena_printf(request->arena, "%lld", (long long)rows[limit - 1].id) : NULL;
    answer_json(answer, &json);
    json_begin_object(&json);
    json_field_array(&json, "items");
    for (size_t i = 0; i < count && i < limit; i++)
        put_row(&json, &rows[i]);
    json_end_array(&json);
    json_field_text(&json, "next", next);
    json_end_object(&json);
    if (next != NULL)
        page_link_next(request, answer, next);
}

bool get_audit(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"kind", "record", "actor", "limit", "cursor", NULL};
    struct audit_row *rows = NULL;
    size_t count = 0;
    int limit;
    int before;
    struct lent_store lent;
    if (!query_only(request, known, err) || !query_limit(request, &limit, err) ||
        !query_count(request, "cursor", 1, LARGEST_ROW, 0, &before, err) ||
        !application_borrow_for(request, &lent, err))
        return false;
    const struct audit_query query = {.kind = query_filled(request, "kind"),
                                      .record = query_filled(request, "record"),
                                      .actor = query_filled(request, "actor"),
                                      .beyond = before,
                                      .newest_first = true,
                                      .limit = (size_t)limit + 1};
    bool good = store_audit(lent.store, &query, request->arena, &rows, &count, err);
    application_return_store(request->context, &lent);
    if (good)
        write_rows(request, answer, rows, count, (size_t)limit);
    return good;
}

/* ---- undoing ---- */

static void write_undone(const struct writing *writing, int64_t row, const struct undone *undone,
                         const struct curated_change *change)
{
    struct json_writer json;
    answer_json(writing->answer, &json);
    json_begin_object(&json);
    put_reference(&json, "audit", undone->change.audit_id);
    json_field_count(&json, "undoes", row);
    json_field_text(&json, "kind", undone->kind);
    json_field_text(&json, "record", undone->record);
    json_field_array(&json, "changes");
    for (size_t i = 0; i < change->verdict_count; i++)
        shape_change(&json, &change->verdicts[i]);
    json_end_array(&json);
    json_end_object(&json);
}

static bool is_of_the_base(const char *kind)
{
    return strcmp(kind, "publication") != 0;
}

static bool undo(struct writing *writing, int64_t row, struct curated_change *change,
                 struct catalog **after, struct error *err)
{
    struct edit *edit = &writing->edit;
    struct undone undone = {0};
    if (!curated_undo(edit->store, row, &writing->stamp, edit->catalog, writing->request->arena,
                      &undone, change, err))
        return false;
    if (is_of_the_base(undone.kind)) {
        *after = change->after != NULL ? catalog_retain(change->after)
                                       : knowledge_load(edit->store, err);
        if (*after == NULL)
            return false;
    }
    write_undone(writing, row, &undone, change);
    return true;
}

static bool make(struct writing *writing, int64_t row, struct error *err)
{
    struct curated_change change = {0};
    struct catalog *after = NULL;
    bool again;
    if (!writing_begin(writing, &again, err) || again)
        return again;
    bool good = undo(writing, row, &change, &after, err);
    good = writing_end(writing, good, after, err);
    curated_change_release(&change);
    return good;
}

/* 0 for what is no number of a row. */
static int64_t row_of(const char *text)
{
    size_t length = strlen(text);
    bool number = length > 0 && length <= MOST_DIGITS && strspn(text, "0123456789") == length;
    return number ? strtoll(text, NULL, 10) : 0;
}

bool post_undo(const struct request *request, struct answer *answer, struct error *err)
{
    struct writing writing;
    int64_t row = row_of(request_part(request, "row"));
    bool good = writing_read(request, answer, &writing, err);
    if (good && row == 0)
        good = answer_refuse(request, answer, REFUSAL_NOT_FOUND, "the log has no row \"%s\"",
                             request_part(request, "row"));
    good = good && make(&writing, row, err);
    writing_release(&writing);
    return good;
}
