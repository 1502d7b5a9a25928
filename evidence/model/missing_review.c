#include "evidence/model/missing_review.h"

#include <stdlib.h>
#include <string.h>

#include "evidence/base/text.h"

/* A review as one study names it. */
struct naming {
    const char *id;
    const struct study *study;
};

/* ---- what may be meant ---- */

/* "cd001703" of a Cochrane review's DOI, whatever its version; NULL for every other id. */
static const char *cochrane_number(const char *id, struct arena *arena)
{
    static const char prefix[] = "14651858.cd";
    const char *at = strstr(id, prefix);
    if (at == NULL)
        return NULL;
    at += sizeof prefix - 3;
    return arena_strndup(arena, at, 2 + strspn(at + 2, "0123456789"));
}

static bool speaks_of(const struct study *review, const char *number)
{
    if (review->doi != NULL && strstr(review->doi, number) != NULL)
        return true;
    for (const char *const *alias = review->aliases; *alias != NULL; alias++)
        if (strcasestr(*alias, number) != NULL)
            return true;
    for (size_t i = 0; i < review->source_count; i++)
        if (review->sources[i].url != NULL && strcasestr(review->sources[i].url, number) != NULL)
            return true;
    return false;
}

static bool are_near(const char *a, const char *b)
{
    struct text_pattern pattern;
    size_t length = strlen(a);
    text_pattern_init(&pattern, a, length);
    return length <= TEXT_LONGEST_WORD && text_distance(&pattern, b, strlen(b), 1) == 1;
}

/* Another version of the same Cochrane review, else an id one letter away. */
static const struct study *perhaps(const struct base *base, const char *id, struct arena *arena)
{
    const char *number = cochrane_number(id, arena);
    for (size_t i = 0; i < base->study_count; i++) {
        const struct study *study = base_study_at(base, i);
        if (study->design != DESIGN_SYSTEMATIC_REVIEW)
            continue;
        if (number != NULL && speaks_of(study, number))
            return study;
        if (are_near(id, study->id))
            return study;
    }
    return NULL;
}

/* ---- who names what ---- */

static size_t most_namings(const struct base *base)
{
    size_t most = 0;
    for (size_t i = 0; i < base->study_count; i++) {
        most += base_study_at(base, i)->result_count;
        for (const char *const *id = base_study_at(base, i)->pooled_in; *id != NULL; id++)
            most++;
    }
    return most;
}

/* Each review that a study names, once. */
static size_t add_namings(struct naming *out, const struct study *study)
{
    size_t count = 0;
    for (const char *const *id = study->pooled_in; *id != NULL; id++)
        out[count++] = (struct naming){*id, study};
    for (size_t i = 0; i < study->result_count; i++) {
        const char *review = study->results[i].source_review;
        size_t at = 0;
        while (review != NULL && at < count && strcmp(out[at].id, review) != 0)
            at++;
        if (review != NULL && at == count)
            out[count++] = (struct naming){review, study};
    }
    return count;
}

static int by_id(const void *left, const void *right)
{
    const struct naming *a = left;
    const struct naming *b = right;
    int order = strcmp(a->id, b->id);
    return order != 0 ? order : strcmp(a->study->id, b->study->id);
}

size_t missing_reviews_find(const struct base *base, struct arena *arena,
                            struct missing_review **out)
{
    struct naming *namings = arena_array(arena, most_namings(base), sizeof *namings);
    size_t named = 0;
    for (size_t i = 0; i < base->study_count; i++)
        named += add_namings(&namings[named], base_study_at(base, i));
    qsort(namings, named, sizeof *namings, by_id);
    struct missing_review *missing = arena_array(arena, named, sizeof *missing);
    size_t count = 0;
    for (size_t from = 0, to = 0; from < named; from = to) {
        const char *id = namings[from].id;
        while (to < named && strcmp(namings[to].id, id) == 0)
            to++;
        if (base_study(base, id) == NULL)
            missing[count++] = (struct missing_review){.id = id,
                                                       .trial = namings[from].study,
                                                       .trials = to - from,
                                                       .perhaps = perhaps(base, id, arena)};
    }
    *out = missing;
    return count;
}
