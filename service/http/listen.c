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
#include <unistd.h>

enum { BACKLOG = 4096, HOST_SIZE = 64 }; /* the kernel cuts the backlog to its own maximum */

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

bool listen_open(const char *address, struct listening *out, struct error *err)
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
