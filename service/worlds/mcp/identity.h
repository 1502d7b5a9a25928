/* Who answers here, and how a chatbot should use it. */
#ifndef TOUCHSTONE_SERVICE_WORLDS_MCP_IDENTITY_H
#define TOUCHSTONE_SERVICE_WORLDS_MCP_IDENTITY_H

#include "evidence/base/json_writer.h"

/* {"name", "title", "version"}, which the protocol calls an Implementation. */
void mcp_put_server(struct json_writer *json);

#endif
