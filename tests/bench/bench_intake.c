/*
 * Records stored per second: new ones, the same again, and a second source's records of the same
 * publications, 500 a transaction, beside a plain insert of the same bytes into one table with one
 * index by the same SQLite in the same run.
 *
 *   bench_intake [RECORDS]        20000
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "importers/intake/batch.h"

enum { RECORDS = 20000, A_BATCH = 500, WORDS = 3000, ABSTRACT_WORDS = 220, TITLE_WORDS = 12 };

static double now_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void die(const struct error *err)
{
    fprintf(stderr, "bench_intake: %s\n", err->message);
    exit(1);
}

/* ---- records ---- */

struct random {
    uint64_t state;
};

static size_t below(struct random *random, size_t limit)
{
    uint64_t z = (random->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (size_t)((z ^ (z >> 31)) % limit);
}

/* A made-up language of so many words, the first ones the commonest, as in any. */
static void add_words(struct buffer *out, struct random *random, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t word = below(random, below(random, WORDS) + 1);
        buffer_printf(out, "%s%c%zu%c", i == 0 ? "" : " ", (char)('a' + word % 26), word * 7919,
                      (char)('a' + word / 26 % 26));
    }
}

static const char *words(struct arena *arena, struct random *random, size_t count)
{
    struct buffer out = {0};
    add_words(&out, random, count);
    const char *text = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return text;
}

/* The same number gives the same publication, whatever the source. */
static void make(size_t number, const char *source, struct arena *arena, struct record *out)
{
    struct random random = {.state = number * 1000003};
    struct author *authors = arena_array(arena, 4, sizeof *authors);
    record_init(out);
    for (size_t i = 0; i < 4; i++)
        authors[i] = (struct author){.family = words(arena, &random, 1), .given = "A"};
    out->source = source;
    out->source_id = arena_printf(arena, "%zu", number);
    out->doi = arena_printf(arena, "10.5555/bench.%zu", number);
    if (strcmp(source, "pubmed") == 0)
        out->pmid = arena_printf(arena, "%zu", 40000000 + number);
    out->title = words(arena, &random, TITLE_WORDS);
    out->abstract = words(arena, &random, ABSTRACT_WORDS);
    out->journal = words(arena, &random, 3);
    out->authors = authors;
    out->author_count = 4;
    out->year = 1990 + (int)below(&random, 35);
    out->volume = arena_printf(arena, "%zu", below(&random, 90));
    out->pages = arena_printf(arena, "%zu-9", 10 + below(&random, 900));
}

/* ---- ours ---- */

static double store_all(struct store *store, const char *source, size_t count)
{
    struct error err = {0};
    struct import_run run = {.source = source, .query = "bench", .begun = 1, .touched = 1};
    struct batch batch;
    struct arena *arena = arena_new();
    double spent = 0;
    memset(run.hash, '0', HASH_SIZE - 1);
    if (!store_add_run(store, &run, &err))
        die(&err);
    batch_init(&batch, store, &run);
    for (size_t at = 0; at < count;) {
        struct record records[A_BATCH];
        size_t made = 0;
        arena_clear(arena);
        for (; made < A_BATCH && at < count; made++, at++)
            make(at, source, arena, &records[made]);
        double begun = now_seconds();
        bool good = batch_begin(&batch, &err);
        for (size_t i = 0; good && i < made; i++)
            good = batch_take(&batch, &records[i], &err);
        if (!good || !batch_end(&batch, &err))
            die(&err);
        spent += now_seconds() - begun;
    }
    printf("%-44s %8.0f records/s  (%lld new, %lld merged, %lld as they were)\n",
           batch.run->counts.unchanged > 0 ? "the same again"
           : batch.run->counts.merged > 0  ? "of a second source, joined by DOI"
                                           : "new publications",
           (double)count / spent, (long long)run.counts.added, (long long)run.counts.merged,
           (long long)run.counts.unchanged);
    batch_release(&batch);
    arena_free(arena);
    return (double)count / spent;
}

/* ---- the peer ---- */

static void run_sql(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "bench_intake: %s: %s\n", sql, sqlite3_errmsg(db));
        exit(1);
    }
}

static void insert(sqlite3_stmt *statement, const struct record *record, struct arena *arena)
{
    struct incoming incoming;
    incoming_init(&incoming, record, arena);
    sqlite3_bind_text(statement, 1, incoming.source_id, -1, SQLITE_STATIC);
    sqlite3_bind_text64(statement, 2, incoming.fields, incoming.length, SQLITE_STATIC, SQLITE_UTF8);
    if (sqlite3_step(statement) != SQLITE_DONE)
        exit(1);
    sqlite3_reset(statement);
}

static double insert_all(const char *path, size_t count)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    struct arena *arena = arena_new();
    double spent = 0;
    sqlite3_open(path, &db);
    run_sql(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                "CREATE TABLE plain (id TEXT PRIMARY KEY, fields TEXT NOT NULL) STRICT");
    sqlite3_prepare_v2(db, "INSERT INTO plain VALUES (?1, ?2)", -1, &statement, NULL);
    for (size_t at = 0; at < count;) {
        struct record records[A_BATCH];
        size_t made = 0;
        arena_clear(arena);
        for (; made < A_BATCH && at < count; made++, at++)
            make(at, "pubmed", arena, &records[made]);
        double begun = now_seconds();
        run_sql(db, "BEGIN IMMEDIATE");
        for (size_t i = 0; i < made; i++)
            insert(statement, &records[i], arena);
        run_sql(db, "COMMIT");
        spent += now_seconds() - begun;
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    arena_free(arena);
    printf("%-44s %8.0f records/s\n", "peer: plain INSERT of the same JSON", (double)count / spent);
    return (double)count / spent;
}

int main(int argc, char **argv)
{
    size_t count = argc > 1 ? (size_t)atol(argv[1]) : RECORDS;
    char folder[] = "/tmp/touchstone-bench-XXXXXX";
    struct error err = {0};
    if (mkdtemp(folder) == NULL)
        return 1;
    char path[64];
    char peer[64];
    snprintf(path, sizeof path, "%s/ours.db", folder);
    snprintf(peer, sizeof peer, "%s/plain.db", folder);
    struct store *store = store_open(path, STORE_WRITE, &err);
    if (store == NULL)
        die(&err);
    printf("-- intake: %zu records, %d a transaction\n", count, A_BATCH);
    double ours = store_all(store, "pubmed", count);
    store_all(store, "pubmed", count);
    store_all(store, "crossref", count);
    double plain = insert_all(peer, count);
    printf("%-44s %8.2f\n", "new publications, ours over the plain insert", ours / plain);
    store_close(store);
    unlink(path);
    unlink(peer);
    rmdir(folder);
    return 0;
}
