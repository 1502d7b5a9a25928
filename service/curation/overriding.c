/* PUT and DELETE /v1/ratings/{question}/override: a curator's word beside the computed verdict. */
#include <string.h>
#include <time.h>

#include "evidence/judgement/knowledge.h"
#include "evidence/rating/override.h"
#include "importers/intake/curated_change.h"
#include "service/api/api.h"
#include "service/api/reading.h"
#include "service/api/shapes.h"
#include "service/curation/writing.h"

static const char document_name[] = "overrides";
enum { DAY_SIZE = 11, FILE_INDENT = 2 };

/* A change of one override. */
struct overriding {
    struct writing writing;
    const struct rating *rating;
    struct verdict_override wanted; /* verdict NULL: none from now on */
};

static const char *day_of(time_t at, struct arena *arena)
{
    struct tm parts;
    char *day = arena_alloc(arena, DAY_SIZE);
    if (gmtime_r(&at, &parts) != NULL)
        strftime(day, DAY_SIZE, "%Y-%m-%d", &parts);
    return day;
}

static bool read_wanted(struct overriding *overriding, struct error *err)
{
    const struct request *request = overriding->writing.request;
    struct json_reader at = json_root(overriding->writing.body, NULL, request->problems);
    if (overriding->writing.body == NULL)
        return true;
    json_fields(&at, (const char *const[]){"verdict", NULL});
    overriding->wanted = (struct verdict_override){
        .question = overriding->rating->question.id,
        .verdict = json_get_text(&at, "verdict", REQUIRED),
        .reason = overriding->writing.stamp.reason,
        .by = overriding->writing.stamp.actor,
        .date = day_of(request->now, request->arena),
    };
    if (overriding->wanted.reason == NULL)
        json_problem(&at, "reason", "an override without a reason is a verdict without a study");
    if (!problems_none(request->problems, err))
        return false;
    const char *fault =
        override_fault(&overriding->wanted, &overriding->rating->question, request->arena);
    if (fault != NULL)
        json_problem(&at, "verdict", "%s", fault);
    return problems_none(request->problems, err);
}

/* Those there are, without that of this question, with the wanted one. */
static struct overrides changed(const struct overriding *overriding, const struct overrides *old)
{
    struct arena *arena = overriding->writing.request->arena;
    struct verdict_override *items = arena_array(arena, old->count + 1, sizeof *items);
    const char *question = overriding->rating->question.id;
    bool placed = overriding->wanted.verdict == NULL;
    size_t count = 0;
    for (size_t i = 0; i < old->count; i++) {
        int order = strcmp(old->items[i].question, question);
        if (!placed && order >= 0) {
            items[count++] = overriding->wanted;
            placed = true;
        }
        if (order != 0)
            items[count++] = old->items[i];
    }
    if (!placed)
        items[count++] = overriding->wanted;
    return (struct overrides){items, count};
}

/* As the curated file stands. */
static struct document document_of(const struct overrides *overrides, struct arena *arena)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, FILE_INDENT);
    overrides_write(overrides, &writer);
    buffer_text(&out, "\n");
    struct document document = {.name = document_name,
                                .text = arena_strndup(arena, out.bytes, out.length),
                                .length = out.length};
    buffer_release(&out);
    return document;
}

static bool save(struct overriding *overriding, struct curated_change *change, struct error *err)
{
    const struct edit *edit = &overriding->writing.edit;
    const struct document *stands = base_document(catalog_base(edit->catalog), document_name);
    char hash[HASH_SIZE] = "";
    if (stands != NULL)
        document_content_hash(stands, hash);
    struct overrides all = changed(overriding, catalog_overrides(edit->catalog));
    struct document document = document_of(&all, overriding->writing.request->arena);
    if (all.count == 0 && stands != NULL)
        return curated_remove_document(edit->store, document_name, hash, &overriding->writing.stamp,
                                       edit->catalog, change, err);
    return curated_put_document(edit->store, &document, stands == NULL ? NULL : hash,
                                &overriding->writing.stamp, edit->catalog, change, err);
}

static bool write_rating(struct overriding *overriding, const struct catalog *after)
{
    const struct request *request = overriding->writing.request;
    struct json_writer json;
    answer_json(overriding->writing.answer, &json);
    shape_rating(&json, after, catalog_find_rating(after, overriding->rating->question.id),
                 request->arena);
    return true;
}

/* Nothing to take back is no error: it is as was asked for. */
static bool change(struct overriding *overriding, struct curated_change *change,
                   struct catalog **after, struct error *err)
{
    const struct edit *edit = &overriding->writing.edit;
    bool stands =
        override_of(catalog_overrides(edit->catalog), overriding->rating->question.id) != NULL;
    if (overriding->wanted.verdict == NULL && !stands)
        return write_rating(overriding, edit->catalog);
    if (!save(overriding, change, err))
        return false;
    if (change->record.audit_id == 0)
        return write_rating(overriding, edit->catalog);
    *after = knowledge_load(edit->store, err);
    return *after != NULL && write_rating(overriding, *after);
}

static bool make(struct overriding *overriding, struct error *err)
{
    struct curated_change made = {0};
    struct catalog *after = NULL;
    bool again;
    if (!writing_begin(&overriding->writing, &again, err) || again)
        return again;
    bool good = change(overriding, &made, &after, err);
    good = writing_end(&overriding->writing, good, after, err);
    curated_change_release(&made);
    return good;
}

bool change_override(const struct request *request, struct answer *answer, struct error *err)
{
    struct overriding overriding = {.rating = NULL};
    bool good = writing_read(request, answer, &overriding.writing, err) &&
                (overriding.rating = require_rating(request, answer)) != NULL &&
                read_wanted(&overriding, err) && make(&overriding, err);
    writing_release(&overriding.writing);
    return good;
}
