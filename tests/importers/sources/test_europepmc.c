#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/importers/sources/gathered.h"

static const struct remote *const remote = &remote_europepmc;
static const struct remote_options no_options = {0};

/* ---- requests ---- */

static const char *url_of(struct arena *arena, const struct remote_query *query,
                          const struct remote_options *options, const char *state)
{
    struct remote_request request;
    struct error err = {0};
    if (!remote->request(query, options, state, arena, &request, &err))
        fail_msg("%s", err.message);
    assert_null(request.form);
    assert_string_equal(request.accept, "application/json");
    assert_true(request.per_second > 0);
    return request.url;
}

static void a_phrase_is_asked_for_as_it_stands(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct remote_query query = {.text = "dry needling & \"neck pain\""};
    assert_string_equal(url_of(arena, &query, &no_options, NULL),
                        "https://www.ebi.ac.uk/europepmc/webservices/rest/search?query=dry%20"
                        "needling%20%26%20%22neck%20pain%22&resultType=core&format=json&pageSize="
                        "500&cursorMark=%2A");
    const struct remote_options options = {
        .base_url = "http://127.0.0.1:1/x", .contact = "a@b.org", .page_size = 7};
    assert_string_equal(url_of(arena, &query, &options, "0 0 0 AoI=="),
                        "http://127.0.0.1:1/x/search?query=dry%20needling%20%26%20%22neck%20pain"
                        "%22&resultType=core&format=json&pageSize=7&cursorMark=AoI%3D%3D&email=a%40"
                        "b.org");
    arena_free(arena);
}

static void an_identifier_is_asked_for_in_its_field(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct remote_query doi = {.text = " https://doi.org/10.1016/S0140-6736(97)11096-0 "};
    assert_non_null(strstr(url_of(arena, &doi, &no_options, NULL),
                           "query=DOI%3A%2210.1016%2Fs0140-6736%2897%2911096-0%22&"));
    const struct remote_query pmcid = {.text = "PMC12124214"};
    assert_non_null(strstr(url_of(arena, &pmcid, &no_options, NULL), "query=PMCID%3APMC12124214&"));
    arena_free(arena);
}

static void since_asks_for_what_was_added_or_changed(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct remote_query query = {.text = "a OR b", .since = "2026-01-31"};
    assert_non_null(strstr(url_of(arena, &query, &no_options, NULL),
                           "query=%28a%20OR%20b%29%20AND%20%28UPDATE_DATE%3A%5B2026-01-31%20TO%20"
                           "3000-12-31%5D%20OR%20FIRST_IDATE%3A%5B2026-01-31%20TO%203000-12-31%5D"
                           "%29&"));
    arena_free(arena);
}

static void a_page_is_no_larger_than_what_is_wanted(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct remote_query few = {.text = "a", .limit = 3};
    const struct remote_query many = {.text = "a", .limit = 30000};
    const struct remote_options large = {.page_size = 5000};
    assert_non_null(strstr(url_of(arena, &few, &no_options, NULL), "pageSize=3&"));
    assert_non_null(strstr(url_of(arena, &many, &no_options, NULL), "pageSize=500&"));
    assert_non_null(strstr(url_of(arena, &many, &large, NULL), "pageSize=1000&"));
    arena_free(arena);
}

static void a_long_query_goes_into_a_form(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buffer text = {0};
    while (text.length < 9000)
        buffer_text(&text, "\"needling\" OR ");
    const struct remote_query query = {.text = text.bytes};
    struct remote_request request;
    struct error err = {0};
    assert_true(remote->request(&query, &no_options, NULL, arena, &request, &err));
    assert_string_equal(request.url, "https://www.ebi.ac.uk/europepmc/webservices/rest/searchPOST");
    assert_memory_equal(request.form, "query=%22needling%22%20OR", 25);
    assert_non_null(strstr(request.form, "&cursorMark=%2A"));
    buffer_release(&text);
    arena_free(arena);
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    static const struct {
        struct remote_query query;
        const char *state;
        const char *words;
    } rows[] = {
        {{.text = NULL}, NULL, "nothing to search for"},
        {{.text = " \t"}, NULL, "nothing to search for"},
        {{.text = "a", .since = "yesterday"}, NULL, "\"yesterday\" is no day"},
        {{.text = "a", .since = "2026-02-29"}, NULL, "is no day"},
        {{.text = "a", .since = "2026-1-1"}, NULL, "is no day"},
        {{.text = "a", .since = "2026-01-01x"}, NULL, "is no day"},
        {{.text = "a"}, "", "start the import anew"},
        {{.text = "a"}, "1 2 3", "start the import anew"},
        {{.text = "a"}, "1 2 3 ", "start the import anew"},
        {{.text = "a"}, "1 -2 3 x", "start the import anew"},
        {{.text = "a"}, "nonsense", "start the import anew"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct remote_request request;
        struct error err = {0};
        assert_false(
            remote->request(&rows[i].query, &no_options, rows[i].state, arena, &request, &err));
        assert_int_equal(err.kind, ERROR_INVALID);
        assert_non_null(strstr(err.message, rows[i].words));
    }
    arena_free(arena);
}

/* ---- reading ---- */

static const struct remote_query anything = {.text = "a"};

static bool read_text(struct gathered *gathered, const struct remote_query *query,
                      const char *state, const char *text)
{
    return gathered_read(gathered, remote, query, &no_options, state, text, strlen(text));
}

/* Made by hand after the shape of a core result. */
static const char sample[] =
    "{\"hitCount\": 2, \"nextCursorMark\": \"AoJ2\", \"resultList\": {\"result\": ["
    "{\"id\": \"111\", \"source\": \"MED\", \"pmid\": \"111\", \"pmcid\": \"PMC222\","
    " \"doi\": \"10.1000/ABC\", \"title\": \"Needling of <i>knots</i>: a trial.\","
    " \"authorList\": {\"author\": ["
    "  {\"fullName\": \"Roe JA\", \"firstName\": \"Jane A\", \"lastName\": \"Roe\"},"
    "  {\"fullName\": \"van Doe B\", \"initials\": \"B\", \"lastName\": \"van Doe\"},"
    "  {\"fullName\": \"de Poe CD\"},"
    "  {\"collectiveName\": \"Knot Study Group\"}]},"
    " \"journalInfo\": {\"volume\": \"3\", \"issue\": \"1\", \"dateOfPublication\": \"2020 Mar 5\","
    "  \"yearOfPublication\": 2020,"
    "  \"journal\": {\"title\": \"Knots &amp; Care\", \"essn\": \"1234-567x\"}},"
    " \"pubYear\": \"2020\", \"pageInfo\": \"1-9\", \"language\": \"eng\","
    " \"abstractText\": \"<h4>Aim</h4>To ease.<h4>Results</h4>p&lt;0.05; 10<sup>3</sup> cells.\","
    " \"pubTypeList\": {\"pubType\": [\"Randomized Controlled Trial\", \"Journal Article\"]},"
    " \"meshHeadingList\": {\"meshHeading\": [{\"descriptorName\": \"Humans\"},"
    "  {\"descriptorName\": \"Neck Pain\"}]},"
    " \"keywordList\": {\"keyword\": [\"Knots\", \"Humans\"]},"
    " \"commentCorrectionList\": {\"commentCorrection\": ["
    "  {\"id\": \"5\", \"source\": \"MED\", \"type\": \"Comment in\", \"reference\": \"X\"},"
    "  {\"id\": \"6\", \"source\": \"MED\", \"type\": \"Erratum in\","
    "   \"reference\": \"Knots. 2021 Feb 3;4(2):17. doi: 10.1000/Err.1\"},"
    "  {\"id\": \"7\", \"source\": \"MED\", \"type\": \"Expression of concern in\","
    "   \"reference\": \"Knots. 2022;5:1\"},"
    "  {\"id\": \"8\", \"source\": \"MED\", \"type\": \"Partial retraction in\"}]}},"
    "{\"id\": \"PPR9\", \"source\": \"PPR\", \"title\": \"A preprint\", \"pubYear\": \"2024\","
    " \"authorString\": \"Roe J, Doe B, Knot Study Group.\","
    " \"bookOrReportDetails\": {\"publisher\": \"medRxiv\"},"
    " \"firstPublicationDate\": \"2024-05-06\", \"pubType\": \"preprint\"}"
    "]}}";

static void a_result_becomes_a_record(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, &anything, NULL, sample));
    assert_int_equal(gathered_count(g), 2);
    assert_int_equal(g->page.records, 2);
    assert_int_equal(g->page.total, 2);
    assert_int_equal(g->warning_count, 0);
    ASSERT_TEXT(g, "0.source", "europepmc");
    ASSERT_TEXT(g, "0.source_id", "MED/111");
    ASSERT_TEXT(g, "0.pmid", "111");
    ASSERT_TEXT(g, "0.pmcid", "PMC222");
    ASSERT_TEXT(g, "0.doi", "10.1000/abc");
    ASSERT_TEXT(g, "0.url", "https://europepmc.org/article/MED/111");
    ASSERT_TEXT(g, "0.title", "Needling of knots: a trial.");
    ASSERT_LENGTH(g, "0.authors", 4);
    ASSERT_TEXT(g, "0.authors.0.family", "Roe");
    ASSERT_TEXT(g, "0.authors.0.given", "Jane A");
    ASSERT_TEXT(g, "0.authors.1.family", "van Doe");
    ASSERT_TEXT(g, "0.authors.1.given", "B");
    ASSERT_TEXT(g, "0.authors.2.family", "de Poe");
    ASSERT_TEXT(g, "0.authors.2.given", "CD");
    ASSERT_TEXT(g, "0.authors.3.group", "Knot Study Group");
    ASSERT_TRUE(g, "0.authors_complete");
    ASSERT_COUNT(g, "0.year", 2020);
    ASSERT_TEXT(g, "0.date", "2020-03-05");
    ASSERT_TEXT(g, "0.journal", "Knots & Care");
    ASSERT_TEXT(g, "0.issn", "1234-567X");
    ASSERT_TEXT(g, "0.volume", "3");
    ASSERT_TEXT(g, "0.issue", "1");
    ASSERT_TEXT(g, "0.pages", "1-9");
    ASSERT_TEXT(g, "0.language", "eng");
    ASSERT_TEXT(g, "0.abstract", "Aim: To ease.\nResults: p<0.05; 10^3 cells.");
    ASSERT_TEXT(g, "0.publication_types.0", "Randomized Controlled Trial");
    ASSERT_LENGTH(g, "0.keywords", 3); /* Humans once */
    ASSERT_TEXT(g, "0.keywords.2", "Knots");
    gathered_free(g);
}

static void only_corrections_of_a_publication_are_its_notices(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, &anything, NULL, sample));
    ASSERT_LENGTH(g, "0.notices", 3);
    ASSERT_TEXT(g, "0.notices.0.type", "correction");
    ASSERT_TEXT(g, "0.notices.0.pmid", "6");
    ASSERT_TEXT(g, "0.notices.0.doi", "10.1000/err.1");
    ASSERT_TEXT(g, "0.notices.0.date", "2021-02-03");
    ASSERT_TEXT(g, "0.notices.0.source", "pubmed");
    ASSERT_TEXT(g, "0.notices.1.type", "expression-of-concern");
    ASSERT_TEXT(g, "0.notices.1.date", "2022");
    /* It takes back a part: the publication stands. */
    ASSERT_TEXT(g, "0.notices.2.type", "correction");
    ASSERT_TEXT(g, "0.notices.2.reason", "partial retraction");
    assert_false(json_is_true(gathered_at(g, "0.retracted")));
    gathered_free(g);
}

static void a_preprint_has_its_server_and_its_day(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, &anything, NULL, sample));
    ASSERT_TEXT(g, "1.source_id", "PPR/PPR9");
    ASSERT_NOTHING(g, "1.pmid");
    ASSERT_TEXT(g, "1.journal", "medRxiv");
    ASSERT_TEXT(g, "1.date", "2024-05-06");
    ASSERT_COUNT(g, "1.year", 2024);
    ASSERT_TEXT(g, "1.publication_types.0", "preprint");
    ASSERT_LENGTH(g, "1.authors", 3);
    ASSERT_TEXT(g, "1.authors.1.family", "Doe");
    ASSERT_TEXT(g, "1.authors.2.group", "Knot Study Group");
    gathered_free(g);
}

static void a_string_of_authors_is_cut_at_its_commas(void **state)
{
    (void)state;
    static const struct {
        const char *names;
        size_t count;
        const char *last; /* family or group */
    } rows[] = {
        {"Roe J, van Doe BC.", 2, "van Doe"},
        {"Roe J, Institute of Knots and Pain.", 2, "Institute of Knots and Pain"},
        {"Roe J", 1, "Roe"},
        {"Roe J,, ,Doe B,", 2, "Doe"},
        {".", 0, NULL},
        {",", 0, NULL},
    };
    struct gathered *g = gathered_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(read_text(g, &anything, NULL,
                              arena_printf(g->arena,
                                           "{\"resultList\": {\"result\": [{\"title\": \"T\","
                                           "\"authorString\": \"%s\"}]}}",
                                           rows[i].names)));
        assert_int_equal(gathered_length(g, arena_printf(g->arena, "%zu.authors", i)),
                         rows[i].count);
        if (rows[i].count == 0)
            continue;
        const json_t *last = json_array_get(
            gathered_at(g, arena_printf(g->arena, "%zu.authors", i)), rows[i].count - 1);
        const char *family = field_bytes(last, "family");
        assert_string_equal(family == NULL ? field_bytes(last, "group") : family, rows[i].last);
        assert_false(
            json_is_true(gathered_at(g, arena_printf(g->arena, "%zu.authors_complete", i))));
    }
    gathered_free(g);
}

static void the_day_of_a_notice_is_read_in_its_reference(void **state)
{
    (void)state;
    static const struct {
        const char *reference;
        const char *date;
        const char *doi;
    } rows[] = {
        {"Lancet. 2010 Feb 6;375(9713):445", "2010-02-06", NULL},
        {"Eur J Gastroenterol. 2011 Nov;23(11):1082. doi: 10.1097/MEG.0b013e328349d184", "2011-11",
         "10.1097/meg.0b013e328349d184"},
        {"J. Knots. Res. 2003 Nov-Dec;1:2", "2003", NULL},
        {"Knots. 2003;1:2", "2003", NULL},
        {". . 2003;1", "2003", NULL},
        {". ", NULL, NULL},
        {"Knots 2003", NULL, NULL},
        {"Knots. 20031;2", NULL, NULL},
        {"doi:10.1000/a. Epub 2003", NULL, "10.1000/a"},
        {"doi: ", NULL, NULL},
    };
    struct gathered *g = gathered_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(read_text(g, &anything, NULL,
                              arena_printf(g->arena,
                                           "{\"resultList\": {\"result\": [{\"title\": \"T\","
                                           "\"commentCorrectionList\": {\"commentCorrection\": "
                                           "[{\"type\": \"Erratum in\", \"reference\": \"%s\"}]}"
                                           "}]}}",
                                           rows[i].reference)));
        assert_string_equal(gathered_text(g, arena_printf(g->arena, "%zu.notices.0.date", i)),
                            rows[i].date == NULL ? "(nothing)" : rows[i].date);
        assert_string_equal(gathered_text(g, arena_printf(g->arena, "%zu.notices.0.doi", i)),
                            rows[i].doi == NULL ? "(nothing)" : rows[i].doi);
    }
    gathered_free(g);
}

/* The types stand beside "Preprint" (Europe PMC, version 6.9). */
static void a_withdrawn_preprint_is_retracted(void **state)
{
    (void)state;
    static const char *const types[] = {"Preprint-withdrawal", "preprint-removal", "Preprint"};
    struct gathered *g = gathered_new();
    for (size_t i = 0; i < 3; i++)
        assert_true(read_text(g, &anything, NULL,
                              arena_printf(g->arena,
                                           "{\"resultList\": {\"result\": [{\"id\": \"PPR1\","
                                           "\"source\": \"PPR\", \"title\": \"T\","
                                           "\"pubTypeList\": {\"pubType\": [\"Preprint\","
                                           "\"%s\"]}}]}}",
                                           types[i])));
    ASSERT_TRUE(g, "0.retracted");
    ASSERT_TEXT(g, "0.notices.0.type", "retraction");
    ASSERT_TEXT(g, "0.notices.0.reason", "preprint withdrawn");
    ASSERT_TEXT(g, "0.notices.0.source", "europepmc");
    ASSERT_TRUE(g, "1.retracted");
    ASSERT_TEXT(g, "1.notices.0.reason", "preprint removed");
    assert_false(json_is_true(gathered_at(g, "2.retracted")));
    ASSERT_LENGTH(g, "2.notices", 0);
    gathered_free(g);
}

static void a_notice_updates_what_it_is_about(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(
        g, &anything, NULL,
        "{\"resultList\": {\"result\": [{\"id\": \"1\", \"source\": \"MED\", \"title\": \"R.\","
        "\"pubTypeList\": {\"pubType\": [\"Retraction of Publication\"]},"
        "\"commentCorrectionList\": {\"commentCorrection\": [{\"id\": \"9\", \"source\": \"MED\","
        "\"type\": \"Retraction of\", \"reference\": \"Knots. 1998 Feb 28;351:637. doi: "
        "10.1000/A(97)1-0.\"}]}}]}}"));
    assert_false(json_is_true(gathered_at(g, "0.retracted")));
    ASSERT_LENGTH(g, "0.notices", 0);
    ASSERT_TEXT(g, "0.updates.0.type", "retraction");
    ASSERT_TEXT(g, "0.updates.0.pmid", "9");
    ASSERT_TEXT(g, "0.updates.0.doi", "10.1000/a(97)1-0");
    ASSERT_NOTHING(g, "0.updates.0.date"); /* the reference's is the other's */
    gathered_free(g);
}

/* ---- paging ---- */

#define ONE "{\"id\": \"1\", \"source\": \"MED\", \"title\": \"One\"}"
#define TWO "{\"id\": \"2\", \"source\": \"MED\", \"title\": \"Two\"}"
#define PAGE(next, results)                                                                        \
    "{\"hitCount\": 4, \"nextCursorMark\": \"" next "\", \"resultList\": {\"result\": [" results   \
    "]}}"

static void pages_follow_each_other_until_the_cursor_comes_back(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, &anything, NULL, PAGE("B", ONE "," TWO)));
    assert_string_equal(g->page.next, "2 2 0 B");
    assert_true(read_text(g, &anything, g->page.next, PAGE("C", ONE)));
    assert_string_equal(g->page.next, "3 3 0 C");
    assert_true(read_text(g, &anything, g->page.next, PAGE("C", TWO)));
    assert_null(g->page.next);
    assert_int_equal(gathered_count(g), 4);
    gathered_free(g);
}

static void an_empty_page_or_no_cursor_is_the_end(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, &anything, "2 2 0 B", PAGE("C", "")));
    assert_null(g->page.next);
    assert_true(read_text(g, &anything, NULL, "{\"resultList\": {\"result\": [" ONE "]}}"));
    assert_null(g->page.next);
    assert_int_equal(g->page.total, -1);
    assert_true(read_text(g, &anything, NULL, PAGE("*", ONE)));
    assert_null(g->page.next);
    gathered_free(g);
}

static void the_limit_cuts_within_a_page(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    const struct remote_query three = {.text = "a", .limit = 3};
    assert_true(read_text(g, &three, NULL, PAGE("B", ONE "," TWO)));
    assert_non_null(g->page.next);
    assert_true(read_text(g, &three, g->page.next, PAGE("C", ONE "," TWO)));
    assert_null(g->page.next);
    assert_int_equal(gathered_count(g), 3);
    const struct remote_query two = {.text = "a", .limit = 2};
    assert_true(read_text(g, &two, NULL, PAGE("B", ONE "," TWO)));
    assert_null(g->page.next);
    gathered_free(g);
}

static void what_is_no_record_is_left_out_with_a_warning(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(read_text(g, &anything, NULL,
                          PAGE("B", "7, null, {\"id\": \"3\", \"source\": \"MED\"}, " ONE)));
    assert_int_equal(gathered_count(g), 1);
    assert_int_equal(g->page.records, 1);
    assert_int_equal(g->page.refused, 3);
    assert_int_equal(g->warning_count, 3);
    assert_non_null(strstr(g->warnings.bytes, "Europe PMC: record 3, MED/3 has no title"));
    gathered_free(g);
}

static void the_sinks_error_comes_back_unchanged(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    g->refuse_after = 1;
    assert_false(read_text(g, &anything, NULL, PAGE("B", ONE "," TWO)));
    assert_int_equal(g->err.kind, ERROR_STORE);
    assert_string_equal(g->err.message, "the store is full");
    assert_int_equal(gathered_count(g), 1);
    gathered_free(g);
}

/* ---- odd answers ---- */

static void odd_types_count_as_absent(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(
        read_text(
            g, &anything, NULL,
            "{\"hitCount\": \"many\", \"resultList\": {\"result\": [{\"id\": 5, \"source\": [],"
            "\"pmid\": {}, \"doi\": 10.5, \"title\": \"T\\u0000\\ud800x\", \"authorList\": 3,"
            "\"journalInfo\": [1], \"pubYear\": 1e400000000, \"pubTypeList\": {\"pubType\": \"x\"},"
            "\"meshHeadingList\": {\"meshHeading\": [null, 3, {\"descriptorName\": 4}]},"
            "\"commentCorrectionList\": {\"commentCorrection\": [null, {\"type\": 7}]}}]}}") ==
        false);
    /* A number that no double holds makes the answer no JSON for us. */
    assert_int_equal(g->err.kind, ERROR_NETWORK);
    assert_true(read_text(
        g, &anything, NULL,
        "{\"hitCount\": \"many\", \"resultList\": {\"result\": [{\"id\": 5, \"source\": [],"
        "\"pmid\": {}, \"doi\": 10.5, \"title\": \"T\\u0000\\ud800x\", \"authorList\": 3,"
        "\"journalInfo\": [1], \"pubYear\": 99999999999999999999, \"pubTypeList\": "
        "{\"pubType\": \"x\"},"
        "\"meshHeadingList\": {\"meshHeading\": [null, 3, {\"descriptorName\": 4}]},"
        "\"commentCorrectionList\": {\"commentCorrection\": [null, {\"type\": 7}]}}]}}"));
    assert_int_equal(gathered_count(g), 1);
    ASSERT_TEXT(g, "0.title", "T \xEF\xBF\xBDx");
    ASSERT_NOTHING(g, "0.source_id");
    ASSERT_NOTHING(g, "0.year");
    ASSERT_NOTHING(g, "0.authors");
    gathered_free(g);
}

static void what_the_service_never_promised_is_a_fault_of_the_network(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *words;
    } rows[] = {
        {"", "Europe PMC answered with nothing"},
        {" \n", "Europe PMC answered with nothing"},
        {"<!DOCTYPE html><html><head><title>503 Service\n Unavailable</title></head><body>x</body>",
         "answered with a page and not with JSON: 503 Service Unavailable"},
        {"{\"hitCount\": 2, \"resultList\": {\"res", "cut short after 35 bytes"},
        {"{\"a\": 1} and more", "is not JSON at line 1"},
        {"[]", "another shape"},
        {"{\"resultList\": []}", "another shape"},
        {"{\"errCode\": 404, \"errMsg\": \"Query syntax is <b>wrong</b>\"}",
         "answered with an error: Query syntax is wrong"},
        {"null", "is not JSON at line 1"},
        {"{}", "another shape"},
    };
    struct gathered *g = gathered_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_false(read_text(g, &anything, NULL, rows[i].body));
        assert_int_equal(g->err.kind, ERROR_NETWORK);
        if (strstr(g->err.message, rows[i].words) == NULL)
            fail_msg("\"%s\" lacks \"%s\"", g->err.message, rows[i].words);
        assert_null(g->page.next);
    }
    struct buffer deep = {0};
    for (int i = 0; i < 100000; i++)
        buffer_byte(&deep, '[');
    assert_false(read_text(g, &anything, NULL, deep.bytes));
    assert_int_equal(g->err.kind, ERROR_NETWORK);
    buffer_release(&deep);
    gathered_free(g);
}

static const char *refusal_of(struct arena *arena, const char *body)
{
    const struct remote_answer answer = {.status = 400, .bytes = body, .length = strlen(body)};
    return remote->refusal(&answer, arena);
}

static void a_refusal_is_told_in_the_services_words(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(refusal_of(arena, "{\"errCode\": 404, \"errMsg\": \"Invalid query\"}"),
                        "Invalid query");
    assert_string_equal(refusal_of(arena, "<errorBean><errCode>0</errCode><errMsg>Article is not "
                                          "open access</errMsg></errorBean>"),
                        "Article is not open access");
    assert_string_equal(refusal_of(arena, "<html><title>Bad Request</title></html>"),
                        "Bad Request");
    assert_string_equal(refusal_of(arena, "plain words\n"), "plain words");
    assert_null(refusal_of(arena, ""));
    arena_free(arena);
}

/* ---- real answers; expected values were read in the files by hand ---- */

static void the_page_of_25_is_read(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(gathered_file(g, remote, &anything, NULL, "europepmc/search_cancer_core.json"));
    assert_int_equal(gathered_count(g), 25);
    assert_int_equal(g->page.total, 5059039);
    assert_int_equal(g->warning_count, 0);
    assert_string_equal(g->page.next, "25 25 0 AoIIP4ZawSg1MzEyODI1MA==");
    ASSERT_TEXT(g, "0.pmid", "39709209");
    ASSERT_TEXT(g, "0.doi", "10.1016/s0140-6736(24)02600-x");
    ASSERT_TEXT(g, "0.authors.0.family", "Schoenfeld");
    ASSERT_TEXT(g, "0.authors.0.given", "Jonathan D");
    ASSERT_TEXT(g, "0.authors.2.family", "O'Neill");
    ASSERT_COUNT(g, "0.year", 2025);
    ASSERT_TEXT(g, "0.date", "2025-12"); /* the day in printPublicationDate is not printed */
    ASSERT_TEXT(g, "0.journal", "Lancet (London, England)");
    ASSERT_TEXT(g, "0.issn", "0140-6736");
    /* A department of errors: the notice of another. */
    ASSERT_TEXT(g, "1.title", "Department of Error.");
    ASSERT_TEXT(g, "1.pmcid", "PMC12124214");
    ASSERT_TEXT(g, "1.updates.0.type", "correction");
    ASSERT_TEXT(g, "1.updates.0.pmid", "39293462");
    ASSERT_TEXT(g, "1.updates.0.doi", "10.1016/s0140-6736(24)01653-2");
    ASSERT_LENGTH(g, "1.notices", 0);
    ASSERT_NOTHING(g, "1.authors");
    ASSERT_TEXT(g, "3.date", "2025-08-22"); /* issue 2025 Aug, on its own on the 22nd */
    assert_memory_equal(gathered_text(g, "2.abstract"), "Objective: This study investigated", 34);
    assert_non_null(strstr(gathered_text(g, "7.abstract"), "Hydrogen sulfide (H2S) is"));
    ASSERT_TEXT(g, "7.authors.0.family", "Öztürk Fincan");
    ASSERT_TEXT(g, "24.authors.0.family", "Jiang");
    ASSERT_TEXT(g, "24.authors.7.family", "Peng");
    ASSERT_TEXT(g, "15.publication_types.0", "Systematic Review");
    for (size_t i = 0; i < 25; i++)
        assert_null(strchr(
            json_string_value(json_object_get(json_array_get(g->records, i), "title")), '<'));
    gathered_free(g);
}

static void the_lite_page_is_read_as_far_as_it_goes(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(gathered_file(g, remote, &anything, NULL, "europepmc/search_page2_lite.json"));
    assert_int_equal(gathered_count(g), 5);
    assert_string_equal(g->page.next, "5 5 0 AoIIP4lkIig1MzE0NTMwOA==");
    ASSERT_TEXT(g, "0.journal", "Lancet");
    ASSERT_TEXT(g, "0.volume", "404");
    ASSERT_TEXT(g, "0.issn", "0140-6736");
    ASSERT_LENGTH(g, "2.authors", 7);
    ASSERT_TEXT(g, "2.authors.0.family", "Al-Abbadey");
    ASSERT_TEXT(g, "2.authors.6.family", "McCracken");
    ASSERT_TEXT(g, "2.authors.6.given", "L");
    ASSERT_LENGTH(g, "3.publication_types", 2);
    ASSERT_TEXT(g, "3.publication_types.1", "journal article");
    gathered_free(g);
}

static void no_hits_are_no_fault(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(gathered_file(g, remote, &anything, NULL, "europepmc/search_no_results.json"));
    assert_int_equal(gathered_count(g), 0);
    assert_int_equal(g->page.total, 0);
    assert_null(g->page.next);
    gathered_free(g);
}

/* PubMed calls the retraction of an interpretation (2004) and that of the whole (2010) by the same
 * name. */
static void a_retracted_article_is_flagged_with_its_notice(void **state)
{
    (void)state;
    struct gathered *g = gathered_new();
    assert_true(
        gathered_file(g, remote, &anything, NULL, "europepmc/wakefield-core-retracted.json"));
    assert_int_equal(gathered_count(g), 1);
    assert_null(g->page.next);
    ASSERT_TEXT(g, "0.pmid", "9500320");
    ASSERT_TEXT(g, "0.doi", "10.1016/s0140-6736(97)11096-0");
    ASSERT_TRUE(g, "0.retracted");
    ASSERT_LENGTH(g, "0.authors", 13);
    ASSERT_TEXT(g, "0.authors.0.family", "Wakefield");
    ASSERT_TEXT(g, "0.authors.12.family", "Walker-Smith");
    ASSERT_COUNT(g, "0.year", 1998);
    ASSERT_TEXT(g, "0.date", "1998-02");
    ASSERT_TEXT(g, "0.pages", "637-641");
    ASSERT_TEXT(g, "0.keywords.2", "Humans");
    assert_non_null(strstr(gathered_text(g, "0.abstract"), "\nFindings: Onset of behavioural"));
    ASSERT_LENGTH(g, "0.notices", 3);
    ASSERT_TEXT(g, "0.notices.0.type", "retraction");
    ASSERT_TEXT(g, "0.notices.0.pmid", "15016483");
    ASSERT_TEXT(g, "0.notices.0.date", "2004-03-06");
    ASSERT_TEXT(g, "0.notices.1.type", "retraction");
    ASSERT_TEXT(g, "0.notices.1.pmid", "20137807");
    ASSERT_TEXT(g, "0.notices.1.doi", "10.1016/s0140-6736(10)60175-4");
    ASSERT_TEXT(g, "0.notices.1.date", "2010-02-06");
    ASSERT_TEXT(g, "0.notices.1.source", "pubmed");
    ASSERT_TEXT(g, "0.notices.2.type", "expression-of-concern");
    ASSERT_TEXT(g, "0.notices.2.date", "2011-11");
    gathered_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_is_asked_for_as_it_stands),
        cmocka_unit_test(an_identifier_is_asked_for_in_its_field),
        cmocka_unit_test(since_asks_for_what_was_added_or_changed),
        cmocka_unit_test(a_page_is_no_larger_than_what_is_wanted),
        cmocka_unit_test(a_long_query_goes_into_a_form),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(a_result_becomes_a_record),
        cmocka_unit_test(only_corrections_of_a_publication_are_its_notices),
        cmocka_unit_test(a_preprint_has_its_server_and_its_day),
        cmocka_unit_test(a_string_of_authors_is_cut_at_its_commas),
        cmocka_unit_test(the_day_of_a_notice_is_read_in_its_reference),
        cmocka_unit_test(a_withdrawn_preprint_is_retracted),
        cmocka_unit_test(a_notice_updates_what_it_is_about),
        cmocka_unit_test(pages_follow_each_other_until_the_cursor_comes_back),
        cmocka_unit_test(an_empty_page_or_no_cursor_is_the_end),
        cmocka_unit_test(the_limit_cuts_within_a_page),
        cmocka_unit_test(what_is_no_record_is_left_out_with_a_warning),
        cmocka_unit_test(the_sinks_error_comes_back_unchanged),
        cmocka_unit_test(odd_types_count_as_absent),
        cmocka_unit_test(what_the_service_never_promised_is_a_fault_of_the_network),
        cmocka_unit_test(a_refusal_is_told_in_the_services_words),
        cmocka_unit_test(the_page_of_25_is_read),
        cmocka_unit_test(the_lite_page_is_read_as_far_as_it_goes),
        cmocka_unit_test(no_hits_are_no_fault),
        cmocka_unit_test(a_retracted_article_is_flagged_with_its_notice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
