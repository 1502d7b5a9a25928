/* Eight bytes at once are told as one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/eight.h"

enum { WANTED = '%', LEAST = ' ' };

static bool is_found(char byte)
{
    return byte < 0 || byte == WANTED || byte < LEAST;
}

static size_t before(const char *bytes)
{
    uint64_t word = eight_of(bytes);
    return eight_before(word, eight_is(word, WANTED) | eight_below(word, LEAST));
}

static size_t before_one_by_one(const char *bytes)
{
    size_t count = 0;
    while (count < 8 && !is_found(bytes[count]))
        count++;
    return count;
}

static void each_byte_is_found_where_it_stands(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++)
        for (size_t at = 0; at < 8; at++) {
            char bytes[] = "abcdefgh";
            bytes[at] = (char)byte;
            assert_int_equal(before(bytes), is_found((char)byte) ? at : 8);
        }
}

/* What borrows, and what a borrow could make be found, beside each other in every way. */
static void neighbours_do_not_change_which_is_the_first(void **state)
{
    static const char kinds[] = {'a', WANTED, WANTED + 1, LEAST, LEAST - 1, '\0', '\x7F', '\x80'};
    enum { KINDS = sizeof kinds, PATTERNS = KINDS * KINDS * KINDS * KINDS };
    (void)state;
    for (size_t pattern = 0; pattern < PATTERNS; pattern++)
        for (size_t from = 0; from <= 4; from++) {
            char bytes[] = "abcdefgh";
            size_t left = pattern;
            for (size_t i = 0; i < 4; i++, left /= KINDS)
                bytes[from + i] = kinds[left % KINDS];
            assert_int_equal(before(bytes), before_one_by_one(bytes));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_byte_is_found_where_it_stands),
        cmocka_unit_test(neighbours_do_not_change_which_is_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
