/* Any bytes as a plain question, over the curated base: it is always answered in words, what was
 * understood lies in what was asked, and asked twice it is answered the same. */
#include <stdint.h>
#include <string.h>

#include "evidence/base/text.h"
#include "evidence/judgement/question/check.h"
#include "tests/fuzz/curated_catalog.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "not so: %s\n", what);
        abort();
    }
}

static void must_lie_in(struct span span, const struct understood *understood)
{
    must(span.start < span.end && span.end <= understood->looked_at,
         "a span lies in what was looked at");
}

static bool is_utf8(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t used = text_decode(text + at, length - at, &code);
        if (code == TEXT_NO_CHARACTER && used != 3)
            return false;
        at += used;
    }
    return true;
}

/* What was asked is told again as it was typed, so words are as good as the question's. */
static void must_be_words(const char *text, const struct checked *checked)
{
    must(text != NULL && text[0] != '\0', "there are words");
    must(!is_utf8(checked->query, checked->length) || is_utf8(text, strlen(text)),
         "words are UTF-8");
}

static void check_understood(const struct understood *understood, size_t length)
{
    must(understood->looked_at <= length, "no more is looked at than there is");
    for (size_t i = 0; i < understood->intervention_count; i++)
        must_lie_in(understood->interventions[i].span, understood);
    for (size_t i = 0; i < understood->condition_count; i++)
        must_lie_in(understood->conditions[i].span, understood);
    for (size_t i = 0; i < understood->outcome_count; i++)
        must_lie_in(understood->outcomes[i].span, understood);
    for (size_t i = 0; i < understood->not_understood_count; i++) {
        must_lie_in(understood->not_understood[i], understood);
        must(i == 0 || understood->not_understood[i - 1].end <= understood->not_understood[i].start,
             "what was not understood comes in order");
    }
    if (understood->unknown.phrase != NULL) {
        must_lie_in(understood->unknown.span, understood);
        must(understood->unknown.nearest_count <= NEAREST_TREATMENTS, "the nearest are few");
    }
}

static void check_answer(const struct checked *checked)
{
    must_be_words(checked->answered, checked);
    must_be_words(checked->sentence, checked);
    must(checked->answer == NULL || checked->answer->intervention == checked->intervention,
         "the answer is about what was asked");
    must(checked->alternative_count <= CHECK_ALTERNATIVES, "the alternatives are few");
    for (size_t i = 0; i < checked->flags.count; i++)
        must(checked->flags.items[i].start <= checked->flags.items[i].end &&
                 checked->flags.items[i].end <= checked->length,
             "a danger lies in the question");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;
    struct arena *arena = arena_new();
    struct checked once;
    struct checked again;
    check_question(curated_catalog(), text, length, arena, &once);
    check_understood(&once.understood, length);
    check_answer(&once);
    check_question(curated_catalog(), text, length, arena, &again);
    must(strcmp(once.sentence, again.sentence) == 0, "asked twice it is answered the same");
    must(once.answer == again.answer && once.condition == again.condition,
         "asked twice the same is answered");
    arena_free(arena);
    return 0;
}
