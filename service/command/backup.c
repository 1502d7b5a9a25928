/* touchstone backup: a copy of the store while it is in use. */
#include <stdio.h>

#include "evidence/store/store.h"
#include "service/command/command.h"

static const char *const usage = "touchstone backup [OPTIONS] DEST";
static const char *const about = "Copies the store into the file DEST while others read and write "
                                 "it. The copy holds one moment\n"
                                 "of the store, is checked, and takes its name only when it is "
                                 "whole. A file that is there already\n"
                                 "is replaced with --force only.\n"
                                 "\n";

static void tell_copied(const char *destination, size_t bytes, bool as_json)
{
    struct buffer out = {0};
    struct json_writer json;
    if (as_json) {
        json_writer_init(&json, &out, 2);
        json_begin_object(&json);
        json_field_text(&json, "backup", destination);
        json_field_count(&json, "bytes", (long long)bytes);
        json_end_object(&json);
    } else {
        buffer_printf(&out, "%s: %zu bytes", destination, bytes);
    }
    command_print(&out);
}

int command_backup(int argc, char **argv)
{
    const char *named = NULL;
    bool as_json = false;
    bool force = false;
    const struct option_spec options[] = {
        OPTION_DB(named),
        {"force", NULL, "replace DEST where it is there", NULL, &force},
        OPTION_JSON(as_json),
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left != 1)
        return command_usage(usage, "one file is needed, into which the store is copied");
    struct db_path room;
    struct error err = {0};
    size_t bytes = 0;
    struct store *store = store_open(command_db(named, &room), STORE_READ, &err);
    if (store == NULL)
        err.kind = ERROR_STORE;
    bool done = store != NULL && store_backup(store, argv[1], force, &bytes, &err);
    store_close(store);
    if (!done)
        return command_fail(&err);
    tell_copied(argv[1], bytes, as_json);
    return EXIT_DONE;
}
