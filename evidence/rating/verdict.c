#include "evidence/rating/verdict.h"

#include <stddef.h>
#include <string.h>

static const char *const against_nothing[CLASS_NONE][4] = {
    [CLASS_BENEFIT] = {"unproven", "may-work", "probably-works", "works"},
    [CLASS_SMALL] = {"unproven", "may-help-a-little", "probably-small-benefit", "small-benefit"},
    [CLASS_NO_DIFFERENCE] = {"unproven", "may-not-work", "probably-does-not-work", "does-not-work"},
    [CLASS_UNDECIDED] = {"unproven", "unproven", "unproven", "unproven"},
    [CLASS_HARM] = {"unproven", "may-harm", "probably-harmful", "harmful"},
};

static const char *const against_another[CLASS_NONE][4] = {
    [CLASS_BENEFIT] = {"unproven", "may-be-better", "probably-better", "better"},
    [CLASS_SMALL] = {"unproven", "may-be-better", "probably-better", "better"},
    [CLASS_NO_DIFFERENCE] = {"unproven", "may-be-no-different", "probably-no-different",
                             "no-different"},
    [CLASS_UNDECIDED] = {"unproven", "unproven", "unproven", "unproven"},
    [CLASS_HARM] = {"unproven", "may-be-worse", "probably-worse", "worse"},
};

static const struct {
    const char *verdict;
    const char *badge;
} badges[] = {
    {"works", "Works"},
    {"probably-works", "Probably works"},
    {"may-work", "May work"},
    {"small-benefit", "Helps a little"},
    {"probably-small-benefit", "Probably helps a little"},
    {"may-help-a-little", "May help a little"},
    {"does-not-work", "Doesn't work"},
    {"probably-does-not-work", "Probably doesn't work"},
    {"may-not-work", "May not work"},
    {"harmful", "Does harm"},
    {"probably-harmful", "Probably does harm"},
    {"may-harm", "May do harm"},
    {"unproven", "We don't know yet"},
    {"untested", "No study found"},
    {"better", "Better"},
    {"probably-better", "Probably better"},
    {"may-be-better", "May be better"},
    {"no-different", "No different"},
    {"probably-no-different", "Probably no different"},
    {"may-be-no-different", "May be no different"},
    {"worse", "Worse"},
    {"probably-worse", "Probably worse"},
    {"may-be-worse", "May be worse"},
};

const char *const verdict_names[] = {"works",
                                     "probably-works",
                                     "may-work",
                                     "small-benefit",
                                     "probably-small-benefit",
                                     "may-help-a-little",
                                     "does-not-work",
                                     "probably-does-not-work",
                                     "may-not-work",
                                     "harmful",
                                     "probably-harmful",
                                     "may-harm",
                                     "unproven",
                                     "untested",
                                     "better",
                                     "probably-better",
                                     "may-be-better",
                                     "no-different",
                                     "probably-no-different",
                                     "may-be-no-different",
                                     "worse",
                                     "probably-worse",
                                     "may-be-worse",
                                     NULL};

const char *verdict_word(enum effect_class class, enum certainty_level level,
                         enum comparator_class comparator)
{
    if (class == CLASS_NONE)
        return NULL;
    return comparator == COMPARATOR_ACTIVE ? against_another[class][level]
                                           : against_nothing[class][level];
}

const char *verdict_badge(const char *verdict)
{
    for (size_t i = 0; verdict != NULL && i < sizeof badges / sizeof *badges; i++)
        if (strcmp(verdict, badges[i].verdict) == 0)
            return badges[i].badge;
    return "No verdict";
}

int verdict_rank(const char *verdict)
{
    static const char *const order[] = {"works",
                                        "probably-works",
                                        "small-benefit",
                                        "probably-small-benefit",
                                        "may-work",
                                        "may-help-a-little",
                                        "unproven",
                                        "untested",
                                        "may-not-work",
                                        "probably-does-not-work",
                                        "does-not-work",
                                        "may-harm",
                                        "probably-harmful",
                                        "harmful"};
    int place = 0;
    int count = (int)(sizeof order / sizeof *order);
    while (place < count && strcmp(order[place], verdict) != 0)
        place++;
    return place;
}
