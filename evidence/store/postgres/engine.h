/*
 * PostgreSQL by libpq, for those who outgrow one machine: the parts of its engine.
 *
 * A store is a schema of a database: the first one on the connection's search path. Its name is a
 * connection URL, postgresql://…, of which libpq understands all (several hosts, TLS, passfile, …).
 * A writer goes to a server that takes writes and a reader to one such if there is one, unless the
 * URL's target_session_attrs says otherwise.
 */
#ifndef TOUCHSTONE_EVIDENCE_STORE_POSTGRES_ENGINE_H
#define TOUCHSTONE_EVIDENCE_STORE_POSTGRES_ENGINE_H

#include "evidence/store/postgres/libpq.h"
#include "evidence/store/sql/engines.h"
#include "evidence/store/sqlite/tokenizer.h"

enum { SQLSTATE_LENGTH = 5, PARAMETERS_MOST = 48 };

/* How long one waits for another writer, and for a commit of little. */
enum { PATIENCE_MS = 5000, BRIEF_PATIENCE_MS = 1000 };

/* Rows of one statement that wait to be sent together. */
struct gathered;

struct connection {
    PGconn *link;
    bool begun;          /* a transaction is open, or was until the link broke */
    int64_t begun_ms;    /* when it was */
    bool writes;         /* it is one that may change something */
    bool tells;          /* its commit tells those who listen */
    bool warned;         /* the server did not wait for its standby, though it was to */
    unsigned generation; /* of the link: what was prepared on one before is prepared anew */
    unsigned listens;    /* the generation that listens, or cannot, and 1; 0: none was asked to */
    unsigned names;      /* statements that were given a name */

    bool gathers;              /* plain inserts of the open transaction may wait */
    struct gathered *gathered; /* of all statements that may, what is named before what names it */
    size_t waiting_bytes;
    int64_t *unindexed; /* keys of studies that are to be found by words that are not yet cut */
    size_t unindexed_count;
    size_t unindexed_capacity;

    /* What went wrong last. */
    char state[SQLSTATE_LENGTH + 1];
    struct buffer said;

    /* For the words of texts and queries: tokenizers of a SQLite that holds nothing. */
    sqlite3 *words_db;
    sqlite3_stmt *fts5;
    struct tokenizer words;
    struct tokenizer stems;
};

/* What is run at once. */
extern const char *const postgres_sql_identity;
extern const char *const postgres_sql_version;

/* Runs SQL without parameters in one round trip; the caller clears the result. NULL on failure. */
PGresult *postgres_run(struct connection *connection, const char *sql);

/* The same for what gives nothing back. */
bool postgres_do(struct connection *connection, const char *sql);

/* Whether a command did what it was to. */
bool postgres_is_good(const PGresult *result);

/* Keeps what a result tells of its failure, or the link where there is no result. Always false. */
bool postgres_keep_failure(struct connection *connection, const PGresult *result);

/* Connects anew where the link broke while no transaction was open. */
bool postgres_mend(struct store *store);

/* A statement in PostgreSQL's dialect: $1 for ?1, and JOIN for CROSS JOIN … ON. `parameters` is the
 * largest number of one. The caller frees it. */
char *postgres_dialect(const char *sql, int *parameters);

/*
 * What waits. Between postgres_gather and postgres_send_gathered the rows of statements that
 * postgres_gathered_for knows are kept, and sent table by table with COPY before any other
 * statement is run: nothing can see that they waited, but for the moment at which one is refused.
 */
/* For a plain insert, as the store writes it (?1, ?2 …): lives as long as the connection. NULL for
 * any other statement. */
struct gathered *postgres_gathered_for(struct connection *connection, const char *sql);
/* A row: `lengths` in bytes, NULL for NULL. */
void postgres_gather_row(struct connection *connection, struct gathered *gathered,
                         const char *const *values, const int *lengths);
bool postgres_much_waits(const struct connection *connection);
/* Sends all that waits, and may go on gathering; what goes wrong is kept. */
bool postgres_send_waiting(struct store *store);
/* The same, and gathers no more. */
bool postgres_send_gathered(struct store *store);
/* Cuts the words of the studies that wait for it; what goes wrong is kept. */
bool postgres_index_waiting(struct store *store);
/* Nothing waits any more, and nothing will. */
void postgres_forget_gathered(struct connection *connection);
void postgres_gathered_free(struct connection *connection);

/* What went wrong last, told. Always false. */
bool postgres_fail(const struct store *store, struct error *err);

/* The functions of struct engine, see there. */
bool postgres_connect(struct store *store, struct error *err);
bool postgres_identify(struct store *store, struct identity *out, struct error *err);
bool postgres_settle(struct store *store, struct error *err);
bool postgres_get_ready(struct store *store, struct error *err);
void postgres_close(struct store *store);
bool postgres_begin_migration(struct store *store, struct error *err);
bool postgres_begin_write(struct store *store, struct error *err);
bool postgres_begin_read(struct store *store, struct error *err);
bool postgres_commit(struct store *store, struct error *err);
void postgres_roll_back(struct store *store);
bool postgres_await(struct store *store, int wake_fd, int most_ms);
bool postgres_is_begun(const struct store *store);
void postgres_gather(struct store *store);
bool postgres_execute(struct store *store, const char *sql, struct error *err);
bool postgres_cut_query(struct store *store, const char *text, struct search_query *out,
                        struct error *err);
bool postgres_index_study(struct store *store, int64_t key, struct error *err);
bool postgres_forget_study(struct store *store, int64_t key, struct error *err);
bool postgres_index_publication(struct store *store, int64_t key,
                                const struct publication_text *text, struct error *err);
bool postgres_forget_publication(struct store *store, int64_t key,
                                 const struct publication_text *text, struct error *err);
bool postgres_check(struct store *store, struct error *err);

#endif
