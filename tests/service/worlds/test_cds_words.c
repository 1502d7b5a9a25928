#include "service/worlds/cds/cds.h"
#include "tests/service/api/real_service.h"

struct named {
    const char *words;
    const char *id; /* NULL: nothing is understood */
};

static void check(const struct named *one, const char *id)
{
    if ((one->id == NULL) != (id == NULL) || (id != NULL && strcmp(one->id, id) != 0))
        fail_msg("%s: %s", one->words, id == NULL ? "nothing" : id);
}

static void problems_are_understood_whole_or_not_at_all(void **state)
{
    const struct small_service *small = *state;
    static const struct named cases[] = {
        {"Cervicalgia", "neck-pain"},
        {"Neck pain (finding)", "neck-pain"},
        {"Pain in left shoulder", "shoulder-pain"},
        {"Low back pain, unspecified", "low-back-pain"},
        {"Chronic low back pain", "chronic-low-back-pain"},
        {"Plantar fasciitis", "plantar-heel-pain"},
        {"Neck pain due to metastatic cancer", NULL},
        {"No neck pain", NULL},
        {"Fear of back pain", NULL},
        {"Headache", NULL}, /* of which kind? */
        {"Healthy adult", NULL},
        {"Massage for neck pain", NULL},
        {"(finding)", NULL},
        {"", NULL},
        {"\xff\xfe", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct condition *found = cds_condition(small->catalog, cases[i].words, small->arena);
        check(&cases[i], found == NULL ? NULL : found->id);
    }
}

static void orders_that_may_mean_something_else_are_not_understood(void **state)
{
    const struct small_service *small = *state;
    static const struct named cases[] = {
        {"Dry needling (procedure)", "dry-needling"},
        {"Referral for massage", "massage"},
        {"TENS unit", "tens"},
        {"Cervical traction", "traction"},
        {"Ultrasound therapy", "therapeutic-ultrasound"},
        {"Ultrasound neck", NULL},
        {"Traction", NULL},
        {"Exercise stress test", NULL},
        {"Massage and acupuncture", NULL},
        {"Acupunture", NULL}, /* a misspelling is not forgiven here */
        {"Appendectomy", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct intervention *found =
            cds_treatment(small->catalog, cases[i].words, small->arena);
        check(&cases[i], found == NULL ? NULL : found->id);
    }
}

static void medicines_are_understood_with_the_way_they_are_given(void **state)
{
    const struct small_service *small = *state;
    static const struct named cases[] = {
        {"Ibuprofen 400 MG Oral Tablet [Advil]", "oral-nsaids"},
        {"Diclofenac", "oral-nsaids"},
        {"Diclofenac sodium 1% topical gel", "topical-nsaids"},
        {"Diclofenac 0.1 % ophthalmic solution", NULL},
        {"Ketorolac 30 MG/ML Injection", NULL},
        {"Flexeril 10 MG Oral Tablet", "cyclobenzaprine"},
        {"Acetaminophen 500 MG Oral Tablet", "paracetamol"},
        {"Acetaminophen 325 MG / Hydrocodone Bitartrate 5 MG Oral Tablet", NULL},
        {"Ibuprofin", NULL},
        {"Atorvastatin 20 MG Oral Tablet", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct intervention *found =
            cds_medicine(small->catalog, cases[i].words, small->arena);
        check(&cases[i], found == NULL ? NULL : found->id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(problems_are_understood_whole_or_not_at_all),
        cmocka_unit_test(orders_that_may_mean_something_else_are_not_understood),
        cmocka_unit_test(medicines_are_understood_with_the_way_they_are_given),
    };
    return cmocka_run_group_tests(tests, real_start, real_stop);
}
