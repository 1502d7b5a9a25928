#include "service/web/signs.h"

#include "evidence/rating/verdict.h"
#include "service/views/html.h"

static void put_sign(struct buffer *out, struct sign sign, const char *words)
{
    html_put(out,
             "<span class=\"verdict %s\"><svg class=\"sign\" aria-hidden=\"true\">"
             "<use href=\"#sign-%s\"/></svg> <span>%s</span></span>",
             sign.tone, sign.symbol, words);
}

void sign_put_verdict(struct buffer *out, const char *verdict)
{
    put_sign(out, sign_of(verdict), verdict_badge(verdict));
}

void sign_put_claim(struct buffer *out, enum claim_verdict verdict)
{
    put_sign(out, claim_sign(verdict), claim_badge(verdict));
}

void sign_put_certainty(struct buffer *out, enum certainty_level level)
{
    buffer_text(out, "<span class=\"certainty\"><span class=\"pluses\" aria-hidden=\"true\">");
    for (int i = CERTAINTY_VERY_LOW; i <= CERTAINTY_HIGH; i++)
        html_put(out, "<svg><use href=\"#plus-%s\"/></svg>",
                 level != CERTAINTY_UNKNOWN && i <= (int)level ? "on" : "off");
    html_put(out, "</span> <span>%s certainty</span></span>", sign_certainty_words(level));
}
