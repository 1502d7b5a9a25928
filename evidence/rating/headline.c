/* One answer for "does this help that?" out of the questions behind it (METHOD Q4, V0, V1). */
#include "evidence/rating/asking.h"

static void fill(const struct asking *ask, const struct choice *choice,
                 const struct condition *home, struct headline *out)
{
    out->rating = choice->rating;
    out->home = home;
    out->sham = choice->sham;
    out->nothing = choice->nothing;
    out->certainty = choice->held_back ? CERTAINTY_VERY_LOW : choice->rating->certainty.level;
    out->verdict = choice_verdict(choice);
    out->rule = out->borrowed ? "Q4" : choice->held_back ? "V1" : choice->rating->rule;
    out->sentence = headline_told(ask, choice, out);
}

/* ---- Q4: borrowing ---- */

/* The same question rated a level lower for being about another condition. */
static const struct rating *rated_as_borrowed(const struct asking *ask, const struct rating *rating)
{
    if (rating == NULL)
        return NULL;
    size_t place = catalog_place_of(ask->catalog, rating);
    const struct gathered gathered = place == ask->catalog->count
                                         ? (struct gathered){.question = rating->question}
                                         : catalog_gathered(ask->catalog, place, ask->scratch);
    return rate_question(&ask->catalog->context, &gathered, 1, ask->arena);
}

/* A parent's sham body before its own fallback to nothing, where both are of one time. */
static void prefer_sham(struct choice *choice)
{
    if (choice->sham == NULL ||
        !choice_bears_on(choice->sham->question.window, choice->rating->question.window))
        return;
    choice->rating = choice->sham;
    choice->held_back = false;
}

/* The first sham body among the parents' for the outcome of an answer that has none of its own. */
static void find_parents_sham(struct asking *ask, struct choice *choice)
{
    const struct condition *home = ask->at;
    if (choice->sham != NULL || choice->rating->question.comparator_class == COMPARATOR_SHAM)
        return;
    for (const char *const *id = home->parents; choice->parents_sham == NULL && *id != NULL; id++) {
        ask->at = base_condition(catalog_base(ask->catalog), *id);
        choice->parents_sham = choice_sham(ask, choice->rating->question.outcome->id);
    }
    ask->at = home;
}

static bool borrow(struct asking *ask, struct headline *out)
{
    const struct base *base = catalog_base(ask->catalog);
    for (const char *const *id = ask->condition->parents; *id != NULL; id++) {
        struct choice choice;
        ask->at = base_condition(base, *id);
        if (!choice_of(ask, &choice))
            continue;
        prefer_sham(&choice);
        choice.rating = rated_as_borrowed(ask, choice.rating);
        out->borrowed = true;
        fill(ask, &choice, ask->at, out);
        return true;
    }
    return false;
}

/* ---- V0 and untested ---- */

static void answer_without_body(struct asking *ask, struct headline *out)
{
    struct directions sham = {0};
    out->certainty = CERTAINTY_VERY_LOW;
    out->home = ask->condition;
    if (out->studies == 0) {
        out->verdict = "untested";
        out->rule = "V0";
        out->sentence = arena_printf(ask->arena,
                                     "No study of %s for %s stands in this base.%s That is not the "
                                     "same as \"it does not work\", "
                                     "and a study may exist that has not been entered here.",
                                     ask->intervention->plain, ask->condition->plain,
                                     headline_told_of_parents(ask));
        return;
    }
    account_trials(ask, true, &sham);
    out->verdict = "unproven";
    out->rule = "V0";
    out->sentence = headline_told_without_body(ask, out, &sham);
}

/* ---- the answer ---- */

static void count_studies(const struct asking *ask, struct headline *out)
{
    const uint32_t *places;
    out->studies = (int)account_studies(ask, &places);
    account_trials(ask, false, &out->directions);
}

const struct headline *catalog_headline(const struct catalog *catalog,
                                        const struct intervention *intervention,
                                        const struct condition *condition,
                                        const struct outcome *outcome, struct arena *arena)
{
    static const struct condition *const nobody[] = {NULL};
    size_t most = catalog->base.condition_count + 1;
    struct asking ask = {.catalog = catalog,
                         .intervention = intervention,
                         .condition = condition,
                         .outcome = outcome,
                         .arena = arena,
                         .scratch = arena_new()};
    struct choice *choices = arena_array(ask.scratch, most, sizeof *choices);
    const struct condition **homes = arena_array(ask.scratch, most, sizeof *homes);
    struct headline *out = arena_alloc(arena, sizeof *out);
    out->intervention = intervention;
    out->condition = condition;
    out->besides = nobody;
    count_studies(&ask, out);
    size_t count = kin_choices(&ask, choices, homes);
    if (count > 0) {
        size_t head = kin_head(choices, homes, count);
        ask.at = homes[head];
        find_parents_sham(&ask, &choices[head]);
        out->besides = kin_besides(homes, count, head, arena);
        fill(&ask, &choices[head], homes[head], out);
    } else if (!borrow(&ask, out)) {
        answer_without_body(&ask, out);
    }
    arena_free(ask.scratch);
    return out;
}
