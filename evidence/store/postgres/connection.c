#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "evidence/store/postgres/engine.h"
#include "evidence/store/sql/statement.h"

/* How long one waits for another writer, and for a commit of little. */
enum { PATIENCE_MS = 5000, BRIEF_PATIENCE_MS = 1000 };

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- one command ---- */

bool postgres_keep_failure(struct connection *connection, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
    if (said == NULL)
        said = PQerrorMessage(connection->link);
    /* What tells that the link broke is no state of a server. */
    bool broken = PQstatus(connection->link) == CONNECTION_BAD;
    snprintf(connection->state, sizeof connection->state, "%s",
             broken || state == NULL ? "08006" : state);
    buffer_clear(&connection->said);
    buffer_append(&connection->said, said, strcspn(said, "\n"));
    if (detail != NULL)
        buffer_printf(&connection->said, " (%s)", detail);
    return false;
}

static bool is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

PGresult *postgres_run(struct connection *connection, const char *sql)
{
    PGresult *result = PQexec(connection->link, sql);
    if (is_good(result))
        return result;
    postgres_keep_failure(connection, result);
    PQclear(result);
    return NULL;
}

static bool run(struct connection *connection, const char *sql)
{
    PGresult *result = postgres_run(connection, sql);
    PQclear(result);
    return result != NULL;
}

bool postgres_execute(struct store *store, const char *sql, struct error *err)
{
    return (postgres_send_waiting(store) && run(store->connection, sql)) ||
           postgres_fail(store, err);
}

/* ---- the link ---- */

/* What is said beside the answers is for people at a prompt, but for one thing: that a commit was
 * not waited for until the standby had it (SyncRepWaitForLSN in PostgreSQL's syncrep.c, a warning
 * without a code of its own). */
static void hear_warnings(void *context, const PGresult *result)
{
    struct connection *connection = context;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
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
    bool done = run(store->connection, buffer_string(&sql));
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
    return PQconnectdbParams(keywords, values, true);
}

/* Readers go where writes go, so that they see what was just written; where no server takes any, to
 * one that answers at all. */
static PGconn *open_link(const struct store *store, const char *url)
{
    PGconn *link = link_to(url, "read-write");
    if (store->mode != STORE_READ || PQstatus(link) == CONNECTION_OK)
        return link;
    PQfinish(link);
    return link_to(url, "any");
}

static bool check_encoding(const struct store *store, struct error *err)
{
    const char *encoding = PQparameterStatus(store->connection->link, "server_encoding");
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
    struct connection *connection = memory_alloc(sizeof *connection);
    *connection = (struct connection){0};
    store->connection = connection;
    connection->link = open_link(store, store->path);
    name_store(store, store->path);
    if (PQstatus(connection->link) != CONNECTION_OK) {
        postgres_keep_failure(connection, NULL);
        return error_set(err, ERROR_STORE,
                         "%s: %s; see that the server runs, that the database is there (createdb) "
                         "and that you may use it",
                         store->path, buffer_string(&connection->said));
    }
    PQsetNoticeReceiver(connection->link, hear_warnings, connection);
    if (!check_encoding(store, err))
        return false;
    if (!open_tokenizers(connection))
        return error_set(err, ERROR_INTERNAL, "this SQLite has no FTS5 with its tokenizers");
    return make_settings(store) || postgres_fail(store, err);
}

bool postgres_mend(struct store *store)
{
    struct connection *connection = store->connection;
    if (PQstatus(connection->link) == CONNECTION_OK)
        return true;
    if (connection->begun)
        return postgres_keep_failure(connection, NULL);
    PQreset(connection->link);
    connection->generation++;
    if (PQstatus(connection->link) != CONNECTION_OK)
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
    PQfinish(connection->link);
    postgres_gathered_free(connection);
    buffer_release(&connection->said);
    free(connection);
}

/* ---- what the database is ---- */

static int64_t number_at(const PGresult *result, int column)
{
    return PQntuples(result) == 1 ? strtoll(PQgetvalue(result, 0, column), NULL, 10) : 0;
}

bool postgres_identify(struct store *store, struct identity *out, struct error *err)
{
    PGresult *result = postgres_run(store->connection, postgres_sql_identity);
    if (result == NULL)
        return postgres_fail(store, err);
    *out = (struct identity){.blank = number_at(result, 0) == 0, .ours = number_at(result, 1) > 0};
    PQclear(result);
    if (!out->ours)
        return true;
    result = postgres_run(store->connection, postgres_sql_version);
    if (result == NULL)
        return postgres_fail(store, err);
    out->version = number_at(result, 0);
    PQclear(result);
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

/* ---- transactions ---- */

/* A link that broke while nothing was begun is made anew, once. */
static bool begin(struct store *store, const char *sql, struct error *err)
{
    struct connection *connection = store->connection;
    bool done = postgres_mend(store) &&
                (run(connection, sql) ||
                 (postgres_mend(store) && PQtransactionStatus(connection->link) == PQTRANS_IDLE &&
                  run(connection, sql)));
    connection->begun = done;
    connection->writes = false;
    connection->begun_ms = now_ms();
    return done || postgres_fail(store, err);
}

bool postgres_begin_migration(struct store *store, struct error *err)
{
    /* There may be no table yet to lock. */
    return begin(store, "BEGIN; SELECT pg_advisory_xact_lock(1415800947)", err);
}

static bool lock_store(struct store *store, struct error *err)
{
    struct cursor cursor = cursor_begin(store, LOCK_STORE, NULL, err);
    bool there = cursor_step(&cursor);
    int64_t version = there ? take_integer(&cursor) : 0;
    bool can_tell = there && take_integer(&cursor) > 0;
    if (!cursor_end(&cursor))
        return false;
    store->connection->tells = can_tell;
    return version == store->engine->newest_version ||
           error_set(err, ERROR_STORE,
                     "%s is of version %lld since a newer Touchstone came; start this one anew",
                     store->path, (long long)version);
}

/* Read committed: whoever waited for the lock sees what the one before wrote, and while it is held
 * nobody else writes. */
bool postgres_begin_write(struct store *store, struct error *err)
{
    if (!begin(store, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", err))
        return false;
    store->connection->writes = true;
    if (lock_store(store, err))
        return true;
    postgres_roll_back(store);
    return false;
}

bool postgres_begin_read(struct store *store, struct error *err)
{
    return begin(store, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
}

/* Those who listen hear of it when it is stored, and not where it is not. */
static const char telling_commit[] = "NOTIFY touchstone; COMMIT";

/* A server that waits for its standby may wait for good, and whoever asked is to get an answer:
 * a change may be stored for as long as it took to make, and twice that. */
static int64_t commit_deadline(const struct connection *connection)
{
    int64_t now = now_ms();
    int64_t taken = 2 * (now - connection->begun_ms);
    return now + (taken > PATIENCE_MS ? taken : PATIENCE_MS);
}

/* Whatever else comes is for nobody. */
static void give_up_link(struct connection *connection)
{
    shutdown(PQsocket(connection->link), SHUT_RDWR);
    while (PQconsumeInput(connection->link) == 1 && PQstatus(connection->link) == CONNECTION_OK)
        ;
}

/* False where the deadline has passed or the link is broken. */
static bool wait_for_result(struct connection *connection, int64_t deadline)
{
    while (PQconsumeInput(connection->link) == 1 && PQisBusy(connection->link)) {
        int64_t left = deadline - now_ms();
        struct pollfd answer = {.fd = PQsocket(connection->link), .events = POLLIN};
        if (left <= 0)
            return false;
        poll(&answer, 1, (int)(left > INT_MAX ? INT_MAX : left));
    }
    return PQstatus(connection->link) == CONNECTION_OK;
}

/* The result of the last command sent; NULL where it did not come in time. */
static PGresult *last_result(struct connection *connection, int64_t deadline)
{
    PGresult *last = NULL;
    while (wait_for_result(connection, deadline)) {
        PGresult *next = PQgetResult(connection->link);
        if (next == NULL)
            return last;
        PQclear(last);
        last = next;
    }
    PQclear(last);
    give_up_link(connection);
    return NULL;
}

/* What a COMMIT that was sent came to, where it did not go well. The server takes one of what has
 * failed already for a ROLLBACK, and says it went well. */
static bool fail_commit(struct store *store, const PGresult *result, struct error *err)
{
    struct connection *connection = store->connection;
    if (is_good(result) && !connection->warned)
        return error_set(err, ERROR_STORE, "%s: nothing was stored, since a statement had failed",
                         store->path);
    bool is_ended = false;
    if (!is_good(result)) {
        postgres_keep_failure(connection, result);
        is_ended = result == NULL || strncmp(connection->state, "08", 2) == 0 ||
                   strncmp(connection->state, "57", 2) == 0;
    }
    if (!connection->writes || (!is_ended && !connection->warned))
        return postgres_fail(store, err);
    return error_set(err, ERROR_DOUBT,
                     "%s: the database did not say that the change is stored, and that it is not: "
                     "see whether it is there before you try again",
                     store->path);
}

bool postgres_commit(struct store *store, struct error *err)
{
    struct connection *connection = store->connection;
    connection->warned = false;
    if (!postgres_send_waiting(store))
        return postgres_fail(store, err);
    if (PQsendQuery(connection->link, connection->tells ? telling_commit : "COMMIT") != 1) {
        postgres_keep_failure(connection, NULL);
        return postgres_fail(store, err);
    }
    PGresult *result = last_result(connection, commit_deadline(connection));
    bool done =
        is_good(result) && strcmp(PQcmdStatus(result), "COMMIT") == 0 && !connection->warned;
    if (!done)
        fail_commit(store, result, err);
    PQclear(result);
    connection->begun = false;
    connection->tells = false;
    connection->gathers = false;
    return done;
}

void postgres_roll_back(struct store *store)
{
    struct connection *connection = store->connection;
    PGTransactionStatusType status = PQtransactionStatus(connection->link);
    postgres_forget_gathered(connection);
    if (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)
        run(connection, "ROLLBACK");
    connection->begun = false;
    connection->tells = false;
}

bool postgres_is_begun(const struct store *store)
{
    return store->connection->begun;
}

/* ---- changes by others ---- */

static bool was_told(struct connection *connection)
{
    bool told = false;
    PGnotify *notify = PQnotifies(connection->link);
    for (; notify != NULL; notify = PQnotifies(connection->link)) {
        told = true;
        PQfreemem(notify);
    }
    return told;
}

/* What came before this link listened was not told. On a standby one cannot listen, which is made
 * up for when it is promoted (it tells then, from version 14 on); nor can one on every server that
 * speaks this protocol: there the wait is as long as it was to be. */
static bool listen_anew(struct connection *connection)
{
    const char *standby = PQparameterStatus(connection->link, "in_hot_standby");
    if (connection->listens == connection->generation + 1 ||
        (standby != NULL && strcmp(standby, "on") == 0))
        return false;
    connection->listens = connection->generation + 1;
    return run(connection, "LISTEN touchstone");
}

bool postgres_await(struct store *store, int wake_fd, int most_ms)
{
    struct connection *connection = store->connection;
    if (listen_anew(connection) || was_told(connection))
        return true;
    struct pollfd waited[] = {{.fd = PQsocket(connection->link), .events = POLLIN},
                              {.fd = wake_fd, .events = POLLIN}};
    bool woken = poll(waited, 2, most_ms) > 0;
    if (woken && waited[0].revents != 0 && PQconsumeInput(connection->link) == 1)
        was_told(connection);
    return woken;
}
