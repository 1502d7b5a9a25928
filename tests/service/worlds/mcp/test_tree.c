/* Our own shapes shortened for a chat. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "service/worlds/mcp/tree.h"

static void assert_cut(const char *text, const struct tree_cut *cuts, size_t count,
                       const char *expected)
{
    struct buffer out = {0};
    struct json_writer json;
    json_t *tree = json_loads(text, JSON_ALLOW_NUL, NULL);
    assert_non_null(tree);
    tree_cut(tree, cuts, count);
    json_writer_init(&json, &out, 0);
    tree_write(tree, &json);
    assert_string_equal(buffer_string(&out), expected);
    buffer_release(&out);
    json_decref(tree);
}

static void what_is_not_cut_is_written_as_it_was(void **state)
{
    static const char text[] = "{\"z\":0.1,\"a\":[1,-2,null,true,false,\"\\u00e9\\n\"],\"m\":{},"
                               "\"e\":[],\"big\":12345678901,\"small\":1e-7}";
    (void)state;
    assert_cut(text, NULL, 0,
               "{\"z\":0.1,\"a\":[1,-2,null,true,false,\"é\\n\"],\"m\":{},\"e\":[],"
               "\"big\":12345678901,\"small\":1e-7}");
}

static void a_list_is_cut_at_its_end_and_the_rest_counted(void **state)
{
    static const struct tree_cut cuts[] = {{"a.list", 2}, {"short", 2}};
    (void)state;
    assert_cut("{\"a\":{\"list\":[1,2,3,4,5],\"b\":1},\"short\":[1]}", cuts, 2,
               "{\"a\":{\"list\":[1,2],\"b\":1,\"list_left_out\":3},\"short\":[1],"
               "\"short_left_out\":0}");
}

static void a_member_is_taken_out_and_what_is_not_there_is_passed_over(void **state)
{
    static const struct tree_cut cuts[] = {
        {"a.b", 0}, {"c", 0}, {"x.y.z", 0}, {"n.list", 3}, {"t", 2}};
    (void)state;
    assert_cut("{\"a\":{\"b\":[1],\"d\":2},\"c\":\"x\",\"n\":null,\"t\":\"text\"}", cuts, 5,
               "{\"a\":{\"d\":2},\"n\":null,\"t\":\"text\"}");
}

static void members_are_found_by_path(void **state)
{
    (void)state;
    json_t *tree = json_loads("{\"a\":{\"b\":{\"c\":\"x\"}},\"n\":null}", 0, NULL);
    assert_string_equal(tree_text(tree, "a.b.c"), "x");
    assert_ptr_equal(tree_at(tree, ""), tree);
    assert_null(tree_text(tree, "a.b"));
    assert_null(tree_text(tree, "n.b"));
    assert_null(tree_at(tree, "a.x.c"));
    json_decref(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_cut_is_written_as_it_was),
        cmocka_unit_test(a_list_is_cut_at_its_end_and_the_rest_counted),
        cmocka_unit_test(a_member_is_taken_out_and_what_is_not_there_is_passed_over),
        cmocka_unit_test(members_are_found_by_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
