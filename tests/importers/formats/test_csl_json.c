#include "tests/importers/formats/reading.h"

static struct reading reading_of_quoted(const char *quoted)
{
    char *text = strdup(quoted);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    struct reading reading = reading_of_text(&format_csl_json, text);
    free(text);
    return reading;
}

static const char one_item[] =
    "{'id': 'smith', 'type': 'article-journal', 'title': 'Needling <i>in vivo</i>', 'DOI': "
    "'10.1000/A',"
    " 'author': [{'family': 'Beethoven', 'given': 'Ludwig', 'non-dropping-particle': 'van'},"
    " {'literal': 'A Group'}, {'family': 'King', 'given': 'M', 'suffix': 'Jr'}],"
    " 'issued': {'date-parts': [['2018', 3, 1]]}, 'container-title': 'Pain', 'volume': 4, 'issue': "
    "'2',"
    " 'page': '12-19', 'ISSN': '1111-222X', 'keyword': 'pain, neck', 'note': 'PMID: 77\\nPMCID: "
    "PMC5',"
    " 'abstract': '<jats:p>One.</jats:p>', 'URL': 'https://example.org/x', 'language': 'en'}";

static void assert_is_that_item(const struct reading *reading, size_t index)
{
    assert_record(reading, index,
                  "{'source': 'csl-json', 'source_id': null, 'title': 'Needling in vivo',"
                  " 'doi': '10.1000/a', 'pmid': '77', 'pmcid': 'PMC5', 'authors': ["
                  "{'family': 'van Beethoven', 'given': 'Ludwig'}, {'group': 'A Group'},"
                  "{'family': 'King', 'given': 'M Jr'}], 'date': '2018-03-01', 'journal': 'Pain',"
                  " 'volume': '4', 'issue': '2', 'pages': '12-19', 'issn': '1111-222X',"
                  " 'keywords': ['pain', 'neck'], 'abstract': 'One.', 'language': 'en',"
                  " 'publication_types': ['article-journal'], 'url': 'https://example.org/x'}");
}

static void items_stand_alone_in_lists_and_by_key(void **state)
{
    (void)state;
    static const char *const forms[] = {"%s", " [%s] ", "{'smith': %s}", "{'10.1000/A': [%s]}",
                                        "\n[\n%s\n]\n"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct buffer text = {0};
        const char *place = strstr(forms[i], "%s");
        buffer_append(&text, forms[i], (size_t)(place - forms[i]));
        buffer_text(&text, one_item);
        buffer_text(&text, place + 2);
        struct reading reading = reading_of_quoted(text.bytes);
        assert_counts(&reading, 1, 0);
        assert_is_that_item(&reading, 0);
        reading_release(&reading);
        buffer_release(&text);
    }
}

static void items_may_stand_one_after_the_other(void **state)
{
    (void)state;
    struct reading reading = reading_of_quoted("{'type': 'book', 'title': 'A'}\n"
                                               "{'type': 'book', 'title': 'B'}\n");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 1, "{'title': 'B'}");
    reading_release(&reading);
}

static void dates_of_all_forms_are_read(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_quoted("[{'title': 'A', 'issued': {'raw': '2017 Feb'}}, {'title': 'B', "
                          "'issued': {'literal': '2016'}},"
                          " {'title': 'C', 'issued': '2015-04'}, {'title': 'D', 'issued': "
                          "{'date-parts': [[2014, 3], [2014, 5]]}},"
                          " {'title': 'E', 'issued': {'date-parts': [[null]]}, 'published-print': "
                          "{'date-parts': [[1999]]}},"
                          " {'title': 'F', 'issued': {'date-parts': [[2014, 13, 40]]}}, {'title': "
                          "'G', 'issued': {}}]");
    assert_counts(&reading, 7, 0);
    static const char *const expected[] = {"2017-02", "2016", "2015-04", "2014",
                                           "1999",    "2014", ""};
    for (size_t i = 0; i < 7; i++)
        assert_string_equal(text_of(&reading, i, "date"), expected[i]);
    reading_release(&reading);
}

/* The forms of Crossref's update-to and updated-by; see its own reader for all of them. */
static void what_crossref_tells_of_retractions_is_kept(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_quoted("[{'type': 'journal-article', 'title': ['Article'], 'DOI': '10.1000/a',"
                          "  'updated-by': [{'DOI': '10.1000/n', 'type': 'retraction', 'updated': "
                          "{'date-parts': [[2020, 6, 5]]}}]},"
                          " {'type': 'journal-article', 'title': ['Notice'], 'DOI': '10.1000/n',"
                          "  'update-to': [{'DOI': '10.1000/a', 'type': 'retraction'}]}]");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 0,
                  "{'retracted': true, 'notices': [{'type': 'retraction', 'doi': '10.1000/n',"
                  " 'date': '2020-06-05', 'source': 'crossref'}]}");
    assert_record(&reading, 1,
                  "{'retracted': null, 'updates': [{'type': 'retraction', 'doi': '10.1000/a',"
                  " 'source': 'crossref'}]}");
    reading_release(&reading);
}

static void fields_of_other_types_are_passed_over(void **state)
{
    (void)state;
    struct reading reading = reading_of_quoted(
        "[{'type': 'book', 'title': 'A', 'author': 'nobody', 'issued': 3, 'volume': {}, 'ISSN': [],"
        " 'container-title': [], 'DOI': 5, 'keyword': {'x': 1}, 'abstract': null, 'page': true},"
        " {'type': 'book', 'title': ['B'], 'author': [null, 7, 'Someone', {}], 'keyword': [1, "
        "'k']}]");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 0, "{'title': 'A', 'authors': null, 'year': null, 'journal': null}");
    assert_record(&reading, 1,
                  "{'title': 'B', 'keywords': ['k'], 'authors': [{'group': 'Someone'}]}");
    reading_release(&reading);
}

/* ---- faults ---- */

static void a_value_that_is_no_json_costs_itself_alone(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_quoted("[{'type': 'book', 'title': 'A'},\n {'title' 'B'},\n 5,\n"
                          " {'type': 'book', 'title': 'C'}]");
    assert_counts(&reading, 2, 2);
    assert_warned(&reading, 0, "line 2: what begins here is no JSON");
    assert_warned(&reading, 1, "line 3: what begins here is no item");
    assert_record(&reading, 1, "{'title': 'C'}");
    reading_release(&reading);
}

static void a_file_that_is_cut_says_where_and_gives_what_was_whole(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_quoted("[{'type': 'book', 'title': 'A'},\n{'type': 'book', 'title': 'Cut");
    assert_failed(&reading, ERROR_INVALID, "line 2: the file ends", 1);
    reading_release(&reading);
    reading = reading_of_quoted("[{'type': 'book', 'title': 'A'}");
    assert_failed(&reading, ERROR_INVALID, "',' or ']'", 1);
    reading_release(&reading);
    reading = reading_of_quoted("[{'type': 'book', 'title': 'A'},]");
    assert_failed(&reading, ERROR_INVALID, "']' stands where a value should", 1);
    reading_release(&reading);
    reading = reading_of_quoted("neither");
    assert_failed(&reading, ERROR_INVALID, "'[' or '{'", 0);
    reading_release(&reading);
}

static void nesting_and_size_have_their_limits(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, "[{\"type\": \"book\", \"title\": \"A\"},\n");
    for (size_t i = 0; i < 100000; i++)
        buffer_text(&text, "[");
    struct reading reading = reading_of(&format_csl_json, text.bytes, text.length);
    assert_failed(&reading, ERROR_LIMIT, "line 2: the value that begins here is nested", 1);
    reading_release(&reading);

    buffer_clear(&text);
    buffer_text(&text, "[{\"type\": \"book\", \"title\": \"A\"},\n{\"title\": \"");
    for (size_t i = 0; i <= FORMAT_RECORD_MOST; i++)
        buffer_byte(&text, 'x');
    reading = reading_of(&format_csl_json, text.bytes, text.length);
    assert_failed(&reading, ERROR_LIMIT, "line 2: the value that begins here has more than", 1);
    reading_release(&reading);

    buffer_clear(&text);
    buffer_text(&text, "{");
    for (size_t i = 0; i < 40; i++) {
        buffer_printf(&text, "%s\"x%zu\": \"", i > 0 ? ", " : "", i);
        for (size_t byte = 0; byte < 1 << 19; byte++)
            buffer_byte(&text, 'x');
        buffer_text(&text, "\"");
    }
    buffer_text(&text, "}");
    reading = reading_of(&format_csl_json, text.bytes, text.length);
    assert_failed(&reading, ERROR_LIMIT, "the item that begins here has more than", 0);
    reading_release(&reading);
    buffer_release(&text);
}

/* ---- real files; what is expected was read in them by eye ---- */

static void answers_of_doi_resolvers_are_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_csl_json, "csl-json/doi_org_answers.json");
    assert_counts(&reading, 4, 0);
    assert_record(&reading, 0,
                  "{'doi': '10.1021/ja01577a030', 'date': '1957-10', 'pages': '5441-5444',"
                  " 'journal': 'Journal of the American Chemical Society', 'issn': '0002-7863',"
                  " 'authors': [{'family': 'Hall', 'given': 'H. K. Jr.'}]}");
    assert_record(&reading, 1, "{'doi': '10.1101/2021.08.15.21262067', 'journal': null}");
    assert_int_equal(strncmp(text_of(&reading, 1, "abstract"), "High COVID-19 mortality", 23), 0);
    assert_record(&reading, 2, "{'source_id': 'https://doi.org/10.5281/zenodo.8242099'}");
    reading_release(&reading);
    reading = reading_of_fixture(&format_csl_json, "csl-json/crossref_transform_csl.json");
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0, "{'doi': '10.1126/science.169.3946.635', 'date': '1970-08-14'}");
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_stand_alone_in_lists_and_by_key),
        cmocka_unit_test(items_may_stand_one_after_the_other),
        cmocka_unit_test(dates_of_all_forms_are_read),
        cmocka_unit_test(what_crossref_tells_of_retractions_is_kept),
        cmocka_unit_test(fields_of_other_types_are_passed_over),
        cmocka_unit_test(a_value_that_is_no_json_costs_itself_alone),
        cmocka_unit_test(a_file_that_is_cut_says_where_and_gives_what_was_whole),
        cmocka_unit_test(nesting_and_size_have_their_limits),
        cmocka_unit_test(answers_of_doi_resolvers_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
