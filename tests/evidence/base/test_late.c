/* Libraries that are loaded when they are first needed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/late.h"

/* Of the C library, which is always there. */
struct functions {
    size_t (*length)(const char *text);
    int (*compare)(const char *one, const char *other);
};

static const char *const known[] = {"strlen", "strcmp", NULL};

static void its_functions_stand_in_the_table_in_their_order(void **state)
{
    (void)state;
    struct functions functions = {0};
    struct late late = LATE("libc.so.6", known, &functions);
    struct error err = {0};
    assert_true(late_load(&late, &err));
    assert_int_equal(functions.length("late"), 4);
    assert_int_equal(functions.compare("a", "a"), 0);
    assert_true(late_load(&late, &err)); /* asked for again, it is there */
}

static void what_is_not_installed_is_named(void **state)
{
    (void)state;
    struct functions functions = {0};
    struct late late = LATE("libnobody-has-this.so.7", known, &functions);
    for (int i = 0; i < 2; i++) {
        struct error err = {0};
        assert_false(late_load(&late, &err));
        assert_int_equal(err.kind, ERROR_INTERNAL);
        assert_non_null(strstr(err.message, "libnobody-has-this.so.7"));
    }
    assert_null(functions.length);
}

static void a_library_of_another_version_is_refused(void **state)
{
    (void)state;
    static const char *const wanted[] = {"strlen", "no_such_function_of_c", NULL};
    struct functions functions = {0};
    struct late late = LATE("libc.so.6", wanted, &functions);
    struct error err = {0};
    assert_false(late_load(&late, &err));
    assert_non_null(strstr(err.message, "no_such_function_of_c"));
}

enum { ASKERS = 8 };

struct asker {
    pthread_t thread;
    struct late *late;
    const struct functions *functions;
    bool right;
};

static void *ask(void *context)
{
    struct asker *asker = context;
    struct error err = {0};
    asker->right = late_load(asker->late, &err) && asker->functions->length("abc") == 3;
    return NULL;
}

static void all_who_ask_at_once_have_it(void **state)
{
    (void)state;
    struct functions functions = {0};
    struct late late = LATE("libc.so.6", known, &functions);
    struct asker askers[ASKERS];
    for (int i = 0; i < ASKERS; i++) {
        askers[i] = (struct asker){.late = &late, .functions = &functions};
        assert_int_equal(pthread_create(&askers[i].thread, NULL, ask, &askers[i]), 0);
    }
    for (int i = 0; i < ASKERS; i++) {
        pthread_join(askers[i].thread, NULL);
        assert_true(askers[i].right);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_functions_stand_in_the_table_in_their_order),
        cmocka_unit_test(what_is_not_installed_is_named),
        cmocka_unit_test(a_library_of_another_version_is_refused),
        cmocka_unit_test(all_who_ask_at_once_have_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
