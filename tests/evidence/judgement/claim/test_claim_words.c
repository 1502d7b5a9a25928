/* The words by which claims are recognised: that they are kept in order, and that texts of no claim
 * stay without one. */
#include "tests/evidence/judgement/real_knowledge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "evidence/base/arena.h"
#include "evidence/judgement/claim/claim.h"
#include "evidence/judgement/claim/wording.h"
#include "evidence/rating/safety_kept.h"

static const char *const folder = "evidence/data/claims/";
static const char *const entry_files[] = {"authority.json", "benefit.json",   "comparison.json",
                                          "degree.json",    "mechanism.json", "safety.json"};
enum { ENTRY_FILES = sizeof entry_files / sizeof *entry_files };

static json_t *load(const char *name)
{
    char path[128];
    json_error_t problem;
    snprintf(path, sizeof path, "%s%s", folder, name);
    json_t *read = json_load_file(path, 0, &problem);
    if (read == NULL)
        fail_msg("%s: %s", path, problem.text);
    return read;
}

/* True if the text was in the set already. */
static bool told_before(json_t *set, const char *text)
{
    bool before = json_object_get(set, text) != NULL;
    json_object_set_new(set, text, json_true());
    return before;
}

/* ---- no double work ---- */

static void check_list(const char *where, const json_t *texts)
{
    json_t *seen = json_object();
    size_t i;
    const json_t *text;
    json_array_foreach(texts, i, text) if (told_before(seen, json_string_value(text)))
        fail_msg("%s: \"%s\" stands there twice", where, json_string_value(text));
    json_decref(seen);
}

static void check_words(const char *where, const json_t *text_lines)
{
    json_t *seen = json_object();
    size_t i;
    const json_t *text;
    json_array_foreach(text_lines, i, text)
    {
        char *line = strdup(json_string_value(text));
        char *left = line;
        for (char *word; (word = strsep(&left, " ")) != NULL;)
            if (told_before(seen, word))
                fail_msg("%s: the word \"%s\" stands there twice", where, word);
        free(line);
    }
    json_decref(seen);
}

static void no_word_stands_twice_in_a_class(void **state)
{
    json_t *words = load("words.json");
    json_t *ids = json_object();
    size_t i;
    json_t *one;
    (void)state;
    json_array_foreach(json_object_get(words, "classes"), i, one)
    {
        const char *id = json_string_value(json_object_get(one, "id"));
        if (told_before(ids, id))
            fail_msg("two classes are called %s", id);
        check_words(id, json_object_get(one, "words"));
        check_list(id, json_object_get(one, "phrases"));
    }
    json_decref(ids);
    json_decref(words);
}

static void no_pattern_stands_twice_in_an_entry(void **state)
{
    (void)state;
    for (size_t file = 0; file < ENTRY_FILES; file++) {
        json_t *read = load(entry_files[file]);
        size_t i;
        json_t *entry;
        json_array_foreach(json_object_get(read, "entries"), i, entry) check_list(
            json_string_value(json_object_get(entry, "id")), json_object_get(entry, "patterns"));
        json_decref(read);
    }
}

/* ---- nothing idle ---- */

/* Classes that the reading of texts looks at by itself have the lowest numbers, see wording.h. */
static bool is_read_by_itself(const struct wording *wording, const char *id)
{
    for (unsigned class = WORDS_NONE + 1; class < WORDS_COUNT; class ++)
        if (strcmp(wording->class_names[class], id) == 0)
            return true;
    return false;
}

static bool is_among(const struct wording *wording, const struct patterns *patterns, const char *id)
{
    for (size_t i = 0; i < patterns->count; i++)
        for (size_t j = 0; j < patterns->items[i].count; j++)
            if (strcmp(wording->class_names[patterns->items[i].pieces[j].class], id) == 0)
                return true;
    return false;
}

static bool is_in_a_pattern(const struct wording *wording, const char *id)
{
    return is_among(wording, &wording->claims, id) || is_among(wording, &wording->made, id);
}

static void every_class_is_used(void **state)
{
    struct error err = {0};
    const struct wording *wording = wording_of(*state, &err);
    json_t *words = load("words.json");
    size_t i;
    json_t *one;
    assert_non_null(wording); /* with it every pattern could be read */
    json_array_foreach(json_object_get(words, "classes"), i, one)
    {
        const char *id = json_string_value(json_object_get(one, "id"));
        if (!is_read_by_itself(wording, id) && !is_in_a_pattern(wording, id))
            fail_msg("no pattern uses the class %s", id);
    }
    json_decref(words);
}

/* ---- the grammar ---- */

/* The kind of claim that the first part of a text is, "" for none. */
static const char *first_kind(const struct catalog *catalog, const char *text)
{
    struct arena *arena = arena_new();
    struct claim claim;
    struct error err = {0};
    assert_true(claim_vet(catalog, text, strlen(text), NULL, arena, &claim, &err));
    const char *kind = claim.atom_count == 0 ? "" : claim.atoms[0].entry->id;
    arena_free(arena);
    return kind;
}

static void a_class_may_be_made_of_patterns_of_other_classes(void **state)
{
    assert_string_equal(first_kind(*state, "Seven out of ten of our clients were back at work."),
                        "share-of-people");
    assert_string_equal(first_kind(*state, "Two of three members avoided the operating table."),
                        "share-of-people");
}

static void a_pattern_may_go_on_with_the_word_that_parts_statements(void **state)
{
    assert_string_equal(first_kind(*state, "TENS works where other treatments have failed."),
                        "last-resort");
}

/* None of these verbs stands in words.json. */
static void a_verb_is_known_by_its_place(void **state)
{
    assert_string_equal(first_kind(*state, "TENS can outfox back pain."), "relieves");
    assert_string_equal(first_kind(*state, "It schmoozes your fascia."), "acts-within");
    assert_string_equal(first_kind(*state, "TENS may cause pain."), "");
    assert_string_equal(first_kind(*state, "It can be chronic pain."), "");
}

static enum claim_verdict first_verdict(const struct catalog *catalog, const char *text)
{
    struct arena *arena = arena_new();
    struct claim claim;
    struct error err = {0};
    assert_true(claim_vet(catalog, text, strlen(text), NULL, arena, &claim, &err));
    assert_true(claim.atom_count > 0);
    enum claim_verdict verdict = claim.atoms[0].verdict;
    arena_free(arena);
    return verdict;
}

/* Gastrointestinal harms of tablets are on record, and none of the gel. */
static void an_organ_that_is_spared_is_held_against_its_own_harms(void **state)
{
    assert_int_equal(first_verdict(*state, "Ibuprofen tablets, kind to your stomach."),
                     CLAIM_CONTRADICTED);
    assert_int_equal(first_verdict(*state, "Diclofenac gel won't upset your stomach."),
                     CLAIM_UNSUPPORTED);
}

/* ---- names made of forms ---- */

static const char *first_treatment(const struct catalog *catalog, const char *text)
{
    struct arena *arena = arena_new();
    struct claim claim;
    struct error err = {0};
    assert_true(claim_vet(catalog, text, strlen(text), NULL, arena, &claim, &err));
    assert_true(claim.atom_count > 0);
    const struct intervention *about = claim.atoms[0].intervention;
    arena_free(arena);
    return about == NULL ? "" : about->id;
}

/* None of these names stands in products.json as it is. */
static void a_name_may_be_made_of_forms(void **state)
{
    assert_string_equal(first_treatment(*state, "A thorn carpet eases back pain."),
                        "acupressure-mat");
    assert_string_equal(first_treatment(*state, "The barley cushion eases back pain."),
                        "heat-wrap");
    assert_string_equal(first_treatment(*state, "Our icy dunk eases sore muscles."),
                        "cold-water-immersion");
}

/* The cloth is of copper, which is what such a sleeve is sold for. */
static void a_name_of_more_words_goes_before_a_shorter_one(void **state)
{
    assert_string_equal(first_treatment(*state, "A copper-threaded wrist sleeve eases arthritis."),
                        "copper-bracelet");
}

static bool names_use(const json_t *entries, const char *form)
{
    size_t i, j;
    const json_t *entry, *name;
    json_array_foreach(entries, i, entry)
        json_array_foreach(json_object_get(entry, "names"), j,
                           name) if (strstr(json_string_value(name), form) != NULL) return true;
    return false;
}

static void every_form_is_used(void **state)
{
    json_t *read = load("products.json");
    size_t i;
    const json_t *form;
    (void)state;
    json_array_foreach(json_object_get(read, "forms"), i, form)
    {
        char piece[64];
        snprintf(piece, sizeof piece, "<%s>", json_string_value(json_object_get(form, "id")));
        if (!names_use(json_object_get(read, "products"), piece))
            fail_msg("no name uses the form %s", piece);
    }
    json_decref(read);
}

/* ---- what words stand for ---- */

/* METHOD 6: what may work is partly supported told plainly, supported told of a trial's past. */
static void the_passive_of_now_tells_of_no_past(void **state)
{
    assert_int_equal(first_verdict(*state, "A foam roller relieves muscle soreness."),
                     CLAIM_PARTLY_SUPPORTED);
    assert_int_equal(first_verdict(*state, "Muscle soreness is relieved by a foam roller."),
                     CLAIM_PARTLY_SUPPORTED);
    assert_int_equal(first_verdict(*state, "Muscle soreness was relieved by a foam roller."),
                     CLAIM_SUPPORTED);
}

/* "Does nothing" is no comparison with those who did nothing. */
static void to_do_nothing_for_a_complaint_is_not_to_help_it(void **state)
{
    assert_int_equal(first_verdict(*state, "Laser therapy does nothing for low back pain."),
                     first_verdict(*state, "Laser therapy does not help low back pain."));
}

static const char *first_condition(const struct catalog *catalog, const char *text)
{
    struct arena *arena = arena_new();
    struct claim claim;
    struct error err = {0};
    assert_true(claim_vet(catalog, text, strlen(text), NULL, arena, &claim, &err));
    assert_true(claim.atom_count > 0);
    const struct condition *condition = claim.atoms[0].condition;
    arena_free(arena);
    return condition == NULL ? "" : condition->id;
}

static void muscles_sore_after_exercise_are_sore_from_exercise(void **state)
{
    assert_string_equal(
        first_condition(*state, "A foam roller soothes sore muscles the day after training."),
        "muscle-soreness");
    assert_string_equal(first_condition(*state, "A foam roller soothes back pain after a run."),
                        "low-back-pain");
}

static void it_stands_for_what_was_asked_about_just_before(void **state)
{
    assert_string_equal(first_condition(*state, "Knee arthritis? TENS eases it."),
                        "knee-osteoarthritis");
    assert_string_equal(first_kind(*state, "The postman came. TENS eases it."), "");
}

/* ---- texts of no claim ---- */

/* Recipes, delivery, history, news, instructions: a line each, in our own words. */
static void what_claims_nothing_has_no_claim(void **state)
{
    enum { LINE = 1024 };
    char line[LINE];
    size_t wrong = 0;
    FILE *file = fopen("tests/evidence/judgement/claim/no_claims.txt", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        struct arena *arena = arena_new();
        struct error err = {0};
        struct claim claim;
        assert_true(claim_vet(*state, line, strlen(line), NULL, arena, &claim, &err));
        for (size_t i = 0; i < claim.atom_count; i++, wrong++)
            print_error("%s by %s: \"%.*s\"\n", atom_type_names[claim.atoms[i].type],
                        claim.atoms[i].entry->id,
                        (int)(claim.atoms[i].end_byte - claim.atoms[i].start_byte),
                        line + claim.atoms[i].start_byte);
        arena_free(arena);
    }
    fclose(file);
    assert_int_equal(wrong, 0);
}

/* ---- how safe ---- */

/* The page tells safety_sentence(); of exercise the base only counts people with side effects. */
static void how_safe_is_told_as_on_the_page(void **state)
{
    static const struct {
        const char *id;
        const char *text;
    } cases[] = {{"exercise", "Exercise cures neck pain."},
                 {"massage", "Massage cures neck pain."}};
    const struct base *base = catalog_base(*state);
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct claim claim;
        struct error err = {0};
        const char *text = cases[i].text;
        assert_true(claim_vet(*state, text, strlen(text), NULL, arena, &claim, &err));
        const struct safety *safety = safety_kept(*state, base_intervention(base, cases[i].id));
        const char *page = safety_sentence(safety, arena);
        const char *end = strstr(page, ". ");
        size_t length = end == NULL ? strlen(page) : (size_t)(end - page) + 1;
        const char *first = arena_strndup(arena, page, length);
        if (strstr(claim.supported_wording, first) == NULL)
            fail_msg("%s: %s", first, claim.supported_wording);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_word_stands_twice_in_a_class),
        cmocka_unit_test(how_safe_is_told_as_on_the_page),
        cmocka_unit_test(no_pattern_stands_twice_in_an_entry),
        cmocka_unit_test(every_class_is_used),
        cmocka_unit_test(a_class_may_be_made_of_patterns_of_other_classes),
        cmocka_unit_test(a_pattern_may_go_on_with_the_word_that_parts_statements),
        cmocka_unit_test(a_verb_is_known_by_its_place),
        cmocka_unit_test(an_organ_that_is_spared_is_held_against_its_own_harms),
        cmocka_unit_test(a_name_may_be_made_of_forms),
        cmocka_unit_test(a_name_of_more_words_goes_before_a_shorter_one),
        cmocka_unit_test(every_form_is_used),
        cmocka_unit_test(the_passive_of_now_tells_of_no_past),
        cmocka_unit_test(to_do_nothing_for_a_complaint_is_not_to_help_it),
        cmocka_unit_test(muscles_sore_after_exercise_are_sore_from_exercise),
        cmocka_unit_test(it_stands_for_what_was_asked_about_just_before),
        cmocka_unit_test(what_claims_nothing_has_no_claim),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
