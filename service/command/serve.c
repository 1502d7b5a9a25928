/* touchstone serve: the service, until it is told to stop. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "evidence/judgement/knowledge.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/command/command.h"
#include "service/command/import_session.h"
#include "service/curation/follower.h"
#include "service/http/crowd.h"
#include "service/http/forwarded.h"
#include "service/http/limiter.h"
#include "service/http/origin.h"
#include "service/http/server.h"
#include "service/http/tls.h"
#include "service/worlds/refusal.h"

static const char *const usage = "touchstone serve [OPTIONS]";
static const char *const about =
    "Answers on HTTP, the pages and the API, until SIGTERM or SIGINT; what is under way is "
    "finished\n"
    "first. What others change in the store is served within --poll seconds; SIGHUP reads it at\n"
    "once, and the certificate. Prints \"listening on URL\" when it takes requests; a line of "
    "JSON\n"
    "for each goes to the log.\n";

struct serving {
    const char *db;
    bool json;
    unsigned token_rate;
    unsigned poll_seconds; /* 0: what others change is not looked for */
    bool schedule;
    struct import_settings imports;
    struct application *application;
    struct server *server;
    struct editor *editor;
    struct freshness freshness; /* of what is served */
    struct tls *tls;            /* NULL: plain HTTP */
    struct proxies *proxies;    /* NULL: none is believed */
};

enum { LARGE_BLOCK_BYTES = 512 << 10, KEPT_FREE_BYTES = 1 << 20 };

/* Large blocks go back to the system when they are freed. glibc would keep all after the first one:
 * what a map or an export once needed, for good. */
static void bound_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK_BYTES);
    mallopt(M_TRIM_THRESHOLD, KEPT_FREE_BYTES);
#endif
}

/* So does what reading the base left behind. */
static void give_back_memory(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

/* From the editor, for every catalog that follows. */
static void serve_catalog(void *context, struct catalog *catalog)
{
    struct serving *serving = context;
    public_files_forget(application_public_files(serving->application));
    server_set_catalog(serving->server, catalog);
    give_back_memory();
}

/* SIGHUP, or an import that changed the base: the store as it is now takes the place of the
 * catalog; a store that cannot be read leaves the old one in place. */
static void reload(void *context)
{
    struct serving *serving = context;
    struct error err = {0};
    application_forget_stores(serving->application);
    struct arena *arena = arena_new();
    if (editor_reload(serving->editor, &err))
        fprintf(stderr, "touchstone: reloaded %s\n", store_shown(serving->db, arena));
    else
        fprintf(stderr, "touchstone: not reloaded, the old base is served on: %s\n", err.message);
    arena_free(arena);
}

static void reload_certificate(struct serving *serving)
{
    struct error err = {0};
    if (tls_reload(serving->tls, &err))
        fprintf(stderr, "touchstone: certificate and key read again\n");
    else
        fprintf(stderr, "touchstone: certificate and key not read again, the old ones stay: %s\n",
                err.message);
}

static void hang_up(void *context)
{
    struct serving *serving = context;
    if (serving->tls != NULL)
        reload_certificate(serving);
    reload(serving);
}

static void prepare_import(void *context, const char *source, struct run_plan *plan)
{
    struct serving *serving = context;
    import_settings_apply(&serving->imports, source, plan);
}

static struct importer *start_imports(struct serving *serving, struct error *err)
{
    const struct importer_options options = {.db = serving->db,
                                             .schedule = serving->schedule,
                                             .prepare = prepare_import,
                                             .rebased = reload,
                                             .context = serving};
    struct importer *importer = importer_start(&options, err);
    application_set_importer(serving->application, importer);
    return importer;
}

static void tell_listening(const struct serving *serving)
{
    const char *url = server_url(serving->server);
    struct buffer out = {0};
    struct json_writer json;
    if (serving->json) {
        json_writer_init(&json, &out, 0);
        json_begin_object(&json);
        json_field_text(&json, "listening", url);
        json_end_object(&json);
    } else {
        buffer_printf(&out, "listening on %s", url);
    }
    command_print(&out);
    fflush(stdout);
}

/* ---- what others change ---- */

static void caught_up(void *context)
{
    struct serving *serving = context;
    struct arena *arena = arena_new();
    /* Another file may have taken the name; a database is still the one that it was. */
    if (store_is_file(serving->db))
        application_forget_stores(serving->application);
    fprintf(stderr, "touchstone: %s was changed by another; its base is served now\n",
            store_shown(serving->db, arena));
    arena_free(arena);
}

static void lost(void *context, const struct error *why)
{
    struct serving *serving = context;
    application_forget_stores(serving->application);
    fprintf(stderr, "touchstone: the store cannot be read, the base as it was is served on: %s\n",
            why->message);
}

static void found(void *context)
{
    struct serving *serving = context;
    application_forget_stores(serving->application);
    fprintf(stderr, "touchstone: the store can be read again\n");
}

static struct follower *start_following(struct serving *serving, struct error *err)
{
    const struct follower_options options = {.db = serving->db,
                                             .poll_seconds = serving->poll_seconds,
                                             .editor = serving->editor,
                                             .freshness = &serving->freshness,
                                             .caught_up = caught_up,
                                             .lost = lost,
                                             .found = found,
                                             .context = serving};
    return serving->poll_seconds == 0 ? NULL : follower_start(&options, err);
}

static bool run_server(struct serving *serving, struct error *err)
{
    const struct server_signals signals = {.reload = hang_up, .context = serving};
    struct importer *importer = start_imports(serving, err);
    bool good = err->kind == ERROR_NONE;
    struct follower *follower = good ? start_following(serving, err) : NULL;
    good = good && err->kind == ERROR_NONE;
    if (good) {
        tell_listening(serving);
        good = server_run(serving->server, &signals, err);
    }
    follower_stop(follower);
    application_set_importer(serving->application, NULL);
    importer_stop(importer);
    return good;
}

static void *warm(void *context)
{
    const struct catalog *catalog = context;
    knowledge_warm(catalog);
    give_back_memory();
    return NULL;
}

/* The catalog is warmed beside the first requests; one that comes sooner, or where no thread can be
 * had, makes for itself what it needs. */
static bool run(struct serving *serving, const struct server_options *options, struct error *err)
{
    pthread_t warming;
    struct catalog *catalog = command_catalog(serving->db, err);
    if (catalog == NULL)
        return false;
    bool warmed = pthread_create(&warming, NULL, warm, catalog) == 0;
    serving->server = server_new(options, err);
    bool good = serving->server != NULL;
    if (good) {
        server_set_catalog(serving->server, catalog);
        serving->editor = editor_new(serving->db, serve_catalog, serving);
        editor_start(serving->editor, catalog);
        application_set_editor(serving->application, serving->editor);
        good = run_server(serving, err);
    }
    server_free(serving->server);
    editor_free(serving->editor);
    if (warmed)
        pthread_join(warming, NULL);
    catalog_release(catalog);
    return good;
}

/* From here on the three signals wait for server_run: one that comes while the base is being read
 * is obeyed then. */
static void hold_signals(void)
{
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &held, NULL);
}

/* An address that is none is a matter of usage, a port that cannot be had one of the network. */
static int fail(const struct error *err)
{
    if (err->kind == ERROR_INVALID)
        return command_usage(usage, "%s", err->message);
    int status = command_fail(err);
    return err->kind == ERROR_IO ? EXIT_NETWORK : status;
}

static int serve(struct serving *serving, struct server_options *options)
{
    struct error err = {0};
    hold_signals();
    bound_memory();
    serving->application = application_new(serving->db);
    auth_set_rate(application_auth(serving->application), serving->token_rate);
    application_set_freshness(serving->application, &serving->freshness);
    options->freshness = &serving->freshness;
    options->context = serving->application;
    options->routes = service_routes;
    options->route_count = service_route_count;
    options->form = world_refusal;
    options->gate = auth_gate;
    options->catalogs = (struct catalog_counting){catalog_retain, catalog_release};
    bool good = run(serving, options, &err);
    application_free(serving->application);
    return good ? EXIT_DONE : fail(&err);
}

enum { TOKEN_RATE_MOST = 1000000, POLL_SECONDS_MOST = 3600 };

static bool read_count(const char *text, unsigned long most, unsigned *out)
{
    char *end;
    unsigned long count = strtoul(text, &end, 10);
    *out = (unsigned)count;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && count <= most;
}

int command_serve(int argc, char **argv)
{
    const char *db = NULL;
    const char *threads = "0";
    const char *token_rate = "1200";
    const char *rate = "6000";
    const char *connections = "200";
    const char *poll = "1";
    const char *log_path = "-";
    const char *certificate = NULL;
    const char *key = NULL;
    const char *proxies = NULL;
    bool log_queries = false;
    struct serving serving = {0};
    struct server_options server = {.listen = "127.0.0.1:8080"};
    const struct option_spec options[] = {
        OPTION_DB(db),
        {"listen", "ADDR:PORT",
         "where (default 127.0.0.1:8080; port 0 takes a free one; unix:/PATH; systemd)",
         &server.listen, NULL},
        {"base-url", "URL", "where people reach it, for links in answers (default: as they say)",
         &server.base_url, NULL},
        {"tls-cert", "FILE", "the certificate and its chain (PEM), for HTTPS", &certificate, NULL},
        {"tls-key", "FILE", "its key (PEM)", &key, NULL},
        {"trusted-proxy", "ADDR[,…]", "proxies whose word on who asks is taken", &proxies, NULL},
        {"threads", "N", "event loops (default 0, one a processor)", &threads, NULL},
        {"log", "FILE", "where requests are logged (default -, standard error)", &log_path, NULL},
        {"log-queries", NULL, "log queries too: what people ask about their health", NULL,
         &log_queries},
        {"token-rate", "N", "requests a minute that one token may make (default 1200)", &token_rate,
         NULL},
        {"rate", "N", "requests a minute that one address may make (default 6000; 0 at will)",
         &rate, NULL},
        {"connections", "N",
         "connections at once that one address may have (default 200; 0 at will)", &connections,
         NULL},
        {"poll", "SECONDS",
         "how often to look whether others have changed the store (default 1; 0 never)", &poll,
         NULL},
        {"schedule", NULL, "run saved searches when they are due (touchstone import --save)", NULL,
         &serving.schedule},
        {"contact", "MAIL", "sent to sources, so that they can reach you", &serving.imports.contact,
         NULL},
        {"json", NULL, "say where it listens as JSON", NULL, &serving.json},
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left > 0)
        return command_usage(usage, "unexpected \"%s\"", argv[1]);
    if (!read_count(threads, MAX_THREADS, &server.threads))
        return command_usage(usage, "--threads must be a number from 0 (one a processor) to %d",
                             MAX_THREADS);
    if (server.base_url != NULL && !origin_is_base(server.base_url))
        return command_usage(usage, "--base-url must be like https://example.org, not \"%s\"",
                             server.base_url);
    if (!read_count(token_rate, TOKEN_RATE_MOST, &serving.token_rate) || serving.token_rate == 0)
        return command_usage(usage, "--token-rate must be a number from 1 to %d", TOKEN_RATE_MOST);
    unsigned a_minute = 0;
    if (!read_count(rate, TOKEN_RATE_MOST, &a_minute))
        return command_usage(usage, "--rate must be a number from 0 (at will) to %d",
                             TOKEN_RATE_MOST);
    unsigned at_once = 0;
    if (!read_count(connections, MAX_CONNECTIONS, &at_once))
        return command_usage(usage, "--connections must be a number from 0 (at will) to %d",
                             MAX_CONNECTIONS);
    if (!read_count(poll, POLL_SECONDS_MOST, &serving.poll_seconds))
        return command_usage(usage, "--poll must be a number of seconds from 0 (never) to %d",
                             POLL_SECONDS_MOST);
    if ((certificate == NULL) != (key == NULL))
        return command_usage(usage, "--tls-cert and --tls-key go together");
    struct error err = {0};
    if (certificate != NULL && (serving.tls = tls_open(certificate, key, &err)) == NULL)
        return command_fail(&err);
    server.tls = serving.tls;
    if (proxies != NULL && (serving.proxies = proxies_new(proxies, &err)) == NULL) {
        tls_close(serving.tls);
        return command_usage(usage, "--trusted-proxy: %s", err.message);
    }
    server.proxies = serving.proxies;
    server.log = access_log_open(log_path, log_queries, &err);
    if (server.log == NULL) {
        proxies_free(serving.proxies);
        tls_close(serving.tls);
        return command_fail(&err);
    }
    const struct rate requests = {.at_once = a_minute, .many = a_minute, .seconds = 60};
    server.requests = a_minute == 0 ? NULL : limiter_new(requests, RATE_NONE);
    server.crowd = at_once == 0 ? NULL : crowd_new(at_once, serving.proxies);
    struct db_path room;
    serving.db = command_db(db, &room);
    int status = serve(&serving, &server);
    access_log_close(server.log);
    limiter_free(server.requests);
    crowd_free(server.crowd);
    proxies_free(serving.proxies);
    tls_close(serving.tls);
    return status;
}
