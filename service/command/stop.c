/* touchstone stop: go on, or stop, from a diary. Nothing of it is kept. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/judgement/stop.h"
#include "service/api/stop_shape.h"
#include "service/command/command.h"
#include "service/views/diary_svg.h"
#include "service/views/diary_text.h"

static const char *const usage = "touchstone stop [OPTIONS] FILE | -";
static const char *const about =
    "Reads a diary and says whether to go on, to stop, or to get help. The file is JSON, as\n"
    "POST /v1/stop takes it. Nothing of it is kept.\n";

enum { DIARY_BYTES_MOST = 1 << 20 };

struct wishes {
    const char *db;
    const char *with;
    const char *for_what;
    const char *started;
    const char *symptoms;
    bool as_json;
    bool as_svg;
};

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text != NULL)
        json_object_set_new(object, key, json_string(text));
}

/* What the options tell stands beside what the file does; the file's own word counts. */
static void add_wishes(json_t *object, const struct wishes *wishes)
{
    const struct {
        const char *key;
        const char *text;
    } all[] = {{"intervention", wishes->with},
               {"condition", wishes->for_what},
               {"started", wishes->started},
               {"symptoms", wishes->symptoms}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (json_object_get(object, all[i].key) == NULL)
            set_text(object, all[i].key, all[i].text);
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
        print_stopping(&terminal, diary, &signs, &stopping, arena);
    }
}

static bool answer(const struct catalog *catalog, const char *file, const struct wishes *wishes,
                   struct arena *arena, struct error *err)
{
    struct problems problems = {.arena = arena};
    struct diary diary;
    size_t length = 0;
    const char *text = command_read(file, DIARY_BYTES_MOST, arena, &length, err);
    if (text == NULL)
        return false;
    json_t *value = json_parse(text, length, file, &problems);
    if (json_is_object(value))
        add_wishes(value, wishes);
    struct json_reader at = json_root(value, file, &problems);
    if (value != NULL)
        diary_read(&at, catalog, &diary);
    json_decref(value);
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
        {"symptoms", "TEXT", "what else is felt, in plain words", &wishes.symptoms, NULL},
        {"svg", NULL, "write the chart as SVG", NULL, &wishes.as_svg},
        OPTION_JSON(wishes.as_json),
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left != 1)
        return command_usage(usage, "one file is needed, or - for standard input");
    struct error err = {0};
    struct catalog *catalog = command_catalog(command_db(wishes.db), &err);
    if (catalog == NULL)
        return command_fail(&err);
    struct arena *arena = arena_new();
    bool good = answer(catalog, argv[1], &wishes, arena, &err);
    arena_free(arena);
    catalog_release(catalog);
    return good ? EXIT_DONE : command_fail(&err);
}
