#include "evidence/judgement/language/names.h"

#include <stdlib.h>
#include <string.h>

/* An entry with its best score so far; less is better. */
struct candidate {
    const struct phrase *phrase;
    size_t score;
};

static const char *id_of(const struct phrase *phrase)
{
    if (phrase->meaning == MEANING_INTERVENTION)
        return phrase->of.intervention->id;
    return phrase->meaning == MEANING_CONDITION ? phrase->of.condition->id : phrase->of.outcome->id;
}

static const char *name_of(const struct phrase *phrase)
{
    if (phrase->meaning == MEANING_INTERVENTION)
        return phrase->of.intervention->name;
    return phrase->meaning == MEANING_CONDITION ? phrase->of.condition->name
                                                : phrase->of.outcome->name;
}

static bool is_name(const struct phrase *phrase)
{
    return phrase->meaning <= MEANING_OUTCOME;
}

static bool same_entry(const struct phrase *a, const struct phrase *b)
{
    return a->meaning == b->meaning && a->of.intervention == b->of.intervention;
}

/* Total: equal only for one and the same entry. */
static int by_score(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->score != b->score)
        return a->score < b->score ? -1 : 1;
    if (a->phrase->folded_length != b->phrase->folded_length)
        return a->phrase->folded_length < b->phrase->folded_length ? -1 : 1;
    int order = strcmp(id_of(a->phrase), id_of(b->phrase));
    return order != 0 ? order : strcmp(a->phrase->folded, b->phrase->folded);
}

static const struct suggestion *best_entries(struct candidate *candidates, size_t candidate_count,
                                             size_t most, struct arena *arena, size_t *count)
{
    if (candidate_count > 0)
        qsort(candidates, candidate_count, sizeof *candidates, by_score);
    if (most > SUGGESTIONS_MOST)
        most = SUGGESTIONS_MOST;
    struct suggestion *best = arena_array(arena, most, sizeof *best);
    const struct phrase *kept[SUGGESTIONS_MOST];
    *count = 0;
    for (size_t i = 0; i < candidate_count && *count < most; i++) {
        const struct phrase *phrase = candidates[i].phrase;
        bool known = false;
        for (size_t j = 0; j < *count && !known; j++)
            known = same_entry(kept[j], phrase);
        if (known)
            continue;
        kept[*count] = phrase;
        best[(*count)++] = (struct suggestion){.meaning = phrase->meaning,
                                               .id = id_of(phrase),
                                               .name = name_of(phrase),
                                               .matched = phrase->text};
    }
    return best;
}

/* The text folded, words parted by one space; cut at what a pattern holds. */
static size_t fold_text(const char *text, size_t length, struct arena *arena,
                        char folded[TEXT_LONGEST_WORD + 1])
{
    struct text_words words = text_cut(text, text_bytes_of(text, length, TEXT_LONGEST_WORD), arena);
    size_t size = 0;
    for (size_t i = 0; i < words.count; i++) {
        const struct text_word *word = &words.items[i];
        if (size + word->folded_length + 1 > TEXT_LONGEST_WORD)
            break;
        if (i > 0)
            folded[size++] = ' ';
        memcpy(folded + size, word->folded, word->folded_length);
        size += word->folded_length;
    }
    folded[size] = '\0';
    return size;
}

/* True if a word of the phrase after the first starts with the text. */
static bool has_word_with(const struct phrase *phrase, const char *text, size_t length)
{
    for (const char *space = strchr(phrase->folded, ' '); space != NULL;
         space = strchr(space + 1, ' '))
        if (strncmp(space + 1, text, length) == 0)
            return true;
    return false;
}

static const size_t NOT_NEAR = SIZE_MAX;

/* ---- suggest ---- */

enum { BEGINS = 0, HOLDS = 1, MISSPELT = 2 };

static size_t suggestion_score(const struct phrase *phrase, const struct text_pattern *pattern,
                               const char *text, size_t length)
{
    if (strncmp(phrase->folded, text, length) == 0)
        return BEGINS;
    if (has_word_with(phrase, text, length))
        return HOLDS;
    size_t most = length < 4 ? 0 : length < 8 ? 1 : 2;
    size_t distance = text_prefix_distance(pattern, phrase->folded, phrase->folded_length, most);
    return distance > most ? NOT_NEAR : MISSPELT + distance;
}

const struct suggestion *names_suggest(const struct lexicon *lexicon, const char *text,
                                       size_t length, size_t most, struct arena *arena,
                                       size_t *count)
{
    char folded[TEXT_LONGEST_WORD + 1];
    size_t folded_length = fold_text(text, length, arena, folded);
    size_t phrase_count = 0;
    const struct phrase *phrases = lexicon_phrases(lexicon, &phrase_count);
    struct candidate *candidates = arena_array(arena, phrase_count, sizeof *candidates);
    size_t found = 0;
    struct text_pattern pattern;
    text_pattern_init(&pattern, folded, folded_length);
    for (size_t i = 0; i < phrase_count && folded_length > 0; i++) {
        if (phrases[i].meaning > MEANING_CONDITION)
            continue;
        size_t score = suggestion_score(&phrases[i], &pattern, folded, folded_length);
        if (score != NOT_NEAR)
            candidates[found++] = (struct candidate){&phrases[i], score};
    }
    return best_entries(candidates, found, most, arena, count);
}

/* ---- nearest ---- */

/* All words of `inner` stand in `outer`, in any order; both parted by single spaces. */
static bool holds_words(const char *outer, const char *inner)
{
    for (const char *word = inner; *word != '\0';) {
        size_t length = strcspn(word, " ");
        bool found = false;
        for (const char *at = outer; *at != '\0' && !found;) {
            size_t size = strcspn(at, " ");
            found = size == length && memcmp(at, word, size) == 0;
            at += size + (at[size] == ' ');
        }
        if (!found)
            return false;
        word += length + (word[length] == ' ');
    }
    return true;
}

/* Thousandths of the longer one's letters that differ; shared words count as a third. */
static size_t nearness(const struct phrase *phrase, const struct text_pattern *pattern,
                       const char *text, size_t length)
{
    enum { SCALE = 1000, SHARED_WORDS = 333 };
    size_t longer = phrase->folded_length > length ? phrase->folded_length : length;
    size_t most = longer * 2 / 5;
    size_t distance = text_distance(pattern, phrase->folded, phrase->folded_length, most);
    size_t score = distance > most ? NOT_NEAR : distance * SCALE / longer;
    if (score > SHARED_WORDS && length >= 3 &&
        (holds_words(phrase->folded, text) ||
         (phrase->folded_length >= 3 && holds_words(text, phrase->folded))))
        return SHARED_WORDS;
    return score;
}

const struct suggestion *names_nearest(const struct lexicon *lexicon, enum meaning meaning,
                                       const char *text, size_t length, size_t most,
                                       struct arena *arena, size_t *count)
{
    char folded[TEXT_LONGEST_WORD + 1];
    size_t folded_length = fold_text(text, length, arena, folded);
    size_t phrase_count = 0;
    const struct phrase *phrases = lexicon_phrases(lexicon, &phrase_count);
    struct candidate *candidates = arena_array(arena, phrase_count, sizeof *candidates);
    size_t found = 0;
    struct text_pattern pattern;
    text_pattern_init(&pattern, folded, folded_length);
    for (size_t i = 0; i < phrase_count && folded_length > 0; i++) {
        if (phrases[i].meaning != meaning || !is_name(&phrases[i]))
            continue;
        size_t score = nearness(&phrases[i], &pattern, folded, folded_length);
        if (score != NOT_NEAR)
            candidates[found++] = (struct candidate){&phrases[i], score};
    }
    return best_entries(candidates, found, most, arena, count);
}
