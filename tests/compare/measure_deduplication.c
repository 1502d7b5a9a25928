/*
 * How often de-duplication is right, by title alone: identifiers are taken away before two records
 * are compared, and tell afterwards whether they were one.
 *
 *   measure_deduplication LABELS FILE…   files in any format that is imported
 *
 * First the records of the files against each other: labelled by DOI and PMID where both sides have
 * one, else by LABELS (same|different, two record ids, tab-separated). Then the records of the last
 * file against copies of themselves, changed as databases and people change them (seeded), beside
 * hard negatives made of them: parts, errata, replies, later editions, siblings.
 */
#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/file.h"
#include "evidence/base/text.h"
#include "evidence/model/record_json.h"
#include "importers/formats/format.h"
#include "importers/intake/match.h"

enum { RECORDS_MOST = 50000, SHARED_MOST = 64, SEED = 20261122 };

/* ---- records ---- */

struct item {
    struct record record;
    const char *id;
    const char *pmid;
    const char *doi;
    size_t file;
    size_t origin;   /* of a copy: the item that it was made of; itself otherwise */
    unsigned kinds;  /* bits of what was done to it */
    bool only_place; /* a negative that nothing but its place tells from what it was made of */
    const struct match_side *side;
    int64_t keys[MATCH_LIKENESS_MOST];
    size_t key_count;
};

struct set {
    struct arena *arena;
    struct item *items;
    size_t count;
    size_t file;
};

static void copy_record(const struct record *record, struct arena *arena, struct record *out)
{
    struct buffer text = {0};
    struct json_writer writer;
    struct error err = {0};
    json_writer_init(&writer, &text, 0);
    record_write(record, &writer);
    if (!record_parse(text.bytes, text.length, "copy", arena, out, &err))
        abort();
    buffer_release(&text);
}

/* What LABELS call a record: its id, else first author, year and pages. */
static const char *name_of(const struct record *record, struct arena *arena)
{
    if (record->source_id != NULL)
        return record->source_id;
    return arena_printf(arena, "%s:%d:%s",
                        record->author_count == 0 || record->authors[0].family == NULL
                            ? "-"
                            : record->authors[0].family,
                        record->year, record->pages == NULL ? "-" : record->pages);
}

static struct item *add(struct set *set, const struct record *record)
{
    struct item *item = &set->items[set->count];
    if (set->count == RECORDS_MOST)
        abort();
    *item = (struct item){.file = set->file, .origin = set->count};
    copy_record(record, set->arena, &item->record);
    item->id = name_of(&item->record, set->arena);
    item->pmid = item->record.pmid;
    item->doi = item->record.doi;
    item->record.pmid = item->record.doi = item->record.pmcid = NULL;
    item->record.source = "measured";
    set->count++;
    return item;
}

static bool take(void *context, const struct record *record, struct error *err)
{
    (void)err;
    add(context, record);
    return true;
}

static void read_files(struct set *set, int count, char **paths)
{
    const struct record_sink sink = {.take = take, .context = set};
    const struct format_warnings quiet = {0};
    for (int i = 0; i < count; i++) {
        struct error err = {0};
        struct format_counts counts = {0};
        struct input *input = input_open(paths[i], &input_limits_default, &err);
        const struct format *format = input == NULL ? NULL : format_of(input, &err);
        set->file = (size_t)i;
        if (format == NULL || !format->read(input, &sink, &quiet, &counts, &err))
            fprintf(stderr, "%s\n", err.message);
        input_close(input);
    }
}

static void prepare(struct set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        set->items[i].side = match_side_new(&set->items[i].record, set->arena);
        set->items[i].key_count = match_likeness(set->items[i].side, set->items[i].keys);
    }
}

/* ---- pairs that share a likeness ---- */

struct place {
    int64_t key;
    size_t item;
};

struct pair {
    size_t one;
    size_t other;
};

static int by_key(const void *left, const void *right)
{
    const struct place *a = left;
    const struct place *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

static int by_pair(const void *left, const void *right)
{
    const struct pair *a = left;
    const struct pair *b = right;
    if (a->one != b->one)
        return a->one < b->one ? -1 : 1;
    return a->other < b->other ? -1 : a->other > b->other;
}

static size_t unique(struct pair *pairs, size_t count)
{
    size_t kept = 0;
    qsort(pairs, count, sizeof *pairs, by_pair);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || by_pair(&pairs[kept - 1], &pairs[i]) != 0)
            pairs[kept++] = pairs[i];
    return kept;
}

static struct pair *pairs_of(const struct set *set, size_t *count)
{
    struct place *places = calloc(set->count * MATCH_LIKENESS_MOST, sizeof *places);
    size_t place_count = 0;
    for (size_t i = 0; i < set->count; i++)
        for (size_t j = 0; j < set->items[i].key_count; j++)
            places[place_count++] = (struct place){set->items[i].keys[j], i};
    qsort(places, place_count, sizeof *places, by_key);
    size_t room = 1 << 16;
    struct pair *pairs = calloc(room, sizeof *pairs);
    *count = 0;
    for (size_t from = 0, to; from < place_count; from = to) {
        for (to = from; to < place_count && places[to].key == places[from].key;)
            to++;
        if (to - from > SHARED_MOST)
            continue;
        for (size_t i = from; i < to; i++)
            for (size_t j = i + 1; j < to; j++) {
                if (*count == room)
                    pairs = realloc(pairs, (room *= 2) * sizeof *pairs);
                pairs[(*count)++] = (struct pair){places[i].item, places[j].item};
            }
    }
    free(places);
    *count = unique(pairs, *count);
    return pairs;
}

/* ---- labels ---- */

enum truth { TRUTH_UNKNOWN, TRUTH_DIFFERENT, TRUTH_SAME };

struct label {
    const char *one;
    const char *other;
    bool same;
};

struct labels {
    struct label *items;
    size_t count;
};

static struct labels read_labels(const char *path, struct arena *arena)
{
    struct labels labels = {0};
    struct error err = {0};
    size_t length = 0;
    char *text = file_read(path, 1 << 20, arena, &length, &err);
    if (text == NULL) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    labels.items = arena_array(arena, length, sizeof *labels.items);
    for (char *save = NULL, *line = strtok_r(text, "\n", &save); line != NULL;
         line = strtok_r(NULL, "\n", &save)) {
        char *rest = NULL;
        const char *word = strtok_r(line, "\t", &rest);
        if (word == NULL || word[0] == '#')
            continue;
        labels.items[labels.count++] = (struct label){.one = strtok_r(NULL, "\t", &rest),
                                                      .other = strtok_r(NULL, "\t", &rest),
                                                      .same = strcmp(word, "same") == 0};
    }
    return labels;
}

static bool is_pair(const struct label *label, const struct item *one, const struct item *other)
{
    return one->id != NULL && other->id != NULL &&
           ((strcmp(label->one, one->id) == 0 && strcmp(label->other, other->id) == 0) ||
            (strcmp(label->one, other->id) == 0 && strcmp(label->other, one->id) == 0));
}

static enum truth truth_of(const struct labels *labels, const struct item *one,
                           const struct item *other)
{
    for (size_t i = 0; i < labels->count; i++)
        if (is_pair(&labels->items[i], one, other))
            return labels->items[i].same ? TRUTH_SAME : TRUTH_DIFFERENT;
    if (one->pmid != NULL && other->pmid != NULL)
        return strcmp(one->pmid, other->pmid) == 0 ? TRUTH_SAME : TRUTH_DIFFERENT;
    if (one->doi != NULL && other->doi != NULL)
        return strcmp(one->doi, other->doi) == 0 ? TRUTH_SAME : TRUTH_DIFFERENT;
    return TRUTH_UNKNOWN;
}

/* All pairs that are one publication, whether they share a likeness or not. */
static size_t count_true(const struct set *set, const struct labels *labels)
{
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++)
        for (size_t j = i + 1; j < set->count; j++) {
            const struct item *one = &set->items[i];
            const struct item *other = &set->items[j];
            bool known =
                (one->pmid != NULL && other->pmid != NULL && strcmp(one->pmid, other->pmid) == 0) ||
                (one->doi != NULL && other->doi != NULL && strcmp(one->doi, other->doi) == 0);
            count += known && truth_of(labels, one, other) == TRUTH_SAME;
        }
    for (size_t i = 0; i < labels->count; i++)
        count += labels->items[i].same;
    return count;
}

/* ---- the first table ---- */

static void print_shares(const char *name, size_t right, size_t wrong, size_t possible,
                         size_t wanted)
{
    printf("| %s | %zu | %zu | %zu | %zu | %.4f | %.4f | %.4f |\n", name, wanted, right, wrong,
           possible, right + wrong == 0 ? 1 : (double)right / (double)(right + wrong),
           (double)right / (double)wanted, (double)(right + possible) / (double)wanted);
}

static void tell_pair(const char *what, const struct item *one, const struct item *other)
{
    printf("%s\t%s\t%s\t%s | %s\n", what, one->id == NULL ? "-" : one->id,
           other->id == NULL ? "-" : other->id, one->record.title == NULL ? "-" : one->record.title,
           other->record.title == NULL ? "-" : other->record.title);
}

static void measure_files(struct set *set, const struct labels *labels)
{
    size_t count = 0;
    size_t right = 0;
    size_t wrong = 0;
    size_t possible = 0;
    size_t unknown = 0;
    struct pair *pairs = pairs_of(set, &count);
    for (size_t i = 0; i < count; i++) {
        const struct item *one = &set->items[pairs[i].one];
        const struct item *other = &set->items[pairs[i].other];
        enum match_answer answer = match_compare(one->side, other->side).answer;
        enum truth truth = truth_of(labels, one, other);
        if (answer != MATCH_DIFFERENT && truth == TRUTH_UNKNOWN) {
            unknown++;
            tell_pair(answer == MATCH_SAME ? "unlabelled same" : "unlabelled possible", one, other);
        }
        right += answer == MATCH_SAME && truth == TRUTH_SAME;
        wrong += answer == MATCH_SAME && truth == TRUTH_DIFFERENT;
        possible += answer == MATCH_POSSIBLE && truth == TRUTH_SAME;
        if (answer == MATCH_SAME && truth == TRUTH_DIFFERENT)
            tell_pair("wrong", one, other);
    }
    printf("\n%zu records, %zu pairs that share a likeness, %zu of them unlabelled\n\n", set->count,
           count, unknown);
    printf("| set | same | found | wrong | left to a person | precision | recall | recall with a "
           "person |\n|---|---|---|---|---|---|---|---|\n");
    print_shares("exports, by title alone", right, wrong, possible, count_true(set, labels));
    free(pairs);
}

/* ---- copies ---- */

struct random {
    uint64_t state;
};

static size_t below(struct random *random, size_t limit)
{
    uint64_t z = (random->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (size_t)((z ^ (z >> 31)) % limit);
}

static void upper_case(struct record *record, struct arena *arena, struct random *random)
{
    char *title = arena_strdup(arena, record->title);
    (void)random;
    for (char *at = title; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    record->title = title;
}

/* Letters with diacritics lose them, and what is no Latin letter is a question mark. */
static void plain_letters(struct record *record, struct arena *arena, struct random *random)
{
    (void)random;
    struct author *authors = arena_array(arena, record->author_count, sizeof *authors);
    for (size_t i = 0; i < record->author_count; i++) {
        authors[i] = record->authors[i];
        if (authors[i].family == NULL)
            continue;
        struct text_words words = text_cut(authors[i].family, strlen(authors[i].family), arena);
        const char *family = words.count > 0 ? words.items[0].folded : authors[i].family;
        for (size_t j = 1; j < words.count; j++)
            family = arena_printf(arena, "%s %s", family, words.items[j].folded);
        authors[i].family = family;
    }
    record->authors = authors;
}

static void misspell(struct record *record, struct arena *arena, struct random *random)
{
    char *title = arena_strdup(arena, record->title);
    size_t length = strlen(title);
    for (size_t i = 1 + below(random, 2); i > 0 && length > 20; i--) {
        size_t at = 1 + below(random, length - 3);
        if (isalpha((unsigned char)title[at]) == 0 || isalpha((unsigned char)title[at + 1]) == 0)
            continue;
        char kept = title[at];
        switch (below(random, 3)) {
        case 0:
            title[at] = title[at + 1];
            title[at + 1] = kept;
            break;
        case 1:
            title[at] = (char)('a' + below(random, 26));
            break;
        default:
            memmove(title + at, title + at + 1, length - at);
            length--;
        }
    }
    record->title = title;
}

static void cut_off(struct record *record, struct arena *arena, struct random *random)
{
    size_t length = strlen(record->title);
    size_t kept = length * (60 + below(random, 35)) / 100;
    record->title = arena_strndup(arena, record->title, kept);
}

static void drop_subtitle(struct record *record, struct arena *arena, struct random *random)
{
    (void)random;
    const char *colon = strstr(record->title, ": ");
    if (colon != NULL)
        record->title = arena_strndup(arena, record->title, (size_t)(colon - record->title));
}

static void initials(struct record *record, struct arena *arena, struct random *random)
{
    (void)random;
    struct author *authors = arena_array(arena, record->author_count, sizeof *authors);
    for (size_t i = 0; i < record->author_count; i++) {
        authors[i] = record->authors[i];
        if (authors[i].given != NULL)
            authors[i].given = arena_strndup(arena, authors[i].given, 1);
    }
    record->authors = authors;
}

static void first_author_only(struct record *record, struct arena *arena, struct random *random)
{
    (void)arena, (void)random;
    if (record->author_count > 1)
        record->author_count = 1;
}

static void abbreviate_journal(struct record *record, struct arena *arena, struct random *random)
{
    (void)random;
    if (record->journal == NULL)
        return;
    struct text_words words = text_cut(record->journal, strlen(record->journal), arena);
    const char *journal = "";
    for (size_t i = 0; i < words.count; i++)
        if (words.items[i].folded_length > 3 || words.count == 1)
            journal = arena_printf(arena, "%s%s%.*s", journal, journal[0] == '\0' ? "" : " ", 4,
                                   words.items[i].folded);
    record->journal = journal[0] == '\0' ? record->journal : journal;
    record->issn = NULL;
}

static void other_year(struct record *record, struct arena *arena, struct random *random)
{
    (void)arena;
    if (record->year != COUNT_UNKNOWN)
        record->year += below(random, 2) == 0 ? 1 : -1;
}

static void lose_place(struct record *record, struct arena *arena, struct random *random)
{
    (void)arena, (void)random;
    record->pages = record->volume = record->issue = record->issn = NULL;
}

static const struct change {
    const char *name;
    void (*make)(struct record *record, struct arena *arena, struct random *random);
} changes[] = {
    {"upper case", upper_case},
    {"accents lost", plain_letters},
    {"misspelt", misspell},
    {"title cut off", cut_off},
    {"subtitle dropped", drop_subtitle},
    {"initials", initials},
    {"first author only", first_author_only},
    {"journal abbreviated", abbreviate_journal},
    {"year one off", other_year},
    {"volume and pages lost", lose_place},
};
enum { CHANGES = sizeof changes / sizeof *changes };

static void add_copy(struct set *set, size_t origin, struct random *random)
{
    struct item *item = add(set, &set->items[origin].record);
    item->origin = origin;
    item->id = set->items[origin].id;
    for (size_t i = 1 + below(random, 3); i > 0; i--) {
        size_t kind = below(random, CHANGES);
        changes[kind].make(&item->record, set->arena, random);
        item->kinds |= 1u << kind;
    }
}

/* ---- hard negatives ---- */

static void name_part(struct record *record, const char *part, struct arena *arena)
{
    record->title = arena_printf(arena, "%s. %s", record->title, part);
}

static struct item *add_negative(struct set *set, size_t origin)
{
    struct item *item = add(set, &set->items[origin].record);
    item->id = set->items[origin].id;
    return item;
}

/* What databases hold beside an article under nearly its name. */
static void add_negatives(struct set *set, size_t origin, struct random *random)
{
    struct arena *arena = set->arena;
    struct item *item = add_negative(set, origin);
    /* Two letters of one volume are told apart by their pages alone. */
    bool paged = item->record.pages != NULL && isdigit((unsigned char)item->record.pages[0]) != 0 &&
                 atoi(item->record.pages) > 1;
    item->record.pages = arena_printf(arena, "%zu-%zu", 20000 + 10 * origin, 20009 + 10 * origin);
    switch (below(random, paged ? 7 : 5)) {
    case 0:
        name_part(&item->record, "Part II", arena);
        break;
    case 1:
        item->record.title = arena_printf(arena, "Erratum to: %s", item->record.title);
        break;
    case 2:
        name_part(&item->record, "Authors' reply", arena);
        break;
    case 3: /* the next edition of a review */
        item->record.year += 4;
        item->record.pages = NULL;
        break;
    case 4: /* a preprint */
        item->record.doi = arena_printf(arena, "10.1101/2021.05.04.%zu", origin);
        item->record.pages = item->record.volume = item->record.journal = item->record.issn = NULL;
        break;
    case 5: /* a letter of the same people in the same volume */
        item->only_place = true;
        break;
    default: /* the abstract of a meeting */
        item->record.journal = "Proceedings of an annual meeting";
        item->record.issn = NULL;
        item->record.volume = "S1";
    }
}

static bool is_usable(const struct item *item)
{
    return item->record.title != NULL && strlen(item->record.title) > 20 &&
           item->record.author_count > 0;
}

/* Where the copy has lost its place too, nobody could tell. */
static bool cannot_be_told(const struct item *one, const struct item *other)
{
    return (one->only_place && other->record.pages == NULL) ||
           (other->only_place && one->record.pages == NULL);
}

static void print_by_kind(const struct set *set, const bool *found)
{
    printf("\n| what was done to the copy (among others) | copies | found |\n|---|---|---|\n");
    for (size_t kind = 0; kind < CHANGES; kind++) {
        size_t all = 0;
        size_t right = 0;
        for (size_t i = 0; i < set->count; i++) {
            bool has = set->items[i].origin != i && (set->items[i].kinds >> kind & 1) != 0;
            all += has;
            right += has && found[i];
        }
        printf("| %s | %zu | %.4f |\n", changes[kind].name, all, (double)right / (double)all);
    }
}

static void measure_copies(struct set *set, size_t from)
{
    struct random random = {.state = SEED};
    struct set made = {.arena = set->arena, .items = calloc(RECORDS_MOST, sizeof *made.items)};
    for (size_t i = from; i < set->count; i++)
        if (is_usable(&set->items[i]))
            add(&made, &set->items[i].record)->id = set->items[i].id;
    size_t originals = made.count;
    for (size_t i = 0; i < originals; i++)
        add_copy(&made, i, &random);
    for (size_t i = 0; i < originals; i++)
        add_negatives(&made, i, &random);
    prepare(&made);
    size_t count = 0;
    size_t right = 0;
    size_t wrong = 0;
    size_t possible = 0;
    bool *found = calloc(made.count, sizeof *found);
    struct pair *pairs = pairs_of(&made, &count);
    for (size_t i = 0; i < count; i++) {
        size_t one = pairs[i].one;
        size_t other = pairs[i].other;
        enum match_answer answer =
            match_compare(made.items[one].side, made.items[other].side).answer;
        bool same = made.items[other].origin == one && other != one;
        if (cannot_be_told(&made.items[one], &made.items[other]))
            continue;
        right += same && answer == MATCH_SAME;
        possible += same && answer == MATCH_POSSIBLE;
        found[other] = found[other] || (same && answer == MATCH_SAME);
        wrong += !same && answer == MATCH_SAME;
        if (!same && answer == MATCH_SAME)
            tell_pair("wrong", &made.items[one], &made.items[other]);
    }
    print_shares("changed copies beside hard negatives", right, wrong, possible, originals);
    print_by_kind(&made, found);
    free(pairs);
    free(found);
    free(made.items);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: measure_deduplication LABELS FILE…\n", stderr);
        return 2;
    }
    struct arena *arena = arena_new();
    struct set set = {.arena = arena, .items = calloc(RECORDS_MOST, sizeof *set.items)};
    struct labels labels = read_labels(argv[1], arena);
    read_files(&set, argc - 2, argv + 2);
    prepare(&set);
    measure_files(&set, &labels);
    size_t last = set.count;
    while (last > 0 && set.items[last - 1].file == set.file)
        last--;
    measure_copies(&set, last);
    free(set.items);
    arena_free(arena);
    return 0;
}
