/* The page that tells how verdicts are made, over the curated base: written from its tables. */
#include "evidence/rating/rules.h"
#include "evidence/rating/ruleset.h"
#include "tests/service/api/real_service.h"

static void says(const struct small_answer *page, const char *text)
{
    if (strstr(page->text, text) == NULL)
        fail_msg("the page does not say: %s", text);
}

static void every_rule_stands_under_its_own_anchor_in_everybodys_words(void **state)
{
    struct small_service *small = *state;
    struct small_answer page = small_get(small, "/method");
    const struct rules *rules = catalog_rules(small->catalog);
    assert_int_equal(page.status, 200);
    assert_true(rules->count > 60);
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        if (rule->plain == NULL || rule->chapter == NULL)
            fail_msg("%s has no plain words, or stands in no chapter", rule->id);
        says(&page, arena_printf(small->arena, "<section class=\"rule\" id=\"%s\">", rule->id));
    }
    small_done(&page);
}

static void the_five_steps_come_first_in_their_order(void **state)
{
    struct small_service *small = *state;
    struct small_answer page = small_get(small, "/method");
    const struct rules *rules = catalog_rules(small->catalog);
    const char *at = page.text;
    int step = 0;
    for (size_t i = 0; i < rules->chapter_count; i++) {
        const struct rule_chapter *chapter = &rules->chapters[i];
        if (chapter->step == COUNT_UNKNOWN)
            continue;
        assert_int_equal(chapter->step, ++step);
        at = strstr(
            at, arena_printf(small->arena, "\"#rules-%s\">%s</a>", chapter->id, chapter->title));
        assert_non_null(at);
    }
    assert_int_equal(step, 5);
    small_done(&page);
}

/* The number and what it is called, the outcome's own threshold, and the paper as a link. */
static void numbers_and_sources_are_those_of_the_data(void **state)
{
    struct small_answer page = small_get(*state, "/method");
    says(&page, "few is under <b>400 people</b>");
    says(&page, "share of the evidence that decides <b>75 %</b>");
    says(&page, "small is a chance under <b>10 %</b>");
    says(&page, "1 point on a scale from 0 to 10");
    says(&page, "<a href=\"https://doi.org/10.1002/sim.1186\">doi:10.1002/sim.1186</a>");
    says(&page, "<a href=\"https://pubmed.ncbi.nlm.nih.gov/11690728\">pubmed 11690728</a>");
    says(&page, "<link rel=\"canonical\" href=\"/method\">");
    small_done(&page);
}

/* The numbers that any rule goes by have words; without them the file's key would stand there. */
static void every_number_has_words(void **state)
{
    struct small_service *small = *state;
    const struct rules *rules = catalog_rules(small->catalog);
    for (size_t i = 0; i < rules->count; i++) {
        struct ruleset_threshold told[RULESET_THRESHOLDS];
        size_t count = ruleset_thresholds(catalog_ruleset(catalog_under(small->catalog, "classic")),
                                          rules->items[i].id, told);
        for (size_t j = 0; j < count; j++)
            if (rules_threshold(rules, told[j].key) == NULL)
                fail_msg("rules.json has no words for %s", told[j].key);
    }
}

static void a_rule_that_a_judged_claim_names_leads_to_its_words(void **state)
{
    struct small_answer page = small_get(*state, "/claim/tens.blocks-pain-signals");
    assert_int_equal(page.status, 200);
    says(&page, "Judged by rule <a href=\"/method#C");
    small_done(&page);
}

static void all_rules_of_stopping_stand_in_the_table(void **state)
{
    struct small_service *small = *state;
    static const char *const ids[] = {"T1", "T2", "T3", "T4", "T5", "T6", "T7"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        assert_non_null(rules_find(catalog_rules(small->catalog), ids[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_stands_under_its_own_anchor_in_everybodys_words),
        cmocka_unit_test(the_five_steps_come_first_in_their_order),
        cmocka_unit_test(numbers_and_sources_are_those_of_the_data),
        cmocka_unit_test(every_number_has_words),
        cmocka_unit_test(a_rule_that_a_judged_claim_names_leads_to_its_words),
        cmocka_unit_test(all_rules_of_stopping_stand_in_the_table),
    };
    return cmocka_run_group_tests(tests, real_start, real_stop);
}
