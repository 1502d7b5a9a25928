#include "evidence/model/permission.h"

#include <string.h>

const char *const permission_names[] = {"read", "import", "curate", "audit", NULL};

static unsigned permission_of(const char *word, size_t length)
{
    for (unsigned i = 0; i < PERMISSION_COUNT; i++)
        if (strlen(permission_names[i]) == length && memcmp(permission_names[i], word, length) == 0)
            return 1u << i;
    return 0;
}

bool permissions_read(const char *text, unsigned *out, struct error *err)
{
    unsigned scopes = 0;
    for (const char *at = text;; at++) {
        at += strspn(at, " ");
        size_t whole = strcspn(at, ",");
        size_t length = whole;
        while (length > 0 && at[length - 1] == ' ')
            length--;
        unsigned permission = permission_of(at, length);
        if (permission == 0)
            return error_set(err, ERROR_INVALID,
                             "there is no scope \"%.*s\"; there are read, import, curate and "
                             "audit, several with a comma between them",
                             (int)(length > 40 ? 40 : length), at);
        scopes |= permission;
        at += whole;
        if (*at == '\0')
            break;
    }
    *out = scopes;
    return true;
}

const char *permissions_text(unsigned scopes, struct arena *arena)
{
    const char *text = "";
    for (unsigned i = 0; i < PERMISSION_COUNT; i++)
        if (scopes & (1u << i))
            text =
                arena_printf(arena, "%s%s%s", text, *text == '\0' ? "" : ",", permission_names[i]);
    return text;
}
