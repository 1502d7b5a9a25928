/* /v1/claims over the curated base, which alone has the words of claims. */
#include "tests/service/api/real_service.h"

#include "evidence/judgement/claim/curated_claim.h"

/* ---- lists ---- */

static void claims_are_listed_with_their_verdicts(void **state)
{
    struct small_service *small = *state;
    struct arena *arena = small->arena;
    struct small_answer answer = small_get(small, "/v1/claims?limit=500");
    const struct curated_claims *claims = curated_claims_of(small->catalog);
    assert_int_equal(small_size(&answer, "items"), claims->count);
    small_null(&answer, "next");
    for (size_t i = 0; i < claims->count; i++) {
        const char *at = arena_printf(arena, "items.%zu.", i);
        small_text(&answer, arena_printf(arena, "%sid", at), claims->items[i].id);
        small_text(&answer, arena_printf(arena, "%stext", at), claims->items[i].text);
        small_text(&answer, arena_printf(arena, "%sverdict", at),
                   claim_verdict_names[claims->items[i].verdict]);
        assert_int_equal(small_size(&answer, arena_printf(arena, "%satoms", at)),
                         claims->items[i].part_count);
        small_text(&answer, arena_printf(arena, "%slinks.self", at),
                   arena_printf(arena, "/v1/claims/%s", claims->items[i].id));
    }
    small_done(&answer);
}

static void pages_of_the_list_join_without_gap_or_double(void **state)
{
    struct small_service *small = *state;
    const struct curated_claims *claims = curated_claims_of(small->catalog);
    const char *target = "/v1/claims?limit=40";
    size_t seen = 0;
    while (target != NULL) {
        struct small_answer answer = small_get(small, target);
        for (size_t i = 0; i < small_size(&answer, "items"); i++)
            small_text(&answer, arena_printf(small->arena, "items.%zu.id", i),
                       claims->items[seen++].id);
        const json_t *next = small_at(&answer, "next");
        assert_true(json_is_null(next) == (answer.link == NULL));
        target = json_is_null(next) ? NULL
                                    : arena_printf(small->arena, "/v1/claims?limit=40&cursor=%s",
                                                   json_string_value(next));
        small_done(&answer);
    }
    assert_int_equal(seen, claims->count);
}

static void the_list_is_filtered_by_treatment_and_verdict(void **state)
{
    struct small_service *small = *state;
    struct small_answer answer =
        small_get(small, "/v1/claims?intervention=tens&verdict=misleading&limit=500");
    assert_int_equal(small_size(&answer, "items"), 1);
    small_text(&answer, "items.0.id", "tens.is-clinically-proven-and-fda-cleared-for-all-pain");
    small_text(&answer, "items.0.atoms.1.type", "authority");
    small_done(&answer);
    small_refused(small, "/v1/claims?intervention=tns", 400, "nearest: tens");
    small_refused(small, "/v1/claims?verdict=false", 400, "not-checkable");
    small_refused(small, "/v1/claims?cursor=nothing", 400, "?cursor");
    small_refused(small, "/v1/claims?kind=device", 400, "?kind");
}

/* ---- one ---- */

static void a_claim_has_the_shape_of_one_that_was_sent(void **state)
{
    struct small_answer one = small_get(*state, "/v1/claims/cbd.said-to-relax-muscles-and-ease-"
                                                "pain-without-side-effects");
    struct small_answer sent =
        small_send(*state, METHOD_POST, "/v1/claims",
                   "{\"text\":\"Said to relax muscles and ease pain without side effects\"}");
    assert_int_equal(one.status, 200);
    const char *key;
    json_t *value;
    json_object_foreach(sent.json, key, value) if (strcmp(key, "curated") != 0) small_at(&one, key);
    small_text(&one, "intervention.id", "cbd");
    small_text(&one, "verdict", "contradicted");
    small_text(&one, "badge", "Contradicted");
    small_text(&one, "atoms.2.type", "safety");
    small_text(&one, "links.page",
               "/claim/cbd.said-to-relax-muscles-and-ease-pain-without-side-"
               "effects");
    assert_non_null(one.modified);
    small_done(&one);
    small_done(&sent);
}

static void an_unknown_claim_comes_with_the_nearest(void **state)
{
    small_refused(*state, "/v1/claims/tens.bloks-pain-signals", 404,
                  "\"nearest\":[\"tens.blocks-pain-signals\"");
    small_refused(*state, "/v1/claims/tens.blocks", 404,
                  "\"nearest\":[\"tens.blocks-pain-signals\"");
    small_refused(*state, "/v1/claims/tens.sings", 404, "\"tens.blocks-pain-signals\"");
    small_refused(*state, "/v1/claims/moon-crystals.glow", 404, "\"nearest\":[]");
    small_refused(*state, "/v1/claims/%22", 404, "\\\"");
    small_refused(*state, "/v1/claims/tens.blocks-pain-signals?x=", 400, "?x");
}

static void a_text_that_says_a_curated_claim_is_told_so(void **state)
{
    struct small_answer same =
        small_send(*state, METHOD_POST, "/v1/claims", "{\"text\":\"Blocks pain signals!\"}");
    assert_int_equal(small_size(&same, "curated"), 1);
    small_text(&same, "curated.0.id", "tens.blocks-pain-signals");
    small_text(&same, "curated.0.intervention.id", "tens");
    small_text(&same, "curated.0.links.self", "/v1/claims/tens.blocks-pain-signals");
    assert_null(json_object_get(same.json, "claim_review"));
    small_done(&same);
    struct small_answer other =
        small_send(*state, METHOD_POST, "/v1/claims", "{\"text\":\"Melts knots in seconds\"}");
    assert_int_equal(small_size(&other, "curated"), 0);
    small_done(&other);
}

static void a_treatment_tells_what_is_said_of_it(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/interventions/tens");
    assert_int_equal(small_size(&answer, "claims"), 6);
    small_text(&answer, "claims.0.id", "tens.blocks-pain-signals");
    small_text(&answer, "claims.0.text", "blocks pain signals");
    small_text(&answer, "claims.0.verdict", "unsupported");
    small_text(&answer, "claims.0.atoms.0.text", "blocks pain signals");
    small_text(&answer, "claims.0.links.page", "/claim/tens.blocks-pain-signals");
    small_done(&answer);
}

static void the_same_question_has_the_same_bytes(void **state)
{
    static const char *const targets[] = {"/v1/claims", "/v1/claims/tens.blocks-pain-signals",
                                          "/v1/interventions/tens"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct small_answer first = small_get(*state, targets[i]);
        struct small_answer again = small_get(*state, targets[i]);
        assert_string_equal(first.text, again.text);
        small_done(&first);
        small_done(&again);
    }
}

/* ---- ClaimReview ---- */

/* What schema.org and the readers of ClaimReview ask for. */
static void check_review(const struct small_answer *answer, const struct curated_claim *claim)
{
    small_text(answer, "claim_review.@context", "https://schema.org");
    small_text(answer, "claim_review.@type", "ClaimReview");
    small_text(answer, "claim_review.author.@type", "Organization");
    small_text(answer, "claim_review.itemReviewed.@type", "Claim");
    small_text(answer, "claim_review.reviewRating.@type", "Rating");
    const char *said = json_string_value(small_at(answer, "claim_review.claimReviewed"));
    assert_non_null(strstr(said, claim->text));
    assert_int_equal(
        strncmp(said, claim->intervention->name, strcspn(claim->intervention->name, "(") - 1), 0);
    assert_string_not_equal(
        json_string_value(small_at(answer, "claim_review.reviewRating.alternateName")), "");
    double value = json_number_value(small_at(answer, "claim_review.reviewRating.ratingValue"));
    small_number(answer, "claim_review.reviewRating.worstRating", 1);
    small_number(answer, "claim_review.reviewRating.bestRating", 6);
    assert_true(value >= 1 && value <= 6);
}

static void every_judged_claim_has_its_review_and_no_other(void **state)
{
    struct small_service *small = *state;
    const struct curated_claims *claims = curated_claims_of(small->catalog);
    for (size_t i = 0; i < claims->count; i++) {
        const struct curated_claim *claim = &claims->items[i];
        struct small_answer answer =
            small_get(small, arena_printf(small->arena, "/v1/claims/%s", claim->id));
        if (claim->verdict == CLAIM_NONE || claim->verdict == CLAIM_NOT_CHECKABLE)
            small_null(&answer, "claim_review");
        else
            check_review(&answer, claim);
        small_done(&answer);
    }
}

/* METHOD 6: misleading is the worst, then contradicted, unsupported, overstated, partly-supported;
 * supported is the best. */
static void a_better_verdict_has_a_higher_rating(void **state)
{
    static const char *const from_worst[] = {"misleading", "contradicted",     "unsupported",
                                             "overstated", "partly-supported", "supported"};
    struct small_service *small = *state;
    for (int i = 0; i < 6; i++) {
        struct small_answer list =
            small_get(small, arena_printf(small->arena, "/v1/claims?verdict=%s", from_worst[i]));
        if (small_size(&list, "items") > 0) {
            const char *self = json_string_value(small_at(&list, "items.0.links.self"));
            struct small_answer one = small_get(small, self);
            small_number(&one, "claim_review.reviewRating.ratingValue", i + 1);
            small_done(&one);
        }
        small_done(&list);
    }
}

static void a_review_is_dated_by_the_base_and_never_by_the_clock(void **state)
{
    struct small_service *small = *state;
    struct small_answer answer = small_get(small, "/v1/claims/tens.blocks-pain-signals");
    small_text(&answer, "claim_review.datePublished", catalog_dataset(small->catalog)->collected);
    small_done(&answer);
}

static void addresses_of_a_review_are_whole(void **state)
{
    struct small_answer whole = small_get(*state, "/v1/claims/tens.blocks-pain-signals");
    small_text(&whole, "claim_review.url", "https://example.org/claim/tens.blocks-pain-signals");
    small_text(&whole, "claim_review.author.url", "https://example.org/");
    small_done(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_are_listed_with_their_verdicts),
        cmocka_unit_test(pages_of_the_list_join_without_gap_or_double),
        cmocka_unit_test(the_list_is_filtered_by_treatment_and_verdict),
        cmocka_unit_test(a_claim_has_the_shape_of_one_that_was_sent),
        cmocka_unit_test(an_unknown_claim_comes_with_the_nearest),
        cmocka_unit_test(a_text_that_says_a_curated_claim_is_told_so),
        cmocka_unit_test(a_treatment_tells_what_is_said_of_it),
        cmocka_unit_test(the_same_question_has_the_same_bytes),
        cmocka_unit_test(every_judged_claim_has_its_review_and_no_other),
        cmocka_unit_test(a_better_verdict_has_a_higher_rating),
        cmocka_unit_test(a_review_is_dated_by_the_base_and_never_by_the_clock),
        cmocka_unit_test(addresses_of_a_review_are_whole),
    };
    return cmocka_run_group_tests(tests, real_start, real_stop);
}
