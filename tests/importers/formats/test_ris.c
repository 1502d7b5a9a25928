#include "tests/importers/formats/reading.h"

/* ---- small files of our own ---- */

static const char two_records[] = "TY  - JOUR\n"
                                  "TI  - Needling of the neck\n"
                                  "AU  - Smith, Ann\n"
                                  "PY  - 2019/03/04/\n"
                                  "SP  - 12\n"
                                  "EP  - 19\n"
                                  "DO  - 10.1000/ABC.\n"
                                  "ER  -\n"
                                  "\n"
                                  "TY  - JOUR\n"
                                  "T1  - Second\n"
                                  "ER  - \n";

static void a_record_ends_with_er(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(&format_ris, two_records);
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 0,
                  "{'source': 'ris', 'source_id': null, 'title': 'Needling of the neck',"
                  " 'authors': [{'family': 'Smith', 'given': 'Ann'}], 'authors_complete': true,"
                  " 'year': 2019, 'date': '2019-03-04', 'pages': '12-19', 'doi': '10.1000/abc',"
                  " 'publication_types': ['JOUR']}");
    assert_record(&reading, 1, "{'title': 'Second', 'year': null, 'authors': null}");
    assert_int_equal(json_array_size(reading.warnings), 0);
    reading_release(&reading);
}

static void line_ends_and_encodings_make_no_difference(void **state)
{
    (void)state;
    struct reading plain = reading_of_text(&format_ris, two_records);
    struct buffer crlf = {0}, cr = {0}, utf16 = {0};
    buffer_append(&utf16, "\xFF\xFE", 2);
    for (const char *at = two_records; *at != '\0'; at++) {
        buffer_text(&crlf, *at == '\n' ? "\r\n" : (char[]){*at, '\0'});
        buffer_byte(&cr, *at == '\n' ? '\r' : *at);
        buffer_append(&utf16, (char[]){*at, '\0'}, 2);
    }
    const struct buffer *const written[] = {&crlf, &cr, &utf16};
    for (size_t i = 0; i < 3; i++) {
        struct reading reading = reading_of(&format_ris, written[i]->bytes, written[i]->length);
        assert_true(format_ris.recognise(written[i]->bytes, written[i]->length) >= 90);
        assert_counts(&reading, 2, 0);
        assert_true(json_equal(reading.records, plain.records));
        reading_release(&reading);
    }
    buffer_release(&crlf);
    buffer_release(&cr);
    buffer_release(&utf16);
    reading_release(&plain);
}

static void windows_1252_is_read_and_warned_of(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_ris, "TY  - JOUR\nTI  - D\xE9"
                                     "j\xE0 vu\nAU  - M\xFCller, \xD6.\nER  - \n");
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0,
                  "{'title': 'Déjà vu', 'authors': [{'family': 'Müller', 'given': 'Ö.'}]}");
    assert_int_equal(json_array_size(reading.warnings), 1);
    assert_warned(&reading, 0, "line 2: byte 0xE9 is no UTF-8");
    reading_release(&reading);
}

static void a_line_without_a_tag_carries_the_field_on(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_ris, "TY  - JOUR\n"
                                     "KW  - Pain\nNeck\n  Needles; Sham\n"
                                     "AB  - First part of a sentence\nthat goes on. Ends.\n\nNew.\n"
                                     "TI  - A title\nin two lines\n"
                                     "AU  - One, A.\nTwo, B.\n"
                                     "ER  - \n");
    assert_counts(&reading, 1, 0);
    assert_record(
        &reading, 0,
        "{'keywords': ['Pain', 'Neck', 'Needles', 'Sham'],"
        " 'abstract': 'First part of a sentence that goes on. Ends.\\nNew.',"
        " 'title': 'A title in two lines',"
        " 'authors': [{'family': 'One', 'given': 'A.'},{'family': 'Two', 'given': 'B.'}]}");
    reading_release(&reading);
}

static void what_stands_between_records_is_left_out(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_ris, "Record #1 of 2\nProvider: X\n1.\n"
                                     "TY  - JOUR\nTI  - One\nER  - \n\n"
                                     "Link to full text: http://example.org/?a=1\n\n2.\n"
                                     "TY  - JOUR\nTI  - Two\nER  - \n");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 0, "{'title': 'One', 'url': null}");
    assert_record(&reading, 1, "{'title': 'Two'}");
    reading_release(&reading);
}

static void identifiers_are_found_where_programs_put_them(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_ris,
        "TY  - JOUR\nTI  - A\nDB  - PubMed\nAN  - 123456\nC2  - PMC77\nER  - \n"
        "TY  - JOUR\nTI  - B\nUR  - https://doi.org/10.1000/b\nER  - \n"
        "TY  - JOUR\nTI  - C\nM3  - 10.1000/c\nER  - \n"
        "TY  - JOUR\nTI  - D\nN1  - PMID: 99\nER  - \n"
        "TY  - JOUR\nTI  - E\nDB  - CAB Abstracts\nAN  - 123456\nN1  - Comment in PMID: 5\nER  - \n"
        "TY  - JOUR\nTI  - F\nL2  - https://www.ncbi.nlm.nih.gov/pubmed/42\n"
        "AN  - WOS:000298449100001\nUR  - <Go to ISI>://WOS:000298449100001\nER  - \n");
    assert_counts(&reading, 6, 0);
    assert_record(&reading, 0, "{'pmid': '123456', 'pmcid': 'PMC77'}");
    assert_record(&reading, 1, "{'doi': '10.1000/b', 'url': 'https://doi.org/10.1000/b'}");
    assert_record(&reading, 2, "{'doi': '10.1000/c', 'publication_types': ['JOUR']}");
    assert_record(&reading, 3, "{'pmid': '99'}");
    /* Another database's number is no PMID, and a note may speak of other articles. */
    assert_record(&reading, 4, "{'pmid': null, 'source_id': null}");
    assert_record(&reading, 5, "{'pmid': '42', 'source_id': 'WOS:000298449100001', 'url': null}");
    reading_release(&reading);
}

static void what_programs_put_into_custom_tags_is_known(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_ris, "TY  - JOUR\nTI  - A\nC2  - 42640816\nC7  - 093903\nDB  - Scopus\nER  - \n"
                     "TY  - JOUR\nTI  - B\nC2  - 42640816\nDB  - EndNote\nER  - \n"
                     "TY  - JOUR\nTI  - C\nC7  - NCT04567890\nAN  - CN-02345678\nER  - \n"
                     "TY  - JOUR\nTI  - D\nAN  - L638123456\nDB  - Embase\nC1  - PMID: 12\nER  - \n"
                     "TY  - JOUR\nTI  - E\nAU  - Zhang, Y.\nAU  - Zhang, Y.\nA1  - Zhang, Y.\nA1  "
                     "- Li, X.\nER  - \n");
    assert_counts(&reading, 5, 0);
    assert_record(&reading, 0, "{'pmid': '42640816', 'pmcid': null, 'pages': '093903'}");
    assert_record(&reading, 1, "{'pmid': null, 'pmcid': null}");
    assert_record(&reading, 2,
                  "{'registrations': ['NCT04567890'], 'source_id': 'CN-02345678', 'pages': null}");
    assert_record(&reading, 3, "{'source_id': 'L638123456', 'pmid': '12'}");
    assert_int_equal(length_of(&reading, 4, "authors"), 3);
    reading_release(&reading);
}

static void a_year_that_cannot_be_is_unknown(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_ris, "TY  - JOUR\nTI  - A\nPY  - 10 15\nER  - \n"
                                     "TY  - JOUR\nTI  - B\nPY  - in press\nER  - \n"
                                     "TY  - JOUR\nTI  - C\nPY  - 2012\nDA  - Jan\nER  - \n");
    assert_counts(&reading, 3, 0);
    assert_record(&reading, 0, "{'year': null, 'date': null}");
    assert_record(&reading, 1, "{'year': null, 'date': null}");
    assert_record(&reading, 2, "{'year': 2012, 'date': '2012-01'}");
    reading_release(&reading);
}

static void empty_tags_say_nothing(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_ris,
        "TY  - \nTI  -\nT2  - \nAU  - \nAB  -   \nER  -\nTY  - JOUR\nTI  - A\nER  -\n");
    assert_counts(&reading, 1, 1);
    assert_warned(&reading, 0, "line 1: the record that begins here has neither a title");
    assert_record(&reading, 0, "{'title': 'A', 'authors': null, 'journal': null}");
    reading_release(&reading);
}

static void screening_decisions_come_along(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_ris,
        "TY  - JOUR\nTI  - A\nN1  - L1 | RAYYAN-INCLUSION: {\"Ann\"=>\"Included\", \"Bo B.\"=>"
        "\"Excluded\"} | RAYYAN-LABELS: x | RAYYAN-EXCLUSION-REASONS: wrong drug,no control\nER  - "
        "\n"
        "TY  - JOUR\nTI  - B\nN1  - ASReview_relevant\nER  - \n"
        "TY  - JOUR\nTI  - C\nN1  - ASReview_irrelevant ASReview_prior\nER  - \n"
        "TY  - JOUR\nTI  - D\nN1  - ASReview_not_seen\nER  - \n"
        "TY  - JOUR\nTI  - E\nN1  - RAYYAN-INCLUSION: {\"Ann\"=>\"Maybe\", "
        "\"Bo\"=>\"Conflict\"}\nER  -\n");
    assert_counts(&reading, 5, 0);
    assert_record(&reading, 0,
                  "{'labels': [{'who': 'Ann', 'decision': 'included'},"
                  " {'who': 'Bo B.', 'decision': 'excluded', 'reason': 'wrong drug,no control'}]}");
    assert_record(&reading, 1, "{'labels': [{'who': 'ASReview', 'decision': 'included'}]}");
    assert_record(&reading, 2, "{'labels': [{'who': 'ASReview', 'decision': 'excluded'}]}");
    assert_record(&reading, 3, "{'labels': null}");
    assert_record(&reading, 4, "{'labels': [{'who': 'Ann', 'decision': 'maybe'}]}");
    reading_release(&reading);
}

static void a_title_marked_retracted_is_of_a_retracted_article(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_ris, "TY  - JOUR\nTI  - RETRACTED: A cure\nER  - \n"
                     "TY  - JOUR\nTI  - A cure (Retracted article. See vol. 5, 2020)\nER  - \n"
                     "TY  - JOUR\nTI  - Retraction of: A cure\nER  - \n"
                     "TY  - JOUR\nTI  - Retracted articles in medicine: a survey\nER  - \n");
    assert_record(&reading, 0, "{'retracted': true}");
    assert_record(&reading, 1, "{'retracted': true}");
    assert_record(&reading, 2, "{'retracted': null}");
    assert_record(&reading, 3, "{'retracted': null}");
    reading_release(&reading);
}

/* ---- faults ---- */

static void a_record_without_its_end_is_read_when_the_next_begins(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_ris, "TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n");
    assert_counts(&reading, 2, 0);
    assert_warned(&reading, 0, "line 3: a record begins here before the one of line 1 ended");
    reading_release(&reading);
}

static void a_file_that_is_cut_says_where_and_gives_what_was_whole(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_ris, "TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - B of th");
    assert_failed(&reading, ERROR_INVALID, "memory: line 4: the file ends within the record", 1);
    reading_release(&reading);
}

static void fields_without_a_record_are_refused_with_their_line(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(&format_ris, "\nJF  - X\nT1  - Y\nER  - \n");
    assert_failed(&reading, ERROR_INVALID, "line 2", 0);
    reading_release(&reading);

    reading =
        reading_of_text(&format_ris, "TY  - JOUR\nTI  - A\nER  - \nTI  - lost\nAU  - lost\nER  - \n"
                                     "TY  - JOUR\nTI  - B\nER  - \n");
    assert_counts(&reading, 2, 1);
    assert_warned(&reading, 0, "line 4: TI stands outside of a record");
    assert_int_equal(json_array_size(reading.warnings), 1);
    reading_release(&reading);
}

static void a_field_or_record_or_list_over_its_limit_is_refused(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, "TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nAB  - ");
    for (size_t i = 0; i <= FORMAT_FIELD_MOST; i++)
        buffer_byte(&text, 'x');
    struct reading reading = reading_of(&format_ris, text.bytes, text.length);
    assert_failed(&reading, ERROR_LIMIT, "line 5: the field that begins here has more than", 1);
    reading_release(&reading);

    buffer_clear(&text);
    buffer_text(&text, "TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\n");
    for (size_t i = 0; i < 17; i++) {
        buffer_text(&text, "XX  - ");
        for (size_t byte = 0; byte < 1 << 20; byte++)
            buffer_byte(&text, 'x');
        buffer_byte(&text, '\n');
    }
    reading = reading_of(&format_ris, text.bytes, text.length);
    assert_failed(&reading, ERROR_LIMIT, "line 4: the record that begins here has more than", 1);
    reading_release(&reading);

    buffer_clear(&text);
    buffer_text(&text, "TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\n");
    for (size_t i = 0; i <= FORMAT_LIST_MOST; i++)
        buffer_printf(&text, "KW  - x%zu\n", i);
    buffer_text(&text, "ER  - \n");
    reading = reading_of(&format_ris, text.bytes, text.length);
    assert_failed(&reading, ERROR_LIMIT, "line 4: the record that begins here lists more than", 1);
    reading_release(&reading);
    buffer_release(&text);
}

static void an_empty_file_is_refused(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(&format_ris, "");
    assert_failed(&reading, ERROR_INVALID, "no record begins", 0);
    reading_release(&reading);
}

static bool take_one(void *context, const struct record *record, struct error *err)
{
    (void)record;
    size_t *left = context;
    return --*left > 0 || error_set(err, ERROR_STORE, "the store is full");
}

static void the_error_of_who_takes_records_comes_back_unchanged(void **state)
{
    (void)state;
    size_t left = 1;
    const struct record_sink sink = {.take = take_one, .context = &left};
    struct format_counts counts = {0};
    struct error err = {0};
    struct input *input =
        input_memory(two_records, sizeof two_records - 1, "memory", &input_limits_default);
    assert_false(format_ris.read(input, &sink, NULL, &counts, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    assert_string_equal(err.message, "the store is full");
    input_close(input);
}

/* ---- real files; what is expected was read in them by eye ---- */

static void zotero_s_export_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_ris, "ris/pubmed_zotero.ris");
    assert_counts(&reading, 6, 0);
    assert_record(&reading, 0,
                  "{'doi': '10.5114/pg.2018.81081', 'year': 2019, 'date': '2019',"
                  " 'journal': 'Przeglad gastroenterologiczny', 'issn': '1895-5770',"
                  " 'volume': '14', 'issue': '2', 'pages': '121-128', 'language': 'eng'}");
    assert_int_equal(length_of(&reading, 0, "authors"), 4);
    assert_int_equal(length_of(&reading, 0, "keywords"), 5);
    assert_record(&reading, 1, "{'date': '2019-10', 'doi': '10.1007/s10151-019-02080-0'}");
    reading_release(&reading);
}

static void lens_s_export_with_a_mark_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_ris, "ris/baseline_bom.ris");
    assert_counts(&reading, 100, 0);
    assert_record(&reading, 0,
                  "{'doi': '10.1007/s11307-012-0572-0', 'pmid': '22752652', 'pmcid': 'PMC3553406',"
                  " 'date': '2012-07-03', 'issn': '1860-2002', 'pages': '97-105',"
                  " 'url': 'https://lens.org/000-463-679-101-319'}");
    reading_release(&reading);
}

static void faulty_years_and_empty_values_are_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_ris, "ris/faulty_year.ris");
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0, "{'year': null}");
    reading_release(&reading);
    reading = reading_of_fixture(&format_ris, "ris/baseline_empty_values.ris");
    assert_counts(&reading, 2, 2); /* of four, two have an abstract alone */
    assert_record(&reading, 0, "{'title': 'Title of reference', 'abstract': null}");
    assert_warned(&reading, 0, "line 7: the record that begins here has neither");
    reading_release(&reading);
}

static void rayyan_s_export_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_ris, "ris/rayyan_issue_992.ris");
    assert_counts(&reading, 19, 0);
    assert_record(&reading, 0,
                  "{'source_id': 'rayyan-264552525', 'pages': '1-5', 'year': 2011,"
                  " 'title': 'Overcoming Medication Reconciliation Challenges', 'doi': null}");
    assert_int_equal(length_of(&reading, 0, "keywords"), 13);
    assert_record(&reading, 4,
                  "{'doi': '10.4168/aair.2012.4.1.1', 'date': '2012-01', 'url': null,"
                  " 'authors': [{'family': 'Park', 'given': 'C. S.'}]}");
    reading_release(&reading);
}

static void embase_s_export_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_ris, "ris/embase.ris");
    assert_counts(&reading, 6, 0);
    assert_record(&reading, 0,
                  "{'source_id': 'L373791783', 'pmid': null, 'issn': '2226-7190',"
                  " 'doi': '10.4103/2303-9027.138783', 'publication_types': ['JOUR', 'Article'],"
                  " 'authors': [{'family': 'Liu', 'given': 'R.'},"
                  " {'family': 'Adler', 'given': 'D.G.'}]}");
    assert_record(&reading, 1, "{'pmid': '15368318', 'doi': '10.1002/cncr.20369'}");
    reading_release(&reading);
}

static void ebsco_s_and_ovid_s_exports_are_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_ris, "ris/asp_example.ris");
    assert_counts(&reading, 4, 0);
    assert_record(&reading, 0, "{'date': '2016-09', 'pages': '206-217'}");
    assert_int_equal(length_of(&reading, 0, "keywords"), 11);
    reading_release(&reading);
    reading = reading_of_fixture(&format_ris, "ris/ovid_numbered.ris");
    assert_counts(&reading, 4, 0);
    assert_record(&reading, 0,
                  "{'doi': '10.4236/ojf.2020.101008', 'year': 2020, 'source_id': null,"
                  " 'url': 'https://www.scirp.org/html/8-1620633_97627.htm'}");
    reading_release(&reading);
}

static void junk_and_corruption_in_real_files_are_met(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_ris, "ris/rispy_extraneous.ris");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 1, "{'year': 2006, 'pages': 'e0815341'}");
    reading_release(&reading);
    reading = reading_of_fixture(&format_ris, "ris/jabref_5a.ris");
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0, "{'doi': '10.1016/j.powtec.2012.01.008'}");
    assert_int_equal(length_of(&reading, 0, "authors"), 6);
    reading_release(&reading);
    reading = reading_of_fixture(&format_ris, "ris/jabref_corrupted.ris");
    assert_failed(&reading, ERROR_INVALID, "line 2", 0);
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_ends_with_er),
        cmocka_unit_test(line_ends_and_encodings_make_no_difference),
        cmocka_unit_test(windows_1252_is_read_and_warned_of),
        cmocka_unit_test(a_line_without_a_tag_carries_the_field_on),
        cmocka_unit_test(what_stands_between_records_is_left_out),
        cmocka_unit_test(identifiers_are_found_where_programs_put_them),
        cmocka_unit_test(what_programs_put_into_custom_tags_is_known),
        cmocka_unit_test(a_year_that_cannot_be_is_unknown),
        cmocka_unit_test(empty_tags_say_nothing),
        cmocka_unit_test(screening_decisions_come_along),
        cmocka_unit_test(a_title_marked_retracted_is_of_a_retracted_article),
        cmocka_unit_test(a_record_without_its_end_is_read_when_the_next_begins),
        cmocka_unit_test(a_file_that_is_cut_says_where_and_gives_what_was_whole),
        cmocka_unit_test(fields_without_a_record_are_refused_with_their_line),
        cmocka_unit_test(a_field_or_record_or_list_over_its_limit_is_refused),
        cmocka_unit_test(an_empty_file_is_refused),
        cmocka_unit_test(the_error_of_who_takes_records_comes_back_unchanged),
        cmocka_unit_test(zotero_s_export_is_read),
        cmocka_unit_test(lens_s_export_with_a_mark_is_read),
        cmocka_unit_test(faulty_years_and_empty_values_are_read),
        cmocka_unit_test(rayyan_s_export_is_read),
        cmocka_unit_test(embase_s_export_is_read),
        cmocka_unit_test(ebsco_s_and_ovid_s_exports_are_read),
        cmocka_unit_test(junk_and_corruption_in_real_files_are_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
