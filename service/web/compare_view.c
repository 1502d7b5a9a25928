#include "service/web/compare_view.h"

#include <string.h>

#include "evidence/model/rulebooks.h"
#include "evidence/rating/safety_kept.h"
#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/web/address.h"
#include "service/web/compare_direct_view.h"
#include "service/web/signs.h"

enum {
    RULES_SHOWN = 2,
    LONG_TABLE = 10 /* rows; what follows them is below the first screen */
};

/* ---- picking ---- */

static void put_conditions(const struct page *page, const struct condition *chosen)
{
    const struct base *base = catalog_base(page->catalog);
    struct buffer *out = page->out;
    buffer_text(out, "<p><label for=\"condition\">Which complaint?</label><br>"
                     "<select id=\"condition\" name=\"condition\" required>\n");
    if (chosen == NULL)
        buffer_text(out, "<option value=\"\">Choose one</option>\n");
    for (size_t i = 0; i < base->condition_count; i++)
        html_put(out, "<option value=\"%s\"%s>%s</option>\n", base->conditions[i].id,
                 chosen == &base->conditions[i] ? " selected" : "", base->conditions[i].name);
    buffer_text(out, "</select></p>\n");
}

static void put_ticks(const struct page *page, const struct compare_asking *asking)
{
    struct buffer *out = page->out;
    html_put(out,
             "<fieldset><legend>Which treatments? <small>Tick two or more, up to %d. None ticked: "
             "all that are rated.</small></legend>\n<ul class=\"picks\">\n",
             COMPARISON_MOST);
    for (size_t i = 0; i < asking->ranked_count; i++) {
        const struct intervention *intervention = asking->ranked[i]->intervention;
        bool ticked = asking->named && comparison_has(&asking->comparison, intervention);
        html_put(out,
                 "<li><label><input type=\"checkbox\" name=\"interventions\" value=\"%s\"%s> "
                 "<span>%s</span></label></li>\n",
                 intervention->id, ticked ? " checked" : "", intervention->name);
    }
    buffer_text(out, "</ul></fieldset>\n");
}

/* A form of GET: the comparison is an address. */
static void put_form(const struct page *page, const struct compare_asking *asking)
{
    const struct condition *condition = asking->comparison.condition;
    struct buffer *out = page->out;
    buffer_text(out, "<form class=\"told pick\" action=\"/compare\" method=\"get\">\n");
    put_conditions(page, condition);
    if (condition != NULL && asking->ranked_count > 0) {
        buffer_text(out, "<details><summary>Pick treatments</summary>\n");
        put_ticks(page, asking);
        buffer_text(out, "</details>\n");
    }
    html_put(out, "<p><button type=\"submit\">%s</button></p>\n</form>\n",
             condition == NULL ? "Show its treatments" : "Compare");
}

/* ---- one treatment: a row, on a phone a card ---- */

static void open_cell(struct buffer *out, const char *label)
{
    html_put(out, "<td role=\"cell\" data-label=\"%s\"><div>", label);
}

static void close_cell(struct buffer *out)
{
    buffer_text(out, "</div></td>\n");
}

static void put_name(const struct page *page, const struct headline *headline)
{
    html_put(page->out, "<th role=\"rowheader\" scope=\"row\"><a href=\"%s\">%s</a>",
             address_of_topic(headline->intervention, headline->condition, page->arena),
             headline->intervention->name);
    if (headline->home != headline->condition)
        html_put(page->out, " <small>judged by studies of %s</small>", headline->home->plain);
    buffer_text(page->out, "</th>\n");
}

static void put_verdict(const struct page *page, const struct headline *headline)
{
    open_cell(page->out, "Does it work?");
    sign_put_verdict(page->out, headline->verdict);
    if (headline->rating != NULL) {
        sign_put_certainty(page->out, headline->certainty);
        html_put(page->out, "<small>%s</small>", certainty_meaning(headline->certainty));
    }
    close_cell(page->out);
}

static void put_size_against(const struct page *page, const struct rating *rating)
{
    struct buffer text = {0};
    if (rating == NULL || !rating_has_figure(rating))
        return;
    sentence_put_comparator(rating, &text);
    html_put(page->out, "<p><strong>Against %s:</strong> %s, ", buffer_string(&text),
             rating->question.outcome->plain);
    buffer_clear(&text);
    sentence_put_size(rating, &text);
    html_put(page->out, "%s, %s.</p>", buffer_string(&text), window_words(rating->question.window));
    buffer_release(&text);
}

static bool has_figure(const struct rating *rating)
{
    return rating != NULL && rating_has_figure(rating);
}

static void put_size(const struct page *page, const struct headline *headline)
{
    open_cell(page->out, "How big?");
    put_size_against(page, headline->sham);
    put_size_against(page, headline->nothing);
    if (headline->rating != headline->sham && headline->rating != headline->nothing)
        put_size_against(page, headline->rating);
    if (!has_figure(headline->sham) && !has_figure(headline->nothing) &&
        !has_figure(headline->rating))
        buffer_text(page->out, "No study here gives a figure.");
    else if (!has_figure(headline->sham))
        html_put(page->out, "<p>Against %s: no figure.</p>", sentence_sham(headline->intervention));
    close_cell(page->out);
}

static void put_safety(const struct page *page, const struct headline *headline)
{
    struct safety safety = *safety_kept(page->catalog, headline->intervention);
    open_cell(page->out, "How safe?");
    html_put(page->out, "%s", safety_sentence(&safety, page->arena));
    if (safety.count > 0 && !safety_is_none_found(safety.harms[0].harm))
        html_put(page->out, " <small>Worst on record: %s.</small>", safety.harms[0].harm->event);
    close_cell(page->out);
}

/* A rule that names the treatment, tells how long to try it or when to give it up, and is about the
 * complaint. Rules for whatever is tried stand in the note below the table. */
static bool is_told(const struct stop_rule *rule, const struct base *base,
                    const struct headline *headline)
{
    return rule->superseded_by == NULL && rule->interventions[0] != NULL &&
           (rule->kind == STOP_TRIAL_LENGTH || rule->kind == STOP_NO_BENEFIT) &&
           stop_rule_is_for(rule, headline->intervention->id) &&
           stop_rule_is_about(rule, base, headline->condition->id);
}

static void put_rule(const struct page *page, const struct stop_rule *rule)
{
    html_put(page->out,
             "<p>%s <a href=\"%s\">Who says so<span class=\"unseen\">: %s</span></a></p>",
             rule->rule, rule->backing.citations[0].url, rule->id);
}

static void put_stopping(const struct page *page, const struct headline *headline)
{
    const struct base *base = catalog_base(page->catalog);
    const struct stop_rules *rules = &base_rulebooks(base)->stop_rules;
    int told = 0;
    open_cell(page->out, "What it takes, and when to stop");
    for (size_t i = 0; i < rules->count && told < RULES_SHOWN; i++)
        if (is_told(&rules->items[i], base, headline)) {
            put_rule(page, &rules->items[i]);
            told++;
        }
    if (told == 0)
        buffer_text(page->out, "No rule of its own. See below the table.");
    close_cell(page->out);
}

/* The people behind the verdict, not all who were ever studied. */
static void put_people(const struct page *page, const struct headline *headline)
{
    const struct rating *rating = headline->rating;
    open_cell(page->out, "People studied");
    if (rating != NULL && rating->synthesis.n > 0)
        html_put(page->out, "%d people", rating->synthesis.n);
    else
        buffer_text(page->out, "not told");
    if (rating != NULL && rating->synthesis.k > 0)
        html_put(page->out, " in %d trial%s", rating->synthesis.k,
                 rating->synthesis.k == 1 ? "" : "s");
    close_cell(page->out);
}

static void put_row(const struct page *page, const struct headline *headline)
{
    buffer_text(page->out, "<tr role=\"row\">");
    put_name(page, headline);
    put_verdict(page, headline);
    put_size(page, headline);
    put_safety(page, headline);
    put_stopping(page, headline);
    put_people(page, headline);
    buffer_text(page->out, "</tr>\n");
}

static void put_table(const struct page *page, const struct compare_asking *asking)
{
    static const char *const columns[] = {"Treatment",
                                          "Does it work?",
                                          "How big?",
                                          "How safe?",
                                          "What it takes, and when to stop",
                                          "People studied"};
    struct buffer *out = page->out;
    html_put(out,
             "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"The comparison\">"
             "<table role=\"table\" class=\"compared\">\n<caption>Treatments for %s, %s. Each "
             "against a pretend treatment or doing without it.</caption>\n"
             "<thead role=\"rowgroup\"><tr role=\"row\">",
             asking->comparison.condition->plain,
             asking->named ? "as you picked them" : "best rated first");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        html_put(out, "<th role=\"columnheader\" scope=\"col\">%s</th>", columns[i]);
    buffer_text(out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (size_t i = 0; i < asking->comparison.count; i++)
        put_row(page, asking->comparison.items[i]);
    buffer_text(out, "</tbody></table></div>\n");
}

/* ---- the whole ---- */

static void put_unknown(const struct page *page, const char *const *unknown)
{
    for (; *unknown != NULL; unknown++)
        html_put(page->out, "<p class=\"note\">Nothing here is called “%s”; it is left out.</p>\n",
                 *unknown);
}

static void put_chosen(const struct page *page, const struct compare_asking *asking,
                       const char *site)
{
    struct buffer *out = page->out;
    if (asking->comparison.count == 0) {
        buffer_text(out, "<p>No treatment is rated for it here: nobody has tested one, or no study "
                         "of it is in this base.</p>\n");
        return;
    }
    put_table(page, asking);
    buffer_text(out,
                "<p class=\"note\">Whatever you try: say beforehand what should get better and "
                "by when. <a href=\"/stop\">Keep a diary and see whether to go on, or "
                "stop</a>.</p>\n");
    bool is_long = asking->comparison.count > LONG_TABLE;
    if (is_long)
        layout_open_below(out);
    compare_direct_put(page, &asking->comparison);
    html_put(out,
             "<section><h2>Share it</h2>\n<p>This comparison has an address that stays: <a "
             "href=\"%s\">%s%s</a></p></section>\n",
             asking->address, site, asking->address);
    if (is_long)
        layout_close_below(out);
}

void compare_put(const struct page *page, const struct compare_asking *asking, const char *site)
{
    const struct condition *condition = asking->comparison.condition;
    struct buffer *out = page->out;
    buffer_text(out, "<article class=\"compare\">\n");
    if (condition == NULL)
        buffer_text(out,
                    "<h1>Compare treatments</h1>\n<p class=\"lead\">Choose a complaint. You get "
                    "every treatment that is rated for it side by side: does it work, how "
                    "sure, how big, how safe, and when to stop.</p>\n");
    else
        html_put(out,
                 "<h1>Treatments for %s, side by side</h1>\n<p class=\"lead\">%zu treatment%s%s. A "
                 "better verdict is not a promise for you: safety, effort and what you prefer "
                 "count too.</p>\n",
                 condition->plain, asking->comparison.count,
                 asking->comparison.count == 1 ? "" : "s",
                 asking->named ? ", as you picked them" : ", best rated first");
    put_unknown(page, asking->unknown);
    put_form(page, asking);
    if (condition != NULL)
        put_chosen(page, asking, site);
    buffer_text(out, "</article>\n");
}
