/*
 * The curated words of claims over made-up evidence: the base as it is, less every study of one
 * treatment and with the trials that a test adds for it. What curators enter moves no test here.
 * Run from the project's root.
 */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_JUDGEMENT_CLAIM_BASE_H
#define TOUCHSTONE_TESTS_EVIDENCE_JUDGEMENT_CLAIM_BASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/judgement/claim/claim.h"
#include "evidence/judgement/knowledge.h"

/* Treatments to make evidence up for: one with cautions on record, and one without. */
#define BALL  "massage-ball"
#define CHAIR "massage-chair"

enum { CLAIM_BASE_TRIALS = 16 };

struct claim_base {
    struct arena *arena; /* the catalog's, once there is one */
    struct problems problems;
    struct base base;
    const char *treatment;
    struct study *studies;
};

static inline bool speaks_of(const struct study *study, const char *treatment)
{
    for (size_t i = 0; i < study->result_count; i++)
        if (strcmp(study->results[i].intervention, treatment) == 0)
            return true;
    for (size_t i = 0; i < study->harm_count; i++)
        if (strcmp(study->harms[i].intervention, treatment) == 0)
            return true;
    return false;
}

static inline struct claim_base *claim_base_new(const char *treatment)
{
    struct arena *arena = arena_new();
    struct claim_base *made = arena_alloc(arena, sizeof *made);
    *made = (struct claim_base){.arena = arena, .treatment = treatment};
    made->problems.arena = arena;
    base_read_folder("evidence/data", &made->base, &made->problems);
    assert_int_equal(made->problems.count, 0);
    size_t count = 0;
    made->studies =
        arena_array(arena, made->base.study_count + CLAIM_BASE_TRIALS, sizeof *made->studies);
    for (size_t i = 0; i < made->base.study_count; i++)
        if (!speaks_of(&made->base.studies[i], treatment))
            made->studies[count++] = made->base.studies[i];
    made->base.studies = made->studies;
    made->base.study_count = count;
    return made;
}

/* Adds a study; single quotes are double ones. */
static inline void claim_base_add(struct claim_base *made, const char *quoted)
{
    char *text = arena_strdup(made->arena, quoted);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    json_t *value = json_parse(text, strlen(text), "made", &made->problems);
    if (value == NULL)
        fail_msg("%s: %s", made->problems.items[0]->detail, text);
    struct json_reader at = json_root(value, "made", &made->problems);
    study_read(&at, &made->studies[made->base.study_count++]);
    json_decref(value);
    if (made->problems.count > 0)
        fail_msg("%s %s", made->problems.items[0]->pointer, made->problems.items[0]->detail);
}

/* A trial of the treatment for neck pain on 0-10 in the first 12 weeks: two arms of `n` with an SD
 * of 2, `effect` points apart (below 0: less pain). `bias`: "low", "some concerns" or "high". */
static inline void claim_base_trial(struct claim_base *made, const char *comparator, int n,
                                    double effect, const char *bias)
{
    size_t number = made->base.study_count;
    claim_base_add(
        made,
        arena_printf(
            made->arena,
            "{'id':'ts:made-%zu','title':'t','authors':[{'family':'Made%zu'}],'year':2015,"
            "'design':'rct','condition':'neck-pain','sources':[{'url':'https://example.org'}],"
            "'appraisals':[{'instrument':'RoB 2','overall':'%s','rated_by':'x'}],"
            "'results':[{'intervention':'%s','comparator':'%s','outcome':'pain-intensity',"
            "'scale':{'name':'VAS','low':0,'high':10},'better':'lower','window':'short',"
            "'arms':[{'role':'intervention','n':%d,'mean':%.10g,'sd':2},"
            "{'role':'comparator','n':%d,'mean':5,'sd':2}]}]}",
            number, number, bias, made->treatment, comparator, n, 5 + effect, n));
}

/* A harm of it on record; `severity`: "minor" or "serious". */
static inline void claim_base_harm(struct claim_base *made, const char *event, const char *severity)
{
    claim_base_add(made, arena_printf(made->arena,
                                      "{'id':'ts:made-harm','title':'t','authors':[{'family':"
                                      "'Harm'}],'year':2015,'design':'case-report','condition':"
                                      "'neck-pain','sources':[{'url':'https://example.org'}],"
                                      "'harms':[{'intervention':'%s','event':'%s','rate':'one "
                                      "case','severity':'%s'}]}",
                                      made->treatment, event, severity));
}

/* The catalog of it, which owns the base from here on. */
static inline struct catalog *claim_base_rate(struct claim_base *made)
{
    struct error err = {0};
    struct catalog_stamp stamp = {.hash = "0"};
    struct catalog *catalog = knowledge_of(made->arena, &made->base, &stamp, &err);
    if (catalog == NULL)
        fail_msg("%s", err.message);
    return catalog;
}

/* Vets a text that is about the treatment, or about what it says where `about` is NULL. */
static inline struct claim vetted(const struct catalog *catalog, const char *about,
                                  const char *text, struct arena *arena)
{
    struct claim claim;
    struct error err = {0};
    const struct intervention *one =
        about == NULL ? NULL : base_intervention(catalog_base(catalog), about);
    if (!claim_vet(catalog, text, strlen(text), one, arena, &claim, &err))
        fail_msg("%s", err.message);
    return claim;
}

/* The one atom of a type; the test fails without it. */
static inline const struct claim_atom *atom_of(const struct claim *claim, enum atom_type type)
{
    for (size_t i = 0; i < claim->atom_count; i++)
        if (claim->atoms[i].type == type)
            return &claim->atoms[i];
    fail_msg("no claim of %s among %zu", atom_type_names[type], claim->atom_count);
    return NULL;
}

/* The verdict's name of the first claim of the type in a text about the treatment. */
static inline const char *verdict_of(const struct catalog *catalog, const char *about,
                                     const char *text, enum atom_type type)
{
    struct arena *arena = arena_new();
    struct claim claim = vetted(catalog, about, text, arena);
    const char *name = claim_verdict_names[atom_of(&claim, type)->verdict];
    arena_free(arena);
    return name;
}

#endif
