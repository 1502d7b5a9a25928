#include "evidence/store/postgres/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "embedded.h"
#include "evidence/base/text.h"
#include "evidence/store/sql/copy_rows.h"
#include "evidence/store/sql/words.h"

#define SQL(file) ((const char *)embedded_evidence_store_postgres_sql_##file##_sql)

const char *const postgres_sql_identity = SQL(identity);
const char *const postgres_sql_version = SQL(version);

/* There was no PostgreSQL before version 5. */
enum { FIRST_VERSION = 5, NEWEST_VERSION = 5 };
static const struct migration migrations[NEWEST_VERSION] = {{SQL(schema), FIRST_VERSION}};

static const char *const statements[OWN_STATEMENT_COUNT] = {
#define STATEMENT_SQL(name, file) [name - COMMON_STATEMENT_COUNT] = SQL(file),
    OWN_STATEMENTS(STATEMENT_SQL) POSTGRES_STATEMENTS(STATEMENT_SQL)
#undef STATEMENT_SQL
};

/* ---- what went wrong ---- */

static const struct {
    const char *state; /* how an SQLSTATE begins */
    bool content;      /* it was at fault */
    const char *advice;
} advices[] = {
    {"23", true,
     "something it names has no entry, or a value is not allowed; check the base first"},
    {"22", true, "PostgreSQL takes no such value (a text must be UTF-8 without NUL)"},
    {"54", true, "one value is longer than PostgreSQL takes"},
    {"55P03", false, "another program is writing to it; try again when that has finished"},
    {"40", false, "another program was writing to it; try again"},
    {"25006", false, "this server takes no writes; name the one that does"},
    {"08", false, "the link to the server broke; try again when the server is back"},
    {"57", false, "the server is stopping or not ready yet; try again"},
    {"53", false, "the server lacks room (disk, memory, connections); make some and try again"},
    {"58", false, "look at the server's disk and log; nothing was changed"},
    {"XX", false, "the database is damaged: look at the server's log, restore a backup"},
    {"42501", false, "this user may not do that; grant it the schema's tables"},
    {"42", false, "its tables are not those this program made; restore a backup, or build it anew"},
    {"", false, "try again, and report it if it stays"},
};

bool postgres_fail(const struct store *store, struct error *err)
{
    const struct connection *connection = store->connection;
    size_t at = 0;
    while (strncmp(connection->state, advices[at].state, strlen(advices[at].state)) != 0)
        at++;
    return error_set(err, advices[at].content ? ERROR_INVALID : ERROR_STORE,
                     "%s: PostgreSQL says \"%s\" (%s): %s", store->path,
                     buffer_string(&connection->said), connection->state, advices[at].advice);
}

/* ---- statements ---- */

enum { NUMBER_SIZE = 32, NAME_SIZE = 16, ROWS_AT_ONCE = 500 };

enum { AS_TEXT = 0, AS_BYTES = 1 };

/* BYTEAOID of PostgreSQL's catalog/pg_type.dat, which is never another. */
enum { TYPE_BYTEA = 17 };

struct prepared {
    struct store *store;
    char *sql;
    char name[NAME_SIZE];
    unsigned generation; /* of the link that it was prepared on */
    bool is_long;        /* its rows are fetched a part at a time, through a cursor of the server */
    bool is_open;        /* … which there is */
    int parameters;
    const char *values[PARAMETERS_MOST];
    int lengths[PARAMETERS_MOST];
    int formats[PARAMETERS_MOST];
    char numbers[PARAMETERS_MOST][NUMBER_SIZE];
    struct arena *cleaned;     /* texts that had to be made UTF-8 first; NULL: none yet */
    struct gathered *gathered; /* NULL: its rows cannot wait */
    PGresult *result;
    int row;              /* of it, before the first: -1 */
    unsigned char *bytes; /* of the blob that was read last */
    size_t byte_count;
};

static bool prepare_here(struct prepared *prepared)
{
    struct connection *connection = prepared->store->connection;
    PGresult *result = libpq()->prepare(connection->link, prepared->name, prepared->sql, 0, NULL);
    bool done = libpq()->resultStatus(result) == PGRES_COMMAND_OK;
    if (!done)
        postgres_keep_failure(connection, result);
    libpq()->clear(result);
    prepared->generation = connection->generation;
    return done;
}

static void finalise(struct prepared *prepared)
{
    libpq()->clear(prepared->result);
    arena_free(prepared->cleaned);
    libpq()->freemem(prepared->bytes);
    free(prepared->sql);
    free(prepared);
}

static struct prepared *prepare(struct store *store, const char *sql)
{
    if (!postgres_mend(store))
        return NULL;
    struct prepared *prepared = memory_alloc(sizeof *prepared);
    *prepared = (struct prepared){.store = store, .row = -1};
    prepared->sql = postgres_dialect(sql, &prepared->parameters);
    snprintf(prepared->name, sizeof prepared->name, "s%u", store->connection->names++);
    prepared->gathered = postgres_gathered_for(store->connection, sql);
    if (prepare_here(prepared))
        return prepared;
    finalise(prepared);
    return NULL;
}

/* Its cursor is declared when it is first stepped; nothing is prepared. */
static struct prepared *prepare_long(struct store *store, const char *sql)
{
    struct prepared *prepared = memory_alloc(sizeof *prepared);
    *prepared = (struct prepared){.store = store, .row = -1, .is_long = true};
    prepared->sql = postgres_dialect(sql, &prepared->parameters);
    snprintf(prepared->name, sizeof prepared->name, "c%u", store->connection->names++);
    return prepared;
}

static bool bind(struct prepared *prepared, int parameter, const char *bytes, size_t length,
                 int format)
{
    prepared->values[parameter - 1] = bytes;
    prepared->lengths[parameter - 1] = (int)length;
    prepared->formats[parameter - 1] = format;
    return true;
}

static bool bind_exact_text(struct prepared *prepared, int parameter, const char *bytes,
                            size_t length)
{
    return bind(prepared, parameter, bytes, length, AS_BYTES);
}

static bool is_utf8(const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t code = (unsigned char)bytes[at];
        at += code < 0x80 ? 1 : text_decode(bytes + at, length - at, &code);
        if (code == TEXT_NO_CHARACTER)
            return false;
    }
    return true;
}

static bool bind_clean_text(struct prepared *prepared, int parameter, const char *bytes,
                            size_t length)
{
    if (bytes == NULL || is_utf8(bytes, length))
        return bind_exact_text(prepared, parameter, bytes, length);
    struct buffer clean = {0};
    words_clean(&clean, bytes);
    if (prepared->cleaned == NULL)
        prepared->cleaned = arena_new();
    const char *copy = arena_strndup(prepared->cleaned, clean.bytes, clean.length);
    bind_exact_text(prepared, parameter, copy, clean.length);
    buffer_release(&clean);
    return true;
}

static bool bind_blob_of(struct prepared *prepared, int parameter, const void *bytes, size_t length)
{
    return bind(prepared, parameter, bytes, length, AS_BYTES);
}

static bool bind_number(struct prepared *prepared, int parameter, int length)
{
    return bind(prepared, parameter, prepared->numbers[parameter - 1], (size_t)length, AS_TEXT);
}

static bool bind_int64(struct prepared *prepared, int parameter, int64_t value)
{
    char *text = prepared->numbers[parameter - 1];
    return bind_number(prepared, parameter, snprintf(text, NUMBER_SIZE, "%lld", (long long)value));
}

static bool bind_double(struct prepared *prepared, int parameter, double value)
{
    char *text = prepared->numbers[parameter - 1];
    return bind_number(prepared, parameter, snprintf(text, NUMBER_SIZE, "%.17g", value));
}

static bool bind_null(struct prepared *prepared, int parameter)
{
    return bind(prepared, parameter, NULL, 0, AS_TEXT);
}

static bool execute_once(struct prepared *prepared)
{
    struct connection *connection = prepared->store->connection;
    if (prepared->generation != connection->generation && !prepare_here(prepared))
        return false;
    prepared->result =
        libpq()->execPrepared(connection->link, prepared->name, prepared->parameters,
                              prepared->values, prepared->lengths, prepared->formats, AS_TEXT);
    ExecStatusType status = libpq()->resultStatus(prepared->result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return true;
    postgres_keep_failure(connection, prepared->result);
    libpq()->clear(prepared->result);
    prepared->result = NULL;
    return false;
}

/* A question may be asked twice. Whether a change was made before the link broke is not known. */
static bool only_asks(const struct prepared *prepared)
{
    const char *sql = prepared->sql;
    while (strncmp(sql, "--", 2) == 0)
        sql += strcspn(sql, "\n") + 1;
    return strncmp(sql, "SELECT", strlen("SELECT")) == 0 ||
           strncmp(sql, "WITH", strlen("WITH")) == 0;
}

static bool execute(struct prepared *prepared)
{
    struct store *store = prepared->store;
    if (!postgres_mend(store) || !postgres_send_waiting(store))
        return false;
    if (execute_once(prepared))
        return true;
    bool broke = libpq()->status(store->connection->link) == CONNECTION_BAD;
    return broke && only_asks(prepared) && postgres_mend(store) && execute_once(prepared);
}

/* ---- long ones ---- */

static bool open_cursor(struct prepared *prepared)
{
    struct buffer sql = {0};
    if (!postgres_send_waiting(prepared->store))
        return false;
    buffer_printf(&sql, "DECLARE %s NO SCROLL CURSOR FOR %s", prepared->name, prepared->sql);
    PGresult *result = postgres_run(prepared->store->connection, buffer_string(&sql));
    buffer_release(&sql);
    libpq()->clear(result);
    prepared->is_open = result != NULL;
    return prepared->is_open;
}

static bool fetch(struct prepared *prepared)
{
    char sql[64];
    snprintf(sql, sizeof sql, "FETCH %d FROM %s", ROWS_AT_ONCE, prepared->name);
    libpq()->clear(prepared->result);
    prepared->row = -1;
    prepared->result = postgres_run(prepared->store->connection, sql);
    return prepared->result != NULL;
}

static void close_cursor(struct prepared *prepared)
{
    char sql[64];
    snprintf(sql, sizeof sql, "CLOSE %s", prepared->name);
    if (libpq()->transactionStatus(prepared->store->connection->link) == PQTRANS_INTRANS)
        libpq()->clear(postgres_run(prepared->store->connection, sql));
    prepared->is_open = false;
}

static enum step step_long(struct prepared *prepared)
{
    if (!prepared->is_open && !open_cursor(prepared))
        return STEP_FAILED;
    bool used_up =
        prepared->result == NULL || prepared->row + 1 >= libpq()->ntuples(prepared->result);
    if (used_up && !fetch(prepared))
        return STEP_FAILED;
    return ++prepared->row < libpq()->ntuples(prepared->result) ? STEP_ROW : STEP_DONE;
}

static enum step step_gathered(struct prepared *prepared)
{
    struct connection *connection = prepared->store->connection;
    postgres_gather_row(connection, prepared->gathered, prepared->values, prepared->lengths);
    if (postgres_much_waits(connection) && !postgres_send_waiting(prepared->store))
        return STEP_FAILED;
    return STEP_DONE;
}

static enum step step(struct prepared *prepared)
{
    if (prepared->is_long)
        return step_long(prepared);
    if (prepared->gathered != NULL && prepared->store->connection->gathers)
        return step_gathered(prepared);
    if (prepared->result == NULL && !execute(prepared))
        return STEP_FAILED;
    return ++prepared->row < libpq()->ntuples(prepared->result) ? STEP_ROW : STEP_DONE;
}

static int64_t column_integer(struct prepared *prepared, int column);

static int64_t inserted_key(struct prepared *prepared)
{
    return column_integer(prepared, 0);
}

static void reset(struct prepared *prepared)
{
    if (prepared->is_open)
        close_cursor(prepared);
    libpq()->clear(prepared->result);
    prepared->result = NULL;
    prepared->row = -1;
    memset(prepared->values, 0, sizeof prepared->values);
    arena_free(prepared->cleaned);
    prepared->cleaned = NULL;
}

/* ---- columns ---- */

static bool is_null(struct prepared *prepared, int column)
{
    return libpq()->getisnull(prepared->result, prepared->row, column) != 0;
}

/* What is given as hexadecimal digits, as bytes with a NUL after them. */
static const void *column_bytes(struct prepared *prepared, int column)
{
    const char *digits = libpq()->getvalue(prepared->result, prepared->row, column);
    libpq()->freemem(prepared->bytes);
    prepared->bytes = libpq()->unescapeBytea((const unsigned char *)digits, &prepared->byte_count);
    return prepared->bytes;
}

/* A text whose bytes may be any stands in a column of bytes. */
static const char *column_text(struct prepared *prepared, int column)
{
    if (is_null(prepared, column))
        return NULL;
    if (libpq()->ftype(prepared->result, column) == TYPE_BYTEA)
        return column_bytes(prepared, column);
    prepared->byte_count = (size_t)libpq()->getlength(prepared->result, prepared->row, column);
    return libpq()->getvalue(prepared->result, prepared->row, column);
}

static const void *column_blob(struct prepared *prepared, int column)
{
    return is_null(prepared, column) ? NULL : column_bytes(prepared, column);
}

static size_t column_length(struct prepared *prepared, int column)
{
    return is_null(prepared, column) ? 0 : prepared->byte_count;
}

/* A truth that was worked out is "t" or "f". */
static int64_t column_integer(struct prepared *prepared, int column)
{
    const char *text = libpq()->getvalue(prepared->result, prepared->row, column);
    return text[0] == 't' ? 1 : strtoll(text, NULL, 10);
}

static double column_real(struct prepared *prepared, int column)
{
    return strtod(libpq()->getvalue(prepared->result, prepared->row, column), NULL);
}

static const char *column_name(struct prepared *prepared, int column)
{
    return libpq()->fname(prepared->result, column);
}

/* ---- copies: stores in files ---- */

static bool copy_rows_into(struct store *store, const char *path, bool public_only,
                           struct error *err)
{
    struct store *copy = store_open(path, STORE_WRITE, err);
    size_t rows = 0;
    bool done = copy != NULL && copy_rows(store, copy, public_only, &rows, err);
    store_close(copy);
    return done;
}

static bool copy_into(struct store *store, const char *path, struct error *err)
{
    return copy_rows_into(store, path, false, err);
}

static bool publish(struct store *store, const char *path, struct error *err)
{
    if (copy_rows_into(store, path, true, err))
        return true;
    unlink(path);
    error_while(err, "making a public copy of the store");
    return false;
}

const struct engine postgres_engine = {
    .name = "PostgreSQL",
    .statements = statements,
    .migrations = migrations,
    .newest_version = NEWEST_VERSION,
    .connect = postgres_connect,
    .identify = postgres_identify,
    .settle = postgres_settle,
    .get_ready = postgres_get_ready,
    .close = postgres_close,
    .begin_migration = postgres_begin_migration,
    .begin_write = postgres_begin_write,
    .begin_read = postgres_begin_read,
    .commit = postgres_commit,
    .roll_back = postgres_roll_back,
    .is_begun = postgres_is_begun,
    .gather = postgres_gather,
    .send_gathered = postgres_send_gathered,
    .await = postgres_await,
    .execute = postgres_execute,
    .prepare = prepare,
    .prepare_long = prepare_long,
    .finalise = finalise,
    .bind_text = bind_clean_text,
    .bind_exact = bind_exact_text,
    .bind_blob = bind_blob_of,
    .bind_integer = bind_int64,
    .bind_real = bind_double,
    .bind_null = bind_null,
    .step = step,
    .inserted_key = inserted_key,
    .reset = reset,
    .fail = postgres_fail,
    .is_null = is_null,
    .text = column_text,
    .blob = column_blob,
    .length = column_length,
    .integer = column_integer,
    .real = column_real,
    .column_name = column_name,
    .cut_query = postgres_cut_query,
    .index_study = postgres_index_study,
    .forget_study = postgres_forget_study,
    .index_publication = postgres_index_publication,
    .forget_publication = postgres_forget_publication,
    .check = postgres_check,
    .copy_into = copy_into,
    .publish = publish,
};
