/* POST /v1/stop, /v1/stop.svg, /v1/red-flags/check: what a person tells of themselves. Nothing of
 * it is stored or logged, and no answer is to be kept by anyone on the way. */
#include <string.h>

#include "evidence/judgement/stop/stop.h"
#include "service/api/api.h"
#include "service/api/reading.h"
#include "service/api/stop_shape.h"
#include "service/http/query.h"
#include "service/views/diary_svg.h"

/* Bytes of an answer with a curve; a longer one grows. */
enum { USUAL_ANSWER = 8000 };

static void keep_nowhere(struct answer *answer)
{
    answer->last_modified = 0;
    answer->cache_control = "no-store";
}

/* The body as JSON, which the caller decrefs; NULL with `err` or an answer of refusal. */
static json_t *read_body(const struct request *request, struct answer *answer, const char *wanted,
                         struct error *err)
{
    if (!request_is_type(request, "application/json")) {
        answer_refuse(request, answer, REFUSAL_MEDIA_TYPE, "send application/json: %s", wanted);
        return NULL;
    }
    json_t *body = json_parse(request->body, request->body_length, NULL, request->problems);
    if (body == NULL && !problems_none(request->problems, err))
        return NULL;
    return body;
}

static bool read_diary(const struct request *request, struct answer *answer, struct diary *out,
                       struct error *err)
{
    json_t *body = read_body(request, answer,
                             "{\"intervention\": …, \"condition\": …, \"diary\": [{\"day\", "
                             "\"score\"}]}",
                             err);
    if (body == NULL)
        return false;
    struct json_reader at = json_root(body, NULL, request->problems);
    diary_read(&at, request->catalog, out);
    json_decref(body);
    return problems_none(request->problems, err);
}

bool post_stop(const struct request *request, struct answer *answer, struct error *err)
{
    struct diary diary;
    struct stop_signs signs;
    struct stopping stopping;
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err) ||
        !read_diary(request, answer, &diary, err))
        return false;
    stop_signs_of(request->catalog, &diary, request->arena, &signs);
    stop_decide(request->catalog, &diary, &signs, request->arena, &stopping);
    reading_json(request, answer, &json);
    buffer_reserve(&answer->body, USUAL_ANSWER);
    shape_stop(&json, request->catalog, &diary, &signs, &stopping, request->arena);
    keep_nowhere(answer);
    return true;
}

bool post_stop_picture(const struct request *request, struct answer *answer, struct error *err)
{
    struct diary diary;
    struct stop_signs signs;
    struct stopping stopping;
    int width;
    if (!query_only(request, (const char *const[]){"width", NULL}, err) ||
        !query_count(request, "width", SVG_LEAST_WIDTH, SVG_MOST_WIDTH, SVG_WIDTH, &width, err) ||
        !read_diary(request, answer, &diary, err))
        return false;
    stop_signs_of(request->catalog, &diary, request->arena, &signs);
    stop_decide(request->catalog, &diary, &signs, request->arena, &stopping);
    diary_svg(&diary, &stopping, width, request->arena, &answer->body);
    answer->content_type = "image/svg+xml";
    keep_nowhere(answer);
    return true;
}

bool post_red_flags_check(const struct request *request, struct answer *answer, struct error *err)
{
    struct raised_flags flags;
    struct json_writer json;
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    json_t *body = read_body(request, answer, "{\"text\": \"what it feels like\"}", err);
    if (body == NULL)
        return false;
    struct json_reader at = json_root(body, NULL, request->problems);
    const char *text = NULL;
    if (json_fields(&at, (const char *const[]){"text", NULL}))
        text = json_get_text(&at, "text", REQUIRED);
    json_decref(body);
    if (!problems_none(request->problems, err))
        return false;
    red_flags_in(request->catalog, text, strlen(text), request->arena, &flags);
    reading_json(request, answer, &json);
    shape_red_flags_raised(&json, &flags, text);
    keep_nowhere(answer);
    return true;
}
