/* touchstone build: the curated files into the store. */
#include <stdio.h>
#include <time.h>

#include "evidence/judgement/knowledge.h"
#include "service/command/command.h"

static const char *const usage = "touchstone build [--data DIR] [--db FILE] [--json]";

static void tell_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->kept; i++) {
        const struct problem *problem = problems->items[i];
        fprintf(stderr, "%s: %s%s%s\n", problem->file, problem->pointer,
                problem->pointer[0] == '\0' ? "" : ": ", problem->detail);
    }
    fprintf(stderr, "touchstone: %zu problem%s; nothing was written\n", problems->count,
            problems->count == 1 ? "" : "s");
}

static void tell_changes(const char *db, const struct base *base,
                         const struct store_changes *changes, bool json)
{
    if (json) {
        struct buffer out = {0};
        struct json_writer writer;
        json_writer_init(&writer, &out, 2);
        json_begin_object(&writer);
        json_field_text(&writer, "db", db);
        json_field_count(&writer, "studies", (long long)base->study_count);
        json_field_count(&writer, "interventions", (long long)base->intervention_count);
        json_field_count(&writer, "added", (long long)changes->added);
        json_field_count(&writer, "changed", (long long)changes->changed);
        json_field_count(&writer, "removed", (long long)changes->removed);
        json_field_count(&writer, "unchanged", (long long)changes->unchanged);
        json_end_object(&writer);
        puts(buffer_string(&out));
        buffer_release(&out);
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
        tell_problems(&problems);
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
        {"data", &data, NULL}, {"db", &db, NULL}, {"json", NULL, &json}, {NULL, NULL, NULL}};
    int left = command_options(argc, argv, options, usage);
    if (left < 0)
        return EXIT_USAGE;
    if (left > 0)
        return command_usage(usage, "unexpected \"%s\"", argv[0]);
    return build(data, db == NULL ? "touchstone.db" : db, json);
}
