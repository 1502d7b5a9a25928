/* How the answer moved: the pool after each year. */
#include <math.h>

#include "service/views/forest_parts.h"

/* P1: Hartung-Knapp from three trials on. */
static bool pool_first(const struct effect *effects, size_t count, const struct ruleset *ruleset,
                       struct pooled *out)
{
    struct error err = {0};
    struct pool_options options = {.method = ruleset->method,
                                   .test = count >= 3 ? ruleset->test : POOL_Z,
                                   .level = ruleset->level};
    return pool_fit(effects, count, &options, out, &err);
}

static const char *year_label(int year, struct arena *arena)
{
    return year > 0 ? arena_printf(arena, "%d", year) : "no year told";
}

static struct forest_row year_row(const struct rating *rating, const struct pooled *pooled,
                                  int year, int people, struct arena *arena)
{
    const struct synthesis *synthesis = &rating->synthesis;
    struct buffer numbers = {0};
    struct buffer text = {0};
    struct forest_row row = {
        .part = FOREST_COUNTED,
        .label = year_label(year, arena),
        .at = pooled->b,
        .low = pooled->ci_lb,
        .high = pooled->ci_ub,
        .weight = NAN,
        .told = {measure_to_told(synthesis->measure, pooled->b),
                 measure_to_told(synthesis->measure, pooled->ci_lb),
                 measure_to_told(synthesis->measure, pooled->ci_ub)},
        .people = people,
        .year = year,
        .trials = (int)pooled->k,
    };
    study_figure_put_numbers(&numbers, synthesis->scale, row.told);
    row.numbers = plot_kept(&numbers, arena);
    buffer_printf(&text, "Up to %s: %s; ", row.label,
                  plot_people(row.trials, "trial", "trials", people, arena));
    study_figure_put_size(&text, synthesis->scale, synthesis->measure, row.told);
    buffer_byte(&text, '.');
    row.sentence = plot_kept(&text, arena);
    return row;
}

/* Trials that cannot be pooled up to some year leave that year out. */
static void add_years(const struct rating *rating, const struct ruleset *ruleset,
                      struct forest *forest, struct arena *arena)
{
    size_t count;
    const struct rated_study **trials = plot_counted(rating, &count, arena);
    struct effect *effects = arena_array(arena, count, sizeof *effects);
    struct forest_row *rows = arena_array(arena, count, sizeof *rows);
    int people = 0;
    for (size_t i = 0; i < count; i++) {
        struct pooled pooled;
        int year = trials[i]->study->year;
        effects[i] = trials[i]->effect;
        people = people == COUNT_UNKNOWN || trials[i]->n == COUNT_UNKNOWN ? COUNT_UNKNOWN
                                                                          : people + trials[i]->n;
        bool last = i + 1 == count || trials[i + 1]->study->year != year;
        if (!last || !pool_first(effects, i + 1, ruleset, &pooled))
            continue;
        if (i == 0)
            pooled_keep_interval(&pooled, trials[0]);
        rows[forest->counted++] = year_row(rating, &pooled, year, people, arena);
    }
    forest->rows = rows;
    forest->count = forest->counted;
}

struct forest forest_by_year(const struct rating *rating, const struct ruleset *ruleset,
                             struct arena *arena)
{
    struct forest forest = forest_start(rating, FOREST_YEARS, plot_needs_trials(rating), arena);
    forest.title = arena_printf(arena, "How the answer moved. %s", forest.title);
    if (forest.nothing != NULL) {
        forest.desc = forest.nothing;
        return forest;
    }
    add_years(rating, ruleset, &forest, arena);
    forest.axis = forest_axis(&forest, arena);
    forest.desc = arena_printf(arena,
                               "The pool after each year in which a trial came, %zu rows. %s Left: "
                               "%s. Right: %s.",
                               forest.counted, forest.pool->sentence, forest.favours_low,
                               forest.favours_high);
    return forest;
}
