/* What is made of a text as a whole: stances, harms, authority, places and the worst of them. */
#include "tests/evidence/judgement/claim/claim_base.h"

#include "evidence/base/buffer.h"
#include "evidence/base/text.h"

/* One catalog for all: the ball works for neck pain, the chair stands without studies. */
static int open_ball(void **state)
{
    struct claim_base *made = claim_base_new(BALL);
    for (int i = 0; i < 4; i++)
        claim_base_trial(made, "sham", 150, -2, "low");
    *state = claim_base_rate(made);
    return 0;
}

static int close_ball(void **state)
{
    catalog_release(*state);
    return 0;
}

/* ---- stances ---- */

struct told {
    const char *text;
    enum stance stance;
};

static void check_stances(const struct catalog *catalog, const struct told *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new();
        struct claim claim = vetted(catalog, BALL, cases[i].text, arena);
        if (claim.atom_count == 0)
            fail_msg("no claim in \"%s\"", cases[i].text);
        if (claim.atoms[0].stance != cases[i].stance)
            fail_msg("\"%s\" is %s, not %s", cases[i].text, stance_names[claim.atoms[0].stance],
                     stance_names[cases[i].stance]);
        arena_free(arena);
    }
}

static void how_a_claim_is_put_is_told(void **state)
{
    static const struct told cases[] = {
        {"It eases neck pain.", STANCE_ASSERTED},
        {"It may ease neck pain.", STANCE_HEDGED},
        {"It seems to ease neck pain somewhat.", STANCE_HEDGED},
        {"It does not ease neck pain.", STANCE_NEGATED},
        {"It is a myth that it eases neck pain.", STANCE_NEGATED},
        {"No trial has shown that it eases neck pain.", STANCE_NEGATED},
        {"Myth: it eases neck pain.", STANCE_NEGATED},
        {"Myth of the month: it eases neck pain.", STANCE_NEGATED},
        {"Tip: it eases neck pain.", STANCE_ASSERTED},
        {"There is nobody it cannot help.", STANCE_ASSERTED},
        {"There is nobody it fails to help.", STANCE_ASSERTED},
        {"There is nobody it helps.", STANCE_NEGATED},
        {"Does it ease neck pain?", STANCE_ASKED},
        {"Sellers say that it eases neck pain.", STANCE_REPORTED},
        {"Not only does it ease neck pain.", STANCE_ASSERTED},
        {"It eases neck pain without surgery.", STANCE_ASSERTED},
        {"Wake up without any neck pain.", STANCE_ASSERTED},
        {"You will never have neck pain again.", STANCE_ASSERTED},
    };
    check_stances(*state, cases, sizeof cases / sizeof *cases);
}

static void a_denial_reaches_over_or_and_not_over_and(void **state)
{
    struct arena *arena = arena_new();
    struct claim claim =
        vetted(*state, BALL, "It does not bruise the skin and eases neck pain.", arena);
    assert_int_equal(atom_of(&claim, ATOM_EFFICACY)->stance, STANCE_ASSERTED);
    arena_free(arena);
}

static void what_one_person_felt_cannot_be_checked(void **state)
{
    assert_string_equal(verdict_of(*state, BALL,
                                   "My neck pain was gone after I used it for two days.",
                                   ATOM_EFFICACY),
                        "not-checkable");
}

static void those_looking_for_relief_and_refunds_claim_nothing(void **state)
{
    static const char *const texts[] = {"Looking for relief from neck pain?",
                                        "Ships in three days.",
                                        "Full refund within 60 days if it does not ease neck pain.",
                                        "",
                                        "\n\n",
                                        "Blue, soft, 12 cm."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena *arena = arena_new();
        struct claim claim = vetted(*state, BALL, texts[i], arena);
        if (claim.verdict != CLAIM_NONE)
            fail_msg("\"%s\" is %s", texts[i], claim_verdict_names[claim.verdict]);
        assert_int_equal(claim.atom_count, 0);
        arena_free(arena);
    }
}

static void a_story_is_known_by_who_tells_it_and_trials_tell_none(void **state)
{
    static const char *const stories[] = {
        "Used it for a week and the crick in my neck is history.",
        "My aunt says her neck has never been better.",
    };
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++)
        assert_string_equal(verdict_of(*state, BALL, stories[i], ATOM_EFFICACY), "not-checkable");
    assert_string_equal(verdict_of(*state, BALL,
                                   "Every trial I found had it doing no better than a placebo for "
                                   "neck pain.",
                                   ATOM_EFFICACY),
                        "contradicted");
}

/* ---- what a time belongs to ---- */

static void check_types(const struct catalog *catalog, const char *text, const char *types)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(catalog, BALL, text, arena);
    struct buffer told = {0};
    for (size_t i = 0; i < claim.atom_count; i++)
        buffer_printf(&told, "%s%s", i == 0 ? "" : " ", atom_type_names[claim.atoms[i].type]);
    if (strcmp(buffer_string(&told), types) != 0)
        fail_msg("\"%s\" has \"%s\", not \"%s\"", text, buffer_string(&told), types);
    buffer_release(&told);
    arena_free(arena);
}

static void a_time_belongs_to_what_it_times(void **state)
{
    static const struct {
        const char *text;
        const char *types;
    } cases[] = {
        {"Eases neck pain for six months.", "efficacy permanence"},
        {"If your neck has ached for months, it eases the pain.", "efficacy"},
        {"It may take away some of the neck pain for an hour or so.", "efficacy"},
        {"Sessions last forty minutes.", ""},
        {"Relief lasts forty minutes.", "permanence"},
        {"Used for a couple of months it eases neck pain.", "efficacy"},
        {"Used for centuries. It eases neck pain.", "authority efficacy"},
        {"It does not change what you can do in a day.", "efficacy"},
        {"Neck pain is gone for good.", "permanence"},
        {"Kills neck pain at once.", "speed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_types(*state, cases[i].text, cases[i].types);
}

static void never_hurting_again_is_promised_of_the_complaint(void **state)
{
    check_types(*state, "You will never hurt your neck again.", "efficacy");
    check_types(*state, "It never hurts.", "safety");
    assert_string_equal(
        verdict_of(*state, BALL, "You will never hurt your neck again.", ATOM_EFFICACY),
        "unsupported"); /* four trials of relief, none of prevention */
}

static void a_claim_of_its_own_is_no_member_of_the_list_before_it(void **state)
{
    check_types(*state, "Less neck pain, more strength.", "efficacy efficacy");
    assert_string_equal(verdict_of(*state, BALL, "Less neck pain, more strength.", ATOM_EFFICACY),
                        "supported");
}

static void what_a_complaint_is_like_claims_nothing(void **state)
{
    check_types(*state, "Neck pain that will not ease?", "");
}

static void some_of_it_is_not_all_of_it(void **state)
{
    assert_string_equal(verdict_of(*state, BALL, "It takes neck pain away.", ATOM_EFFICACY),
                        "overstated");
    assert_string_equal(
        verdict_of(*state, BALL, "It takes some of the neck pain away.", ATOM_EFFICACY),
        "supported");
}

static void a_denial_of_knowledge_reaches_over_a_colon(void **state)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(
        *state, BALL, "It eases neck pain. What nobody has shown: that the gain lasts.", arena);
    assert_int_equal(atom_of(&claim, ATOM_PERMANENCE)->stance, STANCE_NEGATED);
    assert_int_equal(atom_of(&claim, ATOM_PERMANENCE)->verdict, CLAIM_SUPPORTED);
    arena_free(arena);
}

static void what_opens_with_trials_is_told_as_what_they_saw(void **state)
{
    static const struct told cases[] = {
        {"In placebo-controlled trials the ball eases neck pain.", STANCE_HEDGED},
        {"For necks: in one trial people who lay on it had less neck pain.", STANCE_HEDGED},
        {"In Leeds the ball eases neck pain.", STANCE_ASSERTED},
    };
    check_stances(*state, cases, sizeof cases / sizeof *cases);
}

/* ---- harms ---- */

static void no_side_effects_is_held_against_what_is_on_record(void **state)
{
    (void)state;
    static const char *const said = "It has no side effects.";
    static const char *const warned = "It can cause a rash.";
    struct claim_base *none = claim_base_new(CHAIR);
    struct catalog *catalog = claim_base_rate(none);
    assert_string_equal(verdict_of(catalog, CHAIR, said, ATOM_SAFETY), "unsupported");
    assert_string_equal(verdict_of(catalog, CHAIR, warned, ATOM_SAFETY), "not-checkable");
    catalog_release(catalog);
    struct claim_base *one = claim_base_new(CHAIR);
    claim_base_harm(one, "skin rash", "minor");
    catalog = claim_base_rate(one);
    assert_string_equal(verdict_of(catalog, CHAIR, said, ATOM_SAFETY), "contradicted");
    assert_string_equal(verdict_of(catalog, CHAIR, "Side effects are rare.", ATOM_SAFETY),
                        "supported");
    assert_string_equal(verdict_of(catalog, CHAIR, warned, ATOM_SAFETY), "supported");
    catalog_release(catalog);
}

static void those_who_must_not_use_it_contradict_no_risk(void **state)
{
    assert_string_equal(verdict_of(*state, BALL, "Completely safe.", ATOM_SAFETY), "contradicted");
    assert_string_equal(
        verdict_of(*state, BALL, "Do not use it if you take blood thinners.", ATOM_SAFETY),
        "supported");
}

/* ---- authority ---- */

static void words_of_authority_are_told_for_what_they_are(void **state)
{
    static const struct {
        const char *text;
        const char *verdict;
    } cases[] = {
        {"Eases neck pain. Clinically proven.", "supported"}, /* four controlled trials */
        {"Cures neck pain. Clinically proven.", "overstated"},
        {"Breaks up scar tissue. Clinically proven.", "unsupported"},
        {"It is FDA registered.", "misleading"},
        {"It is FDA approved.", "misleading"},
        {"It is FDA cleared.", "not-checkable"},
        {"It is not FDA approved.", "supported"},
        {"No side effects, FDA registered.", "misleading"}, /* the "no" is another claim's */
        {"CE marked.", "misleading"},
        {"Used for centuries.", "misleading"},
        {"Recommended by doctors.", "not-checkable"},
        {"Chiropractor approved.", "not-checkable"},
        {"Patented.", "not-checkable"},
        {"10,000 five star reviews.", "not-checkable"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *verdict = verdict_of(*state, BALL, cases[i].text, ATOM_AUTHORITY);
        if (strcmp(verdict, cases[i].verdict) != 0)
            fail_msg("\"%s\" is %s, not %s", cases[i].text, verdict, cases[i].verdict);
    }
}

/* ---- what a text is about ---- */

static void check_subject(const struct catalog *catalog, const char *text, const char *id)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(catalog, NULL, text, arena);
    const char *got = claim.intervention == NULL ? "nothing" : claim.intervention->id;
    if (strcmp(got, id) != 0)
        fail_msg("\"%s\" is about %s, not %s", text, got, id);
    assert_true(claim.intervention == NULL ? claim.sure == 0 : claim.sure > 0 && claim.sure <= 1);
    arena_free(arena);
}

static void a_product_is_known_by_name_or_by_what_it_is_like(void **state)
{
    check_subject(*state, "Our massage gun ends pain.", "massage-gun");
    check_subject(*state, "A handheld percussion device that ends pain.", "massage-gun");
    check_subject(*state, "A spiky mat for your back.", "acupressure-mat");
    check_subject(*state, "Electro pads for your back.", "tens");
    check_subject(*state, "Our cervical hammock eases neck pain. Chiropractor approved.",
                  "traction");
    check_subject(*state, "Magnetic insoles, no needles, no pills.", "static-magnets");
    check_subject(*state, "Better than any massage gun: our copper bracelet.", "copper-bracelet");
    check_subject(*state, "Our gadget ends pain.", "nothing");
}

static void a_profession_in_words_of_authority_names_no_treatment(void **state)
{
    check_subject(*state, "Recommended by chiropractors and physiotherapists.", "nothing");
}

static void each_claim_belongs_to_its_own_product(void **state)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(*state, NULL,
                                "The massage gun melts knots. The TENS unit eases back pain. "
                                "Magnets cure arthritis.",
                                arena);
    static const char *const ids[] = {"massage-gun", "tens", "static-magnets"};
    assert_int_equal(claim.atom_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(claim.atoms[i].intervention->id, ids[i]);
    arena_free(arena);
}

/* ---- places, order, sameness ---- */

/* The words between two places in code points. */
static const char *at_points(const char *text, size_t start, size_t end, struct arena *arena)
{
    size_t length = strlen(text);
    size_t byte = 0, first = 0;
    uint32_t code;
    for (size_t point = 0; point < end && byte < length; point++) {
        if (point == start)
            first = byte;
        byte += text_decode(text + byte, length - byte, &code);
    }
    return arena_strndup(arena, text + first, byte - first);
}

static void places_are_code_points_whatever_stands_before(void **state)
{
    static const struct {
        const char *text;
        const char *words;
    } cases[] = {
        {"\xF0\x9F\x92\xAA\xF0\x9F\x94\xA5 Eases neck pain!", "Eases neck pain"},
        {"Caf\xC3\xA9 \xE2\x80\x93 eases neck pain", "eases neck pain"},
        {"<p>It <b>eases</b> neck&nbsp;pain</p>", "eases</b> neck&nbsp;pain"},
        {"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D eases neck pain", "eases neck pain"},
        {"\xFF\xFE eases neck pain", "eases neck pain"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct claim claim = vetted(*state, BALL, cases[i].text, arena);
        const struct claim_atom *atom = atom_of(&claim, ATOM_EFFICACY);
        assert_string_equal(at_points(cases[i].text, atom->start, atom->end, arena),
                            cases[i].words);
        assert_string_equal(arena_strndup(arena, cases[i].text + atom->start_byte,
                                          atom->end_byte - atom->start_byte),
                            cases[i].words);
        arena_free(arena);
    }
}

static void spelling_and_dress_change_nothing(void **state)
{
    static const char *const texts[] = {
        "It eases neck pain.",
        "IT EASES NECK PAIN!!!",
        "\xE2\x9C\x85 Eases neck pain",
        "* eases neck pain",
        "- Eases neck-pain",
        "Made of cork and rubber in our own workshop, it eases\r\nneck pain",
        "<li>Eases neck pain</li>",
        "The EaseBall\xE2\x84\xA2 eases neck pain",
        "\xEF\xBC\xA5\xEF\xBC\xA1\xEF\xBC\xB3\xEF\xBC\xA5\xEF\xBC\xB3 neck pain",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *verdict = verdict_of(*state, BALL, texts[i], ATOM_EFFICACY);
        if (strcmp(verdict, "supported") != 0)
            fail_msg("\"%s\" is %s", texts[i], verdict);
    }
}

static void times_and_numbers_are_read_in_words_and_ranges(void **state)
{
    static const char *const texts[] = {
        "Ends neck pain in 60 seconds.",   "Ends neck pain in sixty seconds.",
        "Ends neck pain in 60s.",          "Ends neck pain in 1 to 2 minutes.",
        "Ends neck pain within the hour.", "Ends neck pain in under two minutes.",
        "Ends neck pain in half an hour."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(verdict_of(*state, BALL, texts[i], ATOM_SPEED), "unsupported");
}

static void the_whole_gets_its_worst_part(void **state)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(*state, BALL, "Eases neck pain. Patented.", arena);
    assert_int_equal(claim.verdict, CLAIM_NOT_CHECKABLE);
    claim = vetted(*state, BALL, "Eases neck pain. Patented. Breaks up scar tissue.", arena);
    assert_int_equal(claim.verdict, CLAIM_UNSUPPORTED);
    claim = vetted(*state, BALL, "Eases neck pain. Breaks up scar tissue. FDA registered.", arena);
    assert_int_equal(claim.verdict, CLAIM_MISLEADING);
    arena_free(arena);
}

static void the_same_text_gives_the_same_answer(void **state)
{
    static const char *const text = "\xF0\x9F\x94\xA5 Cures neck pain in 60 seconds, for good. No "
                                    "side effects, FDA approved, better than massage.";
    struct arena *arena = arena_new();
    struct claim one = vetted(*state, BALL, text, arena);
    struct claim two = vetted(*state, BALL, text, arena);
    assert_int_equal(one.atom_count, two.atom_count);
    assert_true(one.atom_count >= 5);
    for (size_t i = 0; i < one.atom_count; i++) {
        assert_string_equal(one.atoms[i].reason, two.atoms[i].reason);
        assert_int_equal(one.atoms[i].start, two.atoms[i].start);
        assert_true(i == 0 || one.atoms[i - 1].start <= one.atoms[i].start);
    }
    assert_string_equal(one.summary, two.summary);
    assert_string_equal(one.supported_wording, two.supported_wording);
    arena_free(arena);
}

static void any_bytes_up_to_the_limit_are_answered_and_more_are_refused(void **state)
{
    struct arena *arena = arena_new();
    char *text = arena_alloc(arena, CLAIM_BYTES + 1);
    struct claim claim;
    struct error err = {0};
    static const unsigned char fills[] = {'a', ' ', 0, 0xFF, '<', '.', '"', '9'};
    for (size_t i = 0; i < sizeof fills; i++) {
        memset(text, fills[i], CLAIM_BYTES);
        assert_true(claim_vet(*state, text, CLAIM_BYTES, NULL, arena, &claim, &err));
        assert_int_equal(claim.atom_count, 0);
    }
    assert_false(claim_vet(*state, text, CLAIM_BYTES + 1, NULL, arena, &claim, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    arena_free(arena);
}

static void more_claims_than_are_told_are_said_to_be_cut(void **state)
{
    struct arena *arena = arena_new();
    static const char one[] = "Eases neck pain.\n\n";
    size_t length = 3000 * (sizeof one - 1);
    char *text = arena_alloc(arena, length);
    struct claim claim;
    struct error err = {0};
    for (size_t i = 0; i < length; i++)
        text[i] = one[i % (sizeof one - 1)];
    assert_true(claim_vet(*state, text, length, NULL, arena, &claim, &err));
    assert_int_equal(claim.atom_count, CLAIM_ATOMS);
    assert_true(claim.cut);
    arena_free(arena);
}

/* ---- questions, denials and things ---- */

static void a_question_is_told_by_its_answer(void **state)
{
    struct arena *arena = arena_new();
    struct claim claim =
        vetted(*state, BALL, "Does it help neck pain? It lowers neck pain.", arena);
    assert_int_equal(claim.atom_count, 1);
    assert_int_equal(claim.atoms[0].stance, STANCE_ASSERTED);
    claim = vetted(*state, BALL, "Does it ease neck pain? No, no trial has shown it.", arena);
    assert_int_equal(claim.atoms[0].stance, STANCE_NEGATED);
    arena_free(arena);
}

static void what_stands_first_is_denied_behind_its_subject(void **state)
{
    static const struct told cases[] = {
        {"Stronger muscles it will not give you.", STANCE_NEGATED},
        {"Stronger muscles it will give you.", STANCE_ASSERTED},
    };
    check_stances(*state, cases, sizeof cases / sizeof *cases);
}

static void check_count(const struct catalog *catalog, const char *text, size_t count)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(catalog, BALL, text, arena);
    if (claim.atom_count != count)
        fail_msg("%zu claims in \"%s\"", claim.atom_count, text);
    arena_free(arena);
}

static void warranties_some_buyers_and_dishwashers_claim_nothing(void **state)
{
    check_count(*state, "Comes with a two-year guarantee.", 0);
    check_count(*state, "A tip for everyone who got one for Christmas.", 0);
    check_count(*state, "Dishwasher safe.", 0);
    check_count(*state, "It is safe for everyone.", 1);
}

static void less_of_a_harm_is_relief(void **state)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(*state, BALL, "It leaves you less sore after training.", arena);
    for (size_t i = 0; i < claim.atom_count; i++)
        assert_int_not_equal(claim.atoms[i].type, ATOM_SAFETY);
    assert_true(claim.atom_count > 0);
    arena_free(arena);
}

static void what_users_are_said_to_tell_cannot_be_checked(void **state)
{
    assert_string_equal(
        verdict_of(*state, BALL, "Our customers report that it eases neck pain.", ATOM_EFFICACY),
        "not-checkable");
}

static void places_that_tell_how_wide_are_no_complaint(void **state)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(*state, BALL, "It soothes every ache from scalp to sole.", arena);
    assert_int_equal(claim.atoms[0].type, ATOM_UNIVERSALITY);
    assert_null(claim.atoms[0].condition);
    arena_free(arena);
}

static void when_relief_was_seen_is_part_of_what_was_seen(void **state)
{
    struct arena *arena = arena_new();
    struct claim claim =
        vetted(*state, BALL, "It may bring relief from neck pain for a few weeks.", arena);
    assert_int_equal(claim.atom_count, 1);
    assert_int_equal(claim.atoms[0].type, ATOM_EFFICACY);
    arena_free(arena);
}

static void the_last_noun_of_a_name_is_the_thing(void **state)
{
    static const struct {
        const char *text;
        const char *thing;
    } cases[] = {
        {"Our deep tissue massage gun eases sore muscles.", "massage-gun"},
        {"Our deep tissue massage eases sore muscles.", "massage"},
        {"Deep-heat drum: short waves for your back. Radio waves ease back pain.",
         "shortwave-diathermy"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct claim claim = vetted(*state, NULL, cases[i].text, arena);
        assert_non_null(claim.intervention);
        assert_string_equal(claim.intervention->id, cases[i].thing);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(how_a_claim_is_put_is_told),
        cmocka_unit_test(a_denial_reaches_over_or_and_not_over_and),
        cmocka_unit_test(what_one_person_felt_cannot_be_checked),
        cmocka_unit_test(those_looking_for_relief_and_refunds_claim_nothing),
        cmocka_unit_test(a_story_is_known_by_who_tells_it_and_trials_tell_none),
        cmocka_unit_test(a_time_belongs_to_what_it_times),
        cmocka_unit_test(never_hurting_again_is_promised_of_the_complaint),
        cmocka_unit_test(a_claim_of_its_own_is_no_member_of_the_list_before_it),
        cmocka_unit_test(what_a_complaint_is_like_claims_nothing),
        cmocka_unit_test(some_of_it_is_not_all_of_it),
        cmocka_unit_test(a_denial_of_knowledge_reaches_over_a_colon),
        cmocka_unit_test(what_opens_with_trials_is_told_as_what_they_saw),
        cmocka_unit_test(no_side_effects_is_held_against_what_is_on_record),
        cmocka_unit_test(those_who_must_not_use_it_contradict_no_risk),
        cmocka_unit_test(words_of_authority_are_told_for_what_they_are),
        cmocka_unit_test(a_product_is_known_by_name_or_by_what_it_is_like),
        cmocka_unit_test(a_profession_in_words_of_authority_names_no_treatment),
        cmocka_unit_test(each_claim_belongs_to_its_own_product),
        cmocka_unit_test(places_are_code_points_whatever_stands_before),
        cmocka_unit_test(spelling_and_dress_change_nothing),
        cmocka_unit_test(times_and_numbers_are_read_in_words_and_ranges),
        cmocka_unit_test(a_question_is_told_by_its_answer),
        cmocka_unit_test(what_stands_first_is_denied_behind_its_subject),
        cmocka_unit_test(warranties_some_buyers_and_dishwashers_claim_nothing),
        cmocka_unit_test(less_of_a_harm_is_relief),
        cmocka_unit_test(what_users_are_said_to_tell_cannot_be_checked),
        cmocka_unit_test(places_that_tell_how_wide_are_no_complaint),
        cmocka_unit_test(when_relief_was_seen_is_part_of_what_was_seen),
        cmocka_unit_test(the_last_noun_of_a_name_is_the_thing),
        cmocka_unit_test(the_whole_gets_its_worst_part),
        cmocka_unit_test(the_same_text_gives_the_same_answer),
        cmocka_unit_test(any_bytes_up_to_the_limit_are_answered_and_more_are_refused),
        cmocka_unit_test(more_claims_than_are_told_are_said_to_be_cut),
    };
    return cmocka_run_group_tests(tests, open_ball, close_ball);
}
