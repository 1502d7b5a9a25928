/* A study while it is edited: places in addresses, patches, and problems told where the body has
 * them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "service/curation/draft.h"
#include "service/curation/target.h"

static int make_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static json_t *read_json(const char *text)
{
    json_t *value = json_loads(text, 0, NULL);
    assert_non_null(value);
    return value;
}

/* ---- addresses ---- */

static void an_id_may_hold_slashes_and_words_of_ours(void **state)
{
    static const struct {
        const char *rest;
        enum target_kind kind;
        const char *study;
        const char *list;
        size_t index;
    } cases[] = {
        {"pmid:1", TARGET_STUDY, "pmid:1", NULL, 0},
        {"doi:10.1/a/b", TARGET_STUDY, "doi:10.1/a/b", NULL, 0},
        {"doi:10.1/a/b/results", TARGET_LIST, "doi:10.1/a/b", "results", 0},
        {"doi:10.1/a/b/results/12", TARGET_ELEMENT, "doi:10.1/a/b", "results", 12},
        {"pmid:1/harms/0", TARGET_ELEMENT, "pmid:1", "harms", 0},
        {"pmid:1/notices", TARGET_LIST, "pmid:1", "notices", 0},
        {"pmid:1/appraisals/rob-2", TARGET_APPRAISAL, "pmid:1", NULL, 0},
        {"doi:10.1/results/x", TARGET_STUDY, "doi:10.1/results/x", NULL, 0},
        {"doi:10.1/results/1234567", TARGET_STUDY, "doi:10.1/results/1234567", NULL, 0},
        {"results", TARGET_STUDY, "results", NULL, 0},
        {"pmid:1/", TARGET_STUDY, "pmid:1/", NULL, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct target target = target_of(cases[i].rest, *state);
        assert_int_equal(target.kind, cases[i].kind);
        assert_string_equal(target.study, cases[i].study);
        if (cases[i].list != NULL)
            assert_string_equal(target.list, cases[i].list);
        assert_int_equal(target.index, cases[i].index);
    }
    assert_string_equal(target_of("pmid:1/appraisals/rob-2", *state).instrument, "rob-2");
}

/* ---- patches ---- */

/* The examples of RFC 7396, appendix A, whose targets are objects. */
static void a_patch_is_applied_as_the_standard_says(void **state)
{
    static const char *const examples[][3] = {
        {"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"a\":null}", "{}"},
        {"{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}"},
        {"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}"},
        {"{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"},
        {"{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}"},
        {"{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"},
        {"{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        json_t *document = read_json(examples[i][0]);
        json_t *patch = read_json(examples[i][1]);
        json_t *wanted = read_json(examples[i][2]);
        draft_merge(document, patch);
        assert_true(json_equal(document, wanted));
        json_decref(document);
        json_decref(patch);
        json_decref(wanted);
    }
}

static void a_list_that_loses_its_last_element_is_gone(void **state)
{
    (void)state;
    json_t *document = read_json("{\"results\":[1,2]}");
    json_t *three = json_integer(3);
    assert_int_equal(draft_append(document, "results", three), 2);
    assert_int_equal(draft_append(document, "harms", three), 0);
    assert_true(draft_replace(document, "results", 0, three));
    assert_int_equal(json_integer_value(draft_element(document, "results", 0)), 3);
    assert_false(draft_replace(document, "results", 3, three));
    assert_true(draft_replace(document, "harms", 0, NULL));
    assert_null(json_object_get(document, "harms"));
    json_decref(three);
    json_decref(document);
}

/* ---- reading ---- */

static const char small_study[] =
    "{\"id\":\"ts:a\",\"title\":\"[A]\",\"design\":\"rct\",\"condition\":\"neck-pain\","
    "\"sources\":[{\"url\":\"https://example.org/\"}],\"results\":[{\"intervention\":\"tens\","
    "\"comparator\":\"sham\",\"outcome\":\"pain\",\"better\":\"lower\",\"window\":\"short\","
    "\"measure\":\"MD\",\"estimate\":1,\"ci\":[2,3],\"n\":40}]}";

static struct base small_base(void)
{
    static const struct intervention tens = {.id = "tens", .name = "TENS"};
    static const char *const none[] = {NULL};
    static const struct condition neck = {
        .id = "neck-pain", .name = "Neck pain", .parents = none, .primary_outcomes = none};
    static const struct outcome pain = {.id = "pain", .name = "Pain"};
    return (struct base){.interventions = &tens,
                         .intervention_count = 1,
                         .conditions = &neck,
                         .condition_count = 1,
                         .outcomes = &pain,
                         .outcome_count = 1};
}

/* An interval that is not around its estimate, in a body that is the first result, or the study. */
static void problems_are_told_where_the_body_has_them(void **state)
{
    const struct base base = small_base();
    struct error err = {0};
    struct study study;
    struct problems of_result = {.arena = *state};
    struct problems of_study = {.arena = *state};
    json_t *document = read_json(small_study);
    assert_false(draft_read(document, "/results/0", &base, &of_result, &study, &err));
    assert_int_equal(strncmp(of_result.items[0]->pointer, "/results", 8) == 0, 0);
    assert_int_equal(of_result.items[0]->pointer[0], '/');
    err = (struct error){0};
    assert_false(draft_read(document, "", &base, &of_study, &study, &err));
    assert_int_equal(strncmp(of_study.items[0]->pointer, "/results/0", 10), 0);
    json_decref(document);
}

static void what_is_wrong_elsewhere_in_the_study_is_told_as_such(void **state)
{
    const struct base base = small_base();
    struct error err = {0};
    struct study study;
    struct problems problems = {.arena = *state};
    json_t *document = read_json(small_study);
    json_object_del(document, "design");
    assert_false(draft_read(document, "/results/0", &base, &problems, &study, &err));
    assert_string_equal(problems.items[0]->pointer, "/study/design");
    json_decref(document);
}

static void names_without_an_entry_are_refused(void **state)
{
    const struct base base = small_base();
    struct error err = {0};
    struct study study;
    struct problems problems = {.arena = *state};
    json_t *document = read_json(small_study);
    json_object_del(document, "results");
    json_object_set_new(document, "condition", json_string("elbow"));
    assert_false(draft_read(document, "", &base, &problems, &study, &err));
    assert_string_equal(problems.items[0]->pointer, "/condition");
    json_decref(document);
}

static void a_study_comes_back_as_it_was(void **state)
{
    const struct base base = small_base();
    struct error err = {0};
    struct study study;
    struct problems problems = {.arena = *state};
    json_t *document = read_json(small_study);
    json_object_del(document, "results");
    assert_true(draft_read(document, "", &base, &problems, &study, &err));
    json_t *again = draft_of(&study);
    assert_true(json_equal(document, again));
    json_decref(again);
    json_decref(document);
}

#define IN_ARENA(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(an_id_may_hold_slashes_and_words_of_ours),
        IN_ARENA(a_patch_is_applied_as_the_standard_says),
        IN_ARENA(a_list_that_loses_its_last_element_is_gone),
        IN_ARENA(problems_are_told_where_the_body_has_them),
        IN_ARENA(what_is_wrong_elsewhere_in_the_study_is_told_as_such),
        IN_ARENA(names_without_an_entry_are_refused),
        IN_ARENA(a_study_comes_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
