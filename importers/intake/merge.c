#include "importers/intake/merge.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* ---- who is believed ---- */

/* Bibliographic fields: who indexes by hand before who harvests, and files that people exported
 * last; a curated study's own record holds least. */
static const char *const usual[] = {"pubmed",   "nbib",  "crossref", "europepmc",
                                    "openalex", "ctgov", "curated",  NULL};
/* Who registers DOIs knows them. */
static const char *const of_dois[] = {"crossref", "pubmed", "nbib",    "europepmc",
                                      "openalex", "ctgov",  "curated", NULL};
/* PMIDs and PMCIDs are given out there. */
static const char *const of_pubmed[] = {"pubmed", "nbib",     "europepmc", "curated",
                                        "ctgov",  "openalex", "crossref",  NULL};
/* What a register says of its trial. */
static const char *const of_registers[] = {"ctgov", "pubmed", "nbib", "europepmc", NULL};

enum taking {
    TAKE_FIRST,   /* of the source that is believed first */
    TAKE_LONGEST, /* the longest text: an abstract that was cut is still an abstract */
    TAKE_ALL      /* every one of the list, each once */
};

enum field_kind { FIELD_TEXT, FIELD_TEXTS };

struct field_rule {
    const char *name;
    enum field_kind kind;
    enum taking taking;
    const char *const *order;
    size_t offset;
};

#define TEXT(member, how, who)                                                                     \
    {                                                                                              \
#member, FIELD_TEXT, how, who, offsetof(struct record, member)                             \
    }
#define TEXTS(member, how, who)                                                                    \
    {                                                                                              \
#member, FIELD_TEXTS, how, who, offsetof(struct record, member)                            \
    }

static const struct field_rule rules[] = {
    TEXT(pmid, TAKE_FIRST, of_pubmed),
    TEXT(doi, TAKE_FIRST, of_dois),
    TEXT(pmcid, TAKE_FIRST, of_pubmed),
    TEXTS(registrations, TAKE_ALL, of_registers),
    TEXT(title, TAKE_FIRST, usual),
    TEXTS(other_titles, TAKE_ALL, usual),
    TEXT(date, TAKE_FIRST, usual),
    TEXT(journal, TAKE_FIRST, usual),
    TEXT(issn, TAKE_FIRST, usual),
    TEXT(volume, TAKE_FIRST, usual),
    TEXT(issue, TAKE_FIRST, usual),
    TEXT(pages, TAKE_FIRST, usual),
    TEXT(language, TAKE_FIRST, usual),
    TEXT(abstract, TAKE_LONGEST, usual),
    TEXT(url, TAKE_FIRST, usual),
    TEXTS(publication_types, TAKE_FIRST, of_pubmed),
    TEXTS(keywords, TAKE_FIRST, of_pubmed),
    TEXTS(conditions, TAKE_FIRST, of_registers),
    TEXTS(treatments, TAKE_FIRST, of_registers),
    TEXTS(reports, TAKE_ALL, of_registers),
};

/* ---- merging ---- */

enum { ORIGINS_MOST = sizeof rules / sizeof *rules + 8 };

struct merging {
    const struct record *const *records;
    size_t count;
    struct arena *arena;
    struct merged_record *out;
    struct merge_origin *origins;
};

static void note(struct merging *merging, const char *field, size_t record)
{
    merging->origins[merging->out->origin_count++] = (struct merge_origin){field, record};
}

/* The place of a source in an order; those that are not in it come after, as they came in. */
static size_t rank_of(const char *source, const char *const *order)
{
    size_t rank = 0;
    while (order[rank] != NULL && (source == NULL || strcmp(order[rank], source) != 0))
        rank++;
    return rank;
}

static const char *text_of(const struct record *record, size_t offset)
{
    const char *text;
    memcpy(&text, (const char *)record + offset, sizeof text);
    return text != NULL && text[0] != '\0' ? text : NULL;
}

static const char *const *texts_of(const struct record *record, size_t offset)
{
    const char *const *texts;
    memcpy(&texts, (const char *)record + offset, sizeof texts);
    return texts != NULL && texts[0] != NULL ? texts : NULL;
}

static bool has_field(const struct record *record, const struct field_rule *rule)
{
    return rule->kind == FIELD_TEXT ? text_of(record, rule->offset) != NULL
                                    : texts_of(record, rule->offset) != NULL;
}

static bool is_before(const struct merging *merging, const struct field_rule *rule, size_t one,
                      size_t other)
{
    const struct record *left = merging->records[one];
    const struct record *right = merging->records[other];
    if (rule->taking == TAKE_LONGEST) {
        size_t length = strlen(text_of(left, rule->offset));
        size_t other_length = strlen(text_of(right, rule->offset));
        if (length != other_length)
            return length > other_length;
    }
    return rank_of(left->source, rule->order) < rank_of(right->source, rule->order);
}

/* The record that is believed about a field; `count` if none has it. */
static size_t choose(const struct merging *merging, const struct field_rule *rule)
{
    size_t best = merging->count;
    for (size_t i = 0; i < merging->count; i++)
        if (has_field(merging->records[i], rule) &&
            (best == merging->count || is_before(merging, rule, i, best)))
            best = i;
    return best;
}

static bool is_listed(const char *text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

static const char *const *put_together(const struct merging *merging, size_t offset)
{
    size_t most = 0;
    for (size_t i = 0; i < merging->count; i++)
        for (const char *const *text = texts_of(merging->records[i], offset);
             text != NULL && *text != NULL; text++)
            most++;
    const char **all = arena_array(merging->arena, most + 1, sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < merging->count; i++)
        for (const char *const *text = texts_of(merging->records[i], offset);
             text != NULL && *text != NULL; text++)
            if (!is_listed(*text, all, count))
                all[count++] = *text;
    return all;
}

static void take_field(struct merging *merging, const struct field_rule *rule)
{
    size_t chosen = choose(merging, rule);
    if (chosen == merging->count)
        return;
    char *field = (char *)&merging->out->record + rule->offset;
    if (rule->taking == TAKE_ALL) {
        const char *const *all = put_together(merging, rule->offset);
        memcpy(field, &all, sizeof all);
    } else {
        memcpy(field, (const char *)merging->records[chosen] + rule->offset, sizeof(void *));
    }
    note(merging, rule->name, chosen);
}

/* ---- fields of other shapes ---- */

/* A complete list before a longer one, then the source that is believed. */
static bool has_better_authors(const struct record *one, const struct record *other)
{
    if (one->authors_complete != other->authors_complete)
        return one->authors_complete;
    if (one->author_count != other->author_count && !one->authors_complete)
        return one->author_count > other->author_count;
    return rank_of(one->source, usual) < rank_of(other->source, usual);
}

static void take_authors(struct merging *merging)
{
    const struct record *best = NULL;
    size_t at = 0;
    for (size_t i = 0; i < merging->count; i++) {
        const struct record *record = merging->records[i];
        if (record->author_count == 0 || (best != NULL && !has_better_authors(record, best)))
            continue;
        best = record;
        at = i;
    }
    if (best == NULL)
        return;
    merging->out->record.authors = best->authors;
    merging->out->record.author_count = best->author_count;
    merging->out->record.authors_complete = best->authors_complete;
    note(merging, "authors", at);
}

static void take_year(struct merging *merging)
{
    size_t best = merging->count;
    for (size_t i = 0; i < merging->count; i++)
        if (merging->records[i]->year != COUNT_UNKNOWN &&
            (best == merging->count || rank_of(merging->records[i]->source, usual) <
                                           rank_of(merging->records[best]->source, usual)))
            best = i;
    if (best == merging->count)
        return;
    merging->out->record.year = merging->records[best]->year;
    note(merging, "year", best);
}

static void take_source(struct merging *merging)
{
    size_t best = 0;
    for (size_t i = 1; i < merging->count; i++)
        if (rank_of(merging->records[i]->source, usual) <
            rank_of(merging->records[best]->source, usual))
            best = i;
    merging->out->record.source = merging->records[best]->source;
    merging->out->record.source_id = merging->records[best]->source_id;
}

/* Figures belong together as one source gives them. */
static void take_results(struct merging *merging)
{
    size_t best = merging->count;
    for (size_t i = 0; i < merging->count; i++)
        if (merging->records[i]->result_count > 0 &&
            (best == merging->count ||
             merging->records[i]->result_count > merging->records[best]->result_count))
            best = i;
    if (best == merging->count)
        return;
    merging->out->record.results = merging->records[best]->results;
    merging->out->record.result_count = merging->records[best]->result_count;
    note(merging, "results", best);
}

static void take_labels(struct merging *merging)
{
    size_t most = 0;
    for (size_t i = 0; i < merging->count; i++)
        most += merging->records[i]->label_count;
    struct record_label *labels = arena_array(merging->arena, most, sizeof *labels);
    size_t count = 0;
    for (size_t i = 0; i < merging->count; i++)
        for (size_t j = 0; j < merging->records[i]->label_count; j++)
            labels[count++] = merging->records[i]->labels[j];
    merging->out->record.labels = labels;
    merging->out->record.label_count = count;
}

/* What a machine read is read of one record: of the first that tells a design, and people and
 * numbers of the first that tells those. */
static void take_machine(struct merging *merging)
{
    struct machine_reading *out = &merging->out->record.machine;
    for (size_t i = 0; i < merging->count; i++) {
        const struct machine_reading *machine = &merging->records[i]->machine;
        if (machine->design_known && !out->design_known) {
            out->design_known = true;
            out->design = machine->design;
            out->design_from = machine->design_from;
        }
        if (machine->participants != COUNT_UNKNOWN && out->participants == COUNT_UNKNOWN) {
            out->participants = machine->participants;
            out->participants_from = machine->participants_from;
        }
        if (machine->human_known && !out->human_known) {
            out->human_known = true;
            out->human = machine->human;
        }
    }
    out->registrations = put_together(merging, offsetof(struct record, machine.registrations));
}

/* Who says first comes first, whoever came in first. */
static void sort_by_belief(const struct record **records, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i;
             j > 0 && rank_of(records[j]->source, usual) < rank_of(records[j - 1]->source, usual);
             j--) {
            const struct record *kept = records[j];
            records[j] = records[j - 1];
            records[j - 1] = kept;
        }
}

/* Those that were not taken back, or all where all were. */
static const struct record **standing(const struct record *const *records, size_t count,
                                      struct arena *arena, size_t *left)
{
    const struct record **kept = arena_array(arena, count, sizeof(struct record *));
    *left = 0;
    for (size_t i = 0; i < count; i++)
        if (!records[i]->deleted)
            kept[(*left)++] = records[i];
    if (*left == 0) {
        memcpy(kept, records, count * sizeof *records);
        *left = count;
    }
    return kept;
}

static size_t place_of(const struct record *record, const struct record *const *records)
{
    size_t at = 0;
    while (records[at] != record)
        at++;
    return at;
}

static void merge_all(struct merging *merging)
{
    take_source(merging);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        take_field(merging, &rules[i]);
    take_authors(merging);
    take_year(merging);
    take_results(merging);
    take_labels(merging);
    take_machine(merging);
    for (size_t i = 0; i < merging->count; i++)
        merging->out->record.retracted |= merging->records[i]->retracted;
    merging->out->record.deleted = merging->records[0]->deleted;
}

void merge_records(const struct record *const *records, size_t count, struct arena *arena,
                   struct merged_record *out)
{
    size_t left = 0;
    const struct record **kept = standing(records, count, arena, &left);
    sort_by_belief(kept, left);
    struct merging merging = {
        .records = kept,
        .count = left,
        .arena = arena,
        .out = out,
        .origins = arena_array(arena, ORIGINS_MOST, sizeof *merging.origins),
    };
    *out = (struct merged_record){.origins = merging.origins};
    record_init(&out->record);
    merge_all(&merging);
    for (size_t i = 0; i < out->origin_count; i++)
        merging.origins[i].record = place_of(kept[merging.origins[i].record], records);
    if (count == 1)
        out->record = *records[0];
}
