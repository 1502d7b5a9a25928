/*
 * The Retraction Watch database as Crossref gives it out: a row for each thing that befell an
 * article. The record is the article; its notice says what. Dates have the month first, an
 * identifier that is not known is 0 or "unavailable", reasons are a list "+A;+B;".
 */
#include <string.h>
#include <strings.h>

#include "importers/formats/csv_table.h"
#include "importers/formats/formats.h"
#include "importers/intake/identifier.h"

enum what {
    WHAT_ID,
    WHAT_TITLE,
    WHAT_JOURNAL,
    WHAT_AUTHORS,
    WHAT_TYPE,
    WHAT_NOTICE_DATE,
    WHAT_NOTICE_DOI,
    WHAT_NOTICE_PMID,
    WHAT_DATE,
    WHAT_DOI,
    WHAT_PMID,
    WHAT_NATURE,
    WHAT_REASON
};

static const struct csv_column columns[] = {
    {"recordid", WHAT_ID},
    {"title", WHAT_TITLE},
    {"journal", WHAT_JOURNAL},
    {"author", WHAT_AUTHORS},
    {"articletype", WHAT_TYPE},
    {"retractiondate", WHAT_NOTICE_DATE},
    {"retractiondoi", WHAT_NOTICE_DOI},
    {"retractionpubmedid", WHAT_NOTICE_PMID},
    {"originalpaperdate", WHAT_DATE},
    {"originalpaperdoi", WHAT_DOI},
    {"originalpaperpubmedid", WHAT_PMID},
    {"retractionnature", WHAT_NATURE},
    {"reason", WHAT_REASON},
    {NULL, 0},
};

/* Only the first takes an article back; the last undoes that. */
static const struct {
    const char *nature;
    enum notice_type type;
} natures[] = {
    {"Retraction", NOTICE_RETRACTION},
    {"Correction", NOTICE_CORRECTION},
    {"Expression of concern", NOTICE_CONCERN},
    {"Reinstatement", NOTICE_REINSTATEMENT},
};

static bool read_nature(const char *text, enum notice_type *type)
{
    for (size_t i = 0; text != NULL && i < sizeof natures / sizeof *natures; i++)
        if (strcasecmp(natures[i].nature, text) == 0) {
            *type = natures[i].type;
            return true;
        }
    return false;
}

/* "+A;+B;" as "A; B" */
static const char *read_reasons(struct draft *draft, const char *text)
{
    struct buffer out = {0};
    while (text != NULL && *text != '\0') {
        text += strspn(text, "+; ");
        size_t length = strcspn(text, ";");
        if (length > 0)
            buffer_printf(&out, "%s%.*s", out.length > 0 ? "; " : "", (int)length, text);
        text += length;
    }
    const char *reasons = draft_text(draft, buffer_string(&out));
    buffer_release(&out);
    return reasons;
}

static const char *read_date(const char *text, struct arena *arena)
{
    return date_write(date_read(text, DATE_ORDER_MONTH_FIRST), arena);
}

static void put_notice(struct csv_table *table, enum notice_type type)
{
    struct draft *draft = &table->draft;
    struct arena *arena = draft->arena;
    struct record_notice notice = {
        .type = type,
        .doi = identifier_doi(csv_table_value(table, WHAT_NOTICE_DOI), arena),
        .pmid = identifier_pmid(csv_table_value(table, WHAT_NOTICE_PMID), arena),
        .date = read_date(csv_table_value(table, WHAT_NOTICE_DATE), arena),
        .source = "retraction-watch",
        .reason = read_reasons(draft, csv_table_value(table, WHAT_REASON)),
    };
    draft_add_notice(draft, &notice);
    draft->record.retracted = type == NOTICE_RETRACTION;
}

static void put_types(struct draft *draft, const char *text)
{
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, ";");
        draft_add_type(draft, arena_strndup(draft->arena, text, length));
        text += length + (text[length] != '\0');
    }
}

static bool take(struct csv_table *table, struct error *err)
{
    struct draft *draft = &table->draft;
    const char *nature = csv_table_value(table, WHAT_NATURE);
    enum notice_type type;
    if (!read_nature(nature, &type))
        return csv_table_refuse(table,
                                "its RetractionNature \"%.60s\" is none of Retraction, "
                                "Correction, Expression of concern and Reinstatement",
                                nature == NULL ? "" : nature);
    draft_start(draft, "retraction-watch");
    draft_set(draft, &draft->record.source_id, csv_table_value(table, WHAT_ID));
    draft_set(draft, &draft->record.title, csv_table_value(table, WHAT_TITLE));
    draft_set(draft, &draft->record.journal, csv_table_value(table, WHAT_JOURNAL));
    draft_add_authors(draft, csv_table_value(table, WHAT_AUTHORS), NAME_GIVEN_FIRST);
    draft_set_doi(draft, csv_table_value(table, WHAT_DOI));
    draft_set_pmid(draft, csv_table_value(table, WHAT_PMID));
    draft_set_date(draft, date_read(csv_table_value(table, WHAT_DATE), DATE_ORDER_MONTH_FIRST));
    put_types(draft, csv_table_value(table, WHAT_TYPE));
    put_notice(table, type);
    return csv_table_hand_on(table, err);
}

static const struct csv_table_format format = {.columns = columns, .take = take};

static bool read_retraction_watch(struct input *input, const struct record_sink *sink,
                                  const struct format_warnings *warnings,
                                  struct format_counts *counts, struct error *err)
{
    return csv_table_read(&format, NULL, input, sink, warnings, counts, err);
}

static int recognise(const char *head, size_t length)
{
    struct csv_reader header;
    if (!csv_reader_head(head, length, &header))
        return 0;
    bool found =
        csv_reader_has(&header, "retractionnature") && csv_reader_has(&header, "originalpaperdoi");
    csv_reader_release(&header);
    return found ? 95 : 0;
}

const struct format format_retraction_watch = {
    .name = "retraction-watch",
    .title = "Retraction Watch CSV",
    .recognise = recognise,
    .read = read_retraction_watch,
};
