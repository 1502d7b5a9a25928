#include "service/web/certainty_view.h"

#include <ctype.h>

#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/web/rule_view.h"
#include "service/web/signs.h"

static void put_capitalised(struct buffer *out, const char *text)
{
    buffer_byte(out, (char)toupper((unsigned char)text[0]));
    html_text(out, text + 1);
}

static const char *const domain_questions[DOMAIN_COUNT] = {
    [DOMAIN_BIAS] = "Were the studies done well?",
    [DOMAIN_INCONSISTENCY] = "Do they agree?",
    [DOMAIN_INDIRECTNESS] = "Are they about this question?",
    [DOMAIN_IMPRECISION] = "Are they large enough?",
    [DOMAIN_PUBLICATION] = "Are results missing?",
    [DOMAIN_UPGRADE] = "Is there a reason to trust them more?",
    [DOMAIN_CAP] = "It cannot be surer, because of one thing:",
};

static const char *cost_of(int change)
{
    if (change == 0)
        return "no step down";
    if (change > 0)
        return change == 1 ? "a step up" : change == 2 ? "two steps up" : "three steps up";
    return change == -1 ? "a step down" : "two steps down";
}

static void put_domain(const struct page *page, const struct certainty *certainty, size_t domain)
{
    const struct domain_judgement *judgement = &certainty->domains[domain];
    struct buffer *out = page->out;
    html_put(out, "<li><strong>%s</strong> ", domain_questions[domain]);
    put_capitalised(out, judgement->reason);
    if (domain != DOMAIN_CAP)
        html_put(out, ": %s", cost_of(judgement->change));
    buffer_text(out, ". <small>");
    rule_put_id(page, judgement->rule);
    buffer_text(out, "</small></li>\n");
}

/* What moved the certainty first, then what was looked at and did not. */
static void put_domains(const struct page *page, const struct certainty *certainty)
{
    buffer_text(page->out, "<ul class=\"domains\">\n");
    for (int moved = 1; moved >= 0; moved--) {
        for (size_t i = 0; i < DOMAIN_COUNT; i++) {
            const struct domain_judgement *judgement = &certainty->domains[i];
            bool moves = judgement->change != 0 || i == DOMAIN_CAP;
            if (judgement->rule != NULL && moves == (moved == 1))
                put_domain(page, certainty, i);
        }
    }
    buffer_text(page->out, "</ul>\n");
}

static void put_start(struct buffer *out, const struct headline *headline)
{
    const struct certainty *certainty = &headline->rating->certainty;
    if (certainty->authors_own)
        buffer_text(out, "The authors of the review graded it.");
    else
        html_put(out, "Studies of this kind start at %s; each doubt takes a step down.",
                 sign_certainty_words(certainty->start));
    if (headline->certainty != certainty->level)
        html_put(out,
                 " For the figure against doing without it that comes to %s; as no difference from "
                 "a pretend treatment was shown, the answer counts as less sure.",
                 sign_certainty_words(certainty->level));
}

void certainty_put(const struct page *page, const struct headline *headline)
{
    struct buffer *out = page->out;
    if (headline->rating == NULL)
        return;
    buffer_text(out, "<section class=\"row\" id=\"sure\"><h2>How sure, and why</h2><div>\n<p>");
    put_capitalised(out, sign_certainty_words(headline->certainty));
    html_put(out, ": %s. ", certainty_meaning(headline->certainty));
    put_start(out, headline);
    buffer_text(out, "</p>\n");
    put_domains(page, &headline->rating->certainty);
    buffer_text(out, "</div></section>\n");
}
