/*
 * What --help tells, in three forms: for people, as a manual page (roff, man(7)), and as words for
 * shells that complete them. All come from the tables that options are read by, so that no manual
 * can tell of an option that is not there.
 */
#ifndef TOUCHSTONE_SERVICE_COMMAND_HELP_H
#define TOUCHSTONE_SERVICE_COMMAND_HELP_H

#include <stdio.h>

#include "service/command/command.h"

/*
 * Prints the help of a subcommand on standard output if `argument` asks for it: "--help" and "-h"
 * for people; "--help=man" its manual page without the head (help_begin); "--help=words" its
 * options, one a line: "--db", what it takes ("" for a flag) and what it does, a tab between.
 */
bool help_print(const char *argument, const struct command_help *help);

/* What stands before that: of a manual page its title and name, else nothing. */
void help_begin(const char *argument, const struct command *command);

/* The same for the program: its commands, the page touchstone(1), the names of its commands with
 * what they do. */
bool help_print_all(const char *argument, const struct command *commands);

/* The commands, for people. */
void help_print_commands(FILE *out, const struct command *commands);

#endif
