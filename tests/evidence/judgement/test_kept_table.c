/* Things kept by key, shared by threads. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/judgement/kept_table.h"

enum { MOST = 100, THREADS = 4 };

struct key {
    uint64_t a;
    uint32_t b;
    uint32_t c;
};

static const void *copy_number(const void *number, struct arena *arena)
{
    int *copy = arena_alloc(arena, sizeof *copy);
    *copy = *(const int *)number;
    return copy;
}

static struct key key_of(int number)
{
    return (struct key){.a = (uint64_t)number << 32, .b = 7, .c = (uint32_t)number % 3};
}

static const int *keep(struct kept_table *table, int number)
{
    struct key key = key_of(number);
    return kept_table_add(table, &key, &number, copy_number);
}

static void what_is_kept_is_found_and_nothing_else(void **state)
{
    struct arena *arena = arena_new();
    struct kept_table *table = kept_table_new(arena, MOST, sizeof(struct key));
    (void)state;
    for (int i = 0; i < MOST; i++) {
        struct key key = key_of(i);
        assert_null(kept_table_find(table, &key));
        const int *kept = keep(table, i);
        assert_int_equal(*kept, i);
        assert_ptr_equal(kept_table_find(table, &key), kept);
        assert_ptr_equal(keep(table, i), kept); /* the first one stays */
    }
    struct key other = key_of(MOST);
    assert_null(kept_table_find(table, &other));
    assert_null(keep(table, MOST)); /* there is no room */
    assert_int_equal(*keep(table, 0), 0);
    arena_free(arena);
}

static void *keep_all(void *table)
{
    for (int i = 0; i < MOST; i++)
        if (*keep(table, i) != i)
            return table;
    return NULL;
}

static void threads_keep_each_thing_once(void **state)
{
    struct arena *arena = arena_new();
    struct kept_table *table = kept_table_new(arena, MOST, sizeof(struct key));
    pthread_t threads[THREADS];
    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, keep_all, table), 0);
    for (int i = 0; i < THREADS; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_is_found_and_nothing_else),
        cmocka_unit_test(threads_keep_each_thing_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
