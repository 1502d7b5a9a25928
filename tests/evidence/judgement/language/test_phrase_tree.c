/* Phrases in a tree: what is added is found, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/judgement/language/phrase_tree.h"

static uint32_t learn(struct phrase_tree *tree, const char *word)
{
    return phrase_tree_learn(tree, word, strlen(word));
}

/* The node at the end of two words. */
static uint32_t node_of(const struct phrase_tree *tree, uint32_t one, uint32_t two)
{
    return phrase_tree_next(tree, phrase_tree_next(tree, phrase_tree_start(), one), two);
}

static void words_are_numbered_from_one_and_keep_their_number(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct phrase_tree *tree = phrase_tree_new(arena);
    assert_int_equal(phrase_tree_word(tree, "neck", 4), PHRASE_NONE);
    assert_int_equal(learn(tree, "neck"), 1);
    assert_int_equal(learn(tree, "pain"), 2);
    assert_int_equal(learn(tree, "neck"), 1);
    assert_int_equal(phrase_tree_word(tree, "pain", 4), 2);
    assert_int_equal(phrase_tree_word_count(tree), 2);
    arena_free(arena);
}

static void a_phrase_is_found_with_all_its_values_once_each(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct phrase_tree *tree = phrase_tree_new(arena);
    uint32_t words[] = {learn(tree, "neck"), learn(tree, "pain")};
    phrase_tree_add(tree, words, 2, 7);
    phrase_tree_add(tree, words, 2, 9);
    phrase_tree_add(tree, words, 2, 7);
    uint32_t node = node_of(tree, words[0], words[1]);
    unsigned seen = 0;
    for (struct phrase_value value = phrase_tree_first(tree, node); value.value != PHRASE_NONE;
         value = phrase_tree_more(tree, value)) {
        assert_true(value.value == 7 || value.value == 9);
        assert_int_equal(seen & 1u << value.value, 0);
        seen |= 1u << value.value;
    }
    assert_int_equal(seen, 1u << 7 | 1u << 9);
    arena_free(arena);
}

static void the_start_of_a_phrase_is_none_and_its_words_in_another_order_neither(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct phrase_tree *tree = phrase_tree_new(arena);
    uint32_t words[] = {learn(tree, "neck"), learn(tree, "pain")};
    phrase_tree_add(tree, words, 2, 1);
    uint32_t half = phrase_tree_next(tree, phrase_tree_start(), words[0]);
    assert_int_not_equal(half, PHRASE_NONE);
    assert_int_equal(phrase_tree_first(tree, half).value, PHRASE_NONE);
    assert_int_equal(node_of(tree, words[1], words[0]), PHRASE_NONE);
    assert_int_equal(phrase_tree_next(tree, half, PHRASE_NONE), PHRASE_NONE);
    arena_free(arena);
}

static void many_phrases_are_kept_apart(void **state)
{
    (void)state;
    enum { WORDS = 300 };
    struct arena *arena = arena_new();
    struct phrase_tree *tree = phrase_tree_new(arena);
    uint32_t words[WORDS];
    for (unsigned i = 0; i < WORDS; i++) {
        char word[16];
        snprintf(word, sizeof word, "w%u", i);
        words[i] = learn(tree, word);
    }
    for (unsigned i = 0; i < WORDS; i++) {
        uint32_t pair[] = {words[i], words[(7 * i + 1) % WORDS]};
        phrase_tree_add(tree, pair, 2, i + 1);
    }
    for (unsigned i = 0; i < WORDS; i++) {
        uint32_t node = node_of(tree, words[i], words[(7 * i + 1) % WORDS]);
        assert_int_equal(phrase_tree_first(tree, node).value, i + 1);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_numbered_from_one_and_keep_their_number),
        cmocka_unit_test(a_phrase_is_found_with_all_its_values_once_each),
        cmocka_unit_test(the_start_of_a_phrase_is_none_and_its_words_in_another_order_neither),
        cmocka_unit_test(many_phrases_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
