#include "service/command/command.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "evidence/base/file.h"
#include "evidence/judgement/knowledge.h"
#include "service/command/help.h"

int command_fail(const struct error *err)
{
    static const enum exit_status statuses[ERROR_KIND_COUNT] = {
        [ERROR_NONE] = EXIT_INPUT,     [ERROR_INVALID] = EXIT_INPUT, [ERROR_NOT_FOUND] = EXIT_INPUT,
        [ERROR_CONFLICT] = EXIT_INPUT, [ERROR_LIMIT] = EXIT_INPUT,   [ERROR_STORE] = EXIT_STORE,
        [ERROR_DOUBT] = EXIT_STORE,    [ERROR_IO] = EXIT_INPUT,      [ERROR_NETWORK] = EXIT_NETWORK,
        [ERROR_INTERNAL] = EXIT_INPUT,
    };
    fprintf(stderr, "touchstone: %s\n", err->message);
    return statuses[err->kind];
}

void command_print(struct buffer *out)
{
    puts(buffer_string(out));
    buffer_release(out);
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

static void add_to_name(char *variable, size_t size, const char *name)
{
    size_t length = strlen(variable);
    for (; *name != '\0' && length + 1 < size; name++)
        variable[length++] = *name == '-' ? '_' : (char)toupper((unsigned char)*name);
    variable[length] = '\0';
}

const char *command_environment(const char *name, const char *of)
{
    char variable[96] = "TOUCHSTONE_";
    add_to_name(variable, sizeof variable, name);
    if (of != NULL) {
        add_to_name(variable, sizeof variable, "_");
        add_to_name(variable, sizeof variable, of);
    }
    const char *value = getenv(variable);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

static void take_environment(const struct option_spec *options)
{
    for (; options->name != NULL; options++) {
        const char *value = command_environment(options->name, NULL);
        if (value != NULL && options->flag != NULL)
            *options->flag = strcmp(value, "0") != 0;
        else if (value != NULL)
            *options->value = value;
    }
}

/* ---- reading ---- */

static const struct option_spec *find_option(const struct option_spec *options, const char *name,
                                             size_t length)
{
    for (; options->name != NULL; options++)
        if (strlen(options->name) == length && strncmp(options->name, name, length) == 0)
            return options;
    return NULL;
}

/* Reads the option at argv[at]; gives how many arguments it took, 0 after telling what is wrong. */
static int take_option(int argc, char **argv, int at, const struct command_help *help)
{
    if (argv[at][1] != '-') {
        command_usage(help->usage, "unknown option %s; write -- before what begins with a dash",
                      argv[at]);
        return 0;
    }
    const char *name = argv[at] + 2;
    size_t length = strcspn(name, "=");
    const struct option_spec *option = find_option(help->options, name, length);
    if (option == NULL) {
        command_usage(help->usage, "unknown option %s", argv[at]);
        return 0;
    }
    if (option->flag != NULL) {
        if (name[length] == '=') {
            command_usage(help->usage, "--%s takes no value", option->name);
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
        command_usage(help->usage, "--%s needs a value", option->name);
        return 0;
    }
    *option->value = argv[at + 1];
    return 2;
}

/* "-" is an argument: standard input. */
static bool is_option(const char *argument)
{
    return argument[0] == '-' && argument[1] != '\0';
}

int command_options(int argc, char **argv, const struct command_help *help)
{
    int kept = 1;
    bool ended = false;
    take_environment(help->options);
    for (int at = 1; at < argc;) {
        if (ended || !is_option(argv[at])) {
            argv[kept++] = argv[at++];
            continue;
        }
        if (strcmp(argv[at], "--") == 0) {
            ended = true;
            at++;
            continue;
        }
        if (help_print(argv[at], help))
            exit(EXIT_DONE);
        int taken = take_option(argc, argv, at, help);
        if (taken == 0)
            return -1;
        at += taken;
    }
    return kept - 1;
}

/* ---- the store ---- */

/* Found from where the program itself lies, so that a tree of its own may be moved. */
static const char *installed_db(char path[PATH_MAX])
{
    static const char below[] = "share/touchstone/touchstone.db";
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - sizeof below);
    for (int up = 0; up < 2; up++) /* off with "touchstone", off with "bin" */
        do
            length--;
        while (length >= 0 && path[length] != '/');
    if (length < 0)
        return "/usr/local/share/touchstone/touchstone.db"; /* a system without /proc */
    memcpy(path + length + 1, below, sizeof below);
    return path;
}

const char *command_db(const char *named, struct db_path *room)
{
    if (named != NULL)
        return named;
    const char *installed = installed_db(room->text);
    if (access("touchstone.db", F_OK) != 0 && access(installed, F_OK) == 0)
        return installed;
    return "touchstone.db";
}

struct catalog *command_catalog(const char *db, struct error *err)
{
    struct store *store = store_open(db, STORE_READ, err);
    struct catalog *catalog = store == NULL ? NULL : knowledge_load(store, err);
    store_close(store);
    if (catalog == NULL)
        err->kind = ERROR_STORE; /* the command's input was the question, not this file */
    return catalog;
}

struct catalog *command_catalog_as_of(const char *db, const char *as_of, struct error *err)
{
    struct store *store = store_open(db, STORE_READ, err);
    if (store == NULL) {
        err->kind = ERROR_STORE;
        return NULL;
    }
    struct catalog *catalog = knowledge_load_as_of(store, as_of, err);
    store_close(store);
    return catalog;
}

static const char *read_standard_input(size_t most, struct arena *arena, size_t *length,
                                       struct error *err)
{
    struct buffer bytes = {0};
    char piece[4096];
    size_t got;
    while (bytes.length <= most && (got = fread(piece, 1, sizeof piece, stdin)) > 0)
        buffer_append(&bytes, piece, got);
    *length = bytes.length;
    const char *kept = arena_strndup(arena, buffer_string(&bytes), bytes.length);
    buffer_release(&bytes);
    if (ferror(stdin))
        error_set(err, ERROR_IO, "standard input could not be read");
    else if (*length > most)
        error_set(err, ERROR_LIMIT, "standard input is longer than %zu bytes", most);
    else
        return kept;
    return NULL;
}

const char *command_read(const char *path, size_t most, struct arena *arena, size_t *length,
                         struct error *err)
{
    return strcmp(path, "-") == 0 ? read_standard_input(most, arena, length, err)
                                  : file_read(path, most, arena, length, err);
}
