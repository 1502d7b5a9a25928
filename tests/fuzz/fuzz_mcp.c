/*
 * Any bytes as the body of POST /mcp, over the curated base, in either era. The first byte says
 * which headers come with it; where the body is a message, Mcp-Method and Mcp-Name repeat it, so
 * that what lies behind them is reached. Whatever comes, the answer is JSON of the protocol, and a
 * tool's structure is the JSON in its text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "service/api/api.h"
#include "service/api/application.h"
#include "tests/fuzz/curated_catalog.h"

enum { HEADERS = 4 };

/* What a client would send with this body; "" where it says nothing of it. */
static void headers_for(const char *body, size_t length, const char *version, struct arena *arena,
                        struct field *out)
{
    json_t *message = json_loadb(body, length, 0, NULL);
    const json_t *params = json_object_get(message, "params");
    const char *method = json_string_value(json_object_get(message, "method"));
    const char *name = json_string_value(json_object_get(params, "name"));
    if (name == NULL)
        name = json_string_value(json_object_get(params, "uri"));
    out[0] = (struct field){"Content-Type", "application/json"};
    out[1] = (struct field){"Mcp-Method", method == NULL ? "" : arena_strdup(arena, method)};
    out[2] = (struct field){"Mcp-Name", name == NULL ? "" : arena_strdup(arena, name)};
    out[3] = (struct field){"MCP-Protocol-Version", version};
    json_decref(message);
}

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_result(const json_t *result)
{
    const json_t *structured = json_object_get(result, "structuredContent");
    if (structured == NULL)
        return;
    const json_t *second = json_array_get(json_object_get(result, "content"), 1);
    const char *text = json_string_value(json_object_get(second, "text"));
    must(text != NULL);
    json_t *told = json_loads(text, 0, NULL);
    must(json_equal(told, (json_t *)structured));
    json_decref(told);
}

static void check_message(const json_t *message)
{
    const json_t *result = json_object_get(message, "result");
    const json_t *error = json_object_get(message, "error");
    must((result == NULL) != (error == NULL));
    if (result != NULL)
        check_result(result);
    else
        must(json_is_integer(json_object_get(error, "code")) &&
             json_is_string(json_object_get(error, "message")));
}

static void check_answer(const struct answer *answer)
{
    size_t i;
    json_t *item;
    if (answer->status == 202) {
        must(answer->body.length == 0);
        return;
    }
    json_t *told = json_loadb(buffer_string(&answer->body), answer->body.length,
                              JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    must(told != NULL);
    if (json_is_object(told))
        check_message(told);
    json_array_foreach(told, i, item) check_message(item);
    json_decref(told);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const versions[] = {"2026-07-28", "2025-11-25", "2025-03-26", NULL};
    static struct application *application;
    if (length == 0)
        return 0;
    if (application == NULL) /* find_studies then is our trouble, not the caller's */
        application = application_new("no.db");
    const char *version = versions[bytes[0] % 4];
    struct arena *arena = arena_new();
    struct problems problems = {.arena = arena};
    struct field headers[HEADERS];
    const char *body = arena_strndup(arena, (const char *)bytes + 1, length - 1);
    headers_for(body, length - 1, version, arena, headers);
    struct request request = {.method = METHOD_POST,
                              .path = "/mcp",
                              .headers = headers,
                              .header_count = version == NULL ? HEADERS - 1 : HEADERS,
                              .body = body,
                              .body_length = length - 1,
                              .origin = "https://example.org",
                              .arena = arena,
                              .problems = &problems,
                              .catalog = curated_catalog(),
                              .context = application};
    struct answer answer = {0};
    struct error err = {0};
    if (post_mcp(&request, &answer, &err))
        check_answer(&answer);
    else
        must(err.kind == ERROR_STORE);
    answer_release(&answer);
    arena_free(arena);
    return 0;
}
