#include "evidence/rating/certainty.h"

#include <string.h>

#include "evidence/rating/judging.h"
#include "evidence/rating/review.h"

const char *const domain_names[] = {
    "risk-of-bias",     "inconsistency", "indirectness", "imprecision",
    "publication-bias", "upgrade",       "cap",          NULL};

/* What the domain looked at, with what came of it behind. */
static void add_step(struct judging *at, const char *rule, int change, const char *text)
{
    struct trace_number numbers[TRACE_NUMBERS + 2] = {{NULL, 0}};
    size_t count = 0;
    for (; at->seen != NULL && at->seen[count].name != NULL && count + 1 < TRACE_NUMBERS; count++)
        numbers[count] = at->seen[count];
    numbers[count++] = (struct trace_number)GIVES;
    numbers[count++] = (struct trace_number){"change", change};
    numbers[count] = (struct trace_number){NULL, 0};
    trace_add(&at->rating->trace, rule, NULL, numbers, "%s", text);
}

void judge(struct judging *at, enum domain domain, int change, const char *rule, const char *reason)
{
    at->out.domains[domain] =
        (struct domain_judgement){.change = change, .rule = rule, .reason = reason};
    add_step(at, rule, change,
             arena_printf(at->rating->trace.arena, "%s: %s", domain_names[domain], reason));
}

void cap_at(struct judging *at, enum certainty_level level, const char *rule, const char *reason)
{
    if (level >= at->cap)
        return;
    at->cap = level;
    at->out.domains[DOMAIN_CAP] =
        (struct domain_judgement){.change = 0, .rule = rule, .reason = reason};
    trace_add(&at->rating->trace, rule, NULL, at->seen, "never above %s: %s",
              certainty_names[level], reason);
}

/* ---- I: indirectness ---- */

static bool is_in_volunteers(const struct question *question)
{
    return strcmp(question->condition->id, "healthy-adults") == 0 &&
           question->outcome->stand_in_for == NULL;
}

static void judge_indirectness(struct judging *at, int asked)
{
    bool volunteers = is_in_volunteers(&at->rating->question);
    int levels = asked + (volunteers ? 1 : 0);
    at->seen = NUMBERS({"borrowed", asked}, {"volunteers", volunteers});
    if (levels == 0)
        judge(at, DOMAIN_INDIRECTNESS, 0, "I",
              "the people, the treatment and the outcome asked about");
    else if (levels == 1)
        judge(at, DOMAIN_INDIRECTNESS, -1, "I1",
              asked > 0 ? "borrowed from a wider condition"
                        : "healthy volunteers, not people in pain");
    else
        judge(at, DOMAIN_INDIRECTNESS, -2, "I2", "borrowed, and from healthy volunteers");
    at->seen = NULL;
}

static enum certainty_level level_after(const struct judging *at)
{
    int level = (int)at->out.start + at->asked;
    for (size_t i = 0; i < DOMAIN_COUNT; i++)
        level += at->out.domains[i].change;
    level = level > (int)at->cap ? (int)at->cap : level;
    level -= at->asked; /* Q4: below its home, whatever held that one down */
    return level < CERTAINTY_VERY_LOW ? CERTAINTY_VERY_LOW : (enum certainty_level)level;
}

static void judge_trials(struct judging *at, int indirect)
{
    judge_inconsistency(at);
    judge_indirectness(at, indirect);
    judge_imprecision(at);
    judge_publication(at);
    if (!judge_bias_by_review(at))
        judge_bias_of_trials(at);
}

/* ---- an adopted pool (S1) ---- */

static void judge_adopted(struct judging *at, int indirect)
{
    const struct synthesis *synthesis = &at->rating->synthesis;
    enum certainty_level grade = synthesis->adopted_result->grade;
    if (grade != CERTAINTY_UNKNOWN) {
        at->out.start = grade;
        at->out.authors_own = true;
        trace_add(&at->rating->trace, "S1", synthesis->adopted->id, NULL,
                  "its authors graded this result %s; their grade stands", certainty_names[grade]);
        judge(at, DOMAIN_BIAS, 0, "S1", "as graded by the review's authors");
        judge_indirectness(at, indirect);
        if (synthesis->outlier != NULL)
            judge(at, DOMAIN_INCONSISTENCY, -1, "P4",
                  arena_printf(at->rating->trace.arena,
                               "a newer trial (%s) does not fit the review",
                               synthesis->outlier->label));
        return;
    }
    judge_inconsistency(at);
    judge_indirectness(at, indirect);
    judge_imprecision(at);
    judge_bias_as_reported(at);
    if (review_is_critically_low(synthesis->adopted)) {
        at->out.domains[DOMAIN_BIAS].change -= 1;
        at->out.domains[DOMAIN_BIAS].reason = arena_printf(
            at->rating->trace.arena, "%s; the review itself is critically weak (AMSTAR 2)",
            at->out.domains[DOMAIN_BIAS].reason);
        trace_add(&at->rating->trace, "S1", synthesis->adopted->id, NUMBERS(GIVES, {"change", -1}),
                  "the review itself is critically weak (AMSTAR 2)");
    }
}

/* ---- the whole ---- */

static bool is_randomised(const struct rating *rating)
{
    if (rating->synthesis.basis == BASIS_ADOPTED)
        return true; /* the reviews here pool trials; where they say otherwise their grade tells it
                      */
    for (size_t i = 0; i < rating->body.count; i++)
        if (rating->body.studies[i].used)
            return design_is_randomised(rating->body.studies[i].study->design);
    return false;
}

static void judge_size_of_body(struct judging *at)
{
    const struct synthesis *synthesis = &at->rating->synthesis;
    if (synthesis->basis == BASIS_ADOPTED && synthesis->adopted_result->grade != CERTAINTY_UNKNOWN)
        return; /* its authors knew how many there were */
    at->seen = NUMBERS({"k", synthesis->k});
    if (synthesis->k == 1)
        cap_at(at, CERTAINTY_MODERATE, "P1", "one trial alone");
    if (synthesis->k == 2)
        cap_at(at, CERTAINTY_LOW, "P1", "two trials alone");
    at->seen = NULL;
}

/* P6: where the class hangs on what is improbable, the answer is a level less sure. */
static void judge_improbable(struct judging *at)
{
    if (!at->rating->hangs_on_improbable)
        return;
    at->out.domains[DOMAIN_BIAS].change -= 1;
    at->out.domains[DOMAIN_BIAS].reason = arena_printf(
        at->rating->trace.arena, "%s; without improbable figures the answer is another",
        at->out.domains[DOMAIN_BIAS].reason);
    trace_add(&at->rating->trace, "P6", NULL, NUMBERS(GIVES, {"change", -1}),
              "the answer hangs on figures that are improbable");
}

struct certainty certainty_of(const struct rating_context *context, const struct gathered *gathered,
                              struct rating *rating, int indirect)
{
    struct judging at = {.context = context,
                         .gathered = gathered,
                         .rating = rating,
                         .cap = CERTAINTY_HIGH,
                         .asked = indirect,
                         .out = {.level = CERTAINTY_VERY_LOW, .start = CERTAINTY_HIGH}};
    if (!rating_has_figure(rating)) {
        at.out.start = CERTAINTY_VERY_LOW;
        trace_add(&rating->trace, "V0", NULL, NULL, "no figure to be sure of: very low");
        return at.out;
    }
    at.randomised = is_randomised(rating);
    at.out.start = at.randomised ? CERTAINTY_HIGH : CERTAINTY_LOW;
    judge_size_of_body(&at);
    if (rating->synthesis.basis == BASIS_ADOPTED)
        judge_adopted(&at, indirect);
    else
        judge_trials(&at, indirect);
    judge_improbable(&at);
    judge_upgrade(&at);
    at.out.level = level_after(&at);
    return at.out;
}
