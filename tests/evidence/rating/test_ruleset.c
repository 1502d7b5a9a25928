/* The thresholds as data: what is missing, unknown or impossible is refused by its place. */
#include "tests/evidence/rating/small_base.h"

/* Reads a ruleset after `change` had its way with it; gives the problems. */
static struct problems read_file(const char *name, struct arena *arena,
                                 void (*change)(json_t *root), struct ruleset *out)
{
    struct error err = {0};
    size_t length = 0;
    struct problems problems = {.arena = arena};
    const char *text = file_read(arena_printf(arena, "evidence/data/rulesets/%s.json", name),
                                 1 << 20, arena, &length, &err);
    if (text == NULL)
        fail_msg("%s", err.message);
    json_t *root = json_parse(text, length, name, &problems);
    assert_non_null(root);
    if (change != NULL)
        change(root);
    struct json_reader at = json_root(root, name, &problems);
    ruleset_read(&at, out);
    json_decref(root);
    return problems;
}

static struct problems read_changed(struct arena *arena, void (*change)(json_t *root),
                                    struct ruleset *out)
{
    return read_file("default", arena, change, out);
}

/* METHOD sections 2 to 5, and docs/method.md beside it. What both rulesets share. */
static void holds_the_shared_numbers(const struct ruleset *ruleset)
{
    near(ruleset->level, 0.95, 0);
    near(ruleset->mid_smd, 0.5, 0);
    near(ruleset->mid_risk_per_100, 10, 0);
    near(ruleset->trivial, 0.5, 0);
    near(ruleset->moderate, 2, 0);
    near(ruleset->smd_small, 0.2, 0);
    near(ruleset->smd_moderate, 0.5, 0);
    near(ruleset->smd_large, 0.8, 0);
    near(ruleset->bias_share, 0.75, 0);
    near(ruleset->appraised_share, 0.5, 0);
    near(ruleset->pedro_low, 8, 0);
    near(ruleset->pedro_some, 6, 0);
    near(ruleset->graded_share, 0.75, 0);
    near(ruleset->i2, 50, 0);
    near(ruleset->people_few, 400, 0);
    near(ruleset->people_very_few, 100, 0);
    near(ruleset->events_few, 300, 0);
    near(ruleset->upgrade_ratio, 2, 0);
    near(ruleset->upgrade_large, 5, 0);
    near(ruleset->egger_trials, 10, 0);
    near(ruleset->egger_p, 0.1, 0);
    near(ruleset->small_trials, 5, 0);
    near(ruleset->small_arm, 50, 0);
    near(ruleset->adopt_share, 0.6, 0);
    near(ruleset->adopt_trials, 3, 0);
    near(ruleset->improbable_g, 2.5, 0);
    near(ruleset->improbable_sd_share, 1.0 / 3, 1e-15);
    near(ruleset->crossover_r, 0.5, 0);
}

static void the_default_reads_with_the_numbers_of_the_method(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct ruleset ruleset;
    assert_int_equal(read_changed(arena, NULL, &ruleset).count, 0);
    assert_int_equal(ruleset.method, POOL_REML);
    assert_int_equal(ruleset.test, POOL_ADHOC);
    assert_false(ruleset.null_only);
    holds_the_shared_numbers(&ruleset);
    near(ruleset.q_p, 0.1, 0);
    near(ruleset.other_side, 0.25, 0);
    assert_true(isnan(ruleset.i2_severe)); /* no I2 alone costs two levels */
    arena_free(arena);
}

/* METHOD, top: DerSimonian-Laird with z, the null as only threshold, I2 50 and 75 alone. */
static void classic_is_the_older_way_and_else_the_same(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct ruleset ruleset;
    struct problems problems = read_file("classic", arena, NULL, &ruleset);
    assert_int_equal(problems.count, 0);
    assert_int_equal(ruleset.method, POOL_DL);
    assert_int_equal(ruleset.test, POOL_Z);
    assert_true(ruleset.null_only);
    holds_the_shared_numbers(&ruleset);
    near(ruleset.i2_severe, 75, 0);
    assert_true(ruleset.q_p > 1);        /* no p of Q is above it: I2 decides alone, … */
    assert_true(ruleset.other_side > 1); /* … and so does no share of the weight */
    arena_free(arena);
}

/* Answers tell a rule's thresholds by the file's own names. */
static void each_threshold_is_told_by_the_name_that_the_file_has(void **state)
{
    static const char *const rules[] = {"E3", "P1", "P3", "P4", "P6",  "B",  "B0",
                                        "B1", "B2", "B3", "B4", "N",   "N1", "N2",
                                        "M",  "M1", "M2", "PB", "PB1", "U",  "V2"};
    (void)state;
    struct arena *arena = arena_new();
    struct error err = {0};
    size_t length = 0;
    struct ruleset ruleset;
    struct problems problems = read_file("classic", arena, NULL, &ruleset);
    const char *text =
        file_read("evidence/data/rulesets/classic.json", 1 << 20, arena, &length, &err);
    json_t *root = json_parse(text, length, "classic", &problems);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct ruleset_threshold told[RULESET_THRESHOLDS];
        size_t count = ruleset_thresholds(&ruleset, rules[i], told);
        assert_true(count > 0);
        for (size_t j = 0; j < count; j++) {
            const char *dot = strchr(told[j].key, '.');
            const json_t *group =
                dot == NULL ? root
                            : json_object_get(root, arena_strndup(arena, told[j].key,
                                                                  (size_t)(dot - told[j].key)));
            const json_t *value = json_object_get(group, dot == NULL ? told[j].key : dot + 1);
            assert_true(json_is_number(value));
            near(told[j].value, json_number_value(value), 0);
        }
    }
    json_decref(root);
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
        cmocka_unit_test(classic_is_the_older_way_and_else_the_same),
        cmocka_unit_test(each_threshold_is_told_by_the_name_that_the_file_has),
        cmocka_unit_test(what_cannot_be_is_refused_by_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
