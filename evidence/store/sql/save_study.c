#include "evidence/store/sql/save.h"

#include <string.h>

static bool save_texts(struct store *store, enum statement statement, int64_t key,
                       const char *const *texts, struct error *err)
{
    for (int64_t i = 0; texts != NULL && texts[i] != NULL; i++) {
        struct binder binder = bind_begin(store, statement);
        bind_integer(&binder, key);
        bind_integer(&binder, i);
        bind_text(&binder, texts[i]);
        if (!bind_run(&binder, err))
            return false;
    }
    return true;
}

/* A row that belongs to a study: its key and place are bound. */
static struct binder begin_row(struct store *store, enum statement statement, int64_t key,
                               size_t position)
{
    struct binder binder = bind_begin(store, statement);
    bind_integer(&binder, key);
    bind_integer(&binder, (int64_t)position);
    return binder;
}

static bool save_authors(struct store *store, int64_t key, const struct study *study,
                         struct error *err)
{
    for (size_t i = 0; i < study->author_count; i++) {
        struct binder binder = begin_row(store, ADD_AUTHOR, key, i);
        bind_text(&binder, study->authors[i].family);
        bind_text(&binder, study->authors[i].given);
        bind_text(&binder, study->authors[i].group);
        if (!bind_run(&binder, err))
            return false;
    }
    return true;
}

static bool save_items(struct store *store, int64_t key, size_t position,
                       const struct appraisal *appraisal, struct error *err)
{
    for (size_t i = 0; appraisal->item_names != NULL && appraisal->item_names[i] != NULL; i++) {
        struct binder binder = begin_row(store, ADD_APPRAISAL_ITEM, key, position);
        bind_integer(&binder, (int64_t)i);
        bind_text(&binder, appraisal->item_names[i]);
        bind_text(&binder, appraisal->item_values[i]);
        if (!bind_run(&binder, err))
            return false;
    }
    return true;
}

static bool save_appraisal(struct store *store, int64_t key, size_t position,
                           const struct appraisal *appraisal, struct error *err)
{
    struct binder binder = begin_row(store, ADD_APPRAISAL, key, position);
    bind_text(&binder, instrument_names[appraisal->instrument]);
    bind_text(&binder, appraisal->overall);
    bind_real(&binder, appraisal->score);
    bind_real(&binder, appraisal->out_of);
    bind_text(&binder, scope_names[appraisal->scope]);
    bind_real(&binder, appraisal->share_low);
    bind_real(&binder, appraisal->share_high);
    bind_text(&binder, appraisal->applies_to);
    bind_text(&binder, appraisal->as_reported);
    bind_text(&binder, appraisal->rated_by);
    return bind_run(&binder, err) && save_items(store, key, position, appraisal, err);
}

static bool save_arms(struct store *store, int64_t key, size_t position,
                      const struct result *result, struct error *err)
{
    for (size_t i = 0; i < result->arm_count; i++) {
        const struct study_arm *arm = &result->arms[i];
        struct binder binder = begin_row(store, ADD_ARM, key, position);
        bind_integer(&binder, (int64_t)i);
        bind_text(&binder, role_names[arm->role]);
        bind_text(&binder, arm->name);
        bind_text(&binder, arm->id);
        bind_count(&binder, arm->n);
        bind_real(&binder, arm->mean);
        bind_real(&binder, arm->sd);
        bind_real(&binder, arm->baseline_mean);
        bind_real(&binder, arm->baseline_sd);
        bind_real(&binder, arm->change_mean);
        bind_real(&binder, arm->change_sd);
        bind_real(&binder, arm->median);
        bind_real(&binder, arm->q1);
        bind_real(&binder, arm->q3);
        bind_count(&binder, arm->events);
        if (!bind_run(&binder, err))
            return false;
    }
    return true;
}

static void bind_question(struct binder *binder, const struct result *result)
{
    bind_text(binder, result->intervention);
    bind_text(binder, result->comparator);
    bind_text(binder, result->comparator_detail);
    bind_text(binder, result->condition);
    bind_text(binder, result->outcome);
    bind_text(binder, result->scale.name);
    bind_real(binder, result->scale.low);
    bind_real(binder, result->scale.high);
    bind_text(binder, result->scale.unit);
    bind_text(binder, better_names[result->better]);
    bind_text(binder, window_names[result->window]);
    bind_real(binder, result->days);
    bind_text(binder, result->time);
}

static void bind_figures(struct binder *binder, const struct result *result)
{
    bind_text(binder, figure_names[result->figure]); /* FIGURE_NONE names the list's end, NULL */
    bind_real(binder, result->estimate);
    bind_real(binder, result->ci_low);
    bind_real(binder, result->ci_high);
    bind_real(binder, result->ci_level);
    bind_real(binder, result->se);
    bind_real(binder, result->p);
    bind_truth(binder, result->p_bound);
    bind_count(binder, result->k);
    bind_count(binder, result->n);
    bind_real(binder, result->i2);
    bind_real(binder, result->control_risk);
}

static void bind_remarks(struct binder *binder, const struct result *result)
{
    bind_text(binder, result->group);
    bind_truth(binder, result->paired);
    bind_text(binder, favours_names[result->favours]); /* FAVOURS_UNKNOWN: NULL, as above */
    bind_text(binder, result->main);
    bind_text(binder, certainty_names[result->grade]); /* CERTAINTY_UNKNOWN: NULL */
    bind_text(binder, result->grade_by);
    bind_text(binder, result->grade_where);
    bind_text(binder, result->dose_response);
    bind_truth(binder, result->borderline);
    bind_text(binder, result->ignored);
    bind_text(binder, result->note);
    bind_text(binder, result->source_review);
    bind_text(binder, result->source_analysis);
    bind_text(binder, result->source_subgroup);
}

static bool save_result(struct store *store, int64_t key, size_t position,
                        const struct result *result, struct error *err)
{
    struct binder binder = begin_row(store, ADD_RESULT, key, position);
    bind_question(&binder, result);
    bind_figures(&binder, result);
    bind_remarks(&binder, result);
    if (bind_run(&binder, err) && save_arms(store, key, position, result, err))
        return true;
    error_while(err, "result %zu (%s, %s, %s)", position + 1, result->intervention,
                result->condition, result->outcome);
    return false;
}

static bool save_harm(struct store *store, int64_t key, size_t position, const struct harm *harm,
                      struct error *err)
{
    struct binder binder = begin_row(store, ADD_HARM, key, position);
    bind_text(&binder, harm->intervention);
    bind_text(&binder, harm->event);
    bind_text(&binder, severity_names[harm->severity]);
    bind_text(&binder, harm->rate);
    bind_real(&binder, harm->per.events);
    bind_real(&binder, harm->per.of);
    bind_text(&binder, harm_unit_names[harm->per.unit]); /* HARM_UNIT_UNKNOWN: NULL */
    bind_real(&binder, harm->per.low);
    bind_real(&binder, harm->per.high);
    bind_real(&binder, harm->per.control);
    bind_truth(&binder, harm->reports);
    bind_count(&binder, harm->numerator);
    bind_count(&binder, harm->denominator);
    if (bind_run(&binder, err))
        return true;
    error_while(err, "harm %zu (%s)", position + 1, harm->intervention);
    return false;
}

static bool save_notice(struct store *store, int64_t key, size_t position,
                        const struct notice *notice, struct error *err)
{
    struct binder binder = begin_row(store, ADD_NOTICE, key, position);
    bind_text(&binder, notice_names[notice->type]);
    bind_text(&binder, notice->doi);
    bind_text(&binder, notice->date);
    bind_text(&binder, notice->source);
    return bind_run(&binder, err);
}

static bool save_source(struct store *store, int64_t key, size_t position,
                        const struct source *source, struct error *err)
{
    struct binder binder = begin_row(store, ADD_SOURCE, key, position);
    bind_text(&binder, source->url);
    bind_text(&binder, source->where);
    bind_text(&binder, source->read_at);
    return bind_run(&binder, err);
}

static bool save_findings(struct store *store, int64_t key, const struct study *study,
                          struct error *err)
{
    for (size_t i = 0; i < study->appraisal_count; i++)
        if (!save_appraisal(store, key, i, &study->appraisals[i], err))
            return false;
    for (size_t i = 0; i < study->result_count; i++)
        if (!save_result(store, key, i, &study->results[i], err))
            return false;
    for (size_t i = 0; i < study->harm_count; i++)
        if (!save_harm(store, key, i, &study->harms[i], err))
            return false;
    for (size_t i = 0; i < study->notice_count; i++)
        if (!save_notice(store, key, i, &study->notices[i], err))
            return false;
    for (size_t i = 0; i < study->source_count; i++)
        if (!save_source(store, key, i, &study->sources[i], err))
            return false;
    return true;
}

static bool save_row(struct store *store, int64_t key, const struct study *study, const char *hash,
                     struct error *err)
{
    struct binder binder = bind_begin(store, ADD_STUDY);
    bind_integer(&binder, key);
    bind_text(&binder, study->id);
    bind_text(&binder, study->pmid);
    bind_text(&binder, study->doi);
    bind_text(&binder, study->pmcid);
    bind_text(&binder, study->title);
    bind_truth(&binder, study->authors_complete);
    bind_count(&binder, study->year);
    bind_text(&binder, study->journal);
    bind_text(&binder, design_names[study->design]);
    bind_text(&binder, study->condition);
    bind_text(&binder, study->population);
    bind_count(&binder, study->participants);
    bind_count(&binder, study->trials);
    bind_text(&binder, study->funding);
    bind_truth(&binder, study->retracted);
    bind_text(&binder, study->conclusion);
    bind_text(&binder, study->note);
    bind_truth(&binder, study->checked);
    bind_truth(&binder, study->checked_agrees);
    bind_text(&binder, study->checked_by);
    bind_text(&binder, study->checked_on);
    bind_text(&binder, study->checked_note);
    bind_text(&binder, hash);
    return bind_run(&binder, err);
}

bool save_study(struct store *store, const struct study *study, int64_t key, bool replaces,
                const char *hash, struct error *err)
{
    /* A changed study is taken out and put back under its key: one statement clears its lists. */
    if (replaces && !remove_study(store, key, err))
        return false;
    return save_row(store, key, study, hash, err) &&
           save_texts(store, ADD_STUDY_ALIAS, key, study->aliases, err) &&
           save_texts(store, ADD_REGISTRATION, key, study->registrations, err) &&
           save_texts(store, ADD_POOLED_IN, key, study->pooled_in, err) &&
           save_authors(store, key, study, err) && save_findings(store, key, study, err) &&
           store->engine->index_study(store, key, err);
}

bool remove_study(struct store *store, int64_t key, struct error *err)
{
    /* In this order: an index may forget a study by its rows. */
    if (!store->engine->forget_study(store, key, err))
        return false;
    struct binder binder = bind_begin(store, REMOVE_STUDY);
    bind_integer(&binder, key);
    return bind_run(&binder, err);
}
