#include "importers/intake/match_title.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"

enum {
    SHORT_TITLE_WORDS = 3, /* up to these a title may be many an article's */
    CUT_LEAST_WORDS = 5,   /* of the shorter one, where the other goes on */
    NEAR_ONE_LETTERS = 4,  /* from here on one letter may be wrong … */
    NEAR_TWO_LETTERS = 9,  /* … and from here on two */
    MISSPELT_SHARE = 4,    /* at most every fourth word is misspelt */
    LONGER_MOST_WORDS = 2  /* that only one of them has in the middle */
};

/* Below this two titles have nothing to do with each other. Trigrams of titles of unlike articles
 * in the labelled set stay below it, docs/de-duplication.md. */
static const double alike_from = 0.6;

bool match_word_listed(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}

static const char *spelt(const char *word, const struct match_spelling *list)
{
    for (; list->word != NULL; list++)
        if (strcmp(list->word, word) == 0)
            return list->as;
    return NULL;
}

/* ---- marks ---- */

/* The words of a title with those between [from, to) still counting. */
struct cut_title {
    struct text_words words;
    size_t from;
    size_t to;
};

static size_t mark_length(const struct cut_title *title, const char *mark, bool at_end)
{
    size_t count = 1;
    for (const char *at = mark; *at != '\0'; at++)
        count += *at == ' ';
    if (title->to - title->from <= count)
        return 0; /* a title of nothing else is no marked title */
    size_t at = at_end ? title->to - count : title->from;
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(mark, " ");
        const struct text_word *word = &title->words.items[at + i];
        if (word->folded_length != length || memcmp(word->folded, mark, length) != 0)
            return 0;
        mark += length + (mark[length] == ' ');
    }
    return count;
}

/* "(vol 33, pg 717, 2019)", "(vol 7, e000812, 2019)": how Web of Science says that something
 * corrects something. */
static size_t volume_reference_length(const struct cut_title *title)
{
    if (title->to == title->from ||
        strspn(title->words.items[title->to - 1].folded, "0123456789") != 4)
        return 0;
    for (size_t length = 4; length <= 6 && length < title->to - title->from; length++) {
        const struct text_word *word = &title->words.items[title->to - length];
        if (strcmp(word->folded, "vol") == 0 && isdigit((unsigned char)word[1].folded[0]))
            return length;
    }
    return 0;
}

static enum match_sort cut_marks_once(struct cut_title *title, bool *found)
{
    *found = true;
    for (const struct match_mark *mark = match_marks; mark->words != NULL; mark++) {
        size_t start = mark->at_start ? mark_length(title, mark->words, false) : 0;
        size_t end = mark->at_end && start == 0 ? mark_length(title, mark->words, true) : 0;
        title->from += start;
        title->to -= end;
        if (start + end > 0)
            return mark->sort;
    }
    size_t reference = volume_reference_length(title);
    title->to -= reference;
    *found = reference > 0;
    return reference > 0 ? SORT_NOTICE : SORT_ARTICLE;
}

static enum match_sort cut_marks(struct cut_title *title)
{
    enum match_sort sort = SORT_ARTICLE;
    bool found = true;
    while (found) {
        enum match_sort next = cut_marks_once(title, &found);
        if (sort == SORT_ARTICLE)
            sort = next;
    }
    return sort;
}

static bool tells_protocol(const struct cut_title *title)
{
    for (size_t i = title->from; i < title->to; i++)
        if (strcmp(title->words.items[i].folded, "protocol") == 0)
            return true;
    return false;
}

/* ---- words and numbers ---- */

static void add_number(struct match_title *title, const char *digits, size_t length,
                       struct arena *arena)
{
    while (length > 1 && digits[0] == '0') {
        digits++;
        length--;
    }
    if (title->number_count < MATCH_NUMBERS_MOST)
        title->numbers[title->number_count++] = arena_strndup(arena, digits, length);
}

static void add_numbers_within(struct match_title *title, const char *word, struct arena *arena)
{
    while (*word != '\0') {
        size_t digits = strspn(word, "0123456789");
        if (digits > 0)
            add_number(title, word, digits, arena);
        word += digits > 0 ? digits : 1;
    }
}

/* The word at `at`, in one spelling; a numeral only where it counts something. */
static const char *one_spelling(const struct cut_title *title, size_t at)
{
    const struct text_word *word = &title->words.items[at];
    const char *as = spelt(word->stem, match_spellings);
    const char *numeral = spelt(word->folded, match_numerals);
    bool counted = at > title->from &&
                   (match_word_listed(title->words.items[at - 1].folded, match_part_words) ||
                    (at + 1 == title->to && word->folded_length > 1));
    if (numeral != NULL && counted)
        return numeral;
    return as == NULL ? word->stem : as;
}

static bool is_part_number(const struct cut_title *title, size_t at, const char *word)
{
    return at > title->from && isdigit((unsigned char)word[0]) &&
           match_word_listed(title->words.items[at - 1].folded, match_part_words);
}

static void take_words(const struct cut_title *cut, struct match_title *out, struct arena *arena)
{
    const char **words = arena_array(arena, MATCH_WORDS_MOST + 1, sizeof *words);
    for (size_t i = cut->from; i < cut->to && out->count < MATCH_WORDS_MOST; i++) {
        const char *word = one_spelling(cut, i);
        if (match_word_listed(cut->words.items[i].folded, match_stop_words))
            continue;
        out->part_count += is_part_number(cut, i, word);
        words[out->count++] = word;
        add_numbers_within(out, word, arena);
    }
    out->words = words;
}

/* ---- trigrams ---- */

static int by_value(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static void take_trigrams(struct match_title *title, struct arena *arena)
{
    struct buffer joined = {0};
    for (size_t i = 0; i < title->count; i++) {
        buffer_text(&joined, title->words[i]);
        buffer_byte(&joined, ' ');
    }
    size_t count = joined.length < 3 ? 0 : joined.length - 2;
    uint32_t *trigrams = arena_array(arena, count, sizeof *trigrams);
    for (size_t i = 0; i < count; i++)
        trigrams[i] = (uint32_t)(unsigned char)joined.bytes[i] << 16 |
                      (uint32_t)(unsigned char)joined.bytes[i + 1] << 8 |
                      (uint32_t)(unsigned char)joined.bytes[i + 2];
    if (count > 1)
        qsort(trigrams, count, sizeof *trigrams, by_value);
    buffer_release(&joined);
    title->trigrams = trigrams;
    title->trigram_count = count;
}

struct match_title match_title_of(const char *text, struct arena *arena)
{
    struct match_title title = {0};
    struct cut_title cut = {.words = text_cut(text, strlen(text), arena)};
    cut.to = cut.words.count;
    title.sort = cut_marks(&cut);
    if (title.sort == SORT_ARTICLE && tells_protocol(&cut))
        title.sort = SORT_PROTOCOL;
    take_words(&cut, &title, arena);
    take_trigrams(&title, arena);
    return title;
}

double match_title_similarity(const struct match_title *one, const struct match_title *other)
{
    size_t common = 0;
    size_t j = 0;
    if (one->trigram_count == 0 || other->trigram_count == 0)
        return NAN;
    for (size_t i = 0; i < one->trigram_count; i++) {
        while (j < other->trigram_count && other->trigrams[j] < one->trigrams[i])
            j++;
        if (j < other->trigram_count && other->trigrams[j] == one->trigrams[i]) {
            common++;
            j++;
        }
    }
    return 2.0 * (double)common / (double)(one->trigram_count + other->trigram_count);
}

/* ---- side by side ---- */

/* Digits are never misspelt: they are other digits. */
bool match_words_near(const char *one, const char *other)
{
    size_t length = strlen(one);
    size_t other_length = strlen(other);
    size_t shorter = length < other_length ? length : other_length;
    if (shorter < NEAR_ONE_LETTERS || strpbrk(one, "0123456789") != NULL ||
        strpbrk(other, "0123456789") != NULL)
        return false;
    size_t most = shorter < NEAR_TWO_LETTERS ? 1 : 2;
    struct text_pattern pattern;
    text_pattern_init(&pattern, one, length);
    return text_distance(&pattern, other, other_length, most) <= most;
}

/* How one title's words go over into the other's, in order. */
struct alignment {
    size_t near;       /* words that are the same but for letters, or run together */
    size_t one_middle; /* words of one that the other has not, before its end … */
    size_t one_tail;   /* … and after it */
    size_t other_middle;
    size_t other_tail;
};

enum step { STEP_NONE, STEP_BOTH, STEP_NEAR, STEP_TWO_ONE, STEP_ONE_TWO, STEP_LEFT, STEP_RIGHT };

struct cell {
    unsigned short cost;
    unsigned char step;
};

enum { COST_LEFT_OUT = 4, COST_NEAR = 1 };

static bool joins(const char *first, const char *second, const char *whole)
{
    size_t length = strlen(first);
    return strncmp(whole, first, length) == 0 && strcmp(whole + length, second) == 0;
}

static void better(struct cell *cell, unsigned cost, enum step step)
{
    if (cell->step == STEP_NONE || cost < cell->cost)
        *cell = (struct cell){(unsigned short)cost, (unsigned char)step};
}

static void fill_cell(const struct match_title *one, const struct match_title *other, size_t i,
                      size_t j, struct cell *cells, size_t width)
{
    struct cell *cell = &cells[i * width + j];
    if (i > 0)
        better(cell, cells[(i - 1) * width + j].cost + COST_LEFT_OUT, STEP_LEFT);
    if (j > 0)
        better(cell, cells[i * width + j - 1].cost + COST_LEFT_OUT, STEP_RIGHT);
    if (i == 0 || j == 0)
        return;
    const char *left = one->words[i - 1];
    const char *right = other->words[j - 1];
    unsigned before = cells[(i - 1) * width + j - 1].cost;
    if (strcmp(left, right) == 0)
        better(cell, before, STEP_BOTH);
    else if (match_words_near(left, right))
        better(cell, before + COST_NEAR, STEP_NEAR);
    if (i > 1 && joins(one->words[i - 2], left, right))
        better(cell, cells[(i - 2) * width + j - 1].cost + COST_NEAR, STEP_TWO_ONE);
    if (j > 1 && joins(other->words[j - 2], right, left))
        better(cell, cells[(i - 1) * width + j - 2].cost + COST_NEAR, STEP_ONE_TWO);
}

static void count_steps(const struct cell *cells, size_t width, size_t i, size_t j,
                        struct alignment *out)
{
    bool tail = true;
    while (i > 0 || j > 0) {
        switch ((enum step)cells[i * width + j].step) {
        case STEP_LEFT:
            *(tail ? &out->one_tail : &out->one_middle) += 1;
            i--;
            continue;
        case STEP_RIGHT:
            *(tail ? &out->other_tail : &out->other_middle) += 1;
            j--;
            continue;
        case STEP_NEAR:
            out->near++;
            break;
        case STEP_TWO_ONE:
            out->near++;
            i--;
            break;
        case STEP_ONE_TWO:
            out->near++;
            j--;
            break;
        case STEP_BOTH:
        case STEP_NONE:
            break;
        }
        tail = false;
        i--;
        j--;
    }
}

static struct alignment align(const struct match_title *one, const struct match_title *other)
{
    struct cell cells[(MATCH_WORDS_MOST + 1) * (MATCH_WORDS_MOST + 1)];
    size_t width = other->count + 1;
    struct alignment alignment = {0};
    for (size_t i = 0; i <= one->count; i++)
        for (size_t j = 0; j <= other->count; j++) {
            cells[i * width + j] = (struct cell){0, STEP_NONE};
            fill_cell(one, other, i, j, cells, width);
        }
    count_steps(cells, width, one->count, other->count, &alignment);
    return alignment;
}

/* A last word that is the beginning of the other's word: cut in the middle of it. */
static bool ends_within_word(const struct match_title *shorter, const struct match_title *longer)
{
    if (shorter->count == 0 || shorter->count > longer->count)
        return false;
    const char *last = shorter->words[shorter->count - 1];
    return strncmp(longer->words[shorter->count - 1], last, strlen(last)) == 0;
}

static enum title_level level_of_cut(const struct match_title *one, const struct match_title *other,
                                     const struct alignment *found)
{
    const struct match_title *shorter = one->count < other->count ? one : other;
    const struct match_title *longer = one->count < other->count ? other : one;
    bool one_sided = found->one_tail == 0 || found->other_tail == 0;
    bool within = found->one_tail + found->other_tail > 0 && ends_within_word(shorter, longer);
    if (shorter->count >= CUT_LEAST_WORDS && (one_sided || within))
        return TITLE_CUT;
    return TITLE_ALIKE;
}

static enum title_level level_of_same(const struct match_title *title, size_t near)
{
    if (near > 0)
        return near * MISSPELT_SHARE <= title->count ? TITLE_MISSPELT : TITLE_ALIKE;
    return title->count <= SHORT_TITLE_WORDS ? TITLE_SAME_SHORT : TITLE_SAME;
}

enum title_level match_title_level(const struct match_title *one, const struct match_title *other)
{
    if (one->count == 0 || other->count == 0)
        return TITLE_UNKNOWN;
    const struct match_title *shorter = one->count < other->count ? one : other;
    struct alignment found = align(one, other);
    size_t middle = found.one_middle + found.other_middle;
    size_t tails = found.one_tail + found.other_tail;
    size_t matched = shorter->count - (shorter == one ? found.one_middle + found.one_tail
                                                      : found.other_middle + found.other_tail);
    if (middle + tails == 0)
        return level_of_same(shorter, found.near);
    if (matched * 2 < shorter->count)
        return TITLE_UNLIKE;
    if (middle == 0)
        return level_of_cut(one, other, &found);
    if ((found.one_middle == 0 || found.other_middle == 0) && tails == 0 &&
        middle <= LONGER_MOST_WORDS)
        return TITLE_LONGER;
    return match_title_similarity(one, other) >= alike_from ? TITLE_ALIKE : TITLE_UNLIKE;
}

/* ---- numbers ---- */

static size_t count_of(const struct match_title *title, const char *number)
{
    size_t count = 0;
    for (size_t i = 0; i < title->number_count; i++)
        count += strcmp(title->numbers[i], number) == 0;
    return count;
}

static bool has_more(const struct match_title *one, const struct match_title *other)
{
    for (size_t i = 0; i < one->number_count; i++)
        if (count_of(one, one->numbers[i]) > count_of(other, one->numbers[i]))
            return true;
    return false;
}

bool match_numbers_differ(const struct match_title *one, const struct match_title *other)
{
    bool one_more = has_more(one, other);
    bool other_more = has_more(other, one);
    return (one_more && other_more) || (one_more && one->part_count > other->part_count) ||
           (other_more && other->part_count > one->part_count);
}
