/*
 * Bases of any content the model can hold, for tests that compare what goes in with what comes out.
 * Every optional field is left out about half the time; the same seed gives the same base.
 */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_RANDOM_BASE_H
#define TOUCHSTONE_TESTS_EVIDENCE_RANDOM_BASE_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "evidence/model/base.h"

struct random {
    uint64_t state;
    struct arena *arena;
};

/* SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195). */
static inline uint64_t random_bits(struct random *random)
{
    uint64_t z = (random->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline int random_below(struct random *random, int limit)
{
    return (int)(random_bits(random) % (uint64_t)limit);
}

static inline bool random_truth(struct random *random)
{
    return random_below(random, 2) == 1;
}

/* Text of all sorts, those that trouble quoting, folding and tokenizing among them. */
static inline const char *random_some_text(struct random *random)
{
    static const char *const pieces[] = {"pain",
                                         "needling",
                                         "Fern\xC3\xA1ndez",
                                         "\"",
                                         "\\",
                                         "'",
                                         "\n",
                                         "\t",
                                         "\x01",
                                         "%s",
                                         "\xE2\x80\x93",
                                         "\xF0\x9F\xA6\xB4",
                                         "0.10",
                                         "\xE7\xA9\xB4\xE4",
                                         "NULL",
                                         "AND *",
                                         "{\"a\":1}",
                                         "; DROP TABLE study;--"};
    const char *text = "";
    for (int i = 1 + random_below(random, 6); i > 0; i--)
        text = arena_printf(random->arena, "%s%s%s", text, *text == '\0' ? "" : " ",
                            pieces[random_below(random, (int)(sizeof pieces / sizeof *pieces))]);
    return text;
}

static inline const char *random_text(struct random *random)
{
    return random_truth(random) ? random_some_text(random) : NULL;
}

static inline const char *const *random_texts(struct random *random)
{
    int count = random_below(random, 4);
    const char **texts = arena_array(random->arena, (size_t)count + 1, sizeof *texts);
    for (int i = 0; i < count; i++)
        texts[i] = random_some_text(random);
    return texts;
}

static inline double random_real(struct random *random)
{
    static const double awkward[] = {0,      0.1,      -1.0 / 3, 1e-300, 1e300,
                                     -2.5e7, 1e15 + 1, 0.95,     5e-324, 9007199254740993.0};
    switch (random_below(random, 4)) {
    case 0:
        return awkward[random_below(random, (int)(sizeof awkward / sizeof *awkward))];
    case 1:
        return (double)random_below(random, 2001) / 100 - 10;
    default:
        return NAN;
    }
}

static inline int random_count(struct random *random)
{
    return random_truth(random) ? random_below(random, 100000) : COUNT_UNKNOWN;
}

/* One of a list of names, `others` positions after its end included. */
static inline int random_choice(struct random *random, const char *const *names, int others)
{
    int count = 0;
    while (names[count] != NULL)
        count++;
    return random_below(random, count + others);
}

static inline const char *random_id_of(struct random *random, const char *what, int count)
{
    return arena_printf(random->arena, "%s-%d", what, random_below(random, count));
}

enum { RANDOM_INTERVENTIONS = 7, RANDOM_CONDITIONS = 9, RANDOM_OUTCOMES = 5 };

static inline struct study_arm random_arm(struct random *random, enum role role)
{
    return (struct study_arm){.role = role,
                              .name = random_text(random),
                              .id = random_text(random),
                              .n = random_count(random),
                              .mean = random_real(random),
                              .sd = random_real(random),
                              .baseline_mean = random_real(random),
                              .baseline_sd = random_real(random),
                              .change_mean = random_real(random),
                              .change_sd = random_real(random),
                              .median = random_real(random),
                              .q1 = random_real(random),
                              .q3 = random_real(random),
                              .events = random_count(random)};
}

static inline void random_figures(struct random *random, struct result *out)
{
    out->figure = (enum figure)random_choice(random, figure_names, 1);
    out->estimate = random_real(random);
    out->ci_low = out->ci_high = out->ci_level = NAN;
    if (random_truth(random)) {
        out->ci_low = -random_below(random, 100);
        out->ci_high = random_below(random, 100);
        out->ci_level = random_truth(random) ? 0.95 : 0.9;
    }
    out->se = random_real(random);
    out->p = random_real(random);
    out->p_bound = random_truth(random);
    out->k = random_count(random);
    out->n = random_count(random);
    out->i2 = random_real(random);
    out->control_risk = random_truth(random) ? (1 + random_below(random, 98)) / 99.5 : (double)NAN;
}

static inline void random_remarks(struct random *random, struct result *out)
{
    out->group = random_text(random);
    out->paired = random_truth(random);
    out->favours = (enum favours)random_choice(random, favours_names, 1);
    out->main = random_text(random);
    out->grade = (enum certainty_level)random_choice(random, certainty_names, 1);
    if (out->grade != CERTAINTY_UNKNOWN) {
        out->grade_by = random_some_text(random);
        out->grade_where = random_text(random);
    }
    out->dose_response = random_text(random);
    out->borderline = random_truth(random);
    out->ignored = random_text(random);
    out->note = random_text(random);
    out->source_review = random_text(random);
    out->source_analysis = random_text(random);
    out->source_subgroup = random_text(random);
}

static inline void random_scale(struct random *random, struct scale *out)
{
    *out = (struct scale){.low = NAN, .high = NAN};
    if (random_truth(random))
        return;
    out->name = random_some_text(random);
    out->unit = random_text(random);
    if (random_truth(random)) {
        out->low = random_below(random, 10);
        out->high = 10 + random_below(random, 91);
    }
}

static inline void random_result(struct random *random, struct result *out)
{
    static const char *const comparators[] = {"sham", "nothing", "mixed", "active:other",
                                              "active:intervention-0"};
    out->intervention = random_id_of(random, "intervention", RANDOM_INTERVENTIONS);
    out->comparator = comparators[random_below(random, 5)];
    if (!comparator_parse(out->comparator, &out->comparator_class))
        return;
    out->comparator_detail = random_text(random);
    out->condition = random_id_of(random, "condition", RANDOM_CONDITIONS);
    out->outcome = random_id_of(random, "outcome", RANDOM_OUTCOMES);
    random_scale(random, &out->scale);
    out->better = (enum better)random_choice(random, better_names, 0);
    out->window = (enum window)random_choice(random, window_names, 0);
    out->days = random_real(random);
    out->time = random_text(random);
    random_figures(random, out);
    random_remarks(random, out);
    if (random_truth(random)) {
        struct study_arm *arms = arena_array(random->arena, 2, sizeof *arms);
        arms[0] = random_arm(random, ROLE_INTERVENTION);
        arms[1] = random_arm(random, ROLE_COMPARATOR);
        out->arms = arms;
        out->arm_count = 2;
    }
}

static inline void random_items(struct random *random, struct appraisal *out)
{
    size_t count = (size_t)random_below(random, 4);
    const char **names = arena_array(random->arena, count + 1, sizeof *names);
    const char **values = arena_array(random->arena, count + 1, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        names[i] = arena_printf(random->arena, "%zu %s", i, random_some_text(random));
        values[i] = random_some_text(random);
    }
    out->item_names = names;
    out->item_values = values;
}

static inline void random_appraisal(struct random *random, struct appraisal *out)
{
    out->instrument = (enum instrument)random_choice(random, instrument_names, 0);
    out->overall = random_text(random);
    out->score = random_real(random);
    out->out_of = random_real(random);
    random_items(random, out);
    out->scope = (enum scope)random_choice(random, scope_names, 0);
    out->share_low = random_real(random);
    out->share_high = random_real(random);
    out->applies_to = random_text(random);
    out->as_reported = random_text(random);
    out->rated_by = random_some_text(random);
}

static inline void random_author(struct random *random, struct author *out)
{
    if (random_truth(random)) {
        out->family = random_some_text(random);
        out->given = random_text(random);
    } else {
        out->group = random_some_text(random);
    }
}

static inline struct frequency random_frequency(struct random *random)
{
    bool told = random_truth(random);
    bool range = told && random_truth(random);
    return (struct frequency){
        .unit =
            told ? (enum harm_unit)random_choice(random, harm_unit_names, 0) : HARM_UNIT_UNKNOWN,
        .events = told ? random_below(random, 100) / 7.0 : (double)NAN,
        .of = told ? 1 + random_below(random, 1000000) : (double)NAN,
        .low = range ? random_below(random, 10) / 3.0 : (double)NAN,
        .high = range ? 10 + random_below(random, 10) : (double)NAN,
        .control = told && random_truth(random) ? random_below(random, 10) : (double)NAN};
}

static inline void random_harm(struct random *random, struct harm *out)
{
    *out = (struct harm){.intervention = random_id_of(random, "intervention", RANDOM_INTERVENTIONS),
                         .event = random_some_text(random),
                         .severity = (enum severity)random_choice(random, severity_names, 0),
                         .rate = random_text(random),
                         .per = random_frequency(random),
                         .reports = random_truth(random),
                         .numerator = random_count(random),
                         .denominator = random_count(random)};
}

static inline void random_notice(struct random *random, struct notice *out)
{
    *out = (struct notice){.type = (enum notice_type)random_choice(random, notice_names, 0),
                           .doi = random_text(random),
                           .date = random_text(random),
                           .source = random_some_text(random)};
}

static inline void random_source(struct random *random, struct source *out)
{
    *out = (struct source){.url = random_some_text(random),
                           .where = random_text(random),
                           .read_at = random_text(random)};
}

#define RANDOM_LIST(random, most, type, make, list, count)                                         \
    do {                                                                                           \
        (count) = (size_t)random_below(random, (most) + 1);                                        \
        type *items_ = arena_array((random)->arena, (count), sizeof *items_);                      \
        for (size_t i_ = 0; i_ < (count); i_++)                                                    \
            make(random, &items_[i_]);                                                             \
        (list) = items_;                                                                           \
    } while (0)

static inline void random_lists(struct random *random, struct study *out)
{
    RANDOM_LIST(random, 3, struct author, random_author, out->authors, out->author_count);
    RANDOM_LIST(random, 3, struct appraisal, random_appraisal, out->appraisals,
                out->appraisal_count);
    RANDOM_LIST(random, 6, struct result, random_result, out->results, out->result_count);
    RANDOM_LIST(random, 2, struct harm, random_harm, out->harms, out->harm_count);
    RANDOM_LIST(random, 2, struct notice, random_notice, out->notices, out->notice_count);
    RANDOM_LIST(random, 2, struct source, random_source, out->sources, out->source_count);
}

static inline void random_study(struct random *random, const char *id, struct study *out)
{
    *out = (struct study){.id = id,
                          .aliases = random_texts(random),
                          .pmid = random_text(random),
                          .doi = random_text(random),
                          .pmcid = random_text(random),
                          .registrations = random_texts(random),
                          .title = random_some_text(random),
                          .authors_complete = random_truth(random),
                          .year = random_truth(random) ? 1950 + random_below(random, 77)
                                                       : COUNT_UNKNOWN,
                          .journal = random_text(random),
                          .design = (enum design)random_choice(random, design_names, 0),
                          .condition = random_id_of(random, "condition", RANDOM_CONDITIONS),
                          .population = random_text(random),
                          .participants = random_count(random),
                          .trials = random_count(random),
                          .pooled_in = random_texts(random),
                          .funding = random_text(random),
                          .retracted = random_truth(random),
                          .conclusion = random_text(random),
                          .note = random_text(random),
                          .checked = random_truth(random)};
    random_lists(random, out);
    if (out->checked) {
        out->checked_agrees = random_truth(random);
        out->checked_by = random_some_text(random);
        out->checked_on = random_text(random);
        out->checked_note = random_text(random);
    }
}

static inline const struct intervention *random_interventions(struct random *random)
{
    struct intervention *all = arena_array(random->arena, RANDOM_INTERVENTIONS, sizeof *all);
    for (int i = 0; i < RANDOM_INTERVENTIONS; i++)
        all[i] = (struct intervention){.id = arena_printf(random->arena, "intervention-%d", i),
                                       .name = random_some_text(random),
                                       .plain = random_text(random),
                                       .kind = (enum kind)random_choice(random, kind_names, 0),
                                       .aliases = random_texts(random),
                                       .summary = random_text(random),
                                       .sham = random_text(random),
                                       .claims = random_texts(random)};
    return all;
}

static inline const char *const *random_ids(struct random *random, const char *what, int count)
{
    const char **ids = arena_array(random->arena, 4, sizeof *ids);
    for (int i = random_below(random, 4); i > 0; i--)
        ids[i - 1] = random_id_of(random, what, count);
    return ids;
}

/* Conditions and outcomes stand in no order of their ids, and may name later ones. */
static inline const struct condition *random_conditions(struct random *random)
{
    struct condition *all = arena_array(random->arena, RANDOM_CONDITIONS, sizeof *all);
    for (int i = 0; i < RANDOM_CONDITIONS; i++)
        all[i] = (struct condition){
            .id = arena_printf(random->arena, "condition-%d", (i * 4 + 3) % RANDOM_CONDITIONS),
            .name = random_some_text(random),
            .plain = random_text(random),
            .aliases = random_texts(random),
            .parents = random_ids(random, "condition", RANDOM_CONDITIONS),
            .primary_outcomes = random_ids(random, "outcome", RANDOM_OUTCOMES),
            .primary_window = (enum window)random_choice(random, window_names, 0)};
    return all;
}

static inline const struct outcome *random_outcomes(struct random *random)
{
    struct outcome *all = arena_array(random->arena, RANDOM_OUTCOMES, sizeof *all);
    for (int i = 0; i < RANDOM_OUTCOMES; i++) {
        all[i] = (struct outcome){
            .id = arena_printf(random->arena, "outcome-%d", (i * 3 + 2) % RANDOM_OUTCOMES),
            .name = random_some_text(random),
            .plain = random_text(random),
            .aliases = random_texts(random),
            .kind = (enum outcome_kind)random_choice(random, outcome_kind_names, 0),
            .stand_in_for =
                random_truth(random) ? random_id_of(random, "outcome", RANDOM_OUTCOMES) : NULL,
            .mid = {.value = NAN, .scale_low = NAN, .scale_high = NAN}};
        if (random_truth(random))
            all[i].mid = (struct mid){.value = 1 + random_below(random, 5),
                                      .scale_name = random_some_text(random),
                                      .scale_low = 0,
                                      .scale_high = 10,
                                      .source_url = random_some_text(random),
                                      .source_where = random_text(random),
                                      .note = random_text(random)};
    }
    return all;
}

static inline const struct document *random_documents(struct random *random)
{
    struct document *all = arena_array(random->arena, 2, sizeof *all);
    all[0] = (struct document){.name = "dataset", .text = random_some_text(random)};
    all[1] = (struct document){.name = "rules", .text = random_some_text(random)};
    all[0].length = strlen(all[0].text);
    all[1].length = strlen(all[1].text);
    return all;
}

/* A base of `studies` studies, in `arena`, whose references all lead somewhere. */
static inline struct base random_base(uint64_t seed, size_t studies, struct arena *arena)
{
    struct random random = {.state = seed, .arena = arena};
    struct study *all = arena_array(arena, studies, sizeof *all);
    for (size_t i = 0; i < studies; i++)
        random_study(&random, arena_printf(arena, "ts:study-%06zu", i), &all[i]);
    return (struct base){.interventions = random_interventions(&random),
                         .intervention_count = RANDOM_INTERVENTIONS,
                         .conditions = random_conditions(&random),
                         .condition_count = RANDOM_CONDITIONS,
                         .outcomes = random_outcomes(&random),
                         .outcome_count = RANDOM_OUTCOMES,
                         .studies = all,
                         .study_count = studies,
                         .documents = random_documents(&random),
                         .document_count = 2};
}

#endif
