#include "evidence/model/course.h"

#include <math.h>

#include "evidence/model/row.h"

const char *const course_topic_names[] = {"natural-course",
                                          "control-arm-improvement",
                                          "early-response-predicts-later-response",
                                          "time-to-effect",
                                          "dose-response",
                                          "number-of-sessions-in-effective-trials",
                                          NULL};

static bool is_outside(double value, struct range range)
{
    return !isnan(range.low) && !(range.low <= value && value <= range.high);
}

static void check_point(const struct json_reader *at, const struct course_point *point)
{
    if (isnan(point->mean) && isnan(point->change_mean))
        json_problem(at, NULL, "a point needs a mean or a change");
    if (is_outside(point->mean, point->mean_ci))
        json_problem(at, "mean_ci", "the interval does not hold the mean");
    if (is_outside(point->change_mean, point->change_ci))
        json_problem(at, "change_ci", "the interval does not hold the change");
    if (point->sd <= 0 || point->change_sd <= 0)
        json_problem(at, NULL, "a spread is above 0");
    if (point->days < 0)
        json_problem(at, "days", "must not be negative");
}

static void read_point(const struct json_reader *at, struct course_point *out)
{
    json_fields(at,
                (const char *const[]){"group", "days", "n", "mean", "mean_ci", "sd", "change_mean",
                                      "change_ci", "change_sd", "change_sd_assumes_r", NULL});
    *out = (struct course_point){
        .group = json_get_text(at, "group", REQUIRED),
        .days = json_get_number(at, "days", OPTIONAL),
        .n = row_count(at, "n"),
        .mean = json_get_number(at, "mean", OPTIONAL),
        .mean_ci = range_read(at, "mean_ci"),
        .sd = json_get_number(at, "sd", OPTIONAL),
        .change_mean = json_get_number(at, "change_mean", OPTIONAL),
        .change_ci = range_read(at, "change_ci"),
        .change_sd = json_get_number(at, "change_sd", OPTIONAL),
        .change_sd_assumes_r = json_get_number(at, "change_sd_assumes_r", OPTIONAL),
    };
    check_point(at, out);
}

static void read_row(const struct json_reader *at, const struct base *base, struct course *out)
{
    static const char *const uses[] = {"prior", NULL};
    json_fields(at, (const char *const[]){"id", "condition", "what", "finding", "scale", "points",
                                          "figures", "use", "superseded_by", "pmid", "doi", "note",
                                          BACKING_FIELDS, NULL});
    *out = (struct course){
        .id = row_id(at, "id"),
        .condition = row_condition(at, "condition", base),
        .what = (enum course_topic)row_choice(at, "what", course_topic_names),
        .finding = json_get_text(at, "finding", REQUIRED),
        .scale = row_scale(at, OPTIONAL),
        .for_prior = json_get_choice(at, "use", OPTIONAL, uses) >= 0,
        .superseded_by = json_get_text(at, "superseded_by", OPTIONAL),
        .pmid = json_get_text(at, "pmid", OPTIONAL),
        .doi = json_get_text(at, "doi", OPTIONAL),
        .note = json_get_text(at, "note", OPTIONAL),
    };
    ROW_LIST(at, "points", struct course_point, read_point, out->points, out->point_count);
    out->figures = data_read(at, "figures", &out->figure_count);
    if (out->point_count > 0 && out->scale.name == NULL)
        json_problem(at, "scale", "points need the scale that they stand on");
    backing_read(at, &out->backing);
}

void courses_read(const struct json_reader *at, const struct base *base, struct courses *out)
{
    json_fields(at, (const char *const[]){"courses", NULL});
#define READ_ROW(place, element) read_row(place, base, element)
    ROW_LIST(at, "courses", struct course, READ_ROW, out->items, out->count);
#undef READ_ROW
}
