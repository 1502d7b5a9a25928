#include "service/views/report.h"

struct report report_of(const struct catalog *catalog, struct arena *arena)
{
    struct report report = {.catalog = catalog, .coverage = coverage_of(catalog, arena)};
    struct oddity *oddities;
    struct lookalike *lookalikes;
    struct missing_review *missing;
    report.oddity_count = oddities_find(catalog, arena, &oddities);
    report.lookalike_count = lookalikes_find(catalog_base(catalog), arena, &lookalikes);
    report.missing_review_count = missing_reviews_find(catalog_base(catalog), arena, &missing);
    report.oddities = oddities;
    report.lookalikes = lookalikes;
    report.missing_reviews = missing;
    return report;
}

static void put_figures(struct json_writer *json, const struct coverage *coverage)
{
    json_field_count(json, "trials", coverage->trials);
    json_field_count(json, "reviews", coverage->reviews);
    json_field_count(json, "others", coverage->others);
    json_field_count(json, "people", coverage->people);
    json_field_count(json, "trials_of_unknown_size", coverage->people_unknown);
    json_field_count(json, "newest_year", coverage->newest_year);
    json_field_count(json, "questions", coverage->questions);
    json_field_count(json, "bodies", coverage->bodies);
    json_field_text(
        json, "certainty",
        coverage->certainty == CERTAINTY_UNKNOWN ? NULL : certainty_names[coverage->certainty]);
}

static void put_coverage(struct json_writer *json, const char *key, const struct coverage *rows,
                         size_t count)
{
    json_field_array(json, key);
    for (size_t i = 0; i < count; i++) {
        json_begin_object(json);
        if (rows[i].intervention != NULL)
            json_field_text(json, "intervention", rows[i].intervention->id);
        if (rows[i].condition != NULL)
            json_field_text(json, "condition", rows[i].condition->id);
        put_figures(json, &rows[i]);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_totals(struct json_writer *json, const struct report *report)
{
    json_field_object(json, "totals");
    put_figures(json, &report->coverage.all);
    json_field_count(json, "retracted", report->coverage.retracted);
    json_field_count(json, "results", (long long)report->coverage.results);
    json_end_object(json);
}

static void put_gaps(struct json_writer *json, const struct report *report)
{
    json_field_object(json, "missing");
    for (size_t i = 0; i < GAP_KIND_COUNT; i++) {
        const struct gap *gap = &report->coverage.gaps[i];
        json_field_object(json, gap_names[i]);
        json_field_count(json, "count", (long long)gap->count);
        json_field_count(json, "of", (long long)gap->of);
        json_field_array(json, "ids");
        for (size_t j = 0; j < gap->count; j++)
            json_put_text(json, gap->ids[j]);
        json_end_array(json);
        json_end_object(json);
    }
    json_end_object(json);
}

static void put_oddities(struct json_writer *json, const struct report *report)
{
    json_field_array(json, "figures");
    for (size_t i = 0; i < report->oddity_count; i++) {
        const struct oddity *oddity = &report->oddities[i];
        json_begin_object(json);
        json_field_text(json, "kind", oddity_names[oddity->kind]);
        json_field_text(json, "study", oddity->study->id);
        json_field_count(json, "result", oddity->result);
        json_field_text(json, "question", oddity->question);
        json_field_text(json, "detail", oddity->detail);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_lookalikes(struct json_writer *json, const struct report *report)
{
    json_field_array(json, "duplicates");
    for (size_t i = 0; i < report->lookalike_count; i++) {
        const struct lookalike *pair = &report->lookalikes[i];
        json_begin_object(json);
        json_field_array(json, "studies");
        json_put_text(json, pair->one->id);
        json_put_text(json, pair->other->id);
        json_end_array(json);
        json_field_text(json, "likeness", likeness_names[pair->likeness]);
        json_field_truth(json, "told", pair->told);
        json_field_text(json, "detail", pair->detail);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_missing_reviews(struct json_writer *json, const struct report *report)
{
    json_field_array(json, "reviews_not_here");
    for (size_t i = 0; i < report->missing_review_count; i++) {
        const struct missing_review *missing = &report->missing_reviews[i];
        json_begin_object(json);
        json_field_text(json, "id", missing->id);
        json_field_count(json, "trials", (long long)missing->trials);
        json_field_text(json, "trial", missing->trial->id);
        json_field_text(json, "perhaps", missing->perhaps == NULL ? NULL : missing->perhaps->id);
        json_end_object(json);
    }
    json_end_array(json);
}

void report_write(struct json_writer *json, const struct report *report)
{
    const struct coverage_report *coverage = &report->coverage;
    json_begin_object(json);
    put_totals(json, report);
    put_coverage(json, "interventions", coverage->interventions, coverage->intervention_count);
    put_coverage(json, "conditions", coverage->conditions, coverage->condition_count);
    put_coverage(json, "pairs", coverage->pairs, coverage->pair_count);
    put_gaps(json, report);
    json_field_object(json, "odd");
    put_oddities(json, report);
    put_lookalikes(json, report);
    put_missing_reviews(json, report);
    json_end_object(json);
    json_end_object(json);
}
