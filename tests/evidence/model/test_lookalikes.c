/* Studies that may be one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/model/lookalikes.h"
#include "tests/evidence/model/some_studies.h"

static const char *arms(struct some *some, const char *intervention, double mean, double sd)
{
    return arena_printf(some->arena,
                        "{'intervention':'%s','comparator':'sham','outcome':'pain-intensity',"
                        "'better':'lower','window':'short','arms':["
                        "{'role':'intervention','n':30,'mean':%g,'sd':%g},"
                        "{'role':'comparator','n':31,'mean':5.25,'sd':1.875}]}",
                        intervention, mean, sd);
}

static size_t find(struct some *some, struct lookalike **pairs)
{
    return lookalikes_find(&some->base, some->arena, pairs);
}

static const struct lookalike *only_pair(struct some *some, const char *one, const char *other,
                                         enum likeness likeness)
{
    struct lookalike *pairs;
    assert_int_equal(find(some, &pairs), 1);
    assert_string_equal(pairs[0].one->id, one);
    assert_string_equal(pairs[0].other->id, other);
    assert_string_equal(likeness_names[pairs[0].likeness], likeness_names[likeness]);
    return &pairs[0];
}

static void no_pair(struct some *some)
{
    struct lookalike *pairs;
    if (find(some, &pairs) > 0)
        fail_msg("%s and %s: %s", pairs[0].one->id, pairs[0].other->id, pairs[0].detail);
}

static void the_same_title_is_seen_through_case_accents_and_stops(void **state)
{
    struct some *some = *state;
    add(some, "ts:a",
        "Dry needling for n\xC3\xA9"
        "ck pain: a randomised trial",
        "");
    add(some, "ts:b", "DRY-NEEDLING FOR NECK PAIN - A Randomised Trial.", "");
    only_pair(some, "ts:a", "ts:b", LIKENESS_TITLE);
}

static void a_slip_in_a_title_is_seen_and_another_title_is_none(void **state)
{
    struct some *some = *state;
    add(some, "ts:a", "Dry needling for neck pain: a randomised controlled trial", "");
    add(some, "ts:b", "Dry needling for neck pain: a randomized controlled tral", "");
    add(some, "ts:c", "Massage for neck pain: a randomised controlled trial", "");
    only_pair(some, "ts:a", "ts:b", LIKENESS_TITLE);
}

static void a_description_in_brackets_is_no_title(void **state)
{
    struct some *some = *state;
    add(some, "ts:a", "[Massage for neck pain, as a review entered it]", "");
    add(some, "ts:b", "[Massage for neck pain, as a review entered it]", "");
    no_pair(some);
}

static void one_registration_is_one_trial(void **state)
{
    struct some *some = *state;
    add(some, "ts:a", "One", ",'registrations':['nct00000001']");
    add(some, "ts:b", "Two", ",'registrations':['nct00000002','nct00000001']");
    only_pair(some, "ts:a", "ts:b", LIKENESS_REGISTRATION);
}

static void the_same_arms_are_seen_either_way_round(void **state)
{
    struct some *some = *state;
    add(some, "ts:a", "One",
        arena_printf(some->arena, ",'results':[%s]", arms(some, "massage", 3.5, 2)));
    add(some, "ts:b", "Two",
        ",'results':[{'intervention':'cupping','comparator':'active:massage','outcome':'pain-"
        "intensity','better':'lower','window':'short','arms':[{'role':'intervention','n':31,"
        "'mean':5.25,'sd':1.875},{'role':'comparator','n':30,'mean':3.5,'sd':2}]}]");
    only_pair(some, "ts:a", "ts:b", LIKENESS_NUMBERS);
}

static void one_authors_shared_control_arm_is_seen_and_anothers_is_not(void **state)
{
    struct some *some = *state;
    add(some, "ts:a", "One",
        arena_printf(some->arena, ",'authors':[{'family':'Gu'}],'year':2001,'results':[%s]",
                     arms(some, "massage", 3.5, 2)));
    add(some, "ts:b", "Two",
        arena_printf(some->arena, ",'authors':[{'family':'Gu'}],'year':2010,'results':[%s]",
                     arms(some, "cupping", 3.75, 2)));
    add(some, "ts:c", "Three",
        arena_printf(some->arena, ",'authors':[{'family':'Ng'}],'year':2010,'results':[%s]",
                     arms(some, "cupping", 3.875, 2)));
    only_pair(some, "ts:a", "ts:b", LIKENESS_CONTROL);
}

static void author_and_year_need_the_same_people_or_nothing_against_it(void **state)
{
    struct some *some = *state;
    add(some, "ts:a", "One", ",'authors':[{'family':'Gu'}],'year':2001,'participants':50");
    add(some, "ts:b", "Two", ",'authors':[{'family':'G\xC3\xBC'}],'year':2002,'participants':50");
    add(some, "ts:c", "Three", ",'authors':[{'family':'Gu'}],'year':2001,'participants':60");
    only_pair(some, "ts:a", "ts:b", LIKENESS_AUTHOR);
}

static void two_papers_with_identifiers_are_two(void **state)
{
    struct some *some = *state;
    add(some, "pmid:1", "One", ",'pmid':'1','authors':[{'family':'Gu'}],'year':2001");
    add(some, "pmid:2", "Two", ",'pmid':'2','authors':[{'family':'Gu'}],'year':2001");
    no_pair(some);
}

/* A trial of 50 people by one author in one year, with an identifier of its own. */
static void add_paper(struct some *some, const char *number, const char *title,
                      const char *intervention)
{
    add(some, arena_printf(some->arena, "pmid:%s", number), title,
        arena_printf(some->arena,
                     ",'pmid':'%s','authors':[{'family':'Gu'}],'year':2001,'participants':50,"
                     "'results':[{'intervention':'%s','comparator':'sham','outcome':"
                     "'pain-intensity','better':'lower','window':'short'}]",
                     number, intervention));
}

static void two_papers_on_one_treatment_in_as_many_people_may_be_one(void **state)
{
    struct some *some = *state;
    add_paper(some, "101", "One", "massage");
    add_paper(some, "2302", "Two", "massage");
    add_paper(some, "45603", "Three", "cupping");
    only_pair(some, "pmid:101", "pmid:2302", LIKENESS_AUTHOR);
}

/* A trial with two arms of `n`, whatever else they say. */
static void add_two_arms(struct some *some, const char *id, int n, const char *treated,
                         const char *control)
{
    add(some, id, id,
        arena_printf(some->arena,
                     ",'results':[{'intervention':'massage','comparator':'sham','outcome':"
                     "'pain-intensity','better':'lower','window':'short','arms':["
                     "{'role':'intervention','n':%d,%s},{'role':'comparator','n':%d,%s}]}]",
                     n, treated, n, control));
}

static void changes_are_known_again_as_means_are(void **state)
{
    struct some *some = *state;
    add_two_arms(some, "ts:aaaa", 31, "'change_mean':-2.5,'change_sd':1.5",
                 "'change_mean':-1.25,'change_sd':1.875");
    add_two_arms(some, "ts:bbbbbb", 31, "'change_mean':-2.5,'change_sd':1.5",
                 "'change_mean':-1.25,'change_sd':1.875");
    only_pair(some, "ts:aaaa", "ts:bbbbbb", LIKENESS_NUMBERS);
}

static void counts_of_many_people_are_known_again_and_of_few_are_chance(void **state)
{
    struct some *some = *state;
    add_two_arms(some, "ts:aaaa", 119, "'events':57", "'events':31");
    add_two_arms(some, "ts:bbbbbb", 119, "'events':57", "'events':31");
    add_two_arms(some, "ts:cccccccc", 12, "'events':7", "'events':3");
    add_two_arms(some, "ts:dddddddddd", 12, "'events':7", "'events':3");
    only_pair(some, "ts:aaaa", "ts:bbbbbb", LIKENESS_NUMBERS);
}

static void ids_a_letter_apart_are_seen_and_numbers_in_a_row_are_not(void **state)
{
    struct some *some = *state;
    add(some, "doi:10.1000/pain.2001.17", "One", ",'doi':'10.1000/pain.2001.17'");
    add(some, "doi:10.1000/pain.2001.18", "Two", ",'doi':'10.1000/pain.2001.18'");
    add(some, "doi:10.1000/pian.2001.17", "Three", ",'doi':'10.1000/pian.2001.17'");
    add(some, "ts:gu-2001a", "Four", "");
    add(some, "ts:gu-2001b", "Five", "");
    only_pair(some, "doi:10.1000/pain.2001.17", "doi:10.1000/pian.2001.17", LIKENESS_ID);
}

static void a_pair_is_told_once_and_that_its_notes_say_so(void **state)
{
    struct some *some = *state;
    add(some, "ts:a", "Dry needling for neck pain: a trial", ",'registrations':['nct00000001']");
    add(some, "ts:b", "Dry needling for neck pain: a trial",
        ",'registrations':['nct00000001'],'note':'The other half stands as ts:a.'");
    const struct lookalike *pair = only_pair(some, "ts:a", "ts:b", LIKENESS_TITLE);
    assert_true(pair->told);
    assert_string_equal(pair->detail, "the same title; both are registered as nct00000001");
}

static void an_empty_base_has_none(void **state)
{
    struct some *some = *state;
    no_pair(some);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_some, free_some)
    const struct CMUnitTest tests[] = {
        TEST(the_same_title_is_seen_through_case_accents_and_stops),
        TEST(a_slip_in_a_title_is_seen_and_another_title_is_none),
        TEST(a_description_in_brackets_is_no_title),
        TEST(one_registration_is_one_trial),
        TEST(the_same_arms_are_seen_either_way_round),
        TEST(one_authors_shared_control_arm_is_seen_and_anothers_is_not),
        TEST(author_and_year_need_the_same_people_or_nothing_against_it),
        TEST(two_papers_with_identifiers_are_two),
        TEST(changes_are_known_again_as_means_are),
        TEST(counts_of_many_people_are_known_again_and_of_few_are_chance),
        TEST(two_papers_on_one_treatment_in_as_many_people_may_be_one),
        TEST(ids_a_letter_apart_are_seen_and_numbers_in_a_row_are_not),
        TEST(a_pair_is_told_once_and_that_its_notes_say_so),
        TEST(an_empty_base_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
