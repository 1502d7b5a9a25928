/* Full-text search by tsvector. Words and stems are cut by FTS5's tokenizers, so that the same is
 * found as by SQLite's indexes; the dictionaries of PostgreSQL are not asked. */
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
    return error_set(err, ERROR_STORE, "%s: a text cannot be cut into words; try again",
                     store->path);
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

bool postgres_index_study(struct store *store, int64_t key, struct error *err)
{
    const struct connection *connection = store->connection;
    struct vector stems = {0}, words = {0};
    struct buffer text = {0};
    bool done =
        load_text(store, key, &text, err) &&
        ((cut(&connection->stems, &text, &stems) && cut(&connection->words, &text, &words)) ||
         not_cut(store, err)) &&
        run_with_vectors(store, INDEX_STUDY, key, &stems, &words, err);
    buffer_release(&text);
    buffer_release(&stems.text);
    buffer_release(&words.text);
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
