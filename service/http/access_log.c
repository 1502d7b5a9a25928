#include "service/http/access_log.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "evidence/base/arena.h"
#include "evidence/base/json_writer.h"
#include "service/http/credential.h"

/* A line this short goes into a pipe whole or not at all (PIPE_BUF on Linux). */
enum { LINE_BYTES = 4096, LONGEST_FIELD_BYTES = 1024 };

struct access_log {
    int fd;
    bool is_socket;
    bool with_query;
    atomic_uint_least64_t dropped;
};

/*
 * Standard error again, as a description of its own: making the shared one non-blocking would do it
 * to everyone who has it. A socket cannot be opened so, and is sent to without waiting instead.
 */
static int open_standard_error(bool *is_socket)
{
    struct stat status;
    *is_socket = fstat(STDERR_FILENO, &status) == 0 && S_ISSOCK(status.st_mode);
    if (!*is_socket) {
        int fd = open("/proc/self/fd/2", O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
        if (fd >= 0)
            return fd;
    }
    return fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
}

struct access_log *access_log_open(const char *path, bool with_query, struct error *err)
{
    bool is_socket = false;
    bool standard = path == NULL || strcmp(path, "-") == 0;
    int fd = standard ? open_standard_error(&is_socket)
                      : open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0640);
    if (fd < 0) {
        error_set(err, ERROR_IO, "access log %s: %s", standard ? "standard error" : path,
                  strerror(errno));
        return NULL;
    }
    struct access_log *log = memory_alloc(sizeof *log);
    log->fd = fd;
    log->is_socket = is_socket;
    log->with_query = with_query;
    atomic_init(&log->dropped, 0);
    return log;
}

void access_log_close(struct access_log *log)
{
    if (log == NULL)
        return;
    close(log->fd);
    free(log);
}

static void truncate_v6(struct in6_addr *address)
{
    bool mapped = IN6_IS_ADDR_V4MAPPED(address);
    size_t kept = mapped ? 15 : 6;
    memset(address->s6_addr + kept, 0, 16 - kept);
}

void access_log_truncate(const char *address, char *out, size_t size)
{
    struct in_addr v4;
    struct in6_addr v6;
    char text[ACCESS_ADDRESS_SIZE];
    size_t length = strcspn(address, "%"); /* a scope is no part of the address */
    out[0] = '\0';
    if (length >= sizeof text)
        return;
    memcpy(text, address, length);
    text[length] = '\0';
    if (inet_pton(AF_INET, text, &v4) == 1) {
        size_t kept = (size_t)(strrchr(text, '.') + 1 - text);
        if (kept + sizeof "0" <= size) {
            memcpy(out, text, kept);
            memcpy(out + kept, "0", sizeof "0");
        }
    } else if (inet_pton(AF_INET6, text, &v6) == 1) {
        truncate_v6(&v6);
        inet_ntop(AF_INET6, &v6, out, (socklen_t)size);
    }
}

/* -- a line -- */

static void put(struct buffer *out, const char *text, size_t length)
{
    memcpy(buffer_extend(out, length), text, length);
}

/* What stands around the values is written out here: it is the same in each line. */
#define PUT(out, literal) put(out, literal, sizeof literal - 1)

static void put_cut(struct buffer *out, const char *text, size_t most)
{
    /* Looked at whole before it is cut, so that no piece of a token is left at the end. */
    char *blotted = may_hold_token(text) ? blot_tokens(text) : NULL;
    const char *shown = blotted == NULL ? text : blotted;
    json_quote(out, shown, strnlen(shown, most));
    free(blotted);
}

static void put_request(struct buffer *out, const struct access_entry *entry, bool with_query,
                        size_t most)
{
    if (entry->method != NULL) {
        PUT(out, ",\"method\":");
        json_quote(out, entry->method, strlen(entry->method));
    }
    if (entry->path != NULL) {
        PUT(out, ",\"path\":");
        put_cut(out, entry->path, most);
    }
    if (with_query && entry->query != NULL) {
        PUT(out, ",\"query\":");
        put_cut(out, entry->query, most);
    }
}

static void put_reply(struct buffer *out, const struct access_entry *entry)
{
    PUT(out, ",\"status\":");
    buffer_integer(out, entry->status);
    PUT(out, ",\"bytes\":");
    buffer_integer(out, (long long)entry->body_bytes);
    PUT(out, ",\"us\":");
    buffer_integer(out, entry->microseconds);
}

static void put_client(struct buffer *out, const struct access_entry *entry,
                       const struct access_said *said, size_t most)
{
    if (entry->remote != NULL && said->shown[0] != '\0') {
        PUT(out, ",\"remote\":");
        json_quote(out, said->shown, strlen(said->shown));
    }
    if (entry->agent != NULL) {
        PUT(out, ",\"agent\":");
        put_cut(out, entry->agent, most / 2);
    }
}

static void format_line(const struct access_entry *entry, const struct access_said *said,
                        bool with_query, uint64_t dropped, size_t most, struct buffer *out)
{
    put(out, said->begin, said->begin_length);
    put_request(out, entry, with_query, most);
    put_reply(out, entry);
    put_client(out, entry, said, most);
    if (entry->error != NULL) {
        PUT(out, ",\"error\":");
        put_cut(out, entry->error, most);
    }
    if (dropped > 0) {
        PUT(out, ",\"lines_dropped\":");
        buffer_integer(out, (long long)dropped);
    }
    PUT(out, "}\n");
}

static void say_time(struct access_said *said, time_t now)
{
    char text[TIMESTAMP_SIZE];
    if (said->now == now && said->begin_length > 0)
        return;
    timestamp_write(now, text);
    said->begin_length =
        (size_t)snprintf(said->begin, sizeof said->begin, "{\"time\":\"%s\"", text);
    said->now = now;
}

static void say_address(struct access_said *said, const char *remote)
{
    if (remote == NULL || strcmp(said->remote, remote) == 0)
        return;
    said->remote[0] = said->shown[0] = '\0';
    if (strlen(remote) >= sizeof said->remote)
        return;
    strcpy(said->remote, remote);
    access_log_truncate(remote, said->shown, sizeof said->shown);
}

static void format(const struct access_entry *entry, struct access_said *said, bool with_query,
                   uint64_t dropped, struct buffer *out)
{
    size_t start = out->length;
    say_time(said, entry->now);
    say_address(said, entry->remote);
    /* Escapes make text up to six times as long, so what is too long is cut shorter and redone. */
    for (size_t most = LONGEST_FIELD_BYTES; most > 0; most /= 2) {
        format_line(entry, said, with_query, dropped, most, out);
        if (out->length - start <= LINE_BYTES)
            return;
        out->length = start;
    }
}

void access_log_format(const struct access_entry *entry, bool with_query, uint64_t dropped,
                       struct buffer *out)
{
    struct access_said said = {0};
    format(entry, &said, with_query, dropped, out);
}

/* -- writing -- */

static bool write_whole(const struct access_log *log, const char *bytes, size_t length)
{
    ssize_t written = log->is_socket ? send(log->fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL)
                                     : write(log->fd, bytes, length);
    return written >= 0;
}

/* Writes the first `length` bytes, which are `count` lines. */
static void write_first(struct access_log *log, struct access_lines *lines, size_t length,
                        size_t count)
{
    if (count > 0 && !write_whole(log, lines->text.bytes, length))
        atomic_fetch_add_explicit(&log->dropped, lines->told + count, memory_order_relaxed);
    size_t left = lines->text.length - length;
    memmove(lines->text.bytes, lines->text.bytes + length, left);
    lines->text.length = left;
    lines->count -= count;
    lines->told = 0;
}

void access_log_add(struct access_log *log, struct access_lines *lines,
                    const struct access_entry *entry)
{
    if (log == NULL)
        return;
    size_t before = lines->text.length;
    uint64_t dropped = 0;
    if (atomic_load_explicit(&log->dropped, memory_order_relaxed) > 0)
        dropped = atomic_exchange_explicit(&log->dropped, 0, memory_order_relaxed);
    format(entry, &lines->said, log->with_query, dropped, &lines->text);
    lines->count++;
    if (lines->text.length > LINE_BYTES)
        write_first(log, lines, before, lines->count - 1);
    lines->told += dropped;
}

void access_log_write(struct access_log *log, struct access_lines *lines)
{
    if (lines->count > 0)
        write_first(log, lines, lines->text.length, lines->count);
}

void access_lines_release(struct access_lines *lines)
{
    buffer_release(&lines->text);
    *lines = (struct access_lines){0};
}
