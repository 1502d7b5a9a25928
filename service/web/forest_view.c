#include "service/web/forest_view.h"

#include <math.h>

#include "evidence/rating/stability_kept.h"
#include "evidence/rating/verdict.h"
#include "service/views/forest.h"
#include "service/views/html.h"

/* The picture is drawn once for phones and once for all else, so that its words stay legible. */
enum { PHONE_WIDTH = 328, PAGE_WIDTH = 832 };

/* A picture of more rows than this opens at a tap. */
enum { ROWS_OPEN = 40 };

static void put_figure(const struct page *page, const struct rating *rating, const char *file,
                       const char *alt)
{
    html_put(page->out,
             "<figure class=\"plot\"><picture><source media=\"(min-width: 46rem)\" "
             "srcset=\"/v1/ratings/%s/%s?width=%d\"><img loading=\"lazy\" "
             "src=\"/v1/ratings/%s/%s?width=%d\" alt=\"%s\"></picture>"
             "<p class=\"row-told\" aria-live=\"polite\" hidden></p></figure>\n",
             rating->question.id, file, PAGE_WIDTH, rating->question.id, file, PHONE_WIDTH, alt);
}

void forest_put(const struct page *page, const struct rating *rating)
{
    const struct forest forest = forest_of(rating, page->arena);
    if (forest.nothing != NULL)
        return;
    if (forest.count > ROWS_OPEN)
        html_put(page->out, "<details><summary>All %zu studies as a picture</summary>\n",
                 forest.count);
    put_figure(page, rating, "forest.svg",
               arena_printf(page->arena, "Forest plot. %s. The same stands in the table below.",
                            forest.title));
    if (forest.count > ROWS_OPEN)
        buffer_text(page->out, "</details>\n");
}

/* ---- year by year ---- */

static void put_since(const struct page *page, const struct rating *rating)
{
    const struct stability *stability = stability_kept(page->catalog, rating);
    if (stability->since == COUNT_UNKNOWN || rating->verdict == NULL)
        return;
    html_put(page->out, " By our rules this comparison has said “%s” since %d.",
             verdict_badge(rating->verdict), stability->since);
}

void forest_put_years(const struct page *page, const struct rating *rating)
{
    const struct forest years = forest_by_year(rating, catalog_ruleset(page->catalog), page->arena);
    if (years.nothing != NULL || years.count < 2)
        return;
    html_put(page->out,
             "<details class=\"years\"><summary>How this came about, year by year</summary>\n"
             "<p>All trials up to each year, pooled. %s %s",
             years.rows[0].sentence, years.rows[years.count - 1].sentence);
    put_since(page, rating);
    buffer_text(page->out, "</p>\n");
    put_figure(page, rating, "cumulative.svg",
               arena_printf(page->arena, "The pool after each year. %s.", years.title));
    buffer_text(page->out, "</details>\n");
}
