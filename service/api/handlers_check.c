/* GET and POST /v1/check, GET /v1/suggest: plain questions. */
#include <string.h>

#include "evidence/judgement/language/names.h"
#include "service/api/api.h"
#include "service/api/check_shape.h"
#include "service/api/reading.h"
#include "service/http/query.h"

static void answer_question(const struct request *request, struct answer *answer, const char *text)
{
    struct checked checked;
    struct json_writer json;
    check_question(request->catalog, text, strlen(text), request->arena, &checked);
    reading_json(request, answer, &json);
    shape_check(&json, request->catalog, &checked, request->arena);
}

bool get_check(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"q", NULL};
    if (!query_only(request, known, err))
        return false;
    const char *text = query_filled(request, "q");
    if (text == NULL)
        return query_problem(request, "q", err,
                             "a question is needed, as in ?q=does+dry+needling+help+neck+knots");
    answer_question(request, answer, text);
    return true;
}

/* The same with the question in the body, which keeps it out of addresses and logs. */
bool post_check(const struct request *request, struct answer *answer, struct error *err)
{
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    if (!request_is_type(request, "application/json"))
        return answer_refuse(request, answer, REFUSAL_MEDIA_TYPE,
                             "send the question as application/json: {\"q\": \"…\"}");
    json_t *body = json_parse(request->body, request->body_length, NULL, request->problems);
    struct json_reader at = json_root(body, NULL, request->problems);
    const char *text = NULL;
    if (body != NULL && json_fields(&at, (const char *const[]){"q", NULL}))
        text = json_get_text(&at, "q", REQUIRED);
    json_decref(body);
    if (!problems_none(request->problems, err))
        return false;
    answer_question(request, answer, text);
    answer->last_modified = 0; /* a question sent this way is not to be kept anywhere */
    answer->cache_control = "no-store";
    return true;
}

bool get_suggest(const struct request *request, struct answer *answer, struct error *err)
{
    static const char *const known[] = {"q", "limit", NULL};
    int limit;
    if (!query_only(request, known, err) ||
        !query_count(request, "limit", 1, SUGGESTIONS_MOST, 8, &limit, err))
        return false;
    const char *text = query_text(request, "q");
    if (text == NULL)
        return query_problem(request, "q", err, "the letters typed so far are needed");
    size_t count = 0;
    const struct suggestion *found =
        names_suggest(catalog_lexicon(request->catalog), text, strlen(text), (size_t)limit,
                      request->arena, &count);
    struct json_writer json;
    reading_json(request, answer, &json);
    json_begin_object(&json);
    json_field_array(&json, "items");
    for (size_t i = 0; i < count; i++) {
        json_begin_object(&json);
        json_field_text(&json, "kind",
                        found[i].meaning == MEANING_INTERVENTION ? "intervention" : "condition");
        json_field_text(&json, "id", found[i].id);
        json_field_text(&json, "name", found[i].name);
        json_field_text(&json, "matched", found[i].matched);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_field_text(&json, "next", NULL); /* completion has no further page */
    json_end_object(&json);
    return true;
}
