#include <stdint.h>
#include <string.h>

#include "evidence/model/appraisal.h"
#include "evidence/rating/review.h"
#include "service/api/shapes.h"

void shape_texts(struct json_writer *json, const char *key, const char *const *texts)
{
    json_field_array(json, key);
    for (; *texts != NULL; texts++)
        json_put_text(json, *texts);
    json_end_array(json);
}

void shape_authors(struct json_writer *json, const struct author *authors, size_t count,
                   bool complete)
{
    json_field_array(json, "authors");
    for (size_t i = 0; i < count; i++) {
        json_begin_object(json);
        if (authors[i].group != NULL)
            json_field_text(json, "group", authors[i].group);
        if (authors[i].family != NULL)
            json_field_text(json, "family", authors[i].family);
        if (authors[i].given != NULL)
            json_field_text(json, "given", authors[i].given);
        json_end_object(json);
    }
    json_end_array(json);
    json_field_truth(json, "authors_complete", complete);
}

static void put_notices(struct json_writer *json, const struct study *study)
{
    json_field_array(json, "notices");
    for (size_t i = 0; i < study->notice_count; i++) {
        const struct notice *notice = &study->notices[i];
        json_begin_object(json);
        json_field_text(json, "type", notice_names[notice->type]);
        json_field_text(json, "doi", notice->doi);
        json_field_text(json, "date", notice->date);
        json_field_text(json, "source", notice->source);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_appraisal(struct json_writer *json, const struct appraisal *appraisal)
{
    struct appraisal_range range;
    bool by_items = appraisal->scope == SCOPE_STUDY && appraisal_range_of(appraisal, &range);
    json_begin_object(json);
    json_field_text(json, "instrument", instrument_names[appraisal->instrument]);
    json_field_text(json, "scope", scope_names[appraisal->scope]);
    json_field_text(json, "overall", appraisal->overall);
    json_field_text(json, "overall_by_items", by_items ? range.overall : NULL);
    json_field_real(json, "score", appraisal->score);
    json_field_real(json, "out_of", appraisal->out_of);
    json_field_object(json, "items");
    for (size_t i = 0; appraisal->item_names[i] != NULL; i++)
        json_field_text(json, appraisal->item_names[i], appraisal->item_values[i]);
    json_end_object(json);
    json_field_real(json, "share_low", appraisal->share_low);
    json_field_real(json, "share_high", appraisal->share_high);
    json_field_text(json, "applies_to", appraisal->applies_to);
    json_field_text(json, "as_reported", appraisal->as_reported);
    json_field_text(json, "rated_by", appraisal->rated_by);
    json_end_object(json);
}

static void put_appraisals(struct json_writer *json, const struct study *study)
{
    json_field_array(json, "appraisals");
    for (size_t i = 0; i < study->appraisal_count; i++)
        put_appraisal(json, &study->appraisals[i]);
    json_end_array(json);
}

static void put_arm(struct json_writer *json, const struct study_arm *arm)
{
    json_begin_object(json);
    json_field_text(json, "role", role_names[arm->role]);
    json_field_text(json, "name", arm->name);
    json_field_text(json, "id", arm->id);
    json_field_count(json, "n", arm->n);
    json_field_real(json, "mean", arm->mean);
    json_field_real(json, "sd", arm->sd);
    json_field_real(json, "change_mean", arm->change_mean);
    json_field_real(json, "change_sd", arm->change_sd);
    json_field_real(json, "baseline_mean", arm->baseline_mean);
    json_field_real(json, "baseline_sd", arm->baseline_sd);
    json_field_real(json, "median", arm->median);
    json_field_real(json, "q1", arm->q1);
    json_field_real(json, "q3", arm->q3);
    json_field_count(json, "events", arm->events);
    json_end_object(json);
}

static void put_scale(struct json_writer *json, const struct scale *scale)
{
    json_put_key(json, "scale");
    if (scale->name == NULL) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "name", scale->name);
    json_field_real(json, "low", scale->low);
    json_field_real(json, "high", scale->high);
    json_field_text(json, "unit", scale->unit);
    json_end_object(json);
}

static void put_figures(struct json_writer *json, const struct result *result)
{
    json_field_text(json, "measure",
                    result->figure == FIGURE_NONE ? NULL : figure_names[result->figure]);
    json_field_real(json, "estimate", result->estimate);
    shape_interval(json, "ci", result->ci_low, result->ci_high);
    json_field_real(json, "ci_level", result->ci_level);
    json_field_real(json, "se", result->se);
    json_field_real(json, "p", result->p);
    json_field_truth(json, "p_bound", result->p_bound);
    json_field_count(json, "k", result->k);
    json_field_count(json, "n", result->n);
    json_field_real(json, "i2", result->i2);
    json_field_real(json, "control_risk", result->control_risk);
}

/* The review's own certainty for this result. */
static void put_grade(struct json_writer *json, const struct result *result)
{
    json_put_key(json, "grade");
    if (result->grade == CERTAINTY_UNKNOWN) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "level", certainty_names[result->grade]);
    json_field_text(json, "by", result->grade_by);
    json_field_text(json, "where", result->grade_where);
    json_end_object(json);
}

/* Where the row stands in a review's data. */
static void put_origin(struct json_writer *json, const struct result *result)
{
    json_put_key(json, "source");
    if (result->source_review == NULL) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "review", result->source_review);
    json_field_text(json, "analysis", result->source_analysis);
    json_field_text(json, "subgroup", result->source_subgroup);
    json_end_object(json);
}

static void put_result_fields(struct json_writer *json, const struct result *result)
{
    json_field_text(json, "intervention", result->intervention);
    json_field_text(json, "comparator", result->comparator);
    json_field_text(json, "comparator_detail", result->comparator_detail);
    json_field_text(json, "condition", result->condition);
    json_field_text(json, "outcome", result->outcome);
    put_scale(json, &result->scale);
    json_field_text(json, "better", better_names[result->better]);
    json_field_text(json, "window", window_names[result->window]);
    json_field_real(json, "days", result->days);
    json_field_text(json, "time", result->time);
    json_field_text(json, "group", result->group);
    put_figures(json, result);
    json_field_array(json, "arms");
    for (size_t i = 0; i < result->arm_count; i++)
        put_arm(json, &result->arms[i]);
    json_end_array(json);
    json_field_text(json, "favours",
                    result->favours == FAVOURS_UNKNOWN ? NULL : favours_names[result->favours]);
    json_field_truth(json, "paired", result->paired);
    json_field_truth(json, "borderline", result->borderline);
    json_field_text(json, "main", result->main);
    put_grade(json, result);
    json_field_text(json, "dose_response", result->dose_response);
    json_field_text(json, "ignored", result->ignored);
    json_field_text(json, "note", result->note);
    put_origin(json, result);
}

static void put_result(struct json_writer *json, const struct result *result)
{
    json_begin_object(json);
    put_result_fields(json, result);
    json_end_object(json);
}

void shape_result(struct json_writer *json, const struct study *study, const struct result *result,
                  struct arena *arena)
{
    json_begin_object(json);
    json_field_text(json, "study", study->id);
    json_field_text(json, "question", question_id(result, arena));
    json_field_truth(json, "retracted", study->retracted);
    put_result_fields(json, result);
    json_end_object(json);
}

static void put_harms(struct json_writer *json, const struct study *study)
{
    json_field_array(json, "harms");
    for (size_t i = 0; i < study->harm_count; i++) {
        const struct harm *harm = &study->harms[i];
        json_begin_object(json);
        json_field_text(json, "intervention", harm->intervention);
        shape_harm_fields(json, harm);
        json_end_object(json);
    }
    json_end_array(json);
}

/* ---- sources ---- */

/* What answers at an address: a short name for the ones everybody knows, else the host. */
static const char *source_name(const char *url, struct arena *arena)
{
    static const struct {
        const char *start;
        const char *name;
    } known[] = {
        {"https://pubmed.ncbi.nlm.nih.gov/", "pubmed"},
        {"https://pmc.ncbi.nlm.nih.gov/", "pmc"},
        {"https://doi.org/", "doi"},
        {"https://clinicaltrials.gov/", "ctgov"},
        {"https://europepmc.org/", "europepmc"},
        {"https://isrctn.com/", "isrctn"},
    };
    if (url == NULL)
        return NULL;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncmp(url, known[i].start, strlen(known[i].start)) == 0)
            return known[i].name;
    const char *host = strstr(url, "://");
    return host == NULL ? NULL : arena_strndup(arena, host + 3, strcspn(host + 3, "/?#"));
}

void shape_sources(struct json_writer *json, const struct study *study, struct arena *arena)
{
    json_field_array(json, "sources");
    for (size_t i = 0; i < study->source_count; i++) {
        json_begin_object(json);
        json_field_text(json, "source", source_name(study->sources[i].url, arena));
        json_field_text(json, "url", study->sources[i].url);
        json_field_text(json, "where", study->sources[i].where);
        json_field_text(json, "read_at", study->sources[i].read_at);
        json_field_text(json, "retrieved", NULL); /* the files keep no day a source */
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_feeds(struct json_writer *json, const struct catalog *catalog,
                      const struct study *study, struct arena *arena)
{
    const size_t *fed = catalog_ratings_fed_by(catalog, study, arena);
    json_field_array(json, "feeds");
    for (; *fed != SIZE_MAX; fed++)
        json_put_text(json, catalog_question(catalog, *fed)->id);
    json_end_array(json);
}

/* Trials that were retracted after this review pooled them: its figures still hold them. */
static void put_pooled_retracted(struct json_writer *json, const struct catalog *catalog,
                                 const struct study *review)
{
    json_field_array(json, "pooled_retracted");
    for (size_t i = 0; i < catalog_retracted_count(catalog); i++)
        if (review_pooled(review, catalog_retracted(catalog, i)))
            json_put_text(json, catalog_retracted(catalog, i)->id);
    json_end_array(json);
}

static void put_identity(struct json_writer *json, const struct study *study, struct arena *arena)
{
    json_field_text(json, "id", study->id);
    json_field_text(json, "label", study_label(study, arena));
    json_field_text(json, "pmid", study->pmid);
    json_field_text(json, "doi", study->doi);
    json_field_text(json, "pmcid", study->pmcid);
    json_field_text(json, "title", study->title);
    shape_authors(json, study->authors, study->author_count, study->authors_complete);
    json_field_count(json, "year", study->year);
    json_field_text(json, "journal", study->journal);
    json_field_text(json, "design", design_names[study->design]);
    json_field_count(json, "participants", study->participants);
    json_field_text(json, "condition", study->condition);
    json_field_truth(json, "retracted", study->retracted);
    json_field_text(json, "url", study_url(study, arena));
    json_field_text(json, "status", "curated");
}

void shape_study_short(struct json_writer *json, const struct study *study, struct arena *arena)
{
    json_begin_object(json);
    put_identity(json, study, arena);
    json_end_object(json);
}

void shape_study(struct json_writer *json, const struct catalog *catalog, const struct study *study,
                 struct arena *arena)
{
    json_begin_object(json);
    put_identity(json, study, arena);
    shape_texts(json, "aliases", study->aliases);
    shape_texts(json, "registrations", study->registrations);
    json_field_text(json, "abstract", NULL);
    json_field_array(json, "publication_types");
    json_end_array(json);
    json_field_text(json, "design_by", "curator");
    json_field_text(json, "population", study->population);
    json_field_count(json, "trials", study->trials);
    shape_texts(json, "pooled_in", study->pooled_in);
    put_pooled_retracted(json, catalog, study);
    put_notices(json, study);
    put_appraisals(json, study);
    json_field_array(json, "results");
    for (size_t i = 0; i < study->result_count; i++)
        put_result(json, &study->results[i]);
    json_end_array(json);
    put_harms(json, study);
    put_feeds(json, catalog, study, arena);
    json_field_text(json, "funding", study->funding);
    json_field_text(json, "conclusion", study->conclusion);
    json_field_text(json, "note", study->note);
    json_field_truth(json, "checked", study->checked);
    json_field_text(json, "reading", reading_names[study_reading(study)]);
    json_field_text(json, "checked_on", study->checked_on);
    json_field_text(json, "checked_note", study->checked_note);
    shape_sources(json, study, arena);
    json_end_object(json);
}
