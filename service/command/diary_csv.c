#include "service/command/diary_csv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "importers/formats/csv_reader.h"

enum column { COLUMN_DAY, COLUMN_SCORE, COLUMN_OUTCOME, COLUMN_SCALE, COLUMN_SESSION, COLUMN_NOTE };
enum { COLUMN_COUNT = COLUMN_NOTE + 1 };

static const struct csv_column columns[] = {
    {"day", COLUMN_DAY},         {"date", COLUMN_DAY},         {"score", COLUMN_SCORE},
    {"pain", COLUMN_SCORE},      {"outcome", COLUMN_OUTCOME},  {"scale", COLUMN_SCALE},
    {"session", COLUMN_SESSION}, {"sessions", COLUMN_SESSION}, {"note", COLUMN_NOTE},
    {"notes", COLUMN_NOTE},      {"comment", COLUMN_NOTE},     {NULL, CSV_NO_COLUMN},
};

bool diary_is_json(const char *text, size_t length)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t at = length >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    while (at < length && isspace((unsigned char)text[at]))
        at++;
    return at < length && (text[at] == '{' || text[at] == '[');
}

struct reading {
    struct csv_reader csv;
    struct text_stream *stream;
    int *whats;   /* of the columns */
    size_t width; /* of the header line */
    struct arena *arena;
    struct diary_csv *out;
    json_t *diary; /* these three are parts of out->value */
    json_t *sessions;
    json_t *symptoms;
    size_t *lines;
    size_t room;
};

static bool fail(const struct reading *reading, struct error *err, const char *format,
                 const char *text)
{
    return text_stream_fail(reading->stream, err, ERROR_INVALID, reading->csv.line, format, text);
}

/* The first field of that kind; "" where there is none. */
static const char *value_of(const struct reading *reading, enum column column)
{
    for (size_t i = 0; i < reading->width; i++)
        if (reading->whats[i] == (int)column && csv_reader_field(&reading->csv, i)[0] != '\0')
            return csv_reader_field(&reading->csv, i);
    return "";
}

/* ---- days ---- */

static bool all_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!isdigit((unsigned char)text[i]))
            return false;
    return true;
}

/* "2026-11-22", "2026/11/22", with or without a time of day: the year first leaves no doubt. */
static const char *date_in(const char *text, struct arena *arena)
{
    enum { LENGTH = 10 };
    bool parted = strlen(text) >= LENGTH && all_digits(text, 4) && all_digits(text + 5, 2) &&
                  all_digits(text + 8, 2) && strchr("-/.", text[4]) != NULL && text[4] == text[7];
    if (!parted || (text[LENGTH] != '\0' && text[LENGTH] != 'T' && text[LENGTH] != ' '))
        return NULL;
    return arena_printf(arena, "%.4s-%.2s-%.2s", text, text + 5, text + 8);
}

/* A number with a decimal point or comma, and nothing behind it. */
static bool number_in(const char *text, struct arena *arena, double *out)
{
    char *copy = arena_strdup(arena, text);
    char *comma = strchr(copy, ',');
    char *end = NULL;
    if (comma != NULL)
        *comma = '.';
    *out = strtod(copy, &end);
    return end != copy && *end == '\0' && strspn(copy, "+-0123456789.") == strlen(copy);
}

/* A day as JSON, a new reference; NULL with an error. */
static json_t *day_of(const struct reading *reading, struct error *err)
{
    const char *text = value_of(reading, COLUMN_DAY);
    const char *date = date_in(text, reading->arena);
    double number;
    if (date != NULL)
        return json_string(date);
    if (number_in(text, reading->arena, &number))
        return json_real(number);
    if (*text == '\0')
        fail(reading, err, "there is no day%s", "");
    else
        fail(reading, err,
             "\"%.40s\" is no day; write dates as year-month-day (2026-11-22), so that day and "
             "month cannot be mixed up, or count days in numbers",
             text);
    return NULL;
}

/* ---- rows ---- */

/* Yes, no, or neither. */
static bool session_in(const struct reading *reading, bool *out, struct error *err)
{
    static const char *const yes[] = {"1", "x", "y", "yes", "true", "ja", "oui", "si"};
    static const char *const no[] = {"", "0", "-", "n", "no", "false", "nein", "non"};
    const char *text = value_of(reading, COLUMN_SESSION);
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (strcasecmp(text, yes[i]) == 0)
            return *out = true;
    *out = false;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (strcasecmp(text, no[i]) == 0)
            return true;
    return fail(reading, err, "\"%.40s\" is neither yes nor no; write 1 for a session, 0 for none",
                text);
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (*text != '\0')
        json_object_set_new(object, key, json_string(text));
}

static void keep_line(struct reading *reading)
{
    size_t count = json_array_size(reading->diary);
    if (count == reading->room) {
        size_t *old = reading->lines;
        reading->room = 2 * reading->room + 64;
        reading->lines = arena_array(reading->arena, reading->room, sizeof *old);
        if (count > 0)
            memcpy(reading->lines, old, count * sizeof *old);
    }
    reading->lines[count] = reading->csv.line;
}

static void add_entry(struct reading *reading, json_t *day)
{
    json_t *entry = json_object();
    keep_line(reading);
    json_object_set(entry, "day", day);
    set_text(entry, "score", value_of(reading, COLUMN_SCORE));
    set_text(entry, "outcome", value_of(reading, COLUMN_OUTCOME));
    set_text(entry, "scale", value_of(reading, COLUMN_SCALE));
    set_text(entry, "note", value_of(reading, COLUMN_NOTE));
    json_array_append_new(reading->diary, entry);
}

/* What is noted on a day without a score is looked through all the same. */
static bool take_row(struct reading *reading, struct error *err)
{
    bool session;
    if (reading->csv.count > reading->width)
        return fail(reading, err,
                    "more fields than the header has%s; where numbers have decimal commas, part "
                    "the columns by semicolons",
                    "");
    if (!session_in(reading, &session, err))
        return false;
    bool scored = *value_of(reading, COLUMN_SCORE) != '\0';
    if (!scored && !session && *value_of(reading, COLUMN_NOTE) == '\0')
        return true; /* a day that was missed */
    json_t *day = day_of(reading, err);
    if (day == NULL)
        return false;
    if (scored)
        add_entry(reading, day);
    else if (*value_of(reading, COLUMN_NOTE) != '\0')
        json_array_append_new(reading->symptoms, json_string(value_of(reading, COLUMN_NOTE)));
    if (session)
        json_array_append(reading->sessions, day);
    json_decref(day);
    return true;
}

/* ---- the file ---- */

static bool has_column(const struct reading *reading, enum column column)
{
    for (size_t i = 0; i < reading->width; i++)
        if (reading->whats[i] == (int)column)
            return true;
    return false;
}

static void tell_unread(struct reading *reading)
{
    const char *names = NULL;
    for (size_t i = 0; i < reading->width; i++) {
        const char *name = csv_reader_field(&reading->csv, i);
        if (reading->whats[i] != CSV_NO_COLUMN || *name == '\0')
            continue;
        names = names == NULL ? arena_printf(reading->arena, "%.40s", name)
                              : arena_printf(reading->arena, "%s, %.40s", names, name);
    }
    reading->out->unread = names;
}

static bool read_header(struct reading *reading, const char *name, struct error *err)
{
    static const char needed[] =
        "the first line must name the columns: day or date, score, and if you like outcome, scale, "
        "session, note%s";
    enum csv_read got = csv_reader_next(&reading->csv, err);
    if (got == CSV_FAILED)
        return false;
    if (got == CSV_END)
        return error_set(err, ERROR_INVALID, "%s: there is nothing in it", name);
    reading->whats = csv_reader_columns(&reading->csv, columns);
    reading->width = reading->csv.count;
    if (!has_column(reading, COLUMN_DAY) ||
        !(has_column(reading, COLUMN_SCORE) || has_column(reading, COLUMN_SESSION)))
        return fail(reading, err, needed, "");
    tell_unread(reading);
    return true;
}

static bool read_rows(struct reading *reading, struct error *err)
{
    for (;;) {
        enum csv_read got = csv_reader_next(&reading->csv, err);
        if (got == CSV_FAILED || (got == CSV_ROW && !take_row(reading, err)))
            return false;
        if (got == CSV_END)
            return text_stream_ended_well(reading->stream, err);
    }
}

static json_t *new_value(struct reading *reading)
{
    json_t *value = json_object();
    reading->diary = json_array();
    reading->sessions = json_array();
    reading->symptoms = json_array();
    json_object_set_new(value, "diary", reading->diary);
    json_object_set_new(value, "sessions", reading->sessions);
    json_object_set_new(value, "symptoms", reading->symptoms);
    return value;
}

bool diary_csv_read(const char *text, size_t length, const char *name, struct arena *arena,
                    struct diary_csv *out, struct error *err)
{
    struct input *input = input_memory(text, length, name, &input_limits_default);
    struct reading reading = {.stream = text_stream_new(input, NULL), .arena = arena, .out = out};
    *out = (struct diary_csv){.value = new_value(&reading)};
    csv_reader_begin(&reading.csv, input, reading.stream);
    bool good = read_header(&reading, name, err) && read_rows(&reading, err);
    out->lines = reading.lines;
    free(reading.whats);
    csv_reader_release(&reading.csv);
    text_stream_free(reading.stream);
    input_close(input);
    if (good)
        return true;
    json_decref(out->value);
    out->value = NULL;
    return false;
}
