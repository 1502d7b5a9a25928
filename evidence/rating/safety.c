#include "evidence/rating/safety.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const safety_names[] = {"not-recorded", "none-found", "minor",
                                    "serious-rare", "serious",    NULL};

/* METHOD V3: a serious harm under this share of people is rare. */
static const double RARE = 0.001;

/* A rate is printed for single treatments and asked about people: a course is taken to have this
 * many (ours). */
static const double TREATMENTS_A_COURSE = 10;

/* What is known of how often a harm comes, the best first. */
enum knowledge { KNOWN_AMONG_PEOPLE, KNOWN_AMONG_TREATMENTS, KNOWN_FROM_REPORTS, KNOWN_NOT_AT_ALL };

static enum knowledge knowledge_of(const struct safety_harm *one)
{
    const struct harm *harm = one->harm;
    if (harm->per.unit == HARM_TREATMENTS)
        return KNOWN_AMONG_TREATMENTS;
    if (harm->per.unit == HARM_PEOPLE || (harm->numerator >= 0 && harm->denominator > 0))
        return KNOWN_AMONG_PEOPLE;
    /* A practitioner who has seen it once tells that it happens, not how often. */
    bool reports = harm->reports || harm->per.unit == HARM_PRACTITIONERS || harm->numerator > 0 ||
                   one->study->design == DESIGN_CASE_REPORT ||
                   one->study->design == DESIGN_CASE_SERIES;
    return reports ? KNOWN_FROM_REPORTS : KNOWN_NOT_AT_ALL;
}

/* The share of people whom it comes to, NAN where nobody knows. */
static double share_of(const struct safety_harm *one)
{
    const struct harm *harm = one->harm;
    switch (knowledge_of(one)) {
    case KNOWN_AMONG_TREATMENTS:
        return TREATMENTS_A_COURSE * harm->per.events / harm->per.of;
    case KNOWN_AMONG_PEOPLE:
        return harm->per.unit == HARM_PEOPLE ? harm->per.events / harm->per.of
                                             : (double)harm->numerator / harm->denominator;
    case KNOWN_FROM_REPORTS:
    case KNOWN_NOT_AT_ALL:
        break;
    }
    return NAN;
}

bool safety_is_none_found(const struct harm *harm)
{
    return harm->numerator == 0 || harm->per.events == 0;
}

/* Studies of mixed or any pain: no other condition than the one asked about. */
static const char any_pain[] = "musculoskeletal-pain";

static bool has_parent(const struct condition *child, const struct condition *parent)
{
    for (const char *const *id = child->parents; *id != NULL; id++)
        if (strcmp(*id, parent->id) == 0)
            return true;
    return false;
}

const struct condition *safety_seen_in(const struct base *base, const struct safety_harm *one,
                                       const struct condition *asked)
{
    const struct condition *seen = base_condition(base, one->study->condition);
    if (seen == NULL || strcmp(seen->id, any_pain) == 0)
        return NULL;
    if (asked == NULL)
        return seen;
    bool kin = seen == asked || has_parent(seen, asked) || has_parent(asked, seen);
    return kin ? NULL : seen;
}

static enum safety_level level_of(const struct safety_harm *one)
{
    double share = share_of(one);
    if (safety_is_none_found(one->harm))
        return SAFETY_NONE_FOUND;
    if (one->harm->severity == SEVERITY_MINOR)
        return SAFETY_MINOR;
    if (isfinite(share))
        return share < RARE ? SAFETY_SERIOUS_RARE : SAFETY_SERIOUS;
    return knowledge_of(one) == KNOWN_FROM_REPORTS ? SAFETY_SERIOUS_RARE : SAFETY_SERIOUS;
}

static int worst_first(const void *left, const void *right)
{
    const struct safety_harm *a = left;
    const struct safety_harm *b = right;
    double more = share_of(b) - share_of(a);
    int order = (int)level_of(b) - (int)level_of(a);
    if (order == 0)
        order = (int)knowledge_of(a) - (int)knowledge_of(b);
    if (order == 0)
        order = more > 0 ? 1 : more < 0 ? -1 : 0;
    if (order == 0)
        order = strcmp(a->study->id, b->study->id);
    return order != 0 ? order : strcmp(a->harm->event, b->harm->event);
}

const char *safety_how_often(const struct harm *harm, struct arena *arena)
{
    const struct frequency *per = &harm->per;
    if (harm->rate != NULL)
        return harm->rate;
    if (per->unit == HARM_PRACTITIONERS)
        return arena_printf(arena, "seen by %.10g of %.10g practitioners", per->events, per->of);
    if (per->unit != HARM_UNIT_UNKNOWN)
        return arena_printf(arena, "%.10g of %.10g %s", per->events, per->of,
                            harm_unit_names[per->unit]);
    if (harm->numerator != COUNT_UNKNOWN && harm->denominator != COUNT_UNKNOWN)
        return arena_printf(arena, "%d of %d", harm->numerator, harm->denominator);
    return harm->reports ? "reports of cases; how often is not known" : NULL;
}

/* ---- studies that counted people with side effects, without naming these ---- */

/* People who gave up count neither as harmed nor as unharmed. */
static bool counts_side_effects(const struct result *result,
                                const struct intervention *intervention)
{
    return strcmp(result->outcome, "adverse-events") == 0 && result->ignored == NULL &&
           strcmp(result->intervention, intervention->id) == 0;
}

/* True if the treated people of a result are known to have had none. */
static bool none_had_any(const struct result *result)
{
    for (size_t i = 0; i < result->arm_count; i++)
        if (result->arms[i].role == ROLE_INTERVENTION && result->arms[i].events == 0)
            return true;
    return false;
}

static void look_at_results(const struct study *study, const struct intervention *intervention,
                            struct safety *out)
{
    bool counted = false;
    for (size_t i = 0; i < study->result_count; i++) {
        const struct result *result = &study->results[i];
        if (!counts_side_effects(result, intervention))
            continue;
        enum safety_level level = none_had_any(result) ? SAFETY_NONE_FOUND : SAFETY_MINOR;
        if (level > out->level)
            out->level = level;
        counted = true;
    }
    out->counting += counted;
}

static bool tells_of(const struct study *study, const struct intervention *intervention)
{
    for (size_t i = 0; i < study->harm_count; i++)
        if (strcmp(study->harms[i].intervention, intervention->id) == 0)
            return true;
    return false;
}

/* Harms on record, while studies are looked at one by one. */
struct harms {
    struct safety_harm *items;
    size_t count;
    size_t capacity;
};

/* The study is one that is kept: its harms are pointed to. */
static void add_harms(struct harms *harms, const struct study *study,
                      const struct intervention *intervention)
{
    if (harms->count + study->harm_count > harms->capacity) {
        harms->capacity = 2 * (harms->count + study->harm_count);
        harms->items = memory_resize(harms->items, harms->capacity * sizeof *harms->items);
    }
    for (size_t i = 0; i < study->harm_count; i++)
        if (strcmp(study->harms[i].intervention, intervention->id) == 0)
            harms->items[harms->count++] = (struct safety_harm){&study->harms[i], study};
}

static struct harms look_at_all(const struct base *base, const uint32_t *places, size_t count,
                                const struct intervention *intervention, struct safety *out)
{
    struct harms harms = {0};
    struct arena *look = arena_new();
    for (size_t i = 0; i < count; i++) {
        arena_clear(look);
        const struct study *study = base_study_read(base, places[i], look);
        if (study->retracted)
            continue;
        if (tells_of(study, intervention))
            add_harms(&harms, base_study_at(base, places[i]), intervention);
        look_at_results(study, intervention, out);
    }
    arena_free(look);
    return harms;
}

struct safety safety_of(const struct base *base, const uint32_t *places, size_t count,
                        const struct intervention *intervention, struct arena *arena)
{
    struct safety out = {.level = SAFETY_NOT_RECORDED};
    struct harms found = look_at_all(base, places, count, intervention, &out);
    struct safety_harm *harms = arena_array(arena, found.count, sizeof *harms);
    if (found.count > 0)
        memcpy(harms, found.items, found.count * sizeof *harms);
    free(found.items);
    out.count = found.count;
    qsort(harms, out.count, sizeof *harms, worst_first);
    for (size_t i = 0; i < out.count; i++)
        if (level_of(&harms[i]) > out.level)
            out.level = level_of(&harms[i]);
    out.harms = harms;
    return out;
}

const char *safety_words(enum safety_level level)
{
    switch (level) {
    case SAFETY_NOT_RECORDED:
        return "Harms are not recorded in the studies here. That does not mean there are none.";
    case SAFETY_NONE_FOUND:
        return "Harms were looked for and none were found in these studies.";
    case SAFETY_MINOR:
        return "Minor harms have been seen.";
    case SAFETY_SERIOUS_RARE:
        return "Serious harm has been reported; it is rare, or how often it happens is not known.";
    case SAFETY_SERIOUS:
        return "Serious harm has been reported.";
    }
    return "";
}

const char *safety_sentence(const struct safety *safety, struct arena *arena)
{
    if (safety->counting == 0)
        return safety_words(safety->level);
    const char *counting =
        arena_printf(arena, "%zu %s counted people with side effects%s.", safety->counting,
                     safety->counting == 1 ? "study here" : "studies here",
                     safety->count == 0 ? ", without the base saying which they were" : "");
    if (safety->count == 0 && safety->level == SAFETY_MINOR)
        return counting;
    return arena_printf(arena, "%s %s", safety_words(safety->level), counting);
}
