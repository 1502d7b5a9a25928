#include "importers/formats/tagged_records.h"

#include <stdio.h>
#include <string.h>

struct reading {
    const struct tagged_format *format;
    struct text_stream *stream;
    const struct record_sink *sink;
    struct format_counts *counts;
    struct tagged_record record;
    bool is_open;
    bool begun;        /* a record, at any time */
    size_t stray_line; /* of the first field outside of a record; 0: none */
    bool stray_told;   /* since the last record */
};

void tagged_keep(struct tagged_record *record, size_t kind, const char *value)
{
    if (record->kept[kind] == NULL && *value != '\0')
        record->kept[kind] = arena_strdup(record->draft.arena, value);
}

static void take(const struct tagged_format *format, struct tagged_record *record,
                 const struct tag_field *field)
{
    for (size_t i = 0; i < format->tag_count; i++) {
        const struct tag_meaning *meaning = &format->tags[i];
        if (strcmp(meaning->tag, field->tag) != 0)
            continue;
        if (meaning->set != NULL)
            meaning->set(&record->draft, field->value);
        else if (meaning->take != NULL)
            meaning->take(record, field);
        else
            tagged_keep(record, meaning->keep, field->value);
        return;
    }
}

static bool is_tag(const struct tag_field *field, const char *tag)
{
    return tag != NULL && strcmp(field->tag, tag) == 0;
}

static bool is_around(const struct tagged_format *format, const struct tag_field *field)
{
    char wanted[TAG_SIZE + 2];
    snprintf(wanted, sizeof wanted, " %s ", field->tag);
    return field->tag[0] == '\0' || (format->around != NULL && strstr(format->around, wanted));
}

static void begin(struct reading *reading, const struct tag_field *field)
{
    struct tagged_record *record = &reading->record;
    draft_start(&record->draft, reading->format->source);
    record->line = field->line;
    record->bytes = 0;
    memset(record->kept, 0, sizeof record->kept);
    reading->begun = true;
    reading->is_open = true;
    reading->stray_told = false;
}

static bool end(struct reading *reading, struct error *err)
{
    struct tagged_record *record = &reading->record;
    reading->is_open = false;
    reading->format->finish(record);
    return draft_hand_on(&record->draft, reading->stream, record->line, reading->sink,
                         reading->counts, err);
}

/* The next record begins while this one is open. */
static bool end_before_next(struct reading *reading, const struct tag_field *next,
                            struct error *err)
{
    if (reading->format->ends != NULL)
        text_stream_warn(reading->stream, next->line,
                         "a record begins here before the one of line %zu ended with %s",
                         reading->record.line, reading->format->ends);
    return end(reading, err);
}

static void tell_of_stray(struct reading *reading, const struct tag_field *field)
{
    if (reading->stray_line == 0)
        reading->stray_line = field->line;
    if (reading->stray_told)
        return;
    reading->stray_told = true;
    reading->counts->refused++;
    text_stream_warn(reading->stream, field->line,
                     "%s stands outside of a record, which would begin with %s; left out",
                     field->tag, reading->format->begins);
}

static bool take_within(struct reading *reading, const struct tag_field *field, struct error *err)
{
    struct tagged_record *record = &reading->record;
    record->bytes += strlen(field->value);
    if (record->bytes > FORMAT_RECORD_MOST)
        return text_stream_fail(reading->stream, err, ERROR_LIMIT, record->line,
                                "the record that begins here has more than %d bytes",
                                (int)FORMAT_RECORD_MOST);
    take(reading->format, record, field);
    return true;
}

static bool take_field(struct reading *reading, const struct tag_field *field, struct error *err)
{
    const struct tagged_format *format = reading->format;
    if (is_tag(field, format->begins)) {
        if (reading->is_open && !end_before_next(reading, field, err))
            return false;
        begin(reading, field);
        return take_within(reading, field, err);
    }
    if (!reading->is_open) {
        if (!is_around(format, field) && !is_tag(field, format->ends))
            tell_of_stray(reading, field);
        return true;
    }
    return is_tag(field, format->ends) ? end(reading, err) : take_within(reading, field, err);
}

static bool end_of_file(struct reading *reading, struct error *err)
{
    const struct tagged_format *format = reading->format;
    if (reading->is_open) {
        bool whole = format->ends == NULL && format->is_whole(&reading->record);
        if (whole)
            return end(reading, err);
        return text_stream_fail(reading->stream, err, ERROR_INVALID, reading->record.line,
                                "the file ends within the record that begins here; it seems to "
                                "have been cut, so export it again");
    }
    if (!reading->begun && reading->stray_line == 0)
        return text_stream_fail(reading->stream, err, ERROR_INVALID, 1,
                                "no record begins anywhere with %s", format->begins);
    if (!reading->begun)
        return text_stream_fail(reading->stream, err, ERROR_INVALID, reading->stray_line,
                                "no line begins a record with %s before this one, nor any after",
                                format->begins);
    return true;
}

static bool read_fields(struct reading *reading, struct error *err)
{
    struct tagged tagged = {.stream = reading->stream, .syntax = &reading->format->syntax};
    struct tag_field field;
    enum tagged_read result;
    bool ok = true;
    while (ok && (result = tagged_next(&tagged, &field, err)) != TAGGED_END)
        ok = result == TAGGED_FIELD && take_field(reading, &field, err);
    tagged_release(&tagged);
    return ok && end_of_file(reading, err);
}

bool tagged_records_read(const struct tagged_format *format, struct input *input,
                         const struct record_sink *sink, const struct format_warnings *warnings,
                         struct format_counts *counts, struct error *err)
{
    struct reading reading = {.format = format,
                              .stream = text_stream_new(input, warnings),
                              .sink = sink,
                              .counts = counts};
    bool ok = read_fields(&reading, err);
    draft_release(&reading.record.draft);
    text_stream_free(reading.stream);
    return ok;
}
