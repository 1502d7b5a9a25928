/*
 * What a chatbot can have done: four tools. What each is called, takes and gives stands in a file
 * of JSON of its name beside this one, which goes out with tools/list as it is.
 */
#ifndef TOUCHSTONE_SERVICE_WORLDS_MCP_TOOL_H
#define TOUCHSTONE_SERVICE_WORLDS_MCP_TOOL_H

#include "evidence/base/json_reader.h"
#include "service/http/request.h"
#include "service/worlds/mcp/tree.h"

struct tool {
    const char *name;
    const unsigned char *definition; /* JSON, all that tools/list says of it */
    size_t length;

    /* Writes the answer in the shape that /v1 gives. What is wrong with the arguments, an object,
     * goes into their problems, and then what was written does not count. False with `err` where
     * the trouble is ours. */
    bool (*run)(const struct request *request, const struct json_reader *arguments,
                struct json_writer *json, struct error *err);

    /* The same in a few plain sentences, for a chatbot to say first: danger, then the verdict, how
     * sure it is and where it comes from. `tree` is the whole answer, before it is shortened. */
    void (*tell)(const struct request *request, const json_t *tree, struct buffer *summary);

    const struct tree_cut *cuts; /* how the answer is shortened for a chat */
    size_t cut_count;
};

extern const struct tool tool_check_treatment, tool_vet_claim, tool_when_to_stop, tool_find_studies;

#endif
