/* Whose danger it is, what is the worst of several, and whom a treatment is not for: the order and
 * the places of what signs.h finds. On the curated books. */
#include <stdio.h>
#include <string.h>

#include "evidence/judgement/question/check.h"
#include "evidence/model/rulebooks.h"
#include "tests/evidence/judgement/real_knowledge.h"

static struct raised_flags told_in(const struct catalog *catalog, const char *text,
                                   struct arena *arena)
{
    struct raised_flags flags;
    red_flags_told_in(catalog, text, strlen(text), NULL, arena, &flags);
    return flags;
}

/* "I have …" may be danger; "relieves …" is an advert. */
static void only_who_speaks_of_themselves_is_warned(void **state)
{
    static const struct {
        const char *text;
        bool warned;
    } cases[] = {
        {"I have crushing chest pain.", true},
        {"My chest hurts and is crushing.", true},
        {"Crushing chest pain woke me.", true},
        {"Im having crushing chest pain.", true},
        {"Ive crushing chest pain.", true},
        {"Made myself tea, then crushing chest pain.", true},
        {"Relieves crushing chest pain in seconds.", false},
        {"Good for crushing chest pain!", false},
        {"I like it. Relieves crushing chest pain in seconds.", false},
        {"Crushing chest pain? I have it", true},
        {"Can't pee since yesterday.", true},
        {"Can't pee since the massage yesterday.", true},
        {"Sudden worst headache ever, stiff neck", true},
        {"Chest tight and sweating, left arm aches. Nothing helps.", true},
        {"Crushing chest pain? Our mat melts it away!", false},
        {"Only $79: the belt against crushing chest pain.", false},
        {"Eases sore points of the chest and back. Breathe, made from one piece of nylon.", false},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if ((told_in(*state, cases[i].text, arena).count > 0) != cases[i].warned)
            fail_msg("%s", cases[i].text);
    arena_free(arena);
}

static void places_are_those_of_the_whole_text(void **state)
{
    const char *text = "Relieves stiff necks! Great for crushing chest pain. But I have crushing "
                       "chest pain now.";
    struct arena *arena = arena_new();
    struct raised_flags flags = told_in(*state, text, arena);
    assert_true(flags.count > 0);
    assert_ptr_equal(text + flags.items[0].start, strstr(strstr(text, "But"), "chest pain"));
    assert_true(flags.items[0].end <= strlen(text));
    arena_free(arena);
}

/* Fever and a stiff neck in one breath may be an infection of the brain; told of two things half a
 * page apart they are two things. */
static void words_far_apart_are_no_danger_together(void **state)
{
    static const struct {
        int between;
        bool together;
    } cases[] = {{0, true}, {30, true}, {80, false}};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = "I have a stiff neck";
        for (int j = 0; j < cases[i].between; j++)
            text = arena_printf(arena, "%s indeed", text);
        text = arena_printf(arena, "%s and a fever", text);
        struct raised_flags flags;
        bool found = false;
        red_flags_in(*state, text, strlen(text), arena, &flags);
        for (size_t j = 0; j < flags.count; j++)
            found = found || strcmp(flags.items[j].flag->id, "meningitis") == 0;
        if (found != cases[i].together)
            fail_msg("%d words between", cases[i].between);
    }
    arena_free(arena);
}

/* ---- side effects ---- */

/* A burn can wait for the day, a collapsed lung or an allergy cannot: in either order. */
static void of_several_side_effects_the_most_urgent_is_told(void **state)
{
    static const char *const texts[] = {
        "a blister under the pad, and they said my lung collapsed",
        "they said my lung collapsed, and a blister under the pad",
        "I passed out with anaphylaxis",
        "anaphylaxis, then I passed out",
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct serious_event event;
        assert_true(serious_event_in(*state, texts[i], strlen(texts[i]), arena, &event));
        if (event.urgency != URGENCY_EMERGENCY)
            fail_msg("%s: %s", texts[i], event.sentence);
    }
    arena_free(arena);
}

/* ---- whom it is not for ---- */

static const struct not_for *against(const struct catalog *catalog, const char *intervention,
                                     const char *text, struct arena *arena, size_t *count)
{
    return not_for_in(catalog, base_intervention(catalog_base(catalog), intervention), text,
                      strlen(text), arena, count);
}

static void what_forbids_comes_before_what_asks_and_each_state_once(void **state)
{
    struct arena *arena = arena_new();
    size_t count;
    /* Both the stop rule and the book of safe use name the pacemaker and the pregnancy. */
    const struct not_for *found =
        against(*state, "tens", "I'm pregnant, have epilepsy and a pacemaker", arena, &count);
    assert_int_equal(count, 3);
    assert_false(found[0].ask_first);
    assert_non_null(strstr(found[0].state, "pacemaker"));
    assert_true(found[1].ask_first && found[2].ask_first);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(found[i].state, found[j].state);
    arena_free(arena);
}

/* A fever and a stroke stand in the book of safe use of TENS: the one forbids, the other asks. */
static void the_book_of_safe_use_counts_beside_the_stop_rules(void **state)
{
    struct arena *arena = arena_new();
    size_t count;
    const struct not_for *fever = against(*state, "tens", "I have a fever", arena, &count);
    assert_int_equal(count, 1);
    assert_false(fever[0].ask_first);
    assert_non_null(strstr(fever[0].statement, "Feverish"));
    const struct not_for *pregnant = against(*state, "massage", "I'm pregnant", arena, &count);
    assert_int_equal(count, 1);
    assert_true(pregnant[0].ask_first);
    assert_non_null(strstr(pregnant[0].statement, "Pregnancy"));
    arena_free(arena);
}

/* A clause of "do not … ; ask a doctor first … ; keep pads off …" is held against what it says
 * itself, and the whole statement is told. */
static void each_part_of_a_rule_forbids_or_asks_by_its_own_words(void **state)
{
    struct arena *arena = arena_new();
    size_t count;
    const struct not_for *found = against(*state, "tens", "a pacemaker", arena, &count);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].statement,
                        "Do not use TENS with a pacemaker; ask a doctor first in pregnancy, "
                        "epilepsy, heart rhythm trouble or after a stroke; keep pads off the front "
                        "of the neck, the temples, the eyes, broken or numb skin and across the "
                        "chest.");
    assert_false(found[0].ask_first);
    found = against(*state, "tens", "epilepsy", arena, &count);
    assert_int_equal(count, 1);
    assert_true(found[0].ask_first);
    arena_free(arena);
}

static bool quotes(const struct not_for *found, size_t count, bool ask_will_do, const char *words)
{
    for (size_t i = 0; i < count; i++)
        if ((ask_will_do || !found[i].ask_first) &&
            (strstr(found[i].state, words) != NULL || strstr(found[i].statement, words) != NULL))
            return true;
    return false;
}

/* reasons.tsv tells what its columns are. */
static void check_reason(const struct catalog *catalog, char *line, struct arena *arena)
{
    bool known_missed = *line == '~';
    char *rest = NULL;
    const char *treatment = strtok_r(line + known_missed, "\t", &rest);
    const char *kind = strtok_r(NULL, "\t", &rest);
    const char *words = strtok_r(NULL, "\t", &rest);
    size_t count;
    const struct not_for *found = against(catalog, treatment, rest, arena, &count);
    if (quotes(found, count, strcmp(kind, "ask") == 0, words) == known_missed)
        fail_msg("%s for %s: %s", known_missed ? "no longer missed" : "missed", treatment, rest);
}

static void whom_it_is_not_for_is_found_however_it_is_put(void **state)
{
    FILE *file = fopen("tests/evidence/judgement/signs/reasons.tsv", "r");
    assert_non_null(file);
    struct arena *arena = arena_new();
    char line[400];
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (*line != '#' && *line != '\0')
            check_reason(*state, line, arena);
    }
    fclose(file);
    arena_free(arena);
}

/* Words that come close to a reason and are none; NULL: any reason. */
static void what_only_sounds_like_a_reason_is_none(void **state)
{
    static const struct {
        const char *treatment;
        const char *told;
        const char *state;
    } cases[] = {
        {"dry-needling", "expecting a baby", "a child"},
        {"dry-needling", "I had a baby last year", NULL},
        {"heat-wrap", "I have a stomach ulcer", NULL},
        {"massage", "I feel the burn on my last rep", NULL},
        {"massage", "broke my leg ten years ago", NULL},
        {"massage", "no broken bones, no blood clot, not pregnant", NULL},
        {"tens", "I have had back pain for 18 years", NULL},
        {"spinal-manipulation", "I am 45 years old", NULL},
        {"exercise", "neck pain since I changed my pillow", NULL},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t count;
        const struct not_for *found =
            against(*state, cases[i].treatment, cases[i].told, arena, &count);
        for (size_t j = 0; j < count; j++)
            if (cases[i].state == NULL || strcmp(found[j].state, cases[i].state) == 0)
                fail_msg("%s: %s", cases[i].told, found[j].state);
    }
    arena_free(arena);
}

/* ---- people whom nobody here has looked at ---- */

/* The book of dry needling bars children under 12, that of acupuncture asks in pregnancy, that of
 * massage says nothing of breastfeeding. */
static void a_question_about_people_nobody_looked_at_is_answered_with_a_caution(void **state)
{
    static const struct {
        const char *question;
        const char *says[3];
    } cases[] = {
        {"dry needling for my 10 year old's neck pain",
         {"looked at children", "a doctor or pharmacist first", "Children under 12"}},
        {"my 5 yo has neck pain, does massage help", {"looked at children", "first.", ""}},
        {"I'm 20 weeks pregnant, does acupuncture help neck pain",
         {"looked at pregnancy", "midwife", "Pregnancy: tell the practitioner"}},
        {"massage while breastfeeding neck pain", {"looked at breastfeeding", "midwife", ""}},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct checked checked;
        check_question(*state, cases[i].question, strlen(cases[i].question), arena, &checked);
        assert_non_null(checked.caution);
        assert_non_null(checked.answer);
        assert_int_equal(checked.understood.not_understood_count, 0);
        for (size_t j = 0; j < 3; j++)
            if (strstr(checked.caution, cases[i].says[j]) == NULL)
                fail_msg("%s: %s", cases[i].question, checked.caution);
        assert_ptr_equal(strstr(checked.sentence, checked.caution), checked.sentence);
    }
    arena_free(arena);
}

static void others_are_answered_without_a_caution(void **state)
{
    static const char *const questions[] = {"does massage help neck pain",
                                            "not pregnant, does acupuncture help neck pain",
                                            "I am 45, massage for neck pain"};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct checked checked;
        check_question(*state, questions[i], strlen(questions[i]), arena, &checked);
        assert_null(checked.caution);
        assert_ptr_equal(checked.sentence, checked.answered);
    }
    arena_free(arena);
}

/* ---- which danger is named first ---- */

/* Where one is an emergency of itself and another becomes it by the same words, the first. */
static void an_emergency_of_itself_stands_above_what_becomes_one(void **state)
{
    static const struct {
        const char *text;
        const char *first; /* NULL: nothing is raised */
    } cases[] = {
        {"my calf is swollen and I'm short of breath", "pulmonary-embolism"},
        {"calf swollen and now coughing up pink stuff", "pulmonary-embolism"},
        {"my dad suddenly can't lift his right arm and slurs", "stroke-tia"},
        {"foot drop and I can't control my bladder", "cauda-equina"},
        {"fever, light hurts her eyes, purple spots", "meningitis"},
        {"back pain and numb between my legs", "cauda-equina"},
        {"numb between my legs, lower back pain", "cauda-equina"},
        {"shingles on my forehead and my eye is red and blurred", "shingles"},
        {"my legs feel heavy in the evening and my back hurts", NULL},
        {"back pain and my legs feel heavy", "spinal-cord-compression"},
        {"does the thing that zaps your muscles help back pain", NULL},
        {"zaps down my spine when I bend my neck", "cervical-myelopathy"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct raised_flags flags;
        red_flags_in(*state, cases[i].text, strlen(cases[i].text), arena, &flags);
        const char *first = flags.count == 0 ? "" : flags.items[0].flag->id;
        if (strcmp(first, cases[i].first == NULL ? "" : cases[i].first) != 0)
            fail_msg("%s: %s", cases[i].text, first);
    }
    arena_free(arena);
}

/* Of two places of a stiff neck the one beside the fever is told. */
static void the_place_told_is_where_the_words_stand_closest(void **state)
{
    const char *text = "A stiff neck from the desk and the chair since March, I think, and now a "
                       "fever with a stiff neck";
    struct arena *arena = arena_new();
    struct raised_flags flags;
    red_flags_in(*state, text, strlen(text), arena, &flags);
    bool found = false;
    for (size_t i = 0; i < flags.count; i++)
        if (strcmp(flags.items[i].flag->id, "meningitis") == 0) {
            assert_true(text + flags.items[i].start >= strstr(text, "fever"));
            found = true;
        }
    assert_true(found);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_who_speaks_of_themselves_is_warned),
        cmocka_unit_test(places_are_those_of_the_whole_text),
        cmocka_unit_test(words_far_apart_are_no_danger_together),
        cmocka_unit_test(of_several_side_effects_the_most_urgent_is_told),
        cmocka_unit_test(what_forbids_comes_before_what_asks_and_each_state_once),
        cmocka_unit_test(the_book_of_safe_use_counts_beside_the_stop_rules),
        cmocka_unit_test(each_part_of_a_rule_forbids_or_asks_by_its_own_words),
        cmocka_unit_test(whom_it_is_not_for_is_found_however_it_is_put),
        cmocka_unit_test(what_only_sounds_like_a_reason_is_none),
        cmocka_unit_test(a_question_about_people_nobody_looked_at_is_answered_with_a_caution),
        cmocka_unit_test(others_are_answered_without_a_caution),
        cmocka_unit_test(an_emergency_of_itself_stands_above_what_becomes_one),
        cmocka_unit_test(the_place_told_is_where_the_words_stand_closest),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
