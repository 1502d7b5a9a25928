#include "evidence/store/sql/search_query.h"
#include "evidence/store/sql/transaction.h"

static bool read_ids(struct cursor *cursor, struct arena *arena, size_t limit, const char ***ids,
                     size_t *count)
{
    *ids = arena_array(arena, limit, sizeof **ids);
    *count = 0;
    while (*count < limit && cursor_step(cursor))
        (*ids)[(*count)++] = take_text(cursor);
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
    return read_ids(&cursor, page->arena, page->limit, page->ids, page->count);
}

static bool find_words(struct store *store, const struct search_query *query,
                       const struct page *page, struct error *err)
{
    struct binder counter = bind_begin(store, COUNT_FOUND_STUDIES);
    search_query_bind(&counter, query);
    struct cursor counting = cursor_of(&counter, page->arena, err);
    if (!read_total(&counting, page->total))
        return false;
    struct binder binder = bind_begin(store, SEARCH_STUDIES);
    search_query_bind(&binder, query);
    bind_page(&binder, page);
    struct cursor cursor = cursor_of(&binder, page->arena, err);
    return read_ids(&cursor, page->arena, page->limit, page->ids, page->count);
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

bool store_search_studies(struct store *store, const char *query, size_t offset, size_t limit,
                          struct arena *arena, const char ***ids, size_t *count, size_t *total,
                          struct error *err)
{
    if (limit > STORE_SEARCH_MOST)
        limit = STORE_SEARCH_MOST;
    const struct page page = {.offset = offset,
                              .limit = limit,
                              .arena = arena,
                              .ids = ids,
                              .count = count,
                              .total = total};
    struct unit view;
    *ids = arena_array(arena, 1, sizeof **ids);
    *count = *total = 0;
    /* Both statements see one state of the store. */
    if (!view_begin(store, &view, err))
        return false;
    return view_end(&view, search(store, query, &page, err), err);
}
