/*
 * touchstone import against a service that misbehaves, and killed at any instant: whatever happens,
 * nothing is lost, nothing is doubled, and what is stored in the end is the same to the byte.
 *
 * The service is Europe PMC as a script tells it (recorded-server.mjs), its records made up. One of
 * them tells of the retraction of a study of the curated base.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <time.h>

#include "tests/importers/intake/opened.h"
#include "tests/importers/recorded_server.h"

enum { PAGES = 12, PAGE_RECORDS = 5, KILLS = 100, NOTICE_PAGE = 7 };

static const char *program(void)
{
    const char *named = getenv("TOUCHSTONE_PROGRAM");
    return named == NULL ? "./touchstone" : named;
}

/* ---- what the service says ---- */

static json_t *item(int number)
{
    char pmid[16];
    char title[96];
    snprintf(pmid, sizeof pmid, "%d", 90000000 + number);
    snprintf(title, sizeof title, "Needling of muscle number %d, a made-up report", number * 7919);
    json_t *made =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:[{s:s, s:s}]}, s:s}", "id", pmid, "source", "MED",
                  "pmid", pmid, "title", title, "pubYear", "2015", "authorList", "author",
                  "lastName", "Ay", "firstName", "S", "abstractText", "Made up for a test.");
    return made;
}

static json_t *retraction_of(const char *pmid)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:[{s:s, s:s, s:s}]}}", "id", "99999999",
                     "source", "MED", "pmid", "99999999", "title", "Retraction notice", "pubYear",
                     "2026", "commentCorrectionList", "commentCorrection", "id", pmid, "source",
                     "MED", "type", "Retraction of");
}

static json_t *page(int number, int total, const char *retracted)
{
    char next[16];
    json_t *items = json_array();
    for (int i = 0; i < PAGE_RECORDS; i++)
        json_array_append_new(items, item(number * PAGE_RECORDS + i));
    if (retracted != NULL)
        json_array_append_new(items, retraction_of(retracted));
    snprintf(next, sizeof next, "c%d", number + 1);
    json_t *made = json_pack("{s:i, s:{s:o}}", "hitCount", total, "resultList", "result", items);
    if (number + 1 < PAGES)
        json_object_set_new(made, "nextCursorMark", json_string(next));
    return made;
}

/* A route for every page; `faults` (JSON answers, a list) come before the answer of page `at`. */
static char *script(const char *retracted, int at, const char *faults)
{
    json_t *routes = json_array();
    for (int i = 0; i < PAGES; i++) {
        char match[64];
        json_t *answers = i == at && faults != NULL ? json_loads(faults, 0, NULL) : json_array();
        assert_non_null(answers);
        if (i == 0)
            snprintf(match, sizeof match, "cursorMark=(%%2A|[*])(&|\\s)");
        else
            snprintf(match, sizeof match, "cursorMark=c%d(&|\\s)", i);
        json_array_append_new(answers, json_pack("{s:o}", "json",
                                                 page(i, PAGES * PAGE_RECORDS + 1,
                                                      i == NOTICE_PAGE ? retracted : NULL)));
        json_array_append_new(routes, json_pack("{s:s, s:o}", "match", match, "answers", answers));
    }
    json_t *whole = json_pack("{s:o}", "routes", routes);
    char *text = json_dumps(whole, JSON_COMPACT);
    json_decref(whole);
    return text;
}

/* ---- the program ---- */

struct told {
    int status; /* as waitpid gives it */
    char text[8192];
};

static pid_t start(const char *const *arguments, const char *out)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    int fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(fd, STDOUT_FILENO);
    dup2(fd, STDERR_FILENO);
    execv(program(), (char *const *)(uintptr_t)arguments);
    _exit(127);
}

static void hear(const char *path, struct told *told)
{
    FILE *file = fopen(path, "r");
    size_t length = file == NULL ? 0 : fread(told->text, 1, sizeof told->text - 1, file);
    told->text[length] = '\0';
    if (file != NULL)
        fclose(file);
}

static struct told run(const char *const *arguments, const char *out)
{
    struct told told = {0};
    waitpid(start(arguments, out), &told.status, 0);
    hear(out, &told);
    return told;
}

/* What a test has: a folder, a built store to copy, and a PMID of a study in it. */
struct lab {
    struct arena *arena;
    char folder[64];
    const char *built;
    const char *db;
    const char *out;
    const char *pmid;
    struct recorded service;
};

static const char *at(const struct lab *lab, const char *name)
{
    return arena_printf(lab->arena, "%s/%s", lab->folder, name);
}

static char *ask(const struct lab *lab, const char *db, const char *sql)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *statement = NULL;
    struct buffer out = {0};
    assert_int_equal(sqlite3_open_v2(db, &handle, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_busy_timeout(handle, 5000);
    if (sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const char *text = (const char *)sqlite3_column_text(statement, i);
            buffer_printf(&out, "%s|", text == NULL ? "-" : text);
        }
        buffer_byte(&out, '\n');
    }
    sqlite3_finalize(statement);
    sqlite3_close(handle);
    char *text = arena_strdup(lab->arena, buffer_string(&out));
    buffer_release(&out);
    return text;
}

/* Everything an import stores but the times and the process. */
static const char *dump(const struct lab *lab)
{
    static const char *const questions[] = {
        "SELECT publication_key, id, study, title, year, merged, retracted, withdrawn, screening, "
        "searchable FROM publication ORDER BY 1",
        "SELECT record_key, source, source_id, publication_key, fields, hash, deleted, joined_by, "
        "score FROM source_record ORDER BY 1",
        "SELECT * FROM record_identifier ORDER BY 1, 2, 3",
        "SELECT * FROM record_likeness ORDER BY 1, 2",
        "SELECT * FROM found_notice ORDER BY 1, 2",
        "SELECT merge_key, into_key, reason, from_key FROM merge ORDER BY 1",
        "SELECT source, query, status, complete, found, position, added, merged, updated, "
        "unchanged, refused, state, hash FROM import_run WHERE run_key = 1",
        "SELECT id, hash, retracted FROM study ORDER BY 1",
        "SELECT * FROM notice ORDER BY 1, 2",
        "SELECT question, before_verdict, after_verdict, cause FROM verdict_change ORDER BY "
        "change_key",
        "SELECT rowid FROM publication_search_docsize ORDER BY 1",
    };
    const char *text = "";
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        text = arena_printf(lab->arena, "%s\n-- %zu\n%s", text, i, ask(lab, lab->db, questions[i]));
    return text;
}

/* In pieces, so that a difference is told and not a megabyte. */
static void assert_same_dump(const char *found, const char *expected)
{
    size_t at_byte = 0;
    while (found[at_byte] != '\0' && found[at_byte] == expected[at_byte])
        at_byte++;
    if (found[at_byte] != expected[at_byte])
        fail_msg("differs at byte %zu: \"%.120s\" where \"%.120s\" was expected", at_byte,
                 found + (at_byte > 40 ? at_byte - 40 : 0),
                 expected + (at_byte > 40 ? at_byte - 40 : 0));
}

static void copy_built(const struct lab *lab)
{
    struct error err = {0};
    size_t length = 0;
    const char *const besides[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < 3; i++)
        unlink(arena_printf(lab->arena, "%s%s", lab->db, besides[i]));
    char *bytes = file_read(lab->built, 256 << 20, lab->arena, &length, &err);
    assert_non_null(bytes);
    assert_true(file_write(lab->db, bytes, length, &err));
}

static int make_lab(void **state)
{
    struct lab *lab = memory_alloc(sizeof *lab);
    *lab = (struct lab){.arena = arena_new(), .folder = "/tmp/touchstone-e2e-XXXXXX"};
    lab->service.lifeline = -1;
    if (mkdtemp(lab->folder) == NULL)
        return -1;
    lab->built = at(lab, "built.db");
    lab->db = at(lab, "test.db");
    lab->out = at(lab, "out.txt");
    struct told told =
        run((const char *const[]){program(), "build", "--db", lab->built, NULL}, lab->out);
    if (told.status != 0)
        fail_msg("%s", told.text);
    char *pmid = ask(lab, lab->built,
                     "SELECT pmid FROM study JOIN result USING (study_key) WHERE pmid IS NOT NULL "
                     "AND retracted = 0 AND design = 'rct' AND measure IS NOT NULL "
                     "GROUP BY pmid ORDER BY count(*) DESC, pmid LIMIT 1");
    pmid[strcspn(pmid, "|")] = '\0';
    lab->pmid = pmid;
    copy_built(lab);
    *state = lab;
    return 0;
}

static int remove_lab(void **state)
{
    struct lab *lab = *state;
    struct error err = {0};
    size_t count = 0;
    recorded_stop(&lab->service);
    const char *const *names = folder_list(lab->folder, "", lab->arena, &count, &err);
    for (size_t i = 0; names != NULL && i < count; i++)
        unlink(at(lab, names[i]));
    rmdir(lab->folder);
    arena_free(lab->arena);
    free(lab);
    return 0;
}

/* (Re)starts the service; skips where there is no node. */
static void serve(struct lab *lab, int page_number, const char *faults)
{
    recorded_stop(&lab->service);
    char *text = script(lab->pmid, page_number, faults);
    char *path = arena_strdup(lab->arena, at(lab, "script.json"));
    struct error err = {0};
    assert_true(file_write(path, text, strlen(text), &err));
    free(text);
    if (getenv("WITHOUT_NODE") != NULL || !recorded_start(&lab->service, path, NULL, NULL)) {
        print_message("skipped: this needs node\n");
        skip();
    }
}

static struct told import(const struct lab *lab)
{
    return run((const char *const[]){program(), "import", "--db", lab->db, "--base-url",
                                     lab->service.url, "--wait", "0.01", "--timeout", "0.5",
                                     "europepmc", "needling", NULL},
               lab->out);
}

static void must_sound(const struct lab *lab)
{
    struct error err = {0};
    struct store *store = store_open(lab->db, STORE_WRITE, &err);
    if (store == NULL || !store_verify(store, &err))
        fail_msg("%s", err.message);
    store_close(store);
}

/* What is stored by an import that nothing disturbs. */
static const char *undisturbed(struct lab *lab)
{
    serve(lab, -1, NULL);
    struct told told = import(lab);
    if (told.status != 0)
        fail_msg("%s", told.text);
    must_sound(lab);
    const char *text = dump(lab);
    copy_built(lab);
    return text;
}

/* ---- misbehaviour ---- */

static void whatever_a_service_does_nothing_is_lost_and_nothing_doubled(void **state)
{
    static const char *const misbehaviours[] = {
        "[{\"status\": 429, \"headers\": {\"Retry-After\": \"1\"}}]",
        "[{\"status\": 500}, {\"status\": 500, \"body\": \"<html>oops</html>\"}]",
        "[{\"status\": 503}]",
        "[{\"fault\": \"silent\"}]",
        "[{\"fault\": \"close\"}, {\"fault\": \"drip\", \"every_ms\": 200, \"fill\": 500}]",
        "[{\"fault\": \"reset\", \"fill\": 5000}]",
        "[{\"fault\": \"cut\", \"fill\": 5000}]",
        "[{\"fault\": \"cut-chunked\", \"fill\": 5000}]",
        "[{\"fault\": \"stall\", \"fill\": 5000}]",
        "[{\"body\": \"<html><title>Maintenance</title></html>\", "
        "\"headers\": {\"content-type\": \"text/html\"}}]",
        "[{\"body\": \"{\\\"hitCount\\\": 61, \\\"resultList\\\": {\\\"result\\\": [{\", "
        "\"headers\": {\"content-type\": \"application/json\"}}]",
        "[{\"json\": {\"version\": \"6.9\", \"errCode\": 500, \"errMsg\": \"busy\"}}]",
        "[{\"gzip\": \"damaged\", \"json\": {\"hitCount\": 61}}]",
    };
    struct lab *lab = *state;
    const char *expected = undisturbed(lab);
    for (size_t i = 0; i < sizeof misbehaviours / sizeof *misbehaviours; i++) {
        copy_built(lab);
        serve(lab, 3 + (int)(i % 5), misbehaviours[i]);
        struct told told = import(lab);
        if (told.status != 0)
            fail_msg("%s: %s", misbehaviours[i], told.text);
        assert_same_dump(dump(lab), expected);
    }
}

/* Page 5 comes twice under two cursors, and the totals change under way. */
static void pages_that_come_twice_and_totals_that_change_do_no_harm(void **state)
{
    struct lab *lab = *state;
    undisturbed(lab);
    json_t *again = page(4, 99, NULL);
    json_object_set_new(again, "nextCursorMark", json_string("c6"));
    char *text = json_dumps(again, JSON_COMPACT);
    char *faults = arena_printf(lab->arena, "[{\"json\": %s}]", text);
    serve(lab, 5, faults); /* in place of page 5 comes page 4 again; then page 6 */
    struct told told = import(lab);
    free(text);
    json_decref(again);
    if (told.status != 0)
        fail_msg("%s", told.text);
    assert_string_equal(ask(lab, lab->db,
                            "SELECT count(*), count(DISTINCT source_id) FROM source_record "
                            "WHERE source = 'europepmc'"),
                        "56|56|\n");
    assert_string_equal(ask(lab, lab->db, "SELECT added + merged, unchanged FROM import_run"),
                        "56|5|\n");
    must_sound(lab);
}

static void what_cannot_be_read_leaves_an_import_that_goes_on_later(void **state)
{
    static const char *const troubles[] = {
        "[{\"status\": 302, \"headers\": {\"Location\": \"{base}/search?cursorMark=c5&\"}}]",
        "[{\"status\": 503}]",
        "[{\"status\": 404, \"body\": \"gone\"}]",
    };
    static const int statuses[] = {4, 4, 1};
    struct lab *lab = *state;
    const char *expected = undisturbed(lab);
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++) {
        copy_built(lab);
        /* the trouble again and again, so that no number of tries helps */
        serve(lab, 5,
              arena_printf(
                  lab->arena, "[%.*s,%.*s,%.*s,%.*s,%.*s,%.*s,%.*s,%.*s]",
                  (int)strlen(troubles[i]) - 2, troubles[i] + 1, (int)strlen(troubles[i]) - 2,
                  troubles[i] + 1, (int)strlen(troubles[i]) - 2, troubles[i] + 1,
                  (int)strlen(troubles[i]) - 2, troubles[i] + 1, (int)strlen(troubles[i]) - 2,
                  troubles[i] + 1, (int)strlen(troubles[i]) - 2, troubles[i] + 1,
                  (int)strlen(troubles[i]) - 2, troubles[i] + 1, (int)strlen(troubles[i]) - 2,
                  troubles[i] + 1));
        struct told told = import(lab);
        assert_true(WIFEXITED(told.status));
        if (WEXITSTATUS(told.status) != statuses[i])
            fail_msg("status %d: %s", WEXITSTATUS(told.status), told.text);
        assert_string_equal(ask(lab, lab->db, "SELECT status, position FROM import_run"),
                            "failed|25|\n");
        serve(lab, -1, NULL);
        told = run((const char *const[]){program(), "import", "--db", lab->db, "--base-url",
                                         lab->service.url, "--resume", "1", NULL},
                   lab->out);
        if (told.status != 0)
            fail_msg("%s", told.text);
        assert_same_dump(dump(lab), expected);
    }
}

static void a_service_that_is_not_there_is_status_4(void **state)
{
    struct lab *lab = *state;
    struct told told =
        run((const char *const[]){program(), "import", "--db", lab->db, "--base-url",
                                  "http://127.0.0.1:1", "--wait", "0.01", "europepmc", "x", NULL},
            lab->out);
    assert_int_equal(WEXITSTATUS(told.status), 4);
    assert_non_null(strstr(told.text, "127.0.0.1"));
}

/* ---- interrupted ---- */

static void wait_for_records(const struct lab *lab, int least)
{
    for (int tries = 0; tries < 500; tries++) {
        char *said = ask(lab, lab->db, "SELECT coalesce(max(position), 0) FROM import_run");
        if (atoi(said) >= least)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    fail_msg("the import did not get that far");
}

static void an_interrupt_ends_it_after_the_page_and_the_same_words_go_on(void **state)
{
    struct lab *lab = *state;
    const char *expected = undisturbed(lab);
    serve(lab, 6, "[{\"delay_ms\": 2500, \"status\": 500}, {\"delay_ms\": 2500, \"status\": 500}]");
    const char *const arguments[] = {program(),   "import",     "--db",
                                     lab->db,     "--base-url", lab->service.url,
                                     "europepmc", "needling",   NULL};
    pid_t pid = start(arguments, lab->out);
    wait_for_records(lab, 30);
    kill(pid, SIGINT);
    int status = 0;
    waitpid(pid, &status, 0);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGINT);
    assert_string_equal(ask(lab, lab->db, "SELECT status, position FROM import_run"),
                        "stopped|30|\n");
    serve(lab, -1, NULL);
    struct told told = import(lab);
    if (told.status != 0)
        fail_msg("%s", told.text);
    assert_same_dump(dump(lab), expected);
}

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Kills it after a while; true if it was still running. */
static bool kill_after(const struct lab *lab, const char *const *arguments, double seconds,
                       int *status)
{
    pid_t pid = start(arguments, lab->out);
    nanosleep(&(struct timespec){.tv_sec = (time_t)seconds,
                                 .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)},
              NULL);
    kill(pid, SIGKILL);
    waitpid(pid, status, 0);
    return WIFSIGNALED(*status);
}

static void killed_at_a_hundred_instants_it_ends_with_the_same_rows(void **state)
{
    struct lab *lab = *state;
    const char *expected = undisturbed(lab);
    const char *const arguments[] = {program(),   "import",     "--db",
                                     lab->db,     "--base-url", lab->service.url,
                                     "europepmc", "needling",   NULL};
    double begun = now_seconds();
    struct told told = run(arguments, lab->out);
    double whole = now_seconds() - begun;
    assert_int_equal(told.status, 0);
    uint64_t seed = 20261122; /* any; the instants are random all the same, as the machine is */
    int kills = 0; /* one that comes when all is stored is followed by a search for what is new */
    int finished = 0;
    while (kills < KILLS) {
        copy_built(lab);
        int status = 0;
        bool killed = true;
        while (killed) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            double share = (double)(seed >> 40) / (double)(1 << 24);
            killed = kill_after(lab, arguments, share * whole, &status);
            kills += killed;
            whole *= killed ? 1.01 : 0.8; /* how long it takes depends on what else runs here */
            must_sound(lab);
        }
        if (status != 0) {
            hear(lab->out, &told);
            fail_msg("%s", told.text);
        }
        assert_same_dump(dump(lab), expected);
        finished++;
    }
    print_message("killed %d times, finished %d times with the same rows\n", kills, finished);
}

#define LAB(name) cmocka_unit_test_setup_teardown(name, make_lab, remove_lab)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAB(whatever_a_service_does_nothing_is_lost_and_nothing_doubled),
        LAB(pages_that_come_twice_and_totals_that_change_do_no_harm),
        LAB(what_cannot_be_read_leaves_an_import_that_goes_on_later),
        LAB(a_service_that_is_not_there_is_status_4),
        LAB(an_interrupt_ends_it_after_the_page_and_the_same_words_go_on),
        LAB(killed_at_a_hundred_instants_it_ends_with_the_same_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
