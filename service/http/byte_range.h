/* Parts of a body that are asked for by their bytes (RFC 9110, section 14). */
#ifndef TOUCHSTONE_SERVICE_HTTP_BYTE_RANGE_H
#define TOUCHSTONE_SERVICE_HTTP_BYTE_RANGE_H

#include <stdbool.h>
#include <stdint.h>

/* First and last byte, both included, counted from 0. */
struct byte_range {
    uint64_t first;
    uint64_t last;
};

enum byte_range_answer {
    BYTE_RANGE_WHOLE, /* no header, another unit, several parts, or none that makes sense: all of it
                       */
    BYTE_RANGE_PART,
    BYTE_RANGE_BEYOND /* begins after the end: 416 */
};

/* Reads a Range header (NULL: none) against a body of `length` bytes. */
enum byte_range_answer byte_range_read(const char *header, uint64_t length, struct byte_range *out);

#endif
