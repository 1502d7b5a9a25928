/*
 * MEDLINE's tagged text, as PubMed saves it (.nbib, "PubMed format"): "PMID- 123", a field a line,
 * six blanks in front of lines that carry one on. Tags: the National Library of Medicine's
 * "MEDLINE/PubMed Data Element (Field) Descriptions".
 */
#include <ctype.h>
#include <string.h>

#include "importers/formats/formats.h"
#include "importers/formats/pubmed_notice.h"
#include "importers/formats/tagged_records.h"
#include "importers/intake/identifier.h"

enum { SHORTEST_TAG = 2, LONGEST_TAG = 4 };

enum kept {
    KEPT_FULL_AUTHOR, /* FAU: the AU that follows is the same person */
    KEPT_JOURNAL_SHORT,
    KEPT_BOOK_TITLE,
    KEPT_STATUS, /* STAT stands in front, SO last */
    KEPT_SOURCE,
    KEPT_RETRACTION, /* another publication retracts this one … */
    KEPT_IS_NOTICE /* … which is but a notice itself: only its own type says that it is retracted */
};

/* What another publication did to this one, or this one to another, by the names that PubMed's XML
 * has for it. */
static const struct {
    const char *tag;
    const char *type;
} notices[] = {
    {"RIN", "RetractionIn"},
    {"ROF", "RetractionOf"},
    {"RRI", "RetractedandRepublishedIn"},
    {"RRF", "RetractedandRepublishedFrom"},
    {"PRIN", "PartialRetractionIn"},
    {"PROF", "PartialRetractionOf"},
    {"ECI", "ExpressionOfConcernIn"},
    {"ECF", "ExpressionOfConcernFor"},
    {"EIN", "ErratumIn"},
    {"EFR", "ErratumFor"},
    {"CRI", "CorrectedandRepublishedIn"},
    {"CRF", "CorrectedandRepublishedFrom"},
};

static const char retracted_type[] = "Retracted Publication";

/* ---- lines ---- */

static size_t tag_of_line(const char *line, size_t *value)
{
    size_t length = 0;
    while (isupper((unsigned char)line[length]) ||
           (length > 0 && isdigit((unsigned char)line[length])))
        length++;
    size_t hyphen = length + strspn(line + length, " ");
    if (length < SHORTEST_TAG || hyphen > LONGEST_TAG || line[hyphen] != '-' ||
        (line[hyphen + 1] != ' ' && line[hyphen + 1] != '\0' && line[hyphen + 1] != '\n'))
        return 0;
    *value = hyphen + 1;
    return length;
}

static bool carries_on(const char *line, const char *tag)
{
    return tag[0] != '\0' && (line[0] == ' ' || line[0] == '\t');
}

/* ---- fields ---- */

/* A star marks what the article is mainly about. */
static void add_keyword(struct draft *draft, const char *value)
{
    char *keyword = arena_strdup(draft->arena, value);
    char *out = keyword;
    for (const char *at = value; *at != '\0'; at++)
        if (*at != '*')
            *out++ = *at;
    *out = '\0';
    draft_add_keyword(draft, keyword);
}

/* "10.1186/1471-2105-7-10 [doi]", and other kinds of number. */
static void set_article_id(struct draft *draft, const char *value)
{
    if (strstr(value, "[doi]") != NULL)
        draft_set_doi(draft, value);
}

static void add_type(struct draft *draft, const char *value)
{
    draft_add_type(draft, value);
    if (strcmp(value, retracted_type) == 0)
        draft->record.retracted = true;
}

static void take_notice_of_type(struct tagged_record *record, const char *type, const char *text)
{
    struct draft *draft = &record->draft;
    struct pubmed_notice notice;
    if (!pubmed_notice_begin(&notice, type, strlen(type)))
        return;
    const char *number = strstr(text, "PMID:");
    if (number != NULL)
        notice.notice.pmid = identifier_pmid(number, draft->arena);
    notice.reference = draft_text(draft, text);
    pubmed_notice_end(&notice, draft->arena);
    if (notice.is_all_there_is)
        tagged_keep(record, KEPT_IS_NOTICE, type);
    if (notice.is_update) {
        draft_add_update(draft, &notice.notice);
        return;
    }
    if (notice.retracts)
        tagged_keep(record, KEPT_RETRACTION, type);
    draft_add_notice(draft, &notice.notice);
}

static void take_notice(struct tagged_record *record, const struct tag_field *field)
{
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++)
        if (strcmp(notices[i].tag, field->tag) == 0)
            take_notice_of_type(record, notices[i].type, field->value);
}

static void take_full_author(struct tagged_record *record, const struct tag_field *field)
{
    draft_add_author(&record->draft, field->value, NAME_FAMILY_FIRST);
    record->kept[KEPT_FULL_AUTHOR] = "told";
}

static void take_author(struct tagged_record *record, const struct tag_field *field)
{
    if (record->kept[KEPT_FULL_AUTHOR] == NULL)
        draft_add_author(&record->draft, field->value, NAME_FAMILY_FIRST);
    record->kept[KEPT_FULL_AUTHOR] = NULL;
}

static void take_pmid(struct tagged_record *record, const struct tag_field *field)
{
    draft_set_pmid(&record->draft, field->value);
    record->draft.record.source_id = record->draft.record.pmid;
}

static const struct tag_meaning tags[] = {
    {.tag = "PMID", .take = take_pmid},
    {.tag = "PMC", .set = draft_set_pmcid},
    {.tag = "TI", .set = draft_set_title},
    {.tag = "BTI", .keep = KEPT_BOOK_TITLE},
    {.tag = "TT", .set = draft_add_title},
    {.tag = "AB", .set = draft_add_abstract},
    {.tag = "FAU", .take = take_full_author},
    {.tag = "AU", .take = take_author},
    {.tag = "CN", .set = draft_add_group},
    {.tag = "DP", .set = draft_set_date_text},
    {.tag = "JT", .set = draft_set_journal},
    {.tag = "TA", .keep = KEPT_JOURNAL_SHORT},
    {.tag = "IS", .set = draft_set_issn},
    {.tag = "VI", .set = draft_set_volume},
    {.tag = "IP", .set = draft_set_issue},
    {.tag = "PG", .set = draft_set_pages},
    {.tag = "LA", .set = draft_set_language},
    {.tag = "PT", .set = add_type},
    {.tag = "MH", .set = add_keyword},
    {.tag = "OT", .set = add_keyword},
    {.tag = "AID", .set = set_article_id},
    {.tag = "LID", .set = set_article_id},
    {.tag = "SI", .set = draft_add_registrations},
    {.tag = "STAT", .keep = KEPT_STATUS},
    {.tag = "SO", .keep = KEPT_SOURCE},
    {.tag = "RIN", .take = take_notice},
    {.tag = "ROF", .take = take_notice},
    {.tag = "RRI", .take = take_notice},
    {.tag = "RRF", .take = take_notice},
    {.tag = "PRIN", .take = take_notice},
    {.tag = "PROF", .take = take_notice},
    {.tag = "ECI", .take = take_notice},
    {.tag = "ECF", .take = take_notice},
    {.tag = "EIN", .take = take_notice},
    {.tag = "EFR", .take = take_notice},
    {.tag = "CRI", .take = take_notice},
    {.tag = "CRF", .take = take_notice},
};

static void finish(struct tagged_record *record)
{
    struct draft *draft = &record->draft;
    draft_set(draft, &draft->record.title, record->kept[KEPT_BOOK_TITLE]);
    draft_set(draft, &draft->record.journal, record->kept[KEPT_JOURNAL_SHORT]);
    if (record->kept[KEPT_RETRACTION] != NULL && record->kept[KEPT_IS_NOTICE] == NULL)
        draft->record.retracted = true;
}

static bool is_whole(const struct tagged_record *record)
{
    return record->kept[KEPT_STATUS] == NULL || record->kept[KEPT_SOURCE] != NULL;
}

/* ---- the format ---- */

static const struct tagged_format nbib = {
    .source = "nbib",
    .syntax = {.tag = tag_of_line, .carries_on = carries_on, .joint = ' '},
    .begins = "PMID",
    .tags = tags,
    .tag_count = sizeof tags / sizeof *tags,
    .finish = finish,
    .is_whole = is_whole,
};

static int recognise(const char *head, size_t length)
{
    struct buffer text = {0};
    bool found = false;
    size_t tagged = 0, value;
    text_stream_head(head, length, &text);
    for (const char *line = buffer_string(&text); line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        tagged += tag_of_line(line, &value) > 0;
        found = found || (strncmp(line, "PMID- ", 6) == 0 && isdigit((unsigned char)line[6]));
    }
    buffer_release(&text);
    return found && tagged >= 2 ? 95 : 0;
}

static bool read_nbib(struct input *input, const struct record_sink *sink,
                      const struct format_warnings *warnings, struct format_counts *counts,
                      struct error *err)
{
    return tagged_records_read(&nbib, input, sink, warnings, counts, err);
}

const struct format format_nbib = {
    .name = "nbib",
    .title = "MEDLINE / PubMed tagged text (.nbib)",
    .recognise = recognise,
    .read = read_nbib,
};
