#include "evidence/rating/catalog.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/rating/catalog_private.h"
#include "evidence/rating/question_rows.h"

static void read_dataset(const struct json_reader *at, struct dataset *out)
{
    json_fields(at,
                (const char *const[]){"name", "version", "collected", "searched", "note", NULL});
    *out = (struct dataset){
        .name = json_get_text(at, "name", REQUIRED),
        .version = json_get_text(at, "version", REQUIRED),
        .collected = json_get_text(at, "collected", REQUIRED),
        .searched = json_get_text(at, "searched", OPTIONAL),
        .note = json_get_text(at, "note", OPTIONAL),
    };
}

/* A document of the base as JSON; NULL with a problem. The caller decrefs. */
static json_t *document(const struct base *base, const char *name, struct problems *problems)
{
    const struct document *found = base_document(base, name);
    if (found == NULL) {
        problems_add(problems, name, "", "the base holds no such document");
        return NULL;
    }
    return json_parse(found->text, found->length, name, problems);
}

static bool read_documents(struct catalog *catalog, struct error *err)
{
    struct problems problems = {.arena = catalog->arena};
    json_t *dataset = document(&catalog->base, "dataset", &problems);
    json_t *ruleset = document(&catalog->base, "rulesets/default", &problems);
    struct json_reader at_dataset = json_root(dataset, "dataset", &problems);
    struct json_reader at_ruleset = json_root(ruleset, "rulesets/default", &problems);
    if (dataset != NULL)
        read_dataset(&at_dataset, &catalog->dataset);
    if (ruleset != NULL)
        ruleset_read(&at_ruleset, &catalog->ruleset);
    json_decref(dataset);
    json_decref(ruleset);
    catalog->overrides = overrides_read(&catalog->base, &problems);
    catalog->rules = rules_read(&catalog->base, &problems);
    return problems_none(&problems, err);
}

static int by_id(const void *left, const void *right)
{
    const struct open_question *a = left;
    const struct open_question *b = right;
    return strcmp(a->question.id, b->question.id);
}

/* ---- rulesets beside the default ---- */

static bool is_other_ruleset(const struct document *document)
{
    return strncmp(document->name, "rulesets/", strlen("rulesets/")) == 0 &&
           strcmp(document->name, "rulesets/default") != 0;
}

/* Reads them all, so that a fault is told when the base is built and not when somebody asks. */
static bool read_other_rulesets(struct catalog *catalog, struct error *err)
{
    const struct base *base = &catalog->base;
    struct problems problems = {.arena = catalog->arena};
    struct ruleset *others = arena_array(catalog->arena, base->document_count, sizeof *others);
    for (size_t i = 0; i < base->document_count; i++) {
        if (!is_other_ruleset(&base->documents[i]))
            continue;
        json_t *value = document(base, base->documents[i].name, &problems);
        struct json_reader at = json_root(value, base->documents[i].name, &problems);
        if (value != NULL)
            ruleset_read(&at, &others[catalog->other_count++]);
        json_decref(value);
    }
    catalog->others = others;
    return problems_none(&problems, err);
}

/* Room for what is made when it is asked for, and its locks. */
static void prepare_making(struct catalog *catalog)
{
    pthread_mutex_init(&catalog->lock, NULL);
    pthread_mutex_init(&catalog->made.lock, NULL);
    for (size_t i = 0; i < CATALOG_KEPT_COUNT; i++)
        pthread_mutex_init(&catalog->kept[i].lock, NULL);
    catalog->made.items = arena_array(catalog->arena, catalog->count, sizeof *catalog->made.items);
    catalog->made.arena = arena_new();
    catalog->made.missing = catalog->count;
}

static void free_kept(struct catalog *catalog)
{
    for (size_t i = 0; i < CATALOG_KEPT_COUNT; i++) {
        arena_free(catalog->kept[i].arena);
        catalog->kept[i].arena = NULL;
    }
}

/* Frees what was made since, all of which lies outside the catalog's arena. */
static void free_beside(struct catalog *catalog)
{
    free_kept(catalog);
    for (size_t i = 0; i < CATALOG_KEPT_COUNT; i++)
        pthread_mutex_destroy(&catalog->kept[i].lock);
    pthread_mutex_destroy(&catalog->lock);
    pthread_mutex_destroy(&catalog->made.lock);
    arena_free(catalog->made.arena);
}

/* The same, and then the catalog, which lives in its own arena. */
static void free_catalog(struct catalog *catalog)
{
    free_beside(catalog);
    arena_free(catalog->arena);
}

void catalog_give_up(struct catalog *catalog)
{
    if (catalog != NULL)
        free_beside(catalog);
}

static struct catalog *twin_of(const struct catalog *catalog, const struct ruleset *ruleset)
{
    struct arena *arena = arena_new();
    struct catalog *twin = arena_alloc(arena, sizeof *twin);
    *twin = (struct catalog){
        .arena = arena,
        .base = catalog->base,
        .dataset = catalog->dataset,
        .ruleset = *ruleset,
        .overrides = catalog->overrides,
        .rules = catalog->rules,
        .stamp = catalog->stamp,
        .lexicon = catalog->lexicon,
        .context = catalog->context,
        .questions = catalog->questions,
        .count = catalog->count,
        .mentions = catalog->mentions,
        .mention_count = catalog->mention_count,
    };
    twin->context.ruleset = &twin->ruleset;
    prepare_making(twin);
    return twin;
}

const struct catalog *catalog_under(const struct catalog *catalog, const char *ruleset)
{
    if (strcmp(ruleset, catalog->ruleset.id) == 0)
        return catalog;
    struct catalog *own =
        (struct catalog *)catalog; /* the twins are a cache: nobody sees it change */
    const struct catalog *found = NULL;
    pthread_mutex_lock(&own->lock);
    for (size_t i = 0; i < own->other_count; i++) {
        if (strcmp(own->others[i].id, ruleset) != 0)
            continue;
        if (own->twins[i] == NULL)
            own->twins[i] = twin_of(own, &own->others[i]);
        found = own->twins[i];
    }
    pthread_mutex_unlock(&own->lock);
    return found;
}

/* ---- who says anything of what ---- */

/* `condition` NULL: whichever it is. */
static int compare_pair(const struct mention *mention, const char *intervention,
                        const char *condition)
{
    int order = strcmp(mention->intervention, intervention);
    return order != 0 || condition == NULL ? order : strcmp(mention->condition, condition);
}

/* The same text mostly stands in the same place. */
static int compare_names(const char *a, const char *b)
{
    return a == b ? 0 : strcmp(a, b);
}

static int by_mention(const void *left, const void *right)
{
    const struct mention *a = left;
    const struct mention *b = right;
    int order = compare_names(a->intervention, b->intervention);
    if (order == 0)
        order = compare_names(a->condition, b->condition);
    if (order != 0)
        return order;
    return a->study < b->study ? -1 : a->study > b->study;
}

/* Who says what, what speaks to which question and who is retracted, while studies are looked at
 * one by one. */
struct index {
    struct mention *mentions;
    size_t count;
    size_t capacity;
    uint32_t *retracted;
    size_t retracted_count;
    size_t retracted_capacity;
    struct question_rows rows;
};

static void add_mention(struct index *index, const struct mention *mention)
{
    if (index->count == index->capacity) {
        index->capacity = index->capacity == 0 ? 256 : index->capacity * 2;
        index->mentions = memory_resize(index->mentions, index->capacity * sizeof *index->mentions);
    }
    index->mentions[index->count++] = *mention;
}

static void add_retracted(struct index *index, uint32_t place)
{
    if (index->retracted_count == index->retracted_capacity) {
        index->retracted_capacity =
            index->retracted_capacity == 0 ? 16 : index->retracted_capacity * 2;
        index->retracted =
            memory_resize(index->retracted, index->retracted_capacity * sizeof *index->retracted);
    }
    index->retracted[index->retracted_count++] = place;
}

static void index_study(struct index *index, const struct study *study, uint32_t place)
{
    struct mention mention = {.study = place, .retracted = study->retracted};
    for (size_t i = 0; i < study->result_count; i++) {
        mention.intervention = study->results[i].intervention;
        mention.condition = study->results[i].condition;
        add_mention(index, &mention);
    }
    for (size_t i = 0; i < study->harm_count; i++) {
        mention.intervention = study->harms[i].intervention;
        mention.condition = study->condition;
        add_mention(index, &mention);
    }
    if (study->retracted)
        add_retracted(index, place);
}

static struct index index_studies(const struct base *base)
{
    struct index index = {0};
    struct study_walk walk = study_walk_begin(base);
    const struct study *study;
    while ((study = study_walk_next(&walk)) != NULL) {
        size_t place = walk.next - 1;
        index_study(&index, study, (uint32_t)place);
        question_rows_add(&index.rows, study, base_study_id(base, place), place);
    }
    study_walk_end(&walk);
    return index;
}

/* A copy in the arena, of those that were gathered in memory of their own. */
static void *keep(struct arena *arena, void *items, size_t count, size_t size)
{
    void *kept = arena_array(arena, count, size);
    if (count > 0)
        memcpy(kept, items, count * size);
    free(items);
    return kept;
}

static void keep_mentions(struct catalog *catalog, struct index *index)
{
    size_t kept = 0;
    if (index->count > 0)
        qsort(index->mentions, index->count, sizeof *index->mentions, by_mention);
    for (size_t i = 0; i < index->count; i++)
        if (kept == 0 || by_mention(&index->mentions[kept - 1], &index->mentions[i]) != 0)
            index->mentions[kept++] = index->mentions[i];
    catalog->mentions = keep(catalog->arena, index->mentions, kept, sizeof *index->mentions);
    catalog->mention_count = kept;
}

static void keep_questions(struct catalog *catalog, struct index *index)
{
    catalog->questions =
        question_rows_list(&index->rows, &catalog->base, catalog->arena, &catalog->count);
    if (catalog->count > 0)
        qsort(catalog->questions, catalog->count, sizeof *catalog->questions, by_id);
}

const struct mention *catalog_mentions(const struct catalog *catalog, const char *intervention,
                                       const char *condition, size_t *count)
{
    size_t low = 0;
    size_t high = catalog->mention_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_pair(&catalog->mentions[middle], intervention, condition) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < catalog->mention_count &&
           compare_pair(&catalog->mentions[end], intervention, condition) == 0)
        end++;
    *count = end - low;
    return catalog->mentions + low;
}

static int by_place(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

const uint32_t *catalog_places_of(const struct catalog *catalog, const char *intervention,
                                  const char *condition, struct arena *arena, size_t *count)
{
    size_t mentioned;
    const struct mention *mentions = catalog_mentions(catalog, intervention, condition, &mentioned);
    uint32_t *places = arena_array(arena, mentioned, sizeof *places);
    for (size_t i = 0; i < mentioned; i++)
        places[i] = mentions[i].study;
    qsort(places, mentioned, sizeof *places, by_place);
    *count = 0;
    for (size_t i = 0; i < mentioned; i++)
        if (*count == 0 || places[i] != places[*count - 1])
            places[(*count)++] = places[i];
    return places;
}

size_t catalog_retracted_count(const struct catalog *catalog)
{
    return catalog->context.retracted_count;
}

const struct study *catalog_retracted(const struct catalog *catalog, size_t index)
{
    return base_study_at(&catalog->base, catalog->context.retracted[index]);
}

void catalog_gather(struct catalog *catalog)
{
    catalog->context = (struct rating_context){.base = &catalog->base,
                                               .ruleset = &catalog->ruleset,
                                               .reference = reference_values_of(&catalog->base),
                                               .overrides = &catalog->overrides,
                                               .rules = &catalog->rules,
                                               .untraced = true};
    struct index index = index_studies(&catalog->base);
    keep_mentions(catalog, &index);
    keep_questions(catalog, &index);
    catalog->context.retracted =
        keep(catalog->arena, index.retracted, index.retracted_count, sizeof *index.retracted);
    catalog->context.retracted_count = index.retracted_count;
}

void catalog_share(struct catalog *catalog)
{
    atomic_init(&catalog->readers, 1);
    atomic_init(&catalog->holders, 1);
    prepare_making(catalog);
    catalog->twins = arena_array(catalog->arena, catalog->other_count, sizeof *catalog->twins);
}

struct catalog *catalog_new(struct arena *arena, const struct base *base,
                            const struct catalog_stamp *stamp, struct error *err)
{
    struct catalog *catalog = arena_alloc(arena, sizeof *catalog);
    catalog->arena = arena;
    catalog->base = *base;
    catalog->stamp =
        (struct catalog_stamp){.hash = arena_strdup(arena, stamp->hash), .changed = stamp->changed};
    if (!read_documents(catalog, err) || !read_other_rulesets(catalog, err)) {
        error_while(err, "rating the base");
        return NULL;
    }
    catalog_gather(catalog);
    catalog_share(catalog);
    return catalog;
}

struct catalog *catalog_retain(struct catalog *catalog)
{
    atomic_fetch_add_explicit(&catalog->readers, 1, memory_order_relaxed);
    return catalog;
}

struct catalog *catalog_build_on(struct catalog *catalog)
{
    atomic_fetch_add_explicit(&catalog->holders, 1, memory_order_relaxed);
    return catalog;
}

static bool was_last(atomic_size_t *count)
{
    return atomic_fetch_sub_explicit(count, 1, memory_order_acq_rel) == 1;
}

/* What was made for readers, who have all gone. */
static void free_made(struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->other_count; i++)
        if (catalog->twins[i] != NULL)
            free_catalog(catalog->twins[i]);
    free_kept(catalog);
}

/* One catalog after the other: those that nobody goes on using. */
static void let_go(struct catalog *catalog)
{
    while (catalog != NULL && was_last(&catalog->holders)) {
        struct catalog *before = catalog->before;
        arena_free(catalog->books);
        free_catalog(catalog);
        catalog = before;
    }
}

void catalog_release(struct catalog *catalog)
{
    if (catalog == NULL || !was_last(&catalog->readers))
        return;
    free_made(catalog);
    let_go(catalog);
}

void *catalog_keep(const struct catalog *catalog, enum catalog_kept kind, catalog_maker *make)
{
    struct catalog *own = (struct catalog *)catalog; /* a cache: nobody sees it change */
    struct kept *kept = &own->kept[kind];
    void *thing = atomic_load_explicit(&kept->thing, memory_order_acquire);
    if (thing != NULL)
        return thing;
    pthread_mutex_lock(&kept->lock);
    thing = atomic_load_explicit(&kept->thing, memory_order_relaxed);
    if (thing == NULL) {
        kept->arena = arena_new();
        thing = make(catalog, kept->arena);
        atomic_store_explicit(&kept->thing, thing, memory_order_release);
    }
    pthread_mutex_unlock(&kept->lock);
    return thing;
}

void catalog_put(struct catalog *catalog, enum catalog_kept kind, void *thing)
{
    atomic_store_explicit(&catalog->kept[kind].thing, thing, memory_order_relaxed);
}

void catalog_attach_words(struct catalog *catalog, const struct lexicon *lexicon,
                          const struct rulebooks *books, struct arena *arena)
{
    catalog->lexicon = lexicon;
    catalog->base.rulebooks = books;
    catalog->books = arena;
}

const struct lexicon *catalog_lexicon(const struct catalog *catalog)
{
    return catalog->lexicon;
}

const struct base *catalog_base(const struct catalog *catalog)
{
    return &catalog->base;
}

const struct dataset *catalog_dataset(const struct catalog *catalog)
{
    return &catalog->dataset;
}

const struct ruleset *catalog_ruleset(const struct catalog *catalog)
{
    return &catalog->ruleset;
}

void catalog_check(const struct catalog *catalog, struct problems *problems)
{
    overrides_check(&catalog->overrides, catalog->questions, catalog->count, problems);
}

const struct rules *catalog_rules(const struct catalog *catalog)
{
    return &catalog->rules;
}

const struct overrides *catalog_overrides(const struct catalog *catalog)
{
    return &catalog->overrides;
}

const struct catalog_stamp *catalog_stamp(const struct catalog *catalog)
{
    return &catalog->stamp;
}

const struct reference_values *catalog_reference(const struct catalog *catalog)
{
    return &catalog->context.reference;
}
