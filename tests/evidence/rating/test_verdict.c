/* METHOD section 5: the classes at their edges, and the words for them. */
#include "tests/evidence/rating/small_base.h"

#include "evidence/rating/synthesis.h"

/* MID 1 throughout; the edges are those METHOD names. */
static void each_class_begins_and_ends_where_the_method_says(void **state)
{
    (void)state;
    static const struct {
        double benefit, low, high;
        enum effect_class class;
    } cases[] = {
        {1.5, 0.6, 2.4, CLASS_BENEFIT},
        {1.0, 0.51, 1.5, CLASS_BENEFIT},
        {1.0, 0.5, 1.5, CLASS_SMALL}, /* the interval must be above half the MID */
        {0.99, 0.6, 1.4, CLASS_SMALL},
        {0.6, 0.01, 1.2, CLASS_SMALL},
        {0.3, 0.1, 0.499, CLASS_NO_DIFFERENCE}, /* wholly within half the MID */
        {0.3, 0.1, 0.5, CLASS_SMALL},
        {0.1, -0.9, 0.99, CLASS_NO_DIFFERENCE},
        {0.1, -0.9, 1.0, CLASS_UNDECIDED},
        {-0.1, -1.0, 0.8, CLASS_UNDECIDED},
        {0.5, 0.0, 0.9, CLASS_NO_DIFFERENCE}, /* holds 0 */
        {-0.5, -1.2, -0.1, CLASS_HARM},
        {-0.49, -1.2, -0.01, CLASS_NO_DIFFERENCE},
        {-2, -3, -1, CLASS_HARM},
        {0, -2, 2, CLASS_UNDECIDED},
        {1.5, -0.1, 3.1, CLASS_UNDECIDED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct weighed weighed = {cases[i].benefit, cases[i].low, cases[i].high, 1};
        if (classify(&weighed) != cases[i].class)
            fail_msg("%g (%g to %g): class %d, want %d", weighed.benefit, weighed.low, weighed.high,
                     classify(&weighed), cases[i].class);
    }
}

static void without_a_mid_or_an_interval_there_is_no_class(void **state)
{
    (void)state;
    assert_int_equal(classify(&(struct weighed){1, 0.5, 2, NAN}), CLASS_NONE);
    assert_int_equal(classify(&(struct weighed){1, NAN, 2, 1}), CLASS_NONE);
    assert_int_equal(classify(&(struct weighed){NAN, 0.5, 2, 1}), CLASS_NONE);
}

static void the_words_are_those_of_the_table(void **state)
{
    (void)state;
    static const char *const table[][4] = {
        {"unproven", "may-work", "probably-works", "works"},
        {"unproven", "may-help-a-little", "probably-small-benefit", "small-benefit"},
        {"unproven", "may-not-work", "probably-does-not-work", "does-not-work"},
        {"unproven", "unproven", "unproven", "unproven"},
        {"unproven", "may-harm", "probably-harmful", "harmful"},
    };
    for (size_t class = 0; class < 5; class ++)
        for (size_t level = 0; level < 4; level++) {
            enum certainty_level sure = (enum certainty_level)level;
            enum effect_class what = (enum effect_class) class;
            assert_string_equal(verdict_word(what, sure, COMPARATOR_SHAM), table[class][level]);
            assert_string_equal(verdict_word(what, sure, COMPARATOR_NOTHING), table[class][level]);
        }
    assert_null(verdict_word(CLASS_NONE, CERTAINTY_HIGH, COMPARATOR_SHAM));
}

static void a_tie_with_another_treatment_is_not_told_as_failure(void **state)
{
    (void)state;
    assert_string_equal(verdict_word(CLASS_NO_DIFFERENCE, CERTAINTY_HIGH, COMPARATOR_ACTIVE),
                        "no-different");
    assert_string_equal(verdict_word(CLASS_SMALL, CERTAINTY_LOW, COMPARATOR_ACTIVE),
                        "may-be-better");
    assert_string_equal(verdict_word(CLASS_HARM, CERTAINTY_MODERATE, COMPARATOR_ACTIVE),
                        "probably-worse");
    assert_string_equal(verdict_word(CLASS_BENEFIT, CERTAINTY_VERY_LOW, COMPARATOR_ACTIVE),
                        "unproven");
}

static void every_verdict_has_words_for_a_badge(void **state)
{
    (void)state;
    for (size_t i = 0; verdict_names[i] != NULL; i++)
        assert_string_not_equal(verdict_badge(verdict_names[i]), "No verdict");
    assert_string_equal(verdict_badge(NULL), "No verdict");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_class_begins_and_ends_where_the_method_says),
        cmocka_unit_test(without_a_mid_or_an_interval_there_is_no_class),
        cmocka_unit_test(the_words_are_those_of_the_table),
        cmocka_unit_test(a_tie_with_another_treatment_is_not_told_as_failure),
        cmocka_unit_test(every_verdict_has_words_for_a_badge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
