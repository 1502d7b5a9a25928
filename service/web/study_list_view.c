#include "service/web/study_list_view.h"

#include <string.h>

#include "service/http/query.h"
#include "service/views/html.h"
#include "service/views/study_words.h"
#include "service/web/address.h"
#include "service/web/study_filters_view.h"
#include "service/web/study_place_view.h"

enum { FEEDS_SHOWN = 2 };

/* ---- addresses ---- */

static void add(struct buffer *out, const char *name, const char *value, struct arena *arena)
{
    buffer_printf(out, "%c%s=%s", out->length == strlen("/studies") ? '?' : '&', name,
                  percent_encode(value, arena));
}

const char *study_list_address(const struct study_filter *filter, size_t number,
                               struct arena *arena)
{
    struct buffer out = {0};
    buffer_text(&out, "/studies");
    if (filter->text[0] != '\0')
        add(&out, "q", filter->text, arena);
    if (filter->intervention != NULL)
        add(&out, "intervention", filter->intervention->id, arena);
    if (filter->condition != NULL)
        add(&out, "condition", filter->condition->id, arena);
    if (filter->design >= 0)
        add(&out, "design", design_names[filter->design], arena);
    if (filter->retracted >= 0)
        add(&out, "retracted", filter->retracted == 1 ? "yes" : "no", arena);
    if (filter->year != COUNT_UNKNOWN)
        add(&out, "year", arena_printf(arena, "%d", filter->year), arena);
    if (number > 0)
        add(&out, "page", arena_printf(arena, "%zu", number + 1), arena);
    const char *address = arena_strdup(arena, buffer_string(&out));
    buffer_release(&out);
    return address;
}

/* ---- what is asked for ---- */

static void put_hidden(struct buffer *out, const char *name, const char *value)
{
    html_put(out, "<input type=\"hidden\" name=\"%s\" value=\"%s\">", name, value);
}

/* Words are typed; what else is asked for stays as it is. */
static void put_form(const struct page *page, const struct study_filter *filter)
{
    struct buffer *out = page->out;
    html_put(
        out,
        "<form class=\"ask search\" action=\"/studies\" method=\"get\" role=\"search\" "
        "aria-label=\"Search the studies\">\n<label for=\"words\">Words in the title, authors, "
        "journal or conclusion</label>\n<div class=\"field\"><input type=\"search\" id=\"words\" "
        "name=\"q\" maxlength=\"500\" autocomplete=\"off\" value=\"%s\"><button "
        "type=\"submit\">Search</button></div>\n",
        filter->text);
    if (filter->intervention != NULL)
        put_hidden(out, "intervention", filter->intervention->id);
    if (filter->condition != NULL)
        put_hidden(out, "condition", filter->condition->id);
    if (filter->design >= 0)
        put_hidden(out, "design", design_names[filter->design]);
    if (filter->retracted >= 0)
        put_hidden(out, "retracted", filter->retracted == 1 ? "yes" : "no");
    if (filter->year != COUNT_UNKNOWN)
        put_hidden(out, "year", arena_printf(page->arena, "%d", filter->year));
    buffer_text(out, "</form>\n");
}

const char *imported_list_address(const char *text, const char *status, size_t number,
                                  struct arena *arena)
{
    const char *words =
        text[0] == '\0' ? "" : arena_printf(arena, "&q=%s", percent_encode(text, arena));
    return number == 0
               ? arena_printf(arena, "/studies?status=%s%s", status, words)
               : arena_printf(arena, "/studies?status=%s%s&page=%zu", status, words, number + 1);
}

/* ---- results ---- */

static void put_study(const struct page *page, const struct study *study)
{
    struct buffer *out = page->out;
    const char *authors =
        authors_words(study->authors, study->author_count, study->authors_complete, page->arena);
    html_put(out, "<li><h3><a href=\"%s\">%s</a></h3>\n<p class=\"printed\">",
             address_of_study(study->id, page->arena),
             study->title == NULL ? study->id : study->title);
    if (study->retracted)
        buffer_text(out, "<strong class=\"red\">Retracted: counts for nothing.</strong> ");
    html_put(out, "%s", authors == NULL ? "Authors not known" : authors);
    if (study->year != COUNT_UNKNOWN)
        html_put(out, ", %d", study->year);
    if (study->journal != NULL)
        html_put(out, ", <cite>%s</cite>", study->journal);
    html_put(out, "<br>%s", design_name(study->design));
    if (study->trials != COUNT_UNKNOWN)
        html_put(out, " · %d trial%s", study->trials, study->trials == 1 ? "" : "s");
    if (study->participants != COUNT_UNKNOWN)
        html_put(out, " · %d %s", study->participants,
                 study->participants == 1 ? "person" : "people");
    html_put(out, " · %s</p>\n",
             base_condition(catalog_base(page->catalog), study->condition)->plain);
    if (!study->retracted)
        study_feeds_put(page, study, FEEDS_SHOWN);
    buffer_text(out, "</li>\n");
}

static void put_pager(const struct page *page, const char *before, const char *after, size_t number,
                      size_t pages)
{
    if (pages < 2)
        return;
    buffer_text(page->out, "<nav class=\"pager\" aria-label=\"Pages\">\n");
    if (before != NULL)
        html_put(page->out,
                 "<a rel=\"prev\" href=\"%s\"><span aria-hidden=\"true\">←</span> Page "
                 "before</a> ",
                 before);
    html_put(page->out, "<span>Page %zu of %zu</span>", number + 1, pages);
    if (after != NULL)
        html_put(page->out,
                 " <a rel=\"next\" href=\"%s\">Next page <span aria-hidden=\"true\">→</span></a>",
                 after);
    buffer_text(page->out, "</nav>\n");
}

static size_t pages_of(size_t count)
{
    return (count + STUDIES_A_PAGE - 1) / STUDIES_A_PAGE;
}

static void put_found(const struct page *page, const struct study_list *list)
{
    size_t pages = pages_of(list->found_count);
    size_t from = list->number * STUDIES_A_PAGE;
    size_t to =
        from + STUDIES_A_PAGE < list->found_count ? from + STUDIES_A_PAGE : list->found_count;
    html_put(page->out, "<ol class=\"results\" start=\"%zu\">\n", from + 1);
    for (size_t i = from; i < to; i++)
        put_study(page, list->found[i]);
    buffer_text(page->out, "</ol>\n");
    put_pager(
        page,
        list->number > 0 ? study_list_address(&list->filter, list->number - 1, page->arena) : NULL,
        list->number + 1 < pages ? study_list_address(&list->filter, list->number + 1, page->arena)
                                 : NULL,
        list->number, pages);
}

static void put_nothing(const struct page *page, const struct study_list *list)
{
    struct study_filter words = study_filter_none;
    words.text = list->filter.text;
    buffer_text(page->out, "<p>No study here is like that. That is no proof that there is none "
                           "anywhere.</p>\n<ul class=\"choices\">\n");
    if (!study_filter_is_by_words(&list->filter))
        html_put(page->out, "<li><a href=\"%s\">Take all filters off</a></li>\n",
                 study_list_address(&words, 0, page->arena));
    if (list->filter.text[0] != '\0')
        html_put(page->out, "<li><a href=\"%s\">Look among what programs found</a></li>\n",
                 imported_list_address(list->filter.text, "unscreened", 0, page->arena));
    buffer_text(page->out, "<li><a href=\"/studies\">All studies</a></li>\n</ul>\n");
}

static void put_unknown(const struct page *page, const char *const *unknown)
{
    for (; *unknown != NULL; unknown++)
        html_put(page->out,
                 "<p class=\"note\">Nothing here is called “%s”; that filter is left out.</p>\n",
                 *unknown);
}

void study_list_put(const struct page *page, const struct study_list *list)
{
    struct buffer *out = page->out;
    buffer_text(out, "<article class=\"studies-list\">\n<h1>The studies</h1>\n");
    html_put(out,
             "<p class=\"lead\">All %zu studies of this base, each with what it found, how far to "
             "trust it and which verdicts it feeds.</p>\n",
             catalog_base(page->catalog)->study_count);
    put_form(page, &list->filter);
    put_unknown(page, list->unknown);
    study_filters_put(page, list);
    html_put(out, "<h2 id=\"found\">%zu stud%s%s</h2>\n", list->found_count,
             list->found_count == 1 ? "y" : "ies",
             list->filter.text[0] != '\0' ? ", best match first" : ", newest first");
    if (list->found_count == 0)
        put_nothing(page, list);
    else
        put_found(page, list);
    buffer_text(out, "</article>\n");
}

/* ---- what importers brought in ---- */

static void put_imported(const struct page *page, const struct publication *publication)
{
    const struct record *record = &publication->merged;
    const char *authors =
        authors_words(record->authors, record->author_count, record->authors_complete, page->arena);
    html_put(page->out, "<li><h3><a href=\"%s\">%s</a></h3>\n<p class=\"printed\">",
             address_of_study(publication->id, page->arena),
             record->title == NULL ? publication->id : record->title);
    if (publication->retracted)
        buffer_text(page->out, "<strong class=\"red\">Retracted.</strong> ");
    html_put(page->out, "%s", authors == NULL ? "Authors not known" : authors);
    if (record->year != COUNT_UNKNOWN)
        html_put(page->out, ", %d", record->year);
    if (record->journal != NULL)
        html_put(page->out, ", <cite>%s</cite>", record->journal);
    buffer_text(page->out, "</p></li>\n");
}

static void put_imported_head(const struct page *page, const struct imported_list *list)
{
    static const struct {
        const char *title;
        const char *meaning;
    } heads[] = {
        [SCREENING_UNSCREENED] = {"Found by a program, looked at by nobody",
                                  "Programs bring in records from libraries such as PubMed. Nobody "
                                  "has said yet whether these belong here. They count in no "
                                  "verdict, and some will be about other things."},
        [SCREENING_INCLUDED] = {"Taken up, and not entered yet",
                                "A person has decided that these belong here. Until their figures "
                                "are entered they count in no verdict."},
        [SCREENING_EXCLUDED] = {"Looked at and left out",
                                "A person has decided that these do not belong here. They count in "
                                "no verdict."},
    };
    html_put(page->out,
             "<article class=\"studies-list\">\n<h1>%s</h1>\n<p class=\"back\">%s</p>\n"
             "<form class=\"ask search\" action=\"/studies\" method=\"get\" role=\"search\" "
             "aria-label=\"Search what was found\">\n<label for=\"words\">Words in the title, "
             "authors, journal or abstract</label>\n<div class=\"field\"><input type=\"search\" "
             "id=\"words\" name=\"q\" maxlength=\"500\" autocomplete=\"off\" value=\"%s\"><button "
             "type=\"submit\">Search</button></div>",
             heads[list->screening].title, heads[list->screening].meaning, list->text);
    put_hidden(page->out, "status", screening_names[list->screening]);
    buffer_text(page->out, "</form>\n<ul class=\"choices\"><li><a href=\"/studies\">To the studies "
                           "of the base</a></li></ul>\n");
}

void imported_list_put(const struct page *page, const struct imported_list *list)
{
    const char *status = screening_names[list->screening];
    size_t pages = pages_of(list->total);
    bool more = list->number + 1 < pages;
    put_imported_head(page, list);
    html_put(page->out, "<h2 id=\"found\">%s%zu record%s</h2>\n",
             list->total > STORE_RANK_MOST ? "More than " : "",
             list->total > STORE_RANK_MOST ? (size_t)STORE_RANK_MOST : list->total,
             list->total == 1 ? "" : "s");
    html_put(page->out, "<ol class=\"results\" start=\"%zu\">\n",
             list->number * STUDIES_A_PAGE + 1);
    for (size_t i = 0; i < list->count; i++)
        put_imported(page, &list->found[i]);
    buffer_text(page->out, "</ol>\n");
    put_pager(
        page,
        list->number > 0 ? imported_list_address(list->text, status, list->number - 1, page->arena)
                         : NULL,
        more ? imported_list_address(list->text, status, list->number + 1, page->arena) : NULL,
        list->number, pages);
    buffer_text(page->out, "</article>\n");
}
