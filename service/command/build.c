/* touchstone build: the curated files into the store. */
#include <stdio.h>
#include <time.h>

#include "evidence/judgement/knowledge.h"
#include "service/command/command.h"

static const char *const usage = "touchstone build [OPTIONS]";
static const char *const about = "Checks the curated files and compiles them into the store. Into "
                                 "a store that is there already\n"
                                 "the difference goes in as audited changes. Files with a problem "
                                 "change nothing: exit status 1.\n";

static void print_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->kept; i++) {
        const struct problem *problem = problems->items[i];
        fprintf(stderr, "%s: %s%s%s\n", problem->file == NULL ? "?" : problem->file,
                problem->pointer, problem->pointer[0] == '\0' ? "" : ": ", problem->detail);
    }
    if (problems->count > problems->kept)
        fprintf(stderr, "… and %zu more\n", problems->count - problems->kept);
}

static void write_problems(const struct problems *problems)
{
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 2);
    json_begin_object(&json);
    json_field_count(&json, "count", (long long)problems->count);
    json_field_array(&json, "problems");
    for (size_t i = 0; i < problems->kept; i++) {
        json_begin_object(&json);
        json_field_text(&json, "file", problems->items[i]->file);
        json_field_text(&json, "pointer", problems->items[i]->pointer);
        json_field_text(&json, "detail", problems->items[i]->detail);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
    command_print(&out);
}

static void tell_problems(const struct problems *problems, bool json)
{
    if (json)
        write_problems(problems);
    else
        print_problems(problems);
    fprintf(stderr, "touchstone: %zu problem%s; nothing was written\n", problems->count,
            problems->count == 1 ? "" : "s");
}

static void write_changes(const char *db, const struct base *base,
                          const struct store_changes *changes)
{
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 2);
    json_begin_object(&json);
    json_field_text(&json, "db", db);
    json_field_count(&json, "studies", (long long)base->study_count);
    json_field_count(&json, "interventions", (long long)base->intervention_count);
    json_field_count(&json, "added", (long long)changes->added);
    json_field_count(&json, "changed", (long long)changes->changed);
    json_field_count(&json, "removed", (long long)changes->removed);
    json_field_count(&json, "unchanged", (long long)changes->unchanged);
    json_end_object(&json);
    command_print(&out);
}

static void tell_changes(const char *db, const struct base *base,
                         const struct store_changes *changes, bool json)
{
    if (json) {
        write_changes(db, base, changes);
        return;
    }
    printf("%s: %zu studies, %zu interventions; %zu records added, %zu changed, %zu removed, %zu "
           "as they were\n",
           db, base->study_count, base->intervention_count, changes->added, changes->changed,
           changes->removed, changes->unchanged);
}

static bool save(const char *db, const struct base *base, struct store_changes *changes,
                 struct error *err)
{
    struct store *store = store_open(db, STORE_WRITE, err);
    bool saved = store != NULL && store_save_base(store, base, time(NULL), changes, err);
    store_close(store);
    return saved;
}

/* The base must be ratable before it is stored: rules and language are read here. */
static bool is_ratable(struct arena *arena, const struct base *base, struct error *err)
{
    struct catalog_stamp stamp = {.hash = "unsaved"};
    return knowledge_of(arena, base, &stamp, err) != NULL;
}

static int build(const char *data, const char *db, bool json)
{
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct base base;
    struct error err = {0};
    struct store_changes changes = {0};
    int status = EXIT_DONE;
    base_read_folder(data, &base, &problems);
    if (problems.count > 0) {
        tell_problems(&problems, json);
        status = EXIT_INPUT;
    } else if (!is_ratable(arena, &base, &err) || !save(db, &base, &changes, &err)) {
        status = command_fail(&err);
    } else {
        tell_changes(db, &base, &changes, json);
    }
    arena_free(arena);
    return status;
}

int command_build(int argc, char **argv)
{
    const char *data = "evidence/data";
    const char *db = NULL;
    bool json = false;
    const struct option_spec options[] = {
        {"data", "DIR", "the curated files (default evidence/data)", &data, NULL},
        {"db", "FILE", "the store, made where there is none (default touchstone.db)", &db, NULL},
        {"json", NULL, "write what was done, or is wrong, as JSON", NULL, &json},
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left > 0)
        return command_usage(usage, "unexpected \"%s\"", argv[1]);
    return build(data, db == NULL ? "touchstone.db" : db, json);
}
