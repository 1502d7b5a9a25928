#include "service/web/address.h"

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
