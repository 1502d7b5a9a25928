/* touchstone check: a plain question, answered. */
#include <stdio.h>
#include <string.h>

#include "service/api/check.h"
#include "service/command/command.h"
#include "service/views/rating_text.h"

static const char *const usage = "touchstone check [--db FILE] [--json] \"QUESTION\"";

static void print_lists(const struct terminal *terminal, const struct checked *checked)
{
    for (size_t i = 0; i < checked->ranked_count && checked->answer == NULL; i++)
        print_headline_line(terminal,
                            checked->intervention == NULL ? checked->ranked[i]->intervention->name
                                                          : checked->ranked[i]->condition->name,
                            checked->ranked[i]);
    if (checked->alternative_count > 0)
        fputs("\n  Better rated for the same:\n", terminal->out);
    for (size_t i = 0; i < checked->alternative_count; i++)
        print_headline_line(terminal, checked->alternatives[i]->intervention->name,
                            checked->alternatives[i]);
}

static void print_not_understood(const struct terminal *terminal, const struct checked *checked)
{
    const struct understood *understood = &checked->understood;
    if (understood->not_understood_count == 0)
        return;
    fputs("\n  Not understood:", terminal->out);
    for (size_t i = 0; i < understood->not_understood_count; i++) {
        struct span span = understood->not_understood[i];
        fprintf(terminal->out, "%s %.*s", i == 0 ? "" : ",", (int)(span.end - span.start),
                checked->query + span.start);
    }
    fputc('\n', terminal->out);
}

static void print_checked(const struct catalog *catalog, const struct checked *checked,
                          struct arena *arena)
{
    struct terminal terminal = terminal_of(stdout);
    if (checked->answer != NULL)
        print_headline(&terminal, catalog, checked->answer, arena);
    else
        terminal_paragraph(&terminal, NULL, 0, checked->sentence);
    if (checked->ask != NULL && checked->ask != checked->sentence)
        terminal_paragraph(&terminal, NULL, 2, checked->ask);
    print_lists(&terminal, checked);
    print_not_understood(&terminal, checked);
}

static void print_json(const struct catalog *catalog, const struct checked *checked,
                       struct arena *arena)
{
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 2);
    shape_check(&json, catalog, checked, arena);
    puts(buffer_string(&out));
    buffer_release(&out);
}

/* Words without quotes around them are one question. */
static const char *joined(int argc, char **argv, struct arena *arena)
{
    const char *text = argv[0];
    for (int i = 1; i < argc; i++)
        text = arena_printf(arena, "%s %s", text, argv[i]);
    return text;
}

int command_check(int argc, char **argv)
{
    const char *db = NULL;
    bool as_json = false;
    const struct option_spec options[] = {
        {"db", &db, NULL}, {"json", NULL, &as_json}, {NULL, NULL, NULL}};
    int left = command_options(argc, argv, options, usage);
    if (left < 0)
        return EXIT_USAGE;
    if (left == 0)
        return command_usage(usage, "a question is needed");
    struct error err = {0};
    struct catalog *catalog = command_catalog(command_db(db), &err);
    if (catalog == NULL)
        return command_fail(&err);
    struct arena *arena = arena_new();
    struct checked checked;
    const char *question = joined(left, argv, arena);
    check_question(catalog, question, strlen(question), arena, &checked);
    if (as_json)
        print_json(catalog, &checked, arena);
    else
        print_checked(catalog, &checked, arena);
    bool answered = checked.answer != NULL || checked.ranked_count > 0 || checked.ask != NULL;
    arena_free(arena);
    catalog_release(catalog);
    return answered ? EXIT_DONE : EXIT_INPUT;
}
