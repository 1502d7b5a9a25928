/*
 * The shapes that the contract promises, written as JSON: ratings, headlines, studies, entries. The
 * command line prints the same ones, so nothing here knows a request.
 */
#ifndef TOUCHSTONE_SERVICE_API_SHAPES_H
#define TOUCHSTONE_SERVICE_API_SHAPES_H

#include "evidence/base/json_writer.h"
#include "evidence/rating/catalog.h"
#include "evidence/rating/safety.h"

/* A rating, whole: with its studies, domains and links. */
void shape_rating(struct json_writer *json, const struct catalog *catalog,
                  const struct rating *rating, struct arena *arena);

/* The same without studies, domains' reasons and links: for lists. */
void shape_rating_short(struct json_writer *json, const struct rating *rating);

/* The steps from the first conversion to the verdict. */
void shape_trace(struct json_writer *json, const struct trace *trace);

/* {"intervention", "condition", "headline": a rating, "questions": [short ratings]}. */
void shape_headline(struct json_writer *json, const struct catalog *catalog,
                    const struct headline *headline, struct arena *arena);

/* The headline's rating alone: that of its question with the headline's own verdict and sentence;
 * for an untested or unproven pair without a body, a rating with nothing in it but that. */
void shape_headline_rating(struct json_writer *json, const struct catalog *catalog,
                           const struct headline *headline, struct arena *arena);

/* One line of a ranking: names, verdict, certainty, sentence. */
void shape_headline_short(struct json_writer *json, const struct headline *headline);

/* The same of one that the catalog keeps, as catalog_ranked gives it: written once a catalog. */
void shape_ranked_headline(struct json_writer *json, const struct catalog *catalog,
                           const struct headline *headline);

void shape_study(struct json_writer *json, const struct catalog *catalog, const struct study *study,
                 struct arena *arena);
void shape_study_short(struct json_writer *json, const struct study *study, struct arena *arena);

/* One result away from its study: the fields that it has there, after those that say whose it is
 * ("study", "question", "retracted"). */
void shape_result(struct json_writer *json, const struct study *study, const struct result *result,
                  struct arena *arena);

void shape_intervention(struct json_writer *json, const struct catalog *catalog,
                        const struct intervention *intervention, struct arena *arena);
void shape_intervention_short(struct json_writer *json, const struct intervention *intervention);
void shape_condition(struct json_writer *json, const struct condition *condition);
void shape_outcome(struct json_writer *json, const struct outcome *outcome);

/* {"level", "sentence", "harms": [...]}. */
void shape_safety(struct json_writer *json, const struct catalog *catalog,
                  const struct intervention *intervention, struct arena *arena);

/* The fields of one harm, from "event" on. */
void shape_harm_fields(struct json_writer *json, const struct harm *harm);

/* The list of harms alone, the worst first. */
void shape_harms(struct json_writer *json, const struct safety *safety, struct arena *arena);

/* "sources": [{"source", "url", "where", "read_at", "retrieved"}]. */
void shape_sources(struct json_writer *json, const struct study *study, struct arena *arena);

/* "authors" and "authors_complete". */
void shape_authors(struct json_writer *json, const struct author *authors, size_t count,
                   bool complete);

/* "key": [low, high]; null where one of them is unknown. */
void shape_interval(struct json_writer *json, const char *key, double low, double high);

/* "key": ["…"] of a list that ends with NULL. */
void shape_texts(struct json_writer *json, const char *key, const char *const *texts);

/* {"searched", "collected", "base", "ruleset"}: how to have the same answer again. */
void shape_as_of(struct json_writer *json, const struct catalog *catalog);

/* {"id", "name"}; null for NULL. */
void shape_name(struct json_writer *json, const char *id, const char *name);

#endif
