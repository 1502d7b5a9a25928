/* An import from PubMed as its two pure functions, against a PubMed made up here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "importers/sources/all.h"
#include "tests/importers/sources/fake_pubmed.h"

enum { STEPS_MOST = 5000, PMID_MOST = 100000, WARNINGS_SIZE = 4000 };

/* -- a run, as whoever imports does it -- */

struct run {
    struct fake_pubmed fake;
    struct remote_query query;
    struct remote_options options;
    int *times; /* how often each PMID came */
    size_t records;
    long total;
    char warnings[WARNINGS_SIZE];
    char *state; /* where it stands; NULL: at the start, or through */
    bool through;
    int asked_again; /* the same state, after an error or a refusal */
    struct error err;
    bool sink_refuses;
};

static bool take(void *context, const struct record *record, struct error *err)
{
    struct run *run = context;
    if (run->sink_refuses)
        return error_set(err, ERROR_STORE, "the store is full");
    long pmid = strtol(record->pmid, NULL, 10);
    assert_true(pmid > 0 && pmid < PMID_MOST);
    run->times[pmid]++;
    run->records++;
    return true;
}

static void warn(void *context, const char *message)
{
    struct run *run = context;
    size_t used = strlen(run->warnings);
    snprintf(run->warnings + used, sizeof run->warnings - used, "%s\n", message);
}

static void keep_state(struct run *run, const char *next)
{
    char *copy = next == NULL ? NULL : strdup(next);
    free(run->state);
    run->state = copy;
}

/* One request and its answer. False with `err` where the run cannot go on. */
static bool step(struct run *run)
{
    struct arena *arena = arena_new();
    const struct record_sink sink = {.take = take, .context = run};
    const struct format_warnings warnings = {.warn = warn, .context = run};
    struct remote_request request;
    struct remote_page page;
    bool done =
        remote_pubmed.request(&run->query, &run->options, run->state, arena, &request, &run->err);
    if (done) {
        const struct remote_answer answer = fake_ask(&run->fake, &request);
        if (answer.status == 200) {
            done = remote_pubmed.read(&run->query, &run->options, run->state, &answer, &sink,
                                      &warnings, arena, &page, &run->err);
            if (done) {
                keep_state(run, page.next);
                run->through = page.next == NULL;
                run->total = page.total;
            }
        } else {
            const char *next =
                remote_pubmed.recover(&run->query, &run->options, run->state, &answer, arena);
            if (next == NULL)
                done = error_set(&run->err, ERROR_NETWORK, "%s",
                                 remote_pubmed.refusal(&answer, arena));
            else
                keep_state(run, next);
        }
    }
    arena_free(arena);
    return done;
}

/* To the end; an error is asked for again `patience` times, from the same state. */
static bool run_to_end(struct run *run, int patience)
{
    for (int steps = 0; !run->through; steps++) {
        if (steps > STEPS_MOST)
            fail_msg("no end in sight, at %s", run->state);
        if (step(run))
            continue;
        if (run->asked_again++ >= patience || run->err.kind != ERROR_NETWORK)
            return false;
        run->err = (struct error){0};
    }
    return true;
}

static void begin(struct run *run, size_t count)
{
    memset(run, 0, sizeof *run);
    run->query.text = "dry needling";
    run->times = calloc(PMID_MOST, sizeof *run->times);
    run->fake.records = calloc(count + 1, sizeof *run->fake.records);
    run->fake.count = count;
}

/* `count` records, some each day, the newest first; PMIDs fall with the dates. */
static void begin_with(struct run *run, size_t count, size_t a_day)
{
    begin(run, count);
    for (size_t i = 0; i < count; i++) {
        int day = (int)(i / a_day);
        int date = (2026 - day / 336) * 10000 + (12 - day / 28 % 12) * 100 + (28 - day % 28);
        run->fake.records[i] = (struct fake_record){
            .pmid = (long)(count - i), .entered = date, .created = date, .modified = date};
    }
}

static void end(struct run *run)
{
    fake_release(&run->fake);
    free(run->times);
    free(run->state);
}

static void all_came(const struct run *run, int least, int most)
{
    for (size_t i = 0; i < run->fake.count; i++) {
        long pmid = run->fake.records[i].pmid;
        if (!run->fake.records[i].gone && (run->times[pmid] < least || run->times[pmid] > most))
            fail_msg("PMID %ld came %d times", pmid, run->times[pmid]);
    }
}

static void all_came_once(const struct run *run)
{
    all_came(run, 1, 1);
}

static void must_end(struct run *run)
{
    if (!run_to_end(run, 0))
        fail_msg("%s", run->err.message);
}

static void must_say(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in: %s", words, text);
}

/* -- requests -- */

static struct remote_request request_of(struct run *run, struct arena *arena)
{
    struct remote_request request;
    if (!remote_pubmed.request(&run->query, &run->options, run->state, arena, &request, &run->err))
        fail_msg("%s", run->err.message);
    return request;
}

static void must_ask(const struct remote_request *request, const char *name, const char *value)
{
    char found[500];
    const char *parameters = request->form != NULL ? request->form : request->url;
    bool there = fake_parameter(parameters, name, found, sizeof found);
    if (value == NULL)
        assert_false(there);
    else if (!there || strcmp(found, value) != 0)
        fail_msg("%s is %s and not %s", name, there ? found : "not there", value);
}

/* NCBI's rules: NBK25497 (tool, email, api_key), NBK25499 (usehistory, retmode). */
static void a_search_is_put_on_the_history_server_with_our_name(void **state)
{
    (void)state;
    struct run run;
    struct arena *arena = arena_new();
    begin_with(&run, 3, 1);
    run.query.text = "\"dry needling\"[tiab] AND knots & more";
    run.options.contact = "someone@example.org";
    struct remote_request request = request_of(&run, arena);
    assert_int_equal(
        strncmp(request.url, "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esearch.fcgi?", 59), 0);
    must_ask(&request, "db", "pubmed");
    must_ask(&request, "term", run.query.text);
    must_ask(&request, "usehistory", "y");
    must_ask(&request, "retmode", "json");
    must_ask(&request, "retmax", "0");
    must_ask(&request, "tool", "touchstone");
    must_ask(&request, "email", "someone@example.org");
    must_ask(&request, "api_key", NULL);
    must_ask(&request, "mindate", NULL);
    assert_true(request.per_second > 2.8 && request.per_second < 3);
    assert_string_equal(request.accept, "application/json");
    arena_free(arena);
    end(&run);
}

static void records_are_asked_for_by_the_search_that_was_kept(void **state)
{
    (void)state;
    struct run run;
    struct arena *arena = arena_new();
    begin_with(&run, 250, 10);
    run.options.api_key = "k&y";
    run.options.base_url = "http://127.0.0.1:1/e";
    assert_true(step(&run));
    struct remote_request request = request_of(&run, arena);
    assert_int_equal(strncmp(request.url, "http://127.0.0.1:1/e/efetch.fcgi?", 33), 0);
    must_ask(&request, "db", "pubmed");
    must_ask(&request, "WebEnv", "MCID_1&=");
    must_ask(&request, "query_key", "1");
    must_ask(&request, "retstart", "0");
    must_ask(&request, "retmax", "200");
    must_ask(&request, "retmode", "xml");
    must_ask(&request, "api_key", "k&y");
    assert_true(request.per_second > 7 && request.per_second < 8);
    assert_true(step(&run));
    request = request_of(&run, arena);
    must_ask(&request, "retstart", "200");
    must_ask(&request, "retmax", "50");
    arena_free(arena);
    end(&run);
}

static void a_long_query_is_posted(void **state)
{
    (void)state;
    struct run run;
    struct arena *arena = arena_new();
    char text[3500];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    begin_with(&run, 5, 1);
    run.query.text = text;
    struct remote_request request = request_of(&run, arena);
    assert_non_null(request.form);
    assert_null(strchr(request.url, '?'));
    must_end(&run);
    assert_string_equal(run.fake.last_term, text);
    all_came_once(&run);
    arena_free(arena);
    end(&run);
}

static void a_query_of_nothing_is_refused(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 1, 1);
    run.query.text = "  ";
    assert_false(step(&run));
    assert_int_equal(run.err.kind, ERROR_INVALID);
    run.err = (struct error){0};
    run.query.text = "needling";
    run.query.since = "yesterday";
    assert_false(step(&run));
    assert_int_equal(run.err.kind, ERROR_INVALID);
    end(&run);
}

/* -- whole runs -- */

static void every_record_comes_once_in_pages_of_200(void **state)
{
    (void)state;
    static const struct {
        size_t count;
        int pages;
    } cases[] = {{1, 1}, {199, 1}, {200, 1}, {201, 2}, {1000, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct run run;
        begin_with(&run, cases[i].count, 7);
        must_end(&run);
        all_came_once(&run);
        assert_int_equal(run.total, (long)cases[i].count);
        assert_int_equal(run.fake.pages, cases[i].pages);
        assert_int_equal(run.fake.largest_page <= 200, true);
        assert_string_equal(run.warnings, "");
        end(&run);
    }
}

static void nothing_found_is_an_end_and_no_error(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 0, 1);
    must_end(&run);
    assert_int_equal(run.total, 0);
    assert_int_equal(run.fake.asked, 1);
    end(&run);
}

static void a_limit_takes_the_newest_and_no_more(void **state)
{
    (void)state;
    static const size_t limits[] = {1, 200, 201, 350};
    for (size_t i = 0; i < 4; i++) {
        struct run run;
        begin_with(&run, 1000, 7);
        run.query.limit = limits[i];
        must_end(&run);
        assert_int_equal(run.records, limits[i]);
        for (size_t n = 0; n < limits[i]; n++)
            assert_int_equal(run.times[run.fake.records[n].pmid], 1);
        assert_int_equal(run.total, 1000);
        end(&run);
    }
}

static void a_page_may_be_smaller_and_never_larger(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 100, 7);
    run.options.page_size = 30;
    must_end(&run);
    assert_int_equal(run.fake.pages, 4);
    all_came_once(&run);
    end(&run);
    begin_with(&run, 1000, 7);
    run.options.page_size = 5000;
    must_end(&run);
    assert_int_equal(run.fake.largest_page, 200);
    end(&run);
}

/* -- more than PubMed gives for one search -- */

static void the_first_9999_come_from_one_search_and_one_more_needs_parts(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 9999, 30);
    must_end(&run);
    all_came_once(&run);
    assert_int_equal(run.fake.search_count, 1);
    end(&run);
    begin_with(&run, 10000, 30);
    must_end(&run);
    all_came_once(&run);
    assert_true(run.fake.search_count > 2);
    assert_string_equal(run.warnings, "");
    end(&run);
}

static void all_of_a_large_search_come_once_by_parts(void **state)
{
    (void)state;
    static const size_t a_day[] = {3, 40, 5000};
    for (size_t i = 0; i < 3; i++) {
        struct run run;
        begin_with(&run, 45000, a_day[i]);
        must_end(&run);
        all_came_once(&run);
        assert_int_equal(run.total, 45000);

        assert_true(run.fake.search_count < 100); /* not a search for each day */
        assert_string_equal(run.warnings, "");
        end(&run);
    }
}

/* Articles of 1781 and ones dated ahead are there in PubMed, and whole centuries are empty. */
static void parts_reach_from_the_oldest_to_what_is_dated_ahead(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 12000, 4000);
    run.fake.records[11999].entered = 17810101;
    run.fake.records[11998].entered = 18650228;
    run.fake.records[11997].entered = 19000228;
    run.fake.records[0].entered = 20271231;
    must_end(&run);
    all_came_once(&run);
    assert_string_equal(run.warnings, "");
    end(&run);
}

static void a_day_with_too_many_is_cut_by_pmid(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 36000, 25000);
    must_end(&run);
    all_came_once(&run);
    assert_string_equal(run.warnings, "");
    end(&run);
}

static void a_limit_within_reach_needs_no_parts(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 30000, 40);
    run.query.limit = 500;
    must_end(&run);
    assert_int_equal(run.records, 500);
    assert_int_equal(run.fake.search_count, 1);
    end(&run);
    begin_with(&run, 30000, 40);
    run.query.limit = 12345;
    must_end(&run);
    assert_int_equal(run.records, 12345);
    for (size_t n = 0; n < 12345; n++)
        assert_int_equal(run.times[run.fake.records[n].pmid], 1);
    end(&run);
}

static void records_that_no_part_holds_are_told(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 12000, 40);
    run.fake.records[5].entered = 10000101;
    must_end(&run);
    assert_int_equal(run.records, 11999);
    must_say(run.warnings, "counted 12000 records, and 11999 by entry date");
    end(&run);
}

static void a_query_that_no_part_can_be_put_to_is_refused_when_it_must_be(void **state)
{
    (void)state;
    struct run run;
    static const char *const odd[] = {"(needling", "needling)", "\"needling", ")needling("};
    for (size_t i = 0; i < 4; i++) {
        begin_with(&run, 20, 4);
        run.query.text = odd[i]; /* PubMed may make something of it */
        must_end(&run);
        all_came_once(&run);
        end(&run);
        begin_with(&run, 20, 4);
        run.query.text = odd[i];
        run.query.since = "2020-01-01";
        assert_false(run_to_end(&run, 0));
        assert_int_equal(run.err.kind, ERROR_INVALID);
        must_say(run.err.message, "brackets or quotes");
        end(&run);
    }
    begin_with(&run, 20, 4);
    run.query.text = "(a OR b) AND \":-)\"";
    run.query.since = "2020-01-01";
    must_end(&run);
    must_say(run.fake.last_term, "((a OR b) AND \":-)\") AND (");
    end(&run);
}

/* -- since -- */

static void since_takes_what_was_created_or_modified_from_that_day_on(void **state)
{
    (void)state;
    struct run run;
    begin(&run, 5);
    run.fake.records[0] = (struct fake_record){5, 20260601, 20260601, 20260601, false};
    /* entered late: its entry date is that of its publication */
    run.fake.records[1] = (struct fake_record){4, 20190101, 20260520, 20260520, false};
    /* retracted since */
    run.fake.records[2] = (struct fake_record){3, 20180101, 20180101, 20260502, false};
    /* new, and without a date of revision */
    run.fake.records[3] = (struct fake_record){2, 20260501, 20260501, 0, false};
    run.fake.records[4] = (struct fake_record){1, 20260430, 20260430, 20260430, false};
    run.query.since = "2026-05-01";
    must_end(&run);
    assert_int_equal(run.records, 4);
    assert_int_equal(run.times[1], 0);
    assert_string_equal(run.fake.last_term,
                        "(dry needling) AND ((\"2026/05/01\"[Date - Create] : \"3000\"[Date - "
                        "Create]) OR (\"2026/05/01\"[Date - Modification] : \"3000\"[Date - "
                        "Modification]))");
    end(&run);
}

static void since_and_parts_go_together(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 40000, 12000);
    for (size_t i = 30000; i < 40000; i++)
        run.fake.records[i].created = run.fake.records[i].modified = 20000101;
    run.query.since = "2001-01-01";
    must_end(&run);
    assert_int_equal(run.records, 30000);
    for (size_t i = 0; i < 30000; i++)
        assert_int_equal(run.times[run.fake.records[i].pmid], 1);
    end(&run);
}

/* -- a search that is forgotten -- */

static void a_forgotten_search_is_searched_anew_and_read_on_at_the_same_place(void **state)
{
    (void)state;
    static const int statuses[] = {200, 400};
    for (size_t i = 0; i < 2; i++) {
        struct run run;
        begin_with(&run, 1000, 7);
        run.fake.forget_after = 3;
        run.fake.refusal_status = statuses[i];
        must_end(&run);
        all_came_once(&run);
        assert_int_equal(run.fake.search_count, 2);
        end(&run);
    }
}

static void a_forgotten_search_whose_list_moved_is_read_from_its_start(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 1001, 7);
    struct fake_record newest = run.fake.records[0];
    memmove(run.fake.records, run.fake.records + 1, 1000 * sizeof *run.fake.records);
    run.fake.count = 1000;
    run.fake.forget_after = 3;
    for (int i = 0; i < 4; i++)
        assert_true(step(&run));
    memmove(run.fake.records + 1, run.fake.records, 1000 * sizeof *run.fake.records);
    run.fake.records[0] = newest; /* came while we read */
    run.fake.count = 1001;
    must_end(&run);
    all_came(&run, 1, 2);
    assert_int_equal(run.total, 1001);
    end(&run);
}

static void a_forgotten_search_that_finds_too_many_by_now_is_taken_apart(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 10100, 40);
    run.fake.count = 9990;
    run.fake.forget_after = 2;
    for (int i = 0; i < 3; i++)
        assert_true(step(&run));
    run.fake.count = 10100;
    must_end(&run);
    all_came(&run, 1, 2);
    end(&run);
}

static void a_part_that_is_forgotten_is_read_on_in_that_part(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 25000, 40);
    run.fake.forget_after = 80;
    must_end(&run);
    all_came_once(&run);
    end(&run);
}

/* On its bad days the history server forgets at once. */
static void a_history_server_that_keeps_nothing_is_done_without(void **state)
{
    (void)state;
    static const int statuses[] = {200, 400};
    for (size_t i = 0; i < 2; i++) {
        struct run run;
        begin_with(&run, 1000, 7);
        run.fake.forget_always = true;
        run.fake.refusal_status = statuses[i];
        run.fake.records[399].gone = true;
        must_end(&run);
        all_came(&run, 1, 3);
        must_say(run.warnings, "PubMed sent 199 of the 200 records");
        assert_int_equal(run.fake.largest_page <= 200, true);
        assert_true(run.fake.asked < 30);
        end(&run);
    }
}

static void parts_and_limits_hold_without_a_history_server_too(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 21000, 11000);
    run.fake.forget_always = true;
    must_end(&run);
    all_came_once(&run);
    assert_string_equal(run.warnings, "");
    end(&run);
    begin_with(&run, 1000, 7);
    run.fake.forget_always = true;
    run.query.limit = 333;
    must_end(&run);
    assert_int_equal(run.records, 333);
    end(&run);
}

static void a_list_that_moves_without_a_history_server_is_read_from_its_start(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 1001, 7);
    struct fake_record newest = run.fake.records[0];
    memmove(run.fake.records, run.fake.records + 1, 1000 * sizeof *run.fake.records);
    run.fake.count = 1000;
    run.fake.forget_always = true;
    while (run.records < 400)
        assert_true(step(&run));
    memmove(run.fake.records + 1, run.fake.records, 1000 * sizeof *run.fake.records);
    run.fake.records[0] = newest;
    run.fake.count = 1001;
    must_end(&run);
    all_came(&run, 1, 2);
    assert_string_equal(run.warnings, "");
    end(&run);
}

static void a_list_that_never_holds_still_ends_with_a_warning(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 1000, 7);
    run.fake.forget_always = true;
    run.fake.shuffles = true;
    must_end(&run);
    must_say(run.warnings, "keeps changing while it is read");
    end(&run);
}

/* -- errors in place of answers -- */

/* Bodies as NCBI sends them with a 200: {"error":…} at too many requests; ERROR with a raw line
 * break in it; efetch's eFetchResult. */
static void an_error_in_a_200_is_told_and_the_same_can_be_asked_again(void **state)
{
    (void)state;
    static const struct {
        int at; /* step */
        const char *body;
        const char *type;
        const char *words;
    } cases[] = {
        {0, "{\"error\":\"API rate limit exceeded\",\"api-key\":\"s3cret\",\"count\":\"4\"}",
         "application/json", "API rate limit exceeded"},
        {0,
         "{\"header\":{\"type\":\"esearch\",\"version\":\"0.3\"},\"esearchresult\":{\"ERROR\":"
         "\"Search "
         "Backend failed: Exception:\nthe address table is empty.\"}}",
         "application/json", "Search Backend failed: Exception: the address table is empty."},
        {0, "{\"esearchresult\":{\"count\":\"3\",\"idlist\":[]}}", "application/json", "PubMed"},
        {0, "{\"esearchresult\":{\"count\":\"many\"}}", "application/json", "PubMed"},
        {0, "{\"header\":{\"type\":\"esearch\"}", "application/json", "cut short"},
        {0, "", "application/json", "PubMed"},
        {0, "<html><title>Maintenance</title></html>", "text/html", "Maintenance"},
        {1, "<eFetchResult><ERROR>Invalid db name</ERROR></eFetchResult>", "text/xml",
         "Invalid db name"},
        {1, "{\"error\":\"API rate limit exceeded\",\"count\":\"11\"}", "application/json",
         "API rate limit exceeded"},
        {1, "<html><head><title>Error 502</title></head></html>", "text/html", "Error 502"},
        {1, "<?xml version=\"1.0\"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1",
         "text/xml", "PubMed"},
        {1, "", "text/xml", "PubMed"},
        {1, "nothing of the kind", "text/plain", "nothing of the kind"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct run run;
        begin_with(&run, 300, 7);
        for (int n = 0; n < cases[i].at; n++)
            assert_true(step(&run));
        run.fake.instead = cases[i].body;
        run.fake.instead_type = cases[i].type;
        if (step(&run))
            fail_msg("taken for an answer: %s", cases[i].body);
        assert_int_equal(run.err.kind, ERROR_NETWORK);
        must_say(run.err.message, cases[i].words);
        assert_null(strstr(run.err.message, "s3cret"));
        run.err = (struct error){0};
        must_end(&run);
        all_came(&run, 1, 2);
        end(&run);
    }
}

static void a_timeout_that_calls_itself_400_is_asked_for_again(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 300, 7);
    assert_true(step(&run));
    char *before = strdup(run.state);
    run.fake.instead = "<eFetchResult><ERROR> Error: External viewer error: Empty Response. Bytes "
                       "read: 0 Status: Timeout</ERROR></eFetchResult>";
    run.fake.instead_type = "text/xml";
    run.fake.instead_status = 400;
    assert_true(step(&run));
    assert_string_equal(run.state, before);
    must_end(&run);
    all_came_once(&run);
    free(before);
    end(&run);
}

static void a_refusal_is_final_and_told_in_the_services_words(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 300, 7);
    run.fake.instead = "{\"error\":\"API key invalid\",\"api-key\":\"s3cret\"}";
    run.fake.instead_type = "application/json";
    run.fake.instead_status = 400;
    assert_false(step(&run));
    assert_string_equal(run.err.message, "API key invalid");
    end(&run);
}

static void words_that_were_not_found_are_told(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 3, 7);
    run.fake.instead =
        "{\"esearchresult\":{\"count\":\"0\",\"idlist\":[],\"errorlist\":{\"phrasesnotfound\":["
        "\"nedling\",\"knoots\"],\"fieldsnotfound\":[\"tiabx\"]},\"warninglist\":{"
        "\"phrasesignored\":[\"of\"],\"quotedphrasesnotfound\":[\"\\\"dry nedling\\\"\"],"
        "\"outputmessages\":[\"No items found.\"]}}}";
    run.fake.instead_type = "application/json";
    must_end(&run);
    must_say(run.warnings, "did not find these words of the query: nedling, knoots\n");
    must_say(run.warnings, "knows no such field: tiabx\n");
    must_say(run.warnings, "\"dry nedling\"");
    end(&run);
}

/* -- pages that are not what was asked for -- */

static void a_page_with_records_missing_is_asked_for_again(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 700, 7);
    run.fake.drop_page = 2;
    run.fake.drops = 2;
    must_end(&run);
    all_came(&run, 1, 3);
    assert_string_equal(run.warnings, "");
    end(&run);
}

static void a_record_that_is_gone_holds_nothing_up_and_is_told(void **state)
{
    (void)state;
    static const size_t gone[] = {0, 199, 200, 350, 799};
    for (size_t i = 0; i < 5; i++) {
        struct run run;
        begin_with(&run, 800, 7);
        run.fake.records[gone[i]].gone = true;
        run.fake.forget_after = 4;
        must_end(&run);
        all_came(&run, 1, 6);
        must_say(run.warnings, "PubMed sent 199 of the 200 records");
        end(&run);
    }
}

static void the_only_record_may_be_gone(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 1, 7);
    run.fake.records[0].gone = true;
    must_end(&run);
    must_say(run.warnings, "PubMed sent 0 of the 1 records");
    end(&run);
}

static void a_page_of_nothing_is_an_error_and_can_be_asked_again(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 300, 7);
    for (size_t i = 0; i < 300; i++)
        run.fake.records[i].gone = true;
    assert_false(run_to_end(&run, 0));
    assert_int_equal(run.err.kind, ERROR_NETWORK);
    must_say(run.err.message, "none of the 200 records");
    for (size_t i = 0; i < 300; i++)
        run.fake.records[i].gone = false;
    run.err = (struct error){0};
    must_end(&run);
    all_came_once(&run);
    end(&run);
}

static void a_page_that_comes_twice_is_not_taken_for_the_next(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 1000, 7);
    run.fake.repeat_page = 3;
    run.fake.repeats = 2;
    must_end(&run);
    all_came(&run, 1, 3);
    end(&run);
    begin_with(&run, 1000, 7); /* until the search is made anew */
    run.fake.repeat_page = 3;
    run.fake.repeats = 4;
    must_end(&run);
    all_came(&run, 1, 9);
    end(&run);
    begin_with(&run, 1000, 7); /* for ever */
    run.fake.repeat_page = 3;
    run.fake.repeats = 1000000;
    assert_false(run_to_end(&run, 0));
    assert_int_equal(run.err.kind, ERROR_NETWORK);
    must_say(run.err.message, "its pages overlap");
    end(&run);
}

static void what_the_sink_says_comes_back_unchanged(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 30, 7);
    assert_true(step(&run));
    char *before = strdup(run.state);
    run.sink_refuses = true;
    assert_false(step(&run));
    assert_int_equal(run.err.kind, ERROR_STORE);
    assert_string_equal(run.err.message, "the store is full");
    assert_string_equal(run.state, before);
    free(before);
    end(&run);
}

/* -- states -- */

/* A run that is killed at any step and begun again from the state that was stored. */
static void a_state_is_all_that_a_run_needs_to_go_on(void **state)
{
    (void)state;
    struct run run;
    begin_with(&run, 21000, 40);
    size_t longest = 0;
    while (!run.through) {
        assert_true(step(&run));
        if (run.state != NULL && strlen(run.state) > longest)
            longest = strlen(run.state);
    }
    all_came_once(&run);
    assert_true(longest < 400);
    end(&run);
}

static void a_state_that_we_did_not_write_is_refused(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "",
        "{}",
        "[]",
        "null",
        "{\"part\":\"weeks\",\"before\":0,\"at\":0,\"repeats\":0,\"renewals\":0,\"restarts\":0}",
        "{\"part\":\"whole\",\"before\":-1,\"at\":0,\"repeats\":0,\"renewals\":0,\"restarts\":0}",
        "{\"part\":\"days\",\"before\":0,\"at\":0,\"repeats\":0,\"renewals\":0,\"restarts\":0}",
        "{\"part\":\"days\",\"first\":9,\"last\":1,\"before\":0,\"at\":0,\"repeats\":0,"
        "\"renewals\":0,\"restarts\":0}",
        "{\"part\":\"pmids\",\"first\":1,\"last\":9,\"before\":0,\"at\":0,\"repeats\":0,"
        "\"renewals\":0,\"restarts\":0}",
        "{\"part\":\"whole\",\"before\":0,\"at\":5,\"count\":5,\"webenv\":\"a\",\"key\":1,"
        "\"repeats\":0,\"renewals\":0,\"restarts\":0}",
        "{\"part\":\"whole\",\"before\":0,\"at\":0,\"webenv\":\"a\",\"key\":1,\"repeats\":0,"
        "\"renewals\":0,\"restarts\":0}",
        "{\"part\":\"whole\",\"before\":0,\"at\":0,\"repeats\":0,\"renewals\":0,\"restarts\":0,"
        "\"more\":1}",
        "{\"part\":\"whole\",\"before\":99999999999,\"at\":0,\"repeats\":0,\"renewals\":0,"
        "\"restarts\":0}",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct run run;
        begin_with(&run, 30, 7);
        run.state = strdup(odd[i]);
        if (step(&run))
            fail_msg("taken: %s", odd[i]);
        assert_int_equal(run.err.kind, ERROR_INVALID);
        end(&run);
    }
}

/* -- recorded answers -- */

static bool read_file(const char *path, struct arena *arena, struct remote_answer *answer)
{
    struct error err = {0};
    *answer = (struct remote_answer){.status = 200};
    answer->bytes = file_read(path, 1 << 24, arena, &answer->length, &err);
    return answer->bytes != NULL;
}

static bool count_one(void *context, const struct record *record, struct error *err)
{
    (void)err;
    assert_string_equal(record->pmid, "22663011");
    ++*(int *)context;
    return true;
}

/* ../shared/fixtures/README.md: an efetch of one trial, PMID 22663011. */
static void a_recorded_efetch_gives_its_record(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct remote_answer answer;
    if (!read_file("../shared/fixtures/pubmed/biomcp-efetch-22663011.xml", arena, &answer)) {
        arena_free(arena);
        print_message("skipped: ../shared is not there\n");
        skip();
    }
    int count = 0;
    struct error err = {0};
    struct remote_page page;
    const struct record_sink sink = {.take = count_one, .context = &count};
    const struct remote_query query = {.text = "x"};
    const struct remote_options options = {0};
    assert_true(remote_pubmed.read(&query, &options,
                                   "{\"part\":\"whole\",\"total\":1,\"before\":0,\"count\":1,"
                                   "\"at\":0,\"webenv\":\"a\",\"key\":1,"
                                   "\"repeats\":0,\"renewals\":0,\"restarts\":0}",
                                   &answer, &sink, NULL, arena, &page, &err));
    assert_int_equal(count, 1);
    assert_int_equal(page.records, 1);
    assert_int_equal(page.total, 1);
    assert_null(page.next);
    arena_free(arena);
}

/* esearch answers in XML where retmode went missing, and without a WebEnv where usehistory did. */
static void a_recorded_esearch_to_another_question_is_no_answer(void **state)
{
    (void)state;
    static const char *const paths[] = {"../shared/fixtures/eutils/esearch-usehistory.xml",
                                        "../shared/fixtures/eutils/esearch-error.xml",
                                        "../shared/fixtures/eutils/esearch-wakefield.json",
                                        "../shared/fixtures/eutils/esummary8-error.xml"};
    const struct remote_query query = {.text = "x"};
    const struct remote_options options = {0};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct arena *arena = arena_new();
        struct remote_answer answer;
        struct remote_page page;
        struct error err = {0};
        int count = 0;
        const struct record_sink sink = {.take = count_one, .context = &count};
        if (!read_file(paths[i], arena, &answer)) {
            arena_free(arena);
            print_message("skipped: ../shared is not there\n");
            skip();
        }
        assert_false(
            remote_pubmed.read(&query, &options, NULL, &answer, &sink, NULL, arena, &page, &err));
        assert_int_equal(err.kind, ERROR_NETWORK);
        arena_free(arena);
    }
}

static void pubmed_is_found_by_its_name(void **state)
{
    (void)state;
    assert_ptr_equal(remote_named("pubmed"), &remote_pubmed);
    assert_null(remote_named("medline"));
    assert_null(remote_named(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_is_put_on_the_history_server_with_our_name),
        cmocka_unit_test(records_are_asked_for_by_the_search_that_was_kept),
        cmocka_unit_test(a_long_query_is_posted),
        cmocka_unit_test(a_query_of_nothing_is_refused),
        cmocka_unit_test(every_record_comes_once_in_pages_of_200),
        cmocka_unit_test(nothing_found_is_an_end_and_no_error),
        cmocka_unit_test(a_limit_takes_the_newest_and_no_more),
        cmocka_unit_test(a_page_may_be_smaller_and_never_larger),
        cmocka_unit_test(the_first_9999_come_from_one_search_and_one_more_needs_parts),
        cmocka_unit_test(all_of_a_large_search_come_once_by_parts),
        cmocka_unit_test(parts_reach_from_the_oldest_to_what_is_dated_ahead),
        cmocka_unit_test(a_day_with_too_many_is_cut_by_pmid),
        cmocka_unit_test(a_limit_within_reach_needs_no_parts),
        cmocka_unit_test(records_that_no_part_holds_are_told),
        cmocka_unit_test(a_query_that_no_part_can_be_put_to_is_refused_when_it_must_be),
        cmocka_unit_test(since_takes_what_was_created_or_modified_from_that_day_on),
        cmocka_unit_test(since_and_parts_go_together),
        cmocka_unit_test(a_forgotten_search_is_searched_anew_and_read_on_at_the_same_place),
        cmocka_unit_test(a_forgotten_search_whose_list_moved_is_read_from_its_start),
        cmocka_unit_test(a_forgotten_search_that_finds_too_many_by_now_is_taken_apart),
        cmocka_unit_test(a_part_that_is_forgotten_is_read_on_in_that_part),
        cmocka_unit_test(a_history_server_that_keeps_nothing_is_done_without),
        cmocka_unit_test(parts_and_limits_hold_without_a_history_server_too),
        cmocka_unit_test(a_list_that_moves_without_a_history_server_is_read_from_its_start),
        cmocka_unit_test(a_list_that_never_holds_still_ends_with_a_warning),
        cmocka_unit_test(an_error_in_a_200_is_told_and_the_same_can_be_asked_again),
        cmocka_unit_test(a_timeout_that_calls_itself_400_is_asked_for_again),
        cmocka_unit_test(a_refusal_is_final_and_told_in_the_services_words),
        cmocka_unit_test(words_that_were_not_found_are_told),
        cmocka_unit_test(a_page_with_records_missing_is_asked_for_again),
        cmocka_unit_test(a_record_that_is_gone_holds_nothing_up_and_is_told),
        cmocka_unit_test(the_only_record_may_be_gone),
        cmocka_unit_test(a_page_of_nothing_is_an_error_and_can_be_asked_again),
        cmocka_unit_test(a_page_that_comes_twice_is_not_taken_for_the_next),
        cmocka_unit_test(what_the_sink_says_comes_back_unchanged),
        cmocka_unit_test(a_state_is_all_that_a_run_needs_to_go_on),
        cmocka_unit_test(a_state_that_we_did_not_write_is_refused),
        cmocka_unit_test(a_recorded_efetch_gives_its_record),
        cmocka_unit_test(a_recorded_esearch_to_another_question_is_no_answer),
        cmocka_unit_test(pubmed_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
