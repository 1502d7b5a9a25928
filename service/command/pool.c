#include "service/command/pool.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "service/command/command.h"
#include "service/command/pool_answer.h"
#include "service/command/pool_input.h"
#include "service/command/pool_json.h"
#include "service/command/pool_text.h"

static const char *const usage = "touchstone pool [OPTIONS] FILE | -";
static const char *const about =
    "A meta-analysis: one JSON object, an array of them, one a line, or CSV with a column id.\n"
    "- is standard input.\n"
    "\n";

struct settings {
    bool json;
    const char *measure, *method, *test, *level;
    const char *path;
};

/* EXIT_DONE, or the status after telling what is wrong. */
static int read_options(int argc, char **argv, struct settings *out)
{
    const char *unused_db = NULL;
    const struct option_spec options[] = {
        {"json", NULL, "write JSON instead of a table and a forest plot", NULL, &out->json},
        {"measure", "M", "MD, SMD, ROM, RR, OR, RD or GEN, where the input does not say",
         &out->measure, NULL},
        {"method", "M", "REML (default), DL, PM, EB, ML, HE, HS, SJ or FE", &out->method, NULL},
        {"test", "T", "z (default), knha or adhoc", &out->test, NULL},
        {"level", "L", "of the intervals, default 0.95", &out->level, NULL},
        {"db", "FILE", "taken as by every command, not used by this one", &unused_db, NULL},
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left != 1)
        return command_usage(usage, "one file is needed, or - for standard input");
    out->path = argv[1];
    return EXIT_DONE;
}

static bool not_one_of(const char *option, const char *value, const char *known)
{
    command_usage(usage, "%s is \"%s\"; give one of %s", option, value, known);
    return false;
}

/* What an analysis has where it does not say so itself. */
static bool defaults_of(const struct settings *s, struct pool_analysis *out)
{
    *out = (struct pool_analysis){
        .measure = MEASURE_GEN,
        .options = pool_default,
        .correction = correction_default,
        .target = NAN,
        .measure_known = s->measure != NULL,
    };
    if (s->measure != NULL && !measure_from_name(s->measure, &out->measure))
        return not_one_of("--measure", s->measure, "MD, SMD, ROM, RR, OR, RD, GEN");
    if (s->method != NULL && !pool_method_from_name(s->method, &out->options.method))
        return not_one_of("--method", s->method, "REML, DL, PM, EB, ML, HE, HS, SJ, FE");
    if (s->test != NULL && !pool_test_from_name(s->test, &out->options.test))
        return not_one_of("--test", s->test, "z, knha, adhoc");
    if (s->level == NULL)
        return true;
    char *end;
    out->options.level = strtod(s->level, &end);
    if (*end != '\0' || !(out->options.level > 0 && out->options.level < 1))
        return not_one_of("--level", s->level, "the numbers between 0 and 1, as 0.95");
    return true;
}

/* ---- writing results as they come ---- */

struct run {
    struct pool_reader *reader;
    bool json;
    bool many;   /* a table of lines instead of a plot */
    bool broken; /* nobody takes what is written */
    struct pool_terminal terminal;
    struct buffer out;
    size_t written;
    enum exit_status status;
};

static void complain(struct run *run, const struct error *err)
{
    fprintf(stderr, "touchstone pool: %s\n", err->message);
    run->status = EXIT_INPUT;
}

static void flush_out(struct run *run)
{
    fwrite(run->out.bytes, 1, run->out.length, stdout);
    buffer_clear(&run->out);
    if (fflush(stdout) == 0 || run->broken)
        return;
    struct error err = {0};
    error_set(&err, ERROR_IO, "standard output: %s", strerror(errno));
    complain(run, &err);
    run->broken = true;
}

static void begin_result(struct run *run)
{
    if (run->json && pool_reader_form(run->reader) == POOL_FORM_ARRAY && run->written > 0)
        buffer_text(&run->out, ",\n");
    if (!run->json && run->written == 0 && run->many)
        pool_text_head(&run->terminal, &run->out);
}

static void end_result(struct run *run)
{
    if (run->json && pool_reader_form(run->reader) != POOL_FORM_ARRAY)
        buffer_byte(&run->out, '\n');
    run->written++;
    flush_out(run);
}

/* Among many, a bad one says why in its place; alone it has said so on standard error. */
static void write_refusal(struct run *run, const struct pool_analysis *analysis,
                          const struct error *err)
{
    complain(run, err);
    if (!run->many && run->written == 0 && !pool_reader_more(run->reader))
        return;
    begin_result(run);
    if (run->json) {
        struct json_writer writer;
        json_writer_init(&writer, &run->out, 0);
        json_begin_object(&writer);
        if (analysis->id != NULL)
            json_field_text(&writer, "id", analysis->id);
        json_field_text(&writer, "error", err->message);
        json_end_object(&writer);
    } else {
        pool_text_bad_row(analysis->id, run->written, err->message, &run->terminal, &run->out);
    }
    end_result(run);
}

static void write_answer(struct run *run, const struct pool_answer *answer, struct arena *arena)
{
    begin_result(run);
    if (run->json) {
        struct json_writer writer;
        json_writer_init(&writer, &run->out, 0);
        pool_json(answer, arena, &writer);
    } else if (run->many) {
        pool_text_row(answer, run->written, &run->terminal, &run->out);
    } else {
        pool_text(answer, arena, &run->terminal, &run->out);
    }
    end_result(run);
}

/* Looking for a second analysis may wait for input, so it is done where the answer's shape hangs on
 * it alone. */
static bool are_many(struct run *run)
{
    if (pool_reader_form(run->reader) == POOL_FORM_ARRAY)
        return true;
    return !run->json && pool_reader_more(run->reader);
}

/* False when there is nothing more to read. */
static bool one_analysis(struct run *run, size_t position, struct arena *arena)
{
    struct pool_analysis analysis;
    struct pool_answer answer;
    struct error err = {0};
    enum pool_read read = pool_reader_next(run->reader, arena, &analysis, &err);
    if (read == POOL_READ_END)
        return false;
    if (read == POOL_READ_STOP) {
        complain(run, &err);
        return false;
    }
    if (position == 0)
        run->many = are_many(run);
    if (read == POOL_READ_ONE && pool_answer(&analysis, arena, &answer, &err))
        write_answer(run, &answer, arena);
    else
        write_refusal(run, &analysis, &err);
    return true;
}

static void all_analyses(struct run *run)
{
    bool array = run->json && pool_reader_form(run->reader) == POOL_FORM_ARRAY;
    bool more = true;
    if (array)
        buffer_byte(&run->out, '[');
    for (size_t i = 0; more; i++) {
        struct arena *arena = arena_new();
        more = one_analysis(run, i, arena) && !run->broken;
        arena_free(arena);
    }
    if (array)
        buffer_text(&run->out, "]\n");
    if (run->out.length > 0)
        flush_out(run);
}

static FILE *opened(const char *path)
{
    if (strcmp(path, "-") == 0)
        return stdin;
    struct stat stat_of;
    FILE *file = fopen(path, "re");
    if (file != NULL && fstat(fileno(file), &stat_of) == 0 && S_ISDIR(stat_of.st_mode)) {
        fclose(file);
        file = NULL;
        errno = EISDIR;
    }
    if (file == NULL)
        fprintf(stderr, "touchstone pool: %s: %s; give a file, or - for standard input\n", path,
                strerror(errno));
    return file;
}

static enum exit_status pool_file(FILE *file, const struct settings *settings,
                                  const struct pool_analysis *defaults)
{
    struct error err = {0};
    struct run run = {.json = settings->json, .terminal = pool_terminal_of_stdout()};
    const char *name = strcmp(settings->path, "-") == 0 ? "standard input" : settings->path;
    run.reader = pool_reader_open(file, name, defaults, &err);
    if (run.reader == NULL) {
        complain(&run, &err);
        return run.status;
    }
    all_analyses(&run);
    if (run.written == 0 && run.status == EXIT_DONE) {
        error_set(&err, ERROR_INVALID, "%s: no analysis in it", name);
        if (pool_reader_form(run.reader) != POOL_FORM_ARRAY)
            complain(&run, &err);
    }
    pool_reader_close(run.reader);
    buffer_release(&run.out);
    return run.status;
}

int command_pool(int argc, char **argv)
{
    struct settings settings = {0};
    struct pool_analysis defaults;
    int asked = read_options(argc, argv, &settings);
    if (asked != EXIT_DONE)
        return asked;
    if (!defaults_of(&settings, &defaults))
        return EXIT_USAGE;
    FILE *file = opened(settings.path);
    if (file == NULL)
        return EXIT_INPUT;
    enum exit_status status = pool_file(file, &settings, &defaults);
    if (file != stdin)
        fclose(file);
    return (int)status;
}
