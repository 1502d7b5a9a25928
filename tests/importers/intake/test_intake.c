/* Records that come in: which publication each becomes, and what that does to those that are there.
 */
#include "tests/importers/intake/opened.h"

#include "importers/intake/base_change.h"
#include "importers/intake/intake.h"

static const struct intake_stamp now = {.who = "import", .now = 1000};

static struct record made(const char *source, const char *id, const char *title)
{
    struct record record;
    record_init(&record);
    record.source = source;
    record.source_id = id;
    record.title = title;
    return record;
}

static struct intake_took take(struct opened *opened, const struct record *record)
{
    struct intake_took took;
    must(opened, intake_take(opened->store, record, &now, opened->arena, &took, &opened->err));
    return took;
}

static const struct author ay[] = {{.family = "Ay", .given = "Saime"}};

static struct record article(const char *source, const char *id)
{
    struct record record =
        made(source, id, "Kinesio taping of the upper trapezius in office workers");
    record.authors = ay;
    record.author_count = 1;
    record.year = 2017;
    return record;
}

static void the_same_record_again_changes_nothing(void **state)
{
    struct opened *opened = *state;
    struct record record = article("pubmed", "5");
    record.pmid = "5";
    assert_int_equal(take(opened, &record).outcome, INTAKE_ADDED);
    assert_int_equal(take(opened, &record).outcome, INTAKE_UNCHANGED);
    record.abstract = "Now there is one.";
    assert_int_equal(take(opened, &record).outcome, INTAKE_UPDATED);
    assert_int_equal(take(opened, &record).outcome, INTAKE_UNCHANGED);
    assert_int_equal(listed(opened, ""), 1);
    assert_int_equal(listed(opened, "abstract"), 0);
    assert_int_equal(listed(opened, "one"), 1);
    verified(opened);
}

static void records_without_an_id_are_known_by_their_content(void **state)
{
    struct opened *opened = *state;
    struct record record = article("ris", NULL);
    assert_int_equal(take(opened, &record).outcome, INTAKE_ADDED);
    assert_int_equal(take(opened, &record).outcome, INTAKE_UNCHANGED);
    record.abstract = "Another export.";
    assert_int_equal(take(opened, &record).outcome, INTAKE_MERGED);
    assert_int_equal(listed(opened, ""), 1);
    verified(opened);
}

static void sources_meet_by_identifier_and_by_title(void **state)
{
    struct opened *opened = *state;
    struct record pubmed = article("pubmed", "5");
    pubmed.pmid = "5";
    struct record crossref = made("crossref", "10.1/a", "Another title of it altogether");
    crossref.doi = "10.1/a";
    crossref.pmid = "5";
    crossref.authors = ay;
    crossref.author_count = 1;
    struct record ris = article("ris", NULL);
    ris.title = "KINESIO TAPING OF THE UPPER TRAPEZIUS IN OFFICE WORKERS.";
    int64_t key = take(opened, &pubmed).publication;
    struct intake_took second = take(opened, &crossref);
    struct intake_took third = take(opened, &ris);
    assert_int_equal(second.outcome, INTAKE_MERGED);
    assert_int_equal(second.publication, key);
    assert_int_equal(third.outcome, INTAKE_MERGED);
    assert_int_equal(third.publication, key);
    assert_int_equal(record_count(opened, key), 3);
    assert_string_equal(by_id(opened, "doi:10.1/a").id, "pmid:5");
    assert_string_equal(by_id(opened, "pmid:5").merged.doi, "10.1/a");
    verified(opened);
}

/* A crossing: one publication is known by its PMID, another by its DOI, and then comes who knows
 * both. */
static void a_record_that_knows_both_joins_two_publications(void **state)
{
    struct opened *opened = *state;
    struct record pubmed = made("pubmed", "5", "Kinesio-Tape bei B\xC3\xBCroarbeit");
    pubmed.pmid = "5";
    struct record crossref = article("crossref", "10.1/a");
    crossref.doi = "10.1/a";
    struct record both = article("europepmc", "MED5");
    both.pmid = "5";
    both.doi = "10.1/a";
    take(opened, &pubmed);
    take(opened, &crossref);
    assert_int_equal(listed(opened, ""), 2);
    struct intake_took took = take(opened, &both);
    assert_int_equal(took.joined, 1);
    assert_int_equal(listed(opened, ""), 1);
    assert_int_equal(record_count(opened, by_id(opened, "pmid:5").key), 3);
    assert_int_equal(by_id(opened, "doi:10.1/a").key, by_id(opened, "pmid:5").key);
    verified(opened);
}

static void an_identifier_that_a_source_adds_later_joins_them_then(void **state)
{
    struct opened *opened = *state;
    struct record pubmed = made("pubmed", "5", "Kinesio-Tape bei B\xC3\xBCroarbeit");
    pubmed.pmid = "5";
    struct record crossref = article("crossref", "10.1/a");
    crossref.doi = "10.1/a";
    take(opened, &pubmed);
    take(opened, &crossref);
    pubmed.doi = "10.1/a";
    struct intake_took took = take(opened, &pubmed);
    assert_int_equal(took.outcome, INTAKE_UPDATED);
    assert_int_equal(took.joined, 1);
    assert_int_equal(listed(opened, ""), 1);
    verified(opened);
}

static void what_may_be_the_same_is_left_for_a_person(void **state)
{
    struct opened *opened = *state;
    struct record one = made("ris", "a", "Neck pain");
    struct record other = made("ris", "b", "Neck pain");
    one.authors = other.authors = ay;
    one.author_count = other.author_count = 1;
    one.year = other.year = 2015;
    struct intake_took first = take(opened, &one);
    struct intake_took second = take(opened, &other);
    assert_int_equal(second.outcome, INTAKE_ADDED);
    assert_int_equal(second.possible, 1);
    const char *const *ids = NULL;
    must(opened, store_possible_duplicates(opened->store, first.publication, opened->arena, &ids,
                                           &opened->err));
    assert_non_null(ids[0]);
    assert_null(ids[1]);
}

static void an_undone_merge_is_not_done_again(void **state)
{
    struct opened *opened = *state;
    struct record pubmed = article("pubmed", "5");
    pubmed.pmid = "5";
    struct record ris = article("ris", "a");
    take(opened, &pubmed);
    struct intake_took joined = take(opened, &ris);
    assert_int_equal(joined.outcome, INTAKE_MERGED);
    struct merge *merges = NULL;
    size_t count = 0;
    must(opened, store_merges(opened->store, joined.publication, opened->arena, &merges, &count,
                              &opened->err));
    assert_int_equal(count, 1);
    must(opened, intake_undo_merge(opened->store, merges[0].key, &now, &opened->err));
    assert_int_equal(listed(opened, ""), 2);
    ris.abstract = "It came again, and with more to say.";
    assert_int_equal(take(opened, &ris).outcome, INTAKE_UPDATED);
    pubmed.abstract = "So did this.";
    assert_int_equal(take(opened, &pubmed).outcome, INTAKE_UPDATED);
    assert_int_equal(listed(opened, ""), 2);
    verified(opened);
}

static void two_that_people_screened_differently_are_not_merged_by_a_program(void **state)
{
    struct opened *opened = *state;
    struct record one = article("pubmed", "5");
    one.pmid = "5";
    one.title = "Kinesio-Tape bei B\xC3\xBCroarbeit";
    struct record other = article("crossref", "10.1/a");
    other.doi = "10.1/a";
    int64_t first = take(opened, &one).publication;
    int64_t second = take(opened, &other).publication;
    const struct screening_decision in = {.decision = SCREENING_INCLUDED, .who = "ann", .at = 1};
    const struct screening_decision out = {.decision = SCREENING_EXCLUDED, .who = "bob", .at = 1};
    must(opened, store_screen(opened->store, first, &in, &opened->err) &&
                     store_screen(opened->store, second, &out, &opened->err));
    one.doi = "10.1/a";
    struct intake_took took = take(opened, &one);
    assert_int_equal(took.joined, 0);
    assert_int_equal(took.possible, 1);
    verified(opened);
}

static void entries_of_registers_are_linked_with_reports_and_never_merged(void **state)
{
    struct opened *opened = *state;
    static const char *const numbers[] = {"NCT01234567", NULL};
    struct record entry = article("ctgov", "NCT01234567");
    struct record one = article("pubmed", "5");
    struct record other = article("pubmed", "6");
    entry.registrations = one.registrations = other.registrations = numbers;
    one.pmid = "5";
    other.pmid = "6";
    other.title = "Costs of kinesio taping in the same trial";
    take(opened, &entry);
    take(opened, &one);
    take(opened, &other);
    assert_int_equal(listed(opened, ""), 3);
    const char *const *ids = NULL;
    must(opened, store_linked_publications(opened->store, by_id(opened, "nct:nct01234567").key,
                                           opened->arena, &ids, &opened->err));
    assert_string_equal(ids[0], "pmid:5");
    assert_string_equal(ids[1], "pmid:6");
}

/* ---- the base ---- */

static const struct condition neck[] = {{.id = "neck-pain", .name = "Neck pain"}};

static struct study curated(const char *id, const char *pmid, const char *title)
{
    return (struct study){.id = id,
                          .pmid = pmid,
                          .title = title,
                          .authors = ay,
                          .author_count = 1,
                          .year = 2017,
                          .condition = "neck-pain",
                          .participants = COUNT_UNKNOWN,
                          .trials = COUNT_UNKNOWN};
}

static void save(struct opened *opened, const struct study *studies, size_t count)
{
    const struct base base = {
        .conditions = neck, .condition_count = 1, .studies = studies, .study_count = count};
    struct store_changes changes;
    must(opened, store_begin(opened->store, &opened->err) &&
                     store_save_base(opened->store, &base, 1, &changes, &opened->err) &&
                     intake_match_base(opened->store, &now, &opened->err) &&
                     store_commit(opened->store, &opened->err));
}

static void a_record_of_a_curated_study_joins_it_and_is_no_second_one(void **state)
{
    struct opened *opened = *state;
    const struct study studies[] = {
        curated("pmid:5", "5", "Kinesio taping"),
        curated("ts:ay", NULL, "Laser for the upper trapezius in people who work at a desk")};
    save(opened, studies, 2);
    struct record by_number = article("pubmed", "5");
    by_number.pmid = "5";
    struct record by_title = article("crossref", "10.1/a");
    by_title.title = "Laser for the upper trapezius in people who work at a desk";
    by_title.doi = "10.1/a";
    assert_int_equal(take(opened, &by_number).outcome, INTAKE_MERGED);
    assert_int_equal(take(opened, &by_title).outcome, INTAKE_MERGED);
    assert_string_equal(by_id(opened, "pmid:5").study, "pmid:5");
    assert_string_equal(by_id(opened, "doi:10.1/a").study, "ts:ay");
    assert_string_equal(by_id(opened, "doi:10.1/a").id, "ts:ay");
    assert_int_equal(listed(opened, ""), 0);
    verified(opened);
}

static void a_study_that_is_curated_later_takes_over_what_is_there(void **state)
{
    struct opened *opened = *state;
    struct record record = article("pubmed", "5");
    record.pmid = "5";
    take(opened, &record);
    assert_int_equal(listed(opened, "kinesio"), 1);
    const struct study study = curated("pmid:5", "5", "Kinesio taping");
    save(opened, &study, 1);
    assert_int_equal(listed(opened, "kinesio"), 0);
    assert_string_equal(by_id(opened, "pmid:5").study, "pmid:5");
    save(opened, NULL, 0);
    assert_int_equal(listed(opened, "kinesio"), 1);
    assert_null(by_id(opened, "pmid:5").study);
    verified(opened);
}

static void two_curated_studies_stay_two_whatever_a_source_thinks(void **state)
{
    struct opened *opened = *state;
    const struct study studies[] = {curated("pmid:5", "5", "Kinesio taping, a trial of workers"),
                                    curated("pmid:6", "6", "Kinesio taping, a trial of workers")};
    save(opened, studies, 2);
    struct record wrong = article("europepmc", "x");
    wrong.pmid = "5";
    wrong.title = "Kinesio taping, a trial of workers";
    assert_int_equal(take(opened, &wrong).outcome, INTAKE_MERGED);
    assert_string_equal(by_id(opened, "pmid:5").study, "pmid:5");
    assert_string_equal(by_id(opened, "pmid:6").study, "pmid:6");
    verified(opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPENED(the_same_record_again_changes_nothing),
        OPENED(records_without_an_id_are_known_by_their_content),
        OPENED(sources_meet_by_identifier_and_by_title),
        OPENED(a_record_that_knows_both_joins_two_publications),
        OPENED(an_identifier_that_a_source_adds_later_joins_them_then),
        OPENED(what_may_be_the_same_is_left_for_a_person),
        OPENED(an_undone_merge_is_not_done_again),
        OPENED(two_that_people_screened_differently_are_not_merged_by_a_program),
        OPENED(entries_of_registers_are_linked_with_reports_and_never_merged),
        OPENED(a_record_of_a_curated_study_joins_it_and_is_no_second_one),
        OPENED(a_study_that_is_curated_later_takes_over_what_is_there),
        OPENED(two_curated_studies_stay_two_whatever_a_source_thinks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
