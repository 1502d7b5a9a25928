/* Exports: a record a line, in shapes and columns that are written down. */
#include "tests/evidence/rating/small_base.h"

#include "service/api/export_lines.h"
#include "service/api/shapes.h"

static struct catalog *some_catalog(struct small **small)
{
    *small = small_new();
    small_simple(*small, "a", "sham", 30, -2,
                 "'population':'people, who said \\\"ouch\\\"','participants':60,");
    small_trial(*small, "b", 2016, "neck-pain", "", small_pain(*small, "sham", "'note':'=1+1'"));
    small_add(*small, "{'id':'ts:c','title':'no results','design':'cohort','condition':'neck-pain',"
                      "'sources':[{'url':'x'}]}");
    return small_rate(*small);
}

static const char *exported(struct small *small, const struct catalog *catalog,
                            enum export_noun noun, enum export_format format, size_t *lines)
{
    struct export_lines export = export_lines(catalog, noun, format);
    struct buffer out = {0};
    for (*lines = 0; export_next(&export, small->arena, &out); ++*lines)
        assert_int_equal(out.bytes[out.length - 1], '\n');
    const char *text = arena_strdup(small->arena, buffer_string(&out));
    buffer_release(&out);
    return text;
}

static void every_record_is_a_line(void **state)
{
    (void)state;
    struct small *small;
    struct catalog *catalog = some_catalog(&small);
    const size_t expected[] = {[EXPORT_RATINGS] = catalog_rating_count(catalog),
                               [EXPORT_STUDIES] = 3,
                               [EXPORT_RESULTS] = 2};
    for (int noun = EXPORT_RATINGS; noun <= EXPORT_RESULTS; noun++) {
        size_t lines;
        exported(small, catalog, (enum export_noun)noun, EXPORT_NDJSON, &lines);
        assert_int_equal(lines, expected[noun]);
        exported(small, catalog, (enum export_noun)noun, EXPORT_CSV, &lines);
        assert_int_equal(lines, expected[noun] + 1);
    }
    catalog_release(catalog);
}

static void an_exported_study_is_what_the_api_answers(void **state)
{
    (void)state;
    struct small *small;
    struct catalog *catalog = some_catalog(&small);
    size_t lines;
    const char *text = exported(small, catalog, EXPORT_STUDIES, EXPORT_NDJSON, &lines);
    struct buffer shape = {0};
    struct json_writer json;
    json_writer_init(&json, &shape, 0);
    shape_study(&json, catalog, &small->studies[0], small->arena);
    buffer_byte(&shape, '\n');
    assert_memory_equal(text, shape.bytes, shape.length);
    buffer_release(&shape);
    catalog_release(catalog);
}

static void a_result_says_whose_it_is_and_what_it_answers(void **state)
{
    (void)state;
    struct small *small;
    struct catalog *catalog = some_catalog(&small);
    size_t lines;
    const char *text = exported(small, catalog, EXPORT_RESULTS, EXPORT_NDJSON, &lines);
    static const char start[] = "{\"study\":\"ts:a\",\"question\":\"" PAIN_SHAM
                                "\",\"retracted\":false,\"intervention\":\"massage\",";
    assert_memory_equal(text, start, sizeof start - 1);
    catalog_release(catalog);
}

/* Fields of one line, quotes heeded. */
static size_t count_fields(const char *line, size_t length)
{
    size_t fields = 1;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        quoted = quoted != (line[i] == '"');
        fields += !quoted && line[i] == ',';
    }
    return fields;
}

static void every_row_has_as_many_fields_as_the_header(void **state)
{
    (void)state;
    struct small *small;
    struct catalog *catalog = some_catalog(&small);
    for (int noun = EXPORT_RATINGS; noun <= EXPORT_RESULTS; noun++) {
        size_t lines;
        const char *at = exported(small, catalog, (enum export_noun)noun, EXPORT_CSV, &lines);
        size_t columns = count_fields(at, strcspn(at, "\r"));
        for (; *at != '\0'; at = strstr(at, "\r\n") + 2)
            assert_int_equal(count_fields(at, (size_t)(strstr(at, "\r\n") - at)), columns);
    }
    catalog_release(catalog);
}

static void values_stand_under_their_names(void **state)
{
    (void)state;
    struct small *small;
    struct catalog *catalog = some_catalog(&small);
    size_t lines;
    says(exported(small, catalog, EXPORT_RESULTS, EXPORT_CSV, &lines),
         "\r\nts:a," PAIN_SHAM
         ",false,massage,sham,,neck-pain,pain-intensity,VAS,0,10,,lower,short,"
         ",,,,,,,,,,false,,,,,,30,3,2,,,,,,,,,,30,5,2,,,,,,,,,,false,false,");
    says(exported(small, catalog, EXPORT_STUDIES, EXPORT_CSV, &lines),
         ",\"people, who said \"\"ouch\"\"\",60,");
    catalog_release(catalog);
}

static void an_empty_base_gives_a_header_alone(void **state)
{
    (void)state;
    struct small *small = small_new();
    struct catalog *catalog = small_rate(small);
    size_t lines;
    exported(small, catalog, EXPORT_STUDIES, EXPORT_NDJSON, &lines);
    assert_int_equal(lines, 0);
    exported(small, catalog, EXPORT_RESULTS, EXPORT_CSV, &lines);
    assert_int_equal(lines, 1);
    catalog_release(catalog);
}

/* Within the section of its noun, in backticks. */
static void every_column_is_in_the_data_dictionary(void **state)
{
    (void)state;
    struct small *small;
    struct catalog *catalog = some_catalog(&small);
    struct error err = {0};
    size_t length;
    const char *dictionary =
        file_read("docs/data-dictionary.md", 1 << 20, small->arena, &length, &err);
    if (dictionary == NULL)
        fail_msg("%s", err.message);
    for (int noun = EXPORT_RATINGS; noun <= EXPORT_RESULTS; noun++) {
        const char *section =
            strstr(dictionary, arena_printf(small->arena, "\n## %s\n", export_noun_names[noun]));
        assert_non_null(section);
        const char *end = strstr(section + 1, "\n## ");
        section = arena_strndup(small->arena, section,
                                end == NULL ? strlen(section) : (size_t)(end - section));
        size_t lines;
        char *header = arena_strdup(
            small->arena, exported(small, catalog, (enum export_noun)noun, EXPORT_CSV, &lines));
        header[strcspn(header, "\r")] = '\0';
        for (char *name = strtok(header, ","); name != NULL; name = strtok(NULL, ","))
            says(section, arena_printf(small->arena, "`%s`", name));
    }
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_record_is_a_line),
        cmocka_unit_test(an_exported_study_is_what_the_api_answers),
        cmocka_unit_test(a_result_says_whose_it_is_and_what_it_answers),
        cmocka_unit_test(every_row_has_as_many_fields_as_the_header),
        cmocka_unit_test(values_stand_under_their_names),
        cmocka_unit_test(an_empty_base_gives_a_header_alone),
        cmocka_unit_test(every_column_is_in_the_data_dictionary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
