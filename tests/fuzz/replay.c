/*
 * The main of a fuzz target where no fuzzer drives it. It gives the target every input of its
 * corpus, tests/fuzz/corpora/NAME.txt, and tells as the other tests do how that went:
 *
 *     fuzz_NAME                     all inputs of the corpus; status 1 where one was not stood
 *     fuzz_NAME --line FILE…        each FILE as a line of a corpus
 *     fuzz_NAME --unpack FOLDER     the corpus as files, to start the fuzzer from
 *
 * Inputs are run in a child, which takes the fall: whatever ends it (an abort, a sanitizer, a
 * signal, time) is told with the input's line, and the next child goes on behind it.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "evidence/base/file.h"
#include "tests/fuzz/corpus_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PATIENCE_SECONDS = 120, FAULTS_MOST = 20, FILE_BYTES = 1 << 20, EXIT_USAGE = 2 };

/* "ris" of "build/tests/fuzz/fuzz_ris". */
static const char *target_name(const char *program)
{
    const char *slash = strrchr(program, '/');
    const char *name = slash == NULL ? program : slash + 1;
    return strncmp(name, "fuzz_", 5) == 0 ? name + 5 : name;
}

/* -- running -- */

/* On the heap to the byte, so that a sanitizer sees who reads beyond it. */
static void run_input(const struct corpus_input *input)
{
    uint8_t *bytes = malloc(input->length == 0 ? 1 : input->length);
    memcpy(bytes, input->bytes, input->length);
    alarm(PATIENCE_SECONDS);
    (void)LLVMFuzzerTestOneInput(bytes, input->length);
    alarm(0);
    free(bytes);
}

struct replay {
    const char *name;
    struct arena *arena; /* of the corpus */
    struct corpus corpus;
    volatile size_t *at; /* how far the children are; they share it */
};

/* Runs the inputs that are left in a child. True if it ended well. */
static bool run_rest(const struct replay *replay, int *status)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        for (; *replay->at < replay->corpus.count; ++*replay->at)
            run_input(&replay->corpus.inputs[*replay->at]);
        arena_free(replay->arena); /* what is left at the end is the target's */
        exit(0);
    }
    while (child > 0 && waitpid(child, status, 0) < 0 && errno == EINTR)
        continue;
    return child > 0 && WIFEXITED(*status) && WEXITSTATUS(*status) == 0;
}

static void tell_fault(const struct replay *replay, int status)
{
    const char *how = WIFSIGNALED(status) ? "signal" : "status";
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    if (*replay->at == replay->corpus.count) {
        printf("[  FAILED  ] %s, after its last input (%s %d)\n", replay->name, how, number);
        return;
    }
    const struct corpus_input *input = &replay->corpus.inputs[*replay->at];
    struct buffer line = {0};
    corpus_write(input->bytes, input->length, &line);
    printf("[  FAILED  ] %s, line %zu of its corpus%s%s (%s %d)\n    %s\n", replay->name,
           input->line, input->about == NULL ? "" : ": ", input->about == NULL ? "" : input->about,
           how, number, buffer_string(&line));
    buffer_release(&line);
}

static int run_corpus(struct replay *replay)
{
    void *shared =
        mmap(NULL, sizeof *replay->at, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int faults = 0;
    int status = 0;
    if (shared == MAP_FAILED) {
        perror("mmap");
        return EXIT_FAILURE;
    }
    replay->at = shared;
    printf("[ RUN      ] %s_stands_every_input_of_its_corpus\n", replay->name);
    while (faults < FAULTS_MOST && *replay->at <= replay->corpus.count &&
           !run_rest(replay, &status)) {
        tell_fault(replay, status);
        ++*replay->at;
        faults++;
    }
    if (faults == 0)
        printf("[       OK ] %s_stands_every_input_of_its_corpus (%zu inputs)\n", replay->name,
               replay->corpus.count);
    munmap(shared, sizeof *replay->at);
    return faults == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* -- a corpus and files -- */

static bool print_line(const char *path)
{
    struct arena *arena = arena_new();
    struct buffer line = {0};
    struct error err = {0};
    size_t length = 0;
    const char *bytes = file_read(path, FILE_BYTES, arena, &length, &err);
    if (bytes == NULL) {
        fprintf(stderr, "%s\n", err.message);
    } else {
        corpus_write(bytes, length, &line);
        puts(buffer_string(&line));
    }
    buffer_release(&line);
    arena_free(arena);
    return bytes != NULL;
}

static int print_lines(char **paths)
{
    while (*paths != NULL)
        if (!print_line(*paths++))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}

static int unpack(const struct replay *replay, const char *folder)
{
    struct error err = {0};
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        perror(folder);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < replay->corpus.count; i++) {
        const struct corpus_input *input = &replay->corpus.inputs[i];
        const char *path = arena_printf(replay->arena, "%s/line-%04zu", folder, input->line);
        if (!file_write(path, input->bytes, input->length, &err)) {
            fprintf(stderr, "%s\n", err.message);
            return EXIT_FAILURE;
        }
    }
    return EXIT_SUCCESS;
}

int main(int count, char **arguments)
{
    const char *name = target_name(arguments[0]);
    if (count > 2 && strcmp(arguments[1], "--line") == 0)
        return print_lines(arguments + 2);
    if (count != 1 && !(count == 3 && strcmp(arguments[1], "--unpack") == 0)) {
        fprintf(stderr, "usage: %s [--line FILE... | --unpack FOLDER]\n", arguments[0]);
        return EXIT_USAGE;
    }
    struct replay replay = {.name = name, .arena = arena_new()};
    struct error err = {0};
    const char *path = arena_printf(replay.arena, "tests/fuzz/corpora/%s.txt", name);
    int status = EXIT_FAILURE;
    if (!corpus_read(path, replay.arena, &replay.corpus, &err))
        printf("[  FAILED  ] %s has no corpus: %s\n", name, err.message);
    else
        status = count == 1 ? run_corpus(&replay) : unpack(&replay, arguments[2]);
    arena_free(replay.arena);
    return status;
}
