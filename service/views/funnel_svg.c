#include "service/views/funnel_svg.h"

#include <math.h>

#include "evidence/statistics/distribution.h"
#include "service/views/funnel.h"
#include "service/views/plot_parts.h"
#include "service/views/sign.h"
#include "service/views/study_figure.h"

enum { LEFT = 54, Y_TICKS = 5 };

struct drawing {
    const struct funnel *funnel;
    struct arena *arena;
    struct svg svg;
    struct plot_area area;
    double top, bottom;
    const char *pooled; /* class of its line, in the tone of the verdict */
};

static double plot_y(const struct drawing *at, double se)
{
    return at->top + se / at->funnel->widest * (at->bottom - at->top);
}

/* ---- where chance alone could be the reason ---- */

/* The cone |x| < z se, cut where the plot ends. */
static void put_cone(struct drawing *at, const char *class, double z)
{
    const struct axis *axis = &at->area.axis;
    double low = fmax(axis->low, -z * at->funnel->widest);
    double high = fmin(axis->high, z * at->funnel->widest);
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

static void put_cones(struct drawing *at)
{
    put_cone(at, "cone c10", normal_critical(0.99));
    put_cone(at, "cone c05", normal_critical(0.95));
    put_cone(at, NULL, normal_critical(0.90));
}

static void put_errors(struct drawing *at)
{
    struct axis axis = {0, at->funnel->widest};
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

static void put_trial(struct drawing *at, const struct rated_study *entry)
{
    const struct axis *axis = &at->area.axis;
    double se = sqrt(entry->effect.vi);
    double x = plot_x(&at->area, entry->effect.yi);
    double y = plot_y(at, se);
    struct study_figure told = study_figure_of(at->funnel->rating, entry);
    struct buffer text = {0};
    buffer_printf(&text, "%s: ", label_of(entry));
    study_figure_put_words(&text, at->funnel->rating, entry);
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

static void swatch(struct drawing *at, const char *class, const char *words)
{
    struct plot_point point = plot_put_legend(&at->svg, words);
    svg_rect(&at->svg, "cone swatch", point.x - 14, point.y - 6, 28, 12);
    svg_rect(&at->svg, class, point.x - 14, point.y - 6, 28, 12);
}

static void put_legend(struct drawing *at)
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

static void put_advice(struct drawing *at)
{
    const char *advice[FUNNEL_ADVICE];
    size_t count = funnel_advice(at->funnel, at->arena, advice);
    at->svg.height += 4;
    for (size_t i = 0; i < count; i++)
        plot_put_note(&at->svg, i == 0 ? "small" : "small b", advice[i]);
}

static void draw(struct drawing *at)
{
    const struct funnel *funnel = at->funnel;
    at->area.axis = funnel->axis;
    plot_put_sides(&at->svg, &at->area, funnel->low, funnel->high, at->arena);
    at->svg.height += 4;
    plot_put_note(&at->svg, "small quiet", "Standard error: large trials above, small ones below");
    at->top = at->svg.height - 4;
    at->bottom = at->top + fmin(440, fmax(220, 0.6 * at->svg.width));
    put_cones(at);
    double zero = plot_x(&at->area, 0);
    double pool = plot_x(&at->area, at->funnel->rating->synthesis.pooled.b);
    svg_line(&at->svg, "none", zero, at->top, zero, at->bottom);
    svg_line(&at->svg, at->pooled, pool, at->top, pool, at->bottom);
    put_errors(at);
    for (size_t i = 0; i < funnel->count; i++)
        put_trial(at, funnel->trials[i]);
    at->svg.height = at->bottom;
    plot_put_axis(&at->svg, &at->area, at->funnel->rating->effect.scale);
    at->svg.height += 8;
    put_legend(at);
    put_advice(at);
}

void funnel_svg(const struct rating *rating, int width, const char *as_of, struct arena *arena,
                struct buffer *out)
{
    struct funnel funnel = funnel_of(rating, arena);
    const char *title =
        arena_printf(arena, "Do small trials tell another story? %s", plot_title(rating, arena));
    struct drawing at = {
        .funnel = &funnel,
        .arena = arena,
        .pooled = arena_printf(arena, "pooled %s", sign_of(rating->verdict).tone),
        .svg = svg_new(width),
        .area = {.left = LEFT, .right = width - SVG_MARGIN, .measure = rating->synthesis.measure},
    };
    plot_put_title(&at.svg, title);
    at.svg.height += 8;
    if (funnel.nothing != NULL)
        plot_put_note(&at.svg, "note", funnel.nothing);
    else
        draw(&at);
    at.svg.height += 10;
    plot_put_note(&at.svg, "small quiet", as_of);
    svg_finish(&at.svg, title,
               funnel.nothing != NULL
                   ? funnel.nothing
                   : arena_printf(arena,
                                  "Funnel plot of %zu trials: effect across, standard error down, "
                                  "with the regions in which chance alone would give as much.",
                                  funnel.count),
               out);
}
