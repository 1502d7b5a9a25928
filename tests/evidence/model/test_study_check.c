/* What the check of one study refuses (evidence/data/README.md), each with its place. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/model/study.h"

/* A study around its parts, single quotes for double ones. */
static const char *study_json(struct arena *arena, const char *fields, const char *results)
{
    char *text = arena_printf(arena,
                              "{'id':'ts:a','title':'t','design':'rct','condition':'neck-pain',"
                              "%s'sources':[{'url':'u'}],'results':[%s]}",
                              fields, results);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    return text;
}

static void check_text(struct problems *problems, const char *text)
{
    struct study study;
    json_t *value = json_parse(text, strlen(text), "a.json", problems);
    if (value == NULL)
        return;
    struct json_reader at = json_root(value, "a.json", problems);
    study_read(&at, &study);
    study_check(&study, "a.json", problems);
    json_decref(value);
}

#define RESULT(more)                                                                               \
    "{'intervention':'massage','comparator':'sham','outcome':'pain-intensity','better':'lower',"   \
    "'window':'short'" more "}"
#define ARMS(one, other) ",'arms':[{'role':'intervention'" one "},{'role':'comparator'" other "}]"
#define SCALE            ",'scale':{'name':'VAS','low':0,'high':10}"

struct broken {
    const char *fields;
    const char *results;
    const char *pointer;
    const char *says;
};

static void refuses(const struct broken *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct problems problems = {.arena = arena_new()};
        bool found = false;
        check_text(&problems, study_json(problems.arena, cases[i].fields, cases[i].results));
        for (size_t j = 0; j < problems.kept; j++) {
            assert_string_equal(problems.items[j]->file, "a.json");
            found = found || (strcmp(problems.items[j]->pointer, cases[i].pointer) == 0 &&
                              strstr(problems.items[j]->detail, cases[i].says) != NULL);
        }
        if (!found)
            fail_msg("case %zu: want %s: %s, got %zu problems, first %s: %s", i, cases[i].pointer,
                     cases[i].says, problems.count,
                     problems.kept == 0 ? "-" : problems.items[0]->pointer,
                     problems.kept == 0 ? "-" : problems.items[0]->detail);
        arena_free(problems.arena);
    }
}

#define REFUSES(...)                                                                               \
    refuses((const struct broken[]){__VA_ARGS__},                                                  \
            sizeof((const struct broken[]){__VA_ARGS__}) / sizeof(struct broken))

static void what_can_be_true_passes(void **state)
{
    (void)state;
    static const char *const good[] = {
        RESULT(",'favours':'neither'"),
        RESULT(SCALE ",'measure':'MD','estimate':-1,'ci':[-2,-0.1],'favours':'intervention'"),
        RESULT(SCALE ",'measure':'MD','estimate':-1,'ci':[-2,0],'favours':'intervention'"),
        RESULT(SCALE ",'measure':'MD','estimate':-1.9,'ci':[-3,-1]" ARMS(
            ",'n':20,'mean':3,'sd':2", ",'n':20,'mean':5,'sd':2")),
        RESULT(",'measure':'RR','estimate':0.5,'ci':[0.3,0.9]" ARMS(",'n':20,'events':5",
                                                                    ",'n':20,'events':10")),
        RESULT(",'measure':'RR','estimate':2,'ci':[1.5,2.7],'control_risk':0.5"),
        RESULT(",'measure':'OR','estimate':9,'ci':[3,27],'control_risk':0.5"),
        RESULT(",'days':84"),
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct problems problems = {.arena = arena_new()};
        check_text(&problems, study_json(problems.arena, "", good[i]));
        if (problems.count > 0)
            fail_msg("case %zu: %s: %s", i, problems.items[0]->pointer, problems.items[0]->detail);
        arena_free(problems.arena);
    }
}

static void figures_that_cannot_be_are_refused(void **state)
{
    (void)state;
    REFUSES(
        {"", RESULT(",'measure':'MD','estimate':-3,'ci':[-2,-1]"), "/results/0/ci",
         "does not hold its estimate"},
        {"", RESULT(",'measure':'MD','estimate':-3,'ci':[-2,-4]"), "/results/0/ci", "is not below"},
        {"", RESULT(",'measure':'MD','estimate':-1,'ci':[-2]"), "/results/0/ci", "two numbers"},
        {"", RESULT(",'measure':'MD','estimate':-1,'ci':[-2,0],'ci_level':95"),
         "/results/0/ci_level", "between 0.5 and 1"},
        {"", RESULT(",'measure':'MD','estimate':-1,'se':0"), "/results/0/se", "above 0"},
        {"", RESULT(",'measure':'MD','estimate':-1,'p':1.2"), "/results/0/p", "no probability"},
        {"", RESULT(",'i2':101"), "/results/0/i2", "percentage"},
        {"", RESULT(",'measure':'RR','estimate':2,'control_risk':1"), "/results/0/control_risk",
         "share of people"},
        {"", RESULT(",'measure':'RR','estimate':2,'control_risk':33"), "/results/0/control_risk",
         "share of people"},
        {"", RESULT(",'measure':'MD','estimate':2,'control_risk':0.3"), "/results/0/control_risk",
         "belongs to a risk ratio"},
        {"", RESULT(",'measure':'RR','estimate':4,'control_risk':0.33"), "/results/0/control_risk",
         "132 of 100 people"},
        {"", RESULT(",'estimate':1"), "/results/0/estimate", "stand together"},
        {"", RESULT(",'measure':'MD'"), "/results/0/estimate", "stand together"},
        {"", RESULT(",'ci':[1,2]"), "/results/0/ci", "needs an estimate"},
        {"", RESULT(",'measure':'RR','estimate':-1"), "/results/0/estimate", "above 0"},
        {"", RESULT(",'measure':'OR','estimate':1,'ci':[0,2]"), "/results/0/estimate", "above 0"},
        {"", RESULT(",'measure':'RD','estimate':-20"), "/results/0/estimate", "between -1 and 1"},
        {"", RESULT(",'n':-1"), "/results/0/n", "whole number"},
        {"", RESULT(",'scale':{'name':'x','low':10,'high':0}"), "/results/0/scale",
         "low one below"},
        {"", RESULT(",'scale':{'name':'x','low':0}"), "/results/0/scale", "both ends"});
}

static void arms_that_cannot_be_are_refused(void **state)
{
    (void)state;
    REFUSES({"", RESULT(ARMS(",'n':20,'mean':3,'sd':0", ",'n':20,'mean':5,'sd':2")),
             "/results/0/arms/0", "above 0"},
            {"", RESULT(ARMS(",'n':20", ",'n':20,'change_sd':-1")), "/results/0/arms/1", "above 0"},
            {"", RESULT(ARMS(",'n':20,'events':21", ",'n':20,'events':1")), "/results/0/arms/0",
             "21 events among 20"},
            {"", RESULT(ARMS(",'events':1", ",'n':20,'events':1")), "/results/0/arms/0",
             "1 events among"},
            {"", RESULT(ARMS(",'n':0", ",'n':20")), "/results/0/arms/0", "nobody"},
            {"", RESULT(SCALE ARMS(",'n':20,'mean':30,'sd':2", ",'n':20,'mean':5,'sd':2")),
             "/results/0/arms/0", "outside the scale"},
            {"", RESULT(ARMS(",'n':20,'median':5,'q1':6,'q3':7", ",'n':20")), "/results/0/arms/0",
             "out of order"},
            {"", RESULT(",'arms':[{'role':'intervention'}]"), "/results/0/arms", "two arms"},
            {"", RESULT(",'arms':[{'role':'comparator'},{'role':'intervention'}]"),
             "/results/0/arms", "two arms"},
            {"", RESULT(",'arms':[{'role':'placebo'},{'role':'comparator'}]"),
             "/results/0/arms/0/role", "is not one of"},
            {"",
             RESULT(SCALE ",'measure':'MD','estimate':2" ARMS(",'n':20,'mean':3,'sd':2",
                                                              ",'n':20,'mean':5,'sd':2")),
             "/results/0/estimate", "arms' means differ by -2"});
}

static void directions_that_disagree_are_refused(void **state)
{
    (void)state;
    REFUSES({"", RESULT(",'measure':'MD','estimate':1,'favours':'intervention'"),
             "/results/0/favours", "says the other side"},
            {"", RESULT(",'measure':'MD','estimate':-1,'ci':[-2,1],'favours':'intervention'"),
             "/results/0/favours", "holds 0"},
            {"", RESULT(",'measure':'MD','estimate':-1,'ci':[-2,-0.5],'favours':'neither'"),
             "/results/0/favours", "leaves 0 out"},
            {"", RESULT(",'measure':'RR','estimate':0.5,'ci':[0.3,1.2],'favours':'intervention'"),
             "/results/0/favours", "holds 1"},
            {"", RESULT(",'measure':'RR','estimate':0.5,'favours':'comparator'"),
             "/results/0/favours", "says the other side"});
}

static void times_and_comparators_that_cannot_be_are_refused(void **state)
{
    (void)state;
    REFUSES({"", RESULT(",'days':3"), "/results/0/window", "belongs to immediate"},
            {"", RESULT(",'days':85"), "/results/0/window", "belongs to medium"},
            {"", RESULT(",'days':-1"), "/results/0/days", "from 0"},
            {"",
             "{'intervention':'massage','comparator':'mixed','outcome':'pain-intensity','better':"
             "'lower','window':'short'}",
             "/results/0/comparator", "never mixed"},
            {"",
             "{'intervention':'massage','comparator':'active:other','outcome':'pain-intensity',"
             "'better':'lower','window':'short'}",
             "/results/0/comparator_detail", "needs the treatment's name"},
            {"",
             "{'intervention':'massage','comparator':'active:massage','outcome':'pain-intensity',"
             "'better':'lower','window':'short'}",
             "/results/0/comparator", "with itself"},
            {"",
             "{'intervention':'massage','comparator':'placebo','outcome':'pain-intensity',"
             "'better':'lower','window':'short'}",
             "/results/0/comparator", "is not sham"});
}

static void the_same_figure_twice_is_refused(void **state)
{
    (void)state;
    REFUSES({"",
             RESULT(",'measure':'MD','estimate':-1") "," RESULT(",'measure':'MD','estimate':-1"),
             "/results/1/estimate", "the same figure as /results/0"});
}

static void a_review_says_which_of_its_results_stands_for_it(void **state)
{
    (void)state;
    static const char *const texts[] = {
        RESULT(",'measure':'MD','estimate':-1") "," RESULT(",'measure':'MD','estimate':-2"),
        RESULT(",'measure':'MD','estimate':-1,'main':'x'") "," RESULT(
            ",'measure':'MD','estimate':-2,'main':'y'"),
        RESULT(",'measure':'MD','estimate':-1,'main':'x'") "," RESULT(
            ",'measure':'MD','estimate':-2"),
    };
    for (size_t i = 0; i < 3; i++) {
        struct problems problems = {.arena = arena_new()};
        const char *text = study_json(problems.arena, "", texts[i]);
        const char *design = strstr(text, "\"rct\"");
        const char *review = arena_printf(problems.arena, "%.*s\"systematic-review\"%s",
                                          (int)(design - text), text, design + 5);
        check_text(&problems, review);
        assert_int_equal(problems.count, i < 2 ? 1 : 0);
        if (i < 2)
            assert_string_equal(problems.items[0]->pointer, "/results/0/main");
        arena_free(problems.arena);
    }
}

static void appraisals_that_cannot_be_are_refused(void **state)
{
    (void)state;
    REFUSES({"'appraisals':[{'instrument':'PEDro','score':11,'out_of':11,'rated_by':'x'}],", "",
             "/appraisals/0", "out of 10"},
            {"'appraisals':[{'instrument':'PEDro','score':11,'rated_by':'x'}],", "",
             "/appraisals/0", "out of 10"},
            {"'appraisals':[{'instrument':'Jadad','score':6,'out_of':5,'rated_by':'x'}],", "",
             "/appraisals/0", "score 6 out of 5"},
            {"'appraisals':[{'instrument':'RoB 2','overall':'medium','rated_by':'x'}],", "",
             "/appraisals/0", "no overall judgement of RoB 2"},
            {"'appraisals':[{'instrument':'RoB 2','share_low':75,'rated_by':'x'}],", "",
             "/appraisals/0", "between 0 and 1"},
            {"'appraisals':[{'instrument':'PEDro','score':6,'out_of':10,'rated_by':'x','items':"
             "{'eligibility':'yes','a':'yes','b':'yes','c':'yes','d':'yes','e':'yes','f':'no',"
             "'g':'no','h':'no','i':'no','j':'no'}}],",
             "", "/appraisals/0", "but 5 of its items"},
            {"'appraisals':[{'instrument':'RoB 2'}],", "", "/appraisals/0/rated_by", "missing"});
}

static void identifiers_and_sources_must_be_right(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *pointer;
    } cases[] = {
        {"{\"id\":\"a\",\"title\":\"t\",\"design\":\"rct\",\"condition\":\"c\",\"sources\":[{"
         "\"url\":\"u\"}]}",
         "/id"},
        {"{\"id\":\"doi:10.1/A\",\"title\":\"t\",\"design\":\"rct\",\"condition\":\"c\","
         "\"sources\":[{\"url\":\"u\"}]}",
         "/id"},
        {"{\"id\":\"ts:a\",\"pmid\":\"1\",\"title\":\"t\",\"design\":\"rct\",\"condition\":\"c\","
         "\"sources\":[{\"url\":\"u\"}]}",
         "/id"},
        {"{\"id\":\"pmid:2\",\"pmid\":\"1\",\"title\":\"t\",\"design\":\"rct\",\"condition\":"
         "\"c\",\"sources\":[{\"url\":\"u\"}]}",
         "/pmid"},
        {"{\"id\":\"ts:a\",\"title\":\"t\",\"design\":\"rct\",\"condition\":\"c\"}", "/sources"},
        {"{\"id\":\"ts:a\",\"title\":\"t\",\"design\":\"rct\",\"condition\":\"c\",\"sources\":[{}]"
         "}",
         "/sources/0"},
        {"{\"id\":\"ts:a\",\"title\":\"t\",\"design\":\"rct\",\"condition\":\"c\",\"sources\":[{"
         "\"url\":\"u\"}],\"colour\":\"red\"}",
         "/colour"},
        {"{\"id\":\"ts:a\",\"title\":\"t\",\"design\":\"rct\",\"condition\":\"c\",\"sources\":[{"
         "\"url\":\"u\"}],\"harms\":[{\"intervention\":\"m\",\"event\":\"e\",\"severity\":"
         "\"minor\",\"numerator\":3,\"denominator\":2}]}",
         "/harms/0/numerator"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct problems problems = {.arena = arena_new()};
        bool found = false;
        check_text(&problems, cases[i].text);
        for (size_t j = 0; j < problems.kept; j++)
            found = found || strcmp(problems.items[j]->pointer, cases[i].pointer) == 0;
        if (!found)
            fail_msg("case %zu: no problem at %s; first at %s", i, cases[i].pointer,
                     problems.kept == 0 ? "-" : problems.items[0]->pointer);
        arena_free(problems.arena);
    }
}

/* Things of the wrong kind everywhere: told, never followed. */
static void bad_shapes_never_abort(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "[]",
        "1",
        "{}",
        "{\"id\":1}",
        "{\"id\":\"ts:a\",\"results\":{}}",
        "{\"id\":\"ts:a\",\"results\":[1,null,[],{}]}",
        "{\"id\":\"ts:a\",\"design\":\"systematic-review\",\"results\":[{\"measure\":\"MD\","
        "\"estimate\":1},{\"measure\":\"MD\",\"estimate\":2}]}",
        "{\"id\":\"ts:a\",\"results\":[{\"arms\":[1,2]}]}",
        "{\"id\":\"ts:a\",\"results\":[{\"arms\":{},\"scale\":[],\"ci\":{},\"grade\":1}]}",
        "{\"id\":\"ts:a\",\"appraisals\":[{\"items\":[]},{\"items\":{\"a\":1}}],\"authors\":[1],"
        "\"harms\":[0],\"notices\":[0],\"sources\":[0],\"checked\":0,\"aliases\":[1,{}]}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct problems problems = {.arena = arena_new()};
        check_text(&problems, texts[i]);
        assert_true(problems.count > 0);
        arena_free(problems.arena);
    }
}

#define HARM(more) "'harms':[{'intervention':'massage','event':'e','severity':'minor'" more "}],"
#define PER(more)  HARM(",'per':{" more "}")

#define APPRAISAL(more) "'appraisals':[{'rated_by':'x'," more "}],"

static void an_overall_judgement_that_its_items_rule_out_is_refused(void **state)
{
    (void)state;
    REFUSES({APPRAISAL("'instrument':'RoB 2','overall':'low','items':{'D1':'low','D2':'high'}"), "",
             "/appraisals/0", "by RoB 2 its items give high"},
            {APPRAISAL("'instrument':'AMSTAR 2','overall':'high','items':{'2':'no','7':'yes'}"), "",
             "/appraisals/0", "its items give low to critically-low"},
            {APPRAISAL("'instrument':'RoB 1','overall':'low','items':{'sequence generation':'low',"
                       "'allocation concealment':'unclear'}"),
             "", "/appraisals/0", "as_reported"});
}

static void rates_of_harm_that_cannot_be_are_refused(void **state)
{
    (void)state;
    REFUSES(
        {PER("'events':1,'of':0,'unit':'people'"), "", "/harms/0/per", "is no rate"},
        {PER("'events':-1,'of':10,'unit':'people'"), "", "/harms/0/per", "is no rate"},
        {PER("'events':11,'of':10,'unit':'people'"), "", "/harms/0/per", "11 of 10 people"},
        {PER("'events':1,'of':10,'unit':'needles'"), "", "/harms/0/per/unit", "is not one of"},
        {PER("'events':1,'of':10"), "", "/harms/0/per/unit", "required"},
        {PER("'events':1,'of':10,'unit':'people','range':[2,3]"), "", "/harms/0/per/range",
         "does not hold"},
        {PER("'events':1,'of':10,'unit':'people','range':[3]"), "", "/harms/0/per/range",
         "two numbers"},
        {PER("'events':1,'of':10,'unit':'people','control':-1"), "", "/harms/0/per/control",
         "no rate"},
        {HARM(",'per':{'events':19.18,'of':100,'unit':'treatments'},'numerator':1463,"
              "'denominator':7000"),
         "", "/harms/0/per", "1463 of 7000"},
        {HARM(",'reports':true,'numerator':3,'denominator':9"), "", "/harms/0/reports", "and yet"},
        {HARM(",'reports':true,'per':{'events':3,'of':10,'unit':'people'}"), "", "/harms/0/reports",
         "and yet"});
}

static void rates_of_harm_that_can_be_pass(void **state)
{
    (void)state;
    static const char *const good[] = {
        PER("'events':1.01,'of':10000,'unit':'people','range':[0.23,2.33],'control':0"),
        PER("'events':120,'of':100,'unit':'treatments'"),
        HARM(",'per':{'events':19.18,'of':100,'unit':'treatments'},'numerator':1463,"
             "'denominator':7629"),
        HARM(",'reports':true,'numerator':3"),
        HARM(",'reports':true,'per':{'events':3,'of':100,'unit':'practitioners'}"),
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct problems problems = {.arena = arena_new()};
        check_text(&problems, study_json(problems.arena, good[i], ""));
        if (problems.count > 0)
            fail_msg("case %zu: %s: %s", i, problems.items[0]->pointer, problems.items[0]->detail);
        arena_free(problems.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_be_true_passes),
        cmocka_unit_test(figures_that_cannot_be_are_refused),
        cmocka_unit_test(arms_that_cannot_be_are_refused),
        cmocka_unit_test(directions_that_disagree_are_refused),
        cmocka_unit_test(times_and_comparators_that_cannot_be_are_refused),
        cmocka_unit_test(the_same_figure_twice_is_refused),
        cmocka_unit_test(a_review_says_which_of_its_results_stands_for_it),
        cmocka_unit_test(appraisals_that_cannot_be_are_refused),
        cmocka_unit_test(identifiers_and_sources_must_be_right),
        cmocka_unit_test(bad_shapes_never_abort),
        cmocka_unit_test(an_overall_judgement_that_its_items_rule_out_is_refused),
        cmocka_unit_test(rates_of_harm_that_cannot_be_are_refused),
        cmocka_unit_test(rates_of_harm_that_can_be_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
