/*
 * BibTeX and BibLaTeX: entries of fields written in LaTeX, with macros and cross references.
 *
 * A cross reference may name an entry that comes later, as BibTeX itself asks for. So that records
 * keep their order, entries from there on wait for it, FORMAT_RECORD_MOST bytes at most.
 */
#include <string.h>
#include <strings.h>

#include "importers/formats/bibtex_record.h"
#include "importers/formats/bibtex_scan.h"
#include "importers/formats/formats.h"

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

/* ---- records ---- */

static bool hand_on(struct reading *reading, const struct waiting *waiting, struct error *err)
{
    struct draft *draft = &reading->draft;
    bibtex_record(&waiting->entry, draft);
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
