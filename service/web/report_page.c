/* GET and POST /report: a reader says what is wrong with a figure. Kept are the words, the page
 * they are about and the time; nothing of the reader. */
#include <string.h>

#include "evidence/base/text.h"
#include "service/api/api.h"
#include "service/api/reporting.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/web/form.h"
#include "service/web/layout.h"

static const struct page_head report_head = {
    .title = "Report a wrong figure – Touchstone",
    .description = "Something here is wrong? Say what, and a person will look at it. No name, no "
                   "account, nothing kept of you.",
    .canonical = "/report",
    .question = "",
    .sheet = "tools.css"};

/* What stands in the form. */
struct report_form {
    const char *about;
    const char *text;
    const char *trouble; /* NULL: none */
};

static struct page page_of(const struct request *request, struct answer *answer)
{
    return (struct page){
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
}

static void put_privacy(struct buffer *out)
{
    buffer_text(out,
                "<p class=\"note\" id=\"kept\">We keep your words, what they are about and the "
                "time. We keep nothing of you: no name, no address, no device. So we cannot answer "
                "you, and please write nothing about your own health. If you are unwell, a report "
                "brings no help: see somebody who can examine you.</p>\n");
}

static void put_form(struct buffer *out, const struct report_form *form)
{
    html_put(out,
             "<form class=\"told\" action=\"/report\" method=\"post\">\n"
             "<p><label for=\"about\">What is it about?</label><br>"
             "<small id=\"about-how\">The address of the page, or the name of the study or "
             "treatment.</small><br>"
             "<input class=\"whole\" id=\"about\" name=\"about\" maxlength=\"%d\" required "
             "autocomplete=\"off\" aria-describedby=\"about-how\" value=\"%s\"></p>\n",
             REPORT_ABOUT_MOST, form->about);
    html_put(out,
             "<p><label for=\"text\">What is wrong, and how do you know?</label><br>"
             "<small id=\"text-how\">For example: which figure, what it should be, and where that "
             "is written (a table, a page, a DOI).</small>"
             "<textarea id=\"text\" name=\"text\" rows=\"6\" maxlength=\"%d\" required "
             "aria-describedby=\"text-how kept\">%s</textarea></p>\n"
             "<p><button type=\"submit\">Send the report</button></p>\n</form>\n",
             REPORT_TEXT_MOST, form->text);
}

static void put_asking(const struct page *page, const struct report_form *form)
{
    buffer_text(page->out, "<article>\n<h1>Report a wrong figure</h1>\n"
                           "<p class=\"lead\">Is a number, a study or a verdict here wrong? Tell "
                           "us what. A person looks at every report and checks it against the "
                           "source.</p>\n");
    if (form->trouble != NULL)
        html_put(page->out, "<p class=\"trouble\" role=\"alert\">%s</p>\n", form->trouble);
    put_form(page->out, form);
    put_privacy(page->out);
    buffer_text(page->out, "</article>\n");
}

/* An address of this service and of no other: what was typed goes nowhere else. */
static bool is_own_address(const char *about)
{
    return about[0] == '/' && about[1] != '/' && about[1] != '\\';
}

static void put_thanks(const struct page *page, const struct report_task *report)
{
    const char *number = arena_printf(page->arena, "%lld", (long long)report->id);
    html_put(page->out,
             "<article>\n<h1>Thank you</h1>\n<p class=\"lead\">Your report has the number "
             "<strong>%s</strong>. A person will look at it. If a figure changes, the change is "
             "told in the <a href=\"/v1/changes.atom\">feed of changes</a>.</p>\n",
             number);
    if (is_own_address(report->about))
        html_put(page->out, "<p><a href=\"%s\">Back to the page that it is about</a></p>\n",
                 report->about);
    buffer_text(page->out, "</article>\n");
}

bool get_report_page(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    const struct page page = page_of(request, answer);
    const char *about = query_filled(request, "about");
    struct report_form form = {.about = "", .text = ""};
    if (about != NULL)
        form.about = arena_strndup(request->arena, about,
                                   text_bytes_of(about, strlen(about), REPORT_ABOUT_MOST));
    layout_headers(answer, false);
    layout_open(&page, &report_head);
    put_asking(&page, &form);
    layout_close(&page, &report_head);
    return true;
}

/* What is missing or too long, as a sentence; NULL: nothing. */
static const char *trouble_of(const struct report_form *form, struct arena *arena)
{
    const char *about = reporting_fault(form->about, REPORT_ABOUT_MOST, arena);
    const char *text = reporting_fault(form->text, REPORT_TEXT_MOST, arena);
    if (about != NULL)
        return arena_printf(arena, "“What is it about?” %s.", about);
    return text == NULL ? NULL : arena_printf(arena, "“What is wrong?” %s.", text);
}

/* A refusal is told above the form, and what was typed stays in it. */
static const char *take_refusal(struct answer *answer)
{
    answer->status = answer->refusal == REFUSAL_TOO_MANY ? 429 : 503;
    answer->refusal = REFUSAL_NONE;
    return answer->status == 429
               ? "Too many reports came at once, so this one was not kept. Wait a minute, then "
                 "send it again: your words still stand below."
               : "Your report could not be stored, so it was not kept. Send it again in a "
                 "moment: your words still stand below.";
}

static void answer_report(const struct request *request, struct answer *answer,
                          struct report_form *form)
{
    struct page_head head = report_head;
    const struct page page = page_of(request, answer);
    struct report_task report = {
        .kind = REPORT_OF_READER, .about = form->about, .text = form->text};
    head.canonical = NULL;
    form->trouble = trouble_of(form, request->arena);
    if (form->trouble != NULL)
        answer->status = 422;
    else if (!reporting_add(request, answer, &report, 1))
        form->trouble = take_refusal(answer);
    layout_headers_kept_nowhere(answer);
    layout_open(&page, &head);
    if (form->trouble != NULL)
        put_asking(&page, form);
    else
        put_thanks(&page, &report);
    layout_close(&page, &head);
}

bool post_report_page(const struct request *request, struct answer *answer, struct error *err)
{
    struct form form;
    if (request_is_cross_site(request))
        return answer_refuse(request, answer, REFUSAL_FORBIDDEN,
                             "this form was sent by a page of somebody else's; open /report here "
                             "and send it from there");
    if (!form_read(request, answer, &form, err))
        return false;
    const char *about = form_filled(&form, "about");
    const char *text = form_filled(&form, "text");
    struct report_form report = {.about = about == NULL ? "" : about,
                                 .text = text == NULL ? "" : text};
    answer_report(request, answer, &report);
    return true;
}
