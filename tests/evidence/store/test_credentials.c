/* Tokens and sessions through the store's door: who gets in, who does not, and what is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "evidence/base/file.h"
#include "evidence/store/credentials.h"
#include "tests/evidence/store/engine_place.h"

enum { NOW = 1000000, DAY = 24 * 60 * 60 };

struct place {
    struct arena *arena;
    char folder[64];
    const char *path;
    struct store *store;
};

static int make_place(void **state)
{
    struct error err = {0};
    struct place *place = memory_alloc(sizeof *place);
    *place = (struct place){.arena = arena_new(), .folder = "/tmp/touchstone-token-XXXXXX"};
    if (mkdtemp(place->folder) == NULL)
        return -1;
    place->path = store_place(place->folder, place->arena);
    place->store = store_open(place->path, STORE_WRITE, &err);
    *state = place;
    return place->store == NULL ? -1 : 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    size_t count = 0;
    store_close(place->store);
    const char *const *names = folder_list(place->folder, "", place->arena, &count, &err);
    for (size_t i = 0; names != NULL && i < count; i++)
        unlink(arena_printf(place->arena, "%s/%s", place->folder, names[i]));
    rmdir(place->folder);
    store_place_remove(place->path, place->arena);
    arena_free(place->arena);
    free(place);
    return 0;
}

static void must(bool done, const struct error *err)
{
    if (!done)
        fail_msg("%s", err->message);
}

struct made {
    char text[TOKEN_TEXT_SIZE];
    char id[TOKEN_ID_SIZE];
};

static struct made added(struct place *place, const char *name, unsigned scopes, time_t expires)
{
    struct error err = {0};
    struct made made;
    const struct token wanted = {.name = name, .scopes = scopes, .expires = expires};
    must(store_add_token(place->store, &wanted, "command", NOW, made.text, made.id, &err), &err);
    return made;
}

static void assert_not_added(struct place *place, const struct token *wanted, const char *says)
{
    struct error err = {0};
    struct made made;
    assert_false(store_add_token(place->store, wanted, "command", NOW, made.text, made.id, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    if (strstr(err.message, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.message, says);
}

static struct token checked(struct place *place, const char *text, time_t now)
{
    struct error err = {0};
    struct token token;
    must(store_check_token(place->store, text, now, place->arena, &token, &err), &err);
    return token;
}

static bool lets_in(struct place *place, const char *text, time_t now)
{
    return checked(place, text, now).id != NULL;
}

static void revoked(struct place *place, const char *id, time_t now)
{
    struct error err = {0};
    must(store_revoke_token(place->store, id, "command", now, &err), &err);
}

/* ---- tokens ---- */

static void a_token_lets_in_with_its_name_and_scopes(void **state)
{
    struct place *place = *state;
    const struct made made = added(place, "Anna Åkesson", MAY_CURATE | MAY_AUDIT, 0);
    assert_int_equal(strlen(made.text), TOKEN_TEXT_SIZE - 1);
    const struct token token = checked(place, made.text, NOW + 1);
    assert_string_equal(token.id, made.id);
    assert_string_equal(token.name, "Anna Åkesson");
    assert_int_equal(token.scopes, MAY_CURATE | MAY_AUDIT);
    assert_int_equal(token.created, NOW);
    assert_int_equal(token.last_used, 0);
}

/* Every single byte of the text counts, and so does its end. */
static void a_token_that_differs_in_one_place_lets_nobody_in(void **state)
{
    struct place *place = *state;
    const struct made made = added(place, "anna", MAY_IMPORT, 0);
    for (size_t i = 0; i < TOKEN_TEXT_SIZE - 1; i++) {
        struct made other = made;
        other.text[i] = other.text[i] == 'a' ? 'b' : 'a';
        assert_false(lets_in(place, other.text, NOW));
    }
    const char *longer = arena_printf(place->arena, "%sa", made.text);
    const char *shorter = arena_strndup(place->arena, made.text, TOKEN_TEXT_SIZE - 2);
    assert_false(lets_in(place, longer, NOW));
    assert_false(lets_in(place, shorter, NOW));
    assert_true(lets_in(place, made.text, NOW));
}

static void what_is_no_token_lets_nobody_in(void **state)
{
    struct place *place = *state;
    static const char *const texts[] = {
        "",
        "ts_",
        "ts__",
        "Bearer",
        "ts_0123456789ab_",
        "ts_0123456789ab",
        "ts_0123456789ab_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "ts_'; DROP TABLE token; --_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(lets_in(place, texts[i], NOW));
}

static void one_tokens_secret_is_not_anothers(void **state)
{
    struct place *place = *state;
    const struct made anna = added(place, "anna", MAY_IMPORT, 0);
    struct made mixed = added(place, "bob", MAY_IMPORT, 0);
    memcpy(mixed.text + 3, anna.id, TOKEN_ID_SIZE - 1);
    assert_false(lets_in(place, mixed.text, NOW));
}

static void a_token_ends_at_its_time(void **state)
{
    struct place *place = *state;
    const struct made made = added(place, "anna", MAY_IMPORT, NOW + DAY);
    assert_true(lets_in(place, made.text, NOW + DAY - 1));
    assert_false(lets_in(place, made.text, NOW + DAY));
}

static void a_revoked_token_lets_nobody_in_and_frees_its_name(void **state)
{
    struct place *place = *state;
    struct token *tokens = NULL;
    size_t count = 0;
    struct error err = {0};
    const struct made first = added(place, "anna", MAY_IMPORT, 0);
    revoked(place, first.id, NOW + 5);
    revoked(place, first.id, NOW + 9);
    assert_false(lets_in(place, first.text, NOW + 10));
    const struct made second = added(place, "anna", MAY_IMPORT, 0);
    assert_true(lets_in(place, second.text, NOW + 10));
    must(store_tokens(place->store, place->arena, &tokens, &count, &err), &err);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(tokens[i].revoked, strcmp(tokens[i].id, first.id) == 0 ? NOW + 5 : 0);
}

static void a_token_that_is_not_there_cannot_be_revoked(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    assert_false(store_revoke_token(place->store, "0123456789ab", "command", NOW, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
}

static void a_token_nobody_could_be_held_to_is_refused(void **state)
{
    struct place *place = *state;
    char longest[TOKEN_NAME_MOST + 2];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    added(place, "anna", MAY_IMPORT, 0);
    const struct {
        struct token wanted;
        const char *says;
    } cases[] = {
        {{.name = NULL, .scopes = MAY_READ}, "name"},
        {{.name = "", .scopes = MAY_READ}, "name"},
        {{.name = " anna", .scopes = MAY_READ}, "spaces"},
        {{.name = "an\nna", .scopes = MAY_READ}, "name"},
        {{.name = "an\xffna", .scopes = MAY_READ}, "name"},
        {{.name = "\xE2\x80\xAE"
                  "anna",
          .scopes = MAY_READ},
         "name"}, /* written from right to left */
        {{.name = longest, .scopes = MAY_READ}, "80 bytes"},
        {{.name = "build", .scopes = MAY_READ}, "program itself"},
        {{.name = "anna", .scopes = MAY_READ}, "already"},
        {{.name = "bob", .scopes = 0}, "scope"},
        {{.name = "bob", .scopes = 64}, "scope"},
        {{.name = "bob", .scopes = MAY_READ, .expires = NOW}, "expire"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_not_added(place, &cases[i].wanted, cases[i].says);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM token"), 1);
}

static void no_two_tokens_are_alike(void **state)
{
    struct place *place = *state;
    const struct made one = added(place, "one", MAY_READ, 0);
    const struct made other = added(place, "other", MAY_READ, 0);
    assert_string_not_equal(one.id, other.id);
    assert_string_not_equal(one.text + 3 + TOKEN_ID_SIZE, other.text + 3 + TOKEN_ID_SIZE);
}

/* The file holds the id, but neither the secret nor the whole text. */
static void the_store_keeps_no_secret(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    size_t length = 0;
    only_of_a_file();
    const struct made made = added(place, "anna", MAY_IMPORT, 0);
    store_close(place->store);
    place->store = NULL;
    const char *bytes = file_read(place->path, 64 << 20, place->arena, &length, &err);
    must(bytes != NULL, &err);
    assert_non_null(memmem(bytes, length, made.id, strlen(made.id)));
    const char *secret = made.text + 3 + TOKEN_ID_SIZE;
    assert_null(memmem(bytes, length, secret, strlen(secret)));
}

static void making_and_revoking_are_in_the_audit_log_without_the_secret(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    char hash[HASH_SIZE];
    const struct made made = added(place, "anna", MAY_IMPORT, 0);
    revoked(place, made.id, NOW + 5);
    revoked(place, made.id, NOW + 6);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM audit WHERE kind = 'token' AND "
                                          "actor = 'command' AND record = (SELECT id FROM token)"),
                     2);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM audit a JOIN audit b ON "
                                          "a.after_hash = b.before_hash AND a.action = 'add' AND "
                                          "b.action = 'change'"),
                     1);
    secret_hash(made.text + 3 + TOKEN_ID_SIZE, hash);
    assert_int_equal(
        ask_sql(place->path, arena_printf(place->arena,
                                          "SELECT count(*) FROM audit WHERE '%s' IN (before_hash, "
                                          "after_hash, record)",
                                          hash)),
        0);
    assert_int_equal(ask_sql(place->path, arena_printf(place->arena,
                                                       "SELECT count(*) FROM token WHERE "
                                                       "secret_hash = '%s'",
                                                       hash)),
                     1);
    must(store_verify(place->store, &err), &err);
}

static void the_last_use_is_kept_and_never_goes_back(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    const struct made made = added(place, "anna", MAY_IMPORT, 0);
    const struct token later = {.id = made.id, .last_used = NOW + 60};
    const struct token earlier = {.id = made.id, .last_used = NOW + 30};
    must(store_note_uses(place->store, &later, 1, &err), &err);
    must(store_note_uses(place->store, &earlier, 1, &err), &err);
    assert_int_equal(checked(place, made.text, NOW).last_used, NOW + 60);
}

/* ---- sessions ---- */

struct signed_in {
    char secret[SECRET_SIZE];
};

static struct signed_in signed_in(struct place *place, const char *token, time_t now,
                                  time_t expires)
{
    struct error err = {0};
    struct signed_in in;
    must(store_open_session(place->store, token, now, expires, in.secret, &err), &err);
    return in;
}

static struct token of_session(struct place *place, const char *secret, time_t now)
{
    struct error err = {0};
    struct token token;
    must(store_check_session(place->store, secret, now, place->arena, &token, &err), &err);
    return token;
}

static void a_session_lets_in_as_its_token_until_it_ends(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    const struct made made = added(place, "anna", MAY_CURATE, 0);
    const struct signed_in in = signed_in(place, made.id, NOW, NOW + 100);
    assert_string_equal(of_session(place, in.secret, NOW + 99).id, made.id);
    assert_null(of_session(place, in.secret, NOW + 100).id);
    must(store_close_session(place->store, in.secret, &err), &err);
    must(store_close_session(place->store, in.secret, &err), &err);
    assert_null(of_session(place, in.secret, NOW + 1).id);
}

static void a_session_ends_with_its_token(void **state)
{
    struct place *place = *state;
    const struct made made = added(place, "anna", MAY_CURATE, NOW + 50);
    const struct made other = added(place, "bob", MAY_CURATE, 0);
    const struct signed_in in = signed_in(place, made.id, NOW, NOW + 100);
    const struct signed_in kept = signed_in(place, other.id, NOW, NOW + 100);
    assert_null(of_session(place, in.secret, NOW + 50).id);
    revoked(place, made.id, NOW + 1);
    assert_null(of_session(place, in.secret, NOW + 2).id);
    assert_non_null(of_session(place, kept.secret, NOW + 2).id);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM session"), 1);
}

static void what_is_no_session_lets_nobody_in(void **state)
{
    struct place *place = *state;
    const struct made made = added(place, "anna", MAY_CURATE, 0);
    signed_in(place, made.id, NOW, NOW + 100);
    assert_null(of_session(place, "", NOW).id);
    assert_null(of_session(place, made.text, NOW).id);
    assert_null(of_session(place, made.text + 3 + TOKEN_ID_SIZE, NOW).id);
}

static void a_token_has_so_many_sessions_and_no_more(void **state)
{
    struct place *place = *state;
    const struct made made = added(place, "anna", MAY_CURATE, 0);
    const struct signed_in first = signed_in(place, made.id, NOW, NOW + 1000);
    struct signed_in last = first;
    for (int i = 1; i <= SESSIONS_MOST; i++)
        last = signed_in(place, made.id, NOW + i, NOW + 1000);
    assert_null(of_session(place, first.secret, NOW + 50).id);
    assert_non_null(of_session(place, last.secret, NOW + 50).id);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM session"), SESSIONS_MOST);
}

static void sessions_that_expired_are_taken_away(void **state)
{
    struct place *place = *state;
    const struct made made = added(place, "anna", MAY_CURATE, 0);
    signed_in(place, made.id, NOW, NOW + 10);
    signed_in(place, made.id, NOW + 10, NOW + 20);
    assert_int_equal(ask_sql(place->path, "SELECT count(*) FROM session"), 1);
}

static void a_session_of_no_token_is_not_opened(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    char secret[SECRET_SIZE];
    assert_false(store_open_session(place->store, "0123456789ab", NOW, NOW + 10, secret, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
}

/* ---- copies ---- */

static void the_public_copy_has_neither_tokens_nor_sessions_and_a_backup_has_both(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    size_t bytes = 0;
    const char *copy = arena_printf(place->arena, "%s/public.db", place->folder);
    const char *backup = arena_printf(place->arena, "%s/backup.db", place->folder);
    const struct made made = added(place, "anna", MAY_CURATE, 0);
    signed_in(place, made.id, NOW, NOW + 10);
    must(store_publish(place->store, copy, &err), &err);
    must(store_backup(place->store, backup, false, &bytes, &err), &err);
    assert_int_equal(ask_sql(copy, "SELECT (SELECT count(*) FROM token) + "
                                   "(SELECT count(*) FROM session)"),
                     0);
    assert_int_equal(ask_sql(backup, "SELECT (SELECT count(*) FROM token) + "
                                     "(SELECT count(*) FROM session)"),
                     2);
}

int main(void)
{
#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)
    const struct CMUnitTest tests[] = {
        WITH_PLACE(a_token_lets_in_with_its_name_and_scopes),
        WITH_PLACE(a_token_that_differs_in_one_place_lets_nobody_in),
        WITH_PLACE(what_is_no_token_lets_nobody_in),
        WITH_PLACE(one_tokens_secret_is_not_anothers),
        WITH_PLACE(a_token_ends_at_its_time),
        WITH_PLACE(a_revoked_token_lets_nobody_in_and_frees_its_name),
        WITH_PLACE(a_token_that_is_not_there_cannot_be_revoked),
        WITH_PLACE(a_token_nobody_could_be_held_to_is_refused),
        WITH_PLACE(no_two_tokens_are_alike),
        WITH_PLACE(the_store_keeps_no_secret),
        WITH_PLACE(making_and_revoking_are_in_the_audit_log_without_the_secret),
        WITH_PLACE(the_last_use_is_kept_and_never_goes_back),
        WITH_PLACE(a_session_lets_in_as_its_token_until_it_ends),
        WITH_PLACE(a_session_ends_with_its_token),
        WITH_PLACE(what_is_no_session_lets_nobody_in),
        WITH_PLACE(a_token_has_so_many_sessions_and_no_more),
        WITH_PLACE(sessions_that_expired_are_taken_away),
        WITH_PLACE(a_session_of_no_token_is_not_opened),
        WITH_PLACE(the_public_copy_has_neither_tokens_nor_sessions_and_a_backup_has_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
