/*
 * XML of any size, read once from start to end. A format says with a tree of rules which elements
 * mean something to it; all others are passed over.
 *
 * What a document could do to its reader is refused: nothing is fetched, no entity but the five of
 * XML is known, entities and default attributes that the document declares itself end the reading,
 * elements nest at most FORMAT_DEPTH_MOST deep and have at most 2000 names, and memory does not
 * grow with the document.
 */
#ifndef TOUCHSTONE_IMPORTERS_FORMATS_XML_H
#define TOUCHSTONE_IMPORTERS_FORMATS_XML_H

#include "evidence/base/arena.h"
#include "importers/formats/format.h"

/* A document being read. */
struct xml;

/* One element at one place of the tree. Lists of rules end with one that has no name. */
struct xml_rule {
    const char *name;              /* without prefix */
    const struct xml_rule *within; /* what is wanted of its children */
    bool text;                     /* its text is wanted, that of elements inside included */
    bool lines;                    /* with '\n' where it has a return ("&#13;"), as EndNote parts
                                    * paragraphs; else it is one line */
    void (*begin)(struct xml *xml, void *context); /* attributes can be asked for here */
    /* `text` is plain (as markup_line gives it) and valid until the function returns; "" where none
     * is wanted, and where it was longer than FORMAT_FIELD_MOST, which was warned about. */
    void (*end)(struct xml *xml, void *context, const char *text);
    size_t what; /* for rules that share functions, which ask for it with xml_what */
};

/*
 * Reads to the end. `roots` are the elements that the document may consist of.
 *
 * False with ERROR_INVALID (no XML, cut short, another root, hostile) or ERROR_LIMIT, the message
 * giving line and column; with the input's error; or with the one a rule gave to xml_error.
 */
MUST_USE bool xml_read(struct input *input, const struct xml_rule *roots, void *context,
                       const struct format_warnings *warnings, struct error *err);

/* ---- inside a rule's functions ---- */

/* In `begin`: the value of an attribute, not NUL-terminated, its entities resolved except that "&"
 * may stand as "&#38;"; NULL if it is not there. */
const char *xml_attribute(const struct xml *xml, const char *name, size_t *length);

/* In `begin`: the same as plain text in the arena; NULL if it is not there or empty. */
const char *xml_attribute_text(const struct xml *xml, const char *name, struct arena *arena);

/* In `begin`: whether an attribute has this value. */
bool xml_attribute_is(const struct xml *xml, const char *name, const char *value);

/* `what` of the rule whose function is running. */
size_t xml_what(const struct xml *xml);

/* In `begin`: nothing of this element is wanted after all, its end included. */
void xml_skip(struct xml *xml);

/* Tells a warning, with file and line put before it. */
void xml_warn(struct xml *xml, const char *format, ...) PRINTF_LIKE(2, 3);

/* Ends the reading: sets the error with file, line and column before it. */
void xml_fail(struct xml *xml, enum error_kind kind, const char *format, ...) PRINTF_LIKE(3, 4);

/* Ends the reading with the error that was written here. */
struct error *xml_error(struct xml *xml);
void xml_stop(struct xml *xml);

/* ---- before reading ---- */

enum { XML_NAME_SIZE = 64 };

/* Finds the name of the first element in the first bytes of a file, without prefix, whatever the
 * encoding. False if they are not the start of an XML document with an element within reach. */
bool xml_root(const char *head, size_t length, char name[XML_NAME_SIZE]);

/* Whether they hold this ASCII text, whatever the encoding. */
bool xml_head_has(const char *head, size_t length, const char *text);

#endif
