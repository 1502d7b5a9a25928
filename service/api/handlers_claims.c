/* POST /v1/claims: a claim, judged part by part. */
#include <string.h>

#include "service/api/api.h"
#include "service/api/claim_shape.h"
#include "service/api/reading.h"
#include "service/http/query.h"

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
    shape_claim(&json, request->catalog, text, strlen(text), &claim, request->arena);
    answer->last_modified = 0; /* what somebody pasted is not to be kept anywhere */
    answer->cache_control = "no-store";
    return true;
}
