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

enum field {
    FIELD_PMID,
    FIELD_PMCID,
    FIELD_TITLE,
    FIELD_OTHER_TITLE,
    FIELD_ABSTRACT,
    FIELD_FULL_AUTHOR,
    FIELD_AUTHOR,
    FIELD_GROUP,
    FIELD_DATE,
    FIELD_JOURNAL,
    FIELD_ISSN,
    FIELD_VOLUME,
    FIELD_ISSUE,
    FIELD_PAGES,
    FIELD_LANGUAGE,
    FIELD_TYPE,
    FIELD_KEYWORD,
    FIELD_ARTICLE_ID,
    FIELD_REGISTRATION,
    FIELD_KEPT,
    FIELD_LEFT_OUT
};

static const struct {
    const char *tag;
    enum field field;
    enum kept kept;
} tags[] = {
    {"PMID", FIELD_PMID, 0},         {"PMC", FIELD_PMCID, 0},
    {"TI", FIELD_TITLE, 0},          {"BTI", FIELD_KEPT, KEPT_BOOK_TITLE},
    {"TT", FIELD_OTHER_TITLE, 0},    {"AB", FIELD_ABSTRACT, 0},
    {"FAU", FIELD_FULL_AUTHOR, 0},   {"AU", FIELD_AUTHOR, 0},
    {"CN", FIELD_GROUP, 0},          {"DP", FIELD_DATE, 0},
    {"JT", FIELD_JOURNAL, 0},        {"TA", FIELD_KEPT, KEPT_JOURNAL_SHORT},
    {"IS", FIELD_ISSN, 0},           {"VI", FIELD_VOLUME, 0},
    {"IP", FIELD_ISSUE, 0},          {"PG", FIELD_PAGES, 0},
    {"LA", FIELD_LANGUAGE, 0},       {"PT", FIELD_TYPE, 0},
    {"MH", FIELD_KEYWORD, 0},        {"OT", FIELD_KEYWORD, 0},
    {"AID", FIELD_ARTICLE_ID, 0},    {"LID", FIELD_ARTICLE_ID, 0},
    {"SI", FIELD_REGISTRATION, 0},   {"STAT", FIELD_KEPT, KEPT_STATUS},
    {"SO", FIELD_KEPT, KEPT_SOURCE},
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

static enum field field_of(const char *tag, enum kept *kept)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i].tag, tag) == 0) {
            *kept = tags[i].kept;
            return tags[i].field;
        }
    return FIELD_LEFT_OUT;
}

/* A star marks what the article is mainly about. */
static void take_keyword(struct draft *draft, const char *value)
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
static void take_article_id(struct draft *draft, const char *value)
{
    if (strstr(value, "[doi]") != NULL)
        draft_set_doi(draft, value);
}

static void take_type(struct draft *draft, const char *value)
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

static void take_author(struct tagged_record *record, const char *value)
{
    if (record->kept[KEPT_FULL_AUTHOR] == NULL)
        draft_add_author(&record->draft, value, NAME_FAMILY_FIRST);
    record->kept[KEPT_FULL_AUTHOR] = NULL;
}

static void take(struct tagged_record *record, const struct tag_field *field)
{
    struct draft *draft = &record->draft;
    struct record *out = &draft->record;
    const char *value = field->value;
    enum kept kept = 0;
    switch (field_of(field->tag, &kept)) {
    case FIELD_PMID:
        draft_set_pmid(draft, value);
        out->source_id = out->pmid;
        break;
    case FIELD_PMCID:
        draft_set_pmcid(draft, value);
        break;
    case FIELD_TITLE:
        draft_set(draft, &out->title, value);
        break;
    case FIELD_OTHER_TITLE:
        draft_add_title(draft, value);
        break;
    case FIELD_ABSTRACT:
        draft_add_abstract(draft, value);
        break;
    case FIELD_FULL_AUTHOR:
        draft_add_author(draft, value, NAME_FAMILY_FIRST);
        record->kept[KEPT_FULL_AUTHOR] = "told";
        break;
    case FIELD_AUTHOR:
        take_author(record, value);
        break;
    case FIELD_GROUP:
        draft_add_group(draft, value);
        break;
    case FIELD_DATE:
        draft_set_date(draft, date_read(value, DATE_ORDER_UNKNOWN));
        break;
    case FIELD_JOURNAL:
        draft_set(draft, &out->journal, value);
        break;
    case FIELD_ISSN:
        draft_set_issn(draft, value);
        break;
    case FIELD_VOLUME:
        draft_set(draft, &out->volume, value);
        break;
    case FIELD_ISSUE:
        draft_set(draft, &out->issue, value);
        break;
    case FIELD_PAGES:
        draft_set_pages(draft, value);
        break;
    case FIELD_LANGUAGE:
        draft_set(draft, &out->language, value);
        break;
    case FIELD_TYPE:
        take_type(draft, value);
        break;
    case FIELD_KEYWORD:
        take_keyword(draft, value);
        break;
    case FIELD_ARTICLE_ID:
        take_article_id(draft, value);
        break;
    case FIELD_REGISTRATION:
        draft_add_registrations(draft, value);
        break;
    case FIELD_KEPT:
        tagged_keep(record, kept, value);
        break;
    case FIELD_LEFT_OUT:
        take_notice(record, field);
        break;
    }
}

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
    .take = take,
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
