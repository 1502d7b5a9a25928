#include "evidence/rating/feed_gap.h"

#include <string.h>

const char *feed_verdict(const struct rating *rating)
{
    return rating == NULL ? NULL : rating->verdict;
}

const char *feed_certainty(const struct rating *rating)
{
    return rating == NULL ? NULL : certainty_names[rating->certainty.level];
}

bool feed_same_text(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static const char *const *studies_of(const struct rating *rating, struct arena *arena)
{
    size_t count = rating == NULL ? 0 : rating->body.count;
    const char **names = arena_array(arena, count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = rating->body.studies[i].study->id;
    return names;
}

/* `told` is the feed's last word on the question, `rating` what stands; one of them may be NULL. */
static bool lacks(const struct verdict_change *told, const struct rating *rating)
{
    const char *verdict = told == NULL ? NULL : told->after_verdict;
    const char *certainty = told == NULL ? NULL : told->after_certainty;
    return !feed_same_text(verdict, feed_verdict(rating)) ||
           !feed_same_text(certainty, feed_certainty(rating));
}

static struct verdict_change line_of(const struct verdict_change *told, const struct rating *rating,
                                     struct arena *arena)
{
    return (struct verdict_change){
        .question = rating != NULL ? rating->question.id : told->question,
        .before_verdict = told == NULL ? NULL : told->after_verdict,
        .before_certainty = told == NULL ? NULL : told->after_certainty,
        .after_verdict = feed_verdict(rating),
        .after_certainty = feed_certainty(rating),
        .cause = told == NULL ? CHANGE_STUDY_ADDED : CHANGE_RULES,
        .studies = studies_of(told == NULL ? rating : NULL, arena),
    };
}

/* Both lists are sorted by question, so that one walk pairs them. */
static struct verdict_change *gap_of(const struct verdict_change *told, size_t told_count,
                                     const struct catalog *catalog, struct arena *arena,
                                     size_t *count)
{
    size_t rated_count = catalog_rating_count(catalog);
    struct verdict_change *lines = arena_array(arena, told_count + rated_count, sizeof *lines);
    *count = 0;
    catalog_rate_all(catalog);
    for (size_t i = 0, j = 0; i < told_count || j < rated_count;) {
        const struct verdict_change *last = i < told_count ? &told[i] : NULL;
        const struct rating *rating = j < rated_count ? catalog_rating(catalog, j) : NULL;
        int order = last == NULL     ? 1
                    : rating == NULL ? -1
                                     : strcmp(last->question, rating->question.id);
        i += order <= 0;
        j += order >= 0;
        if (order < 0)
            rating = NULL;
        if (order > 0)
            last = NULL;
        if (lacks(last, rating))
            lines[(*count)++] = line_of(last, rating, arena);
    }
    return lines;
}

bool feed_gap_fill(struct store *store, const struct catalog *catalog, const char *actor,
                   time_t now, size_t *added, struct error *err)
{
    struct arena *arena = arena_new();
    struct verdict_change *told = NULL;
    size_t told_count = 0;
    bool good = store_last_changes(store, arena, &told, &told_count, err);
    if (good) {
        struct verdict_change *lines = gap_of(told, told_count, catalog, arena, added);
        good = store_add_changes(store, lines, *added, actor, now, err);
    }
    arena_free(arena);
    return good;
}
