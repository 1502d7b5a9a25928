/* What a source tells of a publication, as the beginning of a curated study. */

#include "service/curation/draft.h"

static void put(json_t *object, const char *key, const char *text)
{
    if (text != NULL)
        json_object_set_new(object, key, json_string(text));
}

static const char *in_lower_case(const char *text, struct arena *arena)
{
    char *copy = arena_strdup(arena, text);
    for (char *at = copy; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return copy;
}

static json_t *authors_of(const struct record *record)
{
    json_t *authors = json_array();
    for (size_t i = 0; i < record->author_count; i++) {
        json_t *author = json_object();
        put(author, "family", record->authors[i].family);
        put(author, "given", record->authors[i].given);
        put(author, "group", record->authors[i].group);
        json_array_append_new(authors, author);
    }
    return authors;
}

static void put_registrations(json_t *document, const struct record *record, struct arena *arena)
{
    json_t *numbers = json_array();
    for (const char *const *number = record->registrations; *number != NULL; number++)
        json_array_append_new(numbers, json_string(in_lower_case(*number, arena)));
    if (json_array_size(numbers) > 0)
        json_object_set(document, "registrations", numbers);
    json_decref(numbers);
}

static void put_source(json_t *document, const struct record *record, struct arena *arena)
{
    const char *url = record->url;
    if (record->pmid != NULL)
        url = arena_printf(arena, "https://pubmed.ncbi.nlm.nih.gov/%s/", record->pmid);
    else if (record->doi != NULL)
        url = arena_printf(arena, "https://doi.org/%s", record->doi);
    json_t *source = json_object();
    put(source, "url", url);
    put(source, "where", arena_printf(arena, "record of %s", record->source));
    json_t *sources = json_array();
    json_array_append_new(sources, source);
    json_object_set_new(document, "sources", sources);
}

json_t *draft_of_publication(const struct publication *publication, const char *condition,
                             struct arena *arena)
{
    const struct record *record = &publication->merged;
    json_t *document = json_object();
    put(document, "id", publication->id);
    put(document, "pmid", record->pmid);
    put(document, "doi", record->doi);
    put(document, "pmcid", record->pmcid);
    put_registrations(document, record, arena);
    put(document, "title", record->title);
    json_object_set_new(document, "authors", authors_of(record));
    if (record->authors_complete)
        json_object_set_new(document, "authors_complete", json_true());
    if (record->year != COUNT_UNKNOWN)
        json_object_set_new(document, "year", json_integer(record->year));
    put(document, "journal", record->journal);
    if (record->machine.design_known)
        put(document, "design", design_names[record->machine.design]);
    put(document, "condition", condition);
    put_source(document, record, arena);
    return document;
}
