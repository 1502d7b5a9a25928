#include "service/command/command.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "evidence/judgement/knowledge.h"

static const char *const installed_db = "/usr/local/share/touchstone/touchstone.db";

int command_fail(const struct error *err)
{
    static const enum exit_status statuses[ERROR_KIND_COUNT] = {
        [ERROR_NONE] = EXIT_INPUT,      [ERROR_INVALID] = EXIT_INPUT,
        [ERROR_NOT_FOUND] = EXIT_INPUT, [ERROR_LIMIT] = EXIT_INPUT,
        [ERROR_STORE] = EXIT_STORE,     [ERROR_IO] = EXIT_INPUT,
        [ERROR_NETWORK] = EXIT_NETWORK, [ERROR_INTERNAL] = EXIT_INPUT,
    };
    fprintf(stderr, "touchstone: %s\n", err->message);
    return statuses[err->kind];
}

int command_usage(const char *usage, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("touchstone: ", stderr);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nusage: %s\n", usage);
    return EXIT_USAGE;
}

/* ---- options ---- */

static const char *from_environment(const char *name)
{
    char variable[64] = "TOUCHSTONE_";
    size_t length = strlen(variable);
    for (; *name != '\0' && length + 1 < sizeof variable; name++)
        variable[length++] = *name == '-' ? '_' : (char)toupper((unsigned char)*name);
    variable[length] = '\0';
    const char *value = getenv(variable);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

static void take_environment(const struct option_spec *options)
{
    for (; options->name != NULL; options++) {
        const char *value = from_environment(options->name);
        if (value != NULL && options->flag != NULL)
            *options->flag = strcmp(value, "0") != 0;
        else if (value != NULL)
            *options->value = value;
    }
}

static const struct option_spec *find_option(const struct option_spec *options, const char *name,
                                             size_t length)
{
    for (; options->name != NULL; options++)
        if (strlen(options->name) == length && strncmp(options->name, name, length) == 0)
            return options;
    return NULL;
}

/* Reads the option at argv[at]; gives how many arguments it took, 0 after telling what is wrong. */
static int take_option(int argc, char **argv, int at, const struct option_spec *options,
                       const char *usage)
{
    const char *name = argv[at] + 2;
    size_t length = strcspn(name, "=");
    const struct option_spec *option = find_option(options, name, length);
    if (option == NULL) {
        command_usage(usage, "unknown option %s", argv[at]);
        return 0;
    }
    if (option->flag != NULL) {
        if (name[length] == '=') {
            command_usage(usage, "--%s takes no value", option->name);
            return 0;
        }
        *option->flag = true;
        return 1;
    }
    if (name[length] == '=') {
        *option->value = name + length + 1;
        return 1;
    }
    if (at + 1 == argc) {
        command_usage(usage, "--%s needs a value", option->name);
        return 0;
    }
    *option->value = argv[at + 1];
    return 2;
}

int command_options(int argc, char **argv, const struct option_spec *options, const char *usage)
{
    int kept = 0;
    bool ended = false;
    take_environment(options);
    for (int at = 0; at < argc;) {
        if (ended || strncmp(argv[at], "--", 2) != 0) {
            argv[kept++] = argv[at++];
            continue;
        }
        if (argv[at][2] == '\0') {
            ended = true;
            at++;
            continue;
        }
        if (strcmp(argv[at], "--help") == 0) {
            printf("usage: %s\n", usage);
            exit(EXIT_DONE);
        }
        int taken = take_option(argc, argv, at, options, usage);
        if (taken == 0)
            return -1;
        at += taken;
    }
    return kept;
}

/* ---- the store ---- */

const char *command_db(const char *named)
{
    if (named != NULL)
        return named;
    if (access("touchstone.db", F_OK) != 0 && access(installed_db, F_OK) == 0)
        return installed_db;
    return "touchstone.db";
}

struct catalog *command_catalog(const char *db, struct error *err)
{
    struct store *store = store_open(db, STORE_READ, err);
    if (store == NULL) {
        if (err->kind == ERROR_NOT_FOUND)
            err->kind = ERROR_STORE; /* the command's input was the question, not this file */
        return NULL;
    }
    struct catalog *catalog = knowledge_load(store, err);
    store_close(store);
    return catalog;
}
