#include "importers/formats/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "importers/formats/xml_text.h"

enum { READ_AHEAD_BYTES = 64 << 10, WARNING_SIZE = 512, LONGEST_NAME_TOLD = 64 };

/* Different names of elements and attributes. No format has more than some hundred, and the parser
 * keeps all it ever saw. */
enum { NAMES_MOST = 2000 };

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_pointer;
#else
typedef xmlErrorPtr error_pointer;
#endif

/* A rule with its name as the parser's dictionary has it, so that names compare as pointers. */
struct node {
    const xmlChar *name;
    const struct xml_rule *rule;
    struct node *within;
    size_t count;
};

struct xml {
    struct input *input;
    void *context;
    const struct format_warnings *warnings;
    struct error *err;
    xmlParserCtxtPtr parser;
    struct node top;
    const struct node *path[FORMAT_DEPTH_MOST + 1]; /* of rules that apply, from the top */
    size_t level;
    size_t depth;    /* of all open elements */
    size_t skipped;  /* open elements that no rule wants */
    size_t captured; /* open elements whose text is wanted, the one that wants it first */
    bool skip_this;
    bool stopped;
    bool ended;
    struct xml_text text;
    const xmlChar **attributes; /* five pointers each, of the element that begins */
    size_t attribute_count;
    char ahead[READ_AHEAD_BYTES];
    size_t ahead_at;
    size_t ahead_length;
};

/* ---- messages ---- */

void xml_warn(struct xml *xml, const char *format, ...)
{
    char message[WARNING_SIZE];
    char placed[WARNING_SIZE + 128];
    va_list arguments;
    if (xml->warnings == NULL || xml->warnings->warn == NULL)
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    snprintf(placed, sizeof placed, "%.100s: line %d: %s", input_name(xml->input),
             xmlSAX2GetLineNumber(xml->parser), message);
    xml->warnings->warn(xml->warnings->context, placed);
}

void xml_fail(struct xml *xml, enum error_kind kind, const char *format, ...)
{
    char message[WARNING_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    error_set(xml->err, kind, "%s: line %d, column %d: %s", input_name(xml->input),
              xmlSAX2GetLineNumber(xml->parser), xmlSAX2GetColumnNumber(xml->parser), message);
    xml->stopped = true;
}

struct error *xml_error(struct xml *xml)
{
    return xml->err;
}

void xml_stop(struct xml *xml)
{
    xml->stopped = true;
}

/* What the parser could not read. It gives no more elements after that by itself; what it found
 * before is still coming where the trouble lies ahead of it, in a byte that no encoding has. */
static void take_error(void *data, error_pointer error)
{
    struct xml *xml = data;
    if (error->level != XML_ERR_FATAL && error->domain == XML_FROM_PARSER)
        return;
    if (error->domain == XML_FROM_NAMESPACE)
        return; /* a prefix that nobody declared: the name alone counts */
    const char *message = error->message == NULL ? "no XML" : error->message;
    bool placed = error->line > 0;
    error_set(xml->err, ERROR_INVALID, "%s: line %d, column %d: %.*s; get the file again",
              input_name(xml->input), placed ? error->line : xmlSAX2GetLineNumber(xml->parser),
              placed ? error->int2 : xmlSAX2GetColumnNumber(xml->parser),
              (int)strcspn(message, "\n"), message);
    xml->ended = true;
}

/* ---- rules ---- */

static void compile(struct xml *xml, struct node *node, const struct xml_rule *rules,
                    struct arena *arena)
{
    if (rules == NULL)
        return;
    while (rules[node->count].name != NULL)
        node->count++;
    node->within = arena_array(arena, node->count, sizeof *node->within);
    for (size_t i = 0; i < node->count; i++) {
        struct node *child = &node->within[i];
        child->rule = &rules[i];
        child->name = xmlDictLookup(xml->parser->dict, (const xmlChar *)rules[i].name, -1);
        compile(xml, child, rules[i].within, arena);
    }
}

static const struct node *child_named(const struct node *node, const xmlChar *name)
{
    for (size_t i = 0; i < node->count; i++)
        if (node->within[i].name == name)
            return &node->within[i];
    return NULL;
}

/* ---- what the parser tells ---- */

static void refuse_root(struct xml *xml, const char *name)
{
    char expected[WARNING_SIZE / 2] = "";
    for (size_t i = 0; i < xml->top.count; i++) {
        size_t used = strlen(expected);
        snprintf(expected + used, sizeof expected - used, "%s<%s>", i == 0 ? "" : ", ",
                 xml->top.within[i].rule->name);
    }
    xml_fail(xml, ERROR_INVALID, "the document is a <%.*s>; expected is one of %s",
             LONGEST_NAME_TOLD, name, expected);
}

static void enter(struct xml *xml, const struct node *node)
{
    xml->path[++xml->level] = node;
    if (node->rule->begin != NULL)
        node->rule->begin(xml, xml->context);
    if (xml->skip_this) {
        xml->skip_this = false;
        xml->level--;
        xml->skipped = 1;
    } else if (node->rule->text) {
        xml_text_begin(&xml->text);
        xml->captured = 1;
    }
}

static void open_element(struct xml *xml, const xmlChar *name)
{
    const struct node *node = child_named(xml->path[xml->level], name);
    if (node != NULL)
        enter(xml, node);
    else if (xml->level == 0)
        refuse_root(xml, (const char *)name);
    else
        xml->skipped = 1;
}

static void open_within_text(struct xml *xml, const char *name, const char *prefix, const char *uri)
{
    size_t length;
    const char *face = xml_attribute(xml, "face", &length);
    xml_text_open(&xml->text, name, prefix, uri, face, length);
    xml->captured++;
}

/* A document that ends within a tag gives that tag too, with the attributes so far. */
static bool is_cut_short(const struct xml *xml)
{
    const xmlChar *next = xml->parser->input->cur;
    return *next != '>' && *next != '/';
}

static void start_element(void *data, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted_count, const xmlChar **attributes)
{
    (void)namespace_count;
    (void)namespaces;
    (void)defaulted_count;
    struct xml *xml = data;
    if (is_cut_short(xml))
        xml->stopped = true; /* the parser is about to tell why */
    if (xml->stopped)
        return;
    if (++xml->depth > FORMAT_DEPTH_MOST) {
        xml_fail(xml, ERROR_LIMIT, "elements are more than %d deep within each other",
                 FORMAT_DEPTH_MOST);
        return;
    }
    if (xml->skipped > 0) {
        xml->skipped++;
        return;
    }
    xml->attributes = attributes;
    xml->attribute_count = (size_t)attribute_count;
    if (xml->captured > 0)
        open_within_text(xml, (const char *)name, (const char *)prefix, (const char *)uri);
    else
        open_element(xml, name);
    xml->attribute_count = 0;
}

static void leave(struct xml *xml)
{
    const struct xml_rule *rule = xml->path[xml->level]->rule;
    const char *text = NULL;
    xml->captured = 0;
    if (rule->text && xml->text.too_long)
        xml_warn(xml, "<%s> is longer than %d bytes and was left out", rule->name,
                 FORMAT_FIELD_MOST);
    else if (rule->text)
        text = rule->lines ? xml_text_lines(&xml->text) : xml_text_line(&xml->text);
    if (rule->end != NULL)
        rule->end(xml, xml->context, text == NULL ? "" : text);
    xml->level--;
}

static void end_element(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)name;
    (void)prefix;
    (void)uri;
    struct xml *xml = data;
    if (xml->stopped)
        return;
    xml->depth--;
    if (xml->skipped > 0) {
        xml->skipped--;
    } else if (xml->captured > 1) {
        xml_text_close(&xml->text);
        xml->captured--;
    } else {
        leave(xml);
    }
}

static void characters(void *data, const xmlChar *bytes, int length)
{
    struct xml *xml = data;
    if (xml->captured > 0 && !xml->stopped)
        xml_text_add(&xml->text, (const char *)bytes, (size_t)length);
}

/* An entity of a DTD that is not read. markup_line knows HTML's; any other stays as it stands. */
static void unknown_entity(void *data, const xmlChar *name)
{
    char text[LONGEST_NAME_TOLD + 3];
    int length = snprintf(text, sizeof text, "&%.*s;", LONGEST_NAME_TOLD, (const char *)name);
    characters(data, (const xmlChar *)text, length);
}

static void refuse_declaration(struct xml *xml, const char *what, const xmlChar *name)
{
    if (!xml->stopped)
        xml_fail(xml, ERROR_INVALID,
                 "the document declares %s of its own (%.*s); such files are not read", what,
                 LONGEST_NAME_TOLD, (const char *)name);
}

static void declared_entity(void *data, const xmlChar *name, int type, const xmlChar *public_id,
                            const xmlChar *system_id, xmlChar *content)
{
    (void)type;
    (void)public_id;
    (void)system_id;
    (void)content;
    refuse_declaration(data, "an entity", name);
}

static void declared_attribute(void *data, const xmlChar *element, const xmlChar *name, int type,
                               int fallback, const xmlChar *value, xmlEnumerationPtr values)
{
    (void)name;
    (void)type;
    (void)fallback;
    (void)value;
    xmlFreeEnumeration(values); /* which the receiver owns */
    refuse_declaration(data, "an attribute", element);
}

/* ---- reading ---- */

/* Bytes for the parser. After a failure there are no more, which ends it soon. */
static int give_bytes(void *data, char *bytes, int wanted)
{
    struct xml *xml = data;
    if (!xml->stopped && xml->parser != NULL && xmlDictSize(xml->parser->dict) > NAMES_MOST)
        xml_fail(xml, ERROR_LIMIT, "there are more than %d names of elements", NAMES_MOST);
    if (xml->stopped || xml->ended)
        return 0;
    if (xml->ahead_at == xml->ahead_length) {
        long length = input_read(xml->input, xml->ahead, sizeof xml->ahead, xml->err);
        if (length <= 0) {
            xml->ended = true;
            return 0;
        }
        xml->ahead_at = 0;
        xml->ahead_length = (size_t)length;
    }
    size_t length = xml->ahead_length - xml->ahead_at;
    if (length > (size_t)wanted)
        length = (size_t)wanted;
    memcpy(bytes, xml->ahead + xml->ahead_at, length);
    xml->ahead_at += length;
    return (int)length;
}

static void parse(struct xml *xml)
{
    /* Trouble with encodings is told to this thread's handler, not to the parser's. */
    xmlStructuredErrorFunc former = xmlStructuredError;
    void *former_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(xml, take_error);
    xmlParseDocument(xml->parser);
    xmlSetStructuredErrorFunc(former_context, former);
}

bool xml_read(struct input *input, const struct xml_rule *roots, void *context,
              const struct format_warnings *warnings, struct error *err)
{
    xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = start_element,
        .endElementNs = end_element,
        .characters = characters,
        .ignorableWhitespace = characters,
        .cdataBlock = characters,
        .reference = unknown_entity,
        .entityDecl = declared_entity,
        .attributeDecl = declared_attribute,
        .serror = take_error,
    };
    struct error own = {0};
    struct arena *arena = arena_new();
    struct xml *xml = arena_alloc(arena, sizeof *xml);
    xml->input = input;
    xml->context = context;
    xml->warnings = warnings;
    xml->err = &own;
    xml->parser =
        xmlCreateIOParserCtxt(&handler, xml, give_bytes, NULL, xml, XML_CHAR_ENCODING_NONE);
    if (xml->parser == NULL) {
        arena_free(arena);
        return error_set(err, ERROR_INTERNAL, "%s: no memory to read XML", input_name(input));
    }
    xmlCtxtUseOptions(xml->parser, XML_PARSE_NONET);
    xml_text_init(&xml->text);
    compile(xml, &xml->top, roots, arena);
    xml->path[0] = &xml->top;
    parse(xml);
    xmlFreeDoc(xml->parser->myDoc); /* libxml2 may have made one for declarations */
    xmlFreeParserCtxt(xml->parser);
    xml_text_release(&xml->text);
    arena_free(arena);
    return own.kind == ERROR_NONE || error_set(err, own.kind, "%s", own.message);
}

/* ---- attributes ---- */

const char *xml_attribute(const struct xml *xml, const char *name, size_t *length)
{
    for (size_t i = 0; i < xml->attribute_count; i++) {
        const xmlChar *const *attribute = xml->attributes + 5 * i;
        if (strcmp((const char *)attribute[0], name) != 0)
            continue;
        *length = (size_t)(attribute[4] - attribute[3]);
        return (const char *)attribute[3];
    }
    *length = 0;
    return NULL;
}

const char *xml_attribute_text(const struct xml *xml, const char *name, struct arena *arena)
{
    size_t length;
    const char *value = xml_attribute(xml, name, &length);
    return length == 0 ? NULL : xml_text_plain(value, length, arena);
}

bool xml_attribute_is(const struct xml *xml, const char *name, const char *value)
{
    size_t length;
    const char *found = xml_attribute(xml, name, &length);
    return found != NULL && strlen(value) == length && memcmp(found, value, length) == 0;
}

size_t xml_what(const struct xml *xml)
{
    return xml->path[xml->level]->rule->what;
}

void xml_skip(struct xml *xml)
{
    xml->skip_this = true;
}
