/* A text cut into words and sentences, and what is found in it. */
#include "tests/evidence/judgement/real_knowledge.h"

#include <math.h>
#include <string.h>

#include "evidence/judgement/claim/passage.h"

static struct passage read_text(const struct catalog *catalog, const char *text,
                                struct arena *arena)
{
    struct passage passage;
    struct error err = {0};
    const struct wording *wording = wording_of(catalog, &err);
    assert_non_null(wording);
    passage_read(wording, plain_text_of(text, strlen(text), arena), arena, &passage);
    return passage;
}

static void sentences_end_at_stops_lines_bullets_and_pictures(void **state)
{
    static const struct {
        const char *text;
        size_t sentences;
    } cases[] = {
        {"", 0},
        {"One two.", 1},
        {"One two. Three four!", 2},
        {"Better vs. sham tape", 1},
        {"Takes 0.5 seconds", 1},
        {"Use 5 min. a day", 1},
        {"One\n\nTwo", 2},
        {"\xE2\x80\xA2 one \xE2\x80\xA2 two", 2},
        {"\xE2\x9C\x85 one \xE2\x9C\x85 two \xE2\x9C\x85 three", 3},
        {"- one\n- two", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct passage passage = read_text(*state, cases[i].text, arena);
        if (passage.sentence_count != cases[i].sentences)
            fail_msg("\"%s\" has %zu sentences, not %zu", cases[i].text, passage.sentence_count,
                     cases[i].sentences);
        arena_free(arena);
    }
}

static void questions_quotations_and_headings_are_told_apart(void **state)
{
    struct arena *arena = arena_new();
    assert_true(read_text(*state, "Does it help?", arena).sentences[0].asked);
    assert_false(read_text(*state, "It helps.", arena).sentences[0].asked);
    assert_true(read_text(*state, "\"It took my pain away.\"", arena).sentences[0].quoted);
    assert_true(read_text(*state, "\xE2\x80\x9CIt took my pain away.\xE2\x80\x9D", arena)
                    .sentences[0]
                    .quoted);
    assert_true(read_text(*state, "# Relief", arena).sentences[0].heading);
    arena_free(arena);
}

/* The seconds of the first time in a text. */
static double seconds_in(const struct catalog *catalog, const char *text)
{
    struct arena *arena = arena_new();
    struct passage passage = read_text(catalog, text, arena);
    const struct tag *tag = passage_find(&passage, 0, passage.token_count, WORDS_TIME);
    double seconds = tag == NULL ? NAN : tag->amount;
    arena_free(arena);
    return seconds;
}

static void times_are_read_in_figures_words_and_ranges(void **state)
{
    assert_true(seconds_in(*state, "60 seconds") == 60);
    assert_true(seconds_in(*state, "sixty seconds") == 60);
    assert_true(seconds_in(*state, "60s") == 60);
    assert_true(seconds_in(*state, "half an hour") == 1800);
    assert_true(seconds_in(*state, "a week") == 604800);
    assert_true(seconds_in(*state, "four to six weeks") == 6 * 604800.0);
    assert_true(seconds_in(*state, "1 or 2h") == 7200);
    assert_true(isnan(seconds_in(*state, "sixty people")));
    assert_true(isnan(seconds_in(*state, "$60 hours")));
}

static void shares_are_read_with_and_without_a_sign(void **state)
{
    static const char *const texts[] = {"90%", "90 %", "90 percent", "90 per cent"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena *arena = arena_new();
        struct passage passage = read_text(*state, texts[i], arena);
        const struct tag *tag = passage_find(&passage, 0, passage.token_count, WORDS_PERCENT);
        assert_non_null(tag);
        assert_true(tag->amount == 90);
        arena_free(arena);
    }
}

static void the_longest_name_is_the_one_that_counts(void **state)
{
    struct arena *arena = arena_new();
    struct passage passage = read_text(*state, "vibrating foam roller", arena);
    const struct tag *tag = passage_tag(&passage, 0, WORDS_INTERVENTION);
    assert_non_null(tag);
    assert_string_equal(tag->name->intervention->id, "vibrating-foam-roller");
    assert_int_equal(tag->end, 3);
    assert_null(passage_tag(&passage, 1, WORDS_INTERVENTION));
    arena_free(arena);
}

static void what_has_an_entry_counts_before_the_same_name_without_one(void **state)
{
    struct arena *arena = arena_new();
    struct passage passage = read_text(*state, "period pain", arena);
    assert_non_null(passage_tag(&passage, 0, WORDS_CONDITION));
    assert_null(passage_tag(&passage, 0, WORDS_OTHER_CONDITION));
    arena_free(arena);
}

static void a_tag_never_reaches_past_what_is_searched(void **state)
{
    struct arena *arena = arena_new();
    struct passage passage = read_text(*state, "for low back pain", arena);
    size_t all = passage.token_count;
    assert_non_null(passage_find(&passage, 0, all, WORDS_CONDITION));
    assert_null(passage_find(&passage, 0, all - 1, WORDS_CONDITION));
    assert_null(passage_tag(&passage, all + 5, WORDS_CONDITION));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_end_at_stops_lines_bullets_and_pictures),
        cmocka_unit_test(questions_quotations_and_headings_are_told_apart),
        cmocka_unit_test(times_are_read_in_figures_words_and_ranges),
        cmocka_unit_test(shares_are_read_with_and_without_a_sign),
        cmocka_unit_test(the_longest_name_is_the_one_that_counts),
        cmocka_unit_test(what_has_an_entry_counts_before_the_same_name_without_one),
        cmocka_unit_test(a_tag_never_reaches_past_what_is_searched),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
