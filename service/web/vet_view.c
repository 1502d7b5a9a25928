#include "service/web/vet_view.h"

#include "service/views/html.h"
#include "service/web/parts_view.h"
#include "service/web/signs.h"

/* ---- the form ---- */

static void put_form(const struct page *page, const char *text)
{
    /* the first line feed in a textarea is not part of its text */
    html_put(page->out,
             "<form class=\"told\" id=\"vet\" action=\"/vet\" method=\"post\" "
             "accept-charset=\"utf-8\">\n"
             "<label for=\"text\">The words of the advert, the page or the post</label>\n"
             "<textarea id=\"text\" name=\"text\" rows=\"8\" dir=\"auto\" required "
             "autocomplete=\"off\" aria-describedby=\"kept\">\n%s</textarea>\n"
             "<p class=\"note\" id=\"kept\">Nothing you type is stored by us. It is read, answered "
             "and forgotten. Up to about 100,000 characters.</p>\n"
             "<p class=\"trouble\" role=\"alert\" hidden></p>\n"
             "<p class=\"buttons\"><button type=\"submit\">Check it</button></p>\n",
             text);
    buffer_text(page->out,
                "<div class=\"share\" hidden><p class=\"buttons\">"
                "<button type=\"button\" class=\"second\" id=\"share\">Copy a link to this text"
                "</button></p>\n<p class=\"note\">The text itself is in the link, after a #. "
                "Browsers do not send that part to us, but whoever has the link can read it. A "
                "link holds about 4,000 characters.</p></div>\n"
                "<p class=\"unseen\" role=\"status\" id=\"done\"></p>\n</form>\n");
}

void vet_put_start(const struct page *page, const char *trouble)
{
    buffer_text(page->out,
                "<article class=\"home\">\n<h1 tabindex=\"-1\">Check an advert</h1>\n"
                "<p class=\"lead\">Paste what is said of a treatment. Each claim in it is held "
                "against the studies: what holds, what does not, and what could honestly be said "
                "instead. It is the words that are judged, not who wrote them.</p>\n");
    if (trouble != NULL)
        html_put(page->out, "<p class=\"trouble\" role=\"alert\">%s</p>\n", trouble);
    put_form(page, "");
    buffer_text(page->out, "</article>\n");
}

/* ---- the answer ---- */

static void put_warning(const struct page *page, const struct raised_flags *flags)
{
    if (flags->count == 0)
        return;
    html_put(page->out, "<div class=\"alarm\" role=\"alert\"><p><strong>First of all:</strong> %s ",
             flags->sentence);
    const struct backing *backing = &flags->items[0].flag->backing;
    if (backing->citation_count > 0 && backing->citations[0].url != NULL)
        html_put(page->out, "<a href=\"%s\">Who says so</a>", backing->citations[0].url);
    buffer_text(page->out, "</p></div>\n");
}

static void put_could(const struct page *page, const struct claim *claim)
{
    if (claim->supported_wording == NULL)
        return;
    html_put(page->out,
             "<section class=\"honest\"><h2>What could honestly be said</h2>\n"
             "<blockquote class=\"could\"><p id=\"could\">%s</p></blockquote>\n"
             "<p class=\"buttons\"><button type=\"button\" class=\"second\" id=\"copy\" hidden>"
             "Copy these words</button></p></section>\n",
             claim->supported_wording);
}

static bool has_verdict(const struct claim *claim, int verdict)
{
    for (size_t i = 0; i < claim->atom_count; i++)
        if ((int)claim->atoms[i].verdict == verdict)
            return true;
    return false;
}

/* What the marks in the text mean, worst first. */
static void put_legend(const struct page *page, const struct claim *claim)
{
    buffer_text(page->out, "<ul class=\"legend\">\n");
    for (int verdict = CLAIM_MISLEADING; verdict <= CLAIM_NONE; verdict++) {
        if (!has_verdict(claim, verdict))
            continue;
        buffer_text(page->out, "<li>");
        sign_put_claim(page->out, (enum claim_verdict)verdict);
        buffer_text(page->out, "</li>\n");
    }
    buffer_text(page->out, "</ul>\n<p class=\"note\">Select a marked part to read why.</p>\n");
}

static void put_judged(const struct page *page, const char *text, size_t length,
                       const struct claim *claim)
{
    buffer_text(page->out,
                "<div class=\"beside\">\n<section class=\"pasted\">"
                "<h2 id=\"pasted\">The text</h2>\n<blockquote dir=\"auto\" tabindex=\"0\" "
                "aria-labelledby=\"pasted\">");
    parts_put_text(page, text, length, claim);
    buffer_text(page->out, "</blockquote>\n");
    if (claim->atom_count > 0)
        put_legend(page, claim);
    buffer_text(page->out, "</section>\n");
    put_could(page, claim);
    buffer_text(page->out, "</div>\n");
}

void vet_put(const struct page *page, const char *text, size_t length, const struct claim *claim,
             const struct raised_flags *flags)
{
    struct buffer *out = page->out;
    buffer_text(out, "<article class=\"answer\">\n");
    put_warning(page, flags);
    buffer_text(out, "<h1 tabindex=\"-1\"><span class=\"crumb\">The text, checked</span>\n");
    sign_put_claim(out, claim->verdict);
    html_put(out, "</h1>\n<p class=\"lead\">%s</p>\n", claim->summary);
    put_judged(page, text, length, claim);
    parts_put_list(page, text, claim);
    if (claim->cut)
        buffer_text(out, "<p class=\"note\">There are more claims in it than are told here.</p>\n");
    parts_put_not_checked(page, claim);
    buffer_text(out, "<section class=\"again\"><h2>Check another text</h2>\n");
    put_form(page, text);
    buffer_text(out, "</section></article>\n");
}
