#include "importers/formats/endnote_xml.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/author_name.h"
#include "importers/formats/date_text.h"
#include "importers/formats/xml.h"
#include "importers/formats/xml_record.h"
#include "importers/intake/identifier.h"

enum { ISSN_LENGTH = 9 };

struct endnote {
    const struct record_sink *sink;
    struct format_counts *counts;
    struct xml_record built;
    const char *full_title; /* of the journal */
    const char *container;  /* secondary title: journal, book or series */
    const char *year;
    const char *date;
    const char *accession;
    bool from_medline;
    bool et_al;
};

/* ---- fields that are texts: `what` is the place in struct endnote ---- */

static void take(struct xml *xml, void *context, const char *text)
{
    struct endnote *endnote = context;
    const char **field = (const char **)(void *)((char *)endnote + xml_what(xml));
    if (*field == NULL)
        *field = xml_record_text(&endnote->built, text);
}

/* `what` is the list. */
static void take_listed(struct xml *xml, void *context, const char *text)
{
    struct endnote *endnote = context;
    xml_record_add(&endnote->built, (enum xml_record_list)xml_what(xml),
                   xml_record_text(&endnote->built, text));
}

static void begin_type(struct xml *xml, void *context)
{
    struct endnote *endnote = context;
    if (endnote->built.lists[XML_RECORD_PUBLICATION_TYPES].count == 0)
        xml_record_add(&endnote->built, XML_RECORD_PUBLICATION_TYPES,
                       xml_attribute_text(xml, "name", endnote->built.arena));
}

/* EndNote tells a group from a person by a comma at the end. */
static bool read_author(struct endnote *endnote, const char *text, struct author *out)
{
    struct arena *arena = endnote->built.arena;
    const char *comma = strchr(text, ',');
    if (comma == NULL || comma == text || comma[1] != '\0')
        return author_name_read(text, NAME_FAMILY_FIRST, arena, out);
    *out = (struct author){.group = arena_strndup(arena, text, (size_t)(comma - text))};
    return true;
}

static void take_author(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct endnote *endnote = context;
    struct author author;
    if (author_name_is_rest(text))
        endnote->et_al = true;
    else if (xml_record_takes(&endnote->built, text) && read_author(endnote, text, &author))
        xml_record_author(&endnote->built, &author);
}

/* A star before a heading or its subheading marks a main one; in HLA-B*27 it is part of the name.
 */
static void take_keyword(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct endnote *endnote = context;
    if (!xml_record_takes(&endnote->built, text))
        return;
    char *keyword = arena_strdup(endnote->built.arena, text);
    char *out = keyword;
    for (const char *at = text; *at != '\0'; at++)
        if (*at != '*' || (at != text && at[-1] != '/'))
            *out++ = *at;
    *out = '\0';
    xml_record_add(&endnote->built, XML_RECORD_KEYWORDS, keyword);
}

/* ---- identifiers ---- */

/* Some write more than the DOI into its field: "10.1000/x [doi]". */
static void take_doi(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct endnote *endnote = context;
    struct arena *arena = endnote->built.arena;
    struct record *record = &endnote->built.record;
    if (!xml_record_takes(&endnote->built, text))
        return;
    for (text += strspn(text, " "); record->doi == NULL && *text != '\0';) {
        size_t length = strcspn(text, " ");
        record->doi = identifier_doi(arena_strndup(arena, text, length), arena);
        text += length;
        text += strspn(text, " ");
    }
}

/* "1532-1827 (Electronic) 0007-0920 (Linking)": the first. An ISBN is none. */
static void take_issn(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct endnote *endnote = context;
    size_t length = strlen(text);
    for (size_t at = 0; endnote->built.record.issn == NULL && at + ISSN_LENGTH <= length; at++) {
        const char *issn = text + at;
        bool starts = at == 0 || !(isalnum((unsigned char)issn[-1]) || issn[-1] == '-');
        if (starts && strspn(issn, "0123456789") == 4 && issn[4] == '-' &&
            strspn(issn + 5, "0123456789") >= 3 && strspn(issn + 5, "0123456789Xx") == 4 &&
            issn[ISSN_LENGTH] != '-')
            endnote->built.record.issn = arena_strndup(endnote->built.arena, issn, ISSN_LENGTH);
    }
}

static void take_database(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct endnote *endnote = context;
    if (strcasestr(text, "pubmed") != NULL || strcasestr(text, "medline") != NULL ||
        strcasecmp(text, "NLM") == 0)
        endnote->from_medline = true;
}

/* EndNote keeps the number of PubMed Central in a field that has no other use for articles. */
static void take_pmcid(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct endnote *endnote = context;
    if (strncasecmp(text, "PMC", 3) == 0 && xml_record_takes(&endnote->built, text))
        endnote->built.record.pmcid = identifier_pmcid(text, endnote->built.arena);
}

static bool is_address(const char *text)
{
    return strncasecmp(text, "http://", 7) == 0 || strncasecmp(text, "https://", 8) == 0;
}

/* Addresses at PubMed, PubMed Central and registers name the publication as their fields would. */
static void take_url(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct endnote *endnote = context;
    struct arena *arena = endnote->built.arena;
    struct record *record = &endnote->built.record;
    if (!is_address(text) || !xml_record_takes(&endnote->built, text))
        return;
    if (record->url == NULL)
        record->url = xml_record_text(&endnote->built, text);
    if (record->pmid == NULL)
        record->pmid = identifier_pmid(text, arena);
    if (record->pmcid == NULL)
        record->pmcid = identifier_pmcid(text, arena);
    xml_record_add(&endnote->built, XML_RECORD_REGISTRATIONS, identifier_registration(text, arena));
}

/* ---- a record ---- */

static void begin_record(struct xml *xml, void *context)
{
    (void)xml;
    struct endnote *endnote = context;
    xml_record_begin(&endnote->built, "endnote");
    endnote->full_title = NULL;
    endnote->container = NULL;
    endnote->year = NULL;
    endnote->date = NULL;
    endnote->accession = NULL;
    endnote->from_medline = false;
    endnote->et_al = false;
}

/* The year stands alone and again in the date, or only there; where they differ nobody knows more
 * than the year. */
static void put_date(struct endnote *endnote, struct record *record)
{
    struct date year = date_read(endnote->year, DATE_ORDER_UNKNOWN);
    struct date date = date_read(endnote->date, DATE_ORDER_UNKNOWN);
    if (date.year == 0)
        date.year = year.year;
    if (year.year != 0 && date.year != year.year)
        date = (struct date){.year = year.year};
    record->date = date_write(date, endnote->built.arena);
    if (record->date != NULL)
        record->year = date.year;
}

static void put_accession(struct endnote *endnote, struct record *record)
{
    struct arena *arena = endnote->built.arena;
    if (endnote->accession == NULL)
        return;
    bool is_number = isdigit((unsigned char)endnote->accession[0]);
    if (record->pmid == NULL && (endnote->from_medline || !is_number))
        record->pmid = identifier_pmid(endnote->accession, arena);
    xml_record_add(&endnote->built, XML_RECORD_REGISTRATIONS,
                   identifier_registration(endnote->accession, arena));
}

static void end_record(struct xml *xml, void *context, const char *text)
{
    (void)text;
    struct endnote *endnote = context;
    struct record *record = &endnote->built.record;
    const char *refused;
    record->journal = endnote->full_title != NULL ? endnote->full_title : endnote->container;
    record->authors_complete = endnote->built.authors.count > 0 && !endnote->et_al;
    put_date(endnote, record);
    put_accession(endnote, record);
    if (!xml_record_hand_on(&endnote->built, endnote->sink, endnote->counts, &refused,
                            xml_error(xml)))
        xml_stop(xml);
    else if (refused != NULL)
        xml_warn(xml, "the record%s%s that ends here was left out: %s",
                 record->source_id == NULL ? "" : " ",
                 record->source_id == NULL ? "" : record->source_id, refused);
}

/* ---- what stands where ---- */

#define PLACE(member)       offsetof(struct endnote, member)
#define TEXT(tag, function) .name = (tag), .text = true, .end = (function)

static const struct xml_rule authors[] = {
    {TEXT("author", take_author)},
    {.name = NULL},
};

static const struct xml_rule contributors[] = {
    {.name = "authors", .within = authors},
    {.name = NULL},
};

static const struct xml_rule titles[] = {
    {TEXT("title", take), .what = PLACE(built.record.title)},
    {TEXT("secondary-title", take), .what = PLACE(container)},
    {TEXT("translated-title", take_listed), .what = XML_RECORD_OTHER_TITLES},
    {.name = NULL},
};

static const struct xml_rule periodical[] = {
    {TEXT("full-title", take), .what = PLACE(full_title)},
    {.name = NULL},
};

static const struct xml_rule keywords[] = {
    {TEXT("keyword", take_keyword)},
    {.name = NULL},
};

static const struct xml_rule pub_dates[] = {
    {TEXT("date", take), .what = PLACE(date)},
    {.name = NULL},
};

static const struct xml_rule dates[] = {
    {TEXT("year", take), .what = PLACE(year)},
    {.name = "pub-dates", .within = pub_dates},
    {.name = NULL},
};

static const struct xml_rule addresses[] = {
    {TEXT("url", take_url)},
    {.name = NULL},
};

static const struct xml_rule urls[] = {
    {.name = "related-urls", .within = addresses},
    {.name = "web-urls", .within = addresses},
    {.name = NULL},
};

static const struct xml_rule record[] = {
    {TEXT("rec-number", take), .what = PLACE(built.record.source_id)},
    {.name = "ref-type", .begin = begin_type},
    {.name = "contributors", .within = contributors},
    {.name = "titles", .within = titles},
    {.name = "periodical", .within = periodical},
    {TEXT("pages", take), .what = PLACE(built.record.pages)},
    {TEXT("volume", take), .what = PLACE(built.record.volume)},
    {TEXT("number", take), .what = PLACE(built.record.issue)},
    {TEXT("issue", take), .what = PLACE(built.record.issue)},
    {.name = "keywords", .within = keywords},
    {.name = "dates", .within = dates},
    {TEXT("isbn", take_issn)},
    {TEXT("electronic-resource-num", take_doi)},
    {TEXT("accession-num", take), .what = PLACE(accession)},
    {TEXT("custom2", take_pmcid)},
    {TEXT("remote-database-name", take_database)},
    {TEXT("remote-database-provider", take_database)},
    {TEXT("abstract", take), .lines = true, .what = PLACE(built.record.abstract)},
    {TEXT("language", take), .what = PLACE(built.record.language)},
    {.name = "urls", .within = urls},
    {.name = NULL},
};

static const struct xml_rule records[] = {
    {.name = "record", .within = record, .begin = begin_record, .end = end_record},
    {.name = NULL},
};

static const struct xml_rule document[] = {
    {.name = "records", .within = records},
    {.name = NULL},
};

static const struct xml_rule roots[] = {
    {.name = "xml", .within = document},
    {.name = "records", .within = records},
    {.name = NULL},
};

/* ---- the format ---- */

static int recognise(const char *head, size_t length)
{
    char name[XML_NAME_SIZE];
    if (!xml_root(head, length, name) || (strcmp(name, "xml") != 0 && strcmp(name, "records") != 0))
        return 0;
    if (xml_head_has(head, length, "<ref-type"))
        return 100;
    return strcmp(name, "xml") == 0 && xml_head_has(head, length, "<records") ? 80 : 0;
}

static bool read(struct input *input, const struct record_sink *sink,
                 const struct format_warnings *warnings, struct format_counts *counts,
                 struct error *err)
{
    struct endnote endnote = {.sink = sink, .counts = counts};
    xml_record_init(&endnote.built);
    bool good = xml_read(input, roots, &endnote, warnings, err);
    xml_record_release(&endnote.built);
    return good;
}

const struct format format_endnote_xml = {
    .name = "endnote-xml",
    .title = "EndNote XML (EndNote, Zotero)",
    .recognise = recognise,
    .read = read,
};
