#include "service/command/help.h"

#include <ctype.h>
#include <string.h>

#include "evidence/base/version.h"
#include "service/views/print.h"

enum form { FORM_NONE, FORM_PEOPLE, FORM_MAN, FORM_WORDS };

static enum form form_of(const char *argument)
{
    if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)
        return FORM_PEOPLE;
    if (strcmp(argument, "--help=man") == 0)
        return FORM_MAN;
    return strcmp(argument, "--help=words") == 0 ? FORM_WORDS : FORM_NONE;
}

static const struct option_spec itself = {"help", NULL, "this text", NULL, NULL};

/* ---- for people ---- */

static int option_width(const struct option_spec *option)
{
    return print_width(option->name) +
           (option->takes == NULL ? 0 : print_width(option->takes) + 1); /* with its space */
}

static void print_option(const struct option_spec *option, int width)
{
    printf("  --%s%s%s%*s  %s\n", option->name, option->takes == NULL ? "" : " ",
           option->takes == NULL ? "" : option->takes, width - option_width(option), "",
           option->does);
}

static void print_people(const struct command_help *help)
{
    int width = option_width(&itself);
    for (const struct option_spec *option = help->options; option->name != NULL; option++)
        if (option_width(option) > width)
            width = option_width(option);
    printf("usage: %s\n\n%s\n", help->usage, help->about);
    for (const struct option_spec *option = help->options; option->name != NULL; option++)
        print_option(option, width);
    print_option(&itself, width);
    fputs("\nEach option has an environment twin: TOUCHSTONE_DB stands for --db, and so on.\n",
          stdout);
}

void help_print_commands(FILE *out, const struct command *commands)
{
    fputs("usage: touchstone COMMAND [OPTIONS]\n\n", out);
    for (; commands->name != NULL; commands++)
        fprintf(out, "  %-7s %s\n", commands->name, commands->does);
    fputs("\nEvery command takes --json and --help, which lists the others; those that need the "
          "store take\n"
          "--db, a file (default touchstone.db, then the installed one) or postgresql://….\n"
          "Exit status: 0 done, 1 bad input, 2 usage, 3 store, 4 network.\n"
          "Touchstone rates evidence. It does not diagnose.\n",
          out);
}

/* ---- manual pages ---- */

/* What roff would read or print as something else; NULL: the letter itself. */
static const char *escape_of(char letter)
{
    switch (letter) {
    case '\\':
        return "\\e";
    case '-':
        return "\\-";
    case '\'':
        return "\\(aq";
    case '`':
        return "\\(ga";
    case '^':
        return "\\(ha";
    case '~':
        return "\\(ti";
    default:
        return NULL;
    }
}

static void put_line(const char *text, size_t length)
{
    if (length > 0 && text[0] == '.')
        fputs("\\&", stdout);
    for (size_t i = 0; i < length; i++) {
        const char *escape = escape_of(text[i]);
        if (escape != NULL)
            fputs(escape, stdout);
        else
            putchar(text[i]);
    }
}

static void put_text(const char *text)
{
    put_line(text, strlen(text));
}

/* Paragraphs end at empty lines; lines that are set in stay as they are. */
static void put_paragraphs(const char *text)
{
    bool kept = false;
    bool gap = false;
    for (size_t length; *text != '\0'; text += length + (text[length] == '\n')) {
        length = strcspn(text, "\n");
        bool keep = text[0] == ' ';
        if (length == 0) {
            gap = true;
            continue;
        }
        if (kept && !keep)
            puts(".EE\n.RE");
        if (!kept && keep)
            puts(".PP\n.RS 4\n.EX");
        else if (gap)
            puts(keep ? "" : ".PP");
        put_line(text + (keep ? 2 : 0), length - (keep ? 2 : 0));
        putchar('\n');
        kept = keep;
        gap = false;
    }
    if (kept)
        puts(".EE\n.RE");
}

static void put_option(const struct option_spec *option)
{
    fputs(".TP\n\\fB\\-\\-", stdout);
    put_text(option->name);
    fputs("\\fR", stdout);
    if (option->takes != NULL) {
        fputs(" \\fI", stdout);
        put_text(option->takes);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    put_text(option->does);
    putchar('\n');
}

/* `command` NULL: of the program itself. */
static void put_head(const char *command, const char *does)
{
    const char *name = command == NULL ? "" : command;
    const char *dash = command == NULL ? "" : "\\-";
    printf(".TH TOUCHSTONE%s", dash);
    for (const char *letter = name; *letter != '\0'; letter++)
        putchar(toupper((unsigned char)*letter));
    printf(" 1 \"\" \"touchstone %s\" \"Touchstone\"\n.SH NAME\ntouchstone%s%s \\- ",
           TOUCHSTONE_VERSION, dash, name);
    put_text(does);
    putchar('\n');
}

static void print_man(const struct command_help *help)
{
    fputs(".SH SYNOPSIS\n", stdout);
    put_text(help->usage);
    puts("\n.SH DESCRIPTION");
    put_paragraphs(help->about);
    puts(".SH OPTIONS\nOptions stand anywhere after the command; \\fB\\-\\-\\fR ends them.");
    for (const struct option_spec *option = help->options; option->name != NULL; option++)
        put_option(option);
    put_option(&itself);
    puts(".SH ENVIRONMENT\n"
         "Each option has an environment twin: TOUCHSTONE_DB stands for \\fB\\-\\-db\\fR, and so "
         "on.\n"
         ".SH SEE ALSO\n"
         ".BR touchstone (1)");
}

static void print_man_all(const struct command *commands)
{
    put_head(NULL, "evidence about treatments, rated");
    puts(".SH SYNOPSIS\n"
         "touchstone \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n"
         ".SH DESCRIPTION\n"
         "Answers from rated evidence whether a treatment for painful muscles works: the verdict "
         "in plain words, how big, how sure, which studies, and every rule that led there. It "
         "rates evidence; it does not diagnose.\n"
         ".SH COMMANDS");
    for (const struct command *command = commands; command->name != NULL; command++) {
        printf(".TP\n.BR touchstone\\-%s (1)\n", command->name);
        put_text(command->does);
        putchar('\n');
    }
    puts(".SH EXIT STATUS\n"
         "0 done, 1 the input is bad or a thing named is not there, 2 usage, 3 the store, 4 the "
         "network, 70 no memory was left.\n"
         ".SH ENVIRONMENT\n"
         "Each option has a twin: TOUCHSTONE_DB stands for \\fB\\-\\-db\\fR, and so on. NO_COLOR "
         "is honoured.\n"
         ".SH FILES\n"
         ".TP\n\\fItouchstone.db\\fR\nthe store, in the folder where a command is run, else\n"
         ".TP\n\\fIPREFIX/share/touchstone/touchstone.db\\fR\nthe one that was installed with the "
         "program at \\fIPREFIX/bin/touchstone\\fR: the curated base");
}

/* ---- words ---- */

static void put_word(const char *dashes, const char *name, const char *takes, const char *does)
{
    printf("%s%s\t%s\t%s\n", dashes, name, takes == NULL ? "" : takes, does);
}

static void print_words(const struct command_help *help)
{
    for (const struct option_spec *option = help->options; option->name != NULL; option++)
        put_word("--", option->name, option->takes, option->does);
    put_word("--", itself.name, NULL, itself.does);
}

/* ---- which ---- */

bool help_print(const char *argument, const struct command_help *help)
{
    switch (form_of(argument)) {
    case FORM_NONE:
        return false;
    case FORM_PEOPLE:
        print_people(help);
        return true;
    case FORM_MAN:
        print_man(help);
        return true;
    case FORM_WORDS:
        print_words(help);
        return true;
    }
    return false;
}

void help_begin(const char *argument, const struct command *command)
{
    if (form_of(argument) == FORM_MAN)
        put_head(command->name, command->does);
}

bool help_print_all(const char *argument, const struct command *commands)
{
    switch (form_of(argument)) {
    case FORM_NONE:
        return false;
    case FORM_PEOPLE:
        help_print_commands(stdout, commands);
        return true;
    case FORM_MAN:
        print_man_all(commands);
        return true;
    case FORM_WORDS:
        for (; commands->name != NULL; commands++)
            put_word("", commands->name, NULL, commands->does);
        return true;
    }
    return false;
}
