#include "importers/formats/draft.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/markup.h"
#include "importers/formats/screening_label.h"
#include "importers/intake/identifier.h"

enum {
    FIRST_CAPACITY = 8,
    LOOKED_THROUGH = 1000,
    LABEL_LETTERS = 4,  /* capitals that a label within an abstract has at least … */
    LABEL_LONGEST = 60, /* … and its length in bytes at most */
    ISSN_DIGITS = 8
};

/* ---- lists ---- */

/* Room for one more, zeroed; NULL where the list is as long as it may be. */
static void *add_item(struct draft *draft, struct draft_list *list, size_t size)
{
    if (list->count == FORMAT_LIST_MOST) {
        draft->too_many = true;
        return NULL;
    }
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? FIRST_CAPACITY : list->capacity * 2;
        void *items = arena_array(draft->arena, capacity, size);
        if (list->count > 0)
            memcpy(items, list->items, list->count * size);
        list->items = items;
        list->capacity = capacity;
    }
    return (char *)list->items + list->count++ * size;
}

static bool has_text(const struct draft_list *list, const char *text)
{
    const char *const *items = list->items;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(items[i], text) == 0)
            return true;
    return false;
}

/* Each once, as long as the list is no longer than any that a person made. */
static void add_text(struct draft *draft, struct draft_list *list, const char *text)
{
    const char *plain = draft_text(draft, text);
    if (plain == NULL || (list->count < LOOKED_THROUGH && has_text(list, plain)))
        return;
    const char **item = add_item(draft, list, sizeof *item);
    if (item != NULL)
        *item = plain;
}

/* The list ended by NULL. */
static const char *const *texts_of(struct draft *draft, const struct draft_list *list)
{
    const char **texts = arena_array(draft->arena, list->count + 1, sizeof *texts);
    if (list->count > 0)
        memcpy(texts, list->items, list->count * sizeof *texts);
    return texts;
}

/* ---- life ---- */

void draft_start(struct draft *draft, const char *source)
{
    struct arena *arena = draft->arena == NULL ? arena_new() : draft->arena;
    struct buffer abstract = draft->abstract;
    arena_clear(arena);
    buffer_clear(&abstract);
    *draft = (struct draft){.arena = arena, .abstract = abstract};
    record_init(&draft->record);
    draft->record.source = source;
}

void draft_release(struct draft *draft)
{
    arena_free(draft->arena);
    draft->arena = NULL;
    buffer_release(&draft->abstract);
}

/* ---- text ---- */

const char *draft_text(struct draft *draft, const char *text)
{
    return text == NULL ? NULL : markup_line(text, strlen(text), draft->arena);
}

void draft_set(struct draft *draft, const char **field, const char *text)
{
    if (*field == NULL)
        *field = draft_text(draft, text);
}

/* Where a label such as "METHODS:" or "MATERIALS AND METHODS:" begins that ends before `colon`. */
static const char *start_of_label(const char *text, const char *colon)
{
    size_t capitals = 0;
    const char *start = colon;
    for (const char *at = colon; at > text && colon - at < LABEL_LONGEST; at--) {
        unsigned char c = (unsigned char)at[-1];
        if (isupper(c) || c >= 0x80)
            capitals++;
        else if (strchr(" &/,()-", c) == NULL)
            break;
        start = at - 1;
    }
    start += strspn(start, " ");
    return capitals >= LABEL_LETTERS ? start : NULL;
}

/* Puts a line break before each label that follows the end of a sentence. */
static const char *with_paragraphs(struct draft *draft, const char *text)
{
    char *copy = arena_strdup(draft->arena, text);
    for (char *colon = strstr(copy, ": "); colon != NULL; colon = strstr(colon + 1, ": ")) {
        const char *label = start_of_label(copy, colon);
        if (label == NULL || label < copy + 2 || label[-1] != ' ')
            continue;
        if (strchr(".?!)]", label[-2]) != NULL)
            copy[label - copy - 1] = '\n';
    }
    return copy;
}

/* A line break ends a paragraph where a sentence ends with it, and so does an empty line; else it
 * only wrapped the text. */
static char *with_wrapped_lines_joined(struct draft *draft, const char *text)
{
    char *copy = arena_strdup(draft->arena, text);
    char last = '\0';   /* the last byte that is no white space */
    char *broke = NULL; /* the line break since then */
    for (char *at = copy; *at != '\0'; at++) {
        if (*at == '\n') {
            bool empty_line = broke != NULL;
            broke = broke == NULL ? at : broke;
            *at = ' ';
            if (last != '\0' && (empty_line || strchr(".?!:)]", last) != NULL))
                *broke = '\n';
        } else if (!isspace((unsigned char)*at)) {
            last = *at;
            broke = NULL;
        }
    }
    return copy;
}

static void append_paragraphs(struct draft *draft, const char *text, struct buffer *out)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        const char *plain = markup_paragraphs(text, length, draft->arena);
        if (plain != NULL)
            buffer_printf(out, "%s%s", out->length > 0 ? "\n" : "", with_paragraphs(draft, plain));
        text += length + (text[length] != '\0');
    }
}

void draft_add_abstract(struct draft *draft, const char *text)
{
    if (text == NULL)
        return;
    struct buffer more = {0};
    struct buffer *abstract = &draft->abstract;
    append_paragraphs(draft, with_wrapped_lines_joined(draft, text), &more);
    /* AB and N2 may say the same. */
    bool same = more.length == abstract->length &&
                strcmp(buffer_string(&more), buffer_string(abstract)) == 0;
    if (more.length > 0 && !same) {
        buffer_text(abstract, abstract->length > 0 ? "\n" : "");
        buffer_append(abstract, more.bytes, more.length);
    }
    buffer_release(&more);
}

/* ---- identifiers ---- */

void draft_set_doi(struct draft *draft, const char *text)
{
    if (draft->record.doi == NULL)
        draft->record.doi = identifier_doi(text, draft->arena);
}

void draft_set_pmid(struct draft *draft, const char *text)
{
    if (draft->record.pmid == NULL)
        draft->record.pmid = identifier_pmid(text, draft->arena);
}

void draft_set_pmcid(struct draft *draft, const char *text)
{
    if (draft->record.pmcid == NULL)
        draft->record.pmcid = identifier_pmcid(text, draft->arena);
}

void draft_add_registrations(struct draft *draft, const char *text)
{
    const char *const *found = identifier_registrations_in(text, draft->arena);
    for (; *found != NULL; found++)
        add_text(draft, &draft->registrations, *found);
}

void draft_set_address(struct draft *draft, const char *text)
{
    const char *address = draft_text(draft, text);
    if (address == NULL ||
        (strncasecmp(address, "http://", 7) != 0 && strncasecmp(address, "https://", 8) != 0))
        return;
    draft_set_doi(draft, address);
    draft_set_pmid(draft, address);
    draft_set_pmcid(draft, address);
    if (draft->record.url == NULL)
        draft->record.url = address;
}

static bool is_issn(const char *text, char out[ISSN_DIGITS + 2])
{
    size_t digits = 0;
    for (; digits < ISSN_DIGITS; text++) {
        bool check = digits == ISSN_DIGITS - 1 && (*text == 'X' || *text == 'x');
        if (digits == 4 && *text == '-')
            continue;
        if (!isdigit((unsigned char)*text) && !check)
            return false;
        out[digits + (digits >= 4)] = (char)toupper((unsigned char)*text);
        digits++;
    }
    out[4] = '-';
    out[ISSN_DIGITS + 1] = '\0';
    return !isalnum((unsigned char)*text) && *text != '-';
}

void draft_set_issn(struct draft *draft, const char *text)
{
    char issn[ISSN_DIGITS + 2];
    if (text == NULL || draft->record.issn != NULL)
        return;
    for (const char *at = text; *at != '\0'; at++) {
        bool within = at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '-');
        if (!within && is_issn(at, issn)) {
            draft->record.issn = arena_strdup(draft->arena, issn);
            return;
        }
    }
}

/* ---- dates and pages ---- */

void draft_set_date(struct draft *draft, struct date date)
{
    struct date *known = &draft->date;
    if (known->year == 0)
        known->year = date.year;
    if (date.year != 0 && date.year != known->year)
        return;
    if (known->month == 0)
        known->month = date.month;
    if (known->day == 0 && date.month == known->month)
        known->day = date.day;
}

static void put_date(struct draft *draft)
{
    struct record *record = &draft->record;
    if (draft->date.year == 0)
        return;
    record->year = draft->date.year;
    record->date = date_write(draft->date, draft->arena);
}

/* En dashes and doubled hyphens become one hyphen. */
static const char *with_plain_hyphens(struct draft *draft, const char *text)
{
    char *out = arena_strdup(draft->arena, text);
    size_t length = 0;
    for (const char *at = text; *at != '\0';) {
        bool dash = strncmp(at, "\xE2\x80\x93", 3) == 0 || strncmp(at, "\xE2\x80\x94", 3) == 0;
        bool hyphen = dash || *at == '-';
        at += dash ? 3 : 1;
        if (hyphen && length > 0 && out[length - 1] == '-')
            continue;
        out[length++] = hyphen ? '-' : at[-1];
    }
    out[length] = '\0';
    return out;
}

void draft_set_pages(struct draft *draft, const char *text)
{
    const char *plain = draft_text(draft, text);
    if (plain != NULL && draft->record.pages == NULL)
        draft->record.pages = with_plain_hyphens(draft, plain);
}

static void put_pages(struct draft *draft)
{
    const char *first = draft->first_page;
    const char *last = draft->last_page;
    if (first == NULL)
        return;
    if (last == NULL || strcmp(first, last) == 0 || strchr(first, '-') != NULL)
        draft_set_pages(draft, first);
    else
        draft_set_pages(draft, arena_printf(draft->arena, "%s-%s", first, last));
}

/* ---- lists of the record ---- */

void draft_add_title(struct draft *draft, const char *text)
{
    add_text(draft, &draft->other_titles, text);
}

void draft_add_type(struct draft *draft, const char *text)
{
    add_text(draft, &draft->publication_types, text);
}

void draft_add_keyword(struct draft *draft, const char *text)
{
    add_text(draft, &draft->keywords, text);
}

void draft_add_keywords(struct draft *draft, const char *text, const char *separators)
{
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, separators);
        draft_add_keyword(draft, arena_strndup(draft->arena, text, length));
        text += length + (text[length] != '\0');
    }
}

static void add_author(struct draft *draft, struct author author)
{
    struct author *item = add_item(draft, &draft->authors, sizeof *item);
    if (item != NULL)
        *item = author;
}

void draft_add_author(struct draft *draft, const char *text, enum name_order order)
{
    struct author author;
    const char *plain = draft_text(draft, text);
    if (plain == NULL)
        return;
    if (author_name_is_rest(plain))
        draft->authors_cut = true;
    else if (author_name_read(plain, order, draft->arena, &author))
        add_author(draft, author);
}

void draft_add_person(struct draft *draft, const char *family, const char *given)
{
    struct author author = {.family = draft_text(draft, family), .given = draft_text(draft, given)};
    if (author.family == NULL) {
        author.family = author.given;
        author.given = NULL;
    }
    if (author.family != NULL)
        add_author(draft, author);
}

void draft_add_group(struct draft *draft, const char *text)
{
    const char *group = draft_text(draft, text);
    if (group != NULL)
        add_author(draft, (struct author){.group = group});
}

struct names_target {
    struct draft *draft;
    enum name_order order;
};

static void take_name(void *context, const char *name)
{
    const struct names_target *target = context;
    draft_add_author(target->draft, name, target->order);
}

void draft_add_authors(struct draft *draft, const char *text, enum name_order order)
{
    struct names_target target = {.draft = draft, .order = order};
    author_names_split(draft_text(draft, text), take_name, &target, draft->arena);
}

static void take_label(void *context, const struct record_label *label)
{
    draft_add_label(context, label);
}

void draft_add_label(struct draft *draft, const struct record_label *label)
{
    struct record_label *item = add_item(draft, &draft->labels, sizeof *item);
    if (item != NULL)
        *item = *label;
}

/* Reference managers keep "PMID: 123" on a line of its own among the notes. */
static void read_identifying_lines(struct draft *draft, const char *notes)
{
    for (const char *line = notes; line != NULL; line = strchr(line, '\n')) {
        line += strspn(line, "\n ");
        char *text = arena_strndup(draft->arena, line, strcspn(line, "\n"));
        if (strncasecmp(text, "PMID:", 5) == 0)
            draft_set_pmid(draft, text);
        if (strncasecmp(text, "PMCID:", 6) == 0)
            draft_set_pmcid(draft, text);
        if (strncasecmp(text, "DOI:", 4) == 0)
            draft_set_doi(draft, text);
    }
}

void draft_add_notes(struct draft *draft, const char *text)
{
    if (text == NULL)
        return;
    read_identifying_lines(draft, text);
    screening_labels_read(draft_text(draft, text), draft->arena, take_label, draft);
}

void draft_add_notice(struct draft *draft, const struct record_notice *notice)
{
    struct record_notice *item = add_item(draft, &draft->notices, sizeof *item);
    if (item != NULL)
        *item = *notice;
}

void draft_add_update(struct draft *draft, const struct record_notice *notice)
{
    struct record_notice *item = add_item(draft, &draft->updates, sizeof *item);
    if (item != NULL)
        *item = *notice;
}

struct record_result *draft_add_result(struct draft *draft)
{
    struct record_result *result = add_item(draft, &draft->results, sizeof *result);
    if (result == NULL)
        result = arena_alloc(draft->arena, sizeof *result); /* told by draft_hand_on */
    record_result_init(result);
    return result;
}

/* ---- the record ---- */

/* How publishers and databases mark the title of a retracted article itself. "Retraction of …" is a
 * notice, and "Retracted articles in …" a study of some. */
static const char *const retracted_beginnings[] = {
    "retracted:",          "retracted article:",  "retracted paper:",     "retracted -",
    "[retracted]",         "(retracted)",         "[retracted:",          "<retracted>",
    "[retracted article]", "(retracted article)", "retracted article --", NULL};
static const char retracted_within[] = "(retracted article. see";

static bool is_marked_retracted(const char *title)
{
    if (title == NULL)
        return false;
    for (const char *const *beginning = retracted_beginnings; *beginning != NULL; beginning++)
        if (strncasecmp(title, *beginning, strlen(*beginning)) == 0)
            return true;
    return strcasestr(title, retracted_within) != NULL;
}

const struct record *draft_finish(struct draft *draft)
{
    struct record *record = &draft->record;
    put_date(draft);
    put_pages(draft);
    record->abstract = draft->abstract.length > 0 ? buffer_string(&draft->abstract) : NULL;
    record->registrations = texts_of(draft, &draft->registrations);
    record->other_titles = texts_of(draft, &draft->other_titles);
    record->publication_types = texts_of(draft, &draft->publication_types);
    record->keywords = texts_of(draft, &draft->keywords);
    record->authors = draft->authors.items;
    record->author_count = draft->authors.count;
    record->authors_complete = draft->authors.count > 0 && !draft->authors_cut;
    record->notices = draft->notices.items;
    record->notice_count = draft->notices.count;
    record->updates = draft->updates.items;
    record->update_count = draft->updates.count;
    record->labels = draft->labels.items;
    record->label_count = draft->labels.count;
    record->results = draft->results.items;
    record->result_count = draft->results.count;
    record->retracted = record->retracted || is_marked_retracted(record->title);
    return record;
}

/* By which a record could be known again. */
static bool can_be_known(const struct draft *draft)
{
    const struct record *record = &draft->record;
    return record->title != NULL || record->doi != NULL || record->pmid != NULL ||
           record->pmcid != NULL || draft->registrations.count > 0;
}

bool draft_hand_on(struct draft *draft, const struct text_stream *stream, size_t line,
                   const struct record_sink *sink, struct format_counts *counts, struct error *err)
{
    if (draft->too_many)
        return text_stream_fail(stream, err, ERROR_LIMIT, line,
                                "the record that begins here lists more than %d authors, keywords "
                                "or the like",
                                (int)FORMAT_LIST_MOST);
    if (!can_be_known(draft)) {
        counts->refused++;
        text_stream_warn(stream, line,
                         "the record that begins here has neither a title nor an identifier and "
                         "was left out");
        return true;
    }
    counts->records++;
    return sink->take(sink->context, draft_finish(draft), err);
}
