#include "service/curation/queue.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/question/question.h"
#include "evidence/rating/verdict.h"
#include "service/views/sign.h"
#include "service/views/study_words.h"

enum { PEOPLE_WHERE_UNREAD = 40 };

/* ---- what a design can say ---- */

static double weight_of_design(const struct machine_reading *machine)
{
    if (!machine->design_known)
        return 0.5;
    switch (machine->design) {
    case DESIGN_RCT:
    case DESIGN_CROSSOVER_RCT:
    case DESIGN_CLUSTER_RCT:
    case DESIGN_SYSTEMATIC_REVIEW:
        return 1;
    case DESIGN_NON_RANDOMISED:
        return 0.3;
    case DESIGN_COHORT:
    case DESIGN_CASE_CONTROL:
        return 0.2;
    case DESIGN_CASE_SERIES:
    case DESIGN_CASE_REPORT:
    case DESIGN_GUIDELINE:
    case DESIGN_NARRATIVE_REVIEW:
        break;
    }
    return 0.05;
}

/* ---- how open the verdict is ---- */

static bool nobody_knows(const struct headline *headline)
{
    return strcmp(headline->verdict, "untested") == 0 || strcmp(headline->verdict, "unproven") == 0;
}

static double openness(const struct headline *headline)
{
    if (nobody_knows(headline))
        return 1;
    switch (headline->certainty) {
    case CERTAINTY_HIGH:
        return 0.15;
    case CERTAINTY_MODERATE:
        return 0.4;
    case CERTAINTY_LOW:
        return 0.7;
    case CERTAINTY_VERY_LOW:
    case CERTAINTY_UNKNOWN:
        break;
    }
    return 0.9;
}

/* Those of the pool; where there is none, those of the trials that say which way it went. */
static double people_behind(const struct headline *headline)
{
    if (headline->rating != NULL && headline->rating->synthesis.n > 0)
        return headline->rating->synthesis.n;
    return headline->directions.people > 0 ? headline->directions.people : 0;
}

static double share_of_people(const struct publication *publication,
                              const struct headline *headline)
{
    int read = publication->merged.machine.participants;
    double people = read == COUNT_UNKNOWN ? PEOPLE_WHERE_UNREAD : read;
    return people / (people + people_behind(headline) + 1);
}

/* ---- in words ---- */

static const char *study_in_words(const struct publication *publication, struct arena *arena)
{
    const struct machine_reading *machine = &publication->merged.machine;
    const char *design = machine->design_known ? design_name(machine->design) : "A study";
    if (machine->participants == COUNT_UNKNOWN)
        return arena_printf(arena, "%s (nobody has read how many people)", design);
    return arena_printf(arena, "%s of %d people", design, machine->participants);
}

static const char *verdict_in_words(const struct headline *headline, struct arena *arena)
{
    if (strcmp(headline->verdict, "untested") == 0)
        return "nobody has tested it yet";
    return arena_printf(arena, "the verdict is \"%s\" (%s certainty)",
                        verdict_badge(headline->verdict),
                        sign_certainty_words(headline->certainty));
}

static const char *people_in_words(const struct headline *headline, struct arena *arena)
{
    double people = people_behind(headline);
    return people > 0 ? arena_printf(arena, ", from %.0f people", people) : "";
}

static const char *why(const struct queued *queued, struct arena *arena)
{
    if (queued->headline == NULL)
        return queued->intervention == NULL && queued->condition == NULL
                   ? "Its title names no treatment and no complaint of this base."
               : queued->intervention == NULL ? "Its title names no treatment of this base."
                                              : "Its title names no complaint of this base.";
    return arena_printf(arena, "%s, on %s for %s, where %s%s.",
                        study_in_words(queued->publication, arena), queued->intervention->name,
                        queued->condition->name, verdict_in_words(queued->headline, arena),
                        people_in_words(queued->headline, arena));
}

/* ---- the order ---- */

static void recognise(const struct catalog *catalog, struct queued *queued, struct arena *arena)
{
    const struct record *record = &queued->publication->merged;
    struct understood understood;
    if (record->title == NULL)
        return;
    question_understand(catalog_lexicon(catalog), record->title, strlen(record->title), arena,
                        &understood);
    if (understood.intervention_count > 0)
        queued->intervention = understood.interventions[0].entry;
    if (understood.condition_count > 0)
        queued->condition = understood.conditions[0].entry;
}

static void weigh(const struct catalog *catalog, struct queued *queued, struct arena *arena)
{
    recognise(catalog, queued, arena);
    if (queued->intervention != NULL && queued->condition != NULL) {
        queued->headline =
            catalog_headline(catalog, queued->intervention, queued->condition, NULL, arena);
        queued->weight = weight_of_design(&queued->publication->merged.machine) *
                         share_of_people(queued->publication, queued->headline) *
                         openness(queued->headline);
    }
    if (queued->publication->retracted)
        queued->weight = 0;
    queued->why = queued->publication->retracted ? "It was retracted and would count for nothing."
                                                 : why(queued, arena);
}

static int by_weight(const void *left, const void *right)
{
    const struct queued *one = left;
    const struct queued *other = right;
    if (one->weight != other->weight)
        return one->weight > other->weight ? -1 : 1;
    return one->publication < other->publication ? -1 : one->publication > other->publication;
}

struct queued *queue_order(const struct catalog *catalog, const struct publication *publications,
                           size_t count, struct arena *arena, bool sorted)
{
    struct queued *queue = arena_array(arena, count, sizeof *queue);
    for (size_t i = 0; i < count; i++) {
        queue[i] = (struct queued){.publication = &publications[i]};
        weigh(catalog, &queue[i], arena);
    }
    if (sorted)
        qsort(queue, count, sizeof *queue, by_weight);
    return queue;
}
