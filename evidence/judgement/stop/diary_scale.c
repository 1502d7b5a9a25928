#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/stop/diary_parts.h"

/* ---- what a scale says ---- */

/* The words of a name stand in the text, one after the other. */
static bool names_it(struct text_words text, const char *name, struct arena *arena)
{
    struct text_words words = text_cut(name, strlen(name), arena);
    for (size_t from = 0; from + words.count <= text.count; from++) {
        size_t same = 0;
        while (same < words.count &&
               strcmp(text.items[from + same].folded, words.items[same].folded) == 0)
            same++;
        if (same == words.count && same > 0)
            return true;
    }
    return false;
}

static const struct stop_instrument *instrument_in(const char *text,
                                                   const struct diary_reading *reading)
{
    struct text_words words = text_cut(text, strlen(text), reading->arena);
    for (size_t i = 0; i < reading->model->instrument_count; i++)
        for (const char *const *name = reading->model->instruments[i].names; *name != NULL; name++)
            if (names_it(words, *name, reading->arena))
                return &reading->model->instruments[i];
    return NULL;
}

/* The member "scale" where it is text, or has a name. */
static const char *scale_text(const struct json_reader *at)
{
    const json_t *value = json_is_object(at->value) ? json_object_get(at->value, "scale") : NULL;
    return json_string_value(json_is_object(value) ? json_object_get(value, "name") : value);
}

const struct stop_instrument *diary_instrument(const struct json_reader *at,
                                               const struct diary_reading *reading)
{
    const char *text = scale_text(at);
    return text == NULL ? NULL : instrument_in(text, reading);
}

/* Between the ends of a scale, as in "0-10", "0 to 100", "0 … 50". */
static const char *after_joint(const char *text)
{
    static const char *const joints[] = {"-", "\u2013", "\u2014", "\u2026", "to ", ".."};
    text += strspn(text, " ");
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (strncmp(text, joints[i], strlen(joints[i])) == 0) {
            text += strlen(joints[i]);
            return text + strspn(text, " ");
        }
    return NULL;
}

/* The ends in "NRS 0-10", "VAS 0 to 100 mm", "out of 24"; false where there are none. */
static bool ends_in(const char *text, double *low, double *high)
{
    const char *of = strstr(text, "out of ");
    for (const char *at = text; *at != '\0';) {
        char *after = NULL;
        double first = isdigit((unsigned char)*at) ? strtod(at, &after) : 0;
        const char *second = after == NULL ? NULL : after_joint(after);
        if (second != NULL && isdigit((unsigned char)*second)) {
            *low = first;
            *high = strtod(second, NULL);
            return *low < *high;
        }
        at = after != NULL ? after : at + 1;
    }
    *low = 0;
    *high = of == NULL ? 0 : strtod(of + strlen("out of "), NULL);
    return *high > 0;
}

/* ---- which way is good ---- */

bool diary_more_is_better(const struct diary_reading *reading, const struct outcome *outcome)
{
    const struct stop_outcome *row =
        outcome == NULL ? NULL : stop_model_outcome(reading->model, outcome->id);
    return row != NULL && row->higher_is_better;
}

static bool way_is_known(const struct diary_reading *reading, const struct outcome *outcome)
{
    const struct stop_outcome *row =
        outcome == NULL ? NULL : stop_model_outcome(reading->model, outcome->id);
    return row == NULL || row->way_is_told;
}

/* ---- the member "scale" ---- */

/* What no scale that people score on goes beyond, so that its points can be told apart. */
static const double FARTHEST_END = 1e6;
static const double SHORTEST_RANGE = 0.01;

static void take_ends(const struct json_reader *at, const char *key, double low, double high,
                      struct diary_scale *out)
{
    if (!(low < high))
        json_problem(at, key, "must be above low");
    else if (fabs(low) > FARTHEST_END || fabs(high) > FARTHEST_END || high - low < SHORTEST_RANGE)
        json_problem(at, key, "the ends of a scale lie within %.0f of 0 and %g apart at least",
                     FARTHEST_END, SHORTEST_RANGE);
    out->low = low;
    out->high = high;
}

static void read_scale_object(const struct json_reader *at, bool way_known, struct diary_scale *out)
{
    static const char *const ways[] = {"lower", "higher", NULL};
    json_fields(at, (const char *const[]){"name", "low", "high", "better", NULL});
    enum need need = out->instrument == NULL ? REQUIRED : OPTIONAL;
    double low = json_get_number(at, "low", need);
    double high = json_get_number(at, "high", need);
    json_get_text(at, "name", OPTIONAL);
    int way = json_get_choice(at, "better", OPTIONAL, ways);
    if (way >= 0)
        out->higher_is_better = way == 1;
    else if (!way_known)
        json_problem(at, "better", "say which way is good here: \"lower\" or \"higher\"");
    if (!isnan(low) && !isnan(high))
        take_ends(at, "high", low, high, out);
}

static void read_scale_text(const struct json_reader *at, const char *text, bool way_known,
                            struct diary_scale *out)
{
    double low;
    double high;
    if (ends_in(text, &low, &high)) {
        take_ends(at, "scale", low, high, out);
    } else if (out->instrument == NULL) {
        json_problem(
            at, "scale",
            "say its ends, as in \"0-10\", \"0-100\" or {\"low\": 0, \"high\": 50}, or the "
            "name of a questionnaire");
    }
    if (!way_known)
        json_problem(at, "scale",
                     "say which way is good here, as in {\"low\": 0, \"high\": 50, \"better\": "
                     "\"higher\"}");
}

static void check_measures(const struct json_reader *at, const struct stop_instrument *instrument,
                           const struct outcome *outcome)
{
    if (instrument == NULL || outcome == NULL)
        return;
    for (const char *const *id = instrument->outcomes; *id != NULL; id++)
        if (strcmp(*id, outcome->id) == 0)
            return;
    json_problem(at, "scale", "%s does not measure %s but %s", instrument->names[0], outcome->id,
                 instrument->outcomes[0]);
}

const struct diary_scale *diary_scale_of(const struct json_reader *at,
                                         const struct diary_reading *reading,
                                         const struct outcome *outcome,
                                         const struct diary_scale *otherwise)
{
    const json_t *value = json_is_object(at->value) ? json_object_get(at->value, "scale") : NULL;
    if (value == NULL || json_is_null(value))
        return otherwise;
    struct diary_scale *scale = arena_alloc(reading->arena, sizeof *scale);
    const struct stop_instrument *instrument = diary_instrument(at, reading);
    bool way_known = instrument != NULL || way_is_known(reading, outcome);
    *scale = (struct diary_scale){NAN, NAN, diary_more_is_better(reading, outcome), instrument};
    if (instrument != NULL)
        *scale = (struct diary_scale){instrument->low, instrument->high,
                                      instrument->higher_is_better, instrument};
    check_measures(at, instrument, outcome);
    if (json_is_object(value)) {
        struct json_reader object = json_get_object(at, "scale", REQUIRED);
        read_scale_object(&object, way_known, scale);
        return scale;
    }
    const char *text = json_get_text(at, "scale", REQUIRED);
    if (text != NULL && strcmp(text, "words") == 0)
        return otherwise;
    if (text != NULL)
        read_scale_text(at, text, way_known, scale);
    return scale;
}

/* ---- scales that nobody told ---- */

struct guessing {
    const struct json_reader *list;
    struct diary_reading *reading;
    struct diary_entry *entries;
    size_t count;
};

static bool is_open(const struct diary_entry *entry)
{
    return entry->scale == NULL || isnan(entry->scale->low);
}

/* The highest score of an outcome among those whose scale is open. */
static const struct diary_entry *highest(const struct guessing *all, const struct outcome *outcome)
{
    const struct diary_entry *found = NULL;
    for (size_t i = 0; i < all->count; i++) {
        const struct diary_entry *entry = &all->entries[i];
        if (entry->outcome != outcome || !is_open(entry) || entry->is_word || isnan(entry->value))
            continue;
        if (found == NULL || entry->value > found->value)
            found = entry;
    }
    return found;
}

static void complain_of_scale(const struct guessing *all, const struct diary_entry *entry,
                              const struct outcome *outcome)
{
    struct json_reader at = json_get_element(all->list, entry->index);
    json_problem(&at, "score",
                 "on which scale? For %s say its ends, as in \"scale\": \"0-50\", or the name of "
                 "the questionnaire",
                 outcome->plain);
}

static void tell_guess(const struct guessing *all, const struct stop_outcome *row,
                       const struct outcome *outcome, const struct diary_scale *scale)
{
    struct arena *arena = all->reading->arena;
    diary_warn(all->reading,
               row->unit != NULL
                   ? arena_printf(arena, "No scale was told for %s: the scores were taken for %s.",
                                  outcome->plain, row->unit)
                   : arena_printf(arena,
                                  "No scale was told for %s: it was taken to go from %s to %s, %s "
                                  "being better.",
                                  outcome->plain, arena_number(arena, scale->low),
                                  arena_number(arena, scale->high),
                                  scale->higher_is_better ? "more" : "less"));
}

/* The usual scale of an outcome, or its wider one where a score needs it. */
static const struct diary_scale *guessed(const struct guessing *all, const struct outcome *outcome)
{
    const struct stop_outcome *row = stop_model_outcome(all->reading->model, outcome->id);
    const struct diary_entry *top = highest(all, outcome);
    struct diary_scale *scale = arena_alloc(all->reading->arena, sizeof *scale);
    *scale = (struct diary_scale){row->low, row->high, row->higher_is_better, NULL};
    if (top != NULL && top->value > row->high)
        scale->high = row->high_else;
    if (top != NULL && (isnan(scale->low) || isnan(scale->high) || !row->way_is_told))
        complain_of_scale(all, top, outcome);
    else if (top != NULL) /* words alone have no scale to guess */
        tell_guess(all, row, outcome, scale);
    return scale;
}

/* The scale told for an outcome by the diary as a whole, or the one guessed for all its scores. */
static const struct diary_scale *common(const struct guessing *all, const struct diary_scale *told,
                                        size_t index)
{
    const struct outcome *outcome = all->entries[index].outcome;
    if (told != NULL && !isnan(told->low) && outcome == all->reading->out->outcome)
        return told;
    for (size_t i = 0; i < index; i++) /* guessed already for an earlier one */
        if (all->entries[i].outcome == outcome && all->entries[i].scale != NULL)
            return all->entries[i].scale;
    return guessed(all, outcome);
}

void diary_settle_scales(const struct json_reader *list, struct diary_reading *reading,
                         const struct diary_scale *told, struct diary_entry *entries, size_t count)
{
    struct guessing all = {list, reading, entries, count};
    for (size_t i = 0; i < count; i++) {
        if (entries[i].outcome == NULL)
            continue;
        if (is_open(&entries[i]))
            entries[i].scale = common(&all, told, i);
        const struct diary_scale *scale = entries[i].scale;
        struct json_reader at = json_get_element(list, entries[i].index);
        if (!entries[i].is_word &&
            (entries[i].value < scale->low || entries[i].value > scale->high))
            json_problem(&at, "score", "is off its scale, which goes from %g to %g", scale->low,
                         scale->high);
    }
}
