#include "service/command/diary_csv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evidence/base/text.h"
#include "importers/formats/csv_reader.h"
#include "service/command/diary_date.h"

enum column {
    COLUMN_DAY,
    COLUMN_SCORE,
    COLUMN_OUTCOME,
    COLUMN_SCALE,
    COLUMN_SESSION,
    COLUMN_NOTE,
    COLUMN_OTHER
};

struct column_name {
    const char *name; /* whole words, folded */
    enum column column;
};

/* A heading is taken for the first of these that stands in it: what tells more comes first. */
static const struct column_name column_names[] = {
    {"how i felt", COLUMN_NOTE},
    {"how it felt", COLUMN_NOTE},
    {"what i did", COLUMN_NOTE},
    {"note", COLUMN_NOTE},
    {"notes", COLUMN_NOTE},
    {"comment", COLUMN_NOTE},
    {"comments", COLUMN_NOTE},
    {"remark", COLUMN_NOTE},
    {"remarks", COLUMN_NOTE},
    {"notiz", COLUMN_NOTE},
    {"notizen", COLUMN_NOTE},
    {"bemerkung", COLUMN_NOTE},
    {"bemerkungen", COLUMN_NOTE},
    {"kommentar", COLUMN_NOTE},
    {"opmerking", COLUMN_NOTE},
    {"opmerkingen", COLUMN_NOTE},
    {"remarque", COLUMN_NOTE},
    {"remarques", COLUMN_NOTE},
    {"commentaire", COLUMN_NOTE},
    {"nota", COLUMN_NOTE},
    {"notas", COLUMN_NOTE},
    {"symptoms", COLUMN_NOTE},
    {"side effects", COLUMN_NOTE},
    {"scale", COLUMN_SCALE},
    {"skala", COLUMN_SCALE},
    {"outcome", COLUMN_OUTCOME},
    {"session", COLUMN_SESSION},
    {"sessions", COLUMN_SESSION},
    {"treatment", COLUMN_SESSION},
    {"treated", COLUMN_SESSION},
    {"therapy", COLUMN_SESSION},
    {"sitzung", COLUMN_SESSION},
    {"behandlung", COLUMN_SESSION},
    {"behandeling", COLUMN_SESSION},
    {"seance", COLUMN_SESSION},
    {"sesion", COLUMN_SESSION},
    {"score", COLUMN_SCORE},
    {"pain", COLUMN_SCORE},
    {"rating", COLUMN_SCORE},
    {"nrs", COLUMN_SCORE},
    {"vas", COLUMN_SCORE},
    {"schmerz", COLUMN_SCORE},
    {"schmerzen", COLUMN_SCORE},
    {"pijn", COLUMN_SCORE},
    {"douleur", COLUMN_SCORE},
    {"dolor", COLUMN_SCORE},
    {"dolore", COLUMN_SCORE},
    {"soreness", COLUMN_SCORE},
    {"morning", COLUMN_SCORE},
    {"evening", COLUMN_SCORE},
    {"date", COLUMN_DAY},
    {"datum", COLUMN_DAY},
    {"fecha", COLUMN_DAY},
    {"data", COLUMN_DAY},
    {"day", COLUMN_DAY},
    {"tag", COLUMN_DAY},
    {"dag", COLUMN_DAY},
    {"jour", COLUMN_DAY},
    {"dia", COLUMN_DAY},
    {"when", COLUMN_DAY},
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
    enum column *columns;
    size_t width;         /* of the header line */
    struct {              /* days of which nobody has said whether the month comes first */
        size_t line;      /* of the first one; 0: there are none */
        const char *text; /* as it stands there */
        bool day_first;   /* one cannot be otherwise … */
        bool month_first; /* … or the other way round */
    } doubt;
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
        if (reading->columns[i] == column && csv_reader_field(&reading->csv, i)[0] != '\0')
            return csv_reader_field(&reading->csv, i);
    return "";
}

/* ---- days ---- */

enum { MONTHS = 12 };

/* A date that is in doubt stays as it was written until the whole column has been read. */
static json_t *date_in(struct reading *reading, const char *text)
{
    struct written_date date;
    if (!date_written(text, &date))
        return NULL;
    if (!date.in_doubt)
        return json_string(date_told(&date, false, reading->arena));
    reading->doubt.day_first |= date.first > MONTHS;
    reading->doubt.month_first |= date.second > MONTHS;
    if (reading->doubt.line == 0) {
        reading->doubt.line = reading->csv.line;
        reading->doubt.text = arena_strdup(reading->arena, text);
    }
    return json_string(text);
}

static void settle_day(const struct reading *reading, json_t *day)
{
    struct written_date date;
    const char *text = json_string_value(day);
    if (text != NULL && date_written(text, &date) && date.in_doubt)
        json_string_set(day, date_told(&date, reading->doubt.day_first, reading->arena));
}

/* Days beyond the twelfth tell which way round all the dates of the file are. */
static bool settle_days(struct reading *reading, struct error *err)
{
    size_t i;
    json_t *one;
    if (reading->doubt.line == 0)
        return true;
    if (reading->doubt.day_first == reading->doubt.month_first)
        return text_stream_fail(
            reading->stream, err, ERROR_INVALID, reading->doubt.line,
            "\"%.40s\" may be either of two days; write dates as year-month-day (2026-11-22), "
            "so that day and month cannot be mixed up, or count days in numbers",
            reading->doubt.text);
    json_array_foreach(reading->diary, i, one) settle_day(reading, json_object_get(one, "day"));
    json_array_foreach(reading->sessions, i, one) settle_day(reading, one);
    return true;
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
static json_t *day_of(struct reading *reading, struct error *err)
{
    const char *text = value_of(reading, COLUMN_DAY);
    json_t *date = date_in(reading, text);
    double number;
    if (date != NULL)
        return date;
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
    static const char *const yes[] = {"1", "x", "y", "yes", "true", "ja", "oui", "si", "sí", "✓"};
    static const char *const no[] = {"",      "0",    "-",   "n",   "no",
                                     "false", "nein", "non", "nee", "none"};
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

static void add_entry(struct reading *reading, json_t *day, const char *score, bool with_note)
{
    json_t *entry = json_object();
    keep_line(reading);
    json_object_set_new(entry, "day", json_deep_copy(day));
    set_text(entry, "score", score);
    set_text(entry, "outcome", value_of(reading, COLUMN_OUTCOME));
    set_text(entry, "scale", value_of(reading, COLUMN_SCALE));
    set_text(entry, "note", with_note ? value_of(reading, COLUMN_NOTE) : "");
    json_array_append_new(reading->diary, entry);
}

/* Each score of the day: some write down one for the morning and one for the evening. */
static void add_entries(struct reading *reading, json_t *day)
{
    bool first = true;
    for (size_t i = 0; i < reading->width; i++) {
        const char *score = csv_reader_field(&reading->csv, i);
        if (reading->columns[i] != COLUMN_SCORE || *score == '\0')
            continue;
        add_entry(reading, day, score, first);
        first = false;
    }
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
        add_entries(reading, day);
    else if (*value_of(reading, COLUMN_NOTE) != '\0')
        json_array_append_new(reading->symptoms, json_string(value_of(reading, COLUMN_NOTE)));
    if (session)
        json_array_append_new(reading->sessions, json_deep_copy(day));
    json_decref(day);
    return true;
}

/* ---- the header ---- */

static bool stands_at(struct text_words words, size_t at, struct text_words name)
{
    for (size_t i = 0; i < name.count; i++)
        if (at + i >= words.count || strcmp(words.items[at + i].folded, name.items[i].folded) != 0)
            return false;
    return true;
}

static enum column column_called(const char *heading, struct arena *arena)
{
    struct text_words words = text_cut(heading, strlen(heading), arena);
    for (size_t i = 0; i < sizeof column_names / sizeof *column_names; i++) {
        const char *name = column_names[i].name;
        struct text_words sought = text_cut(name, strlen(name), arena);
        for (size_t at = 0; at < words.count; at++)
            if (stands_at(words, at, sought))
                return column_names[i].column;
    }
    return COLUMN_OTHER;
}

/* "Pain (0-10)", "score /10": the heading tells the scale. */
static void take_scale(const struct reading *reading, const char *heading)
{
    static const char digits[] = "0123456789";
    const char *first = heading + strcspn(heading, digits);
    const char *joint = first + strspn(first, digits);
    const char *second = joint + strspn(joint, " -–—…to.");
    const char *most = strchr(heading, '/');
    if (json_object_get(reading->out->value, "scale") != NULL)
        return;
    if (most != NULL && isdigit((unsigned char)most[1]))
        json_object_set_new(reading->out->value, "scale",
                            json_string(arena_printf(reading->arena, "0-%d", atoi(most + 1))));
    else if (second > joint && isdigit((unsigned char)*second))
        json_object_set_new(reading->out->value, "scale", json_string(first));
}

static void name_columns(struct reading *reading)
{
    reading->width = reading->csv.count;
    reading->columns = arena_array(reading->arena, reading->width, sizeof *reading->columns);
    for (size_t i = 0; i < reading->width; i++) {
        const char *heading = csv_reader_field(&reading->csv, i);
        reading->columns[i] = column_called(heading, reading->arena);
        if (reading->columns[i] == COLUMN_SCORE)
            take_scale(reading, heading);
    }
}

/* ---- the file ---- */

static bool has_column(const struct reading *reading, enum column column)
{
    for (size_t i = 0; i < reading->width; i++)
        if (reading->columns[i] == column)
            return true;
    return false;
}

static void tell_unread(struct reading *reading)
{
    const char *names = NULL;
    for (size_t i = 0; i < reading->width; i++) {
        const char *name = csv_reader_field(&reading->csv, i);
        if (reading->columns[i] != COLUMN_OTHER || *name == '\0')
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
    name_columns(reading);
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
    bool good =
        read_header(&reading, name, err) && read_rows(&reading, err) && settle_days(&reading, err);
    out->lines = reading.lines;
    csv_reader_release(&reading.csv);
    text_stream_free(reading.stream);
    input_close(input);
    if (good)
        return true;
    json_decref(out->value);
    out->value = NULL;
    return false;
}
