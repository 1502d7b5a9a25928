/*
 * The subcommands, one file each. Each takes its own name and the arguments after it, and gives the
 * exit status: 0 done, 1 input is bad or a thing named is not there, 2 usage, 3 store, 4 network.
 */
#ifndef TOUCHSTONE_SERVICE_COMMAND_COMMAND_H
#define TOUCHSTONE_SERVICE_COMMAND_COMMAND_H

#include <limits.h>

#include "evidence/base/buffer.h"
#include "evidence/base/error.h"
#include "evidence/rating/catalog.h"

enum exit_status { EXIT_DONE, EXIT_INPUT, EXIT_USAGE, EXIT_STORE, EXIT_NETWORK };

/* What main knows of a subcommand. */
struct command {
    const char *name; /* NULL ends the list */
    int (*run)(int argc, char **argv);
    const char *does; /* one line of the help */
};

int command_serve(int argc, char **argv);
int command_build(int argc, char **argv);
int command_check(int argc, char **argv);
int command_rate(int argc, char **argv);
int command_vet(int argc, char **argv);
int command_pool(int argc, char **argv);
int command_export(int argc, char **argv);
int command_import(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_copy(int argc, char **argv);
int command_reports(int argc, char **argv);
int command_stop(int argc, char **argv);
int command_token(int argc, char **argv);

/* Prints "touchstone: message" on standard error and gives the status of the error's kind. */
int command_fail(const struct error *err);

/* Prints what is wrong and the usage line on standard error: EXIT_USAGE. */
int command_usage(const char *usage, const char *format, ...) PRINTF_LIKE(2, 3);

/* Prints the text and a line break on standard output, and releases it. */
void command_print(struct buffer *out);

/* ---- options ---- */

/* An option `--name value`, or `--name` alone. Its environment twin is TOUCHSTONE_NAME, with '_'
 * for
 * '-'; a flag's twin is on unless it is empty or 0. */
struct option_spec {
    const char *name;   /* without the dashes; NULL ends the list */
    const char *takes;  /* what stands for its value in the help: "FILE"; NULL: a flag */
    const char *does;   /* one line of the help */
    const char **value; /* set where it takes one … */
    bool *flag;         /* … else this */
};

/* What --help tells. */
struct command_help {
    const char *usage; /* "touchstone rate [OPTIONS] INTERVENTION [CONDITION] | QUESTION-ID" */
    const char *about; /* a few lines on what it does, each ended by a line break */
    const struct option_spec *options;
};

/* Reads options anywhere after argv[0]; gives how many positional arguments are left, in order from
 * argv[1] on, or -1 after telling what is wrong. "--" ends the options and "-" is none.
 * "--help" and "-h" print the help and exit 0; so do the forms of it for other programs,
 * "--help=man" and "--help=words" (service/command/help.h). */
int command_options(int argc, char **argv, const struct command_help *help);

/* The rows of the option table that every command shares. */
#define OPTION_DB(variable)                                                                        \
    {                                                                                              \
        "db", "FILE",                                                                              \
            "the store: a file or postgresql://… (default touchstone.db, then the installed one)", \
            &(variable), NULL                                                                      \
    }
#define OPTION_JSON(variable)                                                                      \
    {                                                                                              \
        "json", NULL, "write JSON, the same as the API answers", NULL, &(variable)                 \
    }

/* The value of TOUCHSTONE_name_of in the environment, NULL where it is not set or empty; the names
 * are upper-cased, '-' becomes '_'. `of` NULL: TOUCHSTONE_name. */
const char *command_environment(const char *name, const char *of);

/* The bytes of a file, or of standard input for "-", NUL-terminated, in `arena`; NULL on failure:
 * ERROR_NOT_FOUND, ERROR_LIMIT beyond `most`, ERROR_IO. */
MUST_USE const char *command_read(const char *path, size_t most, struct arena *arena,
                                  size_t *length, struct error *err);

/* Room for the path of the installed store. */
struct db_path {
    char text[PATH_MAX];
};

/* The store to read: the one named, else touchstone.db here, else the installed one: of a program
 * at PREFIX/bin/touchstone that is PREFIX/share/touchstone/touchstone.db. What is given back is
 * `named`, a constant or in `room`, which must last as long as it is used. */
const char *command_db(const char *named, struct db_path *room);

/* Opens the store and builds the catalog; NULL after filling `err`. */
struct catalog *command_catalog(const char *db, struct error *err);

/* The same of the base as it stood (store_find_edition); what is wrong with `as_of` is the input's
 * fault, not the store's. */
struct catalog *command_catalog_as_of(const char *db, const char *as_of, struct error *err);

#endif
