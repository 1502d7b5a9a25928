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
    json_fields(at, (const char *const[]){"share", "least_share_of_scale", "threshold", "note",
                                          "other_note", "floor_note", NULL});
    *out = (struct stop_goal){
        .share = number_within(at, "share", 0, 1),
        .least_share_of_scale = number_within(at, "least_share_of_scale", 0, 1),
        .threshold = json_get_text(at, "threshold", OPTIONAL),
        .note = json_get_text(at, "note", OPTIONAL),
        .other_note = json_get_text(at, "other_note", OPTIONAL),
        .floor_note = json_get_text(at, "floor_note", OPTIONAL),
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
    json_fields(at, (const char *const[]){"word", "share", "of_start", NULL});
    *out = (struct stop_word){
        .word = json_get_text(at, "word", REQUIRED),
        .share = json_get_number(at, "share", OPTIONAL),
        .of_start = json_get_number(at, "of_start", OPTIONAL),
    };
    if (isnan(out->share) == isnan(out->of_start))
        json_problem(at, "share", "either a share of the scale, or one of the start");
    if (out->share < 0 || out->share > 1 || out->of_start < 0 || out->of_start > 10)
        json_problem(at, "share", "must be from 0 to 1, of the start from 0 to 10");
}

static const char *const ways[] = {"lower", "higher", NULL};

/* Both ends or none. */
static void read_ends(const struct json_reader *at, double *low, double *high)
{
    *low = json_get_number(at, "low", OPTIONAL);
    *high = json_get_number(at, "high", OPTIONAL);
    if (isnan(*low) != isnan(*high) || *low >= *high)
        json_problem(at, "high", "both ends, the lower first, or none");
}

static void read_outcome(const struct json_reader *at, const struct base *base,
                         struct stop_outcome *out)
{
    json_fields(at, (const char *const[]){"outcome", "better", "is_pain", "has_course", "low",
                                          "high", "high_else", "unit", NULL});
    int way = json_get_choice(at, "better", OPTIONAL, ways);
    *out = (struct stop_outcome){
        .outcome = row_outcome(at, "outcome", base),
        .higher_is_better = way == 1,
        .way_is_told = way >= 0,
        .is_pain = json_get_truth(at, "is_pain"),
        .has_course = json_get_truth(at, "has_course"),
        .high_else = json_get_number(at, "high_else", OPTIONAL),
        .unit = json_get_text(at, "unit", OPTIONAL),
    };
    read_ends(at, &out->low, &out->high);
}

static void read_instrument(const struct json_reader *at, const struct base *base,
                            struct stop_instrument *out)
{
    json_fields(at, (const char *const[]){"names", "outcomes", "low", "high", "better", NULL});
    *out = (struct stop_instrument){
        .names = row_texts(at, "names"),
        .outcomes = row_texts(at, "outcomes"),
        .higher_is_better = json_get_choice(at, "better", REQUIRED, ways) == 1,
    };
    read_ends(at, &out->low, &out->high);
    for (const char *const *id = out->outcomes; *id != NULL; id++)
        if (base_outcome(base, *id) == NULL)
            json_problem(at, "outcomes", "there is no outcome \"%s\"", *id);
}

static void read_change_words(const struct json_reader *at, struct stop_change_words *out)
{
    json_fields(at, (const char *const[]){"begins", "switches", "ends", NULL});
    *out = (struct stop_change_words){
        .begins = row_texts(at, "begins"),
        .switches = row_texts(at, "switches"),
        .ends = row_texts(at, "ends"),
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

static void check_threshold(const struct json_reader *at, const char *key, const char *id,
                            const struct thresholds *book)
{
    for (size_t i = 0; id != NULL && i < book->count; i++)
        if (book->items[i].id != NULL && strcmp(book->items[i].id, id) == 0)
            return;
    if (id != NULL)
        json_problem(at, key, "there is no threshold \"%s\"", id);
}

static bool is_instrument(const struct stop_model *model, const char *name)
{
    for (size_t i = 0; i < model->instrument_count; i++)
        if (model->instruments[i].names[0] != NULL &&
            strcmp(model->instruments[i].names[0], name) == 0)
            return true;
    return false;
}

static void check_thresholds(const struct json_reader *at, const struct stop_model *model,
                             const struct thresholds *book)
{
    check_threshold(at, "goal", model->goal.threshold, book);
    for (size_t i = 0; i < model->error_count; i++)
        check_threshold(at, "errors", model->errors[i].threshold, book);
    for (size_t i = 0; i < book->count; i++)
        if (book->items[i].instrument != NULL && !is_instrument(model, book->items[i].instrument))
            json_problem(at, "instruments", "the threshold \"%s\" is of \"%s\", which is not here",
                         book->items[i].id, book->items[i].instrument);
}

void stop_model_read(const struct json_reader *at, const struct base *base,
                     const struct thresholds *thresholds, struct stop_model *out)
{
    json_fields(at, (const char *const[]){"decision", "goal", "start_days", "course_days",
                                          "unknown_spread", "course_note", "trials", "paces",
                                          "errors", "error_weight", "outcomes", "instruments",
                                          "changes", "words", "words_note", "compared_note",
                                          "else_condition", "else_words", NULL});
    struct json_reader decision = json_get_object(at, "decision", REQUIRED);
    struct json_reader goal = json_get_object(at, "goal", REQUIRED);
    struct json_reader changes = json_get_object(at, "changes", REQUIRED);
    out->start_days = number_within(at, "start_days", 0, 3650);
    out->error_weight = number_within(at, "error_weight", 0.1, 1000);
    out->course_days = number_within(at, "course_days", 1, 3650);
    out->unknown_spread = number_within(at, "unknown_spread", 0.01, 1);
    out->course_note = json_get_text(at, "course_note", OPTIONAL);
    if (decision.value != NULL)
        read_decision(&decision, &out->decision);
    if (goal.value != NULL)
        read_goal(&goal, &out->goal);
    if (changes.value != NULL)
        read_change_words(&changes, &out->changes);
#define READ_TRIAL(place, element)      read_trial(place, base, element)
#define READ_ERROR(place, element)      read_error(place, base, element)
#define READ_OUTCOME(place, element)    read_outcome(place, base, element)
#define READ_INSTRUMENT(place, element) read_instrument(place, base, element)
    ROW_LIST(at, "trials", struct stop_trial, READ_TRIAL, out->trials, out->trial_count);
    ROW_LIST(at, "paces", struct stop_pace, read_pace, out->paces, out->pace_count);
    ROW_LIST(at, "errors", struct stop_error, READ_ERROR, out->errors, out->error_count);
    ROW_LIST(at, "outcomes", struct stop_outcome, READ_OUTCOME, out->outcomes, out->outcome_count);
    ROW_LIST(at, "instruments", struct stop_instrument, READ_INSTRUMENT, out->instruments,
             out->instrument_count);
    ROW_LIST(at, "words", struct stop_word, read_word, out->words, out->word_count);
#undef READ_TRIAL
#undef READ_ERROR
#undef READ_OUTCOME
#undef READ_INSTRUMENT
    out->words_note = json_get_text(at, "words_note", OPTIONAL);
    out->compared_note = json_get_text(at, "compared_note", OPTIONAL);
    out->else_condition = json_get_text(at, "else_condition", OPTIONAL);
    out->else_words = json_get_texts(at, "else_words");
    if (out->else_condition != NULL && base_condition(base, out->else_condition) == NULL)
        json_problem(at, "else_condition", "there is no condition \"%s\"", out->else_condition);
    check_paces(at, out);
    check_rows(at, out);
    check_thresholds(at, out, thresholds);
}

const struct stop_outcome *stop_model_outcome(const struct stop_model *model, const char *outcome)
{
    for (size_t i = 0; i < model->outcome_count; i++)
        if (model->outcomes[i].outcome != NULL && strcmp(model->outcomes[i].outcome, outcome) == 0)
            return &model->outcomes[i];
    return NULL;
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
