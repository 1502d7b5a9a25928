/* Go on with a treatment, or stop: decided from a diary, which is forgotten with the answer. */
#include <string.h>

#include "embedded.h"
#include "evidence/judgement/stop/stop.h"
#include "service/api/stop_shape.h"
#include "service/worlds/mcp/summary.h"
#include "service/worlds/mcp/tool.h"

static bool run(const struct request *request, const struct json_reader *arguments,
                struct json_writer *json, struct error *err)
{
    struct diary diary;
    struct stop_signs signs;
    struct stopping stopping;
    (void)err;
    diary_read(arguments, request->catalog, &diary);
    if (arguments->problems->count > 0)
        return true;
    stop_signs_of(request->catalog, &diary, request->arena, &signs);
    stop_decide(request->catalog, &diary, &signs, request->arena, &stopping);
    shape_stop(json, request->catalog, &diary, &signs, &stopping, request->arena);
    return true;
}

static void tell_texts(const json_t *list, struct buffer *out)
{
    size_t i;
    const json_t *text;
    json_array_foreach((json_t *)list, i, text)
        summary_around(out, "- ", json_string_value(text), "");
}

static void tell_sources(const json_t *list, struct buffer *out)
{
    size_t i;
    size_t k;
    const json_t *one;
    const json_t *source;
    json_array_foreach((json_t *)list, i, one)
        json_array_foreach(json_object_get(one, "sources"), k, source)
    {
        const char *url = tree_text(source, "url");
        if (url != NULL)
            buffer_printf(out, "- %s: %s\n", tree_text(one, "of"), url);
    }
}

/* The sentence tells danger first, where there is any. */
static void tell(const struct request *request, const json_t *tree, struct buffer *out)
{
    const char *urgency = tree_text(tree, "urgency");
    bool urgent = urgency != NULL && strcmp(urgency, "none") != 0;
    summary_around(out, urgent ? "WARNING: " : "", tree_text(tree, "sentence"), urgent ? "\n" : "");
    buffer_printf(out, "Decision: %s (rule %s).\n", tree_text(tree, "decision"),
                  tree_text(tree, "rule"));
    if (json_array_size(json_object_get(tree, "warnings")) > 0) {
        buffer_text(out, "To be said with it:\n");
        tell_texts(json_object_get(tree, "warnings"), out);
    }
    summary_headlines(out, "Rated better for the same:", json_object_get(tree, "alternatives"),
                      "intervention", STOP_ALTERNATIVES);
    if (json_array_size(json_object_get(tree, "sources")) > 0) {
        buffer_text(out, "It rests on:\n");
        tell_sources(json_object_get(tree, "sources"), out);
    }
    summary_end(out, request);
}

const struct tool tool_when_to_stop = {
    .name = "when_to_stop",
    .definition = embedded_service_worlds_mcp_when_to_stop_json,
    .length = embedded_service_worlds_mcp_when_to_stop_json_length,
    .run = run,
    .tell = tell,
};
