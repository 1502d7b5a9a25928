/* EndNote's XML, in samples of our own and in the files of ../shared, which were read by eye. */
#include "importers/formats/endnote_xml.h"

#include "tests/importers/formats/reading.h"
#include "tests/importers/formats/sample.h"

static void every_field_is_read_through_its_style(void **state)
{
    (void)state;
    struct buffer sample = sample_read("sample-endnote.xml");
    struct reading reading = reading_of(&format_endnote_xml, sample.bytes, sample.length);
    buffer_release(&sample);
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0,
                  "{'source': 'endnote', 'source_id': '42', 'pmid': '777', 'pmcid': 'PMC55',"
                  " 'doi': '10.1000/jsm.1', 'registrations': ['NCT01234567'],"
                  " 'title': 'Pressing trapezius knots at 10^6', 'other_titles': ['Drücken'],"
                  " 'authors': [{'family': 'Arden', 'given': 'Bo C.'}, {'family': 'Dale',"
                  " 'given': 'Eva'}, {'group': 'World Knot Organization'}],"
                  " 'authors_complete': true, 'year': 2021, 'date': '2021-02-09',"
                  " 'journal': 'Journal of Sore Muscles', 'issn': '1234-567X', 'volume': '12',"
                  " 'issue': '3', 'pages': '101-9', 'language': 'eng',"
                  " 'abstract': 'First.\\nSecond < 3.',"
                  " 'url': 'https://clinicaltrials.gov/study/NCT01234567',"
                  " 'publication_types': ['Journal Article'],"
                  " 'keywords': ['Pain/therapy', 'HLA-B*27']}");
    reading_release(&reading);
}

static void assert_field(const char *inside, const char *expected)
{
    struct buffer document = {0};
    buffer_printf(&document,
                  "<xml><records><record><titles><title>T</title></titles>%s</record></records>"
                  "</xml>",
                  inside);
    struct reading reading = reading_of_text(&format_endnote_xml, document.bytes);
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0, expected);
    reading_release(&reading);
    buffer_release(&document);
}

/* Embase, CINAHL and PsycINFO count in plain numbers too: their number must not become a PMID. */
static void a_number_is_a_pmid_only_where_the_record_says_so(void **state)
{
    (void)state;
    assert_field("<accession-num>25647015</accession-num>", "{'pmid': null}");
    assert_field("<accession-num>25647015</accession-num><remote-database-name>Embase"
                 "</remote-database-name>",
                 "{'pmid': null}");
    assert_field("<accession-num>25647015</accession-num><remote-database-provider>NLM"
                 "</remote-database-provider>",
                 "{'pmid': '25647015'}");
    assert_field("<accession-num>25647015</accession-num><urls><related-urls><url>"
                 "https://pubmed.ncbi.nlm.nih.gov/25647015/</url></related-urls></urls>",
                 "{'pmid': '25647015'}");
    assert_field("<accession-num>WOS:000123456700001</accession-num>", "{'pmid': null}");
    assert_field("<accession-num>NCT01234567</accession-num>",
                 "{'pmid': null, 'registrations': ['NCT01234567']}");
    assert_field("<custom2>25647015</custom2>", "{'pmcid': null}");
}

static void years_and_dates_go_together_or_the_year_counts(void **state)
{
    (void)state;
    assert_field("<dates><year>2022</year><pub-dates><date>2022 May</date></pub-dates></dates>",
                 "{'date': '2022-05', 'year': 2022}");
    assert_field("<dates><year>2022</year><pub-dates><date>Nov-Dec</date></pub-dates></dates>",
                 "{'date': '2022', 'year': 2022}");
    assert_field("<dates><year>2022</year><pub-dates><date>2021 May 3</date></pub-dates></dates>",
                 "{'date': '2022', 'year': 2022}");
    assert_field("<dates><pub-dates><date>2021 May 3</date></pub-dates></dates>",
                 "{'date': '2021-05-03', 'year': 2021}");
    assert_field("<dates><year>in press</year></dates>", "{'date': null, 'year': null}");
}

static void what_is_no_issn_is_not_taken_for_one(void **state)
{
    (void)state;
    assert_field("<isbn>978-3-16-148410-0</isbn>", "{'issn': null}");
    assert_field("<isbn>0-19-852663-6 1939-1676</isbn>", "{'issn': '1939-1676'}");
    assert_field("<isbn>12345-67890</isbn>", "{'issn': null}");
}

static void a_list_that_goes_on_is_not_complete(void **state)
{
    (void)state;
    assert_field("<contributors><authors><author>Arden, B</author><author>et al.</author></authors>"
                 "</contributors>",
                 "{'authors': [{'family': 'Arden', 'given': 'B'}], 'authors_complete': null}");
}

static void a_comma_at_the_end_makes_a_group(void **state)
{
    (void)state;
    assert_field("<contributors><authors><author>UNICEF,</author><author>Center, Sharon A.</author>"
                 "</authors></contributors>",
                 "{'authors': [{'group': 'UNICEF'}, {'family': 'Center', 'given': 'Sharon A.'}]}");
}

static void a_book_section_stands_in_its_book(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_endnote_xml,
        "<records><record><ref-type name='Book Section'>5</ref-type><titles><title>Bowlines"
        "</title><secondary-title>Knots of the World</secondary-title></titles></record>"
        "</records>");
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0,
                  "{'title': 'Bowlines', 'journal': 'Knots of the World',"
                  " 'source_id': null, 'publication_types': ['Book Section']}");
    reading_release(&reading);
}

static void only_endnote_is_recognised(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        bool known;
    } cases[] = {
        {"<?xml version=\"1.0\"?><xml><records><record><database name=\"a\">a", true},
        {"<records><record><rec-number>1</rec-number><ref-type name='Book'>6</ref-type>", true},
        {"<xml><records>", true},
        {"<records><record><header>of OAI</header>", false},
        {"<xml><other/>", false},
        {"<PubmedArticleSet>", false},
        {"%0 Journal Article", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int sure = format_endnote_xml.recognise(cases[i].head, strlen(cases[i].head));
        if ((sure > 0) != cases[i].known)
            fail_msg("%s: %d", cases[i].head, sure);
    }
}

static void faults_keep_what_was_whole_before_them(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_endnote_xml,
                        "<xml><records>\n<record><titles><title>One</title></titles></record>\n"
                        "<record/>\n<record><titles><title>Two</title></records>");
    assert_failed(&reading, ERROR_INVALID, "memory: line 4, column", 1);
    assert_int_equal(reading.counts.refused, 1);
    assert_warned(&reading, 0, "memory: line 3: the record that ends here was left out");
    assert_record(&reading, 0, "{'title': 'One'}");
    reading_release(&reading);
}

/* ---- files of programs ---- */

static void a_file_of_bookends_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_endnote_xml, "endnote/jabref_Article.xml");
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0,
                  "{'source_id': '2954', 'pmid': '25647015', 'doi': '10.1038/bjc.2014.606',"
                  " 'title': 'Trends in the lifetime risk of developing cancer in Great Britain:"
                  " comparison of risk for those born from 1930 to 1960', 'journal': 'Br J Cancer',"
                  " 'volume': '112', 'issue': '5', 'pages': '943-7', 'date': '2015-03-03',"
                  " 'issn': '1532-1827', 'abstract': 'test abstract', 'authors': [{'family':"
                  " 'Ahmad', 'given': 'AS'}, {'family': 'Ormiston-Smith', 'given': 'N'},"
                  " {'family': 'Sasieni', 'given': 'PD'}]}");
    reading_release(&reading);
}

static void a_file_of_endnote_is_read(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_fixture(&format_endnote_xml, "endnote/jabref_LabelAndMultiTitle.xml");
    assert_counts(&reading, 3, 0);
    assert_record(&reading, 0,
                  "{'source_id': '13264', 'pmid': null, 'url': null,"
                  " 'date': '1937-01', 'language': 'English'}");
    assert_record(&reading, 1, "{'publication_types': ['Book'], 'journal': 'Ecology'}");
    assert_record(&reading, 2,
                  "{'title': 'A demographic study of the south polar skua Catharacta"
                  " maccormicki at Cape Crozier', 'issn': null}");
    reading_release(&reading);
}

/* 1233 records and 1064 DOIs, counted by another reader of XML; all on one line. */
static void a_large_file_of_zotero_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_endnote_xml, "endnote/zotero_export.xml");
    assert_counts(&reading, 1233, 0);
    size_t dois = 0;
    for (size_t i = 0; i < 1233; i++)
        dois += text_of(&reading, i, "doi")[0] != '\0';
    assert_int_equal(dois, 1064);
    assert_record(&reading, 0,
                  "{'doi': '10.1111/jvim.16404', 'title': 'Myoclonus in older Cavalier King Charles"
                  " Spaniels.', 'volume': '36', 'issue': '3', 'date': '2022-05',"
                  " 'journal': 'Journal of veterinary internal medicine', 'issn': '1939-1676'}");
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_read_through_its_style),
        cmocka_unit_test(a_number_is_a_pmid_only_where_the_record_says_so),
        cmocka_unit_test(years_and_dates_go_together_or_the_year_counts),
        cmocka_unit_test(what_is_no_issn_is_not_taken_for_one),
        cmocka_unit_test(a_list_that_goes_on_is_not_complete),
        cmocka_unit_test(a_comma_at_the_end_makes_a_group),
        cmocka_unit_test(a_book_section_stands_in_its_book),
        cmocka_unit_test(only_endnote_is_recognised),
        cmocka_unit_test(faults_keep_what_was_whole_before_them),
        cmocka_unit_test(a_file_of_bookends_is_read),
        cmocka_unit_test(a_file_of_endnote_is_read),
        cmocka_unit_test(a_large_file_of_zotero_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
