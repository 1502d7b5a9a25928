/* The pages of the places, over the curated base: what stands first, and what is said of it. */
#include "evidence/model/rulebooks.h"
#include "service/views/html.h"
#include "tests/service/api/real_service.h"

static const struct places *places_of(const struct small_service *small)
{
    return &base_rulebooks(catalog_base(small->catalog))->places;
}

static struct small_answer page_of(struct small_service *small, const struct place *place)
{
    struct small_answer page = small_get(small, arena_printf(small->arena, "/where/%s", place->id));
    assert_int_equal(page.status, 200);
    return page;
}

/* Where `text` stands in the page, as it is written there. */
static const char *where(const struct small_answer *page, const char *text)
{
    struct buffer written = {0};
    html_text(&written, text);
    const char *at = strstr(page->text, buffer_string(&written));
    if (at == NULL)
        fail_msg("the page does not say: %s", text);
    buffer_release(&written);
    return at;
}

static void dangers_stand_before_treatments_and_these_before_muscles(void **state)
{
    const struct places *places = places_of(*state);
    for (size_t i = 0; i < places->count; i++) {
        struct small_answer page = page_of(*state, &places->items[i]);
        const char *danger = where(&page, places->items[i].flags[0].flag->presentation);
        const char *helps = strstr(page.text, "<section id=\"helps\"");
        const char *muscles = strstr(page.text, "<section id=\"muscles\"");
        assert_true(danger < helps && helps < muscles);
        small_done(&page);
    }
}

static void every_danger_is_told_whole_in_the_words_of_the_book(void **state)
{
    const struct places *places = places_of(*state);
    for (size_t i = 0; i < places->count; i++) {
        struct small_answer page = page_of(*state, &places->items[i]);
        for (size_t j = 0; j < places->items[i].flag_count; j++) {
            const struct red_flag *flag = places->items[i].flags[j].flag;
            where(&page, flag->presentation);
            where(&page, flag->means);
            where(&page, flag->action);
            if (flag->backing.doubtful != NULL)
                where(&page, flag->backing.doubtful);
            for (size_t k = 0; k < flag->escalation_count; k++)
                where(&page, flag->escalations[k].when);
        }
        small_done(&page);
    }
}

static void how_sure_the_areas_of_muscles_are_stands_above_them(void **state)
{
    struct small_service *small = *state;
    const struct referral *book = &base_rulebooks(catalog_base(small->catalog))->referral;
    struct small_answer page = small_get(small, "/where/chest");
    const char *maps = where(&page, book->about_maps);
    const char *muscle = strstr(page.text, "<h3>Pectoralis major</h3>");
    assert_non_null(muscle);
    assert_true(maps < muscle);
    assert_non_null(strstr(muscle, "angina or heart attack"));
    small_done(&page);
}

static void a_place_without_complaints_says_so(void **state)
{
    struct small_answer page = small_get(*state, "/where/chest");
    where(&page, "No study here is of pain in the chest.");
    assert_null(strstr(page.text, "class=\"complaint\""));
    small_done(&page);
}

static void the_choice_leads_to_every_place(void **state)
{
    struct small_service *small = *state;
    const struct places *places = places_of(small);
    struct small_answer page = small_get(small, "/where");
    assert_non_null(strstr(page.text, "<link rel=\"canonical\" href=\"/where\">"));
    for (size_t i = 0; i < places->count; i++)
        where(&page, places->items[i].name);
    assert_null(strstr(page.text, " style="));
    small_done(&page);
}

static void a_place_that_is_not_there_is_404_and_leads_on(void **state)
{
    struct small_answer page = small_get(*state, "/where/tail");
    assert_int_equal(page.status, 404);
    assert_non_null(strstr(page.text, "href=\"/where/low-back\""));
    small_done(&page);
    struct small_answer answer = small_get(*state, "/v1/places/tail");
    assert_int_equal(answer.status, 404);
    assert_non_null(strstr(answer.text, "low-back"));
    small_done(&answer);
}

static void the_answer_for_programs_says_the_same(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/places/low-back");
    small_text(&answer, "red_flags.0.red_flag.id", "cauda-equina");
    small_text(&answer, "complaints.0.rated.condition.id", "low-back-pain");
    small_text(&answer, "complaints.0.recent.condition.id", "acute-low-back-pain");
    small_number(&answer, "lasting_from_days", 84);
    small_null(&answer, "none");
    small_done(&answer);
}

static void before_the_base_is_loaded_the_pages_say_so(void **state)
{
    struct small_service empty = *(struct small_service *)*state;
    empty.catalog = NULL;
    struct small_answer choice = small_get(&empty, "/where");
    struct small_answer place = small_get(&empty, "/where/chest");
    assert_int_equal(choice.status, 503);
    assert_int_equal(place.status, 503);
    small_done(&choice);
    small_done(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dangers_stand_before_treatments_and_these_before_muscles),
        cmocka_unit_test(every_danger_is_told_whole_in_the_words_of_the_book),
        cmocka_unit_test(how_sure_the_areas_of_muscles_are_stands_above_them),
        cmocka_unit_test(a_place_without_complaints_says_so),
        cmocka_unit_test(the_choice_leads_to_every_place),
        cmocka_unit_test(a_place_that_is_not_there_is_404_and_leads_on),
        cmocka_unit_test(the_answer_for_programs_says_the_same),
        cmocka_unit_test(before_the_base_is_loaded_the_pages_say_so),
    };
    return cmocka_run_group_tests(tests, real_start, real_stop);
}
