#include "service/views/funnel_text.h"

#include <math.h>
#include <stdio.h>

#include "service/views/plot_text.h"
#include "service/views/print.h"

enum { ROWS = 12, ERROR_WIDTH = 7, MOST_COLUMNS = 72 };

/* The standard error in the middle of a row. */
static double error_of_row(const struct funnel *funnel, int row)
{
    return (row + 0.5) / ROWS * funnel->widest;
}

static int row_of(const struct funnel *funnel, const struct rated_study *trial)
{
    int row = (int)floor(sqrt(trial->effect.vi) / funnel->widest * ROWS);
    return row < ROWS ? row : ROWS - 1;
}

/* A trial beyond the ends of the axis stands at its end. */
static int column_of_trial(const struct plot_text *plot, const struct rated_study *trial)
{
    int column = plot_text_column(plot, trial->effect.yi);
    return column < 0 ? 0 : column >= plot->columns ? plot->columns - 1 : column;
}

static int trials_at(const struct funnel *funnel, const struct plot_text *plot, int row, int column)
{
    int count = 0;
    for (size_t i = 0; i < funnel->count; i++)
        count += row_of(funnel, funnel->trials[i]) == row &&
                 column_of_trial(plot, funnel->trials[i]) == column;
    return count;
}

static void put_trials(struct buffer *out, int count)
{
    if (count == 1)
        buffer_text(out, "●");
    else if (count < 10)
        buffer_printf(out, "%d", count);
    else
        buffer_byte(out, '+');
}

static const char *background(const struct funnel *funnel, const struct plot_text *plot, int row,
                              int column)
{
    double share = plot->columns > 1 ? (double)column / (plot->columns - 1) : 0.5;
    double value = plot->axis.low + share * (plot->axis.high - plot->axis.low);
    if (column == plot_text_column(plot, funnel->rating->synthesis.pooled.b))
        return "│";
    if (column == plot_text_column(plot, 0))
        return "┊";
    switch (funnel_region_of(value, error_of_row(funnel, row))) {
    case FUNNEL_P05:
        return "░";
    case FUNNEL_P01:
        return "▒";
    case FUNNEL_P10:
    case FUNNEL_RARE:
        break;
    }
    return " ";
}

static void put_row(struct buffer *out, const struct funnel *funnel, const struct plot_text *plot,
                    int row)
{
    char error[20] = "";
    if (row % 3 == 0)
        snprintf(error, sizeof error, "%.2g", error_of_row(funnel, row));
    print_spaces(out, plot->indent);
    print_cell(out, error, ERROR_WIDTH);
    for (int column = 0; column < plot->columns; column++) {
        int count = trials_at(funnel, plot, row, column);
        if (count > 0)
            put_trials(out, count);
        else
            buffer_text(out, background(funnel, plot, row, column));
    }
    print_line_end(out);
}

static void put_legend(struct buffer *out, const struct funnel *funnel,
                       const struct plot_text *plot, struct arena *arena)
{
    const char *advice[FUNNEL_ADVICE];
    size_t count = funnel_advice(funnel, arena, advice);
    plot_text_put_note(out, plot,
                       "● one trial, the higher the more precise (left: its standard "
                       "error); │ all of them together; ┊ no effect");
    plot_text_put_note(out, plot,
                       "If it did nothing, chance alone would give so much: white in the "
                       "middle in over 10 of 100 trials, ░ in 5 to 10, ▒ in 1 to 5, "
                       "outside in fewer than 1");
    for (size_t i = 0; i < count; i++)
        plot_text_put_note(out, plot, advice[i]);
}

void funnel_text(const struct funnel *funnel, int width, int indent, struct arena *arena,
                 struct buffer *out)
{
    struct plot_text plot = {.indent = indent,
                             .left = ERROR_WIDTH,
                             .width = width,
                             .columns = (int)fmin(MOST_COLUMNS, width - indent - ERROR_WIDTH),
                             .axis = funnel->axis,
                             .measure = funnel->rating->synthesis.measure,
                             .decimals = funnel->rating->synthesis.scale == BODY_POINTS ? 1 : 2};
    if (funnel->nothing != NULL) {
        plot_text_put_note(out, &plot, funnel->nothing);
        return;
    }
    plot_text_put_sides(out, &plot, funnel->low, funnel->high);
    for (int row = 0; row < ROWS; row++)
        put_row(out, funnel, &plot, row);
    plot_text_put_axis(out, &plot);
    put_legend(out, funnel, &plot, arena);
}
