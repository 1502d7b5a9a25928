/*
 * What a change of the base does to verdicts, and that each is told: massage for neck pain in the
 * small base (tests/service/api/small_service.h) rests on pmid:2 and pmid:3.
 */
#include "tests/service/api/small_service.h"

#include "evidence/rating/feed_gap.h"
#include "importers/intake/base_change.h"
#include "importers/intake/batch.h"
#include "tests/importers/intake/opened.h"

static const char question[] = "massage.neck-pain.nothing.pain-intensity.short";

struct feed {
    struct verdict_change *changes;
    size_t count;
};

static struct feed feed_of(struct opened *opened)
{
    struct feed feed;
    must(opened, store_changes_since(opened->store, 0, 0, 500, opened->arena, &feed.changes,
                                     &feed.count, &opened->err));
    return feed;
}

static const struct verdict_change *change_of(const struct feed *feed, const char *of)
{
    const struct verdict_change *last = NULL;
    for (size_t i = 0; i < feed->count; i++)
        if (strcmp(feed->changes[i].question, of) == 0)
            last = &feed->changes[i];
    return last;
}

static struct store_changes build(struct opened *opened, const struct base *base, time_t now)
{
    struct base_change change;
    must(opened, base_change_save(opened->store, base, now, &change, &opened->err));
    struct store_changes records = change.records;
    base_change_release(&change);
    return records;
}

static void small(struct opened *opened, struct base *out)
{
    small_base(out, opened->arena);
}

static const struct catalog *rated(struct opened *opened)
{
    struct base base;
    const struct catalog_stamp stamp = {.hash = "any"};
    must(opened, store_load_base(opened->store, opened->arena, &base, &opened->err));
    struct arena *arena = arena_new();
    struct catalog *catalog = catalog_new(arena, &base, &stamp, &opened->err);
    assert_non_null(catalog);
    return catalog;
}

/* What who follows the feed from zero comes to: the last line of every question, against what is
 * rated now. */
static void assert_feed_comes_to_what_stands(struct opened *opened)
{
    const struct catalog *catalog = rated(opened);
    struct feed feed = feed_of(opened);
    size_t standing = 0;
    for (size_t i = 0; i < catalog_rating_count(catalog); i++) {
        const struct rating *rating = catalog_rating(catalog, i);
        const struct verdict_change *told = change_of(&feed, rating->question.id);
        assert_non_null(told);
        assert_true(feed_same_text(told->after_verdict, rating->verdict));
        assert_string_equal(told->after_certainty, certainty_names[rating->certainty.level]);
    }
    for (size_t i = 0; i < feed.count; i++)
        standing += feed.changes[i].after_certainty != NULL &&
                    change_of(&feed, feed.changes[i].question) == &feed.changes[i];
    assert_int_equal(standing, catalog_rating_count(catalog));
    catalog_release((struct catalog *)catalog);
}

static void the_first_base_begins_the_feed_and_the_same_again_adds_nothing(void **state)
{
    struct opened *opened = *state;
    struct base base;
    small(opened, &base);
    build(opened, &base, 1);
    struct feed feed = feed_of(opened);
    const struct verdict_change *first = change_of(&feed, question);
    assert_non_null(first);
    assert_null(first->before_verdict);
    assert_null(first->before_certainty);
    assert_int_equal(first->cause, CHANGE_STUDY_ADDED);
    assert_string_equal(first->studies[0], "pmid:2");
    assert_string_equal(first->studies[1], "pmid:3");
    assert_string_equal(first->actor, "build");
    assert_feed_comes_to_what_stands(opened);
    assert_int_equal(build(opened, &base, 2).changed, 0);
    assert_int_equal(feed_of(opened).count, feed.count);
    must(opened, store_verify(opened->store, &opened->err));
}

static void what_a_build_begins_is_counted_and_is_no_change(void **state)
{
    struct opened *opened = *state;
    struct base base;
    struct base_change change;
    small(opened, &base);
    must(opened, base_change_save(opened->store, &base, 1, &change, &opened->err));
    assert_int_equal(change.verdict_count, 0);
    assert_int_equal(change.revision.begun, feed_of(opened).count);
    base_change_release(&change);
}

/* Rows may go to the database together; the error is that of one. */
static void a_record_that_cannot_be_stored_is_named(void **state)
{
    struct opened *opened = *state;
    struct base base;
    struct base_change change;
    struct error err = {0};
    small(opened, &base);
    build(opened, &base, 1);
    struct study *study = (struct study *)&base.studies[1];
    study->title = "Changed";
    study->condition = "nowhere";
    assert_false(base_change_save(opened->store, &base, 2, &change, &err));
    base_change_release(&change);
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_non_null(strstr(err.message, study->id));
    must(opened, store_verify(opened->store, &opened->err));
}

/* As a program left them that wrote no beginning, and one that rated otherwise. */
static void a_feed_that_lacks_lines_is_completed_by_the_next_build(void **state)
{
    struct opened *opened = *state;
    struct base base;
    struct base_change change;
    small(opened, &base);
    must(opened,
         store_begin(opened->store, &opened->err) &&
             store_save_base(opened->store, &base, 1, &(struct store_changes){0}, &opened->err) &&
             store_commit(opened->store, &opened->err));
    struct verdict_change otherwise[] = {
        {.question = question, .after_verdict = "works", .after_certainty = "high"},
        {.question = "once.asked", .after_verdict = "works", .after_certainty = "high"}};
    must(opened, store_add_changes(opened->store, otherwise, 2, "build", 1, &opened->err));
    must(opened, base_change_save(opened->store, &base, 2, &change, &opened->err));
    assert_int_equal(change.verdict_count, 0);
    assert_int_equal(change.revision.begun, feed_of(opened).count - 2);
    base_change_release(&change);
    assert_feed_comes_to_what_stands(opened);
    struct feed feed = feed_of(opened);
    const struct verdict_change *corrected = change_of(&feed, question);
    assert_string_equal(corrected->before_verdict, "works");
    assert_int_equal(corrected->cause, CHANGE_RULES);
    assert_null(corrected->studies[0]);
    const struct verdict_change *gone = change_of(&feed, "once.asked");
    assert_null(gone->after_certainty);
    assert_int_equal(gone->at, 2);
}

/* Both pass the page boundaries of an import: see batch.h. */
static void import_notice(struct opened *opened, const struct record *record,
                          struct verdict_change *first, size_t *count)
{
    struct import_run run = {.source = "crossref", .query = "x", .begun = 5, .touched = 5};
    struct batch batch;
    memset(run.hash, '0', HASH_SIZE - 1);
    must(opened, store_add_run(opened->store, &run, &opened->err));
    batch_init(&batch, opened->store, &run);
    must(opened, batch_begin(&batch, &opened->err) && batch_take(&batch, record, &opened->err) &&
                     batch_end(&batch, &opened->err));
    *count = batch.change_count;
    if (batch.change_count > 0)
        *first = batch.changes[0];
    batch_release(&batch);
}

static void a_retraction_that_an_import_brings_moves_the_verdict_and_is_told(void **state)
{
    struct opened *opened = *state;
    struct base base;
    struct record record;
    size_t count = 0;
    struct verdict_change first = {0};
    const struct record_notice updates[] = {{.type = NOTICE_RETRACTION, .doi = "10.1/two"}};
    small(opened, &base);
    build(opened, &base, 1);
    record_init(&record);
    record.source = "crossref";
    record.source_id = record.doi = "10.1/notice";
    record.title = "Retraction: Kneading the neck";
    record.updates = updates;
    record.update_count = 1;
    import_notice(opened, &record, &first, &count);
    assert_true(count > 0);
    struct feed feed = feed_of(opened);
    const struct verdict_change *change = change_of(&feed, question);
    assert_non_null(change);
    assert_int_equal(change->cause, CHANGE_STUDY_RETRACTED);
    assert_string_equal(change->studies[0], "pmid:2");
    assert_null(change->studies[1]);
    assert_string_equal(change->actor, "import");
    assert_int_equal(change->at, 5);
    struct store_stamp stamp;
    must(opened, store_stamp(opened->store, &stamp, &opened->err));
    assert_string_equal(change->base_hash, stamp.hash);
    must(opened, store_verify(opened->store, &opened->err));

    build(opened, &base, 6); /* the files say nothing of it, and it stands */
    assert_int_equal(feed_of(opened).count, feed.count);
}

static void a_study_that_comes_and_goes_is_the_cause(void **state)
{
    struct opened *opened = *state;
    struct base base;
    small(opened, &base);
    const struct base whole = base;
    struct base fewer = base;
    struct study *studies = arena_array(opened->arena, base.study_count, sizeof *studies);
    size_t kept = 0;
    for (size_t i = 0; i < base.study_count; i++)
        if (strcmp(base.studies[i].id, "pmid:2") != 0 && strcmp(base.studies[i].id, "pmid:3") != 0)
            studies[kept++] = base.studies[i];
    fewer.studies = studies;
    fewer.study_count = kept;
    build(opened, &fewer, 1);
    build(opened, &whole, 2);
    struct feed feed = feed_of(opened);
    const struct verdict_change *change = change_of(&feed, question);
    assert_non_null(change);
    assert_int_equal(change->cause, CHANGE_STUDY_ADDED);
    assert_string_equal(change->studies[0], "pmid:2");
    assert_string_equal(change->studies[1], "pmid:3");
    assert_feed_comes_to_what_stands(opened);
    build(opened, &fewer, 3);
    feed = feed_of(opened);
    change = change_of(&feed, question);
    assert_int_equal(change->cause, CHANGE_STUDY_REMOVED);
    assert_int_equal(change->at, 3);
    assert_feed_comes_to_what_stands(opened);
}

static void rules_that_change_are_the_cause(void **state)
{
    struct opened *opened = *state;
    struct base base;
    small(opened, &base);
    build(opened, &base, 1);
    struct document *documents = arena_array(opened->arena, base.document_count, sizeof *documents);
    memcpy(documents, base.documents, base.document_count * sizeof *documents);
    struct document *ruleset = &documents[3];
    assert_string_equal(ruleset->name, "rulesets/default");
    /* The 140 people of the two trials are very few now. */
    char *text = arena_strndup(opened->arena, ruleset->text, ruleset->length);
    char *at = strstr(text, "\"people_very_few\": 100");
    assert_non_null(at);
    memcpy(at, "\"people_very_few\": 200", strlen("\"people_very_few\": 200"));
    ruleset->text = text;
    base.documents = documents;
    size_t begun = feed_of(opened).count;
    build(opened, &base, 2);
    struct feed feed = feed_of(opened);
    assert_true(feed.count > begun);
    for (size_t i = begun; i < feed.count; i++)
        assert_int_equal(feed.changes[i].cause, CHANGE_RULES);
}

static void the_feed_is_read_on_from_where_one_was(void **state)
{
    struct opened *opened = *state;
    struct verdict_change made[3] = {{.question = "a"}, {.question = "b"}, {.question = "c"}};
    struct base base;
    small(opened, &base);
    build(opened, &base, 1);
    struct feed before = feed_of(opened);
    int64_t last = before.changes[before.count - 1].key;
    must(opened, store_add_changes(opened->store, made, 3, "build", 100, &opened->err));
    struct verdict_change *page = NULL;
    size_t count = 0;
    must(opened, store_changes_since(opened->store, last, 0, 2, opened->arena, &page, &count,
                                     &opened->err));
    assert_int_equal(count, 2);
    must(opened, store_changes_since(opened->store, page[1].key, 0, 2, opened->arena, &page, &count,
                                     &opened->err));
    assert_int_equal(count, 1);
    assert_string_equal(page[0].question, "c");
    must(opened,
         store_changes_since(opened->store, 0, 101, 2, opened->arena, &page, &count, &opened->err));
    assert_int_equal(count, 0);
}

/* Ids that begin alike are not those of the pair: "x.neck" is not "x.neck-pain". */
static void the_feed_tells_of_one_treatment_and_complaint(void **state)
{
    struct opened *opened = *state;
    struct verdict_change begun[] = {{.question = "x.neck.sham.pain.short",
                                      .after_verdict = "unproven",
                                      .after_certainty = "low"}};
    struct verdict_change made[] = {
        {.question = "x.neck.sham.pain.short",
         .before_verdict = "unproven",
         .before_certainty = "low",
         .after_verdict = "works",
         .after_certainty = "high",
         .studies = (const char *const[]){"pmid:1", NULL}},
        {.question = "x.neck-pain.sham.pain.short", .before_certainty = "low"},
        {.question = "x.neck.nothing.harm.short", .before_certainty = "low"}};
    struct base base;
    struct changes_of found;
    small(opened, &base);
    build(opened, &base, 1);
    must(opened, store_add_changes(opened->store, begun, 1, "build", 50, &opened->err));
    must(opened, store_add_changes(opened->store, made, 3, "build", 100, &opened->err));
    must(opened,
         store_changes_of(opened->store, "x", "neck", 9, opened->arena, &found, &opened->err));
    assert_int_equal(found.since, 50);
    assert_int_equal(found.count, 2); /* newest first, without the line by which it began */
    assert_string_equal(found.items[0].question, "x.neck.nothing.harm.short");
    assert_string_equal(found.items[1].after_verdict, "works");
    assert_string_equal(found.items[1].studies[0], "pmid:1");
    must(opened,
         store_changes_of(opened->store, "x", "neck", 1, opened->arena, &found, &opened->err));
    assert_int_equal(found.count, 1);
    must(opened,
         store_changes_of(opened->store, "x", "nec", 9, opened->arena, &found, &opened->err));
    assert_int_equal(found.count, 0);
    assert_int_equal(found.since, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPENED(the_first_base_begins_the_feed_and_the_same_again_adds_nothing),
        OPENED(what_a_build_begins_is_counted_and_is_no_change),
        OPENED(a_record_that_cannot_be_stored_is_named),
        OPENED(a_feed_that_lacks_lines_is_completed_by_the_next_build),
        OPENED(a_retraction_that_an_import_brings_moves_the_verdict_and_is_told),
        OPENED(a_study_that_comes_and_goes_is_the_cause),
        OPENED(rules_that_change_are_the_cause),
        OPENED(the_feed_is_read_on_from_where_one_was),
        OPENED(the_feed_tells_of_one_treatment_and_complaint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
