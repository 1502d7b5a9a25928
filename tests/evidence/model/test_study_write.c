#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/evidence/random_base.h"

static char *written(const struct study *study, int indent, struct arena *arena)
{
    struct buffer out = {0};
    struct json_writer writer;
    json_writer_init(&writer, &out, indent);
    study_write(study, &writer);
    char *text = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return text;
}

/* Reads text that must have nothing wrong with it. */
static struct study read_back(const char *text, struct arena *arena)
{
    struct problems problems = {.arena = arena};
    json_t *value = json_parse(text, strlen(text), "test", &problems);
    assert_non_null(value);
    struct json_reader root = json_root(value, "test", &problems);
    struct study study;
    study_read(&root, &study);
    json_decref(value);
    if (problems.count > 0)
        fail_msg("%s: %s", problems.items[0]->pointer, problems.items[0]->detail);
    return study;
}

/* Every field of the format once, in the order of evidence/data/README.md. */
static const char whole[] =
    "{\"id\":\"pmid:1\",\"aliases\":[\"ref:a\"],\"pmid\":\"1\",\"doi\":\"10.1/x\","
    "\"pmcid\":\"PMC1\",\"registrations\":[\"nct1\",\"nct2\"],\"title\":\"T\","
    "\"authors\":[{\"family\":\"F\",\"given\":\"G\"},{\"group\":\"H\"}],"
    "\"authors_complete\":true,\"year\":2020,\"journal\":\"J\",\"design\":\"crossover-rct\","
    "\"condition\":\"neck-pain\",\"population\":\"P\",\"participants\":60,\"trials\":2,"
    "\"pooled_in\":[\"doi:10.1/y\"],"
    "\"appraisals\":[{\"instrument\":\"PEDro\",\"overall\":\"low\",\"score\":7,\"out_of\":10,"
    "\"items\":{\"b\":\"yes\",\"a\":\"no\"},\"scope\":\"included-trials\",\"share_low\":0.25,"
    "\"share_high\":0.5,\"applies_to\":\"A\",\"as_reported\":\"R\",\"rated_by\":\"B\"}],"
    "\"results\":[{\"intervention\":\"dry-needling\",\"comparator\":\"active:other\","
    "\"comparator_detail\":\"D\",\"condition\":\"low-back-pain\",\"outcome\":\"pain-intensity\","
    "\"scale\":{\"name\":\"VAS\",\"low\":0,\"high\":10,\"unit\":\"cm\"},\"better\":\"lower\","
    "\"window\":\"short\",\"days\":28,\"time\":\"4 weeks\",\"measure\":\"MD\",\"estimate\":-1.1,"
    "\"ci\":[-2,-0.2],\"ci_level\":0.95,\"se\":0.46,\"p\":0.01,\"p_bound\":true,\"k\":3,\"n\":60,"
    "\"i2\":12.5,\"control_risk\":0.33,\"group\":\"W\",\"arms\":[{\"role\":\"intervention\","
    "\"name\":\"N\","
    "\"id\":\"i\",\"n\":30,\"mean\":3.1,\"sd\":1,\"baseline_mean\":6,\"baseline_sd\":1.5,"
    "\"change_mean\":-2.9,\"change_sd\":1.2,\"median\":3,\"q1\":2,\"q3\":4,\"events\":0},"
    "{\"role\":\"comparator\"}],\"paired\":true,\"favours\":\"intervention\",\"main\":\"M\","
    "\"grade\":{\"level\":\"very-low\",\"by\":\"Y\",\"where\":\"table "
    "2\"},\"dose_response\":\"V\",\"borderline\":true,"
    "\"ignored\":\"I\",\"note\":\"O\",\"source\":{\"review\":\"r\",\"analysis\":\"1.1\","
    "\"subgroup\":\"s\"}}],"
    "\"harms\":[{\"intervention\":\"dry-needling\",\"event\":\"bruise\",\"severity\":\"minor\","
    "\"rate\":\"some\",\"per\":{\"events\":1.01,\"of\":10000,\"unit\":\"people\",\"range\":[0.23,2."
    "33],"
    "\"control\":0.5},\"reports\":true,\"numerator\":0,\"denominator\":30}],\"funding\":\"U\","
    "\"retracted\":true,\"notices\":[{\"type\":\"retraction\",\"doi\":\"10.1/z\","
    "\"date\":\"2021-01-02\",\"source\":\"publisher\"}],\"conclusion\":\"C\",\"note\":\"E\","
    "\"sources\":[{\"url\":\"https://doi.org/10.1/x\",\"where\":\"abstract\","
    "\"read_at\":\"https://copy.example/\"}],"
    "\"checked\":{\"by\":\"K\",\"on\":\"2026-01-01\",\"agrees\":false,\"note\":\"Q\"}}";

static void every_field_is_written_in_the_order_of_the_format(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct study study = read_back(whole, arena);
    assert_string_equal(written(&study, 0, arena), whole);
    arena_free(arena);
}

static void what_is_unknown_is_left_out(void **state)
{
    (void)state;
    static const char least[] = "{\"id\":\"ts:a\",\"title\":\"T\",\"design\":\"rct\","
                                "\"condition\":\"neck-pain\"}";
    struct arena *arena = arena_new();
    struct study study = read_back(least, arena);
    assert_string_equal(written(&study, 0, arena), least);
    arena_free(arena);
}

/* An importer's record may be all zero where it knows nothing; only counts and figures need their
 * unknown values. */
static void lists_that_were_never_set_are_empty(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct appraisal appraisal = {
        .score = NAN, .out_of = NAN, .share_low = NAN, .share_high = NAN, .rated_by = "B"};
    const struct study study = {.id = "ts:a",
                                .title = "T",
                                .condition = "c",
                                .year = COUNT_UNKNOWN,
                                .participants = COUNT_UNKNOWN,
                                .trials = COUNT_UNKNOWN,
                                .appraisals = &appraisal,
                                .appraisal_count = 1};
    assert_string_equal(written(&study, 0, arena),
                        "{\"id\":\"ts:a\",\"title\":\"T\",\"design\":\"rct\",\"condition\":\"c\","
                        "\"appraisals\":[{\"instrument\":\"RoB 2\",\"rated_by\":\"B\"}]}");
    arena_free(arena);
}

static void a_result_names_its_condition_only_where_it_is_not_the_studys(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct study study = read_back(whole, arena);
    study.condition = "low-back-pain";
    const char *text = written(&study, 0, arena);
    assert_non_null(strstr(text, "\"comparator_detail\":\"D\",\"outcome\""));
    arena_free(arena);
}

static void any_study_reads_back_as_it_was(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct arena *arena = arena_new();
        struct random random = {.state = seed, .arena = arena};
        struct study study;
        random_study(&random, "ts:a", &study);
        const char *first = written(&study, 2, arena);
        struct study again = read_back(first, arena);
        assert_string_equal(written(&again, 2, arena), first);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_written_in_the_order_of_the_format),
        cmocka_unit_test(what_is_unknown_is_left_out),
        cmocka_unit_test(lists_that_were_never_set_are_empty),
        cmocka_unit_test(a_result_names_its_condition_only_where_it_is_not_the_studys),
        cmocka_unit_test(any_study_reads_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
