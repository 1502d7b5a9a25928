/* Pieces that the tools' plain words are made of. */
#ifndef TOUCHSTONE_SERVICE_WORLDS_MCP_SUMMARY_H
#define TOUCHSTONE_SERVICE_WORLDS_MCP_SUMMARY_H

#include <jansson.h>

#include "evidence/base/buffer.h"
#include "service/http/request.h"

/* A line of its own; nothing for NULL and "". */
void summary_line(struct buffer *out, const char *text);

/* "before", the text, "after" as a line; nothing for NULL and "". */
void summary_around(struct buffer *out, const char *before, const char *text, const char *after);

/* "- Massage: May help (low certainty)" for each of the first `most` entries of a list of short
 * headlines, named by the member `named` ("intervention", "condition"); `title` above them. Nothing
 * for an empty list. */
void summary_headlines(struct buffer *out, const char *title, const json_t *list, const char *named,
                       size_t most);

/* "Label: address" for each of the first `most` studies, those that were used first, and
 * "RETRACTED" beside those that were. Nothing for an empty list. */
void summary_studies(struct buffer *out, const json_t *list, size_t most);

/* What is said under every answer, with the state of the base. */
void summary_end(struct buffer *out, const struct request *request);

#endif
