/* The wording that the evidence would support: as sure as the rating and no surer, whatever the
 * text promised. The expected words are those of METHOD 5 (V2, after Santesso 2020): none for high
 * certainty, "probably" for moderate, "may" for low, "we don't know" below that. */
#include "tests/evidence/judgement/claim/claim_base.h"

#define CURE "It cures neck pain for good."

/* Trials of one kind, all with the same arms. */
struct trials {
    int count;
    const char *comparator;
    int people; /* an arm */
    double effect;
    const char *bias;
};

static void add_trials(struct claim_base *made, struct trials trials)
{
    for (int i = 0; i < trials.count; i++)
        claim_base_trial(made, trials.comparator, trials.people, trials.effect, trials.bias);
}

/* What the evidence would support of a text about the treatment, in `arena`; it releases the
 * catalog. */
static const char *wording_for(struct claim_base *made, const char *text, struct arena *arena)
{
    const char *treatment = made->treatment;
    struct catalog *catalog = claim_base_rate(made);
    struct claim claim = vetted(catalog, treatment, text, arena);
    const char *wording = claim.supported_wording;
    wording = wording == NULL ? NULL : arena_strdup(arena, wording);
    catalog_release(catalog);
    return wording;
}

static void assert_begins(const char *text, const char *start)
{
    if (text == NULL || strncmp(text, start, strlen(start)) != 0)
        fail_msg("\"%s\" does not begin with \"%s\"", text == NULL ? "" : text, start);
}

/* By certainty and verdict: what the wording must begin with. */
static const struct told {
    struct trials trials;
    const char *start;
} told[] = {
    {{4, "sham", 150, -2.5, "low"}, "A massage ball lowers pain a lot in people with neck pain"},
    {{4, "sham", 150, -2.5, "some-concerns"}, "A massage ball probably lowers pain a lot in "},
    {{3, "sham", 80, -2.2, "high"}, "A massage ball may lower pain in people with neck pain"},
    {{4, "sham", 400, -0.6, "low"}, "A massage ball lowers pain a little in people with neck pain"},
    {{2, "sham", 12, -0.1, "high"}, "We don't know whether a massage ball lowers pain"},
    {{4, "sham", 200, 0, "low"}, "A massage ball makes little or no difference to pain"},
    {{4, "sham", 150, 2.5, "low"}, "A massage ball makes pain worse in people with neck pain"},
    {{0, "sham", 0, 0, "low"}, "No study of a massage ball for neck pain stands in this base."},
};
enum { TOLD = sizeof told / sizeof *told };

static void it_is_as_sure_as_the_rating(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < TOLD; i++) {
        struct claim_base *made = claim_base_new(BALL);
        add_trials(made, told[i].trials);
        assert_begins(wording_for(made, CURE, arena), told[i].start);
    }
    arena_free(arena);
}

/* Of a base in which it may help. */
static const char *modest_wording(const char *text, struct arena *arena)
{
    struct claim_base *made = claim_base_new(BALL);
    add_trials(made, (struct trials){3, "sham", 80, -2.2, "high"});
    return wording_for(made, text, arena);
}

static void the_strength_of_the_words_does_not_move_it(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "It eases neck pain.",
        "It may ease neck pain.",
        "It does not ease neck pain.",
        "Does it ease neck pain?",
        "Dramatically ends all neck pain, guaranteed for everyone, clinically proven!",
        "Neck pain is gone in seconds and never comes back, without any side effects.",
    };
    struct arena *arena = arena_new();
    const char *wording = modest_wording(CURE, arena);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(modest_wording(texts[i], arena), wording);
    arena_free(arena);
}

static void it_never_promises(void **state)
{
    (void)state;
    static const char *const promises[] = {"cure",     "for good", "guarantee", "proven",
                                           "everyone", "always",   "never",     "completely"};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < TOLD; i++) {
        struct claim_base *made = claim_base_new(BALL);
        add_trials(made, told[i].trials);
        const char *wording = wording_for(
            made,
            "Clinically proven: always cures neck pain completely and for good, guaranteed "
            "for everyone.",
            arena);
        for (size_t j = 0; j < sizeof promises / sizeof *promises; j++)
            assert_null(strstr(wording, promises[j]));
    }
    arena_free(arena);
}

/* "Massage balls", whatever the entry is called. */
static struct claim_base *in_the_plural(void)
{
    struct claim_base *made = claim_base_new(BALL);
    size_t count = made->base.intervention_count;
    struct intervention *all = arena_array(made->arena, count, sizeof *all);
    memcpy(all, made->base.interventions, count * sizeof *all);
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].id, BALL) == 0)
            all[i].plain = "massage balls";
    made->base.interventions = all;
    return made;
}

static void plural_names_take_plural_verbs(void **state)
{
    (void)state;
    static const struct told plural[] = {
        {{4, "sham", 150, -2.5, "low"}, "Massage balls lower pain a lot in people with neck pain"},
        {{4, "sham", 150, -2.5, "some-concerns"}, "Massage balls probably lower pain a lot in "},
        {{3, "sham", 80, -2.2, "high"}, "Massage balls may lower pain in people with neck pain"},
        {{2, "sham", 12, -0.1, "high"}, "We don't know whether massage balls lower pain"},
        {{4, "sham", 200, 0, "low"}, "Massage balls make little or no difference to pain"},
        {{4, "sham", 150, 2.5, "low"}, "Massage balls make pain worse in people with neck pain"},
        {{0, "sham", 0, 0, "low"}, "No study of massage balls for neck pain stands in this base."},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof plural / sizeof *plural; i++) {
        struct claim_base *made = in_the_plural();
        add_trials(made, plural[i].trials);
        assert_begins(wording_for(made, CURE, arena), plural[i].start);
    }
    arena_free(arena);
}

static void harms_on_record_end_it(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct claim_base *made = claim_base_new(BALL);
    add_trials(made, (struct trials){4, "sham", 150, -2.5, "low"});
    claim_base_harm(made, "a torn artery", "serious");
    const char *wording = wording_for(made, "It eases neck pain and has no side effects.", arena);
    assert_non_null(strstr(wording, " Serious harm has been reported;"));
    arena_free(arena);
}

static void that_no_harm_is_recorded_is_not_told_as_safe(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct claim_base *made = claim_base_new(BALL);
    add_trials(made, (struct trials){4, "sham", 150, -2.5, "low"});
    const char *wording = wording_for(made, "It eases neck pain and has no side effects.", arena);
    assert_null(strstr(wording, "safe"));
    assert_null(strstr(wording, "harm"));
    arena_free(arena);
}

/* How it works has no rating: what is known of the treatment itself is told instead. */
static void of_words_without_an_effect_it_tells_what_was_studied_most(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct claim_base *made = claim_base_new(BALL);
    add_trials(made, (struct trials){3, "sham", 80, -2.2, "high"});
    assert_begins(wording_for(made, "It flushes toxins.", arena), "A massage ball may lower pain");
    assert_begins(wording_for(claim_base_new(BALL), "It flushes toxins.", arena),
                  "A small hard ball pressed or rolled on a muscle");
    arena_free(arena);
}

static void there_is_none_without_a_claim_or_a_known_treatment(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct catalog *catalog = claim_base_rate(claim_base_new(BALL));
    assert_null(vetted(catalog, BALL, "Comes in four colours.", arena).supported_wording);
    assert_null(vetted(catalog, NULL, "It flushes toxins.", arena).supported_wording);
    arena_free(arena);
    catalog_release(catalog);
}

/* The base with other words of products. */
static struct catalog *with_products(const char *text)
{
    struct claim_base *made = claim_base_new(BALL);
    struct document *documents =
        arena_array(made->arena, made->base.document_count, sizeof *documents);
    memcpy(documents, made->base.documents, made->base.document_count * sizeof *documents);
    for (size_t i = 0; i < made->base.document_count; i++)
        if (strcmp(documents[i].name, "claims/products") == 0)
            documents[i] = (struct document){"claims/products", text, strlen(text)};
    made->base.documents = documents;
    return claim_base_rate(made);
}

static void a_name_of_a_form_that_is_not_there_is_told(void **state)
{
    (void)state;
    static const char *const products =
        "{\"forms\": [{\"id\": \"mat\", \"words\": [\"rug mat\"]}],"
        " \"products\": [{\"id\": \"acupressure-mat\", \"names\": [\"<thorny> <mat>\"]}]}";
    struct catalog *catalog = with_products(products);
    struct problems problems = {.arena = arena_new()};
    wording_check(catalog, &problems);
    assert_int_equal(problems.count, 1);
    assert_non_null(strstr(problems.items[0]->detail, "no form in the name \"<thorny> <mat>\""));
    arena_free(problems.arena);
    catalog_release(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_as_sure_as_the_rating),
        cmocka_unit_test(the_strength_of_the_words_does_not_move_it),
        cmocka_unit_test(it_never_promises),
        cmocka_unit_test(plural_names_take_plural_verbs),
        cmocka_unit_test(harms_on_record_end_it),
        cmocka_unit_test(that_no_harm_is_recorded_is_not_told_as_safe),
        cmocka_unit_test(of_words_without_an_effect_it_tells_what_was_studied_most),
        cmocka_unit_test(there_is_none_without_a_claim_or_a_known_treatment),
        cmocka_unit_test(a_name_of_a_form_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
