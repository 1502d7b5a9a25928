/*
 * Web of Science's tagged text: "FN …", "VR 1.0", records from PT to ER, "EF". Three blanks in
 * front of lines that carry a field on, of which each is an author of its own in AU and AF.
 */
#include <ctype.h>
#include <string.h>

#include "importers/formats/formats.h"
#include "importers/formats/tagged_records.h"
#include "importers/intake/identifier.h"

enum { TAG_LENGTH = 2 };

enum kept { KEPT_FULL_AUTHORS, KEPT_AUTHORS, KEPT_ARTICLE_NUMBER, KEPT_MONTH };

/* ---- lines ---- */

static size_t tag_of_line(const char *line, size_t *value)
{
    bool letters = isupper((unsigned char)line[0]) &&
                   (isupper((unsigned char)line[1]) || isdigit((unsigned char)line[1]));
    if (!letters || (line[2] != ' ' && line[2] != '\0' && line[2] != '\n'))
        return 0;
    *value = TAG_LENGTH;
    return TAG_LENGTH;
}

static bool carries_on(const char *line, const char *tag)
{
    return tag[0] != '\0' && strncmp(line, "  ", 2) == 0;
}

/* ---- fields ---- */

static void add_types(struct draft *draft, const char *value)
{
    for (; *value != '\0'; value += strspn(value, "; \n")) {
        size_t length = strcspn(value, ";\n");
        draft_add_type(draft, arena_strndup(draft->arena, value, length));
        value += length;
    }
}

static const char *on_one_line(struct draft *draft, const char *value)
{
    char *line = arena_strdup(draft->arena, value);
    for (char *at = line; (at = strchr(at, '\n')) != NULL;)
        *at = ' ';
    return line;
}

/* A line may end within a keyword. */
static void add_keywords(struct draft *draft, const char *value)
{
    draft_add_keywords(draft, on_one_line(draft, value), ";");
}

static void add_abstract(struct draft *draft, const char *value)
{
    draft_add_abstract(draft, on_one_line(draft, value));
}

static const struct tag_meaning tags[] = {
    {.tag = "TI", .set = draft_set_title},      {.tag = "SO", .set = draft_set_journal},
    {.tag = "LA", .set = draft_set_language},   {.tag = "DT", .set = add_types},
    {.tag = "DE", .set = add_keywords},         {.tag = "ID", .set = add_keywords},
    {.tag = "AB", .set = add_abstract},         {.tag = "CA", .set = draft_add_group},
    {.tag = "SN", .set = draft_set_issn},       {.tag = "EI", .set = draft_set_issn},
    {.tag = "PY", .set = draft_set_date_text},  {.tag = "VL", .set = draft_set_volume},
    {.tag = "IS", .set = draft_set_issue},      {.tag = "BP", .set = draft_set_first_page},
    {.tag = "EP", .set = draft_set_last_page},  {.tag = "DI", .set = draft_set_doi},
    {.tag = "PM", .set = draft_set_pmid},       {.tag = "UT", .set = draft_set_source_id},
    {.tag = "AF", .keep = KEPT_FULL_AUTHORS},   {.tag = "AU", .keep = KEPT_AUTHORS},
    {.tag = "AR", .keep = KEPT_ARTICLE_NUMBER}, {.tag = "PD", .keep = KEPT_MONTH},
};

static void add_authors(struct draft *draft, const char *names)
{
    while (names != NULL && *names != '\0') {
        size_t length = strcspn(names, "\n");
        draft_add_author(draft, arena_strndup(draft->arena, names, length), NAME_FAMILY_FIRST);
        names += length + (names[length] != '\0');
    }
}

static void finish(struct tagged_record *record)
{
    struct draft *draft = &record->draft;
    const char *const *kept = record->kept;
    bool full = kept[KEPT_FULL_AUTHORS] != NULL;
    add_authors(draft, full ? kept[KEPT_FULL_AUTHORS] : kept[KEPT_AUTHORS]);
    if (draft->first_page == NULL)
        draft_set(draft, &draft->first_page, kept[KEPT_ARTICLE_NUMBER]);
    draft_set_date(draft, date_read(kept[KEPT_MONTH], DATE_ORDER_UNKNOWN));
}

/* ---- the format ---- */

static const struct tagged_format web_of_science = {
    .source = "web-of-science",
    .syntax = {.tag = tag_of_line, .carries_on = carries_on, .joint = '\n'},
    .begins = "PT",
    .ends = "ER",
    .around = " FN VR EF ",
    .tags = tags,
    .tag_count = sizeof tags / sizeof *tags,
    .finish = finish,
};

/* "FN …" first, or a record's first lines. */
static int recognise(const char *head, size_t length)
{
    struct buffer text = {0};
    text_stream_head(head, length, &text);
    const char *start = buffer_string(&text);
    start += strspn(start, "\n ");
    bool named = strncmp(start, "FN ", 3) == 0 && strstr(start, "\nPT ") != NULL;
    bool bare = strncmp(start, "PT ", 3) == 0 && strstr(start, "\nAU ") != NULL;
    buffer_release(&text);
    return named ? 95 : bare ? 60 : 0;
}

static bool read_web_of_science(struct input *input, const struct record_sink *sink,
                                const struct format_warnings *warnings,
                                struct format_counts *counts, struct error *err)
{
    return tagged_records_read(&web_of_science, input, sink, warnings, counts, err);
}

const struct format format_web_of_science = {
    .name = "web-of-science",
    .title = "Web of Science tagged text",
    .recognise = recognise,
    .read = read_web_of_science,
};
