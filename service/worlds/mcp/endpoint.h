/* The endpoint beyond its handler (service/api/api.h). */
#ifndef TOUCHSTONE_SERVICE_WORLDS_MCP_ENDPOINT_H
#define TOUCHSTONE_SERVICE_WORLDS_MCP_ENDPOINT_H

#include "service/http/respond.h"

/* What is refused at /mcp before or after its handler (another method, a body too long, trouble of
 * ours), as an error of JSON-RPC without an id. */
refusal_form mcp_refusal;

#endif
