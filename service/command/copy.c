/* touchstone copy: a whole store into another, whatever keeps either of them. */
#include <stdio.h>

#include "evidence/store/copy.h"
#include "service/command/command.h"

static const char *const usage = "touchstone copy --from STORE --to STORE";
static const char *const about = "Copies all that one store holds, private parts too, into another "
                                 "that is empty or not there yet.\n"
                                 "A store is a file or a connection URL of PostgreSQL "
                                 "(postgresql://host1,host2/database?…). The\n"
                                 "copy is verified, and its base, audit log and editions are "
                                 "compared with those that were read.\n"
                                 "\n";

static void tell_copied(const char *to, const struct store_copied *copied, bool as_json)
{
    struct buffer out = {0};
    struct json_writer json;
    if (as_json) {
        json_writer_init(&json, &out, 2);
        json_begin_object(&json);
        json_field_text(&json, "copy", to);
        json_field_count(&json, "rows", (long long)copied->rows);
        json_field_count(&json, "editions", (long long)copied->editions);
        json_field_text(&json, "base_hash", copied->base_hash);
        json_field_object(&json, "head");
        json_field_count(&json, "id", copied->audit_rows);
        json_field_text(&json, "hash", copied->audit_head);
        json_end_object(&json);
        json_end_object(&json);
    } else {
        buffer_printf(&out,
                      "%s: %zu rows, %zu editions, sound and the same\n"
                      "base: %s\nhead of the audit log: %lld:%s",
                      to, copied->rows, copied->editions, copied->base_hash,
                      (long long)copied->audit_rows, copied->audit_head);
    }
    command_print(&out);
}

int command_copy(int argc, char **argv)
{
    const char *from = NULL;
    const char *to = NULL;
    bool as_json = false;
    const struct option_spec options[] = {{"from", "STORE", "the store to read", &from, NULL},
                                          {"to", "STORE", "the store to write", &to, NULL},
                                          OPTION_JSON(as_json),
                                          {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left > 0)
        return command_usage(usage, "unexpected \"%s\"", argv[1]);
    if (from == NULL || to == NULL)
        return command_usage(usage, "both --from and --to are needed");
    struct error err = {0};
    struct store_copied copied;
    if (!store_copy(from, to, &copied, &err))
        return command_fail(&err);
    struct arena *arena = arena_new();
    tell_copied(store_shown(to, arena), &copied, as_json);
    arena_free(arena);
    return EXIT_DONE;
}
