/* GET /curate/screening: what waits to be screened, one at a time, by keyboard or by touch. */
#include "service/api/api.h"
#include "service/views/html.h"
#include "service/web/curate_desk.h"
#include "service/web/desk_view.h"

/* Why publications are mostly left out; a tenth would have no key. */
static const char *const reasons[] = {"not a study of a treatment",
                                      "another treatment than those of this base",
                                      "another complaint than those of this base",
                                      "not done in people",
                                      "a protocol or a registration, without results",
                                      "a letter, a comment or an overview without a method",
                                      "the same study is here already",
                                      "nothing to compare the treatment with",
                                      NULL};

static void put_keys(const struct page *page)
{
    static const struct {
        const char *key, *what;
    } keys[] = {{"j or ↓", "the next one"},
                {"k or ↑", "the one before"},
                {"i", "include it, for the complaint that is chosen"},
                {"e", "leave it out: then a number for the reason, or words of your own"},
                {"u", "take the last decision back"},
                {"?", "show or hide this list"}};
    buffer_text(page->out, "<details id=\"keys\"><summary>Keys</summary>\n<dl class=\"keys\">\n");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        html_put(page->out, "<div><dt><kbd>%s</kbd></dt><dd>%s</dd></div>\n", keys[i].key,
                 keys[i].what);
    buffer_text(page->out,
                "</dl>\n<p><label class=\"tick\"><input type=\"checkbox\" id=\"single\" checked> "
                "Single keys work (not while you type in a field)</label></p></details>\n");
}

static void put_topic(const struct page *page)
{
    buffer_text(page->out, "<div class=\"pair\"><p><label for=\"intervention\">Treatment</label>"
                           "<br><select id=\"intervention\">\n");
    desk_put_interventions(page);
    buffer_text(page->out, "</select></p>\n<p><label for=\"condition\">Complaint of its people"
                           "</label><br><select id=\"condition\">\n");
    desk_put_conditions(page);
    buffer_text(page->out, "</select></p></div>\n");
}

static void put_reasons(const struct page *page)
{
    buffer_text(page->out, "<fieldset id=\"why-not\" hidden><legend>Why is it left out?</legend>\n"
                           "<ol class=\"reasons\">\n");
    for (size_t i = 0; reasons[i] != NULL; i++)
        html_put(page->out,
                 "<li><button type=\"button\" class=\"second\" data-reason=\"%s\"><kbd>%zu</kbd> "
                 "%s</button></li>\n",
                 reasons[i], i + 1, reasons[i]);
    buffer_text(page->out,
                "</ol>\n<p><label for=\"reason\">Another reason</label><br>"
                "<input id=\"reason\" class=\"whole\" maxlength=\"500\"></p>\n"
                "<p class=\"buttons\"><button type=\"button\" id=\"leave-out\">Leave it out"
                "</button> <button type=\"button\" class=\"second\" id=\"keep-open\">Not yet"
                "</button></p></fieldset>\n");
}

static void put_card(const struct page *page)
{
    buffer_text(page->out,
                "<section id=\"card\" class=\"told\" hidden aria-labelledby=\"title\">\n"
                "<p class=\"note\" id=\"place\"></p>\n<h2 id=\"title\" tabindex=\"-1\"></h2>\n"
                "<p class=\"note\" id=\"who\"></p>\n<p id=\"why\"></p>\n"
                "<p class=\"abstract\" id=\"abstract\"></p>\n");
    put_topic(page);
    buffer_text(page->out,
                "<p class=\"buttons\"><button type=\"button\" id=\"include\">Include</button> "
                "<button type=\"button\" id=\"exclude\">Leave out …</button> "
                "<button type=\"button\" class=\"second\" id=\"undo\" disabled>Take the last back"
                "</button></p>\n"
                "<p class=\"buttons\"><button type=\"button\" class=\"second\" id=\"before\">‹ "
                "Before</button> <button type=\"button\" class=\"second\" id=\"after\">Next ›"
                "</button></p>\n");
    put_reasons(page);
    buffer_text(page->out, "</section>\n");
}

bool get_screening_page(const struct request *request, struct answer *answer, struct error *err)
{
    static const struct desk desk = {.here = "/curate/screening",
                                     .title = "Screening",
                                     .module = "screening.js",
                                     .scope = MAY_CURATE};
    struct page page;
    struct page_head head;
    (void)err;
    if (!desk_open(request, answer, &desk, &page, &head))
        return true;
    desk_put_head(&page, desk.title,
                  "What imports brought and nobody has looked at, what could move a verdict most "
                  "first.",
                  true);
    put_keys(&page);
    buffer_text(page.out, "<p id=\"empty\" hidden>Nothing waits to be screened.</p>\n");
    put_card(&page);
    buffer_text(page.out, "<section id=\"queue\" hidden><h2>The queue</h2>\n"
                          "<ol class=\"queue\"></ol></section>\n");
    return desk_close(&page, &head);
}
