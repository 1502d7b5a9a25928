#include "evidence/base/buffer.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/arena.h"

enum { SMALLEST_CAPACITY = 256, NUMBER_SIZE = 32 };

/* Beyond this magnitude a double's integers are no longer all exact. */
static const double LARGEST_EXACT_INTEGER = 9007199254740992.0;

/* Below this a number is written with an exponent. */
static const double SMALLEST_DECIMAL = 1e-4;

void buffer_reserve(struct buffer *buffer, size_t more)
{
    size_t needed = buffer->length + more + 1;
    if (needed <= buffer->capacity)
        return;
    size_t capacity = buffer->capacity < SMALLEST_CAPACITY ? SMALLEST_CAPACITY : buffer->capacity;
    while (capacity < needed)
        capacity *= 2;
    buffer->bytes = memory_resize(buffer->bytes, capacity);
    buffer->capacity = capacity;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t length)
{
    buffer_reserve(buffer, length);
    if (length > 0)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

/* Written where it will stand; a second time only where it did not fit. */
void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_list again;
    buffer_reserve(buffer, 0);
    size_t room = buffer->capacity - buffer->length;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(buffer->bytes + buffer->length, room, format, arguments);
    va_end(arguments);
    if (length > 0 && (size_t)length >= room) {
        buffer_reserve(buffer, (size_t)length);
        vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
    }
    if (length > 0)
        buffer->length += (size_t)length;
    va_end(again);
}

static size_t count_digits(unsigned long long value)
{
    size_t count = 1;
    for (; value >= 10; value /= 10)
        count++;
    return count;
}

void buffer_integer(struct buffer *buffer, long long value)
{
    unsigned long long left = value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;
    if (value < 0)
        buffer_byte(buffer, '-');
    size_t count = count_digits(left);
    for (char *digits = buffer_extend(buffer, count); count > 0; left /= 10)
        digits[--count] = (char)('0' + left % 10);
}

/*
 * Nearly all numbers have a few decimals, as 2.29: those are told apart by one division. A quotient
 * of two whole numbers that a double holds is the double nearest to that decimal, so if it is the
 * value, the decimal reads back as the value. False where that takes more than six decimals or 15
 * digits.
 */
static bool append_decimal(struct buffer *buffer, double value)
{
    static const double powers[] = {10, 100, 1000, 10000, 100000, 1000000};
    const double largest = 1e15;
    for (int decimals = 1; decimals <= 6; decimals++) {
        double power = powers[decimals - 1];
        double scaled = fabs(value) * power;
        if (!(scaled < largest))
            return false;
        long long digits = (long long)(scaled + 0.5);
        if ((double)digits / power != fabs(value))
            continue;
        if (value < 0)
            buffer_byte(buffer, '-');
        buffer_integer(buffer, digits / (long long)power);
        buffer_byte(buffer, '.');
        char *decimal = buffer_extend(buffer, (size_t)decimals);
        for (int i = decimals; i > 0; i--, digits /= 10)
            decimal[i - 1] = (char)('0' + digits % 10);
        return true;
    }
    return false;
}

static void shortest(char text[NUMBER_SIZE], double value)
{
    /* %g drops trailing zeros, so 15 digits already print any shorter number in its own length. */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, NUMBER_SIZE, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            return;
    }
}

/* JSON has no use for the plus sign and the zero in "1e+07" and "1e-07". */
static void append_exponent_tidied(struct buffer *buffer, const char *text)
{
    const char *exponent = strchr(text, 'e');
    if (exponent == NULL) {
        buffer_text(buffer, text);
        return;
    }
    buffer_append(buffer, text, (size_t)(exponent - text) + 1);
    exponent++;
    if (*exponent == '-')
        buffer_byte(buffer, '-');
    exponent++;
    while (*exponent == '0' && exponent[1] != '\0')
        exponent++;
    buffer_text(buffer, exponent);
}

void buffer_number(struct buffer *buffer, double value)
{
    char text[NUMBER_SIZE];
    if (value == 0) {
        buffer_byte(buffer, '0'); /* minus zero is zero to a reader */
    } else if (fabs(value) < LARGEST_EXACT_INTEGER && value == (double)(long long)value) {
        buffer_integer(buffer, (long long)value);
    } else if (fabs(value) < SMALLEST_DECIMAL || !append_decimal(buffer, value)) {
        shortest(text, value);
        append_exponent_tidied(buffer, text);
    }
}

const char *buffer_string(const struct buffer *buffer)
{
    return buffer->bytes == NULL ? "" : buffer->bytes;
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    if (buffer->bytes != NULL)
        buffer->bytes[0] = '\0';
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}
