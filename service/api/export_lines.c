#include "service/api/export_lines.h"

#include <math.h>
#include <string.h>

#include "evidence/rating/override.h"
#include "service/api/shapes.h"
#include "service/views/csv.h"

const char *const export_noun_names[] = {"ratings", "studies", "results", NULL};
const char *const export_format_names[] = {"ndjson", "csv", NULL};

struct export_lines export_lines(const struct catalog *catalog, enum export_noun noun,
                                 enum export_format format)
{
    return (struct export_lines){.catalog = catalog, .noun = noun, .format = format};
}

/* ---- ratings ---- */

static void put_question(struct csv *csv, const struct rating *rating)
{
    const struct question *question = &rating->question;
    csv_text(csv, "id", question->id);
    csv_text(csv, "intervention", question->intervention->id);
    csv_text(csv, "intervention_name", question->intervention->name);
    csv_text(csv, "intervention_kind", kind_names[question->intervention->kind]);
    csv_text(csv, "condition", question->condition->id);
    csv_text(csv, "condition_name", question->condition->name);
    csv_text(csv, "comparator", question->comparator);
    csv_text(csv, "comparator_detail", rating->comparator_detail);
    csv_text(csv, "outcome", question->outcome->id);
    csv_text(csv, "window", window_names[question->window]);
}

static void put_effect(struct csv *csv, const struct rating *rating)
{
    static const struct effect_told unknown = {
        .estimate = NAN, .ci_low = NAN, .ci_high = NAN, .benefit = NAN, .weighed.mid = NAN};
    bool figure = rating_has_figure(rating);
    const struct effect_told *effect = figure ? &rating->effect : &unknown;
    csv_text(csv, "measure", effect->measure);
    csv_text(csv, "scale", effect->scale);
    csv_real(csv, "estimate", effect->estimate);
    csv_real(csv, "ci_low", effect->ci_low);
    csv_real(csv, "ci_high", effect->ci_high);
    csv_real(csv, "mid", effect->weighed.mid);
    csv_real(csv, "benefit", effect->benefit);
    csv_text(csv, "favours", figure ? favours_names[effect->favours] : NULL);
    csv_text(csv, "magnitude", effect->magnitude);
}

static void put_pool(struct csv *csv, const struct rating *rating)
{
    const struct synthesis *synthesis = &rating->synthesis;
    bool figure = synthesis->basis >= BASIS_TRIALS;
    csv_text(csv, "basis", basis_names[synthesis->basis]);
    csv_line_count(csv, "k", figure ? synthesis->k : 0);
    csv_line_count(csv, "n", figure ? synthesis->n : 0);
    csv_real(csv, "tau2", figure ? synthesis->pooled.tau2 : (double)NAN);
    csv_real(csv, "i2", figure ? synthesis->i2 : (double)NAN);
    csv_text(csv, "adopted", synthesis->adopted == NULL ? NULL : synthesis->adopted->id);
}

static void put_rating(struct csv *csv, const struct rating *rating)
{
    put_question(csv, rating);
    csv_text(csv, "verdict", rating->verdict);
    csv_text(csv, "rule", rating->rule);
    csv_text(csv, "override", rating->override == NULL ? NULL : rating->override->verdict);
    csv_text(csv, "override_reason", rating->override == NULL ? NULL : rating->override->reason);
    csv_text(csv, "certainty", certainty_names[rating->certainty.level]);
    put_effect(csv, rating);
    put_pool(csv, rating);
    csv_line_count(csv, "better", rating->directions.better);
    csv_line_count(csv, "neither", rating->directions.neither);
    csv_line_count(csv, "worse", rating->directions.worse);
    csv_line_count(csv, "unclear", rating->directions.unclear);
    csv_text(csv, "sentence", rating->sentence);
}

/* ---- studies ---- */

/* "Family Given; Group". */
static const char *author_names(const struct study *study, struct arena *arena)
{
    const char *names = NULL;
    for (size_t i = 0; i < study->author_count; i++) {
        const struct author *author = &study->authors[i];
        const char *name = author->group != NULL ? author->group : author->family;
        if (author->group == NULL && author->given != NULL)
            name = arena_printf(arena, "%s %s", name, author->given);
        names = names == NULL ? name : arena_printf(arena, "%s; %s", names, name);
    }
    return names;
}

/* "PEDro 7/10; RoB 2 low", those of the study itself. */
static const char *appraisal_words(const struct study *study, struct arena *arena)
{
    const char *words = NULL;
    for (size_t i = 0; i < study->appraisal_count; i++) {
        const struct appraisal *appraisal = &study->appraisals[i];
        const char *one = instrument_names[appraisal->instrument];
        if (appraisal->scope != SCOPE_STUDY)
            continue;
        if (!isnan(appraisal->score) && !isnan(appraisal->out_of))
            one = arena_printf(arena, "%s %g/%g", one, appraisal->score, appraisal->out_of);
        if (appraisal->overall != NULL)
            one = arena_printf(arena, "%s %s", one, appraisal->overall);
        words = words == NULL ? one : arena_printf(arena, "%s; %s", words, one);
    }
    return words;
}

static void put_study_identity(struct csv *csv, const struct study *study, struct arena *arena)
{
    csv_text(csv, "id", study->id);
    csv_text(csv, "label", study_label(study, arena));
    csv_texts(csv, "aliases", study->aliases);
    csv_text(csv, "pmid", study->pmid);
    csv_text(csv, "doi", study->doi);
    csv_text(csv, "pmcid", study->pmcid);
    csv_texts(csv, "registrations", study->registrations);
    csv_text(csv, "title", study->title);
    csv_text(csv, "authors", author_names(study, arena));
    csv_truth(csv, "authors_complete", study->authors_complete);
    csv_line_count(csv, "year", study->year);
    csv_text(csv, "journal", study->journal);
    csv_text(csv, "url", study_url(study, arena));
}

static void put_study(struct csv *csv, const struct study *study, struct arena *arena)
{
    put_study_identity(csv, study, arena);
    csv_text(csv, "design", design_names[study->design]);
    csv_text(csv, "condition", study->condition);
    csv_text(csv, "population", study->population);
    csv_line_count(csv, "participants", study->participants);
    csv_line_count(csv, "trials", study->trials);
    csv_texts(csv, "pooled_in", study->pooled_in);
    csv_text(csv, "appraisals", appraisal_words(study, arena));
    csv_line_count(csv, "results", (long long)study->result_count);
    csv_line_count(csv, "harms", (long long)study->harm_count);
    csv_text(csv, "funding", study->funding);
    csv_truth(csv, "retracted", study->retracted);
    csv_truth(csv, "checked", study->checked);
    csv_text(csv, "checked_on", study->checked_on);
    csv_text(csv, "reading", reading_names[study_reading(study)]);
    csv_text(csv, "conclusion", study->conclusion);
    csv_text(csv, "note", study->note);
}

/* ---- results ---- */

/* The names of one arm's columns. */
struct arm_columns {
    const char *name, *n, *mean, *sd, *change_mean, *change_sd, *baseline_mean, *baseline_sd,
        *median, *q1, *q3, *events;
};

static void put_arm(struct csv *csv, const struct arm_columns *columns, const struct study_arm *arm)
{
    static const struct study_arm unknown = {.n = COUNT_UNKNOWN,
                                             .mean = NAN,
                                             .sd = NAN,
                                             .baseline_mean = NAN,
                                             .baseline_sd = NAN,
                                             .change_mean = NAN,
                                             .change_sd = NAN,
                                             .median = NAN,
                                             .q1 = NAN,
                                             .q3 = NAN,
                                             .events = COUNT_UNKNOWN};
    if (arm == NULL)
        arm = &unknown;
    csv_text(csv, columns->name, arm->name);
    csv_line_count(csv, columns->n, arm->n);
    csv_real(csv, columns->mean, arm->mean);
    csv_real(csv, columns->sd, arm->sd);
    csv_real(csv, columns->change_mean, arm->change_mean);
    csv_real(csv, columns->change_sd, arm->change_sd);
    csv_real(csv, columns->baseline_mean, arm->baseline_mean);
    csv_real(csv, columns->baseline_sd, arm->baseline_sd);
    csv_real(csv, columns->median, arm->median);
    csv_real(csv, columns->q1, arm->q1);
    csv_real(csv, columns->q3, arm->q3);
    csv_line_count(csv, columns->events, arm->events);
}

static void put_arms(struct csv *csv, const struct result *result)
{
    static const struct arm_columns first = {"arm1_name",
                                             "arm1_n",
                                             "arm1_mean",
                                             "arm1_sd",
                                             "arm1_change_mean",
                                             "arm1_change_sd",
                                             "arm1_baseline_mean",
                                             "arm1_baseline_sd",
                                             "arm1_median",
                                             "arm1_q1",
                                             "arm1_q3",
                                             "arm1_events"};
    static const struct arm_columns second = {"arm2_name",
                                              "arm2_n",
                                              "arm2_mean",
                                              "arm2_sd",
                                              "arm2_change_mean",
                                              "arm2_change_sd",
                                              "arm2_baseline_mean",
                                              "arm2_baseline_sd",
                                              "arm2_median",
                                              "arm2_q1",
                                              "arm2_q3",
                                              "arm2_events"};
    bool both = result->arm_count == 2;
    put_arm(csv, &first, both ? &result->arms[0] : NULL);
    put_arm(csv, &second, both ? &result->arms[1] : NULL);
}

static void put_result_question(struct csv *csv, const struct result *result)
{
    csv_text(csv, "intervention", result->intervention);
    csv_text(csv, "comparator", result->comparator);
    csv_text(csv, "comparator_detail", result->comparator_detail);
    csv_text(csv, "condition", result->condition);
    csv_text(csv, "outcome", result->outcome);
    csv_text(csv, "scale", result->scale.name);
    csv_real(csv, "scale_low", result->scale.low);
    csv_real(csv, "scale_high", result->scale.high);
    csv_text(csv, "scale_unit", result->scale.unit);
    csv_text(csv, "better", better_names[result->better]);
    csv_text(csv, "window", window_names[result->window]);
    csv_real(csv, "days", result->days);
    csv_text(csv, "time", result->time);
    csv_text(csv, "group", result->group);
}

static void put_result_figures(struct csv *csv, const struct result *result)
{
    csv_text(csv, "measure", figure_names[result->figure]); /* NULL after the last */
    csv_real(csv, "estimate", result->estimate);
    csv_real(csv, "ci_low", result->ci_low);
    csv_real(csv, "ci_high", result->ci_high);
    csv_real(csv, "ci_level", result->ci_level);
    csv_real(csv, "se", result->se);
    csv_real(csv, "p", result->p);
    csv_truth(csv, "p_bound", result->p_bound);
    csv_line_count(csv, "k", result->k);
    csv_line_count(csv, "n", result->n);
    csv_real(csv, "i2", result->i2);
    csv_real(csv, "control_risk", result->control_risk);
}

static void put_result(struct csv *csv, const struct study *study, const struct result *result,
                       struct arena *arena)
{
    csv_text(csv, "study", study->id);
    csv_text(csv, "question", csv->header ? NULL : question_id(result, arena));
    csv_truth(csv, "retracted", study->retracted);
    put_result_question(csv, result);
    put_result_figures(csv, result);
    put_arms(csv, result);
    csv_text(csv, "favours", favours_names[result->favours]); /* NULL after the last */
    csv_truth(csv, "paired", result->paired);
    csv_truth(csv, "borderline", result->borderline);
    csv_text(csv, "main", result->main);
    csv_text(csv, "grade", certainty_names[result->grade]); /* NULL after the last */
    csv_text(csv, "dose_response", result->dose_response);
    csv_text(csv, "ignored", result->ignored);
    csv_text(csv, "note", result->note);
    csv_text(csv, "source_review", result->source_review);
    csv_text(csv, "source_analysis", result->source_analysis);
    csv_text(csv, "source_subgroup", result->source_subgroup);
}

/* ---- lines ---- */

/* A record with nothing in it, for the names of the columns. */
static void put_header(enum export_noun noun, struct arena *scratch, struct buffer *out)
{
    struct csv csv = csv_line_begin(out, true);
    switch (noun) {
    case EXPORT_RATINGS: {
        const struct intervention intervention = {0};
        const struct condition condition = {0};
        const struct outcome outcome = {0};
        const struct rating rating = {.question = {.intervention = &intervention,
                                                   .condition = &condition,
                                                   .outcome = &outcome}};
        put_rating(&csv, &rating);
        break;
    }
    case EXPORT_STUDIES:
        put_study(&csv, &(struct study){0}, scratch);
        break;
    case EXPORT_RESULTS:
        put_result(&csv, &(struct study){0}, &(struct result){0}, scratch);
        break;
    }
    csv_end(&csv);
}

/* The study of the line, NULL where lines are of something else. */
static const struct study *study_of(const struct export_lines *lines, struct arena *scratch)
{
    return lines->noun == EXPORT_RATINGS
               ? NULL
               : base_study_read(catalog_base(lines->catalog), lines->at, scratch);
}

static void put_csv(const struct export_lines *lines, struct arena *scratch, struct buffer *out)
{
    const struct study *study = study_of(lines, scratch);
    struct csv csv = csv_line_begin(out, false);
    switch (lines->noun) {
    case EXPORT_RATINGS:
        put_rating(&csv, catalog_rating(lines->catalog, lines->at));
        break;
    case EXPORT_STUDIES:
        put_study(&csv, study, scratch);
        break;
    case EXPORT_RESULTS:
        put_result(&csv, study, &study->results[lines->result], scratch);
        break;
    }
    csv_end(&csv);
}

static void put_json(const struct export_lines *lines, struct arena *scratch, struct buffer *out)
{
    const struct study *study = study_of(lines, scratch);
    struct json_writer json;
    json_writer_init(&json, out, 0);
    switch (lines->noun) {
    case EXPORT_RATINGS:
        shape_rating_short(&json, catalog_rating(lines->catalog, lines->at));
        break;
    case EXPORT_STUDIES:
        shape_study(&json, lines->catalog, study, scratch);
        break;
    case EXPORT_RESULTS:
        shape_result(&json, study, &study->results[lines->result], scratch);
        break;
    }
    buffer_byte(out, '\n');
}

/* Moves past studies without a (further) result; false at the end. */
static bool has_line(struct export_lines *lines, struct arena *scratch)
{
    const struct base *base = catalog_base(lines->catalog);
    if (lines->noun == EXPORT_RATINGS)
        return lines->at < catalog_rating_count(lines->catalog);
    if (lines->noun == EXPORT_STUDIES)
        return lines->at < base->study_count;
    while (lines->at < base->study_count &&
           lines->result >= study_of(lines, scratch)->result_count) {
        lines->at++;
        lines->result = 0;
    }
    return lines->at < base->study_count;
}

bool export_next(struct export_lines *lines, struct arena *scratch, struct buffer *out)
{
    if (!lines->begun && lines->format == EXPORT_CSV) {
        lines->begun = true;
        put_header(lines->noun, scratch, out);
        return true;
    }
    if (!has_line(lines, scratch))
        return false;
    if (lines->format == EXPORT_CSV)
        put_csv(lines, scratch, out);
    else
        put_json(lines, scratch, out);
    if (lines->noun == EXPORT_RESULTS)
        lines->result++;
    else
        lines->at++;
    return true;
}
