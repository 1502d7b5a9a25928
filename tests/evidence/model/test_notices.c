/* Notices: who is retracted, and who only says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/model/notices.h"

static struct record made(const char *doi)
{
    struct record record;
    record_init(&record);
    record.source = "crossref";
    record.doi = doi;
    return record;
}

static void a_flag_alone_is_a_retraction_told_by_the_source(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct record record = made("10.1/a");
    record.retracted = true;
    size_t count = 0;
    struct told_notice *told = notices_told_by(&record, arena, &count);
    assert_int_equal(count, 1);
    assert_null(told[0].target_doi);
    assert_int_equal(told[0].notice.type, NOTICE_RETRACTION);
    assert_string_equal(told[0].notice.source, "crossref");
    assert_null(told[0].notice.doi);
    arena_free(arena);
}

static void a_flag_adds_nothing_to_a_notice_that_says_it_better(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct record_notice notices[] = {
        {.type = NOTICE_RETRACTION, .doi = "10.1/n", .date = "2010-02-06", .source = "publisher"}};
    struct record record = made("10.1/a");
    record.retracted = true;
    record.notices = notices;
    record.notice_count = 1;
    size_t count = 0;
    struct told_notice *told = notices_told_by(&record, arena, &count);
    assert_int_equal(count, 1);
    assert_string_equal(told[0].notice.doi, "10.1/n");
    assert_string_equal(told[0].notice.source, "publisher");
    arena_free(arena);
}

/* The shape of Crossref's record of the retraction of 10.1016/s0140-6736(20)31180-6: the notice
 * updates the article, and carries a link back to it that reads as if it were retracted itself. */
static void a_notice_retracts_what_it_names_and_never_itself(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct record_notice updates[] = {{.type = NOTICE_RETRACTION, .doi = "10.1/article"},
                                            {.type = NOTICE_CORRECTION, .doi = "10.1/article"},
                                            {.type = NOTICE_RETRACTION, .doi = "10.1/notice"},
                                            {.type = NOTICE_RETRACTION}};
    const struct record_notice notices[] = {{.type = NOTICE_RETRACTION, .doi = "10.1/article"}};
    struct record record = made("10.1/notice");
    record.date = "2020-06-05";
    record.retracted = true;
    record.updates = updates;
    record.update_count = 4;
    record.notices = notices;
    record.notice_count = 1;
    size_t count = 0;
    struct told_notice *told = notices_told_by(&record, arena, &count);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(told[i].target_doi, "10.1/article");
        assert_string_equal(told[i].notice.doi, "10.1/notice");
        assert_string_equal(told[i].notice.date, "2020-06-05");
    }
    assert_int_equal(told[0].notice.type, NOTICE_RETRACTION);
    assert_int_equal(told[1].notice.type, NOTICE_CORRECTION);
    arena_free(arena);
}

static void one_retraction_told_by_three_sources_is_one(void **state)
{
    (void)state;
    struct record_notice notices[] = {
        {.type = NOTICE_RETRACTION, .source = "openalex"},
        {.type = NOTICE_RETRACTION, .pmid = "20137807", .source = "pubmed"},
        {.type = NOTICE_RETRACTION, .doi = "10.1/n", .date = "2010-02", .source = "crossref"},
        {.type = NOTICE_CORRECTION, .doi = "10.1/c", .date = "2004", .source = "crossref"},
        {.type = NOTICE_CORRECTION, .doi = "10.1/d", .date = "2005", .source = "crossref"}};
    size_t count = notices_join(notices, 5);
    assert_int_equal(count, 3);
    assert_string_equal(notices[0].doi, "10.1/c");
    assert_string_equal(notices[1].doi, "10.1/d");
    assert_int_equal(notices[2].type, NOTICE_RETRACTION);
    assert_string_equal(notices[2].doi, "10.1/n");
    assert_string_equal(notices[2].pmid, "20137807");
}

static void only_a_retraction_retracts_and_only_a_later_reinstatement_takes_it_back(void **state)
{
    (void)state;
    static const struct {
        struct record_notice notices[3];
        size_t count;
        bool retracts;
    } cases[] = {
        {{{.type = NOTICE_CORRECTION}, {.type = NOTICE_CONCERN}}, 2, false},
        {{{.type = NOTICE_RETRACTION}}, 1, true},
        {{{.type = NOTICE_RETRACTION, .date = "2010"},
          {.type = NOTICE_REINSTATEMENT, .date = "2012-05"}},
         2,
         false},
        {{{.type = NOTICE_RETRACTION, .date = "2013"},
          {.type = NOTICE_REINSTATEMENT, .date = "2012"}},
         2,
         true},
        {{{.type = NOTICE_RETRACTION}, {.type = NOTICE_REINSTATEMENT, .date = "2012"}}, 2, true},
        {{{.type = NOTICE_RETRACTION, .date = "2010"}, {.type = NOTICE_REINSTATEMENT}}, 2, true},
        {{{.type = NOTICE_RETRACTION, .date = "2010"},
          {.type = NOTICE_REINSTATEMENT, .date = "2012"},
          {.type = NOTICE_RETRACTION, .date = "2014"}},
         3,
         true},
    };
    assert_false(notices_retract(NULL, 0));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(notices_retract(cases[i].notices, cases[i].count), cases[i].retracts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flag_alone_is_a_retraction_told_by_the_source),
        cmocka_unit_test(a_flag_adds_nothing_to_a_notice_that_says_it_better),
        cmocka_unit_test(a_notice_retracts_what_it_names_and_never_itself),
        cmocka_unit_test(one_retraction_told_by_three_sources_is_one),
        cmocka_unit_test(only_a_retraction_retracts_and_only_a_later_reinstatement_takes_it_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
