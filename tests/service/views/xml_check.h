/* Whether a text is one well-formed XML element, as far as our pictures use XML: elements,
 * attributes in double quotes, text, the five entities and &#39;. */
#ifndef TOUCHSTONE_TESTS_SERVICE_VIEWS_XML_CHECK_H
#define TOUCHSTONE_TESTS_SERVICE_VIEWS_XML_CHECK_H

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "evidence/base/text.h"

enum { XML_DEPTH = 32, XML_NAME = 32 };

struct xml_check {
    const char *at;
    char open[XML_DEPTH][XML_NAME];
    int depth;
    const char *wrong; /* NULL while all is well */
};

static inline bool xml_fail(struct xml_check *check, const char *wrong)
{
    if (check->wrong == NULL)
        check->wrong = wrong;
    return false;
}

static inline size_t xml_name(const char *at)
{
    size_t length = 0;
    while (isalnum((unsigned char)at[length]) || at[length] == '-' || at[length] == ':')
        length++;
    return length < XML_NAME ? length : 0;
}

/* One character of text or of an attribute's value. */
static inline bool xml_character(struct xml_check *check)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    uint32_t code;
    if (*check->at == '&') {
        for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
            if (strncmp(check->at, entities[i], strlen(entities[i])) == 0) {
                check->at += strlen(entities[i]);
                return true;
            }
        return xml_fail(check, "an entity that is none");
    }
    size_t used = text_decode(check->at, strlen(check->at), &code);
    bool broken = code == TEXT_NO_CHARACTER && used < 3;
    bool control =
        (code < 0x20 && code != '\t' && code != '\n') || code == 0xFFFE || code == 0xFFFF;
    check->at += used;
    return broken || control ? xml_fail(check, "a byte that XML does not take") : true;
}

static inline bool xml_attributes(struct xml_check *check)
{
    while (*check->at == ' ') {
        check->at += strspn(check->at, " ");
        size_t name = xml_name(check->at);
        if (name == 0 || strncmp(check->at + name, "=\"", 2) != 0)
            return xml_fail(check, "an attribute without a name or a value");
        for (check->at += name + 2; *check->at != '"';)
            if (*check->at == '\0' || *check->at == '<' || !xml_character(check))
                return xml_fail(check, "an attribute's value that does not end");
        check->at++;
    }
    return true;
}

static inline bool xml_tag(struct xml_check *check)
{
    bool end = check->at[1] == '/';
    check->at += end ? 2 : 1;
    size_t name = xml_name(check->at);
    if (name == 0)
        return xml_fail(check, "a tag without a name");
    if (end) {
        const char *open = check->depth > 0 ? check->open[--check->depth] : "";
        if (strlen(open) != name || strncmp(open, check->at, name) != 0 || check->at[name] != '>')
            return xml_fail(check, "a tag that closes another");
        check->at += name + 1;
        return true;
    }
    if (check->depth == XML_DEPTH)
        return xml_fail(check, "too deep");
    memcpy(check->open[check->depth], check->at, name);
    check->open[check->depth++][name] = '\0';
    check->at += name;
    if (!xml_attributes(check))
        return false;
    if (strncmp(check->at, "/>", 2) == 0)
        check->depth--;
    else if (*check->at != '>')
        return xml_fail(check, "a tag that does not end");
    check->at += *check->at == '/' ? 2 : 1;
    return true;
}

/* NULL for a good one; else what is wrong, and in `where` the place. */
static inline const char *xml_wrong(const char *text, const char **where)
{
    struct xml_check check = {.at = text};
    if (*text != '<')
        xml_fail(&check, "no element");
    while (check.wrong == NULL && *check.at != '\0') {
        if (*check.at == '<' ? !xml_tag(&check) : !xml_character(&check))
            break;
        if (check.depth == 0 && check.at[strspn(check.at, "\n ")] != '\0')
            xml_fail(&check, "more than one element");
        else if (check.depth == 0)
            break;
    }
    if (check.depth > 0)
        xml_fail(&check, "an element that is not closed");
    *where = check.at;
    return check.wrong;
}

#endif
