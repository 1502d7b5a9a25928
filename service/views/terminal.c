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
    if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width = size.ws_col;
    else if (columns != NULL && atoi(columns) > 0)
        width = atoi(columns);
    return width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width;
}

struct terminal terminal_of(FILE *out)
{
    const char *no_colour = getenv("NO_COLOR");
    bool refused = no_colour != NULL && no_colour[0] != '\0';
    return (struct terminal){
        .out = out, .colour = isatty(fileno(out)) && !refused, .width = width_of(out)};
}

void terminal_put(const struct terminal *terminal, enum ink ink, const char *text)
{
    static const char *const codes[] = {
        [INK_PLAIN] = "",        [INK_BOLD] = "\033[1m", [INK_FAINT] = "\033[2m",
        [INK_GOOD] = "\033[36m", [INK_BAD] = "\033[31m", [INK_UNSURE] = "\033[33m",
    };
    bool coloured = terminal->colour && ink != INK_PLAIN;
    fprintf(terminal->out, "%s%s%s", coloured ? codes[ink] : "", text, coloured ? "\033[0m" : "");
}

int terminal_columns(const char *text)
{
    int columns = 0;
    for (; *text != '\0'; text++)
        columns += ((unsigned char)*text & 0xC0) != 0x80;
    return columns;
}

static void put_spaces(FILE *out, int count)
{
    for (int i = 0; i < count; i++)
        fputc(' ', out);
}

void terminal_paragraph(const struct terminal *terminal, const char *label, int indent,
                        const char *text)
{
    FILE *out = terminal->out;
    int start = label == NULL ? 0 : terminal_columns(label);
    if (label != NULL)
        terminal_put(terminal, INK_BOLD, label);
    put_spaces(out, start < indent ? indent - start : 1);
    int column = start < indent ? indent : start + 1;
    bool first = true;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        char *word = strndup(text, length);
        int columns = word == NULL ? 0 : terminal_columns(word);
        if (!first && column + 1 + columns > terminal->width) {
            fputc('\n', out);
            put_spaces(out, indent);
            column = indent;
        } else if (!first) {
            fputc(' ', out);
            column++;
        }
        if (word != NULL)
            fputs(word, out);
        column += columns;
        first = false;
        free(word);
        text += length;
        text += strspn(text, " ");
    }
    fputc('\n', out);
}
