#include "service/web/signs.h"

#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/web/html.h"

/* A picture of signs.svg and a colour of style.css. */
struct sign {
    const char *symbol;
    const char *tone;
};

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

static struct sign sign_of(const char *verdict)
{
    for (size_t i = 0; verdict != NULL && i < sizeof signs / sizeof *signs; i++)
        if (strcmp(verdict, signs[i].verdict) == 0)
            return signs[i].sign;
    return (struct sign){"unknown", "stone"};
}

void sign_put_verdict(struct buffer *out, const char *verdict)
{
    struct sign sign = sign_of(verdict);
    html_put(out,
             "<span class=\"verdict %s\"><svg class=\"sign\" aria-hidden=\"true\">"
             "<use href=\"#sign-%s\"/></svg> <span>%s</span></span>",
             sign.tone, sign.symbol, verdict_badge(verdict));
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

void sign_put_certainty(struct buffer *out, enum certainty_level level)
{
    buffer_text(out, "<span class=\"certainty\"><span class=\"pluses\" aria-hidden=\"true\">");
    for (int i = CERTAINTY_VERY_LOW; i <= CERTAINTY_HIGH; i++)
        html_put(out, "<svg><use href=\"#plus-%s\"/></svg>",
                 level != CERTAINTY_UNKNOWN && i <= (int)level ? "on" : "off");
    html_put(out, "</span> <span>%s certainty</span></span>", sign_certainty_words(level));
}
