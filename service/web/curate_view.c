#include "service/web/curate_view.h"

#include <string.h>

#include "service/views/html.h"

void curate_headers(struct answer *answer)
{
    layout_headers_kept_nowhere(answer);
    /* With no-referrer browsers send forms with "Origin: null", which tells nothing. */
    for (size_t i = 0; i < answer->header_count; i++)
        if (strcmp(answer->headers[i].name, "Referrer-Policy") == 0)
            answer->headers[i].value = "same-origin";
}

/* ---- signing in ---- */

void curate_put_sign_in(const struct page *page, const char *next, const char *trouble)
{
    struct buffer *out = page->out;
    const struct page_head head = {.title = "Sign in – Touchstone",
                                   .description = "For those who keep the evidence up to date.",
                                   .question = "",
                                   .sheet = "tools.css"};
    layout_open(page, &head);
    buffer_text(out,
                "<article class=\"answer\"><h1>Sign in</h1>\n"
                "<p class=\"lead\">For those who keep the evidence up to date. Everything else "
                "here is open to everybody, without signing in.</p>\n");
    if (trouble != NULL)
        html_put(out, "<p class=\"trouble\" role=\"alert\" id=\"trouble\">%s</p>\n", trouble);
    html_put(out,
             "<form class=\"told\" action=\"/curate/sign-in\" method=\"post\">\n"
             "<input type=\"hidden\" name=\"next\" value=\"%s\">\n"
             "<p><label for=\"token\">Your token</label><br>\n"
             "<input type=\"password\" id=\"token\" name=\"token\" size=\"40\" required "
             "autocomplete=\"current-password\" autocapitalize=\"off\" spellcheck=\"false\"",
             next);
    buffer_text(out, trouble == NULL ? " aria-describedby=\"kept\"></p>\n"
                                     : " aria-invalid=\"true\" aria-describedby=\"trouble kept\">"
                                       "</p>\n");
    buffer_text(out, "<p class=\"note\" id=\"kept\">An operator made it for you; it begins with "
                     "ts_. You stay signed in on this device for twelve hours at most, with one "
                     "cookie that serves nothing else.</p>\n"
                     "<p class=\"buttons\"><button type=\"submit\">Sign in</button></p>\n"
                     "</form></article>\n");
    layout_close(page, &head);
}

/* ---- signed in ---- */

void curate_put_csrf(const struct page *page, const struct credential *credential)
{
    if (credential->csrf != NULL)
        html_put(page->out, "<input type=\"hidden\" name=\"" CSRF_FIELD "\" value=\"%s\">\n",
                 credential->csrf);
}

static void put_links(const struct page *page, const struct credential *credential,
                      const char *here)
{
    static const struct {
        const char *address;
        const char *words;
        unsigned scopes;
    } links[] = {
        {"/curate", "Your token", 0},
        {"/curate/screening", "Screening", MAY_CURATE},
        {"/curate/study", "Studies", MAY_CURATE},
        {"/curate/override", "Overrides", MAY_CURATE},
        {"/curate/reports", "Reports", MAY_CURATE},
        {"/curate/audit", "Audit", MAY_AUDIT},
    };
    buffer_text(page->out, "<nav class=\"tools\" aria-label=\"Curation\">");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if ((links[i].scopes & ~credential->scopes) == 0)
            html_put(page->out,
                     strcmp(links[i].address, here) == 0
                         ? "<a href=\"%s\" aria-current=\"page\">%s</a> "
                         : "<a href=\"%s\">%s</a> ",
                     links[i].address, links[i].words);
    buffer_text(page->out, "</nav>\n");
}

void curate_open(const struct page *page, struct page_head *head,
                 const struct credential *credential, const char *here)
{
    head->csrf = credential->csrf;
    layout_open(page, head);
    put_links(page, credential, here);
}

static const char *meaning(unsigned scope)
{
    switch ((enum permission)scope) {
    case MAY_READ:
        return "reading what is open to everybody";
    case MAY_IMPORT:
        return "beginning and watching imports";
    case MAY_CURATE:
        return "screening, appraising, entering results, overriding a verdict";
    case MAY_AUDIT:
        return "reading who changed what";
    }
    return "";
}

void curate_put_rights(const struct page *page, const struct credential *credential)
{
    struct buffer *out = page->out;
    html_put(out,
             "<article class=\"answer\"><h1>Signed in as %s</h1>\n"
             "<p class=\"lead\">What you change is kept with this name.</p>\n"
             "<h2>Your token allows</h2>\n<ul>\n",
             credential->name);
    for (unsigned i = 0; i < PERMISSION_COUNT; i++)
        if (credential->scopes & (1u << i))
            html_put(out, "<li><strong>%s</strong>: %s</li>\n", permission_names[i],
                     meaning(1u << i));
    buffer_text(out, "</ul>\n");
    if (credential->by_cookie) {
        buffer_text(out, "<form class=\"told\" action=\"/curate/sign-out\" method=\"post\">\n");
        curate_put_csrf(page, credential);
        buffer_text(out, "<p class=\"buttons\"><button type=\"submit\">Sign out</button></p>\n"
                         "</form>\n");
    }
    buffer_text(out, "</article>\n");
}
