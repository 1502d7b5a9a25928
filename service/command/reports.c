/* touchstone reports: what readers say is wrong, for who looks after the base. */
#include <stdlib.h>
#include <time.h>

#include "evidence/store/reports.h"
#include "service/command/command.h"
#include "service/views/terminal.h"

enum { REPORTS_AT_ONCE = 500, TIME_SIZE = 32, INDENT = 2 };

static const char *const usage = "touchstone reports [OPTIONS]";
static const char *const about =
    "Lists what readers say is wrong (POST /v1/reports, the foot of every page) and what became of "
    "cards\n"
    "in EHRs, the oldest first; with --close it says what came of one.\n";

static const char *time_of(time_t at, struct arena *arena)
{
    char *text = arena_alloc(arena, TIME_SIZE);
    struct tm parts;
    strftime(text, TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&at, &parts));
    return text;
}

static void put_report(struct json_writer *json, const struct report_task *report,
                       struct arena *arena)
{
    json_begin_object(json);
    json_field_count(json, "id", report->id);
    json_field_text(json, "at", time_of(report->at, arena));
    json_field_text(json, "kind", report_kind_names[report->kind]);
    json_field_text(json, "about", report->about);
    json_field_text(json, "text", report->text);
    json_field_text(json, "status", report_status_names[report->status]);
    json_field_text(json, "outcome", report->outcome);
    json_end_object(json);
}

static void print_json(const struct report_task *reports, size_t count, struct arena *arena)
{
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, INDENT);
    json_begin_object(&json);
    json_field_array(&json, "items");
    for (size_t i = 0; i < count; i++)
        put_report(&json, &reports[i], arena);
    json_end_array(&json);
    json_end_object(&json);
    command_print(&out);
}

static void print_text(const struct report_task *reports, size_t count, struct arena *arena)
{
    const struct terminal terminal = terminal_of(stdout);
    if (count == 0)
        terminal_paragraph(&terminal, NULL, 0, "No report of that kind.");
    for (size_t i = 0; i < count; i++) {
        const struct report_task *report = &reports[i];
        terminal_title(&terminal, arena_printf(arena, "%lld  %s  %s", (long long)report->id,
                                               report->about, time_of(report->at, arena)));
        terminal_paragraph(&terminal, NULL, INDENT, report->text);
        if (report->outcome != NULL)
            terminal_paragraph(&terminal, NULL, INDENT,
                               arena_printf(arena, "Closed: %s", report->outcome));
    }
}

static bool list(const char *db, enum report_status status, bool as_json, struct error *err)
{
    struct arena *arena = arena_new();
    struct report_task *reports = NULL;
    size_t count = 0;
    struct store *store = store_open(db, STORE_READ, err);
    bool good = store != NULL &&
                store_reports(store, status, 0, REPORTS_AT_ONCE, arena, &reports, &count, err);
    store_close(store);
    if (good && as_json)
        print_json(reports, count, arena);
    else if (good)
        print_text(reports, count, arena);
    arena_free(arena);
    return good;
}

static bool close_one(const char *db, int64_t id, const char *outcome, struct error *err)
{
    const struct curation_stamp stamp = {
        .actor = "command", .source = "command", .now = time(NULL)};
    struct store *store = store_open(db, STORE_WRITE, err);
    bool good = store != NULL && store_close_report(store, id, outcome, &stamp, err);
    store_close(store);
    return good;
}

static bool read_id(const char *text, int64_t *out)
{
    char *end;
    *out = strtoll(text, &end, 10);
    return text[0] >= '1' && text[0] <= '9' && *end == '\0';
}

int command_reports(int argc, char **argv)
{
    const char *named = NULL;
    const char *closed = NULL;
    const char *outcome = NULL;
    bool as_json = false;
    bool done = false;
    const struct option_spec options[] = {
        OPTION_DB(named),
        {"done", NULL, "list those that are closed, with what came of them", NULL, &done},
        {"close", "ID", "close this one, with --outcome", &closed, NULL},
        {"outcome", "TEXT", "what came of it: mended in …, or why it stays", &outcome, NULL},
        OPTION_JSON(as_json),
        {0}};
    const struct command_help help = {usage, about, options};
    int64_t id = 0;
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left > 0)
        return command_usage(usage, "unexpected \"%s\"", argv[1]);
    if ((closed == NULL) != (outcome == NULL) || (closed != NULL && !read_id(closed, &id)))
        return command_usage(usage, "--close takes the number of a report, and --outcome with it");
    struct db_path room;
    struct error err = {0};
    const char *path = command_db(named, &room);
    bool good = closed != NULL ? close_one(path, id, outcome, &err)
                               : list(path, done ? REPORT_CLOSED : REPORT_OPEN, as_json, &err);
    return good ? EXIT_DONE : command_fail(&err);
}
