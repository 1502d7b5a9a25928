#include "evidence/store/sql/statement.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "embedded.h"

enum { LONGEST_SHARED = 48 };

static const char *const common_statements[COMMON_STATEMENT_COUNT] = {
#define STATEMENT_SQL(name, file)                                                                  \
    [name] = (const char *)embedded_evidence_store_sql_statements_##file##_sql,
    COMMON_STATEMENTS(STATEMENT_SQL)
#undef STATEMENT_SQL
};

static const char *sql_of(const struct store *store, enum statement which)
{
    return which < COMMON_STATEMENT_COUNT
               ? common_statements[which]
               : store->engine->statements[which - COMMON_STATEMENT_COUNT];
}

bool statements_prepare(struct store *store, struct error *err)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) { /* a migration may have needed some already */
        const char *sql = sql_of(store, (enum statement)i);
        if (sql == NULL || store->statements[i] != NULL)
            continue;
        store->statements[i] = store->engine->prepare(store, sql);
        if (store->statements[i] == NULL)
            return store->engine->fail(store, err);
    }
    return true;
}

void statements_finalise(struct store *store)
{
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (store->statements[i] != NULL)
            store->engine->finalise(store->statements[i]);
}

/* ---- writing ---- */

struct binder bind_begin(struct store *store, enum statement which)
{
    struct prepared **prepared = &store->statements[which];
    if (*prepared == NULL)
        *prepared = store->engine->prepare(store, sql_of(store, which));
    return (struct binder){
        .store = store, .prepared = *prepared, .next = 1, .failed = *prepared == NULL};
}

/* The place of the next value; nothing more is bound after a failure, which `fail` is to tell of.
 */
static bool may_bind(struct binder *binder, int *parameter)
{
    *parameter = binder->next++;
    return !binder->failed;
}

void bind_bytes(struct binder *binder, const char *text, size_t length)
{
    int at;
    if (may_bind(binder, &at))
        binder->failed = !binder->store->engine->bind_text(binder->prepared, at, text, length);
}

void bind_exact(struct binder *binder, const char *text, size_t length)
{
    int at;
    if (may_bind(binder, &at))
        binder->failed = !binder->store->engine->bind_exact(binder->prepared, at, text, length);
}

/* NULL would be bound as NULL; no bytes are no bytes. */
void bind_blob(struct binder *binder, const void *bytes, size_t length)
{
    int at;
    if (may_bind(binder, &at))
        binder->failed = !binder->store->engine->bind_blob(binder->prepared, at,
                                                           bytes == NULL ? "" : bytes, length);
}

void bind_text(struct binder *binder, const char *text)
{
    bind_bytes(binder, text, text == NULL ? 0 : strlen(text));
}

void bind_real(struct binder *binder, double value)
{
    int at;
    /* SQLite makes NULL of a NAN by itself; said here because all else depends on it. */
    if (isnan(value))
        bind_nothing(binder);
    else if (may_bind(binder, &at))
        binder->failed = !binder->store->engine->bind_real(binder->prepared, at, value);
}

void bind_integer(struct binder *binder, int64_t value)
{
    int at;
    if (may_bind(binder, &at))
        binder->failed = !binder->store->engine->bind_integer(binder->prepared, at, value);
}

void bind_limit(struct binder *binder, size_t most)
{
    bind_integer(binder, most > INT64_MAX ? INT64_MAX : (int64_t)most);
}

void bind_count(struct binder *binder, int value)
{
    if (value < 0)
        bind_nothing(binder);
    else
        bind_integer(binder, value);
}

void bind_truth(struct binder *binder, bool value)
{
    bind_integer(binder, value);
}

void bind_nothing(struct binder *binder)
{
    int at;
    if (may_bind(binder, &at))
        binder->failed = !binder->store->engine->bind_null(binder->prepared, at);
}

/* For the next use. One that could not be prepared is NULL. */
static void set_back(const struct store *store, struct prepared *prepared)
{
    if (prepared != NULL)
        store->engine->reset(prepared);
}

static bool run(struct binder *binder, int64_t *key, struct error *err)
{
    const struct engine *engine = binder->store->engine;
    bool done = !binder->failed && engine->step(binder->prepared) != STEP_FAILED;
    if (!done)
        engine->fail(binder->store, err);
    else if (key != NULL)
        *key = engine->inserted_key(binder->prepared);
    set_back(binder->store, binder->prepared);
    return done;
}

bool bind_run(struct binder *binder, struct error *err)
{
    return run(binder, NULL, err);
}

bool bind_insert(struct binder *binder, int64_t *key, struct error *err)
{
    return run(binder, key, err);
}

bool statement_run(struct store *store, enum statement which, struct error *err)
{
    struct binder binder = bind_begin(store, which);
    return bind_run(&binder, err);
}

/* ---- reading ---- */

struct cursor cursor_of(struct binder *binder, struct arena *arena, struct error *err)
{
    struct cursor cursor = {
        .store = binder->store, .prepared = binder->prepared, .arena = arena, .err = err};
    if (binder->failed) {
        cursor.failed = true;
        binder->store->engine->fail(binder->store, err);
    }
    return cursor;
}

struct cursor cursor_begin(struct store *store, enum statement which, struct arena *arena,
                           struct error *err)
{
    struct binder binder = bind_begin(store, which);
    return cursor_of(&binder, arena, err);
}

bool cursor_step(struct cursor *cursor)
{
    if (cursor->failed)
        return false;
    cursor->next = 0;
    enum step step = cursor->store->engine->step(cursor->prepared);
    if (step == STEP_FAILED) {
        cursor->failed = true;
        cursor->store->engine->fail(cursor->store, cursor->err);
    }
    return step == STEP_ROW;
}

const char *take_borrowed(struct cursor *cursor)
{
    return cursor->store->engine->text(cursor->prepared, cursor->next++);
}

const char *take_bytes(struct cursor *cursor, size_t *length)
{
    const struct engine *engine = cursor->store->engine;
    const char *text = engine->text(cursor->prepared, cursor->next);
    *length = engine->length(cursor->prepared, cursor->next++);
    return arena_strndup(cursor->arena, text, *length);
}

const void *take_borrowed_blob(struct cursor *cursor, size_t *length)
{
    const struct engine *engine = cursor->store->engine;
    const void *bytes = engine->blob(cursor->prepared, cursor->next);
    *length = engine->length(cursor->prepared, cursor->next++);
    return bytes;
}

/* FNV-1a. */
static const char **place_in(struct shared_texts *shared, const char *text)
{
    uint32_t hash = 2166136261U;
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619U;
    return &shared->items[(hash >> 16) % SHARED_TEXTS];
}

const char *take_text(struct cursor *cursor)
{
    const struct engine *engine = cursor->store->engine;
    const char *text = engine->text(cursor->prepared, cursor->next);
    size_t length = engine->length(cursor->prepared, cursor->next++);
    bool shared = cursor->shared != NULL && text != NULL && length <= LONGEST_SHARED;
    if (!shared || strlen(text) != length)
        return arena_strndup(cursor->arena, text, length);
    const char **place = place_in(cursor->shared, text);
    if (*place == NULL || strcmp(*place, text) != 0)
        *place = arena_strndup(cursor->arena, text, length);
    return *place;
}

double take_real(struct cursor *cursor)
{
    const struct engine *engine = cursor->store->engine;
    int column = cursor->next++;
    if (engine->is_null(cursor->prepared, column))
        return NAN;
    return engine->real(cursor->prepared, column);
}

int64_t take_integer(struct cursor *cursor)
{
    return cursor->store->engine->integer(cursor->prepared, cursor->next++);
}

int64_t take_integer_or(struct cursor *cursor, int64_t otherwise)
{
    if (!cursor->store->engine->is_null(cursor->prepared, cursor->next))
        return take_integer(cursor);
    cursor->next++;
    return otherwise;
}

int take_count(struct cursor *cursor)
{
    const struct engine *engine = cursor->store->engine;
    int column = cursor->next++;
    if (engine->is_null(cursor->prepared, column))
        return COUNT_UNKNOWN;
    int64_t value = engine->integer(cursor->prepared, column);
    if (value >= 0 && value <= INT_MAX)
        return (int)value;
    cursor_damaged(cursor, "%lld is no count", (long long)value);
    return COUNT_UNKNOWN;
}

bool take_truth(struct cursor *cursor)
{
    return take_integer(cursor) != 0;
}

int take_choice(struct cursor *cursor, const char *const *names, int otherwise)
{
    const char *word = take_borrowed(cursor);
    if (word == NULL)
        return otherwise;
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], word) == 0)
            return i;
    cursor_damaged(cursor, "\"%s\" is no word this program knows", word);
    return otherwise;
}

void cursor_damaged(struct cursor *cursor, const char *format, ...)
{
    char detail[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    int column = cursor->next > 0 ? cursor->next - 1 : 0;
    const char *name = cursor->store->engine->column_name(cursor->prepared, column);
    cursor->failed = true;
    error_set(cursor->err, ERROR_STORE,
              "%s: column %s: %s: it is damaged; restore a backup, or move it away and build it "
              "anew",
              cursor->store->path, name == NULL ? "?" : name, detail);
}

bool cursor_end(struct cursor *cursor)
{
    set_back(cursor->store, cursor->prepared);
    return !cursor->failed;
}
