#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "importers/intake/identifier.h"

typedef const char *reader(const char *text, struct arena *arena);

struct written {
    const char *text;
    const char *expected; /* NULL: refused */
};

static void assert_read(reader *read, const struct written *rows, size_t count)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < count; i++) {
        const char *value = read(rows[i].text, arena);
        if ((value == NULL) != (rows[i].expected == NULL) ||
            (value != NULL && strcmp(value, rows[i].expected) != 0))
            fail_msg("\"%s\" read as %s, not %s", rows[i].text, value == NULL ? "nothing" : value,
                     rows[i].expected == NULL ? "nothing" : rows[i].expected);
    }
    arena_free(arena);
}

#define ASSERT_READ(read, rows) assert_read(read, rows, sizeof(rows) / sizeof *(rows))

/* ---- DOI ---- */

static void a_doi_comes_out_in_lower_case_without_resolver_or_label(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"10.1016/S0140-6736(97)11096-0", "10.1016/s0140-6736(97)11096-0"},
        {"https://doi.org/10.1016/S0140-6736(97)11096-0", "10.1016/s0140-6736(97)11096-0"},
        {"http://dx.doi.org/10.4236/ojf.2020.101008", "10.4236/ojf.2020.101008"},
        {"doi.org/10.1000/xyz", "10.1000/xyz"},
        {"//www.doi.org/10.1000/xyz", "10.1000/xyz"},
        {"doi:10.1000/XYZ", "10.1000/xyz"},
        {"DOI: 10.1000/xyz", "10.1000/xyz"},
        {"doi: https://doi.org/10.1000/xyz", "10.1000/xyz"},
        {"doi:doi:10.1000/xyz", "10.1000/xyz"},
        {"https://doi.org/doi:10.1000/xyz", "10.1000/xyz"},
        {"info:doi/10.1000/xyz", "10.1000/xyz"},
        {"urn:doi:10.1000/xyz", "10.1000/xyz"},
        {"DOI 10.1000/xyz", "10.1000/xyz"},
        {"  10.1000/xyz\t", "10.1000/xyz"},
        {"\xC2\xA0"
         "10.1000/xyz",
         "10.1000/xyz"},
        {"10.1000.10/123456", "10.1000.10/123456"}, /* a registrant may have parts */
        {"10.1/ABC.", "10.1/abc"},
    };
    ASSERT_READ(identifier_doi, rows);
}

/* Two in use: Wiley's old SICI names and BioOne's. */
static void what_looks_like_markup_in_a_doi_is_its_own(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"10.1892/0891-6640(2001)015<0530:bropii>2.3.co;2",
         "10.1892/0891-6640(2001)015<0530:bropii>2.3.co;2"},
        {"10.1892/0891-6640(2001)015&lt;0530:BROPII&gt;2.3.CO;2",
         "10.1892/0891-6640(2001)015<0530:bropii>2.3.co;2"},
        {"10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
         "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"},
        {"10.1002/(SICI)1521-3951(199911)216:1<135::AID-PSSB135>3.0.CO;2-#",
         "10.1002/(sici)1521-3951(199911)216:1<135::aid-pssb135>3.0.co;2-#"},
    };
    ASSERT_READ(identifier_doi, rows);
}

static void escapes_in_a_doi_are_undone(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"https://doi.org/10.1016%2FS0140-6736%2897%2911096-0", "10.1016/s0140-6736(97)11096-0"},
        {"10.1007%2fs11307-012-0572-0", "10.1007/s11307-012-0572-0"},
        {"https://doi.org/10.1002/abc%23def", "10.1002/abc#def"},
        {"10.1000/50%", "10.1000/50%"},
        {"10.1000/a%zz", "10.1000/a%zz"},
        {"10.1000/x%00", "10.1000/x%00"}, /* never a NUL or a space */
    };
    ASSERT_READ(identifier_doi, rows);
}

static void what_a_sentence_puts_behind_a_doi_is_taken_off(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"10.1000/xyz.", "10.1000/xyz"},
        {"10.1000/xyz).", "10.1000/xyz"},
        {"(10.1000/xyz)", "10.1000/xyz"},
        {"<https://doi.org/10.1000/xyz>", "10.1000/xyz"},
        {"10.1000/xyz;", "10.1000/xyz"},
        {"\"10.1000/xyz\"", "10.1000/xyz"},
        {"10.1000/xyz\xE2\x80\x9D", "10.1000/xyz"},
        {"10.1000/xyz(a).", "10.1000/xyz(a)"},
        {"10.1000/xyz(a))", "10.1000/xyz(a)"},
        {"10.1000/xyz/", "10.1000/xyz"},
        {"https://doi.org/10.1000/xyz?utm_source=x", "10.1000/xyz"},
        {"https://doi.org/10.1000/xyz#abstract", "10.1000/xyz"},
        {"10.1000/xyz [doi]", "10.1000/xyz"},
        {"10.1000/xyz. PMID: 123", "10.1000/xyz"},
        {"10.1000/xyz; 10.1000/abc", "10.1000/xyz"},
        {"10.1000/xyz|10.1000/abc", "10.1000/xyz"},
    };
    ASSERT_READ(identifier_doi, rows);
}

static void what_is_no_doi_is_refused(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"", NULL},
        {" ", NULL},
        {"10.1000", NULL},
        {"10.1000/", NULL},
        {"10./abc", NULL},
        {"10.abc/def", NULL},
        {"unavailable", NULL},
        {"n/a", NULL},
        {"doi:", NULL},
        {"https://doi.org/", NULL},
        {"https://example.org/10.1000/xyz", NULL}, /* a publisher's address goes on as it likes */
        {"see 10.1000/xyz", NULL},
        {"11.1000/xyz", NULL},
        {"10.5/12", NULL}, /* a score out of twelve */
        {"10.5/10 points", NULL},
        {"10.1000/a\x01"
         "b",
         NULL},
        {"10.1000/a\xFF", NULL},
        {NULL, NULL},
    };
    ASSERT_READ(identifier_doi, rows);
}

/* "10.1016/j.pain" is not the DOI that was meant, and may be another's. */
static void a_doi_broken_by_a_space_is_refused_rather_than_cut(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"10.1016/j.pain 2006.05.018", NULL},
        {"10.1016/j.pain. 2006.05.018", NULL},
        {"https://doi.org/10.1016/j.pain. 2006.05.018", NULL},
        {"10.1016/j.pain%202006.05.018", NULL},
    };
    ASSERT_READ(identifier_doi, rows);
}

static void a_doi_longer_than_any_is_refused(void **state)
{
    (void)state;
    static char text[1 << 16];
    memset(text, 'x', sizeof text - 1);
    memcpy(text, "10.1000/", 8);
    const struct written row = {text, NULL};
    assert_read(identifier_doi, &row, 1);
}

/* ---- PubMed ---- */

static void a_pmid_comes_out_as_its_digits(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"9500320", "9500320"},
        {"PMID: 9500320", "9500320"},
        {"pmid:9500320", "9500320"},
        {"PMID: PMID 9500320", "9500320"},
        {"MEDLINE:9500320", "9500320"},
        {"NLM23803397", "23803397"},
        {"PMID: NLM23803397.", "23803397"},
        {"PubMed ID: 9500320", "9500320"},
        {"009500320", "9500320"},
        {"9500320.0", "9500320"}, /* as spreadsheets write it */
        {"9500320 [pmid]", "9500320"},
        {"PMID: 35319117  PMCID: PMC9151451", "35319117"},
        {"https://pubmed.ncbi.nlm.nih.gov/9500320/", "9500320"},
        {"pubmed.ncbi.nlm.nih.gov/9500320", "9500320"},
        {"https://www.ncbi.nlm.nih.gov/pubmed/9500320?dopt=Abstract", "9500320"},
        {"http://europepmc.org/article/MED/9500320", "9500320"},
    };
    ASSERT_READ(identifier_pmid, rows);
}

static void what_is_no_pmid_is_refused(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"", NULL},
        {"0", NULL},
        {"PMC123", NULL},
        {"PMID", NULL},
        {"12a", NULL},
        {"123.4", NULL},
        {"123-456", NULL},
        {"1234567890", NULL},
        {"12 34", NULL},
        {"https://example.org/9500320", NULL},
        {"https://pubmed.ncbi.nlm.nih.gov/?term=neck", NULL},
        {"10.1000/xyz", NULL},
        {NULL, NULL},
    };
    ASSERT_READ(identifier_pmid, rows);
}

static void a_pmcid_comes_out_as_pmc_and_digits(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"PMC123", "PMC123"},
        {"pmc123", "PMC123"},
        {"PMC123.1", "PMC123"},
        {"PMCID: PMC9151451", "PMC9151451"},
        {"PMCID: 9151451", "PMC9151451"},
        {"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3553406/", "PMC3553406"},
        {"https://pmc.ncbi.nlm.nih.gov/articles/PMC3553406/pdf/a.pdf", "PMC3553406"},
        {"http://europepmc.org/articles/PMC3553406", "PMC3553406"},
        {"PMC3531190 [Available on 2013-06-01]", "PMC3531190"},
        {"123", NULL},
        {"PMC", NULL},
        {"PMC0", NULL},
        {"PMC12x", NULL},
        {"PMC12345678901", NULL},
        {"https://example.org/PMC123", NULL},
        {"", NULL},
        {NULL, NULL},
    };
    ASSERT_READ(identifier_pmcid, rows);
}

/* ---- registration numbers ---- */

/* Forms and examples as the registers give them out. */
static void a_registration_number_comes_out_in_one_form(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"NCT01234567", "NCT01234567"},
        {"nct01234567", "NCT01234567"},
        {"NCT 01234567", "NCT01234567"},
        {"ClinicalTrials.gov/NCT00000625", "NCT00000625"},
        {"ClinicalTrials.gov Identifier: NCT01234567.", "NCT01234567"},
        {"https://clinicaltrials.gov/study/NCT01234567", "NCT01234567"},
        {"ISRCTN 17973604", "ISRCTN17973604"},
        {"ISRCTN#17973604", "ISRCTN17973604"},
        {"ACTRN12605000057684", "ACTRN12605000057684"},
        {"ChiCTR1800014249", "CHICTR1800014249"},
        {"ChiCTR-OCS-13003526", "CHICTR-OCS-13003526"},
        {"ChiCTR\xE2\x80\x90TTRCC\xE2\x80\x90"
         "14004829",
         "CHICTR-TTRCC-14004829"},
        {"DRKS00018960", "DRKS00018960"},
        {"2004-000119-24", "2004-000119-24"},
        {"EudraCT 2004-000119-24", "2004-000119-24"},
        {"EudraCT2004-000119-24", "2004-000119-24"},
        {"EUCTR2015-003324-32-GB", "2015-003324-32"},
        {"2022-500024-30-00", "2022-500024-30"},
        {"UMIN000004891", "UMIN000004891"},
        {"JPRN-UMIN000004891", "UMIN000004891"},
        {"UMIN-CTR 000004891", "UMIN000004891"},
        {"jRCT1040240030", "JRCT1040240030"},
        {"jRCTs041180039", "JRCTS041180039"},
        {"CTRI/2020/12/029986", "CTRI/2020/12/029986"},
        {"CTRI-2007-091-000012", "CTRI/2007/091/000012"},
        {"NTR1234", "NTR1234"},
        {"IRCT138706211241N1", "IRCT138706211241N1"},
        {"IRCT20220212054002N3", "IRCT20220212054002N3"},
        {"PACTR201006000222401", "PACTR201006000222401"},
        {"RBR-2b9qf7h", "RBR-2B9QF7H"},
        {"TCTR20210709003", "TCTR20210709003"},
        {"KCT0004176", "KCT0004176"},
        {"SLCTR/2018/002", "SLCTR/2018/002"},
        {"RPCEC00000139", "RPCEC00000139"},
        {"LBCTR2019020191", "LBCTR2019020191"},
        {"U1111-1131-4384", "U1111-1131-4384"},
        {"PROSPERO CRD42018099999", "CRD42018099999"},
        {"NL-OMON36374", "NL-OMON36374"},
    };
    ASSERT_READ(identifier_registration, rows);
}

static void what_is_no_registration_number_is_refused(void **state)
{
    (void)state;
    static const struct written rows[] = {
        {"", NULL},
        {"NCT", NULL},
        {"NCT1234567", NULL},
        {"NCT012345678", NULL},
        {"XNCT01234567", NULL},
        {"NCT01234567x", NULL},
        {"p75NTR", NULL},
        {"NTR1", NULL}, /* a receptor */
        {"ntr100", NULL},
        {"RBR-positive", NULL},
        {"per-100-20", NULL},
        {"1999-000119-24", NULL},
        {"2004-00119-24", NULL},
        {"12563", NULL},
        {"NCT01234567 and NCT07654321", NULL}, /* two are not one */
        {NULL, NULL},
    };
    ASSERT_READ(identifier_registration, rows);
}

static void registration_numbers_are_found_in_running_text_each_once(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *const *found = identifier_registrations_in(
        "TRIAL REGISTRATION: ClinicalTrials.govNCT01234567, (ISRCTN17973604), nct01234567; "
        "EudraCT number: 2004-000119-24-DE. Tel. 2004-00119-2400.",
        arena);
    const char *const expected[] = {"NCT01234567", "ISRCTN17973604", "2004-000119-24"};
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(found[i], expected[i]);
    assert_null(found[3]);
    arena_free(arena);
}

static void a_text_without_registration_numbers_gives_an_empty_list(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_null(identifier_registrations_in("", arena)[0]);
    assert_null(identifier_registrations_in(NULL, arena)[0]);
    assert_null(identifier_registrations_in("No number 12345678.", arena)[0]);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_doi_comes_out_in_lower_case_without_resolver_or_label),
        cmocka_unit_test(what_looks_like_markup_in_a_doi_is_its_own),
        cmocka_unit_test(escapes_in_a_doi_are_undone),
        cmocka_unit_test(what_a_sentence_puts_behind_a_doi_is_taken_off),
        cmocka_unit_test(what_is_no_doi_is_refused),
        cmocka_unit_test(a_doi_broken_by_a_space_is_refused_rather_than_cut),
        cmocka_unit_test(a_doi_longer_than_any_is_refused),
        cmocka_unit_test(a_pmid_comes_out_as_its_digits),
        cmocka_unit_test(what_is_no_pmid_is_refused),
        cmocka_unit_test(a_pmcid_comes_out_as_pmc_and_digits),
        cmocka_unit_test(a_registration_number_comes_out_in_one_form),
        cmocka_unit_test(what_is_no_registration_number_is_refused),
        cmocka_unit_test(registration_numbers_are_found_in_running_text_each_once),
        cmocka_unit_test(a_text_without_registration_numbers_gives_an_empty_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
