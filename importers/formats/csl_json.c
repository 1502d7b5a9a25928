/*
 * CSL-JSON, the citation processors' form: an array of items, one item alone, items by key (or
 * lists of them), and what DOI resolvers answer (application/vnd.citationstyles.csl+json), where
 * Crossref adds its own fields. Fields: https://docs.citationstyles.org, appendix IV.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/draft.h"
#include "importers/formats/formats.h"
#include "importers/formats/json_values.h"
#include "importers/sources/crossref_notice.h"
#include "importers/sources/field.h"

/* ---- values ---- */

/* A string, a number as text, or the first of a list; in the arena, NULL for anything else. */
static const char *text_of(const json_t *value, struct arena *arena)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_string(value))
        return field_bytes(value, "");
    if (json_is_integer(value))
        return arena_printf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return NULL;
}

static const char *member(struct draft *draft, const json_t *item, const char *name)
{
    return text_of(json_object_get(item, name), draft->arena);
}

/* ---- dates ---- */

static int part_of(const json_t *parts, size_t index, struct arena *arena)
{
    const char *text = text_of(json_array_get(parts, index), arena);
    return text == NULL ? 0 : field_count(json_array_get(parts, index), "", 0, 9999);
}

/* [[2018, 3, 1]]; of a span, [[2018, 3], [2018, 5]], the year. */
static struct date date_of_parts(const json_t *list, struct arena *arena)
{
    const json_t *parts = json_array_get(list, 0);
    int year = part_of(parts, 0, arena), month = part_of(parts, 1, arena),
        day = part_of(parts, 2, arena);
    if (json_array_size(list) > 1)
        month = day = 0;
    return date_read(arena_printf(arena, "%04d-%02d-%02d", year, month, day), DATE_ORDER_UNKNOWN);
}

static struct date date_of(const json_t *value, struct arena *arena)
{
    static const char *const written[] = {"raw", "literal", NULL};
    struct date date = {0};
    if (json_is_string(value) || json_is_integer(value))
        return date_read(text_of(value, arena), DATE_ORDER_UNKNOWN);
    const json_t *parts = json_object_get(value, "date-parts");
    if (json_array_size(parts) > 0)
        date = date_of_parts(parts, arena);
    for (const char *const *name = written; date.year == 0 && *name != NULL; name++)
        date = date_read(text_of(json_object_get(value, *name), arena), DATE_ORDER_UNKNOWN);
    return date;
}

static void take_date(struct draft *draft, const json_t *item)
{
    static const char *const names[] = {"issued",           "published", "published-print",
                                        "published-online", "posted",    NULL};
    for (const char *const *name = names; *name != NULL && draft->date.year == 0; name++)
        draft_set_date(draft, date_of(json_object_get(item, *name), draft->arena));
}

/* ---- people ---- */

static const char *joined(struct draft *draft, const char *first, const char *second)
{
    if (first == NULL || second == NULL)
        return first == NULL ? second : first;
    return arena_printf(draft->arena, "%s %s", first, second);
}

/* "van" may stand apart from "Beethoven", and belongs to him. */
static void take_author(struct draft *draft, const json_t *author)
{
    const char *family = member(draft, author, "family");
    const char *given = member(draft, author, "given");
    const char *group = member(draft, author, "literal");
    if (group == NULL)
        group = member(draft, author, "name");
    if (family == NULL && given == NULL) {
        draft_add_group(draft, json_is_string(author) ? field_bytes(author, "") : group);
        return;
    }
    const char *particle = joined(draft, member(draft, author, "dropping-particle"),
                                  member(draft, author, "non-dropping-particle"));
    if (family != NULL)
        family = joined(draft, particle, family);
    draft_add_person(draft, family, joined(draft, given, member(draft, author, "suffix")));
}

static void take_authors(struct draft *draft, const json_t *item)
{
    size_t index;
    json_t *author;
    json_array_foreach(json_object_get(item, "author"), index, author)
    {
        take_author(draft, author);
    }
}

/* ---- words ---- */

/* Crossref keeps subtitles apart. */
static void take_title(struct draft *draft, const json_t *item)
{
    struct record *out = &draft->record;
    draft_set(draft, &out->title, member(draft, item, "title"));
    const char *subtitle = draft_text(draft, member(draft, item, "subtitle"));
    if (out->title != NULL && subtitle != NULL && strcasestr(out->title, subtitle) == NULL) {
        char last = out->title[strlen(out->title) - 1];
        out->title = arena_printf(draft->arena, "%s%s %s", out->title,
                                  last == ':' || last == '?' ? "" : ":", subtitle);
    }
    draft_add_title(draft, member(draft, item, "original-title"));
}

static void take_keywords(struct draft *draft, const json_t *item)
{
    const json_t *keywords = json_object_get(item, "keyword");
    size_t index;
    json_t *keyword;
    if (json_is_string(keywords))
        draft_add_keywords(draft, field_bytes(keywords, ""),
                           strchr(json_string_value(keywords), ';') != NULL ? ";" : ",");
    json_array_foreach(keywords, index, keyword)
    {
        draft_add_keyword(draft, field_bytes(keyword, ""));
    }
}

static void take_registrations(struct draft *draft, const json_t *item)
{
    size_t index;
    json_t *number;
    json_array_foreach(json_object_get(item, "clinical-trial-number"), index, number)
    {
        draft_add_registrations(draft, member(draft, number, "clinical-trial-number"));
    }
}

/* An id that is an address is the same everywhere; others are of one library. */
static void take_id(struct draft *draft, const json_t *item)
{
    const char *id = member(draft, item, "id");
    if (id != NULL && (strncmp(id, "http://", 7) == 0 || strncmp(id, "https://", 8) == 0))
        draft_set(draft, &draft->record.source_id, id);
}

static void take_place(struct draft *draft, const json_t *item)
{
    struct record *out = &draft->record;
    draft_set(draft, &out->journal, member(draft, item, "container-title"));
    draft_set(draft, &out->journal, member(draft, item, "container-title-short"));
    draft_set_issn(draft, member(draft, item, "ISSN"));
    draft_set(draft, &out->volume, member(draft, item, "volume"));
    draft_set(draft, &out->issue, member(draft, item, "issue"));
    draft_set_pages(draft, member(draft, item, "page"));
    draft_set_pages(draft, member(draft, item, "article-number"));
    draft_set_pages(draft, member(draft, item, "number"));
    draft_set(draft, &out->language, member(draft, item, "language"));
}

/* What Crossref's answers tell of the work's fate. */
static void take_notices(struct draft *draft, const json_t *item,
                         const struct format_warnings *warnings)
{
    const struct page page = {.title = "Crossref", .warnings = warnings};
    struct record told;
    record_init(&told);
    told.doi = draft->record.doi;
    crossref_notices(item, &page, draft->arena, &told);
    for (size_t i = 0; i < told.notice_count; i++)
        draft_add_notice(draft, &told.notices[i]);
    for (size_t i = 0; i < told.update_count; i++)
        draft_add_update(draft, &told.updates[i]);
    draft->record.retracted = told.retracted;
}

/* ---- the file ---- */

struct reading {
    const struct record_sink *sink;
    const struct format_warnings *warnings;
    struct format_counts *counts;
    struct json_values values;
    struct draft draft;
    json_t *alone;      /* the members of an outermost object that may be an item itself */
    size_t alone_bytes; /* as they stand */
    size_t alone_line;
    bool has_items; /* the outermost object holds items */
};

static bool take_item(struct reading *reading, const json_t *item, size_t line, struct error *err)
{
    struct draft *draft = &reading->draft;
    draft_start(draft, "csl-json");
    take_id(draft, item);
    take_title(draft, item);
    draft_set_doi(draft, member(draft, item, "DOI"));
    draft_set_pmid(draft, member(draft, item, "PMID"));
    draft_set_pmcid(draft, member(draft, item, "PMCID"));
    draft_set_address(draft, member(draft, item, "URL"));
    take_authors(draft, item);
    take_date(draft, item);
    take_place(draft, item);
    draft_add_type(draft, member(draft, item, "type"));
    draft_add_type(draft, member(draft, item, "genre"));
    draft_add_abstract(draft, member(draft, item, "abstract"));
    take_keywords(draft, item);
    take_registrations(draft, item);
    draft_add_notes(draft, member(draft, item, "note"));
    take_notices(draft, item, reading->warnings);
    return draft_hand_on(draft, reading->values.stream, line, reading->sink, reading->counts, err);
}

/* An item has a type, or a title, and something that tells it apart from other objects that do. */
static bool is_item(const json_t *value)
{
    static const char *const telling[] = {"DOI", "author", "issued", "container-title", NULL};
    bool typed = json_is_string(json_object_get(value, "type"));
    bool titled = json_object_get(value, "title") != NULL;
    if (typed && (titled || json_object_get(value, "id") != NULL))
        return true;
    for (const char *const *name = telling; *name != NULL; name++)
        if ((typed || titled) && json_object_get(value, *name) != NULL)
            return true;
    return false;
}

static bool take_element(struct reading *reading, const json_t *value, struct error *err)
{
    if (json_is_object(value))
        return take_item(reading, value, reading->values.line, err);
    reading->counts->refused++;
    text_stream_warn(reading->values.stream, reading->values.line,
                     "what begins here is no item of a bibliography and was left out");
    return true;
}

/* A list of items under one key: what a resolver answered for one DOI. */
static bool is_list_of_items(const json_t *value)
{
    return json_array_size(value) > 0 && is_item(json_array_get(value, 0));
}

static bool take_list(struct reading *reading, const json_t *list, struct error *err)
{
    size_t index;
    json_t *value;
    json_array_foreach(list, index, value)
    {
        if (!take_element(reading, value, err))
            return false;
    }
    return true;
}

/* A member of the outermost object: an item, items, or a field of the one item that it is. */
static bool take_member(struct reading *reading, json_t *value, struct error *err)
{
    struct json_values *values = &reading->values;
    bool alone = json_object_get(reading->alone, "type") != NULL;
    if (!alone && (is_item(value) || is_list_of_items(value))) {
        reading->has_items = true;
        return json_is_array(value) ? take_list(reading, value, err)
                                    : take_item(reading, value, values->line, err);
    }
    if (reading->alone_line == 0)
        reading->alone_line = values->line;
    reading->alone_bytes += values->text.length;
    if (reading->alone_bytes > FORMAT_RECORD_MOST)
        return text_stream_fail(values->stream, err, ERROR_LIMIT, reading->alone_line,
                                "the item that begins here has more than %d bytes",
                                (int)FORMAT_RECORD_MOST);
    json_object_set(reading->alone, buffer_string(&values->key), value);
    return true;
}

static bool end_object(struct reading *reading, struct error *err)
{
    bool ok = true;
    size_t line = reading->alone_line == 0 ? reading->values.line : reading->alone_line;
    if (!reading->has_items || is_item(reading->alone))
        ok = take_item(reading, reading->alone, line, err);
    json_object_clear(reading->alone);
    reading->alone_bytes = 0;
    reading->alone_line = 0;
    reading->has_items = false;
    return ok;
}

static bool take_value(struct reading *reading, struct error *err)
{
    switch (reading->values.place) {
    case JSON_ELEMENT:
        return take_element(reading, reading->values.value, err);
    case JSON_MEMBER:
        return take_member(reading, reading->values.value, err);
    case JSON_OBJECT_END:
        break;
    }
    return end_object(reading, err);
}

static bool read_values(struct reading *reading, struct error *err)
{
    enum json_values_read result;
    while ((result = json_values_next(&reading->values, err)) == JSON_VALUES_ONE)
        if (!take_value(reading, err))
            return false;
    return result == JSON_VALUES_END;
}

static bool read_csl_json(struct input *input, const struct record_sink *sink,
                          const struct format_warnings *warnings, struct format_counts *counts,
                          struct error *err)
{
    struct text_stream *stream = text_stream_new(input, warnings);
    struct reading reading = {.sink = sink,
                              .warnings = warnings,
                              .counts = counts,
                              .values = {.stream = stream, .counts = counts},
                              .alone = json_object()};
    bool ok = read_values(&reading, err);
    json_decref(reading.alone);
    draft_release(&reading.draft);
    json_values_release(&reading.values);
    text_stream_free(stream);
    return ok;
}

/* ---- what it is known by ---- */

enum { DEPTHS = 2, KEY_MOST = 32 };

/* What makes an object an item, by the names of its members. A type that only CSL and Crossref have
 * says more than one that is a word. */
static const struct {
    const char *key;
    int sure;
} item_keys[] = {
    {"DOI", 20},    {"issued", 20}, {"container-title", 20},
    {"ISSN", 20},   {"URL", 20},    {"title", 10},
    {"author", 10}, {"page", 10},   {"publisher-place", 20},
};

static const struct {
    const char *type;
    int sure;
} item_types[] = {
    {"article-journal", 40},
    {"article-magazine", 40},
    {"article-newspaper", 40},
    {"paper-conference", 40},
    {"entry-encyclopedia", 40},
    {"post-weblog", 40},
    {"journal-article", 40},
    {"posted-content", 40},
    {"proceedings-article", 40},
    {"book-chapter", 40},
    {"personal_communication", 40},
    {"legal_case", 40},
    {"chapter", 30},
    {"webpage", 30},
    {"thesis", 30},
    {"speech", 30},
    {"manuscript", 30},
    {"article", 20},
    {"book", 20},
    {"report", 20},
    {"dataset", 20},
    {"review", 20},
    {"document", 20},
};

/* Members of the outermost object that say that it is the answer of a service. */
static const char *const answers[] = {"message",
                                      "display_name",
                                      "abstract_inverted_index",
                                      "message-type",
                                      "resultList",
                                      "results",
                                      "meta",
                                      "paperId",
                                      "data",
                                      "header",
                                      "studies",
                                      "items",
                                      "protocolSection",
                                      "esearchresult",
                                      "result",
                                      "hitCount",
                                      "FullStudiesResponse",
                                      "externalIds",
                                      NULL};

struct head {
    const char *at;
    int depth; /* of objects */
    int sure[DEPTHS];
    bool is_answer;
};

static const char *end_of_string(const char *at)
{
    for (at++; *at != '\0' && *at != '"'; at++)
        if (*at == '\\' && at[1] != '\0')
            at++;
    return at;
}

static bool is_text(const char *start, size_t length, const char *text)
{
    return strlen(text) == length && memcmp(start, text, length) == 0;
}

static void weigh_type(struct head *head, const char *value)
{
    value += strspn(value, " \t\n:");
    if (*value != '"')
        return;
    size_t length = (size_t)(end_of_string(value) - value - 1);
    for (size_t i = 0; i < sizeof item_types / sizeof *item_types; i++)
        if (is_text(value + 1, length, item_types[i].type))
            head->sure[head->depth - 1] += item_types[i].sure;
}

static void weigh_key(struct head *head, const char *key, size_t length, const char *after)
{
    for (size_t i = 0; i < sizeof item_keys / sizeof *item_keys; i++)
        if (is_text(key, length, item_keys[i].key))
            head->sure[head->depth - 1] += item_keys[i].sure;
    if (is_text(key, length, "type"))
        weigh_type(head, after);
    for (const char *const *name = answers; head->depth == 1 && *name != NULL; name++)
        head->is_answer = head->is_answer || is_text(key, length, *name);
}

/* A string: a key if a colon follows. */
static void weigh_string(struct head *head)
{
    const char *start = head->at;
    const char *end = end_of_string(start);
    head->at = *end == '"' ? end + 1 : end;
    const char *after = head->at + strspn(head->at, " \t\n");
    size_t length = (size_t)(end - start) - 1;
    if (*after == ':' && head->depth >= 1 && head->depth <= DEPTHS && length < KEY_MOST)
        weigh_key(head, start + 1, length, after);
}

static int weigh(const char *text)
{
    struct head head = {.at = text + strspn(text, " \t\n")};
    if (*head.at != '[' && *head.at != '{')
        return 0;
    while (*head.at != '\0') {
        if (*head.at == '"') {
            weigh_string(&head);
            continue;
        }
        head.depth += *head.at == '{' ? 1 : *head.at == '}' ? -1 : 0;
        head.at++;
    }
    int sure = head.sure[0] > head.sure[1] ? head.sure[0] : head.sure[1];
    if (head.is_answer || sure < 50)
        return 0;
    return sure > 90 ? 90 : sure;
}

static int recognise(const char *head, size_t length)
{
    struct buffer text = {0};
    text_stream_head(head, length, &text);
    int sure = weigh(buffer_string(&text));
    buffer_release(&text);
    return sure;
}

const struct format format_csl_json = {
    .name = "csl-json",
    .title = "CSL-JSON (Zotero, Pandoc, DOI resolvers)",
    .recognise = recognise,
    .read = read_csl_json,
};
