#include "service/web/turn_view.h"

#include "evidence/rating/stability_kept.h"
#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/views/sign.h"
#include "service/web/studies_view.h"

/* Single studies named; the data has them all. */
enum { FLIPS_SHOWN = 6 };

static void put_flips(const struct page *page, const struct rating *rating,
                      const struct stability *stability)
{
    if (stability->flip_count == 0) {
        buffer_text(page->out,
                    "<li>No single study decides it: without any one of them the verdict "
                    "is the same.</li>\n");
        return;
    }
    buffer_text(page->out, rating->synthesis.basis == BASIS_ADOPTED
                               ? "<li>It rests on a published review. "
                               : "<li>It hangs on single studies. ");
    for (size_t i = 0; i < stability->flip_count && i < FLIPS_SHOWN; i++) {
        const struct flip *flip = &stability->flips[i];
        buffer_text(page->out, "Without ");
        study_put_link(page, flip->study);
        html_put(page->out, " it would be “%s” (%s certainty). ", verdict_badge(flip->verdict),
                 sign_certainty_words(flip->certainty));
    }
    if (stability->flip_count > FLIPS_SHOWN)
        html_put(page->out, "So it is with %zu others.", stability->flip_count - FLIPS_SHOWN);
    buffer_text(page->out, "</li>\n");
}

static void put_null_trials(const struct page *page, const struct stability *stability)
{
    if (stability->null_trials > 0)
        html_put(page->out,
                 "<li>%d more trial%s of the usual size without any effect would turn it.</li>\n",
                 stability->null_trials, stability->null_trials == 1 ? "" : "s");
    else if (stability->null_trials_do_not)
        html_put(page->out,
                 "<li>Even %d more trials that find no effect at all would not turn it.</li>\n",
                 STABILITY_NULL_TRIALS);
}

static void put_people(const struct page *page, const struct rating *rating,
                       const struct stability *stability)
{
    int now = rating->synthesis.n;
    if (stability->people_needed == COUNT_UNKNOWN)
        return;
    html_put(page->out,
             "<li>To tell a difference that matters from none takes about %d people in all",
             stability->people_needed);
    if (now != COUNT_UNKNOWN)
        html_put(page->out, "; there are %d%s", now,
                 now < stability->people_needed ? " so far" : "");
    buffer_text(page->out, ".</li>\n");
    if (stability->more_people_will_not)
        buffer_text(page->out, "<li>More people alone will not make it sure: the trials differ too "
                               "much from each other.</li>\n");
}

static void put_imputed(const struct page *page, const struct stability *stability)
{
    if (stability->imputed == 0)
        return;
    html_put(page->out,
             "<li>In %d of the trials how sure the figure is had to be worked out, as "
             "they did not print it: %s.</li>\n",
             stability->imputed,
             stability->imputed_decide ? "without them the answer would be another"
                                       : "without them the answer would be the same");
}

/* What a doubt would need, told by the domains that cost a step. */
static void put_doubts(const struct page *page, const struct rating *rating)
{
    static const char *const remedies[DOMAIN_COUNT] = {
        [DOMAIN_BIAS] = "trials done and reported so well that their result can be trusted",
        [DOMAIN_INCONSISTENCY] = "a reason why the studies differ, or trials that agree",
        [DOMAIN_INDIRECTNESS] = "trials of just these people, this treatment and this outcome",
        [DOMAIN_IMPRECISION] = "trials of more people",
        [DOMAIN_PUBLICATION] = "the results that seem to be missing",
    };
    bool any = false;
    for (size_t i = 0; i < DOMAIN_COUNT; i++) {
        if (remedies[i] == NULL || rating->certainty.domains[i].rule == NULL ||
            rating->certainty.domains[i].change >= 0)
            continue;
        buffer_text(page->out, any ? "; " : "<li>What would make it surer: ");
        html_put(page->out, "%s", remedies[i]);
        any = true;
    }
    if (any)
        buffer_text(page->out, ".</li>\n");
}

static void put_untested(const struct page *page, const struct headline *headline)
{
    html_put(page->out,
             "<p>%s: any good trial that compares it with a pretend treatment, or with doing "
             "without it, and prints its figures.</p>\n",
             headline->studies > 0 ? "None of the studies here prints a figure that can be used. "
                                     "What would change that"
                                   : "No study of it is known here. What would change that");
}

void turn_put(const struct page *page, const struct headline *headline)
{
    const struct rating *rating = headline->rating;
    buffer_text(page->out,
                "<section class=\"row\" id=\"turn\"><h2>What would change this</h2><div>\n");
    if (rating == NULL || !rating_has_figure(rating)) {
        put_untested(page, headline);
    } else {
        const struct stability *stability = stability_kept(page->catalog, rating);
        buffer_text(page->out, "<ul class=\"turns\">\n");
        if (rating->synthesis.basis == BASIS_TRIALS || stability->flip_count > 0)
            put_flips(page, rating, stability);
        put_null_trials(page, stability);
        put_people(page, rating, stability);
        put_imputed(page, stability);
        put_doubts(page, rating);
        buffer_text(page->out, "</ul>\n");
    }
    buffer_text(page->out, "</div></section>\n");
}
