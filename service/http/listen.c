#include "service/http/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 4096, HOST_SIZE = 64 }; /* the kernel cuts the backlog to its own maximum */
enum { SOCKET_MODE = 0660 };             /* of a unix socket: its owner and its group */

struct target {
    struct sockaddr_storage address;
    socklen_t length;
};

/* Cuts "host:port" at its last colon and takes the brackets off an IPv6 host. */
static bool split_address(const char *text, char host[HOST_SIZE], const char **port,
                          struct error *err)
{
    const char *colon = strrchr(text, ':');
    size_t length = colon == NULL ? 0 : (size_t)(colon - text);
    bool bracketed = length >= 2 && text[0] == '[' && text[length - 1] == ']';
    bool bare_v6 = !bracketed && colon != NULL && memchr(text, ':', length) != NULL;
    if (colon == NULL || length == 0 || length >= HOST_SIZE || bare_v6 ||
        strspn(colon + 1, "0123456789") != strlen(colon + 1) || colon[1] == '\0')
        return error_set(err, ERROR_INVALID,
                         "\"%s\" is no address to listen on; write HOST:PORT, such as "
                         "127.0.0.1:8080 or [::1]:8080",
                         text);
    memcpy(host, text + bracketed, length - 2 * bracketed);
    host[length - 2 * bracketed] = '\0';
    *port = colon + 1;
    return true;
}

static bool resolve(const char *text, struct target *out, struct error *err)
{
    char host[HOST_SIZE];
    const char *port = "";
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    if (!split_address(text, host, &port, err))
        return false;
    if (strlen(port) > 5 || strtol(port, NULL, 10) > 65535)
        return error_set(err, ERROR_INVALID, "%s: ports go from 0 to 65535", text);
    int failed = getaddrinfo(host, port, &hints, &found);
    if (failed != 0)
        return error_set(err, ERROR_INVALID, "%s: %s; give an address of this machine", text,
                         gai_strerror(failed));
    memcpy(&out->address, found->ai_addr, found->ai_addrlen);
    out->length = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

static const char *advice(int reason)
{
    switch (reason) {
    case EADDRINUSE:
        return "another program listens there; stop it, or choose another port";
    case EACCES:
        return "ports below 1024 need privileges; choose a higher one";
    case EADDRNOTAVAIL:
        return "no interface of this machine has that address";
    default:
        return "check the address";
    }
}

static bool fail_at(const char *text, struct error *err)
{
    int reason = errno;
    return error_set(err, ERROR_IO, "listening on %s: %s; %s", text, strerror(reason),
                     advice(reason));
}

static int bound_socket(const struct target *target, bool shared)
{
    int on = 1;
    int fd = socket(target->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        (!shared || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0) &&
        /* Accepted sockets inherit it; answers are written whole, so waiting for more is loss. */
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 &&
        bind(fd, (const struct sockaddr *)&target->address, target->length) == 0)
        return fd;
    int reason = errno;
    close(fd);
    errno = reason;
    return -1;
}

/* SO_REUSEPORT would let a second server of the same user share the port without a word, so a
 * socket without it goes first. */
static bool port_is_free(const struct target *target)
{
    int fd = bound_socket(target, false);
    if (fd < 0)
        return false;
    close(fd);
    return true;
}

static in_port_t *port_of(struct target *target)
{
    return target->address.ss_family == AF_INET6
               ? &((struct sockaddr_in6 *)&target->address)->sin6_port
               : &((struct sockaddr_in *)&target->address)->sin_port;
}

static bool note_port(int fd, struct target *target)
{
    struct target chosen = {.length = sizeof chosen.address};
    if (getsockname(fd, (struct sockaddr *)&chosen.address, &chosen.length) != 0)
        return false;
    *port_of(target) = *port_of(&chosen);
    return true;
}

static void write_url(const struct target *target, struct listening *out)
{
    char host[HOST_SIZE] = "";
    bool v6 = target->address.ss_family == AF_INET6;
    getnameinfo((const struct sockaddr *)&target->address, target->length, host, sizeof host, NULL,
                0, NI_NUMERICHOST);
    snprintf(out->url, sizeof out->url, "%s://%s%s%s:%d", out->secure ? "https" : "http",
             v6 ? "[" : "", host, v6 ? "]" : "", out->port);
}

static bool open_port(const char *address, struct listening *out, struct error *err)
{
    struct target target = {.length = 0};
    size_t opened = 0;
    if (!resolve(address, &target, err))
        return false;
    if (*port_of(&target) != 0 && !port_is_free(&target))
        return fail_at(address, err);
    for (; opened < out->count; opened++) {
        int fd = bound_socket(&target, true);
        if (fd < 0)
            goto fail;
        out->fds[opened] = fd;
        if (listen(fd, BACKLOG) != 0 || !note_port(fd, &target)) {
            opened++;
            goto fail;
        }
    }
    out->port = ntohs(*port_of(&target));
    write_url(&target, out);
    return true;

fail:
    fail_at(address, err);
    while (opened > 0)
        close(out->fds[--opened]);
    return false;
}

/* -- one socket for all -- */

/* A further descriptor of the same socket for each; takes `fd` over. */
static bool share(int fd, const char *address, struct listening *out, struct error *err)
{
    size_t opened = 0;
    int flags = fcntl(fd, F_GETFL);
    bool good = flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
    while (good && opened < out->count) {
        out->fds[opened] = fcntl(fd, F_DUPFD_CLOEXEC, 0);
        good = out->fds[opened] >= 0;
        opened += good;
    }
    if (!good)
        fail_at(address, err);
    while (!good && opened > 0)
        close(out->fds[--opened]);
    close(fd);
    return good;
}

/* True where a socket lies at the path and nobody listens at it: what a server that was killed left
 * behind. */
static bool is_left_behind(const struct sockaddr_un *address)
{
    struct stat status;
    if (lstat(address->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
        return false;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool refused = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 &&
                   errno == ECONNREFUSED;
    if (fd >= 0)
        close(fd);
    return refused;
}

static int unix_socket(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (is_left_behind(address))
        unlink(address->sun_path);
    if (bind(fd, (const struct sockaddr *)address, sizeof *address) == 0 &&
        chmod(address->sun_path, SOCKET_MODE) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int reason = errno;
    close(fd);
    errno = reason;
    return -1;
}

static bool open_unix(const char *path, const char *text, struct listening *out, struct error *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof address.sun_path)
        return error_set(err, ERROR_INVALID,
                         "\"%s\": after unix: stands the path of a socket, 1 to %zu bytes", text,
                         sizeof address.sun_path - 1);
    memcpy(address.sun_path, path, length + 1);
    int fd = unix_socket(&address);
    if (fd < 0)
        return fail_at(text, err);
    snprintf(out->url, sizeof out->url, "unix:%s", path);
    return share(fd, text, out, err);
}

/* sd_listen_fds(3): the one socket is descriptor 3, if LISTEN_PID is ours and LISTEN_FDS 1. */
static bool open_given(struct listening *out, struct error *err)
{
    enum { FIRST = 3 };
    const char *pid = getenv("LISTEN_PID");
    const char *count = getenv("LISTEN_FDS");
    struct target target = {.length = sizeof target.address};
    if (pid == NULL || strtol(pid, NULL, 10) != getpid() || count == NULL ||
        strcmp(count, "1") != 0)
        return error_set(err, ERROR_INVALID,
                         "systemd gave no socket, or several; let a .socket unit with one "
                         "ListenStream start this, or name an address");
    if (getsockname(FIRST, (struct sockaddr *)&target.address, &target.length) != 0)
        return fail_at("systemd", err);
    if (target.address.ss_family == AF_UNIX) {
        snprintf(out->url, sizeof out->url, "unix:%s",
                 ((const struct sockaddr_un *)&target.address)->sun_path);
    } else {
        out->port = ntohs(*port_of(&target));
        write_url(&target, out);
    }
    return share(FIRST, "systemd", out, err);
}

bool listen_open(const char *address, struct listening *out, struct error *err)
{
    static const char path[] = "unix:";
    if (strcmp(address, "systemd") == 0)
        return open_given(out, err);
    if (strncmp(address, path, sizeof path - 1) == 0)
        return open_unix(address + sizeof path - 1, address, out, err);
    return open_port(address, out, err);
}
