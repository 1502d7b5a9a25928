/* tools/list and tools/call. */
#include <string.h>

#include "evidence/judgement/signs/signs.h"
#include "service/worlds/mcp/method.h"
#include "service/worlds/mcp/summary.h"
#include "service/worlds/mcp/tool.h"

static const struct tool *const tools[] = {&tool_check_treatment, &tool_vet_claim,
                                           &tool_when_to_stop, &tool_find_studies};

enum { TOOL_COUNT = sizeof tools / sizeof *tools, PROBLEMS_SAID = 20 };

bool mcp_list_tools(const struct mcp_call *call, struct json_writer *json, struct mcp_fault *fault,
                    struct error *err)
{
    (void)err;
    if (mcp_param(call->message, "cursor") != NULL)
        return mcp_unknown_cursor(call, fault);
    json_field_array(json, "tools");
    for (size_t i = 0; i < TOOL_COUNT; i++)
        json_put_written(json, (const char *)tools[i]->definition, tools[i]->length);
    json_end_array(json);
    return true;
}

/* ---- calling one ---- */

static void put_text(struct json_writer *json, const struct buffer *text)
{
    json_begin_object(json);
    json_field_text(json, "type", "text");
    json_field_text(json, "text", buffer_string(text));
    json_end_object(json);
}

/* The plain words first, then the same JSON once more as text, for clients that know of no
 * structured content. */
static void put_good(struct json_writer *json, const struct buffer *summary,
                     const struct buffer *structured)
{
    json_field_array(json, "content");
    put_text(json, summary);
    put_text(json, structured);
    json_end_array(json);
    json_put_key(json, "structuredContent");
    json_put_written(json, structured->bytes, structured->length);
    json_field_truth(json, "isError", false);
}

/* All that is told in the arguments, a line each. */
static void gather_texts(const json_t *value, struct buffer *out)
{
    const char *key;
    size_t i;
    json_t *member;
    if (json_is_string(value)) {
        buffer_append(out, json_string_value(value), json_string_length(value));
        buffer_text(out, ".\n");
    }
    json_object_foreach((json_t *)value, key, member) gather_texts(member, out);
    json_array_foreach((json_t *)value, i, member) gather_texts(member, out);
}

/* Danger is told even to somebody whose arguments are of no use. */
static void put_danger(const struct request *request, const json_t *arguments, struct buffer *out)
{
    struct raised_flags flags;
    struct buffer told = {0};
    gather_texts(arguments, &told);
    red_flags_in(request->catalog, buffer_string(&told), told.length, request->arena, &flags);
    if (flags.count > 0)
        summary_around(out, "WARNING: ", flags.sentence, "\n");
    buffer_release(&told);
}

/* Told as a result, so that the model sees it and can put it right. */
static void put_wrong(const struct request *request, const struct tool *tool,
                      const struct json_reader *arguments, struct json_writer *json)
{
    struct buffer text = {0};
    const struct problems *problems = arguments->problems;
    put_danger(request, arguments->value, &text);
    buffer_printf(&text, "%s could not use these arguments:", tool->name);
    for (size_t i = 0; i < problems->kept && i < PROBLEMS_SAID; i++) {
        const struct problem *problem = problems->items[i];
        buffer_printf(&text, "\n- %s: %s",
                      problem->pointer[0] == '\0' ? "as a whole" : problem->pointer,
                      problem->detail);
    }
    if (problems->count > PROBLEMS_SAID)
        buffer_printf(&text, "\n- and %zu more", problems->count - PROBLEMS_SAID);
    buffer_text(&text, "\nChange them and call it again; its inputSchema says what it takes.");
    json_field_array(json, "content");
    put_text(json, &text);
    json_end_array(json);
    json_field_truth(json, "isError", true);
    buffer_release(&text);
}

/* False where what the tool wrote is no JSON, which it always is. */
static bool put_answer(const struct request *request, const struct tool *tool,
                       const struct buffer *shape, struct json_writer *json, struct error *err)
{
    struct buffer summary = {0};
    struct buffer structured = {0};
    struct json_writer shorter;
    json_t *tree = json_loadb(buffer_string(shape), shape->length, JSON_ALLOW_NUL, NULL);
    if (tree == NULL)
        return error_set(err, ERROR_INTERNAL, "what %s answers cannot be read back", tool->name);
    tool->tell(request, tree, &summary);
    tree_cut(tree, tool->cuts, tool->cut_count);
    json_writer_init(&shorter, &structured, 0);
    tree_write(tree, &shorter);
    json_decref(tree);
    put_good(json, &summary, &structured);
    buffer_release(&summary);
    buffer_release(&structured);
    return true;
}

static bool call_tool(const struct request *request, const struct tool *tool,
                      const json_t *arguments, struct json_writer *json, struct error *err)
{
    struct problems problems = {.arena = request->arena};
    struct json_reader at = json_root(arguments, NULL, &problems);
    struct buffer shape = {0};
    struct json_writer writer;
    json_writer_init(&writer, &shape, 0);
    bool good = tool->run(request, &at, &writer, err);
    if (good && problems.count > 0)
        put_wrong(request, tool, &at, json);
    else if (good)
        good = put_answer(request, tool, &shape, json, err);
    buffer_release(&shape);
    return good;
}

static const struct tool *find(const char *name)
{
    for (size_t i = 0; i < TOOL_COUNT; i++)
        if (strcmp(tools[i]->name, name) == 0)
            return tools[i];
    return NULL;
}

bool mcp_call_tool(const struct mcp_call *call, struct json_writer *json, struct mcp_fault *fault,
                   struct error *err)
{
    struct arena *arena = call->request->arena;
    const char *name = mcp_param_text(call->message, "name");
    const json_t *arguments = mcp_param(call->message, "arguments");
    if (name == NULL)
        return mcp_fault(fault, arena, 200, MCP_INVALID_PARAMS,
                         "Invalid params: \"name\" must be a text");
    const struct tool *tool = find(name);
    if (tool == NULL)
        return mcp_fault(fault, arena, 200, MCP_INVALID_PARAMS,
                         "Unknown tool: %.100s; tools/list names those that there are", name);
    if (arguments != NULL && !json_is_object(arguments))
        return mcp_fault(fault, arena, 200, MCP_INVALID_PARAMS,
                         "Invalid params: \"arguments\" must be an object");
    json_t *none = arguments == NULL ? json_object() : NULL;
    bool good = call_tool(call->request, tool, none != NULL ? none : arguments, json, err);
    json_decref(none);
    return good;
}
