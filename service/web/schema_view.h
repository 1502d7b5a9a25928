/* The shapes of openapi.json (JSON Schema) in a page: types in words, members as lists, each name
 * of a shape a link to it. */
#ifndef TOUCHSTONE_SERVICE_WEB_SCHEMA_VIEW_H
#define TOUCHSTONE_SERVICE_WEB_SCHEMA_VIEW_H

#include <jansson.h>

#include "evidence/base/arena.h"
#include "evidence/base/buffer.h"

/* A document being written as a page. All borrowed. */
struct reference {
    const json_t *document;
    struct buffer *out;
    struct arena *arena;
};

/* What the value stands for: that to which its $ref leads, else itself. */
const json_t *reference_follow(const struct reference *reference, const json_t *value);

/* The last part of where a $ref leads ("Rating"); NULL for what is none. */
const char *reference_name(const json_t *value);

/* The member's text, or NULL. */
const char *reference_text(const json_t *value, const char *key);

/* A description: what stands between backticks is code. */
void reference_put_text(const struct reference *reference, const char *text);

/* "string or null", "list of Study", "whole number from 1 to 500, else 50". */
void schema_put_type(const struct reference *reference, const json_t *schema);

/* The members of an object, or of the objects in a list, with those of objects within; nothing for
 * other shapes. */
void schema_put_members(const struct reference *reference, const json_t *schema);

/* A shape that has a name, folded, under "#s-NAME". */
void schema_put(const struct reference *reference, const char *name, const json_t *schema);

#endif
