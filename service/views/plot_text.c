#include "service/views/plot_text.h"

#include <math.h>
#include <stdio.h>

#include "service/views/print.h"

int plot_text_column(const struct plot_text *plot, double value)
{
    const struct axis *axis = &plot->axis;
    if (!(axis->high > axis->low))
        return plot->columns / 2;
    double at = axis_share(axis, value) * (plot->columns - 1);
    if (at < -0.5)
        return -1;
    if (at > plot->columns - 0.5)
        return plot->columns;
    return (int)floor(at + 0.5);
}

void plot_text_put_sides(struct buffer *out, const struct plot_text *plot, const char *low_side,
                         const char *high_side)
{
    int width = plot->width - plot->indent;
    char low[200], high[200];
    snprintf(low, sizeof low, "← %s", low_side);
    snprintf(high, sizeof high, "%s →", high_side);
    int null = plot->left + plot_text_column(plot, 0);
    int left = null - 2 - print_width(low);
    bool meet = left >= 0 && null + 2 + print_width(high) <= width;
    bool fit = print_width(low) + 2 + print_width(high) <= width;
    print_spaces(out, plot->indent + (meet ? left : 0));
    print_cell(out, low, (int)fmin(width, print_width(low)));
    if (fit) {
        print_spaces(out, meet ? 4 : width - print_width(low) - print_width(high));
    } else {
        print_line_end(out);
        print_spaces(out, plot->indent + (int)fmax(0, width - print_width(high)));
    }
    print_cell(out, high, (int)fmin(width, print_width(high)));
    print_line_end(out);
}

void plot_text_put_axis(struct buffer *out, const struct plot_text *plot)
{
    enum measure m = plot->measure;
    char ends[2][40], null[40];
    print_number(ends[0], sizeof ends[0], measure_to_told(m, plot->axis.low), plot->decimals);
    print_number(ends[1], sizeof ends[1], measure_to_told(m, plot->axis.high), plot->decimals);
    print_number(null, sizeof null, measure_to_told(m, 0), 0);
    int right = plot->columns - print_width(ends[1]), middle = plot_text_column(plot, 0);
    int used = print_width(ends[0]);
    print_spaces(out, plot->indent + plot->left);
    buffer_text(out, ends[0]);
    if (middle > used && middle + print_width(null) < right) {
        print_spaces(out, middle - used);
        buffer_text(out, null);
        used = middle + print_width(null);
    }
    if (used < right) {
        print_spaces(out, right - used);
        buffer_text(out, ends[1]);
    }
    print_line_end(out);
}

void plot_text_put_note(struct buffer *out, const struct plot_text *plot, const char *text)
{
    struct buffer note = {0};
    print_spaces(&note, plot->indent);
    buffer_text(&note, text);
    print_wrapped(out, buffer_string(&note), plot->width);
    buffer_release(&note);
}
