#include "service/views/forest.h"

#include <math.h>

#include "evidence/rating/verdict.h"
#include "service/views/forest_parts.h"
#include "service/views/sign.h"

/* ---- rows ---- */

/* True if the trials' effects mean the same as the adopted review's, and can stand on its axis. */
static bool trials_fit_the_axis(const struct rating *rating)
{
    const struct body *body = &rating->body;
    const struct synthesis *synthesis = &rating->synthesis;
    if (synthesis->basis == BASIS_TRIALS)
        return true;
    return body->scale == synthesis->scale && body->better == synthesis->better &&
           synthesis->measure != MEASURE_OR &&
           (body->scale != BODY_POINTS || scale_same_points(&body->points, &synthesis->points));
}

static enum forest_part part_of(const struct rating *rating, const struct rated_study *entry)
{
    if (study_figure_is_adopted(rating, entry))
        return FOREST_POOL;
    if (entry->used && rating->synthesis.basis == BASIS_TRIALS)
        return FOREST_COUNTED;
    bool trial = design_is_trial(entry->study->design) && !entry->study->retracted;
    return rating->synthesis.basis == BASIS_ADOPTED && trial && effect_usable(entry->effect) &&
                   trials_fit_the_axis(rating)
               ? FOREST_ASIDE
               : FOREST_LEFT_OUT;
}

static const char *label_of(const struct rated_study *entry, struct arena *arena)
{
    const struct study *study = entry->study;
    if (study->author_count > 0 || study->title == NULL)
        return entry->label;
    return study->year > 0 ? arena_printf(arena, "%s (%d)", study->title, study->year)
                           : study->title;
}

static const char *sentence_of_row(const struct rating *rating, const struct forest_row *row,
                                   struct arena *arena)
{
    const struct rated_study *entry = row->entry;
    struct buffer text = {0};
    buffer_printf(&text, "%s: ", row->label);
    study_figure_put_words(&text, rating, entry);
    if (row->people == COUNT_UNKNOWN)
        buffer_text(&text, "; number of people not told");
    else
        buffer_printf(&text, "; %d %s", row->people, row->people == 1 ? "person" : "people");
    if (row->part == FOREST_COUNTED && isfinite(row->weight))
        buffer_printf(&text, "; weight %.1f %%", row->weight);
    buffer_printf(&text, "; risk of bias %s", sign_risk_words(entry->risk));
    if (entry->risk_by != NULL)
        buffer_printf(&text, " (%s)", entry->risk_by);
    if (row->why_not != NULL)
        buffer_printf(&text, ". Not counted: %s", row->why_not);
    if (entry->improbable)
        buffer_text(&text, ". An improbable figure");
    buffer_byte(&text, '.');
    return plot_kept(&text, arena);
}

static struct forest_row row_of(const struct rating *rating, const struct rated_study *entry,
                                enum forest_part part, struct arena *arena)
{
    double reach = study_figure_reach(entry);
    bool drawn = part == FOREST_COUNTED || part == FOREST_ASIDE;
    struct forest_row row = {
        .part = part,
        .label = label_of(entry, arena),
        .at = drawn ? entry->effect.yi : (double)NAN,
        .low = drawn ? entry->effect.yi - reach : (double)NAN,
        .high = drawn ? entry->effect.yi + reach : (double)NAN,
        .weight = entry->weight,
        .entry = entry,
        .told = study_figure_of(rating, entry),
        .people = entry->n,
    };
    struct buffer numbers = {0};
    if (drawn)
        study_figure_put_numbers(&numbers, rating->body.scale, row.told);
    row.numbers = plot_kept(&numbers, arena);
    if (!entry->used)
        row.why_not = entry->why_not == NULL ? "no reason is recorded" : entry->why_not;
    row.sentence = sentence_of_row(rating, &row, arena);
    return row;
}

/* ---- the pool ---- */

static const char *adopted_label(const struct synthesis *synthesis, struct arena *arena)
{
    const char *label = study_label(synthesis->adopted, arena);
    if (synthesis->k == COUNT_UNKNOWN)
        return label;
    return arena_printf(arena, "%s (%d trial%s)", label, synthesis->k,
                        synthesis->k == 1 ? "" : "s");
}

static const char *pool_label(const struct rating *rating, struct arena *arena)
{
    const struct synthesis *synthesis = &rating->synthesis;
    if (synthesis->basis == BASIS_ADOPTED)
        return adopted_label(synthesis, arena);
    return synthesis->k == 1 ? "One trial" : arena_printf(arena, "%d trials pooled", synthesis->k);
}

static const char *pool_sentence(const struct rating *rating, const struct forest_row *row,
                                 struct arena *arena)
{
    const struct synthesis *synthesis = &rating->synthesis;
    struct buffer text = {0};
    if (synthesis->basis == BASIS_ADOPTED)
        buffer_printf(&text, "%s, a published review: ", study_label(synthesis->adopted, arena));
    else
        buffer_printf(&text, "%s: ", row->label);
    study_figure_put_size(&text, synthesis->scale, synthesis->measure, row->told);
    buffer_printf(&text, "; %s.",
                  plot_people(synthesis->k, "trial", "trials", synthesis->n, arena));
    return plot_kept(&text, arena);
}

/* The review that answers, NULL for a pool of trials. */
static const struct rated_study *adopted_entry(const struct rating *rating)
{
    for (size_t i = 0; i < rating->body.count; i++)
        if (study_figure_is_adopted(rating, &rating->body.studies[i]))
            return &rating->body.studies[i];
    return NULL;
}

static const struct forest_row *pool_row(const struct rating *rating, struct arena *arena)
{
    const struct synthesis *synthesis = &rating->synthesis;
    const struct effect_told *effect = &rating->effect;
    const struct rated_study *review = adopted_entry(rating);
    struct forest_row *row = arena_alloc(arena, sizeof *row);
    struct buffer numbers = {0};
    *row = (struct forest_row){
        .part = FOREST_POOL,
        .label = pool_label(rating, arena),
        .at = synthesis->pooled.b,
        .low = synthesis->pooled.ci_lb,
        .high = synthesis->pooled.ci_ub,
        .weight = review == NULL ? (double)NAN : review->weight,
        .entry = review,
        .told = {effect->estimate, effect->ci_low, effect->ci_high},
        .people = synthesis->n,
    };
    study_figure_put_numbers(&numbers, synthesis->scale, row->told);
    row->numbers = plot_kept(&numbers, arena);
    row->sentence = pool_sentence(rating, row, arena);
    return row;
}

static void set_prediction(const struct rating *rating, struct forest *forest, struct arena *arena)
{
    const struct pooled *pooled = &rating->synthesis.pooled;
    enum measure measure = rating->synthesis.measure;
    forest->predicted_low = pooled->pi_lb;
    forest->predicted_high = pooled->pi_ub;
    if (isnan(pooled->pi_lb) || isnan(pooled->pi_ub))
        return;
    struct buffer text = {0};
    study_figure_put_range(&text, rating->synthesis.scale, measure_to_told(measure, pooled->pi_lb),
                           measure_to_told(measure, pooled->pi_ub));
    forest->predicted = plot_kept(&text, arena);
}

/* ---- the whole ---- */

static void add_rows(const struct rating *rating, struct forest *forest, struct arena *arena)
{
    const struct body *body = &rating->body;
    struct forest_row *rows = arena_array(arena, body->count, sizeof *rows);
    size_t *const counts[] = {&forest->counted, &forest->aside, &forest->left_out};
    for (enum forest_part part = FOREST_COUNTED; part <= FOREST_LEFT_OUT; part++)
        for (size_t i = 0; i < body->count; i++)
            if (part_of(rating, &body->studies[i]) == part) {
                rows[forest->count++] = row_of(rating, &body->studies[i], part, arena);
                ++*counts[part];
            }
    forest->rows = rows;
}

struct axis forest_axis(const struct forest *forest, struct arena *arena)
{
    size_t drawn = forest->counted + forest->aside;
    struct axis_item *items = arena_array(arena, drawn + 1, sizeof *items);
    struct axis must = {forest->pool->low, forest->pool->high};
    for (size_t i = 0; i < drawn; i++)
        items[i] =
            (struct axis_item){forest->rows[i].at, forest->rows[i].low, forest->rows[i].high};
    items[drawn] =
        (struct axis_item){forest->pool->at, fmin(forest->pool->low, forest->predicted_low),
                           fmax(forest->pool->high, forest->predicted_high)};
    /* The whole band, with a little beyond it, unless it would press all else into a line. */
    double widest = 3 * (fmax(0, must.high) - fmin(0, must.low));
    double low = 1.15 * forest->too_small_low;
    double high = 1.15 * forest->too_small_high;
    if (isfinite(low) && -low <= widest)
        must.low = fmin(must.low, low);
    if (isfinite(high) && high <= widest)
        must.high = fmax(must.high, high);
    return axis_covering(items, drawn + 1, must, arena);
}

/* A published review can be drawn too. */
static const char *why_nothing(const struct rating *rating)
{
    return rating->synthesis.basis == BASIS_ADOPTED ? NULL : plot_needs_trials(rating);
}

static const char *desc_of(const struct rating *rating, const struct forest *forest,
                           struct arena *arena)
{
    const char *sentence = rating->sentence == NULL ? "" : rating->sentence;
    if (forest->nothing != NULL)
        return arena_printf(arena, "%s %s", forest->nothing, sentence);
    return arena_printf(arena,
                        "Forest plot, one row a study, by year. %s Left: %s. Right: %s. Set "
                        "aside: %zu. Left out, with the reason: %zu. %s",
                        forest->pool->sentence, forest->favours_low, forest->favours_high,
                        forest->aside, forest->left_out, sentence);
}

struct forest forest_start(const struct rating *rating, enum forest_kind kind, const char *nothing,
                           struct arena *arena)
{
    struct axis too_small = plot_too_small(rating);
    struct forest forest = {
        .kind = kind,
        .measure = rating->synthesis.measure,
        .unit = rating->effect.scale,
        .tone = sign_of(rating->verdict).tone,
        .mid = rating->effect.weighed.mid,
        .too_small_low = too_small.low,
        .too_small_high = too_small.high,
        .predicted_low = NAN,
        .predicted_high = NAN,
        .decimals = rating->synthesis.scale == BODY_POINTS ? 1 : 2,
        .title = plot_title(rating, arena),
        .nothing = nothing,
    };
    plot_sides(rating, &forest.favours_low, &forest.favours_high, arena);
    if (nothing == NULL)
        forest.pool = pool_row(rating, arena);
    return forest;
}

struct forest forest_of(const struct rating *rating, struct arena *arena)
{
    struct forest forest = forest_start(rating, FOREST_STUDIES, why_nothing(rating), arena);
    add_rows(rating, &forest, arena);
    if (forest.nothing == NULL) {
        set_prediction(rating, &forest, arena);
        forest.axis = forest_axis(&forest, arena);
    }
    forest.desc = desc_of(rating, &forest, arena);
    return forest;
}
