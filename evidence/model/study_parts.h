/* The parts of study_check, a file each: for the files of this folder alone. */
#ifndef TOUCHSTONE_EVIDENCE_MODEL_STUDY_PARTS_H
#define TOUCHSTONE_EVIDENCE_MODEL_STUDY_PARTS_H

#include "evidence/model/study.h"

/* Refuses what cannot be true of the appraisal at `index` of its study. */
void appraisal_check(const struct appraisal *appraisal, size_t index, const char *file,
                     struct problems *problems);

/* Refuses what cannot be true of the harm at `index` of its study. */
void harm_check(const struct harm *harm, size_t index, const char *file, struct problems *problems);

#endif
