/* /v1/ratings: every question, one, its trace, and the headline of a pair. */
#include <stdlib.h>
#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/api/api.h"
#include "service/api/kept_answer.h"
#include "service/api/nearest.h"
#include "service/api/page.h"
#include "service/api/reading.h"
#include "service/api/shapes.h"
#include "service/http/query.h"

/* ---- the list ---- */

struct filter {
    const char *intervention;
    const char *condition;
    const char *outcome;
    const char *comparator; /* a class, or active:<slug> */
    int window;
    int verdict;
    int certainty;
};

static bool is_or_any(const char *wanted, const char *value)
{
    return wanted == NULL || strcmp(wanted, value) == 0;
}

static bool is_comparator(const char *wanted, const struct question *question)
{
    return wanted == NULL || strcmp(wanted, question->comparator) == 0 ||
           strcmp(wanted, comparator_class_names[question->comparator_class]) == 0;
}

static bool passes(const struct filter *filter, const struct rating *rating)
{
    const struct question *question = &rating->question;
    if (filter->verdict >= 0 &&
        (rating->verdict == NULL || strcmp(rating->verdict, verdict_names[filter->verdict]) != 0))
        return false;
    return is_or_any(filter->intervention, question->intervention->id) &&
           is_or_any(filter->condition, question->condition->id) &&
           is_or_any(filter->outcome, question->outcome->id) &&
           is_comparator(filter->comparator, question) &&
           (filter->window < 0 || (int)question->window == filter->window) &&
           (filter->certainty < 0 || (int)rating->certainty.level == filter->certainty);
}

/* The three names of entries; one that is not there is told with the nearest ones. */
static bool read_names(const struct request *request, struct filter *out, struct error *err)
{
    const struct base *base = catalog_base(request->catalog);
    out->intervention = query_filled(request, "intervention");
    out->condition = query_filled(request, "condition");
    out->outcome = query_filled(request, "outcome");
    if (out->intervention != NULL && base_intervention(base, out->intervention) == NULL)
        return unknown_parameter(request, "intervention", MEANING_INTERVENTION, out->intervention,
                                 err);
    if (out->condition != NULL && base_condition(base, out->condition) == NULL)
        return unknown_parameter(request, "condition", MEANING_CONDITION, out->condition, err);
    if (out->outcome != NULL && base_outcome(base, out->outcome) == NULL)
        return unknown_parameter(request, "outcome", MEANING_OUTCOME, out->outcome, err);
    return true;
}

/* sham, nothing, mixed, active (any), active:other or active:<intervention>. */
static bool read_comparator(const struct request *request, struct filter *out, struct error *err)
{
    enum comparator_class class;
    const char *text = query_filled(request, "comparator");
    const char *other = text == NULL ? NULL : comparator_intervention(text);
    out->comparator = text;
    if (text == NULL || strcmp(text, comparator_class_names[COMPARATOR_ACTIVE]) == 0)
        return true;
    if (!comparator_parse(text, &class))
        return query_problem(request, "comparator", err,
                             "must be sham, nothing, mixed, active, active:other or active: and "
                             "the id of an intervention");
    if (other != NULL && base_intervention(catalog_base(request->catalog), other) == NULL)
        return unknown_parameter(request, "comparator", MEANING_INTERVENTION, other, err);
    return true;
}

static bool read_filter(const struct request *request, struct filter *out, struct error *err)
{
    return read_names(request, out, err) && read_comparator(request, out, err) &&
           query_choice(request, "window", window_names, &out->window, err) &&
           query_choice(request, "verdict", verdict_names, &out->verdict, err) &&
           query_choice(request, "certainty", certainty_names, &out->certainty, err);
}

static const char *rating_id(const void *list, size_t index)
{
    return ((const struct rating *const *)list)[index]->question.id;
}

static void write_rating(const void *list, size_t index, struct json_writer *json)
{
    shape_rating_short(json, ((const struct rating *const *)list)[index]);
}

/* Orders other than by id; equal ones keep the order of their ids. */
static int by_people(const void *left, const void *right)
{
    const struct rating *a = *(const struct rating *const *)left;
    const struct rating *b = *(const struct rating *const *)right;
    int order = b->synthesis.n - a->synthesis.n;
    return order != 0 ? order : strcmp(a->question.id, b->question.id);
}

static int by_certainty(const void *left, const void *right)
{
    const struct rating *a = *(const struct rating *const *)left;
    const struct rating *b = *(const struct rating *const *)right;
    int order = (int)b->certainty.level - (int)a->certainty.level;
    return order != 0 ? order : strcmp(a->question.id, b->question.id);
}

static int by_year(const void *left, const void *right)
{
    const struct rating *a = *(const struct rating *const *)left;
    const struct rating *b = *(const struct rating *const *)right;
    int order = b->newest_year - a->newest_year;
    return order != 0 ? order : strcmp(a->question.id, b->question.id);
}

typedef int comparison(const void *left, const void *right);

static bool sort_ratings(const struct request *request, const struct rating **list, size_t count,
                         struct error *err)
{
    static const char *const names[] = {"id", "participants", "certainty", "year", NULL};
    static comparison *const orders[] = {NULL, by_people, by_certainty, by_year};
    int chosen;
    if (!query_choice(request, "sort", names, &chosen, err))
        return false;
    if (chosen > 0)
        qsort(list, count, sizeof *list, orders[chosen]);
    return true;
}

static bool list_ratings(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {
        "intervention", "condition", "outcome", "comparator", "window", "verdict", "certainty",
        "sort",         "limit",     "cursor",  "ruleset",    "as_of",  NULL};
    struct filter filter;
    if (!query_only(request, known, err) || !read_filter(request, &filter, err))
        return false;
    size_t total = catalog_rating_count(request->catalog);
    const struct rating **list = arena_array(request->arena, total, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < total; i++)
        if (passes(&filter, catalog_rating(request->catalog, i)))
            list[count++] = catalog_rating(request->catalog, i);
    if (!sort_ratings(request, list, count, err))
        return false;
    struct page_source source = {count, rating_id, write_rating, list};
    return page_write(request, answer, &source, err);
}

bool get_ratings(const struct request *request, struct answer *answer, struct error *err)
{
    return reading_under_edition(request, answer, err, list_ratings);
}

/* ---- one ---- */

/* Says which part of the id is not there, or which questions of its pair are. */
static bool refuse_question(const struct request *request, struct answer *answer, const char *id)
{
    struct missing_question missing;
    nearest_question(request->catalog, id, request->arena, &missing);
    answer_nearest(request, answer, missing.nearest);
    return answer_refuse(
        request, answer, REFUSAL_NOT_FOUND,
        "there is no %s \"%s\" in this base; the id of a question is "
        "intervention.condition.comparator.outcome.window, and GET /v1/ratings lists them",
        missing.what, missing.name);
}

const struct rating *require_rating(const struct request *request, struct answer *answer)
{
    const char *id = request_part(request, "question");
    const struct rating *rating = catalog_find_rating(request->catalog, id);
    if (rating == NULL)
        refuse_question(request, answer, id);
    return rating;
}

static bool one_rating(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    if (!reading_only_edition(request, err))
        return false;
    const struct rating *rating = require_rating(request, answer);
    if (rating == NULL)
        return false;
    reading_json(request, answer, &json);
    shape_rating(&json, request->catalog, rating, request->arena);
    return true;
}

static bool one_trace(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    if (!reading_only_edition(request, err))
        return false;
    const struct rating *rating = require_rating(request, answer);
    if (rating == NULL)
        return false;
    reading_json(request, answer, &json);
    json_begin_object(&json);
    json_field_text(&json, "id", rating->question.id);
    json_field_text(&json, "verdict", rating->verdict);
    json_put_key(&json, "steps");
    shape_trace(&json, catalog_trace(request->catalog, rating, request->arena));
    json_put_key(&json, "as_of");
    shape_as_of(&json, request->catalog);
    json_end_object(&json);
    return true;
}

static bool one_headline(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    if (!reading_only_edition(request, err))
        return false;
    const struct intervention *intervention = require_intervention(request, answer);
    const struct condition *condition =
        intervention == NULL ? NULL : require_condition(request, answer);
    if (condition == NULL)
        return false;
    const struct headline *headline =
        catalog_headline(request->catalog, intervention, condition, NULL, request->arena);
    reading_json(request, answer, &json);
    shape_headline(&json, request->catalog, headline, request->arena);
    return true;
}

static bool rating_under_edition(const struct request *request, struct answer *answer,
                                 struct error *err)
{
    return reading_under_edition(request, answer, err, one_rating);
}

bool get_rating(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer_by_address(request, answer, err, rating_under_edition);
}

bool get_rating_trace(const struct request *request, struct answer *answer, struct error *err)
{
    return reading_under_edition(request, answer, err, one_trace);
}

static bool headline_under_edition(const struct request *request, struct answer *answer,
                                   struct error *err)
{
    return reading_under_edition(request, answer, err, one_headline);
}

bool get_headline(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer_by_address(request, answer, err, headline_under_edition);
}
