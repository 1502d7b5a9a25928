#include "service/web/desk_view.h"

#include "service/views/html.h"

static void put_none(const struct page *page)
{
    buffer_text(page->out, "<option value=\"\">– none –</option>\n");
}

static void put_option(const struct page *page, const char *value, const char *words)
{
    html_put(page->out, "<option value=\"%s\">%s</option>\n", value, words);
}

void desk_put_interventions(const struct page *page)
{
    const struct base *base = catalog_base(page->catalog);
    put_none(page);
    for (size_t i = 0; i < base->intervention_count; i++)
        put_option(page, base->interventions[i].id, base->interventions[i].name);
}

void desk_put_conditions(const struct page *page)
{
    const struct base *base = catalog_base(page->catalog);
    put_none(page);
    for (size_t i = 0; i < base->condition_count; i++)
        put_option(page, base->conditions[i].id, base->conditions[i].name);
}

void desk_put_outcomes(const struct page *page)
{
    const struct base *base = catalog_base(page->catalog);
    put_none(page);
    for (size_t i = 0; i < base->outcome_count; i++)
        put_option(page, base->outcomes[i].id, base->outcomes[i].name);
}

void desk_put_words(const struct page *page, const char *const *names)
{
    put_none(page);
    for (; *names != NULL; names++)
        put_option(page, *names, *names);
}

void desk_put_head(const struct page *page, const char *title, const char *lead, bool scripted)
{
    html_put(page->out, "<h1 tabindex=\"-1\">%s</h1>\n<p class=\"lead\">%s</p>\n", title, lead);
    if (scripted)
        buffer_text(page->out,
                    "<noscript><p class=\"trouble\">This page works with JavaScript, which is off "
                    "here. The same can be done over <a href=\"/api\">the API</a>.</p></noscript>"
                    "\n");
    buffer_text(page->out, "<p class=\"said\" id=\"said\" role=\"status\"></p>\n"
                           "<div class=\"trouble\" id=\"trouble\" role=\"alert\" hidden></div>\n");
}
