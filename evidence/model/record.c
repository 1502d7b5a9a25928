#include "evidence/model/record.h"

void record_init(struct record *record)
{
    static const char *const none[] = {NULL};
    *record = (struct record){
        .registrations = none,
        .other_titles = none,
        .year = COUNT_UNKNOWN,
        .publication_types = none,
        .keywords = none,
        .conditions = none,
        .treatments = none,
        .machine = {.participants = COUNT_UNKNOWN, .registrations = none},
    };
}
