/* A service's pure functions and the fetcher together, over a wire that misbehaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <event2/event.h>

#include "importers/fetch/fetch.h"
#include "importers/sources/remote.h"
#include "tests/importers/recorded_server.h"

/* What goes wrong: too many requests, an error with a 200, a body cut short, a web page, a search
 * that is forgotten. The records are those of ../shared/fixtures/README.md. */
static const char script[] =
    "{\"routes\": ["
    "{\"match\": \"^GET /e/esearch.*term=needling\", \"answers\": ["
    "  {\"status\": 429, \"json\": {\"error\": \"API rate limit exceeded\"}},"
    "  {\"json\": {\"error\": \"API rate limit exceeded\"}},"
    "  {\"json\": {\"esearchresult\": {\"count\": \"3\", \"querykey\": \"1\", \"webenv\": \"M1\","
    "    \"idlist\": []}}},"
    "  {\"json\": {\"esearchresult\": {\"count\": \"3\", \"querykey\": \"1\", \"webenv\": \"M2\","
    "    \"idlist\": [\"22663011\"]}}}]},"
    "{\"match\": \"^GET /e/efetch.*WebEnv=M1.*retstart=0\", \"answers\": ["
    "  {\"fault\": \"cut\", \"file\": \"../shared/fixtures/pubmed/biomcp-efetch-22663011.xml\"},"
    "  {\"body\": \"<html><title>Maintenance</title></html>\","
    "   \"headers\": {\"content-type\": \"text/html\"}},"
    "  {\"gzip\": true, \"file\": \"../shared/fixtures/pubmed/biomcp-efetch-22663011.xml\","
    "   \"headers\": {\"content-type\": \"text/xml\"}}]},"
    "{\"match\": \"^GET /e/efetch.*WebEnv=M1.*retstart=1\", \"answers\": [{\"status\": 400,"
    "  \"body\": \"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>\"}]},"
    "{\"match\": \"^GET /e/efetch.*WebEnv=M2.*retstart=1\", \"answers\": ["
    "  {\"file\": \"../shared/fixtures/pubmed/reciter-28356292.xml\", \"headers\": "
    "{\"content-type\": \"text/xml\"}}]},"
    "{\"match\": \"^GET /e/efetch.*WebEnv=M2.*retstart=2\", \"answers\": ["
    "  {\"file\": \"../shared/fixtures/pubmed/reciter-31482638.xml\", \"headers\": "
    "{\"content-type\": \"text/xml\"}}]}"
    "]}";

struct run {
    const struct remote *remote;
    struct remote_query query;
    struct remote_options options;
    struct event_base *loop;
    struct fetcher *fetcher;
    struct arena *arena;
    const char *state;
    char pmids[200];
    int waits;
    struct error err;
};

static void ask(struct run *run);

static bool take(void *context, const struct record *record, struct error *err)
{
    struct run *run = context;
    size_t used = strlen(run->pmids);
    (void)err;
    snprintf(run->pmids + used, sizeof run->pmids - used, "%s ", record->pmid);
    return true;
}

static void go_on(struct run *run, const char *next)
{
    run->state = next;
    if (next == NULL)
        event_base_loopbreak(run->loop);
    else
        ask(run);
}

static void read_answer(struct run *run, const struct remote_answer *answer)
{
    const struct record_sink sink = {.take = take, .context = run};
    struct remote_page page;
    struct error err = {0};
    if (run->remote->read(&run->query, &run->options, run->state, answer, &sink, NULL, run->arena,
                          &page, &err)) {
        go_on(run, page.next);
    } else if (err.kind != ERROR_NETWORK || !fetch_again(run->fetcher, err.message)) {
        run->err = err;
        event_base_loopbreak(run->loop);
    }
}

static void on_done(void *context, const struct fetch_answer *got, const struct error *err)
{
    struct run *run = context;
    if (got == NULL) {
        run->err = *err;
        event_base_loopbreak(run->loop);
        return;
    }
    const struct remote_answer answer = {.status = got->status,
                                         .content_type = got->content_type,
                                         .bytes = got->bytes,
                                         .length = got->length};
    if (got->status == 200)
        read_answer(run, &answer);
    else
        go_on(run,
              run->remote->recover(&run->query, &run->options, run->state, &answer, run->arena));
}

static void on_waiting(void *context, double seconds, const char *why)
{
    struct run *run = context;
    (void)seconds;
    assert_true(*why != '\0');
    run->waits++;
}

static void ask(struct run *run)
{
    struct remote_request request;
    struct error err = {0};
    if (!run->remote->request(&run->query, &run->options, run->state, run->arena, &request, &err))
        fail_msg("%s", err.message);
    fetch_start(
        run->fetcher,
        &(struct fetch_request){
            .url = request.url, .form = request.form, .accept = request.accept, .per_second = 1000},
        on_done, on_waiting, run);
}

static void an_import_comes_through_whatever_goes_wrong_on_the_way(void **state)
{
    (void)state;
    struct recorded service;
    char base[80];
    if (access("../shared/fixtures/pubmed", R_OK) != 0 ||
        !recorded_start(&service, script, NULL, NULL)) {
        print_message("skipped: this needs node and ../shared\n");
        skip();
    }
    snprintf(base, sizeof base, "%s/e", service.url);
    const struct fetch_options options = {.wait_base = 0.001, .seed = 1};
    struct run run = {.remote = remote_named("pubmed"),
                      .query = {.text = "needling"},
                      .options = {.base_url = base, .page_size = 1},
                      .loop = event_base_new(),
                      .arena = arena_new()};
    run.fetcher = fetcher_new(run.loop, &options, &run.err);
    ask(&run);
    event_base_dispatch(run.loop);
    fetcher_free(run.fetcher);
    event_base_free(run.loop);
    arena_free(run.arena);
    recorded_stop(&service);
    if (run.err.kind != ERROR_NONE)
        fail_msg("%s", run.err.message);
    assert_string_equal(run.pmids, "22663011 28356292 31482638 ");
    assert_int_equal(run.waits, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_import_comes_through_whatever_goes_wrong_on_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
