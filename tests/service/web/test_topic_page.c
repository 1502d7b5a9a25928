/* The pages of a treatment and of a complaint over a small base with a store, and what they cite.
 */
#include "tests/service/api/small_service.h"

#include "evidence/store/changes.h"
#include "service/web/cite_view.h"
#include "service/web/of_100_view.h"

static const char page_address[] = "/t/massage/neck-pain";

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

static struct small_answer what_if_page(struct small_service *small, const char *query)
{
    return small_get(small, arena_printf(small->arena, "%s?%s", page_address, query));
}

/* ---- what if ---- */

static const char massage_question[] = "massage.neck-pain.nothing.pain-intensity.short";

static void a_study_left_out_is_told_as_a_what_if_and_not_as_ours(void **state)
{
    struct small_answer page = what_if_page(*state, "without=pmid%3A2");
    assert_int_equal(page.status, 200);
    says(&page, "Not our verdict, a what-if.</strong> With Zwei 2010 left out it would be:");
    says(&page, "You followed a link that leaves studies out");
    says(&page, "name=\"without\" value=\"pmid:2\" checked");
    says(&page, "<link rel=\"canonical\" href=\"/t/massage/neck-pain\">");
    small_done(&page);
}

static void the_comparison_is_named_by_its_question(void **state)
{
    struct small_service *small = *state;
    struct small_answer page =
        what_if_page(small, arena_printf(small->arena, "of=%s&without=pmid%%3A3&without=pmid%%3A3",
                                         massage_question));
    says(&page, "With Drei 2012 left out it would be:");
    small_done(&page);
    page = what_if_page(small, "of=massage.neck-pain.sham.pain-intensity.long&without=pmid%3A3");
    says_not(&page, "Not our verdict");
    small_done(&page);
}

/* A study of another question, an unknown one, markup: the page is as without them. */
static void what_is_no_study_of_it_is_passed_over(void **state)
{
    static const char *const queries[] = {"without=pmid%3A5", "without=none",
                                          "without=",         "without=%22%3E%3Cscript%3E",
                                          "of=none",          "moon=full"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct small_answer page = what_if_page(*state, queries[i]);
        assert_int_equal(page.status, 200);
        says_not(&page, "Not our verdict");
        says_not(&page, "\"><script>");
        small_done(&page);
    }
}

/* ---- what changed ---- */

static void a_change_is_told_with_its_cause_and_its_study(void **state)
{
    struct small_service *small = *state;
    struct error err = {0};
    struct verdict_change made[] = {{.question = massage_question,
                                     .before_verdict = "unproven",
                                     .before_certainty = "very-low",
                                     .after_verdict = "may-work",
                                     .after_certainty = "low",
                                     .cause = CHANGE_STUDY_RETRACTED,
                                     .studies = (const char *const[]){"pmid:4", NULL}}};
    struct store *store = store_open(small->db, STORE_WRITE, &err);
    assert_non_null(store);
    assert_true(store_add_changes(store, made, 1, "import", SMALL_CHANGED, &err));
    store_close(store);
    struct small_answer page = small_get(small, page_address);
    says(&page, "is followed here since 1 January 2026.</p>");
    says(&page, "from “We don&#39;t know yet, very low certainty” to “May work, low certainty”");
    says(&page, "because a study was retracted: <a href=");
    small_done(&page);
}

/* ---- a complaint ---- */

static void a_complaint_is_narrowed_by_kind_and_unknown_kinds_narrow_nothing(void **state)
{
    struct small_answer page = small_get(*state, "/c/neck-pain?kind=device");
    says(&page, "href=\"/c/neck-pain?kind=device\" aria-current=\"true\"");
    says_not(&page, "href=\"/t/massage/neck-pain\">");
    small_done(&page);
    page = small_get(*state, "/c/neck-pain?kind=%3Cb%3E");
    says(&page, "href=\"/c/neck-pain\" aria-current=\"true\"");
    says(&page, "href=\"/t/massage/neck-pain\">");
    small_done(&page);
}

/* The small base has no rule books: nothing is said of what it does not know. */
static void without_rule_books_nothing_is_said_of_stopping(void **state)
{
    struct small_answer page = small_get(*state, page_address);
    says_not(&page, "When to stop");
    says_not(&page, "See someone first");
    says_not(&page, "How to do it safely");
    says(&page, "Not recorded here.");
    small_done(&page);
}

/* ---- citing ---- */

static void a_citation_escapes_what_bibtex_would_run(void **state)
{
    struct small_service *small = *state;
    struct buffer out = {0};
    const struct page page = {.arena = small->arena, .catalog = small->catalog};
    const struct cited cited = {
        .id = "x", .title = "50 % of {a_b} & \\end ~ # $1", .address = "https://example.org/t/x"};
    cite_put_bibtex(&page, &cited, &out);
    assert_non_null(strstr(out.bytes,
                           "title = {{50 \\% of \\{a\\_b\\} \\& \\textbackslash{}end \\~{} \\# "
                           "\\$1}}"));
    assert_non_null(strstr(out.bytes, "year = {2026}"));
    buffer_clear(&out);
    cite_put_csl(&page, &cited, &out);
    json_t *csl = json_loads(buffer_string(&out), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(csl);
    assert_string_equal(json_string_value(json_object_get(csl, "title")), cited.title);
    json_decref(csl);
    buffer_release(&out);
}

/* ---- of 100 people ---- */

static void people_are_told_only_where_a_figure_stands(void **state)
{
    struct small_service *small = *state;
    const struct rating *told = catalog_find_rating(small->catalog, massage_question);
    assert_non_null(told);
    struct of_100 people = of_100_of(told);
    assert_int_equal(people.known, told->responders.known);
    const struct rating *none =
        catalog_find_rating(small->catalog, "massage-gun.neck-pain.sham.pain-intensity.short");
    assert_non_null(none);
    assert_false(of_100_of(none).known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_study_left_out_is_told_as_a_what_if_and_not_as_ours),
        cmocka_unit_test(the_comparison_is_named_by_its_question),
        cmocka_unit_test(what_is_no_study_of_it_is_passed_over),
        cmocka_unit_test(a_change_is_told_with_its_cause_and_its_study),
        cmocka_unit_test(a_complaint_is_narrowed_by_kind_and_unknown_kinds_narrow_nothing),
        cmocka_unit_test(without_rule_books_nothing_is_said_of_stopping),
        cmocka_unit_test(a_citation_escapes_what_bibtex_would_run),
        cmocka_unit_test(people_are_told_only_where_a_figure_stands),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
