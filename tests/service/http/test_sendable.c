/* Bytes that are sent from where they lie. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "service/http/sendable.h"

enum { LONG = 20000, MOST = 64 * 1024 };

static const char head_text[] = "HTTP/1.1 200 OK\r\n\r\n";

static const char *made(size_t length, struct arena *arena)
{
    char *bytes = arena_alloc(arena, length);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)('a' + i * 7 % 26);
    return bytes;
}

static void a_copy_stays_and_short_ones_are_left_out(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct sendable *sendable = sendable_new(MOST, arena);
    assert_non_null(sendable);
    const char *bytes = made(LONG, arena);
    const char *one = sendable_add(sendable, bytes, LONG);
    const char *other = sendable_add(sendable, bytes + 1, LONG - 1);
    assert_ptr_not_equal(one, bytes);
    assert_memory_equal(one, bytes, LONG);
    assert_memory_equal(other, bytes + 1, LONG - 1);
    assert_null(sendable_add(sendable, bytes, SENDABLE_FROM_BYTES - 1));
    assert_null(sendable_add(NULL, bytes, LONG));
    arena_free(arena);
}

static void what_there_is_no_room_for_is_left_out(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct sendable *sendable = sendable_new(MOST, arena);
    const char *bytes = made(MOST + 1, arena);
    assert_null(sendable_add(sendable, bytes, MOST + 1));
    size_t added = 0;
    while (sendable_add(sendable, bytes, LONG) != NULL)
        added++;
    assert_int_equal(added, MOST / LONG);
    assert_null(sendable_add(sendable, bytes, LONG));
    arena_free(arena);
}

static size_t read_all(int socket, char *out, size_t most)
{
    size_t length = 0;
    for (ssize_t got; length < most && (got = read(socket, out + length, most - length)) > 0;)
        length += (size_t)got;
    return length;
}

static void head_and_body_arrive_as_they_are(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct sendable *sendable = sendable_new(MOST, arena);
    sendable_add(sendable, made(LONG, arena), LONG);
    const char *body = sendable_add(sendable, made(LONG, arena) + 3, LONG - 3);
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    const struct iovec pieces[2] = {{(void *)head_text, strlen(head_text)},
                                    {(void *)body, LONG - 3}};
    assert_int_equal(sendable_send(sendable, ends[0], &pieces[0], &pieces[1]),
                     strlen(head_text) + LONG - 3);
    char *got = arena_alloc(arena, MOST);
    assert_int_equal(read_all(ends[1], got, MOST), strlen(head_text) + LONG - 3);
    assert_memory_equal(got, head_text, strlen(head_text));
    assert_memory_equal(got + strlen(head_text), body, LONG - 3);
    close(ends[0]);
    close(ends[1]);
    arena_free(arena);
}

static void a_socket_that_is_full_takes_what_it_says(void **state)
{
    (void)state;
    enum { ALL = 8 << 20 };
    struct arena *arena = arena_new();
    struct sendable *sendable = sendable_new(ALL, arena);
    const char *body = sendable_add(sendable, made(ALL, arena), ALL);
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
    const struct iovec pieces[2] = {{(void *)head_text, strlen(head_text)}, {(void *)body, ALL}};
    ssize_t sent = sendable_send(sendable, ends[0], &pieces[0], &pieces[1]);
    assert_true(sent >= (ssize_t)strlen(head_text) && sent < ALL);
    char *got = arena_alloc(arena, ALL);
    assert_int_equal(read_all(ends[1], got, ALL), sent);
    assert_memory_equal(got + strlen(head_text), body, (size_t)sent - strlen(head_text));
    while (send(ends[0], body, ALL, MSG_NOSIGNAL) > 0)
        ;
    assert_int_equal(sendable_send(sendable, ends[0], &pieces[0], &pieces[1]), -1);
    assert_int_equal(errno, EAGAIN);
    close(ends[1]);
    assert_int_equal(sendable_send(sendable, ends[0], &pieces[0], &pieces[1]), -1);
    assert_int_equal(errno, EPIPE);
    close(ends[0]);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_stays_and_short_ones_are_left_out),
        cmocka_unit_test(what_there_is_no_room_for_is_left_out),
        cmocka_unit_test(head_and_body_arrive_as_they_are),
        cmocka_unit_test(a_socket_that_is_full_takes_what_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
