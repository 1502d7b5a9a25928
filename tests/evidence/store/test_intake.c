/* What importers bring in, through the store's door: kept as given, found again, taken apart. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "evidence/store/curation.h"
#include "evidence/store/intake.h"
#include "tests/evidence/random_record.h"
#include "tests/evidence/store/engine_place.h"

struct place {
    struct arena *arena;
    char folder[64];
    const char *path;
    struct store *store;
    struct error err;
};

static const struct intake_stamp now = {.who = "import", .run = 0, .now = 1000};

static void must(struct place *place, bool good)
{
    if (!good)
        fail_msg("%s", place->err.message);
}

static int make_place(void **state)
{
    struct place *place = memory_alloc(sizeof *place);
    *place = (struct place){.arena = arena_new(), .folder = "/tmp/touchstone-intake-XXXXXX"};
    if (mkdtemp(place->folder) == NULL)
        return -1;
    place->path = store_place(place->folder, place->arena);
    place->store = store_open(place->path, STORE_WRITE, &place->err);
    must(place, place->store != NULL);
    *state = place;
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    size_t count = 0;
    store_close(place->store);
    const char *const *names = folder_list(place->folder, "", place->arena, &count, &err);
    for (size_t i = 0; names != NULL && i < count; i++)
        unlink(arena_printf(place->arena, "%s/%s", place->folder, names[i]));
    rmdir(place->folder);
    store_place_remove(place->path, place->arena);
    arena_free(place->arena);
    free(place);
    return 0;
}

/* ---- small steps ---- */

static struct record made(const char *source, const char *id, const char *title)
{
    struct record record;
    record_init(&record);
    record.source = source;
    record.source_id = id;
    record.title = title;
    return record;
}

static struct publication publication(struct place *place, int64_t key)
{
    struct publication out;
    must(place, store_publication(place->store, key, place->arena, &out, &place->err));
    return out;
}

/* Adds a record to a publication (0: one of its own), which the record itself then stands for. */
static int64_t add_to(struct place *place, const struct record *record, int64_t to,
                      int64_t *record_key)
{
    struct incoming incoming;
    int64_t key = 0;
    int64_t ignored = 0;
    const struct joining joining = {.reason = to == 0 ? "new" : "pmid", .score = NAN};
    incoming_init(&incoming, record, place->arena);
    must(place, store_add_record(place->store, &incoming, to, &joining, &now,
                                 record_key == NULL ? &ignored : record_key, &key, &place->err) &&
                    store_settle(place->store, key, record, &now, &place->err));
    return key;
}

static int64_t add(struct place *place, const struct record *record)
{
    return add_to(place, record, 0, NULL);
}

static void change(struct place *place, const struct record *before, const struct record *after)
{
    struct incoming old;
    struct incoming new;
    struct kept_record kept;
    incoming_init(&old, before, place->arena);
    incoming_init(&new, after, place->arena);
    must(place, store_find_record(place->store, before->source, old.source_id, place->arena, &kept,
                                  &place->err));
    assert_true(kept.key != 0);
    must(place, store_change_record(place->store, &kept, &old, &new, &now, &place->err) &&
                    store_settle(place->store, kept.publication, after, &now, &place->err));
}

static size_t found(struct place *place, const char *query, enum screening screening)
{
    struct publication *out = NULL;
    size_t count = 0;
    size_t total = 0;
    must(place, store_search_publications(place->store, query, screening, 0, 50, place->arena, &out,
                                          &count, &total, &place->err));
    assert_int_equal(count, total);
    return count;
}

static void verified(struct place *place)
{
    must(place, store_verify(place->store, &place->err));
}

static const char *fields(const struct record *record, struct arena *arena)
{
    struct incoming incoming;
    incoming_init(&incoming, record, arena);
    return incoming.fields;
}

/* ---- records and publications ---- */

static void a_record_comes_back_as_it_was_given(void **state)
{
    struct place *place = *state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct random random = {.state = seed, .arena = place->arena};
        struct record record = random_record(&random);
        record.source_id = arena_printf(place->arena, "%d", (int)seed);
        int64_t key = add(place, &record);
        struct kept_record *records = NULL;
        size_t count = 0;
        must(place, store_records(place->store, key, place->arena, &records, &count, &place->err));
        assert_int_equal(count, 1);
        assert_string_equal(fields(&records[0].record, place->arena),
                            fields(&record, place->arena));
        assert_int_equal(records[0].first_seen, 1000);
    }
    verified(place);
}

/* Words are taken out of an index that keeps no text by saying them again, so both sides have to
 * agree on every byte, what is no UTF-8 included. */
static void what_changes_is_found_by_its_new_words_only(void **state)
{
    struct place *place = *state;
    struct record before = made("test", "1", "Dry needling \xE4 of knots");
    struct record after = before;
    after.title = "Cupping of shoulders";
    add(place, &before);
    assert_int_equal(found(place, "needling", SCREENING_UNSCREENED), 1);
    assert_int_equal(found(place, "needl", SCREENING_UNSCREENED), 1);
    change(place, &before, &after);
    assert_int_equal(found(place, "needling", SCREENING_UNSCREENED), 0);
    assert_int_equal(found(place, "cupping shoulder", SCREENING_UNSCREENED), 1);
    for (uint64_t seed = 1; seed <= 50; seed++) {
        struct random random = {.state = seed, .arena = place->arena};
        struct record next = random_record(&random);
        next.source_id = "1";
        next.source = "test";
        next.deleted = false;
        change(place, &after, &next);
        after = next;
    }
    struct record last = made("test", "1", "Alone");
    change(place, &after, &last);
    verified(place);
    assert_int_equal(found(place, "pain", SCREENING_UNSCREENED), 0);
    assert_int_equal(found(place, "alone", SCREENING_UNSCREENED), 1);
}

static void ids_follow_the_best_identifier_and_older_ones_still_lead_there(void **state)
{
    struct place *place = *state;
    struct record nameless = made("ris", NULL,
                                  "Knots & n\xC3\xA9"
                                  "edles: a trial");
    const struct author authors[] = {{.family = "Fern\xC3\xA1ndez"}};
    nameless.authors = authors;
    nameless.author_count = 1;
    nameless.year = 2019;
    int64_t key = add(place, &nameless);
    const char *first = publication(place, key).id;
    assert_int_equal(strncmp(first, "ts:fernandez-2019-knots-and-needles-a-trial-", 44), 0);

    struct record named = made("crossref", "10.1/a", "Knots and needles");
    named.doi = "10.1/a";
    add_to(place, &named, key, NULL);
    assert_string_equal(publication(place, key).id, "doi:10.1/a");
    named.pmid = "77";
    named.source = "pubmed";
    named.source_id = "77";
    add_to(place, &named, key, NULL);
    assert_string_equal(publication(place, key).id, "pmid:77");
    const char *const names[] = {first, "doi:10.1/a", "pmid:77"};
    for (size_t i = 0; i < 3; i++) {
        struct publication by_name;
        must(place,
             store_find_publication(place->store, names[i], place->arena, &by_name, &place->err));
        assert_int_equal(by_name.key, key);
    }
    struct publication none;
    assert_false(store_find_publication(place->store, "pmid:78", place->arena, &none, &place->err));
    assert_int_equal(place->err.kind, ERROR_NOT_FOUND);
    verified(place);
}

static void two_publications_that_claim_one_identifier_have_two_ids(void **state)
{
    struct place *place = *state;
    struct record one = made("ris", "1", "Dry needling");
    struct record other = made("ris", "2", "Something else");
    one.pmid = other.pmid = "5";
    int64_t first = add(place, &one);
    int64_t second = add(place, &other);
    assert_string_equal(publication(place, first).id, "pmid:5");
    assert_int_equal(strncmp(publication(place, second).id, "ts:something-else-", 18), 0);
    verified(place);
}

static void a_registration_is_called_by_its_number_and_linked_with_its_reports(void **state)
{
    struct place *place = *state;
    static const char *const numbers[] = {"NCT01234567", NULL};
    struct record registration = made("ctgov", "NCT01234567", "A trial of needling");
    struct record one = made("pubmed", "1", "Needling: main results");
    struct record other = made("pubmed", "2", "Needling: one year after");
    registration.registrations = one.registrations = other.registrations = numbers;
    one.pmid = "1";
    other.pmid = "2";
    int64_t key = add(place, &registration);
    add(place, &one);
    add(place, &other);
    assert_string_equal(publication(place, key).id, "nct:nct01234567");
    const char *const *ids = NULL;
    must(place, store_linked_publications(place->store, key, place->arena, &ids, &place->err));
    assert_string_equal(ids[0], "pmid:1");
    assert_string_equal(ids[1], "pmid:2");
    assert_null(ids[2]);
}

static void candidates_share_an_identifier_or_a_likeness(void **state)
{
    struct place *place = *state;
    static const int64_t likeness[] = {7, -9};
    struct record one = made("pubmed", "1", "One");
    struct record alike = made("ris", "a", "One, alike");
    struct record stranger = made("ris", "b", "Another");
    one.pmid = "1";
    int64_t first = add(place, &one);
    struct incoming incoming;
    int64_t record_key = 0;
    int64_t second = 0;
    incoming_init(&incoming, &alike, place->arena);
    incoming.likeness = likeness;
    incoming.likeness_count = 2;
    const struct joining joining = {.reason = "new", .score = NAN};
    must(place, store_add_record(place->store, &incoming, 0, &joining, &now, &record_key, &second,
                                 &place->err) &&
                    store_settle(place->store, second, &alike, &now, &place->err));
    add(place, &stranger);
    struct record asking = made("crossref", "x", "One");
    asking.pmid = "1";
    incoming_init(&incoming, &asking, place->arena);
    incoming.likeness = likeness + 1;
    incoming.likeness_count = 1;
    int64_t *keys = NULL;
    size_t count = 0;
    must(place,
         store_candidates(place->store, &incoming, 0, place->arena, &keys, &count, &place->err));
    assert_int_equal(count, 2);
    assert_int_equal(keys[0], first);
    assert_int_equal(keys[1], second);
    must(place, store_candidates(place->store, &incoming, first, place->arena, &keys, &count,
                                 &place->err));
    assert_int_equal(count, 1);
}

static void a_record_that_its_source_took_back_is_no_longer_listed(void **state)
{
    struct place *place = *state;
    struct record before = made("pubmed", "1", "Needling");
    struct record after = before;
    after.deleted = true;
    int64_t key = add(place, &before);
    assert_int_equal(found(place, "", SCREENING_UNSCREENED), 1);
    change(place, &before, &after);
    assert_true(publication(place, key).withdrawn);
    assert_int_equal(found(place, "", SCREENING_UNSCREENED), 0);
    assert_int_equal(found(place, "needling", SCREENING_UNSCREENED), 0);
    verified(place);
}

/* ---- merging ---- */

static void an_undone_merge_leaves_both_as_they_were(void **state)
{
    struct place *place = *state;
    struct record one = made("pubmed", "1", "Needling of the neck");
    struct record other = made("ris", "b", "Needling of the back");
    one.pmid = "1";
    int64_t into = add(place, &one);
    int64_t from = add(place, &other);
    const struct publication before = publication(place, from);
    const struct screening_decision decision = {
        .decision = SCREENING_EXCLUDED, .reason = "wrong part", .who = "ann", .at = 1001};
    must(place, store_screen(place->store, from, &decision, &place->err));

    const struct joining joining = {.reason = "title", .score = 0.9};
    must(place, store_merge(place->store, into, from, &joining, &now, &place->err) &&
                    store_settle(place->store, into, &one, &now, &place->err));
    assert_int_equal(publication(place, into).screening, SCREENING_EXCLUDED);
    struct publication led;
    must(place, store_find_publication(place->store, before.id, place->arena, &led, &place->err));
    assert_int_equal(led.key, into);
    verified(place);

    struct merge *merges = NULL;
    size_t count = 0;
    int64_t stayed = 0;
    int64_t restored = 0;
    must(place, store_merges(place->store, into, place->arena, &merges, &count, &place->err));
    assert_int_equal(count, 1);
    assert_int_equal(merges[0].record_count, 1);
    must(place,
         store_undo_merge(place->store, merges[0].key, &now, &stayed, &restored, &place->err) &&
             store_settle(place->store, stayed, &one, &now, &place->err) &&
             store_settle(place->store, restored, &other, &now, &place->err));
    assert_int_equal(stayed, into);
    assert_int_equal(restored, from);
    const struct publication after = publication(place, from);
    assert_string_equal(after.id, before.id);
    assert_int_equal(after.added, before.added);
    assert_int_equal(after.screening, SCREENING_EXCLUDED);
    assert_int_equal(publication(place, into).screening, SCREENING_UNSCREENED);
    assert_int_equal(found(place, "back", SCREENING_EXCLUDED), 1);
    bool apart = false;
    must(place, store_are_apart(place->store, into, from, &apart, &place->err));
    assert_true(apart);
    assert_false(
        store_undo_merge(place->store, merges[0].key, &now, &stayed, &restored, &place->err));
    assert_int_equal(place->err.kind, ERROR_NOT_FOUND);
    verified(place);
}

static void a_record_that_joined_wrongly_gets_a_publication_of_its_own(void **state)
{
    struct place *place = *state;
    struct record one = made("pubmed", "1", "Needling of the neck");
    struct record other = made("ris", "b", "Needling of the back");
    int64_t record_key = 0;
    int64_t into = add(place, &one);
    add_to(place, &other, into, &record_key);
    struct merge *merges = NULL;
    size_t count = 0;
    int64_t stayed = 0;
    int64_t restored = 0;
    must(place, store_merges(place->store, into, place->arena, &merges, &count, &place->err));
    assert_int_equal(merges[0].records[0], record_key);
    must(place,
         store_undo_merge(place->store, merges[0].key, &now, &stayed, &restored, &place->err) &&
             store_settle(place->store, stayed, &one, &now, &place->err) &&
             store_settle(place->store, restored, &other, &now, &place->err));
    assert_int_equal(found(place, "", SCREENING_UNSCREENED), 2);
    assert_string_equal(publication(place, restored).merged.title, "Needling of the back");
    verified(place);
}

static void possible_duplicates_are_listed_until_a_person_says_no(void **state)
{
    struct place *place = *state;
    struct record one = made("pubmed", "1", "Needling");
    struct record other = made("ris", "b", "Needling?");
    int64_t first_record = 0;
    int64_t second_record = 0;
    one.pmid = "1";
    other.pmid = "2";
    int64_t first = add_to(place, &one, 0, &first_record);
    add_to(place, &other, 0, &second_record);
    const struct joining maybe = {.reason = "title", .score = 0.5};
    const char *const *ids = NULL;
    must(place,
         store_put_pair(place->store, second_record, first_record, PAIR_POSSIBLE, &maybe, &now,
                        &place->err) &&
             store_possible_duplicates(place->store, first, place->arena, &ids, &place->err));
    assert_string_equal(ids[0], "pmid:2");
    must(place,
         store_put_pair(place->store, first_record, second_record, PAIR_APART, &maybe, &now,
                        &place->err) &&
             store_put_pair(place->store, first_record, second_record, PAIR_POSSIBLE, &maybe, &now,
                            &place->err) &&
             store_possible_duplicates(place->store, first, place->arena, &ids, &place->err));
    assert_null(ids[0]);
}

/* ---- screening ---- */

static void every_decision_is_kept_and_the_last_counts(void **state)
{
    struct place *place = *state;
    struct record record = made("pubmed", "1", "Needling");
    int64_t key = add(place, &record);
    static const struct screening_topic topics[] = {{"dry-needling", "neck-pain"}, {NULL, "knots"}};
    const struct screening_decision first = {
        .decision = SCREENING_INCLUDED, .who = "ann", .at = 1, .topics = topics, .topic_count = 2};
    const struct screening_decision second = {
        .decision = SCREENING_EXCLUDED, .reason = "animals", .who = "bob", .at = 2};
    must(place, store_screen(place->store, key, &first, &place->err) &&
                    store_screen(place->store, key, &second, &place->err));
    struct screening_decision *decisions = NULL;
    size_t count = 0;
    must(place, store_screenings(place->store, key, place->arena, &decisions, &count, &place->err));
    assert_int_equal(count, 2);
    assert_string_equal(decisions[0].reason, "animals");
    assert_int_equal(decisions[1].topic_count, 2);
    assert_string_equal(decisions[1].topics[0].intervention, "dry-needling");
    assert_null(decisions[1].topics[1].intervention);
    assert_int_equal(found(place, "needling", SCREENING_EXCLUDED), 1);
    assert_int_equal(found(place, "needling", SCREENING_UNSCREENED), 0);
    struct publication_counts counts;
    must(place, store_count_publications(place->store, &counts, &place->err));
    assert_int_equal(counts.by_screening[SCREENING_EXCLUDED], 1);
    verified(place);
}

/* ---- notices ---- */

/* A base with one study, whose record stands in the intake as the build puts it there. */
static int64_t curate(struct place *place, const struct base *base)
{
    struct store_changes changes;
    must(place, store_save_base(place->store, base, 1, &changes, &place->err));
    struct record record = made("curated", base->studies[0].id, base->studies[0].title);
    record.pmid = base->studies[0].pmid;
    record.doi = base->studies[0].doi;
    return add(place, &record);
}

static const struct condition one_condition[] = {{.id = "neck-pain", .name = "Neck pain"}};

static struct base small_base(const struct study *study)
{
    return (struct base){
        .conditions = one_condition, .condition_count = 1, .studies = study, .study_count = 1};
}

static const struct study one_study = {.id = "pmid:9",
                                       .pmid = "9",
                                       .doi = "10.1/nine",
                                       .title = "Nine needles",
                                       .condition = "neck-pain",
                                       .year = COUNT_UNKNOWN,
                                       .participants = COUNT_UNKNOWN,
                                       .trials = COUNT_UNKNOWN};

static struct study stored_study(struct place *place)
{
    struct base base;
    must(place, store_load_base(place->store, place->arena, &base, &place->err));
    assert_int_equal(base.study_count, 1);
    return base.studies[0];
}

/* Brings a record in as a page of an import does; gives what changed in the base. */
static struct store_changes bring(struct place *place, const struct record *before,
                                  const struct record *record)
{
    struct store_changes changes = {0};
    must(place, store_begin(place->store, &place->err));
    if (before == NULL)
        add(place, record);
    else
        change(place, before, record);
    if (store_notices_wait(place->store))
        must(place, store_apply_notices(place->store, &now, &changes, &place->err));
    must(place, store_commit(place->store, &place->err));
    return changes;
}

static void a_retraction_marks_the_study_and_no_build_forgets_it(void **state)
{
    struct place *place = *state;
    const struct base base = small_base(&one_study);
    int64_t key = curate(place, &base);
    const struct record_notice updates[] = {{.type = NOTICE_RETRACTION, .doi = "10.1/nine"}};
    struct record notice = made("crossref", "10.1/notice", "Retraction: Nine needles");
    notice.doi = "10.1/notice";
    notice.date = "2024-05-01";
    notice.updates = updates;
    notice.update_count = 1;
    struct store_changes changes = bring(place, NULL, &notice);
    assert_int_equal(changes.changed, 1);
    struct study study = stored_study(place);
    assert_true(study.retracted);
    assert_int_equal(study.notice_count, 1);
    assert_string_equal(study.notices[0].doi, "10.1/notice");
    assert_string_equal(study.notices[0].date, "2024-05-01");
    assert_string_equal(study.notices[0].source, "crossref");
    assert_true(publication(place, key).retracted);
    verified(place);

    must(place, store_save_base(place->store, &base, 2, &changes, &place->err));
    assert_int_equal(changes.changed, 0);
    assert_true(stored_study(place).retracted);
    verified(place);
}

/* A curator reads the study with the notice on it, and saves it so. */
static void a_curators_change_keeps_a_retraction_and_no_file_takes_it_for_its_own(void **state)
{
    struct place *place = *state;
    static const struct curation_stamp curator = {.actor = "ann", .source = "page", .now = 300};
    const struct base base = small_base(&one_study);
    curate(place, &base);
    const struct record_notice updates[] = {{.type = NOTICE_RETRACTION, .doi = "10.1/nine"}};
    struct record notice = made("crossref", "10.1/notice", "Retraction: Nine needles");
    notice.doi = "10.1/notice";
    notice.updates = updates;
    notice.update_count = 1;
    bring(place, NULL, &notice);

    struct study study = stored_study(place);
    struct curation done;
    char hash[HASH_SIZE];
    study_content_hash(&study, hash);
    study.note = "read again";
    must(place, store_put_study(place->store, &study, hash, &curator, &done, &place->err));
    study = stored_study(place);
    assert_string_equal(study.note, "read again");
    assert_true(study.retracted);
    assert_int_equal(study.notice_count, 1); /* once, not once more */
    verified(place);

    struct record taken_back = notice; /* Crossref had it wrong */
    taken_back.updates = NULL;
    taken_back.update_count = 0;
    bring(place, &notice, &taken_back);
    study = stored_study(place);
    assert_false(study.retracted);
    assert_int_equal(study.notice_count, 0);
    assert_string_equal(study.note, "read again");
    verified(place);
}

static void a_correction_never_retracts(void **state)
{
    struct place *place = *state;
    const struct base base = small_base(&one_study);
    curate(place, &base);
    const struct record_notice updates[] = {{.type = NOTICE_CORRECTION, .pmid = "9"},
                                            {.type = NOTICE_CONCERN, .pmid = "9"}};
    struct record notice = made("pubmed", "10", "Correction to: Nine needles");
    notice.pmid = "10";
    notice.updates = updates;
    notice.update_count = 2;
    assert_int_equal(bring(place, NULL, &notice).changed, 1);
    struct study study = stored_study(place);
    assert_false(study.retracted);
    assert_int_equal(study.notice_count, 2);
    verified(place);
}

static void a_source_that_takes_its_word_back_leaves_the_study_as_its_file_says(void **state)
{
    struct place *place = *state;
    const struct base base = small_base(&one_study);
    curate(place, &base);
    struct record record = made("openalex", "W1", "Nine needles");
    struct record after = record;
    const struct record_notice updates[] = {{.type = NOTICE_RETRACTION, .pmid = "9"}};
    record.updates = updates;
    record.update_count = 1;
    bring(place, NULL, &record);
    assert_true(stored_study(place).retracted);
    assert_int_equal(bring(place, &record, &after).changed, 1);
    struct study study = stored_study(place);
    assert_false(study.retracted);
    assert_int_equal(study.notice_count, 0);
    verified(place);
}

static void a_file_that_tells_of_a_later_reinstatement_is_believed(void **state)
{
    struct place *place = *state;
    const struct notice notices[] = {
        {.type = NOTICE_REINSTATEMENT, .date = "2025-01-01", .source = "the publisher"}};
    struct study study = one_study;
    study.notices = notices;
    study.notice_count = 1;
    const struct base base = small_base(&study);
    curate(place, &base);
    const struct record_notice updates[] = {
        {.type = NOTICE_RETRACTION, .pmid = "9", .date = "2024-01-01"}};
    struct record record = made("crossref", "n", "Retraction");
    record.updates = updates;
    record.update_count = 1;
    bring(place, NULL, &record);
    assert_false(stored_study(place).retracted);
    assert_int_equal(stored_study(place).notice_count, 2);
}

static void a_study_that_is_added_later_is_marked_by_a_notice_that_came_before(void **state)
{
    struct place *place = *state;
    const struct record_notice updates[] = {{.type = NOTICE_RETRACTION, .doi = "10.1/nine"}};
    struct record notice = made("crossref", "n", "Retraction: Nine needles");
    notice.updates = updates;
    notice.update_count = 1;
    add(place, &notice);
    const struct base base = small_base(&one_study);
    struct store_changes changes;
    must(place, store_begin(place->store, &place->err));
    curate(place, &base);
    assert_true(store_notices_wait(place->store));
    must(place, store_apply_notices(place->store, &now, &changes, &place->err) &&
                    store_commit(place->store, &place->err));
    assert_true(stored_study(place).retracted);
    verified(place);
}

/* ---- transactions ---- */

static void what_is_rolled_back_was_never_there(void **state)
{
    struct place *place = *state;
    struct record record = made("pubmed", "1", "Needling");
    must(place, store_begin(place->store, &place->err));
    add(place, &record);
    store_roll_back(place->store);
    assert_int_equal(found(place, "", SCREENING_UNSCREENED), 0);
    assert_int_equal(found(place, "needling", SCREENING_UNSCREENED), 0);
    add(place, &record);
    assert_int_equal(found(place, "needling", SCREENING_UNSCREENED), 1);
    verified(place);
}

static void what_was_changed_behind_our_back_is_found(void **state)
{
    static const char *const tamperings[] = {
        "UPDATE source_record SET fields = '{\"title\":\"Forged\"}'",
        "INSERT INTO record_identifier VALUES ('pmid', '5', 999)",
        "UPDATE publication SET title = 'Forged'",
        "PRAGMA foreign_keys = OFF; DELETE FROM source_record",
        "UPDATE publication SET searchable = 0",
        "INSERT INTO publication_words (publication_words) VALUES ('delete-all')",
    };
    struct place *place = *state;
    struct record record = made("pubmed", "1", "Needling");
    only_of_a_file();
    add(place, &record);
    store_close(place->store);
    struct arena *arena = arena_new();
    size_t length = 0;
    char *bytes = file_read(place->path, 64 << 20, arena, &length, &place->err);
    must(place, bytes != NULL);
    for (size_t i = 0; i < sizeof tamperings / sizeof *tamperings; i++) {
        must(place, file_write(place->path, bytes, length, &place->err));
        run_sql(place->path, tamperings[i]);
        struct error err = {0};
        struct store *store = store_open(place->path, STORE_READ, &err);
        assert_non_null(store);
        if (store_verify(store, &err))
            fail_msg("not found: %s", tamperings[i]);
        assert_int_equal(err.kind, ERROR_STORE);
        store_close(store);
    }
    must(place, file_write(place->path, bytes, length, &place->err));
    place->store = store_open(place->path, STORE_WRITE, &place->err);
    verified(place);
    arena_free(arena);
}

static void where_too_many_match_the_newest_come_first(void **state)
{
    struct place *place = *state;
    struct publication *out = NULL;
    size_t count = 0;
    size_t total = 0;
    int64_t last = 0;
    if (postgres_url() != NULL)
        skip(); /* half a minute, for a statement that says its order there */
    must(place, store_begin(place->store, &place->err));
    for (int i = 0; i < STORE_RANK_MOST + 2; i++) {
        struct record record = made("test", arena_printf(place->arena, "%d", i), "Massage");
        last = add(place, &record);
    }
    must(place, store_commit(place->store, &place->err));
    must(place, store_search_publications(place->store, "massage", SCREENING_UNSCREENED, 0, 2,
                                          place->arena, &out, &count, &total, &place->err));
    assert_int_equal(total, STORE_RANK_MOST + 1);
    assert_int_equal(count, 2);
    assert_int_equal(out[0].key, last);
    assert_true(out[1].key < last);
    must(place, store_search_publications(place->store, "massage", SCREENING_UNSCREENED, 2, 1,
                                          place->arena, &out, &count, &total, &place->err));
    assert_true(out[0].key < last - 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_record_comes_back_as_it_was_given),
        TEST(what_changes_is_found_by_its_new_words_only),
        TEST(ids_follow_the_best_identifier_and_older_ones_still_lead_there),
        TEST(two_publications_that_claim_one_identifier_have_two_ids),
        TEST(a_registration_is_called_by_its_number_and_linked_with_its_reports),
        TEST(candidates_share_an_identifier_or_a_likeness),
        TEST(a_record_that_its_source_took_back_is_no_longer_listed),
        TEST(an_undone_merge_leaves_both_as_they_were),
        TEST(a_record_that_joined_wrongly_gets_a_publication_of_its_own),
        TEST(possible_duplicates_are_listed_until_a_person_says_no),
        TEST(every_decision_is_kept_and_the_last_counts),
        TEST(a_retraction_marks_the_study_and_no_build_forgets_it),
        TEST(a_curators_change_keeps_a_retraction_and_no_file_takes_it_for_its_own),
        TEST(a_correction_never_retracts),
        TEST(a_source_that_takes_its_word_back_leaves_the_study_as_its_file_says),
        TEST(a_file_that_tells_of_a_later_reinstatement_is_believed),
        TEST(a_study_that_is_added_later_is_marked_by_a_notice_that_came_before),
        TEST(what_is_rolled_back_was_never_there),
        TEST(where_too_many_match_the_newest_come_first),
        TEST(what_was_changed_behind_our_back_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
