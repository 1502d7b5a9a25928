/* The report on a base, as people and programs read it. */
#include "tests/evidence/rating/small_base.h"

#include <stdio.h>

#include "service/views/report_text.h"

/* A trial of four whose SD is too small, two records of one trial, a review that is not there, an
 * interval off its estimate. */
static struct catalog *odd_catalog(struct small **small)
{
    *small = small_new();
    small_simple(*small, "a", "sham", 30, -1, "'pooled_in':['pmid:99'],");
    small_simple(*small, "b", "sham", 25, -1, "");
    small_simple(*small, "c", "sham", 20, -1, "'registrations':['nct00000001'],");
    small_trial(*small, "d", 2015, "neck-pain", "'registrations':['nct00000001'],",
                small_pain(*small, "sham", small_arms(*small, 30, 4, 0.5, 30, 5, 0.5)));
    small_trial(*small, "e", 2015, "neck-pain", "",
                small_pain(*small, "nothing", small_md(*small, -1.9, -2, 2)));
    return small_rate(*small);
}

static const char *printed(struct small *small, const struct catalog *catalog)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    struct terminal terminal = {.out = out, .colour = false, .width = 80};
    struct report report = report_of(catalog, small->arena);
    print_report(&terminal, &report, small->arena);
    fclose(out);
    const char *copy = arena_strdup(small->arena, text);
    free(text);
    return copy;
}

static void the_report_names_what_is_covered_missing_and_odd(void **state)
{
    (void)state;
    struct small *small;
    struct catalog *catalog = odd_catalog(&small);
    const char *text = printed(small, catalog);
    says(text, "What is covered, by intervention");
    says(text,
         "\n  Massage                             5       -    210+   2015     2/2  very-low\n");
    says(text, "Interventions without any study: 1 of 2\n      exercise\n");
    says(text, "An SD under a third of the others' (perhaps a standard error): 1\n"
               "    ts:d/results/0 (d 2015)\n      " PAIN_SHAM);
    says(text, "An interval that is not around its estimate: 1\n    ts:e/results/0");
    says(text, "Perhaps one study under two ids: 1\n    ts:c and ts:d\n      both are registered");
    says(text, "the base does not hold: 1\n    pmid:99, by ts:a\n");
    catalog_release(catalog);
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    (void)state;
    struct small *small;
    struct catalog *catalog = odd_catalog(&small);
    char *text = arena_strdup(small->arena, printed(small, catalog));
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
        if (terminal_columns(line) > 80)
            fail_msg("%d columns: %s", terminal_columns(line), line);
    catalog_release(catalog);
}

static void a_base_without_oddities_says_so(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_simple(small, "a", "sham", 30, -1, "");
    struct catalog *catalog = small_rate(small);
    says(printed(small, catalog), "What looks odd\n  Nothing.\n");
    catalog_release(catalog);
}

static const json_t *at_path(const json_t *value, const char *const *path)
{
    for (; *path != NULL; path++)
        value = json_object_get(value, *path);
    assert_non_null(value);
    return value;
}

static void as_json_it_holds_every_id(void **state)
{
    (void)state;
    struct small *small;
    struct catalog *catalog = odd_catalog(&small);
    struct report report = report_of(catalog, small->arena);
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, 2);
    report_write(&writer, &report);
    json_t *read = json_loadb(out.bytes, out.length, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(read);
    assert_int_equal(json_integer_value(at_path(read, (const char *[]){"totals", "trials", NULL})),
                     5);
    const json_t *unchecked = at_path(read, (const char *[]){"missing", "unchecked", "ids", NULL});
    assert_int_equal(json_array_size(unchecked), 5);
    const json_t *reviews = at_path(read, (const char *[]){"odd", "reviews_not_here", NULL});
    assert_string_equal(json_string_value(json_object_get(json_array_get(reviews, 0), "id")),
                        "pmid:99");
    assert_int_equal(json_array_size(at_path(read, (const char *[]){"odd", "duplicates", NULL})),
                     1);
    assert_int_equal(json_array_size(at_path(read, (const char *[]){"odd", "figures", NULL})), 2);
    json_decref(read);
    buffer_release(&out);
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_report_names_what_is_covered_missing_and_odd),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(a_base_without_oddities_says_so),
        cmocka_unit_test(as_json_it_holds_every_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
