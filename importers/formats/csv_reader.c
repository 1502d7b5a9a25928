#include "importers/formats/csv_reader.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/arena.h"
#include "evidence/base/json_reader.h"

enum { FIRST_FIELDS = 64, PREFACE_MOST = 5, NUMBER_SIZE = 64, LARGEST_COUNT = 1000000000 };

/* ---- rows ---- */

static bool begin_field(struct csv_reader *csv, struct error *err)
{
    if (csv->count == FORMAT_LIST_MOST)
        return text_stream_fail(csv->stream, err, ERROR_LIMIT, csv->line,
                                "the row that begins here has more than %d fields",
                                (int)FORMAT_LIST_MOST);
    if (csv->count == csv->capacity) {
        csv->capacity = csv->capacity == 0 ? FIRST_FIELDS : csv->capacity * 2;
        csv->starts = memory_resize(csv->starts, csv->capacity * sizeof *csv->starts);
    }
    csv->starts[csv->count++] = csv->text.length;
    return true;
}

/* Blanks around a field are no part of it. */
static void end_field(struct csv_reader *csv)
{
    size_t start = csv->starts[csv->count - 1];
    while (csv->text.length > start &&
           isspace((unsigned char)csv->text.bytes[csv->text.length - 1]))
        csv->text.length--;
    buffer_byte(&csv->text, '\0');
}

static bool is_within_limits(struct csv_reader *csv, struct error *err)
{
    if (csv->text.length - csv->starts[csv->count - 1] > FORMAT_FIELD_MOST)
        return text_stream_fail(csv->stream, err, ERROR_LIMIT, csv->line,
                                "field %zu of the row that begins here has more than %d bytes; a "
                                "quote may be missing",
                                csv->count, (int)FORMAT_FIELD_MOST);
    if (csv->text.length > FORMAT_RECORD_MOST)
        return text_stream_fail(csv->stream, err, ERROR_LIMIT, csv->line,
                                "the row that begins here has more than %d bytes",
                                (int)FORMAT_RECORD_MOST);
    return true;
}

static bool ends_field(const struct csv_reader *csv, int byte)
{
    return byte == TEXT_END || byte == '\n' || byte == csv->separator;
}

static bool is_space(int byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n';
}

/* A quote that nobody doubled and that opens a word, as in "He said "no", then": the next closes
 * it.
 */
static bool opens_word(const struct csv_reader *csv, int next)
{
    char before = csv->text.length > 0 ? csv->text.bytes[csv->text.length - 1] : '\0';
    return (before == ' ' || before == '(') && next != TEXT_END && !is_space(next);
}

/* True if the quote just taken ends the field's quoted part. Doubled it is one quote; before
 * anything but an end or a blank it is one that nobody doubled. */
static bool closes(struct csv_reader *csv, bool *within_word)
{
    int next = text_stream_peek(csv->stream);
    bool closes_word = *within_word;
    *within_word = false;
    if (!closes_word && next != '"') {
        if (ends_field(csv, next) || is_space(next))
            return true;
        *within_word = opens_word(csv, next);
    }
    if (!closes_word && next == '"')
        text_stream_next(csv->stream);
    buffer_byte(&csv->text, '"');
    return false;
}

static bool take_quoted(struct csv_reader *csv, struct error *err)
{
    size_t opened = text_stream_line(csv->stream);
    bool within_word = false;
    text_stream_next(csv->stream);
    while (text_stream_take_until(csv->stream, "\"", FORMAT_FIELD_MOST, &csv->text) != TEXT_END) {
        if (!is_within_limits(csv, err))
            return false;
        if (text_stream_peek(csv->stream) != '"')
            continue; /* it was longer than is taken at once */
        text_stream_next(csv->stream);
        if (closes(csv, &within_word))
            return true;
    }
    if (!text_stream_ended_well(csv->stream, err))
        return false;
    return text_stream_fail(csv->stream, err, ERROR_INVALID, opened,
                            "the quote that opens here is never closed; the file was cut, or a "
                            "quote is missing");
}

static bool take_field(struct csv_reader *csv, struct error *err)
{
    if (!begin_field(csv, err))
        return false;
    while (text_stream_peek(csv->stream) == ' ' && csv->separator != ' ')
        text_stream_next(csv->stream);
    if (text_stream_peek(csv->stream) == '"' && !take_quoted(csv, err))
        return false;
    const char ends[] = {csv->separator, '\n', '\0'};
    text_stream_take_until(csv->stream, ends, FORMAT_FIELD_MOST + 1, &csv->text);
    if (!is_within_limits(csv, err))
        return false;
    end_field(csv);
    return true;
}

static bool take_row(struct csv_reader *csv, struct error *err)
{
    buffer_clear(&csv->text);
    csv->count = 0;
    csv->line = text_stream_line(csv->stream);
    for (;;) {
        if (!take_field(csv, err))
            return false;
        int byte = text_stream_next(csv->stream);
        csv->cut = byte == TEXT_END;
        if (byte != csv->separator)
            return true;
    }
}

static bool is_empty(const struct csv_reader *csv)
{
    for (size_t i = 0; i < csv->count; i++)
        if (*csv_reader_field(csv, i) != '\0')
            return false;
    return true;
}

/* ---- the separator ---- */

static const char separators[] = ",;\t";

/* Whichever stands most often outside of quotes in the first line. */
static char most_frequent(const char *text)
{
    size_t counts[sizeof separators - 1] = {0};
    bool quoted = false;
    for (; *text != '\0' && (quoted || *text != '\n'); text++) {
        const char *place = strchr(separators, *text);
        quoted = *text == '"' ? !quoted : quoted;
        if (place != NULL && !quoted)
            counts[place - separators]++;
    }
    size_t best = 0;
    for (size_t i = 1; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] > counts[best])
            best = i;
    return separators[best];
}

/* Excel's own first line, "sep=;". */
static bool is_told(const char *text)
{
    return strncasecmp(text, "sep=", 4) == 0 && text[4] != '\0' &&
           strchr(separators, text[4]) != NULL && (text[5] == '\n' || text[5] == '\0');
}

void csv_reader_begin(struct csv_reader *csv, struct input *input, struct text_stream *stream)
{
    struct error fault = {0}; /* the stream will tell it */
    struct buffer text = {0};
    const char *head = NULL;
    size_t length = 0;
    if (input_peek(input, &head, &length, &fault))
        text_stream_head(head, length, &text);
    const char *start = buffer_string(&text);
    bool told = is_told(start);
    *csv =
        (struct csv_reader){.stream = stream, .separator = told ? start[4] : most_frequent(start)};
    buffer_release(&text);
    if (told)
        text_stream_read_line(stream, &text, FORMAT_FIELD_MOST);
    buffer_release(&text);
}

bool csv_reader_head(const char *head, size_t length, struct csv_reader *out)
{
    static const struct input_limits unlimited = {0};
    struct input *input = input_memory(head, length, "head", &unlimited);
    struct text_stream *stream = text_stream_new(input, NULL);
    struct error fault = {0};
    csv_reader_begin(out, input, stream);
    bool found = csv_reader_next_header(out, &fault) == CSV_ROW;
    text_stream_free(stream);
    input_close(input);
    out->stream = NULL;
    if (!found)
        csv_reader_release(out);
    return found;
}

enum csv_read csv_reader_next(struct csv_reader *csv, struct error *err)
{
    do {
        if (text_stream_peek(csv->stream) == TEXT_END)
            return text_stream_ended_well(csv->stream, err) ? CSV_END : CSV_FAILED;
        if (!take_row(csv, err))
            return CSV_FAILED;
    } while (is_empty(csv));
    return CSV_ROW;
}

enum csv_read csv_reader_next_header(struct csv_reader *csv, struct error *err)
{
    enum csv_read result;
    int lines = 0;
    do
        result = csv_reader_next(csv, err);
    while (result == CSV_ROW && csv->count == 1 && ++lines < PREFACE_MOST);
    return result;
}

const char *csv_reader_field(const struct csv_reader *csv, size_t index)
{
    return index < csv->count ? csv->text.bytes + csv->starts[index] : "";
}

void csv_reader_release(struct csv_reader *csv)
{
    buffer_release(&csv->text);
    free(csv->starts);
    csv->starts = NULL;
    csv->count = 0;
}

/* ---- columns ---- */

void csv_reader_name(const char *text, char out[CSV_NAME_SIZE])
{
    size_t length = 0;
    for (; *text != '\0' && length + 1 < CSV_NAME_SIZE; text++)
        if (isalnum((unsigned char)*text))
            out[length++] = (char)tolower((unsigned char)*text);
    out[length] = '\0';
}

int *csv_reader_columns(const struct csv_reader *header, const struct csv_column *columns)
{
    int *whats = memory_alloc(header->count * sizeof *whats);
    for (size_t i = 0; i < header->count; i++) {
        char name[CSV_NAME_SIZE];
        csv_reader_name(csv_reader_field(header, i), name);
        whats[i] = CSV_NO_COLUMN;
        for (const struct csv_column *column = columns; column->name != NULL; column++)
            if (strcmp(column->name, name) == 0)
                whats[i] = column->what;
    }
    return whats;
}

bool csv_reader_has(const struct csv_reader *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++) {
        char there[CSV_NAME_SIZE];
        csv_reader_name(csv_reader_field(header, i), there);
        if (strcmp(there, name) == 0)
            return true;
    }
    return false;
}

/* ---- numbers ---- */

static bool is_missing(const char *text)
{
    static const char *const words[] = {"", "NA", "N/A", "NaN", "-", ".", "null", "#N/A", NULL};
    for (const char *const *word = words; *word != NULL; word++)
        if (strcasecmp(*word, text) == 0)
            return true;
    return false;
}

/* What a comma in a number is. */
enum comma { COMMA_NONE, COMMA_GROUPS, COMMA_DECIMAL, COMMA_DOUBTFUL };

/* "1,234,567" groups digits, "0,5" is a European decimal. "1,234" is either, unless commas part the
 * fields: who writes such files does not write decimals with them. */
static enum comma comma_in(const char *text, char separator)
{
    size_t commas = 0;
    bool groups = true;
    text += *text == '-' || *text == '+';
    size_t digits = strspn(text, "0123456789");
    for (text += digits; *text == ','; text += 1 + strspn(text + 1, "0123456789")) {
        commas++;
        groups = groups && digits >= 1 && digits <= 3 && strspn(text + 1, "0123456789") == 3;
    }
    if (commas == 0)
        return COMMA_NONE;
    if (groups && (commas > 1 || separator == ',' || *text == '.'))
        return COMMA_GROUPS;
    return groups || commas > 1 || *text == '.' ? COMMA_DOUBTFUL : COMMA_DECIMAL;
}

/* As strtod reads it; false for what it would not wholly read. */
static bool plain_number(const char *text, char separator, char out[NUMBER_SIZE])
{
    enum comma comma = comma_in(text, separator);
    size_t length = 0;
    while (*text != '\0' && length + 1 < NUMBER_SIZE) {
        bool minus = strncmp(text, "\xE2\x88\x92", 3) == 0;
        bool is_comma = *text == ',';
        if (!is_comma || comma != COMMA_GROUPS)
            out[length++] = minus ? '-' : is_comma && comma == COMMA_DECIMAL ? '.' : *text;
        text += minus ? 3 : 1;
    }
    out[length] = '\0';
    return *text == '\0' && comma != COMMA_DOUBTFUL && out[strspn(out, "0123456789.+-eE")] == '\0';
}

double csv_reader_number(const struct csv_reader *csv, size_t index, bool *is_number)
{
    char plain[NUMBER_SIZE];
    const char *text = csv_reader_field(csv, index);
    bool ok = true;
    double value = NAN;
    if (!is_missing(text)) {
        char *end = plain;
        ok = plain_number(text, csv->separator, plain);
        if (ok)
            value = strtod(plain, &end);
        ok = ok && end != plain && *end == '\0' && isfinite(value);
    }
    if (is_number != NULL)
        *is_number = ok;
    return ok ? value : NAN;
}

int csv_reader_count(const struct csv_reader *csv, size_t index, bool *is_number)
{
    bool ok = true;
    double value = csv_reader_number(csv, index, &ok);
    bool whole = !isnan(value) && value >= 0 && value <= LARGEST_COUNT && value == trunc(value);
    if (is_number != NULL)
        *is_number = ok && (whole || isnan(value));
    return whole ? (int)value : COUNT_UNKNOWN;
}
