#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "evidence/base/hash.h"

/* Expected values: FIPS 180-4 examples (NIST, "SHA256.pdf") and its one million "a". */
static void hashes_are_those_of_the_standards_examples(void **state)
{
    (void)state;
    char hash[HASH_SIZE];
    hash_text("abc", hash);
    assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hash_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", hash);
    assert_string_equal(hash, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *many = malloc(1000000);
    assert_non_null(many);
    memset(many, 'a', 1000000);
    hash_bytes(many, 1000000, hash);
    free(many);
    assert_string_equal(hash, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void nothing_has_a_hash_too(void **state)
{
    (void)state;
    char hash[HASH_SIZE];
    hash_bytes(NULL, 0, hash);
    assert_string_equal(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void bytes_after_a_nul_count(void **state)
{
    (void)state;
    char left[HASH_SIZE];
    char right[HASH_SIZE];
    hash_bytes("a\0b", 3, left);
    hash_bytes("a\0c", 3, right);
    assert_string_not_equal(left, right);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_those_of_the_standards_examples),
        cmocka_unit_test(nothing_has_a_hash_too),
        cmocka_unit_test(bytes_after_a_nul_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
