#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "service/http/access_log.h"

static const struct access_entry entry = {
    .now = 784111777, /* 1994-11-06T08:49:37Z, the example of RFC 9110 */
    .method = "GET",
    .path = "/v1/check",
    .query = "q=my+secret+pain",
    .status = 200,
    .body_bytes = 42,
    .microseconds = 137,
    .remote = "203.0.113.77",
    .agent = "curl/8.0 \"x\"",
};

static void a_line_is_json_without_the_query_or_the_whole_address(void **state)
{
    struct buffer line = {0};
    (void)state;
    access_log_format(&entry, false, 0, &line);
    assert_string_equal(buffer_string(&line),
                        "{\"time\":\"1994-11-06T08:49:37Z\",\"method\":\"GET\","
                        "\"path\":\"/v1/check\",\"status\":200,\"bytes\":42,\"us\":137,"
                        "\"remote\":\"203.0.113.0\",\"agent\":\"curl/8.0 \\\"x\\\"\"}\n");
    buffer_release(&line);
}

static void the_query_is_logged_only_when_asked_for(void **state)
{
    struct buffer line = {0};
    (void)state;
    access_log_format(&entry, true, 3, &line);
    assert_non_null(strstr(buffer_string(&line), "\"query\":\"q=my+secret+pain\""));
    assert_non_null(strstr(buffer_string(&line), "\"lines_dropped\":3"));
    buffer_release(&line);
}

static void no_token_is_logged_wherever_it_was_sent(void **state)
{
    static const char path[] = "/x/ts_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/y";
    struct access_entry sent = entry;
    struct buffer line = {0};
    (void)state;
    sent.path = sent.query = sent.agent = sent.error = path;
    access_log_format(&sent, true, 0, &line);
    assert_null(strstr(buffer_string(&line), "AAAA"));
    assert_non_null(strstr(buffer_string(&line), "\"path\":\"/x/ts_…/y\""));
    buffer_release(&line);
}

static void a_line_fits_into_a_pipe_whatever_is_in_it(void **state)
{
    static char control[8000];
    struct access_entry long_entry = entry;
    struct buffer line = {0};
    (void)state;
    memset(control, '\x01', sizeof control - 1);
    long_entry.path = control;
    long_entry.query = control;
    long_entry.agent = control;
    long_entry.error = control;
    access_log_format(&long_entry, true, 0, &line);
    assert_true(line.length <= 4096);
    assert_ptr_equal(strchr(line.bytes, '\n'), line.bytes + line.length - 1);
    buffer_release(&line);
}

static void addresses_lose_their_last_part(void **state)
{
    static const struct {
        const char *address;
        const char *logged;
    } cases[] = {{"203.0.113.77", "203.0.113.0"},
                 {"2001:db8:1:2:3:4:5:6", "2001:db8:1::"},
                 {"::1", "::"},
                 {"::ffff:203.0.113.77", "::ffff:203.0.113.0"},
                 {"fe80::1%eth0", "fe80::"},
                 {"no address", ""}};
    char out[64];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        access_log_truncate(cases[i].address, out, sizeof out);
        assert_string_equal(out, cases[i].logged);
    }
}

/* Lines of several seconds and addresses, and one without, as a file has them. */
static void each_line_tells_its_own_time_and_address(void **state)
{
    static const char *const addresses[] = {"203.0.113.77", "203.0.113.78", "198.51.100.1",   NULL,
                                            "198.51.100.1", "no address",   "2001:db8:1:2::3"};
    static const char *const logged[] = {
        "\"remote\":\"203.0.113.0\"",  "\"remote\":\"203.0.113.0\"",
        "\"remote\":\"198.51.100.0\"", NULL,
        "\"remote\":\"198.51.100.0\"", NULL,
        "\"remote\":\"2001:db8:1::\""};
    enum { COUNT = sizeof addresses / sizeof *addresses };
    char path[] = "/tmp/touchstone-log-XXXXXX";
    char line[1024];
    struct error err = {0};
    (void)state;
    close(mkstemp(path));
    struct access_log *log = access_log_open(path, false, &err);
    assert_non_null(log);
    struct access_lines lines = {0};
    for (size_t i = 0; i < COUNT; i++) {
        struct access_entry one = entry;
        one.remote = addresses[i];
        one.now = entry.now + (time_t)i / 2;
        access_log_add(log, &lines, &one);
    }
    access_log_write(log, &lines);
    access_lines_release(&lines);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (size_t i = 0; i < COUNT; i++) {
        char begin[64];
        snprintf(begin, sizeof begin, "{\"time\":\"1994-11-06T08:49:%02zuZ\",", 37 + i / 2);
        assert_non_null(fgets(line, sizeof line, file));
        assert_memory_equal(line, begin, strlen(begin));
        assert_int_equal(strstr(line, "\"remote\"") == NULL, logged[i] == NULL);
        if (logged[i] != NULL)
            assert_non_null(strstr(line, logged[i]));
    }
    fclose(file);
    access_log_close(log);
    unlink(path);
}

static void a_full_pipe_drops_lines_and_says_so_later(void **state)
{
    char path[] = "/tmp/touchstone-log-XXXXXX";
    char bytes[65536];
    struct error err = {0};
    (void)state;
    assert_non_null(mkdtemp(path));
    char *fifo = NULL;
    assert_true(asprintf(&fifo, "%s/fifo", path) > 0);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    int reader = open(fifo, O_RDONLY | O_NONBLOCK);
    struct access_log *log = access_log_open(fifo, false, &err);
    assert_non_null(log);
    struct access_lines lines = {0};
    for (int i = 0; i < 2000; i++) /* about 300 kB into a pipe of 64 kB; it must not wait */
        access_log_add(log, &lines, &entry);
    access_log_write(log, &lines);
    while (read(reader, bytes, sizeof bytes) > 0)
        continue;
    access_log_add(log, &lines, &entry);
    access_log_write(log, &lines);
    access_lines_release(&lines);
    ssize_t length = read(reader, bytes, sizeof bytes - 1);
    assert_true(length > 0);
    bytes[length] = '\0';
    assert_non_null(strstr(bytes, "\"lines_dropped\":"));
    assert_int_equal(bytes[length - 1], '\n');
    access_log_close(log);
    close(reader);
    unlink(fifo);
    rmdir(path);
    free(fifo);
}

static void a_log_that_cannot_be_opened_is_an_error(void **state)
{
    struct error err = {0};
    (void)state;
    assert_null(access_log_open("/nowhere/at/all.log", false, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_non_null(strstr(err.message, "/nowhere/at/all.log"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_json_without_the_query_or_the_whole_address),
        cmocka_unit_test(the_query_is_logged_only_when_asked_for),
        cmocka_unit_test(no_token_is_logged_wherever_it_was_sent),
        cmocka_unit_test(a_line_fits_into_a_pipe_whatever_is_in_it),
        cmocka_unit_test(addresses_lose_their_last_part),
        cmocka_unit_test(each_line_tells_its_own_time_and_address),
        cmocka_unit_test(a_full_pipe_drops_lines_and_says_so_later),
        cmocka_unit_test(a_log_that_cannot_be_opened_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
