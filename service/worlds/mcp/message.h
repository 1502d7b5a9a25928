/*
 * JSON-RPC 2.0 as the Model Context Protocol uses it: a message as it came, and what is answered.
 *
 * Source: modelcontextprotocol.io/specification/2026-07-28/basic (Messages, Error Codes), and the
 * same page of 2025-11-25.
 */
#ifndef TOUCHSTONE_SERVICE_WORLDS_MCP_MESSAGE_H
#define TOUCHSTONE_SERVICE_WORLDS_MCP_MESSAGE_H

#include <jansson.h>

#include "evidence/base/arena.h"
#include "evidence/base/json_writer.h"

enum mcp_code {
    MCP_PARSE_ERROR = -32700,
    MCP_INVALID_REQUEST = -32600,
    MCP_METHOD_NOT_FOUND = -32601,
    MCP_INVALID_PARAMS = -32602,
    MCP_INTERNAL_ERROR = -32603,
    MCP_NO_SUCH_RESOURCE = -32002, /* until 2025-11-25; MCP_INVALID_PARAMS after it */
    MCP_HEADER_MISMATCH = -32020,
    MCP_UNSUPPORTED_VERSION = -32022
};

/* Why a message is not answered with a result. Strings live in the request's arena. */
struct mcp_fault {
    int status; /* of HTTP; 0: there is none */
    enum mcp_code code;
    const char *message;
    const char *data; /* JSON, NULL: none */
};

/* Fills `fault` with a sentence: what, where, what to do. Always false. */
bool mcp_fault(struct mcp_fault *fault, struct arena *arena, int status, enum mcp_code code,
               const char *format, ...) PRINTF_LIKE(5, 6);

/* Borrowed from the parsed body. */
struct mcp_message {
    const json_t *id;     /* a string or a whole number; NULL: a notification */
    const char *method;   /* NULL: a response to something that was never asked */
    const json_t *params; /* an object, NULL: none */
};

/* 400 and MCP_INVALID_REQUEST for what is no message; `out->id` is set even then if it can be. */
MUST_USE bool mcp_message_read(const json_t *value, struct arena *arena, struct mcp_message *out,
                               struct mcp_fault *fault);

/* A member of `params`; NULL if it is absent or null. */
const json_t *mcp_param(const struct mcp_message *message, const char *name);

/* The same as text; NULL too where it is something else. */
const char *mcp_param_text(const struct mcp_message *message, const char *name);

/* A whole response. `result` is an object as JSON; `id` NULL is left out, as both revisions want it
 * where none could be read. */
void mcp_put_result(struct json_writer *json, const json_t *id, const char *result, size_t length);
void mcp_put_fault(struct json_writer *json, const json_t *id, const struct mcp_fault *fault);

#endif
