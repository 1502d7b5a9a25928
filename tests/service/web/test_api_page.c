/* The page of the API tells all that openapi.json does, and its links lead somewhere. */
#include "tests/service/api/real_service.h"

static void says(const struct small_answer *page, const char *text)
{
    if (strstr(page->text, text) == NULL)
        fail_msg("the page does not say: %s", text);
}

static json_t *read_document(void)
{
    json_t *document = json_load_file("service/worlds/openapi.json", 0, NULL);
    assert_non_null(document);
    return document;
}

static void every_operation_is_told_with_a_call(void **state)
{
    struct small_service *small = *state;
    struct small_answer page = small_get(small, "/api");
    json_t *document = read_document();
    const char *path;
    const char *method;
    json_t *methods;
    json_t *operation;
    assert_int_equal(page.status, 200);
    json_object_foreach(json_object_get(document, "paths"), path, methods)
    {
        json_object_foreach(methods, method, operation)
        {
            const char *id = json_string_value(json_object_get(operation, "operationId"));
            says(&page, arena_printf(small->arena, "id=\"op-%s\"", id));
            says(&page, arena_printf(small->arena, "<code>%s</code>", path));
        }
    }
    json_decref(document);
    small_done(&page);
}

static void every_shape_is_told(void **state)
{
    struct small_service *small = *state;
    struct small_answer page = small_get(small, "/api");
    json_t *document = read_document();
    const char *name;
    json_t *schema;
    json_object_foreach(json_object_get(json_object_get(document, "components"), "schemas"), name,
                        schema) says(&page, arena_printf(small->arena, "id=\"s-%s\"", name));
    json_decref(document);
    small_done(&page);
}

static void every_link_within_the_page_leads_somewhere(void **state)
{
    struct small_service *small = *state;
    struct small_answer page = small_get(small, "/api");
    static const char link[] = "href=\"#";
    size_t seen = 0;
    for (const char *at = strstr(page.text, link); at != NULL; at = strstr(at + 1, link), seen++) {
        const char *name = at + strlen(link);
        says(&page, arena_printf(small->arena, "id=\"%.*s\"", (int)strcspn(name, "\""), name));
    }
    assert_true(seen > 200);
    small_done(&page);
}

/* The host that the request came to, and no mark left of where it goes in. */
static void calls_name_the_host_that_was_asked(void **state)
{
    struct small_answer page = small_get(*state, "/api");
    says(&page, "<code>curl 'http");
    says(&page, "/v1/check?q=does%20dry%20needling%20help%20neck%20knots'");
    assert_null(strchr(page.text, 1));
    assert_null(strstr(page.text, " style="));
    small_done(&page);
}

/* It tells of the service and not of a base. */
static void it_is_there_before_a_base_is(void **state)
{
    struct small_service *small = *state;
    struct catalog *kept = small->catalog;
    small->catalog = NULL;
    struct small_answer page = small_get(small, "/api");
    small->catalog = kept;
    assert_int_equal(page.status, 200);
    says(&page, "id=\"op-check\"");
    small_done(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_is_told_with_a_call),
        cmocka_unit_test(every_shape_is_told),
        cmocka_unit_test(every_link_within_the_page_leads_somewhere),
        cmocka_unit_test(calls_name_the_host_that_was_asked),
        cmocka_unit_test(it_is_there_before_a_base_is),
    };
    return cmocka_run_group_tests(tests, real_start, real_stop);
}
