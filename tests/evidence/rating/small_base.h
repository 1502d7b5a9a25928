/*
 * Small hand-made bases for tests of the rules: a few topics, and studies written as JSON with
 * single quotes. The thresholds are those of evidence/data/rulesets/default.json, which is why
 * these tests run from the project's root.
 */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_RATING_SMALL_BASE_H
#define TOUCHSTONE_TESTS_EVIDENCE_RATING_SMALL_BASE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/buffer.h"
#include "evidence/base/file.h"
#include "evidence/rating/catalog.h"
#include "evidence/rating/verdict.h"

enum { SMALL_MOST = 40 };

struct small {
    struct arena *arena;
    struct problems problems;
    struct base base;
    struct study studies[SMALL_MOST];
    size_t count;
    struct catalog *catalog; /* once rated, of the last time */
};

static const char *const small_nothing[] = {NULL};

static inline json_t *small_json(struct small *small, const char *quoted)
{
    char *text = arena_strdup(small->arena, quoted);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    json_t *value = json_parse(text, strlen(text), "small", &small->problems);
    if (value == NULL)
        fail_msg("%s: %s", small->problems.items[0]->detail, text);
    return value;
}

static inline void small_topics(struct small *small)
{
    static const char *const pain[] = {"pain-intensity", "responders-50", NULL};
    static const char *const neck[] = {"neck-pain", NULL};
    static const char *const back[] = {"low-back-pain", NULL};
    static const struct intervention interventions[] = {
        {.id = "exercise",
         .name = "Exercise",
         .plain = "exercise",
         .aliases = small_nothing,
         .summary = "s",
         .claims = small_nothing,
         .sham = "a pretend treatment"},
        {.id = "massage",
         .name = "Massage",
         .plain = "massage",
         .aliases = small_nothing,
         .summary = "s",
         .claims = small_nothing,
         .sham = "a pretend massage"},
    };
    static const struct condition conditions[] = {
        {"neck-pain", "Neck pain", "neck pain", small_nothing, small_nothing, pain, WINDOW_SHORT},
        {"neck-mtrp", "Neck knots", "knots in the neck", small_nothing, neck, pain, WINDOW_SHORT},
        {"low-back-pain", "Back", "low back pain", small_nothing, small_nothing, pain,
         WINDOW_SHORT},
        {"acute-low-back-pain", "Acute", "recent low back pain", small_nothing, back, pain,
         WINDOW_SHORT},
        {"chronic-low-back-pain", "Chronic", "long-lasting low back pain", small_nothing, back,
         pain, WINDOW_SHORT},
        {"healthy-adults", "Healthy", "people without pain", small_nothing, small_nothing, pain,
         WINDOW_SHORT},
    };
    static const struct mid none = {.value = NAN, .scale_low = NAN, .scale_high = NAN};
    static const struct outcome outcomes[] = {
        {"pain-intensity",
         "Pain",
         "pain",
         small_nothing,
         OUTCOME_BENEFIT,
         NULL,
         {.value = 1, .scale_name = "pain", .scale_low = 0, .scale_high = 10}},
        {"disability", "Disability", "trouble with daily activities", small_nothing,
         OUTCOME_BENEFIT, NULL, none},
        {"range-of-motion", "ROM", "range of movement", small_nothing, OUTCOME_BENEFIT,
         "pain-intensity", none},
        {"responders-50", "Responders", "people whose pain at least halves", small_nothing,
         OUTCOME_BENEFIT, NULL, none},
        {"adverse-events", "Harms", "side effects", small_nothing, OUTCOME_HARM, NULL, none},
    };
    small->base.interventions = interventions;
    small->base.intervention_count = sizeof interventions / sizeof *interventions;
    small->base.conditions = conditions;
    small->base.condition_count = sizeof conditions / sizeof *conditions;
    small->base.outcomes = outcomes;
    small->base.outcome_count = sizeof outcomes / sizeof *outcomes;
}

static inline struct small *small_new(void)
{
    struct arena *arena = arena_new();
    struct small *small = arena_alloc(arena, sizeof *small);
    struct error err = {0};
    size_t length = 0;
    small->arena = arena;
    small->problems.arena = arena;
    small_topics(small);
    const char *rules =
        file_read("evidence/data/rulesets/default.json", 1 << 20, arena, &length, &err);
    if (rules == NULL)
        fail_msg("%s", err.message);
    struct document *documents = arena_array(arena, 2, sizeof *documents);
    static const char dataset[] = "{\"name\":\"n\",\"version\":\"1\",\"collected\":\"2026-01-01\"}";
    documents[0] = (struct document){"dataset", dataset, sizeof dataset - 1};
    documents[1] = (struct document){"rulesets/default", rules, length};
    small->base.documents = documents;
    small->base.document_count = 2;
    small->base.studies = small->studies;
    return small;
}

/* Adds a study; it must read without a problem (study_check is not asked: some tests want what it
 * would refuse). */
static inline struct study *small_add(struct small *small, const char *quoted)
{
    json_t *value = small_json(small, quoted);
    struct json_reader at = json_root(value, "small", &small->problems);
    assert_true(small->count < SMALL_MOST);
    struct study *study = &small->studies[small->count++];
    study_read(&at, study);
    json_decref(value);
    if (small->problems.count > 0)
        fail_msg("%s %s", small->problems.items[0]->pointer, small->problems.items[0]->detail);
    small->base.study_count = small->count;
    return study;
}

/* A trial around its results; `more` are further fields of the study, each with a comma behind. */
static inline struct study *small_trial(struct small *small, const char *name, int year,
                                        const char *condition, const char *more,
                                        const char *results)
{
    return small_add(small, arena_printf(small->arena,
                                         "{'id':'ts:%s','title':'t','authors':[{'family':'%s'}],"
                                         "'year':%d,'design':'rct','condition':'%s',%s"
                                         "'sources':[{'url':'https://example.org'}],"
                                         "'results':[%s]}",
                                         name, name, year, condition, more, results));
}

static inline const char *small_arms(struct small *small, int n1, double m1, double sd1, int n2,
                                     double m2, double sd2)
{
    return arena_printf(small->arena,
                        "'arms':[{'role':'intervention','n':%d,'mean':%.10g,'sd':%.10g},"
                        "{'role':'comparator','n':%d,'mean':%.10g,'sd':%.10g}]",
                        n1, m1, sd1, n2, m2, sd2);
}

/* A pain result on 0-10 in the short window; `figures` are arms or estimate with what belongs to
 * it. */
static inline const char *small_pain(struct small *small, const char *comparator,
                                     const char *figures)
{
    return arena_printf(small->arena,
                        "{'intervention':'massage','comparator':'%s','outcome':'pain-intensity',"
                        "'scale':{'name':'VAS','low':0,'high':10},'better':'lower',"
                        "'window':'short',%s}",
                        comparator, figures);
}

static inline const char *small_md(struct small *small, double estimate, double low, double high)
{
    return arena_printf(small->arena, "'measure':'MD','estimate':%.10g,'ci':[%.10g,%.10g]",
                        estimate, low, high);
}

/* A trial of massage for neck pain on 0-10, arms of `n` with an SD of 2, whose difference is
 * `effect` (below 0: less pain). */
static inline struct study *small_simple(struct small *small, const char *name,
                                         const char *comparator, int n, double effect,
                                         const char *more)
{
    return small_trial(small, name, 2015, "neck-pain", more,
                       small_pain(small, comparator, small_arms(small, n, 5 + effect, 2, n, 5, 2)));
}

/* The catalog owns the small base from here on. */
static inline struct catalog *small_rate(struct small *small)
{
    struct error err = {0};
    struct catalog_stamp stamp = {.hash = "0"};
    struct catalog *catalog = catalog_new(small->arena, &small->base, &stamp, &err);
    if (catalog == NULL)
        fail_msg("%s", err.message);
    small->catalog = catalog;
    return catalog;
}

/* With its catalog, where it has one: for tests that keep none. */
static inline void small_free(struct small *small)
{
    if (small->catalog == NULL)
        arena_free(small->arena);
    else
        catalog_release(small->catalog);
}

static inline const struct rating *small_rating(const struct catalog *catalog, const char *id)
{
    const struct rating *rating = catalog_find_rating(catalog, id);
    if (rating == NULL)
        fail_msg("no question %s", id);
    return rating;
}

static inline const struct headline *
small_headline(struct small *small, const struct catalog *catalog, const char *condition)
{
    return catalog_headline(catalog, base_intervention(&small->base, "massage"),
                            base_condition(&small->base, condition), NULL, small->arena);
}

/* All that is answered, as text: every number with all its digits. */
static inline const char *small_dump(struct small *small, const struct catalog *catalog)
{
    const char *out = "";
    for (size_t i = 0; i < catalog_rating_count(catalog); i++) {
        const struct rating *rating = catalog_rating(catalog, i);
        out = arena_printf(small->arena, "%s%s %s %s %s %.17g %.17g %.17g %s\n", out,
                           rating->question.id, rating->verdict == NULL ? "-" : rating->verdict,
                           certainty_names[rating->certainty.level],
                           basis_names[rating->synthesis.basis], rating->synthesis.pooled.b,
                           rating->synthesis.pooled.ci_lb, rating->synthesis.pooled.ci_ub,
                           rating->sentence);
    }
    for (size_t i = 0; i < small->base.condition_count; i++) {
        const struct headline *headline =
            small_headline(small, catalog, small->base.conditions[i].id);
        out = arena_printf(small->arena, "%s%s %s\n", out, headline->verdict, headline->sentence);
    }
    return out;
}

static inline bool small_traced(const struct catalog *catalog, const struct rating *rating,
                                const char *rule)
{
    struct arena *arena = arena_new();
    const struct trace *trace = catalog_trace(catalog, rating, arena);
    bool found = false;
    for (size_t i = 0; i < trace->count; i++)
        found = found || strcmp(trace->steps[i].rule, rule) == 0;
    arena_free(arena);
    return found;
}

static inline const struct rated_study *small_entry(const struct rating *rating, const char *id)
{
    for (size_t i = 0; i < rating->body.count; i++)
        if (strcmp(rating->body.studies[i].study->id, id) == 0)
            return &rating->body.studies[i];
    fail_msg("no study %s", id);
    return NULL;
}

static inline void near(double got, double want, double tolerance)
{
    if (!(fabs(got - want) <= tolerance))
        fail_msg("got %.12g, want %.12g", got, want);
}

static inline void says(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", text, part);
}

static inline void says_not(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        fail_msg("\"%s\" says \"%s\"", text, part);
}

#define PAIN_SHAM    "massage.neck-pain.sham.pain-intensity.short"
#define PAIN_NOTHING "massage.neck-pain.nothing.pain-intensity.short"
#define PEDRO(score)                                                                               \
    "'appraisals':[{'instrument':'PEDro','score':" #score ",'out_of':10,'rated_by':'x'}],"
#define RATED(word) "'appraisals':[{'instrument':'RoB 2','overall':'" word "','rated_by':'x'}],"

#endif
