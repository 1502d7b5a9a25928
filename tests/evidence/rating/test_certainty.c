/* How sure (METHOD section 4): each domain at its edges. */
#include "tests/evidence/rating/small_base.h"

/* Rates the one question of pain against a sham, and gives back the judgement of one domain. */
static struct domain_judgement judged(struct small *small, enum domain domain,
                                      enum certainty_level *level)
{
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    struct domain_judgement out = rating->certainty.domains[domain];
    if (level != NULL)
        *level = rating->certainty.level;
    assert_true(small_traced(catalog, rating, out.rule));
    catalog_release(catalog); /* the rule's name is a constant; the reason is gone with it */
    out.reason = NULL;
    return out;
}

static void expect(struct domain_judgement got, int change, const char *rule)
{
    assert_string_equal(got.rule, rule);
    assert_int_equal(got.change, change);
}

/* Four trials of one size and effect, so each has a quarter of the weight. */
static struct domain_judgement bias_of(const char *const *more)
{
    struct small *small = small_new();
    for (int i = 0; i < 4; i++)
        small_simple(small, arena_printf(small->arena, "t%d", i), "sham", 100, -2 + 0.1 * i,
                     more[i]);
    return judged(small, DOMAIN_BIAS, NULL);
}

static void risk_of_bias_counts_by_weight(void **state)
{
    (void)state;
    expect(bias_of((const char *const[]){RATED("low"), RATED("low"), RATED("low"), RATED("high")}),
           0, "B0");
    expect(bias_of((const char *const[]){RATED("some-concerns"), RATED("some-concerns"),
                                         RATED("high"), RATED("high")}),
           -1, "B1");
    expect(bias_of((const char *const[]){RATED("high"), RATED("high"), RATED("high"),
                                         RATED("some-concerns")}),
           -2, "B2");
    expect(bias_of((const char *const[]){"", "", "", ""}), -1, "B3");
    expect(bias_of((const char *const[]){RATED("low"), RATED("high"), RATED("high"), ""}), 0,
           "B0"); /* the one at low risk says the same */
}

static void pedro_is_low_from_8_and_high_to_5(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        enum risk risk;
    } cases[] = {{PEDRO(8), RISK_LOW},
                 {PEDRO(7), RISK_SOME_CONCERNS},
                 {PEDRO(6), RISK_SOME_CONCERNS},
                 {PEDRO(5), RISK_HIGH}};
    for (size_t i = 0; i < 4; i++) {
        struct small *small = small_new();
        small_simple(small, "a", "sham", 100, -2, cases[i].more);
        struct catalog *catalog = small_rate(small);
        assert_int_equal(small_rating(catalog, PAIN_SHAM)->body.studies[0].risk, cases[i].risk);
        catalog_release(catalog);
    }
}

static void domains_stand_in_where_no_overall_judgement_was_printed(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 100, -2,
                 "'appraisals':[{'instrument':'RoB 1','rated_by':'x','items':{'random sequence':"
                 "'low','allocation concealment':'unclear','blinding of participants':'high'}}],");
    struct catalog *catalog = small_rate(small);
    assert_int_equal(small_rating(catalog, PAIN_SHAM)->body.studies[0].risk, RISK_SOME_CONCERNS);
    catalog_release(catalog);
}

static void what_nobody_appraised_is_never_above_low(void **state)
{
    (void)state;
    struct small *small = small_new();
    enum certainty_level level;
    for (int i = 0; i < 5; i++)
        small_simple(small, arena_printf(small->arena, "t%d", i), "sham", 400, -2, "");
    judged(small, DOMAIN_BIAS, &level);
    assert_int_equal(level, CERTAINTY_LOW);
}

/* Four trials of one weight: one of them appraised is a quarter, two are half. */
static void one_appraised_trial_does_not_lift_the_ceiling_off_the_others(void **state)
{
    (void)state;
    for (int appraised = 1; appraised <= 2; appraised++) {
        struct small *small = small_new();
        enum certainty_level level;
        for (int i = 0; i < 4; i++)
            small_simple(small, arena_printf(small->arena, "t%d", i), "sham", 400, -2,
                         i < appraised ? RATED("high") "'funding':'x'," : "'funding':'x',");
        expect(judged(small, DOMAIN_BIAS, &level), -1, "B1");
        assert_int_equal(level, appraised == 1 ? CERTAINTY_LOW : CERTAINTY_MODERATE);
    }
}

static struct small *graded(const char *grade, int pooled)
{
    struct small *small = small_new();
    for (int i = 0; i < 4; i++)
        small_simple(small, arena_printf(small->arena, "t%d", i), "sham", 200, -2 + 0.02 * i,
                     i < pooled ? "'pooled_in':['ts:review']," : "");
    small_trial(small, "review", 2016, "neck-pain", "",
                small_pain(small, "sham",
                           arena_printf(small->arena,
                                        "'k':4,'n':1600,'grade':{'level':'%s','by':"
                                        "'x'},%s",
                                        grade, small_md(small, -2, -3, -1))))
        ->design = DESIGN_SYSTEMATIC_REVIEW;
    return small;
}

static void a_review_of_most_of_the_trials_lends_its_grade(void **state)
{
    (void)state;
    enum certainty_level level;
    expect(judged(graded("moderate", 3), DOMAIN_BIAS, &level), 0, "B4");
    assert_int_equal(level, CERTAINTY_MODERATE);
    expect(judged(graded("very-low", 4), DOMAIN_BIAS, &level), 0, "B4");
    assert_int_equal(level, CERTAINTY_VERY_LOW);
    expect(judged(graded("moderate", 2), DOMAIN_BIAS, &level), -1, "B3"); /* half of them */
    assert_int_equal(level, CERTAINTY_LOW);
}

static struct domain_judgement spread(const double *effects, size_t count)
{
    struct small *small = small_new();
    for (size_t i = 0; i < count; i++)
        small_simple(small, arena_printf(small->arena, "t%zu", i), "sham", 100, effects[i],
                     RATED("low"));
    return judged(small, DOMAIN_INCONSISTENCY, NULL);
}

static void trials_that_differ_cost_one_level_and_contradiction_two(void **state)
{
    (void)state;
    expect(spread((const double[]){-2, -2.1, -1.9, -2}, 4), 0, "N");
    expect(spread((const double[]){-5, -4, -3, -4}, 4), -1, "N1"); /* all far on one side */
    expect(spread((const double[]){-3, -2.5, 1, 0.5}, 4), -2, "N2");
    expect(spread((const double[]){-2}, 1), 0, "N");
}

/* Undecided, with the pool at an important benefit: an important harm is the other side too. */
static void an_important_harm_lies_on_the_other_side_of_an_important_benefit(void **state)
{
    (void)state;
    expect(spread((const double[]){-3, -3, -3, 2}, 4), -2, "N2");
}

/* The pool at -0.7 benefit, too little to matter; half the weight at an important harm. */
static void an_important_harm_lies_on_the_other_side_of_no_important_difference(void **state)
{
    (void)state;
    expect(spread((const double[]){2.5, 2, -0.9, -0.9}, 4), -2, "N2");
}

static void of_two_raters_with_one_instrument_the_worse_counts(void **state)
{
    (void)state;
    static const char *const order[] = {
        "'appraisals':[{'instrument':'RoB 2','overall':'low','rated_by':'x'},{'instrument':'RoB 2',"
        "'overall':'high','rated_by':'y'}],",
        "'appraisals':[{'instrument':'RoB 2','overall':'high','rated_by':'y'},{'instrument':"
        "'RoB 2','overall':'low','rated_by':'x'}],"};
    for (size_t i = 0; i < 2; i++) {
        struct small *small = small_new();
        small_simple(small, "a", "sham", 100, -2, order[i]);
        struct catalog *catalog = small_rate(small);
        assert_int_equal(small_rating(catalog, PAIN_SHAM)->body.studies[0].risk, RISK_HIGH);
        catalog_release(catalog);
    }
}

static struct domain_judgement imprecision(int n, double effect, double sd)
{
    struct small *small = small_new();
    small_trial(small, "a", 2015, "neck-pain", RATED("low"),
                small_pain(small, "sham", small_arms(small, n, 5 + effect, sd, n, 5, sd)));
    return judged(small, DOMAIN_IMPRECISION, NULL);
}

static void imprecision_counts_the_interval_and_the_people(void **state)
{
    (void)state;
    expect(imprecision(200, -2, 2), 0, "M");     /* 400 people */
    expect(imprecision(199, -2, 2), -1, "M1");   /* 398 */
    expect(imprecision(50, -2, 2), -1, "M1");    /* 100 */
    expect(imprecision(49, -2, 2), -2, "M2");    /* 98 */
    expect(imprecision(200, 0, 2), 0, "M");      /* -0.39 to 0.39: inside the MID is precise */
    expect(imprecision(200, -0.9, 4), 0, "M");   /* 0.1 to 1.7: small, as its class says */
    expect(imprecision(200, -0.5, 4), -1, "M1"); /* -0.3 to 1.3 cannot decide */
    expect(imprecision(200, 0, 8), -2, "M2");    /* -1.6 to 1.6: important benefit or harm */
}

static void an_unknown_number_of_people_costs_one_level_and_of_one_trial_two(void **state)
{
    (void)state;
    for (int trials = 1; trials <= 2; trials++) {
        struct small *small = small_new();
        for (int i = 0; i < trials; i++)
            small_trial(small, i == 0 ? "a" : "b", 2015, "neck-pain", RATED("low"),
                        small_pain(small, "sham", small_md(small, -2, -2.5, -1.5)));
        expect(judged(small, DOMAIN_IMPRECISION, NULL), trials == 1 ? -2 : -1,
               trials == 1 ? "M2" : "M1");
    }
}

static void an_unknown_number_costs_nothing_where_the_known_ones_are_enough(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "known", "sham", 200, -2, RATED("low"));
    small_trial(small, "unknown", 2015, "neck-pain", RATED("low"),
                small_pain(small, "sham", small_md(small, -2, -2.5, -1.5)));
    expect(judged(small, DOMAIN_IMPRECISION, NULL), 0, "M");
}

static void events_are_counted_where_people_are_counted(void **state)
{
    (void)state;
    for (int enough = 0; enough < 2; enough++) {
        struct small *small = small_new();
        small_trial(small, "a", 2015, "neck-pain", RATED("low"),
                    arena_printf(small->arena,
                                 "{'intervention':'massage','comparator':'sham','outcome':"
                                 "'responders-50','better':'higher','window':'short','arms':"
                                 "[{'role':'intervention','n':1000,'events':%d},{'role':"
                                 "'comparator','n':1000,'events':50}]}",
                                 enough ? 250 : 249));
        struct catalog *catalog = small_rate(small);
        const struct rating *rating =
            small_rating(catalog, "massage.neck-pain.sham.responders-50.short");
        assert_int_equal(rating->certainty.domains[DOMAIN_IMPRECISION].change, enough ? 0 : -1);
        catalog_release(catalog);
    }
}

static struct domain_judgement small_ones(int trials, int n, const char *more)
{
    struct small *small = small_new();
    for (int i = 0; i < trials; i++)
        small_simple(small, arena_printf(small->arena, "t%d", i), "sham", n, -2, more);
    return judged(small, DOMAIN_PUBLICATION, NULL);
}

static void five_small_trials_of_unknown_funding_cost_a_level(void **state)
{
    (void)state;
    expect(small_ones(5, 49, ""), -1, "PB1");
    expect(small_ones(4, 49, ""), 0, "PB");
    expect(small_ones(5, 50, ""), 0, "PB");
    expect(small_ones(5, 49, "'funding':'a university',"), 0, "PB");
}

static enum certainty_level adopted(const char *more, const char *fields)
{
    struct small *small = small_new();
    enum certainty_level level;
    small_trial(
        small, "r", 2016, "neck-pain", more,
        small_pain(small, "sham",
                   arena_printf(small->arena, "%s,%s", fields, small_md(small, -2, -2.5, -1.5))))
        ->design = DESIGN_SYSTEMATIC_REVIEW;
    judged(small, DOMAIN_BIAS, &level);
    return level;
}

static void an_adopted_pool_keeps_its_authors_grade_else_is_judged_as_reported(void **state)
{
    (void)state;
    static const char *const good =
        "'appraisals':[{'instrument':'RoB 2','scope':'included-trials','share_low':0.8,"
        "'rated_by':'x'}],";
    static const char *const poor =
        "'appraisals':[{'instrument':'RoB 2','scope':'included-trials','share_low':0.8,"
        "'rated_by':'x'},{'instrument':'AMSTAR 2','overall':'critically-low','rated_by':'x'}],";
    assert_int_equal(adopted("", "'k':9,'n':900,'grade':{'level':'high','by':'x'}"),
                     CERTAINTY_HIGH);
    assert_int_equal(adopted("", "'k':9,'n':90,'grade':{'level':'low','by':'x'}"), CERTAINTY_LOW);
    assert_int_equal(adopted(good, "'k':9,'n':900,'i2':10"), CERTAINTY_HIGH);
    assert_int_equal(adopted(good, "'k':9,'n':900,'i2':50"), CERTAINTY_MODERATE);
    assert_int_equal(adopted(good, "'k':2,'n':900,'i2':10"), CERTAINTY_LOW);
    assert_int_equal(adopted(poor, "'k':9,'n':900,'i2':10"), CERTAINTY_MODERATE);
    assert_int_equal(adopted("", "'k':9,'n':900,'i2':10"), CERTAINTY_LOW); /* B3 */
    assert_int_equal(adopted("", "'k':9,'n':90,'i2':10"), CERTAINTY_VERY_LOW);
}

/* Its trials stand as the review reports them: the share at low risk, and the share at high. */
static struct domain_judgement adopted_bias(const char *shares)
{
    struct small *small = small_new();
    small_trial(small, "r", 2016, "neck-pain",
                arena_printf(small->arena,
                             "'appraisals':[{'instrument':'RoB 2','scope':'included-trials',%s,"
                             "'rated_by':'x'}],",
                             shares),
                small_pain(small, "sham",
                           arena_printf(small->arena, "'k':9,'n':900,'i2':10,%s",
                                        small_md(small, -2, -2.5, -1.5))))
        ->design = DESIGN_SYSTEMATIC_REVIEW;
    return judged(small, DOMAIN_BIAS, NULL);
}

static void what_a_review_says_of_its_trials_costs_as_much_as_of_our_own(void **state)
{
    (void)state;
    expect(adopted_bias("'share_low':0.75"), 0, "B0");
    expect(adopted_bias("'share_low':0.74"), -1, "B1");
    expect(adopted_bias("'share_low':0.1,'share_high':0.74"), -1, "B1");
    expect(adopted_bias("'share_low':0.1,'share_high':0.75"), -2, "B2");
}

/* A review of 900 people, and a trial two years later whose interval (-0.4 to 0.4) leaves its
 * estimate of -2 out. */
static struct domain_judgement outlived(const char *fields, enum certainty_level *level)
{
    struct small *small = small_new();
    small_trial(
        small, "r", 2013, "neck-pain", "",
        small_pain(small, "sham",
                   arena_printf(small->arena, "%s,%s", fields, small_md(small, -2, -2.5, -1.5))))
        ->design = DESIGN_SYSTEMATIC_REVIEW;
    small_simple(small, "newer", "sham", 200, 0, "");
    return judged(small, DOMAIN_INCONSISTENCY, level);
}

static void a_newer_trial_that_does_not_fit_a_review_costs_a_level_and_all_in_all_two(void **state)
{
    (void)state;
    enum certainty_level level;
    expect(outlived("'k':9,'n':900,'i2':10", NULL), -1, "P4");
    expect(outlived("'k':9,'n':900,'i2':50", NULL), -2, "P4"); /* N1, and the trial */
    expect(outlived("'k':9,'n':900,'grade':{'level':'high','by':'x'}", &level), -1, "P4");
    assert_int_equal(level, CERTAINTY_MODERATE);
}

/* Knots in the neck that would borrow from people without pain. */
static void borrowed_from_people_without_pain_costs_two_levels(void **state)
{
    (void)state;
    static const char *const healthy[] = {"healthy-adults", NULL};
    struct small *small = small_new();
    struct condition *conditions =
        arena_array(small->arena, small->base.condition_count, sizeof *conditions);
    memcpy(conditions, small->base.conditions, small->base.condition_count * sizeof *conditions);
    for (size_t i = 0; i < small->base.condition_count; i++)
        if (strcmp(conditions[i].id, "neck-mtrp") == 0)
            conditions[i].parents = healthy;
    small->base.conditions = conditions;
    for (int i = 0; i < 3; i++)
        small_trial(small, arena_printf(small->arena, "t%d", i), 2015, "healthy-adults",
                    RATED("low") "'funding':'x',",
                    small_pain(small, "sham", small_arms(small, 400, 3, 2, 400, 5, 2)));
    struct catalog *catalog = small_rate(small);
    const struct headline *home = small_headline(small, catalog, "healthy-adults");
    const struct headline *borrowed = small_headline(small, catalog, "neck-mtrp");
    expect(home->rating->certainty.domains[DOMAIN_INDIRECTNESS], -1, "I1");
    assert_int_equal(home->certainty, CERTAINTY_MODERATE);
    assert_true(borrowed->borrowed);
    expect(borrowed->rating->certainty.domains[DOMAIN_INDIRECTNESS], -2, "I2");
    assert_int_equal(borrowed->certainty, CERTAINTY_LOW);
    catalog_release(catalog);
}

static void non_randomised_bodies_start_low(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 400, -2, RATED("low"))->design = DESIGN_NON_RANDOMISED;
    struct catalog *catalog = small_rate(small);
    const struct rating *rating = small_rating(catalog, PAIN_SHAM);
    assert_int_equal(rating->certainty.start, CERTAINTY_LOW);
    assert_int_equal(rating->certainty.level, CERTAINTY_LOW);
    catalog_release(catalog);
}

/* ---- U ---- */

/* Two groups that were not drawn by lot, rated at low risk by ROBINS-I; three of a kind, so that no
 * ceiling for one or two studies is in the way. */
static struct small *observed(int treated, int control, const char *more)
{
    struct small *small = small_new();
    for (int i = 0; i < 3; i++)
        small_trial(small, arena_printf(small->arena, "o%d", i), 2015, "neck-pain",
                    "'appraisals':[{'instrument':'ROBINS-I','overall':'low','rated_by':'x'}],"
                    "'funding':'public',",
                    arena_printf(small->arena,
                                 "{'intervention':'massage','comparator':'sham','outcome':"
                                 "'responders-50','better':'higher','window':'short','arms':["
                                 "{'role':'intervention','n':1000,'events':%d},"
                                 "{'role':'comparator','n':1000,'events':%d}]%s}",
                                 treated, control, more))
            ->design = DESIGN_NON_RANDOMISED;
    return small;
}

#define GRADIENT ",'dose_response':'more sessions, more people helped'"

static void a_large_effect_and_a_gradient_raise_what_is_not_randomised(void **state)
{
    (void)state;
    static const struct {
        int treated, control;
        const char *more;
        int change;
        enum certainty_level level;
    } cases[] = {
        {400, 200, "", 0, CERTAINTY_LOW}, /* 2 is not above 2 */
        {410, 200, "", 1, CERTAINTY_MODERATE},
        {200, 410, "", 1, CERTAINTY_MODERATE},
        {510, 100, "", 2, CERTAINTY_HIGH},
        {100, 510, "", 2, CERTAINTY_HIGH},
        {350, 200, GRADIENT, 1, CERTAINTY_MODERATE},
        {410, 200, GRADIENT, 2, CERTAINTY_HIGH},
        {510, 100, GRADIENT, 3, CERTAINTY_HIGH},
        {205, 200, GRADIENT, 0, CERTAINTY_LOW}, /* no effect that is decided */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small *small = observed(cases[i].treated, cases[i].control, cases[i].more);
        struct catalog *catalog = small_rate(small);
        const struct rating *rating =
            small_rating(catalog, "massage.neck-pain.sham.responders-50.short");
        if (rating->certainty.domains[DOMAIN_UPGRADE].change != cases[i].change ||
            rating->certainty.level != cases[i].level)
            fail_msg("case %zu: %+d, %s", i, rating->certainty.domains[DOMAIN_UPGRADE].change,
                     certainty_names[rating->certainty.level]);
        assert_int_equal(rating->certainty.start, CERTAINTY_LOW);
        assert_true(small_traced(catalog, rating, "U") || cases[i].treated == 205);
        catalog_release(catalog);
    }
}

static void what_is_held_against_it_is_not_outweighed(void **state)
{
    (void)state;
    struct small *small = observed(510, 100, GRADIENT);
    static const struct appraisal serious = {.instrument = INSTRUMENT_ROBINS_I,
                                             .overall = "serious",
                                             .score = NAN,
                                             .out_of = NAN,
                                             .item_names = small_nothing,
                                             .item_values = small_nothing,
                                             .share_low = NAN,
                                             .share_high = NAN,
                                             .rated_by = "x"};
    for (size_t i = 0; i < small->count; i++)
        small->studies[i].appraisals = &serious;
    struct catalog *catalog = small_rate(small);
    const struct rating *rating =
        small_rating(catalog, "massage.neck-pain.sham.responders-50.short");
    assert_int_equal(rating->certainty.domains[DOMAIN_UPGRADE].change, 0);
    assert_string_equal(rating->certainty.domains[DOMAIN_UPGRADE].rule, "U");
    assert_int_equal(rating->certainty.level, CERTAINTY_VERY_LOW);
    catalog_release(catalog);
}

static void randomised_trials_are_never_raised(void **state)
{
    (void)state;
    struct small *small = observed(510, 100, GRADIENT);
    for (size_t i = 0; i < small->count; i++)
        small->studies[i].design = DESIGN_RCT;
    struct catalog *catalog = small_rate(small);
    const struct rating *rating =
        small_rating(catalog, "massage.neck-pain.sham.responders-50.short");
    assert_null(rating->certainty.domains[DOMAIN_UPGRADE].rule);
    assert_false(small_traced(catalog, rating, "U"));
    catalog_release(catalog);
}

/* One level below its home, as every borrowed body is (Q4). */
static void a_raised_body_is_borrowed_a_level_lower(void **state)
{
    (void)state;
    struct small *small = observed(510, 100, "");
    struct catalog *catalog = small_rate(small);
    const struct headline *home = small_headline(small, catalog, "neck-pain");
    const struct headline *borrowed = small_headline(small, catalog, "neck-mtrp");
    assert_int_equal(home->certainty, CERTAINTY_HIGH);
    assert_true(borrowed->borrowed);
    assert_int_equal(borrowed->certainty, CERTAINTY_MODERATE);
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(risk_of_bias_counts_by_weight),
        cmocka_unit_test(pedro_is_low_from_8_and_high_to_5),
        cmocka_unit_test(domains_stand_in_where_no_overall_judgement_was_printed),
        cmocka_unit_test(what_nobody_appraised_is_never_above_low),
        cmocka_unit_test(one_appraised_trial_does_not_lift_the_ceiling_off_the_others),
        cmocka_unit_test(a_review_of_most_of_the_trials_lends_its_grade),
        cmocka_unit_test(trials_that_differ_cost_one_level_and_contradiction_two),
        cmocka_unit_test(an_important_harm_lies_on_the_other_side_of_an_important_benefit),
        cmocka_unit_test(an_important_harm_lies_on_the_other_side_of_no_important_difference),
        cmocka_unit_test(of_two_raters_with_one_instrument_the_worse_counts),
        cmocka_unit_test(imprecision_counts_the_interval_and_the_people),
        cmocka_unit_test(an_unknown_number_of_people_costs_one_level_and_of_one_trial_two),
        cmocka_unit_test(an_unknown_number_costs_nothing_where_the_known_ones_are_enough),
        cmocka_unit_test(events_are_counted_where_people_are_counted),
        cmocka_unit_test(five_small_trials_of_unknown_funding_cost_a_level),
        cmocka_unit_test(an_adopted_pool_keeps_its_authors_grade_else_is_judged_as_reported),
        cmocka_unit_test(what_a_review_says_of_its_trials_costs_as_much_as_of_our_own),
        cmocka_unit_test(a_newer_trial_that_does_not_fit_a_review_costs_a_level_and_all_in_all_two),
        cmocka_unit_test(borrowed_from_people_without_pain_costs_two_levels),
        cmocka_unit_test(non_randomised_bodies_start_low),
        cmocka_unit_test(a_large_effect_and_a_gradient_raise_what_is_not_randomised),
        cmocka_unit_test(what_is_held_against_it_is_not_outweighed),
        cmocka_unit_test(randomised_trials_are_never_raised),
        cmocka_unit_test(a_raised_body_is_borrowed_a_level_lower),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
