#include "service/web/use_view.h"

#include "evidence/model/rulebooks.h"
#include "service/views/html.h"
#include "service/web/source_view.h"

const struct safe_use *use_of(const struct page *page, const struct intervention *intervention)
{
    return rulebooks_safe_use(base_rulebooks(catalog_base(page->catalog)), intervention->id);
}

const char *use_setting_words(enum setting setting)
{
    switch (setting) {
    case SETTING_SELF:
        return "You do it yourself.";
    case SETTING_CLINICIAN:
        return "Somebody trained does it.";
    case SETTING_BOTH:
        break;
    }
    return "You do it yourself or have it done.";
}

void use_put_takes(const struct page *page, const struct safe_use *use)
{
    if (use == NULL) {
        buffer_text(page->out, "Not recorded here.");
        return;
    }
    html_put(page->out, "%s", use_setting_words(use->setting));
    if (use->dose_count > 0)
        html_put(page->out, " An example, not only for this complaint: %s",
                 use->doses[0].what.text);
}

void use_put_short(const struct page *page, const struct safe_use *use)
{
    html_put(page->out, "%s", use_setting_words(use->setting));
    if (use->dose_count > 0)
        html_put(page->out, " For example: %s", use->doses[0].what.text);
}

/* ---- how to do it safely ---- */

static void put_statement(const struct page *page, const struct statement *statement,
                          const struct safe_use *use)
{
    html_put(page->out, "<li>%s", statement->text);
    source_put_statement(page, statement, use);
    buffer_text(page->out, "</li>\n");
}

static void put_dose(const struct page *page, const struct dose *dose, const struct safe_use *use)
{
    html_put(page->out, "<li>%s", dose->what.text);
    if (dose->from != NULL)
        html_put(page->out, " <span class=\"quiet\">%s.</span>", dose->from);
    if (dose->note != NULL)
        html_put(page->out, " <span class=\"quiet\">%s</span>", dose->note);
    source_put_statement(page, &dose->what, use);
    buffer_text(page->out, "</li>\n");
}

static void put_doses(const struct page *page, const struct safe_use *use)
{
    if (use->dose_count == 0)
        return;
    buffer_text(page->out, "<h3>How much, as it was tried</h3>\n<ul>\n");
    for (size_t i = 0; i < use->dose_count; i++)
        put_dose(page, &use->doses[i], use);
    buffer_text(page->out, "</ul>\n");
}

static void put_advice(const struct page *page, const struct safe_use *use, enum advice advice)
{
    static const char *const headings[] = {
        [ADVICE_HOW] = "Step by step",    [ADVICE_EXPECT] = "What to expect",
        [ADVICE_AVOID] = "What to avoid", [ADVICE_NOT_FOR] = "Whom it is not for",
        [ADVICE_ASK_FIRST] = "Ask first", [ADVICE_STOP_IF] = "Stop at once if",
    };
    const struct statements *list = &use->advice[advice];
    if (list->count == 0)
        return;
    html_put(page->out, "<h3>%s</h3>\n<ul>\n", headings[advice]);
    for (size_t i = 0; i < list->count; i++)
        put_statement(page, &list->items[i], use);
    buffer_text(page->out, "</ul>\n");
}

static void put_who(const struct page *page, const struct safe_use *use)
{
    html_put(page->out, "<h3>Who does it</h3>\n<p>%s", use_setting_words(use->setting));
    if (use->who.text != NULL) {
        html_put(page->out, " %s", use->who.text);
        source_put_statement(page, &use->who, use);
    }
    buffer_text(page->out, "</p>\n");
}

/* What makes people stop at once comes first, then in the order in which they need it. */
void use_put(const struct page *page, const struct intervention *intervention)
{
    static const enum advice order[] = {ADVICE_NOT_FOR, ADVICE_ASK_FIRST, ADVICE_HOW, ADVICE_EXPECT,
                                        ADVICE_AVOID};
    const struct safe_use *use = use_of(page, intervention);
    if (use == NULL)
        return;
    buffer_text(page->out, "<section class=\"row\" id=\"how\"><h2>How to do it safely</h2>"
                           "<div class=\"use\">\n");
    put_advice(page, use, ADVICE_STOP_IF);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        put_advice(page, use, order[i]);
        if (order[i] == ADVICE_ASK_FIRST)
            put_doses(page, use);
    }
    put_who(page, use);
    if (use->note != NULL)
        html_put(page->out, "<p class=\"note\">%s</p>\n", use->note);
    source_put_doubt(page, &use->backing);
    buffer_text(page->out, "</div></section>\n");
}
