/* The claims that the base lists: their ids, and what they come to. */
#include "tests/evidence/judgement/real_knowledge.h"

#include <pthread.h>
#include <string.h>

#include "evidence/base/hash.h"
#include "evidence/judgement/claim/curated_claim.h"

static void an_id_is_the_treatment_and_the_words(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    assert_string_equal(curated_claim_id("tens", "blocks pain signals", arena),
                        "tens.blocks-pain-signals");
    assert_string_equal(curated_claim_id("static-magnets", "balances the body's energy", arena),
                        "static-magnets.balances-the-bodys-energy");
    assert_string_equal(curated_claim_id("tens", "  Blocks PAIN signals! ", arena),
                        "tens.blocks-pain-signals");
    arena_free(arena);
}

/* The digits are those of sha256sum over all words, folded and joined by hyphens. */
static void what_has_no_room_in_an_id_stands_in_eight_digits(void **state)
{
    static const char text[] =
        "Said to ease sprains, strains and muscle pain without the stomach trouble of tablets";
    static const char words[] =
        "said-to-ease-sprains-strains-and-muscle-pain-without-the-stomach-trouble-of-tablets";
    char hash[HASH_SIZE];
    struct arena *arena = arena_new();
    (void)state;
    hash_text(words, hash);
    const char *want = arena_printf(arena,
                                    "topical-nsaids.said-to-ease-sprains-strains-and-muscle-pain-"
                                    "without-the-stomach-%.8s",
                                    hash);
    assert_string_equal(curated_claim_id("topical-nsaids", text, arena), want);
    arena_free(arena);
}

static void words_in_other_letters_have_ids_that_differ(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    const char *one = curated_claim_id("massage", "снимает боль", arena);
    const char *other = curated_claim_id("massage", "снимает узлы", arena);
    const char *none = curated_claim_id("massage", "!!!", arena);
    assert_string_not_equal(one, other);
    assert_string_not_equal(one, none);
    for (const char *at = one; *at != '\0'; at++)
        assert_non_null(strchr("abcdefghijklmnopqrstuvwxyz0123456789-.", *at));
    /* Words whose other letters alone differ. */
    assert_string_not_equal(curated_claim_id("massage", "heals ω3", arena),
                            curated_claim_id("massage", "heals 3", arena));
    arena_free(arena);
}

/* Addresses that are in the world already: a change of one breaks its links. */
static void ids_that_were_given_are_still_there(void **state)
{
    static const char *const given[] = {
        "acupressure-mat.releases-endorphins",
        "capsaicin.said-to-use-up-the-pain-messenger-in-the-skin-and-give-lasting-cc6b9f05",
        "massage-gun.breaks-up-scar-tissue-and-adhesions",
        "paracetamol.said-to-be-a-safe-first-choice-for-back-pain",
        "static-magnets.balances-the-bodys-energy",
        "tens.is-clinically-proven-and-fda-cleared-for-all-pain",
    };
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (curated_claim_find(*state, given[i]) == NULL)
            fail_msg("no claim %s", given[i]);
    assert_null(curated_claim_find(*state, "tens.blocks"));
    assert_null(curated_claim_find(*state, ""));
}

static void every_claim_of_the_base_is_there_once_and_vetted(void **state)
{
    const struct base *base = catalog_base(*state);
    const struct curated_claims *claims = curated_claims_of(*state);
    size_t texts = 0;
    for (size_t i = 0; i < base->intervention_count; i++) {
        size_t count;
        const struct curated_claim *about =
            curated_claims_about(*state, &base->interventions[i], &count);
        for (size_t j = 0; base->interventions[i].claims[j] != NULL; j++, texts++) {
            assert_true(j < count);
            assert_string_equal(about[j].text, base->interventions[i].claims[j]);
            assert_ptr_equal(curated_claim_find(*state, about[j].id), &about[j]);
            assert_true(about[j].vetted);
        }
    }
    assert_int_equal(claims->count, texts);
    assert_int_equal(claims->err.kind, ERROR_NONE);
    assert_true(texts > 200);
}

static void a_claim_is_vetted_as_one_about_its_treatment(void **state)
{
    const struct curated_claims *claims = curated_claims_of(*state);
    struct arena *arena = arena_new();
    struct error err = {0};
    for (size_t i = 0; i < claims->count; i++) {
        const struct curated_claim *one = &claims->items[i];
        struct claim again;
        assert_true(claim_vet(*state, one->text, strlen(one->text), one->intervention, arena,
                              &again, &err));
        assert_int_equal(again.verdict, one->verdict);
        assert_string_equal(again.summary, one->summary);
        assert_int_equal(again.atom_count, one->part_count);
    }
    arena_free(arena);
}

/* METHOD 6: what is said is judged, not that it is said. */
static void what_is_said_to_be_is_judged_as_if_it_were_claimed(void **state)
{
    static const char frame[] = "Said to ";
    const struct curated_claims *claims = curated_claims_of(*state);
    struct arena *arena = arena_new();
    struct error err = {0};
    size_t framed = 0;
    for (size_t i = 0; i < claims->count; i++) {
        const struct curated_claim *one = &claims->items[i];
        struct claim bare;
        if (strncmp(one->text, frame, strlen(frame)) != 0)
            continue;
        framed++;
        for (size_t j = 0; j < one->part_count; j++)
            assert_int_not_equal(one->parts[j].stance, STANCE_REPORTED);
        const char *text = one->text + strlen(frame);
        assert_true(claim_vet(*state, text, strlen(text), one->intervention, arena, &bare, &err));
        if (bare.verdict != one->verdict)
            fail_msg("%s: %s, without its frame %s", one->id, claim_verdict_names[one->verdict],
                     claim_verdict_names[bare.verdict]);
    }
    assert_true(framed > 40);
    arena_free(arena);
}

/* ---- another order, another list ---- */

/* The base with `change` made to the claims of each intervention. */
static struct catalog *changed(const char *const *(*change)(const char *const *, struct arena *))
{
    static const struct catalog_stamp stamp = {.hash = "0"};
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct error err = {0};
    struct base base;
    base_read_folder("evidence/data", &base, &problems);
    struct intervention *all = arena_array(arena, base.intervention_count, sizeof *all);
    memcpy(all, base.interventions, base.intervention_count * sizeof *all);
    for (size_t i = 0; i < base.intervention_count; i++)
        all[i].claims = change(all[i].claims, arena);
    base.interventions = all;
    struct catalog *catalog = knowledge_of(arena, &base, &stamp, &err);
    if (catalog == NULL)
        fail_msg("%s", err.message);
    return catalog;
}

static size_t length_of(const char *const *list)
{
    size_t length = 0;
    while (list[length] != NULL)
        length++;
    return length;
}

/* Backwards, with one more in front and the last one twice, typed otherwise. */
static const char *const *backwards_and_more(const char *const *list, struct arena *arena)
{
    size_t length = length_of(list);
    const char **out = arena_array(arena, length + 3, sizeof *out);
    out[0] = "makes knots sing";
    for (size_t i = 0; i < length; i++)
        out[i + 1] = list[length - 1 - i];
    if (length > 0)
        out[length + 1] = arena_printf(arena, "%s!", list[length - 1]);
    return out;
}

static void neither_order_nor_further_claims_change_an_id(void **state)
{
    struct catalog *other = changed(backwards_and_more);
    const struct curated_claims *claims = curated_claims_of(*state);
    for (size_t i = 0; i < claims->count; i++) {
        const struct curated_claim *same = curated_claim_find(other, claims->items[i].id);
        if (same == NULL)
            fail_msg("%s is gone", claims->items[i].id);
        assert_string_equal(same->text, claims->items[i].text);
        assert_int_equal(same->verdict, claims->items[i].verdict);
    }
    assert_int_equal(curated_claims_of(other)->count,
                     claims->count + catalog_base(*state)->intervention_count);
    catalog_release(other);
}

/* ---- the same words ---- */

static void a_text_finds_the_claims_that_say_the_same(void **state)
{
    static const char text[] = "Detoxifies.";
    struct arena *arena = arena_new();
    const struct curated_claim *const *same =
        curated_claims_saying(*state, text, strlen(text), NULL, arena);
    struct text_words words = text_cut(text, strlen(text), arena);
    assert_string_equal(same[0]->id, "acupressure-mat.detoxifies");
    assert_string_equal(same[1]->id, "static-magnets.detoxifies");
    assert_null(same[2]);
    same = curated_claims_saying(*state, text, strlen(text), &words, arena);
    assert_string_equal(same[1]->id, "static-magnets.detoxifies");
    assert_null(curated_claims_saying(*state, "", 0, NULL, arena)[0]);
    char *long_text = arena_alloc(arena, 1 << 20);
    memset(long_text, 'a', 1 << 20);
    assert_null(curated_claims_saying(*state, long_text, 1 << 20, NULL, arena)[0]);
    arena_free(arena);
}

/* ---- when they are made ---- */

static void *ask_first(void *catalog)
{
    return (void *)curated_claims_of(catalog);
}

static const char *const *as_they_are(const char *const *list, struct arena *arena)
{
    (void)arena;
    return list;
}

static void threads_that_ask_at_once_get_the_same_ones(void **state)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    void *got[THREADS];
    struct catalog *fresh = changed(as_they_are);
    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_first, fresh), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], &got[i]);
    for (int i = 1; i < THREADS; i++)
        assert_ptr_equal(got[i], got[0]);
    catalog_release(fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_is_the_treatment_and_the_words),
        cmocka_unit_test(what_has_no_room_in_an_id_stands_in_eight_digits),
        cmocka_unit_test(words_in_other_letters_have_ids_that_differ),
        cmocka_unit_test(ids_that_were_given_are_still_there),
        cmocka_unit_test(every_claim_of_the_base_is_there_once_and_vetted),
        cmocka_unit_test(a_claim_is_vetted_as_one_about_its_treatment),
        cmocka_unit_test(what_is_said_to_be_is_judged_as_if_it_were_claimed),
        cmocka_unit_test(neither_order_nor_further_claims_change_an_id),
        cmocka_unit_test(a_text_finds_the_claims_that_say_the_same),
        cmocka_unit_test(threads_that_ask_at_once_get_the_same_ones),
    };
    return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
