/* What the items of an instrument come to, by its own algorithm (evidence/model/appraisal.h). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/model/appraisal.h"

enum { MOST = 17 };

/* Items told as "name=judgement|name=judgement". */
struct made {
    struct appraisal appraisal;
    const char *names[MOST + 1];
    const char *values[MOST + 1];
    char text[1000];
};

static struct appraisal *make(struct made *made, enum instrument instrument, const char *overall,
                              const char *items)
{
    size_t count = 0;
    *made = (struct made){.appraisal = {.instrument = instrument,
                                        .overall = overall,
                                        .score = NAN,
                                        .out_of = NAN,
                                        .share_low = NAN,
                                        .share_high = NAN,
                                        .rated_by = "x"}};
    assert_true(strlen(items) < sizeof made->text);
    strcpy(made->text, items);
    char *rest = made->text;
    for (char *item; count < MOST && (item = strsep(&rest, "|")) != NULL && *item != '\0';) {
        made->names[count] = strsep(&item, "=");
        made->values[count++] = item;
    }
    made->appraisal.item_names = made->names;
    made->appraisal.item_values = made->values;
    return &made->appraisal;
}

struct expected {
    const char *items;
    const char *overall; /* NULL: the items do not say */
    const char *best, *worst;
};

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void gives(enum instrument instrument, const struct expected *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct made made;
        struct appraisal_range range;
        make(&made, instrument, NULL, cases[i].items);
        if (!appraisal_range_of(&made.appraisal, &range))
            fail_msg("case %zu: no range", i);
        if (!same(range.overall, cases[i].overall) || !same(range.best, cases[i].best) ||
            !same(range.worst, cases[i].worst))
            fail_msg("case %zu: %s, %s to %s", i, range.overall == NULL ? "-" : range.overall,
                     range.best, range.worst);
        assert_true(same(appraisal_overall(&made.appraisal), cases[i].overall));
    }
}

#define GIVES(instrument, ...)                                                                     \
    gives(instrument, (const struct expected[]){__VA_ARGS__},                                      \
          sizeof((const struct expected[]){__VA_ARGS__}) / sizeof(struct expected))

/* Sterne 2019, doi:10.1136/bmj.l4898, table 1: the overall judgement from the five domains. */
static void rob_2_is_low_where_all_are_and_high_where_one_is(void **state)
{
    (void)state;
    GIVES(
        INSTRUMENT_ROB2, {"D1=low|D2=low|D3=low|D4=low|D5=low", "low", "low", "low"},
        {"D1=low|D2=some concerns|D3=low|D4=low|D5=low", "some-concerns", "some-concerns",
         "some-concerns"},
        /* that several of them lower confidence is for a person to say */
        {"D1=Some-concerns|D2=some concerns|D3=low|D4=low|D5=Low risk", "some-concerns",
         "some-concerns", "high"},
        {"D1=low|D2=low|D3=low|D4=high risk of bias|D5=low", "high", "high", "high"},
        {"D4=high", "high", "high", "high"}, {"D1=low|D2=low", NULL, "low", "high"},
        {"Randomisation process=low|Deviations from intended interventions=low|Missing outcome "
         "data=low|Measurement of the outcome=low|Selection of the reported result=some concerns",
         "some-concerns", "some-concerns", "some-concerns"},
        {"1=low|2=low|3=low|4=low|5=low|Period and carryover effects=high", "high", "high", "high"},
        {"1=low|2=low|3=low|4=low|5=low|something of its own=high|Overall=high", "high", "high",
         "high"},
        {"D1a=low|D1b=some concerns|D2=low|D3=low|D4=low|D5=low", "some-concerns", "some-concerns",
         "some-concerns"});
}

/* Cochrane Handbook 5.1, table 8.7.a: low, unclear, high by the key domains. */
static void rob_1_is_the_worst_of_its_key_domains(void **state)
{
    (void)state;
    GIVES(INSTRUMENT_ROB1,
          {"Random sequence generation (selection bias)=Low risk|Allocation concealment (selection "
           "bias)=Low risk|Blinding of participants and personnel (performance bias)=High "
           "risk|Blinding of outcome assessment (detection bias)=Low risk|Incomplete outcome data "
           "(attrition bias)=Low risk|Selective reporting (reporting bias)=Unclear risk",
           "low", "low", "high"},
          {"A=low|B=unclear|C=high|D=low|E=low|F=low|G=low", "unclear", "unclear", "high"},
          {"A=low|B=low|C=low|D=low|E=high", "high", "high", "high"},
          {"selection bias=low|detection bias=low|attrition bias=low", "low", "low", "low"},
          /* a key domain that nobody judged is unclear */
          {"sequence generation=low", "unclear", "low", "high"},
          {"sequence generation=yes|concealment=no", "high", "high", "high"});
}

static void robins_i_is_its_worst_domain(void **state)
{
    (void)state;
    GIVES(INSTRUMENT_ROBINS_I,
          {"D1=moderate|D2=low|D3=low|D4=low|D5=low|D6=low|D7=low", "moderate", "moderate",
           "moderate"},
          {"D1=moderate|D2=low|D3=low|D4=no information|D5=low|D6=low|D7=low", "unclear", "unclear",
           "unclear"},
          {"D1=serious|D2=low|D3=low|D4=no information|D5=low|D6=low|D7=low", "serious", "serious",
           "serious"},
          {"confounding=critical", "critical", "critical", "critical"},
          {"confounding=low|selection of participants=low", NULL, "low", "critical"});
}

#define NOT_CRITICAL "1=yes|3=yes|5=yes|6=yes|8=yes|10=yes|12=yes|14=yes|16=yes"
#define CRITICAL     "2=yes|4=partial yes|7=yes|9=yes|11=no meta-analysis|13=yes|15=No MA"

/* Shea 2017, doi:10.1136/bmj.j4008, box 2. */
static void amstar_2_counts_critical_flaws_and_other_weaknesses(void **state)
{
    (void)state;
    GIVES(INSTRUMENT_AMSTAR2, {CRITICAL "|" NOT_CRITICAL, "high", "high", "high"},
          {CRITICAL "|1=yes|3=no|5=yes|6=yes|8=yes|10=yes|12=yes|14=yes|16=yes", "high", "high",
           "high"},
          {CRITICAL "|1=yes|3=no|5=yes|6=yes|8=yes|10=no|12=yes|14=yes|16=yes", "moderate",
           "moderate", "low"},
          {"2=no|4=yes|7=yes|9=yes|11=yes|13=yes|15=yes|3=no|10=no", "low", "low", "low"},
          {"Item 2. Protocol=no|Item 7. Excluded studies listed=No", "critically-low",
           "critically-low", "critically-low"},
          {"9a=yes|9b=no|2=yes|4=yes|7=yes|11=yes|13=yes|15=yes", "low", "low", "low"},
          {CRITICAL, NULL, "high", "low"}, {"1=yes|2=yes", NULL, "high", "critically-low"});
}

static void what_no_algorithm_knows_gives_nothing(void **state)
{
    (void)state;
    static const struct {
        enum instrument instrument;
        const char *items;
    } cases[] = {{INSTRUMENT_JADAD, "1=yes"},
                 {INSTRUMENT_ROBIS, "1=low"},
                 {INSTRUMENT_ROB2, ""},
                 {INSTRUMENT_ROB2, "D1=perhaps"},
                 {INSTRUMENT_ROB2, "Overall=high"},
                 {INSTRUMENT_AMSTAR2, "critically low=36%"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made made;
        struct appraisal_range range;
        make(&made, cases[i].instrument, NULL, cases[i].items);
        assert_false(appraisal_range_of(&made.appraisal, &range));
        assert_null(appraisal_overall(&made.appraisal));
    }
}

static void a_printed_overall_stands_unless_its_items_rule_it_out(void **state)
{
    (void)state;
    static const struct {
        enum instrument instrument;
        const char *overall;
        const char *items;
        bool refused;
    } cases[] = {
        {INSTRUMENT_ROB2, "low", "D1=low|D2=high|D3=low|D4=low|D5=low", true},
        {INSTRUMENT_ROB2, "high", "D1=low|D2=some concerns|D3=low|D4=low|D5=low", true},
        {INSTRUMENT_ROB2, "high", "D1=some concerns|D2=some concerns|D3=low|D4=low|D5=low", false},
        {INSTRUMENT_ROB2, "high", "D1=low", false},
        {INSTRUMENT_ROB1, "low", "A=low|B=high|D=low|E=low", true},
        {INSTRUMENT_ROB1, "some-concerns", "A=low|B=unclear|D=low|E=low", false},
        {INSTRUMENT_ROB1, "unclear", "A=low|B=unclear|D=low|E=low", false},
        {INSTRUMENT_ROB1, "high", "A=low|B=low|C=high|D=low|E=low", false},
        {INSTRUMENT_ROB1, "high", "A=low|B=low|C=low|D=low|E=low", true},
        {INSTRUMENT_ROBINS_I, "moderate", "D1=serious", true},
        {INSTRUMENT_AMSTAR2, "high", "2=no", true},
        {INSTRUMENT_AMSTAR2, "critically-low", CRITICAL "|" NOT_CRITICAL, true},
        {INSTRUMENT_ROB2, NULL, "D1=high", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made made;
        struct appraisal_range range;
        make(&made, cases[i].instrument, cases[i].overall, cases[i].items);
        if (appraisal_contradicts_items(&made.appraisal, &range) != cases[i].refused)
            fail_msg("case %zu", i);
        if (cases[i].overall != NULL)
            assert_string_equal(appraisal_overall(&made.appraisal), cases[i].overall);
    }
}

static void a_pedro_total_comes_from_its_items_where_none_was_printed(void **state)
{
    (void)state;
    struct made made;
    make(&made, INSTRUMENT_PEDRO, NULL,
         "eligibility=yes|random=yes|concealed=no|baseline=yes|subjects=no|therapists=no|"
         "assessors=Yes|follow-up=yes|intention=yes|between-group=yes|point=yes");
    assert_true(appraisal_pedro_total(&made.appraisal) == 7);
    made.appraisal.score = 6;
    assert_true(appraisal_pedro_total(&made.appraisal) == 6);
    make(&made, INSTRUMENT_PEDRO, NULL, "random=yes");
    assert_true(isnan(appraisal_pedro_total(&made.appraisal)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rob_2_is_low_where_all_are_and_high_where_one_is),
        cmocka_unit_test(rob_1_is_the_worst_of_its_key_domains),
        cmocka_unit_test(robins_i_is_its_worst_domain),
        cmocka_unit_test(amstar_2_counts_critical_flaws_and_other_weaknesses),
        cmocka_unit_test(what_no_algorithm_knows_gives_nothing),
        cmocka_unit_test(a_printed_overall_stands_unless_its_items_rule_it_out),
        cmocka_unit_test(a_pedro_total_comes_from_its_items_where_none_was_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
