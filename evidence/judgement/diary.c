#include "evidence/judgement/diary.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/diary_day.h"
#include "evidence/judgement/question.h"
#include "evidence/model/rulebooks.h"

enum { NEAREST_TOLD = 3, WARNINGS_MOST = 8 };

struct reading {
    const struct catalog *catalog;
    const struct stop_model *model;
    struct arena *arena;
    struct diary *out;
    const char **warnings;
    size_t warning_count;
    enum day_kind kind;
};

static void warn(struct reading *reading, const char *text)
{
    for (size_t i = 0; i < reading->warning_count; i++)
        if (strcmp(reading->warnings[i], text) == 0)
            return;
    if (reading->warning_count < WARNINGS_MOST)
        reading->warnings[reading->warning_count++] = text;
}

/* ---- names ---- */

static void complain_of_name(const struct json_reader *at, const char *key, enum meaning meaning,
                             const struct reading *reading, const char *text)
{
    size_t count = 0;
    const struct suggestion *near =
        names_nearest(catalog_lexicon(reading->catalog), meaning, text, strlen(text), NEAREST_TOLD,
                      reading->arena, &count);
    const char *list = "";
    for (size_t i = 0; i < count; i++)
        list =
            arena_printf(reading->arena, "%s%s%s", list, i == 0 ? "; nearest: " : ", ", near[i].id);
    json_problem(at, key, "\"%s\" is not known here%s", text, list);
}

static void understand(const struct reading *reading, const char *text, struct understood *out)
{
    question_understand(catalog_lexicon(reading->catalog), text, strlen(text), reading->arena, out);
}

static const struct intervention *read_intervention(const struct json_reader *at,
                                                    const struct reading *reading)
{
    const char *text = json_get_text(at, "intervention", REQUIRED);
    if (text == NULL)
        return NULL;
    const struct intervention *found = base_intervention(catalog_base(reading->catalog), text);
    struct understood understood;
    understand(reading, text, &understood);
    if (found == NULL && understood.intervention_count > 0)
        found = understood.interventions[0].entry;
    if (found == NULL)
        complain_of_name(at, "intervention", MEANING_INTERVENTION, reading, text);
    return found;
}

static const struct condition *read_condition(const struct json_reader *at,
                                              const struct reading *reading)
{
    const char *text = json_get_text(at, "condition", REQUIRED);
    if (text == NULL)
        return NULL;
    const struct condition *found = base_condition(catalog_base(reading->catalog), text);
    struct understood understood;
    understand(reading, text, &understood);
    if (found == NULL && understood.condition_count > 0)
        found = understood.conditions[0].entry;
    if (found == NULL)
        complain_of_name(at, "condition", MEANING_CONDITION, reading, text);
    return found;
}

/* The outcome named, or `otherwise` where none is. */
static const struct outcome *read_outcome(const struct json_reader *at,
                                          const struct reading *reading,
                                          const struct outcome *otherwise)
{
    const char *text = json_get_text(at, "outcome", OPTIONAL);
    if (text == NULL)
        return otherwise;
    const struct outcome *found = base_outcome(catalog_base(reading->catalog), text);
    struct understood understood;
    understand(reading, text, &understood);
    if (found == NULL && understood.outcome_count > 0)
        found = understood.outcomes[0].entry;
    if (found == NULL)
        complain_of_name(at, "outcome", MEANING_OUTCOME, reading, text);
    return found;
}

static const struct outcome *primary_outcome(const struct reading *reading,
                                             const struct condition *condition)
{
    return condition == NULL
               ? NULL
               : base_outcome(catalog_base(reading->catalog), condition->primary_outcomes[0]);
}

/* ---- scales ---- */

static bool higher_is_better(const struct reading *reading, const struct outcome *outcome)
{
    for (const char *const *id = reading->model->higher_is_better; *id != NULL; id++)
        if (outcome != NULL && strcmp(*id, outcome->id) == 0)
            return true;
    return false;
}

/* The first two numbers in words such as "NRS 0-10", "0 to 100 mm". */
static bool ends_in(const char *text, double *low, double *high)
{
    double *ends[] = {low, high};
    size_t found = 0;
    for (const char *at = text; *at != '\0' && found < 2;) {
        char *after = NULL;
        double value = isdigit((unsigned char)*at) ? strtod(at, &after) : 0;
        if (after != NULL)
            *ends[found++] = value;
        at = after != NULL ? after : at + 1;
    }
    return found == 2 && *low < *high;
}

static void read_scale_object(const struct json_reader *at, struct diary_scale *out)
{
    static const char *const ways[] = {"lower", "higher", NULL};
    json_fields(at, (const char *const[]){"name", "low", "high", "better", NULL});
    out->low = json_get_number(at, "low", REQUIRED);
    out->high = json_get_number(at, "high", REQUIRED);
    json_get_text(at, "name", OPTIONAL);
    int way = json_get_choice(at, "better", OPTIONAL, ways);
    if (way >= 0)
        out->higher_is_better = way == 1;
    if (isfinite(out->low) && isfinite(out->high) && !(out->low < out->high))
        json_problem(at, "high", "must be above low");
}

/* The scale at `at`, or `otherwise` where none is told. */
static const struct diary_scale *read_scale(const struct json_reader *at,
                                            const struct reading *reading,
                                            const struct outcome *outcome,
                                            const struct diary_scale *otherwise)
{
    const json_t *value = json_is_object(at->value) ? json_object_get(at->value, "scale") : NULL;
    if (value == NULL || json_is_null(value))
        return otherwise;
    struct diary_scale *scale = arena_alloc(reading->arena, sizeof *scale);
    scale->higher_is_better = higher_is_better(reading, outcome);
    if (json_is_object(value)) {
        struct json_reader object = json_get_object(at, "scale", REQUIRED);
        read_scale_object(&object, scale);
        return scale;
    }
    const char *text = json_get_text(at, "scale", REQUIRED);
    if (text != NULL && strcmp(text, "words") == 0)
        return otherwise;
    if (text != NULL && !ends_in(text, &scale->low, &scale->high))
        json_problem(at, "scale",
                     "say its ends, as in \"0-10\", \"0-100\" or {\"low\": 0, "
                     "\"high\": 50}");
    return scale;
}

/* ---- scores ---- */

/* A score as it stands in the diary. */
struct entry {
    double day;
    double value; /* on `scale` */
    bool is_word; /* `value` is a share of the scale, more being worse */
    const struct outcome *outcome;
    const struct diary_scale *scale; /* NULL: not told */
    size_t index;                    /* in the list */
};

static double share_of_word(const struct stop_model *model, const char *word, struct arena *arena)
{
    struct text_words said = text_cut(word, strlen(word), arena);
    for (size_t i = 0; i < model->word_count; i++) {
        struct text_words known =
            text_cut(model->words[i].word, strlen(model->words[i].word), arena);
        bool same = known.count == said.count;
        for (size_t j = 0; same && j < said.count; j++)
            same = strcmp(known.items[j].folded, said.items[j].folded) == 0;
        if (same)
            return model->words[i].share;
    }
    return NAN;
}

/* "7", "7.5", "7/10": a number, with the scale it brings along. */
static bool number_in(const char *text, const struct reading *reading, struct entry *out)
{
    char *after = NULL;
    double value = strtod(text, &after);
    if (after == text || !isfinite(value))
        return false;
    out->value = value;
    if (*after == '/') {
        struct diary_scale *scale = arena_alloc(reading->arena, sizeof *scale);
        const char *from = after + 1;
        scale->high = strtod(from, &after);
        scale->higher_is_better = higher_is_better(reading, out->outcome);
        if (after == from || !(scale->high > 0))
            return false;
        out->scale = scale;
    }
    return *after == '\0';
}

static void read_score_text(const struct json_reader *at, struct reading *reading,
                            struct entry *out)
{
    const char *text = json_get_text(at, "score", REQUIRED);
    if (text == NULL || number_in(text, reading, out))
        return;
    out->value = share_of_word(reading->model, text, reading->arena);
    out->is_word = true;
    if (isnan(out->value))
        json_problem(at, "score",
                     "\"%s\" is neither a number nor a word for one; words that are known: none, "
                     "mild, moderate, severe, worst",
                     text);
    else
        warn(reading, reading->model->words_note != NULL ? reading->model->words_note
                                                         : "Words were turned into numbers.");
}

static void read_entry(const struct json_reader *at, struct reading *reading, size_t index,
                       struct entry *out)
{
    json_fields(at, (const char *const[]){"day", "score", "outcome", "scale", "note", NULL});
    *out = (struct entry){.value = NAN, .index = index};
    out->day = diary_read_day(at, "day", REQUIRED, &reading->kind);
    out->outcome = read_outcome(at, reading, reading->out->outcome);
    out->scale = read_scale(at, reading, out->outcome, NULL);
    json_get_text(at, "note", OPTIONAL);
    if (json_is_object(at->value) && json_is_string(json_object_get(at->value, "score")))
        read_score_text(at, reading, out);
    else
        out->value = json_get_number(at, "score", REQUIRED);
}

/* Where nobody tells the scale: 0 to 10, or 0 to 100 where a score is above 10. */
static const struct diary_scale *guessed_scale(struct reading *reading, const struct entry *entries,
                                               size_t count, const struct outcome *outcome)
{
    struct diary_scale *scale = arena_alloc(reading->arena, sizeof *scale);
    *scale = (struct diary_scale){0, 10, higher_is_better(reading, outcome)};
    for (size_t i = 0; i < count; i++)
        if (entries[i].outcome == outcome && entries[i].scale == NULL && !entries[i].is_word &&
            entries[i].value > scale->high)
            scale->high = 100;
    warn(reading,
         arena_printf(reading->arena,
                      "No scale was told for %s: it was taken to go from 0 to %g, %s "
                      "being better.",
                      outcome->plain, scale->high, scale->higher_is_better ? "more" : "less"));
    return scale;
}

static double level_of(const struct entry *entry, const struct diary_scale *scale)
{
    if (entry->is_word)
        return 10 * entry->value;
    double share = (entry->value - scale->low) / (scale->high - scale->low);
    return 10 * (scale->higher_is_better ? 1 - share : share);
}

/* The scale told for an outcome by the diary as a whole, or the one guessed for all its scores. */
static const struct diary_scale *common_scale(struct reading *reading,
                                              const struct diary_scale *told,
                                              const struct entry *entries, size_t count,
                                              size_t index)
{
    const struct outcome *outcome = entries[index].outcome;
    if (told != NULL && outcome == reading->out->outcome)
        return told;
    for (size_t i = 0; i < index; i++) /* guessed already for an earlier one */
        if (entries[i].outcome == outcome && entries[i].scale != NULL)
            return entries[i].scale;
    return guessed_scale(reading, entries, count, outcome);
}

static void settle_scales(const struct json_reader *list, struct reading *reading,
                          const struct diary_scale *told, struct entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].outcome == NULL)
            continue;
        if (entries[i].scale == NULL)
            entries[i].scale = common_scale(reading, told, entries, count, i);
        const struct diary_scale *scale = entries[i].scale;
        struct json_reader at = json_get_element(list, entries[i].index);
        if (!entries[i].is_word &&
            (entries[i].value < scale->low || entries[i].value > scale->high))
            json_problem(&at, "score", "is off its scale, which goes from %g to %g", scale->low,
                         scale->high);
    }
}

/* By day; the order of the list among those of one day. */
static int by_day(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static void keep_scores(struct reading *reading, const struct entry *entries, size_t count)
{
    struct diary *out = reading->out;
    struct diary_score *scores = arena_array(reading->arena, count, sizeof *scores);
    for (size_t i = 0; i < count; i++) {
        scores[i] = (struct diary_score){
            .day = entries[i].day,
            .level = level_of(&entries[i], entries[i].scale),
            .outcome = entries[i].outcome,
            .scale = entries[i].scale,
        };
        if (entries[i].outcome == out->outcome)
            out->scale = entries[i].scale;
    }
    out->scores = scores;
    out->score_count = count;
}

static struct entry *read_entries(const struct json_reader *at, struct reading *reading,
                                  size_t *count)
{
    struct json_reader list = json_get_list(at, "diary");
    *count = json_get_length(at, "diary", REQUIRED);
    if (*count > DIARY_SCORES_MOST) {
        json_problem(at, "diary", "at most %d scores are taken", DIARY_SCORES_MOST);
        *count = 0;
    }
    struct entry *entries = arena_array(reading->arena, *count, sizeof *entries);
    for (size_t i = 0; i < *count; i++) {
        struct json_reader element = json_get_element(&list, i);
        read_entry(&element, reading, i, &entries[i]);
    }
    settle_scales(&list, reading, read_scale(at, reading, reading->out->outcome, NULL), entries,
                  *count);
    return entries;
}

/* ---- days ---- */

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static void read_sessions(const struct json_reader *at, struct reading *reading)
{
    struct diary *out = reading->out;
    struct json_reader list = json_get_list(at, "sessions");
    size_t count = json_get_length(at, "sessions", OPTIONAL);
    if (count > DIARY_LIST_MOST) {
        json_problem(at, "sessions", "at most %d are taken", DIARY_LIST_MOST);
        count = 0;
    }
    double *days = arena_array(reading->arena, count, sizeof *days);
    for (size_t i = 0; i < count; i++) {
        struct json_reader element = json_get_element(&list, i);
        days[i] = diary_read_day(&element, NULL, REQUIRED, &reading->kind);
    }
    qsort(days, count, sizeof *days, by_value);
    out->sessions = days;
    out->session_count = count;
    out->sessions_told = count > 0;
}

static void read_changes(const struct json_reader *at, struct reading *reading)
{
    struct json_reader list = json_get_list(at, "changes");
    size_t count = json_get_length(at, "changes", OPTIONAL);
    if (count > DIARY_LIST_MOST) {
        json_problem(at, "changes", "at most %d are taken", DIARY_LIST_MOST);
        count = 0;
    }
    struct diary_change *changes = arena_array(reading->arena, count, sizeof *changes);
    for (size_t i = 0; i < count; i++) {
        struct json_reader element = json_get_element(&list, i);
        json_fields(&element, (const char *const[]){"day", "what", NULL});
        changes[i].day = diary_read_day(&element, "day", REQUIRED, &reading->kind);
        changes[i].what = json_get_text(&element, "what", REQUIRED);
    }
    reading->out->changes = changes;
    reading->out->change_count = count;
}

/* The day of the first session: told, else the first session's, else that of the first score. */
static double first_day(const struct diary *diary, double started, const struct entry *entries,
                        size_t count)
{
    if (!isnan(started))
        return started;
    if (diary->session_count > 0)
        return diary->sessions[0];
    return count > 0 ? entries[0].day : 0;
}

static void count_days_from(struct diary *diary, double first, struct entry *entries, size_t count)
{
    diary->first_day = first;
    for (size_t i = 0; i < count; i++)
        entries[i].day -= first;
    for (size_t i = 0; i < diary->session_count; i++)
        ((double *)diary->sessions)[i] -= first; /* made in read_sessions, not yet handed out */
    for (size_t i = 0; i < diary->change_count; i++)
        ((struct diary_change *)diary->changes)[i].day -= first;
}

/* ---- the rest ---- */

/* A text, or a list of texts. */
static const char *const *read_texts(const struct json_reader *at, const char *key,
                                     struct arena *arena)
{
    const json_t *value = json_is_object(at->value) ? json_object_get(at->value, key) : NULL;
    if (!json_is_string(value))
        return json_get_texts(at, key);
    const char **one = arena_array(arena, 2, sizeof *one);
    if (json_string_length(value) > DIARY_TEXT_MOST)
        json_problem(at, key, "at most %d bytes are taken", DIARY_TEXT_MOST);
    else if (json_string_length(value) > 0) /* an empty box was sent along */
        one[0] = json_get_text(at, key, OPTIONAL);
    return one;
}

static void read_trial(const struct json_reader *at, struct diary *out)
{
    struct json_reader trial = json_get_object(at, "trial", OPTIONAL);
    out->trial_days = NAN;
    out->trial_sessions = COUNT_UNKNOWN;
    if (trial.value == NULL)
        return;
    json_fields(&trial, (const char *const[]){"days", "sessions", NULL});
    out->trial_days = json_get_number(&trial, "days", OPTIONAL);
    out->trial_sessions = json_get_count(&trial, "sessions", OPTIONAL, 1, 10000);
    if (out->trial_days <= 0 || out->trial_days > 3650)
        json_problem(&trial, "days", "must be above 0 and at most 3650");
}

static void read_days(const struct json_reader *at, struct reading *reading)
{
    struct diary *out = reading->out;
    size_t count = 0;
    double started = diary_read_day(at, "started", OPTIONAL, &reading->kind);
    read_sessions(at, reading);
    read_changes(at, reading);
    struct entry *entries = read_entries(at, reading, &count);
    if (at->problems->count > 0)
        return;
    qsort(entries, count, sizeof *entries, by_day);
    count_days_from(out, first_day(out, started, entries, count), entries, count);
    keep_scores(reading, entries, count);
}

void diary_read(const struct json_reader *at, const struct catalog *catalog, struct diary *out)
{
    struct arena *arena = at->problems->arena;
    struct reading reading = {
        .catalog = catalog,
        .model = &base_rulebooks(catalog_base(catalog))->stop_model,
        .arena = arena,
        .out = out,
        .warnings = arena_array(arena, WARNINGS_MOST + 1, sizeof *reading.warnings),
    };
    *out = (struct diary){0};
    json_fields(at,
                (const char *const[]){"intervention", "condition", "outcome", "scale", "started",
                                      "diary", "sessions", "changes", "adverse_events", "symptoms",
                                      "medicines", "trial", NULL});
    out->intervention = read_intervention(at, &reading);
    out->condition = read_condition(at, &reading);
    out->outcome = read_outcome(at, &reading, primary_outcome(&reading, out->condition));
    read_trial(at, out);
    read_days(at, &reading);
    out->adverse_events = read_texts(at, "adverse_events", arena);
    out->by_date = reading.kind == DAYS_DATES;
    out->symptoms = read_texts(at, "symptoms", arena);
    out->medicines = read_texts(at, "medicines", arena);
    out->warnings = reading.warnings;
}

double diary_told(const struct diary_scale *scale, double level)
{
    double share = level / 10;
    return scale->low + (scale->high - scale->low) * (scale->higher_is_better ? 1 - share : share);
}

const char *diary_day(const struct diary *diary, double day, struct arena *arena)
{
    if (diary->by_date)
        return diary_date(diary->first_day + day, arena);
    return arena_printf(arena, "day %g", diary->first_day + day);
}
