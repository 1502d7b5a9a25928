/* GET /openapi.json: what /v1 takes and answers, for programs (OpenAPI 3.1). The document stands in
 * openapi.json beside this file; tests/end_to_end/openapi.test.mjs holds the service to it. */
#include "embedded.h"
#include "service/api/api.h"
#include "service/api/kept_answer.h"
#include "service/http/query.h"

static bool tell_document(const struct request *request, struct answer *answer, struct error *err)
{
    if (!query_only(request, (const char *const[]){NULL}, err))
        return false;
    buffer_append(&answer->body, (const char *)embedded_service_worlds_openapi_json,
                  embedded_service_worlds_openapi_json_length);
    return true;
}

/* It depends on no base; where there is one, the answer is kept with it, hashed and compressed. */
bool get_openapi(const struct request *request, struct answer *answer, struct error *err)
{
    if (request->catalog == NULL)
        return tell_document(request, answer, err);
    return kept_answer(request, answer, err, ANSWER_OPENAPI, tell_document);
}
