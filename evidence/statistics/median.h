/* The median of a list. */
#ifndef TOUCHSTONE_EVIDENCE_STATISTICS_MEDIAN_H
#define TOUCHSTONE_EVIDENCE_STATISTICS_MEDIAN_H

#include <stddef.h>

/* Sorts the values, of which none is NAN. NAN of none. */
double median_of(double *values, size_t count);

#endif
