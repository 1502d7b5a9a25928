#include "evidence/model/study.h"

#include <math.h>
#include <string.h>

#include "evidence/model/known_fields.h"

static void write_author(const struct author *author, struct json_writer *writer)
{
    put_text(writer, "family", author->family);
    put_text(writer, "given", author->given);
    put_text(writer, "group", author->group);
}

static void write_items(const struct appraisal *appraisal, struct json_writer *writer)
{
    if (appraisal->item_names == NULL || appraisal->item_names[0] == NULL)
        return;
    json_field_object(writer, "items");
    for (size_t i = 0; appraisal->item_names[i] != NULL; i++)
        json_field_text(writer, appraisal->item_names[i], appraisal->item_values[i]);
    json_end_object(writer);
}

static void write_appraisal(const struct appraisal *appraisal, struct json_writer *writer)
{
    json_field_text(writer, "instrument", instrument_names[appraisal->instrument]);
    put_text(writer, "overall", appraisal->overall);
    put_real(writer, "score", appraisal->score);
    put_real(writer, "out_of", appraisal->out_of);
    write_items(appraisal, writer);
    if (appraisal->scope != SCOPE_STUDY)
        json_field_text(writer, "scope", scope_names[appraisal->scope]);
    put_real(writer, "share_low", appraisal->share_low);
    put_real(writer, "share_high", appraisal->share_high);
    put_text(writer, "applies_to", appraisal->applies_to);
    put_text(writer, "as_reported", appraisal->as_reported);
    put_text(writer, "rated_by", appraisal->rated_by);
}

static void write_arm(const struct study_arm *arm, struct json_writer *writer)
{
    json_field_text(writer, "role", role_names[arm->role]);
    put_text(writer, "name", arm->name);
    put_text(writer, "id", arm->id);
    put_count(writer, "n", arm->n);
    put_real(writer, "mean", arm->mean);
    put_real(writer, "sd", arm->sd);
    put_real(writer, "baseline_mean", arm->baseline_mean);
    put_real(writer, "baseline_sd", arm->baseline_sd);
    put_real(writer, "change_mean", arm->change_mean);
    put_real(writer, "change_sd", arm->change_sd);
    put_real(writer, "median", arm->median);
    put_real(writer, "q1", arm->q1);
    put_real(writer, "q3", arm->q3);
    put_count(writer, "events", arm->events);
}

static void write_scale(const struct scale *scale, struct json_writer *writer)
{
    if (scale->name == NULL)
        return;
    json_field_object(writer, "scale");
    json_field_text(writer, "name", scale->name);
    put_real(writer, "low", scale->low);
    put_real(writer, "high", scale->high);
    put_text(writer, "unit", scale->unit);
    json_end_object(writer);
}

static void write_range(const char *key, double low, double high, struct json_writer *writer)
{
    if (isnan(low) || isnan(high))
        return;
    json_field_array(writer, key);
    json_put_real(writer, low);
    json_put_real(writer, high);
    json_end_array(writer);
}

static void write_interval(const struct result *result, struct json_writer *writer)
{
    write_range("ci", result->ci_low, result->ci_high, writer);
    /* Told even where it is the usual 0.95, which the reader would take it for. */
    put_real(writer, "ci_level", result->ci_level);
}

static void write_figures(const struct result *result, struct json_writer *writer)
{
    if (result->figure != FIGURE_NONE)
        json_field_text(writer, "measure", figure_names[result->figure]);
    put_real(writer, "estimate", result->estimate);
    write_interval(result, writer);
    put_real(writer, "se", result->se);
    put_real(writer, "p", result->p);
    put_truth(writer, "p_bound", result->p_bound);
    put_count(writer, "k", result->k);
    put_count(writer, "n", result->n);
    put_real(writer, "i2", result->i2);
    put_real(writer, "control_risk", result->control_risk);
}

static void write_grade(const struct result *result, struct json_writer *writer)
{
    if (result->grade == CERTAINTY_UNKNOWN)
        return;
    json_field_object(writer, "grade");
    json_field_text(writer, "level", certainty_names[result->grade]);
    put_text(writer, "by", result->grade_by);
    put_text(writer, "where", result->grade_where);
    json_end_object(writer);
}

static void write_row_source(const struct result *result, struct json_writer *writer)
{
    if (result->source_review == NULL && result->source_analysis == NULL &&
        result->source_subgroup == NULL)
        return;
    json_field_object(writer, "source");
    put_text(writer, "review", result->source_review);
    put_text(writer, "analysis", result->source_analysis);
    put_text(writer, "subgroup", result->source_subgroup);
    json_end_object(writer);
}

/* Intervention, comparator, people, outcome and time. */
static void write_question(const struct study *study, const struct result *result,
                           struct json_writer *writer)
{
    put_text(writer, "intervention", result->intervention);
    put_text(writer, "comparator", result->comparator);
    put_text(writer, "comparator_detail", result->comparator_detail);
    if (result->condition != NULL && strcmp(result->condition, study->condition) != 0)
        json_field_text(writer, "condition", result->condition);
    put_text(writer, "outcome", result->outcome);
    write_scale(&result->scale, writer);
    json_field_text(writer, "better", better_names[result->better]);
    json_field_text(writer, "window", window_names[result->window]);
    put_real(writer, "days", result->days);
    put_text(writer, "time", result->time);
}

static void write_result(const struct study *study, const struct result *result,
                         struct json_writer *writer)
{
    json_begin_object(writer);
    write_question(study, result, writer);
    write_figures(result, writer);
    put_text(writer, "group", result->group);
    PUT_LIST(writer, "arms", write_arm, result->arms, result->arm_count);
    put_truth(writer, "paired", result->paired);
    if (result->favours != FAVOURS_UNKNOWN)
        json_field_text(writer, "favours", favours_names[result->favours]);
    put_text(writer, "main", result->main);
    write_grade(result, writer);
    put_text(writer, "dose_response", result->dose_response);
    put_truth(writer, "borderline", result->borderline);
    put_text(writer, "ignored", result->ignored);
    put_text(writer, "note", result->note);
    write_row_source(result, writer);
    json_end_object(writer);
}

static void write_results(const struct study *study, struct json_writer *writer)
{
    if (study->result_count == 0)
        return;
    json_field_array(writer, "results");
    for (size_t i = 0; i < study->result_count; i++)
        write_result(study, &study->results[i], writer);
    json_end_array(writer);
}

static void write_frequency(const struct frequency *per, struct json_writer *writer)
{
    if (per->unit == HARM_UNIT_UNKNOWN)
        return;
    json_field_object(writer, "per");
    json_field_real(writer, "events", per->events);
    json_field_real(writer, "of", per->of);
    json_field_text(writer, "unit", harm_unit_names[per->unit]);
    write_range("range", per->low, per->high, writer);
    put_real(writer, "control", per->control);
    json_end_object(writer);
}

static void write_harm(const struct harm *harm, struct json_writer *writer)
{
    put_text(writer, "intervention", harm->intervention);
    put_text(writer, "event", harm->event);
    json_field_text(writer, "severity", severity_names[harm->severity]);
    put_text(writer, "rate", harm->rate);
    write_frequency(&harm->per, writer);
    put_truth(writer, "reports", harm->reports);
    put_count(writer, "numerator", harm->numerator);
    put_count(writer, "denominator", harm->denominator);
}

static void write_notice(const struct notice *notice, struct json_writer *writer)
{
    json_field_text(writer, "type", notice_names[notice->type]);
    put_text(writer, "doi", notice->doi);
    put_text(writer, "date", notice->date);
    put_text(writer, "source", notice->source);
}

static void write_source(const struct source *source, struct json_writer *writer)
{
    put_text(writer, "url", source->url);
    put_text(writer, "where", source->where);
    put_text(writer, "read_at", source->read_at);
}

static void write_checked(const struct study *study, struct json_writer *writer)
{
    if (!study->checked)
        return;
    json_field_object(writer, "checked");
    put_text(writer, "by", study->checked_by);
    put_text(writer, "on", study->checked_on);
    /* Here "no" is a finding of the second reader, so it is said. */
    json_field_truth(writer, "agrees", study->checked_agrees);
    put_text(writer, "note", study->checked_note);
    json_end_object(writer);
}

static void write_identity(const struct study *study, struct json_writer *writer)
{
    put_text(writer, "id", study->id);
    put_texts(writer, "aliases", study->aliases);
    put_text(writer, "pmid", study->pmid);
    put_text(writer, "doi", study->doi);
    put_text(writer, "pmcid", study->pmcid);
    put_texts(writer, "registrations", study->registrations);
    put_text(writer, "title", study->title);
    PUT_LIST(writer, "authors", write_author, study->authors, study->author_count);
    put_truth(writer, "authors_complete", study->authors_complete);
    put_count(writer, "year", study->year);
    put_text(writer, "journal", study->journal);
}

void study_write(const struct study *study, struct json_writer *writer)
{
    json_begin_object(writer);
    write_identity(study, writer);
    json_field_text(writer, "design", design_names[study->design]);
    put_text(writer, "condition", study->condition);
    put_text(writer, "population", study->population);
    put_count(writer, "participants", study->participants);
    put_count(writer, "trials", study->trials);
    put_texts(writer, "pooled_in", study->pooled_in);
    PUT_LIST(writer, "appraisals", write_appraisal, study->appraisals, study->appraisal_count);
    write_results(study, writer);
    PUT_LIST(writer, "harms", write_harm, study->harms, study->harm_count);
    put_text(writer, "funding", study->funding);
    put_truth(writer, "retracted", study->retracted);
    PUT_LIST(writer, "notices", write_notice, study->notices, study->notice_count);
    put_text(writer, "conclusion", study->conclusion);
    put_text(writer, "note", study->note);
    PUT_LIST(writer, "sources", write_source, study->sources, study->source_count);
    write_checked(study, writer);
    json_end_object(writer);
}
