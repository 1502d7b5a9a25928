#include "service/views/plot_parts.h"

#include <math.h>
#include <string.h>

enum { LEGEND_INDENT = 44, TICK = 5, TICK_ROOM = 42 };

double plot_x(const struct plot_area *area, double value)
{
    double share = fmin(1, fmax(0, axis_share(&area->axis, value)));
    return area->left + share * (area->right - area->left);
}

void plot_put_title(struct svg *svg, const char *title)
{
    svg->height = SVG_MARGIN + SVG_LINE - 4;
    int lines = svg_paragraph(svg, "b", SVG_START, SVG_MARGIN, svg->height,
                              svg->width - 2 * SVG_MARGIN, title);
    svg->height += lines * SVG_LINE;
}

void plot_put_note(struct svg *svg, const char *class, const char *text)
{
    int lines = svg_paragraph(svg, class, SVG_START, SVG_MARGIN, svg->height,
                              svg->width - 2 * SVG_MARGIN, text);
    svg->height += lines * SVG_LINE;
}

/* Where both meet: at no effect, or as near to it as leaves both their room. */
static double meeting(double left, double right, double zero, double low, double high)
{
    double least = 0.3 * (right - left);
    if (low + high > right - left) { /* they need more lines anyway */
        low = fmin(low, least);
        high = fmin(high, least);
    }
    return fmin(right - high, fmax(left + low, zero));
}

void plot_put_sides(struct svg *svg, const struct plot_area *area, const char *low,
                    const char *high, struct arena *arena)
{
    enum { GAP = 9 };
    const char *one = arena_printf(arena, "← %s", low);
    const char *other = arena_printf(arena, "%s →", high);
    double left = SVG_MARGIN;
    double right = svg->width - SVG_MARGIN;
    double middle = meeting(left, right, plot_x(area, 0), svg_text_width(one, SVG_SMALL_SIZE) + GAP,
                            svg_text_width(other, SVG_SMALL_SIZE) + GAP);
    int lines =
        svg_paragraph(svg, "small", SVG_END, middle - GAP, svg->height, middle - GAP - left, one);
    int others = svg_paragraph(svg, "small", SVG_START, middle + GAP, svg->height,
                               right - middle - GAP, other);
    svg->height += (lines > others ? lines : others) * SVG_LINE;
}

void plot_put_band(struct svg *svg, const struct plot_area *area, struct axis band, double top,
                   double bottom)
{
    if (isnan(band.low) || isnan(band.high))
        return;
    double low = plot_x(area, band.low);
    double high = plot_x(area, band.high);
    svg_rect(svg, "band", low, top, high - low, bottom - top);
    if (band.low > area->axis.low)
        svg_line(svg, "edge", low, top, low, bottom);
    if (band.high < area->axis.high)
        svg_line(svg, "edge", high, top, high, bottom);
}

const char *plot_number(const struct plot_area *area, double value, struct arena *arena)
{
    double told = measure_to_told(area->measure, value);
    const char *digits = arena_printf(arena, "%.3g", fabs(told));
    return told < 0 ? arena_printf(arena, "−%s", digits) : digits;
}

void plot_put_axis(struct svg *svg, const struct plot_area *area, const char *unit)
{
    double ticks[AXIS_TICKS];
    double y = svg->height;
    size_t wanted = (size_t)fmax(2, floor((area->right - area->left) / TICK_ROOM));
    size_t count = axis_ticks(&area->axis, area->measure, wanted, ticks);
    struct arena *arena = arena_new();
    svg_line(svg, "axis", area->left, y, area->right, y);
    for (size_t i = 0; i < count; i++) {
        double x = plot_x(area, ticks[i]);
        svg_line(svg, "axis", x, y, x, y + TICK);
        svg_text(svg, "small", SVG_MIDDLE, x, y + TICK + 12, plot_number(area, ticks[i], arena));
    }
    svg->height += TICK + 12 + SVG_LINE;
    if (unit != NULL) {
        double room = svg->width - 2 * SVG_MARGIN;
        double half = fmin(room, svg_text_width(unit, SVG_SMALL_SIZE)) / 2;
        double middle = fmin(svg->width - SVG_MARGIN - half,
                             fmax(SVG_MARGIN + half, (area->left + area->right) / 2));
        svg->height += SVG_LINE * svg_paragraph(svg, "small quiet", SVG_MIDDLE, middle, svg->height,
                                                room, unit);
    }
    arena_free(arena);
}

struct plot_point plot_put_legend(struct svg *svg, const char *text)
{
    struct plot_point point = {SVG_MARGIN + LEGEND_INDENT / 2.0 - 6, svg->height - 4};
    int lines = svg_paragraph(svg, "small", SVG_START, SVG_MARGIN + LEGEND_INDENT, svg->height,
                              svg->width - 2 * SVG_MARGIN - LEGEND_INDENT, text);
    svg->height += lines * SVG_LINE;
    return point;
}
