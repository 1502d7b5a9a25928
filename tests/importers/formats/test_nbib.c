#include "tests/importers/formats/reading.h"

/* ---- small files of our own ---- */

static void a_record_begins_with_its_pmid(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_nbib, "\nPMID- 11\n"
                                      "OWN - NLM\n"
                                      "STAT- MEDLINE\n"
                                      "IS  - 1111-222X (Print)\n"
                                      "IS  - 0000-0000 (Linking)\n"
                                      "VI  - 4\nIP  - 2\n"
                                      "DP  - 2011 Nov-Dec\n"
                                      "TI  - A title that goes\n      on here.\n"
                                      "PG  - 1339-46\n"
                                      "LID - 10.1000/x [doi]\nLID - e5 [pii]\n"
                                      "AB  - BACKGROUND: One. METHODS: Two\n      three.\n"
                                      "FAU - Smith, Ann B\nAU  - Smith AB\nAD  - Somewhere.\n"
                                      "AU  - Lee C\nCN  - A Study Group\n"
                                      "LA  - eng\n"
                                      "SI  - ClinicalTrials.gov/NCT01234567\nSI  - GENBANK/AB1\n"
                                      "PT  - Randomized Controlled Trial\n"
                                      "JT  - Journal of needles\nTA  - J needles\n"
                                      "MH  - *Neck Pain/therapy\nOT  - *Needles\n"
                                      "PMC - PMC77\n"
                                      "SO  - J needles. 2011;4(2):1339-46.\n\n"
                                      "PMID- 12\nTI  - Second\nTT  - Zweiter\n");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 0,
                  "{'source': 'nbib', 'source_id': '11', 'pmid': '11', 'issn': '1111-222X',"
                  " 'year': 2011, 'date': '2011', 'title': 'A title that goes on here.',"
                  " 'pages': '1339-46', 'doi': '10.1000/x', 'pmcid': 'PMC77',"
                  " 'abstract': 'BACKGROUND: One.\\nMETHODS: Two three.',"
                  " 'authors': [{'family': 'Smith', 'given': 'Ann B'},"
                  " {'family': 'Lee', 'given': 'C'}, {'group': 'A Study Group'}],"
                  " 'registrations': ['NCT01234567'], 'journal': 'Journal of needles',"
                  " 'publication_types': ['Randomized Controlled Trial'],"
                  " 'keywords': ['Neck Pain/therapy', 'Needles'], 'volume': '4', 'issue': '2'}");
    assert_record(&reading, 1, "{'pmid': '12', 'other_titles': ['Zweiter'], 'year': null}");
    reading_release(&reading);
}

/* The citations have the form of real ones; RIN and ROF are those of PMID 9500320. */
static void notices_are_told_from_what_they_are_about(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_nbib,
        "PMID- 9500320\nTI  - Article\n"
        "RIN - Lancet. 2010 Feb 6;375(9713):445. doi: 10.1016/S0140-6736(10)60175-4. PMID:\n"
        "      20137807\n"
        "EIN - Lancet. 2004 Mar 6;363(9411):750. PMID: 15016483\n"
        "ECI - J X. 2019 May;1:2. PMID: 5\n"
        "PRIN- J X. 2020;1:3\n"
        "CIN - J X. 2021;1:4. PMID: 6\n"
        "PMID- 20137807\nTI  - Retraction\nPT  - Retraction of Publication\n"
        "ROF - Lancet. 1998 Feb 28;351(9103):637-41. PMID: 9500320\n");
    assert_counts(&reading, 2, 0);
    assert_record(
        &reading, 0,
        "{'retracted': true, 'updates': null, 'notices': ["
        "{'type': 'retraction', 'doi': '10.1016/s0140-6736(10)60175-4', 'pmid': '20137807',"
        " 'date': '2010-02-06', 'source': 'pubmed'},"
        "{'type': 'correction', 'pmid': '15016483', 'date': '2004-03-06', 'source': 'pubmed'},"
        "{'type': 'expression-of-concern', 'pmid': '5', 'date': '2019-05', 'source': 'pubmed'},"
        "{'type': 'correction', 'date': '2020', 'source': 'pubmed'}]}");
    assert_record(&reading, 1,
                  "{'retracted': null, 'notices': null, 'updates': [{'type': 'retraction',"
                  " 'pmid': '9500320', 'date': '1998-02-28', 'source': 'pubmed'}]}");
    reading_release(&reading);
}

static void a_file_that_is_cut_says_where_and_gives_what_was_whole(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_nbib, "PMID- 11\nSTAT- MEDLINE\nTI  - A\nSO  - J X. 2011.\n\n"
                                      "PMID- 12\nSTAT- MEDLINE\nTI  - Seco");
    assert_failed(&reading, ERROR_INVALID, "line 6: the file ends within the record", 1);
    reading_release(&reading);
}

static void fields_without_a_record_are_refused(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(&format_nbib, "TI  - A\nAB  - B\n");
    assert_failed(&reading, ERROR_INVALID, "line 1", 0);
    reading_release(&reading);
    reading = reading_of_text(&format_nbib, "no tags at all\n");
    assert_failed(&reading, ERROR_INVALID, "no record begins anywhere with PMID", 0);
    reading_release(&reading);
}

static void a_pmid_that_is_none_stays_out(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(&format_nbib, "PMID- none\nTI  - A\n");
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0, "{'pmid': null, 'source_id': null, 'title': 'A'}");
    reading_release(&reading);
}

/* ---- real files; what is expected was read in them by eye ---- */

static void pubmed_s_export_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_nbib, "nbib/rayyan_example1.nbib");
    assert_counts(&reading, 10, 0);
    assert_record(&reading, 0,
                  "{'pmid': '29952495', 'date': '2017-02', 'doi': null, 'pages': '55-64',"
                  " 'authors': [{'family': 'Wörmann', 'given': 'Bernhard'}],"
                  " 'publication_types': ['Journal Article', 'Review'],"
                  " 'other_titles': ['Grundlagen, Früherkennung, Diagnostik und Therapie.'],"
                  " 'keywords': ['Combined Modality Therapy', 'Early Detection of Cancer',"
                  " 'Female', 'Humans', 'Mass Screening']}");
    assert_record(&reading, 2, "{'pmid': '20521754', 'date': '2010-06-01', 'notices': null}");
    reading_release(&reading);
}

static void old_records_are_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_nbib, "nbib/biopython_result2.txt");
    assert_counts(&reading, 4, 0);
    assert_record(&reading, 0,
                  "{'pmid': '16403221', 'doi': '10.1186/1471-2105-7-10', 'pmcid': 'PMC1373603',"
                  " 'year': 2006, 'volume': '7', 'issue': null, 'pages': '10'}");
    assert_record(&reading, 1,
                  "{'title': 'GenomeDiagram: a python package for the visualization of large-scale"
                  " genomic data.'}");
    reading_release(&reading);
}

static void unusual_tags_are_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_nbib, "nbib/jabref.nbib");
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0,
                  "{'pmid': '27169098', 'registrations': null, 'authors': ["
                  "{'family': 'Shruthi', 'given': 'Basavaradhya Sahukar'},"
                  "{'family': 'Vinodhkumar', 'given': 'Palani'}, {'family': 'Selvamani'},"
                  "{'group': 'corporater'}]}");
    reading_release(&reading);
    reading = reading_of_fixture(&format_nbib, "nbib/synthesisr_pubmed.txt");
    assert_counts(&reading, 3, 0);
    assert_record(&reading, 0, "{'doi': '10.1016/j.scitotenv.2017.04.075', 'date': '2017-11-15'}");
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_begins_with_its_pmid),
        cmocka_unit_test(notices_are_told_from_what_they_are_about),
        cmocka_unit_test(a_file_that_is_cut_says_where_and_gives_what_was_whole),
        cmocka_unit_test(fields_without_a_record_are_refused),
        cmocka_unit_test(a_pmid_that_is_none_stays_out),
        cmocka_unit_test(pubmed_s_export_is_read),
        cmocka_unit_test(old_records_are_read),
        cmocka_unit_test(unusual_tags_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
