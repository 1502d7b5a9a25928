/* The feed of changes, what was imported, and imports that make no sense. */
#include "tests/service/api/small_service.h"

#include "evidence/store/changes.h"
#include "importers/intake/intake.h"
#include "service/api/importer.h"

static struct store *opened(struct small_service *small)
{
    struct error err = {0};
    struct store *store = store_open(small->db, STORE_WRITE, &err);
    if (store == NULL)
        fail_msg("%s", err.message);
    return store;
}

static void must(bool good, const struct error *err)
{
    if (!good)
        fail_msg("%s", err->message);
}

/* A trial that PubMed and a reference manager tell of, and its entry in a register. */
static void bring(struct small_service *small)
{
    static const char *const types[] = {"Randomized Controlled Trial", NULL};
    static const char *const numbers[] = {"NCT01234567", NULL};
    static const struct author authors[] = {{.family = "Ay", .given = "Saime"}};
    const struct intake_stamp stamp = {.who = "import", .now = SMALL_CHANGED};
    struct error err = {0};
    struct intake_took took;
    struct record record;
    struct store *store = opened(small);
    record_init(&record);
    record.source = "pubmed";
    record.source_id = record.pmid = "77";
    record.title = "Kinesio taping of the upper trapezius in office workers";
    record.authors = authors;
    record.author_count = 1;
    record.year = 2017;
    record.publication_types = types;
    record.registrations = numbers;
    record.abstract = "We randomised 44 patients to taping or sham.";
    must(intake_take(store, &record, &stamp, small->arena, &took, &err), &err);
    record.source = "crossref";
    record.source_id = record.doi = "10.1/tape";
    record.pmid = NULL;
    record.abstract = NULL;
    must(intake_take(store, &record, &stamp, small->arena, &took, &err), &err);
    record_init(&record);
    record.source = "ctgov";
    record.source_id = numbers[0];
    record.registrations = numbers;
    record.title = "Taping at work";
    must(intake_take(store, &record, &stamp, small->arena, &took, &err), &err);
    store_close(store);
}

static int bring_once(void **state)
{
    if (small_start(state) != 0)
        return -1;
    bring(*state);
    return 0;
}

static const char *text_at(const struct small_answer *answer, const char *key)
{
    const char *text = json_string_value(json_object_get(answer->json, key));
    return text == NULL ? "" : text;
}

static void what_was_imported_is_listed_where_it_is_asked_for(void **state)
{
    struct small_answer answer = small_get(*state, "/v1/studies?status=unscreened&q=taping");
    assert_int_equal(answer.status, 200);
    assert_int_equal(json_integer_value(json_object_get(answer.json, "total")), 2);
    small_done(&answer);
    answer = small_get(*state, "/v1/studies?q=taping");
    assert_int_equal(json_integer_value(json_object_get(answer.json, "total")), 0);
    small_done(&answer);
    answer = small_get(*state, "/v1/studies?status=unscreened&limit=1");
    assert_string_equal(text_at(&answer, "next"), "1");
    assert_non_null(answer.link);
    small_done(&answer);
    answer = small_get(*state, "/v1/studies?status=included");
    assert_int_equal(json_integer_value(json_object_get(answer.json, "total")), 0);
    small_done(&answer);
    answer = small_get(*state, "/v1/studies?status=read");
    assert_int_equal(answer.status, 400);
    small_done(&answer);
}

static void one_of_them_says_who_tells_what_and_what_a_machine_read(void **state)
{
    static const char *const names[] = {"/v1/studies/pmid:77", "/v1/studies/DOI:10.1/TAPE"};
    for (size_t i = 0; i < 2; i++) {
        struct small_answer answer = small_get(*state, names[i]);
        assert_int_equal(answer.status, 200);
        assert_string_equal(text_at(&answer, "id"), "pmid:77");
        assert_string_equal(text_at(&answer, "status"), "unscreened");
        assert_string_equal(text_at(&answer, "design"), "rct");
        assert_string_equal(text_at(&answer, "design_by"), "machine");
        assert_string_equal(text_at(&answer, "participants_by"), "machine");
        const json_t *origins = json_object_get(answer.json, "origins");
        assert_string_equal(json_string_value(json_object_get(origins, "doi")), "crossref");
        assert_string_equal(json_string_value(json_object_get(origins, "abstract")), "pubmed");
        assert_int_equal(json_array_size(json_object_get(answer.json, "sources")), 2);
        const json_t *linked = json_object_get(answer.json, "linked");
        assert_int_equal(json_array_size(linked), 1);
        assert_string_equal(json_string_value(json_array_get(linked, 0)), "nct:nct01234567");
        assert_int_equal(json_array_size(json_object_get(answer.json, "feeds")), 0);
        small_done(&answer);
    }
    struct small_answer missing = small_get(*state, "/v1/studies/pmid:78");
    assert_int_equal(missing.status, 404);
    small_done(&missing);
}

static void the_feed_is_read_in_order_from_a_time_or_a_place(void **state)
{
    struct small_service *small = *state;
    static const char *const studies[] = {"pmid:2", NULL};
    struct verdict_change changes[] = {
        {.question = "a",
         .after_verdict = "works",
         .after_certainty = "low",
         .cause = CHANGE_STUDY_ADDED,
         .studies = studies},
        {.question = "b",
         .before_verdict = "works",
         .before_certainty = "low",
         .cause = CHANGE_RULES},
    };
    struct error err = {0};
    struct store *store = opened(small);
    must(store_add_changes(store, changes, 2, "build", SMALL_CHANGED, &err), &err);
    store_close(store);
    struct small_answer answer = small_get(small, "/v1/changes?since=2026-01-01&limit=1");
    assert_int_equal(answer.status, 200);
    const json_t *first = json_array_get(json_object_get(answer.json, "items"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "cause")), "study-added");
    assert_true(json_is_null(json_object_get(first, "before")));
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(first, "after"), "verdict")), "works");
    assert_string_equal(json_string_value(json_object_get(first, "at")), "2026-01-01T00:00:00Z");
    const char *next = text_at(&answer, "next");
    char target[64];
    snprintf(target, sizeof target, "/v1/changes?cursor=%s", next);
    small_done(&answer);
    answer = small_get(small, target);
    const json_t *items = json_object_get(answer.json, "items");
    assert_int_equal(json_array_size(items), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(items, 0), "question")),
                        "b");
    small_done(&answer);
    answer = small_get(small, "/v1/changes?since=2026-01-01T00:00:01Z");
    assert_int_equal(json_array_size(json_object_get(answer.json, "items")), 0);
    small_done(&answer);
    static const char *const bad[] = {"/v1/changes?since=yesterday", "/v1/changes?since=2026-02-30",
                                      "/v1/changes?cursor=x", "/v1/changes?until=2026-01-01"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        answer = small_get(small, bad[i]);
        if (answer.status != 400)
            fail_msg("%s: %d", bad[i], answer.status);
        small_done(&answer);
    }
}

static void prepare(void *context, const char *source, struct run_plan *plan)
{
    (void)context, (void)source;
    plan->options.base_url = "http://127.0.0.1:1"; /* nobody is there */
    plan->fetch.wait_base = 0.001;
    plan->fetch.tries = 1;
}

static void rebased(void *context)
{
    (void)context;
}

static struct small_answer send_as(struct small_service *small, enum method method,
                                   const char *target, const char *token, const char *body)
{
    small->token = token;
    struct small_answer answer = small_send(small, method, target, body);
    small->token = NULL;
    return answer;
}

static void where_no_imports_are_run_none_can_be_begun(void **state)
{
    struct small_service *small = *state;
    const char *token = small_token(small, "nobody there", MAY_IMPORT, 0);
    struct small_answer answer = send_as(small, METHOD_POST, "/v1/imports", token,
                                         "{\"source\":\"pubmed\",\"query\":\"x\"}");
    assert_int_equal(answer.status, 503);
    small_done(&answer);
    answer = send_as(small, METHOD_GET, "/v1/imports", token, "");
    assert_int_equal(answer.status, 200);
    small_done(&answer);
}

static void an_import_that_makes_no_sense_is_refused_with_its_place(void **state)
{
    struct small_service *small = *state;
    const char *token = small_token(small, "sense", MAY_IMPORT, 0);
    static const struct {
        const char *body;
        const char *pointer;
    } bodies[] = {
        {"{\"source\":\"medline\",\"query\":\"x\"}", "/source"},
        {"{\"source\":\"pubmed\"}", "/query"},
        {"{\"source\":\"pubmed\",\"query\":\"x\",\"since\":\"last week\"}", "/since"},
        {"{\"source\":\"pubmed\",\"query\":\"x\",\"limit\":0}", "/limit"},
        {"{\"source\":\"pubmed\",\"query\":\"x\",\"base_url\":\"http://10.0.0.1\"}", "/base_url"},
    };
    struct error err = {0};
    const struct importer_options options = {
        .db = small->db, .prepare = prepare, .rebased = rebased};
    struct importer *importer = importer_start(&options, &err);
    assert_non_null(importer);
    application_set_importer(small->application, importer);
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct small_answer answer =
            send_as(small, METHOD_POST, "/v1/imports", token, bodies[i].body);
        assert_int_equal(answer.status, 400);
        if (strstr(answer.text, bodies[i].pointer) == NULL)
            fail_msg("%s: %s", bodies[i].body, answer.text);
        small_done(&answer);
    }
    struct small_answer answer = send_as(small, METHOD_GET, "/v1/imports/12x", token, "");
    assert_int_equal(answer.status, 404);
    small_done(&answer);
    application_set_importer(small->application, NULL);
    importer_stop(importer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_imported_is_listed_where_it_is_asked_for),
        cmocka_unit_test(one_of_them_says_who_tells_what_and_what_a_machine_read),
        cmocka_unit_test(the_feed_is_read_in_order_from_a_time_or_a_place),
        cmocka_unit_test(where_no_imports_are_run_none_can_be_begun),
        cmocka_unit_test(an_import_that_makes_no_sense_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, bring_once, small_stop);
}
