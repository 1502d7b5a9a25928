#include "evidence/rating/coverage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const gap_names[] = {"untested",       "unstudied",    "unidentified",
                                 "unappraised",    "unchecked",    "funding",
                                 "without-figure", "without-ends", NULL};

/* ---- people ---- */

static int people_of_result(const struct result *result)
{
    int people = result->n;
    if (result->arm_count == 2 && result->arms[0].n != COUNT_UNKNOWN &&
        result->arms[1].n != COUNT_UNKNOWN && result->arms[0].n + result->arms[1].n > people)
        people = result->arms[0].n + result->arms[1].n;
    return people;
}

int coverage_people(const struct study *study)
{
    int most = study->participants;
    if (most != COUNT_UNKNOWN)
        return most;
    for (size_t i = 0; i < study->result_count; i++)
        if (people_of_result(&study->results[i]) > most)
            most = people_of_result(&study->results[i]);
    return most;
}

/* ---- who speaks of what ---- */

/* A study that says anything of an intervention in a condition; either may be NULL. */
struct mention {
    const struct study *study;
    const char *intervention;
    const char *condition;
};

struct mentions {
    struct mention *items; /* sorted by intervention, condition, study, each once */
    size_t count;
};

static int compare(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int by_pair(const void *left, const void *right)
{
    const struct mention *a = left;
    const struct mention *b = right;
    int order = compare(a->intervention, b->intervention);
    if (order == 0)
        order = compare(a->condition, b->condition);
    return order != 0 ? order : strcmp(a->study->id, b->study->id);
}

static size_t keep_each_once(struct mention *items, size_t count)
{
    size_t kept = 0;
    qsort(items, count, sizeof *items, by_pair);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || by_pair(&items[kept - 1], &items[i]) != 0)
            items[kept++] = items[i];
    return kept;
}

static struct mentions all_mentions(const struct base *base, struct arena *arena)
{
    size_t most = 0;
    for (size_t i = 0; i < base->study_count; i++)
        most += base_study_at(base, i)->result_count + base_study_at(base, i)->harm_count;
    struct mentions mentions = {.items = arena_array(arena, most, sizeof *mentions.items)};
    for (size_t i = 0; i < base->study_count; i++) {
        const struct study *study = base_study_at(base, i);
        for (size_t j = 0; j < study->result_count; j++)
            mentions.items[mentions.count++] = (struct mention){
                study, study->results[j].intervention, study->results[j].condition};
        for (size_t j = 0; j < study->harm_count; j++)
            mentions.items[mentions.count++] =
                (struct mention){study, study->harms[j].intervention, study->condition};
    }
    mentions.count = keep_each_once(mentions.items, mentions.count);
    return mentions;
}

/* The same without the conditions, or without the interventions; a study of a condition belongs to
 * it even if it has no result. */
static struct mentions of_interventions(const struct mentions *pairs, struct arena *arena)
{
    struct mentions out = {.items = arena_array(arena, pairs->count, sizeof *out.items)};
    for (size_t i = 0; i < pairs->count; i++)
        out.items[out.count++] = (struct mention){.study = pairs->items[i].study,
                                                  .intervention = pairs->items[i].intervention};
    out.count = keep_each_once(out.items, out.count);
    return out;
}

static struct mentions of_conditions(const struct base *base, const struct mentions *pairs,
                                     struct arena *arena)
{
    struct mentions out = {
        .items = arena_array(arena, pairs->count + base->study_count, sizeof *out.items)};
    for (size_t i = 0; i < pairs->count; i++)
        out.items[out.count++] = (struct mention){.study = pairs->items[i].study,
                                                  .condition = pairs->items[i].condition};
    for (size_t i = 0; i < base->study_count; i++)
        out.items[out.count++] = (struct mention){.study = base_study_at(base, i),
                                                  .condition = base_study_at(base, i)->condition};
    out.count = keep_each_once(out.items, out.count);
    return out;
}

/* ---- counting ---- */

static struct coverage empty(void)
{
    return (struct coverage){.newest_year = COUNT_UNKNOWN, .certainty = CERTAINTY_UNKNOWN};
}

static void count_study(struct coverage *coverage, const struct study *study)
{
    if (study->retracted)
        return;
    if (study->year > coverage->newest_year)
        coverage->newest_year = study->year;
    if (!design_is_trial(study->design)) {
        coverage->reviews += study->design == DESIGN_SYSTEMATIC_REVIEW;
        coverage->others += study->design != DESIGN_SYSTEMATIC_REVIEW;
        return;
    }
    int people = coverage_people(study);
    coverage->trials++;
    coverage->people += people == COUNT_UNKNOWN ? 0 : people;
    coverage->people_unknown += people == COUNT_UNKNOWN;
}

static void count_rating(struct coverage *coverage, const struct rating *rating)
{
    coverage->questions++;
    if (!rating_has_figure(rating))
        return;
    coverage->bodies++;
    if (coverage->certainty == CERTAINTY_UNKNOWN || rating->certainty.level > coverage->certainty)
        coverage->certainty = rating->certainty.level;
}

/* Everything is looked up by id: a list of figures and where each id stands in it. */
struct tally {
    const struct catalog *catalog;
    const struct base *base;
    struct arena *arena;
    struct coverage *interventions;
    struct coverage *conditions;
    struct coverage *pairs;
    size_t pair_count;
};

static struct coverage *of_intervention(const struct tally *tally, const char *id)
{
    const struct intervention *found = base_intervention(tally->base, id);
    return found == NULL ? NULL : &tally->interventions[found - tally->base->interventions];
}

static struct coverage *of_condition(const struct tally *tally, const char *id)
{
    const struct condition *found = base_condition(tally->base, id);
    return found == NULL ? NULL : &tally->conditions[found - tally->base->conditions];
}

static void count_topics(struct tally *tally, const struct mentions *pairs)
{
    struct mentions interventions = of_interventions(pairs, tally->arena);
    struct mentions conditions = of_conditions(tally->base, pairs, tally->arena);
    for (size_t i = 0; i < interventions.count; i++) {
        struct coverage *one = of_intervention(tally, interventions.items[i].intervention);
        if (one != NULL)
            count_study(one, interventions.items[i].study);
    }
    for (size_t i = 0; i < conditions.count; i++) {
        struct coverage *one = of_condition(tally, conditions.items[i].condition);
        if (one != NULL)
            count_study(one, conditions.items[i].study);
    }
}

static void count_pair_ratings(const struct tally *tally, struct coverage *pair)
{
    size_t from = 0;
    size_t count =
        catalog_ratings_of(tally->catalog, pair->intervention->id, pair->condition->id, &from);
    for (size_t i = from; i < from + count; i++)
        count_rating(pair, catalog_rating(tally->catalog, i));
}

/* Mentions of one pair stand together. */
static void count_pairs(struct tally *tally, const struct mentions *mentions)
{
    tally->pairs = arena_array(tally->arena, mentions->count, sizeof *tally->pairs);
    const struct mention *last = NULL;
    for (size_t i = 0; i < mentions->count; i++) {
        const struct mention *mention = &mentions->items[i];
        bool same = last != NULL && compare(last->intervention, mention->intervention) == 0 &&
                    compare(last->condition, mention->condition) == 0;
        if (!same) {
            struct coverage pair = empty();
            pair.intervention = base_intervention(tally->base, mention->intervention);
            pair.condition = base_condition(tally->base, mention->condition);
            tally->pairs[tally->pair_count++] = pair;
        }
        count_study(&tally->pairs[tally->pair_count - 1], mention->study);
        last = mention;
    }
    for (size_t i = 0; i < tally->pair_count; i++)
        count_pair_ratings(tally, &tally->pairs[i]);
}

static void count_ratings(struct tally *tally, struct coverage *all)
{
    catalog_rate_all(tally->catalog);
    for (size_t i = 0; i < catalog_rating_count(tally->catalog); i++) {
        const struct rating *rating = catalog_rating(tally->catalog, i);
        count_rating(all, rating);
        count_rating(of_intervention(tally, rating->question.intervention->id), rating);
        count_rating(of_condition(tally, rating->question.condition->id), rating);
    }
}

/* ---- gaps ---- */

struct gathering {
    const char **ids;
    size_t count;
    size_t of;
};

static void look(struct gathering *gathering, bool is_gap, const char *id)
{
    gathering->of++;
    if (is_gap)
        gathering->ids[gathering->count++] = id;
}

static bool is_appraised(const struct study *study)
{
    for (size_t i = 0; i < study->appraisal_count; i++)
        if (study->appraisals[i].scope == SCOPE_STUDY)
            return true;
    return false;
}

static bool has_figure(const struct result *result)
{
    return result->figure != FIGURE_NONE || result->arm_count > 0;
}

/* Counts of people have no scale with ends. */
static bool is_measured(const struct result *result)
{
    bool events = result->arm_count == 2 && result->arms[0].events != COUNT_UNKNOWN;
    return result->scale.name != NULL && !events && !figure_is_of_events(result->figure);
}

static void look_at_results(struct gathering *gaps, const struct study *study, struct arena *arena)
{
    for (size_t i = 0; i < study->result_count; i++) {
        const struct result *result = &study->results[i];
        const char *id = arena_printf(arena, "%s/results/%zu", study->id, i);
        look(&gaps[GAP_WITHOUT_FIGURE], !has_figure(result), id);
        if (is_measured(result))
            look(&gaps[GAP_WITHOUT_ENDS], isnan(result->scale.low), id);
    }
}

static void look_at_study(struct gathering *gaps, const struct study *study, struct arena *arena)
{
    bool trial = design_is_trial(study->design);
    look(&gaps[GAP_UNIDENTIFIED], study->pmid == NULL && study->doi == NULL, study->id);
    look(&gaps[GAP_UNCHECKED], !study->checked, study->id);
    if (trial || study->design == DESIGN_SYSTEMATIC_REVIEW)
        look(&gaps[GAP_UNAPPRAISED], !is_appraised(study), study->id);
    if (trial)
        look(&gaps[GAP_FUNDING], study->funding == NULL, study->id);
    look_at_results(gaps, study, arena);
}

static bool is_studied(const struct coverage *coverage)
{
    return coverage->trials + coverage->reviews + coverage->others > 0;
}

static void find_gaps(const struct tally *tally, struct coverage_report *report)
{
    const struct base *base = tally->base;
    struct gathering gaps[GAP_KIND_COUNT] = {0};
    size_t most =
        report->results + base->study_count + base->intervention_count + base->condition_count + 1;
    for (size_t i = 0; i < GAP_KIND_COUNT; i++)
        gaps[i].ids = arena_array(tally->arena, most, sizeof *gaps[i].ids);
    for (size_t i = 0; i < base->intervention_count; i++)
        look(&gaps[GAP_UNTESTED], !is_studied(&tally->interventions[i]), base->interventions[i].id);
    for (size_t i = 0; i < base->condition_count; i++)
        look(&gaps[GAP_UNSTUDIED], !is_studied(&tally->conditions[i]), base->conditions[i].id);
    for (size_t i = 0; i < base->study_count; i++)
        look_at_study(gaps, base_study_at(base, i), tally->arena);
    for (size_t i = 0; i < GAP_KIND_COUNT; i++)
        report->gaps[i] = (struct gap){gaps[i].ids, gaps[i].count, gaps[i].of};
}

/* ---- all of it ---- */

static struct tally start(const struct catalog *catalog, struct arena *arena)
{
    const struct base *base = catalog_base(catalog);
    struct tally tally = {
        .catalog = catalog,
        .base = base,
        .arena = arena,
        .interventions = arena_array(arena, base->intervention_count, sizeof(struct coverage)),
        .conditions = arena_array(arena, base->condition_count, sizeof(struct coverage)),
    };
    for (size_t i = 0; i < base->intervention_count; i++) {
        tally.interventions[i] = empty();
        tally.interventions[i].intervention = &base->interventions[i];
    }
    for (size_t i = 0; i < base->condition_count; i++) {
        tally.conditions[i] = empty();
        tally.conditions[i].condition = &base->conditions[i];
    }
    return tally;
}

struct coverage_report coverage_of(const struct catalog *catalog, struct arena *arena)
{
    struct tally tally = start(catalog, arena);
    const struct base *base = tally.base;
    struct mentions mentions = all_mentions(base, arena);
    struct coverage_report report = {.all = empty()};
    for (size_t i = 0; i < base->study_count; i++) {
        count_study(&report.all, base_study_at(base, i));
        report.retracted += base_study_at(base, i)->retracted;
        report.results += base_study_at(base, i)->result_count;
    }
    count_topics(&tally, &mentions);
    count_pairs(&tally, &mentions);
    count_ratings(&tally, &report.all);
    report.interventions = tally.interventions;
    report.intervention_count = base->intervention_count;
    report.conditions = tally.conditions;
    report.condition_count = base->condition_count;
    report.pairs = tally.pairs;
    report.pair_count = tally.pair_count;
    find_gaps(&tally, &report);
    return report;
}
