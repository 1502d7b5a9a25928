/* GET and POST /vet: a text that somebody pasted, judged part by part. It is neither stored nor
 * logged, and never stands in an address. */
#include <string.h>

#include "service/api/api.h"
#include "service/web/form.h"
#include "service/web/front.h"
#include "service/web/vet_view.h"

static const struct page_head vet_head = {
    .title = "Check an advert – Touchstone",
    .description = "Paste what an advert says of a treatment for painful muscles: each claim is "
                   "held against the studies, with what could honestly be said instead.",
    .canonical = "/vet",
    .question = "",
    .module = "vet.js",
    .sheet = "tools.css"};

static struct page page_of(const struct request *request, struct answer *answer)
{
    return (struct page){
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
}

static void put_start(const struct page *page, const struct page_head *head, const char *trouble)
{
    layout_open(page, head);
    vet_put_start(page, trouble);
    layout_close(page, head);
}

bool get_vet_page(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    const struct page page = page_of(request, answer);
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    layout_headers(answer, false);
    put_start(&page, &vet_head, NULL);
    return true;
}

bool post_vet_page(const struct request *request, struct answer *answer, struct error *err)
{
    struct form form;
    struct claim claim;
    struct raised_flags flags;
    struct page_head head = vet_head;
    const struct page page = page_of(request, answer);
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    if (!form_read(request, answer, &form, err))
        return false;
    const char *text = form_filled(&form, "text");
    head.canonical = NULL;
    layout_headers_kept_nowhere(answer);
    if (text == NULL) {
        answer->status = 422;
        put_start(&page, &head, "There is no text yet: paste what you want checked.");
        return true;
    }
    if (!claim_vet(request->catalog, text, strlen(text), NULL, request->arena, &claim, err))
        return false;
    red_flags_told_in(request->catalog, text, strlen(text), claim.words, request->arena, &flags);
    head.title = "The text, checked – Touchstone";
    layout_open(&page, &head);
    vet_put(&page, text, strlen(text), &claim, &flags);
    layout_close(&page, &head);
    return true;
}
