#include "service/http/wire.h"

#include <string.h>

enum { SIZE_DIGITS = 8 }; /* of a chunk: more than any body may have */

static const char coding[] = "transfer-encoding:";

void wire_begin(struct wire *wire)
{
    *wire = (struct wire){.part = WIRE_LINE};
}

static int hex_of(char byte)
{
    static const char digits[] = "0123456789abcdef";
    char low = byte >= 'A' && byte <= 'F' ? (char)(byte - 'A' + 'a') : byte;
    const char *found = byte == '\0' ? NULL : strchr(digits, low);
    return found == NULL ? -1 : (int)(found - digits);
}

static bool is_version(const char tail[WIRE_TAIL_SIZE])
{
    return memcmp(tail, " HTTP/1.", WIRE_TAIL_SIZE - 1) == 0 && tail[WIRE_TAIL_SIZE - 1] >= '0' &&
           tail[WIRE_TAIL_SIZE - 1] <= '9';
}

/* True where the byte ends a line; every other byte is the line's. */
static bool ends_line(struct wire *wire, char byte)
{
    bool after_cr = wire->cr;
    wire->cr = byte == '\r';
    if (byte == '\n' && !after_cr)
        wire->fault = "a line ends without a CR before its LF";
    else if (byte != '\n' && after_cr)
        wire->fault = "a CR stands inside a line";
    else if (byte == '\0')
        wire->fault = "a NUL byte stands in the request";
    return byte == '\n';
}

/* -- lines -- */

static void end_head_line(struct wire *wire)
{
    bool empty = wire->column == 0;
    wire->column = 0;
    if (empty && wire->trailer)
        wire->part = WIRE_REST;
    else if (empty)
        wire->part = wire->chunked ? WIRE_SIZE : WIRE_REST;
    else if (wire->lines++ == 0 && !is_version(wire->tail))
        wire->fault = "the request line does not end with a space and HTTP/1.1 or HTTP/1.0";
}

static void note_name(struct wire *wire, char byte)
{
    char low = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    if (wire->column == 0)
        wire->coding_name = true;
    if (wire->column >= sizeof coding - 1)
        return;
    wire->coding_name = wire->coding_name && low == coding[wire->column];
    if (wire->coding_name && wire->column == sizeof coding - 2)
        wire->chunked = true;
}

static void read_line_byte(struct wire *wire, char byte)
{
    if (ends_line(wire, byte)) {
        end_head_line(wire);
        return;
    }
    if (byte == '\r')
        return;
    bool first = wire->lines == 0 && !wire->trailer;
    if (!first && wire->column == 0 && (byte == ' ' || byte == '\t'))
        wire->fault = "a header is folded over two lines";
    if (first) {
        memmove(wire->tail, wire->tail + 1, WIRE_TAIL_SIZE - 1);
        wire->tail[WIRE_TAIL_SIZE - 1] = byte;
    } else {
        note_name(wire, byte);
    }
    wire->column++;
}

/* -- chunks -- */

static void end_size(struct wire *wire)
{
    if (wire->column == 0)
        wire->fault = "a chunk has no size";
    wire->column = 0;
    wire->trailer = wire->left == 0;
    wire->part = wire->left == 0 ? WIRE_LINE : WIRE_CHUNK;
}

static void read_size_byte(struct wire *wire, char byte)
{
    int digit = hex_of(byte);
    if (ends_line(wire, byte)) {
        end_size(wire);
    } else if (digit >= 0 && wire->column < SIZE_DIGITS) {
        wire->left = wire->left * 16 + (uint64_t)digit;
        wire->column++;
    } else if (byte != '\r') {
        wire->fault = "a chunk's size is not a plain hexadecimal number alone on its line";
    }
}

static void read_chunk_end(struct wire *wire, char byte)
{
    if (ends_line(wire, byte))
        wire->part = WIRE_SIZE;
    else if (byte != '\r')
        wire->fault = "a chunk is longer than its size";
}

static size_t skip_chunk(struct wire *wire, size_t length)
{
    size_t taken = wire->left < length ? (size_t)wire->left : length;
    wire->left -= taken;
    if (wire->left == 0)
        wire->part = WIRE_CHUNK_END;
    return taken;
}

void wire_read(struct wire *wire, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length && wire->fault == NULL;) {
        switch (wire->part) {
        case WIRE_LINE:
            read_line_byte(wire, bytes[i++]);
            break;
        case WIRE_SIZE:
            read_size_byte(wire, bytes[i++]);
            break;
        case WIRE_CHUNK:
            i += skip_chunk(wire, length - i);
            break;
        case WIRE_CHUNK_END:
            read_chunk_end(wire, bytes[i++]);
            break;
        case WIRE_REST:
            return;
        }
    }
}
