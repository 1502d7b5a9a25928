/* What was found: the effect, the pool behind it, the directions. */
#include <math.h>

#include "service/api/rating_parts.h"
#include "service/api/shapes.h"

/* A third less pain, modelled from a mean difference and the course of control groups. */
static void put_modelled(struct json_writer *json, const struct responders *responders)
{
    json_field_real(json, "with", responders->with);
    shape_interval(json, "with_ci", responders->with_low, responders->with_high);
    json_field_real(json, "without", responders->without);
    json_field_truth(json, "modelled", true);
    json_field_text(json, "what", "people whose pain falls by 30 % or more");
    json_field_object(json, "from");
    json_field_real(json, "baseline", responders->course.baseline);
    json_field_real(json, "control_fall", responders->course.fall);
    json_field_real(json, "fall_sd", responders->course.fall_sd);
    json_field_count(json, "control_groups", (long long)responders->course.groups);
    json_field_text(json, "control_groups_of", responders->course.own ? "trials" : "base");
    json_end_object(json);
}

static void put_of_100(struct json_writer *json, const struct rating *rating)
{
    const struct effect_told *effect = &rating->effect;
    json_put_key(json, "of_100");
    if (isnan(effect->of_100_control) && !rating->responders.known) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    if (rating->responders.known) {
        put_modelled(json, &rating->responders);
    } else {
        json_field_real(json, "with", effect->of_100_treated);
        shape_interval(json, "with_ci", effect->of_100_low, effect->of_100_high);
        json_field_real(json, "without", effect->of_100_control);
        json_field_truth(json, "modelled", false);
        json_field_text(json, "what", rating->question.outcome->plain);
        json_field_object(json, "from");
        json_field_real(json, "control_risk", rating->synthesis.control_risk);
        json_field_text(json, "control_risk_of",
                        rating->synthesis.control_risk_is_printed ? "review" : "trials");
        json_end_object(json);
    }
    json_end_object(json);
}

void shape_effect(struct json_writer *json, const struct rating *rating)
{
    const struct effect_told *effect = &rating->effect;
    json_put_key(json, "effect");
    if (!rating_has_figure(rating)) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "measure", effect->measure);
    json_field_text(json, "scale", effect->scale);
    json_field_real(json, "estimate", effect->estimate);
    shape_interval(json, "ci", effect->ci_low, effect->ci_high);
    json_field_real(json, "mid", effect->weighed.mid > 0 ? effect->weighed.mid : (double)NAN);
    json_field_text(json, "favours", favours_names[effect->favours]);
    json_field_text(json, "magnitude", effect->magnitude);
    json_field_real(json, "benefit", effect->benefit);
    json_field_real(json, "p_any_benefit", effect->p_any_benefit);
    json_field_real(json, "p_important_benefit", effect->p_important_benefit);
    json_field_real(json, "p_important_harm", effect->p_important_harm);
    put_of_100(json, rating);
    json_field_real(json, "points", effect->points);
    shape_interval(json, "points_ci", effect->points_low, effect->points_high);
    json_end_object(json);
}

/* The pool without some of its trials; null where there are none to leave out, or none left. */
static void put_without(struct json_writer *json, const char *key, const struct rating *rating,
                        const struct sensitivity *without, bool changes)
{
    enum measure measure = rating->synthesis.measure;
    json_put_key(json, key);
    if (!rating_has_figure(rating) || without->left_out == 0) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_count(json, "left_out", (long long)without->left_out);
    json_field_real(json, "estimate",
                    without->pooled ? measure_to_told(measure, without->others.b) : (double)NAN);
    shape_interval(json, "ci",
                   without->pooled ? measure_to_told(measure, without->others.ci_lb) : (double)NAN,
                   without->pooled ? measure_to_told(measure, without->others.ci_ub) : (double)NAN);
    json_field_truth(json, "changes_class", changes);
    json_end_object(json);
}

void shape_pool(struct json_writer *json, const struct rating *rating)
{
    const struct synthesis *synthesis = &rating->synthesis;
    bool figure = rating_has_figure(rating);
    json_field_object(json, "pool");
    json_field_text(json, "basis", basis_names[synthesis->basis]);
    json_field_text(json, "method", synthesis->method);
    json_field_count(json, "k", figure ? synthesis->k : 0);
    json_field_count(json, "n", figure ? synthesis->n : 0);
    json_field_real(json, "tau2", figure ? synthesis->pooled.tau2 : (double)NAN);
    json_field_real(json, "i2", figure ? synthesis->i2 : (double)NAN);
    json_field_real(json, "q", figure ? synthesis->pooled.q : (double)NAN);
    shape_interval(json, "prediction", figure ? synthesis->pooled.pi_lb : (double)NAN,
                   figure ? synthesis->pooled.pi_ub : (double)NAN);
    json_field_text(json, "adopted", synthesis->adopted == NULL ? NULL : synthesis->adopted->id);
    put_without(json, "without_improbable", rating, &synthesis->improbable,
                rating->hangs_on_improbable);
    put_without(json, "without_imputed", rating, &synthesis->imputed, rating->hangs_on_imputed);
    json_end_object(json);
}

void shape_empty_pool(struct json_writer *json, enum basis basis)
{
    static const char *const unknown[] = {
        "tau2", "i2", "q", "prediction", "adopted", "without_improbable", "without_imputed"};
    json_field_object(json, "pool");
    json_field_text(json, "basis", basis_names[basis]);
    json_field_text(json, "method", NULL);
    json_field_count(json, "k", 0);
    json_field_count(json, "n", 0);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        json_field_text(json, unknown[i], NULL);
    json_end_object(json);
}

void shape_directions(struct json_writer *json, const struct directions *directions)
{
    json_field_object(json, "directions");
    json_field_count(json, "better", directions->better);
    json_field_count(json, "neither", directions->neither);
    json_field_count(json, "worse", directions->worse);
    json_field_count(json, "unclear", directions->unclear);
    json_end_object(json);
}
