/*
 * Medicines in what people write: found by generic names, brands and the words for a whole group,
 * misspellings forgiven, what is denied left out; with what each may do to muscles. Nothing here
 * ever tells anyone to stop a medicine.
 */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_MEDICINES_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_STOP_MEDICINES_H

#include "evidence/judgement/stop/diary.h"
#include "evidence/model/medicine.h"

struct told_medicine {
    const struct medicine_group *group;
    const struct medicine *medicine;      /* NULL: only the group is told ("a statin") */
    const char *written;                  /* as it stands there; NULL: it is what is tried */
    bool guessed;                         /* a misspelling was forgiven */
    bool tried;                           /* it is what the diary is about */
    const struct stop_rule *slow;         /* why it must be come off slowly; NULL: not known */
    const struct drug_link *const *links; /* what it may do, ended by NULL: those that need another
                                             medicine beside it only where that is taken too */
};

struct told_medicines {
    const struct told_medicine *items; /* each once, in the order of the texts */
    size_t count;
    const char *const *unknown; /* elements of the list in which nothing is known, ended by NULL */
};

/*
 * Looks through the diary's list of medicines, and through symptoms, side effects and notes for
 * names spelt as they should be ("since I started sertraline"); a medicine that is itself what is
 * tried is among them. All of the answer lives in `arena`.
 */
void medicines_of(const struct catalog *catalog, const struct diary *diary, struct arena *arena,
                  struct told_medicines *out);

/* The medicines in one text; an array of `*count` in `arena`, without their links. */
const struct told_medicine *medicines_in(const struct catalog *catalog, const char *text,
                                         size_t length, struct arena *arena, size_t *count);

#endif
