/*
 * tests/end_to_end/recorded-server.mjs for tests in C: started with a script, ended with the test.
 * Tests run in the project's folder.
 */
#ifndef TOUCHSTONE_TESTS_IMPORTERS_RECORDED_SERVER_H
#define TOUCHSTONE_TESTS_IMPORTERS_RECORDED_SERVER_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <jansson.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "evidence/base/buffer.h"

extern char **environ;

struct recorded {
    pid_t pid;
    int lifeline; /* it ends when this closes, however the test ends */
    char url[64];
    int port;
};

static inline bool recorded_hear(struct recorded *recorded, int out)
{
    char line[128] = "";
    size_t length = 0;
    while (length < sizeof line - 1 && strchr(line, '\n') == NULL) {
        ssize_t got = read(out, line + length, sizeof line - 1 - length);
        if (got <= 0)
            break;
        length += (size_t)got;
        line[length] = '\0';
    }
    close(out);
    if (sscanf(line, "listening on %63s", recorded->url) != 1)
        return false;
    recorded->port = atoi(strrchr(recorded->url, ':') + 1);
    return true;
}

/* False where there is no node. `script` is a file or the JSON itself. `key` and `cert` (PEM files)
 * make it speak TLS; NULL: plain. */
static inline bool recorded_start(struct recorded *recorded, const char *script, const char *key,
                                  const char *cert)
{
    const char *const plain[] = {"node", "tests/end_to_end/recorded-server.mjs",
                                 "--until-stdin-ends", script, NULL};
    const char *const tls[] = {"node",
                               "tests/end_to_end/recorded-server.mjs",
                               "--until-stdin-ends",
                               "--tls-key",
                               key,
                               "--tls-cert",
                               cert,
                               script,
                               NULL};
    char *const *arguments = (char *const *)(uintptr_t)(key == NULL ? plain : tls);
    int in[2];
    int out[2];
    *recorded = (struct recorded){.lifeline = -1};
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
        return false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    int failed = posix_spawnp(&recorded->pid, "node", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    recorded->lifeline = in[1];
    if (failed == 0)
        return recorded_hear(recorded, out[0]);
    recorded->pid = 0;
    close(out[0]);
    return false;
}

static inline void recorded_stop(struct recorded *recorded)
{
    if (recorded->lifeline >= 0)
        close(recorded->lifeline);
    if (recorded->pid > 0)
        waitpid(recorded->pid, NULL, 0);
}

/* What a plain server was asked so far, a list as the script's head describes; the caller decrefs.
 */
static inline json_t *recorded_requests(const struct recorded *recorded)
{
    static const char question[] =
        "GET /__requests HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)recorded->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct buffer heard = {0};
    char bytes[4096];
    ssize_t got = 0;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0 &&
        write(fd, question, sizeof question - 1) == (ssize_t)sizeof question - 1)
        while ((got = read(fd, bytes, sizeof bytes)) > 0)
            buffer_append(&heard, bytes, (size_t)got);
    close(fd);
    const char *body = strstr(buffer_string(&heard), "\r\n\r\n");
    json_t *requests = body == NULL ? NULL : json_loads(body + 4, JSON_DISABLE_EOF_CHECK, NULL);
    buffer_release(&heard);
    return requests;
}

#endif
