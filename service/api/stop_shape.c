#include "service/api/stop_shape.h"

#include <math.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/stop/stop_words.h"
#include "service/api/rulebook_shapes.h"
#include "service/api/shapes.h"

/* Figures on the diary's own scale, a thousandth of it at most as exact: what was scored in whole
 * numbers is not told to ten places. */
static double told(const struct diary *diary, double level)
{
    double digits = diary->scale->high - diary->scale->low > 20 ? 10 : 100;
    return round(diary_told(diary->scale, level) * digits) / digits;
}

static double share_told(double value)
{
    return round(value * 1e4) / 1e4;
}

/* Days as the sender counts them: numbers, or dates. */
static void put_day(struct json_writer *json, const struct diary *diary, double day,
                    struct arena *arena)
{
    if (isnan(day))
        json_put_nothing(json);
    else if (diary->by_date)
        json_put_text(json, diary_day(diary, day, arena));
    else
        json_put_real(json, round((diary->first_day + day) * 10) / 10);
}

static void put_goal(struct json_writer *json, const struct diary *diary,
                     const struct stop_plan *plan, const struct stop_goal *model)
{
    json_field_object(json, "goal");
    json_field_real(json, "score", told(diary, plan->line));
    json_field_text(json, "at", diary->scale->higher_is_better ? "or above" : "or below");
    json_field_real(json, "start", told(diary, plan->start));
    json_field_text(json, "from",
                    plan->goal_from != NULL ? plan->goal_from->id
                    : plan->goal_is_of_pain ? model->threshold
                                            : NULL);
    json_field_text(json, "note", plan->goal_note);
    json_end_object(json);
}

static void put_trial(struct json_writer *json, const struct diary *diary,
                      const struct stop_plan *plan, struct arena *arena)
{
    bool is_default = !plan->trial_is_own && plan->trial_rule == NULL;
    json_field_object(json, "trial");
    json_field_real(json, "days", plan->trial_days);
    json_field_count(json, "sessions", plan->trial_sessions);
    json_put_key(json, "begins");
    put_day(json, diary, 0, arena);
    json_put_key(json, "ends");
    put_day(json, diary, plan->trial_days, arena);
    json_field_text(json, "counted_from", diary->switched != NULL ? "switch" : "first session");
    json_field_object(json, "least");
    json_field_real(json, "days", ceil(plan->least_days));
    json_field_count(json, "sessions", plan->least_sessions);
    json_end_object(json);
    json_field_text(json, "from",
                    plan->trial_is_own ? "your own wish"
                    : is_default       ? "default"
                                       : plan->trial_rule->id);
    json_end_object(json);
}

static void put_expected(struct json_writer *json, const struct diary *diary,
                         const struct stop_plan *plan)
{
    if (!plan->knows_course) {
        json_field_text(json, "expected_without_treatment", NULL);
        return;
    }
    json_field_object(json, "expected_without_treatment");
    json_field_real(json, "score", told(diary, stop_plan_without(plan, plan->trial_days)));
    json_field_real(json, "from_level", told(diary, plan->level_before));
    json_field_text(json, "from", plan->course != NULL ? plan->course->id : "base-wide");
    json_field_text(json, "finding", plan->course != NULL ? plan->course->finding : NULL);
    json_end_object(json);
}

static void put_effect(struct json_writer *json, const struct stop_plan *plan)
{
    json_field_object(json, "effect_expected");
    json_field_real(json, "points_of_10", round(plan->effect * 100) / 100);
    json_field_text(json, "rating", plan->rating == NULL ? NULL : plan->rating->question.id);
    json_end_object(json);
}

static void put_curve(struct json_writer *json, const struct diary *diary,
                      const struct stopping *stopping, struct arena *arena)
{
    size_t count;
    const struct stop_point *points = stop_curve(stopping, arena, &count);
    json_field_array(json, "curve");
    for (size_t i = 0; i < count; i++) {
        /* the lower level is the higher score where more is better */
        bool turned = diary->scale->higher_is_better;
        json_begin_object(json);
        json_put_key(json, "day");
        put_day(json, diary, points[i].day, arena);
        json_field_real(json, "expected", told(diary, points[i].expected));
        json_field_real(json, "low", told(diary, turned ? points[i].high : points[i].low));
        json_field_real(json, "high", told(diary, turned ? points[i].low : points[i].high));
        json_field_real(json, "without", told(diary, points[i].without));
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_texts(struct json_writer *json, const char *key, const char *const *texts)
{
    json_field_array(json, key);
    for (; *texts != NULL; texts++)
        json_put_text(json, *texts);
    json_end_array(json);
}

static void put_alternatives(struct json_writer *json, const struct catalog *catalog,
                             const struct diary *diary, const struct stop_signs *signs,
                             struct arena *arena)
{
    size_t count;
    const struct headline *const *better = stop_alternatives(catalog, diary, signs, arena, &count);
    json_field_array(json, "alternatives");
    for (size_t i = 0; i < count; i++)
        shape_ranked_headline(json, catalog, better[i]);
    json_end_array(json);
}

static void put_source(struct json_writer *json, const char *what, const char *id,
                       const struct backing *backing)
{
    json_begin_object(json);
    json_field_text(json, "of", what);
    json_field_text(json, "id", id);
    shape_backing(json, backing);
    json_end_object(json);
}

static const struct threshold *threshold_called(const struct rulebooks *books, const char *id)
{
    for (size_t i = 0; id != NULL && i < books->thresholds.count; i++)
        if (strcmp(books->thresholds.items[i].id, id) == 0)
            return &books->thresholds.items[i];
    return NULL;
}

static void put_sources(struct json_writer *json, const struct rulebooks *books,
                        const struct stopping *stopping)
{
    const struct stop_plan *plan = &stopping->plan;
    const struct threshold *goal = plan->goal_from != NULL || !plan->goal_is_of_pain
                                       ? plan->goal_from
                                       : threshold_called(books, books->stop_model.goal.threshold);
    const struct threshold *error =
        threshold_called(books, plan->error == NULL ? NULL : plan->error->threshold);
    json_field_array(json, "sources");
    if (stopping->slow != NULL)
        put_source(json, "coming off it slowly", stopping->slow->id, &stopping->slow->backing);
    if (stopping->sign != NULL && stopping->sign->backing != NULL)
        put_source(json, "sign", stopping->sign->id, stopping->sign->backing);
    if (plan->trial_rule != NULL)
        put_source(json, "trial", plan->trial_rule->id, &plan->trial_rule->backing);
    if (goal != NULL && plan->error != NULL)
        put_source(json, "goal", goal->id, &goal->backing);
    if (error != NULL)
        put_source(json, "error of a score", error->id, &error->backing);
    if (plan->course != NULL)
        put_source(json, "expected without treatment", plan->course->id, &plan->course->backing);
    json_end_array(json);
}

static void put_plan(struct json_writer *json, const struct catalog *catalog,
                     const struct diary *diary, const struct stopping *stopping,
                     struct arena *arena)
{
    const struct stop_plan *plan = &stopping->plan;
    const struct rulebooks *books = base_rulebooks(catalog_base(catalog));
    if (plan->error == NULL) { /* nothing was scored */
        static const char *const absent[] = {"goal", "trial", "expected_without_treatment",
                                             "effect_expected"};
        for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
            json_field_text(json, absent[i], NULL);
        return;
    }
    put_goal(json, diary, plan, &books->stop_model.goal);
    put_trial(json, diary, plan, arena);
    put_expected(json, diary, plan);
    put_effect(json, plan);
}

static void put_urgency(struct json_writer *json, const struct stopping *stopping)
{
    bool urgent = stopping->decided == STOP_SEEK_CARE ||
                  (stopping->decided == STOP_FOR_HARM && stopping->sign != NULL);
    json_field_text(json, "urgency", urgent ? urgency_names[stopping->sign->urgency] : "none");
}

/* What a medicine may do, and what to do then; each link with what it rests on. */
static void put_medicine(struct json_writer *json, const struct base *base,
                         const struct told_medicine *told)
{
    json_begin_object(json);
    json_field_text(json, "name",
                    told->medicine != NULL ? told->medicine->name : told->group->name);
    json_field_text(json, "written", told->written);
    json_field_truth(json, "guessed", told->guessed);
    json_field_truth(json, "tried", told->tried);
    json_put_key(json, "group");
    shape_name(json, told->group->id, told->group->name);
    json_field_array(json, "may");
    for (const struct drug_link *const *link = told->links; *link != NULL; link++)
        shape_drug_link(json, base, *link);
    json_end_array(json);
    json_field_array(json, "named_by");
    for (size_t i = 0; i < told->group->backing.citation_count; i++)
        json_put_text(json, told->group->backing.citations[i].url != NULL
                                ? told->group->backing.citations[i].url
                                : told->group->backing.citations[i].read_at);
    json_end_array(json);
    json_end_object(json);
}

static void put_medicines(struct json_writer *json, const struct base *base,
                          const struct told_medicines *medicines)
{
    json_field_array(json, "medicines");
    for (size_t i = 0; i < medicines->count; i++)
        put_medicine(json, base, &medicines->items[i]);
    json_end_array(json);
}

static void put_flags(struct json_writer *json, const struct raised_flags *flags)
{
    json_field_array(json, "red_flags");
    for (size_t i = 0; i < flags->count; i++) {
        json_begin_object(json);
        json_field_text(json, "id", flags->items[i].flag->id);
        json_field_text(json, "urgency", urgency_names[flags->items[i].urgency]);
        json_field_text(json, "reason", flags->items[i].reason);
        json_end_object(json);
    }
    json_end_array(json);
}

void shape_stop(struct json_writer *json, const struct catalog *catalog, const struct diary *diary,
                const struct stop_signs *signs, const struct stopping *stopping,
                struct arena *arena)
{
    json_begin_object(json);
    json_field_text(json, "decision", stop_decided_names[stopping->decided]);
    put_urgency(json, stopping);
    json_field_text(json, "sentence", stopping->sentence);
    json_field_text(json, "rule", stopping->rule);
    json_put_key(json, "intervention");
    shape_name(json, diary->intervention->id, diary->intervention->name);
    json_put_key(json, "condition");
    shape_name(json, diary->condition->id, diary->condition->name);
    json_put_key(json, "outcome");
    shape_name(json, diary->outcome->id, diary->outcome->name);
    json_field_real(json, "probability_of_goal", share_told(stopping->probability));
    json_put_key(json, "next_review_day");
    put_day(json, diary, stopping->next_review_day, arena);
    put_plan(json, catalog, diary, stopping, arena);
    put_curve(json, diary, stopping, arena);
    put_flags(json, &signs->flags);
    put_medicines(json, catalog_base(catalog), &signs->medicines);
    put_texts(json, "warnings", stop_warnings(diary, signs, stopping, arena));
    put_alternatives(json, catalog, diary, signs, arena);
    put_sources(json, base_rulebooks(catalog_base(catalog)), stopping);
    json_end_object(json);
}

void shape_raised_list(struct json_writer *json, const struct raised_flags *flags, const char *text)
{
    json_begin_array(json);
    for (size_t i = 0; i < flags->count; i++) {
        const struct raised_flag *raised = &flags->items[i];
        json_begin_object(json);
        json_field_text(json, "id", raised->flag->id);
        json_field_text(json, "urgency", urgency_names[raised->urgency]);
        put_texts(json, "suspect", raised->flag->suspect);
        json_field_text(json, "reason", raised->reason);
        json_field_count(json, "start", (long long)text_code_points(text, raised->start));
        json_field_count(json, "end", (long long)text_code_points(text, raised->end));
        shape_backing(json, &raised->flag->backing);
        json_end_object(json);
    }
    json_end_array(json);
}

void shape_red_flags_raised(struct json_writer *json, const struct raised_flags *flags,
                            const char *text)
{
    json_begin_object(json);
    json_put_key(json, "red_flags");
    shape_raised_list(json, flags, text);
    json_field_text(json, "urgency",
                    flags->count == 0 ? "none" : urgency_names[flags->items[0].urgency]);
    json_field_text(json, "sentence", flags->sentence);
    json_end_object(json);
}
