#include <math.h>

#include "evidence/rating/override.h"
#include "evidence/rating/stability.h"
#include "evidence/rating/verdict.h"
#include "service/api/shapes.h"
#include "service/api/what_if.h"
#include "service/views/study_figure.h"

/* A condition, an intervention or an outcome by its id and name. */
void shape_name(struct json_writer *json, const char *id, const char *name)
{
    if (id == NULL) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "id", id);
    json_field_text(json, "name", name);
    json_end_object(json);
}

void shape_interval(struct json_writer *json, const char *key, double low, double high)
{
    json_put_key(json, key);
    if (isnan(low) || isnan(high)) {
        json_put_nothing(json);
        return;
    }
    json_begin_array(json);
    json_put_real(json, low);
    json_put_real(json, high);
    json_end_array(json);
}

static void put_intervention(struct json_writer *json, const struct intervention *intervention)
{
    json_field_object(json, "intervention");
    json_field_text(json, "id", intervention->id);
    json_field_text(json, "name", intervention->name);
    json_field_text(json, "kind", kind_names[intervention->kind]);
    json_end_object(json);
}

static void put_question(struct json_writer *json, const struct rating *rating)
{
    const struct question *question = &rating->question;
    json_field_object(json, "question");
    put_intervention(json, question->intervention);
    json_put_key(json, "condition");
    shape_name(json, question->condition->id, question->condition->name);
    json_field_object(json, "comparator");
    json_field_text(json, "id", question->comparator);
    json_field_text(json, "class", comparator_class_names[question->comparator_class]);
    json_field_text(json, "detail", rating->comparator_detail);
    json_end_object(json);
    json_put_key(json, "outcome");
    shape_name(json, question->outcome->id, question->outcome->name);
    json_field_text(json, "window", window_names[question->window]);
    json_end_object(json);
}

static bool has_figure(const struct rating *rating)
{
    return rating->synthesis.basis >= BASIS_TRIALS;
}

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

static void put_effect(struct json_writer *json, const struct rating *rating)
{
    const struct effect_told *effect = &rating->effect;
    json_put_key(json, "effect");
    if (!has_figure(rating)) {
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
    if (!has_figure(rating) || without->left_out == 0) {
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

static void put_pool(struct json_writer *json, const struct rating *rating)
{
    const struct synthesis *synthesis = &rating->synthesis;
    bool figure = has_figure(rating);
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

/* The same where there is no question, and so nothing to pool. */
static void put_empty_pool(struct json_writer *json, enum basis basis)
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

static void put_directions(struct json_writer *json, const struct directions *directions)
{
    json_field_object(json, "directions");
    json_field_count(json, "better", directions->better);
    json_field_count(json, "neither", directions->neither);
    json_field_count(json, "worse", directions->worse);
    json_field_count(json, "unclear", directions->unclear);
    json_end_object(json);
}

/* The certainty where there is no room for its domains. */
static void put_level(struct json_writer *json, enum certainty_level level)
{
    json_field_object(json, "certainty");
    json_field_text(json, "level", certainty_names[level]);
    json_end_object(json);
}

static void put_certainty(struct json_writer *json, const struct certainty *certainty)
{
    json_field_object(json, "certainty");
    json_field_text(json, "level", certainty_names[certainty->level]);
    json_field_text(json, "meaning",
                    certainty->domains[DOMAIN_BIAS].rule == NULL && !certainty->authors_own
                        ? "there is no figure to be sure of"
                        : certainty_meaning(certainty->level));
    json_field_text(json, "start", certainty_names[certainty->start]);
    json_field_truth(json, "authors_own", certainty->authors_own);
    json_field_array(json, "domains");
    for (size_t i = 0; i < DOMAIN_COUNT; i++) {
        const struct domain_judgement *domain = &certainty->domains[i];
        if (domain->rule == NULL)
            continue;
        json_begin_object(json);
        json_field_text(json, "id", domain_names[i]);
        json_put_key(json, "change");
        json_put_count(json, domain->change);
        json_field_text(json, "rule", domain->rule);
        json_field_text(json, "reason", domain->reason);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

/* An effect as its measure is told, with the interval that the pool gives a single study. */
static void put_study_figure(struct json_writer *json, const struct rating *rating,
                             const struct rated_study *entry)
{
    struct study_figure figure = study_figure_of(rating, entry);
    json_field_real(json, "estimate", figure.estimate);
    shape_interval(json, "ci", figure.low, figure.high);
}

static void put_study(struct json_writer *json, const struct rating *rating,
                      const struct rated_study *entry, struct arena *arena)
{
    json_begin_object(json);
    json_field_text(json, "id", entry->study->id);
    json_field_text(json, "label", entry->label);
    json_field_count(json, "year", entry->study->year);
    json_field_text(json, "design", design_names[entry->study->design]);
    put_study_figure(json, rating, entry);
    json_field_real(json, "weight", entry->weight);
    json_field_count(json, "n", entry->n);
    json_field_text(json, "risk", entry->risk == RISK_UNKNOWN ? NULL : risk_names[entry->risk]);
    json_field_text(json, "risk_by", entry->risk_by);
    json_field_text(json, "favours",
                    entry->favours == FAVOURS_UNKNOWN ? NULL : favours_names[entry->favours]);
    json_field_truth(json, "used", entry->used);
    json_field_text(json, "why_not", entry->why_not);
    json_field_text(json, "approximated", entry->approximated);
    json_field_text(json, "imputed", entry->imputed);
    json_field_truth(json, "improbable", entry->improbable);
    json_field_truth(json, "checked", entry->study->checked);
    json_field_text(json, "reading", reading_names[study_reading(entry->study)]);
    json_field_truth(json, "retracted", entry->study->retracted);
    json_field_text(json, "url", study_url(entry->study, arena));
    shape_sources(json, entry->study, arena);
    json_end_object(json);
}

static void put_studies(struct json_writer *json, const struct rating *rating, struct arena *arena)
{
    json_field_array(json, "studies");
    for (size_t i = 0; i < rating->body.count; i++)
        put_study(json, rating, &rating->body.studies[i], arena);
    json_end_array(json);
}

void shape_as_of(struct json_writer *json, const struct catalog *catalog)
{
    const struct dataset *dataset = catalog_dataset(catalog);
    json_begin_object(json);
    json_field_text(json, "searched", dataset->searched);
    json_field_text(json, "collected", dataset->collected);
    json_field_text(json, "base", dataset->version);
    json_field_text(json, "hash", catalog_stamp(catalog)->hash);
    json_put_key(json, "ruleset");
    json_begin_object(json);
    json_field_text(json, "id", catalog_ruleset(catalog)->id);
    json_field_text(json, "version", catalog_ruleset(catalog)->version);
    json_end_object(json);
    json_end_object(json);
}

/* `id` of the question, NULL where none stands behind the answer. */
static void put_pair_links(struct json_writer *json, const char *id,
                           const struct intervention *intervention,
                           const struct condition *condition, struct arena *arena)
{
    json_field_object(json, "links");
    json_field_text(json, "self", id == NULL ? NULL : arena_printf(arena, "/v1/ratings/%s", id));
    json_field_text(json, "trace",
                    id == NULL ? NULL : arena_printf(arena, "/v1/ratings/%s/trace", id));
    json_field_text(json, "what_if",
                    id == NULL ? NULL : arena_printf(arena, "/v1/ratings/%s/what-if", id));
    json_field_text(json, "headline",
                    arena_printf(arena, "/v1/ratings/%s/%s", intervention->id, condition->id));
    json_field_text(json, "intervention",
                    arena_printf(arena, "/v1/interventions/%s", intervention->id));
    json_field_text(json, "condition", arena_printf(arena, "/v1/conditions/%s", condition->id));
    json_end_object(json);
}

static const struct rating *sibling(const struct catalog *catalog, const struct rating *rating,
                                    const char *comparator, struct arena *arena)
{
    const struct question *question = &rating->question;
    return catalog_find_rating(catalog,
                               arena_printf(arena, "%s.%s.%s.%s.%s", question->intervention->id,
                                            question->condition->id, comparator,
                                            question->outcome->id, window_names[question->window]));
}

/* Ids of the questions against each; NULL writes null. */
static void put_against(struct json_writer *json, const struct rating *sham,
                        const struct rating *nothing)
{
    json_field_object(json, "against");
    json_field_text(json, "sham", sham == NULL ? NULL : sham->question.id);
    json_field_text(json, "nothing", nothing == NULL ? NULL : nothing->question.id);
    json_end_object(json);
}

/* What would change it; null without a figure, and for a rating that is not the base's own (one
 * that was borrowed, or asked for with other studies): its questions are asked of the base. */
static void put_stability(struct json_writer *json, const struct catalog *catalog,
                          const struct rating *rating, struct arena *arena)
{
    json_put_key(json, "stability");
    if (!has_figure(rating) || catalog_find_rating(catalog, rating->question.id) != rating) {
        json_put_nothing(json);
        return;
    }
    struct stability stability = catalog_stability(catalog, rating, arena);
    shape_stability(json, &stability);
}

/* V4: a curator's word beside the computed verdict; null without one. */
static void put_override(struct json_writer *json, const struct verdict_override *override)
{
    json_put_key(json, "override");
    if (override == NULL) {
        json_put_nothing(json);
        return;
    }
    json_begin_object(json);
    json_field_text(json, "verdict", override->verdict);
    json_field_text(json, "badge", verdict_badge(override->verdict));
    json_field_text(json, "reason", override->reason);
    json_field_text(json, "by", override->by);
    json_field_text(json, "date", override->date);
    json_end_object(json);
}

/* What a rating says, as told by itself or by a headline that stands on it. */
struct telling {
    const char *verdict;
    const char *rule;
    const char *sentence;
    const struct certainty *certainty;
    const struct rating *sham; /* the same against each, NULL */
    const struct rating *nothing;
};

static void put_rating(struct json_writer *json, const struct catalog *catalog,
                       const struct rating *rating, const struct telling *telling,
                       struct arena *arena)
{
    json_field_text(json, "id", rating->question.id);
    put_question(json, rating);
    json_field_text(json, "verdict", telling->verdict);
    json_field_text(json, "badge", verdict_badge(telling->verdict));
    json_field_text(json, "rule", telling->rule);
    json_field_text(json, "sentence", telling->sentence);
    put_override(json, rating->override);
    put_certainty(json, telling->certainty);
    put_effect(json, rating);
    put_pool(json, rating);
    put_directions(json, &rating->directions);
    put_studies(json, rating, arena);
    json_put_key(json, "safety");
    shape_safety(json, catalog, rating->question.intervention, arena);
    put_against(json, telling->sham, telling->nothing);
    put_stability(json, catalog, rating, arena);
    json_put_key(json, "as_of");
    shape_as_of(json, catalog);
    put_pair_links(json, rating->question.id, rating->question.intervention,
                   rating->question.condition, arena);
}

void shape_rating(struct json_writer *json, const struct catalog *catalog,
                  const struct rating *rating, struct arena *arena)
{
    struct telling telling = {rating->verdict,
                              rating->rule,
                              rating->sentence,
                              &rating->certainty,
                              sibling(catalog, rating, "sham", arena),
                              sibling(catalog, rating, "nothing", arena)};
    json_begin_object(json);
    put_rating(json, catalog, rating, &telling, arena);
    json_end_object(json);
}

void shape_rating_short(struct json_writer *json, const struct rating *rating)
{
    json_begin_object(json);
    json_field_text(json, "id", rating->question.id);
    put_question(json, rating);
    json_field_text(json, "verdict", rating->verdict);
    json_field_text(json, "badge", verdict_badge(rating->verdict));
    json_field_text(json, "rule", rating->rule);
    json_field_text(json, "sentence", rating->sentence);
    put_override(json, rating->override);
    put_level(json, rating->certainty.level);
    put_effect(json, rating);
    put_pool(json, rating);
    put_directions(json, &rating->directions);
    json_end_object(json);
}

/* The numbers of a step from `from` on, `to` not among them. */
static void put_numbers(struct json_writer *json, const char *key, const struct trace_step *step,
                        size_t from, size_t to)
{
    json_field_object(json, key);
    for (size_t i = from; i < to && step->numbers[i].name != NULL; i++)
        json_field_real(json, step->numbers[i].name, step->numbers[i].value);
    json_end_object(json);
}

/* Study, thresholds and paper: what a step goes back to. */
static void put_step_source(struct json_writer *json, const struct trace *trace,
                            const struct trace_step *step)
{
    struct ruleset_threshold thresholds[RULESET_THRESHOLDS];
    size_t count = ruleset_thresholds(trace->ruleset, step->rule, thresholds);
    json_field_object(json, "source");
    json_field_text(json, "study", step->subject);
    json_field_object(json, "ruleset");
    for (size_t i = 0; i < count; i++)
        json_field_real(json, thresholds[i].key, thresholds[i].value);
    json_end_object(json);
    json_field_text(json, "paper", trace_source_of(trace, step));
    json_end_object(json);
}

void shape_trace(struct json_writer *json, const struct rating *rating)
{
    json_begin_array(json);
    for (size_t i = 0; i < rating->trace.count; i++) {
        const struct trace_step *step = &rating->trace.steps[i];
        json_begin_object(json);
        json_field_text(json, "rule", step->rule);
        json_field_text(json, "study", step->subject);
        json_field_text(json, "text", step->text);
        put_numbers(json, "inputs", step, 0, step->inputs);
        put_numbers(json, "outputs", step, step->inputs, TRACE_NUMBERS);
        put_numbers(json, "numbers", step, 0, TRACE_NUMBERS);
        put_step_source(json, &rating->trace, step);
        json_end_object(json);
    }
    json_end_array(json);
}

/* ---- headlines ---- */

static void put_besides(struct json_writer *json, const struct headline *headline)
{
    json_field_array(json, "besides");
    for (const struct condition *const *other = headline->besides; *other != NULL; other++)
        shape_name(json, (*other)->id, (*other)->name);
    json_end_array(json);
}

/* A pair that no question answers: the shape of a rating, with nothing in it but its verdict. */
static void put_empty_rating(struct json_writer *json, const struct catalog *catalog,
                             const struct headline *headline, struct arena *arena)
{
    static const struct certainty nothing = {.level = CERTAINTY_VERY_LOW,
                                             .start = CERTAINTY_VERY_LOW};
    json_field_text(json, "id", NULL);
    json_field_object(json, "question");
    put_intervention(json, headline->intervention);
    json_put_key(json, "condition");
    shape_name(json, headline->condition->id, headline->condition->name);
    json_field_text(json, "comparator", NULL);
    json_field_text(json, "outcome", NULL);
    json_field_text(json, "window", NULL);
    json_end_object(json);
    json_field_text(json, "verdict", headline->verdict);
    json_field_text(json, "badge", verdict_badge(headline->verdict));
    json_field_text(json, "rule", headline->rule);
    json_field_text(json, "sentence", headline->sentence);
    put_override(json, NULL);
    put_certainty(json, &nothing);
    json_field_text(json, "effect", NULL);
    put_empty_pool(json, headline->studies == 0 ? BASIS_NONE : BASIS_DIRECTION);
    put_directions(json, &headline->directions);
    json_field_array(json, "studies");
    json_end_array(json);
    json_put_key(json, "safety");
    shape_safety(json, catalog, headline->intervention, arena);
    put_against(json, NULL, NULL);
    json_field_text(json, "stability", NULL);
    json_put_key(json, "as_of");
    shape_as_of(json, catalog);
    put_pair_links(json, NULL, headline->intervention, headline->condition, arena);
}

void shape_headline_rating(struct json_writer *json, const struct catalog *catalog,
                           const struct headline *headline, struct arena *arena)
{
    json_begin_object(json);
    if (headline->rating == NULL) {
        put_empty_rating(json, catalog, headline, arena);
    } else {
        const struct rating *rating = headline->rating;
        const struct rating *sham = headline->sham;
        const struct rating *nothing = headline->nothing;
        struct certainty certainty = rating->certainty;
        certainty.level = headline->certainty;
        struct telling telling = {headline->verdict,
                                  headline->rule,
                                  headline->sentence,
                                  &certainty,
                                  sham != NULL ? sham : sibling(catalog, rating, "sham", arena),
                                  nothing != NULL ? nothing
                                                  : sibling(catalog, rating, "nothing", arena)};
        put_rating(json, catalog, rating, &telling, arena);
    }
    json_field_truth(json, "borrowed", headline->borrowed);
    json_put_key(json, "evidence_from");
    shape_name(json, headline->home->id, headline->home->name);
    put_besides(json, headline);
    json_end_object(json);
}

void shape_headline_short(struct json_writer *json, const struct headline *headline)
{
    json_begin_object(json);
    put_intervention(json, headline->intervention);
    json_put_key(json, "condition");
    shape_name(json, headline->condition->id, headline->condition->name);
    json_field_text(json, "verdict", headline->verdict);
    json_field_text(json, "badge", verdict_badge(headline->verdict));
    put_level(json, headline->certainty);
    json_field_text(json, "sentence", headline->sentence);
    json_field_truth(json, "borrowed", headline->borrowed);
    json_field_count(json, "participants",
                     headline->rating == NULL ? COUNT_UNKNOWN : headline->rating->synthesis.n);
    json_end_object(json);
}

void shape_headline(struct json_writer *json, const struct catalog *catalog,
                    const struct headline *headline, struct arena *arena)
{
    size_t from = 0;
    size_t count =
        catalog_ratings_of(catalog, headline->intervention->id, headline->condition->id, &from);
    json_begin_object(json);
    put_intervention(json, headline->intervention);
    json_put_key(json, "condition");
    shape_name(json, headline->condition->id, headline->condition->name);
    json_put_key(json, "headline");
    shape_headline_rating(json, catalog, headline, arena);
    json_field_array(json, "questions");
    for (size_t i = 0; i < count; i++)
        shape_rating_short(json, catalog_rating(catalog, from + i));
    json_end_array(json);
    json_end_object(json);
}
