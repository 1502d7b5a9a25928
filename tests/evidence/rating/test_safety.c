/* Safety is an axis of its own (METHOD V3). */
#include "tests/evidence/rating/small_base.h"

#include "evidence/rating/safety.h"

static enum safety_level level_of(const char *const *harms)
{
    struct small *small = small_new();
    for (size_t i = 0; harms[i] != NULL; i++)
        small_add(small, arena_printf(small->arena,
                                      "{'id':'ts:s%zu','title':'t','condition':'neck-pain',"
                                      "'sources':[{'url':'u'}],%s}",
                                      i, harms[i]));
    enum safety_level level =
        safety_of(&small->base, base_intervention(&small->base, "massage"), small->arena).level;
    arena_free(small->arena);
    return level;
}

#define HARM(design, more)                                                                         \
    "'design':'" design "','harms':[{'intervention':'massage','event':'e'," more "}]"

static void the_worst_with_a_source_is_the_level(void **state)
{
    (void)state;
    static const struct {
        const char *const harms[4];
        enum safety_level level;
    } cases[] = {
        {{NULL}, SAFETY_NOT_RECORDED},
        {{HARM("rct", "'severity':'serious','numerator':0,'denominator':50"), NULL},
         SAFETY_NONE_FOUND},
        {{HARM("rct", "'severity':'minor'"), NULL}, SAFETY_MINOR},
        {{HARM("cohort", "'severity':'serious','numerator':1,'denominator':1001"), NULL},
         SAFETY_SERIOUS_RARE},
        {{HARM("cohort", "'severity':'serious','numerator':1,'denominator':1000"), NULL},
         SAFETY_SERIOUS},
        {{HARM("case-report", "'severity':'serious'"), NULL}, SAFETY_SERIOUS_RARE},
        {{HARM("rct", "'severity':'serious'"), NULL}, SAFETY_SERIOUS},
        {{HARM("rct", "'severity':'minor'"), HARM("case-report", "'severity':'serious'"),
          HARM("rct", "'severity':'minor','numerator':0,'denominator':9"), NULL},
         SAFETY_SERIOUS_RARE},
        {{"'retracted':true," HARM("rct", "'severity':'serious'"), NULL}, SAFETY_NOT_RECORDED},
        {{"'design':'rct','harms':[{'intervention':'exercise','event':'e','severity':'serious'}]",
          NULL},
         SAFETY_NOT_RECORDED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (level_of(cases[i].harms) != cases[i].level)
            fail_msg("case %zu: %s, want %s", i, safety_names[level_of(cases[i].harms)],
                     safety_names[cases[i].level]);
}

static void not_recorded_is_never_told_as_safe(void **state)
{
    (void)state;
    says(safety_words(SAFETY_NOT_RECORDED), "does not mean there are none");
    for (int level = SAFETY_NOT_RECORDED; level <= SAFETY_SERIOUS; level++)
        says_not(safety_words((enum safety_level)level), "is safe");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worst_with_a_source_is_the_level),
        cmocka_unit_test(not_recorded_is_never_told_as_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
