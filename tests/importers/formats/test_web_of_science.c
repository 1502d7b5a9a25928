#include "tests/importers/formats/reading.h"

static void a_record_stands_between_pt_and_er(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_web_of_science,
                        "FN Clarivate Analytics Web of Science\nVR 1.0\n"
                        "PT J\nAU Smith, A\n   Lee, B\nAF Smith, Ann\n   Lee, Bo\n"
                        "TI Needling of the\n   neck\nSO PAIN\nDT Article; Proceedings Paper\n"
                        "DE neck pain; dry\n   needling\nAB One\n   two.\n"
                        "SN 1111-2222\nPD JUN 8\nPY 2004\nVL 1\nAR 12\nDI 10.1000/x\n"
                        "UT WOS:0001\nPM 55\nER\n\n"
                        "PT J\nAU Park, C\nTI Second\nER\n\nEF\n");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 0,
                  "{'source': 'web-of-science', 'source_id': 'WOS:0001', 'pmid': '55',"
                  " 'doi': '10.1000/x', 'title': 'Needling of the neck', 'journal': 'PAIN',"
                  " 'authors': [{'family': 'Smith', 'given': 'Ann'},"
                  " {'family': 'Lee', 'given': 'Bo'}],"
                  " 'publication_types': ['Article', 'Proceedings Paper'],"
                  " 'keywords': ['neck pain', 'dry needling'], 'abstract': 'One two.',"
                  " 'date': '2004-06-08', 'pages': '12'}");
    assert_record(&reading, 1, "{'authors': [{'family': 'Park', 'given': 'C'}]}");
    reading_release(&reading);
}

static void a_cut_file_says_where(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_web_of_science, "FN X\nPT J\nTI A\nER\n\nPT J\nTI B\n   cont");
    assert_failed(&reading, ERROR_INVALID, "line 6", 1);
    reading_release(&reading);
}

static void a_real_export_that_calls_itself_ris_is_known(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_web_of_science, "ris/rispy_wos.ris");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 1,
                  "{'source_id': 'WOS:000221807500020', 'pmid': '15170339',"
                  " 'doi': '10.1021/bi0497291', 'date': '2004-06-08', 'pages': '7017-7027',"
                  " 'journal': 'BIOCHEMISTRY', 'issn': '0006-2960'}");
    assert_int_equal(length_of(&reading, 1, "authors"), 9);
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_stands_between_pt_and_er),
        cmocka_unit_test(a_cut_file_says_where),
        cmocka_unit_test(a_real_export_that_calls_itself_ris_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
