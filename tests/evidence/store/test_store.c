/* The store through its door: what goes in comes out, and what goes wrong changes nothing. */
#include "tests/evidence/store/place.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "evidence/store/sqlite/engine.h"

enum { LATER = 1000 };

static void write_file(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

/* ---- what goes in comes out ---- */

static void a_base_comes_back_as_it_was_saved(void **state)
{
    struct place *place = *state;
    struct store *store = opened(place->path, STORE_WRITE);
    for (uint64_t seed = 1; seed <= 12; seed++) {
        const struct base base = random_base(seed, 30, place->arena);
        saved(store, &base, (time_t)seed);
        const struct base back = loaded(store, place->arena);
        assert_same_base(&base, &back, place->arena);
        verified(store);
    }
    store_close(store);
}

static void count_conditions(const struct base *base, void *context)
{
    *(size_t *)context = base->condition_count;
}

/* More studies than stand unfolded, and more than are read at once. */
static void a_large_base_is_served_folded_and_is_the_same(void **state)
{
    struct place *place = *state;
    struct store *store = opened(place->path, STORE_WRITE);
    struct error err = {0};
    const struct base base = random_base(3, 2100, place->arena);
    saved(store, &base, 1);
    struct base back;
    size_t told = 0;
    must(store_load_base_telling(store, place->arena, count_conditions, &told, &back, &err), &err);
    assert_int_equal(told, base.condition_count);
    assert_non_null(back.shelf);
    assert_null(back.studies);
    assert_same_base(&base, &back, place->arena);
    must(store->engine->execute(store,
                                "UPDATE study SET participants = 123456 WHERE study_key = "
                                "(SELECT max(study_key) FROM study)",
                                &err),
         &err);
    assert_false(
        store_load_base_telling(store, place->arena, count_conditions, &told, &back, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    assert_non_null(strstr(err.message, "is not as it was saved"));
    store_close(store);
}

static void a_store_closed_and_opened_for_reading_holds_the_same(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(5, 20, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    store = opened(place->path, STORE_READ);
    const struct base back = loaded(store, place->arena);
    assert_same_base(&base, &back, place->arena);
    verified(store);
    store_close(store);
}

static void the_curated_base_comes_back_as_it_was_saved(void **state)
{
    struct place *place = *state;
    struct problems problems = {.arena = place->arena};
    struct base base;
    base_read_folder("evidence/data", &base, &problems);
    if (problems.count > 0) {
        print_message("evidence/data has problems (%s: %s); skipped\n", problems.items[0]->file,
                      problems.items[0]->detail);
        skip();
    }
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    const struct base back = loaded(store, place->arena);
    assert_same_base(&base, &back, place->arena);
    verified(store);
    store_close(store);
}

static void an_empty_base_can_be_saved_and_loaded(void **state)
{
    struct place *place = *state;
    struct store *store = opened(place->path, STORE_WRITE);
    const struct base none = {0};
    const struct store_changes changes = saved(store, &none, 7);
    assert_int_equal(changes.added + changes.changed + changes.removed + changes.unchanged, 0);
    const struct base back = loaded(store, place->arena);
    assert_int_equal(back.study_count, 0);
    assert_int_equal(stamped(store).changed, 7);
    verified(store);
    store_close(store);
}

static void a_store_that_nothing_was_saved_in_says_so(void **state)
{
    struct place *place = *state;
    struct store *store = opened(place->path, STORE_WRITE);
    struct error err = {0};
    struct base base;
    struct store_stamp stamp;
    assert_false(store_load_base(store, place->arena, &base, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    err = (struct error){0};
    assert_false(store_stamp(store, &stamp, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    verified(store);
    store_close(store);
}

/* ---- only what differs is changed ---- */

static void saving_the_same_again_changes_nothing(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(3, 25, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    const size_t records = 25 + RANDOM_CONDITIONS + RANDOM_INTERVENTIONS + RANDOM_OUTCOMES + 2;
    assert_int_equal(saved(store, &base, 1).added, records);
    const struct store_stamp before = stamped(store);
    const struct store_changes changes = saved(store, &base, LATER);
    assert_int_equal(changes.unchanged, records);
    assert_int_equal(changes.added + changes.changed + changes.removed, 0);
    assert_int_equal(stamped(store).changed, 1);
    assert_string_equal(stamped(store).hash, before.hash);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM audit"), records);
    store_close(store);
}

/* The first study goes, the second changes, a new one comes at the end. */
static struct base edited(const struct base *base, struct arena *arena)
{
    struct study *studies = arena_array(arena, base->study_count, sizeof *studies);
    memcpy(studies, base->studies + 1, (base->study_count - 1) * sizeof *studies);
    studies[0].title = "Another title";
    studies[base->study_count - 1] = base->studies[0];
    studies[base->study_count - 1].id = "ts:zz-new";
    struct base other = *base;
    other.studies = studies;
    return other;
}

static void each_difference_is_counted_and_audited(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(4, 10, place->arena);
    const struct base other = edited(&base, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    const struct store_changes changes = saved(store, &other, LATER);
    assert_int_equal(changes.added, 1);
    assert_int_equal(changes.changed, 1);
    assert_int_equal(changes.removed, 1);
    assert_int_equal(stamped(store).changed, LATER);
    const struct base back = loaded(store, place->arena);
    assert_same_base(&other, &back, place->arena);
    verified(store);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM audit WHERE at = 1000"), 3);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM audit WHERE action = 'change' AND "
                                          "record = 'ts:study-000001' AND before_hash <> "
                                          "after_hash"),
                     1);
    store_close(store);
}

static void every_kind_of_record_can_change_and_go(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(8, 6, place->arena);
    const struct base other = random_base(9, 6, place->arena);
    const struct base none = {0};
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    saved(store, &other, 2);
    struct base back = loaded(store, place->arena);
    assert_same_base(&other, &back, place->arena);
    assert_int_equal(saved(store, &none, 3).removed,
                     6 + RANDOM_CONDITIONS + RANDOM_INTERVENTIONS + RANDOM_OUTCOMES + 2);
    back = loaded(store, place->arena);
    assert_string_equal(dump(&back, place->arena), "");
    verified(store);
    assert_int_equal(ask_sql(place->path, "SELECT (SELECT count(*) FROM arm) + (SELECT count(*) "
                                          "FROM appraisal_item) + (SELECT count(*) FROM author)"),
                     0);
    store_close(store);
}

static struct base with_conditions_turned(const struct base *base, struct arena *arena)
{
    struct condition *turned = arena_array(arena, base->condition_count, sizeof *turned);
    for (size_t i = 0; i < base->condition_count; i++)
        turned[i] = base->conditions[base->condition_count - 1 - i];
    struct base other = *base;
    other.conditions = turned;
    return other;
}

static void another_order_of_conditions_is_kept_but_has_the_same_hash(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(6, 3, place->arena);
    const struct base turned = with_conditions_turned(&base, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    const struct store_stamp before = stamped(store);
    assert_int_equal(saved(store, &turned, LATER).changed, 0);
    const struct base back = loaded(store, place->arena);
    assert_same_base(&turned, &back, place->arena);
    assert_string_equal(stamped(store).hash, before.hash);
    assert_int_equal(stamped(store).changed, LATER);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM audit WHERE action = 'reorder'"),
                     1);
    verified(store);
    store_close(store);
}

static void studies_in_any_order_are_loaded_by_id_and_have_the_same_hash(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(7, 9, place->arena);
    struct study *turned = arena_array(place->arena, 9, sizeof *turned);
    for (size_t i = 0; i < 9; i++)
        turned[i] = base.studies[8 - i];
    struct base other = base;
    other.studies = turned;
    struct store *store = opened(place->path, STORE_WRITE);
    struct store *second = opened(":memory:", STORE_WRITE);
    saved(store, &base, 1);
    saved(second, &other, 1);
    assert_string_equal(stamped(store).hash, stamped(second).hash);
    const struct base back = loaded(second, place->arena);
    assert_same_base(&base, &back, place->arena);
    store_close(second);
    store_close(store);
}

static void a_reader_that_stays_open_sees_the_next_save(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(1, 5, place->arena);
    const struct base other = random_base(2, 5, place->arena);
    struct store *writer = opened(place->path, STORE_WRITE);
    saved(writer, &base, 1);
    struct store *reader = opened(place->path, STORE_READ);
    struct base back = loaded(reader, place->arena);
    assert_same_base(&base, &back, place->arena);
    saved(writer, &other, 2);
    back = loaded(reader, place->arena);
    assert_same_base(&other, &back, place->arena);
    store_close(reader);
    store_close(writer);
}

/* ---- what goes wrong changes nothing ---- */

/* Saves `bad`, which must fail, and looks that `good` is still there whole. */
static struct error refused(struct place *place, struct store *store, const struct base *good,
                            const struct base *bad)
{
    struct error err = {0};
    struct store_changes changes = {.added = 77};
    assert_false(store_save_base(store, bad, LATER, &changes, &err));
    assert_int_equal(changes.added, 77);
    const struct base back = loaded(store, place->arena);
    assert_same_base(good, &back, place->arena);
    assert_int_not_equal(stamped(store).changed, LATER);
    verified(store);
    return err;
}

static void a_result_about_nothing_known_leaves_the_old_base(void **state)
{
    struct place *place = *state;
    const struct base good = random_base(1, 8, place->arena);
    struct base bad = random_base(2, 8, place->arena);
    struct result result = {.intervention = "no-such-thing",
                            .comparator = "sham",
                            .condition = "condition-0",
                            .outcome = "outcome-0",
                            .figure = FIGURE_NONE};
    struct study *last = (struct study *)&bad.studies[7];
    last->results = &result;
    last->result_count = 1;
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &good, 1);
    const struct error err = refused(place, store, &good, &bad);
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_non_null(strstr(err.message, "ts:study-000007"));
    assert_non_null(strstr(err.message, "no-such-thing"));
    /* The store goes on working. */
    last->result_count = 0;
    saved(store, &bad, 2);
    store_close(store);
}

static void a_condition_under_a_parent_that_is_not_there_is_refused(void **state)
{
    struct place *place = *state;
    const struct base good = random_base(1, 2, place->arena);
    struct base bad = random_base(2, 2, place->arena);
    const char *const parents[] = {"nowhere", NULL};
    ((struct condition *)&bad.conditions[0])->parents = parents;
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &good, 1);
    const struct error err = refused(place, store, &good, &bad);
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_non_null(strstr(err.message, "parent"));
    store_close(store);
}

static void a_topic_that_is_still_named_cannot_go(void **state)
{
    struct place *place = *state;
    const struct base good = random_base(1, 40, place->arena); /* who name them all */
    struct base bad = good;
    bad.intervention_count--;
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &good, 1);
    const struct error err = refused(place, store, &good, &bad);
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_non_null(strstr(err.message, "intervention-6"));
    store_close(store);
}

static void two_studies_of_one_id_are_refused(void **state)
{
    struct place *place = *state;
    const struct base good = random_base(1, 3, place->arena);
    struct base bad = random_base(2, 3, place->arena);
    ((struct study *)&bad.studies[0])->id = bad.studies[2].id;
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &good, 1);
    const struct error err = refused(place, store, &good, &bad);
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_non_null(strstr(err.message, "ts:study-000002"));
    store_close(store);
}

static void limit_pages(struct store *store, const char *sql)
{
    assert_int_equal(sqlite3_exec(store->connection->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void a_full_disk_leaves_the_old_base(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    const struct base good = random_base(1, 5, place->arena);
    const struct base large = random_base(2, 200, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &good, 1);
    limit_pages(store, "PRAGMA max_page_count = 1"); /* as low as it is now */
    const struct error err = refused(place, store, &good, &large);
    assert_int_equal(err.kind, ERROR_STORE);
    assert_non_null(strstr(err.message, place->path));
    assert_non_null(strstr(err.message, "make room"));
    limit_pages(store, "PRAGMA max_page_count = 4294967294");
    saved(store, &large, 2);
    verified(store);
    store_close(store);
}

/* A child saves under a file size limit, so that the system itself refuses a write half way. */
static int save_under_limit(const struct place *place, const struct base *base, rlim_t bytes)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct error err = {0};
        struct store_changes changes;
        struct store *store = store_open(place->path, STORE_WRITE, &err);
        const struct rlimit limit = {bytes, bytes};
        signal(SIGXFSZ, SIG_IGN);
        if (store == NULL || setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(3);
        bool done = store_save_base(store, base, LATER, &changes, &err);
        store_close(store);
        _exit(done ? 0 : err.kind == ERROR_STORE ? 1 : 2);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void a_write_that_the_system_refuses_leaves_the_old_base(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    const struct base good = random_base(1, 5, place->arena);
    const struct base large = random_base(2, 100, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &good, 1);
    store_close(store);
    for (rlim_t bytes = 1024; bytes < 600000; bytes = bytes * 3 + 4096) {
        assert_int_equal(save_under_limit(place, &large, bytes), 1);
        store = opened(place->path, STORE_WRITE);
        const struct base back = loaded(store, place->arena);
        assert_same_base(&good, &back, place->arena);
        verified(store);
        store_close(store);
    }
}

/* Saves one base after the other until it is killed. */
static pid_t start_saving(const char *path, const struct base *first, const struct base *second)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    struct error err = {0};
    struct store_changes changes;
    struct store *store = store_open(path, STORE_WRITE, &err);
    for (int i = 0; store != NULL && i < 1000; i++)
        if (!store_save_base(store, i % 2 == 0 ? second : first, i + 2, &changes, &err))
            break;
    _exit(1);
}

static void a_program_killed_while_saving_leaves_one_base_whole(void **state)
{
    struct place *place = *state;
    const struct base first = random_base(1, 40, place->arena);
    const struct base second = random_base(2, 40, place->arena);
    const char *one = dump(&first, place->arena);
    const char *other = dump(&second, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &first, 1);
    store_close(store);
    struct random random = {.state = 1};
    for (int i = 0; i < 15; i++) {
        pid_t child = start_saving(place->path, &first, &second);
        usleep((useconds_t)(2000 + random_below(&random, 60000)));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        store = opened(place->path, STORE_WRITE);
        const struct base back = loaded(store, place->arena);
        const char *found = dump(&back, place->arena);
        assert_true(strcmp(found, one) == 0 || strcmp(found, other) == 0);
        verified(store);
        store_close(store);
    }
}

static void a_store_opened_for_reading_is_not_written(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(1, 2, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    store = opened(place->path, STORE_READ);
    struct error err = {0};
    struct store_changes changes;
    assert_false(store_save_base(store, &base, 2, &changes, &err));
    assert_false(store->engine->execute(store, "DELETE FROM study", &err));
    store_close(store);
}

/* ---- files that are no store ---- */

static void assert_refused(const char *path, enum store_mode mode, enum error_kind kind,
                           const char *words)
{
    struct error err = {0};
    struct store *store = store_open(path, mode, &err);
    assert_null(store);
    const char *shown = store_is_file(path) ? path : "postgresql://";
    if (err.kind != kind || strstr(err.message, words) == NULL ||
        strstr(err.message, shown) == NULL)
        fail_msg("kind %d, \"%s\" lacks \"%s\" or the path", (int)err.kind, err.message, words);
}

static void a_store_that_is_not_there_is_not_found(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    assert_refused(place->path, STORE_READ, ERROR_NOT_FOUND, "build one first");
    const char *nowhere = arena_printf(place->arena, "%s/no/such/folder.db", place->folder);
    assert_refused(nowhere, STORE_READ, ERROR_NOT_FOUND, "build one first");
    assert_refused(nowhere, STORE_WRITE, ERROR_STORE, "folder");
    struct error err = {0};
    assert_null(store_open("", STORE_WRITE, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
}

static void a_folder_is_no_store(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    assert_refused(place->folder, STORE_READ, ERROR_STORE, "is a folder");
    assert_refused(place->folder, STORE_WRITE, ERROR_STORE, "is a folder");
}

static void a_text_file_is_no_store_and_stays_as_it_is(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    char text[5000];
    memset(text, 'x', sizeof text);
    write_file(place->path, text, sizeof text);
    assert_refused(place->path, STORE_READ, ERROR_STORE, "no Touchstone store");
    assert_refused(place->path, STORE_WRITE, ERROR_STORE, "no Touchstone store");
    struct error err = {0};
    size_t length = 0;
    const char *after = file_read(place->path, 10000, place->arena, &length, &err);
    assert_int_equal(length, sizeof text);
    assert_memory_equal(after, text, sizeof text);
    write_file(place->path, "a note\n", 7);
    assert_refused(place->path, STORE_READ, ERROR_STORE, "no Touchstone store");
}

static void an_empty_file_may_become_a_store_but_is_none(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    write_file(place->path, "", 0);
    assert_refused(place->path, STORE_READ, ERROR_STORE, "empty");
    store_close(opened(place->path, STORE_WRITE));
    store_close(opened(place->path, STORE_READ));
}

static void another_programs_tables_are_refused(void **state)
{
    struct place *place = *state;
    run_sql(place->path, "CREATE TABLE theirs (a INTEGER)");
    assert_refused(place->path, STORE_READ, ERROR_STORE, "another program");
    assert_refused(place->path, STORE_WRITE, ERROR_STORE, "another program");
}

static void another_programs_database_is_refused_and_stays_as_it_is(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    run_sql(place->path, "CREATE TABLE theirs (a)");
    assert_refused(place->path, STORE_READ, ERROR_STORE, "another program");
    assert_refused(place->path, STORE_WRITE, ERROR_STORE, "another program");
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM sqlite_schema"), 1);
    run_sql(place->path, "PRAGMA journal_mode = WAL; DROP TABLE theirs; PRAGMA application_id = 5");
    assert_refused(place->path, STORE_WRITE, ERROR_STORE, "another program");
    assert_int_equal(ask_sql(place->path, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"),
                     1);
}

static void a_newer_store_is_refused_with_what_to_do(void **state)
{
    struct place *place = *state;
    store_close(opened(place->path, STORE_WRITE));
    run_sql(place->path, set_version(999, place->arena));
    assert_refused(place->path, STORE_READ, ERROR_STORE, "use the newer program");
    assert_refused(place->path, STORE_WRITE, ERROR_STORE, "version 999");
}

static void an_older_store_is_not_read_before_it_is_brought_up(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    run_sql(place->path, "PRAGMA application_id = 1415800947; CREATE TABLE t (a); DROP TABLE t");
    assert_refused(place->path, STORE_READ, ERROR_STORE, "older");
    store_close(opened(place->path, STORE_WRITE));
    store_close(opened(place->path, STORE_READ));
}

/* The store at `to`, as the program that knew the first schema only would have left it. */
static void copy_to_first_version(const char *from, const char *to, struct arena *arena)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *tables = NULL;
    assert_int_equal(sqlite3_open(to, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sqlite_engine.migrations[0].sql, NULL, NULL, NULL),
                     SQLITE_OK);
    const char *attach = arena_printf(arena, "ATTACH '%s' AS later", from);
    assert_int_equal(sqlite3_exec(db, attach, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_prepare_v2(db,
                       "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
                       " AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'",
                       -1, &tables, NULL);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(tables, 0);
        bool log = strcmp(name, "audit") == 0; /* which has more columns now */
        const char *copy =
            arena_printf(arena, "INSERT OR REPLACE INTO main.%s SELECT %s FROM later.%s", name,
                         log ? "id, at, actor, action, kind, record, before_hash, after_hash, "
                               "previous_hash, hash"
                             : "*",
                         name);
        if (sqlite3_exec(db, copy, NULL, NULL, NULL) != SQLITE_OK)
            fail_msg("%s: %s", copy, sqlite3_errmsg(db));
    }
    sqlite3_finalize(tables);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* The first schema knew of no reinstatements. */
static void without_reinstatements(const struct base *base)
{
    for (size_t i = 0; i < base->study_count; i++)
        for (size_t n = 0; n < base->studies[i].notice_count; n++) {
            struct notice *notice = (struct notice *)&base->studies[i].notices[n];
            if (notice->type == NOTICE_REINSTATEMENT)
                notice->type = NOTICE_CORRECTION;
        }
}

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

static void a_store_of_the_first_version_is_brought_up_with_all_it_holds(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    const struct base base = random_base(1, 60, place->arena);
    without_reinstatements(&base);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    const char *first = arena_printf(place->arena, "%s/first.db", place->folder);
    copy_to_first_version(place->path, first, place->arena);
    assert_int_equal(ask_sql(first, "PRAGMA user_version"), 1);
    assert_refused(first, STORE_READ, ERROR_STORE, "older");
    store = opened(first, STORE_WRITE);
    const struct base back = loaded(store, place->arena);
    assert_same_base(&base, &back, place->arena);
    verified(store);
    assert_int_equal(saved(store, &base, 2).unchanged,
                     ask_sql(place->path, "SELECT count(*) FROM audit"));
    store_close(store);
    assert_string_equal(schema_of(first, place->arena), schema_of(place->path, place->arena));
}

static void a_store_at_rest_is_read_from_a_folder_that_may_not_be_written(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    if (geteuid() == 0)
        skip(); /* who may write everywhere */
    const struct base base = random_base(1, 4, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    assert_int_equal(chmod(place->folder, 0500), 0);
    store = opened(place->path, STORE_READ);
    const struct base back = loaded(store, place->arena);
    assert_same_base(&base, &back, place->arena);
    store_close(store);
    assert_int_equal(chmod(place->folder, 0700), 0);
}

static void what_may_not_be_written_is_told(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    if (geteuid() == 0)
        skip(); /* who may write everywhere */
    store_close(opened(place->path, STORE_WRITE));
    assert_int_equal(chmod(place->folder, 0500), 0);
    const char *other = arena_printf(place->arena, "%s/other.db", place->folder);
    assert_refused(other, STORE_WRITE, ERROR_STORE, "permissions");
    assert_refused(place->path, STORE_WRITE, ERROR_STORE, "permissions");
    assert_int_equal(chmod(place->folder, 0700), 0);
    assert_int_equal(chmod(place->path, 0400), 0);
    assert_refused(place->path, STORE_WRITE, ERROR_STORE, "permissions");
    store_close(opened(place->path, STORE_READ));
    assert_int_equal(chmod(place->path, 0), 0);
    assert_refused(place->path, STORE_READ, ERROR_STORE, "permissions");
}

/* The bytes of a store with something in it, all in one file. */
static char *store_bytes(struct place *place, const struct base *base, size_t *length)
{
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, base, 1);
    store_close(store);
    struct error err = {0};
    char *bytes = file_read(place->path, (size_t)1 << 26, place->arena, length, &err);
    assert_non_null(bytes);
    return bytes;
}

static void a_store_cut_short_is_told_as_damaged(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    const struct base base = random_base(1, 60, place->arena);
    size_t length = 0;
    const char *bytes = store_bytes(place, &base, &length);
    write_file(place->path, bytes, length / 2 / 4096 * 4096);
    struct error err = {0};
    struct store *store = store_open(place->path, STORE_READ, &err);
    if (store != NULL)
        assert_false(store_verify(store, &err));
    store_close(store);
    assert_int_equal(err.kind, ERROR_STORE);
    assert_non_null(strstr(err.message, "damaged"));
}

/* Uses everything a reader can; what it says does not matter, only that it comes back. */
static bool try_all(const char *path)
{
    struct arena *arena = arena_new();
    struct error err = {0};
    struct store *store = store_open(path, STORE_READ, &err);
    struct base base;
    const char **ids;
    size_t count;
    size_t total;
    bool sound =
        store != NULL && store_load_base(store, arena, &base, &err) &&
        store_search_studies(store, "pain needl", 0, 50, arena, &ids, &count, &total, &err) &&
        store_verify(store, &err);
    assert_true(sound || err.message[0] != '\0');
    store_close(store);
    arena_free(arena);
    return sound;
}

static void a_store_with_wrong_bytes_is_an_error_and_no_crash(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    const struct base base = random_base(1, 12, place->arena);
    size_t length = 0;
    char *bytes = store_bytes(place, &base, &length);
    struct random random = {.state = 42};
    char *copy = memory_alloc(length);
    for (int i = 0; i < 150; i++) {
        memcpy(copy, bytes, length);
        for (int flips = 1 + random_below(&random, 40); flips > 0; flips--)
            copy[random_bits(&random) % length] = (char)random_bits(&random);
        write_file(place->path, copy, length);
        try_all(place->path);
    }
    free(copy);
    write_file(place->path, bytes, length);
    assert_true(try_all(place->path));
}

/* ---- verification ---- */

static void assert_not_verified(const char *path, const char *words)
{
    struct error err = {0};
    struct store *store = opened(path, STORE_WRITE);
    assert_false(store_verify(store, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    if (strstr(err.message, words) == NULL)
        fail_msg("\"%s\" lacks \"%s\"", err.message, words);
    store_close(store);
}

static void the_audit_log_cannot_be_changed_or_cut(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(1, 4, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    struct error err;
    saved(store, &base, 1);
    err = (struct error){0};
    assert_false(store->engine->execute(store, "UPDATE audit SET actor = 'x'", &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    err = (struct error){0};
    assert_false(store->engine->execute(store, "DELETE FROM audit WHERE id = 2", &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    store_close(store);
}

static void a_forged_audit_row_breaks_the_chain(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(1, 4, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    run_sql(place->path, drop_trigger("audit_is_never_changed", place->arena));
    run_sql(place->path, "UPDATE audit SET actor = 'someone else' WHERE id = 3");
    assert_not_verified(place->path, "row 3 of the audit log");
}

static void an_audit_row_taken_out_breaks_the_chain(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(1, 4, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    run_sql(place->path, drop_trigger("audit_is_never_cut", place->arena));
    run_sql(place->path, "DELETE FROM audit WHERE id = 3");
    assert_not_verified(place->path, "row 4 of the audit log");
}

static void a_figure_changed_behind_our_back_is_found(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(1, 4, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    run_sql(place->path, "UPDATE study SET participants = 123456 WHERE id = 'ts:study-000002'");
    assert_not_verified(place->path, "study ts:study-000002 is not as it was saved");
}

static void a_study_taken_out_behind_our_back_is_found(void **state)
{
    struct place *place = *state;
    const struct base base = random_base(1, 4, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    run_sql(place->path, "DELETE FROM document WHERE name = 'rules'");
    assert_not_verified(place->path, "is not as it was saved");
}

static void a_reference_to_nothing_is_found(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    const struct base base = random_base(1, 4, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    run_sql(place->path, "PRAGMA foreign_keys = OFF; UPDATE study SET condition = 'gone'");
    assert_not_verified(place->path, "names something that condition does not hold");
}

static void a_word_nobody_knows_is_damage(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    const struct base base = random_base(1, 4, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, 1);
    store_close(store);
    run_sql(place->path, "PRAGMA ignore_check_constraints = ON; UPDATE study SET design = 'guess'");
    store = opened(place->path, STORE_READ);
    struct error err = {0};
    struct base back;
    assert_false(store_load_base(store, place->arena, &back, &err));
    assert_non_null(strstr(err.message, "guess"));
    store_close(store);
}

/* ---- a public copy ---- */

static void a_public_copy_is_a_whole_store_of_the_same_base(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    const char *copy = arena_printf(place->arena, "%s/public.db", place->folder);
    const struct base base = random_base(12, 20, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, LATER);
    must(store_publish(store, copy, &err), &err);
    store_close(store);
    struct store *published = opened(copy, STORE_WRITE);
    verified(published);
    struct base read = loaded(published, place->arena);
    assert_same_base(&base, &read, place->arena);
    store_close(published);
}

static void what_is_not_curated_stays_private(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    const char *copy = arena_printf(place->arena, "%s/public.db", place->folder);
    const struct base base = random_base(13, 5, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, LATER);
    run_sql(place->path, "INSERT INTO saved_search (name, source, query, every, created, due) "
                         "VALUES ('mine', 'pubmed', 'knots', 60, 0, 0)");
    must(store_publish(store, copy, &err), &err);
    store_close(store);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM saved_search"), 1);
    assert_int_equal(ask_sql(copy, "SELECT count(*) FROM saved_search"), 0);
}

static void a_public_copy_that_fails_leaves_nothing_behind(void **state)
{
    struct place *place = *state;
    only_of_a_file(); /* where it is made of whole rows */
    struct error err = {0};
    const char *copy = arena_printf(place->arena, "%s/public.db", place->folder);
    const struct base base = random_base(14, 5, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, &base, LATER);
    run_sql(place->path, "ALTER TABLE harm ADD COLUMN stranger TEXT");
    assert_false(store_publish(store, copy, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    assert_int_not_equal(access(copy, F_OK), 0);
    store_close(store);
}

int main(void)
{
#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)
    const struct CMUnitTest tests[] = {
        WITH_PLACE(a_base_comes_back_as_it_was_saved),
        WITH_PLACE(a_large_base_is_served_folded_and_is_the_same),
        WITH_PLACE(a_store_closed_and_opened_for_reading_holds_the_same),
        WITH_PLACE(the_curated_base_comes_back_as_it_was_saved),
        WITH_PLACE(an_empty_base_can_be_saved_and_loaded),
        WITH_PLACE(a_store_that_nothing_was_saved_in_says_so),
        WITH_PLACE(saving_the_same_again_changes_nothing),
        WITH_PLACE(each_difference_is_counted_and_audited),
        WITH_PLACE(every_kind_of_record_can_change_and_go),
        WITH_PLACE(another_order_of_conditions_is_kept_but_has_the_same_hash),
        WITH_PLACE(studies_in_any_order_are_loaded_by_id_and_have_the_same_hash),
        WITH_PLACE(a_reader_that_stays_open_sees_the_next_save),
        WITH_PLACE(a_result_about_nothing_known_leaves_the_old_base),
        WITH_PLACE(a_condition_under_a_parent_that_is_not_there_is_refused),
        WITH_PLACE(a_topic_that_is_still_named_cannot_go),
        WITH_PLACE(two_studies_of_one_id_are_refused),
        WITH_PLACE(a_full_disk_leaves_the_old_base),
        WITH_PLACE(a_write_that_the_system_refuses_leaves_the_old_base),
        WITH_PLACE(a_program_killed_while_saving_leaves_one_base_whole),
        WITH_PLACE(a_store_opened_for_reading_is_not_written),
        WITH_PLACE(a_store_that_is_not_there_is_not_found),
        WITH_PLACE(a_folder_is_no_store),
        WITH_PLACE(a_text_file_is_no_store_and_stays_as_it_is),
        WITH_PLACE(an_empty_file_may_become_a_store_but_is_none),
        WITH_PLACE(another_programs_tables_are_refused),
        WITH_PLACE(another_programs_database_is_refused_and_stays_as_it_is),
        WITH_PLACE(a_newer_store_is_refused_with_what_to_do),
        WITH_PLACE(an_older_store_is_not_read_before_it_is_brought_up),
        WITH_PLACE(a_store_of_the_first_version_is_brought_up_with_all_it_holds),
        WITH_PLACE(a_store_at_rest_is_read_from_a_folder_that_may_not_be_written),
        WITH_PLACE(what_may_not_be_written_is_told),
        WITH_PLACE(a_store_cut_short_is_told_as_damaged),
        WITH_PLACE(a_store_with_wrong_bytes_is_an_error_and_no_crash),
        WITH_PLACE(the_audit_log_cannot_be_changed_or_cut),
        WITH_PLACE(a_forged_audit_row_breaks_the_chain),
        WITH_PLACE(an_audit_row_taken_out_breaks_the_chain),
        WITH_PLACE(a_figure_changed_behind_our_back_is_found),
        WITH_PLACE(a_study_taken_out_behind_our_back_is_found),
        WITH_PLACE(a_reference_to_nothing_is_found),
        WITH_PLACE(a_word_nobody_knows_is_damage),
        WITH_PLACE(a_public_copy_is_a_whole_store_of_the_same_base),
        WITH_PLACE(what_is_not_curated_stays_private),
        WITH_PLACE(a_public_copy_that_fails_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
