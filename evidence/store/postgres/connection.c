#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/store/postgres/engine.h"
#include "evidence/store/sql/statement.h"

/* ---- one command ---- */

bool postgres_keep_failure(struct connection *connection, const PGresult *result)
{
    const char *state = libpq()->resultErrorField(result, PG_DIAG_SQLSTATE);
    const char *said = libpq()->resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *detail = libpq()->resultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
    if (said == NULL)
        said = libpq()->errorMessage(connection->link);
    /* What tells that the link broke is no state of a server. */
    bool broken = libpq()->status(connection->link) == CONNECTION_BAD;
    snprintf(connection->state, sizeof connection->state, "%s",
             broken || state == NULL ? "08006" : state);
    buffer_clear(&connection->said);
    buffer_append(&connection->said, said, strcspn(said, "\n"));
    /* Of rows that were sent together, which line it was. */
    const char *context = libpq()->resultErrorField(result, PG_DIAG_CONTEXT);
    if (detail == NULL && context != NULL && strncmp(context, "COPY ", strlen("COPY ")) == 0)
        detail = context;
    if (detail != NULL)
        buffer_printf(&connection->said, " (%s)", detail);
    return false;
}

bool postgres_is_good(const PGresult *result)
{
    ExecStatusType status = libpq()->resultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

PGresult *postgres_run(struct connection *connection, const char *sql)
{
    PGresult *result = libpq()->exec(connection->link, sql);
    if (postgres_is_good(result))
        return result;
    postgres_keep_failure(connection, result);
    libpq()->clear(result);
    return NULL;
}

bool postgres_do(struct connection *connection, const char *sql)
{
    PGresult *result = postgres_run(connection, sql);
    libpq()->clear(result);
    return result != NULL;
}

bool postgres_execute(struct store *store, const char *sql, struct error *err)
{
    return (postgres_send_waiting(store) && postgres_do(store->connection, sql)) ||
           postgres_fail(store, err);
}

/* ---- the link ---- */

/* What is said beside the answers is for people at a prompt, but for one thing: that a commit was
 * not waited for until the standby had it (SyncRepWaitForLSN in PostgreSQL's syncrep.c, a warning
 * without a code of its own). */
static void hear_warnings(void *context, const PGresult *result)
{
    struct connection *connection = context;
    const char *state = libpq()->resultErrorField(result, PG_DIAG_SQLSTATE);
    if (state != NULL && strcmp(state, "01000") == 0)
        connection->warned = true;
}

/* The server is asked to notice, too, when a node is gone that holds the lock of the one writer. */
static const char settings[] =
    "SET DateStyle = 'ISO'; SET extra_float_digits = 1; SET bytea_output = 'hex'; "
    "SET standard_conforming_strings = on; SET tcp_keepalives_idle = 5; "
    "SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 2; "
    "SET tcp_user_timeout = 5000; ";

static bool make_settings(struct store *store)
{
    struct buffer sql = {0};
    buffer_text(&sql, settings);
    buffer_printf(&sql, "SET lock_timeout = %d",
                  store->mode == STORE_WRITE_BRIEFLY ? BRIEF_PATIENCE_MS : PATIENCE_MS);
    if (store->mode == STORE_READ)
        buffer_text(&sql, "; SET default_transaction_read_only = on");
    bool done = postgres_do(store->connection, buffer_string(&sql));
    buffer_release(&sql);
    return done;
}

/* What stands before the URL holds unless that says otherwise. A server that is gone without a word
 * is noticed when it has left what was sent to it unacknowledged for 3 s, and while nobody asks it
 * after 9. */
static PGconn *link_to(const char *url, const char *attributes)
{
    const struct {
        const char *keyword;
        const char *value;
    } parameters[] = {
        {"connect_timeout", "2"},
        {"target_session_attrs", attributes},
        {"keepalives_idle", "5"},
        {"keepalives_interval", "2"},
        {"keepalives_count", "2"},
        {"tcp_user_timeout", "3000"},
        {"dbname", url},
        {"fallback_application_name", "touchstone"},
        {"client_encoding", "UTF8"},
    };
    enum { COUNT = sizeof parameters / sizeof *parameters };
    const char *keywords[COUNT + 1] = {0};
    const char *values[COUNT + 1] = {0};
    for (int i = 0; i < COUNT; i++) {
        keywords[i] = parameters[i].keyword;
        values[i] = parameters[i].value;
    }
    return libpq()->connectdbParams(keywords, values, true);
}

/* Readers go where writes go, so that they see what was just written; where no server takes any, to
 * one that answers at all. */
static PGconn *open_link(const struct store *store, const char *url)
{
    PGconn *link = link_to(url, "read-write");
    if (store->mode != STORE_READ || libpq()->status(link) == CONNECTION_OK)
        return link;
    libpq()->finish(link);
    return link_to(url, "any");
}

static bool check_encoding(const struct store *store, struct error *err)
{
    const char *encoding = libpq()->parameterStatus(store->connection->link, "server_encoding");
    return (encoding != NULL && strcmp(encoding, "UTF8") == 0) ||
           error_set(err, ERROR_STORE,
                     "%s: the database's encoding is %s; make one with encoding UTF8", store->path,
                     encoding == NULL ? "not known" : encoding);
}

/* From here on the store is called what its URL may be shown as. */
static void name_store(struct store *store, char *url)
{
    struct arena *arena = arena_new();
    const char *shown = store_shown(url, arena);
    store->path = strcpy(memory_alloc(strlen(shown) + 1), shown);
    arena_free(arena);
    free(url);
}

static bool open_tokenizers(struct connection *connection)
{
    return sqlite3_open(":memory:", &connection->words_db) == SQLITE_OK &&
           sqlite3_prepare_v2(connection->words_db, "SELECT fts5(?1)", -1, &connection->fts5,
                              NULL) == SQLITE_OK &&
           tokenizer_init(&connection->words, connection->fts5, false) &&
           tokenizer_init(&connection->stems, connection->fts5, true);
}

bool postgres_connect(struct store *store, struct error *err)
{
    if (!libpq_load(err))
        return false;
    struct connection *connection = memory_alloc(sizeof *connection);
    *connection = (struct connection){0};
    store->connection = connection;
    connection->link = open_link(store, store->path);
    name_store(store, store->path);
    if (libpq()->status(connection->link) != CONNECTION_OK) {
        postgres_keep_failure(connection, NULL);
        return error_set(err, ERROR_STORE,
                         "%s: %s; see that the server runs, that the database is there (createdb) "
                         "and that you may use it",
                         store->path, buffer_string(&connection->said));
    }
    libpq()->setNoticeReceiver(connection->link, hear_warnings, connection);
    if (!check_encoding(store, err))
        return false;
    if (!open_tokenizers(connection))
        return error_set(err, ERROR_INTERNAL, "this SQLite has no FTS5 with its tokenizers");
    return make_settings(store) || postgres_fail(store, err);
}

bool postgres_mend(struct store *store)
{
    struct connection *connection = store->connection;
    if (libpq()->status(connection->link) == CONNECTION_OK)
        return true;
    if (connection->begun)
        return postgres_keep_failure(connection, NULL);
    libpq()->reset(connection->link);
    connection->generation++;
    if (libpq()->status(connection->link) != CONNECTION_OK)
        return postgres_keep_failure(connection, NULL);
    return make_settings(store);
}

void postgres_close(struct store *store)
{
    struct connection *connection = store->connection;
    tokenizer_release(&connection->words);
    tokenizer_release(&connection->stems);
    sqlite3_finalize(connection->fts5);
    sqlite3_close(connection->words_db);
    libpq()->finish(connection->link);
    postgres_gathered_free(connection);
    buffer_release(&connection->said);
    free(connection);
}

/* ---- what the database is ---- */

static int64_t number_at(const PGresult *result, int column)
{
    return libpq()->ntuples(result) == 1 ? strtoll(libpq()->getvalue(result, 0, column), NULL, 10)
                                         : 0;
}

bool postgres_identify(struct store *store, struct identity *out, struct error *err)
{
    PGresult *result = postgres_run(store->connection, postgres_sql_identity);
    if (result == NULL)
        return postgres_fail(store, err);
    *out = (struct identity){.blank = number_at(result, 0) == 0, .ours = number_at(result, 1) > 0};
    libpq()->clear(result);
    if (!out->ours)
        return true;
    result = postgres_run(store->connection, postgres_sql_version);
    if (result == NULL)
        return postgres_fail(store, err);
    out->version = number_at(result, 0);
    libpq()->clear(result);
    return true;
}

/* The server itself refuses, and says so, when a writer comes to one that takes no writes. */
bool postgres_settle(struct store *store, struct error *err)
{
    (void)store, (void)err;
    return true;
}

/* Statements are prepared when they are first used: each costs a round trip. */
bool postgres_get_ready(struct store *store, struct error *err)
{
    (void)store, (void)err;
    return true;
}
