#include <string.h>

#include "evidence/base/buffer.h"
#include "evidence/store/sqlite/statement.h"

/* What stands beyond these in a query is not looked at; nobody types so much. */
enum { SEARCH_WORDS_MOST = 64, SEARCH_BYTES_MOST = 4096 };

/*
 * A query as FTS5 takes it. Words are cut by the index's own tokenizer, so that they hold nothing
 * but letters and digits and agree with the index about what a word is.
 */
struct query {
    struct buffer whole; /* "neck" AND "knots" */
    struct buffer begun; /* "neck" AND "knots"* */
    size_t words;
};

static int add_word(void *context, int flags, const char *word, int length, int start, int end)
{
    struct query *query = context;
    (void)flags, (void)start, (void)end;
    if (query->words == SEARCH_WORDS_MOST)
        return SQLITE_DONE;
    if (query->words++ > 0)
        buffer_text(&query->whole, " AND ");
    buffer_byte(&query->whole, '"');
    buffer_append(&query->whole, word, (size_t)length);
    buffer_byte(&query->whole, '"');
    return SQLITE_OK;
}

/* FTS5 hands its interface for programs out through a bound pointer. */
static fts5_api *find_fts5(struct store *store)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = store->tokenizer_statement;
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return api;
}

/* As in the definition of study_words, without stemming: study_search stems by itself. */
static bool cut_words(struct store *store, const char *text, struct query *query, struct error *err)
{
    const char *options[] = {"remove_diacritics", "2"};
    fts5_tokenizer tokenizer;
    void *data = NULL;
    Fts5Tokenizer *instance = NULL;
    fts5_api *fts5 = find_fts5(store);
    if (fts5 == NULL || fts5->xFindTokenizer(fts5, "unicode61", &data, &tokenizer) != SQLITE_OK ||
        tokenizer.xCreate(data, options, 2, &instance) != SQLITE_OK)
        return error_set(err, ERROR_INTERNAL, "this SQLite has no FTS5 with a unicode61 tokenizer");
    int code = tokenizer.xTokenize(instance, query, FTS5_TOKENIZE_QUERY, text,
                                   (int)strnlen(text, SEARCH_BYTES_MOST), add_word);
    tokenizer.xDelete(instance);
    if (code != SQLITE_OK && code != SQLITE_DONE)
        return store_fail_with(store->path, code, sqlite3_errstr(code), err);
    buffer_append(&query->begun, query->whole.bytes, query->whole.length);
    buffer_byte(&query->begun, '*');
    return true;
}

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
    bind_integer(binder, (int64_t)page->limit);
    bind_integer(binder, page->offset > INT64_MAX ? INT64_MAX : (int64_t)page->offset);
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

static void bind_query(struct binder *binder, const struct query *query)
{
    bind_bytes(binder, query->whole.bytes, query->whole.length);
    bind_bytes(binder, query->begun.bytes, query->begun.length);
}

static bool find_words(struct store *store, const struct query *query, const struct page *page,
                       struct error *err)
{
    struct binder counter = bind_begin(store, COUNT_FOUND_STUDIES);
    bind_query(&counter, query);
    struct cursor counting = cursor_of(&counter, page->arena, err);
    if (!read_total(&counting, page->total))
        return false;
    struct binder binder = bind_begin(store, SEARCH_STUDIES);
    bind_query(&binder, query);
    bind_page(&binder, page);
    struct cursor cursor = cursor_of(&binder, page->arena, err);
    return read_ids(&cursor, page->arena, page->limit, page->ids, page->count);
}

/* A query of nothing but spaces asks for all, one of nothing but signs for nothing. */
static bool search(struct store *store, const char *text, const struct page *page,
                   struct error *err)
{
    if (text[strspn(text, " \t\r\n")] == '\0')
        return list_all(store, page, err);
    struct query query = {0};
    bool done = cut_words(store, text, &query, err) &&
                (query.words == 0 || find_words(store, &query, page, err));
    buffer_release(&query.whole);
    buffer_release(&query.begun);
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
    *ids = arena_array(arena, 1, sizeof **ids);
    *count = *total = 0;
    /* Both statements see one state of the store. */
    if (!statement_run(store, BEGIN_READ, err))
        return false;
    bool done = search(store, query, &page, err);
    struct error ignored = {0};
    return statement_run(store, COMMIT, done ? err : &ignored) && done;
}
