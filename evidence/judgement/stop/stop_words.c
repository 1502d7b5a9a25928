#include "evidence/judgement/stop/stop_words.h"

#include <math.h>
#include <string.h>

/* Levels are told on the diary's scale in tenths, or in whole numbers on a long one. */
static double steps_of(const struct diary_scale *scale)
{
    return scale->high - scale->low > 20 ? 1 : 10;
}

static const char *told(const struct diary *diary, double level, struct arena *arena)
{
    double steps = steps_of(diary->scale);
    return arena_number(arena, round(diary_told(diary->scale, level) * steps) / steps);
}

const char *stop_goal_told(const struct diary *diary, double level, struct arena *arena)
{
    double steps = steps_of(diary->scale);
    double value = diary_told(diary->scale, level) * steps;
    double reached = diary->scale->higher_is_better ? ceil(value - 1e-9) : floor(value + 1e-9);
    return arena_number(arena, reached / steps);
}

static const char *of_100(double probability, struct arena *arena)
{
    if (probability < 0.01)
        return "less than 1 in 100";
    if (probability > 0.99)
        return "more than 99 in 100";
    return arena_join(arena, "about ", arena_number(arena, rint(100 * probability)), " in 100");
}

const char *stop_scored(const struct diary *diary)
{
    return diary->counted != NULL ? diary->counted : diary->outcome->plain;
}

/* "pain: 3.8 or below", "days per week: 2 or below". */
static const char *goal_words(const struct diary *diary, const struct stop_plan *plan,
                              struct arena *arena)
{
    return arena_printf(arena, "%s: %s or %s", stop_scored(diary),
                        stop_goal_told(diary, plan->line, arena),
                        diary->scale->higher_is_better ? "above" : "below");
}

/* Never a word about getting better without what comes by itself. */
static const char *course_words(const struct diary *diary, const struct stopping *stopping,
                                double day, struct arena *arena)
{
    if (!stopping->plan.knows_course)
        return "How this goes on without treatment is not known here in figures, so a change need "
               "not be the treatment's doing.";
    const char *level = told(diary, stop_plan_without(&stopping->plan, day), arena);
    if (stopping->plan.course == NULL)
        return arena_printf(arena,
                            "Without this treatment it would be at about %s by then, going by "
                            "control groups with other painful complaints.",
                            level);
    return arena_printf(arena,
                        "Without this treatment, people with %s who begin where you did are on "
                        "average at about %s by then.",
                        diary->condition->plain, level);
}

static const char *end_of_trial(const struct diary *diary, const struct stopping *stopping,
                                struct arena *arena)
{
    return diary_day(diary, stopping->plan.trial_days, arena);
}

/* ---- medicines: nobody is told to stop one by us ---- */

static bool is_medicine(const struct diary *diary)
{
    return diary->intervention->kind == KIND_DRUG;
}

/* What goes after whom to talk to. */
static const char *slowly(const struct stopping *stopping)
{
    return stopping->slow == NULL
               ? ""
               : " It must not be stopped from one day to the next: ask how to come off it slowly.";
}

static const char *about_ending(const struct stopping *stopping, struct arena *arena)
{
    return arena_printf(arena,
                        "Talk to whoever prescribed it, or to a pharmacist, about ending it.%s",
                        slowly(stopping));
}

/* ---- sentences ---- */

static const char *event_sentence(const struct diary *diary, const struct stopping *stopping,
                                  struct arena *arena)
{
    const struct stop_sign *sign = stopping->sign;
    if (!is_medicine(diary))
        return arena_printf(arena, "Stop for now. %s", sign->sentence);
    /* Whether it must be left out at once, whatever else holds for it, is for those who come. */
    if (sign->urgency == URGENCY_EMERGENCY)
        return arena_printf(arena,
                            "%s Say which medicine you take, and ask there whether to take the "
                            "next dose.",
                            sign->sentence);
    return arena_printf(arena, "%s Talk to whoever prescribed it today%s%s", sign->sentence,
                        stopping->slow == NULL ? ", before you take more of it." : ".",
                        slowly(stopping));
}

static const char *harm_sentence(const struct diary *diary, const struct stopping *stopping,
                                 struct arena *arena)
{
    if (stopping->sign != NULL)
        return event_sentence(diary, stopping, arena);
    const char *worse = arena_printf(
        arena,
        "by your scores (%s) you are worse off than before you began, by more than a single score "
        "can be off.",
        stopping->worse->plain);
    if (is_medicine(diary))
        return arena_printf(arena,
                            "Do not leave it at that: %s Talk to whoever prescribed it within days "
                            "about whether to go on.%s",
                            worse, slowly(stopping));
    return arena_printf(arena, "Stop: %s If it does not settle within days, have it looked at.",
                        worse);
}

static const char *against_sentence(const struct diary *diary, const struct stopping *stopping,
                                    struct arena *arena)
{
    if (is_medicine(diary))
        return arena_printf(arena,
                            "%s Do not start it; if you take it already, ask whoever prescribed it "
                            "today.%s",
                            stopping->sign->sentence, slowly(stopping));
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
    if (isfinite(diary->ended))
        return arena_printf(arena,
                            "It was given up on %s, before it could be told whether it helps. If "
                            "you take it up again, count from that day.",
                            diary_day(diary, diary->ended, arena));
    if (stopping->later_scores < 2)
        return arena_printf(arena,
                            "Too early to tell: one score alone decides nothing. Look again on %s.",
                            diary_day(diary, stopping->next_review_day, arena));
    return arena_printf(arena, "Too early to tell: %s so far. Look again on %s.",
                        exposure_words(diary, stopping, arena),
                        diary_day(diary, stopping->next_review_day, arena));
}

static const char *unlikely_sentence(const struct diary *diary, const struct stopping *stopping,
                                     struct arena *arena)
{
    const char *chance = arena_printf(
        arena, "with the scores so far the chance of reaching the goal (%s) by %s is %s.",
        goal_words(diary, &stopping->plan, arena), end_of_trial(diary, stopping, arena),
        of_100(stopping->probability, arena));
    const char *course = course_words(diary, stopping, stopping->plan.trial_days, arena);
    if (is_medicine(diary))
        return arena_printf(arena, "It is not likely to help you enough: %s %s %s", chance,
                            about_ending(stopping, arena), course);
    return arena_printf(arena, "Stop: %s %s", chance, course);
}

static const char *missed_sentence(const struct diary *diary, const struct stopping *stopping,
                                   struct arena *arena)
{
    const char *goal = goal_words(diary, &stopping->plan, arena);
    const char *course = course_words(diary, stopping, stopping->now, arena);
    if (is_medicine(diary))
        return arena_printf(arena,
                            "It has had a fair trial, and the goal (%s) was not reached. %s %s",
                            goal, about_ending(stopping, arena), course);
    return arena_printf(arena,
                        "Stop: it has had a fair trial, and the goal (%s) was not reached. %s",
                        goal, course);
}

static const char *done_sentence(const struct diary *diary, const struct stopping *stopping,
                                 struct arena *arena)
{
    const char *next =
        is_medicine(diary)
            ? arena_printf(arena,
                           "Talk to whoever prescribed it, or to a pharmacist, about taking less "
                           "of it or none.%s",
                           slowly(stopping))
            : "Space the sessions out and go over to what you can do yourself.";
    return arena_printf(
        arena, "You have reached the goal (%s), and %s: you are done. %s %s%s",
        goal_words(diary, &stopping->plan, arena),
        stopping->little_left ? "there is little left to gain"
                              : "the last scores do not clearly show it getting better still",
        next, course_words(diary, stopping, stopping->now, arena),
        stopping->plan.knows_course ? " So not all of it need be the treatment's doing." : "");
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

static const char *review_words(const struct diary *diary, const struct stopping *stopping,
                                struct arena *arena)
{
    const char *day = diary_day(diary, stopping->next_review_day, arena);
    if (stopping->next_review_day >= stopping->plan.trial_days)
        return arena_printf(arena,
                            "Look again on %s, when the trial ends; sooner if it gets worse.", day);
    return arena_printf(arena,
                        "Look again on %s, sooner if it gets worse: if it were back to where it "
                        "began, the answer would change by then.",
                        day);
}

static const char *continue_sentence(const struct diary *diary, const struct stopping *stopping,
                                     struct arena *arena)
{
    return arena_printf(arena, "Go on%s: the chance of reaching the goal (%s) by %s is %s. %s %s",
                        is_medicine(diary) ? " as prescribed" : "",
                        goal_words(diary, &stopping->plan, arena),
                        end_of_trial(diary, stopping, arena), of_100(stopping->probability, arena),
                        review_words(diary, stopping, arena),
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
        return harm_sentence(diary, stopping, arena);
    case STOP_DO_NOT_START:
        return against_sentence(diary, stopping, arena);
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

const char *stop_headline(const struct diary *diary, const struct stopping *stopping)
{
    static const char *const words[] = {
        "Get help", "Stop", "Do not start", "Too early to tell", "Stop", "You are done", "Go on"};
    bool stop = stopping->decided == STOP_FOR_HARM || stopping->decided == STOP_UNLIKELY;
    if (!is_medicine(diary) || !stop)
        return words[stopping->decided];
    return stopping->decided == STOP_FOR_HARM ? "Ask before the next dose" : "Not helping enough";
}
