/* The rule books: what is read, what is refused, and that the curated ones hold what was gathered.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <math.h>

#include "tests/evidence/judgement/curated_topics.h"
#include "tests/evidence/model/small_books.h"

enum { LARGEST_FACTS_BYTES = 1 << 20 };

static int make_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

/* The curated names with the small books, one of them exchanged. */
static struct base base_with(struct arena *arena, const char *name, const char *other)
{
    struct problems problems = {.arena = arena};
    struct base base = {0};
    curated_topics(&base, &problems);
    if (problems.count > 0)
        fail_msg("%s: %s", problems.items[0]->file, problems.items[0]->detail);
    small_books_add(&base, arena, name, other);
    return base;
}

static const struct rulebooks *small(struct arena *arena, struct base *base)
{
    struct problems problems = {.arena = arena};
    *base = base_with(arena, NULL, NULL);
    const struct rulebooks *books = rulebooks_read(base, NULL, &problems);
    for (size_t i = 0; i < problems.kept; i++)
        print_error("%s %s: %s\n", problems.items[i]->file, problems.items[i]->pointer,
                    problems.items[i]->detail);
    assert_int_equal(problems.count, 0);
    return books;
}

/* ---- what is read ---- */

static void every_book_becomes_structs(void **state)
{
    struct base base;
    const struct rulebooks *books = small(*state, &base);

    assert_int_equal(books->regions.count, 2);
    assert_string_equal(region_of(&books->regions, "neck-pain")->name, "Neck");
    assert_null(region_of(&books->regions, "fibromyalgia"));

    assert_int_equal(books->red_flags.count, 2);
    assert_string_equal(books->red_flags.about.not_covered, "n");
    const struct red_flag *flag = &books->red_flags.items[0];
    assert_int_equal(flag->urgency, URGENCY_SAME_DAY);
    assert_int_equal(flag->escalations[0].urgency, URGENCY_EMERGENCY);
    assert_string_equal(flag->escalations[0].phrases[0], "short of breath");
    assert_true(flag->backing.checked.done);
    assert_false(flag->backing.checked.agrees);
    assert_int_equal(flag->backing.citations[0].kind, SOURCE_HEALTH_SERVICE);
    assert_false(books->red_flags.items[1].backing.checked.done);

    assert_string_equal(books->drug_links.items[0].interventions[0], "opioids");
    assert_int_equal(books->drug_links.items[0].certainty, LINK_COHORT);
    assert_int_equal(books->regulatory_actions.items[0].year, 2020);
    assert_null(books->regulatory_actions.items[0].backing.citations[0].url);
    assert_string_equal(books->referral.arguments[1].claim, "They do not.");
    assert_float_equal(books->referral.criteria[0].figures[0].values[0], 0.22, 0);
}

static void the_words_of_danger_become_patterns(void **state)
{
    struct base base;
    const struct sign_words *words = &small(*state, &base)->sign_words;
    assert_int_equal(words->concept_count, 5);
    const struct sign_pattern *urgent = &words->patterns[1];
    assert_int_equal(urgent->urgency, URGENCY_EMERGENCY);
    assert_int_equal(urgent->group_count, 3);
    assert_int_equal(urgent->groups[1].concepts[1], 2); /* "breath" is the third concept */
    assert_int_equal(urgent->groups[1].concepts[2], SIGN_NONE);
    assert_int_equal(urgent->near, 9);
    assert_int_equal(words->patterns[0].urgency, URGENCY_SAME_DAY); /* that of its flag */
    assert_int_equal(words->serious[0].urgency, URGENCY_SAME_DAY);
    assert_string_equal(words->negation.shorts[0].means, "do not");
    assert_string_equal(words->negation.past[0], "years ago");
    assert_string_equal(words->negation.whole[0], "burning");
    assert_true(words->concepts[2].passes);
    assert_false(words->concepts[0].passes);
}

static void the_numbers_of_stopping_are_found_by_outcome(void **state)
{
    struct base base;
    const struct stop_model *model = &small(*state, &base)->stop_model;
    assert_float_equal(stop_model_trial(model, "muscle-soreness")->days, 3, 0);
    assert_float_equal(stop_model_trial(model, "strength")->days, 42, 0);
    assert_float_equal(stop_model_error(model, "pain-intensity")->share_of_scale, 0.102, 0);
    assert_float_equal(stop_model_error(model, "strength")->share_of_scale, 0.1, 0);
    assert_true(stop_model_outcome(model, "pain-intensity")->is_pain);
    assert_false(stop_model_outcome(model, "performance")->way_is_told);
    assert_true(isnan(stop_model_outcome(model, "performance")->low));
    assert_null(stop_model_outcome(model, "strength"));
}

static void medicines_point_to_what_they_may_do(void **state)
{
    struct base base;
    const struct rulebooks *books = small(*state, &base);
    const struct medicines *medicines = &books->medicines;
    assert_int_equal(medicines->count, 2);
    assert_string_equal(medicines->items[0].members[0].brands[0], "Zomorph");
    assert_null(medicines->items[0].members[1].brands[0]);
    assert_ptr_equal(medicines->items[0].links[0], &books->drug_links.items[0]);
    assert_null(medicines->items[0].links[1]);
    assert_null(medicines->items[0].state);
    assert_string_equal(medicines->items[1].state->state, "blood-thinning medicine");
    assert_int_equal(medicines_least(medicines, &books->drug_links.items[0]), 2);
    assert_int_equal(medicines_least(medicines, NULL), 1);
}

static void a_medicine_to_come_off_slowly_is_known_by_its_rule(void **state)
{
    struct base base;
    const struct rulebooks *books = small(*state, &base);
    assert_string_equal(stop_rules_slow(&books->stop_rules, "opioids")->id, "opioids-slowly");
    assert_null(stop_rules_slow(&books->stop_rules, "tens"));
}

static void what_a_book_does_not_say_stays_unknown(void **state)
{
    struct base base;
    const struct rulebooks *books = small(*state, &base);
    const struct stop_rule *rule = &books->stop_rules.items[0];
    const struct threshold *threshold = &books->thresholds.items[0];
    const struct course_point *point = &books->courses.items[0].points[1];

    assert_int_equal(rule->trial_sessions, 10);
    assert_int_equal(rule->trial_days, COUNT_UNKNOWN);
    assert_null(rule->superseded_by);
    assert_float_equal(threshold->percent_range.high, 40, 0);
    assert_true(isnan(threshold->absolute_iqr.low));
    assert_true(isnan(point->mean));
    assert_true(isnan(point->mean_ci.low));
    assert_float_equal(point->change_sd_assumes_r, 0.24, 0);
    assert_true(books->courses.items[0].for_prior);
    assert_true(books->courses.items[0].backing.derived);
}

static void a_statement_knows_who_speaks_for_it(void **state)
{
    struct base base;
    const struct safe_use *use = rulebooks_safe_use(small(*state, &base), "tens");
    const struct statement *not_for = &use->advice[ADVICE_NOT_FOR].items[0];

    assert_string_equal(use->doses[0].parts[DOSE_FREQUENCY_HZ], "100");
    assert_null(use->doses[0].parts[DOSE_WEEKS]);
    assert_int_equal(use->advice[ADVICE_STOP_IF].count, 0);
    assert_true(statement_rests_on(not_for, use, SOURCE_MAKER));
    assert_true(statement_rests_on(not_for, use, SOURCE_CLINIC));
    assert_false(statement_rests_on(not_for, use, SOURCE_STUDY));
    assert_string_equal(use->who.text, "Anyone.");
}

static void nothing_is_said_of_an_unknown_intervention(void **state)
{
    struct base base;
    assert_null(rulebooks_safe_use(small(*state, &base), "massage"));
}

/* neck-mtrp is a neck pain and a myofascial pain; acute-low-back-pain is a low back pain. */
static void a_rule_holds_for_kin_of_its_condition(void **state)
{
    struct base base;
    const struct rulebooks *books = small(*state, &base);
    const struct stop_rule *neck = &books->stop_rules.items[0];
    const struct stop_rule *any = &books->stop_rules.items[1];

    assert_true(stop_rule_is_about(neck, &base, "neck-pain"));
    assert_true(stop_rule_is_about(neck, &base, "neck-mtrp"));
    assert_false(stop_rule_is_about(neck, &base, "myofascial-pain"));
    assert_false(stop_rule_is_about(neck, &base, "low-back-pain"));
    assert_true(stop_rule_is_about(any, &base, "low-back-pain"));
    assert_true(stop_rule_is_for(neck, "acupuncture"));
    assert_false(stop_rule_is_for(neck, "tens"));
    assert_true(stop_rule_is_for(any, "tens"));
    assert_true(base_condition_descends(&base, "acute-low-back-pain", "low-back-pain"));
    assert_false(base_condition_descends(&base, "low-back-pain", "acute-low-back-pain"));
    assert_false(base_condition_descends(&base, "no-such", "no-such"));
}

static void a_base_without_books_has_empty_ones(void **state)
{
    struct problems problems = {.arena = *state};
    struct base base = {0};
    assert_int_equal(base_rulebooks(&base)->stop_rules.count, 0);
    curated_topics(&base, &problems);
    const struct rulebooks *books = rulebooks_read(&base, NULL, &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(books->red_flags.count, 0);
    assert_int_equal(books->safe_use_count, 0);
}

/* ---- what is refused ---- */

/* In the document `name`, `from` exchanged for `to` gives a problem at `pointer` that says `says`.
 */
struct refusal {
    const char *name;
    const char *from;
    const char *to;
    const char *pointer;
    const char *says;
};

static const struct refusal refusals[] = {
    {"regions", "'neck-mtrp'", "'neck-knots'", "/regions/1/conditions",
     "no condition \"neck-knots\""},
    {"regions", "'neck-mtrp'", "'migraine'", "/regions", "stands in two regions"},
    {"regions", "'name':'Head',", "", "/regions/0/name", "required"},
    {"rulebooks/stop-rules", "'acupuncture','dry-needling'", "'acupuncture','dry-neddling'",
     "/stop_rules/0/interventions", "no intervention \"dry-neddling\""},
    {"rulebooks/stop-rules", "['neck-pain']", "['neck']", "/stop_rules/0/conditions",
     "no condition \"neck\""},
    {"rulebooks/stop-rules", "'thirty-percent'", "'needling-five-hours'", "", "stands twice"},
    {"rulebooks/stop-rules", "'no-benefit'", "'useless'", "/stop_rules/1/kind", "is not one of"},
    {"rulebooks/stop-rules", "'trial_sessions':10", "'trial_sessions':-1",
     "/stop_rules/0/trial_sessions", "whole number"},
    {"rulebooks/stop-rules", "'strength':'Wide'", "'strenght':'Wide'", "/stop_rules/1/strenght",
     "unknown field"},
    {"rulebooks/drug-links", "['opioids']", "['heroin']", "/drug_links/0/interventions",
     "no intervention \"heroin\""},
    {"rulebooks/drug-links", "'examples':['morphine']", "'examples':[]", "/drug_links/0/examples",
     "at least one"},
    {"rulebooks/drug-links", "https://doi.org/10.1/a", "doi:10.1/a", "/drug_links/0/sources/0/url",
     "no http address"},
    {"rulebooks/drug-links", "https://doi.org/10.1/a", "http://47.251.13.51:8081/1",
     "/drug_links/0/sources/0/url", "never linked"},
    {"rulebooks/regulatory-actions", "'intervention':'tens'", "'intervention':'tnes'",
     "/regulatory_actions/0/intervention", "no intervention \"tnes\""},
    {"rulebooks/regulatory-actions", "'read_at':'https://copy.example/a',", "",
     "/regulatory_actions/0/sources/0", "needs an address"},
    {"rulebooks/regulatory-actions", "'kind':'news'", "'kind':'rumour'",
     "/regulatory_actions/0/sources/0/kind", "is not one of"},
    {"rulebooks/red-flags", "'urgency':'emergency'", "'urgency':'soon'", "/red_flags/0/escalate",
     "more urgent"},
    {"rulebooks/red-flags", "'muscle-soreness'", "'calf'", "/red_flags/0/conditions",
     "no condition \"calf\""},
    {"rulebooks/red-flags", "'not_covered':'n'", "'covered':'n'", "/about/not_covered", "required"},
    {"rulebooks/red-flags", "'on':'2026-11-22',", "", "/red_flags/0/checked/on", "required"},
    {"rulebooks/thresholds", "'pain-intensity'", "'pain'", "/thresholds/0/outcome",
     "no outcome \"pain\""},
    {"rulebooks/thresholds", "[20,40]", "[40,20]", "/thresholds/0/percent_range",
     "the lower first"},
    {"rulebooks/thresholds", "'value':0.7", "'value':0.9", "/thresholds/0/figures/0/ci",
     "does not hold the value"},
    {"rulebooks/thresholds", "'value':0.7,'ci':[0.6,0.8]", "'values':[0.7],'text':'0.7'",
     "/thresholds/0/figures/0", "one of value, values and text"},
    {"rulebooks/thresholds", "'percent':30", "'percent':130", "/thresholds/0", "within 0 to 100"},
    {"rulebooks/course", "'mean':64", "'mean':70", "/courses/0/points/0/mean_ci",
     "does not hold the mean"},
    {"rulebooks/course", "'change_sd':20", "'change_sd':0", "/courses/0/points/1",
     "a spread is above 0"},
    {"rulebooks/course", "'scale':{'name':'0-100','low':0,'high':100},", "", "/courses/0/scale",
     "need the scale"},
    {"rulebooks/course", "'condition':'neck-pain'", "'condition':'any'", "/courses/0/condition",
     "no condition \"any\""},
    {"rulebooks/referral", "'defender'", "'critic'", "/controversy", "both heard"},
    {"rulebooks/medicines", "'opioids-withdrawal'],'inter", "'opioids-widrawal'],'inter",
     "/medicines/0/links", "no drug link \"opioids-widrawal\""},
    {"rulebooks/medicines", "'interventions':['opioids']", "'interventions':['opiods']",
     "/medicines/0/interventions", "no intervention \"opiods\""},
    {"rulebooks/medicines", "'state':'blood-thinner'", "'state':'calf'", "/medicines/1/state",
     "no concept \"calf\" tells a state"},
    {"rulebooks/medicines", "'members':[{'name':'warfarin'}]", "'members':[]",
     "/medicines/1/members", "at least one"},
    {"rulebooks/medicines", "'brands':['Zomorph']", "'brands':'Zomorph'",
     "/medicines/0/members/0/brands", "list"},
    {"rulebooks/medicines", "'least':2", "'least':1", "/together/0/least", "whole number"},
    {"rulebooks/medicines", "'id':'blood-thinners'", "'id':'opioids'", "", "stands twice"},
    {"rulebooks/medicines", "'nothing':['none']", "'none':['none']", "/none", "unknown field"},
    {"rulebooks/sign-words", "'flag':'clot','all':['calf','swollen']}",
     "'flag':'clott','all':['calf','swollen']}", "/patterns/0/flag", "no red flag \"clott\""},
    {"rulebooks/sign-words", "'swollen|breath'", "'swollen|breth'", "/patterns/1/all",
     "no concept \"breth\""},
    {"rulebooks/sign-words", "'swollen|breath'",
     "'calf|calf|calf|calf|calf|calf|calf|calf|calf|calf|calf|calf|calf'", "/patterns/1/all",
     "at most 12 alternatives"},
    {"rulebooks/sign-words", "'fillers':['my'],", "'fillers':['my'],'passed':['ago'],",
     "/negation/passed", "unknown field"},
    {"rulebooks/red-flags", "'means':'This can be a clot.',", "", "/red_flags/0/means", "missing"},
    {"rulebooks/sign-words", "'all':['burn']", "'all':[]", "/serious/0/all", "at least one"},
    {"rulebooks/sign-words", "'urgency':'same-day','sentence'", "'urgency':'now','sentence'",
     "/serious/0/urgency", "is not one of"},
    {"rulebooks/sign-words", "'cannot':['unable to']", "'cannot':[]", "/negation/cannot",
     "at least one"},
    {"rulebooks/sign-words", "'id':'burn'", "'id':'calf'", "", "stands twice"},
    {"rulebooks/sign-words", "'id':'burn'", "'id':'burn','people':'children'", "/concepts/4/asks",
     "missing"},
    {"rulebooks/stop-model", "'stop_below':0.1", "'stop_below':10", "/decision/stop_below",
     "from 0 to 1"},
    {"rulebooks/stop-model", "'weight':0.75", "'weight':0.5", "/paces", "add up to 0.75"},
    {"rulebooks/stop-model", "{'days':42,", "{'outcome':'strength','days':42,", "/trials",
     "without an outcome"},
    {"rulebooks/stop-model", "{'share_of_scale':0.1}",
     "{'outcome':'strength','share_of_scale':0.1}", "/errors", "without an outcome"},
    {"rulebooks/stop-model", "'threshold':'nprs-mcid','note'", "'threshold':'nprs','note'", "/goal",
     "no threshold \"nprs\""},
    {"rulebooks/stop-model", "'names':['NPRS']", "'names':['VAS']", "/instruments",
     "is of \"NPRS\""},
    {"rulebooks/stop-model", "'low':0,'high':10,'better':'lower'}],", "'low':0,'better':'lower'}],",
     "/instruments/0/high", "both ends"},
    {"rulebooks/stop-model", "{'outcome':'performance'}", "{'outcome':'mood'}",
     "/outcomes/1/outcome", "no outcome \"mood\""},
    {"rulebooks/stop-model", "'ends':['stopped']", "'ends':[]", "/changes/ends", "at least one"},
    {"rulebooks/stop-model", "'start_days':14,", "", "/start_days", "required"},
    {"rulebooks/stop-rules", "'interventions':['opioids'],'rule':'Never", "'rule':'Never",
     "/stop_rules/3/come_off_slowly", "name the medicines"},
    {"rulebooks/thresholds", "'conditions':['neck-pain']", "'conditions':['neck']",
     "/thresholds/0/conditions", "no condition \"neck\""},
    {"rulebooks/instruments", "{'1.1':'yes|unknown'}", "{'1.2':'yes'}",
     "/instruments/0/items/0/questions/1/asked_if/0/1.2", "no question of this item that stands"},
    {"rulebooks/instruments", "'1.1':'yes|unknown'", "'1.1':'yes|maybe'",
     "/instruments/0/items/0/questions/1/asked_if/0/1.1", "yes, no or unknown"},
    {"rulebooks/instruments", "{'when':{'1.1':'no'},'judgement':'high'}",
     "{'when':{'1.1':'no'},'judgement':'dire'}", "/instruments/0/items/0/judged_by/0/0/judgement",
     "is not one of"},
    {"rulebooks/instruments", "{'judgement':'some-concerns'}",
     "{'when':{'1.2':'no'},'judgement':'some-concerns'}", "/instruments/0/items/0/judged_by/0",
     "the last row must hold always"},
    {"rulebooks/instruments", "'id':'1.2'", "'id':'1.1'", "/instruments/0/items/0/questions/1/id",
     "stands twice"},
    {"safe-use/tens", "'intervention':'tens'", "'intervention':'massage'", "/intervention",
     "must be called massage.json"},
    {"safe-use/tens", "'sources':[1,2]", "'sources':[3]", "/not_for/0/sources/0",
     "one of the document's 3 sources"},
    {"safe-use/tens", "'sources':[1,2]", "'sources':[]", "/not_for/0/sources", "without a source"},
    {"safe-use/tens", "'seconds':'600'", "'seconds':600", "/dose/0/parameters/seconds",
     "must be a string"},
    {"safe-use/tens", "'setting':'both'", "'setting':'home'", "/setting", "is not one of"},
};

static const char *text_of(const char *name)
{
    for (size_t i = 0; i < SMALL_BOOK_COUNT; i++)
        if (strcmp(small_books[i].name, name) == 0)
            return small_books[i].text;
    fail_msg("no small book %s", name);
    return NULL;
}

static const char *exchanged(const struct refusal *refusal, struct arena *arena)
{
    const char *text = text_of(refusal->name);
    const char *at = strstr(text, refusal->from);
    if (at == NULL)
        fail_msg("%s does not hold %s", refusal->name, refusal->from);
    return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, refusal->to,
                        at + strlen(refusal->from));
}

static bool is_told(const struct problems *problems, const char *file, const char *pointer,
                    const char *says)
{
    for (size_t i = 0; i < problems->kept; i++)
        if (strcmp(problems->items[i]->file, file) == 0 &&
            strcmp(problems->items[i]->pointer, pointer) == 0 &&
            strstr(problems->items[i]->detail, says) != NULL)
            return true;
    return false;
}

static void a_fault_is_told_with_file_and_field(void **state)
{
    struct arena *arena = *state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const struct refusal *refusal = &refusals[i];
        struct problems problems = {.arena = arena};
        struct base base = base_with(arena, refusal->name, exchanged(refusal, arena));
        rulebooks_read(&base, "data", &problems);
        const char *file = arena_printf(arena, "data/%s.json", refusal->name);
        if (!is_told(&problems, file, refusal->pointer, refusal->says))
            fail_msg("%s with %s: %zu problems, first %s: %s", file, refusal->to, problems.count,
                     problems.count == 0 ? "" : problems.items[0]->pointer,
                     problems.count == 0 ? "" : problems.items[0]->detail);
    }
}

static void a_book_missing_beside_the_others_is_told(void **state)
{
    struct problems problems = {.arena = *state};
    struct base base = base_with(*state, "rulebooks/red-flags", NULL);
    rulebooks_read(&base, "data", &problems);
    assert_true(is_told(&problems, "data/rulebooks/red-flags.json", "", "missing"));
}

static void a_book_of_another_name_is_told(void **state)
{
    struct problems problems = {.arena = *state};
    struct base base = base_with(*state, NULL, NULL);
    static const struct document stray = {"rulebooks/rumours", "{}", 2};
    base.documents = &stray;
    base.document_count = 1;
    rulebooks_read(&base, NULL, &problems);
    assert_true(is_told(&problems, "rulebooks/rumours", "", "no rule book"));
}

static void damaged_text_is_told_and_read_past(void **state)
{
    struct arena *arena = *state;
    for (size_t i = 0; i < SMALL_BOOK_COUNT; i++) {
        const char *text = small_books[i].text;
        const char *const damaged[] = {
            "", "[]", "7", "{", "{'stop_rules':7}", arena_strndup(arena, text, strlen(text) / 2)};
        for (size_t j = 0; j < sizeof damaged / sizeof *damaged; j++) {
            struct problems problems = {.arena = arena};
            struct base base = base_with(arena, small_books[i].name, damaged[j]);
            rulebooks_read(&base, NULL, &problems);
            assert_true(problems.count > 0);
        }
    }
}

/* ---- the curated books ---- */

static const struct rulebooks *curated(struct arena *arena, struct base *base)
{
    struct problems problems = {.arena = arena};
    base_read_folder("evidence/data", base, &problems);
    if (problems.count > 0)
        fail_msg("%s %s: %s", problems.items[0]->file, problems.items[0]->pointer,
                 problems.items[0]->detail);
    return base_rulebooks(base);
}

static void the_curated_books_are_all_there(void **state)
{
    struct base base;
    const struct rulebooks *books = curated(*state, &base);
    assert_true(books->red_flags.count >= 35);
    assert_true(books->stop_rules.count >= 60);
    assert_true(books->drug_links.count >= 23);
    assert_true(books->regulatory_actions.count >= 21);
    assert_true(books->thresholds.count >= 66);
    assert_true(books->courses.count >= 57);
    assert_true(books->referral.muscle_count >= 26);
    assert_true(books->safe_use_count >= 36);
    assert_true(books->sign_words.pattern_count >= 340);
    assert_true(books->medicines.count >= 36);
}

/* Links to what happens in an operating theatre, of which nobody who writes a diary takes any. */
static bool is_of_a_theatre(const struct drug_link *link)
{
    return strcmp(link->id, "opioids-injected-rigidity") == 0 ||
           strcmp(link->id, "anaesthesia-hyperthermia") == 0;
}

static bool is_pointed_to(const struct medicines *medicines, const struct drug_link *link)
{
    for (size_t i = 0; i < medicines->count; i++)
        for (const struct drug_link *const *one = medicines->items[i].links; *one != NULL; one++)
            if (*one == link)
                return true;
    return false;
}

static void every_drug_link_has_medicines_with_names(void **state)
{
    struct base base;
    const struct rulebooks *books = curated(*state, &base);
    for (size_t i = 0; i < books->drug_links.count; i++)
        if (!is_of_a_theatre(&books->drug_links.items[i]) &&
            !is_pointed_to(&books->medicines, &books->drug_links.items[i]))
            fail_msg("no medicine leads to %s", books->drug_links.items[i].id);
}

static void check_cited(const struct backing *backing, const char *id)
{
    /* Hosts of copies: a link there would lend them the name of the source. */
    static const char *const copies[] = {"scribd.com", "doczz",        "docslib",   "researchgate",
                                         "123doc",     "healthdocbox", "vdocument", "blackboxrx"};
    for (size_t i = 0; i < backing->citation_count; i++)
        for (size_t j = 0; j < sizeof copies / sizeof *copies; j++)
            if (backing->citations[i].url != NULL &&
                strstr(backing->citations[i].url, copies[j]) != NULL)
                fail_msg("%s links a copy: %s", id, backing->citations[i].url);
}

static void copies_are_never_linked(void **state)
{
    struct base base;
    const struct rulebooks *books = curated(*state, &base);
    for (size_t i = 0; i < books->red_flags.count; i++)
        check_cited(&books->red_flags.items[i].backing, books->red_flags.items[i].id);
    for (size_t i = 0; i < books->stop_rules.count; i++)
        check_cited(&books->stop_rules.items[i].backing, books->stop_rules.items[i].id);
    for (size_t i = 0; i < books->courses.count; i++)
        check_cited(&books->courses.items[i].backing, books->courses.items[i].id);
    for (size_t i = 0; i < books->safe_use_count; i++)
        check_cited(&books->safe_uses[i].backing, books->safe_uses[i].intervention);
}

static void what_was_read_once_says_so(void **state)
{
    struct base base;
    const struct rulebooks *books = curated(*state, &base);
    for (size_t i = 0; i < books->stop_rules.count; i++)
        if (!books->stop_rules.items[i].backing.checked.done)
            assert_non_null(books->stop_rules.items[i].backing.doubtful);
    for (size_t i = 0; i < books->thresholds.count; i++)
        if (!books->thresholds.items[i].backing.checked.done)
            assert_non_null(books->thresholds.items[i].backing.doubtful);
}

/* The list `key` of a file of the gathered facts; skips the test where they are not beside us. */
static json_t *facts(struct arena *arena, const char *file)
{
    struct error err = {0};
    struct problems problems = {.arena = arena};
    size_t length;
    const char *text = file_read(arena_printf(arena, "../shared/facts/%s", file),
                                 LARGEST_FACTS_BYTES, arena, &length, &err);
    if (text == NULL) {
        print_message("skipped: %s\n", err.message);
        skip();
    }
    json_t *value = json_parse(text, length, file, &problems);
    assert_non_null(value);
    return value;
}

static const struct red_flag *flag_called(const struct rulebooks *books, const char *id)
{
    for (size_t i = 0; i < books->red_flags.count; i++)
        if (strcmp(books->red_flags.items[i].id, id) == 0)
            return &books->red_flags.items[i];
    fail_msg("no red flag %s", id);
    return NULL;
}

static void assert_same_texts(const char *const *ours, const json_t *theirs)
{
    size_t i;
    json_t *one;
    json_array_foreach(theirs, i, one)
    {
        assert_non_null(ours[i]);
        assert_string_equal(ours[i], json_string_value(one));
    }
    assert_null(ours[i]);
}

/* The most urgent first; what is asked about lower back pain is asked about its kinds too, and the
 * other way round; what has no place belongs to no complaint. */
static void dangers_are_those_of_the_complaints_place(void **state)
{
    struct base base;
    const struct rulebooks *books = curated(*state, &base);
    static const char *const conditions[] = {"low-back-pain", "acute-low-back-pain", "neck-mtrp",
                                             "knee-osteoarthritis"};
    static const char *const first[] = {"cauda-equina", "cauda-equina", "acute-coronary-syndrome",
                                        "septic-arthritis"};
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        size_t count;
        const struct red_flag *const *flags =
            red_flags_about(&books->red_flags, &base, conditions[i], *state, &count);
        assert_true(count > 0);
        assert_string_equal(flags[0]->id, first[i]);
        for (size_t j = 1; j < count; j++)
            assert_true(flags[j]->urgency >= flags[j - 1]->urgency);
        for (size_t j = 0; j < count; j++)
            assert_string_not_equal(flags[j]->id, "overdose");
    }
    size_t count;
    (void)red_flags_about(&books->red_flags, &base, "healthy-adults", *state, &count);
    assert_int_equal(count, 0);
}

static void no_alarm_lost_a_phrase_or_its_urgency(void **state)
{
    struct base base;
    const struct rulebooks *books = curated(*state, &base);
    json_t *gathered = facts(*state, "red-flags.json");
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(gathered, "red_flags"), i, one)
    {
        const struct red_flag *flag =
            flag_called(books, json_string_value(json_object_get(one, "id")));
        assert_same_texts(flag->phrases, json_object_get(one, "phrases"));
        assert_same_texts(flag->less_likely, json_object_get(one, "less_likely"));
        assert_string_equal(urgency_names[flag->urgency],
                            json_string_value(json_object_get(one, "urgency")));
        assert_int_equal(flag->escalation_count, json_array_size(json_object_get(one, "escalate")));
    }
    json_decref(gathered);
}

static void no_safe_use_lost_a_statement(void **state)
{
    struct base base;
    const struct rulebooks *books = curated(*state, &base);
    json_t *gathered = facts(*state, "safe-use.json");
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(gathered, "uses"), i, one)
    {
        const struct safe_use *use =
            rulebooks_safe_use(books, json_string_value(json_object_get(one, "intervention")));
        assert_non_null(use);
        assert_int_equal(use->dose_count, json_array_size(json_object_get(one, "dose")));
        for (int list = 0; list < ADVICE_COUNT; list++) {
            const json_t *theirs = json_object_get(one, advice_names[list]);
            assert_int_equal(use->advice[list].count, json_array_size(theirs));
            for (size_t j = 0; j < use->advice[list].count; j++)
                assert_string_equal(use->advice[list].items[j].text,
                                    json_string_value(json_array_get(theirs, j)));
        }
    }
    json_decref(gathered);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(every_book_becomes_structs),
        TEST(the_words_of_danger_become_patterns),
        TEST(the_numbers_of_stopping_are_found_by_outcome),
        TEST(medicines_point_to_what_they_may_do),
        TEST(a_medicine_to_come_off_slowly_is_known_by_its_rule),
        TEST(what_a_book_does_not_say_stays_unknown),
        TEST(a_statement_knows_who_speaks_for_it),
        TEST(nothing_is_said_of_an_unknown_intervention),
        TEST(a_rule_holds_for_kin_of_its_condition),
        TEST(a_base_without_books_has_empty_ones),
        TEST(a_fault_is_told_with_file_and_field),
        TEST(a_book_missing_beside_the_others_is_told),
        TEST(a_book_of_another_name_is_told),
        TEST(damaged_text_is_told_and_read_past),
        TEST(the_curated_books_are_all_there),
        TEST(every_drug_link_has_medicines_with_names),
        TEST(copies_are_never_linked),
        TEST(what_was_read_once_says_so),
        TEST(dangers_are_those_of_the_complaints_place),
        TEST(no_alarm_lost_a_phrase_or_its_urgency),
        TEST(no_safe_use_lost_a_statement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
