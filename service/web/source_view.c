#include "service/web/source_view.h"

#include "service/views/html.h"

static const char *const kinds[] = {
    [SOURCE_STUDY] = "study",
    [SOURCE_GUIDELINE] = "guideline",
    [SOURCE_HEALTH_SERVICE] = "health service",
    [SOURCE_REGULATOR] = "regulator",
    [SOURCE_PAYER] = "insurer",
    [SOURCE_LABEL] = "leaflet",
    [SOURCE_REFERENCE] = "reference work",
    [SOURCE_PROFESSIONAL] = "professional body",
    [SOURCE_CHARITY] = "charity",
    [SOURCE_MAKER] = "maker or seller",
    [SOURCE_CLINIC] = "clinic's page",
    [SOURCE_NEWS] = "news",
    [SOURCE_OTHER] = "other source",
};

static void put_one(const struct page *page, const struct citation *citation, bool first)
{
    buffer_text(page->out, first ? " <small>(" : ", ");
    if (citation->url != NULL)
        html_put(page->out, "<a href=\"%s\">%s</a>", citation->url, kinds[citation->kind]);
    else
        html_put(page->out, "%s", kinds[citation->kind]);
}

void source_put(const struct page *page, const struct backing *backing)
{
    for (size_t i = 0; i < backing->citation_count; i++)
        put_one(page, &backing->citations[i], i == 0);
    if (backing->citation_count > 0)
        buffer_text(page->out, ")</small>");
}

void source_put_statement(const struct page *page, const struct statement *statement,
                          const struct safe_use *use)
{
    for (size_t i = 0; i < statement->source_count; i++)
        put_one(page, &use->backing.citations[statement->sources[i]], i == 0);
    if (statement->source_count > 0)
        buffer_text(page->out, ")</small>");
}

void source_put_doubt(const struct page *page, const struct backing *backing)
{
    if (backing->doubtful != NULL)
        html_put(page->out, "<p class=\"note\">Be careful with this: %s</p>\n", backing->doubtful);
}
