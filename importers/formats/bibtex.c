/*
 * BibTeX and BibLaTeX: entries of fields written in LaTeX, with macros and cross references.
 *
 * A cross reference may name an entry that comes later, as BibTeX itself asks for. So that records
 * keep their order, entries from there on wait for it, FORMAT_RECORD_MOST bytes at most.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/bibtex_entry.h"
#include "importers/formats/bibtex_scan.h"
#include "importers/formats/draft.h"
#include "importers/formats/formats.h"
#include "importers/formats/latex.h"
#include "importers/intake/identifier.h"

/* ---- entries that wait ---- */

struct waiting {
    struct waiting *next;
    struct arena *arena;
    struct bibtex_entry entry;
    size_t line;
    const char *parent; /* the key of the entry that it needs; NULL: it only waits for its turn */
};

struct reading {
    struct text_stream *stream;
    const struct record_sink *sink;
    struct format_counts *counts;
    struct bibtex_scan scan;
    struct bibtex_macros macros;
    struct draft draft;
    bool is_refused;       /* the sink wants no more */
    struct waiting *first; /* in the order of the file */
    struct waiting **last;
    size_t waiting_bytes;
    struct waiting *parents; /* collections, the latest first, for entries that come after them */
    size_t parent_bytes;
};

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

static bool hand_on(struct reading *reading, const struct waiting *waiting, struct error *err)
{
    struct draft *draft = &reading->draft;
    struct gathered gathered = {0};
    draft_start(draft, "bibtex");
    draft_add_type(draft, waiting->entry.type);
    for (size_t i = 0; i < waiting->entry.count; i++) {
        const struct bibtex_field *field = &waiting->entry.fields[i];
        if (strcmp(field->name, "author") == 0)
            take_names(draft, field);
        else
            take_field(draft, &gathered, field);
    }
    put_gathered(draft, &gathered);
    reading->is_refused =
        !draft_hand_on(draft, reading->stream, waiting->line, reading->sink, reading->counts, err);
    return !reading->is_refused;
}

/* ---- cross references ---- */

/* Types whose entries others are part of. */
static const char *const collections[] = {
    "book",         "proceedings", "collection", "periodical", "mvbook",        "mvproceedings",
    "mvcollection", "mvreference", "reference",  "conference", "inproceedings", NULL};

/* What a part has from its whole. */
static const struct {
    const char *part;
    const char *whole;
} inherited[] = {
    {"booktitle", "booktitle"}, {"booktitle", "title"},
    {"journal", "journal"},     {"journaltitle", "journaltitle"},
    {"year", "year"},           {"date", "date"},
    {"month", "month"},         {"volume", "volume"},
    {"issn", "issn"},           {"language", "language"},
};

static bool is_collection(const struct bibtex_entry *entry)
{
    for (const char *const *type = collections; *type != NULL; type++)
        if (strcmp(*type, entry->type) == 0)
            return true;
    return false;
}

static void free_waiting(struct waiting *waiting)
{
    arena_free(waiting->arena); /* it lives there too */
}

static struct bibtex_field copied(const char *name, const struct bibtex_field *field,
                                  struct arena *arena)
{
    return (struct bibtex_field){.name = name,
                                 .value = arena_strndup(arena, field->value, field->length),
                                 .length = field->length};
}

static void inherit(struct waiting *part, const struct bibtex_entry *whole)
{
    enum { MOST = sizeof inherited / sizeof *inherited };
    struct bibtex_entry *entry = &part->entry;
    struct bibtex_field *fields = arena_array(part->arena, entry->count + MOST, sizeof *fields);
    if (entry->count > 0)
        memcpy(fields, entry->fields, entry->count * sizeof *fields);
    entry->fields = fields;
    for (size_t i = 0; i < MOST; i++) {
        const struct bibtex_field *field = bibtex_entry_field(whole, inherited[i].whole);
        if (field != NULL && bibtex_entry_field(entry, inherited[i].part) == NULL)
            fields[entry->count++] = copied(inherited[i].part, field, part->arena);
    }
    part->parent = NULL;
}

static const char *parent_of(const struct bibtex_entry *entry, struct arena *arena)
{
    const struct bibtex_field *field = bibtex_entry_field(entry, "crossref");
    if (field == NULL || field->length == 0)
        return NULL;
    return arena_strndup(arena, field->value, field->length);
}

static bool release_first(struct reading *reading, struct error *err)
{
    struct waiting *first = reading->first;
    reading->first = first->next;
    if (reading->first == NULL)
        reading->last = &reading->first;
    reading->waiting_bytes -= first->entry.bytes;
    if (first->parent != NULL)
        text_stream_warn(reading->stream, first->line,
                         "the cross reference to %.100s leads nowhere; journal and year may be "
                         "missing",
                         first->parent);
    bool ok = hand_on(reading, first, err);
    free_waiting(first);
    return ok;
}

/* Hands on what need not wait any more, or cannot. */
static bool release_ready(struct reading *reading, struct error *err)
{
    while (reading->first != NULL &&
           (reading->first->parent == NULL || reading->waiting_bytes > FORMAT_RECORD_MOST))
        if (!release_first(reading, err))
            return false;
    return true;
}

static void resolve_waiting(struct reading *reading, const struct bibtex_entry *whole)
{
    for (struct waiting *part = reading->first; part != NULL; part = part->next)
        if (part->parent != NULL && strcasecmp(part->parent, whole->key) == 0)
            inherit(part, whole);
}

static void resolve_by_parents(struct reading *reading, struct waiting *part)
{
    for (const struct waiting *whole = reading->parents; whole != NULL; whole = whole->next)
        if (part->parent != NULL && strcasecmp(part->parent, whole->entry.key) == 0)
            inherit(part, &whole->entry);
}

/* Remembers of a collection what its parts may inherit. */
static void remember_parent(struct reading *reading, const struct bibtex_entry *entry)
{
    if (!is_collection(entry) || *entry->key == '\0' || reading->parent_bytes > FORMAT_RECORD_MOST)
        return;
    struct arena *arena = arena_new();
    struct waiting *parent = arena_alloc(arena, sizeof *parent);
    *parent = (struct waiting){.arena = arena, .next = reading->parents};
    parent->entry.key = arena_strdup(arena, entry->key);
    inherit(parent, entry);
    for (size_t i = 0; i < parent->entry.count; i++)
        reading->parent_bytes += parent->entry.fields[i].length;
    reading->parent_bytes += sizeof *parent;
    reading->parents = parent;
}

/* ---- the file ---- */

static bool fail_entry(struct reading *reading, const struct error *fault, struct error *err)
{
    return text_stream_fail(reading->stream, err, fault->kind, reading->scan.line,
                            "the entry that begins here: %s", fault->message);
}

static bool take_macros(struct reading *reading, struct error *err)
{
    const struct buffer *body = &reading->scan.body;
    struct error fault = {0};
    return bibtex_macros_read(&reading->macros, buffer_string(body), body->length, &fault) ||
           fail_entry(reading, &fault, err);
}

static bool take_entry(struct reading *reading, struct error *err)
{
    const struct buffer *body = &reading->scan.body;
    struct arena *arena = arena_new();
    struct waiting *waiting = arena_alloc(arena, sizeof *waiting);
    *waiting = (struct waiting){.arena = arena, .line = reading->scan.line};
    const char *lost;
    struct error fault = {0};
    if (!bibtex_entry_read(reading->scan.type, buffer_string(body), body->length, &reading->macros,
                           arena, &waiting->entry, &lost, &fault)) {
        arena_free(arena);
        return fail_entry(reading, &fault, err);
    }
    if (lost != NULL)
        text_stream_warn(reading->stream, waiting->line,
                         "\"%s\" in the entry that begins here is no field and was left out", lost);
    waiting->parent = parent_of(&waiting->entry, arena);
    resolve_by_parents(reading, waiting);
    resolve_waiting(reading, &waiting->entry);
    remember_parent(reading, &waiting->entry);
    *reading->last = waiting;
    reading->last = &waiting->next;
    reading->waiting_bytes += waiting->entry.bytes;
    return release_ready(reading, err);
}

static enum bibtex_scanned read_next(struct reading *reading, struct error *err)
{
    enum bibtex_scanned scanned = bibtex_scan_next(&reading->scan, err);
    if (scanned != BIBTEX_ENTRY)
        return scanned;
    bool macros = strcmp(reading->scan.type, "string") == 0;
    bool ok = macros ? take_macros(reading, err) : take_entry(reading, err);
    return ok ? BIBTEX_ENTRY : BIBTEX_FAILED;
}

static bool read_entries(struct reading *reading, struct error *err)
{
    struct error fault = {0};
    bool found = false;
    enum bibtex_scanned scanned;
    while ((scanned = read_next(reading, &fault)) == BIBTEX_ENTRY)
        found = true;
    /* What is whole is handed on before what is wrong is told. */
    while (reading->first != NULL && !reading->is_refused)
        if (!release_first(reading, err))
            return false;
    if (scanned == BIBTEX_FAILED)
        return error_set(err, fault.kind, "%s", fault.message);
    if (!found && reading->counts->refused == 0)
        return text_stream_fail(reading->stream, err, ERROR_INVALID, 1,
                                "no entry such as @article{…} is in the file");
    return true;
}

static void free_list(struct waiting *waiting)
{
    while (waiting != NULL) {
        struct waiting *next = waiting->next;
        free_waiting(waiting);
        waiting = next;
    }
}

static bool read_bibtex(struct input *input, const struct record_sink *sink,
                        const struct format_warnings *warnings, struct format_counts *counts,
                        struct error *err)
{
    struct text_stream *stream = text_stream_new(input, warnings);
    struct reading reading = {.stream = stream,
                              .sink = sink,
                              .counts = counts,
                              .scan = {.stream = stream, .counts = counts}};
    reading.last = &reading.first;
    bibtex_macros_init(&reading.macros);
    bool ok = read_entries(&reading, err);
    free_list(reading.first);
    free_list(reading.parents);
    draft_release(&reading.draft);
    bibtex_macros_release(&reading.macros);
    bibtex_scan_release(&reading.scan);
    text_stream_free(stream);
    return ok;
}

/* ---- what it is known by ---- */

static const char *const usual_types[] = {
    "article",       "book",        "booklet",    "inbook",      "incollection",
    "inproceedings", "conference",  "manual",     "misc",        "mastersthesis",
    "phdthesis",     "proceedings", "techreport", "unpublished", "string",
    "comment",       "preamble",    "online",     "thesis",      "report",
    "collection",    "electronic",  "patent",     "dataset",     NULL};

static bool begins_entry(const char *line)
{
    line += strspn(line, " \t");
    if (*line++ != '@')
        return false;
    for (const char *const *type = usual_types; *type != NULL; type++) {
        size_t length = strlen(*type);
        const char *open = line + length + strspn(line + length, " \t");
        if (strncasecmp(line, *type, length) == 0 && (*open == '{' || *open == '('))
            return true;
    }
    return false;
}

static int recognise(const char *head, size_t length)
{
    struct buffer text = {0};
    bool found = false;
    text_stream_head(head, length, &text);
    for (const char *line = buffer_string(&text); line != NULL && !found;
         line = strchr(line, '\n')) {
        line += *line == '\n';
        found = begins_entry(line);
    }
    buffer_release(&text);
    return found ? 85 : 0;
}

const struct format format_bibtex = {
    .name = "bibtex",
    .title = "BibTeX and BibLaTeX",
    .recognise = recognise,
    .read = read_bibtex,
};
