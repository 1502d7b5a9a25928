#include "importers/formats/pubmed_xml.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/buffer.h"
#include "importers/formats/date_text.h"
#include "importers/formats/pubmed_notice.h"
#include "importers/formats/xml.h"
#include "importers/formats/xml_record.h"
#include "importers/intake/identifier.h"

enum id_type { ID_OTHER, ID_PUBMED, ID_DOI, ID_PMC };

/* A date in the parts that PubMed gives it in. */
struct printed {
    const char *year;
    const char *month;
    const char *day;
    const char *words; /* MedlineDate: whatever else is printed */
};

struct pubmed {
    const struct record_sink *sink;
    struct format_counts *counts;
    struct xml_record built;
    struct author author;
    const char *initials;
    const char *suffix;
    struct printed issue;      /* or of the book */
    struct printed electronic; /* of what appeared before its issue, or without one */
    enum id_type id_type;
    const char *first_page;
    const char *last_page;
    struct buffer abstract;
    struct buffer languages;
    const char *label; /* of the paragraph that comes */
    struct pubmed_notice notice;
    bool is_notice;      /* it is a notice itself: only its own type says that it was retracted */
    bool retraction_in;  /* someone else says that it was */
    const char *chapter; /* of a book */
    const char *book;
};

/* ---- fields that are texts: `what` is the place in struct pubmed ---- */

static const char **field(struct xml *xml, struct pubmed *pubmed)
{
    return (const char **)(void *)((char *)pubmed + xml_what(xml));
}

static void take(struct xml *xml, void *context, const char *text)
{
    struct pubmed *pubmed = context;
    *field(xml, pubmed) = xml_record_text(&pubmed->built, text);
}

/* The first one stays. */
static void take_first(struct xml *xml, void *context, const char *text)
{
    if (*field(xml, context) == NULL)
        take(xml, context, text);
}

/* `what` is the list. */
static void take_listed(struct xml *xml, void *context, const char *text)
{
    struct pubmed *pubmed = context;
    xml_record_add(&pubmed->built, (enum xml_record_list)xml_what(xml),
                   xml_record_text(&pubmed->built, text));
}

/* ---- a record ---- */

static void begin_record(struct xml *xml, void *context)
{
    (void)xml;
    struct pubmed *pubmed = context;
    xml_record_begin(&pubmed->built, "pubmed");
    buffer_clear(&pubmed->abstract);
    buffer_clear(&pubmed->languages);
    pubmed->issue = (struct printed){0};
    pubmed->electronic = (struct printed){0};
    pubmed->first_page = NULL;
    pubmed->last_page = NULL;
    pubmed->is_notice = false;
    pubmed->retraction_in = false;
    pubmed->chapter = NULL;
    pubmed->book = NULL;
}

/* The parts tell no more than they would as one text: of 31 February the year. */
static struct date date_of(const struct printed *printed)
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

static void end_record(struct xml *xml, void *context, const char *text)
{
    (void)text;
    struct pubmed *pubmed = context;
    struct record *record = &pubmed->built.record;
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

static void take_pmid(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    pubmed->built.record.pmid = identifier_pmid(text, pubmed->built.arena);
}

static void take_deleted(struct xml *xml, void *context, const char *text)
{
    struct pubmed *pubmed = context;
    begin_record(xml, pubmed);
    pubmed->built.record.deleted = true;
    take_pmid(xml, pubmed, text);
    hand_on(xml, pubmed);
}

static void begin_article_id(struct xml *xml, void *context)
{
    struct pubmed *pubmed = context;
    pubmed->id_type = xml_attribute_is(xml, "IdType", "doi")      ? ID_DOI
                      : xml_attribute_is(xml, "IdType", "pubmed") ? ID_PUBMED
                      : xml_attribute_is(xml, "IdType", "pmc")    ? ID_PMC
                                                                  : ID_OTHER;
    if (pubmed->id_type == ID_OTHER)
        xml_skip(xml);
}

/* PubmedData's DOI goes before the one that stands with the article. */
static void take_article_id(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    struct record *record = &pubmed->built.record;
    struct arena *arena = pubmed->built.arena;
    const char *doi = pubmed->id_type == ID_DOI ? identifier_doi(text, arena) : NULL;
    if (doi != NULL)
        record->doi = doi;
    if (pubmed->id_type == ID_PMC && record->pmcid == NULL)
        record->pmcid = identifier_pmcid(text, arena);
    if (pubmed->id_type == ID_PUBMED && record->pmid == NULL)
        record->pmid = identifier_pmid(text, arena);
}

/* Where the article is found. A DOI that turned out wrong stays there with ValidYN="N". */
static void begin_location(struct xml *xml, void *context)
{
    (void)context;
    if (!xml_attribute_is(xml, "EIdType", "doi") || xml_attribute_is(xml, "ValidYN", "N"))
        xml_skip(xml);
}

static void take_location(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    struct record *record = &pubmed->built.record;
    if (record->doi == NULL)
        record->doi = identifier_doi(text, pubmed->built.arena);
}

/* Numbers of genes and proteins are no registrations and give none. */
static void take_accession(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    xml_record_add(&pubmed->built, XML_RECORD_REGISTRATIONS,
                   identifier_registration(text, pubmed->built.arena));
}

/* ---- abstract, language, types ---- */

static void begin_paragraph(struct xml *xml, void *context)
{
    struct pubmed *pubmed = context;
    pubmed->label = xml_attribute_text(xml, "Label", pubmed->built.arena);
    if (pubmed->label != NULL && strcasecmp(pubmed->label, "UNLABELLED") == 0)
        pubmed->label = NULL;
}

static void take_paragraph(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    struct buffer *abstract = &pubmed->abstract;
    if (*text == '\0' || abstract->length > FORMAT_FIELD_MOST)
        return;
    if (abstract->length > 0)
        buffer_byte(abstract, '\n');
    if (pubmed->label != NULL) {
        buffer_text(abstract, pubmed->label);
        buffer_text(abstract, ": ");
    }
    buffer_text(abstract, text);
}

static void take_language(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    if (*text == '\0' || pubmed->languages.length > FORMAT_FIELD_MOST)
        return;
    if (pubmed->languages.length > 0)
        buffer_text(&pubmed->languages, ", ");
    buffer_text(&pubmed->languages, text);
}

static void take_type(struct xml *xml, void *context, const char *text)
{
    struct pubmed *pubmed = context;
    take_listed(xml, context, text);
    if (strcasecmp(text, "Retracted Publication") == 0)
        pubmed->built.record.retracted = true;
}

/* ---- authors ---- */

/* Those of a chapter come after those of its book and take their place. */
static void begin_authors(struct xml *xml, void *context)
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
static void begin_author(struct xml *xml, void *context)
{
    struct pubmed *pubmed = context;
    pubmed->author = (struct author){0};
    pubmed->initials = NULL;
    pubmed->suffix = NULL;
    if (xml_attribute_is(xml, "ValidYN", "N"))
        xml_skip(xml);
}

static void end_author(struct xml *xml, void *context, const char *text)
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

static void begin_comment(struct xml *xml, void *context)
{
    struct pubmed *pubmed = context;
    size_t length;
    const char *type = xml_attribute(xml, "RefType", &length);
    if (type == NULL || !pubmed_notice_begin(&pubmed->notice, type, length))
        xml_skip(xml);
}

static void end_comment(struct xml *xml, void *context, const char *text)
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

static void take_comment_pmid(struct xml *xml, void *context, const char *text)
{
    (void)xml;
    struct pubmed *pubmed = context;
    pubmed->notice.notice.pmid = identifier_pmid(text, pubmed->built.arena);
}

/* ---- what stands where ---- */

#define PLACE(member)       offsetof(struct pubmed, member)
#define TEXT(tag, function) .name = tag, .text = true, .end = function

#define DATE_RULES(member)                                                                         \
    {                                                                                              \
        {TEXT("Year", take), .what = PLACE(member.year)},                                          \
            {TEXT("Month", take), .what = PLACE(member.month)},                                    \
            {TEXT("Day", take), .what = PLACE(member.day)},                                        \
            {TEXT("MedlineDate", take), .what = PLACE(member.words)}, {.name = NULL},              \
    }

static const struct xml_rule issue_date[] = DATE_RULES(issue);
static const struct xml_rule electronic_date[] = DATE_RULES(electronic);

static const struct xml_rule author[] = {
    {TEXT("LastName", take), .what = PLACE(author.family)},
    {TEXT("ForeName", take), .what = PLACE(author.given)},
    {TEXT("Initials", take), .what = PLACE(initials)},
    {TEXT("Suffix", take), .what = PLACE(suffix)},
    {TEXT("CollectiveName", take), .what = PLACE(author.group)},
    {.name = NULL},
};

static const struct xml_rule authors[] = {
    {.name = "Author", .within = author, .begin = begin_author, .end = end_author},
    {.name = NULL},
};

static const struct xml_rule issue[] = {
    {TEXT("Volume", take), .what = PLACE(built.record.volume)},
    {TEXT("Issue", take), .what = PLACE(built.record.issue)},
    {.name = "PubDate", .within = issue_date},
    {.name = NULL},
};

static const struct xml_rule journal[] = {
    {TEXT("ISSN", take_first), .what = PLACE(built.record.issn)},
    {.name = "JournalIssue", .within = issue},
    {TEXT("Title", take), .what = PLACE(built.record.journal)},
    {TEXT("ISOAbbreviation", take_first), .what = PLACE(built.record.journal)},
    {.name = NULL},
};

static const struct xml_rule pagination[] = {
    {TEXT("MedlinePgn", take), .what = PLACE(built.record.pages)},
    {TEXT("StartPage", take), .what = PLACE(first_page)},
    {TEXT("EndPage", take), .what = PLACE(last_page)},
    {.name = NULL},
};

static const struct xml_rule abstract[] = {
    {TEXT("AbstractText", take_paragraph), .begin = begin_paragraph},
    {.name = NULL},
};

static const struct xml_rule accession_numbers[] = {
    {TEXT("AccessionNumber", take_accession)},
    {.name = NULL},
};

static const struct xml_rule data_bank[] = {
    {.name = "AccessionNumberList", .within = accession_numbers},
    {.name = NULL},
};

static const struct xml_rule data_banks[] = {
    {.name = "DataBank", .within = data_bank},
    {.name = NULL},
};

static const struct xml_rule publication_types[] = {
    {TEXT("PublicationType", take_type), .what = XML_RECORD_PUBLICATION_TYPES},
    {.name = NULL},
};

static const struct xml_rule article[] = {
    {.name = "Journal", .within = journal},
    {TEXT("ArticleTitle", take), .what = PLACE(built.record.title)},
    {TEXT("VernacularTitle", take_listed), .what = XML_RECORD_OTHER_TITLES},
    {.name = "Pagination", .within = pagination},
    {TEXT("ELocationID", take_location), .begin = begin_location},
    {.name = "Abstract", .within = abstract},
    {.name = "AuthorList", .within = authors, .begin = begin_authors},
    {TEXT("Language", take_language)},
    {.name = "DataBankList", .within = data_banks},
    {.name = "PublicationTypeList", .within = publication_types},
    {.name = "ArticleDate", .within = electronic_date},
    {.name = NULL},
};

static const struct xml_rule journal_info[] = {
    {TEXT("MedlineTA", take_first), .what = PLACE(built.record.journal)},
    {TEXT("ISSNLinking", take_first), .what = PLACE(built.record.issn)},
    {.name = NULL},
};

static const struct xml_rule comment[] = {
    {TEXT("RefSource", take), .what = PLACE(notice.reference)},
    {TEXT("PMID", take_comment_pmid)},
    {TEXT("Note", take), .what = PLACE(notice.notice.reason)},
    {.name = NULL},
};

static const struct xml_rule comments[] = {
    {.name = "CommentsCorrections", .within = comment, .begin = begin_comment, .end = end_comment},
    {.name = NULL},
};

static const struct xml_rule heading[] = {
    {TEXT("DescriptorName", take_listed), .what = XML_RECORD_KEYWORDS},
    {.name = NULL},
};

static const struct xml_rule headings[] = {
    {.name = "MeshHeading", .within = heading},
    {.name = NULL},
};

static const struct xml_rule keywords[] = {
    {TEXT("Keyword", take_listed), .what = XML_RECORD_KEYWORDS},
    {.name = NULL},
};

static const struct xml_rule citation[] = {
    {TEXT("PMID", take_pmid)},
    {.name = "Article", .within = article},
    {.name = "MedlineJournalInfo", .within = journal_info},
    {.name = "CommentsCorrectionsList", .within = comments},
    {.name = "MeshHeadingList", .within = headings},
    {.name = "KeywordList", .within = keywords},
    {.name = NULL},
};

static const struct xml_rule article_ids[] = {
    {TEXT("ArticleId", take_article_id), .begin = begin_article_id},
    {.name = NULL},
};

/* ReferenceList, beside it, has lists of ids too: those of other articles. */
static const struct xml_rule pubmed_data[] = {
    {.name = "ArticleIdList", .within = article_ids},
    {.name = NULL},
};

static const struct xml_rule pubmed_article[] = {
    {.name = "MedlineCitation", .within = citation},
    {.name = "PubmedData", .within = pubmed_data},
    {.name = NULL},
};

static const struct xml_rule book[] = {
    {TEXT("BookTitle", take), .what = PLACE(book)},
    {.name = "PubDate", .within = issue_date},
    {.name = "AuthorList", .within = authors, .begin = begin_authors},
    {TEXT("Volume", take), .what = PLACE(built.record.volume)},
    {TEXT("ELocationID", take_location), .begin = begin_location},
    {.name = NULL},
};

static const struct xml_rule book_document[] = {
    {TEXT("PMID", take_pmid)},
    {.name = "ArticleIdList", .within = article_ids},
    {.name = "Book", .within = book},
    {TEXT("ArticleTitle", take), .what = PLACE(chapter)},
    {TEXT("VernacularTitle", take_listed), .what = XML_RECORD_OTHER_TITLES},
    {.name = "Pagination", .within = pagination},
    {TEXT("Language", take_language)},
    {.name = "AuthorList", .within = authors, .begin = begin_authors},
    {TEXT("PublicationType", take_type), .what = XML_RECORD_PUBLICATION_TYPES},
    {.name = "Abstract", .within = abstract},
    {.name = "KeywordList", .within = keywords},
    {.name = NULL},
};

static const struct xml_rule book_article[] = {
    {.name = "BookDocument", .within = book_document},
    {.name = "PubmedBookData", .within = pubmed_data},
    {.name = NULL},
};

static const struct xml_rule deleted[] = {
    {TEXT("PMID", take_deleted)},
    {.name = NULL},
};

#define RECORD(tag, rules) .name = tag, .within = rules, .begin = begin_record, .end = end_record

static const struct xml_rule set[] = {
    {RECORD("PubmedArticle", pubmed_article)},     {RECORD("PubmedBookArticle", book_article)},
    {RECORD("MedlineCitation", citation)},         {.name = "DeleteCitation", .within = deleted},
    {.name = "DeleteDocument", .within = deleted}, {.name = NULL},
};

static const struct xml_rule roots[] = {
    {.name = "PubmedArticleSet", .within = set},   {.name = "PubmedBookArticleSet", .within = set},
    {.name = "MedlineCitationSet", .within = set}, {RECORD("PubmedArticle", pubmed_article)},
    {RECORD("PubmedBookArticle", book_article)},   {RECORD("MedlineCitation", citation)},
    {.name = "DeleteCitation", .within = deleted}, {.name = NULL},
};

/* ---- the format ---- */

static int recognise(const char *head, size_t length)
{
    char name[XML_NAME_SIZE];
    if (!xml_root(head, length, name))
        return 0;
    for (const struct xml_rule *root = roots; root->name != NULL; root++)
        if (strcmp(root->name, name) == 0)
            return 100;
    return 0;
}

static bool read(struct input *input, const struct record_sink *sink,
                 const struct format_warnings *warnings, struct format_counts *counts,
                 struct error *err)
{
    struct pubmed pubmed = {.sink = sink, .counts = counts};
    xml_record_init(&pubmed.built);
    bool good = xml_read(input, roots, &pubmed, warnings, err);
    xml_record_release(&pubmed.built);
    buffer_release(&pubmed.abstract);
    buffer_release(&pubmed.languages);
    return good;
}

const struct format format_pubmed_xml = {
    .name = "pubmed-xml",
    .title = "PubMed XML (efetch, baseline and update files)",
    .recognise = recognise,
    .read = read,
};
