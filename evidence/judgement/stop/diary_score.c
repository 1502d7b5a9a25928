#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/stop/diary_parts.h"

static bool same_words(struct text_words a, struct text_words b)
{
    bool same = a.count == b.count;
    for (size_t i = 0; same && i < a.count; i++)
        same = strcmp(a.items[i].folded, b.items[i].folded) == 0;
    return same;
}

/* NULL: no word that is known. */
static const struct stop_word *word_called(const struct stop_model *model, const char *text,
                                           struct arena *arena)
{
    struct text_words said = text_cut(text, strlen(text), arena);
    for (size_t i = 0; i < model->word_count; i++) {
        const char *word = model->words[i].word;
        if (same_words(said, text_cut(word, strlen(word), arena)))
            return &model->words[i];
    }
    return NULL;
}

/* "7", "7.5", "7,5": where it ends, or NULL. */
static const char *read_value(const char *text, double *out)
{
    char *after = NULL;
    *out = strtod(text, &after);
    if (after == text || !isfinite(*out))
        return NULL;
    if (*after == ',' && isdigit((unsigned char)after[1]) && strchr(text, '.') == NULL) {
        const char *fraction = after + 1;
        double tenths = strtod(fraction, &after);
        double part = tenths * pow(10, -(double)strspn(fraction, "0123456789"));
        *out += signbit(*out) ? -part : part;
    }
    return after;
}

/* "7", "7.5", "7/10": a number, with the scale it brings along. */
static bool number_in(const char *text, const struct diary_reading *reading,
                      struct diary_entry *out)
{
    const char *after = read_value(text, &out->value);
    if (after == NULL)
        return false;
    if (*after == '/') {
        struct diary_scale *scale = arena_alloc(reading->arena, sizeof *scale);
        *scale =
            (struct diary_scale){.higher_is_better = diary_more_is_better(reading, out->outcome)};
        after = read_value(after + 1, &scale->high);
        out->scale = scale;
        if (after == NULL || !(scale->high > 0))
            return false;
    }
    return *after == '\0';
}

static bool is_pain(const struct diary_reading *reading, const struct outcome *outcome)
{
    const struct stop_outcome *row =
        outcome == NULL ? NULL : stop_model_outcome(reading->model, outcome->id);
    return row == NULL || row->is_pain;
}

static void take_word(struct diary_reading *reading, const struct stop_word *word,
                      struct diary_entry *out)
{
    bool compared = isnan(word->share);
    const char *note = compared ? reading->model->compared_note : reading->model->words_note;
    out->value = compared ? word->of_start : word->share;
    out->is_compared = compared;
    diary_warn(reading, note != NULL ? note : "Words were turned into numbers.");
}

static void read_score_text(const struct json_reader *at, struct diary_reading *reading,
                            struct diary_entry *out)
{
    const char *text = json_get_text(at, "score", REQUIRED);
    if (text == NULL || number_in(text, reading, out))
        return;
    const struct stop_word *word = word_called(reading->model, text, reading->arena);
    out->is_word = true;
    if (!is_pain(reading, out->outcome))
        json_problem(at, "score", "\"%.40s\" is no number, and words are taken for pain alone",
                     text);
    else if (word == NULL)
        json_problem(at, "score",
                     "\"%.40s\" is neither a number nor a word for one; words that are known: "
                     "none, mild, moderate, bad, severe, worst, and since the start: same, a bit "
                     "better, better, much better, worse",
                     text);
    else
        take_word(reading, word, out);
}

void diary_score(const struct json_reader *at, const json_t *score, struct diary_reading *reading,
                 struct diary_entry *out)
{
    if (json_is_string(score))
        read_score_text(at, reading, out);
    else if (json_is_number(score))
        out->value = json_number_value(score);
    else
        out->value = json_get_number(at, "score", REQUIRED); /* tells what is wrong */
}

/* ---- levels ---- */

/* Where the outcome stood before anything was compared with it; NULL: nobody said. */
static const struct diary_entry *compared_with(const struct diary_entry *entries, size_t count,
                                               const struct outcome *outcome)
{
    for (size_t i = 0; i < count; i++)
        if (entries[i].outcome == outcome && !entries[i].is_compared)
            return &entries[i];
    return NULL;
}

void diary_settle_compared(const struct json_reader *list, struct diary_entry *entries,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!entries[i].is_compared)
            continue;
        const struct diary_entry *start = compared_with(entries, count, entries[i].outcome);
        struct json_reader at = json_get_element(list, entries[i].index);
        if (start == NULL)
            json_problem(&at, "score",
                         "tell how bad it was at the start, in a number or as none, mild, "
                         "moderate or severe: this only says how it has changed");
        else
            entries[i].value = fmin(1, entries[i].value * diary_level(start) / 10);
    }
    for (size_t i = 0; i < count; i++)
        entries[i].is_compared = false; /* a share of the scale by now */
}

double diary_level(const struct diary_entry *entry)
{
    if (entry->is_word)
        return 10 * entry->value;
    double share = (entry->value - entry->scale->low) / (entry->scale->high - entry->scale->low);
    return 10 * (entry->scale->higher_is_better ? 1 - share : share);
}
