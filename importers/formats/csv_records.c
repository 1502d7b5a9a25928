/*
 * CSV with bibliographic columns, whoever wrote it: Zotero, Rayyan, ASReview, Covidence, Embase,
 * Scopus, PubMed's website and people. Columns are known by their names alone, in any order.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/csv_table.h"
#include "importers/formats/formats.h"
#include "importers/formats/screening_label.h"
#include "importers/intake/identifier.h"

enum what {
    WHAT_TITLE,
    WHAT_OTHER_TITLE,
    WHAT_AUTHORS,
    WHAT_YEAR,
    WHAT_MONTH,
    WHAT_DAY,
    WHAT_DATE,
    WHAT_JOURNAL,
    WHAT_SHORT_JOURNAL,
    WHAT_CITATION,
    WHAT_VOLUME,
    WHAT_ISSUE,
    WHAT_PAGES,
    WHAT_FIRST_PAGE,
    WHAT_LAST_PAGE,
    WHAT_ARTICLE_NUMBER,
    WHAT_DOI,
    WHAT_PMID,
    WHAT_PMCID,
    WHAT_ISSN,
    WHAT_ADDRESS,
    WHAT_OPEN_URL,
    WHAT_LANGUAGE,
    WHAT_ABSTRACT,
    WHAT_KEYWORDS,
    WHAT_TYPE,
    WHAT_NOTES,
    WHAT_EXTRA,
    WHAT_KEY,
    WHAT_REGISTRATION,
    WHAT_INCLUDED,
    WHAT_ASREVIEW_LABEL,
    WHAT_WHO,
};

static const struct csv_column columns[] = {
    {"title", WHAT_TITLE},
    {"articletitle", WHAT_TITLE},
    {"documenttitle", WHAT_TITLE},
    {"primarytitle", WHAT_TITLE},
    {"ti", WHAT_TITLE},
    {"originaltitle", WHAT_OTHER_TITLE},
    {"translatedtitle", WHAT_OTHER_TITLE},
    {"authors", WHAT_AUTHORS},
    {"author", WHAT_AUTHORS},
    {"authornames", WHAT_AUTHORS},
    {"au", WHAT_AUTHORS},
    {"year", WHAT_YEAR},
    {"publicationyear", WHAT_YEAR},
    {"publishedyear", WHAT_YEAR},
    {"pubyear", WHAT_YEAR},
    {"yearofpublication", WHAT_YEAR},
    {"py", WHAT_YEAR},
    {"month", WHAT_MONTH},
    {"publishedmonth", WHAT_MONTH},
    {"day", WHAT_DAY},
    {"date", WHAT_DATE},
    {"publicationdate", WHAT_DATE},
    {"dateofpublication", WHAT_DATE},
    {"datepublished", WHAT_DATE},
    {"journal", WHAT_JOURNAL},
    {"journalbook", WHAT_JOURNAL},
    {"journaltitle", WHAT_JOURNAL},
    {"journalname", WHAT_JOURNAL},
    {"publicationtitle", WHAT_JOURNAL},
    {"publicationname", WHAT_JOURNAL},
    {"sourcetitle", WHAT_JOURNAL},
    {"secondarytitle", WHAT_JOURNAL},
    {"containertitle", WHAT_JOURNAL},
    {"so", WHAT_JOURNAL},
    {"journalabbreviation", WHAT_SHORT_JOURNAL},
    {"abbreviatedsourcetitle", WHAT_SHORT_JOURNAL},
    {"source", WHAT_CITATION},
    {"volume", WHAT_VOLUME},
    {"issue", WHAT_ISSUE},
    {"issuenumber", WHAT_ISSUE},
    {"number", WHAT_ISSUE},
    {"pages", WHAT_PAGES},
    {"page", WHAT_PAGES},
    {"pagerange", WHAT_PAGES},
    {"pagestart", WHAT_FIRST_PAGE},
    {"startpage", WHAT_FIRST_PAGE},
    {"firstpage", WHAT_FIRST_PAGE},
    {"pageend", WHAT_LAST_PAGE},
    {"endpage", WHAT_LAST_PAGE},
    {"lastpage", WHAT_LAST_PAGE},
    {"artno", WHAT_ARTICLE_NUMBER},
    {"articlenumber", WHAT_ARTICLE_NUMBER},
    {"doi", WHAT_DOI},
    {"di", WHAT_DOI},
    {"pmid", WHAT_PMID},
    {"pubmedid", WHAT_PMID},
    {"medlinepmid", WHAT_PMID},
    {"pm", WHAT_PMID},
    {"pmcid", WHAT_PMCID},
    {"issn", WHAT_ISSN},
    {"issns", WHAT_ISSN},
    {"url", WHAT_ADDRESS},
    {"urls", WHAT_ADDRESS},
    {"link", WHAT_ADDRESS},
    {"externalurl", WHAT_ADDRESS},
    {"fulltextlink", WHAT_ADDRESS},
    {"openurllink", WHAT_OPEN_URL},
    {"language", WHAT_LANGUAGE},
    {"languageoforiginaldocument", WHAT_LANGUAGE},
    {"articlelanguage", WHAT_LANGUAGE},
    {"abstract", WHAT_ABSTRACT},
    {"abstractnote", WHAT_ABSTRACT},
    {"ab", WHAT_ABSTRACT},
    {"keywords", WHAT_KEYWORDS},
    {"keyword", WHAT_KEYWORDS},
    {"authorkeywords", WHAT_KEYWORDS},
    {"indexkeywords", WHAT_KEYWORDS},
    {"meshterms", WHAT_KEYWORDS},
    {"meshheadings", WHAT_KEYWORDS},
    {"manualtags", WHAT_KEYWORDS},
    {"automatictags", WHAT_KEYWORDS},
    {"emtreedrugindextermsmajorfocus", WHAT_KEYWORDS},
    {"emtreedrugindexterms", WHAT_KEYWORDS},
    {"emtreemedicalindextermsmajorfocus", WHAT_KEYWORDS},
    {"emtreemedicalindexterms", WHAT_KEYWORDS},
    {"itemtype", WHAT_TYPE},
    {"documenttype", WHAT_TYPE},
    {"publicationtype", WHAT_TYPE},
    {"publicationtypes", WHAT_TYPE},
    {"typeofwork", WHAT_TYPE},
    {"notes", WHAT_NOTES},
    {"note", WHAT_NOTES},
    {"extra", WHAT_EXTRA},
    {"key", WHAT_KEY},
    {"eid", WHAT_KEY},
    {"utuniquewosid", WHAT_KEY},
    {"clinicaltrialnumbers", WHAT_REGISTRATION},
    {"clinicaltrialnumber", WHAT_REGISTRATION},
    {"included", WHAT_INCLUDED},
    {"include", WHAT_INCLUDED},
    {"labelincluded", WHAT_INCLUDED},
    {"includedlabel", WHAT_INCLUDED},
    {"finalincluded", WHAT_INCLUDED},
    {"asreviewlabel", WHAT_ASREVIEW_LABEL},
    {"asreviewusername", WHAT_WHO},
    {NULL, 0},
};

/* ---- parts of fields ---- */

static void each_value(struct csv_table *table, int what,
                       void (*take)(struct draft *draft, const char *value))
{
    for (size_t i = 0; i < table->width; i++)
        if (table->whats[i] == what && *csv_reader_field(&table->csv, i) != '\0')
            take(&table->draft, csv_reader_field(&table->csv, i));
}

/* Semicolons where there are any, else commas outside of brackets: "cyst (diagnosis, surgery),
 * age". Stars mark what an article is mainly about. */
static void take_keywords(struct draft *draft, const char *value)
{
    char separator = strchr(value, ';') != NULL ? ';' : ',';
    int depth = 0;
    struct buffer keyword = {0};
    for (const char *at = value;; at++) {
        depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
        bool ends =
            *at == '\0' || *at == '\n' || (*at == separator && (depth <= 0 || separator == ';'));
        if (ends) {
            draft_add_keyword(draft, buffer_string(&keyword));
            buffer_clear(&keyword);
        } else if (*at != '*') {
            buffer_byte(&keyword, *at);
        }
        if (*at == '\0')
            break;
    }
    buffer_release(&keyword);
}

static void take_types(struct draft *draft, const char *value)
{
    while (*value != '\0') {
        size_t length = strcspn(value, ";\n");
        draft_add_type(draft, arena_strndup(draft->arena, value, length));
        value += length + (value[length] != '\0');
    }
}

/* Digits in a column for PMCIDs need not say PMC. */
static void take_pmcid(struct draft *draft, const char *value)
{
    bool digits = value[strspn(value, "0123456789")] == '\0';
    draft_set_pmcid(draft, digits ? arena_printf(draft->arena, "PMC%s", value) : value);
}

/* Zotero's Extra is "Place: United States PMID: 35319117  PMCID: PMC9151451", lines or not. */
static void take_extra(struct draft *draft, const char *value)
{
    static const struct {
        const char *label;
        void (*set)(struct draft *draft, const char *text);
    } labels[] = {{"PMID:", draft_set_pmid}, {"PMCID:", draft_set_pmcid}, {"DOI:", draft_set_doi}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        const char *at = strstr(value, labels[i].label);
        if (at == NULL || (at > value && !isspace((unsigned char)at[-1])))
            continue;
        at += strlen(labels[i].label);
        at += strspn(at, " ");
        const char *word = arena_strndup(draft->arena, at, strcspn(at, " \n"));
        labels[i].set(draft, word);
    }
    draft_add_notes(draft, value);
}

/* Embase's link resolver address names the reference's own DOI: "…&id=doi:10.1000%2Fx&…". */
static void take_open_url(struct draft *draft, const char *value)
{
    const char *at = strstr(value, "id=doi:");
    if (at == NULL)
        return;
    at += strlen("id=doi:");
    draft_set_doi(draft, arena_strndup(draft->arena, at, strcspn(at, "&")));
}

/* Keys that are the same in every file: Rayyan's, Scopus's, Web of Science's, Zotero's random one.
 */
static void take_key(struct draft *draft, const char *value)
{
    bool zotero =
        strlen(value) == 8 && value[strspn(value, "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ")] == '\0';
    if (zotero || strncmp(value, "rayyan-", 7) == 0 || strncmp(value, "2-s2.0-", 7) == 0 ||
        strncmp(value, "WOS:", 4) == 0)
        draft_set(draft, &draft->record.source_id, value);
}

/* "Endoscopic Ultrasound (2014) 3:3 (152-160). Date of Publication: 2014" */
static void take_citation(struct draft *draft, const char *value)
{
    struct record *out = &draft->record;
    const char *year = strstr(value, " (");
    while (year != NULL && !(strspn(year + 2, "0123456789") == 4 && year[6] == ')'))
        year = strstr(year + 2, " (");
    if (year == NULL || year == value)
        return;
    draft_set(draft, &out->journal, arena_strndup(draft->arena, value, (size_t)(year - value)));
    draft_set_date(draft, date_read(arena_strndup(draft->arena, year + 2, 4), DATE_ORDER_UNKNOWN));
    const char *rest = year + 7;
    rest += strspn(rest, " ");
    size_t volume = strcspn(rest, ": .(");
    draft_set(draft, &out->volume, arena_strndup(draft->arena, rest, volume));
    rest += volume;
    if (*rest == ':') {
        size_t issue = strcspn(++rest, " .(");
        draft_set(draft, &out->issue, arena_strndup(draft->arena, rest, issue));
        rest += issue;
    }
    if (strncmp(rest, " (", 2) == 0)
        draft_set_pages(draft, arena_strndup(draft->arena, rest + 2, strcspn(rest + 2, ")")));
    const char *date = strstr(rest, "Date of Publication: ");
    if (date != NULL)
        draft_set_date(draft,
                       date_read(date + strlen("Date of Publication: "), DATE_ORDER_UNKNOWN));
}

/* ---- the row ---- */

static void put_dates(struct csv_table *table)
{
    struct draft *draft = &table->draft;
    draft_set_date(draft, date_read(csv_table_value(table, WHAT_YEAR), DATE_ORDER_UNKNOWN));
    draft_set_date(draft, date_read(csv_table_value(table, WHAT_DATE), DATE_ORDER_UNKNOWN));
    struct date part = {.month = date_month(csv_table_value(table, WHAT_MONTH))};
    if (part.month == 0)
        return;
    int day = csv_reader_count(&table->csv, csv_table_index(table, WHAT_DAY), NULL);
    if (day >= 1 && day <= 31 && draft->date.year > 0)
        part = date_read(
            arena_printf(draft->arena, "%04d-%02d-%02d", draft->date.year, part.month, day),
            DATE_ORDER_UNKNOWN);
    draft_set_date(draft, part);
}

static void put_decision(struct csv_table *table)
{
    struct draft *draft = &table->draft;
    struct record_label own = {
        .who = draft_text(draft, csv_table_value(table, WHAT_WHO)),
        .decision = screening_decision_of_number(csv_table_value(table, WHAT_ASREVIEW_LABEL)),
    };
    struct record_label other = {
        .decision = screening_decision_of_number(csv_table_value(table, WHAT_INCLUDED)),
    };
    if (own.who == NULL)
        own.who = "ASReview";
    if (own.decision != NULL)
        draft_add_label(draft, &own);
    else if (other.decision != NULL)
        draft_add_label(draft, &other);
}

static void put_place(struct csv_table *table)
{
    struct draft *draft = &table->draft;
    struct record *out = &draft->record;
    draft_set(draft, &out->journal, csv_table_value(table, WHAT_JOURNAL));
    draft_set(draft, &out->journal, csv_table_value(table, WHAT_SHORT_JOURNAL));
    draft_set(draft, &out->volume, csv_table_value(table, WHAT_VOLUME));
    draft_set(draft, &out->issue, csv_table_value(table, WHAT_ISSUE));
    draft_set_pages(draft, csv_table_value(table, WHAT_PAGES));
    draft_set(draft, &draft->first_page, csv_table_value(table, WHAT_FIRST_PAGE));
    draft_set(draft, &draft->first_page, csv_table_value(table, WHAT_ARTICLE_NUMBER));
    draft_set(draft, &draft->last_page, csv_table_value(table, WHAT_LAST_PAGE));
    draft_set_issn(draft, csv_table_value(table, WHAT_ISSN));
    draft_set(draft, &out->language, csv_table_value(table, WHAT_LANGUAGE));
}

static bool take(struct csv_table *table, struct error *err)
{
    struct draft *draft = &table->draft;
    draft_start(draft, "csv");
    each_value(table, WHAT_KEY, take_key);
    draft_set(draft, &draft->record.title, csv_table_value(table, WHAT_TITLE));
    each_value(table, WHAT_OTHER_TITLE, draft_add_title);
    draft_add_authors(draft, csv_table_value(table, WHAT_AUTHORS), NAME_FAMILY_FIRST);
    put_dates(table);
    put_place(table);
    each_value(table, WHAT_CITATION, take_citation);
    draft_set_doi(draft, csv_table_value(table, WHAT_DOI));
    draft_set_pmid(draft, csv_table_value(table, WHAT_PMID));
    each_value(table, WHAT_PMCID, take_pmcid);
    each_value(table, WHAT_ADDRESS, draft_set_address);
    each_value(table, WHAT_OPEN_URL, take_open_url);
    each_value(table, WHAT_EXTRA, take_extra);
    each_value(table, WHAT_REGISTRATION, draft_add_registrations);
    draft_add_abstract(draft, csv_table_value(table, WHAT_ABSTRACT));
    each_value(table, WHAT_KEYWORDS, take_keywords);
    each_value(table, WHAT_TYPE, take_types);
    each_value(table, WHAT_NOTES, draft_add_notes);
    put_decision(table);
    return csv_table_hand_on(table, err);
}

static const struct csv_table_format format = {.columns = columns, .take = take};

static bool read_csv(struct input *input, const struct record_sink *sink,
                     const struct format_warnings *warnings, struct format_counts *counts,
                     struct error *err)
{
    return csv_table_read(&format, NULL, input, sink, warnings, counts, err);
}

/* A title, and at least two more columns that are known. */
static int recognise(const char *head, size_t length)
{
    struct csv_reader header;
    size_t known = 0;
    bool titled = false;
    if (!csv_reader_head(head, length, &header))
        return 0;
    int *whats = csv_reader_columns(&header, columns);
    for (size_t i = 0; i < header.count; i++) {
        titled = titled || whats[i] == WHAT_TITLE;
        known += whats[i] != CSV_NO_COLUMN;
    }
    free(whats);
    csv_reader_release(&header);
    return titled && known >= 3 ? 60 : 0;
}

const struct format format_csv = {
    .name = "csv",
    .title = "CSV with bibliographic columns (Zotero, Rayyan, ASReview, Embase, Scopus, PubMed)",
    .recognise = recognise,
    .read = read_csv,
};
