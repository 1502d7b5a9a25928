#include "evidence/judgement/stop_words.h"

#include <math.h>
#include <string.h>

enum { WARNINGS_MOST = 16 };

/* A level on the diary's scale, a tenth of it at most as precise. */
static const char *told(const struct diary *diary, double level, struct arena *arena)
{
    double value = diary_told(diary->scale, level);
    bool coarse = diary->scale->high - diary->scale->low > 20;
    return arena_printf(arena, coarse ? "%.0f" : "%.1f", value);
}

static const char *of_100(double probability, struct arena *arena)
{
    if (probability < 0.01)
        return "less than 1 in 100";
    if (probability > 0.99)
        return "more than 99 in 100";
    return arena_printf(arena, "about %.0f in 100", 100 * probability);
}

/* "at 3.8 or below", "at 12 or above". */
static const char *goal_words(const struct diary *diary, const struct stop_plan *plan,
                              struct arena *arena)
{
    return arena_printf(arena, "%s at %s or %s", diary->outcome->plain,
                        told(diary, plan->line, arena),
                        diary->scale->higher_is_better ? "above" : "below");
}

/* Never a word about getting better without what comes by itself. */
static const char *course_words(const struct diary *diary, const struct stopping *stopping,
                                double day, struct arena *arena)
{
    return arena_printf(arena,
                        "Without this treatment, people like you would on average be at about %s "
                        "by then.",
                        told(diary, stop_plan_without(&stopping->plan, day), arena));
}

static const char *end_of_trial(const struct diary *diary, const struct stopping *stopping,
                                struct arena *arena)
{
    return diary_day(diary, stopping->plan.trial_days, arena);
}

static const char *harm_sentence(const struct stopping *stopping, struct arena *arena)
{
    if (stopping->sign != NULL)
        return stopping->sign->sentence;
    return arena_printf(arena,
                        "Stop: your %s is worse than before you began, by more than a single score "
                        "can be off. If it does not settle within days, have it looked at.",
                        stopping->worse->plain);
}

static const char *against_sentence(const struct stopping *stopping, struct arena *arena)
{
    return arena_printf(arena,
                        "%s Do not start it; if you have begun, stop and ask whoever treats "
                        "you.",
                        stopping->sign->sentence);
}

static const char *exposure_words(const struct diary *diary, const struct stopping *stopping,
                                  struct arena *arena)
{
    const struct stop_plan *plan = &stopping->plan;
    if (diary->sessions_told)
        return arena_printf(arena, "%zu of at least %d sessions", stopping->sessions_so_far,
                            plan->least_sessions);
    return arena_printf(arena, "%.0f of at least %.0f days", stopping->now, ceil(plan->least_days));
}

static const char *early_sentence(const struct diary *diary, const struct stopping *stopping,
                                  struct arena *arena)
{
    if (stopping->later_scores == 0)
        return "Too early to tell: there is no score yet from after the first session. Write one "
               "down every few days, at about the same time of day.";
    if (!stopping->known)
        return "Too early to tell: nothing is known here of how such scores usually go on.";
    return arena_printf(arena,
                        "Too early to tell: %s, and what happens after the first one alone decides "
                        "nothing. Look again on %s.",
                        exposure_words(diary, stopping, arena),
                        diary_day(diary, stopping->next_review_day, arena));
}

static const char *unlikely_sentence(const struct diary *diary, const struct stopping *stopping,
                                     struct arena *arena)
{
    return arena_printf(arena,
                        "Stop: with the scores so far the chance of reaching the goal (%s) by %s "
                        "is %s. %s",
                        goal_words(diary, &stopping->plan, arena),
                        end_of_trial(diary, stopping, arena), of_100(stopping->probability, arena),
                        course_words(diary, stopping, stopping->plan.trial_days, arena));
}

static const char *missed_sentence(const struct diary *diary, const struct stopping *stopping,
                                   struct arena *arena)
{
    return arena_printf(arena,
                        "Stop: it has had a fair trial, and the goal (%s) was not reached. %s",
                        goal_words(diary, &stopping->plan, arena),
                        course_words(diary, stopping, stopping->now, arena));
}

static const char *done_sentence(const struct diary *diary, const struct stopping *stopping,
                                 struct arena *arena)
{
    return arena_printf(arena,
                        "You have reached the goal (%s), and it no longer changes: you are done. "
                        "Space the sessions out and go over to what you can do yourself. %s So not "
                        "all of it need be the treatment's doing.",
                        goal_words(diary, &stopping->plan, arena),
                        course_words(diary, stopping, stopping->now, arena));
}

static const char *improving_sentence(const struct diary *diary, const struct stopping *stopping,
                                      struct arena *arena)
{
    return arena_printf(arena,
                        "You have reached the goal (%s) and it is still getting better: go on, and "
                        "look again on %s. %s",
                        goal_words(diary, &stopping->plan, arena),
                        diary_day(diary, stopping->next_review_day, arena),
                        course_words(diary, stopping, stopping->now, arena));
}

static const char *continue_sentence(const struct diary *diary, const struct stopping *stopping,
                                     struct arena *arena)
{
    return arena_printf(arena,
                        "Go on: the chance of reaching the goal (%s) by %s is %s. Look again on "
                        "%s, the first day on which the answer could change. %s",
                        goal_words(diary, &stopping->plan, arena),
                        end_of_trial(diary, stopping, arena), of_100(stopping->probability, arena),
                        diary_day(diary, stopping->next_review_day, arena),
                        course_words(diary, stopping, stopping->plan.trial_days, arena));
}

const char *stop_sentence(const struct diary *diary, const struct stopping *stopping,
                          struct arena *arena)
{
    bool over = strcmp(stopping->rule, "T6") == 0;
    switch (stopping->decided) {
    case STOP_SEEK_CARE:
        return stopping->sign->sentence;
    case STOP_FOR_HARM:
        return harm_sentence(stopping, arena);
    case STOP_DO_NOT_START:
        return against_sentence(stopping, arena);
    case STOP_TOO_EARLY:
        return early_sentence(diary, stopping, arena);
    case STOP_UNLIKELY:
        return over ? missed_sentence(diary, stopping, arena)
                    : unlikely_sentence(diary, stopping, arena);
    case STOP_DONE:
        return done_sentence(diary, stopping, arena);
    case STOP_CONTINUE:
        break;
    }
    return over ? improving_sentence(diary, stopping, arena)
                : continue_sentence(diary, stopping, arena);
}

/* ---- warnings ---- */

struct warnings {
    const char **items;
    size_t count;
};

static void warn(struct warnings *warnings, const char *text)
{
    if (warnings->count < WARNINGS_MOST)
        warnings->items[warnings->count++] = text;
}

static void warn_of_changes(const struct diary *diary, struct warnings *warnings,
                            struct arena *arena)
{
    for (size_t i = 0; i < diary->change_count; i++)
        if (diary->changes[i].day > 0)
            warn(warnings,
                 arena_printf(arena,
                              "Something else changed on %s (%.100s): what came after it cannot be "
                              "told from what this treatment did.",
                              diary_day(diary, diary->changes[i].day, arena),
                              diary->changes[i].what));
}

static void warn_of_plan(const struct diary *diary, const struct stop_plan *plan,
                         struct warnings *warnings, struct arena *arena)
{
    if (plan->stand_in != NULL)
        warn(warnings,
             arena_printf(arena,
                          "No score stands before the first session: that of %s was taken "
                          "for the start, which may hide what had changed by then.",
                          diary_day(diary, plan->stand_in->day, arena)));
    if (!plan->trial_is_own && plan->trial_rule == NULL)
        warn(warnings, plan->trial_rest->note);
    if (plan->course == NULL)
        warn(warnings, "How this complaint goes on by itself is not known here: the average of all "
                       "painful complaints in the base stands in.");
    if (plan->rating == NULL)
        warn(warnings, "No usable figure tells what this treatment adds: nothing was added to what "
                       "comes by itself.");
    if (plan->start - plan->line < 10 * plan->error->share_of_scale)
        warn(warnings,
             "You began so low that an improvement can hardly be told from the error of a "
             "score.");
}

const char *const *stop_warnings(const struct diary *diary, const struct stop_signs *signs,
                                 const struct stopping *stopping, struct arena *arena)
{
    struct warnings warnings = {arena_array(arena, WARNINGS_MOST + 1, sizeof *warnings.items), 0};
    for (const char *const *text = diary->warnings; *text != NULL; text++)
        warn(&warnings, *text);
    if (stopping->plan.error != NULL)
        warn_of_plan(diary, &stopping->plan, &warnings, arena);
    warn_of_changes(diary, &warnings, arena);
    for (size_t i = 0; i < signs->ask_count; i++)
        warn(&warnings, arena_printf(arena, "You told of %s: ask whoever treats you first. %s",
                                     signs->asks[i].state, signs->asks[i].statement));
    return warnings.items;
}
