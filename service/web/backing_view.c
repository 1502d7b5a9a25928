#include "service/web/backing_view.h"

#include <string.h>

#include "service/views/html.h"

static const char *const kind_words[SOURCE_KIND_COUNT] = {
    [SOURCE_STUDY] = "study",
    [SOURCE_GUIDELINE] = "guideline",
    [SOURCE_HEALTH_SERVICE] = "health service",
    [SOURCE_REGULATOR] = "regulator",
    [SOURCE_PAYER] = "payer",
    [SOURCE_LABEL] = "product information",
    [SOURCE_REFERENCE] = "reference work",
    [SOURCE_PROFESSIONAL] = "professional body",
    [SOURCE_CHARITY] = "charity",
    [SOURCE_MAKER] = "maker or seller",
    [SOURCE_CLINIC] = "clinic",
    [SOURCE_NEWS] = "news",
    [SOURCE_OTHER] = "other site",
};

/* "www.nhs.uk" of an address. */
static const char *host_of(const char *url, struct arena *arena)
{
    const char *host = strstr(url, "://");
    host = host == NULL ? url : host + strlen("://");
    return arena_strndup(arena, host, strcspn(host, "/?#"));
}

static void put_citation(const struct page *page, const struct citation *citation)
{
    struct buffer *out = page->out;
    buffer_text(out, "<li>");
    if (citation->url != NULL)
        html_put(out, "<a href=\"%s\">%s</a>", citation->url, host_of(citation->url, page->arena));
    else
        html_put(out, "a copy at %s", citation->read_at);
    if (citation->where != NULL)
        html_put(out, ", %s", citation->where);
    html_put(out, " (%s)</li>\n", kind_words[citation->kind]);
}

static void put_reading(struct buffer *out, const struct backing *backing)
{
    const struct second_reading *checked = &backing->checked;
    if (backing->derived)
        buffer_text(out, "<p>Inferred from its sources, not said by them in these words.</p>\n");
    if (!checked->done)
        buffer_text(out, "<p>Read once.</p>\n");
    else if (checked->agrees)
        buffer_text(out, "<p>Read a second time, which agreed.</p>\n");
    else
        html_put(out, "<p>Read a second time, and mended. %s</p>\n",
                 checked->note == NULL ? "" : checked->note);
}

void backing_put(const struct page *page, const struct backing *backing, const char *of)
{
    struct buffer *out = page->out;
    if (backing->doubtful != NULL)
        html_put(out, "<p class=\"behind\">To be taken with care: %s</p>\n", backing->doubtful);
    html_put(out,
             "<details class=\"behind\"><summary>Who says so<span class=\"unseen\">: %s</span>"
             "</summary>\n<ul>\n",
             of);
    for (size_t i = 0; i < backing->citation_count; i++)
        put_citation(page, &backing->citations[i]);
    buffer_text(out, "</ul>\n");
    put_reading(out, backing);
    buffer_text(out, "</details>\n");
}
