/* What no file can tell alone: names without an entry, one identifier in two studies. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/model/base.h"

struct checking {
    const struct base *base;
    const char *directory;
    struct problems *problems;
};

static const char *study_path(const struct checking *check, const struct study *study)
{
    struct arena *arena = check->problems->arena;
    return arena_printf(arena, "%s/studies/%s", check->directory,
                        study_file_name(study->id, arena));
}

static void check_result_names(const struct checking *check, const struct study *study, size_t i,
                               const char *file)
{
    const struct result *result = &study->results[i];
    struct arena *arena = check->problems->arena;
    const char *other = comparator_intervention(result->comparator);
    if (base_intervention(check->base, result->intervention) == NULL)
        problems_add(check->problems, file, arena_printf(arena, "/results/%zu/intervention", i),
                     "no intervention \"%s\"; add evidence/data/interventions/%s.json or mend it",
                     result->intervention, result->intervention);
    if (other != NULL && base_intervention(check->base, other) == NULL)
        problems_add(check->problems, file, arena_printf(arena, "/results/%zu/comparator", i),
                     "no intervention \"%s\"; use active:other with its name in the detail", other);
    if (base_condition(check->base, result->condition) == NULL)
        problems_add(check->problems, file, arena_printf(arena, "/results/%zu/condition", i),
                     "no condition \"%s\" in conditions.json", result->condition);
    if (base_outcome(check->base, result->outcome) == NULL)
        problems_add(check->problems, file, arena_printf(arena, "/results/%zu/outcome", i),
                     "no outcome \"%s\" in outcomes.json", result->outcome);
}

static void check_study_names(const struct checking *check, const struct study *study,
                              const char *file)
{
    if (base_condition(check->base, study->condition) == NULL)
        problems_add(check->problems, file, "/condition", "no condition \"%s\" in conditions.json",
                     study->condition);
    for (size_t i = 0; i < study->result_count; i++)
        check_result_names(check, study, i, file);
    for (size_t i = 0; i < study->harm_count; i++)
        if (base_intervention(check->base, study->harms[i].intervention) == NULL)
            problems_add(check->problems, file,
                         arena_printf(check->problems->arena, "/harms/%zu/intervention", i),
                         "no intervention \"%s\"", study->harms[i].intervention);
}

/* One identifier and whose it is. */
struct claim {
    const char *id;
    const struct study *study;
};

static int by_claim(const void *left, const void *right)
{
    return strcmp(((const struct claim *)left)->id, ((const struct claim *)right)->id);
}

static size_t collect_claims(const struct base *base, struct arena *arena, struct claim *claims)
{
    size_t count = 0;
    for (size_t i = 0; i < base->study_count; i++) {
        const struct study *study = base_study_at(base, i);
        claims[count++] = (struct claim){study->id, study};
        for (const char *const *alias = study->aliases; *alias != NULL; alias++)
            claims[count++] = (struct claim){*alias, study};
        if (study->doi != NULL && strncmp(study->id, "doi:", 4) != 0)
            claims[count++] = (struct claim){arena_printf(arena, "doi:%s", study->doi), study};
        if (study->pmcid != NULL && strncmp(study->id, "pmcid:", 6) != 0)
            claims[count++] = (struct claim){arena_printf(arena, "pmcid:%s", study->pmcid), study};
    }
    return count;
}

static void check_identifiers_are_unique(const struct checking *check)
{
    struct arena *arena = check->problems->arena;
    size_t most = 0;
    for (size_t i = 0; i < check->base->study_count; i++) {
        most += 3; /* id, doi, pmcid */
        for (const char *const *alias = base_study_at(check->base, i)->aliases; *alias != NULL;
             alias++)
            most++;
    }
    struct claim *claims = arena_array(arena, most, sizeof *claims);
    size_t count = collect_claims(check->base, arena, claims);
    qsort(claims, count, sizeof *claims, by_claim);
    for (size_t i = 1; i < count; i++)
        if (claims[i].study != claims[i - 1].study && strcmp(claims[i].id, claims[i - 1].id) == 0)
            problems_add(check->problems, study_path(check, claims[i].study), "/id",
                         "%s also names %s; merge the two files", claims[i].id,
                         study_path(check, claims[i - 1].study));
}

/* Marks all ancestors of those already marked; each is visited once, rings or not. */
static void mark_ancestors(const struct base *base, const struct condition *from, bool *marked)
{
    for (const char *const *parent = from->parents; *parent != NULL; parent++) {
        const struct condition *next = base_condition(base, *parent);
        if (next == NULL || marked[next - base->conditions])
            continue;
        marked[next - base->conditions] = true;
        mark_ancestors(base, next, marked);
    }
}

static bool is_own_ancestor(const struct base *base, const struct condition *condition,
                            struct arena *arena)
{
    bool *marked = arena_array(arena, base->condition_count, sizeof *marked);
    mark_ancestors(base, condition, marked);
    return marked[condition - base->conditions];
}

static void check_condition(const struct checking *check, const struct condition *condition)
{
    struct arena *arena = check->problems->arena;
    const char *file = arena_printf(arena, "%s/conditions.json", check->directory);
    const char *at =
        arena_printf(arena, "/conditions/%zu", (size_t)(condition - check->base->conditions));
    if (base_condition(check->base, condition->id) != condition)
        problems_add(check->problems, file, at, "%s stands twice", condition->id);
    for (const char *const *parent = condition->parents; *parent != NULL; parent++)
        if (base_condition(check->base, *parent) == NULL)
            problems_add(check->problems, file, arena_printf(arena, "%s/parents", at),
                         "no parent \"%s\"", *parent);
    for (const char *const *outcome = condition->primary_outcomes; *outcome != NULL; outcome++)
        if (base_outcome(check->base, *outcome) == NULL)
            problems_add(check->problems, file, arena_printf(arena, "%s/primary_outcomes", at),
                         "no outcome \"%s\"", *outcome);
    if (is_own_ancestor(check->base, condition, arena))
        problems_add(check->problems, file, at, "%s is its own ancestor", condition->id);
}

static void check_outcome(const struct checking *check, const struct outcome *outcome)
{
    struct arena *arena = check->problems->arena;
    const char *file = arena_printf(arena, "%s/outcomes.json", check->directory);
    const char *at =
        arena_printf(arena, "/outcomes/%zu", (size_t)(outcome - check->base->outcomes));
    if (base_outcome(check->base, outcome->id) != outcome)
        problems_add(check->problems, file, at, "%s stands twice", outcome->id);
    if (outcome->stand_in_for != NULL && base_outcome(check->base, outcome->stand_in_for) == NULL)
        problems_add(check->problems, file, arena_printf(arena, "%s/stand_in_for", at),
                     "\"%s\" is no outcome", outcome->stand_in_for);
    if (isnan(outcome->mid.scale_low) != isnan(outcome->mid.scale_high) ||
        outcome->mid.scale_low >= outcome->mid.scale_high)
        problems_add(check->problems, file, arena_printf(arena, "%s/mid/scale", at),
                     "a scale has both ends or none, the low one below the high one");
}

void base_check(const struct base *base, const char *directory, struct problems *problems)
{
    struct checking check = {.base = base, .directory = directory, .problems = problems};
    for (size_t i = 0; i < base->study_count; i++)
        check_study_names(&check, base_study_at(base, i),
                          study_path(&check, base_study_at(base, i)));
    check_identifiers_are_unique(&check);
    for (size_t i = 0; i < base->condition_count; i++)
        check_condition(&check, &base->conditions[i]);
    for (size_t i = 0; i < base->outcome_count; i++)
        check_outcome(&check, &base->outcomes[i]);
}

/* What else a study is known by, "doi:…" and the like, ended by NULL. */
static const char *const *names_of(const struct study *study, struct arena *arena)
{
    size_t count = 0;
    for (const char *const *alias = study->aliases; *alias != NULL; alias++)
        count++;
    const char **names = arena_array(arena, count + 4, sizeof *names);
    size_t at = 0;
    names[at++] = study->id;
    for (const char *const *alias = study->aliases; *alias != NULL; alias++)
        names[at++] = *alias;
    if (study->doi != NULL)
        names[at++] = arena_printf(arena, "doi:%s", study->doi);
    if (study->pmcid != NULL)
        names[at++] = arena_printf(arena, "pmcid:%s", study->pmcid);
    names[at] = NULL;
    return names;
}

void base_check_study(const struct base *base, const struct study *study, const char *file,
                      struct problems *problems)
{
    const struct checking check = {.base = base, .problems = problems};
    check_study_names(&check, study, file);
    for (const char *const *name = names_of(study, problems->arena); *name != NULL; name++) {
        const struct study *other = base_study(base, *name);
        if (other != NULL && strcmp(other->id, study->id) != 0)
            problems_add(problems, file, "/id", "%s is already %s; merge the two instead", *name,
                         other->id);
    }
}
