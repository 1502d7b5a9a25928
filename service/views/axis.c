#include "service/views/axis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The estimates without the outermost fortieth on each side. */
static void cover_estimates(const struct axis_item *items, size_t count, struct axis *axis,
                            struct arena *arena)
{
    double *sorted = arena_array(arena, count, sizeof *sorted);
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(items[i].at))
            sorted[known++] = items[i].at;
    if (known == 0)
        return;
    qsort(sorted, known, sizeof *sorted, by_value);
    axis->low = fmin(axis->low, sorted[known / 40]);
    axis->high = fmax(axis->high, sorted[known - 1 - known / 40]);
}

struct axis axis_covering(const struct axis_item *items, size_t count, struct axis must,
                          struct arena *arena)
{
    /* fmin and fmax pass over NAN */
    struct axis axis = {fmin(0, must.low), fmax(0, must.high)};
    cover_estimates(items, count, &axis, arena);
    double room = (axis.high - axis.low) / 5;
    double least = axis.low;
    double most = axis.high;
    for (size_t i = 0; i < count; i++) {
        if (isnan(items[i].at))
            continue;
        least = fmin(least, fmin(items[i].at, items[i].low));
        most = fmax(most, fmax(items[i].at, items[i].high));
    }
    return (struct axis){fmax(least, axis.low - room), fmin(most, axis.high + room)};
}

double axis_share(const struct axis *axis, double value)
{
    return axis->high > axis->low ? (value - axis->low) / (axis->high - axis->low) : 0.5;
}

/* ---- ticks ---- */

/* Multiples of the smallest of 1, 2, 5, 10, … that leaves no more than are wanted. */
static size_t even_ticks(const struct axis *axis, size_t wanted, double *out)
{
    static const double steps[] = {1, 2, 5, 10};
    double span = axis->high - axis->low;
    double base = pow(10, floor(log10(span / (double)wanted)));
    double step = base * 10;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        double first = ceil(axis->low / (base * steps[i]));
        double last = floor(axis->high / (base * steps[i]));
        if (last - first + 1 <= (double)wanted) {
            step = base * steps[i];
            break;
        }
    }
    size_t count = 0;
    double first = ceil(axis->low / step - 1e-9);
    for (double at = first; count < wanted && at * step <= axis->high + 1e-9 * step; at++)
        out[count++] = at == 0 ? 0 : at * step;
    return count;
}

/* Ratios that read well, each row with the ones that are told when there is room. */
static const double fine[] = {0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.6, 1.8, 2};
static const double middling[] = {0.1,  0.2, 0.25, 0.33, 0.5, 0.67, 0.8, 1,
                                  1.25, 1.5, 2,    3,    4,   5,    10};
static const double coarse[] = {0.1, 0.2, 0.5, 1, 2, 5, 10};
static const double coarser[] = {0.001, 0.01, 0.1, 1, 10, 100, 1000};

static size_t ratio_ticks(const struct axis *axis, const double *told, size_t length, double *out,
                          size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        double at = log(told[i]);
        if (at < axis->low || at > axis->high)
            continue;
        if (count == most)
            return 0;
        out[count++] = at;
    }
    return count;
}

static size_t log_ticks(const struct axis *axis, size_t wanted, double *out)
{
    static const struct {
        const double *told;
        size_t length;
    } rows[] = {{fine, sizeof fine / sizeof *fine},
                {middling, sizeof middling / sizeof *middling},
                {coarse, sizeof coarse / sizeof *coarse},
                {coarser, sizeof coarser / sizeof *coarser}};
    bool narrow = axis->low > log(0.5) && axis->high < log(2);
    for (size_t i = narrow ? 0 : 1; i < sizeof rows / sizeof *rows; i++) {
        size_t count = ratio_ticks(axis, rows[i].told, rows[i].length, out, wanted);
        if (count > 0)
            return count;
    }
    out[0] = 0;
    return axis->low <= 0 && axis->high >= 0;
}

size_t axis_ticks(const struct axis *axis, enum measure measure, size_t wanted,
                  double out[AXIS_TICKS])
{
    if (wanted > AXIS_TICKS)
        wanted = AXIS_TICKS;
    if (!(axis->high > axis->low) || !isfinite(axis->high - axis->low) || wanted < 2)
        return 0;
    return measure_is_ratio(measure) ? log_ticks(axis, wanted, out) : even_ticks(axis, wanted, out);
}
