/* POST /v1/ratings/{question}/what-if, GET /v1/ratings/{question}/stability. */
#include "evidence/rating/stability.h"
#include "service/api/api.h"
#include "service/api/reading.h"
#include "service/api/what_if.h"
#include "service/http/query.h"

bool post_what_if(const struct request *request, struct answer *answer, struct error *err)
{
    struct what_if changes = {0};
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    if (!request_is_type(request, "application/json"))
        return answer_refuse(request, answer, REFUSAL_MEDIA_TYPE,
                             "send the changes as application/json, such as {\"leave_out\": "
                             "[\"pmid:…\"]}");
    const struct rating *rating = require_rating(request, answer);
    if (rating == NULL)
        return false;
    json_t *body = json_parse(request->body, request->body_length, NULL, request->problems);
    struct json_reader at = json_root(body, NULL, request->problems);
    if (body != NULL)
        what_if_read(&at, &changes);
    json_decref(body);
    if (!problems_none(request->problems, err))
        return false;
    const struct rating *after =
        catalog_what_if(request->catalog, rating, &changes, request->arena, err);
    if (after == NULL)
        return false;
    answer_json(answer, &json);
    shape_what_if(&json, request->catalog, rating, after, request->arena);
    answer->cache_control = "no-store";
    return true;
}

static bool tell_stability(const struct request *request, struct answer *answer, struct error *err)
{
    struct json_writer json;
    if (!reading_only_edition(request, err))
        return false;
    const struct rating *rating = require_rating(request, answer);
    if (rating == NULL)
        return false;
    struct stability stability = catalog_stability(request->catalog, rating, request->arena);
    reading_json(request, answer, &json);
    shape_stability(&json, &stability);
    return true;
}

bool get_stability(const struct request *request, struct answer *answer, struct error *err)
{
    return reading_under_edition(request, answer, err, tell_stability);
}
