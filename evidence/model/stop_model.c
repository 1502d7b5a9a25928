#include "evidence/model/stop_model.h"

#include <math.h>
#include <string.h>

#include "evidence/model/row.h"

/* A required number between two ends. */
static double number_within(const struct json_reader *at, const char *key, double low, double high)
{
    double value = json_get_number(at, key, REQUIRED);
    if (value < low || value > high)
        json_problem(at, key, "must be from %g to %g", low, high);
    return value;
}

static void read_decision(const struct json_reader *at, struct stop_decision *out)
{
    json_fields(
        at, (const char *const[]){"stop_below", "stop_early_below", "worse_above", "note", NULL});
    *out = (struct stop_decision){
        .stop_below = number_within(at, "stop_below", 0, 1),
        .stop_early_below = number_within(at, "stop_early_below", 0, 1),
        .worse_above = number_within(at, "worse_above", 0, 1),
        .note = json_get_text(at, "note", OPTIONAL),
    };
}

static void read_goal(const struct json_reader *at, struct stop_goal *out)
{
    json_fields(at,
                (const char *const[]){"share", "least_share_of_scale", "threshold", "note", NULL});
    *out = (struct stop_goal){
        .share = number_within(at, "share", 0, 1),
        .least_share_of_scale = number_within(at, "least_share_of_scale", 0, 1),
        .threshold = json_get_text(at, "threshold", OPTIONAL),
        .note = json_get_text(at, "note", OPTIONAL),
    };
}

static const char *optional_outcome(const struct json_reader *at, const struct base *base)
{
    return json_has(at, "outcome") ? row_outcome(at, "outcome", base) : NULL;
}

static void read_trial(const struct json_reader *at, const struct base *base,
                       struct stop_trial *out)
{
    json_fields(
        at, (const char *const[]){"outcome", "days", "least_days", "least_sessions", "note", NULL});
    *out = (struct stop_trial){
        .outcome = optional_outcome(at, base),
        .days = number_within(at, "days", 1, 3650),
        .least_days = number_within(at, "least_days", 0, 3650),
        .least_sessions = json_get_count(at, "least_sessions", REQUIRED, 0, 1000),
        .note = json_get_text(at, "note", OPTIONAL),
    };
}

static void read_pace(const struct json_reader *at, struct stop_pace *out)
{
    json_fields(at, (const char *const[]){"share_of_trial", "weight", NULL});
    *out = (struct stop_pace){
        .share_of_trial = number_within(at, "share_of_trial", 0.001, 1000),
        .weight = number_within(at, "weight", 0, 1),
    };
}

static void read_error(const struct json_reader *at, const struct base *base,
                       struct stop_error *out)
{
    json_fields(at, (const char *const[]){"outcome", "share_of_scale", "threshold", "note", NULL});
    *out = (struct stop_error){
        .outcome = optional_outcome(at, base),
        .share_of_scale = number_within(at, "share_of_scale", 0.001, 1),
        .threshold = json_get_text(at, "threshold", OPTIONAL),
        .note = json_get_text(at, "note", OPTIONAL),
    };
}

static void read_word(const struct json_reader *at, struct stop_word *out)
{
    json_fields(at, (const char *const[]){"word", "share", NULL});
    *out = (struct stop_word){
        .word = json_get_text(at, "word", REQUIRED),
        .share = number_within(at, "share", 0, 1),
    };
}

static void check_paces(const struct json_reader *at, const struct stop_model *model)
{
    double sum = 0;
    for (size_t i = 0; i < model->pace_count; i++)
        sum += model->paces[i].weight;
    if (model->pace_count > STOP_PACES_MOST)
        json_problem(at, "paces", "%d are taken at most", STOP_PACES_MOST);
    if (fabs(sum - 1) > 1e-9)
        json_problem(at, "paces", "the weights add up to %g instead of 1", sum);
}

/* Every lookup must find a row. */
static void check_rows(const struct json_reader *at, const struct stop_model *model)
{
    if (stop_model_trial(model, "") == NULL)
        json_problem(at, "trials", "one without an outcome is needed, for all others");
    if (stop_model_error(model, "") == NULL)
        json_problem(at, "errors", "one without an outcome is needed, for all others");
}

void stop_model_read(const struct json_reader *at, const struct base *base, struct stop_model *out)
{
    json_fields(at, (const char *const[]){"decision", "goal", "trials", "paces", "errors",
                                          "higher_is_better", "words", "words_note", NULL});
    struct json_reader decision = json_get_object(at, "decision", REQUIRED);
    struct json_reader goal = json_get_object(at, "goal", REQUIRED);
    if (decision.value != NULL)
        read_decision(&decision, &out->decision);
    if (goal.value != NULL)
        read_goal(&goal, &out->goal);
#define READ_TRIAL(place, element) read_trial(place, base, element)
#define READ_ERROR(place, element) read_error(place, base, element)
    ROW_LIST(at, "trials", struct stop_trial, READ_TRIAL, out->trials, out->trial_count);
    ROW_LIST(at, "paces", struct stop_pace, read_pace, out->paces, out->pace_count);
    ROW_LIST(at, "errors", struct stop_error, READ_ERROR, out->errors, out->error_count);
    ROW_LIST(at, "words", struct stop_word, read_word, out->words, out->word_count);
#undef READ_TRIAL
#undef READ_ERROR
    out->higher_is_better = json_get_texts(at, "higher_is_better");
    out->words_note = json_get_text(at, "words_note", OPTIONAL);
    for (const char *const *id = out->higher_is_better; *id != NULL; id++)
        if (base_outcome(base, *id) == NULL)
            json_problem(at, "higher_is_better", "there is no outcome \"%s\"", *id);
    check_paces(at, out);
    check_rows(at, out);
}

const struct stop_trial *stop_model_trial(const struct stop_model *model, const char *outcome)
{
    const struct stop_trial *any = NULL;
    for (size_t i = 0; i < model->trial_count; i++) {
        if (model->trials[i].outcome == NULL)
            any = &model->trials[i];
        else if (strcmp(model->trials[i].outcome, outcome) == 0)
            return &model->trials[i];
    }
    return any;
}

const struct stop_error *stop_model_error(const struct stop_model *model, const char *outcome)
{
    const struct stop_error *any = NULL;
    for (size_t i = 0; i < model->error_count; i++) {
        if (model->errors[i].outcome == NULL)
            any = &model->errors[i];
        else if (strcmp(model->errors[i].outcome, outcome) == 0)
            return &model->errors[i];
    }
    return any;
}
