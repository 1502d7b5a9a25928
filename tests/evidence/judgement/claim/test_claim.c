/* Claims vetted (METHOD section 6, rules C1 to C14 of rules.json) on made studies of massage for
 * neck pain, so that each verdict follows from a rule and a known standing. */
#include "tests/evidence/judgement/made_knowledge.h"

#include "evidence/judgement/claim/claim.h"
#include "evidence/rating/safety_kept.h"

enum made { WORKS, MAY, NOT_SHAM, LEANS, MIXED, NULL_WEAK, NULL_FIRM, HARM, NO_STUDY, MADE_COUNT };

struct bases {
    struct catalog *of[MADE_COUNT];
};

static void add_studies(struct small *small, enum made made)
{
    switch (made) {
    case WORKS: /* of 95 % interval 1.78 to 2.17: each arm of 200, SD 2, so SE 0.2 / sqrt(4) */
        made_trials(small, "sham", 4, -2);
        break;
    case MAY: /* 240 people in two trials: low */
        small_simple(small, "a", "sham", 60, -2, RATED("low"));
        small_simple(small, "b", "sham", 60, -2.1, RATED("low"));
        break;
    case NOT_SHAM: /* V1: the sham body's interval holds 0 */
        made_trials(small, "nothing", 4, -2);
        small_simple(small, "s", "sham", 15, 0, RATED("high"));
        break;
    case LEANS:
        made_direction(small, "a", "sham", "intervention");
        made_direction(small, "b", "sham", "intervention");
        made_direction(small, "c", "sham", "neither");
        break;
    case MIXED:
        made_direction(small, "a", "sham", "intervention");
        made_direction(small, "b", "sham", "neither");
        break;
    case NULL_WEAK: /* two trials at some risk of bias: low */
        small_simple(small, "a", "sham", 90, -0.03, RATED("some-concerns"));
        small_simple(small, "b", "sham", 90, 0.03, RATED("some-concerns"));
        break;
    case NULL_FIRM:
        made_trials(small, "sham", 4, -0.03);
        break;
    case HARM:
        made_trials(small, "sham", 4, 2);
        break;
    case NO_STUDY:
    case MADE_COUNT:
        break;
    }
}

static int make_bases(void **state)
{
    static struct bases bases;
    for (int made = 0; made < MADE_COUNT; made++) {
        struct small *small = made_new();
        add_studies(small, (enum made)made);
        bases.of[made] = made_knowledge(small);
    }
    *state = &bases;
    return 0;
}

static int release_bases(void **state)
{
    struct bases *bases = *state;
    for (int made = 0; made < MADE_COUNT; made++)
        catalog_release(bases->of[made]);
    return 0;
}

static struct claim vetted(const struct catalog *catalog, const char *text, struct arena *arena)
{
    struct claim claim;
    struct error err = {0};
    if (!claim_vet(catalog, text, strlen(text), NULL, arena, &claim, &err))
        fail_msg("%s", err.message);
    return claim;
}

static const struct claim_atom *atom_of(const struct claim *claim, enum atom_type type)
{
    for (size_t i = 0; i < claim->atom_count; i++)
        if (claim->atoms[i].type == type)
            return &claim->atoms[i];
    return NULL;
}

static bool has_rule(const struct claim_atom *atom, const char *rule)
{
    for (const char *const *one = atom->rules; *one != NULL; one++)
        if (strcmp(*one, rule) == 0)
            return true;
    return false;
}

/* The verdict of the text's atom of a type, which a rule must stand behind. */
static void comes_to(const struct catalog *catalog, const char *text, enum atom_type type,
                     const char *rule, enum claim_verdict want)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(catalog, text, arena);
    const struct claim_atom *atom = atom_of(&claim, type);
    if (atom == NULL)
        fail_msg("\"%s\" has no claim of %s", text, atom_type_names[type]);
    if (atom->verdict != want || !has_rule(atom, rule))
        fail_msg("\"%s\": %s by %s (%s), want %s by %s", text, claim_verdict_names[atom->verdict],
                 atom->rules[0], atom->reason, claim_verdict_names[want], rule);
    arena_free(arena);
}

static void each_comes_to(const struct bases *bases, const char *text, enum atom_type type,
                          const char *rule, const enum claim_verdict want[MADE_COUNT])
{
    for (int made = 0; made < MADE_COUNT; made++) {
        print_message("standing %d: %s\n", made, text);
        comes_to(bases->of[made], text, type, rule, want[made]);
    }
}

/* ---- C1 ---- */

static void plain_hedged_and_denied_words_are_judged_by_the_table(void **state)
{
    static const enum claim_verdict plain[MADE_COUNT] = {
        [WORKS] = CLAIM_SUPPORTED,           [MAY] = CLAIM_PARTLY_SUPPORTED,
        [NOT_SHAM] = CLAIM_PARTLY_SUPPORTED, [LEANS] = CLAIM_PARTLY_SUPPORTED,
        [MIXED] = CLAIM_UNSUPPORTED,         [NULL_WEAK] = CLAIM_CONTRADICTED,
        [NULL_FIRM] = CLAIM_CONTRADICTED,    [HARM] = CLAIM_CONTRADICTED,
        [NO_STUDY] = CLAIM_UNSUPPORTED};
    static const enum claim_verdict hedged[MADE_COUNT] = {
        [WORKS] = CLAIM_SUPPORTED,        [MAY] = CLAIM_SUPPORTED,
        [NOT_SHAM] = CLAIM_SUPPORTED,     [LEANS] = CLAIM_SUPPORTED,
        [MIXED] = CLAIM_PARTLY_SUPPORTED, [NULL_WEAK] = CLAIM_UNSUPPORTED,
        [NULL_FIRM] = CLAIM_UNSUPPORTED,  [HARM] = CLAIM_CONTRADICTED,
        [NO_STUDY] = CLAIM_UNSUPPORTED};
    static const enum claim_verdict denied[MADE_COUNT] = {
        [WORKS] = CLAIM_CONTRADICTED,        [MAY] = CLAIM_CONTRADICTED,
        [NOT_SHAM] = CLAIM_PARTLY_SUPPORTED, [LEANS] = CLAIM_PARTLY_SUPPORTED,
        [MIXED] = CLAIM_UNSUPPORTED,         [NULL_WEAK] = CLAIM_SUPPORTED,
        [NULL_FIRM] = CLAIM_SUPPORTED,       [HARM] = CLAIM_SUPPORTED,
        [NO_STUDY] = CLAIM_UNSUPPORTED};
    each_comes_to(*state, "Massage relieves neck pain.", ATOM_EFFICACY, "C1", plain);
    each_comes_to(*state, "Massage may relieve neck pain.", ATOM_EFFICACY, "C1", hedged);
    each_comes_to(*state, "Massage does not relieve neck pain.", ATOM_EFFICACY, "C1", denied);
}

static void a_question_and_a_report_are_judged_as_what_they_speak_of(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "Does massage relieve neck pain?", ATOM_EFFICACY, "C1",
             CLAIM_SUPPORTED);
    comes_to(bases->of[NULL_FIRM], "Does massage relieve neck pain?", ATOM_EFFICACY, "C1",
             CLAIM_CONTRADICTED);
}

/* Untested: supported if it says that nothing is known; wrong where a trial of any weight speaks.
 */
static void that_nothing_is_known_is_right_only_where_nothing_is(void **state)
{
    const struct bases *bases = *state;
    const char *text = "It is not known whether massage relieves neck pain.";
    comes_to(bases->of[NO_STUDY], text, ATOM_EFFICACY, "C1", CLAIM_SUPPORTED);
    comes_to(bases->of[WORKS], text, ATOM_EFFICACY, "C1", CLAIM_CONTRADICTED);
}

static void relief_of_one_complaint_is_no_relief_of_all(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "Massage relieves pain.", ATOM_EFFICACY, "C1",
             CLAIM_PARTLY_SUPPORTED);
    comes_to(bases->of[WORKS], "Massage relieves neck pain and low back pain.", ATOM_EFFICACY, "C2",
             CLAIM_OVERSTATED);
}

static void what_eases_is_not_shown_to_prevent(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "Massage prevents neck pain.", ATOM_EFFICACY, "C1",
             CLAIM_UNSUPPORTED);
    comes_to(bases->of[WORKS], "Massage does not prevent neck pain.", ATOM_EFFICACY, "C1",
             CLAIM_SUPPORTED);
}

static void movement_told_as_proof_of_relief_misleads(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS],
             "Massage improves range of motion in people with neck pain, which shows that it "
             "eases pain.",
             ATOM_EFFICACY, "C3", CLAIM_MISLEADING);
}

/* ---- C4 ---- */

static void words_for_all_of_it_go_beyond_every_benefit(void **state)
{
    static const enum claim_verdict plain[MADE_COUNT] = {
        [WORKS] = CLAIM_OVERSTATED,       [MAY] = CLAIM_OVERSTATED,
        [NOT_SHAM] = CLAIM_CONTRADICTED,  [LEANS] = CLAIM_OVERSTATED,
        [MIXED] = CLAIM_UNSUPPORTED,      [NULL_WEAK] = CLAIM_CONTRADICTED,
        [NULL_FIRM] = CLAIM_CONTRADICTED, [HARM] = CLAIM_CONTRADICTED,
        [NO_STUDY] = CLAIM_UNSUPPORTED};
    static const enum claim_verdict denied[MADE_COUNT] = {
        CLAIM_SUPPORTED, CLAIM_SUPPORTED, CLAIM_SUPPORTED, CLAIM_SUPPORTED, CLAIM_SUPPORTED,
        CLAIM_SUPPORTED, CLAIM_SUPPORTED, CLAIM_SUPPORTED, CLAIM_SUPPORTED};
    const struct bases *bases = *state;
    each_comes_to(bases, "Massage cures neck pain.", ATOM_EFFICACY, "C4", plain);
    each_comes_to(bases, "Massage does not cure neck pain.", ATOM_EFFICACY, "C4", denied);
    comes_to(bases->of[WORKS], "Massage may cure neck pain.", ATOM_EFFICACY, "C4",
             CLAIM_PARTLY_SUPPORTED);
}

/* The interval of WORKS is 1.78 to 2.17. */
static void points_are_held_against_the_interval(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "Massage relieves neck pain by 2 points.", ATOM_SIZE, "C4",
             CLAIM_SUPPORTED);
    comes_to(bases->of[WORKS], "Massage relieves neck pain by 3 points.", ATOM_SIZE, "C4",
             CLAIM_OVERSTATED);
    comes_to(bases->of[WORKS], "Massage relieves neck pain by 1 point.", ATOM_SIZE, "C4",
             CLAIM_PARTLY_SUPPORTED);
    comes_to(bases->of[NULL_FIRM], "Massage relieves neck pain by 2 points.", ATOM_SIZE, "C4",
             CLAIM_OVERSTATED);
    comes_to(bases->of[LEANS], "Massage relieves neck pain by 2 points.", ATOM_SIZE, "C4",
             CLAIM_UNSUPPORTED); /* directions have no size */
}

static void a_percentage_that_nobody_measured_is_unsupported(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "Massage reduces neck pain by 90%.", ATOM_SIZE, "C4",
             CLAIM_UNSUPPORTED);
    comes_to(bases->of[WORKS], "Massage does not reduce neck pain by 90%.", ATOM_SIZE, "C4",
             CLAIM_SUPPORTED);
    comes_to(bases->of[WORKS], "Massage reduces neck pain by 100%.", ATOM_SIZE, "C4",
             CLAIM_OVERSTATED); /* all of it */
    comes_to(bases->of[NULL_FIRM], "Massage reduces neck pain by 100%.", ATOM_SIZE, "C4",
             CLAIM_CONTRADICTED);
    comes_to(bases->of[NOT_SHAM], "Massage reduces neck pain by 100%.", ATOM_SIZE, "C4",
             CLAIM_CONTRADICTED);
    comes_to(bases->of[NO_STUDY], "Massage reduces neck pain by 100%.", ATOM_SIZE, "C4",
             CLAIM_UNSUPPORTED);
}

/* ---- C5 and C6: all trials here looked within the short window, after 3 days to 12 weeks ---- */

static void seconds_that_nobody_timed_are_unsupported(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "Massage relieves neck pain in 60 seconds.", ATOM_SPEED, "C5",
             CLAIM_UNSUPPORTED);
    comes_to(bases->of[WORKS], "Massage does not relieve neck pain in 60 seconds.", ATOM_SPEED,
             "C5", CLAIM_SUPPORTED);
    /* Two days are within the immediate window, which these trials left out. */
    comes_to(bases->of[WORKS], "Massage relieves neck pain within two days.", ATOM_SPEED, "C5",
             CLAIM_UNSUPPORTED);
}

static void days_and_weeks_are_held_against_what_trials_saw_by_then(void **state)
{
    static const enum claim_verdict within[MADE_COUNT] = {
        [WORKS] = CLAIM_SUPPORTED,           [MAY] = CLAIM_PARTLY_SUPPORTED,
        [NOT_SHAM] = CLAIM_PARTLY_SUPPORTED, [LEANS] = CLAIM_PARTLY_SUPPORTED,
        [MIXED] = CLAIM_UNSUPPORTED,         [NULL_WEAK] = CLAIM_UNSUPPORTED,
        [NULL_FIRM] = CLAIM_UNSUPPORTED,     [HARM] = CLAIM_UNSUPPORTED,
        [NO_STUDY] = CLAIM_UNSUPPORTED};
    each_comes_to(*state, "Massage relieves neck pain within two weeks.", ATOM_SPEED, "C5", within);
}

/* A trial that looked in another window than the short one. */
static void add_in_window(struct small *small, const char *window, double effect)
{
    for (int i = 0; i < 4; i++)
        small_trial(
            small, arena_printf(small->arena, "%s%d", window, i), 2015, "neck-pain", RATED("low"),
            arena_printf(small->arena,
                         "{'intervention':'massage','comparator':'sham','outcome':"
                         "'pain-intensity','scale':{'name':'VAS','low':0,'high':10},"
                         "'better':'lower','window':'%s',%s}",
                         window, small_arms(small, 200, 5 + effect + 0.02 * i, 2, 200, 5, 2)));
}

static struct catalog *seen_in(const char *window, double effect)
{
    struct small *small = made_new();
    made_trials(small, "sham", 4, -2);
    if (window != NULL)
        add_in_window(small, window, effect);
    return made_knowledge(small);
}

static void how_long_it_lasts_is_held_against_those_who_looked(void **state)
{
    static const struct {
        const char *window;
        double effect;
        enum claim_verdict year, for_good, fades;
    } cases[] = {
        {NULL, 0, CLAIM_UNSUPPORTED, CLAIM_UNSUPPORTED, CLAIM_SUPPORTED},
        {"long", -2, CLAIM_SUPPORTED, CLAIM_OVERSTATED, CLAIM_CONTRADICTED},
        {"long", -0.03, CLAIM_CONTRADICTED, CLAIM_CONTRADICTED, CLAIM_SUPPORTED},
        {"medium", -2, CLAIM_SUPPORTED, CLAIM_OVERSTATED, CLAIM_CONTRADICTED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct catalog *catalog = seen_in(cases[i].window, cases[i].effect);
        comes_to(catalog, "Massage relieves neck pain for a year.", ATOM_PERMANENCE, "C6",
                 cases[i].year);
        comes_to(catalog, "Massage relieves neck pain for good.", ATOM_PERMANENCE, "C6",
                 cases[i].for_good);
        comes_to(catalog, "Massage relieves neck pain and it never comes back.", ATOM_PERMANENCE,
                 "C6", cases[i].for_good);
        comes_to(catalog, "The relief of neck pain by massage wears off.", ATOM_PERMANENCE, "C6",
                 cases[i].fades);
        catalog_release(catalog);
    }
}

/* ---- C8 to C10 ---- */

static void a_benefit_on_average_is_none_for_everyone(void **state)
{
    static const enum claim_verdict person[MADE_COUNT] = {
        [WORKS] = CLAIM_UNSUPPORTED,     [MAY] = CLAIM_UNSUPPORTED,
        [NOT_SHAM] = CLAIM_UNSUPPORTED,  [LEANS] = CLAIM_UNSUPPORTED,
        [MIXED] = CLAIM_UNSUPPORTED,     [NULL_WEAK] = CLAIM_UNSUPPORTED,
        [NULL_FIRM] = CLAIM_UNSUPPORTED, [HARM] = CLAIM_UNSUPPORTED,
        [NO_STUDY] = CLAIM_UNSUPPORTED};
    const struct bases *bases = *state;
    each_comes_to(bases, "Massage works for everyone with neck pain.", ATOM_UNIVERSALITY, "C8",
                  person);
    comes_to(bases->of[WORKS], "Massage relieves every kind of pain.", ATOM_UNIVERSALITY, "C8",
             CLAIM_OVERSTATED);
    comes_to(bases->of[NULL_FIRM], "Massage relieves every kind of pain.", ATOM_UNIVERSALITY, "C8",
             CLAIM_UNSUPPORTED);
    comes_to(bases->of[WORKS], "Massage does not work for everyone with neck pain.",
             ATOM_UNIVERSALITY, "C8", CLAIM_SUPPORTED);
    comes_to(bases->of[WORKS], "Massage suits everyone.", ATOM_UNIVERSALITY, "C9",
             CLAIM_CONTRADICTED);
}

/* Harms of massage, and people it is not for, are on record in the curated base. */
static void harmless_is_contradicted_by_the_record(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "Massage has no side effects.", ATOM_SAFETY, "C9",
             CLAIM_CONTRADICTED);
    comes_to(bases->of[WORKS], "Massage is completely harmless.", ATOM_SAFETY, "C9",
             CLAIM_CONTRADICTED);
    comes_to(bases->of[WORKS], "Massage leaves not one side effect behind.", ATOM_SAFETY, "C9",
             CLAIM_CONTRADICTED);
    comes_to(bases->of[WORKS], "Massage is not harmless.", ATOM_SAFETY, "C9", CLAIM_SUPPORTED);
    comes_to(bases->of[WORKS], "Massage can be sore for a day.", ATOM_SAFETY, "C9",
             CLAIM_SUPPORTED);
}

static void clinically_proven_needs_trials_of_that_very_claim(void **state)
{
    static const enum claim_verdict proven[MADE_COUNT] = {
        [WORKS] = CLAIM_SUPPORTED,        [MAY] = CLAIM_OVERSTATED,
        [NOT_SHAM] = CLAIM_OVERSTATED,    [LEANS] = CLAIM_OVERSTATED,
        [MIXED] = CLAIM_UNSUPPORTED,      [NULL_WEAK] = CLAIM_CONTRADICTED,
        [NULL_FIRM] = CLAIM_CONTRADICTED, [HARM] = CLAIM_CONTRADICTED,
        [NO_STUDY] = CLAIM_UNSUPPORTED};
    const struct bases *bases = *state;
    each_comes_to(bases, "Massage is clinically proven to relieve neck pain.", ATOM_AUTHORITY,
                  "C10", proven);
    comes_to(bases->of[WORKS], "Massage is clinically proven to cure neck pain.", ATOM_AUTHORITY,
             "C10", CLAIM_OVERSTATED);
}

static void a_register_is_no_reason_to_believe(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "TENS is FDA registered.", ATOM_AUTHORITY, "C10", CLAIM_MISLEADING);
}

/* ---- C11 ---- */

static struct catalog *head_to_head(double effect)
{
    struct small *small = made_new();
    for (int i = 0; i < 4; i++)
        small_simple(small, arena_printf(small->arena, "h%d", i), "active:exercise", 200,
                     effect + 0.02 * i, RATED("low"));
    return made_knowledge(small);
}

static void a_comparison_is_held_against_trials_of_the_two(void **state)
{
    static const struct {
        double effect;
        enum claim_verdict better, other_way, equal;
    } cases[] = {
        {-2, CLAIM_SUPPORTED, CLAIM_CONTRADICTED, CLAIM_SUPPORTED},
        {-0.03, CLAIM_CONTRADICTED, CLAIM_CONTRADICTED, CLAIM_SUPPORTED},
        {2, CLAIM_CONTRADICTED, CLAIM_SUPPORTED, CLAIM_CONTRADICTED},
    };
    const struct bases *bases = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct catalog *catalog = head_to_head(cases[i].effect);
        comes_to(catalog, "Massage is better than exercise for neck pain.", ATOM_COMPARISON, "C11",
                 cases[i].better);
        comes_to(catalog, "Exercise is better than massage for neck pain.", ATOM_COMPARISON, "C11",
                 cases[i].other_way);
        comes_to(catalog, "Massage is as good as exercise for neck pain.", ATOM_COMPARISON, "C11",
                 cases[i].equal);
        catalog_release(catalog);
    }
    comes_to(bases->of[WORKS], "Massage is better than exercise for neck pain.", ATOM_COMPARISON,
             "C11", CLAIM_UNSUPPORTED);
    comes_to(bases->of[WORKS], "Massage is better than any other treatment for neck pain.",
             ATOM_COMPARISON, "C11", CLAIM_UNSUPPORTED);
}

/* ---- C12, C13 ---- */

static void without_a_treatment_there_is_nothing_to_check(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "It relieves neck pain.", ATOM_EFFICACY, "C12", CLAIM_NOT_CHECKABLE);
    comes_to(bases->of[WORKS], "My neck pain was gone after one massage.", ATOM_EFFICACY, "C12",
             CLAIM_NOT_CHECKABLE);
}

static void a_regulators_finding_counts_where_no_study_speaks(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[NO_STUDY], "Static magnets relieve neck pain.", ATOM_EFFICACY, "C13",
             CLAIM_UNSUPPORTED);
}

/* ---- C14 and the whole ---- */

static void the_text_has_the_worst_verdict_of_its_claims(void **state)
{
    static const struct {
        const char *text;
        enum claim_verdict verdict;
        size_t atoms;
    } cases[] = {
        {"Ships in three days.", CLAIM_NONE, 0},
        {"Massage relieves neck pain.", CLAIM_SUPPORTED, 1},
        {"Massage relieves neck pain. My back pain was gone after one massage.",
         CLAIM_NOT_CHECKABLE, 2},
        {"Massage relieves neck pain. Massage cures neck pain.", CLAIM_OVERSTATED, 2},
        {"Massage cures neck pain. Massage relieves neck pain in 60 seconds.", CLAIM_UNSUPPORTED,
         2},
        {"Massage relieves neck pain. Massage has no side effects.", CLAIM_CONTRADICTED, 2},
        {"Massage has no side effects. TENS is FDA registered.", CLAIM_MISLEADING, 2},
    };
    const struct bases *bases = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct claim claim = vetted(bases->of[WORKS], cases[i].text, arena);
        if (claim.verdict != cases[i].verdict || claim.atom_count != cases[i].atoms)
            fail_msg("\"%s\": %s, %zu claims", cases[i].text, claim_verdict_names[claim.verdict],
                     claim.atom_count);
        arena_free(arena);
    }
}

static void places_count_code_points_and_claims_stand_in_their_order(void **state)
{
    const struct bases *bases = *state;
    struct arena *arena = arena_new();
    const char *text = "\xf0\x9f\x92\xaa Massage relieves neck pain. Massage cures neck pain.";
    struct claim claim = vetted(bases->of[WORKS], text, arena);
    assert_int_equal(claim.atom_count, 2);
    assert_int_equal(claim.atoms[0].start, 10); /* the first character has four bytes */
    assert_int_equal(claim.atoms[0].end, 28);
    assert_int_equal(claim.atoms[0].start_byte, 13);
    assert_int_equal(claim.atoms[0].end_byte, 31);
    assert_true(claim.atoms[1].start > claim.atoms[0].end);
    assert_string_equal(claim.atoms[0].intervention->id, "massage");
    assert_string_equal(claim.atoms[0].condition->id, "neck-pain");
    assert_string_equal(claim.intervention->id, "massage");
    assert_string_equal(claim.condition->id, "neck-pain");
    arena_free(arena);
}

static void the_answer_counts_its_claims_and_tells_what_would_hold(void **state)
{
    const struct bases *bases = *state;
    struct arena *arena = arena_new();
    struct claim claim = vetted(bases->of[WORKS], "Massage relieves neck pain.", arena);
    assert_string_equal(claim.summary, "1 claim found about massage; it is borne out.");
    says(claim.supported_wording, "Massage lowers pain in people with neck pain");
    assert_null(claim.not_checked[0]);
    claim = vetted(bases->of[WORKS],
                   "Massage relieves neck pain. Massage cures neck pain. My neck pain was gone "
                   "after one massage.",
                   arena);
    assert_string_equal(claim.summary,
                        "3 claims found about massage: 1 is more than the evidence gives; 1 is "
                        "beyond what can be checked here; 1 is borne out.");
    assert_string_equal(claim.not_checked[0], "My neck pain was gone");
    assert_null(claim.not_checked[1]);
    claim = vetted(bases->of[WORKS], "Ships in three days.", arena);
    assert_string_equal(claim.summary, "No claim that can be checked was found in this text.");
    assert_null(claim.supported_wording);
    arena_free(arena);
}

static void a_verdict_names_the_ratings_behind_it(void **state)
{
    const struct bases *bases = *state;
    struct arena *arena = arena_new();
    struct claim claim = vetted(bases->of[NOT_SHAM], "Massage relieves neck pain.", arena);
    assert_int_equal(claim.atoms[0].rating_count, 2);
    assert_string_equal(claim.atoms[0].ratings[0]->question.id, PAIN_NOTHING);
    assert_string_equal(claim.atoms[0].ratings[1]->question.id, PAIN_SHAM);
    arena_free(arena);
}

static void a_text_that_is_too_long_is_refused(void **state)
{
    const struct bases *bases = *state;
    struct arena *arena = arena_new();
    char *text = arena_alloc(arena, CLAIM_BYTES + 2);
    struct claim claim;
    struct error err = {0};
    memset(text, 'a', CLAIM_BYTES + 1);
    assert_true(claim_vet(bases->of[WORKS], text, CLAIM_BYTES, NULL, arena, &claim, &err));
    assert_false(claim_vet(bases->of[WORKS], text, CLAIM_BYTES + 1, NULL, arena, &claim, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    arena_free(arena);
}

/* ---- words and edges ---- */

/* The reason of a text's atom begins so. */
static void is_told(const struct catalog *catalog, const char *text, enum atom_type type,
                    const char *words)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(catalog, text, arena);
    const struct claim_atom *atom = atom_of(&claim, type);
    if (atom == NULL || strncmp(atom->reason, words, strlen(words)) != 0)
        fail_msg("\"%s\": %s", text, atom == NULL ? "no claim" : atom->reason);
    arena_free(arena);
}

/* METHOD 6: a denial of what studies lean to is not supported, and yet a trial may have found just
 * that. */
static void what_is_told_of_some_trials_is_so_where_there_are_such(void **state)
{
    static const char *const one_null = "In one trial massage did not relieve neck pain.";
    static const char *const most = "Massage relieves neck pain, as most studies found.";
    static const struct {
        enum made made;
        const char *text;
        enum claim_verdict verdict;
    } cases[] = {
        {MIXED, one_null, CLAIM_SUPPORTED},
        {MIXED, "Massage does not relieve neck pain.", CLAIM_UNSUPPORTED},
        {WORKS, one_null, CLAIM_CONTRADICTED},
        {NO_STUDY, one_null, CLAIM_UNSUPPORTED},
        {MAY, most, CLAIM_SUPPORTED},
        {MAY, "Massage relieves neck pain.", CLAIM_PARTLY_SUPPORTED},
        {NULL_FIRM, most, CLAIM_CONTRADICTED},
        {MAY, "Massage relieves neck pain while you wear it.", CLAIM_SUPPORTED},
        {MAY, "Massage relieves neck pain by a whisker.", CLAIM_SUPPORTED},
    };
    const struct bases *bases = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct claim claim = vetted(bases->of[cases[i].made], cases[i].text, arena);
        const struct claim_atom *atom = atom_of(&claim, ATOM_EFFICACY);
        if (atom == NULL || atom->verdict != cases[i].verdict)
            fail_msg("case %zu, \"%s\": %s, %s", i, cases[i].text,
                     atom == NULL ? "no claim" : claim_verdict_names[atom->verdict],
                     atom == NULL ? "" : atom->reason);
        arena_free(arena);
    }
}

static void the_reason_fits_the_verdict_and_how_it_was_put(void **state)
{
    static const struct {
        enum made made;
        enum atom_type type;
        const char *text, *words;
    } cases[] = {
        {WORKS, ATOM_EFFICACY, "Massage relieves neck pain.", "What is known bears this out"},
        {WORKS, ATOM_EFFICACY, "Massage does not relieve neck pain.",
         "The text denies it, but what is known points to a benefit."},
        {NULL_FIRM, ATOM_EFFICACY, "Massage does not relieve neck pain.",
         "The text denies it, and what is known agrees."},
        {NULL_FIRM, ATOM_EFFICACY, "Massage relieves neck pain.", "What is known says otherwise."},
        {NOT_SHAM, ATOM_EFFICACY, "Massage relieves neck pain.",
         "Better than doing without, but not shown to be more than a pretend treatment."},
        {LEANS, ATOM_EFFICACY, "Massage relieves neck pain.", "The evidence leans this way"},
        {LEANS, ATOM_EFFICACY, "Massage does not relieve neck pain.",
         "The evidence is too weak for a flat denial."},
        {WORKS, ATOM_EFFICACY, "Massage cures neck pain.", "There is a true core"},
        {NO_STUDY, ATOM_EFFICACY, "Massage relieves neck pain.", "No study here tests this."},
        {MIXED, ATOM_EFFICACY, "Massage relieves neck pain.", "The studies here do not show this."},
        {MIXED, ATOM_EFFICACY, "In one trial massage did not relieve neck pain.",
         "Trials that found no difference stand here"},
        {WORKS, ATOM_SIZE, "Massage relieves neck pain by 2 points.",
         "The studies found about that much."},
        {WORKS, ATOM_SIZE, "Massage relieves neck pain by 3 points.",
         "The studies found another size."},
        {WORKS, ATOM_SIZE, "Massage reduces neck pain by 100%.",
         "There is a benefit, but no study"},
        {NO_STUDY, ATOM_SIZE, "Massage reduces neck pain by 100%.",
         "No study here shows a benefit, let alone all of it."},
        {WORKS, ATOM_AUTHORITY, "Massage is clinically proven to relieve neck pain.",
         "Controlled trials back the claim"},
        {MAY, ATOM_AUTHORITY, "Massage is clinically proven to relieve neck pain.",
         "There are controlled trials, but they back less"},
    };
    const struct bases *bases = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        is_told(bases->of[cases[i].made], cases[i].text, cases[i].type, cases[i].words);
}

static void a_denial_of_relief_of_all_is_not_refuted_by_a_weak_benefit_in_one(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[MAY], "Massage does not relieve pain.", ATOM_EFFICACY, "C1",
             CLAIM_UNSUPPORTED);
    comes_to(bases->of[WORKS], "Massage does not relieve pain.", ATOM_EFFICACY, "C1",
             CLAIM_CONTRADICTED);
    comes_to(bases->of[MAY], "Massage may relieve neck pain and low back pain.", ATOM_EFFICACY,
             "C2", CLAIM_PARTLY_SUPPORTED);
}

static void a_denial_in_one_word_is_a_denial_and_denied_it_is_a_claim(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "Massage is useless for neck pain.", ATOM_EFFICACY, "C1",
             CLAIM_CONTRADICTED);
    comes_to(bases->of[NULL_FIRM], "Massage is useless for neck pain.", ATOM_EFFICACY, "C1",
             CLAIM_SUPPORTED);
    comes_to(bases->of[WORKS], "Massage is not useless for neck pain.", ATOM_EFFICACY, "C1",
             CLAIM_SUPPORTED);
    comes_to(bases->of[NULL_FIRM], "Massage is not useless for neck pain.", ATOM_EFFICACY, "C1",
             CLAIM_CONTRADICTED);
}

/* "relieved", of people in a study, promises less than "relieves". */
static void what_is_told_of_the_past_is_judged_as_hedged(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[MAY], "Massage relieved neck pain in office workers.", ATOM_EFFICACY, "C1",
             CLAIM_SUPPORTED);
}

/* Trials of the two whose direction alone is told, filed under massage or under exercise. */
static struct catalog *directions(const char *const *favours, bool other_way)
{
    struct small *small = made_new();
    for (size_t i = 0; favours[i] != NULL; i++)
        small_trial(small, arena_printf(small->arena, "d%zu", i), 2015, "neck-pain", RATED("low"),
                    arena_printf(small->arena,
                                 "{'intervention':'%s','comparator':'active:%s','outcome':"
                                 "'pain-intensity','scale':{'name':'VAS','low':0,'high':10},"
                                 "'better':'lower','window':'short','favours':'%s'}",
                                 other_way ? "exercise" : "massage",
                                 other_way ? "massage" : "exercise", favours[i]));
    return made_knowledge(small);
}

/* What is not firm leans one way only where more than half of the trials do. */
static void directions_of_trials_of_the_two_are_counted_both_ways(void **state)
{
    static const struct {
        const char *favours[4];
        enum claim_verdict massage, exercise;
    } cases[] = {
        {{"intervention"}, CLAIM_PARTLY_SUPPORTED, CLAIM_CONTRADICTED},
        {{"comparator"}, CLAIM_CONTRADICTED, CLAIM_PARTLY_SUPPORTED},
        {{"neither"}, CLAIM_CONTRADICTED, CLAIM_CONTRADICTED},
        {{"intervention", "neither"}, CLAIM_CONTRADICTED, CLAIM_CONTRADICTED},
        {{"intervention", "comparator"}, CLAIM_UNSUPPORTED, CLAIM_UNSUPPORTED},
        {{"intervention", "intervention", "comparator"},
         CLAIM_PARTLY_SUPPORTED,
         CLAIM_CONTRADICTED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int other_way = 0; other_way < 2; other_way++) {
            struct catalog *catalog = directions(cases[i].favours, other_way);
            comes_to(catalog, "Massage is better than exercise for neck pain.", ATOM_COMPARISON,
                     "C11", other_way ? cases[i].exercise : cases[i].massage);
            comes_to(catalog, "Exercise is better than massage for neck pain.", ATOM_COMPARISON,
                     "C11", other_way ? cases[i].massage : cases[i].exercise);
            catalog_release(catalog);
        }
}

static void that_nobody_knows_which_is_better_is_right_where_nobody_tried(void **state)
{
    const struct bases *bases = *state;
    const char *text = "It is not known whether massage is better than exercise for neck pain.";
    struct catalog *tried = head_to_head(-2);
    comes_to(bases->of[WORKS], text, ATOM_COMPARISON, "C11", CLAIM_SUPPORTED);
    comes_to(bases->of[WORKS], "Massage is not better than exercise for neck pain.",
             ATOM_COMPARISON, "C11", CLAIM_UNSUPPORTED);
    comes_to(tried, text, ATOM_COMPARISON, "C11", CLAIM_CONTRADICTED);
    catalog_release(tried);
}

/* C7: an account of how it works is judged by its entry, and its denial the other way round. */
static void how_it_works_is_judged_by_its_entry(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "Massage breaks up scar tissue.", ATOM_MECHANISM, "C7",
             CLAIM_UNSUPPORTED);
    comes_to(bases->of[WORKS], "Massage does not break up scar tissue.", ATOM_MECHANISM, "C7",
             CLAIM_SUPPORTED);
}

/* Trials of another outcome than pain, or of another condition. */
static void add_other(struct small *small, const char *condition, const char *outcome,
                      const char *better, const char *window, int count, int n, double effect)
{
    for (int i = 0; i < count; i++)
        small_trial(small, arena_printf(small->arena, "o%d", i), 2015, condition, RATED("low"),
                    arena_printf(small->arena,
                                 "{'intervention':'massage','comparator':'sham','outcome':'%s',"
                                 "'scale':{'name':'VAS','low':0,'high':10},'better':'%s',"
                                 "'window':'%s',%s}",
                                 outcome, better, window,
                                 small_arms(small, n, 5 + effect + 0.02 * i, 2, n, 5, 2)));
}

/* A session is known to bring soreness, so that less of it afterwards is prevention. */
static void soreness_alone_may_be_said_to_be_prevented(void **state)
{
    (void)state;
    struct small *small = made_new();
    add_other(small, "muscle-soreness", "muscle-soreness", "lower", "immediate", 4, 200, -2);
    struct catalog *catalog = made_knowledge(small);
    comes_to(catalog, "Massage prevents muscle soreness.", ATOM_EFFICACY, "C1", CLAIM_SUPPORTED);
    catalog_release(catalog);
}

/* C3: told as itself, a stand-in is judged as itself; two trials are of low certainty. */
static void movement_told_as_itself_is_judged_as_itself(void **state)
{
    (void)state;
    struct small *small = made_new();
    add_other(small, "neck-pain", "range-of-motion", "higher", "short", 2, 30, 2);
    struct catalog *catalog = made_knowledge(small);
    comes_to(catalog, "Massage improves range of motion in people with neck pain.", ATOM_EFFICACY,
             "C3", CLAIM_SUPPORTED);
    comes_to(catalog, "Massage does not improve range of motion in people with neck pain.",
             ATOM_EFFICACY, "C3", CLAIM_CONTRADICTED);
    catalog_release(catalog);
}

static void trials_of_one_complaint_compare_nothing_for_another(void **state)
{
    (void)state;
    struct catalog *catalog = head_to_head(-2); /* of neck pain */
    comes_to(catalog, "Massage is better than exercise for low back pain.", ATOM_COMPARISON, "C11",
             CLAIM_UNSUPPORTED);
    comes_to(catalog, "Massage is better than exercise.", ATOM_COMPARISON, "C11", CLAIM_SUPPORTED);
    catalog_release(catalog);
}

/* That the evidence is thin is right unless a verdict is firm, either way. */
static void doubt_is_right_unless_a_verdict_is_firm(void **state)
{
    static const enum claim_verdict doubt[MADE_COUNT] = {
        [WORKS] = CLAIM_CONTRADICTED,     [MAY] = CLAIM_PARTLY_SUPPORTED,
        [NOT_SHAM] = CLAIM_SUPPORTED,     [LEANS] = CLAIM_SUPPORTED,
        [MIXED] = CLAIM_SUPPORTED,        [NULL_WEAK] = CLAIM_SUPPORTED,
        [NULL_FIRM] = CLAIM_CONTRADICTED, [HARM] = CLAIM_CONTRADICTED,
        [NO_STUDY] = CLAIM_SUPPORTED};
    each_comes_to(*state, "For massage in neck pain the evidence is thin.", ATOM_EFFICACY, "C1",
                  doubt);
}

/* Less trouble with activities is no relief of pain, and trials of it say nothing of that. */
static void another_outcome_says_nothing_of_pain(void **state)
{
    (void)state;
    struct small *small = made_new();
    add_other(small, "neck-pain", "disability", "lower", "short", 4, 200, -3);
    struct catalog *catalog = made_knowledge(small);
    comes_to(catalog, "Massage relieves neck pain.", ATOM_EFFICACY, "C1", CLAIM_UNSUPPORTED);
    catalog_release(catalog);
}

static void a_report_of_trials_is_held_against_what_they_were_held_against(void **state)
{
    (void)state;
    struct small *small = made_new();
    made_trials(small, "sham", 4, -0.03);
    made_trials(small, "nothing", 4, -2);
    struct catalog *catalog = made_knowledge(small);
    comes_to(catalog, "Massage relieves neck pain.", ATOM_EFFICACY, "C1", CLAIM_CONTRADICTED);
    comes_to(catalog, "Massage eased neck pain in a trial.", ATOM_EFFICACY, "C1", CLAIM_SUPPORTED);
    comes_to(catalog, "Massage eased neck pain in a trial against a placebo.", ATOM_EFFICACY, "C1",
             CLAIM_UNSUPPORTED);
    catalog_release(catalog);
}

static void what_relieves_nothing_cannot_last(void **state)
{
    const struct bases *bases = *state;
    static const char *const text = "Massage relieves neck pain for a year.";
    comes_to(bases->of[NULL_FIRM], text, ATOM_PERMANENCE, "C6", CLAIM_CONTRADICTED);
    comes_to(bases->of[NULL_WEAK], text, ATOM_PERMANENCE, "C6", CLAIM_CONTRADICTED);
    comes_to(bases->of[NO_STUDY], text, ATOM_PERMANENCE, "C6", CLAIM_UNSUPPORTED);
}

static void trials_against_other_treatments_alone_lean_at_most(void **state)
{
    static const struct {
        const char *favours;
        enum claim_verdict want;
    } cases[] = {{"intervention", CLAIM_PARTLY_SUPPORTED},
                 {"neither", CLAIM_UNSUPPORTED},
                 {"comparator", CLAIM_UNSUPPORTED}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct small *small = made_new();
        made_direction(small, "a", "active:exercise", cases[i].favours);
        made_direction(small, "b", "active:exercise", cases[i].favours);
        struct catalog *catalog = made_knowledge(small);
        comes_to(catalog, "Massage relieves neck pain.", ATOM_EFFICACY, "C1", cases[i].want);
        catalog_release(catalog);
    }
}

/* Five trials of 20 people about no difference, too few for a verdict, against two that are only
 * counted. */
static void a_pool_outweighs_trials_that_are_only_counted(void **state)
{
    (void)state;
    struct small *small = made_new();
    for (int i = 0; i < 5; i++)
        small_simple(small, arena_printf(small->arena, "p%d", i), "mixed", 10, 0.02 * (i - 2),
                     RATED("high"));
    made_direction(small, "a", "sham", "intervention");
    made_direction(small, "b", "sham", "intervention");
    struct catalog *catalog = made_knowledge(small);
    comes_to(catalog, "Massage relieves neck pain.", ATOM_EFFICACY, "C1", CLAIM_CONTRADICTED);
    catalog_release(catalog);
}

static void words_wider_than_what_was_studied_have_a_true_core(void **state)
{
    const struct bases *bases = *state;
    static const char *const wide = "Massage ends migraine and whatever else hurts.";
    comes_to(bases->of[WORKS], wide, ATOM_EFFICACY, "C2", CLAIM_OVERSTATED);
    comes_to(bases->of[NO_STUDY], wide, ATOM_EFFICACY, "C1", CLAIM_UNSUPPORTED);
    comes_to(bases->of[WORKS], "Massage ends migraine.", ATOM_EFFICACY, "C1", CLAIM_UNSUPPORTED);
}

static void relief_by_a_thing_that_the_base_does_not_know_is_without_support(void **state)
{
    const struct bases *bases = *state;
    comes_to(bases->of[WORKS], "Wood-vinegar sachets from the Alps. They relieve neck pain.",
             ATOM_EFFICACY, "C12", CLAIM_UNSUPPORTED);
}

static void a_percentage_may_be_written_in_words(void **state)
{
    static const char *const texts[] = {"Massage reduces neck pain by 100 percent.",
                                        "Massage reduces neck pain by 100 per cent.",
                                        "Massage reduces neck pain by 100 %."};
    const struct bases *bases = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        comes_to(bases->of[WORKS], texts[i], ATOM_SIZE, "C4", CLAIM_OVERSTATED);
}

static enum claim_verdict of_safety(const struct catalog *catalog, const char *text,
                                    const struct intervention *about, struct arena *arena)
{
    struct claim claim;
    struct error err = {0};
    assert_true(claim_vet(catalog, text, strlen(text), about, arena, &claim, &err));
    const struct claim_atom *atom = atom_of(&claim, ATOM_SAFETY);
    if (atom == NULL)
        fail_msg("\"%s\" is no claim of safety", text);
    return atom->verdict;
}

/* C9, of every treatment of the curated base by what is on record of it. */
static void how_safe_it_is_said_to_be_is_held_against_the_record(void **state)
{
    const struct bases *bases = *state;
    const struct catalog *catalog = bases->of[NO_STUDY];
    const struct base *base = catalog_base(catalog);
    int seen[SAFETY_SERIOUS + 1] = {0};
    for (size_t i = 0; i < base->intervention_count; i++) {
        const struct intervention *one = &base->interventions[i];
        struct arena *arena = arena_new();
        enum safety_level level = safety_kept(catalog, one)->level;
        enum claim_verdict mild = of_safety(catalog, "It is generally safe.", one, arena);
        enum claim_verdict harmless = of_safety(catalog, "It has no side effects.", one, arena);
        seen[level]++;
        if (level == SAFETY_SERIOUS && mild != CLAIM_PARTLY_SUPPORTED)
            fail_msg("%s, of which serious harm is known, is told as safe", one->id);
        if ((level == SAFETY_MINOR || level == SAFETY_SERIOUS_RARE) && mild != CLAIM_SUPPORTED)
            fail_msg("%s is not told as safe: %s", one->id, claim_verdict_names[mild]);
        if (level == SAFETY_NOT_RECORDED && mild == CLAIM_SUPPORTED)
            fail_msg("%s is told as safe, and nobody looked", one->id);
        if (level >= SAFETY_MINOR && harmless != CLAIM_CONTRADICTED)
            fail_msg("%s has harms on record and is told as harmless", one->id);
        assert_true(harmless != CLAIM_SUPPORTED && harmless != CLAIM_PARTLY_SUPPORTED);
        arena_free(arena);
    }
    assert_true(seen[SAFETY_SERIOUS] + seen[SAFETY_SERIOUS_RARE] > 0);
    assert_true(seen[SAFETY_MINOR] > 0 && seen[SAFETY_NOT_RECORDED] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_hedged_and_denied_words_are_judged_by_the_table),
        cmocka_unit_test(a_question_and_a_report_are_judged_as_what_they_speak_of),
        cmocka_unit_test(that_nothing_is_known_is_right_only_where_nothing_is),
        cmocka_unit_test(relief_of_one_complaint_is_no_relief_of_all),
        cmocka_unit_test(what_eases_is_not_shown_to_prevent),
        cmocka_unit_test(movement_told_as_proof_of_relief_misleads),
        cmocka_unit_test(words_for_all_of_it_go_beyond_every_benefit),
        cmocka_unit_test(points_are_held_against_the_interval),
        cmocka_unit_test(a_percentage_that_nobody_measured_is_unsupported),
        cmocka_unit_test(seconds_that_nobody_timed_are_unsupported),
        cmocka_unit_test(days_and_weeks_are_held_against_what_trials_saw_by_then),
        cmocka_unit_test(how_long_it_lasts_is_held_against_those_who_looked),
        cmocka_unit_test(a_benefit_on_average_is_none_for_everyone),
        cmocka_unit_test(harmless_is_contradicted_by_the_record),
        cmocka_unit_test(clinically_proven_needs_trials_of_that_very_claim),
        cmocka_unit_test(a_register_is_no_reason_to_believe),
        cmocka_unit_test(a_comparison_is_held_against_trials_of_the_two),
        cmocka_unit_test(without_a_treatment_there_is_nothing_to_check),
        cmocka_unit_test(a_regulators_finding_counts_where_no_study_speaks),
        cmocka_unit_test(the_text_has_the_worst_verdict_of_its_claims),
        cmocka_unit_test(places_count_code_points_and_claims_stand_in_their_order),
        cmocka_unit_test(the_answer_counts_its_claims_and_tells_what_would_hold),
        cmocka_unit_test(a_verdict_names_the_ratings_behind_it),
        cmocka_unit_test(a_text_that_is_too_long_is_refused),
        cmocka_unit_test(what_is_told_of_some_trials_is_so_where_there_are_such),
        cmocka_unit_test(the_reason_fits_the_verdict_and_how_it_was_put),
        cmocka_unit_test(a_denial_of_relief_of_all_is_not_refuted_by_a_weak_benefit_in_one),
        cmocka_unit_test(a_denial_in_one_word_is_a_denial_and_denied_it_is_a_claim),
        cmocka_unit_test(what_is_told_of_the_past_is_judged_as_hedged),
        cmocka_unit_test(directions_of_trials_of_the_two_are_counted_both_ways),
        cmocka_unit_test(that_nobody_knows_which_is_better_is_right_where_nobody_tried),
        cmocka_unit_test(how_it_works_is_judged_by_its_entry),
        cmocka_unit_test(soreness_alone_may_be_said_to_be_prevented),
        cmocka_unit_test(movement_told_as_itself_is_judged_as_itself),
        cmocka_unit_test(trials_of_one_complaint_compare_nothing_for_another),
        cmocka_unit_test(doubt_is_right_unless_a_verdict_is_firm),
        cmocka_unit_test(another_outcome_says_nothing_of_pain),
        cmocka_unit_test(a_report_of_trials_is_held_against_what_they_were_held_against),
        cmocka_unit_test(what_relieves_nothing_cannot_last),
        cmocka_unit_test(trials_against_other_treatments_alone_lean_at_most),
        cmocka_unit_test(a_pool_outweighs_trials_that_are_only_counted),
        cmocka_unit_test(words_wider_than_what_was_studied_have_a_true_core),
        cmocka_unit_test(relief_by_a_thing_that_the_base_does_not_know_is_without_support),
        cmocka_unit_test(a_percentage_may_be_written_in_words),
        cmocka_unit_test(how_safe_it_is_said_to_be_is_held_against_the_record),
    };
    return cmocka_run_group_tests(tests, make_bases, release_bases);
}
