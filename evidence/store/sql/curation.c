#include "evidence/store/sql/curation.h"

#include <inttypes.h>
#include <string.h>

#include "evidence/base/json_writer.h"
#include "evidence/store/sql/history.h"
#include "evidence/store/sql/load.h"
#include "evidence/store/sql/overlay.h"
#include "evidence/store/sql/transaction.h"

/* ---- hashes ---- */

void study_content_hash(const struct study *study, char out[HASH_SIZE])
{
    const struct base alone = {.studies = study, .study_count = 1};
    struct buffer scratch = {0};
    content_hash(&alone, CONTENT_STUDY, 0, &scratch, out);
    buffer_release(&scratch);
}

void document_content_hash(const struct document *document, char out[HASH_SIZE])
{
    hash_bytes(document->text, document->length, out);
}

bool store_record_hash(struct store *store, const char *kind, const char *id, char out[HASH_SIZE],
                       struct error *err)
{
    enum content_kind found = CONTENT_STUDY;
    struct arena *arena = arena_new();
    struct held held;
    bool good =
        content_kind_named(kind, &found)
            ? record_find(store, found, id, arena, &held, err)
            : error_set(err, ERROR_INVALID, "the base has no records of the kind \"%s\"", kind);
    if (good && held.hash == NULL)
        good = error_set(err, ERROR_NOT_FOUND, "there is no %s %s", kind, id);
    if (good)
        memcpy(out, held.hash, HASH_SIZE);
    arena_free(arena);
    return good;
}

/* ---- one change ---- */

/* What is being done. */
struct curating {
    struct store *store;
    const struct wanted_record *wanted;
    const struct curation_stamp *stamp;
    const char *action;
    struct arena *arena;
    struct error *err;
    struct held held; /* what stands there; its hash NULL: nothing */
    struct base former;
    size_t former_index;
    struct wanted_record laid; /* with what importers found laid over it */
    struct base laid_base;
    struct study laid_study;
    struct noted_study noted;
    struct audit_end log;
    struct curation *out;
};

const char *curation_detail(const struct curation_stamp *stamp, struct arena *arena)
{
    if (stamp->source == NULL && stamp->reason == NULL)
        return NULL;
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, 0);
    json_begin_object(&writer);
    if (stamp->source != NULL)
        json_field_text(&writer, "source", stamp->source);
    if (stamp->reason != NULL)
        json_field_text(&writer, "reason", stamp->reason);
    json_end_object(&writer);
    const char *detail = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return detail;
}

static bool refuse(const struct curating *curating, const char *what)
{
    return error_set(curating->err, ERROR_CONFLICT, "%s %s %s; read it again and decide anew",
                     content_kind_names[curating->wanted->kind], curating->wanted->id, what);
}

static bool check_expected(const struct curating *curating, const char *expected)
{
    const char *hash = curating->held.hash;
    if (hash == NULL && expected == NULL)
        return true;
    if (hash == NULL)
        return refuse(curating, "is not there, or no longer");
    if (expected == NULL)
        return refuse(curating, "is there already");
    return strcmp(hash, expected) == 0 ||
           refuse(curating, "is no longer as it was read: it has been changed since");
}

static bool read_former(struct curating *curating)
{
    return curating->held.hash == NULL ||
           record_load(curating->store, curating->wanted->kind, &curating->held, curating->arena,
                       &curating->former, &curating->former_index, curating->err);
}

/* Notices that importers found belong to a study whoever writes it. */
static bool lay_over(struct curating *curating)
{
    curating->laid = *curating->wanted;
    if (curating->wanted->kind != CONTENT_STUDY || curating->wanted->base == NULL)
        return true;
    const struct study *former =
        curating->held.hash == NULL ? NULL : &curating->former.studies[curating->former_index];
    curating->laid_study = *base_study_at(curating->wanted->base, curating->wanted->index);
    curating->laid_base = (struct base){.studies = &curating->laid_study, .study_count = 1};
    curating->laid.base = &curating->laid_base;
    curating->laid.index = 0;
    return overlay_renew(curating->store, former, curating->held.mark, &curating->laid_study,
                         curating->arena, &curating->noted, curating->err);
}

static bool keep_former(struct curating *curating)
{
    if (curating->held.hash == NULL)
        return true;
    struct buffer scratch = {0};
    bool good =
        history_keep_record(curating->store, &curating->former, curating->wanted->kind,
                            curating->former_index, curating->held.hash, &scratch, curating->err);
    buffer_release(&scratch);
    return good;
}

static bool put(struct curating *curating)
{
    const struct held *held = curating->held.hash == NULL ? NULL : &curating->held;
    enum content_kind kind = curating->laid.kind;
    int64_t place = curating->held.mark;
    if (held == NULL && !record_next_place(curating->store, kind, &place, curating->err))
        return false;
    return record_put(curating->store, curating->laid.base, kind, curating->laid.index, place, held,
                      curating->out->after_hash, curating->err) &&
           (curating->noted.id == NULL ||
            overlay_note(curating->store, &curating->noted, curating->err));
}

static bool write_record(struct curating *curating)
{
    if (curating->laid.base != NULL)
        return put(curating);
    return record_remove(curating->store, curating->laid.kind, &curating->held, curating->err);
}

static const char *action_of(const struct curating *curating)
{
    if (curating->action != NULL)
        return curating->action;
    if (curating->held.hash == NULL)
        return "add";
    return curating->laid.base == NULL ? "remove" : "change";
}

static bool audit(struct curating *curating)
{
    const struct curation *out = curating->out;
    const struct audit_entry entry = {
        .at = (int64_t)curating->stamp->now,
        .actor = curating->stamp->actor,
        .action = action_of(curating),
        .kind = content_kind_names[curating->wanted->kind],
        .record = curating->wanted->id,
        .before_hash = curating->held.hash,
        .after_hash = out->after_hash[0] == '\0' ? NULL : out->after_hash,
        .detail = curation_detail(curating->stamp, curating->arena),
        .undoes = curating->stamp->undoes,
    };
    return audit_find_end(curating->store, &curating->log, curating->err) &&
           audit_add(curating->store, &curating->log, &entry, curating->err);
}

/* What the files of the next build are compared with; see save_base.c. */
static bool mark_curated(struct curating *curating)
{
    struct binder binder = bind_begin(curating->store, PUT_CURATED_RECORD);
    bind_text(&binder, content_kind_names[curating->wanted->kind]);
    bind_text(&binder, curating->wanted->id);
    bind_integer(&binder, curating->log.id);
    return bind_run(&binder, curating->err);
}

static bool put_stamp(struct curating *curating)
{
    struct curation *out = curating->out;
    if (!records_hash(curating->store, out->base_hash, curating->err))
        return false;
    struct binder binder = bind_begin(curating->store, PUT_META);
    bind_integer(&binder, (int64_t)curating->stamp->now);
    bind_text(&binder, out->base_hash);
    return bind_run(&binder, curating->err) &&
           history_add_edition(curating->store, curating->stamp->now, curating->stamp->actor,
                               &curating->log, out->base_hash, curating->err);
}

static bool settle(struct curating *curating)
{
    struct buffer scratch = {0};
    struct curation *out = curating->out;
    if (curating->held.hash != NULL)
        memcpy(out->before_hash, curating->held.hash, HASH_SIZE);
    if (curating->laid.base != NULL)
        content_hash(curating->laid.base, curating->laid.kind, curating->laid.index, &scratch,
                     out->after_hash);
    buffer_release(&scratch);
    if (strcmp(out->before_hash, out->after_hash) == 0)
        return records_hash(curating->store, out->base_hash, curating->err);
    if (!keep_former(curating) || !write_record(curating) || !audit(curating) ||
        !mark_curated(curating) || !put_stamp(curating))
        return false;
    out->audit_id = curating->log.id;
    return true;
}

static bool curate(struct curating *curating, const char *expected)
{
    const struct wanted_record *wanted = curating->wanted;
    if (!record_find(curating->store, wanted->kind, wanted->id, curating->arena, &curating->held,
                     curating->err))
        return false;
    if (wanted->base == NULL && curating->held.hash == NULL)
        return error_set(curating->err, ERROR_NOT_FOUND, "there is no %s %s",
                         content_kind_names[wanted->kind], wanted->id);
    return check_expected(curating, expected) && read_former(curating) && lay_over(curating) &&
           settle(curating);
}

bool curate_record(struct store *store, const struct wanted_record *wanted, const char *expected,
                   const char *action, const struct curation_stamp *stamp, struct curation *out,
                   struct error *err)
{
    struct unit unit;
    struct curation done = {0}; /* what is expected may stand in `out` */
    if (!unit_begin(store, &unit, err))
        return false;
    struct curating curating = {.store = store,
                                .wanted = wanted,
                                .stamp = stamp,
                                .action = action,
                                .arena = arena_new(),
                                .err = err,
                                .out = &done};
    bool good = curate(&curating, expected);
    *out = done;
    arena_free(curating.arena);
    if (!good)
        error_while(err, "%s %s %s", wanted->base == NULL ? "removing" : "saving",
                    content_kind_names[wanted->kind], wanted->id);
    return unit_end(&unit, good, err);
}

/* ---- the door ---- */

bool store_curated_records(struct store *store, struct arena *arena, struct curated_record **out,
                           size_t *count, struct error *err)
{
    struct cursor cursor = cursor_begin(store, LIST_CURATED_RECORDS, arena, err);
    struct rows rows = {.size = sizeof(struct curated_record)};
    while (cursor_step(&cursor)) {
        struct curated_record *record = rows_add(&rows);
        record->kind = take_text(&cursor);
        record->record = take_text(&cursor);
        record->audit_id = take_integer(&cursor);
        record->at = (time_t)take_integer(&cursor);
        record->actor = take_text(&cursor);
    }
    *count = rows.count;
    *out = rows_take(&rows, arena);
    rows_release(&rows);
    return cursor_end(&cursor);
}

bool store_forget_curated(struct store *store, struct error *err)
{
    struct unit unit;
    if (!unit_begin(store, &unit, err))
        return false;
    return unit_end(&unit, statement_run(store, CLEAR_CURATED_RECORDS, err), err);
}

bool store_study(struct store *store, const char *id, struct arena *arena, struct study *out,
                 struct error *err)
{
    struct held held;
    struct base base;
    size_t index = 0;
    struct unit view;
    if (!view_begin(store, &view, err))
        return false;
    bool good = record_find(store, CONTENT_STUDY, id, arena, &held, err);
    if (good && held.hash == NULL)
        good = error_set(err, ERROR_NOT_FOUND, "there is no study %s", id);
    good = good && record_load(store, CONTENT_STUDY, &held, arena, &base, &index, err);
    if (good)
        *out = base.studies[index];
    return view_end(&view, good, err);
}

bool store_put_study(struct store *store, const struct study *study, const char *expected_hash,
                     const struct curation_stamp *stamp, struct curation *out, struct error *err)
{
    const struct base base = {.studies = study, .study_count = 1};
    const struct wanted_record wanted = {CONTENT_STUDY, study->id, &base, 0};
    return curate_record(store, &wanted, expected_hash, NULL, stamp, out, err);
}

bool store_remove_study(struct store *store, const char *id, const char *expected_hash,
                        const struct curation_stamp *stamp, struct curation *out, struct error *err)
{
    const struct wanted_record wanted = {CONTENT_STUDY, id, NULL, 0};
    return curate_record(store, &wanted, expected_hash, NULL, stamp, out, err);
}

bool store_put_document(struct store *store, const struct document *document,
                        const char *expected_hash, const struct curation_stamp *stamp,
                        struct curation *out, struct error *err)
{
    const struct base base = {.documents = document, .document_count = 1};
    const struct wanted_record wanted = {CONTENT_DOCUMENT, document->name, &base, 0};
    return curate_record(store, &wanted, expected_hash, NULL, stamp, out, err);
}

bool store_remove_document(struct store *store, const char *name, const char *expected_hash,
                           const struct curation_stamp *stamp, struct curation *out,
                           struct error *err)
{
    const struct wanted_record wanted = {CONTENT_DOCUMENT, name, NULL, 0};
    return curate_record(store, &wanted, expected_hash, NULL, stamp, out, err);
}
