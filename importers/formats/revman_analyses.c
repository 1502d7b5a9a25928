#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "importers/formats/revman_parts.h"

enum { NUMBER_SIZE = 64 };

/* ---- risk of bias ---- */

static void begin_item(struct xml *xml, void *context)
{
    (void)xml;
    struct revman_reading *reading = context;
    reading->item = NULL;
    reading->group_count = 0;
}

static void begin_group(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    if (reading->group_count >= REVMAN_GROUPS_MOST) {
        xml_skip(xml);
        return;
    }
    reading->groups[reading->group_count].id = revman_attribute(xml, reading, "ID");
    reading->groups[reading->group_count].name = NULL;
}

static void take_group_name(struct xml *xml, void *context, const char *text)
{
    struct revman_reading *reading = context;
    reading->groups[reading->group_count].name = revman_keep(xml, reading, text);
}

static void end_group(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    (void)text;
    struct revman_reading *reading = context;
    reading->group_count++;
}

static const char *group_named(const struct revman_reading *reading, const char *id)
{
    for (size_t i = 0; id != NULL && i < reading->group_count; i++)
        if (reading->groups[i].id != NULL && strcmp(reading->groups[i].id, id) == 0)
            return reading->groups[i].name;
    return NULL;
}

/* The answer is to "was it done well?": YES is a low risk of bias. */
static const char *judgement_in(const struct xml *xml)
{
    return xml_attribute_is(xml, "RESULT", "YES")       ? "low"
           : xml_attribute_is(xml, "RESULT", "NO")      ? "high"
           : xml_attribute_is(xml, "RESULT", "UNKNOWN") ? "unclear"
                                                        : NULL;
}

static void begin_judgement(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    reading->judgement = (struct revman_judgement){
        .study = revman_attribute(xml, reading, "STUDY_ID"),
        .judgement =
            {
                .item = reading->item,
                .outcomes = group_named(reading, revman_attribute(xml, reading, "GROUP_ID")),
                .judgement = judgement_in(xml),
            },
    };
    if (reading->judgement.judgement.judgement == NULL || reading->judgement.study == NULL)
        xml_skip(xml);
}

static void end_judgement(struct xml *xml, void *context, const char *text)
{
    (void)text;
    struct revman_reading *reading = context;
    struct revman_judgement *judgement =
        revman_one_more(xml, &reading->revman.judgements, sizeof *judgement);
    if (judgement != NULL)
        *judgement = reading->judgement;
}

/* ---- analyses ---- */

/* NAN for an empty cell and for anything that is no number. */
static double number(const struct xml *xml, const char *name)
{
    char text[NUMBER_SIZE];
    size_t length;
    const char *value = xml_attribute(xml, name, &length);
    if (length == 0 || length >= sizeof text)
        return NAN;
    memcpy(text, value, length);
    text[length] = '\0';
    if (strspn(text, "0123456789+-.eE") != length)
        return NAN;
    char *end;
    double result = strtod(text, &end);
    return *end == '\0' && isfinite(result) ? result : NAN;
}

static struct revman_figures figures_in(const struct xml *xml)
{
    return (struct revman_figures){
        .estimable = !xml_attribute_is(xml, "ESTIMABLE", "NO"),
        .effect = number(xml, "EFFECT_SIZE"),
        .low = number(xml, "CI_START"),
        .high = number(xml, "CI_END"),
        .se = number(xml, "SE"),
        .p = number(xml, "P_Z"),
        .total = {number(xml, "TOTAL_1"), number(xml, "TOTAL_2")},
        .events = {number(xml, "EVENTS_1"), number(xml, "EVENTS_2")},
        .mean = {number(xml, "MEAN_1"), number(xml, "MEAN_2")},
        .sd = {number(xml, "SD_1"), number(xml, "SD_2")},
    };
}

/* `study` NULL: the review's own. */
static void add_row(struct xml *xml, struct revman_reading *reading,
                    const struct revman_figures *figures, const char *study)
{
    const struct revman_outcome *outcome = &reading->outcome;
    double level = study == NULL ? outcome->total_level : outcome->row_level;
    struct record_result result;
    if (!revman_result(outcome, figures, level, reading->revman.review.arena, &result))
        return;
    struct revman_row *row = revman_one_more(xml, &reading->revman.rows, sizeof *row);
    if (row != NULL)
        *row = (struct revman_row){.study = study, .result = result};
}

static void begin_comparison(struct xml *xml, void *context)
{
    (void)xml;
    struct revman_reading *reading = context;
    reading->outcome = (struct revman_outcome){0};
}

/* `what` is the kind of data. */
static void begin_outcome(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    reading->outcome = (struct revman_outcome){
        .data = (enum revman_data)xml_what(xml),
        .comparison = reading->outcome.comparison,
        .unit = revman_attribute(xml, reading, "UNITS"),
        .measure = revman_attribute(xml, reading, "EFFECT_MEASURE"),
        .row_level = number(xml, "CI_STUDY"),
        .total_level = number(xml, "CI_TOTAL"),
        .swapped = xml_attribute_is(xml, "SWAP_EVENTS", "YES"),
        .turned_back = xml_attribute_is(xml, "LOG_DATA", "YES"),
    };
    reading->total = figures_in(xml);
    reading->shows_total = xml_attribute_is(xml, "TOTALS", "YES");
    reading->shows_subtotals = reading->shows_total || xml_attribute_is(xml, "TOTALS", "SUB");
}

static void end_outcome(struct xml *xml, void *context, const char *text)
{
    (void)text;
    struct revman_reading *reading = context;
    if (reading->shows_total)
        add_row(xml, reading, &reading->total, NULL);
}

static void begin_subgroup(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    reading->subtotal = figures_in(xml);
    reading->outcome.subgroup = NULL;
}

static void end_subgroup(struct xml *xml, void *context, const char *text)
{
    (void)text;
    struct revman_reading *reading = context;
    if (reading->shows_subtotals)
        add_row(xml, reading, &reading->subtotal, NULL);
    reading->outcome.subgroup = NULL;
}

static void begin_row(struct xml *xml, void *context)
{
    struct revman_reading *reading = context;
    const char *study = revman_attribute(xml, reading, "STUDY_ID");
    struct revman_figures figures = figures_in(xml);
    if (study != NULL)
        add_row(xml, reading, &figures, study);
}

/* ---- what stands where ---- */

#define PLACE(member)       offsetof(struct revman_reading, member)
#define TEXT(tag, function) .name = (tag), .text = true, .end = (function)

static const struct xml_rule judgement[] = {
    {TEXT("DESCRIPTION", revman_take), .what = PLACE(judgement.judgement.support)},
    {.name = NULL},
};

static const struct xml_rule judgements[] = {
    {.name = "QUALITY_ITEM_DATA_ENTRY",
     .within = judgement,
     .begin = begin_judgement,
     .end = end_judgement},
    {.name = NULL},
};

static const struct xml_rule group[] = {
    {TEXT("NAME", take_group_name)},
    {.name = NULL},
};

static const struct xml_rule item[] = {
    {TEXT("NAME", revman_take), .what = PLACE(item)},
    {.name = "QUALITY_ITEM_DATA_ENTRY_GROUP",
     .within = group,
     .begin = begin_group,
     .end = end_group},
    {.name = "QUALITY_ITEM_DATA", .within = judgements},
    {.name = NULL},
};

const struct xml_rule revman_items_rules[] = {
    {.name = "QUALITY_ITEM", .within = item, .begin = begin_item},
    {.name = NULL},
};

/* The four kinds of data differ in the names of their elements alone. */
#define OUTCOME_RULES(kind, prefix)                                                                \
    static const struct xml_rule kind##_subgroup[] = {                                             \
        {TEXT("NAME", revman_take), .what = PLACE(outcome.subgroup)},                              \
        {.name = prefix "_DATA", .begin = begin_row},                                              \
        {.name = NULL},                                                                            \
    };                                                                                             \
    static const struct xml_rule kind##_outcome[] = {                                              \
        {TEXT("NAME", revman_take), .what = PLACE(outcome.name)},                                  \
        {TEXT("GROUP_LABEL_1", revman_take), .what = PLACE(outcome.label[0])},                     \
        {TEXT("GROUP_LABEL_2", revman_take), .what = PLACE(outcome.label[1])},                     \
        {TEXT("EFFECT_MEASURE", revman_take), .what = PLACE(outcome.measure)},                     \
        {.name = prefix "_DATA", .begin = begin_row},                                              \
        {.name = prefix "_SUBGROUP",                                                               \
         .within = kind##_subgroup,                                                                \
         .begin = begin_subgroup,                                                                  \
         .end = end_subgroup},                                                                     \
        {.name = NULL},                                                                            \
    }

OUTCOME_RULES(dich, "DICH");
OUTCOME_RULES(cont, "CONT");
OUTCOME_RULES(iv, "IV");
OUTCOME_RULES(ipd, "IPD");

#define OUTCOME(tag, rules, kind)                                                                  \
    .name = (tag), .within = (rules), .begin = begin_outcome, .end = end_outcome, .what = kind

static const struct xml_rule comparison[] = {
    {TEXT("NAME", revman_take), .what = PLACE(outcome.comparison)},
    {OUTCOME("DICH_OUTCOME", dich_outcome, REVMAN_DICHOTOMOUS)},
    {OUTCOME("CONT_OUTCOME", cont_outcome, REVMAN_CONTINUOUS)},
    {OUTCOME("IV_OUTCOME", iv_outcome, REVMAN_INVERSE_VARIANCE)},
    {OUTCOME("IPD_OUTCOME", ipd_outcome, REVMAN_O_E)},
    {.name = NULL},
};

const struct xml_rule revman_analyses_rules[] = {
    {.name = "COMPARISON", .within = comparison, .begin = begin_comparison},
    {.name = NULL},
};
