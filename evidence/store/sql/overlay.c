#include "evidence/store/sql/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/model/notices.h"
#include "evidence/store/sql/intake.h"
#include "evidence/store/sql/save.h"

/* ---- finding ---- */

/* The base's list by id; as base_study, but to be written to. */
static struct study *find_study(struct study *studies, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(studies[i].id, id) == 0)
            return &studies[i];
    return NULL;
}

static struct study *own_studies(struct base *base, struct arena *arena)
{
    struct study *studies = arena_array(arena, base->study_count, sizeof *studies);
    if (base->study_count > 0)
        memcpy(studies, base->studies, base->study_count * sizeof *studies);
    base->studies = studies;
    return studies;
}

/* ---- laying over ---- */

static struct record_notice as_found(const struct notice *notice)
{
    return (struct record_notice){
        .type = notice->type, .doi = notice->doi, .date = notice->date, .source = notice->source};
}

static bool says_already(const struct study *study, const struct record_notice *found)
{
    for (size_t i = 0; i < study->notice_count; i++) {
        struct record_notice own = as_found(&study->notices[i]);
        if (notices_may_be_one(&own, found))
            return true;
    }
    return false;
}

static bool is_retracted(const struct study *study, const struct record_notice *found, size_t count,
                         struct arena *arena)
{
    struct record_notice *all = arena_array(arena, study->notice_count + count, sizeof *all);
    for (size_t i = 0; i < study->notice_count; i++)
        all[i] = as_found(&study->notices[i]);
    memcpy(all + study->notice_count, found, count * sizeof *found);
    return study->retracted || notices_retract(all, study->notice_count + count);
}

static void lay_over(struct study *study, const struct record_notice *found, size_t count,
                     struct arena *arena)
{
    struct notice *notices = arena_array(arena, study->notice_count + count, sizeof *notices);
    size_t kept = study->notice_count;
    if (kept > 0)
        memcpy(notices, study->notices, kept * sizeof *notices);
    for (size_t i = 0; i < count; i++)
        if (!says_already(study, &found[i]))
            notices[kept++] = (struct notice){.type = found[i].type,
                                              .doi = found[i].doi,
                                              .date = found[i].date,
                                              .source = found[i].source};
    study->retracted = is_retracted(study, found, count, arena);
    study->notices = notices;
    study->notice_count = kept;
}

/* A publication that is a study of the base. */
struct linked {
    int64_t publication;
    const char *study;
};

static bool list_linked(struct store *store, struct arena *arena, struct linked **out,
                        size_t *count, struct error *err)
{
    struct cursor cursor = cursor_begin(store, LIST_NOTICED_STUDIES, arena, err);
    struct rows rows = {.size = sizeof(struct linked)};
    while (cursor_step(&cursor)) {
        struct linked *linked = rows_add(&rows);
        linked->publication = take_integer(&cursor);
        linked->study = take_text(&cursor);
    }
    *count = rows.count;
    *out = rows_take(&rows, arena);
    rows_release(&rows);
    return cursor_end(&cursor);
}

static bool note_study(struct store *store, const struct linked *linked, struct study *study,
                       struct arena *arena, struct overlay *overlay, struct error *err)
{
    struct record_notice *found = NULL;
    size_t count = 0;
    if (!store_notices(store, linked->publication, arena, &found, &count, err))
        return false;
    if (count == 0)
        return true;
    overlay->studies[overlay->count++] = (struct noted_study){
        .id = study->id, .own_retracted = study->retracted, .own_notices = study->notice_count};
    lay_over(study, found, count, arena);
    return true;
}

bool overlay_notices(struct store *store, struct base *base, struct arena *arena,
                     struct overlay *out, struct error *err)
{
    struct linked *linked = NULL;
    size_t count = 0;
    *out = (struct overlay){0};
    if (!list_linked(store, arena, &linked, &count, err))
        return false;
    if (count == 0)
        return true;
    struct study *studies = own_studies(base, arena);
    out->studies = arena_array(arena, count, sizeof *out->studies);
    for (size_t i = 0; i < count; i++) {
        struct study *study = find_study(studies, base->study_count, linked[i].study);
        if (study != NULL && !note_study(store, &linked[i], study, arena, out, err))
            return false;
    }
    return true;
}

/* ---- one study ---- */

static bool same_text(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static bool same_notice(const struct notice *one, const struct notice *other)
{
    return one->type == other->type && same_text(one->doi, other->doi) &&
           same_text(one->date, other->date) && same_text(one->source, other->source);
}

static bool is_among(const struct notice *notice, const struct notice *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (same_notice(notice, &all[i]))
            return true;
    return false;
}

/* What the stored study's own notices are, as it was last laid over; all of them where it was not.
 */
static bool find_noted(struct store *store, int64_t key, const struct study *former,
                       struct noted_study *out, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_NOTED_STUDY);
    bind_integer(&binder, key);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    *out = (struct noted_study){.own_retracted = former->retracted,
                                .own_notices = former->notice_count};
    if (cursor_step(&cursor)) {
        out->own_retracted = take_truth(&cursor);
        int64_t notices = take_integer(&cursor);
        if (notices < 0 || (size_t)notices > former->notice_count)
            cursor_damaged(&cursor, "%s has fewer notices than its file", former->id);
        else
            out->own_notices = (size_t)notices;
    }
    return cursor_end(&cursor);
}

static void take_off(const struct study *former, const struct noted_study *noted,
                     struct study *study, struct arena *arena)
{
    size_t laid = former->notice_count - noted->own_notices;
    struct notice *own = arena_array(arena, study->notice_count, sizeof *own);
    size_t count = 0;
    for (size_t i = 0; i < study->notice_count; i++)
        if (!is_among(&study->notices[i], former->notices + noted->own_notices, laid))
            own[count++] = study->notices[i];
    study->notices = own;
    study->notice_count = count;
    study->retracted = study->retracted && (noted->own_retracted || !former->retracted);
}

static bool find_publication(struct store *store, const char *study, int64_t *out,
                             struct error *err)
{
    struct binder binder = bind_begin(store, FIND_PUBLICATION_OF_STUDY);
    bind_text(&binder, study);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    return read_key(&cursor, out);
}

bool overlay_renew(struct store *store, const struct study *former, int64_t key,
                   struct study *study, struct arena *arena, struct noted_study *out,
                   struct error *err)
{
    struct noted_study before;
    struct linked linked = {.study = study->id};
    struct overlay overlay = {.studies = out};
    *out = (struct noted_study){0};
    if (former != NULL) {
        if (!find_noted(store, key, former, &before, err))
            return false;
        if (before.own_notices < former->notice_count || before.own_retracted != former->retracted)
            take_off(former, &before, study, arena);
    }
    return find_publication(store, study->id, &linked.publication, err) &&
           (linked.publication == 0 || note_study(store, &linked, study, arena, &overlay, err));
}

/* ---- what the files say ---- */

bool overlay_note(struct store *store, const struct noted_study *noted, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_NOTED_STUDY);
    bind_text(&binder, noted->id);
    bind_truth(&binder, noted->own_retracted);
    bind_integer(&binder, (int64_t)noted->own_notices);
    return bind_run(&binder, err);
}

bool overlay_keep(struct store *store, const struct overlay *overlay, struct error *err)
{
    if (!statement_run(store, CLEAR_NOTED_STUDIES, err))
        return false;
    for (size_t i = 0; i < overlay->count; i++)
        if (!overlay_note(store, &overlay->studies[i], err))
            return false;
    return true;
}

bool overlay_take_off(struct store *store, struct base *base, struct arena *arena,
                      struct error *err)
{
    struct study *studies = own_studies(base, arena);
    struct cursor cursor = cursor_begin(store, LIST_NOTED_STUDIES, arena, err);
    while (cursor_step(&cursor)) {
        const char *id = take_text(&cursor);
        bool retracted = take_truth(&cursor);
        int64_t notices = take_integer(&cursor);
        struct study *study = find_study(studies, base->study_count, id);
        if (study == NULL || notices < 0 || (size_t)notices > study->notice_count) {
            cursor_damaged(&cursor, "%s has fewer notices than its file", id);
            break;
        }
        study->retracted = retracted;
        study->notice_count = (size_t)notices;
    }
    return cursor_end(&cursor);
}

bool store_apply_notices(struct store *store, const struct intake_stamp *stamp,
                         struct store_changes *changes, struct error *err)
{
    struct arena *arena = arena_new();
    struct base base;
    struct unit unit;
    if (!unit_begin(store, &unit, err)) {
        arena_free(arena);
        return false;
    }
    bool good = store_load_base(store, arena, &base, err) &&
                overlay_take_off(store, &base, arena, err) &&
                save_noted_base(store, &base, stamp->who, stamp->now, changes, err);
    good = unit_end(&unit, good, err);
    store->notices_wait = store->notices_wait && !good;
    arena_free(arena);
    return good;
}
