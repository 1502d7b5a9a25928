#include "service/views/print.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The next code point and its length in bytes; U+FFFD for bytes that are no UTF-8. */
static uint32_t code_point(const char *text, size_t *length)
{
    const unsigned char *u = (const unsigned char *)text;
    size_t more = u[0] < 0x80 ? 0 : u[0] >= 0xF0 ? 3 : u[0] >= 0xE0 ? 2 : u[0] >= 0xC2 ? 1 : 4;
    uint32_t point = more == 0 ? u[0] : u[0] & (0x3Fu >> more);
    *length = 1;
    if (more == 4 || u[0] > 0xF4)
        return 0xFFFD;
    for (size_t i = 1; i <= more; i++) {
        if ((u[i] & 0xC0) != 0x80)
            return 0xFFFD;
        point = point << 6 | (u[i] & 0x3F);
    }
    *length = more + 1;
    return point;
}

/* Control characters could steer the terminal; the others turn the direction of writing. */
static bool is_unsafe(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xFFFD ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

static int columns_of(uint32_t point)
{
    static const uint32_t wide[][2] = {{0x1100, 0x115F},   {0x2E80, 0xA4CF},  {0xAC00, 0xD7A3},
                                       {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},  {0xFF00, 0xFF60},
                                       {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
    if (point >= 0x300 && point <= 0x36F)
        return 0;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (point >= wide[i][0] && point <= wide[i][1])
            return 2;
    }
    return 1;
}

int print_width(const char *text)
{
    int width = 0;
    for (size_t length; *text != '\0'; text += length)
        width += columns_of(code_point(text, &length));
    return width;
}

void print_spaces(struct buffer *out, int count)
{
    for (int i = 0; i < count; i++)
        buffer_byte(out, ' ');
}

void print_cell(struct buffer *out, const char *text, int width)
{
    bool cut = print_width(text) > width;
    int room = cut ? width - 1 : width, used = 0;
    for (size_t length; *text != '\0'; text += length) {
        uint32_t point = code_point(text, &length);
        if (used + columns_of(point) > room)
            break;
        used += columns_of(point);
        if (is_unsafe(point))
            buffer_byte(out, '?');
        else
            buffer_append(out, text, length);
    }
    if (cut)
        buffer_text(out, "…");
    print_spaces(out, width - used - cut);
}

void print_line_end(struct buffer *out)
{
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
    buffer_byte(out, '\n');
}

void print_number(char *out, size_t size, double value, int decimals)
{
    if (isnan(value))
        snprintf(out, size, "–");
    else if (fabs(value) < 1e7)
        snprintf(out, size, "%.*f", decimals, value);
    else
        snprintf(out, size, "%.3g", value);
}

void print_p(char *out, size_t size, double p)
{
    if (isnan(p))
        snprintf(out, size, "p –");
    else if (p < 0.001)
        snprintf(out, size, "p < 0.001");
    else
        snprintf(out, size, "p %.3f", p);
}

/* How many bytes of the line fit: up to the last space before the width, all if it is short. */
static size_t bytes_that_fit(const char *line, size_t length, int width)
{
    size_t fits = 0;
    int used = 0;
    for (size_t i = 0, step; i < length; i += step) {
        used += columns_of(code_point(line + i, &step));
        if (used > width)
            return fits > 0 ? fits : i;
        if (line[i] == ' ')
            fits = i;
    }
    return length;
}

void print_wrapped(struct buffer *out, const char *text, int width)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        int room = width;
        for (size_t fits; (fits = bytes_that_fit(text, length, room)) < length; room = width - 4) {
            buffer_append(out, text, fits);
            buffer_text(out, "\n    ");
            fits += text[fits] == ' ';
            text += fits;
            length -= fits;
        }
        buffer_append(out, text, length);
        buffer_byte(out, '\n');
        text += length + (text[length] == '\n');
    }
}
