/* What the base was: read back as it stood, and missed where somebody took it away. */
#include "tests/evidence/store/place.h"

#include "evidence/store/audit.h"
#include "evidence/store/changes.h"
#include "evidence/store/curation.h"
#include "evidence/store/history.h"
#include "evidence/store/intake.h"

static const struct curation_stamp curator = {.actor = "ann", .source = "page", .now = 300};

static struct store *with_curated(const struct place *place, struct base *out)
{
    struct problems problems = {.arena = place->arena};
    base_read_folder("evidence/data", out, &problems);
    assert_int_equal(problems.count, 0);
    out->study_count = 120; /* enough, and quicker */
    struct store *store = opened(place->path, STORE_WRITE);
    saved(store, out, 100);
    return store;
}

static struct edition edition_of(struct store *store, const char *as_of, struct arena *arena)
{
    struct error err = {0};
    struct edition edition;
    must(store_find_edition(store, as_of, arena, &edition, &err), &err);
    return edition;
}

static void assert_stood(struct store *store, const char *as_of, const struct base *expected,
                         struct arena *arena)
{
    struct error err = {0};
    struct base back;
    struct edition edition = edition_of(store, as_of, arena);
    must(store_load_base_as_of(store, &edition, arena, &back, &err), &err);
    assert_same_base(expected, &back, arena);
}

static void assert_no_edition(struct store *store, const char *as_of, enum error_kind kind,
                              const char *said, struct arena *arena)
{
    struct error err = {0};
    struct edition edition;
    assert_false(store_find_edition(store, as_of, arena, &edition, &err));
    assert_int_equal(err.kind, kind);
    if (strstr(err.message, said) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.message, said);
}

/* A copy whose items may be changed. */
static void *copy_of(const void *items, size_t count, size_t size, struct arena *arena)
{
    return memcpy(arena_array(arena, count, size), items, count * size);
}

/* A treatment, an outcome and a document of the base changed. */
static void change_topics(struct base *base, struct arena *arena)
{
    struct intervention *interventions =
        copy_of(base->interventions, base->intervention_count, sizeof *interventions, arena);
    struct outcome *outcomes =
        copy_of(base->outcomes, base->outcome_count, sizeof *outcomes, arena);
    struct document *documents =
        copy_of(base->documents, base->document_count, sizeof *documents, arena);
    static const char text[] = "{\"another\": true}";
    interventions[5].summary = "Changed";
    outcomes[2].plain = "changed";
    for (size_t i = 0; i < base->document_count; i++)
        if (strcmp(documents[i].name, "rulebooks/course") == 0)
            documents[i] = (struct document){documents[i].name, text, sizeof text - 1};
    base->interventions = interventions;
    base->outcomes = outcomes;
    base->documents = documents;
}

/* The curated base with some studies gone, others and some of all else changed, and its lists the
 * other way round. */
static struct base another(const struct base *base, struct arena *arena)
{
    struct base other = *base;
    struct study *studies = arena_array(arena, base->study_count, sizeof *studies);
    struct condition *conditions = arena_array(arena, base->condition_count, sizeof *conditions);
    other.study_count = 0;
    for (size_t i = 0; i < base->study_count; i++)
        if (i % 50 != 7)
            studies[other.study_count++] = base->studies[i];
    for (size_t i = 0; i < other.study_count; i += 40)
        studies[i].note = "changed";
    for (size_t i = 0; i < base->condition_count; i++)
        conditions[i] = base->conditions[base->condition_count - 1 - i];
    conditions[4].plain = "changed";
    other.studies = studies;
    other.conditions = conditions;
    change_topics(&other, arena);
    return other;
}

static void the_base_is_read_as_it_stood_after_every_change(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct curation done;
    char hash[HASH_SIZE];
    struct store *store = with_curated(place, &base);
    const struct base second = another(&base, place->arena);
    saved(store, &second, 200);
    struct study study = second.studies[3];
    study_content_hash(&study, hash);
    study.title = "Changed by hand";
    must(store_put_study(store, &study, hash, &curator, &done, &err), &err);
    const struct base third = loaded(store, place->arena);
    assert_stood(store, "1970-01-01T00:01:40Z", &base, place->arena);
    assert_stood(store, "1970-01-01T00:03:19Z", &base, place->arena);
    assert_stood(store, "1970-01-01T01:03:20+01:00", &second, place->arena);
    assert_stood(store, "1970-01-01", &third, place->arena);
    assert_stood(store, stamped(store).hash, &third, place->arena);
    assert_no_edition(store, "1970-01-01T00:01:39Z", ERROR_NOT_FOUND, "1970-01-01T00:01:40Z",
                      place->arena);
    verified(store);
    store_close(store);
}

static void an_edition_is_named_by_its_hash_or_its_version(void **state)
{
    struct place *place = *state;
    struct base base;
    struct store *store = with_curated(place, &base);
    struct edition first = edition_of(store, "1970-01-01", place->arena);
    assert_non_null(first.version);
    assert_int_equal(edition_of(store, first.version, place->arena).key, 1);
    char hash[HASH_SIZE];
    memcpy(hash, first.base_hash, HASH_SIZE);
    hash[8] = '\0';
    assert_int_equal(edition_of(store, hash, place->arena).key, 1);
    hash[7] = '\0';
    assert_no_edition(store, hash, ERROR_INVALID, "8 digits", place->arena);
    assert_no_edition(store, "00000000", ERROR_NOT_FOUND, "00000000", place->arena);
    assert_no_edition(store, "2026-02-30", ERROR_INVALID, "no day", place->arena);
    const struct base second = another(&base, place->arena);
    saved(store, &second, 200);
    assert_no_edition(store, first.version, ERROR_INVALID, "2 editions", place->arena);
    saved(store, &base, 300); /* as it was: the hash means the newest of the same base */
    assert_int_equal(edition_of(store, first.base_hash, place->arena).key, 3);
    struct error err = {0};
    struct edition *all = NULL;
    size_t count = 0;
    must(store_editions(store, 0, 2, place->arena, &all, &count, &err), &err);
    assert_int_equal(count, 2);
    assert_int_equal(all[0].key, 3);
    must(store_editions(store, 2, 0, place->arena, &all, &count, &err), &err);
    assert_int_equal(count, 1);
    assert_int_equal(all[0].at, 100);
    store_close(store);
}

static void the_public_copy_has_the_history_too(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct store *store = with_curated(place, &base);
    const struct base second = another(&base, place->arena);
    saved(store, &second, 200);
    const char *path = arena_printf(place->arena, "%s/public.db", place->folder);
    must(store_publish(store, path, &err), &err);
    store_close(store);
    store = opened(path, STORE_WRITE);
    assert_stood(store, "1970-01-01T00:01:40Z", &base, place->arena);
    verified(store);
    store_close(store);
}

/* ---- what curators entered and the files do not say ---- */

static void a_build_does_not_undo_what_curators_entered(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct curation done;
    struct store_changes changes;
    struct curated_record *marked = NULL;
    size_t count = 0;
    char hash[HASH_SIZE];
    struct store *store = with_curated(place, &base);
    struct study study = base.studies[3];
    study_content_hash(&study, hash);
    study.title = "Changed by hand";
    must(store_put_study(store, &study, hash, &curator, &done, &err), &err);
    const struct base entered = loaded(store, place->arena);
    assert_false(store_save_base(store, &base, 400, &changes, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    assert_non_null(strstr(err.message, study.id));
    assert_non_null(strstr(err.message, "export data"));
    const struct base kept = loaded(store, place->arena);
    assert_same_base(&entered, &kept, place->arena);
    /* What was exported says the same: from then on the files are the word again. */
    err = (struct error){0};
    assert_int_equal(saved(store, &entered, 400).changed, 0);
    must(store_curated_records(store, place->arena, &marked, &count, &err), &err);
    assert_int_equal(count, 0);
    assert_int_equal(saved(store, &base, 500).changed, 1);
    verified(store);
    store_close(store);
}

static void a_build_that_is_told_to_puts_the_files_in_their_place(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct curation done;
    char hash[HASH_SIZE];
    struct store *store = with_curated(place, &base);
    study_content_hash(&base.studies[3], hash);
    must(store_remove_study(store, base.studies[3].id, hash, &curator, &done, &err) &&
             store_forget_curated(store, &err),
         &err);
    assert_int_equal(saved(store, &base, 400).added, 1);
    const struct base back = loaded(store, place->arena);
    assert_same_base(&base, &back, place->arena);
    store_close(store);
}

/* ---- what is done behind our back ---- */

/* The statement, and what verify is to name. */
struct tampering {
    const char *sql;
    const char *named;
};

#define UNLOCKED                                                                                   \
    "PRAGMA foreign_keys = OFF; DROP TRIGGER audit_is_never_changed; DROP TRIGGER "                \
    "audit_is_never_cut; "

static const struct tampering tamperings[] = {
    {"UPDATE study SET participants = 7 WHERE study_key = 3", "study "},
    {"UPDATE study SET participants = 7, hash = hash WHERE study_key = 3", "study "},
    {"UPDATE author SET family = 'Nobody' WHERE study_key = 1 AND position = 0", "study "},
    {"UPDATE result SET estimate = 1.5 WHERE study_key = (SELECT min(study_key) FROM result)",
     "study "},
    {"UPDATE arm SET n = 1 WHERE study_key = (SELECT min(study_key) FROM arm)", "study "},
    {"UPDATE harm SET event = 'x' WHERE study_key = (SELECT min(study_key) FROM harm)", "study "},
    {"DELETE FROM appraisal_item WHERE study_key = (SELECT min(study_key) FROM appraisal_item)",
     "study "},
    {"UPDATE appraisal SET overall = 'low', score = 1 WHERE study_key = "
     "(SELECT min(study_key) FROM appraisal)",
     "study "},
    {"UPDATE source SET place = 'x' WHERE study_key = 1", "study "},
    {"UPDATE study SET hash = (SELECT hash FROM study WHERE study_key = 4) WHERE study_key = 3",
     "study "},
    {"UPDATE intervention SET summary = 'x' WHERE id = 'dry-needling'", "intervention "},
    {"DELETE FROM intervention_alias WHERE intervention = 'dry-needling'", "intervention "},
    {"DELETE FROM intervention_claim WHERE intervention = 'dry-needling'", "intervention "},
    {"UPDATE condition SET plain = 'x' WHERE position = 0", "condition "},
    {"DELETE FROM condition_alias", "condition "},
    {"DELETE FROM condition_parent", "condition "},
    {"DELETE FROM condition_primary_outcome", "condition "},
    {"UPDATE condition SET position = 99 WHERE position = 0", "another order"},
    {"UPDATE outcome SET mid_value = 99 WHERE mid_value IS NOT NULL", "outcome "},
    {"DELETE FROM outcome_alias", "outcome "},
    {"UPDATE document SET text = '{}' WHERE name = 'overrides'", "document overrides"},
    {"DELETE FROM document WHERE name = 'overrides'", "base"},
    {"UPDATE meta SET base_hash = replace(base_hash, 'a', 'b')", "base"},
    {"UPDATE meta SET changed = changed - 1", "edition 4"},
    {UNLOCKED "UPDATE audit SET actor = 'bob' WHERE id = 12", "row 12"},
    {UNLOCKED "UPDATE audit SET detail = '{}' WHERE actor = 'ann'", "audit log"},
    {UNLOCKED "DELETE FROM audit WHERE id = 12", "row 13"},
    {UNLOCKED "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", "its end"},
    {UNLOCKED "DELETE FROM audit WHERE id > (SELECT max(id) - 3 FROM audit); UPDATE audit_head "
              "SET (id, hash) = (SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1)",
     "edition "},
    {"UPDATE audit_head SET id = id - 1", "its end"},
    {"UPDATE audit_head SET published = 1", "public copy"},
    {"UPDATE former_content SET content = x'00' WHERE hash = (SELECT min(hash) FROM "
     "former_content)",
     "former content"},
    {"PRAGMA foreign_keys = OFF; DELETE FROM former_content WHERE hash IN (SELECT before_hash FROM "
     "audit)",
     "not kept"},
    {"UPDATE edition SET version = '9' WHERE edition_key = 2", "edition 2"},
    {"UPDATE edition SET at = 1 WHERE edition_key = 1", "edition 1"},
    {"UPDATE edition SET base_hash = (SELECT base_hash FROM edition WHERE edition_key = 1) WHERE "
     "edition_key = 3",
     "edition 3"},
    {"DELETE FROM edition WHERE edition_key = 2", "edition "},
    {"DELETE FROM edition WHERE edition_key = 4", "row "},
    {"DELETE FROM edition", "no edition"},
    {"UPDATE screening_decision SET reason = 'another'", "screening decision 1"},
    {"UPDATE screening_topic SET condition = 'x'", "screening decision 1"},
    {"PRAGMA foreign_keys = OFF; DELETE FROM screening_decision", "screening_decision"},
    {"PRAGMA foreign_keys = ON; DELETE FROM screening_decision", "screening decision 1"},
    {"INSERT INTO screening_decision (publication_key, decision, who, at) VALUES (1, 'included', "
     "'x', 5)",
     "screening decisions"},
    {"UPDATE publication SET screening = 'excluded' WHERE screening = 'included'", "screened"},
    {"UPDATE source_record SET fields = json_set(fields, '$.title', 'x')", "record "},
    {"UPDATE merge SET who = 'x'", "merge "},
    {"UPDATE merge SET undone = 5", "merges"},
    {"PRAGMA foreign_keys = OFF; DELETE FROM merge_record", "merge "},
    {"UPDATE verdict_change SET after_verdict = 'works'", "feed"},
    {"PRAGMA foreign_keys = OFF; DELETE FROM verdict_change", "verdict_change"},
    {"PRAGMA foreign_keys = ON; DELETE FROM verdict_change", "feed"},
    {"DELETE FROM verdict_change_study", "feed"},
    {"INSERT INTO verdict_change (at, question, cause, actor, base_hash) SELECT 1, 'q', 'rules', "
     "'x', base_hash FROM meta",
     "feed"},
    {"UPDATE curated_record SET record = 'pmid:0'", "curated"},
};

static void screened_and_merged(struct store *store, struct arena *arena)
{
    struct error err = {0};
    const struct intake_stamp now = {.who = "import", .now = 310};
    int64_t keys[2];
    for (int i = 0; i < 2; i++) {
        struct record record;
        struct incoming incoming;
        int64_t key = 0;
        record_init(&record);
        record.source = "ris";
        record.title = i == 0 ? "One title" : "Another title";
        incoming_init(&incoming, &record, arena);
        const struct joining joining = {"new", NAN};
        must(store_add_record(store, &incoming, 0, &joining, &now, &key, &keys[i], &err) &&
                 store_settle(store, keys[i], &record, &now, &err),
             &err);
    }
    const struct screening_topic topics[] = {{"dry-needling", NULL}};
    const struct screening_decision decision = {.decision = SCREENING_INCLUDED,
                                                .reason = "fits",
                                                .who = "ann",
                                                .at = 311,
                                                .topics = topics,
                                                .topic_count = 1};
    struct record merged;
    record_init(&merged);
    merged.title = "One title";
    const struct joining person = {"person", NAN};
    must(store_screen(store, keys[0], &decision, &err) &&
             store_merge(store, keys[0], keys[1], &person, &now, &err) &&
             store_settle(store, keys[0], &merged, &now, &err),
         &err);
}

/* A store with some of everything: two builds, two changes by hand, a line in the feed, decisions.
 */
static void make_full(struct place *place)
{
    struct base base;
    struct error err = {0};
    struct curation done;
    char hash[HASH_SIZE];
    struct store *store = with_curated(place, &base);
    const struct base second = another(&base, place->arena);
    saved(store, &second, 200);
    struct study study = second.studies[3];
    study_content_hash(&study, hash);
    study.title = "Changed by hand";
    must(store_put_study(store, &study, hash, &curator, &done, &err), &err);
    screened_and_merged(store, place->arena);
    const char *const studies[] = {study.id, NULL};
    struct verdict_change line = {.question = "a.b.sham.c.short",
                                  .after_verdict = "unproven",
                                  .after_certainty = "low",
                                  .studies = studies};
    must(store_add_changes(store, &line, 1, "ann", 312, &err), &err);
    const struct document overrides = {"overrides", "{\"overrides\": []}\n", 18};
    must(store_put_document(store, &overrides, NULL, &curator, &done, &err), &err);
    verified(store);
    store_close(store);
}

static void copy_file(const char *from, const char *to)
{
    char bytes[65536];
    FILE *in = fopen(from, "rb");
    FILE *out = fopen(to, "wb");
    assert_true(in != NULL && out != NULL);
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, in)) > 0;)
        assert_int_equal(fwrite(bytes, 1, got, out), got);
    fclose(in);
    fclose(out);
}

/* True if verify names what was done to a copy of the store. */
static bool is_named(const char *path, const char *copy, const struct tampering *tampering)
{
    struct error err = {0};
    char sql[1024];
    snprintf(sql, sizeof sql, "PRAGMA synchronous = OFF; %s", tampering->sql);
    copy_file(path, copy);
    run_sql(copy, sql);
    struct store *store = opened(copy, STORE_READ);
    bool sound = store_verify(store, &err);
    store_close(store);
    if (!sound && strstr(err.message, tampering->named) != NULL)
        return true;
    print_error("%s: \"%s\" does not name \"%s\"\n", tampering->sql, err.message, tampering->named);
    return false;
}

static void whatever_is_changed_behind_our_back_is_named(void **state)
{
    struct place *place = *state;
    only_of_a_file(); /* of which a copy is made for each */
    make_full(place);
    const char *copy = arena_printf(place->arena, "%s/copy.db", place->folder);
    size_t unnamed = 0;
    for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++)
        unnamed += !is_named(place->path, copy, &tamperings[i]);
    assert_int_equal(unnamed, 0);
}

static void a_head_that_was_written_down_is_in_the_log_or_missed(void **state)
{
    struct place *place = *state;
    struct base base;
    struct error err = {0};
    struct audit_head head;
    struct store *store = with_curated(place, &base);
    must(store_audit_head(store, &head, &err), &err);
    const struct base second = another(&base, place->arena);
    saved(store, &second, 200);
    must(store_check_head(store, &head, &err), &err);
    head.hash[3] = head.hash[3] == 'a' ? 'b' : 'a';
    assert_false(store_check_head(store, &head, &err));
    assert_int_equal(err.kind, ERROR_STORE);
    err = (struct error){0};
    head.id = 1000000;
    assert_false(store_check_head(store, &head, &err));
    store_close(store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_base_is_read_as_it_stood_after_every_change),
        TEST(an_edition_is_named_by_its_hash_or_its_version),
        TEST(the_public_copy_has_the_history_too),
        TEST(a_build_does_not_undo_what_curators_entered),
        TEST(a_build_that_is_told_to_puts_the_files_in_their_place),
        TEST(whatever_is_changed_behind_our_back_is_named),
        TEST(a_head_that_was_written_down_is_in_the_log_or_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
