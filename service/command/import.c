/* touchstone import: studies in, from services and files. */
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "importers/formats/format.h"
#include "service/api/import_shape.h"
#include "service/command/command.h"
#include "service/command/import_session.h"

static const char *const usage =
    "touchstone import [OPTIONS] SOURCE QUERY… | file PATH… | --resume [ID] | --saved";
static const char *const about =
    "Brings records of studies into the store: unscreened, merged with what is there, and counted "
    "in\n"
    "no rating before a person has looked. Retractions and other notices are told at once.\n"
    "\n"
    "  touchstone import pubmed '\"trigger points\" AND dry needling'\n"
    "  touchstone import europepmc 'myofascial pain' --limit 1000\n"
    "  touchstone import file library.ris export.xml retraction_watch.csv\n"
    "\n"
    "SOURCE is pubmed, europepmc, crossref, openalex or ctgov; QUERY is in its own language. A "
    "file's\n"
    "format is found by its content; - is standard input. What was asked before and finished is "
    "asked\n"
    "again for what was added or changed since; what did not finish goes on where it stopped. "
    "Each\n"
    "page is stored whole, so that nothing is lost or doubled whenever this is interrupted.\n"
    "\n"
    "Exit status: 0 done, 1 the query or a file is bad, 2 usage, 3 the store, 4 the service could "
    "not\n"
    "be read (go on later with --resume).\n"
    "\n";

enum { SEARCHES_LISTED = 500, IMPORTS_LISTED = 100, DAY_SECONDS = 86400, HOUR_SECONDS = 3600 };

struct asked {
    const char *db;
    const char *since;
    const char *limit;
    const char *format;
    const char *save;
    const char *every;
    const char *forget;
    const char *wait;
    const char *timeout;
    struct import_settings settings;
    bool resume;
    bool saved;
    bool json;
    size_t most; /* of limit */
    int64_t every_seconds;
};

/* ---- options ---- */

static bool is_day(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof form; i++)
        if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
            return false;
    return true;
}

static bool is_number(const char *text)
{
    return text[0] != '\0' && strspn(text, "0123456789") == strlen(text) && strlen(text) < 10;
}

/* "7d", "12h": never more often than hourly. */
static bool read_every(const char *text, int64_t *out)
{
    char *end = NULL;
    long count = strtol(text, &end, 10);
    if (count <= 0 || count > 10000 || (strcmp(end, "d") != 0 && strcmp(end, "h") != 0))
        return false;
    *out = count * (end[0] == 'd' ? DAY_SECONDS : HOUR_SECONDS);
    return true;
}

static bool read_seconds(const char *text, double *out)
{
    char *end = NULL;
    *out = text == NULL ? 0 : strtod(text, &end);
    return text == NULL || (end != text && *end == '\0' && *out > 0 && *out <= 86400);
}

/* 0, or the status after telling what is wrong. */
static int check_options(struct asked *asked)
{
    if (asked->since != NULL && strcmp(asked->since, "ever") != 0 && !is_day(asked->since))
        return command_usage(usage, "--since takes a day (2024-01-31) or ever, not \"%s\"",
                             asked->since);
    if (asked->limit != NULL && (!is_number(asked->limit) || atol(asked->limit) == 0))
        return command_usage(usage, "--limit takes a number of records, not \"%s\"", asked->limit);
    asked->most = asked->limit == NULL ? 0 : (size_t)atol(asked->limit);
    if ((asked->save == NULL) != (asked->every == NULL))
        return command_usage(usage, "--save NAME and --every 7d belong together");
    if (asked->every != NULL && !read_every(asked->every, &asked->every_seconds))
        return command_usage(usage, "--every takes days or hours (7d, 12h), not \"%s\"",
                             asked->every);
    if (!read_seconds(asked->wait, &asked->settings.wait_seconds) ||
        !read_seconds(asked->timeout, &asked->settings.timeout_seconds))
        return command_usage(usage, "--wait and --timeout take seconds");
    return EXIT_DONE;
}

/* TOUCHSTONE_BASE_URL is where serve is reached, and no service's address. */
static void forget_own_address(struct asked *asked)
{
    if (asked->settings.base_url != NULL &&
        asked->settings.base_url == command_environment("base-url", NULL))
        asked->settings.base_url = NULL;
}

/* ---- reports ---- */

struct report {
    bool json;
    struct buffer out;
    struct json_writer writer;
};

static void report_begin(struct report *report)
{
    json_writer_init(&report->writer, &report->out, 2);
    json_begin_object(&report->writer);
    json_field_array(&report->writer, "imports");
}

static void report_add(struct report *report, const struct import_session *session)
{
    if (report->json)
        import_session_write(session, &report->writer);
    else
        import_session_print(session);
}

static void report_end(struct report *report)
{
    json_end_array(&report->writer);
    json_end_object(&report->writer);
    if (report->json)
        command_print(&report->out);
    else
        buffer_release(&report->out);
}

/* ---- one import ---- */

/* Ends the program the way the signal would have, once all is told. */
static void obey(int number)
{
    fflush(stdout);
    raise(number);
}

static int end_session(struct report *report, struct import_session *session, bool good,
                       const struct error *err, int *stopped_by)
{
    report_add(report, session);
    *stopped_by = import_session_signal(session);
    import_session_free(session);
    return good ? EXIT_DONE : command_fail(err);
}

static int import_search(struct asked *asked, struct store *store, const struct remote *remote,
                         const char *query, struct report *report, int *stopped_by)
{
    struct error err = {0};
    bool ever = asked->since != NULL && strcmp(asked->since, "ever") == 0;
    struct run_plan plan = {.remote = remote,
                            .query = query,
                            .since = ever ? NULL : asked->since,
                            .everything = ever,
                            .limit = asked->most,
                            .saved_search = asked->save};
    import_settings_apply(&asked->settings, remote->name, &plan);
    struct import_session *session = import_session_new(asked->json);
    bool good = import_session_search(session, store, &plan, &err);
    return end_session(report, session, good, &err, stopped_by);
}

static int import_file(const struct asked *asked, struct store *store, const char *path,
                       struct report *report, int *stopped_by)
{
    struct error err = {0};
    struct import_session *session = import_session_new(asked->json);
    bool good = import_session_file(session, store, path, asked->format, asked->most, &err);
    return end_session(report, session, good, &err, stopped_by);
}

/* A file that is bad keeps none of the others out; the first failure's status is given. */
static int import_files(const struct asked *asked, struct store *store, int count, char **paths,
                        struct report *report, int *stopped_by)
{
    int status = EXIT_DONE;
    for (int i = 0; i < count && *stopped_by == 0; i++) {
        int one = import_file(asked, store, paths[i], report, stopped_by);
        if (status == EXIT_DONE)
            status = one;
    }
    return status;
}

static int resume_file(const struct asked *asked, struct store *store, const struct import_run *run,
                       struct report *report, int *stopped_by)
{
    struct asked again = *asked;
    again.most = (size_t)run->most;
    return import_file(&again, store, run->query, report, stopped_by);
}

static int resume(struct asked *asked, struct store *store, const char *id, struct report *report,
                  int *stopped_by)
{
    struct error err = {0};
    struct arena *arena = arena_new();
    struct import_run run = {0};
    int status = EXIT_DONE;
    if (!store_run(store, atol(id), arena, &run, &err)) {
        status = command_fail(&err);
    } else if (strcmp(run.source, "file") == 0) {
        status = resume_file(asked, store, &run, report, stopped_by);
    } else {
        struct run_plan plan = {0};
        import_settings_apply(&asked->settings, run.source, &plan);
        struct import_session *session = import_session_new(asked->json);
        bool good = import_session_resume(session, store, run.key, &plan, &err);
        status = end_session(report, session, good, &err, stopped_by);
    }
    arena_free(arena);
    return status;
}

/* ---- lists ---- */

static void write_runs(const struct import_run *runs, size_t count)
{
    struct report report = {.json = true};
    report_begin(&report);
    for (size_t i = 0; i < count; i++)
        shape_import(&report.writer, &runs[i]);
    report_end(&report);
}

static int list_unfinished(const struct asked *asked, struct store *store)
{
    struct error err = {0};
    struct arena *arena = arena_new();
    struct import_run *runs = NULL;
    size_t count = 0;
    bool good = store_runs(store, 0, true, IMPORTS_LISTED, arena, &runs, &count, &err);
    const struct terminal terminal = terminal_of(stdout);
    if (good && asked->json)
        write_runs(runs, count);
    else if (good && count == 0)
        puts("Every import has finished.");
    else if (good)
        print_imports(&terminal, runs, count);
    arena_free(arena);
    return good ? EXIT_DONE : command_fail(&err);
}

static void write_searches(const struct saved_search *searches, size_t count)
{
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 2);
    json_begin_object(&json);
    json_field_array(&json, "searches");
    for (size_t i = 0; i < count; i++)
        shape_search(&json, &searches[i]);
    json_end_array(&json);
    json_end_object(&json);
    command_print(&out);
}

static void print_searches(const struct saved_search *searches, size_t count)
{
    if (count == 0)
        puts("No search is saved; save one with --save NAME --every 7d.");
    for (size_t i = 0; i < count; i++)
        printf("%s: %s %s, every %lld hours\n", searches[i].name, searches[i].source,
               searches[i].query, (long long)(searches[i].every_seconds / HOUR_SECONDS));
}

static int list_saved(const struct asked *asked, struct store *store)
{
    struct error err = {0};
    struct arena *arena = arena_new();
    struct saved_search *searches = NULL;
    size_t count = 0;
    bool good = store_searches(store, 0, arena, &searches, &count, &err);
    if (good && asked->json)
        write_searches(searches, count);
    else if (good)
        print_searches(searches, count);
    arena_free(arena);
    return good ? EXIT_DONE : command_fail(&err);
}

/* ---- the command ---- */

static bool save_search(const struct asked *asked, struct store *store, const struct remote *remote,
                        const char *query, struct error *err)
{
    time_t now = time(NULL);
    const struct saved_search search = {.name = asked->save,
                                        .source = remote->name,
                                        .query = query,
                                        .most = (int64_t)asked->most,
                                        .every_seconds = asked->every_seconds,
                                        .created = now,
                                        .due = now + (time_t)asked->every_seconds};
    return store_put_search(store, &search, err);
}

static const char *joined(int argc, char **argv, struct arena *arena)
{
    const char *text = argv[0];
    for (int i = 1; i < argc; i++)
        text = arena_printf(arena, "%s %s", text, argv[i]);
    return text;
}

static int search(struct asked *asked, struct store *store, int count, char **words,
                  struct report *report, int *stopped_by)
{
    const struct remote *remote = remote_named(words[0]);
    struct error err = {0};
    struct arena *arena = arena_new();
    const char *query = joined(count - 1, words + 1, arena);
    int status = EXIT_DONE;
    if (asked->save != NULL && !save_search(asked, store, remote, query, &err))
        status = command_fail(&err);
    else
        status = import_search(asked, store, remote, query, report, stopped_by);
    arena_free(arena);
    return status;
}

static int run_imports(struct asked *asked, struct store *store, int count, char **words)
{
    struct report report = {.json = asked->json};
    int stopped_by = 0;
    int status = EXIT_DONE;
    report_begin(&report);
    if (asked->resume)
        status = resume(asked, store, words[0], &report, &stopped_by);
    else if (strcmp(words[0], "file") == 0)
        status = import_files(asked, store, count - 1, words + 1, &report, &stopped_by);
    else
        status = search(asked, store, count, words, &report, &stopped_by);
    report_end(&report);
    store_close(store);
    if (stopped_by != 0)
        obey(stopped_by);
    return status;
}

static int forget(const struct asked *asked, struct store *store)
{
    struct error err = {0};
    return store_remove_search(store, asked->forget, &err) ? EXIT_DONE : command_fail(&err);
}

static int run_with_store(struct asked *asked, struct store *store, int count, char **words)
{
    int status = EXIT_DONE;
    if (asked->saved)
        status = list_saved(asked, store);
    else if (asked->forget != NULL)
        status = forget(asked, store);
    else if (asked->resume && count == 0)
        status = list_unfinished(asked, store);
    else
        return run_imports(asked, store, count, words);
    store_close(store);
    return status;
}

static int no_such_source(const char *name)
{
    struct buffer known = {0};
    for (const struct remote *const *remote = remotes; *remote != NULL; remote++)
        buffer_printf(&known, "%s, ", (*remote)->name);
    int status = command_usage(usage, "there is no source \"%s\"; there are %sand file", name,
                               buffer_string(&known));
    buffer_release(&known);
    return status;
}

static int no_such_format(const char *name)
{
    struct buffer known = {0};
    for (const struct format *const *format = formats; *format != NULL; format++)
        buffer_printf(&known, "%s%s", format == formats ? "" : ", ", (*format)->name);
    int status = command_usage(usage, "there is no format \"%s\"; there are %s", name,
                               buffer_string(&known));
    buffer_release(&known);
    return status;
}

/* 0, or the status after telling what is wrong. */
static int check_words(const struct asked *asked, int count, char **words)
{
    if (asked->saved || asked->forget != NULL)
        return count == 0 ? EXIT_DONE : command_usage(usage, "unexpected \"%s\"", words[0]);
    if (asked->resume)
        return count == 0 || (count == 1 && is_number(words[0]))
                   ? EXIT_DONE
                   : command_usage(usage, "--resume takes the number of one import");
    if (count == 0)
        return command_usage(usage, "a source is needed, or file");
    if (strcmp(words[0], "file") != 0 && remote_named(words[0]) == NULL)
        return no_such_source(words[0]);
    if (count < 2)
        return command_usage(usage, strcmp(words[0], "file") == 0 ? "a file is needed"
                                                                  : "a query is needed");
    if (asked->save != NULL && strcmp(words[0], "file") == 0)
        return command_usage(usage, "a file cannot be saved as a search");
    if (asked->format != NULL && format_named(asked->format) == NULL)
        return no_such_format(asked->format);
    return EXIT_DONE;
}

int command_import(int argc, char **argv)
{
    struct asked asked = {0};
    const struct option_spec options[] = {
        OPTION_DB(asked.db),
        {"since", "DAY",
         "what was added or changed from then on; ever: all (default: since the last time)",
         &asked.since, NULL},
        {"limit", "N", "at most so many records", &asked.limit, NULL},
        {"format", "NAME", "file: read it as this, whatever it looks like", &asked.format, NULL},
        {"resume", NULL, "list imports that did not finish; with a number, go on with that one",
         NULL, &asked.resume},
        {"save", "NAME", "keep the search, to be run again by serve --schedule", &asked.save, NULL},
        {"every", "TIME", "how often it is run again: 7d, 12h", &asked.every, NULL},
        {"saved", NULL, "list the searches that are kept", NULL, &asked.saved},
        {"forget", "NAME", "keep a search no longer", &asked.forget, NULL},
        {"base-url", "URL", "asked instead of the source's own (TOUCHSTONE_PUBMED_URL and so on)",
         &asked.settings.base_url, NULL},
        {"api-key", "KEY", "for the source (TOUCHSTONE_PUBMED_API_KEY and so on)",
         &asked.settings.api_key, NULL},
        {"contact", "MAIL", "sent to the source, so that it can reach you", &asked.settings.contact,
         NULL},
        {"wait", "SECONDS", "before a request that failed is tried again, at first (default 1)",
         &asked.wait, NULL},
        {"timeout", "SECONDS", "for one answer (default 120)", &asked.timeout, NULL},
        OPTION_JSON(asked.json),
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    forget_own_address(&asked);
    int status = check_options(&asked);
    if (status == EXIT_DONE)
        status = check_words(&asked, left, argv + 1);
    if (status != EXIT_DONE)
        return status;
    struct db_path room;
    struct error err = {0};
    struct store *store = store_open(command_db(asked.db, &room), STORE_WRITE, &err);
    return store == NULL ? command_fail(&err) : run_with_store(&asked, store, left, argv + 1);
}
