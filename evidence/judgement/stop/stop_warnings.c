#include <math.h>
#include <string.h>

#include "evidence/judgement/stop/stop_words.h"

enum { WARNINGS_MOST = 40 };

struct warnings {
    const char **items;
    size_t count;
};

static void warn(struct warnings *warnings, const char *text)
{
    if (warnings->count < WARNINGS_MOST)
        warnings->items[warnings->count++] = text;
}

/* What a change means for the answer; NULL: nothing. */
static const char *change_words(const struct diary *diary, const struct diary_change *change,
                                struct arena *arena)
{
    const char *day = diary_day(diary, change->day, arena);
    const char *tried = diary->intervention->plain;
    if (change->day < 0)
        return NULL;
    switch (change->kind) {
    case CHANGE_BEGINS: /* told on its own where it moved the first day */
        return NULL;
    case CHANGE_ENDS:
        return arena_printf(arena,
                            "%s was given up on %s: scores after that were left out, as they say "
                            "nothing of it.",
                            diary->intervention->name, day);
    case CHANGE_TO_ANOTHER:
        return arena_printf(arena,
                            "You went over to %s on %s: scores after that were left out. To judge "
                            "that, ask about it.",
                            change->other->plain, day);
    case CHANGE_ANOTHER:
        return change->day == 0
                   ? NULL
                   : arena_printf(arena,
                                  "On %s something changed about %s: what came after it cannot be "
                                  "told from what %s did.",
                                  day, change->other->plain, tried);
    case CHANGE_OTHER:
        break;
    }
    return change->day == 0
               ? NULL
               : arena_printf(arena,
                              "Something else changed on %s (%.100s): what came after it cannot be "
                              "told from what this treatment did.",
                              day, change->what);
}

static void warn_of_changes(const struct diary *diary, struct warnings *warnings,
                            struct arena *arena)
{
    if (diary->switched != NULL)
        warn(warnings,
             arena_printf(arena,
                          "The trial counts from %s, when you began with %s. The scores before it "
                          "belong to %s: they tell where you began, and nothing else.",
                          diary_day(diary, 0, arena), diary->intervention->plain,
                          diary->switched->other != NULL ? diary->switched->other->plain
                                                         : "the time before"));
    for (size_t i = 0; i < diary->change_count; i++) {
        const char *words = change_words(diary, &diary->changes[i], arena);
        if (words != NULL)
            warn(warnings, words);
    }
}

static void warn_of_medicines(const struct told_medicines *medicines, struct warnings *warnings,
                              struct arena *arena)
{
    for (size_t i = 0; i < medicines->count; i++) {
        const struct told_medicine *told = &medicines->items[i];
        if (told->slow != NULL && !told->tried) /* of what is tried the sentence tells it */
            warn(
                warnings,
                arena_printf(arena,
                             "You take %s: it must not be stopped from one day to the next. Before "
                             "you change anything about it, ask whoever prescribed it.",
                             told->medicine != NULL ? told->medicine->name : told->group->name));
    }
    for (const char *const *text = medicines->unknown; *text != NULL; text++)
        warn(warnings, arena_printf(arena,
                                    "Nothing is known here of \"%.60s\" and muscles; that does not "
                                    "mean that it does nothing to them.",
                                    *text));
}

/* Something else than pain that is scored as well has a say only where it gets worse. */
static void warn_of_others(const struct diary *diary, struct warnings *warnings,
                           struct arena *arena)
{
    for (size_t i = 0; i < diary->score_count; i++)
        if (diary->scores[i].outcome != diary->outcome) {
            warn(warnings, arena_printf(arena,
                                        "The answer goes by %s; what else you score (%s) was "
                                        "looked at for getting worse only.",
                                        diary->outcome->plain, diary->scores[i].outcome->plain));
            return;
        }
}

/* Side effects that are no danger by what is known here. */
static void warn_of_side_effects(const struct diary *diary, const struct stop_signs *signs,
                                 struct warnings *warnings, struct arena *arena)
{
    bool medicine = diary->intervention->kind == KIND_DRUG;
    for (const char *const *event = diary->adverse_events; *event != NULL && signs->serious == NULL;
         event++)
        warn(warnings,
             arena_printf(arena, "You told of a side effect (%.100s). %s", *event,
                          medicine ? "Tell whoever prescribed it, or a pharmacist, before the next "
                                     "dose."
                                   : "Leave out the treatment until it has settled; if it does "
                                     "not, or comes back, stop and ask whoever treats you."));
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
    if (diary->outcome->stand_in_for != NULL)
        warn(warnings, arena_printf(arena,
                                    "%s is no pain: that it changes does not say that the pain "
                                    "does.",
                                    diary->outcome->name));
    if (!plan->knows_course)
        warn(warnings, arena_printf(arena,
                                    "Nothing is known here of how this goes on by itself, or of "
                                    "what the treatment adds (%s; %s): the answer rests on your "
                                    "scores alone.",
                                    diary->condition->name, stop_scored(diary)));
    else if (plan->course == NULL)
        warn(warnings, arena_printf(arena,
                                    "How this goes on by itself is not known here (%s; %s): the "
                                    "average of other painful complaints stands in.",
                                    diary->condition->name, stop_scored(diary)));
    if (plan->knows_course && plan->rating == NULL)
        warn(warnings, "No usable figure tells what this treatment adds: nothing was added to what "
                       "comes by itself.");
    if (plan->start - plan->line <= 10 * plan->error->share_of_scale)
        warn(warnings, "The goal is no further off than a single score can be off: go by several "
                       "scores, not by one.");
}

/* What was told that has to be asked about. */
static void warn_of_asks(const struct diary *diary, const struct stop_signs *signs,
                         struct warnings *warnings, struct arena *arena)
{
    if (signs->unchecked)
        warn(warnings,
             arena_printf(
                 arena,
                 "Nobody has written down here who should not have %s, so what you told of "
                 "yourself could not be held against it: ask %s.",
                 diary->intervention->plain,
                 diary->intervention->kind == KIND_DRUG ? "whoever prescribed it, or a pharmacist"
                                                        : "whoever treats you"));
    for (size_t i = 0; i < signs->ask_count; i++)
        warn(warnings, arena_printf(arena,
                                    "You told of %s: ask whoever treats you before you go on. The "
                                    "advice on %s, about when to ask first: \"%s\"",
                                    signs->asks[i].state, diary->intervention->plain,
                                    signs->asks[i].statement));
}

const char *const *stop_warnings(const struct diary *diary, const struct stop_signs *signs,
                                 const struct stopping *stopping, struct arena *arena)
{
    struct warnings warnings = {arena_array(arena, WARNINGS_MOST + 1, sizeof *warnings.items), 0};
    if (stopping->decided == STOP_SEEK_CARE) /* nothing that would keep anyone from it */
        return warnings.items;
    warn_of_side_effects(diary, signs, &warnings, arena);
    warn_of_asks(diary, signs, &warnings, arena);
    for (const char *const *text = diary->warnings; *text != NULL; text++)
        warn(&warnings, *text);
    warn_of_medicines(&signs->medicines, &warnings, arena);
    if (stopping->plan.error != NULL) {
        warn_of_plan(diary, &stopping->plan, &warnings, arena);
        warn_of_others(diary, &warnings, arena);
    }
    warn_of_changes(diary, &warnings, arena);
    return warnings.items;
}
