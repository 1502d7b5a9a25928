#include "service/web/address.h"

#include <string.h>

#include "service/http/query.h"
#include "service/views/html.h"

const char *address_of_topic(const struct intervention *intervention,
                             const struct condition *condition, struct arena *arena)
{
    if (intervention == NULL)
        return arena_printf(arena, "/c/%s", percent_encode(condition->id, arena));
    const char *treatment = percent_encode(intervention->id, arena);
    if (condition == NULL)
        return arena_printf(arena, "/t/%s", treatment);
    return arena_printf(arena, "/t/%s/%s", treatment, percent_encode(condition->id, arena));
}

/* Characters of a path that need no escape (RFC 3986, pchar) and are common in DOIs. */
static const char readable[] = ":/()";

const char *address_escape(const char *text, struct arena *arena)
{
    char *out = arena_strdup(arena, "");
    for (const char *at = text; *at != '\0';) {
        size_t other = strcspn(at, readable);
        size_t plain = strspn(at + other, readable);
        out = arena_printf(arena, "%s%s%.*s", out,
                           percent_encode(arena_strndup(arena, at, other), arena), (int)plain,
                           at + other);
        at += other + plain;
    }
    return out;
}

const char *address_of_study(const char *id, struct arena *arena)
{
    return arena_printf(arena, "/study/%s", address_escape(id, arena));
}

const char *address_of_answer(const struct checked *checked, struct arena *arena)
{
    const struct condition *named = checked->condition_chosen ? NULL : checked->condition;
    if (checked->intervention == NULL && named == NULL)
        return NULL;
    if (checked->understood.unknown.phrase != NULL)
        return NULL;
    if (checked->outcome == NULL)
        return address_of_topic(checked->intervention, named, arena);
    const char *about = question_about(checked->intervention, named, arena);
    return html_question_address(arena_printf(arena, "%s, %s", about, checked->outcome->plain),
                                 arena);
}
