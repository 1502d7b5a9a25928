#include "evidence/store/sql/load.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/store/sql/transaction.h"
#include "evidence/store/sql/verify.h"

const char *const no_texts[] = {NULL};

const struct span every_study = {INT64_MIN, INT64_MAX};

void *rows_add(struct rows *rows)
{
    if (rows->count == rows->capacity) {
        rows->capacity = rows->capacity == 0 ? 16 : rows->capacity * 2;
        rows->items = memory_resize(rows->items, rows->capacity * rows->size);
    }
    return memset(rows->items + rows->count++ * rows->size, 0, rows->size);
}

static void *take(struct rows *rows, size_t room, struct arena *arena)
{
    void *items = arena_array(arena, room, rows->size);
    if (rows->count > 0)
        memcpy(items, rows->items, rows->count * rows->size);
    rows->count = 0;
    return items;
}

void *rows_take(struct rows *rows, struct arena *arena)
{
    return take(rows, rows->count + 1, arena);
}

void rows_release(struct rows *rows)
{
    free(rows->items);
    *rows = (struct rows){0};
}

void *cursor_rows(struct cursor *cursor, size_t size, void (*read)(struct cursor *, void *),
                  size_t *count)
{
    struct rows rows = {.size = size};
    while (cursor_step(cursor))
        read(cursor, rows_add(&rows));
    *count = rows.count;
    void *items = rows_take(&rows, cursor->arena);
    rows_release(&rows);
    return items;
}

void read_one_text(struct cursor *cursor, void *item)
{
    const char *text = take_text(cursor);
    if (text == NULL)
        cursor_damaged(cursor, "a list holds nothing where a text should be");
    memcpy(item, &text, sizeof text);
}

/* Gives an owner the rows gathered for it. */
static void hand_over(const struct list *list, char *owner, struct rows *rows, struct arena *arena)
{
    if (owner == NULL)
        return;
    bool counted = list->count_offset != NO_COUNT;
    if (counted)
        memcpy(owner + list->count_offset, &rows->count, sizeof rows->count);
    void *items = counted ? take(rows, rows->count, arena) : rows_take(rows, arena);
    memcpy(owner + list->items_offset, &items, sizeof items);
}

bool load_list(struct store *store, const struct list *list, const struct span *span,
               find_owner *find, void *owners, struct arena *arena, struct error *err)
{
    struct binder binder = bind_begin(store, list->statement);
    if (span != NULL) {
        bind_integer(&binder, span->first);
        bind_integer(&binder, span->last);
    }
    struct shared_texts shared = {0};
    struct cursor cursor = cursor_of(&binder, arena, err);
    struct rows rows = {.size = list->item_size};
    cursor.shared = &shared;
    char *owner = NULL;
    size_t at = 0;
    while (cursor_step(&cursor)) {
        char *next = find(&cursor, owners, &at);
        if (next == NULL) {
            cursor_damaged(&cursor, "a row belongs to nothing");
            break;
        }
        if (next != owner)
            hand_over(list, owner, &rows, arena);
        owner = next;
        list->read(&cursor, rows_add(&rows));
    }
    hand_over(list, owner, &rows, arena);
    rows_release(&rows);
    return cursor_end(&cursor);
}

static bool load_stamp(struct store *store, struct store_stamp *out, struct error *err)
{
    struct cursor cursor = cursor_begin(store, LOAD_META, NULL, err);
    bool found = cursor_step(&cursor);
    if (found) {
        out->changed = (time_t)take_integer(&cursor);
        const char *hash = take_borrowed(&cursor);
        if (hash != NULL && strlen(hash) == sizeof out->hash - 1)
            memcpy(out->hash, hash, sizeof out->hash);
        else
            cursor_damaged(&cursor, "the base's hash is none");
    }
    if (!cursor_end(&cursor))
        return false;
    return found || error_set(err, ERROR_NOT_FOUND, "nothing was saved in %s yet; build it first",
                              store->path);
}

bool store_stamp(struct store *store, struct store_stamp *out, struct error *err)
{
    return load_stamp(store, out, err);
}

static bool load_but_studies(struct store *store, struct arena *arena, struct base *out,
                             struct error *err)
{
    struct store_stamp stamp;
    return load_stamp(store, &stamp, err) && load_topics(store, arena, out, err);
}

/* Of a base of so few all studies are soon asked for (the map of the front page does), and folding
 * them would only make a start slower. */
enum { STANDING_MOST = 1000 };

static bool count_studies(struct store *store, int64_t *out, struct error *err)
{
    struct cursor cursor = cursor_begin(store, COUNT_STUDIES, NULL, err);
    *out = cursor_step(&cursor) ? take_integer(&cursor) : 0;
    return cursor_end(&cursor);
}

static bool load_to_serve(struct store *store, struct arena *arena, struct base *out,
                          struct error *err)
{
    int64_t count;
    if (!count_studies(store, &count, err))
        return false;
    return count <= STANDING_MOST ? load_studies(store, &every_study, arena, out, err)
                                  : shelve_studies(store, arena, out, err);
}

bool store_load_base_telling(struct store *store, struct arena *arena, base_told *told,
                             void *context, struct base *out, struct error *err)
{
    struct base base = {0};
    struct unit view;
    if (!view_begin(store, &view, err))
        return false;
    bool done = load_but_studies(store, arena, &base, err);
    if (done)
        told(&base, context);
    done = done && load_to_serve(store, arena, &base, err) && verify_base(store, &base, err);
    done = view_end(&view, done, err);
    if (done)
        *out = base;
    return done;
}

bool store_load_base(struct store *store, struct arena *arena, struct base *out, struct error *err)
{
    struct base base = {0};
    struct unit view;
    if (!view_begin(store, &view, err))
        return false;
    bool done = load_but_studies(store, arena, &base, err) &&
                load_studies(store, &every_study, arena, &base, err);
    done = view_end(&view, done, err);
    if (done)
        *out = base;
    return done;
}
