/* Stores as the programs of each earlier schema left them, brought up by this one, and one of a
 * later program refused. What each version could hold is put in by this program's doors and copied
 * into the tables that the version had; its own schema is made by its migrations. */
#include "evidence/store/sqlite/engine.h"
#include "tests/evidence/store/place.h"

#include "evidence/store/credentials.h"
#include "evidence/store/curation.h"
#include "evidence/store/intake.h"
#include "evidence/store/reports.h"
#include "evidence/store/runs.h"

enum { AT = 1000, FIRST = 1, WITH_INTAKE = 2, WITH_REPORTS = 3, WITH_HISTORY = 4, WITH_TOKENS = 5 };

/* -- what a version could hold -- */

/* The first schemas knew of no reinstatements. */
static void without_reinstatements(const struct base *base)
{
    for (size_t i = 0; i < base->study_count; i++)
        for (size_t n = 0; n < base->studies[i].notice_count; n++) {
            struct notice *notice = (struct notice *)&base->studies[i].notices[n];
            if (notice->type == NOTICE_REINSTATEMENT)
                notice->type = NOTICE_CORRECTION;
        }
}

static void add_publication(struct store *store, struct arena *arena)
{
    const struct intake_stamp stamp = {.who = "import", .now = AT};
    const struct joining joining = {.reason = "new", .score = NAN};
    struct error err = {0};
    struct record record;
    struct incoming incoming;
    int64_t record_key = 0;
    int64_t publication = 0;
    record_init(&record);
    record.source = "pubmed";
    record.source_id = "1";
    record.title = "Ultrasound for wrists";
    incoming_init(&incoming, &record, arena);
    must(store_add_record(store, &incoming, 0, &joining, &stamp, &record_key, &publication, &err) &&
             store_settle(store, publication, &record, &stamp, &err),
         &err);
}

static void add_report(struct store *store)
{
    struct report_task report = {
        .at = AT, .kind = REPORT_OF_READER, .about = "/t/x", .text = "n was 44, not 40"};
    struct error err = {0};
    must(store_add_report(store, &report, &err), &err);
}

static void curate(struct store *store, const struct base *base, struct arena *arena)
{
    const struct curation_stamp stamp = {
        .actor = "anna", .source = "page", .reason = "as printed", .now = AT};
    char hash[HASH_SIZE];
    struct curation done;
    struct error err = {0};
    struct study study;
    must(store_study(store, base->studies[0].id, arena, &study, &err), &err);
    study_content_hash(&study, hash);
    study.note = "a curator's word";
    must(store_put_study(store, &study, hash, &stamp, &done, &err), &err);
}

static void add_token(struct store *store)
{
    const struct token wanted = {.name = "Anna Ek", .scopes = 1};
    char text[TOKEN_TEXT_SIZE];
    char id[TOKEN_ID_SIZE];
    struct error err = {0};
    must(store_add_token(store, &wanted, "command", AT, text, id, &err), &err);
}

static void fill(struct store *store, const struct base *base, int version, struct arena *arena)
{
    saved(store, base, 1);
    if (version >= WITH_INTAKE)
        add_publication(store, arena);
    if (version >= WITH_REPORTS)
        add_report(store);
    if (version >= WITH_HISTORY)
        curate(store, base, arena);
    if (version >= WITH_TOKENS)
        add_token(store);
}

/* -- as the version left it -- */

/* The columns that a table has in both, with commas between them. */
static const char *shared_columns(sqlite3 *db, const char *table, struct arena *arena)
{
    sqlite3_stmt *columns = NULL;
    const char *query = arena_printf(
        arena,
        "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('%s', 'main')"
        " WHERE name IN (SELECT name FROM pragma_table_info('%s', 'later'))",
        table, table);
    assert_int_equal(sqlite3_prepare_v2(db, query, -1, &columns, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(columns), SQLITE_ROW);
    const char *list = arena_strdup(arena, (const char *)sqlite3_column_text(columns, 0));
    sqlite3_finalize(columns);
    return list;
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

static void copy_tables(sqlite3 *db, struct arena *arena)
{
    sqlite3_stmt *tables = NULL;
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
                           " AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'",
                           -1, &tables, NULL),
        SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(tables, 0);
        const char *columns = shared_columns(db, name, arena);
        run(db, arena_printf(arena,
                             "INSERT OR REPLACE INTO main.\"%s\" (%s) SELECT %s FROM later.\"%s\"",
                             name, columns, columns, name));
    }
    sqlite3_finalize(tables);
}

static void copy_to_version(const char *from, const char *to, int version, struct arena *arena)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(to, &db), SQLITE_OK);
    for (int i = 0; i < version; i++)
        run(db, sqlite_engine.migrations[i].sql);
    run(db, arena_printf(arena, "ATTACH '%s' AS later", from));
    copy_tables(db, arena);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* -- and brought up -- */

static const char *schema_of(const char *path, struct arena *arena)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *schema = NULL;
    struct buffer out = {0};
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name", -1,
                       &schema, NULL);
    while (sqlite3_step(schema) == SQLITE_ROW)
        buffer_printf(&out, "%s\n", (const char *)sqlite3_column_text(schema, 0));
    sqlite3_finalize(schema);
    sqlite3_close(db);
    const char *text = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return text;
}

static void assert_holds_all(struct store *store, int version, struct arena *arena)
{
    struct error err = {0};
    struct publication *publications = NULL;
    struct report_task *reports = NULL;
    struct curated_record *curated = NULL;
    struct token *tokens = NULL;
    size_t count = 0;
    size_t total = 0;
    must(store_search_publications(store, "ultrasound", SCREENING_UNSCREENED, 0, 50, arena,
                                   &publications, &count, &total, &err),
         &err);
    assert_int_equal(total, version >= WITH_INTAKE);
    must(store_reports(store, REPORT_OPEN, 0, 10, arena, &reports, &count, &err), &err);
    assert_int_equal(count, version >= WITH_REPORTS);
    must(store_curated_records(store, arena, &curated, &count, &err), &err);
    assert_int_equal(count, version >= WITH_HISTORY);
    must(store_tokens(store, arena, &tokens, &count, &err), &err);
    assert_int_equal(count, version >= WITH_TOKENS);
}

static void brought_up_from(struct place *place, int version)
{
    struct arena *arena = place->arena;
    const char *whole = arena_printf(arena, "%s/whole-%d.db", place->folder, version);
    const char *older = arena_printf(arena, "%s/older-%d.db", place->folder, version);
    const struct base base = random_base((uint64_t)version, 40, arena);
    without_reinstatements(&base);
    struct store *store = opened(whole, STORE_WRITE);
    fill(store, &base, version, arena);
    const struct base held = loaded(store, arena);
    store_close(store);
    copy_to_version(whole, older, version, arena);
    assert_int_equal(ask_sql(older, "PRAGMA user_version"), version);
    store = opened(older, STORE_WRITE);
    const struct base back = loaded(store, arena);
    assert_same_base(&held, &back, arena);
    verified(store);
    assert_holds_all(store, version, arena);
    add_report(store); /* and it can be written */
    verified(store);
    store_close(store);
    assert_int_equal(ask_sql(older, "PRAGMA user_version"), (int)sqlite_engine.newest_version);
    assert_string_equal(schema_of(older, arena), schema_of(whole, arena));
    store = opened(older, STORE_READ);
    verified(store);
    store_close(store);
}

static void a_store_of_any_version_is_brought_up_with_all_it_holds(void **state)
{
    only_of_a_file();
    assert_int_equal((int)sqlite_engine.newest_version,
                     WITH_TOKENS); /* else say above what the next one holds */
    for (int version = FIRST; version <= (int)sqlite_engine.newest_version; version++)
        brought_up_from(*state, version);
}

static void an_older_store_is_told_from_a_newer_one_and_neither_is_touched(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    for (int version = FIRST; version < (int)sqlite_engine.newest_version; version++) {
        struct error err = {0};
        const char *path = arena_printf(place->arena, "%s/%d.db", place->folder, version);
        for (int i = 0; i < version; i++)
            run_sql(path, sqlite_engine.migrations[i].sql);
        assert_null(store_open(path, STORE_READ, &err));
        assert_int_equal(err.kind, ERROR_STORE);
        assert_non_null(strstr(err.message, "build into it once"));
        assert_int_equal(ask_sql(path, "PRAGMA user_version"), version);
    }
    store_close(opened(place->path, STORE_WRITE));
    run_sql(place->path, arena_printf(place->arena, "PRAGMA user_version = %d",
                                      (int)sqlite_engine.newest_version + 1));
    for (int mode = STORE_READ; mode <= STORE_WRITE_BRIEFLY; mode++) {
        struct error err = {0};
        assert_null(store_open(place->path, (enum store_mode)mode, &err));
        assert_int_equal(err.kind, ERROR_STORE);
        assert_non_null(strstr(err.message, "made by a newer Touchstone"));
        assert_int_equal(ask_sql(place->path, "PRAGMA user_version"),
                         (int)sqlite_engine.newest_version + 1);
    }
}

/* A step that cannot be taken whole is not taken at all: here the second, which finds a table of
 * its own there already. */
static void a_step_that_fails_leaves_the_store_at_the_version_before(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    struct error err = {0};
    run_sql(place->path, sqlite_engine.migrations[0].sql);
    run_sql(place->path, "CREATE TABLE saved_search (name TEXT)");
    const char *before = schema_of(place->path, place->arena);
    assert_null(store_open(place->path, STORE_WRITE, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    assert_non_null(strstr(err.message, "bringing the store from version 1 to 2"));
    assert_int_equal(ask_sql(place->path, "PRAGMA user_version"), 1);
    assert_string_equal(schema_of(place->path, place->arena), before);
    run_sql(place->path, "DROP TABLE saved_search");
    struct store *store = opened(place->path, STORE_WRITE);
    verified(store);
    store_close(store);
}

#define WITH_PLACE(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PLACE(a_store_of_any_version_is_brought_up_with_all_it_holds),
        WITH_PLACE(an_older_store_is_told_from_a_newer_one_and_neither_is_touched),
        WITH_PLACE(a_step_that_fails_leaves_the_store_at_the_version_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
