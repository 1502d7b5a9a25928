#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "importers/sources/openalex_abstract.h"
#include "tests/importers/sources/gathered.h"

static const struct remote *const remote = &remote_openalex;
static const struct remote_options with_key = {.api_key = "k&y"};
static const struct remote_options without_key = {0};
static const struct remote_query anything = {.text = "a"};

/* ---- requests ---- */

static const char *url_of(struct arena *arena, const struct remote_query *query,
                          const struct remote_options *options, const char *state)
{
    struct remote_request request;
    struct error err = {0};
    if (!remote->request(query, options, state, arena, &request, &err))
        fail_msg("%s", err.message);
    assert_null(request.form);
    assert_true(request.per_second > 0 && request.per_second <= 100);
    return request.url;
}

static void a_query_is_a_phrase_a_filter_parameters_or_a_work(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *since;
        const char *expected;
    } rows[] = {
        {"dry needling", NULL, "?search=dry%20needling&per_page=100&cursor=%2A&api_key=k%26y"},
        {"pain: a review", NULL, "?search=pain%3A%20a%20review&per_page="},
        {"massage:relief", NULL, "?search=massage%3Arelief&per_page="},
        {"title_and_abstract.search:dry needling,publication_year:>2010", NULL,
         "?filter=title_and_abstract.search%3Adry%20needling%2Cpublication_year%3A%3E2010&per_"},
        {"filter=type:article&search=needling&sort=publication_date", NULL,
         "?search=needling&sort=publication_date&filter=type%3Aarticle&per_page="},
        {"needling", "2026-03-05",
         "?search=needling&filter=from_publication_date%3A2025-03-05&per_page="},
        {"type:article", "2024-02-29",
         "?filter=type%3Aarticle%2Cfrom_publication_date%3A2023-02-28&per_page="},
        {"10.1016/S0140-6736(97)11096-0", NULL,
         "/doi:10.1016/s0140-6736%2897%2911096-0?api_key=k%26y"},
        {"W2117847125", NULL, "/W2117847125?api_key="},
        {"https://openalex.org/w2117847125", "2026-01-01", "/W2117847125?api_key="},
        {"pmid:9500320", NULL, "/pmid:9500320?api_key="},
        {"PMC5815332", NULL, "/pmcid:PMC5815332?api_key="},
        {"9500320", NULL, "?search=9500320&"},
        {"W2117847125 W1", NULL, "?search=W2117847125%20W1&"},
        {"W", NULL, "?search=W&"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct remote_query query = {.text = rows[i].text, .since = rows[i].since};
        const char *start = "https://api.openalex.org/works";
        const char *url = url_of(arena, &query, &with_key, NULL);
        assert_memory_equal(url, start, strlen(start));
        if (strncmp(url + strlen(start), rows[i].expected, strlen(rows[i].expected)) != 0)
            fail_msg("%s does not go on with %s", url, rows[i].expected);
    }
    arena_free(arena);
}

static void without_a_key_pages_are_numbered(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(url_of(arena, &anything, &without_key, NULL),
                        "https://api.openalex.org/works?search=a&per_page=100&page=1");
    assert_string_equal(url_of(arena, &anything, &without_key, "100 100 0 page=2"),
                        "https://api.openalex.org/works?search=a&per_page=100&page=2");
    /* A run that began without a key goes on where it was when there is one. */
    assert_non_null(strstr(url_of(arena, &anything, &with_key, "100 100 0 page=2"), "&page=2&"));
    assert_non_null(
        strstr(url_of(arena, &anything, &with_key, "100 100 0 Ils=="), "&cursor=Ils%3D%3D&"));
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
    return read_with(gathered, &anything, &with_key, NULL, text);
}

/* Made by hand after the shape of the service's answers. */
static const char sample[] =
    "{\"id\": \"https://openalex.org/W1\", \"doi\": \"https://doi.org/10.1000/ABC\","
    "\"title\": \"Needling of <i>knots</i>\", \"publication_year\": 2020,"
    "\"publication_date\": \"2020-03-05\", \"type\": \"article\", \"language\": \"en\","
    "\"ids\": {\"pmid\": \"https://pubmed.ncbi.nlm.nih.gov/29456894\","
    " \"pmcid\": \"https://www.ncbi.nlm.nih.gov/pmc/articles/5815332\"},"
    "\"authorships\": [{\"raw_author_name\": \"Jane A. Roe\","
    "  \"author\": {\"display_name\": \"Another Person\"}},"
    " {\"author\": {\"display_name\": \"Ludwig van Doe\"}}, {\"raw_author_name\": \"Poe, Ann\"},"
    " {\"raw_author_name\": \"Knot Study Group\"}],"
    "\"primary_location\": {\"source\": {\"display_name\": \"Knots &amp; Care\","
    " \"issn_l\": \"1234-567X\"}},"
    "\"biblio\": {\"volume\": \"3\", \"issue\": \"1\", \"first_page\": \"10\","
    " \"last_page\": \"19\"},"
    "\"mesh\": [{\"descriptor_name\": \"Humans\"}, {\"descriptor_name\": \"Pain\"}],"
    "\"keywords\": [{\"display_name\": \"Randomized controlled trial\"}],"
    "\"abstract_inverted_index\": {\"hurt.\": [1], \"Knots\": [0, 2], \"p\": [3], \"<0.05\": [4]},"
    "\"is_retracted\": false, \"updated_date\": \"2025-06-11T00:03:37.532706\"}";

static void a_work_becomes_a_record(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, sample));
    assert_int_equal(gathered_count(g), 1);
    assert_int_equal(g->page.total, 1);
    assert_null(g->page.next);
    ASSERT_TEXT(g, "0.source", "openalex");
    ASSERT_TEXT(g, "0.source_id", "W1");
    ASSERT_TEXT(g, "0.url", "https://openalex.org/W1");
    ASSERT_TEXT(g, "0.doi", "10.1000/abc");
    ASSERT_TEXT(g, "0.pmid", "29456894");
    ASSERT_TEXT(g, "0.pmcid", "PMC5815332");
    ASSERT_TEXT(g, "0.title", "Needling of knots");
    ASSERT_LENGTH(g, "0.authors", 4);
    ASSERT_TEXT(g, "0.authors.0.family", "Roe"); /* as printed, not as identified */
    ASSERT_TEXT(g, "0.authors.0.given", "Jane A.");
    ASSERT_TEXT(g, "0.authors.1.family", "van Doe");
    ASSERT_TEXT(g, "0.authors.2.family", "Poe");
    ASSERT_TEXT(g, "0.authors.2.given", "Ann");
    ASSERT_TEXT(g, "0.authors.3.group", "Knot Study Group");
    ASSERT_TRUE(g, "0.authors_complete");
    ASSERT_COUNT(g, "0.year", 2020);
    ASSERT_TEXT(g, "0.date", "2020-03-05");
    ASSERT_TEXT(g, "0.journal", "Knots & Care");
    ASSERT_TEXT(g, "0.issn", "1234-567X");
    ASSERT_TEXT(g, "0.pages", "10-19");
    ASSERT_TEXT(g, "0.abstract", "Knots hurt. Knots p <0.05");
    ASSERT_TEXT(g, "0.publication_types.0", "article");
    /* A model's keyword would make a trial of it. */
    ASSERT_LENGTH(g, "0.keywords", 2);
    ASSERT_TEXT(g, "0.keywords.1", "Pain");
    assert_false(json_is_true(gathered_at(g, "0.retracted")));
    gathered_free(g);
}

static void a_first_of_the_month_or_year_may_be_made_up(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        const char *expected;
    } rows[] = {{"2014-01-01", "2014"},       {"2014-03-01", "2014-03"},
                {"2014-03-02", "2014-03-02"}, {"2014-02-30", "(nothing)"},
                {"2014", "(nothing)"},        {"", "(nothing)"}};
    struct gathered *g = gathered_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(read_text(g, arena_printf(g->arena,
                                              "{\"id\": \"https://openalex.org/W1\", \"title\": "
                                              "\"T\", \"publication_date\": \"%s\"}",
                                              rows[i].date)));
        assert_string_equal(gathered_text(g, arena_printf(g->arena, "%zu.date", i)),
                            rows[i].expected);
    }
    gathered_free(g);
}

static void a_notice_of_a_retraction_is_not_retracted(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, "{\"id\": \"https://openalex.org/W1\", \"title\": \"T\","
                             "\"type\": \"article\", \"is_retracted\": true}"));
    assert_true(read_text(g, "{\"id\": \"https://openalex.org/W2\", \"title\": \"T\","
                             "\"type\": \"retraction\", \"is_retracted\": true}"));
    ASSERT_TRUE(g, "0.retracted");
    assert_false(json_is_true(gathered_at(g, "1.retracted")));
    gathered_free(g);
}

static void what_is_no_publication_is_left_out(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, "{\"meta\": {}, \"results\": ["
                             "{\"id\": \"https://openalex.org/W1\", \"title\": null},"
                             "{\"id\": \"https://openalex.org/W2\", \"title\": \"T\","
                             " \"type\": \"paratext\"},"
                             "{\"id\": \"https://openalex.org/W3\", \"title\": \"T\","
                             " \"is_paratext\": true}, 5]}"));
    assert_int_equal(gathered_count(g), 0);
    assert_int_equal(g->page.refused, 4);
    assert_non_null(strstr(g->warnings.bytes, "record 1, W1 has no title; left out"));
    assert_non_null(strstr(g->warnings.bytes, "record 2, W2 is of type paratext"));
    gathered_free(g);
}

static void since_leaves_out_what_did_not_change(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_query before = {.text = "a", .since = "2025-06-11"};
    const struct remote_query after = {.text = "a", .since = "2025-06-12"};
    assert_true(read_with(g, &before, &with_key, NULL, sample));
    assert_int_equal(gathered_count(g), 1);
    assert_true(read_with(g, &after, &with_key, NULL, sample));
    assert_int_equal(gathered_count(g), 1);
    assert_int_equal(g->page.refused, 0);
    assert_int_equal(g->warning_count, 0);
    gathered_free(g);
}

static void odd_types_count_as_absent(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(
        g, "{\"id\": \"https://openalex.org/W1\", \"title\": \"T\", \"doi\": 5, \"ids\": [],"
           "\"authorships\": {\"author\": 1}, \"biblio\": \"x\", \"mesh\": [null, 3, {}],"
           "\"publication_year\": \"x\", \"primary_location\": null, \"is_retracted\": \"true\","
           "\"abstract_inverted_index\": [1, 2], \"updated_date\": 7, \"type\": []}"));
    assert_int_equal(gathered_count(g), 1);
    ASSERT_NOTHING(g, "0.year");
    ASSERT_NOTHING(g, "0.abstract");
    assert_false(json_is_true(gathered_at(g, "0.retracted")));
    gathered_free(g);
}

/* ---- abstracts ---- */

static void assert_abstract(const char *index, const char *expected)
{
    struct arena *arena = arena_new();
    json_t *value = json_loads(index, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    const char *abstract = openalex_abstract(value, arena);
    assert_string_equal(abstract == NULL ? "(nothing)" : abstract, expected);
    json_decref(value);
    arena_free(arena);
}

static void an_abstract_is_its_words_in_their_places(void **state)
{
    (void)state;
    assert_abstract("{\"b\": [1, 3], \"a\": [0], \"c\": [2]}", "a b c b");
    assert_abstract("{\"b\": [2000000000], \"a\": [7]}", "a b"); /* gaps are no words */
    assert_abstract("{\"a\": [0], \"b\": [0]}", "a b");
    assert_abstract("{\"a\": [-1], \"b\": [0.5], \"c\": [\"x\"], \"d\": 4, \"e\": [null]}",
                    "(nothing)");
    assert_abstract("{\"2013.<br>A\": [0], \"<i>t</i>-test\": [1], \"&amp;gt;80%\": [2]}",
                    "2013.\nA t-test >80%");
    assert_abstract("{}", "(nothing)");
    assert_abstract("null", "(nothing)");
    assert_abstract("[\"a\"]", "(nothing)");
}

static void an_abstract_that_would_fill_the_memory_is_none(void **state)
{
    (void)state;
    struct buffer index = {0};
    buffer_text(&index, "{\"");
    for (int i = 0; i < 100000; i++)
        buffer_byte(&index, 'w');
    buffer_text(&index, "\": [0");
    for (int i = 1; i < 100; i++)
        buffer_printf(&index, ", %d", i);
    buffer_text(&index, "]}");
    assert_abstract(index.bytes, "(nothing)");
    buffer_release(&index);
}

/* ---- paging ---- */

#define WORK(number) "{\"id\": \"https://openalex.org/W" number "\", \"title\": \"T\"}"
#define LIST(count, next, results)                                                                 \
    "{\"meta\": {\"count\": " count ", \"per_page\": 2, \"next_cursor\": " next "},"               \
    "\"results\": [" results "]}"

static void cursors_lead_to_an_empty_last_page(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, LIST("3", "\"B\"", WORK("1") "," WORK("2"))));
    assert_string_equal(g->page.next, "2 2 0 B");
    assert_int_equal(g->page.total, 3);
    assert_true(read_with(g, &anything, &with_key, g->page.next, LIST("3", "\"C\"", WORK("3"))));
    assert_string_equal(g->page.next, "3 3 0 C");
    assert_true(read_with(g, &anything, &with_key, g->page.next, LIST("3", "null", "")));
    assert_null(g->page.next);
    assert_true(read_with(g, &anything, &with_key, "3 3 0 C", LIST("3", "\"C\"", WORK("3"))));
    assert_null(g->page.next); /* the same cursor would be the same page for ever */
    assert_true(read_with(g, &anything, &with_key, "3 3 0 C", LIST("3", "\"D\"", "")));
    assert_null(g->page.next);
    gathered_free(g);
}

static void numbered_pages_end_with_the_last_record(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_options two = {.page_size = 2};
    assert_true(read_with(g, &anything, &two, NULL, LIST("3", "null", WORK("1") "," WORK("2"))));
    assert_string_equal(g->page.next, "2 2 0 page=2");
    assert_true(read_with(g, &anything, &two, g->page.next, LIST("3", "null", WORK("3"))));
    assert_null(g->page.next);
    assert_true(
        read_with(g, &anything, &two, "2 2 0 page=2", LIST("4", "null", WORK("3") "," WORK("4"))));
    assert_null(g->page.next);
    assert_int_equal(g->warning_count, 0);
    gathered_free(g);
}

static void without_a_key_ten_thousand_are_the_most(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_options two = {.page_size = 2};
    assert_true(read_with(g, &anything, &two, "9998 9998 0 page=5000",
                          LIST("20000", "null", WORK("1") "," WORK("2"))));
    assert_null(g->page.next);
    assert_string_equal(g->warnings.bytes,
                        "OpenAlex: gives 10000 works without a key, and 20000 match; a key is "
                        "free at openalex.org/settings/api\n");
    gathered_free(g);
}

static void the_limit_cuts_within_a_page(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_query one = {.text = "a", .limit = 1};
    assert_true(read_with(g, &one, &with_key, NULL, LIST("3", "\"B\"", WORK("1") "," WORK("2"))));
    assert_null(g->page.next);
    assert_int_equal(gathered_count(g), 1);
    gathered_free(g);
}

/* ---- faults ---- */

static void what_the_service_never_promised_is_a_fault_of_the_network(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *words;
    } rows[] = {
        {"{\"error\": \"Invalid query parameters error.\", \"message\": \"x is wrong\"}",
         "answered with an error: Invalid query parameters error. x is wrong"},
        {"{\"id\": \"https://openalex.org/A1\"}", "another shape"},
        {"{\"results\": {}}", "another shape"},
        {"[]", "another shape"},
        {"<html>", "answered with a page"},
        {"{\"results\": [", "cut short"},
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

static void a_refusal_says_what_to_do(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *body;
        const char *words;
    } rows[] = {
        {401, "{\"error\": \"Unauthorized\", \"message\": \"cursor paging needs a key\"}",
         "Unauthorized cursor paging needs a key; give a key, which is free at "
         "openalex.org/settings/api"},
        {401, "", "give a key, which is free at openalex.org/settings/api"},
        {429, "{\"error\": \"Plan upgrade required\"}",
         "Plan upgrade required; leave the dates of creation and update out of the filter"},
        {429, "{\"error\": \"Insufficient budget\"}",
         "Insufficient budget; the day's allowance is used up and comes back at midnight UTC, and "
         "a free key from openalex.org/settings/api gives a larger one"},
        {404, "<title>404 Not Found</title>", "404 Not Found"},
        {400, "{\"error\": \"Bad\"}", "Bad"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct remote_answer answer = {
            .status = rows[i].status, .bytes = rows[i].body, .length = strlen(rows[i].body)};
        assert_string_equal(remote->refusal(&answer, arena), rows[i].words);
    }
    const struct remote_answer nothing = {.status = 500, .bytes = NULL, .length = 0};
    assert_null(remote->refusal(&nothing, arena));
    arena_free(arena);
}

/* ---- real answers; expected values were read in the files by hand ---- */

static struct gathered *fixture(const char *name)
{
    struct gathered *g = gathered_new();
    assert_true(gathered_file(g, remote, &anything, "0 0 0 A", name));
    return g;
}

static void two_pages_and_the_empty_one_behind_them_are_read(void **state)
{
    (void)state;
    struct gathered *g = fixture("openalex/list-cursor-5.json");
    assert_int_equal(gathered_count(g), 5);
    assert_int_equal(g->page.total, 5);
    assert_memory_equal(g->page.next, "5 5 0 IlsnLUluZmluaXR5JywgMCwg", 26);
    ASSERT_TEXT(g, "0.source_id", "W4311043552");
    ASSERT_TEXT(g, "0.doi", "10.36312/esaintika.v6i3.897");
    ASSERT_LENGTH(g, "0.authors", 6);
    ASSERT_TEXT(g, "0.authors.0.family", "Prahani"); /* "Prahanı" where it is identified */
    ASSERT_TEXT(g, "0.authors.0.given", "Binar Kurnia");
    ASSERT_TEXT(g, "0.date", "2022-11-30");
    ASSERT_TEXT(g, "0.pages", "202-220");
    assert_memory_equal(gathered_text(g, "0.abstract"), "Learning systems in emergencies, can", 36);
    ASSERT_NOTHING(g, "3.abstract");
    ASSERT_TEXT(g, "4.journal", "Scientometrics");
    const char *next = g->page.next;
    assert_true(gathered_file(g, remote, &anything, next, "openalex/list-empty-last-page.json"));
    assert_null(g->page.next);
    assert_int_equal(gathered_count(g), 5);
    gathered_free(g);
}

static void a_page_of_38_has_one_without_a_title(void **state)
{
    (void)state;
    struct gathered *g = fixture("openalex/list-cursor-38.json");
    assert_int_equal(gathered_count(g), 37);
    assert_int_equal(g->page.refused, 1);
    assert_string_equal(g->warnings.bytes,
                        "OpenAlex: record 2, W2963341956 has no title; left out\n");
    ASSERT_TEXT(g, "0.doi", "10.3115/v1/d14-1162");
    ASSERT_TEXT(g, "0.date", "2014"); /* 2014-01-01 */
    ASSERT_TEXT(g, "1.source_id", "W1854214752");
    ASSERT_NOTHING(g, "1.doi");
    ASSERT_TEXT(g, "1.authors.0.family", "Page");
    ASSERT_TEXT(g, "4.pmid", "29456894");
    assert_memory_equal(gathered_text(g, "9.abstract"), "Piwowar. Nature, 10 January 2013.\nA new",
                        39);
    ASSERT_TEXT(g, "9.keywords.0", "Animals");
    gathered_free(g);
}

static void single_works_are_read(void **state)
{
    (void)state;
    struct gathered *g = fixture("openalex/W2741809807.json");
    ASSERT_TEXT(g, "0.doi", "10.7717/peerj.4375");
    ASSERT_TEXT(g, "0.pmid", "29456894");
    ASSERT_TEXT(g, "0.pmcid", "PMC5815332");
    ASSERT_LENGTH(g, "0.authors", 9);
    ASSERT_TEXT(g, "0.authors.0.family", "Piwowar");
    ASSERT_TEXT(g, "0.authors.2.family", "Larivière");
    ASSERT_TEXT(g, "0.pages", "e4375");
    ASSERT_TEXT(g, "0.date", "2018-02-13");
    ASSERT_TEXT(g, "0.issn", "2167-8359");
    assert_true(gathered_file(g, remote, &anything, NULL, "openalex/W-api-response.json"));
    ASSERT_TEXT(g, "1.doi", "10.1103/physrevlett.118.091101");
    ASSERT_TEXT(g, "1.journal", "Physical Review Letters");
    ASSERT_TEXT(g, "1.date", "2017-06");
    assert_true(
        gathered_file(g, remote, &anything, NULL, "openalex/wakefield-is_retracted-select.json"));
    ASSERT_TEXT(g, "2.doi", "10.1016/s0140-6736(97)11096-0");
    ASSERT_TEXT(g, "2.pmid", "9500320");
    ASSERT_TRUE(g, "2.retracted");
    gathered_free(g);
}

static void a_refused_filter_is_told_in_brief(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_false(gathered_file(g, remote, &anything, NULL, "openalex/error-bad-filter.json"));
    assert_int_equal(g->err.kind, ERROR_NETWORK);
    assert_non_null(strstr(g->err.message, "DOESNTEXIST is not a valid field."));
    assert_true(strlen(g->err.message) < 500);
    gathered_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_is_a_phrase_a_filter_parameters_or_a_work),
        cmocka_unit_test(without_a_key_pages_are_numbered),
        cmocka_unit_test(a_work_becomes_a_record),
        cmocka_unit_test(a_first_of_the_month_or_year_may_be_made_up),
        cmocka_unit_test(a_notice_of_a_retraction_is_not_retracted),
        cmocka_unit_test(what_is_no_publication_is_left_out),
        cmocka_unit_test(since_leaves_out_what_did_not_change),
        cmocka_unit_test(odd_types_count_as_absent),
        cmocka_unit_test(an_abstract_is_its_words_in_their_places),
        cmocka_unit_test(an_abstract_that_would_fill_the_memory_is_none),
        cmocka_unit_test(cursors_lead_to_an_empty_last_page),
        cmocka_unit_test(numbered_pages_end_with_the_last_record),
        cmocka_unit_test(without_a_key_ten_thousand_are_the_most),
        cmocka_unit_test(the_limit_cuts_within_a_page),
        cmocka_unit_test(what_the_service_never_promised_is_a_fault_of_the_network),
        cmocka_unit_test(a_refusal_says_what_to_do),
        cmocka_unit_test(two_pages_and_the_empty_one_behind_them_are_read),
        cmocka_unit_test(a_page_of_38_has_one_without_a_title),
        cmocka_unit_test(single_works_are_read),
        cmocka_unit_test(a_refused_filter_is_told_in_brief),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
