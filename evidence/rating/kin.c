#include <stdint.h>
#include <string.h>

#include "evidence/rating/asking.h"
#include "evidence/rating/verdict.h"

bool kin_is_parent(const struct condition *child, const char *id)
{
    for (const char *const *parent = child->parents; *parent != NULL; parent++)
        if (strcmp(*parent, id) == 0)
            return true;
    return false;
}

static int people_of(const struct choice *choice)
{
    int people = choice->rating->synthesis.n;
    return people == COUNT_UNKNOWN ? 0 : people;
}

static bool is_acute_or_chronic(const struct condition *condition)
{
    return strncmp(condition->id, "acute-", 6) == 0 || strncmp(condition->id, "chronic-", 8) == 0;
}

size_t kin_choices(struct asking *ask, struct choice *choices, const struct condition **homes)
{
    const struct base *base = catalog_base(ask->catalog);
    size_t count = 0;
    ask->at = ask->condition;
    if (choice_of(ask, &choices[count]))
        homes[count++] = ask->at;
    for (size_t i = 0; i < base->condition_count; i++) {
        ask->at = &base->conditions[i];
        if (kin_is_parent(ask->at, ask->condition->id) && choice_of(ask, &choices[count]))
            homes[count++] = ask->at;
    }
    return count;
}

static bool is_untold(const struct choice *choice)
{
    return choice->rating->synthesis.n == COUNT_UNKNOWN;
}

/* Whether "the largest" can be said of the one that heads. */
static void mark_untold(struct choice *choices, size_t count, size_t head)
{
    choices[head].size_untold = is_untold(&choices[head]);
    for (size_t i = 0; i < count; i++)
        if (i != head && is_untold(&choices[i]))
            choices[head].others_untold = true;
}

size_t kin_head(struct choice *choices, const struct condition *const *homes, size_t count)
{
    size_t head = 0;
    size_t weaker = SIZE_MAX;
    bool differ = false;
    for (size_t i = 1; i < count; i++)
        if (people_of(&choices[i]) > people_of(&choices[head]))
            head = i;
    mark_untold(choices, count, head);
    for (size_t i = 0; i < count; i++) {
        if (!is_acute_or_chronic(homes[i]))
            continue;
        differ = differ || (weaker != SIZE_MAX && strcmp(choice_verdict(&choices[i]),
                                                         choice_verdict(&choices[weaker])) != 0);
        if (weaker == SIZE_MAX || verdict_rank(choice_verdict(&choices[i])) >
                                      verdict_rank(choice_verdict(&choices[weaker])))
            weaker = i;
    }
    if (!differ)
        return head;
    choices[weaker].weaker = true;
    return weaker;
}

const struct condition *const *kin_besides(const struct condition *const *homes, size_t count,
                                           size_t head, struct arena *arena)
{
    const struct condition **list = arena_array(arena, count + 1, sizeof *list);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (i != head)
            list[kept++] = homes[i];
    return list;
}
