#include "importers/fetch/body.h"

#include <string.h>
#include <strings.h>

enum { CHUNK_BYTES = 65536, GZIP_WINDOW = 15 + 16 };

void body_begin(struct body *body, uint64_t stored_most, uint64_t inflated_most)
{
    buffer_clear(&body->bytes);
    if (body->stream_made)
        inflateEnd(&body->stream);
    *body = (struct body){
        .bytes = body->bytes, .stored_most = stored_most, .inflated_most = inflated_most};
}

static bool is(const char *coding, size_t length, const char *name)
{
    return length == strlen(name) && strncasecmp(coding, name, length) == 0;
}

bool body_set_coding(struct body *body, const char *coding, size_t length)
{
    if (is(coding, length, "identity"))
        return true;
    if (body->gzip || !(is(coding, length, "gzip") || is(coding, length, "x-gzip")))
        return false;
    body->gzip = true;
    return true;
}

static bool fail(struct body *body, enum body_fault fault)
{
    body->fault = fault;
    return false;
}

static bool keep(struct body *body, const void *bytes, size_t length)
{
    if (length > body->inflated_most - body->bytes.length)
        return fail(body, BODY_INFLATED_LIMIT);
    buffer_append(&body->bytes, bytes, length);
    return true;
}

/* The next member, where one follows: gzip files may be laid end to end (RFC 1952, section 2.2). */
static bool open_member(struct body *body)
{
    body->whole = false;
    if (body->stream_made)
        return inflateReset2(&body->stream, GZIP_WINDOW) == Z_OK;
    body->stream_made = inflateInit2(&body->stream, GZIP_WINDOW) == Z_OK;
    return body->stream_made;
}

static bool inflate_bytes(struct body *body, const void *bytes, size_t length)
{
    unsigned char chunk[CHUNK_BYTES];
    if (!body->stream_made && !open_member(body))
        return fail(body, BODY_BROKEN);
    body->stream.next_in = (z_const Bytef *)bytes;
    body->stream.avail_in = (uInt)length;
    do {
        if (body->whole && !open_member(body))
            return fail(body, BODY_BROKEN);
        body->stream.next_out = chunk;
        body->stream.avail_out = CHUNK_BYTES;
        int result = inflate(&body->stream, Z_NO_FLUSH);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
            return fail(body, BODY_BROKEN);
        body->whole = result == Z_STREAM_END;
        if (!keep(body, chunk, CHUNK_BYTES - body->stream.avail_out))
            return false;
        /* A full chunk may have left bytes inside zlib though all input is taken. */
    } while (body->stream.avail_in > 0 || (body->stream.avail_out == 0 && !body->whole));
    return true;
}

bool body_add(struct body *body, const void *bytes, size_t length)
{
    if (body->fault != BODY_FINE)
        return false;
    if (length > body->stored_most - body->stored)
        return fail(body, BODY_STORED_LIMIT);
    body->stored += length;
    if (length == 0)
        return true;
    return body->gzip ? inflate_bytes(body, bytes, length) : keep(body, bytes, length);
}

bool body_end(struct body *body)
{
    if (body->fault == BODY_FINE && body->gzip && body->stored > 0 && !body->whole)
        body->fault = BODY_CUT;
    return body->fault == BODY_FINE;
}

void body_release(struct body *body)
{
    if (body->stream_made)
        inflateEnd(&body->stream);
    buffer_release(&body->bytes);
    *body = (struct body){0};
}
