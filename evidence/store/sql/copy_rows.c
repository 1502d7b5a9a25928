#include "evidence/store/sql/copy_rows.h"

#include <string.h>

#include "evidence/store/sql/intake.h"
#include "evidence/store/sql/tables.h"
#include "evidence/store/sql/words.h"

/* ---- statements of one table ---- */

/* One column after another: its type, and its name up to the next space. */
static const char *next_column(const char *at, char *type, const char **name, size_t *length)
{
    at += strspn(at, " ");
    if (*at == '\0')
        return NULL;
    *type = *at;
    *name = at + 2; /* past the colon */
    *length = strcspn(*name, " ");
    return *name + *length;
}

/* "id", "name", … in quotation marks, since some are words of SQL. */
static int list_columns(const struct table *table, struct buffer *out)
{
    int count = 0;
    char type;
    const char *name;
    size_t length;
    for (const char *at = table->columns; (at = next_column(at, &type, &name, &length)) != NULL;
         count++) {
        buffer_text(out, count == 0 ? "\"" : ", \"");
        buffer_append(out, name, length);
        buffer_byte(out, '"');
    }
    return count;
}

static struct prepared *prepare_reading(struct store *store, const struct table *table)
{
    struct buffer sql = {0};
    buffer_text(&sql, "SELECT ");
    list_columns(table, &sql);
    buffer_printf(&sql, " FROM %s", table->name);
    struct prepared *prepared = store->engine->prepare_long(store, buffer_string(&sql));
    buffer_release(&sql);
    return prepared;
}

static struct prepared *prepare_writing(struct store *store, const struct table *table)
{
    struct buffer sql = {0};
    buffer_printf(&sql, "INSERT INTO %s (", table->name);
    int count = list_columns(table, &sql);
    buffer_text(&sql, ") VALUES (");
    for (int i = 1; i <= count; i++)
        buffer_printf(&sql, i == 1 ? "?%d" : ", ?%d", i);
    buffer_byte(&sql, ')');
    struct prepared *prepared = store->engine->prepare(store, buffer_string(&sql));
    buffer_release(&sql);
    return prepared;
}

/* ---- rows ---- */

static void carry_value(struct cursor *cursor, struct binder *binder, char type)
{
    const struct engine *engine = cursor->store->engine;
    size_t length = 0;
    const void *bytes = NULL;
    if (engine->is_null(cursor->prepared, cursor->next)) {
        cursor->next++;
        bind_nothing(binder);
        return;
    }
    switch (type) {
    case 'i':
        bind_integer(binder, take_integer(cursor));
        break;
    case 'r':
        bind_real(binder, take_real(cursor));
        break;
    case 'b':
        bytes = take_borrowed_blob(cursor, &length);
        bind_blob(binder, bytes, length);
        break;
    default: /* t, e */
        bytes = engine->text(cursor->prepared, cursor->next);
        length = engine->length(cursor->prepared, cursor->next++);
        if (type == 'e')
            bind_exact(binder, bytes, length);
        else
            bind_bytes(binder, bytes, length);
    }
}

static bool carry_row(struct cursor *cursor, struct store *to, struct prepared *writing,
                      const struct table *table, struct error *err)
{
    struct binder binder = {.store = to, .prepared = writing, .next = 1};
    char type;
    const char *name;
    size_t length;
    for (const char *at = table->columns; (at = next_column(at, &type, &name, &length)) != NULL;)
        carry_value(cursor, &binder, type);
    return bind_run(&binder, err);
}

static bool carry_rows(struct store *from, struct prepared *reading, struct store *to,
                       struct prepared *writing, const struct table *table, size_t *rows,
                       struct error *err)
{
    struct cursor cursor = {.store = from, .prepared = reading, .err = err};
    while (cursor_step(&cursor)) {
        if (!carry_row(&cursor, to, writing, table, err)) {
            cursor.failed = true;
            break;
        }
        ++*rows;
    }
    return cursor_end(&cursor);
}

static bool copy_table(struct store *from, struct store *to, const struct table *table,
                       size_t *rows, struct error *err)
{
    struct prepared *reading = prepare_reading(from, table);
    struct prepared *writing = prepare_writing(to, table);
    bool done = reading != NULL || from->engine->fail(from, err);
    store_gather(to);
    done = done && (writing != NULL || to->engine->fail(to, err));
    done = done && carry_rows(from, reading, to, writing, table, rows, err);
    done = done && store_gather_end(to, err);
    if (reading != NULL)
        from->engine->finalise(reading);
    if (writing != NULL)
        to->engine->finalise(writing);
    if (!done)
        error_while(err, "copying the table %s", table->name);
    return done;
}

static bool check_empty(struct store *store, const struct table *table, struct error *err)
{
    struct buffer sql = {0};
    buffer_printf(&sql, "SELECT 1 FROM %s LIMIT 1", table->name);
    struct prepared *prepared = store->engine->prepare(store, buffer_string(&sql));
    buffer_release(&sql);
    if (prepared == NULL)
        return store->engine->fail(store, err);
    struct cursor cursor = {.store = store, .prepared = prepared, .err = err};
    bool found = cursor_step(&cursor);
    bool done = cursor_end(&cursor);
    store->engine->finalise(prepared);
    return done && (!found || error_set(err, ERROR_INVALID,
                                        "%s holds something already (%s); name a store that is "
                                        "empty or not there yet",
                                        store->path, table->name));
}

static bool copy_tables(struct store *from, struct store *to, bool public_only, size_t *rows,
                        struct error *err)
{
    for (const struct table *table = store_tables; table->name != NULL; table++)
        if (!check_empty(to, table, err))
            return false;
    for (const struct table *table = store_tables; table->name != NULL; table++)
        if ((table->is_public || !public_only) && !copy_table(from, to, table, rows, err))
            return false;
    return true;
}

/* ---- what words are found by ---- */

static bool list_keys(struct store *store, enum statement statement, struct arena *arena,
                      int64_t **keys, size_t *count, struct error *err)
{
    struct cursor cursor = cursor_begin(store, statement, arena, err);
    return read_keys(&cursor, keys, count);
}

static bool index_studies(struct store *store, struct arena *arena, struct error *err)
{
    int64_t *keys = NULL;
    size_t count = 0;
    bool done = list_keys(store, LIST_STUDY_KEYS, arena, &keys, &count, err);
    store_gather(store);
    for (size_t i = 0; done && i < count; i++)
        done = store->engine->index_study(store, keys[i], err);
    return done && store_gather_end(store, err);
}

static bool index_publication(struct store *store, int64_t key, struct error *err)
{
    struct arena *arena = arena_new();
    struct publication publication;
    bool done = store_publication(store, key, arena, &publication, err) &&
                words_add(store, key, &publication.merged, err);
    arena_free(arena);
    return done;
}

static bool index_publications(struct store *store, struct arena *arena, struct error *err)
{
    int64_t *keys = NULL;
    size_t count = 0;
    bool done = list_keys(store, LIST_SEARCHABLE_KEYS, arena, &keys, &count, err);
    for (size_t i = 0; done && i < count; i++)
        done = index_publication(store, keys[i], err);
    return done;
}

/* ---- all ---- */

static bool fill(struct store *from, struct store *to, bool public_only, size_t *rows,
                 struct error *err)
{
    struct unit view;
    struct arena *arena = arena_new();
    bool done = view_begin(from, &view, err);
    if (done)
        done = view_end(&view, copy_tables(from, to, public_only, rows, err), err);
    done =
        done && index_studies(to, arena, err) &&
        (public_only ? statement_run(to, MARK_PUBLISHED, err) : index_publications(to, arena, err));
    arena_free(arena);
    return done;
}

bool copy_rows(struct store *from, struct store *to, bool public_only, size_t *rows,
               struct error *err)
{
    struct unit unit;
    *rows = 0;
    return unit_begin(to, &unit, err) &&
           unit_end(&unit, fill(from, to, public_only, rows, err), err);
}
