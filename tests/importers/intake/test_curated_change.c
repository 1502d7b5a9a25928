/*
 * What follows when a curator changes one study: massage for neck pain in the small base
 * (tests/service/api/small_service.h) rests on pmid:2 and pmid:3.
 */
#include "tests/service/api/small_service.h"

#include <ftw.h>
#include <math.h>

#include "evidence/base/file.h"
#include "evidence/model/base_write.h"
#include "evidence/store/audit.h"
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

/* ---- files ---- */

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *at)
{
    (void)status;
    (void)kind;
    (void)at;
    return remove(path);
}

static const char *written(struct opened *opened, struct store *store, const char *name)
{
    const char *folder = arena_printf(opened->arena, "%s/%s", opened->folder, name);
    struct base base;
    struct base_written out;
    must(opened, store_load_base(store, opened->arena, &base, &opened->err) &&
                     base_write_folder(&base, folder, false, opened->arena, &out, &opened->err));
    return folder;
}

/* Names of the studies' files that two folders have otherwise, "…" each. */
static const char *differing(struct opened *opened, const char *one, const char *other)
{
    size_t count = 0;
    const char *out = "";
    const char *folder = arena_printf(opened->arena, "%s/studies", one);
    const char *const *names = folder_list(folder, "", opened->arena, &count, &opened->err);
    for (size_t i = 0; i < count; i++) {
        size_t left = 0;
        size_t right = 0;
        const char *a = file_read(arena_printf(opened->arena, "%s/%s", folder, names[i]), 1 << 20,
                                  opened->arena, &left, &opened->err);
        const char *b = file_read(arena_printf(opened->arena, "%s/studies/%s", other, names[i]),
                                  1 << 20, opened->arena, &right, &opened->err);
        assert_true(a != NULL && b != NULL);
        if (left != right || memcmp(a, b, left) != 0)
            out = arena_printf(opened->arena, "%s %s", out, names[i]);
    }
    return out;
}

/* Into the files, from there into a store of its own: one file's difference, the same ratings. */
static void what_a_curator_entered_goes_through_the_files(void **state)
{
    struct opened *opened = *state;
    struct curated_change change;
    char hash[HASH_SIZE];
    build(opened);
    const char *before = written(opened, opened->store, "before");
    struct study study = read_study(opened, "pmid:3", hash);
    study.retracted = true;
    must(opened,
         curated_put_study(opened->store, &study, hash, &curator, NULL, &change, &opened->err));
    curated_change_release(&change);
    const char *after = written(opened, opened->store, "after");
    assert_string_equal(differing(opened, before, after), " pmid-3.json");

    struct problems problems = {.arena = opened->arena};
    struct base base;
    base_read_folder(after, &base, &problems);
    assert_int_equal(problems.count, 0);
    const char *path = arena_printf(opened->arena, "%s/fresh.db", opened->folder);
    struct opened fresh = {.arena = opened->arena,
                           .store = store_open(path, STORE_WRITE, &opened->err)};
    struct base_change built;
    must(&fresh,
         fresh.store != NULL && base_change_save(fresh.store, &base, 60, &built, &fresh.err));
    base_change_release(&built);
    struct catalog *one = rated(opened);
    struct catalog *other = rated(&fresh);
    assert_same_ratings(one, other);
    catalog_release(one);
    catalog_release(other);
    store_close(fresh.store);
    nftw(before, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    nftw(after, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- taking back ---- */

static int64_t last_row(struct opened *opened, const char *action)
{
    struct audit_row *rows = NULL;
    size_t count = 0;
    const struct audit_query query = {.kind = "publication", .newest_first = true, .limit = 1};
    must(opened, store_audit(opened->store, &query, opened->arena, &rows, &count, &opened->err));
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].action, action);
    return rows[0].id;
}

static struct undone take_back(struct opened *opened, int64_t row)
{
    struct curated_change change;
    struct undone undone;
    must(opened, curated_undo(opened->store, row, &curator, NULL, opened->arena, &undone, &change,
                              &opened->err));
    curated_change_release(&change);
    return undone;
}

static int64_t take(struct opened *opened, const char *id, const char *title)
{
    const struct intake_stamp now = {.who = "import", .now = 20};
    struct record record;
    struct intake_took took;
    record_init(&record);
    record.source = "pubmed";
    record.source_id = id;
    record.pmid = id;
    record.title = title;
    must(opened, intake_take(opened->store, &record, &now, opened->arena, &took, &opened->err));
    return took.publication;
}

static void a_change_is_taken_back_with_what_followed_from_it(void **state)
{
    struct opened *opened = *state;
    struct curated_change change;
    char hash[HASH_SIZE];
    build(opened);
    struct catalog *before = rated(opened);
    struct study study = read_study(opened, "pmid:3", hash);
    study.retracted = true;
    must(opened,
         curated_put_study(opened->store, &study, hash, &curator, NULL, &change, &opened->err));
    int64_t row = change.record.audit_id;
    curated_change_release(&change);
    take_back(opened, row);
    struct catalog *after = rated(opened);
    assert_same_ratings(before, after);
    assert_int_equal(last_change(opened).cause, CHANGE_STUDY_REINSTATED);
    catalog_release(before);
    catalog_release(after);
    must(opened, store_verify(opened->store, &opened->err));
}

static void a_screening_is_taken_back_once(void **state)
{
    struct opened *opened = *state;
    struct curated_change change;
    struct undone undone;
    build(opened);
    int64_t key = take(opened, "901", "A trial that nobody has screened yet");
    const struct screening_decision decision = {
        .decision = SCREENING_EXCLUDED, .reason = "no trial", .who = "ann", .at = 30};
    must(opened, store_screen(opened->store, key, &decision, &opened->err));
    int64_t row = last_row(opened, "screen");
    take_back(opened, row);
    struct publication found;
    must(opened, store_publication(opened->store, key, opened->arena, &found, &opened->err));
    assert_int_equal(found.screening, SCREENING_UNSCREENED);
    assert_false(curated_undo(opened->store, row, &curator, NULL, opened->arena, &undone, &change,
                              &opened->err));
    assert_int_equal(opened->err.kind, ERROR_CONFLICT);
    opened->err = (struct error){0};
    curated_change_release(&change);
    take_back(opened, last_row(opened, "undo")); /* and the taking back too */
    must(opened, store_publication(opened->store, key, opened->arena, &found, &opened->err));
    assert_int_equal(found.screening, SCREENING_EXCLUDED);
    must(opened, store_verify(opened->store, &opened->err));
}

static void a_merge_is_taken_back_and_both_are_found_again(void **state)
{
    struct opened *opened = *state;
    const struct intake_stamp now = {.who = "ann", .now = 30, .reason = "the same"};
    const struct joining person = {.reason = "person", .score = NAN};
    build(opened);
    int64_t one = take(opened, "901", "A trial that nobody has screened yet");
    int64_t other = take(opened, "902", "Quite another one of something else");
    must(opened, store_merge(opened->store, one, other, &person, &now, &opened->err) &&
                     intake_settle(opened->store, one, &now, &opened->err));
    int64_t row = last_row(opened, "merge");
    take_back(opened, row);
    assert_int_equal(by_id(opened, "pmid:901").key, one);
    assert_int_equal(by_id(opened, "pmid:902").key, other);
    struct audit_row split;
    must(opened, store_audit_row(opened->store, last_row(opened, "split"), opened->arena, &split,
                                 &opened->err));
    assert_int_equal(split.undoes, row);
    must(opened, store_verify(opened->store, &opened->err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPENED(a_retraction_moves_the_verdict_and_the_feed_tells_it),
        OPENED(the_publications_follow_the_study),
        OPENED(what_a_curator_entered_goes_through_the_files),
        OPENED(a_change_is_taken_back_with_what_followed_from_it),
        OPENED(a_screening_is_taken_back_once),
        OPENED(a_merge_is_taken_back_and_both_are_found_again),
        OPENED(within_a_transaction_of_the_callers_nothing_stands_before_he_commits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
