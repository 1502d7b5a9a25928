#include "evidence/judgement/place/place_answer.h"

#include <math.h>
#include <string.h>

#include "evidence/judgement/language/lexicon.h"
#include "evidence/rating/verdict.h"

/* ---- dangers ---- */

static bool has_flag(const struct place *place, const struct red_flag *flag)
{
    for (size_t i = 0; i < place->flag_count; i++)
        if (place->flags[i].flag == flag)
            return true;
    return false;
}

static void tell_general(const struct place *everywhere, struct arena *arena,
                         struct place_answer *out)
{
    const struct place_flag **general = arena_array(arena, everywhere->flag_count, sizeof *general);
    for (size_t i = 0; i < everywhere->flag_count; i++)
        if (!has_flag(out->place, everywhere->flags[i].flag))
            general[out->general_count++] = &everywhere->flags[i];
    out->general = general;
}

/* ---- complaints ---- */

enum standing { HELPING, UNKNOWN, FAILING, COMPARED };

/* verdict_rank has them in this order. */
static enum standing standing_of(const struct headline *headline)
{
    int rank = verdict_rank(headline->verdict);
    if (rank < verdict_rank("unproven"))
        return HELPING;
    if (rank <= verdict_rank("untested"))
        return UNKNOWN;
    return rank <= verdict_rank("harmful") ? FAILING : COMPARED;
}

static size_t at_most(size_t count, size_t most)
{
    return count < most ? count : most;
}

/* The worst of `count` headlines ranked best first, worst first. */
static const struct headline *const *worst_first(const struct headline *const *ranked, size_t count,
                                                 struct arena *arena)
{
    const struct headline **out = arena_array(arena, count, sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = ranked[count - 1 - i];
    return out;
}

static struct place_rated rate(const struct catalog *catalog, const char *id, struct arena *arena)
{
    const struct headline **ranked;
    struct place_rated out = {.condition = base_condition(catalog_base(catalog), id)};
    size_t count = catalog_ranked(catalog, out.condition, arena, &ranked);
    size_t counts[COMPARED + 1] = {0};
    for (size_t i = 0; i < count; i++)
        counts[standing_of(ranked[i])]++;
    out.helping_count = counts[HELPING];
    out.unknown_count = counts[UNKNOWN];
    out.failing_count = counts[FAILING];
    out.compared_count = counts[COMPARED];
    out.helping = ranked;
    out.helping_named = at_most(out.helping_count, PLACE_HELPING_MOST);
    out.failing = worst_first(ranked + counts[HELPING] + counts[UNKNOWN], out.failing_count, arena);
    out.failing_named = at_most(out.failing_count, PLACE_FAILING_MOST);
    return out;
}

static void tell_complaints(const struct catalog *catalog, struct arena *arena,
                            struct place_answer *out)
{
    const struct place *place = out->place;
    struct place_complaint *complaints =
        arena_array(arena, place->condition_count, sizeof *complaints);
    for (size_t i = 0; i < place->condition_count; i++) {
        const struct place_condition *entry = &place->conditions[i];
        struct place_complaint *complaint = &complaints[i];
        *complaint = (struct place_complaint){
            .entry = entry,
            .rated = rate(catalog, entry->condition, arena),
            .splits = entry->recent != NULL,
        };
        if (!complaint->splits)
            continue;
        complaint->recent = rate(catalog, entry->recent, arena);
        complaint->lasting = rate(catalog, entry->lasting, arena);
        out->lasting_from_days = lexicon_language(catalog_lexicon(catalog))->chronic_from_days;
    }
    out->complaints = complaints;
    out->complaint_count = place->condition_count;
}

static bool has_condition(const struct place *place, const char *id)
{
    for (size_t i = 0; i < place->condition_count; i++)
        if (strcmp(place->conditions[i].condition, id) == 0)
            return true;
    return false;
}

static void tell_anywhere(const struct base *base, const struct place *everywhere,
                          struct arena *arena, struct place_answer *out)
{
    const struct condition **anywhere =
        arena_array(arena, everywhere->condition_count + 1, sizeof *anywhere);
    size_t count = 0;
    for (size_t i = 0; i < everywhere->condition_count; i++)
        if (!has_condition(out->place, everywhere->conditions[i].condition))
            anywhere[count++] = base_condition(base, everywhere->conditions[i].condition);
    out->anywhere = anywhere;
}

/* ---- muscles ---- */

static const char *const *areas_at(const struct places *places, const struct muscle *muscle,
                                   const struct place *place, struct arena *arena)
{
    size_t count = 0;
    while (muscle->pain_felt[count] != NULL)
        count++;
    const char **areas = arena_array(arena, count + 1, sizeof *areas);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (places_area_is_at(places, muscle->pain_felt[i], place))
            areas[kept++] = muscle->pain_felt[i];
    return areas;
}

static void tell_muscles(const struct rulebooks *books, struct arena *arena,
                         struct place_answer *out)
{
    const struct referral *referral = &books->referral;
    struct place_muscle *muscles = arena_array(arena, referral->muscle_count, sizeof *muscles);
    for (size_t i = 0; i < referral->muscle_count; i++) {
        const char *const *areas =
            areas_at(&books->places, &referral->muscles[i], out->place, arena);
        if (areas[0] != NULL)
            muscles[out->muscle_count++] = (struct place_muscle){&referral->muscles[i], areas};
    }
    out->muscles = muscles;
    out->maps = referral->about_maps;
}

void place_answer(const struct catalog *catalog, const struct place *place, struct arena *arena,
                  struct place_answer *out)
{
    const struct base *base = catalog_base(catalog);
    const struct rulebooks *books = base_rulebooks(base);
    const struct place *everywhere = places_everywhere(&books->places);
    *out = (struct place_answer){.place = place, .lasting_from_days = NAN};
    tell_general(everywhere, arena, out);
    tell_complaints(catalog, arena, out);
    tell_anywhere(base, everywhere, arena, out);
    tell_muscles(books, arena, out);
    out->not_covered = books->red_flags.about.not_covered;
}
