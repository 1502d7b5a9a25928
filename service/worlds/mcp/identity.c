#include "service/worlds/mcp/identity.h"

#include "evidence/base/version.h"
#include "service/worlds/mcp/method.h"

static const char instructions[] =
    "Touchstone rates how well treatments of pain and stiff or sore muscles are shown to work, "
    "from "
    "published studies that it names. Use its tools for what it can answer, and tell its figures, "
    "verdicts and studies as they are: add none of your own, and say so where it has no answer. "
    "If a result has a warning, say that first and before anything else. Then the verdict, how "
    "sure "
    "it is, and where it comes from. \"No study found\" means not known, neither that a thing "
    "works "
    "nor that it does not. Nothing here is a diagnosis or takes the place of a clinician. What "
    "people tell is not stored.";

void mcp_put_server(struct json_writer *json)
{
    json_begin_object(json);
    json_field_text(json, "name", "touchstone");
    json_field_text(json, "title", "Touchstone");
    json_field_text(json, "version", TOUCHSTONE_VERSION);
    json_end_object(json);
}

/* Neither list changes under a client's eyes, so no part of either is offered. */
static void put_capabilities(struct json_writer *json)
{
    static const char *const offered[] = {"tools", "resources"};
    json_field_object(json, "capabilities");
    for (size_t i = 0; i < sizeof offered / sizeof *offered; i++) {
        json_field_object(json, offered[i]);
        json_end_object(json);
    }
    json_end_object(json);
}

bool mcp_initialize(const struct mcp_call *call, struct json_writer *json, struct mcp_fault *fault,
                    struct error *err)
{
    (void)err;
    const char *asked = mcp_param_text(call->message, "protocolVersion");
    if (asked == NULL)
        return mcp_fault(fault, call->request->arena, 200, MCP_INVALID_PARAMS,
                         "Invalid params: \"protocolVersion\" must be a text");
    json_field_text(json, "protocolVersion", mcp_negotiated(asked));
    put_capabilities(json);
    json_put_key(json, "serverInfo");
    mcp_put_server(json);
    json_field_text(json, "instructions", instructions);
    return true;
}

bool mcp_discover(const struct mcp_call *call, struct json_writer *json, struct mcp_fault *fault,
                  struct error *err)
{
    (void)call;
    (void)fault;
    (void)err;
    json_field_array(json, "supportedVersions");
    for (const char *const *version = mcp_versions; *version != NULL; version++)
        json_put_text(json, *version);
    json_end_array(json);
    put_capabilities(json);
    json_field_text(json, "instructions", instructions);
    return true;
}

bool mcp_ping(const struct mcp_call *call, struct json_writer *json, struct mcp_fault *fault,
              struct error *err)
{
    (void)call;
    (void)json;
    (void)fault;
    (void)err;
    return true;
}
