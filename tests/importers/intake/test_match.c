/* One publication or two: the answers that a person who looks at both records gives. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "importers/intake/match.h"
#include "importers/intake/match_side.h"

enum { AUTHORS_MOST = 4 };

/* A record as a test writes it down: what is left out is unknown. */
struct brief {
    const char *title;
    const char *family[AUTHORS_MOST];
    int year;
    const char *journal;
    const char *volume;
    const char *pages;
    const char *doi;
    const char *pmid;
    const char *source;
    const char *source_id;
    const char *type;
    const char *registration;
};

static void make(const struct brief *brief, struct arena *arena, struct record *out)
{
    struct author *authors = arena_array(arena, AUTHORS_MOST, sizeof *authors);
    const char **types = arena_array(arena, 2, sizeof *types);
    const char **numbers = arena_array(arena, 2, sizeof *numbers);
    record_init(out);
    out->source = brief->source == NULL ? "ris" : brief->source;
    out->source_id = brief->source_id;
    out->title = brief->title;
    for (size_t i = 0; i < AUTHORS_MOST && brief->family[i] != NULL; i++)
        authors[out->author_count++].family = brief->family[i];
    out->authors = authors;
    out->year = brief->year == 0 ? COUNT_UNKNOWN : brief->year;
    out->journal = brief->journal;
    out->volume = brief->volume;
    out->pages = brief->pages;
    out->doi = brief->doi;
    out->pmid = brief->pmid;
    types[0] = brief->type;
    out->publication_types = types;
    numbers[0] = brief->registration;
    out->registrations = numbers;
}

static struct match compared(const struct brief *one, const struct brief *other)
{
    struct arena *arena = arena_new();
    struct record left;
    struct record right;
    make(one, arena, &left);
    make(other, arena, &right);
    const struct match_side *a = match_side_new(&left, arena);
    const struct match_side *b = match_side_new(&right, arena);
    struct match found = match_compare(a, b);
    assert_int_equal(match_compare(b, a).answer, found.answer);
    arena_free(arena);
    return found;
}

struct pair {
    struct brief one;
    struct brief other;
};

static void all_are(enum match_answer answer, const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct match found = compared(&pairs[i].one, &pairs[i].other);
        if (found.answer != answer)
            fail_msg("pair %zu is %d, not %d (%.1f bits): %s | %s", i, (int)found.answer,
                     (int)answer, found.score, pairs[i].one.title, pairs[i].other.title);
    }
}

#define ALL_ARE(answer, pairs) all_are(answer, pairs, sizeof(pairs) / sizeof *(pairs))

static void the_same_identifier_is_the_same_publication(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {{.title = "Dry needling of the neck", .pmid = "5"},
         {.title = "Dry needling of the neck.", .pmid = "5"}},
        /* translated title, another DOI of the same PubMed record */
        {{.title = "Punci\xC3\xB3n seca del cuello",
          .pmid = "5",
          .doi = "10.1/a",
          .family = {"Garc\xC3\xAD"
                     "a"}},
         {.title = "[Dry needling of the neck]",
          .pmid = "5",
          .doi = "10.2/b",
          .family = {"Garcia"}}},
        {{.title = "Dry needling", .doi = "10.1/a"}, {.doi = "10.1/a"}},
    };
    ALL_ARE(MATCH_SAME, pairs);
}

static void different_identifiers_are_different_publications(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {{.title = "Massage for low-back pain",
          .family = {"Furlan"},
          .year = 2008,
          .doi = "10.1002/14651858.cd001929.pub2",
          .journal = "Cochrane Database Syst Rev"},
         {.title = "Massage for low-back pain",
          .family = {"Furlan"},
          .year = 2008,
          .doi = "10.1002/14651858.cd001929.pub3",
          .journal = "Cochrane Database Syst Rev"}},
        {{.title = "Dry needling of the neck", .pmid = "5", .doi = "10.1/a"},
         {.title = "Dry needling of the neck", .pmid = "6", .doi = "10.1/a"}},
        {{.title = "One study", .source = "curated", .source_id = "pmid:1"},
         {.title = "One study", .source = "curated", .source_id = "ts:one"}},
    };
    ALL_ARE(MATCH_DIFFERENT, pairs);
}

static void an_identifier_that_all_else_contradicts_is_left_to_a_person(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {{.title = "Dry needling of the neck in adults",
          .family = {"Eins"},
          .year = 2001,
          .pmid = "5"},
         {.title = "Surgery of the ankle after fracture",
          .family = {"Zwei"},
          .year = 2014,
          .pmid = "5"}},
        {{.title = "Erratum to: Dry needling of the neck",
          .family = {"Eins"},
          .year = 2001,
          .doi = "10.1/a"},
         {.title = "Dry needling of the neck", .family = {"Eins"}, .year = 2001, .doi = "10.1/a"}},
    };
    ALL_ARE(MATCH_POSSIBLE, pairs);
}

static void what_spelling_databases_and_readers_do_to_a_record_makes_no_other(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        /* case, a name run together, a numeral for a word, another form of the journal */
        {{.title = "Auscultation in mild mitral regurgitation in three dogs: observer variation",
          .family = {"van der Woerdt"},
          .year = 1999,
          .journal = "Journal of veterinary internal medicine",
          .volume = "13",
          .pages = "56-64"},
         {.title = "AUSCULTATION IN MILD MITRAL REGURGITATION IN 3 DOGS - OBSERVER VARIATION",
          .family = {"VANDERWOERDT"},
          .year = 1999,
          .journal = "J Vet Intern Med",
          .volume = "13",
          .pages = "56--64"}},
        /* a misspelt word, British and American */
        {{.title = "Haemophilia and myofascial trigger points of the shoulder girdle",
          .family = {"Fern\xC3\xA1ndez-de-las-Pe\xC3\xB1"
                     "as"},
          .year = 2010},
         {.title = "Hemophilia and myofacial trigger points of the shoulder girdle",
          .family = {"Fernandez de las Penas"},
          .year = 2010}},
        /* a subtitle left out */
        {{.title = "Effect of ischaemic compression on upper trapezius pain: a randomised trial",
          .family = {"Nagrale"},
          .year = 2010,
          .journal = "J Man Manip Ther"},
         {.title = "Effect of ischaemic compression on upper trapezius pain",
          .family = {"Nagrale"},
          .year = 2010,
          .journal = "Journal of manual & manipulative therapy"}},
        /* online first, printed a year later */
        {{.title = "Kinesio taping of the upper trapezius in office workers with neck pain",
          .family = {"Ay"},
          .year = 2016,
          .journal = "Clinical rehabilitation"},
         {.title = "Kinesio taping of the upper trapezius in office workers with neck pain",
          .family = {"Ay"},
          .year = 2017,
          .journal = "Clin Rehabil",
          .volume = "31"}},
        /* the journal's name changed, place and author agree */
        {{.title = "Cytogenetic characterization of mammary tumors in two domestic dogs",
          .family = {"Mayr"},
          .year = 1991,
          .journal = "Zentralblatt fur Veterinarmedizin. Reihe A",
          .volume = "38",
          .pages = "141-147"},
         {.title = "CYTOGENETIC CHARACTERIZATION OF MAMMARY-TUMORS IN 2 DOMESTIC DOGS",
          .family = {"MAYR"},
          .year = 1991,
          .journal = "Journal of Veterinary Medicine Series A",
          .volume = "38",
          .pages = "141--147"}},
        /* the publisher marked the article itself as retracted */
        {{.title = "RETRACTED: Shock waves for trigger points of the trapezius muscle",
          .family = {"Ji"},
          .year = 2012},
         {.title = "Shock waves for trigger points of the trapezius muscle",
          .family = {"Ji"},
          .year = 2012}},
        {{.title = "\xCE\xB2-endorphin in the plasma of patients after dry needling",
          .family = {"Li"},
          .year = 2012},
         {.title = "Beta-endorphin in the plasma of patients after dry needling",
          .family = {"Li"},
          .year = 2012}},
    };
    ALL_ARE(MATCH_SAME, pairs);
}

static void what_looks_alike_and_is_not_the_same_stays_two(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        {{.title = "Muscle hardness and dry needling. Part I: healthy subjects",
          .family = {"Maher"},
          .year = 2013,
          .journal = "Physiotherapy"},
         {.title = "Muscle hardness and dry needling. Part II: healthy subjects",
          .family = {"Maher"},
          .year = 2013,
          .journal = "Physiotherapy"}},
        {{.title = "Laser for neck pain in office workers", .family = {"Chow"}, .year = 2006},
         {.title = "Laser for neck pain in office workers, part 2",
          .family = {"Chow"},
          .year = 2006}},
        {{.title = "Taping of the shoulder: a 12-week trial of physiotherapy",
          .family = {"Ay"},
          .year = 2015},
         {.title = "Taping of the shoulder: a 24-week trial of physiotherapy",
          .family = {"Ay"},
          .year = 2015}},
        {{.title = "Erratum: Dry needling of the neck in office workers",
          .family = {"Ay"},
          .year = 2015},
         {.title = "Dry needling of the neck in office workers", .family = {"Ay"}, .year = 2015}},
        {{.title = "Dry needling of the neck in office workers: authors' reply",
          .family = {"Ay"},
          .year = 2015},
         {.title = "Dry needling of the neck in office workers", .family = {"Ay"}, .year = 2015}},
        {{.title = "Dry needling of the neck in office workers",
          .family = {"Ay"},
          .year = 2015,
          .journal = "Pain",
          .volume = "7",
          .pages = "1-9"},
         {.title = "Dry needling of the neck in office workers (vol 7, pg 1, 2015)",
          .family = {"Ay"},
          .year = 2015,
          .journal = "PAIN",
          .volume = "7",
          .pages = "99"}},
        /* two editions of a review without identifiers */
        {{.title = "Massage for low-back pain", .family = {"Furlan"}, .year = 2002},
         {.title = "Massage for low-back pain", .family = {"Furlan"}, .year = 2008}},
        /* a preprint and its article */
        {{.title = "Shock waves for trigger points of the trapezius muscle",
          .family = {"Ji"},
          .year = 2021,
          .doi = "10.1101/2021.05.04.442412"},
         {.title = "Shock waves for trigger points of the trapezius muscle",
          .family = {"Ji"},
          .year = 2021}},
        /* other people under one title */
        {{.title = "Familial nephropathy in cocker spaniels",
          .family = {"Robinson"},
          .year = 1985,
          .journal = "Australian veterinary journal"},
         {.title = "[Familial nephropathy in cocker spaniels]",
          .family = {"Koeman"},
          .year = 1989,
          .journal = "Deutsche tierarztliche Wochenschrift"}},
        /* the entry of a trial and its report */
        {{.title = "Needling of the neck, a trial",
          .source = "ctgov",
          .source_id = "NCT01234567",
          .registration = "NCT01234567",
          .year = 2015},
         {.title = "Needling of the neck, a trial",
          .family = {"Ay"},
          .year = 2015,
          .registration = "NCT01234567",
          .pmid = "5"}},
        /* two reports of one trial */
        {{.title = "Needling of the neck: pain after three months",
          .family = {"Ay"},
          .year = 2015,
          .registration = "NCT01234567"},
         {.title = "Costs of needling in the same trial",
          .family = {"Ay"},
          .year = 2016,
          .registration = "NCT01234567"}},
    };
    ALL_ARE(MATCH_DIFFERENT, pairs);
}

static void what_cannot_be_told_is_left_to_a_person(void **state)
{
    (void)state;
    static const struct pair pairs[] = {
        /* a letter and another of one author under one title, in one volume */
        {{.title = "Congenital cataracts in English cocker spaniels",
          .family = {"Davidson"},
          .year = 1988,
          .journal = "The Veterinary record",
          .volume = "122",
          .pages = "494"},
         {.title = "Congenital cataracts in English cocker spaniels",
          .family = {"Davidson"},
          .year = 1988,
          .journal = "Veterinary Record",
          .volume = "122",
          .pages = "568"}},
        /* a letter and its reply on one page */
        {{.title = "Primary secretory otitis media in spaniels",
          .family = {"Rusbridge"},
          .year = 2004,
          .journal = "J Small Anim Pract",
          .volume = "45",
          .pages = "222"},
         {.title = "Primary secretory otitis media in spaniels",
          .family = {"Stern-Bertholtz"},
          .year = 2004,
          .journal = "J Small Anim Pract",
          .volume = "45",
          .pages = "222"}},
        /* the abstract of a meeting and the paper */
        {{.title = "Needling of the levator scapulae in nurses",
          .family = {"Ay"},
          .year = 2015,
          .journal = "Annals of the Rheumatic Diseases",
          .volume = "74"},
         {.title = "Needling of the levator scapulae in nurses",
          .family = {"Ay"},
          .year = 2015,
          .journal = "Pain medicine"}},
        /* a short title */
        {{.title = "Neck pain", .family = {"Cohen"}, .year = 2015},
         {.title = "Neck pain", .family = {"Cohen"}, .year = 2015}},
        /* a protocol, or the article with its subtitle cut off */
        {{.title = "Needling of the levator scapulae in nurses: study protocol",
          .family = {"Ay"},
          .year = 2015},
         {.title = "Needling of the levator scapulae in nurses", .family = {"Ay"}, .year = 2015}},
        /* two DOIs of what stands in one place under one title */
        {{.title = "Decreased platelet function in spaniels with regurgitation",
          .family = {"Tarnow"},
          .year = 2003,
          .journal = "J Vet Intern Med",
          .volume = "17",
          .pages = "680-686",
          .doi = "10.1892/0891-6640(2003)017"},
         {.title = "Decreased platelet function in spaniels with regurgitation",
          .family = {"Tarnow"},
          .year = 2003,
          .journal = "J Vet Intern Med",
          .volume = "17",
          .pages = "680-686",
          .doi = "10.1111/j.1939-1676.2003.tb02500.x"}},
    };
    ALL_ARE(MATCH_POSSIBLE, pairs);
}

static void a_doi_that_one_record_of_a_publication_knows_is_no_contradiction(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    static const struct brief briefs[] = {
        {.title = "Dry needling of the neck in adults", .pmid = "5", .doi = "10.1/a"},
        {.title = "Dry needling of the neck in adults", .pmid = "5", .doi = "10.2/b"},
        {.title = "Dry needling of the neck in adults", .doi = "10.2/b"},
        {.title = "Dry needling of the neck in adults", .doi = "10.3/c"},
    };
    const struct match_side *sides[4];
    struct record records[4];
    for (size_t i = 0; i < 4; i++) {
        make(&briefs[i], arena, &records[i]);
        sides[i] = match_side_new(&records[i], arena);
    }
    assert_int_equal(match_publication(sides[2], sides, 2).answer, MATCH_SAME);
    assert_int_equal(match_publication(sides[3], sides, 2).answer, MATCH_DIFFERENT);
    arena_free(arena);
}

/* Whatever one of them loses, two records of one article meet somewhere. */
static enum place_level journals(const char *name, const char *issn, const char *other_name,
                                 const char *other_issn)
{
    struct arena *arena = arena_new();
    struct record one, other;
    record_init(&one);
    record_init(&other);
    one.journal = name;
    one.issn = issn;
    other.journal = other_name;
    other.issn = other_issn;
    enum place_level level =
        match_journal_level(match_side_new(&one, arena), match_side_new(&other, arena));
    arena_free(arena);
    return level;
}

/* A journal has an ISSN for print and one for the web, and writes them as it likes; one in common
 * is the same journal, whatever its name is. ISSNs of The Veterinary Record. */
static void one_issn_in_common_is_one_journal(void **state)
{
    (void)state;
    const char *const both = "0042-4900 (Print) 2042-7670 (Electronic)";
    assert_int_equal(journals("Vet Rec", both, "In practice", "20427670"), PLACE_SAME);
    assert_int_equal(journals(NULL, "0042-4900", NULL, both), PLACE_SAME);
    assert_int_equal(journals("Pain", "1872-662x", "Schmerz", "1872662X"), PLACE_SAME);
    assert_int_equal(journals("Pain", "0304-3959", "Schmerz", both), PLACE_DIFFERENT);
    assert_int_equal(journals(NULL, "0304-3959", NULL, both), PLACE_UNKNOWN);
    assert_int_equal(journals("Pain", "3959", "Schmerz", "3959"), PLACE_DIFFERENT);
}

static enum place_level pages(const char *one_pages, const char *other_pages)
{
    struct arena *arena = arena_new();
    struct record one, other;
    record_init(&one);
    record_init(&other);
    one.pages = one_pages;
    other.pages = other_pages;
    enum place_level level =
        match_page_level(match_side_new(&one, arena), match_side_new(&other, arena));
    arena_free(arena);
    return level;
}

static void pages_are_the_same_however_they_are_written(void **state)
{
    (void)state;
    assert_int_equal(pages("1137-42", "1138-1142"), PLACE_SAME); /* two pages in both */
    assert_int_equal(pages("1137-42", "1142-8"), PLACE_DIFFERENT);
    assert_int_equal(pages("1137-1142, viii", "1137"), PLACE_SAME);
    assert_int_equal(pages("S12-5", "s12"), PLACE_SAME);
    assert_int_equal(pages("e0123", "680-686"), PLACE_UNKNOWN); /* an article's number */
    assert_int_equal(pages("680-686", "690-9"), PLACE_DIFFERENT);
    assert_int_equal(pages("1-9", "99"), PLACE_UNKNOWN);
    assert_int_equal(pages("123456789012345678901234567890", "99"), PLACE_UNKNOWN);
    assert_int_equal(pages("in press", "99"), PLACE_UNKNOWN);
}

static void alike_publications_share_a_likeness(void **state)
{
    (void)state;
    static const struct brief whole = {.title = "Effect of ischaemic compression and laser therapy "
                                                "on upper trapezius pain: a randomised trial",
                                       .family = {"Nagrale"},
                                       .year = 2010,
                                       .journal = "J Man Manip Ther",
                                       .volume = "18",
                                       .pages = "37-43"};
    static const struct brief others[] = {
        {.title = "Effect of ischemic compresion and laser therapy on upper trapezius pain",
         .family = {"NAGRALE"},
         .year = 2011},
        {.title = "EFFECT OF ISCHAEMIC COMPRESSION AND LASER THERAPY ON UPPER TRAPEZIUS PAIN"},
        {.title = "Effcet of ischaemic compression", .family = {"Nagrale"}, .pages = "37"},
        {.title = "Another language altogether",
         .journal = "Journal of manual therapy",
         .volume = "18",
         .pages = "37"},
    };
    struct arena *arena = arena_new();
    struct record record;
    int64_t own[MATCH_LIKENESS_MOST];
    make(&whole, arena, &record);
    size_t count = match_likeness(match_side_new(&record, arena), own);
    assert_true(count > 4);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct record other;
        int64_t theirs[MATCH_LIKENESS_MOST];
        size_t shared = 0;
        make(&others[i], arena, &other);
        size_t other_count = match_likeness(match_side_new(&other, arena), theirs);
        for (size_t j = 0; j < count; j++)
            for (size_t k = 0; k < other_count; k++)
                shared += own[j] == theirs[k];
        if (shared == 0)
            fail_msg("nothing in common with \"%s\"", others[i].title);
    }
    arena_free(arena);
}

static void a_record_without_anything_is_like_nothing(void **state)
{
    (void)state;
    static const struct brief nothing = {.title = NULL};
    static const struct brief signs = {.title = "\xE2\x80\x94 ?!"};
    struct arena *arena = arena_new();
    struct record record;
    int64_t keys[MATCH_LIKENESS_MOST];
    make(&nothing, arena, &record);
    assert_int_equal(match_likeness(match_side_new(&record, arena), keys), 0);
    assert_int_equal(compared(&nothing, &nothing).answer, MATCH_DIFFERENT);
    assert_int_equal(compared(&signs, &signs).answer, MATCH_DIFFERENT);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_identifier_is_the_same_publication),
        cmocka_unit_test(different_identifiers_are_different_publications),
        cmocka_unit_test(an_identifier_that_all_else_contradicts_is_left_to_a_person),
        cmocka_unit_test(what_spelling_databases_and_readers_do_to_a_record_makes_no_other),
        cmocka_unit_test(what_looks_alike_and_is_not_the_same_stays_two),
        cmocka_unit_test(what_cannot_be_told_is_left_to_a_person),
        cmocka_unit_test(a_doi_that_one_record_of_a_publication_knows_is_no_contradiction),
        cmocka_unit_test(one_issn_in_common_is_one_journal),
        cmocka_unit_test(pages_are_the_same_however_they_are_written),
        cmocka_unit_test(alike_publications_share_a_likeness),
        cmocka_unit_test(a_record_without_anything_is_like_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
