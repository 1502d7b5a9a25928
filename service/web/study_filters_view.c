#include "service/web/study_filters_view.h"

#include <string.h>

#include "service/views/html.h"
#include "service/views/study_words.h"

/* ---- what is on ---- */

/* "Treatment: TENS ✕", which leads to the list without it. */
static void put_chosen(const struct page *page, const char *what, const char *value,
                       const struct study_filter *without)
{
    html_put(page->out,
             "<li><a href=\"%s\">%s: %s <span aria-hidden=\"true\">✕</span><span "
             "class=\"unseen\">, take this filter off</span></a></li>\n",
             study_list_address(without, 0, page->arena), what, value);
}

static void put_all_chosen(const struct page *page, const struct study_filter *filter)
{
    struct study_filter without = *filter;
    if (study_filter_is_by_words(filter))
        return;
    buffer_text(page->out, "<ul class=\"choices chosen\" aria-label=\"Filters that are on\">\n");
    without.intervention = NULL;
    if (filter->intervention != NULL)
        put_chosen(page, "Treatment", filter->intervention->name, &without);
    without = *filter;
    without.condition = NULL;
    if (filter->condition != NULL)
        put_chosen(page, "Complaint", filter->condition->name, &without);
    without = *filter;
    without.design = -1;
    if (filter->design >= 0)
        put_chosen(page, "Kind", design_name((enum design)filter->design), &without);
    without = *filter;
    without.retracted = -1;
    if (filter->retracted >= 0)
        put_chosen(page, "Status", filter->retracted == 1 ? "retracted" : "not retracted",
                   &without);
    without = *filter;
    without.year = COUNT_UNKNOWN;
    if (filter->year != COUNT_UNKNOWN)
        put_chosen(page, "Year", arena_printf(page->arena, "%d", filter->year), &without);
    buffer_text(page->out, "</ul>\n");
}

/* ---- filters: what else could be asked for, with how many studies that leaves ---- */

static size_t count_with(const struct page *page, const struct study_list *list,
                         const struct study_filter *filter)
{
    const struct base *base = catalog_base(page->catalog);
    size_t count = 0;
    for (size_t i = 0; i < list->matched_count; i++)
        count += study_filter_takes(filter, base, list->matched[i]);
    return count;
}

static void open_filters(struct buffer *out, const char *title, bool *open)
{
    if (!*open)
        html_put(out, "<details><summary>%s</summary>\n<ul class=\"filters\">\n", title);
    *open = true;
}

static void put_filter(const struct page *page, const struct study_list *list,
                       const struct study_filter *filter, const char *group, const char *words,
                       bool *open)
{
    size_t count = count_with(page, list, filter);
    if (count == 0)
        return;
    open_filters(page->out, group, open);
    html_put(page->out,
             "<li><a href=\"%s\">%s</a> <small>%zu<span class=\"unseen\"> "
             "studies</span></small></li>\n",
             study_list_address(filter, 0, page->arena), words, count);
}

static void close_filters(struct buffer *out, bool open)
{
    if (open)
        buffer_text(out, "</ul></details>\n");
}

static void put_treatments(const struct page *page, const struct study_list *list)
{
    const struct base *base = catalog_base(page->catalog);
    struct study_filter filter = list->filter;
    bool open = false;
    for (size_t i = 0; list->filter.intervention == NULL && i < base->intervention_count; i++) {
        filter.intervention = &base->interventions[i];
        put_filter(page, list, &filter, "Treatment", filter.intervention->name, &open);
    }
    close_filters(page->out, open);
}

static void put_complaints(const struct page *page, const struct study_list *list)
{
    const struct base *base = catalog_base(page->catalog);
    struct study_filter filter = list->filter;
    bool open = false;
    for (size_t i = 0; list->filter.condition == NULL && i < base->condition_count; i++) {
        filter.condition = &base->conditions[i];
        put_filter(page, list, &filter, "Complaint", filter.condition->name, &open);
    }
    close_filters(page->out, open);
}

static void put_designs(const struct page *page, const struct study_list *list)
{
    struct study_filter filter = list->filter;
    bool open = false;
    for (int i = 0; list->filter.design < 0 && design_names[i] != NULL; i++) {
        filter.design = i;
        put_filter(page, list, &filter, "Kind of study", design_name((enum design)i), &open);
    }
    close_filters(page->out, open);
}

/* The newest first. */
static void put_years(const struct page *page, const struct study_list *list)
{
    enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };
    bool seen[LAST_YEAR - FIRST_YEAR + 1] = {false};
    bool open = false;
    for (size_t i = 0; i < list->matched_count; i++)
        if (list->matched[i]->year >= FIRST_YEAR && list->matched[i]->year <= LAST_YEAR)
            seen[list->matched[i]->year - FIRST_YEAR] = true;
    for (int year = LAST_YEAR; list->filter.year == COUNT_UNKNOWN && year >= FIRST_YEAR; year--) {
        struct study_filter one = list->filter;
        one.year = year;
        if (seen[year - FIRST_YEAR])
            put_filter(page, list, &one, "Year", arena_printf(page->arena, "%d", year), &open);
    }
    close_filters(page->out, open);
}

/* Retracted ones, and those that are no studies of the base. */
static void put_states(const struct page *page, const struct study_list *list)
{
    struct study_filter filter = list->filter;
    bool open = false;
    filter.retracted = 1;
    if (list->filter.retracted < 0)
        put_filter(page, list, &filter, "Status", "Retracted", &open);
    open_filters(page->out, "Status", &open);
    html_put(page->out, "<li><a href=\"%s\">Found by a program, looked at by nobody</a></li>\n",
             imported_list_address(list->filter.text, "unscreened", 0, page->arena));
    html_put(page->out, "<li><a href=\"%s\">Looked at and left out</a></li>\n",
             imported_list_address(list->filter.text, "excluded", 0, page->arena));
    close_filters(page->out, open);
}

static void put_filters(const struct page *page, const struct study_list *list)
{
    buffer_text(page->out, "<nav class=\"narrow\" aria-label=\"Narrow it down\">\n");
    put_treatments(page, list);
    put_complaints(page, list);
    put_designs(page, list);
    put_years(page, list);
    put_states(page, list);
    buffer_text(page->out, "</nav>\n");
}

void study_filters_put(const struct page *page, const struct study_list *list)
{
    put_all_chosen(page, &list->filter);
    put_filters(page, list);
}
