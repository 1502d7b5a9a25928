#include <string.h>

#include "evidence/store/sql/load.h"
#include "evidence/store/sql/search_query.h"
#include "evidence/store/sql/transaction.h"

static void read_id(struct cursor *cursor, void *item)
{
    const char *id = take_text(cursor);
    memcpy(item, &id, sizeof id);
}

static bool read_ids(struct cursor *cursor, struct arena *arena, const char ***ids, size_t *count)
{
    struct rows rows = {.size = sizeof **ids};
    while (cursor_step(cursor))
        read_id(cursor, rows_add(&rows));
    *count = rows.count;
    *ids = rows_take(&rows, arena);
    rows_release(&rows);
    return cursor_end(cursor);
}

static bool read_total(struct cursor *cursor, size_t *total)
{
    *total = cursor_step(cursor) ? (size_t)take_integer(cursor) : 0;
    return cursor_end(cursor);
}

/* Which part of what was found is asked for, and where it goes. */
struct page {
    size_t offset;
    size_t limit;
    struct arena *arena;
    const char ***ids;
    size_t *count;
    size_t *total;
};

static void bind_page(struct binder *binder, const struct page *page)
{
    bind_limit(binder, page->limit);
    bind_limit(binder, page->offset);
}

static bool list_all(struct store *store, const struct page *page, struct error *err)
{
    struct cursor counting = cursor_begin(store, COUNT_STUDIES, page->arena, err);
    if (!read_total(&counting, page->total))
        return false;
    struct binder binder = bind_begin(store, LIST_STUDIES);
    bind_page(&binder, page);
    struct cursor cursor = cursor_of(&binder, page->arena, err);
    return read_ids(&cursor, page->arena, page->ids, page->count);
}

static bool count_found(struct store *store, const struct search_query *query,
                        const struct page *page, struct error *err)
{
    struct binder counter = bind_begin(store, COUNT_FOUND_STUDIES);
    search_query_bind(&counter, query);
    bind_integer(&counter, STORE_RANK_MOST + 1);
    struct cursor counting = cursor_of(&counter, page->arena, err);
    return read_total(&counting, page->total);
}

/* Whole words that too many studies hold are not looked for as beginnings as well, which takes as
 * long as there are studies; unless all of them are wanted. */
static bool find_words(struct store *store, const struct search_query *query,
                       const struct page *page, struct error *err)
{
    struct search_query used = search_query_whole(query);
    bool all = page->limit > STORE_SEARCH_MOST;
    if (!all && !count_found(store, &used, page, err))
        return false;
    if (all || *page->total <= STORE_RANK_MOST) {
        used = *query;
        if (!count_found(store, &used, page, err))
            return false;
    }
    struct binder binder =
        bind_begin(store, *page->total > STORE_RANK_MOST ? SEARCH_NEWEST_STUDIES : SEARCH_STUDIES);
    search_query_bind(&binder, &used);
    bind_page(&binder, page);
    struct cursor cursor = cursor_of(&binder, page->arena, err);
    return read_ids(&cursor, page->arena, page->ids, page->count);
}

/* A query of nothing but spaces asks for all, one of nothing but signs for nothing. */
static bool search(struct store *store, const char *text, const struct page *page,
                   struct error *err)
{
    if (search_query_is_blank(text))
        return list_all(store, page, err);
    struct search_query query = {0};
    bool done = store->engine->cut_query(store, text, &query, err) &&
                (query.words == 0 || find_words(store, &query, page, err));
    search_query_release(&query);
    return done;
}

/* All of its statements see one state of the store. */
static bool search_at_once(struct store *store, const char *text, const struct page *page,
                           struct error *err)
{
    struct unit view;
    *page->ids = arena_array(page->arena, 1, sizeof **page->ids);
    *page->count = *page->total = 0;
    if (!view_begin(store, &view, err))
        return false;
    return view_end(&view, search(store, text, page, err), err);
}

bool store_search_studies(struct store *store, const char *query, size_t offset, size_t limit,
                          struct arena *arena, const char ***ids, size_t *count, size_t *total,
                          struct error *err)
{
    const struct page page = {.offset = offset,
                              .limit = limit > STORE_SEARCH_MOST ? STORE_SEARCH_MOST : limit,
                              .arena = arena,
                              .ids = ids,
                              .count = count,
                              .total = total};
    return search_at_once(store, query, &page, err);
}

bool store_find_studies(struct store *store, const char *query, struct arena *arena,
                        const char ***ids, size_t *count, struct error *err)
{
    size_t total = 0;
    const struct page page = {
        .limit = SIZE_MAX, .arena = arena, .ids = ids, .count = count, .total = &total};
    return search_at_once(store, query, &page, err);
}
