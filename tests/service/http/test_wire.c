/* What evhttp forgives, byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "service/http/wire.h"

#define LINE       "GET / HTTP/1.1\r\n"
#define TEXT(text) text, sizeof text - 1

struct row {
    const char *bytes;
    size_t length;
    bool sound;
};

static const struct row rows[] = {
    {TEXT(LINE "Host: a\r\n\r\n"), true},
    {TEXT("GET / HTTP/1.0\r\n\r\n"), true},
    {TEXT(LINE "\r\nwhat follows \0 is not\nlooked at"), true},
    {TEXT(LINE "Content-Length: 3\r\n\r\n\n\r\0"), true},
    {TEXT(LINE "transfer-ENCODING: chunked\r\n\r\n3\r\n\r\n\n\r\n0A\r\n0123456789\r\n0\r\n\r\n\n"),
     true},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n"), true},
    {TEXT(LINE "Transfer-Encodings: chunked\r\n\r\nzz"), true},
    {TEXT(LINE "X-Transfer-Encoding: chunked\r\n\r\nzz"), true},
    {TEXT("GET / HTTP/1.1\n"), false},
    {TEXT(LINE "X: y\nHost: a\r\n"), false},
    {TEXT(LINE "X: y\rHost: a\r\n"), false},
    {TEXT(LINE "X: y\r\r\n"), false},
    {TEXT(LINE "X: a\0b\r\n"), false},
    {TEXT(LINE "X: y\r\n z\r\n"), false},
    {TEXT(LINE "X: y\r\n\tz\r\n"), false},
    {TEXT(LINE " X: y\r\n"), false},
    {TEXT("GET / HTTP/1.1 \r\n"), false},
    {TEXT("GET / HTTP/01.1\r\n"), false},
    {TEXT("GET / HTTP/1.11\r\n"), false},
    {TEXT("GET / HTTP/2.0\r\n"), false},
    {TEXT("GET / http/1.1\r\n"), false},
    {TEXT("GET /\tHTTP/1.1\r\n"), false},
    {TEXT("GET /\r\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n+1\r\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n-1\r\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n0x1\r\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n 1\r\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n1 \r\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n1;a=b\r\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n\r\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n1\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n000000001\r\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n1\r\na\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\n"), false},
    {TEXT(LINE "Transfer-Encoding: chunked\r\n\r\n0\r\n X: y\r\n"), false},
};

static const char *fault_of(const struct row *row, size_t piece)
{
    struct wire wire;
    wire_begin(&wire);
    for (size_t at = 0; at < row->length; at += piece)
        wire_read(&wire, row->bytes + at, at + piece < row->length ? piece : row->length - at);
    return wire.fault;
}

static void a_request_is_sound_or_not_however_its_bytes_are_cut(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t piece = 1; piece < 8; piece++)
            if ((fault_of(&rows[i], piece) == NULL) != rows[i].sound)
                fail_msg("row %zu in pieces of %zu: %s", i, piece,
                         rows[i].sound ? fault_of(&rows[i], piece) : "nothing was found");
}

/* Of pieces that end after the fault, whatever comes next. */
static void a_fault_stays(void **state)
{
    struct wire wire;
    (void)state;
    wire_begin(&wire);
    wire_read(&wire, TEXT("GET / HTTP/1.1\n"));
    const char *fault = wire.fault;
    wire_read(&wire, TEXT("Host: a\r\n\r\n"));
    assert_non_null(fault);
    assert_ptr_equal(wire.fault, fault);
    wire_begin(&wire);
    assert_null(wire.fault);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_sound_or_not_however_its_bytes_are_cut),
        cmocka_unit_test(a_fault_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
