/* A base made ready to answer, or refused: then nothing of it stays behind (leaks are what the run
 * under AddressSanitizer sees). */
#include "tests/evidence/judgement/made_knowledge.h"

static void take_outcome_out(struct base *base, const char *id, struct arena *arena)
{
    struct outcome *outcomes = arena_array(arena, base->outcome_count, sizeof *outcomes);
    size_t count = 0;
    for (size_t i = 0; i < base->outcome_count; i++)
        if (strcmp(base->outcomes[i].id, id) != 0)
            outcomes[count++] = base->outcomes[i];
    assert_int_equal(count, base->outcome_count - 1);
    base->outcomes = outcomes;
    base->outcome_count = count;
}

static void must_be_refused(struct small *small, const char *words)
{
    struct error err = {0};
    const struct catalog_stamp stamp = {.hash = "0"};
    assert_null(knowledge_of(small->arena, &small->base, &stamp, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    if (strstr(err.message, words) == NULL)
        fail_msg("%s", err.message);
    arena_free(small->arena);
}

/* language.json tells further names of it. */
static void a_base_without_an_outcome_that_its_words_name_is_refused(void **state)
{
    (void)state;
    struct small *small = made_new();
    made_studies(small);
    take_outcome_out(&small->base, "adverse-events", small->arena);
    must_be_refused(small, "adverse-events");
}

/* A rule book that is cut off in the middle. */
static void a_base_with_a_broken_rule_book_is_refused(void **state)
{
    (void)state;
    struct small *small = made_new();
    made_studies(small);
    size_t count = small->base.document_count;
    struct document *documents = arena_array(small->arena, count, sizeof *documents);
    memcpy(documents, small->base.documents, count * sizeof *documents);
    for (size_t i = 0; i < count; i++)
        if (strcmp(documents[i].name, "rulebooks/red-flags") == 0)
            documents[i].length /= 2;
    small->base.documents = documents;
    small->base.rulebooks = NULL; /* read from the documents */
    must_be_refused(small, "red-flags");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_base_without_an_outcome_that_its_words_name_is_refused),
        cmocka_unit_test(a_base_with_a_broken_rule_book_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
