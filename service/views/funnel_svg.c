#include "service/views/funnel_svg.h"

#include <math.h>

#include "evidence/statistics/distribution.h"
#include "service/views/plot_parts.h"
#include "service/views/sign.h"

enum { LEFT = 54, FEW = 10, Y_TICKS = 5 };

struct funnel {
    const struct rating *rating;
    struct arena *arena;
    struct svg svg;
    struct plot_area area;
    double top, bottom;
    double widest; /* the largest standard error shown, at the bottom */
    const struct rated_study **trials;
    size_t count;
    const char *pooled; /* class of its line, in the tone of the verdict */
};

static double plot_y(const struct funnel *at, double se)
{
    return at->top + se / at->widest * (at->bottom - at->top);
}

/* ---- where chance alone could be the reason ---- */

/* The cone |x| < z se, cut where the plot ends. */
static void put_cone(struct funnel *at, const char *class, double z)
{
    const struct axis *axis = &at->area.axis;
    double low = fmax(axis->low, -z * at->widest);
    double high = fmin(axis->high, z * at->widest);
    const double points[] = {
        plot_x(&at->area, 0),    plot_y(at, 0),
        plot_x(&at->area, low),  plot_y(at, -low / z),
        plot_x(&at->area, low),  at->bottom,
        plot_x(&at->area, high), at->bottom,
        plot_x(&at->area, high), plot_y(at, high / z),
    };
    svg_polygon(&at->svg, "cone", points, 5);
    if (class != NULL)
        svg_polygon(&at->svg, class, points, 5);
}

static void put_cones(struct funnel *at)
{
    put_cone(at, "cone c10", normal_critical(0.99));
    put_cone(at, "cone c05", normal_critical(0.95));
    put_cone(at, NULL, normal_critical(0.90));
}

static void put_errors(struct funnel *at)
{
    struct axis axis = {0, at->widest};
    double ticks[AXIS_TICKS];
    size_t count = axis_ticks(&axis, MEASURE_MD, Y_TICKS, ticks);
    svg_line(&at->svg, "axis", at->area.left, at->top, at->area.left, at->bottom);
    for (size_t i = 0; i < count; i++) {
        double y = plot_y(at, ticks[i]);
        svg_line(&at->svg, "axis", at->area.left - 5, y, at->area.left, y);
        svg_text(&at->svg, "small", SVG_END, at->area.left - 8, y + 4,
                 arena_printf(at->arena, "%.3g", ticks[i]));
    }
}

/* ---- the trials ---- */

static const char *label_of(const struct rated_study *entry)
{
    return entry->study->author_count == 0 && entry->study->title != NULL ? entry->study->title
                                                                          : entry->label;
}

static void put_trial(struct funnel *at, const struct rated_study *entry)
{
    const struct axis *axis = &at->area.axis;
    double se = sqrt(entry->effect.vi);
    double x = plot_x(&at->area, entry->effect.yi);
    double y = plot_y(at, se);
    struct study_figure told = study_figure_of(at->rating, entry);
    struct buffer text = {0};
    buffer_printf(&text, "%s: ", label_of(entry));
    study_figure_put_words(&text, at->rating, entry);
    buffer_printf(&text, "; standard error %.2g.", se);
    svg_open(&at->svg, "trial");
    svg_data_text(&at->svg, "study", entry->study->id);
    svg_data(&at->svg, "estimate", told.estimate);
    svg_data(&at->svg, "low", told.low);
    svg_data(&at->svg, "high", told.high);
    svg_data(&at->svg, "se", se);
    svg_said(&at->svg, buffer_string(&text));
    if (entry->effect.yi < axis->low || entry->effect.yi > axis->high)
        svg_arrow(&at->svg, "arrow", x, y, entry->effect.yi < axis->low ? -1 : 1);
    else
        svg_circle(&at->svg, "circle", x, y, 4.5);
    svg_close(&at->svg);
    buffer_release(&text);
}

/* ---- around it ---- */

static struct axis axis_of(const struct funnel *at)
{
    const struct pooled *pooled = &at->rating->synthesis.pooled;
    struct axis_item *items = arena_array(at->arena, at->count, sizeof *items);
    /* The inner cone is seen whole, and a little beyond the outermost trial. */
    double reach = 1.05 * normal_critical(0.90) * at->widest;
    for (size_t i = 0; i < at->count; i++) {
        double yi = at->trials[i]->effect.yi;
        items[i] = (struct axis_item){yi, yi - at->widest / 4, yi + at->widest / 4};
    }
    return axis_covering(items, at->count,
                         (struct axis){fmin(pooled->b, -reach), fmax(pooled->b, reach)}, at->arena);
}

static void swatch(struct funnel *at, const char *class, const char *words)
{
    struct plot_point point = plot_put_legend(&at->svg, words);
    svg_rect(&at->svg, "cone swatch", point.x - 14, point.y - 6, 28, 12);
    svg_rect(&at->svg, class, point.x - 14, point.y - 6, 28, 12);
}

static void put_legend(struct funnel *at)
{
    struct svg *svg = &at->svg;
    struct plot_point point = plot_put_legend(svg, "One trial; the higher, the more precise.");
    svg_circle(svg, "circle", point.x, point.y, 4.5);
    point = plot_put_legend(svg, "All of them together.");
    svg_line(svg, at->pooled, point.x - 14, point.y, point.x + 14, point.y);
    plot_put_note(svg, "small",
                  "If the treatment did nothing, chance alone would give a difference this large:");
    swatch(at, "cone swatch", "in more than 10 of 100 trials (p above .10), the inner cone");
    swatch(at, "cone c05", "in 5 to 10 of 100 (p .05 to .10)");
    swatch(at, "cone c10", "in 1 to 5 of 100 (p .01 to .05)");
    swatch(at, "cone swatch", "in fewer than 1 of 100 (p below .01), outside the cones");
}

static void put_advice(struct funnel *at)
{
    const struct domain_judgement *judged = &at->rating->certainty.domains[DOMAIN_PUBLICATION];
    at->svg.height += 4;
    plot_put_note(&at->svg, "small",
                  "Dots spread evenly around the dashed line: nothing looks missing. One lower "
                  "corner empty: small trials that found little may never have been printed, or "
                  "small trials differ in other ways.");
    if (at->count < FEW)
        plot_put_note(&at->svg, "small b",
                      "With fewer than 10 trials a lopsided picture shows little.");
    if (judged->rule != NULL && judged->change != 0)
        plot_put_note(&at->svg, "small b",
                      arena_printf(at->arena, "How it was judged: %s.", judged->reason));
}

static void draw(struct funnel *at)
{
    const char *low;
    const char *high;
    plot_sides(at->rating, &low, &high, at->arena);
    for (size_t i = 0; i < at->count; i++)
        at->widest = fmax(at->widest, sqrt(at->trials[i]->effect.vi));
    at->widest *= 1.08;
    at->area.axis = axis_of(at);
    plot_put_sides(&at->svg, &at->area, low, high, at->arena);
    at->svg.height += 4;
    plot_put_note(&at->svg, "small quiet", "Standard error: large trials above, small ones below");
    at->top = at->svg.height - 4;
    at->bottom = at->top + fmin(440, fmax(220, 0.6 * at->svg.width));
    put_cones(at);
    double zero = plot_x(&at->area, 0);
    double pool = plot_x(&at->area, at->rating->synthesis.pooled.b);
    svg_line(&at->svg, "none", zero, at->top, zero, at->bottom);
    svg_line(&at->svg, at->pooled, pool, at->top, pool, at->bottom);
    put_errors(at);
    for (size_t i = 0; i < at->count; i++)
        put_trial(at, at->trials[i]);
    at->svg.height = at->bottom;
    plot_put_axis(&at->svg, &at->area, at->rating->effect.scale);
    at->svg.height += 8;
    put_legend(at);
    put_advice(at);
}

void funnel_svg(const struct rating *rating, int width, const char *as_of, struct arena *arena,
                struct buffer *out)
{
    const char *nothing = plot_needs_trials(rating);
    const char *title =
        arena_printf(arena, "Do small trials tell another story? %s", plot_title(rating, arena));
    struct funnel at = {
        .rating = rating,
        .arena = arena,
        .pooled = arena_printf(arena, "pooled %s", sign_of(rating->verdict).tone),
        .svg = svg_new(width),
        .area = {.left = LEFT, .right = width - SVG_MARGIN, .measure = rating->synthesis.measure},
    };
    plot_put_title(&at.svg, title);
    at.svg.height += 8;
    at.trials = plot_counted(rating, &at.count, arena);
    if (nothing != NULL)
        plot_put_note(&at.svg, "note", nothing);
    else
        draw(&at);
    at.svg.height += 10;
    plot_put_note(&at.svg, "small quiet", as_of);
    svg_finish(&at.svg, title,
               nothing != NULL
                   ? nothing
                   : arena_printf(arena,
                                  "Funnel plot of %zu trials: effect across, standard error down, "
                                  "with the regions in which chance alone would give as much.",
                                  at.count),
               out);
}
