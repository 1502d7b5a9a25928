/*
 * PUT, PATCH, POST and DELETE under /v1/studies: a study, its appraisals, its results, its harms,
 * what befell it. Each is a change of the study's document, read and checked as the curated files
 * are. A publication that was screened as included becomes a study with the first thing entered.
 */
#include <string.h>

#include "evidence/judgement/knowledge.h"
#include "evidence/model/rulebooks.h"
#include "importers/intake/curated_change.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/import_shape.h"
#include "service/api/reading.h"
#include "service/api/shapes.h"
#include "service/curation/appraising.h"
#include "service/curation/consequence.h"
#include "service/curation/draft.h"
#include "service/curation/target.h"
#include "service/curation/writing.h"

struct editing {
    struct writing writing;
    struct target target;
    struct store *store;     /* to look publications up in; that of the turn, or a borrowed one */
    struct catalog *catalog; /* what the change starts from */
    const struct study *was; /* NULL: there is no such study yet */
    json_t *document;        /* as it becomes */
    const char *part;        /* the pointer of what the body holds */
    bool removes;            /* the whole study goes */
};

static bool refuse(struct editing *editing, enum refusal refusal, const char *what)
{
    return answer_refuse(editing->writing.request, editing->writing.answer, refusal, "%s", what);
}

/* ---- what it starts from ---- */

/* What the screening says that a publication is about. */
static bool condition_of(struct editing *editing, int64_t publication, const char **out,
                         struct error *err)
{
    struct screening_decision *decisions = NULL;
    size_t count = 0;
    *out = NULL;
    if (!store_screenings(editing->store, publication, editing->writing.request->arena, &decisions,
                          &count, err))
        return false;
    for (size_t i = 0; count > 0 && i < decisions[0].topic_count && *out == NULL; i++)
        *out = decisions[0].topics[i].condition;
    return true;
}

static bool start_from_publication(struct editing *editing, struct error *err)
{
    const struct request *request = editing->writing.request;
    struct publication publication;
    struct error missing = {0};
    const char *condition;
    if (!store_find_publication(editing->store, editing->target.study, request->arena, &publication,
                                &missing))
        return missing.kind == ERROR_NOT_FOUND
                   ? refuse(editing, REFUSAL_NOT_FOUND,
                            "there is no such study, and no publication of that id; PUT a whole "
                            "study to add one by hand")
                   : error_set(err, missing.kind, "%s", missing.message);
    if (publication.screening != SCREENING_INCLUDED)
        return refuse(editing, REFUSAL_CONFLICT,
                      "this publication was not screened as included; PATCH /v1/screening/… first");
    if (!condition_of(editing, publication.key, &condition, err))
        return false;
    editing->document = draft_of_publication(&publication, condition, request->arena);
    return true;
}

static bool is_whole_put(const struct editing *editing)
{
    return editing->target.kind == TARGET_STUDY && editing->writing.request->method == METHOD_PUT;
}

static bool start(struct editing *editing, struct error *err)
{
    editing->was = base_study(catalog_base(editing->catalog), editing->target.study);
    if (editing->was != NULL) {
        editing->target.study = editing->was->id;
        editing->document = draft_of(editing->was);
        return editing->writing.expected != NULL || editing->writing.preview ||
               writing_needs_version(&editing->writing, "the study");
    }
    if (!is_whole_put(editing))
        return start_from_publication(editing, err);
    editing->document = json_object();
    return true;
}

/* ---- what becomes of it ---- */

static const char *element_pointer(const struct editing *editing, const char *list, size_t index)
{
    return arena_printf(editing->writing.request->arena, "/%s/%zu", list, index);
}

static bool change_study(struct editing *editing)
{
    switch (editing->writing.request->method) {
    case METHOD_PUT:
        json_decref(editing->document);
        editing->document = json_incref(editing->writing.body);
        return true;
    case METHOD_PATCH:
        draft_merge(editing->document, editing->writing.body);
        return true;
    case METHOD_DELETE:
        editing->removes = true;
        return editing->was != NULL ||
               refuse(editing, REFUSAL_NOT_FOUND, "it is no study of the base");
    default:
        return refuse(editing, REFUSAL_METHOD, "PUT, PATCH or DELETE a study");
    }
}

static bool put_appraisal(struct editing *editing, struct error *err)
{
    const struct request *request = editing->writing.request;
    const struct rulebooks *books = base_rulebooks(catalog_base(editing->catalog));
    json_t *made =
        appraisal_of_body(editing->writing.body, &books->instruments, editing->target.instrument,
                          appraiser_named(editing->writing.stamp.actor, request->arena),
                          editing->writing.stamp.reason != NULL, request->problems);
    if (made == NULL)
        return problems_none(request->problems, err);
    size_t place = appraisal_place(editing->document, made);
    if (!draft_replace(editing->document, "appraisals", place, made))
        place = draft_append(editing->document, "appraisals", made);
    json_decref(made);
    editing->part = element_pointer(editing, "appraisals", place);
    return true;
}

/* Somebody else's judgement is theirs to take back; an undo does it too. */
static bool remove_appraisals(struct editing *editing, struct error *err)
{
    const struct request *request = editing->writing.request;
    const char *own = appraiser_named(editing->writing.stamp.actor, request->arena);
    const struct rulebooks *books = base_rulebooks(catalog_base(editing->catalog));
    const struct instrument_form *form =
        instrument_form_called(&books->instruments, editing->target.instrument);
    const char *name =
        form == NULL ? editing->target.instrument : instrument_names[form->instrument];
    size_t removed = 0;
    (void)err;
    for (size_t i = 0; draft_element(editing->document, "appraisals", i) != NULL;) {
        const json_t *one = draft_element(editing->document, "appraisals", i);
        const char *by = json_string_value(json_object_get(one, "rated_by"));
        const char *with = json_string_value(json_object_get(one, "instrument"));
        bool mine =
            by != NULL && with != NULL && strcmp(by, own) == 0 && strcasecmp(with, name) == 0;
        if (mine && draft_replace(editing->document, "appraisals", i, NULL))
            removed++;
        else
            i++;
    }
    return removed > 0 || refuse(editing, REFUSAL_NOT_FOUND,
                                 "you have entered no appraisal with this instrument here");
}

static bool change_appraisal(struct editing *editing, struct error *err)
{
    if (editing->writing.request->method == METHOD_PUT)
        return put_appraisal(editing, err);
    if (editing->writing.request->method == METHOD_DELETE)
        return remove_appraisals(editing, err);
    return refuse(editing, REFUSAL_METHOD, "PUT or DELETE an appraisal");
}

/* A retraction by hand makes the study count for nothing, a reinstatement lets it count again. */
static void follow_notice(struct editing *editing)
{
    const char *type = json_string_value(json_object_get(editing->writing.body, "type"));
    if (type == NULL)
        return;
    if (strcmp(type, "retraction") == 0)
        json_object_set_new(editing->document, "retracted", json_true());
    if (strcmp(type, "reinstatement") == 0)
        json_object_del(editing->document, "retracted");
}

static bool change_list(struct editing *editing)
{
    if (editing->writing.request->method != METHOD_POST)
        return refuse(editing, REFUSAL_METHOD, "POST what is to be added");
    size_t place = draft_append(editing->document, editing->target.list, editing->writing.body);
    editing->part = element_pointer(editing, editing->target.list, place);
    if (strcmp(editing->target.list, "notices") == 0)
        follow_notice(editing);
    return true;
}

static bool change_element(struct editing *editing)
{
    const struct target *target = &editing->target;
    enum method method = editing->writing.request->method;
    json_t *there = draft_element(editing->document, target->list, target->index);
    editing->part = element_pointer(editing, target->list, target->index);
    if (there == NULL)
        return refuse(editing, REFUSAL_NOT_FOUND,
                      "the study has no such element; they count from 0");
    if (method == METHOD_PATCH) {
        draft_merge(there, editing->writing.body);
        return true;
    }
    if (method != METHOD_PUT && method != METHOD_DELETE)
        return refuse(editing, REFUSAL_METHOD, "PUT, PATCH or DELETE an element");
    return draft_replace(editing->document, target->list, target->index,
                         method == METHOD_PUT ? editing->writing.body : NULL);
}

static bool change(struct editing *editing, struct error *err)
{
    switch (editing->target.kind) {
    case TARGET_STUDY:
        return change_study(editing);
    case TARGET_APPRAISAL:
        return change_appraisal(editing, err);
    case TARGET_LIST:
        return change_list(editing);
    case TARGET_ELEMENT:
        return change_element(editing);
    }
    return false;
}

/* The address names the study, and a study that changes its name is another one. */
static bool same_id(struct editing *editing, const struct study *study)
{
    const char *wanted = editing->was != NULL ? editing->was->id : editing->target.study;
    return strcmp(study->id, wanted) == 0 || !is_whole_put(editing) ||
           refuse(editing, REFUSAL_UNPROCESSABLE,
                  "the id in the body is not that of the address; to merge or rename, DELETE one "
                  "and PUT the other");
}

static bool read_draft(struct editing *editing, struct study *out, struct error *err)
{
    const struct request *request = editing->writing.request;
    return start(editing, err) && change(editing, err) &&
           (editing->removes ||
            (draft_read(editing->document, editing->part, catalog_base(editing->catalog),
                        request->problems, out, err) &&
             same_id(editing, out)));
}

/* ---- the answer ---- */

static void put_changes(struct json_writer *json, const struct verdict_change *changes,
                        size_t count)
{
    json_field_array(json, "changes");
    for (size_t i = 0; i < count; i++)
        shape_change(json, &changes[i]);
    json_end_array(json);
}

static void put_study(struct json_writer *json, const struct catalog *catalog, const char *id,
                      struct arena *arena)
{
    const struct study *study = base_study(catalog_base(catalog), id);
    json_put_key(json, "study");
    if (study == NULL)
        json_put_nothing(json);
    else
        shape_study(json, catalog, study, arena);
}

static void write_preview(struct editing *editing, const struct catalog *after, const char *id)
{
    struct arena *arena = editing->writing.request->arena;
    struct json_writer json;
    answer_json(editing->writing.answer, &json);
    json_begin_object(&json);
    json_field_truth(&json, "preview", true);
    put_study(&json, after, id, arena);
    shape_consequence(&json, editing->catalog, after, id, arena);
    json_end_object(&json);
}

static void write_change(struct editing *editing, const struct curated_change *change,
                         const struct catalog *after, const char *id)
{
    struct arena *arena = editing->writing.request->arena;
    struct json_writer json;
    const char *version = change->record.after_hash;
    if (*version != '\0')
        writing_tell_version(&editing->writing, arena_strdup(arena, version));
    editing->writing.answer->status = editing->was == NULL ? 201 : 200;
    answer_json(editing->writing.answer, &json);
    json_begin_object(&json);
    json_field_truth(&json, "preview", false);
    json_field_count(&json, "audit", change->record.audit_id > 0 ? change->record.audit_id : -1);
    put_changes(&json, change->verdicts, change->verdict_count);
    put_study(&json, after, id, arena);
    shape_consequence(&json, editing->catalog, after, id, arena);
    json_end_object(&json);
}

/* ---- preview ---- */

static bool foresee(struct editing *editing, struct error *err)
{
    struct study study;
    if (!read_draft(editing, &study, err))
        return false;
    if (editing->removes)
        return refuse(editing, REFUSAL_INVALID,
                      "what follows from taking a study out is told by what-if: leave_out");
    struct arena *arena = arena_new();
    struct catalog *after =
        catalog_with_study(editing->catalog, &study, catalog_stamp(editing->catalog), arena);
    write_preview(editing, after, study.id);
    catalog_release(after);
    return true;
}

static bool preview(struct editing *editing, struct error *err)
{
    const struct request *request = editing->writing.request;
    struct lent_store lent;
    if (!application_borrow_for(request, &lent, err))
        return false;
    editing->store = lent.store;
    editing->catalog = request->catalog;
    bool good = foresee(editing, err);
    application_return_store(request->context, &lent);
    return good;
}

/* ---- in earnest ---- */

static bool store_change(struct editing *editing, const struct study *study,
                         struct curated_change *out, struct error *err)
{
    const struct writing *writing = &editing->writing;
    if (editing->removes)
        return curated_remove_study(editing->store, editing->was->id, writing->expected,
                                    &writing->stamp, editing->catalog, out, err);
    return curated_put_study(editing->store, study, writing->expected, &writing->stamp,
                             editing->catalog, out, err);
}

/* The catalog that follows, a reference; NULL without an error where nothing has changed. */
static bool find_after(struct editing *editing, const struct curated_change *change,
                       struct catalog **after, struct error *err)
{
    *after = NULL;
    if (change->record.audit_id == 0)
        return true;
    *after =
        change->after != NULL ? catalog_retain(change->after) : knowledge_load(editing->store, err);
    return *after != NULL;
}

static bool make_change(struct editing *editing, struct curated_change *change,
                        struct catalog **after, struct error *err)
{
    struct study study = {0};
    if (!read_draft(editing, &study, err) || !store_change(editing, &study, change, err) ||
        !find_after(editing, change, after, err))
        return false;
    write_change(editing, change, *after == NULL ? editing->catalog : *after,
                 editing->removes ? editing->was->id : study.id);
    return true;
}

/* A version that does not hold is a precondition that failed. */
static bool tell_conflict(struct editing *editing, bool good, struct error *err)
{
    if (good || err->kind != ERROR_CONFLICT || editing->writing.expected == NULL)
        return good;
    return answer_refuse(editing->writing.request, editing->writing.answer, REFUSAL_PRECONDITION,
                         "%s", arena_strdup(editing->writing.request->arena, err->message));
}

static bool write(struct editing *editing, struct error *err)
{
    struct curated_change change = {0};
    struct catalog *after = NULL;
    bool again;
    if (!writing_begin(&editing->writing, &again, err) || again)
        return again;
    editing->store = editing->writing.edit.store;
    editing->catalog = editing->writing.edit.catalog;
    bool good = make_change(editing, &change, &after, err);
    good = writing_end(&editing->writing, good, after, err);
    curated_change_release(&change);
    return tell_conflict(editing, good, err);
}

bool edit_study(const struct request *request, struct answer *answer, struct error *err)
{
    struct editing editing = {.part = ""};
    editing.target = target_of(request_part(request, "id"), request->arena);
    bool good = writing_read(request, answer, &editing.writing, err) &&
                (editing.writing.preview ? preview(&editing, err) : write(&editing, err));
    json_decref(editing.document);
    writing_release(&editing.writing);
    return good;
}
