#include "importers/formats/pubmed_record.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/date_text.h"
#include "importers/intake/identifier.h"

/* ---- fields that are texts: `what` is the place in struct pubmed ---- */

static const char **field(struct xml *xml, struct pubmed *pubmed)
{
    return (const char **)(void *)((char *)pubmed + xml_what(xml));
}

void pubmed_take(struct xml *xml, void *context, const char *text)
{
    struct pubmed *pubmed = context;
    *field(xml, pubmed) = xml_record_text(&pubmed->built, text);
}

/* The first one stays. */
void pubmed_take_first(struct xml *xml, void *context, const char *text)
{
    if (*field(xml, context) == NULL)
        pubmed_take(xml, context, text);
}

/* `what` is the list. */
void pubmed_take_listed(struct xml *xml, void *context, const char *text)
{
    struct pubmed *pubmed = context;
    xml_record_add(&pubmed->built, (enum xml_record_list)xml_what(xml),
                   xml_record_text(&pubmed->built, text));
}

/* ---- a record ---- */

void pubmed_begin_record(struct xml *xml, void *context)
{
    (void)xml;
    struct pubmed *pubmed = context;
    xml_record_begin(&pubmed->built, "pubmed");
    buffer_clear(&pubmed->abstract);
    buffer_clear(&pubmed->languages);
    pubmed->issue = (struct pubmed_date){0};
    pubmed->electronic = (struct pubmed_date){0};
    pubmed->first_page = NULL;
    pubmed->last_page = NULL;
    pubmed->is_notice = false;
    pubmed->retraction_in = false;
    pubmed->chapter = NULL;
    pubmed->book = NULL;
}

/* The parts tell no more than they would as one text: of 31 February the year. */
static struct date date_of(const struct pubmed_date *printed)
{
    char text[64];
    if (printed->words != NULL)
        return date_read(printed->words, DATE_ORDER_UNKNOWN);
    int month = date_month(printed->month);
    bool has_day = month != 0 && printed->day != NULL && strlen(printed->day) <= 2;
    if (printed->year == NULL)
        return (struct date){0};
    if (month == 0)
        snprintf(text, sizeof text, "%.20s", printed->year);
    else
        snprintf(text, sizeof text, "%.20s/%d%s%.2s", printed->year, month, has_day ? "/" : "",
                 has_day ? printed->day : "");
    return date_read(text, DATE_ORDER_UNKNOWN);
}

/* The issue's, unless the article has none, or appeared on a day of that year where the issue names
 * no month. */
static void put_date(struct pubmed *pubmed, struct record *record)
{
    struct date date = date_of(&pubmed->issue);
    struct date electronic = date_of(&pubmed->electronic);
    if (date.year == 0 || (date.month == 0 && date.year == electronic.year))
        date = electronic;
    record->date = date_write(date, pubmed->built.arena);
    if (record->date != NULL)
        record->year = date.year;
}

static void put_pages(struct pubmed *pubmed, struct record *record)
{
    if (record->pages != NULL || pubmed->first_page == NULL)
        return;
    record->pages = pubmed->last_page == NULL ? pubmed->first_page
                                              : arena_printf(pubmed->built.arena, "%s-%s",
                                                             pubmed->first_page, pubmed->last_page);
}

/* A chapter appeared in its book; a whole book is a publication of its own. */
static void put_book(struct pubmed *pubmed, struct record *record)
{
    if (pubmed->book == NULL)
        return;
    record->title = pubmed->chapter != NULL ? pubmed->chapter : pubmed->book;
    record->journal = pubmed->chapter != NULL ? pubmed->book : NULL;
}

/* "[Not Available]." is what PubMed writes for a title that nobody translated. */
static void put_title(struct pubmed *pubmed, struct record *record)
{
    const struct vector *others = &pubmed->built.lists[XML_RECORD_OTHER_TITLES];
    const char *const *vernacular = others->items;
    if (record->title == NULL || strncasecmp(record->title, "[Not Available]", 15) == 0)
        record->title = others->count > 0 ? vernacular[0] : NULL;
}

static void hand_on(struct xml *xml, struct pubmed *pubmed)
{
    const char *refused;
    const char *pmid = pubmed->built.record.pmid;
    pubmed->built.record.source_id = pmid;
    if (!xml_record_hand_on(&pubmed->built, pubmed->sink, pubmed->counts, &refused, xml_error(xml)))
        xml_stop(xml);
    else if (refused != NULL)
        xml_warn(xml, "the record %s%s was left out: %s", pmid == NULL ? "that ends here" : "PMID ",
                 pmid == NULL ? "" : pmid, refused);
}

void pubmed_end_record(struct xml *xml, void *context, const char *text)
{
    (void)text;
    struct pubmed *pubmed = context;
    struct record *record = &pubmed->built.record;
    put_title(pubmed, record);
    put_date(pubmed, record);
    put_pages(pubmed, record);
    put_book(pubmed, record);
    record->abstract = xml_record_text(&pubmed->built, buffer_string(&pubmed->abstract));
    record->language = xml_record_text(&pubmed->built, buffer_string(&pubmed->languages));
    if (pubmed->retraction_in && !pubmed->is_notice)
        record->retracted = true;
    hand_on(xml, pubmed);
}

/* ---- identifiers ---- */

void pubmed_take_pmid(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    if (xml_record_takes(&pubmed->built, text))
        pubmed->built.record.pmid = identifier_pmid(text, pubmed->built.arena);
}

void pubmed_take_deleted(struct xml *xml, void *context, const char *text)
{
    struct pubmed *pubmed = context;
    pubmed_begin_record(xml, pubmed);
    pubmed->built.record.deleted = true;
    pubmed_take_pmid(xml, pubmed, text);
    hand_on(xml, pubmed);
}

void pubmed_begin_article_id(struct xml *xml, void *context)
{
    struct pubmed *pubmed = context;
    pubmed->id_type = xml_attribute_is(xml, "IdType", "doi")      ? PUBMED_ID_DOI
                      : xml_attribute_is(xml, "IdType", "pubmed") ? PUBMED_ID_PUBMED
                      : xml_attribute_is(xml, "IdType", "pmc")    ? PUBMED_ID_PMC
                                                                  : PUBMED_ID_OTHER;
    if (pubmed->id_type == PUBMED_ID_OTHER)
        xml_skip(xml);
}

/* PubmedData's DOI goes before the one that stands with the article. */
void pubmed_take_article_id(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    struct record *record = &pubmed->built.record;
    struct arena *arena = pubmed->built.arena;
    if (!xml_record_takes(&pubmed->built, text))
        return;
    const char *doi = pubmed->id_type == PUBMED_ID_DOI ? identifier_doi(text, arena) : NULL;
    if (doi != NULL)
        record->doi = doi;
    if (pubmed->id_type == PUBMED_ID_PMC && record->pmcid == NULL)
        record->pmcid = identifier_pmcid(text, arena);
    if (pubmed->id_type == PUBMED_ID_PUBMED && record->pmid == NULL)
        record->pmid = identifier_pmid(text, arena);
}

/* Where the article is found. A DOI that turned out wrong stays there with ValidYN="N". */
void pubmed_begin_location(struct xml *xml, void *context)
{
    (void)context;
    if (!xml_attribute_is(xml, "EIdType", "doi") || xml_attribute_is(xml, "ValidYN", "N"))
        xml_skip(xml);
}

void pubmed_take_location(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    struct record *record = &pubmed->built.record;
    if (record->doi == NULL && xml_record_takes(&pubmed->built, text))
        record->doi = identifier_doi(text, pubmed->built.arena);
}

/* Numbers of genes and proteins are no registrations and give none. */
void pubmed_take_accession(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    if (xml_record_takes(&pubmed->built, text))
        xml_record_add(&pubmed->built, XML_RECORD_REGISTRATIONS,
                       identifier_registration(text, pubmed->built.arena));
}

/* ---- abstract, language, types ---- */

void pubmed_begin_paragraph(struct xml *xml, void *context)
{
    struct pubmed *pubmed = context;
    if (pubmed->abstract.length > FORMAT_FIELD_MOST || pubmed->built.bytes > FORMAT_RECORD_MOST) {
        xml_skip(xml);
        return;
    }
    pubmed->label = xml_attribute_text(xml, "Label", pubmed->built.arena);
    if (pubmed->label == NULL || strcasecmp(pubmed->label, "UNLABELLED") == 0 ||
        !xml_record_takes(&pubmed->built, pubmed->label))
        pubmed->label = NULL;
}

void pubmed_take_paragraph(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    struct buffer *abstract = &pubmed->abstract;
    if (*text == '\0')
        return;
    if (abstract->length > 0)
        buffer_byte(abstract, '\n');
    if (pubmed->label != NULL) {
        buffer_text(abstract, pubmed->label);
        buffer_text(abstract, ": ");
    }
    buffer_text(abstract, text);
}

void pubmed_take_language(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    if (*text == '\0' || pubmed->languages.length > FORMAT_FIELD_MOST)
        return;
    if (pubmed->languages.length > 0)
        buffer_text(&pubmed->languages, ", ");
    buffer_text(&pubmed->languages, text);
}

void pubmed_take_type(struct xml *xml, void *context, const char *text)
{
    struct pubmed *pubmed = context;
    pubmed_take_listed(xml, context, text);
    if (strcasecmp(text, "Retracted Publication") == 0)
        pubmed->built.record.retracted = true;
}

/* ---- authors ---- */

/* Those of a chapter come after those of its book and take their place. */
void pubmed_begin_authors(struct xml *xml, void *context)
{
    struct pubmed *pubmed = context;
    size_t length;
    const char *type = xml_attribute(xml, "Type", &length);
    if (type != NULL && !xml_attribute_is(xml, "Type", "authors")) {
        xml_skip(xml);
        return;
    }
    pubmed->built.authors.count = 0;
    pubmed->built.record.authors_complete = xml_attribute_is(xml, "CompleteYN", "Y");
}

/* A misspelt name stays in the list, marked, beside the right one. */
void pubmed_begin_author(struct xml *xml, void *context)
{
    struct pubmed *pubmed = context;
    pubmed->author = (struct author){0};
    pubmed->initials = NULL;
    pubmed->suffix = NULL;
    if (xml_attribute_is(xml, "ValidYN", "N"))
        xml_skip(xml);
}

void pubmed_end_author(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    (void)text;
    struct pubmed *pubmed = context;
    struct author *author = &pubmed->author;
    if (author->given == NULL)
        author->given = pubmed->initials;
    if (author->given != NULL && pubmed->suffix != NULL)
        author->given = arena_printf(pubmed->built.arena, "%s %s", author->given, pubmed->suffix);
    xml_record_author(&pubmed->built, author);
}

/* ---- comments and corrections ---- */

void pubmed_begin_comment(struct xml *xml, void *context)
{
    struct pubmed *pubmed = context;
    size_t length;
    const char *type = xml_attribute(xml, "RefType", &length);
    if (type == NULL || !pubmed_notice_begin(&pubmed->notice, type, length))
        xml_skip(xml);
}

void pubmed_end_comment(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    (void)text;
    struct pubmed *pubmed = context;
    struct pubmed_notice *notice = &pubmed->notice;
    pubmed_notice_end(notice, pubmed->built.arena);
    pubmed->is_notice = pubmed->is_notice || notice->is_all_there_is;
    if (notice->is_update) {
        xml_record_update(&pubmed->built, &notice->notice);
        return;
    }
    pubmed->retraction_in = pubmed->retraction_in || notice->retracts;
    xml_record_notice(&pubmed->built, &notice->notice);
}

void pubmed_take_comment_pmid(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    if (xml_record_takes(&pubmed->built, text))
        pubmed->notice.notice.pmid = identifier_pmid(text, pubmed->built.arena);
}
