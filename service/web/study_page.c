/* GET /study/{id...}: one study, by any of its ids, under the address of its first. */
#include <string.h>

#include "service/api/api.h"
#include "service/api/study_search.h"
#include "service/http/query.h"
#include "service/web/address.h"
#include "service/web/front.h"
#include "service/web/study_view.h"

static struct page page_of(const struct request *request, struct answer *answer)
{
    return (struct page){
        .out = &answer->body, .arena = request->arena, .catalog = request->catalog};
}

static void answer_study(const struct request *request, const struct study *study,
                         struct answer *answer)
{
    const struct page page = page_of(request, answer);
    const char *address = address_of_study(study->id, request->arena);
    const struct page_head head = {
        .title = arena_printf(
            request->arena, "%s%s: %s – Touchstone", study->retracted ? "Retracted: " : "",
            study_label(study, request->arena), study->title == NULL ? study->id : study->title),
        .description = study_description(&page, study),
        .canonical = address,
        .json = arena_printf(request->arena, "/v1/studies/%s", address + strlen("/study/")),
        .question = "",
        .sheet = "study.css"};
    layout_headers(answer, false);
    layout_open(&page, &head);
    study_put(&page, study, request->origin);
    layout_close(&page, &head);
}

/* Found by a program: not for search engines, who would take it for a study of the base. */
static void answer_imported(const struct request *request, const struct publication_view *imported,
                            struct answer *answer)
{
    const struct page page = page_of(request, answer);
    const char *address = address_of_study(imported->publication.id, request->arena);
    const char *title = imported->publication.merged.title;
    const struct page_head head = {
        .title = arena_printf(request->arena, "Not judged: %s – Touchstone",
                              title == NULL ? imported->publication.id : title),
        .description = "A record that a program brought in. It counts in no verdict.",
        .json = arena_printf(request->arena, "/v1/studies/%s", address + strlen("/study/")),
        .question = "",
        .sheet = "study.css"};
    layout_headers(answer, false);
    layout_open(&page, &head);
    imported_put(&page, imported);
    layout_close(&page, &head);
}

static void redirect(const struct request *request, const char *id, struct answer *answer)
{
    layout_headers(answer, false);
    answer->status = 301;
    answer_header(answer, "Location", address_of_study(id, request->arena));
}

static void refuse(const struct request *request, const char *id, struct answer *answer)
{
    const struct way ways[] = {
        {arena_printf(request->arena, "/studies?q=%s", percent_encode(id, request->arena)),
         "Search the studies for it"},
        {"/studies", "All studies"},
        {NULL, NULL}};
    front_not_found(request, answer, "There is no such study here", ways);
}

static bool answer_found_by_program(const struct request *request, const char *id,
                                    struct answer *answer, struct error *err)
{
    struct publication_view imported;
    struct error missing = {0};
    if (!study_find_publication(request, id, &imported, &missing)) {
        if (missing.kind != ERROR_NOT_FOUND)
            return error_set(err, missing.kind, "%s", missing.message);
        refuse(request, id, answer);
    } else if (imported.publication.study != NULL) {
        redirect(request, imported.publication.study, answer);
    } else if (strcmp(imported.publication.id, id) != 0) {
        redirect(request, imported.publication.id, answer);
    } else {
        answer_imported(request, &imported, answer);
    }
    return true;
}

bool get_study_page(const struct request *request, struct answer *answer, struct error *err)
{
    if (request->catalog == NULL) {
        front_not_loaded(request, answer, "");
        return true;
    }
    const char *id = request_part(request, "id");
    const struct study *study = study_find(request, id);
    if (study == NULL)
        return answer_found_by_program(request, id, answer, err);
    if (strcmp(study->id, id) != 0)
        redirect(request, study->id, answer);
    else
        answer_study(request, study, answer);
    return true;
}
