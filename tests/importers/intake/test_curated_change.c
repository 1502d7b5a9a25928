/*
 * What follows when a curator changes one study: massage for neck pain in the small base
 * (tests/service/api/small_service.h) rests on pmid:2 and pmid:3.
 */
#include "tests/service/api/small_service.h"

#include "importers/intake/base_change.h"
#include "importers/intake/curated_change.h"
#include "importers/intake/intake.h"
#include "tests/importers/intake/opened.h"

static const char question[] = "massage.neck-pain.nothing.pain-intensity.short";

static const struct curation_stamp curator = {.actor = "ann", .source = "api", .now = 50};

static void build(struct opened *opened)
{
    struct base base;
    struct base_change change;
    small_base(&base, opened->arena);
    must(opened, base_change_save(opened->store, &base, 1, &change, &opened->err));
    base_change_release(&change);
}

static struct catalog *rated(struct opened *opened)
{
    struct base base;
    struct store_stamp stored;
    struct arena *arena = arena_new();
    must(opened, store_stamp(opened->store, &stored, &opened->err) &&
                     store_load_base(opened->store, arena, &base, &opened->err));
    const struct catalog_stamp stamp = {.hash = arena_strdup(arena, stored.hash)};
    struct catalog *catalog = catalog_new(arena, &base, &stamp, &opened->err);
    assert_non_null(catalog);
    return catalog;
}

static struct study read_study(struct opened *opened, const char *id, char hash[HASH_SIZE])
{
    struct study study;
    must(opened, store_study(opened->store, id, opened->arena, &study, &opened->err));
    study_content_hash(&study, hash);
    return study;
}

static struct verdict_change last_change(struct opened *opened)
{
    struct verdict_change *changes = NULL;
    size_t count = 0;
    must(opened,
         store_newest_changes(opened->store, 1, opened->arena, &changes, &count, &opened->err));
    assert_int_equal(count, 1);
    return changes[0];
}

static void assert_same_ratings(const struct catalog *one, const struct catalog *other)
{
    assert_int_equal(catalog_rating_count(one), catalog_rating_count(other));
    for (size_t i = 0; i < catalog_rating_count(one); i++) {
        const struct rating *left = catalog_rating(one, i);
        const struct rating *right = catalog_rating(other, i);
        assert_string_equal(left->question.id, right->question.id);
        assert_int_equal(left->certainty.level, right->certainty.level);
        if (left->verdict != NULL)
            assert_string_equal(left->verdict, right->verdict);
    }
    assert_string_equal(catalog_stamp(one)->hash, catalog_stamp(other)->hash);
}

/* The same whether the caller has a catalog or the store is rated before and after. */
static void a_retraction_moves_the_verdict_and_the_feed_tells_it(void **state)
{
    struct opened *opened = *state;
    struct curated_change change;
    char hash[HASH_SIZE];
    build(opened);
    struct catalog *known = rated(opened);
    struct study study = read_study(opened, "pmid:3", hash);
    study.retracted = true;
    must(opened,
         curated_put_study(opened->store, &study, hash, &curator, known, &change, &opened->err));
    assert_true(change.verdict_count > 0);
    struct verdict_change told = last_change(opened);
    assert_string_equal(told.question, question);
    assert_int_equal(told.cause, CHANGE_STUDY_RETRACTED);
    assert_string_equal(told.actor, "ann");
    assert_string_equal(told.base_hash, change.record.base_hash);
    struct catalog *after = rated(opened);
    assert_non_null(change.after);
    assert_same_ratings(change.after, after);
    size_t verdicts = change.verdict_count;
    curated_change_release(&change);
    study.retracted = false;
    (void)read_study(opened, "pmid:3", hash);
    must(opened,
         curated_put_study(opened->store, &study, hash, &curator, NULL, &change, &opened->err));
    assert_int_equal(change.verdict_count, verdicts);
    assert_same_ratings(change.after, known);
    curated_change_release(&change);
    catalog_release(after);
    catalog_release(known);
    must(opened, store_verify(opened->store, &opened->err));
}

static void the_publications_follow_the_study(void **state)
{
    struct opened *opened = *state;
    struct curated_change change;
    struct kept_record kept;
    char hash[HASH_SIZE];
    char matched[HASH_SIZE];
    build(opened);
    struct study study = read_study(opened, "pmid:3", hash);
    study.id = "ts:a-new-one";
    study.pmid = NULL;
    study.doi = NULL;
    study.title = "Quite another title of a trial of massage";
    must(opened,
         curated_put_study(opened->store, &study, NULL, &curator, NULL, &change, &opened->err));
    must(opened, store_find_record(opened->store, curated_source, study.id, opened->arena, &kept,
                                   &opened->err) &&
                     store_matched_base(opened->store, matched, &opened->err));
    assert_string_equal(kept.record.title, study.title);
    assert_string_equal(matched, change.record.base_hash);
    curated_change_release(&change);
    must(opened, store_record_hash(opened->store, "study", study.id, hash, &opened->err) &&
                     curated_remove_study(opened->store, study.id, hash, &curator, NULL, &change,
                                          &opened->err));
    curated_change_release(&change);
    must(opened, store_find_record(opened->store, curated_source, study.id, opened->arena, &kept,
                                   &opened->err));
    assert_int_equal(kept.key, 0);
    must(opened, store_verify(opened->store, &opened->err));
}

static void within_a_transaction_of_the_callers_nothing_stands_before_he_commits(void **state)
{
    struct opened *opened = *state;
    struct curated_change change;
    char hash[HASH_SIZE];
    char after[HASH_SIZE];
    build(opened);
    struct study study = read_study(opened, "pmid:3", hash);
    study.retracted = true;
    must(opened,
         store_begin(opened->store, &opened->err) &&
             curated_put_study(opened->store, &study, hash, &curator, NULL, &change, &opened->err));
    curated_change_release(&change);
    store_roll_back(opened->store);
    must(opened, store_record_hash(opened->store, "study", "pmid:3", after, &opened->err));
    assert_string_equal(after, hash);
    must(opened, store_verify(opened->store, &opened->err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPENED(a_retraction_moves_the_verdict_and_the_feed_tells_it),
        OPENED(the_publications_follow_the_study),
        OPENED(within_a_transaction_of_the_callers_nothing_stands_before_he_commits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
