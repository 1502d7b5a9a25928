#include "evidence/rating/synthesis.h"

#include <math.h>

#include "evidence/rating/published.h"

const char *const basis_names[] = {"none", "direction", "trials", "adopted", NULL};

const struct pooled not_pooled = {.b = NAN,
                                  .se = NAN,
                                  .ci_lb = NAN,
                                  .ci_ub = NAN,
                                  .stat = NAN,
                                  .p = NAN,
                                  .df = NAN,
                                  .tau2 = NAN,
                                  .se_tau2 = NAN,
                                  .i2 = NAN,
                                  .h2 = NAN,
                                  .q = NAN,
                                  .qp = NAN,
                                  .pi_lb = NAN,
                                  .pi_ub = NAN,
                                  .pi_df = NAN,
                                  .s2w = NAN};

/* ---- our own pool ---- */

/* The used effects, without those for which `leave` is true (NULL: all), in `out`; gives how many.
 */
static size_t collect(const struct body *body, bool (*leave)(const struct rated_study *entry),
                      struct effect *out)
{
    size_t count = 0;
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used && !(leave != NULL && leave(&body->studies[i])))
            out[count++] = body->studies[i].effect;
    return count;
}

static bool is_improbable(const struct rated_study *entry)
{
    return entry->improbable;
}

static bool is_imputed(const struct rated_study *entry)
{
    return entry->imputed != NULL;
}

/* P1: two trials share the estimator but not Hartung-Knapp, whose t with one degree of freedom says
 * nothing; three or more have it, never narrower than the normal. */
static struct pool_options options_for(const struct ruleset *ruleset, size_t count)
{
    return (struct pool_options){.method = ruleset->method,
                                 .test = count >= 3 ? ruleset->test : POOL_Z,
                                 .level = ruleset->level};
}

static bool fit(const struct rating_context *context, const struct effect *effects, size_t count,
                struct pooled *out, struct trace *trace)
{
    struct pool_options options = options_for(context->ruleset, count);
    struct error err = {0};
    *out = not_pooled;
    if (count > 0 && pool_fit(effects, count, &options, out, &err)) {
        if (count < 3)
            out->pi_lb = out->pi_ub = NAN; /* P1: no prediction from two */
        return true;
    }
    if (count > 0)
        trace_add(trace, "P1", NULL, NULL, "not pooled: %s", err.message);
    return false;
}

static const char *method_text(const struct ruleset *ruleset, size_t count, struct arena *arena)
{
    const char *name = pool_method_name(ruleset->method);
    if (count == 1)
        return "one trial, its own interval";
    if (count == 2)
        return arena_printf(arena, "%s, normal interval", name);
    return arena_printf(arena, "%s, %s", name,
                        ruleset->test == POOL_ADHOC ? "Hartung-Knapp interval, never narrower than "
                                                      "the normal one"
                        : ruleset->test == POOL_KNHA ? "Hartung-Knapp interval"
                                                     : "normal interval");
}

static void set_weights(struct body *body, const struct effect *effects, size_t count, double tau2,
                        struct arena *arena)
{
    double *percent = arena_array(arena, count, sizeof *percent);
    pool_weights(effects, count, tau2, percent);
    size_t next = 0;
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used)
            body->studies[i].weight = percent[next++];
}

static enum measure measure_of(enum body_scale scale)
{
    return scale == BODY_POINTS ? MEASURE_MD : scale == BODY_SMD ? MEASURE_SMD : MEASURE_RR;
}

static void trace_pool(const struct synthesis *own, struct trace *trace)
{
    const struct pooled *pooled = &own->pooled;
    trace_add(trace, "P1", NULL,
              NUMBERS({"k", (double)pooled->k}, GIVES, {"estimate", pooled->b}, {"se", pooled->se},
                      {"ci_low", pooled->ci_lb}, {"ci_high", pooled->ci_ub},
                      {"tau2", pooled->tau2}),
              "%zu trial%s: %s", pooled->k, pooled->k == 1 ? "" : "s pooled", own->method);
    if (pooled->k > 1)
        trace_add(trace, "P2", NULL,
                  NUMBERS({"k", (double)pooled->k}, GIVES, {"q", pooled->q}, {"q_p", pooled->qp},
                          {"i2", pooled->i2}, {"prediction_low", pooled->pi_lb},
                          {"prediction_high", pooled->pi_ub}),
                  "how far the trials differ beyond chance");
}

static struct sensitivity pool_without(const struct rating_context *context,
                                       const struct body *body,
                                       bool (*leave)(const struct rated_study *entry),
                                       struct trace *trace)
{
    struct effect *effects = arena_array(trace->scratch, body->used, sizeof *effects);
    size_t rest = collect(body, leave, effects);
    struct sensitivity out = {.left_out = body->used - rest, .others = not_pooled};
    out.pooled = out.left_out > 0 && fit(context, effects, rest, &out.others, trace);
    return out;
}

static void trace_without(const struct sensitivity *without, const char *rule, const char *text,
                          struct trace *trace)
{
    if (without->left_out > 0)
        trace_add(trace, rule, NULL,
                  NUMBERS({"left_out", (double)without->left_out}, GIVES,
                          {"estimate", without->others.b}, {"ci_low", without->others.ci_lb},
                          {"ci_high", without->others.ci_ub}),
                  "%s%s", text, without->pooled ? "" : ": nothing would be left");
}

void pooled_keep_interval(struct pooled *pooled, const struct rated_study *alone)
{
    if (isnan(alone->printed_low))
        return;
    pooled->ci_lb = alone->printed_low;
    pooled->ci_ub = alone->printed_high;
}

static const struct rated_study *first_used(const struct body *body)
{
    size_t at = 0;
    while (!body->studies[at].used)
        at++;
    return &body->studies[at];
}

static struct synthesis pool_trials(const struct rating_context *context, struct body *body,
                                    struct trace *trace)
{
    struct synthesis own = {.basis = BASIS_NONE, .pooled = not_pooled, .i2 = NAN};
    struct effect *effects = arena_array(trace->scratch, body->used, sizeof *effects);
    size_t count = collect(body, NULL, effects);
    if (!fit(context, effects, count, &own.pooled, trace))
        return own;
    if (count == 1)
        pooled_keep_interval(&own.pooled, first_used(body));
    own.basis = BASIS_TRIALS;
    own.scale = body->scale;
    own.better = body->better;
    own.points = body->points;
    own.measure = measure_of(body->scale);
    own.method = method_text(context->ruleset, count, trace->arena);
    own.k = (int)count;
    own.n = body->n;
    own.i2 = count > 1 ? own.pooled.i2 : (double)NAN;
    set_weights(body, effects, count, own.pooled.tau2, trace->scratch);
    trace_pool(&own, trace);
    own.improbable = pool_without(context, body, is_improbable, trace);
    own.imputed = pool_without(context, body, is_imputed, trace);
    trace_without(&own.improbable, "P6", "the pool without what is improbable", trace);
    trace_without(&own.imputed, "E2", "the pool without what was imputed or assumed", trace);
    return own;
}

/* ---- ours or a published one ---- */

static enum basis basis_without_figures(const struct body *body)
{
    for (size_t i = 0; i < body->count; i++)
        if (!body->studies[i].study->retracted)
            return BASIS_DIRECTION;
    return BASIS_NONE;
}

/* What tells standard deviations in points of the MID's scale: the median SD of the body's control
 * groups, else (and for a published pool, of which the base holds too little) that of the base. */
static void settle_reference(struct synthesis *out, const struct rating_context *context,
                             const struct outcome *outcome, const struct body *body,
                             struct trace *trace)
{
    out->reference_sd = NAN;
    if (out->basis < BASIS_TRIALS || out->scale != BODY_SMD || isnan(outcome->mid.scale_low))
        return;
    bool own = out->basis == BASIS_TRIALS && body->control_sd > 0;
    out->reference_is_base_wide = !own;
    out->reference_sd = own ? body->control_sd : context->reference.pain_control_sd;
    trace_add(trace, "E1", NULL,
              NUMBERS({"sd", out->reference_sd}, GIVES,
                      {"mid_in_sd", outcome->mid.value / out->reference_sd}),
              "told in points through the median SD of %s",
              own ? "its control groups" : "the control groups of the whole base");
}

/* E4: what tells a ratio in people: the risk that an adopted review prints, else that of the
 * control groups here, turned where the review counts the opposite event. */
static void settle_control_risk(struct synthesis *out, const struct body *body, struct trace *trace)
{
    out->control_risk = NAN;
    if (out->basis < BASIS_TRIALS || out->scale != BODY_RATIO)
        return;
    out->control_risk = body->better == out->better ? body->control_risk : 1 - body->control_risk;
    if (out->basis != BASIS_ADOPTED || isnan(out->adopted_result->control_risk))
        return;
    out->control_risk = out->adopted_result->control_risk;
    out->control_risk_is_printed = true;
    trace_add(trace, "E4", out->adopted->id, NUMBERS(GIVES, {"control_risk", out->control_risk}),
              "the risk without the treatment, as the review prints it");
}

struct synthesis synthesis_of(const struct rating_context *context, const struct gathered *gathered,
                              struct body *body, struct trace *trace)
{
    struct published published = {0};
    struct synthesis out;
    bool found = published_find(context, gathered, &published);
    if (found && !published_is_held(context->ruleset, body, &published, trace))
        out = published_adopt(context, &published, body, trace);
    else
        out = pool_trials(context, body, trace);
    if (out.basis == BASIS_NONE)
        out.basis = basis_without_figures(body);
    settle_reference(&out, context, gathered->question.outcome, body, trace);
    settle_control_risk(&out, body, trace);
    return out;
}
