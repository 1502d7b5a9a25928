/* The thresholds as data: what is missing, unknown or impossible is refused by its place. */
#include "tests/evidence/rating/small_base.h"

/* Reads the default ruleset after `change` had its way with it; gives the problems. */
static struct problems read_changed(struct arena *arena, void (*change)(json_t *root),
                                    struct ruleset *out)
{
    struct error err = {0};
    size_t length = 0;
    struct problems problems = {.arena = arena};
    const char *text =
        file_read("evidence/data/rulesets/default.json", 1 << 20, arena, &length, &err);
    if (text == NULL)
        fail_msg("%s", err.message);
    json_t *root = json_parse(text, length, "default", &problems);
    assert_non_null(root);
    if (change != NULL)
        change(root);
    struct json_reader at = json_root(root, "default", &problems);
    ruleset_read(&at, out);
    json_decref(root);
    return problems;
}

static void the_default_reads_with_the_numbers_of_the_method(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct ruleset ruleset;
    assert_int_equal(read_changed(arena, NULL, &ruleset).count, 0);
    assert_int_equal(ruleset.method, POOL_REML);
    assert_int_equal(ruleset.test, POOL_ADHOC);
    near(ruleset.level, 0.95, 0);
    near(ruleset.mid_smd, 0.5, 0);
    near(ruleset.mid_risk_per_100, 10, 0);
    near(ruleset.pedro_low, 8, 0);
    near(ruleset.pedro_some, 6, 0);
    near(ruleset.i2, 50, 0);
    near(ruleset.people_few, 400, 0);
    near(ruleset.events_few, 300, 0);
    near(ruleset.adopt_share, 0.6, 0);
    near(ruleset.improbable_g, 2.5, 0);
    near(ruleset.crossover_r, 0.5, 0);
    arena_free(arena);
}

static void drop_level(json_t *root)
{
    json_object_del(json_object_get(root, "pool"), "level");
}

static void level_of_95(json_t *root)
{
    json_object_set_new(json_object_get(root, "pool"), "level", json_integer(95));
}

static void unknown_method(json_t *root)
{
    json_object_set_new(json_object_get(root, "pool"), "method", json_string("magic"));
}

static void unknown_field(json_t *root)
{
    json_object_set_new(json_object_get(root, "mid"), "colour", json_integer(1));
}

static void negative(json_t *root)
{
    json_object_set_new(json_object_get(root, "imprecision"), "people_few", json_integer(-1));
}

static void perfect_correlation(json_t *root)
{
    json_object_set_new(root, "crossover_r", json_integer(1));
}

static void no_group(json_t *root)
{
    json_object_del(root, "publication");
}

static void what_cannot_be_is_refused_by_its_place(void **state)
{
    (void)state;
    static const struct {
        void (*change)(json_t *root);
        const char *pointer;
    } cases[] = {{drop_level, "/pool/level"},
                 {level_of_95, "/pool/level"},
                 {unknown_method, "/pool/method"},
                 {unknown_field, "/mid/colour"},
                 {negative, "/imprecision/people_few"},
                 {perfect_correlation, "/crossover_r"},
                 {no_group, "/publication"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct ruleset ruleset;
        struct problems problems = read_changed(arena, cases[i].change, &ruleset);
        assert_true(problems.count > 0);
        assert_string_equal(problems.items[0]->pointer, cases[i].pointer);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_reads_with_the_numbers_of_the_method),
        cmocka_unit_test(what_cannot_be_is_refused_by_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
