/* Which resources there are. */
#include <stdlib.h>
#include <string.h>

#include "evidence/base/hash.h"
#include "service/worlds/fhir/fhir.h"

enum { ID_DIGITS = 32 };

const char *const fhir_type_names[] = {"ArtifactAssessment", "Citation", "Evidence",
                                       "EvidenceVariable", NULL};

struct fhir_id fhir_id_of(enum fhir_subject subject, const char *own)
{
    static const char letters[FHIR_SUBJECT_COUNT] = {
        [FHIR_OF_RATING] = 'q',    [FHIR_OF_VERDICT] = 'v',      [FHIR_OF_STUDY] = 's',
        [FHIR_OF_APPRAISAL] = 'a', [FHIR_OF_INTERVENTION] = 'i', [FHIR_OF_CONDITION] = 'c',
        [FHIR_OF_OUTCOME] = 'o',   [FHIR_OF_COMPARATOR] = 'k'};
    char hash[HASH_SIZE];
    struct fhir_id id = {{letters[subject], '-'}};
    hash_text(own, hash);
    memcpy(id.text + 2, hash, ID_DIGITS);
    return id;
}

/* ---- the lists ---- */

struct fhir_index {
    struct fhir_list lists[FHIR_TYPE_COUNT];
    const struct fhir_entry **by_id[FHIR_TYPE_COUNT]; /* sorted */
};

/* A list being filled; it was made large enough. */
struct filling {
    struct fhir_entry *items;
    size_t count;
};

static struct filling filling_new(size_t most, struct arena *arena)
{
    return (struct filling){.items = arena_array(arena, most, sizeof(struct fhir_entry))};
}

static struct fhir_entry *add(struct filling *to, enum fhir_subject subject, const char *own,
                              const char *title)
{
    struct fhir_entry *entry = &to->items[to->count++];
    *entry = (struct fhir_entry){
        .id = fhir_id_of(subject, own), .subject = subject, .own = own, .title = title};
    return entry;
}

static struct filling list_ratings(const struct catalog *catalog, struct arena *arena)
{
    size_t count = catalog_rating_count(catalog);
    struct filling out = filling_new(count, arena);
    catalog_rate_all(catalog);
    for (size_t i = 0; i < count; i++) {
        const struct rating *rating = catalog_rating(catalog, i);
        add(&out, FHIR_OF_RATING, rating->question.id, fhir_rating_title(rating, arena))
            ->of.rating = rating;
    }
    return out;
}

static struct filling list_studies(const struct base *base, struct arena *arena)
{
    struct filling out = filling_new(base->study_count, arena);
    for (size_t i = 0; i < base->study_count; i++)
        add(&out, FHIR_OF_STUDY, base_study_id(base, i), base_study_at(base, i)->title)->of.study =
            base_study_at(base, i);
    return out;
}

static void add_appraisals(struct filling *to, const struct study *study, struct arena *arena)
{
    for (size_t i = 0; i < study->appraisal_count; i++) {
        const struct appraisal *appraisal = &study->appraisals[i];
        const char *own = arena_printf(arena, "%s/appraisals/%zu", study->id, i + 1);
        const char *title = arena_printf(arena, "%s of %s", instrument_names[appraisal->instrument],
                                         study_label(study, arena));
        struct fhir_entry *entry = add(to, FHIR_OF_APPRAISAL, own, title);
        entry->of.study = study;
        entry->appraisal = appraisal;
    }
}

static struct filling list_assessments(const struct catalog *catalog, struct arena *arena)
{
    const struct base *base = catalog_base(catalog);
    size_t ratings = catalog_rating_count(catalog);
    size_t appraisals = 0;
    for (size_t i = 0; i < base->study_count; i++)
        appraisals += base_study_at(base, i)->appraisal_count;
    struct filling out = filling_new(ratings + appraisals, arena);
    catalog_rate_all(catalog);
    for (size_t i = 0; i < ratings; i++) {
        const struct rating *rating = catalog_rating(catalog, i);
        const char *title = fhir_rating_title(rating, arena);
        add(&out, FHIR_OF_VERDICT, rating->question.id, title)->of.rating = rating;
    }
    for (size_t i = 0; i < base->study_count; i++)
        add_appraisals(&out, base_study_at(base, i), arena);
    return out;
}

static struct filling list_variables(const struct base *base, struct arena *arena)
{
    struct filling out = filling_new(base->intervention_count + base->condition_count +
                                         base->outcome_count + FHIR_COMPARATORS,
                                     arena);
    for (size_t i = 0; i < base->intervention_count; i++)
        add(&out, FHIR_OF_INTERVENTION, base->interventions[i].id, base->interventions[i].name)
            ->of.intervention = &base->interventions[i];
    for (size_t i = 0; i < base->condition_count; i++)
        add(&out, FHIR_OF_CONDITION, base->conditions[i].id, base->conditions[i].name)
            ->of.condition = &base->conditions[i];
    for (size_t i = 0; i < base->outcome_count; i++)
        add(&out, FHIR_OF_OUTCOME, base->outcomes[i].id, base->outcomes[i].name)->of.outcome =
            &base->outcomes[i];
    for (size_t i = 0; i < FHIR_COMPARATORS; i++)
        add(&out, FHIR_OF_COMPARATOR, fhir_comparators[i].own, fhir_comparators[i].title);
    return out;
}

/* ---- by id ---- */

static int by_id(const void *a, const void *b)
{
    const struct fhir_entry *const *one = a;
    const struct fhir_entry *const *other = b;
    return strcmp((*one)->id.text, (*other)->id.text);
}

static void set_list(struct fhir_index *index, enum fhir_type type, struct filling filled,
                     struct arena *arena)
{
    const struct fhir_entry **sorted = arena_array(arena, filled.count, sizeof *sorted);
    for (size_t i = 0; i < filled.count; i++)
        sorted[i] = &filled.items[i];
    qsort(sorted, filled.count, sizeof *sorted, by_id);
    index->lists[type] = (struct fhir_list){filled.items, filled.count};
    index->by_id[type] = sorted;
}

static void *make_index(const struct catalog *catalog, struct arena *arena)
{
    const struct base *base = catalog_base(catalog);
    struct fhir_index *index = arena_alloc(arena, sizeof *index);
    set_list(index, FHIR_EVIDENCE, list_ratings(catalog, arena), arena);
    set_list(index, FHIR_CITATION, list_studies(base, arena), arena);
    set_list(index, FHIR_EVIDENCE_VARIABLE, list_variables(base, arena), arena);
    set_list(index, FHIR_ARTIFACT_ASSESSMENT, list_assessments(catalog, arena), arena);
    return index;
}

static const struct fhir_index *index_of(const struct catalog *catalog)
{
    return catalog_keep(catalog, KEPT_FHIR, make_index);
}

struct fhir_list fhir_list_of(const struct catalog *catalog, enum fhir_type type)
{
    return index_of(catalog)->lists[type];
}

const struct fhir_entry *fhir_find(const struct catalog *catalog, enum fhir_type type,
                                   const char *id)
{
    const struct fhir_index *index = index_of(catalog);
    struct fhir_entry wanted = {.own = id};
    const struct fhir_entry *key = &wanted;
    if (strlen(id) >= FHIR_ID_SIZE)
        return NULL;
    memcpy(wanted.id.text, id, strlen(id) + 1);
    const struct fhir_entry *const *found =
        bsearch(&key, index->by_id[type], index->lists[type].count, sizeof key, by_id);
    return found == NULL ? NULL : *found;
}
