/* touchstone: which subcommand, and nothing else. */
#include <gsl/gsl_errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "service/command/command.h"

#ifndef TOUCHSTONE_VERSION
#define TOUCHSTONE_VERSION "0.1.0"
#endif

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *does;
} commands[] = {
    {"serve", command_serve, "answer on HTTP: the pages and the API"},
    {"build", command_build, "check evidence/data and compile it into the store"},
    {"check", command_check,
     "answer a question, as in: check \"does dry needling help neck knots\""},
    {"rate", command_rate,
     "the ratings of an intervention, of a pair, or one question's whole trace"},
    {"pool", command_pool, "a meta-analysis of your own numbers"},
};

static void print_help(FILE *out)
{
    fputs("usage: touchstone COMMAND [OPTIONS]\n\n", out);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(out, "  %-6s %s\n", commands[i].name, commands[i].does);
    fputs("\nEvery command takes --db FILE (default touchstone.db), --json and --help.\n"
          "Touchstone rates evidence. It does not diagnose.\n",
          out);
}

int main(int argc, char **argv)
{
    gsl_set_error_handler_off(); /* GSL would abort on a domain error; we look at its answers */
    setlocale(LC_CTYPE, "");
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("touchstone " TOUCHSTONE_VERSION);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 2, argv + 2);
    return command_usage("touchstone COMMAND [OPTIONS]; touchstone --help lists the commands",
                         "no command \"%s\"", argv[1]);
}
