/* PubMed's XML: samples of our own making, and the files of ../shared, which were read by eye for
 * what is expected of them. */
#include "importers/formats/pubmed_xml.h"

#include "tests/importers/formats/reading.h"
#include "tests/importers/formats/sample.h"

static struct reading read_sample(void)
{
    struct buffer sample = sample_read("sample-pubmed.xml");
    struct reading reading = reading_of(&format_pubmed_xml, sample.bytes, sample.length);
    buffer_release(&sample);
    return reading;
}

static void every_field_is_read_where_it_stands(void **state)
{
    (void)state;
    struct reading reading = read_sample();
    assert_counts(&reading, 4, 0);
    assert_record(&reading, 0,
                  "{'source': 'pubmed', 'source_id': '123', 'pmid': '123', 'doi': '10.1000/jsm.1',"
                  " 'pmcid': 'PMC77', 'registrations': ['NCT01234567'],"
                  " 'title': 'Needles for trapezius knots.',"
                  " 'other_titles': ['Aiguilles pour les noeuds.'],"
                  " 'authors': [{'family': 'Arden', 'given': 'Bo C Jr'},"
                  " {'family': 'Dale', 'given': 'E'}, {'group': 'The Knot Group'}],"
                  " 'authors_complete': true, 'year': 2021, 'date': '2021-02-09',"
                  " 'journal': 'Journal of Sore Muscles', 'issn': '1234-5678', 'volume': '12',"
                  " 'issue': '3 Suppl', 'pages': '101-9', 'language': 'fre, eng',"
                  " 'abstract': 'AIM: To see < 3 days.\\nWe saw.',"
                  " 'publication_types': ['Randomized Controlled Trial'],"
                  " 'keywords': ['Humans', 'dry needling'], 'retracted': null, 'updates': null,"
                  " 'notices': [{'type': 'correction', 'doi': '10.1000/err.1', 'pmid': '55',"
                  " 'date': '2022-03-04', 'source': 'pubmed', 'reason': 'Wrong table'}],"
                  " 'deleted': null}");
    reading_release(&reading);
}

static void a_citation_that_was_withdrawn_is_deleted(void **state)
{
    (void)state;
    struct reading reading = read_sample();
    assert_record(&reading, 1, "{'deleted': null}");
    assert_record(&reading, 2, "{'pmid': '21', 'deleted': true, 'title': null, 'authors': null}");
    assert_record(&reading, 3, "{'pmid': '22', 'deleted': true}");
    reading_release(&reading);
}

/* A set of one article with this citation. */
static struct reading read_citation(const char *inside)
{
    struct buffer document = {0};
    buffer_printf(&document,
                  "<PubmedArticleSet><PubmedArticle><MedlineCitation>%s</MedlineCitation>"
                  "<PubmedData/></PubmedArticle></PubmedArticleSet>",
                  inside);
    struct reading reading = reading_of_text(&format_pubmed_xml, document.bytes);
    buffer_release(&document);
    return reading;
}

static void assert_citation(const char *inside, const char *expected)
{
    struct reading reading = read_citation(inside);
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0, expected);
    reading_release(&reading);
}

/* ---- dates ---- */

static void assert_date(const char *issue, const char *electronic, const char *expected)
{
    struct buffer inside = {0};
    buffer_printf(&inside,
                  "<PMID>1</PMID><Article><Journal><JournalIssue><PubDate>%s</PubDate>"
                  "</JournalIssue></Journal><ArticleDate>%s</ArticleDate></Article>",
                  issue, electronic);
    assert_citation(inside.bytes, expected);
    buffer_release(&inside);
}

static void dates_are_as_exact_as_they_are_printed(void **state)
{
    (void)state;
    assert_date("<Year>2003</Year>", "", "{'date': '2003', 'year': 2003}");
    assert_date("<Year>2003</Year><Month>07</Month>", "", "{'date': '2003-07'}");
    assert_date("<Year>2003</Year><Month>Jul</Month><Day>31</Day>", "", "{'date': '2003-07-31'}");
    assert_date("<Year>2003</Year><Season>Spring</Season>", "", "{'date': '2003'}");
    assert_date("<Year>2003</Year><Month>Feb</Month><Day>31</Day>", "",
                "{'date': '2003-02', 'year': 2003}");
    assert_date("<MedlineDate>2003 Nov-Dec</MedlineDate>", "", "{'date': '2003', 'year': 2003}");
    assert_date("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "", "{'year': 1998}");
    assert_date("<MedlineDate>Spring 2000</MedlineDate>", "", "{'date': '2000', 'year': 2000}");
    assert_date("<MedlineDate>some day</MedlineDate>", "", "{'date': null, 'year': null}");
    assert_date("", "", "{'date': null, 'year': null}");
}

static void the_electronic_date_stands_in_where_the_issue_says_less(void **state)
{
    (void)state;
    const char *electronic = "<Year>2019</Year><Month>03</Month><Day>04</Day>";
    assert_date("", electronic, "{'date': '2019-03-04'}");
    assert_date("<Year>2019</Year>", electronic, "{'date': '2019-03-04'}");
    assert_date("<Year>2020</Year>", electronic, "{'date': '2020', 'year': 2020}");
    assert_date("<Year>2019</Year><Month>Jun</Month>", electronic, "{'date': '2019-06'}");
}

/* ---- titles and abstracts ---- */

static void assert_title(const char *inside, const char *expected)
{
    struct buffer citation = {0};
    buffer_printf(&citation, "<PMID>1</PMID><Article><ArticleTitle>%s</ArticleTitle></Article>",
                  inside);
    struct reading reading = read_citation(citation.bytes);
    assert_counts(&reading, 1, 0);
    assert_string_equal(text_of(&reading, 0, "title"), expected);
    reading_release(&reading);
    buffer_release(&citation);
}

static void titles_lose_their_markup_and_no_figure(void **state)
{
    (void)state;
    assert_title("A <i>very</i> <b>bold</b> H<sub>2</sub>O\n   trial", "A very bold H2O trial");
    assert_title("10<sup>9</sup> cells", "10^9 cells");
    assert_title("&lt;i&gt;Escaped&lt;/i&gt; p&lt;0.05", "Escaped p<0.05");
    assert_title("<mml:math xmlns:mml='http://www.w3.org/1998/Math/MathML'><mml:msup><mml:mi>x"
                 "</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> tests",
                 "x2 tests");
    assert_title("[Translated title].", "[Translated title].");
    assert_title("Prüfung der Muskeln", "Prüfung der Muskeln");
}

static void a_title_that_nobody_translated_is_the_vernacular_one(void **state)
{
    (void)state;
    assert_citation("<PMID>1</PMID><Article><ArticleTitle>[Not Available].</ArticleTitle>"
                    "<VernacularTitle>Muskelknoten.</VernacularTitle></Article>",
                    "{'title': 'Muskelknoten.'}");
    assert_citation(
        "<PMID>1</PMID><Article><ArticleTitle>[Not Available].</ArticleTitle></Article>",
        "{'title': null}");
}

/* ---- authors, pages, identifiers ---- */

static void a_registration_that_stands_twice_is_one(void **state)
{
    (void)state;
    assert_citation("<PMID>1</PMID><Article><DataBankList><DataBank><AccessionNumberList>"
                    "<AccessionNumber>NCT01234567</AccessionNumber><AccessionNumber>nct01234567"
                    "</AccessionNumber></AccessionNumberList></DataBank></DataBankList></Article>",
                    "{'registrations': ['NCT01234567']}");
}

static void an_author_list_that_is_cut_is_not_complete(void **state)
{
    (void)state;
    assert_citation("<PMID>1</PMID><Article><AuthorList CompleteYN='N'><Author><ForeName>Solo"
                    "</ForeName></Author><Author/></AuthorList></Article>",
                    "{'authors': [{'family': 'Solo'}], 'authors_complete': null}");
}

static void pages_without_a_range_are_put_together(void **state)
{
    (void)state;
    assert_citation("<PMID>1</PMID><Article><Pagination><StartPage>7</StartPage><EndPage>12"
                    "</EndPage></Pagination></Article>",
                    "{'pages': '7-12'}");
    assert_citation("<PMID>1</PMID><Article><Pagination><StartPage>e7</StartPage></Pagination>"
                    "</Article>",
                    "{'pages': 'e7'}");
}

static void a_doi_comes_from_the_article_where_pubmed_has_none(void **state)
{
    (void)state;
    assert_citation("<PMID>1</PMID><Article><ELocationID EIdType='doi'>10.1000/X"
                    "</ELocationID></Article>",
                    "{'doi': '10.1000/x'}");
}

/* ---- what became of it ---- */

/* PMID 5 with these CommentsCorrections. */
static void assert_comments(const char *comments, const char *expected)
{
    struct buffer inside = {0};
    buffer_printf(&inside, "<PMID>5</PMID><CommentsCorrectionsList>%s</CommentsCorrectionsList>",
                  comments);
    assert_citation(inside.bytes, expected);
    buffer_release(&inside);
}

static void notices_on_an_article_are_its_own(void **state)
{
    (void)state;
    assert_comments(
        "<CommentsCorrections RefType='RetractionIn'><RefSource>J Sore Musc. 2022 Mar 4;13(1):2."
        " doi: 10.1000/RET.1.</RefSource><PMID>55</PMID><Note>Figures made up</Note>"
        "</CommentsCorrections><CommentsCorrections RefType='ErratumIn'><RefSource>J Sore Musc. "
        "2021"
        " May;12(5):77</RefSource></CommentsCorrections><CommentsCorrections RefType="
        "'ExpressionOfConcernIn'><RefSource>No date here</RefSource></CommentsCorrections>"
        "<CommentsCorrections RefType='CommentIn'><PMID>56</PMID></CommentsCorrections>"
        "<CommentsCorrections RefType='Cites'><PMID>57</PMID></CommentsCorrections>",
        "{'pmid': '5', 'retracted': true, 'updates': null, 'notices': ["
        "{'type': 'retraction', 'doi': '10.1000/ret.1', 'pmid': '55', 'date': '2022-03-04',"
        " 'source': 'pubmed', 'reason': 'Figures made up'},"
        "{'type': 'correction', 'date': '2021-05', 'source': 'pubmed'},"
        "{'type': 'expression-of-concern', 'source': 'pubmed'}]}");
}

static void the_type_retracted_publication_alone_retracts(void **state)
{
    (void)state;
    assert_citation("<PMID>5</PMID><Article><PublicationTypeList><PublicationType>Retracted "
                    "Publication</PublicationType></PublicationTypeList></Article>",
                    "{'retracted': true, 'publication_types': ['Retracted Publication']}");
    assert_citation("<PMID>5</PMID><Article><PublicationTypeList><PublicationType>Retraction of "
                    "Publication</PublicationType></PublicationTypeList></Article>",
                    "{'retracted': null}");
}

static void a_notice_is_never_called_retracted_for_what_it_does_to_others(void **state)
{
    (void)state;
    assert_comments("<CommentsCorrections RefType='RetractionOf'><RefSource>J Sore Musc. 2020;11:1"
                    "</RefSource><PMID>4</PMID></CommentsCorrections>"
                    "<CommentsCorrections RefType='RetractionIn'><PMID>5</PMID>"
                    "</CommentsCorrections>",
                    "{'retracted': null, 'updates': [{'type': 'retraction', 'pmid': '4', 'date':"
                    " '2020', 'source': 'pubmed'}]}");
    assert_comments("<CommentsCorrections RefType='ErratumFor'><PMID>3</PMID></CommentsCorrections>"
                    "<CommentsCorrections RefType='ExpressionOfConcernFor'><PMID>4</PMID>"
                    "</CommentsCorrections>",
                    "{'retracted': null, 'notices': null, 'updates': ["
                    "{'type': 'correction', 'pmid': '3', 'source': 'pubmed'},"
                    "{'type': 'expression-of-concern', 'pmid': '4', 'source': 'pubmed'}]}");
}

/* Part of an article that was retracted leaves the rest; an article that replaces a retracted one
 * stands, until it is retracted itself. */
static void what_was_retracted_in_part_or_replaced_is_told_apart(void **state)
{
    (void)state;
    const char *replaces = "<CommentsCorrections RefType='RetractedandRepublishedFrom'><PMID>4"
                           "</PMID></CommentsCorrections>";
    struct buffer both = {0};
    assert_comments("<CommentsCorrections RefType='PartialRetractionIn'><PMID>8</PMID>"
                    "</CommentsCorrections>",
                    "{'retracted': null, 'notices': [{'type': 'correction', 'pmid': '8',"
                    " 'source': 'pubmed'}]}");
    assert_comments("<CommentsCorrections RefType='RetractedandRepublishedIn'><PMID>8</PMID>"
                    "</CommentsCorrections>",
                    "{'retracted': true}");
    assert_comments(replaces, "{'retracted': null, 'updates': [{'type': 'retraction', 'pmid': '4',"
                              " 'source': 'pubmed'}]}");
    buffer_printf(&both,
                  "%s<CommentsCorrections RefType='RetractionIn'><PMID>9</PMID>"
                  "</CommentsCorrections>",
                  replaces);
    assert_comments(both.bytes, "{'retracted': true}");
    buffer_release(&both);
}

/* ---- the roots ---- */

static void assert_one(const char *document, const char *expected)
{
    assert_int_equal(format_pubmed_xml.recognise(document, strlen(document)), 100);
    struct reading reading = reading_of_text(&format_pubmed_xml, document);
    assert_counts(&reading, 1, 0);
    assert_record(&reading, 0, expected);
    reading_release(&reading);
}

static void every_root_is_known(void **state)
{
    (void)state;
    assert_one("<PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle>",
               "{'pmid': '1'}");
    assert_one("<MedlineCitationSet><MedlineCitation><PMID>2</PMID><Article><ArticleTitle>Two"
               "</ArticleTitle></Article></MedlineCitation></MedlineCitationSet>",
               "{'pmid': '2', 'title': 'Two'}");
    assert_one("<MedlineCitation><PMID>3</PMID></MedlineCitation>", "{'pmid': '3'}");
    assert_one("<DeleteCitation><PMID>4</PMID></DeleteCitation>", "{'pmid': '4', 'deleted': true}");
    assert_int_equal(format_pubmed_xml.recognise("<html><body>", 12), 0);
    assert_int_equal(format_pubmed_xml.recognise("PMID- 1", 7), 0);
}

static void books_and_their_chapters_are_told_apart(void **state)
{
    (void)state;
    const char *book = "<Book><BookTitle book='x'>Knots of the World</BookTitle><PubDate><Year>2010"
                       "</Year><Month>02</Month></PubDate><AuthorList Type='editors'><Author>"
                       "<LastName>Ed</LastName></Author></AuthorList><AuthorList Type='authors'>"
                       "<Author><LastName>Writer</LastName></Author></AuthorList></Book>";
    struct buffer document = {0};
    buffer_printf(&document,
                  "<PubmedBookArticle><BookDocument><PMID>7</PMID><ArticleIdList><ArticleId "
                  "IdType='bookaccession'>NBK1</ArticleId></ArticleIdList>%s<Language>eng"
                  "</Language><PublicationType>Review</PublicationType></BookDocument>"
                  "</PubmedBookArticle>",
                  book);
    assert_one(document.bytes, "{'pmid': '7', 'title': 'Knots of the World', 'journal': null,"
                               " 'authors': [{'family': 'Writer'}], 'date': '2010-02',"
                               " 'publication_types': ['Review'], 'language': 'eng'}");
    buffer_clear(&document);
    buffer_printf(&document,
                  "<PubmedBookArticle><BookDocument><PMID>8</PMID>%s<ArticleTitle>Bowlines"
                  "</ArticleTitle><AuthorList Type='authors'><Author><LastName>Chap</LastName>"
                  "</Author></AuthorList></BookDocument></PubmedBookArticle>",
                  book);
    assert_one(document.bytes, "{'title': 'Bowlines', 'journal': 'Knots of the World',"
                               " 'authors': [{'family': 'Chap'}]}");
    buffer_release(&document);
}

/* ---- trouble ---- */

static void a_record_without_anything_is_refused_and_the_next_one_read(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_pubmed_xml, "<PubmedArticleSet>\n<PubmedArticle/>\n<MedlineCitation><PMID>2</PMID>"
                            "</MedlineCitation></PubmedArticleSet>");
    assert_counts(&reading, 1, 1);
    assert_warned(&reading, 0, "memory: line 2: the record that ends here was left out: it has");
    assert_record(&reading, 0, "{'pmid': '2'}");
    reading_release(&reading);
}

static void what_was_whole_before_a_fault_is_kept(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_pubmed_xml, "<PubmedArticleSet><MedlineCitation><PMID>1</PMID></MedlineCitation>\n"
                            "<MedlineCitation><PMID>2</PMID></MedlineCitation>\n"
                            "<PubmedArticle>\nwrong</PubmedArticleSet>");
    assert_failed(&reading, ERROR_INVALID, "memory: line 4, column", 2);
    assert_record(&reading, 1, "{'pmid': '2'}");
    reading_release(&reading);
}

static void a_file_cut_anywhere_gives_its_whole_records_and_one_error(void **state)
{
    (void)state;
    struct reading whole = read_sample();
    struct buffer sample = sample_read("sample-pubmed.xml");
    size_t end = (size_t)(strstr(sample.bytes, "</PubmedArticleSet>") - sample.bytes);
    for (size_t length = 0; length < end; length += 3) {
        struct reading reading = reading_of(&format_pubmed_xml, sample.bytes, length);
        assert_false(reading.ok);
        assert_non_null(strstr(reading.err.message, "memory: line "));
        for (size_t i = 0; i < reading.counts.records; i++)
            assert_true(
                json_equal(json_array_get(reading.records, i), json_array_get(whole.records, i)));
        reading_release(&reading);
    }
    reading_release(&whole);
    buffer_release(&sample);
}

/* Nothing of one record may be seen in the next, whose memory it was. */
static void a_record_holds_nothing_of_the_one_before(void **state)
{
    (void)state;
    struct buffer sample = sample_read("sample-pubmed.xml");
    struct buffer document = {0};
    const char *start = strstr(sample.bytes, "<PubmedArticle>");
    size_t length = (size_t)(strstr(sample.bytes, "</PubmedArticleSet>") - start);
    buffer_text(&document, "<PubmedArticleSet>");
    buffer_append(&document, start, length);
    buffer_text(&document, "<MedlineCitation><PMID>2</PMID></MedlineCitation>");
    buffer_append(&document, start, length);
    buffer_text(&document, "</PubmedArticleSet>");
    struct reading reading = reading_of_text(&format_pubmed_xml, document.bytes);
    assert_counts(&reading, 9, 0);
    assert_true(json_equal(json_array_get(reading.records, 0), json_array_get(reading.records, 5)));
    json_t *bare = json_pack("{ssssss}", "source", "pubmed", "source_id", "2", "pmid", "2");
    assert_true(json_equal(json_array_get(reading.records, 4), bare));
    json_decref(bare);
    reading_release(&reading);
    buffer_release(&document);
    buffer_release(&sample);
}

static void an_author_list_without_end_is_cut_and_not_called_complete(void **state)
{
    (void)state;
    struct buffer document = {0};
    buffer_text(&document, "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
                           "<AuthorList CompleteYN='Y'>");
    for (int i = 0; i < FORMAT_LIST_MOST + 5; i++)
        buffer_printf(&document, "<Author><LastName>A%d</LastName></Author>", i);
    buffer_text(&document, "</AuthorList></Article></MedlineCitation></PubmedArticle>");
    struct reading reading = reading_of_text(&format_pubmed_xml, document.bytes);
    assert_counts(&reading, 1, 0);
    assert_int_equal(length_of(&reading, 0, "authors"), FORMAT_LIST_MOST);
    assert_record(&reading, 0, "{'authors_complete': null}");
    reading_release(&reading);
    buffer_release(&document);
}

static void a_record_longer_than_a_record_can_be_is_refused(void **state)
{
    (void)state;
    struct buffer document = {0};
    buffer_text(&document, "<PubmedArticleSet><MedlineCitation><PMID>1</PMID><KeywordList>");
    for (int part = 0; part < 5; part++) {
        buffer_text(&document, "<Keyword>");
        for (int i = 0; i < FORMAT_FIELD_MOST / 16 - 1; i++)
            buffer_text(&document, "sixteen_letters_");
        buffer_text(&document, "</Keyword>");
    }
    buffer_text(&document, "</KeywordList></MedlineCitation><MedlineCitation><PMID>2</PMID>"
                           "</MedlineCitation></PubmedArticleSet>");
    struct reading reading = reading_of_text(&format_pubmed_xml, document.bytes);
    assert_counts(&reading, 1, 1);
    assert_warned(&reading, 0, "the record PMID 1 was left out: it is longer than a record can be");
    reading_release(&reading);
    buffer_release(&document);
}

static void hostile_documents_are_refused(void **state)
{
    (void)state;
    struct reading reading = reading_of_text(
        &format_pubmed_xml, "<!DOCTYPE PubmedArticleSet [<!ENTITY lol 'lol'><!ENTITY lol2 "
                            "'&lol;&lol;'>]><PubmedArticleSet><MedlineCitation><PMID>&lol2;</PMID>"
                            "</MedlineCitation></PubmedArticleSet>");
    assert_failed(&reading, ERROR_INVALID, "line 1, column", 0);
    reading_release(&reading);
    struct buffer deep = {0};
    buffer_text(&deep, "<PubmedArticleSet><MedlineCitation><PMID>1</PMID></MedlineCitation>");
    for (int i = 0; i < 100000; i++)
        buffer_text(&deep, "<PubmedArticle>");
    reading = reading_of_text(&format_pubmed_xml, deep.bytes);
    assert_failed(&reading, ERROR_LIMIT, "256 deep", 1);
    reading_release(&reading);
    buffer_release(&deep);
}

/* ---- files of the services ---- */

static void assert_fixture(const char *name, size_t records, const char *first)
{
    struct reading reading = reading_of_fixture(&format_pubmed_xml, name);
    assert_counts(&reading, records, 0);
    assert_int_equal(json_array_size(reading.warnings), 0);
    assert_record(&reading, 0, first);
    reading_release(&reading);
}

static void files_of_pubmed_are_read(void **state)
{
    (void)state;
    assert_fixture("pubmed/biomcp-efetch-22663011.xml", 1,
                   "{'pmid': '22663011', 'doi': '10.1056/nejmoa1203421', 'pmcid': null,"
                   " 'registrations': ['NCT01245062'], 'date': '2012-07-12', 'volume': '367',"
                   " 'issue': '2', 'pages': '107-14', 'issn': '1533-4406', 'language': 'eng',"
                   " 'journal': 'The New England journal of medicine', 'authors_complete': true,"
                   " 'publication_types': ['Clinical Trial, Phase III', 'Comparative Study',"
                   " 'Journal Article', 'Multicenter Study', 'Randomized Controlled Trial',"
                   " 'Research Support, Non-U.S. Gov\\u0027t'], 'notices': null}");
    assert_fixture("pubmed/biopython-pubmed1.xml", 2,
                   "{'pmid': '12091962', 'doi': null, 'year': 1990, 'date': '1990',"
                   " 'authors': [{'family': 'Olivero', 'given': 'J Michael'}],"
                   " 'abstract': null, 'publication_types': ['Journal Article', 'Review']}");
    assert_fixture("pubmed/biopython-pubmed4-html-title.xml", 1,
                   "{'doi': '10.1136/gutjnl-2016-312510', 'pmcid': 'PMC5442267',"
                   " 'title': 'Leucocyte telomere length, genetic variants at the TERT gene region"
                   " and risk of pancreatic cancer.', 'date': '2017-06'}");
    assert_fixture(
        "pubmed/biopython-pubmed6-escaped-title.xml", 1,
        "{'doi': '10.3389/fphys.2018.01034', 'pmcid': 'PMC6079548', 'title': 'A \\\"Blood"
        " Relationship\\\" Between the Overlooked Minimum Lactate Equivalent and Maximal"
        " Lactate Steady State in Trained Runners. Back to the Old Days?'}");
    assert_fixture("pubmed/jabref-ArticleItalics.xml", 1,
                   "{'pmid': '29872490', 'title': 'Genome-wide significant risk factors on"
                   " chromosome 19 and the APOE locus.', 'pages': '24590-24600'}");
    assert_fixture("pubmed/jabref-Nbib-23633646.xml", 2,
                   "{'pmid': '23633646', 'doi': '10.3275/8949', 'pages': '764-9'}");
    assert_fixture("pubmed/jabref-PubmedBook.xml", 1,
                   "{'pmid': '21413195', 'year': 2009, 'date': '2009-02', 'doi': null,"
                   " 'authors': [{'group': 'National Collaborating Centre for Chronic Conditions"
                   " (UK)'}, {'family': 'Williams', 'given': 'Darlisha A'}],"
                   " 'publication_types': ['Review', 'Practice Guideline']}");
    assert_fixture("pubmed/reciter-28356292.xml", 1,
                   "{'pmid': '28356292', 'title': 'Responses of distal nephron Na+ transporters -"
                   " to acute volume depletion and hyperkalemia.', 'pages': 'F62-F73'}");
    assert_fixture("pubmed/reciter-31482638.xml", 1, "{'doi': '10.1111/cen.14087'}");
    assert_fixture("pubmed/jabref-MathML.xml", 1,
                   "{'doi': '10.1515/jib-2020-0021', 'title': 'CellML 2.0.', 'issue': '2-3'}");
}

static void a_file_in_gzip_is_read(void **state)
{
    (void)state;
    struct reading reading =
        reading_of_fixture(&format_pubmed_xml, "pubmed/titipata-current_medline.xml.gz");
    assert_counts(&reading, 4, 0);
    assert_record(&reading, 0, "{'pmid': '36400559', 'doi': '10.1016/j.ncl.2022.07.002'}");
    assert_record(&reading, 1, "{'pmid': '2930949', 'doi': null, 'pmcid': 'PMC1306303'}");
    assert_record(&reading, 2, "{'pmid': '11446611', 'abstract': null, 'date': '2001'}");
    assert_record(&reading, 3,
                  "{'pmid': '28786991', 'publication_types': ['Journal Article',"
                  " 'Meta-Analysis', 'Review', 'Systematic Review']}");
    reading_release(&reading);
}

/* RefSource: "Biochem J. 1977 Apr 15;164(1):…". */
static void a_retracted_article_carries_its_notice(void **state)
{
    (void)state;
    assert_fixture("pubmed/neilfws-retraction-example.xml", 1,
                   "{'pmid': '993', 'retracted': true, 'notices': [{'type': 'retraction',"
                   " 'pmid': '195582', 'date': '1977-04-15', 'source': 'pubmed'}]}");
}

static void a_malformed_file_is_refused_with_its_line(void **state)
{
    (void)state;
    struct reading reading = reading_of_fixture(&format_pubmed_xml, "pubmed/jabref-Malformed.xml");
    assert_failed(&reading, ERROR_INVALID, "jabref-Malformed.xml: line 4, column", 0);
    reading_release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_read_where_it_stands),
        cmocka_unit_test(dates_are_as_exact_as_they_are_printed),
        cmocka_unit_test(the_electronic_date_stands_in_where_the_issue_says_less),
        cmocka_unit_test(titles_lose_their_markup_and_no_figure),
        cmocka_unit_test(a_title_that_nobody_translated_is_the_vernacular_one),
        cmocka_unit_test(a_registration_that_stands_twice_is_one),
        cmocka_unit_test(an_author_list_that_is_cut_is_not_complete),
        cmocka_unit_test(pages_without_a_range_are_put_together),
        cmocka_unit_test(a_doi_comes_from_the_article_where_pubmed_has_none),
        cmocka_unit_test(notices_on_an_article_are_its_own),
        cmocka_unit_test(the_type_retracted_publication_alone_retracts),
        cmocka_unit_test(a_notice_is_never_called_retracted_for_what_it_does_to_others),
        cmocka_unit_test(what_was_retracted_in_part_or_replaced_is_told_apart),
        cmocka_unit_test(a_citation_that_was_withdrawn_is_deleted),
        cmocka_unit_test(every_root_is_known),
        cmocka_unit_test(books_and_their_chapters_are_told_apart),
        cmocka_unit_test(a_record_without_anything_is_refused_and_the_next_one_read),
        cmocka_unit_test(what_was_whole_before_a_fault_is_kept),
        cmocka_unit_test(a_file_cut_anywhere_gives_its_whole_records_and_one_error),
        cmocka_unit_test(a_record_holds_nothing_of_the_one_before),
        cmocka_unit_test(an_author_list_without_end_is_cut_and_not_called_complete),
        cmocka_unit_test(a_record_longer_than_a_record_can_be_is_refused),
        cmocka_unit_test(hostile_documents_are_refused),
        cmocka_unit_test(files_of_pubmed_are_read),
        cmocka_unit_test(a_file_in_gzip_is_read),
        cmocka_unit_test(a_retracted_article_carries_its_notice),
        cmocka_unit_test(a_malformed_file_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
