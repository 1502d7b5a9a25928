/* touchstone verify: whether the store is as it was written. */
#include <stdio.h>
#include <unistd.h>

#include "evidence/store/store.h"
#include "service/command/command.h"

static const char *const usage = "touchstone verify [OPTIONS]";
static const char *const about =
    "Checks the store: the file itself, every reference, the chain of the audit log, every study "
    "and\n"
    "imported record against the hash it was stored with, and the search indexes. It reads all of "
    "it\n"
    "and changes nothing.\n"
    "\n"
    "Exit status: 0 all is well, 3 something is broken (told, with what to do).\n"
    "\n";

/* The search indexes can be checked only as if they were written to. */
static struct store *open_store(const char *db, struct error *err)
{
    struct store *store = store_open(db, STORE_READ, err);
    if (store == NULL || access(db, W_OK) != 0)
        return store;
    store_close(store);
    return store_open(db, STORE_WRITE, err);
}

static void tell_sound(const char *db, bool as_json)
{
    struct buffer out = {0};
    struct json_writer json;
    if (as_json) {
        json_writer_init(&json, &out, 2);
        json_begin_object(&json);
        json_field_text(&json, "db", db);
        json_field_truth(&json, "sound", true);
        json_end_object(&json);
    } else {
        buffer_printf(&out, "%s: sound", db);
    }
    command_print(&out);
}

int command_verify(int argc, char **argv)
{
    const char *named = NULL;
    bool as_json = false;
    const struct option_spec options[] = {OPTION_DB(named), OPTION_JSON(as_json), {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left > 0)
        return command_usage(usage, "unexpected \"%s\"", argv[1]);
    const char *db = command_db(named);
    struct error err = {0};
    struct store *store = open_store(db, &err);
    bool sound = store != NULL && store_verify(store, &err);
    store_close(store);
    if (!sound) {
        err.kind = ERROR_STORE;
        return command_fail(&err);
    }
    tell_sound(db, as_json);
    return EXIT_DONE;
}
