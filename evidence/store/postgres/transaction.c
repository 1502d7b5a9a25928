/* Transactions: one writer at a time, and commits that nobody waits for in vain. */
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "evidence/store/postgres/engine.h"
#include "evidence/store/sql/statement.h"

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A link that broke while nothing was begun is made anew, once. */
static bool begin(struct store *store, const char *sql, struct error *err)
{
    struct connection *connection = store->connection;
    bool done =
        postgres_mend(store) &&
        (postgres_do(connection, sql) ||
         (postgres_mend(store) && libpq()->transactionStatus(connection->link) == PQTRANS_IDLE &&
          postgres_do(connection, sql)));
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
    shutdown(libpq()->socket(connection->link), SHUT_RDWR);
    while (libpq()->consumeInput(connection->link) == 1 &&
           libpq()->status(connection->link) == CONNECTION_OK)
        ;
}

/* False where the deadline has passed or the link is broken. */
static bool wait_for_result(struct connection *connection, int64_t deadline)
{
    while (libpq()->consumeInput(connection->link) == 1 && libpq()->isBusy(connection->link)) {
        int64_t left = deadline - now_ms();
        struct pollfd answer = {.fd = libpq()->socket(connection->link), .events = POLLIN};
        if (left <= 0)
            return false;
        poll(&answer, 1, (int)(left > INT_MAX ? INT_MAX : left));
    }
    return libpq()->status(connection->link) == CONNECTION_OK;
}

/* The result of the last command sent; NULL where it did not come in time. */
static PGresult *last_result(struct connection *connection, int64_t deadline)
{
    PGresult *last = NULL;
    while (wait_for_result(connection, deadline)) {
        PGresult *next = libpq()->getResult(connection->link);
        if (next == NULL)
            return last;
        libpq()->clear(last);
        last = next;
    }
    libpq()->clear(last);
    give_up_link(connection);
    return NULL;
}

/* What a COMMIT that was sent came to, where it did not go well. The server takes one of what has
 * failed already for a ROLLBACK, and says it went well. */
static bool fail_commit(struct store *store, const PGresult *result, struct error *err)
{
    struct connection *connection = store->connection;
    if (postgres_is_good(result) && !connection->warned)
        return error_set(err, ERROR_STORE, "%s: nothing was stored, since a statement had failed",
                         store->path);
    bool is_ended = false;
    if (!postgres_is_good(result)) {
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
    if (libpq()->sendQuery(connection->link, connection->tells ? telling_commit : "COMMIT") != 1) {
        postgres_keep_failure(connection, NULL);
        return postgres_fail(store, err);
    }
    PGresult *result = last_result(connection, commit_deadline(connection));
    bool done = postgres_is_good(result) && strcmp(libpq()->cmdStatus(result), "COMMIT") == 0 &&
                !connection->warned;
    if (!done)
        fail_commit(store, result, err);
    libpq()->clear(result);
    connection->begun = false;
    connection->tells = false;
    connection->gathers = false;
    return done;
}

void postgres_roll_back(struct store *store)
{
    struct connection *connection = store->connection;
    PGTransactionStatusType status = libpq()->transactionStatus(connection->link);
    postgres_forget_gathered(connection);
    if (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)
        postgres_do(connection, "ROLLBACK");
    connection->begun = false;
    connection->tells = false;
}

bool postgres_is_begun(const struct store *store)
{
    return store->connection->begun;
}
