/* touchstone export: the store as files or lines that others read. */
#include <stdio.h>
#include <string.h>

#include "evidence/model/base_write.h"
#include "evidence/store/store.h"
#include "service/api/export_lines.h"
#include "service/command/command.h"

static const char *const usage = "touchstone export [OPTIONS] ratings|studies|results | data DIR";
static const char *const about =
    "Writes what the store holds.\n"
    "\n"
    "  touchstone export ratings --format csv > ratings.csv\n"
    "  touchstone export studies | jq -r 'select(.retracted) | .id'\n"
    "  touchstone export data DIR\n"
    "\n"
    "ratings, studies, results\n"
    "    to standard output, a record a line: as newline-delimited JSON with the shapes of /v1, "
    "or\n"
    "    as CSV (RFC 4180) with a header. docs/data-dictionary.md explains every column.\n"
    "data DIR\n"
    "    the curated files into a folder, the way `touchstone build --data DIR` reads them; a "
    "store\n"
    "    built from files that stand in that form gives the same bytes back. A folder with "
    "anything\n"
    "    in it is refused without --force, which replaces the files of the store and leaves "
    "others\n"
    "    as they are, naming those that a build would read.\n"
    "\n"
    "Exit status: 0 written, 1 the folder or a name is bad, 2 usage, 3 the store.\n"
    "\n";

struct export_options {
    const char *db;
    const char *format;
    bool force;
    bool json;
};

/* ---- data ---- */

/* The base alone: it need not be ratable to be written out. */
static bool load_base(const char *db, struct arena *arena, struct base *out, struct error *err)
{
    struct store *store = store_open(db, STORE_READ, err);
    bool loaded = store != NULL && store_load_base(store, arena, out, err);
    store_close(store);
    if (!loaded)
        err->kind = ERROR_STORE;
    return loaded;
}

static void tell_written(const char *directory, const struct base_written *written, bool json)
{
    for (const char *const *stranger = written->strangers; *stranger != NULL; stranger++)
        fprintf(stderr, "touchstone: %s is not of this store; remove it before building from %s\n",
                *stranger, directory);
    if (!json) {
        printf("%s: %zu files written\n", directory, written->files);
        return;
    }
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, 2);
    json_begin_object(&writer);
    json_field_text(&writer, "directory", directory);
    json_field_count(&writer, "files", (long long)written->files);
    json_field_array(&writer, "strangers");
    for (const char *const *stranger = written->strangers; *stranger != NULL; stranger++)
        json_put_text(&writer, *stranger);
    json_end_array(&writer);
    json_end_object(&writer);
    command_print(&out);
}

static int export_data(const struct export_options *options, const char *directory)
{
    struct arena *arena = arena_new();
    struct base base;
    struct base_written written;
    struct db_path room;
    struct error err = {0};
    bool done = load_base(command_db(options->db, &room), arena, &base, &err) &&
                base_write_folder(&base, directory, options->force, arena, &written, &err);
    if (done)
        tell_written(directory, &written, options->json);
    arena_free(arena);
    return done ? EXIT_DONE : command_fail(&err);
}

/* ---- lines ---- */

/* Ends early, and without a word, where nobody reads any more; main tells what standard output
 * says. */
static void write_lines(struct export_lines lines)
{
    struct buffer line = {0};
    for (bool more = true; more && !ferror(stdout);) {
        struct arena *scratch = arena_new();
        buffer_clear(&line);
        more = export_next(&lines, scratch, &line);
        fwrite(buffer_string(&line), 1, line.length, stdout);
        arena_free(scratch);
    }
    buffer_release(&line);
}

static int export_as_lines(const struct export_options *options, enum export_noun noun,
                           enum export_format format)
{
    struct db_path room;
    struct error err = {0};
    struct catalog *catalog = command_catalog(command_db(options->db, &room), &err);
    if (catalog == NULL)
        return command_fail(&err);
    write_lines(export_lines(catalog, noun, format));
    catalog_release(catalog);
    return EXIT_DONE;
}

static int position(const char *name, const char *const *names)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static int run(const struct export_options *options, int count, char **names)
{
    if (count > 0 && strcmp(names[0], "data") == 0) {
        if (count != 2)
            return command_usage(usage, "export data needs one folder");
        return export_data(options, names[1]);
    }
    if (count != 1)
        return command_usage(usage, "one of ratings, studies, results and data is needed");
    int noun = position(names[0], export_noun_names);
    int format = position(options->format, export_format_names);
    if (noun < 0)
        return command_usage(usage, "\"%s\" is none of ratings, studies, results and data",
                             names[0]);
    if (format < 0)
        return command_usage(usage, "--format is ndjson or csv, not \"%s\"", options->format);
    if (options->force)
        return command_usage(usage, "--force belongs to export data");
    return export_as_lines(options, (enum export_noun)noun, (enum export_format)format);
}

int command_export(int argc, char **argv)
{
    struct export_options chosen = {.format = "ndjson"};
    const struct option_spec options[] = {
        OPTION_DB(chosen.db),
        {"format", "FORMAT", "of the lines: ndjson (default) or csv", &chosen.format, NULL},
        {"force", NULL, "data: write into a folder with files in it", NULL, &chosen.force},
        {"json", NULL, "data: say what was done as JSON; lines are JSON unless --format csv", NULL,
         &chosen.json},
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    return left < 0 ? EXIT_USAGE : run(&chosen, left, argv + 1);
}
