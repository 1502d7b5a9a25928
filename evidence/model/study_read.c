#include "evidence/model/study.h"

#include <math.h>

#include "evidence/model/row.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };

static int get_choice_or(const struct json_reader *at, const char *key, const char *const *names,
                         int otherwise)
{
    int choice = json_get_choice(at, key, OPTIONAL, names);
    return choice < 0 ? otherwise : choice;
}

static void read_author(const struct json_reader *at, struct author *out)
{
    json_fields(at, (const char *const[]){"family", "given", "group", NULL});
    *out = (struct author){.family = json_get_text(at, "family", OPTIONAL),
                           .given = json_get_text(at, "given", OPTIONAL),
                           .group = json_get_text(at, "group", OPTIONAL)};
    if ((out->family == NULL) == (out->group == NULL))
        json_problem(at, NULL, "an author has either a family name or a group's name");
}

static void read_source(const struct json_reader *at, struct source *out)
{
    json_fields(at, (const char *const[]){"url", "where", "read_at", NULL});
    *out = (struct source){.url = json_get_text(at, "url", OPTIONAL),
                           .where = json_get_text(at, "where", OPTIONAL),
                           .read_at = json_get_text(at, "read_at", OPTIONAL)};
    if (out->url == NULL && out->read_at == NULL)
        json_problem(at, NULL, "a source needs an address: url, or read_at for a copy");
}

static const char *item_text(const struct json_reader *at, const char *key, const json_t *value)
{
    if (json_is_string(value))
        return arena_strdup(at->problems->arena, json_string_value(value));
    json_problem(at, key, "must be a string");
    return "";
}

static void read_items(const struct json_reader *at, struct appraisal *out)
{
    struct json_reader items = json_get_object(at, "items", OPTIONAL);
    size_t count = json_object_size(items.value);
    const char **names = arena_array(at->problems->arena, count + 1, sizeof *names);
    const char **values = arena_array(at->problems->arena, count + 1, sizeof *values);
    const char *key;
    json_t *value;
    size_t i = 0;
    json_object_foreach((json_t *)items.value, key, value)
    {
        names[i] = arena_strdup(at->problems->arena, key);
        values[i++] = item_text(&items, key, value);
    }
    out->item_names = names;
    out->item_values = values;
}

static void read_appraisal(const struct json_reader *at, struct appraisal *out)
{
    json_fields(at, (const char *const[]){"instrument", "overall", "score", "out_of", "items",
                                          "scope", "share_low", "share_high", "applies_to",
                                          "as_reported", "rated_by", NULL});
    *out = (struct appraisal){
        .instrument = (enum instrument)row_choice(at, "instrument", instrument_names),
        .overall = json_get_text(at, "overall", OPTIONAL),
        .score = json_get_number(at, "score", OPTIONAL),
        .out_of = json_get_number(at, "out_of", OPTIONAL),
        .scope = (enum scope)get_choice_or(at, "scope", scope_names, SCOPE_STUDY),
        .share_low = json_get_number(at, "share_low", OPTIONAL),
        .share_high = json_get_number(at, "share_high", OPTIONAL),
        .applies_to = json_get_text(at, "applies_to", OPTIONAL),
        .as_reported = json_get_text(at, "as_reported", OPTIONAL),
        .rated_by = json_get_text(at, "rated_by", REQUIRED),
    };
    read_items(at, out);
}

static void read_arm(const struct json_reader *at, struct study_arm *out)
{
    json_fields(at, (const char *const[]){"role", "name", "id", "n", "mean", "sd", "baseline_mean",
                                          "baseline_sd", "change_mean", "change_sd", "median", "q1",
                                          "q3", "events", NULL});
    *out = (struct study_arm){
        .role = (enum role)row_choice(at, "role", role_names),
        .name = json_get_text(at, "name", OPTIONAL),
        .id = json_get_text(at, "id", OPTIONAL),
        .n = row_count(at, "n"),
        .mean = json_get_number(at, "mean", OPTIONAL),
        .sd = json_get_number(at, "sd", OPTIONAL),
        .baseline_mean = json_get_number(at, "baseline_mean", OPTIONAL),
        .baseline_sd = json_get_number(at, "baseline_sd", OPTIONAL),
        .change_mean = json_get_number(at, "change_mean", OPTIONAL),
        .change_sd = json_get_number(at, "change_sd", OPTIONAL),
        .median = json_get_number(at, "median", OPTIONAL),
        .q1 = json_get_number(at, "q1", OPTIONAL),
        .q3 = json_get_number(at, "q3", OPTIONAL),
        .events = row_count(at, "events"),
    };
}

static void read_scale(const struct json_reader *at, struct scale *out)
{
    struct json_reader scale = json_get_object(at, "scale", OPTIONAL);
    *out = (struct scale){.low = NAN, .high = NAN};
    if (scale.value == NULL)
        return;
    json_fields(&scale, (const char *const[]){"name", "low", "high", "unit", NULL});
    *out = (struct scale){.name = json_get_text(&scale, "name", REQUIRED),
                          .low = json_get_number(&scale, "low", OPTIONAL),
                          .high = json_get_number(&scale, "high", OPTIONAL),
                          .unit = json_get_text(&scale, "unit", OPTIONAL)};
    if (isnan(out->low) != isnan(out->high) || out->low >= out->high)
        json_problem(&scale, NULL, "a scale has both ends or none, the low one below the high one");
}

/* Two numbers, low and high; NAN if absent. */
static void read_range(const struct json_reader *at, const char *key, double *low, double *high)
{
    struct json_reader range = json_get_list(at, key);
    *low = *high = NAN;
    if (range.value == NULL)
        return;
    if (json_array_size(range.value) != 2 || !json_is_number(json_array_get(range.value, 0)) ||
        !json_is_number(json_array_get(range.value, 1))) {
        json_problem(at, key, "must be a list of two numbers, low and high");
        return;
    }
    *low = json_number_value(json_array_get(range.value, 0));
    *high = json_number_value(json_array_get(range.value, 1));
}

static void read_grade(const struct json_reader *at, struct result *out)
{
    struct json_reader grade = json_get_object(at, "grade", OPTIONAL);
    out->grade = CERTAINTY_UNKNOWN;
    if (grade.value == NULL)
        return;
    json_fields(&grade, (const char *const[]){"level", "by", "where", NULL});
    out->grade = (enum certainty_level)row_choice(&grade, "level", certainty_names);
    out->grade_by = json_get_text(&grade, "by", REQUIRED);
    out->grade_where = json_get_text(&grade, "where", OPTIONAL);
}

static void read_row_source(const struct json_reader *at, struct result *out)
{
    struct json_reader source = json_get_object(at, "source", OPTIONAL);
    if (source.value == NULL)
        return;
    json_fields(&source, (const char *const[]){"review", "analysis", "subgroup", NULL});
    out->source_review = json_get_text(&source, "review", OPTIONAL);
    out->source_analysis = json_get_text(&source, "analysis", OPTIONAL);
    out->source_subgroup = json_get_text(&source, "subgroup", OPTIONAL);
}

static void read_comparator(const struct json_reader *at, struct result *out)
{
    out->comparator = json_get_text(at, "comparator", REQUIRED);
    if (out->comparator != NULL && !comparator_parse(out->comparator, &out->comparator_class))
        json_problem(at, "comparator", "\"%s\" is not sham, nothing, mixed or active:<slug>",
                     out->comparator);
    out->comparator_detail = json_get_text(at, "comparator_detail", OPTIONAL);
}

static void read_result_figures(const struct json_reader *at, struct result *out)
{
    out->figure = (enum figure)get_choice_or(at, "measure", figure_names, FIGURE_NONE);
    out->estimate = json_get_number(at, "estimate", OPTIONAL);
    read_range(at, "ci", &out->ci_low, &out->ci_high);
    out->ci_level = json_get_number(at, "ci_level", OPTIONAL);
    if (isnan(out->ci_level) && !isnan(out->ci_low))
        out->ci_level = 0.95;
    out->se = json_get_number(at, "se", OPTIONAL);
    out->p = json_get_number(at, "p", OPTIONAL);
    out->p_bound = json_get_truth(at, "p_bound");
    out->k = row_count(at, "k");
    out->n = row_count(at, "n");
    out->i2 = json_get_number(at, "i2", OPTIONAL);
    out->control_risk = json_get_number(at, "control_risk", OPTIONAL);
}

static const char *const result_fields[] = {"intervention",
                                            "comparator",
                                            "comparator_detail",
                                            "condition",
                                            "outcome",
                                            "scale",
                                            "better",
                                            "window",
                                            "days",
                                            "time",
                                            "measure",
                                            "estimate",
                                            "ci",
                                            "ci_level",
                                            "se",
                                            "p",
                                            "p_bound",
                                            "k",
                                            "n",
                                            "i2",
                                            "control_risk",
                                            "group",
                                            "arms",
                                            "paired",
                                            "favours",
                                            "main",
                                            "grade",
                                            "dose_response",
                                            "borderline",
                                            "ignored",
                                            "note",
                                            "source",
                                            NULL};

static void read_result(const struct json_reader *at, struct result *out)
{
    json_fields(at, result_fields);
    *out = (struct result){
        .intervention = json_get_text(at, "intervention", REQUIRED),
        .condition = json_get_text(at, "condition", OPTIONAL),
        .outcome = json_get_text(at, "outcome", REQUIRED),
        .better = (enum better)row_choice(at, "better", better_names),
        .window = (enum window)row_choice(at, "window", window_names),
        .days = json_get_number(at, "days", OPTIONAL),
        .time = json_get_text(at, "time", OPTIONAL),
        .group = json_get_text(at, "group", OPTIONAL),
        .paired = json_get_truth(at, "paired"),
        .favours = (enum favours)get_choice_or(at, "favours", favours_names, FAVOURS_UNKNOWN),
        .main = json_get_text(at, "main", OPTIONAL),
        .borderline = json_get_truth(at, "borderline"),
        .ignored = json_get_text(at, "ignored", OPTIONAL),
        .note = json_get_text(at, "note", OPTIONAL),
    };
    read_comparator(at, out);
    read_scale(at, &out->scale);
    read_result_figures(at, out);
    read_grade(at, out);
    out->dose_response = json_get_text(at, "dose_response", OPTIONAL);
    read_row_source(at, out);
    ROW_LIST(at, "arms", struct study_arm, read_arm, out->arms, out->arm_count);
}

static void read_frequency(const struct json_reader *at, struct frequency *out)
{
    struct json_reader per = json_get_object(at, "per", OPTIONAL);
    *out = (struct frequency){.unit = HARM_UNIT_UNKNOWN,
                              .events = NAN,
                              .of = NAN,
                              .low = NAN,
                              .high = NAN,
                              .control = NAN};
    if (per.value == NULL)
        return;
    json_fields(&per, (const char *const[]){"events", "of", "unit", "range", "control", NULL});
    out->events = json_get_number(&per, "events", REQUIRED);
    out->of = json_get_number(&per, "of", REQUIRED);
    out->unit = (enum harm_unit)row_choice(&per, "unit", harm_unit_names);
    read_range(&per, "range", &out->low, &out->high);
    out->control = json_get_number(&per, "control", OPTIONAL);
}

static void read_harm(const struct json_reader *at, struct harm *out)
{
    json_fields(at, (const char *const[]){"intervention", "event", "severity", "rate", "per",
                                          "reports", "numerator", "denominator", NULL});
    *out = (struct harm){
        .intervention = json_get_text(at, "intervention", REQUIRED),
        .event = json_get_text(at, "event", REQUIRED),
        .severity = (enum severity)row_choice(at, "severity", severity_names),
        .rate = json_get_text(at, "rate", OPTIONAL),
        .reports = json_get_truth(at, "reports"),
        .numerator = row_count(at, "numerator"),
        .denominator = row_count(at, "denominator"),
    };
    read_frequency(at, &out->per);
}

static void read_notice(const struct json_reader *at, struct notice *out)
{
    json_fields(at, (const char *const[]){"type", "doi", "date", "source", NULL});
    *out = (struct notice){
        .type = (enum notice_type)row_choice(at, "type", notice_names),
        .doi = json_get_text(at, "doi", OPTIONAL),
        .date = json_get_text(at, "date", OPTIONAL),
        .source = json_get_text(at, "source", REQUIRED),
    };
}

static void read_checked(const struct json_reader *at, struct study *out)
{
    struct json_reader checked = json_get_object(at, "checked", OPTIONAL);
    if (checked.value == NULL)
        return;
    json_fields(&checked, (const char *const[]){"by", "on", "agrees", "note", NULL});
    out->checked = true;
    out->checked_agrees = json_get_truth(&checked, "agrees");
    out->checked_by = json_get_text(&checked, "by", REQUIRED);
    out->checked_on = json_get_text(&checked, "on", OPTIONAL);
    out->checked_note = json_get_text(&checked, "note", OPTIONAL);
}

static void read_identity(const struct json_reader *at, struct study *out)
{
    out->id = json_get_text(at, "id", REQUIRED);
    out->aliases = json_get_texts(at, "aliases");
    out->pmid = json_get_text(at, "pmid", OPTIONAL);
    out->doi = json_get_text(at, "doi", OPTIONAL);
    out->pmcid = json_get_text(at, "pmcid", OPTIONAL);
    out->registrations = json_get_texts(at, "registrations");
    out->title = json_get_text(at, "title", REQUIRED);
    ROW_LIST(at, "authors", struct author, read_author, out->authors, out->author_count);
    out->authors_complete = json_get_truth(at, "authors_complete");
    out->year = json_get_count(at, "year", OPTIONAL, FIRST_YEAR, LAST_YEAR);
    out->journal = json_get_text(at, "journal", OPTIONAL);
}

/* A result without a condition is about its study's own. */
static void inherit_condition(struct study *study, struct result *results)
{
    for (size_t i = 0; i < study->result_count; i++)
        if (results[i].condition == NULL)
            results[i].condition = study->condition;
}

static void read_findings(const struct json_reader *at, struct study *out)
{
    struct result *results;
    ROW_LIST(at, "appraisals", struct appraisal, read_appraisal, out->appraisals,
             out->appraisal_count);
    ROW_LIST(at, "results", struct result, read_result, results, out->result_count);
    inherit_condition(out, results);
    out->results = results;
    ROW_LIST(at, "harms", struct harm, read_harm, out->harms, out->harm_count);
    ROW_LIST(at, "notices", struct notice, read_notice, out->notices, out->notice_count);
    ROW_LIST(at, "sources", struct source, read_source, out->sources, out->source_count);
}

void study_read(const struct json_reader *at, struct study *out)
{
    *out = (struct study){.year = COUNT_UNKNOWN};
    if (!json_fields(at, (const char *const[]){"id",        "aliases",    "pmid",
                                               "doi",       "pmcid",      "registrations",
                                               "title",     "authors",    "authors_complete",
                                               "year",      "journal",    "design",
                                               "condition", "population", "participants",
                                               "trials",    "pooled_in",  "appraisals",
                                               "results",   "harms",      "funding",
                                               "retracted", "notices",    "conclusion",
                                               "note",      "sources",    "checked",
                                               NULL}))
        return;
    read_identity(at, out);
    out->design = (enum design)row_choice(at, "design", design_names);
    out->condition = json_get_text(at, "condition", REQUIRED);
    out->population = json_get_text(at, "population", OPTIONAL);
    out->participants = row_count(at, "participants");
    out->trials = row_count(at, "trials");
    out->pooled_in = json_get_texts(at, "pooled_in");
    read_findings(at, out);
    out->funding = json_get_text(at, "funding", OPTIONAL);
    out->retracted = json_get_truth(at, "retracted");
    out->conclusion = json_get_text(at, "conclusion", OPTIONAL);
    out->note = json_get_text(at, "note", OPTIONAL);
    read_checked(at, out);
}
