/*
 * Effect data, a study a row, in the columns of R's metafor and of `touchstone pool`:
 *
 *     n1 m1 sd1 n2 m2 sd2 | ai n1 ci n2 (or ai bi ci di) | yi vi (or sei)
 *
 * with or without the final i, group 1 the intervention, group 2 the comparator, and beside them
 * label, measure, outcome, time, comparison, subgroup, unit, and what identifies a study. yi of a
 * ratio is its logarithm, as escalc gives it. Every row is a record with one proposed result; a row
 * with a figure that cannot be is refused, since nobody knows which of its figures is wrong.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/csv_table.h"
#include "importers/formats/formats.h"

enum what {
    WHAT_N1,
    WHAT_M1,
    WHAT_SD1,
    WHAT_N2,
    WHAT_M2,
    WHAT_SD2,
    WHAT_AI,
    WHAT_BI,
    WHAT_CI,
    WHAT_DI,
    WHAT_YI,
    WHAT_VI,
    WHAT_SEI,
    WHAT_NUMBER_COUNT, /* those above are numbers */
    WHAT_LABEL,
    WHAT_MEASURE,
    WHAT_OUTCOME,
    WHAT_TIME,
    WHAT_COMPARISON,
    WHAT_SUBGROUP,
    WHAT_UNIT,
    WHAT_TITLE,
    WHAT_YEAR,
    WHAT_DOI,
    WHAT_PMID,
    WHAT_REGISTRATION,
    WHAT_NAME1,
    WHAT_NAME2
};

static const struct csv_column columns[] = {
    {"n1", WHAT_N1},
    {"n1i", WHAT_N1},
    {"m1", WHAT_M1},
    {"m1i", WHAT_M1},
    {"sd1", WHAT_SD1},
    {"sd1i", WHAT_SD1},
    {"n2", WHAT_N2},
    {"n2i", WHAT_N2},
    {"m2", WHAT_M2},
    {"m2i", WHAT_M2},
    {"sd2", WHAT_SD2},
    {"sd2i", WHAT_SD2},
    {"ai", WHAT_AI},
    {"bi", WHAT_BI},
    {"ci", WHAT_CI},
    {"di", WHAT_DI},
    {"yi", WHAT_YI},
    {"vi", WHAT_VI},
    {"sei", WHAT_SEI},
    {"label", WHAT_LABEL},
    {"study", WHAT_LABEL},
    {"studlab", WHAT_LABEL},
    {"slab", WHAT_LABEL},
    {"trial", WHAT_LABEL},
    {"author", WHAT_LABEL},
    {"measure", WHAT_MEASURE},
    {"outcome", WHAT_OUTCOME},
    {"time", WHAT_TIME},
    {"timepoint", WHAT_TIME},
    {"comparison", WHAT_COMPARISON},
    {"subgroup", WHAT_SUBGROUP},
    {"g", WHAT_SUBGROUP},
    {"unit", WHAT_UNIT},
    {"title", WHAT_TITLE},
    {"year", WHAT_YEAR},
    {"doi", WHAT_DOI},
    {"pmid", WHAT_PMID},
    {"nct", WHAT_REGISTRATION},
    {"registration", WHAT_REGISTRATION},
    {"intervention", WHAT_NAME1},
    {"comparator", WHAT_NAME2},
    {NULL, 0},
};

/* ---- figures ---- */

static bool is_count(double value)
{
    return value >= 0 && value <= 1e9 && value == trunc(value);
}

/* What cannot be among the figures of one group; NULL if nothing. */
static const char *impossible_group(double n, double sd, double events)
{
    if (!isnan(n) && (!is_count(n) || n < 1))
        return "a group's size is no whole number from 1";
    if (sd < 0)
        return "a standard deviation is below 0";
    if (!isnan(events) && !is_count(events))
        return "events are no whole number";
    if (events > n)
        return "a group has more events than people";
    return NULL;
}

static const char *impossible(const double *numbers)
{
    const char *first = impossible_group(numbers[WHAT_N1], numbers[WHAT_SD1], numbers[WHAT_AI]);
    if (first != NULL)
        return first;
    const char *second = impossible_group(numbers[WHAT_N2], numbers[WHAT_SD2], numbers[WHAT_CI]);
    if (second != NULL)
        return second;
    if (numbers[WHAT_VI] < 0 || numbers[WHAT_SEI] < 0)
        return "a variance or standard error is below 0";
    return NULL;
}

/* ai and bi are the group with and without the event. */
static void complete(double *numbers)
{
    if (isnan(numbers[WHAT_N1]))
        numbers[WHAT_N1] = numbers[WHAT_AI] + numbers[WHAT_BI];
    if (isnan(numbers[WHAT_N2]))
        numbers[WHAT_N2] = numbers[WHAT_CI] + numbers[WHAT_DI];
    if (isnan(numbers[WHAT_SEI]) && numbers[WHAT_VI] >= 0)
        numbers[WHAT_SEI] = sqrt(numbers[WHAT_VI]);
}

static int count_of(double value)
{
    return isnan(value) ? COUNT_UNKNOWN : (int)value;
}

static void put_arms(struct csv_table *table, const double *numbers, struct record_result *result)
{
    struct draft *draft = &table->draft;
    bool continuous = !isnan(numbers[WHAT_M1]) && !isnan(numbers[WHAT_M2]);
    bool binary = !isnan(numbers[WHAT_AI]) && !isnan(numbers[WHAT_CI]);
    if (!continuous && !binary)
        return;
    struct record_arm *arms = arena_array(draft->arena, 2, sizeof *arms);
    for (int i = 0; i < 2; i++) {
        record_arm_init(&arms[i]);
        arms[i].role = i == 0 ? ROLE_INTERVENTION : ROLE_COMPARATOR;
        arms[i].role_known = true;
        arms[i].label = draft_text(draft, csv_table_value(table, i == 0 ? WHAT_NAME1 : WHAT_NAME2));
        arms[i].n = count_of(numbers[i == 0 ? WHAT_N1 : WHAT_N2]);
        if (binary)
            arms[i].events = count_of(numbers[i == 0 ? WHAT_AI : WHAT_CI]);
        arms[i].mean = numbers[i == 0 ? WHAT_M1 : WHAT_M2];
        arms[i].sd = numbers[i == 0 ? WHAT_SD1 : WHAT_SD2];
    }
    result->arms = arms;
    result->arm_count = 2;
}

static enum figure figure_named(const char *measure)
{
    for (int figure = 0; measure != NULL && figure_names[figure] != NULL; figure++)
        if (strcasecmp(figure_names[figure], measure) == 0)
            return (enum figure)figure;
    return FIGURE_NONE;
}

/* An effect whose measure is not known is told in words: no one may take it for another. */
static void put_effect(struct csv_table *table, const double *numbers, struct record_result *result)
{
    struct draft *draft = &table->draft;
    const char *measure = draft_text(draft, csv_table_value(table, WHAT_MEASURE));
    double effect = numbers[WHAT_YI];
    enum figure figure = figure_named(measure);
    if (isnan(effect))
        return;
    double estimate = figure_is_ratio(figure) ? exp(effect) : effect;
    if (figure != FIGURE_NONE && isfinite(estimate) && estimate != 0) {
        result->figure = figure;
        result->estimate = estimate;
        result->se = numbers[WHAT_SEI];
    } else if (figure != FIGURE_NONE && !figure_is_ratio(figure)) {
        result->figure = figure;
        result->estimate = 0;
        result->se = numbers[WHAT_SEI];
    } else {
        result->note = arena_printf(draft->arena, "%s %.10g, standard error %.10g",
                                    measure == NULL ? "effect of a measure not told" : measure,
                                    effect, numbers[WHAT_SEI]);
    }
}

/* ---- the row ---- */

/* A study is known by its label only within its file. */
static const char *title_by_label(struct csv_table *table)
{
    const char *label = csv_table_value(table, WHAT_LABEL);
    if (label == NULL)
        return NULL;
    return arena_printf(table->draft.arena, "%s (study in: %s)", label, table->file);
}

static void put_study(struct csv_table *table)
{
    struct draft *draft = &table->draft;
    draft_start(draft, "effects-csv");
    draft_set(draft, &draft->record.title, csv_table_value(table, WHAT_TITLE));
    draft_set_doi(draft, csv_table_value(table, WHAT_DOI));
    draft_set_pmid(draft, csv_table_value(table, WHAT_PMID));
    draft_add_registrations(draft, csv_table_value(table, WHAT_REGISTRATION));
    draft_set_date(draft, date_read(csv_table_value(table, WHAT_YEAR), DATE_ORDER_UNKNOWN));
    draft_set(draft, &draft->record.title, title_by_label(table));
}

static void put_words(struct csv_table *table, struct record_result *result)
{
    struct draft *draft = &table->draft;
    draft_set(draft, &result->study_label, csv_table_value(table, WHAT_LABEL));
    draft_set(draft, &result->outcome, csv_table_value(table, WHAT_OUTCOME));
    draft_set(draft, &result->time, csv_table_value(table, WHAT_TIME));
    draft_set(draft, &result->unit, csv_table_value(table, WHAT_UNIT));
    draft_set(draft, &result->comparison, csv_table_value(table, WHAT_COMPARISON));
    draft_set(draft, &result->subgroup, csv_table_value(table, WHAT_SUBGROUP));
}

static bool take(struct csv_table *table, struct error *err)
{
    double numbers[WHAT_NUMBER_COUNT];
    if (!csv_table_numbers(table, numbers, WHAT_NUMBER_COUNT))
        return true;
    complete(numbers);
    const char *fault = impossible(numbers);
    if (fault != NULL)
        return csv_table_refuse(table, "%s", fault);

    put_study(table);
    struct record_result *result = draft_add_result(&table->draft);
    put_words(table, result);
    put_arms(table, numbers, result);
    put_effect(table, numbers, result);
    if (result->arm_count == 0 && result->figure == FIGURE_NONE && result->note == NULL)
        return csv_table_refuse(table, "it has no figures of two groups and no effect");
    return csv_table_hand_on(table, err);
}

static const struct csv_table_format format = {.columns = columns, .take = take};

static bool read_effects(struct input *input, const struct record_sink *sink,
                         const struct format_warnings *warnings, struct format_counts *counts,
                         struct error *err)
{
    return csv_table_read(&format, NULL, input, sink, warnings, counts, err);
}

/* ---- what it is known by ---- */

enum { SET_MOST = 6 };

static const int sets[][SET_MOST] = {
    {WHAT_N1, WHAT_M1, WHAT_SD1, WHAT_N2, WHAT_M2, WHAT_SD2},
    {WHAT_AI, WHAT_N1, WHAT_CI, WHAT_N2, WHAT_AI, WHAT_AI},
    {WHAT_AI, WHAT_BI, WHAT_CI, WHAT_DI, WHAT_AI, WHAT_AI},
    {WHAT_YI, WHAT_VI, WHAT_YI, WHAT_YI, WHAT_YI, WHAT_YI},
    {WHAT_YI, WHAT_SEI, WHAT_YI, WHAT_YI, WHAT_YI, WHAT_YI},
};

static bool has_what(const int *whats, size_t count, int what)
{
    for (size_t i = 0; i < count; i++)
        if (whats[i] == what)
            return true;
    return false;
}

static bool has_set(const int *whats, size_t count, const int *set)
{
    for (size_t i = 0; i < SET_MOST; i++)
        if (!has_what(whats, count, set[i]))
            return false;
    return true;
}

static int recognise(const char *head, size_t length)
{
    struct csv_reader header;
    bool found = false;
    if (!csv_reader_head(head, length, &header))
        return 0;
    int *whats = csv_reader_columns(&header, columns);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        found = found || has_set(whats, header.count, sets[i]);
    free(whats);
    csv_reader_release(&header);
    return found ? 80 : 0;
}

const struct format format_effects_csv = {
    .name = "effects-csv",
    .title = "CSV of effect data (n1 m1 sd1 n2 m2 sd2, ai n1 ci n2, yi vi)",
    .recognise = recognise,
    .read = read_effects,
};
