#include "service/web/rule_view.h"

#include <string.h>

#include "service/views/html.h"
#include "service/views/rule_numbers.h"

/* ---- links to rules ---- */

static const struct rule *rule_of(const struct page *page, const char *id)
{
    return page->catalog == NULL ? NULL : rules_find(catalog_rules(page->catalog), id);
}

void rule_put_link(const struct page *page, const char *id)
{
    const struct rule *rule = rule_of(page, id);
    if (rule == NULL)
        html_put(page->out, "%s", id);
    else
        html_put(page->out, "<a href=\"/method#%s\">%s (%s)</a>", id, id, rule->title);
}

void rule_put_id(const struct page *page, const char *id)
{
    const struct rule *rule = rule_of(page, id);
    if (rule == NULL)
        html_put(page->out, "%s", id);
    else
        html_put(page->out,
                 "<a href=\"/method#%s\" title=\"%s\"><span class=\"unseen\">rule </span>%s</a>",
                 id, rule->title, id);
}

/* ---- where a rule comes from ---- */

/* How a paper is named in a source, and where that leads. */
static const struct {
    const char *mark, *address;
} papers[] = {{"doi:", "https://doi.org/"}, {"pubmed ", "https://pubmed.ncbi.nlm.nih.gov/"}};

/* The next paper named from `at` on, with which of the ways; NULL: there is none. */
static const char *next_paper(const char *at, size_t *which)
{
    const char *first = NULL;
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        const char *found = strstr(at, papers[i].mark);
        if (found != NULL && (first == NULL || found < first)) {
            first = found;
            *which = i;
        }
    }
    return first;
}

/* The text with each paper as a link. */
static void put_source(const struct page *page, const char *source)
{
    size_t which = 0;
    const char *at = source;
    const char *paper;
    while ((paper = next_paper(at, &which)) != NULL) {
        const char *id = paper + strlen(papers[which].mark);
        size_t length = strcspn(id, "; ,");
        const char *number = arena_strndup(page->arena, id, length);
        html_text_length(page->out, at, (size_t)(paper - at));
        html_put(page->out, "<a href=\"%s%s\">%s%s</a>", papers[which].address, number,
                 papers[which].mark, number);
        at = id + length;
    }
    html_text(page->out, at);
}

/* ---- the rule ---- */

static void put_numbers(const struct page *page, const struct rule *rule)
{
    struct rule_number numbers[RULESET_THRESHOLDS];
    size_t count = rule_numbers(page->catalog, rule->id, numbers);
    if (count == 0)
        return;
    buffer_text(page->out, "<ul class=\"numbers\">");
    for (size_t i = 0; i < count; i++)
        html_put(page->out, "<li>%s <b>%s</b></li>",
                 numbers[i].words == NULL ? numbers[i].key : numbers[i].words,
                 rule_number_told(&numbers[i], page->arena));
    buffer_text(page->out, "</ul>\n");
}

void rule_put(const struct page *page, const struct rule *rule)
{
    struct buffer *out = page->out;
    html_put(out, "<section class=\"rule\" id=\"%s\"><h3><a href=\"#%s\">%s</a> %s</h3>\n",
             rule->id, rule->id, rule->id, rule->title);
    if (rule->plain != NULL)
        html_put(out, "<p>%s</p>\n", rule->plain);
    html_put(out, "<p class=\"exact\"><b>Exactly:</b> %s</p>\n", rule->text);
    put_numbers(page, rule);
    buffer_text(out, "<p class=\"from\">From: ");
    put_source(page, rule->source);
    buffer_text(out, "</p></section>\n");
}
