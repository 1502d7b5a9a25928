/* What a curator changes, one record at a time, and how it is taken back. */
#include "tests/evidence/store/place.h"

#include "evidence/store/curation.h"
#include "evidence/store/history.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
