/* How often a host may be asked: requests are spaced evenly, no bursts, and a host that asked for
 * quiet gets it. Times are seconds of a clock that never goes back. */
#ifndef TOUCHSTONE_IMPORTERS_FETCH_RATE_H
#define TOUCHSTONE_IMPORTERS_FETCH_RATE_H

/* Zero-initialise. */
struct rate {
    double free_at; /* the next request may go from then on */
};

/* Seconds until a request may go; 0: now. */
double rate_wait(const struct rate *rate, double now);

/* A request goes now; the next one 1 / per_second later. */
void rate_take(struct rate *rate, double now, double per_second);

/* No request before `until`. */
void rate_hold(struct rate *rate, double until);

#endif
