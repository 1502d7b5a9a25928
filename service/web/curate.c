/* /curate: signing in with a token, what it allows, and signing out. */
#include <string.h>

#include "service/api/api.h"
#include "service/api/auth.h"
#include "service/web/curate_view.h"
#include "service/web/form.h"

static const char home[] = "/curate";

static struct page page_of(const struct request *request, struct answer *answer)
{
    return (struct page){
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
}

bool get_curate_page(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    const struct page page = page_of(request, answer);
    struct page_head head = {.title = "Curation – Touchstone",
                             .description = "For those who keep the evidence up to date.",
                             .question = "",
                             .sheet = "tools.css"};
    curate_headers(answer);
    if (request->credential == NULL) {
        curate_put_sign_in(&page, home, NULL);
        return true;
    }
    curate_open(&page, &head, request->credential, home);
    curate_put_rights(&page, request->credential);
    layout_close(&page, &head);
    return true;
}

/* Only to pages of curators: an address from elsewhere must not lead anywhere else. */
static const char *next_of(const struct form *form)
{
    const char *next = form_filled(form, "next");
    size_t length = sizeof home - 1;
    bool ours = next != NULL && strncmp(next, home, length) == 0 &&
                strchr("/?", next[length]) != NULL && strpbrk(next, "\\\r\n") == NULL;
    return ours ? next : home;
}

static bool see_other(struct answer *answer, const char *where)
{
    answer->status = 303;
    answer->cache_control = "no-store";
    answer_header(answer, "Location", where);
    return true;
}

/* What is copied often has a line break at its end. */
static const char *trimmed(const char *text, struct arena *arena)
{
    text += strspn(text, " \t\n");
    return arena_strndup(arena, text, strcspn(text, " \t\n"));
}

bool post_sign_in(const struct request *request, struct answer *answer, struct error *err)
{
    struct form form;
    bool in = false;
    const struct page page = page_of(request, answer);
    if (!form_read(request, answer, &form, err))
        return false;
    const char *text = form_filled(&form, "token");
    if (text != NULL && !auth_sign_in(request, trimmed(text, request->arena), answer, &in, err))
        return false;
    if (answer->apart)
        return true;
    if (in)
        return see_other(answer, next_of(&form));
    curate_headers(answer);
    answer->status = text == NULL ? 422 : 401;
    if (text != NULL)
        answer_header(answer, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
    curate_put_sign_in(&page, next_of(&form),
                       text == NULL
                           ? "There is no token yet: paste the one you were given."
                           : "This token lets nobody in. Look whether it was pasted whole; "
                             "else ask an operator for another.");
    return true;
}

bool post_sign_out(const struct request *request, struct answer *answer, struct error *err)
{
    if (!auth_sign_out(request, answer, err))
        return false;
    return answer->apart || see_other(answer, home);
}
