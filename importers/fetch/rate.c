#include "importers/fetch/rate.h"

#include <math.h>

double rate_wait(const struct rate *rate, double now)
{
    return fmax(0, rate->free_at - now);
}

void rate_take(struct rate *rate, double now, double per_second)
{
    rate_hold(rate, now + 1 / per_second);
}

void rate_hold(struct rate *rate, double until)
{
    rate->free_at = fmax(rate->free_at, until);
}
