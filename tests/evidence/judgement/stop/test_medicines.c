/* Medicines in what people write. On the curated base. */
#include <string.h>

#include "evidence/judgement/stop/medicines.h"
#include "evidence/model/rulebooks.h"
#include "tests/evidence/judgement/real_knowledge.h"

struct named {
    const char *written;
    const char *medicine; /* generic name, or that of the group */
    bool guessed;
};

static const char *name_of(const struct told_medicine *told)
{
    return told->medicine != NULL ? told->medicine->name : told->group->name;
}

static void medicines_are_found_by_any_of_their_names(void **state)
{
    static const struct named named[] = {
        {"atorvastatin", "atorvastatin", false},
        {"Lipitor 20 mg at night", "atorvastatin", false},
        {"a statin", "statins", false},
        {"SEROXAT", "paroxetine", false},
        {"my Effexor XR", "venlafaxine", false},
        {"MS Contin 30mg", "morphine", false},
        {"co-codamol 30/500", "codeine", false},
        {"water tablets", "water tablets", false},
        {"Parafon Forte", "chlorzoxazone", false},
        {"simvistatin", "simvastatin", true},
        {"prednisalone", "prednisolone", true},
        {"Ciproflaxacin", "ciprofloxacin", true},
        {"Zolfot", "sertraline", true},
        {"gabapentine", "gabapentin", false}, /* a last -e is an ending */
        {"Nurofen when it is bad", "ibuprofen", false},
        {"zoledronic acid drip once a year", "zoledronic acid", false},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        size_t count;
        const struct told_medicine *found =
            medicines_in(*state, named[i].written, strlen(named[i].written), arena, &count);
        if (count != 1 || strcmp(name_of(&found[0]), named[i].medicine) != 0 ||
            found[0].guessed != named[i].guessed)
            fail_msg("%s: %zu found, %s%s", named[i].written, count,
                     count > 0 ? name_of(&found[0]) : "-",
                     count > 0 && found[0].guessed ? " (guessed)" : "");
    }
    arena_free(arena);
}

static void every_name_of_the_book_is_found_as_its_own_medicine(void **state)
{
    const struct medicines *book = &base_rulebooks(catalog_base(*state))->medicines;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < book->count; i++)
        for (size_t j = 0; j < book->items[i].member_count; j++) {
            const struct medicine *medicine = &book->items[i].members[j];
            for (size_t k = 0; k == 0 || medicine->brands[k - 1] != NULL; k++) {
                const char *name = k == 0 ? medicine->name : medicine->brands[k - 1];
                size_t count;
                const struct told_medicine *found =
                    medicines_in(*state, name, strlen(name), arena, &count);
                if (count != 1 || found[0].medicine != medicine || found[0].guessed)
                    fail_msg("%s is not found as %s", name, medicine->name);
            }
        }
    arena_free(arena);
}

static void what_is_no_medicine_is_none(void **state)
{
    static const char *const others[] = {
        "no statins, never took any",
        "I do not take warfarin",
        "blood pressure tablet",
        "my back hurts since the ultra marathon",
        "massage gun",
        "a cup of tea",
        "",
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        size_t count;
        const struct told_medicine *found =
            medicines_in(*state, others[i], strlen(others[i]), arena, &count);
        if (count > 0)
            fail_msg("%s: %s", others[i], name_of(&found[0]));
    }
    arena_free(arena);
}

/* ---- a diary's ---- */

struct told {
    struct arena *arena;
    struct told_medicines medicines;
};

/* `members` beside an empty diary, with ' for ". */
static struct told told_of(const struct catalog *catalog, const char *intervention,
                           const char *members)
{
    struct told told = {.arena = arena_new()};
    struct problems problems = {.arena = told.arena};
    struct diary diary;
    char *text =
        arena_printf(told.arena, "{'intervention':'%s','condition':'low-back-pain','diary':[]%s%s}",
                     intervention, *members == '\0' ? "" : ",", members);
    for (char *byte = text; *byte != '\0'; byte++)
        if (*byte == '\'')
            *byte = '"';
    json_t *value = json_parse(text, strlen(text), NULL, &problems);
    struct json_reader reader = json_root(value, NULL, &problems);
    if (value != NULL)
        diary_read(&reader, catalog, &diary);
    json_decref(value);
    if (problems.count > 0)
        fail_msg("%s: %s", text, problems.items[0]->detail);
    medicines_of(catalog, &diary, told.arena, &told.medicines);
    return told;
}

static const struct told_medicine *medicine_in(const struct told *told, const char *name)
{
    for (size_t i = 0; i < told->medicines.count; i++)
        if (strcmp(name_of(&told->medicines.items[i]), name) == 0)
            return &told->medicines.items[i];
    return NULL;
}

static bool may(const struct told_medicine *medicine, const char *link)
{
    for (const struct drug_link *const *one = medicine->links; *one != NULL; one++)
        if (strcmp((*one)->id, link) == 0)
            return true;
    return false;
}

static void what_a_medicine_may_do_is_told(void **state)
{
    struct told told = told_of(*state, "tens", "'medicines':['Lipitor','Xanax']");
    assert_int_equal(told.medicines.count, 2);
    assert_true(may(medicine_in(&told, "atorvastatin"), "statins"));
    assert_true(may(medicine_in(&told, "alprazolam"), "benzodiazepines-withdrawal"));
    assert_null(told.medicines.unknown[0]);
    arena_free(told.arena);
}

static void a_combination_is_told_of_those_who_take_both(void **state)
{
    struct told one = told_of(*state, "tens", "'medicines':['Zoloft']");
    struct told both = told_of(*state, "tens", "'medicines':'Zoloft and tramadol'");
    struct told same = told_of(*state, "tens", "'medicines':'an SSRI, Zoloft (sertraline)'");
    struct told tried = told_of(*state, "duloxetine", "'medicines':['sumatriptan']");
    assert_false(may(medicine_in(&one, "sertraline"), "serotonin-syndrome"));
    assert_true(may(medicine_in(&both, "sertraline"), "serotonin-syndrome"));
    assert_true(may(medicine_in(&both, "tramadol"), "serotonin-syndrome"));
    assert_int_equal(same.medicines.count, 1);
    assert_false(may(medicine_in(&same, "sertraline"), "serotonin-syndrome"));
    assert_true(may(medicine_in(&tried, "duloxetine"), "serotonin-syndrome"));
    assert_true(medicine_in(&tried, "duloxetine")->tried);
    assert_false(medicine_in(&tried, "sumatriptan")->tried);
    arena_free(one.arena);
    arena_free(both.arena);
    arena_free(same.arena);
    arena_free(tried.arena);
}

static void what_is_tried_is_the_medicine_that_was_named(void **state)
{
    struct told baclofen = told_of(*state, "baclofen", "");
    struct told group = told_of(*state, "muscle-relaxants", "");
    struct told tens = told_of(*state, "tens", "");
    assert_int_equal(baclofen.medicines.count, 1);
    assert_true(may(medicine_in(&baclofen, "baclofen"), "baclofen-withdrawal"));
    assert_non_null(medicine_in(&group, "baclofen"));
    assert_non_null(medicine_in(&group, "muscle relaxants"));
    assert_int_equal(tens.medicines.count, 0);
    arena_free(baclofen.arena);
    arena_free(group.arena);
    arena_free(tens.arena);
}

static void complaints_name_medicines_as_they_are_spelt(void **state)
{
    struct told told =
        told_of(*state, "tens",
                "'symptoms':'my thighs ache since I take simvastatin, and I feel prosac',"
                "'adverse_events':['worse after Cipro']");
    assert_non_null(medicine_in(&told, "simvastatin"));
    assert_non_null(medicine_in(&told, "ciprofloxacin"));
    assert_null(medicine_in(&told, "fluoxetine"));
    arena_free(told.arena);
}

static void a_name_that_is_not_known_is_told_back(void **state)
{
    struct told told = told_of(*state, "tens",
                               "'medicines':['blorbozol 5 mg','none','vitamin D','Lipitor','n/a']");
    assert_string_equal(told.medicines.unknown[0], "blorbozol 5 mg");
    assert_null(told.medicines.unknown[1]);
    arena_free(told.arena);
}

static void any_bytes_are_taken(void **state)
{
    struct arena *arena = arena_new();
    char bytes[512];
    uint64_t seed = 4711;
    for (int round = 0; round < 300; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            bytes[i] = (char)(seed >> 56);
        }
        size_t count;
        medicines_in(*state, bytes, sizeof bytes, arena, &count);
    }
    arena_free(arena);
}

/* Nobody is told by us to stop a medicine: neither by a link nor by a rule of ours. */
static void no_link_says_to_stop_a_medicine_on_ones_own(void **state)
{
    const struct drug_links *book = &base_rulebooks(catalog_base(*state))->drug_links;
    for (size_t i = 0; i < book->count; i++)
        if (strncmp(book->items[i].what_to_do, "Stop taking", strlen("Stop taking")) == 0 ||
            strncmp(book->items[i].what_to_do, "Stop the", strlen("Stop the")) == 0)
            fail_msg("%s: %s", book->items[i].id, book->items[i].what_to_do);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(medicines_are_found_by_any_of_their_names),
        cmocka_unit_test(every_name_of_the_book_is_found_as_its_own_medicine),
        cmocka_unit_test(what_is_no_medicine_is_none),
        cmocka_unit_test(what_a_medicine_may_do_is_told),
        cmocka_unit_test(a_combination_is_told_of_those_who_take_both),
        cmocka_unit_test(what_is_tried_is_the_medicine_that_was_named),
        cmocka_unit_test(complaints_name_medicines_as_they_are_spelt),
        cmocka_unit_test(a_name_that_is_not_known_is_told_back),
        cmocka_unit_test(any_bytes_are_taken),
        cmocka_unit_test(no_link_says_to_stop_a_medicine_on_ones_own),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
