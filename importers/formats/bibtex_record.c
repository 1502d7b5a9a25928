#include "importers/formats/bibtex_record.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/latex.h"

/* ---- fields ---- */

enum journal_rank { RANK_JOURNAL, RANK_BOOK, RANK_SHORT, RANK_COUNT };

/* What is known only when all fields are. */
struct gathered {
    const char *subtitle;
    const char *journals[RANK_COUNT];
    const char *month;
    const char *eprint;
    const char *eprint_type;
};

typedef void taker(struct draft *draft, struct gathered *gathered, const char *value);

static void take_title(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_set(draft, &draft->record.title, value);
}

static void take_subtitle(struct draft *draft, struct gathered *gathered, const char *value)
{
    draft_set(draft, &gathered->subtitle, value);
}

static void take_journal(struct draft *draft, struct gathered *gathered, const char *value)
{
    draft_set(draft, &gathered->journals[RANK_JOURNAL], value);
}

static void take_book(struct draft *draft, struct gathered *gathered, const char *value)
{
    draft_set(draft, &gathered->journals[RANK_BOOK], value);
}

static void take_short_journal(struct draft *draft, struct gathered *gathered, const char *value)
{
    draft_set(draft, &gathered->journals[RANK_SHORT], value);
}

static void take_month(struct draft *draft, struct gathered *gathered, const char *value)
{
    draft_set(draft, &gathered->month, value);
}

static void take_eprint(struct draft *draft, struct gathered *gathered, const char *value)
{
    draft_set(draft, &gathered->eprint, value);
}

static void take_eprint_type(struct draft *draft, struct gathered *gathered, const char *value)
{
    draft_set(draft, &gathered->eprint_type, value);
}

/* Of a span ("2017-05-01/2017-06-01") the year alone. */
static void take_date(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    const char *slash = strchr(value, '/');
    struct date date = date_read(value, DATE_ORDER_UNKNOWN);
    if (slash != NULL && slash - value >= 4 && strchr(value, '-') != NULL)
        date = (struct date){.year = date.year};
    draft_set_date(draft, date);
}

static void take_volume(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_set(draft, &draft->record.volume, value);
}

static void take_issue(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_set(draft, &draft->record.issue, value);
}

static void take_pages(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_set_pages(draft, value);
}

static void take_issn(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_set_issn(draft, value);
}

static void take_language(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_set(draft, &draft->record.language, value);
}

static void take_abstract(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_add_abstract(draft, value);
}

/* Some programs part keywords with semicolons since a keyword may hold a comma. */
static void take_keywords(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_add_keywords(draft, value, strchr(value, ';') != NULL ? ";\n" : ",\n");
}

static void take_type(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_add_type(draft, value);
}

static void take_doi(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_set_doi(draft, value);
}

static void take_pmid(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_set_pmid(draft, value);
}

static void take_pmcid(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_set_pmcid(draft, value);
}

static void take_address(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_set_address(draft, value);
}

static void take_notes(struct draft *draft, struct gathered *gathered, const char *value)
{
    (void)gathered;
    draft_add_notes(draft, value);
}

/* How a field is written. */
enum writing {
    WRITTEN_LATEX,
    WRITTEN_VERBATIM, /* addresses and identifiers */
    WRITTEN_PLAIN,    /* notes of other programs: braces are theirs */
};

static const struct {
    const char *name;
    enum writing writing;
    taker *take;
} known_fields[] = {
    {"title", WRITTEN_LATEX, take_title},
    {"subtitle", WRITTEN_LATEX, take_subtitle},
    {"journal", WRITTEN_LATEX, take_journal},
    {"journaltitle", WRITTEN_LATEX, take_journal},
    {"fjournal", WRITTEN_LATEX, take_journal},
    {"booktitle", WRITTEN_LATEX, take_book},
    {"shortjournal", WRITTEN_LATEX, take_short_journal},
    {"abbrev_source_title", WRITTEN_LATEX, take_short_journal},
    {"year", WRITTEN_LATEX, take_date},
    {"date", WRITTEN_LATEX, take_date},
    {"month", WRITTEN_LATEX, take_month},
    {"volume", WRITTEN_LATEX, take_volume},
    {"number", WRITTEN_LATEX, take_issue},
    {"issue", WRITTEN_LATEX, take_issue},
    {"pages", WRITTEN_LATEX, take_pages},
    {"art_number", WRITTEN_LATEX, take_pages},
    {"issn", WRITTEN_VERBATIM, take_issn},
    {"language", WRITTEN_LATEX, take_language},
    {"langid", WRITTEN_LATEX, take_language},
    {"abstract", WRITTEN_LATEX, take_abstract},
    {"keywords", WRITTEN_LATEX, take_keywords},
    {"keyword", WRITTEN_LATEX, take_keywords},
    {"author_keywords", WRITTEN_LATEX, take_keywords},
    {"mesh", WRITTEN_LATEX, take_keywords},
    {"document_type", WRITTEN_LATEX, take_type},
    {"type", WRITTEN_LATEX, take_type},
    {"doi", WRITTEN_VERBATIM, take_doi},
    {"pmid", WRITTEN_VERBATIM, take_pmid},
    {"pubmed_id", WRITTEN_VERBATIM, take_pmid},
    {"pmcid", WRITTEN_VERBATIM, take_pmcid},
    {"pmc", WRITTEN_VERBATIM, take_pmcid},
    {"url", WRITTEN_VERBATIM, take_address},
    {"eprint", WRITTEN_VERBATIM, take_eprint},
    {"eprinttype", WRITTEN_VERBATIM, take_eprint_type},
    {"archiveprefix", WRITTEN_VERBATIM, take_eprint_type},
    {"note", WRITTEN_PLAIN, take_notes},
    {"annote", WRITTEN_PLAIN, take_notes},
    {"annotation", WRITTEN_PLAIN, take_notes},
};

/* Only the escapes of single signs undone. */
static void unescape(const struct bibtex_field *field, struct buffer *out)
{
    for (size_t i = 0; i < field->length; i++) {
        bool escapes = field->value[i] == '\\' && i + 1 < field->length &&
                       ispunct((unsigned char)field->value[i + 1]);
        i += escapes;
        buffer_byte(out, field->value[i]);
    }
}

static const char *text_of_field(struct draft *draft, const struct bibtex_field *field,
                                 enum writing writing)
{
    struct buffer out = {0};
    if (writing == WRITTEN_PLAIN)
        unescape(field, &out);
    else
        latex_decode(field->value, field->length,
                     writing == WRITTEN_VERBATIM ? LATEX_VERBATIM : LATEX_TEXT, &out);
    const char *text = arena_strndup(draft->arena, buffer_string(&out), out.length);
    buffer_release(&out);
    return text;
}

static void take_field(struct draft *draft, struct gathered *gathered,
                       const struct bibtex_field *field)
{
    for (size_t i = 0; i < sizeof known_fields / sizeof *known_fields; i++)
        if (strcmp(known_fields[i].name, field->name) == 0) {
            known_fields[i].take(draft, gathered,
                                 text_of_field(draft, field, known_fields[i].writing));
            return;
        }
}

/* ---- names ---- */

struct name {
    const char *text;
    size_t length;
};

static const char *decoded(struct draft *draft, const char *text, size_t length)
{
    const struct bibtex_field field = {.value = text, .length = length};
    return text_of_field(draft, &field, WRITTEN_LATEX);
}

static void trim(struct name *name)
{
    while (name->length > 0 && isspace((unsigned char)*name->text)) {
        name->text++;
        name->length--;
    }
    while (name->length > 0 && isspace((unsigned char)name->text[name->length - 1]))
        name->length--;
}

/* The first comma outside of braces; NULL if there is none. */
static const char *comma_in(struct name name)
{
    int depth = 0;
    for (size_t i = 0; i < name.length; i++) {
        depth += name.text[i] == '{' ? 1 : name.text[i] == '}' ? -1 : 0;
        if (name.text[i] == ',' && depth <= 0)
            return name.text + i;
    }
    return NULL;
}

/* One pair of braces around the whole keeps a group's name together. */
static bool is_braced(struct name name)
{
    int depth = 0;
    if (name.length < 2 || name.text[0] != '{' || name.text[name.length - 1] != '}')
        return false;
    for (size_t i = 0; i + 1 < name.length; i++) {
        depth += name.text[i] == '{' ? 1 : name.text[i] == '}' ? -1 : 0;
        if (depth == 0)
            return false;
    }
    return true;
}

/* Words of a name without commas, braces kept together: where the family name begins. It is the
 * last word, with the words in lower case before it ("Ludwig van Beethoven"). */
static size_t family_in(struct name name)
{
    size_t start = 0, particle = name.length;
    int depth = 0;
    for (size_t i = 0; i < name.length; i++) {
        depth += name.text[i] == '{' ? 1 : name.text[i] == '}' ? -1 : 0;
        bool begins = depth == (name.text[i] == '{') && i > 0 &&
                      isspace((unsigned char)name.text[i - 1]) &&
                      !isspace((unsigned char)name.text[i]);
        if (begins && islower((unsigned char)name.text[i]) && particle == name.length)
            particle = i;
        start = begins ? i : start;
    }
    return particle < start ? particle : start;
}

static void take_plain_name(struct draft *draft, struct name name)
{
    size_t family = family_in(name);
    const char *whole = decoded(draft, name.text, name.length);
    struct author author;
    if (!author_name_read(whole, NAME_GIVEN_FIRST, draft->arena, &author))
        return;
    /* "Larsen LJ" and "World Health Organization" are no given name and family. */
    bool initials = author.family != NULL && author.given != NULL &&
                    strncmp(whole, author.family, strlen(author.family)) == 0;
    if (author.group != NULL || initials || family == 0)
        draft_add_author(draft, whole, NAME_GIVEN_FIRST);
    else
        draft_add_person(draft, decoded(draft, name.text + family, name.length - family),
                         decoded(draft, name.text, family));
}

static void take_name(struct draft *draft, struct name name)
{
    trim(&name);
    const char *comma = comma_in(name);
    if (name.length == 0)
        return;
    if (is_braced(name)) {
        draft_add_group(draft, decoded(draft, name.text, name.length));
    } else if (comma != NULL) {
        const char *given = comma + 1;
        draft_add_person(draft, decoded(draft, name.text, (size_t)(comma - name.text)),
                         decoded(draft, given, (size_t)(name.text + name.length - given)));
    } else if (author_name_is_rest(decoded(draft, name.text, name.length))) {
        draft->authors_cut = true;
    } else {
        take_plain_name(draft, name);
    }
}

static bool is_and(const char *text, size_t left)
{
    return left >= 5 && isspace((unsigned char)text[0]) && strncasecmp(text + 1, "and", 3) == 0 &&
           isspace((unsigned char)text[4]);
}

/* Names are parted by "and" outside of braces; some programs put a semicolon. */
static void take_names(struct draft *draft, const struct bibtex_field *field)
{
    int depth = 0;
    struct name name = {.text = field->value};
    for (size_t i = 0; i < field->length; i++) {
        const char *at = field->value + i;
        depth += *at == '{' ? 1 : *at == '}' ? -1 : 0;
        bool word = depth <= 0 && is_and(at, field->length - i);
        if (!word && !(depth <= 0 && *at == ';'))
            continue;
        name.length = (size_t)(at - name.text);
        take_name(draft, name);
        i += word ? 3 : 0;
        name.text = field->value + i + 1;
    }
    name.length = (size_t)(field->value + field->length - name.text);
    take_name(draft, name);
}

/* ---- records ---- */

/* "12" or "August", and what a month may hold of a day: "10~August". */
static void put_month(struct draft *draft, const char *month)
{
    struct date date = date_read(month, DATE_ORDER_UNKNOWN);
    if (date.month == 0)
        date = (struct date){.month = date_month(month)};
    if (date.year == 0)
        draft_set_date(draft, date);
}

static void put_eprint(struct draft *draft, const struct gathered *gathered)
{
    if (gathered->eprint == NULL || gathered->eprint_type == NULL)
        return;
    if (strcasecmp(gathered->eprint_type, "pubmed") == 0 ||
        strcasecmp(gathered->eprint_type, "pmid") == 0)
        draft_set_pmid(draft, gathered->eprint);
    if (strcasecmp(gathered->eprint_type, "pmc") == 0 ||
        strcasecmp(gathered->eprint_type, "pmcid") == 0)
        draft_set_pmcid(draft, gathered->eprint);
}

static void put_gathered(struct draft *draft, const struct gathered *gathered)
{
    struct record *record = &draft->record;
    if (record->title != NULL && gathered->subtitle != NULL)
        record->title = arena_printf(draft->arena, "%s: %s", record->title, gathered->subtitle);
    for (size_t i = 0; i < RANK_COUNT && record->journal == NULL; i++)
        record->journal = gathered->journals[i];
    put_month(draft, gathered->month);
    put_eprint(draft, gathered);
}

void bibtex_record(const struct bibtex_entry *entry, struct draft *draft)
{
    struct gathered gathered = {0};
    draft_start(draft, "bibtex");
    draft_add_type(draft, entry->type);
    for (size_t i = 0; i < entry->count; i++) {
        const struct bibtex_field *field = &entry->fields[i];
        if (strcmp(field->name, "author") == 0)
            take_names(draft, field);
        else
            take_field(draft, &gathered, field);
    }
    put_gathered(draft, &gathered);
}
