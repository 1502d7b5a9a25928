#include <ctype.h>
#include <string.h>

#include "importers/formats/xml.h"

/* The bytes of UTF-16 that are not zero are ASCII where the markup is. */
static size_t squeeze(const char *head, size_t length, char *out, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < length && used < size; i++)
        if (head[i] != '\0')
            out[used++] = head[i];
    return used;
}

bool xml_head_has(const char *head, size_t length, const char *text)
{
    for (size_t start = 0; start < length; start++) {
        size_t matched = 0;
        for (size_t at = start; at < length && text[matched] != '\0'; at++) {
            if (head[at] != '\0' && head[at] != text[matched])
                break;
            matched += head[at] != '\0';
        }
        if (text[matched] == '\0')
            return true;
    }
    return false;
}

/* The end of <!DOCTYPE …>, which may have declarations in brackets; NULL: not within reach. */
static const char *end_of_type(const char *at, const char *end)
{
    const char *close = memchr(at, '>', (size_t)(end - at));
    const char *open = memchr(at, '[', (size_t)(end - at));
    if (close == NULL || open == NULL || open > close)
        return close;
    open = memchr(open, ']', (size_t)(end - open));
    return open == NULL ? NULL : memchr(open, '>', (size_t)(end - open));
}

/* What stands before the first element: the declaration, comments, the document type. */
static const char *after_prologue(const char *at, const char *end)
{
    for (;;) {
        const char *close = at;
        while (at < end && (isspace((unsigned char)*at) || (unsigned char)*at >= 0x80))
            at++; /* a byte order mark too */
        if (end - at < 4 || at[0] != '<' || (at[1] != '?' && at[1] != '!'))
            return at;
        if (memcmp(at, "<!--", 4) == 0)
            close = memmem(at, (size_t)(end - at), "-->", 3);
        else
            close = end_of_type(at, end);
        if (close == NULL)
            return end;
        at = close + (*close == '-' ? 3 : 1);
    }
}

bool xml_root(const char *head, size_t length, char name[XML_NAME_SIZE])
{
    char squeezed[4096];
    size_t used = squeeze(head, length, squeezed, sizeof squeezed);
    const char *end = squeezed + used;
    const char *at = after_prologue(squeezed, end);
    if (end - at < 2 || *at != '<')
        return false;
    at++;
    size_t named = 0;
    for (; at < end && (isalnum((unsigned char)*at) || strchr("_-.:", *at) != NULL); at++) {
        if (*at == ':')
            named = 0;
        else if (named < XML_NAME_SIZE - 1)
            name[named++] = *at;
    }
    name[named] = '\0';
    return named > 0 && at < end && (isspace((unsigned char)*at) || *at == '>' || *at == '/');
}
