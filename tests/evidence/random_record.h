/* Records of any content the model can hold, seeded, for tests of what goes in and comes out. */
#ifndef TOUCHSTONE_TESTS_EVIDENCE_RANDOM_RECORD_H
#define TOUCHSTONE_TESTS_EVIDENCE_RANDOM_RECORD_H

#include "evidence/model/record.h"
#include "tests/evidence/random_base.h"

static inline const char *random_text_or_none(struct random *random)
{
    return random_truth(random) ? random_some_text(random) : NULL;
}

static inline const char *const *random_text_list(struct random *random)
{
    int count = random_below(random, 4);
    const char **texts = arena_array(random->arena, (size_t)count + 1, sizeof *texts);
    for (int i = 0; i < count; i++)
        texts[i] = random_some_text(random);
    return texts;
}

static inline int random_count_or_none(struct random *random)
{
    return random_truth(random) ? random_below(random, 3000) : COUNT_UNKNOWN;
}

static inline double random_number_or_none(struct random *random)
{
    return random_truth(random) ? random_below(random, 100000) / 1000.0 - 50 : NAN;
}

static inline const struct record_notice *random_record_notices(struct random *random,
                                                                size_t *count)
{
    *count = (size_t)random_below(random, 3);
    struct record_notice *notices = arena_array(random->arena, *count, sizeof *notices);
    for (size_t i = 0; i < *count; i++)
        notices[i] = (struct record_notice){
            .type = (enum notice_type)random_below(random, 3),
            .doi = random_text_or_none(random),
            .pmid = random_text_or_none(random),
            .date = random_text_or_none(random),
            .source = random_text_or_none(random),
            .reason = random_text_or_none(random),
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
            .label = random_text_or_none(random),
            .role_known = known,
            .role = known ? (enum role)random_below(random, 2) : ROLE_INTERVENTION,
            .n = random_count_or_none(random),
            .mean = random_number_or_none(random),
            .sd = random_number_or_none(random),
            .se = random_number_or_none(random),
            .median = random_number_or_none(random),
            .q1 = random_number_or_none(random),
            .q3 = random_number_or_none(random),
            .low = random_number_or_none(random),
            .high = random_number_or_none(random),
            .events = random_count_or_none(random),
        };
    }
    return (struct record_result){
        .outcome = random_text_or_none(random),
        .time = random_text_or_none(random),
        .unit = random_text_or_none(random),
        .spread = random_text_or_none(random),
        .comparison = random_text_or_none(random),
        .subgroup = random_text_or_none(random),
        .study_label = random_text_or_none(random),
        .parameter = random_text_or_none(random),
        .note = random_text_or_none(random),
        .figure = (enum figure)random_below(random, FIGURE_NONE + 1),
        .estimate = random_number_or_none(random),
        .ci_low = random_number_or_none(random),
        .ci_high = random_number_or_none(random),
        .se = random_number_or_none(random),
        .p = random_number_or_none(random),
        .p_text = random_text_or_none(random),
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
            .item = random_text_or_none(random),
            .outcomes = random_text_or_none(random),
            .judgement = random_text_or_none(random),
            .support = random_text_or_none(random),
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
                                                            .given = random_text_or_none(random)};
    return authors;
}

static inline struct record random_record(struct random *random)
{
    struct record record;
    record_init(&record);
    record.source = "test";
    record.source_id = random_text_or_none(random);
    record.pmid = random_text_or_none(random);
    record.doi = random_text_or_none(random);
    record.pmcid = random_text_or_none(random);
    record.registrations = random_text_list(random);
    record.title = random_text_or_none(random);
    record.other_titles = random_text_list(random);
    record.authors = random_authors(random, &record.author_count);
    record.authors_complete = random_truth(random);
    record.year = random_count_or_none(random);
    record.date = random_text_or_none(random);
    record.journal = random_text_or_none(random);
    record.issn = random_text_or_none(random);
    record.volume = random_text_or_none(random);
    record.issue = random_text_or_none(random);
    record.pages = random_text_or_none(random);
    record.language = random_text_or_none(random);
    record.abstract = random_text_or_none(random);
    record.url = random_text_or_none(random);
    record.publication_types = random_text_list(random);
    record.keywords = random_text_list(random);
    record.conditions = random_text_list(random);
    record.treatments = random_text_list(random);
    record.reports = random_text_list(random);
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
    record.machine.design_from = random_text_or_none(random);
    record.machine.participants = random_count_or_none(random);
    record.machine.registrations = random_text_list(random);
    record.machine.human_known = random_truth(random);
    record.machine.human = record.machine.human_known && random_truth(random);
    return record;
}

#endif
