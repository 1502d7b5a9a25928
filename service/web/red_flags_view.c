#include "service/web/red_flags_view.h"

#include "evidence/model/rulebooks.h"
#include "service/views/html.h"
#include "service/web/source_view.h"

enum { FLAGS_SHOWN = 3 };

static const struct red_flag *const *flags_of(const struct page *page,
                                              const struct condition *condition, size_t *count)
{
    const struct base *base = catalog_base(page->catalog);
    return red_flags_about(&base_rulebooks(base)->red_flags, base, condition->id, page->arena,
                           count);
}

bool red_flags_are_there(const struct page *page, const struct condition *condition)
{
    size_t count;
    (void)flags_of(page, condition, &count);
    return count > 0;
}

static const char *urgency_words(enum urgency urgency)
{
    switch (urgency) {
    case URGENCY_EMERGENCY:
        return "Ambulance or emergency department, now";
    case URGENCY_SAME_DAY:
        return "A doctor or clinic, today";
    case URGENCY_SOON:
        break;
    }
    return "A doctor, within days";
}

void red_flags_put_first(const struct page *page, const struct condition *condition)
{
    size_t count;
    const struct red_flag *const *flags = flags_of(page, condition, &count);
    buffer_text(page->out,
                "<div class=\"first\"><dt>See someone first if you would say</dt><dd><ul>\n");
    for (size_t i = 0; i < count && i < FLAGS_SHOWN; i++)
        html_put(page->out, "<li>“%s” – %s</li>\n", flags[i]->phrases[0], flags[i]->means);
    html_put(page->out, "</ul><a href=\"#red-flags\">%s</a></dd></div>\n",
             count > FLAGS_SHOWN ? arena_printf(page->arena, "All %zu, and what to do", count)
                                 : "What to do");
}

static void put_flag(const struct page *page, const struct red_flag *flag)
{
    html_put(page->out, "<li><strong>%s.</strong> %s %s %s", urgency_words(flag->urgency),
             flag->presentation, flag->means, flag->action);
    source_put(page, &flag->backing);
    buffer_text(page->out, "</li>\n");
}

void red_flags_put(const struct page *page, const struct condition *condition)
{
    size_t count;
    const struct red_flag *const *flags = flags_of(page, condition, &count);
    if (count == 0)
        return;
    html_put(page->out,
             "<section class=\"row\" id=\"red-flags\"><h2>See someone first</h2><div>\n"
             "<p>These can pass for %s. The list is not complete: if something worries you, have "
             "it looked at.</p>\n<ul class=\"flags\">\n",
             condition->plain);
    for (size_t i = 0; i < count && i < FLAGS_SHOWN; i++)
        put_flag(page, flags[i]);
    buffer_text(page->out, "</ul>\n");
    if (count > FLAGS_SHOWN) {
        html_put(page->out, "<details><summary>%zu more</summary>\n<ul class=\"flags\">\n",
                 count - FLAGS_SHOWN);
        for (size_t i = FLAGS_SHOWN; i < count; i++)
            put_flag(page, flags[i]);
        buffer_text(page->out, "</ul></details>\n");
    }
    buffer_text(page->out, "</div></section>\n");
}
