/*
 * What size costs: bases of made studies (synthetic.h), each written into a store and served.
 * Prints, for each size, how long the store takes to write and its bytes a study, the start of the
 * service to its first answer, resident memory, and searches and suggestions, median and 99th
 * percentile of one client.
 *
 *   bench_scale PROGRAM DATA_FOLDER STUDIES...
 *
 * A study has three results; treatments grow with the studies so that 10^5 studies give about 10^5
 * questions. 10^6 studies need some GB of memory and of TMPDIR, and minutes.
 */
#include <sys/stat.h>

#include "evidence/store/store.h"
#include "tests/bench/served.h"
#include "tests/bench/synthetic.h"

enum {
    ASKED = 200,
    RESULTS_EACH = 3,
    CONDITIONS = 20,
    LEAST_INTERVENTIONS = 10,
    SAVED_AT = 1767225600
};

/* 40 questions a pair of treatment and complaint, at most. */
static struct synthetic size_of(size_t studies)
{
    size_t interventions = studies / 400;
    return (struct synthetic){
        .seed = 20261122,
        .studies = studies,
        .results_each = RESULTS_EACH,
        .interventions = interventions < LEAST_INTERVENTIONS ? LEAST_INTERVENTIONS : interventions,
        .conditions = CONDITIONS};
}

static void say(size_t studies, const char *what, double value, const char *unit)
{
    char name[128];
    snprintf(name, sizeof name, "%zu studies: %s", studies, what);
    printf("%-48s %10.2f %s\n", name, value, unit);
    fflush(stdout);
}

static void save(const char *db, const struct base *base)
{
    struct error err = {0};
    struct store_changes changes;
    struct store *store = store_open(db, STORE_WRITE, &err);
    if (store == NULL || !store_save_base(store, base, SAVED_AT, &changes, &err)) {
        fprintf(stderr, "bench_scale: %s\n", err.message);
        exit(1);
    }
    store_close(store);
}

static void write_store(const char *folder, const char *db, size_t studies)
{
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct synthetic size = size_of(studies);
    struct base real;
    struct stat status;
    base_read_folder(folder, &real, &problems);
    struct base base = synthetic_base(arena, &real, &size);
    double began = now_ms();
    save(db, &base);
    say(studies, "written into a store", now_ms() - began, "ms");
    if (stat(db, &status) == 0)
        say(studies, "store, a study", (double)status.st_size / 1024 / (double)studies, "kB");
    arena_free(arena);
}

static int by_time(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* What is asked for, by the number of a word or of a name. */
static const char *a_search(struct arena *arena, size_t number)
{
    return arena_join(arena, "/v1/studies?q=", synthetic_word(arena, number), "&limit=10");
}

static const char *a_suggestion(struct arena *arena, size_t number)
{
    return arena_printf(arena, "/v1/suggest?q=made+treatment+%zu", number);
}

static void ask_many(int port, pid_t pid, size_t studies, const char *what,
                     const char *target_of(struct arena *arena, size_t number), size_t most)
{
    struct arena *arena = arena_new();
    double spent = cpu_ms(pid);
    double times[ASKED];
    char name[96];
    uint64_t seed = 20261122;
    for (int i = 0; i < ASKED; i++) {
        const char *target = target_of(arena, synthetic_skewed(&seed, most));
        double began = now_ms();
        if (ask(port, target) < 100)
            die("no answer");
        times[i] = 1e3 * (now_ms() - began);
    }
    qsort(times, ASKED, sizeof *times, by_time);
    snprintf(name, sizeof name, "%zu studies: %s", studies, what);
    printf("%-48s p50 %10.0f us   p99 %10.0f us   (%d asked)\n", name, times[ASKED / 2],
           times[ASKED * 99 / 100], ASKED);
    snprintf(name, sizeof name, "%.40s, processor time each", what);
    say(studies, name, 1e3 * (cpu_ms(pid) - spent) / ASKED, "us");
    arena_free(arena);
}

static void serve(const char *program, const char *db, size_t studies)
{
    FILE *out;
    double began = now_ms();
    pid_t pid = start(program, db, &out);
    int port = port_of(out);
    ask(port, "/v1/check?q=made+treatment+1+for+made+complaint+2");
    say(studies, "start to the first answer", now_ms() - began, "ms");
    say(studies, "start, processor time of threads that stay", cpu_ms(pid), "ms");
    sleep(1); /* what is made ready beside the first requests */
    double resident = status_kb(pid, "VmRSS:");
    say(studies, "resident", resident / 1024, "MB");
    say(studies, "resident, a study", resident / (double)studies, "kB");
    ask_many(port, pid, studies, "search, one word, from the disk", a_search, SYNTHETIC_WORDS);
    ask_many(port, pid, studies, "search, the same again", a_search, SYNTHETIC_WORDS);
    ask_many(port, pid, studies, "suggest", a_suggestion, 100);
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
    fclose(out);
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/touchstone-scale-XXXXXX";
    char db[64];
    if (argc < 4) {
        fputs("usage: bench_scale PROGRAM DATA_FOLDER STUDIES...\n", stderr);
        return 2;
    }
    if (mkdtemp(folder) == NULL)
        die("mkdtemp");
    snprintf(db, sizeof db, "%s/made.db", folder);
    for (int i = 3; i < argc; i++) {
        size_t studies = strtoul(argv[i], NULL, 10);
        write_store(argv[2], db, studies);
        serve(argv[1], db, studies);
        unlink(db);
    }
    rmdir(folder);
    return 0;
}
