/* touchstone verify: whether the store is as it was written. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "evidence/store/audit.h"
#include "service/command/command.h"

static const char *const usage = "touchstone verify [OPTIONS]";
static const char *const about =
    "Checks the store: the file itself, every reference, the chain of the audit log, every study "
    "and\n"
    "imported record against the hash it was stored with, what was kept of former ones, the base "
    "of\n"
    "every edition, decisions and the feed of changes against the log, and the search indexes. It "
    "reads\n"
    "all of it and changes nothing.\n"
    "\n"
    "It prints the head of the audit log: the number and hash of its last row. Kept elsewhere, it "
    "shows\n"
    "later, with --head, that the log still holds that row: nobody has written it anew.\n"
    "\n"
    "  touchstone verify --head 1042:9f86d081884c7d65…\n"
    "\n"
    "Exit status: 0 all is well, 3 something is broken (told, with what to do).\n"
    "\n";

/* The search indexes can be checked only as if they were written to. */
static struct store *open_store(const char *db, struct error *err)
{
    struct store *store = store_open(db, STORE_READ, err);
    if (store == NULL || (store_is_file(db) && access(db, W_OK) != 0))
        return store;
    store_close(store);
    return store_open(db, STORE_WRITE, err);
}

/* ID:HASH, as tell_sound prints it. */
static bool read_head(const char *text, struct audit_head *out, struct error *err)
{
    char *end = NULL;
    out->id = strtoll(text, &end, 10);
    if (end == text || *end != ':' || out->id < 1 || strlen(end + 1) != HASH_SIZE - 1)
        return error_set(err, ERROR_INVALID,
                         "\"%s\" is no head of an audit log: a number, ':' and 64 hex digits, as "
                         "touchstone verify prints it",
                         text);
    memcpy(out->hash, end + 1, HASH_SIZE);
    return true;
}

static void tell_sound(const char *db, const struct audit_head *head, bool as_json)
{
    struct buffer out = {0};
    struct json_writer json;
    struct arena *arena = arena_new();
    const char *shown = store_shown(db, arena);
    if (as_json) {
        json_writer_init(&json, &out, 2);
        json_begin_object(&json);
        json_field_text(&json, "db", shown);
        json_field_truth(&json, "sound", true);
        json_field_object(&json, "head");
        json_field_count(&json, "id", head->id);
        json_field_text(&json, "hash", head->hash);
        json_end_object(&json);
        json_end_object(&json);
    } else {
        buffer_printf(&out, "%s: sound\nhead of the audit log: %lld:%s", shown, (long long)head->id,
                      head->hash);
    }
    arena_free(arena);
    command_print(&out);
}

/* `expected` NULL: no head was written down. */
static bool verify(const char *db, const struct audit_head *expected, struct audit_head *head,
                   struct error *err)
{
    struct store *store = open_store(db, err);
    bool sound = store != NULL && store_verify(store, err) &&
                 (expected == NULL || store_check_head(store, expected, err)) &&
                 store_audit_head(store, head, err);
    store_close(store);
    if (!sound)
        err->kind = ERROR_STORE;
    return sound;
}

int command_verify(int argc, char **argv)
{
    const char *named = NULL;
    const char *written = NULL;
    bool as_json = false;
    const struct option_spec options[] = {
        OPTION_DB(named),
        {"head", "ID:HASH", "a head written down earlier, which must be in the log still", &written,
         NULL},
        OPTION_JSON(as_json),
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left > 0)
        return command_usage(usage, "unexpected \"%s\"", argv[1]);
    struct db_path room;
    const char *db = command_db(named, &room);
    struct error err = {0};
    struct audit_head expected;
    struct audit_head head;
    if ((written != NULL && !read_head(written, &expected, &err)) ||
        !verify(db, written == NULL ? NULL : &expected, &head, &err))
        return command_fail(&err);
    tell_sound(db, &head, as_json);
    return EXIT_DONE;
}
