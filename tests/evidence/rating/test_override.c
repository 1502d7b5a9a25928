/* A curator's word beside the computed verdict (METHOD V4). */
#include "tests/evidence/rating/small_base.h"

#include "evidence/rating/override.h"
#include "evidence/rating/what_if.h"

/* A base of one good trial against a sham, with the document of overrides (single quotes for double
 * ones; NULL: absent). */
static struct small *base_with(const char *overrides)
{
    struct small *small = small_new();
    small_simple(small, "a", "sham", 400, -1.5, RATED("low"));
    small_trial(small, "b", 2016, "neck-pain", RATED("low"),
                small_pain(small, "active:exercise", small_md(small, -1.5, -2, -1)));
    small_trial(small, "c", 2016, "neck-pain", "",
                "{'intervention':'massage','comparator':'sham','outcome':'adverse-events',"
                "'better':'lower','window':'short','favours':'neither'}");
    if (overrides == NULL)
        return small;
    struct document *documents = arena_array(small->arena, 3, sizeof *documents);
    char *text = arena_strdup(small->arena, overrides);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    documents[0] = small->base.documents[0];
    documents[1] = (struct document){"overrides", text, strlen(text)};
    documents[2] = small->base.documents[1];
    small->base.documents = documents;
    small->base.document_count = 3;
    return small;
}

#define OVERRIDE(question, verdict, reason)                                                        \
    "{'question':'" question "','verdict':'" verdict "','reason':'" reason                         \
    "','by':'A. Curator','date':'2026-11-22'}"
#define DOCUMENT(list) "{'overrides':[" list "]}"
#define DOUBT          OVERRIDE(PAIN_SHAM, "may-work", "the sham was found out by most")

static void an_override_stands_beside_the_computed_verdict_and_never_hides_it(void **state)
{
    (void)state;
    struct small *plain = base_with(NULL);
    struct small *small = base_with(DOCUMENT(DOUBT));
    struct catalog *without = small_rate(plain);
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    assert_non_null(rating->override);
    assert_string_equal(rating->override->verdict, "may-work");
    assert_string_equal(rating->override->by, "A. Curator");
    assert_true(small_traced(catalog, rating, "V4"));
    assert_string_equal(small_dump(small, catalog), small_dump(plain, without));
    assert_null(small_rating(without, PAIN_SHAM)->override);
    assert_null(
        small_rating(catalog, "massage.neck-pain.active-exercise.pain-intensity.short")->override);
    assert_ptr_equal(small_headline(small, catalog, "neck-pain")->rating->override,
                     rating->override);
    assert_string_equal(small_headline(small, catalog, "neck-pain")->verdict, "probably-works");
    catalog_release(catalog);
    catalog_release(without);
}

static void it_is_told_with_its_reason_who_and_when(void **state)
{
    (void)state;
    struct small *small = base_with(DOCUMENT(DOUBT));
    struct catalog *catalog = small_rate(small);
    const char *told = override_sentence(small_rating(catalog, PAIN_SHAM)->override, small->arena);
    says(told, "\"May work\" (A. Curator, 2026-11-22)");
    says(told, "the sham was found out by most. The verdict above");
    says(told, "stands");
    catalog_release(catalog);
}

static void what_if_has_none_for_it_was_not_said_of_other_studies(void **state)
{
    (void)state;
    struct small *small = base_with(DOCUMENT(DOUBT));
    struct catalog *catalog = small_rate(small);
    struct error err = {0};
    const struct risk_change worse = {"ts:a", RISK_HIGH};
    const struct what_if changes = {.risks = &worse, .risk_count = 1};
    const struct rating *after =
        catalog_what_if(catalog, small_rating(catalog, PAIN_SHAM), &changes, small->arena, &err);
    assert_non_null(after);
    assert_null(after->override);
    catalog_release(catalog);
}

static void what_a_question_cannot_have_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *overrides;
        const char *says;
    } cases[] = {
        {OVERRIDE("massage.neck-pain.sham.pain-intensity.long", "works", "r"),
         "nothing in the base"},
        {OVERRIDE(PAIN_SHAM, "wonderful", "r"), "\"wonderful\" is no verdict"},
        {OVERRIDE(PAIN_SHAM, "better", "r"),
         "\"better\" is no verdict that a question against sham"},
        {OVERRIDE(PAIN_SHAM, "untested", "r"), "\"untested\" is no verdict"},
        {OVERRIDE("massage.neck-pain.active-exercise.pain-intensity.short", "works", "r"),
         "against active"},
        {OVERRIDE("massage.neck-pain.sham.adverse-events.short", "works", "r"), "a harm"},
        {OVERRIDE(PAIN_SHAM, "works", " "), "needs a reason"},
        {"{'question':'" PAIN_SHAM "','verdict':'works','reason':'r','by':' ','date':'2026-11-22'}",
         "somebody"},
        {"{'question':'" PAIN_SHAM "','verdict':'works','reason':'r','by':'x','date':'tomorrow'}",
         "no date"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct small *small = base_with(arena_printf(arena, DOCUMENT("%s"), cases[i].overrides));
        struct problems problems = {.arena = arena};
        struct catalog *catalog = small_rate(small); /* a store can still be read */
        catalog_check(catalog, &problems);
        assert_int_equal(problems.count, 1);
        assert_string_equal(problems.items[0]->file, "overrides");
        says(problems.items[0]->detail, cases[i].says);
        catalog_release(catalog);
        arena_free(arena);
    }
}

static void what_it_may_be_passes(void **state)
{
    (void)state;
    static const char *const good[] = {
        "", DOUBT, OVERRIDE(PAIN_SHAM, "unproven", "r"), OVERRIDE(PAIN_SHAM, "harmful", "r"),
        OVERRIDE("massage.neck-pain.active-exercise.pain-intensity.short", "no-different", "r")};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct arena *arena = arena_new();
        struct problems problems = {.arena = arena};
        struct catalog *catalog =
            small_rate(base_with(arena_printf(arena, DOCUMENT("%s"), good[i])));
        catalog_check(catalog, &problems);
        assert_int_equal(problems.count, 0);
        catalog_release(catalog);
        arena_free(arena);
    }
}

static void a_document_of_another_form_is_refused_at_once(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "{",
        "[]",
        "{}",
        "{'overrides':{}}",
        "{'overrides':[],'more':1}",
        DOCUMENT("{'question':'" PAIN_SHAM "','verdict':'works','by':'x','date':'2026-11-22'}"),
        DOCUMENT("{'question':'" PAIN_SHAM
                 "','verdict':'works','reason':'','by':'x','date':'2026-11-22'}"),
        DOCUMENT(DOUBT "," DOUBT)};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct small *small = base_with(bad[i]);
        struct catalog_stamp stamp = {.hash = "0"};
        struct error err = {0};
        if (catalog_new(small->arena, &small->base, &stamp, &err) != NULL)
            fail_msg("case %zu was taken", i);
        assert_int_equal(err.kind, ERROR_INVALID);
        arena_free(small->arena);
    }
}

static void they_are_written_as_they_are_read(void **state)
{
    (void)state;
    struct small *small = base_with(DOCUMENT(OVERRIDE(
        "massage.neck-pain.active-exercise.pain-intensity.short", "worse", "r") "," DOUBT));
    struct catalog *catalog = small_rate(small);
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 0);
    overrides_write(catalog_overrides(catalog), &json);
    struct small *again = base_with(buffer_string(&out));
    struct catalog *back = small_rate(again);
    assert_int_equal(catalog_overrides(back)->count, 2);
    assert_string_equal(small_rating(back, PAIN_SHAM)->override->reason,
                        "the sham was found out by most");
    buffer_release(&out);
    catalog_release(back);
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_override_stands_beside_the_computed_verdict_and_never_hides_it),
        cmocka_unit_test(it_is_told_with_its_reason_who_and_when),
        cmocka_unit_test(what_if_has_none_for_it_was_not_said_of_other_studies),
        cmocka_unit_test(what_a_question_cannot_have_is_refused),
        cmocka_unit_test(what_it_may_be_passes),
        cmocka_unit_test(a_document_of_another_form_is_refused_at_once),
        cmocka_unit_test(they_are_written_as_they_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
