/* What befell publications, as records tell it, and how it reaches the curated base. */
#include <string.h>

#include "evidence/model/notices.h"
#include "evidence/store/sql/intake.h"

/* ---- what records say ---- */

static bool put_notice(struct store *store, int64_t record_key, size_t position, const char *kind,
                       const char *value, const struct record_notice *notice, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_FOUND_NOTICE);
    bind_integer(&binder, record_key);
    bind_integer(&binder, (int64_t)position);
    bind_text(&binder, kind);
    bind_text(&binder, value);
    bind_text(&binder, notice_names[notice->type]);
    bind_text(&binder, notice->doi);
    bind_text(&binder, notice->pmid);
    bind_text(&binder, notice->date);
    bind_text(&binder, notice->source);
    bind_text(&binder, notice->reason);
    return bind_run(&binder, err);
}

/* A notice to another that names both identifiers stands twice: either may be the one known. */
static bool put_told(struct store *store, int64_t record_key, size_t *position,
                     const struct told_notice *told, struct error *err)
{
    if (told->target_pmid == NULL && told->target_doi == NULL)
        return put_notice(store, record_key, (*position)++, NULL, NULL, &told->notice, err);
    if (told->target_pmid != NULL && !put_notice(store, record_key, (*position)++, "pmid",
                                                 told->target_pmid, &told->notice, err))
        return false;
    return told->target_doi == NULL || put_notice(store, record_key, (*position)++, "doi",
                                                  told->target_doi, &told->notice, err);
}

static bool mark_retracted(struct store *store, int64_t publication, struct error *err)
{
    bool retracted = false;
    if (!weigh_notices(store, publication, &retracted, err))
        return false;
    struct binder binder = bind_begin(store, MARK_PUBLICATION_RETRACTED);
    bind_integer(&binder, publication);
    bind_truth(&binder, retracted);
    return bind_run(&binder, err);
}

static bool noticed_publications(struct store *store, int64_t record_key, struct arena *arena,
                                 int64_t **keys, size_t *count, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_NOTICED_PUBLICATIONS);
    bind_integer(&binder, record_key);
    struct cursor cursor = cursor_of(&binder, arena, err);
    return read_keys(&cursor, keys, count);
}

static bool mark_all(struct store *store, const int64_t *keys, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!mark_retracted(store, keys[i], err))
            return false;
    return true;
}

static bool tells_others(const struct told_notice *told, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (told[i].target_pmid != NULL || told[i].target_doi != NULL)
            return true;
    return false;
}

static bool put_all_told(struct store *store, int64_t record_key, const struct told_notice *told,
                         size_t count, struct arena *arena, struct error *err)
{
    size_t position = 0;
    for (size_t i = 0; i < count; i++)
        if (!put_told(store, record_key, &position, &told[i], err))
            return false;
    int64_t *keys = NULL;
    size_t key_count = 0;
    if (!tells_others(told, count))
        return true;
    return noticed_publications(store, record_key, arena, &keys, &key_count, err) &&
           mark_all(store, keys, key_count, err);
}

bool put_notices(struct store *store, int64_t record_key, const struct record *record,
                 struct error *err)
{
    if (record->notice_count == 0 && record->update_count == 0 && !record->retracted)
        return true;
    struct arena *arena = arena_new();
    size_t count = 0;
    struct told_notice *told = notices_told_by(record, arena, &count);
    bool good = put_all_told(store, record_key, told, count, arena, err);
    arena_free(arena);
    return good;
}

bool forget_notices(struct store *store, int64_t record_key, struct error *err)
{
    struct arena *arena = arena_new();
    int64_t *keys = NULL;
    size_t count = 0;
    bool good = noticed_publications(store, record_key, arena, &keys, &count, err);
    struct binder binder = bind_begin(store, REMOVE_FOUND_NOTICES);
    bind_integer(&binder, record_key);
    good = good && bind_run(&binder, err) && mark_all(store, keys, count, err);
    arena_free(arena);
    return good;
}

/* ---- what they come to ---- */

static bool take_notices(struct cursor *cursor, struct rows *rows)
{
    while (cursor_step(cursor)) {
        struct record_notice *notice = rows_add(rows);
        notice->type = (enum notice_type)take_choice(cursor, notice_names, NOTICE_CORRECTION);
        notice->doi = take_text(cursor);
        notice->pmid = take_text(cursor);
        notice->date = take_text(cursor);
        notice->source = take_text(cursor);
        notice->reason = take_text(cursor);
    }
    return cursor_end(cursor);
}

bool store_notices(struct store *store, int64_t publication, struct arena *arena,
                   struct record_notice **out, size_t *count, struct error *err)
{
    static const enum statement statements[] = {LIST_OWN_NOTICES, LIST_NOTICES_OF_OTHERS};
    struct rows rows = {.size = sizeof(struct record_notice)};
    bool good = true;
    for (size_t i = 0; good && i < sizeof statements / sizeof *statements; i++) {
        struct binder binder = bind_begin(store, statements[i]);
        bind_integer(&binder, publication);
        struct cursor cursor = cursor_of(&binder, arena, err);
        good = take_notices(&cursor, &rows);
    }
    *count = rows.count;
    *out = rows_take(&rows, arena);
    rows_release(&rows);
    *count = notices_join(*out, *count);
    return good;
}

/* The study that a publication is, and whether notices were added to it before; in `arena`. */
static bool find_study_of(struct store *store, int64_t publication, struct arena *arena,
                          const char **study, bool *noted, struct error *err)
{
    struct binder binder = bind_begin(store, FIND_STUDY_OF_PUBLICATION);
    bind_integer(&binder, publication);
    struct cursor cursor = cursor_of(&binder, arena, err);
    *study = NULL;
    *noted = false;
    if (cursor_step(&cursor)) {
        *study = take_text(&cursor);
        *noted = take_truth(&cursor);
    }
    return cursor_end(&cursor);
}

bool weigh_notices(struct store *store, int64_t publication, bool *retracted, struct error *err)
{
    struct arena *arena = arena_new();
    struct record_notice *notices = NULL;
    size_t count = 0;
    const char *study = NULL;
    bool noted = false;
    bool good = store_notices(store, publication, arena, &notices, &count, err) &&
                find_study_of(store, publication, arena, &study, &noted, err);
    *retracted = good && notices_retract(notices, count);
    if (study != NULL && (count > 0 || noted))
        store->notices_wait = true;
    arena_free(arena);
    return good;
}

bool store_notices_wait(const struct store *store)
{
    return store->notices_wait;
}
