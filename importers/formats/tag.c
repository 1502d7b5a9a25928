#include "importers/formats/tag.h"

#include <string.h>
#include <strings.h>

/* In the order of strcmp. */
static const struct {
    const char *name;
    enum tag_effect effect;
} elements[] = {
    {"a", EFFECT_NONE},
    {"abbr", EFFECT_NONE},
    {"abstract", EFFECT_BLOCK},
    {"alternatives", EFFECT_NONE},
    {"annotation", EFFECT_GONE},
    {"annotation-xml", EFFECT_GONE},
    {"article", EFFECT_BLOCK},
    {"b", EFFECT_NONE},
    {"big", EFFECT_NONE},
    {"body", EFFECT_BLOCK},
    {"bold", EFFECT_NONE},
    {"br", EFFECT_BLOCK},
    {"break", EFFECT_BLOCK},
    {"center", EFFECT_BLOCK},
    {"cite", EFFECT_NONE},
    {"code", EFFECT_NONE},
    {"dd", EFFECT_BLOCK},
    {"def", EFFECT_NONE},
    {"def-list", EFFECT_BLOCK},
    {"disp-formula", EFFECT_BLANK},
    {"disp-quote", EFFECT_BLOCK},
    {"div", EFFECT_BLOCK},
    {"dl", EFFECT_BLOCK},
    {"dt", EFFECT_BLOCK},
    {"em", EFFECT_NONE},
    {"email", EFFECT_NONE},
    {"ext-link", EFFECT_NONE},
    {"fn", EFFECT_BLOCK},
    {"font", EFFECT_NONE},
    {"h1", EFFECT_HEADING},
    {"h2", EFFECT_HEADING},
    {"h3", EFFECT_HEADING},
    {"h4", EFFECT_HEADING},
    {"h5", EFFECT_HEADING},
    {"h6", EFFECT_HEADING},
    {"head", EFFECT_BLOCK},
    {"hr", EFFECT_BLOCK},
    {"html", EFFECT_NONE},
    {"i", EFFECT_NONE},
    {"img", EFFECT_BLANK},
    {"inf", EFFECT_SUB},
    {"inline-formula", EFFECT_NONE},
    {"inline-graphic", EFFECT_BLANK},
    {"it", EFFECT_NONE},
    {"italic", EFFECT_NONE},
    {"label", EFFECT_BLANK},
    {"li", EFFECT_BLOCK},
    {"link", EFFECT_NONE},
    {"list", EFFECT_BLOCK},
    {"list-item", EFFECT_BLOCK},
    {"math", EFFECT_MATH},
    {"meta", EFFECT_NONE},
    {"mfrac", EFFECT_FRACTION},
    {"mml", EFFECT_NONE},
    {"monospace", EFFECT_NONE},
    {"msub", EFFECT_SUB},
    {"msubsup", EFFECT_BOTH},
    {"msup", EFFECT_SUP},
    {"mtable", EFFECT_BLANK},
    {"mtd", EFFECT_BLANK},
    {"mtr", EFFECT_BLANK},
    {"named-content", EFFECT_NONE},
    {"ol", EFFECT_BLOCK},
    {"overline", EFFECT_NONE},
    {"p", EFFECT_BLOCK},
    {"para", EFFECT_BLOCK},
    {"pre", EFFECT_BLOCK},
    {"q", EFFECT_NONE},
    {"related-article", EFFECT_NONE},
    {"roman", EFFECT_NONE},
    {"s", EFFECT_NONE},
    {"sans-serif", EFFECT_NONE},
    {"sc", EFFECT_NONE},
    {"scp", EFFECT_NONE},
    {"script", EFFECT_GONE},
    {"sec", EFFECT_BLOCK},
    {"section", EFFECT_BLOCK},
    {"semantics", EFFECT_NONE},
    {"small", EFFECT_NONE},
    {"small-caps", EFFECT_NONE},
    {"span", EFFECT_NONE},
    {"strike", EFFECT_NONE},
    {"strong", EFFECT_NONE},
    {"style", EFFECT_GONE},
    {"styled-content", EFFECT_NONE},
    {"sub", EFFECT_SUB},
    {"sup", EFFECT_SUP},
    {"table", EFFECT_BLOCK},
    {"tbody", EFFECT_BLOCK},
    {"td", EFFECT_BLANK},
    {"tex-math", EFFECT_TEX},
    {"th", EFFECT_BLANK},
    {"thead", EFFECT_BLOCK},
    {"title", EFFECT_HEADING},
    {"tr", EFFECT_BLOCK},
    {"tt", EFFECT_NONE},
    {"u", EFFECT_NONE},
    {"ul", EFFECT_BLOCK},
    {"underline", EFFECT_NONE},
    {"uri", EFFECT_NONE},
    {"xref", EFFECT_NONE},
};

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}

static bool is_blank_byte(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static const char *skip_name(const char *at, const char *end)
{
    while (at < end && is_name_byte(*at))
        at++;
    return at;
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && is_blank_byte(*at))
        at++;
    return at;
}

/* After name="value" and the like; NULL where it is none. */
static const char *skip_attribute(const char *at, const char *end)
{
    const char *after = at;
    while (after < end && (is_name_byte(*after) || *after == ':' || *after == '.'))
        after++;
    if (after == at || !is_letter(*at))
        return NULL;
    after = skip_blanks(after, end);
    if (after == end || *after != '=')
        return NULL;
    after = skip_blanks(after + 1, end);
    if (after < end && (*after == '"' || *after == '\'')) {
        const char *close = memchr(after + 1, *after, (size_t)(end - after - 1));
        return close == NULL ? NULL : close + 1;
    }
    const char *start = after;
    while (after < end && !is_blank_byte(*after) && strchr("<>\"'`=", *after) == NULL)
        after++;
    return after == start ? NULL : after;
}

static bool effect_of(const char *name, enum tag_effect *effect)
{
    size_t low = 0, high = sizeof elements / sizeof *elements;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, elements[middle].name);
        if (order == 0) {
            *effect = elements[middle].effect;
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    *effect = EFFECT_NONE;
    return false;
}

/* The name with its prefix. False if no element of ours has that name. */
static bool tag_name(const char **at, const char *end, struct tag *out)
{
    const char *start = *at;
    const char *after = skip_name(start, end);
    bool ours = false;
    if (after < end && *after == ':') {
        size_t prefix = (size_t)(after - start);
        ours = (prefix == 4 && strncasecmp(start, "jats", 4) == 0) ||
               (prefix == 3 && strncasecmp(start, "mml", 3) == 0);
        start = after + 1;
        after = skip_name(start, end);
    }
    size_t length = (size_t)(after - start);
    if (length == 0 || length >= TAG_NAME_SIZE || !is_letter(*start))
        return false;
    for (size_t i = 0; i < length; i++)
        out->name[i] = (char)(start[i] | (start[i] >= 'A' && start[i] <= 'Z' ? 0x20 : 0));
    out->name[length] = '\0';
    *at = after;
    return effect_of(out->name, &out->effect) || ours;
}

bool tag_read(const char *at, const char *end, bool any_name, struct tag *out)
{
    const char *start = at++;
    *out = (struct tag){.closing = at < end && *at == '/'};
    at += out->closing;
    if (at >= end || !is_letter(*at) || (!tag_name(&at, end, out) && !any_name))
        return false;
    const char *next = skip_blanks(at, end);
    while (next < end && *next != '>' && *next != '/') {
        if (next == at || (at = skip_attribute(next, end)) == NULL)
            return false;
        next = skip_blanks(at, end);
    }
    if (next < end && *next == '/') {
        out->empty = true;
        next++;
    }
    if (next >= end || *next != '>')
        return false;
    out->length = (size_t)(next + 1 - start);
    return true;
}
