#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "service/command/command.h"

/* What an option table fills. */
struct taken {
    const char *db;
    bool json;
    const char *log_file;
    bool log_queries;
    int left;
    char *argv[12];
};

static struct taken take(const char *const *words)
{
    static char copies[12][64];
    struct taken out = {.db = "default"};
    const struct option_spec options[] = {
        OPTION_DB(out.db),
        OPTION_JSON(out.json),
        {"log-file", "FILE", "", &out.log_file, NULL},
        {"log-queries", NULL, "", NULL, &out.log_queries},
        {0},
    };
    const struct command_help help = {"touchstone test", "", options};
    int argc = 1;
    strcpy(copies[0], "test");
    out.argv[0] = copies[0];
    for (; *words != NULL; words++, argc++)
        out.argv[argc] = strcpy(copies[argc], *words);
    out.left = command_options(argc, out.argv, &help);
    return out;
}

#define TAKE(...) take((const char *const[]){__VA_ARGS__, NULL})

static void options_stand_anywhere_among_the_arguments(void **state)
{
    (void)state;
    struct taken taken = TAKE("one", "--db", "x.db", "two", "--json", "three");
    assert_int_equal(taken.left, 3);
    assert_string_equal(taken.argv[1], "one");
    assert_string_equal(taken.argv[2], "two");
    assert_string_equal(taken.argv[3], "three");
    assert_string_equal(taken.db, "x.db");
    assert_true(taken.json);
    assert_false(taken.log_queries);
}

static void a_value_may_stand_behind_an_equals_sign(void **state)
{
    (void)state;
    assert_string_equal(TAKE("--db=a=b").db, "a=b");
    assert_string_equal(TAKE("--db=").db, "");
    assert_string_equal(TAKE("--db", "a", "--db", "b").db, "b");
}

static void two_dashes_end_the_options_and_one_is_an_argument(void **state)
{
    (void)state;
    struct taken taken = TAKE("-", "--", "--json", "-x");
    assert_int_equal(taken.left, 3);
    assert_string_equal(taken.argv[1], "-");
    assert_string_equal(taken.argv[2], "--json");
    assert_string_equal(taken.argv[3], "-x");
    assert_false(taken.json);
}

static void what_is_no_option_is_refused(void **state)
{
    (void)state;
    assert_int_equal(TAKE("--d", "x").left, -1);
    assert_int_equal(TAKE("--dbx", "x").left, -1);
    assert_int_equal(TAKE("--json=1").left, -1);
    assert_int_equal(TAKE("a", "--db").left, -1);
    assert_int_equal(TAKE("-j").left, -1);
}

static void the_environment_speaks_where_the_command_line_does_not(void **state)
{
    (void)state;
    setenv("TOUCHSTONE_DB", "env.db", 1);
    setenv("TOUCHSTONE_LOG_FILE", "env.log", 1);
    setenv("TOUCHSTONE_LOG_QUERIES", "1", 1);
    struct taken taken = TAKE("--db", "own.db");
    assert_string_equal(taken.db, "own.db");
    assert_string_equal(taken.log_file, "env.log");
    assert_true(taken.log_queries);
    setenv("TOUCHSTONE_DB", "", 1);
    setenv("TOUCHSTONE_LOG_QUERIES", "0", 1);
    taken = TAKE("a");
    assert_string_equal(taken.db, "default");
    assert_false(taken.log_queries);
    unsetenv("TOUCHSTONE_DB");
    unsetenv("TOUCHSTONE_LOG_FILE");
    unsetenv("TOUCHSTONE_LOG_QUERIES");
}

static void each_kind_of_error_has_its_exit_status(void **state)
{
    (void)state;
    static const struct {
        enum error_kind kind;
        int status;
    } cases[] = {{ERROR_INVALID, 1}, {ERROR_NOT_FOUND, 1}, {ERROR_LIMIT, 1},   {ERROR_STORE, 3},
                 {ERROR_IO, 1},      {ERROR_NETWORK, 4},   {ERROR_INTERNAL, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {.kind = cases[i].kind, .message = "said"};
        assert_int_equal(command_fail(&err), cases[i].status);
    }
    assert_int_equal(command_usage("touchstone test", "%s", "wrong"), 2);
}

static void a_store_that_cannot_be_read_is_a_matter_of_the_store(void **state)
{
    (void)state;
    static const char *const files[] = {"/nonexistent/x.db", "docs", "Makefile"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct error err = {0};
        assert_null(command_catalog(files[i], &err));
        assert_int_equal(err.kind, ERROR_STORE);
        assert_non_null(strstr(err.message, files[i]));
    }
    struct db_path room;
    assert_string_equal(command_db("named.db", &room), "named.db");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_anywhere_among_the_arguments),
        cmocka_unit_test(a_value_may_stand_behind_an_equals_sign),
        cmocka_unit_test(two_dashes_end_the_options_and_one_is_an_argument),
        cmocka_unit_test(what_is_no_option_is_refused),
        cmocka_unit_test(the_environment_speaks_where_the_command_line_does_not),
        cmocka_unit_test(each_kind_of_error_has_its_exit_status),
        cmocka_unit_test(a_store_that_cannot_be_read_is_a_matter_of_the_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
