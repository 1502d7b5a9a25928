#include "service/web/layout.h"

#include <stdio.h>

#include "embedded.h"
#include "service/http/query.h"
#include "service/views/html.h"
#include "service/views/sign.h"
#include "service/web/assets.h"

static const char content_security[] =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const char *layout_oembed(const struct request *request, const char *address)
{
    const char *page = arena_printf(request->arena, "%s%s", request->origin, address);
    return arena_printf(request->arena, "%s/oembed?format=json&url=%s", request->origin,
                        percent_encode(page, request->arena));
}

void layout_headers(struct answer *answer, bool personal)
{
    answer->content_type = "text/html; charset=utf-8";
    answer->cache_control = personal ? "private, no-cache" : "no-cache";
    answer_header(answer, "Content-Security-Policy", content_security);
    answer_header(answer, "Referrer-Policy", "no-referrer");
    answer_header(answer, "Cross-Origin-Opener-Policy", "same-origin");
    answer_header(answer, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
}

void layout_headers_kept_nowhere(struct answer *answer)
{
    layout_headers(answer, true);
    answer->cache_control = "no-store";
    answer->last_modified = 0;
    answer_header(answer, "X-Robots-Tag", "noindex");
}

/* What a page has beside what all have. */
static void put_own_assets(const struct page *page, const struct page_head *head)
{
    if (head->sheet != NULL)
        html_put(page->out, "<link rel=\"stylesheet\" href=\"%s\">\n",
                 asset_address(head->sheet, page->arena));
    if (head->module != NULL)
        html_put(page->out, "<script type=\"module\" src=\"%s\"></script>\n",
                 asset_address(head->module, page->arena));
}

static void put_head(const struct page *page, const struct page_head *head)
{
    struct buffer *out = page->out;
    buffer_text(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta name=\"color-scheme\" content=\"light dark\">\n");
    html_put(out, "<title>%s</title>\n<meta name=\"description\" content=\"%s\">\n", head->title,
             head->description);
    if (head->canonical != NULL)
        html_put(out, "<link rel=\"canonical\" href=\"%s\">\n", head->canonical);
    else
        buffer_text(out, "<meta name=\"robots\" content=\"noindex\">\n");
    if (head->csrf != NULL)
        html_put(out, "<meta name=\"csrf-token\" content=\"%s\">\n", head->csrf);
    if (head->json != NULL)
        html_put(out, "<link rel=\"alternate\" type=\"application/json\" href=\"%s\">\n",
                 head->json);
    if (head->embed != NULL)
        html_put(out,
                 "<link rel=\"alternate\" type=\"application/json+oembed\" "
                 "href=\"%s\" title=\"%s\">\n",
                 head->embed, head->title);
    html_put(out,
             "<link rel=\"icon\" type=\"image/svg+xml\" href=\"%s\">\n"
             "<link rel=\"stylesheet\" href=\"%s\">\n"
             "<script type=\"module\" src=\"%s\"></script>\n",
             asset_address("icon.svg", page->arena), asset_address("style.css", page->arena),
             asset_address("front.js", page->arena));
    put_own_assets(page, head);
    buffer_text(out, "</head>\n");
}

static void put_form(const struct page *page, const struct page_head *head)
{
    html_put(page->out,
             "<form class=\"ask\" action=\"/\" method=\"get\" role=\"search\">\n"
             "<label for=\"q\">Ask about a treatment, a complaint, or both</label>\n"
             "<div class=\"field\"><input type=\"search\" id=\"q\" name=\"q\" maxlength=\"1000\" "
             "autocomplete=\"off\" autocapitalize=\"off\" enterkeyhint=\"search\" value=\"%s\">"
             "<button type=\"submit\">Ask</button></div>\n</form>\n",
             head->question);
}

/* The sign stands in the page: an image would be one more request, and a document of its own. */
static void put_brand(struct buffer *out)
{
    buffer_text(out, "<p class=\"brand\"><a href=\"/\"><span aria-hidden=\"true\">");
    buffer_append(out, embedded_service_web_icon_svg, embedded_service_web_icon_svg_length);
    buffer_text(out, "</span> Touchstone</a></p>\n");
}

void layout_open(const struct page *page, const struct page_head *head)
{
    struct buffer *out = page->out;
    put_head(page, head);
    buffer_text(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the answer</a>\n");
    sign_put_symbols(out);
    buffer_text(out, "<header class=\"top\">\n");
    put_brand(out);
    buffer_text(out,
                "<p class=\"about\">What the studies say about treatments for painful muscles, "
                "and how sure that is.</p>\n");
    put_form(page, head);
    buffer_text(out, "<nav class=\"tools\" aria-label=\"Tools\">"
                     "<a href=\"/where\">Where does it hurt?</a> "
                     "<a href=\"/vet\">Check an advert</a> "
                     "<a href=\"/stop\">Go on, or stop?</a></nav>\n");
    buffer_text(out, "</header>\n<main id=\"main\" tabindex=\"-1\">\n");
}

void layout_open_below(struct buffer *out)
{
    buffer_text(out, "<div class=\"below\">\n");
}

void layout_close_below(struct buffer *out)
{
    buffer_text(out, "</div>\n");
}

/* Alarm signs of the red-flag rules that are emergencies on their own: acute coronary syndrome and
 * pulmonary embolism, stroke, subarachnoid haemorrhage, meningitis, cauda equina. */
static void put_emergency(struct buffer *out)
{
    buffer_text(out,
                "<aside class=\"emergency\" aria-label=\"Emergency\">\n"
                "<p><strong>This is not a diagnosis.</strong> Call an ambulance for chest pain or "
                "tightness, sudden breathlessness, a drooping face, a weak arm or slurred speech, "
                "a headache that is at its worst within minutes, or a stiff neck with fever. Go to "
                "an emergency department at once for back pain with numbness between the legs or "
                "new trouble passing urine.</p>\n</aside>\n");
}

const char *date_in_words(const char *date, struct arena *arena)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int year;
    int month;
    int day;
    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 || month > 12)
        return date;
    return arena_printf(arena, "%d %s %d", day, months[month - 1], year);
}

/* Where the answer comes from, so that it can be had again. */
static void put_as_of(const struct page *page)
{
    const struct dataset *dataset = catalog_dataset(page->catalog);
    const struct ruleset *ruleset = catalog_ruleset(page->catalog);
    html_put(page->out, "<p>As of %s (base %s, rules %s %s). ",
             date_in_words(dataset->collected, page->arena), dataset->version, ruleset->id,
             ruleset->version);
    if (dataset->searched != NULL)
        html_put(page->out, "Last searched for new studies on %s. ",
                 date_in_words(dataset->searched, page->arena));
    html_put(page->out, "%s</p>\n", dataset->note);
}

/* Where a reader says what is wrong with the page at `canonical` (NULL: with whatever it is). */
static const char *report_address(const char *canonical, struct arena *arena)
{
    return canonical == NULL
               ? "/report"
               : arena_printf(arena, "/report?about=%s", percent_encode(canonical, arena));
}

void layout_close(const struct page *page, const struct page_head *head)
{
    struct buffer *out = page->out;
    buffer_text(out, "</main>\n");
    put_emergency(out);
    buffer_text(out, "<footer class=\"foot\">\n");
    if (page->catalog != NULL)
        put_as_of(page);
    buffer_text(out, "<p>Touchstone rates treatments, it does not advise one person: take the "
                     "answer to someone who can examine you.</p>\n<p>");
    if (head->json != NULL)
        html_put(out, "<a href=\"%s\">This answer as JSON</a> · ", head->json);
    html_put(out, "<a href=\"%s\">Report a wrong figure</a> · ",
             report_address(head->canonical, page->arena));
    buffer_text(
        out, "<a href=\"/method\">How we judge</a> · <a href=\"/where\">Where does it hurt?</a> · "
             "<a href=\"/vet\">Check an advert</a> · "
             "<a href=\"/stop\">Go on, or stop?</a> · "
             "<a href=\"/compare\">Compare treatments</a> · "
             "<a href=\"/studies\">The studies</a> · "
             "<a href=\"/api\">For programs: the API</a></p>\n</footer>\n</body>\n</html>\n");
}
