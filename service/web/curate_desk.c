#include "service/web/curate_desk.h"

#include "service/views/html.h"
#include "service/web/front.h"

/* The address that was asked for, to come back to. */
static const char *asked_for(const struct request *request)
{
    if (request->raw_query == NULL || *request->raw_query == '\0')
        return request->path;
    return arena_printf(request->arena, "%s?%s", request->path, request->raw_query);
}

static const char *scope_name(unsigned scope)
{
    for (unsigned i = 0; i < PERMISSION_COUNT; i++)
        if (scope == 1u << i)
            return permission_names[i];
    return "";
}

static void put_lacking(const struct page *page, const struct desk *desk)
{
    html_put(page->out,
             "<article class=\"answer\"><h1>%s</h1>\n<p class=\"lead\">Your token does not allow "
             "this: it lacks “%s”. Ask an operator for one that has it.</p></article>\n",
             desk->title, scope_name(desk->scope));
}

bool desk_admits(const struct request *request, const struct desk *desk)
{
    return request->credential != NULL && (request->credential->scopes & desk->scope) != 0;
}

bool desk_open(const struct request *request, struct answer *answer, const struct desk *desk,
               struct page *page, struct page_head *head)
{
    *page =
        (struct page){.out = &answer->body, .arena = request->arena, .catalog = request->catalog};
    *head = (struct page_head){
        .title = arena_printf(request->arena, "%s – curation – Touchstone", desk->title),
        .description = "For those who keep the evidence up to date.",
        .question = "",
        .sheet = "curate.css"};
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return false;
    }
    curate_headers(answer);
    if (request->credential == NULL) {
        curate_put_sign_in(page, asked_for(request), NULL);
        return false;
    }
    bool allowed = desk_admits(request, desk);
    head->module = allowed ? desk->module : NULL;
    curate_open(page, head, request->credential, desk->here);
    if (!allowed) {
        answer->status = 403;
        put_lacking(page, desk);
        layout_close(page, head);
        return false;
    }
    buffer_text(page->out, "<article class=\"answer desk\">\n");
    return true;
}

bool desk_close(const struct page *page, const struct page_head *head)
{
    buffer_text(page->out, "</article>\n");
    layout_close(page, head);
    return true;
}
