/* Somebody tells where it hurts: the dangers of that place, what is rated for its complaints, and
 * the muscles that are felt there. It is no diagnosis, and nothing here rules a danger out. */
#ifndef TOUCHSTONE_EVIDENCE_JUDGEMENT_PLACE_PLACE_ANSWER_H
#define TOUCHSTONE_EVIDENCE_JUDGEMENT_PLACE_PLACE_ANSWER_H

#include "evidence/model/rulebooks.h"
#include "evidence/rating/catalog.h"

/* How many are named of each; the page of the condition has them all. */
enum { PLACE_HELPING_MOST = 3, PLACE_FAILING_MOST = 3 };

/* What is rated for one condition. Lists are parts of its ranking. */
struct place_rated {
    const struct condition *condition;
    const struct headline *const *helping; /* best first, the first few */
    size_t helping_named;
    const struct headline *const *failing; /* harm first, then the surest, the first few */
    size_t failing_named;
    size_t helping_count;  /* of all */
    size_t unknown_count;  /* studied, and the studies cannot tell */
    size_t failing_count;  /* found to do nothing that matters, or harm */
    size_t compared_count; /* rated against another treatment alone */
};

/* A complaint of the place. */
struct place_complaint {
    const struct place_condition *entry;
    struct place_rated rated;
    bool splits; /* it matters how long it has lasted: */
    struct place_rated recent;
    struct place_rated lasting;
};

/* A muscle felt at the place. */
struct place_muscle {
    const struct muscle *muscle;
    const char *const *areas; /* those of its areas that name the place, ended by NULL */
};

struct place_answer {
    const struct place *place;
    const struct place_flag *const *general; /* dangers of any place, without those of this one */
    size_t general_count;
    const struct place_complaint *complaints;
    size_t complaint_count;
    const struct condition *const *anywhere; /* complaints of no one place, ended by NULL */
    const struct place_muscle *muscles;
    size_t muscle_count;
    double lasting_from_days; /* NAN where no complaint splits, or the words do not tell */
    const char *maps;         /* what the areas of muscles are worth */
    const char *not_covered;  /* dangers that the book has nothing of */
};

/* All of it lives in `arena` or in the catalog. */
void place_answer(const struct catalog *catalog, const struct place *place, struct arena *arena,
                  struct place_answer *out);

#endif
