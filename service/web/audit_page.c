/* GET /curate/audit: who changed what, when and why; one change can be taken back from here. */
#include <string.h>

#include "evidence/store/audit.h"
#include "service/api/api.h"
#include "service/api/application.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/web/address.h"
#include "service/web/curate_desk.h"
#include "service/web/desk_view.h"
#include "service/web/moment_words.h"

enum { AT_ONCE = 50, LARGEST_ROW = 2000000000, SHORT_HASH = 12 };

/* What is shown of the log. */
struct shown {
    struct audit_query query;
    struct audit_row *rows;
    size_t count;
    struct audit_head end;
    bool may_undo;
};

static const char *number(int64_t value, struct arena *arena)
{
    return arena_printf(arena, "%lld", (long long)value);
}

/* ---- filters ---- */

/* This page with one filter set to another value (NULL: none), the others as they are. */
static const char *address(const struct page *page, const struct audit_query *query,
                           const char *name, const char *value)
{
    const char *const names[] = {"kind", "record", "actor"};
    const char *const values[] = {query->kind, query->record, query->actor};
    const char *out = "/curate/audit";
    const char *joint = "?";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *wanted = strcmp(names[i], name) == 0 ? value : values[i];
        if (wanted == NULL)
            continue;
        out = arena_printf(page->arena, "%s%s%s=%s", out, joint, names[i],
                           percent_encode(wanted, page->arena));
        joint = "&";
    }
    return out;
}

static void put_filters(const struct page *page, const struct audit_query *query)
{
    const char *const names[] = {"kind", "record", "actor"};
    const char *const values[] = {query->kind, query->record, query->actor};
    if (query->kind == NULL && query->record == NULL && query->actor == NULL)
        return;
    buffer_text(page->out, "<ul class=\"choices\" aria-label=\"Only rows with\">\n");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (values[i] != NULL)
            html_put(page->out,
                     "<li><a href=\"%s\">%s %s <span aria-hidden=\"true\">✕</span>"
                     "<span class=\"unseen\">: show all</span></a></li>\n",
                     address(page, query, names[i], NULL), names[i], values[i]);
    buffer_text(page->out, "</ul>\n");
}

/* ---- rows ---- */

/* What store_undo takes back; the store has the last word. */
static bool can_be_undone(const struct audit_row *row)
{
    static const char *const actions[] = {"add", "change", "remove", "undo", "screen", "merge"};
    static const char *const kinds[] = {"study",   "intervention", "condition",
                                        "outcome", "document",     "publication"};
    bool action = false;
    bool kind = false;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        action = action || strcmp(row->action, actions[i]) == 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        kind = kind || strcmp(row->kind, kinds[i]) == 0;
    return action && kind && row->undone_by == 0;
}

static void put_filter_link(const struct page *page, const struct shown *shown, const char *name,
                            const char *value)
{
    html_put(page->out, "<a href=\"%s\">%s</a>", address(page, &shown->query, name, value), value);
}

static void put_record(const struct page *page, const struct shown *shown,
                       const struct audit_row *row)
{
    bool study = strcmp(row->kind, "study") == 0 || strcmp(row->kind, "publication") == 0;
    if (*row->record == '\0')
        return;
    put_filter_link(page, shown, "record", row->record);
    if (study && shown->may_undo)
        html_put(page->out,
                 " <a href=\"/curate/study?id=%s\">edit<span class=\"unseen\"> %s</span>"
                 "</a>",
                 percent_encode(row->record, page->arena), row->record);
}

static void put_why(const struct page *page, const struct shown *shown, const struct audit_row *row)
{
    const char *id = number(row->id, page->arena);
    if (row->reason != NULL)
        html_put(page->out, "%s ", row->reason);
    if (row->undoes != 0)
        html_put(page->out, "Takes back row %s. ", number(row->undoes, page->arena));
    if (row->undone_by != 0)
        html_put(page->out, "Taken back by row %s. ", number(row->undone_by, page->arena));
    if (shown->may_undo && can_be_undone(row))
        html_put(page->out,
                 "<button type=\"button\" class=\"second small\" data-undo=\"%s\" hidden>Take back"
                 "<span class=\"unseen\"> row %s, %s of %s</span></button>",
                 id, id, row->action, row->record);
}

static void put_row(const struct page *page, const struct shown *shown, const struct audit_row *row)
{
    html_put(page->out,
             "<tr><th scope=\"row\">%s</th><td data-label=\"When\">%s</td><td data-label=\"Who\">",
             number(row->id, page->arena), moment_in_words(row->at, page->arena));
    put_filter_link(page, shown, "actor", row->actor);
    html_put(page->out, "</td><td data-label=\"What\">%s ", row->action);
    put_filter_link(page, shown, "kind", row->kind);
    buffer_text(page->out, "</td><td data-label=\"Record\">");
    put_record(page, shown, row);
    buffer_text(page->out, "</td><td data-label=\"Why\">");
    put_why(page, shown, row);
    buffer_text(page->out, "</td></tr>\n");
}

static void put_rows(const struct page *page, const struct shown *shown)
{
    if (shown->count == 0) {
        buffer_text(page->out, "<p>The log has no such row.</p>\n");
        return;
    }
    buffer_text(page->out,
                "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"The log\">"
                "<table class=\"log\"><caption>The newest first. A name, a kind or a record shows "
                "its rows alone.</caption>\n<thead><tr><th scope=\"col\">Row</th><th scope=\"col\">"
                "When</th><th scope=\"col\">Who</th><th scope=\"col\">What</th><th scope=\"col\">"
                "Record</th><th scope=\"col\">Why</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < shown->count && i < AT_ONCE; i++)
        put_row(page, shown, &shown->rows[i]);
    buffer_text(page->out, "</tbody></table></div>\n");
    if (shown->count > AT_ONCE) {
        const char *here = address(page, &shown->query, "", NULL);
        html_put(page->out, "<p><a href=\"%s%sbefore=%s\">Older rows</a></p>\n", here,
                 strchr(here, '?') == NULL ? "?" : "&",
                 number(shown->rows[AT_ONCE - 1].id, page->arena));
    }
}

static void put_end(const struct page *page, const struct shown *shown)
{
    if (shown->end.id == 0)
        return;
    html_put(page->out,
             "<section><h2>The head of the log</h2>\n<p>Row %s. Keep this somewhere else, and "
             "<code>touchstone verify --head</code> tells later whether it is still so:</p>\n"
             "<p><code class=\"seal\">%s:%s</code></p></section>\n",
             number(shown->end.id, page->arena), number(shown->end.id, page->arena),
             shown->end.hash);
}

/* Parameters of a page that cannot be read are passed over. */
static int64_t before_of(const struct request *request)
{
    const char *text = query_filled(request, "before");
    int64_t before = 0;
    for (; text != NULL && *text >= '0' && *text <= '9' && before < LARGEST_ROW; text++)
        before = 10 * before + (*text - '0');
    return before;
}

static bool read_log(const struct request *request, struct shown *out, struct error *err)
{
    struct lent_store lent;
    out->query = (struct audit_query){.kind = query_filled(request, "kind"),
                                      .record = query_filled(request, "record"),
                                      .actor = query_filled(request, "actor"),
                                      .beyond = before_of(request),
                                      .newest_first = true,
                                      .limit = AT_ONCE + 1};
    if (!application_borrow_for(request, &lent, err))
        return false;
    bool good =
        store_audit(lent.store, &out->query, request->arena, &out->rows, &out->count, err) &&
        store_audit_head(lent.store, &out->end, err);
    application_return_store(request->context, &lent);
    return good;
}

bool get_audit_page(const struct request *request, struct answer *answer, struct error *err)
{
    static const struct desk desk = {
        .here = "/curate/audit", .title = "Audit log", .module = "audit.js", .scope = MAY_AUDIT};
    struct page page;
    struct page_head head;
    struct shown shown = {.rows = NULL};
    if (desk_admits(request, &desk) && !read_log(request, &shown, err))
        return false;
    if (!desk_open(request, answer, &desk, &page, &head))
        return true;
    shown.may_undo = (request->credential->scopes & MAY_CURATE) != 0;
    desk_put_head(&page, desk.title, "Who changed what, when and why.", false);
    put_filters(&page, &shown.query);
    put_rows(&page, &shown);
    put_end(&page, &shown);
    return desk_close(&page, &head);
}
