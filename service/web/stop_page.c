/* GET and POST /stop: a diary filled in by tapping, and whether to go on. It is neither stored nor
 * logged, and never stands in an address. */
#include <string.h>

#include "evidence/judgement/stop/diary_day.h"
#include "service/api/api.h"
#include "service/http/query.h"
#include "service/web/form.h"
#include "service/web/front.h"
#include "service/web/stop_form.h"
#include "service/web/stop_view.h"

enum { SECONDS_A_DAY = 86400 };

static const struct page_head stop_head = {
    .title = "Go on, or stop? – Touchstone",
    .description =
        "Tell how bad it was before a treatment and how bad it is now: whether to go on, "
        "when to look again, and what would be expected without it.",
    .canonical = "/stop",
    .question = "",
    .module = "stop.js",
    .sheet = "tools.css"};

static struct page page_of(const struct request *request, struct answer *answer)
{
    return (struct page){
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
}

static const char *today_of(const struct request *request)
{
    time_t days = request->now / SECONDS_A_DAY; /* that are over */
    return diary_date((double)days, request->arena);
}

/* What a page about a treatment knows already, from its link: nothing of the reader. */
static struct form form_of_link(const struct request *request)
{
    static const char *const names[] = {"intervention", "condition"};
    enum { NAMES = sizeof names / sizeof *names };
    struct field *fields = arena_array(request->arena, NAMES, sizeof *fields);
    struct form form = {.fields = fields};
    for (size_t i = 0; i < NAMES; i++) {
        const char *value = query_filled(request, names[i]);
        if (value != NULL)
            fields[form.count++] = (struct field){names[i], value};
    }
    return form;
}

bool get_stop_page(const struct request *request, struct answer *answer, struct error *err)
{
    (void)err;
    const struct page page = page_of(request, answer);
    const struct form form = form_of_link(request);
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    layout_headers(answer, false);
    layout_open(&page, &stop_head);
    stop_put_start(&page, &form, NULL, NULL, today_of(request));
    layout_close(&page, &stop_head);
    return true;
}

/* A diary that cannot be read: danger that was told is answered all the same. */
static void put_unread(const struct page *page, const struct request *request,
                       const struct form *form, const json_t *json, struct answer *answer)
{
    struct raised_flags flags;
    const char *told = stop_form_symptoms(json, request->arena);
    red_flags_in(request->catalog, told, strlen(told), request->arena, &flags);
    bool asked = *told != '\0';
    if (!asked || flags.count == 0)
        answer->status = 422;
    stop_put_start(page, form, asked ? &flags : NULL, request->problems, today_of(request));
}

static void put_decision(const struct page *page, const struct request *request,
                         const struct form *form, const struct diary *diary)
{
    struct stop_signs signs;
    struct stopping stopping;
    stop_signs_of(request->catalog, diary, request->arena, &signs);
    stop_decide(request->catalog, diary, &signs, request->arena, &stopping);
    stop_put(page, form, diary, &signs, &stopping, today_of(request));
}

bool post_stop_page(const struct request *request, struct answer *answer, struct error *err)
{
    struct form form;
    struct diary diary;
    struct page_head head = stop_head;
    const struct page page = page_of(request, answer);
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    if (!form_read(request, answer, &form, err))
        return false;
    head.canonical = NULL;
    layout_headers_kept_nowhere(answer);
    json_t *json = stop_form_json(&form, request->catalog, today_of(request));
    struct json_reader at = json_root(json, NULL, request->problems);
    diary_read(&at, request->catalog, &diary);
    layout_open(&page, &head);
    if (request->problems->count > 0)
        put_unread(&page, request, &form, json, answer);
    else
        put_decision(&page, request, &form, &diary);
    layout_close(&page, &head);
    json_decref(json);
    return true;
}
