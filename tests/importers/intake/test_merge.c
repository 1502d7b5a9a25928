/* Which source is believed about what, and that nothing is lost by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "importers/intake/merge.h"

static struct record from(const char *source)
{
    struct record record;
    record_init(&record);
    record.source = source;
    return record;
}

static const char *source_of(const struct merged_record *merged,
                             const struct record *const *records, const char *field)
{
    for (size_t i = 0; i < merged->origin_count; i++)
        if (strcmp(merged->origins[i].field, field) == 0)
            return records[merged->origins[i].record]->source;
    return NULL;
}

static void each_field_comes_from_the_source_that_knows_it_best(void **state)
{
    (void)state;
    static const char *const mesh[] = {"Dry Needling", "Humans", NULL};
    static const char *const subjects[] = {"Physiotherapy", NULL};
    static const char *const numbers[] = {"NCT01234567", NULL};
    static const char *const others[] = {"ISRCTN1", "NCT01234567", NULL};
    struct record crossref = from("crossref");
    crossref.doi = "10.1/exact";
    crossref.title = "Dry Needling";
    crossref.keywords = subjects;
    crossref.abstract = "An abstract that was cut after";
    crossref.volume = "7";
    struct record pubmed = from("pubmed");
    pubmed.pmid = "5";
    pubmed.doi = "10.1/other";
    pubmed.title = "Dry needling of the neck.";
    pubmed.keywords = mesh;
    pubmed.abstract = "An abstract that was cut after this word and goes on.";
    pubmed.year = 2015;
    pubmed.registrations = numbers;
    struct record ris = from("ris");
    ris.year = 2016;
    ris.journal = "Pain";
    ris.registrations = others;
    const struct record *const records[] = {&ris, &crossref, &pubmed};
    struct arena *arena = arena_new();
    struct merged_record merged;
    merge_records(records, 3, arena, &merged);
    assert_string_equal(merged.record.title, "Dry needling of the neck.");
    assert_string_equal(source_of(&merged, records, "title"), "pubmed");
    assert_string_equal(merged.record.doi, "10.1/exact");
    assert_string_equal(source_of(&merged, records, "doi"), "crossref");
    assert_string_equal(merged.record.keywords[0], "Dry Needling");
    assert_string_equal(source_of(&merged, records, "abstract"), "pubmed");
    assert_int_equal(merged.record.year, 2015);
    assert_string_equal(merged.record.journal, "Pain");
    assert_string_equal(source_of(&merged, records, "journal"), "ris");
    assert_string_equal(merged.record.volume, "7");
    assert_string_equal(merged.record.registrations[0], "NCT01234567");
    assert_string_equal(merged.record.registrations[1], "ISRCTN1");
    assert_null(merged.record.registrations[2]);
    assert_null(source_of(&merged, records, "pages"));
    arena_free(arena);
}

static void the_order_in_which_records_came_decides_nothing(void **state)
{
    (void)state;
    struct record pubmed = from("pubmed");
    pubmed.title = "One";
    struct record openalex = from("openalex");
    openalex.title = "Two";
    openalex.pages = "1-9";
    const struct record *const there[] = {&pubmed, &openalex};
    const struct record *const back[] = {&openalex, &pubmed};
    struct arena *arena = arena_new();
    struct merged_record one;
    struct merged_record other;
    merge_records(there, 2, arena, &one);
    merge_records(back, 2, arena, &other);
    assert_string_equal(one.record.title, other.record.title);
    assert_string_equal(one.record.pages, other.record.pages);
    assert_string_equal(one.record.source, "pubmed");
    assert_string_equal(other.record.source, "pubmed");
    arena_free(arena);
}

static void a_complete_list_of_authors_goes_before_a_longer_one(void **state)
{
    (void)state;
    static const struct author two[] = {{.family = "Ay"}, {.family = "Zed"}};
    static const struct author three[] = {{.family = "Ay"}, {.family = "Bee"}, {.family = "Cee"}};
    struct record pubmed = from("pubmed");
    pubmed.authors = three;
    pubmed.author_count = 3;
    struct record ris = from("ris");
    ris.authors = two;
    ris.author_count = 2;
    ris.authors_complete = true;
    const struct record *const records[] = {&pubmed, &ris};
    struct arena *arena = arena_new();
    struct merged_record merged;
    merge_records(records, 2, arena, &merged);
    assert_int_equal(merged.record.author_count, 2);
    assert_true(merged.record.authors_complete);
    ris.authors_complete = false;
    merge_records(records, 2, arena, &merged);
    assert_int_equal(merged.record.author_count, 3);
    arena_free(arena);
}

static void what_a_source_took_back_counts_only_where_nothing_else_is_left(void **state)
{
    (void)state;
    struct record pubmed = from("pubmed");
    pubmed.title = "Taken back";
    pubmed.deleted = true;
    struct record ris = from("ris");
    ris.title = "Still here";
    const struct record *const records[] = {&pubmed, &ris};
    struct arena *arena = arena_new();
    struct merged_record merged;
    merge_records(records, 2, arena, &merged);
    assert_string_equal(merged.record.title, "Still here");
    assert_false(merged.record.deleted);
    assert_string_equal(source_of(&merged, records, "title"), "ris");
    merge_records(records, 1, arena, &merged);
    assert_string_equal(merged.record.title, "Taken back");
    assert_true(merged.record.deleted);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_field_comes_from_the_source_that_knows_it_best),
        cmocka_unit_test(the_order_in_which_records_came_decides_nothing),
        cmocka_unit_test(a_complete_list_of_authors_goes_before_a_longer_one),
        cmocka_unit_test(what_a_source_took_back_counts_only_where_nothing_else_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
