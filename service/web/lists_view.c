#include "service/web/lists_view.h"

#include <string.h>

#include "service/views/html.h"
#include "service/web/address.h"
#include "service/web/signs.h"

void put_question_link(const struct page *page, const struct intervention *intervention,
                       const struct condition *condition, const char *words)
{
    html_put(page->out, "<a href=\"%s\">%s</a>",
             address_of_topic(intervention, condition, page->arena), words);
}

/* ---- ratings ---- */

static void put_rated(const struct page *page, const struct headline *headline, const char *words)
{
    buffer_text(page->out, "<li>");
    put_question_link(page, headline->intervention, headline->condition, words);
    sign_put_verdict(page->out, headline->verdict);
    if (strcmp(headline->verdict, "untested") != 0)
        sign_put_certainty(page->out, headline->certainty);
    buffer_text(page->out, "</li>\n");
}

static void put_headlines(const struct page *page, const struct checked *checked, const char *list)
{
    html_put(page->out, "<%s class=\"rated\">\n", list);
    for (size_t i = 0; i < checked->ranked_count; i++) {
        const struct headline *headline = checked->ranked[i];
        put_rated(page, headline,
                  checked->intervention != NULL ? headline->condition->plain
                                                : headline->intervention->name);
    }
    html_put(page->out, "</%s>\n", list);
}

void lists_put_ranked(const struct page *page, const struct checked *checked)
{
    if (checked->ranked_count == 0 || (checked->condition_chosen && checked->ranked_count == 1))
        return;
    if (checked->intervention == NULL) {
        put_headlines(page, checked, "ol");
        return;
    }
    buffer_text(page->out, "<section><h2>What it was studied for, most studied first</h2>\n");
    put_headlines(page, checked, "ul");
    buffer_text(page->out, "</section>\n");
}

void lists_put_alternatives(const struct page *page, const struct checked *checked)
{
    if (checked->alternative_count == 0)
        return;
    html_put(page->out,
             "<section id=\"better\"><h2>Better rated for %s</h2>\n<ul class=\"rated\">\n",
             checked->condition->plain);
    for (size_t i = 0; i < checked->alternative_count; i++)
        put_rated(page, checked->alternatives[i], checked->alternatives[i]->intervention->name);
    buffer_text(page->out, "</ul></section>\n");
}

/* ---- questions back ---- */

static void put_choice(const struct page *page, const struct checked *checked,
                       const struct condition *condition)
{
    buffer_text(page->out, "<li>");
    put_question_link(page, checked->intervention, condition, condition->plain);
    buffer_text(page->out, "</li>");
}

static bool is_phase_of(const struct condition *child, const struct condition *parent)
{
    bool phase = strncmp(child->id, "acute-", 6) == 0 || strncmp(child->id, "chronic-", 8) == 0;
    for (const char *const *id = child->parents; phase && *id != NULL; id++)
        if (strcmp(*id, parent->id) == 0)
            return true;
    return false;
}

void lists_put_ask(const struct page *page, const struct checked *checked)
{
    const struct base *base = catalog_base(page->catalog);
    if (checked->ask == NULL)
        return;
    buffer_text(page->out, "<section class=\"back\">");
    if (checked->answer != NULL) /* else it is the page's heading */
        html_put(page->out, "<h2>%s</h2>\n", checked->ask);
    buffer_text(page->out, "<ul class=\"choices\">\n");
    if (checked->condition == NULL) {
        for (const struct condition *const *at = checked->understood.choices; *at != NULL; at++)
            put_choice(page, checked, *at);
    } else {
        for (size_t i = 0; i < base->condition_count; i++)
            if (is_phase_of(&base->conditions[i], checked->condition))
                put_choice(page, checked, &base->conditions[i]);
    }
    buffer_text(page->out, "</ul></section>\n");
}

void lists_put_nearest(const struct page *page, const struct checked *checked)
{
    const struct unknown_treatment *unknown = &checked->understood.unknown;
    if (unknown->phrase == NULL || unknown->nearest_count == 0)
        return;
    buffer_text(page->out, "<section class=\"back\"><h2>Did you mean one of these?</h2>\n"
                           "<ul class=\"choices\">\n");
    for (size_t i = 0; i < unknown->nearest_count; i++) {
        const struct intervention *near =
            base_intervention(catalog_base(page->catalog), unknown->nearest[i].id);
        buffer_text(page->out, "<li>");
        put_question_link(page, near, checked->condition, near->name);
        buffer_text(page->out, "</li>");
    }
    buffer_text(page->out, "</ul></section>\n");
}

void lists_put_further(const struct page *page, const struct checked *checked)
{
    bool unknown = checked->understood.unknown.phrase != NULL;
    if (checked->condition == NULL || (checked->answer == NULL && !unknown))
        return;
    buffer_text(page->out,
                "<section class=\"further\"><h2>Look further</h2>\n<ul class=\"choices\">\n<li>");
    put_question_link(
        page, NULL, checked->condition,
        arena_printf(page->arena, "All that is rated for %s", checked->condition->plain));
    buffer_text(page->out, "</li>\n");
    if (checked->intervention != NULL && !checked->condition_chosen) {
        buffer_text(page->out, "<li>");
        put_question_link(
            page, checked->intervention, NULL,
            arena_printf(page->arena, "What %s was studied for", checked->intervention->plain));
        buffer_text(page->out, "</li>\n");
    }
    buffer_text(page->out, "</ul></section>\n");
}

/* ---- where to start ---- */

void lists_put_examples(const struct page *page)
{
    static const char *const examples[] = {"Does dry needling help knots in the neck?",
                                           "Kinesiology tape for low back pain",
                                           "Massage gun for sore muscles after exercise",
                                           "What helps tennis elbow?", "Magnetic bracelet"};
    buffer_text(page->out, "<section><h2>Questions to try</h2>\n<ul class=\"choices\">\n");
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        html_put(page->out, "<li><a href=\"%s\">%s</a></li>\n",
                 html_question_address(examples[i], page->arena), examples[i]);
    buffer_text(page->out, "</ul></section>\n");
}

void lists_put_conditions(const struct page *page)
{
    const struct base *base = catalog_base(page->catalog);
    buffer_text(page->out, "<section><h2>What helps …</h2>\n<ul class=\"choices\">\n");
    for (size_t i = 0; i < base->condition_count; i++) {
        buffer_text(page->out, "<li>");
        put_question_link(page, NULL, &base->conditions[i], base->conditions[i].plain);
        buffer_text(page->out, "</li>\n");
    }
    buffer_text(page->out, "</ul></section>\n");
}
