/* GET /method: how verdicts are made, written from the table of rules, the ruleset and the base. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "evidence/rating/verdict.h"
#include "service/api/api.h"
#include "service/views/html.h"
#include "service/web/front.h"
#include "service/web/rule_view.h"
#include "service/web/signs.h"

static const struct page_head method_head = {
    .title = "How we judge – Touchstone",
    .description =
        "How a verdict comes about: find the studies, judge each, put them together, say "
        "how sure that is, say the verdict. Every rule with its numbers and its source.",
    .canonical = "/method",
    .json = "/v1/rules?limit=500",
    .question = "",
    .sheet = "method.css"};

/* ---- the way to a verdict, and what else is here ---- */

static void put_steps(const struct page *page, const struct rules *rules)
{
    buffer_text(page->out, "<ol class=\"steps\">\n");
    for (size_t i = 0; i < rules->chapter_count; i++) {
        const struct rule_chapter *chapter = &rules->chapters[i];
        if (chapter->step != COUNT_UNKNOWN)
            html_put(page->out, "<li><a href=\"#rules-%s\">%s</a> <span>%s</span></li>\n",
                     chapter->id, chapter->title, chapter->plain);
    }
    buffer_text(page->out, "</ol>\n");
}

static void put_contents(const struct page *page, const struct rules *rules)
{
    buffer_text(page->out, "<nav aria-label=\"On this page\"><ul class=\"choices\">\n"
                           "<li><a href=\"#table\">The table of verdicts</a></li>\n"
                           "<li><a href=\"#matters\">What counts as enough</a></li>\n");
    for (size_t i = 0; i < rules->chapter_count; i++)
        if (rules->chapters[i].step == COUNT_UNKNOWN)
            html_put(page->out, "<li><a href=\"#rules-%s\">%s</a></li>\n", rules->chapters[i].id,
                     rules->chapters[i].title);
    buffer_text(page->out, "<li><a href=\"#limits\">What this cannot do</a></li>\n"
                           "<li><a href=\"#version\">Which version, what changed</a></li>\n"
                           "</ul></nav>\n");
}

/* ---- the table of verdicts ---- */

static const struct {
    enum effect_class class;
    const char *found;
} found_classes[] = {
    {CLASS_BENEFIT, "It helps by enough to matter"},
    {CLASS_SMALL, "It helps a little"},
    {CLASS_NO_DIFFERENCE, "It makes no difference that matters"},
    {CLASS_HARM, "It does harm"},
    {CLASS_UNDECIDED, "Nobody can tell from this"},
};

/* "Very low": the column's name where a table has become a list. */
static const char *column_of(enum certainty_level level, struct arena *arena)
{
    const char *words = sign_certainty_words(level);
    return arena_printf(arena, "%c%s", toupper((unsigned char)words[0]), words + 1);
}

static void put_table_head(const struct page *page)
{
    buffer_text(page->out,
                "<table class=\"verdicts\"><caption>What was found, and how sure that is, give the "
                "verdict beside a pretend treatment or beside doing without</caption>\n<thead><tr>"
                "<th scope=\"col\">What was found</th>");
    for (int level = CERTAINTY_HIGH; level >= CERTAINTY_VERY_LOW; level--) {
        buffer_text(page->out, "<th scope=\"col\">");
        sign_put_certainty(page->out, (enum certainty_level)level);
        buffer_text(page->out, "</th>");
    }
    buffer_text(page->out, "</tr></thead>\n<tbody>\n");
}

static void put_table(const struct page *page)
{
    buffer_text(page->out, "<section id=\"table\"><h2>The table of verdicts</h2>\n");
    put_table_head(page);
    for (size_t i = 0; i < sizeof found_classes / sizeof *found_classes; i++) {
        html_put(page->out, "<tr><th scope=\"row\">%s</th>", found_classes[i].found);
        for (int level = CERTAINTY_HIGH; level >= CERTAINTY_VERY_LOW; level--) {
            html_put(page->out, "<td data-label=\"%s\">",
                     column_of((enum certainty_level)level, page->arena));
            sign_put_verdict(page->out, verdict_word(found_classes[i].class,
                                                     (enum certainty_level)level, COMPARATOR_SHAM));
            buffer_text(page->out, "</td>");
        }
        buffer_text(page->out, "</tr>\n");
    }
    buffer_text(page->out, "</tbody></table>\n<p>Where there is no study at all it is ");
    sign_put_verdict(page->out, "untested");
    buffer_text(page->out, ": that is neither \"we don't know yet\" nor \"it doesn't work\".</p>\n"
                           "<h3>What the levels mean</h3>\n<ul class=\"levels\">\n");
    for (int level = CERTAINTY_HIGH; level >= CERTAINTY_VERY_LOW; level--) {
        buffer_text(page->out, "<li>");
        sign_put_certainty(page->out, (enum certainty_level)level);
        html_put(page->out, " <span>%s</span></li>\n",
                 certainty_meaning((enum certainty_level)level));
    }
    buffer_text(page->out, "</ul></section>\n");
}

/* ---- what counts as enough ---- */

static void put_matters_row(const struct page *page, const struct outcome *outcome)
{
    const struct mid *mid = &outcome->mid;
    struct buffer *out = page->out;
    html_put(out,
             "<tr><th scope=\"row\">%s</th><td data-label=\"Enough is\">%s on a scale from %s to "
             "%s</td><td data-label=\"Why\">%s",
             outcome->name,
             arena_printf(page->arena, "%g point%s", mid->value, fabs(mid->value) > 1 ? "s" : ""),
             arena_printf(page->arena, "%g", mid->scale_low),
             arena_printf(page->arena, "%g", mid->scale_high), mid->note == NULL ? "" : mid->note);
    if (mid->source_url != NULL)
        html_put(out, " <a href=\"%s\">Source for %s</a>", mid->source_url, outcome->plain);
    buffer_text(out, "</td></tr>\n");
}

static void put_matters(const struct page *page)
{
    const struct base *base = catalog_base(page->catalog);
    const struct ruleset *ruleset = catalog_ruleset(page->catalog);
    buffer_text(page->out,
                "<section id=\"matters\"><h2>What counts as enough</h2>\n<p>A difference can be "
                "real and yet too small to notice. So each outcome has a smallest difference, "
                "between those who had the treatment and those who did not, that counts as one "
                "that matters (experts say: minimal important difference, MID). It is no measure "
                "of one person's change.</p>\n<table><caption>The smallest difference that "
                "matters</caption>\n<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\">"
                "Enough is</th><th scope=\"col\">Why</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < base->outcome_count; i++)
        if (isfinite(base->outcomes[i].mid.value))
            put_matters_row(page, &base->outcomes[i]);
    html_put(page->out,
             "</tbody></table>\n<p>No other outcome has one with a source. There, by rules of our "
             "own, it is %s standard deviations (how much people usually differ from each other), "
             "or %s of 100 people where people were counted.</p></section>\n",
             arena_printf(page->arena, "%g", ruleset->mid_smd),
             arena_printf(page->arena, "%g", ruleset->mid_risk_per_100));
}

/* ---- the rules ---- */

/* The words that a claim can come to, worst first: the order that C14 speaks of. */
static void put_claim_verdicts(const struct page *page)
{
    buffer_text(page->out,
                "<p>What a claim can come to, worst first:</p>\n<ol class=\"legend\">\n");
    for (int verdict = CLAIM_MISLEADING; verdict < CLAIM_NONE; verdict++) {
        buffer_text(page->out, "<li>");
        sign_put_claim(page->out, (enum claim_verdict)verdict);
        buffer_text(page->out, "</li>\n");
    }
    buffer_text(page->out, "</ol>\n<p><a href=\"/vet\">Check an advert</a></p>\n");
}

static void put_chapter(const struct page *page, const struct rules *rules,
                        const struct rule_chapter *chapter)
{
    html_put(page->out, "<section class=\"chapter\" id=\"rules-%s\"><h2>%s%s</h2>\n<p>%s</p>\n",
             chapter->id,
             chapter->step == COUNT_UNKNOWN ? "" : arena_printf(page->arena, "%d. ", chapter->step),
             chapter->title, chapter->plain);
    if (strcmp(chapter->id, "claims") == 0)
        put_claim_verdicts(page);
    if (strcmp(chapter->id, "stopping") == 0)
        buffer_text(page->out, "<p><a href=\"/stop\">Go on, or stop?</a></p>\n");
    for (size_t i = 0; i < rules->count; i++)
        if (rules->items[i].chapter != NULL && strcmp(rules->items[i].chapter, chapter->id) == 0)
            rule_put(page, &rules->items[i]);
    buffer_text(page->out, "</section>\n");
}

/* ---- limits, versions ---- */

static void put_limits(const struct page *page, const struct rules *rules)
{
    buffer_text(page->out, "<section id=\"limits\"><h2>What this cannot do</h2>\n"
                           "<ul class=\"limits\">\n");
    for (size_t i = 0; i < rules->limit_count; i++)
        html_put(page->out, "<li><strong>%s.</strong> %s</li>\n", rules->limits[i].title,
                 rules->limits[i].text);
    buffer_text(page->out, "</ul></section>\n");
}

static void put_version(const struct page *page)
{
    const struct dataset *dataset = catalog_dataset(page->catalog);
    const struct ruleset *ruleset = catalog_ruleset(page->catalog);
    const struct base *base = catalog_base(page->catalog);
    html_put(page->out,
             "<section id=\"version\"><h2>Which version, what changed</h2>\n<p>These are the rules "
             "of the set \"%s\", version %s, on the base of %s (version %s): %zu studies, %zu "
             "questions rated. The same base under the same rules always gives the same answers, "
             "and every answer names both.</p>\n",
             ruleset->id, ruleset->version, date_in_words(dataset->collected, page->arena),
             dataset->version, base->study_count, catalog_rating_count(page->catalog));
    buffer_text(page->out,
                "<ul><li><a href=\"/v1/changes.atom\">What changed in which verdict, when and why "
                "(a feed)</a></li>\n<li><a href=\"/v1/rules?ruleset=classic\">The same rules with "
                "the numbers of an older school, \"classic\"</a>: add <code>ruleset=classic</code> "
                "to a question of <a href=\"/api\">the API</a> to see how much of a verdict is the "
                "method's</li></ul></section>\n");
}

bool get_method_page(const struct request *request, struct answer *answer, struct error *err)
{
    const struct page page = {
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
    (void)err;
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    const struct rules *rules = catalog_rules(request->catalog);
    layout_headers(answer, false);
    layout_open(&page, &method_head);
    buffer_text(page.out,
                "<article class=\"method\">\n<h1>How we judge</h1>\n<p class=\"lead\">Five "
                "steps, the same for every treatment, by rules that anybody can read "
                "below. Nobody picks a verdict.</p>\n");
    put_steps(&page, rules);
    put_contents(&page, rules);
    layout_open_below(page.out);
    put_table(&page);
    put_matters(&page);
    for (size_t i = 0; i < rules->chapter_count; i++)
        put_chapter(&page, rules, &rules->chapters[i]);
    put_limits(&page, rules);
    put_version(&page);
    layout_close_below(page.out);
    buffer_text(page.out, "</article>\n");
    layout_close(&page, &method_head);
    return true;
}
