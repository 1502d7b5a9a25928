#include "service/worlds/mcp/method.h"

#include <string.h>

#include "service/worlds/mcp/identity.h"

/* Tools change with a release, ratings with an import. */
enum { HOUR_MS = 3600000, MINUTES_MS = 300000, NOT_KEPT = -1 };

static const struct mcp_method methods[] = {
    {"initialize", MCP_LEGACY, mcp_initialize, NULL, NOT_KEPT},
    {"ping", MCP_LEGACY, mcp_ping, NULL, NOT_KEPT},
    {"server/discover", MCP_MODERN, mcp_discover, NULL, HOUR_MS},
    {"tools/list", MCP_LEGACY | MCP_MODERN, mcp_list_tools, NULL, HOUR_MS},
    {"tools/call", MCP_LEGACY | MCP_MODERN, mcp_call_tool, "name", NOT_KEPT},
    {"resources/list", MCP_LEGACY | MCP_MODERN, mcp_list_resources, NULL, MINUTES_MS},
    {"resources/templates/list", MCP_LEGACY | MCP_MODERN, mcp_list_templates, NULL, HOUR_MS},
    {"resources/read", MCP_LEGACY | MCP_MODERN, mcp_read_resource, "uri", MINUTES_MS},
};

const struct mcp_method *mcp_method_find(const char *name)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    return NULL;
}

bool mcp_unknown_cursor(const struct mcp_call *call, struct mcp_fault *fault)
{
    return mcp_fault(fault, call->request->arena, 200, MCP_INVALID_PARAMS,
                     "Invalid params: this cursor was not given out here; begin without one");
}

static bool no_such_method(const struct mcp_call *call, struct mcp_fault *fault)
{
    return mcp_fault(fault, call->request->arena, call->era == MCP_MODERN ? 404 : 200,
                     MCP_METHOD_NOT_FOUND, "Method not found: %.100s", call->message->method);
}

/* What every modern result says, around the members of its own. */
static bool write_result(const struct mcp_method *method, const struct mcp_call *call,
                         struct json_writer *json, struct mcp_fault *fault, struct error *err)
{
    json_begin_object(json);
    if (call->era == MCP_MODERN)
        json_field_text(json, "resultType", "complete");
    if (!method->handle(call, json, fault, err))
        return false;
    if (call->era == MCP_MODERN && method->ttl_ms >= 0) {
        json_field_count(json, "ttlMs", method->ttl_ms);
        json_field_text(json, "cacheScope", "public");
    }
    if (call->era == MCP_MODERN) {
        json_field_object(json, "_meta");
        json_put_key(json, "io.modelcontextprotocol/serverInfo");
        mcp_put_server(json);
        json_end_object(json);
    }
    json_end_object(json);
    return true;
}

static bool handle(const struct request *request, const struct mcp_message *message,
                   struct buffer *result, struct mcp_fault *fault, struct error *err)
{
    struct json_writer json;
    struct mcp_call call = {.request = request, .message = message};
    const struct mcp_method *method = mcp_method_find(message->method);
    const char *named_by = method == NULL ? NULL : method->named_by;
    if (!mcp_era_of(request, message, named_by, &call.era, fault))
        return false;
    if (method == NULL || (method->eras & call.era) == 0)
        return no_such_method(&call, fault);
    json_writer_init(&json, result, 0);
    return write_result(method, &call, &json, fault, err);
}

bool mcp_answer(const struct request *request, const struct mcp_message *message,
                struct json_writer *json, int *status, struct error *err)
{
    struct buffer result = {0};
    struct mcp_fault fault = {0};
    bool good = handle(request, message, &result, &fault, err);
    *status = good ? 200 : fault.status;
    if (good)
        mcp_put_result(json, message->id, result.bytes, result.length);
    else if (fault.status != 0)
        mcp_put_fault(json, message->id, &fault);
    buffer_release(&result);
    return good || fault.status != 0;
}
