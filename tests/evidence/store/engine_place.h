/*
 * Where a test's store stands: in a file of its folder, or, where TOUCHSTONE_TEST_POSTGRES holds
 * the URL of a database (with "?…" at its end), in a schema of its own there. tests/with-postgres
 * runs a test so.
 */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_STORE_ENGINE_PLACE_H
#define TOUCHSTONE_TESTS_EVIDENCE_STORE_ENGINE_PLACE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "evidence/base/arena.h"
#include "evidence/store/sql/engine.h"

static inline const char *postgres_url(void)
{
    return getenv("TOUCHSTONE_TEST_POSTGRES");
}

/* For what only a file has: permissions, a log beside it, pragmas, copies of files. */
static inline void only_of_a_file(void)
{
    if (postgres_url() != NULL) {
        puts("Skipped: of stores in files only");
        skip();
    }
}

#ifdef TOUCHSTONE_WITH_POSTGRES
#include <libpq-fe.h>

static inline int64_t postgres_asked(const char *url, const char *sql)
{
    PGconn *link = PQconnectdb(url);
    PGresult *result = PQexec(link, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(link));
    int64_t answer = PQntuples(result) > 0 ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 0;
    PQclear(result);
    PQfinish(link);
    return answer;
}
#else
static inline int64_t postgres_asked(const char *url, const char *sql)
{
    fail_msg("%s: this was built without PostgreSQL; %s is not run", url, sql);
    return 0;
}
#endif

static const char schema_option[] = "&options=-csearch_path%3D";

/* The name of a store that may be made. The folder's own end tells it from those of other tests. */
static inline const char *store_place(const char *folder, struct arena *arena)
{
    if (postgres_url() == NULL)
        return arena_printf(arena, "%s/test.db", folder);
    const char *schema = arena_printf(arena, "t_%s_%ld", strrchr(folder, '-') + 1, (long)getpid());
    postgres_asked(postgres_url(), arena_printf(arena, "CREATE SCHEMA \"%s\"", schema));
    return arena_printf(arena, "%s%s\"%s\"", postgres_url(), schema_option, schema);
}

/* Takes away what no folder holds. */
static inline void store_place_remove(const char *path, struct arena *arena)
{
    if (postgres_url() == NULL)
        return;
    const char *schema = strstr(path, schema_option) + sizeof schema_option - 1;
    postgres_asked(postgres_url(), arena_printf(arena,
                                                "SET client_min_messages = warning; "
                                                "DROP SCHEMA %s CASCADE",
                                                schema));
}

static inline bool is_of_postgres(const char *path)
{
    return strncmp(path, "postgresql:", strlen("postgresql:")) == 0;
}

/* SQL from outside the door, as a curious or careless person might run it. */
static inline void run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *said = NULL;
    if (is_of_postgres(path)) {
        postgres_asked(path, sql);
        return;
    }
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
        fail_msg("%s: %s", sql, said);
    sqlite3_close(db);
}

static inline int64_t ask_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    if (is_of_postgres(path))
        return postgres_asked(path, sql);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return answer;
}

/* What makes the store say that it is of this version. */
static inline const char *set_version(int version, struct arena *arena)
{
    return arena_printf(arena,
                        postgres_url() == NULL ? "PRAGMA user_version = %d"
                                               : "UPDATE touchstone_store SET version = %d",
                        version);
}

static inline const char *drop_trigger(const char *name, struct arena *arena)
{
    return arena_printf(
        arena, postgres_url() == NULL ? "DROP TRIGGER %s" : "DROP TRIGGER %s ON audit", name);
}

#endif
