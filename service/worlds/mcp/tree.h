/* Our own shapes as a tree, to shorten them and to say them in words. */
#ifndef TOUCHSTONE_SERVICE_WORLDS_MCP_TREE_H
#define TOUCHSTONE_SERVICE_WORLDS_MCP_TREE_H

#include <jansson.h>

#include "evidence/base/json_writer.h"

/*
 * What a chat has no room for. "answer.safety" with `most` 0 is taken out; of a list with more than
 * `most` items the rest is taken out, and how many those were stands beside it, as
 * "studies_left_out" for "studies" (0 where it was whole).
 */
struct tree_cut {
    const char *path;
    size_t most;
};

/* The member at a path of keys, "answer.question.window"; NULL if there is none. */
json_t *tree_at(const json_t *tree, const char *path);

/* The same as text; NULL if it is no text. */
const char *tree_text(const json_t *tree, const char *path);

void tree_cut(json_t *tree, const struct tree_cut *cuts, size_t count);

/* Writes it as the shapes do. */
void tree_write(const json_t *tree, struct json_writer *json);

#endif
