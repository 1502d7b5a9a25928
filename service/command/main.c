/* touchstone: which subcommand, and nothing else. */
#include <gsl/gsl_errno.h>
#include <jansson.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/arena.h"
#include "evidence/base/version.h"
#include "service/command/help.h"

static const struct command commands[] = {
    {"serve", command_serve, "answer on HTTP: the pages and the API"},
    {"build", command_build, "check evidence/data and compile it into the store"},
    {"check", command_check, "answer a question: check \"does dry needling help neck knots\""},
    {"rate", command_rate, "the ratings of an intervention or a pair; one question's whole trace"},
    {"vet", command_vet, "judge a claim: vet \"melts knots in 60 seconds, no side effects\""},
    {"stop", command_stop, "go on, or stop: decide from a diary of scores"},
    {"pool", command_pool, "a meta-analysis of your own numbers"},
    {"import", command_import, "records of studies, from services and files"},
    {"export", command_export, "ratings, studies or results as lines; the curated files"},
    {"reports", command_reports, "what readers say is wrong; close one with what came of it"},
    {"token", command_token, "who may write: tokens made, listed, revoked"},
    {"backup", command_backup, "a copy of the store while it is in use"},
    {"copy", command_copy, "a whole store into another: a file, or a database of PostgreSQL"},
    {"verify", command_verify, "whether the store is as it was written"},
    {0},
};

static const struct command *find_command(const char *name)
{
    const struct command *command = commands;
    while (command->name != NULL && strcmp(name, command->name) != 0)
        command++;
    return command->name == NULL ? NULL : command;
}

/* What could not be written was not said: a full disk must not look like an answer. */
static int with_output(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    perror("touchstone: standard output");
    return status == EXIT_DONE ? EXIT_INPUT : status;
}

/* `argv` begins with the name of the command. */
static int run_command(int argc, char **argv)
{
    const struct command *command = find_command(argv[0]);
    if (command == NULL)
        return command_usage("touchstone COMMAND [OPTIONS]; touchstone --help lists the commands",
                             "no %s \"%s\"", argv[0][0] == '-' ? "option" : "command", argv[0]);
    return with_output(command->run(argc, argv));
}

static int help_for_all(const char *option)
{
    if (!help_print_all(option, commands))
        return command_usage("touchstone help [--man | --words] [COMMAND]", "no option \"%s\"",
                             option);
    return with_output(EXIT_DONE);
}

/* "help rate" is "rate --help"; "help --man rate" its manual page, "help --words rate" its options
 * for shells that complete them. */
static int run_help(int argc, char **argv)
{
    char option[32] = "--help";
    if (argc > 0 && strncmp(argv[0], "--", 2) == 0) {
        snprintf(option, sizeof option, "--help=%s", argv[0] + 2);
        argc--;
        argv++;
    }
    if (argc == 0)
        return help_for_all(option);
    const struct command *command = find_command(argv[0]);
    char *asked[] = {argv[0], option, NULL};
    if (command != NULL)
        help_begin(option, command);
    return run_command(2, asked);
}

int main(int argc, char **argv)
{
    gsl_set_error_handler_off(); /* GSL would abort on a domain error; we look at its answers */
    /* Where memory runs out jansson would say that a good text is no JSON. */
    json_set_alloc_funcs(memory_alloc, free);
    setlocale(LC_CTYPE, "");
    if (argc < 2) {
        help_print_commands(stderr, commands);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help_for_all("--help");
    if (strcmp(argv[1], "help") == 0)
        return run_help(argc - 2, argv + 2);
    if (strcmp(argv[1], "--version") == 0) {
        puts("touchstone " TOUCHSTONE_VERSION);
        return with_output(EXIT_DONE);
    }
    return run_command(argc - 1, argv + 1);
}
