#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "evidence/base/buffer.h"
#include "importers/formats/input.h"

static const struct input_limits unlimited = {0};

/* One gzip member, as gzip(1) would write it. */
static void add_member(struct buffer *out, const void *bytes, size_t length)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    uLong most = deflateBound(&stream, (uLong)length) + 32;
    unsigned char *packed = malloc(most);
    stream.next_in = (Bytef *)(uintptr_t)bytes;
    stream.avail_in = (uInt)length;
    stream.next_out = packed;
    stream.avail_out = (uInt)most;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    buffer_append(out, packed, stream.total_out);
    deflateEnd(&stream);
    free(packed);
}

/* All that can be read, in steps of `step` bytes; the error, if any, stays in `err`. */
static void read_all(struct input *input, size_t step, struct buffer *out, struct error *err)
{
    char *bytes = malloc(step);
    long length;
    while ((length = input_read(input, bytes, step, err)) > 0)
        buffer_append(out, bytes, (size_t)length);
    assert_int_equal(length, err->kind == ERROR_NONE ? 0 : -1);
    free(bytes);
}

static void assert_memory_reads_as(const void *bytes, size_t length, const char *expected)
{
    for (size_t step = 1; step < 5000; step = step * 7 + 1) {
        struct input *input = input_memory(bytes, length, "memory", &input_limits_default);
        struct buffer out = {0};
        struct error err = {0};
        read_all(input, step, &out, &err);
        assert_int_equal(err.kind, ERROR_NONE);
        assert_string_equal(buffer_string(&out), expected);
        buffer_release(&out);
        input_close(input);
    }
}

static void plain_bytes_come_as_they_are(void **state)
{
    (void)state;
    assert_memory_reads_as("", 0, "");
    assert_memory_reads_as("\x1f", 1, "\x1f");
    assert_memory_reads_as("\x1f\x8b no gzip", 10, "\x1f\x8b no gzip");
    assert_memory_reads_as("TY  - JOUR\r\n", 12, "TY  - JOUR\r\n");
}

static void gzip_is_inflated_member_after_member(void **state)
{
    (void)state;
    struct buffer packed = {0};
    add_member(&packed, "one ", 4);
    add_member(&packed, "", 0);
    add_member(&packed, "two", 3);
    assert_memory_reads_as(packed.bytes, packed.length, "one two");
    buffer_append(&packed, "\0\0\0\0\0", 5); /* what a tape's block is filled up with */
    assert_memory_reads_as(packed.bytes, packed.length, "one two");
    buffer_release(&packed);
}

static void assert_breaks(const struct buffer *packed, size_t length, const char *before,
                          const char *message)
{
    struct input *input = input_memory(packed->bytes, length, "cut.gz", &input_limits_default);
    struct buffer out = {0};
    struct error err = {0};
    read_all(input, 1000, &out, &err);
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_string_equal(err.message, message);
    assert_string_equal(buffer_string(&out), before);
    struct error again = {0};
    char byte;
    assert_int_equal(input_read(input, &byte, 1, &again), -1);
    assert_string_equal(again.message, message);
    buffer_release(&out);
    input_close(input);
}

/* A member of 4 bytes is 10 of header, 6 of data and 8 of trailer long (RFC 1951, 1952). */
static void broken_gzip_gives_what_is_whole_and_then_the_place(void **state)
{
    (void)state;
    struct buffer packed = {0};
    add_member(&packed, "one ", 4);
    assert_int_equal(packed.length, 24);
    assert_breaks(&packed, 20, "one ",
                  "cut.gz: the gzip data is broken at byte 20 (it stops in the middle); get the "
                  "file again");
    packed.bytes[17] ^= 1; /* of the checksum */
    assert_breaks(&packed, 24, "one ",
                  "cut.gz: the gzip data is broken at byte 20 (incorrect data check); get the "
                  "file again");
    packed.bytes[17] ^= 1;
    buffer_text(&packed, "rest");
    assert_breaks(&packed, 28, "one ",
                  "cut.gz: the gzip data is broken at byte 24 (something else follows the end of "
                  "the data); get the file again");
    buffer_release(&packed);
}

static void the_first_bytes_can_be_looked_at_and_stay(void **state)
{
    (void)state;
    struct buffer packed = {0};
    char *text = malloc(200001);
    memset(text, 'x', 200000);
    text[200000] = '\0';
    add_member(&packed, text, 200000);
    struct input *input = input_memory(packed.bytes, packed.length, "x", &unlimited);
    struct error err = {0};
    const char *head;
    size_t length;
    assert_true(input_peek(input, &head, &length, &err));
    assert_int_equal(length, INPUT_PEEK_MOST);
    assert_memory_equal(head, text, length);
    struct buffer out = {0};
    char some[10];
    assert_int_equal(input_read(input, some, 10, &err), 10);
    assert_true(input_peek(input, &head, &length, &err));
    assert_int_equal(length, INPUT_PEEK_MOST);
    read_all(input, 777, &out, &err);
    assert_int_equal(out.length, 200000 - 10);
    buffer_release(&out);
    buffer_release(&packed);
    input_close(input);
    free(text);
}

static void a_look_at_a_short_input_gives_all_of_it_and_no_error(void **state)
{
    (void)state;
    struct buffer packed = {0};
    add_member(&packed, "one ", 4);
    struct input *input = input_memory(packed.bytes, packed.length - 1, "x", &unlimited);
    struct error err = {0};
    const char *head;
    size_t length;
    assert_true(input_peek(input, &head, &length, &err)); /* the end is missing: told later */
    assert_int_equal(length, 4);
    struct buffer out = {0};
    read_all(input, 100, &out, &err);
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_string_equal(buffer_string(&out), "one ");
    assert_false(input_peek(input, &head, &length, &err));
    buffer_release(&out);
    buffer_release(&packed);
    input_close(input);
}

static void assert_limit(const struct buffer *bytes, struct input_limits limits, size_t most,
                         const char *message)
{
    struct input *input = input_memory(bytes->bytes, bytes->length, "big", &limits);
    struct buffer out = {0};
    struct error err = {0};
    read_all(input, 1000, &out, &err);
    assert_int_equal(err.kind, message == NULL ? ERROR_NONE : ERROR_LIMIT);
    assert_string_equal(err.message, message == NULL ? "" : message);
    assert_true(out.length <= most);
    buffer_release(&out);
    input_close(input);
}

static void limits_hold_on_both_sides_of_gzip(void **state)
{
    (void)state;
    struct buffer plain = {0};
    struct buffer packed = {0};
    struct input_limits few = {.stored = 9};
    buffer_text(&plain, "0123456789");
    assert_limit(&plain, few, 9, "big: longer than 9 bytes, the most that is read");
    assert_limit(&plain, (struct input_limits){.stored = 10, .inflated = 10}, 10, NULL);
    add_member(&packed, "0123456789", 10);
    assert_limit(&packed, (struct input_limits){.inflated = 10}, 10, NULL);
    assert_limit(&packed, (struct input_limits){.inflated = 9}, 9,
                 "big: longer than 9 bytes once inflated, the most that is read");
    assert_limit(&packed, few, 9, "big: longer than 9 bytes, the most that is read");
    buffer_release(&plain);
    buffer_release(&packed);
}

/* Zeros shrink about a thousand fold; 8 MB of them are far over 200. */
static void a_gzip_bomb_is_refused(void **state)
{
    (void)state;
    struct buffer packed = {0};
    size_t length = 8 << 20;
    void *zeros = calloc(1, length);
    add_member(&packed, zeros, length);
    struct input *input =
        input_memory(packed.bytes, packed.length, "bomb.gz", &input_limits_default);
    struct buffer out = {0};
    struct error err = {0};
    read_all(input, 65536, &out, &err);
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_non_null(strstr(err.message, "bomb.gz: inflates to more than 200 times its size"));
    assert_true(out.length < 2 << 20);
    buffer_release(&out);
    buffer_release(&packed);
    input_close(input);
    free(zeros);
}

static void write_file(const char *path, const struct buffer *bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->bytes, 1, bytes->length, file), bytes->length);
    fclose(file);
}

static void a_file_is_read_and_its_progress_told(void **state)
{
    (void)state;
    char path[] = "/tmp/touchstone-input-XXXXXX";
    close(mkstemp(path));
    struct buffer packed = {0};
    add_member(&packed, "of the file", 11);
    write_file(path, &packed);
    struct error err = {0};
    struct input *input = input_open(path, &input_limits_default, &err);
    assert_non_null(input);
    assert_string_equal(input_name(input), path);
    uint64_t taken;
    uint64_t total;
    input_progress(input, &taken, &total);
    assert_int_equal(taken, 0);
    assert_int_equal(total, packed.length);
    struct buffer out = {0};
    read_all(input, 4, &out, &err);
    assert_string_equal(buffer_string(&out), "of the file");
    input_progress(input, &taken, &total);
    assert_int_equal(taken, packed.length);
    input_close(input);
    unlink(path);
    buffer_release(&out);
    buffer_release(&packed);
}

/* Three bytes tell gzip apart, and a pipe may bring them one by one. */
static void standard_input_is_read_however_it_trickles(void **state)
{
    (void)state;
    int ends[2];
    struct buffer packed = {0};
    add_member(&packed, "through a pipe", 14);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        for (size_t i = 0; i < packed.length; i++) {
            if (write(ends[1], packed.bytes + i, 1) != 1)
                _exit(1);
            usleep(200);
        }
        _exit(0);
    }
    int kept = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    close(ends[1]);
    struct error err = {0};
    struct input *input = input_open("-", &input_limits_default, &err);
    assert_non_null(input);
    assert_string_equal(input_name(input), "standard input");
    struct buffer out = {0};
    read_all(input, 100, &out, &err);
    assert_int_equal(err.kind, ERROR_NONE);
    assert_string_equal(buffer_string(&out), "through a pipe");
    input_close(input);
    assert_int_equal(waitpid(child, NULL, 0), child);
    dup2(kept, STDIN_FILENO);
    close(kept);
    buffer_release(&out);
    buffer_release(&packed);
}

static void what_cannot_be_opened_says_so(void **state)
{
    (void)state;
    struct error err = {0};
    assert_null(input_open("/nowhere/at.xml", &input_limits_default, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    assert_string_equal(err.message, "/nowhere/at.xml: No such file or directory");
    err = (struct error){0};
    assert_null(input_open("/tmp", &input_limits_default, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_string_equal(err.message, "/tmp: is a folder, not a file");
    input_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_bytes_come_as_they_are),
        cmocka_unit_test(gzip_is_inflated_member_after_member),
        cmocka_unit_test(broken_gzip_gives_what_is_whole_and_then_the_place),
        cmocka_unit_test(the_first_bytes_can_be_looked_at_and_stay),
        cmocka_unit_test(a_look_at_a_short_input_gives_all_of_it_and_no_error),
        cmocka_unit_test(limits_hold_on_both_sides_of_gzip),
        cmocka_unit_test(a_gzip_bomb_is_refused),
        cmocka_unit_test(a_file_is_read_and_its_progress_told),
        cmocka_unit_test(standard_input_is_read_however_it_trickles),
        cmocka_unit_test(what_cannot_be_opened_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
