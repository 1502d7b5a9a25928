/*
 * Bytes into the input that all readers of formats stand on, in gzip and not, broken and not.
 * Whatever is read in whatever steps is the same, no more than the limits allow comes out, and gzip
 * gives back what went in. `make fuzz` builds and runs it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "evidence/base/buffer.h"
#include "importers/formats/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STORED_MOST = 40000, INFLATED_MOST = 60000, STEPS = 3 };

static const struct input_limits limits = {
    .stored = STORED_MOST,
    .inflated = INFLATED_MOST,
    .ratio = 200,
};

/* What comes out in steps of `step` bytes, with a look at what is next now and then. */
static bool read_all(const void *bytes, size_t length, size_t step, struct buffer *out)
{
    struct input *input = input_memory(bytes, length, "fuzz", &limits);
    struct error err = {0};
    char *piece = malloc(step);
    long got;
    for (size_t round = 0; (got = input_read(input, piece, step, &err)) > 0; round++) {
        const char *head;
        size_t seen;
        buffer_append(out, piece, (size_t)got);
        if (round % 7 == 0 && input_peek(input, &head, &seen, &err) && seen > INPUT_PEEK_MOST)
            abort();
    }
    if (got < 0 && err.kind == ERROR_NONE)
        abort();
    free(piece);
    input_close(input);
    return got == 0;
}

/* The same bytes whatever the step, as far as they go; a limit may cut the last step short. */
static bool read_the_same(const void *bytes, size_t length, struct buffer *out)
{
    static const size_t steps[STEPS] = {65536, 1000, 7};
    bool whole = read_all(bytes, length, steps[0], out);
    for (size_t i = 1; i < STEPS; i++) {
        struct buffer again = {0};
        bool good = read_all(bytes, length, steps[i], &again);
        size_t shared = again.length < out->length ? again.length : out->length;
        if (good != whole || (good && again.length != out->length) ||
            again.length > INFLATED_MOST ||
            (shared > 0 && memcmp(again.bytes, out->bytes, shared) != 0))
            abort();
        buffer_release(&again);
    }
    return whole;
}

static void pack(const uint8_t *data, size_t size, struct buffer *out)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    uLong most = deflateBound(&stream, (uLong)size) + 32;
    uint8_t *packed = malloc(most);
    stream.next_in = (Bytef *)(uintptr_t)data;
    stream.avail_in = (uInt)size;
    stream.next_out = packed;
    stream.avail_out = (uInt)most;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        abort();
    buffer_append(out, packed, stream.total_out);
    deflateEnd(&stream);
    free(packed);
}

static void must_be(const struct buffer *out, const uint8_t *data, size_t size)
{
    if (out->length != size || (size > 0 && memcmp(out->bytes, data, size) != 0))
        abort();
}

static bool starts_as_gzip(const uint8_t *data, size_t size)
{
    return size >= 3 && data[0] == 0x1f && data[1] == 0x8b && data[2] == 8;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer packed = {0};
    struct buffer out = {0};
    if (size < 4)
        return 0;
    size_t place = (size_t)data[0] << 8 | data[1];
    uint8_t change = data[2];
    data += 3;
    size -= 3;
    if (read_the_same(data, size, &out) && !starts_as_gzip(data, size))
        must_be(&out, data, size);
    buffer_clear(&out);
    pack(data, size, &packed);
    if (size < STORED_MOST && packed.length < STORED_MOST) {
        if (!read_the_same(packed.bytes, packed.length, &out))
            abort();
        must_be(&out, data, size);
    }
    packed.bytes[place % packed.length] ^= (char)change;
    buffer_clear(&out);
    (void)read_the_same(packed.bytes, packed.length - (change & 1), &out);
    buffer_release(&packed);
    buffer_release(&out);
    return 0;
}
