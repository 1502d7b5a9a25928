/* What only a store that PostgreSQL keeps can meet: URLs, servers that are not there, links that
 * break. */
#include "tests/evidence/store/place.h"

#ifdef TOUCHSTONE_WITH_POSTGRES
#include "evidence/store/postgres/engine.h"
#include "evidence/store/sql/statement.h"
#endif

static const char *shown(const char *path, struct arena *arena)
{
    return store_shown(path, arena);
}

static void a_url_is_shown_without_what_is_secret(void **state)
{
    struct place *place = *state;
    struct arena *arena = place->arena;
    assert_string_equal(shown("touchstone.db", arena), "touchstone.db");
    assert_string_equal(shown("/a/b@c?d.db", arena), "/a/b@c?d.db");
    assert_string_equal(shown("postgresql://one,two:5433/care?sslmode=require", arena),
                        "postgresql://one,two:5433/care");
    assert_string_equal(shown("postgres://anna:secret@one/care?password=secret", arena),
                        "postgresql://one/care");
    assert_string_equal(shown("postgresql:///care?host=/run/pg", arena), "postgresql:///care");
}

/* Neither is any file of that name made. */
static void a_server_that_is_not_there_is_told_without_its_password(void **state)
{
    struct error err = {0};
    (void)state;
    assert_null(
        store_open("postgresql://anna:secret@/care?host=/no/such/folder", STORE_WRITE, &err));
    assert_int_not_equal(err.kind, ERROR_NONE);
    assert_null(strstr(err.message, "secret"));
    assert_int_not_equal(access("postgresql:", F_OK), 0);
}

#ifdef TOUCHSTONE_WITH_POSTGRES
static void assert_dialect(const char *ours, const char *theirs, int parameters)
{
    int counted = 0;
    char *sql = postgres_dialect(ours, &counted);
    assert_string_equal(sql, theirs);
    assert_int_equal(counted, parameters);
    free(sql);
}

static void statements_are_said_in_its_dialect(void **state)
{
    (void)state;
    assert_dialect("SELECT ?1, ?12, ?2", "SELECT $1, $12, $2", 12);
    assert_dialect("a CROSS JOIN b ON x = ?1", "a JOIN b ON x = $1", 1);
    /* Neither texts nor comments. */
    assert_dialect("-- ?1 CROSS JOIN\nSELECT '?2 CROSS JOIN' || ?1",
                   "-- ?1 CROSS JOIN\nSELECT '?2 CROSS JOIN' || $1", 1);
    assert_dialect("SELECT 'it''s ?1'", "SELECT 'it''s ?1'", 0);
    assert_dialect("SELECT '?", "SELECT '?", 0);
}

/* What has more to say than its values in their order must be run as it is. */
static void only_plain_inserts_may_wait(void **state)
{
    static const char *const plain[] = {
        "-- ?1 a\nINSERT INTO author (study_key, \"position\") VALUES (?1, ?2)\n",
        "INSERT INTO study_search (a, b)\nVALUES (?1, CAST(CAST(?2 AS TEXT) AS TSVECTOR))"};
    static const char *const other[] = {"INSERT INTO a (b) VALUES (?1) RETURNING b",
                                        "INSERT INTO a (b) VALUES (?1) ON CONFLICT DO NOTHING",
                                        "INSERT INTO a (b, c) VALUES (?2, ?1)",
                                        "INSERT INTO a (b, c) VALUES (?1, ?1)",
                                        "INSERT INTO a (b) VALUES (coalesce(?1, 1))",
                                        "INSERT INTO a (b, c) VALUES (?1, ?2 + 1)",
                                        "INSERT INTO a (b) SELECT ?1",
                                        "INSERT INTO a VALUES (?1)",
                                        "UPDATE a SET b = ?1",
                                        "SELECT 'INSERT INTO a (b) VALUES (?1)'",
                                        ""};
    struct connection connection = {0};
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_non_null(postgres_gathered_for(&connection, plain[i]));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_null(postgres_gathered_for(&connection, other[i]));
    postgres_gathered_free(&connection);
}

static void only_on_a_server(void)
{
    if (postgres_url() == NULL) {
        puts("Skipped: needs a PostgreSQL, see tests/with-postgres");
        skip();
    }
}

static void break_link(const struct store *store)
{
    postgres_asked(postgres_url(),
                   "SELECT 1"); /* it is up, so what fails next is the link's fault */
    char sql[80];
    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d, 5000)",
             PQbackendPID(store->connection->link));
    postgres_asked(postgres_url(), sql);
}

/* Those of SQLite's schema stand in the files beside it; here each is asked for once. */
static void every_statement_is_one_that_it_understands(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    only_on_a_server();
    struct store *store = opened(place->path, STORE_WRITE);
    must(statements_prepare(store, &err), &err);
    store_close(store);
}

/* ---- rows that go together ---- */

/* What COPY and arrays have signs for, beside what random bases hold. */
static struct base base_of_signs(struct arena *arena)
{
    static const char bytes[] = "\\x00\0\xFF\t\r\n\\.\n";
    static const struct document document = {
        .name = "rulesets/signs", .text = bytes, .length = sizeof bytes - 1};
    struct base base = random_base(7, 40, arena);
    struct study *study = (struct study *)&base.studies[0];
    study->title = "\\N";
    study->population = "\r\n\\.\n\\t\t{1,2}";
    study->note = "\\";
    struct document *documents = arena_array(arena, base.document_count + 1, sizeof *documents);
    if (base.document_count > 0)
        memcpy(documents, base.documents, base.document_count * sizeof *documents);
    documents[base.document_count++] = document;
    base.documents = documents;
    return base;
}

static void rows_that_wait_are_seen_by_whoever_asks_in_the_same_transaction(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store_changes changes;
    const char **ids;
    size_t count = 0;
    size_t total = 0;
    only_on_a_server();
    const struct base base = base_of_signs(place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    must(store_begin(store, &err), &err);
    assert_true(store_gather(store));
    must(store_save_base(store, &base, 1, &changes, &err), &err);
    assert_int_equal(changes.added, base.study_count + base.intervention_count +
                                        base.condition_count + base.outcome_count +
                                        base.document_count);
    const struct base within = loaded(store, place->arena);
    assert_same_base(&base, &within, place->arena);
    must(store_search_studies(store, "needling", 0, 10, place->arena, &ids, &count, &total, &err),
         &err);
    assert_true(total > 0); /* its words were waiting, too */
    must(store_gather_end(store, &err) && store_commit(store, &err), &err);
    const struct base after = loaded(store, place->arena);
    assert_same_base(&base, &after, place->arena);
    verified(store);
    store_close(store);
}

static void what_waits_goes_with_the_transaction(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store_changes changes;
    struct store_stamp stamp;
    only_on_a_server();
    const struct base base = random_base(1, 20, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    must(store_begin(store, &err), &err);
    assert_true(store_gather(store));
    must(store_save_base(store, &base, 1, &changes, &err), &err);
    store_roll_back(store);
    assert_false(store_stamp(store, &stamp, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    /* Neither does any of it wait for the next; and what waits at a commit is stored. */
    err = (struct error){0};
    must(store_begin(store, &err), &err);
    assert_true(store_gather(store));
    must(store_save_base(store, &base, 2, &changes, &err) && store_commit(store, &err), &err);
    verified(store);
    store_close(store);
}

/* In whatever order tables were first written to: a result of the first study comes before the
 * second study. */
static void what_is_named_is_sent_before_what_names_it(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store_changes changes;
    only_on_a_server();
    const struct base few = random_base(1, 3, place->arena);
    const struct base more = random_base(1, 30, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    must(store_begin(store, &err), &err);
    assert_true(store_gather(store));
    must(store_save_base(store, &few, 1, &changes, &err) &&
             store_save_base(store, &more, 2, &changes, &err) && store_gather_end(store, &err) &&
             store_commit(store, &err),
         &err);
    verified(store);
    store_close(store);
}

static void a_row_that_is_refused_among_many_stores_nothing(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store_changes changes;
    only_on_a_server();
    const struct base good = random_base(1, 4, place->arena);
    struct base bad = random_base(2, 8, place->arena);
    ((struct study *)&bad.studies[5])->condition = "nowhere";
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &good, 1);
    const struct store_stamp before = stamped(store);
    must(store_begin(store, &err), &err);
    assert_true(store_gather(store));
    assert_false(store_save_base(store, &bad, 2, &changes, &err) && store_gather_end(store, &err) &&
                 store_commit(store, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_non_null(strstr(err.message, "nowhere"));
    store_roll_back(store);
    assert_string_equal(stamped(store).hash, before.hash);
    verified(store);
    store_close(store);
}

static bool add_alias(struct store *store, int64_t position, struct error *err)
{
    struct binder binder = bind_begin(store, ADD_STUDY_ALIAS);
    bind_integer(&binder, 1);
    bind_integer(&binder, position);
    bind_text(&binder, "pmid:1");
    return bind_run(&binder, err);
}

static void a_link_that_breaks_while_rows_wait_stores_nothing(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    only_on_a_server();
    const struct base base = random_base(1, 4, place->arena);
    const struct base other = random_base(2, 60, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    must(store_begin(store, &err), &err);
    assert_true(store_gather(store));
    for (int64_t i = 0; i < 100; i++)
        must(add_alias(store, 100 + i, &err), &err);
    break_link(store);
    assert_false(store_gather_end(store, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    store_roll_back(store);
    const struct base back = loaded(store, place->arena);
    assert_same_base(&base, &back, place->arena);
    saved(store, &other, 3);
    verified(store);
    store_close(store);
}

/* ---- links that break ---- */

static void a_reader_whose_link_broke_goes_on(void **state)
{
    struct place *place = *state;
    only_on_a_server();
    const struct base base = random_base(1, 4, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    store = opened(place->path, STORE_READ);
    const struct store_stamp before = stamped(store);
    break_link(store);
    assert_string_equal(stamped(store).hash, before.hash);
    break_link(store);
    const struct base back = loaded(store, place->arena);
    assert_same_base(&base, &back, place->arena);
    store_close(store);
}

static void a_change_whose_link_broke_is_not_made_and_can_be_tried_again(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store_changes changes;
    only_on_a_server();
    const struct base base = random_base(1, 4, place->arena);
    const struct base other = random_base(2, 4, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    const struct store_stamp before = stamped(store);
    must(store_begin(store, &err), &err);
    must(store_save_base(store, &other, 2, &changes, &err), &err);
    break_link(store);
    assert_false(store_save_base(store, &base, 3, &changes, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    err = (struct error){0};
    assert_false(store_commit(store, &err));
    store_roll_back(store);
    assert_string_equal(stamped(store).hash, before.hash);
    saved(store, &other, 4);
    verified(store);
    store_close(store);
}

/* PostgreSQL answers "ROLLBACK" to such a COMMIT, and no error. */
static void what_has_failed_is_not_committed(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    only_on_a_server();
    struct store *store = opened(place->path, STORE_WRITE);
    must(store_begin(store, &err), &err);
    assert_false(store->engine->execute(store, "SELECT 1 FROM nowhere", &err));
    err = (struct error){0};
    assert_false(store_commit(store, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    store_roll_back(store);
    store_close(store);
}

static void save_elsewhere(const char *path, const struct base *base, time_t at)
{
    struct store *store = opened(path, STORE_WRITE);
    saved(store, base, at);
    store_close(store);
}

/* The minute would pass if nobody told. */
static void whoever_waits_is_told_of_a_change_by_another(void **state)
{
    struct place *place = *state;
    enum { A_MINUTE_MS = 60000 };
    only_on_a_server();
    const struct base base = random_base(1, 4, place->arena);
    const struct base other = random_base(2, 4, place->arena);
    save_elsewhere(place->path, &base, 1);
    struct store *store = opened(place->path, STORE_READ);
    assert_true(store_await(store, -1, A_MINUTE_MS)); /* what was before it listened, it sees */
    const struct store_stamp before = stamped(store);
    save_elsewhere(place->path, &other, 2);
    assert_true(store_await(store, -1, A_MINUTE_MS));
    assert_string_not_equal(stamped(store).hash, before.hash);
    /* … and again on the link that follows one that broke. */
    break_link(store);
    assert_string_not_equal(stamped(store).hash, before.hash);
    assert_true(store_await(store, -1, A_MINUTE_MS));
    save_elsewhere(place->path, &base, 3);
    assert_true(store_await(store, -1, A_MINUTE_MS));
    assert_string_equal(stamped(store).hash, before.hash);
    store_close(store);
}

/* Those who hear of a change see it, and of none that was not made. */
static void nobody_is_told_of_what_was_rolled_back(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store_changes changes;
    only_on_a_server();
    const struct base base = random_base(1, 4, place->arena);
    struct store *writer = opened(place->path, STORE_WRITE);
    struct store *store = opened(place->path, STORE_READ);
    assert_true(store_await(store, -1, 0));
    must(store_begin(writer, &err), &err);
    must(store_save_base(writer, &base, 1, &changes, &err), &err);
    store_roll_back(writer);
    assert_false(store_await(store, -1, 0));
    store_close(store);
    store_close(writer);
}

static void set_standby(const char *names)
{
    char sql[120];
    snprintf(sql, sizeof sql, "ALTER SYSTEM SET synchronous_standby_names = '%s'", names);
    postgres_asked(postgres_url(), sql);
    postgres_asked(postgres_url(), "SELECT pg_reload_conf()");
    snprintf(sql, sizeof sql,
             "SELECT 1 / (current_setting('synchronous_standby_names') = '%s')::int", names);
    usleep(300000); /* the server reads it when its processes next look up */
    postgres_asked(postgres_url(), sql);
}

/* The server has it, its standby has not: it is no success, and no failure either. */
static void what_no_standby_confirms_is_neither_stored_nor_not(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    only_on_a_server();
    const struct base base = random_base(1, 4, place->arena);
    struct store_changes changes;
    struct store *store = opened(place->path, STORE_WRITE);
    set_standby("nowhere");
    bool saved_whole = store_save_base(store, &base, 1, &changes, &err);
    set_standby("");
    assert_false(saved_whole);
    assert_int_equal(err.kind, ERROR_DOUBT);
    store_close(store);
    store = opened(place->path, STORE_WRITE);
    saved(store, &base, 2);
    verified(store);
    store_close(store);
}

static void a_word_has_no_end_that_is_too_long(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    only_on_a_server();
    struct base base = random_base(1, 2, place->arena);
    char *word = arena_alloc(place->arena, 10001);
    memset(word, 'n', 10000);
    word[10000] = '\0';
    ((struct study *)&base.studies[1])->title = word;
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    const char **ids;
    size_t count = 0;
    size_t total = 0;
    word[3000] = '\0'; /* as much of it as a query takes */
    must(store_search_studies(store, word, 0, 10, place->arena, &ids, &count, &total, &err), &err);
    assert_int_equal(total, 1);
    verified(store);
    store_close(store);
}
#endif

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_url_is_shown_without_what_is_secret),
        TEST(a_server_that_is_not_there_is_told_without_its_password),
#ifdef TOUCHSTONE_WITH_POSTGRES
        TEST(statements_are_said_in_its_dialect),
        TEST(only_plain_inserts_may_wait),
        TEST(every_statement_is_one_that_it_understands),
        TEST(rows_that_wait_are_seen_by_whoever_asks_in_the_same_transaction),
        TEST(what_waits_goes_with_the_transaction),
        TEST(what_is_named_is_sent_before_what_names_it),
        TEST(a_row_that_is_refused_among_many_stores_nothing),
        TEST(a_link_that_breaks_while_rows_wait_stores_nothing),
        TEST(a_reader_whose_link_broke_goes_on),
        TEST(a_change_whose_link_broke_is_not_made_and_can_be_tried_again),
        TEST(what_has_failed_is_not_committed),
        TEST(whoever_waits_is_told_of_a_change_by_another),
        TEST(what_no_standby_confirms_is_neither_stored_nor_not),
        TEST(nobody_is_told_of_what_was_rolled_back),
        TEST(a_word_has_no_end_that_is_too_long),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
