#include <math.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/arena.h"

/* Enough to pass every size of block there is. */
enum { PIECES = 3000, PIECE = 40000 };

static void memory_is_zeroed_and_aligned_whatever_came_before(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const unsigned char zeros[PIECE] = {0};
    for (size_t i = 0; i < PIECES; i++) {
        size_t size = 1 + i * 7919 % PIECE;
        unsigned char *piece = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
        assert_memory_equal(piece, zeros, size);
        memset(piece, 0xff, size);
    }
    arena_free(arena);
}

static void what_an_adopted_arena_held_lives_on(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct arena *other = arena_new();
    const char *mine = arena_strdup(arena, "mine");
    const char *first = arena_strdup(other, "first");
    arena_alloc(other, 3 << 20);
    const char *last = arena_strdup(other, "last");
    arena_adopt(arena, other);
    const char *after = arena_strdup(arena, "after");
    assert_string_equal(mine, "mine");
    assert_string_equal(first, "first");
    assert_string_equal(last, "last");
    assert_string_equal(after, "after");
    arena_adopt(arena, arena_new()); /* one that holds nothing */
    arena_free(arena);
}

static void three_strings_are_joined(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(arena_join(arena, "https", "://", "example.org"), "https://example.org");
    assert_string_equal(arena_join(arena, "", "", ""), "");
    arena_free(arena);
}

/* Whoever clears it after each record gets the same bytes again and again. */
static void a_cleared_arena_is_as_new_and_grows_no_more(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const unsigned char zeros[PIECE] = {0};
    arena_clear(arena); /* one that holds nothing */
    const void *first = NULL;
    for (size_t round = 0; round < 50; round++) {
        unsigned char *piece = arena_alloc(arena, PIECE);
        assert_memory_equal(piece, zeros, PIECE);
        memset(piece, 0xff, PIECE);
        for (size_t i = 0; i < 20; i++)
            memset(arena_alloc(arena, PIECE), 0xff, PIECE);
        if (round == 20)
            first = piece;
        assert_true(round <= 20 || piece == first);
        arena_clear(arena);
    }
    memset(arena_alloc(arena, 5 << 20), 0xff, 5 << 20); /* one that is not kept */
    arena_clear(arena);
    assert_memory_equal(arena_alloc(arena, PIECE), zeros, PIECE);
    arena_free(arena);
}

/* Room that is not zeroed leaves what is asked for after it as it should be. */
static void room_as_it_comes_is_aligned_and_soils_nothing(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const unsigned char zeros[PIECE] = {0};
    for (size_t round = 0; round < 3; round++) {
        arena_strndup(arena, "odd", 3);
        unsigned char *room = arena_room(arena, 3, PIECE);
        assert_int_equal((uintptr_t)room % alignof(max_align_t), 0);
        memset(room, 0xff, (size_t)3 * PIECE);
        assert_string_equal(arena_strndup(arena, "text after", 4), "text");
        assert_memory_equal(arena_alloc(arena, PIECE), zeros, PIECE);
        arena_clear(arena);
    }
    arena_free(arena);
}

static void texts_alone_are_put_in_as_printf_puts_them(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *volatile nothing = NULL; /* as the compiler cannot know */
    char long_text[2000];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    assert_string_equal(arena_printf(arena, "%s", ""), "");
    assert_string_equal(arena_printf(arena, "none"), "none");
    assert_string_equal(arena_printf(arena, "%s%s: %s.", "a", "", "b"), "a: b.");
    assert_string_equal(arena_printf(arena, "%s of 100 %%", "5"), "5 of 100 %");
    assert_string_equal(arena_printf(arena, "%s and %d", "one", 2), "one and 2");
    assert_string_equal(arena_printf(arena, "<%s>", nothing), "<(null)>");
    assert_int_equal(strlen(arena_printf(arena, "%s%s", long_text, long_text)),
                     2 * (sizeof long_text - 1));
    arena_free(arena);
}

/* What is written by hand is what printf makes of it, at the edges of what is. */
static void a_number_is_written_as_printf_writes_it(void **state)
{
    (void)state;
    static const double edges[] = {
        0,   -0.0, 0.04,  0.05,      0.1,     -0.1,     99999.9, 99999.95, 1e5,         100000.1,
        1e6, -1e7, 1e300, 0.1 + 0.2, 1.0 / 3, INFINITY, NAN,     -99999.9, 4.5 - 1e-16, 2.25};
    struct arena *arena = arena_new();
    char expected[64];
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        snprintf(expected, sizeof expected, "%g", edges[i]);
        assert_string_equal(arena_number(arena, edges[i]), expected);
    }
    for (int tenths = -30000; tenths < 30000; tenths++) {
        snprintf(expected, sizeof expected, "%g", tenths / 10.0);
        assert_string_equal(arena_number(arena, tenths / 10.0), expected);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned_whatever_came_before),
        cmocka_unit_test(three_strings_are_joined),
        cmocka_unit_test(what_an_adopted_arena_held_lives_on),
        cmocka_unit_test(a_cleared_arena_is_as_new_and_grows_no_more),
        cmocka_unit_test(texts_alone_are_put_in_as_printf_puts_them),
        cmocka_unit_test(a_number_is_written_as_printf_writes_it),
        cmocka_unit_test(room_as_it_comes_is_aligned_and_soils_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
