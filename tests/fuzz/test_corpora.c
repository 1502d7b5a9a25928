/* The inputs that the fuzz targets are run on by `make test`. Run from the root of the project. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "service/api/api.h"
#include "tests/fuzz/corpus_file.h"

enum { EVERY_BYTE = 256 };

static void read_corpus(const char *path, struct arena *arena, struct corpus *out)
{
    struct error err = {0};
    if (!corpus_read(path, arena, out, &err))
        fail_msg("%s", err.message);
}

static const char *corpus_of(const char *target, struct arena *arena)
{
    size_t name = strlen("fuzz_");
    size_t length = strlen(target) - name - strlen(".c");
    return arena_printf(arena, "tests/fuzz/corpora/%.*s.txt", (int)length, target + name);
}

static void every_target_has_inputs(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct error err = {0};
    size_t count = 0;
    const char *const *names = folder_list("tests/fuzz", ".c", arena, &count, &err);
    size_t targets = 0;
    assert_non_null(names);
    for (size_t i = 0; i < count; i++) {
        struct corpus corpus;
        if (strncmp(names[i], "fuzz_", strlen("fuzz_")) != 0)
            continue;
        read_corpus(corpus_of(names[i], arena), arena, &corpus);
        if (corpus.count == 0)
            fail_msg("%s has no input", names[i]);
        targets++;
    }
    assert_true(targets > 0);
    arena_free(arena);
}

/* A line as it was, with what it held. */
static void must_be(const struct corpus_input *input, size_t line, const char *bytes, size_t length)
{
    assert_int_equal(input->line, line);
    assert_int_equal(input->length, length);
    assert_memory_equal(input->bytes, bytes, length);
}

static bool read_text(const char *text, struct arena *arena, struct corpus *out, struct error *err)
{
    char path[] = "/tmp/touchstone-corpus-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, text, strlen(text), err));
    bool good = corpus_read(path, arena, out, err);
    unlink(path);
    return good;
}

static void an_input_is_a_line_and_a_comment_tells_of_the_one_after_it(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct corpus corpus;
    struct error err = {0};
    assert_true(read_text("# of the first\na\\n\\x00\\\\b\n\n\\e\n\\x23 c", arena, &corpus, &err));
    assert_int_equal(corpus.count, 3);
    must_be(&corpus.inputs[0], 2, "a\n\0\\b", 5);
    assert_string_equal(corpus.inputs[0].about, "of the first");
    must_be(&corpus.inputs[1], 4, "", 0);
    assert_null(corpus.inputs[1].about);
    must_be(&corpus.inputs[2], 5, "# c", 3);
    arena_free(arena);
}

static void an_escape_that_is_none_is_told_with_its_line(void **state)
{
    (void)state;
    static const char *const wrong[] = {"a\nb\\", "a\n\\x", "a\n\\xg0", "a\n\\x0G", "a\n\\q"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena *arena = arena_new();
        struct corpus corpus;
        struct error err = {0};
        assert_false(read_text(wrong[i], arena, &corpus, &err));
        assert_int_equal(err.kind, ERROR_INVALID);
        assert_non_null(strstr(err.message, "line 2"));
        arena_free(arena);
    }
}

/* Every byte, in the middle and at both ends, where '#' and a space are written otherwise. */
static void what_is_written_is_read_again(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (int byte = 0; byte < EVERY_BYTE; byte++) {
        const char bytes[] = {(char)byte, 'a', (char)byte, 'b', (char)byte};
        struct buffer line = {0};
        struct corpus corpus = {0};
        struct error err = {0};
        corpus_write(bytes, sizeof bytes, &line);
        assert_true(read_text(buffer_string(&line), arena, &corpus, &err));
        assert_int_equal(corpus.count, 1);
        must_be(&corpus.inputs[0], 1, bytes, sizeof bytes);
        buffer_release(&line);
    }
    arena_free(arena);
}

/* -- the inputs of the whole service -- */

static enum method method_called(const char *name, size_t length)
{
    for (unsigned method = METHOD_GET; method <= METHOD_OPTIONS; method <<= 1)
        if (strlen(method_name((enum method)method)) == length &&
            strncmp(name, method_name((enum method)method), length) == 0)
            return (enum method)method;
    return METHOD_OPTIONS;
}

/* Marks the route of each request in the input: they are parted by a line "--". */
static void mark_routes(const struct routes *routes, const char *input, struct arena *arena,
                        bool *reached)
{
    while (input != NULL) {
        size_t length = strcspn(input, " ");
        const char *path = input + length + 1;
        struct match match;
        struct error err = {0};
        if (routes_match(routes, method_called(input, length),
                         arena_strndup(arena, path, strcspn(path, " ?\n")), arena, &match, &err) &&
            match.route != NULL)
            reached[match.route - service_routes] = true;
        input = strstr(input, "\n--\n");
        input = input == NULL ? NULL : input + strlen("\n--\n");
    }
}

static void every_route_is_asked(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct error err = {0};
    struct corpus corpus;
    struct routes *routes = routes_new(service_routes, service_route_count, &err);
    bool *reached = arena_array(arena, service_route_count, sizeof *reached);
    assert_non_null(routes);
    read_corpus("tests/fuzz/corpora/route.txt", arena, &corpus);
    for (size_t i = 0; i < corpus.count; i++)
        mark_routes(routes, corpus.inputs[i].bytes, arena, reached);
    for (size_t i = 0; i < service_route_count; i++)
        if (!reached[i])
            fail_msg("no input of tests/fuzz/corpora/route.txt asks %s %s",
                     method_list(service_routes[i].methods, arena), service_routes[i].pattern);
    routes_free(routes);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_target_has_inputs),
        cmocka_unit_test(an_input_is_a_line_and_a_comment_tells_of_the_one_after_it),
        cmocka_unit_test(an_escape_that_is_none_is_told_with_its_line),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(every_route_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
