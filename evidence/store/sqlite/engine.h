/* SQLite: one file, one machine, nothing to install. The parts of its engine. */
#ifndef TOUCHSTONE_EVIDENCE_STORE_SQLITE_ENGINE_H
#define TOUCHSTONE_EVIDENCE_STORE_SQLITE_ENGINE_H

#include <sqlite3.h>

#include "evidence/store/sql/engines.h"

struct connection {
    sqlite3 *db;
    bool ours; /* the file is known to be a store, so that its settings may be touched */
    sqlite3_stmt *tokenizer; /* keeps FTS5's interface reachable, see search.c */
};

/* What is run at once: before there is a schema to prepare against, or when leaving. */
extern const char *const sqlite_sql_connection;
extern const char *const sqlite_sql_connection_read;
extern const char *const sqlite_sql_connection_write;
extern const char *const sqlite_sql_connection_close;
extern const char *const sqlite_sql_identity;
extern const char *const sqlite_sql_publish;
extern const char *const sqlite_sql_publish_attach;
extern const char *const sqlite_sql_tokenizer;

/* What SQLite said last. */
bool sqlite_fail(const struct store *store, struct error *err);

/* The same of a result code and SQLite's words for it, where the connection is not to be asked. */
bool sqlite_fail_with(const char *path, int code, const char *said, struct error *err);

/* The functions of struct engine, see there. */
bool sqlite_connect(struct store *store, struct error *err);
bool sqlite_identify(struct store *store, struct identity *out, struct error *err);
bool sqlite_settle(struct store *store, struct error *err);
bool sqlite_get_ready(struct store *store, struct error *err);
void sqlite_close(struct store *store);
bool sqlite_execute(struct store *store, const char *sql, struct error *err);
bool sqlite_cut_query(struct store *store, const char *text, struct search_query *out,
                      struct error *err);
bool sqlite_index_study(struct store *store, int64_t key, struct error *err);
bool sqlite_forget_study(struct store *store, int64_t key, struct error *err);
bool sqlite_index_publication(struct store *store, int64_t key, const struct publication_text *text,
                              struct error *err);
bool sqlite_forget_publication(struct store *store, int64_t key,
                               const struct publication_text *text, struct error *err);
bool sqlite_check(struct store *store, struct error *err);
bool sqlite_copy_into(struct store *store, const char *path, struct error *err);
bool sqlite_publish(struct store *store, const char *path, struct error *err);

#endif
