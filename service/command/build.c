/* touchstone build: the curated files into the store. */
#include <stdio.h>
#include <time.h>

#include "evidence/judgement/claim/wording.h"
#include "evidence/judgement/knowledge.h"
#include "importers/intake/base_change.h"
#include "service/api/import_shape.h"
#include "service/command/command.h"
#include "service/views/import_text.h"
#include "service/views/report_text.h"

static const char *const usage = "touchstone build [OPTIONS]";
static const char *const about = "Checks the curated files and compiles them into the store. Into "
                                 "a store that is there already\n"
                                 "the difference goes in as audited changes. Files with a problem "
                                 "change nothing: exit status 1.\n"
                                 "\n"
                                 "What curators entered into the store and the files do not say is "
                                 "not undone: the build\n"
                                 "names it and stops, exit status 1. touchstone export data DIR "
                                 "writes it into files;\n"
                                 "--replace-curated puts the files in its place.\n"
                                 "\n"
                                 "--report tells what the base covers per intervention and "
                                 "condition, what is missing and\n"
                                 "what looks odd: figures that can hardly be right, studies that "
                                 "may be one, reviews that are\n"
                                 "named and not there. It is for curators; none of it stops the "
                                 "build or changes a rating.\n";

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

/* What was done, and the report (NULL: it was not asked for). */
static void write_changes(const char *db, const struct base *base, const struct base_change *change,
                          const struct report *report)
{
    const struct store_changes *changes = &change->records;
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
    json_field_count(&json, "rated", (long long)change->revision.begun);
    json_field_array(&json, "verdicts");
    for (size_t i = 0; i < change->verdict_count; i++)
        shape_change(&json, &change->verdicts[i]);
    json_end_array(&json);
    if (report != NULL) {
        json_put_key(&json, "report");
        report_write(&json, report);
    }
    json_end_object(&json);
    command_print(&out);
}

static void print_records(const char *db, const struct base *base,
                          const struct store_changes *changes)
{
    printf("%s: %zu studies, %zu interventions; %zu records added, %zu changed, %zu removed, %zu "
           "as they were\n",
           db, base->study_count, base->intervention_count, changes->added, changes->changed,
           changes->removed, changes->unchanged);
}

/* A line each in the feed of changes; a thousand lines would say no more here. */
static void print_begun(size_t begun)
{
    if (begun > 0)
        printf("%zu ratings added to the feed of changes, which lacked them\n", begun);
}

static bool save(const char *db, const struct base *base, bool replace, struct base_change *change,
                 struct error *err)
{
    struct store *store = store_open(db, STORE_WRITE, err);
    bool saved =
        store != NULL && (replace ? base_change_replace(store, base, time(NULL), change, err)
                                  : base_change_save(store, base, time(NULL), change, err));
    store_close(store);
    return saved;
}

/* What is asked of a build. */
struct build {
    const char *data;
    const char *db;
    bool json;
    bool report;
    bool replace_curated;
};

static void tell_changes(const struct build *build, const struct catalog *catalog,
                         const struct base_change *change)
{
    const struct base *base = catalog_base(catalog);
    struct arena *arena = arena_new();
    struct report report = {0};
    if (build->report)
        report = report_of(catalog, arena);
    if (build->json) {
        write_changes(store_shown(build->db, arena), base, change, build->report ? &report : NULL);
    } else {
        struct terminal terminal = terminal_of(stdout);
        if (build->report)
            print_report(&terminal, &report, arena);
        print_records(store_shown(build->db, arena), base, &change->records);
        print_begun(change->revision.begun);
        print_changes(&terminal, change->verdicts, change->verdict_count);
    }
    arena_free(arena);
}

/* The base must be ratable before it is stored: rules and language are read here. NULL after
 * filling `err`; what is wrong with the rated base goes to `problems`. The catalog owns the arena
 * then, and the caller releases it. */
static struct catalog *rated(struct arena *arena, const struct base *base,
                             struct problems *problems, struct error *err)
{
    struct catalog_stamp stamp = {.hash = "unsaved"};
    struct catalog *catalog = knowledge_of(arena, base, &stamp, err);
    if (catalog == NULL)
        return NULL;
    catalog_check(catalog, problems);
    wording_check(catalog, problems);
    return catalog;
}

static int run(const struct build *build)
{
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct base base;
    struct error err = {0};
    struct base_change change = {0};
    int status = EXIT_DONE;
    base_read_folder(build->data, &base, &problems);
    if (problems.count > 0) {
        tell_problems(&problems, build->json);
        arena_free(arena);
        return EXIT_INPUT;
    }
    struct catalog *catalog = rated(arena, &base, &problems, &err);
    if (problems.count > 0) {
        tell_problems(&problems, build->json);
        status = EXIT_INPUT;
    } else if (catalog != NULL && save(build->db, &base, build->replace_curated, &change, &err)) {
        tell_changes(build, catalog, &change);
    } else {
        status = command_fail(&err);
    }
    base_change_release(&change);
    if (catalog != NULL)
        catalog_release(catalog);
    else
        arena_free(arena);
    return status;
}

int command_build(int argc, char **argv)
{
    struct build build = {.data = "evidence/data"};
    const struct option_spec options[] = {
        {"data", "DIR", "the curated files (default evidence/data)", &build.data, NULL},
        {"db", "FILE", "the store, made where there is none (default touchstone.db)", &build.db,
         NULL},
        {"replace-curated", NULL, "put the files in the place of what curators entered", NULL,
         &build.replace_curated},
        {"report", NULL, "what is covered, what is missing, what looks odd", NULL, &build.report},
        {"json", NULL, "write what was done, or is wrong, as JSON", NULL, &build.json},
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left > 0)
        return command_usage(usage, "unexpected \"%s\"", argv[1]);
    if (build.db == NULL)
        build.db = "touchstone.db";
    return run(&build);
}
