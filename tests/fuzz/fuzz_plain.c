/* What counts as a plain request stands in the bytes as it was read, and says nothing that the
 * reader of a whole request would take in another way. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "service/http/framing.h"
#include "service/http/plain.h"
#include "service/http/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_piece(struct buffer *out, const char *bytes, struct piece piece)
{
    buffer_append(out, bytes + piece.from, piece.length);
}

/* Written from what was read, and read again, it is the same. */
static void write_again(const struct plain *plain, const char *bytes, struct buffer *out)
{
    buffer_text(out, method_name(plain->method));
    buffer_byte(out, ' ');
    put_piece(out, bytes, plain->target);
    buffer_text(out, " HTTP/1.1\r\n");
    for (size_t i = 0; i < plain->header_count; i++) {
        put_piece(out, bytes, plain->names[i]);
        buffer_text(out, ": ");
        put_piece(out, bytes, plain->values[i]);
        buffer_text(out, "\r\n");
    }
    buffer_text(out, "\r\n");
}

static void must(bool holds)
{
    if (!holds)
        abort();
}

static bool is_same(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

/* Whoever looks at the framing of any request finds it sound, the connection left open, and the
 * same path and query. */
static void check_framing(const struct plain *plain, const char *bytes, struct arena *arena)
{
    struct request request = {.arena = arena};
    const char *path = NULL;
    const char *query = NULL;
    plain_copy(plain, bytes, &request);
    const char *target = arena_strndup(arena, bytes + plain->target.from, plain->target.length);
    struct framing framing =
        framing_check(request.method, 1, target, request.headers, request.header_count);
    must(framing.refusal == REFUSAL_NONE && !framing.close);
    must(framing_split(target, arena, &path, &query));
    must(is_same(request.path, path) && is_same(request.raw_query, query));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    struct plain plain;
    struct plain again;
    struct wire wire;
    struct buffer written = {0};
    if (!plain_read(bytes, size, &plain))
        return 0;
    wire_begin(&wire);
    wire_read(&wire, bytes, plain.head_length);
    if (wire.fault != NULL || wire.part != WIRE_REST)
        abort(); /* the strict reader of bytes sees no end, or another one */
    write_again(&plain, bytes, &written);
    if (written.length <= MAX_PLAIN_BYTES &&
        (!plain_read(written.bytes, written.length, &again) ||
         again.head_length != written.length || again.body_length != plain.body_length ||
         again.header_count != plain.header_count))
        abort();
    struct arena *arena = arena_new();
    if (plain_length(&plain) <= size)
        check_framing(&plain, bytes, arena);
    arena_free(arena);
    buffer_release(&written);
    return 0;
}
