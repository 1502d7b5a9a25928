/* Reviews that are named and not there. */
#include "evidence/model/missing_review.h"
#include "tests/evidence/model/some_studies.h"

static void a_review_that_is_not_there_is_told_with_what_may_be_meant(void **state)
{
    struct some *some = *state;
    struct missing_review *missing;
    add(some, "pmid:40058767", "A review", ",'doi':'10.1002/14651858.cd001703.pub4'");
    some->studies[0].design = DESIGN_SYSTEMATIC_REVIEW;
    add(some, "ts:a", "One", ",'pooled_in':['doi:10.1002/14651858.cd001703.pub3','pmid:40058767']");
    add(some, "ts:b", "Two", ",'pooled_in':['doi:10.1002/14651858.cd001703.pub3','pmid:7']");
    assert_int_equal(missing_reviews_find(&some->base, some->arena, &missing), 2);
    assert_string_equal(missing[0].id, "doi:10.1002/14651858.cd001703.pub3");
    assert_int_equal(missing[0].trials, 2);
    assert_string_equal(missing[0].trial->id, "ts:a");
    assert_ptr_equal(missing[0].perhaps, &some->studies[0]);
    assert_string_equal(missing[1].id, "pmid:7");
    assert_null(missing[1].perhaps);
}

/* Versions of a Cochrane review have one number; the one that is there may have it in another name
 * or in the address of its source only. */
static void another_version_of_a_cochrane_review_is_found_by_every_name_it_has(void **state)
{
    struct some *some = *state;
    struct missing_review *missing;
    add(some, "pmid:1000001", "A", ",'aliases':['cochrane:CD000111']");
    add(some, "pmid:2000002", "B", ",'sources':[{'url':'https://example.org/CD000222/full'}]");
    add(some, "pmid:3000003", "C",
        ",'pooled_in':['doi:10.1002/14651858.cd000111.pub2','doi:10.1002/14651858.cd000222.pub2',"
        "'doi:10.1002/14651858.cd000333.pub2']");
    some->studies[0].design = some->studies[1].design = DESIGN_SYSTEMATIC_REVIEW;
    assert_int_equal(missing_reviews_find(&some->base, some->arena, &missing), 3);
    assert_ptr_equal(missing[0].perhaps, &some->studies[0]);
    assert_ptr_equal(missing[1].perhaps, &some->studies[1]);
    assert_null(missing[2].perhaps);
}

static void an_id_one_letter_away_is_told(void **state)
{
    struct some *some = *state;
    struct missing_review *missing;
    add(some, "pmid:40058767", "A review", "");
    some->studies[0].design = DESIGN_SYSTEMATIC_REVIEW;
    add(some, "ts:a", "One", ",'pooled_in':['pmid:40058768']");
    assert_int_equal(missing_reviews_find(&some->base, some->arena, &missing), 1);
    assert_ptr_equal(missing[0].perhaps, &some->studies[0]);
}

static void the_source_of_a_row_is_a_review_that_must_be_there(void **state)
{
    struct some *some = *state;
    struct missing_review *missing;
    add(some, "ts:a", "One",
        ",'results':[{'intervention':'massage','comparator':'sham','outcome':'pain-intensity',"
        "'better':'lower','window':'short','source':{'review':'10.1/x'}},{'intervention':'massage',"
        "'comparator':'sham','outcome':'disability','better':'lower','window':'short','source':"
        "{'review':'10.1/x'}}]");
    assert_int_equal(missing_reviews_find(&some->base, some->arena, &missing), 1);
    assert_string_equal(missing[0].id, "10.1/x");
    assert_int_equal(missing[0].trials, 1);
}

static void an_empty_base_names_none(void **state)
{
    struct some *some = *state;
    struct missing_review *missing;
    assert_int_equal(missing_reviews_find(&some->base, some->arena, &missing), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_some, free_some)
    const struct CMUnitTest tests[] = {
        TEST(a_review_that_is_not_there_is_told_with_what_may_be_meant),
        TEST(another_version_of_a_cochrane_review_is_found_by_every_name_it_has),
        TEST(an_id_one_letter_away_is_told),
        TEST(the_source_of_a_row_is_a_review_that_must_be_there),
        TEST(an_empty_base_names_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
