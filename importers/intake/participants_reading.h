/*
 * How many people a study had, where its abstract plainly says so: "Sixty-two patients were
 * randomised", "a total of 120 adults", "(N = 45)". People screened, planned, lost or counted in
 * one group are not the study's; where arms are told with the total they have to add up to it, and
 * where two totals differ nothing is known.
 */
#ifndef TOUCHSTONE_IMPORTERS_INTAKE_PARTICIPANTS_READING_H
#define TOUCHSTONE_IMPORTERS_INTAKE_PARTICIPANTS_READING_H

#include "evidence/base/arena.h"

struct participants_reading {
    int participants; /* COUNT_UNKNOWN */
    const char *from; /* the words it stands in; NULL if unknown */
};

struct participants_reading read_participants(const char *abstract, struct arena *arena);

#endif
