#include "service/api/comparison.h"

bool comparison_has(const struct comparison *comparison, const struct intervention *intervention)
{
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->items[i]->intervention == intervention)
            return true;
    return false;
}

void comparison_add(struct comparison *comparison, const struct catalog *catalog,
                    const struct intervention *intervention, struct arena *arena)
{
    comparison->items[comparison->count++] =
        catalog_headline(catalog, intervention, comparison->condition, NULL, arena);
}

/* Both of the question are among those compared, and it is of this condition. */
static bool is_direct(const struct comparison *comparison, const struct base *base,
                      const struct question *question)
{
    const char *other = comparator_intervention(question->comparator);
    return other != NULL && question->condition == comparison->condition &&
           comparison_has(comparison, question->intervention) &&
           comparison_has(comparison, base_intervention(base, other));
}

size_t comparison_direct(const struct comparison *comparison, const struct catalog *catalog,
                         struct arena *arena, const struct rating ***out)
{
    size_t ratings = catalog_rating_count(catalog);
    size_t count = 0;
    *out = arena_array(arena, ratings + 1, sizeof **out);
    for (size_t i = 0; i < ratings; i++) {
        if (is_direct(comparison, catalog_base(catalog), catalog_question(catalog, i)))
            (*out)[count++] = catalog_rating(catalog, i);
    }
    return count;
}
