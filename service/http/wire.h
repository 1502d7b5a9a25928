/*
 * A request's bytes as they came, watched for what evhttp forgives and the next reader might not
 * (RFC 9112, sections 2.2, 3, 5.2 and 7.1): a line that ends without CR LF, a CR or a NUL inside a
 * line, a folded header, a version that is not HTTP/1.x to the letter, a chunk whose size is more
 * or less than a plain hexadecimal number on a line of its own. It reads along and changes nothing;
 * evhttp finds the request's end.
 */
#ifndef TOUCHSTONE_SERVICE_HTTP_WIRE_H
#define TOUCHSTONE_SERVICE_HTTP_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum wire_part {
    WIRE_LINE,      /* of the head, or of the trailer */
    WIRE_SIZE,      /* of a chunk */
    WIRE_CHUNK,     /* its bytes */
    WIRE_CHUNK_END, /* the line's end behind them */
    WIRE_REST       /* a body by its length, or what follows the request: not looked at */
};

enum { WIRE_TAIL_SIZE = 9 }; /* " HTTP/1.1" */

/* Of the request that is being read. */
struct wire {
    const char *fault; /* what is wrong with it, a literal; NULL: nothing so far */
    enum wire_part part;
    size_t lines;              /* ended */
    size_t column;             /* bytes of the line under way, its CR not counted */
    char tail[WIRE_TAIL_SIZE]; /* the last of the first line */
    bool cr;                   /* the byte before was a CR */
    bool coding_name;          /* the line has begun like the header Transfer-Encoding so far */
    bool chunked;              /* … and one did wholly */
    bool trailer;
    uint64_t left; /* of the chunk, or its size as far as it was read */
};

/* Before a request's first byte. */
void wire_begin(struct wire *wire);

/* The next bytes. After a fault nothing more is looked at. */
void wire_read(struct wire *wire, const char *bytes, size_t length);

#endif
