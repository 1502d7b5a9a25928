/* Full-text search by tsvector. Words and stems are cut by FTS5's tokenizers, so that the same is
 * found as by SQLite's indexes; the dictionaries of PostgreSQL are not asked. */
#include <stdlib.h>
#include <string.h>

#include "evidence/store/postgres/engine.h"
#include "evidence/store/sql/statement.h"

/* What a lexeme, and a place in a text, may be at most. */
enum { LEXEME_BYTES_MOST = 2046, PLACE_MOST = 16383 };

/* As PostgreSQL reads it: in quotation marks, those in it doubled. */
static void add_lexeme(struct buffer *out, const char *word, int length)
{
    size_t size = length < LEXEME_BYTES_MOST ? (size_t)length : LEXEME_BYTES_MOST;
    while (size < (size_t)length && ((unsigned char)word[size] & 0xC0) == 0x80)
        size--; /* never within a character */
    buffer_byte(out, '\'');
    for (size_t i = 0; i < size; i++) {
        if (word[i] == '\'' || word[i] == '\\')
            buffer_byte(out, word[i]);
        buffer_byte(out, word[i]);
    }
    buffer_byte(out, '\'');
}

/* ---- texts ---- */

/* A tsvector in the making, as text: 'neck':1 'knots':2 */
struct vector {
    struct buffer text;
    int place;
};

static int add_to_vector(void *context, int flags, const char *word, int length, int start, int end)
{
    struct vector *vector = context;
    (void)flags, (void)start, (void)end;
    vector->place += vector->place < PLACE_MOST ? 1 : 0;
    add_lexeme(&vector->text, word, length);
    buffer_printf(&vector->text, ":%d ", vector->place);
    return SQLITE_OK;
}

static bool cut(const struct tokenizer *tokenizer, const struct buffer *text, struct vector *out)
{
    return tokenizer_cut(tokenizer, FTS5_TOKENIZE_DOCUMENT, buffer_string(text), text->length,
                         add_to_vector, out) == SQLITE_OK;
}

static bool not_cut(const struct store *store, struct error *err)
{
    static const char said[] = "a text cannot be cut into words";
    struct connection *connection = store->connection;
    connection->state[0] = '\0';
    buffer_clear(&connection->said);
    buffer_text(&connection->said, said);
    return error_set(err, ERROR_STORE, "%s: %s; try again", store->path, said);
}

static bool run_with_vectors(struct store *store, enum statement statement, int64_t key,
                             const struct vector *stems, const struct vector *words,
                             struct error *err)
{
    struct binder binder = bind_begin(store, statement);
    bind_integer(&binder, key);
    bind_bytes(&binder, buffer_string(&stems->text), stems->text.length);
    bind_bytes(&binder, buffer_string(&words->text), words->text.length);
    return bind_run(&binder, err);
}

/* ---- studies ---- */

static bool index_text(struct store *store, int64_t key, const struct buffer *text,
                       struct error *err)
{
    const struct connection *connection = store->connection;
    struct vector stems = {0}, words = {0};
    bool done = ((cut(&connection->stems, text, &stems) && cut(&connection->words, text, &words)) ||
                 not_cut(store, err)) &&
                run_with_vectors(store, INDEX_STUDY, key, &stems, &words, err);
    buffer_release(&stems.text);
    buffer_release(&words.text);
    return done;
}

static bool load_text(struct store *store, int64_t key, struct buffer *out, struct error *err)
{
    struct binder binder = bind_begin(store, LOAD_STUDY_TEXT);
    bind_integer(&binder, key);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    const char *text = cursor_step(&cursor) ? take_borrowed(&cursor) : NULL;
    if (text != NULL)
        buffer_text(out, text);
    return cursor_end(&cursor);
}

static void index_later(struct connection *connection, int64_t key)
{
    if (connection->unindexed_count == connection->unindexed_capacity) {
        size_t capacity =
            connection->unindexed_capacity == 0 ? 64 : 2 * connection->unindexed_capacity;
        connection->unindexed = memory_resize(connection->unindexed, capacity * sizeof key);
        connection->unindexed_capacity = capacity;
    }
    connection->unindexed[connection->unindexed_count++] = key;
}

bool postgres_index_study(struct store *store, int64_t key, struct error *err)
{
    struct buffer text = {0};
    if (store->connection->gathers) {
        index_later(store->connection, key);
        return true;
    }
    bool done = load_text(store, key, &text, err) && index_text(store, key, &text, err);
    buffer_release(&text);
    return done;
}

/* As an array is written. */
static void list_keys(const int64_t *keys, size_t count, struct buffer *out)
{
    buffer_clear(out);
    for (size_t i = 0; i < count; i++) {
        buffer_byte(out, i == 0 ? '{' : ',');
        buffer_integer(out, keys[i]);
    }
    buffer_byte(out, '}');
}

static bool index_some(struct store *store, const struct buffer *keys, struct error *err)
{
    struct binder binder = bind_begin(store, LIST_TEXTS_OF_STUDIES);
    bind_bytes(&binder, buffer_string(keys), keys->length);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    struct buffer text = {0};
    while (cursor_step(&cursor)) {
        int64_t key = take_integer(&cursor);
        const char *words = take_borrowed(&cursor);
        buffer_clear(&text);
        buffer_text(&text, words == NULL ? "" : words);
        if (!index_text(store, key, &text, err))
            cursor.failed = true;
    }
    buffer_release(&text);
    return cursor_end(&cursor);
}

/* None waits any more when the first statement is run, which would send what waits. */
bool postgres_index_waiting(struct store *store)
{
    enum { KEYS_AT_ONCE = 500 };
    struct connection *connection = store->connection;
    struct error ignored = {0}; /* it is kept, too */
    struct buffer list = {0};
    int64_t *keys = connection->unindexed;
    size_t count = connection->unindexed_count;
    connection->unindexed = NULL;
    connection->unindexed_count = connection->unindexed_capacity = 0;
    bool done = true;
    for (size_t at = 0; done && at < count; at += KEYS_AT_ONCE) {
        list_keys(keys + at, count - at < KEYS_AT_ONCE ? count - at : KEYS_AT_ONCE, &list);
        done = index_some(store, &list, &ignored);
    }
    buffer_release(&list);
    free(keys);
    return done;
}

/* Its row in the index goes with the study's own. */
bool postgres_forget_study(struct store *store, int64_t key, struct error *err)
{
    (void)store, (void)key, (void)err;
    return true;
}

/* ---- publications ---- */

static bool cut_publication(const struct connection *connection,
                            const struct publication_text *text, struct vector *stems,
                            struct vector *words)
{
    const struct buffer *const fields[] = {&text->title, &text->authors, &text->journal};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!cut(&connection->stems, fields[i], stems) ||
            !cut(&connection->words, fields[i], words))
            return false;
    return cut(&connection->stems, &text->keywords, stems) &&
           cut(&connection->stems, &text->abstract, stems);
}

bool postgres_index_publication(struct store *store, int64_t key,
                                const struct publication_text *text, struct error *err)
{
    struct vector stems = {0}, words = {0};
    bool done = (cut_publication(store->connection, text, &stems, &words) || not_cut(store, err)) &&
                run_with_vectors(store, INDEX_PUBLICATION, key, &stems, &words, err);
    buffer_release(&stems.text);
    buffer_release(&words.text);
    return done;
}

bool postgres_forget_publication(struct store *store, int64_t key,
                                 const struct publication_text *text, struct error *err)
{
    struct binder binder = bind_begin(store, FORGET_PUBLICATION);
    (void)text; /* the index knows by itself what it holds */
    bind_integer(&binder, key);
    return bind_run(&binder, err);
}

/* ---- queries: 'neck' & 'knots':* ---- */

static int add_to_stems(void *context, int flags, const char *word, int length, int start, int end)
{
    struct search_query *query = context;
    (void)flags, (void)start, (void)end;
    if (query->words == SEARCH_WORDS_MOST)
        return SQLITE_DONE;
    if (query->words++ > 0)
        buffer_text(&query->whole, " & ");
    add_lexeme(&query->whole, word, length);
    return SQLITE_OK;
}

static int add_to_words(void *context, int flags, const char *word, int length, int start, int end)
{
    struct search_query *query = context;
    (void)flags, (void)start, (void)end;
    if (query->words == SEARCH_WORDS_MOST)
        return SQLITE_DONE;
    if (query->words++ > 0)
        buffer_text(&query->begun, " & ");
    add_lexeme(&query->begun, word, length);
    return SQLITE_OK;
}

static bool cut_text(const struct tokenizer *tokenizer, const char *text, tokenizer_word *word,
                     struct search_query *query)
{
    query->words = 0;
    int code = tokenizer_cut(tokenizer, FTS5_TOKENIZE_QUERY, text, strnlen(text, SEARCH_BYTES_MOST),
                             word, query);
    return code == SQLITE_OK || code == SQLITE_DONE;
}

bool postgres_cut_query(struct store *store, const char *text, struct search_query *out,
                        struct error *err)
{
    const struct connection *connection = store->connection;
    if (!cut_text(&connection->stems, text, add_to_stems, out) ||
        !cut_text(&connection->words, text, add_to_words, out))
        return not_cut(store, err);
    buffer_text(&out->begun, ":*");
    return true;
}

/* ---- checking ---- */

static bool is_indexed(struct store *store, int64_t key, const char *text, bool *out,
                       struct error *err)
{
    const struct connection *connection = store->connection;
    struct vector stems = {0}, words = {0};
    struct buffer whole = {0};
    buffer_text(&whole, text);
    bool done =
        (cut(&connection->stems, &whole, &stems) && cut(&connection->words, &whole, &words)) ||
        not_cut(store, err);
    struct binder binder = bind_begin(store, CHECK_INDEXED_STUDY);
    bind_integer(&binder, key);
    bind_bytes(&binder, buffer_string(&stems.text), stems.text.length);
    bind_bytes(&binder, buffer_string(&words.text), words.text.length);
    struct cursor cursor = cursor_of(&binder, NULL, err);
    *out = done && cursor_step(&cursor);
    done = cursor_end(&cursor) && done;
    buffer_release(&whole);
    buffer_release(&stems.text);
    buffer_release(&words.text);
    return done;
}

/* That rows name only what is there is the server's own promise. */
bool postgres_check(struct store *store, struct error *err)
{
    if (store->mode == STORE_READ)
        return true;
    struct cursor cursor = cursor_begin(store, LIST_STUDY_TEXTS, NULL, err);
    while (cursor_step(&cursor)) {
        int64_t key = take_integer(&cursor);
        const char *text = take_borrowed(&cursor);
        bool indexed = false;
        if (!is_indexed(store, key, text == NULL ? "" : text, &indexed, err))
            cursor.failed = true;
        else if (!indexed)
            cursor_damaged(&cursor, "study %lld is not found by what stands in it", (long long)key);
    }
    return cursor_end(&cursor);
}
