/* touchstone serve: the service, until it is told to stop. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/knowledge.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/command/command.h"
#include "service/http/server.h"

static const char *const usage =
    "touchstone serve [--db FILE] [--listen ADDR:PORT] [--threads N] [--log FILE] [--log-queries]";

struct serving {
    const char *db;
    struct server *server;
};

/* SIGHUP: the store as it is now takes the place of the catalog; a store that cannot be read leaves
 * the old one in place. */
static void reload(void *context)
{
    struct serving *serving = context;
    struct error err = {0};
    struct catalog *catalog = command_catalog(serving->db, &err);
    if (catalog == NULL) {
        fprintf(stderr, "touchstone: not reloaded, the old base is served on: %s\n", err.message);
        return;
    }
    server_set_catalog(serving->server, catalog);
    catalog_release(catalog);
    fprintf(stderr, "touchstone: reloaded %s\n", serving->db);
}

static bool run(struct serving *serving, const struct server_options *options, struct error *err)
{
    struct catalog *catalog = command_catalog(serving->db, err);
    if (catalog == NULL)
        return false;
    serving->server = server_new(options, err);
    bool good = serving->server != NULL;
    if (good) {
        server_set_catalog(serving->server, catalog);
        printf("listening on %s\n", server_url(serving->server));
        fflush(stdout);
        struct server_signals signals = {.reload = reload, .context = serving};
        good = server_run(serving->server, &signals, err);
    }
    server_free(serving->server);
    catalog_release(catalog);
    return good;
}

static int serve(const char *db, const char *listen, unsigned threads, const char *log_path,
                 bool log_queries)
{
    struct error err = {0};
    struct access_log *log = access_log_open(log_path, log_queries, &err);
    if (log == NULL)
        return command_fail(&err);
    struct application *application = application_new(db);
    struct serving serving = {.db = db};
    const struct server_options options = {
        .listen = listen,
        .threads = threads,
        .routes = service_routes,
        .route_count = service_route_count,
        .context = application,
        .log = log,
        .catalogs = {catalog_retain, catalog_release},
    };
    bool good = run(&serving, &options, &err);
    application_free(application);
    access_log_close(log);
    return good ? EXIT_DONE : command_fail(&err);
}

int command_serve(int argc, char **argv)
{
    const char *db = NULL;
    const char *listen = "127.0.0.1:8080";
    const char *threads = "0";
    const char *log_path = "-";
    bool log_queries = false;
    const struct option_spec options[] = {
        {"db", &db, NULL},        {"listen", &listen, NULL},           {"threads", &threads, NULL},
        {"log", &log_path, NULL}, {"log-queries", NULL, &log_queries}, {NULL, NULL, NULL}};
    int left = command_options(argc, argv, options, usage);
    if (left < 0)
        return EXIT_USAGE;
    if (left > 0)
        return command_usage(usage, "unexpected \"%s\"", argv[0]);
    char *end;
    unsigned long count = strtoul(threads, &end, 10);
    if (*end != '\0' || threads[0] == '\0' || threads[0] == '-' || count > MAX_THREADS)
        return command_usage(usage, "--threads must be a number from 0 (one a processor) to %d",
                             MAX_THREADS);
    return serve(command_db(db), listen, (unsigned)count, log_path, log_queries);
}
