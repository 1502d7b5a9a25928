#include "evidence/judgement/stop/diary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/stop/diary_parts.h"
#include "evidence/model/rulebooks.h"

void diary_warn(struct diary_reading *reading, const char *text)
{
    for (size_t i = 0; i < reading->warning_count; i++)
        if (strcmp(reading->warnings[i], text) == 0)
            return;
    if (reading->warning_count < DIARY_WARNINGS_MOST)
        reading->warnings[reading->warning_count++] = text;
}

/* ---- scores ---- */

static void keep_note(const struct json_reader *at, struct diary_reading *reading)
{
    const char *note = json_get_text(at, "note", OPTIONAL);
    if (note != NULL)
        reading->notes[reading->note_count++] = note;
}

/* Most days have a day and a score alone, which are looked up once. */
static void read_entry(const struct json_reader *at, struct diary_reading *reading, size_t index,
                       struct diary_entry *out)
{
    enum { DAY, SCORE, OUTCOME, SCALE, NOTE, MEMBERS };
    static const char *const names[] = {"day", "score", "outcome", "scale", "note", NULL};
    const json_t *members[MEMBERS];
    json_members(at, names, members);
    *out = (struct diary_entry){
        .value = NAN, .index = index, .outcome = reading->out->outcome, .scale = NULL};
    out->day = diary_day_told(at, "day", members[DAY], REQUIRED, &reading->kind);
    if (members[OUTCOME] != NULL)
        out->outcome = diary_outcome(at, reading, reading->out->outcome);
    if (members[SCALE] != NULL)
        out->scale = diary_scale_of(at, reading, out->outcome, NULL);
    if (members[NOTE] != NULL)
        keep_note(at, reading);
    diary_score(at, members[SCORE], reading, out);
}

static struct diary_entry *read_entries(const struct json_reader *at, struct diary_reading *reading,
                                        size_t *count)
{
    struct json_reader list = json_get_list(at, "diary");
    *count = json_get_length(at, "diary", REQUIRED);
    if (*count > DIARY_SCORES_MOST) {
        json_problem(at, "diary", "at most %d scores are taken", DIARY_SCORES_MOST);
        *count = 0;
    }
    struct diary_entry *entries = arena_array(reading->arena, *count, sizeof *entries);
    reading->notes = arena_array(reading->arena, *count + 1, sizeof *reading->notes);
    for (size_t i = 0; i < *count; i++) {
        struct json_reader element = json_get_element(&list, i);
        read_entry(&element, reading, i, &entries[i]);
    }
    diary_settle_scales(&list, reading, diary_scale_of(at, reading, reading->out->outcome, NULL),
                        entries, *count);
    return entries;
}

/* By day; the order of the list among those of one day. */
static int by_day(const void *left, const void *right)
{
    const struct diary_entry *a = left;
    const struct diary_entry *b = right;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* People mostly write them down so. */
static bool stand_in_order(const struct diary_entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (by_day(&entries[i - 1], &entries[i]) > 0)
            return false;
    return true;
}

static void keep_scores(struct diary_reading *reading, const struct diary_entry *entries,
                        size_t count)
{
    struct diary *out = reading->out;
    struct diary_score *scores = arena_array(reading->arena, count, sizeof *scores);
    for (size_t i = 0; i < count; i++) {
        scores[i] = (struct diary_score){
            .day = entries[i].day,
            .level = diary_level(&entries[i]),
            .outcome = entries[i].outcome,
            .scale = entries[i].scale,
        };
        if (entries[i].outcome == out->outcome)
            out->scale = entries[i].scale;
    }
    out->scores = scores;
    out->score_count = count;
}

/* Headaches are counted in days of a month, or of a week. */
static const char *counted(const struct diary_reading *reading)
{
    const struct diary *diary = reading->out;
    const struct stop_outcome *row = stop_model_outcome(reading->model, diary->outcome->id);
    if (row->unit == NULL || diary->scale == NULL || diary->scale->instrument == NULL)
        return row->unit;
    return diary->scale->instrument->names[0];
}

/* ---- days ---- */

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static double *read_sessions(const struct json_reader *at, struct diary_reading *reading,
                             size_t *count)
{
    struct json_reader list = json_get_list(at, "sessions");
    *count = json_get_length(at, "sessions", OPTIONAL);
    if (*count > DIARY_LIST_MOST) {
        json_problem(at, "sessions", "at most %d are taken", DIARY_LIST_MOST);
        *count = 0;
    }
    double *days = arena_array(reading->arena, *count, sizeof *days);
    for (size_t i = 0; i < *count; i++) {
        struct json_reader element = json_get_element(&list, i);
        days[i] = diary_read_day(&element, NULL, REQUIRED, &reading->kind);
    }
    qsort(days, *count, sizeof *days, by_value);
    return days;
}

/* The day of the first session: told, else the first session's, else that of the first score. */
static double told_first_day(double started, const double *sessions, size_t session_count,
                             const struct diary_entry *entries, size_t count)
{
    if (!isnan(started))
        return started;
    if (session_count > 0)
        return sessions[0];
    return count > 0 ? entries[0].day : 0;
}

/* The last change by which what is tried began, after `first`: everything counts from there. */
static const struct diary_change *switched_after(const struct diary *diary, double first)
{
    const struct diary_change *last = NULL;
    for (size_t i = 0; i < diary->change_count; i++)
        if (diary->changes[i].kind == CHANGE_BEGINS && diary->changes[i].day > first)
            last = &diary->changes[i];
    return last;
}

static double ended_after(const struct diary *diary, double first)
{
    for (size_t i = 0; i < diary->change_count; i++)
        if ((diary->changes[i].kind == CHANGE_ENDS ||
             diary->changes[i].kind == CHANGE_TO_ANOTHER) &&
            diary->changes[i].day > first)
            return diary->changes[i].day;
    return INFINITY;
}

/* Those from the first day on: what was had before belongs to something else. */
static void keep_sessions(struct diary *diary, double *days, size_t count)
{
    size_t before = 0;
    while (before < count && days[before] < diary->first_day)
        before++;
    for (size_t i = before; i < count; i++)
        days[i] -= diary->first_day;
    diary->sessions = days + before;
    diary->session_count = count - before;
    diary->sessions_told = diary->session_count > 0;
}

static void count_days_from(struct diary *diary, double first, struct diary_entry *entries,
                            size_t count)
{
    diary->first_day = first;
    for (size_t i = 0; i < count; i++)
        entries[i].day -= first;
    for (size_t i = 0; i < diary->change_count; i++)
        ((struct diary_change *)diary->changes)[i].day -= first; /* ours until handed out */
}

static void read_days(const struct json_reader *at, struct diary_reading *reading)
{
    struct diary *out = reading->out;
    size_t count = 0;
    size_t session_count = 0;
    double started = diary_read_day(at, "started", OPTIONAL, &reading->kind);
    double *sessions = read_sessions(at, reading, &session_count);
    diary_changes(at, reading);
    struct diary_entry *entries = read_entries(at, reading, &count);
    if (at->problems->count > 0)
        return;
    if (!stand_in_order(entries, count))
        qsort(entries, count, sizeof *entries, by_day);
    struct json_reader list = json_get_list(at, "diary");
    diary_settle_compared(&list, entries, count);
    if (at->problems->count > 0)
        return;
    double first = told_first_day(started, sessions, session_count, entries, count);
    out->switched = switched_after(out, first);
    if (out->switched != NULL)
        first = out->switched->day;
    out->ended = ended_after(out, first) - first;
    count_days_from(out, first, entries, count);
    keep_sessions(out, sessions, session_count);
    keep_scores(reading, entries, count);
    out->counted = counted(reading);
}

/* ---- the rest ---- */

/* A list of texts, together no longer than one may be. */
static const char *const *read_list(const struct json_reader *at, const char *key)
{
    size_t bytes = 0;
    size_t count = 0;
    const char *const *texts = json_get_texts(at, key);
    for (; texts[count] != NULL; count++)
        bytes += strlen(texts[count]);
    if (count > DIARY_LIST_MOST)
        json_problem(at, key, "at most %d are taken", DIARY_LIST_MOST);
    else if (bytes > DIARY_TEXT_MOST)
        json_problem(at, key, "at most %d bytes are taken in all", DIARY_TEXT_MOST);
    return texts;
}

/* A text, or a list of texts. */
static const char *const *read_texts(const struct json_reader *at, const char *key,
                                     struct arena *arena)
{
    const json_t *value = json_is_object(at->value) ? json_object_get(at->value, key) : NULL;
    if (!json_is_string(value))
        return read_list(at, key);
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

static void tell_guessed_outcome(struct diary_reading *reading)
{
    if (reading->out->outcome_is_guessed && reading->out->score_count > 0)
        diary_warn(reading,
                   arena_printf(reading->arena,
                                "The scores were taken for %s; where they count days, say so with "
                                "the scale \"days per month\".",
                                reading->out->outcome->plain));
}

static void read_all(const struct json_reader *at, struct diary_reading *reading)
{
    struct diary *out = reading->out;
    out->intervention = diary_intervention(at, reading);
    out->condition = diary_condition(at, reading);
    out->outcome = diary_outcome_meant(at, reading);
    read_trial(at, out);
    read_days(at, reading);
    out->by_date = reading->kind == DAYS_DATES;
    out->adverse_events = read_texts(at, "adverse_events", reading->arena);
    out->symptoms = read_texts(at, "symptoms", reading->arena);
    out->medicines = read_texts(at, "medicines", reading->arena);
    out->notes = reading->notes;
    out->tried_for = reading->else_told;
    tell_guessed_outcome(reading);
    out->warnings = reading->warnings;
}

void diary_read(const struct json_reader *at, const struct catalog *catalog, struct diary *out)
{
    struct arena *arena = at->problems->arena;
    struct diary_reading reading = {
        .catalog = catalog,
        .model = &base_rulebooks(catalog_base(catalog))->stop_model,
        .arena = arena,
        .out = out,
        .warnings = arena_array(arena, DIARY_WARNINGS_MOST + 1, sizeof *reading.warnings),
    };
    *out = (struct diary){.ended = INFINITY};
    json_fields(at,
                (const char *const[]){"intervention", "condition", "outcome", "scale", "started",
                                      "diary", "sessions", "changes", "adverse_events", "symptoms",
                                      "medicines", "trial", NULL});
    if (reading.model->outcome_count == 0)
        json_problem(at, NULL, "this base holds no rule books, so that no diary can be judged");
    else
        read_all(at, &reading);
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
    return arena_join(arena, "day ", arena_number(arena, diary->first_day + day), "");
}
