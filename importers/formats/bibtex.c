/*
 * BibTeX and BibLaTeX: entries of fields written in LaTeX, with macros and cross references.
 */
#include <string.h>
#include <strings.h>

#include "importers/formats/bibtex_queue.h"
#include "importers/formats/bibtex_record.h"
#include "importers/formats/bibtex_scan.h"
#include "importers/formats/formats.h"

struct reading {
    struct text_stream *stream;
    const struct record_sink *sink;
    struct format_counts *counts;
    struct bibtex_scan scan;
    struct bibtex_macros macros;
    struct bibtex_queue queue;
    struct draft draft;
    bool is_refused; /* the sink wants no more */
};

static bool hand_on(struct reading *reading, const struct bibtex_queued *queued, struct error *err)
{
    struct draft *draft = &reading->draft;
    if (queued->missing != NULL)
        text_stream_warn(reading->stream, queued->line,
                         "the cross reference to %.100s leads nowhere; journal and year may be "
                         "missing",
                         queued->missing);
    bibtex_record(&queued->entry, draft);
    reading->is_refused =
        !draft_hand_on(draft, reading->stream, queued->line, reading->sink, reading->counts, err);
    return !reading->is_refused;
}

/* Hands on what need not wait any more; with `all` everything. */
static bool hand_on_ready(struct reading *reading, bool all, struct error *err)
{
    struct bibtex_queued *queued;
    while (!reading->is_refused && (queued = bibtex_queue_take(&reading->queue, all)) != NULL) {
        hand_on(reading, queued, err);
        arena_free(queued->arena);
    }
    return !reading->is_refused;
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
    struct bibtex_queued *queued = arena_alloc(arena, sizeof *queued);
    *queued = (struct bibtex_queued){.arena = arena, .line = reading->scan.line};
    const char *lost;
    struct error fault = {0};
    if (!bibtex_entry_read(reading->scan.type, buffer_string(body), body->length, &reading->macros,
                           arena, &queued->entry, &lost, &fault)) {
        arena_free(arena);
        return fail_entry(reading, &fault, err);
    }
    if (lost != NULL)
        text_stream_warn(reading->stream, queued->line,
                         "\"%s\" in the entry that begins here is no field and was left out", lost);
    bibtex_queue_add(&reading->queue, queued);
    return hand_on_ready(reading, false, err);
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
    if (!reading->is_refused && !hand_on_ready(reading, true, err))
        return false;
    if (scanned == BIBTEX_FAILED)
        return error_set(err, fault.kind, "%s", fault.message);
    if (!found && reading->counts->refused == 0)
        return text_stream_fail(reading->stream, err, ERROR_INVALID, 1,
                                "no entry such as @article{…} is in the file");
    return true;
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
    bibtex_macros_init(&reading.macros);
    bibtex_queue_init(&reading.queue);
    bool ok = read_entries(&reading, err);
    bibtex_queue_release(&reading.queue);
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
        if (strncasecmp(line, *type, length) != 0)
            continue;
        const char *open = line + length + strspn(line + length, " \t");
        if (*open == '{' || *open == '(')
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
