#include "evidence/model/record.h"

#include <math.h>

static const char *const no_texts[] = {NULL};

void record_init(struct record *record)
{
    *record = (struct record){
        .registrations = no_texts,
        .other_titles = no_texts,
        .publication_types = no_texts,
        .keywords = no_texts,
        .conditions = no_texts,
        .treatments = no_texts,
        .reports = no_texts,
        .year = COUNT_UNKNOWN,
        .machine = {.participants = COUNT_UNKNOWN, .registrations = no_texts},
    };
}

void record_result_init(struct record_result *result)
{
    *result = (struct record_result){
        .figure = FIGURE_NONE,
        .estimate = NAN,
        .ci_low = NAN,
        .ci_high = NAN,
        .se = NAN,
        .p = NAN,
    };
}

void record_arm_init(struct record_arm *arm)
{
    *arm = (struct record_arm){
        .n = COUNT_UNKNOWN,
        .mean = NAN,
        .sd = NAN,
        .se = NAN,
        .median = NAN,
        .q1 = NAN,
        .q3 = NAN,
        .low = NAN,
        .high = NAN,
        .events = COUNT_UNKNOWN,
    };
}
