/* GET /curate/override?question=…: a verdict of one's own beside the computed one. */
#include <string.h>

#include "evidence/rating/override.h"
#include "evidence/rating/verdict.h"
#include "service/api/api.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/web/address.h"
#include "service/web/curate_desk.h"
#include "service/web/desk_view.h"
#include "service/web/signs.h"

static void put_all(const struct page *page)
{
    const struct overrides *all = catalog_overrides(page->catalog);
    buffer_text(page->out, "<section><h2>Those there are</h2>\n");
    if (all->count == 0)
        buffer_text(page->out, "<p>No verdict is overridden.</p>\n");
    buffer_text(page->out, "<ul>\n");
    for (size_t i = 0; i < all->count; i++)
        html_put(page->out,
                 "<li><a href=\"/curate/override?question=%s\">%s</a>: %s, says %s</li>\n",
                 percent_encode(all->items[i].question, page->arena), all->items[i].question,
                 verdict_badge(all->items[i].verdict), all->items[i].by);
    buffer_text(page->out, "</ul></section>\n");
}

static void put_question_form(const struct page *page, const char *asked)
{
    if (asked != NULL)
        html_put(page->out, "<p class=\"trouble\">No study speaks to a question “%s”.</p>\n",
                 asked);
    html_put(page->out,
             "<form class=\"told\" method=\"get\" action=\"/curate/override\">\n"
             "<p><label for=\"question\">Question</label><br><input class=\"whole\" "
             "id=\"question\" name=\"question\" value=\"%s\" required autocapitalize=\"off\" "
             "spellcheck=\"false\" aria-describedby=\"form-of\"></p>\n"
             "<p class=\"note\" id=\"form-of\">As the ratings name it: "
             "treatment.complaint.against.outcome.window. The links on the page of a study lead "
             "here.</p>\n<p class=\"buttons\"><button type=\"submit\">Look it up</button></p>"
             "</form>\n",
             asked == NULL ? "" : asked);
    put_all(page);
}

static void put_computed(const struct page *page, const struct rating *rating)
{
    html_put(page->out, "<section><h2>What the rules give</h2>\n<p class=\"note\">%s</p>\n<p>",
             rating->question.id);
    sign_put_verdict(page->out, rating->verdict);
    buffer_text(page->out, " ");
    sign_put_certainty(page->out, rating->certainty.level);
    html_put(
        page->out, "</p>\n<p>%s</p>\n<p><a href=\"%s\">The page of this answer</a></p></section>\n",
        rating->sentence,
        address_of_topic(rating->question.intervention, rating->question.condition, page->arena));
}

static void put_standing(const struct page *page, const struct rating *rating)
{
    const struct verdict_override *own = rating->override;
    if (own == NULL)
        return;
    buffer_text(page->out, "<section><h2>What stands beside it now</h2>\n<p>");
    sign_put_verdict(page->out, own->verdict);
    html_put(page->out,
             "</p>\n<p>%s, says %s on %s</p>\n<form class=\"told\" id=\"withdraw\">\n"
             "<p><label for=\"withdraw-reason\">Why is it taken back?</label><br>"
             "<input class=\"whole\" id=\"withdraw-reason\" name=\"reason\" required></p>\n"
             "<p class=\"buttons\"><button type=\"submit\" class=\"second\">Take the override back"
             "</button></p></form></section>\n",
             own->reason, own->by, date_in_words(own->date, page->arena));
}

/* Those that this question could have. */
static void put_choices(const struct page *page, const struct rating *rating)
{
    struct verdict_override tried = {
        .question = rating->question.id, .reason = "-", .by = "-", .date = "2026-01-01"};
    for (size_t i = 0; verdict_names[i] != NULL; i++) {
        tried.verdict = verdict_names[i];
        if (override_fault(&tried, &rating->question, page->arena) != NULL)
            continue;
        html_put(page->out,
                 "<li><label class=\"tick\"><input type=\"radio\" name=\"/verdict\" value=\"%s\" "
                 "required> ",
                 verdict_names[i]);
        sign_put_verdict(page->out, verdict_names[i]);
        buffer_text(page->out, "</label></li>\n");
    }
}

static void put_form(const struct page *page, const struct rating *rating)
{
    html_put(page->out,
             "<section><h2>Say otherwise</h2>\n<p class=\"note\">It is shown beside the computed "
             "verdict, with your name and your reason, and never in its place.</p>\n"
             "<form class=\"told\" id=\"override\" data-question=\"%s\">\n"
             "<fieldset><legend>The verdict that you hold to be right</legend>\n"
             "<ul class=\"ticks\">\n",
             rating->question.id);
    put_choices(page, rating);
    buffer_text(page->out,
                "</ul></fieldset>\n<p><label for=\"reason\">Why, in a sentence that people are "
                "shown</label><br><textarea id=\"reason\" name=\"/reason\" rows=\"3\" required "
                "maxlength=\"1000\"></textarea></p>\n"
                "<p class=\"buttons\"><button type=\"submit\">Set it beside</button></p>"
                "</form></section>\n");
}

bool get_override_page(const struct request *request, struct answer *answer, struct error *err)
{
    static const struct desk desk = {.here = "/curate/override",
                                     .title = "Override a verdict",
                                     .module = "override.js",
                                     .scope = MAY_CURATE};
    struct page page;
    struct page_head head;
    (void)err;
    if (!desk_open(request, answer, &desk, &page, &head))
        return true;
    const char *asked = query_filled(request, "question");
    const struct rating *rating = asked == NULL ? NULL : catalog_find_rating(page.catalog, asked);
    desk_put_head(&page, desk.title,
                  "Where you know what the rules cannot, say so beside what they give.",
                  rating != NULL);
    if (rating == NULL) {
        put_question_form(&page, asked);
        return desk_close(&page, &head);
    }
    put_computed(&page, rating);
    put_standing(&page, rating);
    put_form(&page, rating);
    return desk_close(&page, &head);
}
