/* What can be asked of the endpoint, and who answers. */
#ifndef TOUCHSTONE_SERVICE_WORLDS_MCP_METHOD_H
#define TOUCHSTONE_SERVICE_WORLDS_MCP_METHOD_H

#include "service/http/request.h"
#include "service/worlds/mcp/era.h"

/* One request of the protocol, understood as far as its method. */
struct mcp_call {
    const struct request *request; /* of HTTP; the catalog is there */
    const struct mcp_message *message;
    enum mcp_era era;
};

/*
 * Writes the members of the result, whose object is open. False with `fault` filled, or with `err`
 * where the trouble is ours: then the whole request of HTTP fails.
 */
typedef bool mcp_handler(const struct mcp_call *call, struct json_writer *json,
                         struct mcp_fault *fault, struct error *err);

struct mcp_method {
    const char *name;
    unsigned eras; /* MCP_LEGACY | MCP_MODERN */
    mcp_handler *handle;
    const char *named_by; /* the member of params that the header Mcp-Name repeats; NULL: none */
    long ttl_ms;          /* how long a result may be kept by anyone; negative: not told */
};

/* NULL for what is no method in either era. */
const struct mcp_method *mcp_method_find(const char *name);

/*
 * Answers one request with a whole response, written to `json`, and the status of HTTP that goes
 * with it. False with `err`.
 */
MUST_USE bool mcp_answer(const struct request *request, const struct mcp_message *message,
                         struct json_writer *json, int *status, struct error *err);

/* MCP_INVALID_PARAMS for a cursor that was never given out. Always false. */
bool mcp_unknown_cursor(const struct mcp_call *call, struct mcp_fault *fault);

mcp_handler mcp_initialize, mcp_discover, mcp_ping;
mcp_handler mcp_list_tools, mcp_call_tool;
mcp_handler mcp_list_resources, mcp_list_templates, mcp_read_resource;

#endif
