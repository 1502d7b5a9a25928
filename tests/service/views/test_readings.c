/* A figure that nobody has confirmed never looks like one that somebody has. */
#include "service/api/shapes.h"
#include "service/views/rating_text.h"
#include "service/web/studies_view.h"
#include "service/web/what_if_view.h"
#include "tests/evidence/rating/small_base.h"

static const char QUESTION[] = "massage.neck-pain.nothing.pain-intensity.short";
static const char ONCE[] = "figures read once, not confirmed";
static const char DIFFERED[] = "figures read twice, and the readings differed";

/* Three trials: read once, twice, and twice with a difference. */
static struct catalog *three_readings(struct small *small)
{
    small_simple(small, "once", "nothing", 20, -1.5, "");
    small_simple(small, "twice", "nothing", 20, -1.5,
                 "'checked':{'by':'second reader','on':'2026-01-01','agrees':true},");
    small_simple(small, "differed", "nothing", 20, -1.5,
                 "'checked':{'by':'second reader','on':'2026-01-01','agrees':false,'note':'n'},");
    return small_rate(small);
}

static const struct rated_study *entry_of(const struct rating *rating, const char *id)
{
    for (size_t i = 0; i < rating->body.count; i++)
        if (strcmp(rating->body.studies[i].study->id, id) == 0)
            return &rating->body.studies[i];
    fail_msg("%s is not in the body", id);
    return NULL;
}

static void assert_reading(const json_t *study, const char *want)
{
    assert_string_equal(json_string_value(json_object_get(study, "reading")), want);
}

static void the_shapes_name_the_reading_of_each_study(void **state)
{
    (void)state;
    static const char *const want[][2] = {
        {"ts:once", "once"}, {"ts:twice", "twice"}, {"ts:differed", "differed"}};
    struct small *small = small_new();
    struct catalog *catalog = three_readings(small);
    const struct rating *rating = small_rating(catalog, QUESTION);
    struct buffer text = {0};
    struct json_writer json;
    json_writer_init(&json, &text, 0);
    shape_rating(&json, catalog, rating, small->arena);
    json_t *told = json_loads(text.bytes, 0, NULL);
    for (size_t i = 0; i < 3; i++) {
        const json_t *studies = json_object_get(told, "studies");
        for (size_t j = 0; j < json_array_size(studies); j++) {
            const json_t *study = json_array_get(studies, j);
            if (strcmp(json_string_value(json_object_get(study, "id")), want[i][0]) == 0)
                assert_reading(study, want[i][1]);
        }
        buffer_clear(&text);
        json_writer_init(&json, &text, 0);
        shape_study(&json, catalog, entry_of(rating, want[i][0])->study, small->arena);
        json_t *study = json_loads(text.bytes, 0, NULL);
        assert_reading(study, want[i][1]);
        json_decref(study);
    }
    json_decref(told);
    buffer_release(&text);
    catalog_release(catalog);
}

/* The step by which a study enters. */
static const char *entering(const struct trace *trace, const char *id)
{
    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_step *step = &trace->steps[i];
        if (step->subject != NULL && strcmp(step->subject, id) == 0 &&
            strncmp(step->text, "enters", 6) == 0)
            return step->text;
    }
    fail_msg("%s does not enter", id);
    return NULL;
}

static void the_trace_says_it_where_a_study_enters(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog = three_readings(small);
    const struct trace *trace =
        catalog_trace(catalog, small_rating(catalog, QUESTION), small->arena);
    assert_non_null(strstr(entering(trace, "ts:once"), ONCE));
    assert_non_null(strstr(entering(trace, "ts:differed"), DIFFERED));
    assert_null(strstr(entering(trace, "ts:twice"), "read"));
    catalog_release(catalog);
}

static void an_adopted_review_says_it_too(void **state)
{
    (void)state;
    struct small *small = small_new();
    small_add(small,
              arena_printf(small->arena,
                           "{'id':'ts:review','title':'R','design':'systematic-review',"
                           "'condition':'neck-pain','sources':[{'url':'https://example.org'}],"
                           "'results':[%s]}",
                           small_pain(small, "nothing",
                                      "'measure':'MD','estimate':-1.5,'ci':[-2,-1],'k':6,"
                                      "'n':400")));
    struct catalog *catalog = small_rate(small);
    const struct trace *trace =
        catalog_trace(catalog, small_rating(catalog, QUESTION), small->arena);
    bool said = false;
    for (size_t i = 0; i < trace->count; i++)
        said |=
            strcmp(trace->steps[i].rule, "P4") == 0 && strstr(trace->steps[i].text, ONCE) != NULL;
    assert_true(said);
    catalog_release(catalog);
}

static void the_terminal_names_them_below_the_studies(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog = three_readings(small);
    char *told = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&told, &length);
    const struct terminal terminal = {.out = out, .width = 80};
    print_rating(&terminal, catalog, small_rating(catalog, QUESTION), small->arena);
    fclose(out);
    assert_non_null(strstr(told, "once 2015: figures read once, not confirmed.\n"));
    assert_non_null(
        strstr(told, "differed 2015: figures read twice, and the readings differed.\n"));
    assert_null(strstr(told, "twice 2015: figures"));
    free(told);
    catalog_release(catalog);
}

static void the_page_says_it_beside_the_name(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog = three_readings(small);
    struct buffer out = {0};
    const struct page page = {&out, small->arena, catalog};
    const struct rating *rating = small_rating(catalog, QUESTION);
    studies_put(&page,
                catalog_headline(catalog, rating->question.intervention, rating->question.condition,
                                 NULL, small->arena),
                &(struct supposed){0});
    assert_non_null(strstr(out.bytes, "once 2015</a> <small>(figures read once, not confirmed)"));
    assert_non_null(strstr(out.bytes, "differed 2015</a> <small>(figures read twice, and"));
    assert_non_null(strstr(out.bytes, "twice 2015</a></th>"));
    buffer_release(&out);
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shapes_name_the_reading_of_each_study),
        cmocka_unit_test(the_trace_says_it_where_a_study_enters),
        cmocka_unit_test(an_adopted_review_says_it_too),
        cmocka_unit_test(the_terminal_names_them_below_the_studies),
        cmocka_unit_test(the_page_says_it_beside_the_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
