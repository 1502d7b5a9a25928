/* Records of any content the model can hold, seeded, for tests of what goes in and comes out. */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_RANDOM_RECORD_H
#define TOUCHSTONE_TESTS_EVIDENCE_RANDOM_RECORD_H

#include "evidence/model/record.h"
#include "tests/evidence/random_base.h"

static inline const struct record_notice *random_record_notices(struct random *random,
                                                                size_t *count)
{
    *count = (size_t)random_below(random, 3);
    struct record_notice *notices = arena_array(random->arena, *count, sizeof *notices);
    for (size_t i = 0; i < *count; i++)
        notices[i] = (struct record_notice){
            .type = (enum notice_type)random_choice(random, notice_names, 0),
            .doi = random_text(random),
            .pmid = random_text(random),
            .date = random_text(random),
            .source = random_text(random),
            .reason = random_text(random),
        };
    return notices;
}

static inline struct record_result random_record_result(struct random *random)
{
    size_t count = (size_t)random_below(random, 3);
    struct record_arm *arms = arena_array(random->arena, count, sizeof *arms);
    for (size_t i = 0; i < count; i++) {
        bool known = random_truth(random);
        arms[i] = (struct record_arm){
            .label = random_text(random),
            .role_known = known,
            .role = known ? (enum role)random_below(random, 2) : ROLE_INTERVENTION,
            .n = random_count(random),
            .mean = random_real(random),
            .sd = random_real(random),
            .se = random_real(random),
            .median = random_real(random),
            .q1 = random_real(random),
            .q3 = random_real(random),
            .low = random_real(random),
            .high = random_real(random),
            .events = random_count(random),
        };
    }
    return (struct record_result){
        .outcome = random_text(random),
        .time = random_text(random),
        .unit = random_text(random),
        .spread = random_text(random),
        .comparison = random_text(random),
        .subgroup = random_text(random),
        .study_label = random_text(random),
        .parameter = random_text(random),
        .note = random_text(random),
        .figure = (enum figure)random_below(random, FIGURE_NONE + 1),
        .estimate = random_real(random),
        .ci_low = random_real(random),
        .ci_high = random_real(random),
        .se = random_real(random),
        .p = random_real(random),
        .p_text = random_text(random),
        .arms = arms,
        .arm_count = count,
    };
}

static inline const struct record_judgement *random_judgements(struct random *random, size_t *count)
{
    *count = (size_t)random_below(random, 3);
    struct record_judgement *judgements = arena_array(random->arena, *count, sizeof *judgements);
    for (size_t i = 0; i < *count; i++)
        judgements[i] = (struct record_judgement){
            .item = random_text(random),
            .outcomes = random_text(random),
            .judgement = random_text(random),
            .support = random_text(random),
        };
    return judgements;
}

static inline const struct author *random_authors(struct random *random, size_t *count)
{
    *count = (size_t)random_below(random, 4);
    struct author *authors = arena_array(random->arena, *count, sizeof *authors);
    for (size_t i = 0; i < *count; i++)
        authors[i] = random_truth(random) ? (struct author){.group = random_some_text(random)}
                                          : (struct author){.family = random_some_text(random),
                                                            .given = random_text(random)};
    return authors;
}

static inline struct record random_record(struct random *random)
{
    struct record record;
    record_init(&record);
    record.source = "test";
    record.source_id = random_text(random);
    record.pmid = random_text(random);
    record.doi = random_text(random);
    record.pmcid = random_text(random);
    record.registrations = random_texts(random);
    record.title = random_text(random);
    record.other_titles = random_texts(random);
    record.authors = random_authors(random, &record.author_count);
    record.authors_complete = random_truth(random);
    record.year = random_truth(random) ? 1900 + random_below(random, 200) : COUNT_UNKNOWN;
    record.date = random_text(random);
    record.journal = random_text(random);
    record.issn = random_text(random);
    record.volume = random_text(random);
    record.issue = random_text(random);
    record.pages = random_text(random);
    record.language = random_text(random);
    record.abstract = random_text(random);
    record.url = random_text(random);
    record.publication_types = random_texts(random);
    record.keywords = random_texts(random);
    record.conditions = random_texts(random);
    record.treatments = random_texts(random);
    record.reports = random_texts(random);
    record.retracted = random_truth(random);
    record.notices = random_record_notices(random, &record.notice_count);
    record.updates = random_record_notices(random, &record.update_count);
    record.deleted = random_truth(random);
    record.result_count = (size_t)random_below(random, 3);
    struct record_result *results =
        arena_array(random->arena, record.result_count, sizeof *results);
    for (size_t i = 0; i < record.result_count; i++)
        results[i] = random_record_result(random);
    record.results = results;
    record.judgements = random_judgements(random, &record.judgement_count);
    record.machine.design_known = random_truth(random);
    if (record.machine.design_known)
        record.machine.design = (enum design)random_below(random, DESIGN_NARRATIVE_REVIEW + 1);
    record.machine.design_from = random_text(random);
    record.machine.participants = random_count(random);
    record.machine.registrations = random_texts(random);
    record.machine.human_known = random_truth(random);
    record.machine.human = record.machine.human_known && random_truth(random);
    return record;
}

#endif
