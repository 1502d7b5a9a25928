#include "service/worlds/mcp/era.h"

#include <sodium.h>
#include <string.h>

const char *const mcp_versions[] = {"2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26", NULL};

static const char *const version_header = "MCP-Protocol-Version";
static const char *const version_field = "io.modelcontextprotocol/protocolVersion";
static const char *const capabilities_field = "io.modelcontextprotocol/clientCapabilities";

/* The last one with batches, and what a request without the header is taken for. */
static const char *const oldest = "2025-03-26";

/* ---- versions ---- */

static bool is_modern(const char *version)
{
    return strcmp(version, mcp_versions[0]) == 0;
}

static bool is_legacy(const char *version)
{
    for (const char *const *known = mcp_versions + 1; *known != NULL; known++)
        if (strcmp(version, *known) == 0)
            return true;
    return false;
}

const char *mcp_negotiated(const char *asked)
{
    return asked != NULL && is_legacy(asked) ? asked : mcp_versions[1];
}

bool mcp_takes_batches(const struct request *request)
{
    const char *version = request_header_list(request, version_header);
    return version == NULL || strcmp(version, oldest) == 0;
}

/* {"supported": [...], "requested": "…"} */
static const char *version_data(const char *requested, struct arena *arena)
{
    struct buffer out = {0};
    struct json_writer json;
    json_writer_init(&json, &out, 0);
    json_begin_object(&json);
    json_field_array(&json, "supported");
    for (const char *const *version = mcp_versions; *version != NULL; version++)
        json_put_text(&json, *version);
    json_end_array(&json);
    json_field_text(&json, "requested", requested);
    json_end_object(&json);
    const char *data = arena_strndup(arena, out.bytes, out.length);
    buffer_release(&out);
    return data;
}

static bool unsupported(struct mcp_fault *fault, struct arena *arena, const char *requested)
{
    mcp_fault(fault, arena, 400, MCP_UNSUPPORTED_VERSION,
              "Unsupported protocol version \"%.60s\": %s with _meta in every request, or one of "
              "the others through initialize",
              requested, mcp_versions[0]);
    fault->data = version_data(requested, arena);
    return false;
}

/* ---- headers that repeat the body ---- */

/* The text behind "=?base64?…?="; NULL if that is none. */
static const char *decoded(const char *value, struct arena *arena)
{
    static const char start[] = "=?base64?";
    static const char end[] = "?=";
    size_t length = strlen(value);
    size_t around = sizeof start - 1 + sizeof end - 1;
    if (length < around || strncmp(value, start, sizeof start - 1) != 0 ||
        strcmp(value + length - (sizeof end - 1), end) != 0)
        return value;
    size_t used = 0;
    unsigned char *bytes = arena_alloc(arena, length);
    if (sodium_base642bin(bytes, length - 1, value + sizeof start - 1, length - around, NULL, &used,
                          NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        memchr(bytes, '\0', used) != NULL)
        return NULL;
    return (const char *)bytes;
}

/* What a header may hold as it is: visible ASCII, spaces and tabs. */
static bool is_plain(const char *value)
{
    for (; *value != '\0'; value++)
        if ((*value < 0x20 || *value > 0x7E) && *value != '\t')
            return false;
    return true;
}

static bool repeats(const struct request *request, const char *header, bool encoded,
                    const char *wanted, struct mcp_fault *fault)
{
    struct arena *arena = request->arena;
    const char *sent = request_header_list(request, header);
    if (sent == NULL)
        return mcp_fault(fault, arena, 400, MCP_HEADER_MISMATCH,
                         "Header mismatch: %s is missing; it repeats the body's \"%.200s\"", header,
                         wanted);
    const char *value = !is_plain(sent) ? NULL : encoded ? decoded(sent, arena) : sent;
    if (value == NULL)
        return mcp_fault(fault, arena, 400, MCP_HEADER_MISMATCH,
                         "Header mismatch: %s holds what no header may; send it as "
                         "=?base64?…?=",
                         header);
    if (strcmp(value, wanted) == 0)
        return true;
    return mcp_fault(fault, arena, 400, MCP_HEADER_MISMATCH,
                     "Header mismatch: %s value \"%.200s\" does not match body value \"%.200s\"",
                     header, value, wanted);
}

/* ---- the modern way ---- */

static bool check_meta(const struct request *request, const json_t *meta, struct mcp_fault *fault)
{
    const char *const missing =
        !json_is_string(json_object_get(meta, version_field))        ? version_field
        : !json_is_object(json_object_get(meta, capabilities_field)) ? capabilities_field
                                                                     : NULL;
    if (missing == NULL)
        return true;
    return mcp_fault(fault, request->arena, 400, MCP_INVALID_PARAMS,
                     "Invalid params: params._meta must hold \"%s\", %s; revisions before %s begin "
                     "with initialize",
                     missing, missing == version_field ? "a text" : "an object", mcp_versions[0]);
}

static bool check_modern(const struct request *request, const struct mcp_message *message,
                         const char *named_by, struct mcp_fault *fault)
{
    const json_t *meta = mcp_param(message, "_meta");
    if (!check_meta(request, meta, fault))
        return false;
    const char *version = json_string_value(json_object_get(meta, version_field));
    if (!repeats(request, version_header, false, version, fault))
        return false;
    if (!is_modern(version))
        return unsupported(fault, request->arena, version);
    if (!repeats(request, "Mcp-Method", false, message->method, fault))
        return false;
    const char *name = named_by == NULL ? NULL : mcp_param_text(message, named_by);
    if (named_by != NULL && name == NULL)
        return mcp_fault(fault, request->arena, 400, MCP_INVALID_PARAMS,
                         "Invalid params: \"%s\" must be a text", named_by);
    return name == NULL || repeats(request, "Mcp-Name", true, name, fault);
}

/* ---- which one ---- */

static bool has_modern_meta(const struct mcp_message *message)
{
    const json_t *meta = mcp_param(message, "_meta");
    return json_object_get(meta, version_field) != NULL ||
           json_object_get(meta, capabilities_field) != NULL;
}

static bool is_method(const struct mcp_message *message, const char *method)
{
    return message->method != NULL && strcmp(message->method, method) == 0;
}

bool mcp_era_of(const struct request *request, const struct mcp_message *message,
                const char *named_by, enum mcp_era *out, struct mcp_fault *fault)
{
    const char *header = request_header_list(request, version_header);
    bool asks = message->method != NULL && message->id != NULL;
    *out = MCP_LEGACY;
    /* its version stands in the body, to be negotiated */
    if (is_method(message, "initialize") && !has_modern_meta(message))
        return true;
    if (has_modern_meta(message) || is_method(message, "server/discover") ||
        (header != NULL && is_modern(header)))
        *out = MCP_MODERN;
    if (*out == MCP_MODERN && asks)
        return check_modern(request, message, named_by, fault);
    if (header == NULL || is_modern(header) || is_legacy(header))
        return true;
    return unsupported(fault, request->arena, header);
}
