#include "evidence/rating/rating.h"

#include <string.h>

#include "evidence/rating/body.h"
#include "evidence/rating/certainty.h"
#include "evidence/rating/override.h"
#include "evidence/rating/responders.h"
#include "evidence/rating/synthesis.h"
#include "evidence/rating/verdict.h"

/* What each trial found by its own account, retracted ones and reviews left out. */
static struct directions count_directions(const struct body *body)
{
    struct directions out = {0};
    for (size_t i = 0; i < body->count; i++) {
        const struct rated_study *entry = &body->studies[i];
        if (entry->study->retracted || !design_is_trial(entry->study->design))
            continue;
        int *counts[] = {[FAVOURS_INTERVENTION] = &out.better,
                         [FAVOURS_NEITHER] = &out.neither,
                         [FAVOURS_COMPARATOR] = &out.worse,
                         [FAVOURS_UNKNOWN] = &out.unclear};
        (*counts[entry->favours])++;
        out.people = out.people == COUNT_UNKNOWN || entry->n == COUNT_UNKNOWN
                         ? COUNT_UNKNOWN
                         : out.people + entry->n;
    }
    return out;
}

/* The one detail of all that count; NULL where they differ or say nothing. */
static const char *shared_detail(const struct gathered *gathered, const struct body *body)
{
    const char *detail = NULL;
    for (size_t i = 0; i < body->count; i++) {
        const struct rated_study *entry = &body->studies[i];
        const char *one = gathered->members[i].results[0]->comparator_detail;
        if (entry->study->retracted)
            continue;
        if (entry->used && entry->result != NULL)
            one = entry->result->comparator_detail;
        else if (body->used > 0 && !entry->used)
            continue;
        if (one == NULL || (detail != NULL && strcmp(one, detail) != 0))
            return NULL;
        detail = one;
    }
    return detail;
}

static const char *comparator_detail_of(const struct rating_context *context,
                                        const struct gathered *gathered,
                                        const struct rating *rating)
{
    if (rating->synthesis.adopted_result != NULL &&
        rating->synthesis.adopted_result->comparator_detail != NULL)
        return rating->synthesis.adopted_result->comparator_detail;
    const char *other = comparator_intervention(gathered->question.comparator);
    if (other != NULL && base_intervention(context->base, other) != NULL)
        return base_intervention(context->base, other)->plain;
    return shared_detail(gathered, &rating->body);
}

static int newest_year(const struct body *body)
{
    int year = COUNT_UNKNOWN;
    for (size_t i = 0; i < body->count; i++)
        if (!body->studies[i].study->retracted && body->studies[i].study->year > year)
            year = body->studies[i].study->year;
    return year;
}

static bool all_improbable(const struct body *body)
{
    for (size_t i = 0; i < body->count; i++)
        if (body->studies[i].used && !body->studies[i].improbable)
            return false;
    return body->used > 0;
}

static const char *const class_words[] = {
    "important benefit", "small benefit", "no important difference",
    "undecided",         "harm",          "no class: nobody says what size matters"};

/* The class that the pool without some of its trials gives. */
static enum effect_class class_without(const struct rating *rating,
                                       const struct sensitivity *without,
                                       const struct rating_context *context)
{
    if (!without->pooled)
        return CLASS_NONE;
    struct weighed weighed =
        weigh(&rating->synthesis, &without->others, rating->question.outcome, context->ruleset);
    return classify(&weighed);
}

/* E2: what was imputed decides nothing by itself; where it decides, that is told. */
static void settle_imputed(struct rating *rating, const struct rating_context *context)
{
    const struct sensitivity *without = &rating->synthesis.imputed;
    rating->class_without_imputed = class_without(rating, without, context);
    bool judged = rating->class != CLASS_NONE && !rating->hangs_on_improbable &&
                  rating->question.outcome->kind == OUTCOME_BENEFIT;
    rating->hangs_on_imputed =
        judged && without->left_out > 0 && rating->class_without_imputed != rating->class;
    if (rating->hangs_on_imputed)
        trace_add(&rating->trace, "E2", NULL, NUMBERS({"left_out", (double)without->left_out}),
                  "without what was imputed the class would be: %s",
                  class_words[rating->class_without_imputed]);
}

/* P6: a benefit that hangs on improbable figures is a small one; anything else is undecided. */
static enum effect_class settle_class(struct rating *rating, const struct rating_context *context)
{
    enum effect_class class = classify(&rating->effect.weighed);
    if (class == CLASS_NONE)
        return class;
    if (rating->synthesis.basis == BASIS_TRIALS && all_improbable(&rating->body)) {
        rating->hangs_on_improbable = true;
        return CLASS_UNDECIDED;
    }
    if (!rating->synthesis.improbable.pooled)
        return class;
    enum effect_class other = class_without(rating, &rating->synthesis.improbable, context);
    if (other == class)
        return class;
    rating->hangs_on_improbable = true;
    bool both_benefits = (class == CLASS_BENEFIT || class == CLASS_SMALL) &&
                         (other == CLASS_BENEFIT || other == CLASS_SMALL);
    return both_benefits ? CLASS_SMALL : CLASS_UNDECIDED;
}

static void settle_verdict(struct rating *rating)
{
    if (!rating_has_figure(rating)) {
        rating->verdict = rating->question.outcome->kind == OUTCOME_HARM ? NULL : "unproven";
        rating->rule = "V0";
        return;
    }
    rating->rule = "V";
    if (rating->question.outcome->kind == OUTCOME_HARM)
        rating->class = CLASS_NONE;
    rating->verdict =
        verdict_word(rating->class, rating->certainty.level, rating->question.comparator_class);
}

/* Who says what size matters; NULL: the rule itself. */
static const char *source_of_mid(const struct rating *rating)
{
    const struct mid *mid = &rating->question.outcome->mid;
    struct arena *arena = rating->trace.arena;
    bool own = rating->synthesis.scale == BODY_POINTS ||
               (rating->synthesis.scale == BODY_SMD && rating->synthesis.reference_sd > 0);
    if (!(rating->effect.weighed.mid > 0))
        return NULL;
    if (!own)
        return rating->synthesis.scale == BODY_RATIO ? "ruleset: mid.risk_per_100 (ours)"
                                                     : "ruleset: mid.smd (ours)";
    if (mid->source_url == NULL)
        return NULL;
    return arena_printf(arena, "minimal important difference: %s%s%s", mid->source_url,
                        mid->source_where == NULL ? "" : ", ",
                        mid->source_where == NULL ? "" : mid->source_where);
}

static void trace_class(struct rating *rating)
{
    const struct weighed *weighed = &rating->effect.weighed;
    trace_add(&rating->trace, "V", NULL,
              NUMBERS({"benefit", weighed->benefit}, {"low", weighed->low}, {"high", weighed->high},
                      {"mid", weighed->mid}),
              "class: %s", class_words[rating->class]);
    trace_source(&rating->trace, source_of_mid(rating));
}

/* P5 for pain: people instead of points. */
static void settle_responders(struct rating *rating, const struct rating_context *context)
{
    rating->responders = responders_of(rating, &context->reference.course);
    if (!rating->responders.known)
        return;
    const struct control_course *course = &rating->responders.course;
    trace_add(&rating->trace, "P5", NULL,
              NUMBERS({"benefit", rating->effect.weighed.benefit}, {"baseline", course->baseline},
                      {"control_fall", course->fall}, {"fall_sd", course->fall_sd}, GIVES,
                      {"with", rating->responders.with}, {"without", rating->responders.without}),
              "of 100 people, those whose pain falls by 30 %% or more; modelled from the control "
              "groups of %s",
              course->own ? "these trials" : "the whole base");
}

/* V4: told beside the verdict, never in its place. */
static void settle_override(struct rating *rating, const struct rating_context *context)
{
    if (context->overrides != NULL)
        rating->override = override_of(context->overrides, rating->question.id);
    if (rating->override != NULL)
        trace_add(&rating->trace, "V4", NULL, NULL, "beside it: %s, says %s on %s, because: %s",
                  rating->override->verdict, rating->override->by, rating->override->date,
                  rating->override->reason);
}

struct rating *rate_question(const struct rating_context *context, const struct gathered *gathered,
                             int indirect, struct arena *arena)
{
    struct rating *rating = arena_alloc(arena, sizeof *rating);
    rating->question = gathered->question;
    rating->trace = (struct trace){.arena = arena,
                                   .scratch = arena_new(),
                                   .untold = context->untraced,
                                   .rules = context->rules,
                                   .ruleset = context->ruleset};
    rating->class = rating->class_without_imputed = CLASS_NONE;
    rating->body = body_of(context, gathered, &rating->trace);
    rating->synthesis = synthesis_of(context, gathered, &rating->body, &rating->trace);
    if (rating_has_figure(rating)) {
        rating->effect =
            effect_told_of(&rating->synthesis, rating->question.outcome, context->ruleset, arena);
        settle_responders(rating, context);
        rating->class = settle_class(rating, context);
        trace_class(rating);
        settle_imputed(rating, context);
    }
    rating->directions = count_directions(&rating->body);
    rating->comparator_detail = comparator_detail_of(context, gathered, rating);
    rating->newest_year = newest_year(&rating->body);
    rating->certainty = certainty_of(context, gathered, rating, indirect);
    settle_verdict(rating);
    trace_add(&rating->trace, rating->rule, NULL, NULL, "verdict: %s, certainty %s",
              rating->verdict == NULL ? "none" : rating->verdict,
              certainty_names[rating->certainty.level]);
    settle_override(rating, context);
    rating->sentence = sentence_of(rating, arena);
    arena_free(rating->trace.scratch);
    rating->trace.scratch = NULL;
    return rating;
}

bool rating_has_figure(const struct rating *rating)
{
    return rating->synthesis.basis >= BASIS_TRIALS;
}
