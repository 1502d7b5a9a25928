#include "service/curation/target.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_DIGITS = 6 };

static const char *const lists[] = {"results", "harms", "notices", NULL};

/* One of the lists, as a literal; NULL for another word. */
static const char *list_called(const char *word)
{
    for (size_t i = 0; lists[i] != NULL; i++)
        if (strcmp(lists[i], word) == 0)
            return lists[i];
    return NULL;
}

static bool is_index(const char *word)
{
    size_t length = strlen(word);
    return length > 0 && length <= MOST_DIGITS && strspn(word, "0123456789") == length;
}

/* Cuts the last segment off; NULL where there is none before it. */
static char *cut(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path || slash[1] == '\0')
        return NULL;
    *slash = '\0';
    return slash + 1;
}

struct target target_of(const char *rest, struct arena *arena)
{
    const struct target whole = {.kind = TARGET_STUDY, .study = rest};
    char *path = arena_strdup(arena, rest);
    char *last = cut(path);
    if (last == NULL)
        return whole;
    const char *list = list_called(last);
    if (list != NULL)
        return (struct target){.kind = TARGET_LIST, .study = path, .list = list};
    char *before = cut(path);
    if (before == NULL)
        return whole;
    if (strcmp(before, "appraisals") == 0)
        return (struct target){.kind = TARGET_APPRAISAL, .study = path, .instrument = last};
    list = list_called(before);
    if (list == NULL || !is_index(last))
        return whole;
    return (struct target){.kind = TARGET_ELEMENT,
                           .study = path,
                           .list = list,
                           .index = (size_t)strtoul(last, NULL, 10)};
}
