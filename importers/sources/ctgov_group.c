#include "importers/sources/ctgov_group.h"

#include <limits.h>
#include <string.h>

#include "importers/sources/ctgov_text.h"
#include "importers/sources/field.h"

enum { ARMS_MOST = 200 };

/* Which types of arm say what the arm is for. */
static bool role_of_type(const json_t *arm, enum role *role)
{
    static const char *const comparators[] = {"PLACEBO_COMPARATOR", "SHAM_COMPARATOR",
                                              "NO_INTERVENTION", "ACTIVE_COMPARATOR"};
    *role = ROLE_COMPARATOR;
    for (size_t i = 0; i < sizeof comparators / sizeof *comparators; i++)
        if (field_is(arm, "type", comparators[i]))
            return true;
    *role = ROLE_INTERVENTION;
    return field_is(arm, "type", "EXPERIMENTAL");
}

/* The role of the arms whose label is this title; false if there is none, or they disagree. */
static bool role_of_title(const json_t *arms, const char *title, size_t length, enum role *role)
{
    bool known = false;
    for (size_t i = 0; i < field_length(arms, "") && i < ARMS_MOST; i++) {
        const json_t *arm = json_array_get(arms, i);
        const char *label = field_bytes(arm, "label");
        enum role of_arm;
        if (label == NULL || !ctgov_same_title(title, length, label))
            continue;
        if (!role_of_type(arm, &of_arm) || (known && of_arm != *role))
            return false;
        *role = of_arm;
        known = true;
    }
    return known;
}

/* A group of a result is named after its arm or not at all alike; "Placebo (FAS)" is Placebo. */
static void guess_role(const json_t *arms, struct record_arm *out)
{
    if (out->label == NULL)
        return;
    size_t length = strlen(out->label);
    const char *bracket = strrchr(out->label, '(');
    out->role_known = role_of_title(arms, out->label, length, &out->role);
    if (!out->role_known && bracket != NULL && bracket > out->label &&
        out->label[length - 1] == ')')
        out->role_known =
            role_of_title(arms, out->label, (size_t)(bracket - out->label), &out->role);
}

struct record_arm *ctgov_groups(const json_t *groups, const json_t *protocol, struct arena *arena,
                                size_t *count)
{
    const json_t *arms = field_at(protocol, "armsInterventionsModule.armGroups");
    *count = field_length(groups, "");
    if (*count > CTGOV_GROUPS_MOST)
        *count = CTGOV_GROUPS_MOST;
    struct record_arm *out = arena_array(arena, *count + 1, sizeof *out);
    for (size_t i = 0; i < *count; i++) {
        record_arm_init(&out[i]);
        out[i].label = ctgov_line(json_array_get(groups, i), "title", arena);
        guess_role(arms, &out[i]);
    }
    return out;
}

int ctgov_denominator(const json_t *denominators, const char *group)
{
    for (size_t i = 0; i < field_length(denominators, ""); i++) {
        const json_t *one = json_array_get(denominators, i);
        const json_t *counts = field_at(one, "counts");
        for (size_t k = 0; field_is(one, "units", "Participants") && k < field_length(counts, "");
             k++)
            if (field_is(json_array_get(counts, k), "groupId", group))
                return field_count(json_array_get(counts, k), "value", 0, INT_MAX);
    }
    return COUNT_UNKNOWN;
}
