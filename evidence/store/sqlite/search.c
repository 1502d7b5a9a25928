/* Full-text search by FTS5. */
#include <string.h>

#include "evidence/store/sql/statement.h"
#include "evidence/store/sqlite/engine.h"
#include "evidence/store/sqlite/tokenizer.h"

/* ---- queries: "neck" AND "knots"* ---- */

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

/* Words are cut by the index's own tokenizer, so that they hold nothing but letters and digits and
 * agree with the index about what a word is. As in the definition of study_words, without stemming:
 * study_search stems by itself. */
bool sqlite_cut_query(struct store *store, const char *text, struct search_query *query,
                      struct error *err)
{
    struct tokenizer tokenizer;
    if (!tokenizer_init(&tokenizer, store->connection->tokenizer, false))
        return error_set(err, ERROR_INTERNAL, "this SQLite has no FTS5 with a unicode61 tokenizer");
    int code = tokenizer_cut(&tokenizer, FTS5_TOKENIZE_QUERY, text,
                             strnlen(text, SEARCH_BYTES_MOST), add_word, query);
    tokenizer_release(&tokenizer);
    if (code != SQLITE_OK && code != SQLITE_DONE)
        return sqlite_fail_with(store->path, code, sqlite3_errstr(code), err);
    buffer_append(&query->begun, query->whole.bytes, query->whole.length);
    buffer_byte(&query->begun, '*');
    return true;
}

/* ---- the indexes ---- */

static bool run_with_key(struct store *store, enum statement statement, int64_t key,
                         struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_integer(&binder, key);
    return bind_run(&binder, err);
}

bool sqlite_index_study(struct store *store, int64_t key, struct error *err)
{
    return run_with_key(store, ADD_STUDY_SEARCH, key, err) &&
           run_with_key(store, ADD_STUDY_WORDS, key, err);
}

bool sqlite_forget_study(struct store *store, int64_t key, struct error *err)
{
    return run_with_key(store, REMOVE_STUDY_SEARCH, key, err) &&
           run_with_key(store, REMOVE_STUDY_WORDS, key, err);
}

static void bind_buffer(struct binder *binder, const struct buffer *text)
{
    bind_bytes(binder, buffer_string(text), text->length);
}

static bool tell_index(struct store *store, enum statement statement, int64_t key,
                       const struct publication_text *text, bool whole, struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_integer(&binder, key);
    bind_buffer(&binder, &text->title);
    bind_buffer(&binder, &text->authors);
    bind_buffer(&binder, &text->journal);
    if (whole) {
        bind_buffer(&binder, &text->keywords);
        bind_buffer(&binder, &text->abstract);
    }
    return bind_run(&binder, err);
}

bool sqlite_index_publication(struct store *store, int64_t key, const struct publication_text *text,
                              struct error *err)
{
    return tell_index(store, ADD_PUBLICATION_SEARCH, key, text, true, err) &&
           tell_index(store, ADD_PUBLICATION_WORDS, key, text, false, err);
}

bool sqlite_forget_publication(struct store *store, int64_t key,
                               const struct publication_text *text, struct error *err)
{
    return tell_index(store, REMOVE_PUBLICATION_SEARCH, key, text, true, err) &&
           tell_index(store, REMOVE_PUBLICATION_WORDS, key, text, false, err);
}
