/* What readers say is wrong: kept with nothing of them, counted, closed, and in no public copy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "evidence/store/audit.h"
#include "evidence/store/reports.h"
#include "tests/evidence/random_base.h"
#include "tests/evidence/store/engine_place.h"

struct place {
    struct arena *arena;
    char folder[64];
    const char *path;
};

static const struct curation_stamp by_anna = {.actor = "anna", .source = "page", .now = 78};

static struct store *opened(const char *path, enum store_mode mode)
{
    struct error err = {0};
    struct store *store = store_open(path, mode, &err);
    if (store == NULL)
        fail_msg("%s", err.message);
    return store;
}

/* A store with a small base in it. */
static int make_place(void **state)
{
    struct place *place = memory_alloc(sizeof *place);
    struct error err = {0};
    struct store_changes changes;
    *place = (struct place){.arena = arena_new(), .folder = "/tmp/touchstone-reports-XXXXXX"};
    assert_non_null(mkdtemp(place->folder));
    place->path = store_place(place->folder, place->arena);
    const struct base base = random_base(3, 5, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    assert_true(store_save_base(store, &base, 1, &changes, &err));
    store_close(store);
    *state = place;
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    size_t count = 0;
    const char *const *names = folder_list(place->folder, "", place->arena, &count, &err);
    for (size_t i = 0; names != NULL && i < count; i++)
        unlink(arena_printf(place->arena, "%s/%s", place->folder, names[i]));
    rmdir(place->folder);
    store_place_remove(place->path, place->arena);
    arena_free(place->arena);
    free(place);
    return 0;
}

static int64_t added(struct store *store, enum report_kind kind, const char *text)
{
    struct error err = {0};
    struct report_task report = {.kind = kind, .about = "/t/massage", .text = text, .at = 77};
    if (!store_add_report(store, &report, &err))
        fail_msg("%s", err.message);
    return report.id;
}

static size_t listed(struct store *store, enum report_status status, struct arena *arena,
                     struct report_task **out)
{
    struct error err = {0};
    size_t count;
    if (!store_reports(store, status, 0, 100, arena, out, &count, &err))
        fail_msg("%s", err.message);
    return count;
}

static void a_report_comes_back_as_it_was_said_until_it_is_closed(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct report_task *found;
    struct store *store = opened(place->path, STORE_WRITE_BRIEFLY);
    int64_t first = added(store, REPORT_OF_READER, "n was 44");
    int64_t second = added(store, REPORT_CDS_FEEDBACK, "overridden");
    store_close(store);
    store = opened(place->path, STORE_WRITE);
    assert_int_equal(listed(store, REPORT_OPEN, place->arena, &found), 2);
    assert_int_equal(found[0].id, first);
    assert_int_equal(found[0].at, 77);
    assert_int_equal(found[0].kind, REPORT_OF_READER);
    assert_string_equal(found[0].about, "/t/massage");
    assert_string_equal(found[0].text, "n was 44");
    assert_null(found[0].outcome);
    assert_int_equal(found[1].kind, REPORT_CDS_FEEDBACK);
    assert_true(store_close_report(store, first, "mended", &by_anna, &err));
    assert_int_equal(listed(store, REPORT_OPEN, place->arena, &found), 1);
    assert_int_equal(found[0].id, second);
    assert_int_equal(listed(store, REPORT_CLOSED, place->arena, &found), 1);
    assert_string_equal(found[0].outcome, "mended");
    assert_false(store_close_report(store, first, "again", &by_anna, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    store_close(store);
}

static void who_closed_a_report_stands_in_the_audit_log(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store *store = opened(place->path, STORE_WRITE);
    struct audit_row *rows = NULL;
    size_t count = 0;
    const struct audit_query query = {.kind = "report", .limit = 10};
    int64_t id = added(store, REPORT_OF_READER, "n was 44");
    assert_true(store_close_report(store, id, "mended", &by_anna, &err));
    err = (struct error){0};
    assert_false(store_close_report(store, id, "again", &by_anna, &err));
    err = (struct error){0};
    assert_true(store_audit(store, &query, place->arena, &rows, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].actor, "anna");
    assert_int_equal(atoll(rows[0].record), id);
    assert_true(store_verify(store, &err));
    store_close(store);
}

static void a_public_copy_holds_no_report(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct report_task *found;
    const char *copy = arena_printf(place->arena, "%s/public.db", place->folder);
    struct store *store = opened(place->path, STORE_WRITE);
    added(store, REPORT_OF_READER, "zaphod");
    assert_true(store_publish(store, copy, &err));
    store_close(store);
    store = opened(copy, STORE_WRITE);
    assert_int_equal(listed(store, REPORT_OPEN, place->arena, &found), 0);
    store_close(store);
    size_t length = 0;
    const char *bytes = file_read(copy, 64 << 20, place->arena, &length, &err);
    assert_null(memmem(bytes, length, "zaphod", 6));
}

static void what_strangers_send_does_not_fill_the_disk(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct report_task more = {.kind = REPORT_OF_READER, .about = "a", .text = "b"};
    run_sql(place->path,
            arena_printf(place->arena,
                         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                         "WHERE i < %d) INSERT INTO report (id, at, kind, about, text, status) "
                         "SELECT i, 1, 'report', 'a', 'b', 'open' FROM n",
                         REPORTS_OPEN_MOST));
    struct store *store = opened(place->path, STORE_WRITE_BRIEFLY);
    assert_false(store_add_report(store, &more, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    added(store, REPORT_CDS_FEEDBACK, "another kind has room of its own");
    err = (struct error){0};
    assert_true(store_close_report(store, 1, "looked at", &by_anna, &err));
    assert_true(store_add_report(store, &more, &err));
    store_close(store);
}

static void a_brief_writer_gives_up_where_somebody_else_writes(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct report_task report = {.kind = REPORT_OF_READER, .about = "a", .text = "b"};
    struct store *other = opened(place->path, STORE_WRITE);
    assert_true(store_begin(other, &err));
    added(other, REPORT_OF_READER, "not yet committed");
    struct store *store = opened(place->path, STORE_WRITE_BRIEFLY);
    assert_false(store_add_report(store, &report, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    store_roll_back(other);
    err = (struct error){0};
    assert_true(store_add_report(store, &report, &err));
    store_close(store);
    store_close(other);
}

static void a_brief_writer_makes_no_store_and_brings_none_up_to_date(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    const char *none = arena_printf(place->arena, "%s/none.db", place->folder);
    assert_null(store_open(none, STORE_WRITE_BRIEFLY, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    assert_int_not_equal(access(none, F_OK), 0);
    err = (struct error){0};
    run_sql(place->path, set_version(2, place->arena));
    assert_null(store_open(place->path, STORE_WRITE_BRIEFLY, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    assert_non_null(strstr(err.message, "older"));
}

static void a_file_at_rest_is_one_file_again(void **state)
{
    struct place *place = *state;
    only_of_a_file();
    struct store *store = opened(place->path, STORE_WRITE_BRIEFLY);
    added(store, REPORT_OF_READER, "n was 44");
    store_close(store);
    assert_int_not_equal(access(arena_printf(place->arena, "%s-wal", place->path), F_OK), 0);
}

static void one_report_is_found_by_its_number_open_and_closed(void **state)
{
    struct place *place = *state;
    struct store *store = opened(place->path, STORE_WRITE);
    struct error err = {0};
    struct report_task report;
    added(store, REPORT_OF_READER, "another");
    int64_t id = added(store, REPORT_CDS_FEEDBACK, "overridden");
    assert_true(store_report(store, id, place->arena, &report, &err));
    assert_int_equal(report.id, id);
    assert_int_equal(report.kind, REPORT_CDS_FEEDBACK);
    assert_string_equal(report.text, "overridden");
    assert_null(report.outcome);
    assert_true(store_close_report(store, id, "read", &by_anna, &err));
    assert_true(store_report(store, id, place->arena, &report, &err));
    assert_int_equal(report.status, REPORT_CLOSED);
    assert_string_equal(report.outcome, "read");
    assert_false(store_report(store, id + 1, place->arena, &report, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    store_close(store);
}

int main(void)
{
#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)
    const struct CMUnitTest tests[] = {
        WITH_PLACE(a_report_comes_back_as_it_was_said_until_it_is_closed),
        WITH_PLACE(one_report_is_found_by_its_number_open_and_closed),
        WITH_PLACE(who_closed_a_report_stands_in_the_audit_log),
        WITH_PLACE(a_public_copy_holds_no_report),
        WITH_PLACE(what_strangers_send_does_not_fill_the_disk),
        WITH_PLACE(a_brief_writer_gives_up_where_somebody_else_writes),
        WITH_PLACE(a_brief_writer_makes_no_store_and_brings_none_up_to_date),
        WITH_PLACE(a_file_at_rest_is_one_file_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
