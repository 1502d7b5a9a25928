/*
 * The subcommands, one file each. Each takes the arguments after its own name and gives the exit
 * status: 0 done, 1 input is bad or a thing named is not there, 2 usage, 3 store, 4 network.
 */
#ifndef TOUCHSTONE_SERVICE_COMMAND_COMMAND_H
#define TOUCHSTONE_SERVICE_COMMAND_COMMAND_H

#include "evidence/base/error.h"
#include "evidence/rating/catalog.h"

enum exit_status { EXIT_DONE, EXIT_INPUT, EXIT_USAGE, EXIT_STORE, EXIT_NETWORK };

int command_serve(int argc, char **argv);
int command_build(int argc, char **argv);
int command_check(int argc, char **argv);
int command_rate(int argc, char **argv);
int command_pool(int argc, char **argv);

/* Prints "touchstone: message" on standard error and gives the status of the error's kind. */
int command_fail(const struct error *err);

/* Prints the usage line on standard error: EXIT_USAGE. */
int command_usage(const char *usage, const char *format, ...) PRINTF_LIKE(2, 3);

/* ---- options ---- */

/* An option `--name value`, or `--name` alone where `value` is NULL and `flag` is set. Its
 * environment twin is TOUCHSTONE_NAME. Positional arguments are left, in order, in argv. */
struct option_spec {
    const char *name; /* without the dashes; NULL ends the list */
    const char **value;
    bool *flag;
};

/* Reads options anywhere among the arguments; gives how many positional ones are left, or -1 after
 * telling what is wrong. "--" ends the options. "--help" prints `usage` and exits 0. */
int command_options(int argc, char **argv, const struct option_spec *options, const char *usage);

/* The store to read: the one named, else touchstone.db here, else the installed one. */
const char *command_db(const char *named);

/* Opens the store and builds the catalog; NULL after filling `err`. */
struct catalog *command_catalog(const char *db, struct error *err);

#endif
