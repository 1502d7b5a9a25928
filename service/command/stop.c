/* touchstone stop: go on, or stop, from a diary. Nothing of it is kept. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/stop/stop.h"
#include "service/api/stop_shape.h"
#include "service/command/command.h"
#include "service/command/diary_csv.h"
#include "service/views/diary_svg.h"
#include "service/views/diary_text.h"

static const char *const usage = "touchstone stop [OPTIONS] FILE | -";
static const char *const about =
    "Reads a diary and says whether to go on, to stop, or to get help. The file is JSON, as\n"
    "POST /v1/stop takes it, or a spreadsheet's CSV with the columns day (or date) and score,\n"
    "and if you like outcome, scale, session, note, under these names or others. Nothing of it is\n"
    "kept.\n\n"
    "    touchstone stop --with TENS --for \"lower back pain\" diary.csv\n";

enum { DIARY_BYTES_MOST = 1 << 20 };

struct wishes {
    const char *db;
    const char *with;
    const char *for_what;
    const char *started;
    const char *outcome;
    const char *scale;
    const char *symptoms;
    const char *medicines;
    bool as_json;
    bool as_svg;
};

/* What the options tell stands beside what the file does; the file's own word counts. */
static void set_text(json_t *object, const char *key, const char *text)
{
    if (text != NULL && json_object_get(object, key) == NULL)
        json_object_set_new(object, key, json_string(text));
}

/* A day as it is written: a number, or a date. */
static void set_day(json_t *object, const char *key, const char *text)
{
    char *end = NULL;
    double day = text == NULL ? 0 : strtod(text, &end);
    if (text == NULL || json_object_get(object, key) != NULL)
        return;
    bool is_number = end != text && *end == '\0' && isfinite(day);
    json_object_set_new(object, key, is_number ? json_real(day) : json_string(text));
}

/* Complaints and medicines come on top of those in the file: none may be lost. */
static void add_text(json_t *object, const char *key, const char *text)
{
    json_t *there = json_object_get(object, key);
    if (text == NULL)
        return;
    if (json_is_array(there)) {
        json_array_append_new(there, json_string(text));
    } else if (json_is_string(there) && json_string_length(there) > 0) {
        json_t *both = json_array();
        json_array_append(both, there);
        json_array_append_new(both, json_string(text));
        json_object_set_new(object, key, both);
    } else if (there == NULL || json_is_null(there) || json_is_string(there)) {
        json_object_set_new(object, key, json_string(text));
    }
}

static void add_wishes(json_t *object, const struct wishes *wishes)
{
    set_text(object, "intervention", wishes->with);
    set_text(object, "condition", wishes->for_what);
    set_text(object, "outcome", wishes->outcome);
    set_text(object, "scale", wishes->scale);
    set_day(object, "started", wishes->started);
    add_text(object, "symptoms", wishes->symptoms);
    add_text(object, "medicines", wishes->medicines);
}

static void print_answer(const struct catalog *catalog, const struct diary *diary,
                         const struct wishes *wishes, struct arena *arena)
{
    struct stop_signs signs;
    struct stopping stopping;
    struct buffer out = {0};
    struct json_writer json;
    struct terminal terminal = terminal_of(stdout);
    stop_signs_of(catalog, diary, arena, &signs);
    stop_decide(catalog, diary, &signs, arena, &stopping);
    if (wishes->as_svg) {
        diary_svg(diary, &stopping, SVG_WIDTH, arena, &out);
        command_print(&out);
    } else if (wishes->as_json) {
        json_writer_init(&json, &out, 2);
        shape_stop(&json, catalog, diary, &signs, &stopping, arena);
        command_print(&out);
    } else {
        print_stopping(&terminal, catalog, diary, &signs, &stopping, arena);
    }
}

/* The file as JSON, a new reference; NULL with an error or problems. `lines` are those of a CSV. */
static json_t *read_file(const char *file, const char *name, const size_t **lines,
                         struct problems *problems, struct error *err)
{
    struct diary_csv csv;
    size_t length = 0;
    const char *text = command_read(file, DIARY_BYTES_MOST, problems->arena, &length, err);
    if (text == NULL)
        return NULL;
    if (diary_is_json(text, length))
        return json_parse(text, length, name, problems);
    if (!diary_csv_read(text, length, name, problems->arena, &csv, err))
        return NULL;
    if (csv.unread != NULL)
        fprintf(stderr, "touchstone: %s: not read: %s\n", name, csv.unread);
    *lines = csv.lines;
    return csv.value;
}

/* "/diary/3/score" of a spreadsheet is a line of it. */
static void tell_lines(struct problems *problems, const size_t *lines, size_t count)
{
    static const char start[] = "/diary/";
    for (size_t i = 0; i < problems->kept; i++) {
        struct problem problem = *problems->items[i];
        char *rest = NULL;
        if (strncmp(problem.pointer, start, sizeof start - 1) != 0)
            continue;
        size_t at = strtoul(problem.pointer + sizeof start - 1, &rest, 10);
        if (at >= count)
            continue;
        problem.pointer = arena_printf(problems->arena, "line %zu%s%s", lines[at],
                                       *rest == '/' ? ", " : "", *rest == '/' ? rest + 1 : rest);
        struct problem *told = arena_alloc(problems->arena, sizeof *told);
        *told = problem;
        problems->items[i] = told;
    }
}

/* All but the first, which is told as the error: whoever mends a file wants to see them together.
 */
static void tell_others(const struct problems *problems)
{
    for (size_t i = 1; i < problems->kept; i++)
        fprintf(stderr, "touchstone: %s: %s\n", problems->items[i]->pointer,
                problems->items[i]->detail);
}

/* What a spreadsheet cannot say is asked for as an option. */
static bool says_what(const json_t *value, struct error *err)
{
    if (json_is_object(value) && json_object_get(value, "intervention") == NULL)
        return error_set(err, ERROR_INVALID,
                         "what is tried is not told: say it with --with, as in --with TENS");
    if (json_is_object(value) && json_object_get(value, "condition") == NULL)
        return error_set(err, ERROR_INVALID,
                         "what it is tried for is not told: say it with --for, as in --for \"neck "
                         "pain\"");
    return true;
}

static bool answer(const struct catalog *catalog, const char *file, const struct wishes *wishes,
                   struct arena *arena, struct error *err)
{
    struct problems problems = {.arena = arena};
    struct diary diary;
    const size_t *lines = NULL;
    const char *name = strcmp(file, "-") == 0 ? "standard input" : file;
    json_t *value = read_file(file, name, &lines, &problems, err);
    if (value == NULL)
        return err->kind == ERROR_NONE && problems_none(&problems, err);
    if (json_is_object(value))
        add_wishes(value, wishes);
    size_t count = json_array_size(json_object_get(value, "diary"));
    struct json_reader at = json_root(value, name, &problems);
    bool good = says_what(value, err);
    if (good)
        diary_read(&at, catalog, &diary);
    json_decref(value);
    if (lines != NULL)
        tell_lines(&problems, lines, count);
    if (!good)
        return false;
    tell_others(&problems);
    if (!problems_none(&problems, err))
        return false;
    print_answer(catalog, &diary, wishes, arena);
    return true;
}

int command_stop(int argc, char **argv)
{
    struct wishes wishes = {0};
    const struct option_spec options[] = {
        OPTION_DB(wishes.db),
        {"with", "NAME", "what is tried, where the file does not say", &wishes.with, NULL},
        {"for", "NAME", "what it is tried for, likewise", &wishes.for_what, NULL},
        {"started", "DAY", "the date of the first session, likewise", &wishes.started, NULL},
        {"outcome", "NAME", "what is scored: pain, function …", &wishes.outcome, NULL},
        {"scale", "ENDS", "\"0-10\", \"0-100\" or the name of a questionnaire", &wishes.scale,
         NULL},
        {"symptoms", "TEXT", "what else is felt, in plain words", &wishes.symptoms, NULL},
        {"medicines", "TEXT", "what else is taken", &wishes.medicines, NULL},
        {"svg", NULL, "write the chart as SVG", NULL, &wishes.as_svg},
        OPTION_JSON(wishes.as_json),
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left != 1)
        return command_usage(usage, "one file is needed, or - for standard input");
    struct db_path room;
    struct error err = {0};
    struct catalog *catalog = command_catalog(command_db(wishes.db, &room), &err);
    if (catalog == NULL)
        return command_fail(&err);
    struct arena *arena = arena_new();
    bool good = answer(catalog, argv[1], &wishes, arena, &err);
    arena_free(arena);
    catalog_release(catalog);
    return good ? EXIT_DONE : command_fail(&err);
}
