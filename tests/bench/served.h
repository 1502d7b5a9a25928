/* The program under test, served on a free port of the loopback, for benches. */
#ifndef TOUCHSTONE_TESTS_BENCH_SERVED_H
#define TOUCHSTONE_TESTS_BENCH_SERVED_H

#include <arpa/inet.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static inline double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static inline void die(const char *what)
{
    perror(what);
    exit(1);
}

/* Starts the server; `out` gives its standard output. */
static inline pid_t start(const char *program, const char *db, FILE **out)
{
    int ends[2];
    if (pipe(ends) != 0)
        die("pipe");
    pid_t pid = fork();
    if (pid < 0)
        die("fork");
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        execl(program, program, "serve", "--db", db, "--listen", "127.0.0.1:0", "--log",
              "/dev/null", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    *out = fdopen(ends[0], "r");
    return pid;
}

static inline int port_of(FILE *out)
{
    char line[256];
    int port;
    if (fgets(line, sizeof line, out) == NULL || strrchr(line, ':') == NULL)
        die("the server did not start");
    port = atoi(strrchr(line, ':') + 1);
    return port;
}

/* Asks for one address on a connection of its own; gives the length of the answer. */
static inline size_t ask(int port, const char *target)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char bytes[65536];
    char request[512];
    int length =
        snprintf(request, sizeof request,
                 "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", target);
    size_t total = 0;
    int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(socket_fd, (struct sockaddr *)&address, sizeof address) != 0)
        die("connect");
    if (write(socket_fd, request, (size_t)length) < 0)
        die("write");
    for (ssize_t got; (got = read(socket_fd, bytes, sizeof bytes)) > 0;)
        total += (size_t)got;
    close(socket_fd);
    return total;
}

/* A line of /proc/PID/status in kB. */
static inline double status_kb(pid_t pid, const char *name)
{
    char path[64];
    char line[256];
    double value = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            value = atof(line + strlen(name) + 1);
    if (file != NULL)
        fclose(file);
    return value;
}

/* Milliseconds of processor time that its threads have had: what stays the same on a machine that
 * others load. Threads that have ended are not in it. */
static inline double cpu_ms(pid_t pid)
{
    char path[300];
    double sum_ns = 0;
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *tasks = opendir(path);
    for (struct dirent *task; tasks != NULL && (task = readdir(tasks)) != NULL;) {
        double ns = 0;
        snprintf(path, sizeof path, "/proc/%d/task/%.20s/schedstat", (int)pid, task->d_name);
        FILE *file = fopen(path, "r");
        if (file != NULL && fscanf(file, "%lf", &ns) == 1)
            sum_ns += ns;
        if (file != NULL)
            fclose(file);
    }
    if (tasks != NULL)
        closedir(tasks);
    return sum_ns / 1e6;
}

#endif
