#include "evidence/store/sqlite/search_query.h"

#include <string.h>

/* What stands beyond these in a query is not looked at; nobody types so much. */
enum { SEARCH_WORDS_MOST = 64, SEARCH_BYTES_MOST = 4096 };

static int add_word(void *context, int flags, const char *word, int length, int start, int end)
{
    struct search_query *query = context;
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
bool search_query_cut(struct store *store, const char *text, struct search_query *query,
                      struct error *err)
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

void search_query_release(struct search_query *query)
{
    buffer_release(&query->whole);
    buffer_release(&query->begun);
}

bool search_query_is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

void search_query_bind(struct binder *binder, const struct search_query *query)
{
    bind_bytes(binder, query->whole.bytes, query->whole.length);
    bind_bytes(binder, query->begun.bytes, query->begun.length);
}
