#include "importers/sources/ctgov_result.h"

#include <limits.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "importers/sources/ctgov_analysis.h"
#include "importers/sources/ctgov_group.h"
#include "importers/sources/ctgov_text.h"
#include "importers/sources/field.h"

/* Of one study; the largest have some thousand. */
enum { RESULTS_MOST = 5000 };

/* What the values of an outcome are. */
enum parameter {
    PARAMETER_MEAN,
    PARAMETER_MEDIAN,
    PARAMETER_PEOPLE, /* how many of the group */
    PARAMETER_OTHER   /* nothing that a field of ours means */
};

/* What stands beside a value. */
enum dispersion {
    DISPERSION_NONE,
    DISPERSION_SD,
    DISPERSION_SE,
    DISPERSION_QUARTILES,
    DISPERSION_LIMITS, /* a range or an interval, as its words say */
    DISPERSION_OTHER
};

/* Units that count people and nothing else, where the kind of value is only "Number". */
static const char *const people[] = {"participants", "participant", "subjects",   "patients",
                                     "people",       "persons",     "individuals"};

struct outcome {
    const json_t *json;
    const json_t *groups;
    const struct record_arm *arms; /* one for each group, without values */
    size_t group_count;
    enum parameter parameter;
    enum dispersion dispersion;
    bool by_people;            /* the values are of people, not of eyes or teeth */
    struct record_result base; /* what all rows have in common */
};

struct results {
    struct record_result *items;
    size_t count;
    size_t capacity;
};

static struct record_result *add_result(struct results *results, const struct outcome *outcome,
                                        struct arena *arena)
{
    if (results->count >= RESULTS_MOST)
        return NULL;
    if (results->count == results->capacity) {
        results->capacity = results->capacity == 0 ? 16 : results->capacity * 2;
        struct record_result *items = arena_array(arena, results->capacity, sizeof *items);
        if (results->count > 0)
            memcpy(items, results->items, results->count * sizeof *items);
        results->items = items;
    }
    results->items[results->count] = outcome->base;
    return &results->items[results->count++];
}

/* ---- kinds ---- */

static bool counts_people(const json_t *outcome)
{
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        if (field_is(outcome, "unitOfMeasure", people[i]))
            return true;
    return false;
}

static enum parameter parameter_of(const json_t *outcome)
{
    if (field_is(outcome, "paramType", "MEAN") ||
        field_is(outcome, "paramType", "LEAST_SQUARES_MEAN"))
        return PARAMETER_MEAN;
    if (field_is(outcome, "paramType", "MEDIAN"))
        return PARAMETER_MEDIAN;
    bool people_counted = field_is(outcome, "paramType", "COUNT_OF_PARTICIPANTS") ||
                          (field_is(outcome, "paramType", "NUMBER") && counts_people(outcome));
    return people_counted ? PARAMETER_PEOPLE : PARAMETER_OTHER;
}

static enum dispersion dispersion_of(const char *words)
{
    static const struct {
        const char *words;
        enum dispersion dispersion;
    } rows[] = {{"Standard Deviation", DISPERSION_SD},
                {"Standard Error", DISPERSION_SE},
                {"Inter-Quartile Range", DISPERSION_QUARTILES},
                {"Full Range", DISPERSION_LIMITS}};
    if (words == NULL)
        return DISPERSION_NONE;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ctgov_same_title(words, strlen(words), rows[i].words))
            return rows[i].dispersion;
    return strcasestr(words, "confidence interval") != NULL ? DISPERSION_LIMITS : DISPERSION_OTHER;
}

/* ---- values ---- */

static double not_negative(double value)
{
    return value >= 0 ? value : NAN;
}

static void set_spread(const json_t *measurement, enum dispersion dispersion,
                       struct record_arm *out)
{
    double spread = not_negative(field_number(measurement, "spread"));
    double low = field_number(measurement, "lowerLimit");
    double high = field_number(measurement, "upperLimit");
    switch (dispersion) {
    case DISPERSION_SD:
        out->sd = spread;
        break;
    case DISPERSION_SE:
        out->se = spread;
        break;
    case DISPERSION_QUARTILES:
        out->q1 = low;
        out->q3 = high;
        break;
    case DISPERSION_LIMITS:
        out->low = low;
        out->high = high;
        break;
    case DISPERSION_NONE:
    case DISPERSION_OTHER:
        break;
    }
}

/* False where the value has no field. */
static bool set_value(const struct outcome *outcome, const json_t *measurement,
                      struct record_arm *out)
{
    double value = field_number(measurement, "value");
    if (!isfinite(value))
        return true; /* "NA": nothing to keep but its comment */
    if (outcome->parameter == PARAMETER_PEOPLE) {
        int events = field_count(measurement, "value", 0, out->n < 0 ? INT_MAX : out->n);
        out->events = outcome->by_people ? events : COUNT_UNKNOWN;
        return out->events != COUNT_UNKNOWN;
    }
    if (outcome->parameter == PARAMETER_OTHER)
        return false;
    if (outcome->parameter == PARAMETER_MEAN)
        out->mean = value;
    else
        out->median = value;
    set_spread(measurement, outcome->dispersion, out);
    return true;
}

static const char *value_in_words(const json_t *measurement, const char *label, struct arena *arena)
{
    const char *value = ctgov_line(measurement, "value", arena);
    const char *low = ctgov_line(measurement, "lowerLimit", arena);
    const char *high = ctgov_line(measurement, "upperLimit", arena);
    const char *spread = ctgov_line(measurement, "spread", arena);
    const char *words = arena_printf(arena, "%s: %s", label == NULL ? "a group" : label,
                                     value == NULL ? "" : value);
    if (low != NULL && high != NULL)
        return arena_printf(arena, "%s (%s to %s)", words, low, high);
    return spread == NULL ? words : arena_printf(arena, "%s (%s)", words, spread);
}

static void take_measurement(const struct outcome *outcome, const json_t *measurement,
                             struct arena *arena, struct record_result *out, struct record_arm *arm)
{
    const char *comment = ctgov_line(measurement, "comment", arena);
    if (!set_value(outcome, measurement, arm))
        out->note = ctgov_note(out->note, value_in_words(measurement, arm->label, arena), arena);
    if (comment != NULL)
        out->note = ctgov_note(
            out->note,
            arena_printf(arena, "%s: %s", arm->label == NULL ? "a group" : arm->label, comment),
            arena);
}

static const json_t *measurement_of(const json_t *category, const char *group)
{
    const json_t *list = field_at(category, "measurements");
    for (size_t i = 0; group != NULL && i < field_length(list, ""); i++)
        if (field_is(json_array_get(list, i), "groupId", group))
            return json_array_get(list, i);
    return NULL;
}

/* ---- rows ---- */

/* "Lesions: Week 2: Score 0 (clear)" */
static const char *row_title(const struct outcome *outcome, const json_t *class,
                             const json_t *category, struct arena *arena)
{
    const char *title = outcome->base.outcome;
    const char *parts[] = {ctgov_line(class, "title", arena), ctgov_line(category, "title", arena)};
    for (size_t i = 0; i < 2; i++)
        if (parts[i] != NULL)
            title = title == NULL ? parts[i] : arena_printf(arena, "%s: %s", title, parts[i]);
    return title;
}

static int people_in(const struct outcome *outcome, const json_t *class, const char *group)
{
    const json_t *own = field_at(class, "denoms");
    if (!outcome->by_people || group == NULL)
        return COUNT_UNKNOWN;
    return ctgov_denominator(own == NULL ? field_at(outcome->json, "denoms") : own, group);
}

static void add_row(struct results *results, const struct outcome *outcome, const json_t *class,
                    const json_t *category, struct arena *arena)
{
    if (field_length(category, "measurements") == 0)
        return;
    struct record_result *row = add_result(results, outcome, arena);
    if (row == NULL)
        return;
    struct record_arm *arms = arena_array(arena, outcome->group_count + 1, sizeof *arms);
    row->outcome = row_title(outcome, class, category, arena);
    for (size_t i = 0; i < outcome->group_count; i++) {
        const char *id = field_bytes(json_array_get(outcome->groups, i), "id");
        const json_t *measurement = measurement_of(category, id);
        arms[i] = outcome->arms[i];
        arms[i].n = people_in(outcome, class, id);
        if (measurement != NULL)
            take_measurement(outcome, measurement, arena, row, &arms[i]);
    }
    row->arms = arms;
    row->arm_count = outcome->group_count;
}

static void add_rows(struct results *results, const struct outcome *outcome, struct arena *arena)
{
    const json_t *classes = field_at(outcome->json, "classes");
    for (size_t i = 0; i < field_length(classes, ""); i++) {
        const json_t *class = json_array_get(classes, i);
        const json_t *categories = field_at(class, "categories");
        for (size_t k = 0; k < field_length(categories, ""); k++)
            add_row(results, outcome, class, json_array_get(categories, k), arena);
    }
}

/* ---- analyses ---- */

static const struct record_arm *arm_of(const struct outcome *outcome, const char *id)
{
    for (size_t i = 0; id != NULL && i < outcome->group_count; i++)
        if (field_is(json_array_get(outcome->groups, i), "id", id))
            return &outcome->arms[i];
    return NULL;
}

/* An estimate on its own has its groups without their values, which stand in the rows. */
static void add_analysis(struct results *results, const struct outcome *outcome,
                         const json_t *analysis, struct arena *arena)
{
    const json_t *ids = field_at(analysis, "groupIds");
    size_t count = field_length(ids, "");
    struct record_result *result = add_result(results, outcome, arena);
    if (result == NULL)
        return;
    if (count > CTGOV_GROUPS_MOST)
        count = CTGOV_GROUPS_MOST;
    struct record_arm *arms = arena_array(arena, count + 1, sizeof *arms);
    for (size_t i = 0; i < count; i++) {
        const struct record_arm *arm = arm_of(outcome, field_bytes(json_array_get(ids, i), ""));
        if (arm != NULL)
            arms[result->arm_count++] = *arm;
    }
    result->arms = arms;
    result->parameter = NULL;
    result->spread = NULL;
    ctgov_analysis(analysis, outcome->parameter == PARAMETER_MEAN, arena, result);
}

/* The one row of an outcome and the one analysis of all its groups say one thing. */
static void add_analyses(struct results *results, const struct outcome *outcome, size_t first_row,
                         struct arena *arena)
{
    const json_t *analyses = field_at(outcome->json, "analyses");
    size_t count = field_length(analyses, "");
    const json_t *only = json_array_get(analyses, 0);
    if (count == 1 && results->count == first_row + 1 &&
        field_length(only, "groupIds") == outcome->group_count) {
        ctgov_analysis(only, outcome->parameter == PARAMETER_MEAN, arena,
                       &results->items[first_row]);
        return;
    }
    for (size_t i = 0; i < count; i++)
        add_analysis(results, outcome, json_array_get(analyses, i), arena);
}

/* ---- outcomes ---- */

static const char *note_of(const json_t *json, struct arena *arena)
{
    const char *type = ctgov_words(field_line(json, "type", arena), arena);
    const char *note = type == NULL ? NULL : arena_printf(arena, "%s outcome", type);
    return ctgov_note(note, ctgov_line(json, "populationDescription", arena), arena);
}

static struct outcome outcome_of(const json_t *json, const json_t *protocol, struct arena *arena)
{
    struct outcome outcome = {
        .json = json, .groups = field_at(json, "groups"), .parameter = parameter_of(json)};
    outcome.arms = ctgov_groups(outcome.groups, protocol, arena, &outcome.group_count);
    const char *units = ctgov_line(json, "typeUnitsAnalyzed", arena);
    struct record_result *base = &outcome.base;
    record_result_init(base);
    base->outcome = ctgov_line(json, "title", arena);
    base->time = ctgov_line(json, "timeFrame", arena);
    base->unit = ctgov_line(json, "unitOfMeasure", arena);
    base->spread = ctgov_line(json, "dispersionType", arena);
    base->parameter = ctgov_words(field_line(json, "paramType", arena), arena);
    base->note = note_of(json, arena);
    outcome.dispersion = dispersion_of(base->spread);
    outcome.by_people = units == NULL || strcasecmp(units, "Participants") == 0;
    if (!outcome.by_people)
        base->note =
            ctgov_note(base->note, arena_printf(arena, "units analysed: %s", units), arena);
    return outcome;
}

void ctgov_results(const json_t *study, const struct page *page, struct arena *arena,
                   struct record *out)
{
    const json_t *protocol = field_at(study, "protocolSection");
    const json_t *outcomes =
        field_at(study, "resultsSection.outcomeMeasuresModule.outcomeMeasures");
    struct results results = {0};
    for (size_t i = 0; i < field_length(outcomes, "") && results.count < RESULTS_MOST; i++) {
        const struct outcome outcome = outcome_of(json_array_get(outcomes, i), protocol, arena);
        size_t first_row = results.count;
        add_rows(&results, &outcome, arena);
        add_analyses(&results, &outcome, first_row, arena);
    }
    if (results.count == RESULTS_MOST)
        page_warn(page, "%s has more than %d results; the rest is left out", out->source_id,
                  (int)RESULTS_MOST);
    out->results = results.items;
    out->result_count = results.count;
}
