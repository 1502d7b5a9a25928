/* touchstone check: a plain question, answered. */
#include <stdio.h>
#include <string.h>

#include "service/api/check_shape.h"
#include "service/command/command.h"
#include "service/views/rating_text.h"
#include "service/views/warning_text.h"

static const char *const usage = "touchstone check [OPTIONS] \"QUESTION\"";
static const char *const about =
    "Answers a plain question, as in: touchstone check \"does dry needling help neck knots\"\n"
    "Exit status 1 where the question was not understood.\n";

static void print_lists(const struct terminal *terminal, const struct checked *checked,
                        struct arena *arena)
{
    bool studied =
        checked->answer != NULL && checked->ranked_count > 0 && !checked->condition_chosen;
    if (studied)
        terminal_heading(terminal, "What it was studied for");
    for (size_t i = 0;
         i < checked->ranked_count && (checked->answer == NULL || !checked->condition_chosen); i++)
        print_headline_line(terminal,
                            checked->intervention == NULL ? checked->ranked[i]->intervention->name
                                                          : checked->ranked[i]->condition->name,
                            checked->ranked[i], arena);
    if (checked->alternative_count > 0)
        terminal_heading(terminal, "Better rated for the same");
    for (size_t i = 0; i < checked->alternative_count; i++)
        print_headline_line(terminal, checked->alternatives[i]->intervention->name,
                            checked->alternatives[i], arena);
}

static void print_not_understood(const struct terminal *terminal, const struct checked *checked,
                                 struct arena *arena)
{
    const struct understood *understood = &checked->understood;
    const char *words = "Not understood:";
    if (understood->not_understood_count == 0)
        return;
    for (size_t i = 0; i < understood->not_understood_count; i++) {
        struct span span = understood->not_understood[i];
        words = arena_printf(arena, "%s%s %.*s", words, i == 0 ? "" : ",",
                             (int)(span.end - span.start), checked->query + span.start);
    }
    fputc('\n', terminal->out);
    terminal_paragraph(terminal, NULL, 2, words);
}

static void print_checked(const struct catalog *catalog, const struct checked *checked,
                          struct arena *arena)
{
    struct terminal terminal = terminal_of(stdout);
    warning_text_put(&terminal, &checked->flags);
    if (checked->answer != NULL)
        print_headline(&terminal, catalog, checked->answer, arena);
    else
        terminal_paragraph(&terminal, NULL, 2, checked->sentence);
    if (checked->answer == NULL && checked->ranked_count > 0)
        fputc('\n', terminal.out);
    if (checked->ask != NULL && checked->ask != checked->answered) {
        fputc('\n', terminal.out);
        terminal_paragraph(&terminal, NULL, 2, checked->ask);
    }
    print_lists(&terminal, checked, arena);
    print_not_understood(&terminal, checked, arena);
}

static void print_json(const struct catalog *catalog, const struct checked *checked,
                       struct arena *arena)
{
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 2);
    shape_check(&json, catalog, checked, arena);
    command_print(&out);
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
    const struct option_spec options[] = {OPTION_DB(db), OPTION_JSON(as_json), {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left == 0)
        return command_usage(usage, "a question is needed");
    struct db_path room;
    struct error err = {0};
    struct catalog *catalog = command_catalog(command_db(db, &room), &err);
    if (catalog == NULL)
        return command_fail(&err);
    struct arena *arena = arena_new();
    struct checked checked;
    const char *question = joined(left, argv + 1, arena);
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
