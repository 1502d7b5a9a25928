#include "tests/fuzz/corpus_file.h"

#include <string.h>

#include "evidence/base/file.h"

enum { CORPUS_BYTES = 8 << 20, FIRST_PRINTED = 0x20, LAST_PRINTED = 0x7E };

/* -- reading -- */

static int hex_digit(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = digit == '\0' ? NULL : strchr(digits, digit);
    return found == NULL ? -1 : (int)(found - digits);
}

/* Reads what stands behind a backslash; gives how many characters that is, 0 for what is none. */
static size_t read_escape(const char *text, struct buffer *out)
{
    static const char letters[] = "nrt\\";
    static const char meant[] = "\n\r\t\\";
    if (text[0] == 'e')
        return 1;
    const char *letter = text[0] == '\0' ? NULL : strchr(letters, text[0]);
    if (letter != NULL) {
        buffer_byte(out, meant[letter - letters]);
        return 1;
    }
    if (text[0] != 'x' || hex_digit(text[1]) < 0 || hex_digit(text[2]) < 0)
        return 0;
    buffer_byte(out, (char)(hex_digit(text[1]) * 16 + hex_digit(text[2])));
    return 3;
}

static bool read_input(const char *text, struct buffer *out)
{
    while (*text != '\0') {
        if (*text != '\\') {
            buffer_byte(out, *text++);
            continue;
        }
        size_t used = read_escape(text + 1, out);
        if (used == 0)
            return false;
        text += 1 + used;
    }
    return true;
}

static size_t count_lines(const char *text)
{
    size_t count = 1;
    for (; *text != '\0'; text++)
        count += *text == '\n';
    return count;
}

/* Cuts the line off the front. */
static char *take_line(char **rest)
{
    char *line = *rest;
    size_t length = strcspn(line, "\n");
    *rest = line[length] == '\0' ? NULL : line + length + 1;
    line[length] = '\0';
    return line;
}

bool corpus_read(const char *path, struct arena *arena, struct corpus *out, struct error *err)
{
    size_t length = 0;
    char *rest = file_read(path, CORPUS_BYTES, arena, &length, err);
    if (rest == NULL)
        return false;
    struct corpus_input *inputs = arena_array(arena, count_lines(rest), sizeof *inputs);
    const char *about = NULL;
    struct buffer bytes = {0};
    *out = (struct corpus){.inputs = inputs};
    for (size_t number = 1; rest != NULL; number++) {
        const char *line = take_line(&rest);
        if (line[0] == '#' || line[0] == '\0') {
            about = line[0] == '#' ? line + 1 + (line[1] == ' ') : NULL;
            continue;
        }
        buffer_clear(&bytes);
        if (!read_input(line, &bytes)) {
            buffer_release(&bytes);
            return error_set(err, ERROR_INVALID,
                             "%s, line %zu: behind a backslash stands n, r, t, e, a backslash or x "
                             "and two small hexadecimal digits",
                             path, number);
        }
        inputs[out->count++] = (struct corpus_input){
            .line = number,
            .bytes = arena_strndup(arena, buffer_string(&bytes), bytes.length),
            .length = bytes.length,
            .about = about};
        about = NULL;
    }
    buffer_release(&bytes);
    return true;
}

/* -- writing -- */

static void write_byte(unsigned char byte, bool plain, struct buffer *out)
{
    if (byte == '\\')
        buffer_text(out, "\\\\");
    else if (plain && byte >= FIRST_PRINTED && byte <= LAST_PRINTED)
        buffer_byte(out, (char)byte);
    else if (byte == '\n')
        buffer_text(out, "\\n");
    else if (byte == '\r')
        buffer_text(out, "\\r");
    else if (byte == '\t')
        buffer_text(out, "\\t");
    else
        buffer_printf(out, "\\x%02x", byte);
}

void corpus_write(const void *bytes, size_t length, struct buffer *out)
{
    const unsigned char *at = bytes;
    if (length == 0)
        buffer_text(out, "\\e");
    for (size_t i = 0; i < length; i++) {
        bool first = i == 0 && at[i] == '#';
        bool last = i + 1 == length && at[i] == ' '; /* editors cut it off */
        write_byte(at[i], !first && !last, out);
    }
}
