#include "service/http/etag.h"

#include <sodium.h>
#include <string.h>

enum { TAG_BYTES = 16 };

#define GZIP_SUFFIX "-gz"

static const char gzip_suffix[] = GZIP_SUFFIX;

const char *etag_of(const void *bytes, size_t length, struct arena *arena)
{
    unsigned char hash[TAG_BYTES];
    char *text = arena_alloc(arena, 2 * TAG_BYTES + 1);
    crypto_generichash(hash, sizeof hash, bytes, length, NULL, 0);
    return sodium_bin2hex(text, 2 * TAG_BYTES + 1, hash, sizeof hash);
}

const char *etag_quoted(const char *tag, bool gzip, struct arena *arena)
{
    return arena_join(arena, "\"", tag, gzip ? GZIP_SUFFIX "\"" : "\"");
}

const char *etag_quoted_weak(const char *tag, struct arena *arena)
{
    return arena_join(arena, "W/\"", tag, "\"");
}

static bool is_tag(const char *text, size_t length, const char *tag)
{
    size_t whole = strlen(tag);
    size_t suffix = sizeof gzip_suffix - 1;
    if (length == whole)
        return memcmp(text, tag, whole) == 0;
    return length == whole + suffix && memcmp(text, tag, whole) == 0 &&
           memcmp(text + whole, gzip_suffix, suffix) == 0;
}

static bool list_holds(const char *list, const char *tag, bool weak_too)
{
    for (const char *at = list;;) {
        at += strspn(at, " \t,");
        bool weak = strncmp(at, "W/", 2) == 0;
        at += weak ? 2 : 0;
        if (*at != '"')
            return false;
        size_t length = strcspn(at + 1, "\"");
        if (at[1 + length] != '"')
            return false;
        if ((weak_too || !weak) && is_tag(at + 1, length, tag))
            return true;
        at += length + 2;
    }
}

static bool is_star(const char *list)
{
    list += strspn(list, " \t");
    return *list == '*' && list[1 + strspn(list + 1, " \t")] == '\0';
}

bool etag_listed(const char *list, const char *tag)
{
    return list != NULL && tag != NULL && (is_star(list) || list_holds(list, tag, true));
}

bool etag_listed_strong(const char *list, const char *tag)
{
    return list != NULL && tag != NULL && (is_star(list) || list_holds(list, tag, false));
}
