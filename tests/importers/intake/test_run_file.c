/* Imports of files: stopped, limited, broken, gone on with; and who may go on with a run. */
#include "tests/importers/intake/opened.h"

#include <sys/utsname.h>
#include <time.h>

#include "evidence/store/runs.h"
#include "importers/intake/run.h"

enum { MANY = 1203 }; /* two batches of 500 and a part of one */

/* What was told of a run. */
struct heard {
    struct import_run last;
    char error[ERROR_MESSAGE_SIZE];
    size_t batches;
    volatile int stop;
    size_t stop_after; /* batches; 0: never */
    int64_t begun_at;
};

static void on_begun(void *context, const struct import_run *run)
{
    ((struct heard *)context)->begun_at = run->position;
}

static void on_progress(void *context, const struct import_run *run, uint64_t taken, uint64_t total)
{
    struct heard *heard = context;
    (void)run;
    assert_true(taken <= total);
    if (++heard->batches == heard->stop_after)
        heard->stop = 1;
}

static void on_done(void *context, const struct import_run *run, const struct error *err)
{
    struct heard *heard = context;
    heard->last = *run;
    snprintf(heard->error, sizeof heard->error, "%s", err == NULL ? "" : err->message);
}

static bool import(struct opened *opened, const char *path, size_t limit, struct heard *heard)
{
    const struct run_watch watch = {
        .begun = on_begun, .progress = on_progress, .done = on_done, .context = heard};
    opened->err = (struct error){0};
    return run_file(opened->store, path, NULL, limit, &heard->stop, &watch, &opened->err);
}

static const char *file_of(struct opened *opened, const char *name, size_t records,
                           const char *after)
{
    struct buffer text = {0};
    const char *path = arena_printf(opened->arena, "%s/%s", opened->folder, name);
    for (size_t i = 0; i < records; i++)
        buffer_printf(&text,
                      "TY  - JOUR\nTI  - Report number %zu of many muscles\nDO  - 10.5555/%zu\n"
                      "AU  - Ay, S\nPY  - 2015\nER  - \n\n",
                      i * 7919, i);
    buffer_text(&text, after);
    if (!file_write(path, buffer_string(&text), text.length, &opened->err))
        fail_msg("%s", opened->err.message);
    buffer_release(&text);
    return path;
}

static void a_file_is_stored_batch_by_batch_and_again_changes_nothing(void **state)
{
    struct opened *opened = *state;
    const char *path = file_of(opened, "many.ris", MANY, "");
    struct heard heard = {0};
    must(opened, import(opened, path, 0, &heard));
    assert_int_equal(heard.last.status, RUN_FINISHED);
    assert_true(heard.last.complete);
    assert_int_equal(heard.last.counts.added, MANY);
    assert_int_equal(heard.batches, 3);
    struct heard again = {0};
    must(opened, import(opened, path, 0, &again));
    assert_int_equal(again.last.counts.unchanged, MANY);
    assert_int_equal(listed(opened, ""), MANY);
    verified(opened);
}

static void one_that_was_stopped_goes_on_with_the_next_record(void **state)
{
    struct opened *opened = *state;
    const char *path = file_of(opened, "many.ris", MANY, "");
    struct heard heard = {.stop_after = 1};
    must(opened, import(opened, path, 0, &heard));
    assert_int_equal(heard.last.status, RUN_STOPPED);
    assert_int_equal(heard.last.position, 500);
    /* under another name it is the same file */
    const char *moved = arena_printf(opened->arena, "%s/moved.ris", opened->folder);
    assert_int_equal(rename(path, moved), 0);
    struct heard rest = {0};
    must(opened, import(opened, moved, 0, &rest));
    assert_int_equal(rest.begun_at, 500);
    assert_int_equal(rest.last.key, heard.last.key);
    assert_int_equal(rest.last.status, RUN_FINISHED);
    assert_int_equal(rest.last.counts.added, MANY);
    assert_int_equal(rest.last.counts.unchanged, 0);
    verified(opened);
}

static void a_file_that_has_changed_is_another_file(void **state)
{
    struct opened *opened = *state;
    const char *path = file_of(opened, "many.ris", MANY, "");
    struct heard heard = {.stop_after = 1};
    must(opened, import(opened, path, 0, &heard));
    file_of(opened, "many.ris", MANY + 1, "");
    struct heard rest = {0};
    must(opened, import(opened, path, 0, &rest));
    assert_int_equal(rest.begun_at, 0);
    assert_int_not_equal(rest.last.key, heard.last.key);
    assert_int_equal(rest.last.counts.unchanged, 500);
    assert_int_equal(rest.last.counts.added, MANY + 1 - 500);
}

static void a_limit_ends_it_as_finished_and_not_complete(void **state)
{
    struct opened *opened = *state;
    const char *path = file_of(opened, "many.ris", MANY, "");
    struct heard heard = {0};
    must(opened, import(opened, path, 7, &heard));
    assert_int_equal(heard.last.status, RUN_FINISHED);
    assert_false(heard.last.complete);
    assert_int_equal(heard.last.counts.added, 7);
    assert_int_equal(listed(opened, ""), 7);
}

/* XML that ends in the middle of a record: what came before it is kept. */
static void what_came_before_a_fault_is_kept(void **state)
{
    struct opened *opened = *state;
    struct buffer text = {0};
    const char *path = arena_printf(opened->arena, "%s/cut.xml", opened->folder);
    buffer_text(&text, "<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n");
    for (int i = 1; i <= 3; i++)
        buffer_printf(
            &text,
            "<PubmedArticle><MedlineCitation><PMID>%d</PMID><Article><ArticleTitle>Report "
            "%d</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n",
            i, i);
    buffer_text(&text, "<PubmedArticle><MedlineCitation><PMID>4</PMID><Arti");
    must(opened, file_write(path, buffer_string(&text), text.length, &opened->err));
    buffer_release(&text);
    struct heard heard = {0};
    assert_false(import(opened, path, 0, &heard));
    assert_int_equal(opened->err.kind, ERROR_INVALID);
    assert_non_null(strstr(opened->err.message, "cut.xml"));
    assert_int_equal(heard.last.status, RUN_FAILED);
    assert_string_equal(heard.error, opened->err.message);
    assert_int_equal(listed(opened, ""), 3);
    verified(opened);
}

static void what_is_no_file_or_no_format_begins_no_run(void **state)
{
    struct opened *opened = *state;
    struct heard heard = {0};
    assert_false(import(opened, "/nowhere/at.all", 0, &heard));
    assert_int_equal(opened->err.kind, ERROR_NOT_FOUND);
    const char *path = file_of(opened, "notes.txt", 0, "Dear diary, my neck hurts.\n");
    assert_false(import(opened, path, 0, &heard));
    assert_int_equal(opened->err.kind, ERROR_INVALID);
    struct import_run *runs = NULL;
    size_t count = 0;
    must(opened,
         store_runs(opened->store, 0, false, 10, opened->arena, &runs, &count, &(struct error){0}));
    assert_int_equal(count, 0);
}

/* ---- runs in the store ---- */

static void a_run_that_another_process_is_at_is_left_to_it(void **state)
{
    struct opened *opened = *state;
    const char *path = file_of(opened, "many.ris", MANY, "");
    struct heard heard = {.stop_after = 1};
    struct utsname name;
    assert_int_equal(uname(&name), 0);
    must(opened, import(opened, path, 0, &heard));
    struct import_run run;
    must(opened, store_run(opened->store, heard.last.key, opened->arena, &run, &opened->err));
    run.status = RUN_RUNNING;
    run.host = name.nodename;
    run.process = (int64_t)getppid();
    run.touched = time(NULL);
    must(opened, store_put_run(opened->store, &run, false, &opened->err));
    assert_false(import(opened, path, 0, &heard));
    assert_non_null(strstr(opened->err.message, "under way in process"));
    run.touched -= 7200; /* it did nothing for two hours: its number is another's by now */
    must(opened, store_put_run(opened->store, &run, false, &(struct error){0}));
    struct heard rest = {0};
    must(opened, import(opened, path, 0, &rest));
    assert_int_equal(rest.last.status, RUN_FINISHED);
}

static void searches_are_kept_and_due_when_their_time_has_come(void **state)
{
    struct opened *opened = *state;
    const struct saved_search early = {.name = "early",
                                       .source = "pubmed",
                                       .query = "x",
                                       .every_seconds = 60,
                                       .created = 1,
                                       .due = 100};
    struct saved_search late = {.name = "late",
                                .source = "crossref",
                                .query = "y",
                                .every_seconds = 60,
                                .created = 1,
                                .due = 200,
                                .most = 7};
    struct saved_search *found = NULL;
    size_t count = 0;
    must(opened,
         store_put_search(opened->store, &late, &opened->err) &&
             store_put_search(opened->store, &early, &opened->err) &&
             store_searches(opened->store, 150, opened->arena, &found, &count, &opened->err));
    assert_int_equal(count, 1);
    assert_string_equal(found[0].name, "early");
    late.due = 120;
    must(opened,
         store_put_search(opened->store, &late, &opened->err) &&
             store_searches(opened->store, 150, opened->arena, &found, &count, &opened->err));
    assert_int_equal(count, 2);
    assert_int_equal(found[1].most, 7);
    late.name = "Not A Slug";
    assert_false(store_put_search(opened->store, &late, &opened->err));
    assert_int_equal(opened->err.kind, ERROR_INVALID);
}

static void warnings_are_kept_up_to_a_number_and_counted_beyond(void **state)
{
    struct opened *opened = *state;
    struct buffer bad = {0};
    for (int i = 0; i < RUN_WARNINGS_KEPT + 50; i++)
        buffer_text(&bad, "TY  - JOUR\nN1  - neither title nor identifier\nER  - \n\n");
    const char *path = file_of(opened, "odd.ris", 2, buffer_string(&bad));
    buffer_release(&bad);
    struct heard heard = {0};
    must(opened, import(opened, path, 0, &heard));
    assert_int_equal(heard.last.counts.refused, RUN_WARNINGS_KEPT + 50);
    assert_int_equal(heard.last.counts.warnings, RUN_WARNINGS_KEPT + 50);
    const char *const *messages = NULL;
    size_t count = 0;
    must(opened,
         store_warnings(opened->store, heard.last.key, opened->arena, &messages, &opened->err));
    while (messages[count] != NULL)
        count++;
    assert_int_equal(count, RUN_WARNINGS_KEPT);
    assert_non_null(strstr(messages[0], "odd.ris"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPENED(a_file_is_stored_batch_by_batch_and_again_changes_nothing),
        OPENED(one_that_was_stopped_goes_on_with_the_next_record),
        OPENED(a_file_that_has_changed_is_another_file),
        OPENED(a_limit_ends_it_as_finished_and_not_complete),
        OPENED(what_came_before_a_fault_is_kept),
        OPENED(what_is_no_file_or_no_format_begins_no_run),
        OPENED(a_run_that_another_process_is_at_is_left_to_it),
        OPENED(searches_are_kept_and_due_when_their_time_has_come),
        OPENED(warnings_are_kept_up_to_a_number_and_counted_beyond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
