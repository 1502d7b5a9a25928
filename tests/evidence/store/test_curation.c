/* What a curator changes, one record at a time, and how it is taken back. */
#include "tests/evidence/store/place.h"

#include "evidence/store/audit.h"
#include "evidence/store/curation.h"
#include "evidence/store/history.h"
#include "evidence/store/intake.h"
#include "evidence/store/remembered.h"

static const struct curation_stamp curator = {
    .actor = "ann", .reason = "read again", .source = "page", .now = 50};

/* The stored study of that id, its title another. */
static struct study retitled(struct store *store, const char *id, const char *title,
                             char hash[HASH_SIZE], struct arena *arena)
{
    struct error err = {0};
    struct study study;
    must(store_study(store, id, arena, &study, &err), &err);
    study_content_hash(&study, hash);
    study.title = title;
    return study;
}

static const struct study *study_of(const struct base *base, const char *id)
{
    for (size_t i = 0; i < base->study_count; i++)
        if (strcmp(base->studies[i].id, id) == 0)
            return &base->studies[i];
    return NULL;
}

static struct store *with_base(const struct place *place, struct base *out)
{
    *out = random_base(1, 12, place->arena);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, out, 10);
    return store;
}

static void one_study_is_read_as_it_stands_among_all(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct store *store = with_base(place, &base);
    for (size_t i = 0; i < base.study_count; i++) {
        struct study alone;
        char hash[HASH_SIZE];
        char stored[HASH_SIZE];
        must(store_study(store, base.studies[i].id, place->arena, &alone, &err), &err);
        study_content_hash(&alone, hash);
        must(store_record_hash(store, "study", base.studies[i].id, stored, &err), &err);
        assert_string_equal(hash, stored);
    }
    store_close(store);
}

static void a_changed_study_is_there_with_its_row_and_the_hash_of_the_base(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct curation done;
    char hash[HASH_SIZE];
    struct store *store = with_base(place, &base);
    struct study study = retitled(store, "ts:study-000004", "Another title", hash, place->arena);
    must(store_put_study(store, &study, hash, &curator, &done, &err), &err);
    const struct base after = loaded(store, place->arena);
    assert_string_equal(study_of(&after, study.id)->title, "Another title");
    assert_string_equal(done.before_hash, hash);
    assert_string_equal(done.base_hash, stamped(store).hash);
    assert_int_equal(stamped(store).changed, 50);
    assert_int_equal(ask_sql(place->path, "SELECT max(id) FROM audit"), done.audit_id);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM edition"), 2);
    verified(store);
    store_close(store);
}

static void what_the_curator_saw_must_be_what_stands(void **state)
{
    struct place *place = *state;
    struct base base;
    struct curation done;
    char hash[HASH_SIZE];
    struct store *store = with_base(place, &base);
    struct study study = retitled(store, "ts:study-000004", "One", hash, place->arena);
    struct error err = {0};
    must(store_put_study(store, &study, hash, &curator, &done, &err), &err);
    study.title = "Two";
    assert_false(store_put_study(store, &study, hash, &curator, &done, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    err = (struct error){0};
    assert_false(store_put_study(store, &study, NULL, &curator, &done, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    err = (struct error){0};
    study.id = "ts:never";
    assert_false(store_put_study(store, &study, hash, &curator, &done, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    err = (struct error){0};
    assert_false(store_remove_study(store, "ts:never", hash, &curator, &done, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    verified(store);
    store_close(store);
}

static void the_same_again_writes_nothing(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct curation done;
    char hash[HASH_SIZE];
    struct store *store = with_base(place, &base);
    struct study study = retitled(store, "ts:study-000004", "", hash, place->arena);
    must(store_study(store, study.id, place->arena, &study, &err), &err);
    int64_t rows = ask_sql(place->path, "SELECT count(*) FROM audit");
    must(store_put_study(store, &study, hash, &curator, &done, &err), &err);
    assert_int_equal(done.audit_id, 0);
    assert_string_equal(done.after_hash, hash);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM audit"), rows);
    store_close(store);
}

static void studies_and_documents_come_and_go(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct curation done;
    char hash[HASH_SIZE];
    struct store *store = with_base(place, &base);
    struct study study = retitled(store, "ts:study-000004", "A new one", hash, place->arena);
    study.id = "ts:a-new-one";
    must(store_put_study(store, &study, NULL, &curator, &done, &err), &err);
    must(store_remove_study(store, study.id, done.after_hash, &curator, &done, &err), &err);
    const struct document overrides = {"overrides", "{\"overrides\": []}\n", 18};
    must(store_put_document(store, &overrides, NULL, &curator, &done, &err), &err);
    must(store_record_hash(store, "document", "overrides", hash, &err), &err);
    assert_string_equal(hash, done.after_hash);
    verified(store);
    must(store_remove_document(store, "overrides", hash, &curator, &done, &err), &err);
    const struct base after = loaded(store, place->arena);
    assert_same_base(&base, &after, place->arena);
    verified(store);
    store_close(store);
}

static void a_study_of_nothing_known_is_refused_whole(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct curation done;
    char hash[HASH_SIZE];
    struct store *store = with_base(place, &base);
    struct study study = retitled(store, "ts:study-000004", "One", hash, place->arena);
    study.condition = "no-such-condition";
    assert_false(store_put_study(store, &study, hash, &curator, &done, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    const struct base after = loaded(store, place->arena);
    assert_same_base(&base, &after, place->arena);
    verified(store);
    store_close(store);
}

/* ---- taking back ---- */

static struct undone taken_back(struct store *store, int64_t row, struct arena *arena)
{
    struct error err = {0};
    struct undone undone;
    must(store_undo(store, row, &curator, arena, &undone, &err), &err);
    return undone;
}

static void assert_not_taken_back(struct store *store, int64_t row, enum error_kind kind,
                                  const char *said, struct arena *arena)
{
    struct error err = {0};
    struct undone undone;
    assert_false(store_undo(store, row, &curator, arena, &undone, &err));
    assert_int_equal(err.kind, kind);
    if (strstr(err.message, said) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.message, said);
}

/* The curated base, whose contents all read back; random ones hold what no file may. */
static struct store *with_curated(const struct place *place, struct base *out)
{
    struct problems problems = {.arena = place->arena};
    base_read_folder("evidence/data", out, &problems);
    assert_int_equal(problems.count, 0);
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, out, 10);
    return store;
}

static void what_was_changed_added_or_removed_is_taken_back(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct curation done;
    char hash[HASH_SIZE];
    struct store *store = with_curated(place, &base);
    const char *id = base.studies[3].id;
    struct study study = retitled(store, id, "Another title", hash, place->arena);
    must(store_put_study(store, &study, hash, &curator, &done, &err), &err);
    struct undone undone = taken_back(store, done.audit_id, place->arena);
    assert_string_equal(undone.kind, "study");
    assert_string_equal(undone.record, id);
    assert_string_equal(undone.change.after_hash, hash);
    must(store_remove_study(store, id, hash, &curator, &done, &err), &err);
    taken_back(store, done.audit_id, place->arena);
    study.id = "ts:a-new-one";
    must(store_put_study(store, &study, NULL, &curator, &done, &err), &err);
    taken_back(store, done.audit_id, place->arena);
    const struct document document = {"overrides", "{\"overrides\": []}\n", 18};
    must(store_put_document(store, &document, NULL, &curator, &done, &err), &err);
    taken_back(store, done.audit_id, place->arena);
    const struct base after = loaded(store, place->arena);
    assert_same_base(&base, &after, place->arena);
    struct audit_row row;
    must(store_audit_row(store, done.audit_id, place->arena, &row, &err), &err);
    assert_int_equal(row.undone_by, done.audit_id + 1);
    verified(store);
    store_close(store);
}

static void what_changed_since_is_not_taken_back(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct curation first;
    struct curation second;
    char hash[HASH_SIZE];
    struct store *store = with_curated(place, &base);
    struct study study = retitled(store, base.studies[3].id, "One", hash, place->arena);
    must(store_put_study(store, &study, hash, &curator, &first, &err), &err);
    study.title = "Two";
    must(store_put_study(store, &study, first.after_hash, &curator, &second, &err), &err);
    const char *row = arena_printf(place->arena, "row %lld by ann", (long long)second.audit_id);
    assert_not_taken_back(store, first.audit_id, ERROR_CONFLICT, row, place->arena);
    struct undone undone = taken_back(store, second.audit_id, place->arena);
    assert_not_taken_back(store, second.audit_id, ERROR_CONFLICT, "since", place->arena);
    taken_back(store, undone.change.audit_id, place->arena); /* the second stands again … */
    assert_not_taken_back(store, 1000000, ERROR_NOT_FOUND, "no row", place->arena);
    store_close(store);
}

static void what_a_build_changed_is_taken_back_too(void **state)
{
    struct place *place = *state;
    struct base base;
    struct store *store = with_curated(place, &base);
    struct base without = base;
    without.study_count--;
    saved(store, &without, 20);
    taken_back(store, ask_sql(place->path, "SELECT max(id) FROM audit"), place->arena);
    const struct base after = loaded(store, place->arena);
    assert_same_base(&base, &after, place->arena);
    store_close(store);
}

/* ---- the log ---- */

static void the_log_is_read_from_either_end_and_by_whom(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct curation done;
    struct audit_row *rows = NULL;
    size_t count = 0;
    char hash[HASH_SIZE];
    struct store *store = with_base(place, &base);
    struct study study = retitled(store, "ts:study-000004", "One", hash, place->arena);
    must(store_put_study(store, &study, hash, &curator, &done, &err), &err);
    const struct audit_query newest = {.newest_first = true, .limit = 2};
    must(store_audit(store, &newest, place->arena, &rows, &count, &err), &err);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].id, done.audit_id);
    assert_string_equal(rows[0].actor, "ann");
    assert_string_equal(rows[0].action, "change");
    assert_string_equal(rows[0].reason, "read again");
    assert_string_equal(rows[0].source, "page");
    assert_string_equal(rows[0].before_hash, hash);
    assert_string_equal(rows[1].actor, "build");
    assert_null(rows[1].detail);
    const struct audit_query of_study = {.kind = "study", .record = "ts:study-000004"};
    must(store_audit(store, &of_study, place->arena, &rows, &count, &err), &err);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].action, "add");
    const struct audit_query of_ann = {.actor = "ann", .beyond = done.audit_id};
    must(store_audit(store, &of_ann, place->arena, &rows, &count, &err), &err);
    assert_int_equal(count, 0);
    const struct audit_query before = {.newest_first = true, .beyond = done.audit_id, .limit = 1};
    must(store_audit(store, &before, place->arena, &rows, &count, &err), &err);
    assert_int_equal(rows[0].id, done.audit_id - 1);
    store_close(store);
}

/* ---- remembering ---- */

static void an_answer_is_remembered_with_what_it_tells_of(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store *store = opened(place->path, STORE_WRITE);
    struct remembered_request request = {.actor = "ann", .key = "k1"};
    hash_text("PUT one", request.hash);
    const struct remembered_answer answer = {201, "{\"ETag\":\"x\"}", "a\0b", 3, 0};
    struct remembered_answer back;
    bool found = true;
    must(store_remembered(store, &request, 100, place->arena, &back, &found, &err), &err);
    assert_false(found);
    must(store_begin(store, &err) && store_remember(store, &request, &answer, 100, &err), &err);
    store_roll_back(store);
    must(store_remembered(store, &request, 100, place->arena, &back, &found, &err), &err);
    assert_false(found);
    must(store_remember(store, &request, &answer, 100, &err), &err);
    must(store_remembered(store, &request, 100 + REMEMBERED_SECONDS, place->arena, &back, &found,
                          &err),
         &err);
    assert_true(found);
    assert_int_equal(back.status, 201);
    assert_string_equal(back.headers, answer.headers);
    assert_int_equal(back.length, 3);
    assert_memory_equal(back.body, "a\0b", 3);
    assert_int_equal(back.at, 100);
    must(store_remembered(store, &request, 101 + REMEMBERED_SECONDS, place->arena, &back, &found,
                          &err),
         &err);
    assert_false(found);
    hash_text("PUT other", request.hash);
    assert_false(store_remembered(store, &request, 100, place->arena, &back, &found, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    err = (struct error){0};
    assert_false(store_remember(store, &request, &answer, 100, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    err = (struct error){0};
    request.actor = "bob"; /* a key is its sender's own */
    must(store_remember(store, &request, &answer, 100, &err), &err);
    store_close(store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_study_is_read_as_it_stands_among_all),
        TEST(a_changed_study_is_there_with_its_row_and_the_hash_of_the_base),
        TEST(what_the_curator_saw_must_be_what_stands),
        TEST(the_same_again_writes_nothing),
        TEST(studies_and_documents_come_and_go),
        TEST(a_study_of_nothing_known_is_refused_whole),
        TEST(what_was_changed_added_or_removed_is_taken_back),
        TEST(what_changed_since_is_not_taken_back),
        TEST(what_a_build_changed_is_taken_back_too),
        TEST(the_log_is_read_from_either_end_and_by_whom),
        TEST(an_answer_is_remembered_with_what_it_tells_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
