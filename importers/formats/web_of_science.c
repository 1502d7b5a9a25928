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

static void set_title(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.title, value);
}

static void set_journal(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.journal, value);
}

static void set_language(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.language, value);
}

static void set_volume(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.volume, value);
}

static void set_issue(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.issue, value);
}

static void set_first_page(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->first_page, value);
}

static void set_last_page(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->last_page, value);
}

static void set_accession(struct draft *draft, const char *value)
{
    draft_set(draft, &draft->record.source_id, value);
}

static void set_year(struct draft *draft, const char *value)
{
    draft_set_date(draft, date_read(value, DATE_ORDER_UNKNOWN));
}

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

static const struct {
    char tag[TAG_LENGTH + 1];
    void (*take)(struct draft *draft, const char *value);
} tags[] = {
    {"TI", set_title},      {"SO", set_journal},    {"LA", set_language},  {"DT", add_types},
    {"DE", add_keywords},   {"ID", add_keywords},   {"AB", add_abstract},  {"CA", draft_add_group},
    {"SN", draft_set_issn}, {"EI", draft_set_issn}, {"PY", set_year},      {"VL", set_volume},
    {"IS", set_issue},      {"BP", set_first_page}, {"EP", set_last_page}, {"DI", draft_set_doi},
    {"PM", draft_set_pmid}, {"UT", set_accession},
};

static const struct {
    char tag[TAG_LENGTH + 1];
    enum kept kept;
} kept_tags[] = {
    {"AF", KEPT_FULL_AUTHORS},
    {"AU", KEPT_AUTHORS},
    {"AR", KEPT_ARTICLE_NUMBER},
    {"PD", KEPT_MONTH},
};

static void take(struct tagged_record *record, const struct tag_field *field)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i].tag, field->tag) == 0)
            tags[i].take(&record->draft, field->value);
    for (size_t i = 0; i < sizeof kept_tags / sizeof *kept_tags; i++)
        if (strcmp(kept_tags[i].tag, field->tag) == 0)
            tagged_keep(record, kept_tags[i].kept, field->value);
}

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
    .take = take,
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
