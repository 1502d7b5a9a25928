/* The pages of claims and treatments, over the curated base. */
#include "tests/service/api/real_service.h"

#include "evidence/judgement/claim/curated_claim.h"

/* A page; `json` of the answer is the ClaimReview in it, NULL where there is none. */
static struct small_answer page_of(struct small_service *small, const char *target)
{
    static const char open[] = "<script type=\"application/ld+json\">";
    struct small_answer answer = small_get(small, target);
    const char *script = strstr(answer.text, open);
    if (script != NULL) {
        const char *json = script + strlen(open);
        const char *end = strstr(json, "</script>");
        assert_non_null(end);
        answer.json = json_loadb(json, (size_t)(end - json), JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(answer.json);
        assert_null(strstr(end, open)); /* one to a page */
    }
    return answer;
}

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

static const char tens[] = "/claim/tens.is-clinically-proven-and-fda-cleared-for-all-pain";

static void a_claim_is_shown_with_its_verdict_and_its_parts(void **state)
{
    struct small_answer page = page_of(*state, tens);
    assert_int_equal(page.status, 200);
    says(&page, "<title>Misleading: “TENS: is clinically proven ");
    says(&page, "<link rel=\"canonical\" href=\"/claim/tens.is-clinically-proven-and-fda-cleared-");
    says(&page, "<link rel=\"alternate\" type=\"application/json\" href=\"/v1/claims/tens.is-");
    says(&page, "<span>Misleading</span>");
    says(&page, "“is <a class=\"part rust\" href=\"#part-1\">clinically proven<sup>");
    says(&page,
         "<li id=\"part-1\" value=\"1\"><p class=\"judged\"><q dir=\"auto\">clinically proven</q>");
    says(&page, "<li id=\"part-2\" value=\"2\">");
    says(&page, "a TENS machine for muscle and joint pain</a>");
    says(&page, "<h2>What could honestly be said</h2>");
    says(&page, "<h2>How safe</h2>");
    says(&page, "This is not a diagnosis.");
    says(&page, "href=\"/claim/tens.blocks-pain-signals\"");
    says(&page, "href=\"/t/tens\"");
    says_not(&page, " style=");
    small_done(&page);
}

/* What programs read from the page is what the API answers. */
static void the_page_and_the_api_have_the_same_review(void **state)
{
    struct small_service *small = *state;
    const struct curated_claims *claims = curated_claims_of(small->catalog);
    for (size_t i = 0; i < claims->count; i++) {
        struct small_answer page =
            page_of(small, arena_printf(small->arena, "/claim/%s", claims->items[i].id));
        struct small_answer data =
            small_get(small, arena_printf(small->arena, "/v1/claims/%s", claims->items[i].id));
        const json_t *review = small_at(&data, "claim_review");
        assert_int_equal(page.status, 200);
        assert_true(page.json == NULL ? json_is_null(review) : json_equal(page.json, review));
        small_done(&page);
        small_done(&data);
    }
}

static void what_could_not_be_checked_is_told(void **state)
{
    struct small_answer page =
        page_of(*state, "/claim/whole-body-vibration.burns-fat-without-effort");
    says(&page, "<h2>Not checked</h2>");
    says(&page, "<li><q>burns fat</q></li>");
    assert_null(page.json);
    small_done(&page);
}

/* A copy where something was read is told and never linked (backing.h). */
static void a_regulators_action_is_told_with_its_source(void **state)
{
    struct small_answer court = page_of(*state, "/claim/ionic-bracelet.ends-pain-within-seconds");
    says(&court, "US District Court, N.D. Illinois (FTC v. QT, Inc.), 2006 (read at http://");
    says(&court, "Read once: there was no second reading.");
    small_done(&court);
    struct small_answer linked = page_of(*state, "/claim/traction.relieves-pinched-nerves");
    says(&linked, "<p class=\"behind\"><a href=\"http://www.asa.org.uk/");
    small_done(&linked);
}

static void an_unknown_claim_or_treatment_leads_to_the_nearest(void **state)
{
    struct small_answer claim = page_of(*state, "/claim/tens.blocks-pian-signals");
    assert_int_equal(claim.status, 404);
    says(&claim, "<a href=\"/claim/tens.blocks-pain-signals\">");
    says(&claim, "noindex");
    small_done(&claim);
    struct small_answer treatment = page_of(*state, "/t/massage-gnu");
    assert_int_equal(treatment.status, 404);
    says(&treatment, "<a href=\"/t/massage-gun\">");
    small_done(&treatment);
    struct small_answer hostile = page_of(*state, "/claim/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assert_int_equal(hostile.status, 404);
    says_not(&hostile, "<script>");
    small_done(&hostile);
}

static void before_the_base_is_loaded_the_pages_say_so(void **state)
{
    struct small_service empty = *(struct small_service *)*state;
    empty.catalog = NULL;
    static const char *const targets[] = {tens, "/t/tens"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct small_answer page = page_of(&empty, targets[i]);
        assert_int_equal(page.status, 503);
        says(&page, "still being loaded");
        small_done(&page);
    }
}

/* The promise of /t/{intervention}: it is about that treatment, and has what is said of it. */
static void every_treatment_has_its_page_with_its_claims(void **state)
{
    struct small_service *small = *state;
    const struct base *base = catalog_base(small->catalog);
    for (size_t i = 0; i < base->intervention_count; i++) {
        size_t count;
        const struct intervention *one = &base->interventions[i];
        const struct curated_claim *claims = curated_claims_about(small->catalog, one, &count);
        struct small_answer page = page_of(small, arena_printf(small->arena, "/t/%s", one->id));
        assert_int_equal(page.status, 200);
        for (size_t j = 0; j < count; j++)
            says(&page, arena_printf(small->arena, "<a href=\"/claim/%s\">", claims[j].id));
        if (count == 0)
            says_not(&page, "What is said of it, judged");
        small_done(&page);
    }
}

/* The base with one more claim, of its first treatment. */
static struct catalog *with_claim(const char *text)
{
    static const struct catalog_stamp stamp = {.hash = "0", .changed = SMALL_CHANGED};
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct error err = {0};
    struct base base;
    base_read_folder("evidence/data", &base, &problems);
    struct intervention *all = arena_array(arena, base.intervention_count, sizeof *all);
    memcpy(all, base.interventions, base.intervention_count * sizeof *all);
    const char **claims = arena_array(arena, 2, sizeof *claims);
    claims[0] = text;
    all[0].claims = claims;
    base.interventions = all;
    return knowledge_of(arena, &base, &stamp, &err);
}

static void markup_in_a_claim_stays_text(void **state)
{
    static const char text[] =
        "cures neck pain</script><img src=x onerror=alert(1)>\xE2\x80\xA8\"&'";
    struct small_service small = *(struct small_service *)*state;
    small.catalog = with_claim(text);
    assert_non_null(small.catalog);
    const char *id = curated_claims_of(small.catalog)->items[0].id;
    struct small_answer page = page_of(&small, arena_printf(small.arena, "/claim/%s", id));
    assert_int_equal(page.status, 200);
    says_not(&page, "<img src=x");
    says(&page, "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;");
    assert_non_null(
        strstr(json_string_value(small_at(&page, "claimReviewed")), text)); /* reads back whole */
    small_done(&page);
    catalog_release(small.catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_claim_is_shown_with_its_verdict_and_its_parts),
        cmocka_unit_test(the_page_and_the_api_have_the_same_review),
        cmocka_unit_test(what_could_not_be_checked_is_told),
        cmocka_unit_test(a_regulators_action_is_told_with_its_source),
        cmocka_unit_test(an_unknown_claim_or_treatment_leads_to_the_nearest),
        cmocka_unit_test(before_the_base_is_loaded_the_pages_say_so),
        cmocka_unit_test(every_treatment_has_its_page_with_its_claims),
        cmocka_unit_test(markup_in_a_claim_stays_text),
    };
    return cmocka_run_group_tests(tests, real_start, real_stop);
}
