/* touchstone rate: an intervention, a pair, or one question with its whole trace. */
#include <stdio.h>
#include <string.h>

#include "service/api/nearest.h"
#include "service/api/shapes.h"
#include "service/command/command.h"
#include "service/views/rating_text.h"

static const char *const usage = "touchstone rate [OPTIONS] INTERVENTION [CONDITION] | QUESTION-ID";
static const char *const about =
    "What is known of an intervention, of one for a condition, or one question with its trace:\n"
    "  touchstone rate dry-needling\n"
    "  touchstone rate dry-needling neck-pain\n"
    "  touchstone rate dry-needling.neck-pain.sham.pain-intensity.short\n"
    "  touchstone rate dry-needling neck-pain --as-of 2026-11-22\n"
    "\n"
    "--as-of answers from the base as it stood: at the end of a day (UTC), at a time\n"
    "(2026-11-22T10:00:00Z), in a base named by its hash or 8 and more digits of it, or in a "
    "version\n"
    "of the dataset.\n";

/* What is being answered. */
struct rate {
    const struct catalog *catalog;
    struct arena *arena;
    struct terminal terminal;
    bool as_json;
};

/* "no intervention x in this base; nearest: …" */
static bool unknown_name(const struct rate *rate, enum meaning meaning, const char *what,
                         const char *id, struct error *err)
{
    const char *const *near = nearest_entries(rate->catalog, meaning, id, rate->arena);
    return error_set(err, ERROR_NOT_FOUND, "no %s \"%s\" in this base%s", what, id,
                     nearest_words(near, rate->arena));
}

static bool unknown_question(const struct rate *rate, const char *id, struct error *err)
{
    struct missing_question missing;
    nearest_question(rate->catalog, id, rate->arena, &missing);
    return error_set(err, ERROR_NOT_FOUND, "no %s \"%s\" in this base%s", missing.what,
                     missing.name, nearest_words(missing.nearest, rate->arena));
}

static bool rate_question_id(const struct rate *rate, const char *id, struct error *err)
{
    const struct rating *rating = catalog_find_rating(rate->catalog, id);
    if (rating == NULL)
        return unknown_question(rate, id, err);
    if (!rate->as_json) {
        print_rating(&rate->terminal, rate->catalog, rating, rate->arena);
        return true;
    }
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 2);
    json_begin_object(&json);
    json_put_key(&json, "rating");
    shape_rating(&json, rate->catalog, rating, rate->arena);
    json_put_key(&json, "trace");
    shape_trace(&json, catalog_trace(rate->catalog, rating, rate->arena));
    json_end_object(&json);
    command_print(&out);
    return true;
}

static void rate_pair(const struct rate *rate, const struct intervention *intervention,
                      const struct condition *condition)
{
    const struct headline *headline =
        catalog_headline(rate->catalog, intervention, condition, NULL, rate->arena);
    if (rate->as_json) {
        struct buffer out = {0};
        struct json_writer json;
        json_writer_init(&json, &out, 2);
        shape_headline(&json, rate->catalog, headline, rate->arena);
        command_print(&out);
        return;
    }
    size_t from;
    size_t count = catalog_ratings_of(rate->catalog, intervention->id, condition->id, &from);
    print_headline(&rate->terminal, rate->catalog, headline, rate->arena);
    print_questions(&rate->terminal, rate->catalog, from, count, rate->arena);
}

static void rate_intervention(const struct rate *rate, const struct intervention *intervention)
{
    if (rate->as_json) {
        struct buffer out = {0};
        struct json_writer json;
        json_writer_init(&json, &out, 2);
        shape_intervention(&json, rate->catalog, intervention, rate->arena);
        command_print(&out);
        return;
    }
    const struct base *base = catalog_base(rate->catalog);
    terminal_title(&rate->terminal, intervention->name);
    terminal_paragraph(&rate->terminal, NULL, 2, intervention->summary);
    fputc('\n', stdout);
    size_t shown = 0;
    for (size_t i = 0; i < base->condition_count; i++) {
        const struct headline *headline =
            catalog_headline(rate->catalog, intervention, &base->conditions[i], NULL, rate->arena);
        if (headline->studies == 0 && headline->rating == NULL)
            continue;
        print_headline_line(&rate->terminal, base->conditions[i].name, headline, rate->arena);
        shown++;
    }
    if (shown == 0)
        puts("  No study of it stands in this base.");
    fputc('\n', stdout);
    print_safety(&rate->terminal, rate->catalog, intervention, rate->arena);
}

static bool rate_names(const struct rate *rate, int count, char **names, struct error *err)
{
    const struct base *base = catalog_base(rate->catalog);
    const struct intervention *intervention = base_intervention(base, names[0]);
    if (intervention == NULL)
        return unknown_name(rate, MEANING_INTERVENTION, "intervention", names[0], err);
    if (count == 1) {
        rate_intervention(rate, intervention);
        return true;
    }
    const struct condition *condition = base_condition(base, names[1]);
    if (condition == NULL)
        return unknown_name(rate, MEANING_CONDITION, "condition", names[1], err);
    rate_pair(rate, intervention, condition);
    return true;
}

int command_rate(int argc, char **argv)
{
    const char *db = NULL;
    const char *as_of = NULL;
    struct rate rate = {0};
    const struct option_spec options[] = {
        OPTION_DB(db),
        {"as-of", "WHEN", "the base as it stood: a day, a time, a hash, a version", &as_of, NULL},
        OPTION_JSON(rate.as_json),
        {0}};
    const struct command_help help = {usage, about, options};
    int left = command_options(argc, argv, &help);
    if (left < 0)
        return EXIT_USAGE;
    if (left < 1 || left > 2)
        return command_usage(usage, "one or two names are needed");
    struct db_path room;
    struct error err = {0};
    const char *path = command_db(db, &room);
    struct catalog *catalog =
        as_of == NULL ? command_catalog(path, &err) : command_catalog_as_of(path, as_of, &err);
    if (catalog == NULL)
        return command_fail(&err);
    rate.catalog = catalog;
    rate.arena = arena_new();
    rate.terminal = terminal_of(stdout);
    bool good = left == 1 && strchr(argv[1], '.') != NULL ? rate_question_id(&rate, argv[1], &err)
                                                          : rate_names(&rate, left, argv + 1, &err);
    arena_free(rate.arena);
    catalog_release(catalog);
    return good ? EXIT_DONE : command_fail(&err);
}
