/* The thread that imports inside the service: what is due, and that it ends when told. */
#include <time.h>

#include "evidence/store/runs.h"
#include "service/api/importer.h"
#include "tests/importers/intake/opened.h"
#include "tests/importers/recorded_server.h"

static const char script[] =
    "{\"routes\": [{\"match\": \"^GET /search\", \"answers\": [{\"json\": {\"hitCount\": 1,"
    "\"resultList\": {\"result\": [{\"id\": \"7\", \"source\": \"MED\", \"pmid\": \"7\","
    "\"title\": \"A made-up report\"}]}}}]}]}";

static void prepare(void *context, const char *source, struct run_plan *plan)
{
    struct recorded *service = context;
    (void)source;
    plan->options.base_url = service->url;
    plan->fetch.wait_base = 0.01;
}

static void rebased(void *context)
{
    (void)context;
}

/* The newest run once it has ended; fails after ten seconds. */
static struct import_run ended(struct opened *opened)
{
    for (int tries = 0; tries < 1000; tries++) {
        struct import_run *runs = NULL;
        size_t count = 0;
        must(opened,
             store_runs(opened->store, 0, false, 1, opened->arena, &runs, &count, &opened->err));
        if (count > 0 && runs[0].status != RUN_RUNNING)
            return runs[0];
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    fail_msg("no import ended");
    return (struct import_run){0};
}

static void what_is_due_is_run_and_due_again_later(void **state)
{
    struct opened *opened = *state;
    struct recorded service;
    if (getenv("WITHOUT_NODE") != NULL || !recorded_start(&service, script, NULL, NULL)) {
        print_message("skipped: this needs node\n");
        skip();
    }
    const struct saved_search search = {.name = "needles",
                                        .source = "europepmc",
                                        .query = "needling",
                                        .every_seconds = 3600,
                                        .created = 1,
                                        .due = 1};
    const struct importer_options options = {.db = opened->path,
                                             .schedule = true,
                                             .prepare = prepare,
                                             .rebased = rebased,
                                             .context = &service};
    must(opened, store_put_search(opened->store, &search, &opened->err));
    struct importer *importer = importer_start(&options, &opened->err);
    must(opened, importer != NULL);
    struct import_run run = ended(opened);
    importer_stop(importer);
    assert_int_equal(run.status, RUN_FINISHED);
    assert_string_equal(run.saved_search, "needles");
    assert_int_equal(run.counts.added, 1);
    struct saved_search *found = NULL;
    size_t count = 0;
    must(opened, store_searches(opened->store, 0, opened->arena, &found, &count, &opened->err));
    assert_true(found[0].due > time(NULL) + 3000);
    recorded_stop(&service);
}

static void it_ends_at_once_where_nothing_is_to_be_done(void **state)
{
    struct opened *opened = *state;
    struct recorded nobody = {.url = "http://127.0.0.1:1"};
    const struct importer_options options = {
        .db = opened->path, .prepare = prepare, .rebased = rebased, .context = &nobody};
    struct importer *importer = importer_start(&options, &opened->err);
    must(opened, importer != NULL);
    importer_stop(importer);
    importer_stop(NULL);
}

static void a_service_that_does_not_answer_fails_the_import_and_not_the_next(void **state)
{
    struct opened *opened = *state;
    struct recorded nobody = {.url = "http://127.0.0.1:1"};
    const struct importer_options options = {
        .db = opened->path, .prepare = prepare, .rebased = rebased, .context = &nobody};
    struct importer *importer = importer_start(&options, &opened->err);
    must(opened, importer != NULL);
    for (int i = 0; i < 2; i++) {
        struct import_run run;
        const struct run_plan plan = {.remote = remote_named("europepmc"),
                                      .query = i == 0 ? "one" : "two"};
        must(opened, importer_submit(importer, &plan, opened->arena, &run, &opened->err));
        struct import_run last = ended(opened);
        for (int tries = 0; tries < 1000 && last.key != run.key; tries++)
            last = ended(opened);
        assert_int_equal(last.status, RUN_FAILED);
        assert_true(last.network);
        assert_non_null(strstr(last.error, "127.0.0.1"));
    }
    importer_stop(importer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPENED(what_is_due_is_run_and_due_again_later),
        OPENED(it_ends_at_once_where_nothing_is_to_be_done),
        OPENED(a_service_that_does_not_answer_fails_the_import_and_not_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
