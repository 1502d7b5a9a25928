#include "service/views/sign.h"

#include <string.h>

#include "embedded.h"

static const struct {
    const char *verdict;
    struct sign sign;
} signs[] = {
    {"works", {"helps", "good"}},
    {"probably-works", {"helps", "good"}},
    {"may-work", {"helps", "good"}},
    {"small-benefit", {"little", "little"}},
    {"probably-small-benefit", {"little", "little"}},
    {"may-help-a-little", {"little", "little"}},
    {"untested", {"untested", "stone"}},
    {"does-not-work", {"no", "rust"}},
    {"probably-does-not-work", {"no", "rust"}},
    {"may-not-work", {"no", "rust"}},
    {"harmful", {"harm", "red"}},
    {"probably-harmful", {"harm", "red"}},
    {"may-harm", {"harm", "red"}},
    {"better", {"better", "stone"}},
    {"probably-better", {"better", "stone"}},
    {"may-be-better", {"better", "stone"}},
    {"no-different", {"same", "stone"}},
    {"probably-no-different", {"same", "stone"}},
    {"may-be-no-different", {"same", "stone"}},
    {"worse", {"worse", "stone"}},
    {"probably-worse", {"worse", "stone"}},
    {"may-be-worse", {"worse", "stone"}},
};

void sign_put_symbols(struct buffer *out)
{
    buffer_append(out, embedded_service_views_signs_svg, embedded_service_views_signs_svg_length);
}

struct sign sign_of(const char *verdict)
{
    for (size_t i = 0; verdict != NULL && i < sizeof signs / sizeof *signs; i++)
        if (strcmp(verdict, signs[i].verdict) == 0)
            return signs[i].sign;
    return (struct sign){"unknown", "stone"};
}

const char *sign_certainty_words(enum certainty_level level)
{
    switch (level) {
    case CERTAINTY_HIGH:
        return "high";
    case CERTAINTY_MODERATE:
        return "moderate";
    case CERTAINTY_LOW:
        return "low";
    case CERTAINTY_VERY_LOW:
        return "very low";
    case CERTAINTY_UNKNOWN:
        break;
    }
    return "unknown";
}

static const struct {
    const char *letter;
    const char *words;
} risks[] = {
    [RISK_LOW] = {"L", "low"},
    [RISK_SOME_CONCERNS] = {"S", "some concerns"},
    [RISK_HIGH] = {"H", "high"},
    [RISK_UNKNOWN] = {"–", "not judged"},
};

const char *sign_risk_letter(enum risk risk)
{
    return risks[risk].letter;
}

const char *sign_risk_words(enum risk risk)
{
    return risks[risk].words;
}
