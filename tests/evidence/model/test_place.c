/* The places of the body: what is read, what is refused, and that nothing of the curated books is
 * left without a place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/evidence/judgement/curated_topics.h"
#include "tests/evidence/model/small_books.h"

/* Over small_books.h: its flags are clot (same-day) and stiffness (soon), its muscle is felt at the
 * heel. Quotes are turned. */
static const char small_places[] =
    "{'about':{'red_flags':'a','conditions':'b','areas':'c','shapes':'d'},"
    "'figure':{'width':160,'height':506},"
    "'places':[{'id':'calf','name':'Calf','plain':'the calf','also':['lower leg'],"
    "'red_flags':[{'flag':'clot','words':'calf'}],"
    "'conditions':[{'condition':'low-back-pain','recent':'acute-low-back-pain',"
    "'lasting':'chronic-low-back-pain','why':'w'}],"
    "'shapes':[{'view':'back','path':'M1 2L3 4Z'}]},"
    "{'id':'all','name':'All','plain':'the body','everywhere':true,"
    "'red_flags':[{'flag':'clot','words':'calf'},{'flag':'stiffness','words':'Sore shoulders'}],"
    "'none':'Nothing.'}],"
    "'areas':[{'area':'heel','places':['calf']}]}";

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

/* `text` with `from` exchanged for `to`. */
static char *exchange(const char *text, const char *from, const char *to, struct arena *arena)
{
    const char *at = strstr(text, from);
    if (at == NULL)
        fail_msg("the small places do not hold %s", from);
    return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

/* The curated names, the small books and these places; read into books. */
static const struct rulebooks *read(const char *places, struct arena *arena,
                                    struct problems *problems)
{
    struct base base = {0};
    *problems = (struct problems){.arena = arena};
    curated_topics(&base, problems);
    small_books_add(&base, arena, NULL, NULL);
    struct document *all = arena_array(arena, base.document_count + 1, sizeof *all);
    memcpy(all, base.documents, base.document_count * sizeof *all);
    char *quoted = small_quoted(places, arena);
    all[base.document_count++] = (struct document){"places", quoted, strlen(quoted)};
    qsort(all, base.document_count, sizeof *all, small_by_name);
    base.documents = all;
    return rulebooks_read(&base, "data", problems);
}

/* ---- what is read ---- */

static void places_become_structs(void **state)
{
    struct problems problems;
    const struct rulebooks *books = read(small_places, *state, &problems);
    if (problems.count > 0)
        fail_msg("%s: %s", problems.items[0]->pointer, problems.items[0]->detail);
    const struct places *places = &books->places;
    const struct place *calf = places_find(places, "calf");
    assert_int_equal(places->count, 2);
    assert_int_equal(places->width, 160);
    assert_ptr_equal(calf->flags[0].flag, &books->red_flags.items[0]);
    assert_string_equal(calf->conditions[0].lasting, "chronic-low-back-pain");
    assert_int_equal(calf->shapes[0].view, BODY_BACK);
    assert_string_equal(calf->also[0], "lower leg");
    assert_null(calf->none);
    assert_ptr_equal(places_everywhere(places), places_find(places, "all"));
    assert_string_equal(places_everywhere(places)->none, "Nothing.");
    assert_null(places_find(places, "heel"));
}

static void an_area_is_at_the_places_that_it_names(void **state)
{
    struct problems problems;
    const struct places *places = &read(small_places, *state, &problems)->places;
    assert_true(places_area_is_at(places, "heel", places_find(places, "calf")));
    assert_false(places_area_is_at(places, "heel", places_find(places, "all")));
    assert_false(places_area_is_at(places, "toe", places_find(places, "calf")));
}

static void a_base_without_places_has_none(void **state)
{
    struct problems problems = {.arena = *state};
    struct base base = {0};
    curated_topics(&base, &problems);
    small_books_add(&base, *state, NULL, NULL);
    const struct rulebooks *books = rulebooks_read(&base, NULL, &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(books->places.count, 0);
    assert_null(places_everywhere(&books->places));
}

/* ---- what is refused ---- */

static const struct {
    const char *from, *to, *pointer, *says;
} refusals[] = {
    {"'flag':'clot','words':'calf'", "'flag':'clott','words':'calf'", "/places/0/red_flags/0/flag",
     "no red flag \"clott\""},
    {"'words':'calf'", "'words':'shin'", "/places/0/red_flags/0/words", "does not stand in"},
    {"{'flag':'clot','words':'calf'}],", "],", "/places/0/red_flags", "at least one"},
    {"{'flag':'clot','words':'calf'},{'flag'",
     "{'flag':'clot','words':'calf'},{'flag':'clot',"
     "'words':'calf'},{'flag'",
     "/places/1/red_flags", "stands twice"},
    {"{'flag':'clot','words':'calf'},{'flag':'stiffness','words':'Sore shoulders'}",
     "{'flag':'stiffness','words':'Sore shoulders'},{'flag':'clot','words':'calf'}",
     "/places/1/red_flags", "more urgent and must stand before"},
    {",{'flag':'stiffness','words':'Sore shoulders'}", "", "/places", "stands at no place"},
    {"'condition':'low-back-pain'", "'condition':'back'", "/places/0/conditions/0/condition",
     "no condition \"back\""},
    {"'recent':'acute-low-back-pain'", "'recent':'neck-pain'", "/places/0/conditions/0/recent",
     "is no kind of"},
    {"'recent':'acute-low-back-pain',", "", "/places/0/conditions/0", "go together"},
    {",'why':'w'", "", "/places/0/conditions/0/why", "required"},
    {"'none':'Nothing.'", "'plane':'x'", "/places/1/plane", "unknown field"},
    {",'none':'Nothing.'", "", "/places/1/none", "where there are no conditions"},
    {"'view':'back'", "'view':'side'", "/places/0/shapes/0/view", "is not one of"},
    {"M1 2L3 4Z", "M1 2\\\"/><script>", "/places/0/shapes/0/path", "path of SVG"},
    {"M1 2L3 4Z", "L1 2", "/places/0/shapes/0/path", "begins with M"},
    {"'shapes':[{'view':'back','path':'M1 2L3 4Z'}]", "'shapes':[]", "/places/0/shapes",
     "every place has a shape"},
    {"'everywhere':true,", "", "/places", "exactly one place is everywhere"},
    {"'id':'all'", "'id':'calf'", "", "stands twice"},
    {"'id':'all'", "'id':'All of it'", "/places/1/id", "no slug"},
    {"'areas':[{'area':'heel','places':['calf']}]", "'areas':[]", "/areas",
     "\"heel\", where soleus is felt, reaches no place"},
    {"'places':['calf']}", "'places':['foot']}", "/areas/0/places", "no place \"foot\""},
    {"'places':['calf']}", "'places':[]}", "/areas/0/places", "at least one"},
    {"'area':'heel'", "'area':'nose'", "/areas/0/area", "no muscle"},
    {"[{'area'", "[{'area':'heel','places':['calf']},{'area'", "/areas", "stands twice"},
    {"'width':160", "'width':0", "/figure/width", "whole number"},
    {"'areas':'c',", "", "/about/areas", "required"},
};

static bool is_told(const struct problems *problems, const char *pointer, const char *says)
{
    for (size_t i = 0; i < problems->kept; i++)
        if (strcmp(problems->items[i]->file, "data/places.json") == 0 &&
            strcmp(problems->items[i]->pointer, pointer) == 0 &&
            strstr(problems->items[i]->detail, says) != NULL)
            return true;
    return false;
}

static void a_fault_is_told_with_file_and_field(void **state)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        struct problems problems;
        read(exchange(small_places, refusals[i].from, refusals[i].to, *state), *state, &problems);
        if (!is_told(&problems, refusals[i].pointer, refusals[i].says))
            fail_msg("with %s: %zu problems, first %s: %s", refusals[i].to, problems.count,
                     problems.count == 0 ? "" : problems.items[0]->pointer,
                     problems.count == 0 ? "" : problems.items[0]->detail);
    }
}

static void damaged_text_is_told_and_read_past(void **state)
{
    const char *const damaged[] = {
        "", "[]", "{'places':7,'areas':7}",
        "{'places':[7,{},{'red_flags':[7],'shapes':[7]}],'areas':[7,{}]}",
        arena_strndup(*state, small_places, sizeof small_places / 2)};
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        struct problems problems;
        read(damaged[i], *state, &problems);
        assert_true(problems.count > 0);
    }
}

/* ---- the curated places ---- */

static const struct rulebooks *curated(struct base *base, struct arena *arena)
{
    struct problems problems = {.arena = arena};
    base_read_folder("evidence/data", base, &problems);
    if (problems.count > 0)
        fail_msg("%s %s: %s", problems.items[0]->file, problems.items[0]->pointer,
                 problems.items[0]->detail);
    return base_rulebooks(base);
}

static bool reaches_a_place(const struct places *places, const char *area)
{
    for (size_t i = 0; i < places->count; i++)
        if (places_area_is_at(places, area, &places->items[i]))
            return true;
    return false;
}

static void every_area_of_every_muscle_reaches_a_place(void **state)
{
    struct base base;
    const struct rulebooks *books = curated(&base, *state);
    for (size_t i = 0; i < books->referral.muscle_count; i++)
        for (const char *const *area = books->referral.muscles[i].pain_felt; *area != NULL; area++)
            if (!reaches_a_place(&books->places, *area))
                fail_msg("%s of %s", *area, books->referral.muscles[i].id);
}

static bool has_condition(const struct places *places, const char *id)
{
    for (size_t i = 0; i < places->count; i++)
        for (size_t j = 0; j < places->items[i].condition_count; j++) {
            const struct place_condition *one = &places->items[i].conditions[j];
            if (strcmp(one->condition, id) == 0 ||
                (one->recent != NULL &&
                 (strcmp(one->recent, id) == 0 || strcmp(one->lasting, id) == 0)))
                return true;
        }
    return false;
}

/* People without pain have no place of it. */
static void every_complaint_is_found_at_a_place(void **state)
{
    struct base base;
    const struct rulebooks *books = curated(&base, *state);
    for (size_t i = 0; i < base.condition_count; i++)
        if (strcmp(base.conditions[i].id, "healthy-adults") != 0 &&
            !has_condition(&books->places, base.conditions[i].id))
            fail_msg("%s stands at no place", base.conditions[i].id);
}

/* Where the book says that a heart attack may be felt. */
static void the_heart_comes_first_wherever_it_may_be_felt(void **state)
{
    static const char *const felt[] = {"chest",        "jaw",       "neck-front", "neck-back",
                                       "shoulder",     "belly",     "elbow",      "upper-arm",
                                       "forearm-hand", "upper-back"};
    struct base base;
    const struct places *places = &curated(&base, *state)->places;
    for (size_t i = 0; i < sizeof felt / sizeof *felt; i++)
        assert_string_equal(places_find(places, felt[i])->flags[0].flag->id,
                            "acute-coronary-syndrome");
}

static void every_place_but_one_can_be_touched(void **state)
{
    struct base base;
    const struct places *places = &curated(&base, *state)->places;
    assert_int_equal(places->count, 20);
    for (size_t i = 0; i < places->count; i++)
        assert_true(places->items[i].everywhere || places->items[i].shape_count > 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(places_become_structs),
        TEST(an_area_is_at_the_places_that_it_names),
        TEST(a_base_without_places_has_none),
        TEST(a_fault_is_told_with_file_and_field),
        TEST(damaged_text_is_told_and_read_past),
        TEST(every_area_of_every_muscle_reaches_a_place),
        TEST(every_complaint_is_found_at_a_place),
        TEST(the_heart_comes_first_wherever_it_may_be_felt),
        TEST(every_place_but_one_can_be_touched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
