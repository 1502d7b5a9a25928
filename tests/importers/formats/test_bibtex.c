#include "tests/importers/formats/reading.h"

#include "importers/formats/latex.h"

/* ---- LaTeX ---- */

static void assert_latex(enum latex_kind kind, const char *text, const char *expected)
{
    struct buffer out = {0};
    latex_decode(text, strlen(text), kind, &out);
    assert_string_equal(buffer_string(&out), expected);
    buffer_release(&out);
}

static void accents_become_letters(void **state)
{
    (void)state;
    assert_latex(LATEX_TEXT, "M{\\\"u}ller M\\\"uller M\\\"{u}ller", "Müller Müller Müller");
    assert_latex(LATEX_TEXT, "\\'{e}\\`a\\^{\\i}\\~n\\=o\\.z", "éàîñōż");
    assert_latex(LATEX_TEXT, "\\v{s}\\c{c}\\c c\\k{a}\\H{o}\\r{u}\\u{g}\\d{t}\\b{d}", "šççąőůğṭḏ");
    assert_latex(LATEX_TEXT, "{\\ss} {\\O}resund {\\L}\\'od\\'z \\ae{} {\\aa}",
                 "ß Øresund Łódź æ å");
    /* No single character: a combining mark. */
    assert_latex(LATEX_TEXT, "\\'q", "q\xCC\x81");
    assert_latex(LATEX_TEXT, "\\'{}x \\'", "x ");
}

static void symbols_and_escapes_become_characters(void **state)
{
    (void)state;
    assert_latex(LATEX_TEXT, "31.8\\% \\& \\$5 \\#1 a\\_b \\{x\\}", "31.8% & $5 #1 a_b {x}");
    assert_latex(LATEX_TEXT, "p {\\textless} 0.05, x\\textgreater{}3", "p < 0.05, x>3");
    assert_latex(LATEX_TEXT, "1--2---3 ``so''", "1–2—3 “so”");
    assert_latex(LATEX_TEXT, "Fig.~5", "Fig. 5");
    assert_latex(LATEX_TEXT, "\\textit{in vitro} {\\em and} \\foo{kept}", "in vitro and kept");
    assert_latex(LATEX_TEXT, "$\\alpha$ 5 $\\pm$ 2, $\\leq$3", "α 5 ± 2, ≤3");
    assert_latex(LATEX_TEXT, "10$^{-3}$ H$_2$O x\\textsuperscript{2}",
                 "10<sup>-3</sup> H<sub>2</sub>O x<sup>2</sup>");
}

static void what_is_no_latex_stays_as_it_is(void **state)
{
    (void)state;
    assert_latex(LATEX_TEXT, "about (~50%) costs $5 and $6 a_b^c",
                 "about (~50%) costs $5 and $6 a_b^c");
    assert_latex(LATEX_TEXT, "C:\\temp", "C:\\temp");
    assert_latex(LATEX_VERBATIM, "https://x.org/~a--b?c=$d", "https://x.org/~a--b?c=$d");
    assert_latex(LATEX_VERBATIM, "10.1000/a\\_b{\\textless}c", "10.1000/a_b<c");
    assert_latex(LATEX_TEXT, "ends in \\", "ends in ");
    assert_latex(LATEX_TEXT, "{{{unclosed", "unclosed");
}

/* Nested as deep as nobody writes: it ends, and quickly. */
static void hostile_nesting_ends(void **state)
{
    (void)state;
    struct buffer text = {0}, out = {0};
    for (size_t i = 0; i < 100000; i++)
        buffer_text(&text, "\\'{");
    latex_decode(text.bytes, text.length, LATEX_TEXT, &out);
    assert_int_equal(out.length, 0);
    buffer_release(&text);
    buffer_release(&out);
}

/* ---- small files of our own ---- */

static void an_entry_becomes_a_record(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_bibtex,
        "Words before are a comment, and so is me@example.org.\n"
        "@Article{smith2019,\n"
        "  author = {Smith, Ann and Ludwig van Beethoven and {World Health Organization} and\n"
        "            M{\\\"u}ller, J{\\\"o}rg and de la Cruz, Jr, Juan and others},\n"
        "  title = \"{Needling} of the\n    neck\",\n"
        "  journal = {Pain}, year = 2019, month = aug, volume = 4, number = {2},\n"
        "  pages = {12--19}, doi = {10.1000/A\\_b}, issn = {1111-222X},\n"
        "  keywords = {pain, needles}, url = {https://example.org/~x},\n"
        "  pmid = {11}, abstract = {One 95\\% CI.},\n"
        "}\n");
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0,
                  "{'source': 'bibtex', 'source_id': null, 'title': 'Needling of the neck',"
                  " 'authors': [{'family': 'Smith', 'given': 'Ann'},"
                  " {'family': 'van Beethoven', 'given': 'Ludwig'},"
                  " {'group': 'World Health Organization'}, {'family': 'Müller', 'given': 'Jörg'},"
                  " {'family': 'de la Cruz', 'given': 'Jr, Juan'}], 'authors_complete': null,"
                  " 'journal': 'Pain', 'year': 2019, 'date': '2019-08', 'volume': '4',"
                  " 'issue': '2', 'pages': '12-19', 'doi': '10.1000/a_b', 'issn': '1111-222X',"
                  " 'keywords': ['pain', 'needles'], 'url': 'https://example.org/~x',"
                  " 'pmid': '11', 'abstract': 'One 95% CI.', 'publication_types': ['article']}");
    reading_release(&reading);
}

static void macros_comments_and_concatenation_are_known(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_bibtex,
        "@string{pain = \"Pain\"}\n@STRING(med = {Medicine})\n"
        "@comment{@article{hidden, title={No}}}\n@preamble{\"\\x\"}\n"
        "@article(a, title = {A}, journal = pain # { } # Med, month = 10, year = \"2001\")\n"
        "@article{b, title = {B}, journal = undefined, date = {2017-05-01}}\n"
        "@article{c, title = {C}, date = {2017-05-01/2017-06-01}}\n"
        "@article{title = {No key}}\n");
    assert_counts(&reading, 4, 0);
    assert_record(&reading, 0, "{'journal': 'Pain Medicine', 'date': '2001-10'}");
    assert_record(&reading, 1, "{'journal': 'undefined', 'date': '2017-05-01'}");
    assert_record(&reading, 2, "{'date': '2017'}");
    assert_record(&reading, 3, "{'title': 'No key'}");
    reading_release(&reading);
}

static void a_subtitle_and_the_number_of_pubmed_central_are_taken(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_bibtex, "@article{a, title = {Needles}, subtitle = {A trial}, pmcid = {PMC7}}\n"
                        "@article{b, title = {B}, pmc = {PMC1234567}}\n");
    assert_counts(&reading, 2, 0);
    assert_record(&reading, 0, "{'title': 'Needles: A trial', 'pmcid': 'PMC7'}");
    assert_record(&reading, 1, "{'title': 'B', 'pmcid': 'PMC1234567'}");
    reading_release(&reading);
}

static void a_part_has_from_its_whole_what_it_does_not_say(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_bibtex,
        "@inproceedings{part, crossref = {Whole}, title = {Part}, pages = {1--2}}\n"
        "@article{between, title = {Between}}\n"
        "@proceedings{whole, title = {Proceedings of X}, year = 1999, doi = {10.1000/whole}}\n"
        "@inproceedings{later, crossref = {whole}, title = {Later}, year = 2000}\n"
        "@inproceedings{lost, crossref = {nowhere}, title = {Lost}}\n");
    assert_counts(&reading, 5, 0);
    assert_record(&reading, 0,
                  "{'title': 'Part', 'journal': 'Proceedings of X', 'year': 1999, 'doi': null}");
    assert_record(&reading, 1, "{'title': 'Between', 'journal': null}");
    assert_record(&reading, 2, "{'title': 'Proceedings of X'}");
    assert_record(&reading, 3, "{'title': 'Later', 'journal': 'Proceedings of X', 'year': 2000}");
    assert_record(&reading, 4, "{'title': 'Lost', 'journal': null}");
    assert_warned(&reading, 0, "line 5: the cross reference to nowhere leads nowhere");
    reading_release(&reading);
}

/* More wait than may wait: the first go on without. */
static void entries_do_not_wait_without_end(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i < 6000; i++)
        buffer_printf(&text, "@inproceedings{p%d, crossref = {w}, title = {T%d}}\n", i, i);
    buffer_text(&text, "@proceedings{w, title = {Whole}}\n");
    struct reading reading = reading_of(&format_bibtex, text.bytes, text.length);
    assert_counts(&reading, 6001, 0);
    assert_record(&reading, 0, "{'title': 'T0', 'journal': null}");
    assert_record(&reading, 5999, "{'title': 'T5999', 'journal': 'Whole'}");
    assert_int_equal(json_array_size(reading.warnings), 1000);
    reading_release(&reading);
    buffer_release(&text);
}

static void screening_decisions_and_numbers_in_notes_come_along(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_bibtex,
        "@article{a, title={A}, note={RAYYAN-INCLUSION: {\"Ann\"=>\"Included\"} | RAYYAN-LABELS: "
        "x}}\n"
        "@article{b, title={B}, note={RAYYAN-INCLUSION: \\{\"Bo\"=\\>\"Excluded\"\\}}}\n"
        "@article{c, title={C}, note={PMID: 77}, eprint={1234}, eprinttype={pubmed}}\n"
        "@article{d, title={D}, eprint={1234}, eprinttype={pubmed}}\n"
        "@article{e, title={E}, eprint={1234.5678}, archiveprefix={arXiv}}\n");
    assert_counts(&reading, 5, 0);
    assert_record(&reading, 0, "{'labels': [{'who': 'Ann', 'decision': 'included'}]}");
    assert_record(&reading, 1, "{'labels': [{'who': 'Bo', 'decision': 'excluded'}]}");
    assert_record(&reading, 2, "{'pmid': '77'}");
    assert_record(&reading, 3, "{'pmid': '1234'}");
    assert_record(&reading, 4, "{'pmid': null}");
    reading_release(&reading);
}

/* ---- faults ---- */

static void an_entry_never_closed_costs_itself_alone(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_text(&format_bibtex, "@article{a, title = {A}}\n"
                                        "@article{b, title = {B, year = 2000}\n\n"
                                        "@article{c, title = {C}}\n"
                                        "@article{d, title = {D}}\n");
    assert_counts(&reading, 3, 1);
    assert_warned(&reading, 0, "line 2: the entry that begins here is still open");
    assert_record(&reading, 1, "{'title': 'C'}");
    assert_record(&reading, 2, "{'title': 'D'}");
    reading_release(&reading);
}

static void a_file_that_is_cut_says_where_and_gives_what_was_whole(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_bibtex, "@article{a, title = {A}, crossref = {x}}\n@article{b, title = {Cut of");
    assert_failed(&reading, ERROR_INVALID, "line 2: the file ends within the entry", 1);
    reading_release(&reading);
}

static void text_that_is_no_field_is_told_and_passed_over(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_bibtex, "@article{a, title = {A} year = 2001, some stray words, volume = 3,,}\n");
    assert_counts(&reading, 1, 0);
    assert_warned(&reading, 0, "line 1: \"some stray words\"");
    assert_record(&reading, 0, "{'title': 'A', 'year': 2001, 'volume': '3'}");
    reading_release(&reading);
}

/* A macro made of macros made of macros. */
static void macros_cannot_grow_without_end(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, "@article{a, title = {A}}\n@string{x0 = {0123456789}}\n");
    for (int i = 1; i < 40; i++)
        buffer_printf(&text, "@string{x%d = x%d # x%d}\n", i, i - 1, i - 1);
    buffer_text(&text, "@article{b, title = x39}\n");
    struct reading reading = reading_of(&format_bibtex, text.bytes, text.length);
    assert_failed(&reading, ERROR_LIMIT, "line", 1);
    reading_release(&reading);
    buffer_release(&text);
}

static void what_is_no_bibtex_is_refused(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(&format_bibtex, "no entries, me@example.org only\n");
    assert_failed(&reading, ERROR_INVALID, "no entry such as @article", 0);
    reading_release(&reading);
}

/* ---- real files; what is expected was read in them by eye ---- */

static void scopus_s_export_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_bibtex, "bibtex/scopus.bib");
    assert_counts(&reading, 3, 0);
    assert_record(
        &reading, 0,
        "{'doi': '10.1080/20964129.2020.1722034', 'pages': '1722034',"
        " 'journal': 'Ecosystem Health and Sustainability', 'issn': '2096-4129',"
        " 'publication_types': ['article', 'Article'], 'language': 'English',"
        " 'keywords': ['Environmental factors', 'Lake Taihu', 'lakeshore wetland', 'reed',"
        " 'soil fauna', 'wetland restoration']}");
    assert_int_equal(length_of(&reading, 0, "authors"), 10);
    assert_int_equal(json_array_size(reading.warnings), 0);
    reading_release(&reading);
}

/* Twelve entries hold a year and a month alone. */
static void rayyan_s_sample_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_bibtex, "bibtex/rayyan_example1.bib");
    assert_counts(&reading, 5, 12);
    assert_record(
        &reading, 0,
        "{'title': 'title1', 'year': 2017, 'issn': null, 'keywords': ['kw1', 'kw2', 'kw3'],"
        " 'authors': [{'family': 'a1l', 'given': 'a1f'}, {'family': 'a2l', 'given': 'a2f'},"
        " {'family': 'a3l', 'given': 'a3f'}, {'family': 'a4l', 'given': 'a4f'}]}");
    reading_release(&reading);
}

static void zotero_s_large_export_is_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_bibtex, "bibtex/zotero_export.bib");
    assert_counts(&reading, 1000, 0);
    size_t dois = 0, abstracts = 0, issues = 0;
    for (size_t i = 0; i < 1000; i++) {
        dois += *text_of(&reading, i, "doi") != '\0';
        abstracts += *text_of(&reading, i, "abstract") != '\0';
        issues += *text_of(&reading, i, "issue") != '\0';
    }
    /* grep -c of the fields' names */
    assert_int_equal(dois, 718);
    assert_int_equal(abstracts, 776);
    assert_int_equal(issues, 935);
    assert_record(&reading, 0,
                  "{'title': 'Microangiography of the humeral condyle in Cocker Spaniel and"
                  " non-Cocker Spaniel dogs', 'date': '1999-08', 'pages': '134-137', 'doi': null,"
                  " 'authors': [{'family': 'Larsen', 'given': 'LJ'},"
                  " {'family': 'Roush', 'given': 'JK'}, {'family': 'McLaughlin', 'given': 'RM'},"
                  " {'family': 'Cash', 'given': 'WC'}]}");
    assert_non_null(
        strstr(text_of(&reading, 3, "abstract"), "(149 out of 468, 31.8%, [95% confidence"));
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accents_become_letters),
        cmocka_unit_test(symbols_and_escapes_become_characters),
        cmocka_unit_test(what_is_no_latex_stays_as_it_is),
        cmocka_unit_test(hostile_nesting_ends),
        cmocka_unit_test(an_entry_becomes_a_record),
        cmocka_unit_test(macros_comments_and_concatenation_are_known),
        cmocka_unit_test(a_subtitle_and_the_number_of_pubmed_central_are_taken),
        cmocka_unit_test(a_part_has_from_its_whole_what_it_does_not_say),
        cmocka_unit_test(entries_do_not_wait_without_end),
        cmocka_unit_test(screening_decisions_and_numbers_in_notes_come_along),
        cmocka_unit_test(an_entry_never_closed_costs_itself_alone),
        cmocka_unit_test(a_file_that_is_cut_says_where_and_gives_what_was_whole),
        cmocka_unit_test(text_that_is_no_field_is_told_and_passed_over),
        cmocka_unit_test(macros_cannot_grow_without_end),
        cmocka_unit_test(what_is_no_bibtex_is_refused),
        cmocka_unit_test(scopus_s_export_is_read),
        cmocka_unit_test(rayyan_s_sample_is_read),
        cmocka_unit_test(zotero_s_large_export_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
