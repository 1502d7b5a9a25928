#include "service/worlds/mcp/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_MESSAGE = 1000 };

bool mcp_fault(struct mcp_fault *fault, struct arena *arena, int status, enum mcp_code code,
               const char *format, ...)
{
    char text[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    *fault = (struct mcp_fault){
        .status = status, .code = code, .message = arena_strdup(arena, text), .data = NULL};
    return false;
}

static bool is_id(const json_t *value)
{
    return json_is_string(value) || json_is_integer(value);
}

static bool invalid(struct mcp_fault *fault, struct arena *arena, const char *why)
{
    return mcp_fault(fault, arena, 400, MCP_INVALID_REQUEST, "Invalid request: %s", why);
}

bool mcp_message_read(const json_t *value, struct arena *arena, struct mcp_message *out,
                      struct mcp_fault *fault)
{
    const json_t *version = json_object_get(value, "jsonrpc");
    const json_t *id = json_object_get(value, "id");
    const json_t *method = json_object_get(value, "method");
    const json_t *params = json_object_get(value, "params");
    bool answers =
        json_object_get(value, "result") != NULL || json_object_get(value, "error") != NULL;
    *out = (struct mcp_message){.id = is_id(id) ? id : NULL,
                                .method = json_string_value(method),
                                .params = json_is_object(params) ? params : NULL};
    if (!json_is_object(value))
        return invalid(fault, arena, "a message is an object");
    if (!json_is_string(version) || strcmp(json_string_value(version), "2.0") != 0)
        return invalid(fault, arena, "\"jsonrpc\" must be \"2.0\"");
    if (id != NULL && !is_id(id) && !(answers && json_is_null(id)))
        return invalid(fault, arena, "\"id\" must be a string or a whole number");
    if (method == NULL && answers)
        return true;
    if (out->method == NULL)
        return invalid(fault, arena, "\"method\" must be a string");
    if (params != NULL && out->params == NULL)
        return invalid(fault, arena, "\"params\" must be an object");
    return true;
}

const json_t *mcp_param(const struct mcp_message *message, const char *name)
{
    const json_t *value = json_object_get(message->params, name);
    return json_is_null(value) ? NULL : value;
}

const char *mcp_param_text(const struct mcp_message *message, const char *name)
{
    return json_string_value(mcp_param(message, name));
}

static void begin(struct json_writer *json, const json_t *id)
{
    json_begin_object(json);
    json_field_text(json, "jsonrpc", "2.0");
    if (id == NULL)
        return;
    json_put_key(json, "id");
    if (json_is_integer(id))
        json_put_count(json, json_integer_value(id));
    else
        json_put_text_length(json, json_string_value(id), json_string_length(id));
}

void mcp_put_result(struct json_writer *json, const json_t *id, const char *result, size_t length)
{
    begin(json, id);
    json_put_key(json, "result");
    json_put_written(json, result, length);
    json_end_object(json);
}

void mcp_put_fault(struct json_writer *json, const json_t *id, const struct mcp_fault *fault)
{
    begin(json, id);
    json_field_object(json, "error");
    json_put_key(json, "code");
    json_put_count(json, fault->code);
    json_field_text(json, "message", fault->message);
    if (fault->data != NULL) {
        json_put_key(json, "data");
        json_put_written(json, fault->data, strlen(fault->data));
    }
    json_end_object(json);
    json_end_object(json);
}
