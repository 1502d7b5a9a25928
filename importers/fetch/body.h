/*
 * The body of an answer as it arrives: bytes on the wire and bytes after gzip are counted apart,
 * and each has its limit, so that neither a flood nor a bomb fills the memory.
 */
#ifndef TOUCHSTONE_IMPORTERS_FETCH_BODY_H
#define TOUCHSTONE_IMPORTERS_FETCH_BODY_H

#include <stdbool.h>
#include <stdint.h>
#include <zlib.h>

#include "evidence/base/buffer.h"

enum body_fault {
    BODY_FINE,
    BODY_STORED_LIMIT,   /* more on the wire than `stored_most` */
    BODY_INFLATED_LIMIT, /* more after gzip than `inflated_most` */
    BODY_BROKEN,         /* no gzip, or damaged */
    BODY_CUT,            /* gzip that ends before its end */
};

/* Zero-initialise, then body_begin; release with body_release. */
struct body {
    struct buffer bytes; /* inflated */
    uint64_t stored;     /* as they came */
    uint64_t stored_most;
    uint64_t inflated_most;
    enum body_fault fault;
    bool gzip;
    bool whole; /* gzip: the last member ended */
    bool stream_made;
    z_stream stream;
};

/* Empties it for another answer; keeps the memory. */
void body_begin(struct body *body, uint64_t stored_most, uint64_t inflated_most);

/* Content-Encoding: gzip, x-gzip or identity. False for another one, or a second one. Before the
 * first bytes. */
bool body_set_coding(struct body *body, const char *coding, size_t length);

/* Takes bytes from the wire. False with the fault, which stays. */
bool body_add(struct body *body, const void *bytes, size_t length);

/* No more will come. False with a fault, also where gzip is not at its end. */
bool body_end(struct body *body);

void body_release(struct body *body);

#endif
