/*
 * Eight bytes looked at together, for scanning what comes in: the first of them is the lowest of a
 * word, on any machine. Taking 1 from a byte below 0x80 sets its high bit only where it was 0. A
 * borrow out of a byte that was found may set that of the next one too, so the first that is found
 * is one for certain, and those behind it may not be.
 */
#ifndef TOUCHSTONE_EVIDENCE_BASE_EIGHT_H
#define TOUCHSTONE_EVIDENCE_BASE_EIGHT_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EIGHT_EACH UINT64_C(0x0101010101010101)

/* The bytes, of which there have to be eight. */
static inline uint64_t eight_of(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return le64toh(word);
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

/* How many bytes stand before the first that is above 0x7F or was found: 8 if there is none.
 * `found` is what the two above gave, joined. */
static inline size_t eight_before(uint64_t word, uint64_t found)
{
    uint64_t high = (word | found) & EIGHT_EACH * 0x80;
    return high == 0 ? sizeof word : (size_t)__builtin_ctzll(high) / 8;
}

#endif
