#include "evidence/rating/what_if.h"

#include <math.h>
#include <string.h>

/* ---- who is in it ---- */

struct gathered gathered_where(const struct gathered *gathered,
                               bool (*keep)(const struct member *member, const void *how),
                               const void *how, struct arena *arena)
{
    struct member *members = arena_array(arena, gathered->count, sizeof *members);
    struct gathered out = {.question = gathered->question, .members = members};
    for (size_t i = 0; i < gathered->count; i++)
        if (keep(&gathered->members[i], how))
            members[out.count++] = gathered->members[i];
    return out;
}

static const struct member *find_member(const struct gathered *gathered, const char *id)
{
    for (size_t i = 0; i < gathered->count; i++)
        if (strcmp(gathered->members[i].study->id, id) == 0)
            return &gathered->members[i];
    return NULL;
}

static bool is_kept(const struct member *member, const void *how)
{
    const struct what_if *changes = how;
    for (size_t i = 0; i < changes->leave_out_count; i++)
        if (strcmp(changes->leave_out[i], member->study->id) == 0)
            return false;
    return true;
}

/* ---- another risk of bias ---- */

/* A copy of the study with one appraisal, ours, in place of those on the study itself. */
static const struct study *judged_otherwise(const struct study *study, enum risk risk,
                                            struct arena *arena)
{
    static const char *const no_items[] = {NULL};
    struct study *copy = arena_alloc(arena, sizeof *copy);
    struct appraisal *appraisal = arena_alloc(arena, sizeof *appraisal);
    *copy = *study;
    *appraisal = (struct appraisal){.instrument = INSTRUMENT_ROB2,
                                    .overall = risk_names[risk],
                                    .score = NAN,
                                    .out_of = NAN,
                                    .share_low = NAN,
                                    .share_high = NAN,
                                    .item_names = no_items,
                                    .item_values = no_items,
                                    .rated_by = "what-if"};
    copy->appraisals = appraisal;
    copy->appraisal_count = risk == RISK_UNKNOWN ? 0 : 1;
    return copy;
}

static void change_risks(struct gathered *gathered, const struct what_if *changes,
                         struct arena *arena)
{
    struct member *members = arena_array(arena, gathered->count, sizeof *members);
    for (size_t i = 0; i < gathered->count; i++) {
        members[i] = gathered->members[i];
        for (size_t j = 0; j < changes->risk_count; j++)
            if (strcmp(changes->risks[j].study, members[i].study->id) == 0)
                members[i].study =
                    judged_otherwise(members[i].study, changes->risks[j].risk, arena);
    }
    gathered->members = members;
}

/* ---- a trial that nobody has done ---- */

static enum figure figure_on(enum body_scale scale)
{
    return scale == BODY_POINTS ? FIGURE_MD : scale == BODY_SMD ? FIGURE_SMD : FIGURE_RR;
}

static struct result *made_result(const struct rating *now, const struct hypothetical *trial,
                                  struct arena *arena)
{
    const struct question *question = &now->question;
    struct result *result = arena_alloc(arena, sizeof *result);
    *result = (struct result){
        .intervention = question->intervention->id,
        .comparator = question->comparator,
        .comparator_class = question->comparator_class,
        .comparator_detail = now->comparator_detail,
        .condition = question->condition->id,
        .outcome = question->outcome->id,
        .scale = {.name = "what-if", .low = NAN, .high = NAN},
        .better = now->synthesis.better,
        .window = question->window,
        .days = NAN,
        .figure = figure_on(now->synthesis.scale),
        .estimate = trial->estimate,
        .ci_low = trial->ci_low,
        .ci_high = trial->ci_high,
        .ci_level = 0.95,
        .se = NAN,
        .p = NAN,
        .k = COUNT_UNKNOWN,
        .n = trial->n,
        .i2 = NAN,
        .control_risk = NAN,
        .favours = FAVOURS_UNKNOWN,
        .grade = CERTAINTY_UNKNOWN,
    };
    if (now->synthesis.scale == BODY_POINTS)
        result->scale = now->synthesis.points;
    return result;
}

static const struct study *made_study(const struct rating *now, const struct hypothetical *trial,
                                      size_t number, struct result *result, struct arena *arena)
{
    static const char *const none[] = {NULL};
    struct author *author = arena_alloc(arena, sizeof *author);
    author->group = trial->label != NULL ? trial->label : "A trial that was not done";
    const struct study study = {
        .id = arena_printf(arena, "ts:what-if-%zu", number),
        .aliases = none,
        .registrations = none,
        .pooled_in = none,
        .title = author->group,
        .authors = author,
        .author_count = 1,
        .year = now->newest_year + 1, /* newer than all there is */
        .design = DESIGN_RCT,
        .condition = now->question.condition->id,
        .participants = trial->n,
        .trials = COUNT_UNKNOWN,
        .results = result,
        .result_count = 1,
        .funding = "none: it was not done",
    };
    return judged_otherwise(&study, trial->risk, arena);
}

struct gathered gathered_with(const struct gathered *gathered, const struct rating *now,
                              const struct hypothetical *trial, size_t number, struct arena *arena)
{
    struct member *members = arena_array(arena, gathered->count + 1, sizeof *members);
    const struct result **results = arena_array(arena, 1, sizeof *results);
    struct result *result = made_result(now, trial, arena);
    if (gathered->count > 0)
        memcpy(members, gathered->members, gathered->count * sizeof *members);
    results[0] = result;
    members[gathered->count] = (struct member){
        .study = made_study(now, trial, number, result, arena), .results = results, .count = 1};
    return (struct gathered){
        .question = gathered->question, .members = members, .count = gathered->count + 1};
}

/* ---- checks ---- */

static bool check_studies(const struct gathered *gathered, const struct what_if *changes,
                          struct error *err)
{
    for (size_t i = 0; i < changes->leave_out_count; i++)
        if (find_member(gathered, changes->leave_out[i]) == NULL)
            return error_set(err, ERROR_NOT_FOUND, "study %s has no part in %s",
                             changes->leave_out[i], gathered->question.id);
    for (size_t i = 0; i < changes->risk_count; i++)
        if (find_member(gathered, changes->risks[i].study) == NULL)
            return error_set(err, ERROR_NOT_FOUND, "study %s has no part in %s",
                             changes->risks[i].study, gathered->question.id);
    return true;
}

static bool check_trial(const struct rating *now, const struct hypothetical *trial, size_t i,
                        struct error *err)
{
    bool ratio = now->synthesis.scale == BODY_RATIO;
    if (!rating_has_figure(now))
        return error_set(err, ERROR_INVALID,
                         "trial %zu: no figure stands here yet, so there is no scale to tell it on",
                         i);
    if (trial->n < 1)
        return error_set(err, ERROR_INVALID, "trial %zu: needs at least one person", i);
    if (!(trial->ci_low < trial->ci_high) || !(trial->estimate >= trial->ci_low) ||
        !(trial->estimate <= trial->ci_high) || !isfinite(trial->ci_low) ||
        !isfinite(trial->ci_high))
        return error_set(err, ERROR_INVALID, "trial %zu: its interval must hold its estimate", i);
    if (ratio && trial->ci_low <= 0)
        return error_set(err, ERROR_INVALID, "trial %zu: a ratio and its interval are above 0", i);
    return true;
}

static bool check(const struct gathered *gathered, const struct rating *now,
                  const struct what_if *changes, struct error *err)
{
    if (changes->leave_out_count > WHAT_IF_MOST || changes->risk_count > WHAT_IF_MOST ||
        changes->add_count > WHAT_IF_MOST)
        return error_set(err, ERROR_LIMIT, "at most %d changes of a kind", WHAT_IF_MOST);
    if (!check_studies(gathered, changes, err))
        return false;
    for (size_t i = 0; i < changes->add_count; i++)
        if (!check_trial(now, &changes->add[i], i, err))
            return false;
    return true;
}

const struct rating *rate_what_if(const struct rating_context *context,
                                  const struct gathered *gathered, const struct rating *now,
                                  const struct what_if *changes, struct arena *arena,
                                  struct error *err)
{
    if (!check(gathered, now, changes, err))
        return NULL;
    struct gathered changed = gathered_where(gathered, is_kept, changes, arena);
    change_risks(&changed, changes, arena);
    for (size_t i = 0; i < changes->add_count; i++)
        changed = gathered_with(&changed, now, &changes->add[i], i + 1, arena);
    /* What a curator says of the studies there are is not said of these. */
    struct rating_context here = *context;
    here.overrides = NULL;
    return rate_question(&here, &changed, 0, arena);
}
