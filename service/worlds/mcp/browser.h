/*
 * Which pages in a browser may speak to /mcp. A page of somebody else's could otherwise use a
 * person's browser to reach a service that listens on their own machine, under a name of the page's
 * that was made to point there (DNS rebinding): then even Host is that name.
 */
#ifndef TOUCHSTONE_SERVICE_WORLDS_MCP_BROWSER_H
#define TOUCHSTONE_SERVICE_WORLDS_MCP_BROWSER_H

#include "service/http/request.h"

/*
 * True without an Origin header (no browser sends it), for pages of this machine (localhost, 127.…,
 * [::1], on any port), and for those of our own origin. That one is what the operator said
 * (--base-url); what the Host header says counts only where it is a number, not a name.
 */
bool browser_may_ask(const struct request *request);

#endif
