#include "evidence/statistics/solve.h"

#include <math.h>

/* A point well inside the bracket: the middle of the logarithms where they differ much. */
static double inside(double low, double high)
{
    if (high < 4 * low)
        return (low + high) / 2;
    return low > 0 ? sqrt(low) * sqrt(high) : high / 16;
}

bool solve_root(const struct curve *curve, double low, double high, double resolution, double *root)
{
    double at = inside(low, high);
    for (int i = 0; i < 500; i++) {
        struct value f = curve->at(curve->model, at);
        if (f.value > 0)
            low = at;
        else
            high = at;
        double next = at - f.value / f.slope;
        if (!(f.slope < 0) || !isfinite(f.slope) || !(next > low && next < high))
            next = inside(low, high);
        double moved = fabs(next - at);
        at = next;
        if (moved <= 1e-11 * at || high - low <= 1e-14 * high || high <= resolution) {
            *root = at;
            return true;
        }
    }
    return false;
}

struct best {
    double tau2;
    double deviance; /* NAN until a second candidate makes it matter */
    bool found;
};

static void consider(struct best *best, const struct curve *curve, double tau2)
{
    if (!best->found) {
        *best = (struct best){.tau2 = tau2, .deviance = NAN, .found = true};
        return;
    }
    if (isnan(best->deviance))
        best->deviance = curve->deviance(curve->model, best->tau2);
    double mine = curve->deviance(curve->model, tau2);
    if (mine < best->deviance)
        *best = (struct best){.tau2 = tau2, .deviance = mine, .found = true};
}

bool solve_maximum(const struct curve *curve, double first, double bound, double resolution,
                   double *tau2)
{
    struct best best = {.tau2 = 0};
    double factor = fmax(4, pow(bound / first, 1.0 / 32));
    double low = 0;
    bool above = curve->at(curve->model, 0).value > 0;
    if (!above)
        consider(&best, curve, 0);
    for (double point = first; low < bound; point *= factor) {
        double high = fmin(point, bound);
        bool still_above = high < bound && curve->at(curve->model, high).value > 0;
        if (above && !still_above) {
            double root;
            if (!solve_root(curve, low, high, resolution, &root))
                return false;
            consider(&best, curve, root);
        }
        above = still_above;
        low = high;
    }
    *tau2 = best.tau2;
    return true;
}

double solve_bound(double squares, double df, double vi_most)
{
    double variance = squares / df;
    if (variance <= 0)
        return 0;
    return 1.0001 * variance * (1 + sqrt(1 + 4 * vi_most / variance)) / 2;
}
