/*
 * Eight bytes looked at together, for scanning what comes in. Taking 1 from a byte below 0x80 sets
 * its high bit only where it was 0. A borrow out of a byte may set that of the next one too: then
 * the byte before was found for certain, so that "none is found" is always true, and which one is
 * found is for a look at each.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_EIGHT_H
#define TOUCHSTONE_EVIDENCE_BASE_EIGHT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define EIGHT_EACH UINT64_C(0x0101010101010101)

/* The bytes, of which there have to be eight. */
static inline uint64_t eight_of(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* High bits where a byte is `wanted`, or less than `least`; both below 0x80, of ASCII. */
static inline uint64_t eight_is(uint64_t word, unsigned char wanted)
{
    return (word ^ EIGHT_EACH * wanted) - EIGHT_EACH;
}

static inline uint64_t eight_below(uint64_t word, unsigned char least)
{
    return word - EIGHT_EACH * least;
}

/* True if no byte is above 0x7F and none was found: `found` is what the two above gave, joined. */
static inline bool eight_are_ascii_but(uint64_t word, uint64_t found)
{
    return ((word | found) & EIGHT_EACH * 0x80) == 0;
}

#endif
