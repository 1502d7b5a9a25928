#include "tests/importers/formats/reading.h"

#include "importers/formats/text_stream.h"

static const struct input_limits unlimited = {0};

struct told {
    struct buffer messages;
};

static void tell(void *context, const char *message)
{
    struct told *told = context;
    buffer_printf(&told->messages, "%s\n", message);
}

static void assert_text(const void *bytes, size_t length, const char *expected, const char *warning)
{
    struct told told = {0};
    const struct format_warnings warnings = {.warn = tell, .context = &told};
    struct input *input = input_memory(bytes, length, "memory", &unlimited);
    struct text_stream *stream = text_stream_new(input, &warnings);
    struct buffer out = {0};
    struct error err = {0};
    for (int byte; (byte = text_stream_peek(stream)) != TEXT_END;) {
        assert_int_equal(text_stream_next(stream), byte);
        buffer_byte(&out, (char)byte);
    }
    assert_int_equal(text_stream_next(stream), TEXT_END);
    assert_true(text_stream_ended_well(stream, &err));
    assert_string_equal(buffer_string(&out), expected);
    if (warning == NULL)
        assert_int_equal(told.messages.length, 0);
    else
        assert_non_null(strstr(buffer_string(&told.messages), warning));
    buffer_release(&out);
    buffer_release(&told.messages);
    text_stream_free(stream);
    input_close(input);
}

#define ASSERT_TEXT(bytes, expected, warning)                                                      \
    assert_text(bytes, sizeof(bytes) - 1, expected, warning)

static void line_ends_of_all_kinds_become_one(void **state)
{
    (void)state;
    ASSERT_TEXT("a\nb\r\nc\rd\r\r\ne\n\r", "a\nb\nc\nd\n\ne\n\n", NULL);
}

static void marks_and_nuls_are_no_text(void **state)
{
    (void)state;
    ASSERT_TEXT("\xEF\xBB\xBF"
                "a\0b\xEF\xBB\xBF"
                "c",
                "abc", NULL);
    ASSERT_TEXT("", "", NULL);
    ASSERT_TEXT("\xEF\xBB\xBF", "", NULL);
}

static void utf_16_is_known_by_its_mark_or_its_zeros(void **state)
{
    (void)state;
    ASSERT_TEXT("\xFF\xFE"
                "T\0Y\0\xE9\0\x3D\xD8\x00\xDE",
                "TYé😀", NULL);
    ASSERT_TEXT("\xFE\xFF\0T\0Y\0\xE9", "TYé", NULL);
    ASSERT_TEXT("T\0Y\0 \0 \0-\0 \0J\0\r\0\n\0", "TY  - J\n", NULL);
    ASSERT_TEXT("\0T\0Y\0 \0 \0-\0 \0J", "TY  - J", NULL);
    /* A surrogate without its other half, and half a unit at the end. */
    ASSERT_TEXT("\xFF\xFE"
                "a\0\x3D\xD8"
                "b\0c",
                "a\xEF\xBF\xBD"
                "b\xEF\xBF\xBD",
                NULL);
}

/* 0xE9 is é in Latin-1 and in Windows-1252, 0x93 and 0x94 are quotes in the latter. */
static void bytes_that_are_no_utf_8_are_read_as_windows_1252_and_told_once(void **state)
{
    (void)state;
    ASSERT_TEXT("ok\nGar\xE7on \x93so\x94 \x80", "ok\nGarçon “so” €",
                "memory: line 2: byte 0xE7 is no UTF-8");
    ASSERT_TEXT("é\xE9", "éé", "byte 0xE9");
    ASSERT_TEXT("cut \xC3", "cut Ã", "byte 0xC3");
}

static void a_character_across_two_reads_stays_whole(void **state)
{
    (void)state;
    struct buffer bytes = {0};
    /* The stream reads 64 KB at once. */
    for (size_t i = 0; i < 65535; i++)
        buffer_byte(&bytes, 'x');
    buffer_text(&bytes, "é");
    assert_text(bytes.bytes, bytes.length, bytes.bytes, NULL);
    buffer_release(&bytes);
}

static void lines_are_counted_and_long_ones_cut(void **state)
{
    (void)state;
    const char text[] = "one\ntwo\n\nfour";
    struct input *input = input_memory(text, sizeof text - 1, "memory", &unlimited);
    struct text_stream *stream = text_stream_new(input, NULL);
    struct buffer line = {0};
    assert_int_equal(text_stream_line(stream), 1);
    assert_true(text_stream_read_line(stream, &line, 100));
    assert_string_equal(buffer_string(&line), "one");
    assert_int_equal(text_stream_line(stream), 2);
    buffer_clear(&line);
    assert_true(text_stream_read_line(stream, &line, 1));
    assert_string_equal(buffer_string(&line), "tw");
    assert_true(text_stream_read_line(stream, &line, 100));
    assert_true(text_stream_read_line(stream, &line, 100));
    assert_string_equal(buffer_string(&line), "twfour");
    assert_false(text_stream_read_line(stream, &line, 100));
    buffer_release(&line);
    text_stream_free(stream);
    input_close(input);
}

static void many_bytes_are_taken_as_one_by_one(void **state)
{
    (void)state;
    static const char text[] = "ab\xC3\xA9 c\rd\r\n\"x\xE9y\"\0z";
    for (size_t most = 0; most < 12; most++) {
        struct input *input = input_memory(text, sizeof text - 1, "memory", &unlimited);
        struct text_stream *stream = text_stream_new(input, NULL);
        struct buffer out = {0};
        for (int byte; (byte = text_stream_take_until(stream, "\"", most, &out)) != TEXT_END;) {
            /* Whole characters, and no more of them than were asked for. */
            assert_true(byte < 0x80 || byte >= 0xC0);
            assert_int_equal(text_stream_peek(stream), byte);
            buffer_byte(&out, (char)text_stream_next(stream));
            for (; (text_stream_peek(stream) & 0xC0) == 0x80 && text_stream_peek(stream) > 0;)
                buffer_byte(&out, (char)text_stream_next(stream));
        }
        assert_string_equal(buffer_string(&out), "abé c\nd\n\"xéy\"z");
        assert_int_equal(text_stream_line(stream), 3);
        buffer_release(&out);
        text_stream_free(stream);
        input_close(input);
    }
}

/* 0x78 0x9C after a gzip header: a stream that breaks at once. */
static void what_broke_the_input_is_told_at_its_end(void **state)
{
    (void)state;
    const char broken[] = "\x1F\x8B\x08\0\0\0\0\0\0\x03\xFF\xFF\xFF\xFF\xFF";
    struct input *input = input_memory(broken, sizeof broken - 1, "memory", &unlimited);
    struct text_stream *stream = text_stream_new(input, NULL);
    struct error err = {0};
    assert_int_equal(text_stream_next(stream), TEXT_END);
    assert_false(text_stream_ended_well(stream, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    text_stream_free(stream);
    input_close(input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends_of_all_kinds_become_one),
        cmocka_unit_test(marks_and_nuls_are_no_text),
        cmocka_unit_test(utf_16_is_known_by_its_mark_or_its_zeros),
        cmocka_unit_test(bytes_that_are_no_utf_8_are_read_as_windows_1252_and_told_once),
        cmocka_unit_test(a_character_across_two_reads_stays_whole),
        cmocka_unit_test(lines_are_counted_and_long_ones_cut),
        cmocka_unit_test(many_bytes_are_taken_as_one_by_one),
        cmocka_unit_test(what_broke_the_input_is_told_at_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
