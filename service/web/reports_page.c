/* GET /curate/reports: what readers say is wrong, and what came of it. */
#include <string.h>

#include "evidence/store/reports.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/web/curate_desk.h"
#include "service/web/desk_view.h"
#include "service/web/moment_words.h"

enum { AT_ONCE = 50, LARGEST_ID = 2000000000 };

/* A path of this service leads there; other words stay words. */
static void put_about(const struct page *page, const struct report_task *report)
{
    const char *about = report->about;
    if (report->kind == REPORT_OF_READER && about[0] == '/' && about[1] != '/' &&
        about[strcspn(about, " \t\r\n\\")] == '\0')
        html_put(page->out, "<a href=\"%s\">%s</a>", about, about);
    else
        html_put(page->out, "%s", about);
}

static void put_close_form(const struct page *page, long long id)
{
    html_put(page->out, "<form class=\"told close\" data-report=\"%s\">\n",
             arena_printf(page->arena, "%lld", id));
    html_put(page->out,
             "<p><label for=\"outcome-%s\">What came of it</label><br><textarea id=\"outcome-%s\" "
             "name=\"/outcome\" rows=\"2\" required maxlength=\"4000\" "
             "aria-describedby=\"public\"></textarea></p>\n"
             "<p class=\"buttons\"><button type=\"submit\">Close it</button></p></form>\n",
             arena_printf(page->arena, "%lld", id), arena_printf(page->arena, "%lld", id));
}

static void put_report(const struct page *page, const struct report_task *report)
{
    html_put(page->out, "<li class=\"task\" id=\"report-%s\"><h2>",
             arena_printf(page->arena, "%lld", (long long)report->id));
    put_about(page, report);
    html_put(
        page->out, "</h2>\n<p class=\"note\">Report %s, %s%s</p>\n<p class=\"abstract\">%s</p>\n",
        arena_printf(page->arena, "%lld", (long long)report->id),
        moment_in_words(report->at, page->arena),
        report->kind == REPORT_CDS_FEEDBACK ? ", of a card in a health record" : "", report->text);
    if (report->status == REPORT_CLOSED)
        html_put(page->out, "<p><strong>Closed:</strong> %s</p>\n", report->outcome);
    else
        put_close_form(page, (long long)report->id);
    buffer_text(page->out, "</li>\n");
}

static void put_tabs(const struct page *page, enum report_status status)
{
    buffer_text(page->out, "<nav class=\"tools\" aria-label=\"Which reports\">"
                           "<a href=\"/curate/reports\"");
    buffer_text(page->out, status == REPORT_OPEN ? " aria-current=\"true\"" : "");
    buffer_text(page->out, ">Open</a> <a href=\"/curate/reports?status=closed\"");
    buffer_text(page->out, status == REPORT_CLOSED ? " aria-current=\"true\"" : "");
    buffer_text(page->out, ">Closed</a></nav>\n");
}

static void put_reports(const struct page *page, enum report_status status,
                        const struct report_task *reports, size_t count)
{
    put_tabs(page, status);
    if (status == REPORT_OPEN)
        buffer_text(page->out,
                    "<p class=\"note\" id=\"public\">What came of a report can be read "
                    "by everybody who knows its number; what was said stays here.</p>\n");
    if (count == 0)
        html_put(page->out, "<p>%s</p>\n",
                 status == REPORT_OPEN ? "Nothing waits." : "None was closed yet.");
    buffer_text(page->out, "<ul class=\"tasks\">\n");
    for (size_t i = 0; i < count && i < AT_ONCE; i++)
        put_report(page, &reports[i]);
    buffer_text(page->out, "</ul>\n");
    if (count > AT_ONCE)
        html_put(page->out,
                 "<p><a href=\"/curate/reports?status=%s&amp;after=%s\">Later ones</a></p>\n",
                 report_status_names[status],
                 arena_printf(page->arena, "%lld", (long long)reports[AT_ONCE - 1].id));
}

/* Parameters of a page that cannot be read are passed over. */
static int64_t after_of(const struct request *request)
{
    const char *text = query_filled(request, "after");
    int64_t after = 0;
    for (; text != NULL && *text >= '0' && *text <= '9' && after < LARGEST_ID; text++)
        after = 10 * after + (*text - '0');
    return after;
}

static enum report_status status_of(const struct request *request)
{
    const char *asked = query_filled(request, "status");
    return asked != NULL && strcmp(asked, "closed") == 0 ? REPORT_CLOSED : REPORT_OPEN;
}

static bool read_reports(const struct request *request, enum report_status status,
                         struct report_task **out, size_t *count, struct error *err)
{
    struct lent_store lent;
    if (!application_borrow_for(request, &lent, err))
        return false;
    bool good = store_reports(lent.store, status, after_of(request), AT_ONCE + 1, request->arena,
                              out, count, err);
    application_return_store(request->context, &lent);
    return good;
}

bool get_reports_page(const struct request *request, struct answer *answer, struct error *err)
{
    static const struct desk desk = {
        .here = "/curate/reports", .title = "Reports", .module = "reports.js", .scope = MAY_CURATE};
    struct page page;
    struct page_head head;
    struct report_task *reports = NULL;
    size_t count = 0;
    enum report_status status = status_of(request);
    if (desk_admits(request, &desk) && !read_reports(request, status, &reports, &count, err))
        return false;
    if (!desk_open(request, answer, &desk, &page, &head))
        return true;
    desk_put_head(&page, desk.title, "What readers say is wrong, the oldest first.", true);
    put_reports(&page, status, reports, count);
    return desk_close(&page, &head);
}
