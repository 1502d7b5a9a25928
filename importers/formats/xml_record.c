#include "importers/formats/xml_record.h"

#include <string.h>

#include "evidence/base/arena.h"

enum { COMPARED_MOST = 100 };

void xml_record_init(struct xml_record *built)
{
    *built = (struct xml_record){.arena = arena_new()};
}

void xml_record_release(struct xml_record *built)
{
    for (size_t i = 0; i < XML_RECORD_LIST_COUNT; i++)
        vector_release(&built->lists[i]);
    vector_release(&built->authors);
    vector_release(&built->notices);
    vector_release(&built->updates);
    arena_free(built->arena);
}

void xml_record_begin(struct xml_record *built, const char *source)
{
    arena_clear(built->arena);
    record_init(&built->record);
    built->record.source = source;
    for (size_t i = 0; i < XML_RECORD_LIST_COUNT; i++)
        built->lists[i].count = 0;
    built->authors.count = 0;
    built->notices.count = 0;
    built->updates.count = 0;
    built->bytes = 0;
    built->list_cut = false;
}

bool xml_record_takes(struct xml_record *built, const char *text)
{
    built->bytes += strlen(text);
    return built->bytes <= FORMAT_RECORD_MOST;
}

const char *xml_record_text(struct xml_record *built, const char *text)
{
    if (*text == '\0' || !xml_record_takes(built, text))
        return NULL;
    return arena_strdup(built->arena, text);
}

/* Room for one more item, NULL if the list is full. */
static void *one_more(struct xml_record *built, struct vector *vector, size_t size)
{
    if (vector->count < FORMAT_LIST_MOST)
        return vector_add(vector, size);
    built->list_cut = true;
    return NULL;
}

/* A trial's number may stand in several fields of one record; they are few. */
static bool is_known(const struct vector *list, const char *text)
{
    const char *const *items = list->items;
    size_t first = list->count > COMPARED_MOST ? list->count - COMPARED_MOST : 0;
    for (size_t i = first; i < list->count; i++)
        if (strcmp(items[i], text) == 0)
            return true;
    return false;
}

void xml_record_add(struct xml_record *built, enum xml_record_list list, const char *text)
{
    if (text == NULL || *text == '\0' ||
        (list == XML_RECORD_REGISTRATIONS && is_known(&built->lists[list], text)))
        return;
    const char **item = one_more(built, &built->lists[list], sizeof *item);
    if (item != NULL)
        *item = text;
}

static void add_author(struct xml_record *built, struct author author)
{
    struct author *item = one_more(built, &built->authors, sizeof *item);
    if (item != NULL)
        *item = author;
}

void xml_record_author(struct xml_record *built, const struct author *author)
{
    if (author->family != NULL)
        add_author(built, (struct author){.family = author->family, .given = author->given});
    else if (author->given != NULL)
        add_author(built, (struct author){.family = author->given});
    if (author->group != NULL)
        add_author(built, (struct author){.group = author->group});
}

static void add_notice(struct xml_record *built, struct vector *vector,
                       const struct record_notice *notice)
{
    struct record_notice *item = one_more(built, vector, sizeof *item);
    if (item != NULL)
        *item = *notice;
}

void xml_record_notice(struct xml_record *built, const struct record_notice *notice)
{
    add_notice(built, &built->notices, notice);
}

void xml_record_update(struct xml_record *built, const struct record_notice *update)
{
    add_notice(built, &built->updates, update);
}

/* An empty list stays the one that record_init gave. */
static void put_list(struct vector *vector, const char *const **field)
{
    if (vector->count == 0)
        return;
    const char **items = vector->items;
    items[vector->count] = NULL;
    *field = items;
}

static void put_lists(struct xml_record *built)
{
    struct record *record = &built->record;
    put_list(&built->lists[XML_RECORD_REGISTRATIONS], &record->registrations);
    put_list(&built->lists[XML_RECORD_OTHER_TITLES], &record->other_titles);
    put_list(&built->lists[XML_RECORD_PUBLICATION_TYPES], &record->publication_types);
    put_list(&built->lists[XML_RECORD_KEYWORDS], &record->keywords);
    put_list(&built->lists[XML_RECORD_REPORTS], &record->reports);
    record->authors = built->authors.items;
    record->author_count = built->authors.count;
    record->notices = built->notices.items;
    record->notice_count = built->notices.count;
    record->updates = built->updates.items;
    record->update_count = built->updates.count;
    if (built->list_cut)
        record->authors_complete = false;
}

static const char *why_not(const struct xml_record *built)
{
    const struct record *record = &built->record;
    if (built->bytes > FORMAT_RECORD_MOST)
        return "it is longer than a record can be";
    if (record->title == NULL && record->pmid == NULL && record->doi == NULL &&
        record->pmcid == NULL && record->registrations[0] == NULL)
        return "it has neither a title nor an identifier";
    return NULL;
}

bool xml_record_hand_on(struct xml_record *built, const struct record_sink *sink,
                        struct format_counts *counts, const char **refused, struct error *err)
{
    put_lists(built);
    *refused = why_not(built);
    if (*refused != NULL) {
        counts->refused++;
        return true;
    }
    if (!sink->take(sink->context, &built->record, err))
        return false;
    counts->records++;
    return true;
}
