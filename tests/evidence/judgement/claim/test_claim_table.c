/* The table of METHOD 6, C1: every row by plain, hedged and denied words; and what is stronger than
 * size, time and follow-up. The expected verdicts are the table's own. */
#include "tests/evidence/judgement/claim/claim_base.h"

#include "evidence/judgement/claim/standing.h"

struct row {
    const char *plain;
    const char *hedged;
    const char *denied;
};

/* The standing that the made-up trials must give, then the words against the row. */
static void check_row(struct claim_base *made, enum standing_kind kind, struct row row)
{
    const char *treatment = made->treatment;
    struct catalog *catalog = claim_base_rate(made);
    const struct base *base = catalog_base(catalog);
    struct arena *arena = arena_new();
    struct standing_question question = {.intervention = base_intervention(base, treatment),
                                         .condition = base_condition(base, "neck-pain")};
    assert_int_equal(standing_of(standings_new(catalog, arena), &question)->kind, kind);
    assert_string_equal(verdict_of(catalog, treatment, "It eases neck pain.", ATOM_EFFICACY),
                        row.plain);
    assert_string_equal(verdict_of(catalog, treatment, "It may ease neck pain.", ATOM_EFFICACY),
                        row.hedged);
    assert_string_equal(
        verdict_of(catalog, treatment, "It does not ease neck pain.", ATOM_EFFICACY), row.denied);
    arena_free(arena);
    catalog_release(catalog);
}

static void what_works_supports_plain_words_and_contradicts_a_denial(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    for (int i = 0; i < 4; i++)
        claim_base_trial(made, "sham", 150, -2.5, "low");
    check_row(made, STANDING_WORKS, (struct row){"supported", "supported", "contradicted"});
}

static void what_may_work_supports_hedged_words_only(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    for (int i = 0; i < 3; i++)
        claim_base_trial(made, "sham", 80, -2.2, "high");
    check_row(made, STANDING_MAY, (struct row){"partly-supported", "supported", "contradicted"});
}

static void a_benefit_over_nothing_and_none_over_a_sham_supports_in_part(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    claim_base_trial(made, "nothing", 12, -1.8, "high");
    claim_base_trial(made, "sham", 12, 0.1, "high");
    check_row(made, STANDING_NOT_SHAM,
              (struct row){"partly-supported", "supported", "partly-supported"});
}

static void trials_that_all_found_nothing_contradict_plain_words(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    claim_base_trial(made, "sham", 12, 0.1, "high");
    claim_base_trial(made, "sham", 12, -0.1, "high");
    check_row(made, STANDING_NULL, (struct row){"contradicted", "unsupported", "supported"});
}

static void what_does_not_work_contradicts_plain_words(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    for (int i = 0; i < 4; i++)
        claim_base_trial(made, "sham", 200, 0, "low");
    check_row(made, STANDING_FIRMLY_NULL, (struct row){"contradicted", "unsupported", "supported"});
}

static void what_nobody_studied_supports_neither_the_claim_nor_its_denial(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    check_row(made, STANDING_UNTESTED, (struct row){"unsupported", "unsupported", "unsupported"});
}

static void what_harms_contradicts_hedged_words_too(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    for (int i = 0; i < 4; i++)
        claim_base_trial(made, "sham", 150, 2.5, "low");
    check_row(made, STANDING_HARM, (struct row){"contradicted", "contradicted", "supported"});
}

static void that_nothing_is_known_is_right_where_nobody_studied_it(void **state)
{
    (void)state;
    struct catalog *catalog = claim_base_rate(claim_base_new(BALL));
    assert_string_equal(
        verdict_of(catalog, BALL, "It has not been shown that it eases neck pain.", ATOM_EFFICACY),
        "supported");
    catalog_release(catalog);
}

/* ---- stronger than the figure, the time, the follow-up ---- */

struct words {
    const char *text;
    enum atom_type type;
    const char *verdict;
};

static void check_words(const struct catalog *catalog, const struct words *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *verdict = verdict_of(catalog, BALL, words[i].text, words[i].type);
        if (strcmp(verdict, words[i].verdict) != 0)
            fail_msg("\"%s\" is %s, not %s", words[i].text, verdict, words[i].verdict);
    }
}

/* Two points less at up to 12 weeks, and nobody looked later. */
static void words_stronger_than_what_was_seen_are_told_so(void **state)
{
    (void)state;
    static const struct words words[] = {
        {"It cures neck pain.", ATOM_EFFICACY, "overstated"},
        {"Neck pain is gone.", ATOM_EFFICACY, "overstated"},
        {"It dramatically reduces neck pain.", ATOM_EFFICACY, "supported"}, /* it is large */
        {"It completely relieves neck pain.", ATOM_SIZE, "overstated"},
        {"It cuts neck pain in half.", ATOM_SIZE, "unsupported"},
        {"90% less neck pain.", ATOM_SIZE, "unsupported"},
        {"100% less neck pain.", ATOM_SIZE, "overstated"},
        {"300% more movement.", ATOM_SIZE, "unsupported"},
        {"It takes about two points off neck pain.", ATOM_SIZE, "supported"},
        {"It takes six points off neck pain.", ATOM_SIZE, "overstated"},
        {"It eases neck pain in 60 seconds.", ATOM_SPEED, "unsupported"},
        {"Instant relief from neck pain.", ATOM_SPEED, "unsupported"},
        {"It relieves neck pain forever.", ATOM_PERMANENCE, "unsupported"},
        {"Its effect on neck pain fades.", ATOM_PERMANENCE, "supported"},
        {"It prevents neck pain.", ATOM_EFFICACY, "unsupported"},
        {"It helps everyone with neck pain.", ATOM_UNIVERSALITY, "unsupported"},
        {"Relief of neck pain guaranteed.", ATOM_UNIVERSALITY, "unsupported"},
        {"It does not cure neck pain.", ATOM_EFFICACY, "supported"},
    };
    struct claim_base *made = claim_base_new(BALL);
    for (int i = 0; i < 4; i++)
        claim_base_trial(made, "sham", 150, -2, "low");
    struct catalog *catalog = claim_base_rate(made);
    check_words(catalog, words, sizeof words / sizeof *words);
    catalog_release(catalog);
}

static void a_multiple_of_what_trials_found_unchanged_is_contradicted(void **state)
{
    (void)state;
    struct claim_base *made = claim_base_new(BALL);
    for (int i = 0; i < 4; i++)
        claim_base_trial(made, "sham", 200, 0, "low");
    struct catalog *catalog = claim_base_rate(made);
    assert_string_equal(verdict_of(catalog, BALL, "It halves neck pain.", ATOM_SIZE),
                        "contradicted");
    assert_string_equal(verdict_of(catalog, BALL, "It cures neck pain.", ATOM_EFFICACY),
                        "contradicted");
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_works_supports_plain_words_and_contradicts_a_denial),
        cmocka_unit_test(what_may_work_supports_hedged_words_only),
        cmocka_unit_test(a_benefit_over_nothing_and_none_over_a_sham_supports_in_part),
        cmocka_unit_test(trials_that_all_found_nothing_contradict_plain_words),
        cmocka_unit_test(what_does_not_work_contradicts_plain_words),
        cmocka_unit_test(what_nobody_studied_supports_neither_the_claim_nor_its_denial),
        cmocka_unit_test(what_harms_contradicts_hedged_words_too),
        cmocka_unit_test(that_nothing_is_known_is_right_where_nobody_studied_it),
        cmocka_unit_test(words_stronger_than_what_was_seen_are_told_so),
        cmocka_unit_test(a_multiple_of_what_trials_found_unchanged_is_contradicted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
