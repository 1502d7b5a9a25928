/* /v1/claims: a claim judged part by part, and those of the curated base. */
#include <string.h>

#include "service/api/api.h"
#include "service/api/application.h"
#include "service/api/claim_shape.h"
#include "service/api/curated_claim_shape.h"
#include "service/api/kept_answer.h"
#include "service/api/nearest.h"
#include "service/api/page.h"
#include "service/api/reading.h"
#include "service/http/query.h"

/* ---- of a text sent ---- */

/* Bytes of an answer about an ordinary advert; a longer one grows. */
enum { USUAL_ANSWER = 8000 };

/* The text of the body; NULL with `err` or a refusal. */
static const char *read_text(const struct request *request, struct answer *answer,
                             struct error *err)
{
    const char *text = NULL;
    if (!request_is_type(request, "application/json")) {
        answer_refuse(request, answer, REFUSAL_MEDIA_TYPE,
                      "send the claim as application/json: {\"text\": \"…\"}");
        return NULL;
    }
    json_t *body = json_parse(request->body, request->body_length, NULL, request->problems);
    struct json_reader at = json_root(body, NULL, request->problems);
    if (body != NULL && json_fields(&at, (const char *const[]){"text", NULL}))
        text = json_get_text(&at, "text", REQUIRED);
    json_decref(body);
    return problems_none(request->problems, err) ? text : NULL;
}

bool post_claim(const struct request *request, struct answer *answer, struct error *err)
{
    struct claim claim;
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    const char *text = read_text(request, answer, err);
    if (text == NULL ||
        !claim_vet(request->catalog, text, strlen(text), NULL, request->arena, &claim, err))
        return false;
    reading_json(request, answer, &json);
    buffer_reserve(&answer->body, USUAL_ANSWER);
    shape_claim(&json, request->catalog, text, strlen(text), &claim, request->arena);
    answer->last_modified = 0; /* what somebody pasted is not to be kept anywhere */
    answer->cache_control = "no-store";
    return true;
}

/* ---- of the curated base ---- */

struct claim_list {
    const struct curated_claim **items;
    size_t count;
    struct arena *arena;
};

static const char *claim_id(const void *list, size_t index)
{
    return ((const struct claim_list *)list)->items[index]->id;
}

static void write_claim(const void *context, size_t index, struct json_writer *json)
{
    const struct claim_list *list = context;
    shape_curated_claim_short(json, list->items[index], list->arena);
}

/* The claims that the query asks for; false after telling what is wrong with it. */
static bool pick_claims(const struct request *request, struct claim_list *out, struct error *err)
{
    int verdict;
    const char *intervention = query_filled(request, "intervention");
    const struct curated_claims *claims = curated_claims_of(request->catalog);
    if (!query_choice(request, "verdict", claim_verdict_names, &verdict, err))
        return false;
    if (intervention != NULL &&
        base_intervention(catalog_base(request->catalog), intervention) == NULL)
        return unknown_parameter(request, "intervention", MEANING_INTERVENTION, intervention, err);
    *out =
        (struct claim_list){.items = arena_array(request->arena, claims->count, sizeof *out->items),
                            .arena = request->arena};
    for (size_t i = 0; i < claims->count; i++) {
        const struct curated_claim *claim = &claims->items[i];
        if (intervention != NULL && strcmp(claim->intervention->id, intervention) != 0)
            continue;
        if (verdict < 0 || (claim->vetted && (int)claim->verdict == verdict))
            out->items[out->count++] = claim;
    }
    return true;
}

bool get_claims(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"intervention", "verdict", "limit", "cursor", NULL};
    struct claim_list list;
    if (!query_only(request, known, err) || !pick_claims(request, &list, err))
        return false;
    struct page_source source = {list.count, claim_id, write_claim, &list};
    return page_write(request, answer, &source, err);
}

static bool one_claim(const struct request *request, struct answer *answer, struct error *err)
{
    struct claim vetted;
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    const char *id = request_part(request, "claim");
    const struct curated_claim *claim = curated_claim_find(request->catalog, id);
    if (claim == NULL) {
        answer_nearest(request, answer, nearest_claims(request->catalog, id, request->arena));
        return answer_refuse(request, answer, REFUSAL_NOT_FOUND,
                             "there is no claim \"%s\" in this base", id);
    }
    if (!curated_claim_vet(request->catalog, claim, request->arena, &vetted, err))
        return false;
    reading_json(request, answer, &json);
    shape_curated_claim(&json, request->catalog, claim, &vetted, request->origin, request->arena);
    return true;
}

bool get_claim(const struct request *request, struct answer *answer, struct error *err)
{
    return kept_answer_by_link(request, answer, err, one_claim);
}
