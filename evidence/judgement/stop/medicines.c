#include "evidence/judgement/stop/medicines.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/question/question.h"
#include "evidence/judgement/signs/sign_matcher.h"
#include "evidence/model/rulebooks.h"

/* ---- names ready to be looked for ---- */

/* What a concept of the matcher stands for. */
struct named {
    const struct medicine_group *group;
    const struct medicine *medicine; /* NULL: the group as a whole */
};

struct medicine_names {
    struct sign_words words;
    struct named *named; /* by concept */
    const struct sign_matcher *matcher;
};

static size_t name_count(const struct medicines *book)
{
    size_t count = 0;
    for (size_t i = 0; i < book->count; i++)
        count += book->items[i].member_count + 1;
    return count;
}

/* The generic name and the brands as one list. */
static const char *const *names_of(const struct medicine *medicine, struct arena *arena)
{
    size_t count = 0;
    while (medicine->brands[count] != NULL)
        count++;
    const char **names = arena_array(arena, count + 2, sizeof *names);
    names[0] = medicine->name;
    for (size_t i = 0; i < count; i++)
        names[i + 1] = medicine->brands[i];
    return names;
}

static void add_name(struct medicine_names *names, struct sign_concept *concepts,
                     const char *const *words, struct named named)
{
    size_t at = names->words.concept_count++;
    concepts[at] = (struct sign_concept){.id = named.group->id, .words = words};
    names->named[at] = named;
}

static void *make_names(const struct catalog *catalog, struct arena *arena)
{
    const struct rulebooks *books = base_rulebooks(catalog_base(catalog));
    const struct medicines *book = &books->medicines;
    size_t room = name_count(book);
    struct medicine_names *names = arena_alloc(arena, sizeof *names);
    struct sign_concept *concepts = arena_array(arena, room, sizeof *concepts);
    names->named = arena_array(arena, room, sizeof *names->named);
    names->words =
        (struct sign_words){.ignored = book->ordinary, .negation = books->sign_words.negation};
    for (size_t i = 0; i < book->count; i++) {
        const struct medicine_group *group = &book->items[i];
        add_name(names, concepts, group->words, (struct named){group, NULL});
        for (size_t j = 0; j < group->member_count; j++)
            add_name(names, concepts, names_of(&group->members[j], arena),
                     (struct named){group, &group->members[j]});
    }
    names->words.concepts = concepts;
    names->matcher = sign_matcher_new(&names->words, catalog_lexicon(catalog), arena);
    return names;
}

static const struct medicine_names *names_in(const struct catalog *catalog)
{
    return catalog_keep(catalog, KEPT_MEDICINES, make_names);
}

/* ---- places ---- */

static bool same_words(struct text_words a, struct text_words b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (strcmp(a.items[i].stem, b.items[i].stem) != 0)
            return false;
    return true;
}

/* True if the words are none of the names as they are spelt. */
static bool is_guess(const char *const *names, const char *text, size_t length, struct arena *arena)
{
    struct text_words written = text_cut(text, length, arena);
    for (; *names != NULL; names++)
        if (same_words(written, text_cut(*names, strlen(*names), arena)))
            return false;
    return true;
}

struct hit {
    struct told_medicine medicine;
    size_t start;
    size_t end;
};

static int by_place(const void *left, const void *right)
{
    const struct hit *a = left;
    const struct hit *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->end > b->end ? -1 : a->end < b->end; /* the longer name first */
}

static struct hit *hits_in(const struct medicine_names *names, const char *text, size_t length,
                           struct arena *arena, size_t *count)
{
    const struct sign_places *places = sign_places_of(names->matcher, text, length, arena);
    struct hit *hits = arena_array(arena, names->words.concept_count, sizeof *hits);
    *count = 0;
    for (size_t i = 0; i < names->words.concept_count; i++) {
        if (places[i].count == 0)
            continue;
        const struct sign_place *place = &places[i].items[0];
        size_t bytes = place->end - place->start;
        hits[(*count)++] =
            (struct hit){.medicine = {.group = names->named[i].group,
                                      .medicine = names->named[i].medicine,
                                      .written = arena_strndup(arena, text + place->start, bytes),
                                      .guessed = is_guess(names->words.concepts[i].words,
                                                          text + place->start, bytes, arena)},
                         .start = place->start,
                         .end = place->end};
    }
    qsort(hits, *count, sizeof *hits, by_place);
    return hits;
}

const struct told_medicine *medicines_in(const struct catalog *catalog, const char *text,
                                         size_t length, struct arena *arena, size_t *count)
{
    size_t hit_count;
    const struct hit *hits = hits_in(names_in(catalog), text, length, arena, &hit_count);
    struct told_medicine *found = arena_array(arena, hit_count, sizeof *found);
    size_t end = 0;
    *count = 0;
    for (size_t i = 0; i < hit_count; i++) {
        if (i > 0 && hits[i].start < end) /* within a longer name */
            continue;
        found[(*count)++] = hits[i].medicine;
        end = hits[i].end;
    }
    return found;
}

/* ---- a diary's ---- */

struct gathering {
    const struct catalog *catalog;
    struct arena *arena;
    struct told_medicine *items;
    size_t count;
    size_t room;
};

static bool is_there(const struct gathering *all, const struct told_medicine *one)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].group == one->group && all->items[i].medicine == one->medicine)
            return true;
    return false;
}

static void add(struct gathering *all, struct told_medicine one)
{
    if (is_there(all, &one))
        return;
    if (all->count == all->room) {
        struct told_medicine *old = all->items;
        all->room = 2 * all->room + 8;
        all->items = arena_array(all->arena, all->room, sizeof *all->items);
        if (all->count > 0)
            memcpy(all->items, old, all->count * sizeof *old);
    }
    all->items[all->count++] = one;
}

static size_t add_from(struct gathering *all, const char *text, bool guesses, bool tried)
{
    size_t count;
    const struct told_medicine *found =
        medicines_in(all->catalog, text, strlen(text), all->arena, &count);
    for (size_t i = 0; i < count; i++) {
        struct told_medicine one = found[i];
        one.tried = tried;
        if (guesses || !one.guessed)
            add(all, one);
    }
    return count;
}

static bool holds(const char *const *list, const char *id)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, id) == 0)
            return true;
    return false;
}

/* What is tried: the very medicine where it was named, else the groups that the entry stands for.
 */
static void add_tried(struct gathering *all, const struct diary *diary)
{
    const struct medicines *book = &base_rulebooks(catalog_base(all->catalog))->medicines;
    if (diary->intervention->kind != KIND_DRUG)
        return;
    add_from(all, diary->tried_as, true, true);
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].medicine != NULL)
            return;
    for (size_t i = 0; i < book->count; i++)
        if (holds(book->items[i].interventions, diary->intervention->id))
            add(all, (struct told_medicine){.group = &book->items[i], .tried = true});
}

/* "An SSRI, sertraline" is one medicine. */
static bool is_covered(const struct gathering *all, size_t index)
{
    if (all->items[index].medicine != NULL)
        return false;
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].group == all->items[index].group && all->items[i].medicine != NULL)
            return true;
    return false;
}

static void drop_covered(struct gathering *all)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++)
        if (!is_covered(all, i))
            all->items[kept++] = all->items[i];
    all->count = kept;
}

static bool says_nothing(const struct medicines *book, const char *text, struct arena *arena)
{
    return !is_guess(book->nothing, text, strlen(text), arena);
}

/* Vitamins and the like: no medicine of the book, but an entry of the base. */
static bool is_an_entry(const struct catalog *catalog, const char *text, struct arena *arena)
{
    struct understood understood;
    question_understand(catalog_lexicon(catalog), text, strlen(text), arena, &understood);
    return understood.intervention_count > 0;
}

static const char *const *add_list(struct gathering *all, const char *const *list)
{
    const struct medicines *book = &base_rulebooks(catalog_base(all->catalog))->medicines;
    size_t length = 0;
    while (list[length] != NULL)
        length++;
    const char **unknown = arena_array(all->arena, length + 1, sizeof *unknown);
    size_t count = 0;
    for (; *list != NULL; list++)
        if (add_from(all, *list, true, false) == 0 && !says_nothing(book, *list, all->arena) &&
            !is_an_entry(all->catalog, *list, all->arena))
            unknown[count++] = *list;
    return unknown;
}

/* How many of the medicines have the link. */
static int with_link(const struct gathering *all, const struct drug_link *link)
{
    int count = 0;
    for (size_t i = 0; i < all->count; i++)
        for (const struct drug_link *const *one = all->items[i].group->links; *one != NULL; one++)
            count += *one == link;
    return count;
}

static const struct drug_link *const *links_told(const struct gathering *all,
                                                 const struct medicine_group *group)
{
    const struct medicines *book = &base_rulebooks(catalog_base(all->catalog))->medicines;
    size_t room = 0;
    while (group->links[room] != NULL)
        room++;
    const struct drug_link **told = arena_array(all->arena, room + 1, sizeof *told);
    size_t count = 0;
    for (size_t i = 0; i < room; i++)
        if (with_link(all, group->links[i]) >= medicines_least(book, group->links[i]))
            told[count++] = group->links[i];
    return told;
}

static const struct stop_rule *slow_of(const struct gathering *all,
                                       const struct medicine_group *group)
{
    const struct stop_rules *rules = &base_rulebooks(catalog_base(all->catalog))->stop_rules;
    for (const char *const *id = group->interventions; *id != NULL; id++) {
        const struct stop_rule *rule = stop_rules_slow(rules, *id);
        if (rule != NULL)
            return rule;
    }
    return NULL;
}

void medicines_of(const struct catalog *catalog, const struct diary *diary, struct arena *arena,
                  struct told_medicines *out)
{
    struct gathering all = {.catalog = catalog, .arena = arena};
    add_tried(&all, diary);
    out->unknown = add_list(&all, diary->medicines);
    const char *const *const others[] = {diary->symptoms, diary->adverse_events, diary->notes};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (const char *const *text = others[i]; *text != NULL; text++)
            add_from(&all, *text, false, false);
    drop_covered(&all);
    for (size_t i = 0; i < all.count; i++) {
        all.items[i].links = links_told(&all, all.items[i].group);
        all.items[i].slow = slow_of(&all, all.items[i].group);
    }
    out->items = all.items;
    out->count = all.count;
}
