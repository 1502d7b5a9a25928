#include "evidence/statistics/recovery.h"

#include <math.h>

#include "evidence/statistics/distribution.h"

/* The share of the fall that has come by a day. */
static double share_by(double day, double tau)
{
    return -expm1(-day / tau);
}

static bool is_positive(double value)
{
    return isfinite(value) && value > 0;
}

static bool start_makes_sense(const struct recovery_prior *prior)
{
    return isinf(prior->start_sd) ? prior->start_sd > 0
                                  : is_positive(prior->start_sd) && isfinite(prior->start);
}

static bool prior_makes_sense(const struct recovery_prior *prior)
{
    if (prior->pace_count == 0 || prior->pace_count > RECOVERY_PACES_MOST ||
        !isfinite(prior->fall) || !is_positive(prior->fall_sd) || !is_positive(prior->fall_day) ||
        !is_positive(prior->error_sd) || !start_makes_sense(prior))
        return false;
    for (size_t i = 0; i < prior->pace_count; i++)
        if (!is_positive(prior->taus[i]) || !isfinite(prior->weights[i]) || prior->weights[i] < 0)
            return false;
    return true;
}

static bool scores_make_sense(const struct recovery_scores *scores)
{
    if (scores->start_count == 0 || !isfinite(scores->start))
        return false;
    for (size_t i = 0; i < scores->count; i++)
        if (!is_positive(scores->days[i]) || !isfinite(scores->values[i]))
            return false;
    return true;
}

struct level {
    double mean;
    double sd;
};

/* b with the scores before the first session: precisions add up. */
static struct level level_before(const struct recovery_prior *prior, double start, size_t count)
{
    bool known = isfinite(prior->start_sd);
    double of_prior = known ? 1 / (prior->start_sd * prior->start_sd) : 0;
    double of_scores = (double)count / (prior->error_sd * prior->error_sd);
    double sum = of_scores * start + (known ? of_prior * prior->start : 0);
    return (struct level){sum / (of_prior + of_scores), sqrt(1 / (of_prior + of_scores))};
}

/*
 * With x_i = 1 - exp(-t_i/tau) the scores say b - y_i = A x_i + e_i: a regression through the
 * origin. Precision 1/s^2 + sum x^2 / e^2; mean (m/s^2 + sum x (b - y) / e^2) over it.
 */
static struct recovery_pace fit_pace(const struct recovery_prior *prior,
                                     const struct recovery_scores *scores, double before,
                                     size_t index)
{
    double tau = prior->taus[index];
    double scale = share_by(prior->fall_day, tau); /* the prior is of the fall by fall_day */
    double prior_precision = scale * scale / (prior->fall_sd * prior->fall_sd);
    double error_precision = 1 / (prior->error_sd * prior->error_sd);
    double sum_x = 0;
    double sum_xx = 0;
    double sum_xd = 0;
    for (size_t i = 0; i < scores->count; i++) {
        double x = share_by(scores->days[i], tau);
        sum_x += x;
        sum_xx += x * x;
        sum_xd += x * (before - scores->values[i]);
    }
    double precision = prior_precision + error_precision * sum_xx;
    return (struct recovery_pace){
        .tau = tau,
        .weight = prior->weights[index],
        .fall = (prior_precision * prior->fall / scale + error_precision * sum_xd) / precision,
        .fall_by_b = error_precision * sum_x / precision,
        .variance = 1 / precision,
    };
}

bool recovery_fit(const struct recovery_prior *prior, const struct recovery_scores *scores,
                  struct recovery *out)
{
    if (!prior_makes_sense(prior) || !scores_make_sense(scores))
        return false;
    struct level before = level_before(prior, scores->start, scores->start_count);
    *out = (struct recovery){
        .pace_count = prior->pace_count,
        .start = before.mean,
        .start_variance = before.sd * before.sd,
        .error_sd = prior->error_sd,
    };
    for (size_t i = 0; i < prior->pace_count; i++)
        out->paces[i] = fit_pace(prior, scores, before.mean, i);
    return true;
}

double recovery_level_before(const struct recovery_prior *prior, double start, size_t count)
{
    return level_before(prior, start, count).mean;
}

/* The level on a day for one tau, b integrated out: normal. */
static struct level level_on(const struct recovery *recovery, const struct recovery_pace *pace,
                             double day)
{
    double x = share_by(day, pace->tau);
    double slope = 1 - x * pace->fall_by_b; /* of the level in b */
    return (struct level){
        .mean = recovery->start - x * pace->fall,
        .sd = sqrt(x * x * pace->variance + slope * slope * recovery->start_variance),
    };
}

/* The level's change since the start, -A x: what b adds to both cancels in part. */
static struct level change_by(const struct recovery *recovery, const struct recovery_pace *pace,
                              double day)
{
    double x = share_by(day, pace->tau);
    double slope = x * pace->fall_by_b;
    return (struct level){
        .mean = -x * pace->fall,
        .sd = sqrt(x * x * pace->variance + slope * slope * recovery->start_variance),
    };
}

/* The same for every tau, for who asks about one day more than once. */
struct levels {
    struct level of[RECOVERY_PACES_MOST];
};

static struct levels levels_on(const struct recovery *recovery, double day)
{
    struct levels levels;
    for (size_t i = 0; i < recovery->pace_count; i++)
        levels.of[i] = level_on(recovery, &recovery->paces[i], day);
    return levels;
}

static double share_below(const struct recovery *recovery, const struct levels *levels, double line)
{
    double probability = 0;
    for (size_t i = 0; i < recovery->pace_count; i++) {
        struct level level = levels->of[i];
        probability += recovery->paces[i].weight * normal_cdf((line - level.mean) / level.sd);
    }
    return probability;
}

double recovery_reaches(const struct recovery *recovery, double day, double line)
{
    struct levels levels = levels_on(recovery, day);
    return share_below(recovery, &levels, line);
}

double recovery_worse(const struct recovery *recovery, double day, double margin)
{
    double probability = 0;
    for (size_t i = 0; i < recovery->pace_count; i++) {
        struct level change = change_by(recovery, &recovery->paces[i], day);
        probability += recovery->paces[i].weight * normal_upper((margin - change.mean) / change.sd);
    }
    return probability;
}

static double mean_of(const struct recovery *recovery, const struct levels *levels)
{
    double mean = 0;
    for (size_t i = 0; i < recovery->pace_count; i++)
        mean += recovery->paces[i].weight * levels->of[i].mean;
    return mean;
}

double recovery_mean(const struct recovery *recovery, double day)
{
    struct levels levels = levels_on(recovery, day);
    return mean_of(recovery, &levels);
}

/* Every quantile of the mixture lies between those of its parts. */
static void bracket(const struct recovery *recovery, const struct levels *levels, double z,
                    double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < recovery->pace_count; i++) {
        double part = levels->of[i].mean + z * levels->of[i].sd;
        *low = part < *low ? part : *low;
        *high = part > *high ? part : *high;
    }
}

/* What the mixture looks like as a whole. */
struct shape {
    double mean;
    double sd;
    double skewness;
    double excess;   /* kurtosis beyond the normal one's */
    double least_sd; /* of its parts */
};

static struct shape shape_of(const struct recovery *recovery, const struct levels *levels)
{
    struct shape shape = {.mean = mean_of(recovery, levels), .least_sd = INFINITY};
    double second = 0, third = 0, fourth = 0;
    for (size_t i = 0; i < recovery->pace_count; i++) {
        double weight = recovery->paces[i].weight;
        double sd = levels->of[i].sd;
        double variance = sd * sd;
        double apart = levels->of[i].mean - shape.mean;
        double squared = apart * apart;
        second += weight * (squared + variance);
        third += weight * apart * (squared + 3 * variance);
        fourth += weight * (squared * (squared + 6 * variance) + 3 * variance * variance);
        shape.least_sd = sd < shape.least_sd ? sd : shape.least_sd;
    }
    shape.sd = sqrt(second);
    shape.skewness = third / (second * shape.sd);
    shape.excess = fourth / (second * second) - 3;
    return shape;
}

/* Where to begin to look: the quantile that the first four moments tell. Source: Cornish & Fisher
 * 1938; Abramowitz & Stegun, p. 935. */
static double guess(const struct shape *shape, double z)
{
    double skewed = (z * z - 1) / 6 * shape->skewness;
    double peaked = (z * z - 3) * z / 24 * shape->excess;
    double both = (2 * z * z - 5) * z / 36 * shape->skewness * shape->skewness;
    return shape->mean + shape->sd * (z + skewed + peaked - both);
}

/* The mixture at one level. */
struct mixture_at {
    double below; /* the share below it */
    double density;
    double slope; /* of the density */
};

static struct mixture_at look_at(const struct recovery *recovery, const struct levels *levels,
                                 double level)
{
    const double normal_density_at_0 = 1 / sqrt(2 * M_PI);
    struct mixture_at found = {0};
    for (size_t i = 0; i < recovery->pace_count; i++) {
        double weight = recovery->paces[i].weight;
        double by_sd = 1 / levels->of[i].sd;
        double z = (level - levels->of[i].mean) * by_sd;
        double part = weight * by_sd * normal_density_at_0 * exp(-z * z / 2);
        found.below += weight * normal_cdf(z);
        found.density += part;
        found.slope -= part * z * by_sd;
    }
    return found;
}

/* How far Halley's method goes from a level whose share below lies `off` the one that is sought:
 * the density and its slope make it a step of third order. */
static double halley_step(const struct mixture_at *at, double off)
{
    return -2 * off * at->density / (2 * at->density * at->density - off * at->slope);
}

/* What a step leaves is of the order of its cube, in units of the spread: after one that is so
 * small there is nothing left to find. */
static const double LAST_STEP = 1e-3;

static double quantile_of(const struct recovery *recovery, const struct levels *levels,
                          const struct shape *shape, double p, double z)
{
    double low;
    double high;
    if (!(p > 0 && p < 1))
        return NAN;
    bracket(recovery, levels, z, &low, &high);
    double enough = 1e-9 * (fabs(high - low) + recovery->error_sd);
    double at = guess(shape, z);
    while (high - low > enough) {
        if (!(at > low && at < high))
            at = low + (high - low) / 2;
        struct mixture_at found = look_at(recovery, levels, at);
        double off = found.below - p;
        double step = halley_step(&found, off);
        *(off < 0 ? &low : &high) = at;
        at += step;
        if (fabs(step) <= LAST_STEP * shape->least_sd)
            return at;
    }
    return low + (high - low) / 2;
}

struct recovery_band recovery_band(double low_p, double high_p)
{
    return (struct recovery_band){low_p, high_p, normal_quantile(low_p), normal_quantile(high_p)};
}

struct recovery_range recovery_range_on(const struct recovery *recovery, double day,
                                        const struct recovery_band *band)
{
    struct levels levels = levels_on(recovery, day);
    struct shape shape = shape_of(recovery, &levels);
    return (struct recovery_range){
        .mean = shape.mean,
        .low = quantile_of(recovery, &levels, &shape, band->low_p, band->low_z),
        .high = quantile_of(recovery, &levels, &shape, band->high_p, band->high_z),
    };
}
