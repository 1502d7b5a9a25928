/* The text of one XML element, that of the elements within it included, while a parser gives it
 * piece by piece. */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_XML_TEXT_H
#define TOUCHSTONE_IMPORTERS_FORMATS_XML_TEXT_H

#include <stdbool.h>

#include "evidence/base/arena.h"
#include "evidence/base/buffer.h"
#include "importers/formats/format.h"

/* An element within the text. */
struct xml_text_inner {
    const char *name; /* NULL: it does nothing to the text */
    bool formula;     /* of MathML */
};

struct xml_text {
    struct buffer bytes;
    bool too_long; /* more than FORMAT_FIELD_MOST: what came after was left out */
    bool has_tags;
    struct xml_text_inner inner[FORMAT_DEPTH_MOST];
    size_t depth;
    struct arena *arena; /* for what comes out, until the next text begins */
};

/* Whoever initialised it releases it. */
void xml_text_init(struct xml_text *text);
void xml_text_release(struct xml_text *text);

/* Forgets the last text, also what came out of it. */
void xml_text_begin(struct xml_text *text);

void xml_text_add(struct xml_text *text, const char *bytes, size_t length);

/* An element within begins and ends, at most FORMAT_DEPTH_MOST of them within each other. `uri` is
 * that of its namespace; it and `prefix` may be NULL. `face`, `length` bytes or NULL, is how
 * EndNote says that text stands high or low. The names live until the element ends. */
void xml_text_open(struct xml_text *text, const char *name, const char *prefix, const char *uri,
                   const char *face, size_t length);
void xml_text_close(struct xml_text *text);

/* The text on one line, as markup_line gives it; or with '\n' where it has a return. NULL if
 * nothing is left of it. Once only. */
const char *xml_text_line(struct xml_text *text);
const char *xml_text_lines(struct xml_text *text);

/* The same of any bytes, on one line, in the arena. */
const char *xml_text_plain(const char *bytes, size_t length, struct arena *arena);

#endif
