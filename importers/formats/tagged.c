#include "importers/formats/tagged.h"

#include <ctype.h>
#include <string.h>

static bool is_blank(const char *line)
{
    while (isspace((unsigned char)*line))
        line++;
    return *line == '\0';
}

/* Reads the next line that is not blank into `line`; false at the end. */
static bool look_ahead(struct tagged *tagged)
{
    while (!tagged->has_line) {
        buffer_clear(&tagged->line);
        tagged->line_number = text_stream_line(tagged->stream);
        if (!text_stream_read_line(tagged->stream, &tagged->line, FORMAT_FIELD_MOST))
            return false;
        tagged->has_line = !is_blank(buffer_string(&tagged->line));
        tagged->after_blank_line = tagged->after_blank_line || !tagged->has_line;
    }
    return true;
}

static void add_value(struct tagged *tagged, const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    if (length > 0 && tagged->value.length > 0)
        buffer_byte(&tagged->value, tagged->syntax->joint);
    buffer_append(&tagged->value, text, length);
}

static bool is_carried_on(const struct tagged *tagged)
{
    size_t value;
    const char *line = buffer_string(&tagged->line);
    return tagged->syntax->tag(line, &value) == 0 &&
           tagged->syntax->carries_on(line, tagged->last_tag);
}

static void take_line(struct tagged *tagged, size_t value)
{
    add_value(tagged, buffer_string(&tagged->line) + value);
    tagged->line_was_cut = tagged->line_was_cut || tagged->line.length > FORMAT_FIELD_MOST;
    tagged->has_line = false;
    tagged->after_blank_line = false;
}

static void begin_field(struct tagged *tagged, struct tag_field *out)
{
    size_t value = 0;
    const char *line = buffer_string(&tagged->line);
    size_t length = tagged->syntax->tag(line, &value);
    *out = (struct tag_field){.line = tagged->line_number,
                              .after_blank_line = tagged->after_blank_line};
    memcpy(out->tag, line, length < TAG_SIZE ? length : TAG_SIZE - 1);
    if (length > 0)
        memcpy(tagged->last_tag, out->tag, TAG_SIZE);
    buffer_clear(&tagged->value);
    take_line(tagged, value);
}

static bool is_too_long(const struct tagged *tagged)
{
    return tagged->line_was_cut || tagged->value.length > FORMAT_FIELD_MOST;
}

enum tagged_read tagged_next(struct tagged *tagged, struct tag_field *out, struct error *err)
{
    if (!look_ahead(tagged))
        return text_stream_ended_well(tagged->stream, err) ? TAGGED_END : TAGGED_FAILED;
    begin_field(tagged, out);
    while (out->tag[0] != '\0' && !is_too_long(tagged) && look_ahead(tagged) &&
           is_carried_on(tagged))
        take_line(tagged, 0);
    if (is_too_long(tagged)) {
        text_stream_fail(tagged->stream, err, ERROR_LIMIT, out->line,
                         "the field that begins here has more than %d bytes",
                         (int)FORMAT_FIELD_MOST);
        return TAGGED_FAILED;
    }
    out->value = buffer_string(&tagged->value);
    return TAGGED_FIELD;
}

void tagged_release(struct tagged *tagged)
{
    buffer_release(&tagged->line);
    buffer_release(&tagged->value);
}
