/* Publications by what is written in them, or the newest. */
#include "evidence/store/sql/intake.h"
#include "evidence/store/sql/search_query.h"

/* Which part of which publications is asked for. */
struct wanted {
    const char *screening;
    size_t offset;
    size_t limit;
};

static bool count_of(struct cursor *cursor, size_t *out)
{
    int64_t count = 0;
    bool good = read_key(cursor, &count);
    *out = (size_t)count;
    return good;
}

static void bind_page(struct binder *binder, const struct wanted *wanted)
{
    bind_limit(binder, wanted->limit);
    bind_limit(binder, wanted->offset);
}

static bool list_newest(struct store *store, const struct wanted *wanted, struct arena *arena,
                        int64_t **keys, size_t *count, size_t *total, struct error *err)
{
    struct binder counting = bind_begin(store, COUNT_PUBLICATIONS);
    bind_text(&counting, wanted->screening);
    struct cursor counted = cursor_of(&counting, arena, err);
    if (!count_of(&counted, total))
        return false;
    struct binder binder = bind_begin(store, LIST_PUBLICATIONS);
    bind_text(&binder, wanted->screening);
    bind_page(&binder, wanted);
    struct cursor cursor = cursor_of(&binder, arena, err);
    return read_keys(&cursor, keys, count);
}

static bool count_found(struct store *store, const struct search_query *query,
                        const struct wanted *wanted, struct arena *arena, size_t *total,
                        struct error *err)
{
    struct binder counting = bind_begin(store, COUNT_FOUND_PUBLICATIONS);
    search_query_bind(&counting, query);
    bind_text(&counting, wanted->screening);
    bind_integer(&counting, STORE_RANK_MOST + 1);
    struct cursor counted = cursor_of(&counting, arena, err);
    return count_of(&counted, total);
}

/* As for studies: whole words that too many hold are not looked for as beginnings as well. */
static bool find_words(struct store *store, const struct search_query *query,
                       const struct wanted *wanted, struct arena *arena, int64_t **keys,
                       size_t *count, size_t *total, struct error *err)
{
    struct search_query used = search_query_whole(query);
    if (!count_found(store, &used, wanted, arena, total, err))
        return false;
    if (*total <= STORE_RANK_MOST) {
        used = *query;
        if (!count_found(store, &used, wanted, arena, total, err))
            return false;
    }
    struct binder binder = bind_begin(store, *total > STORE_RANK_MOST ? SEARCH_NEWEST_PUBLICATIONS
                                                                      : SEARCH_PUBLICATIONS);
    search_query_bind(&binder, &used);
    bind_text(&binder, wanted->screening);
    bind_page(&binder, wanted);
    struct cursor cursor = cursor_of(&binder, arena, err);
    return read_keys(&cursor, keys, count);
}

static bool find(struct store *store, const char *text, const struct wanted *wanted,
                 struct arena *arena, int64_t **keys, size_t *count, size_t *total,
                 struct error *err)
{
    if (search_query_is_blank(text))
        return list_newest(store, wanted, arena, keys, count, total, err);
    struct search_query query = {0};
    bool good = store->engine->cut_query(store, text, &query, err);
    if (good && query.words > 0)
        good = find_words(store, &query, wanted, arena, keys, count, total, err);
    search_query_release(&query);
    return good;
}

static bool load_all(struct store *store, const int64_t *keys, size_t count, struct arena *arena,
                     struct publication *out, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!store_publication(store, keys[i], arena, &out[i], err))
            return false;
    return true;
}

bool store_search_publications(struct store *store, const char *query, enum screening screening,
                               size_t offset, size_t limit, struct arena *arena,
                               struct publication **out, size_t *count, size_t *total,
                               struct error *err)
{
    const struct wanted wanted = {.screening = screening_names[screening],
                                  .offset = offset,
                                  .limit = limit > STORE_SEARCH_MOST ? STORE_SEARCH_MOST : limit};
    int64_t *keys = NULL;
    struct unit view;
    *count = *total = 0;
    if (!view_begin(store, &view, err))
        return false;
    bool good = find(store, query, &wanted, arena, &keys, count, total, err);
    *out = arena_array(arena, *count, sizeof **out);
    good = good && load_all(store, keys, *count, arena, *out, err);
    return view_end(&view, good, err);
}

bool store_count_publications(struct store *store, struct publication_counts *out,
                              struct error *err)
{
    for (int i = 0; screening_names[i] != NULL; i++) {
        struct binder binder = bind_begin(store, COUNT_PUBLICATIONS);
        bind_text(&binder, screening_names[i]);
        struct cursor cursor = cursor_of(&binder, NULL, err);
        if (!count_of(&cursor, &out->by_screening[i]))
            return false;
    }
    return true;
}
