/* The pages of studies, over five hand-made ones: under which address they stand, and that what
 * befell a study, who looked at it and what it counts for is told as it is. */
#include "tests/service/api/small_service.h"

#include "importers/intake/intake.h"
#include "service/web/address.h"

static void says(const struct small_answer *page, const char *text)
{
    if (strstr(page->text, text) == NULL)
        fail_msg("the page does not say: %s", text);
}

static void says_not(const struct small_answer *page, const char *text)
{
    if (strstr(page->text, text) != NULL)
        fail_msg("the page says: %s", text);
}

static void comes_before(const struct small_answer *page, const char *first, const char *second)
{
    says(page, first);
    says(page, second);
    assert_true(strstr(page->text, first) < strstr(page->text, second));
}

static void a_study_stands_under_its_first_id_raw_or_encoded(void **state)
{
    static const struct {
        const char *target;
        int status;
    } asked[] = {{"/study/pmid:2", 200},
                 {"/study/pmid%3A2", 200},
                 {"/study/PMID:2", 301},
                 {"/study/doi:10.1/two", 301},
                 {"/study/doi:10.1%2Ftwo", 301},
                 {"/study/ref:two", 301},
                 {"/study/doi:10.1/small.one", 200},
                 {"/study/DOI:10.1/SMALL.one", 301},
                 {"/study/pmid:99", 404},
                 {"/study/two", 404}};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct small_answer page = small_get(*state, asked[i].target);
        if (page.status != asked[i].status)
            fail_msg("%s: %d", asked[i].target, page.status);
        small_done(&page);
    }
}

/* Worked out by hand: RFC 3986 allows ':', '/', '(' and ')' in a path, '<', '#' and ';' of a DOI
 * are escaped. */
static void an_id_is_an_address_that_reads_back(void **state)
{
    struct small_service *small = *state;
    assert_string_equal(address_of_study("doi:10.1002/(SICI)1<2::AID>3.0;2-#", small->arena),
                        "/study/doi:10.1002/(SICI)1%3C2::AID%3E3.0%3B2-%23");
    assert_string_equal(address_of_study("pmid:2", small->arena), "/study/pmid:2");
}

static void a_study_is_told_in_plain_words(void **state)
{
    struct small_answer page = small_get(*state, "/study/pmid:2");
    says(&page, "<link rel=\"canonical\" href=\"/study/pmid:2\">");
    says(&page, "href=\"/v1/studies/pmid:2\"");
    says(&page, "Randomised trial. Chance decided");
    says(&page, "80 people. People with neck pain.");
    says(&page, "massage against doing without it");
    says(&page, "mean 3 (standard deviation 2), 40 people");
    says(&page, "Nobody has judged it yet");
    says(&page, "read from the source once");
    says(&page, "soreness");
    says(&page, "href=\"https://pubmed.ncbi.nlm.nih.gov/2/\"");
    says(&page, "\"@type\":\"MedicalTrial\"");
    says(&page, "https://schema.org/RandomizedTrial");
    says(&page, "/report?about=%2Fstudy%2Fpmid%3A2");
    says_not(&page, "Retracted");
    small_done(&page);
}

/* Two trials of 80 and 60 people against nothing: the larger one weighs more. */
static void where_it_stands_among_the_others_is_told(void **state)
{
    struct small_answer page = small_get(*state, "/study/pmid:2");
    says(&page, "the heaviest of 2");
    says(&page, "Questions to which it counts");
    small_done(&page);
    page = small_get(*state, "/study/pmid:3");
    says(&page, "place 2 of 2 by weight");
    small_done(&page);
}

static void a_retraction_stands_before_everything_else(void **state)
{
    struct small_answer page = small_get(*state, "/study/pmid:4");
    assert_int_equal(page.status, 200);
    says(&page, "<title>Retracted: Vier 2014");
    comes_before(&page, "<strong>Retracted.</strong> Do not rely on it.", "What was asked");
    says(&page, "It counts to none of them.");
    says(&page, "\"status\":\"Retracted\"");
    small_done(&page);
}

static void the_list_is_narrowed_down_by_addresses(void **state)
{
    struct small_answer page = small_get(*state, "/studies?q=kneading&retracted=yes&nonsense=1");
    says(&page, "<h2 id=\"found\">1 study, best match first</h2>");
    says(&page, "href=\"/study/pmid:4\"");
    says(&page, "Retracted: counts for nothing.");
    says(&page, "href=\"/studies?q=kneading\"");
    says_not(&page, "href=\"/study/pmid:2\"");
    small_done(&page);
    page = small_get(*state, "/studies");
    says(&page, "5 studies, newest first");
    comes_before(&page, "href=\"/study/pmid:5\"", "href=\"/study/doi:10.1/small.one\"");
    says(&page, "href=\"/studies?year=2012\"");
    small_done(&page);
}

static void a_filter_that_names_nothing_is_left_out_and_said(void **state)
{
    struct small_answer page = small_get(*state, "/studies?intervention=%3Cb%3E&design=guess");
    assert_int_equal(page.status, 200);
    says(&page, "Nothing here is called “&lt;b&gt;”");
    says(&page, "Nothing here is called “guess”");
    says(&page, "5 studies");
    small_done(&page);
}

static void nothing_found_is_no_proof(void **state)
{
    struct small_answer page = small_get(*state, "/studies?q=zaphod");
    says(&page, "0 studies");
    says(&page, "That is no proof that there is none");
    says(&page, "<meta name=\"robots\" content=\"noindex\">");
    small_done(&page);
}

/* ---- what importers brought in ---- */

static void bring(struct small_service *small)
{
    const struct intake_stamp stamp = {.who = "import", .now = SMALL_CHANGED};
    struct error err = {0};
    struct intake_took took;
    struct record record;
    struct store *store = store_open(small->db, STORE_WRITE, &err);
    assert_non_null(store);
    record_init(&record);
    record.source = "pubmed";
    record.source_id = record.pmid = "77";
    record.doi = "10.7/seven";
    record.title = "Taping <of> office workers";
    record.year = 2017;
    if (!intake_take(store, &record, &stamp, small->arena, &took, &err))
        fail_msg("%s", err.message);
    store_close(store);
}

static void what_a_program_found_is_told_apart(void **state)
{
    bring(*state);
    struct small_answer page = small_get(*state, "/study/pmid:77");
    assert_int_equal(page.status, 200);
    says(&page, "Nobody here has looked at it.");
    says(&page, "Taping &lt;of&gt; office workers");
    says(&page, "<meta name=\"robots\" content=\"noindex\">");
    says_not(&page, "application/ld+json");
    small_done(&page);
    page = small_get(*state, "/study/doi:10.7/seven");
    assert_int_equal(page.status, 301);
    small_done(&page);
    page = small_get(*state, "/studies?status=unscreened&q=taping");
    says(&page, "1 record");
    says(&page, "They count in no verdict");
    says(&page, "href=\"/study/pmid:77\"");
    small_done(&page);
    page = small_get(*state, "/studies?q=taping");
    says_not(&page, "href=\"/study/pmid:77\"");
    small_done(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_study_stands_under_its_first_id_raw_or_encoded),
        cmocka_unit_test(an_id_is_an_address_that_reads_back),
        cmocka_unit_test(a_study_is_told_in_plain_words),
        cmocka_unit_test(where_it_stands_among_the_others_is_told),
        cmocka_unit_test(a_retraction_stands_before_everything_else),
        cmocka_unit_test(the_list_is_narrowed_down_by_addresses),
        cmocka_unit_test(a_filter_that_names_nothing_is_left_out_and_said),
        cmocka_unit_test(nothing_found_is_no_proof),
        cmocka_unit_test(what_a_program_found_is_told_apart),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
