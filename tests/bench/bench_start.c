/*
 * From the start of `touchstone serve` to its first answer, and the memory it then holds. Starts
 * the program RUNS times over the store given and prints minimum, median and maximum.
 *
 *   bench_start PROGRAM DB
 */
#include "tests/bench/served.h"

enum { RUNS = 15 };

static const char question[] = "/v1/check?q=does+dry+needling+help+neck+knots";

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
    double spent_ms[RUNS];
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
        if (ask(port, question) < 1000)
            die("no answer");
        start_ms[run] = now_ms() - began;
        spent_ms[run] = cpu_ms(pid);
        resident_mb[run] = status_kb(pid, "VmHWM:") / 1024;
        kill(pid, SIGTERM);
        waitpid(pid, NULL, 0);
        fclose(out);
    }
    print_figures("start to first answer", "ms", start_ms);
    print_figures("its processor time, so far", "ms", spent_ms);
    print_figures("resident memory at its peak", "MB", resident_mb);
    return 0;
}
