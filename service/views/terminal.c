#include "service/views/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_WIDTH = 80, NARROWEST = 40, WIDEST = 100 };

static int width_of(FILE *out)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    int width = DEFAULT_WIDTH;
    if (columns != NULL && atoi(columns) > 0)
        width = atoi(columns);
    else if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width = size.ws_col;
    return width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width;
}

static bool wants_colour(FILE *out)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *kind = getenv("TERM");
    bool refused = no_colour != NULL && no_colour[0] != '\0';
    bool able = kind != NULL && strcmp(kind, "dumb") != 0;
    return isatty(fileno(out)) && able && !refused;
}

struct terminal terminal_of(FILE *out)
{
    return (struct terminal){.out = out, .colour = wants_colour(out), .width = width_of(out)};
}

static void put_clean(FILE *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        fputc(byte < 0x20 || byte == 0x7F ? ' ' : byte, out);
    }
}

/* Cyan and red, which people who do not tell red from green do tell apart. */
static const char *const codes[] = {
    [INK_PLAIN] = "",        [INK_BOLD] = "\033[1m", [INK_FAINT] = "\033[2m",
    [INK_GOOD] = "\033[36m", [INK_BAD] = "\033[31m", [INK_UNSURE] = "\033[33m",
};
static const char *const plain = "\033[0m";

void terminal_put(const struct terminal *terminal, enum ink ink, const char *text)
{
    bool coloured = terminal->colour && ink != INK_PLAIN;
    if (coloured)
        fputs(codes[ink], terminal->out);
    put_clean(terminal->out, text, strlen(text));
    if (coloured)
        fputs(plain, terminal->out);
}

static int columns_of(const char *text, size_t length)
{
    int columns = 0;
    for (size_t i = 0; i < length; i++)
        columns += ((unsigned char)text[i] & 0xC0) != 0x80;
    return columns;
}

int terminal_columns(const char *text)
{
    return columns_of(text, strlen(text));
}

void terminal_spaces(const struct terminal *terminal, int count)
{
    for (int i = 0; i < count; i++)
        fputc(' ', terminal->out);
}

void terminal_cell(const struct terminal *terminal, enum ink ink, const char *text, int columns)
{
    terminal_put(terminal, ink, text);
    terminal_spaces(terminal, columns - terminal_columns(text));
}

void terminal_heading(const struct terminal *terminal, const char *text)
{
    fputs("\n  ", terminal->out);
    terminal_put(terminal, INK_BOLD, text);
    fputc('\n', terminal->out);
}

void terminal_wrap(const struct terminal *terminal, int column, int indent, const char *text)
{
    bool first = true;
    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        int columns = columns_of(text, length);
        bool fits = column + !first + columns <= terminal->width;
        if (!fits && column > indent) {
            fputc('\n', terminal->out);
            terminal_spaces(terminal, indent);
            column = indent;
        } else if (!first) {
            fputc(' ', terminal->out);
            column++;
        }
        put_clean(terminal->out, text, length);
        column += columns;
        first = false;
        text += length;
    }
    fputc('\n', terminal->out);
}

void terminal_title(const struct terminal *terminal, const char *text)
{
    if (terminal->colour)
        fputs(codes[INK_BOLD], terminal->out);
    terminal_wrap(terminal, 0, 2, text);
    if (terminal->colour)
        fputs(plain, terminal->out);
}

void terminal_paragraph(const struct terminal *terminal, const char *label, int indent,
                        const char *text)
{
    int start = label == NULL ? 0 : terminal_columns(label);
    int gap = start < indent ? indent - start : start > 0;
    if (text[0] == '\0')
        gap = 0;
    if (label != NULL)
        terminal_put(terminal, INK_BOLD, label);
    terminal_spaces(terminal, gap);
    terminal_wrap(terminal, start + gap, indent, text);
}
