/* The table of rules: what it must hold together. */
#include "evidence/rating/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct rules read(const char *text, struct problems *problems)
{
    struct document document = {.name = "rules", .text = text, .length = strlen(text)};
    struct base base = {.documents = &document, .document_count = 1};
    return rules_read(&base, problems);
}

static void a_rule_stands_in_a_chapter_with_words_for_its_numbers(void **state)
{
    (void)state;
    struct problems problems = {.arena = arena_new()};
    struct rules rules =
        read("{\"chapters\":[{\"id\":\"pool\",\"step\":3,\"title\":\"T\",\"plain\":\"P\"}],"
             "\"rules\":[{\"id\":\"P1\",\"chapter\":\"pool\",\"title\":\"t\",\"plain\":\"p\","
             "\"text\":\"x\",\"source\":\"ours\"}],"
             "\"thresholds\":[{\"key\":\"a.b\",\"words\":\"few is under\",\"unit\":\"people\"}],"
             "\"limits\":[{\"title\":\"l\",\"text\":\"m\",\"source\":\"n\"}]}",
             &problems);
    assert_int_equal(problems.count, 0);
    assert_string_equal(rules_find(&rules, "P1")->plain, "p");
    assert_int_equal(rules_chapter(&rules, rules_find(&rules, "P1")->chapter)->step, 3);
    assert_string_equal(rules_threshold(&rules, "a.b")->unit, "people");
    assert_null(rules_threshold(&rules, "a.c"));
    assert_int_equal(rules.limit_count, 1);
    arena_free(problems.arena);
}

/* Stores made before there were chapters hold such a table. */
static void a_table_of_rules_alone_is_read(void **state)
{
    (void)state;
    struct problems problems = {.arena = arena_new()};
    struct rules rules =
        read("{\"rules\":[{\"id\":\"P1\",\"title\":\"t\",\"text\":\"x\",\"source\":\"ours\"}]}",
             &problems);
    assert_int_equal(problems.count, 0);
    assert_null(rules_find(&rules, "P1")->plain);
    assert_int_equal(rules.chapter_count, 0);
    arena_free(problems.arena);
}

static void what_does_not_hold_together_is_told(void **state)
{
    (void)state;
    struct problems problems = {.arena = arena_new()};
    read("{\"chapters\":[{\"id\":\"pool\",\"title\":\"T\",\"plain\":\"P\"}],\"rules\":["
         "{\"id\":\"P1\",\"chapter\":\"none\",\"title\":\"t\",\"text\":\"x\",\"source\":\"ours\"},"
         "{\"id\":\"P1\",\"title\":\"t\",\"text\":\"x\",\"source\":\"ours\"}]}",
         &problems);
    assert_int_equal(problems.count, 2);
    assert_non_null(strstr(problems.items[0]->detail, "no chapter none"));
    assert_non_null(strstr(problems.items[1]->detail, "P1 stands twice"));
    arena_free(problems.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_stands_in_a_chapter_with_words_for_its_numbers),
        cmocka_unit_test(a_table_of_rules_alone_is_read),
        cmocka_unit_test(what_does_not_hold_together_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
