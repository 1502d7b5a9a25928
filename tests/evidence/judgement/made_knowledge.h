/*
 * The curated topics, words and rule books over studies made for the test: what a claim, a diary or
 * a question comes to then follows from the rules alone, whatever studies the base gains. Run from
 * the project's root.
 */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_JUDGEMENT_MADE_KNOWLEDGE_H
#define TOUCHSTONE_TESTS_EVIDENCE_JUDGEMENT_MADE_KNOWLEDGE_H

#include "tests/evidence/rating/small_base.h"

#include "evidence/judgement/knowledge.h"
#include "evidence/model/rulebooks.h"

/* The curated base, read once; it lives as long as the program. */
static inline const struct base *made_curated(void)
{
    static struct base base;
    static struct arena *arena;
    if (arena != NULL)
        return &base;
    arena = arena_new();
    struct problems problems = {.arena = arena};
    base_read_folder("evidence/data", &base, &problems);
    if (problems.count > 0)
        fail_msg("%s %s", problems.items[0]->file, problems.items[0]->detail);
    return &base;
}

/* A base with the curated topics and no study yet; add studies as in small_base.h. */
static inline struct small *made_new(void)
{
    struct small *small = small_new();
    small->base = *made_curated();
    return small;
}

static inline int made_by_id(const void *a, const void *b)
{
    return strcmp(((const struct study *)a)->id, ((const struct study *)b)->id);
}

/* The curated studies without their results, since words rest on them as sources; and those made.
 */
static inline void made_studies(struct small *small)
{
    const struct base *curated = made_curated();
    size_t count = curated->study_count + small->count;
    struct study *studies = arena_array(small->arena, count, sizeof *studies);
    for (size_t i = 0; i < curated->study_count; i++) {
        studies[i] = curated->studies[i];
        studies[i].result_count = 0;
    }
    memcpy(studies + curated->study_count, small->studies, small->count * sizeof *studies);
    qsort(studies, count, sizeof *studies, made_by_id);
    small->base.studies = studies;
    small->base.study_count = count;
}

/* The catalog owns the base from here on. */
static inline struct catalog *made_knowledge(struct small *small)
{
    made_studies(small);
    struct error err = {0};
    struct catalog_stamp stamp = {.hash = "0"};
    struct catalog *catalog = knowledge_of(small->arena, &small->base, &stamp, &err);
    if (catalog == NULL)
        fail_msg("%s", err.message);
    return catalog;
}

/* `count` trials of massage for neck pain at low risk of bias, arms of 200 on 0-10: enough for a
 * verdict of high certainty. Their effects lie a little apart, so that no two are one. */
static inline void made_trials(struct small *small, const char *comparator, int count,
                               double effect)
{
    for (int i = 0; i < count; i++)
        small_simple(small, arena_printf(small->arena, "%s%d", comparator, i), comparator, 200,
                     effect + 0.02 * i, RATED("low"));
}

/* A trial whose direction alone is told. */
static inline void made_direction(struct small *small, const char *name, const char *comparator,
                                  const char *favours)
{
    small_trial(
        small, name, 2015, "neck-pain", RATED("low"),
        small_pain(small, comparator, arena_printf(small->arena, "'favours':'%s'", favours)));
}

#endif
