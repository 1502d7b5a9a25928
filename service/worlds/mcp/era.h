/*
 * The two ways in which the protocol is spoken, told apart message by message on one address.
 *
 * MODERN   revision 2026-07-28: every request says its version in params._meta and again, with
 *          its method and what it names, in headers; nothing is remembered
 * LEGACY   2025-11-25 and the two before it: opened by "initialize"; later requests name the
 *          version in a header. Nothing is remembered here either, so there is no session id
 *
 * Source: modelcontextprotocol.io/specification/2026-07-28/basic/versioning (Backward
 * Compatibility), …/basic/transports/streamable-http (Request Metadata, Server Validation) and
 * …/2025-11-25/basic/transports (Protocol Version Header).
 */
#ifndef TOUCHSTONE_SERVICE_WORLDS_MCP_ERA_H
#define TOUCHSTONE_SERVICE_WORLDS_MCP_ERA_H

#include "service/http/request.h"
#include "service/worlds/mcp/message.h"

enum mcp_era { MCP_LEGACY = 1, MCP_MODERN = 2 };

/* All that are spoken, the newest first, ended by NULL. The first is the modern one. */
extern const char *const mcp_versions[];

/* The one that "initialize" is answered with: the version asked for if that is a legacy one spoken
 * here, else the newest of those. NULL asks for none. */
const char *mcp_negotiated(const char *asked);

/* True if the request's header lets several messages come in one array: only 2025-03-26 has that,
 * which is also meant where the header is missing. */
bool mcp_takes_batches(const struct request *request);

/*
 * The era of a message.
 *
 * `named_by` is the member of params that Mcp-Name repeats for this method, NULL: none. A modern
 * request is checked whole: 400 with MCP_INVALID_PARAMS where _meta lacks something, with
 * MCP_HEADER_MISMATCH where a header is missing or says something else than the body, with
 * MCP_UNSUPPORTED_VERSION (which a legacy one may be refused with as well) for a version that is
 * not spoken.
 */
MUST_USE bool mcp_era_of(const struct request *request, const struct mcp_message *message,
                         const char *named_by, enum mcp_era *out, struct mcp_fault *fault);

#endif
