/*
 * From the start of `touchstone serve` to its first answer, and the memory it then holds. Starts
 * the program RUNS times over the store given and prints minimum, median and maximum.
 *
 *   bench_start PROGRAM DB
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 15 };

static const char request[] = "GET /v1/check?q=does+dry+needling+help+neck+knots HTTP/1.1\r\n"
                              "Host: localhost\r\nConnection: close\r\n\r\n";

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* Starts the server; `out` gives its standard output. */
static pid_t start(const char *program, const char *db, FILE **out)
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

static int port_of(FILE *out)
{
    char line[256];
    int port;
    if (fgets(line, sizeof line, out) == NULL || strrchr(line, ':') == NULL)
        die("the server did not start");
    port = atoi(strrchr(line, ':') + 1);
    return port;
}

/* Asks one question; gives the length of the answer. */
static size_t ask(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char bytes[65536];
    size_t total = 0;
    int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(socket_fd, (struct sockaddr *)&address, sizeof address) != 0)
        die("connect");
    if (write(socket_fd, request, sizeof request - 1) < 0)
        die("write");
    for (ssize_t got; (got = read(socket_fd, bytes, sizeof bytes)) > 0;)
        total += (size_t)got;
    close(socket_fd);
    return total;
}

/* A line of /proc/PID/status in kB. */
static double status_kb(pid_t pid, const char *name)
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

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static void print_figures(const char *name, const char *unit, double *values)
{
    qsort(values, RUNS, sizeof *values, by_value);
    printf("%-28s %8.1f %8.1f %8.1f %s (min, median, max of %d)\n", name, values[0],
           values[RUNS / 2], values[RUNS - 1], unit, RUNS);
}

int main(int argc, char **argv)
{
    double start_ms[RUNS];
    double resident_mb[RUNS];
    if (argc != 3) {
        fputs("usage: bench_start PROGRAM DB\n", stderr);
        return 2;
    }
    for (int run = 0; run < RUNS; run++) {
        FILE *out;
        double began = now_ms();
        pid_t pid = start(argv[1], argv[2], &out);
        int port = port_of(out);
        if (ask(port) < 1000)
            die("no answer");
        start_ms[run] = now_ms() - began;
        resident_mb[run] = status_kb(pid, "VmHWM:") / 1024;
        kill(pid, SIGTERM);
        waitpid(pid, NULL, 0);
        fclose(out);
    }
    print_figures("start to first answer", "ms", start_ms);
    print_figures("resident memory at its peak", "MB", resident_mb);
    return 0;
}
