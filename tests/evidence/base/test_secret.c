/* Secrets: their form, what is kept of them, what follows from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/secret.h"

static void a_secret_has_its_form_and_is_new_every_time(void **state)
{
    char one[SECRET_SIZE];
    char other[SECRET_SIZE];
    (void)state;
    secret_new(one);
    secret_new(other);
    assert_true(secret_is_form(one));
    assert_true(secret_is_form(other));
    assert_string_not_equal(one, other);
}

static void what_is_shorter_longer_or_of_other_letters_is_no_secret(void **state)
{
    (void)state;
    assert_false(secret_is_form(""));
    assert_false(secret_is_form("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    assert_false(secret_is_form("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    assert_false(secret_is_form("aaaaaaaaaaaaaaaaaaaaa+aaaaaaaaaaaaaaaaaaaaa"));
    assert_true(secret_is_form("aaaaaaaaaaaaaaaaaaaaa_aaaaaaaaaaaaaaaaaa-09"));
}

/* b2sum -l 256 of "abc". */
static void a_secret_is_kept_as_its_blake2b(void **state)
{
    char hash[HASH_SIZE];
    (void)state;
    secret_hash("abc", hash);
    assert_string_equal(hash, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assert_true(secret_same(hash, hash));
    assert_false(secret_same(hash, ""));
    assert_false(
        secret_same(hash, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52318"));
}

static void what_follows_from_a_secret_depends_on_it_and_on_the_purpose(void **state)
{
    static const char secret[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    char one[SECRET_SIZE];
    char again[SECRET_SIZE];
    char other[SECRET_SIZE];
    (void)state;
    secret_derive(secret, "forms", one);
    secret_derive(secret, "forms", again);
    assert_string_equal(one, again);
    secret_derive(secret, "letters", other);
    assert_string_not_equal(one, other);
    secret_derive("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "forms", other);
    assert_string_not_equal(one, other);
    assert_true(secret_is_form(one));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_has_its_form_and_is_new_every_time),
        cmocka_unit_test(what_is_shorter_longer_or_of_other_letters_is_no_secret),
        cmocka_unit_test(a_secret_is_kept_as_its_blake2b),
        cmocka_unit_test(what_follows_from_a_secret_depends_on_it_and_on_the_purpose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
