/* Bytes that grow: what answers, pages and messages are written into. */
#ifndef TOUCHSTONE_EVIDENCE_BASE_BUFFER_H
#define TOUCHSTONE_EVIDENCE_BASE_BUFFER_H

#include <stddef.h>

#include "evidence/base/error.h"

/* Zero-initialise; release with buffer_release. `bytes` is NUL-terminated once anything was added.
 */
struct buffer {
    char *bytes;
    size_t length;
    size_t capacity;
};

void buffer_append(struct buffer *buffer, const void *bytes, size_t length);

/* Makes room for so many bytes more, and for a NUL behind them. */
void buffer_reserve(struct buffer *buffer, size_t more);

/* Makes it `length` bytes longer and gives the first of them, for the caller to fill in. */
static inline char *buffer_extend(struct buffer *buffer, size_t length)
{
    if (buffer->capacity - buffer->length <= length)
        buffer_reserve(buffer, length);
    char *first = buffer->bytes + buffer->length;
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
    return first;
}

void buffer_text(struct buffer *buffer, const char *text);
static inline void buffer_byte(struct buffer *buffer, char byte)
{
    *buffer_extend(buffer, 1) = byte;
}
void buffer_printf(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);

void buffer_integer(struct buffer *buffer, long long value);

/* The fewest significant digits that read back as the same double: 0.1, -3, 1e-7. `value` is
 * finite. */
void buffer_number(struct buffer *buffer, double value);

/* The text so far, "" if there is none; borrowed until the next change. */
const char *buffer_string(const struct buffer *buffer);

/* Empties it and keeps the memory; frees the memory. */
void buffer_clear(struct buffer *buffer);
void buffer_release(struct buffer *buffer);

#endif
