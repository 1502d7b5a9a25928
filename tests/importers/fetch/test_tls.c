/* TLS and HTTP/2, with certificates made for the test by the openssl program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <event2/event.h>

#include "importers/fetch/fetch.h"
#include "tests/importers/recorded_server.h"

static const char script[] =
    "{\"routes\": [{\"match\": \"^GET /far\", \"answers\": [{\"body\": \"hello\"}]},"
    "{\"match\": \"^GET /much\", \"answers\": [{\"fill\": 300000, \"gzip\": true}]}]}";

struct place {
    char folder[64];
    char key[96];
    char cert[96];
    bool ready;
};

static struct place place;

/* A key and a certificate of its own for 127.0.0.1. */
static bool make_certificate(struct place *where)
{
    char command[512];
    snprintf(where->folder, sizeof where->folder, "/tmp/touchstone-tls-XXXXXX");
    if (mkdtemp(where->folder) == NULL)
        return false;
    snprintf(where->key, sizeof where->key, "%s/key.pem", where->folder);
    snprintf(where->cert, sizeof where->cert, "%s/cert.pem", where->folder);
    snprintf(command, sizeof command,
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
             "-subj /CN=touchstone-test -addext subjectAltName=IP:127.0.0.1 -keyout %s -out %s "
             ">/dev/null 2>&1",
             where->key, where->cert);
    return system(command) == 0;
}

static int make(void **state)
{
    (void)state;
    place.ready = make_certificate(&place);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    unlink(place.key);
    unlink(place.cert);
    rmdir(place.folder);
    return 0;
}

struct told {
    struct event_base *loop;
    int calls;
    int waits;
    int status;
    size_t length;
    struct error err;
};

static void on_done(void *context, const struct fetch_answer *answer, const struct error *err)
{
    struct told *told = context;
    told->calls++;
    told->err = *err;
    if (answer != NULL) {
        told->status = answer->status;
        told->length = answer->length;
    }
    event_base_loopbreak(told->loop);
}

static void on_waiting(void *context, double seconds, const char *why)
{
    struct told *told = context;
    (void)seconds;
    (void)why;
    told->waits++;
}

static struct told ask(const char *url, const char *ca_file)
{
    const struct fetch_options options = {
        .ca_file = ca_file, .tries = 3, .wait_base = 0.001, .seed = 1};
    struct told told = {.loop = event_base_new()};
    struct error err = {0};
    struct fetcher *fetcher = fetcher_new(told.loop, &options, &err);
    assert_non_null(fetcher);
    fetch_start(fetcher, &(struct fetch_request){.url = url, .per_second = 1000}, on_done,
                on_waiting, &told);
    event_base_dispatch(told.loop);
    fetcher_free(fetcher);
    event_base_free(told.loop);
    return told;
}

static void begin(struct recorded *service)
{
    if (!place.ready || !recorded_start(service, script, place.key, place.cert)) {
        print_message("skipped: TLS is tested with node and the openssl program\n");
        skip();
    }
}

static void a_certificate_that_nobody_vouches_for_is_refused_at_once(void **state)
{
    (void)state;
    struct recorded service;
    char url[128];
    begin(&service);
    snprintf(url, sizeof url, "%s/far", service.url);
    struct told told = ask(url, NULL);
    recorded_stop(&service);
    assert_int_equal(told.calls, 1);
    assert_int_equal(told.status, 0);
    assert_int_equal(told.waits, 0);
    assert_int_equal(told.err.kind, ERROR_NETWORK);
    assert_non_null(strstr(told.err.message, "127.0.0.1 has a certificate"));
}

static void a_certificate_for_another_name_is_refused_at_once(void **state)
{
    (void)state;
    struct recorded service;
    char url[128];
    begin(&service);
    snprintf(url, sizeof url, "https://localhost:%d/far", service.port);
    struct told told = ask(url, place.cert);
    recorded_stop(&service);
    assert_int_equal(told.waits, 0);
    assert_non_null(strstr(told.err.message, "certificate"));
}

static void a_certificate_that_is_vouched_for_is_taken(void **state)
{
    (void)state;
    struct recorded service;
    char url[128];
    begin(&service);
    snprintf(url, sizeof url, "%s/far", service.url);
    struct told told = ask(url, place.cert);
    if (told.status != 200)
        fail_msg("%s", told.err.message);
    snprintf(url, sizeof url, "%s/much", service.url);
    told = ask(url, place.cert);
    assert_int_equal(told.length, 300000);
    recorded_stop(&service);
}

/* The server tells the version of each request; it is asked through the fetcher, over TLS. */
static void http_2_is_spoken_where_it_is_offered(void **state)
{
    (void)state;
    struct recorded service;
    char url[128];
    begin(&service);
    snprintf(url, sizeof url, "%s/version", service.url);
    struct told told = ask(url, place.cert);
    recorded_stop(&service);
    assert_int_equal(told.status, 404); /* "no route for …" in HTTP/2 */
    assert_int_equal(told.length, strlen("no route for GET /version in HTTP/2.0"));
}

static void a_file_of_certificates_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct told told = ask("https://127.0.0.1:9/", "/nowhere/ca.pem");
    assert_int_equal(told.calls, 1);
    assert_int_equal(told.err.kind, ERROR_NETWORK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_certificate_that_nobody_vouches_for_is_refused_at_once),
        cmocka_unit_test(a_certificate_for_another_name_is_refused_at_once),
        cmocka_unit_test(a_certificate_that_is_vouched_for_is_taken),
        cmocka_unit_test(http_2_is_spoken_where_it_is_offered),
        cmocka_unit_test(a_file_of_certificates_that_is_not_there_is_an_error),
    };
    return cmocka_run_group_tests(tests, make, clean);
}
