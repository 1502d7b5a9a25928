/* Sentences as people read them: exact ones, and what none of them may say. */
#include "tests/evidence/rating/small_base.h"

static void expect(struct small *small, const char *id, const char *sentence)
{
    struct catalog *catalog = small_rate(small);
    assert_string_equal(small_rating(catalog, id)->sentence, sentence);
    catalog_release(catalog);
}

static void a_benefit_tells_size_range_and_basis(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 400, -1.5, RATED("low"));
    expect(small, PAIN_SHAM,
           "Massage probably lowers pain in people with neck pain, compared with a pretend "
           "massage, in the first 12 weeks: 1.5 points less on a scale from 0 to 10 (somewhere "
           "from 1.2 to 1.8). Based on 1 trial with 800 people.");
}

/* The first test with its scale turned: 1.5 points more relief, and 1.1 SD more told in points. */
static void more_relief_is_told_as_less_pain(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", RATED("low"),
                arena_printf(small->arena,
                             "{'intervention':'massage','comparator':'sham','outcome':"
                             "'pain-intensity','scale':{'name':'relief','low':0,'high':10},"
                             "'better':'higher','window':'short',%s}",
                             small_arms(small, 400, 6.5, 2, 400, 5, 2)));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    assert_true(rating->effect.estimate > 0); /* the sign of the scale as measured */
    assert_non_null(strstr(rating->sentence, "lowers pain in people"));
    assert_non_null(strstr(rating->sentence,
                           "1.5 points less on a scale from 0 to 10 (somewhere from 1.2 to 1.8)"));
    catalog_release(catalog);
}

static void more_relief_in_standard_deviations_is_told_as_fewer_points(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", RATED("low"),
                "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity',"
                "'better':'higher','window':'short','n':800,'measure':'SMD','estimate':0.8,"
                "'ci':[0.6,1.0]}");
    small_trial(small, "b", 2015, "low-back-pain", RATED("low"),
                small_pain(small, "sham", small_arms(small, 50, 4, 2, 50, 5, 2)));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    assert_true(rating->effect.points < 0);
    assert_non_null(strstr(rating->sentence, "points less on a scale from 0 to 10"));
    catalog_release(catalog);
}

static void a_null_against_a_sham_says_so(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 400, 0, RATED("low"));
    expect(small, PAIN_SHAM,
           "Massage probably makes little or no difference to pain in people with neck pain, "
           "compared with a pretend massage, in the first 12 weeks: next to no difference on a "
           "scale from 0 to 10 (somewhere from 0.3 less to 0.3 more). It has not been shown to do "
           "more than a pretend massage. Based on 1 trial with 800 people.");
}

static void a_small_benefit_below_half_the_mid_is_too_small_to_notice(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "nothing", 400, -0.4, RATED("low"));
    expect(small, PAIN_NOTHING,
           "Massage probably lowers pain a little in people with neck pain, compared with doing "
           "without it, in the first 12 weeks: 0.4 points less on a scale from 0 to 10 (somewhere "
           "from 0.1 to 0.7). That is too small for most people to notice. Based on 1 trial with "
           "800 people.");
}

static void what_is_undecided_is_not_told_as_failure(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "nothing", 20, -0.5, RATED("low"));
    expect(small, PAIN_NOTHING,
           "We don't know whether massage lowers pain in people with neck pain, compared with "
           "doing without it, in the first 12 weeks: there may be a difference that matters, or "
           "none. The studies found 0.5 points less on a scale from 0 to 10 (somewhere from 1.7 "
           "less to 0.7 more). Based on 1 trial with 40 people.");
}

/* 0.6 points more, 0.1 less to 1.3 more: undecided, but not between benefit and none. */
static void what_leaves_no_room_for_benefit_says_so(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 60, 0.6, RATED("low"));
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    assert_int_equal(rating->class, CLASS_UNDECIDED);
    says(rating->sentence, "a benefit that matters is unlikely");
    catalog_release(catalog);
}

static void a_count_of_directions_reads_as_a_sentence(void **state)
{
    (void)state;
    static const char *const found[][3] = {{"neither", NULL, NULL},
                                           {"neither", "neither", NULL},
                                           {"intervention", "neither", NULL},
                                           {"intervention", "neither", "comparator"}};
    static const char *const told[] = {
        "The one trial found no difference.", "Both trials found no difference.",
        "Of 2 trials, 1 found it better and 1 found no difference.",
        "Of 3 trials, 1 found it better, 1 found no difference and 1 found it worse."};
    for (size_t i = 0; i < 4; i++) {
        struct small *small = small_new();
        for (int j = 0; j < 3 && found[i][j] != NULL; j++)
            small_trial(small, arena_printf(small->arena, "t%d", j), 2015, "neck-pain", "",
                        small_pain(small, "sham",
                                   arena_printf(small->arena, "'favours':'%s'", found[i][j])));
        expect(small, PAIN_SHAM,
               arena_printf(small->arena,
                            "We don't know whether massage lowers pain in people with neck pain, "
                            "compared with a pretend massage, in the first 12 weeks: no study here "
                            "gives a figure that can be used. %s A count of trials proves nothing.",
                            told[i]));
    }
}

static void a_retracted_study_alone_is_named_as_that(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 400, -3, "'retracted':true,");
    struct catalog *catalog = small_rate(small);
    says(small_rating(catalog, PAIN_SHAM)->sentence, "has been retracted and counts for nothing");
    catalog_release(catalog);
}

static void brackets_never_stand_within_brackets(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(
        small, "a", 2015, "neck-pain", "",
        small_pain(small, "sham",
                   arena_printf(small->arena, "'comparator_detail':'placebo (an active one)',%s",
                                small_md(small, -2, -3, -1))));
    struct catalog *catalog = small_rate(small);
    says(small_rating(catalog, PAIN_SHAM)->sentence,
         "a pretend massage (placebo: an active one), in");
    catalog_release(catalog);
}

static const struct rating *pooled_review(struct small *small, struct catalog **catalog,
                                          const char *comparator, const char *fields)
{
    struct study *review = small_trial(
        small, "r", 2020, "neck-pain", "'participants':515,",
        arena_printf(small->arena,
                     "{'intervention':'massage','comparator':'%s','outcome':'pain-intensity',"
                     "'scale':{'name':'VAS','low':0,'high':10},'better':'lower','window':'short',"
                     "'grade':{'level':'%s','by':'x'},%s}",
                     comparator, strstr(fields, "moderate") == NULL ? "low" : "moderate", fields));
    review->design = DESIGN_SYSTEMATIC_REVIEW;
    *catalog = small_rate(small);
    return small_rating(
        *catalog,
        arena_printf(small->arena, "massage.neck-pain.%s.pain-intensity.short", comparator));
}

#define MD(estimate, low, high) "'measure':'MD','estimate':" estimate ",'ci':[" low "," high "]"

static void a_pool_over_several_controls_tells_what_they_had_or_that_nobody_told(void **state)
{
    (void)state;
    static const char *const fields[] = {
        "'comparator_detail':'a pretend treatment or none'," MD("-1.5", "-2", "-1"),
        MD("-1.5", "-2", "-1")};
    static const char *const told[] = {
        "compared with people who did not have it (a mix: a pretend treatment or none), in the",
        "compared with people who did not have it (what they had instead is not told in the "
        "summary that was read), in the"};
    for (size_t i = 0; i < 2; i++) {
        struct catalog *catalog;
        says(pooled_review(small_new(), &catalog, "mixed", fields[i])->sentence, told[i]);
        catalog_release(catalog);
    }
}

/* Ketoprofen gel is not every gel, and tramadol not every opioid. */
static void a_figure_about_a_part_of_a_review_says_which(void **state)
{
    (void)state;
    struct catalog *catalog;
    const struct rating *rating =
        pooled_review(small_new(), &catalog, "sham", "'group':'kneading'," MD("-1.5", "-2", "-1"));
    says(rating->sentence, "(r 2020). Its figure is about kneading.");
    catalog_release(catalog);
}

/* The interval's near end makes a benefit a small one; 0.4 is small, 1.4 and 3 are not. */
static void a_small_benefit_with_a_larger_estimate_is_at_least_a_little(void **state)
{
    (void)state;
    static const char *const figures[] = {MD("-0.4", "-0.7", "-0.1"), MD("-1.4", "-2.5", "-0.3"),
                                          MD("-3", "-5.7", "-0.3")};
    static const char *const told[] = {"may lower pain a little in",
                                       "may lower pain at least a "
                                       "little in",
                                       "may lower pain at least a little in"};
    for (size_t i = 0; i < 3; i++) {
        struct catalog *catalog;
        says(pooled_review(small_new(), &catalog, "sham", figures[i])->sentence, told[i]);
        catalog_release(catalog);
    }
}

/* Large is 2 points and more. */
static void a_lot_leads_a_low_certainty_only_where_the_whole_interval_is_large(void **state)
{
    (void)state;
    static const struct {
        const char *figure;
        const char *told;
    } cases[] = {
        {MD("-2.9", "-4.5", "-1.3"), "may lower pain in people"},
        {MD("-2.9", "-3.5", "-2.3"), "may lower pain a lot in people"},
        {"'note':'moderate'," MD("-2.9", "-4.5", "-1.3"), "probably lowers pain a lot in people"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct catalog *catalog;
        says(pooled_review(small_new(), &catalog, "sham", cases[i].figure)->sentence,
             cases[i].told);
        catalog_release(catalog);
    }
}

static void
a_size_that_no_smallest_difference_gives_a_meaning_is_told_as_a_rule_of_thumb(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", RATED("low"),
                "{'intervention':'massage','comparator':'sham','outcome':'disability',"
                "'better':'lower','window':'short','n':800,'measure':'SMD','estimate':-0.8,"
                "'ci':[-1.0,-0.6]}");
    small_simple(small, "b", "sham", 400, -1.5, RATED("low"));
    struct catalog *catalog = small_rate(small);
    says(small_rating(catalog, "massage.neck-pain.sham.disability.short")->sentence,
         "its size goes by a rule of thumb");
    says_not(small_rating(catalog, PAIN_SHAM)->sentence, "rule of thumb");
    catalog_release(catalog);
}

/* The review has 515 people; how many of them are in this figure it does not say. */
static void the_people_of_a_review_are_not_taken_for_those_of_one_figure(void **state)
{
    (void)state;
    struct catalog *catalog;
    const struct rating *rating =
        pooled_review(small_new(), &catalog, "sham", MD("-1.5", "-2", "-1"));
    assert_int_equal(rating->body.studies[0].n, COUNT_UNKNOWN);
    says_not(rating->sentence, "515");
    catalog_release(catalog);
}

static void a_review_without_authors_is_called_by_its_journal_or_its_title(void **state)
{
    (void)state;
    static const struct {
        const char *fields;
        const char *label;
    } cases[] = {
        {"'title':'On kneading','journal':'Spine','year':2017,", "Spine 2017"},
        {"'title':'[Kneading of the neck and what came of it: a trial]','year':2017,",
         "Kneading of the neck and what … 2017"},
        {"'title':'[On kneading]','journal':'Spine',", "On kneading"},
        {"'title':'On kneading','authors':[{'family':'Eins'}],'journal':'Spine','year':2017,",
         "Eins 2017"},
    };
    struct small *small = small_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct study *study =
            small_add(small, arena_printf(small->arena,
                                          "{'id':'ts:s%zu',%s'design':'rct','condition':"
                                          "'neck-pain','sources':[{'url':'u'}]}",
                                          i, cases[i].fields));
        assert_string_equal(study_label(study, small->arena), cases[i].label);
    }
    arena_free(small->arena);
}

static void a_harm_gets_a_figure_and_no_verdict(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", RATED("low"),
                "{'intervention':'massage','comparator':'nothing','outcome':'adverse-events',"
                "'better':'lower','window':'short','arms':[{'role':'intervention','n':100,"
                "'events':30},{'role':'comparator','n':100,'events':20}]}");
    expect(small, "massage.neck-pain.nothing.adverse-events.short",
           "Massage was tried in people with neck pain, compared with doing without it, in the "
           "first 12 weeks. For side effects: 30 of 100 people with it (somewhere from 18 to 49) "
           "and 20 of 100 without it. This is about harm and gets no verdict; see under "
           "safety. Based on 1 trial with 200 people.");
}

/* log(0.3) - log(0.2) = 0.405, se 0.2517 (R: escalc RR): 1.5 (0.92 to 2.46), of 20 in 100. */
static void people_counted_are_told_as_people(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_trial(small, "a", 2015, "healthy-adults", RATED("low"),
                "{'intervention':'massage','comparator':'sham','outcome':'responders-50',"
                "'better':'higher','window':'short','arms':[{'role':'intervention','n':100,"
                "'events':30},{'role':'comparator','n':100,'events':20}]}");
    struct catalog *catalog = small_rate(small);
    const char *sentence =
        small_rating(catalog, "massage.healthy-adults.sham.responders-50.short")->sentence;
    says(sentence, "raises the number of people whose pain at least halves in people without pain");
    says(sentence, "30 of 100 people did well with it (somewhere from 18 to 49) and 20 of 100 in "
                   "the other group");
    says_not(sentence, "ratio");
    catalog_release(catalog);
}

static void names_in_the_plural_take_a_verb_without_s(void **state)
{
    (void)state;
    assert_true(sentence_is_plural("magnets"));
    assert_true(sentence_is_plural("muscle relaxants"));
    assert_false(sentence_is_plural("wearing insoles"));
    assert_false(sentence_is_plural("a TENS"));
    assert_false(sentence_is_plural("dry needling"));
    assert_false(sentence_is_plural("massage"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_benefit_tells_size_range_and_basis),
        cmocka_unit_test(more_relief_is_told_as_less_pain),
        cmocka_unit_test(more_relief_in_standard_deviations_is_told_as_fewer_points),
        cmocka_unit_test(a_null_against_a_sham_says_so),
        cmocka_unit_test(a_small_benefit_below_half_the_mid_is_too_small_to_notice),
        cmocka_unit_test(what_is_undecided_is_not_told_as_failure),
        cmocka_unit_test(what_leaves_no_room_for_benefit_says_so),
        cmocka_unit_test(a_count_of_directions_reads_as_a_sentence),
        cmocka_unit_test(a_retracted_study_alone_is_named_as_that),
        cmocka_unit_test(brackets_never_stand_within_brackets),
        cmocka_unit_test(a_pool_over_several_controls_tells_what_they_had_or_that_nobody_told),
        cmocka_unit_test(a_figure_about_a_part_of_a_review_says_which),
        cmocka_unit_test(a_small_benefit_with_a_larger_estimate_is_at_least_a_little),
        cmocka_unit_test(a_lot_leads_a_low_certainty_only_where_the_whole_interval_is_large),
        cmocka_unit_test(
            a_size_that_no_smallest_difference_gives_a_meaning_is_told_as_a_rule_of_thumb),
        cmocka_unit_test(the_people_of_a_review_are_not_taken_for_those_of_one_figure),
        cmocka_unit_test(a_review_without_authors_is_called_by_its_journal_or_its_title),
        cmocka_unit_test(a_harm_gets_a_figure_and_no_verdict),
        cmocka_unit_test(people_counted_are_told_as_people),
        cmocka_unit_test(names_in_the_plural_take_a_verb_without_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
