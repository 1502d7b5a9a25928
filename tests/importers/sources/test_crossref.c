#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "importers/sources/crossref_record.h"
#include "tests/importers/sources/gathered.h"

static const struct remote *const remote = &remote_crossref;
static const struct remote_options no_options = {0};
static const struct remote_query anything = {.text = "a"};

/* ---- requests ---- */

static struct remote_request request_of(struct arena *arena, const struct remote_query *query,
                                        const struct remote_options *options, const char *state)
{
    struct remote_request request;
    struct error err = {0};
    if (!remote->request(query, options, state, arena, &request, &err))
        fail_msg("%s", err.message);
    assert_null(request.form);
    return request;
}

/* What stands between "/works" and the rest that every list has. */
static void assert_search(const char *text, const char *since, const char *expected)
{
    struct arena *arena = arena_new();
    const struct remote_query query = {.text = text, .since = since};
    const char *url = request_of(arena, &query, &no_options, NULL).url;
    const char *start = "https://api.crossref.org/works";
    assert_memory_equal(url, start, strlen(start));
    if (strncmp(url + strlen(start), expected, strlen(expected)) != 0)
        fail_msg("%s does not go on with %s", url, expected);
    arena_free(arena);
}

static void a_query_is_a_phrase_parameters_a_filter_or_a_doi(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *since;
        const char *expected;
    } rows[] = {
        {"dry needling: a trial", NULL,
         "?query.bibliographic=dry%20needling%3A%20a%20trial&rows=200&cursor=%2A&select=DOI%2C"},
        {"needling, type: 2", NULL, "?query.bibliographic=needling%2C%20type%3A%202&rows="},
        {"query.title=needling&filter=type:journal-article&sort=issued", NULL,
         "?query.title=needling&sort=issued&filter=type%3Ajournal-article&rows="},
        {"query=Q & A", NULL, "?query=Q%20%26%20A&rows="},
        {"is-update:true,updates:10.1/x", NULL, "?filter=is-update%3Atrue%2Cupdates%3A10.1%2Fx&"},
        {"relation.type:is-preprint-of", NULL, "?filter=relation.type%3Ais-preprint-of&"},
        {"needling", "2026-01-31",
         "?query.bibliographic=needling&filter=from-index-date%3A2026-01-31&rows="},
        {"type:journal-article", "2026-01-31",
         "?filter=type%3Ajournal-article%2Cfrom-index-date%3A2026-01-31&rows="},
        {"10.1016/S0140-6736(97)11096-0", NULL, "/10.1016%2Fs0140-6736%2897%2911096-0"},
        {"https://doi.org/10.1016/S0140-6736(97)11096-0", "2026-01-31",
         "?filter=doi%3A10.1016%2Fs0140-6736%2897%2911096-0%2Cfrom-index-date%3A2026-01-31&"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_search(rows[i].text, rows[i].since, rows[i].expected);
}

/* The pools as they answered from December 2025 on (REFERENCE.md, section 3). */
static void a_mail_address_allows_more_requests(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct remote_query work = {.text = "10.1000/x"};
    const struct remote_options polite = {.contact = "a@b.org"};
    assert_true(request_of(arena, &anything, &no_options, NULL).per_second == 1);
    assert_true(request_of(arena, &anything, &polite, NULL).per_second == 3);
    assert_true(request_of(arena, &work, &no_options, NULL).per_second == 5);
    assert_true(request_of(arena, &work, &polite, NULL).per_second == 10);
    assert_string_equal(request_of(arena, &work, &polite, NULL).url,
                        "https://api.crossref.org/works/10.1000%2Fx?mailto=a%40b.org");
    assert_non_null(strstr(request_of(arena, &anything, &polite, NULL).url, "&mailto=a%40b.org"));
    arena_free(arena);
}

static void the_next_page_has_its_cursor(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *url = request_of(arena, &anything, &no_options, "200 200 0 DnF1+/==").url;
    assert_non_null(strstr(url, "&cursor=DnF1%2B%2F%3D%3D&"));
    arena_free(arena);
}

static void a_query_too_long_for_an_address_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buffer text = {0};
    while (text.length < 9000)
        buffer_text(&text, "needling ");
    const struct remote_query query = {.text = text.bytes};
    struct remote_request request;
    struct error err = {0};
    assert_false(remote->request(&query, &no_options, NULL, arena, &request, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_non_null(strstr(err.message, "shorten it"));
    buffer_release(&text);
    arena_free(arena);
}

/* ---- reading ---- */

static bool read_with(struct gathered *gathered, const struct remote_query *query,
                      const struct remote_options *options, const char *state, const char *text)
{
    return gathered_read(gathered, remote, query, options, state, text, strlen(text));
}

static bool read_text(struct gathered *gathered, const char *text)
{
    return read_with(gathered, &anything, &no_options, NULL, text);
}

/* One work; made by hand after the shape of the service's answers. */
static bool read_work(struct gathered *gathered, const char *fields)
{
    struct buffer text = {0};
    buffer_printf(&text, "{\"status\": \"ok\", \"message-type\": \"work\", \"message\": {%s}}",
                  fields);
    bool read = read_text(gathered, text.bytes);
    buffer_release(&text);
    return read;
}

static void a_work_becomes_a_record(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_work(
        g,
        "\"DOI\": \"10.1000/ABC\", \"type\": \"journal-article\","
        "\"title\": [\"Needling of <i>knots</i> &amp;amp; pain\", \"Nadeln\"],"
        "\"subtitle\": [\"a randomised trial\"], \"original-title\": [\"Aiguilles\"],"
        "\"author\": [{\"given\": \"Jane\", \"family\": \"Roe\", \"suffix\": \"Jr\"},"
        " {\"name\": \"Knot Study Group\"}, {\"given\": \"Plato\"}, {\"affiliation\": []}],"
        "\"issued\": {\"date-parts\": [[2020, 3]]}, \"container-title\": [\"Knots &amp; Care\"],"
        "\"ISSN\": [\"1234-567x\"], \"volume\": \"3\", \"issue\": \"1\", \"article-number\": "
        "\"e5\","
        "\"language\": \"en\", \"URL\": \"https://doi.org/10.1000/abc\", \"subject\": [\"Pain\"],"
        "\"abstract\": \"<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title>"
        "<jats:p>p &lt; 0.05</jats:p></jats:sec>\","
        "\"clinical-trial-number\": [{\"clinical-trial-number\": \"isrctn75784880\"},"
        " {\"clinical-trial-number\": \"no number\"}]"));
    assert_int_equal(gathered_count(g), 1);
    assert_int_equal(g->page.total, 1);
    assert_null(g->page.next);
    ASSERT_TEXT(g, "0.source", "crossref");
    ASSERT_TEXT(g, "0.source_id", "10.1000/abc");
    ASSERT_TEXT(g, "0.doi", "10.1000/abc");
    ASSERT_TEXT(g, "0.title", "Needling of knots & pain: a randomised trial");
    ASSERT_LENGTH(g, "0.other_titles", 2);
    ASSERT_TEXT(g, "0.other_titles.0", "Nadeln");
    ASSERT_TEXT(g, "0.other_titles.1", "Aiguilles");
    ASSERT_LENGTH(g, "0.authors", 3);
    ASSERT_TEXT(g, "0.authors.0.family", "Roe");
    ASSERT_TEXT(g, "0.authors.0.given", "Jane Jr");
    ASSERT_TEXT(g, "0.authors.1.group", "Knot Study Group");
    ASSERT_TEXT(g, "0.authors.2.family", "Plato");
    assert_false(json_is_true(gathered_at(g, "0.authors_complete"))); /* one could not be read */
    ASSERT_COUNT(g, "0.year", 2020);
    ASSERT_TEXT(g, "0.date", "2020-03");
    ASSERT_TEXT(g, "0.journal", "Knots & Care");
    ASSERT_TEXT(g, "0.issn", "1234-567X");
    ASSERT_TEXT(g, "0.pages", "e5");
    ASSERT_TEXT(g, "0.abstract", "Aim: p < 0.05");
    ASSERT_TEXT(g, "0.publication_types.0", "journal-article");
    ASSERT_LENGTH(g, "0.registrations", 1);
    ASSERT_TEXT(g, "0.registrations.0", "ISRCTN75784880");
    gathered_free(g);
}

static void a_subtitle_that_stands_in_the_title_is_not_repeated(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_work(g, "\"DOI\": \"10.1000/a\", \"title\": [\"Knots: A Trial\"],"
                             "\"subtitle\": [\"a trial\"]"));
    assert_true(read_work(g, "\"DOI\": \"10.1000/a\", \"title\": [\"Do knots hurt?\"],"
                             "\"subtitle\": [\"A trial\"]"));
    ASSERT_TEXT(g, "0.title", "Knots: A Trial");
    ASSERT_TEXT(g, "1.title", "Do knots hurt? A trial");
    gathered_free(g);
}

static void dates_are_as_exact_as_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *fields;
        const char *date;
    } rows[] = {
        {"\"issued\": {\"date-parts\": [[2020, 3, 5]]}", "2020-03-05"},
        {"\"issued\": {\"date-parts\": [[2020, 2, 30]]}", "2020-02"},
        {"\"issued\": {\"date-parts\": [[2020, 13]]}", "2020"},
        {"\"issued\": {\"date-parts\": [[null]]}, \"created\": {\"date-parts\": [[2013, 5, 25]]}",
         NULL},
        {"\"issued\": {\"date-parts\": [[null]]}, \"posted\": {\"date-parts\": [[2021, 1, 12]]}",
         "2021-01-12"},
        {"\"issued\": {\"date-parts\": [[20200]]}", NULL},
        {"\"issued\": {\"date-parts\": [2020]}", NULL},
        {"\"issued\": \"2020\"", NULL},
    };
    struct gathered *g = gathered_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *fields = arena_printf(
            g->arena, "\"DOI\": \"10.1000/a\", \"title\": [\"T\"], %s", rows[i].fields);
        assert_true(read_work(g, fields));
        const char *at = arena_printf(g->arena, "%zu.date", i);
        assert_string_equal(gathered_text(g, at),
                            rows[i].date == NULL ? "(nothing)" : rows[i].date);
    }
    gathered_free(g);
}

/* ---- notices ---- */

#define UPDATE(type, doi, source)                                                                  \
    "{\"DOI\": \"" doi "\", \"type\": \"" type "\", \"label\": \"Label of " type                   \
    "\", \"source\": \"" source "\", \"updated\": {\"date-parts\": [[2021, 2, 3]]}}"

static void assert_fate(const char *fields, bool retracted, size_t notices, size_t updates,
                        size_t warnings)
{
    struct gathered *g = gathered_new();
    const char *all =
        arena_printf(g->arena, "\"DOI\": \"10.1000/own\", \"title\": [\"T\"], %s", fields);
    assert_true(read_work(g, all));
    if (json_is_true(gathered_at(g, "0.retracted")) != retracted ||
        gathered_length(g, "0.notices") != notices || gathered_length(g, "0.updates") != updates ||
        g->warning_count != warnings)
        fail_msg("%s: %s %s", fields, json_dumps(json_array_get(g->records, 0), 0),
                 buffer_string(&g->warnings));
    gathered_free(g);
}

/* Crossref's twelve types and Retraction Watch's reinstatement: only three of them retract. */
static void every_type_of_update_means_what_it_says(void **state)
{
    (void)state;
    assert_fate("\"updated-by\": [" UPDATE("retraction", "10.1000/n", "publisher") "]", true, 1, 0,
                0);
    assert_fate("\"updated-by\": [" UPDATE("withdrawal", "10.1000/n", "publisher") "]", true, 1, 0,
                0);
    assert_fate("\"updated-by\": [" UPDATE("removal", "10.1000/n", "publisher") "]", true, 1, 0, 0);
    static const char *const others[] = {
        "\"updated-by\": [" UPDATE("partial_retraction", "10.1000/n", "publisher") "]",
        "\"updated-by\": [" UPDATE("correction", "10.1000/n", "publisher") "]",
        "\"updated-by\": [" UPDATE("corrigendum", "10.1000/n", "publisher") "]",
        "\"updated-by\": [" UPDATE("erratum", "10.1000/n", "publisher") "]",
        "\"updated-by\": [" UPDATE("addendum", "10.1000/n", "publisher") "]",
        "\"updated-by\": [" UPDATE("clarification", "10.1000/n", "publisher") "]",
        "\"updated-by\": [" UPDATE("expression_of_concern", "10.1000/n", "publisher") "]",
        "\"updated-by\": [" UPDATE("Expression-of-Concern", "10.1000/n", "publisher") "]",
        "\"updated-by\": [" UPDATE("reinstatement", "10.1000/n", "publisher") "]",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_fate(others[i], false, 1, 0, 0);
    assert_fate("\"updated-by\": [" UPDATE("new_version", "10.1000/n", "publisher") "]", false, 0,
                0, 0);
    assert_fate("\"updated-by\": [" UPDATE("new_edition", "10.1000/n", "publisher") "]", false, 0,
                0, 0);
    assert_fate("\"updated-by\": [" UPDATE("unheard_of", "10.1000/n", "publisher") "]", false, 0, 0,
                1);
    assert_fate("\"updated-by\": [" UPDATE("retraction", "no doi", "publisher") "]", false, 0, 0,
                1);
}

static void one_event_told_twice_is_one_notice(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_work(
        g, "\"DOI\": \"10.1000/own\", \"title\": [\"T\"], \"updated-by\": [" UPDATE(
               "withdrawal", "10.1000/N",
               "publisher") ", " UPDATE("retraction", "10.1000/n",
                                        "retraction-watch") ", " UPDATE("correction", "10.1000/n",
                                                                        "publisher") "]"));
    ASSERT_LENGTH(g, "0.notices", 2);
    ASSERT_TEXT(g, "0.notices.0.type", "retraction");
    ASSERT_TEXT(g, "0.notices.0.doi", "10.1000/n");
    ASSERT_TEXT(g, "0.notices.0.source", "publisher; retraction-watch");
    ASSERT_TEXT(g, "0.notices.0.reason", "Label of withdrawal");
    ASSERT_TEXT(g, "0.notices.0.date", "2021-02-03");
    ASSERT_TEXT(g, "0.notices.1.type", "correction");
    ASSERT_NOTHING(g, "0.notices.1.reason");
    gathered_free(g);
}

static void a_notice_is_never_itself_retracted(void **state)
{
    (void)state;
    assert_fate("\"update-to\": [" UPDATE("retraction", "10.1000/other", "publisher") "]", false, 0,
                1, 0);
    /* The link read from the wrong end. */
    assert_fate("\"update-to\": [" UPDATE("retraction", "10.1000/other",
                                          "publisher") "],"
                                                       "\"updated-by\": [" UPDATE("retraction",
                                                                                  "10.1000/other",
                                                                                  "publisher") "]",
                false, 0, 1, 1);
    assert_fate("\"update-to\": [" UPDATE("correction", "10.1000/other",
                                          "publisher") "],"
                                                       "\"updated-by\": [" UPDATE("retraction",
                                                                                  "10.1000/third",
                                                                                  "publisher") "]",
                true, 1, 1, 0);
}

static void a_work_changed_in_its_place_carries_its_own_notice(void **state)
{
    (void)state;
    assert_fate("\"update-to\": [" UPDATE("retraction", "10.1000/OWN", "publisher") "]", true, 1, 0,
                0);
    assert_fate("\"update-to\": [" UPDATE("correction", "10.1000/own",
                                          "publisher") "],"
                                                       "\"updated-by\": [" UPDATE("correction",
                                                                                  "10.1000/own",
                                                                                  "publisher") "]",
                false, 1, 0, 0);
}

static void odd_types_count_as_absent(void **state)
{
    (void)state;
    assert_fate("\"update-to\": 3, \"updated-by\": {\"DOI\": \"x\"}, \"author\": \"x\","
                "\"issued\": [], \"ISSN\": [7], \"container-title\": \"x\", \"subject\": {},"
                "\"clinical-trial-number\": [3, null, {\"clinical-trial-number\": 5}],"
                "\"subtitle\": {}, \"abstract\": []",
                false, 0, 0, 0);
    assert_fate("\"updated-by\": [null, 7, [], {}, {\"type\": \"retraction\"}]", false, 0, 0, 5);
}

/* ---- what is no publication ---- */

static void journals_and_works_without_a_title_are_left_out(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_work(g, "\"DOI\": \"10.1000/j\", \"type\": \"journal\", \"title\": [\"J\"]"));
    assert_int_equal(g->page.refused, 1);
    assert_true(read_work(g, "\"DOI\": \"10.1000/t\", \"type\": \"journal-article\","
                             "\"title\": []"));
    assert_int_equal(g->page.refused, 1);
    assert_true(read_work(g, "\"DOI\": \"10.1000/t\", \"title\": [\"<i> </i>\"]"));
    assert_int_equal(gathered_count(g), 0);
    assert_string_equal(g->warnings.bytes,
                        "Crossref: record 1, 10.1000/j is a journal, not a publication; left out\n"
                        "Crossref: record 1, 10.1000/t has no title; left out\n"
                        "Crossref: record 1, 10.1000/t has no title; left out\n");
    gathered_free(g);
}

/* ---- paging ---- */

#define WORK(doi) "{\"DOI\": \"10.1000/" doi "\", \"title\": [\"T\"]}"
#define LIST(total, items)                                                                         \
    "{\"status\": \"ok\", \"message\": {\"total-results\": " total ", \"next-cursor\": \"C\","     \
    "\"items\": [" items "]}}"

static void a_page_that_is_not_full_is_the_last(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_options two = {.page_size = 2};
    assert_true(read_with(g, &anything, &two, NULL, LIST("5", WORK("1") "," WORK("2"))));
    assert_string_equal(g->page.next, "2 2 0 C");
    assert_int_equal(g->page.total, 5);
    /* The cursor is the same for every page. */
    assert_true(read_with(g, &anything, &two, g->page.next, LIST("5", WORK("3") "," WORK("4"))));
    assert_string_equal(g->page.next, "4 4 0 C");
    assert_true(read_with(g, &anything, &two, g->page.next, LIST("5", WORK("5"))));
    assert_null(g->page.next);
    assert_int_equal(gathered_count(g), 5);
    assert_int_equal(g->warning_count, 0);
    gathered_free(g);
}

static void an_empty_page_is_the_last(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_options two = {.page_size = 2};
    assert_true(read_with(g, &anything, &two, "4 4 0 C", LIST("4", "")));
    assert_null(g->page.next);
    assert_int_equal(g->warning_count, 0);
    assert_true(read_with(g, &anything, &two, NULL, LIST("0", "")));
    assert_null(g->page.next);
    gathered_free(g);
}

static void pages_that_end_too_early_are_told(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_options two = {.page_size = 2};
    assert_true(read_with(g, &anything, &two, "4 4 0 C", LIST("90", WORK("5"))));
    assert_null(g->page.next);
    assert_string_equal(g->warnings.bytes,
                        "Crossref: said that 90 works match, and its pages ended after 5\n");
    gathered_free(g);
}

/* Works come and go while they are read; a page may come twice, and whoever stores it knows. */
static void totals_that_change_and_pages_that_come_again_do_no_harm(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_options two = {.page_size = 2};
    assert_true(read_with(g, &anything, &two, NULL, LIST("5", WORK("1") "," WORK("2"))));
    assert_true(read_with(g, &anything, &two, g->page.next, LIST("4", WORK("1") "," WORK("2"))));
    assert_string_equal(g->page.next, "4 4 0 C");
    assert_int_equal(g->page.total, 4);
    assert_true(read_with(g, &anything, &two, g->page.next, LIST("3", WORK("3"))));
    assert_null(g->page.next);
    assert_int_equal(gathered_count(g), 5);
    assert_int_equal(g->warning_count, 0);
    gathered_free(g);
}

/* The service may give fewer to a page than were asked for, and says so. */
static void a_page_is_full_at_what_the_service_gives(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, "{\"message\": {\"total-results\": 9, \"items-per-page\": 2,"
                             "\"next-cursor\": \"C\", \"items\": [" WORK("1") "," WORK("2") "]}}"));
    assert_string_equal(g->page.next, "2 2 0 C");
    gathered_free(g);
}

static void pages_without_end_are_ended(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_options two = {.page_size = 2};
    const char *next = NULL;
    for (int i = 0; i < 10; i++) {
        assert_true(read_with(g, &anything, &two, next, LIST("3", WORK("1") "," WORK("2"))));
        next = g->page.next;
        if (next == NULL)
            break;
    }
    assert_null(next);
    gathered_free(g);
}

static void a_limit_is_kept_over_pages(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_query three = {.text = "a", .limit = 3};
    const struct remote_options two = {.page_size = 2};
    assert_true(read_with(g, &three, &two, NULL, LIST("9", WORK("1") "," WORK("2"))));
    assert_true(read_with(g, &three, &two, g->page.next, LIST("9", WORK("3") "," WORK("4"))));
    assert_null(g->page.next);
    assert_int_equal(gathered_count(g), 3);
    assert_int_equal(g->warning_count, 0);
    gathered_free(g);
}

static const char *recovered(struct arena *arena, const char *state, int status, const char *body)
{
    const struct remote_answer answer = {.status = status, .bytes = body, .length = strlen(body)};
    return remote->recover(&anything, &no_options, state, &answer, arena);
}

static void a_forgotten_search_starts_again_a_few_times(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(recovered(arena, "400 380 0 C", 404, "Resource not found."), "0 0 1 *");
    assert_string_equal(recovered(arena, "9 9 1 C", 400,
                                  "{\"status\": \"failed\", \"message\": [{\"message\": "
                                  "\"Cursor C is unknown\"}]}"),
                        "0 0 2 *");
    assert_null(recovered(arena, "9 9 3 C", 404, "Resource not found."));
    assert_null(recovered(arena, NULL, 404, "Resource not found."));
    assert_null(recovered(arena, "9 9 0 C", 400, "bad filter"));
    assert_null(recovered(arena, "9 9 0 C", 403, "cursor"));
    assert_null(recovered(arena, "9 9 0 C", 500, "cursor"));
    arena_free(arena);
}

/* ---- faults ---- */

static void what_the_service_never_promised_is_a_fault_of_the_network(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *words;
    } rows[] = {
        {"Resource not found.", "is not JSON"},
        {"<html><body>Bad gateway</body></html>", "answered with a page and not with JSON: Bad"},
        {"{\"status\": \"ok\"}", "another shape"},
        {"{\"status\": \"ok\", \"message\": {}}", "another shape"},
        {"{\"status\": \"ok\", \"message\": {\"items\": {}}}", "another shape"},
        {"{\"status\": \"failed\", \"message-type\": \"validation-failure\", \"message\": "
         "[{\"type\": \"select-not-available\", \"value\": \"updated\", \"message\": \"Select "
         "'updated' specified but there is no such select for this route.\"}]}",
         "answered with an error: Select 'updated' specified but there is no such select"},
        {"{\"message\": {\"items\": [{\"DOI\"", "cut short after 29 bytes"},
    };
    struct gathered *g = gathered_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_false(read_text(g, rows[i].body));
        assert_int_equal(g->err.kind, ERROR_NETWORK);
        if (strstr(g->err.message, rows[i].words) == NULL)
            fail_msg("\"%s\" lacks \"%s\"", g->err.message, rows[i].words);
    }
    gathered_free(g);
}

static void a_refusal_is_told_in_the_services_words(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *words;
    } rows[] = {
        {"Resource not found.", "Resource not found."},
        {"{\"status\": \"failed\", \"message\": [{\"message\": \"One\"}, {\"message\": \"Two\"}]}",
         "One; Two"},
        {"{\"status\": \"error\", \"message\": \"Internal\"}", "Internal"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct remote_answer answer = {
            .status = 400, .bytes = rows[i].body, .length = strlen(rows[i].body)};
        assert_string_equal(remote->refusal(&answer, arena), rows[i].words);
    }
    arena_free(arena);
}

/* ---- real answers; expected values were read in the files by hand ---- */

static struct gathered *fixture(const char *name)
{
    struct gathered *g = gathered_new();
    assert_true(gathered_file(g, remote, &anything, NULL, name));
    return g;
}

static void two_pages_of_a_cursor_are_read(void **state)
{
    (void)state;
    struct gathered *g = fixture("crossref/list-plos-cursor-page1.json");
    assert_int_equal(gathered_count(g), 30);
    assert_int_equal(g->page.total, 274684);
    assert_memory_equal(g->page.next, "30 30 0 DnF1ZXJ5VGhlbkZldGNoBgAAAAAQYaMa", 36);
    ASSERT_TEXT(g, "0.doi", "10.1371/journal.pone.0264777");
    ASSERT_LENGTH(g, "0.authors", 9);
    ASSERT_TEXT(g, "0.authors.0.family", "Adhikary");
    ASSERT_TEXT(g, "0.authors.8.family", "Mazumder");
    ASSERT_TEXT(g, "0.date", "2022-03-11");
    assert_memory_equal(gathered_text(g, "0.abstract"), "Background: The impact of infertility",
                        37);
    assert_non_null(strstr(gathered_text(g, "0.abstract"), "\nTrial registration: Trial "));
    ASSERT_TEXT(g, "9.authors.0.group", "The PLOS ONE Staff");
    size_t updates = 0;
    for (size_t i = 0; i < 30; i++)
        updates += gathered_length(g, arena_printf(g->arena, "%zu.updates", i));
    assert_int_equal(updates, 8);
    ASSERT_TEXT(g, "5.updates.0.doi", "10.1371/journal.pone.0120799");
    ASSERT_TEXT(g, "5.updates.0.type", "correction");
    ASSERT_TEXT(g, "5.updates.0.date", "2015-06-03");
    ASSERT_TEXT(g, "5.updates.0.source", "crossref"); /* an answer from before sources were told */
    ASSERT_TEXT(g, "29.doi", "10.1371/journal.pone.0162213");
    const char *next = g->page.next;
    assert_true(gathered_file(g, remote, &anything, next, "crossref/list-plos-cursor-page2.json"));
    assert_int_equal(gathered_count(g), 60);
    assert_memory_equal(g->page.next, "60 60 0 DnF1", 12);
    ASSERT_TEXT(g, "48.registrations.0", "ISRCTN75784880");
    ASSERT_LENGTH(g, "48.authors", 12);
    assert_non_null(strstr(gathered_text(g, "59.abstract"), "(p < 0.001)"));
    assert_int_equal(g->warning_count, 0);
    gathered_free(g);
}

static void a_list_with_preprints_is_read(void **state)
{
    (void)state;
    struct gathered *g = fixture("crossref/list-nsf.json");
    assert_int_equal(gathered_count(g), 20);
    assert_null(g->page.next); /* asked for without a cursor */
    ASSERT_TEXT(g, "0.date", "2018-03");
    ASSERT_TEXT(g, "0.pages", "294-311");
    ASSERT_TEXT(g, "14.publication_types.0", "posted-content");
    ASSERT_TEXT(g, "14.publication_types.1", "preprint");
    ASSERT_TEXT(g, "14.journal", "Earth and Space Science Open Archive");
    ASSERT_TEXT(g, "14.date", "2021-01-12");
    gathered_free(g);
}

static void a_new_version_is_no_notice(void **state)
{
    (void)state;
    struct gathered *g = fixture("crossref/list-prefix-new_version.json");
    assert_int_equal(gathered_count(g), 20);
    assert_int_equal(g->page.total, 151);
    ASSERT_TEXT(g, "7.doi", "10.1371/journal.ppat.1006930");
    ASSERT_LENGTH(g, "7.notices", 0);
    ASSERT_LENGTH(g, "7.updates", 0);
    ASSERT_TEXT(g, "6.notices.0.type", "correction");
    ASSERT_TEXT(g, "6.notices.0.doi", "10.1371/journal.pbio.0060304");
    ASSERT_TEXT(g, "6.notices.0.source", "publisher");
    ASSERT_TEXT(g, "6.authors.0.family", "van der Pluijm");
    gathered_free(g);
}

static void the_retracted_article_is_retracted(void **state)
{
    (void)state;
    struct gathered *g = fixture("crossref/work-wakefield-updated-by-retraction.json");
    assert_int_equal(gathered_count(g), 1);
    ASSERT_TEXT(g, "0.doi", "10.1016/s0140-6736(97)11096-0");
    ASSERT_TRUE(g, "0.retracted");
    ASSERT_LENGTH(g, "0.authors", 13);
    ASSERT_TEXT(g, "0.authors.12.family", "Walker-Smith");
    ASSERT_COUNT(g, "0.year", 1998);
    ASSERT_LENGTH(g, "0.notices", 2);
    ASSERT_TEXT(g, "0.notices.0.type", "correction");
    ASSERT_TEXT(g, "0.notices.0.date", "2004-03-06");
    ASSERT_TEXT(g, "0.notices.1.type", "retraction");
    ASSERT_TEXT(g, "0.notices.1.doi", "10.1016/s0140-6736(10)60175-4");
    ASSERT_TEXT(g, "0.notices.1.date", "2010-02-06");
    ASSERT_TEXT(g, "0.notices.1.source", "retraction-watch");
    gathered_free(g);
}

static void the_notice_of_a_retraction_is_not_retracted(void **state)
{
    (void)state;
    struct gathered *g = fixture("crossref/work-lancet-retraction-notice.json");
    assert_int_equal(gathered_count(g), 1);
    ASSERT_TEXT(g, "0.doi", "10.1016/s0140-6736(20)31324-6");
    assert_false(json_is_true(gathered_at(g, "0.retracted")));
    ASSERT_LENGTH(g, "0.notices", 0);
    ASSERT_LENGTH(g, "0.updates", 3);
    ASSERT_TEXT(g, "0.updates.0.type", "retraction");
    ASSERT_TEXT(g, "0.updates.0.doi", "10.1016/s0140-6736(20)31180-6");
    ASSERT_TEXT(g, "0.updates.0.source", "retraction-watch");
    ASSERT_TEXT(g, "0.updates.1.type", "correction");
    ASSERT_TEXT(g, "0.updates.1.doi", "10.1016/s0140-6736(20)31180-6");
    ASSERT_TEXT(g, "0.updates.2.doi", "10.1016/s0140-6736(20)31290-3");
    assert_int_equal(g->warning_count, 1);
    assert_non_null(strstr(g->warnings.bytes, "is said to be updated by 10.1016/s0140-6736(20)31180"
                                              "-6, which it updates"));
    gathered_free(g);
}

static void single_works_are_read(void **state)
{
    (void)state;
    struct gathered *g = fixture("crossref/work-has-preprint.json");
    ASSERT_TEXT(g, "0.doi", "10.3389/fgene.2017.00147");
    ASSERT_TEXT(g, "0.authors.0.family", "Pánek");
    ASSERT_TEXT(g, "0.date", "2017-10-10");
    assert_true(gathered_file(g, remote, &anything, NULL, "crossref/work-journal-no-title.json"));
    assert_int_equal(gathered_count(g), 1);
    assert_int_equal(g->page.refused, 1);
    assert_non_null(strstr(g->warnings.bytes, "10.1007/12080.1874-1746 is a journal"));
    assert_false(gathered_file(g, remote, &anything, NULL, "crossref/not-found.txt"));
    assert_int_equal(g->err.kind, ERROR_NETWORK);
    gathered_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_is_a_phrase_parameters_a_filter_or_a_doi),
        cmocka_unit_test(a_mail_address_allows_more_requests),
        cmocka_unit_test(the_next_page_has_its_cursor),
        cmocka_unit_test(a_query_too_long_for_an_address_is_refused),
        cmocka_unit_test(a_work_becomes_a_record),
        cmocka_unit_test(a_subtitle_that_stands_in_the_title_is_not_repeated),
        cmocka_unit_test(dates_are_as_exact_as_they_are),
        cmocka_unit_test(every_type_of_update_means_what_it_says),
        cmocka_unit_test(one_event_told_twice_is_one_notice),
        cmocka_unit_test(a_notice_is_never_itself_retracted),
        cmocka_unit_test(a_work_changed_in_its_place_carries_its_own_notice),
        cmocka_unit_test(odd_types_count_as_absent),
        cmocka_unit_test(journals_and_works_without_a_title_are_left_out),
        cmocka_unit_test(a_page_that_is_not_full_is_the_last),
        cmocka_unit_test(an_empty_page_is_the_last),
        cmocka_unit_test(pages_that_end_too_early_are_told),
        cmocka_unit_test(a_page_is_full_at_what_the_service_gives),
        cmocka_unit_test(totals_that_change_and_pages_that_come_again_do_no_harm),
        cmocka_unit_test(pages_without_end_are_ended),
        cmocka_unit_test(a_limit_is_kept_over_pages),
        cmocka_unit_test(a_forgotten_search_starts_again_a_few_times),
        cmocka_unit_test(what_the_service_never_promised_is_a_fault_of_the_network),
        cmocka_unit_test(a_refusal_is_told_in_the_services_words),
        cmocka_unit_test(two_pages_of_a_cursor_are_read),
        cmocka_unit_test(a_list_with_preprints_is_read),
        cmocka_unit_test(a_new_version_is_no_notice),
        cmocka_unit_test(the_retracted_article_is_retracted),
        cmocka_unit_test(the_notice_of_a_retraction_is_not_retracted),
        cmocka_unit_test(single_works_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
