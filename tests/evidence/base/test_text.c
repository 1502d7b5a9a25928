#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"

/* ---- UTF-8 ---- */

static void assert_decoded(const char *bytes, size_t length, size_t used, uint32_t expected)
{
    uint32_t code = 0;
    assert_int_equal(text_decode(bytes, length, &code), used);
    assert_int_equal(code, expected);
}

static void utf_8_is_decoded(void **state)
{
    (void)state;
    assert_decoded("a", 1, 1, 'a');
    assert_decoded("\0", 1, 1, 0);
    assert_decoded("é", 2, 2, 0xE9);
    assert_decoded("™", 3, 3, 0x2122);
    assert_decoded("\xF0\x9F\x98\x80", 4, 4, 0x1F600);
    assert_decoded("\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF);
}

/* Table 3-7 of the Unicode standard: what is well formed. */
static void what_is_no_utf_8_takes_one_byte(void **state)
{
    (void)state;
    assert_decoded("\x80", 1, 1, TEXT_NO_CHARACTER);
    assert_decoded("\xC0\x80", 2, 1, TEXT_NO_CHARACTER); /* overlong */
    assert_decoded("\xC3", 1, 1, TEXT_NO_CHARACTER);     /* cut short */
    assert_decoded("\xC3(", 2, 1, TEXT_NO_CHARACTER);
    assert_decoded("\xE0\x80\x80", 3, 1, TEXT_NO_CHARACTER);     /* overlong */
    assert_decoded("\xED\xA0\x80", 3, 1, TEXT_NO_CHARACTER);     /* a surrogate */
    assert_decoded("\xF4\x90\x80\x80", 4, 1, TEXT_NO_CHARACTER); /* above U+10FFFF */
    assert_decoded("\xFF", 1, 1, TEXT_NO_CHARACTER);
}

static void code_points_are_counted(void **state)
{
    (void)state;
    assert_int_equal(text_code_points("", 0), 0);
    assert_int_equal(text_code_points("né™", 6), 3);
    assert_int_equal(text_code_points("\xFF\xFF", 2), 2);
    assert_int_equal(text_bytes_of("né™x", 7, 2), 3);
    assert_int_equal(text_bytes_of("né™x", 7, 100), 7);
    assert_int_equal(text_bytes_of("né™x", 7, 0), 0);
}

/* ---- words ---- */

/* Eight bytes are looked at together, so the first one beyond ASCII stands at every place. */
static void a_run_of_ascii_ends_where_another_character_begins(void **state)
{
    (void)state;
    char text[40];
    for (size_t length = 0; length <= sizeof text; length++) {
        memset(text, 'a', sizeof text);
        assert_int_equal(text_ascii_run(text, length), length);
        for (size_t at = 0; at < length; at++) {
            text[at] = '\x80';
            assert_int_equal(text_ascii_run(text, length), at);
            text[at] = 'a';
        }
    }
}

static void assert_folded(const char *text, const char *expected)
{
    struct arena *arena = arena_new();
    struct text_words words = text_cut(text, strlen(text), arena);
    char joined[400] = "";
    for (size_t i = 0; i < words.count; i++) {
        strcat(joined, i == 0 ? "" : " ");
        strcat(joined, words.items[i].folded);
    }
    assert_string_equal(joined, expected);
    arena_free(arena);
}

static void words_are_folded(void **state)
{
    (void)state;
    assert_folded("Dry Needling", "dry needling");
    assert_folded("NÉCK päin Łódź ǅ", "neck pain lodz ǅ");
    assert_folded("Ischæmic STRAẞE ﬁbro", "ischaemic strasse fibro");
    assert_folded("nai\xCC\x88ve", "naive"); /* the diacritic on its own */
    assert_folded("KT™ Tape® Theragun©", "kt tape theragun");
    assert_folded("don’t Dr Scholl's", "dont dr scholls");
    assert_folded("ultra-sound/laser – tape", "ultra sound laser tape");
    assert_folded("Bob & Brad", "bob and brad");
    assert_folded("ｍａｓｓａｇｅ", "massage");
    assert_folded("back\xC2\xA0pain\xE2\x80\x8B!", "back pain"); /* no-break and zero-width space */
    assert_folded("50% 3.5 2XU", "50 3 5 2xu");
    assert_folded("dry\xFFneedling", "dry needling");
    assert_folded("針 كتف 😀", "針 كتف");
    assert_folded("", "");
    assert_folded(" ?!…", "");
}

static void words_tell_where_they_stand(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *text = "“Néck”, pain: Dr. X. I'm ok";
    struct text_words words = text_cut(text, strlen(text), arena);
    assert_int_equal(words.count, 6);
    static const char *const pieces[] = {"Néck", "pain", "Dr", "X", "I'm", "ok"};
    static const bool apart[] = {true, true, true, false, false, false};
    for (size_t i = 0; i < words.count; i++) {
        const struct text_word *word = &words.items[i];
        assert_int_equal(word->end - word->start, strlen(pieces[i]));
        assert_memory_equal(text + word->start, pieces[i], word->end - word->start);
        assert_int_equal(word->apart, apart[i]);
    }
    arena_free(arena);
}

static void a_word_without_end_is_cut(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char text[5000];
    memset(text, 'a', sizeof text);
    struct text_words words = text_cut(text, sizeof text, arena);
    assert_int_equal(words.count, 1);
    assert_int_equal(words.items[0].folded_length, TEXT_LONGEST_WORD);
    assert_int_equal(words.items[0].end, sizeof text);
    arena_free(arena);
}

/* ---- stems ---- */

static void assert_stem(const char *word, const char *expected)
{
    char stem[TEXT_LONGEST_WORD + 1];
    strcpy(stem, word);
    stem[text_stem(stem, strlen(stem))] = '\0';
    assert_string_equal(stem, expected);
}

static void forms_of_one_word_share_their_stem(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"knots", "knot"},
        {"patches", "patch"},
        {"aches", "ache"},
        {"therapies", "therapy"},
        {"braces", "brace"},
        {"guns", "gun"},
        {"needles", "needle"},
        {"needling", "needle"},
        {"needled", "needle"},
        {"massages", "massage"},
        {"massaging", "massage"},
        {"exercises", "exercising"},
        {"mobilisation", "mobilization"},
        {"ionised", "ionized"},
        {"ischaemic", "ischemic"},
        {"anaesthetic", "anesthetic"},
        {"orthopaedic", "orthopedic"},
        {"oedema", "edema"},
        {"colours", "color"},
        {"centre", "center"},
        {"programmes", "program"},
        {"sulphate", "sulfate"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char first[TEXT_LONGEST_WORD + 1];
        strcpy(first, pairs[i][0]);
        first[text_stem(first, strlen(first))] = '\0';
        assert_stem(pairs[i][1], first);
    }
}

static void different_words_keep_different_stems(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"tens", "ten"},    {"tense", "tens"},       {"cupping", "cup"}, {"taping", "tapping"},
        {"tape", "tap"},    {"massager", "massage"}, {"plane", "plan"},  {"spine", "spin"},
        {"shoe", "she"},    {"hours", "hors"},       {"doms", "dom"},    {"press", "pres"},
        {"pelvis", "pelv"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char stems[2][TEXT_LONGEST_WORD + 1];
        for (size_t j = 0; j < 2; j++) {
            strcpy(stems[j], pairs[i][j]);
            stems[j][text_stem(stems[j], strlen(stems[j]))] = '\0';
        }
        assert_string_not_equal(stems[0], stems[1]);
    }
}

static void very_short_words_survive_the_stemmer(void **state)
{
    (void)state;
    assert_stem("", "");
    assert_stem("s", "s");
    assert_stem("is", "is");
    assert_stem("ing", "ing");
    assert_stem("ae", "ae");
    assert_stem("ies", "ies");
}

/* ---- distance ---- */

static size_t distance_of(const char *a, const char *b, size_t most)
{
    struct text_pattern pattern;
    text_pattern_init(&pattern, a, strlen(a));
    return text_distance(&pattern, b, strlen(b), most);
}

/* Counted by hand. */
static void edits_are_counted(void **state)
{
    (void)state;
    assert_int_equal(distance_of("needling", "needling", 3), 0);
    assert_int_equal(distance_of("accupuncture", "acupuncture", 3), 1);
    assert_int_equal(distance_of("pian", "pain", 3), 1); /* a swap is one edit */
    assert_int_equal(distance_of("nek", "neck", 3), 1);
    assert_int_equal(distance_of("ca", "abc", 3), 3); /* optimal string alignment: not 2 */
    assert_int_equal(distance_of("ibuprophen", "ibuprofen", 3), 2);
    assert_int_equal(distance_of("kitten", "sitting", 3), 3);
    assert_int_equal(distance_of("kitten", "sitting", 2), 3); /* more than 2 */
    assert_int_equal(distance_of("", "abc", 5), 3);
    assert_int_equal(distance_of("abc", "", 5), 3);
}

enum { LONGEST = 64 };

static size_t least_of(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* The textbook table of optimal string alignment, for comparison. `prefix`: least of the last row.
 */
static size_t slow_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                            bool prefix)
{
    static size_t table[LONGEST + 1][2 * LONGEST + 1];
    for (size_t i = 0; i <= a_length; i++)
        for (size_t j = 0; j <= b_length; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            table[i][j] = least_of(table[i - 1][j] + 1, table[i][j - 1] + 1,
                                   table[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                table[i - 2][j - 2] + 1 < table[i][j])
                table[i][j] = table[i - 2][j - 2] + 1;
        }
    size_t least = table[a_length][b_length];
    for (size_t j = 0; prefix && j < b_length; j++)
        if (table[a_length][j] < least)
            least = table[a_length][j];
    return least;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static void the_fast_distance_agrees_with_the_table(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char a[LONGEST];
        char b[2 * LONGEST];
        size_t a_length = next_random(&seed) % (round % 10 == 0 ? LONGEST + 1 : 12);
        size_t b_length = next_random(&seed) % (round % 10 == 0 ? 2 * LONGEST + 1 : 12);
        size_t most = next_random(&seed) % 8;
        for (size_t i = 0; i < a_length; i++)
            a[i] = (char)('a' + next_random(&seed) % 3);
        for (size_t i = 0; i < b_length; i++)
            b[i] = (char)('a' + next_random(&seed) % 3);
        struct text_pattern pattern;
        text_pattern_init(&pattern, a, a_length);
        size_t expected = slow_distance(a, a_length, b, b_length, false);
        assert_int_equal(text_distance(&pattern, b, b_length, most),
                         expected > most ? most + 1 : expected);
        expected = slow_distance(a, a_length, b, b_length, true);
        assert_int_equal(text_prefix_distance(&pattern, b, b_length, most),
                         expected > most ? most + 1 : expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf_8_is_decoded),
        cmocka_unit_test(what_is_no_utf_8_takes_one_byte),
        cmocka_unit_test(code_points_are_counted),
        cmocka_unit_test(a_run_of_ascii_ends_where_another_character_begins),
        cmocka_unit_test(words_are_folded),
        cmocka_unit_test(words_tell_where_they_stand),
        cmocka_unit_test(a_word_without_end_is_cut),
        cmocka_unit_test(forms_of_one_word_share_their_stem),
        cmocka_unit_test(different_words_keep_different_stems),
        cmocka_unit_test(very_short_words_survive_the_stemmer),
        cmocka_unit_test(edits_are_counted),
        cmocka_unit_test(the_fast_distance_agrees_with_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
