#include "importers/formats/pubmed_xml.h"

#include <string.h>

#include "importers/formats/pubmed_record.h"

/* ---- what stands where ---- */

#define PLACE(member)       offsetof(struct pubmed, member)
#define TEXT(tag, function) .name = (tag), .text = true, .end = (function)

#define DATE_RULES(member)                                                                         \
    {                                                                                              \
        {TEXT("Year", pubmed_take), .what = PLACE(member.year)},                                   \
            {TEXT("Month", pubmed_take), .what = PLACE(member.month)},                             \
            {TEXT("Day", pubmed_take), .what = PLACE(member.day)},                                 \
            {TEXT("MedlineDate", pubmed_take), .what = PLACE(member.words)}, {.name = NULL},       \
    }

static const struct xml_rule issue_date[] = DATE_RULES(issue);
static const struct xml_rule electronic_date[] = DATE_RULES(electronic);

static const struct xml_rule author[] = {
    {TEXT("LastName", pubmed_take), .what = PLACE(author.family)},
    {TEXT("ForeName", pubmed_take), .what = PLACE(author.given)},
    {TEXT("Initials", pubmed_take), .what = PLACE(initials)},
    {TEXT("Suffix", pubmed_take), .what = PLACE(suffix)},
    {TEXT("CollectiveName", pubmed_take), .what = PLACE(author.group)},
    {.name = NULL},
};

static const struct xml_rule authors[] = {
    {.name = "Author", .within = author, .begin = pubmed_begin_author, .end = pubmed_end_author},
    {.name = NULL},
};

static const struct xml_rule issue[] = {
    {TEXT("Volume", pubmed_take), .what = PLACE(built.record.volume)},
    {TEXT("Issue", pubmed_take), .what = PLACE(built.record.issue)},
    {.name = "PubDate", .within = issue_date},
    {.name = NULL},
};

static const struct xml_rule journal[] = {
    {TEXT("ISSN", pubmed_take_first), .what = PLACE(built.record.issn)},
    {.name = "JournalIssue", .within = issue},
    {TEXT("Title", pubmed_take), .what = PLACE(built.record.journal)},
    {TEXT("ISOAbbreviation", pubmed_take_first), .what = PLACE(built.record.journal)},
    {.name = NULL},
};

static const struct xml_rule pagination[] = {
    {TEXT("MedlinePgn", pubmed_take), .what = PLACE(built.record.pages)},
    {TEXT("StartPage", pubmed_take), .what = PLACE(first_page)},
    {TEXT("EndPage", pubmed_take), .what = PLACE(last_page)},
    {.name = NULL},
};

static const struct xml_rule abstract[] = {
    {TEXT("AbstractText", pubmed_take_paragraph), .begin = pubmed_begin_paragraph},
    {.name = NULL},
};

static const struct xml_rule accession_numbers[] = {
    {TEXT("AccessionNumber", pubmed_take_accession)},
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
    {TEXT("PublicationType", pubmed_take_type), .what = XML_RECORD_PUBLICATION_TYPES},
    {.name = NULL},
};

static const struct xml_rule article[] = {
    {.name = "Journal", .within = journal},
    {TEXT("ArticleTitle", pubmed_take), .what = PLACE(built.record.title)},
    {TEXT("VernacularTitle", pubmed_take_listed), .what = XML_RECORD_OTHER_TITLES},
    {.name = "Pagination", .within = pagination},
    {TEXT("ELocationID", pubmed_take_location), .begin = pubmed_begin_location},
    {.name = "Abstract", .within = abstract},
    {.name = "AuthorList", .within = authors, .begin = pubmed_begin_authors},
    {TEXT("Language", pubmed_take_language)},
    {.name = "DataBankList", .within = data_banks},
    {.name = "PublicationTypeList", .within = publication_types},
    {.name = "ArticleDate", .within = electronic_date},
    {.name = NULL},
};

static const struct xml_rule journal_info[] = {
    {TEXT("MedlineTA", pubmed_take_first), .what = PLACE(built.record.journal)},
    {TEXT("ISSNLinking", pubmed_take_first), .what = PLACE(built.record.issn)},
    {.name = NULL},
};

static const struct xml_rule comment[] = {
    {TEXT("RefSource", pubmed_take), .what = PLACE(notice.reference)},
    {TEXT("PMID", pubmed_take_comment_pmid)},
    {TEXT("Note", pubmed_take), .what = PLACE(notice.notice.reason)},
    {.name = NULL},
};

static const struct xml_rule comments[] = {
    {.name = "CommentsCorrections",
     .within = comment,
     .begin = pubmed_begin_comment,
     .end = pubmed_end_comment},
    {.name = NULL},
};

static const struct xml_rule heading[] = {
    {TEXT("DescriptorName", pubmed_take_listed), .what = XML_RECORD_KEYWORDS},
    {.name = NULL},
};

static const struct xml_rule headings[] = {
    {.name = "MeshHeading", .within = heading},
    {.name = NULL},
};

static const struct xml_rule keywords[] = {
    {TEXT("Keyword", pubmed_take_listed), .what = XML_RECORD_KEYWORDS},
    {.name = NULL},
};

static const struct xml_rule citation[] = {
    {TEXT("PMID", pubmed_take_pmid)},
    {.name = "Article", .within = article},
    {.name = "MedlineJournalInfo", .within = journal_info},
    {.name = "CommentsCorrectionsList", .within = comments},
    {.name = "MeshHeadingList", .within = headings},
    {.name = "KeywordList", .within = keywords},
    {.name = NULL},
};

static const struct xml_rule article_ids[] = {
    {TEXT("ArticleId", pubmed_take_article_id), .begin = pubmed_begin_article_id},
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
    {TEXT("BookTitle", pubmed_take), .what = PLACE(book)},
    {.name = "PubDate", .within = issue_date},
    {.name = "AuthorList", .within = authors, .begin = pubmed_begin_authors},
    {TEXT("Volume", pubmed_take), .what = PLACE(built.record.volume)},
    {TEXT("ELocationID", pubmed_take_location), .begin = pubmed_begin_location},
    {.name = NULL},
};

static const struct xml_rule book_document[] = {
    {TEXT("PMID", pubmed_take_pmid)},
    {.name = "ArticleIdList", .within = article_ids},
    {.name = "Book", .within = book},
    {TEXT("ArticleTitle", pubmed_take), .what = PLACE(chapter)},
    {TEXT("VernacularTitle", pubmed_take_listed), .what = XML_RECORD_OTHER_TITLES},
    {.name = "Pagination", .within = pagination},
    {TEXT("Language", pubmed_take_language)},
    {.name = "AuthorList", .within = authors, .begin = pubmed_begin_authors},
    {TEXT("PublicationType", pubmed_take_type), .what = XML_RECORD_PUBLICATION_TYPES},
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
    {TEXT("PMID", pubmed_take_deleted)},
    {.name = NULL},
};

#define RECORD(tag, rules)                                                                         \
    .name = (tag), .within = (rules), .begin = pubmed_begin_record, .end = pubmed_end_record

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
