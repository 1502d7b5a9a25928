#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "evidence/judgement/language/lexicon.h"
#include "evidence/judgement/language/names.h"

/* ---- a small base by hand ---- */

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *const nothing[] = {NULL};

static const struct intervention interventions[] = {
    {.id = "dry-needling", .name = "Dry needling", .aliases = LIST("trigger point needling")},
    {.id = "foam-roller", .name = "Foam roller", .aliases = LIST("foam rolling", "roller")},
    {.id = "massage", .name = "Massage", .aliases = LIST("back rub", "deep tissue massage")},
    {.id = "massage-gun", .name = "Massage gun", .aliases = LIST("Theragun")},
    {.id = "opioids", .name = "Opioids", .aliases = LIST("clonazepam stand-in")},
};

static const struct condition conditions[] = {
    {.id = "low-back-pain", .name = "Low back pain", .parents = nothing, .aliases = nothing},
    {.id = "neck-pain",
     .name = "Neck pain",
     .aliases = LIST("pain in the neck"),
     .parents = nothing},
    {.id = "soreness", .name = "Muscle soreness", .parents = nothing, .aliases = nothing},
};

static const struct outcome outcomes[] = {
    {.id = "soreness", .name = "Muscle soreness", .aliases = nothing},
};

#define WORDS                                                                                      \
    "\"words\": {\"skipped\": [\"the my in\"], \"subjects\": [\"i\"], \"filler\": [\"really\"],"   \
    "\"neutral\": [\"therapy\"], \"asks\": [\"does\"], \"tries\": [\"try\"],"                      \
    "\"helps\": [\"help\"], \"compares\": [\"or\"], \"demotes\": [\"instead\"],"                   \
    "\"everyday\": [\"message roll\", \"nick\"]}"
#define ALSO                                                                                       \
    "\"also\": {\"interventions\": [{\"id\": \"massage\", \"phrases\": [\"masseur\"]}],"           \
    "\"conditions\": [], \"outcomes\": []}"
#define COMPLAINTS                                                                                 \
    "\"complaints\": {\"pain\": [\"ache\"], \"knots\": [\"knot\"], \"arthritis\": [\"worn\"],"     \
    "\"recovery\": [\"recovery\"]}"
#define BODY "\"body_parts\": [{\"phrases\": [\"neck\"], \"pain\": \"neck-pain\"}]"
#define REST                                                                                       \
    "\"general_conditions\": [],"                                                                  \
    "\"after_exercise\": {\"phrases\": [\"gym\"], \"after\": [\"after\"],"                         \
    "\"condition\": \"soreness\"},"                                                                \
    "\"choices\": [{\"phrases\": [\"ouch\"], \"conditions\": [\"neck-pain\"]}],"                   \
    "\"duration\": {\"acute\": [\"sudden\"], \"chronic\": [\"lifelong\"], \"before\": [\"for\"],"  \
    "\"after\": [\"ago\"], \"numbers\": [], \"units\": [{\"words\": [\"day\"], \"days\": 1}],"     \
    "\"chronic_from_days\": 84, \"conditions\": []},"                                              \
    "\"ordinary\": {\"not_after\": [\"after\"], \"entries\": [{\"phrases\": [\"roller\"]}]},"      \
    "\"other_treatments\": [\"reiki\"], \"other_conditions\": [\"gout\"]"
#define LANGUAGE "{" WORDS "," ALSO "," COMPLAINTS "," BODY "," REST "}"

struct fixture {
    struct arena *arena;
    struct problems problems;
    struct document document;
    struct base base;
    struct lexicon *lexicon;
};

static void open_with(struct fixture *fixture, const char *language)
{
    *fixture = (struct fixture){.arena = arena_new()};
    fixture->problems.arena = fixture->arena;
    fixture->document = (struct document){
        .name = "language", .text = language, .length = language == NULL ? 0 : strlen(language)};
    fixture->base = (struct base){
        .interventions = interventions,
        .intervention_count = sizeof interventions / sizeof *interventions,
        .conditions = conditions,
        .condition_count = sizeof conditions / sizeof *conditions,
        .outcomes = outcomes,
        .outcome_count = sizeof outcomes / sizeof *outcomes,
        .documents = &fixture->document,
        .document_count = language == NULL ? 0 : 1,
    };
}

static void build(struct fixture *fixture)
{
    fixture->lexicon = lexicon_new(&fixture->base, fixture->arena, &fixture->problems);
}

static void open_small(struct fixture *fixture)
{
    open_with(fixture, LANGUAGE);
    build(fixture);
    if (fixture->lexicon == NULL)
        print_error("%s %s\n", fixture->problems.items[0]->pointer,
                    fixture->problems.items[0]->detail);
    assert_non_null(fixture->lexicon);
}

static void shut(struct fixture *fixture)
{
    arena_free(fixture->arena);
}

/* ---- what is refused ---- */

static void assert_refused(struct fixture *fixture, const char *pointer, const char *detail)
{
    build(fixture);
    assert_null(fixture->lexicon);
    assert_true(fixture->problems.count > 0);
    assert_string_equal(fixture->problems.items[0]->pointer, pointer);
    if (strstr(fixture->problems.items[0]->detail, detail) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", fixture->problems.items[0]->detail, detail);
    shut(fixture);
}

static void a_base_without_language_is_refused(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, NULL);
    assert_refused(&fixture, "", "missing");
    open_with(&fixture, "{");
    assert_refused(&fixture, "", "not JSON");
    open_with(&fixture, "[]");
    assert_refused(&fixture, "", "must be an object");
    open_with(&fixture, "{}");
    assert_refused(&fixture, "/words", "required");
}

static void a_field_or_an_id_nobody_knows_is_refused(void **state)
{
    (void)state;
    struct fixture fixture;
    open_with(&fixture, "{" WORDS "," ALSO "," COMPLAINTS "," BODY "," REST ", \"slang\": []}");
    assert_refused(&fixture, "/slang", "unknown field");
    open_with(&fixture, "{" WORDS "," ALSO "," COMPLAINTS "," REST
                        ",\"body_parts\": [{\"phrases\": [\"neck\"], \"pain\": \"neck\"}]}");
    assert_refused(&fixture, "/body_parts/0/pain", "no condition \"neck\"");
    open_with(&fixture,
              "{" WORDS "," COMPLAINTS "," BODY "," REST
              ",\"also\": {\"interventions\": [{\"id\": \"zorbo\", \"phrases\": [\"z\"]}],"
              "\"conditions\": [], \"outcomes\": []}}");
    assert_refused(&fixture, "/also/interventions", "no entry \"zorbo\"");
}

static void one_name_for_two_entries_is_refused(void **state)
{
    (void)state;
    const struct intervention doubled[] = {
        {.id = "a", .name = "Foam rolling", .aliases = nothing},
        {.id = "b", .name = "Roller", .aliases = LIST("foam-rolling")},
        {.id = "massage", .name = "Massage", .aliases = nothing},
    };
    struct fixture fixture;
    open_with(&fixture, LANGUAGE);
    fixture.base.interventions = doubled;
    fixture.base.intervention_count = sizeof doubled / sizeof *doubled;
    assert_refused(&fixture, "", "one name to a reader");
}

static void a_name_without_a_word_is_refused(void **state)
{
    (void)state;
    const struct intervention nameless[] = {
        {.id = "a", .name = "The !", .aliases = nothing},
        {.id = "massage", .name = "Massage", .aliases = nothing},
    };
    struct fixture fixture;
    open_with(&fixture, LANGUAGE);
    fixture.base.interventions = nameless;
    fixture.base.intervention_count = sizeof nameless / sizeof *nameless;
    assert_refused(&fixture, "", "has no word");
}

/* ---- phrases ---- */

/* How many phrases the words spell, and what the first of them means. */
static size_t spelt(const struct lexicon *lexicon, const char *const *stems, enum meaning *meaning)
{
    struct lexicon_range range = lexicon_all(lexicon);
    for (; *stems != NULL; stems++)
        if (!lexicon_narrow(lexicon, &range, *stems, strlen(*stems)))
            return 0;
    size_t count;
    const struct phrase *phrases = lexicon_complete(lexicon, &range, &count);
    if (count > 0)
        *meaning = phrases[0].meaning;
    return count;
}

static void a_name_is_found_however_it_is_spaced(void **state)
{
    (void)state;
    struct fixture fixture;
    open_small(&fixture);
    enum meaning meaning = MEANING_COUNT;
    assert_int_equal(spelt(fixture.lexicon, LIST("foam", "roller"), &meaning), 1);
    assert_int_equal(meaning, MEANING_INTERVENTION);
    assert_int_equal(spelt(fixture.lexicon, LIST("foamroller"), &meaning), 1);
    assert_int_equal(spelt(fixture.lexicon, LIST("thera", "gun"), &meaning), 1);
    assert_int_equal(spelt(fixture.lexicon, LIST("foam"), &meaning), 0);
    assert_int_equal(spelt(fixture.lexicon, LIST("foam", "roller", "x"), &meaning), 0);
    /* "pain in the neck" without what is skipped */
    assert_int_equal(spelt(fixture.lexicon, LIST("pain", "neck"), &meaning), 1);
    assert_int_equal(meaning, MEANING_CONDITION);
    /* a condition and an outcome may share a name */
    assert_int_equal(spelt(fixture.lexicon, LIST("muscl", "soreness"), &meaning), 2);
    shut(&fixture);
}

static void words_know_their_roles(void **state)
{
    (void)state;
    struct fixture fixture;
    open_small(&fixture);
    const struct lexicon_word *word = lexicon_word(fixture.lexicon, "help", 4);
    assert_non_null(word);
    assert_int_equal(word->roles, 1u << WORD_HELPS);
    assert_false(word->named);
    word = lexicon_word(fixture.lexicon, "roll", 4); /* everyday, and not the roll of "rolling" */
    assert_true((word->roles & 1u << WORD_EVERYDAY) != 0);
    word = lexicon_word(fixture.lexicon, "massagegun", 10);
    assert_non_null(word);
    assert_string_equal(word->as, "massaggun");
    assert_null(lexicon_word(fixture.lexicon, "zorbo", 5));
    assert_null(lexicon_word(fixture.lexicon, "", 0));
    shut(&fixture);
}

/* ---- misspellings ---- */

/* The best guess for a word as keys have it, "" if there is none. */
static const char *guess_of(const struct fixture *fixture, const char *text, bool *weak)
{
    struct text_words words = text_cut(text, strlen(text), fixture->arena);
    struct lexicon_guess guesses[LEXICON_GUESSES];
    assert_int_equal(words.count, 1);
    size_t count = lexicon_guess(fixture->lexicon, &words.items[0], guesses);
    if (count == 0)
        return "";
    *weak = guesses[0].weak;
    return guesses[0].word->as;
}

static void misspellings_are_forgiven_by_length(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *meant;
        bool weak;
    } cases[] = {
        {"needlng", "needl", false}, /* one left out */
        {"nedling", "needl", false},
        {"fome", "", false},     /* two edits in four letters */
        {"foma", "foam", false}, /* a swap */
        {"theragnu", "theragun", false},
        {"therogum", "theragun", false}, /* two edits in eight letters */
        {"xheragum", "", false},         /* two edits, the first letter among them */
        {"theroom", "", false},
        {"dri", "dry", true},
        {"nek", "neck", false}, /* an inner letter left out */
        {"ne", "", false},
        {"massage3", "", false},
        {"hlep", "help", false},
    };
    struct fixture fixture;
    open_small(&fixture);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool weak = false;
        assert_string_equal(guess_of(&fixture, cases[i].typed, &weak), cases[i].meant);
        assert_int_equal(weak, cases[i].weak);
    }
    shut(&fixture);
}

/* Clonazepam and lorazepam differ by two letters; so do many drugs. */
static void another_drug_is_no_misspelling(void **state)
{
    (void)state;
    struct fixture fixture;
    bool weak;
    open_small(&fixture);
    assert_string_equal(guess_of(&fixture, "lorazepam", &weak), "");
    assert_string_equal(guess_of(&fixture, "clonazapam", &weak), "clonazepam");
    shut(&fixture);
}

/* ---- names ---- */

static void suggestions_come_best_first_and_once(void **state)
{
    (void)state;
    struct fixture fixture;
    open_small(&fixture);
    size_t count;
    const struct suggestion *found =
        names_suggest(fixture.lexicon, "Mass", 4, 10, fixture.arena, &count);
    assert_int_equal(count, 2);
    assert_string_equal(found[0].id, "massage");
    assert_string_equal(found[1].id, "massage-gun");
    found = names_suggest(fixture.lexicon, "needling", 8, 10, fixture.arena, &count);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].matched, "Dry needling");
    found = names_suggest(fixture.lexicon, "teragu", 6, 10, fixture.arena, &count);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].id, "massage-gun");
    found = names_suggest(fixture.lexicon, "neck", 4, 10, fixture.arena, &count);
    assert_int_equal(found[0].meaning, MEANING_CONDITION);
    shut(&fixture);
}

static void suggestions_are_bounded(void **state)
{
    (void)state;
    struct fixture fixture;
    open_small(&fixture);
    size_t count;
    names_suggest(fixture.lexicon, "", 0, 10, fixture.arena, &count);
    assert_int_equal(count, 0);
    names_suggest(fixture.lexicon, "\xFF ?", 3, 10, fixture.arena, &count);
    assert_int_equal(count, 0);
    names_suggest(fixture.lexicon, "mass", 4, 1, fixture.arena, &count);
    assert_int_equal(count, 1);
    names_suggest(fixture.lexicon, "mass", 4, 0, fixture.arena, &count);
    assert_int_equal(count, 0);
    names_suggest(fixture.lexicon, "m", 1, 100000, fixture.arena, &count);
    assert_true(count <= SUGGESTIONS_MOST);
    char longest[3000];
    memset(longest, 'm', sizeof longest);
    names_suggest(fixture.lexicon, longest, sizeof longest, 10, fixture.arena, &count);
    assert_int_equal(count, 0);
    shut(&fixture);
}

static void the_nearest_names_are_of_one_kind(void **state)
{
    (void)state;
    struct fixture fixture;
    open_small(&fixture);
    size_t count;
    const struct suggestion *found = names_nearest(fixture.lexicon, MEANING_INTERVENTION,
                                                   "dry-nedling", 11, 3, fixture.arena, &count);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].id, "dry-needling");
    found =
        names_nearest(fixture.lexicon, MEANING_CONDITION, "neckpain", 8, 3, fixture.arena, &count);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].id, "neck-pain");
    /* all of its words stand in the name */
    found = names_nearest(fixture.lexicon, MEANING_INTERVENTION, "theragun massage", 16, 3,
                          fixture.arena, &count);
    assert_int_equal(count, 2);
    names_nearest(fixture.lexicon, MEANING_INTERVENTION, "reiki", 5, 3, fixture.arena, &count);
    assert_int_equal(count, 0);
    names_nearest(fixture.lexicon, MEANING_OUTCOME, "", 0, 3, fixture.arena, &count);
    assert_int_equal(count, 0);
    shut(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_base_without_language_is_refused),
        cmocka_unit_test(a_field_or_an_id_nobody_knows_is_refused),
        cmocka_unit_test(one_name_for_two_entries_is_refused),
        cmocka_unit_test(a_name_without_a_word_is_refused),
        cmocka_unit_test(a_name_is_found_however_it_is_spaced),
        cmocka_unit_test(words_know_their_roles),
        cmocka_unit_test(misspellings_are_forgiven_by_length),
        cmocka_unit_test(another_drug_is_no_misspelling),
        cmocka_unit_test(suggestions_come_best_first_and_once),
        cmocka_unit_test(suggestions_are_bounded),
        cmocka_unit_test(the_nearest_names_are_of_one_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
