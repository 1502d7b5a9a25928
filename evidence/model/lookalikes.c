#include "evidence/model/lookalikes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"

const char *const likeness_names[] = {"title",  "registration", "numbers", "control",
                                      "author", "id",           NULL};

enum {
    LONG_BEGINNING = 48, /* a title that another goes on from */
    SHORTEST_TITLE = 24, /* folded; a shorter one may be anybody's */
    TITLE_WINDOW = 64,   /* bytes compared at either end, the most that a pattern takes */
    TITLE_DISTANCE = 3,  /* within each of them */
    SHORTEST_ID = 8,     /* shorter ones are alike by chance */
    LARGEST_GROUP = 12,  /* one key of more studies than this says nothing of them */
    FEWEST_PEOPLE = 20,  /* fewer counted by events are the same by chance */
};

/* What a study is known by, in one respect. */
struct key {
    const char *text;
    const struct study *study;
    const char *detail;
};

struct keys {
    struct arena *arena;
    struct key *items;
    size_t count;
    size_t capacity;
};

struct pairs {
    struct arena *arena;
    struct lookalike *items;
    size_t count;
    size_t capacity;
};

/* The old place is left to the arena: the sum of all is less than twice the last. */
static void *grown(struct arena *arena, const void *items, size_t count, size_t *capacity,
                   size_t size)
{
    *capacity = *capacity == 0 ? 64 : *capacity * 2;
    void *more = arena_array(arena, *capacity, size);
    if (count > 0)
        memcpy(more, items, count * size);
    return more;
}

static void add_key(struct keys *keys, const struct study *study, const char *text,
                    const char *detail)
{
    if (keys->count == keys->capacity)
        keys->items =
            grown(keys->arena, keys->items, keys->count, &keys->capacity, sizeof *keys->items);
    keys->items[keys->count++] = (struct key){text, study, detail};
}

static bool notes_hold(const struct study *study, const char *id)
{
    if (study->note != NULL && strstr(study->note, id) != NULL)
        return true;
    for (size_t i = 0; i < study->result_count; i++) {
        const struct result *result = &study->results[i];
        if ((result->note != NULL && strstr(result->note, id) != NULL) ||
            (result->ignored != NULL && strstr(result->ignored, id) != NULL))
            return true;
    }
    return false;
}

static const char *labels(struct arena *arena, const struct study *a, const struct study *b)
{
    const char *first = study_label(a, arena);
    const char *second = study_label(b, arena);
    if (strcmp(first, second) == 0)
        return arena_printf(arena, "both are %s", first);
    return arena_printf(arena, "%s and %s", first, second);
}

/* `detail` NULL: who they are. */
static void add_pair(struct pairs *pairs, const struct study *a, const struct study *b,
                     enum likeness likeness, const char *detail)
{
    if (a == b)
        return;
    if (pairs->count == pairs->capacity)
        pairs->items =
            grown(pairs->arena, pairs->items, pairs->count, &pairs->capacity, sizeof *pairs->items);
    bool turned = strcmp(a->id, b->id) > 0;
    pairs->items[pairs->count++] =
        (struct lookalike){.one = turned ? b : a,
                           .other = turned ? a : b,
                           .likeness = likeness,
                           .detail = detail != NULL ? detail : labels(pairs->arena, a, b)};
}

static int by_key(const void *left, const void *right)
{
    const struct key *a = left;
    const struct key *b = right;
    int order = strcmp(a->text, b->text);
    return order != 0 ? order : strcmp(a->study->id, b->study->id);
}

static void sort_keys(struct keys *keys)
{
    if (keys->count > 0) /* without one there is no memory either */
        qsort(keys->items, keys->count, sizeof *keys->items, by_key);
}

typedef bool is_alike(const struct study *a, const struct study *b);

/* Every two studies that share a key, where `also` (NULL: always) agrees. */
static void pair_by_key(struct keys *keys, enum likeness likeness, is_alike *also,
                        struct pairs *pairs)
{
    sort_keys(keys);
    for (size_t from = 0, to = 0; from < keys->count; from = to) {
        while (to < keys->count && strcmp(keys->items[to].text, keys->items[from].text) == 0)
            to++;
        for (size_t i = from; to - from <= LARGEST_GROUP && i < to; i++)
            for (size_t j = i + 1; j < to; j++)
                if (also == NULL || also(keys->items[i].study, keys->items[j].study))
                    add_pair(pairs, keys->items[i].study, keys->items[j].study, likeness,
                             keys->items[i].detail);
    }
}

/* ---- titles ---- */

/* All words folded and run together, so that punctuation and spacing do not count. */
static const char *folded(const char *text, struct arena *arena)
{
    struct text_words words = text_cut(text, strlen(text), arena);
    char *joined = arena_alloc(arena, strlen(text) * 3 + 1);
    size_t length = 0;
    size_t room = strlen(text) * 3;
    for (size_t i = 0; i < words.count; i++) {
        size_t part = words.items[i].folded_length;
        if (part > room - length)
            break;
        memcpy(joined + length, words.items[i].folded, part);
        length += part;
    }
    return joined;
}

static bool windows_are_near(const char *a, size_t a_length, const char *b, size_t b_length)
{
    struct text_pattern pattern;
    text_pattern_init(&pattern, a, a_length);
    return text_distance(&pattern, b, b_length, TITLE_DISTANCE) <= TITLE_DISTANCE;
}

/* Near at both ends, or one the beginning of the other: a subtitle left out. */
static bool titles_are_alike(const char *a, const char *b)
{
    size_t first = strlen(a);
    size_t second = strlen(b);
    size_t shorter = first < second ? first : second;
    size_t longer = first < second ? second : first;
    if (strncmp(a, b, shorter) == 0)
        return longer == shorter || shorter >= LONG_BEGINNING;
    size_t window = shorter < TITLE_WINDOW ? shorter : TITLE_WINDOW;
    return longer - shorter <= TITLE_DISTANCE && windows_are_near(a, window, b, window) &&
           windows_are_near(a + first - window, window, b + second - window, window);
}

/* Sorted, like titles are neighbours unless they differ at the very start. */
static void pair_by_title(const struct base *base, struct pairs *pairs)
{
    struct keys keys = {.arena = pairs->arena};
    for (size_t i = 0; i < base->study_count; i++) {
        const struct study *study = base_study_at(base, i);
        const char *title = study->title[0] == '[' ? "" : folded(study->title, pairs->arena);
        if (strlen(title) >= SHORTEST_TITLE)
            add_key(&keys, study, title, "the same title");
    }
    sort_keys(&keys);
    for (size_t i = 0; i < keys.count; i++)
        for (size_t j = i + 1; j < keys.count && j <= i + 2; j++)
            if (titles_are_alike(keys.items[i].text, keys.items[j].text))
                add_pair(pairs, keys.items[i].study, keys.items[j].study, LIKENESS_TITLE,
                         strcmp(keys.items[i].text, keys.items[j].text) == 0
                             ? "the same title"
                             : "all but the same title");
}

/* ---- numbers ---- */

static void pair_by_registration(const struct base *base, struct pairs *pairs)
{
    struct keys keys = {.arena = pairs->arena};
    for (size_t i = 0; i < base->study_count; i++)
        for (const char *const *one = base_study_at(base, i)->registrations; *one != NULL; one++)
            if (design_is_trial(base_study_at(base, i)->design))
                add_key(&keys, base_study_at(base, i), *one,
                        arena_printf(pairs->arena, "both are registered as %s", *one));
    pair_by_key(&keys, LIKENESS_REGISTRATION, NULL, pairs);
}

/* "30: 3.1 (1.2)" or "4 of 30"; NULL where it says too little to be known by. */
static const char *arm_words(const struct study_arm *arm, struct arena *arena)
{
    if (arm->n == COUNT_UNKNOWN)
        return NULL;
    if (!isnan(arm->mean) && !isnan(arm->sd))
        return arena_printf(arena, "%d: %g (%g)", arm->n, arm->mean, arm->sd);
    if (!isnan(arm->change_mean) && !isnan(arm->change_sd))
        return arena_printf(arena, "%d: %g (%g)", arm->n, arm->change_mean, arm->change_sd);
    if (arm->events > 0 && arm->n >= FEWEST_PEOPLE)
        return arena_printf(arena, "%d of %d", arm->events, arm->n);
    return NULL;
}

static void add_arms(struct keys *keys, const struct study *study, const struct result *result)
{
    if (result->arm_count != 2)
        return;
    const char *first = arm_words(&result->arms[0], keys->arena);
    const char *second = arm_words(&result->arms[1], keys->arena);
    if (first == NULL || second == NULL)
        return;
    bool turned = strcmp(first, second) > 0; /* the other way round in another review */
    const char *text =
        arena_printf(keys->arena, "%s and %s", turned ? second : first, turned ? first : second);
    add_key(keys, study, text, arena_printf(keys->arena, "both have arms of %s", text));
}

static void pair_by_numbers(const struct base *base, struct pairs *pairs)
{
    struct keys keys = {.arena = pairs->arena};
    for (size_t i = 0; i < base->study_count; i++)
        for (size_t j = 0; j < base_study_at(base, i)->result_count; j++)
            add_arms(&keys, base_study_at(base, i), &base_study_at(base, i)->results[j]);
    pair_by_key(&keys, LIKENESS_NUMBERS, NULL, pairs);
}

static const char *first_author(const struct study *study)
{
    return study->author_count == 0 ? NULL : study->authors[0].family;
}

static void add_control(struct keys *keys, const struct study *study, const struct result *result)
{
    const struct study_arm *control = &result->arms[1];
    const char *words = arm_words(control, keys->arena);
    /* Counts alone are the same by chance. */
    if (words != NULL && control->events == COUNT_UNKNOWN)
        add_key(
            keys, study,
            arena_printf(keys->arena, "%s %s", folded(first_author(study), keys->arena), words),
            arena_printf(keys->arena, "one first author and a control arm of %s in both", words));
}

/* The arms of one trial, entered one by one, share their control. */
static void pair_by_control(const struct base *base, struct pairs *pairs)
{
    struct keys keys = {.arena = pairs->arena};
    for (size_t i = 0; i < base->study_count; i++)
        for (size_t j = 0; j < base_study_at(base, i)->result_count; j++)
            if (first_author(base_study_at(base, i)) != NULL &&
                base_study_at(base, i)->results[j].arm_count == 2)
                add_control(&keys, base_study_at(base, i), &base_study_at(base, i)->results[j]);
    pair_by_key(&keys, LIKENESS_CONTROL, NULL, pairs);
}

/* ---- author and year ---- */

static bool share_intervention(const struct study *a, const struct study *b)
{
    for (size_t i = 0; i < a->result_count; i++)
        for (size_t j = 0; j < b->result_count; j++)
            if (strcmp(a->results[i].intervention, b->results[j].intervention) == 0)
                return true;
    return false;
}

static bool is_identified(const struct study *study)
{
    return study->pmid != NULL || study->doi != NULL;
}

/* Trials of one author that share an intervention and are not known to be of different size. Two
 * records with identifiers of their own are two papers: only the same size makes them suspect, or
 * what their notes say. */
static bool may_be_one_trial(const struct study *a, const struct study *b)
{
    bool known = a->participants != COUNT_UNKNOWN && b->participants != COUNT_UNKNOWN;
    bool same_people = known && a->participants == b->participants;
    if (notes_hold(a, b->id) || notes_hold(b, a->id))
        return true;
    if (!design_is_trial(a->design) || !design_is_trial(b->design))
        return false;
    if (is_identified(a) && is_identified(b))
        return same_people && share_intervention(a, b);
    return same_people ||
           (!known && (share_intervention(a, b) || strcmp(a->condition, b->condition) == 0));
}

static void add_author_year(struct keys *keys, const struct study *study, const char *family,
                            int year)
{
    add_key(keys, study, arena_printf(keys->arena, "%s %d", folded(family, keys->arena), year),
            NULL);
}

/* A year more or less is the same: online first, in print later. */
static void pair_by_author(const struct base *base, struct pairs *pairs)
{
    struct keys keys = {.arena = pairs->arena};
    for (size_t i = 0; i < base->study_count; i++) {
        const struct study *study = base_study_at(base, i);
        const char *family = first_author(study);
        if (family == NULL || study->year == COUNT_UNKNOWN)
            continue;
        add_author_year(&keys, study, family, study->year);
        add_author_year(&keys, study, family, study->year + 1);
    }
    pair_by_key(&keys, LIKENESS_AUTHOR, may_be_one_trial, pairs);
}

/* ---- ids ---- */

static bool are_near(const char *a, const char *b)
{
    struct text_pattern pattern;
    size_t length = strlen(a);
    text_pattern_init(&pattern, a, length);
    return length <= TITLE_WINDOW && text_distance(&pattern, b, strlen(b), 1) == 1;
}

/* Numbers given in a row, and letters after a year (2021a, 2021b), tell things apart on purpose. */
static bool differ_on_purpose(const char *a, const char *b)
{
    for (; *a != '\0' && *a == *b; a++, b++)
        ;
    bool digits = *a >= '0' && *a <= '9' && *b >= '0' && *b <= '9';
    bool last = strlen(a) <= 1 && strlen(b) <= 1;
    return digits || last;
}

static bool texts_are_alike(const char *a, const char *b)
{
    return a != NULL && b != NULL && are_near(a, b) && !differ_on_purpose(a, b);
}

static bool ids_are_alike(const struct study *a, const struct study *b)
{
    return texts_are_alike(a->id, b->id) || texts_are_alike(a->doi, b->doi);
}

/* Two words one letter apart, or with two neighbours swapped, are the same with one letter left
 * out. */
static void add_id(struct keys *keys, const struct study *study, const char *id)
{
    size_t length = strlen(id);
    const char *detail = "ids that differ in one letter";
    if (length < SHORTEST_ID)
        return;
    for (size_t i = 0; i < length; i++)
        add_key(keys, study, arena_printf(keys->arena, "%.*s%s", (int)i, id, id + i + 1), detail);
    add_key(keys, study, id, detail);
}

static void pair_by_id(const struct base *base, struct pairs *pairs)
{
    struct keys keys = {.arena = pairs->arena};
    for (size_t i = 0; i < base->study_count; i++) {
        const struct study *study = base_study_at(base, i);
        add_id(&keys, study, study->id);
        if (study->doi != NULL)
            add_id(&keys, study, study->doi);
    }
    pair_by_key(&keys, LIKENESS_ID, ids_are_alike, pairs);
}

/* ---- all of them ---- */

static int compare_pair(const struct lookalike *a, const struct lookalike *b)
{
    int order = strcmp(a->one->id, b->one->id);
    return order != 0 ? order : strcmp(a->other->id, b->other->id);
}

static int by_pair(const void *left, const void *right)
{
    const struct lookalike *a = left;
    const struct lookalike *b = right;
    int order = compare_pair(a, b);
    if (order == 0)
        order = (int)a->likeness - (int)b->likeness;
    return order != 0 ? order : strcmp(a->detail, b->detail);
}

/* Each pair once, with the strongest likeness; the first detail of every likeness is kept. */
static size_t merge(struct lookalike *items, size_t count, struct arena *arena)
{
    size_t kept = 0;
    enum likeness last = LIKENESS_TITLE;
    qsort(items, count, sizeof *items, by_pair);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || compare_pair(&items[kept - 1], &items[i]) != 0) {
            items[kept] = items[i];
            items[kept].told = notes_hold(items[i].one, items[i].other->id) ||
                               notes_hold(items[i].other, items[i].one->id);
            kept++;
        } else if (items[i].likeness != last) {
            items[kept - 1].detail =
                arena_printf(arena, "%s; %s", items[kept - 1].detail, items[i].detail);
        }
        last = items[i].likeness;
    }
    return kept;
}

size_t lookalikes_find(const struct base *base, struct arena *arena, struct lookalike **out)
{
    struct pairs pairs = {.arena = arena};
    pair_by_title(base, &pairs);
    pair_by_registration(base, &pairs);
    pair_by_numbers(base, &pairs);
    pair_by_control(base, &pairs);
    pair_by_author(base, &pairs);
    pair_by_id(base, &pairs);
    *out = pairs.items;
    return pairs.count == 0 ? 0 : merge(pairs.items, pairs.count, arena);
}
