#include "importers/formats/bibtex_scan.h"

#include <ctype.h>
#include <string.h>

/* ---- beginnings ---- */

/* Reads "article{" behind an '@' that was taken. False if what follows begins no entry. */
static bool take_type(struct bibtex_scan *scan, char *open)
{
    size_t length = 0;
    int byte;
    while ((byte = text_stream_peek(scan->stream)) != TEXT_END && isalpha(byte)) {
        if (length + 1 < sizeof scan->type)
            scan->type[length++] = (char)tolower(byte);
        text_stream_next(scan->stream);
    }
    scan->type[length] = '\0';
    while ((byte = text_stream_peek(scan->stream)) != TEXT_END && isspace(byte))
        text_stream_next(scan->stream);
    if (length == 0 || (byte != '{' && byte != '('))
        return false;
    *open = (char)byte;
    text_stream_next(scan->stream);
    return true;
}

/* The same from text: "@article{key," as a whole. Gives where its body begins, 0 if it is none. */
static size_t beginning_at(const char *text, size_t length)
{
    size_t at = 1;
    while (at < length && isalpha((unsigned char)text[at]))
        at++;
    size_t brace = at + strspn(text + at, " \t");
    if (at == 1 || brace >= length || (text[brace] != '{' && text[brace] != '('))
        return 0;
    size_t key = strspn(text + brace + 1, " \t");
    size_t key_length = strcspn(text + brace + 1 + key, " \t\n{}(),=\"@");
    return brace + 1 + key + key_length + 1 == length && key_length > 0 ? brace + 1 : 0;
}

/* Takes over the type of "@article{…" at the start of `text`. */
static void set_type(struct bibtex_scan *scan, const char *text)
{
    size_t length = 0;
    for (text++; isalpha((unsigned char)*text); text++)
        if (length + 1 < sizeof scan->type)
            scan->type[length++] = (char)tolower((unsigned char)*text);
    scan->type[length] = '\0';
}

/* ---- bodies ---- */

/* Where within a body we are. */
struct place {
    char open;
    int depth; /* of braces within the entry's own */
    bool line_start;
    size_t suspect; /* where an '@' began a line; SIZE_MAX: nowhere */
    size_t suspect_line;
};

static const size_t NOWHERE = (size_t)-1;

static struct place place_within(char open)
{
    return (struct place){.open = open, .suspect = NOWHERE};
}

static bool is_end(struct place *place, int byte)
{
    if (byte == '{')
        place->depth++;
    if (byte == '}' && place->depth == 0)
        return place->open == '{';
    if (byte == '}')
        place->depth--;
    return byte == ')' && place->open == '(' && place->depth == 0;
}

static void look_for_beginning(struct bibtex_scan *scan, struct place *place, int byte)
{
    if (byte == '@' && place->line_start) {
        place->suspect = scan->body.length - 1;
        place->suspect_line = text_stream_line(scan->stream);
    }
    place->line_start = byte == '\n' || (place->line_start && (byte == ' ' || byte == '\t'));
}

/* The comma that was read ends "@article{key,": the entry before was never closed. */
static bool is_overrun(const struct bibtex_scan *scan, const struct place *place, int byte)
{
    if (byte != ',' || place->suspect == NOWHERE || strcmp(scan->type, "comment") == 0)
        return false;
    const char *text = scan->body.bytes + place->suspect;
    return beginning_at(text, scan->body.length - place->suspect) > 0;
}

/* Refuses what is open and goes on with the entry that begins within it. */
static struct place begin_again(struct bibtex_scan *scan, const struct place *place)
{
    scan->counts->refused++;
    text_stream_warn(scan->stream, scan->line,
                     "the entry that begins here is still open where another begins on line %zu, "
                     "and was left out; look for a brace that is missing",
                     place->suspect_line);
    const char *text = scan->body.bytes + place->suspect;
    size_t skipped = beginning_at(text, scan->body.length - place->suspect);
    char open = text[skipped - 1];
    set_type(scan, text);
    scan->line = place->suspect_line;
    size_t length = scan->body.length - place->suspect - skipped;
    memmove(scan->body.bytes, text + skipped, length);
    scan->body.length = length;
    scan->body.bytes[length] = '\0';
    return place_within(open);
}

static bool fail_at_end(struct bibtex_scan *scan, struct error *err)
{
    if (!text_stream_ended_well(scan->stream, err))
        return false;
    return text_stream_fail(scan->stream, err, ERROR_INVALID, scan->line,
                            "the file ends within the entry that begins here; it was cut, or a "
                            "brace is missing");
}

static bool is_too_long(const struct bibtex_scan *scan)
{
    return scan->body.length > FORMAT_RECORD_MOST;
}

/* The next byte that may change where we are; those before it are taken into the body. */
static int next_of_note(struct bibtex_scan *scan, struct place *place)
{
    size_t before = scan->body.length;
    if (!place->line_start)
        text_stream_take_until(scan->stream, "{}()\\@,\n", FORMAT_RECORD_MOST, &scan->body);
    place->line_start = place->line_start && scan->body.length == before;
    return text_stream_next(scan->stream);
}

static bool take_body(struct bibtex_scan *scan, char open, struct error *err)
{
    struct place place = place_within(open);
    buffer_clear(&scan->body);
    for (int byte; (byte = next_of_note(scan, &place)) != TEXT_END;) {
        if (is_end(&place, byte))
            return true;
        buffer_byte(&scan->body, (char)byte);
        /* An escaped brace opens and closes nothing. */
        if (byte == '\\' && text_stream_peek(scan->stream) != TEXT_END &&
            strchr("{}\\", text_stream_peek(scan->stream)) != NULL)
            buffer_byte(&scan->body, (char)text_stream_next(scan->stream));
        look_for_beginning(scan, &place, byte);
        if (is_overrun(scan, &place, byte))
            place = begin_again(scan, &place);
        else if (byte == ',')
            place.suspect = NOWHERE;
        if (is_too_long(scan))
            return text_stream_fail(scan->stream, err, ERROR_LIMIT, scan->line,
                                    "the entry that begins here has more than %d bytes",
                                    (int)FORMAT_RECORD_MOST);
    }
    return fail_at_end(scan, err);
}

enum bibtex_scanned bibtex_scan_next(struct bibtex_scan *scan, struct error *err)
{
    while (text_stream_take_until(scan->stream, "@", FORMAT_RECORD_MOST, &scan->body) != TEXT_END) {
        char open;
        buffer_clear(&scan->body); /* words between entries are a comment */
        if (text_stream_next(scan->stream) != '@')
            continue;
        scan->line = text_stream_line(scan->stream);
        if (!take_type(scan, &open))
            continue;
        if (!take_body(scan, open, err))
            return BIBTEX_FAILED;
        if (strcmp(scan->type, "comment") != 0 && strcmp(scan->type, "preamble") != 0)
            return BIBTEX_ENTRY;
    }
    return text_stream_ended_well(scan->stream, err) ? BIBTEX_END : BIBTEX_FAILED;
}

void bibtex_scan_release(struct bibtex_scan *scan)
{
    buffer_release(&scan->body);
}
