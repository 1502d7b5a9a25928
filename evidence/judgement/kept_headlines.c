#include "evidence/judgement/kept_headlines.h"

#include <string.h>

#include "evidence/judgement/kept_table.h"

struct key {
    const struct intervention *intervention;
    const struct condition *condition;
    const struct outcome *outcome;
};

static void *make_table(const struct catalog *catalog, struct arena *arena)
{
    (void)catalog;
    return kept_table_new(arena, KEPT_HEADLINES_MOST, sizeof(struct key));
}

/* Working one out leaves much more behind than it is: what is its own is copied. */
static const void *copy_of(const void *thing, struct arena *arena)
{
    const struct headline *headline = thing;
    struct headline *copy = arena_alloc(arena, sizeof *copy);
    size_t besides = 1;
    while (headline->besides[besides - 1] != NULL)
        besides++;
    const struct condition **kin = arena_array(arena, besides, sizeof *kin);
    memcpy(kin, headline->besides, besides * sizeof *kin);
    *copy = *headline;
    copy->besides = kin;
    copy->sentence = arena_strdup(arena, headline->sentence);
    return copy;
}

const struct headline *kept_headline(const struct catalog *catalog,
                                     const struct intervention *intervention,
                                     const struct condition *condition,
                                     const struct outcome *outcome, struct arena *arena)
{
    struct kept_table *table = catalog_keep(catalog, KEPT_HEADLINES, make_table);
    const struct key key = {intervention, condition, outcome};
    const struct headline *kept = kept_table_find(table, &key);
    if (kept != NULL)
        return kept;
    const struct headline *made =
        catalog_headline(catalog, intervention, condition, outcome, arena);
    if (made->borrowed) /* its rating is the arena's, and large */
        return made;
    kept = kept_table_add(table, &key, made, copy_of);
    return kept == NULL ? made : kept;
}
