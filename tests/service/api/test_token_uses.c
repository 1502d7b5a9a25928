/* When tokens were last used: kept, beside the requests. */
#include "tests/service/api/small_service.h"

#include "service/api/token_uses.h"

static time_t last_used(struct small_service *small, const char *token)
{
    struct error err = {0};
    struct token found;
    struct store *store = store_open(small->db, STORE_READ, &err);
    if (store == NULL ||
        !store_check_token(store, token, SMALL_CHANGED, small->arena, &found, &err))
        fail_msg("%s", err.message);
    store_close(store);
    return found.last_used;
}

static const char *id_of(struct small_service *small, const char *token)
{
    return arena_strndup(small->arena, token + 3, TOKEN_ID_SIZE - 1);
}

static void the_last_of_many_uses_is_kept(void **state)
{
    struct small_service *small = *state;
    const char *token = small_token(small, "used", MAY_READ, 0);
    struct token_uses *uses = token_uses_new(small->db);
    for (int second = 1; second <= 150; second++)
        token_uses_note(uses, id_of(small, token), SMALL_CHANGED + second);
    token_uses_free(uses);
    assert_int_equal(last_used(small, token), SMALL_CHANGED + 150);
}

static void more_tokens_than_are_remembered_lose_only_what_is_old(void **state)
{
    struct small_service *small = *state;
    struct token_uses *uses = token_uses_new(small->db);
    const char *tokens[80];
    for (int i = 0; i < 80; i++)
        tokens[i] =
            small_token(small, arena_printf(small->arena, "one of many %d", i), MAY_READ, 0);
    for (int i = 0; i < 80; i++)
        token_uses_note(uses, id_of(small, tokens[i]), SMALL_CHANGED + i + 1);
    token_uses_free(uses);
    for (int i = 20; i < 80; i++) /* 64 are remembered at once */
        assert_int_equal(last_used(small, tokens[i]), SMALL_CHANGED + i + 1);
}

static void a_store_that_cannot_be_written_harms_nobody(void **state)
{
    (void)state;
    struct token_uses *uses = token_uses_new("/nowhere/at/all.db");
    token_uses_note(uses, "0123456789ab", SMALL_CHANGED);
    token_uses_free(uses);
    token_uses_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_of_many_uses_is_kept),
        cmocka_unit_test(more_tokens_than_are_remembered_lose_only_what_is_old),
        cmocka_unit_test(a_store_that_cannot_be_written_harms_nobody),
    };
    return cmocka_run_group_tests(tests, small_start, small_stop);
}
