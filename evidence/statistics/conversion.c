#include "evidence/statistics/conversion.h"

#include <math.h>

#include "evidence/statistics/distribution.h"

/* An SD that cannot be is no SD. */
static double sd_or_none(double sd)
{
    return isfinite(sd) && sd >= 0 ? sd : NAN;
}

double sd_of_se(double se, double n)
{
    return n >= 1 ? sd_or_none(se * sqrt(n)) : NAN;
}

double sd_of_interval(double lower, double upper, double level, double n)
{
    return n > 1 ? sd_of_se(se_of_interval(lower, upper, level, n - 1), n) : NAN;
}

double sd_of_difference_se(double se, double n1, double n2)
{
    if (!(n1 >= 1) || !(n2 >= 1))
        return NAN;
    return sd_or_none(se / sqrt(1 / n1 + 1 / n2));
}

/* How many SDs lie between the quartiles, and between the ends, of n normal values. */
static double quartile_spread(double n)
{
    return 2 * normal_quantile((0.75 * n - 0.125) / (n + 0.25));
}

static double range_spread(double n)
{
    return 2 * normal_quantile((n - 0.375) / (n + 0.25));
}

double sd_of_quartiles(double q1, double q3, double n)
{
    return n > 1 ? sd_or_none((q3 - q1) / quartile_spread(n)) : NAN;
}

double sd_of_range(double min, double max, double n)
{
    return n > 1 ? sd_or_none((max - min) / range_spread(n)) : NAN;
}

double sd_of_five_wan(double min, double q1, double q3, double max, double n)
{
    return (sd_of_range(min, max, n) + sd_of_quartiles(q1, q3, n)) / 2;
}

double sd_of_five_shi(double min, double q1, double q3, double max, double n)
{
    double weight = 1 / (1 + 0.07 * pow(n, 0.6));
    return weight * sd_of_range(min, max, n) + (1 - weight) * sd_of_quartiles(q1, q3, n);
}

double sd_of_change(double sd_baseline, double sd_final, double r)
{
    if (!(sd_baseline >= 0) || !(sd_final >= 0) || !(r >= -1 && r <= 1))
        return NAN;
    double variance =
        sd_baseline * sd_baseline + sd_final * sd_final - 2 * r * sd_baseline * sd_final;
    return sqrt(fmax(0, variance));
}

double correlation_of_sds(double sd_baseline, double sd_final, double sd_change)
{
    if (!(sd_baseline > 0) || !(sd_final > 0) || !(sd_change >= 0))
        return NAN;
    double r = (sd_baseline * sd_baseline + sd_final * sd_final - sd_change * sd_change) /
               (2 * sd_baseline * sd_final);
    return r >= -1 && r <= 1 ? r : NAN;
}

double mean_of_quartiles(double q1, double median, double q3, double n)
{
    double w = 0.7 + 0.39 / n;
    return n >= 1 ? w * (q1 + q3) / 2 + (1 - w) * median : NAN;
}

double mean_of_range(double min, double median, double max, double n)
{
    double w = 4 / (4 + pow(n, 0.75));
    return n >= 1 ? w * (min + max) / 2 + (1 - w) * median : NAN;
}

double mean_of_five(double min, double q1, double median, double q3, double max, double n)
{
    double w1 = 2.2 / (2.2 + pow(n, 0.75));
    double w2 = 0.7 - 0.72 / pow(n, 0.55);
    return n >= 1 ? w1 * (min + max) / 2 + w2 * (q1 + q3) / 2 + (1 - w1 - w2) * median : NAN;
}

bool quartiles_skewed(double q1, double median, double q3, double n)
{
    if (!(n >= 5))
        return false;
    return fabs(q1 + q3 - 2 * median) / (q3 - q1) >= 2.65 / sqrt(n) - 6 / (n * n);
}

double se_of_interval(double lower, double upper, double level, double df)
{
    if (!(level > 0 && level < 1) || !(upper >= lower))
        return NAN;
    double critical = df > 0 ? t_critical(level, df) : normal_critical(level);
    return (upper - lower) / (2 * critical);
}

double se_of_p(double estimate, double p, double df)
{
    if (!(p > 0 && p < 1))
        return NAN;
    double quantile = df > 0 ? t_quantile(p / 2, df) : normal_quantile(p / 2);
    return fabs(estimate) / -quantile;
}

struct arm arm_combined(struct arm a, struct arm b)
{
    double n = a.n + b.n;
    double apart = a.mean - b.mean;
    double squares =
        (a.n - 1) * a.sd * a.sd + (b.n - 1) * b.sd * b.sd + a.n * b.n / n * apart * apart;
    return (struct arm){
        .n = n,
        .mean = (a.n * a.mean + b.n * b.mean) / n,
        .sd = sqrt(squares / (n - 1)),
    };
}

struct arm arm_split(struct arm arm, double parts)
{
    arm.n /= parts;
    return arm;
}

struct arm_printed arm_printed_empty(void)
{
    return (struct arm_printed){.n = NAN,
                                .mean = NAN,
                                .sd = NAN,
                                .se = NAN,
                                .ci_lower = NAN,
                                .ci_upper = NAN,
                                .ci_level = NAN,
                                .median = NAN,
                                .q1 = NAN,
                                .q3 = NAN,
                                .min = NAN,
                                .max = NAN};
}

/* Mean and SD by one way; NAN where it has not what it needs. */
static struct arm recovered_by(enum recovery way, const struct arm_printed *p)
{
    struct arm arm = {.n = p->n, .mean = p->mean, .sd = NAN};
    double level = isnan(p->ci_level) ? 0.95 : p->ci_level;
    switch (way) {
    case RECOVERY_AS_PRINTED:
        arm.sd = sd_or_none(p->sd);
        break;
    case RECOVERY_FROM_SE:
        arm.sd = sd_of_se(p->se, p->n);
        break;
    case RECOVERY_FROM_INTERVAL:
        arm.sd = sd_of_interval(p->ci_lower, p->ci_upper, level, p->n);
        break;
    case RECOVERY_FROM_FIVE_NUMBERS:
        arm.mean = mean_of_five(p->min, p->q1, p->median, p->q3, p->max, p->n);
        arm.sd = sd_of_five_shi(p->min, p->q1, p->q3, p->max, p->n);
        break;
    case RECOVERY_FROM_QUARTILES:
        arm.mean = mean_of_quartiles(p->q1, p->median, p->q3, p->n);
        arm.sd = sd_of_quartiles(p->q1, p->q3, p->n);
        break;
    case RECOVERY_FROM_RANGE:
        arm.mean = mean_of_range(p->min, p->median, p->max, p->n);
        arm.sd = sd_of_range(p->min, p->max, p->n);
        break;
    case RECOVERY_NONE:
    case RECOVERY_COUNT:
        break;
    }
    /* A printed mean is better than one made from a median. */
    if (isfinite(p->mean))
        arm.mean = p->mean;
    return arm;
}

enum recovery arm_recover(const struct arm_printed *printed, struct arm *out)
{
    for (int way = RECOVERY_AS_PRINTED; way < RECOVERY_COUNT; way++) {
        *out = recovered_by((enum recovery)way, printed);
        if (isfinite(out->mean) && isfinite(out->sd))
            return (enum recovery)way;
    }
    *out = recovered_by(RECOVERY_NONE, printed);
    return RECOVERY_NONE;
}

const char *recovery_text(enum recovery recovery)
{
    static const char *const texts[RECOVERY_COUNT] = {
        [RECOVERY_NONE] = "no SD and nothing to take one from",
        [RECOVERY_AS_PRINTED] = "mean and SD as printed",
        [RECOVERY_FROM_SE] = "SD from the standard error (Cochrane Handbook 6.5.2.2)",
        [RECOVERY_FROM_INTERVAL] = "SD from the interval of the mean (Cochrane Handbook 6.5.2.2)",
        [RECOVERY_FROM_FIVE_NUMBERS] =
            "mean from median, quartiles and range (Luo 2018), SD from the same (Shi 2020)",
        [RECOVERY_FROM_QUARTILES] =
            "mean from median and quartiles (Luo 2018), SD from the quartiles (Wan 2014)",
        [RECOVERY_FROM_RANGE] =
            "mean from median and range (Luo 2018), SD from the range (Wan 2014)",
    };
    return texts[recovery];
}
