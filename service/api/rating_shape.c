#include <math.h>

#include "evidence/rating/override.h"
#include "evidence/rating/stability.h"
#include "evidence/rating/stability_kept.h"
#include "evidence/rating/verdict.h"
#include "service/api/rating_parts.h"
#include "service/api/shapes.h"
#include "service/api/what_if.h"
#include "service/views/study_figure.h"

void shape_asked_intervention(struct json_writer *json, const struct intervention *intervention)
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
    shape_asked_intervention(json, question->intervention);
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

void shape_level(struct json_writer *json, enum certainty_level level)
{
    json_field_object(json, "certainty");
    json_field_text(json, "level", certainty_names[level]);
    json_end_object(json);
}

void shape_certainty(struct json_writer *json, const struct certainty *certainty)
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

void shape_pair_links(struct json_writer *json, const char *id,
                      const struct intervention *intervention, const struct condition *condition,
                      struct arena *arena)
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

const struct rating *rating_sibling(const struct catalog *catalog, const struct rating *rating,
                                    const char *comparator, struct arena *arena)
{
    const struct question *question = &rating->question;
    return catalog_find_rating(catalog,
                               arena_printf(arena, "%s.%s.%s.%s.%s", question->intervention->id,
                                            question->condition->id, comparator,
                                            question->outcome->id, window_names[question->window]));
}

void shape_against(struct json_writer *json, const struct rating *sham,
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
                          const struct rating *rating)
{
    json_put_key(json, "stability");
    if (!rating_has_figure(rating) || catalog_find_rating(catalog, rating->question.id) != rating) {
        json_put_nothing(json);
        return;
    }
    shape_stability(json, stability_kept(catalog, rating));
}

void shape_override(struct json_writer *json, const struct verdict_override *override)
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

void shape_told(struct json_writer *json, const struct catalog *catalog,
                const struct rating *rating, const struct telling *telling, struct arena *arena)
{
    json_field_text(json, "id", rating->question.id);
    put_question(json, rating);
    json_field_text(json, "verdict", telling->verdict);
    json_field_text(json, "badge", verdict_badge(telling->verdict));
    json_field_text(json, "rule", telling->rule);
    json_field_text(json, "sentence", telling->sentence);
    shape_override(json, rating->override);
    shape_certainty(json, telling->certainty);
    shape_effect(json, rating);
    shape_pool(json, rating);
    shape_directions(json, &rating->directions);
    put_studies(json, rating, arena);
    json_put_key(json, "safety");
    shape_safety(json, catalog, rating->question.intervention, arena);
    shape_against(json, telling->sham, telling->nothing);
    put_stability(json, catalog, rating);
    json_put_key(json, "as_of");
    shape_as_of(json, catalog);
    shape_pair_links(json, rating->question.id, rating->question.intervention,
                     rating->question.condition, arena);
}

void shape_rating(struct json_writer *json, const struct catalog *catalog,
                  const struct rating *rating, struct arena *arena)
{
    struct telling telling = {rating->verdict,
                              rating->rule,
                              rating->sentence,
                              &rating->certainty,
                              rating_sibling(catalog, rating, "sham", arena),
                              rating_sibling(catalog, rating, "nothing", arena)};
    json_begin_object(json);
    shape_told(json, catalog, rating, &telling, arena);
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
    shape_override(json, rating->override);
    shape_level(json, rating->certainty.level);
    shape_effect(json, rating);
    shape_pool(json, rating);
    shape_directions(json, &rating->directions);
    json_end_object(json);
}
