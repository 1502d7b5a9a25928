/* Danger in plain words: found however it is put, left alone where it is denied. */
#include <stdio.h>
#include <string.h>

#include "evidence/judgement/signs/signs.h"
#include "evidence/model/rulebooks.h"
#include "tests/evidence/judgement/real_knowledge.h"
#include "tests/evidence/judgement/signs/symptom_sentences.h"

/* Of the sentences that are harmless, so many are known to raise an alarm all the same: chest
 * muscles that are tight sound like a tight chest, running makes out of breath, and somebody
 * else's heart attack is no different by its words. */
enum { FALSE_ALARMS = 4 };

static enum urgency urgency_called(const char *name)
{
    int urgency = 0;
    while (urgency_names[urgency] != NULL && strcmp(urgency_names[urgency], name) != 0)
        urgency++;
    return (enum urgency)urgency;
}

static bool raises(const struct raised_flags *flags, const struct red_flag *flag,
                   enum urgency at_least)
{
    for (size_t i = 0; i < flags->count; i++)
        if ((flag == NULL || flags->items[i].flag == flag) && flags->items[i].urgency <= at_least)
            return true;
    return false;
}

static struct raised_flags flags_in(const struct catalog *catalog, const char *text,
                                    struct arena *arena)
{
    struct raised_flags flags;
    red_flags_in(catalog, text, strlen(text), arena, &flags);
    return flags;
}

static void every_danger_told_is_found(void **state)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < SYMPTOM_SENTENCES; i++) {
        const struct symptom_sentence *sentence = &symptom_sentences[i];
        if (strcmp(sentence->urgency, "none") == 0)
            continue;
        struct raised_flags flags = flags_in(*state, sentence->text, arena);
        if (!raises(&flags, NULL, urgency_called(sentence->urgency)))
            fail_msg("not found as %s: %s", sentence->urgency, sentence->text);
    }
    arena_free(arena);
}

static void few_harmless_sentences_raise_an_alarm(void **state)
{
    struct arena *arena = arena_new();
    int alarms = 0;
    int harmless = 0;
    for (size_t i = 0; i < SYMPTOM_SENTENCES; i++) {
        if (strcmp(symptom_sentences[i].urgency, "none") != 0)
            continue;
        struct raised_flags flags = flags_in(*state, symptom_sentences[i].text, arena);
        harmless++;
        if (flags.count == 0)
            continue;
        alarms++;
        print_message("alarm (%s): %s\n", flags.items[0].flag->id, symptom_sentences[i].text);
    }
    print_message("%d of %d harmless sentences raise an alarm\n", alarms, harmless);
    assert_true(alarms <= FALSE_ALARMS);
    arena_free(arena);
}

enum { LONGEST_LINE = 1000 };

/* The urgency, the flag and the text of a line; false for a comment and an empty line. */
static bool split_line(char *line, char *columns[3])
{
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0')
        return false;
    columns[0] = line;
    for (int i = 1; i < 3; i++) {
        columns[i] = strchr(columns[i - 1], '\t');
        assert_non_null(columns[i]);
        *columns[i]++ = '\0';
    }
    return true;
}

static bool is_answered(const struct catalog *catalog, char *const columns[3])
{
    struct arena *arena = arena_new();
    struct raised_flags flags = flags_in(catalog, columns[2], arena);
    bool harmless = strcmp(columns[0], "none") == 0;
    bool right = harmless ? flags.count == 0 : raises(&flags, NULL, urgency_called(columns[0]));
    arena_free(arena);
    return right;
}

/* Expected values: tests/evidence/judgement/signs/symptoms.tsv, labelled by the book of red flags.
 */
static void what_people_type_is_answered_as_urgently_as_it_is(void **state)
{
    FILE *file = fopen("tests/evidence/judgement/signs/symptoms.tsv", "r");
    char line[LONGEST_LINE];
    int read = 0;
    int wrong = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char *columns[3];
        bool alarm = line[0] == '~';
        if (!split_line(line + alarm, columns))
            continue;
        read++;
        if (is_answered(*state, columns) != alarm)
            continue;
        print_message("%s: %s\n", alarm ? "take the ~ away" : columns[0], columns[2]);
        wrong++;
    }
    fclose(file);
    assert_int_equal(wrong, 0);
    assert_true(read >= 536);
}

/* Every treatment of the base asked about for every complaint of it. */
static void a_question_about_a_treatment_is_no_danger(void **state)
{
    const struct base *base = catalog_base(*state);
    for (size_t i = 0; i < base->intervention_count; i++) {
        struct arena *arena = arena_new();
        for (size_t j = 0; j < base->condition_count; j++) {
            const char *asked = arena_printf(arena, "does %s help %s", base->interventions[i].name,
                                             base->conditions[j].plain);
            struct raised_flags flags = flags_in(*state, asked, arena);
            if (flags.count > 0)
                fail_msg("%s raises %s", asked, flags.items[0].flag->id);
        }
        arena_free(arena);
    }
}

/* The phrases of the book are how people put it; three are found as another danger that is as
 * urgent, which is all the same to the person. */
static void every_phrase_of_the_book_is_found(void **state)
{
    struct arena *arena = arena_new();
    const struct red_flags *book = &base_rulebooks(catalog_base(*state))->red_flags;
    int missed = 0;
    for (size_t i = 0; i < book->count; i++)
        for (const char *const *phrase = book->items[i].phrases; *phrase != NULL; phrase++) {
            struct raised_flags flags = flags_in(*state, *phrase, arena);
            if (raises(&flags, NULL, book->items[i].urgency))
                continue;
            print_message("not found: %s (%s)\n", *phrase, book->items[i].id);
            missed += book->items[i].urgency < URGENCY_SOON;
        }
    assert_int_equal(missed, 0);
    arena_free(arena);
}

static void every_phrase_that_makes_it_more_urgent_does(void **state)
{
    struct arena *arena = arena_new();
    const struct red_flags *book = &base_rulebooks(catalog_base(*state))->red_flags;
    for (size_t i = 0; i < book->count; i++)
        for (size_t j = 0; j < book->items[i].escalation_count; j++) {
            const struct escalation *escalation = &book->items[i].escalations[j];
            for (const char *const *phrase = escalation->phrases; *phrase != NULL; phrase++) {
                struct raised_flags flags = flags_in(*state, *phrase, arena);
                if (!raises(&flags, NULL, escalation->urgency))
                    fail_msg("not found as %s: %s", urgency_names[escalation->urgency], *phrase);
            }
        }
    arena_free(arena);
}

static void what_is_denied_raises_nothing(void **state)
{
    static const char *const denied[] = {
        "no chest pain",
        "I don't have chest pain",
        "I have never had chest pain or shortness of breath",
        "without numbness between the legs",
        "no fever, no chills",
        "no fever, chest pain or numbness",
        "neither chest pain nor breathlessness",
        "denies chest pain",
        "I am not short of breath",
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++) {
        struct raised_flags flags = flags_in(*state, denied[i], arena);
        if (flags.count > 0)
            fail_msg("%s raises %s", denied[i], flags.items[0].flag->id);
    }
    arena_free(arena);
}

static void a_denial_ends_where_something_else_begins(void **state)
{
    static const char *const told[] = {
        "no fever but chest pain",
        "I have no fever. My chest hurts.",
        "no cough, my chest hurts",
        "no fever and my chest is tight",
        "not a headache, crushing chest pain",
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct raised_flags flags = flags_in(*state, told[i], arena);
        if (!raises(&flags, NULL, URGENCY_EMERGENCY))
            fail_msg("nothing raised: %s", told[i]);
    }
    arena_free(arena);
}

struct told {
    const char *text;
    const char *flag; /* the one that must be raised; NULL: none at all */
    enum urgency urgency;
};

static void check_told(const struct catalog *catalog, const struct told *told, size_t count)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        struct raised_flags flags = flags_in(catalog, told[i].text, arena);
        if (told[i].flag == NULL && flags.count > 0)
            fail_msg("%s raises %s", told[i].text, flags.items[0].flag->id);
        size_t at = 0;
        while (told[i].flag != NULL && at < flags.count &&
               strcmp(flags.items[at].flag->id, told[i].flag) != 0)
            at++;
        if (told[i].flag != NULL &&
            (at == flags.count || flags.items[at].urgency != told[i].urgency))
            fail_msg("%s: %s is not raised as %s", told[i].text, told[i].flag,
                     urgency_names[told[i].urgency]);
    }
    arena_free(arena);
}
#define CHECK_TOLD(state, told) check_told(state, told, sizeof(told) / sizeof *(told))

static void it_is_all_the_same_who_it_is_told_of(void **state)
{
    static const struct told told[] = {
        {"I wet myself and my back hurts", "cauda-equina", URGENCY_EMERGENCY},
        {"she wet herself and her back hurts", "cauda-equina", URGENCY_EMERGENCY},
        {"they say he wants to kill himself", "suicidal-thoughts", URGENCY_EMERGENCY},
        {"her face is drooping and his arm is weak", "stroke-tia", URGENCY_EMERGENCY},
    };
    CHECK_TOLD(*state, told);
}

static void numbers_are_read_by_what_they_count(void **state)
{
    static const struct told told[] = {
        {"stiff neck and a temp of 39.5", "meningitis", URGENCY_EMERGENCY},
        {"stiff neck, temperature 38,9", "meningitis", URGENCY_EMERGENCY},
        {"stiff neck, fever 102", "meningitis", URGENCY_EMERGENCY},
        {"I am 39 and my neck is stiff", NULL, URGENCY_SOON},
        {"stiff neck, temperature is 36.8", NULL, URGENCY_SOON},
        {"72yo with a new headache", "giant-cell-arteritis", URGENCY_SAME_DAY},
        {"swallowed 17 paracetamol", "overdose", URGENCY_EMERGENCY},
        {"swallowed seventeen paracetamol", "overdose", URGENCY_EMERGENCY},
        {"took 2 paracetamol of 500mg", NULL, URGENCY_SOON},
    };
    CHECK_TOLD(*state, told);
}

static void what_is_long_past_is_no_danger_of_today(void **state)
{
    static const struct told told[] = {
        {"had a DVT ten years ago, is a foam roller fine", NULL, URGENCY_SOON},
        {"in 2009 I had a heart attack, can I use a sauna", NULL, URGENCY_SOON},
        {"had a DVT ten years ago and now I think it is a clot again", "deep-vein-thrombosis",
         URGENCY_SAME_DAY},
        {"my chest is tight like at my heart attack 5 years ago", "acute-coronary-syndrome",
         URGENCY_EMERGENCY},
        {"had breast cancer ten years ago and my back aches", "spinal-malignancy",
         URGENCY_SAME_DAY},
    };
    CHECK_TOLD(*state, told);
}

static void a_form_of_a_word_is_the_word_unless_it_is_another(void **state)
{
    static const struct told told[] = {
        {"thinking of ending my life", "suicidal-thoughts", URGENCY_EMERGENCY},
        {"he ended up thinking he would kill himself", "suicidal-thoughts", URGENCY_EMERGENCY},
        {"noted chest pain this morning", "acute-coronary-syndrome", URGENCY_EMERGENCY},
        {"rotator cuff tear and a stiff back", NULL, URGENCY_SOON},
        {"the tight spinning class was fun", NULL, URGENCY_SOON},
    };
    CHECK_TOLD(*state, told);
}

static void the_flag_of_which_most_is_told_comes_first(void **state)
{
    struct arena *arena = arena_new();
    struct raised_flags flags =
        flags_in(*state, "blistery rash by the eye, the eye is red and sight is blurry", arena);
    assert_true(flags.count > 1);
    assert_string_equal(flags.items[0].flag->id, "shingles");
    for (size_t i = 1; i < flags.count; i++)
        assert_true(flags.items[i - 1].urgency <= flags.items[i].urgency);
    arena_free(arena);
}

static void what_makes_it_worse_is_said(void **state)
{
    struct arena *arena = arena_new();
    struct raised_flags calm = flags_in(*state, "sore temple and headache", arena);
    struct raised_flags worse = flags_in(*state, "sore temple and I lost my sight", arena);
    assert_null(strstr(calm.sentence, "What makes it"));
    assert_non_null(strstr(worse.items[0].reason, "What makes it an emergency: any loss"));
    arena_free(arena);
}

static void the_place_of_the_words_is_told(void **state)
{
    struct arena *arena = arena_new();
    const char *text = "Since Monday: crushing chest pain, otherwise fine.";
    struct raised_flags flags = flags_in(*state, text, arena);
    assert_true(flags.count > 0);
    assert_string_equal(flags.items[0].flag->id, "acute-coronary-syndrome");
    assert_memory_equal(text + flags.items[0].start, "chest pain", strlen("chest pain"));
    assert_true(flags.items[0].end <= strlen(text));
    arena_free(arena);
}

static void misspelt_words_are_found(void **state)
{
    struct arena *arena = arena_new();
    static const char *const misspelt[] = {
        "crushng chest pain", "nummb between my legs", "cant controll my bladder", "slured speech",
        "chest pian",         "wurst headake ever"};
    for (size_t i = 0; i < sizeof misspelt / sizeof *misspelt; i++) {
        struct raised_flags flags = flags_in(*state, misspelt[i], arena);
        if (!raises(&flags, NULL, URGENCY_EMERGENCY))
            fail_msg("nothing raised: %s", misspelt[i]);
    }
    arena_free(arena);
}

static void any_bytes_are_taken(void **state)
{
    struct arena *arena = arena_new();
    char bytes[4096];
    uint64_t seed = 12345;
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            bytes[i] = (char)(seed >> 56);
        }
        struct raised_flags flags;
        red_flags_in(*state, bytes, sizeof bytes, arena, &flags);
        for (size_t i = 0; i < flags.count; i++)
            assert_true(flags.items[i].end <= sizeof bytes);
    }
    struct raised_flags flags;
    red_flags_in(*state, "", 0, arena, &flags);
    assert_int_equal(flags.count, 0);
    arena_free(arena);
}

static void a_serious_side_effect_is_found(void **state)
{
    struct arena *arena = arena_new();
    struct serious_event event;
    const char *burn = "got a blister under the pad";
    const char *lung = "they said my lung collapsed lung";
    const char *mild = "a bit of redness for an hour";
    assert_true(serious_event_in(*state, burn, strlen(burn), arena, &event));
    assert_true(serious_event_in(*state, lung, strlen(lung), arena, &event));
    assert_int_equal(event.urgency, URGENCY_EMERGENCY);
    assert_false(serious_event_in(*state, mild, strlen(mild), arena, &event));
    arena_free(arena);
}

struct reason {
    const char *intervention;
    const char *told;
    bool ask_first;
};

static void whom_a_treatment_is_not_for_is_found(void **state)
{
    static const struct reason reasons[] = {
        {"tens", "I have a pacemaker", false},   {"tens", "I'm pregnant", true},
        {"shockwave", "I take warfarin", false}, {"dry-needling", "on Eliquis", true},
        {"inversion-table", "glaucoma", false},  {"foam-roller", "blood clot in my leg", false},
        {"heat-wrap", "poor circulation", true},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        size_t count;
        const struct not_for *found =
            not_for_in(*state, base_intervention(catalog_base(*state), reasons[i].intervention),
                       reasons[i].told, strlen(reasons[i].told), arena, &count);
        if (count == 0 || found[0].ask_first != reasons[i].ask_first)
            fail_msg("%s, %s: %zu found", reasons[i].intervention, reasons[i].told, count);
    }
    arena_free(arena);
}

static void a_treatment_is_not_held_against_what_was_denied(void **state)
{
    struct arena *arena = arena_new();
    size_t count;
    const char *told = "no pacemaker, not pregnant";
    not_for_in(*state, base_intervention(catalog_base(*state), "tens"), told, strlen(told), arena,
               &count);
    assert_int_equal(count, 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_danger_told_is_found),
        cmocka_unit_test(few_harmless_sentences_raise_an_alarm),
        cmocka_unit_test(what_people_type_is_answered_as_urgently_as_it_is),
        cmocka_unit_test(a_question_about_a_treatment_is_no_danger),
        cmocka_unit_test(every_phrase_of_the_book_is_found),
        cmocka_unit_test(every_phrase_that_makes_it_more_urgent_does),
        cmocka_unit_test(what_is_denied_raises_nothing),
        cmocka_unit_test(a_denial_ends_where_something_else_begins),
        cmocka_unit_test(it_is_all_the_same_who_it_is_told_of),
        cmocka_unit_test(numbers_are_read_by_what_they_count),
        cmocka_unit_test(what_is_long_past_is_no_danger_of_today),
        cmocka_unit_test(a_form_of_a_word_is_the_word_unless_it_is_another),
        cmocka_unit_test(the_flag_of_which_most_is_told_comes_first),
        cmocka_unit_test(what_makes_it_worse_is_said),
        cmocka_unit_test(the_place_of_the_words_is_told),
        cmocka_unit_test(misspelt_words_are_found),
        cmocka_unit_test(any_bytes_are_taken),
        cmocka_unit_test(a_serious_side_effect_is_found),
        cmocka_unit_test(whom_a_treatment_is_not_for_is_found),
        cmocka_unit_test(a_treatment_is_not_held_against_what_was_denied),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
