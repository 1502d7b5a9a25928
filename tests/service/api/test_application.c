#include "tests/service/api/small_service.h"

static void a_connection_that_came_back_is_lent_again(void **state)
{
    struct small_service *small = *state;
    struct lent_store first;
    struct lent_store second;
    struct error err = {0};
    assert_true(application_borrow_store(small->application, &first, &err));
    assert_true(application_borrow_store(small->application, &second, &err));
    assert_ptr_not_equal(first.store, second.store);
    application_return_store(small->application, &first);
    struct lent_store third;
    assert_true(application_borrow_store(small->application, &third, &err));
    assert_ptr_equal(third.store, first.store);
    application_return_store(small->application, &second);
    application_return_store(small->application, &third);
}

/* Lent before and given back after, it must not be lent again: valgrind sees a leak or a double
 * close. */
static void a_connection_to_the_old_file_is_not_lent_again(void **state)
{
    struct small_service *small = *state;
    struct lent_store before;
    struct lent_store after;
    struct error err = {0};
    assert_true(application_borrow_store(small->application, &before, &err));
    application_forget_stores(small->application);
    assert_true(application_borrow_store(small->application, &after, &err));
    assert_int_not_equal(before.edition, after.edition);
    application_return_store(small->application, &before);
    application_return_store(small->application, &after);
    struct lent_store again;
    assert_true(application_borrow_store(small->application, &again, &err));
    assert_ptr_equal(again.store, after.store);
    application_return_store(small->application, &again);
}

static void a_store_that_cannot_be_opened_is_a_matter_of_the_store(void **state)
{
    (void)state;
    struct error err = {0};
    struct lent_store lent;
    struct application *application = application_new("/nonexistent/store.db");
    assert_false(application_borrow_store(application, &lent, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    application_free(application);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_connection_that_came_back_is_lent_again),
        cmocka_unit_test(a_connection_to_the_old_file_is_not_lent_again),
        cmocka_unit_test(a_store_that_cannot_be_opened_is_a_matter_of_the_store),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
