#include "service/web/safety_view.h"

#include <string.h>

#include "evidence/rating/safety_kept.h"
#include "evidence/rating/verdict.h"
#include "service/views/html.h"
#include "service/web/studies_view.h"

/* Harms shown at once; the others are a tap away. */
enum { HARMS_SHOWN = 3 };

/* "Serious: nerve palsy", and no "Serious: serious adverse event". */
static const char *prefix_of(const struct harm *harm)
{
    if (safety_is_none_found(harm))
        return "Looked for and not found: ";
    bool said = strcasestr(harm->event, "serious") != NULL;
    return harm->severity == SEVERITY_SERIOUS && !said ? "Serious: " : "";
}

/* ", in people with heel pain", where that is not what was asked about. */
static void put_seen_in(const struct page *page, const struct safety_harm *one,
                        const struct condition *asked)
{
    const struct condition *seen = safety_seen_in(catalog_base(page->catalog), one, asked);
    struct buffer people = {0};
    if (seen == NULL)
        return;
    sentence_put_people_with(seen, &people);
    html_put(page->out, ", in %s", buffer_string(&people));
    buffer_release(&people);
}

static void put_harm(const struct page *page, const struct safety_harm *one,
                     const struct condition *asked)
{
    const struct harm *harm = one->harm;
    struct buffer *out = page->out;
    const char *how_often = safety_how_often(harm, page->arena);
    html_put(out, "<li>%s%s", prefix_of(harm), harm->event);
    if (how_often != NULL)
        html_put(out, " (%s)", how_often);
    buffer_text(out, " – ");
    study_put_link(page, one->study);
    put_seen_in(page, one, asked);
    buffer_text(out, "</li>\n");
}

static void put_harms(const struct page *page, const struct safety *safety,
                      const struct condition *asked)
{
    struct buffer *out = page->out;
    buffer_text(out, "<ul class=\"harms\">\n");
    for (size_t i = 0; i < safety->count && i < HARMS_SHOWN; i++)
        put_harm(page, &safety->harms[i], asked);
    buffer_text(out, "</ul>\n");
    if (safety->count <= HARMS_SHOWN)
        return;
    html_put(out, "<details><summary>%zu more</summary>\n<ul class=\"harms\">\n",
             safety->count - HARMS_SHOWN);
    for (size_t i = HARMS_SHOWN; i < safety->count; i++)
        put_harm(page, &safety->harms[i], asked);
    buffer_text(out, "</ul></details>\n");
}

void safety_put(const struct page *page, const struct intervention *intervention,
                const struct condition *asked)
{
    struct safety safety = *safety_kept(page->catalog, intervention);
    html_put(page->out, "<section class=\"row\" id=\"safe\"><h2>How safe</h2><div>\n<p>%s</p>\n",
             safety_sentence(&safety, page->arena));
    if (safety.count > 0)
        put_harms(page, &safety, asked);
    buffer_text(page->out, "</div></section>\n");
}
