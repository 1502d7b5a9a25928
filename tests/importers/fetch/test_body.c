/* What gzip holds is made by zlib itself; the limits are the tests' own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/arena.h"
#include "importers/fetch/body.h"

enum { MUCH = 1 << 20 };

static size_t gzip_into(unsigned char *out, size_t size, const void *bytes, size_t length)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (z_const Bytef *)bytes;
    stream.avail_in = (uInt)length;
    stream.next_out = out;
    stream.avail_out = (uInt)size;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t made = stream.total_out;
    deflateEnd(&stream);
    return made;
}

static bool add_in_pieces(struct body *body, const unsigned char *bytes, size_t length,
                          size_t piece)
{
    for (size_t at = 0; at < length; at += piece)
        if (!body_add(body, bytes + at, length - at < piece ? length - at : piece))
            return false;
    return true;
}

static void gzip(struct body *body)
{
    assert_true(body_set_coding(body, "gzip", 4));
}

static void plain_bytes_come_as_they_are(void **state)
{
    (void)state;
    struct body body = {0};
    body_begin(&body, 100, 100);
    assert_true(body_add(&body, "ab", 2));
    assert_true(body_add(&body, "", 0));
    assert_true(body_add(&body, "c\0d", 3));
    assert_true(body_end(&body));
    assert_int_equal(body.bytes.length, 5);
    assert_memory_equal(body.bytes.bytes, "abc\0d", 5);
    body_release(&body);
}

static void gzip_comes_inflated_wherever_it_is_cut_into_pieces(void **state)
{
    (void)state;
    unsigned char packed[200];
    const char text[] = "needling, needling, needling and a little more of something else";
    size_t first = gzip_into(packed, sizeof packed, text, 20);
    size_t length =
        first + gzip_into(packed + first, sizeof packed - first, text + 20, sizeof text - 20);
    for (size_t piece = 1; piece <= length; piece++) {
        struct body body = {0};
        body_begin(&body, 1000, 1000);
        gzip(&body);
        assert_true(add_in_pieces(&body, packed, length, piece));
        assert_true(body_end(&body));
        assert_int_equal(body.stored, length);
        assert_int_equal(body.bytes.length, sizeof text);
        assert_memory_equal(body.bytes.bytes, text, sizeof text);
        body_release(&body);
    }
}

static void more_on_the_wire_than_allowed_is_refused_at_the_first_byte_too_many(void **state)
{
    (void)state;
    struct body body = {0};
    body_begin(&body, 4, 100);
    assert_true(body_add(&body, "abcd", 4));
    assert_false(body_add(&body, "e", 1));
    assert_int_equal(body.fault, BODY_STORED_LIMIT);
    assert_false(body_add(&body, "", 0)); /* a fault stays */
    assert_false(body_end(&body));
    body_release(&body);
}

/* 64 MB of zeros are 65 KB of gzip. */
static void a_bomb_stops_at_its_limit_and_takes_no_more_memory_than_that(void **state)
{
    (void)state;
    enum { BOMB = 64 << 20 };
    unsigned char *zeros = memory_alloc(BOMB);
    unsigned char *packed = memory_alloc(MUCH);
    memset(zeros, 0, BOMB);
    size_t length = gzip_into(packed, MUCH, zeros, BOMB);
    assert_true(length < MUCH / 8);
    struct body body = {0};
    body_begin(&body, MUCH, MUCH);
    gzip(&body);
    assert_false(body_add(&body, packed, length));
    assert_int_equal(body.fault, BODY_INFLATED_LIMIT);
    assert_true(body.bytes.length <= MUCH && body.bytes.capacity <= 2 * MUCH);
    body_release(&body);
    free(zeros);
    free(packed);
}

static void a_bomb_of_many_small_members_is_one_too(void **state)
{
    (void)state;
    unsigned char packed[100];
    char zeros[1000] = {0};
    size_t length = gzip_into(packed, sizeof packed, zeros, sizeof zeros);
    struct body body = {0};
    body_begin(&body, MUCH, 10500);
    gzip(&body);
    int members = 0;
    while (members < 100 && body_add(&body, packed, length))
        members++;
    assert_int_equal(members, 10);
    assert_int_equal(body.fault, BODY_INFLATED_LIMIT);
    body_release(&body);
}

static void gzip_that_is_cut_is_told_from_gzip_that_is_damaged(void **state)
{
    (void)state;
    unsigned char packed[200];
    size_t length = gzip_into(packed, sizeof packed, "some words to be packed", 24);
    for (size_t kept = 1; kept < length; kept++) {
        struct body body = {0};
        body_begin(&body, 1000, 1000);
        gzip(&body);
        assert_true(body_add(&body, packed, kept));
        assert_false(body_end(&body));
        assert_int_equal(body.fault, BODY_CUT);
        body_release(&body);
    }
    packed[length - 6] ^= 1; /* the checksum */
    struct body body = {0};
    body_begin(&body, 1000, 1000);
    gzip(&body);
    assert_false(body_add(&body, packed, length));
    assert_int_equal(body.fault, BODY_BROKEN);
    body_release(&body);
}

static void text_that_calls_itself_gzip_is_damaged(void **state)
{
    (void)state;
    struct body body = {0};
    body_begin(&body, 1000, 1000);
    gzip(&body);
    assert_false(body_add(&body, "<html>Sorry</html>", 18));
    assert_int_equal(body.fault, BODY_BROKEN);
    body_release(&body);
}

static void an_empty_body_is_whole_whatever_its_coding(void **state)
{
    (void)state;
    struct body body = {0};
    body_begin(&body, 1000, 1000);
    gzip(&body);
    assert_true(body_end(&body));
    assert_int_equal(body.bytes.length, 0);
    body_release(&body);
}

static void only_one_gzip_or_none_is_a_coding_we_asked_for(void **state)
{
    (void)state;
    struct body body = {0};
    body_begin(&body, 1000, 1000);
    assert_true(body_set_coding(&body, "identity", 8));
    assert_false(body_set_coding(&body, "br", 2));
    assert_false(body_set_coding(&body, "gzip, gzip", 10));
    assert_false(body_set_coding(&body, "", 0));
    assert_true(body_set_coding(&body, "X-GZip", 6));
    assert_false(body_set_coding(&body, "gzip", 4));
    body_release(&body);
}

static void one_body_serves_many_answers(void **state)
{
    (void)state;
    unsigned char packed[100];
    size_t length = gzip_into(packed, sizeof packed, "again", 5);
    struct body body = {0};
    for (int i = 0; i < 3; i++) {
        body_begin(&body, 1000, 1000);
        gzip(&body);
        assert_true(body_add(&body, packed, i == 1 ? length / 2 : length));
        assert_int_equal(body_end(&body), i != 1);
    }
    assert_memory_equal(body.bytes.bytes, "again", 6);
    body_release(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_bytes_come_as_they_are),
        cmocka_unit_test(gzip_comes_inflated_wherever_it_is_cut_into_pieces),
        cmocka_unit_test(more_on_the_wire_than_allowed_is_refused_at_the_first_byte_too_many),
        cmocka_unit_test(a_bomb_stops_at_its_limit_and_takes_no_more_memory_than_that),
        cmocka_unit_test(a_bomb_of_many_small_members_is_one_too),
        cmocka_unit_test(gzip_that_is_cut_is_told_from_gzip_that_is_damaged),
        cmocka_unit_test(text_that_calls_itself_gzip_is_damaged),
        cmocka_unit_test(an_empty_body_is_whole_whatever_its_coding),
        cmocka_unit_test(only_one_gzip_or_none_is_a_coding_we_asked_for),
        cmocka_unit_test(one_body_serves_many_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
