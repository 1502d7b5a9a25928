#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "evidence/base/buffer.h"
#include "importers/formats/author_name.h"

static const char *or_nothing(const char *text)
{
    return text == NULL ? "-" : text;
}

struct written {
    const char *text;
    const char *family;
    const char *given;
};

static void assert_persons(enum name_order order, const struct written *rows, size_t count)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        struct author author;
        assert_true(author_name_read(rows[i].text, order, arena, &author));
        if (author.group != NULL || strcmp(author.family, rows[i].family) != 0 ||
            strcmp(or_nothing(author.given), or_nothing(rows[i].given)) != 0)
            fail_msg("\"%s\" read as %s | %s | %s", rows[i].text, or_nothing(author.family),
                     or_nothing(author.given), or_nothing(author.group));
    }
    arena_free(arena);
}

#define ASSERT_PERSONS(order, rows) assert_persons(order, rows, sizeof(rows) / sizeof *(rows))

static void a_comma_parts_family_and_given_name(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"Rudnik, Agata", "Rudnik", "Agata"},  {"Slesser, A. A. P.", "Slesser", "A. A. P."},
        {"van Dijk, Jan", "van Dijk", "Jan"},  {"Orjalo, A. V., Jr.", "Orjalo", "A. V., Jr."},
        {" Smith , John ; ", "Smith", "John"}, {"Smith,", "Smith", NULL},
    };
    ASSERT_PERSONS(NAME_FAMILY_FIRST, rows);
    ASSERT_PERSONS(NAME_GIVEN_FIRST, rows);
}

static void commas_with_nothing_between_part_nothing(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {", Smith, John", "Smith", "John"},
        {"Smith,, John", "Smith", "John"},
        {", , C", "C", NULL},
    };
    ASSERT_PERSONS(NAME_FAMILY_FIRST, rows);
    ASSERT_PERSONS(NAME_GIVEN_FIRST, rows);
}

static void initials_behind_a_name_are_the_given_names(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"Adler D.G.", "Adler", "D.G."},
        {"Liu R.", "Liu", "R."},
        {"Chen L", "Chen", "L"},
        {"de la Cruz J", "de la Cruz", "J"},
        {"Li YJ", "Li", "YJ"},
        {"LI W", "LI", "W"},
        {"Orjalo AV Jr", "Orjalo", "AV Jr"},
        {"Müller Ö", "Müller", "Ö"},
        {"Ivanov Yu.A.", "Ivanov", "Yu.A."},
        {"Selvamani", "Selvamani", NULL},
        {"Ann Smith", "Smith", "Ann"},
    };
    ASSERT_PERSONS(NAME_FAMILY_FIRST, rows);
}

static void the_last_word_is_the_family_where_given_names_come_first(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"Lu Chen", "Chen", "Lu"},
        {"Ludwig van Beethoven", "van Beethoven", "Ludwig"},
        {"Hesham S Almoallim", "Almoallim", "Hesham S"},
        {"S S Priya", "Priya", "S S"},
        {"Martin Luther King Jr", "King Jr", "Martin Luther"},
        {"Wei LI", "LI", "Wei"},
        {"Plato", "Plato", NULL},
    };
    ASSERT_PERSONS(NAME_GIVEN_FIRST, rows);
}

static void a_group_is_no_person(void **state)
{
    (void)state;
    static const char *const groups[] = {"The ATLAS Study Group", "Cochrane Back Review Group",
                                         "World Health Organization", "Ministry of Health, Brazil"};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        struct author author;
        assert_true(author_name_read(groups[i], NAME_FAMILY_FIRST, arena, &author));
        assert_null(author.family);
        assert_string_equal(author.group, groups[i]);
    }
    arena_free(arena);
}

static void a_person_may_be_called_what_groups_are(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"Center, Sharon A.", "Center", "Sharon A."},
        {"Group, J", "Group", "J"},
    };
    ASSERT_PERSONS(NAME_FAMILY_FIRST, rows);
}

static void what_is_no_name_is_left_out(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "  ", ",", "et al.", "others", "[No authors listed]", "Anonymous"};
    struct arena *arena = arena_new();
    struct author author;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(author_name_read(texts[i], NAME_FAMILY_FIRST, arena, &author));
    assert_true(author_name_is_rest(" et al."));
    assert_false(author_name_is_rest("Anonymous"));
    arena_free(arena);
}

/* ---- lists ---- */

static void add_name(void *context, const char *name)
{
    struct buffer *out = context;
    buffer_printf(out, "%s[%s]", out->length > 0 ? " " : "", name);
}

static void names_in_one_field_are_parted(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *expected;
    } rows[] = {
        {"Rotter, Carina; Whittaker, Danielle", "[Rotter, Carina] [ Whittaker, Danielle]"},
        {"Harris, V. and Koelsch, K. and Le Panse, R.",
         "[Harris, V.] [Koelsch, K.] [Le Panse, R.]"},
        {"van Dijk, Jan and Smith, John", "[van Dijk, Jan] [Smith, John]"},
        {"Orjalo, A. V., Jr. and Hansson, H. E.", "[Orjalo, A. V., Jr.] [Hansson, H. E.]"},
        {"Chen L, Yu L, Li X.", "[Chen L] [Yu L] [Li X]"},
        {"Liu R., Adler D.G.", "[Liu R.] [Adler D.G.]"},
        {"Li, W., Dou, Z.", "[Li, W.] [Dou, Z.]"},
        {"Ann Smith, Bo Li and Cy Dee", "[Ann Smith] [Bo Li] [Cy Dee]"},
        {"Invernizzi, P.", "[Invernizzi, P.]"},
        {"Smith, John", "[Smith, John]"},
        {"van Dijk, Jan", "[van Dijk, Jan]"},
        {"Chen L, Yu L", "[Chen L] [Yu L]"},
        {"Smith J. A.", "[Smith J. A.]"},
        {"Chen L", "[Chen L]"},
        {"", ""},
    };
    struct arena *arena = arena_new();
    struct buffer out = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buffer_clear(&out);
        author_names_split(rows[i].text, add_name, &out, arena);
        assert_string_equal(buffer_string(&out), rows[i].expected);
    }
    author_names_split(NULL, add_name, &out, arena);
    buffer_release(&out);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comma_parts_family_and_given_name),
        cmocka_unit_test(commas_with_nothing_between_part_nothing),
        cmocka_unit_test(initials_behind_a_name_are_the_given_names),
        cmocka_unit_test(the_last_word_is_the_family_where_given_names_come_first),
        cmocka_unit_test(a_group_is_no_person),
        cmocka_unit_test(a_person_may_be_called_what_groups_are),
        cmocka_unit_test(what_is_no_name_is_left_out),
        cmocka_unit_test(names_in_one_field_are_parted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
